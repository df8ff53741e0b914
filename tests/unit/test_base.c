/* links: gk_core */
/*  test_base - text, JSON, hashes and the map: the small things everything else stands on. */
#include "law.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/map.h"
#include "base/paths.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static void utf8_is_judged(void **state)
{
    (void) state;
    static const struct { const char *text; size_t len; bool ok; } rows[] = {
        { "", 0, true }, { "abc", 3, true }, { "公开", 6, true }, { "\xf0\x9f\x98\x80", 4, true },
        { "\xc0\x80", 2, false },               /* overlong NUL */
        { "\xe0\x80\xaf", 3, false },           /* overlong slash */
        { "\xed\xa0\x80", 3, false },           /* a surrogate */
        { "\xf4\x90\x80\x80", 4, false },       /* above U+10FFFF */
        { "\xe5\x85", 2, false },               /* cut */
        { "\x80", 1, false }, { "\xff", 1, false }, { "a\0b", 3, false },
    };
    for (size_t i = 0; i < ROWS(rows); i++)
        assert_int_equal(gk_utf8_ok(rows[i].text, rows[i].len), rows[i].ok);
    assert_int_equal(gk_utf8_cut("公开", 4), 3);
    assert_int_equal(gk_utf8_cut("公开", 3), 3);
    assert_int_equal(gk_utf8_count("公开a", 7), 3);
    gk_text_auto again = { 0 };
    const char *all = "a\u00e9公😀";
    for (size_t at = 0; at < strlen(all); )
        gk_text_add_char(&again, gk_utf8_next(all, strlen(all), &at));
    assert_string_equal(again.data, all);
    size_t at = 0;
    assert_int_equal(gk_utf8_next("\xe5\x85", 2, &at), 0xfffd);
    assert_int_equal(at, 1);
}

static void a_refusal_is_cut_between_characters(void **state)
{
    (void) state;
    char long_text[1000];
    for (size_t i = 0; i + 3 < sizeof long_text; i += 3)
        memcpy(long_text + i, "公", 4);
    for (int shift = 0; shift < 3; shift++) {
        gk_why why;
        assert_int_equal(gk_refuse(&why, GK_EBUSY, "%.*s%s", shift, "xx", long_text), GK_EBUSY);
        assert_true(strlen(why.text) < sizeof why.text && strlen(why.text) > sizeof why.text - 5);
        assert_true(gk_utf8_ok(why.text, strlen(why.text)));
    }
    assert_int_equal(gk_refuse(NULL, GK_EIO, "x"), GK_EIO);
}

/*  Whatever a stranger sent, the sentence about it can be put into JSON. */
static void a_refusal_is_well_formed(void **state)
{
    (void) state;
    static const struct { const char *given, *text; } rows[] = {
        { "公开", "no desk 公" },               /* cut by its precision, inside the second character */
        { "ab\xff\xfe", "no desk ab" }, { "\x80z", "no desk z" }, { "\xef\xbf\xbdx", "no desk \xef\xbf\xbdx" }, { "", "no desk " },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_why why;
        assert_int_equal(gk_refuse(&why, GK_EBADVALUE, "no desk %.5s", rows[i].given), GK_EBADVALUE);
        assert_string_equal(why.text, rows[i].text);
    }
}

static void errors_are_one_table(void **state)
{
    (void) state;
    for (int err = 0; err < GK_ERRS; err++) {
        assert_int_equal(gk_err_from_code(gk_err_code((gk_err) err)), err);
        assert_true(*gk_err_text((gk_err) err, "zh") && *gk_err_text((gk_err) err, "en"));
        assert_int_equal(gk_err_exit((gk_err) err) == 0, err == GK_OK);
    }
    assert_int_equal(gk_err_from_code("no_such_code"), GK_EBADMSG);
    assert_int_equal(gk_err_exit(GK_EUNREACHABLE), 3);
}

static void json_is_strict(void **state)
{
    (void) state;
    static const struct { const char *text; bool ok; } rows[] = {
        { "{}", true }, { "[1,2]", true }, { "{\"a\":{\"b\":[]}}", true },
        { "{\"a\":1,\"a\":2}", false }, { "{} x", false }, { "", false }, { "{\"a\":}", false },
        { "{\"a\":\"\\ud800\"}", false }, { "{\"a\":99999999999999999999}", false }, { "{\"a\":\"\xff\"}", false },
        { "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]", true },           /* sixteen */
        { "[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]", false },        /* seventeen */
        { "[\"[[[[[[[[[[[[[[[[[[[[[[\"]", true },               /* brackets in a text are text */
        { "[\"\\\"[[[[[[[[[[[[[[[[[[[[[[\"]", true },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *value = NULL;
        gk_why why = { "" };
        gk_err err = gk_json_parse(rows[i].text, strlen(rows[i].text), &value, &why);
        if ((err == GK_OK) != rows[i].ok)
            fail_msg("row %zu: %s", i, why.text);
    }
    gk_json_auto *none = NULL;
    gk_why why = { "" };
    const char *person = "{\"name\": 张三 }";
    assert_int_equal(gk_json_parse(person, strlen(person), &none, &why), GK_EBADMSG);
    assert_string_equal(why.text, "not JSON, line 1 column 10: invalid token");     /* and not whom it names */
    gk_json_auto *value = json_pack("{s:s, s:{s:{s:s}}}", "b", "2", "a", "x", "y", "deep");
    gk_free_auto char *text = gk_json_print(value);
    assert_string_equal(text, "{\"a\":{\"x\":{\"y\":\"deep\"}},\"b\":\"2\"}");
    assert_string_equal(gk_json_path(value, "a.x.y"), "deep");
    assert_string_equal(gk_json_path(value, "a.z.y"), "");
    assert_true(gk_date_is_none(gk_json_date(value, "b")));
}

static void pieces_do_not_run_together(void **state)
{
    (void) state;
    static const char *const split[][2] = { { "ab", "c" }, { "a", "bc" }, { "abc", "" }, { "", "abc" } };
    gk_hash seen[ROWS(split)];
    for (size_t i = 0; i < ROWS(split); i++) {
        gk_hasher *hasher = gk_hasher_new();
        gk_hasher_add(hasher, split[i][0], strlen(split[i][0]));
        gk_hasher_add(hasher, split[i][1], strlen(split[i][1]));
        seen[i] = gk_hasher_end(&hasher);
        for (size_t k = 0; k < i; k++)
            assert_memory_not_equal(seen[i].bytes, seen[k].bytes, GK_HASH_BYTES);
    }
    char hex[GK_HASH_HEX];
    gk_hash abc = gk_hash_of("abc", 3), back;
    assert_string_equal(gk_hash_hex(&abc, hex), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_true(gk_unhex(hex, back.bytes, GK_HASH_BYTES));
    assert_memory_equal(back.bytes, abc.bytes, GK_HASH_BYTES);
    hex[5] = 'g';
    assert_false(gk_unhex(hex, back.bytes, GK_HASH_BYTES));
    assert_false(gk_unhex("ba78", back.bytes, GK_HASH_BYTES));
    assert_true(gk_unhex("ba78", back.bytes, 2));
    assert_false(gk_unhex("ba7800", back.bytes, 2));        /* nor more of it */
}

/*  The map against an array, with keys that collide and are dropped again. */
static void the_map_is_an_array(void **state)
{
    (void) state;
    enum { KEYS = 500 };
    static int there[KEYS];
    gk_map *map = gk_map_new();
    uint64_t seed = 0x452821e638d01377u;
    for (int i = 0; i < 200000; i++) {
        unsigned k = law_random(&seed, KEYS);
        int64_t key = (int64_t) (k + 1) * ((int64_t) 1 << 20);
        if (law_random(&seed, 2)) {
            gk_map_put(map, key, &there[k]);
            there[k] = 1;
        } else {
            gk_map_drop(map, key);
            there[k] = 0;
        }
        unsigned other = law_random(&seed, KEYS);
        assert_ptr_equal(gk_map_get(map, (int64_t) (other + 1) * ((int64_t) 1 << 20)), there[other] ? &there[other] : NULL);
    }
    size_t count = 0, at = 0, walked = 0;
    for (int k = 0; k < KEYS; k++)
        count += (size_t) there[k];
    while (gk_map_next(map, &at))
        walked++;
    assert_int_equal(gk_map_count(map), count);
    assert_int_equal(walked, count);
    gk_map_destroy(&map);
}

static void a_file_is_read_up_to_its_limit(void **state)
{
    (void) state;
    char path[] = "base-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "0123456789", 10), 10);
    close(fd);
    size_t len = 0;
    gk_free_auto char *whole = gk_file_read(path, 10, &len), *none = gk_file_read(path, 9, &len);
    assert_string_equal(whole, "0123456789");
    assert_int_equal(len, 10);
    assert_null(none);
    assert_int_equal(errno, EFBIG);
    assert_int_equal(unlink(path), 0);
    assert_null(gk_file_read(path, 10, &len));
    assert_int_equal(errno, ENOENT);
    gk_json_auto *value = NULL;
    gk_why why;
    assert_int_equal(gk_json_load(path, 10, &value, &why), GK_ENOTFOUND);
    assert_int_equal(gk_json_load(".", 10, &value, &why), GK_EBADVALUE);
    assert_null(value);
}

static void a_socket_path_has_a_limit(void **state)
{
    (void) state;
    char *endpoint = NULL;
    gk_why why;
    assert_int_equal(gk_paths_endpoint("/srv/gongkai", NULL, &endpoint, &why), GK_OK);
    assert_string_equal(endpoint, "ipc:///srv/gongkai/run/broker");
    free(endpoint);
    assert_int_equal(gk_paths_endpoint("/srv/gongkai", "/run/gk", &endpoint, &why), GK_OK);
    assert_string_equal(endpoint, "ipc:///run/gk/broker");
    free(endpoint);
    char exact[102] = "/";
    memset(exact + 1, 'x', 99);                             /* with "/broker" 107 bytes */
    assert_int_equal(gk_paths_endpoint("/srv/gongkai", exact, &endpoint, &why), GK_OK);
    free(endpoint);
    exact[100] = 'x';
    assert_int_equal(gk_paths_endpoint("/srv/gongkai", exact, &endpoint, &why), GK_EBADVALUE);
    char folder[200] = "/";
    memset(folder + 1, 'x', 105);
    assert_int_equal(gk_paths_endpoint(folder, NULL, &endpoint, &why), GK_EBADVALUE);
    assert_non_null(strstr(why.text, "107"));
    assert_non_null(strstr(why.text, "--run"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_judged),
        cmocka_unit_test(a_refusal_is_cut_between_characters),
        cmocka_unit_test(a_refusal_is_well_formed),
        cmocka_unit_test(errors_are_one_table),
        cmocka_unit_test(json_is_strict),
        cmocka_unit_test(pieces_do_not_run_together),
        cmocka_unit_test(the_map_is_an_array),
        cmocka_unit_test(a_file_is_read_up_to_its_limit),
        cmocka_unit_test(a_socket_path_has_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
