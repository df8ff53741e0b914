/*  gk_link - a worker's line to the broker: one loop over two sockets and a few times.
 *
 *      DOWN ──wake──► CALLING ──connected──► ASKED ──answer, or silence──► LIVE
 *        ▲                                     silence, disconnect           │
 *        └───────────────────────────────────────────────────────────────────┘
 */
#include "workers/link.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/mem.h"
#include "wire/socket.h"

#include <assert.h>
#include <string.h>

typedef enum phase {
    DOWN,           /* waiting for `wake` */
    CALLING,        /* the connection comes up; libzmq tries again by itself */
    ASKED,          /* mmi.gongkai: does this broker know credit? */
    LIVE,           /* READY was said */
} phase;

enum { BACKOFF_MS = 250, BACKOFF_MOST_MS = 16000, ID = 16 };

typedef struct line {
    char *endpoint, *service;
    int credit, heartbeat_ms, silence_ms, backoff_ms, backoff_most_ms;
    char id[ID];            /* the same on every connection: a late FINAL must be known as ours */
    zsock_t *pipe, *broker; /* broker NULL: none yet, or given up */
    phase phase;
    bool plain;             /* READY without credit, since nobody answered mmi.gongkai */
    bool busy;              /* the handler has a job */
    int fails;              /* connections in a row that came to nothing */
    int64_t heard, beat, wake;
    zlist_t *jobs;          /* of gk_mdp, waiting for the handler */
    zlist_t *finals;        /* of zmsg_t, waiting for a connection */
} line;

static line *line_new(const gk_link_setup *setup)
{
    line *self = gk_new(line);
    self->endpoint = gk_strdup(setup->endpoint);
    self->service = gk_strdup(setup->service);
    self->credit = setup->credit;
    self->heartbeat_ms = setup->heartbeat_ms ? setup->heartbeat_ms : GK_MDP_HEARTBEAT_MS;
    self->silence_ms = setup->silence_ms ? setup->silence_ms : GK_MDP_SILENCE_MS;
    self->backoff_ms = setup->backoff_ms ? setup->backoff_ms : BACKOFF_MS;
    self->backoff_most_ms = setup->backoff_most_ms ? setup->backoff_most_ms : BACKOFF_MOST_MS;
    gk_random(self->id, ID);
    self->id[0] = 'W';      /* ids that start with a zero byte are libzmq's own */
    self->jobs = zlist_new();
    self->finals = zlist_new();
    return self;
}

static void job_free(gk_mdp *job)
{
    gk_mdp_clear(job);
    free(job);
}

static void line_destroy(line *self)
{
    for (gk_mdp *job; (job = zlist_pop(self->jobs)); )
        job_free(job);
    for (zmsg_t *msg; (msg = zlist_pop(self->finals)); )
        zmsg_destroy(&msg);
    zlist_destroy(&self->jobs);
    zlist_destroy(&self->finals);
    zsock_destroy(&self->broker);
    free(self->endpoint);
    free(self->service);
    free(self);
}

/*  ---- leaving and coming back -------------------------------------------------- */

/*  Half of the doubled wait for sure, the other half by chance: workers that lost the
 *  same broker must not all come back in the same instant. */
static int64_t backoff(line *self)
{
    int64_t most = (int64_t) self->backoff_ms << (self->fails < 10 ? self->fails : 10);
    if (most > self->backoff_most_ms)
        most = self->backoff_most_ms;
    uint32_t chance;
    gk_random(&chance, sizeof chance);
    return most / 2 + (int64_t) chance % (most / 2 + 1);
}

static void step_back(line *self, const char *reason)
{
    int64_t wait = backoff(self);
    if (self->phase == LIVE || self->fails == 0)    /* else it was said already */
        gk_log(GK_WARN, "broker=%s service=%s retry_ms=%lld", reason, self->service, (long long) wait);
    self->phase = DOWN;
    self->fails++;
    self->wake = gk_socket_now() + wait;
}

/*  The connection itself is not trusted any more. */
static void hang_up(line *self, const char *reason)
{
    if (self->broker)
        zsock_set_linger(self->broker, 0);
    zsock_destroy(&self->broker);
    step_back(self, reason);
}

static bool send_command(line *self, const gk_mdp *head)
{
    zmsg_t *msg = gk_mdp_encode(head, NULL, 0, NULL, 0);
    bool sent = gk_socket_send(self->broker, &msg);
    zmsg_destroy(&msg);
    return sent;
}

static void call(line *self)
{
    if (!self->broker && gk_socket_dealer(self->endpoint, self->id, ID, &self->broker, NULL)) {
        step_back(self, "no-socket");
        return;
    }
    self->phase = CALLING;
}

static void ask(line *self)
{
    gk_mdp head = { .command = GK_MDP_CLIENT_REQUEST, .service = "mmi.gongkai" };
    if (!send_command(self, &head))
        return;
    self->phase = ASKED;
    self->heard = gk_socket_now();
}

static void say_ready(line *self, bool ours)
{
    gk_mdp head = { .command = GK_MDP_WORKER_READY, .credit = ours ? self->credit : 1 };
    strcpy(head.service, self->service);
    if (!send_command(self, &head)) {
        self->phase = CALLING;
        return;
    }
    self->phase = LIVE;
    self->plain = !ours;
    self->heard = gk_socket_now();
    self->beat = self->heard + self->heartbeat_ms;
    gk_log(GK_INFO, "broker=joined service=%s credit=%d", self->service, head.credit);
}

static void say_disconnect(line *self)
{
    gk_mdp head = { .command = GK_MDP_WORKER_DISCONNECT };
    (void) send_command(self, &head);       /* a courtesy: silence says the same, later */
}

/*  ---- jobs --------------------------------------------------------------------- */

static void hand_over(line *self)
{
    if (self->busy || zlist_size(self->jobs) == 0)
        return;
    gk_mdp *job = zlist_pop(self->jobs);
    zmsg_t *msg = gk_mdp_encode(job, zframe_data(job->payload), zframe_size(job->payload), NULL, 0);
    job_free(job);
    self->busy = zmsg_send(&msg, self->pipe) == 0;
    zmsg_destroy(&msg);
}

/*  A restarted broker hands out again what waits here under an old nonce; then the
 *  new lease is the one that counts. */
static gk_mdp *same_job(line *self, const unsigned char address[static GK_MDP_ADDRESS])
{
    for (gk_mdp *job = zlist_first(self->jobs); job; job = zlist_next(self->jobs))
        if (memcmp(job->address, address, GK_MDP_ADDRESS / 2) == 0)
            return job;
    return NULL;
}

static void refuse_job(line *self, const gk_mdp *in)
{
    static const char text[] = "{\"error\":{\"code\":\"busy\",\"retry\":true,"
                               "\"text\":\"more jobs than this worker has credit for\"}}";
    gk_mdp head = { .command = GK_MDP_WORKER_FINAL };
    memcpy(head.address, in->address, GK_MDP_ADDRESS);
    zmsg_t *msg = gk_mdp_encode(&head, text, sizeof text - 1, NULL, 0);
    (void) gk_socket_send(self->broker, &msg);      /* if it does not go, the lease ends by itself */
    zmsg_destroy(&msg);
}

/*  Take the frames of *in over.  Twice the credit is room for what an old connection
 *  left and what the new one brings; a broker that sends more is not keeping count. */
static void take_job(line *self, gk_mdp *in)
{
    gk_mdp *job = same_job(self, in->address);
    if (job) {
        gk_mdp_clear(job);
    } else if (zlist_size(self->jobs) >= 2 * (size_t) self->credit) {
        refuse_job(self, in);
        return;
    } else {
        job = gk_new(gk_mdp);
        zlist_append(self->jobs, job);
    }
    *job = *in;
    in->payload = NULL;
    hand_over(self);
}

/*  A copy goes out, so that the original is still whole if the connection breaks. */
static void flush_finals(line *self)
{
    for (zmsg_t *msg; self->phase == LIVE && (msg = zlist_first(self->finals)); ) {
        zmsg_t *copy = zmsg_dup(msg);
        bool sent = gk_socket_send(self->broker, &copy);
        zmsg_destroy(&copy);
        if (!sent)
            return;
        zlist_pop(self->finals);
        zmsg_destroy(&msg);
    }
}

/*  ---- messages ------------------------------------------------------------------ */

static bool is_yes(const gk_mdp *in)
{
    return strcmp(in->service, "mmi.gongkai") == 0 && zframe_streq(in->payload, "200");
}

static void on_answer(line *self, const gk_mdp *in)
{
    if (self->phase == ASKED) {
        say_ready(self, is_yes(in));
    } else if (self->phase == LIVE && self->plain && self->credit > 1 && is_yes(in)) {
        say_disconnect(self);           /* it was only slow to answer: join with credit */
        self->phase = CALLING;
    }
}

static void on_message(line *self, gk_mdp *in)
{
    self->heard = gk_socket_now();
    if (in->command == GK_MDP_WORKER_REQUEST)
        take_job(self, in);
    else if (in->command == GK_MDP_CLIENT_FINAL)
        on_answer(self, in);
    if (in->command == GK_MDP_WORKER_DISCONNECT && self->phase == LIVE)
        step_back(self, "disconnect");
    else if (self->phase == LIVE && in->command != GK_MDP_CLIENT_FINAL)
        self->fails = 0;
}

static void from_broker(line *self)
{
    zmsg_t *msg = zmsg_recv(self->broker);
    if (!msg)
        return;
    gk_mdp in;
    gk_why why;
    gk_err err = gk_mdp_decode(&msg, true, &in, &why);
    if (err)
        gk_log(GK_WARN, "broker=bad-message service=%s text=\"%s\"", self->service, why.text);
    else
        on_message(self, &in);
    gk_mdp_clear(&in);
}

/*  From the handler's thread: a word, then the message to send.  False: the end. */
static bool from_handler(line *self)
{
    zmsg_t *msg = zmsg_recv(self->pipe);
    if (!msg)
        return true;
    char *word = zmsg_popstr(msg);
    bool term = streq(word, "$TERM");
    if (streq(word, "FINAL")) {
        self->busy = false;
        zlist_append(self->finals, msg);
        msg = NULL;
        hand_over(self);
    } else if (!term && self->phase == LIVE) {
        (void) gk_socket_send(self->broker, &msg);  /* a tick that is lost is followed by another */
    }
    zmsg_destroy(&msg);
    zstr_free(&word);
    return !term;
}

/*  ---- the loop ------------------------------------------------------------------ */

/*  A job that waits here is not late by its own fault: its lease is renewed with every
 *  beat, as the handler's ticks renew that of the job in hand. */
static void renew_waiting(line *self)
{
    for (gk_mdp *job = zlist_first(self->jobs); job; job = zlist_next(self->jobs)) {
        gk_mdp head = { .command = GK_MDP_WORKER_PARTIAL };
        memcpy(head.address, job->address, GK_MDP_ADDRESS);
        zmsg_t *msg = gk_mdp_encode(&head, GK_LINK_RENEW, strlen(GK_LINK_RENEW), NULL, 0);
        (void) gk_socket_send(self->broker, &msg);      /* the next beat tries again */
        zmsg_destroy(&msg);
    }
}

static void beat(line *self, int64_t now)
{
    gk_mdp head = { .command = GK_MDP_WORKER_HEARTBEAT };
    self->beat = now + self->heartbeat_ms;
    if (send_command(self, &head)) {
        renew_waiting(self);
    } else {
        gk_log(GK_WARN, "broker=lost service=%s", self->service);
        self->phase = CALLING;
    }
}

/*  What is due by now? */
static void keep_time(line *self, int64_t now)
{
    if (self->phase == DOWN && now >= self->wake)
        call(self);
    else if (self->phase == ASKED && now >= self->heard + self->silence_ms)
        say_ready(self, false);
    else if (self->phase == LIVE && now >= self->heard + self->silence_ms)
        hang_up(self, "silent");
    else if (self->phase == LIVE && now >= self->beat)
        beat(self, now);
}

static long time_left(const line *self, int64_t now)
{
    int64_t until = self->heard + self->silence_ms;
    if (self->phase == CALLING)
        return -1;
    if (self->phase == DOWN)
        until = self->wake;
    else if (self->phase == LIVE && self->beat < until)
        until = self->beat;
    return until > now ? (long) (until - now) : 0;
}

static bool turn(line *self)
{
    int64_t now = gk_socket_now();
    keep_time(self, now);
    bool writing = self->phase == CALLING || (self->phase == LIVE && zlist_size(self->finals));
    zmq_pollitem_t items[2] = {
        { .socket = zsock_resolve(self->pipe), .events = ZMQ_POLLIN },
        { .events = (short) (ZMQ_POLLIN | (writing ? ZMQ_POLLOUT : 0)) },
    };
    bool up = self->phase != DOWN;
    if (up)
        items[1].socket = zsock_resolve(self->broker);
    if (zmq_poll(items, up ? 2 : 1, time_left(self, now)) < 0)
        return true;            /* interrupted */
    if ((items[0].revents & ZMQ_POLLIN) && !from_handler(self))
        return false;
    if (up && (items[1].revents & ZMQ_POLLIN))
        from_broker(self);
    if (up && (items[1].revents & ZMQ_POLLOUT) && self->phase == CALLING)
        ask(self);
    flush_finals(self);
    return true;
}

static void run(zsock_t *pipe, void *args)
{
    line *self = args;          /* ours from here on */
    self->pipe = pipe;
    zsock_signal(pipe, 0);
    while (turn(self))
        continue;
    flush_finals(self);
    if (self->phase == LIVE)
        say_disconnect(self);
    line_destroy(self);
}

/*  ---- the handler's side --------------------------------------------------------- */

zactor_t *gk_link_new(const gk_link_setup *setup)
{
    assert(gk_mdp_service_ok(setup->service, strlen(setup->service)));
    assert(setup->credit >= 1 && setup->credit <= GK_MDP_MAX_CREDIT);
    gk_socket_no_signals();
    return zactor_new(run, line_new(setup));
}

bool gk_link_hear(zactor_t *self, gk_mdp *out)
{
    *out = (gk_mdp) { 0 };
    zmsg_t *msg = zmsg_recv(self);
    if (!msg)
        return false;
    gk_err err = gk_mdp_decode(&msg, true, out, NULL);
    assert(!err);               /* our own thread encoded it */
    return true;
}

void gk_link_say(zactor_t *self, gk_mdp_command command, const unsigned char address[static GK_MDP_ADDRESS],
                 const char *payload)
{
    gk_mdp head = { .command = command };
    memcpy(head.address, address, GK_MDP_ADDRESS);
    zmsg_t *msg = gk_mdp_encode(&head, payload, strlen(payload), NULL, 0);
    zmsg_pushstr(msg, command == GK_MDP_WORKER_FINAL ? "FINAL" : "PARTIAL");
    int rc = zmsg_send(&msg, self);
    assert(rc == 0);            /* inproc, and we wait for room */
}
