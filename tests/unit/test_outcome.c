/* links: gk_core */
/*  test_outcome - the kinds of decision as shipped, and what must hold of any such table. */
#include "law.h"
#include "core/outcome.h"

static gk_outcomes *outcomes;

static void every_kind_of_the_law(void **state)
{
    (void) state;
    static const struct {
        const char *code, *report_row;
        bool discloses, refuses, machine;
        gk_remedy remedy;
    } rows[] = {
        { "G1",  "3.1",   false, false, false, GK_REMEDY_FREE },
        { "G2",  "3.1",   true,  false, false, GK_REMEDY_FREE },
        { "P",   "3.2",   true,  true,  false, GK_REMEDY_FIRST },
        { "D1",  "3.3.1", false, true,  false, GK_REMEDY_FIRST },
        { "D2",  "3.3.2", false, true,  false, GK_REMEDY_FIRST },
        { "D3",  "3.3.3", false, true,  false, GK_REMEDY_FIRST },
        { "D4",  "3.3.4", false, true,  false, GK_REMEDY_FIRST },
        { "D5",  "3.3.5", false, true,  false, GK_REMEDY_FIRST },
        { "D6",  "3.3.6", false, true,  false, GK_REMEDY_FIRST },
        { "D7",  "3.3.7", false, true,  false, GK_REMEDY_FIRST },
        { "D8",  "3.3.8", false, true,  false, GK_REMEDY_FREE },
        { "U1a", "3.4.1", false, true,  false, GK_REMEDY_FREE },
        { "U1b", "3.4.1", false, false, false, GK_REMEDY_FREE },
        { "U2",  "3.4.2", false, false, false, GK_REMEDY_FREE },
        { "U3",  "3.4.3", false, false, false, GK_REMEDY_FREE },
        { "N1",  "3.5.1", false, false, false, GK_REMEDY_FREE },
        { "N2",  "3.5.2", false, false, false, GK_REMEDY_FREE },
        { "N3",  "3.5.3", false, false, false, GK_REMEDY_FREE },
        { "N4",  "3.5.4", false, false, false, GK_REMEDY_FREE },
        { "N5",  "3.5.5", false, false, false, GK_REMEDY_FREE },
        { "O1",  "3.6.1", false, false, true,  GK_REMEDY_FREE },
        { "O2",  "3.6.2", false, false, true,  GK_REMEDY_FREE },
        { "O3",  "3.6.3", false, false, true,  GK_REMEDY_NONE },
        { "R1",  "41",    false, false, false, GK_REMEDY_FREE },
        { "R2",  "41",    false, true,  false, GK_REMEDY_FREE },
        { "R3",  "41",    false, false, false, GK_REMEDY_FREE },
        { "R4",  "41",    false, false, false, GK_REMEDY_FREE },
        { "R5",  "41",    false, false, true,  GK_REMEDY_NONE },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        const gk_outcome *one = gk_outcomes_find(outcomes, rows[i].code);
        assert_non_null(one);
        assert_ptr_equal(one, gk_outcomes_at(outcomes, i));
        assert_string_equal(one->report_row, rows[i].report_row);
        assert_int_equal(one->records, *one->code == 'R');
        if (one->discloses != rows[i].discloses || one->refuses != rows[i].refuses
            || one->machine != rows[i].machine || one->remedy != rows[i].remedy)
            fail_msg("%s differs from the law's table", one->code);
    }
    assert_null(gk_outcomes_at(outcomes, ROWS(rows)));
    assert_null(gk_outcomes_find(outcomes, "g1"));
    assert_null(gk_outcomes_find(outcomes, ""));
}

/*  21 rows in the report, each with a kind that leads to it; Art. 41 stands beside them. */
static void every_report_row_is_reached(void **state)
{
    (void) state;
    char seen[32][8];
    size_t count = 0;
    for (size_t i = 0; gk_outcomes_at(outcomes, i); i++) {
        const char *row = gk_outcomes_at(outcomes, i)->report_row;
        size_t at = 0;
        if (gk_outcomes_at(outcomes, i)->records)
            continue;
        while (at < count && strcmp(seen[at], row))
            at++;
        if (at == count)
            snprintf(seen[count++], sizeof *seen, "%s", row);
    }
    assert_int_equal(count, 21);
}

static bool requires(const char *code, const char *field)
{
    const gk_outcome *one = gk_outcomes_find(outcomes, code);
    for (int i = 0; one->fields[i]; i++)
        if (strcmp(one->fields[i], field) == 0)
            return true;
    return false;
}

static void what_a_proposal_must_bring(void **state)
{
    (void) state;
    static const struct {
        const char *code, *field;
    } rows[] = {
        { "G1", "public_where" },                                   /* the place is told */
        { "P", "severability" }, { "P", "ground" }, { "P", "refused_part" }, { "D2", "law" },
        { "D1", "mark_level" }, { "D1", "mark_term" },              /* the burden of proof is ours */
        { "D4", "own_assessment" }, { "D4", "third_party_answer" }, /* silence is not a ground */
        { "D6", "procedure_finished" },
        { "U1a", "search_log" },                                    /* nothing is absent unsearched */
        { "U1b", "agency_name|agency_unknown" }, { "U1b", "agency_contact|agency_unknown" }, { "U3", "correction" }, { "N2", "previous_case" }, { "N1", "other_channel" }, { "N3", "public_where" },
        { "R1", "corrected_to" }, { "R1", "corrected_on" }, { "R3", "forwarded_on" },   /* done before it is said */
        { "R3", "agency_contact" }, { "R4", "agency_name" },
    };
    for (size_t i = 0; i < ROWS(rows); i++)
        if (!requires(rows[i].code, rows[i].field))
            fail_msg("%s does not ask for %s", rows[i].code, rows[i].field);
    /*  Who is refused is told why, and that it could not be severed (条例 Art. 36(3), 37). */
    for (size_t i = 0; gk_outcomes_at(outcomes, i); i++) {
        const gk_outcome *one = gk_outcomes_at(outcomes, i);
        if (one->refuses)
            assert_true(requires(one->code, "reason"));
        if (one->remedy == GK_REMEDY_FIRST)
            assert_true(requires(one->code, "severability"));
        if (one->machine)
            assert_null(one->fields[0]);
    }
}

/*  The file with one key of row `at` changed; "" removes it. */
static json_t *changed(size_t at, const char *key, const char *value)
{
    json_t *file = law_json("outcomes/outcomes.json");
    json_t *row = json_array_get(json_object_get(file, "outcomes"), at);
    if (*value)
        assert_int_equal(json_object_set_new(row, key, json_loads(value, JSON_DECODE_ANY, NULL)), 0);
    else
        assert_int_equal(json_object_del(row, key), 0);
    return file;
}

static void what_is_refused(void **state)
{
    (void) state;
    static const struct {
        const char *key, *value;
        gk_err err;
    } rows[] = {
        { "code", "\"G1\"", GK_EBADVALUE },             /* the second row takes the first's */
        { "code", "\"\"", GK_EMISSING },
        { "zh", "7", GK_EMISSING },
        { "en", "", GK_EBADVALUE },
        { "colour", "\"red\"", GK_EBADVALUE },
        { "report_row", "\"granted\"", GK_EBADVALUE },
        { "mark", "\"sure\"", GK_EBADVALUE },
        { "refuses", "1", GK_EMISSING },
        { "remedy", "\"maybe\"", GK_EBADVALUE },
        { "fields", "\"reason\"", GK_EBADVALUE },
        { "fields", "[\"wish\"]", GK_EBADVALUE },
        { "fields", "[7]", GK_EBADVALUE },
        { "fields", "[\"\"]", GK_EBADVALUE },
        { "fields", "[\"reason|\"]", GK_EBADVALUE },
        { "fields", "[\"reason|wish\"]", GK_EBADVALUE },
        { "fields", "[\"reason|law|a_name_that_is_longer_than_any_field_has\"]", GK_EBADVALUE },
        { "fields", "[\"reason\", \"reason\"]", GK_EBADVALUE },
        { "fields", "[1,2,3,4,5,6,7,8,9,10,11,12]", GK_EBADVALUE },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *file = changed(1, rows[i].key, rows[i].value);
        gk_outcomes *out = NULL;
        gk_why why = { "" };
        gk_err err = gk_outcomes_read(file, &out, &why);
        if (err != rows[i].err || out || !strstr(why.text, "outcome 2"))
            fail_msg("row %zu: %s: %s", i, gk_err_code(err), why.text);
    }
    static const char *const files[] = { "{}", "[]", "{\"outcomes\": []}", "{\"outcomes\": [1]}", "{\"outcomes\": 1}" };
    for (size_t i = 0; i < ROWS(files); i++) {
        gk_json_auto *file = json_loads(files[i], 0, NULL);
        gk_outcomes *out = NULL;
        assert_int_not_equal(gk_outcomes_read(file, &out, NULL), GK_OK);
        assert_null(out);
    }
}

/*  Grounds are codes of refusals, one behind the other; one that is none spoils them all. */
static void grounds_are_refusals(void **state)
{
    (void) state;
    static const struct {
        const char *text;
        int count;
        const char *first, *last;
    } rows[] = {
        { "D4", 1, "D4", "D4" }, { "D4、D6", 2, "D4", "D6" }, { " D1, D2 ,D3，D5", 4, "D1", "D5" }, { "、、 D7、", 1, "D7", "D7" },
        { "D1D2", 0, NULL, NULL }, { "", 0, NULL, NULL }, { " ", 0, NULL, NULL }, { "d4", 0, NULL, NULL }, { "G1", 0, NULL, NULL },
        { "P", 0, NULL, NULL }, { "U1a", 0, NULL, NULL }, { "O1", 0, NULL, NULL }, { "D4;D6", 0, NULL, NULL }, { "D4、G2", 0, NULL, NULL },
        { "D44444", 0, NULL, NULL }, { "D444444", 0, NULL, NULL }, { "D4444444", 0, NULL, NULL }, { "D44444444", 0, NULL, NULL },
        { "D444444444444444444444444444444444444444", 0, NULL, NULL }, { "D8", 1, "D8", "D8" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        const gk_outcome *out[GK_OUTCOME_GROUNDS] = { NULL };
        int count = gk_outcomes_grounds(outcomes, rows[i].text, out);
        if (count != rows[i].count)
            fail_msg("\"%s\" has %d grounds", rows[i].text, count);
        if (count) {
            assert_string_equal(out[0]->code, rows[i].first);
            assert_string_equal(out[count - 1]->code, rows[i].last);
        }
    }
    gk_text_auto many = { 0 };
    for (int i = 0; i < GK_OUTCOME_GROUNDS; i++)
        gk_text_puts(&many, "D1 ");
    const gk_outcome *out[GK_OUTCOME_GROUNDS];
    assert_int_equal(gk_outcomes_grounds(outcomes, many.data, out), GK_OUTCOME_GROUNDS);
    gk_text_puts(&many, "D1");
    assert_int_equal(gk_outcomes_grounds(outcomes, many.data, out), 0);
    gk_text_puts(&many, " D1");
    assert_int_equal(gk_outcomes_grounds(outcomes, many.data, out), 0);
    assert_true(gk_outcome_needs(gk_outcomes_find(outcomes, "P"), "reason"));
    assert_true(gk_outcome_needs(gk_outcomes_find(outcomes, "G1"), "public_where"));        /* its first and only one */
    assert_false(gk_outcome_needs(gk_outcomes_find(outcomes, "G2"), "reason"));
}

/*  Up to 64 kinds and eleven fields each; one more is refused, with the number of what is wrong. */
static void the_table_has_bounds(void **state)
{
    (void) state;
    static const struct {
        size_t rows;
        gk_err err;
    } sizes[] = { { 1, GK_OK }, { 2, GK_OK }, { 64, GK_OK }, { 65, GK_EMISSING } };
    for (size_t i = 0; i < ROWS(sizes); i++) {
        gk_json_auto *file = law_json("outcomes/outcomes.json"), *list = json_array();
        for (size_t k = 0; k < sizes[i].rows; k++) {
            json_t *row = json_deep_copy(json_array_get(json_object_get(file, "outcomes"), 0));
            gk_free_auto char *code = gk_format("X%zu", k);
            json_object_set_new(row, "code", json_string(code));
            json_array_append_new(list, row);
        }
        json_object_set(file, "outcomes", list);
        gk_auto(gk_outcomes) out = NULL;
        assert_int_equal(gk_outcomes_read(file, &out, NULL), sizes[i].err);
        assert_true(!out || (gk_outcomes_at(out, sizes[i].rows - 1) && !gk_outcomes_at(out, sizes[i].rows)));
    }
    static const struct {
        const char *fields, *why;
    } lists[] = {
        { "[\"reason\",\"public_url\",\"public_where\",\"search_log\",\"ground\",\"refused_part\",\"mark_level\",\"mark_term\","
          "\"own_assessment\",\"third_party_answer\",\"procedure_finished\"]", NULL },
        { "[\"reason\",\"public_url\",\"public_where\",\"search_log\",\"ground\",\"refused_part\",\"mark_level\",\"mark_term\","
          "\"own_assessment\",\"third_party_answer\",\"procedure_finished\",\"severability\"]", "at most 11" },
        { "[1,2,3,4,5,6,7,8,9,10,11,12,13]", "at most 11" },
        { "[\"reason\", \"ground\", \"ground\"]", "field 3" },
        { "[]", NULL },
        { "[\"reason\", \"ground\", \"reason\"]", "field 3" },      /* not the one before, the first */
        { "[\"public_url\", \"public_url\"]", "field 2" },
        { "[null]", "field 1" },
    };
    for (size_t i = 0; i < ROWS(lists); i++) {
        gk_json_auto *file = changed(1, "fields", lists[i].fields);
        gk_auto(gk_outcomes) out = NULL;
        gk_why why = { "" };
        gk_err err = gk_outcomes_read(file, &out, &why);
        if (!lists[i].why != !err || (err && !strstr(why.text, lists[i].why)))
            fail_msg("row %zu: %s", i, why.text);
    }
    gk_outcomes *none = NULL;
    gk_outcomes_destroy(&none);
    gk_json_auto *file = law_json("outcomes/outcomes.json");
    gk_outcomes *one = NULL;
    assert_int_equal(gk_outcomes_read(file, &one, NULL), GK_OK);
    gk_outcomes_destroy(&one);
    assert_null(one);
}

static int set_up(void **state)
{
    (void) state;
    gk_json_auto *file = law_json("outcomes/outcomes.json");
    gk_why why = { "" };
    if (gk_outcomes_read(file, &outcomes, &why))
        printf("%s\n", why.text);
    return outcomes ? 0 : -1;
}

static int tear_down(void **state)
{
    (void) state;
    gk_outcomes_destroy(&outcomes);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_the_law),
        cmocka_unit_test(every_report_row_is_reached),
        cmocka_unit_test(what_a_proposal_must_bring),
        cmocka_unit_test(what_is_refused),
        cmocka_unit_test(grounds_are_refusals),
        cmocka_unit_test(the_table_has_bounds),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
