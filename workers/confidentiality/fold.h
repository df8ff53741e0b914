/*  gk_folded - a text as the scanner reads it: one form of every character, no blanks.
 *
 *  A mark is broken over a line end, set wide (秘 密 ★ 10 年), printed full-width, in
 *  traditional characters or with another star.  Folding takes all that away and keeps
 *  a map back, so that what is found can be shown where it stands.  It goes as far as
 *  our words and numbers need and is no general NFKC: full-width forms, all decimal
 *  digits, radicals that PDF fonts confuse with characters, stars, brackets, dashes,
 *  traditional to simplified for the characters of our words, ASCII to upper case.
 */
#ifndef GK_FOLD_H
#define GK_FOLD_H

#include <stddef.h>
#include <stdint.h>

enum { GK_FOLD_MOST = 32 << 20 };       /* bytes of text; the caller sees to it */

/*  What stood before a character and was taken out. */
typedef enum gk_gap {
    GK_JOINED,          /* nothing, or something invisible */
    GK_BLANK,           /* one blank */
    GK_COLUMN,          /* a tab or several blanks */
    GK_LINE,            /* a line end; also the text's beginning and its end */
} gk_gap;

typedef struct gk_folded {
    char *text;             /* UTF-8, NUL-terminated */
    size_t len;
    uint32_t *origin;       /* [len + 1] for each byte: the character of the original it is from */
    unsigned char *gap;     /* [len + 1] gk_gap before the character that starts here */
    size_t head;            /* where the fourth line that is not blank starts, else len */
} gk_folded;

/*  Fold `len` <= GK_FOLD_MOST bytes of UTF-8; a malformed byte counts as one character. */
gk_folded *gk_fold(const char *text, size_t len);
void gk_folded_destroy(gk_folded **self_p);

/*  One character folded; 0 when it is a blank or invisible. */
uint32_t gk_fold_char(uint32_t code);

#endif
