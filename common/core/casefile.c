/*  gk_case - the file of one case, and the fold by which an event enters it. */
#include "core/archive.h"
#include "core/door.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/*  ---- objects ---------------------------------------------------------------- */

static gk_publication no_publication(void)
{
    return (gk_publication) { .asked_on = GK_NO_DATE, .due_on = GK_NO_DATE, .cleared_on = GK_NO_DATE, .published_on = GK_NO_DATE,
                              .reminded_on = GK_NO_DATE };
}

gk_case *gk_case_new(gk_state state)
{
    gk_case *self = gk_new(gk_case);
    self->state = state;
    self->submitted_on = self->arrived_on = self->received_on = GK_NO_DATE;
    self->letter_on = self->dispatched_on = self->due_on = GK_NO_DATE;
    self->notice_on = self->served_on = self->check_on = self->late_on = GK_NO_DATE;
    self->correction_due = self->payment_due = self->reminded_on = self->reasons_asked_on = self->reasons_on = GK_NO_DATE;
    self->counted_on = self->moved_from = self->merged_due = self->helped_on = self->split_on = GK_NO_DATE;
    self->first_due_on = self->first_dispatched_on = self->forwarded_on = GK_NO_DATE;
    self->ended_on = self->handed_on = self->keep_until = self->archive_reminded_on = GK_NO_DATE;
    self->publication = no_publication();
    self->clock = GK_CLOCK_STOPPED;
    return self;
}

gk_case *gk_case_copy(const gk_case *self)
{
    gk_case *copy = gk_new(gk_case);
    *copy = *self;
    copy->clock_events = gk_regrow(NULL, (size_t) self->clock_count + 1, sizeof *self->clock_events);
    if (self->clock_count)
        memcpy(copy->clock_events, self->clock_events, (size_t) self->clock_count * sizeof *self->clock_events);
    copy->papers = gk_regrow(NULL, (size_t) self->paper_count + 1, sizeof *self->papers);
    if (self->paper_count)
        memcpy(copy->papers, self->papers, (size_t) self->paper_count * sizeof *self->papers);
    return copy;
}

void gk_case_destroy(gk_case **self_p)
{
    if (*self_p) {
        free((*self_p)->clock_events);
        free((*self_p)->papers);
        free(*self_p);
        *self_p = NULL;
    }
}

void gk_event_clear(gk_event *self)
{
    json_decref(self->data);
    free(self->data_text);
    self->data = NULL;
    self->data_text = NULL;
}

void gk_change_clear(gk_change *self)
{
    gk_event_clear(&self->event);
    self->job_count = self->timer_count = 0;
}

static void hash_text(gk_hasher *hasher, const char *text)
{
    gk_hasher_add(hasher, text, strlen(text));
}

gk_hash gk_event_hash(const gk_event *self, const gk_hash *previous)
{
    char number[32], date[GK_DATE_TEXT];
    gk_hasher *hasher = gk_hasher_new();
    gk_hasher_raw(hasher, "\x01", 1);
    gk_hasher_raw(hasher, previous->bytes, sizeof previous->bytes);
    snprintf(number, sizeof number, "%lld", (long long) self->case_id);
    hash_text(hasher, number);
    snprintf(number, sizeof number, "%d", self->seq);
    hash_text(hasher, number);
    hash_text(hasher, self->at);
    hash_text(hasher, gk_date_format(self->on, date));
    hash_text(hasher, gk_flow_event(self->type)->name);
    hash_text(hasher, self->actor);
    hash_text(hasher, self->request_id);
    hash_text(hasher, self->data_text);
    hash_text(hasher, gk_flow_state(self->state)->name);
    hash_text(hasher, gk_clock_state_name(self->clock));
    hash_text(hasher, gk_date_format(self->due_on, date));
    hash_text(hasher, self->provisional ? "1" : "0");
    hash_text(hasher, self->article);
    hash_text(hasher, self->rules);
    hash_text(hasher, self->calendar);
    return gk_hasher_end(&hasher);
}

/*  ---- the clock --------------------------------------------------------------- */

/*  Which clock event a case event is; GK_CLOCK_TYPES for none. */
static gk_clock_type clock_type(gk_event_type event)
{
    switch (event) {
    case GK_CORRECTION_ASKED_LATE:
    case GK_CORRECTION_REQUESTED:   return GK_CLOCK_CORRECTION_REQUESTED;
    case GK_SUPPLEMENT_RECEIVED:
    case GK_CORRECTION_RECEIVED:    return GK_CLOCK_CORRECTION_RECEIVED;
    case GK_SECRECY_REFERRED:
    case GK_CONSULTATION_STARTED:   return GK_CLOCK_CONSULTATION_STARTED;
    case GK_CONSULTATION_ENDED:
    case GK_CONSULTATION_EXPIRED:   return GK_CLOCK_CONSULTATION_ENDED;
    case GK_CONSULTATION_PROLONGED: return GK_CLOCK_PROLONGED;
    case GK_DELAYED:                return GK_CLOCK_DELAYED;
    case GK_EXTENDED:               return GK_CLOCK_EXTENDED;
    case GK_FEE_NOTICE_SENT:
    case GK_FEE_APPROVED:           return GK_CLOCK_FEE_NOTICE_SENT;
    case GK_FEE_PAID:
    case GK_LATENESS_EXCUSED:       return GK_CLOCK_FEE_PAID;
    case GK_HANDED_OVER:
    case GK_DISPATCHED:             return GK_CLOCK_DISPATCHED;
    case GK_LAPSE_CONFIRMED:
    case GK_PASSED_ON:
    case GK_WITHDREW:               return GK_CLOCK_WITHDRAWN;
    case GK_REDO_ORDERED:           return GK_CLOCK_ORDERED;
    default:                        return GK_CLOCK_TYPES;
    }
}

/*  The clock folds by (on, seq), so an event that is dated back goes before later
 *  days, behind its own. */
static void add_clock_event(gk_case *self, const gk_clock_event *event)
{
    self->clock_events = gk_regrow(self->clock_events, (size_t) self->clock_count + 1, sizeof *event);
    int at = self->clock_count++;
    for (; at > 0 && self->clock_events[at - 1].on.day > event->on.day; at--)
        self->clock_events[at] = self->clock_events[at - 1];
    self->clock_events[at] = *event;
}

/*  A lapse that is taken back, or a posting that came back by our fault, never stopped the clock. */
static void drop_last(gk_case *self, gk_clock_type type)
{
    if (self->clock_count && self->clock_events[self->clock_count - 1].type == type)
        self->clock_count--;
}

static const gk_telling *notice_of(const gk_case *self, int seq)
{
    for (int i = 0; i < self->notice_count; i++)
        if (self->notices[i].seq == seq)
            return &self->notices[i];
    return NULL;
}

static bool was_told_late(const gk_case *self, int seq)
{
    const gk_telling *notice = notice_of(self, seq);
    return notice && gk_telling_is_late(notice);
}

/*  `believing`: what the applicant was told too late counts all the same. */
static gk_err run_clock(const gk_case *self, const gk_law *law, bool strict, bool believing, gk_clock **out, gk_why *why)
{
    /*  An e-mail is received when both sides confirm, which fixes number and month; the desk counts from the
     *  earlier day, that of the server (条例 Art. 31(3) against 国办公开办函〔2015〕207号). */
    bool mailed = law->rules->email_from_server_day && strcmp(self->channel, "email") == 0
        && !gk_date_is_none(self->arrived_on) && self->arrived_on.day < self->received_on.day;
    gk_date start = mailed ? self->arrived_on : self->received_on;
    gk_auto(gk_clock) clock = self->kind == GK_KIND_RECORDS ? gk_clock_new_records(law->calendar, law->rules, start)
        : gk_clock_new(law->calendar, law->rules, start);
    gk_clock_defend(clock, self->received_on);
    for (int i = 0; i < self->clock_count; i++) {
        gk_clock_event event = self->clock_events[i];
        event.held &= !strict || event.type == GK_CLOCK_CORRECTION_REQUESTED || event.type == GK_CLOCK_CONSULTATION_STARTED;
        event.untold |= !believing && was_told_late(self, event.seq);
        gk_err err = gk_clock_add(clock, &event, why);
        if (err)
            return err;
    }
    *out = clock;
    clock = NULL;
    return GK_OK;
}

gk_err gk_case_run_clock(const gk_case *self, const gk_law *law, bool strict, gk_clock **out, gk_why *why)
{
    return run_clock(self, law, strict, false, out, why);
}

gk_clock *gk_case_clock(const gk_case *self, const gk_law *law)
{
    gk_clock *clock = NULL;
    if (gk_date_is_none(self->received_on) || gk_case_run_clock(self, law, false, &clock, NULL))
        return NULL;
    return clock;
}

void gk_case_keep_sent(const gk_case *self, const gk_law *law, gk_date as_of, gk_clock_reading *reading)
{
    if (!reading->counted || reading->timely < 0 || gk_date_is_none(self->dispatched_on) || gk_date_is_none(self->due_on))
        return;
    reading->due_on = self->due_on;
    reading->provisional = self->provisional;
    reading->left = gk_calendar_between(law->calendar, as_of, self->due_on);
    reading->overdue = self->dispatched_on.day > self->due_on.day;
    reading->timely = !reading->overdue;
}

/*  Told too late, an extension adds nothing to the day that the desk works to; whether a court would see it so is open. */
static void defend(const gk_case *self, const gk_law *law, gk_date as_of, gk_clock_reading *reading)
{
    gk_auto(gk_clock) other = NULL;
    if (!(self->flags & GK_FLAG_TOLD_LATE) || run_clock(self, law, false, true, &other, NULL))
        return;
    gk_clock_reading later = gk_clock_read(other, as_of);
    gk_date last = gk_date_is_none(later.defence_on) ? later.due_on : later.defence_on;
    if (reading->counted && later.counted && last.day > reading->due_on.day)
        reading->defence_on = last;
}

gk_clock_reading gk_case_read(const gk_case *self, const gk_law *law, gk_date as_of)
{
    gk_auto(gk_clock) clock = gk_case_clock(self, law);
    if (!clock)
        return (gk_clock_reading) { .due_on = GK_NO_DATE, .defence_on = GK_NO_DATE, .state = GK_CLOCK_STOPPED, .timely = -1,
                                   .statutory = self->kind != GK_KIND_RECORDS };
    gk_clock_reading reading = gk_clock_read(clock, as_of);
    defend(self, law, as_of, &reading);
    gk_case_keep_sent(self, law, as_of, &reading);
    return reading;
}

/*  A count or an amount as one may be typed.  A stored event may be damaged, so anything else is 0
 *  and sums cannot overflow. */
static int number_of(const json_t *data, const char *name)
{
    json_int_t value = json_integer_value(json_object_get(data, name));
    return value >= 0 && value <= GK_FIELD_MOST_INT ? (int) value : 0;
}

/*  ---- fold -------------------------------------------------------------------- */

static void fold_documents(gk_case *self, const gk_event *event, const char *kind)
{
    size_t index;
    json_t *entry;
    json_array_foreach(json_object_get(event->data, "documents"), index, entry) {
        if (self->document_count == GK_CASE_DOCUMENTS)
            return;
        const gk_case_document *same = gk_case_document_find(self, gk_json_text(entry, "digest"));
        gk_case_document *document = &self->documents[self->document_count++];
        *document = (gk_case_document) { .seq = event->seq, .index = (int) index, .status = GK_QUARANTINED,
                                         .item = number_of(event->data, "item") };
        SET(document->referral, same ? same->referral : "");
        SET(document->digest, gk_json_text(entry, "digest"));
        SET(document->kind, kind);
    }
}

static void set_status(gk_case *self, const char *digest, gk_document_status status)
{
    for (int i = 0; i < self->document_count; i++)
        if (strcmp(self->documents[i].digest, digest) == 0)
            self->documents[i].status = status;
}

static void set_scan(gk_case *self, const char *digest, bool unread)
{
    for (int i = 0; i < self->document_count; i++)
        if (strcmp(self->documents[i].digest, digest) == 0) {
            self->documents[i].scanned = true;
            self->documents[i].unread = unread;
        }
}

static void fold_given(gk_case *self, const gk_event *event)
{
    for (int i = 0; i < self->document_count; i++)
        if (json_is_true(json_object_get(event->data, "gives")) && gk_case_releases(&self->documents[i])
            && !self->documents[i].given_seq)
            self->documents[i].given_seq = event->seq;
}

/*  What came back by our fault never went out, and gave nothing. */
static void fold_failure(gk_case *self)
{
    for (int i = 0; i < self->document_count; i++)
        if (self->documents[i].given_seq == self->dispatched_seq)
            self->documents[i].given_seq = 0;
    self->dispatched_seq = self->dispatched_before;
    self->dispatched_on = GK_NO_DATE;
    drop_last(self, GK_CLOCK_DISPATCHED);
}

static void fold_verdicts(gk_case *self, const gk_event *event)
{
    size_t index;
    json_t *entry;
    json_array_foreach(json_object_get(event->data, "verdicts"), index, entry) {
        bool classified = strcmp(gk_json_text(entry, "verdict"), "class_a") == 0;
        set_status(self, gk_json_text(entry, "digest"), classified ? GK_REFUSED : GK_ADMITTED);
        set_scan(self, gk_json_text(entry, "digest"), strcmp(gk_json_text(entry, "verdict"), "unreadable") == 0);
        if (classified)
            self->flags |= GK_FLAG_CLASSIFIED;
    }
}

static void fold_letter(gk_case *self, const gk_event *event)
{
    if (event->type == GK_LETTER_RENDERED) {
        SET(self->check_code, gk_json_text(event->data, "check_code"));
        self->letter_pages = number_of(event->data, "pages");
        self->letter_on = event->on;
    }
    if (self->letter_count == GK_CASE_LETTERS)
        return;
    gk_case_letter *letter = &self->letters[self->letter_count++];
    *letter = (gk_case_letter) {
        .seq = event->seq, .on = event->on,
        .pages = number_of(event->data, "pages"),
    };
    SET(letter->kind, gk_json_text(event->data, "letter"));
    SET(letter->number, gk_json_text(event->data, "number"));
    SET(letter->digest, gk_json_text(event->data, "digest"));
    SET(letter->check_code, gk_json_text(event->data, "check_code"));
}

const gk_consultation *gk_case_consultation(const gk_case *self, const char *id)
{
    for (int i = 0; i < self->consultation_count; i++)
        if (strcmp(self->consultations[i].id, id) == 0)
            return &self->consultations[i];
    return NULL;
}

int gk_consultation_days(const gk_consultation *self, const gk_rules *rules)
{
    return self->days ? self->days : rules->consultation_days;
}

bool gk_case_spares(const gk_case *self, const char *list, unsigned *out)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    *out = 0;
    for (const char *at = list + strcspn(list, letters); *at; at += strcspn(at, letters)) {
        char id[GK_CODE] = "";
        size_t len = strspn(at, letters);
        memcpy(id, at, len < sizeof id ? len : 0);
        const gk_consultation *one = gk_case_consultation(self, id);
        if (!one)
            return false;
        *out |= 1u << (one - self->consultations);
        at += len;
    }
    return true;
}

bool gk_consultation_expires(const gk_consultation *self)
{
    return strcmp(self->kind, "referral") != 0;
}

static void fold_consultation(gk_case *self, const gk_event *event)
{
    const char *id = gk_json_text(event->data, "consultation");
    if (event->type == GK_CONSULTATION_STARTED || event->type == GK_SECRECY_REFERRED) {
        if (self->consultation_count == GK_CASE_CONSULTATIONS)
            return;
        gk_consultation *added = &self->consultations[self->consultation_count++];
        *added = (gk_consultation) {
            .started_on = event->on, .served_on = GK_NO_DATE, .open = true,
            .check_on = gk_json_date(event->data, "check_on"),
            .override_on = GK_NO_DATE, .override_served = GK_NO_DATE,
            .told = json_is_true(json_object_get(event->data, "applicant_told")),
            .item = number_of(event->data, "item"), .days = number_of(event->data, "days"),
        };
        SET(added->id, id);
        SET(added->kind, gk_json_text(event->data, "kind"));
        return;
    }
    gk_consultation *known = (gk_consultation *) gk_case_consultation(self, id);        /* the file is ours to write to */
    if (!known)
        return;
    switch (event->type) {
    case GK_INCIDENT_RAISED:
        known->check_on = gk_json_date(event->data, "check_on");
        return;
    case GK_CONSULTATION_PROLONGED:
        known->days = number_of(event->data, "days");
        return;
    case GK_OVERRIDE_SENT:
        known->override_on = event->on;
        return;
    case GK_OVERRIDE_SERVED:
        known->override_served = event->on;
        return;
    case GK_CONSULTATION_SERVED:
        break;
    default:
        known->open = false;
        SET(known->answer, gk_json_text(event->data, "answer"));
        return;
    }
    known->served_on = event->on;
    for (int i = 0; i < self->clock_count; i++)
        if (self->clock_events[i].type == GK_CLOCK_CONSULTATION_STARTED && strcmp(self->clock_events[i].id, id) == 0)
            self->clock_events[i].served_on = event->on;
}

const gk_proceeding *gk_case_proceeding(const gk_case *self, const char *id)
{
    for (int i = 0; i < self->proceeding_count; i++)
        if (strcmp(self->proceedings[i].id, id) == 0)
            return &self->proceedings[i];
    return NULL;
}

bool gk_case_is_held(const gk_case *self)
{
    for (int i = 0; i < self->proceeding_count; i++)
        if (gk_date_is_none(self->proceedings[i].concluded_on))
            return true;
    return false;
}

static void add_proceeding(gk_case *self, const gk_event *event)
{
    if (self->proceeding_count == GK_CASE_PROCEEDINGS)
        return;
    gk_proceeding *added = &self->proceedings[self->proceeding_count++];
    *added = (gk_proceeding) {
        .seq = event->seq, .received_on = event->on, .answer_due = gk_json_date(event->data, "answer_due"),
        .answered_on = GK_NO_DATE, .concluded_on = GK_NO_DATE, .reminded_on = GK_NO_DATE,
        .simple = json_is_true(json_object_get(event->data, "simple")),
        .provisional = json_is_true(json_object_get(event->data, "provisional")),
    };
    SET(added->id, gk_json_text(event->data, "proceeding"));
    SET(added->kind, gk_json_text(event->data, "kind"));
    SET(added->consultation, gk_json_text(event->data, "consultation"));
}

gk_due gk_case_answer_due(const gk_law *law, const char *kind, bool simple, gk_date received)
{
    const gk_rules *rules = law->rules;
    bool court = strcmp(kind, "reconsideration") != 0;
    return court ? gk_calendar_rolled(law->calendar, gk_date_plus(received, rules->court_answer_days))
        : gk_calendar_due(law->calendar, received, simple ? rules->simple_answer_days : rules->reconsideration_answer_days);
}

static void fold_proceeding(gk_case *self, const gk_event *event)
{
    if (event->type == GK_PROCEEDING_OPENED) {
        add_proceeding(self, event);
        return;
    }
    /*  The file is ours to write to, so is what was found in it. */
    gk_proceeding *known = (gk_proceeding *) gk_case_proceeding(self, gk_json_text(event->data, "proceeding"));
    if (!known)
        return;
    if (event->type == GK_PROCEEDING_ANSWERED) {
        known->answered_on = event->on;
    } else if (event->type == GK_ANSWER_RECOMPUTED) {
        known->answer_due = gk_json_date(event->data, "becomes");
        known->provisional = json_is_true(json_object_get(event->data, "provisional"));
    } else if (event->type == GK_ANSWER_EXTENDED) {
        known->answer_due = gk_json_date(event->data, "until");
        known->provisional = false;
        known->extended = true;
    } else if (event->type == GK_PROCEEDING_REMINDED) {
        known->reminded_on = event->on;
    } else {
        known->concluded_on = event->on;
        known->redo = event->type == GK_REDO_ORDERED;
        SET(known->result, gk_json_text(event->data, "result"));
    }
}

/*  What was asked may still be the same list; each item of it is decided anew. */
static void undecide_items(gk_case *self)
{
    for (int i = 0; i < self->item_count; i++)
        self->items[i] = (gk_case_item) { .seq = 0 };
}

/*  Nothing is decided, numbered or made, and no third party was told of a disclosure.  A reply that has not left never will: its
 *  number is void. */
static void undecide(gk_case *self)
{
    for (int i = 0; i < self->consultation_count; i++)
        self->consultations[i].override_on = self->consultations[i].override_served = GK_NO_DATE;
    for (int i = 0; i < self->letter_count; i++)
        self->letters[i].voided |= self->letters[i].seq > self->dispatched_seq && strcmp(self->letters[i].kind, "reply") == 0;
    SET(self->outcome, "");
    SET(self->letter_number, "");
    SET(self->check_code, "");
    self->letter_pages = 0;
    self->letter_on = GK_NO_DATE;
}

/*  What was done stays on file, and nothing of it serves a second time: another search, another
 *  proposal, another review, another letter. */
static void fold_redo(gk_case *self, const gk_event *event)
{
    if (!(self->flags & GK_FLAG_REDONE)) {
        SET(self->first_outcome, self->outcome);
        self->first_due_on = gk_json_date(event->data, "previous_due_on");
        self->first_dispatched_on = self->dispatched_on;
    }
    self->flags |= GK_FLAG_REDONE;
    if (self->dispatched_seq > self->proposal_seq) {        /* a decision, not a draft */
        SET(self->undone_outcome, self->outcome);
        SET(self->undone_ground, self->ground);
    }
    undecide(self);
    undecide_items(self);
    self->search_seq = 0;
    self->reminded_on = GK_NO_DATE;
}

/*  An event may be damaged: an item that is not in the list is NULL. */
static gk_case_item *find_item(gk_case *self, const json_t *data)
{
    int item = number_of(data, "item");
    return item >= 1 && item <= self->item_count ? &self->items[item - 1] : NULL;
}

/*  A new list is decided anew, item by item. */
static void fold_items(gk_case *self, const gk_event *event)
{
    int count = number_of(event->data, "count");
    memset(self->items, 0, sizeof self->items);
    self->item_count = count <= GK_CASE_ITEMS ? count : GK_CASE_ITEMS;
    self->items_seq = event->seq;
}

static void fold_item(gk_case *self, const gk_event *event)
{
    gk_case_item *item = find_item(self, event->data);
    if (!item)
        return;
    SET(item->outcome, gk_json_text(event->data, "outcome"));
    SET(item->drafter, event->actor);
    gk_case_spares(self, gk_json_text(event->data, "spares"), &item->spares);
    item->shown = gk_act_has(event->data, "inspect_where");
    item->weighed = gk_act_has(event->data, "own_assessment");
    item->seq = event->seq;
    item->decision = gk_hash_of(event->data_text, strlen(event->data_text));
}

/*  Of one item, or of the whole case. */
static void fold_search(gk_case *self, const gk_event *event)
{
    gk_case_item *item = find_item(self, event->data);
    bool found = strcmp(gk_json_text(event->data, "result"), "none") != 0;
    *(item ? &item->search_seq : &self->search_seq) = event->seq;
    *(item ? &item->search_found : &self->search_found) = found;
}

static bool under_way(const gk_subtask *subtask)
{
    return subtask->status <= GK_SUBTASK_REPLIED;
}

static gk_subtask *find_subtask(gk_case *self, const char *id)
{
    for (int i = 0; i < self->subtask_count; i++)
        if (strcmp(self->subtasks[i].id, id) == 0)
            return &self->subtasks[i];
    return NULL;
}

static void add_subtask(gk_case *self, const gk_event *event)
{
    if (self->subtask_count == GK_CASE_SUBTASKS)
        return;
    gk_subtask *added = &self->subtasks[self->subtask_count++];
    *added = (gk_subtask) { .sent_on = event->on, .due_on = gk_json_date(event->data, "due_on"), .reminded_on = GK_NO_DATE };
    SET(added->id, gk_json_text(event->data, "subtask"));
    SET(added->unit, gk_json_text(event->data, "unit"));
}

static void fold_subtask(gk_case *self, const gk_event *event)
{
    gk_subtask *known = find_subtask(self, gk_json_text(event->data, "subtask"));
    if (!known)
        return;
    switch (event->type) {
    case GK_SUBTASK_ANSWERED:
        known->status = GK_SUBTASK_REPLIED;
        known->answer_seq = event->seq;
        known->found = strcmp(gk_json_text(event->data, "result"), "none") != 0;
        known->item = number_of(event->data, "item");
        break;
    case GK_SUBTASK_SIGNED:
        known->status = GK_SUBTASK_CLOSED;
        known->signed_seq = event->seq;
        break;
    case GK_SUBTASK_RETURNED:
        known->status = GK_SUBTASK_REJECTED;
        break;
    case GK_SUBTASK_RECALLED:
        known->status = GK_SUBTASK_DROPPED;
        break;
    default:
        known->reminded_on = event->on;
    }
}

static const char *const verdict_names[GK_VERDICTS] = { "", "public", "partial", "withheld", "referred" };

const char *gk_verdict_name(gk_verdict verdict)
{
    return verdict_names[(unsigned) verdict < GK_VERDICTS ? verdict : GK_VERDICT_NONE];
}

/*  On every document of that digest, or on the item.  A verdict that follows the answer does not undo the referral. */
static void fold_verdict(gk_case *self, const gk_event *event)
{
    const char *word = gk_json_text(event->data, "verdict"), *referral = gk_json_text(event->data, "consultation");
    gk_verdict verdict = GK_VERDICT_NONE;
    for (int i = 0; i < GK_VERDICTS; i++)
        if (strcmp(verdict_names[i], word) == 0)
            verdict = (gk_verdict) i;
    gk_case_item *item = find_item(self, event->data);
    if (item) {
        item->verdict = verdict;
        if (*referral)
            SET(item->referral, referral);
        SET(item->reviewer, event->actor);
    }
    for (int i = 0; i < self->document_count; i++)
        if (strcmp(self->documents[i].digest, gk_json_text(event->data, "digest")) == 0) {
            self->documents[i].verdict = verdict;
            if (*referral)
                SET(self->documents[i].referral, referral);
            SET(self->documents[i].reviewer, event->actor);
        }
}

/*  A verdict is on one proposal: the next is reviewed anew. */
static void drop_verdicts(gk_case *self)
{
    for (int i = 0; i < self->document_count; i++) {
        self->documents[i].verdict = GK_VERDICT_NONE;
        self->documents[i].released = false;
        SET(self->documents[i].reviewer, "");
    }
    for (int i = 0; i < self->item_count; i++) {
        self->items[i].verdict = GK_VERDICT_NONE;
        SET(self->items[i].reviewer, "");
    }
}

/*  What leaves is what the signature names, and no more. */
static void fold_release(gk_case *self, const gk_event *event)
{
    size_t index;
    json_t *digest;
    json_array_foreach(json_object_get(event->data, "released"), index, digest)
        for (int i = 0; i < self->document_count; i++)
            self->documents[i].released |= json_is_string(digest)
                && strcmp(self->documents[i].digest, json_string_value(digest)) == 0;
}

static void hold_back(gk_case *self, const char *digest)
{
    for (int i = 0; i < self->document_count; i++)
        if (strcmp(self->documents[i].digest, digest) == 0 && gk_case_is_release(&self->documents[i]))
            SET(self->documents[i].kind, "evidence");
}

static bool has_ended(const gk_case *self, const char *consultation)
{
    for (int i = 0; i < self->clock_count; i++)
        if (self->clock_events[i].type == GK_CLOCK_CONSULTATION_ENDED && strcmp(self->clock_events[i].id, consultation) == 0)
            return true;
    return false;
}

static void fold_clock(gk_case *self, const gk_event *event)
{
    gk_clock_type type = clock_type(event->type);
    if (type == GK_CLOCK_TYPES || gk_date_is_none(self->received_on))
        return;
    if (type == GK_CLOCK_CONSULTATION_ENDED && has_ended(self, gk_json_text(event->data, "consultation")))
        return;                 /* an opinion that came when its term was over moves no day */
    if (type == GK_CLOCK_CORRECTION_RECEIVED && self->kind == GK_KIND_RECORDS)
        return;                 /* it answers a question that stopped nothing */
    if (type == GK_CLOCK_DISPATCHED && gk_case_lapsed(self))
        return;                 /* it stands already; what goes out is the notice that it lapsed */
    /*  A late payment that was excused restarts from the day it was made. */
    gk_date on = gk_json_date(event->data, "restart_on");
    gk_clock_event entry = { .type = type, .on = gk_date_is_none(on) ? event->on : on, .served_on = GK_NO_DATE,
                             .until = gk_json_date(event->data, "until") };
    entry.days = number_of(event->data, "days");
    entry.paused = event->clock == GK_CLOCK_PAUSED && self->clock != GK_CLOCK_PAUSED;
    entry.late = event->clock == GK_CLOCK_RUNNING && event->due_on.day < event->on.day;
    entry.base = gk_json_date(event->data, "base_on");
    entry.seq = event->seq;
    if (type == GK_CLOCK_ORDERED && self->clock_count && self->clock_events[self->clock_count - 1].on.day > entry.on.day)
        entry.on = self->clock_events[self->clock_count - 1].on;    /* typed late: it is still the last word */
    entry.untold = type == GK_CLOCK_CONSULTATION_STARTED && !json_is_true(json_object_get(event->data, "applicant_told"));
    SET(entry.id, gk_json_text(event->data, "consultation"));
    add_clock_event(self, &entry);
}

int gk_case_named_seq(const char *id)
{
    return *id ? (int) strtol(id + 1, NULL, 10) : 0;
}

bool gk_case_is_electronic(const gk_case *self)
{
    return strcmp(self->delivery, "email") == 0 || strcmp(self->delivery, "portal") == 0;
}

bool gk_case_lapsed(const gk_case *self)
{
    return strcmp(self->outcome, "O1") == 0 || strcmp(self->outcome, "O2") == 0;
}

/*  The notice that an event causes; of more than fit the first are forgotten. */
static void fold_telling(gk_case *self, const gk_event *event)
{
    const char *letter = gk_flow_notice(event->type);
    bool asks = event->type == GK_CONSULTATION_STARTED || event->type == GK_SECRECY_REFERRED;
    if (!letter || (asks && !json_is_true(json_object_get(event->data, "applicant_told"))))
        return;
    if (self->notice_count == GK_CASE_NOTICES)
        memmove(self->notices, self->notices + 1, (size_t) --self->notice_count * sizeof *self->notices);
    gk_telling *added = &self->notices[self->notice_count++];
    *added = (gk_telling) { .seq = event->seq, .made_on = event->on, .tell_by = gk_json_date(event->data, "tell_by"),
                           .mailed_on = GK_NO_DATE, .posted_on = GK_NO_DATE, .served_on = GK_NO_DATE,
                           .check_on = GK_NO_DATE, .missed_on = GK_NO_DATE };
    SET(added->letter, letter);
}

/*  Was it a mail to the applicant, and not to the office? */
static bool is_to_applicant(const json_t *data)
{
    return strncmp(gk_json_text(data, "task"), "notify", 6) == 0;
}

static bool was_mailed(const json_t *data)
{
    return is_to_applicant(data) && json_array_size(json_object_get(data, "sent"));
}

bool gk_mail_refused(const json_t *data)
{
    return is_to_applicant(data) && json_array_size(json_object_get(data, "failed")) && !was_mailed(data);
}

/*  How the applicant was told, or that nobody has yet.  Proof that comes later may show that it was in time. */
static void fold_told(gk_case *self, const gk_event *event)
{
    bool mailed = event->type == GK_NOTIFIED;
    int seq = mailed ? number_of(event->data, "cause") : gk_case_named_seq(gk_json_text(event->data, "notice"));
    gk_telling *notice = (gk_telling *) notice_of(self, seq);
    if (!notice || (mailed && !was_mailed(event->data)))
        return;
    switch (event->type) {
    case GK_NOTIFIED:
        notice->mailed_on = gk_date_is_none(notice->mailed_on) ? event->on : notice->mailed_on;
        break;
    case GK_NOTICE_DISPATCHED:
        notice->posted_on = event->on;
        break;
    case GK_NOTICE_SERVED:
        notice->served_on = event->on;
        break;
    default:
        notice->check_on = gk_json_date(event->data, "check_on");
        notice->missed_on = event->on;
    }
    self->flags &= ~(unsigned) GK_FLAG_TOLD_LATE;
    for (int i = 0; i < self->notice_count; i++)
        self->flags |= gk_telling_is_late(&self->notices[i]) ? GK_FLAG_TOLD_LATE : 0;
}

static void fold_way(gk_case *self, const gk_event *event)
{
    self->electronic = strcmp(gk_json_text(event->data, "method"), "electronic") == 0;
}

/*  Did the mail that says that the reply lies on the portal arrive? */
static void fold_mail(gk_case *self, const gk_event *event)
{
    self->mail_taken |= was_mailed(event->data) && number_of(event->data, "cause") == self->dispatched_seq;
}

static void fold_merging(gk_case *self, const gk_event *event)
{
    size_t index;
    json_t *number;
    self->merged_count = 0;
    self->merged_due = gk_json_date(event->data, "earliest_due");
    json_array_foreach(json_object_get(event->data, "cases"), index, number) {
        const char *text = json_string_value(number) ? json_string_value(number) : "";
        if (strcmp(text, self->number) != 0 && self->merged_count < GK_CASE_PARTS - 1)
            SET(self->merged[self->merged_count++], text);
    }
}

gk_date gk_case_work_by(const gk_case *self)
{
    bool sooner = !gk_date_is_none(self->merged_due) && self->merged_due.day < self->due_on.day;
    return sooner && gk_case_owes_reply(self) ? self->merged_due : self->due_on;
}

bool gk_case_owes_reply(const gk_case *self)
{
    return !gk_date_is_none(self->due_on) && (self->clock == GK_CLOCK_RUNNING || self->clock == GK_CLOCK_EXCLUDED);
}

/*  A notice went out that gives the applicant a period; it runs when its service is proven.  A case that waits is not
 *  answered with the others any more. */
static void fold_notice(gk_case *self, const gk_event *event)
{
    self->merged_count = 0;
    self->merged_due = GK_NO_DATE;
    self->notice_on = event->on;
    self->served_on = self->correction_due = self->payment_due = GK_NO_DATE;
    self->check_on = gk_json_date(event->data, "check_on");
}

static void fold_fee(gk_case *self, const gk_event *event)
{
    self->fee_seq = event->seq;
    self->fee_count = number_of(event->data, "count");
    self->fee_yuan = number_of(event->data, "fee_yuan");
    SET(self->fee_standard, gk_json_text(event->data, "standard"));
}

/*  What came in time defeats a lapse, also when it is seen afterwards. */
static void reopen(gk_case *self)
{
    if (!gk_case_lapsed(self))
        return;
    self->flags |= GK_FLAG_REOPENED;
    undecide(self);
    self->dispatched_on = GK_NO_DATE;
    drop_last(self, GK_CLOCK_WITHDRAWN);
}

static gk_hash receipt_hash(const char *number)
{
    return gk_hash_of(number, strlen(number));
}

const gk_case_payment *gk_case_payment_find(const gk_case *self, const char *receipt_number)
{
    gk_hash receipt = receipt_hash(receipt_number);
    for (int i = 0; i < self->payment_count; i++)
        if (memcmp(&self->payments[i].receipt, &receipt, sizeof receipt) == 0)
            return &self->payments[i];
    return NULL;
}

static void fold_refund(gk_case *self, const gk_event *event)
{
    int64_t amount = number_of(event->data, "amount_yuan");
    gk_case_payment *known = (gk_case_payment *) gk_case_payment_find(self, gk_json_text(event->data, "receipt_number"));
    self->refunded_yuan += amount;
    self->refund_count++;
    if (known)
        known->refunded_yuan += amount;
}

static void fold_payment(gk_case *self, const gk_event *event)
{
    int64_t amount = number_of(event->data, "amount_yuan");
    if (self->payment_count < GK_CASE_PAYMENTS)
        self->payments[self->payment_count++] = (gk_case_payment) {
            .receipt = receipt_hash(gk_json_text(event->data, "receipt_number")), .yuan = amount };
    if (json_is_true(json_object_get(event->data, "late"))) {
        self->late_yuan += amount;
        self->late_on = event->on;
    } else {
        self->paid_yuan += amount;
    }
    if (event->type == GK_FEE_PAID)
        reopen(self);
}

static void fold_archive(gk_case *self, const gk_event *event)
{
    if (event->type == GK_ARCHIVE_REMINDED) {
        self->archive_reminded_on = event->on;
    } else if (event->type == GK_ARCHIVE_HANDED_OVER) {
        self->handed_on = event->on;
        self->keep_until = gk_json_date(event->data, "keep_until");
    } else {
        self->archived_seq = event->seq;
        if (!gk_unhex(gk_json_text(event->data, "manifest"), self->manifest.bytes, sizeof self->manifest.bytes))
            self->manifest = (gk_hash) { { 0 } };
    }
}

/*  A case that ends has an archive ahead of it; one that is taken up again has none any more. */
static void fold_end(gk_case *self, const gk_event *event)
{
    bool ends = gk_flow_state(event->state)->final, ended = gk_flow_state(self->state)->final;
    if (ends && !ended)
        self->ended_on = event->on;
    if (ends || !ended)
        return;
    self->ended_on = self->handed_on = self->keep_until = self->archive_reminded_on = GK_NO_DATE;
    self->archived_seq = 0;
}

static void fold_publication(gk_case *self, const gk_event *event)
{
    gk_publication *task = &self->publication;
    bool agreed = strcmp(gk_json_text(event->data, "publish"), "yes") == 0;
    switch (event->type) {
    case GK_PUBLICATION_SUGGESTED:
        *task = no_publication();
        task->stage = GK_PUBLICATION_ASKED;
        task->asked_on = event->on;
        SET(task->cause, gk_json_text(event->data, "cause"));
        break;
    case GK_PUBLICATION_DECIDED:
        task->stage = agreed ? GK_PUBLICATION_AGREED : GK_PUBLICATION_DECLINED;
        SET(task->decider, event->actor);
        break;
    case GK_PUBLICATION_CLEARED:
        task->stage = GK_PUBLICATION_REVIEWED;
        task->cleared_on = event->on;
        if (!gk_unhex(gk_json_text(event->data, "reviewed"), task->reviewed.bytes, sizeof task->reviewed.bytes))
            task->reviewed = (gk_hash) { { 0 } };
        break;
    case GK_PUBLICATION_WITHHELD:
        task->stage = GK_PUBLICATION_DECLINED;
        break;
    case GK_PUBLISHED:
        task->stage = GK_PUBLICATION_DONE;
        task->published_on = event->on;
        break;
    default:
        task->reminded_on = event->on;
        return;
    }
    task->seq = event->seq;
    if (json_object_get(event->data, "due_on"))
        task->due_on = gk_json_date(event->data, "due_on");
}

static void fold_paper(gk_case *self, const gk_event *event)
{
    const char *letter = gk_json_text(event->data, "letter");
    if (gk_archive_part_of(event->type, letter) == GK_PARTS)
        return;
    self->papers = gk_regrow(self->papers, (size_t) self->paper_count + 1, sizeof *self->papers);
    gk_paper *paper = &self->papers[self->paper_count++];
    *paper = (gk_paper) { .event = event->type, .seq = event->seq, .on = event->on, .hash = event->hash };
    SET(paper->letter, letter);
}

/*  The parent names its parts. */
static void fold_split(gk_case *self, const gk_event *event)
{
    size_t index;
    json_t *number;
    self->split_seq = event->seq;
    self->split_on = event->on;
    json_array_foreach(json_object_get(event->data, "cases"), index, number)
        if (self->part_count < GK_CASE_PARTS - 1)
            SET(self->parts[self->part_count++], json_string_value(number) ? json_string_value(number) : "");
}

/*  A part is registered from its first event on, and a correction of the whole was one of the part. */
static void fold_split_off(gk_case *self, const gk_event *event)
{
    self->split_seq = event->seq;
    self->split_on = event->on;
    self->submitted_on = gk_json_date(event->data, "submitted_on");
    self->ordinal = number_of(event->data, "ordinal");
    SET(self->number, gk_json_text(event->data, "number"));
    SET(self->split_from, gk_json_text(event->data, "split_from"));
    size_t index;
    json_t *entry;
    json_array_foreach(json_object_get(event->data, "corrections"), index, entry) {
        gk_clock_event one = { .on = gk_json_date(entry, "on"), .served_on = GK_NO_DATE, .until = GK_NO_DATE,
                               .paused = json_is_true(json_object_get(entry, "paused")), .late = json_is_true(json_object_get(entry, "late")) };
        bool known = gk_clock_type_parse(gk_json_text(entry, "event"), &one.type)
            && (one.type == GK_CLOCK_CORRECTION_REQUESTED || one.type == GK_CLOCK_CORRECTION_RECEIVED);
        if (known && !gk_date_is_none(one.on) && self->clock_count < GK_CASE_CLOCK_EVENTS)
            add_clock_event(self, &one);
    }
}

bool gk_case_split_told(const gk_case *self)
{
    return self->split_told || (self->split_lettered && self->split_mailed);
}

static void fold_split_notice(gk_case *self, const gk_event *event)
{
    self->split_lettered |= strcmp(gk_json_text(event->data, "letter"), "split_notice") == 0;
    self->split_mailed |= strcmp(gk_json_text(event->data, "task"), "notify split") == 0 && !gk_mail_refused(event->data);
}

/*  What an event of each type leaves in the file besides its consequence. */
static void fold_facts(gk_case *self, const gk_event *event)
{
    const json_t *data = event->data;
    switch (event->type) {
    case GK_PASSED_ON:
        SET(self->moved_to, gk_json_text(data, "moved_to"));
        SET(self->outcome, gk_json_text(data, "outcome"));
        break;
    case GK_SPLIT:
        fold_split(self, event);
        break;
    case GK_HELP_GIVEN:
        self->helped_on = event->on;
        break;
    case GK_REPLY_MERGED:
        fold_merging(self, event);
        break;
    case GK_RECEIVED:
        self->kind = gk_kind_parse(gk_json_text(data, "kind"));
        self->submitted_on = gk_json_date(data, "first_submitted_on");
        if (gk_date_is_none(self->submitted_on))
            self->submitted_on = event->on;
        /* fall through */
    case GK_SPLIT_OFF:
        if (event->type == GK_SPLIT_OFF)
            fold_split_off(self, event);
        self->arrived_on = gk_json_date(data, "arrived_on");
        self->received_on = gk_json_date(data, "received_on");
        self->check_on = gk_json_date(data, "check_on");
        SET(self->office, gk_json_text(data, "office"));
        SET(self->channel, gk_json_text(data, "channel"));
        SET(self->delivery, gk_json_text(data, "delivery"));
        SET(self->medium, gk_json_text(data, "medium"));
        SET(self->applicant_kind, gk_json_text(data, "applicant_kind"));
        self->reachable = json_is_true(json_object_get(data, "reachable"));
        fold_documents(self, event, "attachment");
        break;
    case GK_RECEIPT_CONFIRMED:
    case GK_REGISTERED:
        self->received_on = gk_json_date(data, "received_on");
        self->ordinal = number_of(data, "ordinal");
        SET(self->number, gk_json_text(data, "number"));
        if (json_is_true(json_object_get(data, "late")))
            self->flags |= GK_FLAG_LATE_REGISTRATION;
        if (json_is_true(json_object_get(data, "late_confirmation")))
            self->flags |= GK_FLAG_LATE_CONFIRMATION;
        /* fall through */
    case GK_CONFIRMATION_AWAITED:
        self->registered_seq = event->seq;
        if (json_is_false(json_object_get(data, "complete")))
            self->flags |= GK_FLAG_INCOMPLETE;
        if (json_is_object(json_object_get(data, "disguise")))
            self->flags |= GK_FLAG_DISGUISE;
        if (json_array_size(json_object_get(data, "duplicate_of")))
            self->flags |= GK_FLAG_DUPLICATE;
        break;
    case GK_TRIAGED:
        self->triaged_seq = event->seq;
        if (json_array_size(json_object_get(data, "repeat")))
            self->flags |= GK_FLAG_REPEAT;
        SET(self->unit, gk_json_text(data, "unit"));
        break;
    case GK_CLAIMED:
        SET(self->holder, event->actor);
        break;
    case GK_RELEASED:
        SET(self->holder, "");
        break;
    case GK_TRANSFERRED:
        SET(self->unit, gk_json_text(data, "unit"));
        SET(self->holder, "");
        break;
    case GK_SEARCH_RECORDED:
        fold_search(self, event);
        break;
    case GK_RELEASE_HELD_BACK:
        hold_back(self, gk_json_text(data, "digest"));
        break;
    case GK_VERDICT_GIVEN:
        fold_verdict(self, event);
        break;
    case GK_SECRECY_REFERRED:
        fold_consultation(self, event);
        fold_verdict(self, event);
        break;
    case GK_SUBTASK_SENT:
        add_subtask(self, event);
        break;
    case GK_SUBTASK_ANSWERED:
        fold_documents(self, event, strcmp(gk_json_text(data, "kind"), "release") == 0 ? "release" : "evidence");
        fold_subtask(self, event);
        break;
    case GK_SUBTASK_SIGNED:
    case GK_SUBTASK_RETURNED:
    case GK_SUBTASK_RECALLED:
    case GK_SUBTASK_DUE:
        fold_subtask(self, event);
        break;
    case GK_ITEMISED:
        fold_items(self, event);
        break;
    case GK_ITEM_DECIDED:
        fold_item(self, event);
        break;
    case GK_DOCUMENTS_ATTACHED:
        fold_documents(self, event, gk_json_text(data, "kind"));
        break;
    case GK_DOCUMENTS_ADMITTED:
    case GK_SCANNED:
        fold_verdicts(self, event);
        break;
    case GK_DOCUMENT_CLEARED:
        set_status(self, gk_json_text(data, "digest"), GK_ADMITTED);
        break;
    case GK_DOCUMENT_DESTROYED:
        set_status(self, gk_json_text(data, "digest"), GK_DESTROYED);
        break;
    case GK_CORRECTION_REQUESTED:
        fold_notice(self, event);
        break;
    case GK_EVIDENCE_REQUESTED:
        self->supplements++;
        break;
    case GK_CORRECTION_ASKED_LATE:
        self->supplements++;
        self->flags |= GK_FLAG_LATE_CORRECTION;
        break;
    case GK_SUPPLEMENT_RECEIVED:
        fold_documents(self, event, "attachment");
        self->supplements--;
        self->corrected_seq = event->seq;
        break;
    case GK_REASONS_REQUESTED:
        self->reasons_asked_on = event->on;
        break;
    case GK_REASONS_RECEIVED:
        fold_documents(self, event, "attachment");
        self->reasons_seq = event->seq;
        self->reasons_on = event->on;
        break;
    case GK_DELAYED:
        self->flags |= GK_FLAG_DELAYED;
        break;
    case GK_NOTICE_DISPATCHED:
        fold_told(self, event);
        break;
    case GK_NOTICE_SERVED:
        fold_told(self, event);
        if (!json_object_get(data, "correction_due") && !json_object_get(data, "payment_due"))
            break;              /* it gave no period */
        self->served_on = event->on;
        self->correction_due = gk_json_date(data, "correction_due");
        self->payment_due = gk_json_date(data, "payment_due");
        self->check_on = GK_NO_DATE;
        break;
    case GK_CORRECTION_RECEIVED:
        fold_documents(self, event, "attachment");
        reopen(self);
        self->corrected_seq = event->seq;
        self->search_seq = 0;           /* what was searched for was not yet what is asked */
        SET(self->outcome, "");
        undecide_items(self);
        break;
    case GK_REASON_ACCEPTED:
        self->correction_due = gk_json_date(data, "until");
        break;
    case GK_PAYMENT_PROOF_RECEIVED:
        fold_documents(self, event, "attachment");
        break;
    case GK_CONSULTATION_STARTED:
    case GK_CONSULTATION_PROLONGED:
    case GK_CONSULTATION_SERVED:
    case GK_CONSULTATION_ENDED:
    case GK_CONSULTATION_EXPIRED:
    case GK_OVERRIDE_SENT:
    case GK_OVERRIDE_SERVED:
        fold_consultation(self, event);
        break;
    case GK_EXTENDED:
        self->flags |= GK_FLAG_EXTENDED;
        break;
    case GK_FORWARDED:
        self->forwarded_on = event->on;
        break;
    case GK_FEE_PROPOSED:
        SET(self->charger, event->actor);
        fold_fee(self, event);
        break;
    case GK_FEE_NOTICE_SENT:
        fold_fee(self, event);
        /* fall through */
    case GK_FEE_APPROVED:
        SET(self->charger, "");
        fold_notice(self, event);
        break;
    case GK_PAYMENT_RECORDED:
    case GK_FEE_PAID:
        fold_payment(self, event);
        break;
    case GK_LATENESS_EXCUSED:
        self->paid_yuan += self->late_yuan;
        self->late_yuan = 0;
        break;
    case GK_FEE_REFUNDED:
        fold_refund(self, event);
        break;
    case GK_PROPOSED:
    case GK_REFUSAL_PROPOSED:
        drop_verdicts(self);
        self->proposal_seq = event->seq;
        self->proposal_hash = gk_hash_of(event->data_text, strlen(event->data_text));
        SET(self->drafter, event->actor);
        SET(self->outcome, gk_json_text(data, "outcome"));
        SET(self->ground, gk_json_text(data, "ground"));
        gk_case_spares(self, gk_json_text(data, "spares"), &self->spares);
        self->shown = gk_act_has(data, "inspect_where");
        SET(self->legal_reviewer, "");
        break;
    case GK_LEGAL_CLEARED:
        SET(self->legal_reviewer, event->actor);
        break;
    case GK_SECRECY_CLEARED:
        SET(self->secrecy_reviewer, event->actor);
        fold_release(self, event);
        if (!gk_unhex(gk_json_text(data, "reviewed"), self->reviewed.bytes, sizeof self->reviewed.bytes))
            self->reviewed = (gk_hash) { { 0 } };
        break;
    case GK_APPROVED:
        SET(self->letter_number, gk_json_text(data, "letter_number"));
        break;
    case GK_LETTER_VOIDED:
        undecide(self);
        break;
    case GK_LETTER_RENDERED:
    case GK_NOTICE_RENDERED:
        fold_letter(self, event);
        fold_split_notice(self, event);
        break;
    case GK_NOTIFIED:
        fold_split_notice(self, event);
        fold_told(self, event);
        fold_mail(self, event);
        break;
    case GK_SPLIT_TOLD:
        self->split_told = true;
        break;
    case GK_DISPATCHED:
        self->check_on = gk_json_date(data, "check_on");
        /* fall through */
    case GK_HANDED_OVER:
        self->dispatched_on = event->on;
        self->dispatched_before = self->dispatched_seq;
        self->dispatched_seq = event->seq;
        self->mail_taken = false;
        fold_way(self, event);
        fold_given(self, event);
        if (json_is_false(json_object_get(data, "timely")))
            self->flags |= GK_FLAG_LATE_REPLY;
        break;
    case GK_POSTING_FAILED:
        fold_failure(self);
        /* fall through */
    case GK_MAIL_RETURNED:
        self->flags |= GK_FLAG_MAIL_RETURNED;
        break;
    case GK_REDISPATCHED:
        fold_way(self, event);
        self->check_on = gk_json_date(data, "check_on");
        break;
    case GK_LAPSE_CONFIRMED:
        self->proposal_seq = event->seq;
        SET(self->letter_number, gk_json_text(data, "letter_number"));
        SET(self->outcome, gk_json_text(data, "outcome"));
        break;
    case GK_WITHDREW:
        undecide(self);
        SET(self->outcome, gk_json_text(data, "outcome"));
        break;
    case GK_SEALED:
        fold_documents(self, event, "sealed");
        break;
    case GK_PROCEEDING_OPENED:
    case GK_ANSWER_EXTENDED:
    case GK_ANSWER_RECOMPUTED:
    case GK_PROCEEDING_ANSWERED:
    case GK_PROCEEDING_REMINDED:
    case GK_PROCEEDING_CONCLUDED:
        fold_proceeding(self, event);
        fold_documents(self, event, "proceeding");
        break;
    case GK_REDO_ORDERED:
        fold_proceeding(self, event);
        fold_documents(self, event, "proceeding");
        fold_redo(self, event);
        break;
    case GK_PUBLICATION_SUGGESTED:
    case GK_PUBLICATION_DECIDED:
    case GK_PUBLICATION_CLEARED:
    case GK_PUBLICATION_WITHHELD:
    case GK_PUBLISHED:
    case GK_PUBLICATION_REMINDED:
        fold_publication(self, event);
        break;
    case GK_ARCHIVED:
    case GK_ARCHIVE_REMINDED:
    case GK_ARCHIVE_HANDED_OVER:
        fold_archive(self, event);
        break;
    case GK_REMINDER_DUE:
        self->reminded_on = event->on;
        break;
    case GK_INCIDENT_RAISED:
        if (*gk_json_text(data, "consultation"))
            fold_consultation(self, event);
        else if (*gk_json_text(data, "notice"))
            fold_told(self, event);
        else
            self->check_on = gk_json_date(data, "check_on");
        break;
    case GK_YEAR_CLOSED:
        self->closed_year = number_of(data, "year");
        if (!self->first_closed)
            self->first_closed = self->closed_year;
        break;
    case GK_YEAR_REOPENED:      /* what stood before its closing stands again */
        if (self->closed_year == self->first_closed)
            self->closed_year = self->first_closed = 0;
        else
            self->closed_year--;
        break;
    case GK_DUE_RECOMPUTED:
        if (gk_date_is_none(self->moved_from) && gk_json_date(data, "was").day != gk_json_date(data, "becomes").day)
            self->moved_from = gk_json_date(data, "was");
        break;
    case GK_DUE_CONFIRMED:
        self->moved_from = GK_NO_DATE;
        break;
    default:
        break;
    }
}

static gk_date day_of(const char *at)
{
    int64_t seconds;
    return gk_time_parse(at, strlen(at), &seconds) ? GK_NO_DATE : gk_date_of(seconds);
}

void gk_case_enter(gk_case *self, const gk_event *event)
{
    fold_facts(self, event);
    fold_telling(self, event);
    fold_clock(self, event);
    fold_end(self, event);
    fold_paper(self, event);
    if (event->state != self->state || self->seq == 0) {
        self->state_seq = event->seq;
        /*  Another desk is another person's work. */
        if (event->state != self->state)
            SET(self->holder, "");
    }
    self->id = event->case_id;
    self->state = event->state;
    self->seq = event->seq;
    self->head = event->hash;
    self->clock = event->clock;
    self->due_on = event->due_on;
    self->counted_on = day_of(event->at);
    self->provisional = event->provisional;
}

gk_err gk_case_fold(gk_case *self, const gk_event *event, gk_why *why)
{
    if (event->seq != self->seq + 1 || event->seq > GK_CASE_SEQ || (self->id && self->id != event->case_id))
        return gk_refuse(why, GK_EDAMAGED, "case %lld: event %d follows event %d", (long long) event->case_id, event->seq,
                         self->seq);
    gk_case_enter(self, event);
    for (int i = 0; i < self->clock_count; i++)
        self->clock_events[i].held = true;
    return GK_OK;
}

/*  ---- looking ------------------------------------------------------------------------------ */

const gk_case_document *gk_case_document_find(const gk_case *self, const char *digest)
{
    for (int i = 0; i < self->document_count; i++)
        if (strcmp(self->documents[i].digest, digest) == 0)
            return &self->documents[i];
    return NULL;
}

const gk_subtask *gk_case_subtask(const gk_case *self, const char *id)
{
    for (int i = 0; i < self->subtask_count; i++)
        if (strcmp(self->subtasks[i].id, id) == 0 && under_way(&self->subtasks[i]))
            return &self->subtasks[i];
    return NULL;
}

const gk_telling *gk_case_notice_named(const gk_case *self, const char *name)
{
    return *name == 'n' ? notice_of(self, gk_case_named_seq(name)) : NULL;
}

const gk_telling *gk_case_notice(const gk_case *self, gk_event_type event, const char *letter)
{
    const gk_telling *first = NULL, *last = NULL;
    if (!*letter)
        letter = self->state == GK_CORRECTION ? "correction_notice" : self->state == GK_PAYMENT ? "fee_notice" : "";
    for (int i = 0; i < self->notice_count; i++) {
        const gk_telling *one = &self->notices[i];
        bool open = gk_date_is_none(event == GK_NOTICE_SERVED ? one->served_on : one->posted_on);
        if (*letter && strcmp(one->letter, letter) != 0)
            continue;
        if (open && first && strcmp(first->letter, one->letter) != 0)
            return NULL;
        if (open)
            first = first ? first : one;
        else if (*letter && event == GK_NOTICE_SERVED)
            last = one;
    }
    return first ? first : last;
}

static gk_date first_of(gk_date a, gk_date b)
{
    return gk_date_is_none(a) || (!gk_date_is_none(b) && b.day < a.day) ? b : a;
}

gk_date gk_telling_day(const gk_telling *self)
{
    return first_of(first_of(self->mailed_on, self->posted_on), self->served_on);
}

bool gk_telling_is_late(const gk_telling *self)
{
    gk_date told = gk_telling_day(self);
    gk_date seen = gk_date_is_none(told) ? self->missed_on : told;
    return !gk_date_is_none(self->tell_by) && !gk_date_is_none(seen) && seen.day > self->tell_by.day;
}

bool gk_case_is_release(const gk_case_document *document)
{
    return strcmp(document->kind, "release") == 0;
}

bool gk_case_releases(const gk_case_document *document)
{
    return gk_case_is_release(document) && document->status == GK_ADMITTED && document->released;
}

gk_hash gk_case_content_hash(const gk_case *self)
{
    gk_hasher *hasher = gk_hasher_new();
    gk_hasher_add(hasher, self->proposal_hash.bytes, sizeof self->proposal_hash.bytes);
    for (int i = 0; i < self->document_count; i++)
        if (gk_case_is_release(&self->documents[i]) && self->documents[i].status == GK_ADMITTED)
            hash_text(hasher, self->documents[i].digest);
    return gk_hasher_end(&hasher);
}

bool gk_case_pays_in_time(const gk_case *self, gk_date value_date)
{
    return gk_date_is_none(self->payment_due) || value_date.day <= self->payment_due.day;
}

int64_t gk_case_kept_yuan(const gk_case *self)
{
    int64_t in_time = self->refunded_yuan - self->late_yuan;
    return self->paid_yuan - (in_time > 0 ? in_time : 0);
}

bool gk_case_pays_all(const gk_case *self, int64_t yuan)
{
    return yuan > 0 && gk_case_kept_yuan(self) + yuan >= self->fee_yuan;
}

bool gk_case_has_given(const gk_case *self)
{
    for (int i = 0; i < self->document_count; i++)
        if (self->documents[i].given_seq)
            return true;
    return false;
}

gk_hash gk_case_given_hash(const gk_case *self)
{
    gk_hasher *hasher = gk_hasher_new();
    for (int i = 0; i < self->document_count; i++)
        if (self->documents[i].given_seq)
            hash_text(hasher, self->documents[i].digest);
    return gk_hasher_end(&hasher);
}

const char *gk_publication_stage_name(gk_publication_stage stage)
{
    static const char *const names[] = { "", "asked", "agreed", "reviewed", "published", "declined" };
    return (unsigned) stage < sizeof names / sizeof *names ? names[stage] : "";
}

bool gk_publication_is_open(const gk_publication *self)
{
    return self->stage == GK_PUBLICATION_ASKED || self->stage == GK_PUBLICATION_AGREED || self->stage == GK_PUBLICATION_REVIEWED;
}
