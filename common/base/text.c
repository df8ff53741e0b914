/*  gk_text - a growing byte string, and the few things we do with UTF-8. */
#include "base/text.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void reserve(gk_text *self, size_t more)
{
    if (self->len + more + 1 <= self->cap)
        return;
    size_t cap = self->cap ? self->cap * 2 : 64;
    while (cap < self->len + more + 1)
        cap *= 2;
    self->data = gk_regrow(self->data, cap, 1);
    self->cap = cap;
}

void gk_text_add(gk_text *self, const char *bytes, size_t len)
{
    reserve(self, len);
    if (len)
        memcpy(self->data + self->len, bytes, len);
    self->len += len;
    self->data[self->len] = 0;
}

void gk_text_puts(gk_text *self, const char *text)
{
    gk_text_add(self, text, strlen(text));
}

void gk_text_printf(gk_text *self, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int width = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (width > 0) {
        reserve(self, (size_t) width);
        vsnprintf(self->data + self->len, (size_t) width + 1, format, again);
        self->len += (size_t) width;
    }
    va_end(again);
}

void gk_text_clear(gk_text *self)
{
    free(self->data);
    *self = (gk_text) { 0 };
}

/*  ---- UTF-8 ------------------------------------------------------------- */

/*  Width of the well-formed character at `text`, 0 when there is none. */
static size_t width_at(const unsigned char *text, size_t len, uint32_t *code)
{
    if (len == 0)
        return 0;
    if (text[0] < 0x80) {
        *code = text[0];
        return 1;
    }
    static const struct { unsigned char mask, lead; uint32_t least; } form[] = {
        { 0xe0, 0xc0, 0x80 }, { 0xf0, 0xe0, 0x800 }, { 0xf8, 0xf0, 0x10000 },
    };
    for (size_t i = 0; i < 3; i++) {
        if ((text[0] & form[i].mask) != form[i].lead)
            continue;
        size_t width = i + 2;
        if (len < width)
            return 0;
        uint32_t value = text[0] & (unsigned char) ~form[i].mask;
        for (size_t k = 1; k < width; k++) {
            if ((text[k] & 0xc0) != 0x80)
                return 0;
            value = value << 6 | (text[k] & 0x3f);
        }
        if (value < form[i].least || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
            return 0;
        *code = value;
        return width;
    }
    return 0;
}

bool gk_utf8_ok(const char *text, size_t len)
{
    uint32_t code;
    for (size_t at = 0; at < len; ) {
        size_t width = width_at((const unsigned char *) text + at, len - at, &code);
        if (width == 0 || code == 0)
            return false;
        at += width;
    }
    return true;
}

size_t gk_utf8_cut(const char *text, size_t len)
{
    while (len && ((unsigned char) text[len] & 0xc0) == 0x80)
        len--;
    return len;
}

void gk_text_copy(char *to, size_t size, const char *from)
{
    size_t len = strlen(from);
    if (len >= size)
        len = gk_utf8_cut(from, size - 1);
    memmove(to, from, len);
    to[len] = 0;
}

size_t gk_utf8_count(const char *text, size_t len)
{
    size_t count = 0;
    for (size_t i = 0; i < len; i++)
        count += ((unsigned char) text[i] & 0xc0) != 0x80;
    return count;
}

bool gk_text_is_choice(const char *choices, const char *text)
{
    size_t len = strlen(text);
    for (const char *at = choices; *at; at += strcspn(at, "|"), at += *at == '|')
        if (strcspn(at, "|") == len && strncmp(at, text, len) == 0)
            return len > 0;
    return false;
}

uint32_t gk_utf8_next(const char *text, size_t len, size_t *at)
{
    uint32_t code = 0xfffd;
    size_t width = width_at((const unsigned char *) text + *at, len - *at, &code);
    *at += width ? width : 1;
    return width ? code : 0xfffd;
}

void gk_text_add_char(gk_text *self, uint32_t code)
{
    char out[4];
    size_t width = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
    for (size_t i = width; i-- > 1; code >>= 6)
        out[i] = (char) (0x80 | (code & 0x3f));
    out[0] = (char) (lead[width] | code);
    gk_text_add(self, out, width);
}

/*  ---- hex and files ----------------------------------------------------- */

char *gk_hex(const void *bytes, size_t len, char *out)
{
    static const char digit[] = "0123456789abcdef";
    const unsigned char *p = bytes;
    for (size_t i = 0; i < len; i++) {
        out[2 * i] = digit[p[i] >> 4];
        out[2 * i + 1] = digit[p[i] & 15];
    }
    out[2 * len] = 0;
    return out;
}

static int nibble(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool gk_unhex(const char *hex, void *out, size_t len)
{
    unsigned char *p = out;
    for (size_t i = 0; i < len; i++) {
        int high = nibble(hex[2 * i]), low = high < 0 ? -1 : nibble(hex[2 * i + 1]);
        if (low < 0)
            return false;
        p[i] = (unsigned char) (high << 4 | low);
    }
    return hex[2 * len] == 0;
}

char *gk_file_read(const char *path, size_t max, size_t *len)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    gk_text all = { 0 };
    char part[65536];
    size_t got;
    while ((got = fread(part, 1, sizeof part, file)) > 0 && all.len + got <= max)
        gk_text_add(&all, part, got);
    int error = ferror(file) ? errno : got > 0 ? EFBIG : 0;
    fclose(file);
    if (error) {
        gk_text_clear(&all);
        errno = error;
        return NULL;
    }
    gk_text_add(&all, "", 0);
    *len = all.len;
    return all.data;
}

gk_err gk_file_refuse(const char *path, size_t max, gk_why *why)
{
    size_t shift = max < 1 << 10 ? 0 : max < 1 << 20 ? 10 : 20;
    switch (errno) {
    case EFBIG:
        return gk_refuse(why, GK_ETOOLARGE, "%.200s: the file is larger than %zu %s, the most that is read here", path, max >> shift,
                         shift == 0 ? "bytes" : shift == 10 ? "KiB" : "MiB");
    case EISDIR:
        return gk_refuse(why, GK_EBADVALUE, "%.200s is a folder: name a file in it", path);
    default:
        return gk_refuse(why, errno == ENOENT ? GK_ENOTFOUND : GK_EIO, "%.200s: %s", path, strerror(errno));
    }
}

int gk_file_sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    int result = fsync(fd), error = errno;
    close(fd);
    errno = error;
    return result;
}
