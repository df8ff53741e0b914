/*  gk_report - the annual report: cases into summaries, summaries into the table. */
#include "core/report.h"
#include "base/text.h"

#include <limits.h>
#include <string.h>

#define SET(field, text) gk_text_copy(field, sizeof field, text)

/*  ---- a case from its events --------------------------------------------------------- */

void gk_report_case_start(gk_report_case *self, int64_t id)
{
    *self = (gk_report_case) { .id = id, .received_on = GK_NO_DATE, .ended_on = GK_NO_DATE, .redone_on = GK_NO_DATE,
                               .due_on = GK_NO_DATE };
}

static int64_t instant_of(const gk_event *event)
{
    int64_t at = 0;
    return gk_time_parse(event->at, strlen(event->at), &at) ? 0 : at;
}

/*  The first event that brings the day of receipt (Art. 31) settles it; the others repeat it. */
static void take_receipt(gk_report_case *self, const gk_event *event)
{
    gk_date received = gk_json_date(event->data, "received_on");
    if (!gk_date_is_none(self->received_on) || gk_date_is_none(received))
        return;
    self->received_on = received;
    self->received_at = instant_of(event);
}

static void enter_received(gk_report_case *self, const gk_event *event)
{
    SET(self->kind, gk_json_text(event->data, "applicant_kind"));
    self->records = gk_kind_parse(gk_json_text(event->data, "kind")) == GK_KIND_RECORDS;
    take_receipt(self, event);
}

static void enter_registered(gk_report_case *self, const gk_event *event)
{
    SET(self->number, gk_json_text(event->data, "number"));
    take_receipt(self, event);
}

/*  A part of a split is received and registered in one. */
static void enter_part(gk_report_case *self, const gk_event *event)
{
    enter_received(self, event);
    enter_registered(self, event);
}

static void enter_proposal(gk_report_case *self, const gk_event *event)
{
    SET(self->proposed, gk_json_text(event->data, "outcome"));
}

static void enter_extension(gk_report_case *self, const gk_event *event)
{
    (void) event;
    self->extended = true;
}

/*  A confirmed lapse is the end, its notice is dispatched behind it.  Only when a ruling has it done again is
 *  there another end; the case keeps the first (DECISIONS "Report"). */
static void enter_end(gk_report_case *self, const gk_event *event)
{
    if (!gk_date_is_none(self->ended_on)) {
        if (self->reopened) {
            self->redone_on = event->on;
            self->redone_at = instant_of(event);
        }
        return;
    }
    const char *outcome = gk_json_text(event->data, "outcome");
    SET(self->outcome, *outcome ? outcome : self->proposed);
    self->ended_on = event->on;
    self->ended_at = instant_of(event);
    self->replied = event->type != GK_LAPSE_CONFIRMED && event->type != GK_WITHDREW && event->type != GK_PASSED_ON;
    self->timely = self->replied && json_is_true(json_object_get(event->data, "timely"));
}

static void void_end(gk_report_case *self, const gk_event *event)
{
    if (self->void_count == GK_REPORT_VOID)
        return;
    gk_report_void *end = &self->voided[self->void_count++];
    *end = (gk_report_void) { .on = self->ended_on, .at = self->ended_at, .void_at = instant_of(event) };
    SET(end->outcome, self->outcome);
    self->ended_on = GK_NO_DATE;
    self->replied = self->timely = false;
}

/*  The notice of a lapse may come back too; that undoes no reply. */
static void enter_failure(gk_report_case *self, const gk_event *event)
{
    if (self->replied)
        void_end(self, event);
}

/*  What came in time defeats a lapse, also when it is seen afterwards: there was none. */
static void enter_return(gk_report_case *self, const gk_event *event)
{
    if (!gk_date_is_none(self->ended_on) && !self->replied)
        void_end(self, event);
}

static void enter_money(gk_report_case *self, const gk_event *event)
{
    json_int_t yuan = json_integer_value(json_object_get(event->data, "amount_yuan"));
    if (yuan <= 0 || yuan > GK_FIELD_MOST_INT || self->payment_count == GK_REPORT_PAYMENTS)
        return;
    self->payments[self->payment_count++] = (gk_report_payment) { event->on, instant_of(event),
                                                                  event->type == GK_FEE_REFUNDED ? -yuan : yuan };
}

static void enter_payment(gk_report_case *self, const gk_event *event)
{
    enter_return(self, event);
    enter_money(self, event);
}

void gk_report_case_plea(gk_report_case *self, const gk_event *event)
{
    const char *kind = gk_json_text(event->data, "kind");
    int forum = 0;
    while (forum < GK_FORUMS && strcmp(gk_forum_name(forum), kind) != 0)
        forum++;
    if (forum == GK_FORUMS || self->proceeding_count == GK_REPORT_PROCEEDINGS)
        return;
    gk_report_proceeding *added = &self->proceedings[self->proceeding_count++];
    *added = (gk_report_proceeding) { .forum = (gk_forum) forum, .ruling = GK_UNRULED, .opened_on = event->on,
                                      .opened_at = instant_of(event), .ruled_on = GK_NO_DATE };
    SET(added->id, gk_json_text(event->data, "proceeding"));
}

void gk_report_case_ruling(gk_report_case *self, const gk_event *event)
{
    const char *id = gk_json_text(event->data, "proceeding"), *result = gk_json_text(event->data, "result");
    for (int i = 0; i < self->proceeding_count; i++) {
        gk_report_proceeding *p = &self->proceedings[i];
        if (strcmp(p->id, id) != 0 || !gk_date_is_none(p->ruled_on))
            continue;
        int ruling = 0;
        while (ruling < GK_RULED_OTHERWISE && strcmp(gk_ruling_name(ruling), result) != 0)
            ruling++;
        p->ruling = (gk_ruling) ruling;         /* whatever has no name of its own is 其他结果 */
        p->ruled_on = event->on;
        p->ruled_at = instant_of(event);
    }
    if (json_object_get(event->data, "base_on"))
        self->reopened = self->reopened || !gk_date_is_none(self->ended_on);
}

typedef void enter_event(gk_report_case *self, const gk_event *event);

/*  All that a report reads of a case. */
static const struct {
    gk_event_type type;
    enter_event *enter;
} entries[] = {
    { GK_RECEIVED, enter_received },
    { GK_SPLIT_OFF, enter_part },
    { GK_REGISTERED, enter_registered },
    { GK_RECEIPT_CONFIRMED, enter_registered },
    { GK_PROPOSED, enter_proposal },
    { GK_REFUSAL_PROPOSED, enter_proposal },
    { GK_EXTENDED, enter_extension },
    { GK_CORRECTION_RECEIVED, enter_return },
    { GK_FEE_PAID, enter_payment },
    { GK_PAYMENT_RECORDED, enter_money },
    { GK_FEE_REFUNDED, enter_money },
    { GK_DISPATCHED, enter_end },
    { GK_HANDED_OVER, enter_end },
    { GK_POSTING_FAILED, enter_failure },
    { GK_LAPSE_CONFIRMED, enter_end },
    { GK_WITHDREW, enter_end },
    { GK_PROCEEDING_OPENED, gk_report_case_plea },
    { GK_PROCEEDING_CONCLUDED, gk_report_case_ruling },
    { GK_REDO_ORDERED, gk_report_case_ruling },
    { GK_PASSED_ON, enter_end },
};

static enter_event *find_entry(gk_event_type type)
{
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        if (entries[i].type == type)
            return entries[i].enter;
    return NULL;
}

bool gk_report_reads(gk_event_type type)
{
    return find_entry(type) != NULL;
}

void gk_report_case_enter(gk_report_case *self, const gk_event *event)
{
    enter_event *enter = find_entry(event->type);
    if (enter)
        enter(self, event);
}

const char *gk_report_case_name(const gk_report_case *self, char out[static GK_CASE_NUMBER])
{
    if (*self->number)
        return self->number;
    snprintf(out, GK_CASE_NUMBER, "@%lld", (long long) self->id);
    return out;
}

/*  ---- a case in a year ---------------------------------------------------------------- */

int gk_report_year_of(const gk_report_closings *closings, gk_date on, int64_t at)
{
    int year;
    gk_date_split(on, &year, NULL, NULL);
    for (int i = 0; i < closings->count; i++)       /* in the order of their years */
        if (year <= closings->list[i].year && at > closings->list[i].at)
            year = closings->list[i].year + 1;
    return year;
}

static bool was_closed(const gk_report_closings *closings, int year, int64_t at)
{
    for (int i = 0; i < closings->count; i++)
        if (year <= closings->list[i].year && at > closings->list[i].at)
            return true;
    return false;
}

typedef struct end {
    gk_date on;
    int year;                   /* in which it counts; INT_MAX: there is none */
    const char *outcome;
    bool again;                 /* the case went out once more behind it */
} end;

/*  The end by which the case counts: a void one only when its year was closed before it was void. */
static end end_of(const gk_report_case *file, const gk_report_closings *closings)
{
    for (int i = 0; i < file->void_count; i++) {
        const gk_report_void *v = &file->voided[i];
        int year = gk_report_year_of(closings, v->on, v->at);
        if (was_closed(closings, year, v->void_at))
            return (end) { v->on, year, v->outcome, true };
    }
    if (gk_date_is_none(file->ended_on))
        return (end) { GK_NO_DATE, INT_MAX, "", false };
    return (end) { file->ended_on, gk_report_year_of(closings, file->ended_on, file->ended_at), file->outcome, false };
}

/*  The year in which it went out again, behind the end by which it counts; 0: it did not. */
static int redone_year(const gk_report_case *file, const gk_report_closings *closings, const end *counted)
{
    gk_date on = counted->again ? file->ended_on : file->redone_on;
    return gk_date_is_none(on) ? 0 : gk_report_year_of(closings, on, counted->again ? file->ended_at : file->redone_at);
}

static int civil_year(gk_date on)
{
    int year;
    gk_date_split(on, &year, NULL, NULL);
    return year;
}

const char *gk_remark_name(int bit)
{
    static const char *const names[GK_REMARKS] = { "redone", "late", "without_receipt", "without_kind", "records" };
    return bit < GK_REMARKS ? names[bit] : NULL;
}

static int outcome_row(const gk_report_form *form, const gk_outcomes *outcomes, const char *code)
{
    const gk_outcome *outcome = gk_outcomes_find(outcomes, code);
    int row = outcome ? gk_report_form_find_row(form, outcome->report_row) : -1;
    return row >= 0 && gk_report_form_row(form, row)->counts == GK_COUNTS_OUTCOME ? row : -1;
}

gk_report_place gk_report_place_of(const gk_report_form *form, const gk_outcomes *outcomes, int year,
                                   const gk_report_closings *closings, const gk_report_case *file)
{
    gk_report_place place = { .came = -1, .went = -1, .ended = -1, .column = -1 };
    end counted = end_of(file, closings);
    int to = counted.year;
    if (file->records) {        /* Art. 41 stands beside part 3: listed in the years in which it came and went */
        bool came = !gk_date_is_none(file->received_on)
            && gk_report_year_of(closings, file->received_on, file->received_at) == year;
        place.remarks = came || to == year ? GK_REMARK_RECORDS : 0;
        return place;
    }
    if (redone_year(file, closings, &counted) == year)
        place.remarks |= GK_REMARK_REDONE;
    if (gk_date_is_none(file->received_on)) {
        place.remarks |= to == year ? GK_REMARK_NO_RECEIPT : 0;
        return place;
    }
    int from = gk_report_year_of(closings, file->received_on, file->received_at);
    to = to < from ? from : to;     /* its receipt was recorded late, its end not before it */
    if (from > year || to < year)
        return place;
    if ((from == year && civil_year(file->received_on) < year) || (to == year && civil_year(counted.on) < year))
        place.remarks |= GK_REMARK_LATE;
    place.column = gk_report_form_find_column(form, *file->kind ? file->kind : gk_report_form_without_kind(form));
    place.remarks |= *file->kind ? 0 : GK_REMARK_NO_KIND;
    place.came = gk_report_form_that(form, from == year ? GK_COUNTS_RECEIVED : GK_COUNTS_CARRIED);
    place.ended = to == year ? gk_report_form_that(form, GK_COUNTS_ENDED) : -1;
    place.went = to == year ? outcome_row(form, outcomes, counted.outcome) : gk_report_form_that(form, GK_COUNTS_PENDING);
    return place;
}

bool gk_report_counts(const gk_report_place *place, int row, int column)
{
    bool in_row = row >= 0 && (row == place->came || row == place->went || row == place->ended);
    return in_row && (column == GK_REPORT_TOTAL || column == place->column);
}

bool gk_report_pleaded(int year, const gk_report_closings *closings, const gk_report_proceeding *proceeding, gk_ruling *ruling)
{
    if (gk_date_is_none(proceeding->opened_on) || proceeding->forum >= GK_FORUMS)
        return false;
    bool ruled = proceeding->ruling < GK_UNRULED && !gk_date_is_none(proceeding->ruled_on);
    int from = gk_report_year_of(closings, proceeding->opened_on, proceeding->opened_at);
    int to = ruled ? gk_report_year_of(closings, proceeding->ruled_on, proceeding->ruled_at) : INT_MAX;
    to = to < from ? from : to;
    if (from > year || to < year)
        return false;
    *ruling = to == year ? proceeding->ruling : GK_UNRULED;
    return true;
}

/*  ---- the table --------------------------------------------------------------------------- */

static void count_cell(gk_report *self, int row, int column)
{
    if (row < 0)
        return;
    self->cells[row][GK_REPORT_TOTAL]++;
    if (column >= 0)
        self->cells[row][column]++;
}

/*  Part 4: concluded in the year, or pending at its end.  A file without proceedings adds nothing. */
static void count_proceedings(gk_report *self, const gk_report_closings *closings, const gk_report_case *file)
{
    gk_ruling ruling;
    for (int i = 0; i < file->proceeding_count; i++)
        if (gk_report_pleaded(self->year, closings, &file->proceedings[i], &ruling)) {
            self->pleas[file->proceedings[i].forum][ruling]++;
            self->pleas[file->proceedings[i].forum][GK_RULINGS]++;
        }
}

/*  Part 6, by the day on which the money came or went. */
static void count_money(gk_report *self, const gk_report_closings *closings, const gk_report_case *file)
{
    int64_t came = 0;
    for (int i = 0; i < file->payment_count; i++) {
        const gk_report_payment *p = &file->payments[i];
        if (gk_report_year_of(closings, p->on, p->at) != self->year)
            continue;
        came += p->yuan > 0 ? p->yuan : 0;
        self->refunded_yuan -= p->yuan < 0 ? p->yuan : 0;
    }
    self->fee_cases += came > 0;
    self->fee_yuan += came;
}

void gk_report_add(gk_report *self, const gk_report_form *form, const gk_outcomes *outcomes,
                   const gk_report_closings *closings, const gk_report_case *file)
{
    gk_report_place place = gk_report_place_of(form, outcomes, self->year, closings, file);
    count_cell(self, place.came, place.column);
    count_cell(self, place.went, place.column);
    count_cell(self, place.ended, place.column);
    count_proceedings(self, closings, file);
    count_money(self, closings, file);
}

void gk_report_enter(gk_report *self, const gk_report_form *form, const json_t *figures)
{
    const char *code;
    for (int i = 0; (code = gk_report_form_figure(form, i)); i++) {
        const json_t *value = json_object_get(figures, code);
        if (!json_is_integer(value) || json_integer_value(value) < 0 || json_integer_value(value) > GK_FIELD_MOST_INT)
            continue;
        self->figures[i] += json_integer_value(value);
        self->entered[i] = true;
    }
}

void gk_report_merge(gk_report *self, const gk_report *other)
{
    for (int row = 0; row < GK_REPORT_ROWS; row++)
        for (int column = 0; column < GK_REPORT_COLUMNS; column++)
            self->cells[row][column] += other->cells[row][column];
    for (int forum = 0; forum < GK_FORUMS; forum++)
        for (int ruling = 0; ruling <= GK_RULINGS; ruling++)
            self->pleas[forum][ruling] += other->pleas[forum][ruling];
    for (int i = 0; i < GK_REPORT_FIGURES; i++) {
        self->figures[i] += other->figures[i];
        self->entered[i] = self->entered[i] || other->entered[i];
    }
    self->fee_cases += other->fee_cases;
    self->fee_yuan += other->fee_yuan;
    self->refunded_yuan += other->refunded_yuan;
}

/*  ---- as JSON and back ---------------------------------------------------------------------- */

static json_t *numbers(const int64_t *list, int count)
{
    json_t *array = json_array();
    for (int i = 0; i < count; i++)
        json_array_append_new(array, json_integer(list[i]));
    return array;
}

json_t *gk_report_json(const gk_report *self, const gk_report_form *form)
{
    json_t *rows = json_object(), *pleas = json_object(), *figures = json_object();
    const gk_report_row *row;
    const char *code;
    for (int i = 0; (row = gk_report_form_row(form, i)); i++)
        json_object_set_new(rows, row->code, numbers(self->cells[i], GK_REPORT_COLUMNS));
    for (int i = 0; i < GK_FORUMS; i++)
        json_object_set_new(pleas, gk_forum_name(i), numbers(self->pleas[i], GK_RULINGS + 1));
    for (int i = 0; (code = gk_report_form_figure(form, i)); i++)
        json_object_set_new(figures, code, self->entered[i] ? json_integer(self->figures[i]) : json_null());
    return json_pack("{s:o, s:o, s:o, s:{s:I, s:I, s:I}}", "rows", rows, "proceedings", pleas, "figures", figures, "fee", "cases",
                     (json_int_t) self->fee_cases, "yuan", (json_int_t) self->fee_yuan, "refunded_yuan", (json_int_t) self->refunded_yuan);
}

static bool read_numbers(const json_t *array, int64_t *out, int count)
{
    if ((int) json_array_size(array) != count)
        return false;
    for (int i = 0; i < count; i++) {
        const json_t *value = json_array_get(array, (size_t) i);
        out[i] = json_integer_value(value);
        if (!json_is_integer(value) || out[i] < 0 || out[i] > INT64_C(1) << 50)
            return false;
    }
    return true;
}

gk_err gk_report_read(const json_t *figures, int year, const gk_report_form *form, gk_report *out, gk_why *why)
{
    gk_report report = { .year = year };
    const gk_report_row *row;
    const char *code;
    bool good = true;
    for (int i = 0; (row = gk_report_form_row(form, i)); i++)
        good = good && read_numbers(json_object_get(json_object_get(figures, "rows"), row->code), report.cells[i], GK_REPORT_COLUMNS);
    for (int i = 0; i < GK_FORUMS; i++)
        good = good && read_numbers(json_object_get(json_object_get(figures, "proceedings"), gk_forum_name(i)), report.pleas[i],
                                    GK_RULINGS + 1);
    for (int i = 0; (code = gk_report_form_figure(form, i)); i++) {
        const json_t *value = json_object_get(json_object_get(figures, "figures"), code);
        report.figures[i] = json_integer_value(value);
        report.entered[i] = json_is_integer(value);
        good = good && report.figures[i] >= 0 && report.figures[i] <= INT64_C(1) << 50;
    }
    const json_t *fee = json_object_get(figures, "fee");
    report.fee_cases = json_integer_value(json_object_get(fee, "cases"));
    report.fee_yuan = json_integer_value(json_object_get(fee, "yuan"));
    report.refunded_yuan = json_integer_value(json_object_get(fee, "refunded_yuan"));
    if (!good || report.fee_cases < 0 || report.fee_yuan < 0 || report.refunded_yuan < 0)
        return gk_refuse(why, GK_EDAMAGED, "the figures of %d as they were closed cannot be read", year);
    *out = report;
    return GK_OK;
}
