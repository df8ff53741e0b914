/*  gk_stream - what gongkai-extract says of a document, one JSON object a line.
 *
 *      {"page":1,"text":"...","pictures":0}        pages count from 1; page 0 holds annotations and fields
 *      {"end":true,"pages":1,"metadata":{"title":"..."},"attachments":false}
 *
 *  or, instead of the last line, {"error":"encrypted"}.  `pictures` are images whose content
 *  nobody has read; `attachments`: files within the file.  The text is well-formed UTF-8
 *  without control characters but line ends and tabs; an offset into it counts characters.
 */
#ifndef GK_STREAM_H
#define GK_STREAM_H

#include "base/json.h"

#include <stdio.h>

/*  What became of a document. */
typedef enum gk_extract {
    GK_EXTRACT_OK,
    GK_EXTRACT_EMPTY,           /* no bytes */
    GK_EXTRACT_UNSUPPORTED,     /* neither PDF nor plain text */
    GK_EXTRACT_ENCRYPTED,       /* opens with a password only */
    GK_EXTRACT_BROKEN,          /* a PDF that cannot be read */
    GK_EXTRACT_TOO_LARGE,       /* over a limit below */
    GK_EXTRACTS
} gk_extract;

enum {
    GK_EXTRACT_BYTES = 20 << 20,        /* the document */
    GK_EXTRACT_TEXT = 32 << 20,         /* all its text, UTF-8 */
    GK_EXTRACT_STREAM = 72 << 20,       /* all lines: a quotation mark takes two bytes */
    GK_EXTRACT_PAGES = 5000,
};

typedef struct gk_stream {
    FILE *out;
    size_t text;                /* bytes of text so far */
    int pages;
} gk_stream;

/*  Write a page; GK_EXTRACT_TOO_LARGE when there is too much text. */
gk_extract gk_stream_page(gk_stream *self, int page, const char *text, size_t len, int pictures);

/*  Write the last line.  `metadata` (owned afterwards, may be NULL) is an object of texts. */
void gk_stream_end(gk_stream *self, json_t *metadata, bool attachments);
void gk_stream_error(gk_stream *self, gk_extract what);

/*  A JSON text of bytes that may be anything: cleaned as the page's text is. */
json_t *gk_stream_clean(const char *text, size_t len);

#endif
