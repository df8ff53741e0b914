/*  broker - what the parts of the broker share: the ledger's loop, its memory, its turn.
 *
 *  One thread runs turns.  A turn takes what waits on the socket, applies each command in one
 *  transaction, commits, and only then lets the effects happen: messages are sent, jobs enter
 *  the desk.  A command that is refused takes its effects with it.
 */
#ifndef GK_BROKER_H
#define GK_BROKER_H

#include "broker/desk.h"
#include "broker/keys.h"
#include "broker/lawbook.h"
#include "broker/lawtime.h"
#include "base/sign.h"
#include "wire/conf.h"
#include "wire/mdp.h"

enum {
    GK_TURN_BYTES = 1 << 20,
    GK_MOST_WAITING = 100000,
    GK_MOST_ASKERS = 16,        /* that wait for one outcome */
    GK_MOST_USED = 256,         /* sessions whose use waits to be noted */
    GK_RECEIPT_CODE = 27,       /* 26 characters and NUL */
};

/*  Where an answer goes. */
typedef struct gk_address {
    unsigned char identity[GK_DESK_IDENTITY];
    size_t len;
    bool old;
    char service[GK_MDP_NAME], request_id[GK_MDP_NAME];
} gk_address;

/*  A client that was told PARTIAL and waits for FINAL. */
typedef struct gk_waiter {
    gk_address to;
    int64_t case_id, job_id;    /* one of them */
    char receipt[GK_RECEIPT_CODE];
    struct gk_waiter *next;
} gk_waiter;

typedef enum gk_effect_kind {
    GK_DO_SEND,                 /* message to the router */
    GK_DO_ADD_JOB, GK_DO_DROP_JOB, GK_DO_GIVE_BACK, GK_DO_BURY, GK_DO_REVIVE, GK_DO_DUE,
    GK_DO_END_LEASE,            /* it was answered: a second final under it counts no more */
    GK_DO_WAIT,                 /* remember a waiter */
    GK_DO_WAKE_CASE,            /* a case left intake: tell who waits */
    GK_DO_WAKE_JOB,             /* a plain job is done: the answer is in `message` */
    GK_DO_RELOAD,               /* offices or calendar changed */
    GK_DO_ADMIT,                /* a document leaves quarantine */
    GK_DO_DESTROY,              /* a document is destroyed */
    GK_DO_SWEEP,                /* so are uploads that never ended */
    GK_DO_CONFIRM_TIME,
    GK_DO_SEALED,               /* until this day */
} gk_effect_kind;

typedef struct gk_effect {
    gk_effect_kind kind;
    zmsg_t *message;
    gk_job_row job;
    int64_t id, delay_ms;
    gk_date date;
    gk_waiter *waiter;
    char digest[GK_HASH_HEX];
} gk_effect;

typedef struct gk_advance {     /* `gongkai training advance`, while it runs */
    bool running;
    gk_date to;
    int fired;
    gk_address asker;           /* a repeated request takes its place */
} gk_advance;

/*  Who signs; receipts and seals say whether it is in training. */
typedef struct gk_notary {
    gk_signer signer;
    bool training;
} gk_notary;

typedef struct gk_broker {
    const char *data;
    char *run, *endpoint;
    gk_conf *conf;
    gk_store *store;
    gk_lawbook *book;
    gk_lawtime time;
    gk_desk *desk;
    gk_keys *keys;
    gk_notary notary;
    gk_date sealed_on;          /* the law day whose first turn sealed what was before it */
    bool training;
    bool trusted;               /* bare names are believed */
    zsock_t *router;
    struct gk_readers *readers; /* thread of queries */
    struct gk_depot *depot;     /* thread of documents */
    struct gk_hashers *hashers; /* threads that check passwords */
    gk_effect *effects;
    size_t effect_count, effect_cap;
    gk_waiter *waiters;
    size_t waiter_count;
    gk_advance advance;
    int64_t sweep_at;           /* monotonic ms of the next housekeeping */
    int64_t turn, full_until;   /* number of the turn; no writes before that monotonic ms */
    gk_err refusal;             /* and what commands are told till then */
    int64_t monotonic;          /* ms, read once a turn */
    int64_t wall;               /* seconds of the wall clock, read with it: sessions and uploads are no matter of law */
    gk_hash used[GK_MOST_USED]; /* sessions of which the last use is to be noted */
    int used_count;
} gk_broker;

/*  How somebody is let in now.  Plain values: the reading thread has its own. */
typedef struct gk_gate {
    bool trusted;               /* a bare name is believed (docs/decisions/0008) */
    gk_date today;
    int64_t wall;
    gk_session_terms terms;
} gk_gate;

/*  What is known of who asks, whether let in or not. */
typedef struct gk_visitor {
    char name[GK_NAME];         /* "": nobody that could be told */
    bool used;                  /* the last use of the session is a minute old: note it */
    gk_hash session;
} gk_visitor;

/*  A command taken from the socket. */
typedef struct gk_command {
    gk_address from;
    const json_t *body;
    const void *bytes;          /* of the body as it came */
    size_t len;
    bool pending;               /* set by the handler: the answer is a PARTIAL */
    bool reading;               /* set by the handler: the reading thread answers, once this is on disk */
    gk_waiter *waiter;          /* then: who is told later; owned until the turn commits */
    gk_visitor visitor;         /* set by the handler: who it is */
} gk_command;

gk_effect *gk_broker_effect(gk_broker *self, gk_effect_kind kind);

/*  Queue an answer: a FINAL (or PARTIAL) with {"ok": ...} or {"error": ...}. */
void gk_broker_answer(gk_broker *self, const gk_address *to, bool final, json_t *ok);     /* takes ok */
void gk_broker_refuse(gk_broker *self, const gk_address *to, gk_err err, const gk_why *why);

/*  True of an error that concerns the store as a whole and not the one who asked: the turn rolls back. */
bool gk_broker_cannot_write(gk_err err);

/*  A step that may be refused alone, inside the turn: attempt it, then settle it with what it came
 *  to.  GK_OK keeps it; any other error takes back what it wrote and the effects it queued.
 *  `effects` says where those begin.  What cannot be written at all is not settled: the turn ends. */
GK_CHECKED gk_err gk_broker_attempt(gk_broker *self, size_t *effects, gk_why *why);
void gk_broker_settle(gk_broker *self, size_t effects, gk_err err);

/*  ---- ledger.c: the door ---------------------------------------------------------------- */

typedef struct gk_deed {
    gk_event_type event;
    const gk_actor *actor;
    gk_date on;                 /* GK_NO_DATE: today */
    const char *request_id;
    json_t *data;               /* borrowed; TEXT and PERSON fields still open */
    const json_t *seals;        /* {"name": text or object}: more to seal beside the fields; may be NULL */
    const gk_case_keys *keys;
    int64_t done_job;           /* the job this finishes, 0: none */
} gk_deed;

/*  Seal, number, apply, store; queue the effects.  `file` is folded forward. */
GK_CHECKED gk_err gk_ledger_act(gk_broker *self, gk_case *file, const gk_deed *deed, gk_why *why);

/*  The stream of an office's own events; made when absent. */
GK_CHECKED gk_err gk_ledger_stream(gk_broker *self, const char *office, gk_case **out, gk_why *why);

/*  What becomes of a document's file.  The same bytes may lie in several cases: it may go only when all of them have
 *  destroyed them, and leaves quarantine when one admitted them.  In doubt it is held. */
typedef enum gk_hold { GK_HELD_BY_NONE, GK_HELD, GK_ADMITTED_BY_ONE } gk_hold;
gk_hold gk_ledger_holds(gk_broker *self, const char *digest);

extern const gk_actor gk_actor_clock;

/*  ---- recount.c: what a new holiday notice moves ---------------------------------------------- */

typedef struct gk_recounted {
    int recomputed, moved, earlier, failed;     /* cases; earlier are among moved among recomputed */
    int answers;                                /* written answers to a court or a reconsideration body */
} gk_recounted;

/*  Give every running case whose date this calendar changes, or settles, its event `due_recomputed`, and every written
 *  answer that is owed its `answer_recomputed`.
 *  Inside a transaction. */
GK_CHECKED gk_err gk_recount(gk_broker *self, const gk_calendar *calendar, gk_recounted *out, gk_why *why);

/*  The same at the start, when schemas/ brought a calendar that this ledger has not counted with. */
GK_CHECKED gk_err gk_recount_start(gk_broker *self, gk_why *why);

/*  ---- people.c: who acts ------------------------------------------------------------------- */

gk_gate gk_broker_gate(const gk_broker *self);

/*  The session of "token".  GK_ELOGIN: there is none, it is over, or the account was disabled. */
GK_CHECKED gk_err gk_session_of(gk_store *store, const gk_gate *gate, const json_t *body, gk_session *out, gk_why *why);

/*  Who "token" is, or, where bare names are believed, "as", with whom he or she stands in for today.  `visitor` may be NULL.
 *  GK_ELOGIN, GK_EDENIED. */
GK_CHECKED gk_err gk_actor_of(gk_store *store, const gk_lawbook *book, const gk_gate *gate, const json_t *body, gk_actor *out,
                              gk_visitor *visitor, gk_why *why);

/*  The same, and GK_EDENIED for whoever is no administrator. */
GK_CHECKED gk_err gk_admin_of(gk_broker *self, const json_t *body, gk_actor *out, gk_visitor *visitor, gk_why *why);

/*  The name alone, "" for nobody: the principal of a request that is asked for before who may do it. */
GK_CHECKED gk_err gk_name_of(gk_store *store, const gk_gate *gate, const json_t *body, char out[static GK_NAME], gk_visitor *visitor,
                             gk_why *why);

/*  Note that a session was used, with the next turn. */
void gk_broker_used(gk_broker *self, const gk_visitor *visitor);

/*  Find a case by "case": "GZ-2026-000012" or "@7"; GK_ENOTFOUND. */
GK_CHECKED gk_err gk_case_ref(gk_store *store, const json_t *body, int64_t *out, gk_why *why);

/*  The receipt code of a request: derived, so that a repeated request shows the same. */
void gk_receipt_code(const unsigned char key[static GK_KEY_BYTES], const char *principal, const char *request_id,
                     char out[static GK_RECEIPT_CODE]);
/*  Its hash as stored; false when the text is no code. */
bool gk_receipt_hash(const char *text, gk_hash *out);

/*  ---- facts.c: what a worker is told, and what it said --------------------------------------- */

/*  The data of an event with its sealed texts and persons put back in; an object, caller decrefs. */
json_t *gk_facts_open(gk_store *store, int64_t case_id, int seq);

/*  What a case of the store asks for. */
gk_kind gk_facts_kind(gk_store *store, int64_t case_id);

/*  What the applicant or the office called this document; "" when it had no name.  Caller frees. */
char *gk_facts_document_name(gk_store *store, const gk_case *file, const gk_case_document *document);

/*  Is this document one that the job scans?  A review reads what would be released, an admission what came
 *  with its event; neither what was refused.  What is told is what must be answered, and what the job's
 *  lease reads in quarantine. */
bool gk_facts_scans(const gk_job_row *job, const gk_case_document *document);

/*  The payload of a job, as its role may see it.  GK_ESTALE when the flow no longer wants it, or
 *  what kept the case from being read.  Caller decrefs *out. */
GK_CHECKED gk_err gk_facts_of(gk_broker *self, gk_job *job, json_t **out, gk_why *why);

/*  Apply a finding (the "ok" object) and finish the job. */
GK_CHECKED gk_err gk_facts_apply(gk_broker *self, gk_job *job, json_t *finding, gk_why *why);

/*  The finding was an error, or the worker fell silent: try again or bury. */
GK_CHECKED gk_err gk_facts_failed(gk_broker *self, gk_job *job, bool retry, const char *reason, gk_why *why);

/*  ---- commands.c ------------------------------------------------------------------------------- */

typedef gk_err gk_handler(gk_broker *self, gk_command *command, json_t **ok, gk_why *why);
gk_handler *gk_command_find(const char *service);

/*  The answer of a submission, from the case as it stands, with the signed receipt. */
json_t *gk_submission_answer(gk_broker *self, const gk_case *file, const char *receipt);

/*  ---- split.c: one application, several cases ------------------------------------------------------ */

/*  The receipt code of part `part`, from 2 (1: the same at another office), of the application with that receipt.  Whoever holds the one sees the others. */
void gk_split_code(const unsigned char key[static GK_KEY_BYTES], const gk_hash *receipt, int part, char out[static GK_RECEIPT_CODE]);

/*  Register the parts of a split that is about to be recorded; their numbers become `cases` of its data. */
GK_CHECKED gk_err gk_split_parts(gk_broker *self, const gk_case *file, const gk_deed *split, gk_why *why);

/*  File the application at the office that `passing` names, as of its first submission; the case there becomes `moved_to` of
 *  its data, with the receipt code of part 1. */
GK_CHECKED gk_err gk_pass_on(gk_broker *self, const gk_case *file, const gk_deed *passing, gk_why *why);

/*  ---- merge.c: several cases, one answer ------------------------------------------------------------ */

/*  Record in every other case of them that they are answered together; numbers and earliest due date become `cases` and
 *  `earliest_due` of the act's data.  GK_ENOTFOUND, GK_ENEED: not the office's, not the same applicant's. */
GK_CHECKED gk_err gk_merge_replies(gk_broker *self, const gk_case *file, const gk_deed *merging, gk_why *why);

/*  ---- timers.c ----------------------------------------------------------------------------------- */

/*  Fire what is due now (at most a turn's share). */
GK_CHECKED gk_err gk_timers_fire(gk_broker *self, gk_why *why);

/*  Once in a while: answers whose time is over and uploads that no case named. */
GK_CHECKED gk_err gk_housekeeping(gk_broker *self, gk_why *why);

/*  One step of `training advance`, when nothing waits.  To be called inside a turn. */
GK_CHECKED gk_err gk_training_step(gk_broker *self, gk_why *why);

/*  Seconds until the next timer, for the poll; large when none. */
int64_t gk_timers_wait(gk_broker *self);

#endif
