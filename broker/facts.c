/*  facts - what each worker is told, and what becomes of what it said.
 *
 *  The facts of a job are built when it is handed out, from one table role -> facts; nothing
 *  that a role need not know is in them.  A finding is not believed but looked over: known
 *  members are copied, what the law fixes is computed again by gk_case_apply. */
#include "broker/broker.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/form.h"
#include "core/items.h"
#include "core/letters.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_FINDING = 512 * 1024, MOST_FINDINGS = 1000, MOST_REPEAT = 20, MOST_PUBLIC = 50 };

/*  ---- opening what is sealed -------------------------------------------------------- */

/*  Sealed members that are objects or arrays; whatever else is sealed is somebody's text. */
static bool is_structured(const char *name)
{
    static const char *const names[] = { "form", "receipt", "names", "third_party", "findings", "org" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

json_t *gk_facts_open(gk_store *store, int64_t case_id, int seq)
{
    json_t *data = gk_store_event_data(store, case_id, seq);
    json_t *open = json_object();
    const char *name;
    json_t *value;
    json_object_foreach(data, name, value) {
        if (!json_object_get(value, "sealed")) {
            json_object_set(open, name, value);
            continue;
        }
        size_t len;
        gk_free_auto char *body = gk_store_seal(store, case_id, seq, name, &len);
        json_t *parsed = NULL;
        if (body && is_structured(name) && gk_json_parse(body, len, &parsed, NULL) == GK_OK)
            json_object_set_new(open, name, parsed);
        else if (body)
            json_object_set_new(open, name, json_stringn(body, len));
    }
    json_decref(data);
    return open;
}

char *gk_facts_document_name(gk_store *store, const gk_case *file, const gk_case_document *document)
{
    gk_json_auto *event = gk_facts_open(store, file->id, document->seq);
    const char *name = json_string_value(json_array_get(json_object_get(event, "names"), (size_t) document->index));
    return gk_strdup(name ? name : "");
}

/*  With a request, if an empty one: who asks for nothing yet is asked to correct it, by machines too. */
static json_t *open_form(gk_store *store, int64_t case_id)
{
    json_t *received = gk_facts_open(store, case_id, 1);
    json_t *form = json_incref(json_object_get(received, "form"));
    json_decref(received);
    form = form ? form : json_object();
    json_object_update_missing_new(form, json_pack("{s:{}}", "request"));
    return form;
}

gk_kind gk_facts_kind(gk_store *store, int64_t case_id)
{
    gk_json_auto *received = gk_store_event_data(store, case_id, 1);
    return gk_kind_parse(gk_json_text(received, "kind"));
}

/*  What an office is to a worker: what stands on its letterhead, not who works there. */
static json_t *office_facts(const gk_lawbook *book, const char *code)
{
    json_t *office = json_copy((json_t *) gk_org_office(book->org, code));
    json_object_del(office, "units");
    json_object_del(office, "people");
    return office ? office : json_object();
}

/*  ---- asking: one builder a role ---------------------------------------------------------- */

typedef struct telling {
    gk_broker *broker;
    const gk_case *file;
    const gk_job *job;
    const char *detail;         /* of the task: "reply", "correction" ...; "" when none */
} telling;

static json_t *tell_intake(const telling *t)
{
    gk_store *store = t->broker->store;
    json_t *received = gk_facts_open(store, t->file->id, 1), *facts = json_object();
    gk_hash applicant;
    char date[GK_DATE_TEXT];
    json_object_set(facts, "form", json_object_get(received, "form"));
    json_object_set(facts, "receipt", json_object_get(received, "receipt"));
    json_object_set_new(facts, "attached", json_integer((json_int_t) json_array_size(json_object_get(received, "documents"))));
    json_object_set_new(facts, "submitted_on", json_string(gk_date_format(t->file->submitted_on, date)));
    json_object_set_new(facts, "earlier", gk_store_applicant(store, t->file->id, &applicant, NULL) ? json_array()
                        : gk_store_earlier(store, &applicant, t->file->office, t->file->id));
    json_decref(received);
    return facts;
}

/*  Parts of one application repeat nothing. */
static bool same_application(const gk_case *whole, const char *number)
{
    bool same = whole && strcmp(whole->number, number) == 0;
    for (int i = 0; whole && i < whole->part_count; i++)
        same |= strcmp(whole->parts[i], number) == 0;
    return same;
}

static json_t *earlier_requests(const telling *t)
{
    gk_store *store = t->broker->store;
    gk_hash applicant;
    json_t *list = json_array(), *entry;
    if (gk_store_applicant(store, t->file->id, &applicant, NULL))
        return list;
    gk_json_auto *earlier = gk_store_earlier(store, &applicant, t->file->office, t->file->id);
    gk_auto(gk_case) whole = NULL;
    if (*t->file->split_from && gk_store_case(store, gk_store_by_number(store, t->file->split_from), &whole, NULL))
        whole = NULL;
    size_t index;
    json_array_foreach(earlier, index, entry) {
        if (!*gk_json_text(entry, "number") || json_array_size(list) == MOST_REPEAT)
            continue;
        if (same_application(whole, gk_json_text(entry, "number")))
            continue;
        gk_json_auto *form = open_form(store, strtoll(gk_json_text(entry, "case") + 1, NULL, 10));
        if (gk_form_kind(form) != t->file->kind)
            continue;
        json_array_append_new(list, json_pack("{s:s, s:s, s:O?}", "number", gk_json_text(entry, "number"), "state",
                                              gk_json_text(entry, "state"), "request", json_object_get(form, "request")));
    }
    return list;
}

static json_t *tell_review(const telling *t)
{
    gk_json_auto *form = open_form(t->broker->store, t->file->id), *public = NULL;
    gk_why why = { "" };
    if (t->file->kind == GK_KIND_RECORDS)       /* who wants a record corrected is not pointed to what is public, nor charged */
        return json_pack("{s:s, s:O?, s:s, s:O?, s:o, s:[]}", "kind", gk_kind_name(t->file->kind), "request",
                         json_object_get(form, "request"), "applicant_kind", t->file->applicant_kind, "units",
                         gk_org_units(t->broker->book->org, t->file->office), "repeat", earlier_requests(t), "catalogue");
    if (gk_store_entry_candidates(t->broker->store, json_object_get(form, "request"), MOST_PUBLIC, &public, &why)) {
        gk_log(GK_ERROR, "case=@%lld catalogue not read reason=\"%s\"", (long long) t->file->id, why.text);
        public = json_array();      /* the case goes on; a person looks it up */
    }
    return json_pack("{s:O?, s:s, s:O?, s:i, s:o, s:O}", "request", json_object_get(form, "request"), "applicant_kind",
                     t->file->applicant_kind, "units", gk_org_units(t->broker->book->org, t->file->office), "ordinal",
                     t->file->ordinal, "repeat", earlier_requests(t), "catalogue", public);
}

static void add_texts(const telling *t, int seq, gk_text *out)
{
    if (!seq)
        return;
    gk_json_auto *fields = gk_facts_open(t->broker->store, t->file->id, seq);
    const char *name;
    json_t *value;
    json_object_foreach(fields, name, value)
        if (json_is_string(value))
            gk_text_printf(out, "%s\n", json_string_value(value));
}

/*  The texts of proposal and search log that will stand in the letter, so that they are scanned too: of the
 *  whole case, and of each item. */
static char *draft_text(const telling *t)
{
    gk_text text = { 0 };
    gk_text_puts(&text, "");
    add_texts(t, t->file->proposal_seq, &text);
    add_texts(t, t->file->search_seq, &text);
    add_texts(t, t->file->reasons_seq, &text);
    add_texts(t, t->file->items_seq, &text);
    for (int i = 0; i < t->file->item_count; i++) {
        add_texts(t, t->file->items[i].seq, &text);
        add_texts(t, t->file->items[i].search_seq, &text);
    }
    return text.data;
}

bool gk_facts_scans(const gk_job_row *job, const gk_case_document *document)
{
    if (strcmp(job->service, "confidentiality") != 0 || document->status == GK_REFUSED || document->status == GK_DESTROYED)
        return false;
    return strcmp(job->task, "review") == 0 ? gk_case_is_release(document) : document->seq == job->cause_seq;
}

static json_t *tell_confidentiality(const telling *t)
{
    bool review = strcmp(t->job->row.task, "review") == 0;
    json_t *documents = json_array();
    for (int i = 0; i < t->file->document_count; i++) {
        const gk_case_document *d = &t->file->documents[i];
        if (!gk_facts_scans(&t->job->row, d))
            continue;
        gk_free_auto char *name = gk_facts_document_name(t->broker->store, t->file, d);
        json_array_append_new(documents, json_pack("{s:s, s:s, s:s, s:I}", "digest", d->digest, "name", name,
                                                   "kind", d->kind, "size",
                                                   (json_int_t) gk_store_document_size(t->broker->store, d->digest)));
    }
    gk_free_auto char *draft = review ? draft_text(t) : gk_strdup("");
    return json_pack("{s:o, s:s}", "documents", documents, "draft", draft);
}

static json_t *address_of(const json_t *person)
{
    const json_t *contact = json_object_get(person, "contact");
    const char *address = gk_json_text(contact, "address");
    return json_pack("{s:s, s:s, s:s}", "name", gk_json_text(person, "name"), "address",
                     *address ? address : gk_json_text(person, "address"), "postcode", gk_json_text(contact, "postcode"));
}

/*  Who applied together is written to together, at the address of who stands for them. */
static json_t *applicants_of(const json_t *form)
{
    json_t *to = address_of(json_object_get(form, "applicant")), *one;
    gk_text_auto names = { 0 };
    size_t index;
    gk_text_puts(&names, gk_json_text(to, "name"));
    json_array_foreach(json_object_get(form, "joint"), index, one)
        gk_text_printf(&names, "、%s", gk_json_text(one, "name"));
    json_object_set_new(to, "name", json_string(names.data));
    return to;
}

static json_t *release_names(const telling *t)
{
    json_t *names = json_array();
    for (int i = 0; i < t->file->document_count; i++) {
        const gk_case_document *d = &t->file->documents[i];
        if (!gk_case_releases(d))
            continue;
        gk_free_auto char *name = gk_facts_document_name(t->broker->store, t->file, d);
        json_array_append_new(names, json_string(*name ? name : d->digest));
    }
    return names;
}

/*  Which annexes, by their number in the letter, answer this item. */
static json_t *annexes_of(const gk_case *file, int item)
{
    json_t *numbers = json_array();
    int number = 0;
    for (int i = 0; i < file->document_count; i++) {
        const gk_case_document *d = &file->documents[i];
        number += gk_case_releases(d);
        if (gk_case_releases(d) && (d->item == 0 || d->item == item))
            json_array_append_new(numbers, json_integer(number));
    }
    return numbers;
}

/*  What the applicant said of the number of his applications, for the decision that weighs it (条例 Art. 35). */
static void add_reasons(const telling *t, const char *code, json_t *fields)
{
    const gk_outcome *outcome = gk_outcomes_find(t->broker->book->outcomes, code);
    if (!t->file->reasons_seq || !outcome || !gk_outcome_needs(outcome, "reasons"))
        return;
    gk_json_auto *said = gk_facts_open(t->broker->store, t->file->id, t->file->reasons_seq);
    json_t *reasons = json_pack("{s:o}", "on", gk_json_from_date(t->file->reasons_on));
    if (*gk_json_text(said, "text"))
        json_object_set(reasons, "text", json_object_get(said, "text"));
    json_object_set_new(fields, "reasons", reasons);
}

/*  Each item with its text, its decision and, where it has one of its own, its search. */
static json_t *item_facts(const telling *t)
{
    const gk_case *file = t->file;
    gk_json_auto *list = gk_facts_open(t->broker->store, file->id, file->items_seq);
    gk_json_auto *texts = gk_items_split(gk_json_text(list, "items"));
    json_t *items = json_array();
    for (int i = 0; i < file->item_count; i++) {
        const gk_case_item *item = &file->items[i];
        json_t *fields = gk_facts_open(t->broker->store, file->id, item->seq);
        int search = item->search_seq ? item->search_seq : file->search_seq;
        if (search)
            json_object_set_new(fields, "search_log", gk_facts_open(t->broker->store, file->id, search));
        add_reasons(t, item->outcome, fields);
        const char *text = json_string_value(json_array_get(texts, (size_t) i));
        json_array_append_new(items, json_pack("{s:i, s:s, s:s, s:o, s:o}", "item", i + 1, "text", text ? text : "", "outcome",
                                               item->outcome, "fields", fields, "annexes", annexes_of(file, i + 1)));
    }
    return items;
}

typedef struct cause {
    gk_date on, due_on;
    gk_hash hash;
} cause;

static bool note_cause(void *context, const gk_event *event)
{
    *(cause *) context = (cause) { event->on, event->due_on, event->hash };
    return false;
}

/*  The split of the case that was split: its own event, or that of the case it came from. */
static json_t *split_of(const telling *t, char number[static GK_CASE_NUMBER])
{
    gk_auto(gk_case) whole = NULL;
    gk_store *store = t->broker->store;
    bool part = *t->file->split_from != 0;
    if (part && gk_store_case(store, gk_store_by_number(store, t->file->split_from), &whole, NULL))
        return json_object();
    const gk_case *file = part ? whole : t->file;
    snprintf(number, GK_CASE_NUMBER, "%s", file->number);
    return gk_facts_open(store, file->id, file->split_seq);
}

/*  What the notice of a split says, the same to all its cases: what each is about, with its number. */
static void add_split(const telling *t, json_t *fields)
{
    char number[GK_CASE_NUMBER] = "";
    gk_json_auto *split = split_of(t, number), *lines = gk_items_split(gk_json_text(split, "parts"));
    json_t *listing = json_array(), *line;
    size_t index;
    json_array_foreach(lines, index, line) {
        const char *own = index ? json_string_value(json_array_get(json_object_get(split, "cases"), index - 1)) : number;
        gk_free_auto char *text = gk_format("%s（登记编号：%s）", json_string_value(line), own ? own : "");
        json_array_append_new(listing, json_string(text));
    }
    json_object_set_new(fields, "listing", listing);
    json_object_set_new(fields, "split_from", json_string(number));
    json_object_set(fields, "reason", json_object_get(split, "reason"));
}

/*  What is asked for in this case: of an application that was split, the first part. */
static void narrow(const telling *t, json_t *form)
{
    if (!t->file->part_count)
        return;
    gk_json_auto *split = gk_facts_open(t->broker->store, t->file->id, t->file->split_seq);
    gk_json_auto *lines = gk_items_split(gk_json_text(split, "parts"));
    if (json_array_size(lines))
        json_object_set_new(form, "request", json_pack("{s:O}", "description", json_array_get(lines, 0)));
}

/*  ---- what a paper for the file is told -------------------------------------------- */

/*  What the people call a unit; its code when nobody named it. */
static const char *unit_name(const telling *t, const char *office, const char *code)
{
    size_t index;
    json_t *unit;
    json_array_foreach(gk_org_units(t->broker->book->org, office), index, unit)
        if (strcmp(gk_json_text(unit, "code"), code) == 0)
            return gk_json_text(unit, "name");
    return code;
}

/*  What people call whoever acted. */
static const char *display_name(const telling *t, const char *actor)
{
    const gk_person *person = gk_org_find(t->broker->book->org, actor);
    return person ? person->display : strcmp(actor, "applicant") == 0 ? "申请人" : "系统";
}

/*  What a form shows of who applied: all but the number of the proof, which nobody needs to read twice. */
static json_t *form_shown(const json_t *form)
{
    static const char *const people[] = { "applicant", "agent" };
    json_t *shown = json_deep_copy(form);
    for (size_t i = 0; i < sizeof people / sizeof *people; i++)
        json_object_del(json_object_get(json_object_get(shown, people[i]), "proof"), "number");
    return shown;
}

typedef struct walk {
    const telling *t;
    const json_t *items;        /* the texts of the items, if the case has any */
    json_t *steps;
} walk;

/*  Does the review form tell of it: what was found, said and signed? */
static bool is_reviewed(gk_event_type type)
{
    switch (gk_archive_part_of(type, "")) {
    case GK_PART_REVIEW: case GK_PART_SEARCH: case GK_PART_CONSULTATION:
        return true;
    default:
        return type == GK_REGISTERED || type == GK_TRIAGED || type == GK_TRANSFERRED || type == GK_SCANNED || type == GK_REDO_ORDERED;
    }
}

static bool add_step(void *context, const gk_event *event)
{
    walk *w = context;
    const telling *t = w->t;
    if (event->seq > t->job->row.cause_seq)
        return false;
    if (event->type == GK_REDO_ORDERED)
        json_array_clear(w->steps);         /* what came before stands in the form of its own time */
    if (!is_reviewed(event->type))
        return true;
    json_t *fields = gk_facts_open(t->broker->store, t->file->id, event->seq);
    if (*gk_json_text(fields, "unit"))
        json_object_set_new(fields, "unit", json_string(unit_name(t, t->file->office, gk_json_text(fields, "unit"))));
    const gk_case_document *document = gk_case_document_find(t->file, gk_json_text(fields, "digest"));
    if (document) {
        gk_free_auto char *name = gk_facts_document_name(t->broker->store, t->file, document);
        json_object_set_new(fields, "document", json_string(name));
    }
    const char *item = json_string_value(json_array_get(w->items, (size_t) json_integer_value(json_object_get(fields, "item")) - 1));
    if (item)
        json_object_set_new(fields, "item_text", json_string(item));
    json_object_del(fields, "findings");    /* excerpts of what may be secret: the counts are told */
    json_array_append_new(w->steps, json_pack("{s:s, s:s, s:o, s:o}", "event", gk_flow_event(event->type)->name, "by",
                                              display_name(t, event->actor), "on", gk_json_from_date(event->on), "fields", fields));
    return true;
}

/*  Everything up to the event that asked for the form. */
static json_t *steps_of(const telling *t)
{
    gk_json_auto *list = gk_facts_open(t->broker->store, t->file->id, t->file->items_seq);
    gk_json_auto *items = gk_items_split(gk_json_text(list, "items"));
    walk w = { t, items, json_array() };
    if (gk_store_events(t->broker->store, t->file->id, 1, add_step, &w, NULL))
        json_array_clear(w.steps);
    return w.steps;
}

typedef struct last_redo {
    int before, seq;
    gk_date on;
} last_redo;

static bool note_redo(void *context, const gk_event *event)
{
    last_redo *last = context;
    if (event->seq < last->before && event->type == GK_REDO_ORDERED)
        last->seq = event->seq, last->on = event->on;
    return event->seq < last->before;
}

/*  The ruling by which the case is done again, as the reply cites it; NULL: there is none. */
static json_t *ruling_of(const telling *t)
{
    last_redo last = { .before = t->job->row.cause_seq };
    if (!(t->file->flags & GK_FLAG_REDONE) || gk_store_events(t->broker->store, t->file->id, 1, note_redo, &last, NULL) || !last.seq)
        return NULL;
    gk_json_auto *redo = gk_facts_open(t->broker->store, t->file->id, last.seq);
    gk_json_auto *opened = gk_facts_open(t->broker->store, t->file->id, gk_case_named_seq(gk_json_text(redo, "proceeding")));
    return json_pack("{s:s, s:s, s:s, s:o}", "kind", gk_json_text(opened, "kind"), "body", gk_json_text(opened, "body"), "number",
                     gk_json_text(redo, "ruling"), "received_on", gk_json_from_date(last.on));
}

/*  What a paper of the office shows of the application; all of it on the form of registration only. */
static void add_form(const telling *t, const json_t *form, json_t *facts)
{
    bool all = strcmp(t->detail, "registration_form") == 0;
    json_object_set_new(facts, "form", all ? form_shown(form)
                        : json_pack("{s:{s:s}}", "applicant", "name", gk_json_path(form, "applicant.name")));
    json_object_set_new(facts, "channel", json_string(t->file->channel));
    json_object_set_new(facts, "unit", json_string(*t->file->unit ? unit_name(t, t->file->office, t->file->unit) : ""));
}

/*  ---- letters ---------------------------------------------------------------------- */

/*  What the letter states: the fields of the event that asked for it, of a reply those of the proposal. */
static json_t *fields_of(const telling *t)
{
    const gk_case *file = t->file;
    gk_store *store = t->broker->store;
    bool reply = strcmp(t->detail, "reply") == 0;
    json_t *fields = gk_facts_open(store, file->id, reply ? file->proposal_seq : t->job->row.cause_seq);
    if (strcmp(t->detail, "fee_notice") == 0 && file->fee_seq != t->job->row.cause_seq) {
        /*  Approved by another: the reason stands where it was proposed. */
        gk_json_auto *proposed = gk_facts_open(store, file->id, file->fee_seq);
        json_object_set(fields, "reason", json_object_get(proposed, "reason"));
    }
    if (reply && file->search_seq)
        json_object_set_new(fields, "search_log", gk_facts_open(store, file->id, file->search_seq));
    if (reply)
        add_reasons(t, file->outcome, fields);
    if (strcmp(t->detail, "split_notice") == 0)
        add_split(t, fields);
    if (strcmp(t->detail, "override_notice") == 0) {
        gk_json_auto *asked = gk_facts_open(store, file->id, gk_case_named_seq(gk_json_text(fields, "consultation")));
        json_object_set(fields, "third_party", json_object_get(asked, "third_party"));
    }
    return fields;
}

/*  The outcome that the letter states: its own, of a notice to a third party and of a receipt the reply's. */
static const char *outcome_of(const telling *t, const json_t *fields)
{
    bool replys = strcmp(t->detail, "override_notice") == 0 || strcmp(t->detail, "delivery_receipt") == 0;
    return replys ? t->file->outcome : gk_json_text(fields, "outcome");
}

static json_t *addressee(const telling *t, const gk_letter_info *kind, const json_t *form, const json_t *fields)
{
    if (kind->reader == GK_READER_OUTSIDE)
        return address_of(json_object_get(fields, "third_party"));
    if (kind->anonymous)        /* a unit of ours */
        return json_pack("{s:s}", "name", unit_name(t, t->file->office, gk_json_text(fields, "unit")));
    return applicants_of(form);
}

/*  Who applied, for what, and what the reply gives. */
static void add_applicant(const telling *t, const json_t *form, json_t *facts)
{
    const gk_case *file = t->file;
    bool reply = strcmp(t->detail, "reply") == 0;
    json_object_set_new(facts, "applicant_kind", json_string(file->applicant_kind));
    json_object_set(facts, "request", json_object_get(form, "request"));
    if (json_object_get(form, "record"))
        json_object_set(facts, "record", json_object_get(form, "record"));
    gk_json_set_date(facts, "received_on", file->received_on);
    json_object_set_new(facts, "attachments", reply ? release_names(t) : json_array());
}

static json_t *tell_reply(const telling *t)
{
    const gk_case *file = t->file;
    const gk_letter_info *kind = gk_letter_find(t->detail);
    if (!kind)      /* of a ledger that knew other letters: the worker refuses it */
        return json_pack("{s:s}", "letter", t->detail);
    bool reply = strcmp(kind->name, "reply") == 0;
    json_t *fields = fields_of(t);
    gk_json_auto *form = open_form(t->broker->store, file->id);
    narrow(t, form);
    /*  Day and head are those of the event that asked for the letter, so that a letter made twice
     *  is the same letter. */
    cause c = { .on = file->received_on, .due_on = file->due_on };
    if (gk_store_events(t->broker->store, file->id, t->job->row.cause_seq, note_cause, &c, NULL))
        c.hash = file->head;
    char head[GK_HASH_HEX];
    gk_hash_hex(&c.hash, head);
    json_t *facts = json_pack("{s:s, s:s, s:o, s:s, s:o, s:o, s:s, s:s}", "letter", kind->name, "case_number", file->number,
                              "to", addressee(t, kind, form, fields), "head", head, "date", gk_json_from_date(c.on),
                              "due_on", gk_json_from_date(c.due_on), "kind", gk_kind_name(file->kind), "applicant_kind", "");
    json_object_set_new(facts, "number", kind->numbered ? json_string(file->letter_number) : json_null());
    const char *outcome = outcome_of(t, fields);
    if (*outcome)
        json_object_set_new(facts, "outcome", json_string(outcome));
    if (!kind->anonymous)       /* nobody else learns who applied, or in which words */
        add_applicant(t, form, facts);
    if (kind->reader != GK_READER_OUTSIDE)
        json_object_del(fields, "third_party");     /* nor the applicant who was asked */
    json_object_set_new(facts, "fields", fields);
    if (reply && json_object_get(fields, "items"))  /* a lapse answers no item */
        json_object_set_new(facts, "items", item_facts(t));
    json_t *ruling = reply ? ruling_of(t) : NULL;
    if (ruling)
        json_object_set_new(facts, "ruling", ruling);
    if (kind->reader != GK_READER_APPLICANT && !kind->anonymous)
        add_form(t, form, facts);
    if (kind->whole_file) {
        json_object_set_new(facts, "steps", steps_of(t));
        json_object_set_new(facts, "attachments", release_names(t));
    }
    return facts;
}

/*  ---- reminders: who is told ------------------------------------------------------------------ */

/*  One who is told by mail. */
static void add_recipient(json_t *to, const char *name, const char *role, const char *email)
{
    json_array_append_new(to, json_pack("{s:s, s:s, s:s, s:s}", "name", name, "role", role, "email", email, "lang", "zh-CN"));
}

/*  Once each. */
static void add_person(json_t *to, const gk_person *person, const char *role)
{
    bool there = !*person->email;
    size_t index;
    json_t *entry;
    json_array_foreach(to, index, entry)
        there |= strcmp(gk_json_text(entry, "email"), person->email) == 0;
    if (!there)
        add_recipient(to, person->display, role, person->email);
}

/*  Who stands in for somebody today is told what the other is told. */
static void add_with_deputies(const telling *t, json_t *to, const gk_person *person, const char *role)
{
    const gk_person *deputy;
    add_person(to, person, role);
    for (size_t i = 0; (deputy = gk_org_deputy(t->broker->book->org, person->name, gk_date_of(t->broker->time.now), i)); i++)
        add_person(to, deputy, role);
}

static void add_people(const telling *t, json_t *to, const char *unit, unsigned roles, const char *role)
{
    const gk_person *person;
    for (size_t i = 0; (person = gk_org_with(t->broker->book->org, t->file->office, unit, roles, i)); i++)
        add_with_deputies(t, to, person, role);
}

/*  Whose desk a state is, when nobody holds the case. */
static unsigned desk_roles(gk_state state)
{
    switch (state) {
    case GK_HANDLING:   return GK_HANDLER;
    case GK_LEGAL:      return GK_LEGAL_REVIEWER;
    case GK_SECRECY:    return GK_SECRECY_REVIEWER;
    case GK_APPROVAL:   return GK_APPROVER;
    default:            return GK_CLERK;
    }
}

static void add_holder(const telling *t, json_t *to)
{
    const gk_person *holder = *t->file->holder ? gk_org_find(t->broker->book->org, t->file->holder) : NULL;
    if (holder)
        add_with_deputies(t, to, holder, "holder");
    if (json_array_size(to) == 0)
        add_people(t, to, t->file->state == GK_HANDLING && *t->file->unit ? t->file->unit : NULL, desk_roles(t->file->state),
                   "holder");
}

static json_t *case_line(const telling *t, const gk_case *file)
{
    gk_date today = gk_date_of(t->broker->time.now);
    gk_clock_reading reading = gk_case_read(file, &t->broker->book->law, today);
    json_t *line = json_pack("{s:s, s:s, s:s, s:o, s:s}", "number", file->number, "state_zh", gk_flow_state(file->state)->zh, "unit",
                             unit_name(t, file->office, file->unit), "due_on", gk_json_from_date(reading.due_on), "limit",
                             reading.statutory ? "reply" : "standard");
    if (reading.counted)
        json_object_set_new(line, "left", json_integer(reading.left));
    return line;
}

static json_t *digest_cases(const telling *t, const char *person)
{
    gk_json_auto *held = gk_store_held(t->broker->store, person);
    json_t *lines = json_array(), *entry;
    size_t index;
    json_array_foreach(held, index, entry) {
        gk_auto(gk_case) file = NULL;
        if (gk_store_case(t->broker->store, strtoll(gk_json_text(entry, "case") + 1, NULL, 10), &file, NULL) == GK_OK)
            json_array_append_new(lines, case_line(t, file));
    }
    return lines;
}

/*  The sub-task that the job's event is about. */
static const gk_subtask *subtask_of(const telling *t)
{
    gk_json_auto *event = gk_store_event_data(t->broker->store, t->file->id, t->job->row.cause_seq);
    for (int i = 0; i < t->file->subtask_count; i++)
        if (strcmp(t->file->subtasks[i].id, gk_json_text(event, "subtask")) == 0)
            return &t->file->subtasks[i];
    return NULL;
}

static json_t *report_line(const json_t *event)
{
    bool figures = strcmp(gk_json_text(event, "kind"), "figures") == 0;
    gk_free_auto char *number = gk_format("%lld", (long long) json_integer_value(json_object_get(event, "year")));
    return json_pack("{s:s, s:s, s:s, s:O, s:O}", "number", number, "state_zh", figures ? "填报年报数据" : "编制年度报告", "unit",
                     gk_json_text(event, "unit"), "due_on", json_object_get(event, "due_on"), "left", json_object_get(event, "left"));
}

/*  An incident of the office: what it owes for the report, or the oldest case of the desk that it is about. */
static json_t *first_of_desk(const telling *t)
{
    gk_json_auto *event = gk_store_event_data(t->broker->store, t->file->id, t->job->row.cause_seq);
    gk_auto(gk_case) file = NULL;
    int64_t id = 0;
    if (json_object_get(event, "year"))
        return report_line(event);
    if (gk_case_ref(t->broker->store, event, &id, NULL) || gk_store_case(t->broker->store, id, &file, NULL))
        return case_line(t, t->file);
    return case_line(t, file);
}

static void tell_alarm(const telling *t, json_t *facts, json_t *to)
{
    static const struct { const char *detail, *message, *reason; unsigned roles; } alarms[] = {
        { "confirmation", "confirmation", "unconfirmed", GK_HEAD | GK_CLERK },
        { "registered_late", "alarm", "registered_late", GK_CLERK | GK_HEAD },
        { "notice", "alarm", "unserved", GK_CLERK | GK_HEAD },
        { "consultation", "alarm", "unserved", GK_CLERK | GK_HEAD },
        { "referral", "alarm", "unanswered", GK_CLERK | GK_HEAD | GK_SECRECY_REVIEWER },
        { "untold", "alarm", "untold", GK_CLERK | GK_HEAD | GK_MAILROOM },
        { "returned", "alarm", "returned", GK_CLERK | GK_HEAD },
        { "bounced", "alarm", "bounced", GK_CLERK | GK_MAILROOM },
        { "delay", "alarm", "long_delay", GK_HEAD },
        { "post", "alarm", "post", GK_CLERK | GK_MAILROOM },
        { "fee", "alarm", "fee_approval", GK_APPROVER },
        { "lapse", "alarm", "lapse", GK_CLERK | GK_HEAD },
        { "quarantine", "quarantine", "class_a", GK_SECRECY_REVIEWER },
        { "dead_letter", "alarm", "dead_letter", GK_ADMIN | GK_HEAD },
        { "redo", "alarm", "redo", GK_CLERK | GK_HEAD },
        { "no_able_person", "alarm", "no_able_person", GK_ADMIN | GK_HEAD | GK_CLERK },
        { "figures", "alarm", "figures_due", 0 },
        { "report", "alarm", "report_due", GK_HEAD | GK_CLERK },
    };
    /*  Of a sub-task: the roles in its unit, and in the office. */
    static const struct { const char *detail; unsigned unit, office; } subtasks[] = {
        { "subtask_sent", GK_HANDLER | GK_UNIT_HEAD, 0 },
        { "subtask_answered", GK_UNIT_HEAD, 0 },
        { "subtask_signed", 0, GK_CLERK | GK_HEAD },
        { "subtask_returned", 0, GK_CLERK | GK_HEAD },
        { "subtask_recalled", GK_HANDLER | GK_UNIT_HEAD, 0 },
        { "subtask_due", GK_HANDLER | GK_UNIT_HEAD, GK_CLERK | GK_HEAD },
    };
    for (size_t i = 0; i < sizeof alarms / sizeof *alarms; i++)
        if (strcmp(alarms[i].detail, t->detail) == 0) {
            json_object_set_new(facts, "message", json_string(alarms[i].message));
            json_object_set_new(facts, "reason", json_string(alarms[i].reason));
            add_people(t, to, NULL, alarms[i].roles, "office");
        }
    gk_json_auto *event = gk_store_event_data(t->broker->store, t->file->id, t->job->row.cause_seq);
    if (strcmp(t->detail, "figures") == 0)      /* of the unit that owes them */
        add_people(t, to, gk_json_text(event, "unit"), GK_UNIT_HEAD | GK_HANDLER, "unit_head");
    if (strcmp(t->detail, "figures") == 0 && json_array_size(to) == 0)
        add_people(t, to, NULL, GK_CLERK, "office");        /* who may enter them for a unit without people */
    if (strcmp(t->detail, "redo") == 0 && *t->file->unit)       /* it lies with the unit again */
        add_people(t, to, t->file->unit, GK_UNIT_HEAD | GK_HANDLER, "holder");
    for (size_t i = 0; i < sizeof subtasks / sizeof *subtasks; i++)
        if (strcmp(subtasks[i].detail, t->detail) == 0) {
            const gk_subtask *subtask = subtask_of(t);
            json_object_set_new(facts, "message", json_string("subtask"));
            json_object_set_new(facts, "reason", json_string(subtasks[i].detail));
            if (subtask) {
                json_object_set_new(facts, "fields", json_pack("{s:o}", "until", gk_json_from_date(subtask->due_on)));
                add_people(t, to, subtask->unit, subtasks[i].unit, "unit_head");
            }
            add_people(t, to, NULL, subtasks[i].office, "office");
        }
}

static void tell_remind(const telling *t, json_t *facts, json_t *to)
{
    enum { HOLDER = 1, UNIT = 2, OFFICE = 4 };
    gk_json_auto *event = gk_store_event_data(t->broker->store, t->file->id, t->job->row.cause_seq);
    int left = (int) json_integer_value(json_object_get(event, "left"));
    unsigned who = gk_case_remind(t->broker->book->rules, left);
    json_object_set_new(facts, "message", json_string("due"));
    json_object_set_new(facts, "reason", json_string(left < 0 ? "overdue" : left == 0 ? "due_today" : "due_soon"));
    if (who & HOLDER)
        add_holder(t, to);
    if (who & UNIT && *t->file->unit)
        add_people(t, to, t->file->unit, GK_UNIT_HEAD, "unit_head");
    if (who & OFFICE)
        add_people(t, to, NULL, GK_HEAD | GK_CLERK, "office");
}

/*  What is owed beside the reply: by when, who is told of it from the beginning and who as well when it presses, and in
 *  which words.  A written answer that is not given in time makes the decision one without evidence (行政复议法
 *  Art. 70; 行政诉讼法 Art. 34), so the head hears of it too. */
static gk_date answer_date(const telling *t, const json_t *event)
{
    const gk_proceeding *p = gk_case_proceeding(t->file, gk_json_text(event, "proceeding"));
    return p ? p->answer_due : GK_NO_DATE;
}

static gk_date handover_date(const telling *t, const json_t *event)
{
    (void) event;
    return gk_archive_due(t->file, t->broker->book->rules);
}

static gk_date publication_date(const telling *t, const json_t *event)
{
    (void) event;
    return t->file->publication.due_on;
}

static const struct task {
    const char *detail;         /* of the job, and the message */
    gk_date (*due)(const telling *t, const json_t *event);
    unsigned always, pressing;  /* roles */
    const char *reasons[4];     /* new, soon, today, overdue */
} tasks[] = {
    { "proceeding", answer_date, GK_LEGAL_REVIEWER, GK_HEAD,
      { "proceeding_opened", "answer_soon", "answer_today", "answer_overdue" } },
    { "archive", handover_date, GK_CLERK, GK_HEAD,
      { "", "handover_soon", "handover_today", "handover_overdue" } },
    { "publication", publication_date, GK_CLERK | GK_HEAD, GK_UNIT_HEAD,
      { "publication_opened", "publication_soon", "publication_today", "publication_overdue" } },
};

static const struct task *task_of(const char *detail)
{
    for (size_t i = 0; i < sizeof tasks / sizeof *tasks; i++)
        if (strcmp(tasks[i].detail, detail) == 0)
            return &tasks[i];
    return NULL;
}

/*  The case's line says when this is due, not the reply. */
static json_t *tell_task(const telling *t, const struct task *task, json_t *facts, json_t *to)
{
    enum { PRESSING = 1 };
    gk_json_auto *event = gk_store_event_data(t->broker->store, t->file->id, t->job->row.cause_seq);
    json_t *line = case_line(t, t->file);
    gk_date due = task->due(t, event);
    bool opened = !json_object_get(event, "left");
    json_object_set_new(facts, "message", json_string(task->detail));
    add_people(t, to, NULL, task->always, "office");
    if (t->file->publication.stage == GK_PUBLICATION_AGREED && strcmp(task->detail, "publication") == 0)
        add_people(t, to, NULL, GK_SECRECY_REVIEWER, "office");
    if (gk_date_is_none(due))
        return line;
    int left = gk_calendar_between(t->broker->book->calendar, gk_date_of(t->broker->time.now), due);
    json_object_set_new(facts, "reason", json_string(task->reasons[opened ? 0 : left < 0 ? 3 : left == 0 ? 2 : 1]));
    gk_json_set_date(line, "due_on", due);
    json_object_set_new(line, "left", json_integer(left));
    json_object_set_new(line, "limit", json_string(task->detail));
    if (opened || left <= PRESSING)     /* a unit's head hears of the own unit's cases */
        add_people(t, to, task->pressing == GK_UNIT_HEAD ? t->file->unit : NULL, task->pressing, "office");
    return line;
}

static void tell_notify(const telling *t, json_t *facts, json_t *to)
{
    gk_json_auto *form = open_form(t->broker->store, t->file->id);
    json_t *fields = gk_store_event_data(t->broker->store, t->file->id, t->job->row.cause_seq);
    const char *email = gk_json_path(form, "applicant.contact.email");
    add_recipient(to, "", "applicant", email);
    if (json_object_get(fields, "fee_yuan"))
        json_object_set(fields, "amount_yuan", json_object_get(fields, "fee_yuan"));
    if (!gk_date_is_none(t->file->dispatched_on))
        gk_json_set_date(fields, "dispatched_on", t->file->dispatched_on);
    json_object_set_new(facts, "fields", fields);
    json_object_set_new(facts, "message", json_string(t->detail));
    json_object_set_new(facts, "receipt_hint", json_true());
}

static json_t *webhook_facts(const gk_conf *conf)
{
    const char *name = gk_conf_name(conf, "webhook", 0);
    return name ? json_pack("{s:s, s:s}", "url", gk_conf_text_of(conf, "webhook", name, "url"), "secret_name", name) : json_null();
}

static json_t *tell_reminder(const telling *t)
{
    json_t *facts = json_object(), *to = json_array(), *cases = NULL;
    const char *task = t->job->row.task;
    const json_t *office = gk_org_office(t->broker->book->org, t->file->office);
    if (strncmp(task, "notify", 6) == 0)
        tell_notify(t, facts, to);
    else if (task_of(t->detail))
        cases = json_pack("[o]", tell_task(t, task_of(t->detail), facts, to));
    else if (strncmp(task, "remind", 6) == 0)
        tell_remind(t, facts, to);
    else if (strncmp(task, "alarm", 5) == 0)
        tell_alarm(t, facts, to);
    else {
        gk_json_auto *event = gk_store_event_data(t->broker->store, t->file->id, t->job->row.cause_seq);
        const gk_person *person = gk_org_find(t->broker->book->org, gk_json_text(event, "person"));
        if (person)
            add_with_deputies(t, to, person, "holder");
        cases = digest_cases(t, gk_json_text(event, "person"));
        json_object_set_new(facts, "message", json_string("digest"));
    }
    if (!cases)
        cases = json_pack("[o]", t->file->state == GK_LEDGER ? first_of_desk(t) : case_line(t, t->file));
    json_object_set_new(facts, "to", to);
    json_object_set_new(facts, "cases", cases);
    json_object_set_new(facts, "link", json_string(gk_json_text(office, "public_site")));
    json_object_set_new(facts, "webhook", webhook_facts(t->broker->conf));
    gk_free_auto char *id = gk_format("%lld-%d-%lld", (long long) t->file->id, t->job->row.cause_seq, (long long) t->job->row.id);
    json_object_set_new(facts, "message_id", json_string(id));
    return facts;
}

static const struct {
    const char *service;
    json_t *(*tell)(const telling *t);
} roles[] = {
    { "intake", tell_intake },
    { "review", tell_review },
    { "confidentiality", tell_confidentiality },
    { "reply", tell_reply },
    { "reminder", tell_reminder },
};

/*  Does the flow still want this job?  A case's own lane follows its state. */
static bool wanted(const gk_case *file, const gk_job *job)
{
    if (job->row.lane != GK_LANE_CASE)
        return true;
    const gk_state_info *state = gk_flow_state(file->state);
    return state->service && strcmp(state->service, job->row.service) == 0 && file->state_seq == job->row.cause_seq;
}

gk_err gk_facts_of(gk_broker *self, gk_job *job, json_t **out, gk_why *why)
{
    gk_auto(gk_case) file = NULL;
    gk_err err = gk_store_case(self->store, job->row.case_id, &file, why);
    if (err)
        return err;
    if (!wanted(file, job))
        return gk_refuse(why, GK_ESTALE, "superseded");
    const char *space = strchr(job->row.task, ' ');
    telling t = { self, file, job, space ? space + 1 : "" };
    json_t *facts = NULL;
    for (size_t i = 0; i < sizeof roles / sizeof *roles && !facts; i++)
        if (strcmp(roles[i].service, job->row.service) == 0)
            facts = roles[i].tell(&t);
    char reference[32], at[GK_TIME_TEXT];
    snprintf(reference, sizeof reference, "@%lld", (long long) file->id);
    gk_free_auto char *task = gk_strndup(job->row.task, strcspn(job->row.task, " "));
    job->handed_seq = file->seq;
    *out = json_pack("{s:s, s:s, s:s, s:i, s:o, s:s, s:i, s:b, s:o, s:s, s:o}", "service", job->row.service, "case", reference,
                     "number", file->number, "seq", job->row.cause_seq, "today", gk_json_from_date(gk_date_of(self->time.now)),
                     "at", gk_time_format(self->time.now, at), "attempt", job->row.attempts + 1, "training", self->training,
                     "office", office_facts(self->book, file->office), "task", task, "facts", facts ? facts : json_object());
    return GK_OK;
}

/*  ---- hearing: one reader a role -------------------------------------------------------------------- */

typedef struct hearing {
    const gk_job *job;
    const gk_case *file;
    const json_t *finding;
    gk_broker *broker;
    json_t *data, *seals;
    gk_event_type event;
    gk_why *why;
} hearing;

/*  Copy the members that we know and leave the rest. */
static void take(hearing *h, const char *const *names)
{
    for (; *names; names++)
        if (json_object_get(h->finding, *names))
            json_object_set(h->data, *names, json_object_get(h->finding, *names));
}

static gk_err hear_intake(hearing *h)
{
    static const char *const names[] = { "complete", "missing", "received_on", "duplicate_of", "disguise", "flags", NULL };
    take(h, names);
    if (!json_is_boolean(json_object_get(h->data, "complete")))
        return gk_refuse(h->why, GK_EBADVALUE, "the finding lacks complete");
    bool received = !gk_date_is_none(gk_json_date(h->data, "received_on"));
    if (!received)
        json_object_del(h->data, "received_on");
    h->event = received ? GK_REGISTERED : GK_CONFIRMATION_AWAITED;
    return GK_OK;
}

/*  Words of the rules are short and few; whatever else a worker calls so is left out. */
static bool are_words(const json_t *list)
{
    enum { MOST_WORDS = 50, MOST_BYTES = 100 };
    size_t index;
    json_t *word;
    bool fine = json_array_size(list) <= MOST_WORDS;
    json_array_foreach((json_t *) list, index, word)
        fine = fine && json_is_string(word) && json_string_length(word) <= MOST_BYTES;
    return fine;
}

static gk_err hear_review(hearing *h)
{
    static const char *const names[] = { "unit", "rule", "words", "repeat", "public", "fee", NULL };
    take(h, names);
    if (!are_words(json_object_get(h->data, "words")))
        json_object_del(h->data, "words");
    h->event = GK_TRIAGED;
    return GK_OK;
}

/*  Every document that was asked about must have its verdict, and no other. */
static gk_err hear_verdicts(hearing *h, json_t *verdicts, bool *refused)
{
    const json_t *said = json_object_get(h->finding, "documents");
    bool review = h->event == GK_SCANNED;
    for (int i = 0; i < h->file->document_count; i++) {
        const gk_case_document *d = &h->file->documents[i];
        const json_t *verdict = NULL;
        size_t index;
        json_t *entry;
        json_array_foreach(said, index, entry)
            if (strcmp(gk_json_text(entry, "digest"), d->digest) == 0)
                verdict = entry;
        if (!gk_facts_scans(&h->job->row, d))
            continue;
        if (!verdict)
            return gk_refuse(h->why, GK_EBADVALUE, "the finding lacks a verdict on a document");
        /*  What the secrecy reviewer called a false hit stays admitted. */
        bool cleared = review && d->status == GK_ADMITTED && h->file->flags & GK_FLAG_CLASSIFIED;
        const char *word = gk_json_text(verdict, "verdict");
        if (cleared && strcmp(word, "class_a") == 0)
            word = "flagged";
        *refused |= strcmp(word, "class_a") == 0;
        json_array_append_new(verdicts, json_pack("{s:s, s:s, s:i, s:i}", "digest", d->digest, "verdict", word, "pages",
                                                  (int) json_integer_value(json_object_get(verdict, "pages")), "chars",
                                                  (int) json_integer_value(json_object_get(verdict, "chars"))));
    }
    return GK_OK;
}

/*  Level, term and place of each state-secret mark: what the ledger may hold of it. */
static json_t *marks_of(const json_t *findings, json_t *counts)
{
    json_t *marks = json_array(), *entry;
    size_t index;
    json_array_foreach(findings, index, entry) {
        const char *class = gk_json_text(entry, "class");
        json_object_set_new(counts, class, json_integer(json_integer_value(json_object_get(counts, class)) + 1));
        if (strcmp(class, "A") == 0 && json_array_size(marks) < 50)
            json_array_append_new(marks, json_pack("{s:s, s:s, s:s, s:i}", "document", gk_json_text(entry, "document"), "level",
                                                   gk_json_text(entry, "level"), "term", gk_json_text(entry, "term"), "page",
                                                   (int) json_integer_value(json_object_get(entry, "page"))));
    }
    return marks;
}

static gk_err hear_confidentiality(hearing *h)
{
    const json_t *findings = json_object_get(h->finding, "findings");
    if (json_array_size(findings) > MOST_FINDINGS)
        return gk_refuse(h->why, GK_ETOOLARGE, "more than %d findings", MOST_FINDINGS);
    h->event = strcmp(h->job->row.task, "review") == 0 ? GK_SCANNED : GK_DOCUMENTS_ADMITTED;
    json_t *verdicts = json_array(), *counts = json_object();
    bool refused = false;
    gk_err err = hear_verdicts(h, verdicts, &refused);
    json_object_set_new(h->data, "verdicts", verdicts);
    json_object_set_new(h->data, "marks", marks_of(findings, counts));
    json_object_set_new(h->data, "counts", counts);
    json_object_set_new(h->data, "refused", json_boolean(refused));
    json_object_set_new(h->data, "verdict", json_string(gk_json_text(h->finding, "verdict")));
    if (json_array_size(findings))
        json_object_set(h->seals, "findings", (json_t *) findings);
    return err;
}

static gk_err hear_reply(hearing *h)
{
    static const char *const names[] = { "letter", "digest", "pages", "size", "check_code", NULL };
    take(h, names);
    const char *digest = gk_json_text(h->data, "digest"), *letter = strchr(h->job->row.task, ' ');
    if (!letter || strcmp(letter + 1, gk_json_text(h->data, "letter")) != 0)
        return gk_refuse(h->why, GK_EBADVALUE, "the finding is about another letter");
    if (gk_store_document_size(h->broker->store, digest) < 0)
        return gk_refuse(h->why, GK_EBADVALUE, "the finding names a document that was not uploaded");
    bool reply = strcmp(letter + 1, "reply") == 0;
    h->event = reply ? GK_LETTER_RENDERED : GK_NOTICE_RENDERED;
    if (reply)
        json_object_set_new(h->data, "number", json_string(h->file->letter_number));
    return GK_OK;
}

static gk_err hear_reminder(hearing *h)
{
    static const char *const names[] = { "sent", "failed", NULL };
    take(h, names);
    json_object_set_new(h->data, "task", json_string(h->job->row.task));
    json_object_set_new(h->data, "cause", json_integer(h->job->row.cause_seq));
    h->event = GK_NOTIFIED;
    return GK_OK;
}

static const struct {
    const char *service;
    gk_err (*hear)(hearing *h);
} readers[] = {
    { "intake", hear_intake },
    { "review", hear_review },
    { "confidentiality", hear_confidentiality },
    { "reply", hear_reply },
    { "reminder", hear_reminder },
};

static bool by_person(void *context, const gk_event *event)
{
    bool *found = context;
    *found |= strncmp(event->actor, "worker:", 7) != 0 && strcmp(event->actor, "clock") != 0;
    return !*found;
}

/*  Did a human act overtake the job since its facts were told? */
static bool overtaken(gk_broker *self, const gk_case *file, const gk_job *job)
{
    bool found = false;
    if (job->row.lane == GK_LANE_CASE && file->seq != job->handed_seq
        && gk_store_events(self->store, file->id, job->handed_seq + 1, by_person, &found, NULL))
        return true;
    return found;
}

static gk_err supersede(gk_broker *self, gk_case *file, const gk_job *job, gk_why *why)
{
    gk_json_auto *data = json_pack("{s:s, s:s, s:i}", "service", job->row.service, "task", job->row.task, "cause",
                                   job->row.cause_seq);
    gk_deed deed = { .event = GK_FINDING_SUPERSEDED, .actor = &gk_actor_clock, .on = GK_NO_DATE, .data = data,
                     .done_job = job->row.id };
    return gk_ledger_act(self, file, &deed, why);
}

gk_err gk_facts_apply(gk_broker *self, gk_job *job, json_t *finding, gk_why *why)
{
    gk_auto(gk_case) file = NULL;
    gk_err err = gk_store_case(self->store, job->row.case_id, &file, why);
    if (err)
        return err;
    if (!wanted(file, job))
        return supersede(self, file, job, why);
    if (overtaken(self, file, job)) {       /* stale: hand it out again with fresh facts */
        gk_broker_effect(self, GK_DO_GIVE_BACK)->id = job->row.id;
        return GK_OK;
    }
    gk_json_auto *data = json_object(), *seals = json_object();
    hearing h = { .job = job, .file = file, .finding = finding, .broker = self, .data = data, .seals = seals, .why = why };
    err = GK_ENOTFOUND;
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (strcmp(readers[i].service, job->row.service) == 0)
            err = readers[i].hear(&h);
    if (err)
        return err;
    gk_free_auto char *text = gk_json_print(data);
    if (strlen(text) > MOST_FINDING)
        return gk_refuse(why, GK_ETOOLARGE, "the finding is larger than %d bytes", MOST_FINDING);
    gk_actor worker = { .roles = GK_WORKER };
    snprintf(worker.name, sizeof worker.name, "worker:%.50s", job->row.service);
    gk_deed deed = { .event = h.event, .actor = &worker, .on = GK_NO_DATE, .data = data, .seals = seals,
                     .done_job = job->row.id };
    return gk_ledger_act(self, file, &deed, why);
}

/*  ---- failing -------------------------------------------------------------------------------------------- */

static const char *lane_name(gk_lane lane)
{
    static const char *const names[GK_LANES] = { "case", "notice", "document" };
    return names[lane];
}

static gk_err tell_death(gk_broker *self, const gk_job *job, int attempts, gk_why *why)
{
    gk_auto(gk_case) file = NULL;
    gk_err err = gk_store_case(self->store, job->row.case_id, &file, why);
    if (err)
        return err;
    gk_json_auto *data = json_pack("{s:s, s:s, s:s, s:I, s:i}", "service", job->row.service, "task", job->row.task, "lane",
                                   lane_name(job->row.lane), "job", (json_int_t) job->row.id, "attempts", attempts);
    gk_deed deed = { .event = GK_JOB_DIED, .actor = &gk_actor_clock, .on = GK_NO_DATE, .data = data };
    return gk_ledger_act(self, file, &deed, why);
}

/*  The case is told; one that cannot take another event keeps its dead letter all the same, or
 *  the job would come again for ever. */
static gk_err record_death(gk_broker *self, const gk_job *job, int attempts, gk_why *why)
{
    size_t effects;
    gk_err err = gk_broker_attempt(self, &effects, why);
    if (err)
        return err;
    gk_why reason = { "" };
    err = tell_death(self, job, attempts, &reason);
    if (gk_broker_cannot_write(err))
        return gk_refuse(why, err, "%s", reason.text);
    gk_broker_settle(self, effects, err);
    if (err)
        gk_log(GK_ERROR, "job=%lld case=@%lld event=job_died refused reason=\"%s\"", (long long) job->row.id,
               (long long) job->row.case_id, reason.text);
    return GK_OK;
}

static gk_err bury(gk_broker *self, const gk_job *job, int attempts, const char *reason, gk_why *why)
{
    gk_effect *effect = gk_broker_effect(self, GK_DO_BURY);
    effect->id = job->row.id;
    effect->job.attempts = attempts;
    gk_text_copy(effect->job.reason, sizeof effect->job.reason, reason);
    gk_err err = gk_store_job_state(self->store, job->row.id, attempts, true, effect->job.reason, why);
    return err || !job->row.case_id ? err : record_death(self, job, attempts, why);
}

gk_err gk_facts_failed(gk_broker *self, gk_job *job, bool retry, const char *reason, gk_why *why)
{
    const gk_terms *terms = gk_service_terms(job->service);
    int attempts = job->row.attempts + 1;
    gk_log(GK_WARN, "job=%lld service=%s case=@%lld attempt=%d retry=%d reason=\"%s\"", (long long) job->row.id,
           job->row.service, (long long) job->row.case_id, attempts, retry, reason);
    if (!retry || attempts >= terms->max_attempts)
        return bury(self, job, attempts, reason, why);
    gk_effect *effect = gk_broker_effect(self, GK_DO_GIVE_BACK);
    effect->id = job->row.id;
    effect->job.attempts = attempts;
    effect->delay_ms = terms->backoff_ms << (attempts < 8 ? attempts - 1 : 7);
    gk_text_copy(effect->job.reason, sizeof effect->job.reason, reason);
    return gk_store_job_state(self->store, job->row.id, attempts, false, effect->job.reason, why);
}
