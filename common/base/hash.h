/*  gk_hash - SHA-256 and keyed look-up hashes (libsodium below). */
#ifndef GK_HASH_H
#define GK_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GK_HASH_BYTES = 32, GK_HASH_HEX = 65, GK_KEY_BYTES = 32 };

typedef struct gk_hash {
    unsigned char bytes[GK_HASH_BYTES];
} gk_hash;

/*  SHA-256 of one piece. */
gk_hash gk_hash_of(const void *bytes, size_t len);

/*  HMAC-SHA-256, for look-ups by equality and for codes that only we can derive. */
gk_hash gk_hash_keyed(const unsigned char key[static GK_KEY_BYTES], const void *bytes, size_t len);

/*  SHA-256 of length-prefixed pieces: gk_hasher_add(a) then (b) differs from any
 *  other split of the same bytes.  The prefix is 8 bytes, big-endian. */
typedef struct gk_hasher gk_hasher;
gk_hasher *gk_hasher_new(void);
void gk_hasher_raw(gk_hasher *self, const void *bytes, size_t len);     /* without the prefix */
void gk_hasher_add(gk_hasher *self, const void *bytes, size_t len);     /* with it */
gk_hash gk_hasher_end(gk_hasher **self_p);                              /* frees */
void gk_hasher_destroy(gk_hasher **self_p);

/*  Hex into out; returns out. */
char *gk_hash_hex(const gk_hash *hash, char out[static GK_HASH_HEX]);

/*  True of 64 lower-case hex digits and nothing more: the name of a document. */
bool gk_digest_ok(const char *digest);

/*  Random bytes from the kernel. */
void gk_random(void *out, size_t len);

#endif
