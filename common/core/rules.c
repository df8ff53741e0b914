/*  gk_rules - the numbers that the law or a settled reading of it fixes.
 *
 *  One table says which settings there are, what they hold and within which
 *  bounds; reading is a walk over it, and a key that no row takes is refused.
 */
#include "core/rules.h"
#include "base/mem.h"
#include "core/marks.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_YUAN = 1000000,    /* for a unit; keeps every sum inside int64 */
    MOST_DAYS = 365,
};

typedef struct setting setting;
struct setting {
    const char *key;
    gk_err (*read)(const setting *row, const json_t *value, gk_rules *rules, gk_why *why);
    size_t offset;          /* of the number in gk_rules, where one number it is */
    int64_t least, most;
};

static gk_err bad(const setting *row, gk_why *why, const char *what)
{
    return gk_refuse(why, GK_EBADVALUE, "rules: `%s` must be %s", row->key, what);
}

/*  An integer within [least, most]; false when it is not. */
static bool whole(const json_t *value, int64_t least, int64_t most, int64_t *out)
{
    if (!json_is_integer(value) || json_integer_value(value) < least || json_integer_value(value) > most)
        return false;
    *out = json_integer_value(value);
    return true;
}

static gk_err read_number(const setting *row, const json_t *value, gk_rules *rules, gk_why *why)
{
    int64_t number;
    if (!whole(value, row->least, row->most, &number))
        return gk_refuse(why, GK_EBADVALUE, "rules: `%s` must be a whole number from %lld to %lld",
                         row->key, (long long) row->least, (long long) row->most);
    memcpy((char *) rules + row->offset, &(int) { (int) number }, sizeof(int));
    return GK_OK;
}

static gk_err read_amount(const setting *row, const json_t *value, gk_rules *rules, gk_why *why)
{
    int64_t number;
    if (!whole(value, row->least, row->most, &number))
        return bad(row, why, "a whole number of at most a million");
    memcpy((char *) rules + row->offset, &number, sizeof number);
    return GK_OK;
}

static gk_err read_switch(const setting *row, const json_t *value, gk_rules *rules, gk_why *why)
{
    if (!json_is_boolean(value))
        return bad(row, why, "true or false");
    memcpy((char *) rules + row->offset, &(bool) { json_is_true(value) }, sizeof(bool));
    return GK_OK;
}

static gk_err read_reminders(const setting *row, const json_t *value, gk_rules *rules, gk_why *why)
{
    size_t most = sizeof rules->remind_before / sizeof *rules->remind_before;
    size_t count = json_array_size(value);
    if (count < 1 || count > most)
        return bad(row, why, "a list of 1 to 8 numbers of days");
    int64_t last = MOST_DAYS + 1;
    for (size_t i = 0; i < count; i++) {
        if (!whole(json_array_get(value, i), 0, last - 1, &last))
            return bad(row, why, "numbers of days, each smaller than the one before");
        rules->remind_before[i] = (int) last;
    }
    rules->remind_before_count = (int) count;
    return GK_OK;
}

/*  "as_is" or "next_workday". */
static gk_err read_rest_day(const setting *row, const json_t *value, gk_rules *rules, gk_why *why)
{
    const char *text = json_is_string(value) ? json_string_value(value) : "";
    rules->rest_day_as_is = strcmp(text, "as_is") == 0;
    if (!rules->rest_day_as_is && strcmp(text, "next_workday") != 0)
        return bad(row, why, "\"as_is\" or \"next_workday\"");
    return GK_OK;
}

static gk_err read_date(const setting *row, const json_t *value, gk_rules *rules, gk_why *why)
{
    gk_date date;
    if (!json_is_string(value) || gk_date_parse(json_string_value(value), json_string_length(value), &date))
        return bad(row, why, "a date, as 2024-01-01");
    memcpy((char *) rules + row->offset, &date, sizeof date);
    return GK_OK;
}

static gk_err read_carriers(const setting *row, const json_t *value, gk_rules *rules, gk_why *why)
{
    size_t count = json_array_size(value);
    if (count < 1 || count > GK_RULES_CARRIERS)
        return bad(row, why, "a list of 1 to 8 names");
    for (size_t i = 0; i < count; i++) {
        const json_t *name = json_array_get(value, i);
        size_t len = json_string_length(name);
        if (len < 1 || len >= GK_RULES_CARRIER)
            return bad(row, why, "names of at most 63 bytes");
        snprintf(rules->postal_carriers[i], GK_RULES_CARRIER, "%s", json_string_value(name));
    }
    rules->postal_carrier_count = (int) count;
    return GK_OK;
}

static gk_err read_hours(const setting *row, const json_t *value, gk_rules *rules, gk_why *why)
{
    int64_t from, to;
    if (json_array_size(value) != 2 || !whole(json_array_get(value, 0), 0, 23, &from)
        || !whole(json_array_get(value, 1), from + 1, 24, &to))
        return bad(row, why, "two hours of a day, the later behind the earlier");
    rules->office_hour_from = (int) from;
    rules->office_hour_to = (int) to;
    return GK_OK;
}

/*  Read [{"upto": n, "yuan": n}], bounds rising; `open`: the last "upto" is null. */
static bool read_tiers(const json_t *value, bool open, gk_tier *tiers, size_t most, int *count)
{
    size_t size = json_array_size(value);
    if (size < 1 || size > most)
        return false;
    int64_t last = 0;
    for (size_t i = 0; i < size; i++) {
        const json_t *row = json_array_get(value, i), *upto = json_object_get(row, "upto");
        if (json_object_size(row) != 2 || !whole(json_object_get(row, "yuan"), 0, MOST_YUAN, &tiers[i].yuan))
            return false;
        if (open && i == size - 1 && json_is_null(upto))
            last = INT64_MAX;
        else if ((open && i == size - 1) || !whole(upto, last + 1, MOST_YUAN, &last))
            return false;
        tiers[i].upto = last;
    }
    *count = (int) size;
    return true;
}

static gk_err read_items(const setting *row, const json_t *value, gk_rules *rules, gk_why *why)
{
    if (!read_tiers(value, false, rules->item_tiers, GK_RULES_TIERS, &rules->item_tier_count))
        return bad(row, why, "a list of {\"upto\", \"yuan\"}, bounds rising");
    return GK_OK;
}

static gk_err read_pages(const setting *row, const json_t *value, gk_rules *rules, gk_why *why)
{
    size_t most = sizeof rules->page_tiers / sizeof *rules->page_tiers;
    if (!read_tiers(value, true, rules->page_tiers, most, &rules->page_tier_count))
        return bad(row, why, "a list of {\"upto\", \"yuan\"}, bounds rising and the last one null");
    return GK_OK;
}

#define DAYS(name, least, most)   { #name, read_number, offsetof(gk_rules, name), least, most }
#define AMOUNT(name, least, most) { #name, read_amount, offsetof(gk_rules, name), least, most }
#define SWITCH(name)              { #name, read_switch, offsetof(gk_rules, name), 0, 0 }
#define DATE(name)                { #name, read_date, offsetof(gk_rules, name), 0, 0 }
#define LIST(name, read)          { name, read, 0, 0, 0 }

static const setting settings[] = {
    DAYS(reply_days, 1, MOST_DAYS),
    DAYS(extension_days, 1, MOST_DAYS),
    DAYS(correction_notice_days, 1, MOST_DAYS),
    DAYS(correction_days, 1, MOST_DAYS),
    DAYS(consultation_days, 1, MOST_DAYS),
    DAYS(referral_days, 1, MOST_DAYS),
    DAYS(payment_days, 1, MOST_DAYS),
    DAYS(lapse_grace_days, 0, MOST_DAYS),
    DAYS(reconsideration_answer_days, 1, MOST_DAYS),
    DAYS(simple_answer_days, 1, MOST_DAYS),
    DAYS(court_answer_days, 1, MOST_DAYS),
    DAYS(publication_answer_days, 1, MOST_DAYS),
    DAYS(publish_days, 1, MOST_DAYS),
    DAYS(retention_years, 1, 1000),
    DAYS(handover_month, 1, 12),
    DAYS(figures_due_day, 1, 31),
    DAYS(report_due_day, 1, 31),
    DAYS(registration_lag_days, 0, MOST_DAYS),
    DAYS(records_correction_days, 1, MOST_DAYS),
    DAYS(service_proof_days, 1, MOST_DAYS),
    DAYS(telling_days, 1, MOST_DAYS),
    DAYS(override_wait_days, 0, MOST_DAYS),
    DAYS(delay_warning_days, 1, MOST_DAYS),
    DAYS(subtask_days, 1, MOST_DAYS),
    DAYS(subtask_reserve_days, 0, MOST_DAYS),
    DAYS(subtask_return_days, 0, MOST_DAYS),
    LIST("rest_day_receipt", read_rest_day),
    SWITCH(exclude_only_if_told),
    DAYS(reconsideration_days, 1, MOST_DAYS),
    DAYS(lawsuit_months, 1, 24),
    DAYS(lawsuit_after_days, 1, MOST_DAYS),
    DATE(reconsideration_first_since),
    LIST("postal_carriers", read_carriers),
    SWITCH(email_from_server_day),
    LIST("remind_before", read_reminders),
    LIST("office_hours", read_hours),
    LIST("item_tiers", read_items),
    AMOUNT(fee_second_approval_yuan, 0, MOST_YUAN),
    AMOUNT(item_band, 1, MOST_YUAN),
    AMOUNT(item_band_step, 0, MOST_YUAN),
    LIST("page_tiers", read_pages),
};

#undef DAYS
#undef AMOUNT
#undef SWITCH
#undef DATE
#undef LIST

enum { SETTINGS = sizeof settings / sizeof *settings };

/*  What stands beside the value: where it comes from and how sure we are. */
static gk_err check_source(const setting *row, const json_t *entry, gk_why *why)
{
    static const char *const texts[] = { "article", "mark", "zh", "en" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!*gk_json_text(entry, texts[i]))
            return gk_refuse(why, GK_EMISSING, "rules: `%s` has no \"%s\"", row->key, texts[i]);
    if (!gk_mark_ok(gk_json_text(entry, "mark")))
        return gk_refuse(why, GK_EBADVALUE, "rules: the mark of `%s` must be seen, interp or memory",
                         row->key);
    if (json_object_size(entry) != 5)
        return bad(row, why, "an object of value, article, mark, zh and en");
    return GK_OK;
}

static gk_err read_settings(const json_t *file, gk_rules *rules, gk_why *why)
{
    for (size_t i = 0; i < SETTINGS; i++) {
        const setting *row = &settings[i];
        const json_t *entry = json_object_get(file, row->key);
        const json_t *value = json_object_get(entry, "value");
        if (!value)
            return gk_refuse(why, GK_EMISSING, "rules: the setting `%s` is missing, or its value", row->key);
        gk_err err = check_source(row, entry, why);
        if (!err)
            err = row->read(row, value, rules, why);
        if (err)
            return err;
    }
    /*  All are there, so a longer file holds something that nobody reads. */
    if (json_object_size(file) != SETTINGS + 1)
        return gk_refuse(why, GK_EBADVALUE, "rules: there is a setting that is not known; %d and the "
                         "version are", (int) SETTINGS);
    return GK_OK;
}

gk_err gk_rules_read(const json_t *file, gk_rules **out, gk_why *why)
{
    gk_auto(gk_rules) rules = gk_new(gk_rules);
    const char *version = gk_json_text(file, "version");
    if (!*version)
        return gk_refuse(why, GK_EMISSING, "rules: the version is missing");
    if (strlen(version) >= sizeof rules->version)
        return gk_refuse(why, GK_EBADVALUE, "rules: the version has more than %d bytes",
                         (int) sizeof rules->version - 1);
    snprintf(rules->version, sizeof rules->version, "%s", version);
    gk_err err = read_settings(file, rules, why);
    if (err)
        return err;
    rules->all = json_deep_copy(file);
    *out = rules;
    rules = NULL;
    return GK_OK;
}

void gk_rules_destroy(gk_rules **self_p)
{
    assert(self_p);
    if (*self_p) {
        json_decref((*self_p)->all);
        free(*self_p);
        *self_p = NULL;
    }
}
