/*  casework - a case without a broker: the shipped law, invented people, and a table of days.
 *
 *  A story is a list of lines: on this day, this actor brings about this event with these
 *  fields; it is taken or refused, and then the case lies on this desk with this due date.
 *  Texts and persons come sealed, as the ledger seals them.
 */
#ifndef CASEWORK_H
#define CASEWORK_H

#include "law.h"
#include "core/casefile.h"

#include <stdlib.h>

typedef struct line {
    const char *day, *actor, *event, *data;     /* data: JSON with ' for "; NULL: {} */
    gk_err err;                                 /* 0: taken */
    const char *state;                          /* afterwards; NULL: not looked at */
    const char *due;                            /* "" for none; NULL: not looked at */
} line;

typedef struct work {
    gk_calendar *calendar;
    gk_rules *rules;
    gk_outcomes *outcomes;
    gk_org *org;
    gk_law law;
    gk_case *file;
    gk_change change;               /* of the last line that was taken */
    gk_why why;
    int serial;
} work;

static inline void work_setup(work *self)
{
    gk_json_auto *outcomes = law_json("outcomes/outcomes.json"), *org = law_json("samples/org.json");
    *self = (work) { .calendar = law_calendar(), .rules = law_rules() };
    assert_int_equal(gk_outcomes_read(outcomes, &self->outcomes, &self->why), GK_OK);
    assert_int_equal(gk_org_read(org, &self->org, &self->why), GK_OK);
    self->law = (gk_law) { self->calendar, self->rules, self->outcomes, self->org };
    self->file = gk_case_new(GK_INTAKE);
}

static inline void work_clear(work *self)
{
    gk_change_clear(&self->change);
    gk_case_destroy(&self->file);
    gk_calendar_destroy(&self->calendar);
    gk_rules_destroy(&self->rules);
    gk_outcomes_destroy(&self->outcomes);
    gk_org_destroy(&self->org);
}

static inline gk_actor work_actor(const work *self, const char *name, gk_date day)
{
    gk_actor actor = { .roles = 0 };
    if (gk_actor_find(self->org, name, day, &actor))
        return actor;
    snprintf(actor.name, sizeof actor.name, "%s", name);
    actor.roles = strncmp(name, "worker:", 7) == 0 ? GK_WORKER : strcmp(name, "clock") == 0 ? GK_CLOCK
        : strcmp(name, "applicant") == 0 ? GK_APPLICANT : 0;
    return actor;
}

static inline json_t *work_data(const char *text, gk_event_type type)
{
    gk_free_auto char *copy = gk_strdup(text ? text : "{}");
    for (char *p = copy; *p; p++)
        *p = *p == '\'' ? '"' : *p;
    json_t *data = NULL;
    gk_why why;
    if (gk_json_parse(copy, strlen(copy), &data, &why))
        fail_msg("%s: %s", text, why.text);
    for (const gk_field *field = gk_flow_event(type)->fields; field->name; field++)
        if ((field->type == GK_FIELD_TEXT || field->type == GK_FIELD_PERSON) && json_object_get(data, field->name))
            json_object_set_new(data, field->name, json_pack("{s:s}", "sealed", "00"));
    return data;
}

/*  One line, at ten in the morning of its day. */
static inline gk_err work_do(work *self, const line *l)
{
    gk_event_type type = GK_EVENT_TYPES;
    assert_true(gk_flow_event_parse(l->event, &type));
    gk_json_auto *data = work_data(l->data, type);
    gk_actor actor = work_actor(self, l->actor, law_date(l->day));
    gk_act act = { .event = type, .actor = &actor, .at = gk_date_at(law_date(l->day), 10), .on = gk_json_date(data, "on"),
                   .data = data, .numbers = { ++self->serial, 1, self->serial } };
    json_object_del(data, "on");
    gk_change change;
    self->why.text[0] = 0;
    gk_err err = gk_case_apply(self->file, &act, &self->law, &change, &self->why);
    if (err) {
        assert_true(*self->why.text);           /* a refusal says why */
        return err;
    }
    gk_change_clear(&self->change);
    self->change = change;
    self->change.event.case_id = 1;
    self->change.event.hash = gk_event_hash(&self->change.event, &self->file->head);
    gk_why why;
    if (gk_case_fold(self->file, &self->change.event, &why))
        fail_msg("%s", why.text);
    return GK_OK;
}

static inline void work_line(work *self, const char *story, size_t number, const line *l)
{
    gk_auto(gk_case) before = gk_case_copy(self->file);
    gk_err err = work_do(self, l);
    if (err != l->err)
        fail_msg("%s, line %zu, %s by %s: %s, not %s (%s)", story, number, l->event, l->actor, gk_err_code(err),
                 gk_err_code(l->err), self->why.text);
    if (err && (before->seq != self->file->seq || memcmp(before->head.bytes, self->file->head.bytes, GK_HASH_BYTES) != 0))
        fail_msg("%s, line %zu: a refusal changed the case", story, number);
    if (l->state && strcmp(gk_flow_state(self->file->state)->name, l->state) != 0)
        fail_msg("%s, line %zu: the case lies in %s, not %s", story, number, gk_flow_state(self->file->state)->name, l->state);
    char due[GK_DATE_TEXT];
    if (l->due && strcmp(gk_date_format(self->file->due_on, due), l->due) != 0)
        fail_msg("%s, line %zu, %s: due on %s, not %s", story, number, l->event, due, l->due);
}

/*  The usual beginnings, as lines: the portal on Monday 2 March 2026, twenty working days to 30 March. */
#define RECEIVED { "2026-03-02", "applicant", "received", "{'office':'GZ','form':{'name':'x'},'receipt':{'name':'x'}," \
      "'channel':'portal','submitted_on':'2026-03-02','medium':'paper','delivery':'post','reachable':true}", 0, "intake", "2026-03-30" }
#define REGISTERED { "2026-03-02", "worker:intake", "registered", "{'complete':true,'received_on':'2026-03-02'}", 0, "triage", "2026-03-30" }
#define TRIAGED { "2026-03-02", "worker:review", "triaged", "{'unit':'QGC'}", 0, "handling", "2026-03-30" }
#define BEGUN RECEIVED, REGISTERED, TRIAGED

/*  A request to correct a record, 条例 Art. 41: the same days, which no law fixes. */
#define CORRECTION_ASKED { "2026-03-02", "applicant", "received", "{'office':'GZ','kind':'records_correction','form':{'name':'x'}," \
      "'receipt':{'name':'x'},'channel':'portal','submitted_on':'2026-03-02','delivery':'post','reachable':true}", 0, "intake", "2026-03-30" }
#define CORRECTION_BEGUN CORRECTION_ASKED, REGISTERED, TRIAGED

#endif
