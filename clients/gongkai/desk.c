/*  What a desk reads: its queue, a case, and how the due date came about. */
#include "clients/gongkai/verbs.h"
#include "clients/gongkai/view.h"
#include "base/mem.h"

/*  Set the members that options of the same name give; `opts` ends with GK_OPTS. */
static void add_options(const gk_cli *self, json_t *body, const gk_opt *opts)
{
    for (; *opts != GK_OPTS; opts++) {
        const char *value = gk_cli_value(self, *opts);
        if (value)
            json_object_set_new(body, gk_args_option(*opts)->name, json_string(value));
    }
}

static void view_queue(const gk_cli *self, const json_t *ok)
{
    static const gk_view_column columns[] = {
        { "desk", "环节", "Desk" }, { "unit", "部门", "Unit" }, { "count", "件数", "Count" },
        { "nearest_due", "最近期限", "Nearest due" }, { "overdue", "超期", "Overdue" },
    };
    gk_view_table(self, json_object_get(ok, "desks"), columns, 5);
}

int gk_run_queue(gk_cli *self)
{
    static const gk_opt opts[] = { GK_OPT_DESK, GK_OPT_UNIT, GK_OPTS };
    json_t *body = gk_cli_body(self);
    add_options(self, body, opts);
    return gk_cli_answer(self, "queue.list", body, view_queue);
}

static void view_tasks(const gk_cli *self, const json_t *ok)
{
    static const gk_view_column columns[] = {
        { "number", "登记编号", "Number" }, { "task", "事项", "Task" }, { "id", "编号", "Id" }, { "unit", "部门", "Unit" },
        { "due_on", "期限", "Due" }, { "left", "剩余工作日", "Working days left" },
    };
    gk_view_table(self, json_object_get(ok, "tasks"), columns, 6);
}

int gk_run_tasks(gk_cli *self)
{
    static const gk_opt opts[] = { GK_OPT_UNIT, GK_OPTS };
    json_t *body = gk_cli_body(self);
    add_options(self, body, opts);
    return gk_cli_answer(self, "queue.tasks", body, view_tasks);
}

static void view_list(const gk_cli *self, const json_t *ok)
{
    static const gk_view_column columns[] = {
        { "case", "案号", "Id" }, { "number", "登记编号", "Number" }, { "state", "状态", "State" },
        { "unit", "部门", "Unit" }, { "holder", "经办人", "Holder" }, { "received_on", "收到日期", "Received" },
        { "due_on", "答复期限", "Due" },
    };
    const json_t *cases = json_object_get(ok, "cases");
    gk_view_table(self, cases, columns, 7);
    if (json_is_true(json_object_get(ok, "more")))
        gk_cli_note(self, GK_TR(self, "还有更多：加 --after %s 继续", "there are more: go on with --after %s"),
                    gk_json_text(json_array_get(cases, json_array_size(cases) - 1), "case"));
}

int gk_run_list(gk_cli *self)
{
    static const gk_opt opts[] = { GK_OPT_STATE, GK_OPT_UNIT, GK_OPT_AFTER, GK_OPTS };
    json_t *body = gk_cli_body(self);
    add_options(self, body, opts);
    return gk_cli_answer(self, "case.list", body, view_list);
}

int gk_run_pull(gk_cli *self)
{
    static const gk_opt opts[] = { GK_OPT_DESK, GK_OPT_UNIT, GK_OPTS };
    if (!gk_cli_value(self, GK_OPT_DESK))
        return gk_cli_usage(self, GK_TR(self, "请用 --desk 说明环节，一览见 gongkai queue",
                                        "name the desk with --desk; gongkai queue lists them"));
    json_t *body = gk_cli_body(self);
    add_options(self, body, opts);
    gk_json_auto *ok = NULL;
    int status = gk_cli_ask(self, "queue.pull", body, &ok);
    if (status)
        return status;
    body = gk_cli_body(self);
    json_object_set(body, "case", json_object_get(ok, "case"));
    return gk_cli_answer(self, "case.show", body, gk_view_case);
}

int gk_run_show(gk_cli *self)
{
    json_t *body = gk_cli_body(self);
    json_object_set_new(body, "case", json_string(self->word[0]));
    return gk_cli_answer(self, "case.show", body, gk_view_case);
}

int gk_run_explain(gk_cli *self)
{
    json_t *body = gk_cli_right(self, self->word[0]);
    if (gk_cli_value(self, GK_OPT_DAYS))
        json_object_set_new(body, "days", json_true());
    return gk_cli_answer(self, "case.explain", body, gk_view_explain);
}

static void view_similar(const gk_cli *self, const json_t *ok)
{
    static const gk_view_column columns[] = {
        { "number", "登记编号", "Number" }, { "outcome", "决定", "Decision" }, { "article", "依据", "Article" },
        { "decided_on", "决定日期", "Decided" }, { "words", "主题词", "Subject" },
    };
    gk_view_table(self, json_object_get(ok, "decisions"), columns, 5);
}

int gk_run_similar(gk_cli *self)
{
    json_t *body = gk_cli_body(self);
    json_object_set_new(body, "case", json_string(self->word[0]));
    return gk_cli_answer(self, "query.similar", body, view_similar);
}
