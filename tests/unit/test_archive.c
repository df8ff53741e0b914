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

/*  Every event that there is, with its part of the package; "-" leaves no paper. */
static const struct { const char *part, *events; } places[] = {
    { "letter", "letter_rendered notice_rendered" },
    { "application", "received registered receipt_confirmed correction_received supplement_received reasons_received withdrew split"
                     " split_off passed_on" },
    { "review", "item_decided proposed refusal_proposed legal_cleared legal_returned verdict_given secrecy_referred secrecy_cleared secrecy_returned"
                " approved approval_returned letter_voided" },
    { "consultation", "consultation_started consultation_served consultation_ended consultation_expired consultation_prolonged override_sent override_served" },
    { "search", "search_recorded documents_attached subtask_sent subtask_answered subtask_signed" },
    { "delivery", "sealed dispatched handed_over mail_returned posting_failed redispatched served notice_dispatched notice_served lapse_confirmed"
                " split_told" },
    { "other", "transferred noted document_cleared document_destroyed itemised release_held_back subtask_returned"
               " subtask_recalled correction_requested correction_asked_late evidence_requested reasons_requested delayed extended"
               " fee_proposed fee_notice_sent fee_approved payment_proof_received payment_recorded fee_paid lateness_excused fee_refunded"
               " proceeding_opened answer_extended proceeding_answered proceeding_concluded redo_ordered publication_suggested publication_decided"
               " publication_cleared publication_withheld published due_confirmed reply_merged help_given forwarded reason_accepted" },
    { "-", "confirmation_awaited triaged claimed released documents_admitted subtask_due lapse_proposed scanned proceeding_reminded"
           " archived archive_reminded archive_handed_over publication_reminded notified reminder_due incident_raised finding_superseded"
           " job_died due_recomputed answer_recomputed org_loaded calendar_loaded time_confirmed training_advanced digest_due catalogue_loaded catalogue_removed"
           " figures_entered year_closed year_reopened document_viewed account_changed" },
};

static void every_event_has_its_place(void **state)
{
    (void) state;
    for (int type = 0; type < GK_EVENT_TYPES; type++) {
        gk_free_auto char *name = gk_format(" %s ", gk_flow_event((gk_event_type) type)->name);
        const char *part = NULL, *is = gk_archive_part_name(gk_archive_part_of((gk_event_type) type, ""));
        for (size_t i = 0; i < ROWS(places); i++) {
            gk_free_auto char *events = gk_format(" %s ", places[i].events);
            if (strstr(events, name))
                part = places[i].part;
        }
        if (!part || strcmp(part, *is ? is : "-") != 0)
            fail_msg("%sbelongs to \"%s\", said here is \"%s\"", name + 1, is, part ? part : "nothing");
    }
}

/*  A file or a letter is in the package with the event that brought it, of whatever kind it is. */
static void every_file_has_its_paper(void **state)
{
    (void) state;
    static const struct { gk_event_type event; const char *data; int documents, letters; } brought[] = {
        { GK_RECEIVED, "{'office':'GZ','documents':[{'digest':'a'}]}", 1, 0 },
        { GK_SPLIT_OFF, "{'office':'GZ','documents':[{'digest':'a'}]}", 1, 0 },
        { GK_DOCUMENTS_ATTACHED, "{'kind':'release','documents':[{'digest':'a'}]}", 1, 0 },
        { GK_DOCUMENTS_ATTACHED, "{'kind':'evidence','documents':[{'digest':'a'}]}", 1, 0 },
        { GK_SUBTASK_ANSWERED, "{'documents':[{'digest':'a'}]}", 1, 0 },
        { GK_CORRECTION_RECEIVED, "{'documents':[{'digest':'a'}]}", 1, 0 },
        { GK_SUPPLEMENT_RECEIVED, "{'documents':[{'digest':'a'}]}", 1, 0 },
        { GK_REASONS_RECEIVED, "{'documents':[{'digest':'a'}]}", 1, 0 },
        { GK_PAYMENT_PROOF_RECEIVED, "{'documents':[{'digest':'a'}]}", 1, 0 },
        { GK_PROCEEDING_OPENED, "{'documents':[{'digest':'a'}]}", 1, 0 },
        { GK_PROCEEDING_ANSWERED, "{'documents':[{'digest':'a'}]}", 1, 0 },
        { GK_PROCEEDING_CONCLUDED, "{'documents':[{'digest':'a'}]}", 1, 0 },
        { GK_REDO_ORDERED, "{'documents':[{'digest':'a'}]}", 1, 0 },
        { GK_SEALED, "{'documents':[{'digest':'a'}]}", 1, 0 },
        { GK_LETTER_RENDERED, "{'letter':'reply','digest':'a'}", 0, 1 },
        { GK_NOTICE_RENDERED, "{'letter':'split_notice','digest':'a'}", 0, 1 },
    };
    for (int type = 0; type < GK_EVENT_TYPES; type++)
        for (const gk_field *field = gk_flow_event((gk_event_type) type)->fields; field->name; field++) {
            bool listed = field->type != GK_FIELD_DOCUMENTS;
            for (size_t i = 0; i < ROWS(brought); i++)
                listed |= (int) brought[i].event == type;
            if (!listed)
                fail_msg("%s brings documents: say so here", gk_flow_event((gk_event_type) type)->name);
        }
    for (size_t i = 0; i < ROWS(brought); i++) {
        gk_auto(gk_case) file = gk_case_new(GK_INTAKE);
        gk_json_auto *data = work_data(brought[i].data, GK_NOTED);
        char text[] = "{}", digest[] = "\"digests\":[\"a\"]";
        gk_event event = { .case_id = 1, .seq = 1, .on = law_date("2026-03-02"), .type = brought[i].event, .data = data, .data_text = text,
                           .state = GK_HANDLING, .due_on = GK_NO_DATE };
        gk_why why = { "" };
        assert_int_equal(gk_case_fold(file, &event, &why), GK_OK);
        assert_int_equal(file->document_count, brought[i].documents);
        assert_int_equal(file->letter_count, brought[i].letters);
        gk_json_auto *package = gk_archive_package(file);
        gk_free_auto char *printed = gk_json_print(package);
        if (!strstr(printed, digest))
            fail_msg("what %s brings is not in %s", gk_flow_event(brought[i].event)->name, printed);
    }
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
        cmocka_unit_test(every_event_has_its_place),
        cmocka_unit_test(every_file_has_its_paper),
        cmocka_unit_test(the_last_day_is_the_end_of_june),
        cmocka_unit_test(reminders_come_by_the_month),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
