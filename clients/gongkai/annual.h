/*  gk_annual - the answer of `report.annual` on a terminal, as CSV and as PDF.
 *
 *  Rows, columns and labels come with the answer ("form"), so the client knows no row of the report. */
#ifndef GK_ANNUAL_H
#define GK_ANNUAL_H

#include "clients/gongkai/cli.h"
#include "base/text.h"

/*  Visit every report of the answer: the offices' and, last, the district's sum. */
const json_t *gk_annual_report(const json_t *ok, size_t index);      /* NULL past the end */

void gk_annual_print(const gk_cli *self, const json_t *ok);

/*  UTF-8 without a mark, lines ended by CR LF, quoted where RFC 4180 asks for it: one line a cell. */
void gk_annual_csv(const json_t *ok, gk_text *out);

/*  Add the answer as PDF to *pdf, with the fonts of `fonts`.  GK_ENOTFOUND: they are not there; GK_EBADVALUE: a character
 *  of a text has no glyph. */
GK_CHECKED gk_err gk_annual_pdf(const json_t *ok, const char *fonts, gk_text *pdf, gk_why *why);

/*  The identities of an answer that has such, as a table. */
void gk_annual_identities(const gk_cli *self, const json_t *report);

/*  A CSV field and what follows it, "," or "\r\n". */
void gk_annual_csv_field(gk_text *out, const char *text, const char *end);

/*  How many identities are violated in all reports. */
json_int_t gk_annual_violated(const json_t *ok);

/*  A figure as the form prints it: fees_yuan in 万元 with four decimals.  Returns out. */
char *gk_annual_figure(const char *code, const json_t *value, char out[static 40]);

#endif
