/*  gk_scan - what in a text must not leave unseen: marks, personal data, hints.
 *
 *  Five classes, after 条例 Art. 14-16 and the rules on secrecy marks (保密):
 *
 *      A  a state-secret mark, such as 机密★20年: blocks, a secrecy reviewer decides
 *      B  internal and work-secret marks, publicity lines: for review
 *      C  personal data: numbers by their check digits, words by a table
 *      D  hints of business secrets: a third party may have to be asked (Art. 32)
 *      E  law-enforcement files and papers of a process (Art. 16)
 *
 *  The scanner only flags; no hit decides anything.  It reads the text once, looks
 *  back and ahead by fixed distances only, and so is linear on any input.
 */
#ifndef GK_SCAN_H
#define GK_SCAN_H

#include <stdbool.h>
#include <stddef.h>

/*  Where the text is from.  A mark that lost its star (机密 20年) counts only alone in a
 *  cell of the first three lines of a first page, or in a label: a file name, a title. */
typedef enum gk_scan_where { GK_SCAN_PAGE, GK_SCAN_FIRST_PAGE, GK_SCAN_LABEL } gk_scan_where;

enum { GK_SCAN_TERM = 48, GK_SCAN_EXCERPT = 96 };

typedef struct gk_hit {
    char class;                         /* 'A' to 'E' */
    const char *kind;                   /* "state_secret_mark", "id_card_18", ...; static */
    size_t offset, length;              /* characters of the text as it was given */
    char excerpt[GK_SCAN_EXCERPT];      /* masked: never a whole number, never the text around a mark */
    const char *level;                  /* class A: 绝密, 机密, 秘密; else "" */
    char term[GK_SCAN_TERM];            /* class A: "10年", "长期", "2027年12月31日", "解密条件"; else "" */
} gk_hit;

/*  What the agency itself publishes and nobody needs to hide; each may be NULL. */
typedef struct gk_known {
    const char *phone, *email;
} gk_known;

typedef void gk_scan_hit(void *context, const gk_hit *hit);

/*  Report every hit in `len` <= GK_FOLD_MOST bytes, in the order of the text.  `known` may
 *  be NULL.  Return how many there were.  A mark without a term has the longest of its
 *  level, 30, 20 or 10 years (保守国家秘密法 Art. 20). */
size_t gk_scan(const char *text, size_t len, gk_scan_where where, const gk_known *known, gk_scan_hit *hit,
               void *context);

#endif
