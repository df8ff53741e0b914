/*  gk_hashers - a few threads, each with a pipe over which the address of one task goes and comes back. */
#include "broker/hashing.h"
#include "base/mem.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static_assert(GK_VERIFIER >= crypto_pwhash_STRBYTES, "a verifier fits");

typedef struct hasher {
    zactor_t *actor;
    gk_hash_task *task;             /* under way; NULL: idle.  `who` and `to` are the loop's, the rest the thread's */
} hasher;

struct gk_hashers {
    hasher threads[GK_HASHERS];
    int count;
    gk_hash_task *first, **last;    /* those that wait */
    size_t waiting;
};

/*  ---- a task ------------------------------------------------------------------------------ */

gk_hash_task *gk_hash_task_new(void)
{
    gk_hash_task *self = sodium_malloc(sizeof *self);
    if (!self)
        abort();                    /* as gk_mem does */
    memset(self, 0, sizeof *self);
    return self;
}

void gk_hash_task_destroy(gk_hash_task **self_p)
{
    sodium_free(*self_p);           /* wipes */
    *self_p = NULL;
}

void gk_hash_nobody(int64_t passes, int64_t memory, char out[static GK_VERIFIER])
{
    unsigned char random[crypto_pwhash_SALTBYTES + 32];
    char salt[23], hash[44];            /* base64 of 16 and 32 bytes */
    gk_random(random, sizeof random);
    sodium_bin2base64(salt, sizeof salt, random, crypto_pwhash_SALTBYTES, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    sodium_bin2base64(hash, sizeof hash, random + crypto_pwhash_SALTBYTES, 32, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    snprintf(out, GK_VERIFIER, "$argon2id$v=19$m=%lld,t=%lld,p=1$%s$%s", (long long) memory / 1024, (long long) passes, salt, hash);
}

/*  ---- on a thread ---------------------------------------------------------------------------- */

/*  Equal, in a time that does not tell how far. */
static bool is_same(const char *a, const char *b)
{
    gk_hash one = gk_hash_of(a, strlen(a)), two = gk_hash_of(b, strlen(b));
    return sodium_memcmp(one.bytes, two.bytes, sizeof one.bytes) == 0;
}

static bool make_verifier(gk_hash_task *task, const char *password)
{
    return crypto_pwhash_str(task->made, password, strlen(password), (unsigned long long) task->passes, (size_t) task->memory) == 0;
}

static void work(gk_hash_task *task)
{
    if (*task->given) {
        int no = crypto_pwhash_str_verify(task->verifier, task->given, strlen(task->given));
        task->right = *task->wanted ? is_same(task->given, task->wanted) : no == 0;
        /*  The configuration asks for more, or less, than it did: make it anew while the password is here. */
        if (task->right && !*task->wanted && task->kind == GK_HASH_LOGIN
            && crypto_pwhash_str_needs_rehash(task->verifier, (unsigned long long) task->passes, (size_t) task->memory))
            task->failed = !make_verifier(task, task->given);
    }
    if (*task->fresh && (task->right || !*task->given))
        task->failed = !make_verifier(task, task->fresh);
}

static void run(zsock_t *pipe, void *args)
{
    (void) args;
    zsock_signal(pipe, 0);
    for (zmsg_t *msg; (msg = zmsg_recv(pipe)); ) {
        zframe_t *frame = zmsg_first(msg);
        gk_hash_task *task = NULL;
        bool given = zframe_size(frame) == sizeof task;
        if (given)
            memcpy(&task, zframe_data(frame), sizeof task);
        zmsg_destroy(&msg);
        if (!given)
            return;                 /* "$TERM" */
        work(task);
        zmsg_t *answer = zmsg_new();
        zmsg_addmem(answer, &task, sizeof task);
        zmsg_send(&answer, pipe);
    }
}

/*  ---- on the loop ------------------------------------------------------------------------------ */

gk_hashers *gk_hashers_new(int threads)
{
    gk_hashers *self = gk_new(gk_hashers);
    self->last = &self->first;
    for (; self->count < threads && self->count < GK_HASHERS; self->count++)
        if (!(self->threads[self->count].actor = zactor_new(run, NULL))) {
            gk_hashers_destroy(&self);
            return NULL;
        }
    return self;
}

void gk_hashers_destroy(gk_hashers **self_p)
{
    gk_hashers *self = *self_p;
    if (!self)
        return;
    for (int i = 0; i < self->count; i++) {
        zactor_destroy(&self->threads[i].actor);        /* waits for the task in hand */
        gk_hash_task_destroy(&self->threads[i].task);
    }
    for (gk_hash_task *task; (task = self->first); gk_hash_task_destroy(&task))
        self->first = task->next;
    free(self);
    *self_p = NULL;
}

zsock_t *gk_hashers_pipe(gk_hashers *self, int index)
{
    return index < self->count ? zactor_sock(self->threads[index].actor) : NULL;
}

static void hand_on(gk_hashers *self)
{
    for (int i = 0; i < self->count && self->first; i++) {
        hasher *thread = &self->threads[i];
        if (thread->task)
            continue;
        thread->task = self->first;
        if (!(self->first = thread->task->next))
            self->last = &self->first;
        self->waiting--;
        zmsg_t *msg = zmsg_new();
        zmsg_addmem(msg, &thread->task, sizeof thread->task);
        zmsg_send(&msg, zactor_sock(thread->actor));
    }
}

bool gk_hashers_ask(gk_hashers *self, gk_hash_task **task_p)
{
    if (self->waiting == GK_HASH_WAITING)
        return false;
    *self->last = *task_p;
    self->last = &(*task_p)->next;
    *task_p = NULL;
    self->waiting++;
    hand_on(self);
    return true;
}

gk_hash_task *gk_hashers_find(gk_hashers *self, const gk_hash *who)
{
    for (int i = 0; i < self->count; i++)
        if (self->threads[i].task && memcmp(&self->threads[i].task->who, who, sizeof *who) == 0)
            return self->threads[i].task;
    gk_hash_task *task = self->first;
    while (task && memcmp(&task->who, who, sizeof *who) != 0)
        task = task->next;
    return task;
}

gk_hash_task *gk_hashers_next(gk_hashers *self)
{
    gk_hash_task *task = NULL;
    for (int i = 0; i < self->count && !task; i++) {
        zsock_t *pipe = zactor_sock(self->threads[i].actor);
        zmsg_t *msg = zsock_events(pipe) & ZMQ_POLLIN ? zmsg_recv(pipe) : NULL;
        if (!msg)
            continue;
        zmsg_destroy(&msg);
        task = self->threads[i].task;
        task->next = NULL;
        self->threads[i].task = NULL;
    }
    hand_on(self);
    return task;
}
