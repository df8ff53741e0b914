/* links: gk_core */
/*  test_clock - the rules of docs/clock.md, one test a rule; then refusals, the explanation, and
 *  a day-by-day model that the clock is compared with over random lives. */
#include "law.h"
#include "core/clock.h"

#include <stdlib.h>

static gk_calendar *calendar;
static gk_rules *rules;

/*  ---- stories: "asked 2021-03-02, consult 2021-03-04 id=a told=no served=2021-03-05" --------- */

static const struct verb {
    const char *name;
    gk_clock_type type;
} verbs[] = {
    { "asked",     GK_CLOCK_CORRECTION_REQUESTED },
    { "corrected", GK_CLOCK_CORRECTION_RECEIVED },
    { "consult",   GK_CLOCK_CONSULTATION_STARTED },
    { "answered",  GK_CLOCK_CONSULTATION_ENDED },
    { "extended",  GK_CLOCK_EXTENDED },
    { "charged",   GK_CLOCK_FEE_NOTICE_SENT },
    { "paid",      GK_CLOCK_FEE_PAID },
    { "sent",      GK_CLOCK_DISPATCHED },
    { "withdrawn", GK_CLOCK_WITHDRAWN },
    { "delayed",   GK_CLOCK_DELAYED },
    { "ordered",   GK_CLOCK_ORDERED },
    { "prolonged", GK_CLOCK_PROLONGED },
};

static gk_clock_type verb_type(const char *name)
{
    for (size_t i = 0; i < ROWS(verbs); i++)
        if (strcmp(verbs[i].name, name) == 0)
            return verbs[i].type;
    fail_msg("no such verb: %s", name);
    return GK_CLOCK_TYPES;
}

static void read_option(gk_clock_event *event, const char *option)
{
    if (strncmp(option, "id=", 3) == 0)
        snprintf(event->id, sizeof event->id, "%s", option + 3);
    else if (strcmp(option, "told=no") == 0)
        event->untold = true;
    else if (strncmp(option, "served=", 7) == 0)
        event->served_on = law_date(option + 7);
    else if (strncmp(option, "until=", 6) == 0)
        event->until = law_date(option + 6);
    else if (strncmp(option, "base=", 5) == 0)
        event->base = law_date(option + 5);
    else if (sscanf(option, "days=%d", &event->days) != 1)
        fail_msg("no such option: %s", option);
}

static gk_clock_event read_event(char *text)
{
    char *rest = NULL, *word = strtok_r(text, " ", &rest);
    gk_clock_event event = { .type = verb_type(word), .served_on = GK_NO_DATE, .until = GK_NO_DATE };
    event.on = law_date(strtok_r(NULL, " ", &rest));
    while ((word = strtok_r(NULL, " ", &rest)))
        read_option(&event, word);
    return event;
}

/*  Play all events; the error of the first refused one. */
static gk_err play(gk_clock *clock, const char *story, gk_why *why)
{
    gk_free_auto char *copy = gk_strdup(story);
    gk_err err = GK_OK;
    char *rest = NULL;
    for (char *one = strtok_r(copy, ",", &rest); one && !err; one = strtok_r(NULL, ",", &rest)) {
        gk_clock_event event = read_event(one);
        err = gk_clock_add(clock, &event, why);
    }
    return err;
}

/*  "2021-03-29 running 15/5 overdue late provisional"; used/left; "-" for no date. */
static char *spell(gk_clock_reading r)
{
    char due[GK_DATE_TEXT];
    gk_date_format(r.due_on, due);
    gk_text text = { 0 };
    gk_text_printf(&text, "%s %s", *due ? due : "-", gk_clock_state_name(r.state));
    if (r.counted)
        gk_text_printf(&text, " %d/%d", r.used, r.left);
    gk_text_printf(&text, "%s%s%s", r.overdue ? " overdue" : "",
                   r.timely < 0 ? "" : r.timely ? " timely" : " late", r.provisional ? " provisional" : "");
    return text.data;
}

/*  What must hold of every explanation: every line says something, in order of time, and the
 *  days of the lines add up to the last line, which ends on the due date. */
static void check_explanation(const gk_clock *clock, gk_date as_of)
{
    gk_clock_reading reading = gk_clock_read(clock, as_of);
    gk_json_auto *lines = gk_clock_explain(clock, as_of);
    size_t count = json_array_size(lines);
    gk_date last = GK_NO_DATE;
    json_int_t days = 0;
    for (size_t i = 0; i < count; i++) {
        const json_t *line = json_array_get(lines, i);
        gk_date on = gk_json_date(line, "on"), from = gk_json_date(line, "from"), to = gk_json_date(line, "to");
        assert_true(gk_date_is_none(on) != gk_date_is_none(from));
        assert_int_equal(gk_date_is_none(from), gk_date_is_none(to));
        assert_true(*gk_json_text(line, "zh") && *gk_json_text(line, "en") && *gk_json_text(line, "article"));
        gk_date begins = gk_date_is_none(on) ? from : on;
        json_int_t counted = json_integer_value(json_object_get(line, "days"));
        if (i + 1 < count) {
            assert_true(begins.day >= last.day && (gk_date_is_none(to) || to.day > from.day));
            days += counted;
        } else if (reading.counted) {
            assert_int_equal(counted, days);
            assert_int_equal(on.day, reading.due_on.day);
        }
        last = begins;
    }
    assert_in_range(count, 1, 400);
}

typedef struct row {
    const char *received, *as_of, *story, *want;
} row;

static void check(const row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        gk_auto(gk_clock) clock = gk_clock_new(calendar, rules, law_date(rows[i].received));
        gk_why why = { "" };
        if (play(clock, rows[i].story, &why))
            fail_msg("row %zu: %s", i, why.text);
        gk_free_auto char *got = spell(gk_clock_read(clock, law_date(rows[i].as_of)));
        if (strcmp(got, rows[i].want))
            fail_msg("row %zu, %s: %s, not %s", i, rows[i].story, got, rows[i].want);
        check_explanation(clock, law_date(rows[i].as_of));
    }
}

/*  ---- one test a rule ------------------------------------------------------------------------ */

static void a_term_is_twenty_working_days(void **state)
{
    static const row rows[] = {
        { "2021-03-01", "2021-03-01", "", "2021-03-29 running 0/20" },     /* day 0 does not count */
        { "2021-03-01", "2021-03-29", "", "2021-03-29 running 20/0" },     /* the last lawful day */
        { "2021-03-01", "2021-03-30", "", "2021-03-29 running 21/-1 overdue" },     /* one too late */
        { "2021-05-01", "2021-05-06", "", "2021-06-01 running 1/19" },     /* received on a holiday */
        { "2021-03-05", "2021-04-03", "", "2021-04-02 running 20/0 overdue" },     /* Saturday: too late */
    };
    (void) state;
    check(rows, ROWS(rows));
}

static void a_first_correction_request_in_time_pauses(void **state)
{
    static const row rows[] = {
        { "2021-03-01", "2021-03-20", "asked 2021-03-10",
          "- paused" },     /* the 7th working day */
        { "2021-03-01", "2021-03-20", "asked 2021-03-11",
          "2021-03-29 running 14/6" },     /* the 8th */
        { "2021-03-03", "2021-03-20", "asked 2021-03-13",
          "2021-03-31 running 12/8" },     /* Saturday after the 7th */
        { "2021-02-27", "2021-03-20", "asked 2021-02-27",
          "- paused" },     /* on day 0, a Saturday */
        { "2021-03-01", "2021-03-25", "charged 2021-03-16, paid 2021-03-17, asked 2021-03-18",
          "2021-04-15 running 6/14" },     /* the seven days run from receipt */
    };
    (void) state;
    check(rows, ROWS(rows));
}

static void a_correction_received_restarts(void **state)
{
    static const row rows[] = {
        { "2021-01-20", "2021-02-20", "asked 2021-01-25, corrected 2021-02-03",
          "2021-03-08 running 9/11" },     /* the example of the manual */
        { "2021-03-01", "2021-03-25", "asked 2021-03-02, corrected 2021-03-02",
          "2021-03-30 running 17/3" },     /* on the notice's own day */
        { "2021-03-01", "2021-07-01", "asked 2021-03-02, corrected 2021-06-30",
          "2021-07-28 running 1/19" },     /* long after: it was accepted */
        { "2021-03-01", "2021-03-25", "extended 2021-03-02 days=10, asked 2021-03-04, corrected 2021-03-08",
          "2021-04-06 running 13/7" },     /* drops the extension */
        { "2021-03-01", "2021-03-26", "consult 2021-03-03, answered 2021-03-05, asked 2021-03-08, corrected 2021-03-10",
          "2021-04-08 running 12/8" },     /* drops exclusions */
    };
    (void) state;
    check(rows, ROWS(rows));
}

static void late_and_second_requests_change_nothing(void **state)
{
    static const row rows[] = {
        { "2021-03-01", "2021-03-20", "asked 2021-03-11, corrected 2021-03-15",
          "2021-03-29 running 14/6" },     /* late, then received */
        { "2021-03-01", "2021-03-25", "asked 2021-03-03, corrected 2021-03-08, asked 2021-03-10",
          "2021-04-06 running 13/7" },     /* second */
        { "2021-03-01", "2021-03-25", "asked 2021-03-03, corrected 2021-03-08, asked 2021-03-10, corrected 2021-03-15",
          "2021-04-06 running 13/7" },     /* and received */
        { "2021-03-01", "2021-03-25", "asked 2021-03-02, asked 2021-03-04, corrected 2021-03-08, corrected 2021-03-09",
          "2021-04-06 running 13/7" },     /* both open */
        { "2021-03-01", "2021-03-25", "asked 2021-03-12, corrected 2021-03-15, charged 2021-03-16, paid 2021-03-17, asked 2021-03-18",
          "2021-04-15 running 6/14" },     /* the first was late: still the only one */
        { "2021-03-01", "2021-03-25", "charged 2021-03-09, paid 2021-03-17, asked 2021-03-18, corrected 2021-03-19",
          "2021-04-15 running 6/14" },     /* a fee paid gives no new seven days */
    };
    (void) state;
    check(rows, ROWS(rows));
}

static void a_consultation_is_excluded(void **state)
{
    static const row rows[] = {
        { "2021-03-01", "2021-03-29", "consult 2021-03-08, answered 2021-03-15",
          "2021-04-06 running 15/5" },     /* five days */
        { "2021-03-01", "2021-03-12", "consult 2021-03-08",
          "2021-04-02 excluded 5/15" },     /* open: up to today */
        { "2021-03-01", "2021-03-08", "consult 2021-03-08",
          "2021-03-29 running 5/15" },     /* its own day counts */
        { "2021-03-01", "2021-03-13", "consult 2021-03-08",
          "2021-04-02 excluded 5/15" },     /* a rest day inside it */
        { "2021-03-01", "2021-03-22", "consult 2021-03-08, answered 2021-03-08",
          "2021-03-29 running 15/5" },     /* equal dates */
        { "2021-03-01", "2021-03-22", "consult 2021-03-05, answered 2021-03-07",
          "2021-03-29 running 15/5" },     /* only a weekend */
    };
    (void) state;
    check(rows, ROWS(rows));
}

static void an_exclusion_is_capped(void **state)
{
    static const row rows[] = {
        { "2021-03-01", "2021-03-29", "consult 2021-03-08",
          "2021-04-20 excluded 5/15" },     /* the 15th working day itself */
        { "2021-03-01", "2021-04-20", "consult 2021-03-08",
          "2021-04-20 running 20/0" },     /* open past it */
        { "2021-03-01", "2021-04-20", "consult 2021-03-08, answered 2021-04-15",
          "2021-04-20 running 20/0" },     /* ended past it */
        { "2021-03-01", "2021-04-20", "consult 2021-03-08 served=2021-03-10, answered 2021-04-15",
          "2021-04-22 running 18/2" },     /* from proven receipt */
        { "2021-03-01", "2021-04-20", "consult 2021-03-08, answered 2021-04-15 served=2021-03-10",
          "2021-04-22 running 18/2" },     /* proof brought with the end */
    };
    (void) state;
    check(rows, ROWS(rows));
}

/*  Another agency, or who decides in doubt, has days of its own, which the head may make longer (Art. 11, 17). */
static void a_referral_has_days_of_its_own(void **state)
{
    static const row rows[] = {
        { "2021-03-01", "2021-03-29", "consult 2021-03-08 days=5",
          "2021-04-06 running 15/5" },      /* five are left out */
        { "2021-03-01", "2021-03-29", "consult 2021-03-08 days=5, prolonged 2021-03-12 days=10",
          "2021-04-13 running 10/10" },     /* ten in all, from the same day */
        { "2021-03-01", "2021-03-29", "consult 2021-03-08 days=5, prolonged 2021-03-12 days=10, answered 2021-03-16",
          "2021-04-07 running 14/6" },      /* no more than it took */
        { "2021-03-01", "2021-03-29", "consult 2021-03-08 days=5 served=2021-03-10, prolonged 2021-03-12 days=10",
          "2021-04-15 running 8/12" },      /* from proven receipt, as ever */
        { "2021-03-01", "2021-03-29", "consult 2021-03-08 days=5 told=no, prolonged 2021-03-12 days=10",
          "2021-03-29 running 20/0" },
    };
    (void) state;
    check(rows, ROWS(rows));
}

static void the_applicant_must_be_told(void **state)
{
    static const row rows[] = {
        { "2021-03-01", "2021-03-22", "consult 2021-03-08 told=no, answered 2021-03-15",
          "2021-03-29 running 15/5" },
        { "2021-03-01", "2021-03-12", "consult 2021-03-08 told=no",
          "2021-03-29 running 9/11" },     /* not excluded while open either */
    };
    (void) state;
    check(rows, ROWS(rows));
}

static void parallel_consultations_are_a_union(void **state)
{
    static const row rows[] = {
        { "2021-03-01", "2021-03-26", "consult 2021-03-08 id=a, consult 2021-03-10 id=b, answered 2021-03-12 id=a, answered 2021-03-17 id=b",
          "2021-04-08 running 12/8" },     /* overlapping */
        { "2021-03-01", "2021-03-26", "consult 2021-03-08 id=a, consult 2021-03-10 id=b, answered 2021-03-11 id=b, answered 2021-03-17 id=a",
          "2021-04-08 running 12/8" },     /* one inside the other */
        { "2021-03-01", "2021-03-26", "consult 2021-03-08, answered 2021-03-10, consult 2021-03-10, answered 2021-03-12",
          "2021-04-02 running 15/5" },     /* touching */
        { "2021-03-01", "2021-03-26", "consult 2021-03-08 id=a, answered 2021-03-10 id=a, consult 2021-03-15 id=a, answered 2021-03-16 id=a",
          "2021-04-01 running 16/4" },     /* an id used again */
        { "2021-03-01", "2021-03-26", "consult 2021-03-08 id=a told=no, consult 2021-03-08, answered 2021-03-10, answered 2021-03-17 id=a",
          "2021-03-31 running 17/3" },     /* only one was told */
    };
    (void) state;
    check(rows, ROWS(rows));
}

static void a_consultation_open_over_a_restart(void **state)
{
    static const row rows[] = {
        { "2021-03-01", "2021-03-10", "consult 2021-03-03, asked 2021-03-04, corrected 2021-03-10",
          "2021-04-08 running 0/20" },     /* on the new day 0 */
        { "2021-03-01", "2021-03-26", "consult 2021-03-03, asked 2021-03-04, corrected 2021-03-10",
          "2021-04-22 running 2/18" },     /* days of the new period, old cap */
        { "2021-03-01", "2021-03-26", "consult 2021-03-03, asked 2021-03-04, corrected 2021-03-10, answered 2021-03-15",
          "2021-04-13 running 9/11" },
    };
    (void) state;
    check(rows, ROWS(rows));
}

static void a_consultation_after_the_term(void **state)
{
    static const row rows[] = {
        { "2021-03-01", "2021-04-08", "consult 2021-03-29, answered 2021-04-08",
          "2021-04-08 excluded 20/0" },     /* begun on the last day: in time until it ends */
        { "2021-03-01", "2021-04-09", "consult 2021-03-29, answered 2021-04-08",
          "2021-04-08 running 21/-1 overdue" },     /* and not a day longer */
        { "2021-03-01", "2021-04-12", "consult 2021-03-31, answered 2021-04-08",
          "2021-03-29 running 29/-9 overdue" },     /* begun too late: excludes nothing */
        { "2021-03-05", "2021-04-05", "consult 2021-04-02",
          "2021-04-02 excluded 20/0" },     /* on a rest day amid it the term is not over */
        { "2021-03-05", "2021-04-12", "consult 2021-04-03, answered 2021-04-09",
          "2021-04-02 running 25/-5 overdue" },     /* begun on the Saturday after the last day */
        { "2021-03-05", "2021-04-05", "consult 2021-04-02, extended 2021-04-04 days=3",
          "2021-04-08 excluded 20/3" },     /* the term still runs on that Sunday */
    };
    (void) state;
    check(rows, ROWS(rows));
}

static void an_extension_adds_once(void **state)
{
    static const row rows[] = {
        { "2021-03-01", "2021-03-29", "extended 2021-03-29 days=20",
          "2021-04-26 running 20/20" },     /* on the last day */
        { "2021-03-01", "2021-03-29", "extended 2021-03-29 days=20 told=no",
          "2021-03-29 running 20/0" },      /* nobody told the applicant in time */
        { "2021-03-01", "2021-03-29", "extended 2021-03-02 days=1",
          "2021-03-30 running 20/1" },
        { "2021-03-01", "2021-04-06", "consult 2021-03-08, answered 2021-03-15, extended 2021-04-06 days=10",
          "2021-04-20 running 20/10" },     /* on the last day, moved by exclusions */
        { "2021-03-01", "2021-04-09", "consult 2021-03-25, extended 2021-04-08 days=5",
          "2021-04-20 excluded 18/7" },     /* while a consultation is open */
        { "2021-03-01", "2021-03-25", "extended 2021-03-02 days=10, asked 2021-03-04, corrected 2021-03-08, extended 2021-03-09 days=5",
          "2021-04-13 running 13/12" },     /* anew in a new term */
    };
    (void) state;
    check(rows, ROWS(rows));
}

/*  条例 Art. 35. */
static void a_delayed_date_replaces_the_term(void **state)
{
    static const row rows[] = {
        { "2021-03-01", "2021-03-29", "delayed 2021-03-29 until=2021-05-31",
          "2021-05-31 running 20/43" },     /* told on the last day */
        { "2021-03-01", "2021-03-29", "delayed 2021-03-29 until=2021-05-31 told=no",
          "2021-03-29 running 20/0" },
        { "2021-03-01", "2021-04-06", "extended 2021-03-02 days=10, delayed 2021-04-06 until=2021-04-14",
          "2021-04-14 running 25/6" },      /* a day later than the extended term */
        { "2021-03-01", "2021-03-29", "delayed 2021-03-08 until=2021-05-31, consult 2021-03-10, answered 2021-03-17",
          "2021-05-31 running 15/43" },     /* fixed: a consultation does not move it */
        { "2021-03-01", "2021-03-25", "asked 2021-03-04, delayed 2021-03-05 until=2021-05-31, corrected 2021-03-08",
          "2021-04-06 running 13/7" },      /* a new term drops it */
    };
    (void) state;
    check(rows, ROWS(rows));
}

static void a_fee_notice_pauses_and_payment_restarts(void **state)
{
    static const row rows[] = {
        { "2021-09-01", "2021-10-19", "charged 2021-09-17",
          "- paused" },     /* worked case 8 */
        { "2021-09-01", "2021-10-25", "charged 2021-09-17, paid 2021-10-20",
          "2021-11-17 running 3/17" },     /* worked case 8, paid */
        { "2021-03-01", "2021-03-29", "charged 2021-03-29",
          "- paused" },     /* on the last day */
        { "2021-03-01", "2021-03-29", "charged 2021-03-29, paid 2021-03-29",
          "2021-04-26 running 0/20" },     /* paid the same day */
        { "2021-03-01", "2021-04-06", "consult 2021-03-08, answered 2021-03-15, charged 2021-04-06",
          "- paused" },     /* on the last day, moved */
        { "2021-03-01", "2021-03-31", "extended 2021-03-10 days=5, consult 2021-03-11, answered 2021-03-16, charged 2021-03-18, paid 2021-03-22",
          "2021-04-20 running 7/13" },     /* drops both */
    };
    (void) state;
    check(rows, ROWS(rows));
}

static void a_pause_lasts_until_nothing_is_outstanding(void **state)
{
    static const row rows[] = {
        { "2021-03-01", "2021-03-31", "asked 2021-03-03, charged 2021-03-04, corrected 2021-03-08",
          "- paused" },     /* the fee is outstanding still */
        { "2021-03-01", "2021-03-31", "asked 2021-03-03, charged 2021-03-04, corrected 2021-03-08, paid 2021-03-10",
          "2021-04-08 running 15/5" },
        { "2021-03-01", "2021-03-31", "asked 2021-03-03, charged 2021-04-01",
          "- paused" },     /* no day of the term is lost in a pause */
    };
    (void) state;
    check(rows, ROWS(rows));
}

static void a_reply_stops_the_clock(void **state)
{
    static const row rows[] = {
        { "2021-03-01", "2021-03-01", "sent 2021-03-01",
          "2021-03-29 stopped 0/20 timely" },     /* on the spot */
        { "2021-03-01", "2021-03-29", "sent 2021-03-29",
          "2021-03-29 stopped 20/0 timely" },     /* on the last day */
        { "2021-03-01", "2021-04-20", "sent 2021-03-30",
          "2021-03-29 stopped 21/-15 overdue late" },     /* one day late */
        { "2021-03-05", "2021-04-03", "sent 2021-04-03",
          "2021-04-02 stopped 20/0 overdue late" },     /* on the Saturday after: late */
        { "2021-03-01", "2021-04-20", "sent 2021-03-12",
          "2021-03-29 stopped 9/-15 timely" },     /* read long after */
        { "2021-03-01", "2021-04-20", "consult 2021-03-08, sent 2021-03-12",
          "2021-04-02 stopped 5/-11 timely" },     /* the term as it stood then */
        { "2021-03-01", "2021-04-20", "asked 2021-03-03, sent 2021-03-12",
          "- stopped timely" },     /* out of a pause */
    };
    (void) state;
    check(rows, ROWS(rows));
}

static void a_withdrawal_ends_all(void **state)
{
    static const row rows[] = {
        { "2021-03-01", "2021-04-20", "withdrawn 2021-03-12",
          "- stopped" },
        { "2021-03-01", "2021-04-20", "asked 2021-03-03, withdrawn 2021-04-12",
          "- stopped" },     /* a lapse */
    };
    (void) state;
    check(rows, ROWS(rows));
}

static void a_ruling_sets_a_term_of_its_own(void **state)
{
    static const row rows[] = {
        { "2021-03-01", "2021-06-10", "sent 2021-03-22, ordered 2021-06-01 base=2021-06-01 days=15",
          "2021-06-23 running 7/8" },       /* Dragon Boat on 14 June is no working day */
        { "2021-03-01", "2021-06-10", "withdrawn 2021-03-22, ordered 2021-06-01 base=2021-05-24 days=10",
          "2021-06-07 running 13/-3 overdue" },     /* the ruling was in force before it came in */
        { "2021-03-01", "2021-06-10", "ordered 2021-06-10 base=2021-06-25 days=10",
          "2021-07-09 running 0/20" },      /* it comes into force later: nothing is used yet */
        { "2021-03-01", "2021-06-10", "consult 2021-03-08, ordered 2021-06-01 base=2021-06-01 days=15",
          "2021-06-23 running 7/8" },       /* open, and excludes nothing of it */
        { "2021-03-01", "2021-06-10", "sent 2021-03-22, ordered 2021-06-01 base=2021-06-01 days=15, consult 2021-06-02",
          "2021-06-23 running 7/8" },
        { "2021-03-01", "2021-06-10", "sent 2021-03-22, ordered 2021-06-01 base=2021-06-01 days=15, asked 2021-06-02",
          "2021-06-23 running 7/8" },       /* nor does a correction stop it */
        { "2021-03-01", "2021-06-10", "asked 2021-03-02, ordered 2021-06-01 base=2021-06-01 days=15",
          "2021-06-23 running 7/8" },       /* what stood still runs */
        { "2021-03-01", "2021-06-10", "charged 2021-03-02, ordered 2021-06-01 base=2021-06-01 days=15",
          "2021-06-23 running 7/8" },
        { "2021-03-01", "2021-06-10", "delayed 2021-03-02 until=2021-09-01, ordered 2021-06-01 base=2021-06-01 days=15",
          "2021-06-23 running 7/8" },
        { "2021-03-01", "2022-03-07", "ordered 2021-03-05 base=2022-03-06 days=250",
          "2023-03-06 running 1/249" },     /* the longest term, and the latest day from which one runs */
        { "2021-03-01", "2021-06-24", "sent 2021-03-30, ordered 2021-06-01 base=2021-06-01 days=15, sent 2021-06-23",
          "2021-06-23 stopped 15/-1 timely" },      /* late once, in time the second time */
        { "2021-03-01", "2021-12-10", "sent 2021-03-30, ordered 2021-06-01 base=2021-06-01 days=15, sent 2021-06-23,"
          " ordered 2021-12-01 base=2021-12-01 days=5", "2021-12-08 running 7/-2 overdue" },
    };
    (void) state;
    check(rows, ROWS(rows));
}

/*  The first reply's own verdict stays in the explanation when the term is another. */
static void a_ruling_does_not_rewrite_what_was(void **state)
{
    (void) state;
    gk_auto(gk_clock) clock = gk_clock_new(calendar, rules, law_date("2021-03-01"));
    assert_int_equal(play(clock, "sent 2021-03-30, ordered 2021-06-01 base=2021-06-01 days=15, sent 2021-06-23", NULL), GK_OK);
    gk_json_auto *lines = gk_clock_explain(clock, law_date("2021-06-30"));
    gk_free_auto char *text = json_dumps(lines, 0);
    assert_non_null(strstr(text, "发出答复，已超过期限"));
    assert_non_null(strstr(text, "发出答复，在期限内"));
    assert_non_null(strstr(text, "另行计算：15个工作日"));
    assert_non_null(strstr(text, "行政复议法"));
    assert_null(strstr(text, "第三十三条第二款"));

    gk_auto(gk_clock) paused = gk_clock_new(calendar, rules, law_date("2021-03-01"));
    assert_int_equal(play(paused, "charged 2021-03-02, sent 2021-06-30, ordered 2021-07-01 base=2021-07-01 days=15", NULL), GK_OK);
    gk_json_auto *said = gk_clock_explain(paused, law_date("2021-07-05"));
    gk_free_auto char *words = json_dumps(said, 0);
    assert_non_null(strstr(words, "发出答复，在期限内"));       /* no term ran when it went out */
}

static void uncovered_days_make_it_provisional(void **state)
{
    static const row rows[] = {
        { "2026-12-03", "2026-12-10", "", "2026-12-31 running 5/15" },     /* 31 December is covered */
        { "2026-12-04", "2026-12-10", "", "2027-01-01 running 4/16 provisional" },     /* 1 January is not */
        { "2026-11-25", "2027-01-04", "consult 2026-12-10",
          "2027-01-13 running 13/7 provisional" },     /* the cap leans on it */
        { "2026-12-20", "2027-01-20", "asked 2026-12-21, sent 2027-01-05",
          "- stopped timely" },     /* no date, nothing provisional */
    };
    (void) state;
    check(rows, ROWS(rows));
}

/*  Each day of a late consultation moves the due date by one and today with it: what is overdue
 *  stays so, whatever is sent out after the term. */
static void nothing_after_the_term_revives_it(void **state)
{
    (void) state;
    for (int wait = 1; wait <= 20; wait++) {        /* from a Monday, and from a Friday before three days off */
        gk_auto(gk_clock) clock = gk_clock_new(calendar, rules, law_date(wait > 10 ? "2021-03-05" : "2021-03-01"));
        gk_date on = gk_date_plus(law_date(wait > 10 ? "2021-04-02" : "2021-03-29"), wait > 10 ? wait - 10 : wait);
        gk_clock_event event = { .type = GK_CLOCK_CONSULTATION_STARTED, .on = on, .served_on = GK_NO_DATE };
        assert_int_equal(gk_clock_add(clock, &event, NULL), GK_OK);
        for (int later = 0; later <= 60; later++)
            assert_true(gk_clock_read(clock, gk_date_plus(on, later)).overdue);
    }
}

/*  ---- what is refused, and that it changes nothing -------------------------------------------- */

static void what_is_refused(void **state)
{
    (void) state;
    static const struct {
        const char *before, *event, *why;
    } rows[] = {
        { "", "sent 2021-02-28", "day of receipt" },
        { "asked 2021-03-05", "corrected 2021-03-04", "above it" },
        { "", "corrected 2021-03-05", "no correction" },
        { "asked 2021-03-05, corrected 2021-03-08", "corrected 2021-03-08", "no correction" },
        { "", "answered 2021-03-05", "no consultation" },
        { "consult 2021-03-05 id=a", "answered 2021-03-08 id=b", "no consultation" },
        { "consult 2021-03-05 id=a", "answered 2021-03-08", "no consultation" },
        { "consult 2021-03-05, answered 2021-03-08", "answered 2021-03-08", "no consultation" },
        { "consult 2021-03-05", "consult 2021-03-08", "open already" },
        { "consult 2021-03-05 id=a", "consult 2021-03-08 id=a", "open already" },
        { "", "consult 2021-03-05 served=2021-03-04", "served_on" },
        { "consult 2021-03-05", "answered 2021-03-08 served=2021-03-04", "served_on" },
        { "", "paid 2021-03-05", "no fee notice" },
        { "charged 2021-03-05, paid 2021-03-08", "paid 2021-03-08", "no fee notice" },
        { "", "extended 2021-03-05 days=0", "1 to 20" },
        { "", "extended 2021-03-05 days=21", "1 to 20" },
        { "", "extended 2021-03-05 days=-1", "1 to 20" },
        { "extended 2021-03-05 days=1", "extended 2021-03-08 days=1", "extended already" },
        { "", "extended 2021-03-30 days=1", "by 2021-03-29" },
        { "", "charged 2021-03-30", "by 2021-03-29" },
        { "consult 2021-03-08, answered 2021-03-15", "extended 2021-04-07 days=1", "by 2021-04-06" },
        { "consult 2021-03-08, answered 2021-03-15", "charged 2021-04-07", "by 2021-04-06" },
        { "consult 2021-03-31", "extended 2021-04-01 days=1", "within the term" },
        { "sent 2021-03-05", "consult 2021-03-08", "nothing can follow" },
        { "sent 2021-03-05", "withdrawn 2021-03-05", "nothing can follow" },
        { "withdrawn 2021-03-05", "sent 2021-03-05", "nothing can follow" },
        { "withdrawn 2021-03-05", "asked 2021-03-05", "nothing can follow" },
        { "", "ordered 2021-03-05 base=2021-03-05 days=0", "1 to 250" },
        { "", "ordered 2021-03-05 base=2021-03-05 days=251", "1 to 250" },
        { "", "ordered 2021-03-05 base=2021-02-28 days=10", "between 2021-03-01 and 2022-03-06" },
        { "", "ordered 2021-03-05 base=2022-03-07 days=10", "between 2021-03-01 and 2022-03-06" },
        { "ordered 2021-03-05 base=2021-03-05 days=10", "extended 2021-03-08 days=1", "a ruling set this term" },
        { "ordered 2021-03-05 base=2021-03-05 days=10", "charged 2021-03-08", "a ruling set this term" },
        { "ordered 2021-03-05 base=2021-03-05 days=10", "delayed 2021-03-08 until=2021-06-01", "a ruling set this term" },
        { "asked 2021-03-02, ordered 2021-03-05 base=2021-03-05 days=10", "corrected 2021-03-08", "no correction" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_auto(gk_clock) clock = gk_clock_new(calendar, rules, law_date("2021-03-01"));
        assert_int_equal(play(clock, rows[i].before, NULL), GK_OK);
        gk_json_auto *before = gk_clock_explain(clock, law_date("2021-04-20"));
        gk_free_auto char *read = spell(gk_clock_read(clock, law_date("2021-04-20")));

        gk_why why = { "" };
        if (play(clock, rows[i].event, &why) != GK_EBADVALUE || !strstr(why.text, rows[i].why))
            fail_msg("row %zu: %s", i, why.text);

        gk_json_auto *after = gk_clock_explain(clock, law_date("2021-04-20"));
        gk_free_auto char *again = spell(gk_clock_read(clock, law_date("2021-04-20")));
        assert_true(json_equal(before, after));
        assert_string_equal(read, again);
    }
}

static void an_event_needs_a_date(void **state)
{
    (void) state;
    gk_auto(gk_clock) clock = gk_clock_new(calendar, rules, law_date("2021-03-01"));
    gk_clock_event event = { .type = GK_CLOCK_DISPATCHED, .on = GK_NO_DATE };
    gk_why why = { "" };
    assert_int_equal(gk_clock_add(clock, &event, &why), GK_EBADVALUE);
    assert_non_null(strstr(why.text, "no date"));
    assert_int_equal(gk_clock_read(clock, law_date("2021-03-01")).timely, -1);
    gk_clock_event ask = { .type = GK_CLOCK_CORRECTION_REQUESTED, .on = law_date("2021-03-02") };
    assert_int_equal(gk_clock_add(clock, &ask, &why), GK_OK);
    assert_int_equal(gk_clock_read(clock, law_date("2021-03-03")).timely, -1);
}

/*  条例 Art. 41 has no term: the office's standard is counted, consultations by analogy, and every line says so. */
static void a_records_correction_has_a_standard(void **state)
{
    (void) state;
    gk_auto(gk_rules) slower = law_rules();
    slower->records_correction_days = 30;
    gk_auto(gk_clock) statutory = gk_clock_new(calendar, slower, law_date("2021-03-01"));
    gk_auto(gk_clock) clock = gk_clock_new_records(calendar, slower, law_date("2021-03-01"));
    gk_clock_reading reading = gk_clock_read(clock, law_date("2021-03-01"));
    assert_true(gk_clock_read(statutory, law_date("2021-03-01")).statutory);
    assert_false(reading.statutory);
    assert_int_equal(reading.due_on.day, gk_calendar_due(calendar, law_date("2021-03-01"), 30).date.day);
    assert_int_equal(play(clock, "consult 2021-03-08, answered 2021-03-15", NULL), GK_OK);
    assert_int_equal(gk_clock_read(clock, law_date("2021-03-15")).due_on.day,
                     gk_calendar_due(calendar, law_date("2021-03-01"), 35).date.day);
    check_explanation(clock, law_date("2021-03-15"));
    gk_json_auto *lines = gk_clock_explain(clock, law_date("2021-03-15"));
    size_t last = json_array_size(lines) - 1;
    for (size_t i = 0; i < last; i++)
        assert_non_null(strstr(gk_json_text(json_array_get(lines, i), "article"), "参照"));
    const json_t *sum = json_array_get(lines, last);
    assert_non_null(strstr(gk_json_text(sum, "article"), "第四十一条"));
    assert_non_null(strstr(gk_json_text(sum, "zh"), "非法定期限"));
    assert_non_null(strstr(gk_json_text(sum, "en"), "not statutory"));
}

/*  Two readings that are settings: the other value of each gives another date. */
static void settings_move_the_date(void **state)
{
    (void) state;
    static const struct { const char *received, *events, *as_settled, *otherwise; } rows[] = {
        { "2021-03-06", NULL, "2021-04-02", "2021-04-06" },                         /* a Saturday */
        { "2021-03-05", "asked 2021-03-05, corrected 2021-03-06", "2021-04-02", "2021-04-06" },
        { "2021-03-05", NULL, "2021-04-02", "2021-04-02" },                         /* a Friday moves by neither */
        { "2021-03-05", "consult 2021-03-08 told=no, answered 2021-03-15", "2021-04-02", "2021-04-12" },
    };
    gk_auto(gk_rules) other = law_rules();
    other->rest_day_as_is = other->exclude_only_if_told = false;
    for (size_t i = 0; i < ROWS(rows); i++)
        for (int way = 0; way < 2; way++) {
            gk_auto(gk_clock) clock = gk_clock_new(calendar, way ? other : rules, law_date(rows[i].received));
            if (rows[i].events)
                assert_int_equal(play(clock, rows[i].events, NULL), GK_OK);
            char due[GK_DATE_TEXT];
            gk_date_format(gk_clock_read(clock, law_date("2021-03-16")).due_on, due);
            if (strcmp(due, way ? rows[i].otherwise : rows[i].as_settled) != 0)
                fail_msg("row %zu, way %d: %s", i, way, due);
            if (way)
                check_explanation(clock, law_date("2021-03-16"));
            gk_clock_reading early = gk_clock_read(clock, law_date(rows[i].received));
            assert_true(!early.counted || early.used >= 0);
        }
    gk_auto(gk_clock) clock = gk_clock_new(calendar, other, law_date("2021-03-06"));
    assert_int_equal(gk_clock_correct_by(clock).day, law_date("2021-03-17").day);
}

static void a_life_is_bounded(void **state)
{
    (void) state;
    gk_auto(gk_clock) clock = gk_clock_new(calendar, rules, law_date("2021-03-01"));
    gk_clock_event event = { .type = GK_CLOCK_CORRECTION_REQUESTED, .on = law_date("2021-03-02") };
    for (int i = 0; i < 1000; i++)
        assert_int_equal(gk_clock_add(clock, &event, NULL), GK_OK);
    assert_int_equal(gk_clock_add(clock, &event, NULL), GK_EBADVALUE);
}

static void a_reading_is_never_before_the_last_event(void **state)
{
    (void) state;
    gk_auto(gk_clock) clock = gk_clock_new(calendar, rules, law_date("2021-03-01"));
    assert_int_equal(play(clock, "consult 2021-03-08, answered 2021-03-15", NULL), GK_OK);
    gk_free_auto char *early = spell(gk_clock_read(clock, law_date("2021-02-01")));
    gk_free_auto char *then = spell(gk_clock_read(clock, law_date("2021-03-15")));
    assert_string_equal(early, then);
    check_explanation(clock, law_date("2021-02-01"));
}

static void whether_a_correction_may_still_pause(void **state)
{
    (void) state;
    gk_auto(gk_clock) clock = gk_clock_new(calendar, rules, law_date("2021-03-01"));
    assert_true(gk_clock_may_correct(clock, law_date("2021-03-01")));
    assert_true(gk_clock_may_correct(clock, law_date("2021-03-10")));
    assert_false(gk_clock_may_correct(clock, law_date("2021-03-11")));
    assert_int_equal(play(clock, "asked 2021-03-11", NULL), GK_OK);
    assert_false(gk_clock_may_correct(clock, law_date("2021-03-11")));
    gk_auto(gk_clock) done = gk_clock_new(calendar, rules, law_date("2021-03-01"));
    assert_int_equal(play(done, "sent 2021-03-02", NULL), GK_OK);
    assert_false(gk_clock_may_correct(done, law_date("2021-03-02")));
}

/*  One more day of an id, a clock that is gone, and a term that leans on the last covered day. */
static void edges(void **state)
{
    (void) state;
    gk_clock *none = NULL;
    gk_clock_destroy(&none);
    gk_clock *clock = gk_clock_new(calendar, rules, law_date("2021-03-01"));
    gk_clock_event event = { .type = GK_CLOCK_CONSULTATION_STARTED, .on = law_date("2021-03-02"), .served_on = GK_NO_DATE,
                             .id = "012345678901234567890123456789012345678" }, end = event;
    assert_int_equal(strlen(event.id), 39);
    assert_int_equal(gk_clock_add(clock, &event, NULL), GK_OK);
    event.id[38] = 'x';                 /* an id has 39 bytes, and the last one counts */
    assert_int_equal(gk_clock_add(clock, &event, NULL), GK_OK);
    end.type = GK_CLOCK_CONSULTATION_ENDED;
    assert_int_equal(gk_clock_add(clock, &end, NULL), GK_OK);
    assert_int_equal(gk_clock_add(clock, &end, NULL), GK_EBADVALUE);
    gk_clock_destroy(&clock);
    assert_null(clock);
    /*  Excluded days up to 31 December lean on nothing unknown; the due date then does. */
    clock = gk_clock_new(calendar, rules, law_date("2026-11-25"));
    gk_clock_event asked[] = {
        { .type = GK_CLOCK_CONSULTATION_STARTED, .on = law_date("2026-12-10"), .served_on = GK_NO_DATE, .id = "a" },
        { .type = GK_CLOCK_CONSULTATION_ENDED, .on = law_date("2026-12-11"), .served_on = GK_NO_DATE, .id = "a" } };
    for (size_t i = 0; i < ROWS(asked); i++)
        assert_int_equal(gk_clock_add(clock, &asked[i], NULL), GK_OK);
    gk_clock_reading reading = gk_clock_read(clock, law_date("2026-12-12"));
    assert_int_equal(reading.due_on.day, law_date("2026-12-24").day);
    assert_false(reading.provisional);
    gk_clock_destroy(&clock);
    /*  An excluded span that ends on the last covered day, and the term with it, leans on nothing unknown. */
    clock = gk_clock_new(calendar, rules, law_date("2026-12-01"));
    gk_clock_event until[] = {
        { .type = GK_CLOCK_CONSULTATION_STARTED, .on = law_date("2026-12-29"), .served_on = GK_NO_DATE, .id = "a" },
        { .type = GK_CLOCK_CONSULTATION_ENDED, .on = law_date("2026-12-31"), .served_on = GK_NO_DATE, .id = "a" } };
    for (size_t i = 0; i < ROWS(until); i++)
        assert_int_equal(gk_clock_add(clock, &until[i], NULL), GK_OK);
    reading = gk_clock_read(clock, law_date("2026-12-31"));
    assert_int_equal(reading.due_on.day, law_date("2026-12-31").day);
    assert_false(reading.provisional);
    gk_clock_destroy(&clock);
    /*  An exclusion beyond the last notice makes the date provisional, whatever follows it. */
    clock = gk_clock_new(calendar, rules, law_date("2026-12-01"));
    gk_clock_event beyond[] = {
        { .type = GK_CLOCK_CONSULTATION_STARTED, .on = law_date("2026-12-28"), .served_on = GK_NO_DATE, .id = "a" },
        { .type = GK_CLOCK_CONSULTATION_ENDED, .on = law_date("2026-12-31"), .served_on = GK_NO_DATE, .id = "a" } };
    for (size_t i = 0; i < ROWS(beyond); i++)
        assert_int_equal(gk_clock_add(clock, &beyond[i], NULL), GK_OK);
    reading = gk_clock_read(clock, law_date("2026-12-31"));
    assert_int_equal(reading.due_on.day, law_date("2027-01-01").day);      /* a plain Friday so far */
    assert_true(reading.provisional);
    gk_clock_destroy(&clock);
}

/*  Another reading counts only when it is later; before the first event nothing else was said. */
static void another_reading(void **state)
{
    (void) state;
    static const struct {
        const char *received, *later, *defence;
        bool mailed;
    } rows[] = {
        { "2021-03-01", "", "", false }, { "2021-03-01", "2021-03-01", "", false }, { "2021-03-02", "2021-03-01", "", false },
        { "2021-03-01", "2021-03-02", "2021-03-30", true },
        { "2021-03-06", "2021-03-07", "", true },       /* Saturday and Sunday end on one day */
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_auto(gk_clock) clock = gk_clock_new(calendar, rules, law_date(rows[i].received));
        gk_clock_defend(clock, *rows[i].later ? law_date(rows[i].later) : GK_NO_DATE);
        char text[GK_DATE_TEXT];
        assert_string_equal(gk_date_format(gk_clock_read(clock, law_date("2021-03-08")).defence_on, text), rows[i].defence);
        gk_json_auto *lines = gk_clock_explain(clock, law_date("2021-03-08"));
        assert_int_equal(strstr(gk_json_text(json_array_get(lines, 0), "zh"), "电子邮件") != NULL, rows[i].mailed);
    }
}

/*  What leans on a rest day that no notice covers is provisional too: it may be worked. */
static void leaning_on_a_weekend(void **state)
{
    (void) state;
    static const char notice[] = "notice 甲\ncovers 2021-01-01 2021-03-26\n";
    gk_auto(gk_calendar) cal = gk_calendar_new();
    assert_int_equal(gk_calendar_load(cal, notice, strlen(notice), NULL), GK_OK);
    gk_auto(gk_clock) clock = gk_clock_new(cal, rules, law_date("2021-02-24"));
    gk_clock_event event = { .type = GK_CLOCK_CONSULTATION_STARTED, .on = law_date("2021-03-24"), .served_on = GK_NO_DATE };
    assert_int_equal(gk_clock_add(clock, &event, NULL), GK_OK);
    gk_clock_reading friday = gk_clock_read(clock, law_date("2021-03-26")), saturday = gk_clock_read(clock, law_date("2021-03-27"));
    assert_true(friday.due_on.day == law_date("2021-03-26").day && saturday.due_on.day == friday.due_on.day);
    assert_false(friday.provisional);
    assert_true(saturday.provisional);
    gk_auto(gk_clock) delayed = gk_clock_new(cal, rules, law_date("2021-02-24"));
    gk_clock_event delay = { .type = GK_CLOCK_DELAYED, .on = law_date("2021-03-01"), .served_on = GK_NO_DATE, .until = law_date("2021-03-26") };
    assert_int_equal(gk_clock_add(delayed, &delay, NULL), GK_OK);
    assert_false(gk_clock_read(delayed, law_date("2021-03-02")).provisional);
}

/*  Sent out of a pause is timely, and says just that; ten years are listed and no more; an agency's day is called so. */
static void what_is_listed(void **state)
{
    (void) state;
    gk_auto(gk_clock) clock = gk_clock_new(calendar, rules, law_date("2019-01-02"));
    assert_int_equal(play(clock, "asked 2019-01-03", NULL), GK_OK);
    gk_json_auto *days = gk_clock_days(clock, law_date("2030-01-01"));
    assert_int_equal(json_array_size(days), 3661);
    assert_string_equal(gk_json_text(json_array_get(days, 3660), "on"), "2030-01-01");
    assert_int_equal(play(clock, "sent 2019-01-04", NULL), GK_OK);
    assert_int_equal(gk_clock_read(clock, law_date("2019-01-04")).timely, 1);
    static const char notice[] = "agency 本关〔2026〕5号\noff 2026-06-15 台风\n";
    gk_auto(gk_calendar) cal = gk_calendar_copy(calendar);
    assert_int_equal(gk_calendar_load(cal, notice, strlen(notice), NULL), GK_OK);
    gk_auto(gk_clock) rest = gk_clock_new(cal, rules, law_date("2026-06-11"));
    gk_json_auto *list = gk_clock_days(rest, law_date("2026-06-12"));
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *day = json_array_get(list, i);
        assert_int_equal(json_is_true(json_object_get(day, "agency")), strcmp(gk_json_text(day, "on"), "2026-06-15") == 0);
    }
}

/*  Unknown numbers have no name. */
static void names_and_types(void **state)
{
    (void) state;
    for (int i = 0; i < GK_CLOCK_TYPES; i++) {
        gk_clock_type type = GK_CLOCK_TYPES;
        assert_true(gk_clock_type_parse(gk_clock_type_name((gk_clock_type) i), &type));
        assert_int_equal(type, i);
    }
    gk_clock_type type = GK_CLOCK_EXTENDED;
    assert_false(gk_clock_type_parse("extend", &type));
    assert_int_equal(type, GK_CLOCK_EXTENDED);
    assert_string_equal(gk_clock_type_name(GK_CLOCK_FEE_NOTICE_SENT), "fee_notice_sent");
    assert_string_equal(gk_clock_type_name(GK_CLOCK_TYPES), "?");
    assert_string_equal(gk_clock_state_name(GK_CLOCK_EXCLUDED), "excluded");
    assert_string_equal(gk_clock_state_name(GK_CLOCK_STOPPED), "stopped");
    assert_string_equal(gk_clock_state_name((gk_clock_state) (GK_CLOCK_STOPPED + 1)), "?");
}

/*  ---- the explanation ------------------------------------------------------------------------- */

/*  The life of the manual, line by line, as a court would read it. */
static void the_explanation_of_a_life(void **state)
{
    (void) state;
    static const struct {
        const char *from, *to;      /* "" : the line is of one day */
        int days;                   /* -1: it counts none */
        const char *zh, *notice;
    } rows[] = {
        { "2021-01-20", "", -1, "收到申请", "" },
        { "2021-01-25", "", -1, "首次告知补正", "" },
        { "2021-02-03", "", -1, "收到补正", "" },
        { "2021-02-04", "2021-02-05", 2, "2个工作日", "" },
        { "2021-02-07", "", 1, "春节调休上班", "国办发明电〔2020〕27号" },
        { "2021-02-08", "", 1, "1个工作日", "" },
        { "2021-02-08", "", -1, "征求意见书", "" },
        { "2021-02-09", "2021-02-10", 2, "不计入期限", "" },
        { "2021-02-11", "2021-02-17", 0, "春节放假", "国办发明电〔2020〕27号" },
        { "2021-02-18", "2021-02-19", 2, "不计入期限", "" },
        { "2021-02-19", "", -1, "征求意见结束", "" },
        { "2021-02-20", "", 1, "春节调休上班", "国办发明电〔2020〕27号" },
        { "2021-02-22", "", 1, "1个工作日", "" },
        { "2021-02-22", "", -1, "延长答复期限5个工作日", "" },
        { "2021-02-23", "2021-03-19", 19, "19个工作日", "" },
        { "2021-03-19", "", 29, "期限20＋延长5＋不计入4＝29个工作日，自2021-02-03的次日起计算，最后一日为2021-03-19", "" },
    };
    gk_auto(gk_clock) clock = gk_clock_new(calendar, rules, law_date("2021-01-20"));
    assert_int_equal(play(clock, "asked 2021-01-25, corrected 2021-02-03, consult 2021-02-08, "
                          "answered 2021-02-19, extended 2021-02-22 days=5", NULL), GK_OK);
    gk_json_auto *lines = gk_clock_explain(clock, law_date("2021-03-01"));
    for (size_t i = 0; i < ROWS(rows); i++) {
        const json_t *line = json_array_get(lines, i), *days = json_object_get(line, "days");
        const char *key = *rows[i].to ? "from" : "on";
        if (strcmp(gk_json_text(line, key), rows[i].from) || strcmp(gk_json_text(line, "to"), rows[i].to)
            || (days ? json_integer_value(days) : -1) != rows[i].days
            || !strstr(gk_json_text(line, "zh"), rows[i].zh) || strcmp(gk_json_text(line, "notice"), rows[i].notice)) {
            gk_free_auto char *text = gk_json_print(line);
            fail_msg("line %zu: %s", i, text);
        }
    }
    assert_int_equal(json_array_size(lines), ROWS(rows));
    /*  A holiday inside a consultation is off by notice, not excluded. */
    assert_string_equal(gk_json_text(json_array_get(lines, 8), "article"), "《政府信息公开条例》第三十三条第二款");
    assert_string_equal(gk_json_text(json_array_get(lines, 9), "article"), "《政府信息公开条例》第三十三条第三款");
}

static bool says(const gk_clock *clock, const char *as_of, const char *zh)
{
    gk_json_auto *lines = gk_clock_explain(clock, law_date(as_of));
    for (size_t i = 0; i < json_array_size(lines); i++)
        if (strstr(gk_json_text(json_array_get(lines, i), "zh"), zh))
            return true;
    return false;
}

static void what_an_explanation_names(void **state)
{
    (void) state;
    static const struct {
        const char *received, *as_of, *story, *zh;
    } rows[] = {
        { "2021-03-01", "2021-03-20", "asked 2021-03-11", "已超过规定的工作日" },
        { "2021-03-01", "2021-03-20", "asked 2021-03-02, asked 2021-03-03", "再次告知补正" },
        { "2021-03-01", "2021-03-20", "asked 2021-03-02", "等待补正" },
        { "2021-03-01", "2021-03-20", "charged 2021-03-02", "等待缴费，没有截止日" },
        { "2021-03-01", "2021-03-20", "consult 2021-03-08 told=no", "未告知申请人" },
        { "2021-03-01", "2021-03-20", "extended 2021-03-08 days=5 told=no", "未在期限内告知申请人" },
        { "2021-03-01", "2021-03-20", "consult 2021-03-08 served=2021-03-10", "至迟到2021-03-31" },
        { "2021-03-01", "2021-03-20", "sent 2021-03-08", "在期限内" },
        { "2021-03-01", "2021-04-20", "sent 2021-03-30", "已超过期限" },
        { "2021-03-01", "2021-04-20", "", "已超期" },
        { "2021-03-01", "2021-04-20", "consult 2021-03-31, answered 2021-04-08", "期限届满后发出征求意见书" },
        { "2021-03-01", "2021-04-20", "withdrawn 2021-03-08", "不再计算" },
        { "2026-12-10", "2026-12-20", "", "尚无放假通知" },
        { "2026-12-10", "2026-12-20", "", "（暂定）" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_auto(gk_clock) clock = gk_clock_new(calendar, rules, law_date(rows[i].received));
        assert_int_equal(play(clock, rows[i].story, NULL), GK_OK);
        if (!says(clock, rows[i].as_of, rows[i].zh))
            fail_msg("row %zu does not say %s", i, rows[i].zh);
    }
}

/*  Whole explanations, word by word and day by day, as they were read and found right; GK_REGENERATE=1 writes them anew. */
static void print_life(gk_text *out, const row *one)
{
    gk_auto(gk_clock) clock = gk_clock_new(calendar, rules, law_date(one->received));
    if (*one->want)
        gk_clock_defend(clock, law_date(one->want));
    assert_int_equal(play(clock, one->story, NULL), GK_OK);
    gk_clock_reading reading = gk_clock_read(clock, law_date(one->as_of));
    gk_free_auto char *spelt = spell(reading);
    char date[GK_DATE_TEXT];
    gk_text_printf(out, "== received %s; %s; on %s: %s\n", one->received, one->story, one->as_of, spelt);
    if (!gk_date_is_none(reading.defence_on))
        gk_text_printf(out, "   defence %s\n", gk_date_format(reading.defence_on, date));
    gk_json_auto *lines = gk_clock_explain(clock, law_date(one->as_of)), *days = gk_clock_days(clock, law_date(one->as_of));
    size_t i;
    json_t *line;
    json_array_foreach(lines, i, line) {
        gk_free_auto char *text = gk_json_print(line);
        gk_text_printf(out, "%s\n", text);
    }
    json_array_foreach(days, i, line) {
        gk_free_auto char *text = gk_json_print(line);
        gk_text_printf(out, "  %s\n", text);
    }
}

static void every_word_of_some_lives(void **state)
{
    (void) state;
    static const row lives[] = {        /* `want`: day of the other reading */
        { "2021-01-20", "2021-03-01", "asked 2021-01-25, corrected 2021-02-03, consult 2021-02-08, answered 2021-02-19, extended 2021-02-22 days=5", "" },
        { "2021-03-01", "2021-03-20", "asked 2021-03-11, corrected 2021-03-12, asked 2021-03-15", "" },
        { "2021-03-01", "2021-03-12", "asked 2021-03-02", "" },
        { "2021-03-01", "2021-04-14", "charged 2021-03-08, paid 2021-03-10, sent 2021-03-22", "" },
        { "2021-03-01", "2021-03-12", "asked 2021-03-02, corrected 2021-03-03, charged 2021-03-08", "" },
        { "2021-03-01", "2021-03-12", "asked 2021-03-02, charged 2021-03-03, corrected 2021-03-05", "" },
        { "2021-03-01", "2021-03-12", "consult 2021-03-03, answered 2021-03-04, asked 2021-03-08", "" },
        { "2021-03-01", "2021-03-15", "consult 2021-03-08 id=a, consult 2021-03-09 id=b", "" },
        { "2021-03-01", "2021-03-20", "consult 2021-03-08 id=a told=no, consult 2021-03-09 id=b served=2021-03-10, answered 2021-03-12 id=b", "" },
        { "2021-03-01", "2021-04-08", "consult 2021-03-31", "" },
        { "2021-03-01", "2021-04-06", "sent 2021-03-30", "" },
        { "2021-03-01", "2021-03-10", "withdrawn 2021-03-08", "" },
        { "2026-12-10", "2026-12-20", "extended 2026-12-11 days=1", "2026-12-14" },
        { "2021-03-01", "2021-03-20", "consult 2021-03-03, answered 2021-03-05, delayed 2021-03-08 until=2021-05-10", "" },
        { "2026-11-25", "2027-02-05", "delayed 2026-12-08 until=2027-02-03", "" },
        { "2021-09-16", "2021-09-20", "", "" },     /* a worked Saturday, and one day before a holiday */
    };
    gk_text_auto page = { 0 };
    for (size_t i = 0; i < ROWS(lives); i++)
        print_life(&page, &lives[i]);
    static const char path[] = GK_SOURCE "/tests/data/explained.txt";
    if (getenv("GK_REGENERATE")) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        assert_int_equal(fwrite(page.data, 1, page.len, file), page.len);
        assert_int_equal(fclose(file), 0);
    }
    size_t len = 0;
    gk_free_auto char *kept = gk_file_read(path, 1 << 20, &len);
    if (!kept || strcmp(kept, page.data) != 0)
        fail_msg("tests/data/explained.txt says otherwise: read the difference, then GK_REGENERATE=1 tests/test_clock");
}

/*  ---- a model that counts day by day, and random lives ---------------------------------------- */

enum { DAYS = 1600, LIFE = 14, ROUNDS = 4000 };

/*  Days are numbered from the day of receipt; -1 is none. */
typedef struct talk {
    char id[8];
    int on, end, served, days;
    bool told;
} talk;

typedef struct model {
    int start, extension, requests, unanswered, ordered;
    int delayed;                /* 0: none */
    bool wait_correction, wait_fee;
    int sent, withdrawn, last;
    talk talks[LIFE];
    int talk_count;
    bool work[DAYS];
} model;

static model model_of(gk_date received)
{
    model m = { .sent = -1, .withdrawn = -1 };
    for (int d = 0; d < DAYS; d++)
        m.work[d] = gk_calendar_is_workday(calendar, gk_date_plus(received, d));
    return m;
}

/*  The n-th working day after `from`, by counting. */
static int model_after(const model *m, int from, int n)
{
    int d = from;
    while (n > 0)
        n -= m->work[++d];
    return d;
}

static bool model_excluded(const model *m, int day, int until)
{
    for (int i = 0; i < m->talk_count && !m->ordered; i++) {
        const talk *t = &m->talks[i];
        int cap = model_after(m, t->served >= 0 ? t->served : t->on, t->days);
        bool open = t->end < 0 || day <= t->end;
        if (t->told && day > t->on && day <= until && day <= cap && open && day > m->start)
            return true;
    }
    return false;
}

static int model_due(const model *m, int until)
{
    if (m->delayed)
        return m->delayed;
    int term = (m->ordered ? m->ordered : 20) + m->extension;
    for (int d = m->start + 1; d <= until; d++)
        term += m->work[d] && model_excluded(m, d, until);
    return model_after(m, m->start, term);
}

/*  A rest day amid excluded ones is not past the term. */
static bool model_past(const model *m, int on)
{
    return on > model_due(m, on) && !model_excluded(m, on, on);
}

static int model_open(const model *m, const char *id)
{
    for (int i = 0; i < m->talk_count; i++)
        if (m->talks[i].end < 0 && strcmp(m->talks[i].id, id) == 0)
            return i;
    return -1;
}

/*  What the rules say of the event: true and taken, or false and refused. */
static bool model_take(model *m, const gk_clock_event *event, gk_date received)
{
    int on = event->on.day - received.day, open = model_open(m, event->id);
    int served = gk_date_is_none(event->served_on) ? -1 : event->served_on.day - received.day;
    bool paused = m->wait_correction || m->wait_fee;
    if (((m->sent >= 0 || m->withdrawn >= 0) && event->type != GK_CLOCK_ORDERED) || on < m->last)
        return false;
    switch (event->type) {
    case GK_CLOCK_CORRECTION_REQUESTED:
        if (!event->untold && !m->ordered && m->requests == 0 && on <= model_after(m, 0, 7))
            m->wait_correction = true;
        m->requests++, m->unanswered++;
        break;
    case GK_CLOCK_CORRECTION_RECEIVED:
        if (m->unanswered == 0)
            return false;
        m->unanswered--;
        if (m->wait_correction)
            m->start = on, m->extension = 0, m->delayed = 0, m->wait_correction = false;
        break;
    case GK_CLOCK_CONSULTATION_STARTED:
        if (open >= 0 || (!gk_date_is_none(event->served_on) && served < on))
            return false;
        m->talks[m->talk_count] = (talk) { .on = on, .end = -1, .served = served, .days = event->days > 0 ? event->days : 15,
                                           .told = !event->untold && (paused || !model_past(m, on)) };
        snprintf(m->talks[m->talk_count++].id, sizeof m->talks->id, "%.7s", event->id);
        break;
    case GK_CLOCK_CONSULTATION_ENDED:
        if (open < 0 || (!gk_date_is_none(event->served_on) && served < m->talks[open].on))
            return false;
        m->talks[open].end = on;
        if (served >= 0)
            m->talks[open].served = served;
        break;
    case GK_CLOCK_PROLONGED:
        if (open < 0 || event->days <= m->talks[open].days)
            return false;
        m->talks[open].days = event->days;
        break;
    case GK_CLOCK_ORDERED:
        served = event->base.day - received.day;
        if (event->days < 1 || served < 0 || served > on + 366)
            return false;
        m->start = served, m->ordered = event->days, m->extension = m->unanswered = m->delayed = 0;
        m->wait_correction = m->wait_fee = false;
        m->sent = m->withdrawn = -1;
        break;
    case GK_CLOCK_EXTENDED:
        if (event->days < 1 || event->days > 20 || m->ordered || m->extension || m->delayed || (!paused && model_past(m, on)))
            return false;
        m->extension = event->untold ? 0 : event->days;
        break;
    case GK_CLOCK_FEE_NOTICE_SENT:
        if (m->ordered || (!paused && model_past(m, on)))
            return false;
        m->wait_fee = true;
        break;
    case GK_CLOCK_FEE_PAID:
        if (!m->wait_fee)
            return false;
        m->start = on, m->extension = 0, m->delayed = 0, m->wait_fee = false;
        break;
    case GK_CLOCK_DISPATCHED:
        m->sent = on;
        break;
    case GK_CLOCK_DELAYED: {
        int until_on = gk_date_is_none(event->until) ? -1 : event->until.day - received.day;
        if (m->ordered || m->delayed || (!paused && model_past(m, on)) || until_on <= (paused ? on : model_due(m, on)))
            return false;
        m->delayed = event->untold ? 0 : until_on;
        break;
    }
    default:
        m->withdrawn = on;
    }
    m->last = on;
    return true;
}

static gk_clock_reading model_read(const model *m, int as_of, gk_date received)
{
    bool paused = m->wait_correction || m->wait_fee, stopped = m->sent >= 0 || m->withdrawn >= 0;
    int until = m->sent >= 0 ? m->sent : as_of;
    gk_clock_reading r = { .due_on = GK_NO_DATE, .timely = -1, .state = GK_CLOCK_RUNNING };
    if (model_excluded(m, as_of, as_of))
        r.state = GK_CLOCK_EXCLUDED;
    if (paused)
        r.state = GK_CLOCK_PAUSED;
    if (stopped)
        r.state = GK_CLOCK_STOPPED;
    if (paused || m->withdrawn >= 0) {
        r.timely = m->sent >= 0 ? 1 : -1;
        return r;
    }
    int due = model_due(m, until), end = law_date("2026-12-31").day - received.day;
    r.due_on = gk_date_plus(received, due);
    r.counted = true;
    for (int d = m->start + 1; d <= until; d++) {
        bool excluded = m->work[d] && model_excluded(m, d, until);
        r.used += m->work[d] && !excluded;
        r.provisional |= excluded && d > end;
    }
    for (int d = as_of + 1; d <= due; d++)
        r.left += m->work[d];
    for (int d = due + 1; d <= as_of; d++)
        r.left -= m->work[d];
    r.provisional |= due > end;
    r.overdue = until > due && !model_excluded(m, until, until);
    if (m->sent >= 0)
        r.timely = !r.overdue;
    return r;
}

static gk_clock_event random_event(uint64_t *seed, gk_date last)
{
    /*  Ends of a life are rare, so that most lives are long. */
    static const unsigned char types[] = { 0, 0, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 8, 9, 10, 11, 11 };
    static const char *const ids[] = { "", "a", "b" };
    static const int steps[] = { 0, 0, 1, 1, 2, 3, 5, 8, 13, 29, -1 };
    unsigned type = types[law_random(seed, ROWS(types))];
    if ((type == GK_CLOCK_DISPATCHED || type == GK_CLOCK_WITHDRAWN) && law_random(seed, 3))
        type = GK_CLOCK_CONSULTATION_STARTED;
    gk_clock_event event = { .type = (gk_clock_type) type, .served_on = GK_NO_DATE,
                             .on = gk_date_plus(last, steps[law_random(seed, ROWS(steps))]),
                             .days = (int) law_random(seed, 23) - 1, .untold = law_random(seed, 6) == 0 };
    event.until = law_random(seed, 5) ? gk_date_plus(event.on, (int) law_random(seed, 90)) : GK_NO_DATE;
    event.base = gk_date_plus(event.on, (int) law_random(seed, 40) - 25);
    snprintf(event.id, sizeof event.id, "%s", ids[law_random(seed, 3)]);
    if (law_random(seed, 3) == 0)
        event.served_on = gk_date_plus(event.on, (int) law_random(seed, 8) - 1);
    return event;
}

typedef struct tally {
    int taken, refused, excluded, paused, overdue, late, provisional;
} tally;

static void compare(const gk_clock *clock, const model *m, gk_date received, gk_date as_of, tally *seen,
                    uint64_t round)
{
    gk_clock_reading is = gk_clock_read(clock, as_of);
    gk_free_auto char *got = spell(is);
    gk_free_auto char *want = spell(model_read(m, as_of.day - received.day, received));
    if (strcmp(got, want))
        fail_msg("round %llu: %s, not %s", (unsigned long long) round, got, want);
    seen->excluded += is.state == GK_CLOCK_EXCLUDED;
    seen->paused += is.state == GK_CLOCK_PAUSED;
    seen->overdue += is.overdue;
    seen->late += is.timely == 0;
    seen->provisional += is.provisional;
}

static void live(uint64_t round, tally *seen)
{
    uint64_t seed = round * 0x9e3779b97f4a7c15u + 1;
    gk_date received = gk_date_plus(law_date("2019-01-01"), (int) law_random(&seed, 2900)), last = received;
    gk_auto(gk_clock) clock = gk_clock_new(calendar, rules, received);
    model m = model_of(received);
    for (int i = 0; i < LIFE; i++) {
        gk_clock_event event = random_event(&seed, last);
        bool taken = model_take(&m, &event, received);
        gk_why why = { "" };
        gk_err err = gk_clock_add(clock, &event, &why);
        if (taken != !err)
            fail_msg("round %llu, event %d, %s: %s", (unsigned long long) round, i,
                     gk_clock_type_name(event.type), err ? why.text : "taken");
        seen->taken += taken, seen->refused += !taken;
        if (taken)
            last = event.on;
        compare(clock, &m, received, last, seen, round);
        compare(clock, &m, received, gk_date_plus(last, (int) law_random(&seed, 45)), seen, round);
    }
    check_explanation(clock, gk_date_plus(last, (int) law_random(&seed, 45)));
}

static void random_lives_agree_with_counting(void **state)
{
    (void) state;
    tally seen = { 0 };
    for (uint64_t round = 1; round <= ROUNDS; round++)
        live(round, &seen);
    /*  The lives did go everywhere. */
    const int counts[] = { seen.taken, seen.refused, seen.excluded, seen.paused, seen.overdue, seen.late,
                           seen.provisional };
    for (size_t i = 0; i < ROWS(counts); i++)
        if (counts[i] < 100)
            fail_msg("count %zu is only %d", i, counts[i]);
}

static int set_up(void **state)
{
    (void) state;
    calendar = law_calendar();
    rules = law_rules();
    return 0;
}

static int tear_down(void **state)
{
    (void) state;
    gk_calendar_destroy(&calendar);
    gk_rules_destroy(&rules);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_term_is_twenty_working_days),
        cmocka_unit_test(a_first_correction_request_in_time_pauses),
        cmocka_unit_test(a_correction_received_restarts),
        cmocka_unit_test(late_and_second_requests_change_nothing),
        cmocka_unit_test(a_consultation_is_excluded),
        cmocka_unit_test(an_exclusion_is_capped),
        cmocka_unit_test(a_referral_has_days_of_its_own),
        cmocka_unit_test(the_applicant_must_be_told),
        cmocka_unit_test(parallel_consultations_are_a_union),
        cmocka_unit_test(a_consultation_open_over_a_restart),
        cmocka_unit_test(a_consultation_after_the_term),
        cmocka_unit_test(an_extension_adds_once),
        cmocka_unit_test(a_delayed_date_replaces_the_term),
        cmocka_unit_test(a_fee_notice_pauses_and_payment_restarts),
        cmocka_unit_test(a_pause_lasts_until_nothing_is_outstanding),
        cmocka_unit_test(a_reply_stops_the_clock),
        cmocka_unit_test(a_withdrawal_ends_all),
        cmocka_unit_test(a_ruling_sets_a_term_of_its_own),
        cmocka_unit_test(a_ruling_does_not_rewrite_what_was),
        cmocka_unit_test(uncovered_days_make_it_provisional),
        cmocka_unit_test(nothing_after_the_term_revives_it),
        cmocka_unit_test(what_is_refused),
        cmocka_unit_test(an_event_needs_a_date),
        cmocka_unit_test(a_records_correction_has_a_standard),
        cmocka_unit_test(settings_move_the_date),
        cmocka_unit_test(a_life_is_bounded),
        cmocka_unit_test(a_reading_is_never_before_the_last_event),
        cmocka_unit_test(whether_a_correction_may_still_pause),
        cmocka_unit_test(edges),
        cmocka_unit_test(another_reading),
        cmocka_unit_test(leaning_on_a_weekend),
        cmocka_unit_test(what_is_listed),
        cmocka_unit_test(names_and_types),
        cmocka_unit_test(the_explanation_of_a_life),
        cmocka_unit_test(what_an_explanation_names),
        cmocka_unit_test(every_word_of_some_lives),
        cmocka_unit_test(random_lives_agree_with_counting),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
