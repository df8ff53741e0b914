/*  letter - blocks to PDF by Pango and Cairo.
 *
 *  Three steps: break every block into lines (`column`), place the lines on pages
 *  (pages.c), draw page by page.  Pango breaks the lines, with its rules for Chinese
 *  punctuation; positions are ours.
 */
#include "workers/reply/letter.h"
#include "workers/reply/pages.h"
#include "base/mem.h"

#include <cairo-pdf.h>
#include <stdlib.h>
#include <string.h>

#define MM(x) ((x) * 72.0 / 25.4)

static const double paper_width = MM(210), paper_height = MM(297);
static const double left = MM(28), top = MM(37), width = MM(156), height = MM(225);
static const double row_height = MM(225) / GK_PAGE_ROWS;
static const double char_width = MM(156) / 28;         /* 28 to a line, so 16 pt is set a little tighter */
static const double body_size = 16;

static const double label_width = MM(156) * 5.5 / 28, cell_pad = 5;     /* of a form's table: the left column */

enum {
    HEAD_ROWS = 4,      /* of the first page, for the office's name, the number and the red rules */
    SIGN_GAP = 2,       /* rows left free above the signature: the seal reaches up there */
};

typedef struct style {
    gk_face face;
    double size;        /* pt */
    int indent;         /* of the first line, in characters */
    int gap;            /* blank rows above */
    bool centred, justified;
    bool bound;         /* belongs to what follows */
} style;

static const style styles[GK_BLOCK_KINDS] = {
    [GK_BLOCK_TEXT] = { .face = GK_FACE_FANG, .size = 16, .indent = 2, .justified = true },
    [GK_BLOCK_TITLE] = { .face = GK_FACE_SONG, .size = 22, .centred = true, .bound = true },
    [GK_BLOCK_TO] = { .face = GK_FACE_FANG, .size = 16, .gap = 1, .bound = true },
    [GK_BLOCK_HEAD] = { .face = GK_FACE_HEI, .size = 16, .indent = 2, .bound = true },
    [GK_BLOCK_SUB] = { .face = GK_FACE_KAI, .size = 16, .indent = 2, .bound = true },
    [GK_BLOCK_ITEM] = { .face = GK_FACE_FANG, .size = 16, .indent = 2, .justified = true },
    [GK_BLOCK_ANNEX] = { .face = GK_FACE_FANG, .size = 16 },
    [GK_BLOCK_SIGN] = { .face = GK_FACE_FANG, .size = 16, .gap = SIGN_GAP, .bound = true },
    [GK_BLOCK_DATE] = { .face = GK_FACE_FANG, .size = 16, .bound = true },
    [GK_BLOCK_LABEL] = { .face = GK_FACE_HEI, .size = 14, .centred = true },
    [GK_BLOCK_CELL] = { .face = GK_FACE_FANG, .size = 14 },
};

/*  What stands in a row; `text` is NULL in the empty row that the seal needs below the date, and in an empty cell. */
typedef struct line {
    PangoLayoutLine *text;
    double x, width, size;
    gk_block_kind kind;
    PangoLayoutLine *label;         /* of a form: beside it, in the left column */
    double label_x;
    bool opens;                     /* ... a rule above it */
} line;

/*  The letter as one long column. */
typedef struct column {
    const gk_fonts *fonts;
    gk_row *rows;
    line *lines;
    size_t count;
    PangoLayout **layouts;          /* keep the lines alive */
    size_t layout_count;
    gk_missing missing;             /* characters that no font has */
    PangoLayout *label;             /* of the cell that is under way, NULL: none is */
    size_t label_row;               /* its first row */
    gk_why *why;
} column;

static void column_clear(column *self)
{
    for (size_t i = 0; i < self->layout_count; i++)
        g_object_unref(self->layouts[i]);
    free(self->layouts);
    free(self->rows);
    free(self->lines);
    *self = (column) { 0 };
}

static void add_row(column *self, line text, int gap, bool bound)
{
    self->rows = gk_regrow(self->rows, self->count + 1, sizeof *self->rows);
    self->lines = gk_regrow(self->lines, self->count + 1, sizeof *self->lines);
    self->rows[self->count] = (gk_row) { .gap = gap, .bound = bound };
    self->lines[self->count++] = text;
}

/*  ---- blocks into lines ------------------------------------------------- */

static double points(int pango_units)
{
    return (double) pango_units / PANGO_SCALE;
}

static double text_width(PangoLayout *layout)
{
    int units;
    pango_layout_get_size(layout, &units, NULL);
    return points(units);
}

/*  Width of a short text in the body's face. */
static double body_width(const column *self, const char *text)
{
    PangoLayout *layout = gk_fonts_layout(self->fonts, GK_FACE_FANG, body_size, char_width - body_size, text);
    double got = text_width(layout);
    g_object_unref(layout);
    return got;
}

/*  Lay `text` out in its style, `wide` points wide; lines after the first hang in by `hang`. */
static gk_err lay_out(column *self, gk_block_kind kind, const char *text, double wide, double hang, PangoLayout **out)
{
    const style *how = &styles[kind];
    double spacing = how->size == body_size ? char_width - body_size : 0;
    PangoLayout *layout = gk_fonts_layout(self->fonts, how->face, how->size, spacing, text);
    self->layouts = gk_regrow(self->layouts, self->layout_count + 1, sizeof *self->layouts);
    self->layouts[self->layout_count++] = layout;
    /*  A hair wider than the type area, lest rounding push the 28th character down. */
    pango_layout_set_width(layout, (int) ((wide + 0.5) * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_justify(layout, how->justified);
    pango_layout_set_alignment(layout, how->centred ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT);
    pango_layout_set_indent(layout, (int) ((hang > 0 ? -hang : how->indent * char_width) * PANGO_SCALE));
    gk_fonts_substitute(layout, &self->missing);
    *out = layout;
    return gk_fonts_check(layout, self->why);
}

/*  Break `text` between x and the right edge. */
static gk_err add_lines(column *self, gk_block_kind kind, const char *text, double x, double hang, int gap)
{
    const style *how = &styles[kind];
    PangoLayout *layout;
    gk_err err = lay_out(self, kind, text, left + width - x - (kind == GK_BLOCK_CELL ? cell_pad : 0), hang, &layout);
    if (err)
        return err;

    PangoLayoutIter *at = pango_layout_get_iter(layout);
    int count = pango_layout_get_line_count(layout);
    for (int i = 0; i < count; i++, pango_layout_iter_next_line(at)) {
        PangoRectangle box;
        pango_layout_iter_get_line_extents(at, NULL, &box);
        line text_line = { .text = pango_layout_iter_get_line_readonly(at), .x = x + points(box.x), .width = points(box.width),
                           .size = how->size, .kind = kind };
        /*  No first or last line of a paragraph stays alone on a page. */
        bool bound = how->bound || (count > 1 && (i == 0 || i == count - 2));
        add_row(self, text_line, i == 0 ? gap : 0, bound);
    }
    pango_layout_iter_free(at);
    return GK_OK;
}

/*  What comes next takes the last `count` rows along to its page. */
static void bind_last(column *self, size_t count)
{
    for (size_t i = self->count; i > 0 && count > 0; i--, count--)
        self->rows[i - 1].bound = true;
}

/*  "附件：1. name" and below it "2. name", each hanging under its own name; no number when
 *  there is one annex only. */
static gk_err add_annex(column *self, const gk_block *block, int ordinal, bool only)
{
    double x = left + 2 * char_width, label = body_width(self, "附件：");
    gk_free_auto char *number = only ? gk_strdup("") : gk_format("%d. ", ordinal);
    gk_free_auto char *text = gk_format("%s%s%s", ordinal == 1 ? "附件：" : "", number, block->text);
    double hang = *number ? body_width(self, number) : 0;
    if (ordinal == 1) {
        hang += label;
        bind_last(self, 1);
    } else {
        x += label;
    }
    return add_lines(self, GK_BLOCK_ANNEX, text, x, hang, ordinal == 1 ? 1 : 0);
}

/*  The date ends four characters before the right edge, the office's name stands centred
 *  above it; below comes a free row, for the lower edge of the seal. */
static gk_err add_date(column *self, const gk_block *block)
{
    size_t at = self->count;
    gk_err err = add_lines(self, GK_BLOCK_DATE, block->text, left, 0, 0);
    if (err)
        return err;
    line *date = &self->lines[at];
    date->x = left + width - 4 * char_width - date->width;
    line *sign = at ? &self->lines[at - 1] : NULL;
    if (sign && sign->kind == GK_BLOCK_SIGN) {
        double centred = date->x + (date->width - sign->width) / 2, most = left + width - sign->width;
        sign->x = centred < most ? centred : most;
    }
    add_row(self, (line) { .kind = GK_BLOCK_DATE }, 0, false);
    return GK_OK;
}

/*  The cell under way has all its text: put the label beside it, which may have more lines than the text. */
static void close_cell(column *self)
{
    if (!self->label)
        return;
    PangoLayoutIter *at = pango_layout_get_iter(self->label);
    int count = pango_layout_get_line_count(self->label);
    bool first = self->label_row > 0 && self->lines[self->label_row - 1].kind != GK_BLOCK_CELL;
    for (int i = 0; i < count; i++, pango_layout_iter_next_line(at)) {
        PangoRectangle box;
        pango_layout_iter_get_line_extents(at, NULL, &box);
        if (self->label_row + (size_t) i == self->count)
            add_row(self, (line) { .kind = GK_BLOCK_CELL, .size = styles[GK_BLOCK_CELL].size }, 0, false);
        line *row = &self->lines[self->label_row + (size_t) i];
        row->label = pango_layout_iter_get_line_readonly(at);
        row->label_x = left + cell_pad + points(box.x);
        row->opens = i == 0;
        if (i + 1 < count)
            self->rows[self->label_row + (size_t) i].bound = true;
    }
    pango_layout_iter_free(at);
    self->rows[self->label_row].gap = first;        /* below the title */
    if (self->count - self->label_row > 1)          /* nor does a label stay alone, or who signed and when */
        self->rows[self->label_row].bound = self->rows[self->count - 2].bound = true;
    self->label = NULL;
}

static gk_err open_cell(column *self, const gk_block *block)
{
    self->label_row = self->count;
    return lay_out(self, block->kind, block->text, label_width - 2 * cell_pad, 0, &self->label);
}

static gk_err add_block(column *self, const gk_blocks *blocks, size_t i)
{
    const gk_block *block = &blocks->list[i];
    const style *how = &styles[block->kind];
    if (block->kind != GK_BLOCK_CELL)
        close_cell(self);
    switch (block->kind) {
    case GK_BLOCK_LABEL:
        return open_cell(self, block);
    case GK_BLOCK_CELL:
        return add_lines(self, block->kind, block->text, left + label_width + cell_pad, 0, how->gap);
    case GK_BLOCK_ANNEX: {
        size_t first = i, end = i + 1;
        while (first > 0 && blocks->list[first - 1].kind == GK_BLOCK_ANNEX)
            first--;
        while (end < blocks->count && blocks->list[end].kind == GK_BLOCK_ANNEX)
            end++;
        return add_annex(self, block, (int) (i - first) + 1, end - first == 1);
    }
    case GK_BLOCK_SIGN:
        bind_last(self, 2);     /* never alone on a page */
        return add_lines(self, block->kind, block->text, left, 0, how->gap);
    case GK_BLOCK_DATE:
        return add_date(self, block);
    default:
        return add_lines(self, block->kind, block->text, left, 0, how->gap);
    }
}

/*  What 〓 stands for, as an annotation (附注) below the date; the words as they came are in the file. */
static gk_err add_note(column *self)
{
    const gk_missing *missing = &self->missing;
    size_t most = sizeof missing->list / sizeof *missing->list;
    gk_text_auto note = { 0 };
    gk_text_puts(&note, "（注：“〓”处为字库没有的字符，依次为：");
    for (size_t i = 0; i < missing->count && i < most; i++)
        gk_text_printf(&note, "%sU+%04X", i ? "、" : "", (unsigned) missing->list[i]);
    gk_text_printf(&note, "%s。以登记的原文为准。）", missing->count > most ? "等" : "");
    return add_lines(self, GK_BLOCK_TEXT, note.data, left, 0, 0);
}

/*  ---- drawing ----------------------------------------------------------- */

static int head_rows(const gk_letter_head *head)
{
    return head->form ? 0 : HEAD_ROWS;
}

static void red(cairo_t *cr)
{
    cairo_set_source_rgb(cr, 0.86, 0.06, 0.06);
}

static void black(cairo_t *cr)
{
    cairo_set_source_rgb(cr, 0, 0, 0);
}

/*  Baseline of a row's text of that size, centred in the row. */
static double baseline(double row_top, double size)
{
    return row_top + row_height / 2 + size * 0.37;
}

/*  A short text on one line, its left edge, middle or right edge (share 0, 0.5, 1) at x. */
static gk_err put(const gk_fonts *fonts, cairo_t *cr, gk_face face, double size, const char *text, double x,
                  double share, double y, gk_why *why)
{
    PangoLayout *layout = gk_fonts_layout(fonts, face, size, 0, text);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    gk_err err = gk_fonts_check(layout, why);
    if (!err) {
        cairo_move_to(cr, x - share * text_width(layout), y);
        pango_cairo_show_layout_line(cr, pango_layout_get_line_readonly(layout, 0));
    }
    g_object_unref(layout);
    return err;
}

static void rule(cairo_t *cr, double y, double thick)
{
    cairo_set_line_width(cr, thick);
    cairo_move_to(cr, left, y);
    cairo_line_to(cr, left + width, y);
    cairo_stroke(cr);
}

/*  Office in red, number below, and the double red rule. */
static gk_err draw_head(const gk_fonts *fonts, cairo_t *cr, const gk_letter_head *head, gk_why *why)
{
    static const double largest = 40;
    PangoLayout *layout = gk_fonts_layout(fonts, GK_FACE_SONG, largest, 0, head->office);
    double wide = text_width(layout), size = wide > width ? largest * width / wide : largest;
    g_object_unref(layout);

    double middle = left + width / 2, bottom = top + HEAD_ROWS * row_height;
    red(cr);
    gk_err err = put(fonts, cr, GK_FACE_SONG, size, head->office, middle, 0.5,
                     top + row_height + size * 0.37, why);
    rule(cr, bottom - MM(6), 2.2);
    rule(cr, bottom - MM(6) + 3.2, 0.7);
    black(cr);
    if (!err && head->number && *head->number)
        err = put(fonts, cr, GK_FACE_FANG, body_size, head->number, middle, 0.5, bottom - MM(10), why);
    return err;
}

static gk_err draw_training(const gk_fonts *fonts, cairo_t *cr, gk_why *why)
{
    static const double high = MM(8), wide = MM(80);
    double y = MM(15);
    red(cr);
    cairo_set_line_width(cr, 1);
    cairo_rectangle(cr, (paper_width - wide) / 2, y, wide, high);
    cairo_stroke(cr);
    gk_err err = put(fonts, cr, GK_FACE_HEI, 14, "演示文书　不具有法律效力", paper_width / 2, 0.5,
                     y + high / 2 + 14 * 0.37, why);
    black(cr);
    return err;
}

/*  Number of the page below the type area, at the outer edge and one character in; on the
 *  last page case number and check code at the inner one. */
static gk_err draw_foot(const gk_fonts *fonts, cairo_t *cr, const gk_letter_head *head, int page, int pages,
                        gk_why *why)
{
    double y = top + height + MM(7) + 14 * 0.75;
    bool odd = page % 2 == 0;           /* page 0 is printed as 1 */
    double outer = odd ? left + width - 14 : left + 14, inner = odd ? left : left + width;
    gk_free_auto char *number = gk_format("— %d —", page + 1);
    gk_err err = put(fonts, cr, GK_FACE_FANG, 14, number, outer, odd ? 1 : 0, y, why);
    if (err || page + 1 < pages)
        return err;
    gk_text_auto note = { 0 };
    if (head->case_number && *head->case_number)
        gk_text_printf(&note, "登记编号：%s", head->case_number);
    if (head->check_code && *head->check_code)
        gk_text_printf(&note, "%s记录校验码：%s", note.len ? "　" : "", head->check_code);
    return note.len ? put(fonts, cr, GK_FACE_FANG, 9, note.data, inner, odd ? 0 : 1, y, why) : GK_OK;
}

static void hair(cairo_t *cr, double x0, double y0, double x1, double y1)
{
    cairo_set_line_width(cr, 0.7);
    cairo_move_to(cr, x0, y0);
    cairo_line_to(cr, x1, y1);
    cairo_stroke(cr);
}

static bool is_cell_on(const column *self, size_t i, int page)
{
    return i < self->count && self->lines[i].kind == GK_BLOCK_CELL && self->rows[i].page == page;
}

/*  The rules around one row of a form's table; a table that goes over the page is closed and opened again. */
static void draw_cell(const column *self, cairo_t *cr, size_t i, double row_top)
{
    const line *at = &self->lines[i];
    int page = self->rows[i].page;
    const double ends[] = { left, left + label_width, left + width };
    for (int k = 0; k < 3; k++)
        hair(cr, ends[k], row_top, ends[k], row_top + row_height);
    if (at->opens || i == 0 || !is_cell_on(self, i - 1, page))
        hair(cr, left, row_top, left + width, row_top);
    if (!is_cell_on(self, i + 1, page))
        hair(cr, left, row_top + row_height, left + width, row_top + row_height);
    if (!at->label)
        return;
    cairo_move_to(cr, at->label_x, baseline(row_top, styles[GK_BLOCK_LABEL].size));
    pango_cairo_show_layout_line(cr, at->label);
}

static gk_err draw_page(const column *self, cairo_t *cr, const gk_letter_head *head, int page, int pages)
{
    gk_err err = page == 0 && !head->form ? draw_head(self->fonts, cr, head, self->why) : GK_OK;
    if (!err && head->training)
        err = draw_training(self->fonts, cr, self->why);
    if (!err)
        err = draw_foot(self->fonts, cr, head, page, pages, self->why);
    double first = top + (page == 0 ? head_rows(head) * row_height : 0);
    for (size_t i = 0; !err && i < self->count; i++) {
        const line *at = &self->lines[i];
        double row_top = first + self->rows[i].slot * row_height;
        if (is_cell_on(self, i, page))
            draw_cell(self, cr, i, row_top);
        if (self->rows[i].page != page || !at->text)
            continue;
        cairo_move_to(cr, at->x, baseline(row_top, at->size));
        pango_cairo_show_layout_line(cr, at->text);
    }
    cairo_show_page(cr);
    return err;
}

/*  ---- the file ---------------------------------------------------------- */

static cairo_status_t write_bytes(void *closure, const unsigned char *data, unsigned int len)
{
    gk_text_add(closure, (const char *) data, len);
    return CAIRO_STATUS_SUCCESS;
}

/*  The last: above the title of a form stands the office's name. */
static const char *title_of(const gk_blocks *blocks)
{
    for (size_t i = blocks->count; i > 0; i--)
        if (blocks->list[i - 1].kind == GK_BLOCK_TITLE)
            return blocks->list[i - 1].text;
    return "";
}

/*  Nothing personal goes in, and the day of the letter stands for the moment of its making. */
static void set_metadata(cairo_surface_t *pdf, const gk_letter_head *head, const char *title)
{
    char day[GK_DATE_TEXT];
    gk_free_auto char *created = gk_format("%sT00:00:00+08:00", gk_date_format(head->date, day));
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_AUTHOR, head->office);
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATOR, "Gongkai");
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATE_DATE, created);
}

static gk_err draw(const column *self, const gk_letter_head *head, const char *title, int pages, gk_text *out)
{
    cairo_surface_t *pdf = cairo_pdf_surface_create_for_stream(write_bytes, out, paper_width, paper_height);
    set_metadata(pdf, head, title);
    cairo_t *cr = cairo_create(pdf);
    gk_err err = GK_OK;
    for (int page = 0; !err && page < pages; page++)
        err = draw_page(self, cr, head, page, pages);
    cairo_destroy(cr);
    cairo_surface_finish(pdf);
    cairo_status_t status = cairo_surface_status(pdf);
    cairo_surface_destroy(pdf);
    if (!err && status != CAIRO_STATUS_SUCCESS)
        err = gk_refuse(self->why, GK_EIO, "the PDF could not be made: %s", cairo_status_to_string(status));
    return err;
}

gk_err gk_letter_render(const gk_fonts *fonts, const gk_letter_head *head, const gk_blocks *blocks,
                        gk_text *pdf, int *pages, gk_why *why)
{
    if (!head->office || !*head->office || blocks->count == 0)
        return gk_refuse(why, GK_EMISSING, "a letter needs the office's name and a text");
    __attribute__((cleanup(column_clear))) column body = { .fonts = fonts, .why = why };
    for (size_t i = 0; i < blocks->count; i++) {
        gk_err err = add_block(&body, blocks, i);
        if (err)
            return err;
    }
    close_cell(&body);
    gk_err err = body.missing.count ? add_note(&body) : GK_OK;
    if (err)
        return err;
    int count = gk_pages_place(body.rows, body.count, GK_PAGE_ROWS - head_rows(head));
    if (count > GK_LETTER_PAGES)
        return gk_refuse(why, GK_ETOOLARGE, "the letter has %d pages, %d are allowed; put the long text "
                         "into an annex", count, (int) GK_LETTER_PAGES);
    gk_text_auto draft = { 0 };
    err = draw(&body, head, title_of(blocks), count, &draft);
    if (err)
        return err;
    gk_text_add(pdf, draft.data, draft.len);
    *pages = count;
    return GK_OK;
}
