/* links: gk_core */
/*  fuzz_clock - any life: events are refused with a sentence or taken, and what is read holds together.
 *
 *  Four bytes an event: type, days since the last, options, number. */
#include "base/mem.h"
#include "core/clock.h"
#include "fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

enum { RECEIVED = 18628, DAYS = 400 };      /* 2021-01-01 */

static gk_rules *the_rules(void)
{
    gk_rules *rules = gk_new(gk_rules);
    rules->reply_days = rules->records_correction_days = rules->extension_days = rules->payment_days = 20;
    rules->correction_notice_days = 7;
    rules->consultation_days = rules->referral_days = 15;
    rules->rest_day_as_is = rules->exclude_only_if_told = true;
    return rules;
}

static gk_clock_event event_of(const uint8_t four[4], gk_date last)
{
    gk_clock_event event = { .type = (gk_clock_type) (four[0] % GK_CLOCK_TYPES), .days = four[3] - 4 };
    event.on = gk_date_plus(last, (four[1] & 0x7f) - (four[1] >> 7) * 0x80);
    event.untold = four[2] & 1;
    event.base = gk_date_plus(event.on, 4 * four[3] - 512);
    event.served_on = four[2] & 2 ? gk_date_plus(event.on, four[3] - 8) : GK_NO_DATE;
    event.id[0] = (char) (four[2] & 4 ? 'a' + (four[2] >> 6) : 0);
    return event;
}

static void check(const gk_clock *clock, gk_date as_of)
{
    gk_clock_reading r = gk_clock_read(clock, as_of);
    if (r.counted == gk_date_is_none(r.due_on) || (r.counted && r.used < 0) || (!r.counted && r.overdue))
        abort();
    if ((r.timely >= 0) > (r.state == GK_CLOCK_STOPPED) || (r.overdue && r.timely == 1))
        abort();
    gk_json_auto *lines = gk_clock_explain(clock, as_of);
    json_int_t days = 0;
    size_t last = json_array_size(lines) - 1;
    for (size_t i = 0; i < last; i++)
        days += json_integer_value(json_object_get(json_array_get(lines, i), "days"));
    if (r.counted && days != json_integer_value(json_object_get(json_array_get(lines, last), "days")))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    gk_auto(gk_calendar) cal = gk_calendar_new();
    gk_auto(gk_rules) rules = the_rules();
    gk_date last = { RECEIVED };
    gk_auto(gk_clock) clock = gk_clock_new(cal, rules, last);
    for (size_t at = 0; at + 4 <= len && at < 4 * DAYS; at += 4) {
        gk_clock_event event = event_of(data + at, last);
        gk_clock_reading before = gk_clock_read(clock, last), after;
        gk_why why = { "" };
        if (gk_clock_add(clock, &event, &why) == GK_OK) {
            last = event.on;
            continue;
        }
        after = gk_clock_read(clock, last);
        if (!*why.text || before.due_on.day != after.due_on.day || before.state != after.state)
            abort();
    }
    check(clock, last);
    check(clock, gk_date_plus(last, len ? data[0] : 0));
    return 0;
}
