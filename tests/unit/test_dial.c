/* links: gk_wire */
/*  test_dial - a client against a broker that does what a script says.
 *
 *  The broker is a thread with a ROUTER; for each question it takes the next action of
 *  its script.  The test looks at what it saw after the thread has ended. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/mem.h"
#include "base/text.h"
#include "wire/dial.h"
#include "wire/mdp.h"
#include "wire/socket.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define ROWS(table) (sizeof(table) / sizeof *(table))

/*  libzmq and czmq synchronise in ways that ThreadSanitizer cannot see in libraries it
 *  did not compile.  Our own code is watched all the same. */
const char *__tsan_default_suppressions(void);
const char *__tsan_default_suppressions(void)
{
    return "called_from_lib:libzmq.so\ncalled_from_lib:libczmq.so\n";
}

/*  Only who is meant to run out of patience has little: a busy machine is no fault of the dial. */
enum { TIMEOUT_MS = 300, PATIENT_MS = 10000, WAIT_MS = 2000, MOST = 6 };

/*  ---- the broker ----------------------------------------------------------------- */

typedef enum action {
    SILENCE, PARTIAL, FINAL, REFUSE, BUSY, NOT_JSON, NEITHER, BAD_PARTIAL,
    THEN = 64,                  /* added to an action: the next one follows at once */
    OTHERS = 128 + THEN,        /* answers that are not for this question */
    GARBAGE = 256 + THEN,       /* frames that are not Majordomo */
} action;

typedef struct broker {
    zsock_t *router;
    char endpoint[80];
    pthread_t thread;
    atomic_bool stop;
    int script[MOST], at;       /* the last action is repeated */
    int asked;
    char ids[MOST][GK_MDP_NAME];
    char peers[MOST][16];       /* hex of the routing id */
    gk_text stored;             /* the document being put or got */
    int lie;                    /* about documents: see on_get */
} broker;

static void reply(broker *self, zframe_t *peer, gk_mdp_command command, const char *service, const char *id,
                  const char *text, const void *raw, size_t raw_len)
{
    gk_mdp head = { .command = command };
    strcpy(head.service, service);
    strcpy(head.request_id, id);
    zmsg_t *msg = gk_mdp_encode(&head, text, strlen(text), raw, raw_len);
    zframe_t *copy = zframe_dup(peer);
    zmsg_prepend(msg, &copy);
    zmsg_send(&msg, self->router);
}

static void reply_others(broker *self, zframe_t *peer, const gk_mdp *in)
{
    static const char text[] = "{\"ok\":{\"number\":\"not yours\"}}";
    reply(self, peer, GK_MDP_CLIENT_PARTIAL, in->service, "other", text, NULL, 0);
    reply(self, peer, GK_MDP_CLIENT_FINAL, in->service, "other", text, NULL, 0);
    reply(self, peer, GK_MDP_CLIENT_FINAL, in->service, "", text, NULL, 0);
    reply(self, peer, GK_MDP_CLIENT_FINAL, "other", in->request_id, text, NULL, 0);
}

static void reply_garbage(broker *self, zframe_t *peer)
{
    zmsg_t *msg = zmsg_new();
    zframe_t *copy = zframe_dup(peer);
    zmsg_prepend(msg, &copy);
    zmsg_addmem(msg, "\0\377", 2);
    zmsg_send(&msg, self->router);
}

static void act(broker *self, int what, zframe_t *peer, const gk_mdp *in)
{
    static const struct {
        gk_mdp_command command;
        const char *text;
    } rows[] = {
        [PARTIAL]     = { GK_MDP_CLIENT_PARTIAL, "{\"ok\":{\"receipt\":\"R\"}}" },
        [FINAL]       = { GK_MDP_CLIENT_FINAL, "{\"ok\":{\"number\":\"GZ-1\"}}" },
        [REFUSE]      = { GK_MDP_CLIENT_FINAL, "{\"error\":{\"code\":\"wrong_state\",\"text\":\"案件已办结\"}}" },
        [BUSY]        = { GK_MDP_CLIENT_FINAL, "{\"error\":{\"code\":\"busy\",\"text\":\"\",\"retry\":true}}" },
        [NOT_JSON]    = { GK_MDP_CLIENT_FINAL, "{\"ok\":{},\"ok\":{}}" },
        [NEITHER]     = { GK_MDP_CLIENT_FINAL, "{\"ok\":5}" },
        [BAD_PARTIAL] = { GK_MDP_CLIENT_PARTIAL, "durable" },
    };
    int plain = what & ~THEN;
    if (what == OTHERS)
        reply_others(self, peer, in);
    else if (what == GARBAGE)
        reply_garbage(self, peer);
    else if (plain != SILENCE)
        reply(self, peer, rows[plain].command, in->service, in->request_id, rows[plain].text, NULL, 0);
}

static void on_script(broker *self, zframe_t *peer, const gk_mdp *in)
{
    int what;
    do {
        what = self->script[self->at];
        self->at += self->at + 1 < MOST && self->script[self->at + 1] != -1;
        act(self, what, peer, in);
    } while (what & THEN);
}

static void on_put(broker *self, zframe_t *peer, const gk_mdp *in, const json_t *body)
{
    size_t offset = (size_t) json_integer_value(json_object_get(body, "offset"));
    if (offset == self->stored.len)
        gk_text_add(&self->stored, (const char *) zframe_data(in->raw), zframe_size(in->raw));
    char hex[GK_HASH_HEX];
    gk_hash hash = gk_hash_of(self->stored.data, self->stored.len - (self->lie ? 1 : 0));
    bool last = json_is_true(json_object_get(body, "last"));
    gk_free_auto char *text = last ? gk_format("{\"ok\":{\"digest\":\"%s\",\"size\":%zu}}",
                                               gk_hash_hex(&hash, hex), self->stored.len)
                              : gk_format("{\"ok\":{\"offset\":%zu}}", self->stored.len + (self->lie == 2));
    reply(self, peer, GK_MDP_CLIENT_FINAL, in->service, in->request_id, text, NULL, 0);
}

/*  lie 1: other bytes; 2: another offset; 3: never the last; 4: a larger size; 5: no raw frame. */
static void on_get(broker *self, zframe_t *peer, const gk_mdp *in, const json_t *body)
{
    size_t offset = (size_t) json_integer_value(json_object_get(body, "offset"));
    size_t left = self->stored.len - offset, size = left < GK_DIAL_CHUNK ? left : GK_DIAL_CHUNK;
    gk_free_auto char *bytes = gk_strndup(self->stored.data + offset, size);
    if (self->lie == 1 && size)
        bytes[0] ^= 1;
    gk_free_auto char *text = gk_format("{\"ok\":{\"size\":%zu,\"offset\":%zu,\"last\":%s}}",
                                        self->stored.len + (self->lie == 4 ? 1000000u : 0), offset + (self->lie == 2),
                                        size == left && self->lie != 3 ? "true" : "false");
    reply(self, peer, GK_MDP_CLIENT_FINAL, in->service, in->request_id, text, self->lie == 5 ? NULL : bytes, size);
}

static void on_question(broker *self, zframe_t *peer, const gk_mdp *in)
{
    if (self->asked < MOST) {
        strcpy(self->ids[self->asked], in->request_id);
        gk_hex(zframe_data(peer), 5, self->peers[self->asked]);
    }
    self->asked++;
    gk_json_auto *body = NULL;
    if (strncmp(in->service, "document.", 9) != 0)
        on_script(self, peer, in);
    else if (gk_json_parse((const char *) zframe_data(in->payload), zframe_size(in->payload), &body, NULL))
        fail_msg("a document's JSON is bad");
    else if (in->raw)
        on_put(self, peer, in, body);
    else
        on_get(self, peer, in, body);
}

static void *broker_run(void *context)
{
    broker *self = context;
    while (!atomic_load(&self->stop)) {
        zmsg_t *msg = zmsg_recv(self->router);      /* returns after RCVTIMEO too */
        if (!msg)
            continue;
        zframe_t *peer = zmsg_pop(msg);
        gk_mdp in;
        if (gk_mdp_decode(&msg, false, &in, NULL) == GK_OK)
            on_question(self, peer, &in);
        gk_mdp_clear(&in);
        zframe_destroy(&peer);
    }
    zsock_destroy(&self->router);
    return NULL;
}

/*  Ends with -1 or where the array does. */
static void broker_open(broker *self, const int *script, size_t count)
{
    static int number;
    *self = (broker) { 0 };
    for (size_t i = 0; i < MOST; i++)
        self->script[i] = i < count ? script[i] : -1;
    snprintf(self->endpoint, sizeof self->endpoint, "ipc:///tmp/gk-dial-%ld-%d", (long) getpid(), number++);
    gk_socket_no_signals();
    self->router = zsock_new(ZMQ_ROUTER);
    assert_non_null(self->router);
    zsock_set_rcvtimeo(self->router, 10);
    assert_int_equal(zsock_bind(self->router, "%s", self->endpoint), 0);
}

/*  From here until broker_end *self belongs to the thread. */
static void broker_go(broker *self)
{
    assert_int_equal(pthread_create(&self->thread, NULL, broker_run, self), 0);
}

static void broker_start(broker *self, const int *script, size_t count)
{
    broker_open(self, script, count);
    broker_go(self);
}

static void broker_end(broker *self)
{
    atomic_store(&self->stop, true);
    pthread_join(self->thread, NULL);
    unlink(self->endpoint + strlen("ipc://"));
    gk_text_clear(&self->stored);
}

static gk_dial *dial_to(const char *endpoint)
{
    gk_dial *dial = NULL;
    assert_int_equal(gk_dial_new(endpoint, &dial, NULL), GK_OK);
    gk_dial_set_timeout(dial, PATIENT_MS);
    return dial;
}

/*  ---- asking ------------------------------------------------------------------------ */

static void count_partials(void *context, const json_t *ok)
{
    assert_string_equal(gk_json_text(ok, "receipt"), "R");
    ++*(int *) context;
}

static const struct {
    const char *what;
    int script[MOST], count;
    int wait_ms;
    gk_err err;
    const char *key, *value;            /* in *out; NULL: it is left alone */
    int partials, asked;                /* asked: how often the broker saw the question; 0: any */
    const char *says;
} rows[] = {
    { "an outcome at once", { FINAL }, 1, WAIT_MS, GK_OK, "number", "GZ-1", 0, 1, "" },
    { "stored, then the outcome", { PARTIAL + THEN, FINAL }, 2, WAIT_MS, GK_OK, "number", "GZ-1", 1, 1, "" },
    { "a lost answer", { SILENCE, FINAL }, 2, WAIT_MS, GK_OK, "number", "GZ-1", 0, 2, "" },
    { "two lost answers", { SILENCE, SILENCE, FINAL }, 3, WAIT_MS, GK_OK, "number", "GZ-1", 0, 3, "" },
    { "silence", { SILENCE }, 1, WAIT_MS, GK_EUNREACHABLE, NULL, NULL, 0, 3, "is it running?" },
    { "stored, no outcome", { PARTIAL }, 1, 100, GK_EBUSY, "receipt", "R", 1, 1, "accepted and stored" },
    { "stored, not waiting", { PARTIAL }, 1, 0, GK_EBUSY, "receipt", "R", 1, 1, "accepted and stored" },
    { "twice stored", { PARTIAL + THEN, PARTIAL + THEN, FINAL }, 3, WAIT_MS, GK_OK, "number", "GZ-1", 1, 1, "" },
    { "refused", { REFUSE }, 1, WAIT_MS, GK_ESTATE, NULL, NULL, 0, 1, "案件已办结" },
    { "stored, then refused", { PARTIAL + THEN, REFUSE }, 2, WAIT_MS, GK_ESTATE, NULL, NULL, 1, 1, "案件已办结" },
    { "busy, without a sentence", { BUSY }, 1, WAIT_MS, GK_EBUSY, NULL, NULL, 0, 1, "try again later" },
    { "others' answers first", { OTHERS, FINAL }, 2, WAIT_MS, GK_OK, "number", "GZ-1", 0, 1, "" },
    { "others' answers only", { OTHERS, SILENCE }, 2, WAIT_MS, GK_EUNREACHABLE, NULL, NULL, 0, 3, "no answer" },
    { "bytes that mean nothing", { GARBAGE, FINAL }, 2, WAIT_MS, GK_OK, "number", "GZ-1", 0, 1, "" },
    { "a key twice", { NOT_JSON }, 1, WAIT_MS, GK_EBADMSG, NULL, NULL, 0, 1, "not JSON" },
    { "neither ok nor error", { NEITHER }, 1, WAIT_MS, GK_EBADMSG, NULL, NULL, 0, 1, "neither" },
    { "a partial of no use", { BAD_PARTIAL }, 1, WAIT_MS, GK_EBADMSG, NULL, NULL, 0, 1, "not JSON" },
};

static void check_asked(const broker *at, int asked, const char *what)
{
    if (asked && at->asked != asked)
        fail_msg("%s: asked %d times, not %d", what, at->asked, asked);
    for (int i = 1; i < asked; i++) {
        assert_string_equal(at->ids[i], at->ids[0]);                /* the same question */
        assert_string_not_equal(at->peers[i], at->peers[i - 1]);    /* over another connection */
    }
}

static void what_the_broker_says_is_what_comes_back(void **state)
{
    (void) state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        broker at;
        broker_start(&at, rows[i].script, (size_t) rows[i].count);
        gk_auto(gk_dial) dial = dial_to(at.endpoint);
        if (rows[i].asked > 1)
            gk_dial_set_timeout(dial, TIMEOUT_MS);
        gk_json_auto *body = json_pack("{s:s}", "as", "x"), *out = NULL;
        gk_why why = { "" };
        int partials = 0;
        gk_err err = gk_dial_ask(dial, "case.act", NULL, body, rows[i].wait_ms, count_partials, &partials, &out,
                                 &why);
        broker_end(&at);
        if (err != rows[i].err || !strstr(why.text, rows[i].says))
            fail_msg("%s: %s, %s", rows[i].what, gk_err_code(err), why.text);
        assert_int_equal(partials, rows[i].partials);
        assert_int_equal(out != NULL, rows[i].key != NULL);
        if (out)
            assert_string_equal(gk_json_text(out, rows[i].key), rows[i].value);
        check_asked(&at, rows[i].asked, rows[i].what);
    }
}

static void nobody_there_is_said_in_time(void **state)
{
    (void) state;
    gk_auto(gk_dial) dial = dial_to("ipc:///tmp/gk-dial-nobody");
    gk_dial_set_timeout(dial, TIMEOUT_MS);
    gk_json_auto *body = json_object(), *out = NULL;
    int64_t start = gk_socket_now();
    assert_int_equal(gk_dial_ask(dial, "case.show", NULL, body, WAIT_MS, NULL, NULL, &out, NULL),
                     GK_EUNREACHABLE);
    int64_t took = gk_socket_now() - start;
    assert_true(took >= TIMEOUT_MS && took < TIMEOUT_MS + 1000);
    assert_null(out);
}

static void one_connection_serves_many_questions(void **state)
{
    (void) state;
    broker at;
    broker_start(&at, (int[]) { FINAL }, 1);
    gk_auto(gk_dial) dial = dial_to(at.endpoint);
    for (int i = 0; i < 3; i++) {
        gk_json_auto *body = json_object(), *out = NULL;
        assert_int_equal(gk_dial_ask(dial, "a", i == 2 ? "mine" : NULL, body, 0, NULL, NULL, &out, NULL), GK_OK);
    }
    broker_end(&at);
    assert_string_equal(at.peers[0], at.peers[2]);
    assert_string_not_equal(at.ids[0], at.ids[1]);
    assert_string_equal(at.ids[2], "mine");
}

static void a_late_answer_is_not_the_next_ones(void **state)
{
    (void) state;
    broker at;
    broker_start(&at, (int[]) { PARTIAL, REFUSE + THEN, FINAL }, 3);
    gk_auto(gk_dial) dial = dial_to(at.endpoint);
    gk_json_auto *body = json_object(), *out = NULL, *next = NULL;
    assert_int_equal(gk_dial_ask(dial, "a", "first", body, 0, NULL, NULL, &out, NULL), GK_EBUSY);
    assert_int_equal(gk_dial_ask(dial, "a", "second", body, 0, NULL, NULL, &next, NULL), GK_ESTATE);
    assert_null(next);
    broker_end(&at);
}

static void endpoints_are_checked_first(void **state)
{
    (void) state;
    static const char *const bad[] = {
        "", "nonsense", "tcp://", "tcp://host", "tcp://host:0", "tcp://host:65536", "tcp://host:1x", "tcp://*:5555",
        "tcp://:5555", "tcp://::1:5555", "tcp://a b:1", "ipc://", "ipc://relative", "udp://1.2.3.4:5", "inproc://x",
        "ipc:///tmp/a-folder-0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123",
    };
    static const char *const good[] = { "ipc:///run/x", "tcp://127.0.0.1:1", "tcp://[::1]:65535", "tcp://gk.example:5" };
    gk_why why;
    for (size_t i = 0; i < ROWS(bad); i++) {
        gk_dial *dial = NULL;
        why.text[0] = 0;
        if (gk_dial_new(bad[i], &dial, &why) != GK_EBADVALUE || !*why.text)
            fail_msg("%s is taken", bad[i]);
        assert_null(dial);
    }
    assert_non_null(strstr(why.text, "--run DIR"));     /* the last: too long for a socket */
    for (size_t i = 0; i < ROWS(good); i++) {
        gk_auto(gk_dial) dial = dial_to(good[i]);
        assert_non_null(dial);
    }
}

/*  ---- documents ---------------------------------------------------------------------- */

/*  Sizes around the edge of a chunk. */
static const size_t sizes[] = { 0, 1, GK_DIAL_CHUNK - 1, GK_DIAL_CHUNK, GK_DIAL_CHUNK + 1, 2 * GK_DIAL_CHUNK + 77 };

static char *some_bytes(size_t len)
{
    char *bytes = gk_zalloc(len + 1);
    for (size_t i = 0; i < len; i++)
        bytes[i] = (char) (i * 7 + i / 251);
    return bytes;
}

static void documents_go_there_and_back(void **state)
{
    (void) state;
    for (size_t i = 0; i < ROWS(sizes); i++) {
        broker at;
        broker_start(&at, NULL, 0);
        gk_auto(gk_dial) dial = dial_to(at.endpoint);
        gk_free_auto char *bytes = some_bytes(sizes[i]), *back = NULL;
        char digest[GK_HASH_HEX] = "", want[GK_HASH_HEX];
        gk_hash hash = gk_hash_of(bytes, sizes[i]);
        assert_int_equal(gk_dial_put(dial, bytes, sizes[i], digest, NULL), GK_OK);
        assert_string_equal(digest, gk_hash_hex(&hash, want));
        size_t len = 99;
        gk_json_auto *right = json_pack("{s:s}", "as", "x");
        assert_int_equal(gk_dial_get(dial, digest, right, sizes[i], &back, &len, NULL), GK_OK);
        assert_int_equal(len, sizes[i]);
        assert_memory_equal(back, bytes, len);
        assert_int_equal(json_object_size(right), 1);       /* borrowed, unchanged */
        if (sizes[i]) {
            gk_why why;
            gk_free_auto char *none = NULL;
            assert_int_equal(gk_dial_get(dial, digest, right, sizes[i] - 1, &none, &len, &why), GK_ETOOLARGE);
            assert_null(none);
        }
        broker_end(&at);
    }
}

static void a_broker_that_lies_about_a_document(void **state)
{
    (void) state;
    static const gk_err get_errs[] = { GK_OK, GK_EDAMAGED, GK_EBADMSG, GK_EBADMSG, GK_ETOOLARGE, GK_EBADMSG };
    size_t size = GK_DIAL_CHUNK + 10;
    gk_free_auto char *bytes = some_bytes(size);
    char digest[GK_HASH_HEX];
    gk_hash hash = gk_hash_of(bytes, size);
    gk_hash_hex(&hash, digest);
    for (int lie = 0; lie < (int) ROWS(get_errs); lie++) {
        broker at;
        broker_open(&at, NULL, 0);
        gk_text_add(&at.stored, bytes, size);
        at.lie = lie;
        broker_go(&at);
        gk_auto(gk_dial) dial = dial_to(at.endpoint);
        gk_free_auto char *back = NULL;
        size_t len = 0;
        assert_int_equal(gk_dial_get(dial, digest, NULL, size, &back, &len, NULL), get_errs[lie]);
        assert_int_equal(back != NULL, lie == 0);
        broker_end(&at);
    }
    static const gk_err put_errs[] = { GK_OK, GK_EDAMAGED, GK_EBADMSG };
    for (int lie = 0; lie < (int) ROWS(put_errs); lie++) {
        broker at;
        broker_open(&at, NULL, 0);
        at.lie = lie;
        broker_go(&at);
        gk_auto(gk_dial) dial = dial_to(at.endpoint);
        char got[GK_HASH_HEX] = "untouched";
        assert_int_equal(gk_dial_put(dial, bytes, size, got, NULL), put_errs[lie]);
        assert_string_equal(got, lie ? "untouched" : digest);
        broker_end(&at);
    }
}

static void files_that_cannot_be_sent(void **state)
{
    (void) state;
    gk_auto(gk_dial) dial = dial_to("ipc:///tmp/gk-dial-nobody");
    char digest[GK_HASH_HEX], path[] = "/tmp/gk-dial-file-XXXXXX";
    gk_why why = { "" };
    assert_int_equal(gk_dial_put_file(dial, "/nowhere/at all", digest, &why), GK_ENOTFOUND);
    int fd = mkstemp(path);
    assert_int_equal(ftruncate(fd, GK_DIAL_FILE + 1), 0);
    close(fd);
    assert_int_equal(gk_dial_put_file(dial, path, digest, &why), GK_ETOOLARGE);
    assert_non_null(strstr(why.text, "20 MiB"));
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_broker_says_is_what_comes_back),
        cmocka_unit_test(nobody_there_is_said_in_time),
        cmocka_unit_test(one_connection_serves_many_questions),
        cmocka_unit_test(a_late_answer_is_not_the_next_ones),
        cmocka_unit_test(endpoints_are_checked_first),
        cmocka_unit_test(documents_go_there_and_back),
        cmocka_unit_test(a_broker_that_lies_about_a_document),
        cmocka_unit_test(files_that_cannot_be_sent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
