/*  The calculators: no broker, the same engine as the workers'. */
#include "clients/gongkai/clockfile.h"
#include "clients/gongkai/lawbook.h"
#include "clients/gongkai/verbs.h"
#include "clients/gongkai/view.h"
#include "base/mem.h"
#include "core/fee.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { WORKDAYS_MAX = 1000 };

static int open_calendar(const gk_cli *self, gk_calendar **out)
{
    gk_why why = { "" };
    gk_err err = gk_lawbook_calendar(out, &why);
    return err ? gk_cli_fail(self, err, &why) : GK_EXIT_OK;
}

static int open_rules(const gk_cli *self, gk_rules **out)
{
    gk_why why = { "" };
    gk_err err = gk_lawbook_rules(out, &why);
    return err ? gk_cli_fail(self, err, &why) : GK_EXIT_OK;
}

/*  ---- working days --------------------------------------------------------- */

static void warn_provisional(const gk_cli *self, const gk_calendar *calendar)
{
    char first[GK_DATE_TEXT], last[GK_DATE_TEXT];
    gk_date_format(gk_calendar_first(calendar), first);
    gk_date_format(gk_calendar_last(calendar), last);
    gk_cli_note(self, GK_TR(self, "暂定：放假通知只涵盖 %s 至 %s，其外按周一至周五计算，新通知下达后可能变动",
                            "provisional: the holiday notices cover %s to %s; outside, Monday to Friday is "
                            "counted, and a new notice may change the result"), first, last);
}

int gk_run_workday_add(gk_cli *self)
{
    gk_date start;
    int64_t days;
    int status = gk_cli_date(self, self->word[0], &start);
    if (status)
        return status;
    if (!gk_args_number(self->word[1], 0, WORKDAYS_MAX, &days))
        return gk_cli_usage(self, GK_TR(self, "工作日数应为 0 至 %d 的整数", "N is a whole number from 0 to %d"),
                            WORKDAYS_MAX);
    gk_auto(gk_calendar) calendar = NULL;
    status = open_calendar(self, &calendar);
    if (status)
        return status;
    gk_due due = gk_calendar_due(calendar, start, (int) days);
    char text[GK_DATE_TEXT];
    gk_date_format(due.date, text);
    if (self->json) {
        gk_json_auto *answer = json_pack("{s:s, s:b}", "date", text, "provisional", due.provisional);
        gk_cli_json(answer);
    } else {
        puts(text);
    }
    if (due.provisional)
        warn_provisional(self, calendar);
    return GK_EXIT_OK;
}

/*  The days counted are those in (earlier, later]. */
static bool is_covered(const gk_calendar *calendar, gk_date from, gk_date to)
{
    gk_date early = from.day < to.day ? from : to, late = from.day < to.day ? to : from;
    return early.day == late.day
        || (early.day + 1 >= gk_calendar_first(calendar).day && late.day <= gk_calendar_last(calendar).day);
}

int gk_run_workday_between(gk_cli *self)
{
    gk_date from, to;
    int status = gk_cli_date(self, self->word[0], &from);
    if (!status)
        status = gk_cli_date(self, self->word[1], &to);
    gk_auto(gk_calendar) calendar = NULL;
    if (!status)
        status = open_calendar(self, &calendar);
    if (status)
        return status;
    int days = gk_calendar_between(calendar, from, to);
    bool provisional = !is_covered(calendar, from, to);
    if (self->json) {
        gk_json_auto *answer = json_pack("{s:i, s:b}", "workdays", days, "provisional", provisional);
        gk_cli_json(answer);
    } else {
        printf("%d\n", days);
    }
    if (provisional)
        warn_provisional(self, calendar);
    return GK_EXIT_OK;
}

/*  ---- fees ----------------------------------------------------------------- */

static int read_units(const gk_cli *self, const char *name, const char *text, int64_t *out)
{
    if (text && gk_args_number(text, 0, GK_FEE_MOST, out))
        return GK_EXIT_OK;
    return gk_cli_usage(self, GK_TR(self, "%s 应为 0 至 %d 的整数", "%s is a whole number from 0 to %d"), name,
                        GK_FEE_MOST);
}

/*  Takes the lines of the arithmetic over. */
static int answer_fee(const gk_cli *self, int64_t yuan, json_t *arithmetic)
{
    gk_json_auto *answer = json_pack("{s:I, s:o}", "yuan", (json_int_t) yuan, "arithmetic", arithmetic);
    if (self->json)
        gk_cli_json(answer);
    else
        printf("%" PRId64 "\n", yuan);
    return GK_EXIT_OK;
}

int gk_run_fee_items(gk_cli *self)
{
    int64_t before, count;
    int status = read_units(self, "--before", gk_cli_value(self, GK_OPT_BEFORE), &before);
    if (!status)
        status = read_units(self, "--count", gk_cli_value(self, GK_OPT_COUNT), &count);
    gk_auto(gk_rules) rules = NULL;
    if (!status)
        status = open_rules(self, &rules);
    if (status)
        return status;
    return answer_fee(self, gk_fee_items(rules, before, count), gk_fee_items_lines(rules, before, count));
}

int gk_run_fee_pages(gk_cli *self)
{
    int64_t pages;
    int status = read_units(self, GK_TR(self, "页数", "the number of pages"), self->word[0], &pages);
    gk_auto(gk_rules) rules = NULL;
    if (!status)
        status = open_rules(self, &rules);
    return status ? status : answer_fee(self, gk_fee_pages(rules, pages), gk_fee_pages_lines(rules, pages));
}

/*  ---- the clock ------------------------------------------------------------ */

static int wind(const gk_cli *self, const char *text, size_t len, const char *path)
{
    gk_auto(gk_calendar) calendar = NULL;
    gk_auto(gk_rules) rules = NULL;
    gk_auto(gk_clock) clock = NULL;
    gk_json_auto *file = NULL;
    gk_date as_of;
    gk_why why = { "" }, inner = { "" };
    gk_err err = gk_json_parse(text, len, &file, &inner);
    if (!err && !json_is_object(file))
        err = gk_refuse(&inner, GK_EBADVALUE, "an object with received_on, as_of and events is wanted");
    if (!err)
        err = gk_lawbook_calendar(&calendar, &inner);
    if (!err)
        err = gk_lawbook_rules(&rules, &inner);
    if (!err)
        err = gk_clockfile_read(file, calendar, rules, &clock, &as_of, &inner);
    if (err)
        return gk_cli_fail(self, gk_refuse(&why, err, "%.100s: %s", strcmp(path, "-") ? path : "stdin", inner.text),
                           &why);
    gk_json_auto *answer = gk_clockfile_answer(clock, as_of, gk_cli_value(self, GK_OPT_DAYS) != NULL);
    if (self->json)
        gk_cli_json(answer);
    else
        gk_view_explain(self, answer);
    if (json_is_true(json_object_get(answer, "provisional")))
        warn_provisional(self, calendar);
    return GK_EXIT_OK;
}

int gk_run_clock(gk_cli *self)
{
    size_t len;
    gk_free_auto char *text = NULL;
    int status = gk_cli_read(self, self->word[0], GK_CLI_FORM_MAX, &text, &len);
    return status ? status : wind(self, text, len, self->word[0]);
}
