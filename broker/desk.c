/*  gk_desk - jobs, workers and leases in memory.
 *
 *  Each service has a heap of ready jobs.  Only the head of a lane can be ready, the
 *  others hang behind it in a list; so finishing a head brings the next one up. */
#include "broker/desk.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct gk_service {
    char name[GK_MDP_NAME];
    gk_terms terms;
    gk_job **heap;
    size_t count, cap, leased;
    gk_service *next;
};

struct gk_desk {
    gk_service *services;
    gk_peer *peers;
    gk_map *jobs;           /* id -> gk_job */
    gk_map *lanes;          /* case and lane -> first gk_job */
    size_t leased, backing_off;
    int64_t handed;         /* counts hand-outs */
};

/*  ---- the heap of a service ---------------------------------------------------- */

static bool before(const gk_job *a, const gk_job *b)
{
    int32_t due_a = gk_date_is_none(a->row.due_on) ? INT32_MAX : a->row.due_on.day;
    int32_t due_b = gk_date_is_none(b->row.due_on) ? INT32_MAX : b->row.due_on.day;
    return due_a != due_b ? due_a < due_b : a->row.id < b->row.id;
}

static void place(gk_service *s, size_t at, gk_job *job)
{
    s->heap[at] = job;
    job->heap_at = at;
}

static void sift_up(gk_service *s, size_t at)
{
    gk_job *job = s->heap[at];
    for (; at > 0 && before(job, s->heap[(at - 1) / 2]); at = (at - 1) / 2)
        place(s, at, s->heap[(at - 1) / 2]);
    place(s, at, job);
}

static void sift_down(gk_service *s, size_t at)
{
    gk_job *job = s->heap[at];
    for (size_t child; (child = 2 * at + 1) < s->count; at = child) {
        if (child + 1 < s->count && before(s->heap[child + 1], s->heap[child]))
            child++;
        if (!before(s->heap[child], job))
            break;
        place(s, at, s->heap[child]);
    }
    place(s, at, job);
}

static void push(gk_job *job)
{
    gk_service *s = job->service;
    if (s->count == s->cap) {
        s->cap = s->cap ? s->cap * 2 : 16;
        s->heap = gk_regrow(s->heap, s->cap, sizeof *s->heap);
    }
    job->phase = GK_PHASE_READY;
    place(s, s->count++, job);
    sift_up(s, job->heap_at);
}

static void pull(gk_job *job)
{
    gk_service *s = job->service;
    gk_job *last = s->heap[--s->count];
    if (last == job)
        return;
    place(s, job->heap_at, last);
    sift_up(s, last->heap_at);
    sift_down(s, last->heap_at);
}

/*  ---- making ---------------------------------------------------------------------- */

gk_desk *gk_desk_new(void)
{
    gk_desk *self = gk_new(gk_desk);
    self->jobs = gk_map_new();
    self->lanes = gk_map_new();
    return self;
}

void gk_desk_destroy(gk_desk **self_p)
{
    gk_desk *self = *self_p;
    if (!self)
        return;
    size_t at = 0;
    for (gk_job *job; (job = gk_map_next(self->jobs, &at)); )
        free(job);
    for (gk_peer *peer; (peer = self->peers); free(peer))
        self->peers = peer->next;
    for (gk_service *s; (s = self->services); free(s)) {
        self->services = s->next;
        free(s->heap);
    }
    gk_map_destroy(&self->jobs);
    gk_map_destroy(&self->lanes);
    free(self);
    *self_p = NULL;
}

gk_service *gk_desk_find_service(const gk_desk *self, const char *name)
{
    gk_service *s = self->services;
    while (s && strcmp(s->name, name) != 0)
        s = s->next;
    return s;
}

gk_service *gk_desk_service(gk_desk *self, const char *name, const gk_terms *terms)
{
    gk_service *s = gk_desk_find_service(self, name);
    if (!s) {
        s = gk_new(gk_service);
        snprintf(s->name, sizeof s->name, "%s", name);
        s->next = self->services;
        self->services = s;
    }
    s->terms = *terms;
    return s;
}

const char *gk_service_name(const gk_service *service)
{
    return service->name;
}

const gk_terms *gk_service_terms(const gk_service *service)
{
    return &service->terms;
}

size_t gk_service_waiting(const gk_service *service)
{
    return service->count;
}

/*  ---- jobs --------------------------------------------------------------------------- */

static int64_t lane_key(const gk_job *job)
{
    return job->row.case_id * GK_LANES + (int64_t) job->row.lane + 1;
}

/*  A dead notice holds nothing: the lane goes on behind it.  A dead job of the case's own
 *  lane holds it, since what follows would build on what is missing. */
static bool holds_lane(const gk_job *job)
{
    return job->phase != GK_PHASE_DEAD || job->row.lane == GK_LANE_CASE;
}

static void enter_lane(gk_desk *self, gk_job *job)
{
    if (job->row.case_id == 0) {
        push(job);
        return;
    }
    gk_job *first = gk_map_get(self->lanes, lane_key(job));
    if (!first) {
        gk_map_put(self->lanes, lane_key(job), job);
        push(job);
        return;
    }
    while (first->next)
        first = first->next;
    first->next = job;
    job->phase = GK_PHASE_QUEUED;
}

static void leave_lane(gk_desk *self, gk_job *job)
{
    if (job->row.case_id == 0)
        return;
    gk_job *first = gk_map_get(self->lanes, lane_key(job));
    if (first != job) {
        while (first && first->next != job)
            first = first->next;
        if (first)
            first->next = job->next;
    } else if (job->next) {
        gk_map_put(self->lanes, lane_key(job), job->next);
        if (job->next->phase == GK_PHASE_QUEUED)
            push(job->next);
    } else {
        gk_map_drop(self->lanes, lane_key(job));
    }
    job->next = NULL;
}

gk_job *gk_desk_find(const gk_desk *self, int64_t id)
{
    return id > 0 ? gk_map_get(self->jobs, id) : NULL;
}

gk_job *gk_desk_add(gk_desk *self, const gk_job_row *row)
{
    gk_service *service = gk_desk_find_service(self, row->service);
    if (!service || row->id <= 0)
        return NULL;
    gk_job *job = gk_new(gk_job);
    job->row = *row;
    job->service = service;
    gk_map_put(self->jobs, row->id, job);
    job->phase = row->dead ? GK_PHASE_DEAD : GK_PHASE_QUEUED;
    if (holds_lane(job)) {
        bool dead = row->dead;
        enter_lane(self, job);
        if (dead) {
            if (job->phase == GK_PHASE_READY)
                pull(job);
            job->phase = GK_PHASE_DEAD;
        }
    }
    return job;
}

/*  Take the job out of whatever it is in: heap, back-off, lease. */
static void detach(gk_desk *self, gk_job *job)
{
    if (job->phase == GK_PHASE_READY)
        pull(job);
    else if (job->phase == GK_PHASE_BACKOFF)
        self->backing_off--;
    else if (job->phase == GK_PHASE_LEASED) {
        self->leased--;
        job->service->leased--;
        if (job->peer)
            job->peer->busy--;
        job->peer = NULL;
    }
    job->phase = GK_PHASE_QUEUED;
}

void gk_desk_done(gk_desk *self, int64_t id)
{
    gk_job *job = gk_desk_find(self, id);
    if (!job)
        return;
    bool in_lane = holds_lane(job);
    detach(self, job);
    if (in_lane)
        leave_lane(self, job);
    gk_map_drop(self->jobs, id);
    free(job);
}

void gk_desk_give_back(gk_desk *self, gk_job *job, int64_t not_before)
{
    detach(self, job);
    if (not_before <= 0) {
        push(job);
        return;
    }
    job->phase = GK_PHASE_BACKOFF;
    job->not_before = not_before;
    self->backing_off++;
}

void gk_desk_bury(gk_desk *self, gk_job *job, const char *reason)
{
    detach(self, job);
    job->phase = GK_PHASE_DEAD;
    job->row.dead = true;
    gk_text_copy(job->row.reason, sizeof job->row.reason, reason);
    if (!holds_lane(job))
        leave_lane(self, job);
}

void gk_desk_revive(gk_desk *self, gk_job *job)
{
    bool in_lane = holds_lane(job);
    job->row.dead = false;
    job->row.attempts = 0;
    job->row.reason[0] = 0;
    if (in_lane)
        push(job);
    else
        enter_lane(self, job);
}

void gk_desk_due(gk_desk *self, int64_t case_id, gk_date due_on)
{
    for (int lane = 0; lane < GK_LANES; lane++) {
        gk_job *job = gk_map_get(self->lanes, case_id * GK_LANES + lane + 1);
        for (; job; job = job->next) {
            job->row.due_on = due_on;
            if (job->phase == GK_PHASE_READY) {
                sift_up(job->service, job->heap_at);
                sift_down(job->service, job->heap_at);
            }
        }
    }
}

/*  ---- workers --------------------------------------------------------------------------- */

gk_peer *gk_desk_peer(const gk_desk *self, const void *identity, size_t len)
{
    gk_peer *peer = self->peers;
    while (peer && (peer->identity_len != len || memcmp(peer->identity, identity, len) != 0))
        peer = peer->next;
    return peer;
}

int gk_desk_peer_count(const gk_desk *self)
{
    int count = 0;
    for (const gk_peer *peer = self->peers; peer; peer = peer->next)
        count++;
    return count;
}

gk_peer *gk_desk_ready(gk_desk *self, const void *identity, size_t len, gk_service *service, bool old, int credit, int64_t now)
{
    if (len > GK_DESK_IDENTITY)
        return NULL;
    gk_peer *peer = gk_desk_peer(self, identity, len);
    if (!peer) {
        peer = gk_new(gk_peer);
        memcpy(peer->identity, identity, len);
        peer->identity_len = len;
        peer->next = self->peers;
        self->peers = peer;
    }
    peer->service = service;
    peer->old = old;
    peer->credit = credit;
    peer->heard = peer->told = now;
    return peer;
}

void gk_desk_gone(gk_desk *self, gk_peer *peer, bool clean)
{
    size_t at = 0;
    gk_job *oldest = NULL;
    for (gk_job *job; peer->busy && (job = gk_map_next(self->jobs, &at)); ) {
        if (job->peer != peer)
            continue;
        job->peer = NULL;
        job->blamed = false;
        if (!oldest || job->leased_at < oldest->leased_at)
            oldest = job;
    }
    if (oldest)
        oldest->blamed = !clean;
    gk_peer **link = &self->peers;
    while (*link != peer)
        link = &(*link)->next;
    *link = peer->next;
    free(peer);
}

gk_peer *gk_desk_silent(const gk_desk *self, int64_t now)
{
    gk_peer *peer = self->peers;
    while (peer && now - peer->heard < GK_MDP_SILENCE_MS)
        peer = peer->next;
    return peer;
}

gk_peer *gk_desk_heartbeat(gk_desk *self, int64_t now)
{
    gk_peer *peer = self->peers;
    while (peer && now - peer->told < GK_MDP_HEARTBEAT_MS)
        peer = peer->next;
    if (peer)
        peer->told = now;
    return peer;
}

/*  ---- handing out ------------------------------------------------------------------------- */

static void end_backoffs(gk_desk *self, int64_t now)
{
    size_t at = 0;
    for (gk_job *job; self->backing_off && (job = gk_map_next(self->jobs, &at)); )
        if (job->phase == GK_PHASE_BACKOFF && job->not_before <= now) {
            self->backing_off--;
            push(job);
        }
}

bool gk_desk_next(gk_desk *self, int64_t now, gk_job **job, gk_peer **peer)
{
    if (self->backing_off)
        end_backoffs(self, now);
    for (gk_service *s = self->services; s; s = s->next) {
        if (!s->count || (s->terms.strict && s->leased))
            continue;
        /*  The least busy worker that has credit left. */
        gk_peer *best = NULL;
        for (gk_peer *p = self->peers; p; p = p->next)
            if (p->service == s && p->busy < p->credit && (!best || p->busy < best->busy))
                best = p;
        if (best) {
            *job = s->heap[0];
            *peer = best;
            return true;
        }
    }
    return false;
}

void gk_desk_lease(gk_desk *self, gk_job *job, gk_peer *peer, int64_t now)
{
    pull(job);
    job->phase = GK_PHASE_LEASED;
    job->peer = peer;
    peer->busy++;
    self->leased++;
    job->service->leased++;
    job->leased_at = ++self->handed;
    memcpy(job->identity, peer->identity, peer->identity_len);
    job->identity_len = peer->identity_len;
    job->lease_until = now + job->service->terms.lease_ms;
    job->run_until = now + job->service->terms.max_run_ms;
    for (int i = 0; i < 8; i++)
        job->address[i] = (unsigned char) ((uint64_t) job->row.id >> (56 - 8 * i));
    gk_random(job->address + 8, GK_MDP_ADDRESS - 8);
}

void gk_desk_renew(gk_job *job, int64_t now)
{
    int64_t until = now + job->service->terms.lease_ms;
    job->lease_until = until < job->run_until ? until : job->run_until;
}

gk_job *gk_desk_leased(const gk_desk *self, const unsigned char address[static GK_MDP_ADDRESS], const void *identity,
                       size_t len, const gk_service *service)
{
    uint64_t id = 0;
    for (int i = 0; i < 8; i++)
        id = id << 8 | address[i];
    gk_job *job = id <= INT64_MAX ? gk_desk_find(self, (int64_t) id) : NULL;
    if (!job || job->phase == GK_PHASE_DEAD || memcmp(job->address, address, GK_MDP_ADDRESS) != 0)
        return NULL;
    if (service && job->service != service)
        return NULL;
    if (identity && (job->identity_len != len || memcmp(job->identity, identity, len) != 0))
        return NULL;
    return job;
}

gk_job *gk_desk_expired(gk_desk *self, int64_t now)
{
    size_t at = 0;
    for (gk_job *job; self->leased && (job = gk_map_next(self->jobs, &at)); )
        if (job->phase == GK_PHASE_LEASED && (job->lease_until <= now || !job->peer))
            return job;
    return NULL;
}

bool gk_desk_idle(const gk_desk *self)
{
    if (self->leased || self->backing_off)
        return false;
    for (gk_service *s = self->services; s; s = s->next)
        for (size_t i = 0; i < s->count; i++)
            if (s->heap[i]->row.case_id)        /* a plain queued service may wait for its worker for ever */
                return false;
    return true;
}

int64_t gk_desk_wake(const gk_desk *self, int64_t now)
{
    int64_t wake = INT64_MAX;
    size_t at = 0;
    (void) now;
    if (!self->leased && !self->backing_off)
        return wake;
    for (gk_job *job; (job = gk_map_next(self->jobs, &at)); ) {
        int64_t when = job->phase == GK_PHASE_BACKOFF ? job->not_before
            : job->phase == GK_PHASE_LEASED ? job->lease_until : INT64_MAX;
        wake = when < wake ? when : wake;
    }
    return wake;
}

/*  ---- looking -------------------------------------------------------------------------------- */

static json_t *service_object(const gk_desk *self, const gk_service *s)
{
    int leased = 0, dead = 0;
    size_t at = 0, waiting = s->count;
    for (gk_job *job; (job = gk_map_next(self->jobs, &at)); )
        if (job->service == s) {
            leased += job->phase == GK_PHASE_LEASED;
            dead += job->phase == GK_PHASE_DEAD;
            waiting += job->phase == GK_PHASE_BACKOFF || job->phase == GK_PHASE_QUEUED;
        }
    return json_pack("{s:s, s:I, s:i, s:i}", "service", s->name, "ready", (json_int_t) waiting, "leased", leased, "dead", dead);
}

json_t *gk_desk_workers(const gk_desk *self)
{
    json_t *workers = json_array(), *services = json_array();
    for (const gk_service *s = self->services; s; s = s->next) {
        int count = 0, busy = 0, credit = 0;
        for (const gk_peer *p = self->peers; p; p = p->next)
            if (p->service == s)
                count++, busy += p->busy, credit += p->credit;
        json_array_append_new(workers, json_pack("{s:s, s:i, s:i, s:i}", "service", s->name, "count", count, "busy", busy,
                                                 "credit", credit));
        json_array_append_new(services, service_object(self, s));
    }
    return json_pack("{s:o, s:o}", "workers", workers, "services", services);
}

json_t *gk_desk_dead(const gk_desk *self)
{
    json_t *list = json_array();
    size_t at = 0;
    for (gk_job *job; (job = gk_map_next(self->jobs, &at)); )
        if (job->phase == GK_PHASE_DEAD) {
            char reference[32] = "";
            if (job->row.case_id)
                snprintf(reference, sizeof reference, "@%lld", (long long) job->row.case_id);
            json_array_append_new(list, json_pack("{s:I, s:s, s:s, s:s, s:i, s:s}", "job", (json_int_t) job->row.id, "service",
                                                  job->row.service, "task", job->row.task, "case", reference, "attempts",
                                                  job->row.attempts, "reason", job->row.reason));
        }
    return json_pack("{s:o}", "dead", list);
}
