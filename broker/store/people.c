/*  gk_store, people - accounts, failures and sessions: three narrow tables beside the ledger. */
#include "store/inner.h"

enum { DAY = 24 * 3600 };

/*  ---- accounts -------------------------------------------------------------------------- */

bool gk_store_account(gk_store *self, const char *name, gk_account *out)
{
    sqlite3_stmt *stmt = use(self, ACCOUNT_GET);
    bind_text(stmt, 1, name);
    if (!row(stmt))
        return false;
    *out = (gk_account) { .must_change = sqlite3_column_int(stmt, 1) != 0, .disabled = sqlite3_column_int(stmt, 2) != 0 };
    gk_text_copy(out->name, sizeof out->name, name);
    copy_at(stmt, 0, out->verifier, sizeof out->verifier);
    done(stmt);
    return true;
}

bool gk_store_has_accounts(gk_store *self)
{
    return one_id(use(self, ACCOUNT_ANY)) != 0;
}

gk_err gk_store_account_put(gk_store *self, const gk_account *account, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, ACCOUNT_PUT);
    bind_text(stmt, 1, account->name);
    bind_text(stmt, 2, account->verifier);
    sqlite3_bind_int(stmt, 3, account->must_change);
    sqlite3_bind_int(stmt, 4, account->disabled);
    return run(self, stmt, why);
}

/*  ---- failures ---------------------------------------------------------------------------- */

gk_attempts gk_store_attempts(gk_store *self, const gk_hash *who)
{
    gk_attempts attempts = { 0 };
    sqlite3_stmt *stmt = use(self, ATTEMPT_GET);
    bind_hash(stmt, 1, who);
    if (row(stmt)) {
        attempts = (gk_attempts) { sqlite3_column_int(stmt, 0), sqlite3_column_int64(stmt, 1) };
        done(stmt);
    }
    return attempts;
}

gk_err gk_store_attempts_put(gk_store *self, const gk_hash *who, bool known, const gk_attempts *attempts, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, ATTEMPT_PUT);
    bind_hash(stmt, 1, who);
    sqlite3_bind_int(stmt, 2, known);
    sqlite3_bind_int(stmt, 3, attempts->failures);
    sqlite3_bind_int64(stmt, 4, attempts->failed_at);
    gk_err err = run(self, stmt, why);
    if (err || known)
        return err;
    stmt = use(self, ATTEMPT_TRIM);
    sqlite3_bind_int(stmt, 1, GK_ATTEMPTS_KEPT);
    return run(self, stmt, why);
}

gk_err gk_store_attempts_clear(gk_store *self, const gk_hash *who, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, ATTEMPT_DEL);
    bind_hash(stmt, 1, who);
    return run(self, stmt, why);
}

/*  ---- sessions ------------------------------------------------------------------------------ */

bool gk_store_session(gk_store *self, const gk_hash *hash, gk_session *out)
{
    sqlite3_stmt *stmt = use(self, SESSION_GET);
    bind_hash(stmt, 1, hash);
    if (!row(stmt))
        return false;
    *out = (gk_session) { .hash = *hash, .began = sqlite3_column_int64(stmt, 1), .used = sqlite3_column_int64(stmt, 2),
                          .must_change = sqlite3_column_int(stmt, 3) != 0, .disabled = sqlite3_column_int(stmt, 4) != 0 };
    copy_at(stmt, 0, out->name, sizeof out->name);
    done(stmt);
    return true;
}

gk_err gk_store_session_add(gk_store *self, const gk_session *session, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, SESSION_ADD);
    bind_hash(stmt, 1, &session->hash);
    bind_text(stmt, 2, session->name);
    sqlite3_bind_int64(stmt, 3, session->began);
    return run(self, stmt, why);
}

gk_err gk_store_session_use(gk_store *self, const gk_hash *hash, int64_t now, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, SESSION_USE);
    sqlite3_bind_int64(stmt, 1, now);
    bind_hash(stmt, 2, hash);
    return run(self, stmt, why);
}

gk_err gk_store_session_end(gk_store *self, const gk_hash *hash, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, SESSION_END);
    bind_hash(stmt, 1, hash);
    return run(self, stmt, why);
}

gk_err gk_store_sessions_trim(gk_store *self, const char *name, int keep, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, SESSION_TRIM);
    bind_text(stmt, 1, name);
    sqlite3_bind_int(stmt, 2, keep);
    return run(self, stmt, why);
}

gk_err gk_store_people_expire(gk_store *self, const gk_session_terms *terms, int64_t now, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, SESSION_EXPIRE);
    sqlite3_bind_int64(stmt, 1, now - terms->life);
    sqlite3_bind_int64(stmt, 2, now - terms->idle);
    gk_err err = run(self, stmt, why);
    if (err)
        return err;
    stmt = use(self, ATTEMPT_EXPIRE);
    sqlite3_bind_int64(stmt, 1, now - DAY);
    return run(self, stmt, why);
}
