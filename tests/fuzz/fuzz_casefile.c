/* links: gk_core */
/*  fuzz_casefile - any life of a case: what is refused changes nothing and says why, what is taken
 *  folds to what was computed, and nothing leaves without the signatures it needs.
 *
 *  Four bytes an act: which of the steps that are possible, who, how many days later, and what the
 *  fields hold.  Bytes behind a '{' are the data of one more event, as a damaged store might hold it. */
#include "core/casefile.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"
#include "fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ACTS = 200, FIRST_DAY = 20514 };         /* 2 March 2026 */

typedef struct walk {
    const gk_law *law;
    gk_case *file;
    gk_date day;
    bool reviewed;              /* the secrecy reviewer signed since the last proposal */
    bool read_twice;            /* legal review did */
} walk;

/*  The shipped law, loaded once: a fuzzer is called a million times. */
static const gk_law *the_law(void)
{
    static gk_law law;
    static gk_rules *rules;
    static gk_outcomes *outcomes;
    static gk_org *org;
    static const char *const names[] = { "rules/rules.json", "outcomes/outcomes.json", "samples/org.json" };
    if (law.calendar)
        return &law;
    for (size_t i = 0; i < 3; i++) {
        gk_free_auto char *path = gk_paths_schema(names[i]);
        gk_json_auto *file = NULL;
        require(gk_json_load(path, 1 << 20, &file, NULL) == GK_OK);
        require((i == 0 ? gk_rules_read(file, &rules, NULL) : i == 1 ? gk_outcomes_read(file, &outcomes, NULL)
                 : gk_org_read(file, &org, NULL)) == GK_OK);
    }
    law = (gk_law) { gk_calendar_new(), rules, outcomes, org };
    return &law;
}

/*  ---- what is typed --------------------------------------------------------------------- */

static const char *nth_choice(const char *choices, unsigned n, char out[static 40])
{
    const char *at = choices;
    for (n %= 3; n && strchr(at, '|'); n--)
        at = strchr(at, '|') + 1;
    snprintf(out, 40, "%.*s", (int) strcspn(at, "|"), at);
    return out;
}

static json_t *line_of(const walk *w, const gk_field *field, unsigned byte)
{
    static const char *const units[] = { "QGC", "FGC", "ZZZ", "" };
    static const char *const carriers[] = { "EMS", "中国邮政", "SF", "" };
    char text[40] = "x";
    if (strcmp(field->name, "outcome") == 0) {
        enum { DISCLOSURE_KINDS = 23 };         /* R1 to R5 stand behind them */
        bool records = w->file->kind == GK_KIND_RECORDS;
        const gk_outcome *outcome = gk_outcomes_at(w->law->outcomes, records ? DISCLOSURE_KINDS + byte % 6 : byte % 25);
        return json_string(outcome ? outcome->code : "none");
    }
    if (strcmp(field->name, "unit") == 0)
        return json_string(units[byte % 4]);
    if (strcmp(field->name, "carrier") == 0)
        return json_string(carriers[byte % 4]);
    if (strcmp(field->name, "consultation") == 0 && w->file->consultation_count)
        return json_string(w->file->consultations[byte % (unsigned) w->file->consultation_count].id);
    if (strcmp(field->name, "proceeding") == 0 && w->file->proceeding_count)
        return json_string(w->file->proceedings[byte % (unsigned) w->file->proceeding_count].id);
    if (strcmp(field->name, "digest") == 0 && w->file->document_count)
        return json_string(w->file->documents[byte % (unsigned) w->file->document_count].digest);
    if (strcmp(field->name, "check_code") == 0 && byte & 1)
        return json_string(w->file->check_code);
    return json_string(text);
}

static json_t *value_of(const walk *w, const gk_field *field, unsigned byte)
{
    char text[40];
    switch (field->type) {
    case GK_FIELD_DATE:
        return gk_json_from_date(gk_date_plus(w->day, -(int32_t) (byte % 16)));
    case GK_FIELD_UNTIL:
        return gk_json_from_date(gk_date_plus(w->day, byte % 128));
    case GK_FIELD_INT:
        return json_integer(strcmp(field->name, "pages") == 0 ? w->file->letter_pages
                            : strcmp(field->name, "amount_yuan") == 0 ? w->file->fee_yuan - byte % 2
                            : strcmp(field->name, "count") == 0 ? 1 + 40 * (byte % 8) : byte % 24);
    case GK_FIELD_BOOL:
        return json_boolean(byte & 3);
    case GK_FIELD_CHOICE:
        return json_string(nth_choice(field->choices, byte, text));
    case GK_FIELD_LINE:
        return line_of(w, field, byte);
    case GK_FIELD_DOCUMENTS:
        snprintf(text, sizeof text, "%02x", byte);
        return byte & 1 ? json_pack("[{s:s}]", "digest", text) : json_array();
    default:
        return json_pack("{s:s}", "sealed", "00");
    }
}

/*  What a worker or the broker would have found. */
static void add_facts(const walk *w, gk_event_type event, unsigned byte, json_t *data)
{
    static const char *const channels[] = { "portal", "in_person", "post_signed", "fax" };
    static const char *const dates[] = { "submitted_on", "arrived_on", "signed_on", "" };
    switch (event) {
    case GK_RECEIVED:
        json_object_set_new(data, "office", json_string("GZ"));
        json_object_set_new(data, "channel", json_string(channels[byte % 4]));
        json_object_set_new(data, "delivery", json_string(byte & 4 ? "email" : "post"));
        json_object_set_new(data, "reachable", json_boolean(byte & 8));
        json_object_set_new(data, dates[byte % 4], gk_json_from_date(w->day));
        if (byte % 11 == 9)
            json_object_set_new(data, "kind", json_string("records_correction"));
        break;
    case GK_REGISTERED:
        json_object_set_new(data, "received_on", gk_json_from_date(w->file->received_on));
        break;
    case GK_TRIAGED:
        json_object_set_new(data, "unit", json_string(byte & 7 ? "QGC" : "ZZZ"));
        break;
    case GK_CONSULTATION_EXPIRED:
        json_object_set_new(data, "consultation", json_string(w->file->consultation_count ? w->file->consultations[0].id : ""));
        break;
    case GK_PROCEEDING_REMINDED:
        json_object_set_new(data, "proceeding", json_string(w->file->proceeding_count ? w->file->proceedings[0].id : ""));
        break;
    case GK_SCANNED:
    case GK_DOCUMENTS_ADMITTED:
        if (w->file->document_count)
            json_object_set_new(data, "verdicts", json_pack("[{s:s, s:s}]", "digest",
                w->file->documents[byte % (unsigned) w->file->document_count].digest, "verdict", byte & 64 ? "class_a" : "clean"));
        break;
    case GK_LETTER_RENDERED:
    case GK_NOTICE_RENDERED:
        json_object_update_new(data, json_pack("{s:s, s:s, s:s, s:i}", "letter", "reply", "digest", "ab", "check_code", "0bad", "pages", 2));
        break;
    default:
        break;
    }
}

static json_t *data_of(const walk *w, gk_event_type event, unsigned byte)
{
    json_t *data = json_object();
    for (const gk_field *field = gk_flow_event(event)->fields; field->name; field++)
        if (field->type != GK_FIELD_FACTS && (field->required || byte & 128))
            json_object_set_new(data, field->name, value_of(w, field, byte));
    add_facts(w, event, byte, data);
    return data;
}

static gk_actor actor_of(const gk_step *step, unsigned byte)
{
    static const char *const people[] = { "chen.jing", "guo.qiang", "zhao.min", "he.ping" };
    gk_actor actor = { .roles = byte & 128 ? 1u << (byte % GK_ROLE_BITS) : step->who, .office = "GZ", .unit = "QGC" };
    const char *worker = gk_flow_event(step->event)->worker;
    if (actor.roles & GK_WORKER)
        snprintf(actor.name, sizeof actor.name, "worker:%s", worker ? worker : "x");
    else
        snprintf(actor.name, sizeof actor.name, "%s", people[byte % 4]);
    return actor;
}

/*  ---- what must hold ---------------------------------------------------------------------- */

static const gk_step *possible(gk_state state, unsigned byte)
{
    size_t count, n = 0;
    const gk_step *table = gk_flow_table(&count);
    for (size_t i = 0; i < count; i++)
        n += gk_step_from(&table[i], state);
    n = byte % n;
    for (size_t i = 0; i < count; i++)
        if (gk_step_from(&table[i], state) && n-- == 0)
            return &table[i];
    return table;
}

/*  Everything that reads a file must stand it, whatever was folded. */
static void look(const walk *w, const gk_case *file)
{
    gk_change timers = { .timer_count = 0 };
    gk_case_timers(file, w->law, gk_date_at(w->day, 10), &timers);
    require(timers.timer_count >= 0 && timers.timer_count <= GK_CHANGE_TIMERS);
    for (int i = 0; i < timers.timer_count; i++)
        for (int k = 0; k < i; k++)
            require(strcmp(timers.timers[i].name, timers.timers[k].name) != 0);
    gk_clock_reading reading = gk_case_read(file, w->law, w->day);
    require(!reading.counted || !gk_date_is_none(reading.due_on));
    gk_hash one = gk_case_content_hash(file), two = gk_case_content_hash(file);
    require(memcmp(&one, &two, sizeof one) == 0);
    gk_auto(gk_case) copy = gk_case_copy(file);
    require(copy->seq == file->seq && copy->clock_count == file->clock_count);
}

static void check_signatures(walk *w, gk_event_type event, const gk_actor *actor)
{
    if (event == GK_PROPOSED || event == GK_REFUSAL_PROPOSED)
        w->reviewed = w->read_twice = false;
    w->read_twice |= event == GK_LEGAL_CLEARED;
    w->reviewed |= event == GK_SECRECY_CLEARED;
    if (event == GK_LEGAL_CLEARED || event == GK_SECRECY_CLEARED || event == GK_APPROVED)
        require(strcmp(actor->name, w->file->drafter) != 0);
    if (w->file->state < GK_PRINTING || w->file->state > GK_CLOSED)
        return;
    const gk_outcome *outcome = gk_outcomes_find(w->law->outcomes, w->file->outcome);
    require(w->reviewed && outcome && !outcome->machine && (!outcome->refuses || w->read_twice));
    require(outcome->records == (w->file->kind == GK_KIND_RECORDS));
    require(w->file->state < GK_DELIVERY || w->file->dispatched_on.day >= w->file->letter_on.day);
}

static void take(walk *w, gk_change *change, const gk_actor *actor)
{
    gk_event *event = &change->event;
    gk_why why;
    require(event->seq == w->file->seq + 1 && gk_step_from(gk_flow_find(w->file->state, event->type), w->file->state));
    event->case_id = 1;
    event->hash = gk_event_hash(event, &w->file->head);
    require(gk_case_fold(w->file, event, &why) == GK_OK);
    require(w->file->state == event->state && w->file->due_on.day == event->due_on.day);
    require(gk_date_is_none(w->file->received_on) || event->on.day >= w->file->received_on.day || event->type == GK_RECEIVED);
    require(event->on.day <= w->day.day);
    gk_clock_reading reading = gk_case_read(w->file, w->law, w->day);
    require(gk_date_is_none(w->file->received_on) || reading.due_on.day == event->due_on.day);
    for (int i = 0; i < change->job_count; i++)
        require(*change->jobs[i].service && *change->jobs[i].task);
    /*  A redo owes a reply by a day; a hold holds; nothing is public that was not reviewed for it. */
    require(event->type != GK_REDO_ORDERED || !gk_date_is_none(reading.due_on));
    require((event->type != GK_ARCHIVED && event->type != GK_ARCHIVE_HANDED_OVER) || !gk_case_is_held(w->file));
    require(event->type != GK_PUBLISHED || w->file->publication.cleared_on.day <= event->on.day);
    require(w->file->kind == GK_KIND_DISCLOSURE || (w->file->fee_yuan == 0 && w->file->state != GK_CORRECTION && w->file->ordinal == 0));
    check_signatures(w, event->type, actor);
    look(w, w->file);
}

static void act(walk *w, const uint8_t bytes[static 4])
{
    const gk_step *step = possible(w->file->state, bytes[0]);
    gk_actor actor = actor_of(step, bytes[1]);
    w->day = gk_date_plus(w->day, bytes[2] % 8 ? bytes[2] % 4 : bytes[2] / 2);
    gk_json_auto *data = data_of(w, step->event, bytes[3]);
    gk_act doing = { .event = step->event, .actor = &actor, .at = gk_date_at(w->day, 10), .data = data, .numbers = { 1, 1, 1 },
                     .on = bytes[2] & 64 ? gk_date_plus(w->day, -(bytes[3] % 8)) : GK_NO_DATE };
    gk_change change;
    gk_why why = { "" };
    int seq = w->file->seq;
    if (gk_case_apply(w->file, &doing, w->law, &change, &why)) {
        require(*why.text && gk_utf8_ok(why.text, strlen(why.text)) && w->file->seq == seq);
        return;
    }
    take(w, &change, &actor);
    gk_change_clear(&change);
}

/*  A stored event may hold anything that parses. */
static void fold_damaged(const walk *w, const uint8_t *bytes, size_t len)
{
    gk_json_auto *data = NULL;
    gk_why why;
    if (gk_json_parse((const char *) bytes, len, &data, &why))
        return;
    for (int type = 0; type < GK_EVENT_TYPES; type++) {
        gk_auto(gk_case) file = gk_case_copy(w->file);
        gk_free_auto char *text = gk_json_print(data);
        gk_event event = { .case_id = 1, .seq = file->seq + 1, .on = w->day, .type = (gk_event_type) type, .data = data,
                           .data_text = text, .state = (gk_state) (len % GK_STATES), .due_on = w->day };
        require(gk_case_fold(file, &event, &why) == GK_OK);
        require(file->document_count <= GK_CASE_DOCUMENTS && file->letter_count <= GK_CASE_LETTERS);
        look(w, file);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    walk w = { .law = the_law(), .file = gk_case_new(GK_INTAKE), .day = { FIRST_DAY } };
    size_t at = 0;
    for (; at + 4 <= len && data[at] != '{' && at < 4 * ACTS; at += 4)
        act(&w, data + at);
    if (at < len && data[at] == '{' && len - at < 4096)
        fold_damaged(&w, data + at, len - at);
    gk_case_destroy(&w.file);
    return 0;
}
