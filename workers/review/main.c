/*  gongkai-review - whose request is it, was it asked before, is it public already? */
#include "workers/worker.h"
#include "workers/review/triage.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/paths.h"

#include <stdlib.h>

enum { MOST_RULES = 1 << 20 };

static gk_err work(gk_worker *self, void *context, const json_t *job, const json_t *facts, json_t **out,
                   gk_why *why)
{
    (void) self;
    return gk_triage_work(context, job, facts, out, why);
}

static gk_err load_file(const char *name, json_t **out, gk_why *why)
{
    gk_free_auto char *path = gk_paths_schema(name);
    return gk_json_load(path, MOST_RULES, out, why);
}

static gk_err load(gk_rules **rules, gk_triage **triage, gk_why *why)
{
    gk_json_auto *law = NULL, *words = NULL;
    gk_err err = load_file("rules/rules.json", &law, why);
    if (!err)
        err = gk_rules_read(law, rules, why);
    if (!err)
        err = load_file("rules/triage.json", &words, why);
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
