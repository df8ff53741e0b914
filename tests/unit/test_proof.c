/*  test_proof - the tree is RFC 6962's, every proof leads to its root and no other does, and what is signed cannot be bent. */
#include "core/proof.h"
#include "base/mem.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

enum { MOST = 40 };

static gk_why why;

static gk_signer signer_of(int seed)
{
    unsigned char bytes[GK_KEY_BYTES] = { (unsigned char) seed };
    return gk_signer_of(bytes);
}

static void fill(gk_hash leaves[MOST])
{
    for (int i = 0; i < MOST; i++) {
        gk_hash head = gk_hash_of(&i, sizeof i);
        leaves[i] = gk_proof_leaf(i + 1, i % 7 + 1, &head);
    }
}

/*  RFC 8032, 7.1, test 1: the empty message. */
static void signatures_are_ed25519(void **state)
{
    (void) state;
    unsigned char seed[GK_KEY_BYTES], signature[GK_SIGN_BYTES];
    char hex[GK_SIGN_HEX];
    assert_true(gk_unhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", seed, sizeof seed));
    gk_signer signer = gk_signer_of(seed);
    assert_string_equal(gk_hex(signer.key, sizeof signer.key, hex), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    gk_sign(&signer, "", 0, signature);
    assert_string_equal(gk_hex(signature, sizeof signature, hex), "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc6"
                        "1e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
    assert_true(gk_sign_ok(signer.key, "", 0, signature));
    assert_false(gk_sign_ok(signer.key, "x", 1, signature));
}

/*  Against something dumber: level by level, an odd one out goes up as it is. */
static gk_hash dumb_root(const gk_hash *leaves, size_t count)
{
    gk_hash level[MOST];
    memcpy(level, leaves, count * sizeof *leaves);
    for (; count > 1; count = (count + 1) / 2)
        for (size_t i = 0; i < (count + 1) / 2; i++) {
            if (2 * i + 1 == count) {
                level[i] = level[2 * i];
                continue;
            }
            unsigned char both[1 + 2 * GK_HASH_BYTES] = { 1 };
            memcpy(both + 1, level[2 * i].bytes, GK_HASH_BYTES);
            memcpy(both + 1 + GK_HASH_BYTES, level[2 * i + 1].bytes, GK_HASH_BYTES);
            level[i] = gk_hash_of(both, sizeof both);
        }
    return level[0];
}

static void every_proof_leads_to_its_root_and_no_other(void **state)
{
    (void) state;
    gk_hash leaves[MOST], climbed;
    fill(leaves);
    for (size_t count = 1; count <= MOST; count++) {
        gk_hash root = gk_proof_root(leaves, count), dumb = dumb_root(leaves, count);
        assert_memory_equal(root.bytes, dumb.bytes, sizeof root.bytes);
        for (size_t index = 0; index < count; index++) {
            gk_json_auto *path = gk_proof_path(leaves, count, index);
            assert_true(gk_proof_climb(&leaves[index], index, count, path, &climbed));
            assert_memory_equal(climbed.bytes, root.bytes, sizeof root.bytes);
            bool other = gk_proof_climb(&leaves[index], index ^ 1, count, path, &climbed);
            assert_true(!other || memcmp(climbed.bytes, root.bytes, sizeof root.bytes) != 0);
            json_array_append_new(path, json_string("00"));
            assert_false(gk_proof_climb(&leaves[index], index, count, path, &climbed));
        }
    }
}

static void a_leaf_is_no_node(void **state)
{
    (void) state;
    gk_hash head = { { 0 } }, leaf = gk_proof_leaf(7, 3, &head);
    char text[] = "\0@7 3 0000000000000000000000000000000000000000000000000000000000000000";
    gk_hash dumb = gk_hash_of(text, sizeof text - 1);
    assert_memory_equal(leaf.bytes, dumb.bytes, sizeof leaf.bytes);
}

static json_t *seal_of(const gk_signer *signer, const gk_hash *root, int count)
{
    char hex[GK_HASH_HEX];
    json_t *seal = json_pack("{s:i, s:s, s:s, s:s, s:i, s:n, s:b}", "seal", 1, "day", "2026-03-03", "at", "2026-03-02T16:00:00Z", "root", gk_hash_hex(root, hex),
                             "count", count, "previous", "training", 1);
    gk_document_sign(GK_DOCUMENT_SEAL, seal, signer);
    return seal;
}

/*  The statement of key `number`, whose seed that is; of the first there is none before. */
static json_t *key_of(int number)
{
    gk_signer own = signer_of(number), before = signer_of(number - 1);
    char hex[GK_PUBLIC_HEX] = "";
    if (number > 1)
        gk_hex(before.key, sizeof before.key, hex);
    json_t *key = json_pack("{s:i, s:s, s:s*, s:b}", "number", number, "since", "2026-03-02T02:00:00Z", "previous",
                            number > 1 ? hex : NULL, "training", 1);
    if (number == 1)
        json_object_set_new(key, "previous", json_null());
    gk_document_sign(GK_DOCUMENT_KEY, key, &own);
    if (number > 1)
        gk_document_endorse(key, &before);
    else
        json_object_set_new(key, "endorsed", json_null());
    return key;
}

static json_t *receipt_of(const gk_signer *signer)
{
    char hex[GK_HASH_HEX];
    gk_hash any = gk_hash_of("x", 1);
    gk_hash_hex(&any, hex);
    json_t *receipt = json_pack("{s:s, s:s, s:s, s:s, s:i, s:s, s:s, s:s, s:n, s:[{s:s, s:s, s:s, s:s}], s:b}", "receipt_hash", hex, "case", "@7", "number",
                                "GZ-2026-000007", "office", "GZ", "seq", 2, "at", "2026-03-02T02:00:00Z", "head", hex, "submitted_on", "2026-03-02", "received_on",
                                "letters", "kind", "registration", "number", "示关公登〔2026〕3号", "digest", hex, "check_code", "0123abcd", "training", 0);
    gk_document_sign(GK_DOCUMENT_RECEIPT, receipt, signer);
    return receipt;
}

/*  Case 5 of 11 under a seal of key 2; keys 1 to 3. */
static json_t *proof_of(void)
{
    gk_hash leaves[MOST], root;
    gk_signer second = signer_of(2);
    int index = 4;
    gk_hash head = gk_hash_of(&index, sizeof index);
    char hex[GK_HASH_HEX];
    fill(leaves);
    root = gk_proof_root(leaves, 11);
    return json_pack("{s:s, s:i, s:s, s:i, s:o, s:o, s:[o, o, o]}", "case", "@5", "seq", 5, "head", gk_hash_hex(&head, hex), "index", 4, "path",
                     gk_proof_path(leaves, 11, 4), "seal", seal_of(&second, &root, 11), "keys", key_of(1), key_of(2), key_of(3));
}

static void a_proof_is_checked_by_any_key_of_the_row(void **state)
{
    (void) state;
    gk_json_auto *proof = proof_of();
    for (int number = 1; number <= 3; number++) {
        gk_signer known = signer_of(number);
        if (gk_proof_check(proof, known.key, &why))
            fail_msg("%s", why.text);
    }
    gk_signer other = signer_of(4);
    assert_int_equal(gk_proof_check(proof, other.key, &why), GK_EDENIED);
}

/*  One member at a time, wherever it stands: changed, taken away, added. */
static void nothing_signed_can_be_bent(void **state)
{
    (void) state;
    gk_signer first = signer_of(1);
    static const char *const parts[] = { "", "seal", "keys" };
    for (size_t part = 0; part < 3; part++) {
        gk_json_auto *whole = proof_of();
        json_t *names = part == 2 ? json_array_get(json_object_get(whole, "keys"), 2) : part ? json_object_get(whole, parts[part]) : whole;
        const char *name;
        json_t *value;
        json_object_foreach(names, name, value) {
            for (int how = 0; how < 2; how++) {
                gk_json_auto *bent = json_deep_copy(whole);
                json_t *at = part == 2 ? json_array_get(json_object_get(bent, "keys"), 2) : part ? json_object_get(bent, parts[part]) : bent;
                gk_free_auto char *text = gk_strdup(json_is_string(value) ? json_string_value(value) : "");
                if (*text)
                    text[strlen(text) - 1] = text[strlen(text) - 1] == '1' ? '2' : '1';
                if (how == 0)
                    json_object_del(at, name);
                else if (json_is_string(value))
                    json_object_set_new(at, name, json_string(*text ? text : "00"));
                else if (json_is_integer(value))
                    json_object_set_new(at, name, json_integer(json_integer_value(value) + 1));
                else if (json_is_boolean(value))
                    json_object_set_new(at, name, json_boolean(!json_is_true(value)));
                else
                    json_object_set_new(at, name, json_string("x"));
                if (gk_proof_check(bent, first.key, &why) == GK_OK)
                    fail_msg("%s.%s bent (%d) is believed", parts[part], name, how);
            }
        }
    }
    gk_json_auto *receipt = receipt_of(&first);
    assert_int_equal(gk_receipt_check(receipt, first.key, &why), GK_OK);
    const char *name;
    json_t *value;
    json_object_foreach(receipt, name, value) {
        gk_json_auto *bent = json_deep_copy(receipt);
        json_object_set_new(bent, name, json_is_boolean(value) ? json_true() : json_is_integer(value) ? json_integer(9) : json_is_array(value) ? json_array() : json_string("2026-03-09"));
        assert_int_not_equal(gk_receipt_check(bent, first.key, &why), GK_OK);
    }
    json_object_set_new(receipt, "note", json_string("unsigned"));
    assert_int_equal(gk_receipt_check(receipt, first.key, &why), GK_EBADVALUE);
}

/*  A signature serves for the kind of document that it was made for. */
static void a_signature_serves_one_purpose(void **state)
{
    (void) state;
    gk_json_auto *nothing = json_object();
    gk_hash a = gk_document_hash(GK_DOCUMENT_RECEIPT, nothing), b = gk_document_hash(GK_DOCUMENT_SEAL, nothing);
    assert_memory_not_equal(a.bytes, b.bytes, sizeof a.bytes);
}

static void a_receipt_of_another_key_is_refused(void **state)
{
    (void) state;
    gk_signer first = signer_of(1), second = signer_of(2);
    gk_json_auto *receipt = receipt_of(&first);
    assert_int_equal(gk_receipt_check(receipt, second.key, &why), GK_EDENIED);
}

static void keys_are_in_their_order(void **state)
{
    (void) state;
    gk_json_auto *keys = json_pack("[o, o]", key_of(1), key_of(2)), *gap = json_pack("[o, o]", key_of(1), key_of(3)), *late = json_pack("[o]", key_of(2)),
                 *none = json_array();
    assert_int_equal(gk_keys_check(keys, &why), GK_OK);
    assert_int_equal(gk_keys_check(gap, &why), GK_EDAMAGED);
    assert_int_equal(gk_keys_check(late, &why), GK_EDAMAGED);
    assert_int_equal(gk_keys_check(none, &why), GK_EBADVALUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signatures_are_ed25519),
        cmocka_unit_test(every_proof_leads_to_its_root_and_no_other),
        cmocka_unit_test(a_leaf_is_no_node),
        cmocka_unit_test(a_proof_is_checked_by_any_key_of_the_row),
        cmocka_unit_test(nothing_signed_can_be_bent),
        cmocka_unit_test(a_signature_serves_one_purpose),
        cmocka_unit_test(a_receipt_of_another_key_is_refused),
        cmocka_unit_test(keys_are_in_their_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
