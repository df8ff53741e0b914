/* links: gk_core */
/*  fuzz_rules - a rules or outcomes file is refused with a sentence, or what it gives can be computed with. */
#include "base/mem.h"
#include "core/fee.h"
#include "core/outcome.h"
#include "fuzz/fuzz.h"

#include <stdlib.h>

static void use(const gk_rules *rules)
{
    for (int64_t n = 0; n < 100; n += 9)
        if (gk_fee_items(rules, n, n) < 0 || gk_fee_pages(rules, n) < 0)
            abort();
    if (gk_fee_items(rules, GK_FEE_MOST, 1) < 0 || gk_fee_pages(rules, GK_FEE_MOST) < 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    gk_json_auto *file = NULL;
    if (len > 65536 || gk_json_parse((const char *) data, len, &file, NULL))
        return 0;
    gk_auto(gk_rules) rules = NULL;
    gk_auto(gk_outcomes) outcomes = NULL;
    gk_why why = { "" };
    if (gk_rules_read(file, &rules, &why) ? !*why.text || rules : !rules)
        abort();
    if (rules)
        use(rules);
    why.text[0] = 0;
    if (gk_outcomes_read(file, &outcomes, &why) ? !*why.text || outcomes : !outcomes)
        abort();
    return 0;
}
