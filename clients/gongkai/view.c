/*  gk_view - the broker's answers as a person reads them. */
#include "clients/gongkai/view.h"
#include "clients/gongkai/codes.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/form.h"

#include <inttypes.h>
#include <string.h>

/*  ---- pieces --------------------------------------------------------------- */

char *gk_view_date(const gk_cli *self, gk_date date, char out[static GK_VIEW_DATE])
{
    static const char *const zh[] = { "周一", "周二", "周三", "周四", "周五", "周六", "周日" };
    static const char *const en[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    char text[GK_DATE_TEXT];
    out[0] = 0;
    if (!gk_date_is_none(date))
        snprintf(out, GK_VIEW_DATE, "%s %s", gk_date_format(date, text),
                 (self->zh ? zh : en)[gk_date_weekday(date)]);
    return out;
}

void gk_view_field(gk_sheet *sheet, const char *label, const char *value)
{
    if (!value || !*value)
        return;
    gk_sheet_cell(sheet, label);
    gk_sheet_cell(sheet, value);
}

void gk_view_print_at(const gk_sheet *sheet, int indent)
{
    gk_sheet_print(sheet, indent, gk_sheet_terminal(stdout), stdout);
}

void gk_view_print(const gk_sheet *sheet)
{
    gk_view_print_at(sheet, 0);
}

void gk_view_join(gk_text *out, const json_t *list, const char *between)
{
    size_t index;
    json_t *entry;
    json_array_foreach((json_t *) list, index, entry)
        if (json_is_string(entry))
            gk_text_printf(out, "%s%s", out->len ? between : "", json_string_value(entry));
}

static void section(const gk_cli *self, const char *zh, const char *en)
{
    printf("\n%s\n", GK_TR(self, zh, en));
}

static void print_section(const gk_sheet *sheet)
{
    gk_view_print_at(sheet, 2);
}

/*  A member that is text or a number, as text. */
static const char *as_text(const json_t *object, const char *key, char number[static 24])
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_integer(value))
        return gk_json_text(object, key);
    snprintf(number, 24, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    return number;
}

static int int_of(const json_t *object, const char *key)
{
    return (int) json_integer_value(json_object_get(object, key));
}

static bool is_true(const json_t *object, const char *key)
{
    return json_is_true(json_object_get(object, key));
}

static void add_flags(const gk_cli *self, gk_text *out, const json_t *list)
{
    size_t i;
    json_t *flag;
    json_array_foreach((json_t *) list, i, flag)
        if (json_is_string(flag))
            gk_text_printf(out, "%s%s", out->len ? GK_TR(self, "、", ", ") : "",
                           gk_codes_word(self->zh, "flags", json_string_value(flag)));
}

/*  ---- the clock ------------------------------------------------------------ */

/*  The members of a reading lie in "clock" where that is an object (CASEVIEW), else
 *  beside it; *state is the clock's. */
static const json_t *reading_of(const json_t *ok, const char **state)
{
    const json_t *clock = json_object_get(ok, "clock");
    if (json_is_object(clock)) {
        *state = gk_json_text(clock, "state");
        return clock;
    }
    *state = clock ? gk_json_text(ok, "clock") : gk_json_text(ok, "state");
    return ok;
}

static const struct clock_word {
    const char *state, *zh, *en;
} clock_words[] = {
    { "running", "计算中", "running" },
    { "excluded", "暂不计入（征求意见期间）", "standing still (consultation)" },
    { "paused", "暂停（待补正或待缴费，之后重新起算）",
      "paused (correction or fee outstanding; then it starts anew)" },
    { "stopped", "已停止", "stopped" },
};

static const char *clock_word(const gk_cli *self, const char *state)
{
    for (size_t i = 0; i < sizeof clock_words / sizeof *clock_words; i++)
        if (strcmp(clock_words[i].state, state) == 0)
            return GK_TR(self, clock_words[i].zh, clock_words[i].en);
    return state;
}

/*  "6 个工作日" */
static char *workdays(const gk_cli *self, int days, char out[static 32])
{
    if (self->zh)
        snprintf(out, 32, "%d 个工作日", days);
    else
        snprintf(out, 32, "%d working day%s", days, days == 1 ? "" : "s");
    return out;
}

/*  "剩 6 个工作日"; "" when there is nothing to count. */
static void left_text(const gk_cli *self, const json_t *reading, const char *state, char *out, size_t size)
{
    char days[32];
    int left = int_of(reading, "left");
    if (!json_is_integer(json_object_get(reading, "left")) || strcmp(state, "stopped") == 0)
        snprintf(out, size, "%s", "");
    else if (left < 0)
        snprintf(out, size, GK_TR(self, "已超期 %s", "overdue by %s"), workdays(self, -left, days));
    else if (is_true(reading, "overdue"))
        snprintf(out, size, "%s", GK_TR(self, "已超期", "overdue"));
    else if (left == 0)
        snprintf(out, size, "%s", GK_TR(self, "今天到期", "due today"));
    else
        snprintf(out, size, GK_TR(self, "剩 %s", "%s left"), workdays(self, left, days));
}

/*  "2026-03-30 周一（暂定）  剩 6 个工作日" */
static void due_text(const gk_cli *self, const json_t *ok, const char *key, char *out, size_t size)
{
    const char *state;
    const json_t *reading = reading_of(ok, &state);
    char date[GK_VIEW_DATE], left[64];
    gk_view_date(self, gk_json_date(ok, key), date);
    left_text(self, reading, state, left, sizeof left);
    if (*date)
        snprintf(out, size, "%s%s%s%s", date,
                 is_true(ok, "provisional") ? GK_TR(self, "（暂定）", " (provisional)") : "",
                 *left ? "  " : "", left);
    else if (strcmp(state, "paused") == 0)
        snprintf(out, size, "%s", GK_TR(self, "待重新起算", "none while paused"));
    else
        out[0] = 0;
}

/*  A request to correct a record has no statutory term. */
static const char *due_label(const gk_cli *self, const json_t *ok)
{
    return strcmp(gk_json_text(ok, "kind"), gk_kind_name(GK_KIND_RECORDS)) == 0
        ? GK_TR(self, "服务标准（非法定期限）", "Standard (not statutory)") : GK_TR(self, "答复期限", "Due");
}

static void add_clock(const gk_cli *self, gk_sheet *sheet, const json_t *ok)
{
    char text[192];
    const char *state;
    const json_t *reading = reading_of(ok, &state);
    due_text(self, ok, "due_on", text, sizeof text);
    gk_view_field(sheet, due_label(self, ok), text);
    const json_t *merged = json_object_get(ok, "merged");
    if (merged) {
        gk_text_auto with = { 0 };
        gk_view_date(self, gk_json_date(merged, "work_by"), text);
        gk_text_printf(&with, GK_TR(self, "%s，与 ", "%s, together with "), text);
        gk_view_join(&with, json_object_get(merged, "cases"), GK_TR(self, "、", ", "));
        gk_view_field(sheet, GK_TR(self, "合并答复", "Answer by"), with.data);
    }
    gk_date defence = gk_json_date(ok, "defence_date");
    gk_view_field(sheet, GK_TR(self, "应诉日期", "Defence"), gk_view_date(self, defence, text));
    const char *reason = gk_cli_word(self, ok, "reason");
    snprintf(text, sizeof text, "%s%s%.120s", clock_word(self, state), *reason ? GK_TR(self, "：", ": ") : "", reason);
    gk_view_field(sheet, GK_TR(self, "期限计算", "Clock"), text);
    if (json_is_integer(json_object_get(reading, "used")))
        gk_view_field(sheet, GK_TR(self, "已用", "Used"), workdays(self, int_of(reading, "used"), text));
    const json_t *timely = json_object_get(reading, "timely");
    if (json_is_boolean(timely))
        gk_view_field(sheet, GK_TR(self, "是否按期", "In time"),
                      json_is_true(timely) ? GK_TR(self, "按期答复", "yes") : GK_TR(self, "逾期答复", "no, late"));
}

static void explain_line(const gk_cli *self, gk_sheet *sheet, const json_t *line)
{
    const char *from = gk_json_text(line, "from"), *to = gk_json_text(line, "to");
    gk_sheet_cellf(sheet, *from ? "%s → %s" : "%s%s", *from ? from : gk_json_text(line, "on"), to);
    gk_text_auto text = { 0 };
    gk_text_puts(&text, gk_json_text(line, GK_TR(self, "zh", "en")));
    const char *article = gk_json_text(line, "article"), *notice = gk_json_text(line, "notice");
    const char *both = *article && *notice ? GK_TR(self, "；", "; ") : "";
    if (*article || *notice)
        gk_text_printf(&text, "%s%s%s%s%s", GK_TR(self, "（", " ("), article, both, notice, GK_TR(self, "）", ")"));
    gk_sheet_cell(sheet, text.data);
}

/*  One line a day; what does not count is set in from what does. */
static void print_days(const gk_cli *self, const json_t *list)
{
    gk_auto(gk_sheet) sheet = gk_sheet_new(3);
    size_t i;
    json_t *day;
    json_array_foreach((json_t *) list, i, day) {
        char date[GK_VIEW_DATE];
        bool counts = json_is_integer(json_object_get(day, "number"));
        gk_sheet_cell(sheet, gk_view_date(self, gk_json_date(day, "on"), date));
        gk_sheet_cellf(sheet, "%s%s", counts ? "" : "  ", gk_json_text(day, GK_TR(self, "zh", "en")));
        gk_sheet_cell(sheet, gk_json_text(day, "notice"));
    }
    if (!gk_sheet_rows(sheet))
        return;
    gk_view_print(sheet);
    putchar('\n');
}

void gk_view_explain(const gk_cli *self, const json_t *ok)
{
    const json_t *lines = json_object_get(ok, "explain");
    gk_auto(gk_sheet) sheet = gk_sheet_new(2);
    size_t i;
    json_t *line;
    json_array_foreach((json_t *) lines, i, line)
        explain_line(self, sheet, line);
    gk_view_print(sheet);
    if (gk_sheet_rows(sheet))
        putchar('\n');
    print_days(self, json_object_get(ok, "each_day"));
    gk_auto(gk_sheet) sum = gk_sheet_new(2);
    add_clock(self, sum, ok);
    gk_view_print(sum);
}

/*  ---- timeline, letters, documents ----------------------------------------- */

/*  "拟定分项意见（第2项）": the event, and which part of the case it is about. */
static char *event_text(const gk_cli *self, const json_t *event)
{
    const char *word = gk_cli_word(self, event, "event");
    const char *subtask = gk_json_path(event, "data.subtask");
    int item = int_of(json_object_get(event, "data"), "item");
    if (*subtask)
        return gk_format(GK_TR(self, "%s（%s）", "%s (%s)"), word, subtask);
    return item ? gk_format(GK_TR(self, "%s（第%d项）", "%s (item %d)"), word, item) : gk_strdup(word);
}

static void print_timeline(const gk_cli *self, const json_t *list, bool staff)
{
    if (!json_array_size(list))
        return;
    section(self, "经过", "Timeline");
    gk_auto(gk_sheet) sheet = gk_sheet_new(5);
    const char *const head_zh[] = { "日期", "事项", "期限", "办理人", "依据" };
    const char *const head_en[] = { "Date", "Event", "Due", "Actor", "Article" };
    for (int c = 0; c < 5; c++)
        gk_sheet_cell(sheet, c == 3 && !staff ? "" : (self->zh ? head_zh : head_en)[c]);
    size_t i;
    json_t *event;
    json_array_foreach((json_t *) list, i, event) {
        char on[GK_VIEW_DATE];
        gk_sheet_cell(sheet, gk_view_date(self, gk_json_date(event, "on"), on));
        gk_free_auto char *what = event_text(self, event);
        gk_sheet_cell(sheet, what);
        gk_sheet_cellf(sheet, "%s%s", gk_json_text(event, "due_on"),
                       is_true(event, "provisional") ? GK_TR(self, " 暂定", " prov.") : "");
        const char *whom = gk_json_path(event, "data.deputy_for");
        gk_sheet_cellf(sheet, "%s%s%s", staff ? gk_json_text(event, "actor") : "", *whom ? GK_TR(self, " 代 ", " for ") : "", whom);
        gk_sheet_cell(sheet, gk_json_text(event, "article"));
    }
    print_section(sheet);
}

/*  One member for a cell: a number, a date with its weekday, or a word. */
static void add_member(const gk_cli *self, gk_sheet *sheet, const json_t *object, const char *key)
{
    char number[24], day[GK_VIEW_DATE];
    gk_date date = gk_json_date(object, key);
    const char *word = gk_cli_word(self, object, key);
    gk_sheet_cell(sheet, !gk_date_is_none(date) ? gk_view_date(self, date, day)
                         : *word ? word : as_text(object, key, number));
}

static void add_rows(const gk_cli *self, gk_sheet *sheet, const json_t *list, const gk_view_column *columns, int count)
{
    for (int c = 0; c < count; c++)
        gk_sheet_cell(sheet, GK_TR(self, columns[c].zh, columns[c].en));
    size_t i;
    json_t *row;
    json_array_foreach((json_t *) list, i, row)
        for (int c = 0; c < count; c++)
            add_member(self, sheet, row, columns[c].key);
}

void gk_view_table(const gk_cli *self, const json_t *list, const gk_view_column *columns, int count)
{
    gk_auto(gk_sheet) sheet = gk_sheet_new(count);
    if (json_array_size(list))
        add_rows(self, sheet, list, columns, count);
    else
        gk_sheet_cell(sheet, GK_TR(self, "（无）", "(none)"));
    gk_view_print(sheet);
}

/*  The same as a section of a page, left out when the list is empty. */
static void print_list(const gk_cli *self, const char *title, const json_t *list, const gk_view_column *columns,
                       int count)
{
    if (!json_array_size(list))
        return;
    printf("\n%s\n", title);
    gk_auto(gk_sheet) sheet = gk_sheet_new(count);
    add_rows(self, sheet, list, columns, count);
    print_section(sheet);
}

static void print_letters(const gk_cli *self, const json_t *ok)
{
    const json_t *letters = json_object_get(ok, "letters");
    if (!json_array_size(letters))
        return;
    section(self, "函件（下载：gongkai letter）", "Letters (fetch: gongkai letter)");
    gk_auto(gk_sheet) sheet = gk_sheet_new(3);
    gk_sheet_cell(sheet, GK_TR(self, "日期", "Date"));
    gk_sheet_cell(sheet, GK_TR(self, "种类", "Kind"));
    gk_sheet_cell(sheet, GK_TR(self, "文号", "Number"));
    size_t i;
    json_t *letter;
    json_array_foreach((json_t *) letters, i, letter) {
        char on[GK_VIEW_DATE];
        gk_sheet_cell(sheet, gk_view_date(self, gk_json_date(letter, "on"), on));
        gk_sheet_cell(sheet, gk_cli_word(self, letter, "kind"));
        gk_sheet_cellf(sheet, "%s%s", gk_json_text(letter, "number"), is_true(letter, "void") ? GK_TR(self, "（作废）", " (void)") : "");
    }
    print_section(sheet);
}

static void add_publication(const gk_cli *self, gk_sheet *sheet, const json_t *ok)
{
    char date[GK_VIEW_DATE];
    const json_t *publication = json_object_get(ok, "publication");
    if (publication) {
        gk_free_auto char *stage = gk_format("%s  %s%s", gk_cli_word(self, publication, "stage"),
                                             gk_view_date(self, gk_json_date(publication, "due_on"), date), gk_json_text(publication, "url"));
        gk_view_field(sheet, GK_TR(self, "主动公开", "Publication"), stage);
    }
}

/*  ---- applicants ----------------------------------------------------------- */

void gk_view_accepted(const gk_cli *self, const json_t *ok)
{
    gk_auto(gk_sheet) sheet = gk_sheet_new(2);
    char text[192];
    gk_view_field(sheet, GK_TR(self, "登记编号", "Case"), gk_json_text(ok, "number"));
    gk_view_field(sheet, GK_TR(self, "状态", "State"), gk_cli_word(self, ok, "state"));
    gk_view_field(sheet, GK_TR(self, "收到日期", "Received"),
                  gk_view_date(self, gk_json_date(ok, "received_on"), text));
    due_text(self, ok, "due_on", text, sizeof text);
    gk_view_field(sheet, due_label(self, ok), text);
    gk_view_print(sheet);
}

void gk_view_status(const gk_cli *self, const json_t *ok)
{
    gk_auto(gk_sheet) sheet = gk_sheet_new(2);
    char date[GK_VIEW_DATE];
    gk_view_field(sheet, GK_TR(self, "登记编号", "Case"), gk_json_text(ok, "number"));
    gk_view_field(sheet, GK_TR(self, "种类", "Kind"), gk_cli_word(self, ok, "kind"));
    gk_view_field(sheet, GK_TR(self, "受理机关", "Office"), gk_json_text(ok, "office"));
    gk_view_field(sheet, GK_TR(self, "状态", "State"), gk_cli_word(self, ok, "state"));
    gk_view_field(sheet, GK_TR(self, "收到日期", "Received"),
                  gk_view_date(self, gk_json_date(ok, "received_on"), date));
    add_clock(self, sheet, ok);
    gk_view_field(sheet, GK_TR(self, "原答复期限", "First due"), gk_view_date(self, gk_json_date(ok, "first_due_on"), date));
    gk_view_field(sheet, GK_TR(self, "补正截止", "Correct by"), gk_view_date(self, gk_json_date(ok, "correction_due"), date));
    gk_view_field(sheet, GK_TR(self, "缴费截止", "Pay by"), gk_view_date(self, gk_json_date(ok, "payment_due"), date));
    add_publication(self, sheet, ok);
    gk_view_field(sheet, GK_TR(self, "下一步", "Next"), gk_cli_word(self, ok, "next"));
    gk_view_field(sheet, GK_TR(self, "拆分自", "Part of"), gk_json_text(ok, "split_from"));
    gk_view_print(sheet);
    static const gk_view_column parts[] = { { "number", "登记编号", "Case" }, { "office", "机关", "Office" }, { "state_zh", "状态", "State" }, { "due_on", "答复期限", "Due" },
                                            { "receipt", "回执码", "Receipt" } };
    print_list(self, GK_TR(self, "由本申请拆分或者转出的各件", "Parts of this application, or where it went"), json_object_get(ok, "parts"), parts, 5);
    print_letters(self, ok);
    static const gk_view_column granted[] = { { "name", "名称", "Name" }, { "size", "字节", "Bytes" }, { "digest", "摘要值", "Digest" } };
    print_list(self, GK_TR(self, "公开的文件（下载：gongkai document get 摘要值 --case 回执码 -o 文件）",
                           "Granted documents (gongkai document get DIGEST --case RECEIPT -o FILE)"),
               json_object_get(ok, "documents"), granted, 3);
    print_timeline(self, json_object_get(ok, "timeline"), false);
}

void gk_view_moved(const gk_cli *self, const json_t *ok)
{
    gk_auto(gk_sheet) sheet = gk_sheet_new(2);
    char text[192];
    const char *number = gk_json_text(ok, "number");
    gk_view_field(sheet, *number ? GK_TR(self, "登记编号", "Case") : GK_TR(self, "案号", "Case"), *number ? number : gk_json_text(ok, "case"));
    gk_view_field(sheet, GK_TR(self, "事项", "Event"), gk_cli_word(self, ok, "event"));
    gk_view_field(sheet, GK_TR(self, "状态", "State"), gk_cli_word(self, ok, "state"));
    due_text(self, ok, "due_on", text, sizeof text);
    gk_view_field(sheet, due_label(self, ok), text);
    gk_text_auto cases = { 0 };
    gk_view_join(&cases, json_object_get(ok, "cases"), " ");
    gk_view_field(sheet, GK_TR(self, "拆分出", "Split off"), cases.len ? cases.data : "");
    gk_view_print(sheet);
}

/*  ---- staff ---------------------------------------------------------------- */

/*  Who wrote that help is needed, and was given none yet, is asked about first (Art. 43). */
static void add_help(const gk_cli *self, gk_sheet *sheet, const json_t *ok)
{
    char date[GK_VIEW_DATE];
    gk_date given = gk_json_date(ok, "helped_on");
    const char *wanted = gk_json_path(ok, "form.help");
    gk_view_field(sheet, GK_TR(self, "协助需求", "Help wanted"), wanted);
    gk_view_field(sheet, GK_TR(self, "提供帮助", "Help given"), !gk_date_is_none(given) ? gk_view_date(self, given, date)
                  : *wanted ? GK_TR(self, "尚未提供：gongkai act CASE give_help（条例第四十三条）", "not yet: gongkai act CASE give_help (Art. 43)") : "");
}

static void add_request(const gk_cli *self, gk_sheet *sheet, const json_t *form)
{
    static const struct { const char *path, *zh, *en; } rows[] = {
        { "applicant.name",             "申请人",   "Applicant" },
        { "applicant.contact_person",   "联系人",   "Contact person" },
        { "agent.name",                 "代理人",   "Agent" },
        { "agent.capacity",             "代理身份", "Acts as" },
        { "request.title",              "申请内容", "Asked for" },
        { "request.document_number",    "文号",     "Document number" },
        { "request.description",        "特征描述", "Description" },
        { "record.wrong",               "不准确之处", "Inaccurate" },
        { "record.right",               "要求更正为", "To be corrected to" },
        { "delivery.medium",            "提供形式", "Medium" },
        { "delivery.channel",           "送达方式", "Delivery" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *dot = strrchr(rows[i].path, '.'), *text = gk_json_path(form, rows[i].path);
        gk_view_field(sheet, GK_TR(self, rows[i].zh, rows[i].en), gk_codes_word(self->zh, dot ? dot + 1 : "", text));
    }
    size_t index;
    json_t *one;
    gk_text_auto joint = { 0 };
    gk_text_puts(&joint, "");
    json_array_foreach(json_object_get(form, "joint"), index, one)
        gk_text_printf(&joint, "%s%s", index ? GK_TR(self, "、", ", ") : "", gk_json_text(one, "name"));
    gk_view_field(sheet, GK_TR(self, "共同申请人", "Together with"), joint.data);
}

static void add_head(const gk_cli *self, gk_sheet *sheet, const json_t *ok)
{
    char date[GK_VIEW_DATE], number[24];
    const char *named = gk_json_text(ok, "number");
    gk_view_field(sheet, *named ? GK_TR(self, "登记编号", "Case") : GK_TR(self, "案号", "Case"), *named ? named : gk_json_text(ok, "case"));
    gk_view_field(sheet, GK_TR(self, "种类", "Kind"), gk_cli_word(self, ok, "kind"));
    gk_view_field(sheet, GK_TR(self, "状态", "State"), gk_cli_word(self, ok, "state"));
    gk_view_field(sheet, GK_TR(self, "版本", "Seq"), as_text(ok, "seq", number));
    gk_view_field(sheet, GK_TR(self, "拆分自", "Part of"), gk_json_path(ok, "split.from"));
    gk_view_field(sheet, GK_TR(self, "拆分后本案内容", "What is left to it"), gk_json_path(ok, "split.part"));
    gk_view_field(sheet, GK_TR(self, "机关", "Office"), gk_json_text(ok, "office"));
    gk_view_field(sheet, GK_TR(self, "部门", "Unit"), gk_json_text(ok, "unit"));
    gk_view_field(sheet, GK_TR(self, "经办人", "Holder"), gk_json_text(ok, "holder"));
    gk_view_field(sheet, GK_TR(self, "收到日期", "Received"),
                  gk_view_date(self, gk_json_date(ok, "received_on"), date));
    gk_view_field(sheet, GK_TR(self, "收到渠道", "Channel"), gk_cli_word(self, ok, "channel"));
    add_clock(self, sheet, ok);
    if (int_of(ok, "ordinal"))          /* a records correction takes none */
        gk_view_field(sheet, GK_TR(self, "本月第几件", "Of the month"), as_text(ok, "ordinal", number));
    gk_free_auto char *outcome = gk_format("%s %s", gk_json_text(ok, "outcome"), gk_json_text(ok, "outcome_zh"));
    gk_view_field(sheet, GK_TR(self, "处理决定", "Outcome"), *gk_json_text(ok, "outcome") ? outcome : "");
    gk_text_auto flags = { 0 };
    add_flags(self, &flags, json_object_get(ok, "flags"));
    gk_view_field(sheet, GK_TR(self, "标记", "Flags"), flags.data);
    gk_view_field(sheet, GK_TR(self, "原答复期限", "First due"), gk_view_date(self, gk_json_date(ok, "first_due_on"), date));
    gk_view_field(sheet, GK_TR(self, "原处理决定", "First outcome"), gk_json_text(ok, "first_outcome"));
    const json_t *archive = json_object_get(ok, "archive");
    gk_view_field(sheet, GK_TR(self, "移交期限", "Hand over by"), gk_view_date(self, gk_json_date(archive, "handover_due"), date));
    if (is_true(archive, "archived")) {
        gk_free_auto char *papers = gk_format(GK_TR(self, "已归档 %d 件，清单校验值 %.12s", "%d papers, manifest %.12s"), int_of(archive, "papers"),
                                              gk_json_text(archive, "manifest"));
        gk_view_field(sheet, GK_TR(self, "归档", "Archived"), papers);
    }
    gk_view_field(sheet, GK_TR(self, "移交日期", "Handed over"), gk_view_date(self, gk_json_date(archive, "handed_on"), date));
    add_publication(self, sheet, ok);
    if (is_true(ok, "held"))
        gk_view_field(sheet, GK_TR(self, "封存", "On hold"), GK_TR(self, "复议、诉讼未审结，案卷不得移交", "a proceeding is open: nothing of the file leaves"));
}

/*  What intake noticed, for a person to judge: what Art. 29 wants and is not there, a petition in disguise and by which
 *  words, an equal application, an odd proof number. */
static void add_intake(const gk_cli *self, gk_sheet *sheet, const json_t *intake)
{
    gk_text_auto missing = { 0 }, equal = { 0 }, disguise = { 0 };
    size_t i;
    json_t *entry;
    json_array_foreach(json_object_get(intake, "missing"), i, entry)
        gk_text_printf(&missing, "%s%s", i ? GK_TR(self, "；", "; ") : "",
                       gk_form_missing_text(json_string_value(entry) ? json_string_value(entry) : "", GK_TR(self, "zh", "en")));
    json_array_foreach(json_object_get(intake, "duplicate_of"), i, entry)
        gk_text_printf(&equal, "%s%s", i ? " " : "", json_string_value(entry) ? json_string_value(entry) : "");
    const json_t *suspect = json_object_get(intake, "disguise");
    if (suspect)
        gk_text_puts(&disguise, gk_codes_word(self->zh, "disguise", gk_json_text(suspect, "kind")));
    json_array_foreach(json_object_get(suspect, "words"), i, entry)
        gk_text_printf(&disguise, "%s%s", i ? " " : GK_TR(self, "：", ": "), json_string_value(entry) ? json_string_value(entry) : "");
    gk_view_field(sheet, GK_TR(self, "缺少事项", "Missing"), missing.data);
    gk_view_field(sheet, GK_TR(self, "相同申请", "Equal to"), equal.data);
    gk_view_field(sheet, GK_TR(self, "疑似", "Looks like"), disguise.data);
    gk_text_auto odd = { 0 };
    gk_text_puts(&odd, "");
    json_array_foreach(json_object_get(intake, "flags"), i, entry)
        gk_text_printf(&odd, "%s%s", i ? GK_TR(self, "；", "; ") : "", gk_codes_word(self->zh, "identity", json_string_value(entry) ? json_string_value(entry) : ""));
    gk_view_field(sheet, GK_TR(self, "身份核对", "Identity"), odd.data);
    gk_view_field(sheet, "", odd.len ? GK_TR(self, "不影响受理，有疑问的由法制审核员决定", "nobody is refused for it; in doubt the legal reviewer decides") : "");
}

void gk_view_actions(const gk_cli *self, const json_t *actions, int indent)
{
    gk_auto(gk_sheet) sheet = gk_sheet_new(3);
    size_t i;
    json_t *action;
    json_array_foreach((json_t *) actions, i, action) {
        gk_sheet_cell(sheet, gk_json_text(action, "action"));
        gk_sheet_cell(sheet, gk_json_text(action, GK_TR(self, "zh", "en")));
        gk_sheet_cell(sheet, gk_json_text(action, "article"));
    }
    gk_view_print_at(sheet, indent);
}

typedef struct page_list {
    const char *key, *zh, *en;
    int count;
    gk_view_column columns[8];
} page_list;

static const page_list candidates[] = {
    { "repeat", "可能重复的申请", "Possibly repeated", 3,
      { { "number", "登记编号", "Case" }, { "state", "状态", "State" }, { "score", "相似度", "Score" } } },
    { "public", "可能已主动公开", "Possibly public already", 3,
      { { "title", "名称", "Title" }, { "document_number", "文号", "Number" }, { "url", "网址", "URL" } } },
};

static const page_list parts[] = {
    { "items", "申请事项", "Items", 4,
      { { "item", "项", "Item" }, { "text", "内容", "Asked for" }, { "outcome", "分项意见", "Outcome" },
        { "verdict", "审查结论", "Verdict" } } },
    { "subtasks", "协办", "Sub-tasks", 5,
      { { "subtask", "编号", "Sub-task" }, { "unit", "部门", "Unit" }, { "due_on", "内部期限", "Due" }, { "status", "状态", "Status" },
        { "question", "事项", "Question" } } },
};

static const page_list papers[] = {
    { "documents", "文件", "Documents", 7,
      { { "name", "名称", "Name" }, { "kind", "用途", "Kind" }, { "status", "入库", "Status" }, { "scan", "机检", "Scan" },
        { "verdict", "审查结论", "Verdict" }, { "size", "字节", "Bytes" }, { "digest", "摘要值", "Digest" } } },
    { "findings", "保密审查发现", "Findings", 5,
      { { "class", "级", "Class" }, { "kind", "种类", "Kind" }, { "name", "文件", "Document" },
        { "page", "页", "Page" }, { "excerpt", "片段（已遮盖）", "Excerpt (masked)" } } },
};

static const page_list notices[] = {
    { "notices", "告知申请人", "What the applicant was told", 6,
      { { "letter", "文书", "Notice" }, { "made_on", "作出", "Made" }, { "tell_by", "告知期限", "Tell by" }, { "mailed_on", "邮件接收", "Mailed" },
        { "posted_on", "交邮", "Posted" }, { "served_on", "送达", "Served" } } },
};

static const page_list proceedings[] = {
    { "proceedings", "行政复议、行政诉讼", "Reconsideration and lawsuits", 8,
      { { "proceeding", "编号", "Id" }, { "kind", "种类", "Kind" }, { "body", "机关、法院", "Body" }, { "number", "对方案号", "Number" },
        { "answer_due", "答复期限", "Answer due" }, { "answered_on", "已答复", "Answered" }, { "concluded_on", "审结", "Concluded" },
        { "result", "结果", "Result" } } },
};

static void print_lists(const gk_cli *self, const json_t *object, const page_list *lists, size_t count)
{
    for (size_t i = 0; i < count; i++)
        print_list(self, GK_TR(self, lists[i].zh, lists[i].en), json_object_get(object, lists[i].key),
                   lists[i].columns, lists[i].count);
}

void gk_view_case(const gk_cli *self, const json_t *ok)
{
    gk_auto(gk_sheet) head = gk_sheet_new(2);
    add_head(self, head, ok);
    add_intake(self, head, json_object_get(ok, "intake"));
    gk_view_print(head);
    gk_auto(gk_sheet) request = gk_sheet_new(2);
    add_request(self, request, json_object_get(ok, "form"));
    add_help(self, request, ok);
    if (gk_sheet_rows(request))
        section(self, "申请", "Application");
    print_section(request);
    print_lists(self, ok, parts, sizeof parts / sizeof *parts);
    print_lists(self, json_object_get(ok, "candidates"), candidates, 2);
    print_lists(self, ok, papers, 2);
    print_lists(self, ok, proceedings, 1);
    print_letters(self, ok);
    print_lists(self, ok, notices, 1);
    print_timeline(self, json_object_get(ok, "timeline"), true);
    const json_t *actions = json_object_get(ok, "actions");
    if (json_array_size(actions)) {
        section(self, "可办事项（gongkai act CASE ACTION）", "What may be done (gongkai act CASE ACTION)");
        gk_view_actions(self, actions, 2);
    }
}
