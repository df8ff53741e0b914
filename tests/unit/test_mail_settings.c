/* links: gongkai_reminder_parts */
/*  test_mail_settings - mail settings that are refused at the start, secrets in files, and facts that no retry betters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "workers/reminder/deliver.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void mail_settings(void **state)
{
    (void) state;
    static const struct { gk_smtp_config config; const char *says; } rows[] = {
        { { .url = NULL }, NULL },                                     /* no mail server: said when a mail comes */
        { { .url = "smtp://mail.example.cn:587", .from = "gk@example.cn" }, NULL },
        { { .url = "smtp://mail.example.cn", .from = "gk@example.cn", .user = "u", .password_file = "f" }, NULL },
        { { .url = "smtps://mail.example.cn", .from = "gk@example.cn", .user = "u", .password_file = "f",
            .starttls = GK_STARTTLS_NO }, NULL },
        { { .url = "smtp://127.0.0.1:2525", .from = "gk@example.cn", .user = "u", .password_file = "f",
            .starttls = GK_STARTTLS_NO }, NULL },
        { { .url = "mail.example.cn:x", .from = "gk@example.cn" }, "smtp://mail.example.cn:587" },
        { { .url = "http://mail.example.cn", .from = "gk@example.cn" }, "smtps: are allowed" },
        { { .url = "smtp://u:p@mail.example.cn", .from = "gk@example.cn" }, "holds a user" },
        { { .url = "smtp://mail.example.cn" }, "sender" },
        { { .url = "smtp://mail.example.cn", .from = "gk" }, "sender" },
        { { .url = "smtp://mail.example.cn", .from = "gk@example.cn", .user = "u" }, "go together" },
        { { .url = "smtp://mail.example.cn", .from = "gk@example.cn", .password_file = "f" }, "go together" },
        { { .url = "smtp://mail.example.cn", .from = "gk@example.cn", .user = "u", .password_file = "f",
            .starttls = GK_STARTTLS_TRY }, "needs STARTTLS" },
        { { .url = "smtp://127.0.0.1.example.cn", .from = "gk@example.cn", .user = "u", .password_file = "f",
            .starttls = GK_STARTTLS_NO }, "needs STARTTLS" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gk_why why = { "" };
        gk_err err = gk_smtp_check(&rows[i].config, &why);
        if (err != (rows[i].says ? GK_EBADVALUE : GK_OK) || (rows[i].says && !strstr(why.text, rows[i].says)))
            fail_msg("row %zu: %s %s", i, gk_err_code(err), why.text);
    }
}

static void secrets(void **state)
{
    (void) state;
    static const struct { const char *bytes; size_t len; mode_t mode; gk_err err; const char *secret; } rows[] = {
        { "word\r\n", 6, 0600, GK_OK, "word" },
        { " w ", 3, 0400, GK_OK, " w " },
        { "", 0, 0600, GK_EBADVALUE, NULL },
        { "\n", 1, 0600, GK_EBADVALUE, NULL },
        { "a\0b", 3, 0600, GK_EBADVALUE, NULL },
        { "word", 4, 0640, GK_EDENIED, NULL },
        { "word", 4, 0604, GK_EDENIED, NULL },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char path[] = "/tmp/gk-secret-XXXXXX";
        int fd = mkstemp(path);
        assert_int_equal(write(fd, rows[i].bytes, rows[i].len), rows[i].len);
        assert_int_equal(fchmod(fd, rows[i].mode), 0);
        close(fd);
        gk_auto(gk_secret) secret = NULL;
        gk_why why = { "" };
        assert_int_equal(gk_secret_new(path, &secret, &why), rows[i].err);
        unlink(path);
        if (rows[i].secret)
            assert_string_equal(secret->bytes, rows[i].secret);
        else
            assert_null(secret);
    }
    gk_auto(gk_secret) none = NULL;
    assert_int_equal(gk_secret_new("/nonexistent/secret", &none, NULL), GK_ENOTFOUND);
    assert_int_equal(gk_secret_new("/tmp", &none, NULL), GK_EBADVALUE);
}

static void a_secret_may_have_1000_bytes(void **state)
{
    (void) state;
    char bytes[1001], path[] = "/tmp/gk-secret-XXXXXX";
    memset(bytes, 'a', sizeof bytes);
    int fd = mkstemp(path);
    gk_auto(gk_secret) most = NULL;
    gk_auto(gk_secret) more = NULL;
    assert_int_equal(write(fd, bytes, 1000), 1000);
    assert_int_equal(gk_secret_new(path, &most, NULL), GK_OK);
    assert_int_equal(most->len, 1000);
    assert_int_equal(write(fd, bytes, 1), 1);
    assert_int_equal(gk_secret_new(path, &more, NULL), GK_EBADVALUE);
    close(fd);
    unlink(path);
}

/*  Work a job whose facts are JSON, with no server anywhere. */
static gk_err deliver(const char *facts_text, const char *at, const char *url, json_t **out, gk_why *why)
{
    gk_auto(gk_messages) messages = NULL;
    assert_int_equal(gk_messages_load(&messages, NULL), GK_OK);
    gk_json_auto *facts = json_loads(facts_text, 0, NULL);
    assert_non_null(facts);
    gk_json_auto *job = json_pack("{s:s, s:s, s:b}", "task", "notify", "at", at, "training", 1);
    gk_deliver_config config = { .smtp = { .url = url, .from = "gk@example.cn" } };
    return gk_deliver(&config, messages, job, facts, (gk_tick) { 0 }, NULL, out, why);
}

#define TO "\"to\": [{\"role\": \"applicant\", \"email\": \"a@example.cn\"}]"

static void facts_that_are_refused(void **state)
{
    (void) state;
    static const struct { const char *facts, *at; gk_err err; const char *says; } rows[] = {
        { "{" TO ", \"message\": \"fee\"}", "2026-03-25T01:02:03Z", GK_EBADVALUE, "message_id" },
        { "{" TO ", \"message\": \"fee\", \"message_id\": \"a b\"}", "2026-03-25T01:02:03Z", GK_EBADVALUE, "message_id" },
        { "{" TO ", \"message\": \"fee\", \"message_id\": \"7-3\"}", "yesterday", GK_EBADVALUE, "no instant" },
        { "{\"to\": [], \"message\": \"fee\", \"message_id\": \"7-3\"}", "2026-03-25T01:02:03Z", GK_EMISSING, "nobody" },
        { "{\"to\": [{\"role\": \"A B\"}], \"message\": \"fee\", \"message_id\": \"7-3\"}", "2026-03-25T01:02:03Z", GK_EBADVALUE, "to[0].role" },
        { "{\"to\": [7], \"message\": \"fee\", \"message_id\": \"7-3\"}", "2026-03-25T01:02:03Z", GK_EBADVALUE, "to[0].role" },
        { "{" TO ", \"message\": \"no_such\", \"message_id\": \"7-3\"}", "2026-03-25T01:02:03Z", GK_EBADVALUE, "no text for" },
        { "[]", "2026-03-25T01:02:03Z", GK_EBADVALUE, "message_id" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        json_t *out = NULL;
        gk_why why = { "" };
        gk_err err = deliver(rows[i].facts, rows[i].at, "smtp://127.0.0.1:9", &out, &why);
        if (err != rows[i].err || out || !strstr(why.text, rows[i].says))
            fail_msg("row %zu: %s %s", i, gk_err_code(err), why.text);
    }
}

static void too_many_recipients(void **state)
{
    (void) state;
    gk_json_auto *facts = json_pack("{s:[], s:s, s:s}", "to", "message", "fee", "message_id", "7-3");
    for (int i = 0; i < 51; i++)
        json_array_append_new(json_object_get(facts, "to"), json_pack("{s:s}", "role", "clerk"));
    gk_free_auto char *text = gk_json_print(facts);
    json_t *out = NULL;
    assert_int_equal(deliver(text, "2026-03-25T01:02:03Z", "smtp://127.0.0.1:9", &out, NULL), GK_ETOOLARGE);
}

/*  Nothing was sent and nothing is lost: the job comes again once there is a server. */
static void without_a_server_the_job_waits(void **state)
{
    (void) state;
    json_t *out = NULL;
    gk_why why = { "" };
    gk_err err = deliver("{" TO ", \"message\": \"fee\", \"message_id\": \"7-3\"}", "2026-03-25T01:02:03Z", NULL, &out, &why);
    assert_int_equal(err, GK_EIO);
    assert_true(gk_err_retry(err));
    assert_non_null(strstr(why.text, "no mail server is configured"));
}

/*  An address that no server would take is final, and no server is asked. */
static void bad_address_is_final(void **state)
{
    (void) state;
    gk_json_auto *out = NULL;
    assert_int_equal(deliver("{\"to\": [{\"role\": \"applicant\", \"email\": \"a@b\\r\\nX: y\"}, {\"role\": \"agent\"}],"
                             " \"message\": \"fee\", \"message_id\": \"7-3\"}", "2026-03-25T01:02:03Z", "smtp://127.0.0.1:9", &out, NULL), GK_OK);
    gk_free_auto char *text = gk_json_print(out);
    assert_string_equal(text, "{\"failed\":[{\"code\":0,\"permanent\":true,\"role\":\"applicant\"},"
                              "{\"code\":0,\"permanent\":true,\"role\":\"agent\"}],\"sent\":[]}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mail_settings),
        cmocka_unit_test(secrets),
        cmocka_unit_test(a_secret_may_have_1000_bytes),
        cmocka_unit_test(facts_that_are_refused),
        cmocka_unit_test(too_many_recipients),
        cmocka_unit_test(without_a_server_the_job_waits),
        cmocka_unit_test(bad_address_is_final),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
