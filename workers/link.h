/*  gk_link - a worker's line to the broker, in a thread of its own.
 *
 *  Heartbeats must go on while a handler thinks, so the socket and the jobs waiting
 *  live here.  The handler's thread hears one job, says its FINAL, and then hears the
 *  next; both are messages on the actor's pipe, nothing is shared.
 *
 *  A broker silent for too long is left and looked for anew, with back-off and jitter,
 *  under the same routing id: a FINAL that could not be sent waits for the next
 *  connection and still counts there, if the job was not given out again.
 */
#ifndef GK_LINK_H
#define GK_LINK_H

#include "wire/mdp.h"

/*  The payload of a PARTIAL that only renews a lease. */
#define GK_LINK_RENEW "{\"ok\":{}}"

typedef struct gk_link_setup {
    const char *endpoint, *service;     /* borrowed until gk_link_new returns */
    int credit;                         /* asked for; 1 from a broker that is not ours */
    int heartbeat_ms, silence_ms;       /* 0: as mdp.h says */
    int backoff_ms, backoff_most_ms;    /* 0: 250 ms doubling up to 16 s */
} gk_link_setup;

/*  Start the thread.  The endpoint was checked (gk_socket_check).  zactor_destroy ends
 *  it: it says DISCONNECT, which gives back what was handed out and not begun. */
zactor_t *gk_link_new(const gk_link_setup *setup);

/*  The job that waits on the pipe (poll it as a socket).  False when there was none
 *  after all; then *out is empty.  gk_mdp_clear frees it. */
bool gk_link_hear(zactor_t *self, gk_mdp *out);

/*  Say GK_MDP_WORKER_PARTIAL or _FINAL of the job with that address. */
void gk_link_say(zactor_t *self, gk_mdp_command command, const unsigned char address[static GK_MDP_ADDRESS],
                 const char *payload);

#endif
