/*  The monthly reconciliation list: invented events of five cases, what the list says of each month, and what it names
 *  when something is not as it must be. */
#include "casework.h"
#include "core/feelist.h"

typedef struct fact {
    int case_id;
    const char *recorded, *on, *event, *data;   /* data with ' for " */
} fact;

/*  1 pays wholly, in two parts and too much, and gets the rest back in the next month.  2 pays a part, lapses, and the
 *  payment is found afterwards, with a value date in its period.  3 pays late, is excused.  4 lapses with a part paid, which
 *  goes back.  5 pays late, in the last days of a year that was closed meanwhile.  7 is given back a part
 *  before the whole was paid, and owes it again.  Case 6 has no fee. */
static const fact story[] = {
    { 1, "2026-03-02", "2026-03-02", "registered", "{'number':'GZ-2026-000001'}" },
    { 1, "2026-03-05", "2026-03-05", "fee_approved", "{'fee_yuan':54700}" },
    { 1, "2026-03-19", "2026-03-17", "payment_recorded", "{'receipt_number':'R1','amount_yuan':54000}" },
    { 1, "2026-03-19", "2026-03-18", "fee_paid", "{'receipt_number':'R2','amount_yuan':800}" },
    { 1, "2026-04-02", "2026-04-02", "fee_refunded", "{'receipt_number':'R2','refund_number':'T1','amount_yuan':100}" },
    { 2, "2026-03-02", "2026-03-02", "registered", "{'number':'GZ-2026-000002'}" },
    { 2, "2026-03-10", "2026-03-10", "fee_notice_sent", "{'fee_yuan':300}" },
    { 2, "2026-03-20", "2026-03-20", "payment_recorded", "{'receipt_number':'R3','amount_yuan':100}" },
    { 2, "2026-04-20", "2026-04-20", "lapse_confirmed", "{'outcome':'O2'}" },
    { 2, "2026-04-22", "2026-03-30", "fee_paid", "{'receipt_number':'R4','amount_yuan':200}" },
    { 3, "2026-03-02", "2026-03-02", "registered", "{'number':'GZ-2026-000003'}" },
    { 3, "2026-03-12", "2026-03-12", "fee_notice_sent", "{'fee_yuan':40}" },
    { 3, "2026-04-16", "2026-04-15", "payment_recorded", "{'receipt_number':'R5','amount_yuan':40,'late':true}" },
    { 3, "2026-04-17", "2026-04-17", "lateness_excused", "{}" },
    { 4, "2026-03-02", "2026-03-02", "registered", "{'number':'GZ-2026-000004'}" },
    { 4, "2026-03-13", "2026-03-13", "fee_notice_sent", "{'fee_yuan':70}" },
    { 4, "2026-03-31", "2026-03-31", "payment_recorded", "{'receipt_number':'R6','amount_yuan':20}" },
    { 4, "2026-04-27", "2026-04-27", "lapse_confirmed", "{'outcome':'O2'}" },
    { 4, "2026-05-06", "2026-05-06", "fee_refunded", "{'receipt_number':'R6','refund_number':'T2','amount_yuan':20}" },
    { 5, "2026-11-02", "2026-11-02", "registered", "{'number':'GZ-2026-000005'}" },
    { 5, "2026-12-20", "2026-12-20", "fee_notice_sent", "{'fee_yuan':10}" },
    { 5, "2027-01-20", "2026-12-31", "fee_paid", "{'receipt_number':'R7','amount_yuan':10}" },
    { 7, "2026-06-01", "2026-06-01", "registered", "{'number':'GZ-2026-000007'}" },
    { 7, "2026-06-05", "2026-06-05", "fee_notice_sent", "{'fee_yuan':700}" },
    { 7, "2026-06-08", "2026-06-08", "payment_recorded", "{'receipt_number':'R8','amount_yuan':600}" },
    { 7, "2026-06-09", "2026-06-09", "fee_refunded", "{'receipt_number':'R8','refund_number':'T3','amount_yuan':600}" },
    { 7, "2026-06-10", "2026-06-10", "payment_recorded", "{'receipt_number':'R9','amount_yuan':100}" },
    { 7, "2026-06-11", "2026-06-11", "fee_paid", "{'receipt_number':'R10','amount_yuan':600}" },
    { 6, "2026-03-02", "2026-03-02", "registered", "{'number':'GZ-2026-000006'}" },
    { 6, "2026-03-30", "2026-03-30", "withdrew", "{}" },
};

/*  2026 was closed on 15 January 2027. */
static gk_report_closings closed(void)
{
    return (gk_report_closings) { .list = { { 2026, gk_date_at(law_date("2027-01-15"), 12) } }, .count = 1 };
}

typedef struct both {
    gk_feelist *list;
    gk_report_case cases[8];
    int case_count;
} both;

/*  Each fact enters the list and, as the annual report reads it, the summary of its case. */
static void enter(both *self, const fact *facts, size_t count)
{
    *self = (both) { .list = gk_feelist_new() };
    for (size_t i = 0; i < count; i++) {
        gk_event event = { .case_id = facts[i].case_id, .seq = (int) i + 1, .on = law_date(facts[i].on) };
        assert_true(gk_flow_event_parse(facts[i].event, &event.type));
        event.data = work_data(facts[i].data, GK_NOTED);
        gk_time_format(gk_date_at(law_date(facts[i].recorded), 10), event.at);
        if (gk_feelist_reads(event.type))
            gk_feelist_enter(self->list, event.case_id, &event);
        if (!self->case_count || self->cases[self->case_count - 1].id != event.case_id)
            gk_report_case_start(&self->cases[self->case_count++], event.case_id);
        gk_report_case_enter(&self->cases[self->case_count - 1], &event);
        gk_event_clear(&event);
    }
}

/*  Part 6, as the annual report counts it. */
static json_t *part_six(const both *self, int year)
{
    gk_json_auto *form_file = law_json("report/annual.json"), *outcome_file = law_json("outcomes/outcomes.json");
    gk_report_form *form = NULL;
    gk_outcomes *outcomes = NULL;
    gk_report_closings closings = closed();
    assert_int_equal(gk_report_form_read(form_file, &form, NULL), GK_OK);
    assert_int_equal(gk_outcomes_read(outcome_file, &outcomes, NULL), GK_OK);
    gk_report report = { .year = year };
    for (int i = 0; i < self->case_count; i++)
        gk_report_add(&report, form, outcomes, &closings, &self->cases[i]);
    gk_json_auto *figures = gk_report_json(&report, form);
    json_t *fee = json_incref(json_object_get(figures, "fee"));
    gk_report_form_destroy(&form);
    gk_outcomes_destroy(&outcomes);
    return fee;
}

static json_t *month_of(const both *self, const char *first)
{
    gk_report_closings closings = closed();
    return gk_feelist_month(self->list, law_date(first), &closings);
}

/*  The names of the identities that do not hold, "F1 F3". */
static const char *violated(const json_t *list, const json_t *fee, char out[static 40])
{
    gk_json_auto *identities = gk_feelist_check(list, fee);
    size_t index;
    json_t *entry;
    *out = 0;
    assert_int_equal(json_array_size(identities), 5);
    json_array_foreach(identities, index, entry) {
        assert_int_equal(json_array_size(json_object_get(entry, "where")) == 0, json_is_true(json_object_get(entry, "holds")));
        if (!json_is_true(json_object_get(entry, "holds")))
            snprintf(out + strlen(out), 40 - strlen(out), "%s%s", *out ? " " : "", gk_json_text(entry, "identity"));
    }
    return out;
}

static char *said(const json_t *list)
{
    gk_text text = { 0 };
    size_t index;
    json_t *entry;
    gk_text_puts(&text, "");
    json_array_foreach(json_object_get(list, "lines"), index, entry)
        gk_text_printf(&text, "%s %s %s%s%s %lld %s%s%s%s owed %+lld money %+lld\n", gk_json_text(entry, "on") + 5, gk_json_text(entry, "case") + 10,
                       gk_json_text(entry, "what"), *gk_json_text(entry, "how") ? " " : "", gk_json_text(entry, "how"),
                       json_integer_value(json_object_get(entry, "yuan")), gk_json_text(entry, "number"),
                       *gk_json_text(entry, "of") ? "<" : "", gk_json_text(entry, "of"), json_object_get(entry, "counts_in") ? " next" : "",
                       json_integer_value(json_object_get(entry, "owed")), json_integer_value(json_object_get(entry, "money")));
    return text.data;
}

static void every_line_of_a_month(void **state)
{
    (void) state;
    static const struct {
        const char *first, *lines, *owed, *money, *open;
    } rows[] = {
        { "2026-02-01", "", "0 0 0 0 0", "0 0 0 0", "" },
        { "2026-03-01",
          "03-05 0001 notice 54700  owed +54700 money +0\n" "03-10 0002 notice 300  owed +300 money +0\n"
          "03-12 0003 notice 40  owed +40 money +0\n" "03-13 0004 notice 70  owed +70 money +0\n"
          "03-17 0001 payment part 54000 R1 owed -54000 money +54000\n" "03-18 0001 payment over 800 R2 owed -700 money +800\n"
          "03-20 0002 payment part 100 R3 owed -100 money +100\n" "03-30 0002 payment full 200 R4 owed -200 money +200\n"
          "03-31 0004 payment part 20 R6 owed -20 money +20\n",
          "0 55110 55020 0 90", "0 55120 0 55120", "0001 owes 0 over 100; 0003 owes 40 over 0; 0004 owes 50 over 0; " },
        /*  What was paid in March is not written off in April, though it was seen after the lapse. */
        { "2026-04-01",
          "04-02 0001 refund 100 T1<R2 owed +0 money -100\n" "04-15 0003 payment late 40 R5 owed +0 money +40\n"
          "04-17 0003 excused 40  owed -40 money +0\n" "04-27 0004 ended 50  owed -50 money +0\n",
          "90 0 40 50 0", "55120 40 100 55060", "0004 owes 0 over 20; " },
        { "2026-05-01", "05-06 0004 refund 20 T2<R6 owed +0 money -20\n", "0 0 0 0 0", "55060 0 20 55040", "" },
        { "2026-06-01",
          "06-05 0007 notice 700  owed +700 money +0\n" "06-08 0007 payment part 600 R8 owed -600 money +600\n"
          "06-09 0007 refund 600 T3<R8 owed +600 money -600\n" "06-10 0007 payment part 100 R9 owed -100 money +100\n"
          "06-11 0007 payment full 600 R10 owed -600 money +600\n", "0 700 700 0 0", "55040 1300 600 55740", "" },
        { "2026-12-01", "12-20 0005 notice 10  owed +10 money +0\n" "12-31 0005 payment full 10 R7 next owed -10 money +10\n",
          "0 10 10 0 0", "55740 10 0 55750", "" },
        { "2027-01-01", "", "0 0 0 0 0", "55750 0 0 55750", "" },
    };
    static const char *const owed[] = { "opening", "noticed", "settled", "ended", "closing" };
    static const char *const money[] = { "opening", "received", "refunded", "closing" };
    both b;
    enter(&b, story, ROWS(story));
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *list = month_of(&b, rows[i].first), *fee = part_six(&b, atoi(rows[i].first));
        gk_free_auto char *lines = said(list);
        gk_text_auto balance = { 0 }, cash = { 0 }, open = { 0 };
        char names[40];
        size_t index;
        json_t *entry;
        for (size_t k = 0; k < ROWS(owed); k++)
            gk_text_printf(&balance, "%s%lld", k ? " " : "", json_integer_value(json_object_get(json_object_get(list, "owed"), owed[k])));
        for (size_t k = 0; k < ROWS(money); k++)
            gk_text_printf(&cash, "%s%lld", k ? " " : "", json_integer_value(json_object_get(json_object_get(list, "money"), money[k])));
        gk_text_puts(&open, "");
        json_array_foreach(json_object_get(list, "open"), index, entry)
            gk_text_printf(&open, "%s owes %lld over %lld; ", gk_json_text(entry, "case") + 10, json_integer_value(json_object_get(entry, "owed")),
                           json_integer_value(json_object_get(entry, "surplus")));
        assert_string_equal(lines, rows[i].lines);
        assert_string_equal(balance.data, rows[i].owed);
        assert_string_equal(cash.data, rows[i].money);
        assert_string_equal(open.data, rows[i].open);
        assert_string_equal(violated(list, fee, names), "");
    }
    gk_feelist_destroy(&b.list);
}

/*  What was recorded after the closing is in December's list and in the next year's report. */
static void a_year_is_that_of_the_annual_report(void **state)
{
    (void) state;
    both b;
    enter(&b, story, ROWS(story));
    for (int year = 2026; year <= 2027; year++) {
        gk_json_auto *list = month_of(&b, year == 2026 ? "2026-12-01" : "2027-01-01"), *fee = part_six(&b, year);
        const json_t *money = json_object_get(list, "year_money");
        assert_int_equal(json_integer_value(json_object_get(money, "received")), year == 2026 ? 56460 : 10);
        assert_int_equal(json_integer_value(json_object_get(money, "refunded")), year == 2026 ? 720 : 0);
        assert_int_equal(json_integer_value(json_object_get(fee, "yuan")), year == 2026 ? 56460 : 10);
    }
    gk_feelist_destroy(&b.list);
}

/*  The figure that is doctored, and what names it. */
static void a_list_that_does_not_add_up_is_named(void **state)
{
    (void) state;
    static const struct {
        const char *group, *member, *names, *where;
    } rows[] = {
        { "owed", "opening", "F1", "91 -90 ≠ 0" }, { "owed", "closing", "F1", NULL }, { "money", "opening", "F2", NULL },
        { "money", "closing", "F2", "55120 -60 ≠ 55061" }, { "year_money", "received", "F3", "received: 56461 ≠ 56460" },
        { "year_money", "refunded", "F3", "refunded: 721 ≠ 720" },
    };
    both b;
    enter(&b, story, ROWS(story));
    gk_json_auto *fee = part_six(&b, 2026);
    for (size_t i = 0; i < ROWS(rows); i++) {
        char names[40];
        gk_json_auto *list = month_of(&b, "2026-04-01");
        json_t *member = json_object_get(json_object_get(list, rows[i].group), rows[i].member);
        json_integer_set(member, json_integer_value(member) + 1);
        assert_string_equal(violated(list, fee, names), rows[i].names);
        gk_json_auto *identities = gk_feelist_check(list, fee);
        const json_t *entry = json_array_get(identities, (size_t) (rows[i].names[1] - '1'));
        if (rows[i].where)
            assert_string_equal(json_string_value(json_array_get(json_object_get(entry, "where"), 0)), rows[i].where);
    }
    gk_json_auto *list = month_of(&b, "2026-04-01");
    char names[40];
    json_array_remove(json_object_get(list, "lines"), 0);       /* the refund */
    assert_string_equal(violated(list, fee, names), "F2");
    gk_feelist_destroy(&b.list);
}

/*  A ledger that no broker would have written. */
static void receipts_that_cannot_be_are_named(void **state)
{
    (void) state;
    static const fact twice[] = {
        { 1, "2026-03-05", "2026-03-05", "fee_notice_sent", "{'fee_yuan':300}" },
        { 1, "2026-03-19", "2026-03-19", "payment_recorded", "{'receipt_number':'R1','amount_yuan':100}" },
        { 2, "2026-03-05", "2026-03-05", "fee_notice_sent", "{'fee_yuan':300}" },
        { 2, "2026-03-19", "2026-03-19", "payment_recorded", "{'receipt_number':'R1','amount_yuan':100}" },
    };
    static const fact beyond[] = {
        { 1, "2026-03-05", "2026-03-05", "fee_notice_sent", "{'fee_yuan':300}" },
        { 1, "2026-03-19", "2026-03-19", "payment_recorded", "{'receipt_number':'R1','amount_yuan':100}" },
        { 1, "2026-03-20", "2026-03-20", "fee_refunded", "{'receipt_number':'R1','refund_number':'T','amount_yuan':60}" },
        { 1, "2026-03-21", "2026-03-21", "fee_refunded", "{'receipt_number':'R1','refund_number':'U','amount_yuan':41}" },
    };
    static const fact damaged[] = {
        { 1, "2026-03-05", "2026-03-05", "fee_notice_sent", "{'fee_yuan':'many'}" },
        { 1, "2026-03-19", "2026-03-19", "payment_recorded", "{'receipt_number':7,'amount_yuan':-100}" },
        { 1, "2026-03-20", "2026-03-20", "fee_refunded", "{'receipt_number':'R9','amount_yuan':60}" },
    };
    static const struct {
        const fact *facts;
        size_t count;
        const char *names;
    } rows[] = { { twice, ROWS(twice), "F4" }, { beyond, ROWS(beyond), "F5" }, { damaged, ROWS(damaged), "F5" } };
    for (size_t i = 0; i < ROWS(rows); i++) {
        both b;
        char names[40];
        enter(&b, rows[i].facts, rows[i].count);
        gk_json_auto *list = month_of(&b, "2026-03-01"), *fee = part_six(&b, 2026);
        assert_string_equal(violated(list, fee, names), rows[i].names);
        gk_feelist_destroy(&b.list);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_line_of_a_month),
        cmocka_unit_test(a_year_is_that_of_the_annual_report),
        cmocka_unit_test(a_list_that_does_not_add_up_is_named),
        cmocka_unit_test(receipts_that_cannot_be_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
