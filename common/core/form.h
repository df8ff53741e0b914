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

/*  What an application asks for: information (Art. 29, the default), or that a record about the
 *  applicant himself be corrected (更正, Art. 41), which is a kind of its own. */
typedef enum gk_kind { GK_KIND_DISCLOSURE, GK_KIND_RECORDS, GK_KINDS } gk_kind;

gk_kind gk_form_kind(const json_t *form);       /* by its member "kind" */
gk_kind gk_kind_parse(const char *name);        /* GK_KIND_DISCLOSURE when it is no other's name */
const char *gk_kind_name(gk_kind kind);         /* "records_correction" */
const char *gk_kind_text(gk_kind kind, const char *lang);   /* "政府信息更正申请", or "en" */

/*  Check shape and limits of a form from outside: known members only, lengths
 *  (names 100 characters, description 5000, others 200, office 16, 50 joint applicants), enumerations,
 *  UTF-8 without control characters; the description, the record's texts and the help may have
 *  lines.  "record" belongs to kind records_correction alone.
 *  GK_EBADVALUE, GK_ETOOLARGE, naming the member, never its value.  What is merely
 *  absent is no error here: see gk_form_missing.  An absent applicant.kind means
 *  natural_person. */
GK_CHECKED gk_err gk_form_check(const json_t *form, gk_why *why);

/*  The members that Art. 29 (or Art. 41) wants and that are not there, as an array of dotted
 *  names ("applicant.proof.number"), empty when complete.  The caller owns it.
 *
 *  "applicant.contact" stands for address, phone and email together, "request" for
 *  title, document_number and description together: one of them is enough.  What the
 *  wanted channel cannot do without is named by itself: the address for post, the
 *  e-mail address for email, the telephone number for fax.  Who acts for another attaches the
 *  authority ("agent.authority"), and of those who apply together ("joint") each has a name and a
 *  proof; `applicant` is who stands for them.  Who wants a record corrected says
 *  what is wrong ("record.wrong"), what is right, and brings "evidence": `attached` files. */
json_t *gk_form_missing(const json_t *form, size_t attached);

/*  What to ask for a missing member, in Chinese ("请提供身份证明的号码") or English ("en").
 *  Never NULL: a name that gk_form_missing does not use gets a general sentence. */
const char *gk_form_missing_text(const char *member, const char *lang);

/*  True when the applicant's id_card number is there but is neither 18 characters
 *  with the right check character (GB 11643) nor an old one of 15 digits.  This is a
 *  flag for a person to look at: nobody is refused for it. */
bool gk_form_proof_odd(const json_t *form);

/*  What a person should look at in the identity of who applies on `on` (Art. 29), as an array of "proof_odd"; "kind_odd", an
 *  organisation that proves itself as a person or the reverse; "without_guardian", not eighteen yet by the identity
 *  number, and no guardian acts.  Nobody is refused for them, and nobody for a nationality: legal decides.
 *  The caller owns it. */
json_t *gk_form_flags(const json_t *form, gk_date on);

/*  Check a RECEIPT object (schemas/protocol.md): known members, the dates that its
 *  channel needs, none after `today`, and in order: signed for (the mailroom's day)
 *  before or when it reached the disclosure office, that before or when both sides
 *  confirmed.  signed_on belongs to post_signed only and submitted_on to portal only,
 *  because the wrong channel means another legal day.  GK_EBADVALUE, GK_EMISSING,
 *  GK_ETOOLARGE.  `portal` passes: who reads a clerk's receipt refuses it there. */
GK_CHECKED gk_err gk_form_check_receipt(const json_t *receipt, gk_date today, gk_why *why);

/*  Day of receipt under 条例 Art. 31 as docs/decisions reads it: portal the day of
 *  submission, in_person of arrival, post_signed of signing; post_ordinary, fax, email
 *  and oral the day both sides confirmed, GK_NO_DATE until then.  A rest day counts
 *  as it is. */
gk_date gk_form_received_on(const json_t *receipt);

/*  Hash of what is asked (title, number, description; folded by gk_similar_fold:
 *  blanks, width, case, brackets), by which exact duplicates are found.  A request to correct a
 *  record is never the duplicate of one to see it. */
gk_hash gk_form_content_hash(const json_t *form);

/*  Proof type and number in one canonical text ("id_card:11010519491231002x"), for
 *  the keyed look-up of an applicant; blanks, width, case and hyphens do not count.
 *  Caller frees.  "" when there is no number. */
char *gk_form_applicant_key(const json_t *form);

#endif
