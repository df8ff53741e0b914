/*  gk_case - the file of one case: fold and apply.
 *
 *  apply() works on a copy: it builds the event, folds it into the copy by the very
 *  function that will fold it from the ledger, and reads the consequence off the copy.
 *  So what is stored and what is computed on reading cannot drift apart.
 */
#include "core/casefile.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/fee.h"
#include "core/form.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_CLOCK_EVENTS = 200, MOST_SEQ = 100000 };

#define SET(field, text) gk_text_copy(field, sizeof field, text)

/*  ---- objects ---------------------------------------------------------------- */

gk_case *gk_case_new(gk_state state)
{
    gk_case *self = gk_new(gk_case);
    self->state = state;
    self->submitted_on = self->arrived_on = self->received_on = GK_NO_DATE;
    self->letter_on = self->dispatched_on = self->due_on = GK_NO_DATE;
    self->correction_due = self->payment_due = self->confirmation_due = self->reminded_on = GK_NO_DATE;
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
    return copy;
}

void gk_case_destroy(gk_case **self_p)
{
    if (*self_p) {
        free((*self_p)->clock_events);
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
    case GK_CORRECTION_REQUESTED:   return GK_CLOCK_CORRECTION_REQUESTED;
    case GK_CORRECTION_RECEIVED:    return GK_CLOCK_CORRECTION_RECEIVED;
    case GK_CONSULTATION_STARTED:   return GK_CLOCK_CONSULTATION_STARTED;
    case GK_CONSULTATION_ENDED:
    case GK_CONSULTATION_EXPIRED:   return GK_CLOCK_CONSULTATION_ENDED;
    case GK_EXTENDED:               return GK_CLOCK_EXTENDED;
    case GK_FEE_NOTICE_SENT:        return GK_CLOCK_FEE_NOTICE_SENT;
    case GK_FEE_PAID:               return GK_CLOCK_FEE_PAID;
    case GK_DISPATCHED:             return GK_CLOCK_DISPATCHED;
    case GK_LAPSE_CONFIRMED:
    case GK_WITHDREW:               return GK_CLOCK_WITHDRAWN;
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

/*  A lapse that is taken back never stopped the clock: the period that the late-seen
 *  correction or payment opens is what runs. */
static void drop_lapse(gk_case *self)
{
    if (self->clock_count && self->clock_events[self->clock_count - 1].type == GK_CLOCK_WITHDRAWN)
        self->clock_count--;
}

static gk_err run_clock(const gk_case *self, const gk_law *law, gk_clock **out, gk_why *why)
{
    gk_auto(gk_clock) clock = gk_clock_new(law->calendar, law->rules, self->received_on);
    for (int i = 0; i < self->clock_count; i++) {
        gk_err err = gk_clock_add(clock, &self->clock_events[i], why);
        if (err)
            return err;
    }
    *out = clock;
    clock = NULL;
    return GK_OK;
}

gk_clock *gk_case_clock(const gk_case *self, const gk_law *law)
{
    gk_clock *clock = NULL;
    if (gk_date_is_none(self->received_on) || run_clock(self, law, &clock, NULL))
        return NULL;
    return clock;
}

gk_clock_reading gk_case_read(const gk_case *self, const gk_law *law, gk_date as_of)
{
    gk_auto(gk_clock) clock = gk_case_clock(self, law);
    if (!clock)
        return (gk_clock_reading) { .due_on = GK_NO_DATE, .state = GK_CLOCK_STOPPED, .timely = -1 };
    return gk_clock_read(clock, as_of);
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
        gk_case_document *document = &self->documents[self->document_count++];
        *document = (gk_case_document) { .seq = event->seq, .index = (int) index, .status = GK_QUARANTINED };
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

static void fold_verdicts(gk_case *self, const gk_event *event)
{
    size_t index;
    json_t *entry;
    json_array_foreach(json_object_get(event->data, "verdicts"), index, entry) {
        bool classified = strcmp(gk_json_text(entry, "verdict"), "class_a") == 0;
        set_status(self, gk_json_text(entry, "digest"), classified ? GK_REFUSED : GK_ADMITTED);
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

static gk_consultation *find_consultation(gk_case *self, const char *id)
{
    for (int i = 0; i < self->consultation_count; i++)
        if (strcmp(self->consultations[i].id, id) == 0)
            return &self->consultations[i];
    return NULL;
}

static void fold_consultation(gk_case *self, const gk_event *event)
{
    const char *id = gk_json_text(event->data, "consultation");
    if (event->type == GK_CONSULTATION_STARTED) {
        if (self->consultation_count == GK_CASE_CONSULTATIONS)
            return;
        gk_consultation *added = &self->consultations[self->consultation_count++];
        *added = (gk_consultation) {
            .started_on = event->on, .served_on = GK_NO_DATE, .open = true,
            .told = json_is_true(json_object_get(event->data, "applicant_told")),
        };
        SET(added->id, id);
        SET(added->kind, gk_json_text(event->data, "kind"));
        return;
    }
    gk_consultation *known = find_consultation(self, id);
    if (!known)
        return;
    if (event->type != GK_CONSULTATION_SERVED) {
        known->open = false;
        return;
    }
    known->served_on = event->on;
    for (int i = 0; i < self->clock_count; i++)
        if (self->clock_events[i].type == GK_CLOCK_CONSULTATION_STARTED && strcmp(self->clock_events[i].id, id) == 0)
            self->clock_events[i].served_on = event->on;
}

static void fold_clock(gk_case *self, const gk_event *event)
{
    gk_clock_type type = clock_type(event->type);
    if (type == GK_CLOCK_TYPES || gk_date_is_none(self->received_on))
        return;
    gk_clock_event entry = { .type = type, .on = event->on, .served_on = GK_NO_DATE };
    entry.days = number_of(event->data, "days");
    entry.untold = type == GK_CLOCK_CONSULTATION_STARTED && !json_is_true(json_object_get(event->data, "applicant_told"));
    SET(entry.id, gk_json_text(event->data, "consultation"));
    if (self->state == GK_LAPSED)
        drop_lapse(self);
    add_clock_event(self, &entry);
}

/*  What an event of each type leaves in the file besides its consequence. */
static void fold_facts(gk_case *self, const gk_event *event)
{
    const json_t *data = event->data;
    switch (event->type) {
    case GK_RECEIVED:
        self->submitted_on = event->on;
        self->arrived_on = gk_json_date(data, "arrived_on");
        self->received_on = gk_json_date(data, "received_on");
        self->confirmation_due = gk_json_date(data, "confirmation_due");
        SET(self->office, gk_json_text(data, "office"));
        SET(self->channel, gk_json_text(data, "channel"));
        SET(self->delivery, gk_json_text(data, "delivery"));
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
        self->search_seq = event->seq;
        self->search_found = strcmp(gk_json_text(data, "result"), "none") != 0;
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
        self->correction_due = gk_json_date(data, "correction_due");
        break;
    case GK_CORRECTION_RECEIVED:
        fold_documents(self, event, "attachment");
        if (self->state == GK_LAPSED)
            self->flags |= GK_FLAG_REOPENED;
        SET(self->outcome, "");
        break;
    case GK_PAYMENT_PROOF_RECEIVED:
        fold_documents(self, event, "attachment");
        break;
    case GK_CONSULTATION_STARTED:
    case GK_CONSULTATION_SERVED:
    case GK_CONSULTATION_ENDED:
    case GK_CONSULTATION_EXPIRED:
        fold_consultation(self, event);
        break;
    case GK_EXTENDED:
        self->flags |= GK_FLAG_EXTENDED;
        break;
    case GK_FEE_NOTICE_SENT:
        self->payment_due = gk_json_date(data, "payment_due");
        self->fee_yuan = number_of(data, "fee_yuan");
        SET(self->fee_standard, gk_json_text(data, "standard"));
        break;
    case GK_FEE_PAID:
        self->paid_yuan += number_of(data, "amount_yuan");
        if (self->state == GK_LAPSED)
            self->flags |= GK_FLAG_REOPENED;
        SET(self->outcome, "");
        break;
    case GK_PROPOSED:
    case GK_REFUSAL_PROPOSED:
        self->proposal_seq = event->seq;
        self->proposal_hash = gk_hash_of(event->data_text, strlen(event->data_text));
        SET(self->drafter, event->actor);
        SET(self->outcome, gk_json_text(data, "outcome"));
        break;
    case GK_SECRECY_CLEARED:
        if (!gk_unhex(gk_json_text(data, "reviewed"), self->reviewed.bytes, sizeof self->reviewed.bytes))
            self->reviewed = (gk_hash) { { 0 } };
        break;
    case GK_APPROVED:
        SET(self->letter_number, gk_json_text(data, "letter_number"));
        break;
    case GK_LETTER_RENDERED:
    case GK_NOTICE_RENDERED:
        fold_letter(self, event);
        break;
    case GK_DISPATCHED:
        self->dispatched_on = event->on;
        if (json_is_false(json_object_get(data, "timely")))
            self->flags |= GK_FLAG_LATE_REPLY;
        break;
    case GK_MAIL_RETURNED:
        self->flags |= GK_FLAG_MAIL_RETURNED;
        break;
    case GK_LAPSE_CONFIRMED:
    case GK_WITHDREW:
        SET(self->outcome, gk_json_text(data, "outcome"));
        break;
    case GK_REMINDER_DUE:
        self->reminded_on = event->on;
        break;
    case GK_INCIDENT_RAISED:
        self->confirmation_due = GK_NO_DATE;
        break;
    default:
        break;
    }
}

static void fold(gk_case *self, const gk_event *event)
{
    fold_facts(self, event);
    fold_clock(self, event);
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
    self->provisional = event->provisional;
}

gk_err gk_case_fold(gk_case *self, const gk_event *event, gk_why *why)
{
    if (event->seq != self->seq + 1 || event->seq > MOST_SEQ || (self->id && self->id != event->case_id))
        return gk_refuse(why, GK_EDAMAGED, "case %lld: event %d follows event %d", (long long) event->case_id, event->seq,
                         self->seq);
    fold(self, event);
    return GK_OK;
}

/*  ---- needs --------------------------------------------------------------------- */

typedef struct asking {
    const gk_case *file;
    const gk_act *act;
    const gk_law *law;
    gk_date on;
    gk_why *why;
} asking;

static const char *field(const asking *a, const char *name)
{
    return gk_json_text(a->act->data, name);
}

static bool free_or_mine(const asking *a)
{
    const char *holder = a->file->holder;
    return !*holder || strcmp(holder, a->act->actor->name) == 0 || a->act->actor->roles & (GK_UNIT_HEAD | GK_HEAD);
}

static bool not_drafter(const asking *a)
{
    return strcmp(a->file->drafter, a->act->actor->name) != 0;
}

static bool correction_unused(const asking *a)
{
    gk_auto(gk_clock) clock = gk_case_clock(a->file, a->law);
    return clock && gk_clock_may_correct(clock, a->on);
}

static bool within_correction(const asking *a)
{
    return strcmp(a->file->outcome, "O1") == 0 && a->on.day <= a->file->correction_due.day;
}

static bool within_payment(const asking *a)
{
    return !gk_date_is_none(a->file->payment_due) && a->on.day <= a->file->payment_due.day;
}

static bool full_amount(const asking *a)
{
    int64_t paid = json_integer_value(json_object_get(a->act->data, "amount_yuan"));
    return paid > 0 && a->file->paid_yuan + paid >= a->file->fee_yuan;
}

static bool consultation_open(const asking *a)
{
    for (int i = 0; i < a->file->consultation_count; i++)
        if (a->file->consultations[i].open && strcmp(a->file->consultations[i].id, field(a, "consultation")) == 0)
            return true;
    return false;
}

static const gk_outcome *outcome_of(const asking *a)
{
    return gk_outcomes_find(a->law->outcomes, field(a, "outcome"));
}

static bool third_party_asked(const gk_case *file)
{
    for (int i = 0; i < file->consultation_count; i++)
        if (strcmp(file->consultations[i].kind, "third_party") == 0)
            return true;
    return false;
}

static bool consultations_ended(const asking *a)
{
    for (int i = 0; i < a->file->consultation_count; i++)
        if (a->file->consultations[i].open)
            return false;
    const gk_outcome *outcome = outcome_of(a);
    for (int i = 0; outcome && outcome->fields[i]; i++)
        if (strcmp(outcome->fields[i], "third_party_answer") == 0 && !third_party_asked(a->file)) {
            gk_refuse(a->why, GK_ENEED, "a decision %s (%s) needs a consultation of the third party first (Art. 32): "
                      "gongkai act CASE consult kind=third_party ...", outcome->code, outcome->en);
            return false;
        }
    return true;
}

static bool documents_admitted(const asking *a)
{
    for (int i = 0; i < a->file->document_count; i++) {
        const gk_case_document *document = &a->file->documents[i];
        if (strcmp(document->kind, "release") == 0
            && (document->status == GK_QUARANTINED || document->status == GK_REFUSED))
            return false;
    }
    return true;
}

static bool document_refused(const asking *a)
{
    const gk_case_document *document = gk_case_document_find(a->file, field(a, "digest"));
    return document && document->status == GK_REFUSED;
}

static bool present(const json_t *data, const char *name)
{
    const json_t *value = json_object_get(data, name);
    return value && !(json_is_string(value) && *json_string_value(value) == 0);
}

static bool outcome_known(const asking *a)
{
    const gk_outcome *outcome = outcome_of(a);
    if (!outcome || outcome->machine) {
        gk_refuse(a->why, GK_ENEED, "outcome=%.20s is not a kind of decision that may be proposed; see gongkai help outcomes",
                  field(a, "outcome"));
        return false;
    }
    if (outcome->refuses != (a->act->event == GK_REFUSAL_PROPOSED)) {
        gk_refuse(a->why, GK_ENEED, "a decision %s (%s) is %s a refusal", outcome->code, outcome->en,
                  outcome->refuses ? "proposed as" : "not");
        return false;
    }
    for (int i = 0; outcome->fields[i]; i++)
        if (strcmp(outcome->fields[i], "search_log") != 0 && !present(a->act->data, outcome->fields[i])) {
            gk_refuse(a->why, GK_ENEED, "a decision %s (%s) needs %s=...", outcome->code, outcome->en, outcome->fields[i]);
            return false;
        }
    return true;
}

static bool searched(const asking *a)
{
    const gk_outcome *outcome = outcome_of(a);
    for (int i = 0; outcome && outcome->fields[i]; i++)
        if (strcmp(outcome->fields[i], "search_log") == 0)
            return a->file->search_seq > 0 && !a->file->search_found;
    return true;
}

static bool release_attached(const asking *a)
{
    const gk_outcome *outcome = outcome_of(a);
    if (!outcome || !outcome->discloses)
        return true;
    for (int i = 0; i < a->file->document_count; i++)
        if (strcmp(a->file->documents[i].kind, "release") == 0 && a->file->documents[i].status != GK_DESTROYED)
            return true;
    return false;
}

static bool reviewed_unchanged(const asking *a)
{
    gk_hash now = gk_case_content_hash(a->file);
    return memcmp(now.bytes, a->file->reviewed.bytes, sizeof now.bytes) == 0;
}

static bool letter_matches(const asking *a)
{
    return json_integer_value(json_object_get(a->act->data, "pages")) == a->file->letter_pages
        && *a->file->check_code
        && strcmp(field(a, "check_code"), a->file->check_code) == 0;
}

static bool lawful_carrier(const asking *a)
{
    static const char *const postal[] = { "中国邮政", "邮政", "EMS", "中国邮政EMS" };
    if (strcmp(field(a, "method"), "post") != 0)
        return true;
    for (size_t i = 0; i < sizeof postal / sizeof *postal; i++)
        if (strcmp(field(a, "carrier"), postal[i]) == 0)
            return *field(a, "tracking") != 0;
    return false;
}

static bool electronic_chosen(const asking *a)
{
    return strcmp(field(a, "method"), "electronic") != 0 || strcmp(a->file->delivery, "email") == 0
        || strcmp(a->file->delivery, "portal") == 0;
}

static bool lapse_checked(const asking *a)
{
    return *field(a, "service_proof") && json_is_true(json_object_get(a->act->data, "checked"));
}

typedef bool need_check(const asking *a);

static need_check *const checks[GK_NEEDS] = {
    [GK_NEED_FREE_OR_MINE] = free_or_mine,
    [GK_NEED_NOT_DRAFTER] = not_drafter,
    [GK_NEED_CORRECTION_UNUSED] = correction_unused,
    [GK_NEED_WITHIN_CORRECTION] = within_correction,
    [GK_NEED_WITHIN_PAYMENT] = within_payment,
    [GK_NEED_FULL_AMOUNT] = full_amount,
    [GK_NEED_CONSULTATION_OPEN] = consultation_open,
    [GK_NEED_CONSULTATIONS_ENDED] = consultations_ended,
    [GK_NEED_DOCUMENTS_ADMITTED] = documents_admitted,
    [GK_NEED_DOCUMENT_REFUSED] = document_refused,
    [GK_NEED_OUTCOME_KNOWN] = outcome_known,
    [GK_NEED_SEARCHED] = searched,
    [GK_NEED_RELEASE_ATTACHED] = release_attached,
    [GK_NEED_REVIEWED_UNCHANGED] = reviewed_unchanged,
    [GK_NEED_LETTER_MATCHES] = letter_matches,
    [GK_NEED_LAWFUL_CARRIER] = lawful_carrier,
    [GK_NEED_ELECTRONIC_CHOSEN] = electronic_chosen,
    [GK_NEED_LAPSE_CHECKED] = lapse_checked,
};

static gk_err check_needs(const gk_step *step, const asking *a)
{
    for (int i = 0; i < GK_STEP_NEEDS && step->needs[i] != GK_NEED_NONE; i++) {
        a->why->text[0] = 0;
        if (!checks[step->needs[i]](a))
            return a->why->text[0] ? GK_ENEED
                : gk_refuse(a->why, GK_ENEED, "%s: %s", gk_need_name(step->needs[i]), gk_need_text(step->needs[i]));
    }
    return GK_OK;
}

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
        if (specs->required && specs->type != GK_FIELD_DOCUMENTS && !present(fields, specs->name))
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

bool gk_case_allows(const gk_case *self, const gk_step *step, const gk_actor *actor)
{
    unsigned roles = step->who & actor->roles;
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
    return roles && (!*self->unit || strcmp(self->unit, actor->unit) == 0);
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
    return gk_refuse(why, GK_EDENIED, "%s may not do %s here: it takes one of %s, of office %s%s%s", actor->name,
                     gk_flow_event(step->event)->name, roles, self->office,
                     step->who & (GK_HANDLER | GK_UNIT_HEAD) && *self->unit ? "; handler and unit_head of unit " : "",
                     step->who & (GK_HANDLER | GK_UNIT_HEAD) ? self->unit : "");
}

/*  The day before which an event cannot have happened, and whose day that is. */
static gk_date not_before(const gk_case *self, gk_event_type event, const char **whose)
{
    switch (event) {
    case GK_RECEIPT_CONFIRMED:
        *whose = "arrival";
        return self->arrived_on;
    case GK_DISPATCHED:         /* or a late reply could be dated into its term */
        *whose = "the making of the letter";
        return self->letter_on;
    case GK_MAIL_RETURNED:
    case GK_SERVED:
        *whose = "dispatch";
        return self->dispatched_on;
    default:
        *whose = "receipt";
        return self->received_on;
    }
}

static gk_err check_date(const gk_case *self, const gk_act *act, gk_date on, gk_why *why)
{
    /*  Only what happened outside and left a proof may be dated back. */
    static const gk_event_type dated_back[] = {
        GK_CORRECTION_RECEIVED, GK_CONSULTATION_ENDED, GK_DISPATCHED, GK_WITHDREW, GK_RECEIVED,
    };
    gk_date today = gk_date_of(act->at);
    char text[GK_DATE_TEXT];
    if (gk_date_is_none(on) || on.day > today.day)
        return gk_refuse(why, GK_EBADVALUE, "the date may not be later than today, %s", gk_date_format(today, text));
    if (on.day == today.day)
        return GK_OK;
    const char *whose;
    gk_date first = not_before(self, act->event, &whose);
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

/*  ---- consequences that a step adds to its event ------------------------------------ */

static gk_err add_receipt(const asking *a, json_t *data)
{
    gk_date received = gk_form_received_on(data);
    gk_json_set_date(data, "received_on", received);
    /*  Not confirmed on the next working day is an incident (DECISIONS "Receipt"). */
    if (gk_date_is_none(received))
        gk_json_set_date(data, "confirmation_due", gk_calendar_due(a->law->calendar, a->on, 1).date);
    return GK_OK;
}

static gk_err add_registration(const asking *a, json_t *data)
{
    gk_date received = a->file->received_on;
    if (a->act->event == GK_RECEIPT_CONFIRMED) {
        received = a->on;
        gk_json_set_date(data, "received_on", received);
    } else if (gk_json_date(data, "received_on").day != received.day) {
        return gk_refuse(a->why, GK_EBADVALUE, "the finding's received_on differs from what Art. 31 gives for this channel");
    }
    if (gk_date_is_none(received))
        return gk_refuse(a->why, GK_ENEED, "receipt is not confirmed yet");
    int year;
    gk_date_split(received, &year, NULL, NULL);
    char number[GK_CASE_NUMBER + 32];
    snprintf(number, sizeof number, "%s-%04d-%06d", a->file->office, year, a->act->numbers.case_serial);
    json_object_set_new(data, "number", json_string(number));
    json_object_set_new(data, "ordinal", json_integer(a->act->numbers.ordinal));
    int lag = gk_calendar_between(a->law->calendar, received, gk_date_of(a->act->at));
    json_object_set_new(data, "late", json_boolean(lag > a->law->rules->registration_lag_days));
    return GK_OK;
}

/*  How many items of the month stand before this case; its ordinal came from disk. */
static gk_err items_before(const asking *a, int64_t *out)
{
    *out = a->file->ordinal - 1;
    return *out >= 0 && *out <= GK_FEE_MOST ? GK_OK
        : gk_refuse(a->why, GK_EDAMAGED, "the case's ordinal in the month is %d: run gongkai verify", a->file->ordinal);
}

static gk_err check_triage(const asking *a, json_t *data)
{
    const char *unit = gk_json_text(data, "unit");
    if (!gk_org_has_unit(a->law->org, a->file->office, unit))
        return gk_refuse(a->why, GK_EBADVALUE, "office %s has no unit %.20s", a->file->office, unit);
    int64_t before;
    gk_err err = items_before(a, &before);
    if (err)
        return err;
    const json_t *fee = json_object_get(data, "fee");
    int64_t yuan = gk_fee_items(a->law->rules, before, 1);
    if (fee && json_integer_value(json_object_get(fee, "item_yuan")) != yuan)
        return gk_refuse(a->why, GK_EBADVALUE, "the finding's fee differs: item %d of the month costs %lld yuan",
                         a->file->ordinal, (long long) yuan);
    return GK_OK;
}

static gk_err check_unit(const asking *a, json_t *data)
{
    return gk_org_has_unit(a->law->org, a->file->office, gk_json_text(data, "unit")) ? GK_OK
        : gk_refuse(a->why, GK_EBADVALUE, "office %s has no unit of that code", a->file->office);
}

static gk_err add_correction(const asking *a, json_t *data)
{
    gk_json_set_date(data, "correction_due", gk_calendar_due(a->law->calendar, a->on, a->law->rules->correction_days).date);
    return GK_OK;
}

static gk_err add_consultation(const asking *a, json_t *data)
{
    char id[GK_CODE];
    if (a->file->consultation_count == GK_CASE_CONSULTATIONS)
        return gk_refuse(a->why, GK_ETOOLARGE, "at most %d consultations a case", GK_CASE_CONSULTATIONS);
    snprintf(id, sizeof id, "c%d", a->file->seq + 1);
    json_object_set_new(data, "consultation", json_string(id));
    return GK_OK;
}

static gk_err add_fee(const asking *a, json_t *data)
{
    if (a->file->fee_yuan)
        return gk_refuse(a->why, GK_ENEED, "this application was charged already: one fee notice each");
    int64_t count = json_integer_value(json_object_get(data, "count"));
    bool pages = strcmp(gk_json_text(data, "standard"), "pages") == 0;
    if (count < 1 || count > GK_FEE_MOST || (!pages && count != 1))
        return gk_refuse(a->why, GK_EBADVALUE, pages ? "count must be 1 to 1000000 pages"
                         : "one case is one item (count=1); a split into several is a decision of its own");
    int64_t before;
    gk_err err = items_before(a, &before);
    if (err)
        return err;
    int64_t yuan = pages ? gk_fee_pages(a->law->rules, count) : gk_fee_items(a->law->rules, before, count);
    if (yuan == 0)
        return gk_refuse(a->why, GK_EBADVALUE, "nothing is owed for that count: decide without a fee");
    json_object_set_new(data, "fee_yuan", json_integer(yuan));
    json_object_set_new(data, "before", json_integer(before));
    json_object_set_new(data, "arithmetic", pages ? gk_fee_pages_lines(a->law->rules, count)
                        : gk_fee_items_lines(a->law->rules, before, count));
    gk_json_set_date(data, "payment_due", gk_calendar_due(a->law->calendar, a->on, a->law->rules->payment_days).date);
    return GK_OK;
}

static gk_err add_lapse(const asking *a, json_t *data)
{
    json_object_set_new(data, "outcome", json_string(a->file->state == GK_CORRECTION_LAPSE ? "O1" : "O2"));
    return GK_OK;
}

static gk_err add_withdrawal(const asking *a, json_t *data)
{
    (void) a;
    json_object_set_new(data, "outcome", json_string("O3"));
    return GK_OK;
}

/*  What the secrecy reviewer did not call public does not go out: granted needs `public`, partly granted
 *  `public` or `partial`; else the draft goes back. */
static gk_err add_reviewed(const asking *a, json_t *data)
{
    const gk_outcome *outcome = gk_outcomes_find(a->law->outcomes, a->file->outcome);
    const char *verdict = gk_json_text(data, "verdict");
    bool partly = outcome && outcome->refuses;
    if (outcome && outcome->discloses && strcmp(verdict, "public") != 0 && !(partly && strcmp(verdict, "partial") == 0))
        return gk_refuse(a->why, GK_ENEED, "verdict %s does not fit a decision that discloses (%s): return the draft "
                         "(return_secrecy)", verdict, outcome->code);
    char hex[GK_HASH_HEX];
    gk_hash hash = gk_case_content_hash(a->file);
    json_object_set_new(data, "reviewed", json_string(gk_hash_hex(&hash, hex)));
    return GK_OK;
}

static gk_err add_letter_number(const asking *a, json_t *data)
{
    const json_t *office = gk_org_office(a->law->org, a->file->office);
    int year;
    gk_date_split(a->on, &year, NULL, NULL);
    gk_free_auto char *number = gk_format("%s〔%d〕%d号", gk_json_text(office, "letter_mark"), year,
                                          a->act->numbers.letter_serial);
    json_object_set_new(data, "letter_number", json_string(number));
    return GK_OK;
}

static gk_err add_timely(const asking *a, json_t *data)
{
    gk_clock_reading reading = gk_case_read(a->file, a->law, a->on);
    json_object_set_new(data, "timely", json_boolean(!gk_date_is_none(reading.due_on) && a->on.day <= reading.due_on.day));
    return GK_OK;
}

typedef gk_err consequence(const asking *a, json_t *data);

static consequence *const consequences[GK_EVENT_TYPES] = {
    [GK_RECEIVED] = add_receipt,
    [GK_REGISTERED] = add_registration,
    [GK_RECEIPT_CONFIRMED] = add_registration,
    [GK_TRIAGED] = check_triage,
    [GK_TRANSFERRED] = check_unit,
    [GK_CORRECTION_REQUESTED] = add_correction,
    [GK_CONSULTATION_STARTED] = add_consultation,
    [GK_FEE_NOTICE_SENT] = add_fee,
    [GK_LAPSE_CONFIRMED] = add_lapse,
    [GK_WITHDREW] = add_withdrawal,
    [GK_SECRECY_CLEARED] = add_reviewed,
    [GK_APPROVED] = add_letter_number,
    [GK_DISPATCHED] = add_timely,
};

/*  ---- what follows: jobs and timers --------------------------------------------------- */

static void add_job(gk_change *change, const char *service, gk_lane lane, const char *task, const char *detail)
{
    if (change->job_count == GK_CHANGE_JOBS)
        return;
    gk_new_job *job = &change->jobs[change->job_count++];
    job->service = service;
    job->lane = lane;
    snprintf(job->task, sizeof job->task, "%s%s%s", task, *detail ? " " : "", detail);
}

static void add_jobs(const gk_step *step, const gk_case *after, gk_change *change)
{
    const gk_event_info *info = gk_flow_event(step->event);
    const gk_state_info *state = gk_flow_state(after->state);
    if (step->to != GK_SAME && state->service)
        add_job(change, state->service, GK_LANE_CASE, state->task, "");
    for (int i = 0; i < 3 && info->letters[i]; i++)
        add_job(change, "reply", GK_LANE_NOTICE, "letter", info->letters[i]);
    if (info->message && after->reachable)
        add_job(change, "reminder", GK_LANE_NOTICE, "notify", info->message);
    if (json_array_size(json_object_get(change->event.data, "documents")))
        add_job(change, "confidentiality", GK_LANE_DOCUMENT, "admit", "");
    switch (step->event) {
    case GK_REMINDER_DUE:
        add_job(change, "reminder", GK_LANE_NOTICE, "remind", "");
        break;
    case GK_DIGEST_DUE:
        add_job(change, "reminder", GK_LANE_NOTICE, "digest", "");
        break;
    case GK_INCIDENT_RAISED:
        add_job(change, "reminder", GK_LANE_NOTICE, "alarm", "confirmation");
        break;
    case GK_LAPSE_PROPOSED:
        add_job(change, "reminder", GK_LANE_NOTICE, "alarm", "lapse");
        break;
    case GK_DOCUMENTS_ADMITTED:
    case GK_SCANNED:
        if (json_is_true(json_object_get(change->event.data, "refused")))
            add_job(change, "reminder", GK_LANE_NOTICE, "alarm", "quarantine");
        break;
    case GK_JOB_DIED:           /* a dead notice must not cause the next one */
        if (strcmp(gk_json_text(change->event.data, "lane"), "case") == 0)
            add_job(change, "reminder", GK_LANE_NOTICE, "alarm", "dead_letter");
        break;
    default:
        break;
    }
}

static void add_timer(gk_change *change, const char *name, int64_t at)
{
    if (change->timer_count == GK_CHANGE_TIMERS)
        return;
    int i = change->timer_count++;
    SET(change->timers[i].name, name);
    change->timers[i].at = at;
}

unsigned gk_case_remind(const gk_rules *rules, int left)
{
    enum { HOLDER = 1, UNIT = 2, OFFICE = 4 };
    if (left <= 0)
        return HOLDER | UNIT | OFFICE;
    unsigned who = 0;
    for (int i = 0; i < rules->remind_before_count; i++)
        if (rules->remind_before[i] == left)
            who = HOLDER | (i >= 1 ? UNIT : 0) | (i >= 2 ? OFFICE : 0);
    return who;
}

/*  First instant after `now`, in office hours of a working day, at which a reminder is
 *  due; 0 when none is within two months. */
static int64_t next_reminder(const gk_case *self, const gk_law *law, int64_t now)
{
    gk_date today = gk_date_of(now);
    for (gk_date day = today; day.day < today.day + 70; day = gk_date_plus(day, 1)) {
        if (!gk_calendar_is_workday(law->calendar, day) || day.day == self->reminded_on.day)
            continue;
        if (!gk_case_remind(law->rules, gk_calendar_between(law->calendar, day, self->due_on)))
            continue;
        int64_t open = gk_date_at(day, law->rules->office_hour_from), shut = gk_date_at(day, law->rules->office_hour_to);
        if (now < open)
            return open;
        if (now < shut)
            return now;
    }
    return 0;
}

void gk_case_timers(const gk_case *self, const gk_law *law, int64_t now, gk_change *out)
{
    const gk_rules *rules = law->rules;
    out->timer_count = 0;
    if (self->state == GK_LEDGER) {
        gk_date day = gk_date_of(now);
        if (now >= gk_date_at(day, rules->office_hour_from) || !gk_calendar_is_workday(law->calendar, day))
            day = gk_calendar_due(law->calendar, day, 1).date;
        add_timer(out, "digest", gk_date_at(day, rules->office_hour_from));
        return;
    }
    if (gk_flow_state(self->state)->final)
        return;
    if (self->state == GK_CONFIRMATION && !gk_date_is_none(self->confirmation_due))
        add_timer(out, "confirmation", gk_date_at(self->confirmation_due, rules->office_hour_to));
    if (self->state == GK_CORRECTION || self->state == GK_PAYMENT) {
        gk_date last = self->state == GK_CORRECTION ? self->correction_due : self->payment_due;
        gk_date day = gk_calendar_due(law->calendar, last, rules->lapse_grace_days).date;
        add_timer(out, "lapse", gk_date_at(gk_date_plus(day, 1), rules->office_hour_from));
    }
    for (int i = 0; i < self->consultation_count; i++) {
        const gk_consultation *c = &self->consultations[i];
        if (!c->open)
            continue;
        gk_date from = gk_date_is_none(c->served_on) ? c->started_on : c->served_on;
        gk_date last = gk_calendar_due(law->calendar, from, rules->consultation_days).date;
        add_timer(out, c->id, gk_date_at(gk_date_plus(last, 1), rules->office_hour_from));
    }
    int64_t reminder = gk_date_is_none(self->due_on) || self->clock == GK_CLOCK_STOPPED ? 0 : next_reminder(self, law, now);
    if (reminder)
        add_timer(out, "due", reminder);
}

/*  ---- apply ------------------------------------------------------------------------------ */

unsigned gk_case_takes(gk_event_type event)
{
    return event == GK_REGISTERED || event == GK_RECEIPT_CONFIRMED ? GK_TAKES_CASE
        : event == GK_APPROVED ? GK_TAKES_LETTER : 0;
}

gk_err gk_case_event_of(const gk_case *self, const char *action, const json_t *data, const gk_law *law,
                        gk_event_type *out, gk_why *why)
{
    const gk_outcome *outcome = gk_outcomes_find(law->outcomes, gk_json_text(data, "outcome"));
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
        if (table[i].event == GK_REFUSAL_PROPOSED && !(outcome && outcome->refuses))
            continue;
        if (table[i].event == GK_PROPOSED && outcome && outcome->refuses)
            continue;
        *out = table[i].event;
        return GK_OK;
    }
    return known ? gk_refuse(why, GK_ESTATE, "%.40s is not possible while the case is in %s; gongkai act CASE --help lists "
                             "what is", action, gk_flow_state(self->state)->name)
        : gk_refuse(why, GK_EBADVALUE, "there is no action %.40s; gongkai act CASE --help lists them", action);
}

/*  Build the event and read its consequence off a copy of the file. */
static gk_err build(const gk_step *step, const asking *a, json_t *data, gk_change *out)
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
    SET(event->article, step->article);
    SET(event->rules, law->rules->version);
    SET(event->calendar, gk_calendar_version(law->calendar));

    gk_auto(gk_case) after = gk_case_copy(a->file);
    fold(after, event);
    if (!gk_date_is_none(after->received_on)) {
        gk_auto(gk_clock) clock = NULL;
        gk_err err = run_clock(after, law, &clock, a->why);
        if (err)
            return err == GK_EBADVALUE ? GK_ENEED : err;
        gk_clock_reading reading = gk_clock_read(clock, gk_date_of(a->act->at));
        event->due_on = reading.due_on;
        event->provisional = reading.provisional;
        event->clock = reading.state;
        after->due_on = reading.due_on;
        after->clock = reading.state;
    }
    add_jobs(step, after, out);
    gk_case_timers(after, law, a->act->at, out);
    return GK_OK;
}

gk_err gk_case_apply(const gk_case *self, const gk_act *act, const gk_law *law, gk_change *out, gk_why *why)
{
    gk_why spare;
    why = why ? why : &spare;
    const gk_event_info *info = gk_flow_event(act->event);
    const gk_step *step = gk_flow_find(self->state, act->event);
    if (!step || (act->event == GK_RECEIVED) != (self->seq == 0 && self->state == GK_INTAKE))
        return gk_refuse(why, GK_ESTATE, "%s is not possible while the case is in %s", info->name,
                         gk_flow_state(self->state)->name);
    if (!gk_case_allows(self, step, act->actor))
        return refuse_actor(self, step, act->actor, why);
    if (self->seq >= MOST_SEQ || self->clock_count >= MOST_CLOCK_EVENTS)
        return gk_refuse(why, GK_ETOOLARGE, "the case has too many events");

    asking a = { self, act, law, gk_act_date(act->event, act->on, act->at, act->data), why };
    gk_err err = check_date(self, act, a.on, why);
    if (!err)
        err = check_needs(step, &a);
    if (err)
        return err;
    gk_json_auto *data = json_deep_copy(act->data);
    if (consequences[act->event])
        err = consequences[act->event](&a, data);
    if (err)
        return err;
    *out = (gk_change) { 0 };
    err = build(step, &a, data, out);
    if (err)
        gk_change_clear(out);
    return err;
}

/*  ---- looking ------------------------------------------------------------------------------ */

const gk_case_document *gk_case_document_find(const gk_case *self, const char *digest)
{
    for (int i = 0; i < self->document_count; i++)
        if (strcmp(self->documents[i].digest, digest) == 0)
            return &self->documents[i];
    return NULL;
}

gk_hash gk_case_content_hash(const gk_case *self)
{
    gk_hasher *hasher = gk_hasher_new();
    gk_hasher_add(hasher, self->proposal_hash.bytes, sizeof self->proposal_hash.bytes);
    for (int i = 0; i < self->document_count; i++)
        if (strcmp(self->documents[i].kind, "release") == 0 && self->documents[i].status == GK_ADMITTED)
            hash_text(hasher, self->documents[i].digest);
    return gk_hasher_end(&hasher);
}
