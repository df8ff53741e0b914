/*  gk_annual - the annual report as PDF, in the tables of 国办公开办函〔2021〕30号. */
#include "clients/gongkai/annual.h"
#include "base/mem.h"
#include "paper/paper.h"

#include <stdlib.h>
#include <string.h>

/*  Cells with texts of their own, freed together. */
typedef struct table {
    gk_paper_cell *cells;
    size_t count;
} table;

static void table_clear(table *self)
{
    for (size_t i = 0; i < self->count; i++)
        free((char *) self->cells[i].text);     /* ours: add made it */
    free(self->cells);
}
#define table_auto __attribute__((cleanup(table_clear))) table

static void add(table *self, int row, int column, int rows, int columns, const char *text, bool to_left)
{
    self->cells = gk_regrow(self->cells, self->count + 1, sizeof *self->cells);
    self->cells[self->count++] = (gk_paper_cell) { row, column, rows, columns, gk_strdup(text), to_left };
}

static void add_number(table *self, int row, int column, const json_t *value)
{
    char text[40];
    add(self, row, column, 1, 1, gk_annual_figure("", value, text), false);
}

/*  ---- part 2 ------------------------------------------------------------------------ */

/*  Entries of `list` from `at` on whose member `key` is that of `at`. */
static size_t run(const json_t *list, size_t at, const char *key)
{
    size_t end = at;
    const char *first = gk_json_text(json_array_get(list, at), key);
    while (end < json_array_size(list) && strcmp(gk_json_text(json_array_get(list, end), key), first) == 0)
        end++;
    return end - at;
}

/*  The figures of one item of Art. 20: a head, and a line for each kind of thing.  Returns how many rows it took. */
static int add_article(table *self, const json_t *figures, size_t from, size_t count, const json_t *values, int row)
{
    enum { WIDE = 6 };
    int at = row, columns = (int) run(figures, from, "row"), share = WIDE / (columns > 0 && columns <= WIDE ? columns : 1);
    gk_free_auto char *head = gk_format("%s", gk_json_text(json_array_get(figures, from), "article"));
    add(self, at++, 0, 1, WIDE + 2, head, false);
    add(self, at, 0, 1, 2, "信息内容", false);
    for (int i = 0; i < columns; i++)
        add(self, at, 2 + i * share, 1, share, gk_json_text(json_array_get(figures, from + (size_t) i), "zh"), false);
    at++;
    for (size_t i = from; i < from + count; i++) {
        const json_t *figure = json_array_get(figures, i);
        int place = (int) (i - from) % columns;
        const char *code = gk_json_text(figure, "code");
        char text[40];
        if (place == 0)
            add(self, at, 0, 1, 2, gk_json_text(figure, "row"), false);
        add(self, at, 2 + place * share, 1, share, gk_annual_figure(code, json_object_get(values, code), text), false);
        at += place + 1 == columns;
    }
    return at - row;
}

static void part_2(gk_paper *paper, const json_t *form, const json_t *values)
{
    static const double shares[] = { 1, 1, 1, 1, 1, 1, 1, 1 };
    table_auto t = { 0 };
    const json_t *figures = json_object_get(form, "figures");
    int row = 0;
    for (size_t at = 0; at < json_array_size(figures) && row < GK_PAPER_ROWS - 8; ) {
        size_t count = run(figures, at, "article");
        row += add_article(&t, figures, at, count, values, row);
        at += count;
    }
    gk_paper_table(paper, shares, 8, t.cells, t.count);
}

/*  ---- part 3 --------------------------------------------------------------------------- */

/*  Three columns of labels: the section, its group, its point. */
static void part_3(gk_paper *paper, const json_t *form, const json_t *values)
{
    enum { LABELS = 3, HEAD = 3 };
    static const double shares[] = { 1.1, 1.5, 4.6, 1.1, 1.1, 1.1, 1.2, 1.2, 1.1, 1.1 };
    table_auto t = { 0 };
    const json_t *rows = json_object_get(form, "rows"), *columns = json_object_get(form, "columns");
    int number = (int) json_array_size(columns), section = -1;
    add(&t, 0, 0, HEAD, LABELS, "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", false);
    add(&t, 0, LABELS, 1, number, "申请人情况", false);
    add(&t, 1, LABELS, 2, 1, gk_json_text(json_array_get(columns, 0), "zh"), false);
    add(&t, 1, LABELS + 1, 1, number - 2, "法人或其他组织", false);
    for (int i = 1; i < number - 1; i++)
        add(&t, 2, LABELS + i, 1, 1, gk_json_text(json_array_get(columns, (size_t) i), "zh"), false);
    add(&t, 1, LABELS + number - 1, 2, 1, gk_json_text(json_array_get(columns, (size_t) number - 1), "zh"), false);
    for (size_t i = 0; i < json_array_size(rows) && i + HEAD < GK_PAPER_ROWS; i++) {
        const json_t *row = json_array_get(rows, i);
        const char *counts = gk_json_text(row, "counts"), *group = gk_json_text(row, "group"), *zh = gk_json_text(row, "zh");
        bool outcome = strcmp(counts, "outcome") == 0 || strcmp(counts, "ended") == 0;
        int at = (int) i + HEAD;
        if (outcome && section < 0)
            section = at;
        if (outcome && *group) {
            if (i == 0 || strcmp(gk_json_text(json_array_get(rows, i - 1), "group"), group) != 0)
                add(&t, at, 1, (int) run(rows, i, "group"), 1, group, true);
            add(&t, at, 2, 1, 1, zh, true);
        } else {
            add(&t, at, outcome, 1, LABELS - outcome, zh, true);
        }
        if (strcmp(counts, "ended") == 0)
            add(&t, section, 0, at - section + 1, 1, "三、本年度办理结果", false);
        for (int k = 0; k < number; k++)
            add_number(&t, at, LABELS + k, json_array_get(json_object_get(values, gk_json_text(row, "code")), (size_t) k));
    }
    gk_paper_table(paper, shares, LABELS + number, t.cells, t.count);
}

/*  ---- part 4 ----------------------------------------------------------------------------- */

static void part_4(gk_paper *paper, const json_t *form, const json_t *values)
{
    static const double shares[] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
    table_auto t = { 0 };
    const json_t *forums = json_object_get(form, "forums"), *results = json_object_get(form, "results");
    int wide = (int) json_array_size(results);
    add(&t, 0, 0, 2, wide, "行政复议", false);
    add(&t, 0, wide, 1, 2 * wide, "行政诉讼", false);
    add(&t, 1, wide, 1, wide, "未经复议直接起诉", false);
    add(&t, 1, 2 * wide, 1, wide, "复议后起诉", false);
    for (int f = 0; f < 3; f++)
        for (int i = 0; i < wide; i++) {
            const char *code = gk_json_text(json_array_get(forums, (size_t) f), "code");
            add(&t, 2, f * wide + i, 1, 1, gk_json_text(json_array_get(results, (size_t) i), "zh"), false);
            add_number(&t, 3, f * wide + i, json_array_get(json_object_get(values, code), (size_t) i));
        }
    gk_paper_table(paper, shares, 3 * wide, t.cells, t.count);
}

/*  ---- a report ------------------------------------------------------------------------------ */

static const char *written(const json_t *texts, const char *key)
{
    const char *text = gk_json_text(texts, key);
    return *text ? text : "（文字描述）";
}

static void notes(gk_paper *paper, const json_t *report)
{
    const char *closed = gk_json_text(report, "closed_on");
    gk_text_auto text = { 0 };
    size_t index;
    json_t *entry;
    gk_text_printf(&text, "数据校验值（SHA-256）：%s\n", gk_json_text(report, "sha256"));
    if (json_object_get(report, "entries"))
        gk_text_printf(&text, *closed ? "数据已于%s关账。\n" : "数据尚未关账，随案件变动。\n", closed);
    json_array_foreach(json_object_get(report, "identities"), index, entry)
        if (json_is_false(json_object_get(entry, "holds")))
            gk_text_printf(&text, "勾稽关系不符：%s %s\n", gk_json_text(entry, "identity"), gk_json_text(entry, "zh"));
    gk_paper_note(paper, text.data);
}

static void add_report(gk_paper *paper, const json_t *form, const json_t *report)
{
    const json_t *figures = json_object_get(report, "figures"), *fee = json_object_get(figures, "fee"), *texts = json_object_get(report, "texts");
    gk_free_auto char *title = gk_format("%s\n%lld年政府信息公开工作年度报告", gk_json_text(report, "name"),
                                         json_integer_value(json_object_get(report, "year")));
    gk_free_auto char *income = gk_format("本年收取信息处理费%lld件，共%lld元。", json_integer_value(json_object_get(fee, "cases")),
                                          json_integer_value(json_object_get(fee, "yuan")));
    json_int_t refunded = json_integer_value(json_object_get(fee, "refunded_yuan"));
    gk_free_auto char *back = refunded ? gk_format("另退付%lld元。", refunded) : gk_strdup("");
    gk_paper_page(paper);
    gk_paper_title(paper, title);
    gk_paper_heading(paper, "一、总体情况");
    gk_paper_text(paper, *gk_json_text(texts, "overview") ? gk_json_text(texts, "overview") : gk_json_text(texts, "sentence"));
    gk_paper_heading(paper, "二、主动公开政府信息情况");
    part_2(paper, form, json_object_get(figures, "figures"));
    gk_paper_page(paper);
    gk_paper_heading(paper, "三、收到和处理政府信息公开申请情况");
    part_3(paper, form, json_object_get(figures, "rows"));
    gk_paper_heading(paper, "四、政府信息公开行政复议、行政诉讼情况");
    part_4(paper, form, json_object_get(figures, "proceedings"));
    gk_paper_heading(paper, "五、存在的主要问题及改进情况");
    gk_paper_text(paper, written(texts, "problems"));
    gk_paper_heading(paper, "六、其他需要报告的事项");
    gk_paper_text(paper, income);
    gk_paper_text(paper, back);
    gk_paper_text(paper, gk_json_text(texts, "other"));
    notes(paper, report);
}

gk_err gk_annual_pdf(const json_t *ok, const char *fonts, gk_text *pdf, gk_why *why)
{
    gk_auto(gk_paper) paper = NULL;
    const json_t *report = gk_annual_report(ok, 0), *form = json_object_get(ok, "form");
    gk_free_auto char *title = gk_format("%lld年政府信息公开工作年度报告", json_integer_value(json_object_get(ok, "year")));
    gk_date printed = gk_json_date(ok, "today");
    gk_err err = gk_paper_new(fonts, title, gk_json_text(report, "name"), printed, &paper, why);
    if (err)
        return err;
    if (json_is_true(json_object_get(ok, "training")))
        gk_paper_mark(paper, "演示文书　不具有法律效力");
    for (size_t i = 0; (report = gk_annual_report(ok, i)); i++)
        add_report(paper, form, report);
    return gk_paper_end(paper, pdf, why);
}
