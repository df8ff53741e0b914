/*  report - the annual report of an office, from its ledger.
 *
 *  Read by the thread of readings; once more, in the turn that closes a year, by the loop: what is frozen is
 *  exactly what the ledger holds then.  Answers hold figures and case numbers, no personal data but what the
 *  office itself wrote for publication. */
#ifndef GK_BROKER_REPORT_H
#define GK_BROKER_REPORT_H

#include "broker/lawbook.h"

/*  `report.annual`, `report.cell`, `report.timeliness` for who acts: their own office, or one below it, or with
 *  "rollup" all of these.  GK_ENOTFOUND for others, GK_EBADVALUE for a year or a cell that there is not. */
GK_CHECKED gk_err gk_report_annual(gk_store *store, const gk_lawbook *book, const gk_actor *actor, const json_t *body, gk_date today,
                                   json_t **ok, gk_why *why);
GK_CHECKED gk_err gk_report_cell(gk_store *store, const gk_lawbook *book, const gk_actor *actor, const json_t *body, json_t **ok,
                                 gk_why *why);
GK_CHECKED gk_err gk_report_timely(gk_store *store, const gk_lawbook *book, const gk_actor *actor, const json_t *body, gk_date today,
                                   json_t **ok, gk_why *why);

/*  What the office owes on `today` for the report of the last year, until it is closed: [{"task": "figures", "unit"} for each
 *  unit that entered none, {"task": "report"}], each with "year" and "due_on" (Art. 49, 50).  Nothing for a year in which
 *  the ledger was not kept yet.  The caller frees it. */
GK_CHECKED gk_err gk_report_owed(gk_store *store, const gk_lawbook *book, const char *office, gk_date today, json_t **out, gk_why *why);

/*  `report.fees`: the reconciliation list of a month ("2026-03") of such an office, with its identities.  GK_EBADVALUE for no month. */
GK_CHECKED gk_err gk_report_fees(gk_store *store, const gk_lawbook *book, const gk_actor *actor, const json_t *body, json_t **ok,
                                 gk_why *why);

/*  What closing freezes: figures, their hash, what is violated and missing into `data`; the list of cases, to be
 *  sealed beside the event, into `seals`. */
GK_CHECKED gk_err gk_report_freeze(gk_store *store, const gk_lawbook *book, const char *office, int year, json_t *data,
                                   json_t *seals, gk_why *why);

#endif
