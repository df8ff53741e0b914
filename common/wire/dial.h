/*  gk_dial - a client's connection to the broker: ask, wait, retry, and move documents.
 *
 *  One thread, one request at a time.  A retry repeats the same request id, so that
 *  a lost answer never does a thing twice.
 */
#ifndef GK_DIAL_H
#define GK_DIAL_H

#include "base/hash.h"
#include "base/json.h"

enum {
    GK_DIAL_CHUNK = 256 * 1024,     /* bytes of a document in one message */
    GK_DIAL_FILE = 20 << 20,        /* the largest document */
};

typedef struct gk_dial gk_dial;

/*  Connect to an endpoint ("ipc:///.../run/broker", "tcp://..."); never fails here,
 *  an unreachable broker shows when asked.  GK_EBADVALUE for a path too long for a
 *  socket (the limit and --run DIR are named). */
GK_CHECKED gk_err gk_dial_new(const char *endpoint, gk_dial **out, gk_why *why);
void gk_dial_destroy(gk_dial **self_p);

/*  Milliseconds to wait for a first sign of the broker (default 5000), after which
 *  it is GK_EUNREACHABLE; while PARTIAL came, `wait_ms` of ask counts instead. */
void gk_dial_set_timeout(gk_dial *self, int ms);

/*  Called with each PARTIAL's "ok" object. */
typedef void gk_dial_partial(void *context, const json_t *ok);

/*  Ask `service` and wait for its FINAL.  `request_id` NULL makes a fresh one.  While the
 *  broker is silent the request is repeated, over a fresh connection: twice before a
 *  PARTIAL, every GK_MDP_SILENCE_MS after it, so that waiting outlives a restart.
 *  On success *out is the "ok" object (caller decrefs).  A refusal by the broker comes
 *  back as its gk_err with the broker's sentence in *why.  After a PARTIAL, no FINAL
 *  within wait_ms gives GK_EBUSY and *out is the PARTIAL's object (durably accepted). */
GK_CHECKED gk_err gk_dial_ask(gk_dial *self, const char *service, const char *request_id, const json_t *body,
                              int wait_ms, gk_dial_partial *partial, void *context, json_t **out, gk_why *why);

/*  Send a file as chunks; fills the hex digest.  GK_ENOTFOUND, GK_ETOOLARGE (20 MB), ... */
GK_CHECKED gk_err gk_dial_put_file(gk_dial *self, const char *path, char digest[static GK_HASH_HEX],
                                   gk_why *why);
GK_CHECKED gk_err gk_dial_put(gk_dial *self, const void *bytes, size_t len, char digest[static GK_HASH_HEX],
                              gk_why *why);

/*  Fetch a whole document of at most `max` bytes; `right` holds "case"/"as"/"receipt"/"lease".
 *  The digest of what came is checked (GK_EDAMAGED).  Caller frees *out, which has a
 *  NUL behind its end. */
GK_CHECKED gk_err gk_dial_get(gk_dial *self, const char *digest, const json_t *right, size_t max,
                              char **out, size_t *len, gk_why *why);

/*  A fresh request id, 32 hex characters. */
void gk_dial_fresh_id(char id[static 33]);

#endif
