/*  gk_webhook - tell another system of the agency by HTTPS POST.
 *
 *  The receiver checks three headers:
 *
 *      X-Gongkai-Timestamp   seconds since 1970, the broker's time; refuse old ones
 *      X-Gongkai-Signature   sha256=HEX of HMAC-SHA256(secret, TIMESTAMP "." BODY)
 *      Idempotency-Key       the message's id; the same again is the same message
 *
 *  and answers 2xx.  408, 425, 429 and 5xx are tried again; a redirect or another 4xx is final.
 */
#ifndef GK_WEBHOOK_H
#define GK_WEBHOOK_H

#include "workers/reminder/transport.h"
#include "base/json.h"

/*  One receiver, "webhook/NAME" of gongkai.conf; facts.webhook.secret_name is the NAME. */
typedef struct gk_webhook_target {
    const char *name;
    const char *url;                /* "": the job's counts; else the job's must be this one */
    const char *secret_file;        /* at least 16 bytes */
    const char *ca;                 /* PEM file; NULL: the system's */
    bool allow_private;             /* may lie in the agency's own network (address.h) */
} gk_webhook_target;

/*  "sha256=..." and its NUL. */
enum { GK_SIGNATURE_TEXT = 72 };
char *gk_webhook_sign(const void *secret, size_t len, int64_t timestamp, const char *body,
                      char out[static GK_SIGNATURE_TEXT]);

/*  The body: what happened to which case numbers, no person.  Caller frees. */
char *gk_webhook_body(const json_t *job, const json_t *facts);

/*  POST facts.webhook, whose receiver is among `targets`, `count` of them.  In training http
 *  and loopback addresses are allowed too. */
gk_delivery gk_webhook_send(const gk_webhook_target *targets, size_t count, const json_t *job, const json_t *facts,
                            gk_tick tick);

#endif
