/*  gk_needs - the conditions of a step, each one small function over the case file.
 *
 *  A function that can say more than its need's sentence leaves it in a->why.
 */
#include "core/archive.h"
#include "core/door.h"
#include "core/items.h"
#include "base/mem.h"

#include <string.h>

static const char *field(const gk_asking *a, const char *name)
{
    return gk_json_text(a->act->data, name);
}

/*  What the actor may, with what the one may in whose place the act is done. */
static bool has_role(const gk_asking *a, unsigned roles)
{
    return ((a->act->actor->roles | (a->deputy ? a->deputy->roles : 0)) & roles) != 0;
}

static bool in_unit(const gk_asking *a, const char *unit)
{
    return strcmp(unit, a->act->actor->unit) == 0 || (a->deputy && strcmp(unit, a->deputy->unit) == 0);
}

/*  Four eyes are those of real people, and who acts in another's place does not see for a third: neither may have been
 *  the one before. */
static bool is_another(const gk_asking *a, const char *before)
{
    return strcmp(before, a->act->actor->name) != 0 && !(a->deputy && strcmp(before, a->deputy->name) == 0);
}

static bool free_or_mine(const gk_asking *a)
{
    return !*a->file->holder || !is_another(a, a->file->holder) || has_role(a, GK_UNIT_HEAD | GK_HEAD);
}

static bool not_drafter(const gk_asking *a)
{
    for (int i = 0; i < a->file->item_count; i++)
        if (!is_another(a, a->file->items[i].drafter))
            return false;
    return is_another(a, a->file->drafter);
}

static bool not_reviewer(const gk_asking *a)
{
    for (int i = 0; i < a->file->document_count; i++)
        if (!is_another(a, a->file->documents[i].reviewer))
            return false;
    for (int i = 0; i < a->file->item_count; i++)
        if (!is_another(a, a->file->items[i].reviewer))
            return false;
    return is_another(a, a->file->secrecy_reviewer) && is_another(a, a->file->legal_reviewer);
}

static bool correction_unused(const gk_asking *a)
{
    gk_auto(gk_clock) clock = gk_case_clock(a->file, a->law);
    return clock && gk_clock_may_correct(clock, a->on);
}

static bool correction_used(const gk_asking *a)
{
    return !correction_unused(a);
}

static bool supplement_asked(const gk_asking *a)
{
    return a->file->supplements > 0;
}

static bool reasons_unasked(const gk_asking *a)
{
    return gk_date_is_none(a->file->reasons_asked_on);
}

static bool reasons_asked(const gk_asking *a)
{
    return !reasons_unasked(a);
}

static bool reasons_given(const gk_asking *a)
{
    return a->file->reasons_seq > 0;
}

/*  What he said is in the file, or he said nothing in the time that a correction would have had, from the day on which
 *  he is proven to have been asked. */
static bool reasons_weighed(const gk_asking *a)
{
    const gk_telling *notice = gk_case_notice(a->file, GK_NOTICE_SERVED, "reasons_notice");
    return reasons_given(a) || (notice && !gk_date_is_none(notice->served_on)
        && a->on.day > gk_calendar_due(a->law->calendar, notice->served_on, a->law->rules->correction_days).date.day);
}

/*  The day of posting decides, where one is known; whatever came in the period was posted in it. */
static bool within_correction(const gk_asking *a)
{
    gk_date posted = gk_json_date(a->act->data, "posted_on");
    gk_date day = gk_date_is_none(posted) ? a->on : posted;
    return strcmp(a->file->outcome, "O1") == 0 && day.day <= a->file->correction_due.day;
}

static bool correction_runs(const gk_asking *a)
{
    return !gk_date_is_none(a->file->correction_due);
}

static bool within_payment(const gk_asking *a)
{
    bool waiting = a->file->state == GK_PAYMENT || a->file->state == GK_PAYMENT_LAPSE;
    return gk_case_pays_in_time(a->file, a->on) && (waiting || strcmp(a->file->outcome, "O2") == 0);
}

static int64_t amount_of(const gk_asking *a)
{
    return json_integer_value(json_object_get(a->act->data, "amount_yuan"));
}

static bool full_amount(const gk_asking *a)
{
    return gk_case_pays_all(a->file, amount_of(a));
}

static bool charged_by_another(const gk_asking *a)
{
    return *a->file->charger && is_another(a, a->file->charger);
}

static bool late_payment(const gk_asking *a)
{
    int64_t late = a->file->late_yuan - a->file->refunded_yuan;
    return late > 0 && a->file->paid_yuan + late >= a->file->fee_yuan;
}

static bool refundable(const gk_asking *a)
{
    const gk_case_payment *payment = gk_case_payment_find(a->file, field(a, "receipt_number"));
    return payment && amount_of(a) > 0 && amount_of(a) <= payment->yuan - payment->refunded_yuan
        && a->file->refund_count < GK_CASE_PAYMENTS;
}

/*  An opinion that was posted in time may come after the end of its term: it is heard until the reply is sent. */
static bool consultation_open(const gk_asking *a)
{
    const gk_consultation *one = gk_case_consultation(a->file, field(a, "consultation"));
    if (one && !one->open)
        return a->act->event == GK_CONSULTATION_ENDED && !*one->answer && a->file->state != GK_DELIVERY;
    return one && (a->act->event != GK_CONSULTATION_EXPIRED || gk_consultation_expires(one));
}

static bool prolongable(const gk_asking *a)
{
    const gk_consultation *one = gk_case_consultation(a->file, field(a, "consultation"));
    if (!one || (strcmp(one->kind, "other_agency") != 0 && strcmp(one->kind, "referral") != 0))
        return false;
    gk_date base = gk_date_is_none(one->served_on) ? one->started_on : one->served_on;
    return a->on.day <= gk_calendar_due(a->law->calendar, base, gk_consultation_days(one, a->law->rules)).date.day;
}

/*  The item that an act names; 0: none, or none that the case has. */
static int item_of(const gk_asking *a)
{
    json_int_t item = json_integer_value(json_object_get(a->act->data, "item"));
    return item >= 1 && item <= a->file->item_count ? (int) item : 0;
}

static bool item_known(const gk_asking *a)
{
    return !json_object_get(a->act->data, "item") || item_of(a);
}

/*  The file to release that an act names, or NULL. */
static const gk_case_document *release_of(const gk_asking *a)
{
    for (int i = 0; i < a->file->document_count; i++) {
        const gk_case_document *document = &a->file->documents[i];
        if (gk_case_is_release(document) && document->status != GK_DESTROYED
            && strcmp(document->digest, field(a, "digest")) == 0)
            return document;
    }
    return NULL;
}

/*  One file or one item, not both. */
static bool part_known(const gk_asking *a)
{
    return *field(a, "digest") ? release_of(a) && !json_object_get(a->act->data, "item") : item_of(a) > 0;
}

static bool agrees(const gk_consultation *one)
{
    return strcmp(one->answer, "agree") == 0 || strcmp(one->answer, "partly") == 0;
}

/*  What was referred is not decided before the answer, and let go only if that lets it (Art. 17). */
static bool referral_answered(const gk_asking *a)
{
    const gk_case_document *document = release_of(a);
    int item = item_of(a);
    const gk_consultation *one = gk_case_consultation(a->file, document ? document->referral : item ? a->file->items[item - 1].referral : "");
    if (!one)
        return true;
    bool lets_go = strcmp(field(a, "verdict"), "public") == 0 || strcmp(field(a, "verdict"), "partial") == 0;
    return !one->open && (!lets_go || agrees(one));
}

/*  Does a verdict let this part of a decision be said? */
static bool fits(gk_verdict verdict, const gk_outcome *outcome)
{
    bool partly = outcome && outcome->discloses && outcome->refuses;
    return verdict == GK_VERDICT_PUBLIC || (verdict == GK_VERDICT_PARTIAL && partly);
}

static bool documents_fit(const gk_asking *a)
{
    for (int i = 0; i < a->file->document_count; i++) {
        const gk_case_document *document = &a->file->documents[i];
        if (!gk_case_is_release(document) || document->status != GK_ADMITTED)
            continue;
        const gk_outcome *outcome = gk_items_releasing(a->file, a->law->outcomes, document);
        if (document->verdict == GK_VERDICT_REFERRED || (outcome && !fits(document->verdict, outcome)))
            return false;
    }
    return true;
}

/*  逐项审查: each item that discloses something has a verdict of its own that fits; what is referred waits, whatever it is. */
static bool items_fit(const gk_asking *a)
{
    for (int item = 1; item <= a->file->item_count; item++) {
        gk_verdict verdict = a->file->items[item - 1].verdict;
        const gk_outcome *outcome = gk_outcomes_find(a->law->outcomes, a->file->items[item - 1].outcome);
        bool discloses = gk_item_discloses(a->file, a->law->outcomes, item);
        if (discloses && verdict == GK_VERDICT_NONE)
            gk_refuse(a->why, GK_ENEED, "VERDICTS_FIT: item %d of %d (%s) has no verdict: gongkai act CASE give_verdict item=%d ...", item,
                      a->file->item_count, outcome->code, item);
        else if (verdict == GK_VERDICT_REFERRED || (discloses && !fits(verdict, outcome)))
            gk_refuse(a->why, GK_ENEED, "VERDICTS_FIT: the verdict on item %d of %d (%s) is %s, by which it may not go out: return the draft "
                      "(return_secrecy)", item, a->file->item_count, a->file->items[item - 1].outcome, gk_verdict_name(verdict));
        else
            continue;
        return false;
    }
    return true;
}

static bool verdicts_fit(const gk_asking *a)
{
    return documents_fit(a) && items_fit(a);
}

static const gk_subtask *subtask_of(const gk_asking *a)
{
    return gk_case_subtask(a->file, field(a, "subtask"));
}

static bool subtask_open(const gk_asking *a)
{
    return subtask_of(a) != NULL;
}

static bool subtask_ours(const gk_asking *a)
{
    const gk_subtask *subtask = subtask_of(a);
    return subtask && in_unit(a, subtask->unit);
}

static bool subtask_fresh(const gk_asking *a)
{
    const gk_subtask *subtask = subtask_of(a);
    return subtask && a->on.day <= gk_calendar_due(a->law->calendar, subtask->sent_on, a->law->rules->subtask_return_days).date.day;
}

static bool subtask_answered(const gk_asking *a)
{
    const gk_subtask *subtask = subtask_of(a);
    return subtask && subtask->status == GK_SUBTASK_REPLIED;
}

static bool subtasks_ended(const gk_asking *a)
{
    for (int i = 0; i < a->file->subtask_count; i++)
        if (gk_case_subtask(a->file, a->file->subtasks[i].id))
            return false;
    return true;
}

static bool items_decided(const gk_asking *a)
{
    for (int i = 0; i < a->file->item_count; i++)
        if (!*a->file->items[i].outcome) {
            gk_refuse(a->why, GK_ENEED, "item %d of %d has no outcome yet: gongkai act CASE decide_item item=%d outcome=...",
                      i + 1, a->file->item_count, i + 1);
            return false;
        }
    return true;
}

/*  Does the act propose a case whose outcome follows from its items? */
static bool proposes_items(const gk_asking *a)
{
    return a->file->item_count && a->act->event != GK_ITEM_DECIDED;
}

static const gk_outcome *outcome_of(const gk_asking *a)
{
    return proposes_items(a) ? gk_items_whole(a->file, a->law->outcomes)
        : gk_outcomes_find(a->law->outcomes, field(a, "outcome"));
}

/*  The kind of decision and, of a part refused, the kinds that its grounds name. */
typedef struct decided {
    const gk_outcome *kinds[1 + GK_OUTCOME_GROUNDS];
    int count;
} decided;

static decided decided_of(const gk_asking *a)
{
    decided out = { .kinds = { outcome_of(a) } };
    if (!out.kinds[0])
        return out;
    out.count = 1;
    if (gk_outcome_needs(out.kinds[0], "ground"))
        out.count += gk_outcomes_grounds(a->law->outcomes, field(a, "ground"), out.kinds + 1);
    return out;
}

static const gk_outcome *kind_needing(const decided *all, const char *name)
{
    for (int i = 0; i < all->count; i++)
        if (gk_outcome_needs(all->kinds[i], name))
            return all->kinds[i];
    return NULL;
}

/*  Is a consultation about this item, or about all of the case?  Every one is about item 0, the whole. */
static bool is_about(const gk_consultation *one, int item)
{
    return item == 0 || one->item == 0 || one->item == item;
}

static bool objects(const gk_consultation *one)
{
    return strcmp(one->kind, "third_party") == 0 && (strcmp(one->answer, "disagree") == 0 || strcmp(one->answer, "partly") == 0);
}

/*  A third party that did not agree, by its silence too (Art. 32). */
static bool is_unwilling(const gk_consultation *one)
{
    return strcmp(one->kind, "third_party") == 0 && strcmp(one->answer, "agree") != 0;
}

/*  Does its answer, or silence, leave the office to judge for itself (Art. 11, 32)?  A co-producer's silence agrees (Art. 34). */
static bool is_doubtful(const gk_consultation *one)
{
    static const struct { const char *kind; bool silence_agrees; } asked[] = {
        { "third_party", false }, { "other_agency", false }, { "co_producer", true },
    };
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
        if (strcmp(asked[i].kind, one->kind) == 0)
            return strcmp(one->answer, "agree") != 0 && (*one->answer || !asked[i].silence_agrees);
    return false;
}

static bool third_party_unwilling(const gk_case *file, int item)
{
    for (int i = 0; i < file->consultation_count; i++)
        if (is_unwilling(&file->consultations[i]) && is_about(&file->consultations[i], item))
            return true;
    return false;
}

static bool is_disclosed(const gk_law *law, const char *outcome)
{
    const gk_outcome *kind = gk_outcomes_find(law->outcomes, outcome);
    return kind && kind->discloses;
}

/*  Does a decision withhold something for the sake of the third party of that consultation? */
static bool is_spared(const gk_case *file, unsigned spares, const gk_consultation *one)
{
    return spares >> (one - file->consultations) & 1;
}

/*  Does the decision, or that on the items that it was asked about, disclose what the third party does not agree to?  Not
 *  where a part is withheld for its sake.  `weighed`: with the office's own assessment of each. */
static bool overridden(const gk_asking *a, const gk_consultation *one, bool *weighed)
{
    bool disclosed = false, spared = false;
    *weighed = true;
    if (!a->file->item_count)
        return is_disclosed(a->law, a->file->outcome) && !is_spared(a->file, a->file->spares, one);
    for (int i = 0; i < a->file->item_count; i++) {
        const gk_case_item *item = &a->file->items[i];
        if (!is_about(one, i + 1))
            continue;
        disclosed |= is_disclosed(a->law, item->outcome);
        spared |= is_spared(a->file, item->spares, one);
        *weighed &= item->weighed || !is_disclosed(a->law, item->outcome);
    }
    return disclosed && !spared;
}

static bool objection_weighed(const gk_asking *a)
{
    unsigned spares;
    gk_case_spares(a->file, field(a, "spares"), &spares);
    for (int i = 0; i < a->file->consultation_count; i++) {
        const gk_consultation *one = &a->file->consultations[i];
        bool weighed = gk_act_has(a->act->data, "own_assessment");
        if (!is_doubtful(one))
            continue;
        if (a->file->item_count ? !overridden(a, one, &weighed)
            : !is_disclosed(a->law, field(a, "outcome")) || is_spared(a->file, spares, one))
            continue;
        if (!weighed)
            return false;
    }
    return true;
}

/*  For whose sake something is withheld (`kind`: D4, or a part on that ground) the decision says: third parties asked about
 *  it that do not agree (Art. 15).  Nobody need be named where nothing is disclosed. */
static bool sake_named(const gk_asking *a, const gk_outcome *kind)
{
    unsigned spares;
    bool known = gk_case_spares(a->file, field(a, "spares"), &spares) && (kind || !spares), objection = false;
    for (int i = 0; i < a->file->consultation_count; i++) {
        const gk_consultation *one = &a->file->consultations[i];
        bool about = is_about(one, item_of(a));
        known &= !is_spared(a->file, spares, one) || (about && is_unwilling(one));
        objection |= about && objects(one);
    }
    bool owed = kind && objection && !spares && is_disclosed(a->law, field(a, "outcome"));
    if (!known)
        gk_refuse(a->why, GK_ENEED, "spares names consultations (c7) of third parties that do not agree, where a decision rests on D4: see "
                  "`gongkai show`");
    else if (owed)
        gk_refuse(a->why, GK_ENEED, "say for which third party's sake a part is withheld: spares=c7 (its consultation, see `gongkai show`); the "
                  "others are told of the disclosure");
    return known && !owed;
}

static bool consultations_ended(const gk_asking *a)
{
    decided all = decided_of(a);
    const gk_outcome *kind = kind_needing(&all, "third_party_answer");
    if (a->act->event == GK_ITEM_DECIDED && !kind)
        return sake_named(a, kind);         /* somebody may still be asked about another item */
    for (int i = 0; i < a->file->consultation_count; i++)
        if (a->file->consultations[i].open && is_about(&a->file->consultations[i], item_of(a)))
            return false;
    if (kind && !proposes_items(a) && !third_party_unwilling(a->file, item_of(a))) {
        gk_refuse(a->why, GK_ENEED, "a decision %s (%s) needs a consultation of the third party first, in which it did not agree (Art. 15, 32): "
                  "gongkai act CASE consult kind=third_party ...", kind->code, kind->en);
        return false;
    }
    return sake_named(a, kind);
}

static const gk_consultation *objection_named(const gk_asking *a)
{
    const gk_consultation *one = gk_case_consultation(a->file, field(a, "consultation"));
    return one && objects(one) ? one : NULL;
}

static bool objected(const gk_asking *a)
{
    const gk_consultation *one = objection_named(a);
    bool weighed;
    return one && overridden(a, one, &weighed);
}

static bool override_sent(const gk_asking *a)
{
    const gk_consultation *one = objection_named(a);
    return one && !gk_date_is_none(one->override_on) && one->override_on.day <= a->on.day;
}

static bool overrides_waited(const gk_asking *a)
{
    for (int i = 0; i < a->file->consultation_count; i++) {
        const gk_consultation *one = &a->file->consultations[i];
        bool weighed;
        if (!objects(one) || !overridden(a, one, &weighed))
            continue;
        if (gk_date_is_none(one->override_served))
            return false;
        if (gk_calendar_due(a->law->calendar, one->override_served, a->law->rules->override_wait_days).date.day > a->on.day)
            return false;
    }
    return true;
}

/*  Is what goes out challenged by a third party, or was a ruling on it not yet followed?  Then only the head sends it. */
static bool unchallenged(const gk_asking *a)
{
    for (int i = 0; i < a->file->proceeding_count; i++) {
        const gk_proceeding *p = &a->file->proceedings[i];
        const gk_consultation *one = gk_case_consultation(a->file, p->consultation);
        bool weighed, stands = gk_date_is_none(p->concluded_on) || (strcmp(p->result, "corrected") == 0 && !p->redo);
        if (stands && one && overridden(a, one, &weighed))
            return has_role(a, GK_HEAD) && gk_act_has(a->act->data, "reason");
    }
    return true;
}

static bool releases_something(const gk_case *file)
{
    for (int i = 0; i < file->document_count; i++)
        if (gk_case_is_release(&file->documents[i]) && file->documents[i].status == GK_ADMITTED)
            return true;
    return false;
}

/*  Is anything disclosed by a file, not by inspection alone? */
static bool needs_file(const gk_asking *a)
{
    if (!a->file->item_count)
        return is_disclosed(a->law, a->file->outcome) && !a->file->shown;
    for (int item = 1; item <= a->file->item_count; item++)
        if (gk_item_discloses(a->file, a->law->outcomes, item) && !a->file->items[item - 1].shown)
            return true;
    return false;
}

static bool documents_admitted(const gk_asking *a)
{
    for (int i = 0; i < a->file->document_count; i++) {
        const gk_case_document *document = &a->file->documents[i];
        if (gk_case_is_release(document)
            && (document->status == GK_QUARANTINED || document->status == GK_REFUSED))
            return false;
    }
    if (needs_file(a) && !releases_something(a->file)) {
        gk_refuse(a->why, GK_ENEED, "RELEASE_ATTACHED: a decision %s discloses, but no file to release was admitted: return the draft "
                  "(return_secrecy)", a->file->outcome);
        return false;
    }
    return true;
}

static bool document_refused(const gk_asking *a)
{
    const gk_case_document *document = gk_case_document_find(a->file, field(a, "digest"));
    return document && document->status == GK_REFUSED;
}

static bool corrected(const gk_asking *a)
{
    return a->file->corrected_seq > 0;
}

bool gk_act_has(const json_t *data, const char *name)
{
    const json_t *value = json_object_get(data, name);
    return value && !(json_is_string(value) && *json_string_value(value) == 0);
}

/*  What a decision rests on and nobody types: it stands in the file or not. */
static const struct record {
    const char *name;
    bool (*there)(const gk_asking *a);
    const char *missing;
} records[] = {
    { "search_log", NULL, NULL },       /* a need of its own, GK_NEED_SEARCHED */
    { "correction", corrected, "the applicant was asked to correct it and did (Art. 30): gongkai act CASE request_correction" },
    { "reasons", reasons_weighed, "the applicant was asked for reasons and gave some, or was silent for the whole period from the proven service of the notice "
      "(Art. 35): gongkai act CASE request_reasons, record_notice_service letter=reasons_notice" },
};

static const struct record *find_record(const char *name)
{
    for (size_t i = 0; i < sizeof records / sizeof *records; i++)
        if (strcmp(records[i].name, name) == 0)
            return &records[i];
    return NULL;
}

/*  Is the field there, or one of "a|b"?  What is said not to be so says nothing. */
static bool is_given(const json_t *data, const char *names)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *) data, name, value)       /* jansson iterates without changing */
        if (gk_text_is_choice(names, name) && gk_act_has(data, name) && !json_is_false(value))
            return true;
    return false;
}

static bool fields_given(const gk_asking *a, const gk_outcome *kind)
{
    for (int i = 0; kind->fields[i]; i++) {
        const struct record *record = find_record(kind->fields[i]);
        if (record && (!record->there || record->there(a)))
            continue;
        if (!record && is_given(a->act->data, kind->fields[i]))
            continue;
        if (record)
            gk_refuse(a->why, GK_ENEED, "a decision %s (%s) needs that %s", kind->code, kind->en, record->missing);
        else
            gk_refuse(a->why, GK_ENEED, "a decision %s (%s) needs %s=...", kind->code, kind->en, kind->fields[i]);
        return false;
    }
    return true;
}

/*  What the letter says was done has been done. */
static bool done_already(const gk_asking *a)
{
    static const char *const days[] = { "corrected_on", "forwarded_on" };
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        gk_date day = gk_json_date(a->act->data, days[i]);
        if (!gk_date_is_none(day) && (day.day > a->on.day || day.day < a->file->received_on.day)) {
            gk_refuse(a->why, GK_ENEED, "%s lies between the day of receipt and today: the letter says that it was done", days[i]);
            return false;
        }
    }
    gk_date said = gk_json_date(a->act->data, "forwarded_on"), sent = a->file->forwarded_on;
    if (!gk_date_is_none(said) && (gk_date_is_none(sent) || said.day < sent.day)) {
        gk_refuse(a->why, GK_ENEED, "forwarded_on: nothing was forwarded by then; the office forwards it first (gongkai act CASE forward), "
                  "which makes the letter to that agency");
        return false;
    }
    return true;
}

/*  What is granted may be shown instead of given, at a place and a time (Art. 36(2), 40). */
static bool inspection_told(const gk_asking *a, const gk_outcome *outcome)
{
    bool where = gk_act_has(a->act->data, "inspect_where"), when = gk_act_has(a->act->data, "inspect_when");
    bool told = where == when && (!where || (outcome->discloses && !outcome->refuses));
    if (!told)
        gk_refuse(a->why, GK_ENEED, "inspection is offered with a decision that grants the whole (G2), and with both its place and its time: "
                  "inspect_where=... inspect_when=...");
    return told;
}

static bool outcome_known(const gk_asking *a)
{
    const gk_outcome *outcome = outcome_of(a);
    if (proposes_items(a)) {
        if (json_object_size(a->act->data) > gk_act_has(a->act->data, "redo_ground")) {
            gk_refuse(a->why, GK_ENEED, "the outcome of a case with items follows from theirs: propose without fields");
            return false;
        }
        return outcome && outcome->refuses == (a->act->event == GK_REFUSAL_PROPOSED);
    }
    if (!outcome || outcome->machine) {
        gk_refuse(a->why, GK_ENEED, "outcome=%.20s is not a kind of decision that may be proposed; see gongkai help outcomes",
                  field(a, "outcome"));
        return false;
    }
    if (a->act->event != GK_ITEM_DECIDED && outcome->refuses != (a->act->event == GK_REFUSAL_PROPOSED)) {
        gk_refuse(a->why, GK_ENEED, "a decision %s (%s) is %s a refusal", outcome->code, outcome->en,
                  outcome->refuses ? "proposed as" : "not");
        return false;
    }
    decided all = decided_of(a);
    for (int i = 0; i < all.count; i++)
        if (!fields_given(a, all.kinds[i]))
            return false;
    if (gk_outcome_needs(outcome, "ground") && all.count == 1) {
        gk_refuse(a->why, GK_ENEED, "ground names the kinds of refusal of the part withheld: ground=D4 or ground=D4,D6");
        return false;
    }
    return inspection_told(a, outcome) && done_already(a);
}

/*  The same kind of decision, a part refused on the same grounds, is the same decision unless it says on what else it rests.
 *  What was granted may be granted anew, with more; that a reply never came is no decision to be repeated. */
static bool redo_differs(const gk_asking *a)
{
    const gk_case *file = a->file;
    const gk_outcome *outcome = outcome_of(a);
    bool same = *file->undone_outcome && outcome && (outcome->refuses || !outcome->discloses) && strcmp(outcome->code, file->undone_outcome) == 0
        && (proposes_items(a) || strcmp(field(a, "ground"), file->undone_ground) == 0);
    return !same || gk_act_has(a->act->data, "redo_ground");
}

static bool is_disclosure(const gk_asking *a)
{
    return a->file->kind == GK_KIND_DISCLOSURE;
}

static bool is_correction(const gk_asking *a)
{
    return a->file->kind == GK_KIND_RECORDS;
}

static bool is_signed(const gk_asking *a)
{
    return !gk_case_lapsed(a->file);
}

/*  A kind that nobody knows is OUTCOME_KNOWN's to refuse.  Pages that were paid for are no pages of what is public already. */
static bool outcome_fits(const gk_asking *a)
{
    const gk_outcome *outcome = outcome_of(a);
    bool points = outcome && strcmp(outcome->code, "G1") == 0;
    if (points && strcmp(a->file->fee_standard, "pages") == 0 && gk_case_kept_yuan(a->file) > 0) {
        gk_refuse(a->why, GK_ENEED, "OUTCOME_FITS: pages of what is public already cost nothing (国办函〔2020〕109号 Art. 5): give the fee "
                  "back first (refund)");
        return false;
    }
    return !outcome || outcome->records == is_correction(a);
}

/*  Did a unit sign since then that it found something, for the item or for the whole? */
static bool found_by_unit(const gk_case *file, int item, int since)
{
    for (int i = 0; i < file->subtask_count; i++) {
        const gk_subtask *one = &file->subtasks[i];
        if (one->signed_seq > since && one->found && (!item || !one->item || one->item == item))
            return true;
    }
    return false;
}

/*  "Does not exist" stands on a search that found nothing: one for the item, else the case's.  One behind the answers
 *  of the units explains what they found. */
static bool found_nothing(const gk_case *file, int item)
{
    const gk_case_item *own = item && file->items[item - 1].search_seq ? &file->items[item - 1] : NULL;
    int seq = own ? own->search_seq : file->search_seq;
    bool found = own ? own->search_found : file->search_found;
    return seq > 0 && !found && !found_by_unit(file, item, seq);
}

static bool searched(const gk_asking *a)
{
    decided all = decided_of(a);
    if (!proposes_items(a))
        return !kind_needing(&all, "search_log") || found_nothing(a->file, item_of(a));
    for (int item = 1; item <= a->file->item_count; item++) {
        const gk_outcome *outcome = gk_outcomes_find(a->law->outcomes, a->file->items[item - 1].outcome);
        if (outcome && gk_outcome_needs(outcome, "search_log") && !found_nothing(a->file, item))
            return false;       /* something was found since */
    }
    return true;
}

/*  Is there something to release for the item, its own or for the whole case? */
static bool is_attached(const gk_case *file, int item)
{
    for (int i = 0; i < file->document_count; i++) {
        const gk_case_document *document = &file->documents[i];
        if (gk_case_is_release(document) && document->status != GK_DESTROYED
            && (item == 0 || document->item == 0 || document->item == item))
            return true;
    }
    return false;
}

static bool release_attached(const gk_asking *a)
{
    const gk_outcome *outcome = outcome_of(a);
    if (!a->file->item_count)
        return !outcome || !outcome->discloses || gk_act_has(a->act->data, "inspect_where") || is_attached(a->file, 0);
    for (int item = 1; item <= a->file->item_count; item++)
        if (gk_item_discloses(a->file, a->law->outcomes, item) && !a->file->items[item - 1].shown && !is_attached(a->file, item)) {
            gk_refuse(a->why, GK_ENEED, "attach what is disclosed on item %d first: gongkai act CASE attach kind=release item=%d "
                      "--attach FILE", item, item);
            return false;
        }
    return true;
}

static bool reviewed_unchanged(const gk_asking *a)
{
    gk_hash now = gk_case_content_hash(a->file);
    return memcmp(now.bytes, a->file->reviewed.bytes, sizeof now.bytes) == 0;
}

static bool letter_matches(const gk_asking *a)
{
    return json_integer_value(json_object_get(a->act->data, "pages")) == a->file->letter_pages
        && *a->file->check_code
        && strcmp(field(a, "check_code"), a->file->check_code) == 0;
}

static bool notice_known(const gk_asking *a)
{
    return gk_case_notice(a->file, a->act->event, field(a, "letter")) != NULL;
}

static bool lawful_carrier(const gk_asking *a)
{
    const gk_rules *rules = a->law->rules;
    if (strcmp(field(a, "method"), "in_person") == 0) {
        bool notice = a->act->event == GK_NOTICE_DISPATCHED;
        gk_refuse(a->why, GK_ENEED, notice ? "SIGNED_FOR: what is handed over is signed for (proof=...)"
                  : "SIGNED_FOR: handing over closes the case: give dispatch with proof=...");
        return notice && *field(a, "proof");
    }
    if (strcmp(field(a, "method"), "post") != 0)
        return true;
    for (int i = 0; i < rules->postal_carrier_count; i++)
        if (strcmp(field(a, "carrier"), rules->postal_carriers[i]) == 0)
            return *field(a, "tracking") != 0;
    return false;
}

static bool signed_for(const gk_asking *a)
{
    return strcmp(field(a, "method"), "in_person") == 0 && *field(a, "proof");
}

static bool electronic_chosen(const gk_asking *a)
{
    return strcmp(field(a, "method"), "electronic") != 0 || gk_case_is_electronic(a->file);
}

static bool mail_taken(const gk_asking *a)
{
    return !a->file->electronic || a->file->mail_taken;
}

static bool lapse_checked(const gk_asking *a)
{
    return json_is_true(json_object_get(a->act->data, "checked"));
}

static bool own_unit(const gk_asking *a)
{
    return has_role(a, GK_CLERK | GK_HEAD) || in_unit(a, field(a, "unit"));
}

enum { FIRST_YEAR = 2021 };     /* 国办公开办函〔2021〕30号: the form before it was another */

static json_int_t year_asked(const gk_asking *a)
{
    return json_integer_value(json_object_get(a->act->data, "year"));
}

static int year_now(const gk_asking *a)
{
    int year;
    gk_date_split(a->on, &year, NULL, NULL);
    return year;
}

static bool year_open(const gk_asking *a)
{
    return year_asked(a) >= FIRST_YEAR && year_asked(a) > a->file->closed_year && year_asked(a) <= year_now(a);
}

static bool year_over(const gk_asking *a)
{
    bool next = !a->file->closed_year || year_asked(a) == a->file->closed_year + 1;
    return year_asked(a) >= FIRST_YEAR && year_asked(a) < year_now(a) && next;
}

static bool year_closed_last(const gk_asking *a)
{
    return a->file->closed_year && year_asked(a) == a->file->closed_year;
}

static bool report_whole(const gk_asking *a)
{
    return gk_act_has(a->act->data, "reason") || (!json_array_size(json_object_get(a->act->data, "violated"))
                                                  && !json_array_size(json_object_get(a->act->data, "missing")));
}

static bool due_moved(const gk_asking *a)
{
    return !gk_date_is_none(a->file->moved_from);
}

/*  A reply, a lapse or a withdrawal can be challenged, and so can silence once the term is over
 *  (法释〔2025〕8号 Art. 2), and by a third party the disclosure that it was told of. */
static bool challengeable(const gk_asking *a)
{
    if (*field(a, "consultation"))
        return override_sent(a);
    return gk_flow_state(a->file->state)->final || a->file->state == GK_DELIVERY
        || (!gk_date_is_none(a->file->received_on) && gk_case_read(a->file, a->law, a->on).overdue);
}

static bool proceeding_open(const gk_asking *a)
{
    const gk_proceeding *proceeding = gk_case_proceeding(a->file, field(a, "proceeding"));
    return proceeding && gk_date_is_none(proceeding->concluded_on);
}

static bool proceeding_unanswered(const gk_asking *a)
{
    return gk_date_is_none(gk_case_proceeding(a->file, field(a, "proceeding"))->answered_on);
}

static bool service_proven(const gk_asking *a)
{
    return a->file->state != GK_DELIVERY;
}

static bool no_hold(const gk_asking *a)
{
    return !gk_case_is_held(a->file);
}

static bool is_archived(const gk_asking *a)
{
    gk_json_auto *package = gk_archive_package(a->file);
    gk_hash now = gk_archive_manifest(package);
    return a->file->archived_seq && memcmp(now.bytes, a->file->manifest.bytes, sizeof now.bytes) == 0;
}

static bool package_new(const gk_asking *a)
{
    return !is_archived(a);
}

static bool item_given(const gk_asking *a)
{
    return gk_case_has_given(a->file);
}

static bool publication_free(const gk_asking *a)
{
    return !gk_publication_is_open(&a->file->publication) && a->file->publication.stage != GK_PUBLICATION_DONE;
}

static bool publication_unanswered(const gk_asking *a)
{
    return a->file->publication.stage == GK_PUBLICATION_ASKED;
}

static bool publication_unreviewed(const gk_asking *a)
{
    return a->file->publication.stage == GK_PUBLICATION_AGREED;
}

static bool publication_reviewed(const gk_asking *a)
{
    gk_hash now = gk_case_given_hash(a->file);
    return a->file->publication.stage == GK_PUBLICATION_REVIEWED
        && memcmp(now.bytes, a->file->publication.reviewed.bytes, sizeof now.bytes) == 0;
}

static bool not_decider(const gk_asking *a)
{
    return strcmp(a->file->publication.decider, a->act->actor->name) != 0;
}

static bool reply_owed(const gk_asking *a)
{
    return gk_case_owes_reply(a->file);
}

/*  A correction of the whole was one of each part; what else moved the clock was about the whole. */
static bool splittable(const gk_asking *a)
{
    for (int i = 0; i < a->file->clock_count; i++) {
        gk_clock_type type = a->file->clock_events[i].type;
        if (type != GK_CLOCK_CORRECTION_REQUESTED && type != GK_CLOCK_CORRECTION_RECEIVED)
            return false;
    }
    return !a->file->split_seq && !a->file->item_count && !a->file->subtask_count && !a->file->proposal_seq && !a->file->fee_seq;
}

/*  The other office has to register it in time too. */
static bool passable(const gk_asking *a)
{
    gk_date last = gk_calendar_due(a->law->calendar, a->file->received_on, a->law->rules->registration_lag_days).date;
    return !a->file->clock_count && splittable(a) && a->on.day <= last.day;
}

static bool split_told(const gk_asking *a)
{
    return !a->file->split_seq || gk_case_split_told(a->file);
}

/*  What is posted or handed over is the notice, so it has been made. */
static bool split_untold(const gk_asking *a)
{
    if (!a->file->split_seq || gk_case_split_told(a->file))
        return false;
    if (a->file->split_lettered || strcmp(field(a, "method"), "telephone") == 0)
        return true;
    gk_refuse(a->why, GK_ENEED, "SPLIT_UNTOLD: the notice is not made yet: wait for it, or tell the applicant by telephone (method=telephone)");
    return false;
}

typedef bool need_check(const gk_asking *a);

static need_check *const checks[GK_NEEDS] = {
    [GK_NEED_FREE_OR_MINE] = free_or_mine,
    [GK_NEED_NOT_DRAFTER] = not_drafter,
    [GK_NEED_NOT_REVIEWER] = not_reviewer,
    [GK_NEED_CORRECTION_UNUSED] = correction_unused,
    [GK_NEED_CORRECTION_USED] = correction_used,
    [GK_NEED_SUPPLEMENT_ASKED] = supplement_asked,
    [GK_NEED_REASONS_UNASKED] = reasons_unasked,
    [GK_NEED_REASONS_ASKED] = reasons_asked,
    [GK_NEED_REASONS_GIVEN] = reasons_given,
    [GK_NEED_WITHIN_CORRECTION] = within_correction,
    [GK_NEED_CORRECTION_RUNS] = correction_runs,
    [GK_NEED_WITHIN_PAYMENT] = within_payment,
    [GK_NEED_FULL_AMOUNT] = full_amount,
    [GK_NEED_CHARGED_BY_ANOTHER] = charged_by_another,
    [GK_NEED_LATE_PAYMENT] = late_payment,
    [GK_NEED_REFUNDABLE] = refundable,
    [GK_NEED_CONSULTATION_OPEN] = consultation_open,
    [GK_NEED_CONSULTATIONS_ENDED] = consultations_ended,
    [GK_NEED_PROLONGABLE] = prolongable,
    [GK_NEED_OBJECTION_WEIGHED] = objection_weighed,
    [GK_NEED_OBJECTED] = objected,
    [GK_NEED_OVERRIDE_SENT] = override_sent,
    [GK_NEED_OVERRIDES_WAITED] = overrides_waited,
    [GK_NEED_UNCHALLENGED] = unchallenged,
    [GK_NEED_DOCUMENTS_ADMITTED] = documents_admitted,
    [GK_NEED_DOCUMENT_REFUSED] = document_refused,
    [GK_NEED_OUTCOME_KNOWN] = outcome_known,
    [GK_NEED_SEARCHED] = searched,
    [GK_NEED_RELEASE_ATTACHED] = release_attached,
    [GK_NEED_REVIEWED_UNCHANGED] = reviewed_unchanged,
    [GK_NEED_LETTER_MATCHES] = letter_matches,
    [GK_NEED_NOTICE_KNOWN] = notice_known,
    [GK_NEED_LAWFUL_CARRIER] = lawful_carrier,
    [GK_NEED_SIGNED_FOR] = signed_for,
    [GK_NEED_ELECTRONIC_CHOSEN] = electronic_chosen,
    [GK_NEED_MAIL_TAKEN] = mail_taken,
    [GK_NEED_LAPSE_CHECKED] = lapse_checked,
    [GK_NEED_OWN_UNIT] = own_unit,
    [GK_NEED_YEAR_OPEN] = year_open,
    [GK_NEED_YEAR_OVER] = year_over,
    [GK_NEED_YEAR_CLOSED_LAST] = year_closed_last,
    [GK_NEED_REPORT_WHOLE] = report_whole,
    [GK_NEED_CHALLENGEABLE] = challengeable,
    [GK_NEED_PROCEEDING_OPEN] = proceeding_open,
    [GK_NEED_PROCEEDING_UNANSWERED] = proceeding_unanswered,
    [GK_NEED_REDO_DIFFERS] = redo_differs,
    [GK_NEED_SERVICE_PROVEN] = service_proven,
    [GK_NEED_NO_HOLD] = no_hold,
    [GK_NEED_PACKAGE_NEW] = package_new,
    [GK_NEED_PACKAGE_CURRENT] = is_archived,
    [GK_NEED_ITEM_GIVEN] = item_given,
    [GK_NEED_PUBLICATION_FREE] = publication_free,
    [GK_NEED_PUBLICATION_UNANSWERED] = publication_unanswered,
    [GK_NEED_PUBLICATION_UNREVIEWED] = publication_unreviewed,
    [GK_NEED_PUBLICATION_REVIEWED] = publication_reviewed,
    [GK_NEED_NOT_DECIDER] = not_decider,
    [GK_NEED_ITEM_KNOWN] = item_known,
    [GK_NEED_ITEMS_DECIDED] = items_decided,
    [GK_NEED_PART_KNOWN] = part_known,
    [GK_NEED_REFERRAL_ANSWERED] = referral_answered,
    [GK_NEED_VERDICTS_FIT] = verdicts_fit,
    [GK_NEED_SUBTASK_OPEN] = subtask_open,
    [GK_NEED_SUBTASK_OURS] = subtask_ours,
    [GK_NEED_SUBTASK_FRESH] = subtask_fresh,
    [GK_NEED_SUBTASK_ANSWERED] = subtask_answered,
    [GK_NEED_SUBTASKS_ENDED] = subtasks_ended,
    [GK_NEED_DUE_MOVED] = due_moved,
    [GK_NEED_SPLITTABLE] = splittable,
    [GK_NEED_PASSABLE] = passable,
    [GK_NEED_SPLIT_TOLD] = split_told,
    [GK_NEED_REPLY_OWED] = reply_owed,
    [GK_NEED_SPLIT_UNTOLD] = split_untold,
    [GK_NEED_DISCLOSURE] = is_disclosure,
    [GK_NEED_RECORDS] = is_correction,
    [GK_NEED_OUTCOME_FITS] = outcome_fits,
    [GK_NEED_SIGNED] = is_signed,
};

gk_err gk_needs_check(const gk_step *step, const gk_asking *a)
{
    for (int i = 0; i < GK_STEP_NEEDS && step->needs[i] != GK_NEED_NONE; i++) {
        a->why->text[0] = 0;
        if (!checks[step->needs[i]](a))
            return a->why->text[0] ? GK_ENEED
                : gk_refuse(a->why, GK_ENEED, "%s: %s", gk_need_name(step->needs[i]), gk_need_text(step->needs[i]));
    }
    return GK_OK;
}
