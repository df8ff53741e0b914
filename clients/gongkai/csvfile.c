/*  gk_csvfile - a catalogue of public documents as a CSV file.
 *
 *  libcsv is fed byte by byte: its callbacks say nothing of where they are, and so `at` does. */
#include "clients/gongkai/csvfile.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/catalogue.h"
#include "core/similar.h"

#include <csv.h>
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_COLUMNS = 32 };

typedef struct reading {
    const char *text;
    size_t len, at;             /* the byte in hand */
    size_t row_at, field_at;    /* where the row and the field in hand begin */
    int line, row_line;
    bool fresh_row, fresh_field;                    /* nothing of it was seen yet */
    const gk_entry_field *columns[MOST_COLUMNS];    /* of the header */
    size_t width, column;       /* columns of the header; fields seen of this row */
    bool headed;
    json_t *row, *rows;
    json_t *seen;               /* "url ..." or "document_number ..." to the line that has it */
    gk_err err;
    gk_why *why;
} reading;

/*  ---- where -------------------------------------------------------------------------- */

typedef struct place {
    int line, column;
} place;

/*  Line and column of a byte, from 1, in characters. */
static place place_of(const reading *self, size_t offset)
{
    place p = { 1, 1 };
    for (size_t at = 0; at < offset && at < self->len; ) {
        char c = self->text[at];
        gk_utf8_next(self->text, self->len, &at);
        bool end = c == '\n' || (c == '\r' && !(at < self->len && self->text[at] == '\n'));
        p = end ? (place) { p.line + 1, 1 } : (place) { p.line, p.column + 1 };
    }
    return p;
}

/*  The first refusal counts. */
static void refuse_at(reading *self, size_t offset, gk_err err, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
static void refuse_at(reading *self, size_t offset, gk_err err, const char *format, ...)
{
    if (self->err)
        return;
    place p = place_of(self, offset);
    char text[200];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    self->err = gk_refuse(self->why, err, "line %d, column %d: %s", p.line, p.column, text);
}

/*  ---- values ---------------------------------------------------------------------------- */

/*  Blanks, tabs and line ends become one blank, none at the ends. */
static char *tidy(const char *value, size_t len)
{
    gk_text out = { 0 };
    gk_text_puts(&out, "");
    for (size_t i = 0; i < len; i++) {
        bool blank = strchr(" \t\r\n", value[i]) != NULL;
        if (!blank)
            gk_text_add(&out, value + i, 1);
        else if (out.len && out.data[out.len - 1] != ' ')
            gk_text_puts(&out, " ");
    }
    if (out.len && out.data[out.len - 1] == ' ')
        out.data[--out.len] = 0;
    return out.data;
}

/*  2026/3/2 and 2026年3月2日 as 2026-03-02; whatever else as it is. */
static char *tidy_date(char *value)
{
    int year, month, day, end = 0;
    bool known = sscanf(value, "%4d/%2d/%2d%n", &year, &month, &day, &end) == 3 && !value[end];
    known = known || (sscanf(value, "%4d-%2d-%2d%n", &year, &month, &day, &end) == 3 && !value[end]);
    known = known || (sscanf(value, "%4d年%2d月%2d日%n", &year, &month, &day, &end) == 3 && end && !value[end]);
    if (!known || year < 0 || month < 0 || day < 0)
        return value;
    free(value);
    return gk_format("%04d-%02d-%02d", year, month, day);
}

/*  ---- the header -------------------------------------------------------------------------- */

static const gk_entry_field *column_named(const char *name)
{
    char plain[64];
    size_t len = strlen(name);
    const gk_entry_field *field = NULL;
    for (size_t i = 0; (field = gk_entry_field_at(i)); i++)
        if (*name && gk_text_is_choice(field->zh, name))
            return field;
    if (len >= sizeof plain)
        return NULL;
    for (size_t i = 0; i <= len; i++)
        plain[i] = name[i] == ' ' ? '_' : (char) tolower((unsigned char) name[i]);
    return gk_entry_field_find(plain);
}

static bool has_column(const reading *self, const gk_entry_field *field)
{
    bool there = false;
    for (size_t i = 0; i < self->width; i++)
        there |= self->columns[i] == field;
    return there;
}

static void read_name(reading *self, const char *name)
{
    const gk_entry_field *field = column_named(name);
    if (!field)
        refuse_at(self, self->field_at, GK_EBADVALUE, "%.60s is no column; title, document_number, date, unit, url and "
                  "published_on are", name);
    else if (has_column(self, field))
        refuse_at(self, self->field_at, GK_EBADVALUE, "the column %s comes twice", field->name);
    else
        self->columns[self->width++] = field;
}

static void end_header(reading *self)
{
    const gk_entry_field *field;
    self->headed = true;
    for (size_t i = 0; (field = gk_entry_field_at(i)); i++)
        if (field->required && !has_column(self, field))
            refuse_at(self, self->row_at, GK_EMISSING, "the header lacks the column %s", field->name);
}

/*  ---- rows -------------------------------------------------------------------------------- */

/*  The same address or number twice in a file is a slip: one would silently displace the other. */
static void check_once(reading *self, const gk_entry_field *field, const char *value)
{
    bool number = strcmp(field->name, "document_number") == 0;
    if (!number && field->type != GK_ENTRY_URL)
        return;
    gk_free_auto char *folded = number ? gk_similar_fold(value) : gk_strdup(value);
    gk_free_auto char *key = gk_format("%s %s", field->name, folded);
    json_t *line = json_object_get(self->seen, key);
    if (line)
        refuse_at(self, self->field_at, GK_EBADVALUE, "line %d has the same %s", (int) json_integer_value(line), field->name);
    json_object_set_new(self->seen, key, json_integer(self->row_line));
}

static void read_value(reading *self, char **value)
{
    if (self->column >= self->width) {
        if (**value)
            refuse_at(self, self->field_at, GK_EBADVALUE, "the header has no column %zu", self->column + 1);
        return;
    }
    const gk_entry_field *field = self->columns[self->column];
    if (field->type == GK_ENTRY_DATE)
        *value = tidy_date(*value);
    gk_why why = { "" };
    gk_err err = **value ? gk_entry_check(field, *value, &why) : GK_OK;
    if (err)
        refuse_at(self, self->field_at, err, "%s", why.text);
    else if (**value)
        check_once(self, field, *value);
    if (**value)
        json_object_set_new(self->row, field->name, json_string(*value));
}

static void end_row(reading *self)
{
    const gk_entry_field *field;
    if (!json_object_size(self->row))
        return;                 /* a spreadsheet leaves rows of commas */
    if (self->column < self->width)
        refuse_at(self, self->row_at, GK_EBADVALUE, "the row has %zu columns, the header %zu", self->column, self->width);
    for (size_t i = 0; (field = gk_entry_field_at(i)); i++)
        if (field->required && !*gk_json_text(self->row, field->name))
            refuse_at(self, self->row_at, GK_EMISSING, "%s is empty", field->name);
    json_array_append(self->rows, self->row);
}

/*  ---- libcsv's callbacks ------------------------------------------------------------------ */

static void on_field(void *bytes, size_t len, void *context)
{
    reading *self = context;
    char *value = tidy(bytes, len);
    if (!self->err && !self->headed)
        read_name(self, value);
    else if (!self->err)
        read_value(self, &value);
    free(value);
    self->column++;
    self->fresh_field = true;
}

static void on_row(int end, void *context)
{
    (void) end;
    reading *self = context;
    if (!self->err && !self->headed)
        end_header(self);
    else if (!self->err)
        end_row(self);
    json_decref(self->row);
    self->row = json_object();
    self->column = 0;
    self->fresh_row = true;
}

/*  ---- the file ------------------------------------------------------------------------------ */

/*  Bytes that no text has, before anything is made of them. */
static void check_bytes(reading *self)
{
    for (size_t at = 0; at < self->len && !self->err; ) {
        size_t from = at;
        uint32_t code = gk_utf8_next(self->text, self->len, &at);
        if (code == 0xfffd && at - from == 1)
            refuse_at(self, from, GK_EBADVALUE, "not UTF-8: save the table as \"CSV UTF-8\"");
        else if ((code < 0x20 && !strchr("\t\r\n", (int) code)) || code == 0 || code == 0x7f)
            refuse_at(self, from, GK_EBADVALUE, "a control character");
    }
}

static void note_place(reading *self, char c)
{
    if (self->fresh_row && c != '\r' && c != '\n') {
        self->row_at = self->at;
        self->row_line = self->line;
        self->fresh_row = false;
    }
    if (self->fresh_field && c != ' ' && c != '\t') {
        self->field_at = self->at;
        self->fresh_field = c == '\r' || c == '\n';      /* an empty line is no field */
    }
    self->line += c == '\n' || (c == '\r' && !(self->at + 1 < self->len && self->text[self->at + 1] == '\n'));
}

static void parse(reading *self)
{
    struct csv_parser parser;
    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
    for (; self->at < self->len && !self->err; self->at++) {
        char c = self->text[self->at];
        note_place(self, c);
        if (csv_parse(&parser, &c, 1, on_field, on_row, self) != 1)
            refuse_at(self, self->at, GK_EBADVALUE, "a quote stands wrong: a value with quotes is quoted whole, and quotes in it doubled");
    }
    if (!self->err && csv_fini(&parser, on_field, on_row, self))
        refuse_at(self, self->field_at, GK_EBADVALUE, "the quote that begins here never ends");
    csv_free(&parser);
}

gk_err gk_csvfile_read(const char *text, size_t len, json_t **rows, gk_why *why)
{
    bool bom = len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0;
    gk_json_auto *list = json_array(), *seen = json_object();
    reading self = { .text = text + 3 * bom, .len = len - 3 * (size_t) bom, .line = 1, .fresh_row = true, .fresh_field = true,
                     .row = json_object(), .rows = list, .seen = seen, .why = why };
    check_bytes(&self);
    parse(&self);
    if (!self.headed)
        refuse_at(&self, 0, GK_EMISSING, "the header is missing");
    json_decref(self.row);
    if (!self.err)
        *rows = json_incref(list);
    return self.err;
}
