/*  gongkai-intake - is a new application complete, when was it received, what is it like? */
#include "workers/worker.h"
#include "workers/intake/check.h"
#include "base/log.h"
#include "base/mem.h"

#include <stdlib.h>

enum { MOST_RULES = 1 << 20 };

static gk_err work(gk_worker *self, void *context, const json_t *job, const json_t *facts, json_t **out,
                   gk_why *why)
{
    (void) self;
    return gk_check_work(context, job, facts, out, why);
}

static gk_err load(gk_disguise **out, gk_why *why)
{
    gk_json_auto *file = NULL;
    gk_err err = gk_json_load_schema("rules/disguise.json", MOST_RULES, &file, why);
    return err ? err : gk_disguise_read(file, out, why);
}

int main(int argc, char **argv)
{
    gk_log_setup("gongkai-intake", GK_INFO);
    gk_auto(gk_disguise) disguise = NULL;
    gk_why why = { "" };
    gk_err err = load(&disguise, &why);
    if (err) {
        gk_log(GK_ERROR, "event=rules-refused reason=\"%s\"", why.text);
        return gk_err_exit(err);
    }
    return gk_worker_main("intake", work, disguise, NULL, argc, argv);
}
