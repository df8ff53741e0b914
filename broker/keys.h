/*  gk_keys - the secrets of a data directory: DATA/keys, one file a key.
 *
 *  Every key is 32 random bytes, and what it is for decides how they are read: an HMAC key, a key that wraps keys, the
 *  seed of an Ed25519 pair, a CURVE secret.  A key that is absent is made, once, and is on disk with its folder before
 *  anything uses it.  The ledger records the public id of each key that it cannot do without: a key that is missing or another one is
 *  then refused by name, never replaced (docs/decisions/0034).  In memory they lie in locked pages, wiped at the end.
 */
#ifndef GK_KEYS_H
#define GK_KEYS_H

#include "base/hash.h"
#include "store/store.h"

typedef enum gk_key_name {
    GK_KEY_RECEIPT,             /* HMAC: receipt codes are derived (docs/decisions/0003) */
    GK_KEY_LOOKUP,              /* HMAC: an applicant is found by proof number */
    GK_KEY_MASTER,              /* wraps the data keys of sealed bodies and documents */
    GK_KEY_QUARANTINE,          /* wraps those of uploads not yet admitted; in no backup */
    GK_KEY_SIGNING,             /* Ed25519 seed: the daily seal and receipts */
    GK_KEY_SERVER,              /* CURVE secret of the broker's endpoints */
    GK_KEY_NAMES
} gk_key_name;

enum { GK_KEY_ID = 17 };        /* 16 hex digits and NUL */

typedef struct gk_keys gk_keys;

/*  Load the keys of DATA/keys, which must exist, and make those that are absent; `store` is open for writing, and records the ids
 *  of keys it did not know.  GK_EDAMAGED for a key that the ledger knows and that is missing or another one, and for a file of
 *  another size; GK_EDENIED for one that others may read; GK_EIO. */
GK_CHECKED gk_err gk_keys_open(const char *data, gk_store *store, gk_keys **out, gk_why *why);
void gk_keys_destroy(gk_keys **self_p);

/*  The GK_KEY_BYTES bytes; borrowed.  Any thread may read them. */
const unsigned char *gk_keys_get(const gk_keys *self, gk_key_name name);

/*  Make the key that is to follow this one: DATA/keys/NAME.next.key, its bytes in `next`, its id what the ledger needs.  Inside a
 *  transaction; when that is committed gk_keys_follow puts the file in the old one's place, or the next gk_keys_open does. */
GK_CHECKED gk_err gk_keys_next(const char *data, gk_store *store, gk_key_name name, unsigned char next[static GK_KEY_BYTES], gk_why *why);
GK_CHECKED gk_err gk_keys_follow(const char *data, gk_key_name name, gk_why *why);

/*  What may be told about a key to name it: nothing can be computed back from it.  Returns out. */
char *gk_keys_id(const gk_keys *self, gk_key_name name, char out[static GK_KEY_ID]);

#endif
