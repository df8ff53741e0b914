/*  facts - from a job of the ledger to what a template may name.
 *
 *  The table of letters (core/letters) says to whom each goes and whether it carries the
 *  remedies (救济途径).  What a letter must not tell is not among its values, so no template can
 *  let it slip: a letter to a third party or a unit knows nothing of the applicant or of the
 *  request's words.
 *
 *  Values: office.*, number, date, to.*, case_number, fields.*, and
 *      you             您, 贵单位, 贵方 or 贵部门, as is fitting
 *      application, asked      what it is (政府信息公开申请 or 政府信息更正申请) and what it asks for
 *      self            what the letter calls itself in the remedies: 本答复, 本告知书
 *      is.CODE         the outcome's code, the fee's standard or the kind of consultation; is.records
 *      outcome.zh, outcome.article
 *      ground          fields.ground, with codes (D4) replaced by their articles
 *      until           fields.due_on, else due_on: the day to reply by
 *      quantity, amount, arithmetic    of a fee: items or pages, whole yuan, lines of text
 *      search          fields.search_log when it is text
 *      terms.SETTING   a number of the rules: reply_days, consultation_days, reconsideration_days, lawsuit_months,
 *                      lawsuit_after_days; consultation_days is that of who is asked
 *      remedy.first, remedy.free, or remedy.first_items and remedy.free_items: which items, as "二、五"
 *      items, item_count       of a reply item by item; each item has item, ordinal (一), text, is, outcome,
 *                              ground, search, fields, and annexes and attachments: the numbers of its annexes
 *      received_on, request.cited, record.wrong, record.right, attachments     (not in a letter to others)
 *      ruling.body, ruling.number, ruling.received_on, ruling.reconsideration or ruling.court      of a reply given again
 *  and of a form for the file
 *      form, unit      the application's form, without the numbers of proofs; who handles it
 *      came.CHANNEL, who.KIND, proof.TYPE, wants.MEDIUM, wants.CHANNEL     what was chosen, by its code
 *      steps           of the review form; each has is.EVENT and is.CHOICE, by, on, fields, outcome (code, zh, article), ground
 */
#ifndef GK_FACTS_H
#define GK_FACTS_H

#include "core/outcome.h"
#include "core/rules.h"
#include "workers/reply/letter.h"

typedef struct gk_facts {
    const char *letter;             /* kind, as in the job */
    const char *template;
    json_t *values;
    gk_letter_head head;            /* its texts lie in the job, except check_code */
    char check_code[9];             /* first 8 characters of the ledger's head */
} gk_facts;

/*  Read a job.  `out` points into `job` and into itself: keep both in place, and end with
 *  gk_facts_clear.  GK_EUNSUPPORTED: no such letter; GK_EBADVALUE, GK_EMISSING, named in *why. */
GK_CHECKED gk_err gk_facts_read(const json_t *job, const gk_rules *rules, const gk_outcomes *outcomes, gk_facts *out, gk_why *why);
void gk_facts_clear(gk_facts *self);

#endif
