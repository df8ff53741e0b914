/*  gk_report - what must hold of a report whatever its cases, and the sentence that says it. */
#include "core/report.h"
#include "base/mem.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

typedef struct checking {
    const gk_report *report, *before;
    const gk_report_form *form;
    json_t *where;
    bool compared;              /* there was something to compare */
} checking;

static void __attribute__((format(printf, 2, 3))) violated(checking *self, const char *format, ...)
{
    char text[200];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    json_array_append_new(self->where, json_string(text));
}

static int64_t cell(const gk_report *report, const gk_report_form *form, gk_report_count row, int column)
{
    return report->cells[gk_report_form_that(form, row)][column];
}

/*  ---- one function an identity ------------------------------------------------------------ */

static void came_and_went(checking *self)
{
    for (int i = 0; i < GK_REPORT_COLUMNS; i++) {
        int64_t received = cell(self->report, self->form, GK_COUNTS_RECEIVED, i), carried = cell(self->report, self->form, GK_COUNTS_CARRIED, i);
        int64_t ended = cell(self->report, self->form, GK_COUNTS_ENDED, i), pending = cell(self->report, self->form, GK_COUNTS_PENDING, i);
        if (received + carried != ended + pending)
            violated(self, "%s: %" PRId64 " + %" PRId64 " ≠ %" PRId64 " + %" PRId64, gk_report_form_column(self->form, i), received, carried,
                     ended, pending);
    }
}

static void outcomes_add_up(checking *self)
{
    const gk_report_row *row;
    for (int i = 0; i < GK_REPORT_COLUMNS; i++) {
        int64_t sum = 0, ended = cell(self->report, self->form, GK_COUNTS_ENDED, i);
        for (int r = 0; (row = gk_report_form_row(self->form, r)); r++)
            sum += row->counts == GK_COUNTS_OUTCOME ? self->report->cells[r][i] : 0;
        if (sum != ended)
            violated(self, "%s: %" PRId64 " ≠ %" PRId64, gk_report_form_column(self->form, i), sum, ended);
    }
}

static void columns_add_up(checking *self)
{
    const gk_report_row *row;
    for (int r = 0; (row = gk_report_form_row(self->form, r)); r++) {
        int64_t sum = 0, total = self->report->cells[r][GK_REPORT_TOTAL];
        for (int i = 0; i < GK_REPORT_TOTAL; i++)
            sum += self->report->cells[r][i];
        if (sum != total)
            violated(self, "%s: %" PRId64 " ≠ %" PRId64, row->code, sum, total);
    }
}

static void rulings_add_up(checking *self)
{
    for (int forum = 0; forum < GK_FORUMS; forum++) {
        int64_t sum = 0, total = self->report->pleas[forum][GK_RULINGS];
        for (int i = 0; i < GK_RULINGS; i++)
            sum += self->report->pleas[forum][i];
        if (sum != total)
            violated(self, "%s: %" PRId64 " ≠ %" PRId64, gk_forum_name(forum), sum, total);
    }
}

static void carried_over(checking *self)
{
    self->compared = self->before != NULL;
    for (int i = 0; self->before && i < GK_REPORT_COLUMNS; i++) {
        int64_t left = cell(self->before, self->form, GK_COUNTS_PENDING, i), carried = cell(self->report, self->form, GK_COUNTS_CARRIED, i);
        if (left != carried)
            violated(self, "%s: %" PRId64 " ≠ %" PRId64, gk_report_form_column(self->form, i), left, carried);
    }
}

static void rules_in_force(checking *self)
{
    self->compared = false;
    const json_t *balance;
    for (size_t i = 0; self->before && (balance = gk_report_form_balance(self->form, i)); i++) {
        int at[3];
        for (size_t k = 0; k < 3; k++)
            at[k] = gk_report_form_find_figure(self->form, json_string_value(json_array_get(balance, k)));
        if (!self->before->entered[at[0]] || !self->report->entered[at[0]])
            continue;
        self->compared = true;
        int64_t valid = self->report->figures[at[0]], last = self->before->figures[at[0]];
        int64_t made = self->report->figures[at[1]], repealed = self->report->figures[at[2]];
        if (valid != last + made - repealed)
            violated(self, "%s: %" PRId64 " ≠ %" PRId64 " + %" PRId64 " − %" PRId64, gk_report_form_figure(self->form, at[0]), valid, last, made,
                     repealed);
    }
}

/*  The number right behind a word, at most a few characters between them; -1 when none stands there. */
static int64_t number_behind(const char *text)
{
    enum { NEAR = 24 };
    size_t skip = strcspn(text, "0123456789"), digits = strspn(text + skip, "0123456789");
    return skip > NEAR || !digits || digits > 9 ? -1 : strtoll(text + skip, NULL, 10);
}

/*  What part 1 says of the table's totals is what the table says. */
static void text_agrees(checking *self, const char *overview)
{
    const gk_report_row *row;
    self->compared = overview && *overview;
    for (int r = 0; self->compared && (row = gk_report_form_row(self->form, r)); r++) {
        const char *found = *row->said ? strstr(overview, row->said) : NULL;
        int64_t said = found ? number_behind(found + strlen(row->said)) : -1, total = self->report->cells[r][GK_REPORT_TOTAL];
        if (said >= 0 && said != total)
            violated(self, "%s: %s %" PRId64 " ≠ %" PRId64, row->code, row->said, said, total);
    }
}

/*  ---- all of them ---------------------------------------------------------------------------- */

static const struct {
    const char *identity, *zh, *en;
    void (*check)(checking *self);      /* NULL: the text's */
} identities[] = {
    { "I1", "一＋二＝三（七）＋四，逐列", "1 + 2 = 3.7 + 4, by column", came_and_went },
    { "I2", "三（一）至（六）之和＝三（七），逐列", "3.1 to 3.6 add up to 3.7, by column", outcomes_add_up },
    { "I3", "六类申请人之和＝总计，逐行", "the six kinds of applicant add up to the total, by row", columns_add_up },
    { "I4", "维持＋纠正＋其他＋未审结＝总计", "upheld + corrected + other + pending = total", rulings_add_up },
    { "I5", "上年四＝本年二，逐列", "4 of the year before = 2, by column", carried_over },
    { "I6", "现行有效＝上年现行有效＋制发−废止", "in force = in force the year before + made − repealed", rules_in_force },
    { "I7", "第一部分文字中的数字与表一致", "the numbers in the text of part 1 are those of the table", NULL },
};

json_t *gk_report_check(const gk_report *self, const gk_report_form *form, const gk_report *before, const char *overview)
{
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof identities / sizeof *identities; i++) {
        checking c = { .report = self, .before = before, .form = form, .where = json_array(), .compared = true };
        if (identities[i].check)
            identities[i].check(&c);
        else
            text_agrees(&c, overview);
        json_t *holds = json_array_size(c.where) ? json_false() : c.compared ? json_true() : json_null();
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:o, s:o}", "identity", identities[i].identity, "zh", identities[i].zh,
                                              "en", identities[i].en, "holds", holds, "where", c.where));
    }
    return list;
}

size_t gk_report_violated(const json_t *list)
{
    size_t index, count = 0;
    json_t *entry;
    json_array_foreach(list, index, entry)
        count += json_is_false(json_object_get(entry, "holds"));
    return count;
}

char *gk_report_sentence(const gk_report *self, const gk_report_form *form)
{
    int64_t numbers[GK_COUNTS];
    for (int i = 0; i < GK_COUNTS; i++)
        numbers[i] = cell(self, form, (gk_report_count) i, GK_REPORT_TOTAL);
    return gk_format("%d年，本机关新收政府信息公开申请%" PRId64 "件，上年结转%" PRId64 "件；办结%" PRId64 "件，结转下年度继续办理%" PRId64 "件。",
                     self->year, numbers[GK_COUNTS_RECEIVED], numbers[GK_COUNTS_CARRIED], numbers[GK_COUNTS_ENDED],
                     numbers[GK_COUNTS_PENDING]);
}
