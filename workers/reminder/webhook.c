/*  gk_webhook - tell another system of the agency by HTTPS POST.
 *
 *  The guard sits where curl opens the socket: by then the name is resolved, so a DNS
 *  answer that changes between a check and the use (rebinding) changes nothing.
 */
#include "workers/reminder/webhook.h"
#include "workers/reminder/address.h"
#include "workers/reminder/message.h"
#include "base/mem.h"
#include "base/text.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    CONNECT_MS = 5 * 1000,
    TOTAL_MS = 20 * 1000,
    MAX_ANSWER = 64 * 1024,         /* bytes of an answer, all of which is thrown away */
    MAX_URL = 1000,
    LEAST_SECRET = 16,              /* bytes */
};

typedef struct guard {
    const gk_webhook_target *target;
    bool training;
    bool plain;                     /* http */
    bool refused;                   /* the guard said no */
    size_t answered;                /* bytes */
} guard;

/*  ---- body and signature ------------------------------------------------- */

char *gk_webhook_sign(const void *secret, size_t len, int64_t timestamp, const char *body,
                      char out[static GK_SIGNATURE_TEXT])
{
    crypto_auth_hmacsha256_state state;
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    char head[24];
    size_t head_len = (size_t) snprintf(head, sizeof head, "%" PRId64 ".", timestamp);
    crypto_auth_hmacsha256_init(&state, secret, len);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *) head, head_len);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *) body, strlen(body));
    crypto_auth_hmacsha256_final(&state, mac);
    memcpy(out, "sha256=", 7);
    gk_hex(mac, sizeof mac, out + 7);
    return out;
}

/*  Copy the named members, those that are there. */
static json_t *pick(const json_t *from, const char *const *names)
{
    json_t *out = json_object();
    for (; *names; names++)
        if (json_object_get(from, *names))
            json_object_set(out, *names, json_object_get(from, *names));
    return out;
}

char *gk_webhook_body(const json_t *job, const json_t *facts)
{
    static const char *const of_job[] = { "task", "at", "training", NULL };
    static const char *const of_facts[] = { "message_id", "link", NULL };
    static const char *const of_case[] = { "number", "state_zh", "due_on", "left", "unit", NULL };
    gk_json_auto *body = pick(job, of_job), *more = pick(facts, of_facts);
    json_object_update(body, more);
    json_object_set_new(body, "message", json_string(gk_message_key(job, facts)));
    json_object_set_new(body, "office", json_string(gk_json_path(job, "office.code")));
    json_t *cases = json_array();
    size_t index;
    const json_t *item;
    json_array_foreach(json_object_get(facts, "cases"), index, item)
        json_array_append_new(cases, pick(item, of_case));
    json_object_set_new(body, "cases", cases);
    return gk_json_print(body);
}

/*  ---- the guard ---------------------------------------------------------- */

static bool may_connect(const guard *self, const struct sockaddr *address)
{
    bool loopback = gk_address_is_loopback(address);
    if (self->plain)
        return self->training && loopback;
    return gk_address_is_public(address) || (self->target->allow_private && gk_address_is_private(address))
           || (self->training && loopback);
}

static curl_socket_t on_open(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    guard *self = context;
    if (purpose != CURLSOCKTYPE_IPCXN || !may_connect(self, &address->addr)) {
        self->refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t on_answer(char *bytes, size_t size, size_t count, void *context)
{
    guard *self = context;
    (void) bytes;
    self->answered += size * count;
    return self->answered <= MAX_ANSWER ? size * count : 0;
}

/*  ---- sending ------------------------------------------------------------ */

static gk_delivery refuse(gk_fate fate, int code, const char *text)
{
    gk_delivery out = { .fate = fate, .code = code };
    (void) gk_refuse(&out.why, GK_EIO, "webhook: %s", text);
    return out;
}

/*  NULL when the URL may be used, else what is wrong with it. */
static const char *url_fault(const char *text, bool training, bool *plain)
{
    CURLU *url = curl_url();
    char *scheme = NULL, *user = NULL;
    const char *fault = NULL;
    if (strlen(text) > MAX_URL || curl_url_set(url, CURLUPART_URL, text, 0) != CURLUE_OK
        || curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK)
        fault = "the address is no URL";
    else if ((*plain = strcmp(scheme, "http") == 0) ? !training : strcmp(scheme, "https") != 0)
        fault = "the address does not begin with https://";
    else if (curl_url_get(url, CURLUPART_USER, &user, 0) == CURLUE_OK)
        fault = "the address holds a user; a secret belongs into a file of its own";
    curl_free(scheme);
    curl_free(user);
    curl_url_cleanup(url);
    return fault;
}

static const gk_webhook_target *find_target(const gk_webhook_target *targets, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(targets[i].name, name) == 0)
            return &targets[i];
    return NULL;
}

static gk_err read_secret(const gk_webhook_target *target, gk_secret **out, gk_why *why)
{
    gk_err err = gk_secret_new(target->secret_file, out, why);
    if (!err && (*out)->len < LEAST_SECRET) {
        gk_secret_destroy(out);
        err = gk_refuse(why, GK_EBADVALUE, "the secret %s has fewer than %d bytes", target->secret_file,
                        LEAST_SECRET);
    }
    return err;
}

static void add_header(struct curl_slist **list, char *line)
{
    *list = curl_slist_append(*list, line);
    free(line);
}

static struct curl_slist *make_headers(const gk_secret *secret, int64_t at, const char *id, const char *body)
{
    char signature[GK_SIGNATURE_TEXT];
    struct curl_slist *list = NULL;
    gk_webhook_sign(secret->bytes, secret->len, at, body, signature);
    add_header(&list, gk_strdup("Content-Type: application/json"));
    add_header(&list, gk_format("X-Gongkai-Timestamp: %" PRId64, at));
    add_header(&list, gk_format("X-Gongkai-Signature: %s", signature));
    add_header(&list, gk_format("Idempotency-Key: %s", id));
    return list;
}

/*  The answer's status decides; its text is of no interest, so that too much of it (which
 *  curl calls a write error) changes nothing. */
static gk_fate judge(CURLcode result, int code)
{
    static const struct { int first, last; gk_fate fate; } rows[] = {
        { 200, 299, GK_FATE_SENT },
        { 408, 408, GK_FATE_LATER }, { 425, 425, GK_FATE_LATER }, { 429, 429, GK_FATE_LATER },
        { 300, 499, GK_FATE_NEVER },
    };
    bool answered = result == CURLE_OK || result == CURLE_WRITE_ERROR;
    for (size_t i = 0; answered && i < sizeof rows / sizeof *rows; i++)
        if (code >= rows[i].first && code <= rows[i].last)
            return rows[i].fate;
    return GK_FATE_LATER;
}

static gk_delivery post(guard *self, const char *url, const char *body, struct curl_slist *headers,
                        gk_tick tick)
{
    gk_delivery out = { 0 };
    gk_auto(gk_transport) transport =
        gk_transport_new(self->plain ? "http" : "https", self->target->ca, CONNECT_MS, TOTAL_MS, tick);
    CURL *curl = transport->curl;
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_answer);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, self);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, on_open);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, self);
    CURLcode result = gk_transport_run(transport, &out.why);
    long code = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
    if (code == 0 && self->refused)
        return refuse(GK_FATE_NEVER, 0, "its host is an inner address; allow_private lets it be reached");
    out.code = (int) code;
    out.fate = judge(result, out.code);
    if (out.fate == GK_FATE_SENT)
        out.why.text[0] = 0;
    else if (code)
        (void) gk_refuse(&out.why, GK_EIO, "webhook: answered %ld%s", code,
                         code / 100 == 3 ? "; redirects are not followed" : "");
    return out;
}

gk_delivery gk_webhook_send(const gk_webhook_target *targets, size_t count, const json_t *job,
                            const json_t *facts, gk_tick tick)
{
    const char *url = gk_json_path(facts, "webhook.url"), *at_text = gk_json_text(job, "at");
    guard self = {
        .target = find_target(targets, count, gk_json_path(facts, "webhook.secret_name")),
        .training = json_is_true(json_object_get(job, "training")),
    };
    int64_t at;
    gk_why why = { "" };
    gk_auto(gk_secret) secret = NULL;
    const char *fault = url_fault(url, self.training, &self.plain);
    if (fault)
        return refuse(GK_FATE_NEVER, 0, fault);
    if (gk_time_parse(at_text, strlen(at_text), &at))
        return refuse(GK_FATE_NEVER, 0, "the job has no instant in \"at\"");
    /*  What an administrator can mend is tried again. */
    if (!self.target)
        return refuse(GK_FATE_LATER, 0, "its secret_name is not configured under webhook in gongkai.conf");
    if (*self.target->url && strcmp(self.target->url, url))
        return refuse(GK_FATE_LATER, 0, "its address is not the one that gongkai.conf has for the name");
    if (read_secret(self.target, &secret, &why))
        return refuse(GK_FATE_LATER, 0, why.text);

    gk_free_auto char *body = gk_webhook_body(job, facts);
    struct curl_slist *headers = make_headers(secret, at, gk_json_text(facts, "message_id"), body);
    gk_delivery out = post(&self, url, body, headers, tick);
    curl_slist_free_all(headers);
    return out;
}
