/*  gongkai-review - whose request is it, was it asked before, is it public already? */
#include "workers/worker.h"
#include "workers/review/triage.h"
#include "base/log.h"
#include "base/mem.h"

#include <stdlib.h>

enum { MOST_RULES = 1 << 20 };

static gk_err work(gk_worker *self, void *context, const json_t *job, const json_t *facts, json_t **out,
                   gk_why *why)
{
    (void) self;
    return gk_triage_work(context, job, facts, out, why);
}

static gk_err load(gk_rules **rules, gk_triage **triage, gk_why *why)
{
    gk_json_auto *law = NULL, *words = NULL;
    gk_err err = gk_json_load_schema("rules/rules.json", MOST_RULES, &law, why);
    if (!err)
        err = gk_rules_read(law, rules, why);
    if (!err)
        err = gk_json_load_schema("rules/triage.json", MOST_RULES, &words, why);
    return err ? err : gk_triage_read(words, *rules, triage, why);
}

int main(int argc, char **argv)
{
    gk_log_setup("gongkai-review", GK_INFO);
    gk_auto(gk_rules) rules = NULL;
    gk_auto(gk_triage) triage = NULL;
    gk_why why = { "" };
    gk_err err = load(&rules, &triage, &why);
    if (err) {
        gk_log(GK_ERROR, "event=rules-refused reason=\"%s\"", why.text);
        return gk_err_exit(err);
    }
    return gk_worker_main("review", work, triage, NULL, argc, argv);
}
