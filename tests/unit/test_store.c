/* links: gk_store */
/*  test_store - a change is whole or nothing, the ledger is never edited, and damage is found. */
#include "casework.h"
#include "store/store.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[200];
static work w;
static gk_store *store;
static gk_why why;
static int number;              /* of the case in hand, and its receipt */
static const char *who = "applicant", *what = "content";        /* of the next case; "": no proof number */

static void scratch(const char *name)
{
    number = 7;
    snprintf(folder, sizeof folder, "store-%s-%d", name, (int) getpid());
    gk_free_auto char *clear = gk_format("rm -rf '%s' && mkdir '%s'", folder, folder);
    assert_int_equal(system(clear), 0);
}

static void open_store(void)
{
    if (gk_store_open(folder, true, &store, &why))
        fail_msg("%s", why.text);
}

/*  One line of a story, stored.  Returns what the store said. */
static gk_err put(const line *l, const gk_seal *seals, size_t seal_count, int64_t done_job, gk_job_row jobs[GK_CHANGE_JOBS])
{
    gk_event_type type = GK_EVENT_TYPES;
    assert_true(gk_flow_event_parse(l->event, &type));
    gk_json_auto *data = work_data(l->data, type);
    for (size_t i = 0; i < seal_count; i++) {
        gk_hasher *hasher = gk_hasher_new();
        char hex[GK_HASH_HEX];
        gk_hasher_raw(hasher, seals[i].salt, sizeof seals[i].salt);
        gk_hasher_raw(hasher, seals[i].body, seals[i].len);
        gk_hash hash = gk_hasher_end(&hasher);
        json_object_set_new(data, seals[i].name, json_pack("{s:s}", "sealed", gk_hash_hex(&hash, hex)));
    }
    gk_actor actor = work_actor(&w, l->actor, law_date(l->day));
    gk_act act = { .event = type, .actor = &actor, .at = gk_date_at(law_date(l->day), 10), .on = GK_NO_DATE, .request_id = "r",
                   .data = data, .numbers = { number, 1, 3 } };
    gk_change change;
    gk_err err = gk_case_apply(w.file, &act, &w.law, &change, &why);
    if (err)
        fail_msg("%s: %s", l->event, why.text);
    change.event.case_id = w.file->id ? w.file->id : gk_store_new_case(store);
    gk_hash receipt = gk_hash_of(&number, sizeof number), applicant = gk_hash_of(who, strlen(who)), content = gk_hash_of(what, strlen(what));
    gk_case_keys keys = { &receipt, *who ? &applicant : NULL, &content };
    err = gk_store_apply(store, w.file, &change, seals, seal_count, type == GK_RECEIVED ? &keys : NULL, done_job, jobs, &why);
    gk_change_clear(&change);
    return err;
}

static const line received = RECEIVED, registered = REGISTERED, triaged = TRIAGED;

static void begin(void)
{
    assert_int_equal(gk_store_begin(store, &why), GK_OK);
}

static void commit(void)
{
    if (gk_store_commit(store, &why))
        fail_msg("%s", why.text);
}

/*  Go on with a new case: begun, and one line more when there is one.  Returns its id. */
static int64_t another(const line *more)
{
    gk_job_row jobs[GK_CHANGE_JOBS];
    gk_case_destroy(&w.file);
    w.file = gk_case_new(GK_INTAKE);
    number++;
    begin();
    assert_int_equal(put(&received, NULL, 0, 0, jobs), GK_OK);
    assert_int_equal(put(&registered, NULL, 0, jobs[0].id, jobs), GK_OK);
    assert_int_equal(put(&triaged, NULL, 0, jobs[0].id, jobs), GK_OK);
    if (more)
        assert_int_equal(put(more, NULL, 0, 0, jobs), GK_OK);
    commit();
    return w.file->id;
}

/*  A case with three events in a fresh ledger. */
static void fill(const char *name)
{
    scratch(name);
    work_setup(&w);
    open_store();
    gk_job_row jobs[GK_CHANGE_JOBS];
    gk_seal seal = { .name = "form", .body = "{\"name\":\"x\"}", .len = 12 };
    begin();
    assert_int_equal(put(&received, &seal, 1, 0, jobs), GK_OK);
    int64_t intake = jobs[0].id;
    assert_string_equal(jobs[0].service, "intake");
    assert_int_equal(put(&registered, NULL, 0, intake, jobs), GK_OK);
    assert_int_equal(put(&triaged, NULL, 0, jobs[0].id, jobs), GK_OK);
    commit();
}

static void done(void)
{
    gk_store_close(&store);
    work_clear(&w);
    gk_free_auto char *clear = gk_format("rm -rf '%s'", folder);
    assert_int_equal(system(clear), 0);
}

static int problems_of(gk_store *of)
{
    gk_json_auto *problems = json_array();
    int64_t events, cases;
    gk_hash head;
    if (gk_store_verify(of, 0, problems, &events, &cases, &head, &why))
        fail_msg("%s", why.text);
    return (int) json_array_size(problems);
}

static void what_is_stored_comes_back(void **state)
{
    (void) state;
    fill("back");
    gk_store_close(&store);
    open_store();
    gk_auto(gk_case) file = NULL;
    int64_t id = gk_store_by_number(store, "GZ-2026-000007");
    assert_true(id > 0);
    gk_hash receipt = gk_hash_of(&number, sizeof number), other = gk_hash_of("other", 5);
    assert_int_equal(gk_store_by_receipt(store, &receipt), id);
    assert_int_equal(gk_store_by_receipt(store, &other), 0);
    assert_int_equal(gk_store_case(store, id, &file, &why), GK_OK);
    assert_int_equal(file->seq, w.file->seq);
    assert_int_equal(file->state, GK_HANDLING);
    assert_string_equal(file->unit, "QGC");
    assert_memory_equal(file->head.bytes, w.file->head.bytes, GK_HASH_BYTES);
    size_t len;
    gk_free_auto char *body = gk_store_seal(store, id, 1, "form", &len);
    assert_string_equal(body, "{\"name\":\"x\"}");
    assert_null(gk_store_seal(store, id, 1, "nothing", &len));
    gk_auto(gk_case) none = NULL;
    assert_int_equal(gk_store_case(store, 999, &none, &why), GK_ENOTFOUND);
    assert_int_equal(problems_of(store), 0);
    done();
}

static int count_rows(const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    gk_free_auto char *path = gk_format("%s/ledger.db", folder);
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int count = sqlite3_column_int(stmt, 0);
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return count;
}

static void an_undone_act_leaves_nothing_and_no_hole(void **state)
{
    (void) state;
    static const line proposed = { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'G1','public_where':'x'}", 0, NULL, NULL };
    fill("undo");
    int serial;
    gk_job_row jobs[GK_CHANGE_JOBS];
    begin();
    assert_int_equal(gk_store_take(store, "letter:GZ", "2026", &serial, &why), GK_OK);
    assert_int_equal(serial, 1);
    assert_int_equal(gk_store_mark(store, &why), GK_OK);
    assert_int_equal(gk_store_take(store, "letter:GZ", "2026", &serial, &why), GK_OK);
    assert_int_equal(serial, 2);
    gk_auto(gk_case) before = gk_case_copy(w.file);
    gk_seal seal = { .name = "reason", .body = "x", .len = 1 };
    assert_int_equal(put(&proposed, &seal, 1, 0, jobs), GK_OK);
    gk_store_undo(store);
    commit();
    gk_case_destroy(&w.file);
    w.file = gk_case_copy(before);
    assert_int_equal(count_rows("SELECT count(*) FROM event"), 3);
    assert_int_equal(count_rows("SELECT count(*) FROM seal"), 1);
    assert_int_equal(count_rows("SELECT seq FROM cases"), 3);
    assert_int_equal(count_rows("SELECT count(*) FROM job WHERE service = 'confidentiality'"), 0);
    begin();
    assert_int_equal(gk_store_take(store, "letter:GZ", "2026", &serial, &why), GK_OK);
    assert_int_equal(serial, 2);            /* the number that was taken and given back */
    assert_int_equal(gk_store_take(store, "letter:GZ", "2027", &serial, &why), GK_OK);
    assert_int_equal(serial, 1);
    gk_store_rollback(store);
    assert_int_equal(problems_of(store), 0);
    done();
}

/*  Whoever edits the file with a tool of their own is refused by the ledger, or found by verify. */
static void the_ledger_is_never_edited(void **state)
{
    (void) state;
    fill("edit");
    gk_free_auto char *path = gk_format("%s/ledger.db", folder);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    static const char *const refused[] = {
        "UPDATE event SET data = '{}'", "UPDATE event SET due_on = '2030-01-01' WHERE seq = 2", "DELETE FROM event WHERE seq = 3",
        "DELETE FROM event",
    };
    for (size_t i = 0; i < ROWS(refused); i++) {
        assert_int_equal(sqlite3_exec(db, refused[i], NULL, NULL, NULL), SQLITE_CONSTRAINT);
        assert_non_null(strstr(sqlite3_errmsg(db), "never edited"));
    }
    sqlite3_close(db);
    done();
}

static void planted_damage_is_found(void **state)
{
    (void) state;
    static const char *const damage[] = {
        "UPDATE event SET at = '2026-03-02T02:00:01Z' WHERE seq = 2",
        "UPDATE event SET \"on\" = '2026-03-01' WHERE seq = 2",
        "UPDATE event SET type = 'noted' WHERE seq = 3",
        "UPDATE event SET actor = 'worker:revieW' WHERE seq = 3",
        "UPDATE event SET request_id = 's' WHERE seq = 1",
        "UPDATE event SET data = replace(data, 'QGC', 'BGS') WHERE seq = 3",
        "UPDATE event SET state = 'closed' WHERE seq = 3",
        "UPDATE event SET clock = 'stopped' WHERE seq = 2",
        "UPDATE event SET due_on = '2026-03-31' WHERE seq = 2",
        "UPDATE event SET provisional = 1 WHERE seq = 2",
        "UPDATE event SET article = article || ' ' WHERE seq = 2",
        "UPDATE event SET rules = 'x' WHERE seq = 2",
        "UPDATE event SET calendar = 'x' WHERE seq = 2",
        "UPDATE event SET hash = zeroblob(32) WHERE seq = 3",
        "UPDATE event SET seq = seq + 10 WHERE seq = 2",
        "UPDATE event SET seq = seq + 4294967296 WHERE seq = 3",                /* the same in 32 bits */
        "UPDATE event SET provisional = 256 WHERE seq = 2",
        "UPDATE event SET at = at || 'x' WHERE seq = 2",                        /* over the width of the field */
        "UPDATE event SET actor = CAST(CAST(actor AS BLOB) || x'0061' AS TEXT) WHERE seq = 2",      /* behind a NUL */
        "UPDATE event SET article = CAST(CAST(article AS BLOB) || x'00' AS TEXT) WHERE seq = 2",
        "UPDATE event SET state = CAST(CAST(state AS BLOB) || x'0061' AS TEXT) WHERE seq = 2",
        "UPDATE event SET case_id = 77",
        "INSERT INTO event SELECT 77, seq, at, \"on\", type, actor, request_id, data, state, clock, due_on, provisional, article, "
            "rules, calendar, hash FROM event",
        "UPDATE event SET seq = 9 WHERE seq = 2; "      /* two changed places */
            "UPDATE event SET seq = 2 WHERE seq = 3; UPDATE event SET seq = 3 WHERE seq = 9",
        "UPDATE seal SET body = CAST('{\"name\":\"y\"}' AS BLOB)",
        "UPDATE seal SET salt = randomblob(16)",
        "UPDATE seal SET name = 'gorm'",                                        /* no erasure: the body lies there still */
        "UPDATE seal SET name = CAST(x'ff' AS TEXT)",
        "UPDATE seal SET seq = 9",
        "UPDATE seal SET case_id = 77",
        "UPDATE seal SET case_id = -1",
        "DELETE FROM cases",
        "DELETE FROM event WHERE seq = 3",
        "DELETE FROM event WHERE seq = 1",
        "UPDATE event SET data = 'not json' WHERE seq = 2",
        "UPDATE cases SET number = 'GZ-2026-000008'",
        "UPDATE cases SET unit = 'BGS'",
        "UPDATE cases SET holder = 'x'",
        "UPDATE cases SET holder = CAST(x'0061' AS TEXT)",
        "UPDATE cases SET due_on = due_on || ' '",
        "UPDATE cases SET seq = seq + 4294967296",
        "UPDATE cases SET state = 'closed'",
        "UPDATE cases SET seq = 2",
        "UPDATE cases SET received_on = '2026-03-03'",
        "UPDATE cases SET due_on = '2026-03-31'",
        "UPDATE cases SET provisional = 1",
        "UPDATE cases SET clock = 'paused'",
        "UPDATE cases SET outcome = 'G1'",
        "UPDATE cases SET head = zeroblob(32)",
    };
    fill("damage");
    gk_store_close(&store);
    for (size_t i = 0; i < ROWS(damage); i++) {
        gk_free_auto char *copy = gk_format("rm -rf '%s.bad' && cp -r '%s' '%s.bad'", folder, folder, folder);
        assert_int_equal(system(copy), 0);
        gk_free_auto char *bad = gk_format("%s.bad", folder), *path = gk_format("%s.bad/ledger.db", folder);
        sqlite3 *db = NULL;
        assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
        gk_free_auto char *all = gk_format("DROP TRIGGER event_never_changes; DROP TRIGGER event_never_goes; %s", damage[i]);
        if (sqlite3_exec(db, all, NULL, NULL, NULL) != SQLITE_OK)
            fail_msg("%s: %s", damage[i], sqlite3_errmsg(db));
        assert_int_equal(sqlite3_changes(db) > 0, 1);
        sqlite3_close(db);
        gk_store *damaged = NULL;
        assert_int_equal(gk_store_open(bad, false, &damaged, &why), GK_OK);
        if (problems_of(damaged) == 0)
            fail_msg("not found: %s", damage[i]);
        gk_store_close(&damaged);
    }
    gk_free_auto char *clear = gk_format("rm -rf '%s.bad'", folder);
    assert_int_equal(system(clear), 0);
    done();
}

/*  What is lawfully erased leaves the chain whole. */
static void an_erased_body_is_no_damage(void **state)
{
    (void) state;
    fill("erased");
    gk_free_auto char *path = gk_format("%s/ledger.db", folder);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "DELETE FROM seal", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_changes(db), 1);
    sqlite3_close(db);
    assert_int_equal(problems_of(store), 0);
    size_t len;
    assert_null(gk_store_seal(store, w.file->id, 1, "form", &len));
    done();
}

static void timers_come_in_order_and_are_replaced_whole(void **state)
{
    (void) state;
    fill("timers");
    gk_timer_row next;
    assert_true(gk_store_next_timer(store, &next));
    assert_string_equal(next.name, "due");
    assert_int_equal(next.at, gk_date_at(law_date("2026-03-23"), 9));
    gk_change timers = { .timer_count = 2 };
    snprintf(timers.timers[0].name, sizeof timers.timers[0].name, "lapse");
    snprintf(timers.timers[1].name, sizeof timers.timers[1].name, "c4");
    timers.timers[0].at = 2000;
    timers.timers[1].at = 1000;
    begin();
    assert_int_equal(gk_store_set_timers(store, w.file->id, &timers, &why), GK_OK);
    commit();
    assert_true(gk_store_next_timer(store, &next));
    assert_string_equal(next.name, "c4");
    begin();
    assert_int_equal(gk_store_move_timer(store, &next, 3000, &why), GK_OK);     /* the other one stays */
    commit();
    assert_true(gk_store_next_timer(store, &next));
    assert_string_equal(next.name, "lapse");
    next = (gk_timer_row) { .case_id = next.case_id, .at = 3000, .name = "c4" };
    begin();
    assert_int_equal(gk_store_move_timer(store, &next, 1000, &why), GK_OK);
    commit();
    assert_true(gk_store_next_timer(store, &next));
    assert_string_equal(next.name, "c4");
    begin();
    assert_int_equal(gk_store_drop_timer(store, &next, &why), GK_OK);
    commit();
    assert_true(gk_store_next_timer(store, &next));
    assert_string_equal(next.name, "lapse");
    int64_t later = another(NULL);              /* an earlier timer of a later case */
    timers.timers[0].at = 500;
    begin();
    assert_int_equal(gk_store_set_timers(store, later, &timers, &why), GK_OK);
    commit();
    assert_true(gk_store_next_timer(store, &next));
    assert_int_equal(next.case_id, later);
    assert_int_equal(next.at, 500);
    done();
}

static void requests_are_remembered_and_answers_expire(void **state)
{
    (void) state;
    fill("requests");
    gk_job_row job = { .service = "echo", .lane = GK_LANE_CASE };
    gk_hash payload = gk_hash_of("body", 4);
    begin();
    assert_int_equal(gk_store_add_job(store, &job, "body", 4, &why), GK_OK);
    gk_request_row added = { .principal = "client", .service = "echo", .id = "a", .payload = payload, .job_id = job.id };
    assert_int_equal(gk_store_request_add(store, &added, &why), GK_OK);
    assert_true(gk_store_request_add(store, &added, &why) != GK_OK);       /* one key, one row */
    commit();
    gk_request_row found = { .principal = "client", .service = "echo", .id = "a" }, other = { .principal = "x", .service = "echo", .id = "a" };
    assert_false(gk_store_request_find(store, &other));
    assert_true(gk_store_request_find(store, &found));
    assert_memory_equal(found.payload.bytes, payload.bytes, GK_HASH_BYTES);
    assert_null(found.answer);
    begin();
    assert_int_equal(gk_store_request_answer(store, job.id, "42", 2, 100, &why), GK_OK);
    assert_int_equal(gk_store_job_done(store, job.id, &why), GK_OK);
    assert_int_equal(gk_store_request_expire(store, 100, &why), GK_OK);     /* not before its time is over */
    commit();
    assert_true(gk_store_request_find(store, &found));
    assert_int_equal(found.answer_len, 2);
    free(found.answer);
    begin();
    assert_int_equal(gk_store_request_expire(store, 101, &why), GK_OK);
    commit();
    found.answer = NULL;
    assert_false(gk_store_request_find(store, &found));
    size_t len;
    assert_null(gk_store_job_body(store, job.id, &len));
    done();
}

static void an_upload_nobody_uses_is_forgotten(void **state)
{
    (void) state;
    fill("documents");
    static const line attached = { "2026-03-03", "guo.qiang", "documents_attached",
        "{'kind':'release','documents':[{'digest':'used'}]}", 0, NULL, NULL };
    gk_job_row jobs[GK_CHANGE_JOBS];
    char digest[GK_HASH_HEX];
    begin();
    assert_int_equal(gk_store_document_add(store, "used", 5, "2026-03-01T00:00:00Z", &why), GK_OK);
    assert_int_equal(gk_store_document_add(store, "lost", 6, "2026-03-01T00:00:00Z", &why), GK_OK);
    assert_int_equal(gk_store_document_add(store, "fresh", 7, "2026-03-03T00:00:00Z", &why), GK_OK);
    assert_int_equal(put(&attached, NULL, 0, 0, jobs), GK_OK);
    assert_int_equal(gk_store_document_forget(store, "2026-03-02T00:00:00Z", digest, &why), GK_OK);
    assert_string_equal(digest, "lost");
    assert_int_equal(gk_store_document_forget(store, "2026-03-02T00:00:00Z", digest, &why), GK_ENOTFOUND);
    commit();
    assert_int_equal(gk_store_document_size(store, "used"), 5);
    assert_int_equal(gk_store_document_size(store, "lost"), -1);
    assert_int_equal(gk_store_document_size(store, "fresh"), 7);
    done();
}

static void other_files_are_refused(void **state)
{
    (void) state;
    scratch("other");
    gk_free_auto char *path = gk_format("%s/ledger.db", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (int i = 0; i < 5000; i++)
        fputs("this is no database ", file);
    fclose(file);
    gk_store *none = NULL;
    assert_int_equal(gk_store_open(folder, true, &none, &why), GK_EDAMAGED);
    assert_int_equal(unlink(path), 0);
    assert_true(gk_store_open(folder, false, &none, &why) != GK_OK);        /* a reader makes no ledger */
    assert_true(access(path, F_OK) != 0);
    open_store();
    gk_store_close(&store);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA user_version = 99", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    assert_int_equal(gk_store_open(folder, true, &none, &why), GK_EUNSUPPORTED);
    assert_non_null(strstr(why.text, "newer"));
    gk_free_auto char *clear = gk_format("rm -rf '%s'", folder);
    assert_int_equal(system(clear), 0);
}

/*  ---- what people ask ------------------------------------------------------------------------- */

static void assert_cases(json_t *list, const int64_t *ids, size_t count)
{
    assert_int_equal(json_array_size(list), count);
    for (size_t i = 0; i < count; i++) {
        char reference[32];
        snprintf(reference, sizeof reference, "@%lld", (long long) ids[i]);
        assert_string_equal(gk_json_text(json_array_get(list, i), "case"), reference);
    }
    json_decref(list);
}
#define IDS(...) (const int64_t []) { __VA_ARGS__ }, sizeof (const int64_t []) { __VA_ARGS__ } / sizeof (int64_t)

static void the_most_urgent_case_is_given_first(void **state)
{
    (void) state;
    static const line extended = { "2026-03-03", "zhao.min", "extended", "{'days':5,'reason':'x'}", 0, NULL, NULL },
        claimed = { "2026-03-03", "guo.qiang", "claimed", NULL, 0, NULL, NULL },
        asked = { "2026-03-03", "guo.qiang", "correction_requested", "{'items':'x'}", 0, NULL, NULL };
    gk_job_row jobs[GK_CHANGE_JOBS];
    fill("urgent");
    int64_t usual = w.file->id, later = another(&extended), held = another(&claimed), waiting = another(&asked);
    assert_int_equal(gk_store_most_urgent(store, "GZ", "handling", "QGC", "guo.qiang"), held);      /* his own before all */
    assert_int_equal(gk_store_most_urgent(store, "GZ", "handling", "QGC", "han.xue"), usual);       /* never another's */
    assert_int_equal(gk_store_most_urgent(store, "GZ", "handling", "", "han.xue"), usual);
    assert_int_equal(gk_store_most_urgent(store, "GZ", "handling", "FGC", "han.xue"), 0);
    assert_int_equal(gk_store_most_urgent(store, "NG", "handling", "", "han.xue"), 0);
    assert_int_equal(gk_store_most_urgent(store, "GZ", "correction", "", "han.xue"), waiting);      /* without a date, if there is no other */
    gk_case_destroy(&w.file);
    assert_int_equal(gk_store_case(store, later, &w.file, &why), GK_OK);
    begin();
    assert_int_equal(put(&claimed, NULL, 0, 0, jobs), GK_OK);
    commit();
    assert_cases(gk_store_held(store, "guo.qiang"), IDS(held, later));                              /* by due date, not by number */
    assert_cases(gk_store_held(store, "han.xue"), NULL, 0);
    assert_int_equal(problems_of(store), 0);
    done();
}

static void cases_are_listed_and_counted(void **state)
{
    (void) state;
    static const line asked = { "2026-03-03", "guo.qiang", "correction_requested", "{'items':'x'}", 0, NULL, NULL };
    fill("lists");
    int64_t one = w.file->id, two = another(NULL), three = another(&asked);
    assert_cases(gk_store_list(store, "GZ", "", "", "", 0, 10), IDS(one, two, three));
    assert_cases(gk_store_list(store, "GZ", "", "", "", one, 10), IDS(two, three));                 /* the next page */
    assert_cases(gk_store_list(store, "GZ", "", "", "", 0, 2), IDS(one, two));
    assert_cases(gk_store_list(store, "GZ", "correction", "QGC", "", 0, 10), IDS(three));
    assert_cases(gk_store_list(store, "NG", "", "", "", 0, 10), NULL, 0);
    gk_hash applicant = gk_hash_of("applicant", 9), nobody = gk_hash_of("nobody", 6), found;
    assert_cases(gk_store_earlier(store, &applicant, "GZ", three), IDS(two, one));                  /* the newest first */
    assert_cases(gk_store_earlier(store, &applicant, "NG", three), NULL, 0);                        /* an office has its own months */
    assert_cases(gk_store_earlier(store, &nobody, "GZ", three), NULL, 0);
    assert_int_equal(gk_store_applicant(store, two, &found, &why), GK_OK);
    assert_memory_equal(found.bytes, applicant.bytes, GK_HASH_BYTES);
    assert_int_equal(gk_store_applicant(store, 99, &found, &why), GK_ENOTFOUND);

    static const struct { const char *today; int overdue; } rows[] = { { "2026-03-30", 0 }, { "2026-03-31", 2 } };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *desks = gk_store_desks(store, "GZ", "", "", rows[i].today);
        assert_int_equal(json_array_size(desks), 2);
        const json_t *correction = json_array_get(desks, 0), *handling = json_array_get(desks, 1);
        assert_string_equal(gk_json_text(handling, "desk"), "handling");
        assert_string_equal(gk_json_text(handling, "nearest_due"), "2026-03-30");
        assert_int_equal(json_integer_value(json_object_get(handling, "count")), 2);
        assert_int_equal(json_integer_value(json_object_get(handling, "overdue")), rows[i].overdue);
        assert_int_equal(json_integer_value(json_object_get(correction, "overdue")), 0);            /* nothing is owed meanwhile */
    }
    done();
}

/*  The same words of somebody else: newest first, never one's own, never of who gave no proof number. */
static void the_same_words_of_another_are_found(void **state)
{
    (void) state;
    fill("same");
    int64_t mine = w.file->id;
    who = "another";
    int64_t theirs = another(NULL), again = another(NULL);
    what = "other words";
    another(NULL);
    who = "", what = "content";
    int64_t nobody = another(NULL);
    who = "applicant";
    int64_t mine_again = another(NULL);
    assert_int_equal(gk_store_same_item(store, mine, INT64_MAX), again);
    assert_int_equal(gk_store_same_item(store, mine, again), theirs);
    assert_int_equal(gk_store_same_item(store, mine, theirs), 0);
    assert_int_equal(gk_store_same_item(store, theirs, INT64_MAX), mine_again);
    assert_int_equal(gk_store_same_item(store, theirs, mine_again), mine);
    assert_int_equal(gk_store_same_item(store, nobody, INT64_MAX), 0);
    done();
}

static void a_job_goes_with_its_finding(void **state)
{
    (void) state;
    fill("done");
    assert_int_equal(count_rows("SELECT count(*) FROM job WHERE service IN ('intake', 'review')"), 0);
    assert_int_equal(count_rows("SELECT count(*) FROM job"), count_rows("SELECT count(*) FROM job_state"));
    assert_true(count_rows("SELECT count(*) FROM job") > 0);                /* the letter and the notice of receipt */
    done();
}

static void numbers_in_a_transaction_differ(void **state)
{
    (void) state;
    fill("ids");
    begin();
    int64_t one = gk_store_new_case(store), two = gk_store_new_case(store);
    assert_true(one > w.file->id && two > one);
    gk_store_rollback(store);
    begin();
    assert_int_equal(gk_store_new_case(store), one);                        /* what was never stored was never given */
    gk_store_rollback(store);
    done();
}

typedef struct seen {
    int count, stop_after;
    int64_t last_case;
    int last_seq;
} seen;

static bool wants_two(gk_event_type type)
{
    return type == GK_RECEIVED || type == GK_TRIAGED;
}

static bool see(void *context, const gk_case_row *row, const gk_event *event)
{
    seen *s = context;
    assert_true(wants_two(event->type));
    assert_string_equal(row->unit, "QGC");
    assert_int_equal(row->due_on.day, law_date("2026-03-30").day);
    assert_true(row->id > s->last_case || (row->id == s->last_case && event->seq > s->last_seq));
    s->last_case = row->id;
    s->last_seq = event->seq;
    return ++s->count != s->stop_after;
}

static void an_office_s_events_come_case_by_case(void **state)
{
    (void) state;
    fill("office");
    seen all = { 0 }, one = { .stop_after = 1 }, none = { 0 };
    assert_int_equal(gk_store_office_events(store, "GZ", wants_two, see, &all, &why), GK_OK);
    assert_int_equal(all.count, 2);
    assert_int_equal(gk_store_office_events(store, "GZ", wants_two, see, &one, &why), GK_OK);
    assert_int_equal(one.count, 1);
    assert_int_equal(gk_store_office_events(store, "NG", wants_two, see, &none, &why), GK_OK);
    assert_int_equal(none.count, 0);
    done();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_stored_comes_back),
        cmocka_unit_test(an_undone_act_leaves_nothing_and_no_hole),
        cmocka_unit_test(the_ledger_is_never_edited),
        cmocka_unit_test(planted_damage_is_found),
        cmocka_unit_test(an_erased_body_is_no_damage),
        cmocka_unit_test(timers_come_in_order_and_are_replaced_whole),
        cmocka_unit_test(requests_are_remembered_and_answers_expire),
        cmocka_unit_test(an_upload_nobody_uses_is_forgotten),
        cmocka_unit_test(other_files_are_refused),
        cmocka_unit_test(the_most_urgent_case_is_given_first),
        cmocka_unit_test(cases_are_listed_and_counted),
        cmocka_unit_test(an_office_s_events_come_case_by_case),
        cmocka_unit_test(the_same_words_of_another_are_found),
        cmocka_unit_test(a_job_goes_with_its_finding),
        cmocka_unit_test(numbers_in_a_transaction_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
