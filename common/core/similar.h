/*  gk_similar - how much two texts ask for the same, 0 to 100.
 *
 *  Chinese is written without blanks and most words have two characters, so a text
 *  is compared by its pairs of neighbouring characters (二元组): no dictionary, no
 *  model, and a reviewer can see why two requests came out alike.  The score only
 *  orders candidates that a person then looks at; nothing is decided by it.
 */
#ifndef GK_SIMILAR_H
#define GK_SIMILAR_H

#include <stddef.h>

/*  A text made ready to be compared with many others. */
typedef struct gk_similar gk_similar;

/*  Time grows with the length of the text (n log n).  Malformed bytes are skipped. */
gk_similar *gk_similar_new(const char *text);
void gk_similar_destroy(gk_similar **self_p);

/*  How many pairs the text has.  A character that stands alone counts as one. */
size_t gk_similar_pairs(const gk_similar *self);

/*  How alike two texts are as wholes: twice the pairs in common over all pairs
 *  (Dice).  Symmetric; 100 exactly when both have the same pairs, 0 when they share
 *  none or one has none at all. */
int gk_similar_score(const gk_similar *self, const gk_similar *other);

/*  How much of `self`, such as a title, is found within a longer text: the share
 *  of its pairs that `whole` has too.  0 when it has none. */
int gk_similar_within(const gk_similar *self, const gk_similar *whole);

/*  gk_similar_score of two plain texts. */
int gk_similar_of(const char *a, const char *b);

/*  What does not change what is asked, taken out of a text: blanks are dropped, full
 *  width becomes half width, capitals become small, and every kind of bracket becomes
 *  ( or ), so that 署税发〔2021〕1号 equals 署税发[2021] 1号.  Fresh memory, the caller
 *  frees it. */
char *gk_similar_fold(const char *text);

/*  A text as words of a full-text index: its pairs, "ab bc" for abc, and behind each run its last
 *  character alone, so that a single one is found as the beginning of a word.  What stands on both
 *  sides of punctuation is no pair.  Fresh memory, the caller frees it. */
char *gk_similar_words(const char *text);

/*  What somebody looks for, as a query of such an index (FTS5): each word typed is a phrase of
 *  its pairs, a single character a prefix, and all must be found.  "" when nothing is left of
 *  it.  Fresh memory, the caller frees it. */
char *gk_similar_query(const char *words);

#endif
