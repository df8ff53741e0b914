/*  gk_lawbook - rules, outcomes, calendar and offices, as loaded for one thread.
 *
 *  The rules and kinds of decision come from schemas/, the calendar from schemas/ and then
 *  from the notices that the ledger recorded, the offices from the ledger alone. */
#ifndef GK_LAWBOOK_H
#define GK_LAWBOOK_H

#include "core/report.h"
#include "store/store.h"

typedef struct gk_lawbook {
    gk_calendar *calendar;
    gk_rules *rules;
    gk_outcomes *outcomes;
    gk_report_form *report;     /* the form of the annual report */
    gk_org *org;                /* NULL until offices are loaded */
    gk_law law;                 /* points at the above */
} gk_lawbook;

GK_CHECKED gk_err gk_lawbook_open(gk_store *store, gk_lawbook **out, gk_why *why);
void gk_lawbook_destroy(gk_lawbook **self_p);

/*  Read again what the ledger may have changed: calendar and offices. */
GK_CHECKED gk_err gk_lawbook_reload(gk_lawbook *self, gk_store *store, gk_why *why);

#endif
