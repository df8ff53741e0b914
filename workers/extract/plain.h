/*  gk_plain - a text file in whatever encoding China writes: UTF-8, UTF-16 with a mark, GB18030. */
#ifndef GK_PLAIN_H
#define GK_PLAIN_H

#include "workers/extract/stream.h"

#include <iconv.h>

/*  Converters are loaded from disk when opened, so they are opened before the sandbox closes. */
typedef struct gk_plain {
    iconv_t gb18030, utf16le, utf16be;
} gk_plain;

void gk_plain_open(gk_plain *self);
void gk_plain_close(gk_plain *self);

/*  Write the text as page 1.  Refused as unsupported: what holds control characters, fits
 *  no encoding, or is a format that hides its text behind codes (RTF, HTML, PostScript, mail). */
gk_extract gk_plain_read(const gk_plain *self, const char *bytes, size_t len, gk_stream *out);

#endif
