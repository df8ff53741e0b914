/*  gk_report - the annual report (政府信息公开工作年度报告, 条例 Art. 50) as a fold over cases.
 *
 *  Two folds, both pure: the events of a case enter its summary, and the summary has one place
 *  in a year's table - the row in which it came in, the row in which it went out, its column.  Table,
 *  drill-down and the list that is frozen with a closed year all ask for that place, so they
 *  cannot tell different stories.  Rows, columns and figures are those of schemas/report/annual.json.
 *
 *  What is recorded after a year was closed counts in the first year behind it that was still open
 *  then: a published figure never moves, and nothing falls between two years (identity I5).
 */
#ifndef GK_REPORT_H
#define GK_REPORT_H

#include "core/casefile.h"

enum {
    GK_REPORT_ROWS = 40, GK_REPORT_COLUMNS = 7, GK_REPORT_TOTAL = GK_REPORT_COLUMNS - 1,
    GK_REPORT_FIGURES = 16, GK_REPORT_CLOSINGS = 64, GK_REPORT_PROCEEDINGS = 8, GK_REPORT_PAYMENTS = 2 * GK_CASE_PAYMENTS, GK_REPORT_VOID = 4,
};

/*  ---- the form ------------------------------------------------------------------------- */

/*  What a row of part 3 counts. */
typedef enum gk_report_count {
    GK_COUNTS_RECEIVED,     /* 一、本年新收 */
    GK_COUNTS_CARRIED,      /* 二、上年结转 */
    GK_COUNTS_OUTCOME,      /* 三（一） to （六）, by the outcome's report row */
    GK_COUNTS_ENDED,        /* 三（七）总计 */
    GK_COUNTS_PENDING,      /* 四、结转下年度 */
    GK_COUNTS
} gk_report_count;

typedef struct gk_report_row {
    const char *code;           /* "3.3.1" */
    const char *said;           /* the word before its number in the text of part 1, "" for none */
    gk_report_count counts;
} gk_report_row;

typedef enum gk_forum { GK_RECONSIDERATION, GK_LAWSUIT, GK_LAWSUIT_AFTER, GK_FORUMS } gk_forum;
typedef enum gk_ruling { GK_UPHELD, GK_CORRECTED, GK_RULED_OTHERWISE, GK_UNRULED, GK_RULINGS } gk_ruling;

typedef struct gk_report_form gk_report_form;

/*  Read the parsed schemas/report/annual.json.  GK_EBADVALUE or GK_EMISSING, named in *why. */
GK_CHECKED gk_err gk_report_form_read(const json_t *file, gk_report_form **out, gk_why *why);
void gk_report_form_destroy(gk_report_form **self_p);

/*  Every kind of decision on an application for information must have a row among the outcomes'.  GK_EBADVALUE names the kind. */
GK_CHECKED gk_err gk_report_form_fits(const gk_report_form *self, const gk_outcomes *outcomes, gk_why *why);

const json_t *gk_report_form_json(const gk_report_form *self);     /* with all labels; borrowed */
int gk_report_form_first_year(const gk_report_form *self);
const gk_report_row *gk_report_form_row(const gk_report_form *self, int index);        /* NULL: past the end */
int gk_report_form_find_row(const gk_report_form *self, const char *code);             /* -1: none */
int gk_report_form_that(const gk_report_form *self, gk_report_count counts);           /* the first row that counts so */
const char *gk_report_form_column(const gk_report_form *self, int index);              /* NULL: past the end */
int gk_report_form_find_column(const gk_report_form *self, const char *kind);          /* of applicants; -1: none */
const char *gk_report_form_without_kind(const gk_report_form *self);
const char *gk_report_form_figure(const gk_report_form *self, int index);
int gk_report_form_find_figure(const gk_report_form *self, const char *code);
const json_t *gk_report_form_balance(const gk_report_form *self, size_t index);        /* [valid, made, repealed] */
const char *gk_forum_name(int forum);                       /* NULL: past the end */
const char *gk_ruling_name(int ruling);                     /* the last is "total" */

/*  ---- a case, as far as a report looks ----------------------------------------------------- */

typedef struct gk_report_proceeding {
    char id[GK_CODE];           /* as its events name it */
    gk_forum forum;
    gk_ruling ruling;           /* GK_UNRULED while it is open */
    gk_date opened_on, ruled_on;
    int64_t opened_at, ruled_at;
} gk_report_proceeding;

typedef struct gk_report_payment {
    gk_date on;
    int64_t at, yuan;           /* negative: given back */
} gk_report_payment;

/*  A posting that came back by our fault, or a lapse that was defeated: only what comes behind it decides, unless the year
 *  was closed with the first. */
typedef struct gk_report_void {
    gk_date on;
    int64_t at, void_at;
    char outcome[GK_CODE];
} gk_report_void;

/*  A date comes with the instant at which it was recorded. */
typedef struct gk_report_case {
    int64_t id;
    char number[GK_CASE_NUMBER], unit[GK_CODE], kind[24];
    gk_date received_on, ended_on, redone_on;   /* ended: the first time; GK_NO_DATE */
    int64_t received_at, ended_at, redone_at;
    char outcome[GK_CODE];      /* of the first end; of the last proposal before it */
    char proposed[GK_CODE];
    bool records;               /* a request to correct a record (Art. 41): in no row */
    bool reopened;              /* a ruling had it done again */
    gk_report_void voided[GK_REPORT_VOID];
    int void_count;
    bool replied, timely, extended;
    gk_report_payment payments[GK_REPORT_PAYMENTS];     /* of the fee (信息处理费), and refunds */
    int payment_count;
    gk_date due_on;             /* of the open case, from its row */
    bool running;
    gk_report_proceeding proceedings[GK_REPORT_PROCEEDINGS];
    int proceeding_count;
} gk_report_case;

void gk_report_case_start(gk_report_case *self, int64_t id);

/*  Does an event of this type change the summary?  The others need not be read. */
bool gk_report_reads(gk_event_type type);
void gk_report_case_enter(gk_report_case *self, const gk_event *event);

/*  What opens a proceeding ({"proceeding", "kind": a forum}) and what ends one ({"proceeding", "result": a ruling; "base_on"
 *  when the case is to be done again}): each is one row of the table in report.c, once the flow has such events. */
void gk_report_case_plea(gk_report_case *self, const gk_event *event);
void gk_report_case_ruling(gk_report_case *self, const gk_event *event);

/*  "GZ-2026-000012", or "@7" while it has no number. */
const char *gk_report_case_name(const gk_report_case *self, char out[static GK_CASE_NUMBER]);

/*  ---- a case in a year ------------------------------------------------------------------------ */

/*  In the order of their years; closing a year closes those before it. */
typedef struct gk_report_closings {
    struct { int year; int64_t at; } list[GK_REPORT_CLOSINGS];
    int count;
} gk_report_closings;

/*  The year in which a day counts that was recorded at that instant. */
int gk_report_year_of(const gk_report_closings *closings, gk_date on, int64_t at);

enum gk_remark {                /* bits: what is listed beside part 3 */
    GK_REMARK_REDONE = 1,       /* re-done after a lapse was taken back: keeps its first row */
    GK_REMARK_LATE = 2,         /* recorded after its own year was closed */
    GK_REMARK_NO_RECEIPT = 4,   /* withdrawn before receipt was confirmed: in no row */
    GK_REMARK_NO_KIND = 8,      /* the form named no kind of applicant: in the column that the form gives */
    GK_REMARK_RECORDS = 16,     /* a request to correct a record (Art. 41): beside part 3 */
    GK_REMARKS = 5
};

const char *gk_remark_name(int bit);    /* "redone" of bit 0 ...; NULL past the end */

typedef struct gk_report_place {
    int came, went;             /* rows; -1: none */
    int ended;                  /* row of the total when it ended, else -1 */
    int column;                 /* -1: a kind that the form does not know, so only in the total */
    unsigned remarks;
} gk_report_place;

gk_report_place gk_report_place_of(const gk_report_form *form, const gk_outcomes *outcomes, int year,
                                   const gk_report_closings *closings, const gk_report_case *file);

/*  Does a case at that place count in the cell? */
bool gk_report_counts(const gk_report_place *place, int row, int column);

/*  The forum and ruling under which a proceeding counts in `year`; false: in none. */
bool gk_report_pleaded(int year, const gk_report_closings *closings, const gk_report_proceeding *proceeding,
                       gk_ruling *ruling);

/*  ---- the table -------------------------------------------------------------------------------- */

typedef struct gk_report {
    int year;
    int64_t cells[GK_REPORT_ROWS][GK_REPORT_COLUMNS];       /* part 3 */
    int64_t pleas[GK_FORUMS][GK_RULINGS + 1];               /* part 4; the last is the total */
    int64_t figures[GK_REPORT_FIGURES];                     /* part 2 */
    bool entered[GK_REPORT_FIGURES];
    int64_t fee_cases, fee_yuan, refunded_yuan;             /* part 6: what came in, and what of it was given back */
} gk_report;

/*  Count a case, its proceedings and its fee.  Whatever the cases, totals are counted and not added up:
 *  a case that fits no row or column shows as a violated identity. */
void gk_report_add(gk_report *self, const gk_report_form *form, const gk_outcomes *outcomes,
                   const gk_report_closings *closings, const gk_report_case *file);

/*  Figures of part 2 as one unit entered them; names that the form does not know are passed over. */
void gk_report_enter(gk_report *self, const gk_report_form *form, const json_t *figures);

/*  Add another office's report of the same year: the roll-up (关区). */
void gk_report_merge(gk_report *self, const gk_report *other);

/*  {"rows": {code: [7]}, "proceedings": {forum: [5]}, "figures": {code: n}, "fee": {"cases", "yuan", "refunded_yuan"}}. */
json_t *gk_report_json(const gk_report *self, const gk_report_form *form);
GK_CHECKED gk_err gk_report_read(const json_t *figures, int year, const gk_report_form *form, gk_report *out, gk_why *why);

/*  The identities I1 to I7 (LAW.md section 5): [{"identity", "zh", "en", "holds": true, false or null when there
 *  is nothing to compare, "where": [text]}].  `before` is the year before, `overview` the text of part 1; either
 *  may be NULL. */
json_t *gk_report_check(const gk_report *self, const gk_report_form *form, const gk_report *before, const char *overview);

/*  How many of them are violated. */
size_t gk_report_violated(const json_t *identities);

/*  The sentence of part 1 that follows from the table.  Caller frees. */
char *gk_report_sentence(const gk_report *self, const gk_report_form *form);

/*  ---- timeliness ------------------------------------------------------------------------------ */

/*  What came in and went out in a year, but for requests to correct a record, which have no statutory term: {"units", "months", "kinds": [{"key", "ended", "replied", "timely", "late",
 *  "extended", "days": mean working days from receipt to the end in tenths, "most"}]}; units and months also "received",
 *  units also "open" and "overdue" as of `today`. */
json_t *gk_report_timeliness(const gk_report_case *cases, size_t count, int year, const gk_calendar *calendar, gk_date today);

#endif
