/*  gk_check - what intake finds out about a new application. */
#include "workers/intake/check.h"
#include "core/form.h"

#include <string.h>

/*  Numbers of the same applicant's earlier cases that ask for exactly the same.  A form
 *  that asks for nothing yet is like no other. */
static json_t *duplicates(const json_t *form, const json_t *missing, const json_t *earlier)
{
    json_t *numbers = json_array();
    for (size_t i = 0; i < json_array_size(missing); i++)
        if (strcmp(json_string_value(json_array_get(missing, i)), "request") == 0)
            return numbers;
    gk_hash hash = gk_form_content_hash(form);
    char hex[GK_HASH_HEX];
    gk_hash_hex(&hash, hex);
    for (size_t i = 0; i < json_array_size(earlier); i++) {
        const json_t *one = json_array_get(earlier, i);
        json_t *number = json_object_get(one, "number");
        if (json_is_string(number) && strcmp(gk_json_text(one, "content"), hex) == 0)
            json_array_append(numbers, number);
    }
    return numbers;
}

gk_err gk_check_work(const gk_disguise *disguise, const json_t *job, const json_t *facts, json_t **out,
                     gk_why *why)
{
    if (strcmp(gk_json_text(job, "task"), "check") != 0)
        return gk_refuse(why, GK_EUNSUPPORTED, "intake knows the task check only");
    gk_date today = gk_json_date(job, "today");
    const json_t *form = json_object_get(facts, "form"), *receipt = json_object_get(facts, "receipt");
    if (gk_date_is_none(today) || !form || !receipt)
        return gk_refuse(why, GK_EMISSING, "the job needs today, facts.form and facts.receipt");
    gk_err err = gk_form_check(form, why);
    if (!err)
        err = gk_form_check_receipt(receipt, today, why);
    if (err)
        return err;
    json_int_t attached = json_integer_value(json_object_get(facts, "attached"));
    gk_json_auto *missing = gk_form_missing(form, attached > 0 ? (size_t) attached : 0);
    bool records = gk_form_kind(form) == GK_KIND_RECORDS;       /* a right of its own, not Art. 39's petition in disguise */
    *out = json_pack("{s:b, s:O, s:o, s:o, s:o, s:o}", "complete", json_array_size(missing) == 0,
                     "missing", missing, "received_on", gk_json_from_date(gk_form_received_on(receipt)),
                     "duplicate_of", duplicates(form, missing, json_object_get(facts, "earlier")),
                     "disguise", records ? json_null() : gk_disguise_find(disguise, json_object_get(form, "request")),
                     "flags", gk_form_flags(form, today));
    return GK_OK;
}
