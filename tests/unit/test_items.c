/* links: gk_core */
/*  test_items - what was asked, point by point, and what the answers to the points make together. */
#include "law.h"
#include "core/items.h"

static void a_list_is_split_into_its_lines(void **state)
{
    (void) state;
    static const struct { const char *text, *expect, *why; } rows[] = {
        { "", "", "nothing" },
        { " \n\r\n\t", "", "blank lines" },
        { "公告\n方案\n", "公告|方案", "one a line" },
        { "1.公告\n2. 方案\r\n10、听证笔录", "公告|方案|听证笔录", "numbers that people put in front" },
        { "一、公告\n（二）方案\n十一．笔录\n(3)图件", "公告|方案|笔录|图件", "in Chinese, in brackets" },
        { "2021年公告\n3.5公里规划图\n一般公告\n七一大街图", "2021年公告|3.5公里规划图|一般公告|七一大街图", "what only looks like a number" },
        { "3.0公里\n3.9公里\n1.GDP数据", "3.0公里|3.9公里|GDP数据", "a digit behind the point, or none" },
        { "十二、图件\n120.方案\n1234.文件", "图件|方案|1234.文件", "up to three digits" },
        { ".公告\n、方案\n（）图件", ".公告|、方案|（）图件", "no digit" },
        { "1.", "", "a number without words asks for nothing" },
        { "（一", "（一", "a bracket that does not close" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *items = gk_items_split(rows[i].text);
        gk_text_auto got = { 0 };
        gk_text_puts(&got, "");
        size_t k;
        json_t *item;
        json_array_foreach(items, k, item)
            gk_text_printf(&got, "%s%s", k ? "|" : "", json_string_value(item));
        if (strcmp(got.data, rows[i].expect) != 0)
            fail_msg("%s: %s, not %s", rows[i].why, got.data, rows[i].expect);
    }
}

/*  A case whose items have these outcomes, "-" for one that has none yet. */
static gk_case *decided(const char *codes)
{
    gk_case *file = gk_case_new(GK_HANDLING);
    for (const char *at = codes; *at; at += *at == ' ') {
        size_t len = strcspn(at, " ");
        gk_case_item *item = &file->items[file->item_count++];
        snprintf(item->outcome, sizeof item->outcome, "%.*s", *at == '-' ? 0 : (int) len, at);
        at += len;
    }
    return file;
}

/*  DECISIONS "Items and splits", row by row. */
static void the_whole_follows_from_the_items(void **state)
{
    (void) state;
    static const struct { const char *items, *whole; bool discloses; const char *why; } rows[] = {
        { "G2 G2", "G2", true, "all alike" },
        { "G1 G1", "G1", false, "already public leaves nothing" },
        { "G1 G2", "G2", true, "one row of the report: what discloses speaks for it" },
        { "G2 G1", "G2", true, "in whatever order" },
        { "D4 D4", "D4", false, "all refused on one ground" },
        { "D5 D4", "D4", false, "the first in the order" },
        { "G2 D4", "P", true, "some granted and some not" },
        { "G1 D4", "P", false, "told where is granted, though nothing leaves" },
        { "G1 N4", "P", false, "whatever the rest is" },
        { "P P", "P", true, "each in part" },
        { "P D1", "P", true, "in part is some granted" },
        { "P G2", "P", true, "and some not" },
        { "N1 U1a", "U1a", false, "U before N" },
        { "U1b U1a", "U1a", false, "one row: what refuses speaks for it" },
        { "U1a U1b", "U1a", false, "in whatever order" },
        { "N4 D8 U1a", "D8", false, "D before U before N" },
        { "N5 N1", "N1", false, "by their rows" },
        { "G2", "G2", true, "a list of one" },
        { "G2 -", NULL, true, "not yet" },
        { "", NULL, false, "no items" },
        { "G2 X9", NULL, true, "a damaged ledger" },
    };
    gk_json_auto *text = law_json("outcomes/outcomes.json");
    gk_outcomes *outcomes = NULL;
    gk_why why;
    assert_int_equal(gk_outcomes_read(text, &outcomes, &why), GK_OK);
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_auto(gk_case) file = decided(rows[i].items);
        const gk_outcome *whole = gk_items_whole(file, outcomes);
        if (!whole != !rows[i].whole || (whole && strcmp(whole->code, rows[i].whole) != 0))
            fail_msg("%s: %s is %s", rows[i].why, rows[i].items, whole ? whole->code : "nothing");
        assert_int_equal(gk_items_disclose(file, outcomes), rows[i].discloses);
    }
    gk_outcomes_destroy(&outcomes);
}

/*  Whatever the items are: one that refuses makes a whole that refuses, so that legal review reads it. */
static void no_refusal_hides_behind_its_neighbours(void **state)
{
    (void) state;
    gk_json_auto *text = law_json("outcomes/outcomes.json");
    gk_outcomes *outcomes = NULL;
    gk_why why;
    assert_int_equal(gk_outcomes_read(text, &outcomes, &why), GK_OK);
    const gk_outcome *a, *b;
    for (size_t i = 0; (a = gk_outcomes_at(outcomes, i)); i++)
        for (size_t k = 0; (b = gk_outcomes_at(outcomes, k)); k++) {
            if (a->machine || b->machine || a->records || b->records)    /* Art. 41 has no items */
                continue;
            gk_free_auto char *codes = gk_format("%s %s", a->code, b->code);
            gk_auto(gk_case) file = decided(codes);
            if ((a->refuses || b->refuses) && !gk_items_whole(file, outcomes)->refuses)
                fail_msg("%s makes a whole that is no refusal", codes);
        }
    gk_outcomes_destroy(&outcomes);
}

static void a_case_without_items_discloses_by_its_outcome(void **state)
{
    (void) state;
    static const struct { const char *outcome; bool discloses; } rows[] = { { "G2", true }, { "P", true }, { "G1", false }, { "", false } };
    gk_json_auto *text = law_json("outcomes/outcomes.json");
    gk_outcomes *outcomes = NULL;
    gk_why why;
    assert_int_equal(gk_outcomes_read(text, &outcomes, &why), GK_OK);
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_auto(gk_case) file = gk_case_new(GK_SECRECY);
        snprintf(file->outcome, sizeof file->outcome, "%s", rows[i].outcome);
        assert_int_equal(gk_items_disclose(file, outcomes), rows[i].discloses);
        assert_false(gk_item_discloses(file, outcomes, 0));
        assert_false(gk_item_discloses(file, outcomes, 1));
    }
    gk_outcomes_destroy(&outcomes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_is_split_into_its_lines),
        cmocka_unit_test(the_whole_follows_from_the_items),
        cmocka_unit_test(no_refusal_hides_behind_its_neighbours),
        cmocka_unit_test(a_case_without_items_discloses_by_its_outcome),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
