/* links: gk_wire */
/*  fuzz_command - what a client may send as a payload, up to where the ledger begins: JSON, the table of messages, the
 *  form, how it came in, the fields of an act.  Whatever is taken must come back as it was. */
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/casefile.h"
#include "core/form.h"
#include "wire/message.h"
#include "fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

/*  A refusal has a sentence, well-formed and short enough for a log. */
static void check(gk_err err, const gk_why *why)
{
    if (err && (!*why->text || !gk_utf8_ok(why->text, strlen(why->text))))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    if (len < 2)
        return 0;
    size_t services = 0;
    while (gk_message_at(services))
        services++;
    gk_json_auto *body = NULL;
    gk_why why = { "" };
    gk_err err = gk_json_parse((const char *) data + 2, len - 2, &body, &why);
    check(err, &why);
    if (err)
        return 0;
    why.text[0] = 0;
    check(gk_message_check(gk_message_at(data[0] % services), body, &why), &why);
    if (!json_is_object(body))
        return 0;
    why.text[0] = 0;
    check(gk_act_check_fields((gk_event_type) (data[1] % GK_EVENT_TYPES), body, &why), &why);
    why.text[0] = 0;
    check(gk_form_check(body, &why), &why);
    why.text[0] = 0;
    check(gk_form_check_receipt(body, (gk_date) { 20514 }, &why), &why);
    gk_free_auto char *text = gk_json_print(body);
    gk_json_auto *again = NULL;
    if (gk_json_parse(text, strlen(text), &again, &why) || !json_equal(body, again))
        abort();
    return 0;
}
