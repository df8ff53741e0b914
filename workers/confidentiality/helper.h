/*  gk_helper - run gongkai-extract on a document and take what it writes.
 *
 *  The document is its fd 0 (a file in memory), a pipe its fd 1; it has no environment, no other
 *  descriptor, and no shell in between.  It is killed when it writes or runs too long.
 */
#ifndef GK_HELPER_H
#define GK_HELPER_H

#include "base/err.h"
#include "base/text.h"

typedef struct gk_helper {
    const char *path;               /* of the program */
    int timeout_ms;
    size_t most;                    /* bytes of output */
    int tick_ms;                    /* 0: a second */
    void (*tick)(void *context);    /* called that often while it runs; may be NULL */
    void *context;
} gk_helper;

/*  Run it; *out takes what it wrote, whatever its exit status.  GK_EBUSY when it was killed for its
 *  time, GK_ETOOLARGE for its output, GK_EIO when it could not be started. */
GK_CHECKED gk_err gk_helper_run(const gk_helper *self, const char *bytes, size_t len, gk_text *out,
                                gk_why *why);

#endif
