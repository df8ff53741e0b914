/*  gk_proof - what the agency signs about its ledger, and how anybody checks it with the public key alone.
 *
 *  Every legal day the heads of the cases that moved become the leaves of a Merkle tree (RFC 6962: a leaf is SHA-256(0x00, text),
 *  a node SHA-256(0x01, left, right)); its root, chained to the seal before, is signed.  A proof climbs from one head to that root.
 *  A receipt is the same for one case and the one who applied.  Nothing signed holds personal data.
 *
 *  A signed document is a flat JSON object of members that one table names.  What is signed is a line that says which kind of document
 *  it is, so that no signature serves for another, and then the canonical JSON (compact, keys sorted) without the
 *  signatures.  schemas/protocol.md says it for strangers.
 */
#ifndef GK_PROOF_H
#define GK_PROOF_H

#include "base/json.h"
#include "base/sign.h"

typedef enum gk_document_kind {
    GK_DOCUMENT_SEAL,           /* of a day */
    GK_DOCUMENT_RECEIPT,        /* of an application */
    GK_DOCUMENT_KEY,            /* a public key, signed by the one before */
    GK_DOCUMENT_KINDS
} gk_document_kind;

enum { GK_PROOF_PATH = 64, GK_PROOF_KEYS = 100 };

/*  ---- signed documents ---------------------------------------------------------------- */

/*  Set "key" and "signature".  `document` has all other members of its kind. */
void gk_document_sign(gk_document_kind kind, json_t *document, const gk_signer *signer);

/*  Add to the statement of a new key the signature of the one before ("previous"). */
void gk_document_endorse(json_t *document, const gk_signer *previous);

/*  Is it well-formed and signed as it says?  GK_EBADVALUE naming the member, GK_EDAMAGED for a signature that does not fit.  Whose
 *  key it is, is another question. */
GK_CHECKED gk_err gk_document_check(gk_document_kind kind, const json_t *document, gk_why *why);

/*  Hash of what was signed: how a seal names the one before. */
gk_hash gk_document_hash(gk_document_kind kind, const json_t *document);

/*  ---- the tree ---------------------------------------------------------------------------- */

/*  The leaf of a case's head after its event `seq`. */
gk_hash gk_proof_leaf(int64_t case_id, int64_t seq, const gk_hash *head);

/*  The root over count >= 1 leaves. */
gk_hash gk_proof_root(const gk_hash *leaves, size_t count);

/*  The hashes beside the way from leaf `index` up to the root, as hex; caller decrefs. */
json_t *gk_proof_path(const gk_hash *leaves, size_t count, size_t index);

/*  Where that way leads from `leaf`; false when the path has not the length that index and count give, or is no list of hashes. */
bool gk_proof_climb(const gk_hash *leaf, uint64_t index, uint64_t count, const json_t *path, gk_hash *root);

/*  ---- for anybody ----------------------------------------------------------------------------- */

/*  Check a proof {"case", "seq", "head", "index", "path", "seal", "keys"} against the one public key that the reader trusts.
 *  GK_EBADVALUE, GK_EDAMAGED, GK_EDENIED when it was signed by keys that this one does not vouch for. */
GK_CHECKED gk_err gk_proof_check(const json_t *proof, const unsigned char key[static GK_PUBLIC_BYTES], gk_why *why);

/*  The same of a receipt, which must be signed by this very key. */
GK_CHECKED gk_err gk_receipt_check(const json_t *receipt, const unsigned char key[static GK_PUBLIC_BYTES], gk_why *why);

/*  A list of key statements, each signed by the one before: GK_OK when all are, in order. */
GK_CHECKED gk_err gk_keys_check(const json_t *keys, gk_why *why);

/*  Is this hex of a public key among them? */
bool gk_keys_have(const json_t *keys, const char *hex);

#endif
