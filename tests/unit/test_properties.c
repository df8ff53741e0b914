/* links: gk_core */
/*  test_properties - what must hold of every life of a clock and of every walk of a case.
 *
 *  A round is known by its seed, which a failure prints; GK_SEED=N GK_SEQUENCES=1 runs it again.  GK_SEQUENCES says how
 *  many lives there are (and one walk of a case for every twenty); `tests/run --long properties` asks for a million.
 */
#include "casework.h"
#include "core/fee.h"

#include <stdlib.h>

enum { SHORT = 3000, LIFE = 14, WALK = 60 };

static gk_calendar *calendar;
static gk_rules *rules;
static uint64_t first_seed = 20261124, sequences = SHORT;

static uint64_t number_from(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text && *text ? strtoull(text, NULL, 10) : otherwise;
}

static uint64_t seed_of(uint64_t round)
{
    uint64_t seed = (first_seed + round) * 0x9e3779b97f4a7c15u;
    return seed ? seed : 1;
}

/*  ---- lives of a clock ------------------------------------------------------------------- */

typedef struct life {
    gk_date received, last;
    gk_clock_event events[LIFE + 2];
    int count;
} life;

static gk_clock_event random_event(uint64_t *seed, gk_date last)
{
    static const unsigned char types[] = { 0, 0, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 8 };
    static const char *const ids[] = { "", "a", "b" };
    static const int steps[] = { 0, 0, 1, 1, 2, 3, 5, 8, 13, 29 };
    gk_clock_event event = { .type = (gk_clock_type) types[law_random(seed, ROWS(types))], .served_on = GK_NO_DATE };
    if (event.type >= GK_CLOCK_DISPATCHED && law_random(seed, 3))
        event.type = GK_CLOCK_CONSULTATION_STARTED;
    if (law_random(seed, 24) == 0)
        event.type = GK_CLOCK_DELAYED;
    event.on = gk_date_plus(last, steps[law_random(seed, ROWS(steps))]);
    event.until = gk_date_plus(event.on, (int) law_random(seed, 120));
    event.days = 1 + (int) law_random(seed, 20);
    event.untold = law_random(seed, 6) == 0;
    snprintf(event.id, sizeof event.id, "%s", ids[law_random(seed, 3)]);
    if (law_random(seed, 3) == 0)
        event.served_on = gk_date_plus(event.on, (int) law_random(seed, 8));
    return event;
}

static bool same_reading(gk_clock_reading a, gk_clock_reading b)
{
    return a.due_on.day == b.due_on.day && a.provisional == b.provisional && a.state == b.state && a.counted == b.counted
        && a.used == b.used && a.left == b.left && a.overdue == b.overdue && a.timely == b.timely;
}

static gk_clock *replay(const gk_calendar *cal, const life *l)
{
    gk_clock *clock = gk_clock_new(cal, rules, l->received);
    for (int i = 0; i < l->count; i++)
        if (gk_clock_add(clock, &l->events[i], NULL)) {
            gk_clock_destroy(&clock);
            return NULL;
        }
    return clock;
}

/*  A life of what was taken; what was refused left the reading as it was. */
static gk_clock *live(uint64_t *seed, life *l, uint64_t round)
{
    l->received = l->last = gk_date_plus(law_date("2019-01-01"), (int) law_random(seed, 2900));
    l->count = 0;
    gk_clock *clock = gk_clock_new(calendar, rules, l->received);
    for (int i = 0; i < LIFE; i++) {
        gk_clock_event event = random_event(seed, l->last);
        gk_clock_reading before = gk_clock_read(clock, event.on);
        bool asks = event.type == GK_CLOCK_CORRECTION_REQUESTED && !event.untold, may = gk_clock_may_correct(clock, event.on);
        if (gk_clock_add(clock, &event, NULL)) {
            if (!same_reading(before, gk_clock_read(clock, event.on)))
                fail_msg("seed %llu: a refused event changed the clock", (unsigned long long) round);
            continue;
        }
        gk_clock_reading after = gk_clock_read(clock, event.on);
        bool moves = event.type == GK_CLOCK_CONSULTATION_STARTED ? false : !asks || may;
        if (!moves && after.due_on.day != before.due_on.day)
            fail_msg("seed %llu: %s moved the due date on its own day", (unsigned long long) round, gk_clock_type_name(event.type));
        event.held = true;          /* as the ledger would give it back */
        event.paused = asks && may;
        event.late = before.overdue;
        l->events[l->count++] = event;
        l->last = event.on;
    }
    return clock;
}

/*  The days of the explanation, and those listed one by one, come to the due date. */
static void days_sum_up(const gk_clock *clock, gk_date as_of, uint64_t round)
{
    gk_clock_reading reading = gk_clock_read(clock, as_of);
    gk_json_auto *lines = gk_clock_explain(clock, as_of), *days = gk_clock_days(clock, as_of);
    json_int_t sum = 0, number = 0, excluded = 0;
    size_t last = json_array_size(lines) - 1, i;
    json_t *one;
    for (size_t k = 0; k < last; k++)
        sum += json_integer_value(json_object_get(json_array_get(lines, k), "days"));
    gk_date before = GK_NO_DATE;
    json_array_foreach(days, i, one) {
        gk_date on = gk_json_date(one, "on");
        const json_t *is = json_object_get(one, "number");
        if (is && json_integer_value(is) != ++number)
            fail_msg("seed %llu: a number is missing", (unsigned long long) round);
        if (i && on.day != before.day + 1)
            fail_msg("seed %llu: a day is missing", (unsigned long long) round);
        if (!is != (strcmp(gk_json_text(one, "kind"), "counted") != 0 && strcmp(gk_json_text(one, "kind"), "makeup") != 0))
            fail_msg("seed %llu: what counts has a number", (unsigned long long) round);
        excluded += strcmp(gk_json_text(one, "kind"), "excluded") == 0;
        assert_true(*gk_json_text(one, "zh") && *gk_json_text(one, "en"));
        before = on;
    }
    if (!reading.counted)
        return;
    json_int_t said = json_integer_value(json_object_get(json_array_get(lines, last), "days"));
    bool delayed = strstr(gk_json_text(json_array_get(lines, last), "article"), "第三十五条") != NULL;     /* any day that was fixed */
    /*  What a consultation excludes behind the due date is in the sum of neither. */
    bool beyond = reading.overdue;
    if (sum != said || gk_json_date(json_array_get(lines, last), "on").day != reading.due_on.day)
        fail_msg("seed %llu: the lines add up to %d, not %d", (unsigned long long) round, (int) sum, (int) said);
    if (json_array_size(days) && (before.day != reading.due_on.day || (!beyond && number + excluded != said) || (!delayed && !gk_calendar_is_workday(calendar, before))))
        fail_msg("seed %llu: %d counted and %d excluded days are not %d", (unsigned long long) round, (int) number, (int) excluded, (int) said);
}

/*  When all days were used up before a consultation began, the date shown is the last working day of that; a day off
 *  on it only shows the one before, and the case is as late or timely as it was. */
static bool lies_excluded(const gk_clock *clock, gk_date day, gk_date as_of)
{
    gk_json_auto *days = gk_clock_days(clock, as_of);
    size_t i;
    json_t *one;
    json_array_foreach(days, i, one)
        if (gk_json_date(one, "on").day == day.day)
            return strcmp(gk_json_text(one, "kind"), "excluded") == 0;
    return false;
}

/*  One more day off, without a day worked for it, brings no date forward. */
static void a_holiday_never_hurries(uint64_t *seed, const life *l, gk_date as_of, uint64_t round)
{
    gk_date off = gk_date_plus(l->received, (int) law_random(seed, 90));
    if (!gk_calendar_is_workday(calendar, off) || *gk_calendar_day(calendar, off).notice || !gk_calendar_day(calendar, off).covered)
        return;
    char text[GK_DATE_TEXT];
    gk_free_auto char *notice = gk_format("agency 本关〔2026〕1号\noff %s\n", gk_date_format(off, text));
    gk_auto(gk_calendar) longer = gk_calendar_copy(calendar);
    assert_int_equal(gk_calendar_load(longer, notice, strlen(notice), NULL), GK_OK);
    gk_auto(gk_clock) one = replay(calendar, l);
    gk_auto(gk_clock) two = replay(longer, l);
    if (!one || !two)
        fail_msg("seed %llu: what was taken once was refused", (unsigned long long) round);
    gk_clock_reading before = gk_clock_read(one, as_of), after = gk_clock_read(two, as_of);
    if (before.state != after.state && before.state != GK_CLOCK_EXCLUDED && after.state != GK_CLOCK_EXCLUDED)
        fail_msg("seed %llu: a holiday changed the state", (unsigned long long) round);
    if (after.overdue > before.overdue
        || (before.counted && after.due_on.day < before.due_on.day && !(off.day == before.due_on.day && lies_excluded(one, off, as_of))))
        fail_msg("seed %llu: a holiday brought the date forward", (unsigned long long) round);
}

static void nothing_excluded_is_nothing(const life *l, gk_date as_of, uint64_t round)
{
    if (l->count && (l->events[l->count - 1].type >= GK_CLOCK_DISPATCHED))
        return;
    life more = *l;
    more.events[more.count++] = (gk_clock_event) { .type = GK_CLOCK_CONSULTATION_STARTED, .on = l->last, .served_on = GK_NO_DATE, .id = "zero" };
    more.events[more.count++] = (gk_clock_event) { .type = GK_CLOCK_CONSULTATION_ENDED, .on = l->last, .served_on = GK_NO_DATE, .id = "zero" };
    gk_auto(gk_clock) one = replay(calendar, l);
    gk_auto(gk_clock) two = replay(calendar, &more);
    if (!one || !two || !same_reading(gk_clock_read(one, as_of), gk_clock_read(two, as_of)))
        fail_msg("seed %llu: an exclusion of no day did something", (unsigned long long) round);
}

static void fees_are_monotone(uint64_t *seed, uint64_t round)
{
    int64_t before = law_random(seed, 3000), count = law_random(seed, 300), more = law_random(seed, 50);
    int64_t fee = gk_fee_items(rules, before, count), pages = gk_fee_pages(rules, before);
    bool good = fee >= 0 && fee <= gk_fee_items(rules, before, count + 1) && fee <= gk_fee_items(rules, before + 1, count)
        && gk_fee_items(rules, before, count + more) == fee + gk_fee_items(rules, before + count, more)
        && pages <= gk_fee_pages(rules, before + 1) && gk_fee_pages(rules, before + 2) - gk_fee_pages(rules, before + 1)
        >= gk_fee_pages(rules, before + 1) - pages;
    if (!good)
        fail_msg("seed %llu: the fee of %d after %d", (unsigned long long) round, (int) count, (int) before);
}

static void every_life(void **state)
{
    (void) state;
    printf("lives=%llu seed=%llu\n", (unsigned long long) sequences, (unsigned long long) first_seed);
    for (uint64_t round = 0; round < sequences; round++) {
        uint64_t seed = seed_of(round), known = first_seed + round;
        life l;
        gk_auto(gk_clock) clock = live(&seed, &l, known);
        gk_auto(gk_clock) again = replay(calendar, &l);
        gk_date as_of = gk_date_plus(l.last, (int) law_random(&seed, 45));
        if (!again || !same_reading(gk_clock_read(clock, as_of), gk_clock_read(again, as_of)))
            fail_msg("seed %llu: the same events gave another reading", (unsigned long long) known);
        days_sum_up(clock, as_of, known);
        a_holiday_never_hurries(&seed, &l, as_of, known);
        nothing_excluded_is_nothing(&l, as_of, known);
        fees_are_monotone(&seed, known);
    }
}

/*  ---- walks of a case ----------------------------------------------------------------------- */

/*  Events that may move the due date; no other ever does on the day it happens. */
static bool may_move(gk_event_type type)
{
    static const gk_event_type named[] = {
        GK_RECEIVED, GK_REGISTERED, GK_RECEIPT_CONFIRMED, GK_CORRECTION_REQUESTED, GK_CORRECTION_RECEIVED, GK_CONSULTATION_STARTED,
        GK_CONSULTATION_SERVED, GK_CONSULTATION_ENDED, GK_CONSULTATION_EXPIRED, GK_EXTENDED, GK_FEE_NOTICE_SENT, GK_FEE_PAID,
        GK_LAPSE_CONFIRMED, GK_DISPATCHED, GK_WITHDREW, GK_DUE_RECOMPUTED,
        GK_DELAYED, GK_FEE_APPROVED, GK_LATENESS_EXCUSED, GK_HANDED_OVER, GK_POSTING_FAILED, GK_SPLIT_OFF, GK_PASSED_ON,
        GK_SECRECY_REFERRED, GK_REDO_ORDERED, GK_CONSULTATION_PROLONGED,
        /*  What tells of a notice, or that nobody told in time: then what it told of moves nothing (decision 0027). */
        GK_NOTICE_DISPATCHED, GK_NOTICE_SERVED, GK_NOTIFIED, GK_INCIDENT_RAISED,
    };
    for (size_t i = 0; i < ROWS(named); i++)
        if (named[i] == type)
            return true;
    return false;
}

/*  The clock did what the table says of the step. */
static bool did_as_told(const gk_step *step, const gk_event *event, const gk_clock_reading *before)
{
    gk_date restart = gk_json_date(event->data, "restart_on");      /* an excused payment: the day it was made */
    gk_date fresh = gk_calendar_due(calendar, gk_date_is_none(restart) ? event->on : restart, rules->reply_days).date;
    switch (step->clock) {
    case GK_OP_KEEP:
        return may_move(step->event) || (event->due_on.day == before->due_on.day && event->clock == before->state);
    case GK_OP_PAUSE:
        return event->clock == GK_CLOCK_PAUSED && gk_date_is_none(event->due_on);
    case GK_OP_RESTART:
    case GK_OP_REOPEN:
        if (step->event == GK_POSTING_FAILED)       /* open again, with the due date that it had; the notice of a lapse had none */
            return event->due_on.day == before->due_on.day && (event->clock == GK_CLOCK_STOPPED) == gk_date_is_none(before->due_on);
        if (step->event == GK_CORRECTION_RECEIVED && before->counted && event->due_on.day == before->due_on.day)
            return true;        /* its notice left too late and paused nothing, so nothing starts anew (decision 0027) */
        return event->clock != GK_CLOCK_PAUSED && event->clock != GK_CLOCK_STOPPED && event->due_on.day >= fresh.day;
    case GK_OP_STOP:
        return event->clock == GK_CLOCK_STOPPED;
    case GK_OP_EXTEND:
        if (step->event == GK_DELAYED)
            return event->due_on.day == gk_json_date(event->data, "until").day;
        return !gk_date_is_none(before->due_on) && !gk_date_is_none(event->due_on)
            && gk_calendar_between(calendar, before->due_on, event->due_on) == json_integer_value(json_object_get(event->data, "days"));
    case GK_OP_ORDER:
        return event->due_on.day == gk_calendar_due(calendar, gk_json_date(event->data, "base_on"),
                                                    (int) json_integer_value(json_object_get(event->data, "days"))).date.day;
    default:
        return true;
    }
}

static const char any_data[] =
    "{'office':'GZ','channel':'portal','submitted_on':'2026-03-02','received_on':'2026-03-02','complete':true,'unit':'QGC','outcome':'G1',"
    "'public_where':'x','standard':'pages','count':100,'amount_yuan':700,'days':3,'applicant_told':true,"
    "'kind':'third_party','verdicts':[],'pages':2,'letter':'reply','digest':'aa','check_code':'0badcafe','method':'in_person',"
    "'proof':'x','fault':'applicant','carrier':'EMS','tracking':'1','checked':true,'verdict':'public','answer':'disagree','result':'none'}";

/*  What some acts need besides; of several rows of one event any. */
static const struct { gk_event_type event; const char *data; } special[] = {
    { GK_DOCUMENTS_ATTACHED, "{'kind':'release','documents':[{'digest':'aa'}]}" },
    { GK_DOCUMENTS_ATTACHED, "{'kind':'evidence','documents':[{'digest':'bb'}]}" },
    { GK_DOCUMENTS_ADMITTED, "{'verdicts':[{'digest':'aa','verdict':'clean'},{'digest':'bb','verdict':'class_a'}]}" },
    { GK_DOCUMENTS_ADMITTED, "{'verdicts':[{'digest':'aa','verdict':'clean'}]}" },
    { GK_DOCUMENT_CLEARED, "{'digest':'bb'}" }, { GK_DOCUMENT_DESTROYED, "{'digest':'bb'}" },
    { GK_PROPOSED, "{'outcome':'G2'}" }, { GK_PROPOSED, "{'outcome':'G2','own_assessment':'x'}" }, { GK_PROPOSED, "{'outcome':'U2','reason':'x'}" },
    { GK_REFUSAL_PROPOSED, "{'outcome':'D7','reason':'x','severability':'x'}" },
    { GK_ITEMISED, "{'items':'x','count':2}" }, { GK_SPLIT, "{'parts':'x','count':2}" }, { GK_PASSED_ON, "{'to_office':'NG'}" },
    { GK_ITEM_DECIDED, "{'item':1,'outcome':'U2','reason':'x'}" }, { GK_ITEM_DECIDED, "{'item':2,'outcome':'U2','reason':'x'}" },
    { GK_VERDICT_GIVEN, "{'item':2,'digest':''}" }, { GK_VERDICT_GIVEN, "{}" }, { GK_SECRECY_REFERRED, "{}" },
    { GK_SECRECY_REFERRED, "{'item':1,'digest':''}" },
    { GK_SUBTASK_SENT, "{'unit':'FGC','days':2}" }, { GK_TRANSFERRED, "{}" }, { GK_TRANSFERRED, "{'unit':'FGC'}" },
    { GK_FEE_PROPOSED, "{'count':1500}" }, { GK_PAYMENT_RECORDED, "{'amount_yuan':300}" }, { GK_FEE_PAID, "{'amount_yuan':60000}" },
    { GK_FEE_REFUNDED, "{'amount_yuan':1}" }, { GK_DISPATCHED, "{'method':'post'}" }, { GK_REDISPATCHED, "{'method':'post'}" },
    { GK_MAIL_RETURNED, "{'fault':'applicant'}" }, { GK_POSTING_FAILED, "{'fault':'office'}" },
    { GK_PROCEEDING_OPENED, "{'kind':'reconsideration','simple':true}" }, { GK_PROCEEDING_OPENED, "{'kind':'lawsuit'}" },
    { GK_PROCEEDING_CONCLUDED, "{'result':'upheld'}" }, { GK_REDO_ORDERED, "{'result':'corrected','days':15}" },
    { GK_CONSULTATION_STARTED, "{}" }, { GK_CONSULTATION_STARTED, "{'kind':'other_agency'}" }, { GK_CONSULTATION_PROLONGED, "{'days':40}" },
    { GK_REPLY_MERGED, "{'cases':['GZ-2026-000001','GZ-2026-000002'],'earliest_due':'2026-03-30'}" },
    { GK_NOTICE_DISPATCHED, "{'method':'post'}" }, { GK_SPLIT_TOLD, "{'method':'telephone'}" },
    { GK_PUBLICATION_SUGGESTED, "{'cause':'suggestion'}" }, { GK_PUBLICATION_DECIDED, "{'publish':'yes'}" },
    { GK_PUBLICATION_DECIDED, "{'publish':'no'}" }, { GK_PUBLICATION_CLEARED, "{'no_applicant_data':true}" },
};

/*  An act with everything that it could need, on this day. */
static json_t *act_data(const gk_case *file, uint64_t *seed, gk_event_type event, gk_date day)
{
    json_t *data = work_data(any_data, event);
    size_t rows[ROWS(special)], count = 0;
    for (size_t k = 0; k < ROWS(special); k++)
        if (special[k].event == event)
            rows[count++] = k;
    if (count) {
        gk_json_auto *more = work_data(special[rows[law_random(seed, (unsigned) count)]].data, event);
        json_object_update(data, more);
    }
    for (const gk_field *field = gk_flow_event(event)->fields; field->name; field++)
        if (field->type == GK_FIELD_DATE || field->type == GK_FIELD_UNTIL)
            gk_json_set_date(data, field->name, day);
    if ((event == GK_NOTICE_DISPATCHED || event == GK_NOTICE_SERVED) && file->notice_count)
        json_object_set_new(data, "letter", json_string(file->notices[file->notice_count - 1].letter));
    if (gk_date_is_none(file->forwarded_on))        /* nothing was, so nobody says on which day */
        json_object_del(data, "forwarded_on");
    if (event == GK_DELAYED || event == GK_REASON_ACCEPTED || event == GK_ANSWER_EXTENDED)
        gk_json_set_date(data, "until", gk_date_plus(day, 80));
    json_object_set_new(data, "consultation", json_string(file->consultation_count ? file->consultations[file->consultation_count - 1].id : ""));
    json_object_set_new(data, "proceeding", json_string(file->proceeding_count ? file->proceedings[file->proceeding_count - 1].id : ""));
    json_object_set_new(data, "subtask", json_string(file->subtask_count ? file->subtasks[file->subtask_count - 1].id : ""));
    return data;
}

/*  A step out of this state; one in two goes somewhere. */
static const gk_step *any_step(gk_state state, uint64_t *seed)
{
    size_t count;
    const gk_step *table = gk_flow_table(&count);
    for (bool moves = law_random(seed, 2); ; ) {
        const gk_step *step = &table[law_random(seed, (unsigned) count)];
        if (gk_step_from(step, state) && (!moves || step->to != GK_SAME || gk_flow_state(state)->final))
            return step;
    }
}

static uint64_t happened[GK_EVENT_TYPES];

static bool one_step(work *w, uint64_t *seed, gk_date day, gk_event *out, uint64_t round)
{
    static const char *const actors[] = {
        "applicant", "clock", "worker:intake", "worker:review", "worker:confidentiality", "worker:reply", "worker:reminder",
        "chen.jing", "zhao.min", "guo.qiang", "han.xue", "xu.lan", "he.ping", "zhou.wei", "ma.li", "liu.yang", "tang.yue", "fang.yuan", "shi.qi",
    };
    const gk_step *step = any_step(w->file->state, seed);
    gk_actor actor = work_actor(w, actors[law_random(seed, ROWS(actors))], day);
    for (int i = 0; i < 30 && !(actor.roles & step->who); i++)      /* mostly somebody who may */
        actor = work_actor(w, actors[law_random(seed, ROWS(actors))], day);
    gk_json_auto *data = act_data(w->file, seed, step->event, day);
    gk_act act = { .event = step->event, .actor = &actor, .at = gk_date_at(day, 10), .on = GK_NO_DATE, .data = data, .numbers = { 1, 1, 1 } };
    gk_clock_reading before = gk_case_read(w->file, &w->law, day);
    gk_change change;
    if (gk_case_apply(w->file, &act, &w->law, &change, &w->why))
        return false;
    if (!may_move(step->event) && change.event.due_on.day != before.due_on.day)
        fail_msg("seed %llu: %s moved the due date", (unsigned long long) round, gk_flow_event(step->event)->name);
    if (!did_as_told(step, &change.event, &before))
        fail_msg("seed %llu: the clock did not do after %s what the table says", (unsigned long long) round, gk_flow_event(step->event)->name);
    change.event.case_id = 1;
    change.event.hash = gk_event_hash(&change.event, &w->file->head);
    assert_int_equal(gk_case_fold(w->file, &change.event, &w->why), GK_OK);
    happened[step->event]++;
    *out = change.event;        /* owns its data now */
    return true;
}

static void same_case(const gk_case *a, const gk_case *b, const gk_law *law, gk_date day, uint64_t round)
{
    bool same = a->seq == b->seq && a->state == b->state && a->due_on.day == b->due_on.day && a->flags == b->flags
        && a->clock_count == b->clock_count && a->moved_from.day == b->moved_from.day && strcmp(a->outcome, b->outcome) == 0
        && strcmp(a->holder, b->holder) == 0 && memcmp(a->head.bytes, b->head.bytes, GK_HASH_BYTES) == 0
        && same_reading(gk_case_read(a, law, day), gk_case_read(b, law, day));
    if (!same)
        fail_msg("seed %llu: a second fold gave another case", (unsigned long long) round);
}

/*  Where a walk sets out: what chance alone would seldom reach. */
#define RELEASE { "2026-03-02", "guo.qiang", "documents_attached", "{'kind':'release','documents':[{'digest':'aa'}]}", 0, NULL, NULL }, \
      { "2026-03-02", "worker:confidentiality", "documents_admitted", "{'verdicts':[{'digest':'aa','verdict':'clean'}]}", 0, NULL, NULL }
#define REVIEWED RELEASE, { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'G2','own_assessment':'x'}", 0, NULL, NULL }, \
      { "2026-03-03", "worker:confidentiality", "scanned", "{'verdicts':[]}", 0, "secrecy", NULL }
#define APPROVED { "2026-03-03", "he.ping", "verdict_given", "{'digest':'aa','basis':'x','verdict':'public','opinion':'x'}", 0, NULL, NULL }, \
      { "2026-03-03", "he.ping", "secrecy_cleared", "{'verdict':'public','opinion':'x'}", 0, NULL, NULL }, \
      { "2026-03-03", "zhou.wei", "approved", NULL, 0, "printing", NULL }
#define OBJECTED { "2026-03-02", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'},'information':'x'," \
      "'applicant_told':true}", 0, NULL, NULL }, \
      { "2026-03-02", "guo.qiang", "consultation_ended", "{'consultation':'c4','answer':'disagree','opinion':'x'}", 0, NULL, NULL }
#define POSTED { "2026-03-03", "worker:reply", "letter_rendered", "{'letter':'reply','digest':'ab','pages':2,'check_code':'0badcafe'}", 0, NULL, NULL }, \
      { "2026-03-03", "chen.jing", "sealed", "{'pages':2,'check_code':'0badcafe','seal':'x'}", 0, NULL, NULL }, \
      { "2026-03-03", "chen.jing", "dispatched", "{'method':'post','carrier':'EMS','tracking':'1'}", 0, "delivery", NULL }
#define SERVED { "2026-03-03", "chen.jing", "served", "{'served_on':'2026-03-03','proof':'x'}", 0, "closed", NULL }
#define CHARGED { "2026-03-02", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':31,'reason':'x'}", 0, "payment", NULL }, \
      { "2026-03-02", "chen.jing", "notice_served", "{'served_on':'2026-03-02','proof':'x'}", 0, NULL, NULL }
#define EMAILED { "2026-03-02", "chen.jing", "received", "{'office':'GZ','form':{'name':'x'},'receipt':{'name':'x'},'channel':'email'," \
      "'arrived_on':'2026-03-02','reachable':true}", 0, "intake", "" }
#define REASONED { "2026-03-02", "chen.jing", "reasons_requested", "{'frequency':'x'}", 0, NULL, NULL }, \
      { "2026-03-02", "applicant", "reasons_received", "{'text':'x'}", 0, "handling", NULL }
#define LATE_PAID { "2026-03-31", "ma.li", "payment_recorded", "{'receipt_number':'x','amount_yuan':10,'value_date':'2026-03-31'}", 0, "payment", NULL }
#define BEGINNING(...) { (const line[]) { __VA_ARGS__ }, sizeof (const line[]) { __VA_ARGS__ } / sizeof (line) }

static const struct { const line *lines; size_t count; } beginnings[] = {
    BEGINNING(BEGUN), BEGINNING(BEGUN), BEGINNING(CORRECTION_BEGUN), BEGINNING(RECEIVED), BEGINNING(EMAILED), BEGINNING(BEGUN, CHARGED),
    BEGINNING(BEGUN, CHARGED, LATE_PAID), BEGINNING(BEGUN, REASONED),
    BEGINNING(BEGUN, REVIEWED), BEGINNING(BEGUN, OBJECTED, REVIEWED, APPROVED), BEGINNING(BEGUN, REVIEWED, APPROVED, POSTED),
    BEGINNING(BEGUN, REVIEWED, APPROVED, POSTED, SERVED),
};

static void walk(work *w, uint64_t round, size_t *steps)
{
    uint64_t seed = seed_of(round) ^ 0x5bd1e995u;
    gk_event stored[WALK + 4];
    int count = 0;
    gk_case_destroy(&w->file);
    w->file = gk_case_new(GK_INTAKE);
    size_t begin = law_random(&seed, ROWS(beginnings));
    for (size_t i = 0; i < beginnings[begin].count; i++) {
        work_line(w, "begin", i, &beginnings[begin].lines[i]);
        stored[count++] = w->change.event;
        w->change.event.data = NULL, w->change.event.data_text = NULL;
    }
    gk_date day = law_date(beginnings[begin].lines[beginnings[begin].count - 1].day);
    for (int i = 0; i < 20 * WALK && count < WALK; i++) {
        if (law_random(&seed, 4) == 0)
            day = gk_date_plus(day, (int) law_random(&seed, 6));
        count += one_step(w, &seed, day, &stored[count], first_seed + round);
    }
    gk_auto(gk_case) again = gk_case_new(GK_INTAKE);
    for (int i = 0; i < count; i++)
        assert_int_equal(gk_case_fold(again, &stored[i], &w->why), GK_OK);
    same_case(w->file, again, &w->law, day, first_seed + round);
    for (int i = 0; i < count; i++)
        gk_event_clear(&stored[i]);
    *steps += (size_t) count;
}

/*  Not of a case, its first event, or what needs another calendar or case (test_moved, test_casefile). */
static bool is_elsewhere(gk_event_type event)
{
    return gk_flow_find(GK_LEDGER, event) || event == GK_RECEIVED || event == GK_SPLIT_OFF || event == GK_DUE_CONFIRMED;
}

static void every_walk(void **state)
{
    (void) state;
    uint64_t walks = sequences / 20 + 1;
    size_t steps = 0;
    work w;
    work_setup(&w);
    for (uint64_t round = 0; round < walks; round++)
        walk(&w, round, &steps);
    printf("walks=%llu steps=%zu\n", (unsigned long long) walks, steps);
    assert_true(walks < 100 || steps > 10 * walks);
    int missed = 0;
    for (int type = 0; walks > 2000 && type < GK_EVENT_TYPES; type++)
        if (!happened[type] && !is_elsewhere((gk_event_type) type)) {
            print_error("no walk came to %s\n", gk_flow_event((gk_event_type) type)->name);
            missed++;
        }
    assert_int_equal(missed, 0);
    work_clear(&w);
}

static int set_up(void **state)
{
    (void) state;
    calendar = law_calendar();
    rules = law_rules();
    first_seed = number_from("GK_SEED", first_seed);
    sequences = number_from("GK_SEQUENCES", SHORT);
    return 0;
}

static int tear_down(void **state)
{
    (void) state;
    gk_calendar_destroy(&calendar);
    gk_rules_destroy(&rules);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_life),
        cmocka_unit_test(every_walk),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
