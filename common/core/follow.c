/*  gk_follow - what a step leads to: jobs for workers, and the timers that stand. */
#include "core/door.h"
#include "core/letters.h"

#include <string.h>

static void add_job(gk_change *change, const char *service, gk_lane lane, const char *task, const char *detail)
{
    if (change->job_count == GK_CHANGE_JOBS)
        return;
    gk_new_job *job = &change->jobs[change->job_count++];
    job->service = service;
    job->lane = lane;
    snprintf(job->task, sizeof job->task, "%s%s%s", task, *detail ? " " : "", detail);
}

/*  Whom no mail reaches, and who chose post and has to be told something. */
static bool by_post(const gk_case *after, const json_t *data)
{
    const gk_letter_info *letter = gk_letter_find(gk_json_text(data, "letter"));
    bool tells = letter && gk_text_is_choice(gk_flow_notices, letter->name);
    return letter && letter->reader != GK_READER_OFFICE && (!after->reachable || (tells && strcmp(after->delivery, "post") == 0));
}

static bool refused_for_good(const gk_case *after, const json_t *data)
{
    (void) after;
    return gk_mail_refused(data);
}

static bool is_long(const gk_case *after, const json_t *data)
{
    (void) after;
    return json_is_true(json_object_get(data, "long"));
}

static bool has_moved(const gk_case *after, const json_t *data)
{
    (void) after;
    return gk_json_date(data, "was").day != gk_json_date(data, "becomes").day;
}

static bool is_refused(const gk_case *after, const json_t *data)
{
    (void) after;
    return json_is_true(json_object_get(data, "refused"));
}

/*  More than a working day after it came in. */
static bool is_late(const gk_case *after, const json_t *data)
{
    (void) after;
    return json_is_true(json_object_get(data, "late"));
}

/*  What waits for it waits for ever: the case, an upload, a letter that was said to have gone out. */
static bool holds_up(const gk_case *after, const json_t *data)
{
    (void) after;
    return strcmp(gk_json_text(data, "service"), "reminder") != 0;
}

/*  Whom the reminder worker tells in the office; whom exactly, broker/facts.c says. */
static const struct {
    gk_event_type event;
    const char *task, *detail;  /* no detail: the event's own kind */
    bool (*when)(const gk_case *after, const json_t *data);
} tellings[] = {
    { GK_REMINDER_DUE,          "remind", "",               NULL },
    { GK_DIGEST_DUE,            "digest", "",               NULL },
    { GK_INCIDENT_RAISED,       "alarm",  NULL,             NULL },
    { GK_REGISTERED,            "alarm",  "registered_late", is_late },         /* the days ran since it was signed for */
    { GK_RECEIPT_CONFIRMED,     "alarm",  "registered_late", is_late },
    { GK_MAIL_RETURNED,         "alarm",  "returned",       NULL },
    { GK_POSTING_FAILED,        "alarm",  "returned",       NULL },
    { GK_NOTICE_RENDERED,       "alarm",  "post",           by_post },          /* somebody must write at once */
    { GK_NOTIFIED,              "alarm",  "bounced",        refused_for_good }, /* then it goes by post at once (DECISIONS) */
    { GK_DELAYED,               "alarm",  "delay",          is_long },
    { GK_FEE_PROPOSED,          "alarm",  "fee",            NULL },
    { GK_PROCEEDING_OPENED,     "remind", "proceeding",     NULL },
    { GK_PROCEEDING_REMINDED,   "remind", "proceeding",     NULL },
    { GK_ANSWER_RECOMPUTED,     "remind", "proceeding",     has_moved },
    { GK_REDO_ORDERED,          "alarm",  "redo",           NULL },
    { GK_PUBLICATION_SUGGESTED, "remind", "publication",    NULL },
    { GK_PUBLICATION_REMINDED,  "remind", "publication",    NULL },
    { GK_ARCHIVE_REMINDED,      "remind", "archive",        NULL },
    { GK_LAPSE_PROPOSED,        "alarm",  "lapse",          NULL },
    { GK_SUBTASK_SENT,          "alarm",  "subtask_sent",     NULL },
    { GK_SUBTASK_ANSWERED,      "alarm",  "subtask_answered", NULL },
    { GK_SUBTASK_SIGNED,        "alarm",  "subtask_signed",   NULL },
    { GK_SUBTASK_RETURNED,      "alarm",  "subtask_returned", NULL },
    { GK_SUBTASK_RECALLED,      "alarm",  "subtask_recalled", NULL },
    { GK_SUBTASK_DUE,           "alarm",  "subtask_due",      NULL },
    { GK_DOCUMENTS_ADMITTED,    "alarm",  "quarantine",     is_refused },
    { GK_SCANNED,               "alarm",  "quarantine",     is_refused },
    { GK_JOB_DIED,              "alarm",  "dead_letter",    holds_up },         /* a dead mail must not cause the next one */
};

static void add_tellings(gk_event_type event, const gk_case *after, gk_change *change)
{
    const json_t *data = change->event.data;
    for (size_t i = 0; i < sizeof tellings / sizeof *tellings; i++)
        if (tellings[i].event == event && (!tellings[i].when || tellings[i].when(after, data)))
            add_job(change, "reminder", GK_LANE_NOTICE, tellings[i].task,
                    tellings[i].detail ? tellings[i].detail : gk_json_text(data, "kind"));
}

/*  `told`: whatever goes to the applicant may. */
static bool is_made(const gk_letter_info *letter, const gk_case *after, bool told)
{
    return (told || letter->reader != GK_READER_APPLICANT) && !(letter->on_paper && gk_case_is_electronic(after));
}

static void add_jobs(const gk_step *step, const gk_case *after, gk_change *change)
{
    const gk_event_info *info = gk_flow_event(step->event);
    const gk_state_info *state = gk_flow_state(after->state);
    if (step->to != GK_SAME && state->service)
        add_job(change, state->service, GK_LANE_CASE, state->task, "");
    /*  Whether the applicant is told of a consultation is a decision of its own (Art. 33(3)). */
    bool asks = step->event == GK_CONSULTATION_STARTED || step->event == GK_SECRECY_REFERRED;
    bool told = !asks || json_is_true(json_object_get(change->event.data, "applicant_told"));
    for (int i = 0; i < 3 && info->letters[i]; i++)
        if (is_made(gk_letter_find(info->letters[i]), after, told))
            add_job(change, "reply", GK_LANE_NOTICE, "letter", info->letters[i]);
    if (info->message && after->reachable && told) {
        char own[40];           /* a records correction has texts of its own */
        snprintf(own, sizeof own, "records_%s", info->message);
        add_job(change, "reminder", GK_LANE_NOTICE, "notify", after->kind == GK_KIND_RECORDS ? own
                : gk_case_lapsed(after) ? "lapse" : info->message);
    }
    if (json_array_size(json_object_get(change->event.data, "documents")))
        add_job(change, "confidentiality", GK_LANE_DOCUMENT, "admit", "");
    add_tellings(step->event, after, change);
}

static void add_timer(gk_change *change, const char *name, int64_t at)
{
    if (change->timer_count == GK_CHANGE_TIMERS)
        return;
    int i = change->timer_count++;
    SET(change->timers[i].name, name);
    change->timers[i].at = at;
}

unsigned gk_case_remind(const gk_rules *rules, int left)
{
    enum { HOLDER = 1, UNIT = 2, OFFICE = 4 };
    if (left <= 0)
        return HOLDER | UNIT | OFFICE;
    unsigned who = 0;
    for (int i = 0; i < rules->remind_before_count; i++)
        if (rules->remind_before[i] == left)
            who = HOLDER | (i >= 1 ? UNIT : 0) | (i >= 2 ? OFFICE : 0);
    return who;
}

/*  How long before and after its date somebody may be reminded of a thing, in days. */
enum { REMINDED_WITHIN = 70 };

typedef bool ladder(const gk_rules *rules, int left);

static bool reply_ladder(const gk_rules *rules, int left)
{
    return gk_case_remind(rules, left) != 0;
}

/*  First instant after `now`, in office hours of a working day, at which a reminder of what is due on `due`
 *  is due itself by its ladder, the last being of `reminded_on`; 0 when none is within two months of then. */
static int64_t next_reminder(gk_date due, gk_date reminded_on, ladder *is_rung, const gk_law *law, int64_t now)
{
    gk_date today = gk_date_of(now), first = gk_date_plus(due, -REMINDED_WITHIN);
    gk_date from = today.day > first.day ? today : first;
    for (gk_date day = from; day.day < from.day + 2 * REMINDED_WITHIN; day = gk_date_plus(day, 1)) {
        if (!gk_calendar_is_workday(law->calendar, day) || day.day == reminded_on.day)
            continue;
        if (!is_rung(law->rules, gk_calendar_between(law->calendar, day, due)))
            continue;
        int64_t open = gk_date_at(day, law->rules->office_hour_from), shut = gk_date_at(day, law->rules->office_hour_to);
        if (now < open)
            return open;
        if (now < shut)
            return now;
    }
    return 0;
}

/*  Whatever the case's own desk: the written answer is owed until it is given or the proceeding is over. */
static void add_proceeding_timers(const gk_case *self, const gk_law *law, int64_t now, gk_change *out)
{
    for (int i = 0; i < self->proceeding_count; i++) {
        const gk_proceeding *p = &self->proceedings[i];
        if (gk_date_is_none(p->answer_due) || !gk_date_is_none(p->answered_on) || !gk_date_is_none(p->concluded_on))
            continue;
        int64_t at = next_reminder(p->answer_due, p->reminded_on, reply_ladder, law, now);
        if (at)
            add_timer(out, p->id, at);
    }
}

/*  What has ended waits for the archive. */
static void add_archive_timer(const gk_case *self, const gk_law *law, int64_t now, gk_change *out)
{
    gk_date due = gk_archive_due(self, law->rules);
    if (gk_date_is_none(due) || !gk_date_is_none(self->handed_on))
        return;
    int64_t at = next_reminder(due, self->archive_reminded_on, gk_archive_remind, law, now);
    if (at)
        add_timer(out, "archive", at);
}

static void add_publication_timer(const gk_case *self, const gk_law *law, int64_t now, gk_change *out)
{
    const gk_publication *task = &self->publication;
    if (!gk_publication_is_open(task) || gk_date_is_none(task->due_on))
        return;
    int64_t at = next_reminder(task->due_on, task->reminded_on, reply_ladder, law, now);
    if (at)
        add_timer(out, "publication", at);
}

/*  On its due date, and on every working day after it until it is signed. */
static int64_t subtask_reminder(const gk_subtask *subtask, const gk_law *law)
{
    gk_date day = subtask->due_on;
    if (!gk_date_is_none(subtask->reminded_on) && subtask->reminded_on.day >= day.day)
        day = gk_calendar_due(law->calendar, subtask->reminded_on, 1).date;
    return gk_date_at(day, law->rules->office_hour_from);
}

static void add_consultation_timers(const gk_case *self, const gk_law *law, gk_change *out)
{
    for (int i = 0; i < self->consultation_count; i++) {
        const gk_consultation *c = &self->consultations[i];
        if (!c->open)
            continue;
        if (gk_date_is_none(c->served_on)) {    /* nobody is silent who was not asked (Art. 32) */
            add_timer(out, c->id, gk_date_at(c->check_on, law->rules->office_hour_to));
            continue;
        }
        gk_date answer_by = gk_calendar_due(law->calendar, c->served_on, gk_consultation_days(c, law->rules)).date;
        if (!gk_consultation_expires(c) && c->check_on.day > answer_by.day) {      /* they were told, and look again */
            add_timer(out, c->id, gk_date_at(c->check_on, law->rules->office_hour_to));
            continue;
        }
        add_timer(out, c->id, gk_date_at(gk_date_plus(answer_by, 1), law->rules->office_hour_from));
    }
}

/*  Nobody knows what he was not told. */
static void add_notice_timers(const gk_case *self, const gk_law *law, gk_change *out)
{
    for (int i = 0; i < self->notice_count; i++) {
        const gk_telling *n = &self->notices[i];
        char name[GK_CODE];
        snprintf(name, sizeof name, "n%d", n->seq);
        gk_date day = gk_date_is_none(n->check_on) ? gk_calendar_due(law->calendar, n->made_on, law->rules->telling_days).date : n->check_on;
        if (gk_date_is_none(gk_telling_day(n)))
            add_timer(out, name, gk_date_at(day, law->rules->office_hour_to));
    }
}

void gk_case_timers(const gk_case *self, const gk_law *law, int64_t now, gk_change *out)
{
    const gk_rules *rules = law->rules;
    out->timer_count = 0;
    if (self->state == GK_LEDGER) {
        gk_date day = gk_date_of(now);
        if (now >= gk_date_at(day, rules->office_hour_from) || !gk_calendar_is_workday(law->calendar, day))
            day = gk_calendar_due(law->calendar, day, 1).date;
        add_timer(out, "digest", gk_date_at(day, rules->office_hour_from));
        return;
    }
    add_proceeding_timers(self, law, now, out);
    add_archive_timer(self, law, now, out);
    add_publication_timer(self, law, now, out);
    if (gk_flow_state(self->state)->final)
        return;
    bool awaited = self->state == GK_CORRECTION || self->state == GK_PAYMENT;
    if ((self->state == GK_CONFIRMATION || self->state == GK_DELIVERY || awaited) && !gk_date_is_none(self->check_on))
        add_timer(out, "check", gk_date_at(self->check_on, rules->office_hour_to));
    gk_date last = self->state == GK_CORRECTION ? self->correction_due : self->payment_due;
    if (awaited && !gk_date_is_none(last)) {
        gk_date day = gk_calendar_due(law->calendar, last, rules->lapse_grace_days).date;
        add_timer(out, "lapse", gk_date_at(gk_date_plus(day, 1), rules->office_hour_from));
    }
    add_consultation_timers(self, law, out);
    for (int i = 0; i < self->subtask_count; i++)
        if (gk_case_subtask(self, self->subtasks[i].id) && !gk_date_is_none(self->subtasks[i].due_on))
            add_timer(out, self->subtasks[i].id, subtask_reminder(&self->subtasks[i], law));
    add_notice_timers(self, law, out);
    int64_t reminder = gk_date_is_none(self->due_on) || self->clock == GK_CLOCK_STOPPED ? 0
        : next_reminder(gk_case_work_by(self), self->reminded_on, reply_ladder, law, now);
    if (reminder)
        add_timer(out, "due", reminder);
}

void gk_follow(const gk_step *step, const gk_case *after, const gk_law *law, int64_t now, gk_change *out)
{
    add_jobs(step, after, out);
    gk_case_timers(after, law, now, out);
}
