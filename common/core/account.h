/*  gk_account - what the law of the house says about logging in: passwords, waiting after a wrong one, and how
 *  long a session lasts.
 *
 *  Pure: seconds are passed in.  Passwords follow NIST SP 800-63B: length is asked for and nothing of
 *  what they are made of, and nobody must change one for its age.
 */
#ifndef GK_ACCOUNT_H
#define GK_ACCOUNT_H

#include "base/err.h"

#include <stdint.h>

enum {
    GK_PASSWORD_LEAST = 8,      /* characters; the configuration may ask for more */
    GK_PASSWORD_MOST = 128,     /* characters */
    GK_PASSWORD_BYTES = 4 * GK_PASSWORD_MOST + 1,
    GK_TOKEN = 44,              /* 43 characters of base64url and NUL */
    GK_SESSIONS = 16,           /* of one person at a time; the oldest ends */
};

/*  May this be the password of the person with that name: `least` characters at least, not the name or nearly it, not one
 *  character again and again?  GK_EBADVALUE says what to do and never quotes it. */
GK_CHECKED gk_err gk_password_check(const char *password, const char *name, int least, gk_why *why);

/*  How often in a row somebody failed under one name, and when last. */
typedef struct gk_attempts {
    int failures;
    int64_t failed_at;          /* seconds */
} gk_attempts;

/*  Seconds that a name rests after so many failures: none for the first few, then more and more, and never less than
 *  after fewer. */
int64_t gk_attempts_delay(int failures);

/*  Seconds to wait before the next attempt; 0: now.  A clock that went back does not lengthen the wait. */
int64_t gk_attempts_wait(const gk_attempts *self, int64_t now);

/*  One more.  A day without any is a new beginning. */
gk_attempts gk_attempts_add(const gk_attempts *self, int64_t now);

/*  How long a session lasts, in seconds: unused, and at all. */
typedef struct gk_session_terms {
    int64_t idle, life;
} gk_session_terms;

/*  Is a session over that began and was last used then?  One from the future is. */
bool gk_session_is_over(int64_t began, int64_t used, const gk_session_terms *terms, int64_t now);

#endif
