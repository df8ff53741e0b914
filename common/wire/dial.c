/*  gk_dial - ask the broker, wait, and repeat the same question when it stays silent. */
#include "wire/dial.h"
#include "base/mem.h"
#include "base/text.h"
#include "wire/mdp.h"
#include "wire/socket.h"

#include <assert.h>
#include <string.h>

enum { FIRST_SIGN_MS = 5000, TRIES = 3 };

struct gk_dial {
    char *endpoint;
    zsock_t *socket;            /* NULL until the first question, and after silence */
    int timeout_ms;
};

/*  One question on its way. */
typedef struct question {
    const char *service, *id;
    const void *payload, *raw;  /* raw NULL: one payload frame */
    size_t len, raw_len;
    int wait_ms;
    gk_dial_partial *partial;
    void *context;

    int64_t end, again;         /* when to give up; when to ask once more */
    bool sent;
    json_t *accepted;           /* the first PARTIAL's object, owned */
    json_t *ok;                 /* the FINAL's, owned */
    zframe_t *answer_raw;       /* and the raw frame behind it, owned */
} question;

gk_err gk_dial_new(const char *endpoint, gk_dial **out, gk_why *why)
{
    gk_err err = gk_socket_check(endpoint, false, why);
    if (err)
        return err;
    gk_dial *self = gk_new(gk_dial);
    self->endpoint = gk_strdup(endpoint);
    self->timeout_ms = FIRST_SIGN_MS;
    *out = self;
    return GK_OK;
}

void gk_dial_destroy(gk_dial **self_p)
{
    assert(self_p);
    if (*self_p) {
        zsock_destroy(&(*self_p)->socket);
        free((*self_p)->endpoint);
        free(*self_p);
        *self_p = NULL;
    }
}

void gk_dial_set_timeout(gk_dial *self, int ms)
{
    assert(ms > 0);
    self->timeout_ms = ms;
}

void gk_dial_fresh_id(char id[static 33])
{
    unsigned char bytes[16];
    gk_random(bytes, sizeof bytes);
    gk_hex(bytes, sizeof bytes, id);
}

/*  ---- one exchange ----------------------------------------------------------- */

/*  The broker's refusal, said as our own error. */
static gk_err refusal(const json_t *error, gk_why *why)
{
    const char *text = gk_json_text(error, "text");
    gk_err err = gk_err_from_code(gk_json_text(error, "code"));
    if (err == GK_OK)
        err = GK_EBADMSG;
    return gk_refuse(why, err, "%s", *text ? text : gk_err_text(err, "en"));
}

/*  Take {"ok": {...}} or {"error": {...}} apart; *out is a new reference. */
static gk_err read_answer(zframe_t *payload, json_t **out, gk_why *why)
{
    gk_json_auto *root = NULL;
    gk_err err = gk_json_parse((const char *) zframe_data(payload), zframe_size(payload), &root, why);
    if (err)
        return err;
    json_t *ok = json_object_get(root, "ok"), *error = json_object_get(root, "error");
    if (json_is_object(error))
        return refusal(error, why);
    if (!json_is_object(ok))
        return gk_refuse(why, GK_EBADMSG, "the broker's answer has neither an \"ok\" nor an \"error\" object");
    *out = json_incref(ok);
    return GK_OK;
}

static gk_err on_partial(question *q, zframe_t *payload, gk_why *why)
{
    if (q->accepted)
        return GK_OK;           /* a repetition of our own question was accepted too */
    gk_err err = read_answer(payload, &q->accepted, why);
    if (err)
        return err;
    q->end = gk_socket_now() + q->wait_ms;
    if (q->partial)
        q->partial(q->context, q->accepted);
    return GK_OK;
}

/*  What somebody else was answered, or we earlier, is not for this q. */
static bool is_ours(const question *q, const gk_mdp *in)
{
    return strcmp(in->request_id, q->id) == 0 && strcmp(in->service, q->service) == 0
           && (in->command == GK_MDP_CLIENT_PARTIAL || in->command == GK_MDP_CLIENT_FINAL);
}

static gk_err receive(gk_dial *self, question *q, gk_why *why)
{
    zmsg_t *msg = zmsg_recv(self->socket);
    if (!msg)
        return GK_OK;           /* interrupted */
    gk_mdp in;
    gk_err err = gk_mdp_decode(&msg, true, &in, why);
    if (!is_ours(q, &in)) {
        err = GK_OK;
    } else if (!err && in.command == GK_MDP_CLIENT_PARTIAL) {
        err = on_partial(q, in.payload, why);
        q->again = gk_socket_now() + GK_MDP_SILENCE_MS;
    } else if (!err) {
        err = read_answer(in.payload, &q->ok, why);
        q->answer_raw = in.raw, in.raw = NULL;
    }
    gk_mdp_clear(&in);
    return err;
}

/*  Ask, or ask again: after a silence the connection itself is not trusted. */
static gk_err ask_again(gk_dial *self, question *q, int64_t now, gk_why *why)
{
    if (q->again)
        zsock_destroy(&self->socket);
    q->again = now + (q->accepted ? GK_MDP_SILENCE_MS : self->timeout_ms / TRIES);
    q->sent = false;
    return self->socket ? GK_OK : gk_socket_dealer(self->endpoint, NULL, 0, &self->socket, why);
}

static void send_question(gk_dial *self, question *q)
{
    gk_mdp head = { .command = GK_MDP_CLIENT_REQUEST };
    strcpy(head.service, q->service);
    strcpy(head.request_id, q->id);
    zmsg_t *msg = gk_mdp_encode(&head, q->payload, q->len, q->raw, q->raw_len);
    q->sent = gk_socket_send(self->socket, &msg);
    zmsg_destroy(&msg);
}

static gk_err give_up(const gk_dial *self, const question *q, gk_why *why)
{
    if (q->accepted)
        return gk_refuse(why, GK_EBUSY, "accepted and stored, the outcome takes longer; ask for the status later");
    return gk_refuse(why, GK_EUNREACHABLE, "no answer from the broker at %.160s within %d ms; is it running?",
                     self->endpoint, self->timeout_ms);
}

/*  Until a FINAL is in q->ok.  On failure q->accepted says whether it was stored. */
static gk_err exchange(gk_dial *self, question *q, gk_why *why)
{
    assert(gk_mdp_service_ok(q->service, strlen(q->service)));
    assert(gk_mdp_id_ok(q->id, strlen(q->id)));
    if (q->len + q->raw_len + 3 * GK_MDP_NAME > GK_MDP_MAX_MESSAGE)
        return gk_refuse(why, GK_ETOOLARGE, "a request has at most %d bytes", GK_MDP_MAX_MESSAGE);
    q->end = gk_socket_now() + self->timeout_ms;
    while (!q->ok) {
        int64_t now = gk_socket_now();
        gk_err err = GK_OK;
        if (now >= q->end)
            return give_up(self, q, why);
        if (now >= q->again)
            err = ask_again(self, q, now, why);
        if (err)
            return err;
        if (!q->sent)
            send_question(self, q);
        zmq_pollitem_t item = { .socket = zsock_resolve(self->socket),
                                .events = (short) (ZMQ_POLLIN | (q->sent ? 0 : ZMQ_POLLOUT)) };
        int64_t until = q->end < q->again ? q->end : q->again;
        if (zmq_poll(&item, 1, (long) (until - now)) > 0 && (item.revents & ZMQ_POLLIN))
            err = receive(self, q, why);
        if (err)
            return err;
    }
    return GK_OK;
}

static void question_clear(question *q)
{
    json_decref(q->accepted);
    json_decref(q->ok);
    zframe_destroy(&q->answer_raw);
}

/*  ---- questions ---------------------------------------------------------------- */

gk_err gk_dial_ask(gk_dial *self, const char *service, const char *request_id, const json_t *body, int wait_ms,
                   gk_dial_partial *partial, void *context, json_t **out, gk_why *why)
{
    char fresh[33];
    gk_dial_fresh_id(fresh);
    gk_free_auto char *payload = gk_json_print(body);
    question q = { .service = service, .id = request_id ? request_id : fresh, .payload = payload,
                  .len = strlen(payload), .wait_ms = wait_ms, .partial = partial, .context = context };
    gk_err err = exchange(self, &q, why);
    if (!err)
        *out = json_incref(q.ok);
    else if (err == GK_EBUSY && q.accepted)
        *out = json_incref(q.accepted);
    question_clear(&q);
    return err;
}

/*  One message about a document: its JSON and bytes out, "ok" and bytes back. */
static gk_err document(gk_dial *self, const char *service, const json_t *body, const void *raw, size_t raw_len,
                       json_t **ok, zframe_t **answer_raw, gk_why *why)
{
    char id[33];
    gk_dial_fresh_id(id);
    gk_free_auto char *payload = gk_json_print(body);
    question q = { .service = service, .id = id, .payload = payload, .len = strlen(payload), .raw = raw,
                  .raw_len = raw_len };
    gk_err err = exchange(self, &q, why);
    if (!err) {
        *ok = json_incref(q.ok);
        if (answer_raw)
            *answer_raw = q.answer_raw, q.answer_raw = NULL;
    }
    question_clear(&q);
    return err;
}

static gk_err put_chunk(gk_dial *self, const char *upload, const char *bytes, size_t len, size_t offset,
                        json_t **ok, gk_why *why)
{
    size_t size = len - offset < GK_DIAL_CHUNK ? len - offset : GK_DIAL_CHUNK;
    bool last = offset + size == len;
    gk_json_auto *body = json_pack("{s:s, s:I, s:b, s:I}", "upload", upload, "offset", (json_int_t) offset,
                                   "last", last, "size", (json_int_t) len);
    gk_err err = document(self, "document.put", body, len ? bytes + offset : "", size, ok, NULL, why);
    if (err || last)
        return err;
    if (json_integer_value(json_object_get(*ok, "offset")) == (json_int_t) (offset + size))
        return GK_OK;
    json_decref(*ok);
    *ok = NULL;
    return gk_refuse(why, GK_EBADMSG, "the broker's answer to an upload names another offset than the next");
}

gk_err gk_dial_put(gk_dial *self, const void *bytes, size_t len, char digest[static GK_HASH_HEX], gk_why *why)
{
    if (len > GK_DIAL_FILE)
        return gk_refuse(why, GK_ETOOLARGE, "a document has at most %d MiB", GK_DIAL_FILE >> 20);
    char upload[33], hex[GK_HASH_HEX];
    gk_dial_fresh_id(upload);
    gk_hash hash = gk_hash_of(bytes, len);
    gk_hash_hex(&hash, hex);
    size_t offset = 0;
    do {
        gk_json_auto *ok = NULL;
        gk_err err = put_chunk(self, upload, bytes, len, offset, &ok, why);
        if (err)
            return err;
        offset += len - offset < GK_DIAL_CHUNK ? len - offset : GK_DIAL_CHUNK;
        if (offset == len && strcmp(gk_json_text(ok, "digest"), hex) != 0)
            return gk_refuse(why, GK_EDAMAGED, "the document arrived changed; send it again");
    } while (offset < len);
    strcpy(digest, hex);
    return GK_OK;
}

gk_err gk_dial_put_file(gk_dial *self, const char *path, char digest[static GK_HASH_HEX], gk_why *why)
{
    size_t len = 0;
    gk_free_auto char *bytes = gk_file_read(path, GK_DIAL_FILE, &len);
    return bytes ? gk_dial_put(self, bytes, len, digest, why) : gk_file_refuse(path, GK_DIAL_FILE, why);
}

/*  Append the piece at text->len.  Whatever the broker says is checked against what
 *  we asked for, so that a wrong answer can neither overrun nor loop. */
static gk_err get_chunk(gk_dial *self, const char *digest, const json_t *right, size_t max, gk_text *text,
                        bool *last, gk_why *why)
{
    gk_json_auto *body = right ? json_copy((json_t *) (uintptr_t) right) : json_object();
    json_object_set_new(body, "digest", json_string(digest));
    json_object_set_new(body, "offset", json_integer((json_int_t) text->len));
    gk_json_auto *ok = NULL;
    zframe_t *raw = NULL;
    gk_err err = document(self, "document.get", body, NULL, 0, &ok, &raw, why);
    if (err)
        return err;
    json_int_t size = json_integer_value(json_object_get(ok, "size"));
    json_int_t offset = json_integer_value(json_object_get(ok, "offset"));
    size_t len = raw ? zframe_size(raw) : 0;
    *last = json_is_true(json_object_get(ok, "last"));
    if (size > (json_int_t) max || text->len + len > max)
        err = gk_refuse(why, GK_ETOOLARGE, "the document has %lld bytes; at most %zu are taken here",
                        (long long) size, max);
    else if (!raw || offset != (json_int_t) text->len || (len == 0 && !*last))
        err = gk_refuse(why, GK_EBADMSG, "the broker's answer does not continue the document");
    else
        gk_text_add(text, (const char *) zframe_data(raw), len);
    zframe_destroy(&raw);
    return err;
}

gk_err gk_dial_get(gk_dial *self, const char *digest, const json_t *right, size_t max, char **out, size_t *len,
                   gk_why *why)
{
    gk_text_auto text = { 0 };
    for (bool last = false; !last; ) {
        gk_err err = get_chunk(self, digest, right, max, &text, &last, why);
        if (err)
            return err;
    }
    char hex[GK_HASH_HEX];
    gk_hash hash = gk_hash_of(text.data, text.len);
    if (strcmp(gk_hash_hex(&hash, hex), digest) != 0)
        return gk_refuse(why, GK_EDAMAGED, "what came is not the document that was asked for; ask again");
    *len = text.len;
    *out = text.data ? text.data : gk_strdup("");
    text = (gk_text) { 0 };     /* it is the caller's now */
    return GK_OK;
}
