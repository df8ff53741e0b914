/*  gk_hash - SHA-256 and keyed look-up hashes. */
#include "base/hash.h"
#include "base/mem.h"
#include "base/text.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

struct gk_hasher {
    crypto_hash_sha256_state state;
};

gk_hash gk_hash_of(const void *bytes, size_t len)
{
    gk_hash hash;
    crypto_hash_sha256(hash.bytes, bytes, len);
    return hash;
}

gk_hash gk_hash_keyed(const unsigned char key[static GK_KEY_BYTES], const void *bytes, size_t len)
{
    gk_hash hash;
    crypto_auth_hmacsha256(hash.bytes, bytes, len, key);
    return hash;
}

gk_hasher *gk_hasher_new(void)
{
    gk_hasher *self = gk_new(gk_hasher);
    crypto_hash_sha256_init(&self->state);
    return self;
}

void gk_hasher_raw(gk_hasher *self, const void *bytes, size_t len)
{
    crypto_hash_sha256_update(&self->state, bytes, len);
}

void gk_hasher_add(gk_hasher *self, const void *bytes, size_t len)
{
    unsigned char prefix[8];
    for (int i = 0; i < 8; i++)
        prefix[i] = (unsigned char) ((uint64_t) len >> (56 - 8 * i));
    gk_hasher_raw(self, prefix, sizeof prefix);
    gk_hasher_raw(self, bytes, len);
}

gk_hash gk_hasher_end(gk_hasher **self_p)
{
    gk_hash hash;
    crypto_hash_sha256_final(&(*self_p)->state, hash.bytes);
    gk_hasher_destroy(self_p);
    return hash;
}

void gk_hasher_destroy(gk_hasher **self_p)
{
    free(*self_p);
    *self_p = NULL;
}

char *gk_hash_hex(const gk_hash *hash, char out[static GK_HASH_HEX])
{
    return gk_hex(hash->bytes, GK_HASH_BYTES, out);
}

bool gk_digest_ok(const char *digest)
{
    return strspn(digest, "0123456789abcdef") == GK_HASH_HEX - 1 && digest[GK_HASH_HEX - 1] == 0;
}

void gk_random(void *out, size_t len)
{
    randombytes_buf(out, len);
}
