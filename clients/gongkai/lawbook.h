/*  gk_lawbook - the law as this installation ships it: holiday notices and the rules.
 *
 *  The calculators work without a broker, so they read the same files that the broker
 *  starts from.  Notices that an office loaded later lie in its ledger and are not seen.
 */
#ifndef GK_LAWBOOK_H
#define GK_LAWBOOK_H

#include "core/calendar.h"
#include "core/rules.h"

/*  All notices of SCHEMAS/calendar (NAME.txt, in name order).  GK_ENOTFOUND when there
 *  is none, GK_EBADVALUE naming the file and line.  The caller destroys *out. */
GK_CHECKED gk_err gk_lawbook_calendar(gk_calendar **out, gk_why *why);

/*  SCHEMAS/rules/rules.json; errors as gk_rules_read.  The caller destroys *out. */
GK_CHECKED gk_err gk_lawbook_rules(gk_rules **out, gk_why *why);

#endif
