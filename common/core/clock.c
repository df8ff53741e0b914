/*  gk_clock - the statutory clock (答复期限) of one case, as a fold over its events.
 *
 *  The running period is a start, an extension and the consultations.  Its last
 *  day is not walked to around the excluded days: as they are working days taken
 *  out of the count, the due date is the (20 + extension + excluded)-th working
 *  day after the start, and only their number matters.
 *
 *  Consultations stand in the order of their start.  So the union of parallel
 *  ones is one sweep that remembers how far it has come.
 */
#include "core/clock.h"
#include "base/mem.h"
#include "base/text.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_EVENTS = 1000 };    /* of one case; real ones have under twenty */

/*  What an event did to the clock. */
typedef enum effect {
    PAUSED_FOR_CORRECTION,
    ASKED_LATE,
    ASKED_AGAIN,
    CORRECTED,
    CORRECTED_WITHOUT_EFFECT,
    EXCLUDING,
    NOT_EXCLUDING,
    EXCLUDING_TOO_LATE,
    CONSULTED,
    CONSULTED_LONGER,
    PROLONGED,
    POSTPONED,
    UNTOLD,
    PAUSED_FOR_FEE,
    PAID,
    SENT,
    ENDED,
    ORDERED,
    ASKED_UNDER_ORDER,
    CONSULTED_UNDER_ORDER,
    EFFECTS
} effect;

typedef struct entry {
    gk_date on;
    effect effect;
    int number;             /* days of an extension or order, index of a consultation, day of a delayed date,
                               whether a reply was timely */
} entry;

typedef struct consultation {
    char id[40];
    gk_date on, ended;      /* `ended` is none while it is open */
    gk_date base, cap;      /* the letter's receipt or dispatch, and the last day that it may exclude: `days` later */
    int days;
    bool untold, late;      /* either excludes nothing */
} consultation;

struct gk_clock {
    const gk_calendar *calendar;
    const gk_rules *rules;
    bool standard;          /* no statutory term: a records correction */
    gk_date received;
    gk_date start;          /* day 0 of the running period */
    gk_date defence_start;  /* the same by the other reading, else none */
    bool mailed;            /* it began on the server's day */
    int extension;          /* working days granted in it */
    gk_date delayed;        /* fixed in it under 条例 Art. 35, or none */
    int ordered;            /* working days that a ruling gave it; 0: the law's own term */
    bool awaits_correction, awaits_fee;     /* either pauses */
    int requests, unanswered;       /* correction requests: all, and without a receipt yet */
    gk_date dispatched, withdrawn;
    consultation *consultations;
    size_t consultation_count;
    entry *log;
    size_t count;
};

/*  Day 0 of a term that begins with what is received on `on`: a rest day may be one, unless the rules say otherwise. */
static gk_date day_zero(const gk_clock *self, gk_date on)
{
    while (!self->rules->rest_day_as_is && !gk_calendar_is_workday(self->calendar, on))
        on = gk_date_plus(on, 1);
    return on;
}

gk_clock *gk_clock_new(const gk_calendar *calendar, const gk_rules *rules, gk_date received_on)
{
    assert(calendar && rules && !gk_date_is_none(received_on));
    gk_clock *self = gk_new(gk_clock);
    self->calendar = calendar;
    self->rules = rules;
    self->received = received_on;
    self->start = day_zero(self, received_on);
    self->dispatched = self->withdrawn = self->delayed = self->defence_start = GK_NO_DATE;
    return self;
}

gk_clock *gk_clock_new_records(const gk_calendar *calendar, const gk_rules *rules, gk_date received_on)
{
    gk_clock *self = gk_clock_new(calendar, rules, received_on);
    self->standard = true;
    return self;
}

void gk_clock_destroy(gk_clock **self_p)
{
    assert(self_p);
    if (*self_p) {
        free((*self_p)->consultations);
        free((*self_p)->log);
        free(*self_p);
        *self_p = NULL;
    }
}

void gk_clock_defend(gk_clock *self, gk_date later)
{
    assert(self->count == 0);
    if (gk_date_is_none(later) || later.day <= self->start.day)
        return;
    self->defence_start = later;
    self->mailed = true;
}

static gk_date earlier(gk_date a, gk_date b)
{
    return a.day < b.day ? a : b;
}

static gk_date later(gk_date a, gk_date b)
{
    return a.day > b.day ? a : b;
}

static bool is_paused(const gk_clock *self)
{
    return self->awaits_correction || self->awaits_fee;
}

static bool is_stopped(const gk_clock *self)
{
    return !gk_date_is_none(self->dispatched) || !gk_date_is_none(self->withdrawn);
}

static gk_date last_date(const gk_clock *self)
{
    return self->count ? self->log[self->count - 1].on : self->received;
}

/*  ---- excluded days (条例 Art. 33(3)) -------------------------------------- */

/*  Days in (first, last] are excluded, `last` as things stand on `as_of`. */
typedef struct span {
    gk_date first, last;
} span;

static span span_of(const gk_clock *self, const consultation *one, gk_date as_of)
{
    if (one->untold || one->late || self->ordered)
        return (span) { self->start, self->start };
    gk_date end = gk_date_is_none(one->ended) ? as_of : earlier(one->ended, as_of);
    return (span) { later(one->on, self->start), earlier(end, one->cap) };
}

typedef struct sum {
    int days;               /* excluded working days in the running period, up to as_of */
    bool provisional;
} sum;

static sum exclusions(const gk_clock *self, gk_date as_of)
{
    sum out = { 0 };
    gk_date done = self->start;
    for (size_t i = 0; i < self->consultation_count; i++) {
        span part = span_of(self, &self->consultations[i], as_of);
        gk_date from = later(part.first, done);
        if (part.last.day <= from.day)
            continue;
        out.days += gk_calendar_between(self->calendar, from, part.last);
        out.provisional |= part.last.day > gk_calendar_last(self->calendar).day;
        done = part.last;
    }
    return out;
}

static bool is_excluded(const gk_clock *self, gk_date day, gk_date as_of)
{
    for (size_t i = 0; i < self->consultation_count; i++) {
        span part = span_of(self, &self->consultations[i], as_of);
        if (day.day > part.first.day && day.day <= part.last.day)
            return true;
    }
    return false;
}

/*  ---- the term (条例 Art. 33(2)) ------------------------------------------- */

/*  A ruling sets the term that it orders; what the law allows an office to add to its own, or leave out, it
 *  does not allow there. */
static int term_days(const gk_clock *self)
{
    return self->ordered ? self->ordered : self->standard ? self->rules->records_correction_days : self->rules->reply_days;
}

static gk_due term(const gk_clock *self, gk_date as_of)
{
    if (!gk_date_is_none(self->delayed))
        return (gk_due) { self->delayed, self->delayed.day > gk_calendar_last(self->calendar).day };
    sum out = exclusions(self, as_of);
    gk_due due = gk_calendar_due(self->calendar, self->start, term_days(self) + self->extension + out.days);
    due.provisional |= out.provisional;
    return due;
}

/*  The last day by the other reading, if it is later. */
static gk_date defence(const gk_clock *self, gk_date as_of, gk_date due)
{
    if (gk_date_is_none(self->defence_start))
        return GK_NO_DATE;
    gk_clock other = *self;             /* borrows all that it points at */
    other.start = self->defence_start;
    gk_date last = term(&other, as_of).date;
    return last.day > due.day ? last : GK_NO_DATE;
}

/*  Past the last day; but a rest day in the middle of an excluded span is not, though the last working day of
 *  the span so far lies before it. */
static bool is_past(const gk_clock *self, gk_date on, gk_date due)
{
    return on.day > due.day && !is_excluded(self, on, on);
}

/*  An extension or fee notice must go out while the term runs, its last day
 *  included.  While the clock stands still no day of it is lost. */
static bool is_in_term(const gk_clock *self, gk_date on)
{
    return is_paused(self) || !is_past(self, on, term(self, on).date);
}

static void restart(gk_clock *self, gk_date on)
{
    self->start = day_zero(self, on);
    self->defence_start = GK_NO_DATE;
    self->extension = 0;
    self->delayed = GK_NO_DATE;
}

/*  ---- events: each checks first, then changes the clock -------------------- */

gk_date gk_clock_correct_by(const gk_clock *self)
{
    return gk_calendar_due(self->calendar, day_zero(self, self->received), self->rules->correction_notice_days).date;
}

bool gk_clock_may_correct(const gk_clock *self, gk_date on)
{
    return !is_stopped(self) && !self->ordered && self->requests == 0 && on.day <= gk_clock_correct_by(self).day;
}

static gk_err take_correction_requested(gk_clock *self, const gk_clock_event *event, entry *out, gk_why *why)
{
    (void) why;
    bool pauses = !event->untold && (event->held ? event->paused && self->requests == 0 : gk_clock_may_correct(self, event->on));
    out->effect = pauses ? PAUSED_FOR_CORRECTION : self->ordered ? ASKED_UNDER_ORDER : self->requests ? ASKED_AGAIN : ASKED_LATE;
    self->awaits_correction |= pauses;
    self->requests++;
    self->unanswered++;
    return GK_OK;
}

/*  One receipt answers one request, the one that pauses first. */
static gk_err take_correction_received(gk_clock *self, const gk_clock_event *event, entry *out, gk_why *why)
{
    if (self->unanswered == 0)
        return gk_refuse(why, GK_EBADVALUE, "no correction was requested that this could answer");
    self->unanswered--;
    out->effect = self->awaits_correction ? CORRECTED : CORRECTED_WITHOUT_EFFECT;
    if (self->awaits_correction)
        restart(self, event->on);
    self->awaits_correction = false;
    return GK_OK;
}

static consultation *find_open(const gk_clock *self, const char *id)
{
    for (size_t i = self->consultation_count; i-- > 0; ) {
        consultation *one = &self->consultations[i];
        if (gk_date_is_none(one->ended) && strcmp(one->id, id) == 0)
            return one;
    }
    return NULL;
}

static gk_err check_served(gk_date served_on, gk_date sent_on, gk_why *why)
{
    if (!gk_date_is_none(served_on) && served_on.day < sent_on.day)
        return gk_refuse(why, GK_EBADVALUE, "served_on is before the letter was sent");
    return GK_OK;
}

/*  The 15 days of 条例 Art. 32 and 34, and those of another agency or a referral, run from the receipt of the letter. */
static void set_cap(const gk_clock *self, consultation *one, gk_date base, int days)
{
    one->base = base;
    one->days = days;
    one->cap = gk_calendar_due(self->calendar, base, days).date;
}

static gk_err take_consultation_started(gk_clock *self, const gk_clock_event *event, entry *out, gk_why *why)
{
    if (find_open(self, event->id))
        return gk_refuse(why, GK_EBADVALUE, *event->id ? "a consultation with this id is open already"
                         : "a consultation without an id is open already; give each an id");
    gk_err err = check_served(event->served_on, event->on, why);
    if (err)
        return err;
    self->consultations = gk_regrow(self->consultations, self->consultation_count + 1,
                                    sizeof *self->consultations);
    consultation *one = &self->consultations[self->consultation_count];
    bool late = event->held ? event->late : !is_in_term(self, event->on);
    bool served = !gk_date_is_none(event->served_on), untold = event->untold && self->rules->exclude_only_if_told;
    *one = (consultation) { .on = event->on, .ended = GK_NO_DATE, .untold = untold, .late = late };
    set_cap(self, one, served ? event->served_on : event->on, event->days > 0 ? event->days : self->rules->consultation_days);
    snprintf(one->id, sizeof one->id, "%s", event->id);
    out->effect = self->ordered ? CONSULTED_UNDER_ORDER : untold ? NOT_EXCLUDING : late ? EXCLUDING_TOO_LATE : EXCLUDING;
    out->number = (int) self->consultation_count++;
    return GK_OK;
}

/*  Proof of service may come after the letter was sent, so the end may bring it too. */
static gk_err take_consultation_ended(gk_clock *self, const gk_clock_event *event, entry *out, gk_why *why)
{
    consultation *one = find_open(self, event->id);
    if (!one)
        return gk_refuse(why, GK_EBADVALUE, "no consultation with this id is open");
    gk_err err = check_served(event->served_on, one->on, why);
    if (err)
        return err;
    if (!gk_date_is_none(event->served_on))
        set_cap(self, one, event->served_on, one->days);
    one->ended = event->on;
    out->effect = CONSULTED;
    return GK_OK;
}

/*  Another agency, or who decides in doubt, is given longer. */
static gk_err take_prolonged(gk_clock *self, const gk_clock_event *event, entry *out, gk_why *why)
{
    consultation *one = find_open(self, event->id);
    if (!one)
        return gk_refuse(why, GK_EBADVALUE, "no consultation with this id is open");
    if (event->days <= one->days || event->days > GK_CLOCK_ORDERED_DAYS)
        return gk_refuse(why, GK_EBADVALUE, "days must be more than the %d working days it has, and at most %d", one->days, GK_CLOCK_ORDERED_DAYS);
    set_cap(self, one, one->base, event->days);
    out->effect = CONSULTED_LONGER;
    out->number = (int) (one - self->consultations);
    return GK_OK;
}

static gk_err refuse_late(const gk_clock *self, gk_date on, const char *what, gk_why *why)
{
    char last[GK_DATE_TEXT];
    return gk_refuse(why, GK_EBADVALUE, "%s must be sent within the term, by %s", what,
                     gk_date_format(term(self, on).date, last));
}

static gk_err refuse_ordered(const char *what, gk_why *why)
{
    return gk_refuse(why, GK_EBADVALUE, "%s is not possible: a ruling set this term, and only who set it may lengthen it", what);
}

static gk_err take_extended(gk_clock *self, const gk_clock_event *event, entry *out, gk_why *why)
{
    if (event->days < 1 || (event->days > self->rules->extension_days && !event->held))
        return gk_refuse(why, GK_EBADVALUE, "an extension has 1 to %d working days", self->rules->extension_days);
    if (self->ordered)
        return refuse_ordered("an extension", why);
    if (self->extension)
        return gk_refuse(why, GK_EBADVALUE, "this term was extended already; once is allowed");
    if (!gk_date_is_none(self->delayed))
        return gk_refuse(why, GK_EBADVALUE, "a delayed date was fixed; it replaces the term");
    if (!event->held && !is_in_term(self, event->on))
        return refuse_late(self, event->on, "the extension", why);
    out->effect = event->untold ? UNTOLD : PROLONGED;
    self->extension = event->untold ? 0 : event->days;
    out->number = event->days;
    return GK_OK;
}

static gk_err take_delayed(gk_clock *self, const gk_clock_event *event, entry *out, gk_why *why)
{
    char text[GK_DATE_TEXT];
    if (self->ordered)
        return refuse_ordered("a delayed date", why);
    if (!gk_date_is_none(self->delayed))
        return gk_refuse(why, GK_EBADVALUE, "a delayed date was fixed already; once is allowed");
    if (!event->held && !is_in_term(self, event->on))
        return refuse_late(self, event->on, "the delayed date", why);
    /*  Once taken it stands, if no day lies before the act: a term with an open exclusion may show a date that is past. */
    gk_date least = event->held ? gk_date_plus(event->on, -1) : is_paused(self) ? event->on : term(self, event->on).date;
    if (gk_date_is_none(event->until) || event->until.day <= least.day)
        return gk_refuse(why, GK_EBADVALUE, "the delayed date must be later than %s", gk_date_format(least, text));
    out->effect = event->untold ? UNTOLD : POSTPONED;
    self->delayed = event->untold ? GK_NO_DATE : event->until;
    out->number = event->until.day;
    return GK_OK;
}

static gk_err take_fee_notice_sent(gk_clock *self, const gk_clock_event *event, entry *out, gk_why *why)
{
    if (self->ordered)
        return refuse_ordered("a fee notice", why);
    if (!event->held && !is_in_term(self, event->on))
        return refuse_late(self, event->on, "the fee notice", why);
    self->awaits_fee = true;
    out->effect = PAUSED_FOR_FEE;
    return GK_OK;
}

static gk_err take_fee_paid(gk_clock *self, const gk_clock_event *event, entry *out, gk_why *why)
{
    if (!self->awaits_fee)
        return gk_refuse(why, GK_EBADVALUE, "no fee notice was sent that this could pay");
    self->awaits_fee = false;
    restart(self, event->on);
    out->effect = PAID;
    return GK_OK;
}

static gk_err take_dispatched(gk_clock *self, const gk_clock_event *event, entry *out, gk_why *why)
{
    (void) why;
    self->dispatched = event->on;
    out->effect = SENT;
    out->number = is_paused(self) || event->on.day <= term(self, event->on).date.day;
    return GK_OK;
}

static gk_err take_withdrawn(gk_clock *self, const gk_clock_event *event, entry *out, gk_why *why)
{
    (void) why;
    self->withdrawn = event->on;
    out->effect = ENDED;
    return GK_OK;
}

/*  复议决定 or 判决: whatever stood before, a term runs from the day and of the length that it set
 *  (行政复议法 Art. 64, 66; 行政诉讼法 Art. 70, 72).  It may come after the reply or the end. */
static gk_err take_ordered(gk_clock *self, const gk_clock_event *event, entry *out, gk_why *why)
{
    char first[GK_DATE_TEXT], last[GK_DATE_TEXT];
    gk_date latest = gk_date_plus(event->on, GK_CLOCK_ORDERED_AHEAD);
    if (event->days < 1 || event->days > GK_CLOCK_ORDERED_DAYS)
        return gk_refuse(why, GK_EBADVALUE, "a term that a ruling orders has 1 to %d working days", GK_CLOCK_ORDERED_DAYS);
    if (gk_date_is_none(event->base) || event->base.day < self->received.day || event->base.day > latest.day)
        return gk_refuse(why, GK_EBADVALUE, "the ordered term runs from a day between %s and %s",
                         gk_date_format(self->received, first), gk_date_format(latest, last));
    restart(self, event->base);
    self->ordered = event->days;
    self->awaits_correction = self->awaits_fee = false;
    self->unanswered = 0;
    self->dispatched = self->withdrawn = GK_NO_DATE;
    out->effect = ORDERED;
    out->number = event->days;
    return GK_OK;
}

static const struct type {
    const char *name;
    gk_err (*take)(gk_clock *self, const gk_clock_event *event, entry *out, gk_why *why);
} types[GK_CLOCK_TYPES] = {
    [GK_CLOCK_CORRECTION_REQUESTED] = { "correction_requested", take_correction_requested },
    [GK_CLOCK_CORRECTION_RECEIVED]  = { "correction_received",  take_correction_received },
    [GK_CLOCK_CONSULTATION_STARTED] = { "consultation_started", take_consultation_started },
    [GK_CLOCK_CONSULTATION_ENDED]   = { "consultation_ended",   take_consultation_ended },
    [GK_CLOCK_EXTENDED]             = { "extended",             take_extended },
    [GK_CLOCK_FEE_NOTICE_SENT]      = { "fee_notice_sent",      take_fee_notice_sent },
    [GK_CLOCK_FEE_PAID]             = { "fee_paid",             take_fee_paid },
    [GK_CLOCK_DISPATCHED]           = { "dispatched",           take_dispatched },
    [GK_CLOCK_WITHDRAWN]            = { "withdrawn",            take_withdrawn },
    [GK_CLOCK_DELAYED]              = { "delayed",              take_delayed },
    [GK_CLOCK_ORDERED]              = { "ordered",              take_ordered },
    [GK_CLOCK_PROLONGED]            = { "consultation_prolonged", take_prolonged },
};

static gk_err check_order(const gk_clock *self, gk_clock_type type, gk_date on, gk_why *why)
{
    char text[GK_DATE_TEXT];
    if (is_stopped(self) && type != GK_CLOCK_ORDERED)
        return gk_refuse(why, GK_EBADVALUE, "nothing can follow after the reply was dispatched or the case ended");
    if (gk_date_is_none(on))
        return gk_refuse(why, GK_EBADVALUE, "the event has no date");
    if (on.day < self->received.day)
        return gk_refuse(why, GK_EBADVALUE, "the event is before the day of receipt, %s",
                         gk_date_format(self->received, text));
    if (on.day < last_date(self).day)
        return gk_refuse(why, GK_EBADVALUE, "the event is before the one above it, of %s",
                         gk_date_format(last_date(self), text));
    return GK_OK;
}

gk_err gk_clock_add(gk_clock *self, const gk_clock_event *event, gk_why *why)
{
    assert((unsigned) event->type < GK_CLOCK_TYPES);
    gk_err err = check_order(self, event->type, event->on, why);
    if (err)
        return err;
    if (self->count == MOST_EVENTS)
        return gk_refuse(why, GK_EBADVALUE, "a case has at most %d events", MOST_EVENTS);
    entry row = { .on = event->on };
    err = types[event->type].take(self, event, &row, why);
    if (err)
        return err;
    self->log = gk_regrow(self->log, self->count + 1, sizeof *self->log);
    self->log[self->count++] = row;
    return GK_OK;
}

/*  ---- reading -------------------------------------------------------------- */

/*  What a reading of `as_of` looks at: never before the last event, and never
 *  past the reply, so that the term stays as it stood then. */
static gk_date look_until(const gk_clock *self, gk_date as_of)
{
    return gk_date_is_none(self->dispatched) ? later(as_of, last_date(self)) : self->dispatched;
}

static gk_clock_state state_on(const gk_clock *self, gk_date as_of)
{
    if (is_stopped(self))
        return GK_CLOCK_STOPPED;
    if (is_paused(self))
        return GK_CLOCK_PAUSED;
    return is_excluded(self, as_of, as_of) ? GK_CLOCK_EXCLUDED : GK_CLOCK_RUNNING;
}

gk_clock_reading gk_clock_read(const gk_clock *self, gk_date as_of)
{
    as_of = later(as_of, last_date(self));
    gk_date until = look_until(self, as_of);
    bool sent = !gk_date_is_none(self->dispatched);
    gk_clock_reading reading = { .due_on = GK_NO_DATE, .defence_on = GK_NO_DATE, .state = state_on(self, as_of),
                                 .statutory = !self->standard || self->ordered, .timely = -1 };
    if (!gk_date_is_none(self->withdrawn) || is_paused(self)) {
        reading.timely = sent ? 1 : -1;         /* a term that stands still is not missed */
        return reading;
    }
    gk_due due = term(self, until);
    reading.due_on = due.date;
    reading.provisional = due.provisional;
    reading.defence_on = defence(self, until, due.date);
    reading.counted = true;
    reading.used = gk_calendar_between(self->calendar, earlier(self->start, until), until) - exclusions(self, until).days;
    reading.left = gk_calendar_between(self->calendar, as_of, due.date);
    reading.overdue = is_past(self, until, due.date);
    if (sent)
        reading.timely = !reading.overdue;
    return reading;
}

/*  ---- explaining ----------------------------------------------------------- */

#define REGULATIONS "《政府信息公开条例》"
#define FEE_MEASURES "《政府信息公开信息处理费管理办法》第六条"

typedef struct words {
    const char *zh, *en, *article;
} words;

static const words received_words = {
    "收到申请，当日不计入期限", "application received; the day itself is not counted",
    REGULATIONS "第三十一条、《民法典》第二百零一条" };

static const words mailed_words = {
    "电子邮件进入本机关系统，当日不计入期限", "the e-mail reached the office's server; the day itself is not counted",
    REGULATIONS "第三十一条、国办公开办函〔2015〕207号第一条、《民法典》第二百零一条" };

static const words effect_words[EFFECTS] = {
    [PAUSED_FOR_CORRECTION] = {
        "首次告知补正，未超过规定的工作日，期限停止计算",
        "first correction request, sent in time: the term stands still", REGULATIONS "第三十条" },
    [ASKED_LATE] = {
        "告知补正已超过规定的工作日，期限照常计算",
        "correction requested too late: the term runs on", REGULATIONS "第三十条" },
    [ASKED_AGAIN] = {
        "再次告知补正，期限照常计算",
        "correction requested again: the term runs on", REGULATIONS "第三十条" },
    [CORRECTED] = {
        "收到补正，期限自次日起重新计算，此前的延期和不计入的时间不再有效",
        "correction received: a full new term from the next day, without earlier extension or exclusions",
        REGULATIONS "第三十条" },
    [CORRECTED_WITHOUT_EFFECT] = {
        "收到补正，对应的告知未停止期限，期限照常计算",
        "correction received; its request had not stopped the term, which runs on", REGULATIONS "第三十条" },
    [EXCLUDING] = {
        "发出征求意见书并告知申请人，所需时间自次日起不计入期限",
        "consultation sent and the applicant told: the time it takes is excluded from the next day",
        REGULATIONS "第三十三条第三款" },
    [NOT_EXCLUDING] = {
        "发出征求意见书，未告知申请人，期限照常计算",
        "consultation sent, the applicant not told: the term runs on", REGULATIONS "第三十三条第三款" },
    [EXCLUDING_TOO_LATE] = {
        "期限届满后发出征求意见书，期限不因此延后",
        "consultation sent when the term was over: nothing is excluded", REGULATIONS "第三十三条第三款" },
    [CONSULTED] = {
        "征求意见结束", "consultation ended", REGULATIONS "第三十二条、第三十四条" },
    [CONSULTED_LONGER] = {
        "负责人说明理由，延长协商或者报请确定的时间", "the head gives another agency or a referral longer, with a reason",
        REGULATIONS "第十一条、第十七条" },
    [PROLONGED] = {
        "在期限内告知申请人延长答复期限", "extension, told to the applicant within the term",
        REGULATIONS "第三十三条第二款" },
    [POSTPONED] = {
        "申请理由合理，在期限内告知申请人延迟答复的合理期限", "delayed date, told to the applicant within the term",
        REGULATIONS "第三十五条" },
    [UNTOLD] = {
        "决定延长或者延迟答复，未在期限内告知申请人，期限照常计算",
        "extension or delayed date, not told to the applicant within the term, which runs on",
        REGULATIONS "第三十三条第二款、第三十五条" },
    [PAUSED_FOR_FEE] = {
        "在期限内发出收费通知，等待缴费，期限停止计算",
        "fee notice sent within the term: the term stands still until payment", FEE_MEASURES },
    [PAID] = {
        "完成缴费，期限自次日起重新计算，此前的延期和不计入的时间不再有效",
        "fee paid: a full new term from the next day, without earlier extension or exclusions", FEE_MEASURES },
    [SENT] = { "发出答复", "reply dispatched", REGULATIONS "第三十三条、第三十六条" },
    [ENDED] = {
        "申请撤回或者不再处理，期限不再计算", "withdrawn or no longer processed: nothing runs any more",
        REGULATIONS "第三十条、第三十三条" },
    [ORDERED] = {
        "复议决定或者判决责令限期重新办理，按其确定的起算日和期限另行计算",
        "a ruling orders it to be done again: a new term runs from the day and of the length that it sets",
        "《行政复议法》第六十四条、第六十六条；《行政诉讼法》第七十条、第七十二条" },
    [ASKED_UNDER_ORDER] = {
        "在责令的期限内告知补正，期限照常计算",
        "correction requested in a term that a ruling ordered: the term runs on", REGULATIONS "第三十条" },
    [CONSULTED_UNDER_ORDER] = {
        "在责令的期限内征求意见，期限照常计算",
        "consultation in a term that a ruling ordered: the term runs on", REGULATIONS "第三十三条第三款" },
};

/*  Append a line of one day; it counts `days` working days unless negative. */
static json_t *add_line(json_t *lines, gk_date on, int days, const char *zh, const char *en,
                        const char *article)
{
    json_t *line = json_pack("{s:s, s:s, s:s}", "zh", zh, "en", en, "article", article);
    gk_json_set_date(line, "on", on);
    if (days >= 0)
        json_object_set_new(line, "days", json_integer(days));
    json_array_append_new(lines, line);
    return line;
}

/*  What the table cannot say, because it differs from case to case. */
static void add_detail(const gk_clock *self, const entry *row, gk_text *zh, gk_text *en)
{
    char date[GK_DATE_TEXT];
    if (row->effect == PROLONGED || row->effect == ORDERED) {
        gk_text_puts(zh, row->effect == ORDERED ? "：" : "");
        gk_text_printf(zh, "%d个工作日", row->number);
        gk_text_printf(en, ": %d working days", row->number);
    } else if (row->effect == EXCLUDING || row->effect == CONSULTED_LONGER) {
        gk_date_format(self->consultations[row->number].cap, date);
        gk_text_printf(zh, "，至迟到%s", date);
        gk_text_printf(en, ", until %s at the latest", date);
    } else if (row->effect == POSTPONED) {
        gk_date_format((gk_date) { row->number }, date);
        gk_text_printf(zh, "：%s", date);
        gk_text_printf(en, ": %s", date);
    } else if (row->effect == SENT) {
        gk_text_puts(zh, row->number ? "，在期限内" : "，已超过期限");
        gk_text_puts(en, row->number ? ", within the term" : ", after the term");
    }
}

static void explain_event(const gk_clock *self, const entry *row, json_t *lines)
{
    const words *said = &effect_words[row->effect];
    gk_text_auto zh = { 0 };
    gk_text_auto en = { 0 };
    gk_text_puts(&zh, said->zh);
    gk_text_puts(&en, said->en);
    add_detail(self, row, &zh, &en);
    add_line(lines, row->on, -1, zh.data, en.data, said->article);
}

/*  Events up to `until`, from *at on. */
static void explain_events(const gk_clock *self, size_t *at, gk_date until, json_t *lines)
{
    for (; *at < self->count && self->log[*at].on.day <= until.day; ++*at)
        explain_event(self, &self->log[*at], lines);
}

/*  Neighbouring days of which the same is to be said. */
typedef struct stretch {
    gk_date first, last;
    int days;               /* working days in it, excluded ones too */
    gk_day day;             /* kind, cover, name and notice of each */
    bool excluded;
    const char *article;    /* by which its days count */
} stretch;

static bool continues(const stretch *one, const gk_day *day, bool excluded)
{
    return one->day.kind == day->kind && one->day.covered == day->covered && one->excluded == excluded
        && strcmp(one->day.name, day->name) == 0 && strcmp(one->day.notice, day->notice) == 0;
}

static void say_stretch(const stretch *one, gk_text *zh, gk_text *en)
{
    if (one->day.kind == GK_DAY_HOLIDAY) {
        gk_text_printf(zh, "%s放假，不是工作日", one->day.name);
        gk_text_puts(en, "holiday by notice, no working day");
    } else {
        bool makeup = one->day.kind == GK_DAY_MAKEUP;
        gk_text_printf(zh, "%s%s%d个工作日%s", one->day.name, makeup ? "调休上班，" : "", one->days,
                       one->excluded ? "，征求意见期间，不计入期限" : "");
        gk_text_printf(en, "%s%d working day%s%s", makeup ? "weekend worked by notice: " : "", one->days,
                       one->days == 1 ? "" : "s", one->excluded ? " of consultation, excluded" : "");
    }
    if (!one->day.covered) {
        gk_text_puts(zh, "（尚无放假通知，暂按周一至周五计算）");
        gk_text_puts(en, " (no holiday notice yet, counted as plain weekdays)");
    }
}

static void explain_stretch(stretch *one, json_t *lines)
{
    if (gk_date_is_none(one->first))
        return;
    gk_text_auto zh = { 0 };
    gk_text_auto en = { 0 };
    say_stretch(one, &zh, &en);
    json_t *line = add_line(lines, one->first, one->days, zh.data, en.data, one->article);
    if (one->last.day > one->first.day) {
        json_object_del(line, "on");
        gk_json_set_date(line, "from", one->first);
        gk_json_set_date(line, "to", one->last);
    }
    if (*one->day.notice)
        json_object_set_new(line, "notice", json_string(one->day.notice));
    one->first = GK_NO_DATE;
}

/*  Ordinary weekends are neither said nor do they part what stands around them. */
static void count_day(const gk_clock *self, gk_date date, gk_date until, stretch *run, json_t *lines)
{
    gk_day day = gk_calendar_day(self->calendar, date);
    if (day.kind == GK_DAY_WEEKEND)
        return;
    bool excluded = day.kind != GK_DAY_HOLIDAY && is_excluded(self, date, until);
    if (gk_date_is_none(run->first) || !continues(run, &day, excluded)) {
        explain_stretch(run, lines);
        *run = (stretch) { .first = date, .day = day, .excluded = excluded,
                           .article = excluded ? REGULATIONS "第三十三条第三款" : self->ordered ? effect_words[ORDERED].article
                               : REGULATIONS "第三十三条第二款" };
    }
    run->last = date;
    run->days += day.kind != GK_DAY_HOLIDAY;
}

/*  The running period, day by day, with the events between. */
static void explain_period(const gk_clock *self, size_t *at, gk_date due, gk_date until, json_t *lines)
{
    stretch run = { .first = GK_NO_DATE };
    for (gk_date date = gk_date_plus(self->start, 1); date.day <= due.day; date = gk_date_plus(date, 1)) {
        count_day(self, date, until, &run, lines);
        if (*at < self->count && self->log[*at].on.day == date.day) {
            explain_stretch(&run, lines);
            explain_events(self, at, date, lines);
        }
    }
    explain_stretch(&run, lines);
}

/*  A delayed date is its own sum. */
static void explain_delay(const gk_clock *self, gk_clock_reading reading, json_t *lines)
{
    char due[GK_DATE_TEXT];
    gk_date_format(reading.due_on, due);
    const char *more_zh = reading.overdue ? "，已超期" : reading.provisional ? "（暂定）" : "";
    const char *more_en = reading.overdue ? ", overdue" : reading.provisional ? " (provisional)" : "";
    gk_free_auto char *zh = gk_format("延迟答复的期限，最后一日为%s%s", due, more_zh);
    gk_free_auto char *en = gk_format("the delayed date; the last day is %s%s", due, more_en);
    add_line(lines, reading.due_on, gk_calendar_between(self->calendar, self->start, reading.due_on), zh, en,
             REGULATIONS "第三十五条");
}

/*  The sum: what the days of the lines above add up to. */
static void explain_sum(const gk_clock *self, gk_clock_reading reading, int excluded, json_t *lines)
{
    char start[GK_DATE_TEXT], due[GK_DATE_TEXT];
    int reply = term_days(self), all = reply + self->extension + excluded;
    gk_date_format(self->start, start);
    gk_date_format(reading.due_on, due);
    gk_text_auto zh = { 0 };
    gk_text_auto en = { 0 };
    gk_text_printf(&zh, "%s%d＋延长%d＋不计入%d＝%d个工作日，自%s的次日起计算，最后一日为%s%s%s",
                   self->standard && !self->ordered ? "服务标准（非法定期限）" : "期限", reply,
                   self->extension, excluded, all, start, due, reading.provisional ? "（暂定）" : "",
                   reading.overdue ? "，已超期" : "");
    gk_text_printf(&en, "%s %d + extension %d + excluded %d = %d working days from the day after %s; "
                   "the last day is %s%s%s", self->standard && !self->ordered ? "service standard (not statutory)" : "term", reply, self->extension, excluded, all, start, due,
                   reading.provisional ? " (provisional)" : "", reading.overdue ? ", overdue" : "");
    add_line(lines, reading.due_on, all, zh.data, en.data,
             self->ordered ? effect_words[ORDERED].article
             : self->standard ? REGULATIONS "第四十一条（未规定期限）" : REGULATIONS "第三十三条");
}

/*  What the lines cite is about applications for information; a records correction follows it freely. */
static void cite_by_analogy(json_t *lines)
{
    size_t i;
    json_t *line;
    json_array_foreach(lines, i, line) {
        gk_free_auto char *article = gk_format("参照%s", gk_json_text(line, "article"));
        json_object_set_new(line, "article", json_string(article));
    }
}

json_t *gk_clock_explain(const gk_clock *self, gk_date as_of)
{
    gk_clock_reading reading = gk_clock_read(self, as_of);
    gk_date until = look_until(self, as_of);
    json_t *lines = json_array();
    size_t at = 0;
    const words *receipt = self->mailed ? &mailed_words : &received_words;
    add_line(lines, self->received, -1, receipt->zh, receipt->en, receipt->article);
    if (reading.counted) {
        explain_events(self, &at, self->start, lines);
        explain_period(self, &at, reading.due_on, until, lines);
    }
    explain_events(self, &at, last_date(self), lines);
    if (self->standard)
        cite_by_analogy(lines);
    if (reading.counted) {
        if (gk_date_is_none(self->delayed))
            explain_sum(self, reading, exclusions(self, until).days, lines);
        else
            explain_delay(self, reading, lines);
    } else if (reading.state == GK_CLOCK_PAUSED) {
        add_line(lines, until, -1, self->awaits_correction ? "等待补正，没有截止日" : "等待缴费，没有截止日",
                 self->awaits_correction ? "waiting for the correction: there is no due date"
                 : "waiting for the payment: there is no due date",
                 self->awaits_correction ? REGULATIONS "第三十条" : FEE_MEASURES);
    }
    return lines;
}

/*  ---- day by day ------------------------------------------------------------ */

enum { MOST_LISTED = 3660 };

typedef enum lot { COUNTED, MAKEUP, WEEKEND, HOLIDAY, EXCLUDED, DROPPED, WAITING } lot;

static const char *const lot_names[] = { "counted", "makeup", "weekend", "holiday", "excluded", "dropped", "waiting" };

/*  The day since which the clock stands still; none when it does not.  What began an earlier period counts no more;
 *  a fee that was outstanding when a correction came has kept the new one standing from its first day. */
static gk_date paused_since(const gk_clock *self)
{
    if (!is_paused(self))
        return GK_NO_DATE;
    gk_date since = self->start;
    for (size_t i = self->count; i-- > 0 && self->log[i].effect != CORRECTED && self->log[i].effect != PAID; )
        if (self->log[i].effect == PAUSED_FOR_CORRECTION || self->log[i].effect == PAUSED_FOR_FEE)
            since = self->log[i].on;
    return since;
}

static lot lot_of(const gk_clock *self, const gk_day *day, gk_date date, gk_date until, gk_date paused)
{
    if (day->kind == GK_DAY_WEEKEND || day->kind == GK_DAY_HOLIDAY)
        return day->kind == GK_DAY_WEEKEND ? WEEKEND : HOLIDAY;
    if (date.day <= self->start.day)
        return DROPPED;
    if (!gk_date_is_none(paused) && date.day > paused.day)
        return WAITING;
    if (is_excluded(self, date, until))
        return EXCLUDED;
    return day->kind == GK_DAY_MAKEUP ? MAKEUP : COUNTED;
}

/*  Why a working day is left out, or which one it is. */
static void say_day(const gk_clock *self, lot what, gk_date date, gk_date until, const gk_day *day, int number, gk_text *zh,
                    gk_text *en)
{
    char text[GK_DATE_TEXT];
    switch (what) {
    case MAKEUP:
        gk_text_printf(zh, "%s调休上班，", day->name);
        gk_text_puts(en, "weekend worked by notice, ");
        /* fall through */
    case COUNTED:
        gk_text_printf(zh, "第%d个工作日", number);
        gk_text_printf(en, "working day %d", number);
        break;
    case WEEKEND:
        gk_text_puts(zh, "周末");
        gk_text_puts(en, "weekend");
        break;
    case HOLIDAY:
        gk_text_printf(zh, "%s放假", day->name);
        gk_text_puts(en, "holiday by notice");
        break;
    case EXCLUDED:
        for (size_t i = 0; i < self->consultation_count; i++) {
            span part = span_of(self, &self->consultations[i], until);
            if (date.day <= part.first.day || date.day > part.last.day)
                continue;
            gk_date_format(self->consultations[i].on, text);
            gk_text_printf(zh, "%s发出的征求意见期间，不计入期限", text);
            gk_text_printf(en, "consultation of %s, excluded", text);
            break;
        }
        break;
    case DROPPED:
        gk_date_format(self->start, text);
        gk_text_printf(zh, "期限自%s的次日起重新计算，此前的工作日不再计入", text);
        gk_text_printf(en, "before the new term of %s, no longer counted", text);
        break;
    case WAITING:
        gk_text_puts(zh, self->awaits_correction ? "等待补正，期限停止计算" : "等待缴费，期限停止计算");
        gk_text_puts(en, self->awaits_correction ? "waiting for the correction" : "waiting for the payment");
        break;
    }
    if (!day->covered) {
        gk_text_puts(zh, "（暂定）");
        gk_text_puts(en, " (provisional)");
    }
}

static void add_day(const gk_clock *self, gk_date date, gk_date until, gk_date paused, int *number, json_t *list)
{
    gk_day day = gk_calendar_day(self->calendar, date);
    lot what = lot_of(self, &day, date, until, paused);
    bool counts = what == COUNTED || what == MAKEUP;
    *number += counts;
    gk_text_auto zh = { 0 };
    gk_text_auto en = { 0 };
    say_day(self, what, date, until, &day, *number, &zh, &en);
    json_t *line = json_pack("{s:s, s:s, s:s}", "kind", lot_names[what], "zh", zh.data, "en", en.data);
    gk_json_set_date(line, "on", date);
    if (counts)
        json_object_set_new(line, "number", json_integer(*number));
    if (*day.name)
        json_object_set_new(line, "name", json_string(day.name));
    if (*day.notice)
        json_object_set_new(line, "notice", json_string(day.notice));
    if (day.agency)
        json_object_set_new(line, "agency", json_true());
    json_array_append_new(list, line);
}

json_t *gk_clock_days(const gk_clock *self, gk_date as_of)
{
    gk_clock_reading reading = gk_clock_read(self, as_of);
    gk_date until = look_until(self, as_of), end = reading.counted ? reading.due_on : until;
    gk_date date = later(gk_date_plus(self->received, 1), gk_date_plus(end, -MOST_LISTED));
    gk_date paused = paused_since(self);
    json_t *list = json_array();
    for (int number = 0; date.day <= end.day; date = gk_date_plus(date, 1))
        add_day(self, date, until, paused, &number, list);
    return list;
}

/*  ---- names ---------------------------------------------------------------- */

const char *gk_clock_state_name(gk_clock_state state)
{
    static const char *const names[] = { "running", "excluded", "paused", "stopped" };
    return (unsigned) state < sizeof names / sizeof *names ? names[state] : "?";
}

const char *gk_clock_type_name(gk_clock_type type)
{
    return (unsigned) type < GK_CLOCK_TYPES ? types[type].name : "?";
}

bool gk_clock_type_parse(const char *name, gk_clock_type *out)
{
    for (int i = 0; i < GK_CLOCK_TYPES; i++)
        if (strcmp(types[i].name, name) == 0) {
            *out = (gk_clock_type) i;
            return true;
        }
    return false;
}
