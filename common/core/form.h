/*  gk_form - the application form (申请表), what makes it complete, and when it was received.
 *
 *  条例 Art. 29 names what an application contains, Art. 31 which day is the day of
 *  receipt for each channel.  Intake computes both; the ledger computes them again
 *  and refuses a difference.
 */
#ifndef GK_FORM_H
#define GK_FORM_H

#include "base/hash.h"
#include "base/json.h"

/*  Check shape and limits of a form from outside: known members only, lengths,
 *  enumerations, UTF-8.  GK_EBADVALUE, GK_ETOOLARGE, naming the member.  What is
 *  merely absent is no error here: see gk_form_missing. */
GK_CHECKED gk_err gk_form_check(const json_t *form, gk_why *why);

/*  The members that Art. 29 wants and that are not there, as an array of dotted
 *  names ("applicant.proof.number"), empty when complete. */
json_t *gk_form_missing(const json_t *form);

/*  What to ask for a missing member, in Chinese ("请提供身份证明") or English. */
const char *gk_form_missing_text(const char *member, const char *lang);

/*  Check a RECEIPT object (schemas/protocol.md): channel, dates in order, the
 *  fields each channel needs; `today` bounds the dates. */
GK_CHECKED gk_err gk_form_check_receipt(const json_t *receipt, gk_date today, gk_why *why);

/*  Day of receipt under Art. 31 and DECISIONS "Receipt"; GK_NO_DATE while both
 *  sides have not confirmed. */
gk_date gk_form_received_on(const json_t *receipt);

/*  Hash of what is asked (title, number, description; blanks, width and case
 *  folded), by which exact duplicates are found. */
gk_hash gk_form_content_hash(const json_t *form);

/*  The proof type and number in one canonical text, for the keyed look-up of an
 *  applicant; caller frees.  "" when there is no number. */
char *gk_form_applicant_key(const json_t *form);

#endif
