/*  What the sources of the store share: the statements, and how values go in and come out. */
#ifndef GK_STORE_INNER_H
#define GK_STORE_INNER_H

#include "store/store.h"
#include "base/mem.h"
#include "base/text.h"

#include <sqlite3.h>
#include <string.h>

typedef enum sql_id {
    BEGIN, COMMIT, ROLLBACK, MARK, KEEP, UNDO, READ_BEGIN,
    META_GET, META_SET, LAST_INSTANT, TAKE,
    CASE_ID, CASE_PUT, CASE_BY_NUMBER, CASE_BY_RECEIPT, CASE_LEDGER, CASE_ROW, CASE_APPLICANT, CASE_RECEIPT,
    EVENT_ADD, EVENTS, OFFICE_EVENTS, EVENT_DATA, SEAL_ADD, SEAL_GET, SEALS, SEAL_COUNT,
    EARLIER, SAME_ITEM, DECISIONS, TASKS, DESKS, LIST, URGENT, HELD, CASE_IDS, RUNNING, ANSWERING, MOVED,
    MOVED_HEADS, MOVED_CLEAR, MOVED_BEFORE, MOVED_COUNT, DAY_SEAL_ADD, DAY_SEAL, DAY_SEALS, DAY_SEAL_LAST, SEALED_ADD, SEALED_HEADS, SEALED_IN,
    EVENT_HASH, KEY_ADD, KEYS,
    TIMER_CLEAR, TIMER_ADD, TIMER_NEXT, TIMER_MOVE, TIMER_DROP,
    JOBS, JOB_ADD, JOB_STATE_ADD, JOB_BODY_ADD, JOB_DEL, JOB_STATE_DEL, JOB_BODY_DEL, JOB_STATE_SET, JOB_BODY_GET,
    REQUEST_FIND, REQUEST_ADD, REQUEST_ANSWER, REQUEST_EXPIRE,
    DOCUMENT_ADD, DOCUMENT_SIZE, DOCUMENT_USE, DOCUMENT_USER, DOCUMENT_FORGET,
    ENTRY_LIKE, ENTRY_DEL, ENTRY_ID, ENTRY_ADD, WORDS_ADD, WORDS_DEL, ENTRY_GET, ENTRY_FIND, ENTRY_PAIR, ENTRY_TITLE, ENTRY_FROM, ENTRY_NUMBER,
    ACCOUNT_GET, ACCOUNT_PUT, ACCOUNT_ANY, ATTEMPT_GET, ATTEMPT_PUT, ATTEMPT_DEL, ATTEMPT_TRIM, ATTEMPT_EXPIRE,
    SESSION_GET, SESSION_ADD, SESSION_USE, SESSION_END, SESSION_TRIM, SESSION_EXPIRE,
    SQLS
} sql_id;

extern const char *const gk_store_sql[SQLS];

struct gk_store {
    sqlite3 *db;
    sqlite3_stmt *ready[SQLS];
    int64_t read_limit, read_until;     /* ms a reading may take; monotonic ms when this one fails */
    int64_t last_case;          /* highest id given out in this transaction */
    bool writer;
};

/*  ---- statements ------------------------------------------------------------------- */

static inline gk_err failed(gk_store *self, gk_why *why)
{
    int code = sqlite3_errcode(self->db) & 0xff;
    gk_err err = code == SQLITE_FULL ? GK_EFULL : code == SQLITE_BUSY || code == SQLITE_LOCKED || code == SQLITE_INTERRUPT ? GK_EBUSY
        : code == SQLITE_CORRUPT || code == SQLITE_NOTADB ? GK_EDAMAGED : GK_EIO;
    return gk_refuse(why, err, "store: %s", sqlite3_errmsg(self->db));
}

/*  The statement, fresh to bind. */
static inline sqlite3_stmt *use(gk_store *self, sql_id id)
{
    if (!self->ready[id]
        && sqlite3_prepare_v3(self->db, gk_store_sql[id], -1, SQLITE_PREPARE_PERSISTENT, &self->ready[id], NULL) != SQLITE_OK)
        return NULL;
    return self->ready[id];
}

static inline void bind_text(sqlite3_stmt *stmt, int at, const char *text)
{
    sqlite3_bind_text(stmt, at, text, -1, SQLITE_STATIC);
}

static inline void bind_date(sqlite3_stmt *stmt, int at, gk_date date)
{
    char text[GK_DATE_TEXT];
    sqlite3_bind_text(stmt, at, gk_date_format(date, text), -1, SQLITE_TRANSIENT);
}

static inline void bind_hash(sqlite3_stmt *stmt, int at, const gk_hash *hash)
{
    if (hash)
        sqlite3_bind_blob(stmt, at, hash->bytes, sizeof hash->bytes, SQLITE_STATIC);
    else
        sqlite3_bind_null(stmt, at);
}

/*  Run to the end, nothing expected back. */
static inline gk_err run(gk_store *self, sqlite3_stmt *stmt, gk_why *why)
{
    if (!stmt)
        return failed(self, why);
    int code = sqlite3_step(stmt);
    gk_err err = code == SQLITE_DONE || code == SQLITE_ROW ? GK_OK : failed(self, why);
    sqlite3_reset(stmt);
    sqlite3_clear_bindings(stmt);
    return err;
}

static inline gk_err run_id(gk_store *self, sql_id id, gk_why *why)
{
    return run(self, use(self, id), why);
}

static inline void done(sqlite3_stmt *stmt)
{
    if (stmt) {
        sqlite3_reset(stmt);
        sqlite3_clear_bindings(stmt);
    }
}

/*  Step to the one row wanted; false (and reset) when there is none. */
static inline bool row(sqlite3_stmt *stmt)
{
    if (stmt && sqlite3_step(stmt) == SQLITE_ROW)
        return true;
    done(stmt);
    return false;
}

static inline const char *text_at(sqlite3_stmt *stmt, int at)
{
    const unsigned char *text = sqlite3_column_text(stmt, at);
    return text ? (const char *) text : "";
}

static inline void copy_at(sqlite3_stmt *stmt, int at, char *to, size_t size)
{
    gk_text_copy(to, size, text_at(stmt, at));
}

static inline gk_date date_at(sqlite3_stmt *stmt, int at)
{
    gk_date date = GK_NO_DATE;
    const char *text = text_at(stmt, at);
    return gk_date_parse(text, strlen(text), &date) ? GK_NO_DATE : date;
}

/*  True when the column holds this text and nothing behind it: a NUL or a cut would hide bytes
 *  that no hash has seen. */
static inline bool is_text(sqlite3_stmt *stmt, int at, const char *text)
{
    size_t len = strlen(text);
    const char *stored = text_at(stmt, at);
    return (size_t) sqlite3_column_bytes(stmt, at) == len && memcmp(stored, text, len) == 0;
}

static inline bool is_date(sqlite3_stmt *stmt, int at, gk_date date)
{
    char text[GK_DATE_TEXT];
    return is_text(stmt, at, gk_date_format(date, text));
}

static inline bool hash_at(sqlite3_stmt *stmt, int at, gk_hash *out)
{
    if (sqlite3_column_bytes(stmt, at) != GK_HASH_BYTES)
        return false;
    memcpy(out->bytes, sqlite3_column_blob(stmt, at), GK_HASH_BYTES);
    return true;
}

static inline char *blob_at(sqlite3_stmt *stmt, int at, size_t *len)
{
    *len = (size_t) sqlite3_column_bytes(stmt, at);
    return gk_strndup(sqlite3_column_blob(stmt, at), *len);
}

/*  A long reading goes on in a later moment, so that it does not keep the WAL from shrinking. */
static inline gk_err next_moment(gk_store *self, gk_why *why)
{
    if (self->writer)
        return GK_OK;
    gk_store_read_end(self);
    return gk_store_read_begin(self, self->read_limit, why);
}

static inline int64_t one_id(sqlite3_stmt *stmt)
{
    if (!row(stmt))
        return 0;
    int64_t id = sqlite3_column_int64(stmt, 0);
    done(stmt);
    return id;
}

#endif
