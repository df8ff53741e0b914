/* links: gk_core */
/*  test_rules - the shipped numbers, and files that are refused as a whole. */
#include "law.h"

static void the_shipped_numbers(void **state)
{
    (void) state;
    gk_auto(gk_rules) rules = law_rules();
    const struct {
        int64_t is, want;
    } rows[] = {
        { rules->reply_days, 20 }, { rules->extension_days, 20 }, { rules->correction_notice_days, 7 },
        { rules->correction_days, 15 }, { rules->consultation_days, 15 }, { rules->referral_days, 15 }, { rules->payment_days, 20 },
        { rules->lapse_grace_days, 5 }, { rules->figures_due_day, 10 }, { rules->report_due_day, 31 }, { rules->registration_lag_days, 1 }, { rules->records_correction_days, 20 },
        { rules->reconsideration_answer_days, 10 }, { rules->simple_answer_days, 5 }, { rules->court_answer_days, 15 },
        { rules->publication_answer_days, 20 }, { rules->publish_days, 20 }, { rules->retention_years, 30 }, { rules->handover_month, 6 },
        { rules->rest_day_as_is, 1 }, { rules->exclude_only_if_told, 1 },
        { rules->reconsideration_days, 60 }, { rules->lawsuit_months, 6 }, { rules->lawsuit_after_days, 15 },
        { rules->reconsideration_first_since.day, law_date("2024-01-01").day }, { rules->postal_carrier_count, 4 },
        { rules->remind_before_count, 4 }, { rules->remind_before[0], 5 }, { rules->remind_before[3], 0 },
        { rules->office_hour_from, 9 }, { rules->office_hour_to, 17 },
        { rules->item_tier_count, 2 }, { rules->item_tiers[0].upto, 10 }, { rules->item_tiers[0].yuan, 0 },
        { rules->item_tiers[1].upto, 30 }, { rules->item_tiers[1].yuan, 100 },
        { rules->item_band, 10 }, { rules->item_band_step, 100 },
        { rules->page_tier_count, 4 }, { rules->page_tiers[2].upto, 200 }, { rules->page_tiers[2].yuan, 20 },
        { rules->page_tiers[3].upto, INT64_MAX }, { rules->page_tiers[3].yuan, 40 },
    };
    for (size_t i = 0; i < ROWS(rows); i++)
        if (rows[i].is != rows[i].want)
            fail_msg("row %zu: %lld, not %lld", i, (long long) rows[i].is, (long long) rows[i].want);
    assert_string_equal(rules->version, "2026-11");
    assert_string_equal(gk_json_path(rules->all, "reply_days.mark"), "seen");
}

/*  The file with `key` of one setting (or of the top, if NULL) changed to `value`, a JSON text;
 *  "" removes it. */
static json_t *changed(const char *setting, const char *key, const char *value)
{
    json_t *file = law_json("rules/rules.json");
    json_t *where = setting ? json_object_get(file, setting) : file;
    assert_non_null(where);
    if (*value)
        assert_int_equal(json_object_set_new(where, key, json_loads(value, JSON_DECODE_ANY, NULL)), 0);
    else
        assert_int_equal(json_object_del(where, key), 0);
    return file;
}

static void what_is_refused(void **state)
{
    (void) state;
    static const struct {
        const char *setting, *key, *value;
        gk_err err;
        const char *why;
    } rows[] = {
        { NULL, "version", "", GK_EMISSING, "version" },
        { NULL, "version", "7", GK_EMISSING, "version" },
        { NULL, "version", "\"a version far too long to keep\"", GK_EBADVALUE, "version" },
        { NULL, "reply_days", "", GK_EMISSING, "reply_days" },
        { NULL, "reply_days", "20", GK_EMISSING, "reply_days" },
        { NULL, "grace", "{\"value\": 1}", GK_EBADVALUE, "not known" },
        { "reply_days", "value", "", GK_EMISSING, "reply_days" },
        { "reply_days", "value", "0", GK_EBADVALUE, "reply_days" },
        { "reply_days", "value", "-20", GK_EBADVALUE, "reply_days" },
        { "reply_days", "value", "\"20\"", GK_EBADVALUE, "reply_days" },
        { "reply_days", "value", "20.5", GK_EBADVALUE, "reply_days" },
        { "reply_days", "value", "4294967316", GK_EBADVALUE, "reply_days" },
        { "reply_days", "article", "", GK_EMISSING, "article" },
        { "reply_days", "article", "\"\"", GK_EMISSING, "article" },
        { "reply_days", "zh", "", GK_EMISSING, "zh" },
        { "reply_days", "en", "", GK_EMISSING, "en" },
        { "reply_days", "mark", "", GK_EMISSING, "mark" },
        { "reply_days", "mark", "\"sure\"", GK_EBADVALUE, "mark" },
        { "reply_days", "note", "\"x\"", GK_EBADVALUE, "reply_days" },
        { "rest_day_receipt", "value", "true", GK_EBADVALUE, "as_is" },
        { "rest_day_receipt", "value", "\"never\"", GK_EBADVALUE, "next_workday" },
        { "exclude_only_if_told", "value", "1", GK_EBADVALUE, "exclude_only_if_told" },
        { "reconsideration_first_since", "value", "20240101", GK_EBADVALUE, "reconsideration_first_since" },
        { "reconsideration_first_since", "value", "\"2024-02-30\"", GK_EBADVALUE, "reconsideration_first_since" },
        { "postal_carriers", "value", "[]", GK_EBADVALUE, "postal_carriers" },
        { "postal_carriers", "value", "[\"EMS\", \"\"]", GK_EBADVALUE, "postal_carriers" },
        { "postal_carriers", "value", "[1]", GK_EBADVALUE, "postal_carriers" },
        { "remind_before", "value", "[]", GK_EBADVALUE, "remind_before" },
        { "remind_before", "value", "[1, 3]", GK_EBADVALUE, "remind_before" },
        { "remind_before", "value", "[3, 3]", GK_EBADVALUE, "remind_before" },
        { "remind_before", "value", "[3, -1]", GK_EBADVALUE, "remind_before" },
        { "remind_before", "value", "[9,8,7,6,5,4,3,2,1]", GK_EBADVALUE, "remind_before" },
        { "office_hours", "value", "[17, 9]", GK_EBADVALUE, "office_hours" },
        { "office_hours", "value", "[9]", GK_EBADVALUE, "office_hours" },
        { "office_hours", "value", "[9, 25]", GK_EBADVALUE, "office_hours" },
        { "item_tiers", "value", "[]", GK_EBADVALUE, "item_tiers" },
        { "item_tiers", "value", "[{\"upto\": 10, \"yuan\": 0}, {\"upto\": 10, \"yuan\": 1}]", GK_EBADVALUE, "item_tiers" },
        { "item_tiers", "value", "[{\"upto\": null, \"yuan\": 0}]", GK_EBADVALUE, "item_tiers" },
        { "item_tiers", "value", "[{\"upto\": 10, \"yuan\": -1}]", GK_EBADVALUE, "item_tiers" },
        { "item_tiers", "value", "[{\"upto\": 10, \"yuan\": 1, \"fen\": 1}]", GK_EBADVALUE, "item_tiers" },
        { "item_tiers", "value", "[10]", GK_EBADVALUE, "item_tiers" },
        { "item_band", "value", "0", GK_EBADVALUE, "item_band" },
        { "item_band_step", "value", "9223372036854775807", GK_EBADVALUE, "item_band_step" },
        { "page_tiers", "value", "[{\"upto\": 30, \"yuan\": 0}]", GK_EBADVALUE, "page_tiers" },
        { "page_tiers", "value", "[{\"upto\": null, \"yuan\": 0}, {\"upto\": null, \"yuan\": 1}]", GK_EBADVALUE, "page_tiers" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *file = changed(rows[i].setting, rows[i].key, rows[i].value);
        gk_rules *rules = NULL;
        gk_why why = { "" };
        gk_err err = gk_rules_read(file, &rules, &why);
        if (err != rows[i].err || !strstr(why.text, rows[i].why) || rules)
            fail_msg("row %zu: %s: %s", i, gk_err_code(err), why.text);
    }
}

static void no_object_is_refused(void **state)
{
    (void) state;
    gk_json_auto *list = json_array();
    gk_rules *rules = NULL;
    assert_int_equal(gk_rules_read(list, &rules, NULL), GK_EMISSING);
    assert_null(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_numbers),
        cmocka_unit_test(what_is_refused),
        cmocka_unit_test(no_object_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
