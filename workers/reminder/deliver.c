/*  gk_deliver - one job of the reminder. */
#include "workers/reminder/deliver.h"
#include "workers/reminder/mime.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    MAX_TO = 50,                    /* recipients of one job */
    MAX_ID = 64,                    /* bytes of message_id and of a role */
    MAX_ROLE = 32,
};

/*  One job under way. */
typedef struct errand {
    const gk_deliver_config *config;
    const gk_messages *messages;
    const json_t *job, *facts;
    const char *id;                 /* facts.message_id */
    int64_t at;
    gk_tick tick;
    gk_deliver_report *report;
    gk_smtp *smtp;                  /* opened by the first mail */
    json_t *sent, *failed;
    int later;
    gk_delivery last;               /* the last that failed for now */
} errand;

/*  ---- facts -------------------------------------------------------------- */

static bool is_word(const char *text, size_t most, const char *allowed)
{
    size_t len = strspn(text, allowed);
    return len >= 1 && len <= most && text[len] == 0;
}

static bool is_id(const char *text)
{
    return is_word(text, MAX_ID, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
}

static bool is_role(const char *text)
{
    return is_word(text, MAX_ROLE, "abcdefghijklmnopqrstuvwxyz0123456789_");
}

static gk_err check_facts(errand *self, gk_why *why)
{
    const json_t *to = json_object_get(self->facts, "to"), *person;
    const char *at = gk_json_text(self->job, "at");
    size_t index;
    self->id = gk_json_text(self->facts, "message_id");
    if (!is_id(self->id))
        return gk_refuse(why, GK_EBADVALUE, "message_id is not 1 to %d of [A-Za-z0-9_-]", MAX_ID);
    if (gk_time_parse(at, strlen(at), &self->at))
        return gk_refuse(why, GK_EBADVALUE, "the job's \"at\" is no instant");
    if (json_array_size(to) > MAX_TO)
        return gk_refuse(why, GK_ETOOLARGE, "the job has %zu recipients, %d are allowed", json_array_size(to),
                         MAX_TO);
    if (json_array_size(to) == 0 && !json_is_object(json_object_get(self->facts, "webhook")))
        return gk_refuse(why, GK_EMISSING, "the job names nobody to tell: \"to\" and \"webhook\" are empty");
    json_array_foreach(to, index, person)
        if (!is_role(gk_json_text(person, "role")))
            return gk_refuse(why, GK_EBADVALUE, "to[%zu].role is not 1 to %d of [a-z0-9_]", index, MAX_ROLE);
    return GK_OK;
}

/*  ---- one delivery ------------------------------------------------------- */

static gk_delivery fail(gk_fate fate, const char *text)
{
    gk_delivery out = { .fate = fate };
    (void) gk_refuse(&out.why, GK_EIO, "%s", text);
    return out;
}

static void record(errand *self, const char *role, const char *message_id, const gk_delivery *delivery)
{
    if (delivery->fate == GK_FATE_SENT) {
        json_array_append_new(self->sent, json_pack("{s:s, s:s}", "role", role, "message_id", message_id));
    } else {
        bool permanent = delivery->fate == GK_FATE_NEVER;
        json_array_append_new(self->failed, json_pack("{s:s, s:i, s:b}", "role", role, "code", delivery->code,
                                                      "permanent", permanent));
        if (!permanent)
            self->later++, self->last = *delivery;
    }
    if (self->report)
        self->report(self->id, role, delivery);
}

/*  Staff plan by calendar; an applicant's mail stays as short as can be. */
static bool wants_calendar(const errand *self)
{
    const char *task = gk_json_text(self->job, "task");
    return strcmp(task, "remind") == 0 || strcmp(task, "digest") == 0;
}

static gk_err write_mail(const errand *self, const json_t *person, const gk_letter *letter,
                         const char *message_id, gk_text *out, gk_why *why)
{
    gk_free_auto char *calendar =
        wants_calendar(self) ? gk_message_calendar(self->messages, self->job, self->facts) : gk_strdup("");
    gk_mime_part part = { "期限.ics", "text/calendar; charset=UTF-8; method=PUBLISH", calendar,
                          strlen(calendar) };
    gk_mime mail = {
        .from = self->config->smtp.from, .from_name = gk_json_path(self->job, "office.name"),
        .to = gk_json_text(person, "email"), .subject = letter->subject, .message_id = message_id,
        .role = gk_json_text(person, "role"), .lang = letter->lang, .at = self->at, .text = letter->body,
        .parts = &part, .part_count = *calendar ? 1 : 0,
    };
    return gk_mime_write(&mail, out, why);
}

static gk_delivery send_letter(errand *self, const json_t *person, const gk_letter *letter,
                               const char *message_id)
{
    gk_why why = { "" };
    gk_text_auto mail = { 0 };
    if (!gk_mime_address_ok(gk_json_text(person, "email")))
        return fail(GK_FATE_NEVER, "there is no mail address, or one that is not name@domain in plain ASCII");
    if (write_mail(self, person, letter, message_id, &mail, &why))
        return fail(GK_FATE_NEVER, why.text);
    if (!self->smtp && gk_smtp_new(&self->config->smtp, self->tick, &self->smtp, &why))
        return fail(GK_FATE_LATER, why.text);
    return gk_smtp_send(self->smtp, gk_json_text(person, "email"), mail.data, mail.len);
}

/*  The holder of a case may head the unit too: one mail then, and the same result for both. */
static bool find_same(const json_t *to, size_t index, size_t *same)
{
    const char *email = gk_json_text(json_array_get(to, index), "email");
    for (*same = 0; *same < index; ++*same)
        if (strcasecmp(gk_json_text(json_array_get(to, *same), "email"), email) == 0)
            return true;
    return false;
}

static gk_err send_mails(errand *self, gk_why *why)
{
    const json_t *to = json_object_get(self->facts, "to"), *person;
    gk_delivery done[MAX_TO];
    size_t index, same;
    if (json_array_size(to) && !self->config->smtp.url)
        return gk_refuse(why, GK_EIO, "no mail server is configured: --smtp smtp://HOST:PORT --from ADDRESS");
    json_array_foreach(to, index, person) {
        const char *role = gk_json_text(person, "role");
        gk_letter letter = { 0 };
        bool again = find_same(to, index, &same);
        gk_err err = again ? GK_OK : gk_messages_write(self->messages, self->job, self->facts, person, &letter, why);
        if (err)
            return err;
        gk_free_auto char *message_id =
            gk_format("%s.%s%s", self->id, role, strchr(self->config->smtp.from, '@'));
        done[index] = again ? done[same] : send_letter(self, person, &letter, message_id);
        record(self, role, message_id, &done[index]);
        gk_letter_clear(&letter);
    }
    return GK_OK;
}

static gk_err send_all(errand *self, gk_why *why)
{
    gk_err err = send_mails(self, why);
    if (err)
        return err;
    if (json_is_object(json_object_get(self->facts, "webhook"))) {
        gk_delivery done = gk_webhook_send(self->config->webhooks, self->config->webhook_count, self->job,
                                           self->facts, self->tick);
        record(self, "webhook", self->id, &done);
    }
    /*  What was sent must not be sent again, so a retry is asked for only while nothing was. */
    if (json_array_size(self->sent) == 0 && self->later)
        return gk_refuse(why, self->last.code ? GK_EBUSY : GK_EIO,
                         "none of %zu could be sent for now; last answer %d: %s",
                         json_array_size(self->failed), self->last.code, self->last.why.text);
    return GK_OK;
}

gk_err gk_deliver(const gk_deliver_config *config, const gk_messages *messages, const json_t *job,
                  const json_t *facts, gk_tick tick, gk_deliver_report *report, json_t **out, gk_why *why)
{
    gk_json_auto *sent = json_array(), *failed = json_array();
    errand self = {
        .config = config, .messages = messages, .job = job, .facts = facts, .tick = tick, .report = report,
        .sent = sent, .failed = failed,
    };
    gk_err err = check_facts(&self, why);
    if (!err)
        err = send_all(&self, why);
    gk_smtp_destroy(&self.smtp);
    if (!err)
        *out = json_pack("{s:O, s:O}", "sent", sent, "failed", failed);
    return err;
}
