/* links: gk_wire */
/*  test_mdp - every command of both versions, and what must be refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/hash.h"
#include "base/mem.h"
#include "wire/mdp.h"

#include <string.h>

#define ROWS(table) (sizeof(table) / sizeof *(table))
#define ADDRESS "0123456789abcdef"

/*  Frames are written with bars between them: "MDPW02|\5" has two. */
static zmsg_t *message(const char *frames)
{
    zmsg_t *msg = zmsg_new();
    for (const char *bar; (bar = strchr(frames, '|')); frames = bar + 1)
        zmsg_addmem(msg, frames, (size_t) (bar - frames));
    zmsg_addstr(msg, frames);
    return msg;
}

static bool same_message(zmsg_t *a, zmsg_t *b)
{
    bool same = zmsg_size(a) == zmsg_size(b);
    zframe_t *g = zmsg_first(b);
    for (zframe_t *f = zmsg_first(a); same && f; f = zmsg_next(a), g = zmsg_next(b))
        same = zframe_eq(f, g);
    return same;
}

enum { TO = false, FROM = true };       /* the broker */

static const struct {
    const char *frames;
    bool from_broker;
    gk_mdp_command command;
    bool old;
    const char *service, *id, *payload, *raw;
    int credit;
} good[] = {
    { "MDPC02|\1|echo|hello", TO, GK_MDP_CLIENT_REQUEST, false, "echo", "", "hello", NULL, 0 },
    { "MDPC02|\1|echo|Id_-9|hello", TO, GK_MDP_CLIENT_REQUEST, false, "echo", "Id_-9", "hello", NULL, 0 },
    { "MDPC02|\1|document.put|i|{}|raw", TO, GK_MDP_CLIENT_REQUEST, false, "document.put", "i", "{}", "raw", 0 },
    { "MDPC02|\1|document.put|i|{}|", TO, GK_MDP_CLIENT_REQUEST, false, "document.put", "i", "{}", "", 0 },
    { "MDPC02|\1|echo|", TO, GK_MDP_CLIENT_REQUEST, false, "echo", "", "", NULL, 0 },
    { "MDPC02|\2|a.b|i|{}", FROM, GK_MDP_CLIENT_PARTIAL, false, "a.b", "i", "{}", NULL, 0 },
    { "MDPC02|\3|a.b|{}", FROM, GK_MDP_CLIENT_FINAL, false, "a.b", "", "{}", NULL, 0 },
    { "MDPC02|\3|document.get|i|{}|bytes", FROM, GK_MDP_CLIENT_FINAL, false, "document.get", "i", "{}", "bytes", 0 },
    { "MDPW02|\1|intake", TO, GK_MDP_WORKER_READY, false, "intake", "", NULL, NULL, 1 },
    { "MDPW02|\1|intake|128", TO, GK_MDP_WORKER_READY, false, "intake", "", NULL, NULL, 128 },
    { "MDPW02|\1|intake|10000", TO, GK_MDP_WORKER_READY, false, "intake", "", NULL, NULL, 10000 },
    { "MDPW02|\2|" ADDRESS "||job", FROM, GK_MDP_WORKER_REQUEST, false, "", "", "job", NULL, 0 },
    { "MDPW02|\3|" ADDRESS "||{}", TO, GK_MDP_WORKER_PARTIAL, false, "", "", "{}", NULL, 0 },
    { "MDPW02|\4|" ADDRESS "||{}", TO, GK_MDP_WORKER_FINAL, false, "", "", "{}", NULL, 0 },
    { "MDPW02|\5", TO, GK_MDP_WORKER_HEARTBEAT, false, "", "", NULL, NULL, 0 },
    { "MDPW02|\5", FROM, GK_MDP_WORKER_HEARTBEAT, false, "", "", NULL, NULL, 0 },
    { "MDPW02|\6", TO, GK_MDP_WORKER_DISCONNECT, false, "", "", NULL, NULL, 0 },
    { "MDPW02|\6", FROM, GK_MDP_WORKER_DISCONNECT, false, "", "", NULL, NULL, 0 },

    { "|MDPC01|echo|hello", TO, GK_MDP_CLIENT_REQUEST, true, "echo", "", "hello", NULL, 0 },
    { "|MDPC01|echo|hello", FROM, GK_MDP_CLIENT_FINAL, true, "echo", "", "hello", NULL, 0 },
    { "|MDPW01|\1|intake", TO, GK_MDP_WORKER_READY, true, "intake", "", NULL, NULL, 1 },
    { "|MDPW01|\2|" ADDRESS "||job", FROM, GK_MDP_WORKER_REQUEST, true, "", "", "job", NULL, 0 },
    { "|MDPW01|\3|" ADDRESS "||{}", TO, GK_MDP_WORKER_FINAL, true, "", "", "{}", NULL, 0 },
    { "|MDPW01|\4", TO, GK_MDP_WORKER_HEARTBEAT, true, "", "", NULL, NULL, 0 },
    { "|MDPW01|\4", FROM, GK_MDP_WORKER_HEARTBEAT, true, "", "", NULL, NULL, 0 },
    { "|MDPW01|\5", TO, GK_MDP_WORKER_DISCONNECT, true, "", "", NULL, NULL, 0 },
    { "|MDPW01|\5", FROM, GK_MDP_WORKER_DISCONNECT, true, "", "", NULL, NULL, 0 },
};

static void assert_frame(zframe_t *frame, const char *text)
{
    if (text)
        assert_true(frame && zframe_streq(frame, text));
    else
        assert_null(frame);
}

static void commands_are_read(void **state)
{
    (void) state;
    for (size_t i = 0; i < ROWS(good); i++) {
        zmsg_t *msg = message(good[i].frames);
        gk_mdp out;
        gk_why why = { "" };
        assert_int_equal(gk_mdp_decode(&msg, good[i].from_broker, &out, &why), GK_OK);
        assert_null(msg);
        assert_int_equal(out.command, good[i].command);
        assert_int_equal(out.old, good[i].old);
        assert_int_equal(out.credit, good[i].credit);
        assert_string_equal(out.service, good[i].service);
        assert_string_equal(out.request_id, good[i].id);
        assert_frame(out.payload, good[i].payload);
        assert_frame(out.raw, good[i].raw);
        if (strstr(good[i].frames, ADDRESS))
            assert_memory_equal(out.address, ADDRESS, GK_MDP_ADDRESS);
        gk_mdp_clear(&out);
        assert_null(out.payload);
    }
}

static void commands_are_written_as_they_are_read(void **state)
{
    (void) state;
    bool seen[GK_MDP_COMMANDS][2] = { { false } };
    for (size_t i = 0; i < ROWS(good); i++) {
        zmsg_t *msg = message(good[i].frames), *want = zmsg_dup(msg);
        gk_mdp out;
        assert_int_equal(gk_mdp_decode(&msg, good[i].from_broker, &out, NULL), GK_OK);
        const char *payload = good[i].payload ? good[i].payload : "", *raw = good[i].raw;
        zmsg_t *got = gk_mdp_encode(&out, payload, strlen(payload), raw, raw ? strlen(raw) : 0);
        assert_true(same_message(got, want));
        seen[out.command][out.old] = true;
        zmsg_destroy(&got);
        zmsg_destroy(&want);
        gk_mdp_clear(&out);
    }
    for (int command = 0; command < GK_MDP_COMMANDS; command++)
        for (int old = 0; old < 2; old++)
            assert_int_equal(seen[command][old], gk_mdp_exists((gk_mdp_command) command, old));
}

#define X16 "xxxxxxxxxxxxxxxx"
#define X64 X16 X16 X16 X16

static const struct {
    const char *frames;
    bool from_broker;
    const char *says;                   /* part of the sentence */
    bool old;                           /* what is understood nevertheless */
    const char *service, *id;
} bad[] = {
    { "", TO, "no Majordomo header", true, "", "" },
    { "|", TO, "no Majordomo header", true, "", "" },
    { "hello", TO, "no Majordomo header", false, "", "" },
    { "MDPC02", TO, "no such command", false, "", "" },
    { "MDPC03|\1|echo|x", TO, "no such command", false, "", "" },
    { "MDPC02|\1", TO, "service's name is missing", false, "", "" },
    { "MDPC02|\1|echo", TO, "0 frames follow", false, "echo", "" },
    { "MDPC02|\1|echo|i|{}|raw", TO, "3 frames follow", false, "echo", "" },       /* raw is for documents */
    { "MDPC02|\1|document.put|i|{}|raw|more", TO, "4 frames follow", false, "document.put", "" },
    { "MDPC02|\1|echo|i|{}|1|2|3|4|5|6|7|8|9", TO, "frames follow", false, "echo", "" },
    { "MDPC02|\1|echo||{}", TO, "a request id is", false, "echo", "" },
    { "MDPC02|\1|echo|a b|{}", TO, "a request id is", false, "echo", "" },
    { "MDPC02|\1|echo|" X64 "x|{}", TO, "a request id is", false, "echo", "" },
    { "MDPC02|\1||{}", TO, "service's name is 1", false, "", "" },
    { "MDPC02|\1|Echo|{}", TO, "service's name is 1", false, "", "" },
    { "MDPC02|\1|\xe5\x85\xac|{}", TO, "service's name is 1", false, "", "" },
    { "MDPC02|\1|" X64 "x|{}", TO, "service's name is 1", false, "", "" },
    { "MDPC02|\1\1|echo|{}", TO, "no such command", false, "", "" },
    { "MDPC02||echo|{}", TO, "no such command", false, "", "" },
    { "MDPC02|\4|echo|{}", TO, "no such command", false, "", "" },
    { "MDPC02|\3|echo|{}", TO, "no such command", false, "", "" },                 /* a client does not answer */
    { "MDPC02|\1|echo|{}", FROM, "no such command", false, "", "" },
    { "MDPW02|\1|intake", FROM, "no such command", false, "", "" },
    { "MDPW02|\2|" ADDRESS "||x", TO, "no such command", false, "", "" },
    { "|MDPC02|\1|echo|{}", TO, "MDP/0.2 does not", true, "", "" },
    { "MDPC01|echo|{}", TO, "MDP/0.1 starts", false, "", "" },
    { "|MDPC01|echo|i|{}", TO, "2 frames follow", true, "echo", "" },
    { "|MDPW01|\1|intake|5", TO, "do not belong", true, "intake", "" },
    { "MDPW02|\1|intake|5|5", TO, "do not belong", false, "intake", "" },
    { "MDPW02|\1|intake|", TO, "the credit", false, "intake", "" },
    { "MDPW02|\1|intake|0", TO, "the credit", false, "intake", "" },
    { "MDPW02|\1|intake|-1", TO, "the credit", false, "intake", "" },
    { "MDPW02|\1|intake|1x", TO, "the credit", false, "intake", "" },
    { "MDPW02|\1|intake|10001", TO, "the credit", false, "intake", "" },
    { "MDPW02|\1|intake|4294967297", TO, "the credit", false, "intake", "" },
    { "MDPW02|\4|" ADDRESS "|{}", TO, "address, empty, payload", false, "", "" },
    { "MDPW02|\4|" ADDRESS "||{}|", TO, "address, empty, payload", false, "", "" },
    { "MDPW02|\4|" ADDRESS "g||{}", TO, "the address has 16", false, "", "" },
    { "MDPW02|\4|||{}", TO, "the address has 16", false, "", "" },
    { "MDPW02|\4|" ADDRESS "|x|{}", TO, "the address has 16", false, "", "" },
    { "MDPW02|\5|", TO, "nothing follows", false, "", "" },
    { "|MDPW01|\6", TO, "no such command", true, "", "" },
};

static void what_is_wrong_is_said(void **state)
{
    (void) state;
    for (size_t i = 0; i < ROWS(bad); i++) {
        zmsg_t *msg = message(bad[i].frames);
        gk_mdp out;
        gk_why why = { "" };
        assert_int_equal(gk_mdp_decode(&msg, bad[i].from_broker, &out, &why), GK_EBADMSG);
        if (!strstr(why.text, bad[i].says))
            fail_msg("row %zu says: %s", i, why.text);
        assert_null(msg);
        assert_null(out.payload);
        assert_null(out.raw);
        assert_int_equal(out.old, bad[i].old);
        assert_string_equal(out.service, bad[i].service);
        assert_string_equal(out.request_id, bad[i].id);
        gk_mdp_clear(&out);
    }
}

static void an_empty_message_and_too_large_ones(void **state)
{
    (void) state;
    zmsg_t *msg = zmsg_new();
    gk_mdp out;
    assert_int_equal(gk_mdp_decode(&msg, false, &out, NULL), GK_EBADMSG);

    gk_free_auto char *large = gk_zalloc(GK_MDP_MAX_MESSAGE);
    for (int over = 0; over < 2; over++) {
        size_t len = GK_MDP_MAX_MESSAGE - strlen("MDPC02.echo") + (size_t) over;
        gk_mdp head = { .command = GK_MDP_CLIENT_REQUEST, .service = "echo" };
        msg = gk_mdp_encode(&head, large, len, NULL, 0);
        assert_int_equal(gk_mdp_decode(&msg, false, &out, NULL), over ? GK_ETOOLARGE : GK_OK);
        gk_mdp_clear(&out);
    }
}

static size_t random_below(size_t n)
{
    uint32_t number;
    gk_random(&number, sizeof number);
    return number % n;
}

/*  Any bytes at all survive, NUL and bars included. */
static void payloads_are_bytes(void **state)
{
    (void) state;
    static const gk_mdp_command commands[] = { GK_MDP_CLIENT_REQUEST, GK_MDP_WORKER_FINAL };
    for (int round = 0; round < 500; round++) {
        unsigned char payload[300], raw[300];
        size_t len = random_below(sizeof payload), raw_len = random_below(sizeof raw);
        gk_random(payload, len);
        gk_random(raw, raw_len);
        gk_mdp head = { .command = commands[round % 2], .old = round % 4 > 1 }, out;
        gk_random(head.address, sizeof head.address);
        strcpy(head.service, "document.put");
        strcpy(head.request_id, round % 4 == 0 ? "id" : "");
        zmsg_t *msg = gk_mdp_encode(&head, payload, len, round % 4 == 0 ? raw : NULL, raw_len);
        assert_int_equal(gk_mdp_decode(&msg, false, &out, NULL), GK_OK);
        assert_int_equal(zframe_size(out.payload), len);
        assert_memory_equal(zframe_data(out.payload), payload, len);
        assert_int_equal(out.raw != NULL, round % 4 == 0);
        if (out.raw) {
            assert_int_equal(zframe_size(out.raw), raw_len);
            assert_memory_equal(zframe_data(out.raw), raw, raw_len);
        }
        if (round % 2)
            assert_memory_equal(out.address, head.address, GK_MDP_ADDRESS);
        gk_mdp_clear(&out);
    }
}

static void names(void **state)
{
    (void) state;
    assert_true(gk_mdp_service_ok("case.act", 8));
    assert_true(gk_mdp_service_ok(X64, 64));
    assert_false(gk_mdp_service_ok(X64 "x", 65));
    assert_false(gk_mdp_service_ok("", 0));
    assert_false(gk_mdp_service_ok("a\0b", 3));
    assert_false(gk_mdp_service_ok("A", 1));
    assert_true(gk_mdp_id_ok("A_z-9", 5));
    assert_false(gk_mdp_id_ok("a.b", 3));
    assert_false(gk_mdp_id_ok("a\0", 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands_are_read),
        cmocka_unit_test(commands_are_written_as_they_are_read),
        cmocka_unit_test(what_is_wrong_is_said),
        cmocka_unit_test(an_empty_message_and_too_large_ones),
        cmocka_unit_test(payloads_are_bytes),
        cmocka_unit_test(names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
