/*  gk_verb - what `gongkai` can do, one row a verb.
 *
 *  The table is the command line: reading it, help and the manual come from these rows.
 */
#ifndef GK_VERBS_H
#define GK_VERBS_H

#include "clients/gongkai/cli.h"

typedef enum gk_verb_group {
    GK_GROUP_APPLICANT, GK_GROUP_DESK, GK_GROUP_CALCULATOR, GK_GROUP_ADMIN, GK_GROUP_HELP, GK_GROUPS
} gk_verb_group;

struct gk_verb {
    gk_verb_group group;
    const char *name;           /* one word or two */
    const char *usage;          /* what stands behind it */
    int least, most;            /* how many words that may be */
    uint64_t options;           /* GK_OPT_BITs beyond those that every verb takes */
    int (*run)(gk_cli *self);
    const char *zh, *en;        /* one line of help */
    const char *more_zh, *more_en;      /* the rest of `CMD --help`, or NULL */
};

/*  The verb at `index`, NULL past the end. */
const gk_verb *gk_verb_at(size_t index);

/*  The verb that the first words name, two before one; NULL when none. */
const gk_verb *gk_verb_find(const char *const *word, int words);

/*  How many words its name has. */
int gk_verb_words(const gk_verb *self);

/*  Is it named by `word` and another behind it, as "workday add" by "workday"? */
bool gk_verb_is_of(const gk_verb *self, const char *word);

/*  ---- the functions behind the rows ---------------------------------------- */

/*  applicant.c */
int gk_run_submit(gk_cli *self);
int gk_run_register(gk_cli *self);
int gk_run_status(gk_cli *self);
int gk_run_correct(gk_cli *self);
int gk_run_withdraw(gk_cli *self);
int gk_run_pay(gk_cli *self);
int gk_run_suggest(gk_cli *self);

/*  desk.c */
int gk_run_queue(gk_cli *self);
int gk_run_tasks(gk_cli *self);
int gk_run_pull(gk_cli *self);
int gk_run_list(gk_cli *self);
int gk_run_show(gk_cli *self);
int gk_run_explain(gk_cli *self);
int gk_run_similar(gk_cli *self);

/*  act.c */
int gk_run_act(gk_cli *self);

/*  catalogue.c */
int gk_run_catalogue_import(gk_cli *self);
int gk_run_catalogue_remove(gk_cli *self);
int gk_run_catalogue_search(gk_cli *self);

/*  papers.c */
int gk_run_letter(gk_cli *self);
int gk_run_letter_preview(gk_cli *self);
int gk_run_document_get(gk_cli *self);

/*  report.c */
int gk_run_report_annual(gk_cli *self);
int gk_run_report_timeliness(gk_cli *self);
int gk_run_report_fees(gk_cli *self);
int gk_run_report_enter(gk_cli *self);
int gk_run_report_reopen(gk_cli *self);
int gk_run_report_close(gk_cli *self);

/*  evidence.c */
int gk_run_evidence(gk_cli *self);

/*  offline.c */
int gk_run_workday_add(gk_cli *self);
int gk_run_workday_between(gk_cli *self);
int gk_run_fee_items(gk_cli *self);
int gk_run_fee_pages(gk_cli *self);
int gk_run_clock(gk_cli *self);

/*  admin.c */
int gk_run_verify(gk_cli *self);
/*  Ask the broker to check the ledger, or a case (NULL: all), and whether it still has a published head (NULL: none); print the verdict. */
int gk_ask_verify(gk_cli *self, const char *owner, const char *head);
int gk_run_workers(gk_cli *self);
int gk_run_dead_list(gk_cli *self);
int gk_run_dead_retry(gk_cli *self);
int gk_run_org_load(gk_cli *self);
int gk_run_calendar_load(gk_cli *self);
int gk_run_training_advance(gk_cli *self);
int gk_run_time_confirm(gk_cli *self);

/*  seal.c */
int gk_run_seal_list(gk_cli *self);
int gk_run_seal_show(gk_cli *self);
int gk_run_seal_proof(gk_cli *self);
int gk_run_seal_key(gk_cli *self);
int gk_run_receipt(gk_cli *self);
/*  Check a saved proof or receipt: by --key alone, else by asking the broker. */
int gk_check_saved(gk_cli *self, const char *path, bool proof);

/*  moved.c */
int gk_run_calendar_list(gk_cli *self);
int gk_run_calendar_moved(gk_cli *self);
int gk_run_calendar_confirm(gk_cli *self);

/*  law.c */
int gk_run_law_table(gk_cli *self);

/*  help.c: the whole, a topic or a verb; and one verb, as for --help. */
int gk_run_help(gk_cli *self);
void gk_help_all(const gk_cli *self, FILE *out);
void gk_help_verb(const gk_cli *self, const gk_verb *verb);

/*  Print the verbs of two words that begin with `word`, with their usage; false when there is none. */
bool gk_help_family(const gk_cli *self, const char *word);

#endif
