/* links: gk_core */
/*  test_archive - what goes to the archive, in which order, and what it is known by. */
#include "casework.h"
#include "core/archive.h"

static const line life[] = { BEGUN,
    { "2026-03-03", "worker:reply", "notice_rendered", "{'letter':'registration_form','digest':'f1','pages':1}", 0, NULL, NULL },
    { "2026-03-03", "guo.qiang", "claimed", NULL, 0, NULL, NULL },
    { "2026-03-03", "guo.qiang", "consultation_started", "{'kind':'other_agency','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, NULL, NULL },
    { "2026-03-03", "worker:reply", "notice_rendered", "{'letter':'consultation_letter','digest':'c1','pages':1}", 0, NULL, NULL },
    { "2026-03-04", "guo.qiang", "consultation_ended", "{'consultation':'c6','answer':'agree','opinion':'x'}", 0, NULL, NULL },
    { "2026-03-04", "guo.qiang", "search_recorded", "{'systems':'x','keywords':'x','units':'x','persons':'x','period':'x','result':'found'}", 0, NULL, NULL },
    { "2026-03-04", "guo.qiang", "documents_attached", "{'kind':'release','documents':[{'digest':'d1'},{'digest':'d2'}]}", 0, NULL, NULL },
    { "2026-03-04", "worker:confidentiality", "documents_admitted", "{'verdicts':[{'digest':'d1','verdict':'clean'},{'digest':'d2','verdict':'clean'}]}", 0, NULL, NULL },
    { "2026-03-04", "guo.qiang", "proposed", "{'outcome':'G2'}", 0, NULL, NULL },
    { "2026-03-04", "worker:confidentiality", "scanned", "{'verdicts':[],'refused':false}", 0, NULL, NULL },
    { "2026-03-04", "he.ping", "verdict_given", "{'digest':'d1','verdict':'public','basis':'x','opinion':'x'}", 0, NULL, NULL },
    { "2026-03-04", "he.ping", "verdict_given", "{'digest':'d2','verdict':'public','basis':'x','opinion':'x'}", 0, NULL, NULL },
    { "2026-03-04", "he.ping", "secrecy_cleared", "{'verdict':'public','opinion':'x'}", 0, NULL, NULL },
    { "2026-03-04", "zhou.wei", "approved", NULL, 0, NULL, NULL },
    { "2026-03-04", "worker:reply", "notice_rendered", "{'letter':'review_form','digest':'f2','pages':1}", 0, NULL, NULL },
    { "2026-03-04", "worker:reply", "letter_rendered", "{'letter':'reply','digest':'l1','pages':2,'check_code':'0badcafe'}", 0, NULL, NULL },
    { "2026-03-04", "chen.jing", "sealed", "{'pages':2,'check_code':'0badcafe','seal':'x'}", 0, NULL, NULL },
    { "2026-03-04", "worker:reply", "notice_rendered", "{'letter':'delivery_receipt','digest':'f3','pages':1}", 0, NULL, NULL },
    { "2026-03-05", "chen.jing", "dispatched", "{'method':'post','carrier':'EMS','tracking':'E1'}", 0, NULL, NULL },
    { "2026-03-09", "chen.jing", "served", "{'served_on':'2026-03-08','proof':'x'}", 0, "closed", NULL },
    { "2026-03-09", "worker:reminder", "notified", "{'sent':[]}", 0, NULL, NULL },
    { "2026-03-10", "guo.qiang", "noted", "{'text':'x'}", 0, NULL, NULL },
};

static void live(work *w)
{
    work_setup(w);
    for (size_t i = 0; i < ROWS(life); i++)
        work_line(w, "life", i, &life[i]);
}

/*  DECISIONS "Archive": letter, application, review form, consultations, search log, delivery. */
static void the_package_has_its_order(void **state)
{
    (void) state;
    static const struct { const char *part, *event, *digests; } rows[] = {
        { "letter", "letter_rendered", "l1" },
        { "application", "received", "" }, { "application", "registered", "" }, { "application", "notice_rendered", "f1" },
        { "review", "proposed", "" }, { "review", "verdict_given", "" }, { "review", "verdict_given", "" },
        { "review", "secrecy_cleared", "" }, { "review", "approved", "" }, { "review", "notice_rendered", "f2" },
        { "consultation", "consultation_started", "" }, { "consultation", "notice_rendered", "c1" }, { "consultation", "consultation_ended", "" },
        { "search", "search_recorded", "" }, { "search", "documents_attached", "d1 d2" },
        { "delivery", "sealed", "" }, { "delivery", "notice_rendered", "f3" }, { "delivery", "dispatched", "" }, { "delivery", "served", "" },
        { "other", "noted", "" },
    };
    work w;
    live(&w);
    gk_json_auto *package = gk_archive_package(w.file);
    assert_int_equal(json_array_size(package), ROWS(rows));
    for (size_t i = 0; i < ROWS(rows); i++) {
        const json_t *paper = json_array_get(package, i);
        gk_text_auto digests = { 0 };
        gk_text_puts(&digests, "");
        size_t k;
        json_t *digest;
        json_array_foreach(json_object_get(paper, "digests"), k, digest)
            gk_text_printf(&digests, "%s%s", k ? " " : "", json_string_value(digest));
        assert_int_equal(json_integer_value(json_object_get(paper, "no")), i + 1);
        if (strcmp(gk_json_text(paper, "part"), rows[i].part) || strcmp(gk_json_text(paper, "event"), rows[i].event)
            || strcmp(digests.data, rows[i].digests))
            fail_msg("paper %zu is %s %s %s", i + 1, gk_json_text(paper, "part"), gk_json_text(paper, "event"), digests.data);
    }
    work_clear(&w);
}

/*  Each paper, and each event's words by its hash, is in the manifest. */
static void the_manifest_is_of_all_of_it(void **state)
{
    (void) state;
    work w;
    live(&w);
    gk_json_auto *package = gk_archive_package(w.file);
    gk_hash whole = gk_archive_manifest(package);
    gk_json_auto *same = gk_archive_package(w.file);
    gk_hash again = gk_archive_manifest(same);
    assert_memory_equal(whole.bytes, again.bytes, GK_HASH_BYTES);
    for (int i = 0; i < w.file->paper_count; i++) {
        gk_auto(gk_case) other = gk_case_copy(w.file);
        other->papers[i].hash.bytes[7] ^= 1;
        gk_json_auto *changed = gk_archive_package(other);
        gk_hash hash = gk_archive_manifest(changed);
        assert_memory_not_equal(whole.bytes, hash.bytes, GK_HASH_BYTES);
    }
    work_clear(&w);
}

/*  What a person does leaves a paper, but for taking a case and giving it back, and for the archive itself. */
static void what_people_do_is_in_it(void **state)
{
    (void) state;
    for (int type = 0; type < GK_EVENT_TYPES; type++) {
        const char *action = gk_flow_event((gk_event_type) type)->action;
        bool aside = type == GK_CLAIMED || type == GK_RELEASED || type == GK_ARCHIVED || type == GK_ARCHIVE_HANDED_OVER;
        if (action)
            assert_int_equal(gk_archive_part_of((gk_event_type) type, "") == GK_PARTS, aside);
    }
    assert_int_equal(gk_archive_part_of(GK_REMINDER_DUE, ""), GK_PARTS);
    assert_int_equal(gk_archive_part_of(GK_NOTIFIED, ""), GK_PARTS);
}

static void the_last_day_is_the_end_of_june(void **state)
{
    (void) state;
    static const struct { const char *ended, *due, *keep; int month; } rows[] = {
        { "2026-01-01", "2027-06-30", "2056-12-31", 6 }, { "2026-12-31", "2027-06-30", "2056-12-31", 6 },
        { "2027-01-01", "2028-06-30", "2057-12-31", 6 }, { "2026-05-05", "2027-12-31", "2056-12-31", 12 },
        { "2027-05-05", "2028-02-29", "2057-12-31", 2 },
    };
    gk_auto(gk_rules) rules = law_rules();
    gk_auto(gk_case) file = gk_case_new(GK_CLOSED);
    assert_true(gk_date_is_none(gk_archive_due(file, rules)) && gk_date_is_none(gk_archive_keep_until(file, rules)));
    for (size_t i = 0; i < ROWS(rows); i++) {
        char text[GK_DATE_TEXT];
        file->ended_on = law_date(rows[i].ended);
        rules->handover_month = rows[i].month;
        assert_string_equal(gk_date_format(gk_archive_due(file, rules), text), rows[i].due);
        assert_string_equal(gk_date_format(gk_archive_keep_until(file, rules), text), rows[i].keep);
    }
}

static void reminders_come_by_the_month(void **state)
{
    (void) state;
    gk_auto(gk_rules) rules = law_rules();
    for (int left = -60; left <= 60; left++)
        assert_int_equal(gk_archive_remind(rules, left), left == 20 || left == 0 || left == -20 || left == -40 || left == -60);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_package_has_its_order),
        cmocka_unit_test(the_manifest_is_of_all_of_it),
        cmocka_unit_test(what_people_do_is_in_it),
        cmocka_unit_test(the_last_day_is_the_end_of_june),
        cmocka_unit_test(reminders_come_by_the_month),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
