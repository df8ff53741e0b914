/*  gk_paper - a document of headings, paragraphs and tables as PDF: A4, the fonts of official letters.
 *
 *  Everything is drawn as it is added, from top to bottom; a paragraph goes on over the page, a table stands
 *  on one page.  The first thing that goes wrong is remembered and said by gk_paper_end, so callers just add. */
#ifndef GK_PAPER_H
#define GK_PAPER_H

#include "base/date.h"
#include "base/text.h"

typedef struct gk_paper gk_paper;

/*  Begin a document; `date` is its day of creation in the metadata.  GK_ENOTFOUND: the fonts are not in `fonts`. */
GK_CHECKED gk_err gk_paper_new(const char *fonts, const char *title, const char *author, gk_date date, gk_paper **out, gk_why *why);
void gk_paper_destroy(gk_paper **self_p);

/*  A line in red at the head of every page from here on, such as 演示; copied. */
void gk_paper_mark(gk_paper *self, const char *text);

void gk_paper_page(gk_paper *self);                         /* go on on a new page, unless nothing stands on this one */
void gk_paper_title(gk_paper *self, const char *text);
void gk_paper_heading(gk_paper *self, const char *text);
void gk_paper_text(gk_paper *self, const char *text);       /* a paragraph a line */
void gk_paper_note(gk_paper *self, const char *text);       /* the same, small */

typedef struct gk_paper_cell {
    int row, column, rows, columns;     /* place from 0; how many it spans, 0 being 1 */
    const char *text;
    bool left;                          /* else centred */
} gk_paper_cell;

enum { GK_PAPER_COLUMNS = 20, GK_PAPER_ROWS = 80 };

/*  A ruled table of `columns` columns whose widths are shares of the page's. */
void gk_paper_table(gk_paper *self, const double *shares, int columns, const gk_paper_cell *cells, size_t count);

/*  Add the PDF to *pdf.  GK_EBADVALUE: a character has no glyph; GK_ETOOLARGE: a table is longer than a page. */
GK_CHECKED gk_err gk_paper_end(gk_paper *self, gk_text *pdf, gk_why *why);

#endif
