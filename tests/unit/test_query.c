/* links: gongkai_broker_parts gk_store gk_wire */
/*  test_query - a broker that cannot read does not start; what its readings say, tests/integration asks. */
#include "law.h"
#include "broker/query.h"

static void without_a_ledger_or_its_law_nobody_reads(void **state)
{
    (void) state;
    gk_why why = { "" };
    assert_null(gk_readers_new("/nowhere", NULL, NULL, 1000, &why));
    assert_non_null(strstr(why.text, "store:"));
    gk_store *store = NULL;
    assert_int_equal(system("rm -rf query && mkdir query"), 0);
    assert_int_equal(gk_store_open("query", true, &store, &why), GK_OK);
    setenv("GK_SCHEMAS", "/nowhere", 1);
    assert_null(gk_readers_new("query", NULL, NULL, 1000, &why));
    assert_non_null(strstr(why.text, "/nowhere"));
    unsetenv("GK_SCHEMAS");
    gk_readers *readers = gk_readers_new("query", NULL, NULL, 1000, &why);
    assert_non_null(readers);
    gk_readers_destroy(&readers);
    gk_store_close(&store);
    assert_int_equal(system("rm -rf query"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_ledger_or_its_law_nobody_reads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
