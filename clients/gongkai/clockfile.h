/*  gk_clockfile - the file of `gongkai clock`: a list of events in, a reading out.
 *
 *      {"received_on": DATE, "as_of": DATE, "events": [
 *          {"type": "consultation_started", "on": DATE, "id"?: TEXT, "told"?: BOOL, "served_on"?: DATE}, ...]}
 *
 *  All three members are required; events stand in order of time and may be none.
 *  This is where a file is judged; what the events mean is gk_clock's.
 */
#ifndef GK_CLOCKFILE_H
#define GK_CLOCKFILE_H

#include "core/clock.h"

enum { GK_CLOCKFILE_EVENTS = 1000 };

/*  Wind a clock through the file.  Refused, with the element ("events[2].on") first in
 *  *why: what is missing, unknown or malformed (GK_EMISSING, GK_EBADVALUE), an event out
 *  of order, before receipt or after `as_of`, and whatever gk_clock_add refuses.
 *  Calendar and rules are borrowed by *clock, which the caller destroys. */
GK_CHECKED gk_err gk_clockfile_read(const json_t *file, const gk_calendar *calendar, const gk_rules *rules,
                                    gk_clock **clock, gk_date *as_of, gk_why *why);

/*  {"due_on", "provisional", "state", "used", "left", "overdue", "timely", "explain"}, and with `days` "each_day". */
json_t *gk_clockfile_answer(const gk_clock *clock, gk_date as_of, bool days);

#endif
