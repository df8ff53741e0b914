/*  ledger - the door into the store: seal what is personal, take numbers, apply, store, and
 *  queue what follows.  Everything that ever happens to a case passes gk_ledger_act. */
#include "broker/broker.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_SEALS = 16 };

const gk_actor gk_actor_clock = { .name = "clock", .roles = GK_CLOCK };

typedef struct sealing {
    gk_seal seals[MOST_SEALS];
    size_t count;
} sealing;

static void sealing_clear(sealing *self)
{
    for (size_t i = 0; i < self->count; i++)
        free((char *) self->seals[i].body);     /* ours: seal_one made it */
}

/*  Put the body aside and its salted hash into the event.  The salt keeps a short text, such
 *  as a name, from being guessed out of the ledger after it was erased. */
static void seal_one(sealing *self, json_t *data, const char *name, const json_t *value)
{
    if (self->count == MOST_SEALS)
        return;
    gk_seal *seal = &self->seals[self->count++];
    char *body = json_is_string(value) ? gk_strdup(json_string_value(value)) : gk_json_print(value);
    *seal = (gk_seal) { .name = name, .body = body, .len = strlen(body) };
    gk_random(seal->salt, sizeof seal->salt);
    gk_hasher *hasher = gk_hasher_new();
    gk_hasher_raw(hasher, seal->salt, sizeof seal->salt);
    gk_hasher_raw(hasher, seal->body, seal->len);
    gk_hash hash = gk_hasher_end(&hasher);
    char hex[GK_HASH_HEX];
    json_object_set_new(data, name, json_pack("{s:s}", "sealed", gk_hash_hex(&hash, hex)));
}

static void seal_fields(sealing *self, gk_event_type event, json_t *data, const json_t *more)
{
    for (const gk_field *spec = gk_flow_event(event)->fields; spec->name; spec++) {
        const json_t *value = json_object_get(data, spec->name);
        if (value && (spec->type == GK_FIELD_TEXT || spec->type == GK_FIELD_PERSON)) {
            json_t *body = json_deep_copy(value);
            seal_one(self, data, spec->name, body);
            json_decref(body);
        }
    }
    const char *name;
    json_t *value;
    json_object_foreach((json_t *) more, name, value)
        seal_one(self, data, name, value);
}

/*  Counter rows are taken inside the transaction: a refused act gives them back. */
static gk_err take_numbers(gk_broker *self, const gk_case *file, const gk_deed *deed, gk_numbers *out, gk_why *why)
{
    unsigned takes = gk_case_takes(deed->event);
    char scope[160], period[16];
    int year, month;
    if (takes & GK_TAKES_CASE) {
        gk_date received = deed->event == GK_RECEIPT_CONFIRMED ? gk_json_date(deed->data, "confirmed_on")
            : deed->event == GK_SPLIT_OFF ? gk_json_date(deed->data, "received_on") : file->received_on;
        /*  A part is an item of whoever made the whole application. */
        int64_t whole = deed->event == GK_SPLIT_OFF ? gk_store_by_number(self->store, gk_json_text(deed->data, "split_from")) : file->id;
        if (gk_date_is_none(received))
            return GK_OK;       /* apply will say what is wrong */
        gk_date_split(received, &year, &month, NULL);
        bool records = file->kind == GK_KIND_RECORDS;       /* a series of its own, and no item of the month (Art. 41) */
        snprintf(scope, sizeof scope, "%s:%s", records ? "records" : "case", file->office);
        snprintf(period, sizeof period, "%04d", year);
        gk_err err = gk_store_take(self->store, scope, period, &out->case_serial, why);
        if (err || records)
            return err;
        gk_hash applicant;
        char hex[GK_HASH_HEX] = "";
        if (gk_store_applicant(self->store, whole, &applicant, NULL) == GK_OK)
            snprintf(scope, sizeof scope, "ordinal:%s:%s", file->office, gk_hash_hex(&applicant, hex));
        else        /* without a proof number nobody else's items can be theirs */
            snprintf(scope, sizeof scope, "ordinal:%s:@%lld", file->office, (long long) whole);
        snprintf(period, sizeof period, "%04d-%02d", year, month);
        return gk_store_take(self->store, scope, period, &out->ordinal, why);
    }
    if (takes & GK_TAKES_LETTER) {
        gk_date_split(gk_date_of(self->time.now), &year, NULL, NULL);
        snprintf(scope, sizeof scope, "letter:%s", file->office);
        snprintf(period, sizeof period, "%04d", year);
        return gk_store_take(self->store, scope, period, &out->letter_serial, why);
    }
    return GK_OK;
}

gk_hold gk_ledger_holds(gk_broker *self, const char *digest)
{
    gk_hold hold = GK_HELD_BY_NONE;
    for (int64_t id = 0; hold != GK_ADMITTED_BY_ONE && (id = gk_store_document_user(self->store, digest, id)); ) {
        gk_auto(gk_case) file = NULL;
        gk_err err = gk_store_case(self->store, id, &file, NULL);
        const gk_case_document *document = err ? NULL : gk_case_document_find(file, digest);
        if (!err && (!document || document->status == GK_ADMITTED))     /* no document of it: a letter */
            hold = GK_ADMITTED_BY_ONE;
        else if (err || document->status != GK_DESTROYED)
            hold = GK_HELD;
    }
    return hold;
}

/*  What must happen in memory once the change is on disk. */
static void queue_effects(gk_broker *self, const gk_case *file, gk_state before, const gk_deed *deed, const gk_change *change,
                          const gk_job_row *jobs)
{
    if (deed->done_job)
        gk_broker_effect(self, GK_DO_DROP_JOB)->id = deed->done_job;
    for (int i = 0; i < change->job_count; i++)
        gk_broker_effect(self, GK_DO_ADD_JOB)->job = jobs[i];
    gk_effect *due = gk_broker_effect(self, GK_DO_DUE);
    due->id = file->id;
    due->date = gk_case_work_by(file);
    if (before == GK_INTAKE && file->state != GK_INTAKE)    /* registered, confirmation awaited, withdrawn */
        gk_broker_effect(self, GK_DO_WAKE_CASE)->id = file->id;
    if (deed->event == GK_DOCUMENT_DESTROYED && gk_ledger_holds(self, gk_json_text(deed->data, "digest")) == GK_HELD_BY_NONE)
        snprintf(gk_broker_effect(self, GK_DO_DESTROY)->digest, GK_HASH_HEX, "%s", gk_json_text(deed->data, "digest"));
    /*  Whatever the file now calls admitted may leave quarantine; moving twice does nothing. */
    for (int i = 0; i < file->document_count; i++)
        if (file->documents[i].status == GK_ADMITTED
            && (deed->event == GK_DOCUMENTS_ADMITTED || deed->event == GK_SCANNED || deed->event == GK_DOCUMENT_CLEARED))
            snprintf(gk_broker_effect(self, GK_DO_ADMIT)->digest, GK_HASH_HEX, "%s", file->documents[i].digest);
    if (deed->event == GK_LETTER_RENDERED || deed->event == GK_NOTICE_RENDERED)
        snprintf(gk_broker_effect(self, GK_DO_ADMIT)->digest, GK_HASH_HEX, "%s", gk_json_text(deed->data, "digest"));
}

gk_err gk_ledger_act(gk_broker *self, gk_case *file, const gk_deed *deed, gk_why *why)
{
    gk_json_auto *data = json_deep_copy(deed->data);
    __attribute__((cleanup(sealing_clear))) sealing seals = { 0 };
    seal_fields(&seals, deed->event, data, deed->seals);

    gk_act act = { .event = deed->event, .actor = deed->actor, .at = self->time.now, .on = deed->on,
                   .request_id = deed->request_id ? deed->request_id : "", .data = data };
    gk_err err = take_numbers(self, file, deed, &act.numbers, why);
    if (err)
        return err;
    gk_change change;
    gk_state before = file->state;
    err = gk_case_apply(file, &act, &self->book->law, &change, why);
    if (err)
        return err;
    change.event.case_id = file->id ? file->id : gk_store_new_case(self->store);
    gk_job_row jobs[GK_CHANGE_JOBS];
    err = gk_store_apply(self->store, file, &change, seals.seals, seals.count, deed->keys, deed->done_job, jobs, why);
    if (!err)
        queue_effects(self, file, before, deed, &change, jobs);
    gk_change_clear(&change);
    return err;
}

gk_err gk_ledger_stream(gk_broker *self, const char *office, gk_case **out, gk_why *why)
{
    int64_t id = gk_store_ledger_of(self->store, office);
    if (id)
        return gk_store_case(self->store, id, out, why);
    *out = gk_case_new(GK_LEDGER);
    snprintf((*out)->office, sizeof (*out)->office, "%s", office);
    return GK_OK;
}
