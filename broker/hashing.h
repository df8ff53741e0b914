/*  gk_hashers - threads that check and make argon2id verifiers, so that the loop never waits for one.
 *
 *  A task and its passwords lie in locked memory that is wiped when it is destroyed; only its address
 *  goes to a thread and back.  What waits is bounded.
 */
#ifndef GK_HASHING_H
#define GK_HASHING_H

#include "broker/broker.h"

enum { GK_HASHERS = 8, GK_HASH_WAITING = 64 };

typedef enum gk_hash_kind { GK_HASH_LOGIN, GK_HASH_PASSWORD, GK_HASH_RESET } gk_hash_kind;

typedef struct gk_hash_task {
    gk_hash_kind kind;
    gk_address to;
    char name[GK_NAME];                 /* whose password it is */
    gk_hash who;                        /* keyed hash of the name as typed: what failures are counted by */
    gk_actor actor;                     /* who resets */
    gk_hash session;                    /* whose password is changed: by that session */
    char given[GK_PASSWORD_BYTES];      /* to check against `verifier`; "": nothing is checked */
    char verifier[GK_VERIFIER];         /* as it was when asked */
    char wanted[GK_PASSWORD_BYTES];     /* plain, where there is no verifier: of training alone; "": none */
    char fresh[GK_PASSWORD_BYTES];      /* to make a verifier of; "": none */
    char made[GK_VERIFIER];             /* by the thread */
    bool known;                         /* the name has an account that may log in */
    bool right, failed;                 /* by the thread: it was the password; there was no memory for it */
    int64_t passes, memory;             /* bytes */
    struct gk_hash_task *next;
} gk_hash_task;

gk_hash_task *gk_hash_task_new(void);
void gk_hash_task_destroy(gk_hash_task **self_p);

typedef struct gk_hashers gk_hashers;

/*  NULL when a thread does not start. */
gk_hashers *gk_hashers_new(int threads);
void gk_hashers_destroy(gk_hashers **self_p);

/*  The pipe of the `index`-th thread, to poll; NULL past the last. */
zsock_t *gk_hashers_pipe(gk_hashers *self, int index);

/*  Give a task to a thread, or let it wait.  False, and the task stays the caller's, when GK_HASH_WAITING wait already. */
bool gk_hashers_ask(gk_hashers *self, gk_hash_task **task_p);

/*  The task of that person which is under way; NULL.  Its `to` may be changed. */
gk_hash_task *gk_hashers_find(gk_hashers *self, const gk_hash *who);

/*  One that is finished, the caller's; NULL when there is none. */
gk_hash_task *gk_hashers_next(gk_hashers *self);

/*  What a password is checked against when nobody has the name: as much work as any, and always wrong. */
void gk_hash_nobody(int64_t passes, int64_t memory, char out[static GK_VERIFIER]);

#endif
