/* links: gk_store */
/*  test_seals - seals follow each other, cover what moved, and say what is no longer there. */
#include "casework.h"
#include "core/proof.h"
#include "store/store.h"

#include <sqlite3.h>
#include <unistd.h>

enum { CASES = 5 };

static char folder[200];
static work w;
static gk_store *store;
static gk_why why;
static gk_signer signer;

static void begin(void)
{
    assert_int_equal(gk_store_begin(store, &why), GK_OK);
}

static void commit(void)
{
    if (gk_store_commit(store, &why))
        fail_msg("%s", why.text);
}

static void put(const line *l)
{
    gk_event_type type = GK_EVENT_TYPES;
    assert_true(gk_flow_event_parse(l->event, &type));
    gk_json_auto *data = work_data(l->data, type);
    gk_actor actor = work_actor(&w, l->actor, law_date(l->day));
    gk_act act = { .event = type, .actor = &actor, .at = gk_date_at(law_date(l->day), 10), .on = GK_NO_DATE, .request_id = "r", .data = data,
                   .numbers = { (int) (w.file->id ? w.file->id : gk_store_new_case(store)), 1, 3 } };
    gk_change change;
    gk_job_row jobs[GK_CHANGE_JOBS];
    if (gk_case_apply(w.file, &act, &w.law, &change, &why))
        fail_msg("%s: %s", l->event, why.text);
    change.event.case_id = w.file->id ? w.file->id : act.numbers.case_serial;
    assert_int_equal(gk_store_apply(store, w.file, &change, NULL, 0, NULL, 0, jobs, &why), GK_OK);
    gk_change_clear(&change);
}

static void move(int64_t id)
{
    static const line note = { "2026-03-04", "chen.jing", "noted", "{'text': 'x'}", 0, NULL, NULL };
    gk_case_destroy(&w.file);
    assert_int_equal(gk_store_case(store, id, &w.file, &why), GK_OK);
    begin();
    put(&note);
    commit();
}

/*  Seal what moved, `most` at once; how many that were. */
static size_t seal_day(const char *day, size_t most)
{
    gk_head *heads = NULL;
    gk_hash root;
    size_t count = 0;
    char hex[GK_HASH_HEX];
    begin();
    assert_int_equal(gk_store_moved_heads(store, most, &heads, &count, &why), GK_OK);
    assert_true(count <= CASES);
    if (count) {
        gk_hash *leaves = gk_head_leaves(heads, count);
        root = gk_proof_root(leaves, count);
        free(leaves);
        int64_t last = gk_store_last_seal(store);
        gk_json_auto *seal = json_pack("{s:I, s:s, s:s, s:s, s:I, s:n, s:b}", "seal", (json_int_t) last + 1, "day", day, "at", "2026-03-04T16:00:00Z",
                                       "root", gk_hash_hex(&root, hex), "count", (json_int_t) count, "previous", "training", 1);
        gk_json_auto *before = gk_store_day_seal(store, last);
        gk_hash hash = gk_document_hash(GK_DOCUMENT_SEAL, before);
        if (before)
            json_object_set_new(seal, "previous", json_string(gk_hash_hex(&hash, hex)));
        gk_document_sign(GK_DOCUMENT_SEAL, seal, &signer);
        assert_int_equal(gk_store_add_day_seal(store, seal, heads, count, &why), GK_OK);
    }
    commit();
    free(heads);
    return count;
}

/*  Five registered cases and a key; nothing is sealed. */
static void fill(const char *name)
{
    static const line received = RECEIVED, registered = REGISTERED;
    static const unsigned char seed[GK_KEY_BYTES] = { 7 };
    snprintf(folder, sizeof folder, "seals-%s-%d", name, (int) getpid());
    gk_free_auto char *clear = gk_format("rm -rf '%s' && mkdir '%s'", folder, folder);
    assert_int_equal(system(clear), 0);
    work_setup(&w);
    assert_int_equal(gk_store_open(folder, true, &store, &why), GK_OK);
    signer = gk_signer_of(seed);
    gk_json_auto *key = json_pack("{s:i, s:s, s:n, s:b}", "number", 1, "since", "2026-03-02T02:00:00Z", "previous", "training", 1);
    gk_document_sign(GK_DOCUMENT_KEY, key, &signer);
    json_object_set_new(key, "endorsed", json_null());
    begin();
    assert_int_equal(gk_store_add_key(store, key, &why), GK_OK);
    for (int i = 0; i < CASES; i++) {
        gk_case_destroy(&w.file);
        w.file = gk_case_new(GK_INTAKE);
        put(&received);
        put(&registered);
    }
    commit();
}

static void done(void)
{
    gk_store_close(&store);
    work_clear(&w);
    gk_free_auto char *clear = gk_format("rm -rf '%s'", folder);
    assert_int_equal(system(clear), 0);
}

/*  What somebody does to the file who minds no trigger. */
static void damage(const char *sql)
{
    static const char *const triggers[] = { "event_never_changes", "event_never_goes", "day_seal_never_changes", "day_seal_never_goes",
                                            "sealed_head_never_changes", "sealed_head_never_goes", "signing_key_never_changes", "signing_key_never_goes" };
    gk_free_auto char *path = gk_format("%s/ledger.db", folder);
    sqlite3 *db = NULL;
    gk_store_close(&store);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    for (size_t i = 0; i < sizeof triggers / sizeof *triggers; i++) {
        gk_free_auto char *drop = gk_format("DROP TRIGGER IF EXISTS %s", triggers[i]);
        assert_int_equal(sqlite3_exec(db, drop, NULL, NULL, NULL), SQLITE_OK);
    }
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
    assert_int_equal(gk_store_open(folder, true, &store, &why), GK_OK);
}

/*  The first problem of all seals, "" for none. */
static char *first_problem(void)
{
    gk_json_auto *problems = json_array();
    assert_int_equal(gk_store_verify_seals(store, problems, &why), GK_OK);
    return gk_strdup(gk_json_text(json_array_get(problems, 0), "text"));
}

static void what_moved_is_sealed_once(void **state)
{
    (void) state;
    fill("once");
    assert_int_equal(gk_store_sealed_in(store, 1), 0);
    assert_int_equal(seal_day("2026-03-03", 3), 3);         /* a seal has a bound; the rest comes next */
    assert_int_equal(seal_day("2026-03-03", 3), 2);
    assert_int_equal(seal_day("2026-03-03", 3), 0);
    move(2);
    move(4);
    assert_int_equal(seal_day("2026-03-04", 3), 2);
    assert_int_equal(gk_store_last_seal(store), 3);
    assert_int_equal(gk_store_sealed_in(store, 1), 1);
    assert_int_equal(gk_store_sealed_in(store, 2), 3);
    assert_int_equal(gk_store_sealed_in(store, 5), 2);
    gk_json_auto *of_day = gk_store_day_seals(store, "2026-03-03", 0, 10), *behind = gk_store_day_seals(store, "", 2, 10);
    assert_int_equal(json_array_size(of_day), 2);
    assert_int_equal(json_array_size(behind), 1);
    gk_free_auto char *problem = first_problem();
    assert_string_equal(problem, "");
    done();
}

static void the_last_instant_is_known_whether_sealed_or_not(void **state)
{
    (void) state;
    fill("instant");
    gk_free_auto char *before = gk_store_last_instant(store);
    assert_string_equal(before, "2026-03-02T02:00:00Z");
    seal_day("2026-03-03", CASES);
    gk_free_auto char *sealed = gk_store_last_instant(store);
    assert_string_equal(sealed, "2026-03-04T16:00:00Z");
    done();
}

static void at_the_start_the_bound_holds(void **state)
{
    (void) state;
    fill("bound");
    gk_json_auto *problems = json_array();
    int64_t checked, left;
    assert_int_equal(gk_store_verify_recent(store, 2, problems, &checked, &left, &why), GK_OK);
    assert_int_equal(checked, 2);
    assert_int_equal(left, CASES - 2);
    seal_day("2026-03-03", CASES);
    move(1);
    assert_int_equal(gk_store_verify_recent(store, 2, problems, &checked, &left, &why), GK_OK);
    assert_int_equal(checked, 1);
    assert_int_equal(left, 0);
    assert_int_equal(json_array_size(problems), 0);
    done();
}

static void what_is_no_longer_there_is_named(void **state)
{
    (void) state;
    static const struct { const char *sql, *text; } rows[] = {
        { "DELETE FROM event WHERE case_id = 3 AND seq = 2", "cut off" },
        { "UPDATE event SET hash = zeroblob(32) WHERE case_id = 3 AND seq = 2", "cut off" },
        { "DELETE FROM sealed_head WHERE n = 1 AND case_id = 3", "its root is not" },
        { "UPDATE sealed_head SET seq = 1 WHERE n = 1 AND case_id = 3", "its root is not" },
        { "UPDATE sealed_head SET head = x'00' WHERE n = 1 AND case_id = 3", "is no hash" },
        { "DELETE FROM day_seal WHERE n = 1", "seal 1: seal is missing" },
        { "UPDATE day_seal SET document = replace(document, '2026-03-03', '2026-03-01') WHERE n = 1", "signature does not fit" },
        { "UPDATE day_seal SET document = document || ' ' WHERE n = 1", "seal 1: seal is missing" },
        { "UPDATE day_seal SET document = (SELECT document FROM day_seal WHERE n = 2) WHERE n = 1", "does not follow" },
        { "DELETE FROM signing_key", "keys must be" },
        { "UPDATE signing_key SET document = replace(document, '2026-03-02T', '2026-03-01T')", "signature does not fit" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fill("damage");
        seal_day("2026-03-03", CASES);
        move(5);
        seal_day("2026-03-04", CASES);
        damage(rows[i].sql);
        gk_free_auto char *problem = first_problem();
        if (!strstr(problem, rows[i].text))
            fail_msg("%s: \"%s\"", rows[i].sql, problem);
        done();
    }
}

/*  Whoever has no key of ours can sign, but not as us. */
static void a_stranger_s_seal_is_found(void **state)
{
    (void) state;
    static const unsigned char other[GK_KEY_BYTES] = { 9 };
    fill("stranger");
    signer = gk_signer_of(other);
    seal_day("2026-03-03", CASES);
    gk_free_auto char *problem = first_problem();
    assert_non_null(strstr(problem, "not the agency's"));
    done();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_moved_is_sealed_once),
        cmocka_unit_test(the_last_instant_is_known_whether_sealed_or_not),
        cmocka_unit_test(at_the_start_the_bound_holds),
        cmocka_unit_test(what_is_no_longer_there_is_named),
        cmocka_unit_test(a_stranger_s_seal_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
