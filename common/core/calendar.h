/*  gk_calendar - which days are working days (工作日), and what day a period ends.
 *
 *  The Regulations count in working days: 条例 Art. 30 (7 days to ask for a
 *  correction), 32 (15 days to consult), 33 (20 days to answer, up to 20 more).
 *  Monday to Friday are working days unless the State Council's yearly notice
 *  says otherwise; it both adds days off and turns weekends into working days.
 *
 *  The notice for a year comes out late in the year before.  A period that runs
 *  past the last covered day is still computed, on plain weekdays, and comes
 *  back marked provisional (暂定): it is recomputed when the notice arrives.
 */
#ifndef GK_CALENDAR_H
#define GK_CALENDAR_H

#include "base/date.h"

typedef struct gk_calendar gk_calendar;

typedef struct gk_due {
    gk_date date;
    bool provisional;       /* leans on days that no notice covers yet */
} gk_due;

typedef enum gk_day_kind {
    GK_DAY_WORKDAY,         /* an ordinary Monday to Friday */
    GK_DAY_WEEKEND,
    GK_DAY_HOLIDAY,         /* off by notice */
    GK_DAY_MAKEUP,          /* a weekend day worked by notice (调休上班) */
} gk_day_kind;

typedef struct gk_day {
    gk_day_kind kind;
    bool covered;           /* a notice covers this day */
    const char *name;       /* the holiday's, e.g. "国庆节"; "" when none; borrowed */
    const char *notice;     /* document number, e.g. "国办发明电〔2020〕27号"; "" when none */
    bool agency;            /* that notice is an agency's own, not the State Council's */
} gk_day;

/*  A notice as it was loaded. */
typedef struct gk_notice {
    const char *number, *replaces;      /* "" when it replaces none; borrowed */
    gk_date published, first, last;     /* GK_NO_DATE when not given; the days it covers */
    bool agency;
    int off, work;          /* days that it names */
} gk_notice;

/*  Create a calendar that knows weekdays only and covers nothing. */
gk_calendar *gk_calendar_new(void);
void gk_calendar_destroy(gk_calendar **self_p);
gk_calendar *gk_calendar_copy(const gk_calendar *self);

/*  Add one notice (schemas/calendar/README.md has the form):
 *
 *      notice  国办发明电〔2020〕27号 2020-11-25     # document number [date]
 *      covers  2021-01-01 2021-12-31                 # absent: changes days covered before
 *      off     2021-02-11 2021-02-17 春节
 *      work    2021-02-07 春节                       # a weekend day worked in exchange
 *
 *      agency   粤关办〔2026〕9号 2026-05-20          # an agency's own notice: extra days, no `covers`
 *      replaces 国办发明电〔2019〕16号                # what it says takes the place of that notice's
 *
 *  GK_EBADVALUE, with the line in *why, leaves the calendar as it was.  Refused
 *  too: a covered span that leaves a hole behind the last one; a number that is
 *  loaded already; a day that the notice calls both holiday and worked; a day or a
 *  year that another notice settled and this one does not replace. */
GK_CHECKED gk_err gk_calendar_load(gk_calendar *self, const char *text, size_t len, gk_why *why);

/*  The same for a notice that was accepted before, as the ledger recorded it: it is not
 *  asked again whether it contradicts another, and the later one wins. */
GK_CHECKED gk_err gk_calendar_load_kept(gk_calendar *self, const char *text, size_t len, gk_why *why);

/*  The notices in the order they were loaded; false past the end. */
bool gk_calendar_notice_at(const gk_calendar *self, size_t index, gk_notice *out);

gk_day gk_calendar_day(const gk_calendar *self, gk_date date);
bool gk_calendar_is_workday(const gk_calendar *self, gk_date date);

/*  First and last covered day; GK_NO_DATE while nothing is loaded. */
gk_date gk_calendar_first(const gk_calendar *self);
gk_date gk_calendar_last(const gk_calendar *self);

/*  The last day of a period of `n` >= 0 working days that starts to run on
 *  `start`.  The starting day is not counted (民法典 Art. 201), so the answer is
 *  the n-th working day after it; n = 0 gives `start`. */
gk_due gk_calendar_due(const gk_calendar *self, gk_date start, int n);

/*  The last day of a period of calendar days whose count ends on `last`: that day, or, when it is
 *  one of rest, the first working day behind it (民事诉讼法 Art. 85). */
gk_due gk_calendar_rolled(const gk_calendar *self, gk_date last);

/*  Number of working days in (from, to]; negative when to < from. */
int gk_calendar_between(const gk_calendar *self, gk_date from, gk_date to);

/*  Short text that changes whenever a notice is loaded, e.g. "2026-12-31/9f3a01c2"
 *  (last covered day, hash of the notices in order); borrowed. */
const char *gk_calendar_version(const gk_calendar *self);

#endif
