/*  gk_desk - who waits for which work: the ready jobs, the workers and the leases, in memory.
 *
 *  Rebuilt from the store at start and changed only after a commit.  Order holds per
 *  (case, lane): only the first job of a lane may be handed out.  Statutory work goes by
 *  earliest due date, the rest in order of arrival.  All times are monotonic milliseconds,
 *  passed in; nothing here reads a clock, a socket or the store.
 */
#ifndef GK_DESK_H
#define GK_DESK_H

#include "store/store.h"
#include "wire/mdp.h"

enum { GK_DESK_IDENTITY = 64 };

/*  How a service is served (gongkai.conf services/NAME). */
typedef struct gk_terms {
    int64_t lease_ms, max_run_ms, backoff_ms, retention_s;
    int max_attempts;
    size_t most_waiting;
    bool strict;                            /* one job at a time */
} gk_terms;

typedef enum gk_phase { GK_PHASE_QUEUED, GK_PHASE_READY, GK_PHASE_BACKOFF, GK_PHASE_LEASED, GK_PHASE_DEAD } gk_phase;

typedef struct gk_service gk_service;
typedef struct gk_peer gk_peer;             /* a worker */

typedef struct gk_job {
    gk_job_row row;
    gk_service *service;
    gk_phase phase;
    struct gk_job *next;                    /* in its lane */
    size_t heap_at;                         /* while ready, backing off or leased: in the heap of that */
    int64_t not_before, lease_until, run_until;
    unsigned char address[GK_MDP_ADDRESS];  /* of the last lease; zero before */
    unsigned char identity[GK_DESK_IDENTITY];
    size_t identity_len;
    gk_peer *peer;                          /* while leased; NULL once its worker is gone */
    int64_t leased_at;                      /* in the order of handing out */
    bool blamed;                            /* its worker died while this was the oldest it had */
    int64_t finished_turn;                  /* a final was taken in that turn */
    int handed_seq;                         /* last event of the case when it was handed out */
} gk_job;

struct gk_peer {
    unsigned char identity[GK_DESK_IDENTITY];
    size_t identity_len;
    gk_service *service;
    bool old;                               /* MDP/0.1 */
    int credit, busy;
    int64_t heard, told;                    /* last sign from it, last heartbeat to it */
    gk_peer *next;
};

typedef struct gk_desk gk_desk;

gk_desk *gk_desk_new(void);
void gk_desk_destroy(gk_desk **self_p);

/*  Make a service known; again with other terms changes them. */
gk_service *gk_desk_service(gk_desk *self, const char *name, const gk_terms *terms);
gk_service *gk_desk_find_service(const gk_desk *self, const char *name);    /* NULL: unknown */
const char *gk_service_name(const gk_service *service);
const gk_terms *gk_service_terms(const gk_service *service);
size_t gk_service_waiting(const gk_service *service);

/*  Jobs.  Adding one of an unknown service leaves it out and returns NULL. */
gk_job *gk_desk_add(gk_desk *self, const gk_job_row *row);
gk_job *gk_desk_find(const gk_desk *self, int64_t id);
void gk_desk_done(gk_desk *self, int64_t id);                       /* gone for good */
void gk_desk_give_back(gk_desk *self, gk_job *job, int64_t not_before);     /* the lease is over */
void gk_desk_bury(gk_desk *self, gk_job *job, const char *reason);  /* dead letter */
void gk_desk_revive(gk_desk *self, gk_job *job);
void gk_desk_due(gk_desk *self, int64_t case_id, gk_date due_on);   /* reorder a case's jobs */

/*  Workers. */
gk_peer *gk_desk_ready(gk_desk *self, const void *identity, size_t len, gk_service *service, bool old, int credit, int64_t now);
gk_peer *gk_desk_peer(const gk_desk *self, const void *identity, size_t len);
int gk_desk_peer_count(const gk_desk *self);

/*  A worker is gone.  Workers take their jobs in the order in which they came, so when it did
 *  not leave cleanly the oldest is the one it died of; the others were only waiting there. */
void gk_desk_gone(gk_desk *self, gk_peer *peer, bool clean);

/*  The next pair to hand out, or false.  gk_desk_lease makes it a lease. */
bool gk_desk_next(gk_desk *self, int64_t now, gk_job **job, gk_peer **peer);
void gk_desk_lease(gk_desk *self, gk_job *job, gk_peer *peer, int64_t now);
void gk_desk_renew(gk_desk *self, gk_job *job, int64_t now);      /* nothing when its worker is gone */

/*  The job whose lease this address is, or was and was not given out again, for this
 *  sender and service; NULL otherwise. */
gk_job *gk_desk_leased(const gk_desk *self, const unsigned char address[static GK_MDP_ADDRESS], const void *identity,
                       size_t len, const gk_service *service);

/*  The job whose lease ended first (its time is over, or its worker is gone); NULL when none. */
gk_job *gk_desk_expired(const gk_desk *self, int64_t now);

/*  A worker silent for GK_MDP_SILENCE_MS, or NULL; one that is owed a heartbeat, or NULL. */
gk_peer *gk_desk_silent(const gk_desk *self, int64_t now);
gk_peer *gk_desk_heartbeat(gk_desk *self, int64_t now);

/*  True when nothing waits or runs but dead letters and what hangs behind them. */
bool gk_desk_idle(const gk_desk *self);
int64_t gk_desk_wake(const gk_desk *self);                  /* when a back-off or lease ends next; INT64_MAX: never */

json_t *gk_desk_workers(const gk_desk *self);               /* answer of admin.workers */
json_t *gk_desk_dead(const gk_desk *self);                  /* of admin.dead_letters */

#endif
