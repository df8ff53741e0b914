/*  Looking after the system: does the ledger verify, who works, what is stuck, what the
 *  calendar and the organisation are. */
#include "clients/gongkai/verbs.h"
#include "clients/gongkai/view.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { ADVANCE_WAIT_MS = 600 * 1000, VERIFY_WAIT_MS = 600 * 1000 };

/*  ---- verify ------------------------------------------------------------------ */

static void print_verdict(const gk_cli *self, const json_t *ok)
{
    static const gk_view_column columns[] = {
        { "case", "案号", "Case" }, { "seq", "序号", "Seq" }, { "text", "问题", "Problem" },
    };
    const json_t *problems = json_object_get(ok, "problems");
    gk_auto(gk_sheet) sheet = gk_sheet_new(2);
    char number[32];
    snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(json_object_get(ok, "cases")));
    gk_view_field(sheet, GK_TR(self, "案件", "Cases"), number);
    snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(json_object_get(ok, "events")));
    gk_view_field(sheet, GK_TR(self, "事件", "Events"), number);
    gk_view_field(sheet, GK_TR(self, "链首", "Head"), gk_json_text(ok, "head"));
    gk_view_field(sheet, GK_TR(self, "结果", "Verdict"),
                  json_array_size(problems)
                      ? GK_TR(self, "不一致，请保留现场并通知管理员",
                              "differences; keep everything as it is and tell the administrator")
                      : GK_TR(self, "一致", "all as it should be"));
    gk_view_print(sheet);
    if (json_array_size(problems)) {
        putchar('\n');
        gk_view_table(self, problems, columns, 3);
    }
}

int gk_ask_verify(gk_cli *self, const char *owner, const char *head)
{
    json_t *body = gk_cli_body(self);
    if (owner)
        json_object_set_new(body, "case", json_string(owner));
    if (head)
        json_object_set_new(body, "head", json_string(head));
    gk_json_auto *ok = NULL;
    int status = gk_cli_ask_with(self, "query.verify", NULL, body, VERIFY_WAIT_MS, NULL, NULL, &ok);
    if (status)
        return status;
    if (self->json)
        gk_cli_json(ok);
    else
        print_verdict(self, ok);
    const json_t *problems = json_object_get(ok, "problems");
    return json_is_array(problems) && !json_array_size(problems) ? GK_EXIT_OK : GK_EXIT_REFUSED;
}

int gk_run_verify(gk_cli *self)
{
    const char *proof = gk_cli_value(self, GK_OPT_PROOF), *receipt = gk_cli_value(self, GK_OPT_RECEIPT), *head = gk_cli_value(self, GK_OPT_HEAD);
    if ((proof != NULL) + (receipt != NULL) + (head || self->words) > 1 || (head && !self->words) || (gk_cli_value(self, GK_OPT_KEY) && !proof && !receipt))
        return gk_cli_usage(self, GK_TR(self, "核验全部、一案（可附 --head）、--proof FILE 或者 --receipt FILE 之一；--key 只用于后两者",
                                        "check all, a case (with --head if wanted), --proof FILE or --receipt FILE; --key is for the last two"));
    return proof ? gk_check_saved(self, proof, true) : receipt ? gk_check_saved(self, receipt, false)
        : gk_ask_verify(self, self->words ? self->word[0] : NULL, head);
}

/*  ---- workers and dead letters --------------------------------------------------- */

static void view_workers(const gk_cli *self, const json_t *ok)
{
    static const gk_view_column workers[] = {
        { "service", "服务", "Service" }, { "count", "进程", "Workers" }, { "busy", "在办", "Busy" },
        { "credit", "余量", "Credit" },
    };
    static const gk_view_column services[] = {
        { "service", "服务", "Service" }, { "ready", "待办", "Ready" }, { "leased", "在办", "Leased" },
        { "dead", "失败", "Dead" },
    };
    puts(GK_TR(self, "工作进程", "Workers"));
    gk_view_table(self, json_object_get(ok, "workers"), workers, 4);
    puts(GK_TR(self, "\n任务", "\nJobs"));
    gk_view_table(self, json_object_get(ok, "services"), services, 4);
}

int gk_run_workers(gk_cli *self)
{
    return gk_cli_answer(self, "admin.workers", gk_cli_body(self), view_workers);
}

static void view_dead(const gk_cli *self, const json_t *ok)
{
    static const gk_view_column columns[] = {
        { "job", "任务", "Job" }, { "service", "服务", "Service" }, { "case", "案号", "Case" },
        { "attempts", "次数", "Attempts" }, { "reason", "原因", "Reason" },
    };
    gk_view_table(self, json_object_get(ok, "dead"), columns, 5);
}

int gk_run_dead_list(gk_cli *self)
{
    return gk_cli_answer(self, "admin.dead_letters", gk_cli_body(self), view_dead);
}

/*  Ask, and answer with one sentence unless JSON is wanted. */
static int change(gk_cli *self, const char *service, json_t *body, int wait_ms, json_t **ok)
{
    const char *id = gk_cli_value(self, GK_OPT_REQUEST_ID);
    int status = gk_cli_ask_with(self, service, id, body, wait_ms, NULL, NULL, ok);
    if (!status && self->json)
        gk_cli_json(*ok);
    return status;
}

int gk_run_dead_retry(gk_cli *self)
{
    int64_t job;
    if (!gk_args_number(self->word[0], 0, INT64_MAX, &job))
        return gk_cli_usage(self, GK_TR(self, "任务号为整数，见 gongkai dead-letter list",
                                        "a job is a number, see gongkai dead-letter list"));
    json_t *body = gk_cli_body(self);
    json_object_set_new(body, "job", json_integer(job));
    gk_json_auto *ok = NULL;
    int status = change(self, "admin.retry", body, 0, &ok);
    if (!status && !self->json)
        printf(GK_TR(self, "任务 %s 已重新排队\n", "job %s is queued again\n"), self->word[0]);
    return status;
}

/*  ---- organisation, calendar, training -------------------------------------------- */

static long long number_of(const json_t *ok, const char *key)
{
    return json_integer_value(json_object_get(ok, key));
}

int gk_run_org_load(gk_cli *self)
{
    json_t *org = NULL;
    int status = gk_cli_read_json(self, self->word[0], &org);
    if (status)
        return status;
    json_t *body = gk_cli_body(self);
    json_object_set_new(body, "org", org);
    gk_json_auto *ok = NULL;
    status = change(self, "admin.org_load", body, 0, &ok);
    if (!status && !self->json)
        printf(GK_TR(self, "已载入：机关 %lld，部门 %lld，人员 %lld\n",
                     "loaded: %lld office(s), %lld unit(s), %lld people\n"),
               number_of(ok, "offices"), number_of(ok, "units"), number_of(ok, "people"));
    return status;
}

int gk_run_calendar_load(gk_cli *self)
{
    gk_free_auto char *path = gk_format("@%s", self->word[0]), *text = NULL;
    int status = gk_cli_text(self, strcmp(self->word[0], "-") == 0 ? "-" : path, &text);
    if (status)
        return status;
    json_t *body = gk_cli_body(self);
    json_object_set_new(body, "notice", json_string(text));
    gk_json_auto *ok = NULL;
    status = change(self, "admin.calendar_load", body, ADVANCE_WAIT_MS, &ok);
    if (!status && !self->json)
        printf(GK_TR(self, "放假通知已载入，涵盖至 %s\n", "notice loaded, days are settled to %s\n"),
               gk_json_text(ok, "covered_to"));
    if (!status && !self->json && number_of(ok, "moved"))
        printf(GK_TR(self, "期限变动 %lld 件，其中提前 %lld 件：见 gongkai calendar moved\n",
                     "%lld due date(s) moved, %lld of them forward: gongkai calendar moved\n"), number_of(ok, "moved"), number_of(ok, "earlier"));
    if (!status && !self->json && number_of(ok, "answers"))
        printf(GK_TR(self, "书面答复（复议、诉讼）期限重新推算 %lld 件\n", "%lld written answer(s) in proceedings counted anew\n"), number_of(ok, "answers"));
    if (!status && number_of(ok, "failed"))
        gk_cli_note(self, GK_TR(self, "%lld 件未能重新推算，见系统日志", "%lld case(s) could not be recomputed, see the broker's log"),
                    number_of(ok, "failed"));
    return status;
}

int gk_run_training_advance(gk_cli *self)
{
    gk_date to;
    int status = gk_cli_date(self, self->word[0], &to);
    if (status)
        return status;
    json_t *body = gk_cli_body(self);
    json_object_set_new(body, "to", json_string(self->word[0]));
    gk_json_auto *ok = NULL;
    status = change(self, "admin.training_advance", body, ADVANCE_WAIT_MS, &ok);
    int64_t now;
    const char *text = gk_json_text(ok, "now");
    if (!status && !self->json && gk_time_parse(text, strlen(text), &now) == GK_OK) {
        char date[GK_DATE_TEXT];
        gk_date_format(gk_date_of(now), date);
        printf(GK_TR(self, "演练时钟现为 %s，其间触发定时事项 %lld 项\n",
                     "the training clock stands at %s; %lld timer(s) fired\n"), date, number_of(ok, "fired"));
    }
    return status;
}

int gk_run_time_confirm(gk_cli *self)
{
    gk_json_auto *ok = NULL;
    int status = change(self, "admin.time_confirm", gk_cli_body(self), 0, &ok);
    if (!status && !self->json)
        puts(GK_TR(self, "时间已确认，法定期限的定时事项恢复", "time confirmed; the law's timers run again"));
    return status;
}
