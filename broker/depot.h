/*  gk_depot - the thread that writes documents: upload, fsync, name by digest, admit, destroy.
 *
 *  A document arrives in chunks, waits in quarantine/ under its SHA-256, and leaves it when a
 *  case admits it.  Nothing may name a digest before the file and its folder are on disk. */
#ifndef GK_DEPOT_H
#define GK_DEPOT_H

#include "broker/broker.h"

enum {
    GK_DEPOT_CHUNK = 256 * 1024,
};

typedef struct gk_depot gk_depot;

gk_depot *gk_depot_new(const char *data);
void gk_depot_destroy(gk_depot **self_p);

/*  The pipe to poll; gk_depot_done reads from it. */
zsock_t *gk_depot_pipe(gk_depot *self);

/*  One `document.put`: the JSON part (taken) and the bytes.  The answer comes over the pipe. */
void gk_depot_put(gk_depot *self, const gk_address *from, const json_t *body, const void *bytes, size_t len);
void gk_depot_admit(gk_depot *self, const char *digest);
void gk_depot_remove(gk_depot *self, const char *digest);   /* wherever it lies */

void gk_depot_sweep(gk_depot *self, int64_t before);        /* unfinished uploads last touched before that second */

/*  What the thread has finished: an answer to send, or, with `digest`, a whole document that must
 *  enter the store first.  False when there is nothing. */
typedef struct gk_depot_done {
    gk_address to;
    gk_err err;
    gk_why why;
    char upload[GK_MDP_NAME];
    int64_t offset, size;
    char digest[GK_HASH_HEX];
} gk_depot_done;
bool gk_depot_next(gk_depot *self, gk_depot_done *out);

/*  Path of a document that is there, in documents/ or quarantine/; NULL: neither.  Caller frees.
 *  Any thread may ask. */
char *gk_depot_path(const char *data, const char *digest);

#endif
