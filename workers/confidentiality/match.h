/*  match - the scanner's inside: what its matchers share.
 *
 *  A matcher looks at one place of the folded text and reports what starts there.
 */
#ifndef GK_MATCH_H
#define GK_MATCH_H

#include "workers/confidentiality/fold.h"
#include "workers/confidentiality/scan.h"

typedef struct gk_match {
    const gk_folded *in;
    gk_scan_where where;
    const gk_known *known;
    gk_scan_hit *hit;
    void *context;
    size_t count;
    size_t past;            /* numbers: a hit ends here, nothing new starts before */
    bool begins[256];       /* words: a first character of some word ends in this byte */
} gk_match;

void gk_match_mark(gk_match *self, size_t at);          /* marks.c: class A, and the star misused */
void gk_match_word(gk_match *self, size_t at);          /* words.c: the table of hints ... */
void gk_match_word_begins(gk_match *self);              /* ... and a look at it before the text */
void gk_match_number(gk_match *self, size_t at);        /* numbers.c: what is made of digits */
void gk_match_token(gk_match *self, size_t at);         /* tokens.c: plates, permits, e-mail, codes */

/*  Report folded bytes [at, end); fills offset and length of *hit. */
void gk_match_report(gk_match *self, size_t at, size_t end, gk_hit *hit);

/*  Put text[at, end) into the excerpt with stars for all but `head` characters at its
 *  beginning and `tail` at its end. */
void gk_match_mask(char excerpt[static GK_SCAN_EXCERPT], const char *text, size_t len, size_t head,
                   size_t tail);

/*  True when the folded text at `at` begins with, or before it ends with, `word`. */
bool gk_match_is(const gk_match *self, size_t at, const char *word);
bool gk_match_behind(const gk_match *self, size_t at, const char *word);

/*  True when one of the words (up to a NULL) stands within reach of [at, end). */
bool gk_match_near(const gk_match *self, size_t at, size_t end, const char *const *words);

/*  Width of the character at `at`. */
size_t gk_match_width(const gk_match *self, size_t at);

#endif
