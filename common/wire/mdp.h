/*  gk_mdp - Majordomo frames, MDP/0.2 and MDP/0.1, in and out (schemas/protocol.md section 1).
 *
 *  A decoded message borrows nothing: it owns its frames.  Whatever a peer sends,
 *  decoding answers with an error and never asserts.
 */
#ifndef GK_MDP_H
#define GK_MDP_H

#include "base/err.h"

#include <czmq.h>

typedef enum gk_mdp_command {
    GK_MDP_CLIENT_REQUEST, GK_MDP_CLIENT_PARTIAL, GK_MDP_CLIENT_FINAL,
    GK_MDP_WORKER_READY, GK_MDP_WORKER_REQUEST, GK_MDP_WORKER_PARTIAL, GK_MDP_WORKER_FINAL,
    GK_MDP_WORKER_HEARTBEAT, GK_MDP_WORKER_DISCONNECT,
    GK_MDP_COMMANDS
} gk_mdp_command;

enum {
    GK_MDP_NAME = 65,               /* service or request id, and NUL */
    GK_MDP_ADDRESS = 16,
    GK_MDP_MAX_MESSAGE = 1 << 20,
    GK_MDP_HEARTBEAT_MS = 1000,
    GK_MDP_SILENCE_MS = 5000,
};

typedef struct gk_mdp {
    gk_mdp_command command;
    bool old;                       /* MDP/0.1 */
    char service[GK_MDP_NAME];      /* "" where the command has none */
    char request_id[GK_MDP_NAME];   /* "" when the body was one frame */
    unsigned char address[GK_MDP_ADDRESS];  /* worker request, partial, final */
    int credit;                     /* ready; 1 by default */
    zframe_t *payload, *raw;        /* raw: second payload frame of document.*; owned, may be NULL */
} gk_mdp;

/*  Take *msg_p apart (it is destroyed).  `from_broker` says which side we are: a
 *  broker decodes with false, clients and workers with true.  GK_EBADMSG with a
 *  sentence; then *out is empty but out->old, ->service, ->request_id hold whatever
 *  was understood, so that a refusal can be addressed. */
GK_CHECKED gk_err gk_mdp_decode(zmsg_t **msg_p, bool from_broker, gk_mdp *out, gk_why *why);
void gk_mdp_clear(gk_mdp *self);    /* frees the frames; self is zero again */

/*  Build a message (without a routing id).  Bytes are copied. */
zmsg_t *gk_mdp_encode(const gk_mdp *header, const void *payload, size_t len,
                      const void *raw, size_t raw_len);

/*  True for a name or id of 1-64 allowed characters. */
bool gk_mdp_service_ok(const char *text, size_t len);
bool gk_mdp_id_ok(const char *text, size_t len);

#endif
