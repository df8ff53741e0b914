/*  gk_store - the ledger on disk: the SQL, written once, one prepared statement a line.
 *
 *  Statements are made when first used and kept.  Columns that are dates hold text, ""
 *  for none, so that what is hashed is what is stored.
 */
#include "store/store.h"
#include "store/inner.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CASE_COLUMNS "id, number, office, unit, holder, state, seq, received_on, due_on, provisional, clock, outcome"

#define EVENT_COLUMNS "e.seq, e.at, e.\"on\", e.type, e.actor, e.request_id, e.data, e.state, e.clock, e.due_on, e.provisional, " \
                      "e.article, e.rules, e.calendar, e.hash, e.case_id"

const char *const gk_store_sql[SQLS] = {
    [BEGIN] = "BEGIN IMMEDIATE", [COMMIT] = "COMMIT", [ROLLBACK] = "ROLLBACK",
    [MARK] = "SAVEPOINT act", [KEEP] = "RELEASE act", [UNDO] = "ROLLBACK TO act", [READ_BEGIN] = "BEGIN",
    [META_GET] = "SELECT value FROM meta WHERE key = $1",
    [META_SET] = "INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    /*  A case's last event is its latest, and what no case of `moved` has is older than the last seal. */
    [LAST_INSTANT] = "SELECT max(coalesce((SELECT at FROM day_seal ORDER BY n DESC LIMIT 1), ''), coalesce((SELECT max((SELECT e.at "
                     "FROM event e WHERE e.case_id = m.case_id ORDER BY e.seq DESC LIMIT 1)) FROM moved m), ''))",
    [TAKE] = "INSERT INTO counter (scope, period, value) VALUES ($1, $2, 1) "
             "ON CONFLICT (scope, period) DO UPDATE SET value = counter.value + 1 RETURNING value",
    [CASE_ID] = "SELECT coalesce(max(id), 0) + 1 FROM cases",
    [CASE_PUT] = "INSERT INTO cases (id, number, receipt, applicant, content, office, unit, holder, state, seq, head, "
                 "received_on, due_on, provisional, clock, outcome) "
                 "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) "
                 "ON CONFLICT (id) DO UPDATE SET number = excluded.number, receipt = coalesce(excluded.receipt, cases.receipt), "
                 "applicant = coalesce(excluded.applicant, cases.applicant), content = coalesce(excluded.content, cases.content), "
                 "office = excluded.office, unit = excluded.unit, holder = excluded.holder, state = excluded.state, "
                 "seq = excluded.seq, head = excluded.head, received_on = excluded.received_on, due_on = excluded.due_on, "
                 "provisional = excluded.provisional, clock = excluded.clock, outcome = excluded.outcome",
    [CASE_BY_NUMBER] = "SELECT id FROM cases WHERE number = $1",
    [CASE_BY_RECEIPT] = "SELECT id FROM cases WHERE receipt = $1",
    [CASE_LEDGER] = "SELECT id FROM cases WHERE state = 'ledger' AND office = $1",
    [CASE_ROW] = "SELECT " CASE_COLUMNS ", head FROM cases WHERE id = $1",
    [CASE_APPLICANT] = "SELECT applicant FROM cases WHERE id = $1",
    [CASE_RECEIPT] = "SELECT receipt FROM cases WHERE id = $1",
    [EVENT_ADD] = "INSERT INTO event (case_id, seq, at, \"on\", type, actor, request_id, data, state, clock, due_on, "
                  "provisional, article, rules, calendar, hash) "
                  "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    [EVENTS] = "SELECT " EVENT_COLUMNS " FROM event e WHERE e.case_id = $1 AND e.seq >= $2 ORDER BY e.seq",
    [OFFICE_EVENTS] = "SELECT " EVENT_COLUMNS ", c.unit, CASE WHEN c.clock IN ('running', 'excluded') THEN c.due_on ELSE '' END "
                      "FROM cases c CROSS JOIN event e ON e.case_id = c.id WHERE c.office = $1 AND c.state <> 'ledger' "
                      "ORDER BY c.id, e.seq",
    [EVENT_DATA] = "SELECT data FROM event WHERE case_id = $1 AND seq = $2",
    [SEAL_ADD] = "INSERT INTO seal (case_id, seq, name, salt, body) VALUES ($1, $2, $3, $4, $5)",
    [SEAL_GET] = "SELECT body FROM seal WHERE case_id = $1 AND seq = $2 AND name = $3",
    [SEALS] = "SELECT name, salt, body, key_id IS NULL, case_id, seq FROM seal WHERE case_id = $1 AND seq = $2",
    [SEAL_COUNT] = "SELECT count(*) FROM seal WHERE case_id = $1",
    [EARLIER] = "SELECT id, number, state, content FROM cases WHERE applicant = $1 AND office = $2 AND id <> $3 "
                "ORDER BY id DESC LIMIT 50",
    [DECISIONS] = "SELECT c.number, c.unit, c.outcome, "
                  "(SELECT e.\"on\" FROM event e WHERE e.case_id = c.id AND e.type = 'approved' ORDER BY e.seq DESC LIMIT 1), "
                  "(SELECT e.data FROM event e WHERE e.case_id = c.id AND e.type = 'triaged' ORDER BY e.seq DESC LIMIT 1) "
                  "FROM cases c WHERE c.state = 'closed' AND c.office = $1 AND c.id <> $2 AND c.outcome <> '' "
                  "ORDER BY c.id DESC LIMIT $3",
    [SAME_ITEM] = "SELECT other.id FROM cases AS mine JOIN cases AS other ON other.content = mine.content AND other.office = mine.office "
                  "WHERE mine.id = $1 AND other.id < $2 AND other.id <> mine.id AND other.applicant <> mine.applicant "
                  "ORDER BY other.id DESC LIMIT 1",
    [TASKS] = "SELECT t.case_id FROM timer AS t JOIN cases AS c ON c.id = t.case_id WHERE t.at < $1 AND c.office = $2 "
              "AND (t.name GLOB 'p[0-9]*' OR t.name GLOB 't[0-9]*' OR t.name IN ('publication', 'archive')) "
              "AND ($3 = '' OR c.unit = $3 OR t.name GLOB 't[0-9]*') GROUP BY t.case_id ORDER BY min(t.at) LIMIT $4",
    [DESKS] = "SELECT state, unit, count(*), min(CASE WHEN due_on = '' THEN NULL ELSE due_on END), "
              "sum(due_on <> '' AND due_on < $1 AND clock IN ('running', 'excluded')) FROM cases "
              "WHERE office = $2 AND state NOT IN ('closed', 'lapsed', 'withdrawn', 'ledger') "
              "AND ($3 = '' OR state = $3) AND ($4 = '' OR unit = $4) GROUP BY state, unit ORDER BY state, unit",
    [LIST] = "SELECT " CASE_COLUMNS " FROM cases WHERE office = $1 AND state <> 'ledger' AND ($2 = '' OR state = $2) "
             "AND ($3 = '' OR unit = $3) AND ($4 = '' OR holder = $4) AND id > $5 ORDER BY id LIMIT $6",
    [URGENT] = "SELECT id FROM cases WHERE office = $1 AND state = $2 AND ($3 = '' OR unit = $3) AND holder IN ('', $4) "
               "ORDER BY holder = '', due_on = '', due_on, id LIMIT 1",
    [HELD] = "SELECT " CASE_COLUMNS " FROM cases WHERE holder = $1 AND state NOT IN ('closed', 'lapsed', 'withdrawn') "
             "ORDER BY due_on = '', due_on, id LIMIT 200",
    [CASE_IDS] = "SELECT min(id) FROM (SELECT min(id) AS id FROM cases WHERE id > $1 "
                 "UNION ALL SELECT min(case_id) FROM event WHERE case_id > $1 "
                 "UNION ALL SELECT min(case_id) FROM seal WHERE case_id > $1)",
    [RUNNING] = "SELECT min(id) FROM cases WHERE id > $1 AND due_on <> '' AND clock <> 'stopped' "
                "AND state NOT IN ('closed', 'lapsed', 'withdrawn', 'ledger')",
    [ANSWERING] = "SELECT min(case_id) FROM timer WHERE case_id > $1 AND name GLOB 'p[0-9]*'",
    [MOVED] = "SELECT min(c.id) FROM cases c WHERE c.id > $1 AND c.office = $2 "
              "AND c.state NOT IN ('closed', 'lapsed', 'withdrawn', 'ledger') "
              "AND EXISTS (SELECT 1 FROM event e WHERE e.case_id = c.id AND e.type = 'due_recomputed')",
    [MOVED_HEADS] = "SELECT e.case_id, e.seq, e.hash FROM moved m JOIN event e ON e.case_id = m.case_id "
                    "AND e.seq = (SELECT max(seq) FROM event WHERE case_id = m.case_id) ORDER BY m.case_id LIMIT $1",
    [MOVED_CLEAR] = "DELETE FROM moved WHERE case_id <= $1",
    [MOVED_BEFORE] = "SELECT max(case_id) FROM moved WHERE case_id < $1",
    [MOVED_COUNT] = "SELECT count(*) FROM moved",
    [DAY_SEAL_ADD] = "INSERT INTO day_seal (n, day, at, document) VALUES ($1, $2, $3, $4)",
    [DAY_SEAL] = "SELECT document FROM day_seal WHERE n = $1",
    [DAY_SEALS] = "SELECT document FROM day_seal WHERE ($1 = '' OR day = $1) AND n > $2 ORDER BY n LIMIT $3",
    [DAY_SEAL_LAST] = "SELECT max(n) FROM day_seal",
    [SEALED_ADD] = "INSERT INTO sealed_head (n, case_id, seq, head) VALUES ($1, $2, $3, $4)",
    [SEALED_HEADS] = "SELECT case_id, seq, head FROM sealed_head WHERE n = $1 ORDER BY case_id",
    [SEALED_IN] = "SELECT max(n) FROM sealed_head WHERE case_id = $1",
    [EVENT_HASH] = "SELECT hash FROM event WHERE case_id = $1 AND seq = $2",
    [KEY_ADD] = "INSERT INTO signing_key (n, document) VALUES ($1, $2)",
    [KEYS] = "SELECT document FROM signing_key ORDER BY n",
    [TIMER_CLEAR] = "DELETE FROM timer WHERE case_id = $1",
    [TIMER_ADD] = "INSERT INTO timer (case_id, name, at) VALUES ($1, $2, $3)",
    [TIMER_NEXT] = "SELECT case_id, name, at FROM timer ORDER BY at, case_id, name LIMIT 1",
    [TIMER_MOVE] = "UPDATE timer SET at = $1 WHERE case_id = $2 AND name = $3",
    [TIMER_DROP] = "DELETE FROM timer WHERE case_id = $1 AND name = $2",
    [JOBS] = "SELECT j.id, j.service, j.case_id, j.cause_seq, j.lane, j.task, s.attempts, s.dead, s.reason, coalesce(c.due_on, '') "
             "FROM job j JOIN job_state s ON s.id = j.id LEFT JOIN cases c ON c.id = j.case_id ORDER BY j.id",
    [JOB_ADD] = "INSERT INTO job (service, case_id, cause_seq, lane, task) VALUES ($1, $2, $3, $4, $5)",
    [JOB_STATE_ADD] = "INSERT INTO job_state (id, attempts, dead, reason) VALUES ($1, 0, 0, '')",
    [JOB_BODY_ADD] = "INSERT INTO job_body (id, body) VALUES ($1, $2)",
    [JOB_DEL] = "DELETE FROM job WHERE id = $1",
    [JOB_STATE_DEL] = "DELETE FROM job_state WHERE id = $1",
    [JOB_BODY_DEL] = "DELETE FROM job_body WHERE id = $1",
    [JOB_STATE_SET] = "UPDATE job_state SET attempts = $1, dead = $2, reason = $3 WHERE id = $4",
    [JOB_BODY_GET] = "SELECT body FROM job_body WHERE id = $1",
    [REQUEST_FIND] = "SELECT payload, case_id, seq, job_id, answer FROM request WHERE principal = $1 AND service = $2 AND id = $3",
    [REQUEST_ADD] = "INSERT INTO request (principal, service, id, payload, case_id, seq, job_id, answer) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    [REQUEST_ANSWER] = "UPDATE request SET answer = $1, expires_at = $2 WHERE job_id = $3",
    [REQUEST_EXPIRE] = "DELETE FROM request WHERE expires_at < $1",
    [DOCUMENT_ADD] = "INSERT INTO document (digest, size, uploaded_at) VALUES ($1, $2, $3) "
                     "ON CONFLICT (digest) DO UPDATE SET uploaded_at = excluded.uploaded_at",
    [DOCUMENT_SIZE] = "SELECT size FROM document WHERE digest = $1",
    [DOCUMENT_USE] = "INSERT INTO document_use (digest, case_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
    [DOCUMENT_USER] = "SELECT case_id FROM document_use WHERE digest = $1 AND case_id > $2 ORDER BY case_id LIMIT 1",
    [DOCUMENT_FORGET] = "DELETE FROM document WHERE digest = (SELECT d.digest FROM document d WHERE d.uploaded_at < $1 AND NOT EXISTS "
                        "(SELECT 1 FROM document_use u WHERE u.digest = d.digest) LIMIT 1) RETURNING digest",
    [ENTRY_LIKE] = "SELECT id, title, document_number, date, unit, url, published_on FROM catalogue WHERE office = $1 AND url = $2 "
                   "UNION SELECT id, title, document_number, date, unit, url, published_on FROM catalogue "
                   "WHERE number_key = $3 AND number_key <> '' AND office = $1",
    [ENTRY_DEL] = "DELETE FROM catalogue WHERE id = $1",
    [ENTRY_ID] = "SELECT coalesce(max(id), 0) / 256 + 1 FROM catalogue",
    [ENTRY_ADD] = "INSERT INTO catalogue (id, office, title, document_number, date, unit, url, published_on, title_key, number_key, "
                  "title_words, number_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    [WORDS_ADD] = "INSERT INTO catalogue_words (rowid, title_words, number_words) VALUES ($1, $2, $3)",
    [WORDS_DEL] = "INSERT INTO catalogue_words (catalogue_words, rowid, title_words, number_words) "
                  "SELECT 'delete', id, title_words, number_words FROM catalogue WHERE id = $1",
    [ENTRY_GET] = "SELECT id, title, document_number, date, unit, url, published_on FROM catalogue WHERE id = $1",
    [ENTRY_FIND] = "SELECT c.id, c.title, c.published_on, c.number_key FROM catalogue_words w JOIN catalogue c ON c.id = w.rowid "
                   "WHERE catalogue_words MATCH $1 ORDER BY w.rowid DESC LIMIT $2",
    [ENTRY_PAIR] = "SELECT rowid FROM catalogue_words WHERE catalogue_words MATCH $1 LIMIT $2",
    [ENTRY_TITLE] = "SELECT id FROM catalogue WHERE title_key = $1 ORDER BY id DESC LIMIT $2",
    [ENTRY_FROM] = "SELECT title_key FROM catalogue WHERE title_key >= $1 ORDER BY title_key LIMIT 1",
    [ENTRY_NUMBER] = "SELECT id FROM catalogue WHERE number_key = $1 AND number_key <> '' LIMIT $2",
    [ACCOUNT_GET] = "SELECT verifier, must_change, disabled FROM account WHERE name = $1",
    [ACCOUNT_PUT] = "INSERT OR REPLACE INTO account (name, verifier, must_change, disabled) VALUES ($1, $2, $3, $4)",
    [ACCOUNT_ANY] = "SELECT 1 FROM account LIMIT 1",
    [ATTEMPT_GET] = "SELECT failures, failed_at FROM attempt WHERE who = $1",
    [ATTEMPT_PUT] = "INSERT OR REPLACE INTO attempt (who, known, failures, failed_at) VALUES ($1, $2, $3, $4)",
    [ATTEMPT_DEL] = "DELETE FROM attempt WHERE who = $1",
    [ATTEMPT_TRIM] = "DELETE FROM attempt WHERE who IN (SELECT who FROM attempt WHERE known = 0 ORDER BY failed_at DESC LIMIT -1 OFFSET $1)",
    [ATTEMPT_EXPIRE] = "DELETE FROM attempt WHERE failed_at < $1",
    [SESSION_GET] = "SELECT s.name, s.began, s.used, coalesce(a.must_change, 0), coalesce(a.disabled, 0) FROM session s "
                    "LEFT JOIN account a ON a.name = s.name WHERE s.hash = $1",
    [SESSION_ADD] = "INSERT INTO session (hash, name, began, used) VALUES ($1, $2, $3, $3)",
    [SESSION_USE] = "UPDATE session SET used = max(used, $1) WHERE hash = $2",
    [SESSION_END] = "DELETE FROM session WHERE hash = $1",
    [SESSION_TRIM] = "DELETE FROM session WHERE id IN (SELECT id FROM session WHERE name = $1 ORDER BY id DESC LIMIT -1 OFFSET $2)",
    [SESSION_EXPIRE] = "DELETE FROM session WHERE began <= $1 OR used <= $2",
};

/*  ---- opening ------------------------------------------------------------------------ */

/*  From the schema of `version` to ours, a file a version, each whole or not at all. */
static gk_err make_schema(gk_store *self, int version, gk_why *why)
{
    while (version++ < GK_STORE_SCHEMA) {
        size_t len;
        gk_free_auto char *name = gk_format("sql/%04d.sqlite.sql", version);
        gk_free_auto char *path = gk_paths_schema(name);
        gk_free_auto char *text = gk_file_read(path, 1 << 20, &len);
        if (!text)
            return gk_file_refuse(path, 1 << 20, why);
        gk_free_auto char *all = gk_format("BEGIN IMMEDIATE; %s; PRAGMA user_version = %d; COMMIT;", text, version);
        if (sqlite3_exec(self->db, all, NULL, NULL, NULL) != SQLITE_OK)
            return failed(self, why);
    }
    return GK_OK;
}

static int pragma_number(gk_store *self, const char *pragma)
{
    sqlite3_stmt *stmt = NULL;
    int value = -1;
    if (sqlite3_prepare_v2(self->db, pragma, -1, &stmt, NULL) == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW)
        value = sqlite3_column_int(stmt, 0);
    sqlite3_finalize(stmt);
    return value;
}

static gk_err set_up(gk_store *self, gk_why *why)
{
    sqlite3_extended_result_codes(self->db, 1);
    sqlite3_db_config(self->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(self->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(self->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_db_config(self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    /*  Nobody else writes; who does all the same may not hold up the loop for long. */
    sqlite3_busy_timeout(self->db, self->writer ? 200 : 5000);
    const char *pragmas = self->writer
        ? "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; "
          "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF"
        : "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF";
    if (sqlite3_exec(self->db, pragmas, NULL, NULL, NULL) != SQLITE_OK)
        return failed(self, why);
    int version = pragma_number(self, "PRAGMA user_version");
    if (version >= 0 && version < GK_STORE_SCHEMA && self->writer)
        return make_schema(self, version, why);
    if (version > GK_STORE_SCHEMA)
        return gk_refuse(why, GK_EUNSUPPORTED, "the ledger has schema %d, this program knows %d: use the newer program", version,
                         GK_STORE_SCHEMA);
    return version == GK_STORE_SCHEMA ? GK_OK : gk_refuse(why, GK_EDAMAGED, "this is no ledger of ours (schema %d)", version);
}

gk_err gk_store_open(const char *folder, bool writer, gk_store **out, gk_why *why)
{
    gk_free_auto char *path = gk_format("%s/ledger.db", folder);
    gk_store *self = gk_new(gk_store);
    self->writer = writer;
    int flags = (writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOMUTEX;
    gk_err err = sqlite3_open_v2(path, &self->db, flags, NULL) == SQLITE_OK ? set_up(self, why) : failed(self, why);
    if (err)
        gk_store_close(&self);
    else
        *out = self;
    return err;
}

void gk_store_close(gk_store **self_p)
{
    if (*self_p) {
        for (int i = 0; i < SQLS; i++)
            sqlite3_finalize((*self_p)->ready[i]);
        sqlite3_close((*self_p)->db);
        free(*self_p);
        *self_p = NULL;
    }
}

/*  ---- transactions ------------------------------------------------------------------- */

gk_err gk_store_begin(gk_store *self, gk_why *why)
{
    self->last_case = 0;
    return run_id(self, BEGIN, why);
}

gk_err gk_store_commit(gk_store *self, gk_why *why)
{
    return run_id(self, COMMIT, why);
}

void gk_store_rollback(gk_store *self)
{
    /*  SQLite may have rolled back by itself (disk full); then there is nothing to do. */
    if (!sqlite3_get_autocommit(self->db) && run_id(self, ROLLBACK, NULL))
        sqlite3_exec(self->db, "ROLLBACK", NULL, NULL, NULL);
}

gk_err gk_store_mark(gk_store *self, gk_why *why)
{
    return run_id(self, MARK, why);
}

void gk_store_keep(gk_store *self)
{
    (void) !run_id(self, KEEP, NULL);
}

void gk_store_undo(gk_store *self)
{
    (void) !run_id(self, UNDO, NULL);
    gk_store_keep(self);
}

static int64_t monotonic_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int out_of_time(void *context)
{
    const gk_store *self = context;
    return monotonic_ms() > self->read_until;
}

gk_err gk_store_read_begin(gk_store *self, int64_t limit_ms, gk_why *why)
{
    enum { STEPS = 20000 };     /* of SQLite's machine between two looks at the clock */
    self->read_limit = limit_ms;
    self->read_until = monotonic_ms() + limit_ms;
    sqlite3_progress_handler(self->db, STEPS, out_of_time, self);
    return run_id(self, READ_BEGIN, why);
}

void gk_store_read_end(gk_store *self)
{
    sqlite3_progress_handler(self->db, 0, NULL, NULL);
    gk_store_rollback(self);
}

/*  ---- meta and counters ----------------------------------------------------------------- */

char *gk_store_meta(gk_store *self, const char *key)
{
    sqlite3_stmt *stmt = use(self, META_GET);
    bind_text(stmt, 1, key);
    if (!row(stmt))
        return NULL;
    char *value = gk_strdup(text_at(stmt, 0));
    done(stmt);
    return value;
}

gk_err gk_store_set_meta(gk_store *self, const char *key, const char *value, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, META_SET);
    bind_text(stmt, 1, key);
    bind_text(stmt, 2, value);
    return run(self, stmt, why);
}

char *gk_store_last_instant(gk_store *self)
{
    sqlite3_stmt *stmt = use(self, LAST_INSTANT);
    if (!row(stmt))
        return NULL;
    char *at = gk_strdup(text_at(stmt, 0));
    done(stmt);
    return at;
}

gk_err gk_store_take(gk_store *self, const char *scope, const char *period, int *out, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, TAKE);
    bind_text(stmt, 1, scope);
    bind_text(stmt, 2, period);
    if (!row(stmt))
        return failed(self, why);
    *out = sqlite3_column_int(stmt, 0);
    done(stmt);
    return GK_OK;
}

/*  ---- cases --------------------------------------------------------------------------------- */

int64_t gk_store_new_case(gk_store *self)
{
    int64_t id = one_id(use(self, CASE_ID));
    if (id <= self->last_case)
        id = self->last_case + 1;
    return self->last_case = id;
}

int64_t gk_store_running_case(gk_store *self, int64_t after)
{
    sqlite3_stmt *stmt = use(self, RUNNING);
    sqlite3_bind_int64(stmt, 1, after);
    return one_id(stmt);
}

int64_t gk_store_answering_case(gk_store *self, int64_t after)
{
    sqlite3_stmt *stmt = use(self, ANSWERING);
    sqlite3_bind_int64(stmt, 1, after);
    return one_id(stmt);
}

int64_t gk_store_moved_case(gk_store *self, const char *office, int64_t after)
{
    sqlite3_stmt *stmt = use(self, MOVED);
    sqlite3_bind_int64(stmt, 1, after);
    bind_text(stmt, 2, office);
    return one_id(stmt);
}

int64_t gk_store_by_number(gk_store *self, const char *number)
{
    sqlite3_stmt *stmt = use(self, CASE_BY_NUMBER);
    bind_text(stmt, 1, number);
    return one_id(stmt);
}

int64_t gk_store_by_receipt(gk_store *self, const gk_hash *receipt)
{
    sqlite3_stmt *stmt = use(self, CASE_BY_RECEIPT);
    bind_hash(stmt, 1, receipt);
    return one_id(stmt);
}

int64_t gk_store_ledger_of(gk_store *self, const char *office)
{
    sqlite3_stmt *stmt = use(self, CASE_LEDGER);
    bind_text(stmt, 1, office);
    return one_id(stmt);
}

static gk_err hash_of_case(gk_store *self, sql_id which, int64_t id, gk_hash *out, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, which);
    sqlite3_bind_int64(stmt, 1, id);
    if (!row(stmt))
        return gk_refuse(why, GK_ENOTFOUND, "no case @%lld", (long long) id);
    bool found = hash_at(stmt, 0, out);
    done(stmt);
    return found ? GK_OK : gk_refuse(why, GK_ENOTFOUND, "case @%lld has none", (long long) id);
}

gk_err gk_store_applicant(gk_store *self, int64_t id, gk_hash *out, gk_why *why)
{
    return hash_of_case(self, CASE_APPLICANT, id, out, why);
}

gk_err gk_store_receipt(gk_store *self, int64_t id, gk_hash *out, gk_why *why)
{
    return hash_of_case(self, CASE_RECEIPT, id, out, why);
}

/*  True when the row says nothing that the event does not: what is hashed is what is stored.  In a table out of
 *  order SQLite may give a row of another case. */
static bool is_whole(sqlite3_stmt *stmt, const gk_event *event)
{
    return sqlite3_column_int64(stmt, 0) == event->seq && sqlite3_column_int64(stmt, 10) == event->provisional
        && sqlite3_column_type(stmt, 10) == SQLITE_INTEGER && sqlite3_column_int64(stmt, 15) == event->case_id
        && is_text(stmt, 1, event->at) && is_date(stmt, 2, event->on) && is_text(stmt, 3, gk_flow_event(event->type)->name)
        && is_text(stmt, 4, event->actor) && is_text(stmt, 5, event->request_id)
        && is_text(stmt, 7, gk_flow_state(event->state)->name) && is_text(stmt, 8, gk_clock_state_name(event->clock))
        && is_date(stmt, 9, event->due_on) && is_text(stmt, 11, event->article) && is_text(stmt, 12, event->rules)
        && is_text(stmt, 13, event->calendar);
}

/*  Read a row of EVENTS; its names must be ones that we know. */
static gk_err read_event(sqlite3_stmt *stmt, int64_t case_id, gk_event *out, gk_why *why)
{
    *out = (gk_event) { .case_id = case_id, .seq = sqlite3_column_int(stmt, 0), .on = date_at(stmt, 2),
                        .due_on = date_at(stmt, 9), .provisional = sqlite3_column_int(stmt, 10) != 0 };
    copy_at(stmt, 1, out->at, sizeof out->at);
    copy_at(stmt, 4, out->actor, sizeof out->actor);
    copy_at(stmt, 5, out->request_id, sizeof out->request_id);
    copy_at(stmt, 11, out->article, sizeof out->article);
    copy_at(stmt, 12, out->rules, sizeof out->rules);
    copy_at(stmt, 13, out->calendar, sizeof out->calendar);
    bool known = gk_flow_event_parse(text_at(stmt, 3), &out->type) && gk_flow_state_parse(text_at(stmt, 7), &out->state)
        && hash_at(stmt, 14, &out->hash);
    const char *clock = text_at(stmt, 8);
    int state = GK_CLOCK_RUNNING;
    while (state <= GK_CLOCK_STOPPED && strcmp(gk_clock_state_name((gk_clock_state) state), clock) != 0)
        state++;
    out->clock = (gk_clock_state) state;
    size_t len;
    out->data_text = blob_at(stmt, 6, &len);
    if (!known || state > GK_CLOCK_STOPPED || !is_whole(stmt, out) || gk_json_parse(out->data_text, len, &out->data, NULL)) {
        gk_event_clear(out);
        return gk_refuse(why, GK_EDAMAGED, "case @%lld, event %d: not readable", (long long) case_id, out->seq);
    }
    return GK_OK;
}

gk_err gk_store_events(gk_store *self, int64_t id, int from_seq, gk_event_visit *each, void *context, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, EVENTS);
    if (!stmt)
        return failed(self, why);
    sqlite3_bind_int64(stmt, 1, id);
    sqlite3_bind_int(stmt, 2, from_seq);
    gk_err err = GK_OK;
    int code = SQLITE_DONE;
    for (bool more = true; more && !err && (code = sqlite3_step(stmt)) == SQLITE_ROW; ) {
        gk_event event;
        err = read_event(stmt, id, &event, why);
        if (!err) {
            more = each(context, &event);
            gk_event_clear(&event);
        }
    }
    if (!err && code != SQLITE_ROW && code != SQLITE_DONE)
        err = failed(self, why);
    done(stmt);
    return err;
}

gk_err gk_store_office_events(gk_store *self, const char *office, bool wants(gk_event_type), gk_office_visit *each, void *context,
                              gk_why *why)
{
    enum { TYPE = 3, ID = 15, UNIT, DUE };
    sqlite3_stmt *stmt = use(self, OFFICE_EVENTS);
    if (!stmt)
        return failed(self, why);
    bind_text(stmt, 1, office);
    gk_err err = GK_OK;
    int code = SQLITE_DONE;
    for (bool more = true; more && !err && (code = sqlite3_step(stmt)) == SQLITE_ROW; ) {
        gk_event_type type;
        if (gk_flow_event_parse(text_at(stmt, TYPE), &type) && !wants(type))
            continue;
        gk_event event;
        gk_case_row row = { sqlite3_column_int64(stmt, ID), text_at(stmt, UNIT), date_at(stmt, DUE) };
        err = read_event(stmt, row.id, &event, why);
        if (!err) {
            more = each(context, &row, &event);
            gk_event_clear(&event);
        }
    }
    if (!err && code != SQLITE_ROW && code != SQLITE_DONE)
        err = failed(self, why);
    done(stmt);
    return err;
}

typedef struct folding {
    gk_case *file;
    gk_why *why;
    gk_err err;
} folding;

static bool fold_one(void *context, const gk_event *event)
{
    folding *f = context;
    f->err = gk_case_fold(f->file, event, f->why);
    return !f->err;
}

gk_err gk_store_case(gk_store *self, int64_t id, gk_case **out, gk_why *why)
{
    gk_auto(gk_case) file = gk_case_new(GK_INTAKE);
    folding f = { file, why, GK_OK };
    gk_err err = gk_store_events(self, id, 1, fold_one, &f, why);
    if (err || f.err)
        return err ? err : f.err;
    if (file->seq == 0)
        return gk_refuse(why, GK_ENOTFOUND, "there is no such case");
    /*  The first event of an office's stream does not name the office; its row does. */
    if (file->state == GK_LEDGER) {
        sqlite3_stmt *stmt = use(self, CASE_ROW);
        sqlite3_bind_int64(stmt, 1, id);
        if (row(stmt)) {
            copy_at(stmt, 2, file->office, sizeof file->office);
            done(stmt);
        }
    }
    *out = file;
    file = NULL;
    return GK_OK;
}

static gk_err add_event(gk_store *self, const gk_event *event, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, EVENT_ADD);
    if (!stmt)
        return failed(self, why);
    sqlite3_bind_int64(stmt, 1, event->case_id);
    sqlite3_bind_int(stmt, 2, event->seq);
    bind_text(stmt, 3, event->at);
    bind_date(stmt, 4, event->on);
    bind_text(stmt, 5, gk_flow_event(event->type)->name);
    bind_text(stmt, 6, event->actor);
    bind_text(stmt, 7, event->request_id);
    bind_text(stmt, 8, event->data_text);
    bind_text(stmt, 9, gk_flow_state(event->state)->name);
    bind_text(stmt, 10, gk_clock_state_name(event->clock));
    bind_date(stmt, 11, event->due_on);
    sqlite3_bind_int(stmt, 12, event->provisional);
    bind_text(stmt, 13, event->article);
    bind_text(stmt, 14, event->rules);
    bind_text(stmt, 15, event->calendar);
    bind_hash(stmt, 16, &event->hash);
    return run(self, stmt, why);
}

static gk_err put_case(gk_store *self, const gk_case *file, const gk_case_keys *keys, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, CASE_PUT);
    if (!stmt)
        return failed(self, why);
    sqlite3_bind_int64(stmt, 1, file->id);
    if (*file->number)
        bind_text(stmt, 2, file->number);
    bind_hash(stmt, 3, keys ? keys->receipt : NULL);
    bind_hash(stmt, 4, keys ? keys->applicant : NULL);
    bind_hash(stmt, 5, keys ? keys->content : NULL);
    bind_text(stmt, 6, file->office);
    bind_text(stmt, 7, file->unit);
    bind_text(stmt, 8, file->holder);
    bind_text(stmt, 9, gk_flow_state(file->state)->name);
    sqlite3_bind_int(stmt, 10, file->seq);
    bind_hash(stmt, 11, &file->head);
    bind_date(stmt, 12, file->received_on);
    bind_date(stmt, 13, gk_case_work_by(file));
    sqlite3_bind_int(stmt, 14, file->provisional);
    bind_text(stmt, 15, gk_clock_state_name(file->clock));
    bind_text(stmt, 16, file->outcome);
    return run(self, stmt, why);
}

static gk_err add_seal(gk_store *self, const gk_event *event, const gk_seal *seal, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, SEAL_ADD);
    if (!stmt)
        return failed(self, why);
    sqlite3_bind_int64(stmt, 1, event->case_id);
    sqlite3_bind_int(stmt, 2, event->seq);
    bind_text(stmt, 3, seal->name);
    sqlite3_bind_blob(stmt, 4, seal->salt, sizeof seal->salt, SQLITE_STATIC);
    sqlite3_bind_blob(stmt, 5, seal->body, (int) seal->len, SQLITE_STATIC);
    return run(self, stmt, why);
}

static gk_err use_documents(gk_store *self, const gk_case *file, gk_why *why)
{
    gk_err err = GK_OK;
    for (int i = 0; i < file->document_count && !err; i++)
        if (file->documents[i].seq == file->seq) {
            sqlite3_stmt *stmt = use(self, DOCUMENT_USE);
            bind_text(stmt, 1, file->documents[i].digest);
            sqlite3_bind_int64(stmt, 2, file->id);
            err = run(self, stmt, why);
        }
    for (int i = 0; i < file->letter_count && !err; i++)
        if (file->letters[i].seq == file->seq) {
            sqlite3_stmt *stmt = use(self, DOCUMENT_USE);
            bind_text(stmt, 1, file->letters[i].digest);
            sqlite3_bind_int64(stmt, 2, file->id);
            err = run(self, stmt, why);
        }
    return err;
}

gk_err gk_store_set_timers(gk_store *self, int64_t case_id, const gk_change *timers, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, TIMER_CLEAR);
    if (!stmt)
        return failed(self, why);
    sqlite3_bind_int64(stmt, 1, case_id);
    gk_err err = run(self, stmt, why);
    for (int i = 0; i < timers->timer_count && !err; i++) {
        stmt = use(self, TIMER_ADD);
        sqlite3_bind_int64(stmt, 1, case_id);
        bind_text(stmt, 2, timers->timers[i].name);
        sqlite3_bind_int64(stmt, 3, timers->timers[i].at);
        err = run(self, stmt, why);
    }
    return err;
}

gk_err gk_store_add_job(gk_store *self, gk_job_row *job, const void *body, size_t len, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, JOB_ADD);
    if (!stmt)
        return failed(self, why);
    bind_text(stmt, 1, job->service);
    sqlite3_bind_int64(stmt, 2, job->case_id);
    sqlite3_bind_int(stmt, 3, job->cause_seq);
    sqlite3_bind_int(stmt, 4, (int) job->lane);
    bind_text(stmt, 5, job->task);
    gk_err err = run(self, stmt, why);
    if (err)
        return err;
    job->id = sqlite3_last_insert_rowid(self->db);
    stmt = use(self, JOB_STATE_ADD);
    sqlite3_bind_int64(stmt, 1, job->id);
    err = run(self, stmt, why);
    if (err || !body)
        return err;
    stmt = use(self, JOB_BODY_ADD);
    sqlite3_bind_int64(stmt, 1, job->id);
    sqlite3_bind_blob(stmt, 2, body, (int) len, SQLITE_STATIC);
    return run(self, stmt, why);
}

gk_err gk_store_job_done(gk_store *self, int64_t id, gk_why *why)
{
    static const sql_id parts[] = { JOB_DEL, JOB_STATE_DEL, JOB_BODY_DEL };
    gk_err err = GK_OK;
    for (size_t i = 0; i < 3 && !err; i++) {
        sqlite3_stmt *stmt = use(self, parts[i]);
        if (!stmt)
            return failed(self, why);
        sqlite3_bind_int64(stmt, 1, id);
        err = run(self, stmt, why);
    }
    return err;
}

gk_err gk_store_apply(gk_store *self, gk_case *file, gk_change *change, const gk_seal *seals, size_t seal_count,
                      const gk_case_keys *keys, int64_t done_job, gk_job_row *jobs, gk_why *why)
{
    gk_event *event = &change->event;
    event->hash = gk_event_hash(event, &file->head);
    gk_err err = add_event(self, event, why);
    for (size_t i = 0; i < seal_count && !err; i++)
        err = add_seal(self, event, &seals[i], why);
    if (!err)
        err = gk_case_fold(file, event, why);
    if (!err)
        err = put_case(self, file, keys, why);
    if (!err)
        err = use_documents(self, file, why);
    if (!err)
        err = gk_store_set_timers(self, file->id, change, why);
    if (!err && done_job)
        err = gk_store_job_done(self, done_job, why);
    for (int i = 0; i < change->job_count && !err; i++) {
        jobs[i] = (gk_job_row) { .case_id = file->id, .cause_seq = event->seq, .lane = change->jobs[i].lane,
                                 .due_on = gk_case_work_by(file) };
        snprintf(jobs[i].service, sizeof jobs[i].service, "%s", change->jobs[i].service);
        snprintf(jobs[i].task, sizeof jobs[i].task, "%s", change->jobs[i].task);
        err = gk_store_add_job(self, &jobs[i], NULL, 0, why);
    }
    return err;
}

json_t *gk_store_event_data(gk_store *self, int64_t id, int seq)
{
    sqlite3_stmt *stmt = use(self, EVENT_DATA);
    sqlite3_bind_int64(stmt, 1, id);
    sqlite3_bind_int(stmt, 2, seq);
    if (!row(stmt))
        return NULL;
    json_t *data = NULL;
    if (gk_json_parse(text_at(stmt, 0), (size_t) sqlite3_column_bytes(stmt, 0), &data, NULL))
        data = NULL;
    done(stmt);
    return data;
}

char *gk_store_seal(gk_store *self, int64_t id, int seq, const char *name, size_t *len)
{
    sqlite3_stmt *stmt = use(self, SEAL_GET);
    sqlite3_bind_int64(stmt, 1, id);
    sqlite3_bind_int(stmt, 2, seq);
    bind_text(stmt, 3, name);
    if (!row(stmt))
        return NULL;
    char *body = blob_at(stmt, 0, len);
    done(stmt);
    return body;
}

/*  ---- look-ups ----------------------------------------------------------------------------------- */

/*  A row of CASE_COLUMNS as an object. */
static json_t *case_object(sqlite3_stmt *stmt)
{
    char reference[32];
    snprintf(reference, sizeof reference, "@%lld", (long long) sqlite3_column_int64(stmt, 0));
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:s, s:s, s:b, s:s, s:s}", "case", reference, "number",
                     text_at(stmt, 1), "office", text_at(stmt, 2), "unit", text_at(stmt, 3), "holder", text_at(stmt, 4),
                     "state", text_at(stmt, 5), "seq", sqlite3_column_int(stmt, 6), "received_on", text_at(stmt, 7),
                     "due_on", text_at(stmt, 8), "provisional", sqlite3_column_int(stmt, 9), "clock", text_at(stmt, 10),
                     "outcome", text_at(stmt, 11));
}

static json_t *case_objects(sqlite3_stmt *stmt)
{
    json_t *list = json_array();
    while (stmt && sqlite3_step(stmt) == SQLITE_ROW)
        json_array_append_new(list, case_object(stmt));
    done(stmt);
    return list;
}

json_t *gk_store_earlier(gk_store *self, const gk_hash *applicant, const char *office, int64_t but)
{
    sqlite3_stmt *stmt = use(self, EARLIER);
    bind_hash(stmt, 1, applicant);
    bind_text(stmt, 2, office);
    sqlite3_bind_int64(stmt, 3, but);
    json_t *list = json_array();
    while (stmt && sqlite3_step(stmt) == SQLITE_ROW) {
        gk_hash content = { { 0 } };
        char hex[GK_HASH_HEX] = "", reference[32];
        if (hash_at(stmt, 3, &content))
            gk_hash_hex(&content, hex);
        snprintf(reference, sizeof reference, "@%lld", (long long) sqlite3_column_int64(stmt, 0));
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s}", "case", reference, "number", text_at(stmt, 1), "state",
                                              text_at(stmt, 2), "content", hex));
    }
    done(stmt);
    return list;
}

json_t *gk_store_decisions(gk_store *self, const char *office, int64_t but, int most)
{
    sqlite3_stmt *stmt = use(self, DECISIONS);
    json_t *list = json_array();
    if (!stmt)
        return list;
    bind_text(stmt, 1, office);
    sqlite3_bind_int64(stmt, 2, but);
    sqlite3_bind_int(stmt, 3, most);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        gk_json_auto *triage = NULL;
        if (gk_json_parse(text_at(stmt, 4), strlen(text_at(stmt, 4)), &triage, NULL))
            continue;
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:O*}", "number", text_at(stmt, 0), "unit", text_at(stmt, 1),
                                              "outcome", text_at(stmt, 2), "decided_on", text_at(stmt, 3), "words",
                                              json_object_get(triage, "words")));
    }
    done(stmt);
    return list;
}

int64_t gk_store_same_item(gk_store *self, int64_t id, int64_t before)
{
    sqlite3_stmt *stmt = use(self, SAME_ITEM);
    sqlite3_bind_int64(stmt, 1, id);
    sqlite3_bind_int64(stmt, 2, before);
    return one_id(stmt);
}

json_t *gk_store_tasks(gk_store *self, const char *office, const char *unit, int64_t before, int limit)
{
    sqlite3_stmt *stmt = use(self, TASKS);
    json_t *list = json_array();
    if (!stmt)
        return list;
    sqlite3_bind_int64(stmt, 1, before);
    bind_text(stmt, 2, office);
    bind_text(stmt, 3, unit);
    sqlite3_bind_int(stmt, 4, limit);
    while (sqlite3_step(stmt) == SQLITE_ROW)
        json_array_append_new(list, json_integer(sqlite3_column_int64(stmt, 0)));
    done(stmt);
    return list;
}

json_t *gk_store_desks(gk_store *self, const char *office, const char *state, const char *unit, const char *today)
{
    sqlite3_stmt *stmt = use(self, DESKS);
    bind_text(stmt, 1, today);
    bind_text(stmt, 2, office);
    bind_text(stmt, 3, state);
    bind_text(stmt, 4, unit);
    json_t *list = json_array();
    while (stmt && sqlite3_step(stmt) == SQLITE_ROW)
        json_array_append_new(list, json_pack("{s:s, s:s, s:I, s:s, s:I}", "desk", text_at(stmt, 0), "unit", text_at(stmt, 1),
                                              "count", (json_int_t) sqlite3_column_int64(stmt, 2), "nearest_due",
                                              text_at(stmt, 3), "overdue", (json_int_t) sqlite3_column_int64(stmt, 4)));
    done(stmt);
    return list;
}

json_t *gk_store_list(gk_store *self, const char *office, const char *state, const char *unit, const char *holder, int64_t after,
                      int limit)
{
    sqlite3_stmt *stmt = use(self, LIST);
    bind_text(stmt, 1, office);
    bind_text(stmt, 2, state);
    bind_text(stmt, 3, unit);
    bind_text(stmt, 4, holder);
    sqlite3_bind_int64(stmt, 5, after);
    sqlite3_bind_int(stmt, 6, limit);
    return case_objects(stmt);
}

int64_t gk_store_most_urgent(gk_store *self, const char *office, const char *state, const char *unit, const char *holder)
{
    sqlite3_stmt *stmt = use(self, URGENT);
    bind_text(stmt, 1, office);
    bind_text(stmt, 2, state);
    bind_text(stmt, 3, unit);
    bind_text(stmt, 4, holder);
    return one_id(stmt);
}

json_t *gk_store_held(gk_store *self, const char *holder)
{
    sqlite3_stmt *stmt = use(self, HELD);
    bind_text(stmt, 1, holder);
    return case_objects(stmt);
}

/*  ---- verifying ----------------------------------------------------------------------------------- */

typedef struct verifying {
    gk_store *store;
    json_t *problems;
    int64_t case_id, events, seals;
    gk_case *file;
    gk_hash head;
    gk_err err;             /* the seals of an event cannot be read */
    gk_why *why;
} verifying;

static void problem(verifying *v, int seq, const char *text)
{
    json_array_append_new(v->problems, json_pack("{s:s, s:I, s:i, s:s}", "case", v->file->number,
                                                 "id", (json_int_t) v->case_id, "seq", seq, "text", text));
}

/*  Each body beside the event is one that it sealed; what was lawfully erased is not there. */
static void verify_seals(verifying *v, const gk_event *event)
{
    sqlite3_stmt *stmt = use(v->store, SEALS);
    sqlite3_bind_int64(stmt, 1, v->case_id);
    sqlite3_bind_int(stmt, 2, event->seq);
    int code = SQLITE_ERROR;
    while (stmt && (code = sqlite3_step(stmt)) == SQLITE_ROW) {
        const char *sealed = gk_json_text(json_object_get(event->data, text_at(stmt, 0)), "sealed");
        gk_hasher *hasher = gk_hasher_new();
        for (int part = 1; part <= 2; part++)
            gk_hasher_raw(hasher, sqlite3_column_blob(stmt, part), (size_t) sqlite3_column_bytes(stmt, part));
        gk_hash hash = gk_hasher_end(&hasher);
        char hex[GK_HASH_HEX], text[120];
        bool plain = sqlite3_column_int(stmt, 3) != 0;
        bool here = sqlite3_column_int64(stmt, 4) == v->case_id && sqlite3_column_int64(stmt, 5) == event->seq;
        if (!*sealed || !here || (plain && strcmp(gk_hash_hex(&hash, hex), sealed) != 0)) {
            snprintf(text, sizeof text, "the sealed %.40s of this event is not what was sealed", *sealed ? text_at(stmt, 0) : "body");
            problem(v, event->seq, text);
        }
        v->seals++;
    }
    if (code != SQLITE_DONE)
        v->err = failed(v->store, v->why);
    done(stmt);
}

static bool verify_one(void *context, const gk_event *event)
{
    verifying *v = context;
    gk_hash hash = gk_event_hash(event, &v->head);
    v->events++;
    if (memcmp(hash.bytes, event->hash.bytes, sizeof hash.bytes) != 0)
        problem(v, event->seq, "the hash of this event does not follow from its content and the event before");
    v->head = event->hash;
    verify_seals(v, event);
    gk_why why;
    if (gk_case_fold(v->file, event, &why)) {
        problem(v, event->seq, why.text);
        return false;
    }
    return !v->err;
}

/*  The row of the case must be the last event's consequence, column by column. */
static void verify_row(gk_store *self, verifying *v)
{
    sqlite3_stmt *stmt = use(self, CASE_ROW);
    sqlite3_bind_int64(stmt, 1, v->case_id);
    if (!row(stmt)) {
        problem(v, v->file->seq, "the case has no row");
        return;
    }
    const gk_case *file = v->file;
    gk_hash head;
    const struct { const char *name; bool same; } column[] = {
        { "number", is_text(stmt, 1, file->number) },
        { "office", file->state == GK_LEDGER || is_text(stmt, 2, file->office) },
        { "unit", is_text(stmt, 3, file->unit) },
        { "holder", is_text(stmt, 4, file->holder) },
        { "state", is_text(stmt, 5, gk_flow_state(file->state)->name) },
        { "seq", sqlite3_column_int64(stmt, 6) == file->seq },
        { "received_on", is_date(stmt, 7, file->received_on) },
        { "due_on", is_date(stmt, 8, gk_case_work_by(file)) },
        { "provisional", sqlite3_column_int64(stmt, 9) == file->provisional },
        { "clock", is_text(stmt, 10, gk_clock_state_name(file->clock)) },
        { "outcome", is_text(stmt, 11, file->outcome) },
        { "head", hash_at(stmt, 12, &head) && memcmp(head.bytes, file->head.bytes, sizeof head.bytes) == 0 },
    };
    for (size_t i = 0; i < sizeof column / sizeof *column; i++)
        if (!column[i].same) {
            char text[100];
            snprintf(text, sizeof text, "the row's %s is not what the events give", column[i].name);
            problem(v, file->seq, text);
        }
    done(stmt);
}

static gk_err verify_case(gk_store *self, int64_t id, json_t *problems, int64_t *events, gk_hash *head, gk_why *why)
{
    gk_auto(gk_case) file = gk_case_new(GK_INTAKE);
    gk_why inner;
    verifying v = { .store = self, .problems = problems, .case_id = id, .file = file, .why = &inner };
    size_t known = json_array_size(problems);
    gk_err err = gk_store_events(self, id, 1, verify_one, &v, &inner);
    if (!err)
        err = v.err;
    if (err == GK_EDAMAGED)
        problem(&v, file->seq + 1, inner.text);
    else if (err)
        return gk_refuse(why, err, "%s", inner.text);
    sqlite3_stmt *stmt = use(self, SEAL_COUNT);
    sqlite3_bind_int64(stmt, 1, id);
    if (one_id(stmt) != v.seals && json_array_size(problems) == known)
        problem(&v, file->seq, "there are sealed bodies of no event");
    verify_row(self, &v);
    *events += v.events;
    *head = v.head;
    return GK_OK;
}

gk_err gk_store_verify(gk_store *self, int64_t id, json_t *problems, int64_t *events, int64_t *cases, gk_hash *head, gk_why *why)
{
    *events = *cases = 0;
    if (id) {
        *cases = 1;
        return verify_case(self, id, problems, events, head, why);
    }
    gk_hasher *hasher = gk_hasher_new();
    gk_err err = GK_OK;
    for (int64_t at = INT64_MIN, next; !err; at = next) {
        sqlite3_stmt *stmt = use(self, CASE_IDS);
        sqlite3_bind_int64(stmt, 1, at);
        if (!stmt || sqlite3_step(stmt) != SQLITE_ROW)      /* behind the last there is a row, with NULL in it */
            err = failed(self, why);
        bool more = !err && sqlite3_column_type(stmt, 0) != SQLITE_NULL;
        next = more ? sqlite3_column_int64(stmt, 0) : at;
        done(stmt);
        if (!more)
            break;
        if (next <= at) {           /* a table out of order would lead round in a circle */
            err = gk_refuse(why, GK_EDAMAGED, "store: behind case @%lld comes @%lld", (long long) at, (long long) next);
            break;
        }
        gk_hash one = { { 0 } };
        err = next_moment(self, why);       /* each case in one of its own: the ledger may be long */
        if (!err)
            err = verify_case(self, next, problems, events, &one, why);
        gk_hasher_add(hasher, one.bytes, sizeof one.bytes);
        ++*cases;
    }
    *head = gk_hasher_end(&hasher);
    return err ? err : gk_store_verify_seals(self, problems, why);
}

/*  ---- timers ---------------------------------------------------------------------------------------- */

bool gk_store_next_timer(gk_store *self, gk_timer_row *out)
{
    sqlite3_stmt *stmt = use(self, TIMER_NEXT);
    if (!row(stmt))
        return false;
    *out = (gk_timer_row) { .case_id = sqlite3_column_int64(stmt, 0), .at = sqlite3_column_int64(stmt, 2) };
    copy_at(stmt, 1, out->name, sizeof out->name);
    done(stmt);
    return true;
}

gk_err gk_store_move_timer(gk_store *self, const gk_timer_row *timer, int64_t at, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, TIMER_MOVE);
    if (!stmt)
        return failed(self, why);
    sqlite3_bind_int64(stmt, 1, at);
    sqlite3_bind_int64(stmt, 2, timer->case_id);
    bind_text(stmt, 3, timer->name);
    return run(self, stmt, why);
}

gk_err gk_store_drop_timer(gk_store *self, const gk_timer_row *timer, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, TIMER_DROP);
    if (!stmt)
        return failed(self, why);
    sqlite3_bind_int64(stmt, 1, timer->case_id);
    bind_text(stmt, 2, timer->name);
    return run(self, stmt, why);
}

/*  ---- jobs and requests -------------------------------------------------------------------------------- */

gk_err gk_store_jobs(gk_store *self, gk_job_visit *each, void *context, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, JOBS);
    if (!stmt)
        return failed(self, why);
    int code;
    while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
        gk_job_row job = { .id = sqlite3_column_int64(stmt, 0), .case_id = sqlite3_column_int64(stmt, 2),
                           .cause_seq = sqlite3_column_int(stmt, 3), .lane = (gk_lane) sqlite3_column_int(stmt, 4),
                           .attempts = sqlite3_column_int(stmt, 6), .dead = sqlite3_column_int(stmt, 7) != 0,
                           .due_on = date_at(stmt, 9) };
        copy_at(stmt, 1, job.service, sizeof job.service);
        copy_at(stmt, 5, job.task, sizeof job.task);
        copy_at(stmt, 8, job.reason, sizeof job.reason);
        each(context, &job);
    }
    gk_err err = code == SQLITE_DONE ? GK_OK : failed(self, why);
    done(stmt);
    return err;
}

gk_err gk_store_job_state(gk_store *self, int64_t id, int attempts, bool dead, const char *reason, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, JOB_STATE_SET);
    if (!stmt)
        return failed(self, why);
    sqlite3_bind_int(stmt, 1, attempts);
    sqlite3_bind_int(stmt, 2, dead);
    bind_text(stmt, 3, reason);
    sqlite3_bind_int64(stmt, 4, id);
    return run(self, stmt, why);
}

char *gk_store_job_body(gk_store *self, int64_t id, size_t *len)
{
    sqlite3_stmt *stmt = use(self, JOB_BODY_GET);
    sqlite3_bind_int64(stmt, 1, id);
    if (!row(stmt))
        return NULL;
    char *body = blob_at(stmt, 0, len);
    done(stmt);
    return body;
}

bool gk_store_request_find(gk_store *self, gk_request_row *found)
{
    sqlite3_stmt *stmt = use(self, REQUEST_FIND);
    bind_text(stmt, 1, found->principal);
    bind_text(stmt, 2, found->service);
    bind_text(stmt, 3, found->id);
    if (!row(stmt))
        return false;
    hash_at(stmt, 0, &found->payload);
    found->case_id = sqlite3_column_int64(stmt, 1);
    found->seq = sqlite3_column_int(stmt, 2);
    found->job_id = sqlite3_column_int64(stmt, 3);
    found->answer = sqlite3_column_type(stmt, 4) == SQLITE_NULL ? NULL : blob_at(stmt, 4, &found->answer_len);
    done(stmt);
    return true;
}

gk_err gk_store_request_add(gk_store *self, const gk_request_row *added, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, REQUEST_ADD);
    if (!stmt)
        return failed(self, why);
    bind_text(stmt, 1, added->principal);
    bind_text(stmt, 2, added->service);
    bind_text(stmt, 3, added->id);
    bind_hash(stmt, 4, &added->payload);
    sqlite3_bind_int64(stmt, 5, added->case_id);
    sqlite3_bind_int(stmt, 6, added->seq);
    sqlite3_bind_int64(stmt, 7, added->job_id);
    sqlite3_bind_blob(stmt, 8, added->answer, (int) added->answer_len, SQLITE_STATIC);      /* NULL is NULL */
    return run(self, stmt, why);
}

gk_err gk_store_request_answer(gk_store *self, int64_t job_id, const void *answer, size_t len, int64_t expires_at, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, REQUEST_ANSWER);
    if (!stmt)
        return failed(self, why);
    sqlite3_bind_blob(stmt, 1, answer, (int) len, SQLITE_STATIC);
    sqlite3_bind_int64(stmt, 2, expires_at);
    sqlite3_bind_int64(stmt, 3, job_id);
    return run(self, stmt, why);
}

gk_err gk_store_request_expire(gk_store *self, int64_t now, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, REQUEST_EXPIRE);
    if (!stmt)
        return failed(self, why);
    sqlite3_bind_int64(stmt, 1, now);
    return run(self, stmt, why);
}

/*  ---- documents ---------------------------------------------------------------------------------------- */

gk_err gk_store_document_add(gk_store *self, const char *digest, int64_t size, const char *at, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, DOCUMENT_ADD);
    if (!stmt)
        return failed(self, why);
    bind_text(stmt, 1, digest);
    sqlite3_bind_int64(stmt, 2, size);
    bind_text(stmt, 3, at);
    return run(self, stmt, why);
}

int64_t gk_store_document_size(gk_store *self, const char *digest)
{
    sqlite3_stmt *stmt = use(self, DOCUMENT_SIZE);
    bind_text(stmt, 1, digest);
    if (!row(stmt))
        return -1;
    int64_t size = sqlite3_column_int64(stmt, 0);
    done(stmt);
    return size;
}

int64_t gk_store_document_user(gk_store *self, const char *digest, int64_t after)
{
    sqlite3_stmt *stmt = use(self, DOCUMENT_USER);
    bind_text(stmt, 1, digest);
    sqlite3_bind_int64(stmt, 2, after);
    if (!row(stmt))
        return 0;
    int64_t id = sqlite3_column_int64(stmt, 0);
    done(stmt);
    return id > after ? id : 0;     /* a damaged index would lead its walk round in a circle */
}

gk_err gk_store_document_forget(gk_store *self, const char *before, char digest[static GK_HASH_HEX], gk_why *why)
{
    sqlite3_stmt *stmt = use(self, DOCUMENT_FORGET);
    if (!stmt)
        return failed(self, why);
    bind_text(stmt, 1, before);
    int code = sqlite3_step(stmt);
    if (code == SQLITE_ROW)
        copy_at(stmt, 0, digest, GK_HASH_HEX);
    gk_err err = code == SQLITE_ROW ? GK_OK : code == SQLITE_DONE ? GK_ENOTFOUND : failed(self, why);
    done(stmt);
    return err;
}
