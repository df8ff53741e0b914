/* links: gongkai_broker_parts gk_store gk_wire */
/*  test_desk - who gets which work, in which order, and when a lease is over. */
#include "law.h"
#include "broker/desk.h"

static const gk_terms terms = { .lease_ms = 1000, .max_run_ms = 5000, .backoff_ms = 10, .retention_s = 60, .max_attempts = 3,
                                .most_waiting = 1000 };

static gk_job *add(gk_desk *desk, int64_t id, const char *service, int64_t case_id, gk_lane lane, const char *due)
{
    gk_job_row row = { .id = id, .case_id = case_id, .lane = lane, .due_on = due ? law_date(due) : GK_NO_DATE };
    snprintf(row.service, sizeof row.service, "%s", service);
    return gk_desk_add(desk, &row);
}

static gk_peer *ready(gk_desk *desk, const char *identity, const char *service, int credit)
{
    return gk_desk_ready(desk, identity, strlen(identity), gk_desk_find_service(desk, service), false, credit, 0);
}

/*  Hand out the next job; its id, 0 for none. */
static int64_t hand(gk_desk *desk, int64_t now)
{
    gk_job *job;
    gk_peer *peer;
    if (!gk_desk_next(desk, now, &job, &peer))
        return 0;
    gk_desk_lease(desk, job, peer, now);
    return job->row.id;
}

static gk_desk *fresh(void)
{
    gk_desk *desk = gk_desk_new();
    gk_desk_service(desk, "intake", &terms);
    gk_desk_service(desk, "reply", &terms);
    return desk;
}

static void the_earliest_due_date_goes_first(void **state)
{
    (void) state;
    gk_desk *desk = fresh();
    assert_null(add(desk, 9, "nobody", 1, GK_LANE_CASE, NULL));
    add(desk, 1, "intake", 1, GK_LANE_CASE, NULL);
    add(desk, 2, "intake", 2, GK_LANE_CASE, "2026-04-02");
    add(desk, 3, "intake", 3, GK_LANE_CASE, "2026-04-01");
    add(desk, 4, "intake", 4, GK_LANE_CASE, "2026-04-02");
    assert_int_equal(hand(desk, 0), 0);                     /* no worker yet */
    ready(desk, "A", "intake", 10);
    assert_int_equal(hand(desk, 0), 3);
    gk_desk_due(desk, 4, law_date("2026-03-31"));           /* case 4 became urgent */
    assert_int_equal(hand(desk, 0), 4);
    assert_int_equal(hand(desk, 0), 2);
    assert_int_equal(hand(desk, 0), 1);                     /* without a date comes last */
    assert_int_equal(hand(desk, 0), 0);
    assert_false(gk_desk_idle(desk));
    for (int64_t id = 1; id <= 4; id++)
        gk_desk_done(desk, id);
    assert_true(gk_desk_idle(desk));
    gk_desk_destroy(&desk);
}

static void credit_is_a_limit_and_work_is_spread(void **state)
{
    (void) state;
    gk_desk *desk = fresh();
    for (int64_t id = 1; id <= 6; id++)
        add(desk, id, "intake", id, GK_LANE_CASE, NULL);
    gk_peer *a = ready(desk, "A", "intake", 2), *b = ready(desk, "B", "intake", 2);
    ready(desk, "C", "reply", 5);
    assert_true(hand(desk, 0) && hand(desk, 0));
    assert_int_equal(a->busy, 1);                           /* one each, before anybody's second */
    assert_int_equal(b->busy, 1);
    assert_true(hand(desk, 0) && hand(desk, 0));
    assert_int_equal(a->busy, 2);
    assert_int_equal(b->busy, 2);
    assert_int_equal(hand(desk, 0), 0);                     /* C serves another service */
    gk_desk_done(desk, 1);
    assert_true(hand(desk, 0) != 0);
    gk_desk_destroy(&desk);
}

static void a_lane_is_in_order(void **state)
{
    (void) state;
    gk_desk *desk = fresh();
    ready(desk, "A", "intake", 10);
    ready(desk, "B", "reply", 10);
    add(desk, 1, "intake", 7, GK_LANE_NOTICE, NULL);
    add(desk, 2, "reply", 7, GK_LANE_NOTICE, NULL);         /* behind 1 though for another worker */
    add(desk, 3, "reply", 7, GK_LANE_CASE, NULL);           /* another lane */
    add(desk, 4, "reply", 8, GK_LANE_NOTICE, NULL);         /* another case */
    int64_t got = hand(desk, 0) + hand(desk, 0) + hand(desk, 0);
    assert_int_equal(got, 1 + 3 + 4);
    assert_int_equal(hand(desk, 0), 0);
    gk_desk_done(desk, 1);
    assert_int_equal(hand(desk, 0), 2);
    gk_desk_destroy(&desk);
}

static void a_dead_letter_holds_the_case_but_not_its_notices(void **state)
{
    (void) state;
    gk_desk *desk = fresh();
    ready(desk, "A", "intake", 10);
    gk_job *dead = add(desk, 1, "intake", 7, GK_LANE_CASE, NULL);
    add(desk, 2, "intake", 7, GK_LANE_CASE, NULL);
    gk_job *lost = add(desk, 3, "intake", 7, GK_LANE_NOTICE, NULL);
    add(desk, 4, "intake", 7, GK_LANE_NOTICE, NULL);
    gk_desk_bury(desk, dead, "it cannot be read");
    gk_desk_bury(desk, lost, "no such mailbox");
    assert_int_equal(hand(desk, 0), 4);
    assert_int_equal(hand(desk, 0), 0);
    gk_json_auto *list = gk_desk_dead(desk);
    assert_int_equal(json_array_size(json_object_get(list, "dead")), 2);
    dead->row.attempts = 3;
    gk_desk_revive(desk, dead);
    assert_int_equal(dead->row.attempts, 0);                /* it may fail as often as before */
    assert_string_equal(dead->row.reason, "");
    assert_false(dead->row.dead);
    assert_int_equal(hand(desk, 0), 1);
    gk_desk_done(desk, 1);
    assert_int_equal(hand(desk, 0), 2);
    gk_desk_revive(desk, lost);
    gk_desk_done(desk, 4);
    assert_int_equal(hand(desk, 0), 3);
    gk_desk_destroy(&desk);

    desk = fresh();                                         /* the same, found dead at the start */
    ready(desk, "A", "intake", 10);
    gk_job_row row = { .id = 1, .case_id = 7, .lane = GK_LANE_CASE, .dead = true, .service = "intake", .due_on = GK_NO_DATE };
    assert_non_null(gk_desk_add(desk, &row));
    add(desk, 2, "intake", 7, GK_LANE_CASE, NULL);
    assert_int_equal(hand(desk, 0), 0);
    assert_true(gk_desk_idle(desk));
    gk_desk_done(desk, 1);
    assert_int_equal(hand(desk, 0), 2);
    gk_desk_destroy(&desk);

    desk = fresh();                                         /* behind one that still lives */
    ready(desk, "A", "intake", 10);
    add(desk, 1, "intake", 7, GK_LANE_CASE, NULL);
    row.id = 2;
    dead = gk_desk_add(desk, &row);
    assert_int_equal(hand(desk, 0), 1);
    gk_desk_done(desk, 1);
    assert_int_equal(hand(desk, 0), 0);
    gk_desk_revive(desk, dead);
    assert_int_equal(hand(desk, 0), 2);
    gk_desk_destroy(&desk);
}

static void a_damaged_row_is_no_job(void **state)
{
    (void) state;
    gk_desk *desk = fresh();
    assert_non_null(add(desk, 1, "intake", 7, GK_LANE_CASE, NULL));
    assert_null(add(desk, 1, "intake", 8, GK_LANE_CASE, NULL));       /* a second of that id */
    assert_null(add(desk, 2, "intake", 7, GK_LANES, NULL));
    assert_null(add(desk, 2, "intake", 7, (gk_lane) -1, NULL));
    assert_null(add(desk, 0, "intake", 7, GK_LANE_CASE, NULL));
    assert_null(add(desk, 2, "intakf", 7, GK_LANE_CASE, NULL));
    ready(desk, "A", "intake", 10);
    assert_int_equal(hand(desk, 0), 1);
    assert_int_equal(hand(desk, 0), 0);
    gk_desk_destroy(&desk);
}

static void a_lease_ends_by_time_and_is_renewed_up_to_a_limit(void **state)
{
    (void) state;
    gk_desk *desk = fresh();
    ready(desk, "A", "intake", 1);
    gk_job *job = add(desk, 1, "intake", 7, GK_LANE_CASE, NULL);
    assert_int_equal(hand(desk, 100), 1);
    assert_null(gk_desk_expired(desk, 1099));
    gk_desk_renew(desk, job, 1000);
    assert_null(gk_desk_expired(desk, 1999));
    assert_ptr_equal(gk_desk_expired(desk, 2000), job);
    gk_desk_renew(desk, job, 4900);
    assert_ptr_equal(gk_desk_expired(desk, 5100), job);     /* max_run, however often it spoke */
    assert_int_equal(gk_desk_wake(desk), 5100);
    gk_desk_give_back(desk, job, 6000);
    assert_int_equal(hand(desk, 5999), 0);
    assert_int_equal(gk_desk_wake(desk), 6000);
    assert_false(gk_desk_idle(desk));
    assert_int_equal(hand(desk, 6000), 1);
    gk_desk_destroy(&desk);
}

/*  Leases and back-offs end in the order of their time, whatever happens to them meanwhile. */
static void what_is_due_comes_in_order(void **state)
{
    (void) state;
    enum { MANY = 60 };
    uint64_t seed = 0x452821e638d01377u;
    for (int round = 0; round < 200; round++) {
        gk_desk *desk = fresh();
        ready(desk, "A", "intake", MANY);
        gk_peer *b = ready(desk, "B", "intake", MANY);
        for (int64_t id = 1; id <= MANY; id++) {
            add(desk, id, "intake", id, GK_LANE_CASE, NULL);
            assert_int_equal(hand(desk, law_random(&seed, 900)), id);
        }
        for (int i = 0; i < MANY / 2; i++) {
            gk_job *job = gk_desk_find(desk, 1 + law_random(&seed, MANY));
            if (job && i % 2)
                gk_desk_renew(desk, job, 900 + law_random(&seed, 900));
            else if (job)
                gk_desk_done(desk, job->row.id);
        }
        int gone = b->busy;
        gk_desk_gone(desk, b, false);
        for (gk_job *job; (job = gk_desk_expired(desk, 1)); gone--) {
            assert_null(job->peer);
            gk_desk_renew(desk, job, 1);                    /* who is gone has nothing to renew */
            assert_ptr_equal(gk_desk_expired(desk, 1), job);
            gk_desk_give_back(desk, job, 1 + law_random(&seed, 5000));
        }
        assert_int_equal(gone, 0);
        int64_t last = 0;
        for (gk_job *job; (job = gk_desk_expired(desk, 10000)); last = job->lease_until) {
            assert_true(job->peer && job->lease_until >= last);
            gk_desk_give_back(desk, job, 1 + law_random(&seed, 5000));
        }
        assert_true(last > 0);
        last = 0;
        for (int64_t wake; (wake = gk_desk_wake(desk)) != INT64_MAX; last = wake) {
            assert_true(wake > last);
            assert_int_equal(hand(desk, wake - 1), 0);
            for (int64_t id; (id = hand(desk, wake)); gk_desk_done(desk, id))
                assert_int_equal(gk_desk_find(desk, id)->not_before, wake);
        }
        assert_true(gk_desk_idle(desk));
        gk_desk_destroy(&desk);
    }
}

static void only_the_right_final_counts(void **state)
{
    (void) state;
    gk_desk *desk = fresh();
    ready(desk, "A", "intake", 1);
    gk_job *job = add(desk, 1, "intake", 7, GK_LANE_CASE, NULL);
    assert_int_equal(hand(desk, 0), 1);
    unsigned char first[GK_MDP_ADDRESS], wrong[GK_MDP_ADDRESS], nothing[GK_MDP_ADDRESS] = { 0 };
    memcpy(first, job->address, sizeof first);
    memcpy(wrong, first, sizeof wrong);
    wrong[15] ^= 1;
    assert_ptr_equal(gk_desk_leased(desk, first, "A", 1, NULL), job);
    assert_null(gk_desk_leased(desk, wrong, "A", 1, NULL));
    assert_null(gk_desk_leased(desk, nothing, "A", 1, NULL));
    assert_null(gk_desk_leased(desk, first, "B", 1, NULL));
    assert_null(gk_desk_leased(desk, first, "A", 1, gk_desk_find_service(desk, "reply")));
    gk_desk_give_back(desk, job, 0);
    assert_ptr_equal(gk_desk_leased(desk, first, "A", 1, NULL), job);   /* over, but nobody else has it */
    assert_int_equal(hand(desk, 0), 1);
    assert_null(gk_desk_leased(desk, first, "A", 1, NULL));             /* given out again */
    memcpy(first, job->address, sizeof first);
    gk_desk_bury(desk, job, "x");
    assert_null(gk_desk_leased(desk, first, "A", 1, NULL));
    gk_desk_destroy(&desk);
}

static void a_death_is_blamed_on_the_oldest(void **state)
{
    (void) state;
    gk_desk *desk = fresh();
    gk_peer *a = ready(desk, "A", "intake", 3);
    for (int64_t id = 1; id <= 3; id++)
        add(desk, id, "intake", id, GK_LANE_CASE, NULL);
    assert_true(hand(desk, 0) && hand(desk, 0) && hand(desk, 0));
    gk_desk_gone(desk, a, false);
    int blamed = 0;
    for (gk_job *job; (job = gk_desk_expired(desk, 1)); gk_desk_give_back(desk, job, 0)) {
        blamed += job->blamed;
        assert_int_equal(job->blamed, job->row.id == 1);
    }
    assert_int_equal(blamed, 1);
    a = ready(desk, "A", "intake", 3);
    assert_true(hand(desk, 0) && hand(desk, 0));
    gk_desk_gone(desk, a, true);                            /* it said good-bye */
    for (gk_job *job; (job = gk_desk_expired(desk, 1)); gk_desk_give_back(desk, job, 0))
        assert_false(job->blamed);
    gk_desk_destroy(&desk);
}

static void silence_is_noticed_and_heartbeats_are_owed(void **state)
{
    (void) state;
    gk_desk *desk = fresh();
    gk_peer *a = ready(desk, "A", "intake", 1);
    assert_null(gk_desk_silent(desk, GK_MDP_SILENCE_MS - 1));
    assert_ptr_equal(gk_desk_silent(desk, GK_MDP_SILENCE_MS), a);
    a->heard = GK_MDP_SILENCE_MS;
    assert_null(gk_desk_silent(desk, GK_MDP_SILENCE_MS));
    assert_null(gk_desk_heartbeat(desk, GK_MDP_HEARTBEAT_MS - 1));
    assert_ptr_equal(gk_desk_heartbeat(desk, GK_MDP_HEARTBEAT_MS), a);
    assert_null(gk_desk_heartbeat(desk, GK_MDP_HEARTBEAT_MS));
    assert_ptr_equal(ready(desk, "A", "reply", 4), a);      /* READY again is the same worker */
    assert_int_equal(gk_desk_peer_count(desk), 1);
    char long_name[GK_DESK_IDENTITY + 1];
    memset(long_name, 'x', sizeof long_name);
    assert_null(gk_desk_ready(desk, long_name, sizeof long_name, gk_desk_find_service(desk, "intake"), false, 1, 0));
    gk_desk_destroy(&desk);
}

static void a_strict_service_has_one_job_at_a_time(void **state)
{
    (void) state;
    gk_desk *desk = gk_desk_new();
    gk_terms strict = terms;
    strict.strict = true;
    gk_desk_service(desk, "intake", &strict);
    ready(desk, "A", "intake", 5);
    ready(desk, "B", "intake", 5);
    add(desk, 1, "intake", 0, GK_LANE_CASE, NULL);
    add(desk, 2, "intake", 0, GK_LANE_CASE, NULL);
    assert_int_equal(hand(desk, 0), 1);
    assert_int_equal(hand(desk, 0), 0);
    gk_desk_done(desk, 1);
    assert_int_equal(hand(desk, 0), 2);
    gk_desk_destroy(&desk);
}

/*  ---- against something dumber ---------------------------------------------------------------- */

enum { JOBS = 60 };

typedef struct dumb {
    bool there, leased;
    int64_t case_id;
    int due;
} dumb;

/*  The job that should go next: free, first of its case, earliest due, smallest id. */
static int dumb_next(const dumb *jobs)
{
    int best = 0;
    for (int id = 1; id <= JOBS; id++) {
        bool first = jobs[id].there && !jobs[id].leased;
        for (int k = 1; k < id && first; k++)
            first = !(jobs[k].there && jobs[k].case_id == jobs[id].case_id);
        if (first && (!best || jobs[id].due < jobs[best].due))
            best = id;
    }
    return best;
}

static void it_agrees_with_a_list(void **state)
{
    (void) state;
    uint64_t seed = 0x9216d5d98979fb1bu;
    for (int round = 0; round < 200; round++) {
        gk_desk *desk = fresh();
        dumb jobs[JOBS + 1] = { { false, false, 0, 0 } };
        ready(desk, "A", "intake", JOBS);
        int last = 0;
        for (int i = 0; i < 300; i++) {
            unsigned what = law_random(&seed, 6);
            int id = 1 + (int) law_random(&seed, JOBS);
            if (what == 0 && last < JOBS) {
                id = ++last;
                jobs[id] = (dumb) { true, false, 1 + law_random(&seed, 24), (int) law_random(&seed, 9) };
                for (int k = 1; k < id; k++)        /* one case, one due date */
                    if (jobs[k].there && jobs[k].case_id == jobs[id].case_id)
                        jobs[id].due = jobs[k].due;
                gk_job_row row = { .id = id, .case_id = jobs[id].case_id, .service = "intake", .due_on = { 20000 + jobs[id].due } };
                gk_desk_add(desk, &row);
            } else if (what == 1) {
                int want = dumb_next(jobs);
                assert_int_equal(hand(desk, 0), want);
                jobs[want].leased = want > 0;
            } else if (what == 2 && jobs[id].leased) {
                gk_desk_done(desk, id);
                jobs[id] = (dumb) { false, false, 0, 0 };
            } else if (what == 4 && jobs[id].there && !law_random(&seed, 3)) {
                gk_desk_done(desk, id);             /* wherever it stands */
                jobs[id] = (dumb) { false, false, 0, 0 };
            } else if (what == 5) {
                int64_t case_id = 1 + law_random(&seed, 24);
                int due = (int) law_random(&seed, 9);
                gk_desk_due(desk, case_id, (gk_date) { 20000 + due });
                for (int k = 1; k <= JOBS; k++)
                    if (jobs[k].there && jobs[k].case_id == case_id)
                        jobs[k].due = due;
            } else if (what == 3 && jobs[id].leased) {
                gk_desk_give_back(desk, gk_desk_find(desk, id), 0);
                jobs[id].leased = false;
            }
        }
        gk_desk_destroy(&desk);
    }
}

/*  Jobs leave the heap from anywhere (withdrawn, superseded); the others keep their order. */
static void a_job_may_go_from_anywhere(void **state)
{
    (void) state;
    enum { MANY = 40 };
    uint64_t seed = 0x13198a2e03707344u;
    for (int round = 0; round < 500; round++) {
        gk_desk *desk = fresh();
        ready(desk, "A", "intake", MANY);
        for (int id = 1; id <= MANY; id++) {
            gk_job_row row = { .id = id, .case_id = id, .service = "intake", .due_on = { 20000 + (int) law_random(&seed, 30) } };
            assert_non_null(gk_desk_add(desk, &row));
        }
        for (int i = 0; i < MANY / 2; i++)
            gk_desk_done(desk, 1 + law_random(&seed, MANY));
        int32_t last_due = 0;
        int64_t last_id = 0;
        for (int64_t id; (id = hand(desk, 0)); last_id = id) {
            int32_t due = gk_desk_find(desk, id)->row.due_on.day;
            assert_true(due > last_due || (due == last_due && id > last_id));
            last_due = due;
        }
        gk_desk_destroy(&desk);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_earliest_due_date_goes_first),
        cmocka_unit_test(credit_is_a_limit_and_work_is_spread),
        cmocka_unit_test(a_lane_is_in_order),
        cmocka_unit_test(a_dead_letter_holds_the_case_but_not_its_notices),
        cmocka_unit_test(a_damaged_row_is_no_job),
        cmocka_unit_test(a_lease_ends_by_time_and_is_renewed_up_to_a_limit),
        cmocka_unit_test(what_is_due_comes_in_order),
        cmocka_unit_test(only_the_right_final_counts),
        cmocka_unit_test(a_death_is_blamed_on_the_oldest),
        cmocka_unit_test(silence_is_noticed_and_heartbeats_are_owed),
        cmocka_unit_test(a_strict_service_has_one_job_at_a_time),
        cmocka_unit_test(it_agrees_with_a_list),
        cmocka_unit_test(a_job_may_go_from_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
