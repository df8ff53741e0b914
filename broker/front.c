/*  gk_front - frames in, frames out, and the turn between them.
 *
 *  Collect what waits, apply it in one transaction, commit, let the effects happen, hand out
 *  work.  Nothing is sent before it is on disk.  libzmq's ROUTER reads its peers in turn, so a
 *  flood from one of them does not starve the others. */
#include "broker/front.h"
#include "broker/depot.h"
#include "broker/evidence.h"
#include "broker/login.h"
#include "broker/query.h"
#include "base/log.h"
#include "base/mem.h"
#include "wire/message.h"
#include "wire/socket.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    TICK_MS = 1000, FULL_MS = 10000, FULL_POLL_MS = 100, BAD_MS = 10000,
    MOST_OUTSTANDING = 1000,        /* readings that the thread may owe */
    MOST_CHUNKS = 64,               /* chunks on their way, 16 MiB each way */
    HANDOUTS_A_TURN = 256,
};

/*  A message that waits for the transaction. */
typedef struct pending {
    gk_address from;
    gk_mdp mdp;
    bool reading;               /* what it had to leave in the ledger is there: the reading goes on */
} pending;

typedef struct front {
    gk_broker *broker;
    pending *list;
    size_t count, cap, bytes;
    size_t asked, put;              /* owed by the readers, by the depot */
    gk_hash_task *hashed;           /* passwords that are checked: to be finished by the turn */
    size_t bad;                     /* malformed messages since the last line about them */
    int64_t bad_at;                 /* monotonic ms of the next */
    gk_why bad_why;                 /* of the latest */
} front;

/*  ---- answers and effects -------------------------------------------------------------- */

gk_effect *gk_broker_effect(gk_broker *self, gk_effect_kind kind)
{
    if (self->effect_count == self->effect_cap) {
        self->effect_cap = self->effect_cap ? self->effect_cap * 2 : 64;
        self->effects = gk_regrow(self->effects, self->effect_cap, sizeof *self->effects);
    }
    gk_effect *effect = &self->effects[self->effect_count++];
    *effect = (gk_effect) { .kind = kind };
    return effect;
}

static zmsg_t *answer_message(const gk_address *to, bool final, const void *bytes, size_t len)
{
    gk_mdp head = { .command = final ? GK_MDP_CLIENT_FINAL : GK_MDP_CLIENT_PARTIAL, .old = to->old };
    snprintf(head.service, sizeof head.service, "%s", *to->service ? to->service : "unknown");
    snprintf(head.request_id, sizeof head.request_id, "%s", to->request_id);
    if (!gk_mdp_exists(head.command, to->old))
        return NULL;                /* MDP/0.1 has no PARTIAL */
    zmsg_t *msg = gk_mdp_encode(&head, bytes, len, NULL, 0);
    zmsg_pushmem(msg, to->identity, to->len);
    return msg;
}

static void answer_bytes(gk_broker *self, const gk_address *to, bool final, const void *bytes, size_t len)
{
    gk_broker_effect(self, GK_DO_SEND)->message = answer_message(to, final, bytes, len);
}

void gk_broker_answer(gk_broker *self, const gk_address *to, bool final, json_t *ok)
{
    gk_json_auto *answer = json_pack("{s:o}", "ok", ok ? ok : json_object());
    gk_free_auto char *text = gk_json_print(answer);
    answer_bytes(self, to, final, text, strlen(text));
}

void gk_broker_refuse(gk_broker *self, const gk_address *to, gk_err err, const gk_why *why)
{
    gk_json_auto *answer = gk_json_error(err, why);
    gk_free_auto char *text = gk_json_print(answer);
    answer_bytes(self, to, true, text, strlen(text));
}

/*  Drop the effects from `count` on: their command was refused. */
static void forget_effects(gk_broker *self, size_t count)
{
    while (self->effect_count > count) {
        gk_effect *effect = &self->effects[--self->effect_count];
        zmsg_destroy(&effect->message);
        free(effect->waiter);
    }
}

bool gk_broker_cannot_write(gk_err err)
{
    return err == GK_EIO || err == GK_EFULL || err == GK_EBUSY;
}

gk_err gk_broker_attempt(gk_broker *self, size_t *effects, gk_why *why)
{
    *effects = self->effect_count;
    return gk_store_mark(self->store, why);
}

void gk_broker_settle(gk_broker *self, size_t effects, gk_err err)
{
    if (!err) {
        gk_store_keep(self->store);
        return;
    }
    gk_store_undo(self->store);
    forget_effects(self, effects);
}

static void send_now(gk_broker *self, zmsg_t **msg_p)
{
    if (*msg_p && !gk_socket_send(self->router, msg_p))
        zmsg_destroy(msg_p);        /* gone or full: the answer stays in the store, the client asks again */
}

static bool same_outcome(const gk_waiter *a, const gk_waiter *b)
{
    return a->case_id == b->case_id && a->job_id == b->job_id;
}

static bool same_asker(const gk_address *a, const gk_address *b)
{
    return a->len == b->len && memcmp(a->identity, b->identity, a->len) == 0 && strcmp(a->request_id, b->request_id) == 0;
}

static void forget_waiter(gk_broker *self, gk_waiter **link)
{
    gk_waiter *waiter = *link;
    *link = waiter->next;
    free(waiter);
    self->waiter_count--;
}

/*  Who asks again on the same connection is told once.  Who asks again on another takes the place of the one
 *  that waited longest for this outcome, often itself before: so nobody uses up the places of others. */
static void wait_for(gk_broker *self, gk_waiter *waiter)
{
    gk_waiter **oldest = NULL;
    int askers = 0;
    for (gk_waiter **link = &self->waiters; *link; link = &(*link)->next) {
        if (!same_outcome(*link, waiter))
            continue;
        if (same_asker(&(*link)->to, &waiter->to)) {
            free(waiter);
            return;
        }
        oldest = link;              /* the newest come first */
        askers++;
    }
    if (askers == GK_MOST_ASKERS)
        forget_waiter(self, oldest);
    if (self->waiter_count >= GK_MOST_WAITING) {
        free(waiter);               /* durably accepted all the same; `status` tells the rest */
        return;
    }
    waiter->next = self->waiters;
    self->waiters = waiter;
    self->waiter_count++;
}

/*  Tell those who wait for this case, or this job, and forget them. */
static void wake(gk_broker *self, int64_t case_id, int64_t job_id, const void *bytes, size_t len)
{
    gk_auto(gk_case) file = NULL;
    if (case_id && gk_store_case(self->store, case_id, &file, NULL))
        return;
    for (gk_waiter **link = &self->waiters; *link; ) {
        gk_waiter *waiter = *link;
        if (!(case_id && waiter->case_id == case_id) && !(job_id && waiter->job_id == job_id)) {
            link = &waiter->next;
            continue;
        }
        zmsg_t *msg;
        if (file) {
            gk_json_auto *answer = json_pack("{s:o}", "ok", gk_submission_answer(self, file, waiter->receipt));
            gk_free_auto char *text = gk_json_print(answer);
            msg = answer_message(&waiter->to, true, text, strlen(text));
        } else {
            msg = answer_message(&waiter->to, true, bytes, len);
        }
        send_now(self, &msg);
        forget_waiter(self, link);
    }
}

static void give_back(gk_broker *self, gk_job *job, const gk_effect *effect)
{
    if (effect->job.attempts)
        job->row.attempts = effect->job.attempts;
    gk_desk_give_back(self->desk, job, effect->delay_ms ? self->monotonic + effect->delay_ms : 0);
}

static void let_happen(gk_broker *self, gk_effect *effect)
{
    gk_job *job = gk_desk_find(self->desk, effect->id);
    switch (effect->kind) {
    case GK_DO_SEND:
        send_now(self, &effect->message);
        break;
    case GK_DO_ADD_JOB:
        if (!gk_desk_add(self->desk, &effect->job))
            gk_log(GK_ERROR, "job=%lld service=%s is not configured", (long long) effect->job.id, effect->job.service);
        break;
    case GK_DO_DROP_JOB:
        gk_desk_done(self->desk, effect->id);
        break;
    case GK_DO_GIVE_BACK:
        if (job)
            give_back(self, job, effect);
        break;
    case GK_DO_END_LEASE:
        if (job)
            memset(job->address, 0, sizeof job->address);
        break;
    case GK_DO_BURY:
        if (job) {
            job->row.attempts = effect->job.attempts;
            gk_desk_bury(self->desk, job, effect->job.reason);
        }
        break;
    case GK_DO_REVIVE:
        if (job && job->phase == GK_PHASE_DEAD)
            gk_desk_revive(self->desk, job);
        break;
    case GK_DO_DUE:
        gk_desk_due(self->desk, effect->id, effect->date);
        break;
    case GK_DO_WAIT:
        wait_for(self, effect->waiter);
        effect->waiter = NULL;
        break;
    case GK_DO_WAKE_CASE:
        wake(self, effect->id, 0, NULL, 0);
        break;
    case GK_DO_WAKE_JOB: {
        zframe_t *answer = zmsg_first(effect->message);
        wake(self, 0, effect->id, zframe_data(answer), zframe_size(answer));
        zmsg_destroy(&effect->message);
        break;
    }
    case GK_DO_RELOAD: {
        gk_why why = { "" };
        if (gk_lawbook_reload(self->book, self->store, &why))
            gk_log(GK_ERROR, "event=reload-refused reason=\"%s\"", why.text);
        gk_readers_reload(self->readers);
        break;
    }
    case GK_DO_ADMIT:
        gk_depot_admit(self->depot, effect->digest);
        break;
    case GK_DO_DESTROY:
        gk_depot_remove(self->depot, effect->digest);
        break;
    case GK_DO_SWEEP:
        gk_depot_sweep(self->depot, effect->id);
        break;
    case GK_DO_CONFIRM_TIME:
        gk_lawtime_confirm(&self->time, self->wall, self->monotonic / 1000);
        break;
    case GK_DO_SEALED:
        self->sealed_on = effect->date;
        break;
    }
}

/*  ---- plain queued services ------------------------------------------------------------------ */

/*  Jobs that wait for a service, those of this turn among them. */
static size_t waiting(const gk_broker *self, const gk_service *service)
{
    size_t count = gk_service_waiting(service);
    for (size_t i = 0; i < self->effect_count; i++)
        count += self->effects[i].kind == GK_DO_ADD_JOB && strcmp(self->effects[i].job.service, gk_service_name(service)) == 0;
    return count;
}

static gk_err queue_plain(gk_broker *self, const gk_command *command, gk_service *service, gk_why *why)
{
    const gk_address *from = &command->from;
    gk_request_row row = { .principal = "client", .service = from->service, .id = from->request_id };
    if (*from->request_id && gk_store_request_find(self->store, &row)) {
        gk_hash payload = gk_hash_of(command->bytes, command->len);
        gk_free_auto char *answer = row.answer;
        if (memcmp(payload.bytes, row.payload.bytes, sizeof payload.bytes) != 0)
            return gk_refuse(why, GK_EREUSED, "this request id was used for another payload; make a new one");
        if (answer) {
            answer_bytes(self, from, true, answer, row.answer_len);
            return GK_OK;
        }
    } else {
        gk_job_row job = { .lane = GK_LANE_CASE, .due_on = GK_NO_DATE };
        size_t before = waiting(self, service);
        if (before >= gk_service_terms(service)->most_waiting)
            return gk_refuse(why, GK_EBUSY, "%zu jobs wait for %s already; try again in 10 s", before, gk_service_name(service));
        snprintf(job.service, sizeof job.service, "%s", gk_service_name(service));
        gk_err err = gk_store_add_job(self->store, &job, command->bytes, command->len, why);
        row.job_id = job.id;
        row.payload = gk_hash_of(command->bytes, command->len);
        if (!err && *from->request_id)
            err = gk_store_request_add(self->store, &row, why);
        if (err)
            return err;
        gk_broker_effect(self, GK_DO_ADD_JOB)->job = job;
    }
    gk_effect *effect = gk_broker_effect(self, GK_DO_WAIT);
    effect->waiter = gk_new(gk_waiter);
    effect->waiter->to = *from;
    effect->waiter->job_id = row.job_id;
    char id[32];
    snprintf(id, sizeof id, "%lld", (long long) row.job_id);
    gk_broker_answer(self, from, false, json_pack("{s:s}", "job", id));
    return GK_OK;
}

static gk_err finish_plain(gk_broker *self, gk_job *job, const void *bytes, size_t len, gk_why *why)
{
    int64_t until = self->wall + gk_service_terms(job->service)->retention_s;
    gk_err err = gk_store_request_answer(self->store, job->row.id, bytes, len, until, why);
    if (!err)
        err = gk_store_job_done(self->store, job->row.id, why);
    if (err)
        return err;
    gk_broker_effect(self, GK_DO_DROP_JOB)->id = job->row.id;
    gk_effect *effect = gk_broker_effect(self, GK_DO_WAKE_JOB);
    effect->id = job->row.id;
    effect->message = zmsg_new();
    zmsg_addmem(effect->message, bytes, len);
    return GK_OK;
}

/*  ---- what a message means, inside the transaction ------------------------------------------------ */

static gk_err finding(gk_broker *self, const pending *p, gk_why *why)
{
    gk_job *job = gk_desk_leased(self->desk, p->mdp.address, p->from.identity, p->from.len, NULL);
    if (!job || job->finished_turn == self->turn)
        return GK_OK;               /* of a lease that is over: somebody else has it, or it is done */
    job->finished_turn = self->turn;
    gk_broker_effect(self, GK_DO_END_LEASE)->id = job->row.id;
    size_t effects = self->effect_count;
    const char *bytes = (const char *) zframe_data(p->mdp.payload);
    size_t len = zframe_size(p->mdp.payload);
    if (!job->row.case_id)
        return finish_plain(self, job, bytes, len, why);
    gk_json_auto *answer = NULL;
    gk_why inner = { "" };
    gk_err err = gk_json_parse(bytes, len, &answer, &inner);
    json_t *ok = json_object_get(answer, "ok"), *error = json_object_get(answer, "error");
    if (!err && (json_object_size(answer) != 1 || json_is_object(ok) == json_is_object(error)))
        err = gk_refuse(&inner, GK_EBADMSG, "a finding is {\"ok\": ...} or {\"error\": ...}");
    if (!err && ok)
        err = gk_facts_apply(self, job, ok, &inner);
    if (!err && error)
        return gk_facts_failed(self, job, json_is_true(json_object_get(error, "retry")), gk_json_text(error, "text"), why);
    if (gk_broker_cannot_write(err))
        return gk_refuse(why, err, "%s", inner.text);
    /*  The ledger does not take it.  A worker that is wrong once will be wrong again. */
    if (err) {
        gk_broker_settle(self, effects, err);
        gk_err marked = gk_broker_attempt(self, &effects, why);
        return marked ? marked : gk_facts_failed(self, job, false, inner.text, why);
    }
    return GK_OK;
}

static gk_err command(gk_broker *self, pending *p, gk_why *why)
{
    gk_command c = { .from = p->from, .bytes = zframe_data(p->mdp.payload), .len = zframe_size(p->mdp.payload) };
    gk_handler *handler = gk_command_find(p->from.service);
    if (!handler) {
        gk_service *service = gk_desk_find_service(self->desk, p->from.service);
        return queue_plain(self, &c, service, why);
    }
    gk_json_auto *body = NULL;
    gk_err err = gk_json_parse(c.bytes, c.len, &body, why);
    if (!err)
        err = gk_message_check(gk_message_find(p->from.service), body, why);
    c.body = body;
    json_t *ok = NULL;
    if (!err)
        err = handler(self, &c, &ok, why);
    gk_broker_used(self, &c.visitor);
    if (err) {
        free(c.waiter);
        return err;
    }
    if (c.waiter) {
        c.waiter->to = p->from;
        gk_broker_effect(self, GK_DO_WAIT)->waiter = c.waiter;
    }
    p->reading = c.reading;
    if (!c.reading)
        gk_broker_answer(self, &p->from, !c.pending, ok);
    return GK_OK;
}

/*  One message behind its savepoint.  Only what concerns the whole store comes back. */
static gk_err apply_one(gk_broker *self, pending *p, gk_why *why)
{
    size_t effects;
    gk_err err = gk_broker_attempt(self, &effects, why);
    if (err)
        return err;
    gk_why reason = { "" };
    bool worker = p->mdp.command == GK_MDP_WORKER_FINAL;
    err = worker ? finding(self, p, &reason) : command(self, p, &reason);
    if (gk_broker_cannot_write(err) && worker)
        return gk_refuse(why, err, "%s", reason.text);
    if (err == GK_EIO || err == GK_EFULL)       /* a command's own "busy" concerns itself alone */
        return gk_refuse(why, err, "%s", reason.text);
    gk_broker_settle(self, effects, err);
    if (err && !worker)
        gk_broker_refuse(self, &p->from, err, &reason);
    return GK_OK;
}

/*  One lease that ended, a turn: the job goes back, or is buried when it was tried too often. */
static gk_err end_lease(gk_broker *self, gk_why *why)
{
    gk_job *job = gk_desk_expired(self->desk, self->monotonic);
    if (!job || job->finished_turn == self->turn)
        return GK_OK;
    job->finished_turn = self->turn;
    if (!job->peer && !job->blamed) {       /* it was waiting there; nobody had begun it */
        gk_broker_effect(self, GK_DO_GIVE_BACK)->id = job->row.id;
        return GK_OK;
    }
    size_t effects;
    gk_err err = gk_broker_attempt(self, &effects, why);
    if (err)
        return err;
    gk_why reason = { "" };
    err = gk_facts_failed(self, job, true, job->peer ? "the worker did not answer in time" : "the worker went away", &reason);
    if (gk_broker_cannot_write(err))
        return gk_refuse(why, err, "%s", reason.text);
    gk_broker_settle(self, effects, err);
    if (!err)
        return GK_OK;
    /*  One job that cannot be recorded must not stop the rest. */
    gk_log(GK_ERROR, "job=%lld lease-end refused reason=\"%s\"", (long long) job->row.id, reason.text);
    gk_effect *again = gk_broker_effect(self, GK_DO_GIVE_BACK);
    again->id = job->row.id;
    again->delay_ms = FULL_MS;
    return GK_OK;
}

/*  ---- readings ------------------------------------------------------------------------------------- */

/*  The lease that a worker shows to read a document. */
static gk_err read_lease(gk_broker *self, const gk_mdp *mdp, gk_job_row *out, gk_why *why)
{
    gk_json_auto *body = NULL;
    gk_err err = gk_json_parse((const char *) zframe_data(mdp->payload), zframe_size(mdp->payload), &body, why);
    const char *lease = gk_json_text(body, "lease");
    unsigned char address[GK_MDP_ADDRESS];
    if (err || !*lease)
        return err;
    if (strlen(lease) != 2 * GK_MDP_ADDRESS || !gk_unhex(lease, address, sizeof address))
        return gk_refuse(why, GK_EBADVALUE, "lease must be the 32 hex digits of the job's address");
    gk_job *job = gk_desk_leased(self->desk, address, NULL, 0, NULL);
    if (!job || job->phase != GK_PHASE_LEASED)
        return gk_refuse(why, GK_EDENIED, "that lease is over");
    *out = job->row;
    return GK_OK;
}

static void ask_reader(front *self, const pending *p)
{
    gk_broker *b = self->broker;
    gk_job_row leased = { 0 };
    gk_why why = { "" };
    bool chunk = strcmp(p->from.service, "document.get") == 0;
    gk_err err = GK_OK;
    if (self->asked >= (chunk ? MOST_CHUNKS : MOST_OUTSTANDING))
        err = gk_refuse(&why, GK_EBUSY, "too many readings wait; try again in 1 s");
    if (!err && chunk && !*p->from.request_id)
        err = gk_refuse(&why, GK_EBADMSG, "document.get needs a request id: its answer has two payload frames");
    if (!err && chunk)
        err = read_lease(b, &p->mdp, &leased, &why);
    if (err) {
        gk_broker_refuse(b, &p->from, err, &why);
        return;
    }
    self->asked++;
    gk_gate gate = gk_broker_gate(b);
    gk_readers_ask(b->readers, &p->from, zframe_data(p->mdp.payload), zframe_size(p->mdp.payload), b->time.now, &gate, &leased);
}

/*  Does somebody of the office read a document?  That may be an event, and goes through a turn. */
static bool may_be_a_view(const pending *p)
{
    gk_json_auto *body = NULL;
    return strcmp(p->from.service, "document.get") == 0
        && gk_json_parse((const char *) zframe_data(p->mdp.payload), zframe_size(p->mdp.payload), &body, NULL) == GK_OK
        && (*gk_json_text(body, "as") || *gk_json_text(body, "token")) && !*gk_json_text(body, "lease") && !*gk_json_text(body, "receipt");
}

/*  ---- the turn ------------------------------------------------------------------------------------- */

static gk_err in_transaction(front *self, gk_why *why)
{
    gk_broker *b = self->broker;
    gk_err err = gk_evidence_seal(b, why);      /* before anything of a new day is written */
    for (size_t i = 0; i < self->count && !err; i++)
        err = apply_one(b, &self->list[i], why);
    for (const gk_hash_task *task = self->hashed; task && !err; task = task->next)
        err = gk_login_finish(b, task, why);
    for (int i = 0; i < b->used_count && !err; i++)
        err = gk_store_session_use(b->store, &b->used[i], b->wall, why);
    if (!err)
        err = end_lease(b, why);
    if (!err)
        err = gk_housekeeping(b, why);
    if (!err && !b->training)
        err = gk_timers_fire(b, why);
    if (!err && b->advance.running && gk_desk_idle(b->desk) && self->count == 0)
        err = gk_training_step(b, why);
    return err;
}

static bool work_to_do(const front *self)
{
    gk_broker *b = self->broker;
    return self->count || gk_evidence_is_due(b) || self->hashed || b->used_count || b->monotonic >= b->sweep_at || gk_desk_expired(b->desk, b->monotonic)
        || (b->advance.running && gk_desk_idle(b->desk)) || (!b->training && gk_timers_wait(b) == 0);
}

static void clear_pending(front *self)
{
    for (size_t i = 0; i < self->count; i++)
        gk_mdp_clear(&self->list[i].mdp);
    self->count = self->bytes = 0;
    for (gk_hash_task *task; (task = self->hashed); gk_hash_task_destroy(&task))
        self->hashed = task->next;
}

/*  Refuse every client of this turn.  A worker's final is dropped: its lease ends and the job comes again. */
static void refuse_all(front *self, gk_err err)
{
    for (size_t i = 0; i < self->count; i++) {
        self->list[i].reading = false;
        if (self->list[i].mdp.command != GK_MDP_WORKER_FINAL)
            gk_broker_refuse(self->broker, &self->list[i].from, err, NULL);
    }
    for (const gk_hash_task *task = self->hashed; task; task = task->next)
        gk_broker_refuse(self->broker, &task->to, err, NULL);
}

/*  The disk is full, or another program holds the ledger: nothing of this turn was done.  Say so, and
 *  go on reading; writing is tried again later. */
static void cannot_write(front *self, gk_err err)
{
    gk_broker *b = self->broker;
    gk_store_rollback(b->store);
    forget_effects(b, 0);
    b->full_until = b->monotonic + (err == GK_EFULL ? FULL_MS : TICK_MS);
    b->refusal = err;
    gk_log(GK_ERROR, "event=cannot-write reason=%s commands=%zu", gk_err_code(err), self->count);
    refuse_all(self, err);
}

static gk_err turn(front *self, gk_why *why)
{
    gk_broker *b = self->broker;
    b->turn++;
    if (b->full_until > b->monotonic) {
        refuse_all(self, b->refusal);
    } else if (work_to_do(self)) {
        gk_advance advance = b->advance;
        gk_err err = gk_store_begin(b->store, why);
        if (!err)
            err = in_transaction(self, why);
        if (!err)
            err = gk_store_commit(b->store, why);
        if (err == GK_EFULL || err == GK_EBUSY) {
            b->advance = advance;
            cannot_write(self, err);
        } else if (err) {
            return err;
        }
    }
    for (size_t i = 0; i < self->count; i++)
        if (self->list[i].reading)
            ask_reader(self, &self->list[i]);
    for (size_t i = 0; i < b->effect_count; i++)
        let_happen(b, &b->effects[i]);
    b->effect_count = 0;
    b->used_count = 0;
    clear_pending(self);
    return GK_OK;
}

/*  ---- handing out ------------------------------------------------------------------------------------- */

/*  A job that cannot be told: no longer wanted, or not readable.  It ends in a small turn of
 *  its own. */
static gk_err set_aside(gk_broker *self, gk_job *job, gk_err reason, const gk_why *text, gk_why *why)
{
    gk_err err = gk_store_begin(self->store, why);
    if (!err) {
        gk_json_auto *nothing = json_object();
        err = reason == GK_ESTALE ? gk_facts_apply(self, job, nothing, why) : gk_facts_failed(self, job, false, text->text, why);
    }
    if (!err)
        err = gk_store_commit(self->store, why);
    if (err == GK_EIO)
        return err;
    if (err) {              /* nothing was done; look at it again later */
        gk_log(GK_ERROR, "job=%lld set-aside reason=\"%s\"", (long long) job->row.id, why->text);
        gk_store_rollback(self->store);
        forget_effects(self, 0);
        gk_desk_give_back(self->desk, job, self->monotonic + FULL_MS);
        return GK_OK;
    }
    for (size_t i = 0; i < self->effect_count; i++)
        let_happen(self, &self->effects[i]);
    self->effect_count = 0;
    return GK_OK;
}

static bool send_job(gk_broker *self, gk_job *job, gk_peer *peer, const void *bytes, size_t len)
{
    gk_mdp head = { .command = GK_MDP_WORKER_REQUEST, .old = peer->old };
    memcpy(head.address, job->address, sizeof head.address);
    zmsg_t *msg = gk_mdp_encode(&head, bytes, len, NULL, 0);
    zmsg_pushmem(msg, peer->identity, peer->identity_len);
    peer->told = self->monotonic;
    bool sent = gk_socket_send(self->router, &msg);
    zmsg_destroy(&msg);
    return sent;
}

/*  What the worker is told.  What does not fit into a message would end the worker's connection, every time. */
static gk_err told_of(gk_broker *self, gk_job *job, char **body, size_t *len, gk_why *why)
{
    if (!job->row.case_id) {
        *body = gk_store_job_body(self->store, job->row.id, len);
        return GK_OK;
    }
    gk_json_auto *facts = NULL;
    gk_err err = gk_facts_of(self, job, &facts, why);
    if (err)
        return err;
    *body = gk_json_print(facts);
    *len = strlen(*body);
    return *len + 3 * GK_MDP_NAME <= GK_MDP_MAX_MESSAGE ? GK_OK
        : gk_refuse(why, GK_ETOOLARGE, "what the worker must be told has %zu bytes, more than a message may have", *len);
}

static gk_err hand_out(gk_broker *self, gk_why *why)
{
    gk_job *job;
    gk_peer *peer;
    for (int i = 0; i < HANDOUTS_A_TURN && gk_desk_next(self->desk, self->monotonic, &job, &peer); i++) {
        gk_why reason = { "" };
        size_t len = 0;
        gk_free_auto char *body = NULL;
        gk_err told = told_of(self, job, &body, &len, &reason);
        gk_err err = told ? set_aside(self, job, told, &reason, why) : GK_OK;
        if (err)
            return err;
        if (told)
            continue;
        gk_desk_lease(self->desk, job, peer, self->monotonic);
        if (!send_job(self, job, peer, body ? body : "", len)) {
            gk_desk_give_back(self->desk, job, 0);
            gk_desk_gone(self->desk, peer, false);      /* until it speaks again */
        }
    }
    return GK_OK;
}

/*  ---- taking in ------------------------------------------------------------------------------------------ */

static void tell_worker(gk_broker *self, const void *identity, size_t len, bool old, gk_mdp_command what)
{
    gk_mdp head = { .command = what, .old = old };
    zmsg_t *msg = gk_mdp_encode(&head, NULL, 0, NULL, 0);
    zmsg_pushmem(msg, identity, len);
    send_now(self, &msg);
}

static void worker_said(front *self, pending *p)
{
    gk_broker *b = self->broker;
    gk_peer *peer = gk_desk_peer(b->desk, p->from.identity, p->from.len);
    if (peer)
        peer->heard = b->monotonic;
    switch (p->mdp.command) {
    case GK_MDP_WORKER_READY: {
        gk_service *service = gk_desk_find_service(b->desk, p->mdp.service);
        int most = (int) gk_conf_int(b->conf, "broker/limits/peers");
        if (service && (peer || gk_desk_peer_count(b->desk) < most))
            gk_desk_ready(b->desk, p->from.identity, p->from.len, service, p->mdp.old, p->mdp.credit, b->monotonic);
        else
            tell_worker(b, p->from.identity, p->from.len, p->mdp.old, GK_MDP_WORKER_DISCONNECT);
        break;
    }
    case GK_MDP_WORKER_DISCONNECT:
        if (peer)
            gk_desk_gone(b->desk, peer, true);
        break;
    case GK_MDP_WORKER_PARTIAL: {
        gk_job *job = gk_desk_leased(b->desk, p->mdp.address, p->from.identity, p->from.len, NULL);
        if (job)
            gk_desk_renew(b->desk, job, b->monotonic);
        break;
    }
    default:                        /* a heartbeat; who never said READY is told to begin */
        if (!peer)
            tell_worker(b, p->from.identity, p->from.len, p->mdp.old, GK_MDP_WORKER_DISCONNECT);
        break;
    }
}

static void put_document(front *self, const pending *p)
{
    gk_broker *b = self->broker;
    gk_why why = { "" };
    gk_json_auto *body = NULL;
    gk_err err = gk_json_parse((const char *) zframe_data(p->mdp.payload), zframe_size(p->mdp.payload), &body, &why);
    if (!err)
        err = gk_message_check(gk_message_find("document.put"), body, &why);
    const char *upload = gk_json_text(body, "upload");
    int64_t offset = json_integer_value(json_object_get(body, "offset")), most = gk_conf_int(b->conf, "broker/limits/document_mb") << 20;
    size_t len = p->mdp.raw ? zframe_size(p->mdp.raw) : 0;
    if (!err && !p->mdp.raw)
        err = gk_refuse(&why, GK_EBADMSG, "document.put has two payload frames behind a request id: JSON and the bytes");
    if (!err && !gk_mdp_id_ok(upload, strlen(upload)))
        err = gk_refuse(&why, GK_EBADVALUE, "upload must be 1 to 64 of [A-Za-z0-9_-]");
    if (!err && (len > GK_DEPOT_CHUNK || offset < 0 || offset + (int64_t) len > most))
        err = gk_refuse(&why, GK_ETOOLARGE, "a chunk has at most %d KiB and a document %lld MB", GK_DEPOT_CHUNK >> 10,
                        (long long) (most >> 20));
    if (!err && self->put >= MOST_CHUNKS)
        err = gk_refuse(&why, GK_EBUSY, "too many uploads wait; try again in 1 s");
    if (err) {
        gk_broker_refuse(b, &p->from, err, &why);
        return;
    }
    self->put++;
    gk_depot_put(b->depot, &p->from, body, zframe_data(p->mdp.raw), len);
}

/*  RFC 8. */
static bool mmi(gk_broker *self, const pending *p)
{
    if (strncmp(p->from.service, "mmi.", 4) != 0)
        return false;
    const char *code = "501";
    if (strcmp(p->from.service, "mmi.gongkai") == 0)
        code = "200";
    else if (strcmp(p->from.service, "mmi.service") == 0) {
        gk_free_auto char *name = gk_strndup((const char *) zframe_data(p->mdp.payload), zframe_size(p->mdp.payload));
        bool known = gk_desk_find_service(self->desk, name) || gk_command_find(name) || gk_query_serves(name)
            || gk_login_serves(name) || strcmp(name, "document.put") == 0;
        code = known ? "200" : "404";
    }
    answer_bytes(self, &p->from, true, code, strlen(code));
    return true;
}

static bool queues_case_work(gk_broker *self, const char *service)
{
    (void) self;
    static const char *const own[] = { "intake", "review", "confidentiality", "reply", "reminder" };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(own[i], service) == 0)
            return true;
    return false;
}

static void keep_pending(front *self, pending *p)
{
    if (self->count == self->cap) {
        self->cap = self->cap ? self->cap * 2 : 64;
        self->list = gk_regrow(self->list, self->cap, sizeof *self->list);
    }
    self->bytes += zframe_size(p->mdp.payload);
    self->list[self->count++] = *p;
    p->mdp = (gk_mdp) { 0 };
}

static void client_said(front *self, pending *p)
{
    gk_broker *b = self->broker;
    const char *service = p->from.service;
    gk_why why = { "" };
    if (mmi(b, p))
        return;
    if (gk_query_serves(service) && !may_be_a_view(p))
        ask_reader(self, p);
    else if (strcmp(service, "document.put") == 0)
        put_document(self, p);
    else if (gk_login_serves(service))
        gk_login_ask(b, &p->from, zframe_data(p->mdp.payload), zframe_size(p->mdp.payload));
    else if (gk_command_find(service) || (gk_desk_find_service(b->desk, service) && !queues_case_work(b, service)))
        keep_pending(self, p);
    else {
        (void) !gk_refuse(&why, GK_ENOTFOUND, "there is no service %s", service);
        gk_broker_refuse(b, &p->from, GK_ENOTFOUND, &why);
    }
}

static void take_message(front *self, zmsg_t *msg)
{
    pending p = { 0 };
    zframe_t *identity = zmsg_pop(msg);
    if (!identity || zframe_size(identity) > GK_DESK_IDENTITY) {
        zframe_destroy(&identity);
        zmsg_destroy(&msg);
        return;
    }
    p.from.len = zframe_size(identity);
    memcpy(p.from.identity, zframe_data(identity), p.from.len);
    zframe_destroy(&identity);
    gk_why why = { "" };
    gk_err err = gk_mdp_decode(&msg, false, &p.mdp, &why);
    p.from.old = p.mdp.old;
    memcpy(p.from.service, p.mdp.service, sizeof p.from.service);
    memcpy(p.from.request_id, p.mdp.request_id, sizeof p.from.request_id);
    if (err) {
        self->bad++;
        self->bad_why = why;
        if (p.mdp.command == GK_MDP_CLIENT_REQUEST)
            gk_broker_refuse(self->broker, &p.from, err, &why);
    } else if (p.mdp.command == GK_MDP_CLIENT_REQUEST) {
        client_said(self, &p);
    } else if (p.mdp.command == GK_MDP_WORKER_FINAL) {
        gk_peer *peer = gk_desk_peer(self->broker->desk, p.from.identity, p.from.len);
        if (peer)
            peer->heard = self->broker->monotonic;
        keep_pending(self, &p);
    } else {
        worker_said(self, &p);
    }
    gk_mdp_clear(&p.mdp);
}

static void collect(front *self)
{
    gk_broker *b = self->broker;
    size_t most = (size_t) gk_conf_int(b->conf, "broker/limits/turn_commands");
    int64_t until = gk_socket_now() + gk_conf_ms(b->conf, "broker/limits/turn_time");
    for (int i = 0; self->count < most && self->bytes < GK_TURN_BYTES; i++) {
        if (!(zsock_events(b->router) & ZMQ_POLLIN) || (i % 16 == 15 && gk_socket_now() >= until))
            return;
        zmsg_t *msg = zmsg_recv(b->router);
        if (!msg)
            return;
        take_message(self, msg);
    }
}

/*  What the threads have finished. */
static gk_err gather(front *self, gk_why *why)
{
    gk_broker *b = self->broker;
    gk_visitor visitor;
    for (zmsg_t *msg; (msg = gk_readers_next(b->readers, &visitor)); ) {
        self->asked -= self->asked > 0;
        gk_broker_used(b, &visitor);
        send_now(b, &msg);
    }
    gk_depot_done done;
    gk_err err = GK_OK;
    for (gk_hash_task *task; (task = gk_hashers_next(b->hashers)); self->hashed = task)
        task->next = self->hashed;
    while (!err && gk_depot_next(b->depot, &done)) {
        self->put -= self->put > 0;
        if (done.err) {
            gk_broker_refuse(b, &done.to, done.err, &done.why);
            continue;
        }
        json_t *ok = json_pack("{s:s, s:I}", "upload", done.upload, "offset", (json_int_t) done.offset);
        if (*done.digest) {
            char at[GK_TIME_TEXT];
            err = gk_store_document_add(b->store, done.digest, done.size, gk_time_format(b->wall, at), why);
            json_object_set_new(ok, "digest", json_string(done.digest));
            json_object_set_new(ok, "size", json_integer(done.size));
        }
        if (err == GK_EFULL || err == GK_EBUSY) {
            json_decref(ok);
            gk_broker_refuse(b, &done.to, err, NULL);
            err = GK_OK;
        } else {
            gk_broker_answer(b, &done.to, true, ok);
        }
    }
    return err;
}

static void heartbeats(gk_broker *self)
{
    for (gk_peer *peer; (peer = gk_desk_silent(self->desk, self->monotonic)); ) {
        gk_log(GK_WARN, "event=worker-silent service=%s busy=%d", gk_service_name(peer->service), peer->busy);
        gk_desk_gone(self->desk, peer, false);
    }
    for (gk_peer *peer; (peer = gk_desk_heartbeat(self->desk, self->monotonic)); )
        tell_worker(self, peer->identity, peer->identity_len, peer->old, GK_MDP_WORKER_HEARTBEAT);
}

/*  Malformed messages cost their senders nothing; a line each would fill the disk. */
static void say_bad(front *self)
{
    if (!self->bad || self->broker->monotonic < self->bad_at)
        return;
    gk_log(GK_WARN, "event=bad-message count=%zu reason=\"%s\"", self->bad, self->bad_why.text);
    self->bad = 0;
    self->bad_at = self->broker->monotonic + BAD_MS;
}

static int poll_wait(gk_broker *self)
{
    int64_t wait = TICK_MS;
    int64_t wake_at = gk_desk_wake(self->desk);
    if (wake_at != INT64_MAX && wake_at - self->monotonic < wait)
        wait = wake_at - self->monotonic;
    int64_t timer = self->training ? wait : gk_timers_wait(self) * 1000;
    if (timer < wait)
        wait = timer;
    bool step = self->advance.running && gk_desk_idle(self->desk);
    if (step || gk_desk_expired(self->desk, self->monotonic))   /* leases end one a turn: go on with the next */
        wait = 0;
    if (self->full_until > self->monotonic)     /* what is due cannot be done yet */
        return FULL_POLL_MS;
    return wait < 0 ? 0 : (int) wait;
}

gk_err gk_front_run(gk_broker *self, const volatile sig_atomic_t *stop, gk_why *why)
{
    front f = { .broker = self };
    gk_err err = GK_OK;
    while (!*stop && !err) {
        zmq_pollitem_t items[3 + GK_HASHERS] = {
            { zsock_resolve(self->router), 0, ZMQ_POLLIN, 0 },
            { zsock_resolve(gk_readers_pipe(self->readers)), 0, ZMQ_POLLIN, 0 },
            { zsock_resolve(gk_depot_pipe(self->depot)), 0, ZMQ_POLLIN, 0 },
        };
        int count = 3;
        for (zsock_t *pipe; (pipe = gk_hashers_pipe(self->hashers, count - 3)); count++)
            items[count] = (zmq_pollitem_t) { zsock_resolve(pipe), 0, ZMQ_POLLIN, 0 };
        (void) zmq_poll(items, count, poll_wait(self));     /* an interrupted poll is an empty one */
        self->monotonic = gk_socket_now();
        self->wall = (int64_t) time(NULL);
        gk_lawtime_turn(&self->time, self->wall, self->monotonic / 1000);
        collect(&f);
        say_bad(&f);
        err = gather(&f, why);
        if (!err)
            err = turn(&f, why);
        if (!err)
            err = hand_out(self, why);
        heartbeats(self);
    }
    clear_pending(&f);
    free(f.list);
    forget_effects(self, 0);
    return err;
}
