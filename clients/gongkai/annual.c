/*  gk_annual - the annual report on a terminal and as CSV. */
#include "clients/gongkai/annual.h"
#include "clients/gongkai/view.h"
#include "base/mem.h"

#include <inttypes.h>
#include <string.h>

const json_t *gk_annual_report(const json_t *ok, size_t index)
{
    const json_t *reports = json_object_get(ok, "reports"), *region = json_object_get(ok, "region");
    size_t count = json_array_size(reports);
    return index < count ? json_array_get(reports, index) : index == count && json_is_object(region) ? region : NULL;
}

json_int_t gk_annual_violated(const json_t *ok)
{
    json_int_t count = 0;
    const json_t *report;
    for (size_t i = 0; (report = gk_annual_report(ok, i)); i++)
        count += json_integer_value(json_object_get(report, "violated"));
    return count;
}

char *gk_annual_figure(const char *code, const json_t *value, char out[static 40])
{
    json_int_t number = json_integer_value(value);
    if (strcmp(code, "fees_yuan") == 0)
        snprintf(out, 40, "%" JSON_INTEGER_FORMAT ".%04" JSON_INTEGER_FORMAT, number / 10000, number % 10000);
    else
        snprintf(out, 40, "%" JSON_INTEGER_FORMAT, number);
    return out;
}

/*  ---- on a terminal -------------------------------------------------------------- */

static void heading(const gk_cli *self, const char *zh, const char *en)
{
    printf("\n%s\n", GK_TR(self, zh, en));
}

static const char *label(const gk_cli *self, const json_t *entry)
{
    const char *brief = gk_json_text(entry, "short");
    return self->zh && *brief ? brief : gk_json_text(entry, GK_TR(self, "zh", "en"));
}

static void print_sheet(const gk_sheet *sheet)
{
    gk_view_print_at(sheet, 2);
}

static void print_text(const gk_cli *self, const json_t *report, const char *key)
{
    const char *text = gk_json_text(json_object_get(report, "texts"), key);
    gk_auto(gk_sheet) sheet = gk_sheet_new(1);
    gk_sheet_cell(sheet, *text ? text : GK_TR(self, "（文字描述，尚未填写：gongkai report enter）", "(text, not written yet: gongkai report enter)"));
    print_sheet(sheet);
}

static void print_figures(const gk_cli *self, const json_t *form, const json_t *report)
{
    gk_auto(gk_sheet) sheet = gk_sheet_new(3);
    const json_t *figures = json_object_get(json_object_get(report, "figures"), "figures");
    size_t index;
    json_t *figure;
    json_array_foreach(json_object_get(form, "figures"), index, figure) {
        char number[40];
        const char *code = gk_json_text(figure, "code");
        const json_t *value = json_object_get(figures, code);
        gk_sheet_cell(sheet, GK_TR(self, gk_json_text(figure, "row"), ""));
        gk_sheet_cell(sheet, label(self, figure));
        gk_sheet_cell(sheet, json_is_integer(value) ? gk_annual_figure(code, value, number) : GK_TR(self, "未填报", "not entered"));
    }
    print_sheet(sheet);
}

static void add_numbers(gk_sheet *sheet, const json_t *numbers)
{
    size_t index;
    json_t *number;
    json_array_foreach(numbers, index, number)
        gk_sheet_cellf(sheet, "%" JSON_INTEGER_FORMAT, json_integer_value(number));
}

/*  A table of rows and columns that the form names; numbers by row in `values`. */
static void print_table(const gk_cli *self, const json_t *rows, const json_t *columns, const json_t *values)
{
    gk_auto(gk_sheet) sheet = gk_sheet_new((int) json_array_size(columns) + 1);
    size_t index;
    json_t *entry;
    const char *group = "";
    gk_sheet_cell(sheet, "");
    json_array_foreach(columns, index, entry)
        gk_sheet_cell(sheet, label(self, entry));
    json_array_foreach(rows, index, entry) {
        const char *of = gk_json_text(entry, "group");
        if (self->zh && *of && strcmp(of, group) != 0) {
            gk_sheet_cell(sheet, of);
            for (size_t i = 0; i < json_array_size(columns); i++)
                gk_sheet_cell(sheet, "");
        }
        group = of;
        gk_sheet_cellf(sheet, "%s%s", self->zh && *of ? "  " : "", label(self, entry));
        add_numbers(sheet, json_object_get(values, gk_json_text(entry, "code")));
    }
    print_sheet(sheet);
}

void gk_annual_identities(const gk_cli *self, const json_t *report)
{
    gk_auto(gk_sheet) sheet = gk_sheet_new(3);
    size_t index, place;
    json_t *entry, *where;
    json_array_foreach(json_object_get(report, "identities"), index, entry) {
        const json_t *holds = json_object_get(entry, "holds");
        gk_text_auto text = { 0 };
        gk_text_puts(&text, gk_json_text(entry, GK_TR(self, "zh", "en")));
        json_array_foreach(json_object_get(entry, "where"), place, where)
            gk_text_printf(&text, "; %s", json_string_value(where) ? json_string_value(where) : "?");
        gk_sheet_cell(sheet, gk_json_text(entry, "identity"));
        gk_sheet_cell(sheet, json_is_true(holds) ? GK_TR(self, "相符", "holds") : json_is_false(holds) ? GK_TR(self, "不符", "VIOLATED")
                      : GK_TR(self, "无可比", "nothing to compare"));
        gk_sheet_cell(sheet, text.data);
    }
    print_sheet(sheet);
}

static const struct remark {
    const char *name, *zh, *en;
} remarks[] = {
    { "redone", "关账后恢复办理、经裁决重新办理的案件，仍计入原结果", "done again after a ruling, or after their year was closed; they keep their first row" },
    { "late", "关账后补记，计入本年", "recorded after their own year was closed; counted here" },
    { "without_receipt", "未确认收到即撤回，不计", "withdrawn before receipt was confirmed; counted nowhere" },
    { "without_kind", "申请表未写申请人类别，计入自然人", "the form names no kind of applicant; counted as natural persons" },
    { "records", "更正申请（条例第四十一条），不计入第三部分", "requests to correct a record (Art. 41), which stand beside part 3" },
};

static void print_remarks(const gk_cli *self, const json_t *report)
{
    gk_auto(gk_sheet) sheet = gk_sheet_new(2);
    gk_text_auto missing = { 0 };
    for (size_t i = 0; i < sizeof remarks / sizeof *remarks; i++) {
        gk_text_auto list = { 0 };
        gk_view_join(&list, json_object_get(json_object_get(report, "remarks"), remarks[i].name), " ");
        gk_view_field(sheet, GK_TR(self, remarks[i].zh, remarks[i].en), list.data);
    }
    size_t index;
    json_t *entry;
    json_array_foreach(json_object_get(report, "entries"), index, entry)
        if (!json_is_true(json_object_get(entry, "entered")))
            gk_text_printf(&missing, "%s%s", missing.len ? GK_TR(self, "、", ", ") : "", gk_json_text(entry, GK_TR(self, "zh", "unit")));
    gk_free_auto char *by = gk_format(GK_TR(self, "尚未填报的部门（%s截止）", "units that have not entered, by %s"),
                                      gk_json_text(report, "entries_due_on"));
    gk_view_field(sheet, by, missing.data);
    if (gk_sheet_rows(sheet)) {
        heading(self, "附注", "Remarks");
        print_sheet(sheet);
    }
}

/*  The cells of a table that a version had otherwise. */
static void add_differences(const gk_cli *self, gk_sheet *sheet, const json_t *rows, const json_t *columns, const json_t *was, const json_t *is)
{
    size_t index, place;
    json_t *row, *column;
    json_array_foreach(rows, index, row)
        json_array_foreach(columns, place, column) {
            const char *code = gk_json_text(row, "code");
            json_int_t before = json_integer_value(json_array_get(json_object_get(was, code), place));
            json_int_t now = json_integer_value(json_array_get(json_object_get(is, code), place));
            if (before == now)
                continue;
            gk_sheet_cellf(sheet, "%s  %s", label(self, row), label(self, column));
            gk_sheet_cellf(sheet, "%" JSON_INTEGER_FORMAT " → %" JSON_INTEGER_FORMAT, before, now);
        }
}

/*  Part 2: entered figures. */
static void add_figure_differences(const gk_cli *self, gk_sheet *sheet, const json_t *form, const json_t *was, const json_t *is)
{
    size_t index;
    json_t *figure;
    json_array_foreach(json_object_get(form, "figures"), index, figure) {
        char before[40], now[40];
        const char *code = gk_json_text(figure, "code");
        if (json_equal(json_object_get(was, code), json_object_get(is, code)))
            continue;
        gk_sheet_cellf(sheet, "%s  %s", gk_json_text(figure, "row"), label(self, figure));
        gk_sheet_cellf(sheet, "%s → %s", gk_annual_figure(code, json_object_get(was, code), before),
                       gk_annual_figure(code, json_object_get(is, code), now));
    }
}

/*  What was closed before stands beside what is counted now. */
static void print_versions(const gk_cli *self, const json_t *form, const json_t *report)
{
    size_t index;
    json_t *version;
    const json_t *is = json_object_get(report, "figures");
    json_array_foreach(json_object_get(report, "versions"), index, version) {
        const json_t *was = json_object_get(version, "figures");
        printf(GK_TR(self, "\n原关账版本  %s 关账，%s 依据 %s 重新打开：%s\n  数据校验值 %s\n",
                     "\nAs closed before  on %s, opened again on %s by %s: %s\n  SHA-256 of the figures %s\n"),
               gk_json_text(version, "closed_on"), gk_json_text(version, "reopened_on"), gk_json_text(version, "decision"),
               gk_json_text(version, "reason"), gk_json_text(version, "sha256"));
        gk_auto(gk_sheet) sheet = gk_sheet_new(2);
        add_figure_differences(self, sheet, form, json_object_get(was, "figures"), json_object_get(is, "figures"));
        add_differences(self, sheet, json_object_get(form, "rows"), json_object_get(form, "columns"), json_object_get(was, "rows"),
                        json_object_get(is, "rows"));
        add_differences(self, sheet, json_object_get(form, "forums"), json_object_get(form, "results"), json_object_get(was, "proceedings"),
                        json_object_get(is, "proceedings"));
        if (gk_sheet_rows(sheet))
            print_sheet(sheet);
        else
            puts(GK_TR(self, "  与现数字无不同", "  no figure differs from those of now"));
    }
}

static void print_report(const gk_cli *self, const json_t *form, const json_t *report)
{
    const json_t *figures = json_object_get(report, "figures"), *fee = json_object_get(figures, "fee");
    const json_t *texts = json_object_get(report, "texts");
    const char *closed = gk_json_text(report, "closed_on");
    printf(GK_TR(self, "%s  政府信息公开工作年度报告  %lld年度\n", "%s  Annual report on government information disclosure  %lld\n"),
           gk_json_text(report, "name"), json_integer_value(json_object_get(report, "year")));
    gk_auto(gk_sheet) sheet = gk_sheet_new(2);
    gk_view_field(sheet, GK_TR(self, "格式", "Form"), gk_json_text(form, "version"));
    gk_free_auto char *frozen = gk_format(GK_TR(self, "%s 关账", "closed on %s"), closed);
    if (json_object_get(report, "entries"))
        gk_view_field(sheet, GK_TR(self, "状态", "State"), *closed ? frozen : GK_TR(self, "未关账，数字随案件变动", "open, figures still move"));
    gk_view_field(sheet, GK_TR(self, "数据校验值", "SHA-256 of the figures"), gk_json_text(report, "sha256"));
    gk_view_print(sheet);
    print_versions(self, form, report);

    heading(self, "一、总体情况", "1. Overview");
    print_text(self, report, *gk_json_text(texts, "overview") ? "overview" : "sentence");
    heading(self, "二、主动公开政府信息情况（第二十条）", "2. Disclosure on the agency's own motion (Art. 20)");
    print_figures(self, form, report);
    heading(self, "三、收到和处理政府信息公开申请情况", "3. Applications received and handled");
    print_table(self, json_object_get(form, "rows"), json_object_get(form, "columns"), json_object_get(figures, "rows"));
    heading(self, "四、政府信息公开行政复议、行政诉讼情况", "4. Reconsideration and lawsuits");
    print_table(self, json_object_get(form, "forums"), json_object_get(form, "results"), json_object_get(figures, "proceedings"));
    heading(self, "五、存在的主要问题及改进情况", "5. Problems and improvements");
    print_text(self, report, "problems");
    heading(self, "六、其他需要报告的事项", "6. Other matters");
    printf(GK_TR(self, "  本年收取信息处理费 %lld 件，共 %lld 元。\n", "  Information-processing fee taken in %lld case(s), %lld yuan in all.\n"),
           json_integer_value(json_object_get(fee, "cases")), json_integer_value(json_object_get(fee, "yuan")));
    if (json_integer_value(json_object_get(fee, "refunded_yuan")))
        printf(GK_TR(self, "  另退付 %lld 元。\n", "  %lld yuan were given back.\n"), json_integer_value(json_object_get(fee, "refunded_yuan")));
    if (*gk_json_text(texts, "other"))
        print_text(self, report, "other");
    heading(self, "勾稽关系", "Identities");
    gk_annual_identities(self, report);
    print_remarks(self, report);
}

void gk_annual_print(const gk_cli *self, const json_t *ok)
{
    const json_t *report;
    for (size_t i = 0; (report = gk_annual_report(ok, i)); i++) {
        if (i)
            puts("\n────────");
        print_report(self, json_object_get(ok, "form"), report);
    }
}

/*  ---- CSV ------------------------------------------------------------------------------ */

void gk_annual_csv_field(gk_text *out, const char *text, const char *end)
{
    bool quoted = strpbrk(text, ",\"\r\n") != NULL;
    gk_text_puts(out, quoted ? "\"" : "");
    for (; *text; text++)
        gk_text_printf(out, quoted && *text == '"' ? "\"%c" : "%c", *text);
    gk_text_printf(out, "%s%s", quoted ? "\"" : "", end);
}

typedef struct csv {
    gk_text *out;
    const json_t *report;
} csv;

static void csv_line(const csv *self, const char *part, const char *row, const char *row_name, const char *column, const char *column_name,
                     const char *value)
{
    const char *fields[] = { gk_json_text(self->report, "office"), gk_json_text(self->report, "name"), NULL, part, row, row_name, column,
                             column_name, value };
    char year[24];
    snprintf(year, sizeof year, "%" JSON_INTEGER_FORMAT, json_integer_value(json_object_get(self->report, "year")));
    fields[2] = year;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        gk_annual_csv_field(self->out, fields[i], i + 1 < sizeof fields / sizeof *fields ? "," : "\r\n");
}

static void csv_table(const csv *self, const char *part, const json_t *rows, const json_t *columns, const json_t *values)
{
    size_t index, place;
    json_t *row, *column;
    json_array_foreach(rows, index, row)
        json_array_foreach(columns, place, column) {
            char number[40];
            gk_free_auto char *name = gk_format("%s%s", gk_json_text(row, "group"), gk_json_text(row, "zh"));
            const json_t *value = json_array_get(json_object_get(values, gk_json_text(row, "code")), place);
            csv_line(self, part, gk_json_text(row, "code"), name, gk_json_text(column, "code"), gk_json_text(column, "zh"),
                     gk_annual_figure("", value, number));
        }
}

static void csv_figures(const csv *self, const json_t *form, const json_t *values)
{
    size_t index;
    json_t *figure;
    json_array_foreach(json_object_get(form, "figures"), index, figure) {
        char number[40];
        const char *code = gk_json_text(figure, "code");
        csv_line(self, "2", code, gk_json_text(figure, "row"), code, gk_json_text(figure, "zh"),
                 gk_annual_figure(code, json_object_get(values, code), number));
    }
}

void gk_annual_csv(const json_t *ok, gk_text *out)
{
    const json_t *form = json_object_get(ok, "form");
    csv c = { .out = out };
    gk_text_puts(out, "office,name,year,part,row,row_name,column,column_name,value\r\n");
    for (size_t i = 0; (c.report = gk_annual_report(ok, i)); i++) {
        const json_t *figures = json_object_get(c.report, "figures"), *fee = json_object_get(figures, "fee");
        char number[40];
        csv_figures(&c, form, json_object_get(figures, "figures"));
        csv_table(&c, "3", json_object_get(form, "rows"), json_object_get(form, "columns"), json_object_get(figures, "rows"));
        csv_table(&c, "4", json_object_get(form, "forums"), json_object_get(form, "results"), json_object_get(figures, "proceedings"));
        csv_line(&c, "6", "fee", "信息处理费", "cases", "件数", gk_annual_figure("", json_object_get(fee, "cases"), number));
        csv_line(&c, "6", "fee", "信息处理费", "yuan", "金额（元）", gk_annual_figure("", json_object_get(fee, "yuan"), number));
        csv_line(&c, "6", "fee", "信息处理费", "refunded_yuan", "退付金额（元）",
                 gk_annual_figure("", json_object_get(fee, "refunded_yuan"), number));
    }
}
