/*  gk_login - sessions begin.  */
#include "broker/login.h"
#include "base/mem.h"
#include "base/text.h"
#include "wire/message.h"

#include <sodium.h>
#include <string.h>

/*  ---- names and passwords ------------------------------------------------------------------- */

/*  May this person log in?  `known` is somebody of the organisation with an account that is not disabled, or, in a training
 *  directory, with none. */
static void look_up(gk_broker *self, const char *name, gk_hash_task *task)
{
    gk_account account = { 0 };
    bool person = strlen(name) < GK_NAME && self->book->org && gk_org_find(self->book->org, name);
    bool has = person && gk_store_account(self->store, name, &account);
    bool lent = person && !has && self->training;
    task->known = lent || (has && !account.disabled);
    task->passes = gk_conf_int(self->conf, "people/hash_passes");
    task->memory = gk_conf_int(self->conf, "people/hash_memory_mb") << 20;
    gk_text_copy(task->name, sizeof task->name, name);
    if (lent)
        gk_text_copy(task->wanted, sizeof task->wanted, gk_conf_text(self->conf, "training/password"));
    if (has && !account.disabled)
        memcpy(task->verifier, account.verifier, sizeof task->verifier);
    else
        gk_hash_nobody(task->passes, task->memory, task->verifier);
    sodium_memzero(&account, sizeof account);
}

static gk_hash counted_by(const gk_broker *self, const char *name)
{
    gk_free_auto char *text = gk_format("login\n%s", name);
    return gk_hash_keyed(gk_keys_get(self->keys, GK_KEY_LOOKUP), text, strlen(text));
}

/*  Does this name rest after wrong passwords? */
static gk_err check_rest(gk_broker *self, const gk_hash *who, gk_why *why)
{
    gk_attempts attempts = gk_store_attempts(self->store, who);
    int64_t wait = gk_attempts_wait(&attempts, self->wall);
    return wait ? gk_refuse(why, GK_ELOCKED, "too many wrong passwords under this name; try again in %lld s", (long long) wait) : GK_OK;
}

/*  ---- asking --------------------------------------------------------------------------------- */

typedef gk_err ask_handler(gk_broker *self, const json_t *body, gk_hash_task *task, gk_why *why);

static gk_err ask_login(gk_broker *self, const json_t *body, gk_hash_task *task, gk_why *why)
{
    const char *name = gk_json_text(body, "name");
    task->who = counted_by(self, name);
    look_up(self, name, task);
    gk_text_copy(task->given, sizeof task->given, gk_json_text(body, "password"));
    return check_rest(self, &task->who, why);
}

static gk_err ask_password(gk_broker *self, const json_t *body, gk_hash_task *task, gk_why *why)
{
    gk_gate gate = gk_broker_gate(self);
    gk_session session;
    gk_err err = gk_session_of(self->store, &gate, body, &session, why);
    if (err)
        return err;
    const char *fresh = gk_json_text(body, "new");
    task->session = session.hash;
    task->who = counted_by(self, session.name);
    look_up(self, session.name, task);
    gk_text_copy(task->given, sizeof task->given, gk_json_text(body, "old"));
    gk_text_copy(task->fresh, sizeof task->fresh, fresh);
    err = gk_password_check(fresh, session.name, (int) gk_conf_int(self->conf, "people/password_length"), why);
    if (!err && strcmp(fresh, task->given) == 0)
        err = gk_refuse(why, GK_EBADVALUE, "the new password is the old one: take another");
    return err ? err : check_rest(self, &task->who, why);
}

/*  An administrator looks after the people of the own office; the district's, after all. */
static gk_err may_administer(gk_broker *self, const json_t *body, const gk_person *person, gk_actor *out, gk_visitor *visitor, gk_why *why)
{
    gk_err err = gk_admin_of(self, body, out, visitor, why);
    if (err)
        return err;
    bool whole = strcmp(out->office, gk_org_district(self->book->org)) == 0;
    return person && (whole || strcmp(person->office, out->office) == 0) ? GK_OK
        : gk_refuse(why, GK_ENOTFOUND, "nobody of that name is of your office; gongkai org load FILE adds people");
}

/*  The first account needs nobody, as the first organisation does: it is an administrator's. */
static gk_err may_reset(gk_broker *self, const json_t *body, const gk_person *person, gk_actor *out, gk_why *why)
{
    bool first = !self->training && !gk_store_has_accounts(self->store) && !*gk_json_text(body, "token") && !*gk_json_text(body, "as");
    if (first && !(person && person->roles & GK_ADMIN))
        return gk_refuse(why, GK_EDENIED, "the first account is an administrator's: name one of the organisation as loaded");
    if (first) {
        *out = (gk_actor) { .name = "setup", .roles = GK_ADMIN };
        return GK_OK;
    }
    return may_administer(self, body, person, out, NULL, why);
}

static gk_err ask_reset(gk_broker *self, const json_t *body, gk_hash_task *task, gk_why *why)
{
    static const char digits[] = "23456789abcdefghjkmnpqrstuvwxyz-";       /* read over the telephone */
    enum { GROUPS = 4, GROUP = 5 };
    const char *name = gk_json_text(body, "name");
    const gk_person *person = self->book->org ? gk_org_find(self->book->org, name) : NULL;
    gk_err err = may_reset(self, body, person, &task->actor, why);
    if (err)
        return err;
    look_up(self, name, task);
    task->who = counted_by(self, name);
    for (size_t i = 0; i < GROUPS * (GROUP + 1) - 1; i++)
        task->fresh[i] = i % (GROUP + 1) == GROUP ? '-' : digits[randombytes_uniform(sizeof digits - 2)];
    return GK_OK;
}

static const struct {
    const char *service;
    gk_hash_kind kind;
    ask_handler *ask;
} table[] = {
    { "person.login", GK_HASH_LOGIN, ask_login },
    { "person.password", GK_HASH_PASSWORD, ask_password },
    { "person.reset", GK_HASH_RESET, ask_reset },
};

enum { ROWS = sizeof table / sizeof *table };

static size_t find(const char *service)
{
    size_t i = 0;
    while (i < ROWS && strcmp(table[i].service, service) != 0)
        i++;
    return i;
}

bool gk_login_serves(const char *service)
{
    return find(service) < ROWS;
}

/*  One task a name: no more guesses at a time than one, and who asks again, having heard nothing, is told in the new place. */
static gk_err hand_over(gk_broker *self, gk_hash_task **task_p, gk_why *why)
{
    gk_hash_task *task = *task_p, *same = gk_hashers_find(self->hashers, &task->who);
    bool again = same && same->kind == task->kind && *task->to.request_id && strcmp(same->to.request_id, task->to.request_id) == 0;
    if (again) {
        same->to = task->to;
        return GK_OK;
    }
    if (same || !gk_hashers_ask(self->hashers, task_p))
        return gk_refuse(why, GK_EBUSY, "%s; try again in 2 s", same ? "a password of this name is being checked"
                         : "too many passwords wait to be checked");
    return GK_OK;
}

void gk_login_ask(gk_broker *self, const gk_address *from, const void *bytes, size_t len)
{
    size_t i = find(from->service);
    gk_auto(gk_hash_task) task = gk_hash_task_new();
    gk_json_auto *body = NULL;
    gk_why why = { "" };
    task->kind = table[i].kind;
    task->to = *from;
    gk_err err = gk_json_parse(bytes, len, &body, &why);
    if (!err)
        err = gk_message_check(gk_message_find(from->service), body, &why);
    if (!err)
        err = table[i].ask(self, body, task, &why);
    if (!err)
        err = hand_over(self, &task, &why);
    if (err)
        gk_broker_refuse(self, from, err, &why);
}

/*  ---- finishing -------------------------------------------------------------------------------- */

static json_t *role_names(unsigned roles)
{
    json_t *list = json_array();
    for (int bit = 0; bit < GK_ROLE_BITS; bit++)
        if (roles >> bit & 1)
            json_array_append_new(list, json_string(gk_role_name((gk_role) (1u << bit))));
    return list;
}

/*  A fresh session; its token is told here and kept nowhere. */
static gk_err begin_session(gk_broker *self, const char *name, bool must_change, json_t **ok, gk_why *why)
{
    const gk_person *person = gk_org_find(self->book->org, name);
    if (!person)
        return gk_refuse(why, GK_EDENIED, "name or password is wrong");       /* gone from the organisation meanwhile */
    unsigned char random[32];
    char token[GK_TOKEN], until[GK_TIME_TEXT];
    gk_random(random, sizeof random);
    sodium_bin2base64(token, sizeof token, random, sizeof random, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    gk_session session = { .hash = gk_hash_of(token, strlen(token)), .began = self->wall };
    gk_text_copy(session.name, sizeof session.name, name);
    gk_err err = gk_store_sessions_trim(self->store, name, GK_SESSIONS - 1, why);
    if (!err)
        err = gk_store_session_add(self->store, &session, why);
    gk_time_format(self->wall + gk_conf_ms(self->conf, "people/session_life") / 1000, until);
    if (!err)
        *ok = json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:s, s:b}", "token", token, "name", name, "display", person->display, "office",
                        person->office, "unit", person->unit, "roles", role_names(person->roles), "expires_at", until, "must_change",
                        must_change);
    sodium_memzero(random, sizeof random);
    sodium_memzero(token, sizeof token);
    return err;
}

/*  In the stream of the office whose person it is: who changed it, never what. */
static gk_err record(gk_broker *self, const gk_actor *who, const char *person, const char *change, gk_why *why)
{
    gk_actor actor = *who;
    const char *office = gk_org_find(self->book->org, person)->office;
    gk_auto(gk_case) stream = NULL;
    gk_err err = gk_ledger_stream(self, office, &stream, why);
    if (err)
        return err;
    gk_text_copy(actor.office, sizeof actor.office, office);       /* the act is the office's, whoever's administrator did it */
    gk_json_auto *data = json_pack("{s:s, s:s}", "person", person, "change", change);
    gk_deed deed = { .event = GK_ACCOUNT_CHANGED, .actor = &actor, .on = GK_NO_DATE, .data = data };
    return gk_ledger_act(self, stream, &deed, why);
}

/*  The password was wrong, or nobody's: count it, and say what is always said. */
static gk_err fail(gk_broker *self, const gk_hash_task *task, gk_why *why)
{
    gk_attempts before = gk_store_attempts(self->store, &task->who), now = gk_attempts_add(&before, self->wall);
    gk_err err = gk_store_attempts_put(self->store, &task->who, task->known, &now, why);
    if (err)
        return err;
    gk_why reason = { "" };
    gk_broker_refuse(self, &task->to, gk_refuse(&reason, GK_EDENIED, "name or password is wrong"), &reason);
    return GK_OK;
}

/*  Is the account still what the thread was given?  A reset, a change or a removal may have come between. */
static bool is_unchanged(gk_broker *self, const gk_hash_task *task)
{
    gk_account account;
    bool has = gk_store_account(self->store, task->name, &account);
    if (*task->wanted)
        return !has && self->training;
    return has && !account.disabled && strcmp(account.verifier, task->verifier) == 0;
}

static gk_err finish_login(gk_broker *self, const gk_hash_task *task, json_t **ok, gk_why *why)
{
    gk_account account = { 0 };
    bool has = gk_store_account(self->store, task->name, &account);
    gk_err err = gk_store_attempts_clear(self->store, &task->who, why);
    if (!err && has && *task->made) {
        memcpy(account.verifier, task->made, sizeof account.verifier);
        err = gk_store_account_put(self->store, &account, why);
    }
    return err ? err : begin_session(self, task->name, account.must_change, ok, why);
}

static gk_err set_password(gk_broker *self, const gk_hash_task *task, bool must_change, gk_why *why)
{
    gk_account account = { .must_change = must_change };
    gk_text_copy(account.name, sizeof account.name, task->name);
    memcpy(account.verifier, task->made, sizeof account.verifier);
    gk_err err = gk_store_account_put(self->store, &account, why);
    if (!err)
        err = gk_store_sessions_trim(self->store, task->name, 0, why);
    return err ? err : gk_store_attempts_clear(self->store, &task->who, why);
}

static gk_err finish_password(gk_broker *self, const gk_hash_task *task, json_t **ok, gk_why *why)
{
    gk_session session;
    if (!gk_store_session(self->store, &task->session, &session) || !gk_org_find(self->book->org, task->name))
        return gk_refuse(why, GK_ELOGIN, "the session ended meanwhile: log in again");
    gk_err err = set_password(self, task, false, why);
    if (!err)
        err = record(self, &gk_actor_clock, task->name, "changed", why);
    return err ? err : begin_session(self, task->name, false, ok, why);
}

static gk_err finish_reset(gk_broker *self, const gk_hash_task *task, json_t **ok, gk_why *why)
{
    bool setup = strcmp(task->actor.name, "setup") == 0;
    if (!gk_org_find(self->book->org, task->name) || (setup && gk_store_has_accounts(self->store)))
        return gk_refuse(why, GK_EDENIED, "somebody else was quicker; log in");
    gk_err err = set_password(self, task, true, why);
    if (!err)
        err = record(self, &task->actor, task->name, "reset", why);
    if (!err)
        *ok = json_pack("{s:s, s:s}", "name", task->name, "password", task->fresh);
    return err;
}

gk_err gk_login_finish(gk_broker *self, const gk_hash_task *task, gk_why *why)
{
    gk_why reason = { "" };
    json_t *ok = NULL;
    size_t effects;
    gk_err err = gk_broker_attempt(self, &effects, why);
    if (err)
        return err;
    bool checked = task->kind != GK_HASH_RESET;
    if (task->failed)
        err = gk_refuse(&reason, GK_EBUSY, "there was no memory to check the password; try again in 2 s");
    else if (checked && !(task->right && task->known && is_unchanged(self, task)))
        err = fail(self, task, &reason);
    else if (task->kind == GK_HASH_LOGIN)
        err = finish_login(self, task, &ok, &reason);
    else if (task->kind == GK_HASH_PASSWORD)
        err = finish_password(self, task, &ok, &reason);
    else
        err = finish_reset(self, task, &ok, &reason);
    if (err == GK_EIO || err == GK_EFULL)
        return gk_refuse(why, err, "%s", reason.text);
    gk_broker_settle(self, effects, err);
    if (err)
        gk_broker_refuse(self, &task->to, err, &reason);
    else if (ok)
        gk_broker_answer(self, &task->to, true, ok);
    return GK_OK;
}

/*  ---- without a password ----------------------------------------------------------------------- */

gk_err gk_log_out(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    gk_gate gate = gk_broker_gate(self);
    gk_session session;
    gk_err err = gk_session_of(self->store, &gate, command->body, &session, why);
    if (!err)
        err = gk_store_session_end(self->store, &session.hash, why);
    else if (err == GK_ELOGIN)
        err = GK_OK;            /* over already: that is what was asked */
    if (!err)
        *ok = json_object();
    return err;
}

gk_err gk_person_disable(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    const char *name = gk_json_text(command->body, "name");
    const gk_person *person = self->book->org ? gk_org_find(self->book->org, name) : NULL;
    gk_account account = { 0 };
    gk_actor actor;
    gk_err err = may_administer(self, command->body, person, &actor, &command->visitor, why);
    if (err)
        return err;
    bool disabled = !json_is_false(json_object_get(command->body, "disabled"));
    if (disabled && strcmp(actor.name, name) == 0)
        return gk_refuse(why, GK_ENEED, "nobody closes the own account: another administrator does");
    gk_text_copy(account.name, sizeof account.name, name);      /* one that never was can be closed too */
    (void) gk_store_account(self->store, name, &account);
    account.disabled = disabled;
    err = gk_store_account_put(self->store, &account, why);
    if (!err && disabled)
        err = gk_store_sessions_trim(self->store, name, 0, why);
    if (!err)
        err = record(self, &actor, name, disabled ? "disabled" : "enabled", why);
    if (!err)
        *ok = json_pack("{s:s, s:b}", "name", name, "disabled", disabled);
    return err;
}

static json_t *person_view(gk_broker *self, const gk_person *person)
{
    gk_account account;
    bool has = gk_store_account(self->store, person->name, &account);
    const char *state = !has ? self->training ? "lent" : "none" : account.disabled ? "disabled" : !*account.verifier ? "none"
        : account.must_change ? "initial" : "active";
    return json_pack("{s:s, s:s, s:s, s:s, s:o, s:s}", "name", person->name, "display", person->display, "office", person->office,
                     "unit", person->unit, "roles", role_names(person->roles), "account", state);
}

gk_err gk_person_list(gk_broker *self, gk_command *command, json_t **ok, gk_why *why)
{
    enum { ANYBODY = (1u << GK_ROLE_BITS) - 1 };
    gk_actor actor;
    gk_err err = gk_admin_of(self, command->body, &actor, &command->visitor, why);
    if (err)
        return err;
    bool whole = strcmp(actor.office, gk_org_district(self->book->org)) == 0;
    json_t *list = json_array();
    const char *office;
    const gk_person *person;
    for (size_t i = 0; (office = gk_org_office_at(self->book->org, i)); i++)
        for (size_t k = 0; (whole || strcmp(office, actor.office) == 0) && (person = gk_org_with(self->book->org, office, NULL, ANYBODY, k)); k++)
            json_array_append_new(list, person_view(self, person));
    *ok = json_pack("{s:o}", "people", list);
    return GK_OK;
}
