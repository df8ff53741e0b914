/* links: gk_core */
/*  test_requests - what agencies really answered under the 2019 Regulations can be said here: each outcome of
 *  schemas/samples/requests.json is a kind of decision with the article cited, or an act of the procedure, or a silence
 *  that the clock calls overdue. */
#include "casework.h"
#include "core/fee.h"

typedef struct saying {
    const char *words;          /* in the outcome as published */
    const char *code;           /* the kind of decision it is; NULL: none was made */
    const char *event;          /* then: the act that it is; NULL: silence */
    const char *fields;
} saying;

static const saying sayings[] = {
    { "内部事务信息", "D5", "refusal_proposed", "'reason':'x','severability':'x'" },
    { "信息不存在", "U1a", "refusal_proposed", "'reason':'x'" },
    /*  A ministry's rule is no law that forbids (Art. 14); what it protects is the enforcement file of Art. 16. */
    { "行政处罚信息公示规定", "D7", "refusal_proposed", "'reason':'x','severability':'x'" },
    { "附四份文件", "G2", "proposed", "" },
    { "可公开1500页", "G2", "proposed", "" },
    { "收费通知", NULL, "fee_notice_sent", "'standard':'pages','count':50,'reason':'x'" },
    /*  "A letter was written" says no more; what was told is that it is public. */
    { "申请告知书", "G1", "proposed", "'public_where':'x'" },
    { "未答复", NULL, NULL, NULL },
    { "未书面答复", NULL, NULL, NULL },
};

static const saying *find(const char *outcome)
{
    for (size_t i = 0; i < ROWS(sayings); i++)
        if (strstr(outcome, sayings[i].words))
            return &sayings[i];
    fail_msg("no kind of decision for: %s", outcome);
    return NULL;
}

static void numeral(int n, gk_text *out)
{
    static const char *const digits[] = { "", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
    gk_text_printf(out, "%s%s%s", n >= 20 ? digits[n / 10] : "", n >= 10 ? "十" : "", digits[n % 10]);
}

/*  A ministry's rule on what is published of itself says nothing of an application (test_pitfalls, 20): cited, never followed. */
static const char wrong_rule[] = "市场监督管理行政处罚信息公示规定";

/*  "2019条例第16条第1款" as letters cite it: 第十六条第一款; an item in brackets: 第（三）项; anything else as it stands. */
static char *cited(const char *text)
{
    gk_text out = { 0 };
    gk_text_puts(&out, "");
    int article = 0, part = 0;
    char unit[8] = "";
    if (sscanf(text, "2019条例第%d条第%d%6s", &article, &part, unit) >= 1) {
        gk_text_puts(&out, "第");
        numeral(article, &out);
        gk_text_puts(&out, "条");
        bool item = strncmp(unit, "项", strlen("项")) == 0;
        if (part) {
            gk_text_puts(&out, item ? "第（" : "第");
            numeral(part, &out);
            gk_text_puts(&out, item ? "）项" : "款");
        }
    } else {
        gk_text_puts(&out, text);
    }
    return out.data;
}

/*  An article that is no decision's is a step's: the term of Art. 33, the fee of Art. 42. */
static bool a_step_cites(const char *article)
{
    size_t count;
    const gk_step *table = gk_flow_table(&count);
    for (size_t i = 0; i < count; i++)
        if (strstr(table[i].article, article))
            return true;
    return false;
}

static void check_articles(const json_t *request, const gk_outcome *outcome)
{
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(request, "articles_cited"), i, one) {
        gk_free_auto char *article = cited(json_string_value(one));
        bool known = strncmp(article, wrong_rule, strlen(wrong_rule)) == 0 || (outcome && strstr(outcome->article, article)) || a_step_cites(article);
        if (!known)
            fail_msg("%s: neither %s nor a step cites %s", gk_json_text(request, "id"), outcome ? outcome->code : "a silence", article);
    }
}

/*  Propose it, as the desk would. */
static void propose(const json_t *request, const saying *said)
{
    work w;
    work_setup(&w);
    static const line begin[] = { BEGUN,
        { "2026-03-03", "guo.qiang", "search_recorded", "{'systems':'x','keywords':'x','units':'x','persons':'x','period':'x','result':'none'}", 0, NULL, NULL },
        { "2026-03-03", "guo.qiang", "documents_attached", "{'kind':'release','documents':[{'digest':'aa'}]}", 0, NULL, NULL },
        { "2026-03-03", "worker:confidentiality", "documents_admitted", "{'verdicts':[{'digest':'aa','verdict':'clean'}]}", 0, NULL, NULL } };
    const gk_outcome *outcome = said->code ? gk_outcomes_find(w.outcomes, said->code) : NULL;
    if (said->code && (!outcome || outcome->machine))
        fail_msg("%s: no kind of decision %s may be proposed", gk_json_text(request, "id"), said->code);
    check_articles(request, outcome);
    for (size_t i = 0; i < ROWS(begin); i++)
        work_line(&w, gk_json_text(request, "id"), i, &begin[i]);
    if (said->event) {
        gk_free_auto char *fields = said->code ? gk_format("{'outcome':'%s'%s%s}", said->code, *said->fields ? "," : "", said->fields)
            : gk_format("{%s}", said->fields);
        line act = { "2026-03-03", said->code ? "guo.qiang" : "zhao.min", said->event, fields, 0, NULL, NULL };
        work_line(&w, gk_json_text(request, "id"), 9, &act);
        if (outcome)
            assert_int_equal(w.file->state, outcome->refuses ? GK_LEGAL : GK_SCANNING);
    } else {
        gk_clock_reading late = gk_case_read(w.file, &w.law, law_date("2026-03-31"));
        assert_true(late.overdue);
    }
    work_clear(&w);
}

static void every_answer_can_be_given(void **state)
{
    (void) state;
    gk_json_auto *file = law_json("samples/requests.json");
    size_t i, count = 0;
    json_t *request;
    bool used[ROWS(sayings)] = { false };
    json_array_foreach(file, i, request) {
        if (strcmp(gk_json_text(request, "law_regime"), "2019") != 0)
            continue;
        const saying *said = find(gk_json_text(request, "outcome"));
        used[said - sayings] = true;
        propose(request, said);
        count++;
    }
    assert_true(count >= 13);
    for (size_t k = 0; k < ROWS(sayings); k++)
        if (!used[k])
            fail_msg("nobody ever said %s", sayings[k].words);
}

/*  What was charged is what the brackets give. */
static void every_fee_is_the_law_s(void **state)
{
    (void) state;
    gk_json_auto *file = law_json("samples/requests.json");
    gk_auto(gk_rules) rules = law_rules();
    size_t i, count = 0;
    json_t *request;
    json_array_foreach(file, i, request) {
        const json_t *fee = json_object_get(request, "fee_yuan"), *pages = json_object_get(request, "pages");
        if (strcmp(gk_json_text(request, "law_regime"), "2019") != 0 || !json_is_integer(fee) || !json_is_integer(pages))
            continue;
        assert_int_equal(gk_fee_pages(rules, json_integer_value(pages)), json_integer_value(fee));
        count++;
    }
    assert_true(count >= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_answer_can_be_given),
        cmocka_unit_test(every_fee_is_the_law_s),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
