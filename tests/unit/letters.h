/*  letters - what the tests of the reply worker share: shipped wording, fonts, sample jobs. */
#ifndef LETTERS_H
#define LETTERS_H

#include "base/mem.h"
#include "base/text.h"
#include "workers/reply/facts.h"
#include "workers/reply/letter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define ROWS(table) (sizeof (table) / sizeof *(table))

static inline gk_templates *letters_templates(void)
{
    gk_templates *self = gk_templates_new();
    gk_why why = { "" };
    if (gk_templates_load(self, GK_SOURCE "/schemas/templates", &why))
        fail_msg("%s", why.text);
    return self;
}

static inline gk_outcomes *letters_outcomes(void)
{
    gk_why why = { "" };
    gk_outcomes *self = NULL;
    gk_json_auto *file = NULL;
    if (gk_json_load(GK_SOURCE "/schemas/outcomes/outcomes.json", 1 << 20, &file, &why)
        || gk_outcomes_read(file, &self, &why))
        fail_msg("%s", why.text);
    return self;
}

/*  $GK_FONTS, or where deploy/run and deploy/fonts put them. */
static inline const char *letters_fonts_dir(void)
{
    static const char *const places[] = {
        GK_SOURCE "/build/fonts", GK_SOURCE "/build-asan/fonts", "/usr/local/share/fonts/gongkai",
    };
    const char *named = getenv("GK_FONTS");
    if (named)
        return named;
    for (size_t i = 0; i < ROWS(places); i++) {
        gk_free_auto char *face = gk_format("%s/FandolFang-Regular.otf", places[i]);
        if (access(face, R_OK) == 0)
            return places[i];
    }
    fail_msg("the letters' fonts are nowhere; run deploy/fonts build/fonts, or set GK_FONTS");
    return NULL;
}

/*  A job as the broker sends it, every field that any letter wants filled. */
static inline json_t *letters_job(const char *letter, const char *outcome)
{
    static const char text[] =
        "{'service': 'reply', 'case': '@7', 'number': 'GZ-2026-000012', 'seq': 9, 'today': '2026-03-02',"
        " 'at': '2026-03-02T01:00:00Z', 'attempt': 1, 'training': false, 'task': 'letter',"
        " 'office': {'code': 'GZ', 'name': '中华人民共和国示例海关', 'letter_mark': '示关公复',"
        "  'address': '示例市滨江大道100号', 'postcode': '510000', 'phone': '020-00000100',"
        "  'reconsideration_body': '中华人民共和国海关总署', 'court': '示例市中级人民法院',"
        "  'public_site': 'https://shili-customs.example.cn/gongkai', 'way_to_pay': '请持本通知到本机关财务处缴纳。'},"
        " 'facts': {'number': '示关公复〔2026〕12号', 'date': '2026-03-02',"
        "  'to': {'name': '陈春华', 'address': '示例市东风路1号', 'postcode': '510000'},"
        "  'case_number': 'GZ-2026-000012', 'received_on': '2026-02-05', 'due_on': '2026-03-12',"
        "  'request': {'title': '2025年进出口商品检验抽查结果统计表', 'document_number': '示关检〔2025〕8号',"
        "   'description': '本人陈春华，电话13800000000，需要按月、按口岸的统计。'},"
        "  'head': '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',"
        "  'attachments': ['2025年抽查结果统计表（1—6月）', '2025年抽查结果统计表（7—12月）'],"
        "  'fields': {'reason': '该信息涉及的事项正在办理之中。', 'public_where': '本机关门户网站“政府信息公开”栏目',"
        "   'public_url': 'https://shili-customs.example.cn/gongkai/2025/1.html', 'ground': '《中华人民共和国商业秘密保护规定》第五条', 'law': '《中华人民共和国统计法》第九条',"
        "   'refused_part': '第3页至第5页', 'mark_level': '秘密', 'mark_term': '10年', 'own_assessment': '内部评估勿外传',"
        "   'third_party_answer': '某贸易公司不同意', 'procedure_finished': '未终结', 'severability': '经审查，不能作区分处理。',"
        "   'agency_name': '示例市市场监督管理局', 'agency_contact': '020-00000200', 'previous_case': 'GZ-2025-000099',"
        "   'other_channel': '全国海关12360热线', 'search_log': {'systems': '公文系统、统计系统', 'keywords': '抽查 统计',"
        "    'period': '2026年2月9日至11日', 'persons': '查档员某某'},"
        "   'items': '请说明所需统计的年度\\n\\n请提供身份证明复印件', 'frequency': '一个月内申请四十二件。', 'until': '2026-06-30', 'period_days': 15, 'days': 20, 'notice_on': '2026-02-09', 'served_on': '2026-02-11', 'period_end': '2026-03-11',"
        "   'standard': 'pages', 'count': 250, 'before': 0, 'fee_yuan': 4700,"
        "   'arithmetic': [{'zh': '第31—100页：70页×10元＝700元', 'en': 'x'}, {'zh': '第101—200页：100页×20元＝2000元', 'en': 'x'},"
        "    {'zh': '第201—250页：50页×40元＝2000元', 'en': 'x'}],"
        "   'kind': 'third_party', 'content': '贵公司2025年3月的抽查结果通知单全文。', 'information': '贵公司2025年3月提交的进口商品检验抽查结果通知单。'}}}";
    gk_free_auto char *json = gk_strdup(text);
    for (char *at = json; *at; at++)
        if (*at == '\'')
            *at = '"';
    json_t *job = NULL;
    gk_why why = { "" };
    if (gk_json_parse(json, strlen(json), &job, &why))
        fail_msg("%s", why.text);
    json_t *facts = json_object_get(job, "facts");
    json_object_set_new(facts, "letter", json_string(letter));
    json_object_set_new(facts, "outcome", outcome ? json_string(outcome) : json_null());
    return job;
}

/*  Set facts.PATH, PATH being one name or "fields.name" or "office.name" (of the job). */
static inline void letters_set(json_t *job, const char *path, json_t *value)
{
    json_t *at = strncmp(path, "office.", 7) == 0 ? job : json_object_get(job, "facts");
    const char *dot = strchr(path, '.');
    if (dot) {
        gk_free_auto char *first = gk_strndup(path, (size_t) (dot - path));
        at = json_object_get(at, first);
        path = dot + 1;
    }
    assert_int_equal(json_object_set_new(at, path, value), 0);
}

/*  Wording only: the blocks of a job, one a line, for strstr.  Caller frees; NULL when refused. */
static inline char *letters_words(const json_t *job, gk_err *err, gk_why *why)
{
    gk_auto(gk_templates) templates = letters_templates();
    gk_auto(gk_outcomes) outcomes = letters_outcomes();
    gk_facts facts = { 0 };
    gk_blocks_auto blocks = { 0 };
    *err = gk_facts_read(job, outcomes, &facts, why);
    if (!*err)
        *err = gk_templates_fill(templates, facts.template, facts.values, &blocks, why);
    gk_facts_clear(&facts);
    gk_text text = { 0 };
    for (size_t i = 0; i < blocks.count; i++)
        gk_text_printf(&text, "%d|%s\n", blocks.list[i].kind, blocks.list[i].text);
    return text.data;
}

#endif
