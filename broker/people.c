/*  people - who acts: a person by name, an applicant by receipt code; and which case is meant. */
#include "broker/broker.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { USE_NOTED = 60 };        /* seconds: a session's use is noted no oftener */

gk_gate gk_broker_gate(const gk_broker *self)
{
    return (gk_gate) {
        .trusted = self->trusted, .today = gk_date_of(self->time.now), .wall = self->wall,
        .terms = { gk_conf_ms(self->conf, "people/session_idle") / 1000, gk_conf_ms(self->conf, "people/session_life") / 1000 },
    };
}

gk_err gk_session_of(gk_store *store, const gk_gate *gate, const json_t *body, gk_session *out, gk_why *why)
{
    const char *token = gk_json_text(body, "token");
    gk_hash hash = gk_hash_of(token, strlen(token));
    if (!*token)
        return gk_refuse(why, GK_ELOGIN, "log in first: gongkai login NAME");
    if (!gk_store_session(store, &hash, out) || out->disabled || gk_session_is_over(out->began, out->used, &gate->terms, gate->wall))
        return gk_refuse(why, GK_ELOGIN, "the session is over: log in again (gongkai login NAME)");
    return GK_OK;
}

/*  Whoever must change the initial password does that first. */
static gk_err by_session(gk_store *store, const gk_gate *gate, const json_t *body, char out[static GK_NAME], gk_visitor *visitor,
                         gk_why *why)
{
    gk_session session;
    gk_err err = gk_session_of(store, gate, body, &session, why);
    if (err)
        return err;
    if (visitor) {
        gk_text_copy(visitor->name, sizeof visitor->name, session.name);
        visitor->used = gate->wall - session.used >= USE_NOTED;
        visitor->session = session.hash;
    }
    if (session.must_change)
        return gk_refuse(why, GK_EDENIED, "the initial password must be changed first: gongkai passwd");
    gk_text_copy(out, GK_NAME, session.name);
    return GK_OK;
}

gk_err gk_name_of(gk_store *store, const gk_gate *gate, const json_t *body, char out[static GK_NAME], gk_visitor *visitor, gk_why *why)
{
    const char *as = gk_json_text(body, "as");
    if (*gk_json_text(body, "token") && *as)
        return gk_refuse(why, GK_EBADVALUE, "give a token or as, not both");
    if (*gk_json_text(body, "token"))
        return by_session(store, gate, body, out, visitor, why);
    if (*as && !gate->trusted)
        return gk_refuse(why, GK_EDENIED, "log in (gongkai login NAME): a bare name is believed in a training directory only "
                         "(broker/trust_names in gongkai.conf trusts who may open the socket)");
    gk_text_copy(out, GK_NAME, as);
    return GK_OK;
}

gk_err gk_actor_of(gk_store *store, const gk_lawbook *book, const gk_gate *gate, const json_t *body, gk_actor *out, gk_visitor *visitor,
                   gk_why *why)
{
    char name[GK_NAME];
    gk_err err = gk_name_of(store, gate, body, name, visitor, why);
    if (err)
        return err;
    if (!*name)
        return gk_refuse(why, gate->trusted ? GK_EDENIED : GK_ELOGIN, "say who acts: log in (gongkai login NAME)%s",
                         gate->trusted ? ", or --as NAME" : "");
    if (!book->org || !gk_actor_find(book->org, name, gate->today, out))
        return gk_refuse(why, GK_EDENIED, "nobody of that name is known here; gongkai org load FILE adds people");
    if (visitor)
        gk_text_copy(visitor->name, sizeof visitor->name, name);
    return GK_OK;
}

gk_err gk_admin_of(gk_broker *self, const json_t *body, gk_actor *out, gk_visitor *visitor, gk_why *why)
{
    gk_gate gate = gk_broker_gate(self);
    gk_err err = gk_actor_of(self->store, self->book, &gate, body, out, visitor, why);
    if (!err && !(out->roles & GK_ADMIN))
        err = gk_refuse(why, GK_EDENIED, "%s may not do this: it takes an administrator", out->name);
    return err;
}

void gk_broker_used(gk_broker *self, const gk_visitor *visitor)
{
    if (visitor->used && self->used_count < GK_MOST_USED)       /* who finds no place is noted the next time */
        self->used[self->used_count++] = visitor->session;
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
