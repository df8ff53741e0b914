/*  facts - from a job of the ledger to what a template may name. */
#include "workers/reply/facts.h"
#include "core/form.h"
#include "core/letters.h"
#include "base/mem.h"

#include <string.h>

/*  Bytes that still fit on their line of the letter: head, and foot beside the page number. */
enum { MAX_NUMBER = 90, MAX_CASE_NUMBER = 40 };

/*  Set a value unless it is NULL or empty. */
static void set_text(json_t *values, const char *key, const char *text)
{
    if (text && *text)
        json_object_set_new(values, key, json_string(text));
}

static void set_same(json_t *values, const char *key, const json_t *object, const char *from)
{
    json_t *value = json_object_get(object, from);
    if (value && !json_is_null(value))
        json_object_set(values, key, value);
}

/*  ---- what is derived --------------------------------------------------- */

/*  "title（number）：description", as far as they were given, without the full stop: the
 *  template puts its own behind the quotation. */
static json_t *cited(const json_t *request)
{
    gk_text_auto text = { 0 };
    const char *title = gk_json_text(request, "title"), *number = gk_json_text(request, "document_number"),
               *description = gk_json_text(request, "description");
    gk_text_puts(&text, title);
    if (*number)
        gk_text_printf(&text, text.len ? "（文号：%s）" : "文号：%s", number);
    if (*description && strcmp(description, title) != 0)
        gk_text_printf(&text, text.len ? "：%s" : "%s", description);
    static const char stop[] = "。";
    size_t len = text.len, wide = strlen(stop);
    while (len >= wide && memcmp(text.data + len - wide, stop, wide) == 0)
        len -= wide;
    return len ? json_stringn(text.data, len) : json_string("申请表未写明");
}

/*  The ground of a refused part is given as outcome codes ("D4、D6"), which become the articles they
 *  stand for; another decision may name its case in words. */
static char *ground_text(const char *ground, const gk_outcomes *outcomes)
{
    const gk_outcome *grounds[GK_OUTCOME_GROUNDS];
    int count = gk_outcomes_grounds(outcomes, ground, grounds);
    gk_text_auto text = { 0 };
    for (int i = 0; i < count; i++)
        gk_text_printf(&text, "%s%s", i ? "，" : "", grounds[i]->article);
    return gk_strdup(count ? text.data : ground);
}

static const char *address_form(const gk_letter_info *kind, const json_t *facts)
{
    const char *applicant = gk_json_text(facts, "applicant_kind");
    if (kind->anonymous)
        return kind->reader == GK_READER_OFFICE ? "贵部门" : "贵方";
    if (!*applicant)
        return "您（单位）";
    return strcmp(applicant, "natural_person") == 0 ? "您" : "贵单位";
}

static bool for_correction(const json_t *facts)
{
    return gk_form_kind(facts) == GK_KIND_RECORDS;
}

/*  The law that a letter is written by. */
typedef struct books {
    const gk_rules *rules;
    const gk_outcomes *outcomes;
} books;

/*  Reconsideration first since a day; before it the choice was free (条例 Art. 51).  A third party is not
 *  refused anything, so its choice is free.  `decision`: its fields. */
static const char *remedy_name(const gk_letter_info *kind, const books *law, const gk_outcome *outcome, const json_t *decision,
                               gk_date date)
{
    gk_remedy remedy = outcome ? gk_outcomes_remedy(law->outcomes, outcome, gk_json_text(decision, "ground")) : GK_REMEDY_NONE;
    if (remedy == GK_REMEDY_NONE)
        return NULL;
    return !kind->anonymous && remedy == GK_REMEDY_FIRST && date.day >= law->rules->reconsideration_first_since.day ? "first" : "free";
}

/*  The ledger's arithmetic is an array of {"zh", "en", ...}; a letter needs the Chinese lines. */
static json_t *arithmetic_of(const json_t *fields)
{
    json_t *lines = json_array();
    size_t i;
    json_t *step;
    json_array_foreach(json_object_get(fields, "arithmetic"), i, step)
        json_array_append_new(lines, json_is_object(step) ? json_string(gk_json_text(step, "zh"))
                                                          : json_incref(step));
    return lines;
}

static void set_fields(json_t *values, const json_t *facts, const gk_outcomes *outcomes)
{
    /*  Value and where it may come from; a later row wins. */
    static const struct { const char *value, *field; } sources[] = {
        { "until", "due_on" }, { "quantity", "pages" }, { "quantity", "count" },
        { "amount", "fee_yuan" }, { "amount", "amount_yuan" },
    };
    const json_t *fields = json_object_get(facts, "fields");
    set_same(values, "fields", facts, "fields");
    set_same(values, "until", facts, "due_on");
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        set_same(values, sources[i].value, fields, sources[i].field);
    json_object_set_new(values, "arithmetic", arithmetic_of(fields));
    set_text(values, "search", gk_json_text(fields, "search_log"));
    gk_free_auto char *ground = ground_text(gk_json_text(fields, "ground"), outcomes);
    set_text(values, "ground", ground);
}

static json_t *flags_of(const json_t *facts, const gk_outcome *outcome)
{
    static const struct { const char *field, *choice; } choices[] = {
        { "standard", "items" }, { "standard", "pages" },
        { "kind", "third_party" }, { "kind", "co_producer" }, { "kind", "other_agency" }, { "kind", "referral" },
    };
    const json_t *fields = json_object_get(facts, "fields");
    json_t *flags = json_object();
    if (outcome)
        json_object_set_new(flags, outcome->code, json_true());
    if (for_correction(facts))
        json_object_set_new(flags, "records", json_true());
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
        if (strcmp(gk_json_text(fields, choices[i].field), choices[i].choice) == 0)
            json_object_set_new(flags, choices[i].choice, json_true());
    return flags;
}

/*  An applicant who left the name out is written to all the same, about just that (Art. 30). */
static void set_name(json_t *values, const gk_letter_info *kind)
{
    if (kind->anonymous || kind->reader == GK_READER_OUTSIDE || *gk_json_path(values, "to.name"))
        return;
    json_t *to = json_object();
    json_object_update(to, json_object_get(values, "to"));
    json_object_set_new(to, "name", json_string("申请人"));
    json_object_set_new(values, "to", to);
}

/*  The ruling by which a case is done again, and whose it is. */
static void set_ruling(json_t *values, const json_t *ruling)
{
    if (!ruling)
        return;
    json_t *told = json_copy((json_t *) ruling);
    bool court = strcmp(gk_json_text(ruling, "kind"), "reconsideration") != 0;
    json_object_set_new(told, court ? "court" : "reconsideration", json_true());
    json_object_set_new(values, "ruling", told);
}

/*  What the applicant chose, and how the application came in: came.CHANNEL, who.KIND, proof.TYPE, wants.MEDIUM, wants.CHANNEL. */
static void set_choices(json_t *values, const json_t *facts)
{
    static const struct { const char *value, *path; } choices[] = {
        { "came", "channel" }, { "who", "form.applicant.kind" }, { "proof", "form.applicant.proof.type" },
        { "wants", "form.delivery.medium" }, { "wants", "form.delivery.channel" },
    };
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        const char *choice = gk_json_path(facts, choices[i].path);
        if (!json_object_get(values, choices[i].value))
            json_object_set_new(values, choices[i].value, json_object());
        if (*choice)
            json_object_set_new(json_object_get(values, choices[i].value), choice, json_true());
    }
}

/*  Another agency, or who decides in doubt, has days of its own (条例 Art. 11, 17). */
static void set_terms(json_t *values, const json_t *facts, const gk_rules *rules)
{
    const char *asked = gk_json_path(facts, "fields.kind");
    bool own = strcmp(asked, "other_agency") == 0 || strcmp(asked, "referral") == 0;
    json_object_set_new(values, "terms", json_pack("{si, si, si, si, si}", "reply_days", rules->reply_days, "consultation_days",
                                                   own ? rules->referral_days : rules->consultation_days, "reconsideration_days",
                                                   rules->reconsideration_days, "lawsuit_months", rules->lawsuit_months,
                                                   "lawsuit_after_days", rules->lawsuit_after_days));
}

static json_t *values_of(const json_t *job, const json_t *facts, const gk_letter_info *kind,
                         const gk_outcome *outcome, const gk_outcomes *outcomes)
{
    static const char *const plain[] = { "number", "date", "to", "case_number" };
    json_t *values = json_object();
    set_same(values, "office", job, "office");
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        set_same(values, plain[i], facts, plain[i]);
    set_fields(values, facts, outcomes);
    set_name(values, kind);
    set_text(values, "you", address_form(kind, facts));
    set_text(values, "application", gk_kind_text(gk_form_kind(facts), "zh"));
    set_text(values, "asked", for_correction(facts) ? "要求更正的记录" : "申请公开的内容");
    set_text(values, "self", kind->self && outcome && outcome->machine ? "本告知书" : kind->self);
    json_object_set_new(values, "is", flags_of(facts, outcome));
    if (outcome)
        json_object_set_new(values, "outcome", json_pack("{ssss}", "zh", outcome->zh,
                                                         "article", outcome->article));
    if (!kind->anonymous) {
        static const char *const whose[] = { "received_on", "attachments", "record", "form", "unit" };
        for (size_t i = 0; i < sizeof whose / sizeof *whose; i++)
            set_same(values, whose[i], facts, whose[i]);
        set_ruling(values, json_object_get(facts, "ruling"));
        set_choices(values, facts);
        json_object_set_new(values, "request", json_pack("{so}", "cited",
                                                         cited(json_object_get(facts, "request"))));
    }
    return values;
}

/*  ---- items ------------------------------------------------------------- */

/*  一 to 九十九, as headings and remedies count. */
static char *numeral(int n)
{
    static const char *const digits[] = { "", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
    int tens = n / 10 % 10;
    return gk_format("%s%s%s", tens > 1 ? digits[tens] : "", tens ? "十" : "", digits[n % 10]);
}

static json_t *annexes_text(const json_t *numbers)
{
    gk_text_auto text = { 0 };
    gk_text_puts(&text, "");
    size_t i;
    json_t *number;
    json_array_foreach((json_t *) numbers, i, number)
        gk_text_printf(&text, "%s%lld", i ? "、" : "", (long long) json_integer_value(number));
    return json_string(text.data);
}

/*  What the wording of an item's outcome names, all of it: else the whole letter's would show through. */
static json_t *item_values(const json_t *item, const gk_outcome *outcome, const gk_outcomes *outcomes)
{
    const json_t *fields = json_object_get(item, "fields");
    gk_free_auto char *ordinal = numeral((int) json_integer_value(json_object_get(item, "item")));
    gk_free_auto char *ground = ground_text(gk_json_text(fields, "ground"), outcomes);
    json_t *values = json_pack("{sb, ss, ss, s{sb}, s{ssss}, ss, ss, so}", "item", 1, "ordinal", ordinal, "text",
                               gk_json_text(item, "text"), "is", outcome->code, 1, "outcome", "zh", outcome->zh, "article",
                               outcome->article, "ground", ground, "search", gk_json_text(fields, "search_log"), "annexes",
                               annexes_text(json_object_get(item, "annexes")));
    json_object_set(values, "attachments", json_object_get(values, "annexes"));
    json_object_set_new(values, "fields", fields ? json_copy((json_t *) fields) : json_object());
    return values;
}

static gk_err add_items(json_t *values, const json_t *facts, const gk_outcomes *outcomes, gk_why *why)
{
    json_t *list = json_array(), *item;
    json_object_set_new(values, "items", list);
    json_object_set_new(values, "item_count", json_integer((json_int_t) json_array_size(json_object_get(facts, "items"))));
    size_t i;
    json_array_foreach(json_object_get(facts, "items"), i, item) {
        const gk_outcome *outcome = gk_outcomes_find(outcomes, gk_json_text(item, "outcome"));
        if (!outcome || outcome->machine)
            return gk_refuse(why, GK_EBADVALUE, "facts.items[%zu].outcome is no kind of decision on an item", i);
        json_array_append_new(list, item_values(item, outcome, outcomes));
    }
    return GK_OK;
}

/*  ---- steps ------------------------------------------------------------- */

/*  What a field chose, by the flow's own table. */
static void set_chosen(json_t *flags, const gk_event_info *event, const json_t *fields)
{
    for (const gk_field *field = event->fields; field->name; field++) {
        const char *choice = gk_json_text(fields, field->name);
        if (field->type == GK_FIELD_CHOICE && *choice)
            json_object_set_new(flags, choice, json_true());
    }
}

/*  Each step with all that its wording may name: is.EVENT and is.CHOICE, by, on, fields, outcome and ground. */
static void add_steps(json_t *values, const json_t *facts, const gk_outcomes *outcomes)
{
    json_t *list = json_array(), *step;
    json_object_set_new(values, "steps", list);
    size_t i;
    json_array_foreach(json_object_get(facts, "steps"), i, step) {
        gk_event_type type;
        const json_t *fields = json_object_get(step, "fields");
        if (!gk_flow_event_parse(gk_json_text(step, "event"), &type))
            continue;
        json_t *flags = json_pack("{sb}", gk_flow_event(type)->name, 1);
        set_chosen(flags, gk_flow_event(type), fields);
        const gk_outcome *outcome = gk_outcomes_find(outcomes, gk_json_text(fields, "outcome"));
        gk_free_auto char *ground = ground_text(gk_json_text(fields, "ground"), outcomes);
        json_array_append_new(list, json_pack("{so, ss, ss, sO?, so, ss}", "is", flags, "by", gk_json_text(step, "by"), "on",
                                              gk_json_text(step, "on"), "fields", fields, "outcome",
                                              outcome ? json_pack("{ssssss}", "code", outcome->code, "zh", outcome->zh, "article",
                                                                  outcome->article) : json_object(), "ground", ground));
    }
}

/*  ---- what is checked --------------------------------------------------- */

static json_t *remedy_of(const gk_letter_info *kind, const books *law, const gk_outcome *outcome, const json_t *decision,
                         gk_date date)
{
    const char *name = remedy_name(kind, law, outcome, decision, date);
    return name ? json_pack("{sb}", name, 1) : NULL;
}

/*  Each item has the remedies of its own outcome: one sentence when they agree, else one for each part,
 *  and the part that goes to reconsideration first is told so. */
static json_t *items_remedy(const gk_letter_info *kind, const json_t *items, const books *law, gk_date date)
{
    gk_text_auto first = { 0 }, free_choice = { 0 };
    size_t i;
    json_t *item;
    json_array_foreach((json_t *) items, i, item) {
        const char *name = remedy_name(kind, law, gk_outcomes_find(law->outcomes, gk_json_text(item, "outcome")),
                                       json_object_get(item, "fields"), date);
        gk_text *part = name && strcmp(name, "first") == 0 ? &first : &free_choice;
        gk_free_auto char *ordinal = numeral((int) i + 1);
        gk_text_printf(part, "%s%s", part->len ? "、" : "", ordinal);
    }
    if (!first.len || !free_choice.len)
        return json_pack("{sb}", first.len ? "first" : "free", 1);
    return json_pack("{ssss}", "first_items", first.data, "free_items", free_choice.data);
}

/*  The body that reconsiders and the court come from the office's data and are never guessed;
 *  no decision leaves without both, whichever of them its wording names. */
static gk_err add_remedy(json_t *values, const json_t *remedy, gk_why *why)
{
    static const char *const needed[] = { "reconsideration_body", "court" };
    if (!remedy)
        return GK_OK;
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!*gk_json_text(json_object_get(values, "office"), needed[i]))
            return gk_refuse(why, GK_EMISSING, "office.%s is not known, and a decision must name the "
                             "remedies: complete the office's data (gongkai org load)", needed[i]);
    json_object_set(values, "remedy", (json_t *) remedy);
    return GK_OK;
}

/*  The letter's number, "" when it has none: X〔YYYY〕N号, so that no other bracket or zero slips in. */
static bool is_number(const char *text)
{
    const char *open = strstr(text, "〔");
    if (!open || open == text || strlen(text) > MAX_NUMBER)
        return false;
    const char *at = open + strlen("〔");
    size_t year = strspn(at, "0123456789");
    if (year != 4 || strncmp(at + year, "〕", strlen("〕")) != 0)
        return false;
    at += year + strlen("〕");
    size_t digits = strspn(at, "0123456789");
    return *at != '0' && digits >= 1 && digits <= 6 && strcmp(at + digits, "号") == 0;
}

static gk_err read_check_code(const json_t *facts, gk_facts *out, gk_why *why)
{
    const char *head = gk_json_text(facts, "head");
    size_t len = sizeof out->check_code - 1;
    if (!*head)
        return GK_OK;
    if (strlen(head) < len || strspn(head, "0123456789abcdef") < len)
        return gk_refuse(why, GK_EBADVALUE, "facts.head is not the hex of a hash");
    memcpy(out->check_code, head, len);
    return GK_OK;
}

static gk_err read_head(const json_t *job, const json_t *facts, const gk_letter_info *kind, gk_facts *out,
                        gk_why *why)
{
    const char *number = gk_json_text(facts, "number");
    if (!*number && kind->numbered)
        return gk_refuse(why, GK_EMISSING, "facts.number: a %s has a number", kind->name);
    if (*number && !is_number(number))
        return gk_refuse(why, GK_EBADVALUE, "facts.number is not like 示关公复〔2026〕12号");
    if (strlen(gk_json_text(facts, "case_number")) > MAX_CASE_NUMBER)
        return gk_refuse(why, GK_EBADVALUE, "facts.case_number is over %d bytes", (int) MAX_CASE_NUMBER);
    gk_date date = gk_json_date(facts, "date");
    if (gk_date_is_none(date))
        return gk_refuse(why, GK_EMISSING, "facts.date is not a date");
    out->head = (gk_letter_head) {
        .office = gk_json_path(job, "office.name"), .number = number, .date = date,
        .case_number = gk_json_text(facts, "case_number"), .check_code = out->check_code,
        .training = json_is_true(json_object_get(job, "training")), .form = kind->form,
    };
    if (!*out->head.office)
        return gk_refuse(why, GK_EMISSING, "office.name is not known: complete the office's data "
                         "(gongkai org load)");
    return read_check_code(facts, out, why);
}

static gk_err find_outcome(const json_t *facts, const gk_letter_info *kind, const gk_outcomes *outcomes,
                           const gk_outcome **out, gk_why *why)
{
    const char *code = gk_json_text(facts, "outcome");
    if (!*code)
        code = gk_json_path(facts, "fields.outcome");
    *out = *code ? gk_outcomes_find(outcomes, code) : NULL;
    if (*code && !*out)
        return gk_refuse(why, GK_EBADVALUE, "facts.outcome is no kind of decision in outcomes.json");
    if (!*out && kind->self)
        return gk_refuse(why, GK_EMISSING, "facts.outcome: a %s states a decision", kind->name);
    if (*out && kind->by_outcome && (*out)->remedy == GK_REMEDY_NONE)
        return gk_refuse(why, GK_EBADVALUE, "outcome %s ends a case without a reply", (*out)->code);
    return GK_OK;
}

gk_err gk_facts_read(const json_t *job, const gk_rules *rules, const gk_outcomes *outcomes, gk_facts *out, gk_why *why)
{
    const json_t *facts = json_object_get(job, "facts");
    const gk_letter_info *kind = gk_letter_find(gk_json_text(facts, "letter"));
    if (!kind)
        return gk_refuse(why, GK_EUNSUPPORTED, "facts.letter is no kind of letter; schemas/protocol.md lists them");
    const gk_outcome *outcome;
    gk_err err = find_outcome(facts, kind, outcomes, &outcome, why);
    if (!err)
        err = read_head(job, facts, kind, out, why);
    if (err)
        return err;
    out->letter = kind->name;
    const json_t *items = kind->by_outcome ? json_object_get(facts, "items") : NULL;
    out->template = items ? "reply_items" : kind->by_outcome ? outcome->template
        : kind->records && for_correction(facts) ? kind->records : kind->name;
    const books law = { rules, outcomes };
    out->values = values_of(job, facts, kind, outcome, outcomes);
    set_terms(out->values, facts, rules);
    if (items)
        err = add_items(out->values, facts, outcomes, why);
    if (kind->whole_file)
        add_steps(out->values, facts, outcomes);
    gk_json_auto *remedy = !kind->self ? NULL : items ? items_remedy(kind, items, &law, out->head.date)
        : remedy_of(kind, &law, outcome, json_object_get(facts, "fields"), out->head.date);
    if (!err)
        err = add_remedy(out->values, remedy, why);
    if (err)
        gk_facts_clear(out);
    return err;
}

void gk_facts_clear(gk_facts *self)
{
    json_decref(self->values);
    self->values = NULL;
}
