/*  gk_sign - Ed25519 signatures. */
#include "base/sign.h"

#include <sodium.h>

gk_signer gk_signer_of(const unsigned char seed[static GK_KEY_BYTES])
{
    gk_signer self;
    crypto_sign_seed_keypair(self.key, self.secret, seed);
    return self;
}

void gk_wipe(void *bytes, size_t len)
{
    sodium_memzero(bytes, len);
}

void gk_sign(const gk_signer *self, const void *bytes, size_t len, unsigned char out[static GK_SIGN_BYTES])
{
    crypto_sign_detached(out, NULL, bytes, len, self->secret);
}

bool gk_sign_ok(const unsigned char key[static GK_PUBLIC_BYTES], const void *bytes, size_t len,
                const unsigned char signature[static GK_SIGN_BYTES])
{
    return crypto_sign_verify_detached(signature, bytes, len, key) == 0;
}
