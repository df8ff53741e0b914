/* links: gk_core */
/*  test_fee - 国办函〔2020〕109号: every amount of the published and worked examples. */
#include "law.h"
#include "core/fee.h"

static gk_rules *rules;

static void prices_by_item(void **state)
{
    (void) state;
    static const struct {
        int64_t item, price, month;     /* price of that item, and of all up to it */
    } rows[] = {
        { 1, 0, 0 }, { 10, 0, 0 }, { 11, 100, 100 }, { 30, 100, 2000 }, { 31, 200, 2200 },
        { 33, 200, 2600 }, { 35, 200, 3000 }, { 40, 200, 4000 }, { 41, 300, 4300 }, { 50, 300, 7000 },
        { 51, 400, 7400 }, { 60, 400, 11000 }, { 61, 500, 11500 }, { 100, 800, 37000 }, { 101, 900, 37900 },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        assert_int_equal(gk_fee_items(rules, rows[i].item - 1, 1), rows[i].price);
        assert_int_equal(gk_fee_items(rules, 0, rows[i].item), rows[i].month);
    }
}

static void prices_by_page(void **state)
{
    (void) state;
    static const struct {
        int64_t pages, yuan;
    } rows[] = {
        { 0, 0 }, { 1, 0 }, { 30, 0 }, { 31, 10 }, { 44, 140 }, { 57, 270 }, { 68, 380 }, { 72, 420 },
        { 100, 700 }, { 101, 720 }, { 109, 880 }, { 119, 1080 }, { 200, 2700 }, { 201, 2740 }, { 250, 4700 },
        { 1500, 54700 },        /* a published notice of 2024 */
    };
    for (size_t i = 0; i < ROWS(rows); i++)
        assert_int_equal(gk_fee_pages(rules, rows[i].pages), rows[i].yuan);
}

static void worked_cases(void **state)
{
    (void) state;
    assert_int_equal(gk_fee_items(rules, 0, 12), 200);      /* split into 12 */
    assert_int_equal(gk_fee_items(rules, 0, 1), 0);         /* the same, not split */
    assert_int_equal(gk_fee_items(rules, 0, 10), 0);        /* each of two months */
    assert_int_equal(gk_fee_items(rules, 32, 1), 200);      /* item 33, or ... */
    assert_int_equal(gk_fee_pages(rules, 250), 4700);       /* ... its 250 pages, never both */
    assert_int_equal(gk_fee_pages(rules, 30) + gk_fee_pages(rules, 30), 0);
    assert_int_equal(gk_fee_items(rules, 1000, 0), 0);
}

/*  The price of one item by the formula of Art. 4, nothing of the tables. */
static int64_t one_item(int64_t n)
{
    return n <= 10 ? 0 : n <= 30 ? 100 : 100 * ((n - 31) / 10 + 2);
}

static void items_equal_adding_one_by_one(void **state)
{
    (void) state;
    for (int64_t before = 0; before <= 130; before++) {
        int64_t sum = 0;
        for (int64_t count = 0; count <= 130; count++) {
            assert_int_equal(gk_fee_items(rules, before, count), sum);
            sum += one_item(before + count + 1);
        }
    }
}

static void pages_equal_adding_one_by_one(void **state)
{
    (void) state;
    int64_t sum = 0;
    for (int64_t n = 1; n <= 500; n++) {
        sum += n <= 30 ? 0 : n <= 100 ? 10 : n <= 200 ? 20 : 40;
        assert_int_equal(gk_fee_pages(rules, n), sum);
    }
}

static void the_most_fits(void **state)
{
    (void) state;
    assert_int_equal(gk_fee_pages(rules, GK_FEE_MOST), 2700 + (int64_t) (GK_FEE_MOST - 200) * 40);
    assert_true(gk_fee_items(rules, GK_FEE_MOST, GK_FEE_MOST) > 0);
    int64_t half = gk_fee_items(rules, 0, GK_FEE_MOST);
    assert_int_equal(half, gk_fee_items(rules, 0, 777) + gk_fee_items(rules, 777, GK_FEE_MOST - 777));
}

/*  A band of one unit, and as many bands as fit. */
static void the_narrowest_bands(void **state)
{
    (void) state;
    gk_rules narrow = *rules;
    narrow.page_tiers[0] = (gk_tier) { 1, 7 };
    narrow.page_tiers[1] = (gk_tier) { 2, 9 };
    assert_int_equal(gk_fee_pages(&narrow, 1), 7);
    assert_int_equal(gk_fee_pages(&narrow, 2), 16);
    narrow.item_tier_count = GK_RULES_TIERS;
    for (int i = 0; i < GK_RULES_TIERS; i++)
        narrow.item_tiers[i] = (gk_tier) { i + 1, i };
    assert_int_equal(gk_fee_items(&narrow, 0, GK_RULES_TIERS), 63 * 64 / 2);
    assert_int_equal(gk_fee_items(&narrow, GK_RULES_TIERS, 1), 63 + narrow.item_band_step);
    assert_int_equal(gk_fee_items(&narrow, GK_RULES_TIERS, 11), 10 * (63 + narrow.item_band_step) + 63 + 2 * narrow.item_band_step);
}

static int64_t sum_of(const json_t *lines, int64_t *units)
{
    int64_t sum = 0;
    for (size_t i = 0; i < json_array_size(lines); i++) {
        const json_t *line = json_array_get(lines, i);
        int64_t count = json_integer_value(json_object_get(line, "units"));
        int64_t yuan = json_integer_value(json_object_get(line, "yuan"));
        assert_int_equal(json_integer_value(json_object_get(line, "sum")), count * yuan);
        assert_true(*gk_json_text(line, "zh") && *gk_json_text(line, "en"));
        sum += count * yuan;
        *units += count;
    }
    return sum;
}

static void the_arithmetic_adds_up(void **state)
{
    (void) state;
    for (int64_t n = 0; n <= 260; n += 13) {
        int64_t items = 0, pages = 0;
        gk_json_auto *by_item = gk_fee_items_lines(rules, n, n);
        gk_json_auto *by_page = gk_fee_pages_lines(rules, n);
        assert_int_equal(sum_of(by_item, &items), gk_fee_items(rules, n, n));
        assert_int_equal(sum_of(by_page, &pages), gk_fee_pages(rules, n));
        assert_int_equal(items, n);
        assert_int_equal(pages, n);
    }
    gk_json_auto *lines = gk_fee_pages_lines(rules, 250);
    assert_int_equal(json_array_size(lines), 4);
    assert_string_equal(gk_json_text(json_array_get(lines, 1), "zh"), "第31—100页：70页×10元＝700元");
    assert_string_equal(gk_json_text(json_array_get(lines, 3), "en"),
                        "pages 201 to 250: 50 x 40 yuan = 2000 yuan");
}

static int set_up(void **state)
{
    (void) state;
    rules = law_rules();
    return 0;
}

static int tear_down(void **state)
{
    (void) state;
    gk_rules_destroy(&rules);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prices_by_item),
        cmocka_unit_test(prices_by_page),
        cmocka_unit_test(worked_cases),
        cmocka_unit_test(items_equal_adding_one_by_one),
        cmocka_unit_test(pages_equal_adding_one_by_one),
        cmocka_unit_test(the_most_fits),
        cmocka_unit_test(the_narrowest_bands),
        cmocka_unit_test(the_arithmetic_adds_up),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
