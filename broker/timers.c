/*  timers - days that pass become events: reminders, proposed lapses, expired consultations. */
#include "broker/evidence.h"
#include "broker/report.h"
#include "base/log.h"
#include "base/mem.h"
#include "core/archive.h"

#include <stdlib.h>
#include <string.h>

enum { TIMERS_A_TURN = 64 };

/*  What a timer of this name means for this file; GK_EVENT_TYPES: nothing any more. */
static gk_event_type meaning(const gk_case *file, const char *name)
{
    const gk_consultation *consultation = gk_case_consultation(file, name);
    if (consultation)
        return gk_date_is_none(consultation->served_on) || !gk_consultation_expires(consultation) ? GK_INCIDENT_RAISED
            : GK_CONSULTATION_EXPIRED;
    const gk_telling *notice = gk_case_notice_named(file, name);
    if (notice)
        return gk_date_is_none(gk_telling_day(notice)) ? GK_INCIDENT_RAISED : GK_EVENT_TYPES;
    if (strcmp(name, "digest") == 0)
        return GK_DIGEST_DUE;
    if (strcmp(name, "due") == 0)
        return GK_REMINDER_DUE;
    if (strcmp(name, "check") == 0)
        return GK_INCIDENT_RAISED;
    if (strcmp(name, "lapse") == 0)
        return GK_LAPSE_PROPOSED;
    if (strcmp(name, "archive") == 0)
        return GK_ARCHIVE_REMINDED;
    if (strcmp(name, "publication") == 0)
        return GK_PUBLICATION_REMINDED;
    if (gk_case_proceeding(file, name))
        return GK_PROCEEDING_REMINDED;
    if (gk_case_subtask(file, name))
        return GK_SUBTASK_DUE;
    return GK_EVENT_TYPES;
}

/*  The timer stands too early (a consultation moved the due date, say): set it anew. */
static gk_err rearm(gk_broker *self, gk_case *file, gk_why *why)
{
    gk_change timers = { 0 };
    file->due_on = gk_case_read(file, &self->book->law, gk_date_of(self->time.now)).due_on;
    gk_case_timers(file, &self->book->law, self->time.now, &timers);
    return gk_store_set_timers(self->store, file->id, &timers, why);
}

static gk_err act_by_clock(gk_broker *self, gk_case *file, gk_event_type event, json_t *data, gk_why *why)
{
    gk_deed deed = { .event = event, .actor = &gk_actor_clock, .on = GK_NO_DATE, .data = data };
    return gk_ledger_act(self, file, &deed, why);
}

/*  Desks at which people work, and the roles of which one is enough. */
static const struct { gk_state desk; unsigned roles; } manned[] = {
    { GK_CONFIRMATION, GK_CLERK | GK_HEAD }, { GK_HANDLING, GK_HANDLER | GK_UNIT_HEAD }, { GK_CORRECTION_LAPSE, GK_CLERK | GK_HEAD },
    { GK_PAYMENT, GK_FINANCE }, { GK_PAYMENT_LAPSE, GK_CLERK | GK_HEAD }, { GK_LEGAL, GK_LEGAL_REVIEWER },
    { GK_SECRECY, GK_SECRECY_REVIEWER }, { GK_APPROVAL, GK_APPROVER }, { GK_SEALING, GK_CLERK | GK_HEAD },
    { GK_DISPATCH, GK_MAILROOM | GK_CLERK | GK_HEAD }, { GK_DELIVERY, GK_MAILROOM | GK_CLERK | GK_HEAD },
};

static unsigned roles_at(const char *desk)
{
    for (size_t i = 0; i < sizeof manned / sizeof *manned; i++)
        if (strcmp(gk_flow_state(manned[i].desk)->name, desk) == 0)
            return manned[i].roles;
    return 0;
}

/*  A desk with cases and nobody who is there to work it is an incident of that day (DECISIONS "Handling").  Only the desk of
 *  the units is a unit's; the others are the office's. */
static gk_err look_for_able(gk_broker *self, gk_case *stream, gk_why *why)
{
    char today[GK_DATE_TEXT];
    gk_date day = gk_date_of(self->time.now);
    gk_json_auto *desks = gk_store_desks(self->store, stream->office, "", "", gk_date_format(day, today));
    const char *last = "";
    gk_err err = GK_OK;
    size_t index;
    json_t *row;
    json_array_foreach(desks, index, row) {
        const char *desk = gk_json_text(row, "desk"), *unit = gk_json_text(row, "unit");
        bool of_unit = strcmp(desk, gk_flow_state(GK_HANDLING)->name) == 0;
        unsigned roles = roles_at(desk);
        bool told = !of_unit && strcmp(desk, last) == 0;
        last = desk;
        if (!roles || told || gk_org_able(self->book->org, stream->office, of_unit ? unit : NULL, roles, day))
            continue;
        gk_json_auto *cases = gk_store_list(self->store, stream->office, desk, of_unit ? unit : "", "", 0, 1);
        gk_json_auto *data = json_pack("{s:s, s:s, s:s, s:s}", "kind", "no_able_person", "desk", desk, "unit", of_unit ? unit : "", "case",
                                       gk_json_text(json_array_get(cases, 0), "case"));
        err = act_by_clock(self, stream, GK_INCIDENT_RAISED, data, why);
        if (err)
            break;
    }
    return err;
}

/*  The last year's report: each unit's figures, then the whole (Art. 49, 50); by the ladder of a reply up to the day,
 *  every week after it. */
static gk_err look_for_report(gk_broker *self, gk_case *stream, gk_why *why)
{
    enum { WEEK = 5 };
    gk_date today = gk_date_of(self->time.now);
    gk_json_auto *owed = NULL;
    gk_err err = gk_report_owed(self->store, self->book, stream->office, today, &owed, why);
    size_t index;
    json_t *task;
    json_array_foreach(owed, index, task) {
        int left = gk_calendar_between(self->book->calendar, today, gk_json_date(task, "due_on"));
        bool told = left > 0 ? gk_case_remind(self->book->rules, left) != 0 : left % WEEK == 0;
        if (err || !told)
            continue;
        json_object_set(task, "kind", json_object_get(task, "task"));
        json_object_del(task, "task");
        json_object_set_new(task, "left", json_integer(left));
        err = act_by_clock(self, stream, GK_INCIDENT_RAISED, task, why);
    }
    return err;
}

/*  One event a person who holds open cases; the day's timer moves on with each. */
static gk_err fire_digest(gk_broker *self, gk_case *stream, gk_why *why)
{
    const gk_person *person;
    gk_err err = rearm(self, stream, why);
    for (size_t i = 0; !err && (person = gk_org_with(self->book->org, stream->office, NULL, ~0u, i)); i++) {
        gk_json_auto *held = gk_store_held(self->store, person->name);
        if (json_array_size(held) == 0)
            continue;
        gk_json_auto *data = json_pack("{s:s, s:I}", "person", person->name, "count", (json_int_t) json_array_size(held));
        err = act_by_clock(self, stream, GK_DIGEST_DUE, data, why);
    }
    if (!err)
        err = look_for_report(self, stream, why);
    return err ? err : look_for_able(self, stream, why);
}

static gk_err fire_reminder(gk_broker *self, gk_case *file, gk_why *why)
{
    gk_date today = gk_date_of(self->time.now);
    gk_clock_reading reading = gk_case_read(file, &self->book->law, today);
    file->due_on = reading.due_on;
    gk_date by = gk_case_work_by(file);
    int left = reading.counted ? gk_calendar_between(self->book->calendar, today, by) : 0;
    if (!reading.counted || reading.state == GK_CLOCK_STOPPED || !gk_case_remind(self->book->rules, left))
        return rearm(self, file, why);
    gk_json_auto *data = json_pack("{s:i, s:o}", "left", left, "due_on", gk_json_from_date(by));
    return act_by_clock(self, file, GK_REMINDER_DUE, data, why);
}

/*  The written answer's own ladder; once it is given the timer is gone, so here it is still owed. */
static gk_err fire_proceeding(gk_broker *self, gk_case *file, const char *id, gk_why *why)
{
    gk_date due = gk_case_proceeding(file, id)->answer_due;
    int left = gk_calendar_between(self->book->calendar, gk_date_of(self->time.now), due);
    if (!gk_case_remind(self->book->rules, left))
        return rearm(self, file, why);
    gk_json_auto *data = json_pack("{s:s, s:i, s:o}", "proceeding", id, "left", left, "answer_due", gk_json_from_date(due));
    return act_by_clock(self, file, GK_PROCEEDING_REMINDED, data, why);
}

static gk_err fire_archive(gk_broker *self, gk_case *file, gk_why *why)
{
    gk_date due = gk_archive_due(file, self->book->rules);
    int left = gk_date_is_none(due) ? 1 : gk_calendar_between(self->book->calendar, gk_date_of(self->time.now), due);
    if (!gk_archive_remind(self->book->rules, left))
        return rearm(self, file, why);
    gk_json_auto *data = json_pack("{s:i, s:o}", "left", left, "handover_due", gk_json_from_date(due));
    return act_by_clock(self, file, GK_ARCHIVE_REMINDED, data, why);
}

static gk_err fire_publication(gk_broker *self, gk_case *file, gk_why *why)
{
    const gk_publication *task = &file->publication;
    int left = gk_date_is_none(task->due_on) ? 0 : gk_calendar_between(self->book->calendar, gk_date_of(self->time.now), task->due_on);
    if (!gk_publication_is_open(task) || !gk_case_remind(self->book->rules, left))
        return rearm(self, file, why);
    gk_json_auto *data = json_pack("{s:i, s:o}", "left", left, "publication_due", gk_json_from_date(task->due_on));
    return act_by_clock(self, file, GK_PUBLICATION_REMINDED, data, why);
}

static gk_err fire(gk_broker *self, const gk_timer_row *timer, gk_why *why)
{
    gk_auto(gk_case) file = NULL;
    gk_err err = gk_store_case(self->store, timer->case_id, &file, why);
    if (err)
        return err;
    gk_event_type event = meaning(file, timer->name);
    if (event == GK_EVENT_TYPES || !gk_flow_find(file->state, event))
        return gk_store_drop_timer(self->store, timer, why);
    if (event == GK_DIGEST_DUE)
        return fire_digest(self, file, why);
    if (event == GK_REMINDER_DUE)
        return fire_reminder(self, file, why);
    if (event == GK_PROCEEDING_REMINDED)
        return fire_proceeding(self, file, timer->name, why);
    if (event == GK_ARCHIVE_REMINDED)
        return fire_archive(self, file, why);
    if (event == GK_PUBLICATION_REMINDED)
        return fire_publication(self, file, why);
    gk_json_auto *data = json_object();
    const gk_consultation *consulted = gk_case_consultation(file, timer->name);
    const gk_telling *notice = gk_case_notice_named(file, timer->name);
    if (consulted)
        json_object_set_new(data, "consultation", json_string(timer->name));
    if (notice)
        json_object_update_new(data, json_pack("{s:s, s:s}", "notice", timer->name, "letter", notice->letter));
    if (event == GK_INCIDENT_RAISED)
        json_object_set_new(data, "kind", json_string(notice ? "untold"
                                                      : consulted ? gk_date_is_none(consulted->served_on) ? "consultation" : "referral"
                                                      : file->state == GK_CONFIRMATION ? "confirmation" : "notice"));
    if (event == GK_SUBTASK_DUE)
        json_object_set_new(data, "subtask", json_string(timer->name));
    return act_by_clock(self, file, event, data, why);
}

/*  A timer that cannot fire must not stop the others, nor be forgotten: it moves an hour on
 *  and says so. */
static gk_err postpone(gk_broker *self, const gk_timer_row *timer, const gk_why *reason, gk_why *why)
{
    gk_log(GK_ERROR, "case=@%lld timer=%s postponed reason=\"%s\"", (long long) timer->case_id, timer->name, reason->text);
    return gk_store_move_timer(self->store, timer, self->time.now + 3600, why);
}

gk_err gk_timers_fire(gk_broker *self, gk_why *why)
{
    if (self->time.doubtful || !self->book->org)
        return GK_OK;
    for (int i = 0; i < TIMERS_A_TURN; i++) {
        gk_timer_row timer;
        if (!gk_store_next_timer(self->store, &timer) || timer.at > self->time.now)
            return GK_OK;
        size_t effects;
        gk_err err = gk_broker_attempt(self, &effects, why);
        if (err)
            return err;
        gk_why reason = { "" };
        err = fire(self, &timer, &reason);
        if (gk_broker_cannot_write(err))
            return gk_refuse(why, err, "%s", reason.text);
        gk_broker_settle(self, effects, err);
        if (err)
            err = postpone(self, &timer, &reason, why);
        if (err)
            return err;
    }
    return GK_OK;
}

int64_t gk_timers_wait(gk_broker *self)
{
    gk_timer_row timer;
    if (self->training || self->time.doubtful || !self->book->org || !gk_store_next_timer(self->store, &timer))
        return 3600;
    return timer.at > self->time.now ? timer.at - self->time.now : 0;
}

/*  ---- housekeeping -------------------------------------------------------------------------- */

enum { SWEEP_MS = 10 * 60 * 1000, FORGOTTEN_A_SWEEP = 100 };

gk_err gk_housekeeping(gk_broker *self, gk_why *why)
{
    if (self->monotonic < self->sweep_at)
        return GK_OK;
    self->sweep_at = self->monotonic + SWEEP_MS;
    /*  Wall time on purpose: how long a file lies about is no matter of law. */
    int64_t now = self->wall, before = now - gk_conf_ms(self->conf, "broker/limits/upload_age") / 1000;
    char text[GK_TIME_TEXT], digest[GK_HASH_HEX];
    gk_err err = self->training ? GK_OK : gk_store_set_meta(self->store, "last_minute", gk_time_format(self->time.now, text), why);
    gk_time_format(before, text);
    if (!err)
        err = gk_store_request_expire(self->store, now, why);
    gk_gate gate = gk_broker_gate(self);
    if (!err)
        err = gk_store_people_expire(self->store, &gate.terms, now, why);
    for (int i = 0; i < FORGOTTEN_A_SWEEP && !err; i++) {
        err = gk_store_document_forget(self->store, text, digest, why);
        if (!err)
            memcpy(gk_broker_effect(self, GK_DO_DESTROY)->digest, digest, sizeof digest);
    }
    gk_broker_effect(self, GK_DO_SWEEP)->id = before;
    return err == GK_ENOTFOUND ? GK_OK : err;
}

/*  ---- training ----------------------------------------------------------------------------- */

/*  Ten in the morning: what is due at nine on the day asked for has fired. */
enum { TRAINING_HOUR = 10 };

static gk_err set_now(gk_broker *self, int64_t now, gk_why *why)
{
    char text[GK_TIME_TEXT];
    if (now > self->time.now)
        self->time.now = now;
    gk_err err = gk_evidence_seal(self, why);
    return err ? err : gk_store_set_meta(self->store, "training_now", gk_time_format(self->time.now, text), why);
}

gk_err gk_training_step(gk_broker *self, gk_why *why)
{
    int64_t end = gk_date_at(self->advance.to, TRAINING_HOUR);
    gk_timer_row timer;
    if (gk_store_next_timer(self->store, &timer) && timer.at <= end && timer.at <= self->time.now) {
        self->advance.fired++;
        return gk_timers_fire(self, why);
    }
    if (gk_store_next_timer(self->store, &timer) && timer.at <= end)
        return set_now(self, timer.at, why);
    gk_err err = set_now(self, end, why);
    if (err)
        return err;
    char text[GK_TIME_TEXT];
    self->advance.running = false;
    gk_broker_answer(self, &self->advance.asker, true, json_pack("{s:s, s:i}", "now", gk_time_format(self->time.now, text), "fired",
                                                                 self->advance.fired));
    return GK_OK;
}
