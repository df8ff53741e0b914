/*  gk_clockfile - the file of `gongkai clock`.
 *
 *  One table says which member an event of which type may carry and how it is read. */
#include "clients/gongkai/clockfile.h"
#include "base/mem.h"

#include <stdio.h>
#include <string.h>

/*  Where we are in the file, for the reader of a refusal. */
typedef struct place {
    size_t index;
    const char *member;
} place;

static gk_err refuse_at(gk_why *why, gk_err err, place at, const char *what)
{
    return gk_refuse(why, err, "events[%zu]%s%s: %s", at.index, at.member ? "." : "",
                     at.member ? at.member : "", what);
}

static bool read_date(const json_t *value, gk_date *out)
{
    const char *text = json_string_value(value);
    return text && gk_date_parse(text, json_string_length(value), out) == GK_OK;
}

/*  ---- members of an event: NULL when read, else what is wrong ------------- */

static const char not_a_date[] = "not a date YYYY-MM-DD";

static const char *read_type(const json_t *value, const gk_rules *rules, gk_clock_event *event)
{
    (void) rules;
    const char *text = json_string_value(value);
    return text && gk_clock_type_parse(text, &event->type) ? NULL : "no such type of event, see `gongkai clock --help`";
}

static const char *read_on(const json_t *value, const gk_rules *rules, gk_clock_event *event)
{
    (void) rules;
    return read_date(value, &event->on) ? NULL : not_a_date;
}

static const char *read_id(const json_t *value, const gk_rules *rules, gk_clock_event *event)
{
    (void) rules;
    size_t len = json_string_length(value);
    if (!json_is_string(value) || len == 0 || len >= sizeof event->id)
        return "an id is a text of 1 to 39 bytes";
    memcpy(event->id, json_string_value(value), len + 1);
    return NULL;
}

static const char *read_told(const json_t *value, const gk_rules *rules, gk_clock_event *event)
{
    (void) rules;
    event->untold = json_is_false(value);
    return json_is_boolean(value) ? NULL : "true or false is wanted";
}

static const char *read_served(const json_t *value, const gk_rules *rules, gk_clock_event *event)
{
    (void) rules;
    return read_date(value, &event->served_on) ? NULL : not_a_date;
}

static const char *read_days(const json_t *value, const gk_rules *rules, gk_clock_event *event)
{
    json_int_t days = json_integer_value(value);
    bool extended = event->type == GK_CLOCK_EXTENDED;
    if (!json_is_integer(value) || days < 1 || days > (extended ? rules->extension_days : GK_CLOCK_ORDERED_DAYS))
        return extended ? "an extension has 1 to 20 working days (条例 Art. 33(2))" : "days is a number of working days, 1 to 250";
    event->days = (int) days;
    return NULL;
}

static const char *read_until(const json_t *value, const gk_rules *rules, gk_clock_event *event)
{
    (void) rules;
    return read_date(value, &event->until) ? NULL : not_a_date;
}

static const char *read_base(const json_t *value, const gk_rules *rules, gk_clock_event *event)
{
    (void) rules;
    return read_date(value, &event->base) ? NULL : not_a_date;
}

#define TYPE(t) (1u << GK_CLOCK_##t)
#define CONSULTATION (TYPE(CONSULTATION_STARTED) | TYPE(CONSULTATION_ENDED))
#define LASTING (TYPE(EXTENDED) | TYPE(ORDERED) | TYPE(PROLONGED))

static const struct member {
    const char *name;
    const char *(*read)(const json_t *value, const gk_rules *rules, gk_clock_event *event);
    unsigned allowed, required;         /* with which types */
} members[] = {                         /* the type comes first: the others ask for it */
    { "type",      read_type,   ~0u,            ~0u },
    { "on",        read_on,     ~0u,            ~0u },
    { "id",        read_id,     CONSULTATION | TYPE(PROLONGED), 0 },
    { "told",      read_told,   CONSULTATION,   0 },
    { "served_on", read_served, CONSULTATION,   0 },
    { "until",     read_until,  TYPE(DELAYED),  TYPE(DELAYED) },
    { "days",      read_days,   LASTING | TYPE(CONSULTATION_STARTED), LASTING },
    { "base",      read_base,   TYPE(ORDERED),  TYPE(ORDERED) },
};

#undef TYPE
#undef CONSULTATION
#undef LASTING

enum { MEMBERS = sizeof members / sizeof *members };

static const struct member *find_member(const char *name)
{
    for (size_t i = 0; i < MEMBERS; i++)
        if (strcmp(members[i].name, name) == 0)
            return &members[i];
    return NULL;
}

static gk_err read_event(const json_t *element, size_t index, const gk_rules *rules, gk_clock_event *out,
                         gk_why *why)
{
    if (!json_is_object(element))
        return refuse_at(why, GK_EBADVALUE, (place) { index, NULL }, "an object is wanted");
    gk_clock_event event = { .served_on = GK_NO_DATE, .until = GK_NO_DATE };
    for (size_t i = 0; i < MEMBERS; i++) {
        place at = { index, members[i].name };
        const json_t *value = json_object_get(element, members[i].name);
        unsigned type = i ? 1u << event.type : ~0u;
        if (!value && (members[i].required & type))
            return refuse_at(why, GK_EMISSING, at, "it is required");
        if (value && !(members[i].allowed & type))
            return refuse_at(why, GK_EBADVALUE, at, "an event of this type has no such member");
        const char *wrong = value ? members[i].read(value, rules, &event) : NULL;
        if (wrong)
            return refuse_at(why, GK_EBADVALUE, at, wrong);
    }
    const char *name;
    json_t *ignored;
    json_object_foreach((json_t *) element, name, ignored)      /* jansson's macro reads only */
        if (!find_member(name))
            return gk_refuse(why, GK_EBADVALUE, "events[%zu].%.40s: no such member", index, name);
    *out = event;
    return GK_OK;
}

/*  ---- the file ------------------------------------------------------------ */

static gk_err read_top(const json_t *file, const char *name, gk_date *out, gk_why *why)
{
    const json_t *value = json_object_get(file, name);
    if (!value)
        return gk_refuse(why, GK_EMISSING, "%s: it is required", name);
    return read_date(value, out) ? GK_OK : gk_refuse(why, GK_EBADVALUE, "%s: %s", name, not_a_date);
}

static gk_err read_frame(const json_t *file, gk_date *received_on, gk_date *as_of, gk_why *why)
{
    gk_err err = read_top(file, "received_on", received_on, why);
    if (!err)
        err = read_top(file, "as_of", as_of, why);
    if (err)
        return err;
    if (as_of->day < received_on->day)
        return gk_refuse(why, GK_EBADVALUE, "as_of: it is before received_on");
    const char *name;
    json_t *ignored;
    json_object_foreach((json_t *) file, name, ignored)
        if (strcmp(name, "received_on") && strcmp(name, "as_of") && strcmp(name, "events"))
            return gk_refuse(why, GK_EBADVALUE, "%.40s: no such member", name);
    const json_t *events = json_object_get(file, "events");
    if (!json_is_array(events))
        return gk_refuse(why, events ? GK_EBADVALUE : GK_EMISSING, "events: a list is required, it may be empty");
    if (json_array_size(events) > GK_CLOCKFILE_EVENTS)
        return gk_refuse(why, GK_ETOOLARGE, "events: %d are the most", GK_CLOCKFILE_EVENTS);
    return GK_OK;
}

static const char *out_of_order(gk_date on, gk_date received_on, gk_date last, gk_date as_of)
{
    return on.day < received_on.day ? "it is before received_on"
         : on.day < last.day ? "it is before the event above it; events stand in order of time"
         : on.day > as_of.day ? "it is after as_of" : NULL;
}

gk_err gk_clockfile_read(const json_t *file, const gk_calendar *calendar, const gk_rules *rules,
                         gk_clock **clock, gk_date *as_of, gk_why *why)
{
    gk_date received_on, until;
    gk_err err = read_frame(file, &received_on, &until, why);
    if (err)
        return err;
    gk_auto(gk_clock) draft = gk_clock_new(calendar, rules, received_on);
    const json_t *events = json_object_get(file, "events");
    gk_date last = received_on;
    for (size_t i = 0; i < json_array_size(events); i++) {
        gk_clock_event event;
        err = read_event(json_array_get(events, i), i, rules, &event, why);
        if (err)
            return err;
        const char *wrong = out_of_order(event.on, received_on, last, until);
        if (wrong)
            return refuse_at(why, GK_EBADVALUE, (place) { i, "on" }, wrong);
        gk_why inner = { "" };
        err = gk_clock_add(draft, &event, &inner);
        if (err)
            return refuse_at(why, err, (place) { i, NULL }, inner.text);
        last = event.on;
    }
    *clock = draft;
    draft = NULL;
    *as_of = until;
    return GK_OK;
}

static json_t *counted(const gk_clock_reading *reading, int days)
{
    return reading->counted ? json_integer(days) : json_null();
}

json_t *gk_clockfile_answer(const gk_clock *clock, gk_date as_of, bool days)
{
    gk_clock_reading now = gk_clock_read(clock, as_of);
    json_t *answer = json_object();
    gk_json_set_date(answer, "due_on", now.due_on);
    json_object_set_new(answer, "provisional", json_boolean(now.provisional));
    json_object_set_new(answer, "state", json_string(gk_clock_state_name(now.state)));
    json_object_set_new(answer, "used", counted(&now, now.used));
    json_object_set_new(answer, "left", counted(&now, now.left));
    json_object_set_new(answer, "overdue", json_boolean(now.overdue));
    json_object_set_new(answer, "timely", now.timely < 0 ? json_null() : json_boolean(now.timely));
    json_object_set_new(answer, "explain", gk_clock_explain(clock, as_of));
    if (days)
        json_object_set_new(answer, "each_day", gk_clock_days(clock, as_of));
    return answer;
}
