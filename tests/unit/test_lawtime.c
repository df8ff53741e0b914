/* links: gongkai_broker_parts gk_store gk_wire */
/*  test_lawtime - the law's clock never goes back and never believes a jump. */
#include "law.h"
#include "broker/lawtime.h"

enum { DAY = 86400, T = 1767000000 };

static void it_follows_the_wall(void **state)
{
    (void) state;
    gk_lawtime t = gk_lawtime_start(false, 0, T - DAY, T, 1000);
    assert_false(t.doubtful);
    assert_int_equal(t.now, T);
    gk_lawtime_turn(&t, T + 60, 1060);
    assert_int_equal(t.now, T + 60);
    gk_lawtime_turn(&t, T + 60 + GK_JUMP_SECONDS - 1, 1120);    /* small corrections are believed */
    assert_false(t.doubtful);
    int64_t latest = t.now;
    gk_lawtime_turn(&t, latest - 60, 1180);                     /* and backwards the law waits for the wall */
    assert_false(t.doubtful);
    assert_int_equal(t.now, latest);
    gk_lawtime_turn(&t, latest + 1, 1241);
    assert_int_equal(t.now, latest + 1);
}

static void a_jump_stops_the_timers_until_somebody_looks(void **state)
{
    (void) state;
    static const int64_t jumps[] = { GK_JUMP_SECONDS + 1, -GK_JUMP_SECONDS - 1, 365 * DAY, -365 * DAY };
    for (size_t i = 0; i < ROWS(jumps); i++) {
        gk_lawtime t = gk_lawtime_start(false, 0, 0, T, 1000);
        gk_lawtime_turn(&t, T + 10 + jumps[i], 1010);
        assert_true(t.doubtful);
        assert_int_equal(t.now, T + 10);                        /* by the clock that cannot jump */
        gk_lawtime_turn(&t, T + 20 + jumps[i], 1020);
        assert_int_equal(t.now, T + 20);
        gk_lawtime_confirm(&t, T + 30 + jumps[i], 1030);
        assert_false(t.doubtful);
        assert_int_equal(t.now, jumps[i] > 0 ? T + 30 + jumps[i] : T + 20);     /* never back */
        gk_lawtime_turn(&t, T + 40 + jumps[i], 1040);
        assert_false(t.doubtful);
    }
}

static void a_long_sleep_and_a_clock_set_back_are_doubted(void **state)
{
    (void) state;
    assert_false(gk_lawtime_start(false, 0, T - GK_GAP_SECONDS, T, 5).doubtful);
    assert_true(gk_lawtime_start(false, 0, T - GK_GAP_SECONDS - 1, T, 5).doubtful);
    gk_lawtime t = gk_lawtime_start(false, 0, T, T - DAY, 5);
    assert_true(t.doubtful);
    assert_int_equal(t.now, T);                                 /* not before the last event */
    assert_false(gk_lawtime_start(false, 0, 0, T, 5).doubtful); /* a new directory has no past */
}

static void training_stands_still(void **state)
{
    (void) state;
    gk_lawtime t = gk_lawtime_start(true, T, 0, T + 400 * DAY, 5);
    gk_lawtime_turn(&t, T + 900 * DAY, 100000);
    assert_int_equal(t.now, T);
    assert_false(t.doubtful);
    assert_int_equal(gk_lawtime_start(true, T, T + 5, T, 5).now, T + 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_follows_the_wall),
        cmocka_unit_test(a_jump_stops_the_timers_until_somebody_looks),
        cmocka_unit_test(a_long_sleep_and_a_clock_set_back_are_doubted),
        cmocka_unit_test(training_stands_still),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
