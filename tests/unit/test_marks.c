/* links: gk_core */
/*  test_marks - every step has a mark, from one file; the least sure of what it cites counts. */
#include "law.h"
#include "core/flow.h"
#include "core/marks.h"

static gk_marks *shipped(void)
{
    gk_json_auto *file = law_json("rules/marks.json");
    gk_marks *marks = NULL;
    gk_why why = { "" };
    if (gk_marks_read(file, &marks, &why))
        fail_msg("%s", why.text);
    return marks;
}

static void every_step_has_a_mark(void **state)
{
    (void) state;
    gk_auto(gk_marks) marks = shipped();
    size_t count, seen = 0;
    const gk_step *table = gk_flow_table(&count);
    for (size_t i = 0; i < count; i++) {
        gk_mark mark = gk_marks_of(marks, gk_flow_event(table[i].event)->name, table[i].article);
        assert_true(gk_mark_ok(mark.mark));
        seen += strcmp(mark.mark, "seen") == 0;
    }
    assert_true(seen > 10);
}

/*  LAW.md: what was read, what was not. */
static void what_is_not_sure_says_so(void **state)
{
    (void) state;
    static const struct { const char *event, *article, *mark; } rows[] = {
        { "received", "条例第二十九条", "seen" },
        { "correction_requested", "条例第三十条", "seen" },
        { "fee_paid", "国办函〔2020〕109号第六条", "memory" },              /* the restart was not read */
        { "fee_notice_sent", "条例第四十二条；国办函〔2020〕109号第六条", "memory" },
        { "lapse_proposed", "条例第三十条", "interp" },
        { "nobody_knows", "条例第三十条；某办法第一条", "interp" },          /* a source that is not listed */
        { "nobody_knows", "某办法第一条；条例第三十条", "interp" },
        { "nobody_knows", "条例第四十二条；国办函〔2020〕109号第六条", "seen" },
        { "nobody_knows", "", "interp" },
    };
    gk_auto(gk_marks) marks = shipped();
    for (size_t i = 0; i < ROWS(rows); i++)
        assert_string_equal(gk_marks_of(marks, rows[i].event, rows[i].article).mark, rows[i].mark);
    assert_string_equal(gk_mark_zh("seen"), "已核");
    assert_string_equal(gk_mark_zh("interp"), "解释");
    assert_string_equal(gk_mark_zh("memory"), "记忆");
    assert_string_equal(gk_mark_zh("sure"), "?");
    assert_false(gk_mark_ok("sure"));
}

/*  Each event that has a note of its own is one. */
static void notes_are_about_steps(void **state)
{
    (void) state;
    gk_json_auto *file = law_json("rules/marks.json");
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(file, "steps"), i, row) {
        gk_event_type event;
        if (!gk_flow_event_parse(gk_json_text(row, "event"), &event))
            fail_msg("%s is no event", gk_json_text(row, "event"));
    }
}

static void what_is_refused(void **state)
{
    (void) state;
    static const struct { const char *text; gk_err err; } rows[] = {
        { "{}", GK_EMISSING },
        { "{\"version\":\"1\"}", GK_EMISSING },
        { "{\"version\":\"1\",\"sources\":[],\"steps\":{}}", GK_EMISSING },
        { "{\"version\":\"1\",\"sources\":[1],\"steps\":[]}", GK_EBADVALUE },
        { "{\"version\":\"1\",\"sources\":[{\"begins\":\"a\",\"mark\":\"seen\",\"zh\":\"\"}],\"steps\":[]}", GK_EBADVALUE },
        { "{\"version\":\"1\",\"sources\":[{\"begins\":\"\",\"mark\":\"seen\",\"zh\":\"x\"}],\"steps\":[]}", GK_EBADVALUE },
        { "{\"version\":\"1\",\"sources\":[{\"begins\":\"a\",\"mark\":\"sure\",\"zh\":\"x\"}],\"steps\":[]}", GK_EBADVALUE },
        { "{\"version\":\"1\",\"sources\":[{\"begins\":\"a\",\"mark\":\"seen\",\"zh\":\"x\",\"en\":\"x\"}],\"steps\":[]}", GK_EBADVALUE },
        { "{\"version\":\"1\",\"sources\":[],\"steps\":[{\"begins\":\"a\",\"mark\":\"seen\",\"zh\":\"x\"}]}", GK_EBADVALUE },
        { "{\"version\":\"1\",\"sources\":[],\"steps\":[]}", GK_OK },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *file = json_loads(rows[i].text, 0, NULL);
        gk_auto(gk_marks) marks = NULL;
        gk_why why = { "" };
        if (gk_marks_read(file, &marks, &why) != rows[i].err || !marks != (rows[i].err != GK_OK) || !*why.text != !rows[i].err)
            fail_msg("row %zu: %s", i, why.text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_step_has_a_mark),
        cmocka_unit_test(what_is_not_sure_says_so),
        cmocka_unit_test(notes_are_about_steps),
        cmocka_unit_test(what_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
