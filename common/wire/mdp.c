/*  gk_mdp - Majordomo frames, as one table of commands and four shapes.
 *
 *  Both versions differ in the leading empty frame, the header's last digit and the
 *  command bytes; those stand in the table, so that the code below knows no version.
 */
#include "wire/mdp.h"

#include <assert.h>
#include <string.h>

typedef enum shape {
    BODY,           /* SERVICE [REQUEST_ID] PAYLOAD [RAW] */
    READY,          /* SERVICE [CREDIT] */
    JOB,            /* ADDRESS "" PAYLOAD */
    BARE,
} shape;

enum {
    TO_BROKER = 1, FROM_BROKER = 2, BOTH = 3,
    NO_BYTE = 0,            /* MDP/0.1 clients have one command, told by its direction */
    MOST_FRAMES = 8,        /* one more than the longest message, to see that it is too long */
    HEADER = 6,
};

typedef struct row {
    gk_mdp_command command;
    bool old, client;
    unsigned char byte;
    int way;
    shape shape;
} row;

static const row table[] = {
    { GK_MDP_CLIENT_REQUEST,    false, true,  1, TO_BROKER,   BODY },
    { GK_MDP_CLIENT_PARTIAL,    false, true,  2, FROM_BROKER, BODY },
    { GK_MDP_CLIENT_FINAL,      false, true,  3, FROM_BROKER, BODY },
    { GK_MDP_WORKER_READY,      false, false, 1, TO_BROKER,   READY },
    { GK_MDP_WORKER_REQUEST,    false, false, 2, FROM_BROKER, JOB },
    { GK_MDP_WORKER_PARTIAL,    false, false, 3, TO_BROKER,   JOB },
    { GK_MDP_WORKER_FINAL,      false, false, 4, TO_BROKER,   JOB },
    { GK_MDP_WORKER_HEARTBEAT,  false, false, 5, BOTH,        BARE },
    { GK_MDP_WORKER_DISCONNECT, false, false, 6, BOTH,        BARE },

    { GK_MDP_CLIENT_REQUEST,    true, true,  NO_BYTE, TO_BROKER,   BODY },
    { GK_MDP_CLIENT_FINAL,      true, true,  NO_BYTE, FROM_BROKER, BODY },
    { GK_MDP_WORKER_READY,      true, false, 1, TO_BROKER,   READY },
    { GK_MDP_WORKER_REQUEST,    true, false, 2, FROM_BROKER, JOB },
    { GK_MDP_WORKER_FINAL,      true, false, 3, TO_BROKER,   JOB },
    { GK_MDP_WORKER_HEARTBEAT,  true, false, 4, BOTH,        BARE },
    { GK_MDP_WORKER_DISCONNECT, true, false, 5, BOTH,        BARE },
};

static const char *const headers[2][2] = {     /* [old][client] */
    { "MDPW02", "MDPC02" },
    { "MDPW01", "MDPC01" },
};

static const row *find(gk_mdp_command command, bool old)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].command == command && table[i].old == old)
            return &table[i];
    return NULL;
}

bool gk_mdp_exists(gk_mdp_command command, bool old)
{
    return find(command, old) != NULL;
}

/*  ---- names ---------------------------------------------------------------- */

static bool made_of(const char *text, size_t len, const char *marks, bool upper)
{
    if (len < 1 || len >= GK_MDP_NAME)
        return false;
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (upper && c >= 'A' && c <= 'Z');
        if (!plain && (c == 0 || !strchr(marks, c)))
            return false;
    }
    return true;
}

bool gk_mdp_service_ok(const char *text, size_t len)
{
    return made_of(text, len, "._-", false);
}

bool gk_mdp_id_ok(const char *text, size_t len)
{
    return made_of(text, len, "_-", true);
}

/*  ---- decoding --------------------------------------------------------------- */

/*  A message being read: its frames (borrowed from msg) and where we are. */
typedef struct reader {
    zmsg_t *msg;
    zframe_t *frame[MOST_FRAMES];
    size_t count, at;
} reader;

static size_t left(const reader *self)
{
    return self->count - self->at;
}

static zframe_t *next(reader *self)
{
    return self->frame[self->at++];
}

static const char *text_of(zframe_t *frame)
{
    return (const char *) zframe_data(frame);
}

/*  Take a frame out of the message, so that it outlives it. */
static zframe_t *keep(reader *self)
{
    zframe_t *frame = next(self);
    zmsg_remove(self->msg, frame);
    return frame;
}

static void copy_name(char name[static GK_MDP_NAME], zframe_t *frame)
{
    memcpy(name, zframe_data(frame), zframe_size(frame));
    name[zframe_size(frame)] = 0;
}

static gk_err read_service(reader *in, gk_mdp *out, gk_why *why)
{
    if (!left(in))
        return gk_refuse(why, GK_EBADMSG, "the frame with the service's name is missing");
    zframe_t *frame = next(in);
    if (!gk_mdp_service_ok(text_of(frame), zframe_size(frame)))
        return gk_refuse(why, GK_EBADMSG, "a service's name is 1 to %d characters of a-z 0-9 . _ -",
                         GK_MDP_NAME - 1);
    copy_name(out->service, frame);
    return GK_OK;
}

static gk_err read_body(reader *in, gk_mdp *out, gk_why *why)
{
    gk_err err = read_service(in, out, why);
    if (err)
        return err;
    size_t most = out->old ? 1 : strncmp(out->service, "document.", 9) == 0 ? 3 : 2;
    if (left(in) < 1 || left(in) > most)
        return gk_refuse(why, GK_EBADMSG, "%zu frames follow the service's name; 1 to %zu are allowed",
                         left(in), most);
    if (left(in) > 1) {
        zframe_t *frame = next(in);
        if (!gk_mdp_id_ok(text_of(frame), zframe_size(frame)))
            return gk_refuse(why, GK_EBADMSG, "a request id is 1 to %d characters of A-Z a-z 0-9 _ -",
                             GK_MDP_NAME - 1);
        copy_name(out->request_id, frame);
    }
    out->payload = keep(in);
    if (left(in))
        out->raw = keep(in);
    return GK_OK;
}

/*  Decimal without sign or blanks, at most five digits. */
static bool read_credit(zframe_t *frame, int *out)
{
    const char *text = text_of(frame);
    size_t len = zframe_size(frame);
    int credit = 0;
    if (len < 1 || len > 5)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        credit = credit * 10 + (text[i] - '0');
    }
    *out = credit;
    return credit >= 1 && credit <= GK_MDP_MAX_CREDIT;
}

static gk_err read_ready(reader *in, gk_mdp *out, gk_why *why)
{
    gk_err err = read_service(in, out, why);
    if (err)
        return err;
    out->credit = 1;
    if (left(in) > (out->old ? 0u : 1u))
        return gk_refuse(why, GK_EBADMSG, "READY has frames that do not belong there");
    if (left(in) && !read_credit(next(in), &out->credit))
        return gk_refuse(why, GK_EBADMSG, "the credit of READY is a number from 1 to %d", GK_MDP_MAX_CREDIT);
    return GK_OK;
}

static gk_err read_job(reader *in, gk_mdp *out, gk_why *why)
{
    if (left(in) != 3)
        return gk_refuse(why, GK_EBADMSG, "%zu frames follow the command; address, empty, payload are due",
                         left(in));
    zframe_t *address = next(in), *empty = next(in);
    if (zframe_size(address) != GK_MDP_ADDRESS || zframe_size(empty) != 0)
        return gk_refuse(why, GK_EBADMSG, "the address has %d bytes and an empty frame follows it",
                         GK_MDP_ADDRESS);
    memcpy(out->address, zframe_data(address), GK_MDP_ADDRESS);
    out->payload = keep(in);
    return GK_OK;
}

static gk_err read_bare(const reader *in, gk_why *why)
{
    if (left(in))
        return gk_refuse(why, GK_EBADMSG, "nothing follows the command byte of a heartbeat or disconnect");
    return GK_OK;
}

/*  Empty frame, header and command byte: which row of the table is this? */
static gk_err read_head(reader *in, int way, gk_mdp *out, const row **found, gk_why *why)
{
    bool delimiter = left(in) && zframe_size(in->frame[0]) == 0;
    in->at = out->old = delimiter;
    if (!left(in) || zframe_size(in->frame[in->at]) != HEADER)
        return gk_refuse(why, GK_EBADMSG, "no Majordomo header; MDPC02, MDPW02, MDPC01 and MDPW01 are known");
    const char *header = text_of(next(in));
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const row *r = &table[i];
        if (r->old != delimiter || !(r->way & way) || memcmp(header, headers[r->old][r->client], HEADER) != 0)
            continue;
        zframe_t *command = r->byte != NO_BYTE && left(in) ? in->frame[in->at] : NULL;
        bool same = command && zframe_size(command) == 1 && zframe_data(command)[0] == r->byte;
        if (r->byte != NO_BYTE && !same)
            continue;
        in->at += same;
        *found = r;
        return GK_OK;
    }
    return gk_refuse(why, GK_EBADMSG, "no such command of this header in this direction (MDP/0.1 starts "
                     "with an empty frame, MDP/0.2 does not)");
}

static gk_err take_apart(zmsg_t *msg, bool from_broker, gk_mdp *out, gk_why *why)
{
    if (zmsg_content_size(msg) > GK_MDP_MAX_MESSAGE)
        return gk_refuse(why, GK_ETOOLARGE, "a message has at most %d bytes", GK_MDP_MAX_MESSAGE);
    reader in = { .msg = msg };
    for (zframe_t *f = zmsg_first(msg); f && in.count < MOST_FRAMES; f = zmsg_next(msg))
        in.frame[in.count++] = f;

    const row *r = NULL;
    gk_err err = read_head(&in, from_broker ? FROM_BROKER : TO_BROKER, out, &r, why);
    if (err)
        return err;
    out->command = r->command;
    switch (r->shape) {
    case BODY:  return read_body(&in, out, why);
    case READY: return read_ready(&in, out, why);
    case JOB:   return read_job(&in, out, why);
    case BARE:  break;
    }
    return read_bare(&in, why);
}

gk_err gk_mdp_decode(zmsg_t **msg_p, bool from_broker, gk_mdp *out, gk_why *why)
{
    *out = (gk_mdp) { .command = GK_MDP_COMMANDS };
    gk_err err = take_apart(*msg_p, from_broker, out, why);
    zmsg_destroy(msg_p);
    return err;
}

void gk_mdp_clear(gk_mdp *self)
{
    zframe_destroy(&self->payload);
    zframe_destroy(&self->raw);
    *self = (gk_mdp) { 0 };
}

/*  ---- encoding --------------------------------------------------------------- */

static void add_body(zmsg_t *msg, const gk_mdp *header, const void *payload, size_t len, const void *raw,
                     size_t raw_len)
{
    assert(!raw || *header->request_id);
    assert(!header->old || !*header->request_id);
    zmsg_addstr(msg, header->service);
    if (*header->request_id)
        zmsg_addstr(msg, header->request_id);
    zmsg_addmem(msg, payload, len);
    if (raw)
        zmsg_addmem(msg, raw, raw_len);
}

/*  A credit of 1 is not written: that is READY as the RFC has it. */
static void add_ready(zmsg_t *msg, const gk_mdp *header)
{
    zmsg_addstr(msg, header->service);
    if (header->credit > 1 && !header->old)
        zmsg_addstrf(msg, "%d", header->credit);
}

static void add_job(zmsg_t *msg, const gk_mdp *header, const void *payload, size_t len)
{
    zmsg_addmem(msg, header->address, GK_MDP_ADDRESS);
    zmsg_addmem(msg, NULL, 0);
    zmsg_addmem(msg, payload, len);
}

zmsg_t *gk_mdp_encode(const gk_mdp *header, const void *payload, size_t len, const void *raw, size_t raw_len)
{
    const row *r = find(header->command, header->old);
    assert(r);
    zmsg_t *msg = zmsg_new();
    if (r->old)
        zmsg_addmem(msg, NULL, 0);
    zmsg_addmem(msg, headers[r->old][r->client], HEADER);
    if (r->byte != NO_BYTE)
        zmsg_addmem(msg, &r->byte, 1);
    if (r->shape == BODY)
        add_body(msg, header, payload, len, raw, raw_len);
    else if (r->shape == READY)
        add_ready(msg, header);
    else if (r->shape == JOB)
        add_job(msg, header, payload, len);
    return msg;
}
