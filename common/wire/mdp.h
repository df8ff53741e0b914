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
    GK_MDP_MAX_CREDIT = 10000,
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

/*  Take *msg_p apart, without a routing id in front (it is destroyed).  `from_broker`
 *  says which side we are: a broker decodes with false, clients and workers with true.
 *  GK_EBADMSG or GK_ETOOLARGE with a sentence; then *out has no frames, ->command is
 *  GK_MDP_COMMANDS unless it was recognised, and ->old, ->service, ->request_id hold
 *  whatever was understood, so that a refusal can be addressed. */
GK_CHECKED gk_err gk_mdp_decode(zmsg_t **msg_p, bool from_broker, gk_mdp *out, gk_why *why);
void gk_mdp_clear(gk_mdp *self);    /* frees the frames; self is zero again */

/*  Build a message (without a routing id).  Bytes are copied.  `raw` NULL: no second
 *  payload frame; one needs a request id, for else nobody could tell the frames apart.
 *  A command that MDP/0.1 lacks (the client's PARTIAL) is our mistake and asserted;
 *  so ask gk_mdp_exists first where the peer's version decides. */
zmsg_t *gk_mdp_encode(const gk_mdp *header, const void *payload, size_t len,
                      const void *raw, size_t raw_len);

/*  False for what MDP/0.1 does not have: PARTIALs. */
bool gk_mdp_exists(gk_mdp_command command, bool old);

/*  True for a name or id of 1-64 allowed characters. */
bool gk_mdp_service_ok(const char *text, size_t len);
bool gk_mdp_id_ok(const char *text, size_t len);

#endif
