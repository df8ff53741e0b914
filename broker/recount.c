/*  recount - a new holiday notice moves the dates that leaned on days which no notice covered.
 *
 *  All of it happens in the transaction that takes the notice: there is no moment in which the calendar says one
 *  thing and a case another.  A case is read as of the day of its last event, for which its date was stored, so that
 *  what differs is the calendar and not the days that a consultation went on meanwhile. */
#include "broker/broker.h"
#include "base/log.h"
#include "base/mem.h"

#include <string.h>

/*  One case: GK_OK and nothing written when its date stands. */
static gk_err recount_case(gk_broker *self, int64_t id, gk_recounted *out, gk_why *why)
{
    gk_auto(gk_case) file = NULL;
    gk_err err = gk_store_case(self->store, id, &file, why);
    if (err || gk_date_is_none(file->due_on) || gk_date_is_none(file->received_on))
        return err;
    gk_clock_reading reading = gk_case_read(file, &self->book->law, file->counted_on);
    if (gk_date_is_none(reading.due_on) || (reading.due_on.day == file->due_on.day && reading.provisional == file->provisional))
        return GK_OK;
    bool moved = reading.due_on.day != file->due_on.day, sooner = reading.due_on.day < file->due_on.day;
    gk_json_auto *data = json_pack("{s:o, s:o, s:b}", "was", gk_json_from_date(file->due_on), "becomes",
                                   gk_json_from_date(reading.due_on), "provisional", reading.provisional);
    gk_deed deed = { .event = GK_DUE_RECOMPUTED, .actor = &gk_actor_clock, .on = GK_NO_DATE, .data = data };
    err = gk_ledger_act(self, file, &deed, why);
    out->recomputed += !err;
    out->moved += !err && moved;
    out->earlier += !err && sooner;
    return err;
}

/*  The written answers that a case owes, on whichever desk it lies.  What a court fixed stands. */
static gk_err recount_answers(gk_broker *self, int64_t id, gk_recounted *out, gk_why *why)
{
    gk_auto(gk_case) file = NULL;
    gk_err err = gk_store_case(self->store, id, &file, why);
    for (int i = 0; !err && i < file->proceeding_count; i++) {
        const gk_proceeding *one = &file->proceedings[i];
        if (one->extended || gk_date_is_none(one->answer_due) || !gk_date_is_none(one->answered_on) || !gk_date_is_none(one->concluded_on))
            continue;
        gk_due due = gk_case_answer_due(&self->book->law, one->kind, one->simple, one->received_on);
        if (due.date.day == one->answer_due.day && due.provisional == one->provisional)
            continue;
        int left = gk_calendar_between(self->book->law.calendar, gk_date_of(self->time.now), due.date);
        gk_json_auto *data = json_pack("{s:s, s:o, s:o, s:b, s:i}", "proceeding", one->id, "was", gk_json_from_date(one->answer_due),
                                       "becomes", gk_json_from_date(due.date), "provisional", due.provisional, "left", left);
        gk_deed deed = { .event = GK_ANSWER_RECOMPUTED, .actor = &gk_actor_clock, .on = GK_NO_DATE, .data = data };
        err = gk_ledger_act(self, file, &deed, why);
        out->answers += !err;
    }
    return err;
}

typedef int64_t next_case(gk_store *store, int64_t after);
typedef gk_err recounting(gk_broker *self, int64_t id, gk_recounted *out, gk_why *why);

static gk_err recount_each(gk_broker *self, next_case *next, recounting *recount, gk_recounted *out, gk_why *why)
{
    for (int64_t id = 0; (id = next(self->store, id)); ) {
        size_t effects;
        gk_err err = gk_broker_attempt(self, &effects, why);
        if (err)
            return err;
        gk_why reason = { "" };
        err = recount(self, id, out, &reason);
        if (gk_broker_cannot_write(err))
            return gk_refuse(why, err, "%s", reason.text);
        gk_broker_settle(self, effects, err);
        if (err) {              /* one damaged case must not keep the notice from the others */
            out->failed++;
            gk_log(GK_ERROR, "case=@%lld recount refused reason=\"%s\"", (long long) id, reason.text);
        }
    }
    return GK_OK;
}

gk_err gk_recount(gk_broker *self, const gk_calendar *calendar, gk_recounted *out, gk_why *why)
{
    const gk_calendar *before = self->book->law.calendar;
    self->book->law.calendar = calendar;
    gk_err err = recount_each(self, gk_store_running_case, recount_case, out, why);
    if (!err)
        err = recount_each(self, gk_store_answering_case, recount_answers, out, why);
    self->book->law.calendar = before;
    return err ? err : gk_store_set_meta(self->store, "calendar", gk_calendar_version(calendar), why);
}

gk_err gk_recount_start(gk_broker *self, gk_why *why)
{
    gk_free_auto char *version = gk_store_meta(self->store, "calendar");
    if (version && strcmp(version, gk_calendar_version(self->book->calendar)) == 0)
        return GK_OK;
    gk_err err = gk_store_begin(self->store, why);
    gk_recounted out = { 0 };
    if (!err && self->book->org)
        err = gk_recount(self, self->book->calendar, &out, why);
    if (!err)
        err = gk_store_commit(self->store, why);
    if (out.recomputed || out.answers || out.failed)
        gk_log(GK_INFO, "event=recounted cases=%d moved=%d earlier=%d answers=%d failed=%d", out.recomputed, out.moved, out.earlier,
               out.answers, out.failed);
    return err;
}
