/*  gk_review - what the scan says of a job: findings, and a verdict on each document.
 *
 *      class_a      a state-secret mark in its text, its metadata, its notes or its name
 *      unreadable   something in it was not read, so a person must: a picture, a page without
 *                   text, a file within the file, a password, a format we do not know
 *      flagged      findings of the classes B to E
 *      clean        all of it was read and nothing found
 *
 *  The first that applies counts.  Nothing unread is ever called clean.
 */
#ifndef GK_REVIEW_H
#define GK_REVIEW_H

#include "base/json.h"
#include "workers/confidentiality/scan.h"

enum {
    GK_REVIEW_BYTES = 20 << 20,     /* the largest document, and all that is said of it: the limits */
    GK_REVIEW_STREAM = 72 << 20,    /* of gongkai-extract, which this program must not link */
    GK_REVIEW_MARKS = 20,       /* findings of class A kept for a document ... */
    GK_REVIEW_OTHERS = 100,     /* ... and of the others; the rest is counted as "omitted" */
    GK_REVIEW_ALL = 800,        /* of a job: its answer must fit a message */
};

typedef struct gk_review gk_review;

/*  `known` (borrowed, may be NULL) is what the agency publishes of itself. */
gk_review *gk_review_new(const gk_known *known);
void gk_review_destroy(gk_review **self_p);

/*  Judge a document by the lines that gongkai-extract wrote (workers/extract/stream.h).  They
 *  come from a program that read hostile bytes and are checked as such: a stream without its end
 *  is unreadable. */
void gk_review_document(gk_review *self, const char *digest, const char *name, const char *stream, size_t len);

/*  Judge a document that there is no text of: `reason` is "too_large", "too_slow", ... */
void gk_review_unread(gk_review *self, const char *digest, const char *name, const char *reason);

/*  Scan the draft of a letter. */
void gk_review_draft(gk_review *self, const char *text);

/*  {"verdict": the worst, "documents": [{"digest", "verdict", "pages", "chars", "reason"?,
 *  "omitted"?}], "findings": [...]}; caller owns. */
json_t *gk_review_finding(const gk_review *self);

#endif
