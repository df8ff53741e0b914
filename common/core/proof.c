/*  gk_proof - signed documents, and the tree over the heads of a day. */
#include "core/proof.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/*  ---- the documents ------------------------------------------------------------------- */

/*  What a member may be. */
typedef enum member_type { NUMBER, FLAG, DATE, INSTANT, HASH, SIGNATURE, CASE, WORD, LETTERS } member_type;

typedef struct member {
    const char *name;
    member_type type;
    bool none;                  /* null is allowed */
} member;

enum { MEMBERS = 16, MOST_WORD = 200, MOST_LETTERS = 100 };

static const struct {
    const char *first;          /* line of what is signed */
    member members[MEMBERS];    /* ends with a NULL name */
} kinds[GK_DOCUMENT_KINDS] = {
    [GK_DOCUMENT_SEAL] = { "gongkai seal 1\n", {
        { "seal", NUMBER, false }, { "day", DATE, false }, { "at", INSTANT, false }, { "root", HASH, false }, { "count", NUMBER, false },
        { "previous", HASH, true }, { "training", FLAG, false }, { "key", HASH, false }, { "signature", SIGNATURE, false } } },
    [GK_DOCUMENT_RECEIPT] = { "gongkai receipt 1\n", {
        { "receipt_hash", HASH, false }, { "case", CASE, false }, { "number", WORD, false }, { "office", WORD, false },
        { "submitted_on", DATE, true }, { "received_on", DATE, true }, { "seq", NUMBER, false }, { "at", INSTANT, false },
        { "head", HASH, false }, { "letters", LETTERS, false }, { "training", FLAG, false }, { "key", HASH, false },
        { "signature", SIGNATURE, false } } },
    [GK_DOCUMENT_KEY] = { "gongkai key 1\n", {
        { "number", NUMBER, false }, { "since", INSTANT, false }, { "previous", HASH, true }, { "training", FLAG, false }, { "key", HASH, false },
        { "signature", SIGNATURE, false }, { "endorsed", SIGNATURE, true } } },
};

static bool is_hex(const char *text, size_t digits)
{
    return strlen(text) == digits && strspn(text, "0123456789abcdef") == digits;
}

static bool is_case(const char *text)
{
    size_t digits = strspn(text + (*text != 0), "0123456789");
    return text[0] == '@' && digits >= 1 && digits <= 18 && strlen(text) == digits + 1 && text[1] != '0';
}

static bool are_letters(const json_t *list)
{
    static const char *const names[] = { "kind", "number", "digest", "check_code" };
    size_t index, count = sizeof names / sizeof *names;
    json_t *letter;
    if (!json_is_array(list) || json_array_size(list) > MOST_LETTERS)
        return false;
    json_array_foreach((json_t *) list, index, letter) {
        if (json_object_size(letter) != count || !is_hex(gk_json_text(letter, "digest"), GK_HASH_HEX - 1))
            return false;
        for (size_t i = 0; i < count; i++)
            if (!json_is_string(json_object_get(letter, names[i])) || strlen(gk_json_text(letter, names[i])) > MOST_WORD)
                return false;
    }
    return true;
}

static bool is_of(member_type type, const json_t *value)
{
    const char *text = json_is_string(value) ? json_string_value(value) : NULL;
    size_t len = text ? strlen(text) : 0;
    gk_date date;
    int64_t instant;
    switch (type) {
    case NUMBER:    return json_is_integer(value) && json_integer_value(value) >= 0;
    case FLAG:      return json_is_boolean(value);
    case DATE:      return text && gk_date_parse(text, len, &date) == GK_OK;
    case INSTANT:   return text && gk_time_parse(text, len, &instant) == GK_OK;
    case HASH:      return text && is_hex(text, GK_HASH_HEX - 1);
    case SIGNATURE: return text && is_hex(text, GK_SIGN_HEX - 1);
    case CASE:      return text && is_case(text);
    case WORD:      return text && len <= MOST_WORD;
    case LETTERS:   return are_letters(value);
    }
    return false;
}

static gk_err check_members(const member *members, const json_t *document, size_t *count, gk_why *why)
{
    for (*count = 0; members[*count].name; ++*count) {
        const json_t *value = json_object_get(document, members[*count].name);
        if (!is_of(members[*count].type, value) && !(members[*count].none && json_is_null(value)))
            return gk_refuse(why, GK_EBADVALUE, "%s is missing or not what it should be", members[*count].name);
    }
    return GK_OK;
}

/*  Which document it is, and all of it but the signatures. */
static char *signed_text(gk_document_kind kind, const json_t *document)
{
    gk_json_auto *bare = json_copy((json_t *) document);        /* jansson copies without changing */
    json_object_del(bare, "signature");
    json_object_del(bare, "endorsed");
    gk_free_auto char *text = gk_json_print(bare);
    return gk_format("%s%s", kinds[kind].first, text);
}

gk_hash gk_document_hash(gk_document_kind kind, const json_t *document)
{
    gk_free_auto char *text = signed_text(kind, document);
    return gk_hash_of(text, strlen(text));
}

static void set_signature(gk_document_kind kind, json_t *document, const char *name, const gk_signer *signer)
{
    unsigned char signature[GK_SIGN_BYTES];
    char hex[GK_SIGN_HEX];
    gk_free_auto char *text = signed_text(kind, document);
    gk_sign(signer, text, strlen(text), signature);
    json_object_set_new(document, name, json_string(gk_hex(signature, sizeof signature, hex)));
}

void gk_document_sign(gk_document_kind kind, json_t *document, const gk_signer *signer)
{
    char hex[GK_PUBLIC_HEX];
    json_object_set_new(document, "key", json_string(gk_hex(signer->key, sizeof signer->key, hex)));
    set_signature(kind, document, "signature", signer);
}

void gk_document_endorse(json_t *document, const gk_signer *previous)
{
    set_signature(GK_DOCUMENT_KEY, document, "endorsed", previous);
}

static bool is_signed(gk_document_kind kind, const json_t *document, const char *by, const char *name)
{
    unsigned char key[GK_PUBLIC_BYTES], signature[GK_SIGN_BYTES];
    gk_free_auto char *text = signed_text(kind, document);
    return gk_unhex(gk_json_text(document, by), key, sizeof key)
        && gk_unhex(gk_json_text(document, name), signature, sizeof signature) && gk_sign_ok(key, text, strlen(text), signature);
}

gk_err gk_document_check(gk_document_kind kind, const json_t *document, gk_why *why)
{
    size_t count;
    gk_err err = check_members(kinds[kind].members, document, &count, why);
    if (!err && json_object_size(document) != count)
        err = gk_refuse(why, GK_EBADVALUE, "it has %zu members, not %zu: nothing may stand in it that was not signed",
                        json_object_size(document), count);
    if (!err && !is_signed(kind, document, "key", "signature"))
        err = gk_refuse(why, GK_EDAMAGED, "the signature does not fit: this is not what the owner of the key signed");
    return err;
}

/*  ---- the tree ---------------------------------------------------------------------------- */

gk_hash gk_proof_leaf(int64_t case_id, int64_t seq, const gk_hash *head)
{
    char hex[GK_HASH_HEX];
    gk_free_auto char *text = gk_format("@%lld %lld %s", (long long) case_id, (long long) seq, gk_hash_hex(head, hex));
    gk_hasher *hasher = gk_hasher_new();
    gk_hasher_raw(hasher, "\x00", 1);
    gk_hasher_raw(hasher, text, strlen(text));
    return gk_hasher_end(&hasher);
}

static gk_hash node(const gk_hash *left, const gk_hash *right)
{
    gk_hasher *hasher = gk_hasher_new();
    gk_hasher_raw(hasher, "\x01", 1);
    gk_hasher_raw(hasher, left->bytes, sizeof left->bytes);
    gk_hasher_raw(hasher, right->bytes, sizeof right->bytes);
    return gk_hasher_end(&hasher);
}

/*  How many leaves the left part of a tree has: the largest power of two below their number. */
static size_t left_of(size_t count)
{
    size_t left = 1;
    while (left * 2 < count)
        left *= 2;
    return left;
}

gk_hash gk_proof_root(const gk_hash *leaves, size_t count)
{
    if (count == 1)
        return leaves[0];
    size_t left = left_of(count);
    gk_hash a = gk_proof_root(leaves, left), b = gk_proof_root(leaves + left, count - left);
    return node(&a, &b);
}

static void add_path(const gk_hash *leaves, size_t count, size_t index, json_t *path)
{
    if (count == 1)
        return;
    size_t left = left_of(count);
    bool on_left = index < left;
    add_path(on_left ? leaves : leaves + left, on_left ? left : count - left, on_left ? index : index - left, path);
    gk_hash beside = on_left ? gk_proof_root(leaves + left, count - left) : gk_proof_root(leaves, left);
    char hex[GK_HASH_HEX];
    json_array_append_new(path, json_string(gk_hash_hex(&beside, hex)));
}

json_t *gk_proof_path(const gk_hash *leaves, size_t count, size_t index)
{
    json_t *path = json_array();
    add_path(leaves, count, index, path);
    return path;
}

/*  RFC 9162, 2.1.3.2. */
bool gk_proof_climb(const gk_hash *leaf, uint64_t index, uint64_t count, const json_t *path, gk_hash *root)
{
    if (index >= count || !json_is_array(path) || json_array_size(path) > GK_PROOF_PATH)
        return false;
    uint64_t at = index, last = count - 1;
    gk_hash here = *leaf, beside;
    size_t step;
    json_t *entry;
    json_array_foreach((json_t *) path, step, entry) {
        const char *hex = json_is_string(entry) ? json_string_value(entry) : "";
        if (!last || !is_hex(hex, GK_HASH_HEX - 1) || !gk_unhex(hex, beside.bytes, sizeof beside.bytes))
            return false;
        if (at & 1 || at == last) {
            here = node(&beside, &here);
            while (!(at & 1) && at)         /* it had no neighbour on these levels */
                at >>= 1, last >>= 1;
        } else {
            here = node(&here, &beside);
        }
        at >>= 1, last >>= 1;
    }
    *root = here;
    return last == 0;
}

/*  ---- for anybody ----------------------------------------------------------------------------- */

gk_err gk_keys_check(const json_t *keys, gk_why *why)
{
    const char *previous = "";
    size_t index;
    json_t *key;
    if (!json_is_array(keys) || json_array_size(keys) < 1 || json_array_size(keys) > GK_PROOF_KEYS)
        return gk_refuse(why, GK_EBADVALUE, "keys must be a list of 1 to %d statements", GK_PROOF_KEYS);
    json_array_foreach((json_t *) keys, index, key) {
        gk_err err = gk_document_check(GK_DOCUMENT_KEY, key, why);
        if (err)
            return err;
        bool first = !*gk_json_text(key, "previous") && !*gk_json_text(key, "endorsed");
        bool follows = *previous && strcmp(gk_json_text(key, "previous"), previous) == 0
            && is_signed(GK_DOCUMENT_KEY, key, "previous", "endorsed");
        if (json_integer_value(json_object_get(key, "number")) != (json_int_t) index + 1 || (index ? !follows : !first))
            return gk_refuse(why, GK_EDAMAGED, "key %zu is not signed by the key before it", index + 1);
        previous = gk_json_text(key, "key");
    }
    return GK_OK;
}

bool gk_keys_have(const json_t *keys, const char *hex)
{
    size_t index;
    json_t *key;
    json_array_foreach((json_t *) keys, index, key)
        if (strcmp(gk_json_text(key, "key"), hex) == 0)
            return true;
    return false;
}

static gk_err check_trust(const json_t *proof, const unsigned char key[static GK_PUBLIC_BYTES], gk_why *why)
{
    char hex[GK_PUBLIC_HEX];
    const json_t *keys = json_object_get(proof, "keys");
    gk_err err = gk_keys_check(keys, why);
    if (!err && !gk_keys_have(keys, gk_hex(key, GK_PUBLIC_BYTES, hex)))
        err = gk_refuse(why, GK_EDENIED, "nothing in it is signed by the key %s", hex);
    if (!err && !gk_keys_have(keys, gk_json_path(proof, "seal.key")))
        err = gk_refuse(why, GK_EDENIED, "the seal is signed by a key that is not among its keys");
    return err;
}

/*  Does the way from the head lead to the root that was signed?  All members are what they should be. */
static bool is_under(const json_t *proof, const json_t *seal)
{
    gk_hash head, root;
    char hex[GK_HASH_HEX];
    int64_t id = strtoll(gk_json_text(proof, "case") + 1, NULL, 10), seq = json_integer_value(json_object_get(proof, "seq"));
    uint64_t index = (uint64_t) json_integer_value(json_object_get(proof, "index"));
    uint64_t count = (uint64_t) json_integer_value(json_object_get(seal, "count"));
    if (!gk_unhex(gk_json_text(proof, "head"), head.bytes, sizeof head.bytes))
        return false;
    gk_hash leaf = gk_proof_leaf(id, seq, &head);
    return gk_proof_climb(&leaf, index, count, json_object_get(proof, "path"), &root)
        && strcmp(gk_hash_hex(&root, hex), gk_json_text(seal, "root")) == 0;
}

gk_err gk_proof_check(const json_t *proof, const unsigned char key[static GK_PUBLIC_BYTES], gk_why *why)
{
    static const member members[] = {
        { "case", CASE, false }, { "seq", NUMBER, false }, { "head", HASH, false }, { "index", NUMBER, false }, { NULL, NUMBER, false }
    };
    size_t count;
    const json_t *seal = json_object_get(proof, "seal");
    gk_err err = check_members(members, proof, &count, why);
    if (!err)
        err = gk_document_check(GK_DOCUMENT_SEAL, seal, why);
    if (!err)
        err = check_trust(proof, key, why);
    return err || is_under(proof, seal) ? err : gk_refuse(why, GK_EDAMAGED, "the head is not under the root that was signed");
}

gk_err gk_receipt_check(const json_t *receipt, const unsigned char key[static GK_PUBLIC_BYTES], gk_why *why)
{
    char hex[GK_PUBLIC_HEX];
    gk_err err = gk_document_check(GK_DOCUMENT_RECEIPT, receipt, why);
    if (!err && strcmp(gk_json_text(receipt, "key"), gk_hex(key, GK_PUBLIC_BYTES, hex)) != 0)
        err = gk_refuse(why, GK_EDENIED, "it is signed by the key %s, not by %s; if the agency published that one earlier, name it",
                        gk_json_text(receipt, "key"), hex);
    return err;
}
