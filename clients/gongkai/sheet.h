/*  gk_sheet - text in columns on a terminal.
 *
 *  A Chinese character is two columns wide, so padding counts display width and not
 *  bytes.  Cells come from strangers too: control characters, escape sequences and
 *  direction marks are shown as '?', so nobody's title can repaint a clerk's screen.
 */
#ifndef GK_SHEET_H
#define GK_SHEET_H

#include <stddef.h>
#include <stdio.h>

typedef struct gk_sheet gk_sheet;

/*  A sheet of 1 to 8 columns. */
gk_sheet *gk_sheet_new(int columns);
void gk_sheet_destroy(gk_sheet **self_p);

/*  Fill the next cell, row by row; the text is copied.  NULL is an empty cell. */
void gk_sheet_cell(gk_sheet *self, const char *text);

/*  Fill the next cell from printf. */
void gk_sheet_cellf(gk_sheet *self, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*  Number of rows begun. */
size_t gk_sheet_rows(const gk_sheet *self);

/*  Print with two blanks between columns, `indent` before the first.  A last column
 *  that does not fit `width` columns (0: no limit) goes on under itself. */
void gk_sheet_print(const gk_sheet *self, int indent, int width, FILE *out);

/*  Columns that a text takes on a terminal. */
int gk_sheet_width(const char *text);

/*  Columns of the terminal behind `out`, 0 when it is none. */
int gk_sheet_terminal(FILE *out);

#endif
