/*  pages - where the pages of a letter end.
 *
 *  A letter is a column of rows of equal height (GB/T 9704: 22 to a page).  A row that
 *  is bound must share its page with the row after it; that one bit says everything: a
 *  heading is bound to its text, the first two and the last two lines of a paragraph are
 *  bound together, and the signature is bound to the lines above it, so that it never
 *  stands alone on a page.
 */
#ifndef GK_PAGES_H
#define GK_PAGES_H

#include <stdbool.h>
#include <stddef.h>

typedef struct gk_row {
    int gap;            /* blank rows above it, dropped at the top of a page */
    bool bound;         /* the next row must be on the same page */
    int page, slot;     /* answer: page from 0, and place among the rows that page has for text */
} gk_row;

enum { GK_PAGE_ROWS = 22 };

/*  Place `count` rows.  The first page has `first` rows (1 to GK_PAGE_ROWS) left below the
 *  head of the letter, the others GK_PAGE_ROWS.  A bound run that is longer than a page is
 *  cut where the page ends, and pages never overflow.  Returns the number of pages, at least 1. */
int gk_pages_place(gk_row *rows, size_t count, int first);

#endif
