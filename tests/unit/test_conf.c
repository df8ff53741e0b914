/* links: gk_wire */
/*  test_conf - gongkai.conf: what comes through, and what is refused on which line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/mem.h"
#include "wire/conf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ROWS(table) (sizeof(table) / sizeof *(table))

static gk_conf *parse(const char *text)
{
    gk_conf *conf = NULL;
    gk_why why = { "" };
    if (gk_conf_parse(text, strlen(text), &conf, &why))
        fail_msg("refused: %s", why.text);
    return conf;
}

static const char sample[] =
    "# 示例海关\n"
    "broker\n"
    "    endpoint = \"ipc:///run/gongkai/broker\"\n"
    "    endpoint = tcp://*:5555       # IPv4 and IPv6\n"
    "    endpoint = 'tcp://[::1]:5556'\r\n"
    "    limits\n"
    "        turn_commands = 64\n"
    "\n"
    "services\n"
    "    ocr\n"
    "        lease = 5 min\n"
    "        order = strict\n"
    "    echo\n"
    "mail\n"
    "    from = \"依申请公开 # 办公室 <gk@example.cn>\"\n"
    "webhook\n"
    "    oa\n"
    "        url = https://oa.example.cn/hook\n"
    "        allow_private = true\n"
    "training\n"
    "    start = 2026-03-02\n";

static void values_come_through(void **state)
{
    (void) state;
    gk_auto(gk_conf) conf = parse(sample);
    assert_string_equal(gk_conf_at(conf, "broker/endpoint", 0), "ipc:///run/gongkai/broker");
    assert_string_equal(gk_conf_at(conf, "broker/endpoint", 1), "tcp://*:5555");
    assert_string_equal(gk_conf_at(conf, "broker/endpoint", 2), "tcp://[::1]:5556");
    assert_null(gk_conf_at(conf, "broker/endpoint", 3));
    assert_int_equal(gk_conf_int(conf, "broker/limits/turn_commands"), 64);
    assert_int_equal(gk_conf_ms(conf, "services/ocr/lease"), 300000);
    assert_int_equal(gk_conf_ms_of(conf, "services", "echo", "lease"), 60000);
    assert_int_equal(gk_conf_int_of(conf, "services", "nobody", "max_attempts"), 5);
    assert_string_equal(gk_conf_text_of(conf, "services", "ocr", "order"), "strict");
    assert_string_equal(gk_conf_text(conf, "mail/from"), "依申请公开 # 办公室 <gk@example.cn>");
    assert_string_equal(gk_conf_text(conf, "mail/smtp"), "");
    assert_true(gk_conf_bool_of(conf, "webhook", "oa", "allow_private"));
    assert_false(gk_conf_bool(conf, "webhook/other/allow_private"));
    char text[GK_DATE_TEXT];
    assert_string_equal(gk_date_format(gk_conf_date(conf, "training/start"), text), "2026-03-02");
    assert_string_equal(gk_conf_name(conf, "services", 0), "ocr");
    assert_string_equal(gk_conf_name(conf, "services", 1), "echo");
    assert_null(gk_conf_name(conf, "services", 2));
    assert_string_equal(gk_conf_name(conf, "webhook", 0), "oa");
    assert_null(gk_conf_name(conf, "webhook", 1));
}

static void an_option_is_over_the_file_over_the_default(void **state)
{
    (void) state;
    gk_auto(gk_conf) built_in = gk_conf_new();
    gk_auto(gk_conf) conf = parse(sample);
    assert_int_equal(gk_conf_int(built_in, "broker/limits/turn_commands"), 256);
    assert_int_equal(gk_conf_int(conf, "broker/limits/turn_commands"), 64);
    assert_int_equal(gk_conf_set(conf, "broker/limits/turn_commands", "8", NULL), GK_OK);
    assert_int_equal(gk_conf_set(conf, "broker/limits/turn_commands", "9", NULL), GK_OK);
    assert_int_equal(gk_conf_int(conf, "broker/limits/turn_commands"), 9);
    assert_int_equal(gk_conf_set(conf, "broker/endpoint", "tcp://127.0.0.1:1", NULL), GK_OK);
    assert_int_equal(gk_conf_set(conf, "broker/endpoint", "tcp://127.0.0.1:2", NULL), GK_OK);
    assert_string_equal(gk_conf_at(conf, "broker/endpoint", 1), "tcp://127.0.0.1:2");
    assert_null(gk_conf_at(conf, "broker/endpoint", 2));

    gk_why why = { "" };
    assert_int_equal(gk_conf_set(conf, "broker/nonsense", "1", &why), GK_EBADVALUE);
    assert_int_equal(gk_conf_set(conf, "broker/limits/turn_commands", "0", &why), GK_EBADVALUE);
    assert_int_equal(gk_conf_int(conf, "broker/limits/turn_commands"), 9);
}

static void durations(void **state)
{
    (void) state;
    static const struct {
        const char *text;
        int64_t ms;                     /* -1: refused */
    } rows[] = {
        { "1s", 1000 }, { "1 s", 1000 }, { "1500 ms", 1500 }, { "2min", 120000 }, { "1 h", 3600000 },
        { "60", -1 }, { "s", -1 }, { "", -1 }, { "-1 s", -1 }, { "1  s", -1 }, { "1 m", -1 }, { "1 s ", -1 },
        { "999 ms", -1 },               /* under the least */
        { "61 min", -1 },               /* over the most */
        { "999999999999 d", -1 }, { "9999999999999 s", -1 }, { "1.5 s", -1 },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_auto(gk_conf) conf = gk_conf_new();
        gk_err err = gk_conf_set(conf, "services/x/lease", rows[i].text, NULL);
        assert_int_equal(err, rows[i].ms < 0 ? GK_EBADVALUE : GK_OK);
        assert_int_equal(gk_conf_ms(conf, "services/x/lease"), rows[i].ms < 0 ? 60000 : rows[i].ms);
    }
}

static const struct {
    const char *text, *says;
} bad[] = {
    { "brokr\n", "line 1: the key brokr is not known" },
    { "# x\n\nbroker\n    endpont = tcp://*:1\n", "line 4: the key endpont is not known" },
    { "services\n    echo\n        leese = 1 s\n", "line 3: the key leese" },
    { "broker\n  log = info\n", "line 2: indented by 2 spaces" },
    { "broker\n   # remark\n", "line 2: indented by 3 spaces" },
    { "broker\n        log = info\n", "line 2: indented deeper" },
    { "    log = info\n", "line 1: indented deeper" },
    { "broker\n                    log = info\n", "line 2: indented by 20 spaces" },
    { "broker\n\tlog = info\n", "line 2: tabs" },
    { "broker\n    log = in\x01o\n", "line 2: tabs and control" },
    { "broker\n    log = \xff\n", "line 2: this is not UTF-8" },
    { "broker\n    log = loud\n", "line 2: broker/log is one of debug|info" },
    { "broker\n    log = debug|info\n", "line 2: broker/log is one of debug|info" },
    { "broker\n    log =\n", "line 2: broker/log is one of" },
    { "broker\n    log = \"info\n", "line 2: the quotation mark is not closed" },
    { "broker\n    log = \"info\" x\n", "line 2: something follows" },
    { "broker\n    log info\n", "line 2: after the name comes" },
    { "broker\n    = info\n", "line 2: a name of letters" },
    { "broker\n    log = info\n    log = warn\n", "line 3: log was given before" },
    { "broker\n    log = info\n        deep = 1\n", "line 2: log is a value" },
    { "broker = 5\n", "line 1: broker is a section" },
    { "broker\n    endpoint = udp://x\n", "line 2: an endpoint starts with" },
    { "broker\n    endpoint = tcp://*:99999\n", "line 2: a tcp endpoint is" },
    { "broker\n    endpoint = ipc://relative\n", "line 2: an ipc endpoint names an absolute" },
    { "broker\n    limits\n        turn_commands = 5000\n", "line 3: broker/limits/turn_commands is a whole number from 1" },
    { "broker\n    limits\n        turn_commands = 5x\n", "line 3: broker/limits/turn_commands" },
    { "services\n    Echo\n", "line 2: the name of a section" },
    { "services\n    @\n", "line 2: a name of letters" },
    { "services/echo/lease = 5 s\n", "line 1: after the name" },
    { "webhook\n    oa\n        allow_private = maybe\n", "line 3: webhook/@/allow_private is true or false" },
    { "training\n    start = 2026-02-30\n", "line 2: training/start is a date" },
    { "mail\n    from = \"\"\n", "line 2: mail/from has no value" },
};

static void mistakes_are_named_with_their_line(void **state)
{
    (void) state;
    for (size_t i = 0; i < ROWS(bad); i++) {
        gk_conf *conf = NULL;
        gk_why why = { "" };
        assert_int_equal(gk_conf_parse(bad[i].text, strlen(bad[i].text), &conf, &why), GK_EBADVALUE);
        assert_null(conf);
        if (strncmp(why.text, bad[i].says, strlen(bad[i].says)) != 0)
            fail_msg("row %zu says: %s", i, why.text);
    }
}

static void too_long(void **state)
{
    (void) state;
    gk_why why = { "" };
    gk_conf *conf = NULL;
    gk_free_auto char *text = gk_zalloc(100000);
    memset(text, '#', 99999);
    assert_int_equal(gk_conf_parse(text, 99999, &conf, &why), GK_ETOOLARGE);
    assert_int_equal(gk_conf_parse(text, 1001, &conf, &why), GK_EBADVALUE);
    assert_int_equal(gk_conf_parse("a\0b", 3, &conf, &why), GK_EBADVALUE);
}

/*  An own default that the table itself would refuse is a trap for the next reader. */
static void the_table_keeps_its_own_rules(void **state)
{
    (void) state;
    size_t count;
    const gk_conf_key *table = gk_conf_table(&count);
    gk_auto(gk_conf) conf = gk_conf_new();
    for (size_t i = 0; i < count; i++) {
        assert_non_null(table[i].help);
        if (table[i].standard)
            assert_int_equal(gk_conf_set(conf, table[i].path, table[i].standard, NULL), GK_OK);
        if (table[i].kind == GK_CONF_INT || table[i].kind == GK_CONF_DURATION || table[i].kind == GK_CONF_CHOICE)
            assert_non_null(table[i].standard);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(table[i].path, table[j].path);
    }
}

static void the_example_is_the_default_and_names_every_key(void **state)
{
    (void) state;
    gk_text_auto text = { 0 };
    gk_conf_example(&text);
    gk_auto(gk_conf) conf = parse(text.data);
    assert_null(gk_conf_name(conf, "services", 0));
    size_t count;
    const gk_conf_key *table = gk_conf_table(&count);
    for (size_t i = 0; i < count; i++)
        assert_non_null(strstr(text.data, strrchr(table[i].path, '/') + 1));
}

static void the_shipped_example_is_accepted(void **state)
{
    (void) state;
    gk_conf *conf = NULL;
    gk_why why = { "" };
    if (gk_conf_load(GK_SOURCE "/deploy/gongkai.conf", &conf, &why))
        fail_msg("%s", why.text);
    gk_conf_destroy(&conf);
}

static void files_and_where_the_broker_is(void **state)
{
    (void) state;
    char folder[] = "/tmp/gk-conf-XXXXXX";
    assert_non_null(mkdtemp(folder));
    gk_free_auto char *path = gk_format("%s/gongkai.conf", folder);
    gk_why why = { "" };
    gk_conf *conf = NULL;
    assert_int_equal(gk_conf_open(path, folder, &conf, &why), GK_ENOTFOUND);
    assert_int_equal(gk_conf_open(NULL, folder, &conf, &why), GK_OK);       /* none there: built in */
    gk_free_auto char *local = NULL, *want = gk_format("ipc://%s/run/broker", folder);
    assert_int_equal(gk_conf_dial(conf, folder, NULL, &local, &why), GK_OK);
    assert_string_equal(local, want);
    gk_conf_destroy(&conf);

    FILE *file = fopen(path, "w");
    fputs("broker\n    endpoint = tcp://*:5555\n", file);
    fclose(file);
    assert_int_equal(gk_conf_open(NULL, folder, &conf, &why), GK_OK);
    gk_free_auto char *remote = NULL, *named = NULL;
    assert_int_equal(gk_conf_dial(conf, folder, NULL, &remote, &why), GK_OK);
    assert_string_equal(remote, "tcp://127.0.0.1:5555");
    assert_int_equal(gk_conf_dial(conf, folder, "/run/gk", &named, &why), GK_OK);
    assert_string_equal(named, "ipc:///run/gk/broker");
    gk_conf_destroy(&conf);

    file = fopen(path, "w");
    fputs("broker\n    endpoint = 5555\n", file);
    fclose(file);
    assert_int_equal(gk_conf_open(NULL, folder, &conf, &why), GK_EBADVALUE);
    assert_non_null(strstr(why.text, "gongkai.conf, line 2: an endpoint starts"));
    unlink(path);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_come_through),
        cmocka_unit_test(an_option_is_over_the_file_over_the_default),
        cmocka_unit_test(durations),
        cmocka_unit_test(mistakes_are_named_with_their_line),
        cmocka_unit_test(too_long),
        cmocka_unit_test(the_table_keeps_its_own_rules),
        cmocka_unit_test(the_example_is_the_default_and_names_every_key),
        cmocka_unit_test(the_shipped_example_is_accepted),
        cmocka_unit_test(files_and_where_the_broker_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
