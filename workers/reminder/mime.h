/*  gk_mime - one mail as bytes (RFC 5322, 2045-2047, 2231).
 *
 *  libcurl carries a mail but does not write one: without this there is no Date, no
 *  Message-ID, and Chinese goes raw into the headers.  Everything here is pure: the same
 *  mail gives the same bytes, so a repeat after a crash is recognised by its Message-ID.
 *
 *  Nothing that comes in can add a header or an address: a value with CR, LF, another
 *  control character or a direction override (U+202E and its kin) is refused, not cleaned.
 */
#ifndef GK_MIME_H
#define GK_MIME_H

#include "base/err.h"
#include "base/text.h"

enum {
    GK_MIME_LINE = 75,              /* octets a header line with encoded words may have */
    GK_MIME_MAX_HEADER = 1000,      /* bytes of a subject, display name or file name */
    GK_MIME_MAX_BODY = 256 * 1024,  /* bytes of the text, and of each attachment */
    GK_MIME_MAX_PARTS = 8,
};

typedef struct gk_mime_part {
    const char *name;               /* file name, UTF-8 */
    const char *type;               /* "text/calendar; charset=UTF-8" */
    const char *bytes;
    size_t len;
} gk_mime_part;

/*  All text is borrowed UTF-8. */
typedef struct gk_mime {
    const char *from, *from_name;   /* address; display name or "" */
    const char *to;                 /* one address: each recipient gets a mail of his own */
    const char *subject;
    const char *message_id;         /* "id@domain", without the angle brackets */
    const char *role;               /* X-Gongkai-Role, so that a mailbox can be sorted; or "" */
    const char *lang;               /* Content-Language, "zh-CN" or "zh-CN, en" */
    int64_t at;                     /* Date */
    const char *text;               /* body, lines end in \n */
    const gk_mime_part *parts;
    size_t part_count;
} gk_mime;

/*  Append the mail, lines ending in CRLF.  GK_EBADVALUE names the field that is not
 *  acceptable, GK_ETOOLARGE the one over its limit; `out` is then as before. */
GK_CHECKED gk_err gk_mime_write(const gk_mime *mail, gk_text *out, gk_why *why);

/*  True for local@domain of plain ASCII (dot-atoms, at most 254 bytes), which is what
 *  every server takes.  Quoted local parts, comments and address literals are not. */
bool gk_mime_address_ok(const char *address);

/*  Append "name: value" and CRLF, as encoded words when it is not short plain ASCII.  The
 *  value was checked. */
void gk_mime_header(gk_text *out, const char *name, const char *value);

/*  Append ";", CRLF and the parameter: `key="value"` when plain, else RFC 2231 in as
 *  many pieces as it takes.  The value was checked. */
void gk_mime_param(gk_text *out, const char *key, const char *value);

#endif
