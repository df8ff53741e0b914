/*  gk_report_form - rows, columns and figures of the annual report, as schemas/report/annual.json has them.
 *
 *  The rows point into a copy of the parsed file; reading is checking and pointing. */
#include "core/report.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct gk_report_form {
    json_t *file;
    gk_report_row rows[GK_REPORT_ROWS + 1];     /* ends with a NULL code */
    int first_year;
};

static const char *const counts[GK_COUNTS] = { "received", "carried", "outcome", "ended", "pending" };
static const char *const forums[] = { "reconsideration", "lawsuit", "lawsuit_after", NULL };
static const char *const rulings[] = { "upheld", "corrected", "other", "pending", "total", NULL };

const char *gk_forum_name(int forum)
{
    return forum <= GK_FORUMS ? forums[forum] : NULL;
}

const char *gk_ruling_name(int ruling)
{
    return ruling <= GK_RULINGS + 1 ? rulings[ruling] : NULL;
}

static const char *code_at(const gk_report_form *self, const char *list, int index)
{
    const json_t *entry = json_array_get(json_object_get(self->file, list), (size_t) index);
    return entry ? gk_json_text(entry, "code") : NULL;
}

static int find(const gk_report_form *self, const char *list, const char *code)
{
    const char *known;
    for (int i = 0; (known = code_at(self, list, i)); i++)
        if (strcmp(known, code) == 0)
            return i;
    return -1;
}

/*  Every entry of a list has a code of its own and both labels. */
static gk_err check_list(const gk_report_form *self, const char *list, size_t least, size_t most, gk_why *why)
{
    const json_t *entries = json_object_get(self->file, list);
    size_t index, count = json_array_size(entries);
    json_t *entry;
    if (count < least || count > most)
        return gk_refuse(why, GK_EBADVALUE, "the report's %s must be %zu to %zu", list, least, most);
    json_array_foreach(entries, index, entry) {
        const char *code = gk_json_text(entry, "code");
        if (!*code || !*gk_json_text(entry, "zh") || !*gk_json_text(entry, "en"))
            return gk_refuse(why, GK_EMISSING, "the report's %s: entry %zu needs code, zh and en", list, index + 1);
        if (find(self, list, code) != (int) index)
            return gk_refuse(why, GK_EBADVALUE, "the report's %s: entry %zu has the code of another", list, index + 1);
    }
    return GK_OK;
}

/*  The lists whose codes this program knows stand in its order. */
static gk_err check_names(const gk_report_form *self, const char *list, const char *const *names, gk_why *why)
{
    for (int i = 0; names[i]; i++)
        if (find(self, list, names[i]) != i)
            return gk_refuse(why, GK_EBADVALUE, "the report's %s: %s must be entry %d", list, names[i], i + 1);
    return GK_OK;
}

static gk_err read_rows(gk_report_form *self, gk_why *why)
{
    size_t index, seen[GK_COUNTS] = { 0 };
    json_t *entry;
    json_array_foreach(json_object_get(self->file, "rows"), index, entry) {
        int what = 0;
        while (what < GK_COUNTS && strcmp(counts[what], gk_json_text(entry, "counts")) != 0)
            what++;
        if (what == GK_COUNTS)
            return gk_refuse(why, GK_EBADVALUE, "the report's rows: entry %zu counts what is not known", index + 1);
        seen[what]++;
        self->rows[index] = (gk_report_row) { gk_json_text(entry, "code"), gk_json_text(entry, "said"), (gk_report_count) what };
    }
    for (int what = 0; what < GK_COUNTS; what++)
        if (seen[what] == 0 || (seen[what] > 1 && what != GK_COUNTS_OUTCOME))
            return gk_refuse(why, GK_EBADVALUE, "the report's rows: %zu count %s", seen[what], counts[what]);
    return GK_OK;
}

static gk_err check_balances(const gk_report_form *self, gk_why *why)
{
    size_t index, place;
    json_t *balance, *code;
    json_array_foreach(json_object_get(self->file, "balances"), index, balance) {
        if (json_array_size(balance) != 3)
            return gk_refuse(why, GK_EBADVALUE, "the report's balances: entry %zu names three figures", index + 1);
        json_array_foreach(balance, place, code)
            if (!json_is_string(code) || find(self, "figures", json_string_value(code)) < 0)
                return gk_refuse(why, GK_EBADVALUE, "the report's balances: entry %zu names no figure", index + 1);
    }
    return GK_OK;
}

gk_err gk_report_form_read(const json_t *file, gk_report_form **out, gk_why *why)
{
    gk_auto(gk_report_form) self = gk_new(gk_report_form);
    self->file = json_deep_copy(file);
    self->first_year = (int) json_integer_value(json_object_get(file, "first_year"));
    gk_err err = check_list(self, "columns", GK_REPORT_COLUMNS, GK_REPORT_COLUMNS, why);
    if (!err)
        err = check_list(self, "rows", GK_COUNTS, GK_REPORT_ROWS, why);
    if (!err)
        err = check_list(self, "figures", 1, GK_REPORT_FIGURES, why);
    if (!err)
        err = check_names(self, "forums", forums, why);
    if (!err)
        err = check_names(self, "results", rulings, why);
    if (!err)
        err = read_rows(self, why);
    if (!err)
        err = check_balances(self, why);
    if (!err && strcmp(code_at(self, "columns", GK_REPORT_TOTAL), "total") != 0)
        err = gk_refuse(why, GK_EBADVALUE, "the report's last column must be the total");
    if (!err && gk_report_form_find_column(self, gk_report_form_without_kind(self)) < 0)
        err = gk_refuse(why, GK_EBADVALUE, "the report's without_kind must be a column");
    if (err)
        return err;
    *out = self;
    self = NULL;
    return GK_OK;
}

void gk_report_form_destroy(gk_report_form **self_p)
{
    if (*self_p) {
        json_decref((*self_p)->file);
        free(*self_p);
        *self_p = NULL;
    }
}

gk_err gk_report_form_fits(const gk_report_form *self, const gk_outcomes *outcomes, gk_why *why)
{
    const gk_outcome *outcome;
    for (size_t i = 0; (outcome = gk_outcomes_at(outcomes, i)); i++) {
        if (outcome->records)
            continue;           /* beside the table (DECISIONS "Report") */
        int row = gk_report_form_find_row(self, outcome->report_row);
        if (row < 0 || self->rows[row].counts != GK_COUNTS_OUTCOME)
            return gk_refuse(why, GK_EBADVALUE, "outcome %.10s: the annual report has no row %.10s for it", outcome->code, outcome->report_row);
    }
    return GK_OK;
}

const json_t *gk_report_form_json(const gk_report_form *self)
{
    return self->file;
}

int gk_report_form_first_year(const gk_report_form *self)
{
    return self->first_year;
}

const gk_report_row *gk_report_form_row(const gk_report_form *self, int index)
{
    return self->rows[index].code ? &self->rows[index] : NULL;
}

int gk_report_form_find_row(const gk_report_form *self, const char *code)
{
    for (int i = 0; self->rows[i].code; i++)
        if (strcmp(self->rows[i].code, code) == 0)
            return i;
    return -1;
}

int gk_report_form_that(const gk_report_form *self, gk_report_count what)
{
    int i = 0;
    while (self->rows[i].counts != what)
        i++;
    return i;
}

const char *gk_report_form_column(const gk_report_form *self, int index)
{
    return code_at(self, "columns", index);
}

int gk_report_form_find_column(const gk_report_form *self, const char *kind)
{
    int column = find(self, "columns", kind);
    return column == GK_REPORT_TOTAL ? -1 : column;
}

const char *gk_report_form_without_kind(const gk_report_form *self)
{
    return gk_json_text(self->file, "without_kind");
}

const char *gk_report_form_figure(const gk_report_form *self, int index)
{
    return code_at(self, "figures", index);
}

int gk_report_form_find_figure(const gk_report_form *self, const char *code)
{
    return find(self, "figures", code);
}

const json_t *gk_report_form_balance(const gk_report_form *self, size_t index)
{
    return json_array_get(json_object_get(self->file, "balances"), index);
}
