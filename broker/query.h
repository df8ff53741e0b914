/*  gk_readers - the thread that answers readings, on a read-only connection of its own.
 *
 *  It sees what is committed, never holds up a turn, and keeps its own lawbook, which it reads
 *  again when told. */
#ifndef GK_QUERY_H
#define GK_QUERY_H

#include "broker/broker.h"

typedef struct gk_readers gk_readers;

/*  NULL with *why when the ledger or the law cannot be read, or the thread does not start: without it no
 *  reading would ever be answered.  A reading may take `limit_ms`.
 *  `data`, `keys` and `notary` are borrowed as long as it lives. */
gk_readers *gk_readers_new(const char *data, const gk_keys *keys, const gk_notary *notary, int64_t limit_ms, gk_why *why);
void gk_readers_destroy(gk_readers **self_p);
zsock_t *gk_readers_pipe(gk_readers *self);

bool gk_query_serves(const char *service);

/*  Ask.  The answer, ready for the router, comes over the pipe.  `leased`: the job whose lease a worker showed to
 *  read a document; id 0: none was shown. */
void gk_readers_ask(gk_readers *self, const gk_address *from, const void *body, size_t len, int64_t now, const gk_gate *gate,
                    const gk_job_row *leased);
void gk_readers_reload(gk_readers *self);
zmsg_t *gk_readers_next(gk_readers *self, gk_visitor *visitor);     /* and who asked; NULL: nothing */

#endif
