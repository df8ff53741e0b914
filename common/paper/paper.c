/*  gk_paper - headings, paragraphs and tables by Pango and Cairo. */
#include "paper/paper.h"
#include "paper/fonts.h"
#include "base/mem.h"

#include <cairo-pdf.h>
#include <stdlib.h>
#include <string.h>

#define MM(x) ((x) * 72.0 / 25.4)

static const double paper_width = MM(210), paper_height = MM(297);
static const double left = MM(22), top = MM(25), width = MM(166), height = MM(245);
static const double title_size = 18, heading_size = 13, text_size = 11, note_size = 8.5, cell_size = 8.5;
static const double pad = 2.2;          /* between a cell's rule and its text */

struct gk_paper {
    gk_fonts *fonts;
    cairo_surface_t *surface;
    cairo_t *cr;
    gk_text pdf;
    double y;                   /* where the next thing begins */
    int page;                   /* from 1 */
    char *mark;
    gk_err err;
    gk_why why;
};

static cairo_status_t write_bytes(void *closure, const unsigned char *data, unsigned int len)
{
    gk_text_add(closure, (const char *) data, len);
    return CAIRO_STATUS_SUCCESS;
}

static void set_metadata(cairo_surface_t *pdf, const char *title, const char *author, gk_date date)
{
    char day[GK_DATE_TEXT];
    gk_free_auto char *created = gk_format("%sT00:00:00+08:00", gk_date_format(date, day));
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_AUTHOR, author);
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATOR, "Gongkai");
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATE_DATE, created);
}

gk_err gk_paper_new(const char *fonts, const char *title, const char *author, gk_date date, gk_paper **out, gk_why *why)
{
    gk_auto(gk_paper) self = gk_new(gk_paper);
    gk_err err = gk_fonts_new(fonts, &self->fonts, why);
    if (err)
        return err;
    self->surface = cairo_pdf_surface_create_for_stream(write_bytes, &self->pdf, paper_width, paper_height);
    set_metadata(self->surface, title, author, date);
    self->cr = cairo_create(self->surface);
    *out = self;
    self = NULL;
    return GK_OK;
}

void gk_paper_destroy(gk_paper **self_p)
{
    gk_paper *self = *self_p;
    if (!self)
        return;
    if (self->cr)
        cairo_destroy(self->cr);
    if (self->surface)
        cairo_surface_destroy(self->surface);
    gk_fonts_destroy(&self->fonts);
    gk_text_clear(&self->pdf);
    free(self->mark);
    free(self);
    *self_p = NULL;
}

/*  ---- layouts --------------------------------------------------------------------- */

static double points(int pango_units)
{
    return (double) pango_units / PANGO_SCALE;
}

/*  NULL once something went wrong: then nothing more is drawn. */
static PangoLayout *layout_of(gk_paper *self, gk_face face, double size, double wide, const char *text)
{
    if (self->err)
        return NULL;
    PangoLayout *layout = gk_fonts_layout(self->fonts, face, size, 0, text);
    pango_layout_set_width(layout, (int) (wide * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    self->err = gk_fonts_check(layout, &self->why);
    if (!self->err)
        return layout;
    g_object_unref(layout);
    return NULL;
}

static double height_of(PangoLayout *layout)
{
    int units;
    pango_layout_get_size(layout, NULL, &units);
    return points(units);
}

static void put(gk_paper *self, PangoLayout *layout, double x, double y)
{
    cairo_move_to(self->cr, x, y);
    pango_cairo_show_layout(self->cr, layout);
}

/*  ---- pages ------------------------------------------------------------------------- */

static void draw_foot(gk_paper *self)
{
    gk_free_auto char *number = gk_format("— %d —", self->page);
    PangoLayout *layout = layout_of(self, GK_FACE_FANG, text_size, width, number);
    if (!layout)
        return;
    pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
    put(self, layout, left, top + height + MM(6));
    g_object_unref(layout);
}

static void draw_mark(gk_paper *self)
{
    PangoLayout *layout = self->mark ? layout_of(self, GK_FACE_HEI, text_size, width, self->mark) : NULL;
    if (!layout)
        return;
    cairo_set_source_rgb(self->cr, 0.86, 0.06, 0.06);
    pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
    put(self, layout, left, MM(13));
    g_object_unref(layout);
}

static void end_page(gk_paper *self)
{
    if (self->page == 0)
        return;
    draw_foot(self);
    cairo_show_page(self->cr);
}

static void begin_page(gk_paper *self)
{
    end_page(self);
    self->page++;
    self->y = top;
    draw_mark(self);
    cairo_set_source_rgb(self->cr, 0, 0, 0);
}

/*  Room for something so high, on this page or the next. */
static void need(gk_paper *self, double high)
{
    if (self->page == 0 || (self->y + high > top + height && self->y > top))
        begin_page(self);
}

void gk_paper_mark(gk_paper *self, const char *text)
{
    free(self->mark);
    self->mark = gk_strdup(text);
}

void gk_paper_page(gk_paper *self)
{
    if (self->page && self->y > top)
        begin_page(self);
}

/*  ---- text ---------------------------------------------------------------------------- */

void gk_paper_title(gk_paper *self, const char *text)
{
    PangoLayout *layout = layout_of(self, GK_FACE_SONG, title_size, width, text);
    if (!layout)
        return;
    pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
    need(self, height_of(layout));
    put(self, layout, left, self->y);
    self->y += height_of(layout) + 8;
    g_object_unref(layout);
}

/*  A heading takes some of what follows along to its page. */
void gk_paper_heading(gk_paper *self, const char *text)
{
    enum { COMPANY = 40 };
    PangoLayout *layout = layout_of(self, GK_FACE_HEI, heading_size, width, text);
    if (!layout)
        return;
    need(self, height_of(layout) + COMPANY);
    self->y += self->y > top ? 9 : 0;
    put(self, layout, left, self->y);
    self->y += height_of(layout) + 4;
    g_object_unref(layout);
}

/*  Line by line, so that a long paragraph goes on over the page. */
static void paragraph(gk_paper *self, const char *text, double size, double indent)
{
    PangoLayout *layout = layout_of(self, GK_FACE_FANG, size, width, text);
    if (!layout)
        return;
    pango_layout_set_indent(layout, (int) (indent * PANGO_SCALE));
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    do {
        PangoRectangle box;
        pango_layout_iter_get_line_extents(at, NULL, &box);
        double high = points(box.height) * 1.25;
        need(self, high);
        double baseline = points(pango_layout_iter_get_baseline(at) - box.y);
        cairo_move_to(self->cr, left + points(box.x), self->y + baseline);
        pango_cairo_show_layout_line(self->cr, pango_layout_iter_get_line_readonly(at));
        self->y += high;
    } while (pango_layout_iter_next_line(at));
    pango_layout_iter_free(at);
    g_object_unref(layout);
}

static void paragraphs(gk_paper *self, const char *text, double size, double indent)
{
    while (*text) {
        size_t len = strcspn(text, "\n");
        gk_free_auto char *line = gk_strndup(text, len);
        if (len)
            paragraph(self, line, size, indent);
        text += len + (text[len] == '\n');
    }
}

void gk_paper_text(gk_paper *self, const char *text)
{
    paragraphs(self, text, text_size, 2 * text_size);
}

void gk_paper_note(gk_paper *self, const char *text)
{
    paragraphs(self, text, note_size, 0);
}

/*  ---- tables ------------------------------------------------------------------------------ */

typedef struct table {
    double x[GK_PAPER_COLUMNS + 1], y[GK_PAPER_ROWS + 1];      /* where columns and rows begin, from 0 */
    int rows;
} table;

static int span(int count)
{
    return count > 1 ? count : 1;
}

static PangoLayout *cell_layout(gk_paper *self, const table *t, const gk_paper_cell *cell)
{
    double wide = t->x[cell->column + span(cell->columns)] - t->x[cell->column] - 2 * pad;
    PangoLayout *layout = layout_of(self, GK_FACE_FANG, cell_size, wide, cell->text);
    if (layout)
        pango_layout_set_alignment(layout, cell->left ? PANGO_ALIGN_LEFT : PANGO_ALIGN_CENTER);
    return layout;
}

/*  Rows as high as their cells want; one that spans several raises the last of them. */
static void set_rows(gk_paper *self, table *t, const gk_paper_cell *cells, size_t count)
{
    double high[GK_PAPER_ROWS] = { 0 };
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < count; i++) {
            int rows = span(cells[i].rows), last = cells[i].row + rows - 1;
            if ((rows > 1) != (pass == 1))
                continue;
            PangoLayout *layout = cell_layout(self, t, &cells[i]);
            if (!layout)
                return;
            double wanted = height_of(layout) + 2 * pad;
            for (int r = cells[i].row; r < last; r++)
                wanted -= high[r];
            high[last] = wanted > high[last] ? wanted : high[last];
            g_object_unref(layout);
        }
    for (int r = 0; r < t->rows; r++)
        t->y[r + 1] = t->y[r] + high[r];
}

static void draw_cell(gk_paper *self, const table *t, const gk_paper_cell *cell)
{
    PangoLayout *layout = cell_layout(self, t, cell);
    if (!layout)
        return;
    double x = t->x[cell->column], wide = t->x[cell->column + span(cell->columns)] - x;
    double y = t->y[cell->row], high = t->y[cell->row + span(cell->rows)] - y;
    cairo_rectangle(self->cr, left + x, self->y + y, wide, high);
    cairo_stroke(self->cr);
    put(self, layout, left + x + pad, self->y + y + (high - height_of(layout)) / 2);
    g_object_unref(layout);
}

/*  The cells lie within the table, and it is no larger than we draw. */
static bool fits(table *t, int columns, const gk_paper_cell *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int bottom = cells[i].row + span(cells[i].rows);
        if (cells[i].row < 0 || cells[i].column < 0 || bottom > GK_PAPER_ROWS || cells[i].column + span(cells[i].columns) > columns)
            return false;
        t->rows = bottom > t->rows ? bottom : t->rows;
    }
    return columns > 0 && columns <= GK_PAPER_COLUMNS;
}

void gk_paper_table(gk_paper *self, const double *shares, int columns, const gk_paper_cell *cells, size_t count)
{
    table t = { .rows = 0 };
    double sum = 0;
    bool good = fits(&t, columns, cells, count);
    for (int i = 0; good && i < columns; i++)
        sum += shares[i];
    for (int i = 0; good && i < columns; i++)
        t.x[i + 1] = t.x[i] + width * shares[i] / sum;
    if (good)
        set_rows(self, &t, cells, count);
    if (!self->err && (!good || t.y[t.rows] > height))
        self->err = gk_refuse(&self->why, GK_ETOOLARGE, "a table of %d rows does not fit on a page", t.rows);
    if (self->err)
        return;
    need(self, t.y[t.rows]);
    cairo_set_line_width(self->cr, 0.5);
    for (size_t i = 0; i < count; i++)
        draw_cell(self, &t, &cells[i]);
    self->y += t.y[t.rows] + 6;
}

/*  ---- the file -------------------------------------------------------------------------------- */

gk_err gk_paper_end(gk_paper *self, gk_text *pdf, gk_why *why)
{
    if (self->page == 0)
        begin_page(self);
    end_page(self);
    cairo_surface_finish(self->surface);
    cairo_status_t status = cairo_surface_status(self->surface);
    if (self->err)
        return gk_refuse(why, self->err, "%s", self->why.text);
    if (status != CAIRO_STATUS_SUCCESS)
        return gk_refuse(why, GK_EIO, "the PDF could not be made: %s", cairo_status_to_string(status));
    gk_text_add(pdf, self->pdf.data, self->pdf.len);
    return GK_OK;
}
