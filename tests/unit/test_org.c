/* links: gk_core */
/*  test_org - who is who: the shipped sample, and every file that must not be loaded. */
#include "law.h"
#include "core/org.h"

static void the_sample_is_read(void **state)
{
    (void) state;
    gk_json_auto *file = law_json("samples/org.json");
    gk_auto(gk_org) org = NULL;
    gk_why why;
    assert_int_equal(gk_org_read(file, &org, &why), GK_OK);
    assert_string_equal(gk_org_district(org), "GZ");
    size_t units, people, offices = gk_org_count(org, &units, &people);
    assert_true(offices >= 2 && units > offices && people > units);
    assert_string_equal(gk_org_office_at(org, 0), "GZ");
    assert_null(gk_org_office_at(org, offices));

    const gk_person *chen = gk_org_find(org, "chen.jing");
    assert_non_null(chen);
    assert_int_equal(chen->roles, GK_CLERK);
    assert_string_equal(chen->office, "GZ");
    assert_string_equal(chen->unit, "BGS");
    assert_null(gk_org_find(org, "nobody"));
    assert_null(gk_org_find(org, ""));

    assert_true(gk_org_has_unit(org, "GZ", "QGC"));
    assert_false(gk_org_has_unit(org, "GZ", "ZZZ"));
    assert_false(gk_org_has_unit(org, "XX", "QGC"));
    assert_false(gk_org_has_unit(org, "GZ", ""));
    assert_null(gk_org_office(org, "XX"));
    assert_null(gk_org_units(org, "XX"));
}

/*  Walking by role visits each such person once, of that office and unit only. */
static void people_are_found_by_role(void **state)
{
    (void) state;
    gk_json_auto *file = law_json("samples/org.json");
    gk_auto(gk_org) org = NULL;
    gk_why why;
    assert_int_equal(gk_org_read(file, &org, &why), GK_OK);
    size_t all, walked = 0;
    gk_org_count(org, NULL, &all);
    const gk_person *p;
    for (size_t o = 0; gk_org_office_at(org, o); o++)
        for (size_t i = 0; (p = gk_org_with(org, gk_org_office_at(org, o), NULL, ~0u, i)); i++, walked++) {
            assert_string_equal(p->office, gk_org_office_at(org, o));
            assert_ptr_equal(gk_org_find(org, p->name), p);
        }
    assert_int_equal(walked, all);
    p = gk_org_with(org, "GZ", "QGC", GK_UNIT_HEAD, 0);
    assert_non_null(p);
    assert_string_equal(p->name, "tang.yue");
    assert_null(gk_org_with(org, "GZ", "QGC", GK_UNIT_HEAD, 1));
    assert_null(gk_org_with(org, "GZ", "QGC", GK_FINANCE, 0));
    assert_null(gk_org_with(org, "XX", NULL, ~0u, 0));
}

#define OFFICE "'name':'x','letter_mark':'x','reconsideration_body':'x','court':'x'"
#define ONE(more) "{'offices':[{'code':'A'," OFFICE more "}]}"
#define PERSON(person) ONE(",'units':[{'code':'U','name':'x'}],'people':[" person "]")

#define DEPUTY(whom, by, from, to) "{'for':'" whom "','by':'" by "','from':'" from "','to':'" to "'}"
#define DEPUTIES(list) "{'offices':[{'code':'B'," OFFICE ",'parent':'A','people':[{'name':'z'}]},{'code':'A'," OFFICE ",'people':[" \
      "{'name':'p'},{'name':'q'},{'name':'a'},{'name':'b'},{'name':'c'},{'name':'d'}],'deputies':[" list "]}]}"

static json_t *parsed(const char *quoted)
{
    gk_free_auto char *text = gk_strdup(quoted);
    for (char *p = text; *p; p++)
        *p = *p == '\'' ? '"' : *p;
    json_t *file = NULL;
    gk_why why = { "" };
    if (gk_json_parse(text, strlen(text), &file, &why))
        fail_msg("%s: %s", quoted, why.text);
    return file;
}

/*  From the first day to the last, both included. */
static void deputies_are_dated(void **state)
{
    (void) state;
    static const char text[] = "{'offices':[{'code':'A'," OFFICE ",'people':[{'name':'head','roles':['head']},{'name':'clerk','roles':['clerk']},"
        "{'name':'legal','roles':['legal']}],'deputies':[" DEPUTY("head", "clerk", "2026-03-02", "2026-03-04") ","
        DEPUTY("legal", "clerk", "2026-03-04", "2026-03-05") ",{'for':'clerk','from':'2026-03-05','to':'2026-03-05'}]}]}";
    static const struct { const char *day; int deputised; bool head, clerk, legal; } rows[] = {
        { "2026-03-01", 0, true, true, true }, { "2026-03-02", 1, true, true, true }, { "2026-03-04", 2, true, true, true },
        { "2026-03-05", 1, true, false, false },        /* who stands in for legal is away */
        { "2026-03-06", 0, true, true, true },
    };
    gk_json_auto *file = parsed(text);
    gk_auto(gk_org) org = NULL;
    gk_why why = { "" };
    assert_int_equal(gk_org_read(file, &org, &why), GK_OK);
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_date day = law_date(rows[i].day);
        int count = 0;
        while (gk_org_deputised(org, "clerk", day, (size_t) count))
            count++;
        assert_int_equal(count, rows[i].deputised);
        assert_int_equal(gk_org_able(org, "A", NULL, GK_HEAD, day), rows[i].head);
        assert_int_equal(gk_org_able(org, "A", NULL, GK_CLERK, day), rows[i].clerk);
        assert_int_equal(gk_org_able(org, "A", NULL, GK_LEGAL_REVIEWER, day), rows[i].legal);
        assert_false(gk_org_able(org, "A", NULL, GK_FINANCE, day));
    }
    assert_string_equal(gk_org_deputy(org, "legal", law_date("2026-03-04"), 0)->name, "clerk");
    assert_null(gk_org_deputy(org, "legal", law_date("2026-03-03"), 0));
    assert_null(gk_org_deputy(org, "clerk", law_date("2026-03-05"), 0));
}

static void what_is_not_whole_is_refused(void **state)
{
    (void) state;
    static const struct { const char *file; gk_err err; const char *said; } rows[] = {
        { ONE(""), GK_OK, "" },
        { PERSON("{'name':'p','unit':'U','roles':['clerk','head']}"), GK_OK, "" },
        { PERSON("{'name':'p'}"), GK_OK, "" },
        { "{}", GK_EMISSING, "offices" },
        { "{'offices':[]}", GK_EMISSING, "offices" },
        { "{'offices':{}}", GK_EMISSING, "offices" },
        { "[]", GK_EMISSING, "offices" },
        { "{'offices':[7]}", GK_EMISSING, "code" },
        { "{'offices':[{" OFFICE "}]}", GK_EMISSING, "code" },
        { "{'offices':[{'code':'A','name':'x','letter_mark':'x','reconsideration_body':'x'}]}", GK_EMISSING, "court" },
        { "{'offices':[{'code':'A','name':'x','letter_mark':'x','reconsideration_body':'x','court':''}]}", GK_EMISSING, "court" },
        { "{'offices':[{'code':'A','name':'x','letter_mark':'x','court':'x'}]}", GK_EMISSING, "reconsideration_body" },
        { "{'offices':[{'code':'ABCDEFGHIJKLMNOP'," OFFICE "}]}", GK_EBADVALUE, "15 bytes" },
        { "{'offices':[{'code':'A'," OFFICE "},{'code':'A'," OFFICE ",'parent':'A'}]}", GK_EBADVALUE, "twice" },
        { "{'offices':[{'code':'A'," OFFICE "},{'code':'B'," OFFICE "}]}", GK_EBADVALUE, "one district" },
        { "{'offices':[{'code':'A'," OFFICE "},{'code':'B'," OFFICE ",'parent':'C'}]}", GK_EBADVALUE, "parent" },
        { "{'offices':[{'code':'A'," OFFICE ",'parent':'A'}]}", GK_EMISSING, "no parent" },
        /*  A letter's number has room for the mark, the year and the serial, or it would be cut. */
        { "{'offices':[{'code':'A','name':'x','letter_mark':'示关公复示关公复示关公复示关','reconsideration_body':'x','court':'x'}]}",
          GK_EBADVALUE, "letter_mark" },
        /*  The case keeps 15 bytes of its unit; a longer code would match nobody's. */
        { ONE(",'units':[{'code':'ABCDEFGHIJKLMNOP','name':'x'}]"), GK_EBADVALUE, "15 bytes" },
        { ONE(",'units':[{'code':'U','name':'x'},{'code':'U','name':'y'}]"), GK_EBADVALUE, "twice" },
        { ONE(",'units':[{'name':'x'}]"), GK_EMISSING, "unit" },
        { ONE(",'units':['U']"), GK_EMISSING, "unit" },
        { PERSON("{'unit':'U'}"), GK_EBADVALUE, "name" },
        { PERSON("7"), GK_EBADVALUE, "name" },
        { PERSON("{'name':'p'},{'name':'p'}"), GK_EBADVALUE, "twice" },
        { PERSON("{'name':'p','unit':'V'}"), GK_EBADVALUE, "no unit" },
        { PERSON("{'name':'p','roles':['king']}"), GK_EBADVALUE, "king" },
        { PERSON("{'name':'p','roles':[7]}"), GK_EBADVALUE, "role" },
        /*  Machines and applicants sign the ledger under these names. */
        { PERSON("{'name':'p','roles':['applicant']}"), GK_EBADVALUE, "role" },
        { PERSON("{'name':'p','roles':['worker']}"), GK_EBADVALUE, "role" },
        { PERSON("{'name':'p','roles':['clock']}"), GK_EBADVALUE, "role" },
        { PERSON("{'name':'clock'}"), GK_EBADVALUE, "reserved" },
        { PERSON("{'name':'applicant'}"), GK_EBADVALUE, "reserved" },
        { PERSON("{'name':'worker:reply'}"), GK_EBADVALUE, "reserved" },
        { PERSON("{'name':'applicant:00ff'}"), GK_EBADVALUE, "reserved" },
        /*  A deputy is of the same office, another person, dated, and not of too many at a time. */
        { DEPUTIES(DEPUTY("p", "q", "2026-03-01", "2026-03-10")), GK_OK, "" },
        { DEPUTIES("{'for':'p','from':'2026-03-01','to':'2026-03-01'}"), GK_OK, "" },
        { DEPUTIES(DEPUTY("p", "nobody", "2026-03-01", "2026-03-10")), GK_EBADVALUE, "not of this office" },
        { DEPUTIES(DEPUTY("", "q", "2026-03-01", "2026-03-10")), GK_EBADVALUE, "not of this office" },
        { DEPUTIES(DEPUTY("p", "z", "2026-03-01", "2026-03-10")), GK_EBADVALUE, "not of this office" },
        { DEPUTIES(DEPUTY("z", "p", "2026-03-01", "2026-03-10")), GK_EBADVALUE, "not of this office" },
        { DEPUTIES(DEPUTY("p", "p", "2026-03-01", "2026-03-10")), GK_EBADVALUE, "himself" },
        { DEPUTIES(DEPUTY("p", "q", "2026-03-11", "2026-03-10")), GK_EBADVALUE, "from not after to" },
        { DEPUTIES(DEPUTY("p", "q", "2026-03-11", "")), GK_EBADVALUE, "from not after to" },
        { DEPUTIES("7"), GK_EBADVALUE, "not of this office" },
        { DEPUTIES(DEPUTY("a", "q", "2026-03-01", "2026-03-10") "," DEPUTY("b", "q", "2026-03-10", "2026-03-12") ","
                   DEPUTY("c", "q", "2026-03-10", "2026-03-12") "," DEPUTY("d", "q", "2026-03-12", "2026-03-12") ","
                   DEPUTY("p", "q", "2026-03-11", "2026-03-11")), GK_OK, "" },
        { DEPUTIES(DEPUTY("a", "q", "2026-03-01", "2026-03-10") "," DEPUTY("b", "q", "2026-03-10", "2026-03-12") ","
                   DEPUTY("c", "q", "2026-03-10", "2026-03-12") "," DEPUTY("d", "q", "2026-03-10", "2026-03-12") ","
                   DEPUTY("p", "q", "2026-03-10", "2026-03-10")), GK_EBADVALUE, "more than 4" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *file = parsed(rows[i].file);
        gk_auto(gk_org) org = NULL;
        gk_why why = { "" };
        gk_err err = gk_org_read(file, &org, &why);
        if (err != rows[i].err || !strstr(why.text, rows[i].said) || (org == NULL) != (err != GK_OK))
            fail_msg("%s: %s, \"%s\"", rows[i].file, gk_err_code(err), why.text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sample_is_read),
        cmocka_unit_test(people_are_found_by_role),
        cmocka_unit_test(deputies_are_dated),
        cmocka_unit_test(what_is_not_whole_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
