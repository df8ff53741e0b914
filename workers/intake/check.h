/*  gk_check - what intake finds out about a new application (task `check`).
 *
 *  Complete under 条例 Art. 29? received on which day under Art. 31? the same as an
 *  earlier one of this applicant? a petition in disguise (Art. 39)?  A pure function of
 *  the job's facts: the ledger computes the day and the missing members again and
 *  refuses a difference.
 */
#ifndef GK_CHECK_H
#define GK_CHECK_H

#include "workers/intake/disguise.h"

/*  Answer one job (schemas/protocol.md section 3):
 *
 *      {"complete", "missing": [..], "received_on", "duplicate_of": [numbers], "disguise",
 *       "flags": ["proof_odd"]}               empty as a rule: nobody is refused for a flag
 *
 *  `job` gives `today`, `facts` the form, the receipt, how many files came with it (`attached`) and
 *  the earlier cases.  GK_EMISSING,
 *  GK_EBADVALUE, GK_ETOOLARGE when the facts are not what the protocol says.  The
 *  caller owns *out. */
GK_CHECKED gk_err gk_check_work(const gk_disguise *disguise, const json_t *job, const json_t *facts,
                                json_t **out, gk_why *why);

#endif
