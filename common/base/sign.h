/*  gk_sign - Ed25519 signatures (libsodium below).  The same key and bytes always give the same signature. */
#ifndef GK_SIGN_H
#define GK_SIGN_H

#include "base/hash.h"

enum { GK_SIGN_BYTES = 64, GK_SIGN_HEX = 129, GK_PUBLIC_BYTES = 32, GK_PUBLIC_HEX = 65 };

/*  A key pair; who holds one wipes it. */
typedef struct gk_signer {
    unsigned char secret[GK_SIGN_BYTES];
    unsigned char key[GK_PUBLIC_BYTES];         /* the public one */
} gk_signer;

/*  The pair of a seed. */
gk_signer gk_signer_of(const unsigned char seed[static GK_KEY_BYTES]);

/*  Overwrite a secret, whatever the compiler thinks of it. */
void gk_wipe(void *bytes, size_t len);

void gk_sign(const gk_signer *self, const void *bytes, size_t len, unsigned char out[static GK_SIGN_BYTES]);

/*  Did the owner of this public key sign exactly these bytes? */
bool gk_sign_ok(const unsigned char key[static GK_PUBLIC_BYTES], const void *bytes, size_t len,
                const unsigned char signature[static GK_SIGN_BYTES]);

#endif
