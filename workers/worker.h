/*  worker - the runtime that every worker program shares.
 *
 *  A worker computes a finding from the facts it is told and keeps no state, so it
 *  may be killed at any instruction.  The runtime connects, says READY with credit
 *  (when mmi.gongkai answers, else 1), heartbeats every second, hands one job at a time to
 *  the handler, renews the lease of a long one by PARTIAL from the handler's ticks,
 *  reconnects with back-off when the broker is silent, and ends on SIGTERM or SIGINT
 *  after the job in hand.
 */
#ifndef GK_WORKER_H
#define GK_WORKER_H

#include "base/json.h"
#include "wire/conf.h"
#include "wire/dial.h"

typedef struct gk_worker gk_worker;

/*  Work one job.  `job` is the whole payload, `facts` its facts (borrowed).  GK_OK and
 *  *out = the "ok" object, or an error whose gk_err_retry says whether the job is
 *  tried again or is a dead letter, with a sentence free of personal data. */
typedef gk_err gk_worker_handler(gk_worker *self, void *context, const json_t *job, const json_t *facts,
                                 json_t **out, gk_why *why);

/*  SIGTERM and SIGINT are blocked while a handler runs, and so they are in programs that
 *  it starts, unless it gives them another mask; the job in hand is finished first. */

/*  Parse `--endpoint E --data DIR --run DIR --config FILE --credit N --version --help` plus
 *  what `more` takes (ended by an empty row, or NULL), run the loop, return the exit status:
 *  0 told to end, 1 cannot start, 2 usage.  `service` is the name. */
typedef struct gk_worker_option {
    const char *name;               /* "--templates" */
    const char **value;             /* where the text goes */
    const char *help;
} gk_worker_option;
int gk_worker_main(const char *service, gk_worker_handler *handler, void *context,
                   const gk_worker_option *more, int argc, char **argv);

/*  For handlers: the lease's hex (documents are fetched with it), a connection for
 *  documents, and a tick that renews the lease during long work; tick as often as you
 *  like, it speaks once a second. */
const char *gk_worker_lease(const gk_worker *self);
gk_dial *gk_worker_dial(gk_worker *self);
void gk_worker_tick(gk_worker *self);

/*  The data directory's name (--data, else "var"). */
const char *gk_worker_data(const gk_worker *self);

#endif
