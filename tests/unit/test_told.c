/* links: gk_core */
/*  test_told - what the applicant has to be told is told when it was mailed or posted, and not when somebody clicked
 *  (docs/decisions/0027). */
#include "casework.h"

#define EXTENDED(day, due) { day, "zhao.min", "extended", "{'days':5,'reason':'x'}", 0, "handling", due }
#define MAILED(day, cause) { day, "worker:reminder", "notified", "{'task':'notify x','cause':" cause ",'sent':[{'role':'applicant'}],'failed':[]}", 0, NULL, NULL }
#define BOUNCED(day, cause) { day, "worker:reminder", "notified", "{'task':'notify x','cause':" cause ",'sent':[],'failed':[{'role':'applicant'}]}", 0, NULL, NULL }
#define UNTOLD(day, notice) { day, "clock", "incident_raised", "{'kind':'untold','notice':'" notice "'}", 0, NULL, NULL }
#define POST(letter, on) "{'letter':'" letter "','method':'post','carrier':'EMS','tracking':'E1','posted_on':'" on "'}"
#define CONSULTED(day) { day, "guo.qiang", "consultation_started", \
      "{'kind':'co_producer','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, NULL, "2026-03-30" }

static void run(work *w, const line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++)
        work_line(w, "told", i, &lines[i]);
}

static bool has_job(const gk_change *change, const char *task)
{
    for (int i = 0; i < change->job_count; i++)
        if (strcmp(change->jobs[i].task, task) == 0)
            return true;
    return false;
}

static int64_t timer_of(const gk_change *change, const char *name)
{
    for (int i = 0; i < change->timer_count; i++)
        if (strcmp(change->timers[i].name, name) == 0)
            return change->timers[i].at;
    return 0;
}

/*  An extension on the last day, 30 March (T), and how the applicant heard of it: which day the desk works to afterwards,
 *  and which is kept for the defence. */
static void an_extension_counts_when_it_was_told_in_time(void **state)
{
    (void) state;
    static const struct { const char *what; line lines[4]; const char *due, *defence; bool late; } rows[] = {
        { "mailed that day", { MAILED("2026-03-30", "4") }, "2026-04-07", "", false },
        { "posted that day, recorded later", { { "2026-04-01", "liu.yang", "notice_dispatched", POST("extension_notice", "2026-03-30"), 0, NULL, NULL } },
          "2026-04-07", "", false },
        { "handed over", { { "2026-03-30", "liu.yang", "notice_dispatched", "{'letter':'extension_notice','method':'in_person','proof':'x','posted_on':'2026-03-30'}", 0, NULL, NULL } },
          "2026-04-07", "", false },
        { "served that day, whoever carried it", { { "2026-04-01", "chen.jing", "notice_served", "{'served_on':'2026-03-30','proof':'x'}", 0, NULL, NULL } },
          "2026-04-07", "", false },
        { "another's mail", { MAILED("2026-03-30", "3"), UNTOLD("2026-03-31", "n4") }, "2026-03-30", "2026-04-07", true },
        { "an alarm of the office", { { "2026-03-30", "worker:reminder", "notified", "{'task':'alarm x','cause':4,'sent':[{'role':'office'}]}", 0, NULL, NULL },
            UNTOLD("2026-03-31", "n4") }, "2026-03-30", "2026-04-07", true },
        { "bounced, and nobody posted it", { BOUNCED("2026-03-30", "4"), UNTOLD("2026-03-31", "n4") }, "2026-03-30", "2026-04-07", true },
        { "mailed the day after", { MAILED("2026-03-31", "4") }, "2026-03-30", "2026-04-07", true },
        { "posted the day after", { { "2026-03-31", "liu.yang", "notice_dispatched", POST("extension_notice", "2026-03-31"), 0, NULL, NULL } },
          "2026-03-30", "2026-04-07", true },
        { "missed, then proof that it was posted in time", { UNTOLD("2026-03-31", "n4"),
            { "2026-04-01", "liu.yang", "notice_dispatched", POST("extension_notice", "2026-03-30"), 0, NULL, NULL } }, "2026-04-07", "", false },
        { "nobody looked yet", { { "2026-03-30", "tang.yue", "noted", "{'text':'x'}", 0, NULL, NULL } }, "2026-04-07", "", false },
    };
    static const line extended[] = { BEGUN, EXTENDED("2026-03-30", "2026-04-07") };
    for (size_t i = 0; i < ROWS(rows); i++) {
        work w;
        char text[GK_DATE_TEXT];
        work_setup(&w);
        run(&w, extended, ROWS(extended));
        for (size_t k = 0; k < ROWS(rows[i].lines) && rows[i].lines[k].event; k++)
            work_line(&w, rows[i].what, k, &rows[i].lines[k]);
        gk_clock_reading reading = gk_case_read(w.file, &w.law, law_date("2026-04-01"));
        if (strcmp(gk_date_format(w.file->due_on, text), rows[i].due) != 0 || reading.due_on.day != w.file->due_on.day)
            fail_msg("%s: due on %s, not %s", rows[i].what, text, rows[i].due);
        if (strcmp(gk_date_format(reading.defence_on, text), rows[i].defence) != 0)
            fail_msg("%s: defence on %s, not %s", rows[i].what, text, rows[i].defence);
        if (((w.file->flags & GK_FLAG_TOLD_LATE) != 0) != rows[i].late)
            fail_msg("%s: flagged wrongly", rows[i].what);
        work_clear(&w);
    }
}

/*  A delayed date (Art. 35) likewise; and the explanation says why. */
static void so_does_a_delayed_date(void **state)
{
    (void) state;
    static const line lines[] = { BEGUN,
        { "2026-03-03", "chen.jing", "reasons_requested", "{'frequency':'x'}", 0, "handling", "2026-03-30" },
        { "2026-03-10", "applicant", "reasons_received", "{'text':'x'}", 0, "handling", "2026-03-30" },
        { "2026-03-30", "zhao.min", "delayed", "{'until':'2026-06-30','reason':'x'}", 0, "handling", "2026-06-30" },
        UNTOLD("2026-03-31", "n6") };
    work w;
    work_setup(&w);
    run(&w, lines, ROWS(lines));
    assert_int_equal(w.file->due_on.day, law_date("2026-03-30").day);
    assert_int_equal(gk_case_read(w.file, &w.law, law_date("2026-03-31")).defence_on.day, law_date("2026-06-30").day);
    gk_auto(gk_clock) clock = gk_case_clock(w.file, &w.law);
    gk_json_auto *said = gk_clock_explain(clock, law_date("2026-03-31"));
    gk_free_auto char *text = gk_json_print(said);
    assert_non_null(strstr(text, "未在期限内告知申请人"));
    work_clear(&w);
}

/*  Of a consultation he is told by the next working day (telling_days), or its days count. */
static void a_consultation_excludes_what_was_told(void **state)
{
    (void) state;
    static const line asked[] = { BEGUN, CONSULTED("2026-03-04") };
    static const struct { line told; const char *due; } rows[] = {
        { MAILED("2026-03-05", "4"), "2026-04-07" },            /* (4 March, 11 March]: five days */
        { UNTOLD("2026-03-05", "n4"), "2026-04-07" },           /* the last day of telling */
        { UNTOLD("2026-03-06", "n4"), "2026-03-30" },
        { { "2026-03-09", "liu.yang", "notice_dispatched", POST("consultation_notice", "2026-03-09"), 0, NULL, NULL }, "2026-03-30" },
    };
    static const line answered = { "2026-03-11", "guo.qiang", "consultation_ended", "{'consultation':'c4','answer':'agree','opinion':'x'}", 0, NULL, NULL };
    for (size_t i = 0; i < ROWS(rows); i++) {
        work w;
        char text[GK_DATE_TEXT];
        work_setup(&w);
        run(&w, asked, ROWS(asked));
        work_line(&w, "told", i, &rows[i].told);
        work_line(&w, "answered", i, &answered);
        if (strcmp(gk_date_format(w.file->due_on, text), rows[i].due) != 0)
            fail_msg("row %zu: due on %s, not %s", i, text, rows[i].due);
        work_clear(&w);
    }
}

/*  A correction notice that left on the 8th working day pauses nothing (Art. 30), and the correction restarts nothing. */
static void a_correction_notice_that_left_late_pauses_nothing(void **state)
{
    (void) state;
    static const line lines[] = { BEGUN,
        { "2026-03-11", "guo.qiang", "correction_requested", "{'items':'x'}", 0, "correction", "" },
        { "2026-03-12", "liu.yang", "notice_dispatched", POST("correction_notice", "2026-03-12"), 0, "correction", "2026-03-30" },
        { "2026-03-16", "chen.jing", "notice_served", "{'served_on':'2026-03-16','proof':'x'}", 0, "correction", "2026-03-30" },
        { "2026-03-18", "applicant", "correction_received", "{'text':'x'}", 0, "handling", "2026-03-30" } };
    work w;
    work_setup(&w);
    run(&w, lines, 6);
    assert_true(w.file->flags & GK_FLAG_TOLD_LATE);
    assert_false(gk_date_is_none(w.file->correction_due));      /* what it asks for has its period all the same */
    run(&w, lines + 6, 1);
    work_clear(&w);
}

/*  What follows in the file was asked by the term as it stood: the finding that nobody told him is never refused. */
static void what_stands_in_the_file_stays(void **state)
{
    (void) state;
    static const line lines[] = { BEGUN, CONSULTED("2026-03-16"),
        { "2026-03-23", "guo.qiang", "consultation_ended", "{'consultation':'c4','answer':'agree','opinion':'x'}", 0, NULL, "2026-04-07" },
        EXTENDED("2026-04-07", "2026-04-14"), MAILED("2026-04-07", "6"), UNTOLD("2026-04-07", "n4"),
        { "2026-04-08", "chen.jing", "noted", "{'text':'x'}", 0, "handling", NULL } };
    work w;
    work_setup(&w);
    run(&w, lines, ROWS(lines));
    assert_int_equal(w.file->due_on.day, law_date("2026-04-07").day);   /* 30 March and the extension's five */
    work_clear(&w);
}

/*  Who chose post, and whom no mail reaches, is written to at once; and nobody else. */
static void what_goes_by_post_is_said_at_once(void **state)
{
    (void) state;
    static const struct { const char *delivery; bool reachable; const char *letter; bool posted; } rows[] = {
        { "post", true, "extension_notice", true }, { "post", true, "reasons_notice", true }, { "post", true, "registration", false },
        { "email", true, "extension_notice", false }, { "email", false, "extension_notice", true }, { "portal", false, "registration", true },
    };
    static const line lines[] = { BEGUN };
    for (size_t i = 0; i < ROWS(rows); i++) {
        work w;
        work_setup(&w);
        run(&w, lines, ROWS(lines));
        snprintf(w.file->delivery, sizeof w.file->delivery, "%s", rows[i].delivery);
        w.file->reachable = rows[i].reachable;
        gk_free_auto char *data = gk_format("{'letter':'%s','digest':'ab','pages':1}", rows[i].letter);
        line rendered = { "2026-03-05", "worker:reply", "notice_rendered", data, 0, NULL, NULL };
        work_line(&w, "rendered", i, &rendered);
        if (has_job(&w.change, "alarm post") != rows[i].posted)
            fail_msg("row %zu: %s by %s", i, rows[i].letter, rows[i].delivery);
        work_clear(&w);
    }
}

/*  The next working day at the close of office, and every one after it, until it is told. */
static void nobody_is_left_untold(void **state)
{
    (void) state;
    static const line lines[] = { BEGUN, EXTENDED("2026-03-06", NULL) };
    static const line missed = UNTOLD("2026-03-09", "n4"), mailed = MAILED("2026-03-09", "4");
    work w;
    work_setup(&w);
    run(&w, lines, ROWS(lines));
    assert_int_equal(timer_of(&w.change, "n4"), gk_date_at(law_date("2026-03-09"), 17));
    run(&w, &missed, 1);
    assert_true(has_job(&w.change, "alarm untold"));
    assert_int_equal(timer_of(&w.change, "n4"), gk_date_at(law_date("2026-03-10"), 17));
    assert_false(w.file->flags & GK_FLAG_TOLD_LATE);            /* the term runs to 30 March */
    run(&w, &mailed, 1);
    assert_int_equal(timer_of(&w.change, "n4"), 0);
    work_clear(&w);
}

static void how_a_notice_leaves(void **state)
{
    (void) state;
    static const line lines[] = { BEGUN, EXTENDED("2026-03-06", NULL),
        { "2026-03-06", "chen.jing", "reasons_requested", "{'frequency':'x'}", 0, NULL, NULL },
        { "2026-03-09", "liu.yang", "notice_dispatched", "{'letter':'extension_notice','method':'post','carrier':'顺丰','tracking':'1','posted_on':'2026-03-09'}", GK_ENEED, NULL, NULL },
        { "2026-03-09", "liu.yang", "notice_dispatched", "{'letter':'extension_notice','method':'post','carrier':'EMS','posted_on':'2026-03-09'}", GK_ENEED, NULL, NULL },
        { "2026-03-09", "liu.yang", "notice_dispatched", "{'letter':'extension_notice','method':'in_person','posted_on':'2026-03-09'}", GK_ENEED, NULL, NULL },   /* who took it? */
        { "2026-03-09", "liu.yang", "notice_dispatched", POST("delay_notice", "2026-03-09"), GK_ENEED, NULL, NULL },            /* there is none */
        { "2026-03-09", "liu.yang", "notice_dispatched", POST("extension_notice", "2026-03-05"), GK_EBADVALUE, NULL, NULL },    /* before it was made */
        { "2026-03-09", "liu.yang", "notice_dispatched", POST("extension_notice", "2026-03-10"), GK_EBADVALUE, NULL, NULL },    /* tomorrow */
        { "2026-03-09", "guo.qiang", "notice_dispatched", POST("extension_notice", "2026-03-09"), GK_EDENIED, NULL, NULL },
        { "2026-03-09", "chen.jing", "notice_served", "{'served_on':'2026-03-09','proof':'x'}", GK_ENEED, NULL, NULL },         /* which of the two */
        { "2026-03-09", "liu.yang", "notice_dispatched", POST("extension_notice", "2026-03-06"), 0, "handling", "2026-04-07" },
        { "2026-03-09", "liu.yang", "notice_dispatched", POST("extension_notice", "2026-03-09"), GK_ENEED, NULL, NULL },        /* once */
        { "2026-03-11", "chen.jing", "notice_served", "{'served_on':'2026-03-10','proof':'x','letter':'extension_notice'}", 0, "handling", "2026-04-07" },
        { "2026-03-11", "chen.jing", "notice_served", "{'served_on':'2026-03-11','proof':'x'}", 0, "handling", "2026-04-07" },  /* the reasons notice, alone now */
    };
    work w;
    char text[GK_DATE_TEXT];
    work_setup(&w);
    run(&w, lines, ROWS(lines));
    assert_int_equal(w.file->notice_count, 2);
    assert_string_equal(gk_date_format(w.file->notices[0].posted_on, text), "2026-03-06");
    assert_string_equal(gk_date_format(w.file->notices[0].served_on, text), "2026-03-10");
    assert_string_equal(gk_date_format(w.file->notices[1].served_on, text), "2026-03-11");
    assert_string_equal(w.file->notices[1].letter, "reasons_notice");
    assert_true(gk_date_is_none(w.file->correction_due) && gk_date_is_none(w.file->served_on));     /* neither gives a period */
    work_clear(&w);
}

/*  Electronic service is the portal and the notice of it: what bounced is posted, and only then served. */
static void what_no_mail_server_took_was_not_served(void **state)
{
    (void) state;
    static const line sent[] = { BEGUN,
        { "2026-03-05", "guo.qiang", "proposed", "{'outcome':'U2','reason':'x'}", 0, "scanning", NULL },
        { "2026-03-05", "worker:confidentiality", "scanned", "{'verdicts':[]}", 0, "secrecy", NULL },
        { "2026-03-05", "he.ping", "secrecy_cleared", "{'verdict':'public','opinion':'x'}", 0, "approval", NULL },
        { "2026-03-05", "zhou.wei", "approved", NULL, 0, "printing", NULL },
        { "2026-03-05", "worker:reply", "letter_rendered", "{'letter':'reply','digest':'ab','pages':2,'check_code':'0badcafe'}", 0, "sealing", NULL },
        { "2026-03-05", "chen.jing", "sealed", "{'pages':2,'check_code':'0badcafe','seal':'x'}", 0, "dispatch", NULL },
        { "2026-03-06", "chen.jing", "dispatched", "{'method':'electronic'}", 0, "delivery", NULL } };
    static const line served = { "2026-03-09", "chen.jing", "served", "{'served_on':'2026-03-09','proof':'x'}", 0, "closed", NULL },
        posted = { "2026-03-09", "chen.jing", "redispatched", "{'method':'post','carrier':'EMS','tracking':'E1'}", 0, "delivery", NULL };
    static const struct { line l; bool taken; } rows[] = {
        { MAILED("2026-03-06", "10"), true }, { BOUNCED("2026-03-06", "10"), false }, { MAILED("2026-03-06", "7"), false },
        { { "2026-03-06", "worker:reminder", "notified", "{'task':'alarm bounced','cause':10,'sent':[{'role':'office'}]}", 0, NULL, NULL }, false },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        work w;
        work_setup(&w);
        for (size_t k = 0; k < ROWS(sent); k++) {
            if (k == ROWS(sent) - 1)
                snprintf(w.file->delivery, sizeof w.file->delivery, "portal");
            work_line(&w, "sent", k, &sent[k]);
        }
        line refused = served;
        refused.err = GK_ENEED;
        refused.state = "delivery";
        work_line(&w, "no word yet", i, &refused);
        work_line(&w, "mail", i, &rows[i].l);
        work_line(&w, "served", i, rows[i].taken ? &served : &refused);
        if (!rows[i].taken) {
            assert_non_null(strstr(w.why.text, "MAIL_TAKEN"));
            work_line(&w, "posted", i, &posted);
            work_line(&w, "served", i, &served);
        }
        work_clear(&w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_extension_counts_when_it_was_told_in_time),
        cmocka_unit_test(so_does_a_delayed_date),
        cmocka_unit_test(a_consultation_excludes_what_was_told),
        cmocka_unit_test(a_correction_notice_that_left_late_pauses_nothing),
        cmocka_unit_test(what_stands_in_the_file_stays),
        cmocka_unit_test(what_goes_by_post_is_said_at_once),
        cmocka_unit_test(nobody_is_left_untold),
        cmocka_unit_test(how_a_notice_leaves),
        cmocka_unit_test(what_no_mail_server_took_was_not_served),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
