/*  gk_apply - the one door for a new event.
 *
 *  It works on a copy: it builds the event, folds it into the copy by the very
 *  function that will fold it from the ledger, and reads the consequence off the copy.
 *  So what is stored and what is computed on reading cannot drift apart.
 */
#include "core/door.h"
#include "core/items.h"
#include "base/mem.h"

#include <string.h>

/*  ---- fields ---------------------------------------------------------------------- */

static gk_err check_text(const char *name, const json_t *value, size_t most, gk_why *why)
{
    if (!json_is_string(value))
        return gk_refuse(why, GK_EBADVALUE, "%s must be text", name);
    size_t count = gk_utf8_count(json_string_value(value), json_string_length(value));
    if (count > most)
        return gk_refuse(why, GK_ETOOLARGE, "%s has %zu characters; %zu are allowed", name, count, most);
    return GK_OK;
}

/*  A line stands in the event and in letters as it is. */
static gk_err check_line(const char *name, const json_t *value, gk_why *why)
{
    gk_err err = check_text(name, value, GK_FIELD_MOST_LINE, why);
    for (const char *at = err ? "" : json_string_value(value); *at; at++)
        if ((unsigned char) *at < 0x20 || *at == 0x7f)
            return gk_refuse(why, GK_EBADVALUE, "%s must be one line, without control characters", name);
    return err;
}

static gk_err check_field(const gk_field *spec, const json_t *value, gk_why *why)
{
    gk_date date;
    switch (spec->type) {
    case GK_FIELD_TEXT:
        return check_text(spec->name, value, GK_FIELD_MOST_TEXT, why);
    case GK_FIELD_LINE:
        return check_line(spec->name, value, why);
    case GK_FIELD_DATE:
    case GK_FIELD_UNTIL:
        if (!json_is_string(value) || gk_date_parse(json_string_value(value), json_string_length(value), &date))
            return gk_refuse(why, GK_EBADVALUE, "%s must be a date, YYYY-MM-DD", spec->name);
        return GK_OK;
    case GK_FIELD_INT:
        if (!json_is_integer(value) || json_integer_value(value) < 0 || json_integer_value(value) > GK_FIELD_MOST_INT)
            return gk_refuse(why, GK_EBADVALUE, "%s must be a whole number, 0 to %d", spec->name, GK_FIELD_MOST_INT);
        return GK_OK;
    case GK_FIELD_BOOL:
        return json_is_boolean(value) ? GK_OK
            : gk_refuse(why, GK_EBADVALUE, "%s must be true or false", spec->name);
    case GK_FIELD_CHOICE:
        return json_is_string(value) && gk_text_is_choice(spec->choices, json_string_value(value)) ? GK_OK
            : gk_refuse(why, GK_EBADVALUE, "%s must be one of %s", spec->name, spec->choices);
    case GK_FIELD_PERSON:
        return json_is_object(value) && *gk_json_text(value, "name") ? GK_OK
            : gk_refuse(why, GK_EBADVALUE, "%s must be an object with at least \"name\"", spec->name);
    case GK_FIELD_DOCUMENTS:
    case GK_FIELD_FACTS:
        break;
    }
    return GK_OK;
}

static const gk_field *find_field(const gk_field *fields, const char *name)
{
    for (; fields->name; fields++)
        if (strcmp(fields->name, name) == 0)
            return fields;
    return NULL;
}

gk_err gk_act_check_fields(gk_event_type event, const json_t *fields, gk_why *why)
{
    const gk_field *specs = gk_flow_event(event)->fields;
    const char *name;
    json_t *value;
    json_object_foreach((json_t *) fields, name, value) {   /* jansson iterates without changing */
        const gk_field *spec = find_field(specs, name);
        if (!spec || spec->type == GK_FIELD_DOCUMENTS || spec->type == GK_FIELD_FACTS)
            return gk_refuse(why, GK_EBADVALUE, "%.60s is not a field of this action; see gongkai act CASE --help", name);
        gk_err err = check_field(spec, value, why);
        if (err)
            return err;
    }
    for (; specs->name; specs++)
        if (specs->required && specs->type != GK_FIELD_DOCUMENTS && !gk_act_has(fields, specs->name))
            return gk_refuse(why, GK_EMISSING, "%s (%s) is required: %s=...", specs->name, specs->en, specs->name);
    return GK_OK;
}

gk_date gk_act_date(gk_event_type event, gk_date on, int64_t at, const json_t *data)
{
    for (const gk_field *spec = gk_flow_event(event)->fields; spec->name; spec++)
        if (spec->type == GK_FIELD_DATE)
            return gk_json_date(data, spec->name);
    return gk_date_is_none(on) ? gk_date_of(at) : on;
}

/*  ---- rights ----------------------------------------------------------------------- */

/*  Whose unit a step asks for: that of a sub-task under way, or the case's. */
static bool of_unit(const gk_case *self, const gk_step *step, const char *unit)
{
    bool ours = false;
    for (int i = 0; i < GK_STEP_NEEDS && step->needs[i]; i++)
        ours |= step->needs[i] == GK_NEED_SUBTASK_OURS;
    if (!ours)
        return !*self->unit || strcmp(self->unit, unit) == 0;
    for (int i = 0; i < self->subtask_count; i++)
        if (strcmp(self->subtasks[i].unit, unit) == 0 && gk_case_subtask(self, self->subtasks[i].id))
            return true;
    return false;
}

static void take_roles(const gk_person *person, gk_deputised *out)
{
    *out = (gk_deputised) { .roles = person->roles & ~(unsigned) (GK_ADMIN | GK_AUDITOR) };
    SET(out->name, person->name);
    SET(out->unit, person->unit);
}

bool gk_actor_find(const gk_org *org, const char *name, gk_date day, gk_actor *out)
{
    const gk_person *person = gk_org_find(org, name), *other;
    if (!person)
        return false;
    *out = (gk_actor) { .roles = person->roles };
    SET(out->name, person->name);
    SET(out->office, person->office);
    SET(out->unit, person->unit);
    while (out->deputised_count < GK_DEPUTISED && (other = gk_org_deputised(org, name, day, (size_t) out->deputised_count)))
        take_roles(other, &out->deputised[out->deputised_count++]);
    return true;
}

unsigned gk_actor_roles(const gk_actor *self)
{
    unsigned roles = self->roles;
    for (int i = 0; i < self->deputised_count; i++)
        roles |= self->deputised[i].roles;
    return roles;
}

/*  With these roles in this unit? */
static bool allows(const gk_case *self, const gk_step *step, const gk_actor *actor, unsigned roles, const char *unit)
{
    roles &= step->who;
    if (roles & (GK_APPLICANT | GK_CLOCK))
        return true;
    if (roles & GK_WORKER) {
        const char *worker = gk_flow_event(step->event)->worker;
        return worker && strncmp(actor->name, "worker:", 7) == 0 && strcmp(actor->name + 7, worker) == 0;
    }
    if (*self->office && strcmp(self->office, actor->office) != 0)
        return false;
    if (roles & ~(unsigned) (GK_HANDLER | GK_UNIT_HEAD))
        return true;
    return roles && of_unit(self, step, unit);
}

/*  In whose place the actor takes the step: of who holds the case, else of nobody when the actor's own roles will do.
 *  NULL also when nothing allows it. */
static const gk_deputised *deputy_for(const gk_case *self, const gk_step *step, const gk_actor *actor)
{
    const gk_deputised *found = NULL;
    for (int i = 0; i < actor->deputised_count; i++) {
        const gk_deputised *other = &actor->deputised[i];
        if (!allows(self, step, actor, other->roles, other->unit))
            continue;
        if (strcmp(other->name, self->holder) == 0)
            return other;
        found = found ? found : other;
    }
    return allows(self, step, actor, actor->roles, actor->unit) ? NULL : found;
}

bool gk_case_allows(const gk_case *self, const gk_step *step, const gk_actor *actor)
{
    return allows(self, step, actor, actor->roles, actor->unit) || deputy_for(self, step, actor);
}

bool gk_case_sees_identity(const gk_case *self, const gk_actor *actor)
{
    const gk_step *step = gk_flow_find(self->state, GK_DOCUMENT_VIEWED);
    return step && gk_case_allows(self, step, actor);
}

bool gk_case_suits(const gk_case *self, const gk_step *step)
{
    gk_need other = self->kind == GK_KIND_RECORDS ? GK_NEED_DISCLOSURE : GK_NEED_RECORDS;
    for (int i = 0; i < GK_STEP_NEEDS && step->needs[i] != GK_NEED_NONE; i++)
        if (step->needs[i] == other)
            return false;
    return true;
}

/*  Say who may: the roles, and the office or unit in which they must be held. */
static gk_err refuse_actor(const gk_case *self, const gk_step *step, const gk_actor *actor, gk_why *why)
{
    char roles[160] = "";
    for (int bit = 0; bit < GK_ROLE_BITS; bit++)
        if (step->who >> bit & 1) {
            size_t len = strlen(roles);
            snprintf(roles + len, sizeof roles - len, "%s%s", len ? ", " : "", gk_role_name((gk_role) (1u << bit)));
        }
    const gk_event_info *info = gk_flow_event(step->event);
    return gk_refuse(why, GK_EDENIED, "%s may not do %s here: it takes one of %s, of office %s%s%s", actor->name,
                     info->action ? info->action : info->name, roles, self->office,
                     step->who & (GK_HANDLER | GK_UNIT_HEAD) && *self->unit ? "; handler and unit_head of unit " : "",
                     step->who & (GK_HANDLER | GK_UNIT_HEAD) ? self->unit : "");
}

/*  The day before which an event cannot have happened, and whose day that is. */
static gk_date not_before(const gk_case *self, const gk_act *act, const char **whose)
{
    const gk_telling *notice;
    switch (act->event) {
    case GK_RECEIPT_CONFIRMED:
        *whose = "arrival";
        return self->arrived_on;
    case GK_NOTICE_DISPATCHED:
    case GK_NOTICE_SERVED:
        *whose = "the notice";
        notice = gk_case_notice(self, act->event, gk_json_text(act->data, "letter"));
        return notice ? notice->made_on : self->received_on;
    case GK_PAYMENT_RECORDED:
        *whose = "the notice";
        return self->notice_on;
    case GK_HANDED_OVER:
    case GK_DISPATCHED:         /* or a late reply could be dated into its term */
        *whose = "the making of the letter";
        return self->letter_on;
    case GK_MAIL_RETURNED:
    case GK_POSTING_FAILED:
    case GK_REDISPATCHED:
    case GK_SERVED:
        *whose = "dispatch";
        return self->dispatched_on;
    case GK_ARCHIVE_HANDED_OVER:
        *whose = "the end of the case";
        return self->ended_on;
    case GK_PUBLICATION_SUGGESTED:
        *whose = "the first reply";
        return gk_date_is_none(self->first_dispatched_on) ? self->dispatched_on : self->first_dispatched_on;
    case GK_SPLIT_TOLD:
        *whose = "the split";
        return self->split_on;
    case GK_PUBLISHED:
        *whose = "its secrecy review";
        return self->publication.cleared_on;
    default:
        *whose = "receipt";
        return self->received_on;
    }
}

static gk_err check_date(const gk_case *self, const gk_act *act, gk_date on, gk_why *why)
{
    /*  Only what happened outside and left a proof may be dated back. */
    static const gk_event_type dated_back[] = {
        GK_CORRECTION_RECEIVED, GK_SUPPLEMENT_RECEIVED, GK_REASONS_RECEIVED, GK_CONSULTATION_ENDED, GK_DISPATCHED, GK_HANDED_OVER,
        GK_REDISPATCHED, GK_WITHDREW, GK_RECEIVED,
    };
    gk_date today = gk_date_of(act->at);
    char text[GK_DATE_TEXT];
    if (gk_date_is_none(on) || on.day > today.day)
        return gk_refuse(why, GK_EBADVALUE, "the date may not be later than today, %s", gk_date_format(today, text));
    if (on.day == today.day)
        return GK_OK;
    const char *whose;
    gk_date first = not_before(self, act, &whose);
    if (!gk_date_is_none(first) && on.day < first.day)
        return gk_refuse(why, GK_EBADVALUE, "the date may not be earlier than %s, %s", whose, gk_date_format(first, text));
    for (const gk_field *spec = gk_flow_event(act->event)->fields; spec->name; spec++)
        if (spec->type == GK_FIELD_DATE)
            return GK_OK;
    for (size_t i = 0; i < sizeof dated_back / sizeof *dated_back; i++)
        if (dated_back[i] == act->event)
            return GK_OK;
    return gk_refuse(why, GK_EBADVALUE, "this action may not be dated back; leave --on out");
}

/*  ---- apply ------------------------------------------------------------------------------ */

unsigned gk_case_takes(gk_event_type event)
{
    return event == GK_REGISTERED || event == GK_RECEIPT_CONFIRMED || event == GK_SPLIT_OFF ? GK_TAKES_CASE
        : event == GK_APPROVED || event == GK_LAPSE_CONFIRMED ? GK_TAKES_LETTER : 0;
}

/*  Of the two events that some actions have: is this the one that the fields mean? */
static bool means(const gk_case *self, gk_event_type event, const json_t *data, const gk_law *law)
{
    const gk_outcome *outcome = self->item_count ? gk_items_whole(self, law->outcomes)
        : gk_outcomes_find(law->outcomes, gk_json_text(data, "outcome"));
    int64_t amount = json_integer_value(json_object_get(data, "amount_yuan"));
    bool paid = gk_case_pays_all(self, amount) && gk_case_pays_in_time(self, gk_json_date(data, "value_date"));
    bool in_person = strcmp(gk_json_text(data, "method"), "in_person") == 0, ours = strcmp(gk_json_text(data, "fault"), "office") == 0;
    switch (event) {
    case GK_PROPOSED:           return !(outcome && outcome->refuses);
    case GK_REFUSAL_PROPOSED:   return outcome && outcome->refuses;
    case GK_SUPPLEMENT_RECEIVED: return self->supplements > 0 || gk_date_is_none(self->reasons_asked_on);
    case GK_REASONS_RECEIVED:   return self->supplements == 0 && !gk_date_is_none(self->reasons_asked_on);
    case GK_DISPATCHED:         return !in_person;
    case GK_HANDED_OVER:        return in_person;
    case GK_MAIL_RETURNED:      return !ours;
    case GK_POSTING_FAILED:     return ours;
    case GK_FEE_PAID:           return paid;
    case GK_PAYMENT_RECORDED:   return !paid;
    case GK_FEE_PROPOSED:       return gk_case_fee_is_large(self, data, law);
    case GK_FEE_NOTICE_SENT:    return !gk_case_fee_is_large(self, data, law);
    default:                    return true;
    }
}

gk_err gk_case_event_of(const gk_case *self, const char *action, const json_t *data, const gk_law *law,
                        gk_event_type *out, gk_why *why)
{
    size_t count;
    const gk_step *table = gk_flow_table(&count);
    bool known = false;
    for (size_t i = 0; i < count; i++) {
        const char *name = gk_flow_event(table[i].event)->action;
        if (!name || strcmp(name, action) != 0)
            continue;
        known = true;
        if (!gk_step_from(&table[i], self->state))
            continue;
        if (!means(self, table[i].event, data, law))
            continue;
        *out = table[i].event;
        return GK_OK;
    }
    return known ? gk_refuse(why, GK_ESTATE, "%.40s is not possible while the case is in %s", action, gk_flow_state(self->state)->name)
        : gk_refuse(why, GK_EBADVALUE, "there is no action %.40s; gongkai act CASE --help lists them", action);
}

/*  Does it only say how, or that nobody, told the applicant?  What stands in the file may no longer fit then, and stays. */
static bool tells(gk_event_type event)
{
    return event == GK_NOTICE_DISPATCHED || event == GK_NOTICE_SERVED || event == GK_NOTIFIED || event == GK_INCIDENT_RAISED;
}

/*  What is new must fit what is in the file, an opinion dated back to before an extension say.  Only where a
 *  later notice unseated a stored event already, the ledger's word is taken for all that is stored. */
static gk_err run_clock(const gk_case *before, const gk_case *after, gk_event_type event, const gk_law *law, gk_clock **out, gk_why *why)
{
    gk_err err = gk_case_run_clock(after, law, true, out, why);
    if (err == GK_EBADVALUE && tells(event))
        return gk_case_run_clock(after, law, false, out, why);
    gk_auto(gk_clock) plain = NULL;
    if (err != GK_EBADVALUE || gk_date_is_none(before->received_on) || !gk_case_run_clock(before, law, true, &plain, NULL))
        return err;
    return gk_case_run_clock(after, law, false, out, why);
}

/*  The articles of the table are about applications for information; what Art. 41 leaves open follows them by
 *  analogy (参照). */
static void cite(const gk_case *after, const gk_step *step, gk_event *event)
{
    static const char regulations[] = "条例", own[] = "条例第四十一条";
    size_t len = strlen(regulations);
    if (after->kind == GK_KIND_RECORDS && strncmp(step->article, regulations, len) == 0 && strcmp(step->article, own) != 0)
        snprintf(event->article, sizeof event->article, "%s（参照%s）", own, step->article + len);
    else
        SET(event->article, step->article);
}

/*  Build the event and read its consequence off a copy of the file. */
static gk_err build(const gk_step *step, const gk_asking *a, json_t *data, gk_change *out)
{
    const gk_law *law = a->law;
    gk_event *event = &out->event;
    *event = (gk_event) {
        .case_id = a->file->id, .seq = a->file->seq + 1, .on = a->on, .type = step->event, .data = json_incref(data),
        .state = step->to == GK_SAME ? a->file->state : step->to, .due_on = GK_NO_DATE, .clock = GK_CLOCK_STOPPED,
    };
    event->data_text = gk_json_print(data);
    gk_time_format(a->act->at, event->at);
    SET(event->actor, a->act->actor->name);
    SET(event->request_id, a->act->request_id ? a->act->request_id : "");
    SET(event->rules, law->rules->version);
    SET(event->calendar, gk_calendar_version(law->calendar));

    gk_auto(gk_case) after = gk_case_copy(a->file);
    gk_case_enter(after, event);
    cite(after, step, event);
    if (!gk_date_is_none(after->received_on)) {
        gk_auto(gk_clock) clock = NULL;
        gk_err err = run_clock(a->file, after, step->event, law, &clock, a->why);
        if (err)
            return err == GK_EBADVALUE ? GK_ENEED : err;
        gk_clock_reading reading = gk_clock_read(clock, gk_date_of(a->act->at));
        if (after->dispatched_seq == a->file->dispatched_seq)
            gk_case_keep_sent(a->file, law, gk_date_of(a->act->at), &reading);
        event->due_on = reading.due_on;
        event->provisional = reading.provisional;
        event->clock = reading.state;
        after->due_on = reading.due_on;
        after->clock = reading.state;
    }
    gk_follow(step, after, law, a->act->at, out);
    return GK_OK;
}

gk_err gk_case_apply(const gk_case *self, const gk_act *act, const gk_law *law, gk_change *out, gk_why *why)
{
    gk_why spare;
    why = why ? why : &spare;
    const gk_event_info *info = gk_flow_event(act->event);
    const gk_step *step = gk_flow_find(self->state, act->event);
    bool begins = act->event == GK_RECEIVED || act->event == GK_SPLIT_OFF;
    if (!step || begins != (self->seq == 0 && self->state == GK_INTAKE))
        return gk_refuse(why, GK_ESTATE, "%s is not possible while the case is in %s", info->name,
                         gk_flow_state(self->state)->name);
    if (!gk_case_allows(self, step, act->actor))
        return refuse_actor(self, step, act->actor, why);
    if (self->seq >= GK_CASE_SEQ || self->clock_count >= GK_CASE_CLOCK_EVENTS)
        return gk_refuse(why, GK_ETOOLARGE, "the case has too many events");

    gk_asking a = { self, act, law, gk_act_date(act->event, act->on, act->at, act->data), why,
                    deputy_for(self, step, act->actor) };
    gk_err err = check_date(self, act, a.on, why);
    if (!err)
        err = gk_needs_check(step, &a);
    if (err)
        return err;
    gk_json_auto *data = json_deep_copy(act->data);
    err = gk_consequence_add(&a, data);
    if (err)
        return err;
    if (a.deputy)
        json_object_set_new(data, "deputy_for", json_string(a.deputy->name));
    *out = (gk_change) { 0 };
    err = build(step, &a, data, out);
    if (err)
        gk_change_clear(out);
    return err;
}
