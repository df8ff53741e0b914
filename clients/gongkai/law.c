/*  `gongkai law table`: everything that the law settles here, for who reads no C.
 *
 *  One object is put together from the same tables and files that decide; JSON prints it and the pages for a
 *  terminal are printed from it, so that they cannot differ. */
#include "clients/gongkai/lawbook.h"
#include "clients/gongkai/verbs.h"
#include "clients/gongkai/view.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/flow.h"
#include "core/marks.h"
#include "core/outcome.h"

#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 1 << 20 };

/*  ---- putting it together ------------------------------------------------------ */

static const struct { const char *name, *zh, *en; } ops[GK_OPS] = {
    [GK_OP_KEEP] = { "keep", "照常计算", "goes on" },
    [GK_OP_START] = { "start", "起算，当日不计", "starts; the day itself does not count" },
    [GK_OP_EXCLUDE] = { "exclude", "自次日起不计入期限", "days are excluded from the next day" },
    [GK_OP_INCLUDE] = { "include", "恢复计入期限", "days count again" },
    [GK_OP_PAUSE] = { "pause", "停止计算，等待申请人", "stands still for the applicant" },
    [GK_OP_RESTART] = { "restart", "自次日起重新计算", "starts anew the next day" },
    [GK_OP_EXTEND] = { "extend", "延长", "is extended" },
    [GK_OP_STOP] = { "stop", "终止", "ends" },
    [GK_OP_REOPEN] = { "reopen", "恢复办理，自次日起重新计算", "is reopened and starts anew" },
    [GK_OP_RECOUNT] = { "recount", "按新的放假通知重新推算", "is counted again by a new notice" },
    [GK_OP_ORDER] = { "order", "按裁决另定期限", "gets the term that a ruling sets" },
};

static json_t *states_of(const gk_step *step, bool zh)
{
    json_t *list = json_array();
    for (int s = 0; s < GK_STATES; s++)
        if (gk_step_from(step, (gk_state) s)) {
            const gk_state_info *state = gk_flow_state((gk_state) s);
            json_array_append_new(list, json_string(zh ? state->zh : state->name));
        }
    return list;
}

static json_t *roles_of(const gk_step *step, bool zh)
{
    json_t *list = json_array();
    for (int bit = 0; bit < GK_ROLE_BITS; bit++)
        if (step->who >> bit & 1u)
            json_array_append_new(list, json_string((zh ? gk_role_zh : gk_role_name)((gk_role) (1u << bit))));
    return list;
}

static json_t *needs_of(const gk_step *step)
{
    json_t *list = json_array();
    for (int i = 0; i < GK_STEP_NEEDS && step->needs[i]; i++) {
        const char *name = gk_need_name(step->needs[i]), *zh = gk_need_zh(name);
        json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "need", name, "zh", zh ? zh : "", "en", gk_need_text(step->needs[i])));
    }
    return list;
}

static json_t *step_row(const gk_step *step, const gk_marks *marks)
{
    const gk_event_info *event = gk_flow_event(step->event);
    const gk_state_info *to = step->to == GK_SAME ? NULL : gk_flow_state(step->to);
    gk_mark mark = gk_marks_of(marks, event->name, step->article);
    json_t *row = json_pack("{s:o, s:o, s:s, s:s, s:s, s:s, s:s?, s:s?, s:s?}", "from", states_of(step, false), "from_zh", states_of(step, true),
                            "event", event->name, "event_zh", event->zh, "event_en", event->en, "action", event->action ? event->action : "",
                            "to", to ? to->name : NULL, "to_zh", to ? to->zh : NULL, "to_en", to ? to->en : NULL);
    json_t *rest = json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:s, s:s, s:s}", "clock", ops[step->clock].name, "clock_zh", ops[step->clock].zh,
                             "clock_en", ops[step->clock].en, "who", roles_of(step, false), "who_zh", roles_of(step, true), "needs",
                             needs_of(step), "article", step->article, "mark", mark.mark, "mark_note", mark.zh);
    json_object_update(row, rest);
    json_decref(rest);
    return row;
}

static json_t *steps_of(const gk_marks *marks)
{
    size_t count;
    const gk_step *table = gk_flow_table(&count);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, step_row(&table[i], marks));
    return list;
}

/*  A proposal's field, or fields of which one will do, by Chinese names. */
static json_t *field_zh(const char *names)
{
    gk_text_auto text = { 0 };
    for (const gk_field *field = gk_flow_event(GK_PROPOSED)->fields; field->name; field++)
        if (gk_text_is_choice(names, field->name))
            gk_text_printf(&text, "%s%s", text.len ? "或者" : "", field->zh);
    return json_string(text.len ? text.data : strcmp(names, "search_log") == 0 ? "检索记录" : names);
}

/*  "3.3.1" is 三、（三）1 of the annual report. */
static char *report_zh(const char *row)
{
    static const char *const parts[] = { "", "一", "二", "三", "四", "五", "六" };
    int part = 0, line = 0, count = sscanf(row, "3.%d.%d", &part, &line);
    if (count < 1 || part < 1 || part > 6)
        return gk_strdup(row);
    return count == 1 ? gk_format("三、（%s）", parts[part]) : gk_format("三、（%s）%d", parts[part], line);
}

static json_t *outcomes_of(const json_t *file)
{
    static const struct { const char *name, *zh, *en; } remedies[] = {
        { "none", "无", "none" }, { "free", "行政复议或者行政诉讼", "reconsideration or lawsuit" },
        { "first", "先行政复议", "reconsideration first" },
    };
    json_t *list = json_array();
    size_t index, k;
    json_t *one, *field;
    json_array_foreach(json_object_get(file, "outcomes"), index, one) {
        json_t *row = json_deep_copy(one), *fields = json_array();
        json_array_foreach(json_object_get(one, "fields"), k, field)
            json_array_append_new(fields, field_zh(json_string_value(field)));
        json_object_set_new(row, "fields_zh", fields);
        gk_free_auto char *report = report_zh(gk_json_text(one, "report_row"));
        json_object_set_new(row, "report_row_zh", json_string(report));
        for (size_t i = 0; i < sizeof remedies / sizeof *remedies; i++)
            if (strcmp(remedies[i].name, gk_json_text(one, "remedy")) == 0) {
                json_object_set_new(row, "remedy_zh", json_string(remedies[i].zh));
                json_object_set_new(row, "remedy_en", json_string(remedies[i].en));
            }
        json_array_append_new(list, row);
    }
    return list;
}

static json_t *rules_of(const json_t *file)
{
    json_t *list = json_array(), *entry;
    const char *key;
    json_object_foreach((json_t *) file, key, entry)        /* jansson iterates without changing */
        if (json_is_object(entry)) {
            json_t *row = json_deep_copy(entry);
            json_object_set_new(row, "setting", json_string(key));
            json_array_append_new(list, row);
        }
    return list;
}

static json_t *notices_of(const gk_calendar *calendar)
{
    json_t *list = json_array();
    gk_notice one;
    for (size_t i = 0; gk_calendar_notice_at(calendar, i, &one); i++)
        json_array_append_new(list, json_pack("{s:s, s:o, s:o, s:o, s:i, s:i, s:s, s:b}", "notice", one.number, "published",
                                              gk_json_from_date(one.published), "from", gk_json_from_date(one.first), "to",
                                              gk_json_from_date(one.last), "off", one.off, "work", one.work, "replaces", one.replaces,
                                              "agency", one.agency));
    return list;
}

static gk_err gather(json_t **out, gk_why *why)
{
    gk_json_auto *marks_file = NULL, *outcomes_file = NULL;
    gk_auto(gk_calendar) calendar = NULL;
    gk_auto(gk_rules) rules = NULL;
    gk_auto(gk_marks) marks = NULL;
    gk_auto(gk_outcomes) outcomes = NULL;
    gk_err err = gk_lawbook_calendar(&calendar, why);
    if (!err)
        err = gk_lawbook_rules(&rules, why);
    if (!err)
        err = gk_json_load_schema("rules/marks.json", FILE_MAX, &marks_file, why);
    if (!err)
        err = gk_marks_read(marks_file, &marks, why);
    if (!err)
        err = gk_json_load_schema("outcomes/outcomes.json", FILE_MAX, &outcomes_file, why);
    if (!err)
        err = gk_outcomes_read(outcomes_file, &outcomes, why);
    if (err)
        return err;
    *out = json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o}", "rules_version", rules->version, "outcomes_version",
                     gk_json_text(outcomes_file, "version"), "calendar_version", gk_calendar_version(calendar), "steps", steps_of(marks),
                     "outcomes", outcomes_of(outcomes_file), "rules", rules_of(rules->all), "notices", notices_of(calendar));
    return GK_OK;
}

/*  ---- printing it ---------------------------------------------------------------- */

static void title(const gk_cli *self, const char *zh, const char *en, const char *version)
{
    printf("\n%s%s%s%s\n\n", GK_TR(self, zh, en), *version ? GK_TR(self, "（", " (") : "", version, *version ? GK_TR(self, "）", ")") : "");
}

static char *joined(const json_t *list, const char *between)
{
    gk_text out = { 0 };
    gk_text_puts(&out, "");
    gk_view_join(&out, list, between);
    return out.data;
}

static const char *mark_of(const gk_cli *self, const json_t *row)
{
    const char *mark = gk_json_text(row, "mark");
    return GK_TR(self, gk_mark_zh(mark), mark);
}

static size_t case_states(bool open_only)
{
    size_t count = 0;
    for (int s = 0; s < GK_STATES; s++)
        count += s != GK_LEDGER && !(open_only && gk_flow_state((gk_state) s)->final);
    return count;
}

/*  Long lists of desks and people are said in a word. */
static char *from_text(const gk_cli *self, const json_t *row)
{
    const json_t *from = json_object_get(row, GK_TR(self, "from_zh", "from"));
    size_t count = json_array_size(from);
    if (count >= case_states(false))
        return gk_strdup(GK_TR(self, "任何环节", "any desk"));
    if (count == case_states(true))
        return gk_strdup(GK_TR(self, "办结前任何环节", "any desk of an open case"));
    return joined(from, GK_TR(self, "、", ", "));
}

static void print_step(const gk_cli *self, const json_t *row, size_t number)
{
    const char *action = gk_json_text(row, "action"), *to = gk_json_text(row, GK_TR(self, "to_zh", "to"));
    printf("%zu. %s  %s%s%s\n", number, GK_TR(self, gk_json_text(row, "event_zh"), gk_json_text(row, "event_en")), gk_json_text(row, "event"),
           *action ? GK_TR(self, "，办理：", ", act: ") : "", action);
    gk_auto(gk_sheet) sheet = gk_sheet_new(2);
    gk_free_auto char *from = from_text(self, row), *who = joined(json_object_get(row, GK_TR(self, "who_zh", "who")), GK_TR(self, "、", ", "));
    gk_sheet_cell(sheet, GK_TR(self, "环节", "Desk"));
    gk_sheet_cellf(sheet, "%s → %s", from, *to ? to : GK_TR(self, "原环节", "the same"));
    gk_view_field(sheet, GK_TR(self, "何人", "Who"), who);
    size_t i;
    json_t *need;
    json_array_foreach(json_object_get(row, "needs"), i, need) {
        gk_sheet_cell(sheet, i ? "" : GK_TR(self, "条件", "Needs"));
        gk_sheet_cellf(sheet, GK_TR(self, "不符时：%s", "else: %s"), gk_json_text(need, GK_TR(self, "zh", "en")));
    }
    gk_view_field(sheet, GK_TR(self, "期限", "Clock"), gk_json_text(row, GK_TR(self, "clock_zh", "clock_en")));
    gk_sheet_cell(sheet, GK_TR(self, "依据", "Article"));
    const char *note = gk_json_text(row, "mark_note");
    gk_sheet_cellf(sheet, "%s [%s]%s%s", gk_json_text(row, "article"), mark_of(self, row), *note ? " " : "", note);
    gk_view_print_at(sheet, 4);
}

static void print_outcome(const gk_cli *self, const json_t *row)
{
    printf("%s  %s\n", gk_json_text(row, "code"), gk_json_text(row, GK_TR(self, "zh", "en")));
    gk_auto(gk_sheet) sheet = gk_sheet_new(2);
    gk_free_auto char *fields = joined(json_object_get(row, GK_TR(self, "fields_zh", "fields")), GK_TR(self, "、", ", "));
    gk_sheet_cell(sheet, GK_TR(self, "依据", "Article"));
    gk_sheet_cellf(sheet, "%s [%s]", gk_json_text(row, "article"), mark_of(self, row));
    gk_view_field(sheet, GK_TR(self, "救济", "Remedy"), gk_json_text(row, GK_TR(self, "remedy_zh", "remedy_en")));
    gk_view_field(sheet, GK_TR(self, "年报", "Report"), gk_json_text(row, GK_TR(self, "report_row_zh", "report_row")));
    gk_view_field(sheet, GK_TR(self, "必填", "Fields"), fields);
    if (json_is_true(json_object_get(row, "refuses")))
        gk_view_field(sheet, GK_TR(self, "审核", "Review"), GK_TR(self, "须法制审核", "legal review"));
    gk_view_print_at(sheet, 4);
}

static char *value_text(const gk_cli *self, const json_t *value)
{
    if (json_is_boolean(value))
        return gk_strdup(json_is_true(value) ? GK_TR(self, "是", "yes") : GK_TR(self, "否", "no"));
    if (json_is_string(value))
        return gk_strdup(json_string_value(value));
    if (!json_is_array(value))
        return gk_json_print(value);
    gk_text out = { 0 };
    size_t i;
    json_t *one;
    json_array_foreach((json_t *) value, i, one) {
        gk_text_puts(&out, i ? ", " : "");
        const json_t *upto = json_object_get(one, "upto");
        long long yuan = json_integer_value(json_object_get(one, "yuan"));
        if (json_is_string(one))
            gk_text_puts(&out, json_string_value(one));
        else if (!json_is_object(one))
            gk_text_printf(&out, "%lld", (long long) json_integer_value(one));
        else if (json_is_integer(upto))
            gk_text_printf(&out, GK_TR(self, "≤%lld：%lld元", "<=%lld: %lld yuan"), (long long) json_integer_value(upto), yuan);
        else
            gk_text_printf(&out, GK_TR(self, "以上：%lld元", "more: %lld yuan"), yuan);
    }
    gk_text_puts(&out, "");
    return out.data;
}

static void print_rules(const gk_cli *self, const json_t *list)
{
    gk_auto(gk_sheet) sheet = gk_sheet_new(3);
    size_t i;
    json_t *row;
    json_array_foreach((json_t *) list, i, row) {
        gk_free_auto char *value = value_text(self, json_object_get(row, "value"));
        gk_sheet_cell(sheet, value);
        gk_sheet_cellf(sheet, "[%s]", mark_of(self, row));
        gk_sheet_cellf(sheet, GK_TR(self, "%s（%s）", "%s (%s)"), gk_json_text(row, GK_TR(self, "zh", "en")), gk_json_text(row, "article"));
    }
    gk_view_print_at(sheet, 2);
}

static void show(const gk_cli *self, const json_t *table)
{
    size_t i;
    json_t *row;
    title(self, "一、办理流程", "1. The procedure", "");
    json_array_foreach(json_object_get(table, "steps"), i, row)
        print_step(self, row, i + 1);
    title(self, "二、处理决定", "2. Kinds of decision", gk_json_text(table, "outcomes_version"));
    json_array_foreach(json_object_get(table, "outcomes"), i, row)
        print_outcome(self, row);
    title(self, "三、期限和收费", "3. Terms and fees", gk_json_text(table, "rules_version"));
    print_rules(self, json_object_get(table, "rules"));
    title(self, "四、放假通知", "4. Holiday notices", gk_json_text(table, "calendar_version"));
    static const gk_view_column columns[] = {
        { "notice", "文号", "Number" }, { "published", "日期", "Date" }, { "from", "涵盖自", "Covers from" }, { "to", "至", "to" },
        { "off", "放假（日）", "Days off" }, { "work", "上班（日）", "Days worked" }, { "replaces", "变更", "Replaces" },
    };
    gk_view_table(self, json_object_get(table, "notices"), columns, 7);
}

int gk_run_law_table(gk_cli *self)
{
    gk_why why = { "" };
    gk_json_auto *table = NULL;
    gk_err err = gather(&table, &why);
    if (err)
        return gk_cli_fail(self, err, &why);
    if (self->json)
        gk_cli_json(table);
    else
        show(self, table);
    return GK_EXIT_OK;
}
