/* links: gk_core */
/*  fuzz_form - an application form and a receipt from a stranger.  What passes the check must
 *  answer every question, and what it lacks must have a text. */
#include "core/form.h"
#include "core/similar.h"
#include "base/mem.h"
#include "fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

/*  Everything that reads a form must stand any JSON, checked before or not. */
static void ask(const json_t *form)
{
    gk_json_auto *missing = gk_form_missing(form, 0);
    for (size_t i = 0; i < json_array_size(missing); i++) {
        const char *member = json_string_value(json_array_get(missing, i));
        require(strcmp(gk_form_missing_text(member, "zh"), gk_form_missing_text("", "zh")) != 0);
    }
    gk_free_auto char *key = gk_form_applicant_key(form);
    gk_free_auto char *again = gk_similar_fold(key);
    require(strcmp(key, again) == 0);
    require(!gk_form_proof_odd(form) || *key);
    gk_hash one = gk_form_content_hash(form), two = gk_form_content_hash(form);
    require(memcmp(&one, &two, sizeof one) == 0);
    const char *asked = gk_json_path(form, "request.description");
    int score = gk_similar_of(asked, asked);
    require(score == 0 || score == 100);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    gk_json_auto *value = NULL;
    gk_why why = { "" };
    if (gk_json_parse((const char *) data, len, &value, &why))
        return 0;
    gk_date today;
    require(gk_date_parse("2026-03-02", 10, &today) == GK_OK);
    require(gk_form_check(value, &why) == GK_OK || *why.text);
    ask(value);
    if (gk_form_check_receipt(value, today, &why) == GK_OK) {
        gk_date day = gk_form_received_on(value);
        require(gk_date_is_none(day) || day.day <= today.day);
    }
    return 0;
}
