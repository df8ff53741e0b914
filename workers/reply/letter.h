/*  letter - a filled template as an official letter in PDF (党政机关公文格式 GB/T 9704-2012).
 *
 *  A4, type area 156 x 225 mm, 37 mm from the top and 28 mm from the left; 22 rows of 28
 *  characters of 16 pt.  Everything stands on that grid of rows, which makes paging a
 *  matter of counting (pages.h).  Head, rules and page numbers are drawn around it.  A form of
 *  the office stands on the same grid: a table of two columns, a label and its text.
 *
 *  The same head and blocks give the same bytes: a worker that was killed renders again,
 *  and the ledger must find the digest that it knows.
 */
#ifndef GK_LETTER_H
#define GK_LETTER_H

#include "base/date.h"
#include "base/text.h"
#include "paper/fonts.h"
#include "workers/reply/template.h"

enum { GK_LETTER_PAGES = 200 };

/*  What surrounds the text.  All texts are borrowed; NULL or "" leaves that part out. */
typedef struct gk_letter_head {
    const char *office;         /* 发文机关标志, required; also the author in the PDF's metadata */
    const char *number;         /* 示关公复〔2026〕12号 */
    const char *case_number;    /* small, at the foot of the last page */
    const char *check_code;     /* beside it: the start of the hash of the event that asked for the letter */
    gk_date date;               /* the PDF's date of creation */
    bool form;                  /* a form of the office: no red head, no number */
    bool training;              /* mark every page 演示文书 不具有法律效力 */
} gk_letter_head;

/*  Add the PDF to *pdf and set *pages.  GK_EBADVALUE: a character has no glyph; GK_ETOOLARGE: more
 *  than GK_LETTER_PAGES; GK_EMISSING: no office, or no blocks.  On failure nothing is added. */
GK_CHECKED gk_err gk_letter_render(const gk_fonts *fonts, const gk_letter_head *head,
                                   const gk_blocks *blocks, gk_text *pdf, int *pages, gk_why *why);

#endif
