/*  gk_letters - the letters and papers that an office makes (文书), one row a kind.
 *
 *  Who reads a paper, and whether it may tell who applied, is decided here and nowhere else: the
 *  broker tells the reply worker no more than the row allows, the worker has no value for the rest,
 *  and an applicant fetches only what is addressed to applicants.  Decisions carry the remedies (救济途径),
 *  receipts and notices on the way never.  The wording is data (schemas/templates); when each is made
 *  stands in the events of core/flow.
 */
#ifndef GK_LETTERS_H
#define GK_LETTERS_H

#include "core/archive.h"

typedef enum gk_reader {
    GK_READER_APPLICANT,
    GK_READER_OUTSIDE,          /* a third party or another agency: sent by post, never by mail */
    GK_READER_OFFICE,           /* the office and its units: what never leaves, or leaves in somebody's hand */
} gk_reader;

typedef struct gk_letter_info {
    const char *name, *zh, *en; /* "correction_notice" */
    gk_reader reader;
    bool anonymous;             /* tells nothing of who applied, nor in which words */
    bool whole_file;            /* may name whoever stands in the file: for the office's eyes only */
    bool records_only;          /* of a request to correct a record (Art. 41) and no other */
    bool on_paper;              /* makes no sense for an applicant who chose electronic service */
    bool form;                  /* a form (表单) of the office, without the red head of a letter */
    bool numbered;              /* makes no sense without the reply's number */
    bool by_outcome;            /* the outcome names the template; else the name does */
    const char *records;        /* template for a request to correct a record; NULL: the same */
    const char *self;           /* its name in the remedies; NULL: it decides nothing and carries none */
    gk_archive_part part;       /* of the package */
} gk_letter_info;

const gk_letter_info *gk_letter_find(const char *name);     /* NULL: there is no such kind */
const gk_letter_info *gk_letter_at(size_t index);           /* NULL: past the end */

#endif
