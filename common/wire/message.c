/*  gk_message - what may stand in the payload of each service of the broker. */
#include "wire/message.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/account.h"
#include "core/catalogue.h"
#include "core/flow.h"

#include <string.h>

enum { MOST_LINE = 200, MOST_TEXT = 100000, MOST_DOCUMENTS = 20 };

/*  Who asks: by session, or by name where names are believed (docs/decisions/0033). */
#define AS { "token", GK_MEMBER_TOKEN, false }, { "as", GK_MEMBER_LINE, false }
#define MUST_TOKEN { "token", GK_MEMBER_TOKEN, true }
#define MUST_CASE { "case", GK_MEMBER_LINE, true }
#define RECEIPT { "receipt", GK_MEMBER_LINE, true }
#define YEAR { "year", GK_MEMBER_INT, true }
#define OFFICE { "office", GK_MEMBER_LINE, false }
#define ROLLUP { "rollup", GK_MEMBER_BOOL, false }
#define DOCUMENTS { "documents", GK_MEMBER_DOCUMENTS, false }

static const gk_message table[] = {
    { "person.login", "Log in: a session for a name and its password",
      { { "name", GK_MEMBER_LINE, true }, { "password", GK_MEMBER_SECRET, true } } },
    { "person.logout", "End the session", { MUST_TOKEN } },
    { "person.password", "Change one's own password; ends all sessions and begins a new one",
      { MUST_TOKEN, { "old", GK_MEMBER_SECRET, true }, { "new", GK_MEMBER_SECRET, true } } },
    { "person.disable", "An administrator closes an account, or with disabled: false opens it again",
      { AS, { "name", GK_MEMBER_LINE, true }, { "disabled", GK_MEMBER_BOOL, false } } },
    { "person.list", "Who of the office has an account", { AS } },
    { "person.reset", "An administrator makes a new initial password, for the first or when it was lost",
      { AS, { "name", GK_MEMBER_LINE, true } } },
    { "application.submit", "An applicant files an application", { { "form", GK_MEMBER_OBJECT, true }, DOCUMENTS } },
    { "application.register", "A clerk enters what came otherwise than by the portal",
      { AS, { "form", GK_MEMBER_OBJECT, true }, { "receipt", GK_MEMBER_OBJECT, true }, DOCUMENTS } },
    { "application.status", "An applicant asks where the application stands", { RECEIPT } },
    { "application.correct", "An applicant corrects the application",
      { RECEIPT, { "text", GK_MEMBER_TEXT, false }, DOCUMENTS } },
    { "application.withdraw", "An applicant withdraws", { RECEIPT, { "reason", GK_MEMBER_TEXT, false } } },
    { "application.pay", "An applicant hands in proof of payment",
      { RECEIPT, { "text", GK_MEMBER_TEXT, false }, DOCUMENTS } },
    { "application.suggest", "An applicant suggests that what was given become public (Art. 44)",
      { RECEIPT, { "text", GK_MEMBER_TEXT, true } } },
    { "queue.list", "Counts and nearest due dates by desk", { AS, { "desk", GK_MEMBER_LINE, false }, { "unit", GK_MEMBER_LINE, false } } },
    { "queue.tasks", "What is owed beside replies: sub-tasks, written answers, publications, hand-overs",
      { AS, { "unit", GK_MEMBER_LINE, false } } },
    { "queue.pull", "Claim the most urgent case of a desk", { AS, { "desk", GK_MEMBER_LINE, true }, { "unit", GK_MEMBER_LINE, false } } },
    { "case.list", "Cases of the office", { AS, { "state", GK_MEMBER_LINE, false }, { "unit", GK_MEMBER_LINE, false },
      { "holder", GK_MEMBER_LINE, false }, { "after", GK_MEMBER_LINE, false } } },
    { "case.show", "Everything about a case", { AS, MUST_CASE } },
    { "case.actions", "What this person may do with the case now", { AS, MUST_CASE } },
    { "case.explain", "How the due date came about, by staff or by receipt",
      { AS, { "receipt", GK_MEMBER_LINE, false }, { "case", GK_MEMBER_LINE, false }, { "days", GK_MEMBER_BOOL, false } } },
    { "case.evidence", "The papers of a case in order, for legal staff and the office; with seq, one of them",
      { AS, MUST_CASE, { "seq", GK_MEMBER_INT, false } } },
    { "case.act", "Act on a case", { AS, MUST_CASE, { "action", GK_MEMBER_LINE, true }, { "seq", GK_MEMBER_INT, false },
      { "on", GK_MEMBER_DATE, false }, { "fields", GK_MEMBER_OBJECT, false }, DOCUMENTS } },
    { "query.similar", "Earlier cases like this one", { AS, MUST_CASE } },
    { "query.verify", "Check the chain, the rows and the seals; with head, whether the case still has it",
      { AS, { "case", GK_MEMBER_LINE, false }, { "head", GK_MEMBER_LINE, false } } },
    { "seal.list", "The seals of the days, from the first on", { AS, { "after", GK_MEMBER_INT, false } } },
    { "seal.show", "The seals of a day", { AS, { "day", GK_MEMBER_DATE, true } } },
    { "seal.proof", "That the head of a case is under a seal, by staff or by receipt",
      { AS, { "receipt", GK_MEMBER_LINE, false }, { "case", GK_MEMBER_LINE, false } } },
    { "seal.keys", "The public keys of seals and receipts", { AS } },
    { "report.timeline", "The events of a case", { AS, MUST_CASE } },
    { "report.annual", "The annual report of an office, and with rollup of those below it", { AS, YEAR, OFFICE, ROLLUP } },
    { "report.cell", "The cases behind a cell of the annual report",
      { AS, YEAR, OFFICE, ROLLUP, { "row", GK_MEMBER_LINE, true }, { "column", GK_MEMBER_LINE, true } } },
    { "report.timeliness", "What came in and went out in a year, and how long it took", { AS, YEAR, OFFICE } },
    { "report.fees", "The reconciliation list of the fee for a month, \"2026-03\"", { AS, { "month", GK_MEMBER_LINE, true }, OFFICE } },
    { "report.enter", "Enter figures and texts of the annual report",
      { AS, YEAR, { "unit", GK_MEMBER_LINE, false }, { "figures", GK_MEMBER_OBJECT, true } } },
    { "report.close", "Freeze the annual report of the own office", { AS, YEAR, { "reason", GK_MEMBER_TEXT, false } } },
    { "report.reopen", "Open the last closed annual report again", { AS, YEAR, { "decision", GK_MEMBER_LINE, true },
      { "reason", GK_MEMBER_TEXT, true } } },
    { "document.put", "A chunk of a document; its bytes are a second frame",
      { { "upload", GK_MEMBER_LINE, true }, { "offset", GK_MEMBER_INT, true }, { "last", GK_MEMBER_BOOL, true },
        { "size", GK_MEMBER_INT, false } } },
    { "document.get", "A part of a document; its bytes come as a second frame",
      { { "digest", GK_MEMBER_LINE, true }, { "offset", GK_MEMBER_INT, false }, AS, { "case", GK_MEMBER_LINE, false },
        { "receipt", GK_MEMBER_LINE, false }, { "lease", GK_MEMBER_LINE, false } } },
    { "admin.workers", "Workers and waiting jobs", { AS } },
    { "admin.dead_letters", "Jobs that failed for good", { AS } },
    { "admin.retry", "Try a dead letter again", { AS, { "job", GK_MEMBER_INT, true } } },
    { "admin.org_load", "Load offices, units and people", { AS, { "org", GK_MEMBER_OBJECT, true } } },
    { "admin.calendar_load", "Load a holiday notice", { AS, { "notice", GK_MEMBER_TEXT, true } } },
    { "admin.catalogue_load", "Load entries of the catalogue of public documents",
      { AS, { "rows", GK_MEMBER_ENTRIES, true }, { "dry_run", GK_MEMBER_BOOL, false } } },
    { "admin.catalogue_remove", "Take an entry out of the catalogue of public documents",
      { AS, { "url", GK_MEMBER_TEXT, true }, { "reason", GK_MEMBER_TEXT, true } } },
    { "catalogue.search", "Anybody looks for public documents", { { "words", GK_MEMBER_LINE, true } } },
    { "calendar.list", "The holiday notices as loaded", { AS } },
    { "calendar.moved", "Cases whose due date a notice moved and nobody confirmed", { AS } },
    { "admin.time_confirm", "Believe the wall clock again", { AS } },
    { "admin.training_advance", "Advance the training clock", { AS, { "to", GK_MEMBER_DATE, true } } },
};

const gk_message *gk_message_at(size_t index)
{
    return index < sizeof table / sizeof *table ? &table[index] : NULL;
}

const gk_message *gk_message_find(const char *service)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].service, service) == 0)
            return &table[i];
    return NULL;
}

/*  ---- checking --------------------------------------------------------------------- */

static gk_err check_text(const gk_member *member, const json_t *value, size_t least, size_t most, gk_why *why)
{
    if (!json_is_string(value))
        return gk_refuse(why, GK_EBADVALUE, "%s must be text", member->name);
    size_t count = gk_utf8_count(json_string_value(value), json_string_length(value));
    if (count < least)
        return gk_refuse(why, GK_EMISSING, "%s is empty", member->name);
    return count > most ? gk_refuse(why, GK_ETOOLARGE, "%s has %zu characters; %zu are allowed", member->name, count, most)
        : GK_OK;
}

static bool is_token(const json_t *value)
{
    const char *text = json_string_value(value);
    return text && strlen(text) == GK_TOKEN - 1
        && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == GK_TOKEN - 1;
}

static gk_err check_documents(const json_t *list, gk_why *why)
{
    if (!json_is_array(list))
        return gk_refuse(why, GK_EBADVALUE, "documents must be an array");
    if (json_array_size(list) > MOST_DOCUMENTS)
        return gk_refuse(why, GK_ETOOLARGE, "documents: at most %d in one command", MOST_DOCUMENTS);
    size_t index;
    json_t *entry, *value;
    json_array_foreach(list, index, entry) {
        const char *name;
        if (!gk_digest_ok(gk_json_text(entry, "digest")))
            return gk_refuse(why, GK_EBADVALUE, "documents[%zu].digest must be 64 lower-case hex digits", index);
        json_object_foreach(entry, name, value)
            if ((strcmp(name, "digest") != 0 && strcmp(name, "name") != 0) || !json_is_string(value))
                return gk_refuse(why, GK_EBADVALUE, "documents[%zu] has digest and name, both text", index);
        if (gk_utf8_count(gk_json_text(entry, "name"), strlen(gk_json_text(entry, "name"))) > MOST_LINE)
            return gk_refuse(why, GK_ETOOLARGE, "documents[%zu].name has more than %d characters", index, MOST_LINE);
    }
    return GK_OK;
}

static gk_err check_member(const gk_member *member, const json_t *value, gk_why *why)
{
    gk_date date;
    switch (member->type) {
    case GK_MEMBER_LINE:
        return check_text(member, value, 1, MOST_LINE, why);
    case GK_MEMBER_TEXT:
        return check_text(member, value, 0, MOST_TEXT, why);
    case GK_MEMBER_SECRET:
        return check_text(member, value, 1, GK_PASSWORD_MOST, why);
    case GK_MEMBER_TOKEN:
        return is_token(value) ? GK_OK : gk_refuse(why, GK_EBADVALUE, "%s is no session's token: person.login gives one", member->name);
    case GK_MEMBER_DATE:
        return json_is_string(value) && !gk_date_parse(json_string_value(value), json_string_length(value), &date) ? GK_OK
            : gk_refuse(why, GK_EBADVALUE, "%s must be a date, YYYY-MM-DD", member->name);
    case GK_MEMBER_INT:
        return json_is_integer(value) && json_integer_value(value) >= 0 ? GK_OK
            : gk_refuse(why, GK_EBADVALUE, "%s must be a whole number from 0", member->name);
    case GK_MEMBER_BOOL:
        return json_is_boolean(value) ? GK_OK : gk_refuse(why, GK_EBADVALUE, "%s must be true or false", member->name);
    case GK_MEMBER_OBJECT:
        return json_is_object(value) ? GK_OK : gk_refuse(why, GK_EBADVALUE, "%s must be an object", member->name);
    case GK_MEMBER_DOCUMENTS:
        return check_documents(value, why);
    case GK_MEMBER_ENTRIES:
        return gk_catalogue_check(value, why);
    }
    return GK_OK;
}

static const gk_member *find_member(const gk_message *self, const char *name)
{
    for (const gk_member *member = self->members; member->name; member++)
        if (strcmp(member->name, name) == 0)
            return member;
    return NULL;
}

gk_err gk_message_check(const gk_message *self, const json_t *body, gk_why *why)
{
    if (!json_is_object(body))
        return gk_refuse(why, GK_EBADMSG, "the payload must be an object");
    const char *name;
    json_t *value;
    json_object_foreach((json_t *) body, name, value) {     /* jansson walks without changing */
        const gk_member *member = find_member(self, name);
        if (!member)
            return gk_refuse(why, GK_EBADVALUE, "%.60s is not a member of %s; schemas/protocol.md lists them", name, self->service);
        gk_err err = check_member(member, value, why);
        if (err)
            return err;
    }
    for (const gk_member *member = self->members; member->name; member++)
        if (member->required && !json_object_get(body, member->name))
            return gk_refuse(why, GK_EMISSING, "%s needs %s", self->service, member->name);
    return GK_OK;
}

/*  ---- printing ----------------------------------------------------------------------- */

static json_t *text_schema(int least, int most)
{
    return json_pack("{s:s, s:i, s:i}", "type", "string", "minLength", least, "maxLength", most);
}

static json_t *entries_schema(void)
{
    json_t *properties = json_object(), *required = json_array();
    const gk_entry_field *field;
    for (size_t i = 0; (field = gk_entry_field_at(i)); i++) {
        json_t *schema = text_schema(field->required, field->most);
        if (field->type == GK_ENTRY_URL)
            json_object_set_new(schema, "pattern", json_string("^https?://[^/]"));
        if (field->type == GK_ENTRY_DATE)
            json_object_set_new(schema, "pattern", json_string("^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"));
        json_object_set_new(properties, field->name, schema);
        if (field->required)
            json_array_append_new(required, json_string(field->name));
    }
    return json_pack("{s:s, s:i, s:i, s:{s:s, s:b, s:o, s:o}}", "type", "array", "minItems", 1, "maxItems", GK_CATALOGUE_ROWS,
                     "items", "type", "object", "additionalProperties", 0, "properties", properties, "required", required);
}

static json_t *member_schema(gk_member_type type)
{
    switch (type) {
    case GK_MEMBER_LINE:    return text_schema(1, MOST_LINE);
    case GK_MEMBER_TEXT:    return text_schema(0, MOST_TEXT);
    case GK_MEMBER_SECRET:  return text_schema(1, GK_PASSWORD_MOST);
    case GK_MEMBER_TOKEN:   return json_pack("{s:s, s:s}", "type", "string", "pattern", "^[A-Za-z0-9_-]{43}$");
    case GK_MEMBER_DATE:    return json_pack("{s:s, s:s}", "type", "string", "format", "date");
    case GK_MEMBER_INT:     return json_pack("{s:s, s:i}", "type", "integer", "minimum", 0);
    case GK_MEMBER_BOOL:    return json_pack("{s:s}", "type", "boolean");
    case GK_MEMBER_OBJECT:  return json_pack("{s:s}", "type", "object");
    case GK_MEMBER_DOCUMENTS:
        return json_pack("{s:s, s:i, s:{s:s, s:b, s:[s], s:{s:{s:s, s:s}, s:{s:s, s:i}}}}", "type", "array", "maxItems", MOST_DOCUMENTS,
                         "items", "type", "object", "additionalProperties", 0, "required", "digest", "properties", "digest", "type",
                         "string", "pattern", "^[0-9a-f]{64}$", "name", "type", "string", "maxLength", MOST_LINE);
    case GK_MEMBER_ENTRIES: return entries_schema();
    }
    return json_object();
}

static json_t *field_schema(const gk_field *field)
{
    json_t *schema = json_object();
    switch (field->type) {
    case GK_FIELD_TEXT:     json_object_update_new(schema, text_schema(field->required, GK_FIELD_MOST_TEXT)); break;
    case GK_FIELD_LINE:     json_object_update_new(schema, text_schema(field->required, GK_FIELD_MOST_LINE)); break;
    case GK_FIELD_DATE:
    case GK_FIELD_UNTIL:    json_object_update_new(schema, member_schema(GK_MEMBER_DATE)); break;
    case GK_FIELD_BOOL:     json_object_update_new(schema, member_schema(GK_MEMBER_BOOL)); break;
    case GK_FIELD_INT:
        json_object_update_new(schema, json_pack("{s:s, s:i, s:i}", "type", "integer", "minimum", 0, "maximum", GK_FIELD_MOST_INT));
        break;
    case GK_FIELD_PERSON:
        json_object_update_new(schema, json_pack("{s:s, s:[s]}", "type", "object", "required", "name"));
        break;
    case GK_FIELD_CHOICE:   json_object_set_new(schema, "enum", gk_json_choices(field->choices)); break;
    case GK_FIELD_DOCUMENTS:
    case GK_FIELD_FACTS:
        break;
    }
    json_object_set_new(schema, "title", json_string(field->zh));
    json_object_set_new(schema, "description", json_string(field->en));
    return schema;
}

static json_t *object_schema(const char *title, json_t *properties, json_t *required)
{
    return json_pack("{s:s, s:s, s:s, s:b, s:o, s:o}", "$schema", "https://json-schema.org/draft/2020-12/schema", "title", title,
                     "type", "object", "additionalProperties", 0, "properties", properties, "required", required);
}

static json_t *message_schema(const gk_message *message)
{
    json_t *properties = json_object(), *required = json_array();
    for (const gk_member *member = message->members; member->name; member++) {
        json_object_set_new(properties, member->name, member_schema(member->type));
        if (member->required)
            json_array_append_new(required, json_string(member->name));
    }
    return object_schema(message->title, properties, required);
}

static json_t *action_schema(const gk_event_info *info)
{
    json_t *properties = json_object(), *required = json_array();
    for (const gk_field *field = info->fields; field->name; field++) {
        if (field->type == GK_FIELD_DOCUMENTS || field->type == GK_FIELD_FACTS)
            continue;       /* documents stand beside the fields */
        json_object_set_new(properties, field->name, field_schema(field));
        if (field->required)
            json_array_append_new(required, json_string(field->name));
    }
    gk_free_auto char *title = gk_format("%s (%s)", info->zh, info->en);
    return object_schema(title, properties, required);
}

json_t *gk_message_schemas(void)
{
    json_t *all = json_object();
    char name[100];
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        snprintf(name, sizeof name, "%s.json", table[i].service);
        json_object_set_new(all, name, message_schema(&table[i]));
    }
    for (int type = 0; type < GK_EVENT_TYPES; type++) {
        const gk_event_info *info = gk_flow_event((gk_event_type) type);
        snprintf(name, sizeof name, "act.%s.json", info->action ? info->action : "");
        if (info->action && !json_object_get(all, name))
            json_object_set_new(all, name, action_schema(info));
    }
    return all;
}
