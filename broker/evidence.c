/*  evidence - the seal of a day, receipts, the next key. */
#include "broker/evidence.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/proof.h"
#include "core/shown.h"

#include <stdlib.h>
#include <string.h>

enum {
    HEADS_A_SEAL = 20000,       /* a fifth of a second */
    CASES_AT_START = 3000,      /* half a second, of five events each */
    SAID_AT_START = 20,
};

/*  ---- the key ------------------------------------------------------------------------ */

/*  The statement of a key: who follows whom, from when. */
static json_t *statement(const gk_broker *self, size_t number, const char *previous)
{
    char since[GK_TIME_TEXT];
    json_t *key = json_pack("{s:I, s:s, s:b}", "number", (json_int_t) number, "since", gk_time_format(self->time.now, since), "training",
                            self->training);
    json_object_set_new(key, "previous", *previous ? json_string(previous) : json_null());
    json_object_set_new(key, "endorsed", json_null());
    return key;
}

/*  The ledger names the public key, so that a seal is checked without the secret one. */
static gk_err add_first_key(gk_broker *self, gk_why *why)
{
    gk_json_auto *key = statement(self, 1, "");
    gk_document_sign(GK_DOCUMENT_KEY, key, &self->notary.signer);
    gk_err err = gk_store_begin(self->store, why);
    if (!err)
        err = gk_store_add_key(self->store, key, why);
    return err ? err : gk_store_commit(self->store, why);
}

gk_err gk_evidence_open(gk_broker *self, gk_why *why)
{
    gk_json_auto *keys = gk_store_keys(self->store);
    size_t count = json_array_size(keys);
    char hex[GK_PUBLIC_HEX];
    self->notary = (gk_notary) { gk_signer_of(gk_keys_get(self->keys, GK_KEY_SIGNING)), self->training };
    if (!count)
        return add_first_key(self, why);
    const char *last = gk_json_text(json_array_get(keys, count - 1), "key");
    return strcmp(last, gk_hex(self->notary.signer.key, GK_PUBLIC_BYTES, hex)) == 0 ? GK_OK
        : gk_refuse(why, GK_EDAMAGED, "keys/signing.key belongs to the public key %s; the ledger signs with %s", hex, last);
}

/*  In one transaction the ledger learns the new key and that it needs it from now on. */
static gk_err store_next(gk_broker *self, json_t *key, gk_signer *next, gk_why *why)
{
    unsigned char seed[GK_KEY_BYTES];
    gk_err err = gk_store_begin(self->store, why);
    if (!err)
        err = gk_keys_next(self->data, self->store, GK_KEY_SIGNING, seed, why);
    if (err)
        return err;
    *next = gk_signer_of(seed);
    gk_wipe(seed, sizeof seed);
    gk_document_sign(GK_DOCUMENT_KEY, key, next);
    gk_document_endorse(key, &self->notary.signer);
    err = gk_store_add_key(self->store, key, why);
    return err ? err : gk_store_commit(self->store, why);
}

gk_err gk_evidence_new_key(gk_broker *self, gk_why *why)
{
    gk_json_auto *keys = gk_store_keys(self->store);
    char hex[GK_PUBLIC_HEX];
    gk_signer next;
    gk_json_auto *key = statement(self, json_array_size(keys) + 1, gk_hex(self->notary.signer.key, GK_PUBLIC_BYTES, hex));
    if (json_array_size(keys) >= GK_PROOF_KEYS)
        return gk_refuse(why, GK_ETOOLARGE, "a ledger has at most %d keys", GK_PROOF_KEYS);
    gk_err err = store_next(self, key, &next, why);
    if (!err)
        err = gk_keys_follow(self->data, GK_KEY_SIGNING, why);
    if (!err)
        self->notary.signer = next;
    gk_wipe(&next, sizeof next);
    return err;
}

/*  ---- the seal of a day ------------------------------------------------------------------- */

/*  The day of the last event or seal has had its first turn. */
static gk_date sealed_until(gk_store *store)
{
    gk_free_auto char *last = gk_store_last_instant(store);
    int64_t at;
    return last && *last && gk_time_parse(last, strlen(last), &at) == GK_OK ? gk_date_of(at) : GK_NO_DATE;
}

bool gk_evidence_is_due(const gk_broker *self)
{
    return !self->time.doubtful && (gk_date_is_none(self->sealed_on) || gk_date_of(self->time.now).day > self->sealed_on.day);
}

static json_t *seal_document(gk_broker *self, const gk_head *heads, size_t count)
{
    char day[GK_DATE_TEXT], at[GK_TIME_TEXT], hex[GK_HASH_HEX];
    int64_t last = gk_store_last_seal(self->store);
    gk_hash *leaves = gk_head_leaves(heads, count);
    gk_hash root = gk_proof_root(leaves, count);
    free(leaves);
    json_t *seal = json_pack("{s:I, s:s, s:s, s:s, s:I, s:b}", "seal", (json_int_t) last + 1, "day",
                             gk_date_format(gk_date_of(self->time.now), day), "at", gk_time_format(self->time.now, at), "root",
                             gk_hash_hex(&root, hex), "count", (json_int_t) count, "training", self->training);
    gk_json_auto *before = last ? gk_store_day_seal(self->store, last) : NULL;
    gk_hash hash = gk_document_hash(GK_DOCUMENT_SEAL, before);
    json_object_set_new(seal, "previous", last ? json_string(gk_hash_hex(&hash, hex)) : json_null());
    gk_document_sign(GK_DOCUMENT_SEAL, seal, &self->notary.signer);
    return seal;
}

gk_err gk_evidence_seal(gk_broker *self, gk_why *why)
{
    gk_head *heads = NULL;
    size_t count = 0;
    if (!gk_evidence_is_due(self))
        return GK_OK;
    gk_err err = gk_store_moved_heads(self->store, HEADS_A_SEAL, &heads, &count, why);
    if (!err && count) {
        gk_json_auto *seal = seal_document(self, heads, count);
        err = gk_store_add_day_seal(self->store, seal, heads, count, why);
        if (!err)       /* whoever keeps the log has a witness of the ledger */
            gk_log(GK_INFO, "event=day-sealed seal=%lld day=%s count=%zu root=%s", (long long) json_integer_value(json_object_get(seal, "seal")),
                   gk_json_text(seal, "day"), count, gk_json_text(seal, "root"));
    }
    free(heads);
    if (!err && count < HEADS_A_SEAL)
        gk_broker_effect(self, GK_DO_SEALED)->date = gk_date_of(self->time.now);
    return err;
}

/*  ---- at the start -------------------------------------------------------------------------- */

gk_err gk_evidence_check(gk_broker *self, gk_why *why)
{
    gk_json_auto *problems = json_array();
    int64_t checked, left;
    self->sealed_on = sealed_until(self->store);
    gk_err err = gk_store_verify_recent(self->store, CASES_AT_START, problems, &checked, &left, why);
    if (err)
        return err;
    if (left)
        gk_log(GK_INFO, "event=checked-recent cases=%lld left=%lld action=\"gongkai verify\"", (long long) checked, (long long) left);
    size_t count = json_array_size(problems), i;
    json_t *entry;
    json_array_foreach(problems, i, entry)
        if (i < SAID_AT_START)
            gk_log(GK_ERROR, "event=damaged case=%s id=@%lld seq=%lld reason=\"%s\"", gk_json_text(entry, "case"),
                   (long long) json_integer_value(json_object_get(entry, "id")), (long long) json_integer_value(json_object_get(entry, "seq")),
                   gk_json_text(entry, "text"));
    const json_t *first = json_array_get(problems, 0);
    return !count ? GK_OK : gk_refuse(why, GK_EDAMAGED, "the ledger is damaged in %zu place(s), the first in case %s (@%lld): %.120s; keep it as it is, "
                                      "and restore the last backup", count, gk_json_text(first, "case"),
                                      (long long) json_integer_value(json_object_get(first, "id")), gk_json_text(first, "text"));
}

/*  ---- receipts --------------------------------------------------------------------------------- */

typedef struct told {
    const gk_case *file;
    gk_head head;
    char at[GK_TIME_TEXT];
} told;

static bool look(void *context, const gk_event *event)
{
    told *t = context;
    if (gk_shown_event(t->file, event)) {
        t->head = (gk_head) { event->case_id, event->seq, event->hash };
        snprintf(t->at, sizeof t->at, "%s", event->at);
    }
    return true;
}

static json_t *letters_of(const gk_case *file)
{
    json_t *list = json_array();
    for (int i = 0; i < file->letter_count; i++) {
        const gk_case_letter *letter = &file->letters[i];
        if (gk_shown_letter(file, letter))
            json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s}", "kind", letter->kind, "number", letter->number, "digest", letter->digest,
                                                  "check_code", letter->check_code));
    }
    return list;
}

json_t *gk_evidence_receipt(gk_store *store, const gk_notary *notary, const gk_case *file, const gk_hash *receipt)
{
    told t = { .file = file };
    if (gk_store_events(store, file->id, 1, look, &t, NULL) || !t.head.seq)
        return NULL;
    char hash[GK_HASH_HEX], head[GK_HASH_HEX], reference[32];
    snprintf(reference, sizeof reference, "@%lld", (long long) file->id);
    json_t *document = json_pack("{s:s, s:s, s:s, s:s, s:I, s:s, s:s, s:o, s:o, s:o, s:b}", "receipt_hash", gk_hash_hex(receipt, hash), "case",
                                 reference, "number", file->number, "office", file->office, "seq", (json_int_t) t.head.seq, "at", t.at, "head",
                                 gk_hash_hex(&t.head.hash, head), "submitted_on", gk_json_from_date(file->submitted_on), "received_on",
                                 gk_json_from_date(file->received_on), "letters", letters_of(file), "training", notary->training);
    gk_document_sign(GK_DOCUMENT_RECEIPT, document, &notary->signer);
    return document;
}
