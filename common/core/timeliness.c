/*  gk_report_timeliness - what came in and went out in a year, and how long it took: by unit, by month, by kind
 *  of decision. */
#include "base/mem.h"
#include "base/text.h"
#include "core/report.h"

#include <stdlib.h>
#include <string.h>

typedef struct group {
    char key[GK_CODE];
    int64_t received, ended, replied, timely, late, extended, open, overdue, days, most;
} group;

typedef struct groups {
    group *list;
    size_t count;
} groups;

static void groups_clear(groups *self)
{
    free(self->list);
}

static group *group_of(groups *self, const char *key)
{
    for (size_t i = 0; i < self->count; i++)
        if (strcmp(self->list[i].key, key) == 0)
            return &self->list[i];
    self->list = gk_regrow(self->list, self->count + 1, sizeof *self->list);
    group *added = &self->list[self->count++];
    *added = (group) { 0 };
    gk_text_copy(added->key, sizeof added->key, key);
    return added;
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const group *) a)->key, ((const group *) b)->key);
}

static void count_end(group *self, const gk_report_case *file, int days)
{
    self->ended++;
    self->replied += file->replied;
    self->timely += file->replied && file->timely;
    self->late += file->replied && !file->timely;
    self->extended += file->extended;
    self->days += days;
    self->most = days > self->most ? days : self->most;
}

static json_t *groups_json(groups *self, bool received, bool open)
{
    json_t *list = json_array();
    if (self->count)
        qsort(self->list, self->count, sizeof *self->list, by_key);
    for (size_t i = 0; i < self->count; i++) {
        const group *g = &self->list[i];
        json_t *entry = json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "key", g->key, "ended", (json_int_t) g->ended, "replied",
                                  (json_int_t) g->replied, "timely", (json_int_t) g->timely, "late", (json_int_t) g->late, "extended",
                                  (json_int_t) g->extended, "days",
                                  (json_int_t) (g->ended ? (g->days * 10 + g->ended / 2) / g->ended : 0), "most", (json_int_t) g->most);
        if (received)
            json_object_set_new(entry, "received", json_integer(g->received));
        if (open) {
            json_object_set_new(entry, "open", json_integer(g->open));
            json_object_set_new(entry, "overdue", json_integer(g->overdue));
        }
        json_array_append_new(list, entry);
    }
    return list;
}

static bool in_year(gk_date on, int year, int *month)
{
    int of = 0;
    if (!gk_date_is_none(on))
        gk_date_split(on, &of, month, NULL);
    return of == year;
}

static const char *month_key(int year, int month, char out[static GK_CODE])
{
    snprintf(out, GK_CODE, "%04u-%02u", (unsigned) year % 10000, (unsigned) month % 100);
    return out;
}

json_t *gk_report_timeliness(const gk_report_case *cases, size_t count, int year, const gk_calendar *calendar, gk_date today)
{
    __attribute__((cleanup(groups_clear))) groups units = { 0 }, months = { 0 }, kinds = { 0 };
    char key[GK_CODE];
    for (size_t i = 0; i < count; i++) {
        const gk_report_case *file = &cases[i];
        int month = 0;
        if (gk_date_is_none(file->received_on) || file->records)
            continue;
        if (in_year(file->received_on, year, &month)) {
            group_of(&units, file->unit)->received++;
            group_of(&months, month_key(year, month, key))->received++;
        }
        if (in_year(file->ended_on, year, &month)) {
            int days = gk_calendar_between(calendar, file->received_on, file->ended_on);
            count_end(group_of(&units, file->unit), file, days);
            count_end(group_of(&months, month_key(year, month, key)), file, days);
            count_end(group_of(&kinds, file->outcome), file, days);
        } else if (gk_date_is_none(file->ended_on)) {
            group *unit = group_of(&units, file->unit);
            unit->open++;
            unit->overdue += file->running && !gk_date_is_none(file->due_on) && file->due_on.day < today.day;
        }
    }
    return json_pack("{s:o, s:o, s:o}", "units", groups_json(&units, true, true), "months", groups_json(&months, true, false), "kinds",
                     groups_json(&kinds, false, false));
}
