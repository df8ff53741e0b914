/* links: gongkai_parts */
/*  test_cli_clockfile - the file of `gongkai clock`: what is read, and what is refused where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "clients/gongkai/clockfile.h"
#include "clients/gongkai/lawbook.h"

#include <stdlib.h>
#include <string.h>

typedef struct law {
    gk_calendar *calendar;
    gk_rules *rules;
} law;

static int open_law(void **state)
{
    law *self = gk_new(law);
    gk_why why = { "" };
    assert_int_equal(gk_lawbook_calendar(&self->calendar, &why), GK_OK);
    assert_int_equal(gk_lawbook_rules(&self->rules, &why), GK_OK);
    *state = self;
    return 0;
}

static int close_law(void **state)
{
    law *self = *state;
    gk_calendar_destroy(&self->calendar);
    gk_rules_destroy(&self->rules);
    free(self);
    return 0;
}

static gk_err read_text(const law *self, const char *text, gk_clock **clock, gk_date *as_of, gk_why *why)
{
    gk_json_auto *file = NULL;
    assert_int_equal(gk_json_parse(text, strlen(text), &file, why), GK_OK);
    return gk_clockfile_read(file, self->calendar, self->rules, clock, as_of, why);
}

#define FRAME(events) "{\"received_on\":\"2021-01-20\",\"as_of\":\"2021-02-20\",\"events\":[" events "]}"
#define EVENT(type, on) "{\"type\":\"" type "\",\"on\":\"" on "\"}"
#define WITH(type, on, more) "{\"type\":\"" type "\",\"on\":\"" on "\"," more "}"

static void faults_name_their_element(void **state)
{
    static const struct { const char *file, *element; } rows[] = {
        { "{}", "received_on: " },
        { "{\"received_on\":\"2021-01-20\"}", "as_of: " },
        { "{\"received_on\":20210120,\"as_of\":\"2021-02-20\",\"events\":[]}", "received_on: " },
        { "{\"received_on\":\"2021-02-29\",\"as_of\":\"2021-03-20\",\"events\":[]}", "received_on: " },
        { "{\"received_on\":\"2021-01-20\",\"as_of\":\"2021-01-19\",\"events\":[]}", "as_of: " },
        { "{\"received_on\":\"2021-01-20\",\"as_of\":\"2021-02-20\"}", "events: " },
        { "{\"received_on\":\"2021-01-20\",\"as_of\":\"2021-02-20\",\"events\":{}}", "events: " },
        { "{\"received_on\":\"2021-01-20\",\"as_of\":\"2021-02-20\",\"events\":[],\"event\":[]}", "event: " },
        { FRAME("7"), "events[0]: " },
        { FRAME("{\"on\":\"2021-01-25\"}"), "events[0].type: " },
        { FRAME("{\"type\":\"dispatched\"}"), "events[0].on: " },
        { FRAME(EVENT("posted", "2021-01-25")), "events[0].type: " },
        { FRAME(EVENT("dispatched", "2021-01-32")), "events[0].on: " },
        { FRAME(EVENT("dispatched", "2021-1-25")), "events[0].on: " },
        { FRAME(EVENT("dispatched", "2021-01-19")), "events[0].on: " },
        { FRAME(EVENT("dispatched", "2021-02-21")), "events[0].on: " },
        { FRAME(EVENT("consultation_started", "2021-02-01") "," EVENT("consultation_ended", "2021-01-31")), "events[1].on: " },
        { FRAME(EVENT("correction_received", "2021-01-25")), "events[0]: " },
        { FRAME(EVENT("consultation_ended", "2021-01-25")), "events[0]: " },
        { FRAME(EVENT("fee_paid", "2021-01-25")), "events[0]: " },
        { FRAME(WITH("extended", "2021-01-25", "\"days\":1") "," WITH("extended", "2021-01-26", "\"days\":1")), "events[1]: " },
        { FRAME(EVENT("withdrawn", "2021-01-25") "," EVENT("dispatched", "2021-01-26")), "events[1]: " },
        { FRAME(EVENT("dispatched", "2021-01-25") "," EVENT("withdrawn", "2021-01-25")), "events[1]: " },
        { FRAME(EVENT("extended", "2021-01-25")), "events[0].days: " },
        { FRAME(WITH("extended", "2021-01-25", "\"days\":0")), "events[0].days: " },
        { FRAME(WITH("extended", "2021-01-25", "\"days\":21")), "events[0].days: " },
        { FRAME(WITH("extended", "2021-01-25", "\"days\":4294967297")), "events[0].days: " },
        { FRAME(WITH("extended", "2021-01-25", "\"days\":\"5\"")), "events[0].days: " },
        { FRAME(WITH("dispatched", "2021-01-25", "\"days\":5")), "events[0].days: " },
        { FRAME(WITH("consultation_started", "2021-01-25", "\"told\":1")), "events[0].told: " },
        { FRAME(WITH("consultation_started", "2021-01-25", "\"id\":1")), "events[0].id: " },
        { FRAME(WITH("consultation_started", "2021-01-25", "\"id\":\"0123456789012345678901234567890123456789\"")), "events[0].id: " },
        { FRAME(WITH("consultation_started", "2021-01-25", "\"served_on\":\"soon\"")), "events[0].served_on: " },
        { FRAME(WITH("consultation_started", "2021-01-25", "\"tol\":false")), "events[0].tol: " },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gk_clock *clock = NULL;
        gk_date as_of = { 42 };
        gk_why why = { "" };
        if (read_text(*state, rows[i].file, &clock, &as_of, &why) == GK_OK
            || strncmp(why.text, rows[i].element, strlen(rows[i].element)) != 0)
            fail_msg("row %zu: wanted %s, got %s", i, rows[i].element, why.text);
        assert_null(clock);
        assert_int_equal(as_of.day, 42);
    }
}

static void the_members_reach_the_clock(void **state)
{
    static const struct { const char *file, *due_on, *clock; } rows[] = {
        { FRAME(""), "2021-02-22", "running" },
        { FRAME(EVENT("correction_requested", "2021-01-25")), NULL, "paused" },
        { FRAME(EVENT("correction_requested", "2021-01-25") "," EVENT("correction_received", "2021-02-03")), "2021-03-08", "running" },
        { FRAME(WITH("extended", "2021-01-25", "\"days\":5")), "2021-03-01", "running" },
        { FRAME(EVENT("consultation_started", "2021-02-01") "," EVENT("consultation_ended", "2021-02-03")), "2021-02-24", "running" },
        { FRAME(WITH("consultation_started", "2021-02-01", "\"told\":false") ","
                EVENT("consultation_ended", "2021-02-03")), "2021-02-22", "running" },
        { FRAME(WITH("consultation_started", "2021-02-01", "\"id\":\"a\"") "," WITH("consultation_started", "2021-02-01", "\"id\":\"b\"")
                "," WITH("consultation_ended", "2021-02-02", "\"id\":\"b\"") ","
                WITH("consultation_ended", "2021-02-03", "\"id\":\"a\"")), "2021-02-24", "running" },
        { FRAME(EVENT("withdrawn", "2021-01-25")), NULL, "stopped" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gk_auto(gk_clock) clock = NULL;
        gk_date as_of;
        gk_why why = { "" };
        if (read_text(*state, rows[i].file, &clock, &as_of, &why))
            fail_msg("row %zu: %s", i, why.text);
        gk_json_auto *answer = gk_clockfile_answer(clock, as_of, false);
        assert_string_equal(gk_json_text(answer, "state"), rows[i].clock);
        assert_string_equal(gk_json_text(answer, "due_on"), rows[i].due_on ? rows[i].due_on : "");
        assert_int_equal(json_is_null(json_object_get(answer, "due_on")), rows[i].due_on == NULL);
        assert_int_equal(json_is_null(json_object_get(answer, "used")), rows[i].due_on == NULL);
        assert_int_equal(json_is_null(json_object_get(answer, "left")), rows[i].due_on == NULL);
        assert_true(json_is_null(json_object_get(answer, "timely")));
        assert_int_equal(json_object_size(answer), 8);
    }
}

static void too_many_events(void **state)
{
    const law *self = *state;
    gk_json_auto *file = json_pack("{s:s, s:s, s:[]}", "received_on", "2021-01-20", "as_of", "2021-02-20", "events");
    for (int i = 0; i <= GK_CLOCKFILE_EVENTS; i++)
        json_array_append_new(json_object_get(file, "events"), json_null());
    gk_clock *clock = NULL;
    gk_date as_of;
    gk_why why = { "" };
    assert_int_equal(gk_clockfile_read(file, self->calendar, self->rules, &clock, &as_of, &why), GK_ETOOLARGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_name_their_element),
        cmocka_unit_test(the_members_reach_the_clock),
        cmocka_unit_test(too_many_events),
    };
    return cmocka_run_group_tests(tests, open_law, close_law);
}
