/*  gk_pdf - the text of a PDF by page, with what else it carries (poppler below; GPL). */
#ifndef GK_PDF_H
#define GK_PDF_H

#include "workers/extract/stream.h"

/*  True when the bytes are a PDF: its magic within the first kilobyte, as readers accept it. */
bool gk_pdf_is(const char *bytes, size_t len);

/*  Write the pages, and as page 0 the annotations and form fields.  *metadata (caller owns)
 *  and *attachments are for the last line. */
gk_extract gk_pdf_read(const char *bytes, size_t len, gk_stream *out, json_t **metadata, bool *attachments);

#endif
