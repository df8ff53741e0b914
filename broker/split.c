/*  split - what begins cases out of a case.  One application becomes several (一事一申请): the first part stays where it is, each of the others
 *  is a case of its own with a number and an ordinal, received on the same day.  All of it lies in the transaction of
 *  the act; the parent's event names the parts, and each part its parent.  Or the
 *  application moves, by the applicant's consent, to the office whose matter it is. */
#include "broker/broker.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/form.h"
#include "core/items.h"

#include <string.h>

void gk_split_code(const unsigned char key[static GK_KEY_BYTES], const gk_hash *receipt, int part, char out[static GK_RECEIPT_CODE])
{
    char hex[GK_HASH_HEX], name[24];
    snprintf(name, sizeof name, "part %d", part);
    gk_receipt_code(key, gk_hash_hex(receipt, hex), name, out);
}

/*  The form of a part: the applicant's own, asking for this alone. */
static json_t *form_of(const json_t *whole, const json_t *text)
{
    json_t *form = json_deep_copy(whole);
    json_object_set_new(form, "request", json_pack("{s:O}", "description", text));
    return form;
}

/*  What was attached to the whole belongs to each part, unless it carries a class-A mark. */
static void give_documents(gk_broker *self, const gk_case *file, json_t *data, json_t *seals)
{
    json_t *digests = json_array(), *names = json_array();
    for (int i = 0; i < file->document_count; i++) {
        const gk_case_document *document = &file->documents[i];
        bool there = document->status == GK_ADMITTED || document->status == GK_QUARANTINED;
        if (!there || strcmp(document->kind, "attachment") != 0)
            continue;
        gk_free_auto char *name = gk_facts_document_name(self->store, file, document);
        json_array_append_new(digests, json_pack("{s:s}", "digest", document->digest));
        json_array_append_new(names, json_string(name));
    }
    if (json_array_size(digests)) {
        json_object_set(data, "documents", digests);
        json_object_set(seals, "names", names);
    }
    json_decref(digests);
    json_decref(names);
}

/*  What the parent's clock has had: corrections only, or it could not be split. */
static json_t *corrections_of(const gk_case *file)
{
    json_t *list = json_array();
    for (int i = 0; i < file->clock_count; i++) {
        const gk_clock_event *one = &file->clock_events[i];
        json_array_append_new(list, json_pack("{s:s, s:o, s:b, s:b}", "event", gk_clock_type_name(one->type), "on",
                                              gk_json_from_date(one->on), "paused", one->paused, "late", one->late));
    }
    return list;
}

static json_t *part_data(const gk_case *file, const json_t *received, const json_t *form)
{
    static const char *const kept[] = { "office", "receipt", "channel", "applicant_kind", "medium", "delivery", "reachable",
                                        "arrived_on" };
    json_t *data = json_pack("{s:s, s:O, s:o}", "split_from", file->number, "form", form, "corrections", corrections_of(file));
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (json_object_get(received, kept[i]))
            json_object_set(data, kept[i], json_object_get(received, kept[i]));
    gk_json_set_date(data, "submitted_on", file->submitted_on);
    gk_json_set_date(data, "received_on", file->received_on);
    return data;
}

/*  Begin a case at that office with the receipt code of part `part`. */
static gk_err begin(gk_broker *self, const gk_case *file, const gk_deed *cause, gk_event_type event, const char *office, int part,
                    json_t *data, gk_case **out, gk_why *why)
{
    gk_json_auto *seals = json_object();
    const json_t *form = json_object_get(data, "form");
    gk_hash whole, receipt, content, applicant;
    gk_err err = gk_form_check(form, why);
    if (!err)
        err = gk_store_receipt(self->store, file->id, &whole, why);
    if (err)
        return err;
    give_documents(self, file, data, seals);
    char code[GK_RECEIPT_CODE];
    gk_split_code(gk_keys_get(self->keys, GK_KEY_RECEIPT), &whole, part, code);
    receipt = gk_hash_of(code, strlen(code));
    content = gk_form_content_hash(form);
    bool known = gk_store_applicant(self->store, file->id, &applicant, NULL) == GK_OK;
    gk_case_keys keys = { &receipt, known ? &applicant : NULL, &content };
    gk_deed deed = { .event = event, .actor = cause->actor, .on = GK_NO_DATE, .request_id = cause->request_id,
                     .data = data, .seals = seals, .keys = &keys };
    *out = gk_case_new(GK_INTAKE);
    snprintf((*out)->office, sizeof (*out)->office, "%s", office);
    return gk_ledger_act(self, *out, &deed, why);
}

/*  Asked first, so that a refusal speaks of the case and not of those that begin with it. */
static gk_err ask_first(gk_broker *self, const gk_case *file, const gk_deed *deed, gk_why *why)
{
    gk_act act = { .event = deed->event, .actor = deed->actor, .at = self->time.now, .on = deed->on, .request_id = "",
                   .data = deed->data };
    gk_change trial;
    gk_err err = gk_case_apply(file, &act, &self->book->law, &trial, why);
    if (!err)
        gk_change_clear(&trial);
    return err;
}

/*  Part `part` of the file as a case of its own; its number joins `numbers`. */
static gk_err add_part(gk_broker *self, const gk_case *file, const gk_deed *split, const json_t *received, const json_t *text,
                       int part, json_t *numbers, gk_why *why)
{
    gk_json_auto *form = form_of(json_object_get(received, "form"), text);
    gk_json_auto *data = part_data(file, received, form);
    gk_auto(gk_case) added = NULL;
    gk_err err = begin(self, file, split, GK_SPLIT_OFF, file->office, part, data, &added, why);
    if (!err)
        json_array_append_new(numbers, json_string(added->number));
    return err;
}

gk_err gk_split_parts(gk_broker *self, const gk_case *file, const gk_deed *split, gk_why *why)
{
    gk_err err = ask_first(self, file, split, why);
    if (err)
        return err;
    gk_json_auto *lines = gk_items_split(gk_json_text(split->data, "parts"));
    size_t count = json_array_size(lines);
    if (count < 2 || count > GK_CASE_PARTS)
        return gk_refuse(why, GK_EBADVALUE, "parts names 2 to %d parts, one a line; the first stays in this case", GK_CASE_PARTS);
    gk_json_auto *received = gk_facts_open(self->store, file->id, 1);
    json_t *numbers = json_array();
    json_object_set_new(split->data, "cases", numbers);
    for (size_t i = 1; i < count && !err; i++)
        err = add_part(self, file, split, received, json_array_get(lines, i), (int) i + 1, numbers, why);
    return err;
}

/*  As it came, but for the office.  The day on which both sides confirmed stands in an event here, so it is told. */
static json_t *passed_data(const gk_case *file, const json_t *received, const char *office)
{
    static const char *const here[] = { "names", "documents", "check_on", "received_on" };
    json_t *data = json_deep_copy(received), *receipt = json_object_get(data, "receipt");
    for (size_t i = 0; i < sizeof here / sizeof *here; i++)
        json_object_del(data, here[i]);
    json_object_set_new(data, "office", json_string(office));
    json_object_del(json_object_get(data, "form"), "office");
    json_object_set_new(data, "passed_from", json_string(file->number));
    gk_json_set_date(data, "first_submitted_on", file->submitted_on);
    if (gk_date_is_none(gk_form_received_on(receipt))) {
        gk_json_set_date(data, "confirmed_on", file->received_on);
        gk_json_set_date(receipt, "confirmed_on", file->received_on);
    }
    return data;
}

gk_err gk_pass_on(gk_broker *self, const gk_case *file, const gk_deed *passing, gk_why *why)
{
    gk_err err = ask_first(self, file, passing, why);
    if (err)
        return err;
    const char *office = gk_json_text(passing->data, "to_office");
    gk_json_auto *received = gk_facts_open(self->store, file->id, 1), *data = passed_data(file, received, office);
    gk_auto(gk_case) there = NULL;
    char reference[GK_CODE];
    err = begin(self, file, passing, GK_RECEIVED, "", 1, data, &there, why);
    if (err)
        return err;
    snprintf(reference, sizeof reference, "@%lld", (long long) there->id);
    json_object_set_new(passing->data, "moved_to", json_string(reference));
    return GK_OK;
}
