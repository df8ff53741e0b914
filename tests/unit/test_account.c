/*  test_account - passwords, waiting after wrong ones, the end of a session. */
#include "core/account.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void passwords_are_long_and_not_the_name(void **state)
{
    (void) state;
    static const struct { const char *password, *name; bool good; } rows[] = {
        { "correct horse battery", "chen.jing", true },
        { "一二三四五六七八九十甲乙", "chen.jing", true },             /* characters, not bytes */
        { "一二三四五六七八九十甲", "chen.jing", false },
        { "elevenchars", "chen.jing", false }, { "twelve chars", "chen.jing", true },
        { "alexander.wang", "alexander.wang", false }, { "Alexander.Wang1", "alexander.wang", false },
        { "alexander.wang2026", "alexander.wang", false }, { "alexander.wang and more", "alexander.wang", true },
        { "aaaaaaaaaaaaaaaa", "chen.jing", false }, { "哈哈哈哈哈哈哈哈哈哈哈哈", "chen.jing", false },
        { "aaaaaaaaaaaaaaab", "chen.jing", true },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gk_why why = { "" };
        gk_err err = gk_password_check(rows[i].password, rows[i].name, 12, &why);
        if (err != (rows[i].good ? GK_OK : GK_EBADVALUE))
            fail_msg("%s: %s", rows[i].password, why.text);
        assert_null(strstr(why.text, rows[i].password));
    }
    char longest[GK_PASSWORD_MOST + 2];
    for (size_t i = 0; i < sizeof longest; i++)
        longest[i] = (char) ('a' + i % 26);
    longest[GK_PASSWORD_MOST + 1] = 0;
    assert_int_equal(gk_password_check(longest, "x", 12, NULL), GK_EBADVALUE);
    longest[GK_PASSWORD_MOST] = 0;
    assert_int_equal(gk_password_check(longest, "x", 12, NULL), GK_OK);
}

static void more_failures_never_wait_less(void **state)
{
    (void) state;
    assert_int_equal(gk_attempts_delay(0), 0);
    assert_int_equal(gk_attempts_delay(2), 0);          /* a slip of the finger costs nothing */
    assert_true(gk_attempts_delay(3) > 0);
    for (int i = -2; i < 1000; i++)
        assert_true(gk_attempts_delay(i) <= gk_attempts_delay(i + 1));
    assert_int_equal(gk_attempts_delay(2000000000), 900);       /* and nobody is locked out for ever */
}

static void a_name_rests_and_is_free_again(void **state)
{
    (void) state;
    gk_attempts a = { 0 };
    for (int i = 0; i < 3; i++)
        a = gk_attempts_add(&a, 1000);
    assert_int_equal(a.failures, 3);
    assert_int_equal(gk_attempts_wait(&a, 1000), 5);
    assert_int_equal(gk_attempts_wait(&a, 1004), 1);
    assert_int_equal(gk_attempts_wait(&a, 1005), 0);
    assert_int_equal(gk_attempts_wait(&a, 0), 0);       /* the clock went back: nobody waits for a year */
    a = gk_attempts_add(&a, 1010);
    assert_int_equal(gk_attempts_wait(&a, 1010), 15);
    a = gk_attempts_add(&a, 1010 + 24 * 3600);
    assert_int_equal(a.failures, 1);
    /*  In a year of guessing without a pause. */
    int guesses = 0;
    int64_t now = 0;
    for (a = (gk_attempts) { 0 }; now < 365 * 24 * 3600; guesses++) {
        a = gk_attempts_add(&a, now);
        now += gk_attempts_delay(a.failures);
    }
    assert_true(guesses < 36000);
}

static void a_session_ends_unused_or_old(void **state)
{
    (void) state;
    static const gk_session_terms terms = { .idle = 1800, .life = 43200 };
    static const struct { int64_t began, used, now; bool over; } rows[] = {
        { 0, 0, 0, false }, { 0, 0, 1799, false }, { 0, 0, 1800, true },
        { 0, 43000, 43199, false }, { 0, 43199, 43200, true },
        { 30, 30, 0, false },                           /* a clock set right by seconds */
        { 100000, 100000, 0, true }, { 0, 100000, 1000, true },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (gk_session_is_over(rows[i].began, rows[i].used, &terms, rows[i].now) != rows[i].over)
            fail_msg("row %zu", i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passwords_are_long_and_not_the_name),
        cmocka_unit_test(more_failures_never_wait_less),
        cmocka_unit_test(a_name_rests_and_is_free_again),
        cmocka_unit_test(a_session_ends_unused_or_old),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
