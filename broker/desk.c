/*  gk_desk - jobs, workers and leases in memory.
 *
 *  A job that can go is in a heap: the ready ones in their service's by urgency, those that back off and
 *  those that are leased by the moment at which that ends; so a turn looks only at what is due.  Only the
 *  head of a lane can be ready, the others hang behind it in a list; so finishing a head brings the next
 *  one up. */
#include "broker/desk.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

typedef struct heap {
    gk_job **jobs;          /* the first goes first */
    size_t count, cap;
    bool (*before)(const gk_job *a, const gk_job *b);
} heap;

struct gk_service {
    char name[GK_MDP_NAME];
    gk_terms terms;
    heap ready;
    size_t leased;
    gk_service *next;
};

struct gk_desk {
    gk_service *services;
    gk_peer *peers;
    gk_map *jobs;           /* id -> gk_job */
    gk_map *lanes;          /* case and lane -> first gk_job */
    heap leases, backoffs;
    int64_t handed;         /* counts hand-outs */
};

/*  ---- heaps --------------------------------------------------------------------- */

static bool more_urgent(const gk_job *a, const gk_job *b)
{
    int32_t due_a = gk_date_is_none(a->row.due_on) ? INT32_MAX : a->row.due_on.day;
    int32_t due_b = gk_date_is_none(b->row.due_on) ? INT32_MAX : b->row.due_on.day;
    return due_a != due_b ? due_a < due_b : a->row.id < b->row.id;
}

static bool ends_earlier(const gk_job *a, const gk_job *b)
{
    return a->lease_until < b->lease_until;
}

static bool back_earlier(const gk_job *a, const gk_job *b)
{
    return a->not_before < b->not_before;
}

static void place(heap *h, size_t at, gk_job *job)
{
    h->jobs[at] = job;
    job->heap_at = at;
}

static void sift_up(heap *h, size_t at)
{
    gk_job *job = h->jobs[at];
    for (; at > 0 && h->before(job, h->jobs[(at - 1) / 2]); at = (at - 1) / 2)
        place(h, at, h->jobs[(at - 1) / 2]);
    place(h, at, job);
}

static void sift_down(heap *h, size_t at)
{
    gk_job *job = h->jobs[at];
    for (size_t child; (child = 2 * at + 1) < h->count; at = child) {
        if (child + 1 < h->count && h->before(h->jobs[child + 1], h->jobs[child]))
            child++;
        if (!h->before(h->jobs[child], job))
            break;
        place(h, at, h->jobs[child]);
    }
    place(h, at, job);
}

/*  Its key changed. */
static void move(heap *h, gk_job *job)
{
    sift_up(h, job->heap_at);
    sift_down(h, job->heap_at);
}

static void push(heap *h, gk_job *job)
{
    if (h->count == h->cap) {
        h->cap = h->cap ? h->cap * 2 : 16;
        h->jobs = gk_regrow(h->jobs, h->cap, sizeof *h->jobs);
    }
    place(h, h->count++, job);
    sift_up(h, job->heap_at);
}

static void pull(heap *h, gk_job *job)
{
    gk_job *last = h->jobs[--h->count];
    if (last == job)
        return;
    place(h, job->heap_at, last);
    move(h, last);
}

static void make_ready(gk_job *job)
{
    job->phase = GK_PHASE_READY;
    push(&job->service->ready, job);
}

/*  ---- making ---------------------------------------------------------------------- */

gk_desk *gk_desk_new(void)
{
    gk_desk *self = gk_new(gk_desk);
    self->jobs = gk_map_new();
    self->lanes = gk_map_new();
    self->leases.before = ends_earlier;
    self->backoffs.before = back_earlier;
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
        free(s->ready.jobs);
    }
    free(self->leases.jobs);
    free(self->backoffs.jobs);
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
        s->ready.before = more_urgent;
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
    return service->ready.count;
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
        make_ready(job);
        return;
    }
    gk_job *first = gk_map_get(self->lanes, lane_key(job));
    if (!first) {
        gk_map_put(self->lanes, lane_key(job), job);
        make_ready(job);
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
            make_ready(job->next);
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
    if (!service || row->id <= 0 || row->lane >= GK_LANES || gk_desk_find(self, row->id))
        return NULL;                /* the last two: a damaged row */
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
                pull(&service->ready, job);
            job->phase = GK_PHASE_DEAD;
        }
    }
    return job;
}

/*  Take the job out of whatever it is in: heap, back-off, lease. */
static void detach(gk_desk *self, gk_job *job)
{
    if (job->phase == GK_PHASE_READY)
        pull(&job->service->ready, job);
    else if (job->phase == GK_PHASE_BACKOFF)
        pull(&self->backoffs, job);
    else if (job->phase == GK_PHASE_LEASED) {
        pull(&self->leases, job);
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
        make_ready(job);
        return;
    }
    job->phase = GK_PHASE_BACKOFF;
    job->not_before = not_before;
    push(&self->backoffs, job);
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
        make_ready(job);
    else
        enter_lane(self, job);
}

void gk_desk_due(gk_desk *self, int64_t case_id, gk_date due_on)
{
    for (int lane = 0; lane < GK_LANES; lane++) {
        gk_job *job = gk_map_get(self->lanes, case_id * GK_LANES + lane + 1);
        for (; job; job = job->next) {
            job->row.due_on = due_on;
            if (job->phase == GK_PHASE_READY)
                move(&job->service->ready, job);
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
    heap *leases = &self->leases;
    gk_job *oldest = NULL;
    for (size_t i = 0; peer->busy && i < leases->count; i++) {
        gk_job *job = leases->jobs[i];
        if (job->peer != peer)
            continue;
        job->peer = NULL;
        job->blamed = false;
        job->lease_until = 0;       /* it is over now */
        if (!oldest || job->leased_at < oldest->leased_at)
            oldest = job;
    }
    if (oldest)
        oldest->blamed = !clean;
    for (size_t i = leases->count / 2; oldest && i-- > 0; )
        sift_down(leases, i);
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
    heap *h = &self->backoffs;
    for (gk_job *job; h->count && (job = h->jobs[0])->not_before <= now; make_ready(job))
        pull(h, job);
}

bool gk_desk_next(gk_desk *self, int64_t now, gk_job **job, gk_peer **peer)
{
    end_backoffs(self, now);
    for (gk_service *s = self->services; s; s = s->next) {
        if (!s->ready.count || (s->terms.strict && s->leased))
            continue;
        /*  The least busy worker that has credit left. */
        gk_peer *best = NULL;
        for (gk_peer *p = self->peers; p; p = p->next)
            if (p->service == s && p->busy < p->credit && (!best || p->busy < best->busy))
                best = p;
        if (best) {
            *job = s->ready.jobs[0];
            *peer = best;
            return true;
        }
    }
    return false;
}

void gk_desk_lease(gk_desk *self, gk_job *job, gk_peer *peer, int64_t now)
{
    pull(&job->service->ready, job);
    job->phase = GK_PHASE_LEASED;
    job->peer = peer;
    peer->busy++;
    job->service->leased++;
    job->leased_at = ++self->handed;
    memcpy(job->identity, peer->identity, peer->identity_len);
    job->identity_len = peer->identity_len;
    job->lease_until = now + job->service->terms.lease_ms;
    job->run_until = now + job->service->terms.max_run_ms;
    push(&self->leases, job);
    for (int i = 0; i < 8; i++)
        job->address[i] = (unsigned char) ((uint64_t) job->row.id >> (56 - 8 * i));
    gk_random(job->address + 8, GK_MDP_ADDRESS - 8);
}

void gk_desk_renew(gk_desk *self, gk_job *job, int64_t now)
{
    if (job->phase != GK_PHASE_LEASED || !job->peer)
        return;
    int64_t until = now + job->service->terms.lease_ms;
    job->lease_until = until < job->run_until ? until : job->run_until;
    move(&self->leases, job);
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

gk_job *gk_desk_expired(const gk_desk *self, int64_t now)
{
    return self->leases.count && self->leases.jobs[0]->lease_until <= now ? self->leases.jobs[0] : NULL;
}

bool gk_desk_idle(const gk_desk *self)
{
    if (self->leases.count || self->backoffs.count)
        return false;
    for (gk_service *s = self->services; s; s = s->next)
        for (size_t i = 0; i < s->ready.count; i++)
            if (s->ready.jobs[i]->row.case_id)        /* a plain queued service may wait for its worker for ever */
                return false;
    return true;
}

int64_t gk_desk_wake(const gk_desk *self)
{
    int64_t lease = self->leases.count ? self->leases.jobs[0]->lease_until : INT64_MAX;
    int64_t back = self->backoffs.count ? self->backoffs.jobs[0]->not_before : INT64_MAX;
    return lease < back ? lease : back;
}

/*  ---- looking -------------------------------------------------------------------------------- */

static json_t *service_object(const gk_desk *self, const gk_service *s)
{
    int leased = 0, dead = 0;
    size_t at = 0, waiting = s->ready.count;
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
