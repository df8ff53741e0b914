/*  gk_plain - a text file in whatever encoding China writes.
 *
 *  What cannot be read for sure is refused, because a text misread looks clean.
 */
#include "workers/extract/plain.h"
#include "base/mem.h"
#include "base/text.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

void gk_plain_open(gk_plain *self)
{
    self->gb18030 = iconv_open("UTF-8", "GB18030");
    self->utf16le = iconv_open("UTF-8", "UTF-16LE");
    self->utf16be = iconv_open("UTF-8", "UTF-16BE");
}

void gk_plain_close(gk_plain *self)
{
    iconv_t *const all[] = { &self->gb18030, &self->utf16le, &self->utf16be };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (*all[i] != (iconv_t) -1)
            iconv_close(*all[i]);
}

/*  Texts that are not what they seem: their characters are written as codes. */
static bool is_coded(const char *text, size_t len)
{
    static const char *const starts[] = { "{\\rtf", "<", "%!PS", "MIME-Version:", "From:", "From ", "Received:",
                                          "Return-Path:", "Content-Type:", "begin 6", "BEGIN:V",
                                          "\\documentclass" };
    while (len && memchr(" \t\r\n", *text, 4))
        text++, len--;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (len >= strlen(starts[i]) && strncasecmp(text, starts[i], strlen(starts[i])) == 0)
            return true;
    static const char base64[] = "Content-Transfer-Encoding:";
    return memmem(text, len < 8192 ? len : 8192, base64, sizeof base64 - 1);
}

static bool is_text(const char *text, size_t len)
{
    if (!gk_utf8_ok(text, len))
        return false;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char) text[i];
        if ((c < 0x20 && !memchr("\t\n\r\f", c, 4)) || c == 0x7f)
            return false;
    }
    return true;
}

/*  Convert all of it, or nothing. */
static bool convert(iconv_t converter, const char *bytes, size_t len, gk_text *out)
{
    char part[65536];
    char *in = (char *) (uintptr_t) bytes;      /* iconv takes char ** and writes nothing there */
    if (converter == (iconv_t) -1)
        return false;
    iconv(converter, NULL, NULL, NULL, NULL);
    while (len > 0) {
        char *to = part;
        size_t left = sizeof part;
        size_t done = iconv(converter, &in, &len, &to, &left);
        gk_text_add(out, part, sizeof part - left);
        if ((done == (size_t) -1 && errno != E2BIG) || out->len > GK_EXTRACT_TEXT)
            return false;
    }
    return true;
}

static bool starts_with(const char *bytes, size_t len, const char *mark, size_t mark_len)
{
    return len >= mark_len && memcmp(bytes, mark, mark_len) == 0;
}

gk_extract gk_plain_read(const gk_plain *self, const char *bytes, size_t len, gk_stream *out)
{
    const struct { const char *mark; size_t len; iconv_t converter; } marked[] = {
        { "\xff\xfe", 2, self->utf16le }, { "\xfe\xff", 2, self->utf16be },
    };
    gk_text_auto text = { 0 };
    gk_text_add(&text, "", 0);
    iconv_t converter = self->gb18030;
    if (starts_with(bytes, len, "\xef\xbb\xbf", 3))
        bytes += 3, len -= 3;
    for (size_t i = 0; i < sizeof marked / sizeof *marked; i++)
        if (starts_with(bytes, len, marked[i].mark, marked[i].len)) {
            bytes += marked[i].len, len -= marked[i].len;
            converter = marked[i].converter;
        }
    if (converter == self->gb18030 && gk_utf8_ok(bytes, len))
        gk_text_add(&text, bytes, len);
    else if (!convert(converter, bytes, len, &text))
        return text.len > GK_EXTRACT_TEXT ? GK_EXTRACT_TOO_LARGE : GK_EXTRACT_UNSUPPORTED;
    if (!is_text(text.data, text.len) || is_coded(text.data, text.len))
        return GK_EXTRACT_UNSUPPORTED;
    return gk_stream_page(out, 1, text.data, text.len, 0);
}
