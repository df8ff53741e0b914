/* links: gongkai_review_parts */
/*  test_triage - units, repeats, public documents and the price that the reviewer is shown. */
#include "workers/review/triage.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/text.h"
#include "unit/law.h"

#include <stdlib.h>

/*  ---- what every test needs: the shipped rules and the district's units -------- */

typedef struct desk {
    gk_rules *rules;
    gk_triage *triage;
    json_t *units;
} desk;

static int open_desk(void **state)
{
    desk *self = gk_new(desk);
    gk_why why = { "" };
    gk_json_auto *law = law_json("rules/rules.json");
    gk_json_auto *words = law_json("rules/triage.json");
    if (gk_rules_read(law, &self->rules, &why) || gk_triage_read(words, self->rules, &self->triage, &why))
        fail_msg("%s", why.text);
    self->units = json_pack("[{s:s},{s:s},{s:s},{s:s},{s:s},{s:s},{s:s},{s:s},{s:s},{s:s}]",
                            "code", "BGS", "code", "FGC", "code", "CWC", "code", "ZHC", "code", "QGC",
                            "code", "TJC", "code", "JSJ", "code", "KJC", "code", "WSC", "code", "SPC");
    *state = self;
    return 0;
}

static int close_desk(void **state)
{
    desk *self = *state;
    json_decref(self->units);
    gk_triage_destroy(&self->triage);
    gk_rules_destroy(&self->rules);
    free(self);
    return 0;
}

static json_t *facts_of(const desk *self, const char *title, const char *number, const char *description)
{
    return json_pack("{s:{s:s,s:s,s:s},s:O,s:i}", "request", "title", title, "document_number", number,
                     "description", description, "units", self->units, "ordinal", 1);
}

static json_t *triage(const desk *self, const json_t *facts)
{
    gk_json_auto *job = json_pack("{s:s}", "task", "triage");
    json_t *out = NULL;
    gk_why why = { "" };
    if (gk_triage_work(self->triage, job, facts, &out, &why))
        fail_msg("%s", why.text);
    return out;
}

/*  ---- units ---------------------------------------------------------------------- */

static void units_by_words(void **state)
{
    const desk *self = *state;
    static const struct {
        const char *title, *unit, *rule;
    } rows[] = {
        { "示例海关2021年部门预算", "CWC", "finance-budget" },
        { "某商品的归类决定和税则号列", "ZHC", "customs-classification" },
        { "某票进口货物的报关单和放行日期", "ZHC", "customs-clearance" },
        { "2578只穿山甲的处理去向", "JSJ", "smuggling" },
        { "规范性文件制定说明", "FGC", "legal-documents" },
        { "高级认证企业名单", "QGC", "enterprise" },
        { "ＡＥＯ企业名单", "QGC", "enterprise" },
        { "2021年对某国进出口总值", "TJC", "statistics" },
        { "门户网站建设合同", "KJC", "technology" },
        { "口岸核酸检测数量", "WSC", "health" },
        { "进口冷链食品不合格批次", "SPC", "food" },
        { "内设机构职责", "BGS", "office-organisation" },
        { "某事的有关材料", "BGS", "default" },
        { "", "BGS", "default" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *facts = facts_of(self, rows[i].title, "", "");
        gk_json_auto *out = triage(self, facts);
        if (strcmp(gk_json_text(out, "unit"), rows[i].unit) || strcmp(gk_json_text(out, "rule"), rows[i].rule))
            fail_msg("%s: %s by %s, want %s by %s", rows[i].title, gk_json_text(out, "unit"),
                     gk_json_text(out, "rule"), rows[i].unit, rows[i].rule);
    }
}

/*  The subject in words of the rules: nothing of what the applicant wrote beside them. */
static void the_subject_is_in_words_of_the_rules(void **state)
{
    const desk *self = *state;
    gk_json_auto *facts = facts_of(self, "张三要的2021年部门预算", "", "我叫张三，身份证440101199001011234，另问政府采购");
    gk_json_auto *out = triage(self, facts);
    gk_free_auto char *text = gk_json_print(json_object_get(out, "words"));
    assert_string_equal(text, "[\"预算\",\"政府采购\"]");
    gk_json_auto *none = facts_of(self, "某事的有关材料", "", ""), *said = triage(self, none);
    assert_int_equal(json_array_size(json_object_get(said, "words")), 0);
}

/*  A small office has only some of the units: never one that it has not. */
static void only_units_of_the_office(void **state)
{
    const desk *self = *state;
    static const struct {
        const char *code, *code2, *title, *unit;
    } rows[] = {
        { "BGS", "JSJ", "查获穿山甲", "JSJ" },
        { "BGS", "ZHC", "查获穿山甲", "BGS" },          /* the default */
        { "ZHC", "JSJ", "部门预算", "ZHC" },            /* not even that: the first */
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *facts = facts_of(self, rows[i].title, "", "");
        json_object_set_new(facts, "units", json_pack("[{s:s},{s:s}]", "code", rows[i].code, "code", rows[i].code2));
        gk_json_auto *out = triage(self, facts);
        assert_string_equal(gk_json_text(out, "unit"), rows[i].unit);
    }
}

/*  Every rule's unit is one of the demonstration's. */
static void shipped_rules_name_units_that_exist(void **state)
{
    const desk *self = *state;
    gk_json_auto *file = law_json("rules/triage.json");
    const json_t *rules = json_object_get(file, "rules");
    for (size_t i = 0; i < json_array_size(rules); i++) {
        bool known = false;
        for (size_t k = 0; k < json_array_size(self->units); k++)
            known |= strcmp(gk_json_text(json_array_get(rules, i), "unit"),
                            gk_json_text(json_array_get(self->units, k), "code")) == 0;
        assert_true(known);
    }
}

/*  ---- candidates ------------------------------------------------------------------- */

static void repeats_come_best_first(void **state)
{
    const desk *self = *state;
    gk_json_auto *facts = facts_of(self, "查获穿山甲的处理去向", "", "公开2578只穿山甲的种类、来源、处理去向");
    json_object_set_new(facts, "repeat", json_pack("[{s:s,s:{s:s,s:s}},{s:s,s:{s:s}},{s:s,s:{s:s,s:s}},{s:s,s:s},{s:s},i]",
        "number", "GZ-1", "request", "title", "穿山甲处理去向", "description", "公开穿山甲的种类、来源、处理去向",
        "number", "GZ-2", "request", "title", "2021年部门预算",
        "number", "GZ-3", "request", "title", "查获穿山甲的处理去向", "description", "公开2578只穿山甲的种类、来源、处理去向",
        "number", "GZ-4", "request", "not an object",
        "number", "GZ-5", 7));
    gk_json_auto *out = triage(self, facts);
    const json_t *list = json_object_get(out, "repeat");
    assert_int_equal(json_array_size(list), 2);
    assert_string_equal(gk_json_text(json_array_get(list, 0), "number"), "GZ-3");
    assert_int_equal(json_integer_value(json_object_get(json_array_get(list, 0), "score")), 100);
    assert_string_equal(gk_json_text(json_array_get(list, 1), "number"), "GZ-1");
    json_int_t second = json_integer_value(json_object_get(json_array_get(list, 1), "score"));
    assert_true(second >= 50 && second < 100);
}

static void the_same_number_is_a_repeat(void **state)
{
    const desk *self = *state;
    gk_json_auto *facts = facts_of(self, "", "沪府〔2011〕207号", "请提供原件");
    json_object_set_new(facts, "repeat", json_pack("[{s:s,s:{s:s,s:s}},{s:s,s:{s:s}}]",
        "number", "GZ-1", "request", "document_number", "沪府[2011] 207号", "description", "完全不一样的另外一段说明文字而已",
        "number", "GZ-2", "request", "document_number", "沪府〔2011〕20号"));
    gk_json_auto *out = triage(self, facts);
    const json_t *first = json_array_get(json_object_get(out, "repeat"), 0);
    assert_string_equal(gk_json_text(first, "number"), "GZ-1");
    assert_int_equal(json_integer_value(json_object_get(first, "score")), 100);
}

static void lists_are_bounded(void **state)
{
    const desk *self = *state;
    gk_json_auto *facts = facts_of(self, "示例海关2021年部门预算", "", "");
    json_t *repeat = json_array(), *catalogue = json_array();
    for (int i = 0; i < 500; i++) {
        char number[24];
        snprintf(number, sizeof number, "GZ-%d", i);
        json_array_append_new(repeat, json_pack("{s:s,s:O}", "number", number, "request",
                                                json_object_get(facts, "request")));
        json_array_append_new(catalogue, json_pack("{s:s}", "title", "示例海关2021年部门预算"));
    }
    json_object_set_new(facts, "repeat", repeat);
    json_object_set_new(facts, "catalogue", catalogue);
    gk_json_auto *out = triage(self, facts);
    assert_int_equal(json_array_size(json_object_get(out, "repeat")), 10);
    assert_int_equal(json_array_size(json_object_get(out, "public")), 10);
    assert_string_equal(gk_json_text(json_array_get(json_object_get(out, "repeat"), 9), "number"), "GZ-9");
}

/*  ---- the catalogue ------------------------------------------------------------------ */

/*  The shipped file has no quoted commas, so a line splits plainly; this is checked. */
static json_t *shipped_catalogue(void)
{
    static const char *const names[] = { "title", "document_number", "unit", "url", "published_on" };
    size_t len;
    gk_free_auto char *text = gk_file_read(GK_SOURCE "/schemas/catalogue/district.csv", 1 << 20, &len);
    assert_non_null(text);
    json_t *rows = json_array();
    char *rest = text, *line;
    while ((line = strsep(&rest, "\n")) && *line) {
        json_t *row = json_object();
        for (size_t i = 0; i < ROWS(names); i++) {
            const char *cell = strsep(&line, ",");
            assert_non_null(cell);
            assert_null(strchr(cell, '"'));
            json_object_set_new(row, names[i], json_string(cell));
        }
        assert_null(line);
        json_array_append_new(rows, row);
    }
    assert_string_equal(gk_json_text(json_array_get(rows, 0), "published_on"), "published_on");
    json_array_remove(rows, 0);
    return rows;
}

static void the_shipped_catalogue_is_well_formed(void **state)
{
    (void) state;
    gk_json_auto *rows = shipped_catalogue();
    assert_true(json_array_size(rows) >= 30);
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        assert_false(gk_date_is_none(gk_json_date(row, "published_on")));
        assert_true(*gk_json_text(row, "title"));
        assert_int_equal(strncmp(gk_json_text(row, "url"), "https://", 8), 0);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(gk_json_text(row, "url"), gk_json_text(json_array_get(rows, k), "url"));
    }
}

static void public_documents_are_found(void **state)
{
    const desk *self = *state;
    gk_json_auto *catalogue = shipped_catalogue();
    static const struct {
        const char *title, *number, *description;
        const char *first;              /* title of the first candidate, "" when there is none */
        int least;
    } rows[] = {
        { "示例海关2021年部门预算", "", "", "示例海关2021年部门预算", 100 },
        { "", "", "您好，请公开示例海关 2020 年部门决算，谢谢", "示例海关2020年部门决算", 100 },
        { "预算", "", "贵关2021年的部门预算及三公经费", "示例海关2021年部门预算", 60 },   /* most of a title */
        { "", "", "某市2018年财政预算", "", 0 },                       /* too little of one */
        { "信息处理费怎样收", "国办函[2020]109号", "", "政府信息公开信息处理费管理办法", 100 },
        { "", "", "国务院令第 711 号全文", "中华人民共和国政府信息公开条例", 100 },
        { "高级认证企业", "", "最新的海关高级认证企业名单", "海关高级认证企业名单", 100 },
        { "2578只穿山甲的种类、来源", "", "", "", 0 },
        { "711", "711", "711", "", 0 },
        { "", "", "", "", 0 },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *facts = facts_of(self, rows[i].title, rows[i].number, rows[i].description);
        json_object_set(facts, "catalogue", catalogue);
        gk_json_auto *out = triage(self, facts);
        const json_t *first = json_array_get(json_object_get(out, "public"), 0);
        if (strcmp(gk_json_text(first, "title"), rows[i].first) != 0)
            fail_msg("row %zu: \"%s\", want \"%s\"", i, gk_json_text(first, "title"), rows[i].first);
        assert_true(json_integer_value(json_object_get(first, "score")) >= rows[i].least);
    }
}

/*  ---- the fee -------------------------------------------------------------------------- */

static void the_price_of_the_item(void **state)
{
    const desk *self = *state;
    static const struct {
        int ordinal, yuan;
    } rows[] = {        /* 国办函〔2020〕109号 Art. 4 */
        { 1, 0 }, { 10, 0 }, { 11, 100 }, { 30, 100 }, { 31, 200 }, { 40, 200 }, { 41, 300 },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *facts = facts_of(self, "x", "", "");
        json_object_set_new(facts, "ordinal", json_integer(rows[i].ordinal));
        gk_json_auto *out = triage(self, facts);
        const json_t *fee = json_object_get(out, "fee"), *lines = json_object_get(fee, "arithmetic");
        assert_int_equal(json_integer_value(json_object_get(fee, "ordinal")), rows[i].ordinal);
        assert_int_equal(json_integer_value(json_object_get(fee, "item_yuan")), rows[i].yuan);
        assert_int_equal(json_array_size(lines), 1);
        assert_true(json_is_string(json_array_get(lines, 0)));
    }
}

/*  条例 Art. 41: it takes no place in the month, so none is told, and there is nothing to charge. */
static void a_records_correction_has_no_price(void **state)
{
    const desk *self = *state;
    gk_json_auto *facts = facts_of(self, "企业注册登记信息", "", "");
    json_object_set_new(facts, "kind", json_string("records_correction"));
    json_object_del(facts, "ordinal");
    gk_json_auto *out = triage(self, facts);
    assert_true(json_is_null(json_object_get(out, "fee")));
    assert_true(*gk_json_text(out, "unit"));
}

/*  ---- all of it, on what people really asked --------------------------------------------- */

static void real_requests(void **state)
{
    const desk *self = *state;
    static const struct {
        const char *id, *unit;
    } known[] = {
        { "CUS-01", "ZHC" }, { "CUS-02", "ZHC" }, { "CUS-03", "JSJ" }, { "SPC-101", "BGS" },
        { "BJ-NRA", "CWC" }, { "FEE-CD", "CWC" }, { "HB-WH", "FGC" }, { "SPC10-MPS", "JSJ" }, { "SH-JA87", "BGS" },
    };
    gk_json_auto *samples = law_json("samples/requests.json");
    gk_json_auto *catalogue = shipped_catalogue();
    json_t *repeat = json_array();
    for (size_t i = 0; i < json_array_size(samples); i++)
        json_array_append_new(repeat, json_pack("{s:s,s:{s:s}}", "number", gk_json_text(json_array_get(samples, i), "id"),
            "request", "description", gk_json_text(json_array_get(samples, i), "request_text")));
    size_t checked = 0, alike = 0, public = 0;
    for (size_t i = 0; i < json_array_size(samples); i++) {
        const json_t *one = json_array_get(samples, i);
        gk_json_auto *facts = facts_of(self, "", "", gk_json_text(one, "request_text"));
        json_object_set(facts, "repeat", repeat);
        json_object_set(facts, "catalogue", catalogue);
        gk_json_auto *out = triage(self, facts);
        const json_t *repeats = json_object_get(out, "repeat"), *first = json_array_get(repeats, 0);
        assert_string_equal(gk_json_text(first, "number"), gk_json_text(one, "id"));    /* itself, best */
        assert_int_equal(json_integer_value(json_object_get(first, "score")), 100);
        alike += json_array_size(repeats) - 1;
        public += json_array_size(json_object_get(out, "public"));
        for (size_t k = 0; k < ROWS(known); k++) {
            if (strcmp(known[k].id, gk_json_text(one, "id")) != 0)
                continue;
            checked++;
            if (strcmp(known[k].unit, gk_json_text(out, "unit")) != 0)
                fail_msg("%s: %s, want %s", known[k].id, gk_json_text(out, "unit"), known[k].unit);
        }
    }
    json_decref(repeat);
    assert_int_equal(checked, ROWS(known));
    assert_int_equal(alike, 0);         /* 66 unlike requests are never taken for each other */
    assert_int_equal(public, 0);        /* and none of them asks for what the district shows */
}

/*  ---- refusals ------------------------------------------------------------------------------ */

static void refused_jobs(void **state)
{
    const desk *self = *state;
    static const struct {
        const char *task, *name, *value, *says;
    } rows[] = {
        { "check", NULL, NULL, "triage only" },
        { "", NULL, NULL, "triage only" },
        { "triage", "request", "null", "facts.request" },
        { "triage", "request", "\"text\"", "facts.request" },
        { "triage", "units", "[]", "org load" },
        { "triage", "units", "{}", "org load" },
        { "triage", "units", "[{\"code\":7}]", "org load" },
        { "triage", "ordinal", "0", "facts.ordinal" },
        { "triage", "ordinal", "-1", "facts.ordinal" },
        { "triage", "ordinal", "1000001", "facts.ordinal" },
        { "triage", "ordinal", "\"1\"", "facts.ordinal" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *facts = facts_of(self, "x", "", "");
        gk_json_auto *job = json_pack("{s:s}", "task", rows[i].task);
        if (rows[i].name)
            json_object_set_new(facts, rows[i].name, json_loads(rows[i].value, JSON_DECODE_ANY, NULL));
        json_t *out = NULL;
        gk_why why = { "" };
        gk_err err = gk_triage_work(self->triage, job, facts, &out, &why);
        assert_int_not_equal(err, GK_OK);
        assert_false(gk_err_retry(err));
        assert_null(out);
        assert_non_null(strstr(why.text, rows[i].says));
    }
}

static void refused_settings(void **state)
{
    const desk *self = *state;
    static const struct {
        const char *name, *value, *says;
    } rows[] = {
        { "default", NULL, "default" },
        { "default", "7", "default" },
        { "repeat_least", NULL, "repeat_least" },
        { "repeat_least", "0", "repeat_least" },
        { "public_least", "101", "public_least" },
        { "candidates", "51", "candidates" },
        { "candidates", "\"10\"", "candidates" },
        { "rules", "[]", "rules must be an array" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *file = law_json("rules/triage.json");
        if (rows[i].value)
            json_object_set_new(file, rows[i].name, json_loads(rows[i].value, JSON_DECODE_ANY, NULL));
        else
            json_object_del(file, rows[i].name);
        gk_triage *triage = NULL;
        gk_why why = { "" };
        assert_int_not_equal(gk_triage_read(file, self->rules, &triage, &why), GK_OK);
        assert_null(triage);
        assert_non_null(strstr(why.text, rows[i].says));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_by_words),
        cmocka_unit_test(only_units_of_the_office),
        cmocka_unit_test(shipped_rules_name_units_that_exist),
        cmocka_unit_test(repeats_come_best_first),
        cmocka_unit_test(the_same_number_is_a_repeat),
        cmocka_unit_test(lists_are_bounded),
        cmocka_unit_test(the_shipped_catalogue_is_well_formed),
        cmocka_unit_test(the_subject_is_in_words_of_the_rules),
        cmocka_unit_test(public_documents_are_found),
        cmocka_unit_test(the_price_of_the_item),
        cmocka_unit_test(a_records_correction_has_no_price),
        cmocka_unit_test(real_requests),
        cmocka_unit_test(refused_jobs),
        cmocka_unit_test(refused_settings),
    };
    return cmocka_run_group_tests(tests, open_desk, close_desk);
}
