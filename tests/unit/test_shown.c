/* links: gk_core */
/*  test_shown - what an applicant sees of the case, and what not. */
#include "casework.h"
#include "core/letters.h"
#include "core/shown.h"

/*  Every event that there is, by name: told to him or done by him (T), of a consultation that he was told of (C), of his own
 *  suggestion (S), or the office's own (-). */
static const struct { const char *event; char seen; } rows[] = {
    { "received", 'T' }, { "registered", 'T' }, { "confirmation_awaited", 'T' }, { "receipt_confirmed", 'T' }, { "triaged", 'T' },
    { "claimed", '-' }, { "released", '-' }, { "transferred", 'T' }, { "noted", '-' },
    { "search_recorded", '-' }, { "documents_attached", '-' }, { "documents_admitted", '-' }, { "document_cleared", '-' },
    { "document_destroyed", '-' }, { "itemised", '-' }, { "item_decided", '-' }, { "release_held_back", '-' },
    { "subtask_sent", '-' }, { "subtask_answered", '-' }, { "subtask_signed", '-' }, { "subtask_returned", '-' },
    { "subtask_recalled", '-' }, { "subtask_due", '-' },
    { "correction_requested", 'T' }, { "correction_received", 'T' }, { "correction_asked_late", 'T' }, { "supplement_received", 'T' },
    { "notice_dispatched", 'T' }, { "notice_served", 'T' }, { "reason_accepted", 'T' }, { "evidence_requested", 'T' }, { "reasons_requested", 'T' }, { "reasons_received", 'T' }, { "delayed", 'T' },
    { "consultation_started", 'C' }, { "consultation_served", '-' }, { "consultation_ended", 'C' }, { "consultation_expired", 'C' }, { "consultation_prolonged", 'C' },
    { "override_sent", '-' }, { "override_served", '-' }, { "extended", 'T' },
    { "fee_proposed", '-' }, { "fee_notice_sent", 'T' }, { "fee_approved", 'T' }, { "payment_proof_received", 'T' },
    { "payment_recorded", 'T' }, { "fee_paid", 'T' }, { "lateness_excused", 'T' }, { "fee_refunded", 'T' },
    { "lapse_proposed", '-' }, { "lapse_confirmed", 'T' },
    { "proposed", '-' }, { "refusal_proposed", '-' }, { "legal_cleared", '-' }, { "legal_returned", '-' }, { "scanned", '-' },
    { "verdict_given", '-' }, { "secrecy_referred", 'C' }, { "secrecy_cleared", '-' }, { "secrecy_returned", '-' },
    { "approved", '-' }, { "approval_returned", '-' }, { "letter_rendered", '-' }, { "letter_voided", '-' }, { "sealed", '-' },
    { "dispatched", 'T' }, { "handed_over", 'T' }, { "mail_returned", 'T' }, { "posting_failed", 'T' }, { "redispatched", 'T' },
    { "served", 'T' }, { "withdrew", 'T' },
    { "proceeding_opened", '-' }, { "answer_extended", '-' }, { "answer_recomputed", '-' }, { "proceeding_answered", '-' }, { "proceeding_reminded", '-' }, { "proceeding_concluded", '-' },
    { "redo_ordered", 'T' },
    { "archived", '-' }, { "archive_reminded", '-' }, { "archive_handed_over", '-' },
    { "publication_suggested", 'S' }, { "publication_decided", '-' }, { "publication_cleared", '-' }, { "publication_withheld", '-' },
    { "published", 'T' }, { "publication_reminded", '-' },
    { "notice_rendered", '-' }, { "notified", '-' }, { "reminder_due", '-' }, { "incident_raised", '-' }, { "finding_superseded", '-' },
    { "job_died", '-' }, { "due_recomputed", 'T' }, { "due_confirmed", '-' },
    { "org_loaded", '-' }, { "calendar_loaded", '-' }, { "time_confirmed", '-' }, { "training_advanced", '-' }, { "digest_due", '-' },
    { "catalogue_loaded", '-' }, { "catalogue_removed", '-' }, { "figures_entered", '-' }, { "year_closed", '-' }, { "year_reopened", '-' },
    { "split", 'T' }, { "split_off", 'T' }, { "split_told", 'T' }, { "passed_on", 'T' }, { "reply_merged", '-' }, { "help_given", 'T' },
    { "forwarded", '-' }, { "document_viewed", '-' }, { "account_changed", '-' },
};

static void each_event_is_his_or_not(void **state)
{
    (void) state;
    static const char letters[] = { [GK_SHOWN_NEVER] = '-', [GK_SHOWN_ALWAYS] = 'T', [GK_SHOWN_IF_TOLD] = 'C', [GK_SHOWN_IF_HIS] = 'S' };
    bool listed[GK_EVENT_TYPES] = { false };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_event_type type = GK_EVENT_TYPES;
        if (!gk_flow_event_parse(rows[i].event, &type) || letters[gk_shown_to(type)] != rows[i].seen)
            fail_msg("%s is not %c", rows[i].event, rows[i].seen);
        listed[type] = true;
    }
    for (int type = 0; type < GK_EVENT_TYPES; type++)
        if (!listed[type])
            fail_msg("whether an applicant sees %s is not said here", gk_flow_event((gk_event_type) type)->name);
    assert_int_equal(gk_shown_to(GK_EVENT_TYPES), GK_SHOWN_NEVER);
}

static bool sees(const gk_case *file, gk_event_type type, const char *key, const char *value)
{
    gk_json_auto *data = json_pack("{s:s}", key, value);
    gk_event event = { .type = type, .data = data };
    return gk_shown_event(file, &event);
}

static char *explained(gk_clock *clock)
{
    gk_json_auto *lines = gk_clock_explain(clock, law_date("2026-03-20"));
    char *text = json_dumps(lines, JSON_COMPACT);
    gk_clock_destroy(&clock);
    return text;
}

static void a_consultation_that_he_was_not_told_of_is_hidden(void **state)
{
    (void) state;
    static const line life[] = { BEGUN,
        { "2026-03-03", "guo.qiang", "claimed", NULL, 0, NULL, NULL },
        { "2026-03-04", "guo.qiang", "consultation_started", "{'kind':'other_agency','third_party':{'name':'x'},'information':'x','applicant_told':false}", 0, NULL, NULL },
        { "2026-03-05", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, NULL, NULL },
        { "2026-03-06", "guo.qiang", "consultation_ended", "{'consultation':'c5','answer':'agree','opinion':'x'}", 0, NULL, NULL },
        { "2026-03-10", "guo.qiang", "consultation_ended", "{'consultation':'c6','answer':'agree','opinion':'x'}", 0, NULL, NULL },
    };
    work w;
    work_setup(&w);
    for (size_t i = 0; i < ROWS(life); i++)
        work_line(&w, "told of one of two", i, &life[i]);
    static const gk_event_type types[] = { GK_CONSULTATION_STARTED, GK_CONSULTATION_ENDED, GK_CONSULTATION_EXPIRED, GK_SECRECY_REFERRED };
    for (size_t i = 0; i < ROWS(types); i++) {
        assert_false(sees(w.file, types[i], "consultation", "c5"));
        assert_true(sees(w.file, types[i], "consultation", "c6"));
        assert_false(sees(w.file, types[i], "consultation", "c9"));
    }
    assert_true(sees(w.file, GK_EXTENDED, "days", ""));
    assert_true(sees(w.file, GK_PUBLICATION_SUGGESTED, "cause", "suggestion"));
    assert_false(sees(w.file, GK_PUBLICATION_SUGGESTED, "cause", "same_item"));
    assert_false(sees(w.file, GK_NOTED, "text", "x"));

    /*  The same dates, and no line of what he was not told. */
    gk_auto(gk_clock) whole = gk_case_clock(w.file, &w.law), *shown = gk_shown_clock(w.file, &w.law);
    assert_int_equal(gk_clock_read(shown, law_date("2026-03-20")).due_on.day, gk_clock_read(whole, law_date("2026-03-20")).due_on.day);
    gk_free_auto char *staff = explained(gk_case_clock(w.file, &w.law)), *his = explained(gk_shown_clock(w.file, &w.law));
    assert_non_null(strstr(staff, "the applicant not told"));
    assert_null(strstr(his, "the applicant not told"));
    assert_non_null(strstr(his, "the applicant told"));
    gk_clock_destroy(&shown);
    work_clear(&w);
}

/*  A letter to somebody else and a paper of the office are never his, the reply only once it is sent, and a kind that nobody
 *  knows is hidden. */
static void letters_are_his_or_not(void **state)
{
    (void) state;
    static const char *const others[] = { "consultation_letter", "override_notice", "forwarding_letter", "assist_letter", "registration_form",
                                          "review_form", "delivery_receipt" };
    size_t hidden = 0;
    const gk_letter_info *info;
    gk_auto(gk_case) file = gk_case_new(GK_DELIVERY);
    file->dispatched_seq = 9;
    for (size_t i = 0; (info = gk_letter_at(i)); i++) {
        gk_case_letter letter = { .seq = 20 };
        snprintf(letter.kind, sizeof letter.kind, "%s", info->name);
        bool other = false, reply = strcmp(info->name, "reply") == 0;
        for (size_t k = 0; k < ROWS(others); k++)
            other |= strcmp(info->name, others[k]) == 0;
        assert_int_equal(gk_shown_letter(file, &letter), !other && !reply);
        letter.seq = 8;
        assert_int_equal(gk_shown_letter(file, &letter), !other);
        hidden += other;
    }
    assert_int_equal(hidden, ROWS(others));
    gk_case_letter gone = { .kind = "extension_notice", .seq = 1, .voided = true };
    assert_false(gk_shown_letter(file, &gone));
    gk_case_letter unknown = { .kind = "memo", .seq = 1 };
    assert_false(gk_shown_letter(file, &unknown));
    for (int type = 0; type < GK_EVENT_TYPES; type++)
        for (int i = 0; i < 3 && gk_flow_event((gk_event_type) type)->letters[i]; i++)
            assert_non_null(gk_letter_find(gk_flow_event((gk_event_type) type)->letters[i]));
}

/*  Legal review is of refusals alone, so its name would tell the draft. */
static void the_state_tells_no_draft(void **state)
{
    (void) state;
    for (int s = 0; s < GK_STATES; s++)
        assert_int_equal(gk_shown_state((gk_state) s), s == GK_LEGAL ? GK_HANDLING : s);
}

static void a_file_is_his_when_it_was_given(void **state)
{
    (void) state;
    static const struct { int given; gk_document_status status; bool his; } rows_[] = {
        { 0, GK_ADMITTED, false }, { 5, GK_ADMITTED, true }, { 5, GK_QUARANTINED, false }, { 5, GK_DESTROYED, false },
    };
    for (size_t i = 0; i < ROWS(rows_); i++) {
        gk_case_document document = { .given_seq = rows_[i].given, .status = rows_[i].status };
        assert_int_equal(gk_shown_document(&document), rows_[i].his);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_event_is_his_or_not),
        cmocka_unit_test(a_consultation_that_he_was_not_told_of_is_hidden),
        cmocka_unit_test(letters_are_his_or_not),
        cmocka_unit_test(the_state_tells_no_draft),
        cmocka_unit_test(a_file_is_his_when_it_was_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
