/*  gk_outcome - the kinds of decision (处理决定) on an application.
 *
 *  One row a kind in schemas/outcomes/outcomes.json: article, letter template,
 *  the fields a proposal must bring, whether it refuses (then legal review reads
 *  it, DECISIONS "Decisions"), its remedy text, and its row of the annual report.
 */
#ifndef GK_OUTCOME_H
#define GK_OUTCOME_H

#include "base/json.h"

typedef enum gk_remedy {
    GK_REMEDY_NONE,         /* O1-O3 by withdrawal */
    GK_REMEDY_FREE,         /* reconsideration or lawsuit, as the applicant likes */
    GK_REMEDY_FIRST,        /* reconsideration first (行政复议法 Art. 23(1)(4), since 2024-01-01) */
} gk_remedy;

typedef struct gk_outcome {
    const char *code;           /* "G1" ... "O3", "R1" ... */
    const char *zh, *en;
    const char *article;        /* as cited in the letter, zh */
    const char *report_row;     /* "3.1" ...; "41": beside part 3 */
    bool records;               /* answers a request to correct a record (Art. 41), and no other does */
    const char *template;       /* schemas/templates/<template>.txt */
    bool discloses;             /* information leaves with the letter */
    bool refuses;               /* D, P, U1a, R2: a second reader in legal review */
    bool machine;               /* O1-O3, R5: set by lapse or withdrawal, never proposed */
    gk_remedy remedy;           /* see gk_outcomes_remedy() */
    const char *fields[12];     /* required in the proposal, NULL-terminated; of "a|b" one will do */
} gk_outcome;

typedef struct gk_outcomes gk_outcomes;

GK_CHECKED gk_err gk_outcomes_read(const json_t *file, gk_outcomes **out, gk_why *why);
void gk_outcomes_destroy(gk_outcomes **self_p);
const gk_outcome *gk_outcomes_find(const gk_outcomes *self, const char *code);     /* NULL: none */

/*  The grounds of a refused part, given as codes of refusals ("D4、D6"): how many, the kinds in `out`; 0 when
 *  the text is anything else or has more than GK_OUTCOME_GROUNDS. */
enum { GK_OUTCOME_GROUNDS = 8 };
int gk_outcomes_grounds(const gk_outcomes *self, const char *text, const gk_outcome *out[GK_OUTCOME_GROUNDS]);

/*  The remedy against a decision; of one that refuses a part on these grounds, that of the strictest of them: only the
 *  refusals under Art. 14 to 16 go to reconsideration first. */
gk_remedy gk_outcomes_remedy(const gk_outcomes *self, const gk_outcome *kind, const char *grounds);

/*  True when a proposal of this kind must bring the field, or another in its stead. */
bool gk_outcome_needs(const gk_outcome *self, const char *field);

const gk_outcome *gk_outcomes_at(const gk_outcomes *self, size_t index);           /* NULL: past the end */

#endif
