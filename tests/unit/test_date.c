/* links: gk_base */
/*  test_date - civil dates and instants against libc and by hand. */
#include "base/date.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static void dates_agree_with_libc(void **state)
{
    (void) state;
    gk_date first, last;
    assert_int_equal(gk_date_parse("1900-01-01", 10, &first), GK_OK);
    assert_int_equal(gk_date_parse("2999-12-31", 10, &last), GK_OK);
    for (gk_date day = first; day.day <= last.day; day = gk_date_plus(day, 1)) {
        char text[GK_DATE_TEXT], libc[64];
        time_t seconds = (time_t) day.day * 86400;
        struct tm tm;
        gmtime_r(&seconds, &tm);
        strftime(libc, sizeof libc, "%Y-%m-%d", &tm);
        gk_date back = GK_NO_DATE;
        if (strcmp(gk_date_format(day, text), libc) || gk_date_parse(text, 10, &back)
            || back.day != day.day || gk_date_weekday(day) != (tm.tm_wday + 6) % 7)
            fail_msg("%s is not %s", text, libc);
    }
}

static void dates_that_do_not_exist(void **state)
{
    (void) state;
    static const char *const bad[] = {
        "2021-02-29", "1900-02-29", "2021-04-31", "2021-13-01", "2021-00-10", "2021-01-00", "1899-12-31",
        "3000-01-01", "2021/02/01", "2021-2-01", "202a-02-01", "", "2021-02-0", "2021-02-011", "-021-02-01",
        "2021-02-+1", " 021-02-01",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        gk_date out = { 42 };
        if (gk_date_parse(bad[i], strlen(bad[i]), &out) != GK_EBADVALUE || out.day != 42)
            fail_msg("\"%s\" was read", bad[i]);
    }
}

static void leap_days_exist(void **state)
{
    (void) state;
    gk_date out;
    assert_int_equal(gk_date_parse("2000-02-29", 10, &out), GK_OK);
    assert_int_equal(gk_date_parse("2024-02-29", 10, &out), GK_OK);
    assert_int_equal(gk_date_weekday(out), 3);              /* a Thursday */
}

static void no_date_is_written_as_nothing(void **state)
{
    (void) state;
    char text[GK_DATE_TEXT] = "x";
    assert_string_equal(gk_date_format(GK_NO_DATE, text), "");
    assert_true(gk_date_is_none(GK_NO_DATE));
}

/*  A day in Shanghai begins at 16:00 UTC of the day before. */
static void a_day_begins_in_shanghai(void **state)
{
    (void) state;
    static const struct {
        const char *instant, *date;
    } rows[] = {
        { "2026-03-01T15:59:59Z", "2026-03-01" },
        { "2026-03-01T16:00:00Z", "2026-03-02" },
        { "2026-12-31T16:00:00Z", "2027-01-01" },
        { "1969-12-31T15:59:59Z", "1969-12-31" },
        { "1969-12-31T16:00:00Z", "1970-01-01" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t seconds = 0;
        char text[GK_DATE_TEXT], instant[GK_TIME_TEXT];
        assert_int_equal(gk_time_parse(rows[i].instant, strlen(rows[i].instant), &seconds), GK_OK);
        assert_string_equal(gk_date_format(gk_date_of(seconds), text), rows[i].date);
        assert_string_equal(gk_time_format(seconds, instant), rows[i].instant);
        gk_date date = gk_date_of(seconds);
        assert_int_equal(gk_date_of(gk_date_at(date, 0)).day, date.day);
        assert_int_equal(gk_date_of(gk_date_at(date, 0) - 1).day, date.day - 1);
        assert_int_equal(gk_date_at(date, 9) - gk_date_at(date, 0), 9 * 3600);
    }
}

static void instants_that_do_not_exist(void **state)
{
    (void) state;
    static const char *const bad[] = {
        "2026-03-01T24:00:00Z", "2026-03-01T00:60:00Z", "2026-03-01T00:00:60Z", "2026-03-01 00:00:00Z",
        "2026-03-01T00:00:00", "2026-02-30T00:00:00Z", "2026-03-01T0a:00:00Z", "",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t seconds = 42;
        if (gk_time_parse(bad[i], strlen(bad[i]), &seconds) != GK_EBADVALUE || seconds != 42)
            fail_msg("\"%s\" was read", bad[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_agree_with_libc),
        cmocka_unit_test(dates_that_do_not_exist),
        cmocka_unit_test(leap_days_exist),
        cmocka_unit_test(no_date_is_written_as_nothing),
        cmocka_unit_test(a_day_begins_in_shanghai),
        cmocka_unit_test(instants_that_do_not_exist),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
