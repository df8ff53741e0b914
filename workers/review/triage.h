/*  gk_triage - whose request is it, was it asked before, is it public already? (task `triage`)
 *
 *  The unit comes from words in schemas/rules/triage.json, repeats (条例 Art. 36(6)) and
 *  public documents (Art. 36(1)) from gk_similar.  All of it is shown to the reviewer
 *  with its score or rule; nothing is decided here.  The price of one more item this
 *  month is computed, whether to charge it is a person's decision (Art. 42).
 */
#ifndef GK_TRIAGE_H
#define GK_TRIAGE_H

#include "core/rules.h"

typedef struct gk_triage gk_triage;

/*  Read the parsed schemas/rules/triage.json.  `rules` (fees) is borrowed until destroyed.
 *  GK_EBADVALUE or GK_EMISSING, named in *why. */
GK_CHECKED gk_err gk_triage_read(const json_t *file, const gk_rules *rules, gk_triage **out, gk_why *why);
void gk_triage_destroy(gk_triage **self_p);

/*  Answer one job (schemas/protocol.md section 3):
 *
 *      {"unit", "rule", "words", "repeat": [{"number", "score"}], "public": [{"title",
 *       "document_number", "url", "score"}], "fee": {"ordinal", "item_yuan", "arithmetic"}}
 *
 *  The unit is always one of facts.units: the best by words, else the default unit, else the
 *  first; the rule is then "default".  `words` are those of the rules that stand in the request,
 *  and so never the applicant's own.  Candidates come best first, each list at most as long
 *  as the setting `candidates`; 100 also stands for an equal document number.
 *  GK_EMISSING, GK_EBADVALUE, GK_ETOOLARGE when the facts are not what the protocol
 *  says.  The caller owns *out. */
GK_CHECKED gk_err gk_triage_work(const gk_triage *self, const json_t *job, const json_t *facts, json_t **out,
                                 gk_why *why);

#endif
