/*  Reports: the annual report with its drill-down, timeliness, what is entered for it, closing a year. */
#include "clients/gongkai/annual.h"
#include "clients/gongkai/verbs.h"
#include "clients/gongkai/view.h"
#include "base/mem.h"
#include "core/flow.h"

#include <stdlib.h>
#include <string.h>

enum { REPORT_WAIT_MS = 60 * 1000 };

/*  ---- what was asked for ------------------------------------------------------------ */

/*  A payload with the office when one is named. */
static json_t *body_of(const gk_cli *self)
{
    json_t *body = gk_cli_body(self);
    const char *office = gk_cli_value(self, GK_OPT_OFFICE);
    if (office)
        json_object_set_new(body, "office", json_string(office));
    return body;
}

/*  ... and the year. */
static int ask_for(const gk_cli *self, json_t **out)
{
    const char *year = gk_cli_value(self, GK_OPT_YEAR);
    int64_t number;
    if (!year || !gk_args_number(year, 1900, 2999, &number))
        return gk_cli_usage(self, GK_TR(self, "请写明年度，如 --year 2026", "say which year: --year 2026"));
    *out = body_of(self);
    json_object_set_new(*out, "year", json_integer(number));
    return GK_EXIT_OK;
}

typedef enum format { TEXT, JSON, CSV, PDF, FORMATS } format;

/*  `most` is the last of them that the report has. */
static int asked_format(const gk_cli *self, format most, format *out)
{
    static const char *const names[FORMATS] = { "text", "json", "csv", "pdf" };
    const char *name = gk_cli_value(self, GK_OPT_FORMAT);
    *out = TEXT;
    while (name && *out < FORMATS && strcmp(names[*out], name) != 0)
        *out = (format) (*out + 1);
    if (*out > most)
        return most == PDF ? gk_cli_usage(self, GK_TR(self, "--format 为 text、json、csv 或 pdf", "--format is text, json, csv or pdf"))
            : gk_cli_usage(self, GK_TR(self, "--format 为 text、json 或 csv", "--format is text, json or csv"));
    *out = !name && self->json ? JSON : *out;
    return GK_EXIT_OK;
}

/*  To the file of -o, else to standard output. */
static int put(const gk_cli *self, const gk_text *text)
{
    const char *path = gk_cli_value(self, GK_OPT_OUTPUT);
    if (path && strcmp(path, "-") != 0)
        return gk_cli_write(self, path, text->data, text->len);
    fwrite(text->data, 1, text->len, stdout);
    return GK_EXIT_OK;      /* main says when standard output failed */
}

static int put_json(const gk_cli *self, const json_t *ok)
{
    gk_text_auto text = { 0 };
    char *line = json_dumps(ok, JSON_COMPACT);
    gk_text_printf(&text, "%s\n", line ? line : "null");
    free(line);
    return put(self, &text);
}

/*  ---- annual --------------------------------------------------------------------------- */

static int run_cell(gk_cli *self, json_t *body, const char *cell, format as)
{
    const char *comma = strchr(cell, ',');
    if (!comma || comma == cell || !comma[1]) {
        json_decref(body);
        return gk_cli_usage(self, GK_TR(self, "--cell 应为 行,列，如 3.1,total", "--cell is ROW,COLUMN, such as 3.1,total"));
    }
    json_object_set_new(body, "row", json_stringn(cell, (size_t) (comma - cell)));
    json_object_set_new(body, "column", json_string(comma + 1));
    gk_json_auto *ok = NULL;
    int status = gk_cli_ask_with(self, "report.cell", NULL, body, REPORT_WAIT_MS, NULL, NULL, &ok);
    if (status)
        return status;
    if (as == JSON)
        return put_json(self, ok);
    size_t index;
    json_t *number;
    gk_text_auto list = { 0 };
    gk_text_puts(&list, as == CSV ? "case\r\n" : "");
    json_array_foreach(json_object_get(ok, "cases"), index, number)
        if (json_is_string(number))
            gk_text_printf(&list, "%s%s", json_string_value(number), as == CSV ? "\r\n" : "\n");
    if (json_is_true(json_object_get(ok, "more")))
        gk_cli_note(self, GK_TR(self, "只列出前 %zu 件", "only the first %zu are listed"), json_array_size(json_object_get(ok, "cases")));
    return put(self, &list);
}

static int put_pdf(gk_cli *self, const json_t *ok)
{
    const char *output = gk_cli_value(self, GK_OPT_OUTPUT);
    gk_text_auto pdf = { 0 };
    gk_why why = { "" };
    gk_err err = gk_annual_pdf(ok, gk_cli_fonts(self), &pdf, &why);
    return err ? gk_cli_fail(self, err, &why) : gk_cli_write(self, output ? output : "-", pdf.data, pdf.len);
}

static int put_annual(gk_cli *self, const json_t *ok, format as)
{
    gk_text_auto text = { 0 };
    switch (as) {
    case JSON:
        return put_json(self, ok);
    case CSV:
        gk_annual_csv(ok, &text);
        return put(self, &text);
    case PDF:
        return put_pdf(self, ok);
    default:
        gk_annual_print(self, ok);
        return GK_EXIT_OK;
    }
}

/*  "I1" of which office, on stderr too: a script that keeps only the table must not lose it.  True if there is one. */
static bool say_violated(const gk_cli *self, const json_t *report)
{
    size_t index;
    json_t *entry;
    bool any = false;
    json_array_foreach(json_object_get(report, "identities"), index, entry)
        if (json_is_false(json_object_get(entry, "holds"))) {
            gk_cli_note(self, GK_TR(self, "%s：勾稽关系 %s 不符", "%s: identity %s is violated"), gk_json_text(report, "name"),
                        gk_json_text(entry, "identity"));
            any = true;
        }
    return any;
}

int gk_run_report_annual(gk_cli *self)
{
    format as;
    json_t *body = NULL;
    int status = asked_format(self, PDF, &as);
    if (!status)
        status = ask_for(self, &body);
    if (status)
        return status;
    if (gk_cli_value(self, GK_OPT_ROLLUP))
        json_object_set_new(body, "rollup", json_true());
    const char *cell = gk_cli_value(self, GK_OPT_CELL);
    if (cell)
        return run_cell(self, body, cell, as);
    gk_json_auto *ok = NULL;
    status = gk_cli_ask_with(self, "report.annual", NULL, body, REPORT_WAIT_MS, NULL, NULL, &ok);
    if (!status)
        status = put_annual(self, ok, as);
    if (status || !gk_annual_violated(ok))
        return status;
    const json_t *report;
    for (size_t i = 0; (report = gk_annual_report(ok, i)); i++)
        say_violated(self, report);
    return GK_EXIT_REFUSED;
}

/*  ---- timeliness ---------------------------------------------------------------------------- */

static const struct group {
    const char *list, *zh, *en;
} groups[] = {
    { "units", "按部门", "By unit" }, { "months", "按月份", "By month" }, { "kinds", "按处理决定种类", "By kind of decision" },
};

static const gk_view_column columns[] = {
    { "received", "收到", "received" }, { "ended", "办结", "ended" }, { "timely", "按期", "in time" }, { "late", "逾期", "late" },
    { "extended", "延期", "extended" }, { "days", "平均工作日", "mean days" }, { "most", "最长", "longest" },
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static char *cell_text(const json_t *entry, const char *key, char out[static 40])
{
    json_int_t number = json_integer_value(json_object_get(entry, key));
    if (!json_object_get(entry, key))
        *out = 0;
    else if (strcmp(key, "days") == 0)
        snprintf(out, 40, "%" JSON_INTEGER_FORMAT ".%" JSON_INTEGER_FORMAT, number / 10, number % 10);
    else
        snprintf(out, 40, "%" JSON_INTEGER_FORMAT, number);
    return out;
}

static const char *group_name(const gk_cli *self, const json_t *entry)
{
    const char *name = gk_json_text(entry, GK_TR(self, "zh", "en")), *key = gk_json_text(entry, "key");
    return *name ? name : *key ? key : GK_TR(self, "（尚未分办）", "(no unit yet)");
}

static void print_group(const gk_cli *self, const json_t *list, const struct group *group)
{
    gk_auto(gk_sheet) sheet = gk_sheet_new(COLUMNS + 1);
    size_t index;
    json_t *entry;
    char number[40];
    gk_sheet_cell(sheet, GK_TR(self, group->zh, group->en));
    for (int i = 0; i < COLUMNS; i++)
        gk_sheet_cell(sheet, GK_TR(self, columns[i].zh, columns[i].en));
    json_array_foreach(list, index, entry) {
        gk_sheet_cell(sheet, group_name(self, entry));
        for (int i = 0; i < COLUMNS; i++)
            gk_sheet_cell(sheet, cell_text(entry, columns[i].key, number));
    }
    gk_view_print(sheet);
}

static void print_open(const gk_cli *self, const json_t *units)
{
    size_t index;
    json_t *entry;
    json_int_t open = 0, overdue = 0;
    json_array_foreach(units, index, entry) {
        open += json_integer_value(json_object_get(entry, "open"));
        overdue += json_integer_value(json_object_get(entry, "overdue"));
    }
    printf(GK_TR(self, "\n目前在办 %lld 件，其中已逾期 %lld 件\n", "\nopen now: %lld, overdue: %lld\n"), open, overdue);
}

static void csv_timeliness(const json_t *ok, gk_text *out)
{
    gk_text_puts(out, "group,key,name,received,ended,replied,timely,late,extended,mean_days,most_days\r\n");
    static const char *const keys[] = { "received", "ended", "replied", "timely", "late", "extended", "days", "most" };
    enum { KEYS = sizeof keys / sizeof *keys };
    size_t index;
    json_t *entry;
    char number[40];
    for (size_t g = 0; g < sizeof groups / sizeof *groups; g++)
        json_array_foreach(json_object_get(ok, groups[g].list), index, entry) {
            gk_annual_csv_field(out, groups[g].list, ",");
            gk_annual_csv_field(out, gk_json_text(entry, "key"), ",");
            gk_annual_csv_field(out, gk_json_text(entry, "zh"), ",");
            for (int i = 0; i < KEYS; i++)
                gk_annual_csv_field(out, cell_text(entry, keys[i], number), i + 1 < KEYS ? "," : "\r\n");
        }
}

int gk_run_report_timeliness(gk_cli *self)
{
    format as;
    json_t *body = NULL;
    int status = asked_format(self, CSV, &as);
    if (!status)
        status = ask_for(self, &body);
    if (status)
        return status;
    gk_json_auto *ok = NULL;
    status = gk_cli_ask_with(self, "report.timeliness", NULL, body, REPORT_WAIT_MS, NULL, NULL, &ok);
    if (status || as == JSON)
        return status ? status : put_json(self, ok);
    if (as == CSV) {
        gk_text_auto text = { 0 };
        csv_timeliness(ok, &text);
        return put(self, &text);
    }
    printf(GK_TR(self, "%s  办理时效  %lld年度\n", "%s  timeliness  %lld\n"), gk_json_text(ok, "name"),
           json_integer_value(json_object_get(ok, "year")));
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        putchar('\n');
        print_group(self, json_object_get(ok, groups[i].list), &groups[i]);
    }
    print_open(self, json_object_get(ok, "units"));
    return GK_EXIT_OK;
}

/*  ---- fees ------------------------------------------------------------------------------------ */

static const gk_view_column fee_words[] = {
    { "notice", "收费通知", "notice sent" }, { "payment", "缴费", "paid" }, { "part", "部分缴费", "paid in part" }, { "full", "缴费", "paid" },
    { "over", "多缴", "overpaid" }, { "late", "逾期缴费", "paid late" }, { "excused", "逾期准予缴纳", "lateness excused" },
    { "refund", "退付", "given back" }, { "ended", "不再应收", "no longer owed" },
};

static const char *fee_word(const gk_cli *self, const json_t *line)
{
    const char *how = gk_json_text(line, "how"), *key = *how ? how : gk_json_text(line, "what");
    for (size_t i = 0; i < sizeof fee_words / sizeof *fee_words; i++)
        if (strcmp(fee_words[i].key, key) == 0)
            return GK_TR(self, fee_words[i].zh, fee_words[i].en);
    return key;
}

/*  What a line has to say beside its figures: the receipt that a refund undoes, a later recording, another year. */
static void add_remark(const gk_cli *self, const json_t *line, gk_text *out)
{
    json_int_t year = json_integer_value(json_object_get(line, "counts_in"));
    const char *of = gk_json_text(line, "of"), *recorded = gk_json_text(line, "recorded_on");
    gk_text_puts(out, "");
    if (*of)
        gk_text_printf(out, GK_TR(self, "退 %s（%s 缴）", "undoes %s (of %s)"), of, gk_json_text(line, "of_on"));
    if (strcmp(recorded, gk_json_text(line, "on")) != 0)
        gk_text_printf(out, GK_TR(self, "%s%s 登记", "%srecorded %s"), out->len ? "; " : "", recorded);
    if (year)
        gk_text_printf(out, GK_TR(self, "%s计入 %lld 年报", "%sin the report of %lld"), out->len ? "; " : "", (long long) year);
}

static void print_fee_lines(const gk_cli *self, const json_t *lines)
{
    static const gk_view_column heads[] = {
        { "on", "日期", "day" }, { "case", "案号", "case" }, { "what", "事项", "what" }, { "yuan", "金额（元）", "yuan" },
        { "number", "票据、凭证号", "receipt" }, { "", "备注", "remark" },
    };
    enum { HEADS = sizeof heads / sizeof *heads };
    gk_auto(gk_sheet) sheet = gk_sheet_new(HEADS);
    size_t index;
    json_t *line;
    for (int i = 0; i < HEADS; i++)
        gk_sheet_cell(sheet, GK_TR(self, heads[i].zh, heads[i].en));
    json_array_foreach(lines, index, line) {
        gk_text_auto remark = { 0 };
        char number[40];
        add_remark(self, line, &remark);
        gk_sheet_cell(sheet, gk_json_text(line, "on"));
        gk_sheet_cell(sheet, gk_json_text(line, "case"));
        gk_sheet_cell(sheet, fee_word(self, line));
        gk_sheet_cell(sheet, cell_text(line, "yuan", number));
        gk_sheet_cell(sheet, gk_json_text(line, "number"));
        gk_sheet_cell(sheet, remark.data);
    }
    gk_view_print(sheet);
}

/*  A balance on one line: its members in their order, as named. */
static void print_balance(const gk_cli *self, const char *title, const json_t *balance, const gk_view_column *members, size_t count)
{
    printf("\n%s\n ", title);
    for (size_t i = 0; i < count; i++)
        printf(" %s %lld", GK_TR(self, members[i].zh, members[i].en), json_integer_value(json_object_get(balance, members[i].key)));
    putchar('\n');
}

static void print_fees(const gk_cli *self, const json_t *ok)
{
    static const gk_view_column owed[] = {
        { "opening", "期初", "before" }, { "noticed", "＋通知", "+ noticed" }, { "settled", "−缴纳", "- settled" },
        { "ended", "−不再应收", "- no longer owed" }, { "closing", "＝期末", "= at the end" },
    };
    static const gk_view_column money[] = {
        { "opening", "期初", "before" }, { "received", "＋收款", "+ received" }, { "refunded", "−退付", "- given back" },
        { "closing", "＝期末", "= at the end" },
    };
    static const gk_view_column open[] = { { "case", "案号", "case" }, { "owed", "尚欠", "owes" }, { "surplus", "应退", "to be given back" } };
    static const gk_view_column year[] = { { "received", "收款", "received" }, { "refunded", "退付", "given back" } };
    printf(GK_TR(self, "%s  信息处理费对账清单  %lld年%lld月\n\n", "%s  reconciliation of the information-processing fee  %lld-%02lld\n\n"),
           gk_json_text(ok, "name"), json_integer_value(json_object_get(ok, "year")), json_integer_value(json_object_get(ok, "month")));
    print_fee_lines(self, json_object_get(ok, "lines"));
    print_balance(self, GK_TR(self, "应收未收（元）", "Owed, yuan"), json_object_get(ok, "owed"), owed, sizeof owed / sizeof *owed);
    print_balance(self, GK_TR(self, "累计实收（元）", "Received in all, yuan"), json_object_get(ok, "money"), money, sizeof money / sizeof *money);
    print_balance(self, GK_TR(self, "本年度，同年报第六部分（元）", "The year, as in part 6 of the annual report, yuan"),
                  json_object_get(ok, "year_money"), year, sizeof year / sizeof *year);
    printf("\n%s\n", GK_TR(self, "期末尚欠、应退的案件", "Cases that owe or are owed at the end"));
    gk_view_table(self, json_object_get(ok, "open"), open, sizeof open / sizeof *open);
    printf("\n%s\n", GK_TR(self, "勾稽关系", "Identities"));
    gk_annual_identities(self, ok);
}

/*  The balances are lines too, so that the file adds up by itself. */
static void csv_fees(const json_t *ok, gk_text *out)
{
    static const char *const names[] = { "on", "recorded_on", "case", "what", "how", "number", "of", "of_on" };
    static const char *const figures[] = { "yuan", "owed", "money", "counts_in" };
    const json_t *owed = json_object_get(ok, "owed"), *money = json_object_get(ok, "money");
    size_t index;
    json_t *line;
    gk_text_puts(out, "on,recorded_on,case,what,how,number,of,of_on,yuan,owed,money,counts_in\r\n");
    gk_text_printf(out, ",,,opening,,,,,,%lld,%lld,\r\n", json_integer_value(json_object_get(owed, "opening")),
                   json_integer_value(json_object_get(money, "opening")));
    json_array_foreach(json_object_get(ok, "lines"), index, line) {
        char number[40];
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            gk_annual_csv_field(out, gk_json_text(line, names[i]), ",");
        for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
            gk_annual_csv_field(out, cell_text(line, figures[i], number), i + 1 < sizeof figures / sizeof *figures ? "," : "\r\n");
    }
    gk_text_printf(out, ",,,closing,,,,,,%lld,%lld,\r\n", json_integer_value(json_object_get(owed, "closing")),
                   json_integer_value(json_object_get(money, "closing")));
}

int gk_run_report_fees(gk_cli *self)
{
    format as;
    const char *month = gk_cli_value(self, GK_OPT_MONTH);
    int status = asked_format(self, CSV, &as);
    if (!status && !month)
        status = gk_cli_usage(self, GK_TR(self, "请写明月份，如 --month 2026-03", "say which month: --month 2026-03"));
    if (status)
        return status;
    json_t *body = body_of(self);
    json_object_set_new(body, "month", json_string(month));
    gk_json_auto *ok = NULL;
    gk_text_auto text = { 0 };
    status = gk_cli_ask_with(self, "report.fees", NULL, body, REPORT_WAIT_MS, NULL, NULL, &ok);
    if (status)
        return status;
    if (as == TEXT)
        print_fees(self, ok);
    else if (as == CSV)
        csv_fees(ok, &text);
    status = as == JSON ? put_json(self, ok) : as == CSV ? put(self, &text) : GK_EXIT_OK;
    return !status && say_violated(self, ok) ? GK_EXIT_REFUSED : status;
}

/*  ---- entering and closing ---------------------------------------------------------------------- */

static const gk_field *find_field(const char *name, size_t len)
{
    for (const gk_field *field = gk_flow_event(GK_FIGURES_ENTERED)->fields; field->name; field++)
        if (strlen(field->name) == len && strncmp(field->name, name, len) == 0)
            return field;
    return NULL;
}

static int add_figure(const gk_cli *self, const char *word, json_t *figures)
{
    const char *equals = strchr(word, '=');
    const gk_field *field = equals ? find_field(word, (size_t) (equals - word)) : NULL;
    if (!field || strcmp(field->name, "year") == 0 || strcmp(field->name, "unit") == 0)
        return gk_cli_usage(self, GK_TR(self, "没有这一项：%s", "there is no such figure: %s"), word);
    if (field->type == GK_FIELD_TEXT) {
        gk_free_auto char *text = NULL;
        int status = gk_cli_text(self, equals + 1, &text);
        if (!status)
            json_object_set_new(figures, field->name, json_string(text));
        return status;
    }
    int64_t number;
    if (!gk_args_number(equals + 1, 0, GK_FIELD_MOST_INT, &number))
        return gk_cli_usage(self, GK_TR(self, "%s 应为 0 至 %d 的整数", "%s must be a whole number, 0 to %d"), field->name, GK_FIELD_MOST_INT);
    json_object_set_new(figures, field->name, json_integer(number));
    return GK_EXIT_OK;
}

int gk_run_report_enter(gk_cli *self)
{
    gk_json_auto *figures = json_object();
    for (int i = 0; i < self->words; i++) {
        int status = add_figure(self, self->word[i], figures);
        if (status)
            return status;
    }
    json_t *body = NULL;
    int status = ask_for(self, &body);
    if (status)
        return status;
    json_object_set(body, "figures", figures);
    const char *unit = gk_cli_value(self, GK_OPT_UNIT);
    if (unit)
        json_object_set_new(body, "unit", json_string(unit));
    gk_json_auto *ok = NULL;
    status = gk_cli_ask(self, "report.enter", body, &ok);
    if (!status && self->json)
        gk_cli_json(ok);
    else if (!status)
        puts(GK_TR(self, "已填报", "entered"));
    return status;
}

int gk_run_report_reopen(gk_cli *self)
{
    json_t *body = NULL;
    gk_free_auto char *reason = NULL;
    int status = gk_cli_text(self, self->word[1], &reason);
    if (!status)
        status = ask_for(self, &body);
    if (status)
        return status;
    json_object_set_new(body, "decision", json_string(self->word[0]));
    json_object_set_new(body, "reason", json_string(reason));
    gk_json_auto *ok = NULL;
    status = gk_cli_ask_with(self, "report.reopen", gk_cli_value(self, GK_OPT_REQUEST_ID), body, REPORT_WAIT_MS, NULL, NULL, &ok);
    if (!status && self->json)
        gk_cli_json(ok);
    else if (!status)
        printf(GK_TR(self, "%s年度已重新打开\n", "%s is open again\n"), gk_cli_value(self, GK_OPT_YEAR));
    return status;
}

int gk_run_report_close(gk_cli *self)
{
    json_t *body = NULL;
    int status = ask_for(self, &body);
    if (status)
        return status;
    gk_free_auto char *reason = NULL;
    if (self->words) {
        status = gk_cli_text(self, self->word[0], &reason);
        json_object_set_new(body, "reason", json_string(reason ? reason : ""));
    }
    if (status) {
        json_decref(body);
        return status;
    }
    gk_json_auto *ok = NULL;
    status = gk_cli_ask_with(self, "report.close", gk_cli_value(self, GK_OPT_REQUEST_ID), body, REPORT_WAIT_MS, NULL, NULL, &ok);
    if (!status && self->json)
        gk_cli_json(ok);
    else if (!status)
        printf(GK_TR(self, "%s年度已关账\n", "%s is closed\n"), gk_cli_value(self, GK_OPT_YEAR));
    return status;
}
