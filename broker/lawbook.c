/*  gk_lawbook - rules, outcomes, calendar and offices. */
#include "broker/lawbook.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FILE = 4 << 20 };

typedef gk_err file_reader(gk_lawbook *self, const char *path, gk_why *why);

static int by_suffix_txt(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && strcmp(dot, ".txt") == 0;
}

/*  Read each file of a folder of schemas/, in the order of their names. */
static gk_err each_file(gk_lawbook *self, const char *folder, int (*wanted)(const struct dirent *), file_reader *reader,
                        gk_why *why)
{
    gk_free_auto char *path = gk_paths_schema(folder);
    struct dirent **names = NULL;
    int count = scandir(path, &names, wanted, alphasort);
    if (count < 0)
        return gk_refuse(why, GK_ENOTFOUND, "%s: %s", path, strerror(errno));
    gk_err err = GK_OK;
    for (int i = 0; i < count; i++) {
        gk_free_auto char *file = gk_format("%s/%s", path, names[i]->d_name);
        if (!err)
            err = reader(self, file, why);
        free(names[i]);
    }
    free(names);
    return err;
}

static gk_err read_notice(gk_lawbook *self, const char *path, gk_why *why)
{
    size_t len;
    gk_free_auto char *text = gk_file_read(path, MOST_FILE, &len);
    if (!text)
        return gk_file_refuse(path, MOST_FILE, why);
    gk_why inner = { "" };
    gk_err err = gk_calendar_load(self->calendar, text, len, &inner);
    return err ? gk_refuse(why, err, "%.100s: %.200s", path, inner.text) : GK_OK;
}

/*  ---- what the ledger recorded --------------------------------------------------------- */

typedef struct reading {
    gk_lawbook *book;
    gk_calendar *calendar;
    int org_seq;
    gk_err err;
    gk_why *why;
} reading;

static bool read_event(void *context, const gk_event *event)
{
    reading *r = context;
    if (event->type == GK_ORG_LOADED)
        r->org_seq = event->seq;
    if (event->type == GK_CALENDAR_LOADED) {
        const char *notice = gk_json_text(event->data, "notice");
        r->err = gk_calendar_load_kept(r->book->calendar, notice, strlen(notice), r->why);
    }
    return !r->err;
}

static gk_err read_org(gk_lawbook *self, gk_store *store, int64_t stream, int seq, gk_why *why)
{
    size_t len;
    gk_free_auto char *body = gk_store_seal(store, stream, seq, "org", &len);
    gk_json_auto *file = NULL;
    if (!body || gk_json_parse(body, len, &file, why))
        return gk_refuse(why, GK_EDAMAGED, "the offices that the ledger recorded cannot be read");
    gk_org *org = NULL;
    gk_err err = gk_org_read(file, &org, why);
    if (!err) {
        gk_org_destroy(&self->org);
        self->org = org;
    }
    return err;
}

gk_err gk_lawbook_reload(gk_lawbook *self, gk_store *store, gk_why *why)
{
    gk_calendar *before = self->calendar;
    self->calendar = gk_calendar_new();
    gk_err err = each_file(self, "calendar", by_suffix_txt, read_notice, why);
    gk_free_auto char *district = gk_store_meta(store, "district");
    int64_t stream = district ? gk_store_ledger_of(store, district) : 0;
    /*  Without it nobody would be known, and the next load of offices allowed to anybody. */
    gk_free_auto char *last = gk_store_last_instant(store);
    if (!err && !stream && (!last || *last))
        err = gk_refuse(why, GK_EDAMAGED, "the ledger has events and does not say which office is the district's");
    reading r = { .book = self, .why = why };
    if (!err && stream)
        err = gk_store_events(store, stream, 1, read_event, &r, why);
    if (!err)
        err = r.err;
    if (!err && r.org_seq)
        err = read_org(self, store, stream, r.org_seq, why);
    /*  What cannot be read whole leaves the days as they were: half a calendar would move due dates. */
    gk_calendar *unwanted = err ? self->calendar : before;
    self->calendar = err ? before : self->calendar;
    gk_calendar_destroy(&unwanted);
    self->law = (gk_law) { self->calendar, self->rules, self->outcomes, self->org };
    return err;
}

gk_err gk_lawbook_open(gk_store *store, gk_lawbook **out, gk_why *why)
{
    gk_auto(gk_lawbook) self = gk_new(gk_lawbook);
    gk_json_auto *rules_file = NULL, *outcomes_file = NULL, *report_file = NULL;
    gk_err err = gk_json_load_schema("rules/rules.json", MOST_FILE, &rules_file, why);
    if (!err)
        err = gk_rules_read(rules_file, &self->rules, why);
    if (!err)
        err = gk_json_load_schema("outcomes/outcomes.json", MOST_FILE, &outcomes_file, why);
    if (!err)
        err = gk_outcomes_read(outcomes_file, &self->outcomes, why);
    if (!err)
        err = gk_json_load_schema("report/annual.json", MOST_FILE, &report_file, why);
    if (!err)
        err = gk_report_form_read(report_file, &self->report, why);
    if (!err)
        err = gk_report_form_fits(self->report, self->outcomes, why);
    if (!err)
        err = gk_lawbook_reload(self, store, why);
    if (err)
        return err;
    *out = self;
    self = NULL;
    return GK_OK;
}

void gk_lawbook_destroy(gk_lawbook **self_p)
{
    if (*self_p) {
        gk_calendar_destroy(&(*self_p)->calendar);
        gk_rules_destroy(&(*self_p)->rules);
        gk_outcomes_destroy(&(*self_p)->outcomes);
        gk_report_form_destroy(&(*self_p)->report);
        gk_org_destroy(&(*self_p)->org);
        free(*self_p);
        *self_p = NULL;
    }
}
