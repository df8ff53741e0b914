/* links: gk_runtime */
/*  test_worker - the runtime against a broker that we play here.
 *
 *  The worker is this same program, started anew under another name, so that signals and
 *  exits are real ones.  Where only time is in question the link's thread is tested alone
 *  with short times. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/mem.h"
#include "base/text.h"
#include "wire/mdp.h"
#include "wire/socket.h"
#include "workers/link.h"
#include "workers/worker.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/*  libzmq and czmq synchronise in ways that ThreadSanitizer cannot see in libraries it
 *  did not compile.  Our own code is watched all the same. */
const char *__tsan_default_suppressions(void);
const char *__tsan_default_suppressions(void)
{
    return "called_from_lib:libzmq.so\ncalled_from_lib:libczmq.so\n";
}

#define WORKER "gk-test-worker"
enum { PATIENCE_MS = 20000 };       /* then something is broken; every wait here ends by an event */

/*  ---- the worker ---------------------------------------------------------------------- */

/*  facts: {"until": path} waits for that file, ticking if "tick"; {"refuse": code} refuses;
 *  else they come back, with the lease. */
static gk_err handler(gk_worker *self, void *context, const json_t *job, const json_t *facts, json_t **out,
                      gk_why *why)
{
    (void) job;
    const char *until = gk_json_text(facts, "until"), *code = gk_json_text(facts, "refuse");
    while (*until && access(until, F_OK) != 0) {
        if (json_is_true(json_object_get(facts, "tick")))
            gk_worker_tick(self);
        poll(NULL, 0, 2);
    }
    if (*code)
        return gk_refuse(why, gk_err_from_code(code), "%s", gk_json_text(facts, "text"));
    json_int_t pad = json_integer_value(json_object_get(facts, "pad"));
    gk_free_auto char *long_text = gk_zalloc((size_t) pad + 1);
    memset(long_text, 'x', (size_t) pad);
    *out = json_pack("{s:O, s:s, s:s, s:s, s:s}", "facts", facts, "lease", gk_worker_lease(self), "data",
                     gk_worker_data(self), "more", *(const char **) context, "pad", long_text);
    return GK_OK;
}

static int worker_main(int argc, char **argv)
{
    const char *more = "none";
    const gk_worker_option options[] = { { "--more", &more, "text for the test" }, { NULL, NULL, NULL } };
    return gk_worker_main("echo", handler, &more, options, argc, argv);
}

/*  ---- the broker ---------------------------------------------------------------------- */

typedef struct broker {
    zsock_t *router;
    char folder[32], endpoint[64], until[64];   /* until: the file that handlers wait for */
    zframe_t *peer;             /* who spoke last */
    bool restarted;             /* so we do not know the worker, and say so when it beats */
    pid_t worker;
} broker;

static void broker_bind(broker *self)
{
    self->router = zsock_new(ZMQ_ROUTER);
    assert_non_null(self->router);
    zsock_set_router_handover(self->router, 1);
    zsock_set_linger(self->router, 0);
    assert_int_equal(zsock_bind(self->router, "%s", self->endpoint), 0);
}

static void broker_open(broker *self)
{
    *self = (broker) { .folder = "/tmp/gk-worker-XXXXXX" };
    assert_non_null(mkdtemp(self->folder));
    snprintf(self->endpoint, sizeof self->endpoint, "ipc://%s/broker", self->folder);
    snprintf(self->until, sizeof self->until, "%s/until", self->folder);
    gk_socket_no_signals();
    broker_bind(self);
}

static void broker_close(broker *self)
{
    zframe_destroy(&self->peer);
    zsock_destroy(&self->router);
    unlink(self->endpoint + strlen("ipc://"));
    unlink(self->until);
    rmdir(self->folder);
}

static void say(broker *self, const gk_mdp *head, const char *payload)
{
    zmsg_t *msg = gk_mdp_encode(head, payload, strlen(payload), NULL, 0);
    zframe_t *peer = zframe_dup(self->peer);
    zmsg_prepend(msg, &peer);
    assert_int_equal(zmsg_send(&msg, self->router), 0);
}

static void say_plain(broker *self, gk_mdp_command command)
{
    say(self, &(gk_mdp) { .command = command }, "");
}

/*  Hand out job `number` under lease `nonce`. */
static void say_job(broker *self, unsigned char number, unsigned char nonce, const char *payload)
{
    gk_mdp head = { .command = GK_MDP_WORKER_REQUEST, .address = { [7] = number, [15] = nonce } };
    say(self, &head, payload);
}

/*  The next message of that command; heartbeats are answered, and they and what renews a
 *  lease are skipped unless they are what is waited for. */
static gk_mdp hear(broker *self, gk_mdp_command command)
{
    int64_t end = gk_socket_now() + PATIENCE_MS;
    for (;;) {
        zsock_set_rcvtimeo(self->router, PATIENCE_MS);
        zmsg_t *msg = zmsg_recv(self->router);
        if (!msg || gk_socket_now() > end)
            fail_msg("nothing of command %d came", command);
        zframe_destroy(&self->peer);
        self->peer = zmsg_pop(msg);
        gk_mdp in;
        gk_why why;
        if (gk_mdp_decode(&msg, false, &in, &why))
            fail_msg("the worker sent: %s", why.text);
        if (in.command == GK_MDP_WORKER_HEARTBEAT)
            say_plain(self, self->restarted ? GK_MDP_WORKER_DISCONNECT : GK_MDP_WORKER_HEARTBEAT);
        if (in.command == command)
            return in;
        if (in.command != GK_MDP_WORKER_HEARTBEAT && in.command != GK_MDP_WORKER_PARTIAL)
            fail_msg("command %d came, not %d", in.command, command);
        gk_mdp_clear(&in);
    }
}

static void hear_and_drop(broker *self, gk_mdp_command command)
{
    gk_mdp in = hear(self, command);
    gk_mdp_clear(&in);
}

static void say_who(broker *self, const char *said)
{
    say(self, &(gk_mdp) { .command = GK_MDP_CLIENT_FINAL, .service = "mmi.gongkai" }, said);
}

/*  The worker asks who we are, is told, and says READY with that credit. */
static void join(broker *self, const char *said, int credit)
{
    gk_mdp in = hear(self, GK_MDP_CLIENT_REQUEST);
    assert_string_equal(in.service, "mmi.gongkai");
    gk_mdp_clear(&in);
    say_who(self, said);
    in = hear(self, GK_MDP_WORKER_READY);
    assert_string_equal(in.service, "echo");
    assert_int_equal(in.credit, credit);
    gk_mdp_clear(&in);
}

/*  The FINAL of a job; the caller owns the object. */
static json_t *final_of(broker *self, unsigned char number, unsigned char nonce)
{
    gk_mdp in = hear(self, GK_MDP_WORKER_FINAL);
    assert_int_equal(in.address[7], number);
    assert_int_equal(in.address[15], nonce);
    json_t *root = NULL;
    assert_int_equal(gk_json_parse((const char *) zframe_data(in.payload), zframe_size(in.payload), &root, NULL),
                     GK_OK);
    gk_mdp_clear(&in);
    return root;
}

static void create(const char *path)
{
    int fd = open(path, O_CREAT | O_WRONLY, 0600);
    assert_true(fd >= 0);
    close(fd);
}

/*  ---- starting and ending ------------------------------------------------------------- */

static void worker_start(broker *self)
{
    extern char **environ;
    char *argv[] = { WORKER, "--endpoint", self->endpoint, "--credit=7", "--data", self->folder, "--more", "text",
                     "--log", "warn", NULL };
    assert_int_equal(posix_spawn(&self->worker, "/proc/self/exe", NULL, NULL, argv, environ), 0);
}

static void worker_reap(broker *self)
{
    int status = -1;
    assert_int_equal(waitpid(self->worker, &status, 0), self->worker);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void worker_end(broker *self, int signal)
{
    kill(self->worker, signal);
    hear_and_drop(self, GK_MDP_WORKER_DISCONNECT);
    worker_reap(self);
}

/*  A broker and a worker that has joined it. */
static void begin(broker *self)
{
    broker_open(self);
    worker_start(self);
    join(self, "200", 7);
}

static void end(broker *self)
{
    worker_end(self, SIGTERM);
    broker_close(self);
}

static void joins_and_leaves(void **state)
{
    (void) state;
    static const struct {
        const char *said;
        int credit, signal;
    } rows[] = {
        { "200", 7, SIGTERM }, { "200", 7, SIGINT },
        { "501", 1, SIGTERM }, { "404", 1, SIGTERM },   /* not our broker: plain RFC 18 */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        broker at;
        broker_open(&at);
        worker_start(&at);
        join(&at, rows[i].said, rows[i].credit);
        worker_end(&at, rows[i].signal);
        broker_close(&at);
    }
}

static void jobs_are_worked_one_after_another(void **state)
{
    (void) state;
    broker at;
    begin(&at);
    for (unsigned char i = 1; i <= 5; i++) {
        gk_free_auto char *job = gk_format("{\"service\":\"echo\",\"facts\":{\"n\":%d}}", i);
        say_job(&at, i, (unsigned char) (100 + i), job);
    }
    for (unsigned char i = 1; i <= 5; i++) {
        gk_json_auto *root = final_of(&at, i, (unsigned char) (100 + i));
        const json_t *ok = json_object_get(root, "ok");
        assert_int_equal(json_integer_value(json_object_get(json_object_get(ok, "facts"), "n")), i);
        gk_free_auto char *lease = gk_format("00000000000000%02x00000000000000%02x", i, 100 + i);
        assert_string_equal(gk_json_text(ok, "lease"), lease);
        assert_string_equal(gk_json_text(ok, "more"), "text");
        assert_string_equal(gk_json_text(ok, "data"), at.folder);
    }
    end(&at);
}

static void a_job_that_fails_says_why(void **state)
{
    (void) state;
    static const struct {
        const char *job, *code;
        bool retry;
        const char *says;
    } rows[] = {
        { "no json", "bad_message", false, "not JSON" },
        { "{\"facts\":{},\"facts\":{}}", "bad_message", false, "not JSON" },
        { "{\"facts\":5}", "bad_message", false, "\"facts\"" },
        { "[]", "bad_message", false, "\"facts\"" },
        { "{\"facts\":{\"refuse\":\"bad_value\",\"text\":\"no template\"}}", "bad_value", false, "no template" },
        { "{\"facts\":{\"refuse\":\"io\",\"text\":\"\"}}", "io", true, "reading or writing failed" },
        { "{\"facts\":{\"pad\":2000000}}", "too_large", false, "the finding has" },
    };
    broker at;
    begin(&at);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        say_job(&at, 9, (unsigned char) i, rows[i].job);
        gk_json_auto *root = final_of(&at, 9, (unsigned char) i);
        const json_t *error = json_object_get(root, "error");
        assert_string_equal(gk_json_text(error, "code"), rows[i].code);
        assert_int_equal(json_is_true(json_object_get(error, "retry")), rows[i].retry);
        assert_non_null(strstr(gk_json_text(error, "text"), rows[i].says));
    }
    end(&at);
}

/*  Hand out job 1, which waits for the file. */
static void say_long_job(broker *self, const char *tick)
{
    gk_free_auto char *job = gk_format("{\"facts\":{\"until\":\"%s\",\"tick\":%s}}", self->until, tick);
    say_job(self, 1, 1, job);
}

static void a_long_job_renews_its_lease(void **state)
{
    (void) state;
    broker at;
    begin(&at);
    say_long_job(&at, "true");
    gk_mdp in = hear(&at, GK_MDP_WORKER_PARTIAL);
    assert_int_equal(in.address[7], 1);
    gk_mdp_clear(&in);
    create(at.until);
    gk_json_auto *root = final_of(&at, 1, 1);
    assert_non_null(json_object_get(root, "ok"));
    end(&at);
}

static void heartbeats_go_on_while_the_handler_thinks(void **state)
{
    (void) state;
    broker at;
    begin(&at);
    say_long_job(&at, "false");
    hear_and_drop(&at, GK_MDP_WORKER_HEARTBEAT);
    hear_and_drop(&at, GK_MDP_WORKER_HEARTBEAT);
    create(at.until);
    gk_json_auto *root = final_of(&at, 1, 1);
    assert_non_null(json_object_get(root, "ok"));
    end(&at);
}

static void the_job_in_hand_outlives_the_broker(void **state)
{
    (void) state;
    broker at;
    begin(&at);
    zframe_t *who = zframe_dup(at.peer);
    say_long_job(&at, "false");
    hear_and_drop(&at, GK_MDP_WORKER_HEARTBEAT);        /* the job was read before it, on one connection */
    zsock_destroy(&at.router);
    broker_bind(&at);
    at.restarted = true;
    gk_mdp in = hear(&at, GK_MDP_CLIENT_REQUEST);
    gk_mdp_clear(&in);
    assert_true(zframe_eq(at.peer, who));               /* known again */
    create(at.until);
    say_who(&at, "200");
    hear_and_drop(&at, GK_MDP_WORKER_READY);
    at.restarted = false;
    gk_json_auto *root = final_of(&at, 1, 1);
    assert_non_null(json_object_get(root, "ok"));
    zframe_destroy(&who);
    end(&at);
}

static void told_to_disconnect_it_joins_again(void **state)
{
    (void) state;
    broker at;
    begin(&at);
    say_plain(&at, GK_MDP_WORKER_DISCONNECT);
    join(&at, "200", 7);
    end(&at);
}

static void told_to_end_it_finishes_the_job_in_hand(void **state)
{
    (void) state;
    broker at;
    begin(&at);
    say_long_job(&at, "true");
    say_job(&at, 2, 2, "{\"facts\":{}}");
    for (unsigned char at_job = 0; at_job != 1; ) {     /* job 2 is renewed meanwhile too */
        gk_mdp renewed = hear(&at, GK_MDP_WORKER_PARTIAL);
        at_job = renewed.address[7];
        gk_mdp_clear(&renewed);
    }
    kill(at.worker, SIGTERM);
    create(at.until);
    gk_mdp in = hear(&at, GK_MDP_WORKER_FINAL);
    assert_int_equal(in.address[7], 1);
    gk_mdp_clear(&in);
    hear_and_drop(&at, GK_MDP_WORKER_DISCONNECT);       /* and not the FINAL of job 2 */
    worker_reap(&at);
    broker_close(&at);
}

static void it_waits_for_a_broker_that_is_not_there_yet(void **state)
{
    (void) state;
    broker at;
    broker_open(&at);
    zsock_destroy(&at.router);
    worker_start(&at);
    broker_bind(&at);
    join(&at, "200", 7);
    end(&at);
}

/*  ---- the link alone ---------------------------------------------------------------- */

static zactor_t *link_to(broker *self, int credit)
{
    return gk_link_new(&(gk_link_setup) { .endpoint = self->endpoint, .service = "echo", .credit = credit,
                                          .heartbeat_ms = 50, .silence_ms = 200, .backoff_ms = 10,
                                          .backoff_most_ms = 40 });
}

static zactor_t *begin_link(broker *self, int credit)
{
    broker_open(self);
    zactor_t *link = link_to(self, credit);
    join(self, "200", credit);
    return link;
}

static void end_link(broker *self, zactor_t *link)
{
    zactor_destroy(&link);
    broker_close(self);
}

/*  Read without ever answering, until a client's request comes again. */
static void stay_silent(broker *self)
{
    for (bool asked = false; !asked; ) {
        zsock_set_rcvtimeo(self->router, PATIENCE_MS);
        zmsg_t *msg = zmsg_recv(self->router);
        assert_non_null(msg);
        zframe_destroy(&self->peer);
        self->peer = zmsg_pop(msg);
        gk_mdp in;
        assert_int_equal(gk_mdp_decode(&msg, false, &in, NULL), GK_OK);
        asked = in.command == GK_MDP_CLIENT_REQUEST;
        gk_mdp_clear(&in);
    }
}

static void a_silent_broker_is_left_and_called_again(void **state)
{
    (void) state;
    broker at;
    zactor_t *link = begin_link(&at, 3);
    zframe_t *who = zframe_dup(at.peer);
    stay_silent(&at);
    assert_true(zframe_eq(at.peer, who));
    say_who(&at, "200");
    hear_and_drop(&at, GK_MDP_WORKER_READY);
    zframe_destroy(&who);
    end_link(&at, link);
}

static void nobody_answers_mmi(void **state)
{
    (void) state;
    broker at;
    broker_open(&at);
    zactor_t *link = link_to(&at, 3);
    hear_and_drop(&at, GK_MDP_CLIENT_REQUEST);
    gk_mdp in = hear(&at, GK_MDP_WORKER_READY);         /* after silence_ms: a broker without MMI */
    assert_int_equal(in.credit, 1);
    gk_mdp_clear(&in);
    say_who(&at, "200");
    hear_and_drop(&at, GK_MDP_WORKER_DISCONNECT);       /* it was ours, only slow */
    join(&at, "200", 3);
    end_link(&at, link);
}

static void more_jobs_than_credit_are_refused(void **state)
{
    (void) state;
    broker at;
    zactor_t *link = begin_link(&at, 1);
    for (unsigned char i = 1; i <= 4; i++)              /* one in hand, two waiting, one too many */
        say_job(&at, i, i, "{}");
    gk_json_auto *root = final_of(&at, 4, 4);
    assert_string_equal(gk_json_path(root, "error.code"), "busy");
    assert_true(json_is_true(json_object_get(json_object_get(root, "error"), "retry")));
    end_link(&at, link);
}

static void waiting_jobs_keep_their_lease(void **state)
{
    (void) state;
    broker at;
    zactor_t *link = begin_link(&at, 3);
    say_job(&at, 1, 1, "in hand, so the handler's to renew");
    say_job(&at, 2, 2, "waits");
    for (int i = 0; i < 3; i++) {
        gk_mdp in = hear(&at, GK_MDP_WORKER_PARTIAL);
        assert_int_equal(in.address[7], 2);
        gk_mdp_clear(&in);
    }
    end_link(&at, link);
}

static void a_job_given_out_again_is_worked_once(void **state)
{
    (void) state;
    broker at;
    zactor_t *link = begin_link(&at, 5);
    say_job(&at, 1, 1, "one");
    say_job(&at, 2, 2, "two");
    say_job(&at, 2, 3, "two again");                    /* the lease that counts */
    say_job(&at, 3, 4, "three");
    static const struct {
        unsigned char number, nonce;
        const char *payload;
    } want[] = { { 1, 1, "one" }, { 2, 3, "two again" }, { 3, 4, "three" } };
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        gk_mdp job;
        assert_true(gk_link_hear(link, &job));
        assert_int_equal(job.address[7], want[i].number);
        if (i)                                          /* the first may be in hand before the rest came */
            assert_int_equal(job.address[15], want[i].nonce);
        assert_true(zframe_streq(job.payload, want[i].payload));
        gk_json_auto *root = NULL;
        if (i == 0)
            hear_and_drop(&at, GK_MDP_WORKER_HEARTBEAT);    /* all four were read before it went */
        gk_link_say(link, GK_MDP_WORKER_FINAL, job.address, "{\"ok\":{}}");
        root = final_of(&at, want[i].number, want[i].nonce);
        assert_non_null(root);
        gk_mdp_clear(&job);
    }
    end_link(&at, link);
}

/*  ---- options ------------------------------------------------------------------------- */

static void options(void **state)
{
    (void) state;
    static const struct {
        const char *arguments[3];
        int status;
    } rows[] = {
        { { "--help" }, 0 },
        { { "--version" }, 0 },
        { { "--nonsense" }, 2 },
        { { "--endpoint" }, 2 },
        { { "--endpointx", "tcp://127.0.0.1:1" }, 2 },
        { { "--credit", "0" }, 2 },
        { { "--credit=-1" }, 2 },
        { { "--credit", "10001" }, 2 },
        { { "--endpoint", "udp://x" }, 1 },
        { { "--endpoint=tcp://*:5" }, 1 },
        { { "--config", "/nowhere/gongkai.conf" }, 1 },
        { { "--run", "/a/very/long/folder/that/does/not/fit/into/the/address/of/a/local/socket/because/that/has/"
            "at/most/107/bytes" }, 1 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *argv[4] = { "gk-test" };
        int argc = 1;
        for (; argc < 4 && rows[i].arguments[argc - 1]; argc++)
            argv[argc] = gk_strdup(rows[i].arguments[argc - 1]);
        assert_int_equal(worker_main(argc, argv), rows[i].status);
        while (argc > 1)
            free(argv[--argc]);
    }
}

int main(int argc, char **argv)
{
    if (strcmp(argv[0], WORKER) == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);   /* nobody is left behind when a test fails */
        return worker_main(argc, argv);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options),      /* first: it names the log, which threads read later */
        cmocka_unit_test(joins_and_leaves),
        cmocka_unit_test(jobs_are_worked_one_after_another),
        cmocka_unit_test(a_job_that_fails_says_why),
        cmocka_unit_test(a_long_job_renews_its_lease),
        cmocka_unit_test(heartbeats_go_on_while_the_handler_thinks),
        cmocka_unit_test(the_job_in_hand_outlives_the_broker),
        cmocka_unit_test(told_to_disconnect_it_joins_again),
        cmocka_unit_test(told_to_end_it_finishes_the_job_in_hand),
        cmocka_unit_test(it_waits_for_a_broker_that_is_not_there_yet),
        cmocka_unit_test(a_silent_broker_is_left_and_called_again),
        cmocka_unit_test(nobody_answers_mmi),
        cmocka_unit_test(more_jobs_than_credit_are_refused),
        cmocka_unit_test(waiting_jobs_keep_their_lease),
        cmocka_unit_test(a_job_given_out_again_is_worked_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
