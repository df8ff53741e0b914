/* links: gk_core */
/*  fuzz_proof - any bytes as a saved proof, receipt or list of keys: refused with a sentence, or signed, and then whatever is
 *  changed in what was signed is refused. */
#include "base/text.h"
#include "core/proof.h"
#include "fuzz/fuzz.h"

#include <string.h>

/*  The public key of the seed 01 00 00 ..., which signed the corpus. */
static const char known[] = "cecc1507dc1ddd7295951c290888f095adb9044d1b73d696e6df065d683bd4fc";

static void refused_or(gk_err err, const gk_why *why)
{
    require(!err || (*why->text && gk_utf8_ok(why->text, strlen(why->text))));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    unsigned char key[GK_PUBLIC_BYTES];
    gk_json_auto *value = NULL;
    gk_why why = { "" };
    require(gk_unhex(known, key, sizeof key));
    if (gk_json_parse((const char *) data, len, &value, &why))
        return 0;
    for (int kind = 0; kind < GK_DOCUMENT_KINDS; kind++) {
        gk_err err = gk_document_check((gk_document_kind) kind, value, &why);
        refused_or(err, &why);
        json_t *training = json_object_get(value, "training");
        if (!err) {
            json_object_set_new(value, "training", json_boolean(!json_is_true(training)));
            require(gk_document_check((gk_document_kind) kind, value, &why) == GK_EDAMAGED);
            json_object_set_new(value, "training", json_boolean(!json_is_true(json_object_get(value, "training"))));
        }
    }
    refused_or(gk_keys_check(value, &why), &why);
    refused_or(gk_receipt_check(value, key, &why), &why);
    gk_err err = gk_proof_check(value, key, &why);
    refused_or(err, &why);
    if (!err) {
        json_object_set_new(value, "seq", json_integer(json_integer_value(json_object_get(value, "seq")) ^ 1));
        require(gk_proof_check(value, key, &why) == GK_EDAMAGED);
    }
    return 0;
}
