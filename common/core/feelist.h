/*  gk_feelist - the monthly reconciliation list of the information-processing fee (信息处理费对账清单).
 *
 *  国办函〔2020〕109号 makes the fee non-tax revenue, paid in full to the treasury against a fiscal receipt; Finance
 *  reconciles it by the month.  The list is a fold of its own over the events of an office's fees: notices by the
 *  day they were sent, payments by value date with their fiscal receipts, refunds with the receipt that they undo,
 *  and what is no longer owed because its case ended.  What was owed and what had come in before the month, with
 *  the lines of the month, give what stands at its end; the year's money is that of part 6 of the annual report.
 *  Whole yuan throughout.  It names cases, never who paid.
 */
#ifndef GK_FEELIST_H
#define GK_FEELIST_H

#include "core/report.h"

typedef struct gk_feelist gk_feelist;

gk_feelist *gk_feelist_new(void);
void gk_feelist_destroy(gk_feelist **self_p);

/*  Does an event of this type move a fee, or name its case?  The others need not be entered. */
bool gk_feelist_reads(gk_event_type type);

/*  Enter the next event of a case; the events of one case come together, in their order. */
void gk_feelist_enter(gk_feelist *self, int64_t case_id, const gk_event *event);

/*  The month that begins on `first`: {"year", "month", "lines": [LINE by day], "owed": {"opening", "noticed", "settled", "ended", "closing"}, "money": {"opening",
 *  "received", "refunded", "closing"}, "year_money": {"received", "refunded"}: as the annual report counts them,
 *  "open": [{"case", "owed", "surplus"}] at the month's end, "twice": [receipt numbers], "beyond": [receipt numbers]}.
 *  LINE: {"on", "recorded_on", "case", "what": notice, payment, excused, refund or ended, "how": part, full, over or
 *  late, of a payment, "number": of the receipt or refund, "of": the receipt that a refund undoes, "of_on": its value
 *  date, "yuan", "owed": what it adds to what is owed, "money": what it adds to what came in, "counts_in": the
 *  annual report's year, if it is another than the day's}.  A surplus is money to be given back.  Caller decrefs. */
json_t *gk_feelist_month(const gk_feelist *self, gk_date first, const gk_report_closings *closings);

/*  The identities F1 to F5 of such a list, in the form of gk_report_check(); `fee` is part 6 of the same year's report. */
json_t *gk_feelist_check(const json_t *list, const json_t *fee);

#endif
