/*  What a new holiday notice moved, and the head's word on it. */
#include "clients/gongkai/verbs.h"
#include "clients/gongkai/view.h"
#include "base/mem.h"

#include <string.h>

static void view_notices(const gk_cli *self, const json_t *ok)
{
    static const gk_view_column columns[] = {
        { "notice", "文号", "Number" }, { "published", "日期", "Date" }, { "from", "涵盖自", "Covers from" }, { "to", "至", "to" },
        { "off", "放假（日）", "Days off" }, { "work", "上班（日）", "Days worked" }, { "replaces", "变更", "Replaces" },
    };
    gk_view_table(self, json_object_get(ok, "notices"), columns, 7);
}

int gk_run_calendar_list(gk_cli *self)
{
    return gk_cli_answer(self, "calendar.list", gk_cli_body(self), view_notices);
}

static void view_moved(const gk_cli *self, const json_t *ok)
{
    static const gk_view_column columns[] = {
        { "case", "案号", "Id" }, { "number", "登记编号", "Number" }, { "state", "状态", "State" }, { "unit", "部门", "Unit" },
        { "holder", "经办人", "Holder" }, { "was", "原期限", "Was due" }, { "due_on", "现期限", "Due now" },
    };
    const json_t *cases = json_object_get(ok, "cases"), *one;
    size_t i, earlier = 0;
    json_array_foreach((json_t *) cases, i, one)
        earlier += json_is_true(json_object_get(one, "earlier"));
    gk_view_table(self, cases, columns, 7);
    if (earlier)
        gk_cli_note(self, GK_TR(self, "前 %zu 件的期限提前了", "the first %zu came forward"), earlier);
}

int gk_run_calendar_moved(gk_cli *self)
{
    return gk_cli_answer(self, "calendar.moved", gk_cli_body(self), view_moved);
}

static int confirm(gk_cli *self, const char *reference)
{
    json_t *body = gk_cli_body(self);
    json_object_set_new(body, "case", json_string(reference));
    json_object_set_new(body, "action", json_string("confirm_due"));
    gk_json_auto *ok = NULL;
    int status = gk_cli_ask(self, "case.act", body, &ok);
    if (status || self->json)
        return status;
    printf(GK_TR(self, "%s 的期限 %s 已确认\n", "%s: due on %s, confirmed\n"),
           *gk_json_text(ok, "number") ? gk_json_text(ok, "number") : reference, gk_json_text(ok, "due_on"));
    return GK_EXIT_OK;
}

/*  Each case is an act of its own: what was confirmed stays so when a later one is refused. */
static int confirm_all(gk_cli *self, int *count)
{
    gk_json_auto *ok = NULL;
    int status = gk_cli_ask(self, "calendar.moved", gk_cli_body(self), &ok);
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(ok, "cases"), i, one) {
        status = status ? status : confirm(self, gk_json_text(one, "case"));
        *count += !status;
    }
    return status;
}

int gk_run_calendar_confirm(gk_cli *self)
{
    int count = 1;
    bool all = strcmp(self->word[0], "all") == 0;
    if (all)
        count = 0;
    int status = all ? confirm_all(self, &count) : confirm(self, self->word[0]);
    if (!status && self->json) {
        gk_json_auto *answer = json_pack("{s:i}", "confirmed", count);
        gk_cli_json(answer);
    } else if (!status && count == 0) {
        puts(GK_TR(self, "没有待确认的期限变动", "no moved due date waits"));
    }
    return status;
}
