/* links: gongkai_broker_parts gk_store gk_wire */
/*  test_keys - keys are made once, are nobody else's to read, and are never silently replaced. */
#include "base/mem.h"
#include "base/text.h"
#include "broker/keys.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/gk-keys-XXXXXX";
static gk_store *store;

static int set_up(void **state)
{
    (void) state;
    gk_why why;
    gk_free_auto char *keys = NULL;
    if (sodium_init() < 0 || !mkdtemp(folder) || mkdir(keys = gk_format("%s/keys", folder), 0700) || gk_store_open(folder, true, &store, &why))
        return -1;
    return 0;
}

static int tear_down(void **state)
{
    (void) state;
    gk_store_close(&store);
    gk_free_auto char *remove = gk_format("rm -rf %s", folder);
    return system(remove);
}

static char *path_of(const char *name)
{
    return gk_format("%s/keys/%s.key", folder, name);
}

static void put(const char *name, const char *bytes, size_t len, mode_t mode)
{
    gk_free_auto char *path = path_of(name);
    unlink(path);
    FILE *file = fopen(path, "w");
    assert_true(file && fwrite(bytes, 1, len, file) == len && fclose(file) == 0 && chmod(path, mode) == 0);
}

/*  Open and close again; the key's id goes to `id`. */
static gk_err try_open(gk_key_name name, char id[static GK_KEY_ID], gk_why *why)
{
    gk_auto(gk_keys) keys = NULL;
    gk_err err = gk_keys_open(folder, store, &keys, why);
    if (!err)
        gk_keys_id(keys, name, id);
    return err;
}

static void keys_are_made_once_and_differ(void **state)
{
    (void) state;
    gk_why why;
    gk_auto(gk_keys) first = NULL;
    gk_auto(gk_keys) second = NULL;
    assert_int_equal(gk_keys_open(folder, store, &first, &why), GK_OK);
    assert_int_equal(gk_keys_open(folder, store, &second, &why), GK_OK);
    for (gk_key_name a = 0; a < GK_KEY_NAMES; a++) {
        assert_memory_equal(gk_keys_get(first, a), gk_keys_get(second, a), GK_KEY_BYTES);
        for (gk_key_name b = 0; b < a; b++)
            assert_memory_not_equal(gk_keys_get(first, a), gk_keys_get(first, b), GK_KEY_BYTES);
    }
    struct stat st;
    gk_free_auto char *path = path_of("master");
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
}

static void a_key_that_others_may_read_is_no_secret(void **state)
{
    (void) state;
    gk_why why;
    char id[GK_KEY_ID];
    gk_free_auto char *path = path_of("lookup");
    assert_int_equal(chmod(path, 0640), 0);
    assert_int_equal(try_open(GK_KEY_LOOKUP, id, &why), GK_EDENIED);
    assert_non_null(strstr(why.text, "lookup.key"));
    assert_int_equal(chmod(path, 0600), 0);
    assert_int_equal(try_open(GK_KEY_LOOKUP, id, &why), GK_OK);
}

static void a_missing_or_another_key_is_named_and_never_replaced(void **state)
{
    (void) state;
    gk_why why;
    char known[GK_KEY_ID], id[GK_KEY_ID];
    size_t len;
    assert_int_equal(try_open(GK_KEY_MASTER, known, &why), GK_OK);
    gk_free_auto char *path = path_of("master");
    gk_free_auto char *bytes = gk_file_read(path, GK_KEY_BYTES, &len);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(try_open(GK_KEY_MASTER, id, &why), GK_EDAMAGED);
    assert_non_null(strstr(why.text, known));
    assert_int_equal(access(path, F_OK), -1);

    put("master", "0123456789abcdef0123456789abcdef", GK_KEY_BYTES, 0600);
    assert_int_equal(try_open(GK_KEY_MASTER, id, &why), GK_EDAMAGED);
    assert_non_null(strstr(why.text, known));
    put("master", "short", 5, 0600);
    assert_int_equal(try_open(GK_KEY_MASTER, id, &why), GK_EDAMAGED);
    assert_non_null(strstr(why.text, "32 bytes"));

    put("master", bytes, len, 0600);
    assert_int_equal(try_open(GK_KEY_MASTER, id, &why), GK_OK);
    assert_string_equal(id, known);
}

static void what_the_quarantine_held_may_be_lost(void **state)
{
    (void) state;
    gk_why why;
    char before[GK_KEY_ID], after[GK_KEY_ID];
    assert_int_equal(try_open(GK_KEY_QUARANTINE, before, &why), GK_OK);
    gk_free_auto char *path = path_of("quarantine");
    assert_int_equal(unlink(path), 0);      /* it is in no backup */
    assert_int_equal(try_open(GK_KEY_QUARANTINE, after, &why), GK_OK);
    assert_string_not_equal(before, after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_made_once_and_differ),
        cmocka_unit_test(a_key_that_others_may_read_is_no_secret),
        cmocka_unit_test(a_missing_or_another_key_is_named_and_never_replaced),
        cmocka_unit_test(what_the_quarantine_held_may_be_lost),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
