/*  people - who acts: a person by name, an applicant by receipt code; and which case is meant. */
#include "broker/broker.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

gk_err gk_actor_of(const gk_lawbook *book, bool trusted, gk_date today, const json_t *body, gk_actor *out, gk_why *why)
{
    const char *name = gk_json_text(body, "as");
    if (!*name)
        return gk_refuse(why, GK_EDENIED, "say who acts: --as NAME");
    if (!trusted)
        return gk_refuse(why, GK_EDENIED, "a bare name is believed in a training directory only (broker/trust_names in "
                         "gongkai.conf trusts who may open the socket)");
    return book->org && gk_actor_find(book->org, name, today, out) ? GK_OK
        : gk_refuse(why, GK_EDENIED, "nobody of that name is known here; gongkai org load FILE adds people");
}

gk_err gk_case_ref(gk_store *store, const json_t *body, int64_t *out, gk_why *why)
{
    const char *text = gk_json_text(body, "case");
    int64_t id = 0;
    if (text[0] == '@') {
        char *end;
        long long number = strtoll(text + 1, &end, 10);
        id = *end == 0 && number > 0 ? number : 0;
    } else if (*text && strlen(text) < GK_CASE_NUMBER) {
        id = gk_store_by_number(store, text);
    }
    if (!id)
        return gk_refuse(why, GK_ENOTFOUND, "there is no case %.40s; name its number or @id", text);
    *out = id;
    return GK_OK;
}

/*  ---- receipt codes ------------------------------------------------------------------ */

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void gk_receipt_code(const unsigned char key[static GK_KEY_BYTES], const char *principal, const char *request_id,
                     char out[static GK_RECEIPT_CODE])
{
    gk_text_auto text = { 0 };
    gk_text_printf(&text, "%s\n%s", principal, request_id);
    gk_hash hash = gk_hash_keyed(key, text.data, text.len);
    /*  128 bits in 26 characters of five bits; the last holds three. */
    for (int i = 0; i < GK_RECEIPT_CODE - 1; i++) {
        unsigned value = 0;
        for (int bit = 5 * i; bit < 5 * i + 5; bit++)
            value = value << 1 | (bit < 128 ? (unsigned) hash.bytes[bit / 8] >> (7 - bit % 8) & 1u : 0u);
        out[i] = crockford[value];
    }
    out[GK_RECEIPT_CODE - 1] = 0;
}

bool gk_receipt_hash(const char *text, gk_hash *out)
{
    char code[GK_RECEIPT_CODE];
    size_t len = 0;
    for (; *text; text++) {
        char c = *text;
        if (c == '-' || c == ' ')
            continue;
        if (c >= 'a' && c <= 'z')
            c = (char) (c - 'a' + 'A');
        c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
        if (!strchr(crockford, c) || len == GK_RECEIPT_CODE - 1)
            return false;
        code[len++] = c;
    }
    if (len != GK_RECEIPT_CODE - 1)
        return false;
    *out = gk_hash_of(code, len);
    return true;
}
