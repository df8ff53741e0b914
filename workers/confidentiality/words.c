/*  words - the table of hints: what a reviewer should look at, by the word.
 *
 *  A lawyer may read and lengthen it.  The words are written as they fold: simplified
 *  characters, no blanks, upper case, half-width punctuation.
 */
#include "workers/confidentiality/match.h"

#include <stdio.h>
#include <string.h>

typedef struct hint_row {
    char class;
    const char *kind, *word;
    const char *not_after;      /* the word does not count behind this one; may be NULL */
    bool alone;                 /* the word counts only as a line, a cell or a field of its own */
} hint_row;

#define INTERNAL(word)          { 'B', "work_secret_or_internal_mark", word, NULL, false }
#define PUBLICITY(word)         { 'B', "work_secret_or_internal_mark", word, NULL, true }
#define MEDICAL(word)           { 'C', "medical", word, NULL, false }
#define PERSON(word, not_after) { 'C', "sensitive_personal_context", word, not_after, false }
#define BUSINESS(word)          { 'D', "business_secret_hint", word, NULL, false }
#define PROCESS(word)           { 'E', "law_enforcement_or_process", word, NULL, false }

static const hint_row hints[] = {
    /*  B: no statutory form exists; these are in use. */
    INTERNAL("内部资料"), INTERNAL("内部文件"), INTERNAL("内部使用"), INTERNAL("内部参考"), INTERNAL("内部材料"),
    INTERNAL("内部发行"), INTERNAL("内部刊物"), INTERNAL("内部传阅"), INTERNAL("内部掌握"),
    INTERNAL("不得外传"), INTERNAL("注意保密"), INTERNAL("注意保存"), INTERNAL("严禁外传"), INTERNAL("请勿外传"),
    INTERNAL("工作秘密"), INTERNAL("警务工作秘密"), INTERNAL("阅后收回"), INTERNAL("阅后即焚"), INTERNAL("仅限内部"),
    INTERNAL("此件不公开"), INTERNAL("此件公开发布"),
    /*  The publicity line of an official paper says how it was meant to be handled; in a sentence
     *  the same words are what every letter of ours is about. */
    PUBLICITY("不予公开"), PUBLICITY("依申请公开"),

    /*  C: sensitive personal information, 个人信息保护法 Art. 28, and persons to be protected. */
    MEDICAL("门诊号"), MEDICAL("住院号"), MEDICAL("诊断"), MEDICAL("病历"), MEDICAL("残疾证"), MEDICAL("核酸检测结果"),
    MEDICAL("精神障碍"), MEDICAL("传染病史"), MEDICAL("体检报告"), MEDICAL("艾滋病"), MEDICAL("既往病史"),
    PERSON("举报人", NULL), PERSON("证人", "保"), PERSON("未成年人", NULL), PERSON("被害人", NULL),
    PERSON("家庭成员", NULL), PERSON("银行流水", NULL), PERSON("指纹", NULL), PERSON("人脸", NULL),
    PERSON("行程轨迹", NULL), PERSON("宗教信仰", NULL), PERSON("检举人", NULL), PERSON("投诉人", "被"),

    /*  D: may touch a third party's business secret, to be consulted under Art. 32. */
    BUSINESS("单耗"), BUSINESS("完税价格"), BUSINESS("进口价格资料"), BUSINESS("商业发票"), BUSINESS("供应商名单"),
    BUSINESS("客户名单"), BUSINESS("采购单价"), BUSINESS("成本构成"), BUSINESS("配方"), BUSINESS("加工工艺"),
    BUSINESS("未公开的技术参数"), BUSINESS("保密协议"), BUSINESS("商密"), BUSINESS("商业秘密"), BUSINESS("报关单号"),
    BUSINESS("组织机构代码"), BUSINESS("工艺流程"), BUSINESS("技术秘密"),

    /*  E: files of law enforcement, methods, papers of a process, internal matters: Art. 16. */
    PROCESS("现场检查笔录"), PROCESS("询问笔录"), PROCESS("讯问笔录"), PROCESS("立案审批表"), PROCESS("案件审理意见书"),
    PROCESS("证据清单"), PROCESS("稽查工作底稿"), PROCESS("缉私案卷"), PROCESS("布控指令"), PROCESS("风险参数"),
    PROCESS("查验指令"), PROCESS("选案标准"), PROCESS("会议纪要"), PROCESS("请示"), PROCESS("过程稿"),
    PROCESS("征求意见稿"), PROCESS("讨论稿"), PROCESS("磋商函"), PROCESS("领导批示"), PROCESS("签报"),
    PROCESS("内部流程"), PROCESS("内部工作流程"), PROCESS("人事任免"), PROCESS("后勤管理"), PROCESS("案卷材料"),
};

#undef INTERNAL
#undef PUBLICITY
#undef MEDICAL
#undef PERSON
#undef BUSINESS
#undef PROCESS

/*  份号 000012: only classified papers are numbered copy by copy (GB/T 9704-2012). */
static void match_copy_number(gk_match *self, size_t at)
{
    if (!gk_match_is(self, at, "份号"))
        return;
    const char *text = self->in->text;
    size_t end = at + strlen("份号"), digits;
    end += text[end] == ':';
    for (digits = 0; text[end] >= '0' && text[end] <= '9' && digits < 12; digits++)
        end++;
    gk_hit hit = { .class = 'B', .kind = "work_secret_or_internal_mark", .excerpt = "份号" };
    if (digits > 0)
        gk_match_report(self, at, end, &hit);
}

/*  Every word begins with a character of three bytes; most of the text has none that does. */
static unsigned char first_key(const char *text)
{
    return (unsigned char) text[2];
}

void gk_match_word_begins(gk_match *self)
{
    self->begins[first_key("份号")] = true;
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        self->begins[first_key(hints[i].word)] = true;
}

static bool is_alone(const gk_match *self, size_t at, size_t end)
{
    const gk_folded *in = self->in;
    bool opened = in->gap[at] >= GK_COLUMN || gk_match_behind(self, at, "(") || gk_match_behind(self, at, ":");
    return opened && (in->gap[end] >= GK_COLUMN || in->text[end] == ')');
}

static bool is_hint(const gk_match *self, size_t at, const hint_row *hint)
{
    return gk_match_is(self, at, hint->word) && !(hint->not_after && gk_match_behind(self, at, hint->not_after))
           && (!hint->alone || is_alone(self, at, at + strlen(hint->word)));
}

void gk_match_word(gk_match *self, size_t at)
{
    if (((unsigned char) self->in->text[at] & 0xf0) != 0xe0 || !self->begins[first_key(self->in->text + at)])
        return;
    match_copy_number(self, at);
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
        const hint_row *hint = &hints[i];
        if (!is_hint(self, at, hint))
            continue;
        gk_hit hit = { .class = hint->class, .kind = hint->kind };
        snprintf(hit.excerpt, sizeof hit.excerpt, "%s", hint->word);
        gk_match_report(self, at, at + strlen(hint->word), &hit);
        return;
    }
}
