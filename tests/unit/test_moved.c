/* links: gk_core */
/*  test_moved - what a new holiday notice does to cases that leaned on days which no notice covered, and the
 *  two readings of an e-mail's day of receipt. */
#include "casework.h"

/*  20 working days from 10 December 2026, New Year's Day taken for a plain Friday: 7 January. */
#define DECEMBER \
    { "2026-12-10", "applicant", "received", "{'office':'GZ','form':{'name':'x'},'receipt':{'name':'x'}," \
      "'channel':'portal','submitted_on':'2026-12-10','medium':'paper','delivery':'post','reachable':true}", 0, "intake", "2027-01-07" }, \
    { "2026-12-10", "worker:intake", "registered", "{'complete':true,'received_on':'2026-12-10'}", 0, "triage", "2027-01-07" }, \
    { "2026-12-10", "worker:review", "triaged", "{'unit':'QGC'}", 0, "handling", "2027-01-07" }

static const char later[] = "notice 国办〔2026〕9号 2026-11-30\ncovers 2027-01-01 2027-12-31\noff 2027-01-01 2027-01-03 元旦\n";
static const char earlier[] = "notice 国办〔2026〕9号 2026-11-30\ncovers 2027-01-01 2027-12-31\nwork 2027-01-02 元旦\n";

static void begin(work *w, const line *lines, size_t count)
{
    work_setup(w);
    for (size_t i = 0; i < count; i++)
        work_line(w, "before the notice", i, &lines[i]);
}

static void load(work *w, const char *notice)
{
    if (gk_calendar_load(w->calendar, notice, strlen(notice), &w->why))
        fail_msg("%s", w->why.text);
}

static void the_date_moves_by_its_own_event(void **state)
{
    (void) state;
    static const line lines[] = { DECEMBER };
    static const struct {
        const char *notice, *event, *due;
        bool moved;
    } rows[] = {
        { later,   "{'was':'2027-01-07','becomes':'2027-01-08'}", "2027-01-08", true },
        { earlier, "{'was':'2027-01-07','becomes':'2027-01-06'}", "2027-01-06", true },
        { "notice 国办〔2026〕9号\ncovers 2027-01-01 2027-12-31\n", "{'was':'2027-01-07','becomes':'2027-01-07'}", "2027-01-07", false },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        work w;
        begin(&w, lines, ROWS(lines));
        assert_true(w.file->provisional && gk_date_is_none(w.file->moved_from));
        load(&w, rows[i].notice);
        char due[GK_DATE_TEXT];
        gk_clock_reading reading = gk_case_read(w.file, &w.law, w.file->counted_on);
        assert_string_equal(gk_date_format(reading.due_on, due), rows[i].due);
        line recount = { "2026-12-15", "clock", "due_recomputed", rows[i].event, 0, "handling", rows[i].due };
        line denied = { "2026-12-15", "zhao.min", "due_recomputed", rows[i].event, GK_EDENIED, NULL, NULL };
        line confirm = { "2026-12-16", "zhao.min", "due_confirmed", NULL, rows[i].moved ? GK_OK : GK_ENEED, "handling", rows[i].due };
        line clerk = { "2026-12-16", "chen.jing", "due_confirmed", NULL, GK_EDENIED, NULL, NULL };
        line again = { "2026-12-16", "zhao.min", "due_confirmed", NULL, GK_ENEED, NULL, NULL };
        work_line(&w, "the notice", i, &denied);
        work_line(&w, "the notice", i, &recount);
        assert_false(w.file->provisional);
        assert_int_equal(!gk_date_is_none(w.file->moved_from), rows[i].moved);
        work_line(&w, "confirming", i, &clerk);
        work_line(&w, "confirming", i, &confirm);
        work_line(&w, "confirming", i, &again);
        assert_true(gk_date_is_none(w.file->moved_from));
        work_clear(&w);
    }
}

/*  The written answer's last day leans on the calendar too; what a court fixed does not. */
static void an_answer_is_counted_anew(void **state)
{
    (void) state;
    static const struct { const char *kind, *event, *data, *due; bool simple, provisional, extended; } rows[] = {
        { "reconsideration", NULL, NULL, "2027-01-06", false, true, false },
        { "reconsideration", NULL, NULL, "2026-12-30", true, false, false },
        { "lawsuit", NULL, NULL, "2027-01-07", false, true, false },
        { "reconsideration", "answer_recomputed", "{'proceeding':'p1','was':'2027-01-06','becomes':'2027-01-07','provisional':false}", "2027-01-07", false, false, false },
        { "lawsuit", "answer_extended", "{'proceeding':'p1','until':'2027-02-08'}", "2027-02-08", false, false, true },
    };
    work w;
    work_setup(&w);
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_date day = law_date("2026-12-23");
        gk_due due = gk_case_answer_due(&w.law, rows[i].kind, rows[i].simple, day);
        gk_auto(gk_case) file = gk_case_new(GK_CLOSED);
        gk_json_auto *opened = json_pack("{s:s, s:s, s:b, s:o, s:b}", "proceeding", "p1", "kind", rows[i].kind, "simple", rows[i].simple,
                                         "answer_due", gk_json_from_date(due.date), "provisional", due.provisional);
        char text[] = "{}", date[GK_DATE_TEXT];
        gk_event event = { .case_id = 1, .seq = 1, .on = day, .type = GK_PROCEEDING_OPENED, .data = opened, .data_text = text,
                           .state = GK_CLOSED, .due_on = GK_NO_DATE };
        assert_int_equal(gk_case_fold(file, &event, &w.why), GK_OK);
        gk_event_type type = GK_EVENT_TYPES;
        gk_json_auto *data = work_data(rows[i].data, GK_NOTED);
        if (rows[i].event) {
            assert_true(gk_flow_event_parse(rows[i].event, &type));
            event.type = type;
            event.seq = 2;
            event.data = data;
            assert_int_equal(gk_case_fold(file, &event, &w.why), GK_OK);
        }
        const gk_proceeding *one = gk_case_proceeding(file, "p1");
        assert_string_equal(gk_date_format(one->answer_due, date), rows[i].due);
        assert_int_equal(one->provisional, rows[i].provisional);
        assert_int_equal(one->extended, rows[i].extended);
    }
    load(&w, later);
    assert_int_equal(gk_case_answer_due(&w.law, "reconsideration", false, law_date("2026-12-23")).date.day, law_date("2027-01-07").day);
    work_clear(&w);
}

/*  Moved twice before anybody looked: the head sees where it stood before the first. */
static void the_first_date_is_remembered(void **state)
{
    (void) state;
    static const line lines[] = { DECEMBER,
        { "2026-12-15", "clock", "due_recomputed", "{'was':'2027-01-07','becomes':'2027-01-08'}", 0, NULL, NULL },
        { "2026-12-16", "clock", "due_recomputed", "{'was':'2027-01-08','becomes':'2027-01-06'}", 0, NULL, NULL } };
    work w;
    begin(&w, lines, ROWS(lines));
    assert_int_equal(w.file->moved_from.day, law_date("2027-01-07").day);
    assert_int_equal(w.file->counted_on.day, law_date("2026-12-16").day);
    work_clear(&w);
}

/*  What was in time by the calendar of its day stays, whatever a notice says afterwards: the ledger still folds, and
 *  what follows is counted from it. */
static void what_was_in_time_stays_in_time(void **state)
{
    (void) state;
    static const struct {
        line before;
        const char *state, *due;        /* after the notice that brings dates forward, on the day of the last line */
        line next;
    } rows[] = {
        { { "2027-01-07", "zhao.min", "extended", "{'days':5,'reason':'x'}", 0, "handling", "2027-01-14" }, "running", "2027-01-13",
          { "2027-01-08", "chen.jing", "noted", "{'text':'x'}", 0, "handling", "2027-01-13" } },
        { { "2027-01-07", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':100,'reason':'x'}", 0, "payment", "" }, "paused", "",
          { "2027-01-11", "ma.li", "fee_paid", "{'receipt_number':'x','amount_yuan':700,'value_date':'2027-01-11'}", 0, "handling", "2027-02-08" } },
    };
    static const line lines[] = { DECEMBER };
    for (size_t i = 0; i < ROWS(rows); i++) {
        work w;
        begin(&w, lines, ROWS(lines));
        work_line(&w, "before", i, &rows[i].before);
        load(&w, earlier);
        char due[GK_DATE_TEXT];
        gk_clock_reading reading = gk_case_read(w.file, &w.law, law_date("2027-01-07"));
        assert_string_equal(gk_clock_state_name(reading.state), rows[i].state);
        assert_string_equal(gk_date_format(reading.due_on, due), rows[i].due);
        work_line(&w, "after", i, &rows[i].next);
        line second = { "2027-01-12", "zhao.min", "extended", "{'days':5,'reason':'x'}", i ? GK_OK : GK_ENEED, NULL, NULL };
        work_line(&w, "after", i, &second);     /* a new act is judged as ever */
        work_clear(&w);
    }
}

/*  What was sent was sent by the date that stood then, also when something is written in the file afterwards. */
static void what_was_sent_keeps_its_date(void **state)
{
    (void) state;
    static const line lines[] = { DECEMBER,
        { "2026-12-14", "guo.qiang", "proposed", "{'outcome':'U2','reason':'x'}", 0, NULL, NULL },
        { "2026-12-14", "worker:confidentiality", "scanned", "{'verdicts':[],'refused':false}", 0, NULL, NULL },
        { "2026-12-14", "he.ping", "secrecy_cleared", "{'verdict':'public','opinion':'x'}", 0, NULL, NULL },
        { "2026-12-14", "zhou.wei", "approved", NULL, 0, NULL, NULL },
        { "2026-12-14", "worker:reply", "letter_rendered", "{'letter':'reply','digest':'l1','pages':2,'check_code':'0badcafe'}", 0, NULL, NULL },
        { "2026-12-14", "chen.jing", "sealed", "{'pages':2,'check_code':'0badcafe','seal':'x'}", 0, NULL, NULL },
        { "2027-01-07", "chen.jing", "dispatched", "{'method':'post','carrier':'EMS','tracking':'E1'}", 0, "delivery", "2027-01-07" } };
    static const line served = { "2027-01-11", "chen.jing", "served", "{'served_on':'2027-01-10','proof':'x'}", 0, "closed", "2027-01-07" };
    work w;
    begin(&w, lines, ROWS(lines));
    load(&w, earlier);                  /* by this notice it was due on the 6th */
    assert_int_equal(gk_case_read(w.file, &w.law, law_date("2027-01-08")).timely, 1);
    work_line(&w, "after", 0, &served);
    gk_clock_reading reading = gk_case_read(w.file, &w.law, law_date("2027-01-11"));
    assert_int_equal(reading.timely, 1);
    assert_int_equal(reading.due_on.day, law_date("2027-01-07").day);
    work_clear(&w);
}

/*  The 7th working day may move under a correction notice that was sent on it. */
static void a_correction_that_paused_goes_on_pausing(void **state)
{
    (void) state;
    static const line lines[] = {
        { "2026-12-24", "applicant", "received", "{'office':'GZ','form':{'name':'x'},'receipt':{'name':'x'},"
          "'channel':'portal','submitted_on':'2026-12-24','medium':'paper','delivery':'post','reachable':true}", 0, NULL, NULL },
        { "2026-12-24", "worker:intake", "registered", "{'complete':true,'received_on':'2026-12-24'}", 0, NULL, NULL },
        { "2026-12-24", "worker:review", "triaged", "{'unit':'QGC'}", 0, NULL, NULL },
        { "2027-01-04", "guo.qiang", "correction_requested", "{'items':'x'}", 0, "correction", "" } };
    work w;
    begin(&w, lines, ROWS(lines));
    load(&w, earlier);                  /* now Saturday the 2nd was the 7th */
    assert_int_equal(gk_case_read(w.file, &w.law, law_date("2027-01-05")).state, GK_CLOCK_PAUSED);
    line received = { "2027-01-05", "applicant", "correction_received", "{'text':'x'}", 0, "handling", "2027-02-02" };
    work_line(&w, "after", 0, &received);
    line again = { "2027-01-06", "guo.qiang", "correction_requested", "{'items':'x'}", GK_ENEED, "handling", "2027-02-02" };
    work_line(&w, "after", 1, &again);
    work_clear(&w);
}

/*  Where nothing was unseated, an opinion dated back to before an extension is judged as it was. */
static void what_is_dated_back_must_still_fit(void **state)
{
    (void) state;
    static const line lines[] = { BEGUN,
        { "2026-03-04", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, NULL, NULL },
        { "2026-04-08", "zhao.min", "extended", "{'days':5,'reason':'x'}", 0, NULL, NULL },
        { "2026-04-09", "guo.qiang", "consultation_ended", "{'consultation':'c4','answer':'agree','opinion':'x','on':'2026-03-05'}", GK_ENEED, NULL, NULL } };
    work w;
    begin(&w, lines, ROWS(lines));
    work_clear(&w);
}

/*  ---- e-mail: the server's day and the day both sides confirmed ---------------------------------- */

#define MAILED(channel) \
    { "2026-03-02", "liu.yang", "received", "{'office':'GZ','form':{'name':'x'},'receipt':{'name':'x'},'channel':'" channel "','arrived_on':'2026-03-02'}", \
      0, "intake", "" }, \
    { "2026-03-02", "worker:intake", "confirmation_awaited", "{'complete':true}", 0, "confirmation", "" }

static void the_desk_works_to_the_earlier_day(void **state)
{
    (void) state;
    static const line mailed[] = { MAILED("email"),
        { "2026-03-05", "chen.jing", "receipt_confirmed", "{'confirmed_on':'2026-03-04'}", 0, "triage", "2026-03-30" },
        { "2026-03-05", "worker:review", "triaged", "{'unit':'QGC'}", 0, "handling", "2026-03-30" } };
    work w;
    begin(&w, mailed, ROWS(mailed));
    assert_int_equal(w.file->received_on.day, law_date("2026-03-04").day);      /* number and month go by this */
    gk_clock_reading reading = gk_case_read(w.file, &w.law, law_date("2026-03-06"));
    assert_int_equal(reading.due_on.day, law_date("2026-03-30").day);
    assert_int_equal(reading.defence_on.day, law_date("2026-04-01").day);
    assert_int_equal(gk_case_read(w.file, &w.law, law_date("2026-03-31")).overdue, true);
    static const line rest[] = {
        { "2026-03-31", "zhao.min", "extended", "{'days':5,'reason':'x'}", GK_ENEED, NULL, NULL },  /* nobody works to the later day */
        { "2026-03-10", "zhao.min", "extended", "{'days':5,'reason':'x'}", 0, NULL, "2026-04-07" } };
    for (size_t i = 0; i < ROWS(rest); i++)
        work_line(&w, "rest", i, &rest[i]);
    assert_int_equal(gk_case_read(w.file, &w.law, law_date("2026-03-11")).defence_on.day, law_date("2026-04-09").day);
    w.rules->email_from_server_day = false;
    reading = gk_case_read(w.file, &w.law, law_date("2026-03-11"));
    assert_int_equal(reading.due_on.day, law_date("2026-04-09").day);
    assert_true(gk_date_is_none(reading.defence_on));
    work_clear(&w);
}

static void the_difference_ends(void **state)
{
    (void) state;
    static const struct {
        const char *what;
        line lines[4];
    } rows[] = {
        { "a fax has one day only", { MAILED("fax"),
            { "2026-03-05", "chen.jing", "receipt_confirmed", "{'confirmed_on':'2026-03-04'}", 0, "triage", "2026-04-01" } } },
        { "confirmed on the day it came", { MAILED("email"),
            { "2026-03-02", "chen.jing", "receipt_confirmed", "{'confirmed_on':'2026-03-02'}", 0, "triage", "2026-03-30" } } },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        work w;
        begin(&w, rows[i].lines, 3);
        if (!gk_date_is_none(gk_case_read(w.file, &w.law, law_date("2026-03-06")).defence_on))
            fail_msg("%s", rows[i].what);
        work_clear(&w);
    }
    static const line corrected[] = { MAILED("email"),
        { "2026-03-05", "chen.jing", "receipt_confirmed", "{'confirmed_on':'2026-03-04'}", 0, NULL, NULL },
        { "2026-03-05", "worker:review", "triaged", "{'unit':'QGC'}", 0, "handling", NULL },
        { "2026-03-06", "guo.qiang", "correction_requested", "{'items':'x'}", 0, "correction", "" },
        { "2026-03-09", "applicant", "correction_received", "{'text':'x'}", 0, "handling", "2026-04-07" } };
    work w;
    begin(&w, corrected, ROWS(corrected));
    assert_true(gk_date_is_none(gk_case_read(w.file, &w.law, law_date("2026-03-10")).defence_on));
    work_clear(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_date_moves_by_its_own_event),
        cmocka_unit_test(an_answer_is_counted_anew),
        cmocka_unit_test(the_first_date_is_remembered),
        cmocka_unit_test(what_was_in_time_stays_in_time),
        cmocka_unit_test(what_was_sent_keeps_its_date),
        cmocka_unit_test(a_correction_that_paused_goes_on_pausing),
        cmocka_unit_test(what_is_dated_back_must_still_fit),
        cmocka_unit_test(the_desk_works_to_the_earlier_day),
        cmocka_unit_test(the_difference_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
