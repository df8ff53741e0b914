/*  gk_transport - what mail and webhook share: what became of a delivery, a curl handle set
 *  up the safe way, secrets in files.
 *
 *  One handle a job: nothing of one job's connection or credentials is left for the next,
 *  and a new password or certificate counts from the next job on.
 */
#ifndef GK_TRANSPORT_H
#define GK_TRANSPORT_H

#include "base/err.h"

#include <curl/curl.h>

/*  What became of one delivery.  The difference that matters: LATER may succeed without
 *  any change by the addressee, NEVER will not. */
typedef enum gk_fate {
    GK_FATE_SENT,
    GK_FATE_LATER,
    GK_FATE_NEVER,
} gk_fate;

typedef struct gk_delivery {
    gk_fate fate;
    int code;               /* the server's last answer, SMTP or HTTP; 0 when none came */
    gk_why why;             /* "" when sent */
} gk_delivery;

/*  Called about once a second while a transfer runs, so that the job's lease is renewed. */
typedef struct gk_tick {
    void (*call)(void *context);    /* NULL: nobody waits */
    void *context;
} gk_tick;

typedef struct gk_transport {
    CURL *curl;
    char error[CURL_ERROR_SIZE];    /* curl's sentence about the last failure */
    gk_tick tick;
} gk_transport;

/*  A handle that uses no proxy or netrc of the environment, follows nothing, speaks TLS 1.2
 *  or later to a server that `ca` (a PEM file; NULL: the system's) vouches for, and gives up
 *  after `connect_ms` and `total_ms`. */
gk_transport *gk_transport_new(const char *protocols, const char *ca, long connect_ms, long total_ms,
                               gk_tick tick);
void gk_transport_destroy(gk_transport **self_p);

/*  Run the transfer; the sentence about a failure is free of control characters. */
CURLcode gk_transport_run(gk_transport *self, gk_why *why);

/*  Read a secret of 1 to 1000 bytes from a file that only its owner may read; an end of line is cut.
 *  GK_ENOTFOUND, GK_EDENIED (readable by others: chmod 600), GK_EBADVALUE, GK_EIO.  The
 *  caller wipes and frees *out with gk_secret_destroy. */
typedef struct gk_secret {
    size_t len;
    char bytes[1001];       /* and a NUL */
} gk_secret;
GK_CHECKED gk_err gk_secret_new(const char *path, gk_secret **out, gk_why *why);
void gk_secret_destroy(gk_secret **self_p);

#endif
