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

static const json_t *row_of(const json_t *file, const char *event)
{
    const json_t *found = NULL;
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(file, "steps"), i, row)
        if (strcmp(gk_json_text(row, "event"), event) == 0) {
            if (found)
                fail_msg("%s has two rows", event);
            found = row;
        }
    return found;
}

static int doubt(const char *mark)
{
    return strcmp(mark, "seen") == 0 ? 0 : strcmp(mark, "interp") == 0 ? 1 : 2;
}

/*  A row of its own, with a note that stands by itself; never surer than what the step cites. */
static void every_step_has_a_mark_of_its_own(void **state)
{
    (void) state;
    gk_json_auto *file = law_json("rules/marks.json");
    gk_auto(gk_marks) marks = shipped();
    size_t count;
    const gk_step *table = gk_flow_table(&count);
    for (size_t i = 0; i < count; i++) {
        const char *event = gk_flow_event(table[i].event)->name;
        const json_t *row = row_of(file, event);
        if (!row || strstr(gk_json_text(row, "zh"), "同上"))
            fail_msg("%s has no row of its own", event);
        gk_mark mark = gk_marks_of(marks, event, table[i].article), cited = gk_marks_of(marks, "", table[i].article);
        assert_string_equal(mark.zh, gk_json_text(row, "zh"));
        if (doubt(mark.mark) < doubt(cited.mark))
            fail_msg("%s is %s by %s, which is %s", event, mark.mark, table[i].article, cited.mark);
    }
}

/*  What a step is sure of was read word for word; what nobody read says so.  All the others are readings of ours. */
static void what_is_sure_and_what_is_believed(void **state)
{
    (void) state;
    static const struct { const char *mark; const char *events; } rows[] = {
        { "seen", " received receipt_confirmed correction_requested override_sent handed_over proceeding_answered proceeding_concluded"
                  " calendar_loaded " },
        { "memory", " fee_notice_sent fee_approved fee_paid lateness_excused " },      /* the pause and the restart of 109号 Art. 6 */
    };
    gk_auto(gk_marks) marks = shipped();
    for (int type = 0; type < GK_EVENT_TYPES; type++) {
        const char *want = "interp", *event = gk_flow_event((gk_event_type) type)->name;
        gk_free_auto char *word = gk_format(" %s ", event);
        for (size_t k = 0; k < ROWS(rows); k++)
            if (strstr(rows[k].events, word))
                want = rows[k].mark;
        gk_mark mark = gk_marks_of(marks, event, "");
        if (strcmp(mark.mark, want) != 0)
            fail_msg("%s is %s, not %s", event, mark.mark, want);
    }
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
        cmocka_unit_test(every_step_has_a_mark_of_its_own),
        cmocka_unit_test(what_is_sure_and_what_is_believed),
        cmocka_unit_test(what_is_not_sure_says_so),
        cmocka_unit_test(notes_are_about_steps),
        cmocka_unit_test(what_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
