/* links: gongkai_reminder_parts */
/*  test_mail_webhook - which addresses a webhook may reach, its signature, its body, and what is refused unsent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "workers/reminder/address.h"
#include "workers/reminder/webhook.h"
#include "base/mem.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct sockaddr_storage address(const char *text)
{
    struct sockaddr_storage out = { 0 };
    struct sockaddr_in *v4 = (struct sockaddr_in *) (void *) &out;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *) (void *) &out;
    out.ss_family = strchr(text, ':') ? AF_INET6 : AF_INET;
    assert_int_equal(inet_pton(out.ss_family, text, strchr(text, ':') ? (void *) &v6->sin6_addr : (void *) &v4->sin_addr), 1);
    return out;
}

static void addresses_by_kind(void **state)
{
    (void) state;
    enum { PUBLIC = 1, PRIVATE = 2, LOOPBACK = 4 };
    static const struct { const char *text; int kinds; } rows[] = {
        { "1.1.1.1", PUBLIC },
        { "9.255.255.255", PUBLIC },            /* the neighbours of 10/8 */
        { "11.0.0.0", PUBLIC },
        { "10.0.0.0", PRIVATE },
        { "10.255.255.255", PRIVATE },
        { "172.15.255.255", PUBLIC },
        { "172.16.0.1", PRIVATE },
        { "172.31.255.255", PRIVATE },
        { "172.32.0.0", PUBLIC },
        { "192.168.1.1", PRIVATE },
        { "127.0.0.1", LOOPBACK },
        { "127.8.8.8", LOOPBACK },
        { "0.0.0.0", 0 },                       /* this host, on Linux */
        { "169.254.169.254", 0 },               /* a cloud's metadata */
        { "100.64.0.1", 0 },                    /* carrier NAT */
        { "224.0.0.1", 0 },
        { "255.255.255.255", 0 },
        { "198.51.100.7", 0 },
        { "::1", LOOPBACK },
        { "::", 0 },
        { "2606:4700::1111", PUBLIC },
        { "fd00::1", PRIVATE },
        { "fe80::1", 0 },
        { "ff02::1", 0 },
        { "2001:db8::1", 0 },
        { "::ffff:127.0.0.1", LOOPBACK },       /* IPv4 in disguise */
        { "::ffff:10.1.2.3", PRIVATE },
        { "::ffff:1.1.1.1", PUBLIC },
        { "2002:7f00:1::", 0 },                 /* 6to4 of 127.0.0.1 */
        { "64:ff9b::7f00:1", 0 },               /* NAT64 of it */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sockaddr_storage storage = address(rows[i].text);
        const struct sockaddr *one = (const struct sockaddr *) (const void *) &storage;
        int kinds = gk_address_is_public(one) * PUBLIC + gk_address_is_private(one) * PRIVATE
                    + gk_address_is_loopback(one) * LOOPBACK;
        if (kinds != rows[i].kinds)
            fail_msg("%s: %d", rows[i].text, kinds);
    }
}

static void other_families_are_nothing(void **state)
{
    (void) state;
    struct sockaddr_storage local = { .ss_family = AF_UNIX };
    const struct sockaddr *one = (const struct sockaddr *) (const void *) &local;
    assert_false(gk_address_is_public(one) || gk_address_is_private(one) || gk_address_is_loopback(one));
}

/*  By `printf '1774400523.{"a":1}' | openssl dgst -sha256 -hmac 0123456789abcdef0123`. */
static void signature_is_hmac_of_timestamp_and_body(void **state)
{
    (void) state;
    char text[GK_SIGNATURE_TEXT], other[GK_SIGNATURE_TEXT];
    const char *secret = "0123456789abcdef0123", *body = "{\"a\":1}";
    gk_webhook_sign(secret, strlen(secret), 1774400523, body, text);
    assert_string_equal(text, "sha256=788e13b6bb668aa7f30dad6e25d25286c67561a9fd0584ce9086d0ce71af19df");
    assert_string_not_equal(gk_webhook_sign(secret, strlen(secret), 1774400524, body, other), text);
    assert_string_not_equal(gk_webhook_sign(secret, strlen(secret) - 1, 1774400523, body, other), text);
    assert_string_not_equal(gk_webhook_sign(secret, strlen(secret), 1774400523, "{\"a\":2}", other), text);
}

static json_t *parse(const char *text)
{
    json_t *out = json_loads(text, 0, NULL);
    assert_non_null(out);
    return out;
}

static void body_names_cases_and_no_person(void **state)
{
    (void) state;
    gk_json_auto *job = parse("{\"task\": \"notify\", \"at\": \"2026-03-25T01:02:03Z\", \"training\": false, \"attempt\": 2,"
                              " \"office\": {\"code\": \"GZ\", \"name\": \"SECRET\"}, \"number\": \"GZ-2026-000012\"}");
    gk_json_auto *facts = parse("{\"to\": [{\"name\": \"SECRET\", \"role\": \"applicant\", \"email\": \"SECRET\"}], \"message\": \"fee\","
                                " \"message_id\": \"7-3-notify\", \"link\": \"https://gk.example.cn/\", \"fields\": {\"text\": \"SECRET\"},"
                                " \"cases\": [{\"number\": \"GZ-2026-000012\", \"state_zh\": \"待缴费\", \"due_on\": null, \"left\": null,"
                                "  \"unit\": \"综合处\", \"applicant\": \"SECRET\"}]}");
    gk_free_auto char *body = gk_webhook_body(job, facts);
    assert_string_equal(body, "{\"at\":\"2026-03-25T01:02:03Z\",\"cases\":[{\"due_on\":null,\"left\":null,\"number\":\"GZ-2026-000012\","
                              "\"state_zh\":\"待缴费\",\"unit\":\"综合处\"}],\"link\":\"https://gk.example.cn/\",\"message\":\"fee\","
                              "\"message_id\":\"7-3-notify\",\"office\":\"GZ\",\"task\":\"notify\",\"training\":false}");
}

/*  Refused before anything is sent: no address here is ever connected to. */
static void what_is_refused_unsent(void **state)
{
    (void) state;
    static const struct { const char *url, *name; bool training; gk_fate fate; const char *says; } rows[] = {
        { "", "ops", true, GK_FATE_NEVER, "no URL" },
        { "https://a b/", "ops", true, GK_FATE_NEVER, "no URL" },
        { "ftp://example.cn/", "ops", true, GK_FATE_NEVER, "https://" },
        { "file:///etc/passwd", "ops", true, GK_FATE_NEVER, "https://" },
        { "http://example.cn/", "ops", false, GK_FATE_NEVER, "https://" },
        { "https://user:pw@example.cn/", "ops", false, GK_FATE_NEVER, "holds a user" },
        { "http://10.0.0.1/", "ops", true, GK_FATE_NEVER, "inner address" },         /* http: loopback only, whatever is allowed */
        { "http://1.1.1.1/", "ops", true, GK_FATE_NEVER, "inner address" },
        { "https://10.0.0.1/", "ops", true, GK_FATE_NEVER, "inner address" },
        { "https://[::1]/", "ops", false, GK_FATE_NEVER, "inner address" },
        { "https://127.0.0.1/", "private", false, GK_FATE_NEVER, "inner address" },  /* allow_private is not loopback */
        { "https://2130706433/", "ops", false, GK_FATE_NEVER, "inner address" },     /* 127.0.0.1 as one number */
        { "https://169.254.169.254/latest", "private", false, GK_FATE_NEVER, "inner address" },
        { "https://example.cn/", "nobody", false, GK_FATE_LATER, "not configured" },
        { "https://example.cn/", "fixed", false, GK_FATE_LATER, "not the one" },
        { "https://example.cn/", "lost", false, GK_FATE_LATER, "No such file" },
        { "https://example.cn/", "short", false, GK_FATE_LATER, "fewer than 16" },
        { "https://example.cn/", "open", false, GK_FATE_LATER, "chmod 600" },
    };
    char good[] = "/tmp/gk-secret-XXXXXX", small[] = "/tmp/gk-secret-XXXXXX", open_file[] = "/tmp/gk-secret-XXXXXX";
    int fds[] = { mkstemp(good), mkstemp(small), mkstemp(open_file) };
    assert_int_equal(write(fds[0], "0123456789abcdef\n", 17), 17);
    assert_int_equal(write(fds[1], "0123456789abcde\n\n", 17), 17);
    assert_int_equal(fchmod(fds[2], 0644), 0);
    const gk_webhook_target targets[] = {
        { .name = "ops", .url = "", .secret_file = good },
        { .name = "private", .url = "", .secret_file = good, .allow_private = true },
        { .name = "fixed", .url = "https://other.example.cn/", .secret_file = good },
        { .name = "lost", .url = "", .secret_file = "/nonexistent/secret" },
        { .name = "short", .url = "", .secret_file = small },
        { .name = "open", .url = "", .secret_file = open_file },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gk_json_auto *job = json_pack("{s:s, s:b}", "at", "2026-03-25T01:02:03Z", "training", rows[i].training);
        gk_json_auto *facts = json_pack("{s:s, s:{s:s, s:s}}", "message_id", "7-3", "webhook", "url", rows[i].url,
                                        "secret_name", rows[i].name);
        gk_delivery out = gk_webhook_send(targets, sizeof targets / sizeof *targets, job, facts, (gk_tick) { 0 });
        if (out.fate != rows[i].fate || out.code != 0 || !strstr(out.why.text, rows[i].says))
            fail_msg("%s %s: %d %d %s", rows[i].url, rows[i].name, out.fate, out.code, out.why.text);
    }
    for (size_t i = 0; i < 3; i++)
        close(fds[i]);
    unlink(good), unlink(small), unlink(open_file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_by_kind),
        cmocka_unit_test(other_families_are_nothing),
        cmocka_unit_test(signature_is_hmac_of_timestamp_and_body),
        cmocka_unit_test(body_names_cases_and_no_person),
        cmocka_unit_test(what_is_refused_unsent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
