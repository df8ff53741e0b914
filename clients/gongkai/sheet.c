/*  gk_sheet - text in columns on a terminal. */
#include "clients/gongkai/sheet.h"
#include "base/mem.h"
#include "base/text.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { COLUMNS = 8, GAP = 2 };

struct gk_sheet {
    int columns;
    char **cell;                /* row by row, owned */
    size_t count, cap;
};

typedef struct range {
    uint32_t first, last;
} range;

/*  Two columns wide (Unicode East Asian Width W and F). */
static const range wide[] = {
    { 0x1100, 0x115f }, { 0x2e80, 0x303e }, { 0x3041, 0x33ff }, { 0x3400, 0x4dbf }, { 0x4e00, 0xa4cf },
    { 0xac00, 0xd7a3 }, { 0xf900, 0xfaff }, { 0xfe30, 0xfe6f }, { 0xff01, 0xff60 }, { 0xffe0, 0xffe6 },
    { 0x1f300, 0x1f64f }, { 0x1f900, 0x1f9ff }, { 0x20000, 0x3fffd },
};

/*  Stand on the character before them. */
static const range narrow[] = { { 0x0300, 0x036f }, { 0xfe00, 0xfe0f } };

/*  Never sent to a terminal: controls, invisible characters, direction marks. */
static const range unsafe[] = {
    { 0x00, 0x1f }, { 0x7f, 0x9f }, { 0x200b, 0x200f }, { 0x2028, 0x202e }, { 0x2060, 0x2069 }, { 0xfeff, 0xfeff },
};

static bool within(uint32_t code, const range *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (code >= list[i].first && code <= list[i].last)
            return true;
    return false;
}

#define IN(code, list) within(code, list, sizeof list / sizeof *list)

static int width_of(uint32_t code)
{
    return IN(code, wide) ? 2 : IN(code, narrow) ? 0 : 1;
}

int gk_sheet_width(const char *text)
{
    int width = 0;
    size_t len = strlen(text);
    for (size_t at = 0; at < len; )
        width += width_of(gk_utf8_next(text, len, &at));
    return width;
}

int gk_sheet_terminal(FILE *out)
{
    struct winsize size = { 0 };
    int fd = fileno(out);
    return isatty(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

gk_sheet *gk_sheet_new(int columns)
{
    assert(columns >= 1 && columns <= COLUMNS);
    gk_sheet *self = gk_new(gk_sheet);
    self->columns = columns;
    return self;
}

void gk_sheet_destroy(gk_sheet **self_p)
{
    gk_sheet *self = *self_p;
    if (!self)
        return;
    for (size_t i = 0; i < self->count; i++)
        free(self->cell[i]);
    free(self->cell);
    free(self);
    *self_p = NULL;
}

/*  Line breaks become blanks, what must not reach a terminal '?'. */
static char *cleaned(const char *text)
{
    gk_text out = { 0 };
    size_t len = strlen(text);
    for (size_t at = 0; at < len; ) {
        uint32_t code = gk_utf8_next(text, len, &at);
        bool blank = code == '\n' || code == '\t' || code == '\r';
        gk_text_add_char(&out, blank ? ' ' : IN(code, unsafe) ? '?' : code);
    }
    gk_text_puts(&out, "");
    return out.data;
}

void gk_sheet_cell(gk_sheet *self, const char *text)
{
    if (self->count == self->cap) {
        self->cap = self->cap ? self->cap * 2 : 32;
        self->cell = gk_regrow(self->cell, self->cap, sizeof *self->cell);
    }
    self->cell[self->count++] = cleaned(text ? text : "");
}

void gk_sheet_cellf(gk_sheet *self, const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    int width = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (width >= (int) sizeof text)
        text[gk_utf8_cut(text, sizeof text - 1)] = 0;
    gk_sheet_cell(self, text);
}

size_t gk_sheet_rows(const gk_sheet *self)
{
    return (self->count + (size_t) self->columns - 1) / (size_t) self->columns;
}

/*  How many bytes of `text` fit into `room` columns: all, or up to the last blank, or,
 *  where there is none (Chinese has none), up to the last character. */
static size_t fitting(const char *text, int room)
{
    size_t len = strlen(text), blank = 0;
    int used = 0;
    for (size_t at = 0, before = 0; at < len; before = at) {
        uint32_t code = gk_utf8_next(text, len, &at);
        used += width_of(code);
        if (used > room)
            return blank && before - blank < 16 ? blank : before ? before : at;
        if (code == ' ')
            blank = at;
    }
    return len;
}

static void print_last(const char *text, int left, int width, FILE *out)
{
    int room = width - left;
    if (width == 0 || room < 20) {
        fputs(text, out);
        return;
    }
    for (size_t len; (len = fitting(text, room)) < strlen(text); text += len)
        fprintf(out, "%.*s\n%*s", (int) len, text, left, "");
    fputs(text, out);
}

void gk_sheet_print(const gk_sheet *self, int indent, int width, FILE *out)
{
    int columns[COLUMNS] = { 0 };
    for (size_t i = 0; i < self->count; i++) {
        int cell = gk_sheet_width(self->cell[i]), *most = &columns[i % (size_t) self->columns];
        *most = cell > *most ? cell : *most;
    }
    for (size_t i = 0; i < self->count; i += (size_t) self->columns) {
        int left = indent, pad = indent;
        for (int c = 0; c < self->columns && i + (size_t) c < self->count; c++) {
            const char *text = self->cell[i + (size_t) c];
            if (*text)      /* blanks only before something: no line ends in them */
                fprintf(out, "%*s", pad, "");
            if (c + 1 == self->columns) {
                print_last(text, left, width, out);
                break;
            }
            fputs(text, out);
            left += columns[c] ? columns[c] + GAP : 0;
            pad = (*text ? 0 : pad) + (columns[c] ? columns[c] + GAP - gk_sheet_width(text) : 0);
        }
        fputc('\n', out);
    }
}
