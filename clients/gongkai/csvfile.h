/*  gk_csvfile - a catalogue of public documents as a CSV file, read into entries.
 *
 *  RFC 4180: a header line, commas, quotes around what holds commas, quotes or line ends.  The
 *  quoting is libcsv's; what is ours is that every refusal names line and column (in characters), so that
 *  a clerk finds it in a table of ten thousand lines.
 */
#ifndef GK_CSVFILE_H
#define GK_CSVFILE_H

#include "base/json.h"

enum { GK_CSVFILE_MOST = 64 << 20 };

/*  Read the whole file.  A BOM is skipped; line ends may be LF, CR LF or CR; header names are those of
 *  core/catalogue in English or Chinese, in any order; dates may be written 2026/3/2 or
 *  2026年3月2日 as well; blanks and line ends within a value become one blank; a row of nothing
 *  is left out.  Refused with line and column: bytes that are not UTF-8, control characters, torn quotes,
 *  an unknown, repeated or missing column, a row of other length than the header, a value that
 *  gk_entry_check refuses, an address or number that an earlier line has.  Caller decrefs *rows. */
GK_CHECKED gk_err gk_csvfile_read(const char *text, size_t len, json_t **rows, gk_why *why);

#endif
