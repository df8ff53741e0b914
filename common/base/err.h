/*  gk_err - the one error vocabulary of the project, from a C return value to
 *  what a stranger's client reads on the wire.
 *
 *  A function that can fail for more than one reason returns gk_err and hands
 *  its result back through a last argument named `out`, which it leaves alone
 *  on failure.  Where a person must be told more than the code says, a gk_why
 *  takes one sentence: what is wrong and what to do.
 *
 *  Out of memory is not in this list: see mem.h.
 */
#ifndef GK_ERR_H
#define GK_ERR_H

#include <stdbool.h>
#include <stddef.h>

/*  Append only: the order is private, the codes in err.c are public. */
typedef enum gk_err {
    GK_OK = 0,
    GK_EBADMSG,         /* bad_message: bytes that are not what the protocol says */
    GK_EBADVALUE,       /* bad_value: a field's value is not acceptable */
    GK_EMISSING,        /* missing_field: a required field is not there */
    GK_EREUSED,         /* request_id_reused: same id, other payload */
    GK_EDENIED,         /* not_allowed: this actor may not do it */
    GK_ENOTFOUND,       /* not_found: no such case, job, file, service */
    GK_ESTATE,          /* wrong_state: the procedure has no such step from here */
    GK_ENEED,           /* need_unmet: the step exists, a condition of it fails */
    GK_ESTALE,          /* stale: somebody moved the case first */
    GK_ETOOLARGE,       /* too_large: over a configured limit */
    GK_EBUSY,           /* busy: try again later */
    GK_EFULL,           /* storage_full: the disk is full; nothing was done */
    GK_EIO,             /* io: the store, the disk or the network failed */
    GK_EUNREACHABLE,    /* unreachable: no answer from the broker in time */
    GK_EQUARANTINE,     /* quarantined: a document is not admitted (保密) */
    GK_EDAMAGED,        /* damaged: stored bytes do not verify */
    GK_EUNSUPPORTED,    /* unsupported: known, but not in this mode or version */
    GK_ELOGIN,          /* not_logged_in: no session, or it is over */
    GK_ELOCKED,         /* too_many_attempts: wrong passwords under this name; wait */
    GK_ERRS
} gk_err;

/*  Every gk_err must be looked at; the compiler complains when it is not. */
#define GK_CHECKED __attribute__((warn_unused_result))

/*  One sentence for a person, English, without personal data. */
typedef struct gk_why {
    char text[320];
} gk_why;

/*  Write a printf-style sentence into *why (which may be NULL) and return `err`, so that
 *  refusing is one line.  It is cut between characters if too long, and always well-formed
 *  UTF-8, whatever bytes the arguments have:
 *
 *      return gk_refuse(why, GK_EBADVALUE, "days is %d; 1 to 20 are allowed", days);
 */
gk_err gk_refuse(gk_why *why, gk_err err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/*  The code on the wire, such as "wrong_state"; never NULL. */
const char *gk_err_code(gk_err err);

/*  The error whose wire code this is; GK_EBADMSG for a code nobody knows. */
gk_err gk_err_from_code(const char *code);

/*  The general sentence of the code in "zh" or "en"; never NULL. */
const char *gk_err_text(gk_err err, const char *lang);

/*  Exit status of a command that ends with it: 0 ok, 1 refused, 2 usage, 3 unreachable. */
int gk_err_exit(gk_err err);

/*  True when the same request may succeed later without any change. */
bool gk_err_retry(gk_err err);

#endif
