/*  commands - what is applied in the turn that reads it: submissions, the acts of applicants and
 *  staff, and administration.  One table names them; each handler runs inside the turn's
 *  transaction, behind a savepoint. */
#include "broker/broker.h"
#include "broker/depot.h"
#include "broker/evidence.h"
#include "broker/login.h"
#include "broker/report.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/catalogue.h"
#include "core/form.h"
#include "core/items.h"
#include "core/letters.h"
#include "core/shown.h"

#include <stdlib.h>
#include <string.h>

/*  ---- repeated requests ------------------------------------------------------------ */

typedef struct once {
    gk_request_row row;
    bool seen;
} once;

static void once_clear(once *self)
{
    free(self->row.answer);
}

#define once_auto __attribute__((cleanup(once_clear))) once

/*  Of what is asked, not of the session in which: who logs in again asks the same. */
static gk_hash payload_hash(const gk_command *command)
{
    if (!json_object_get(command->body, "token"))
        return gk_hash_of(command->bytes, command->len);
    gk_json_auto *body = json_copy((json_t *) command->body);
    json_object_del(body, "token");
    gk_free_auto char *text = gk_json_print(body);
    return gk_hash_of(text, strlen(text));
}

/*  Was this request seen before?  The same id with another payload is refused. */
static gk_err look_once(gk_broker *self, const gk_command *command, const char *principal, once *out, gk_why *why)
{
    gk_hash payload = payload_hash(command);
    if (!*command->from.request_id)
        return gk_refuse(why, GK_EBADMSG, "this command needs a request id: send it as a frame before the payload");
    out->row = (gk_request_row) { .principal = principal, .service = command->from.service, .id = command->from.request_id };
    out->seen = gk_store_request_find(self->store, &out->row);
    if (out->seen && memcmp(out->row.payload.bytes, payload.bytes, sizeof payload.bytes) != 0)
        return gk_refuse(why, GK_EREUSED, "this request id was used for another payload; make a new one");
    out->row.payload = payload;
    return GK_OK;
}

static gk_err note_once(gk_broker *self, once *seen, const gk_case *file, gk_why *why)
{
    seen->row.case_id = file->id;
    seen->row.seq = file->seq;
    return gk_store_request_add(self->store, &seen->row, why);
}

/*  ---- answers ------------------------------------------------------------------------- */

typedef struct finding_event {
    json_t *ok;
} finding_event;

static bool event_answer(void *context, const gk_event *event)
{
    finding_event *f = context;
    char reference[32];
    snprintf(reference, sizeof reference, "@%lld", (long long) event->case_id);
    bool applicant = strncmp(event->actor, "applicant", 9) == 0;
    const gk_state_info *state = gk_flow_state(applicant ? gk_shown_state(event->state) : event->state);
    f->ok = json_pack("{s:s, s:i, s:s, s:s, s:s, s:s, s:o, s:b, s:s, s:s}", "case", reference, "seq", event->seq, "event",
                      gk_flow_event(event->type)->name, "event_zh", gk_flow_event(event->type)->zh, "state",
                      state->name, "state_zh", state->zh, "due_on",
                      gk_json_from_date(event->due_on), "provisional", event->provisional, "clock",
                      gk_clock_state_name(event->clock), "article", event->article);
    if (event->type == GK_SPLIT)
        json_object_set(f->ok, "cases", json_object_get(event->data, "cases"));
    return false;
}

/*  The answer to an act is built from its event, now or when it is asked again in ten years. */
static gk_err answer_act(gk_broker *self, const gk_case *file, int seq, json_t **ok, gk_why *why)
{
    finding_event f = { NULL };
    gk_err err = gk_store_events(self->store, file->id, seq, event_answer, &f, why);
    if (err || !f.ok)
        return err ? err : gk_refuse(why, GK_EDAMAGED, "the event of an earlier answer is missing");
    json_object_set_new(f.ok, "number", json_string(file->number));
    if (file->state != GK_LEDGER)
        json_object_set_new(f.ok, "kind", json_string(gk_kind_name(file->kind)));
    *ok = f.ok;
    return GK_OK;
}

json_t *gk_submission_answer(gk_broker *self, const gk_case *file, const char *receipt)
{
    char reference[32], code[GK_RECEIPT_CODE + 6];
    snprintf(reference, sizeof reference, "@%lld", (long long) file->id);
    size_t at = 0;      /* in groups of five, as people read it over the telephone */
    for (size_t i = 0; receipt[i]; i++) {
        if (i && i % 5 == 0)
            code[at++] = '-';
        code[at++] = receipt[i];
    }
    code[at] = 0;
    const gk_state_info *state = gk_flow_state(gk_shown_state(file->state));
    gk_hash hash = gk_hash_of(receipt, strlen(receipt));
    return json_pack("{s:o*, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:b, s:s, s:s, s:s}", "signed",
                     gk_evidence_receipt(self->store, &self->notary, file, &hash), "receipt", code, "case", reference, "number",
                     file->number, "kind", gk_kind_name(file->kind), "submitted_on", gk_json_from_date(file->submitted_on), "received_on",
                     gk_json_from_date(file->received_on), "due_on", gk_json_from_date(file->due_on), "provisional",
                     file->provisional, "state", state->name, "state_zh", state->zh, "state_en", state->en);
}

/*  ---- documents named by a command ------------------------------------------------------ */

/*  Copy digests into the event, put the names aside (a file's name may name a person). */
static gk_err take_documents(gk_broker *self, const gk_case *file, const json_t *body, json_t *data, json_t *seals, gk_why *why)
{
    const json_t *list = json_object_get(body, "documents");
    if (!list || (json_is_array(list) && json_array_size(list) == 0))
        return GK_OK;
    int64_t most = gk_conf_int(self->conf, "broker/limits/command_documents");
    int64_t most_mb = gk_conf_int(self->conf, "broker/limits/case_mb");
    if ((int64_t) json_array_size(list) > most)
        return gk_refuse(why, GK_ETOOLARGE, "documents: at most %lld in one command", (long long) most);
    if (file->document_count + (int) json_array_size(list) > GK_CASE_DOCUMENTS)
        return gk_refuse(why, GK_ETOOLARGE, "a case holds at most %d documents", GK_CASE_DOCUMENTS);
    json_t *digests = json_array(), *names = json_array(), *entry;
    json_object_set_new(data, "documents", digests);
    json_object_set_new(seals, "names", names);
    int64_t bytes = 0;
    for (int i = 0; i < file->document_count; i++)
        bytes += gk_store_document_size(self->store, file->documents[i].digest);
    size_t index;
    json_array_foreach(list, index, entry) {
        const char *digest = gk_json_text(entry, "digest"), *name = gk_json_text(entry, "name");
        int64_t size = gk_store_document_size(self->store, digest);
        gk_free_auto char *path = gk_depot_path(self->data, digest);     /* destroyed, it is known and not there */
        if (size < 0 || !path)
            return gk_refuse(why, GK_ENOTFOUND, "documents[%zu]: that digest was not uploaded (document.put)", index);
        bytes += size;
        json_array_append_new(digests, json_pack("{s:s}", "digest", digest));
        json_array_append_new(names, json_string(name));
    }
    return bytes > most_mb << 20 ? gk_refuse(why, GK_ETOOLARGE, "a case holds at most %lld MB of documents", (long long) most_mb)
        : GK_OK;
}

/*  ---- submitting and registering ----------------------------------------------------------- */

typedef struct filing {
    const gk_actor *actor;
    const char *principal;
    const json_t *form;
    json_t *receipt;            /* how it came in */
    const char *office;
} filing;

static json_t *received_data(const filing *f)
{
    static const char *const dates[] = { "channel", "submitted_on", "arrived_on", "signed_on", "confirmed_on", NULL };
    json_t *data = json_pack("{s:s, s:O, s:O, s:s, s:s, s:s, s:b}", "office", f->office, "form", f->form, "receipt", f->receipt,
                             "applicant_kind", gk_json_path(f->form, "applicant.kind"), "medium",
                             gk_json_path(f->form, "delivery.medium"), "delivery", gk_json_path(f->form, "delivery.channel"),
                             "reachable", *gk_json_path(f->form, "applicant.contact.email") != 0);
    for (size_t i = 0; dates[i]; i++)
        if (json_object_get(f->receipt, dates[i]))
            json_object_set(data, dates[i], json_object_get(f->receipt, dates[i]));
    if (gk_form_kind(f->form) != GK_KIND_DISCLOSURE)
        json_object_set_new(data, "kind", json_string(gk_kind_name(gk_form_kind(f->form))));
    return data;
}

static gk_err file_application(gk_broker *self, gk_command *command, const filing *f, json_t **ok, gk_why *why)
{
    char code[GK_RECEIPT_CODE];
    gk_receipt_code(gk_keys_get(self->keys, GK_KEY_RECEIPT), f->principal, command->from.request_id, code);
    once_auto seen = { 0 };
    gk_err err = look_once(self, command, f->principal, &seen, why);
    if (err)
        return err;
    gk_auto(gk_case) file = NULL;
    if (seen.seen) {
        err = gk_store_case(self->store, seen.row.case_id, &file, why);
        if (err)
            return err;
    } else {
        file = gk_case_new(GK_INTAKE);
        gk_json_auto *data = received_data(f), *seals = json_object();
        err = take_documents(self, file, command->body, data, seals, why);
        if (err)
            return err;
        gk_hash receipt = gk_hash_of(code, strlen(code)), content = gk_form_content_hash(f->form), applicant;
        gk_free_auto char *proof = gk_form_applicant_key(f->form);
        if (*proof)
            applicant = gk_hash_keyed(gk_keys_get(self->keys, GK_KEY_LOOKUP), proof, strlen(proof));
        gk_case_keys keys = { &receipt, *proof ? &applicant : NULL, &content };
        gk_deed deed = { .event = GK_RECEIVED, .actor = f->actor, .on = GK_NO_DATE, .data = data, .seals = seals, .keys = &keys,
                         .request_id = command->from.request_id };
        err = gk_ledger_act(self, file, &deed, why);
        if (!err)
            err = note_once(self, &seen, file, why);
        if (err)
            return err;
    }
    *ok = gk_submission_answer(self, file, code);
    command->pending = file->state == GK_INTAKE;
    if (command->pending) {
        command->waiter = gk_new(gk_waiter);
        command->waiter->case_id = file->id;
        snprintf(command->waiter->receipt, sizeof command->waiter->receipt, "%s", code);
    }
    return GK_OK;
}

static gk_err choose_office(gk_broker *self, const json_t *form, const char **office, gk_why *why)
{
    if (!self->book->org)
        return gk_refuse(why, GK_EBUSY, "no office is set up yet; an administrator runs gongkai org load FILE");
    *office = gk_json_text(form, "office");
    if (!**office)
        *office = gk_org_district(self->book->org);
    return gk_org_office(self->book->org, *office) ? GK_OK
        : gk_refuse(why, GK_ENOTFOUND, "there is no office %.15s; leave office out for the district", *office);
}

static gk_err submit(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    static const gk_actor applicant = { .name = "applicant", .roles = GK_APPLICANT };
    const json_t *form = json_object_get(command->body, "form");
    char today[GK_DATE_TEXT];
    gk_date_format(gk_date_of(self->time.now), today);
    gk_json_auto *receipt = json_pack("{s:s, s:s}", "channel", "portal", "submitted_on", today);
    filing f = { .actor = &applicant, .principal = "applicant", .form = form, .receipt = receipt };
    gk_err err = gk_form_check(form, why);
    if (!err)
        err = choose_office(self, form, &f.office, why);
    return err ? err : file_application(self, command, &f, ok, why);
}

static gk_err staff(gk_broker *self, gk_command *command, gk_actor *out, gk_why *why)
{
    gk_gate gate = gk_broker_gate(self);
    return gk_actor_of(self->store, self->book, &gate, command->body, out, &command->visitor, why);
}

static gk_err register_paper(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    gk_actor actor;
    gk_err err = staff(self, command, &actor, why);
    const json_t *form = json_object_get(command->body, "form");
    json_t *receipt = json_object_get(command->body, "receipt");
    if (!err && !(gk_actor_roles(&actor) & (GK_CLERK | GK_MAILROOM)))
        err = gk_refuse(why, GK_EDENIED, "%s may not register: it takes a clerk or the mailroom", actor.name);
    if (!err)
        err = gk_form_check(form, why);
    if (!err)
        err = gk_form_check_receipt(receipt, gk_date_of(self->time.now), why);
    if (!err && strcmp(gk_json_text(receipt, "channel"), "portal") == 0)
        err = gk_refuse(why, GK_EBADVALUE, "receipt.channel: portal is for applicants themselves (gongkai submit)");
    if (!err && *gk_json_text(form, "office") && strcmp(gk_json_text(form, "office"), actor.office) != 0)
        err = gk_refuse(why, GK_EDENIED, "the form is addressed to another office; it is registered there");
    filing f = { .actor = &actor, .principal = actor.name, .form = form, .receipt = receipt, .office = actor.office };
    return err ? err : file_application(self, command, &f, ok, why);
}

/*  ---- acts ------------------------------------------------------------------------------------ */

/*  Does what a letter prints contain one of these of a person (`whose`: "the form's ")? */
static gk_err check_told(const json_t *person, const char *const *telling, size_t count, const char *whose, const json_t *data, gk_why *why)
{
    static const char *const printed[] = { "information", "content", "reason", "question" };
    for (size_t i = 0; i < count; i++) {
        const char *text = gk_json_path(person, telling[i]);
        for (size_t k = 0; strlen(text) >= 4 && k < sizeof printed / sizeof *printed; k++)
            if (strstr(gk_json_text(data, printed[k]), text))
                return gk_refuse(why, GK_EBADVALUE, "%s contains %s%s: a letter to a third party or a unit never names or "
                                 "describes the applicant; say what is asked for, not by whom", printed[k], whose, telling[i]);
    }
    return GK_OK;
}

/*  A letter to a third party, and to a unit that assists, never names or describes the applicant (DECISIONS
 *  "Consultation"): only the ledger knows both what was written and who applied.  A record about the applicant
 *  himself (Art. 41) is found by name or number, so another agency or a unit may be told these two. */
static gk_err check_consultation(gk_broker *self, const gk_case *file, const json_t *data, gk_why *why)
{
    static const char *const telling[] = {
        "applicant.name", "applicant.proof.number", "applicant.contact_person", "applicant.contact.phone",
        "applicant.contact.email", "applicant.contact.address", "agent.name",
    };
    static const char *const joint[] = { "name", "proof.number" };
    enum { TELLING = sizeof telling / sizeof *telling, JOINT = sizeof joint / sizeof *joint };
    enum { IDENTIFYING = 2 };           /* the first two */
    bool agency = file->kind == GK_KIND_RECORDS && strcmp(gk_json_text(data, "kind"), "third_party") != 0;
    int skip = agency ? IDENTIFYING : 0;
    gk_json_auto *received = gk_facts_open(self->store, file->id, 1);
    const json_t *form = json_object_get(received, "form");
    gk_err err = check_told(form, telling + skip, (size_t) (TELLING - skip), "the form's ", data, why);
    size_t index;
    json_t *one;
    json_array_foreach(agency ? NULL : json_object_get(form, "joint"), index, one)
        if (!err)
            err = check_told(one, joint, JOINT, "a joint applicant's ", data, why);
    return err;
}

/*  Does the act write to the applicant, now or with the letter that follows from it?  What is written for a third party
 *  stands in no letter to the applicant, nor do the applicant's own words. */
static bool writes_to_applicant(gk_event_type event)
{
    static const gk_event_type later[] = { GK_PROPOSED, GK_REFUSAL_PROPOSED, GK_ITEMISED, GK_ITEM_DECIDED, GK_FEE_PROPOSED };
    const char *const *letters = gk_flow_event(event)->letters;
    for (size_t i = 0; i < sizeof later / sizeof *later; i++)
        if (later[i] == event)
            return true;
    return event != GK_WITHDREW && letters[0] && gk_letter_find(letters[0])->reader == GK_READER_APPLICANT;
}

/*  Does a text that the letter prints name a third party whom the request does not name? */
static gk_err check_third_parties(gk_broker *self, const gk_case *file, const json_t *data, gk_why *why)
{
    static const char *const kept[] = { "own_assessment", "third_party_answer" };       /* for the file only */
    static const char *const asked[] = { "request.title", "request.description" };
    if (!file->consultation_count)
        return GK_OK;
    gk_json_auto *received = gk_facts_open(self->store, file->id, 1);
    for (int i = 0; i < file->consultation_count; i++) {
        if (strcmp(file->consultations[i].kind, "third_party") != 0)
            continue;
        gk_json_auto *started = gk_facts_open(self->store, file->id, gk_case_named_seq(file->consultations[i].id));
        const char *party = gk_json_path(started, "third_party.name"), *name;
        if (strlen(party) < 4)
            continue;
        bool known = false;
        for (size_t k = 0; k < sizeof asked / sizeof *asked; k++)
            known |= strstr(gk_json_path(json_object_get(received, "form"), asked[k]), party) != NULL;
        json_t *value;
        json_object_foreach((json_t *) data, name, value) {     /* jansson iterates without changing */
            bool printed = strcmp(name, kept[0]) != 0 && strcmp(name, kept[1]) != 0;
            if (!known && printed && json_is_string(value) && strstr(json_string_value(value), party))
                return gk_refuse(why, GK_EBADVALUE, "%s names the third party: a letter to the applicant never does", name);
        }
    }
    return GK_OK;
}

/*  A repeat is of an application of the same applicant that this office answered (Art. 36(6)). */
static gk_err check_previous(gk_broker *self, const gk_case *file, const json_t *data, gk_why *why)
{
    const char *number = gk_json_text(data, "previous_case");
    gk_hash applicant;
    if (!*number)
        return GK_OK;
    gk_err err = gk_store_applicant(self->store, file->id, &applicant, why);
    if (err)
        return err;
    gk_json_auto *earlier = gk_store_earlier(self->store, &applicant, file->office, file->id);
    size_t index;
    json_t *entry;
    json_array_foreach(earlier, index, entry)
        if (strcmp(gk_json_text(entry, "number"), number) == 0 && strcmp(gk_json_text(entry, "state"), "closed") == 0
            && gk_facts_kind(self->store, strtoll(gk_json_text(entry, "case") + 1, NULL, 10)) == file->kind)
            return GK_OK;
    return gk_refuse(why, GK_ENEED, "previous_case: this applicant has no answered application %.40s at this office", number);
}

/*  The same item was given to two: the other case must be the office's own, have given a file, and be another
 *  applicant's (Art. 44).  Only the ledger knows both cases. */
static gk_err check_same_item(gk_broker *self, const gk_case *file, const json_t *data, gk_why *why)
{
    const char *number = gk_json_text(data, "other_case");
    if (!*number)
        return GK_OK;           /* apply says what is missing */
    int64_t id = gk_store_by_number(self->store, number);
    gk_auto(gk_case) other = NULL;
    gk_hash one, two;
    if (!id || gk_store_case(self->store, id, &other, why) || strcmp(other->office, file->office) != 0)
        return gk_refuse(why, GK_ENOTFOUND, "other_case: your office has no case %.40s", number);
    if (!gk_case_has_given(other))
        return gk_refuse(why, GK_ENEED, "other_case: no file was given in %s", number);
    if (gk_store_applicant(self->store, file->id, &one, NULL) == GK_OK && gk_store_applicant(self->store, id, &two, NULL) == GK_OK
        && memcmp(one.bytes, two.bytes, sizeof one.bytes) == 0)
        return gk_refuse(why, GK_ENEED, "other_case: %s is the same applicant's; it takes two", number);
    return GK_OK;
}

/*  Nobody attaches, corrects or proves anything with nothing in hand. */
static gk_err check_content(gk_broker *self, const gk_case *file, gk_event_type event, const json_t *data, gk_why *why)
{
    bool documents = json_object_get(data, "documents") != NULL, text = *gk_json_text(data, "text") != 0;
    if (event == GK_DOCUMENTS_ATTACHED && !documents)
        return gk_refuse(why, GK_EMISSING, "documents are required: --attach FILE");
    bool handed_in = event == GK_CORRECTION_RECEIVED || event == GK_SUPPLEMENT_RECEIVED || event == GK_REASONS_RECEIVED
        || event == GK_PAYMENT_PROOF_RECEIVED;
    bool unopened = json_is_true(json_object_get(data, "refused_by_us"));
    if (handed_in && !documents && !text && !unopened)
        return gk_refuse(why, GK_EMISSING, "say it in text or attach it: --attach FILE");
    gk_err err = writes_to_applicant(event) ? check_third_parties(self, file, data, why) : GK_OK;
    if (err)
        return err;
    switch (event) {
    case GK_CONSULTATION_STARTED:
    case GK_SECRECY_REFERRED:
    case GK_OVERRIDE_SENT:
    case GK_SUBTASK_SENT:
        return check_consultation(self, file, data, why);
    case GK_PROPOSED:
    case GK_REFUSAL_PROPOSED:
    case GK_ITEM_DECIDED:
        return check_previous(self, file, data, why);
    case GK_PUBLICATION_SUGGESTED:
        return check_same_item(self, file, data, why);
    default:
        return GK_OK;
    }
}

enum { SAME_ITEMS = 16 };       /* looked at, newest first */

/*  When a reply gives a file, look whether another applicant was given the same before (Art. 44).  One task for an item is
 *  enough.  A task that the file does not take is no reason to refuse the dispatch. */
static gk_err notice_same_item(gk_broker *self, gk_case *file, gk_event_type event, gk_why *why)
{
    bool sent = event == GK_DISPATCHED || event == GK_HANDED_OVER;
    if (!sent || !gk_case_has_given(file) || file->publication.stage != GK_PUBLICATION_NONE)
        return GK_OK;
    int64_t id = INT64_MAX;
    for (int i = 0; i < SAME_ITEMS && (id = gk_store_same_item(self->store, file->id, id)); i++) {
        gk_auto(gk_case) other = NULL;
        if (gk_store_case(self->store, id, &other, why) || !gk_case_has_given(other))
            continue;
        if (other->publication.stage != GK_PUBLICATION_NONE)
            return GK_OK;
        gk_json_auto *data = json_pack("{s:s, s:o, s:s}", "cause", "same_item", "suggested_on",
                                       gk_json_from_date(gk_date_of(self->time.now)), "other_case", other->number);
        gk_deed deed = { .event = GK_PUBLICATION_SUGGESTED, .actor = &gk_actor_clock, .on = GK_NO_DATE, .data = data };
        gk_err err = gk_ledger_act(self, file, &deed, why);
        return gk_broker_cannot_write(err) ? err : GK_OK;
    }
    return GK_OK;
}

/*  The list of items is sealed; the procedure needs how many it has. */
static void count_items(gk_event_type event, json_t *data)
{
    if (event != GK_ITEMISED)
        return;
    gk_json_auto *items = gk_items_split(gk_json_text(data, "items"));
    json_object_set_new(data, "count", json_integer((json_int_t) json_array_size(items)));
}

/*  Fields, documents, the step: for staff by name and for applicants by receipt.  `seen` is the look-up
 *  that did not find the request. */
static gk_err act_on(gk_broker *self, gk_command *command, gk_case *file, const gk_actor *actor, gk_event_type event,
                     const json_t *fields, once *seen, json_t **ok, gk_why *why)
{
    gk_json_auto *data = fields ? json_deep_copy(fields) : json_object(), *seals = json_object();
    gk_err err = gk_act_check_fields(event, data, why);
    if (!err)
        err = take_documents(self, file, command->body, data, seals, why);
    if (err)
        return err;
    err = check_content(self, file, event, data, why);
    if (err)
        return err;
    count_items(event, data);
    gk_date on = GK_NO_DATE;
    if (json_object_get(command->body, "on")) {
        on = gk_json_date(command->body, "on");
        if (gk_date_is_none(on))
            return gk_refuse(why, GK_EBADVALUE, "on must be a date, YYYY-MM-DD");
    }
    gk_deed deed = { .event = event, .actor = actor, .on = on, .data = data, .seals = seals,
                     .request_id = command->from.request_id };
    if (event == GK_SPLIT)
        err = gk_split_parts(self, file, &deed, why);
    else if (event == GK_PASSED_ON)
        err = gk_pass_on(self, file, &deed, why);
    else if (event == GK_REPLY_MERGED)
        err = gk_merge_replies(self, file, &deed, why);
    if (!err)
        err = gk_ledger_act(self, file, &deed, why);
    int seq = file->seq;
    if (!err)
        err = note_once(self, seen, file, why);
    if (!err)
        err = notice_same_item(self, file, event, why);
    return err ? err : answer_act(self, file, seq, ok, why);
}

/*  A repeated act is answered from the ledger before anything is checked again. */
static bool answered_before(gk_broker *self, const gk_command *command, const char *principal, once *seen, json_t **ok,
                            gk_err *err, gk_why *why)
{
    *err = look_once(self, command, principal, seen, why);
    if (*err || !seen->seen)
        return *err != GK_OK;
    gk_auto(gk_case) file = NULL;
    *err = gk_store_case(self->store, seen->row.case_id, &file, why);
    if (!*err)
        *err = answer_act(self, file, seen->row.seq, ok, why);
    return true;
}

static gk_err act(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    gk_actor actor;
    once_auto seen = { 0 };
    gk_err err = staff(self, command, &actor, why);
    if (err || answered_before(self, command, actor.name, &seen, ok, &err, why))
        return err;
    int64_t id;
    gk_auto(gk_case) file = NULL;
    err = gk_case_ref(self->store, command->body, &id, why);
    if (!err)
        err = gk_store_case(self->store, id, &file, why);
    if (!err && file->state == GK_LEDGER)
        err = gk_refuse(why, GK_ENOTFOUND, "there is no such case");
    if (err)
        return err;
    const json_t *seq = json_object_get(command->body, "seq");
    if (seq && json_integer_value(seq) != file->seq)
        return gk_refuse(why, GK_ESTALE, "the case is at event %d, you saw %lld: read it again (gongkai show)", file->seq,
                         (long long) json_integer_value(seq));
    const json_t *fields = json_object_get(command->body, "fields");
    if (fields && !json_is_object(fields))
        return gk_refuse(why, GK_EBADVALUE, "fields must be an object");
    gk_event_type event;
    err = gk_case_event_of(file, gk_json_text(command->body, "action"), fields, &self->book->law, &event, why);
    return err ? err : act_on(self, command, file, &actor, event, fields, &seen, ok, why);
}

/*  An applicant acts by receipt code; the code's hash is who they are. */
static gk_err applicant_act(gk_broker *self, gk_command *command, const char *action, const json_t *fields, json_t **ok, gk_why *why)
{
    gk_hash receipt;
    if (!gk_receipt_hash(gk_json_text(command->body, "receipt"), &receipt))
        return gk_refuse(why, GK_ENOTFOUND, "that is no receipt code: 26 letters and digits, hyphens do not count");
    char hex[GK_HASH_HEX];
    gk_actor actor = { .roles = GK_APPLICANT };
    snprintf(actor.name, sizeof actor.name, "applicant:%.16s", gk_hash_hex(&receipt, hex));
    once_auto seen = { 0 };
    gk_err err;
    if (answered_before(self, command, actor.name, &seen, ok, &err, why))
        return err;
    int64_t id = gk_store_by_receipt(self->store, &receipt);
    if (!id)
        return gk_refuse(why, GK_ENOTFOUND, "no application has that receipt code");
    gk_auto(gk_case) file = NULL;
    err = gk_store_case(self->store, id, &file, why);
    gk_event_type event = GK_EVENT_TYPES;
    if (!err)
        err = gk_case_event_of(file, action, fields, &self->book->law, &event, why);
    return err ? err : act_on(self, command, file, &actor, event, fields, &seen, ok, why);
}

static json_t *only(const json_t *body, const char *name)
{
    json_t *fields = json_object();
    if (json_object_get(body, name))
        json_object_set(fields, name, json_object_get(body, name));
    return fields;
}

static gk_err correct(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    gk_json_auto *fields = only(command->body, "text");
    return applicant_act(self, command, "record_correction", fields, ok, why);
}

static gk_err hand_in_proof(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    gk_json_auto *fields = only(command->body, "text");
    return applicant_act(self, command, "hand_in_proof", fields, ok, why);
}

static gk_err withdraw(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    gk_json_auto *fields = only(command->body, "reason");
    return applicant_act(self, command, "withdraw", fields, ok, why);
}

/*  Art. 44: the applicant may suggest that what was given become public; it comes today. */
static gk_err suggest(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    gk_json_auto *fields = only(command->body, "text");
    json_object_set_new(fields, "cause", json_string("suggestion"));
    gk_json_set_date(fields, "suggested_on", gk_date_of(self->time.now));
    return applicant_act(self, command, "suggest_publication", fields, ok, why);
}

static gk_err pull(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    gk_actor actor;
    once_auto seen = { 0 };
    gk_err err = staff(self, command, &actor, why);
    if (err || answered_before(self, command, actor.name, &seen, ok, &err, why))
        return err;
    gk_state state;
    const char *desk = gk_json_text(command->body, "desk"), *unit = gk_json_text(command->body, "unit");
    if (!gk_flow_state_parse(desk, &state) || state == GK_LEDGER)
        return gk_refuse(why, GK_EBADVALUE, "there is no desk %.30s; gongkai queue lists them", desk);
    /*  A handler pulls from the own unit; who works for the whole office from all of it. */
    if (!*unit && state == GK_HANDLING && !(gk_actor_roles(&actor) & (GK_CLERK | GK_HEAD)))
        unit = actor.unit;
    int64_t id = gk_store_most_urgent(self->store, actor.office, desk, unit, actor.name);
    if (!id)
        return gk_refuse(why, GK_ENOTFOUND, "no free case lies on the desk %s", desk);
    gk_auto(gk_case) file = NULL;
    err = gk_store_case(self->store, id, &file, why);
    if (err || strcmp(file->holder, actor.name) != 0)
        return err ? err : act_on(self, command, file, &actor, GK_CLAIMED, NULL, &seen, ok, why);
    err = note_once(self, &seen, file, why);            /* theirs already: it is shown again */
    return err ? err : answer_act(self, file, file->seq, ok, why);
}

/*  ---- the annual report --------------------------------------------------------------------------- */

/*  Figures of part 2 and texts, by one's own unit unless another is named. */
static gk_err enter_figures(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    gk_actor actor;
    once_auto seen = { 0 };
    gk_err err = staff(self, command, &actor, why);
    if (err || answered_before(self, command, actor.name, &seen, ok, &err, why))
        return err;
    const char *unit = gk_json_text(command->body, "unit");
    gk_json_auto *fields = json_deep_copy(json_object_get(command->body, "figures"));
    json_object_set(fields, "year", json_object_get(command->body, "year"));
    json_object_set_new(fields, "unit", json_string(*unit ? unit : actor.unit));
    gk_auto(gk_case) stream = NULL;
    err = gk_ledger_stream(self, actor.office, &stream, why);
    return err ? err : act_on(self, command, stream, &actor, GK_FIGURES_ENTERED, fields, &seen, ok, why);
}

/*  The figures are counted in the turn that closes them. */
static gk_err close_year(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    gk_actor actor;
    once_auto seen = { 0 };
    gk_err err = staff(self, command, &actor, why);
    if (err || answered_before(self, command, actor.name, &seen, ok, &err, why))
        return err;
    gk_auto(gk_case) stream = NULL;
    gk_json_auto *data = only(command->body, "reason"), *seals = json_object();
    json_object_set(data, "year", json_object_get(command->body, "year"));
    err = gk_act_check_fields(GK_YEAR_CLOSED, data, why);
    if (!err && !(gk_actor_roles(&actor) & GK_HEAD))       /* before anything is counted for nobody */
        err = gk_refuse(why, GK_EDENIED, "%s may not close the year: it takes the head of the disclosure office", actor.name);
    if (!err)
        err = gk_ledger_stream(self, actor.office, &stream, why);
    if (!err)
        err = gk_report_freeze(self->store, self->book, actor.office, (int) json_integer_value(json_object_get(data, "year")), data,
                               seals, why);
    if (err)
        return err;
    gk_deed deed = { .event = GK_YEAR_CLOSED, .actor = &actor, .on = GK_NO_DATE, .data = data, .seals = seals,
                     .request_id = command->from.request_id };
    err = gk_ledger_act(self, stream, &deed, why);
    if (!err)
        err = note_once(self, &seen, stream, why);
    return err ? err : answer_act(self, stream, stream->seq, ok, why);
}

/*  What was published wrongly is put right by a decision with a number; the version that was closed stays beside it. */
static gk_err reopen_year(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    gk_actor actor;
    once_auto seen = { 0 };
    gk_err err = staff(self, command, &actor, why);
    if (err || answered_before(self, command, actor.name, &seen, ok, &err, why))
        return err;
    gk_json_auto *fields = only(command->body, "reason");
    json_object_set(fields, "year", json_object_get(command->body, "year"));
    json_object_set(fields, "decision", json_object_get(command->body, "decision"));
    gk_auto(gk_case) stream = NULL;
    err = gk_ledger_stream(self, actor.office, &stream, why);
    return err ? err : act_on(self, command, stream, &actor, GK_YEAR_REOPENED, fields, &seen, ok, why);
}

/*  ---- administration ------------------------------------------------------------------------------ */

/*  A change of what all cases share, once: what it answered is kept beside the request, and asked for before who
 *  may do it.  The first load names nobody, and a load may take its own author away. */
static gk_err change_once(gk_broker *self, gk_command *command, gk_handler *change, json_t **ok, gk_why *why)
{
    if (!*command->from.request_id)
        return change(self, command, ok, why);
    char name[GK_NAME];
    gk_gate gate = gk_broker_gate(self);
    once_auto seen = { 0 };
    gk_err err = gk_name_of(self->store, &gate, command->body, name, &command->visitor, why);
    if (!err)
        err = look_once(self, command, *name ? name : "setup", &seen, why);
    if (err || seen.seen)
        return err ? err : gk_json_parse(seen.row.answer, seen.row.answer_len, ok, why);
    err = change(self, command, ok, why);
    if (err)
        return err;
    seen.row.answer = gk_json_print(*ok);
    seen.row.answer_len = strlen(seen.row.answer);
    err = gk_store_request_add(self->store, &seen.row, why);
    if (err) {
        json_decref(*ok);
        *ok = NULL;
    }
    return err;
}

static gk_err administrator(gk_broker *self, gk_command *command, gk_actor *out, gk_why *why)
{
    return gk_admin_of(self, command->body, out, &command->visitor, why);
}

static gk_err take_org(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    /*  The first load makes the first administrator: there is nobody yet who could allow it. */
    gk_actor actor = { .name = "setup", .roles = GK_ADMIN };
    gk_err err = self->book->org ? administrator(self, command, &actor, why) : GK_OK;
    const json_t *file = json_object_get(command->body, "org");
    gk_auto(gk_org) org = NULL;
    if (!err)
        err = gk_org_read(file, &org, why);
    if (err)
        return err;
    const char *district = gk_org_district(org), *code;
    if (self->book->org && strcmp(district, gk_org_district(self->book->org)) != 0)
        return gk_refuse(why, GK_EBADVALUE, "the district's code is %s and may not change", gk_org_district(self->book->org));
    err = gk_store_set_meta(self->store, "district", district, why);
    for (size_t i = 0; !err && (code = gk_org_office_at(org, i)); i++) {
        gk_auto(gk_case) stream = NULL;
        err = gk_ledger_stream(self, code, &stream, why);
        if (err)
            break;
        bool whole = strcmp(code, district) == 0;
        gk_json_auto *data = json_pack("{s:s}", "district", district), *seals = json_object();
        if (whole)
            json_object_set(seals, "org", (json_t *) file);
        snprintf(actor.office, sizeof actor.office, "%s", code);
        gk_deed deed = { .event = GK_ORG_LOADED, .actor = &actor, .on = GK_NO_DATE, .data = data, .seals = whole ? seals : NULL,
                         .request_id = command->from.request_id };
        err = gk_ledger_act(self, stream, &deed, why);
    }
    if (err)
        return err;
    gk_broker_effect(self, GK_DO_RELOAD);
    size_t units, people, offices = gk_org_count(org, &units, &people);
    *ok = json_pack("{s:I, s:I, s:I}", "offices", (json_int_t) offices, "units", (json_int_t) units, "people",
                    (json_int_t) people);
    return GK_OK;
}

static json_t *loaded_answer(const gk_calendar *calendar, const gk_recounted *recounted)
{
    return json_pack("{s:s, s:o, s:i, s:i, s:i, s:i, s:i}", "version", gk_calendar_version(calendar), "covered_to",
                     gk_json_from_date(gk_calendar_last(calendar)), "recomputed", recounted->recomputed, "moved", recounted->moved,
                     "earlier", recounted->earlier, "answers", recounted->answers, "failed", recounted->failed);
}

static gk_err take_calendar(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    gk_actor actor;
    gk_err err = administrator(self, command, &actor, why);
    const char *notice = gk_json_text(command->body, "notice");
    gk_auto(gk_calendar) trial = gk_calendar_copy(self->book->calendar);
    if (!err)
        err = gk_calendar_load(trial, notice, strlen(notice), why);
    if (err)
        return err;
    gk_auto(gk_case) stream = NULL;
    err = gk_ledger_stream(self, gk_org_district(self->book->org), &stream, why);
    if (err)
        return err;
    gk_json_auto *data = json_pack("{s:s, s:s}", "notice", notice, "version", gk_calendar_version(trial));
    snprintf(actor.office, sizeof actor.office, "%s", stream->office);
    gk_deed deed = { .event = GK_CALENDAR_LOADED, .actor = &actor, .on = GK_NO_DATE, .data = data,
                     .request_id = command->from.request_id };
    gk_recounted recounted = { 0 };
    err = gk_ledger_act(self, stream, &deed, why);
    if (!err)
        err = gk_recount(self, trial, &recounted, why);
    if (err)
        return err;
    gk_broker_effect(self, GK_DO_RELOAD);
    *ok = loaded_answer(trial, &recounted);
    return GK_OK;
}

/*  An entry that changes and which members of it, all when it is new. */
static json_t *change_of(const json_t *entry, const json_t *was)
{
    json_t *names = json_array();
    const gk_entry_field *field;
    for (size_t i = 0; (field = gk_entry_field_at(i)); i++)
        if (strcmp(gk_json_text(entry, field->name), gk_json_text(was, field->name)) != 0)
            json_array_append_new(names, json_string(field->name));
    return json_pack("{s:s, s:s, s:b, s:o}", "title", gk_json_text(entry, "title"), "url", gk_json_text(entry, "url"), "new",
                     was == NULL, "members", names);
}

/*  Put the rows; count by what became of each, and list the changes. */
static gk_err put_entries(gk_broker *self, const char *office, const json_t *rows, int counts[static 3], json_t *changes, gk_why *why)
{
    size_t index;
    json_t *entry;
    json_array_foreach((json_t *) rows, index, entry) {
        gk_entry_fate fate;
        gk_json_auto *was = NULL;
        gk_err err = gk_store_entry_put(self->store, office, entry, &fate, &was, why);
        if (err)
            return err;
        counts[fate]++;
        if (fate != GK_ENTRY_SAME)
            json_array_append_new(changes, change_of(entry, was));
    }
    return GK_OK;
}

static json_t *load_answer(int rows, int added, int replaced)
{
    return json_pack("{s:i, s:i, s:i, s:i}", "rows", rows, "added", added, "replaced", replaced, "unchanged", rows - added - replaced);
}

/*  What would change: done, counted and undone. */
static gk_err try_entries(gk_broker *self, const char *office, const json_t *rows, json_t **ok, gk_why *why)
{
    size_t effects;
    int counts[3] = { 0 };
    gk_err err = gk_broker_attempt(self, &effects, why);
    if (err)
        return err;
    gk_json_auto *changes = json_array();
    err = put_entries(self, office, rows, counts, changes, why);
    if (gk_broker_cannot_write(err))
        return err;
    gk_broker_settle(self, effects, GK_EUNSUPPORTED);
    *ok = load_answer((int) json_array_size(rows), counts[GK_ENTRY_ADDED], counts[GK_ENTRY_REPLACED]);
    json_object_set(*ok, "changes", changes);
    return err;
}

/*  The rows lie beside the event: the title of a public document may name somebody, and what is
 *  withdrawn lawfully must be able to go.  A load that changes nothing is no event. */
static gk_err record_entries(gk_broker *self, gk_command *command, const gk_actor *actor, json_t *rows, json_t **ok, gk_why *why)
{
    gk_auto(gk_case) stream = NULL;
    int counts[3] = { 0 };
    gk_json_auto *changes = json_array();
    gk_err err = gk_ledger_stream(self, actor->office, &stream, why);
    if (!err)
        err = put_entries(self, actor->office, rows, counts, changes, why);
    if (err)
        return err;
    gk_json_auto *data = json_pack("{s:i, s:i, s:i}", "rows", (int) json_array_size(rows), "added", counts[GK_ENTRY_ADDED],
                                   "replaced", counts[GK_ENTRY_REPLACED]);
    gk_json_auto *seals = json_pack("{s:O}", "entries", rows);
    gk_deed deed = { .event = GK_CATALOGUE_LOADED, .actor = actor, .on = GK_NO_DATE, .data = data, .seals = seals,
                     .request_id = command->from.request_id };
    if (json_array_size(changes))
        err = gk_ledger_act(self, stream, &deed, why);
    if (!err)
        *ok = load_answer((int) json_array_size(rows), counts[GK_ENTRY_ADDED], counts[GK_ENTRY_REPLACED]);
    return err;
}

static gk_err take_catalogue(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    gk_actor actor;
    json_t *rows = json_object_get(command->body, "rows");
    gk_err err = staff(self, command, &actor, why);
    if (!err && !(gk_actor_roles(&actor) & (GK_ADMIN | GK_CLERK)))
        err = gk_refuse(why, GK_EDENIED, "%s may not load the catalogue: it takes a clerk or an administrator", actor.name);
    if (err)
        return err;
    return json_is_true(json_object_get(command->body, "dry_run")) ? try_entries(self, actor.office, rows, ok, why)
        : record_entries(self, command, &actor, rows, ok, why);
}

/*  What is found no more stays beside the event that took it out, with who did it and why. */
static gk_err take_out(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    gk_actor actor;
    gk_auto(gk_case) stream = NULL;
    gk_json_auto *data = only(command->body, "reason"), *was = NULL;
    const char *url = gk_json_text(command->body, "url");
    gk_err err = staff(self, command, &actor, why);
    if (!err && !(gk_actor_roles(&actor) & (GK_ADMIN | GK_CLERK)))
        err = gk_refuse(why, GK_EDENIED, "%s may not change the catalogue: it takes a clerk or an administrator", actor.name);
    if (!err)
        err = gk_act_check_fields(GK_CATALOGUE_REMOVED, data, why);
    if (!err)
        err = gk_entry_check(gk_entry_field_find("url"), url, why);
    if (!err)
        err = gk_ledger_stream(self, actor.office, &stream, why);
    if (!err)
        err = gk_store_entry_remove(self->store, actor.office, url, &was, why);
    if (err)
        return err;
    gk_json_auto *seals = json_pack("{s:O}", "entry", was);
    gk_deed deed = { .event = GK_CATALOGUE_REMOVED, .actor = &actor, .on = GK_NO_DATE, .data = data, .seals = seals,
                     .request_id = command->from.request_id };
    err = gk_ledger_act(self, stream, &deed, why);
    if (!err)
        *ok = json_pack("{s:O}", "removed", was);
    return err;
}

static gk_err workers(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    gk_actor actor;
    gk_err err = staff(self, command, &actor, why);
    if (!err)
        *ok = gk_desk_workers(self->desk);
    return err;
}

static gk_err dead_letters(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    gk_actor actor;
    gk_err err = staff(self, command, &actor, why);
    if (!err)
        *ok = gk_desk_dead(self->desk);
    return err;
}

static gk_err revive(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    gk_actor actor;
    gk_err err = administrator(self, command, &actor, why);
    if (err)
        return err;
    gk_job *job = gk_desk_find(self->desk, json_integer_value(json_object_get(command->body, "job")));
    if (!job || job->phase != GK_PHASE_DEAD)
        return gk_refuse(why, GK_ENOTFOUND, "there is no dead letter of that number; gongkai dead-letter list shows them");
    err = gk_store_job_state(self->store, job->row.id, 0, false, "", why);
    if (!err) {
        gk_broker_effect(self, GK_DO_REVIVE)->id = job->row.id;
        *ok = json_pack("{s:I}", "job", (json_int_t) job->row.id);
    }
    return err;
}

static gk_err take_time(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    gk_actor actor;
    gk_err err = administrator(self, command, &actor, why);
    gk_auto(gk_case) stream = NULL;
    if (!err)
        err = gk_ledger_stream(self, actor.office, &stream, why);
    if (err)
        return err;
    gk_json_auto *data = json_pack("{s:b}", "doubtful", self->time.doubtful);
    gk_deed deed = { .event = GK_TIME_CONFIRMED, .actor = &actor, .on = GK_NO_DATE, .data = data,
                     .request_id = command->from.request_id };
    err = gk_ledger_act(self, stream, &deed, why);
    if (!err) {
        gk_broker_effect(self, GK_DO_CONFIRM_TIME);
        *ok = json_object();
    }
    return err;
}

static gk_err advance(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    gk_actor actor;
    gk_err err = staff(self, command, &actor, why);
    if (err)
        return err;
    if (!self->training)
        return gk_refuse(why, GK_EUNSUPPORTED, "only a training directory has a clock that can be advanced");
    gk_date to = gk_json_date(command->body, "to"), today = gk_date_of(self->time.now);
    char text[GK_DATE_TEXT];
    if (gk_date_is_none(to) || to.day < today.day || to.day > today.day + 3660)
        return gk_refuse(why, GK_EBADVALUE, "to must be a date from today, %s, to ten years on", gk_date_format(today, text));
    bool again = self->advance.running && to.day == self->advance.to.day
        && strcmp(command->from.request_id, self->advance.asker.request_id) == 0;
    if (self->advance.running && !again)
        return gk_refuse(why, GK_EBUSY, "the clock is being advanced already; try again in 10 s");
    if (!again)
        self->advance = (gk_advance) { .running = true, .to = to };
    self->advance.asker = command->from;
    command->pending = true;
    *ok = json_pack("{s:s}", "to", gk_date_format(to, text));
    return GK_OK;
}

static gk_err load_org(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    return change_once(self, command, take_org, ok, why);
}

static gk_err load_calendar(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    return change_once(self, command, take_calendar, ok, why);
}

static gk_err load_catalogue(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    bool dry = json_is_true(json_object_get(command->body, "dry_run"));
    return dry ? take_catalogue(self, command, ok, why) : change_once(self, command, take_catalogue, ok, why);
}

static gk_err remove_entry(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    return change_once(self, command, take_out, ok, why);
}

static gk_err retry(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    return change_once(self, command, revive, ok, why);
}

static gk_err confirm_time(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    return change_once(self, command, take_time, ok, why);
}

/*  ---- views ------------------------------------------------------------------------------------------ */

static bool attached_by_applicant(const gk_case *file, const char *digest)
{
    for (int i = 0; i < file->document_count; i++) {
        const gk_case_document *document = &file->documents[i];
        if (document->status == GK_ADMITTED && strcmp(document->digest, digest) == 0 && strcmp(document->kind, "attachment") == 0)
            return true;
    }
    return false;
}

typedef struct sighting {
    const char *who, *digest;
    gk_date on;
    bool found;
} sighting;

static bool match_view(void *context, const gk_event *event)
{
    sighting *s = context;
    s->found = event->type == GK_DOCUMENT_VIEWED && event->on.day == s->on.day && strcmp(event->actor, s->who) == 0
        && strcmp(gk_json_text(event->data, "digest"), s->digest) == 0;
    return !s->found;
}

/*  Somebody of the office reads a document: of what the applicant attached that is an event, one a person, document and day.
 *  All else the reading itself refuses. */
static gk_err view_document(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    (void) ok;
    gk_actor actor;
    int64_t id;
    gk_auto(gk_case) file = NULL;
    gk_date today = gk_date_of(self->time.now);
    const char *digest = gk_json_text(command->body, "digest");
    command->reading = true;
    gk_err err = staff(self, command, &actor, why);
    if (!err)
        err = gk_case_ref(self->store, command->body, &id, why);
    if (!err)
        err = gk_store_case(self->store, id, &file, why);
    if (err || strcmp(file->office, actor.office) != 0 || !attached_by_applicant(file, digest))
        return err;
    sighting seen = { .who = actor.name, .digest = digest, .on = today };
    err = gk_store_events(self->store, id, 1, match_view, &seen, why);
    if (err || (seen.found && gk_case_sees_identity(file, &actor)))
        return err;
    gk_json_auto *data = json_pack("{s:s}", "digest", digest);
    gk_deed deed = { .event = GK_DOCUMENT_VIEWED, .actor = &actor, .on = GK_NO_DATE, .data = data };
    return gk_ledger_act(self, file, &deed, why);
}

static const struct {
    const char *service;
    gk_handler *handler;
} commands[] = {
    { "application.submit", submit },
    { "application.register", register_paper },
    { "application.correct", correct },
    { "application.withdraw", withdraw },
    { "application.pay", hand_in_proof },
    { "application.suggest", suggest },
    { "case.act", act },
    { "queue.pull", pull },
    { "report.enter", enter_figures },
    { "report.close", close_year },
    { "report.reopen", reopen_year },
    { "admin.org_load", load_org },
    { "admin.calendar_load", load_calendar },
    { "admin.catalogue_load", load_catalogue },
    { "admin.catalogue_remove", remove_entry },
    { "admin.workers", workers },
    { "admin.dead_letters", dead_letters },
    { "admin.retry", retry },
    { "admin.time_confirm", confirm_time },
    { "admin.training_advance", advance },
    { "person.logout", gk_log_out },
    { "person.disable", gk_person_disable },
    { "person.list", gk_person_list },
    { "document.get", view_document },
};

gk_handler *gk_command_find(const char *service)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i].service, service) == 0)
            return commands[i].handler;
    return NULL;
}
