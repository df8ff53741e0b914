/*  gk_clock - the statutory clock (答复期限) of one case, as a fold over its events.
 *
 *  Nothing is ever edited: a correction received or a fee paid opens a new period
 *  (条例 Art. 30; 国办函〔2020〕109号 Art. 6), a consultation excludes days from the
 *  one that runs (Art. 33(3)), an extension adds to it once (Art. 33(2)).  So the
 *  due date and every line of its explanation follow from the events alone.
 *
 *  The rules are printed in docs/clock.md, sentence by sentence, with the tests.
 */
#ifndef GK_CLOCK_H
#define GK_CLOCK_H

#include "core/calendar.h"
#include "core/rules.h"

typedef enum gk_clock_type {
    GK_CLOCK_CORRECTION_REQUESTED,      /* 补正告知 */
    GK_CLOCK_CORRECTION_RECEIVED,       /* 收到补正 */
    GK_CLOCK_CONSULTATION_STARTED,      /* 征求意见 */
    GK_CLOCK_CONSULTATION_ENDED,
    GK_CLOCK_EXTENDED,                  /* 延期 */
    GK_CLOCK_FEE_NOTICE_SENT,           /* 收费通知 */
    GK_CLOCK_FEE_PAID,                  /* 缴费 */
    GK_CLOCK_DISPATCHED,                /* 发出答复 */
    GK_CLOCK_WITHDRAWN,                 /* 撤回；不再处理 */
    GK_CLOCK_DELAYED,                   /* 确定延迟答复的期限 (Art. 35) */
    GK_CLOCK_ORDERED,                   /* 复议决定、判决责令限期重新答复 */
    GK_CLOCK_PROLONGED,                 /* 延长协商、报请确定的时间 (Art. 11, 17) */
    GK_CLOCK_TYPES
} gk_clock_type;

typedef struct gk_clock_event {
    gk_clock_type type;
    gk_date on;
    char id[40];            /* consultation: "" when only one may be open */
    bool untold;            /* the applicant was not told (in time): nothing is excluded, prolonged, postponed or paused */
    gk_date served_on;      /* consultation: proven receipt of the letter, or GK_NO_DATE;
                               the end may bring it when the proof came late */
    int days;               /* extension: 1 to rules.extension_days; ordered, prolonged: 1 to GK_CLOCK_ORDERED_DAYS;
                               consultation: that it may exclude, 0: rules.consultation_days */
    gk_date until;          /* delayed: the day that replaces the due date */
    bool held;              /* taken before, by the calendar and rules of its day: whether it was in time
                               is not asked again, so that a later notice undoes nothing */
    bool paused;            /* with `held`, correction: it stood the clock still then */
    bool late;              /* with `held`, consultation: it began when the term was over */
    gk_date base;           /* ordered: day 0 of the term that was set */
    int seq;                /* of the case's event that it is, by which its notice is known; 0: no case */
} gk_clock_event;

typedef enum gk_clock_state {
    GK_CLOCK_RUNNING,       /* 计算中 */
    GK_CLOCK_EXCLUDED,      /* 不计入期限 */
    GK_CLOCK_PAUSED,        /* 待补正、待缴费 */
    GK_CLOCK_STOPPED,       /* 已发出或已终止 */
} gk_clock_state;

typedef struct gk_clock_reading {
    gk_date due_on;         /* last lawful day, GK_NO_DATE while paused or withdrawn */
    gk_date defence_on;     /* the later last day by the other reading of the law, else GK_NO_DATE;
                               nobody works to it, and only legal staff are shown it */
    bool provisional;
    gk_clock_state state;
    bool statutory;         /* false: the service standard of a records correction */
    bool counted;           /* used and left mean something (due_on is a date) */
    int used, left;         /* working days; left is negative when overdue */
    bool overdue;
    int timely;             /* 1 yes, 0 no, -1 not dispatched yet */
} gk_clock_reading;

/*  An ordered term at most: a year of working days, begun within a year of the order. */
enum { GK_CLOCK_ORDERED_DAYS = 250, GK_CLOCK_ORDERED_AHEAD = 366 };

typedef struct gk_clock gk_clock;

/*  A clock that starts on the day of receipt (Art. 31), which is day 0.  Both
 *  borrowed until destroyed. */
gk_clock *gk_clock_new(const gk_calendar *calendar, const gk_rules *rules, gk_date received_on);

/*  The clock of a request to correct a record (条例 Art. 41): no law fixes its term, so it counts the
 *  office's service standard (rules.records_correction_days) and applies the rest by analogy (参照). */
gk_clock *gk_clock_new_records(const gk_calendar *calendar, const gk_rules *rules, gk_date received_on);
void gk_clock_destroy(gk_clock **self_p);

/*  Where two readings of the law differ, the desk works to the earlier day: by the other
 *  reading the first term began on `later` (an e-mail counts from the server's day, and 条例
 *  Art. 31(3) would say from the day both sides confirmed).  A new term ends the difference.
 *  To be said before the first event; nothing happens when `later` is not later. */
void gk_clock_defend(gk_clock *self, gk_date later);

/*  Append one event.  Refused (GK_EBADVALUE; the sentence in *why says what and
 *  the clock is as before): a date before receipt or before the last event, an end
 *  without a start, a receipt without a request, a payment without a notice, a
 *  second extension or delay in a term, an extension, delay or fee notice after the term or in
 *  one that was ordered, anything after dispatch or withdrawal but a term that a ruling orders. */
GK_CHECKED gk_err gk_clock_add(gk_clock *self, const gk_clock_event *event, gk_why *why);

/*  What holds on `as_of`, which must not be before the last event (else that
 *  event's day is taken). */
gk_clock_reading gk_clock_read(const gk_clock *self, gk_date as_of);

/*  True while a correction request made on `on` would pause the clock: none was
 *  made in this case yet and `on` is at most the 7th working day after receipt (Art. 30). */
bool gk_clock_may_correct(const gk_clock *self, gk_date on);

/*  That 7th working day. */
gk_date gk_clock_correct_by(const gk_clock *self);

/*  The explanation: an array of {"on" or "from"+"to", "days"?, "zh", "en", "article", "notice"?}, in
 *  order, from receipt to the due date: every exclusion, restart, extension, holiday
 *  and make-up day on the way, and the sum that ends on the due date.  The "days" of
 *  the lines (working days, excluded ones too) add up to those of the last.  While
 *  paused the last line says what is waited for. */
json_t *gk_clock_explain(const gk_clock *self, gk_date as_of);

/*  The same day by day, from the day after receipt to the due date (while there is none, to
 *  `as_of`): an array of {"on", "kind", "number"?, "name"?, "notice"?, "agency"?, "zh", "en"}.  `kind` is
 *  counted or makeup (these two have a running "number", of which the last is the length
 *  of the term), weekend, holiday, excluded, dropped (before a new term began) or waiting.
 *  At most the last ten years. */
json_t *gk_clock_days(const gk_clock *self, gk_date as_of);

const char *gk_clock_state_name(gk_clock_state state);      /* "running" ... */
const char *gk_clock_type_name(gk_clock_type type);         /* "correction_requested" ... */
bool gk_clock_type_parse(const char *name, gk_clock_type *out);

#endif
