/*  gk_rules - the numbers that the law or a settled reading of it fixes.
 *
 *  They are data (schemas/rules/rules.json), each with its article and its mark
 *  ([seen], [interp], [memory]) and one version for all, which every event stores.
 *  The law is not configuration: nothing else may change these.
 */
#ifndef GK_RULES_H
#define GK_RULES_H

#include "base/date.h"
#include "base/json.h"

enum { GK_RULES_TIERS = 64, GK_RULES_CARRIERS = 8, GK_RULES_CARRIER = 64 };

/*  One band of an excess-progressive price (超额累进). */
typedef struct gk_tier {
    int64_t upto;           /* last unit of the band */
    int64_t yuan;           /* price of each unit in it */
} gk_tier;

typedef struct gk_rules {
    char version[24];
    int reply_days;             /* 20, 条例 Art. 33(2) */
    int extension_days;         /* at most 20, once, Art. 33(2) */
    int correction_notice_days; /* 7, Art. 30 */
    int correction_days;        /* 15 [interp], the "reasonable period" of Art. 30 */
    int consultation_days;      /* 15, Art. 32 */
    int referral_days;          /* 15 [interp]: another agency, or who decides in doubt, Art. 11, 17 */
    int payment_days;           /* 20, 国办函〔2020〕109号 Art. 6 */
    int lapse_grace_days;       /* 5 [interp]: no lapse is proposed earlier */
    int reconsideration_answer_days;    /* 10, 行政复议法 Art. 48, 88: written answer to the reconsideration body */
    int simple_answer_days;     /* 5, in its simple procedure, Art. 54 */
    int court_answer_days;      /* 15 days by the calendar, 行政诉讼法 Art. 67 */
    int publication_answer_days, publish_days;  /* 20, 20 [interp], Art. 44: yes or no, and then publishing */
    int retention_years;        /* 30 [interp]: a closed case is kept at least so long */
    int handover_month;         /* 6: to the archive by its end, in the year behind the case's end */
    int figures_due_day;        /* 10 [interp], of January: the units' figures of the last year's report */
    int report_due_day;         /* 31, of January: the report itself, Art. 49 */
    int records_correction_days; /* 20 [interp]: a service standard, for Art. 41 has no term */
    int registration_lag_days;  /* 1 [interp]: later is flagged for ever */
    int service_proof_days;     /* 5 [interp]: a notice not proven served by then is looked after */
    int telling_days;           /* 1 [interp]: a notice neither mailed nor posted by then is an incident */
    int override_wait_days;     /* 5 [interp]: from the third party's service to the release, Art. 32 */
    int delay_warning_days;     /* 60 [interp]: a delayed date beyond it warns, Art. 35 */
    int subtask_days;           /* 7 [interp]: internal term of a sub-task */
    int subtask_reserve_days;   /* 5 [interp]: before the due date, kept for the office */
    int subtask_return_days;    /* 1 [interp]: in which a unit may return one */
    bool rest_day_as_is;        /* [interp]: a rest day may be day 0; else day 0 is the next working day */
    bool exclude_only_if_told;  /* [interp]: a consultation of which the applicant was not told excludes nothing */
    int reconsideration_days;   /* 60 days by the calendar from the decision's receipt, 行政复议法 Art. 20 */
    int lawsuit_months;         /* 6, 行政诉讼法 Art. 46 */
    int lawsuit_after_days;     /* 15 days by the calendar from the reconsideration's receipt, 行政诉讼法 Art. 45 */
    gk_date reconsideration_first_since;    /* 2024-01-01, 行政复议法 Art. 23(1)(4); earlier letters leave the choice free */
    char postal_carriers[GK_RULES_CARRIERS][GK_RULES_CARRIER];  /* names of the postal enterprise, as a clerk may give them */
    int postal_carrier_count;
    bool email_from_server_day; /* [interp]: the desk counts from the earlier of two readings */
    int remind_before[8];       /* 5, 3, 1, 0 working days before the due date */
    int remind_before_count;
    int office_hour_from, office_hour_to;       /* 9, 17: reminders go out between them */
    gk_tier item_tiers[GK_RULES_TIERS];         /* per item, Art. 4 */
    int item_tier_count;
    int64_t fee_second_approval_yuan;           /* a larger fee takes two [interp] */
    int64_t item_band, item_band_step;          /* beyond: bands of 10, +100 yuan each */
    gk_tier page_tiers[8];                      /* per page, Art. 5; the last is open */
    int page_tier_count;
    json_t *all;                /* the whole file, for `gongkai law table` */
} gk_rules;

/*  Read the parsed file.  Every setting must be there with an article and a mark;
 *  unknown ones are refused.  GK_EBADVALUE or GK_EMISSING, named in *why. */
GK_CHECKED gk_err gk_rules_read(const json_t *file, gk_rules **out, gk_why *why);
void gk_rules_destroy(gk_rules **self_p);

#endif
