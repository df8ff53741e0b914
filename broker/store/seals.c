/*  gk_store - seals of the days, the keys that signed them, and what they find. */
#include "store/inner.h"
#include "core/proof.h"

#include <stdlib.h>

enum { MOST_PROBLEMS = 100 };       /* told of one seal: an answer has a limit */

/*  ---- heads ------------------------------------------------------------------------------ */

/*  Rows of (case, seq, hash). */
static gk_err read_heads(gk_store *self, sqlite3_stmt *stmt, gk_head **out, size_t *count, gk_why *why)
{
    gk_head *list = NULL;
    size_t used = 0, room = 0;
    int code = SQLITE_ERROR;
    bool sound = true;
    while (stmt && sound && (code = sqlite3_step(stmt)) == SQLITE_ROW) {
        if (used == room) {
            room = room ? room * 2 : 64;
            list = gk_regrow(list, room, sizeof *list);
        }
        list[used] = (gk_head) { .case_id = sqlite3_column_int64(stmt, 0), .seq = sqlite3_column_int64(stmt, 1) };
        sound = hash_at(stmt, 2, &list[used++].hash);
    }
    gk_err err = !sound ? gk_refuse(why, GK_EDAMAGED, "store: the head of case @%lld is no hash", (long long) list[used - 1].case_id)
        : code == SQLITE_DONE ? GK_OK : failed(self, why);
    if (stmt)
        done(stmt);
    if (err) {
        free(list);
        return err;
    }
    *out = list;
    *count = used;
    return GK_OK;
}

gk_hash *gk_head_leaves(const gk_head *heads, size_t count)
{
    gk_hash *leaves = gk_zalloc((count + 1) * sizeof *leaves);      /* of no heads too it is something to free */
    for (size_t i = 0; i < count; i++)
        leaves[i] = gk_proof_leaf(heads[i].case_id, heads[i].seq, &heads[i].hash);
    return leaves;
}

gk_err gk_store_moved_heads(gk_store *self, size_t most, gk_head **out, size_t *count, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, MOVED_HEADS);
    if (stmt)
        sqlite3_bind_int64(stmt, 1, (int64_t) most);
    return read_heads(self, stmt, out, count, why);
}

gk_err gk_store_sealed_heads(gk_store *self, int64_t seal, gk_head **out, size_t *count, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, SEALED_HEADS);
    if (stmt)
        sqlite3_bind_int64(stmt, 1, seal);
    return read_heads(self, stmt, out, count, why);
}

int64_t gk_store_sealed_in(gk_store *self, int64_t case_id)
{
    sqlite3_stmt *stmt = use(self, SEALED_IN);
    sqlite3_bind_int64(stmt, 1, case_id);
    return one_id(stmt);
}

bool gk_store_holds(gk_store *self, const gk_head *head)
{
    sqlite3_stmt *stmt = use(self, EVENT_HASH);
    sqlite3_bind_int64(stmt, 1, head->case_id);
    sqlite3_bind_int64(stmt, 2, head->seq);
    gk_hash hash;
    if (!row(stmt))
        return false;
    bool same = hash_at(stmt, 0, &hash) && memcmp(hash.bytes, head->hash.bytes, sizeof hash.bytes) == 0;
    done(stmt);
    return same;
}

/*  ---- seals and keys ------------------------------------------------------------------------ */

static gk_err add_head(gk_store *self, int64_t seal, const gk_head *head, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, SEALED_ADD);
    if (!stmt)
        return failed(self, why);
    sqlite3_bind_int64(stmt, 1, seal);
    sqlite3_bind_int64(stmt, 2, head->case_id);
    sqlite3_bind_int64(stmt, 3, head->seq);
    bind_hash(stmt, 4, &head->hash);
    return run(self, stmt, why);
}

gk_err gk_store_add_day_seal(gk_store *self, const json_t *seal, const gk_head *heads, size_t count, gk_why *why)
{
    int64_t number = json_integer_value(json_object_get(seal, "seal"));
    gk_free_auto char *text = gk_json_print(seal);
    sqlite3_stmt *stmt = use(self, DAY_SEAL_ADD);
    if (!stmt)
        return failed(self, why);
    sqlite3_bind_int64(stmt, 1, number);
    bind_text(stmt, 2, gk_json_text(seal, "day"));
    bind_text(stmt, 3, gk_json_text(seal, "at"));
    bind_text(stmt, 4, text);
    gk_err err = run(self, stmt, why);
    for (size_t i = 0; i < count && !err; i++)
        err = add_head(self, number, &heads[i], why);
    if (err || !(stmt = use(self, MOVED_CLEAR)))
        return err ? err : failed(self, why);
    sqlite3_bind_int64(stmt, 1, heads[count - 1].case_id);      /* they came by case */
    return run(self, stmt, why);
}

gk_err gk_store_add_key(gk_store *self, const json_t *key, gk_why *why)
{
    gk_free_auto char *text = gk_json_print(key);
    sqlite3_stmt *stmt = use(self, KEY_ADD);
    if (!stmt)
        return failed(self, why);
    sqlite3_bind_int64(stmt, 1, json_integer_value(json_object_get(key, "number")));
    bind_text(stmt, 2, text);
    return run(self, stmt, why);
}

/*  What is stored must be what we print: then the bytes say nothing that the object does not. */
static json_t *document_at(sqlite3_stmt *stmt, int at)
{
    json_t *document = NULL;
    if (gk_json_parse(text_at(stmt, at), (size_t) sqlite3_column_bytes(stmt, at), &document, NULL))
        return json_null();
    gk_free_auto char *text = gk_json_print(document);
    if (is_text(stmt, at, text))
        return document;
    json_decref(document);
    return json_null();
}

static json_t *documents(sqlite3_stmt *stmt)
{
    json_t *list = json_array();
    while (stmt && sqlite3_step(stmt) == SQLITE_ROW)
        json_array_append_new(list, document_at(stmt, 0));
    if (stmt)
        done(stmt);
    return list;
}

json_t *gk_store_keys(gk_store *self)
{
    return documents(use(self, KEYS));
}

json_t *gk_store_day_seals(gk_store *self, const char *day, int64_t after, int limit)
{
    sqlite3_stmt *stmt = use(self, DAY_SEALS);
    bind_text(stmt, 1, day);
    sqlite3_bind_int64(stmt, 2, after);
    sqlite3_bind_int(stmt, 3, limit);
    return documents(stmt);
}

json_t *gk_store_day_seal(gk_store *self, int64_t number)
{
    sqlite3_stmt *stmt = use(self, DAY_SEAL);
    sqlite3_bind_int64(stmt, 1, number);
    if (!row(stmt))
        return NULL;
    json_t *seal = document_at(stmt, 0);
    done(stmt);
    return seal;
}

int64_t gk_store_last_seal(gk_store *self)
{
    return one_id(use(self, DAY_SEAL_LAST));
}

/*  ---- verifying ------------------------------------------------------------------------------- */

void gk_store_problem(gk_store *self, int64_t id, int64_t seq, const char *text, json_t *problems)
{
    char number[GK_CASE_NUMBER] = "", reference[32] = "";
    sqlite3_stmt *stmt = use(self, CASE_ROW);
    sqlite3_bind_int64(stmt, 1, id);
    if (row(stmt)) {
        copy_at(stmt, 1, number, sizeof number);
        done(stmt);
    }
    if (id)
        snprintf(reference, sizeof reference, "@%lld", (long long) id);
    json_array_append_new(problems, json_pack("{s:s, s:I, s:I, s:s}", "case", *number ? number : reference, "id", (json_int_t) id, "seq",
                                              (json_int_t) seq, "text", text));
}

/*  The document itself: its signature, its place behind the seal before, its root. */
static gk_err check_seal(gk_store *self, int64_t number, const json_t *seal, const gk_head *heads, size_t count, gk_why *why)
{
    gk_err err = gk_document_check(GK_DOCUMENT_SEAL, seal, why);
    if (err)
        return err;
    gk_json_auto *keys = gk_store_keys(self), *before = number > 1 ? gk_store_day_seal(self, number - 1) : NULL;
    err = gk_keys_check(keys, why);
    if (err)
        return err;
    if (!gk_keys_have(keys, gk_json_text(seal, "key")))
        return gk_refuse(why, GK_EDAMAGED, "it is signed by a key that is not the agency's");
    gk_hash hash = gk_document_hash(GK_DOCUMENT_SEAL, before), root = { { 0 } };
    char hex[GK_HASH_HEX] = "";
    if (before)
        gk_hash_hex(&hash, hex);
    if (json_integer_value(json_object_get(seal, "seal")) != number || strcmp(gk_json_text(seal, "previous"), hex) != 0)
        return gk_refuse(why, GK_EDAMAGED, "it does not follow from the seal before");
    gk_hash *leaves = gk_head_leaves(heads, count);
    if (count)
        root = gk_proof_root(leaves, count);
    free(leaves);
    bool same = json_integer_value(json_object_get(seal, "count")) == (json_int_t) count
        && strcmp(gk_hash_hex(&root, hex), gk_json_text(seal, "root")) == 0;
    return same ? GK_OK : gk_refuse(why, GK_EDAMAGED, "its root is not that of the heads beside it");
}

gk_err gk_store_verify_seal(gk_store *self, int64_t number, json_t *problems, gk_why *why)
{
    gk_head *heads = NULL;
    size_t count = 0, told = 0;
    gk_why inner = { "" };
    char text[400];
    gk_err err = gk_store_sealed_heads(self, number, &heads, &count, &inner);
    if (err && err != GK_EDAMAGED)
        return gk_refuse(why, err, "%s", inner.text);
    gk_json_auto *seal = gk_store_day_seal(self, number);
    if (!err)
        err = check_seal(self, number, seal, heads, count, &inner);
    if (err) {
        snprintf(text, sizeof text, "seal %lld: %s", (long long) number, inner.text);
        gk_store_problem(self, 0, number, text, problems);
    }
    snprintf(text, sizeof text, "seal %lld of %s names a head that the ledger does not hold: the end of the case was cut off, or it was changed",
             (long long) number, gk_json_text(seal, "day"));
    for (size_t i = 0; i < count && told < MOST_PROBLEMS; i++)
        if (!gk_store_holds(self, &heads[i])) {
            gk_store_problem(self, heads[i].case_id, heads[i].seq, text, problems);
            told++;
        }
    free(heads);
    return GK_OK;
}

gk_err gk_store_verify_seals(gk_store *self, json_t *problems, gk_why *why)
{
    gk_err err = GK_OK;
    int64_t last = gk_store_last_seal(self);
    for (int64_t number = 1; number <= last && !err; number++) {
        err = next_moment(self, why);
        if (!err)
            err = gk_store_verify_seal(self, number, problems, why);
    }
    return err;
}

gk_err gk_store_verify_recent(gk_store *self, int most, json_t *problems, int64_t *checked, int64_t *left, gk_why *why)
{
    int64_t last = gk_store_last_seal(self), events, cases;
    gk_hash head;
    gk_err err = last ? gk_store_verify_seal(self, last, problems, why) : GK_OK;
    *checked = 0;
    for (int64_t id = INT64_MAX; !err && *checked < most; ++*checked) {
        sqlite3_stmt *stmt = use(self, MOVED_BEFORE);
        sqlite3_bind_int64(stmt, 1, id);
        int64_t next = one_id(stmt);
        if (!next || next >= id)            /* a table out of order would lead round in a circle */
            break;
        id = next;
        err = gk_store_verify(self, id, problems, &events, &cases, &head, why);
    }
    *left = one_id(use(self, MOVED_COUNT)) - *checked;
    return err;
}
