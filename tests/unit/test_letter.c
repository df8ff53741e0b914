/* links: gongkai_reply_parts */
/*  test_letter - every letter: what its words must and must never say, and that it becomes a PDF.
 *
 *  With GK_LETTERS=DIR the PDFs are left there, for eyes and for tests/integration/letters.sh. */
#include "unit/letters.h"

#include <fcntl.h>

/*  Letter and outcome, and a text that must stand in it. */
static const struct { const char *letter, *outcome, *must; } letters[] = {
    { "registration", NULL, "答复期限届满之日：2026年3月12日" },
    { "correction_notice", NULL, "请自收到本告知书之日起15个工作日内" },
    { "extension_notice", NULL, "延长答复期限20个工作日，至2026年3月12日" },
    { "fee_notice", NULL, "4700元（大写：人民币肆仟柒佰元整）" },
    { "consultation_letter", NULL, "自收到本征求意见书之日起15个工作日内" },
    { "consultation_notice", NULL, "第三十三条第三款" },
    { "late_correction_notice", NULL, "本函不影响答复期限" },
    { "reasons_notice", NULL, "自收到本告知书之日起15个工作日内书面说明理由" },
    { "passing_notice", NULL, "改由中华人民共和国南关海关（联系电话：020-00000300）登记办理" },
    { "split_notice", NULL, "1. 一月的统计（登记编号：GZ-2026-000012）" },
    { "delay_notice", NULL, "确定延迟答复的期限为2026年6月30日（含当日）" },
    { "override_notice", "G2", "决定公开的政府信息内容" },
    { "withdrawal_notice", "O3", "撤回上述申请" },
    { "reply", "G1", "已经主动公开" },
    { "reply", "G2", "决定予以公开" },
    { "reply", "P", "不予公开的内容：第3页至第5页" },
    { "reply", "D1", "国家秘密" },
    { "reply", "D2", "禁止公开" },
    { "reply", "D3", "社会稳定" },
    { "reply", "D4", "第三十二条" },
    { "reply", "D5", "内部事务信息" },
    { "reply", "D6", "过程性信息" },
    { "reply", "D7", "行政执法案卷信息" },
    { "reply", "D8", "全国海关12360热线" },
    { "reply", "U1a", "检索的系统、载体：公文系统、统计系统" },
    { "reply", "U1b", "示例市市场监督管理局" },
    { "reply", "U2", "加工、分析" },
    { "reply", "U3", "补正后申请内容仍不明确" },
    { "reply", "N1", "信访、投诉、举报" },
    { "reply", "N2", "GZ-2025-000099" },
    { "reply", "N3", "公开出版物" },
    { "reply", "N4", "申请理由不合理" },
    { "reply", "N5", "重新出具" },
    { "reply", "O1", "该告知书于2026年2月11日送达，补正期限至2026年3月11日届满" },
    { "reply", "O2", "逾期未缴纳信息处理费" },
    { "evidence_notice", NULL, "逾期未提交的，本机关根据现有材料审核" },
    { "withdrawal_notice", "R5", "政府信息更正申请撤回告知书" },
    { "reply", "R1", "本机关已于2026年2月20日对上述记录予以更正" },
    { "reply", "R2", "本机关决定对上述记录不予更正" },
    { "reply", "R3", "本机关已于2026年2月24日将您（单位）的申请和证据材料转送有权更正的行政机关处理" },
    { "reply", "R4", "请您（单位）向有权更正的行政机关提出" },
};

static char *words(const json_t *job)
{
    gk_err err;
    gk_why why = { "" };
    char *text = letters_words(job, &err, &why);
    if (err)
        fail_msg("%s: %s", gk_json_path(job, "facts.letter"), why.text);
    return text;
}

static void has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("%s is missing in\n%s", part, text);
}

static void has_not(const char *text, const char *part)
{
    if (strstr(text, part))
        fail_msg("%s stands in\n%s", part, text);
}

static void outcomes_all_have_a_letter(void **state)
{
    (void) state;
    gk_auto(gk_outcomes) outcomes = letters_outcomes();
    gk_auto(gk_templates) templates = letters_templates();
    const gk_outcome *at;
    for (size_t i = 0; (at = gk_outcomes_at(outcomes, i)); i++) {
        bool listed = false;
        assert_true(gk_templates_has(templates, at->template));
        for (size_t k = 0; k < ROWS(letters); k++)
            listed = listed || (letters[k].outcome && strcmp(letters[k].outcome, at->code) == 0);
        if (!listed)
            fail_msg("outcome %s is in no test", at->code);
    }
}

static void words_are_whole(void **state)
{
    (void) state;
    for (size_t i = 0; i < ROWS(letters); i++) {
        gk_json_auto *job = letters_job(letters[i].letter, letters[i].outcome);
        gk_free_auto char *text = words(job);
        has(text, letters[i].must);
        has(text, "1|政府信息");                                /* a title */
        has(text, "2|陈春华：\n");
        has(text, "7|中华人民共和国示例海关\n8|2026年3月2日\n");   /* signature and date, together */
        static const char *const never[] = { "{{", "}}", "null", "@", "，，", "。。", "，。", "内部评估勿外传",
                                             "某贸易公司", "查档员某某", "秘密级", "10年" };
        for (size_t k = 0; k < ROWS(never); k++)
            has_not(text, never[k]);
    }
}

/*  An applicant who is a company is no 您. */
static void words_address_fittingly(void **state)
{
    (void) state;
    static const struct { const char *kind, *you; } rows[] = {
        { "natural_person", "收到您提交" }, { "business", "收到贵单位提交" }, { "", "收到您（单位）提交" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *job = letters_job("reply", "G2");
        letters_set(job, "applicant_kind", json_string(rows[i].kind));
        gk_free_auto char *text = words(job);
        has(text, rows[i].you);
    }
}

/*  Each decision cites its article of the table and has exactly its remedies; notices have none. */
static void remedies_are_those_of_the_law(void **state)
{
    (void) state;
    static const char *const first = "应当自收到本答复之日起60日内先向中华人民共和国海关总署申请行政复议；对复议决定不服的，"
                                     "可以自收到复议决定书之日起15日内";
    gk_auto(gk_outcomes) outcomes = letters_outcomes();
    for (size_t i = 0; i < ROWS(letters); i++) {
        gk_json_auto *job = letters_job(letters[i].letter, letters[i].outcome);
        gk_free_auto char *text = words(job);
        bool reply = strcmp(letters[i].letter, "reply") == 0;
        const char *code = letters[i].outcome;
        const gk_outcome *outcome = code ? gk_outcomes_find(outcomes, code) : NULL;
        if (strcmp(letters[i].letter, "override_notice") == 0) {
            has(text, "可以自收到本告知书之日起60日内向中华人民共和国海关总署申请行政复议，或者自收到本告知书之日起6个月内");
        } else if (!reply) {
            has_not(text, "复议");
            has_not(text, "诉讼");
        } else if (*code == 'D' && strcmp(code, "D8") != 0) {
            has(text, first);
            has_not(text, "6个月");
        } else if (strcmp(code, "P") == 0) {
            has(text, first);
        } else {
            gk_free_auto char *free_choice = gk_format("可以自收到%s之日起60日内向中华人民共和国海关总署申请行政复议，或者自收到%s"
                                                       "之日起6个月内向示例市中级人民法院提起行政诉讼。",
                                                       outcome->machine ? "本告知书" : "本答复", outcome->machine ? "本告知书" : "本答复");
            has(text, free_choice);
            has_not(text, "先向");
        }
        if (reply && !outcome->machine)
            has(text, outcome->article);
    }
}

static void remedies_before_2024_were_free(void **state)
{
    (void) state;
    static const struct { const char *date, *has; } rows[] = {
        { "2023-12-31", "6个月" }, { "2024-01-01", "先向" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *job = letters_job("reply", "D5");
        letters_set(job, "date", json_string(rows[i].date));
        gk_free_auto char *text = words(job);
        has(text, rows[i].has);
    }
}

/*  What is missing or wrong is refused and named; nothing is guessed. */
static void refuses(void **state)
{
    (void) state;
    static const struct { const char *letter, *outcome, *path, *value, *named; gk_err err; } rows[] = {
        { "reply", "G2", "office.court", NULL, "office.court", GK_EMISSING },
        { "reply", "D1", "office.court", NULL, "office.court", GK_EMISSING },
        { "reply", "D1", "office.reconsideration_body", "", "office.reconsideration_body", GK_EMISSING },
        { "reply", "O1", "office.court", NULL, "office.court", GK_EMISSING },
        { "registration", NULL, "office.name", NULL, "office.name", GK_EMISSING },
        { "reply", NULL, "date", "2026-03-02", "facts.outcome", GK_EMISSING },
        { "reply", "X9", "date", "2026-03-02", "facts.outcome", GK_EBADVALUE },
        { "reply", "O3", "date", "2026-03-02", "O3", GK_EBADVALUE },
        { "reply", "O1", "fields.served_on", NULL, "fields.served_on", GK_EMISSING },      /* nothing lapses unserved */
        { "reply", "D1", "fields.reason", NULL, "fields.reason", GK_EMISSING },
        { "reply", "U1b", "received_on", NULL, "received_on", GK_EMISSING },
        { "reply", "G2", "number", NULL, "facts.number", GK_EMISSING },
        { "reply", "G2", "number", "示关公复[2026]12号", "facts.number", GK_EBADVALUE },
        { "reply", "G2", "number", "示关公复〔2026〕012号", "facts.number", GK_EBADVALUE },
        { "reply", "G2", "number", "示关公复〔26〕12号", "facts.number", GK_EBADVALUE },
        { "reply", "G2", "number", "〔2026〕12号", "facts.number", GK_EBADVALUE },
        { "reply", "G2", "number", "示关公复〔2026〕12号 ", "facts.number", GK_EBADVALUE },
        { "reply", "G2", "number", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十〔2026〕12号", "facts.number", GK_EBADVALUE },
        { "reply", "G2", "case_number", "GZ-2026-0000000000000000000000000000000012", "facts.case_number", GK_EBADVALUE },
        { "reply", "G2", "date", "2026-02-30", "facts.date", GK_EMISSING },
        { "reply", "G2", "head", "<script>", "facts.head", GK_EBADVALUE },
        { "reply", "G2", "letter", "love_letter", "facts.letter", GK_EUNSUPPORTED },
        { "reply", "G2", "letter", "../../etc/passwd", "facts.letter", GK_EUNSUPPORTED },
        { "fee_notice", NULL, "office.way_to_pay", NULL, "office.way_to_pay", GK_EMISSING },
        { "fee_notice", NULL, "fields.fee_yuan", NULL, "amount", GK_EMISSING },
        { "fee_notice", NULL, "fields.arithmetic", NULL, "arithmetic", GK_EMISSING },
        { "correction_notice", NULL, "fields.items", "\n", "fields.items", GK_EMISSING },
        { "extension_notice", NULL, "fields.days", NULL, "fields.days", GK_EMISSING },
        { "consultation_letter", NULL, "fields.information", NULL, "fields.information", GK_EMISSING },
        { "reply", "R1", "fields.corrected_on", NULL, "fields.corrected_on", GK_EMISSING },
        { "reply", "R2", "fields.reason", NULL, "fields.reason", GK_EMISSING },
        { "reply", "R3", "fields.agency_contact", NULL, "fields.agency_contact", GK_EMISSING },
        { "reply", "R5", "date", "2026-03-02", "R5", GK_EBADVALUE },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *job = letters_job(rows[i].letter, rows[i].outcome);
        letters_set(job, rows[i].path, rows[i].value ? json_string(rows[i].value) : json_null());
        gk_err err;
        gk_why why = { "" };
        gk_free_auto char *text = letters_words(job, &err, &why);
        if (err != rows[i].err || !strstr(why.text, rows[i].named) || text)
            fail_msg("row %zu: %d, %s", i, err, why.text);
        has_not(why.text, "陈春华");
    }
    /*  Notices need no court; a letter may come without a number. */
    gk_json_auto *job = letters_job("fee_notice", NULL);
    letters_set(job, "office.court", json_null());
    letters_set(job, "number", json_null());
    gk_free_auto char *text = words(job);
    assert_non_null(text);
}

/*  Neither side learns of the other, whatever the job brings. */
static void third_parties_learn_nothing(void **state)
{
    (void) state;
    static const char *const kinds[] = { "third_party", "co_producer", "other_agency", "referral" };
    static const char *const never[] = { "陈春华", "13800000000", "需要按月", "2025年进出口", "示关检", "2026年2月5日",
                                         "6|" };
    for (size_t i = 0; i < ROWS(kinds); i++) {
        gk_json_auto *job = letters_job("consultation_letter", NULL);
        letters_set(job, "fields.kind", json_string(kinds[i]));
        letters_set(job, "to.name", json_string("某贸易公司"));
        letters_set(job, "applicant", json_pack("{ss}", "name", "陈春华"));
        letters_set(job, "applicant_kind", json_string("natural_person"));
        gk_free_auto char *text = words(job);
        has(text, "15个工作日");
        has(text, "抽查结果通知单");
        assert_int_equal(strstr(text, "第十七条第三款") != NULL, i == 3);     /* 报请确定 is not a question of consent */
        assert_int_equal(strstr(text, "视为同意公开") != NULL, i == 1);     /* 条例 Art. 34, not 32 */
        for (size_t k = 0; k < ROWS(never); k++)
            has_not(text, never[k]);
        gk_json_auto *override = letters_job("override_notice", "P");
        letters_set(override, "to.name", json_string("某贸易公司"));
        gk_free_auto char *overridden = words(override);
        has(overridden, "可以自收到本告知书之日起60日内");      /* its choice is free, whatever the applicant's is */
        for (size_t k = 0; k < ROWS(never); k++)
            has_not(overridden, never[k]);
        gk_json_auto *notice = letters_job("consultation_notice", NULL);
        letters_set(notice, "fields.kind", json_string(kinds[i]));
        letters_set(notice, "fields.third_party", json_pack("{ss}", "name", "某贸易公司"));
        gk_free_auto char *told = words(notice);
        has_not(told, "某贸易公司");
        has_not(told, "抽查结果通知单");
        assert_int_equal(strstr(told, "保密行政管理部门确定") != NULL, i == 3);
    }
}

/*  A request to correct a record asks for no disclosure and has no statutory term; a third party asked about it
 *  learns as little. */
static void a_records_correction_has_its_own_words(void **state)
{
    (void) state;
    static const struct { const char *letter, *kind, *must; } rows[] = {
        { "registration", "third_party", "按服务标准办理完毕之日：2026年3月12日（服务标准，非法定期限）" },
        { "consultation_letter", "third_party", "有关政府信息记录涉及贵方" },
        { "consultation_letter", "co_producer", "共同制作" },
        { "consultation_letter", "other_agency", "协商、确认" },
        { "consultation_notice", "third_party", "不计算在办理的服务标准内" },
        { "consultation_notice", "other_agency", "上述记录涉及其他机关" },
        { "withdrawal_notice", "third_party", "提交的政府信息更正申请" },
    };
    static const char *const never[] = { "政府信息公开申请", "申请公开", "20个工作日", "答复期限", "公开后", "复议", "诉讼" };
    static const char *const secret[] = { "陈春华", "13800000000", "2025年进出口", "示关检", "东风路11号", "2026年2月5日" };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *job = letters_job(rows[i].letter, NULL);
        letters_for_correction(job);
        letters_set(job, "fields.kind", json_string(rows[i].kind));
        bool outside = strcmp(rows[i].letter, "consultation_letter") == 0;
        if (outside)
            letters_set(job, "to.name", json_string("某贸易公司"));
        gk_free_auto char *text = words(job);
        has(text, rows[i].must);
        for (size_t k = 0; k < ROWS(never); k++)
            has_not(text, never[k]);
        for (size_t k = 0; outside && k < ROWS(secret); k++)
            has_not(text, secret[k]);
    }
    static const char *const codes[] = { "R1", "R2", "R3", "R4" };
    for (size_t i = 0; i < ROWS(codes); i++) {
        gk_json_auto *job = letters_job("reply", codes[i]);
        gk_free_auto char *text = words(job);
        has(text, "1|政府信息更正申请答复书");
        has(text, "提交的政府信息更正申请（登记编号：");
        has(text, "您（单位）认为不准确的内容：“注册地址：示例市东风路11号”。");
        has_not(text, "公开申请");
    }
}

static void grounds_by_code_become_articles(void **state)
{
    (void) state;
    static const struct { const char *ground, *printed; } rows[] = {
        { "D4", "依据：《中华人民共和国政府信息公开条例》第十五条" },
        { "D4、D6", "第三十六条第（三）项，《中华人民共和国政府信息公开条例》第十六条第二款" },
        { "D4,D6", "第三十六条第（三）项，《中华人民共和国政府信息公开条例》第十六条第二款" },
        { "D4 等", "依据：D4 等。" },
        { "商业秘密", "依据：商业秘密" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *job = letters_job("reply", "P");
        letters_set(job, "fields.ground", json_string(rows[i].ground));
        gk_free_auto char *text = words(job);
        has(text, rows[i].printed);
    }
}

/*  A search that the proposal tells in one text is printed too; none at all leaves no hole. */
static void searches_are_told(void **state)
{
    (void) state;
    gk_json_auto *job = letters_job("reply", "U1a");
    letters_set(job, "fields.search_log", json_string("检索了档案系统。"));
    gk_free_auto char *text = words(job);
    has(text, "检索情况：检索了档案系统。");
    letters_set(job, "fields.search_log", json_null());
    gk_free_auto char *bare = words(job);
    has_not(bare, "检索情况");
    has(bare, "进行了全面检索");
}

/*  Reasons that were given are quoted and weighed; whoever was silent is not told that they were. */
static void reasons_are_quoted_or_missed(void **state)
{
    (void) state;
    gk_json_auto *job = letters_job("reply", "N4");
    letters_set(job, "fields.frequency", json_string("一月：二十件\n\n二月：二十二件"));
    gk_free_auto char *given = words(job);
    has(given, "于2026年2月12日说明的理由如下：");
    has(given, "用于课题研究。");
    has(given, "各件内容不同。");
    has(given, "\n0|一月：二十件\n0|二月：二十二件\n");          /* the table, a line each */
    letters_set(job, "fields.reasons", json_pack("{s:s}", "on", "2026-02-12"));
    gk_free_auto char *attached = words(job);
    has(attached, "以所提交的材料说明了理由");
    has(attached, "申请理由不合理");
    letters_set(job, "fields.reasons", json_null());
    gk_free_auto char *silent = words(job);
    has(silent, "在告知的期限内没有说明理由");
    has_not(silent, "理由不合理");
}

static void requests_are_quoted_short(void **state)
{
    (void) state;
    gk_text_auto long_text = { 0 };
    for (int i = 0; i < 900; i++)
        gk_text_puts(&long_text, i % 50 == 49 ? "\n" : "海");
    gk_json_auto *job = letters_job("reply", "G2");
    letters_set(job, "request", json_pack("{ss}", "description", long_text.data));
    gk_free_auto char *text = words(job);
    has(text, "……”。");
    /*  The same title twice is quoted once. */
    letters_set(job, "request", json_pack("{ssss}", "title", "统计表", "description", "统计表"));
    gk_free_auto char *once = words(job);
    has(once, "“统计表”。");
}

/*  Who left out the name, or what is wanted, is told so by a letter (Art. 30): it must be possible to write one. */
static void who_says_nothing_is_written_to(void **state)
{
    (void) state;
    static const char *const kinds[] = { "registration", "correction_notice", "reply" };
    for (size_t i = 0; i < ROWS(kinds); i++) {
        gk_json_auto *job = letters_job(kinds[i], "U3");
        letters_set(job, "to", json_pack("{s:s}", "name", ""));
        letters_set(job, "request", json_object());
        gk_free_auto char *text = words(job);
        has(text, "申请人：");
        has(text, "“申请表未写明”");
    }
    gk_json_auto *job = letters_job("consultation_letter", NULL);       /* a third party has a name, or nobody can be asked */
    letters_set(job, "to", json_object());
    gk_err err;
    gk_free_auto char *none = letters_words(job, &err, NULL);
    assert_null(none);
    assert_int_equal(err, GK_EMISSING);
}

/*  ---- items ------------------------------------------------------------- */

/*  A reply on a case whose items have these outcomes, "G2 D4"; the second annex belongs to the first item. */
static json_t *items_job(const char *codes, const char *whole)
{
    json_t *job = letters_job("reply", whole), *items = json_array(), *facts = json_object_get(job, "facts");
    for (int item = 1; *codes; item++) {
        size_t len = strcspn(codes, " ");
        gk_free_auto char *text = gk_format("第%d件材料", item);
        json_array_append_new(items, json_pack("{si, ss, ss%, sO, so}", "item", item, "text", text, "outcome", codes, len, "fields",
                                               json_object_get(facts, "fields"), "annexes", item == 1 ? json_pack("[i]", 2) : json_array()));
        codes += len + (codes[len] == ' ');
    }
    json_object_set_new(facts, "items", items);
    json_object_set_new(facts, "fields", json_pack("{ss}", "outcome", whole));      /* of the proposal: nothing else */
    return job;
}

/*  The letter answers every item under its number, in the wording of its outcome, and says once what is
 *  said once. */
static void every_outcome_answers_an_item(void **state)
{
    (void) state;
    gk_auto(gk_outcomes) outcomes = letters_outcomes();
    const gk_outcome *outcome;
    for (size_t i = 0; (outcome = gk_outcomes_at(outcomes, i)); i++) {
        if (outcome->machine || outcome->records)       /* Art. 41 has no items */
            continue;
        gk_free_auto char *codes = gk_format("%s N5", outcome->code);
        gk_json_auto *job = items_job(codes, outcome->code), *single = letters_job("reply", outcome->code);
        gk_free_auto char *text = words(job), *own = words(single);
        has(text, "包含2项内容");
        has(text, "3|一、关于“第1件材料”\n");
        has(text, "3|二、关于“第2件材料”\n");
        has(text, "根据《中华人民共和国政府信息公开条例》第三十六条的规定，本机关不予处理");
        assert_null(strstr(strstr(text, "1|") + 2, "1|"));      /* one title, one signature */
        assert_null(strstr(strstr(text, "7|") + 2, "7|"));
        /*  The first sentence of the outcome's own letter stands in the answer. */
        const char *said = strstr(own, outcome->article);
        assert_non_null(said);
        gk_free_auto char *sentence = gk_strndup(said, strcspn(said, "\n"));
        if (!strstr(sentence, "见附件"))
            has(text, sentence);
    }
}

static void an_item_is_answered_from_its_own_facts(void **state)
{
    (void) state;
    gk_json_auto *job = items_job("G2 G2 D5 P", "P");
    json_t *items = json_object_get(json_object_get(job, "facts"), "items");
    json_object_set_new(json_array_get(items, 2), "fields", json_pack("{ssss}", "reason", "人事内部事务", "severability", "不能区分"));
    json_object_set_new(json_array_get(items, 1), "fields", json_pack("{ss}", "public_where", "到档案馆查阅"));
    gk_free_auto char *text = words(job);
    has(text, "见附件2");
    const char *second = strstr(text, "二、关于"), *third = strstr(text, "三、关于"), *fourth = strstr(text, "四、关于");
    assert_true(second && third && fourth);
    assert_true(strstr(second, "到档案馆查阅") < third);
    assert_true(strstr(second, "见附件") == NULL);              /* it has none: the first one's is not its */
    assert_true(strstr(third, "人事内部事务") < fourth);
    assert_true(strstr(fourth, "4|（一）予以公开的内容") && strstr(fourth, "4|（二）不予公开的内容和理由"));
    has(fourth, "《中华人民共和国商业秘密保护规定》第五条");
    assert_true(strstr(text, "商业秘密保护规定") > fourth);     /* a ground is its item's alone */
    has_not(text, "3|一、予以公开");
}

/*  Reconsideration first for what is refused under 条例 Art. 14 to 16, the choice for the rest. */
static void remedies_go_by_the_items(void **state)
{
    (void) state;
    static const char first[] = "日内先向中华人民共和国海关总署申请行政复议", choice[] = "个月内向示例市中级人民法院提起";
    static const struct { const char *items, *whole, *date, *first, *free; } rows[] = {
        { "G2 D4 U1a D1 N1", "P", "2026-03-02", "如对本答复中第二、四项不服，应当", "如对本答复中第一、三、五项不服，可以" },
        { "D4 D1", "D1", "2026-03-02", "如对本答复不服，应当", NULL },
        { "G1 U1a", "P", "2026-03-02", NULL, "如对本答复不服，可以" },      /* partly granted, and nothing refused under 14 to 16 */
        { "G2 D4", "P", "2023-12-31", NULL, "如对本答复不服，可以" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *job = items_job(rows[i].items, rows[i].whole);
        letters_set(job, "date", json_string(rows[i].date));
        gk_free_auto char *text = words(job);
        assert_int_equal(strstr(text, first) != NULL, rows[i].first != NULL);
        assert_int_equal(strstr(text, choice) != NULL, rows[i].free != NULL);
        if (rows[i].first)
            has(text, rows[i].first);
        if (rows[i].free)
            has(text, rows[i].free);
    }
    gk_json_auto *homeless = items_job("G2 D4", "P");
    letters_set(homeless, "office.court", json_null());
    gk_err err;
    gk_free_auto char *none = letters_words(homeless, &err, NULL);
    assert_true(!none && err == GK_EMISSING);
}

static void twenty_items_are_counted(void **state)
{
    (void) state;
    gk_json_auto *job = items_job("N1 N1 N1 N1 N1 N1 N1 N1 N1 N1 N1 N1 N1 N1 N1 N1 N1 N1 N1 D1", "D1");
    gk_free_auto char *text = words(job);
    static const char *const heads[] = { "3|九、", "3|十、", "3|十一、", "3|十九、", "3|二十、", "如对本答复中第二十项不服" };
    for (size_t i = 0; i < ROWS(heads); i++)
        has(text, heads[i]);
}

static void an_item_without_an_outcome_makes_no_letter(void **state)
{
    (void) state;
    static const char *const wrong[] = { "G2 O1", "G2 X1" };
    for (size_t i = 0; i < ROWS(wrong); i++) {
        gk_json_auto *job = items_job(wrong[i], "G2");
        gk_err err;
        gk_why why = { "" };
        gk_free_auto char *text = letters_words(job, &err, &why);
        assert_true(!text && err == GK_EBADVALUE && strstr(why.text, "facts.items[1]"));
    }
}

/*  ---- PDF --------------------------------------------------------------- */

static void keep(const char *name, const gk_text *pdf)
{
    const char *dir = getenv("GK_LETTERS");
    if (!dir)
        return;
    gk_free_auto char *path = gk_format("%s/%s.pdf", dir, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, pdf->data, pdf->len), pdf->len);
    close(fd);
}

static gk_err render(const gk_fonts *fonts, const json_t *job, gk_text *pdf, int *pages, gk_why *why)
{
    gk_auto(gk_templates) templates = letters_templates();
    gk_auto(gk_outcomes) outcomes = letters_outcomes();
    gk_facts facts = { 0 };
    gk_blocks_auto blocks = { 0 };
    gk_err err = gk_facts_read(job, outcomes, &facts, why);
    if (!err)
        err = gk_templates_fill(templates, facts.template, facts.values, &blocks, why);
    if (!err)
        err = gk_letter_render(fonts, &facts.head, &blocks, pdf, pages, why);
    gk_facts_clear(&facts);
    return err;
}

static int open_fonts(void **state)
{
    gk_fonts *fonts = NULL;
    gk_why why = { "" };
    if (gk_fonts_new(letters_fonts_dir(), &fonts, &why))
        fail_msg("%s", why.text);
    *state = fonts;
    return 0;
}

static int close_fonts(void **state)
{
    gk_fonts *fonts = *state;
    gk_fonts_destroy(&fonts);
    return 0;
}

static void letters_become_pdf(void **state)
{
    for (size_t i = 0; i < ROWS(letters); i++) {
        gk_json_auto *job = letters_job(letters[i].letter, letters[i].outcome);
        if (i % 2)
            json_object_set_new(job, "training", json_true());
        gk_text_auto pdf = { 0 };
        int pages = 0;
        gk_why why = { "" };
        if (render(*state, job, &pdf, &pages, &why))
            fail_msg("%s: %s", letters[i].letter, why.text);
        assert_memory_equal(pdf.data, "%PDF-1.", 7);
        assert_in_range(pages, 1, 3);
        gk_free_auto char *name = gk_format("%s%s%s", letters[i].letter, letters[i].outcome ? "-" : "",
                                            letters[i].outcome ? letters[i].outcome : "");
        keep(name, &pdf);
    }
    gk_json_auto *job = items_job("G2 D4 U1a P G1 N2", "P");
    gk_text_auto pdf = { 0 };
    int pages = 0;
    gk_why why = { "" };
    if (render(*state, job, &pdf, &pages, &why))
        fail_msg("items: %s", why.text);
    assert_in_range(pages, 2, 4);
    keep("reply-items", &pdf);
}

/*  A worker that was killed renders again: same facts, same bytes. */
static void same_facts_same_bytes(void **state)
{
    gk_json_auto *job = letters_job("reply", "P");
    gk_auto(gk_fonts) fresh = NULL;
    assert_int_equal(gk_fonts_new(letters_fonts_dir(), &fresh, NULL), GK_OK);
    gk_text_auto one = { 0 }, two = { 0 };
    int pages;
    assert_int_equal(render(*state, job, &one, &pages, NULL), GK_OK);
    assert_int_equal(render(fresh, job, &two, &pages, NULL), GK_OK);
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.data, two.data, one.len);
}

static void long_letters_have_pages(void **state)
{
    gk_json_auto *job = letters_job("reply", "D6");
    gk_text_auto reason = { 0 };
    for (int i = 1; i <= 46; i++)
        gk_text_printf(&reason, "第%d点，该信息是本机关在履行行政管理职能过程中形成的讨论记录、过程稿、磋商信函和请示报告，所涉事项尚在"
                                "研究之中，公开后会影响公正、坦率的讨论，也会使公众对尚未确定的事项产生误解；待有关决定作出并公布以后，本机关将依法"
                                "重新评估审查，对因情势变化可以公开的部分予以公开。\n", i);
    letters_set(job, "fields.reason", json_string(reason.data));
    json_object_set_new(job, "training", json_true());
    gk_text_auto pdf = { 0 };
    int pages = 0;
    assert_int_equal(render(*state, job, &pdf, &pages, NULL), GK_OK);
    assert_int_equal(pages, 12);
    keep("long", &pdf);

    gk_text_auto more = { 0 };
    for (int i = 0; i < 20; i++)
        gk_text_puts(&more, reason.data);
    letters_set(job, "fields.reason", json_string(more.data));
    size_t before = pdf.len;
    assert_int_equal(render(*state, job, &pdf, &pages, NULL), GK_ETOOLARGE);
    assert_int_equal(pdf.len, before);
}

/*  The same letter, its headings pushed down line by line over the end of the page: letters.sh
 *  looks for one that stays behind, and for a signature that stands alone. */
static void headings_move_with_their_text(void **state)
{
    gk_text_auto reason = { 0 };
    for (int i = 1; i <= 14; i++) {
        gk_text_puts(&reason, "申请数量明显超过合理范围。\n");
        gk_json_auto *job = letters_job("fee_notice", NULL);
        letters_set(job, "fields.reason", json_string(reason.data));
        gk_text_auto pdf = { 0 };
        int pages = 0;
        assert_int_equal(render(*state, job, &pdf, &pages, NULL), GK_OK);
        gk_free_auto char *name = gk_format("moved-%d", i);
        keep(name, &pdf);
    }
}

/*  Rare characters of names come from a fallback; for what no font has stands 〓, with a note (letters.sh reads
 *  them back).  On the letterhead it is our own mistake. */
static void every_character_has_a_glyph(void **state)
{
    static const struct { const char *path, *text, *name; gk_err err; } rows[] = {
        { "to.name", "堃喆赟翀旻昇囍", "rare", GK_OK },
        { "to.name", "𠮷野", NULL, GK_OK },
        { "to.name", "Müller-Łukasz Ōta", NULL, GK_OK },
        { "to.name", "海\u0378关", NULL, GK_OK },           /* unassigned */
        { "to.name", "海\ue123关\ue123岸\U000E0FFF", "absent", GK_OK },    /* private use; one unseen, dropped with its kind */
        { "request.description", "\ue000\ue001\ue002\ue003\ue004\ue005\ue006\ue007\ue008\U0010FFFD", "absent-many", GK_OK },
        { "office.name", "海\ue123关", NULL, GK_EBADVALUE },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *job = letters_job("reply", "G2");
        letters_set(job, rows[i].path, json_string(rows[i].text));
        gk_text_auto pdf = { 0 };
        int pages = 0;
        gk_why why = { "" };
        gk_err err = render(*state, job, &pdf, &pages, &why);
        if (err != rows[i].err || (err && (!strstr(why.text, "U+E123") || pdf.len)))
            fail_msg("row %zu: %d, %s", i, err, why.text);
        if (rows[i].name)
            keep(rows[i].name, &pdf);
    }
}

/*  Nothing in the facts makes the layout run off, loop or crash. */
static void odd_facts_still_fit(void **state)
{
    gk_text_auto wide = { 0 };
    for (int i = 0; i < 2000; i++)
        gk_text_puts(&wide, "W");
    static const char *const paths[] = { "to.name", "office.name", "fields.reason", "attachments" };
    for (size_t i = 0; i < ROWS(paths); i++) {
        gk_json_auto *job = letters_job("reply", "D5");
        letters_set(job, paths[i], strcmp(paths[i], "attachments") == 0 ? json_pack("[ss]", wide.data, wide.data)
                                                                        : json_string(wide.data));
        gk_text_auto pdf = { 0 };
        int pages = 0;
        gk_why why = { "" };
        if (render(*state, job, &pdf, &pages, &why))
            fail_msg("%s: %s", paths[i], why.text);
        assert_in_range(pages, 1, 30);
        gk_free_auto char *name = gk_format("odd-%zu", i);
        keep(name, &pdf);
    }
    gk_json_auto *nothing = json_object();
    gk_text_auto pdf = { 0 };
    int pages;
    assert_int_equal(render(*state, nothing, &pdf, &pages, NULL), GK_EUNSUPPORTED);
}

static void missing_fonts_are_named(void **state)
{
    (void) state;
    gk_fonts *fonts = NULL;
    gk_why why = { "" };
    assert_int_equal(gk_fonts_new("/nonexistent/<&>", &fonts, &why), GK_ENOTFOUND);
    assert_null(fonts);
    has(why.text, "FandolFang");
    has(why.text, "run deploy/fonts");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outcomes_all_have_a_letter),
        cmocka_unit_test(words_are_whole),
        cmocka_unit_test(words_address_fittingly),
        cmocka_unit_test(remedies_are_those_of_the_law),
        cmocka_unit_test(remedies_before_2024_were_free),
        cmocka_unit_test(refuses),
        cmocka_unit_test(third_parties_learn_nothing),
        cmocka_unit_test(a_records_correction_has_its_own_words),
        cmocka_unit_test(grounds_by_code_become_articles),
        cmocka_unit_test(searches_are_told),
        cmocka_unit_test(reasons_are_quoted_or_missed),
        cmocka_unit_test(requests_are_quoted_short),
        cmocka_unit_test(who_says_nothing_is_written_to),
        cmocka_unit_test(every_outcome_answers_an_item),
        cmocka_unit_test(an_item_is_answered_from_its_own_facts),
        cmocka_unit_test(remedies_go_by_the_items),
        cmocka_unit_test(twenty_items_are_counted),
        cmocka_unit_test(an_item_without_an_outcome_makes_no_letter),
        cmocka_unit_test(letters_become_pdf),
        cmocka_unit_test(same_facts_same_bytes),
        cmocka_unit_test(long_letters_have_pages),
        cmocka_unit_test(headings_move_with_their_text),
        cmocka_unit_test(every_character_has_a_glyph),
        cmocka_unit_test(odd_facts_still_fit),
        cmocka_unit_test(missing_fonts_are_named),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
