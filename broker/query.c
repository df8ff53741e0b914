/*  gk_readers - the thread that answers readings. */
#include "broker/query.h"
#include "broker/depot.h"
#include "broker/evidence.h"
#include "broker/report.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/items.h"
#include "core/letters.h"
#include "core/proof.h"
#include "core/shown.h"
#include "core/similar.h"
#include "wire/message.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LISTED = 200, FOUND = 50, SIMILAR = 20, COMPARED = 2000 };

typedef struct question {
    gk_address from;
    int64_t now;
    gk_job_row leased;
    gk_gate gate;
    bool reload;
} question;

typedef struct reader {
    const char *data;
    const gk_keys *keys;
    const gk_notary *notary;
    int64_t limit_ms;
    gk_store *store;
    gk_lawbook *book;
    const question *asked;
    zframe_t *raw;              /* second frame of the answer, of document.get */
    gk_visitor visitor;         /* who asks */
} reader;

static gk_date today(const reader *r)
{
    return gk_date_of(r->asked->now);
}

static gk_err who_asks(reader *r, const json_t *body, gk_actor *out, gk_why *why)
{
    return gk_actor_of(r->store, r->book, &r->asked->gate, body, out, &r->visitor, why);
}

/*  ---- pieces of views ------------------------------------------------------------------- */

static json_t *reading_object(const gk_clock_reading *reading)
{
    json_t *clock = json_pack("{s:s, s:b}", "state", gk_clock_state_name(reading->state), "overdue", reading->overdue);
    json_object_set_new(clock, "used", reading->counted ? json_integer(reading->used) : json_null());
    json_object_set_new(clock, "left", reading->counted ? json_integer(reading->left) : json_null());
    json_object_set_new(clock, "statutory", json_boolean(reading->statutory));
    json_object_set_new(clock, "timely", reading->timely < 0 ? json_null() : json_boolean(reading->timely));
    return clock;
}

typedef struct timeline {
    json_t *list;
    const gk_case *file;
    bool for_applicant;
} timeline;

static bool add_event(void *context, const gk_event *event)
{
    timeline *t = context;
    const gk_event_info *info = gk_flow_event(event->type);
    if (t->for_applicant && !gk_shown_event(t->file, event))
        return true;
    gk_state state = t->for_applicant ? gk_shown_state(event->state) : event->state;
    json_t *entry = json_pack("{s:i, s:s, s:o, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:b, s:s}", "seq", event->seq, "at", event->at,
                              "on", gk_json_from_date(event->on), "event", info->name, "event_zh", info->zh, "event_en", info->en,
                              "state", gk_flow_state(state)->name, "state_zh", gk_flow_state(state)->zh, "clock",
                              gk_clock_state_name(event->clock), "due_on", gk_json_from_date(event->due_on), "provisional",
                              event->provisional, "article", event->article);
    if (!t->for_applicant) {
        char hex[GK_HASH_HEX];
        json_object_set_new(entry, "actor", json_string(event->actor));
        json_object_set(entry, "data", event->data);
        json_object_set_new(entry, "hash", json_string(gk_hash_hex(&event->hash, hex)));
    }
    json_array_append_new(t->list, entry);
    return true;
}

static gk_err timeline_of(reader *r, const gk_case *file, bool for_applicant, json_t **out, gk_why *why)
{
    timeline t = { json_array(), file, for_applicant };
    gk_err err = gk_store_events(r->store, file->id, 1, add_event, &t, why);
    if (err)
        json_decref(t.list);
    else
        *out = t.list;
    return err;
}

static const char *letter_zh(const char *kind)
{
    const gk_letter_info *info = gk_letter_find(kind);
    return info ? info->zh : kind;
}

static json_t *letters_of(const gk_case *file, bool for_applicant)
{
    json_t *list = json_array();
    for (int i = 0; i < file->letter_count; i++) {
        const gk_case_letter *letter = &file->letters[i];
        if (!for_applicant || gk_shown_letter(file, letter))
            json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:o, s:b}", "kind", letter->kind, "kind_zh",
                                                  letter_zh(letter->kind), "number", letter->number, "digest", letter->digest,
                                                  "check_code", letter->check_code, "pages", letter->pages, "on", gk_json_from_date(letter->on),
                                                  "void", letter->voided));
    }
    return list;
}

static json_t *field_object(const gk_field *field)
{
    static const char *const types[] = {
        [GK_FIELD_TEXT] = "text", [GK_FIELD_LINE] = "line", [GK_FIELD_DATE] = "date", [GK_FIELD_UNTIL] = "date", [GK_FIELD_INT] = "int",
        [GK_FIELD_BOOL] = "bool", [GK_FIELD_CHOICE] = "choice", [GK_FIELD_PERSON] = "person", [GK_FIELD_DOCUMENTS] = "documents",
        [GK_FIELD_FACTS] = "facts",
    };
    json_t *object = json_pack("{s:s, s:s, s:b, s:s, s:s}", "name", field->name, "type", types[field->type], "required",
                               field->required, "zh", field->zh, "en", field->en);
    if (field->choices)
        json_object_set_new(object, "choices", gk_json_choices(field->choices));
    return object;
}

static json_t *action_object(const gk_case *file, const gk_step *step)
{
    const gk_event_info *info = gk_flow_event(step->event);
    json_t *who = json_array(), *needs = json_array(), *fields = json_array();
    for (int bit = 0; bit < GK_ROLE_BITS; bit++)
        if (step->who >> bit & 1)
            json_array_append_new(who, json_string(gk_role_name((gk_role) (1u << bit))));
    for (int i = 0; i < GK_STEP_NEEDS && step->needs[i]; i++)
        json_array_append_new(needs, json_string(gk_need_name(step->needs[i])));
    for (const gk_field *field = info->fields; field->name; field++)
        json_array_append_new(fields, field_object(field));
    gk_state to = step->to == GK_SAME ? file->state : step->to;
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o}", "action", info->action, "zh", info->zh, "en", info->en,
                     "event", info->name, "to", gk_flow_state(to)->name, "to_zh", gk_flow_state(to)->zh, "article", step->article,
                     "who", who, "needs", needs, "fields", fields);
}

/*  What this person may do with this case now, from the flow's own table. */
static json_t *actions_of(const gk_case *file, const gk_actor *actor)
{
    size_t count;
    const gk_step *table = gk_flow_table(&count);
    json_t *list = json_array();
    const char *last = "";
    for (size_t i = 0; i < count; i++) {
        const char *action = gk_flow_event(table[i].event)->action;
        if (!action || !gk_step_from(&table[i], file->state) || !gk_case_suits(file, &table[i])
            || !gk_case_allows(file, &table[i], actor))
            continue;
        if (strcmp(action, last) != 0)      /* "propose" stands there twice, in a row */
            json_array_append_new(list, action_object(file, &table[i]));
        last = action;
    }
    return list;
}

static json_t *flags_of(const gk_case *file, const gk_actor *actor)
{
    static const struct { unsigned bit; const char *name; } names[] = {
        { GK_FLAG_INCOMPLETE, "incomplete" }, { GK_FLAG_DISGUISE, "disguise" }, { GK_FLAG_DUPLICATE, "duplicate" },
        { GK_FLAG_REPEAT, "repeat" }, { GK_FLAG_LATE_REGISTRATION, "late_registration" }, { GK_FLAG_LATE_REPLY, "late_reply" },
        { GK_FLAG_EXTENDED, "extended" }, { GK_FLAG_CLASSIFIED, "classified" }, { GK_FLAG_MAIL_RETURNED, "mail_returned" },
        { GK_FLAG_REOPENED, "reopened" }, { GK_FLAG_REDONE, "redone" }, { GK_FLAG_LATE_CORRECTION, "late_correction" },
        { GK_FLAG_DELAYED, "delayed" }, { GK_FLAG_LATE_CONFIRMATION, "late_confirmation" }, { GK_FLAG_TOLD_LATE, "told_late" },
    };
    unsigned hidden = gk_actor_roles(actor) & (GK_LEGAL_REVIEWER | GK_HEAD) ? 0 : GK_FLAG_TOLD_LATE;   /* a matter for the defence */
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (file->flags & names[i].bit & ~hidden)
            json_array_append_new(list, json_string(names[i].name));
    return list;
}

/*  `attachments`: with what the applicant attached. */
static json_t *documents_of(reader *r, const gk_case *file, bool for_applicant, bool attachments)
{
    static const char *const status[] = { "quarantine", "admitted", "refused", "destroyed" };
    json_t *list = json_array();
    for (int i = 0; i < file->document_count; i++) {
        const gk_case_document *d = &file->documents[i];
        if (for_applicant ? !gk_shown_document(d) : !attachments && strcmp(d->kind, "attachment") == 0)
            continue;
        gk_free_auto char *name = gk_facts_document_name(r->store, file, d);
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:I, s:s, s:s, s:i, s:s}", "digest", d->digest, "name", name, "kind",
                                              d->kind, "size", (json_int_t) gk_store_document_size(r->store, d->digest), "status",
                                              status[d->status], "scan", d->unread ? "unread" : d->scanned ? "read" : "", "item",
                                              d->item, "verdict", gk_verdict_name(d->verdict)));
    }
    return list;
}

/*  The findings of the last scan of each kind, from beside their events. */
static json_t *findings_of(reader *r, int64_t case_id, const json_t *events)
{
    json_t *list = json_array(), *entry;
    size_t index;
    json_array_foreach(events, index, entry) {
        const char *name = gk_json_text(entry, "event");
        if (strcmp(name, "scanned") != 0 && strcmp(name, "documents_admitted") != 0)
            continue;
        size_t len;
        gk_free_auto char *body = gk_store_seal(r->store, case_id, (int) json_integer_value(json_object_get(entry, "seq")), "findings", &len);
        gk_json_auto *found = NULL;
        if (body && gk_json_parse(body, len, &found, NULL) == GK_OK)
            json_array_extend(list, found);
    }
    return list;
}

static json_t *consultations_of(const reader *r, const gk_case *file)
{
    json_t *list = json_array();
    for (int i = 0; i < file->consultation_count; i++) {
        const gk_consultation *c = &file->consultations[i];
        json_array_append_new(list, json_pack("{s:s, s:s, s:i, s:o, s:o, s:b, s:b}", "consultation", c->id, "kind", c->kind,
                                              "days", gk_consultation_days(c, r->book->rules), "started_on",
                                              gk_json_from_date(c->started_on), "served_on", gk_json_from_date(c->served_on),
                                              "told", c->told, "open", c->open));
    }
    return list;
}

/*  How and when the applicant was told what had to be told. */
static json_t *notices_of(const gk_case *file)
{
    json_t *list = json_array();
    for (int i = 0; i < file->notice_count; i++) {
        const gk_telling *n = &file->notices[i];
        json_array_append_new(list, json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "letter", n->letter, "letter_zh", letter_zh(n->letter),
                                              "made_on", gk_json_from_date(n->made_on), "tell_by", gk_json_from_date(n->tell_by),
                                              "mailed_on", gk_json_from_date(n->mailed_on), "posted_on", gk_json_from_date(n->posted_on),
                                              "served_on", gk_json_from_date(n->served_on)));
    }
    return list;
}

/*  What the file keeps of a proceeding, and whose it is from its event. */
static json_t *proceedings_of(reader *r, const gk_case *file)
{
    json_t *list = json_array();
    for (int i = 0; i < file->proceeding_count; i++) {
        const gk_proceeding *p = &file->proceedings[i];
        gk_json_auto *opened = gk_store_event_data(r->store, file->id, p->seq);
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:b, s:o, s:o, s:o, s:s, s:b, s:b, s:b}", "proceeding", p->id,
                                              "kind", p->kind, "consultation", p->consultation, "body", gk_json_text(opened, "body"),
                                              "number", gk_json_text(opened, "number"), "received_on",
                                              gk_json_from_date(p->received_on), "simple", p->simple, "answer_due",
                                              gk_json_from_date(p->answer_due), "answered_on", gk_json_from_date(p->answered_on),
                                              "concluded_on", gk_json_from_date(p->concluded_on), "result", p->result, "redo",
                                              p->redo, "provisional", p->provisional, "extended", p->extended));
    }
    return list;
}

static json_t *subtasks_of(reader *r, const gk_case *file)
{
    static const char *const status[] = { "asked", "answered", "signed", "returned", "recalled" };
    json_t *list = json_array();
    for (int i = 0; i < file->subtask_count; i++) {
        const gk_subtask *s = &file->subtasks[i];
        gk_json_auto *sent = gk_facts_open(r->store, file->id, gk_case_named_seq(s->id));
        gk_json_auto *answer = s->answer_seq ? gk_facts_open(r->store, file->id, s->answer_seq) : NULL;
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:o, s:o, s:s, s:s, s:s}", "subtask", s->id, "unit", s->unit, "status",
                                              status[s->status], "sent_on", gk_json_from_date(s->sent_on), "due_on",
                                              gk_json_from_date(s->due_on), "question", gk_json_text(sent, "question"), "result",
                                              gk_json_text(answer, "result"), "opinion", gk_json_text(answer, "opinion")));
    }
    return list;
}

/*  Where the case stands on its way to the archive. */
static json_t *archive_of(reader *r, const gk_case *file)
{
    char hex[GK_HASH_HEX];
    json_t *archive = json_pack("{s:o, s:o, s:o, s:o}", "ended_on", gk_json_from_date(file->ended_on), "handover_due",
                                gk_json_from_date(gk_archive_due(file, r->book->rules)), "handed_on",
                                gk_json_from_date(file->handed_on), "keep_until",
                                gk_json_from_date(gk_archive_keep_until(file, r->book->rules)));
    gk_json_auto *event = file->archived_seq ? gk_store_event_data(r->store, file->id, file->archived_seq) : NULL;
    json_object_set_new(archive, "archived", json_boolean(file->archived_seq != 0));
    json_object_set_new(archive, "manifest", json_string(file->archived_seq ? gk_hash_hex(&file->manifest, hex) : ""));
    json_object_set_new(archive, "papers", json_integer((json_int_t) json_array_size(json_object_get(event, "package"))));
    return archive;
}

static json_t *publication_of(reader *r, const gk_case *file)
{
    const gk_publication *task = &file->publication;
    gk_json_auto *event = gk_store_event_data(r->store, file->id, task->seq);
    bool open = gk_publication_is_open(task);
    return json_pack("{s:s, s:s, s:o, s:o, s:o, s:s}", "stage", gk_publication_stage_name(task->stage), "cause", task->cause,
                     "suggested_on", gk_json_from_date(task->asked_on), "due_on", gk_json_from_date(open ? task->due_on : GK_NO_DATE),
                     "published_on", gk_json_from_date(task->published_on), "url", gk_json_text(event, "url"));
}

/*  The list that was drawn up, with what each item was decided to be. */
static json_t *items_of(reader *r, const gk_case *file)
{
    json_t *list = json_array();
    if (!file->item_count)
        return list;
    gk_json_auto *event = gk_facts_open(r->store, file->id, file->items_seq);
    gk_json_auto *texts = gk_items_split(gk_json_text(event, "items"));
    for (int i = 0; i < file->item_count; i++) {
        const gk_case_item *item = &file->items[i];
        const gk_outcome *outcome = gk_outcomes_find(r->book->outcomes, item->outcome);
        const char *text = json_string_value(json_array_get(texts, (size_t) i));
        json_array_append_new(list, json_pack("{s:i, s:s, s:s, s:s, s:s, s:i, s:s}", "item", i + 1, "text", text ? text : "", "outcome",
                                              item->outcome, "outcome_zh", outcome ? outcome->zh : "", "outcome_en",
                                              outcome ? outcome->en : "", "seq", item->seq, "verdict",
                                              gk_verdict_name(item->verdict)));
    }
    return list;
}

/*  The later date of another reading of the law is for those who defend a decision, and nobody else plans by it. */
static void set_defence(json_t *view, const gk_actor *actor, const gk_clock_reading *reading)
{
    if (gk_actor_roles(actor) & GK_LEGAL_REVIEWER && !gk_date_is_none(reading->defence_on))
        gk_json_set_date(view, "defence_date", reading->defence_on);
}

/*  Of staff's view: where it came from, what became of it, and what is left to it. */
static json_t *split_view(reader *r, const gk_case *file)
{
    json_t *view = json_object(), *cases = json_array();
    for (int i = 0; i < file->part_count; i++)
        json_array_append_new(cases, json_string(file->parts[i]));
    if (file->part_count) {
        gk_json_auto *split = gk_facts_open(r->store, file->id, file->split_seq);
        gk_json_auto *lines = gk_items_split(gk_json_text(split, "parts"));
        json_object_set(view, "part", json_array_get(lines, 0));
    }
    json_object_set_new(view, "from", json_string(file->split_from));
    json_object_set_new(view, "cases", cases);
    return view;
}

/*  With which cases it is answered, and by which day; as of the last event. */
static void add_merging(const gk_case *file, json_t *view)
{
    json_t *cases = json_array();
    for (int i = 0; i < file->merged_count; i++)
        json_array_append_new(cases, json_string(file->merged[i]));
    if (file->merged_count)
        json_object_set_new(view, "merged", json_pack("{s:O, s:o}", "cases", cases, "work_by", gk_json_from_date(gk_case_work_by(file))));
    json_decref(cases);
}

static void add_kind(const gk_case *file, json_t *view)
{
    json_object_set_new(view, "kind", json_string(gk_kind_name(file->kind)));
    json_object_set_new(view, "kind_zh", json_string(gk_kind_text(file->kind, "zh")));
    json_object_set_new(view, "kind_en", json_string(gk_kind_text(file->kind, "en")));
}

/*  Put a mask over the number of every proof of identity in a form: the applicant's, an agent's, of each who applies jointly. */
static void mask_proofs(json_t *node)
{
    const char *name;
    json_t *value;
    size_t index;
    json_array_foreach(node, index, value)
        mask_proofs(value);
    json_object_foreach(node, name, value) {
        if (strcmp(name, "proof") == 0 && json_object_get(value, "number"))
            json_object_set_new(value, "number", json_string("****"));
        mask_proofs(value);
    }
}

static gk_err case_view(reader *r, const gk_case *file, const gk_actor *actor, json_t **ok, gk_why *why)
{
    json_t *events = NULL;
    gk_err err = timeline_of(r, file, false, &events, why);
    if (err)
        return err;
    gk_clock_reading reading = gk_case_read(file, &r->book->law, today(r));
    const gk_state_info *state = gk_flow_state(file->state);
    const gk_outcome *outcome = gk_outcomes_find(r->book->outcomes, file->outcome);
    char reference[32], head[GK_HASH_HEX];
    snprintf(reference, sizeof reference, "@%lld", (long long) file->id);
    gk_json_auto *received = gk_facts_open(r->store, file->id, 1);
    gk_json_auto *triage = file->triaged_seq ? gk_store_event_data(r->store, file->id, file->triaged_seq) : NULL;
    gk_json_auto *intake = file->registered_seq ? gk_store_event_data(r->store, file->id, file->registered_seq) : NULL;
    json_t *view = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:o, s:s, s:o, s:b, s:o, s:o, s:i, s:s, s:s, s:s, s:s}",
                             "case", reference, "number", file->number, "office", file->office, "unit", file->unit, "holder",
                             file->holder, "state", state->name, "state_zh", state->zh, "state_en", state->en, "seq", file->seq,
                             "received_on", gk_json_from_date(file->received_on), "channel", file->channel, "due_on",
                             gk_json_from_date(reading.due_on), "provisional", reading.provisional, "clock", reading_object(&reading),
                             "flags", flags_of(file, actor), "ordinal", file->ordinal, "outcome", file->outcome, "outcome_zh",
                             outcome ? outcome->zh : "", "letter_number", file->letter_number, "head",
                             gk_hash_hex(&file->head, head));
    add_kind(file, view);
    bool identity = gk_case_sees_identity(file, actor);
    if (!identity)
        mask_proofs(json_object_get(received, "form"));
    json_object_set(view, "form", json_object_get(received, "form"));
    json_object_set(view, "receipt", json_object_get(received, "receipt"));
    json_object_set_new(view, "documents", documents_of(r, file, false, identity));
    json_object_set_new(view, "findings", findings_of(r, file->id, events));
    json_object_set_new(view, "letters", letters_of(file, false));
    json_object_set_new(view, "consultations", consultations_of(r, file));
    json_object_set_new(view, "notices", notices_of(file));
    json_object_set_new(view, "proceedings", proceedings_of(r, file));
    json_object_set_new(view, "held", json_boolean(gk_case_is_held(file)));
    if (!gk_date_is_none(file->ended_on))
        json_object_set_new(view, "archive", archive_of(r, file));
    if (file->publication.stage != GK_PUBLICATION_NONE)
        json_object_set_new(view, "publication", publication_of(r, file));
    if (file->flags & GK_FLAG_REDONE) {
        gk_json_set_date(view, "first_due_on", file->first_due_on);
        gk_json_set_date(view, "first_dispatched_on", file->first_dispatched_on);
        json_object_set_new(view, "first_outcome", json_string(file->first_outcome));
    }
    json_object_set_new(view, "items", items_of(r, file));
    json_object_set_new(view, "subtasks", subtasks_of(r, file));
    if (file->split_seq)
        json_object_set_new(view, "split", split_view(r, file));
    add_merging(file, view);
    gk_json_set_date(view, "helped_on", file->helped_on);
    json_object_set_new(view, "candidates", json_pack("{s:O?, s:O?, s:O?}", "repeat", json_object_get(triage, "repeat"), "public",
                                                      json_object_get(triage, "public"), "fee", json_object_get(triage, "fee")));
    json_object_set_new(view, "intake", json_pack("{s:O?, s:O?, s:O?, s:O?}", "missing", json_object_get(intake, "missing"),
                                                  "disguise", json_object_get(intake, "disguise"), "duplicate_of",
                                                  json_object_get(intake, "duplicate_of"), "flags",
                                                  json_object_get(intake, "flags")));
    json_object_set_new(view, "fee", json_pack("{s:s, s:I, s:I, s:o}", "standard", file->fee_standard, "yuan",
                                               (json_int_t) file->fee_yuan, "paid", (json_int_t) file->paid_yuan, "payment_due",
                                               gk_json_from_date(file->payment_due)));
    gk_json_set_date(view, "correction_due", file->correction_due);
    json_object_set_new(view, "actions", actions_of(file, actor));
    json_object_set_new(view, "timeline", events);
    set_defence(view, actor, &reading);
    *ok = view;
    return GK_OK;
}

/*  ---- who asks for what --------------------------------------------------------------------- */

/*  A person of the case's office, and the case they name. */
static gk_err staff_case(reader *r, const json_t *body, gk_actor *actor, gk_case **file, gk_why *why)
{
    int64_t id;
    gk_err err = who_asks(r, body, actor, why);
    if (!err)
        err = gk_case_ref(r->store, body, &id, why);
    if (!err)
        err = gk_store_case(r->store, id, file, why);
    if (!err && ((*file)->state == GK_LEDGER || strcmp((*file)->office, actor->office) != 0)) {
        gk_case_destroy(file);
        err = gk_refuse(why, GK_ENOTFOUND, "your office has no such case");
    }
    return err;
}

static gk_err applicant_case(reader *r, const json_t *body, gk_case **file, gk_why *why)
{
    gk_hash receipt;
    if (!gk_receipt_hash(gk_json_text(body, "receipt"), &receipt))
        return gk_refuse(why, GK_ENOTFOUND, "that is no receipt code: 26 letters and digits, hyphens do not count");
    int64_t id = gk_store_by_receipt(r->store, &receipt);
    return id ? gk_store_case(r->store, id, file, why)
        : gk_refuse(why, GK_ENOTFOUND, "no application has that receipt code");
}

static void add_part(reader *r, const gk_hash *receipt, int part, int64_t id, json_t *list)
{
    gk_auto(gk_case) file = NULL;
    char code[GK_RECEIPT_CODE];
    if (gk_store_case(r->store, id, &file, NULL))
        return;
    gk_split_code(gk_keys_get(r->keys, GK_KEY_RECEIPT), receipt, part, code);
    const gk_state_info *state = gk_flow_state(gk_shown_state(file->state));
    const json_t *office = r->book->org ? gk_org_office(r->book->org, file->office) : NULL;
    json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "number", file->number, "receipt", code, "office",
                                          gk_json_text(office, "name"), "state", state->name, "state_zh", state->zh, "state_en",
                                          state->en, "due_on", gk_json_from_date(file->due_on)));
}

/*  What became of it elsewhere, to whoever holds its receipt: the parts of a split, the case at the office to which it
 *  moved.  Each has a code of its own. */
static json_t *parts_of(reader *r, const json_t *body, const gk_case *file)
{
    json_t *list = json_array();
    gk_hash receipt;
    if (!gk_receipt_hash(gk_json_text(body, "receipt"), &receipt))
        return list;
    for (int i = 0; i < file->part_count; i++)
        add_part(r, &receipt, i + 2, gk_store_by_number(r->store, file->parts[i]), list);
    if (*file->moved_to)
        add_part(r, &receipt, 1, strtoll(file->moved_to + 1, NULL, 10), list);
    return list;
}

static void add_receipt(reader *r, const json_t *body, const gk_case *file, json_t *view)
{
    gk_hash receipt;
    json_t *document = gk_receipt_hash(gk_json_text(body, "receipt"), &receipt) ? gk_evidence_receipt(r->store, r->notary, file, &receipt) : NULL;
    if (document)
        json_object_set_new(view, "signed", document);
}

static gk_err status(reader *r, const json_t *body, json_t **ok, gk_why *why)
{
    gk_auto(gk_case) file = NULL;
    json_t *events = NULL;
    gk_err err = applicant_case(r, body, &file, why);
    if (!err)
        err = timeline_of(r, file, true, &events, why);
    if (err)
        return err;
    gk_clock_reading reading = gk_case_read(file, &r->book->law, today(r));
    const gk_state_info *state = gk_flow_state(gk_shown_state(file->state));
    const json_t *office = r->book->org ? gk_org_office(r->book->org, file->office) : NULL;
    static const struct { gk_clock_state state; const char *zh, *en; } reasons[] = {
        { GK_CLOCK_EXCLUDED, "正在征求意见，所需时间不计入答复期限", "others are being consulted; these days do not count" },
        { GK_CLOCK_PAUSED, "等待您补正或者缴费，期间答复期限暂停", "the clock stands still until you correct or pay" },
    };
    const char *reason_zh = "", *reason_en = "";
    for (size_t i = 0; i < 2; i++)
        if (reasons[i].state == reading.state)
            reason_zh = reasons[i].zh, reason_en = reasons[i].en;
    json_t *view = reading_object(&reading);
    json_object_set_new(view, "clock", json_string(gk_clock_state_name(reading.state)));
    add_kind(file, view);
    json_object_set_new(view, "number", json_string(file->number));
    json_object_set_new(view, "state", json_string(state->name));
    json_object_set_new(view, "state_zh", json_string(state->zh));
    json_object_set_new(view, "state_en", json_string(state->en));
    json_object_set_new(view, "office", json_string(gk_json_text(office, "name")));
    gk_json_set_date(view, "received_on", file->received_on);
    gk_json_set_date(view, "due_on", reading.due_on);
    json_object_set_new(view, "provisional", json_boolean(reading.provisional));
    if (file->flags & GK_FLAG_REDONE)
        gk_json_set_date(view, "first_due_on", file->first_due_on);
    json_object_set_new(view, "reason_zh", json_string(reason_zh));
    json_object_set_new(view, "reason_en", json_string(reason_en));
    json_object_set_new(view, "next_zh", json_string(state->next_zh));
    json_object_set_new(view, "next_en", json_string(state->next_en));
    if (strcmp(file->publication.cause, "suggestion") == 0)
        json_object_set_new(view, "publication", publication_of(r, file));
    gk_json_set_date(view, "correction_due", file->state == GK_CORRECTION ? file->correction_due : GK_NO_DATE);
    gk_json_set_date(view, "payment_due", file->state == GK_PAYMENT ? file->payment_due : GK_NO_DATE);
    json_object_set_new(view, "split_from", json_string(file->split_from));
    json_object_set_new(view, "parts", parts_of(r, body, file));
    json_object_set_new(view, "letters", letters_of(file, true));
    json_object_set_new(view, "documents", documents_of(r, file, true, false));
    json_object_set_new(view, "timeline", events);
    add_receipt(r, body, file, view);
    *ok = view;
    return GK_OK;
}

static gk_err show(reader *r, const json_t *body, json_t **ok, gk_why *why)
{
    gk_actor actor;
    gk_auto(gk_case) file = NULL;
    gk_err err = staff_case(r, body, &actor, &file, why);
    return err ? err : case_view(r, file, &actor, ok, why);
}

static gk_err actions(reader *r, const json_t *body, json_t **ok, gk_why *why)
{
    gk_actor actor;
    gk_auto(gk_case) file = NULL;
    gk_err err = staff_case(r, body, &actor, &file, why);
    if (!err)
        *ok = json_pack("{s:s, s:s, s:i, s:o}", "state", gk_flow_state(file->state)->name, "state_zh",
                        gk_flow_state(file->state)->zh, "seq", file->seq, "actions", actions_of(file, &actor));
    if (!err)
        add_kind(file, *ok);
    return err;
}

/*  ---- evidence -------------------------------------------------------------------------------- */

typedef struct paper {
    int seq;
    json_t *view;
} paper;

static bool take_paper(void *context, const gk_event *event)
{
    paper *p = context;
    const gk_event_info *info = gk_flow_event(event->type);
    char hex[GK_HASH_HEX];
    if (event->seq == p->seq && gk_archive_part_of(event->type, gk_json_text(event->data, "letter")) != GK_PARTS)
        p->view = json_pack("{s:i, s:s, s:s, s:s, s:o, s:s, s:s, s:s, s:s}", "seq", event->seq, "event", info->name, "event_zh", info->zh,
                            "event_en", info->en, "on", gk_json_from_date(event->on), "at", event->at, "actor", event->actor, "article",
                            event->article, "hash", gk_hash_hex(&event->hash, hex));
    return false;
}

/*  One paper, its texts opened as far as they are still there. */
static gk_err paper_of(reader *r, const gk_case *file, int seq, json_t **ok, gk_why *why)
{
    paper p = { .seq = seq };
    gk_err err = gk_store_events(r->store, file->id, seq, take_paper, &p, why);
    if (err || !p.view)
        return err ? err : gk_refuse(why, GK_ENOTFOUND, "event %d of this case is no paper", seq);
    gk_json_auto *stored = gk_store_event_data(r->store, file->id, seq);
    json_t *open = gk_facts_open(r->store, file->id, seq), *erased = json_array(), *value;
    const char *name;
    json_object_foreach(stored, name, value)
        if (!json_object_get(open, name))
            json_array_append_new(erased, json_string(name));
    json_object_del(open, "package");       /* the package does not hold itself */
    json_object_set_new(p.view, "data", open);
    json_object_set_new(p.view, "erased", erased);
    *ok = p.view;
    return GK_OK;
}

/*  What the office must be able to show a reconsideration body or a court (行政复议法 Art. 44, 48; 行政诉讼法 Art. 34, 67):
 *  the list first, then paper by paper. */
static gk_err evidence(reader *r, const json_t *body, json_t **ok, gk_why *why)
{
    gk_actor actor;
    gk_auto(gk_case) file = NULL;
    gk_err err = staff_case(r, body, &actor, &file, why);
    if (!err && !(gk_actor_roles(&actor) & (GK_LEGAL_REVIEWER | GK_CLERK | GK_HEAD)))
        err = gk_refuse(why, GK_EDENIED, "%s may not take the whole file: it takes legal staff, a clerk or the head", actor.name);
    if (err)
        return err;
    const json_t *seq = json_object_get(body, "seq");
    if (seq)
        return paper_of(r, file, (int) (json_integer_value(seq) < file->seq ? json_integer_value(seq) : file->seq), ok, why);
    char reference[32], head[GK_HASH_HEX], manifest[GK_HASH_HEX];
    snprintf(reference, sizeof reference, "@%lld", (long long) file->id);
    json_t *package = gk_archive_package(file);
    gk_hash hash = gk_archive_manifest(package);
    *ok = json_pack("{s:s, s:s, s:s, s:s, s:o, s:s, s:s, s:o, s:o, s:o}", "number", file->number, "case", reference, "outcome",
                    file->outcome, "letter_number", file->letter_number, "received_on", gk_json_from_date(file->received_on), "head",
                    gk_hash_hex(&file->head, head), "manifest", gk_hash_hex(&hash, manifest), "package", package, "letters",
                    letters_of(file, false), "documents", documents_of(r, file, false, true));
    return GK_OK;
}

static gk_err show_timeline(reader *r, const json_t *body, json_t **ok, gk_why *why)
{
    gk_actor actor;
    gk_auto(gk_case) file = NULL;
    json_t *events = NULL;
    gk_err err = staff_case(r, body, &actor, &file, why);
    if (!err)
        err = timeline_of(r, file, false, &events, why);
    if (!err)
        *ok = json_pack("{s:s, s:o}", "number", file->number, "timeline", events);
    return err;
}

static gk_err explain(reader *r, const json_t *body, json_t **ok, gk_why *why)
{
    gk_actor actor;
    gk_auto(gk_case) file = NULL;
    bool receipt = *gk_json_text(body, "receipt") != 0;
    gk_err err = receipt ? applicant_case(r, body, &file, why) : staff_case(r, body, &actor, &file, why);
    if (err)
        return err;
    gk_auto(gk_clock) clock = receipt ? gk_shown_clock(file, &r->book->law) : gk_case_clock(file, &r->book->law);
    if (!clock)
        return gk_refuse(why, GK_ENEED, "receipt is not confirmed yet, so no day is counted");
    gk_clock_reading reading = gk_clock_read(clock, today(r));
    *ok = reading_object(&reading);
    add_kind(file, *ok);
    json_object_set_new(*ok, "number", json_string(file->number));
    gk_json_set_date(*ok, "received_on", file->received_on);
    gk_json_set_date(*ok, "due_on", reading.due_on);
    json_object_set_new(*ok, "provisional", json_boolean(reading.provisional));
    json_object_set_new(*ok, "explain", gk_clock_explain(clock, today(r)));
    if (json_is_true(json_object_get(body, "days")))
        json_object_set_new(*ok, "each_day", gk_clock_days(clock, today(r)));
    if (!receipt) {
        gk_clock_reading whole = gk_case_read(file, &r->book->law, today(r));      /* what was told too late, too */
        set_defence(*ok, &actor, &whole);
        add_merging(file, *ok);
    }
    return GK_OK;
}

/*  Every notice that counts, those of the ledger behind the shipped ones. */
static gk_err calendar_list(reader *r, const json_t *body, json_t **ok, gk_why *why)
{
    gk_actor actor;
    gk_err err = who_asks(r, body, &actor, why);
    if (err)
        return err;
    json_t *list = json_array();
    gk_notice one;
    for (size_t i = 0; gk_calendar_notice_at(r->book->calendar, i, &one); i++)
        json_array_append_new(list, json_pack("{s:s, s:o, s:o, s:o, s:i, s:i, s:s, s:b}", "notice", one.number, "published",
                                              gk_json_from_date(one.published), "from", gk_json_from_date(one.first), "to",
                                              gk_json_from_date(one.last), "off", one.off, "work", one.work, "replaces", one.replaces,
                                              "agency", one.agency));
    *ok = json_pack("{s:s, s:o, s:o}", "version", gk_calendar_version(r->book->calendar), "covered_to",
                    gk_json_from_date(gk_calendar_last(r->book->calendar)), "notices", list);
    return GK_OK;
}

/*  What came forward first, then what went back; each by its new date. */
static bool stands_before(const json_t *a, const json_t *b)
{
    gk_date new_a = gk_json_date(a, "due_on"), new_b = gk_json_date(b, "due_on");
    bool sooner_a = new_a.day < gk_json_date(a, "was").day, sooner_b = new_b.day < gk_json_date(b, "was").day;
    return sooner_a != sooner_b ? sooner_a : new_a.day < new_b.day;
}

static void insert_moved(json_t *list, json_t *entry)
{
    size_t at = json_array_size(list);
    while (at > 0 && stands_before(entry, json_array_get(list, at - 1)))
        at--;
    json_array_insert_new(list, at, entry);
}

static gk_err moved(reader *r, const json_t *body, json_t **ok, gk_why *why)
{
    gk_actor actor;
    gk_err err = who_asks(r, body, &actor, why);
    if (err)
        return err;
    gk_json_auto *list = json_array();
    for (int64_t id = 0; (id = gk_store_moved_case(r->store, actor.office, id)); ) {
        gk_auto(gk_case) file = NULL;
        err = gk_store_case(r->store, id, &file, why);
        if (err)
            return err;
        if (gk_date_is_none(file->moved_from))
            continue;
        char reference[32];
        snprintf(reference, sizeof reference, "@%lld", (long long) id);
        gk_date due = gk_case_read(file, &r->book->law, today(r)).due_on;
        const gk_state_info *state = gk_flow_state(file->state);
        insert_moved(list, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:b}", "case", reference, "number", file->number,
                                     "unit", file->unit, "holder", file->holder, "state", state->name, "state_zh", state->zh,
                                     "was", gk_json_from_date(file->moved_from), "due_on", gk_json_from_date(due), "earlier",
                                     !gk_date_is_none(due) && due.day < file->moved_from.day));
    }
    *ok = json_pack("{s:O}", "cases", list);
    return GK_OK;
}

/*  An optional filter that must be a known desk. */
static gk_err desk_filter(const json_t *body, const char *key, gk_why *why)
{
    gk_state state;
    const char *name = gk_json_text(body, key);
    return !*name || gk_flow_state_parse(name, &state) ? GK_OK
        : gk_refuse(why, GK_EBADVALUE, "there is no desk %.30s; gongkai queue lists them", name);
}

static gk_err unit_filter(const reader *r, const gk_actor *actor, const json_t *body, gk_why *why)
{
    const char *unit = gk_json_text(body, "unit");
    return !*unit || gk_org_has_unit(r->book->org, actor->office, unit) ? GK_OK
        : gk_refuse(why, GK_ENOTFOUND, "office %s has no unit %.15s", actor->office, unit);
}

static void add_state_names(json_t *list, const char *key)
{
    size_t index;
    json_t *entry;
    json_array_foreach(list, index, entry) {
        gk_state state;
        char zh[32];
        snprintf(zh, sizeof zh, "%s_zh", key);
        if (gk_flow_state_parse(gk_json_text(entry, key), &state))
            json_object_set_new(entry, zh, json_string(gk_flow_state(state)->zh));
    }
}

static gk_err queue_list(reader *r, const json_t *body, json_t **ok, gk_why *why)
{
    gk_actor actor;
    gk_err err = who_asks(r, body, &actor, why);
    if (!err)
        err = desk_filter(body, "desk", why);
    if (!err)
        err = unit_filter(r, &actor, body, why);
    if (err)
        return err;
    char date[GK_DATE_TEXT];
    json_t *desks = gk_store_desks(r->store, actor.office, gk_json_text(body, "desk"), gk_json_text(body, "unit"),
                                   gk_date_format(today(r), date));
    add_state_names(desks, "desk");
    *ok = json_pack("{s:o}", "desks", desks);
    return GK_OK;
}

/*  Into the list, the nearest first; of `only` that unit, if it is named.  Takes the task. */
static void insert_task(json_t *list, const char *only, json_t *task)
{
    size_t at = json_array_size(list);
    while (at > 0 && strcmp(gk_json_text(json_array_get(list, at - 1), "due_on"), gk_json_text(task, "due_on")) > 0)
        at--;
    if (*only && strcmp(only, gk_json_text(task, "unit")) != 0)
        json_decref(task);
    else
        json_array_insert_new(list, at, task);
}

static void add_task(reader *r, json_t *list, const gk_case *file, const char *only, const char *unit, const char *task, const char *id,
                     gk_date due)
{
    char reference[32];
    snprintf(reference, sizeof reference, "@%lld", (long long) file->id);
    insert_task(list, only, json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:i}", "case", reference, "number", file->number, "unit", unit, "task", task,
                                      "id", id, "due_on", gk_json_from_date(due), "left",
                                      gk_calendar_between(r->book->calendar, today(r), due)));
}

/*  What each such case owes now; an archive that is far away is not yet a task. */
static void add_tasks(reader *r, json_t *list, const gk_case *file, const char *only)
{
    enum { AHEAD = 20 };
    for (int i = 0; i < file->proceeding_count; i++) {
        const gk_proceeding *p = &file->proceedings[i];
        if (gk_date_is_none(p->answered_on) && gk_date_is_none(p->concluded_on) && !gk_date_is_none(p->answer_due))
            add_task(r, list, file, only, file->unit, "proceeding", p->id, p->answer_due);
    }
    for (int i = 0; i < file->subtask_count; i++) {
        const gk_subtask *s = &file->subtasks[i];
        if (gk_case_subtask(file, s->id) && !gk_date_is_none(s->due_on))
            add_task(r, list, file, only, s->unit, "subtask", s->id, s->due_on);
    }
    if (gk_publication_is_open(&file->publication) && !gk_date_is_none(file->publication.due_on))
        add_task(r, list, file, only, file->unit, "publication", "", file->publication.due_on);
    gk_date handover = gk_archive_due(file, r->book->rules);
    if (!gk_date_is_none(handover) && gk_date_is_none(file->handed_on)
        && gk_calendar_between(r->book->calendar, today(r), handover) <= AHEAD)
        add_task(r, list, file, only, file->unit, "archive", "", handover);
}

/*  The last year's report: each unit's figures, and the whole. */
static gk_err add_report_tasks(reader *r, const char *office, const char *only, json_t *list, gk_why *why)
{
    gk_json_auto *owed = NULL;
    gk_err err = gk_report_owed(r->store, r->book, office, today(r), &owed, why);
    size_t index;
    json_t *task;
    json_array_foreach(owed, index, task) {
        char year[16];
        snprintf(year, sizeof year, "%d", (int) json_integer_value(json_object_get(task, "year")));
        insert_task(list, only, json_pack("{s:s, s:s, s:s, s:s, s:s, s:O, s:i}", "case", "", "number", year, "unit", gk_json_text(task, "unit"),
                                          "task", gk_json_text(task, "task"), "id", "", "due_on", json_object_get(task, "due_on"), "left",
                                          gk_calendar_between(r->book->calendar, today(r), gk_json_date(task, "due_on"))));
    }
    return err;
}

static gk_err queue_tasks(reader *r, const json_t *body, json_t **ok, gk_why *why)
{
    enum { WITHIN_DAYS = 45 };
    gk_actor actor;
    const char *only = gk_json_text(body, "unit");
    gk_err err = who_asks(r, body, &actor, why);
    if (!err)
        err = unit_filter(r, &actor, body, why);
    if (err)
        return err;
    gk_json_auto *ids = gk_store_tasks(r->store, actor.office, only, r->asked->now + (int64_t) WITHIN_DAYS * 86400, LISTED);
    json_t *list = json_array(), *id;
    size_t index;
    json_array_foreach(ids, index, id) {
        gk_auto(gk_case) file = NULL;
        if (gk_store_case(r->store, json_integer_value(id), &file, why) == GK_OK)
            add_tasks(r, list, file, only);
    }
    *ok = json_pack("{s:o}", "tasks", list);
    return add_report_tasks(r, actor.office, only, list, why);
}

static gk_err case_list(reader *r, const json_t *body, json_t **ok, gk_why *why)
{
    gk_actor actor;
    gk_err err = who_asks(r, body, &actor, why);
    if (!err)
        err = desk_filter(body, "state", why);
    if (!err)
        err = unit_filter(r, &actor, body, why);
    if (err)
        return err;
    const char *after = gk_json_text(body, "after");
    json_t *cases = gk_store_list(r->store, actor.office, gk_json_text(body, "state"), gk_json_text(body, "unit"),
                                  gk_json_text(body, "holder"), *after == '@' ? strtoll(after + 1, NULL, 10) : 0, LISTED + 1);
    bool more = json_array_size(cases) > LISTED;
    if (more)
        json_array_remove(cases, LISTED);
    add_state_names(cases, "state");
    *ok = json_pack("{s:o, s:b}", "cases", cases, "more", more);
    return GK_OK;
}

/*  ---- closed cases of the same matter: nothing of them that is sealed is read ------------------- */

static char *words_of(const json_t *triage)
{
    gk_text text = { 0 };
    size_t index;
    json_t *word;
    gk_text_puts(&text, "");
    json_array_foreach(json_object_get(triage, "words"), index, word)
        if (json_is_string(word))
            gk_text_printf(&text, "%s%s", index ? "、" : "", json_string_value(word));
    return text.data;
}

/*  What is said of one: the kind of decision and its article are the table's. */
static json_t *decision_view(const reader *r, const json_t *decision, const char *words, int score)
{
    const char *code = gk_json_text(decision, "outcome");
    const gk_outcome *outcome = gk_outcomes_find(r->book->outcomes, code);
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:i}", "number", gk_json_text(decision, "number"), "unit",
                     gk_json_text(decision, "unit"), "outcome", code, "outcome_zh", outcome ? outcome->zh : "", "outcome_en",
                     outcome ? outcome->en : "", "article", outcome ? outcome->article : "", "decided_on",
                     gk_json_text(decision, "decided_on"), "words", words, "score", score);
}

/*  Those of the kind that is proposed come first, then by words in common, then the newest. */
static json_t *rank_decisions(const reader *r, const gk_case *file, const char *subject, const json_t *decisions)
{
    enum { SAME_KIND = 1000 };
    gk_auto(gk_similar) wanted = gk_similar_new(subject);
    json_t *list = json_array(), *decision;
    int ranks[SIMILAR + 1];
    size_t index;
    json_array_foreach((json_t *) decisions, index, decision) {
        gk_free_auto char *words = words_of(decision);
        gk_auto(gk_similar) theirs = gk_similar_new(words);
        const gk_outcome *outcome = gk_outcomes_find(r->book->outcomes, gk_json_text(decision, "outcome"));
        if (outcome && outcome->records != (file->kind == GK_KIND_RECORDS))
            continue;           /* decided under another article, however like the matter */
        int score = gk_similar_score(wanted, theirs), rank = score;
        if (!score)
            continue;
        if (*file->outcome && strcmp(file->outcome, gk_json_text(decision, "outcome")) == 0)
            rank += SAME_KIND;
        size_t at = json_array_size(list);
        for (; at > 0 && ranks[at - 1] < rank; at--)
            ranks[at] = ranks[at - 1];
        ranks[at] = rank;
        json_array_insert_new(list, at, decision_view(r, decision, words, score));
        if (json_array_size(list) > SIMILAR)
            json_array_remove(list, SIMILAR);
    }
    return list;
}

static gk_err similar(reader *r, const json_t *body, json_t **ok, gk_why *why)
{
    gk_actor actor;
    gk_auto(gk_case) file = NULL;
    gk_err err = staff_case(r, body, &actor, &file, why);
    if (err)
        return err;
    gk_json_auto *triage = gk_store_event_data(r->store, file->id, file->triaged_seq);
    json_t *repeat = json_object_get(triage, "repeat");
    gk_free_auto char *subject = words_of(triage);
    gk_json_auto *decisions = *subject ? gk_store_decisions(r->store, file->office, file->id, COMPARED) : json_array();
    *ok = json_pack("{s:o, s:s, s:o}", "repeat", repeat ? json_incref(repeat) : json_array(), "words", subject, "decisions",
                    rank_decisions(r, file, subject, decisions));
    return GK_OK;
}

/*  What is public anybody may look for. */
static gk_err search(reader *r, const json_t *body, json_t **ok, gk_why *why)
{
    json_t *entries = NULL;
    bool more = false;
    gk_err err = gk_store_entry_search(r->store, gk_json_text(body, "words"), FOUND, &entries, &more, why);
    if (!err)
        *ok = json_pack("{s:o, s:b}", "entries", entries, "more", more);
    return err;
}

typedef struct seeking {
    const char *start;          /* of the hex of the hash */
    int seq;
} seeking;

static bool match_head(void *context, const gk_event *event)
{
    seeking *s = context;
    char hex[GK_HASH_HEX];
    if (strncmp(gk_hash_hex(&event->hash, hex), s->start, strlen(s->start)) == 0)
        s->seq = event->seq;
    return !s->seq;
}

/*  Does the case's chain still hold a head that was published, in a letter, a receipt or a proof? */
static gk_err find_head(reader *r, int64_t id, const char *head, json_t *problems, gk_why *why)
{
    enum { LEAST = 8 };         /* as printed in letters */
    size_t len = strlen(head);
    if (!id)
        return gk_refuse(why, GK_EMISSING, "name the case whose head this is");
    if (len < LEAST || len >= GK_HASH_HEX || strspn(head, "0123456789abcdef") != len)
        return gk_refuse(why, GK_EBADVALUE, "head must be 8 to 64 lower-case hex digits");
    seeking s = { .start = head };
    gk_err err = gk_store_events(r->store, id, 1, match_head, &s, why);
    if (err == GK_EDAMAGED)                 /* that is named already */
        err = GK_OK;
    if (!err && !s.seq)
        gk_store_problem(r->store, id, 0, "the case is behind the published head, or was changed: no event of it has that hash", problems);
    return err;
}

static gk_err verify(reader *r, const json_t *body, json_t **ok, gk_why *why)
{
    int64_t id = 0, events, cases;
    gk_err err = *gk_json_text(body, "case") ? gk_case_ref(r->store, body, &id, why) : GK_OK;
    if (err)
        return err;
    json_t *problems = json_array();
    gk_hash head;
    char hex[GK_HASH_HEX];
    err = gk_store_verify(r->store, id, problems, &events, &cases, &head, why);
    if (!err && json_object_get(body, "head"))
        err = find_head(r, id, gk_json_text(body, "head"), problems, why);
    if (err) {
        json_decref(problems);
        return err;
    }
    *ok = json_pack("{s:I, s:I, s:s, s:o}", "events", (json_int_t) events, "cases", (json_int_t) cases, "head",
                    gk_hash_hex(&head, hex), "problems", problems);
    return GK_OK;
}

/*  ---- seals of the days ----------------------------------------------------------------------------- */

static gk_err seal_list(reader *r, const json_t *body, json_t **ok, gk_why *why)
{
    (void) why;
    json_t *seals = gk_store_day_seals(r->store, "", json_integer_value(json_object_get(body, "after")), LISTED + 1);
    bool more = json_array_size(seals) > LISTED;
    if (more)
        json_array_remove(seals, LISTED);
    *ok = json_pack("{s:o, s:b}", "seals", seals, "more", more);
    return GK_OK;
}

static gk_err seal_show(reader *r, const json_t *body, json_t **ok, gk_why *why)
{
    json_t *seals = gk_store_day_seals(r->store, gk_json_text(body, "day"), 0, LISTED);
    if (!json_array_size(seals)) {
        json_decref(seals);
        return gk_refuse(why, GK_ENOTFOUND, "no seal was made on that day; gongkai seal list shows the days");
    }
    *ok = json_pack("{s:o}", "seals", seals);
    return GK_OK;
}

static gk_err seal_keys(reader *r, const json_t *body, json_t **ok, gk_why *why)
{
    (void) body;
    (void) why;
    *ok = json_pack("{s:o}", "keys", gk_store_keys(r->store));
    return GK_OK;
}

/*  The way from the case's head to the root of the last seal over it. */
static gk_err seal_proof(reader *r, const json_t *body, json_t **ok, gk_why *why)
{
    gk_auto(gk_case) file = NULL;
    gk_actor actor;
    bool applicant = *gk_json_text(body, "receipt") != 0;
    gk_err err = applicant ? applicant_case(r, body, &file, why) : staff_case(r, body, &actor, &file, why);
    if (err)
        return err;
    int64_t number = gk_store_sealed_in(r->store, file->id);
    if (!number)
        return gk_refuse(why, GK_ENOTFOUND, "no seal covers the case yet; the next one is made in the first turn of the next day");
    gk_head *heads = NULL;
    size_t count = 0, index = 0;
    err = gk_store_sealed_heads(r->store, number, &heads, &count, why);
    if (err)
        return err;
    while (index < count && heads[index].case_id != file->id)
        index++;
    if (index == count) {           /* an index that says what its table does not */
        free(heads);
        return gk_refuse(why, GK_EDAMAGED, "the seal %lld does not hold the head of the case; gongkai verify says more", (long long) number);
    }
    gk_hash *leaves = gk_head_leaves(heads, count);
    char reference[32], hex[GK_HASH_HEX];
    snprintf(reference, sizeof reference, "@%lld", (long long) file->id);
    *ok = json_pack("{s:s, s:I, s:s, s:I, s:o, s:o, s:o}", "case", reference, "seq", (json_int_t) heads[index].seq, "head",
                    gk_hash_hex(&heads[index].hash, hex), "index", (json_int_t) index, "path", gk_proof_path(leaves, count, index), "seal",
                    gk_store_day_seal(r->store, number), "keys", gk_store_keys(r->store));
    free(leaves);
    free(heads);
    return GK_OK;
}

/*  ---- reports -------------------------------------------------------------------------------------- */

static gk_err annual(reader *r, const json_t *body, json_t **ok, gk_why *why)
{
    gk_actor actor;
    gk_err err = who_asks(r, body, &actor, why);
    return err ? err : gk_report_annual(r->store, r->book, &actor, body, today(r), ok, why);
}

static gk_err cell(reader *r, const json_t *body, json_t **ok, gk_why *why)
{
    gk_actor actor;
    gk_err err = who_asks(r, body, &actor, why);
    return err ? err : gk_report_cell(r->store, r->book, &actor, body, ok, why);
}

static gk_err timeliness(reader *r, const json_t *body, json_t **ok, gk_why *why)
{
    gk_actor actor;
    gk_err err = who_asks(r, body, &actor, why);
    return err ? err : gk_report_timely(r->store, r->book, &actor, body, today(r), ok, why);
}

static gk_err fees(reader *r, const json_t *body, json_t **ok, gk_why *why)
{
    gk_actor actor;
    gk_err err = who_asks(r, body, &actor, why);
    return err ? err : gk_report_fees(r->store, r->book, &actor, body, ok, why);
}

/*  ---- documents ---------------------------------------------------------------------------------- */

static bool has_letter(const gk_case *file, const char *digest, bool for_applicant)
{
    for (int i = 0; i < file->letter_count; i++)
        if (strcmp(file->letters[i].digest, digest) == 0 && (!for_applicant || gk_shown_letter(file, &file->letters[i])))
            return true;
    return false;
}

/*  A worker reads what its case admitted, and in quarantine what it was told to scan.  The same bytes may lie
 *  in a case twice. */
static gk_err lease_may_read(reader *r, const char *digest, gk_why *why)
{
    const gk_job_row *job = &r->asked->leased;
    gk_auto(gk_case) file = NULL;
    gk_err err = gk_store_case(r->store, job->case_id, &file, why);
    if (err)
        return err;
    bool gone = false;
    for (int i = 0; i < file->document_count; i++) {
        const gk_case_document *document = &file->documents[i];
        if (strcmp(document->digest, digest) != 0)
            continue;
        if (document->status == GK_ADMITTED || gk_facts_scans(job, document))
            return GK_OK;
        gone |= document->status == GK_REFUSED || document->status == GK_DESTROYED;
    }
    return gone ? gk_refuse(why, GK_ESTALE, "the document was refused or destroyed meanwhile; the job comes again without it")
        : gk_refuse(why, GK_EDENIED, "the job under that lease may not read this document");
}

/*  The right to read a document is a lease or a role on its case, or the applicant's own. */
static gk_err may_read(reader *r, const json_t *body, const char *digest, gk_why *why)
{
    gk_auto(gk_case) file = NULL;
    gk_actor actor;
    const gk_case_document *document;
    if (r->asked->leased.id)
        return lease_may_read(r, digest, why);
    bool applicant = *gk_json_text(body, "receipt") != 0;
    gk_err err = applicant ? applicant_case(r, body, &file, why) : staff_case(r, body, &actor, &file, why);
    if (err)
        return err;
    if (has_letter(file, digest, applicant))
        return GK_OK;
    document = gk_case_document_find(file, digest);
    bool theirs = document && (!applicant || gk_shown_document(document));
    if (!theirs)
        return gk_refuse(why, GK_ENOTFOUND, "this case has no such document for you");
    return document->status == GK_ADMITTED ? GK_OK
        : gk_refuse(why, GK_EQUARANTINE, "the document is not admitted: it is being checked, was refused or destroyed");
}

static gk_err read_part(reader *r, const char *digest, int64_t offset, json_t **ok, gk_why *why)
{
    gk_free_auto char *path = gk_depot_path(r->data, digest);
    int fd = path ? open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
    struct stat st;
    if (fd < 0 || fstat(fd, &st))
        return gk_refuse(why, GK_ENOTFOUND, "the document's file is not there");
    if (offset < 0 || offset > st.st_size) {
        close(fd);
        return gk_refuse(why, GK_EBADVALUE, "offset is behind the document's %lld bytes", (long long) st.st_size);
    }
    int64_t left = st.st_size - offset;
    r->raw = zframe_new(NULL, (size_t) (left < GK_DEPOT_CHUNK ? left : GK_DEPOT_CHUNK));
    ssize_t got = zframe_size(r->raw) ? pread(fd, zframe_data(r->raw), zframe_size(r->raw), offset) : 0;
    close(fd);
    if (got != (ssize_t) zframe_size(r->raw)) {
        zframe_destroy(&r->raw);
        return gk_refuse(why, GK_EIO, "the document cannot be read");
    }
    *ok = json_pack("{s:I, s:I, s:b}", "size", (json_int_t) st.st_size, "offset", (json_int_t) offset, "last",
                    offset + got == st.st_size);
    return GK_OK;
}

static gk_err document_get(reader *r, const json_t *body, json_t **ok, gk_why *why)
{
    const char *digest = gk_json_text(body, "digest");
    if (!gk_digest_ok(digest))
        return gk_refuse(why, GK_EBADVALUE, "digest must be 64 lower-case hex digits");
    gk_err err = may_read(r, body, digest, why);
    return err ? err : read_part(r, digest, json_integer_value(json_object_get(body, "offset")), ok, why);
}

/*  ---- the thread ------------------------------------------------------------------------------------- */

typedef gk_err query_handler(reader *r, const json_t *body, json_t **ok, gk_why *why);

static const struct {
    const char *service;
    query_handler *handler;
} queries[] = {
    { "application.status", status },
    { "case.show", show },
    { "case.actions", actions },
    { "case.explain", explain },
    { "case.evidence", evidence },
    { "case.list", case_list },
    { "catalogue.search", search },
    { "calendar.list", calendar_list },
    { "calendar.moved", moved },
    { "queue.list", queue_list },
    { "queue.tasks", queue_tasks },
    { "query.similar", similar },
    { "query.verify", verify },
    { "seal.list", seal_list },
    { "seal.show", seal_show },
    { "seal.proof", seal_proof },
    { "seal.keys", seal_keys },
    { "report.timeline", show_timeline },
    { "report.annual", annual },
    { "report.cell", cell },
    { "report.timeliness", timeliness },
    { "report.fees", fees },
    { "document.get", document_get },
};

static query_handler *find_query(const char *service)
{
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        if (strcmp(queries[i].service, service) == 0)
            return queries[i].handler;
    return NULL;
}

bool gk_query_serves(const char *service)
{
    return find_query(service) != NULL;
}

static zmsg_t *answer_of(reader *r, const question *q, zframe_t *bytes)
{
    gk_why why = { "" };
    gk_json_auto *body = NULL, *ok = NULL;
    query_handler *handler = find_query(q->from.service);
    r->asked = q;
    r->visitor = (gk_visitor) { 0 };
    gk_err err = gk_json_parse((const char *) zframe_data(bytes), zframe_size(bytes), &body, &why);
    if (!err)
        err = gk_message_check(gk_message_find(q->from.service), body, &why);
    if (!err)
        err = gk_store_read_begin(r->store, r->limit_ms, &why);
    if (!err) {
        err = handler ? handler(r, body, &ok, &why) : GK_ENOTFOUND;
        gk_store_read_end(r->store);
    }
    gk_json_auto *answer = err ? gk_json_error(err, &why) : json_pack("{s:O}", "ok", ok);
    gk_free_auto char *text = gk_json_print(answer);
    gk_mdp head = { .command = GK_MDP_CLIENT_FINAL, .old = q->from.old };
    snprintf(head.service, sizeof head.service, "%s", q->from.service);
    snprintf(head.request_id, sizeof head.request_id, "%s", q->from.request_id);
    zmsg_t *msg = gk_mdp_encode(&head, text, strlen(text), r->raw ? zframe_data(r->raw) : NULL, r->raw ? zframe_size(r->raw) : 0);
    zframe_destroy(&r->raw);
    zmsg_pushmem(msg, q->from.identity, q->from.len);
    zmsg_pushmem(msg, &r->visitor, sizeof r->visitor);
    return msg;
}

struct gk_readers {
    zactor_t *actor;
    reader reader;              /* the thread's alone while it runs */
};

static void run(zsock_t *pipe, void *args)
{
    reader *r = args;
    gk_why why = { "" };
    zsock_signal(pipe, 0);
    for (zmsg_t *msg; (msg = zmsg_recv(pipe)); zmsg_destroy(&msg)) {
        zframe_t *head = zmsg_first(msg);
        if (zframe_size(head) != sizeof(question)) {
            zmsg_destroy(&msg);     /* "$TERM" */
            break;
        }
        question q;
        memcpy(&q, zframe_data(head), sizeof q);
        if (q.reload) {
            if (gk_lawbook_reload(r->book, r->store, &why))
                gk_log(GK_ERROR, "event=reload-refused reason=\"%s\"", why.text);
            continue;
        }
        zmsg_t *answer = answer_of(r, &q, zmsg_next(msg));
        zmsg_send(&answer, pipe);
    }
}

/*  ---- on the loop -------------------------------------------------------------------------------------- */

gk_readers *gk_readers_new(const char *data, const gk_keys *keys, const gk_notary *notary, int64_t limit_ms, gk_why *why)
{
    gk_readers *self = gk_new(gk_readers);
    reader *r = &self->reader;
    *r = (reader) { .data = data, .keys = keys, .notary = notary, .limit_ms = limit_ms };
    gk_err err = gk_store_open(data, false, &r->store, why);
    if (!err)
        err = gk_lawbook_open(r->store, &r->book, why);
    if (!err && !(self->actor = zactor_new(run, r)))
        err = gk_refuse(why, GK_EIO, "the reading thread did not start");
    if (err)
        gk_readers_destroy(&self);
    return self;
}

void gk_readers_destroy(gk_readers **self_p)
{
    if (*self_p) {
        if ((*self_p)->actor)
            zactor_destroy(&(*self_p)->actor);
        gk_lawbook_destroy(&(*self_p)->reader.book);
        gk_store_close(&(*self_p)->reader.store);
        free(*self_p);
        *self_p = NULL;
    }
}

zsock_t *gk_readers_pipe(gk_readers *self)
{
    return zactor_sock(self->actor);
}

static void send_question(gk_readers *self, const question *q, const void *body, size_t len)
{
    zmsg_t *msg = zmsg_new();
    zmsg_addmem(msg, q, sizeof *q);
    zmsg_addmem(msg, body, len);
    zmsg_send(&msg, zactor_sock(self->actor));
}

void gk_readers_ask(gk_readers *self, const gk_address *from, const void *body, size_t len, int64_t now, const gk_gate *gate,
                    const gk_job_row *leased)
{
    question q = { .from = *from, .now = now, .gate = *gate, .leased = *leased };
    send_question(self, &q, body, len);
}

void gk_readers_reload(gk_readers *self)
{
    question q = { .reload = true };
    send_question(self, &q, "", 0);
}

zmsg_t *gk_readers_next(gk_readers *self, gk_visitor *visitor)
{
    zsock_t *pipe = zactor_sock(self->actor);
    zmsg_t *msg = zsock_events(pipe) & ZMQ_POLLIN ? zmsg_recv(pipe) : NULL;
    zframe_t *head = msg ? zmsg_pop(msg) : NULL;
    if (head)
        memcpy(visitor, zframe_data(head), sizeof *visitor);
    zframe_destroy(&head);
    return msg;
}
