/*  report - the annual report of an office, from its ledger.
 *
 *  An office's stream says what was entered and closed, its cases the rest.  A closed year is answered from the
 *  event that closed it and the list beside that; an open one is counted anew each time.  What was closed and opened
 *  again is shown beside what stands now. */
#include "broker/report.h"
#include "broker/broker.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/feelist.h"

#include <stdlib.h>
#include <string.h>

enum { LISTED = 40000, REMARKED = 200 };        /* case numbers in an answer of at most 1 MiB; beside a table */

/*  ---- what the office's stream says ------------------------------------------------------ */

static const char *const text_names[] = { "overview", "problems", "other" };
enum { TEXTS = 3 };

typedef struct stream {
    int64_t id;
    int year;
    gk_report_closings closings;
    int closing_seq[GK_REPORT_CLOSINGS];        /* their events */
    json_t *units[2];           /* figures by unit, of the year before and of the year */
    json_t *closed[2];          /* data of the events that closed them, or NULL */
    gk_date first_on;           /* its first event */
    gk_date closed_on;
    int closed_seq;
    json_t *versions;           /* what the year was closed with before it was opened again, oldest first */
    int text_seq[TEXTS];        /* events that brought the texts of the year, 0: none */
} stream;

static void stream_clear(stream *self)
{
    for (int i = 0; i < 2; i++) {
        json_decref(self->units[i]);
        json_decref(self->closed[i]);
    }
    json_decref(self->versions);
}
#define stream_auto __attribute__((cleanup(stream_clear))) stream

static void note_figures(stream *self, const gk_event *event, int which)
{
    const char *unit = gk_json_text(event->data, "unit");
    if (!json_object_get(self->units[which], unit))
        json_object_set_new(self->units[which], unit, json_object());
    json_object_update(json_object_get(self->units[which], unit), event->data);
    for (int i = 0; which == 1 && i < TEXTS; i++)
        if (json_object_get(event->data, text_names[i]))
            self->text_seq[i] = event->seq;
}

static void note_closing(stream *self, const gk_event *event, int year)
{
    int64_t at;
    if (self->closings.count == GK_REPORT_CLOSINGS || gk_time_parse(event->at, strlen(event->at), &at))
        return;
    self->closing_seq[self->closings.count] = event->seq;
    self->closings.list[self->closings.count].year = year;
    self->closings.list[self->closings.count++].at = at;
    if (year != self->year && year != self->year - 1)
        return;
    json_decref(self->closed[year == self->year]);
    self->closed[year == self->year] = json_incref(event->data);
    if (year == self->year) {
        self->closed_on = event->on;
        self->closed_seq = event->seq;
    }
}

/*  As if it had never been closed, but for the figures that stood: what was recorded meanwhile counts where it belongs. */
static void note_reopening(stream *self, const gk_event *event, int year)
{
    int kept = 0;
    for (int i = 0; i < self->closings.count; i++)
        if (self->closings.list[i].year != year) {
            self->closing_seq[kept] = self->closing_seq[i];
            self->closings.list[kept++] = self->closings.list[i];
        }
    self->closings.count = kept;
    if (year != self->year && year != self->year - 1)
        return;
    json_t **closed = &self->closed[year == self->year];
    if (year == self->year && *closed)
        json_array_append_new(self->versions, json_pack("{s:o, s:O, s:O, s:o, s:s, s:i}", "closed_on", gk_json_from_date(self->closed_on),
                                                        "sha256", json_object_get(*closed, "sha256"), "figures",
                                                        json_object_get(*closed, "figures"), "reopened_on", gk_json_from_date(event->on),
                                                        "decision", gk_json_text(event->data, "decision"), "seq", event->seq));
    json_decref(*closed);
    *closed = NULL;
    if (year == self->year) {
        self->closed_on = GK_NO_DATE;
        self->closed_seq = 0;
    }
}

static bool read_stream_event(void *context, const gk_event *event)
{
    stream *self = context;
    if (gk_date_is_none(self->first_on))
        self->first_on = event->on;
    int year = (int) json_integer_value(json_object_get(event->data, "year"));
    if (event->type == GK_FIGURES_ENTERED && (year == self->year || year == self->year - 1))
        note_figures(self, event, year == self->year);
    if (event->type == GK_YEAR_CLOSED)
        note_closing(self, event, year);
    if (event->type == GK_YEAR_REOPENED)
        note_reopening(self, event, year);
    return true;
}

static gk_err read_stream(gk_store *store, const char *office, int year, stream *out, gk_why *why)
{
    *out = (stream) { .id = gk_store_ledger_of(store, office), .year = year, .closed_on = GK_NO_DATE, .first_on = GK_NO_DATE,
                      .units = { json_object(), json_object() }, .versions = json_array() };
    return out->id ? gk_store_events(store, out->id, 1, read_stream_event, out, why) : GK_OK;
}

/*  ---- what its cases say ------------------------------------------------------------------- */

typedef struct cases {
    gk_report_case *list;
    size_t count, room;
} cases;

static void cases_clear(cases *self)
{
    free(self->list);
}
#define cases_auto __attribute__((cleanup(cases_clear))) cases

static bool read_case_event(void *context, const gk_case_row *row, const gk_event *event)
{
    cases *self = context;
    if (!self->count || self->list[self->count - 1].id != row->id) {
        if (self->count == self->room) {
            self->room = self->room ? 2 * self->room : 256;
            self->list = gk_regrow(self->list, self->room, sizeof *self->list);
        }
        gk_report_case *added = &self->list[self->count++];
        gk_report_case_start(added, row->id);
        gk_text_copy(added->unit, sizeof added->unit, row->unit);
        added->due_on = row->due_on;
        added->running = !gk_date_is_none(row->due_on);
    }
    gk_report_case_enter(&self->list[self->count - 1], event);
    return true;
}

static gk_err read_cases(gk_store *store, const char *office, cases *out, gk_why *why)
{
    return gk_store_office_events(store, office, gk_report_reads, read_case_event, out, why);
}

/*  A list that lies beside an event that closed a year. */
static gk_err read_frozen(gk_store *store, const stream *s, int seq, const char *name, json_t **out, gk_why *why)
{
    size_t len;
    gk_free_auto char *body = gk_store_seal(store, s->id, seq, name, &len);
    if (!body || gk_json_parse(body, len, out, NULL) || !json_is_array(*out))
        return gk_refuse(why, GK_EDAMAGED, "the cases of %d as they were closed cannot be read: run gongkai verify", s->year);
    return GK_OK;
}

static bool is_entry(const json_t *entry, const gk_report_case *file)
{
    char reference[GK_CASE_NUMBER];
    const char *name = json_string_value(json_array_get(entry, 0));
    snprintf(reference, sizeof reference, "@%lld", (long long) file->id);   /* what it was called before its number */
    return name && (strcmp(name, file->number) == 0 || strcmp(name, reference) == 0);
}

/*  Recorded in the very second of a closing: the list that was frozen knows what came before it.  (In training the
 *  clock stands still, so this is the rule there.) */
static void settle(const json_t *frozen, int64_t at, const char *pending, gk_report_case *file)
{
    size_t index;
    json_t *entry;
    bool came = false, went = false;
    json_array_foreach(frozen, index, entry)
        if (is_entry(entry, file)) {
            const char *row = json_string_value(json_array_get(entry, 2));
            came = true;
            went = row && strcmp(row, pending) != 0;
        }
    file->received_at += file->received_at == at && !came;
    file->ended_at += file->ended_at == at && !went;
}

static gk_err settle_ties(gk_store *store, const gk_lawbook *book, const stream *s, cases *all, gk_why *why)
{
    const char *pending = gk_report_form_row(book->report, gk_report_form_that(book->report, GK_COUNTS_PENDING))->code;
    for (int k = 0; k < s->closings.count; k++) {
        int64_t at = s->closings.list[k].at;
        gk_json_auto *frozen = NULL;
        for (size_t i = 0; i < all->count; i++) {
            if (all->list[i].received_at != at && all->list[i].ended_at != at)
                continue;
            gk_err err = frozen ? GK_OK : read_frozen(store, s, s->closing_seq[k], "cases", &frozen, why);
            if (err)
                return err;
            settle(frozen, at, pending, &all->list[i]);
        }
    }
    return GK_OK;
}

static void count_cases(const gk_lawbook *book, const stream *s, const cases *all, gk_report *out)
{
    for (size_t i = 0; i < all->count; i++)
        gk_report_add(out, book->report, book->outcomes, &s->closings, &all->list[i]);
}

static void enter_figures(const gk_lawbook *book, json_t *units, gk_report *out)
{
    const char *unit;
    json_t *figures;
    json_object_foreach(units, unit, figures)
        gk_report_enter(out, book->report, figures);
}

/*  ---- one office, one year ------------------------------------------------------------------- */

typedef struct tally {
    gk_report report, before;
    json_t *remarks;            /* {"redone": [numbers] ...} */
    json_t *cases;              /* [[number, came, went, column, remarks]], of an open year when wanted */
    json_t *pleas;              /* [[number, forum, ruling]], likewise */
} tally;

static void tally_clear(tally *self)
{
    json_decref(self->remarks);
    json_decref(self->cases);
    json_decref(self->pleas);
}
#define tally_auto __attribute__((cleanup(tally_clear))) tally

static const char *row_code(const gk_lawbook *book, int row)
{
    return row < 0 ? "" : gk_report_form_row(book->report, row)->code;
}

static void add_remarks(tally *self, const char *name, unsigned remarks)
{
    for (int bit = 0; bit < GK_REMARKS; bit++) {
        json_t *list = json_object_get(self->remarks, gk_remark_name(bit));
        if (remarks >> bit & 1 && json_array_size(list) < REMARKED)
            json_array_append_new(list, json_string(name));
    }
}

static void list_pleas(const stream *s, const gk_report_case *file, const char *number, json_t *out)
{
    gk_ruling ruling;
    for (int i = 0; i < file->proceeding_count; i++)
        if (gk_report_pleaded(s->year, &s->closings, &file->proceedings[i], &ruling))
            json_array_append_new(out, json_pack("[s, s, s]", number, gk_forum_name((int) file->proceedings[i].forum),
                                                 gk_ruling_name((int) ruling)));
}

static void list_cases(const gk_lawbook *book, const stream *s, const cases *all, bool wanted, tally *out)
{
    char name[GK_CASE_NUMBER];
    for (size_t i = 0; i < all->count; i++) {
        gk_report_place place = gk_report_place_of(book->report, book->outcomes, s->year, &s->closings, &all->list[i]);
        const char *number = gk_report_case_name(&all->list[i], name);
        list_pleas(s, &all->list[i], number, out->pleas);
        if (place.came < 0 && !place.remarks)
            continue;
        add_remarks(out, number, place.remarks);
        if (wanted)
            json_array_append_new(out->cases, json_pack("[s, s, s, s, i]", number, row_code(book, place.came),
                                                        place.ended >= 0 && place.went < 0 ? "?" : row_code(book, place.went),
                                                        place.column < 0 ? "" : gk_report_form_column(book->report, place.column),
                                                        (int) place.remarks));
    }
}

static gk_err tally_frozen(gk_store *store, const gk_lawbook *book, const stream *s, tally *out, gk_why *why)
{
    gk_err err = gk_report_read(json_object_get(s->closed[1], "figures"), s->year, book->report, &out->report, why);
    if (!err)
        err = read_frozen(store, s, s->closed_seq, "cases", &out->cases, why);
    if (!err)
        err = read_frozen(store, s, s->closed_seq, "pleas", &out->pleas, why);
    size_t index;
    json_t *entry;
    json_array_foreach(out->cases, index, entry) {
        const char *number = json_string_value(json_array_get(entry, 0));
        add_remarks(out, number ? number : "?", (unsigned) json_integer_value(json_array_get(entry, 4)));
    }
    return err;
}

static gk_err tally_of(gk_store *store, const gk_lawbook *book, const char *office, const stream *s, bool list, tally *out,
                         gk_why *why)
{
    cases_auto all = { 0 };
    gk_err err = GK_OK;
    *out = (tally) { .report = { .year = s->year }, .before = { .year = s->year - 1 }, .remarks = json_object() };
    for (int bit = 0; bit < GK_REMARKS; bit++)
        json_object_set_new(out->remarks, gk_remark_name(bit), json_array());
    if (!s->closed[0] || !s->closed[1])
        err = read_cases(store, office, &all, why);
    if (!err)
        err = settle_ties(store, book, s, &all, why);
    if (!err && s->closed[0]) {
        err = gk_report_read(json_object_get(s->closed[0], "figures"), s->year - 1, book->report, &out->before, why);
    } else if (!err) {
        stream before = *s;
        before.year--;
        count_cases(book, &before, &all, &out->before);
        enter_figures(book, s->units[0], &out->before);
    }
    if (err || s->closed[1])
        return err ? err : tally_frozen(store, book, s, out, why);
    out->cases = json_array();
    out->pleas = json_array();
    count_cases(book, s, &all, &out->report);
    enter_figures(book, s->units[1], &out->report);
    list_cases(book, s, &all, list, out);
    return GK_OK;
}

/*  ---- pieces of answers -------------------------------------------------------------------------- */

/*  SHA-256 over what is published: office, year and figures. */
static void hash_figures(const char *office, int year, json_t *figures, char hex[static GK_HASH_HEX])
{
    gk_json_auto *all = json_pack("{s:s, s:i, s:O}", "office", office, "year", year, "figures", figures);
    gk_free_auto char *text = gk_json_print(all);
    gk_hash hash = gk_hash_of(text, strlen(text));
    gk_hash_hex(&hash, hex);
}

static bool is_in(const json_t *list, const char *text)
{
    size_t index;
    json_t *entry;
    json_array_foreach(list, index, entry)
        if (json_is_string(entry) && strcmp(json_string_value(entry), text) == 0)
            return true;
    return false;
}

/*  What a unit entered, by the codes of the form. */
static json_t *figures_of(const gk_lawbook *book, const json_t *entered)
{
    json_t *figures = json_object();
    const char *code;
    for (int i = 0; (code = gk_report_form_figure(book->report, i)); i++)
        if (json_object_get(entered, code))
            json_object_set(figures, code, json_object_get(entered, code));
    return figures;
}

/*  The office's units, and of a closed year those that it had. */
static json_t *entries_of(const gk_lawbook *book, const char *office, const stream *s)
{
    json_t *list = json_array(), *unit;
    size_t index;
    json_array_foreach(gk_org_units(book->org, office), index, unit) {
        const char *code = gk_json_text(unit, "code");
        const json_t *entered = json_object_get(s->units[1], code);
        if (!entered && s->closed[1] && !is_in(json_object_get(s->closed[1], "missing"), code))
            continue;
        json_array_append_new(list, json_pack("{s:s, s:s, s:b, s:o}", "unit", code, "zh", gk_json_text(unit, "name"), "entered",
                                              entered != NULL, "figures", figures_of(book, entered)));
    }
    return list;
}

static json_t *missing_of(const json_t *entries)
{
    json_t *list = json_array(), *entry;
    size_t index;
    json_array_foreach(entries, index, entry)
        if (!json_is_true(json_object_get(entry, "entered")))
            json_array_append(list, json_object_get(entry, "unit"));
    return list;
}

static json_t *violated_of(const json_t *identities)
{
    json_t *list = json_array(), *entry;
    size_t index;
    json_array_foreach(identities, index, entry)
        if (json_is_false(json_object_get(entry, "holds")))
            json_array_append(list, json_object_get(entry, "identity"));
    return list;
}

static json_t *texts_of(gk_store *store, const stream *s)
{
    json_t *texts = json_object();
    for (int i = 0; i < TEXTS; i++) {
        size_t len = 0;
        gk_free_auto char *body = s->text_seq[i] ? gk_store_seal(store, s->id, s->text_seq[i], text_names[i], &len) : NULL;
        json_object_set_new(texts, text_names[i], json_string(body ? body : ""));
    }
    return texts;
}

/*  What the year was closed with before, and why it was opened again.  GK_EDAMAGED: not those figures. */
static gk_err versions_of(gk_store *store, const char *office, const stream *s, json_t **out, gk_why *why)
{
    size_t index, len;
    json_t *version;
    json_array_foreach(s->versions, index, version) {
        char hex[GK_HASH_HEX];
        int seq = (int) json_integer_value(json_object_get(version, "seq"));
        gk_free_auto char *reason = gk_store_seal(store, s->id, seq, "reason", &len);
        hash_figures(office, s->year, json_object_get(version, "figures"), hex);
        if (strcmp(hex, gk_json_text(version, "sha256")) != 0)
            return gk_refuse(why, GK_EDAMAGED, "the figures of %d are not those that were closed: run gongkai verify", s->year);
        json_object_set_new(version, "reason", json_string(reason ? reason : ""));
        json_object_del(version, "seq");
    }
    *out = json_incref(s->versions);
    return GK_OK;
}

/*  REPORT of the protocol: what stands in the table and around it. */
static json_t *report_object(const gk_lawbook *book, const gk_report *report, const gk_report *before, const char *office,
                             const char *name, json_t *texts)
{
    json_t *figures = gk_report_json(report, book->report);
    json_t *identities = gk_report_check(report, book->report, before, gk_json_text(texts, "overview"));
    gk_free_auto char *sentence = gk_report_sentence(report, book->report);
    char hex[GK_HASH_HEX];
    hash_figures(office, report->year, figures, hex);
    json_object_set_new(texts, "sentence", json_string(sentence));
    return json_pack("{s:s, s:s, s:i, s:o, s:s, s:o, s:I, s:o}", "office", office, "name", name, "year", report->year, "figures", figures,
                     "sha256", hex, "identities", identities, "violated", (json_int_t) gk_report_violated(identities), "texts", texts);
}

static gk_date in_january(int year, int day)
{
    char text[GK_DATE_TEXT];
    gk_date date = GK_NO_DATE;
    snprintf(text, sizeof text, "%04u-01-%02u", (unsigned) year % 10000, (unsigned) day % 100);
    return gk_date_parse(text, strlen(text), &date) ? GK_NO_DATE : date;
}

static gk_err office_report(gk_store *store, const gk_lawbook *book, const char *office, int year, json_t **out, tally *sum,
                            gk_why *why)
{
    stream_auto s = { 0 };
    tally_auto counted = { 0 };
    gk_json_auto *versions = NULL;
    gk_err err = read_stream(store, office, year, &s, why);
    if (!err)
        err = tally_of(store, book, office, &s, false, &counted, why);
    if (!err)
        err = versions_of(store, office, &s, &versions, why);
    if (err)
        return err;
    json_t *report = report_object(book, &counted.report, &counted.before, office,
                                   gk_json_text(gk_org_office(book->org, office), "name"), texts_of(store, &s));
    if (s.closed[1] && strcmp(gk_json_text(report, "sha256"), gk_json_text(s.closed[1], "sha256")) != 0) {
        json_decref(report);
        return gk_refuse(why, GK_EDAMAGED, "the figures of %d are not those that were closed: run gongkai verify", year);
    }
    gk_json_set_date(report, "closed_on", s.closed_on);
    json_object_set(report, "versions", versions);
    json_object_set_new(report, "entries", entries_of(book, office, &s));
    gk_json_set_date(report, "entries_due_on", in_january(year + 1, book->rules->figures_due_day));
    json_object_set(report, "remarks", counted.remarks);
    gk_report_merge(&sum->report, &counted.report);
    gk_report_merge(&sum->before, &counted.before);
    *out = report;
    return GK_OK;
}

gk_err gk_report_owed(gk_store *store, const gk_lawbook *book, const char *office, gk_date today, json_t **out, gk_why *why)
{
    stream_auto s = { 0 };
    int this_year, first_year = 0;
    gk_date_split(today, &this_year, NULL, NULL);
    gk_err err = read_stream(store, office, this_year - 1, &s, why);
    if (err)
        return err;
    *out = json_array();
    if (!gk_date_is_none(s.first_on))
        gk_date_split(s.first_on, &first_year, NULL, NULL);
    if (!first_year || first_year > s.year || s.closed[1])
        return GK_OK;
    gk_json_auto *entries = entries_of(book, office, &s), *missing = missing_of(entries);
    size_t index;
    json_t *unit;
    json_array_foreach(missing, index, unit)
        json_array_append_new(*out, json_pack("{s:s, s:O, s:i, s:o}", "task", "figures", "unit", unit, "year", s.year, "due_on",
                                              gk_json_from_date(in_january(this_year, book->rules->figures_due_day))));
    json_array_append_new(*out, json_pack("{s:s, s:s, s:i, s:o}", "task", "report", "unit", "", "year", s.year, "due_on",
                                          gk_json_from_date(in_january(this_year, book->rules->report_due_day))));
    return GK_OK;
}

/*  ---- who may see which office --------------------------------------------------------------------- */

static bool is_below(const gk_lawbook *book, const char *office, const char *above)
{
    enum { DEEPEST = 200 };
    for (int i = 0; i < DEEPEST && *office; i++) {
        if (strcmp(office, above) == 0)
            return true;
        office = gk_json_text(gk_org_office(book->org, office), "parent");
    }
    return false;
}

static gk_err asked_office(const gk_lawbook *book, const gk_actor *actor, const json_t *body, const char **out, gk_why *why)
{
    const char *named = gk_json_text(body, "office");
    *out = *named ? named : actor->office;
    return gk_org_office(book->org, *out) && is_below(book, *out, actor->office) ? GK_OK
        : gk_refuse(why, GK_ENOTFOUND, "there is no office %.15s below yours", *out);
}

static gk_err asked_year(const gk_lawbook *book, const json_t *body, int *out, gk_why *why)
{
    json_int_t year = json_integer_value(json_object_get(body, "year"));
    int first = gk_report_form_first_year(book->report);
    if (year < first || year > 2999)
        return gk_refuse(why, GK_EBADVALUE, "year must be %d or later: the form of the report is that of %s", first,
                         gk_json_text(gk_report_form_json(book->report), "version"));
    *out = (int) year;
    return GK_OK;
}

typedef gk_err for_office(void *context, const char *office, gk_why *why);

/*  The office, and with "rollup" every office below it. */
static gk_err each_office(const gk_lawbook *book, const char *office, const json_t *body, for_office *each, void *context, gk_why *why)
{
    gk_err err = each(context, office, why);
    const char *other;
    for (size_t i = 0; json_is_true(json_object_get(body, "rollup")) && !err && (other = gk_org_office_at(book->org, i)); i++)
        if (strcmp(other, office) != 0 && is_below(book, other, office))
            err = each(context, other, why);
    return err;
}

/*  ---- report.annual ----------------------------------------------------------------------------------- */

typedef struct annual {
    gk_store *store;
    const gk_lawbook *book;
    int year;
    json_t *reports;
    tally sum;
} annual;

static gk_err add_office_report(void *context, const char *office, gk_why *why)
{
    annual *a = context;
    json_t *report = NULL;
    gk_err err = office_report(a->store, a->book, office, a->year, &report, &a->sum, why);
    if (!err)
        json_array_append_new(a->reports, report);
    return err;
}

gk_err gk_report_annual(gk_store *store, const gk_lawbook *book, const gk_actor *actor, const json_t *body, gk_date today, json_t **ok,
                        gk_why *why)
{
    const char *office;
    annual a = { .store = store, .book = book };
    gk_err err = asked_office(book, actor, body, &office, why);
    if (!err)
        err = asked_year(book, body, &a.year, why);
    if (err)
        return err;
    gk_json_auto *reports = a.reports = json_array(), *region = NULL;
    a.sum.report.year = a.year;
    err = each_office(book, office, body, add_office_report, &a, why);
    if (err)
        return err;
    if (json_is_true(json_object_get(body, "rollup"))) {
        gk_free_auto char *name = gk_format("%s（关区汇总）", gk_json_text(gk_org_office(book->org, office), "name"));
        region = report_object(book, &a.sum.report, &a.sum.before, office, name, json_pack("{s:s}", "overview", ""));
    }
    gk_free_auto char *mode = gk_store_meta(store, "mode");
    *ok = json_pack("{s:i, s:o, s:b, s:O, s:O, s:o}", "year", a.year, "today", gk_json_from_date(today), "training",
                    mode && strcmp(mode, "training") == 0, "form", gk_report_form_json(book->report), "reports", reports, "region",
                    region ? json_incref(region) : json_null());
    return GK_OK;
}

/*  ---- report.cell ---------------------------------------------------------------------------------------- */

typedef struct drill {
    gk_store *store;
    const gk_lawbook *book;
    int year, row, column, forum, ruling;       /* row or forum is -1 */
    json_t *numbers;
    bool more;
} drill;

static void add_number(drill *d, const char *number)
{
    if (json_array_size(d->numbers) == LISTED)
        d->more = true;
    else
        json_array_append_new(d->numbers, json_string(number));
}

/*  A row of the list, open or frozen. */
static bool listed_in(const drill *d, const json_t *entry)
{
    const char *parts[4];
    for (size_t i = 0; i < 4; i++) {
        parts[i] = json_string_value(json_array_get(entry, i));
        if (!parts[i])
            return false;
    }
    gk_report_place place = {
        .came = gk_report_form_find_row(d->book->report, parts[1]), .went = gk_report_form_find_row(d->book->report, parts[2]),
        .column = gk_report_form_find_column(d->book->report, parts[3]), .ended = -1,
    };
    if (place.came < 0)
        return false;
    bool ended = place.went != gk_report_form_that(d->book->report, GK_COUNTS_PENDING);
    place.ended = ended ? gk_report_form_that(d->book->report, GK_COUNTS_ENDED) : -1;
    return gk_report_counts(&place, d->row, d->column);
}

static bool pleaded_in(const drill *d, const json_t *entry)
{
    const char *forum = json_string_value(json_array_get(entry, 1)), *ruling = json_string_value(json_array_get(entry, 2));
    return forum && ruling && strcmp(forum, gk_forum_name(d->forum)) == 0
        && (d->ruling == GK_RULINGS || strcmp(ruling, gk_ruling_name(d->ruling)) == 0);
}

static gk_err drill_office(void *context, const char *office, gk_why *why)
{
    drill *d = context;
    stream_auto s = { 0 };
    tally_auto counted = { 0 };
    gk_err err = read_stream(d->store, office, d->year, &s, why);
    if (!err)
        err = tally_of(d->store, d->book, office, &s, true, &counted, why);
    size_t index;
    json_t *entry;
    json_array_foreach(err ? NULL : d->forum >= 0 ? counted.pleas : counted.cases, index, entry)
        if (d->forum >= 0 ? pleaded_in(d, entry) : listed_in(d, entry))
            add_number(d, json_string_value(json_array_get(entry, 0)));
    return err;
}

/*  A column by its code or, from 1, by its place. */
static int column_of(const char *text, int count, const char *(*name)(const gk_lawbook *book, int index), const gk_lawbook *book)
{
    for (int i = 0; i < count; i++) {
        char place[16];
        snprintf(place, sizeof place, "%d", i + 1);
        if (strcmp(text, name(book, i)) == 0 || strcmp(text, place) == 0)
            return i;
    }
    return -1;
}

static const char *applicant_column(const gk_lawbook *book, int index)
{
    return gk_report_form_column(book->report, index);
}

static const char *ruling_column(const gk_lawbook *book, int index)
{
    (void) book;
    return gk_ruling_name(index);
}

static gk_err asked_cell(drill *d, const json_t *body, gk_why *why)
{
    const char *row = gk_json_text(body, "row"), *column = gk_json_text(body, "column");
    d->row = gk_report_form_find_row(d->book->report, row);
    for (d->forum = GK_FORUMS - 1; d->forum >= 0 && strcmp(gk_forum_name(d->forum), row) != 0; )
        d->forum--;
    d->column = d->row < 0 ? -1 : column_of(column, GK_REPORT_COLUMNS, applicant_column, d->book);
    d->ruling = d->forum < 0 ? -1 : column_of(column, GK_RULINGS + 1, ruling_column, d->book);
    if (d->column >= 0 || d->ruling >= 0)
        return GK_OK;
    return gk_refuse(why, GK_EBADVALUE, "there is no cell %.20s,%.20s: rows are 1, 2, 3.1 ... 3.7, 4 with columns natural_person ... total (1 to "
                     "7), or reconsideration, lawsuit, lawsuit_after with upheld, corrected, other, pending, total", row, column);
}

gk_err gk_report_cell(gk_store *store, const gk_lawbook *book, const gk_actor *actor, const json_t *body, json_t **ok, gk_why *why)
{
    const char *office;
    drill d = { .store = store, .book = book };
    gk_err err = asked_office(book, actor, body, &office, why);
    if (!err)
        err = asked_year(book, body, &d.year, why);
    if (!err)
        err = asked_cell(&d, body, why);
    if (err)
        return err;
    gk_json_auto *numbers = d.numbers = json_array();
    err = each_office(book, office, body, drill_office, &d, why);
    if (!err)
        *ok = json_pack("{s:i, s:s, s:s, s:O, s:b}", "year", d.year, "row", gk_json_text(body, "row"), "column",
                        gk_json_text(body, "column"), "cases", numbers, "more", d.more);
    return err;
}

/*  ---- report.timeliness ------------------------------------------------------------------------------------ */

/*  The labels that an answer's reader needs: units and kinds of decision by name. */
static void name_groups(const gk_lawbook *book, const char *office, json_t *groups)
{
    size_t index, place;
    json_t *entry, *unit;
    json_array_foreach(json_object_get(groups, "units"), index, entry)
        json_array_foreach(gk_org_units(book->org, office), place, unit)
            if (strcmp(gk_json_text(unit, "code"), gk_json_text(entry, "key")) == 0)
                json_object_set(entry, "zh", json_object_get(unit, "name"));
    json_array_foreach(json_object_get(groups, "kinds"), index, entry) {
        const gk_outcome *outcome = gk_outcomes_find(book->outcomes, gk_json_text(entry, "key"));
        json_object_set_new(entry, "zh", json_string(outcome ? outcome->zh : ""));
        json_object_set_new(entry, "en", json_string(outcome ? outcome->en : ""));
    }
}

gk_err gk_report_timely(gk_store *store, const gk_lawbook *book, const gk_actor *actor, const json_t *body, gk_date today, json_t **ok,
                        gk_why *why)
{
    const char *office;
    int year;
    cases_auto all = { 0 };
    gk_err err = asked_office(book, actor, body, &office, why);
    if (!err)
        err = asked_year(book, body, &year, why);
    if (!err)
        err = read_cases(store, office, &all, why);
    if (err)
        return err;
    *ok = gk_report_timeliness(all.list, all.count, year, book->calendar, today);
    name_groups(book, office, *ok);
    json_object_set_new(*ok, "year", json_integer(year));
    json_object_set_new(*ok, "office", json_string(office));
    json_object_set(*ok, "name", json_object_get(gk_org_office(book->org, office), "name"));
    return GK_OK;
}

/*  ---- report.fees ------------------------------------------------------------------------------------------ */

static bool read_fee_event(void *context, const gk_case_row *row, const gk_event *event)
{
    gk_feelist_enter(context, row->id, event);
    return true;
}

/*  "2026-03": the first day of that month. */
static gk_err asked_month(const gk_lawbook *book, const json_t *body, gk_date *out, int *year, gk_why *why)
{
    gk_free_auto char *day = gk_format("%s-01", gk_json_text(body, "month"));
    gk_json_auto *of = json_object();
    if (gk_date_parse(day, strlen(day), out))
        return gk_refuse(why, GK_EBADVALUE, "month must be YYYY-MM");
    gk_date_split(*out, year, NULL, NULL);
    json_object_set_new(of, "year", json_integer(*year));
    return asked_year(book, of, year, why);
}

/*  Part 6 of the year's report is counted by its own fold, or stands as it was closed. */
gk_err gk_report_fees(gk_store *store, const gk_lawbook *book, const gk_actor *actor, const json_t *body, json_t **ok, gk_why *why)
{
    const char *office;
    gk_date first;
    int year;
    stream_auto s = { 0 };
    tally_auto counted = { 0 };
    gk_auto(gk_feelist) list = gk_feelist_new();
    gk_err err = asked_office(book, actor, body, &office, why);
    if (!err)
        err = asked_month(book, body, &first, &year, why);
    if (!err)
        err = read_stream(store, office, year, &s, why);
    if (!err)
        err = tally_of(store, book, office, &s, false, &counted, why);
    if (!err)
        err = gk_store_office_events(store, office, gk_feelist_reads, read_fee_event, list, why);
    if (err)
        return err;
    gk_json_auto *figures = gk_report_json(&counted.report, book->report);
    const json_t *fee = json_object_get(figures, "fee");
    *ok = gk_feelist_month(list, first, &s.closings);
    json_object_set_new(*ok, "office", json_string(office));
    json_object_set(*ok, "name", json_object_get(gk_org_office(book->org, office), "name"));
    json_object_set_new(*ok, "part6", json_deep_copy(fee));
    json_object_set_new(*ok, "identities", gk_feelist_check(*ok, fee));
    return GK_OK;
}

/*  ---- closing ------------------------------------------------------------------------------------------------- */

gk_err gk_report_freeze(gk_store *store, const gk_lawbook *book, const char *office, int year, json_t *data, json_t *seals, gk_why *why)
{
    stream_auto s = { 0 };
    tally_auto counted = { 0 };
    gk_err err = read_stream(store, office, year, &s, why);
    if (!err)
        err = tally_of(store, book, office, &s, true, &counted, why);
    if (err)
        return err;
    json_t *texts = texts_of(store, &s);
    gk_json_auto *report = report_object(book, &counted.report, &counted.before, office, "", texts);
    gk_json_auto *entries = entries_of(book, office, &s);
    json_object_set(data, "figures", json_object_get(report, "figures"));
    json_object_set(data, "sha256", json_object_get(report, "sha256"));
    json_object_set_new(data, "violated", violated_of(json_object_get(report, "identities")));
    json_object_set_new(data, "missing", missing_of(entries));
    json_object_set(seals, "cases", counted.cases);
    json_object_set(seals, "pleas", counted.pleas);
    return GK_OK;
}
