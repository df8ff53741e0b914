/*  gk_consequence - what a step adds to its event: numbers, dates and amounts that follow from the law
 *  and are stored, so that nobody computes them a second time. */
#include "core/archive.h"
#include "core/door.h"
#include "base/mem.h"
#include "core/fee.h"
#include "core/form.h"
#include "core/items.h"

#include <string.h>

static gk_err add_receipt(const gk_asking *a, json_t *data)
{
    gk_date received = gk_form_received_on(data);
    gk_json_set_date(data, "received_on", received);
    /*  Not confirmed on the working day after it came is an incident (DECISIONS "Receipt"), whenever it was typed in. */
    gk_date arrived = gk_json_date(data, "arrived_on");
    if (gk_date_is_none(received))
        gk_json_set_date(data, "check_on", gk_calendar_due(a->law->calendar, gk_date_is_none(arrived) ? a->on : arrived, 1).date);
    return GK_OK;
}

/*  A request under Art. 41 is counted in a series of its own (更 G) and is no item of the fee month. */
static void add_number(const gk_asking *a, const char *office, gk_date received, json_t *data)
{
    int year;
    gk_date_split(received, &year, NULL, NULL);
    char number[GK_CASE_NUMBER + 32];
    bool records = a->file->kind == GK_KIND_RECORDS;
    snprintf(number, sizeof number, "%s-%s%04d-%06d", office, records ? "G-" : "", year, a->act->numbers.case_serial);
    json_object_set_new(data, "number", json_string(number));
    if (!records)
        json_object_set_new(data, "ordinal", json_integer(a->act->numbers.ordinal));
}

/*  A part keeps the day on which the whole was received (DECISIONS "Items and splits"). */
static gk_err register_part(const gk_asking *a, json_t *data)
{
    gk_date received = gk_json_date(data, "received_on");
    if (gk_date_is_none(received))
        return gk_refuse(a->why, GK_ENEED, "receipt is not confirmed yet");
    const char *office = gk_json_text(data, "office");
    if (strcmp(office, a->act->actor->office) != 0)
        return gk_refuse(a->why, GK_EDENIED, "%s splits no application of office %.15s", a->act->actor->name, office);
    add_number(a, office, received, data);
    return GK_OK;
}

/*  Confirmation moves the day of receipt (Art. 31), so one that was put off is seen for ever. */
static bool confirmed_late(const gk_asking *a, gk_date received)
{
    gk_date arrived = a->file->arrived_on;
    return !gk_date_is_none(arrived) && received.day > gk_calendar_due(a->law->calendar, arrived, 1).date.day;
}

static gk_err add_registration(const gk_asking *a, json_t *data)
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
    add_number(a, a->file->office, received, data);
    int lag = gk_calendar_between(a->law->calendar, received, gk_date_of(a->act->at));
    json_object_set_new(data, "late", json_boolean(lag > a->law->rules->registration_lag_days));
    if (confirmed_late(a, received))
        json_object_set_new(data, "late_confirmation", json_true());
    return GK_OK;
}

/*  How many items of the month stand before this case; its ordinal came from disk. */
static gk_err items_before(const gk_asking *a, int64_t *out)
{
    *out = a->file->ordinal - 1;
    return *out >= 0 && *out <= GK_FEE_MOST ? GK_OK
        : gk_refuse(a->why, GK_EDAMAGED, "the case's ordinal in the month is %d: run gongkai verify", a->file->ordinal);
}

static gk_err check_triage(const gk_asking *a, json_t *data)
{
    const char *unit = gk_json_text(data, "unit");
    if (!gk_org_has_unit(a->law->org, a->file->office, unit))
        return gk_refuse(a->why, GK_EBADVALUE, "office %s has no unit %.20s", a->file->office, unit);
    if (a->file->kind == GK_KIND_RECORDS)
        return json_is_object(json_object_get(data, "fee"))
            ? gk_refuse(a->why, GK_EBADVALUE, "a request to correct a record costs nothing (Art. 41): leave fee out") : GK_OK;
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

/*  What is made from a classified document carries no mark and is withheld all the same. */
static gk_err check_derivation(const gk_asking *a, json_t *data)
{
    const char *from = gk_json_text(data, "derived_from");
    if (!*from)
        return GK_OK;
    const gk_case_document *source = gk_case_document_find(a->file, from);
    if (!source)
        return gk_refuse(a->why, GK_EBADVALUE, "derived_from: this case has no document with that digest");
    bool classified = source->status == GK_REFUSED || source->status == GK_DESTROYED;
    if (classified && strcmp(gk_json_text(data, "kind"), "release") == 0)
        return gk_refuse(a->why, GK_ENEED, "derived_from: its source carries a class-A mark, so it is not released; propose D1");
    return GK_OK;
}

static gk_err check_unit(const gk_asking *a, json_t *data)
{
    return gk_org_has_unit(a->law->org, a->file->office, gk_json_text(data, "unit")) ? GK_OK
        : gk_refuse(a->why, GK_EBADVALUE, "office %s has no unit of that code", a->file->office);
}

/*  A notice whose service nobody proved by then is looked after. */
static void set_check(const gk_asking *a, json_t *data)
{
    gk_json_set_date(data, "check_on", gk_calendar_due(a->law->calendar, a->on, a->law->rules->service_proof_days).date);
}

static gk_err add_check(const gk_asking *a, json_t *data)
{
    set_check(a, data);
    return GK_OK;
}

/*  What the applicant has to answer, in the time that a correction has. */
static gk_err add_period(const gk_asking *a, json_t *data)
{
    json_object_set_new(data, "period_days", json_integer(a->law->rules->correction_days));
    return GK_OK;
}

/*  The last day on which telling the applicant is in time: at the earliest the day of the act. */
static void set_tell_by(const gk_asking *a, gk_date last, json_t *data)
{
    if (!gk_date_is_none(last))
        gk_json_set_date(data, "tell_by", last.day > a->on.day ? last : a->on);
}

/*  Within the term, as it stands today (条例 Art. 33(2), 35; 国办函〔2020〕109号 Art. 6). */
static gk_err add_telling(const gk_asking *a, json_t *data)
{
    set_tell_by(a, gk_case_read(a->file, a->law, a->on).due_on, data);
    return GK_OK;
}

static gk_err add_correction(const gk_asking *a, json_t *data)
{
    gk_auto(gk_clock) clock = gk_case_clock(a->file, a->law);
    set_tell_by(a, clock ? gk_clock_correct_by(clock) : GK_NO_DATE, data);
    set_check(a, data);
    return add_period(a, data);
}

/*  Posted after it was asked for and before it came.  A parcel that this office refused came on the day of the refusal,
 *  which has to be said (DECISIONS "Correction"). */
static gk_err check_posting(const gk_asking *a, json_t *data)
{
    gk_date posted = gk_json_date(data, "posted_on");
    gk_date asked = a->act->event == GK_CORRECTION_RECEIVED ? a->file->notice_on : GK_NO_DATE;
    if (json_is_true(json_object_get(data, "refused_by_us")) && gk_date_is_none(a->act->on))
        return gk_refuse(a->why, GK_EMISSING, "refused_by_us: say with --on on which day it was refused; it counts as received then");
    if (gk_date_is_none(posted))
        return GK_OK;
    if (posted.day > a->on.day || (!gk_date_is_none(asked) && posted.day < asked.day))
        return gk_refuse(a->why, GK_EBADVALUE, "posted_on lies between the notice and the day it came");
    return GK_OK;
}

/*  A reason accepted defers the lapse, never brings it forward. */
static gk_err check_deferral(const gk_asking *a, json_t *data)
{
    char text[GK_DATE_TEXT];
    gk_date until = gk_json_date(data, "until"), last = a->file->correction_due;
    last = last.day > a->on.day ? last : a->on;
    return until.day > last.day ? GK_OK
        : gk_refuse(a->why, GK_EBADVALUE, "until must be later than %s", gk_date_format(last, text));
}

/*  Which of the notices it is. */
static const gk_telling *name_notice(const gk_asking *a, json_t *data)
{
    const gk_telling *notice = gk_case_notice(a->file, a->act->event, gk_json_text(data, "letter"));
    char name[GK_CODE];
    snprintf(name, sizeof name, "n%d", notice->seq);
    json_object_set_new(data, "notice", json_string(name));
    json_object_set_new(data, "letter", json_string(notice->letter));
    return notice;
}

static gk_err add_posting(const gk_asking *a, json_t *data)
{
    const gk_telling *notice = name_notice(a, data);
    if (!gk_date_is_none(notice->tell_by))
        json_object_set_new(data, "timely", json_boolean(a->on.day <= notice->tell_by.day));
    return GK_OK;
}

static gk_err add_notice_period(const gk_asking *a, json_t *data)
{
    bool fee = a->file->state == GK_PAYMENT;
    const gk_telling *notice = name_notice(a, data);
    if (!fee && a->file->state != GK_CORRECTION)
        return GK_OK;
    if (strcmp(notice->letter, fee ? "fee_notice" : "correction_notice") != 0)
        return GK_OK;           /* another gives no period */
    gk_date last = gk_calendar_due(a->law->calendar, a->on, fee ? a->law->rules->payment_days : a->law->rules->correction_days).date;
    gk_json_set_date(data, fee ? "payment_due" : "correction_due", last);
    return GK_OK;
}

/*  Whoever was told and did nothing is told again: the next working day while receipt is unconfirmed. */
static gk_err add_incident(const gk_asking *a, json_t *data)
{
    const char *kind = gk_json_text(data, "kind");
    bool untold = strcmp(kind, "untold") == 0;
    if (!untold && strcmp(kind, "confirmation") != 0)
        return add_check(a, data);
    gk_json_set_date(data, "check_on", gk_calendar_due(a->law->calendar, a->on, untold ? a->law->rules->telling_days : 1).date);
    return GK_OK;
}

static gk_err add_consultation(const gk_asking *a, json_t *data)
{
    char id[GK_CODE];
    if (a->file->consultation_count == GK_CASE_CONSULTATIONS)
        return gk_refuse(a->why, GK_ETOOLARGE, "at most %d consultations a case", GK_CASE_CONSULTATIONS);
    snprintf(id, sizeof id, "c%d", a->file->seq + 1);
    json_object_set_new(data, "consultation", json_string(id));
    const char *kind = gk_json_text(data, "kind");      /* Art. 32 and 34 fix fifteen days, Art. 11 and 17 none */
    if (strcmp(kind, "other_agency") == 0 || strcmp(kind, "referral") == 0)
        json_object_set_new(data, "days", json_integer(a->law->rules->referral_days));
    if (json_is_true(json_object_get(data, "applicant_told")))
        set_tell_by(a, gk_calendar_due(a->law->calendar, a->on, a->law->rules->telling_days).date, data);
    return add_check(a, data);
}

static int64_t fee_of(const gk_law *law, const char *standard, int64_t before, int64_t count)
{
    return strcmp(standard, "pages") == 0 ? gk_fee_pages(law->rules, count) : gk_fee_items(law->rules, before, count);
}

bool gk_case_fee_is_large(const gk_case *self, const json_t *charge, const gk_law *law)
{
    int64_t count = json_integer_value(json_object_get(charge, "count")), before = self->ordinal - 1;
    return count >= 1 && count <= GK_FEE_MOST && before >= 0 && before <= GK_FEE_MOST
        && fee_of(law, gk_json_text(charge, "standard"), before, count) > law->rules->fee_second_approval_yuan;
}

/*  What `count` of the standard cost, with the lines that say so; one fee notice an application. */
static gk_err add_amount(const gk_asking *a, const char *standard, int64_t count, json_t *data)
{
    if (a->file->fee_yuan && !*a->file->charger)
        return gk_refuse(a->why, GK_ENEED, "this application was charged already: one fee notice each");
    bool pages = strcmp(standard, "pages") == 0;
    if (count < 1 || count > GK_FEE_MOST || (!pages && count != 1))
        return gk_refuse(a->why, GK_EBADVALUE, pages ? "count must be 1 to 1000000 pages"
                         : "one case is one item (count=1); a split into several is a decision of its own");
    if (pages && strcmp(a->file->medium, "inspect") == 0)
        return gk_refuse(a->why, GK_ENEED, "who inspects on the spot is given no pages: only paper, e-mail and copies are charged by "
                         "the page (国办函〔2020〕109号 Art. 5)");
    int64_t before;
    gk_err err = items_before(a, &before);
    if (err)
        return err;
    int64_t yuan = fee_of(a->law, standard, before, count);
    if (yuan == 0)
        return gk_refuse(a->why, GK_EBADVALUE, "nothing is owed for that count: decide without a fee");
    json_object_set_new(data, "fee_yuan", json_integer(yuan));
    json_object_set_new(data, "before", json_integer(before));
    json_object_set_new(data, "period_days", json_integer(a->law->rules->payment_days));
    json_object_set_new(data, "arithmetic", pages ? gk_fee_pages_lines(a->law->rules, count)
                        : gk_fee_items_lines(a->law->rules, before, count));
    set_check(a, data);
    return add_telling(a, data);
}

static gk_err add_fee(const gk_asking *a, json_t *data)
{
    gk_err err = add_amount(a, gk_json_text(data, "standard"), json_integer_value(json_object_get(data, "count")), data);
    int64_t yuan = json_integer_value(json_object_get(data, "fee_yuan")), most = a->law->rules->fee_second_approval_yuan;
    if (!err && a->act->event == GK_FEE_NOTICE_SENT && yuan > most)
        return gk_refuse(a->why, GK_ENEED, "a fee of %lld yuan, more than %lld, needs a second approval: gongkai act CASE charge "
                         "proposes it, the approver sends it with approve_fee", (long long) yuan, (long long) most);
    return err;
}

/*  The notice is the one that was proposed. */
static gk_err add_approved_fee(const gk_asking *a, json_t *data)
{
    json_object_set_new(data, "standard", json_string(a->file->fee_standard));
    json_object_set_new(data, "count", json_integer(a->file->fee_count));
    return add_amount(a, a->file->fee_standard, a->file->fee_count, data);
}

static gk_err add_payment(const gk_asking *a, json_t *data)
{
    if (a->act->event == GK_PAYMENT_RECORDED && json_integer_value(json_object_get(data, "amount_yuan")) == 0)
        return gk_refuse(a->why, GK_EBADVALUE, "amount_yuan must be more than 0");
    if (gk_case_payment_find(a->file, gk_json_text(data, "receipt_number")))
        return gk_refuse(a->why, GK_EBADVALUE, "receipt_number: this fiscal receipt stands in the case already; each payment has its own");
    if (a->file->payment_count == GK_CASE_PAYMENTS)
        return gk_refuse(a->why, GK_ETOOLARGE, "at most %d payments a case", GK_CASE_PAYMENTS);
    if (!gk_case_pays_in_time(a->file, a->on) || !a->file->fee_yuan)
        json_object_set_new(data, "late", json_true());
    return GK_OK;
}

static gk_err add_excuse(const gk_asking *a, json_t *data)
{
    gk_json_set_date(data, "restart_on", a->file->late_on);
    return GK_OK;
}

static gk_err add_letter_number(const gk_asking *a, json_t *data)
{
    const json_t *office = gk_org_office(a->law->org, a->file->office);
    int year;
    gk_date_split(a->on, &year, NULL, NULL);
    gk_free_auto char *number = gk_format("%s〔%d〕%d号", gk_json_text(office, "letter_mark"), year,
                                          a->act->numbers.letter_serial);
    json_object_set_new(data, "letter_number", json_string(number));
    return GK_OK;
}

/*  A void number is kept, with the reason (DECISIONS "From signature to service"). */
static gk_err add_void_number(const gk_asking *a, json_t *data)
{
    json_object_set_new(data, "letter_number", json_string(a->file->letter_number));
    return GK_OK;
}

/*  The article sets no maximum, so a long delay is only pointed at. */
static gk_err add_delay(const gk_asking *a, json_t *data)
{
    gk_date until = gk_json_date(data, "until");
    if (gk_date_is_none(until))
        return gk_refuse(a->why, GK_EBADVALUE, "until must be a date, YYYY-MM-DD");
    int days = gk_calendar_between(a->law->calendar, a->on, until);
    json_object_set_new(data, "working_days", json_integer(days));
    json_object_set_new(data, "long", json_boolean(days > a->law->rules->delay_warning_days));
    return add_telling(a, data);
}

/*  The n-th working day before a date. */
static gk_date workday_before(const gk_calendar *calendar, gk_date date, int n)
{
    while (n > 0) {
        date = gk_date_plus(date, -1);
        n -= gk_calendar_is_workday(calendar, date);
    }
    return date;
}

/*  The internal due date leaves the office its days before the statutory one, and the unit at least the next
 *  working day (DECISIONS "Handling"). */
static gk_err add_subtask(const gk_asking *a, json_t *data)
{
    const gk_rules *rules = a->law->rules;
    const gk_calendar *calendar = a->law->calendar;
    if (a->file->subtask_count == GK_CASE_SUBTASKS)
        return gk_refuse(a->why, GK_ETOOLARGE, "at most %d sub-tasks a case", GK_CASE_SUBTASKS);
    gk_err err = check_unit(a, data);
    if (err)
        return err;
    if (strcmp(gk_json_text(data, "unit"), a->file->unit) == 0)
        return gk_refuse(a->why, GK_EBADVALUE, "unit %s has the case itself: a sub-task is for another unit", a->file->unit);
    const json_t *typed = json_object_get(data, "days");
    json_int_t days = typed ? json_integer_value(typed) : rules->subtask_days;
    gk_date by = gk_case_work_by(a->file);
    if (gk_date_is_none(by))
        return gk_refuse(a->why, GK_ENEED, "no reply is owed now, so no internal term can be set");
    gk_date last = workday_before(calendar, by, rules->subtask_reserve_days);
    gk_date next = gk_calendar_due(calendar, a->on, 1).date;
    if (last.day < next.day)
        last = next;
    if (days < 1 || days > 365 || (typed && gk_calendar_due(calendar, a->on, (int) days).date.day > last.day)) {
        char text[GK_DATE_TEXT];
        return gk_refuse(a->why, GK_EBADVALUE, "days: the internal due date is a working day up to %s; leave days out for the rule's",
                         gk_date_format(last, text));
    }
    gk_date due = gk_calendar_due(calendar, a->on, (int) days).date;
    gk_json_set_date(data, "due_on", due.day < last.day ? due : last);
    char id[GK_CODE];
    snprintf(id, sizeof id, "t%d", a->file->seq + 1);
    json_object_set_new(data, "subtask", json_string(id));
    return GK_OK;
}

/*  Only the ledger reads the sealed list; how many it has is what the procedure needs. */
static gk_err check_items(const gk_asking *a, json_t *data)
{
    json_int_t count = json_integer_value(json_object_get(data, "count"));
    return count >= 1 && count <= GK_CASE_ITEMS ? GK_OK
        : gk_refuse(a->why, count < 1 ? GK_EMISSING : GK_ETOOLARGE, "items: 1 to %d items, one a line", GK_CASE_ITEMS);
}

/*  The proposal of a case with items names the decision on each, so that who reviews the proposal has
 *  signed for them too. */
static gk_err add_whole(const gk_asking *a, json_t *data)
{
    if (!a->file->item_count)
        return GK_OK;
    json_object_set_new(data, "outcome", json_string(gk_items_whole(a->file, a->law->outcomes)->code));
    json_t *items = json_array();
    json_object_set_new(data, "items", items);
    for (int i = 0; i < a->file->item_count; i++) {
        const gk_case_item *item = &a->file->items[i];
        char hex[GK_HASH_HEX];
        json_array_append_new(items, json_pack("{s:i, s:s, s:i, s:s}", "item", i + 1, "outcome", item->outcome, "seq", item->seq,
                                               "decision", gk_hash_hex(&item->decision, hex)));
    }
    return GK_OK;
}

static gk_err add_lapse(const gk_asking *a, json_t *data)
{
    bool corrected = a->file->state == GK_CORRECTION_LAPSE;
    json_object_set_new(data, "outcome", json_string(corrected ? "O1" : "O2"));
    gk_json_set_date(data, "notice_on", a->file->notice_on);
    gk_json_set_date(data, "served_on", a->file->served_on);
    gk_json_set_date(data, "period_end", corrected ? a->file->correction_due : a->file->payment_due);
    return add_letter_number(a, data);
}

static gk_err add_withdrawal(const gk_asking *a, json_t *data)
{
    json_object_set_new(data, "outcome", json_string(a->file->kind == GK_KIND_RECORDS ? "R5" : "O3"));
    return *a->file->letter_number ? add_void_number(a, data) : GK_OK;
}

static gk_err add_passing(const gk_asking *a, json_t *data)
{
    const char *to = gk_json_text(data, "to_office");
    const json_t *office = gk_org_office(a->law->org, to);
    if (!office || strcmp(to, a->file->office) == 0)
        return gk_refuse(a->why, GK_EBADVALUE, "to_office: %.15s is no other office of this district", to);
    gk_err err = add_withdrawal(a, data);
    json_object_set_new(data, "office_name", json_string(gk_json_text(office, "name")));
    json_object_set_new(data, "office_phone", json_string(gk_json_text(office, "phone")));
    return err;
}

/*  A verdict says what exactly was reviewed: the file's own digest, or the hash of the decision on the item. */
static gk_err add_part(const gk_asking *a, json_t *data)
{
    char hex[GK_HASH_HEX] = "";
    json_int_t item = json_integer_value(json_object_get(data, "item"));
    const char *digest = gk_json_text(data, "digest");
    const gk_case_document *document = gk_case_document_find(a->file, digest);
    if (document && document->status != GK_ADMITTED)
        return gk_refuse(a->why, GK_ENEED, "the file is not admitted: nobody can have read it");
    if (!document)
        gk_hash_hex(&a->file->items[item - 1].decision, hex);
    json_object_set_new(data, "reviewed", json_string(document ? digest : hex));
    json_object_set_new(data, "proposal", json_integer(a->file->proposal_seq));
    return GK_OK;
}

/*  A question to whoever decides, like any consultation: its days are excluded if the applicant was told. */
static gk_err add_referral(const gk_asking *a, json_t *data)
{
    json_object_set_new(data, "kind", json_string("referral"));
    json_object_set_new(data, "verdict", json_string("referred"));
    gk_err err = add_part(a, data);
    return err ? err : add_consultation(a, data);
}

/*  The signature names each file that leaves: one that a decision grants, and that its verdict lets go
 *  (VERDICTS_FIT has looked). */
static void add_released(const gk_asking *a, json_t *data)
{
    json_t *released = json_array();
    json_object_set_new(data, "released", released);
    for (int i = 0; i < a->file->document_count; i++) {
        const gk_case_document *document = &a->file->documents[i];
        if (gk_case_is_release(document) && document->status == GK_ADMITTED
            && gk_items_releasing(a->file, a->law->outcomes, document))
            json_array_append_new(released, json_string(document->digest));
    }
}

/*  What the secrecy reviewer did not call public does not go out: granted needs `public`, partly granted
 *  `public` or `partial`; else the draft goes back. */
static gk_err add_reviewed(const gk_asking *a, json_t *data)
{
    const gk_outcome *outcome = gk_outcomes_find(a->law->outcomes, a->file->outcome);
    const char *verdict = gk_json_text(data, "verdict");
    bool partly = outcome && outcome->refuses;
    if (outcome && gk_items_disclose(a->file, a->law->outcomes) && strcmp(verdict, "public") != 0 && !(partly && strcmp(verdict, "partial") == 0))
        return gk_refuse(a->why, GK_ENEED, "verdict %s does not fit a decision that discloses (%s): return the draft "
                         "(return_secrecy)", verdict, outcome->code);
    char hex[GK_HASH_HEX];
    gk_hash hash = gk_case_content_hash(a->file);
    json_object_set_new(data, "reviewed", json_string(gk_hash_hex(&hash, hex)));
    add_released(a, data);
    return GK_OK;
}

/*  What goes out, in time or not, and whether the files that were attached go with it: a file that was to be released
 *  and then refused stays. */
static gk_err add_dispatch(const gk_asking *a, json_t *data)
{
    if (a->act->event == GK_DISPATCHED)
        set_check(a, data);
    const gk_outcome *outcome = gk_outcomes_find(a->law->outcomes, a->file->outcome);
    json_object_set_new(data, "gives", json_boolean(outcome && outcome->discloses));
    if (gk_case_lapsed(a->file))
        return GK_OK;           /* a notice that nothing is processed any more has no term */
    gk_clock_reading reading = gk_case_read(a->file, a->law, a->on);
    json_object_set_new(data, "timely", json_boolean(!gk_date_is_none(reading.due_on) && a->on.day <= reading.due_on.day));
    return GK_OK;
}

static gk_err add_proceeding(const gk_asking *a, json_t *data)
{
    char id[GK_CODE];
    bool simple = json_is_true(json_object_get(data, "simple"));
    bool court = strcmp(gk_json_text(data, "kind"), "reconsideration") != 0;
    if (a->file->proceeding_count == GK_CASE_PROCEEDINGS)
        return gk_refuse(a->why, GK_ETOOLARGE, "at most %d proceedings a case", GK_CASE_PROCEEDINGS);
    if (court && simple)
        return gk_refuse(a->why, GK_EBADVALUE, "simple: only a reconsideration is answered sooner by the simple procedure; "
                         "before a court it is %d days all the same: leave it out", a->law->rules->court_answer_days);
    snprintf(id, sizeof id, "p%d", a->file->seq + 1);
    gk_due due = gk_case_answer_due(a->law, gk_json_text(data, "kind"), simple, a->on);
    json_object_set_new(data, "proceeding", json_string(id));
    gk_json_set_date(data, "answer_due", due.date);
    json_object_set_new(data, "provisional", json_boolean(due.provisional));
    return GK_OK;
}

/*  Nothing happens in a proceeding before its copy came in. */
static gk_err check_proceeding_day(const gk_asking *a, const gk_proceeding *proceeding)
{
    char text[GK_DATE_TEXT];
    return a->on.day >= proceeding->received_on.day ? GK_OK
        : gk_refuse(a->why, GK_EBADVALUE, "the date may not be earlier than the day the copy was received, %s",
                    gk_date_format(proceeding->received_on, text));
}

static gk_err add_answer(const gk_asking *a, json_t *data)
{
    const gk_proceeding *proceeding = gk_case_proceeding(a->file, gk_json_text(data, "proceeding"));
    json_object_set_new(data, "timely", json_boolean(a->on.day <= proceeding->answer_due.day));
    return check_proceeding_day(a, proceeding);
}

/*  Only a court may allow it, and not for ever; whatever it allows is no more provisional. */
static gk_err add_answer_extension(const gk_asking *a, json_t *data)
{
    enum { MOST_DAYS = 366 };
    const gk_proceeding *proceeding = gk_case_proceeding(a->file, gk_json_text(data, "proceeding"));
    gk_date until = gk_json_date(data, "until");
    if (strcmp(proceeding->kind, "reconsideration") == 0)
        return gk_refuse(a->why, GK_EBADVALUE, "a reconsideration body does not extend the term of the written answer "
                         "(行政复议法 Art. 48, 54): answer in time");
    if (gk_date_is_none(until) || until.day <= proceeding->answer_due.day || until.day > a->on.day + MOST_DAYS)
        return gk_refuse(a->why, GK_EBADVALUE, "until must be later than the answer is due now, and at most %d days ahead", MOST_DAYS);
    gk_json_set_date(data, "was", proceeding->answer_due);
    return check_proceeding_day(a, proceeding);
}

static gk_err check_conclusion(const gk_asking *a, json_t *data)
{
    return check_proceeding_day(a, gk_case_proceeding(a->file, gk_json_text(data, "proceeding")));
}

static gk_err add_redo(const gk_asking *a, json_t *data)
{
    gk_clock_reading reading = gk_case_read(a->file, a->law, a->on);
    if (gk_date_is_none(a->file->received_on))
        return gk_refuse(a->why, GK_ENEED, "receipt is not confirmed yet");
    gk_json_set_date(data, "previous_due_on", reading.due_on);
    json_object_set_new(data, "previous_outcome", json_string(a->file->outcome));
    return check_conclusion(a, data);
}

static gk_err add_package(const gk_asking *a, json_t *data)
{
    char hex[GK_HASH_HEX];
    json_t *package = gk_archive_package(a->file);
    gk_hash manifest = gk_archive_manifest(package);
    json_object_set_new(data, "package", package);
    json_object_set_new(data, "manifest", json_string(gk_hash_hex(&manifest, hex)));
    gk_json_set_date(data, "handover_due", gk_archive_due(a->file, a->law->rules));
    return GK_OK;
}

static gk_err add_handover(const gk_asking *a, json_t *data)
{
    char hex[GK_HASH_HEX];
    json_object_set_new(data, "manifest", json_string(gk_hash_hex(&a->file->manifest, hex)));
    gk_json_set_date(data, "keep_until", gk_archive_keep_until(a->file, a->law->rules));
    json_object_set_new(data, "timely", json_boolean(a->on.day <= gk_archive_due(a->file, a->law->rules).day));
    return GK_OK;
}

/*  Art. 44 knows no number of days; the answer and the publishing take twenty working days each (DECISIONS). */
static gk_err add_suggestion(const gk_asking *a, json_t *data)
{
    const char *other = gk_json_text(data, "other_case");
    bool same = strcmp(gk_json_text(data, "cause"), "same_item") == 0;
    if (same && (!*other || strcmp(other, a->file->number) == 0))
        return gk_refuse(a->why, GK_EMISSING, "cause=same_item needs other_case=: the number of another applicant's case that was given the same");
    if (!same && *other)
        return gk_refuse(a->why, GK_EBADVALUE, "other_case belongs to cause=same_item");
    gk_json_set_date(data, "due_on", gk_calendar_due(a->law->calendar, a->on, a->law->rules->publication_answer_days).date);
    return GK_OK;
}

static gk_err add_published(const gk_asking *a, json_t *data)
{
    json_object_set_new(data, "timely", json_boolean(a->on.day <= a->file->publication.due_on.day));
    return GK_OK;
}

static gk_err add_publication_answer(const gk_asking *a, json_t *data)
{
    if (strcmp(gk_json_text(data, "publish"), "yes") == 0)
        gk_json_set_date(data, "due_on", gk_calendar_due(a->law->calendar, a->on, a->law->rules->publish_days).date);
    return add_published(a, data);
}

/*  What becomes public says nothing of who asked for it. */
static gk_err add_publication_review(const gk_asking *a, json_t *data)
{
    if (!json_is_true(json_object_get(data, "no_applicant_data")))
        return gk_refuse(a->why, GK_ENEED, "what says something about the applicant is not published: withhold it "
                         "(withhold_publication)");
    char hex[GK_HASH_HEX];
    gk_hash hash = gk_case_given_hash(a->file);
    json_object_set_new(data, "reviewed", json_string(gk_hash_hex(&hash, hex)));
    return GK_OK;
}

/*  Which cases they are, and by which day, the ledger has looked up. */
static gk_err check_merging(const gk_asking *a, json_t *data)
{
    return strcmp(gk_json_text(data, "other_case"), a->file->number) != 0 && json_array_size(json_object_get(data, "cases")) > 1
        && !gk_date_is_none(gk_json_date(data, "earliest_due")) ? GK_OK
        : gk_refuse(a->why, GK_EBADVALUE, "other_case: name another case of the same applicant");
}

typedef gk_err consequence(const gk_asking *a, json_t *data);

static consequence *const consequences[GK_EVENT_TYPES] = {
    [GK_RECEIVED] = add_receipt,
    [GK_REGISTERED] = add_registration,
    [GK_RECEIPT_CONFIRMED] = add_registration,
    [GK_TRIAGED] = check_triage,
    [GK_TRANSFERRED] = check_unit,
    [GK_DOCUMENTS_ATTACHED] = check_derivation,
    [GK_SUBTASK_ANSWERED] = check_derivation,
    [GK_CORRECTION_REQUESTED] = add_correction,
    [GK_CORRECTION_RECEIVED] = check_posting,
    [GK_SUPPLEMENT_RECEIVED] = check_posting,
    [GK_REASONS_RECEIVED] = check_posting,
    [GK_REASON_ACCEPTED] = check_deferral,
    [GK_CONSULTATION_STARTED] = add_consultation,
    [GK_EVIDENCE_REQUESTED] = add_period,       /* nothing lapses with it */
    [GK_REASONS_REQUESTED] = add_period,
    [GK_DELAYED] = add_delay,
    [GK_EXTENDED] = add_telling,
    [GK_NOTICE_DISPATCHED] = add_posting,
    [GK_NOTICE_SERVED] = add_notice_period,
    [GK_INCIDENT_RAISED] = add_incident,
    [GK_FEE_PROPOSED] = add_fee,
    [GK_FEE_NOTICE_SENT] = add_fee,
    [GK_FEE_APPROVED] = add_approved_fee,
    [GK_PAYMENT_RECORDED] = add_payment,
    [GK_FEE_PAID] = add_payment,
    [GK_LATENESS_EXCUSED] = add_excuse,
    [GK_SUBTASK_SENT] = add_subtask,
    [GK_ITEMISED] = check_items,
    [GK_PROPOSED] = add_whole,
    [GK_REFUSAL_PROPOSED] = add_whole,
    [GK_LAPSE_CONFIRMED] = add_lapse,
    [GK_WITHDREW] = add_withdrawal,
    [GK_VERDICT_GIVEN] = add_part,
    [GK_SECRECY_REFERRED] = add_referral,
    [GK_SECRECY_CLEARED] = add_reviewed,
    [GK_APPROVED] = add_letter_number,
    [GK_LETTER_VOIDED] = add_void_number,
    [GK_DISPATCHED] = add_dispatch,
    [GK_HANDED_OVER] = add_dispatch,
    [GK_REDISPATCHED] = add_check,
    [GK_FIGURES_ENTERED] = check_unit,
    [GK_PROCEEDING_OPENED] = add_proceeding,
    [GK_ANSWER_EXTENDED] = add_answer_extension,
    [GK_PROCEEDING_ANSWERED] = add_answer,
    [GK_PROCEEDING_CONCLUDED] = check_conclusion,
    [GK_REDO_ORDERED] = add_redo,
    [GK_ARCHIVED] = add_package,
    [GK_ARCHIVE_HANDED_OVER] = add_handover,
    [GK_PUBLICATION_SUGGESTED] = add_suggestion,
    [GK_PUBLICATION_DECIDED] = add_publication_answer,
    [GK_PUBLICATION_CLEARED] = add_publication_review,
    [GK_PUBLISHED] = add_published,
    [GK_SPLIT_OFF] = register_part,
    [GK_PASSED_ON] = add_passing,
    [GK_REPLY_MERGED] = check_merging,
};

gk_err gk_consequence_add(const gk_asking *a, json_t *data)
{
    consequence *add = consequences[a->act->event];
    return add ? add(a, data) : GK_OK;
}
