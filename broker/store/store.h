/*  gk_store - the ledger on disk.  It speaks in cases and changes; the SQL stays inside.
 *
 *  One writer (the broker's loop) and any number of read-only stores on other threads.
 *  A call that writes belongs between gk_store_begin and gk_store_commit; what a command
 *  did is undone alone by gk_store_undo.  GK_EFULL means the disk is full: roll back and go
 *  on.  GK_EIO on commit must end the process: a failed fsync cannot be retried.
 */
#ifndef GK_STORE_H
#define GK_STORE_H

#include "core/account.h"
#include "core/casefile.h"

typedef struct gk_store gk_store;

enum { GK_STORE_SCHEMA = 5 };

/*  Open DIR/ledger.db, creating it when `writer` and absent, and bringing an older schema up to ours.  GK_EUNSUPPORTED for a newer
 *  schema, GK_EDAMAGED when SQLite finds it damaged, GK_EBUSY when another process
 *  writes it. */
GK_CHECKED gk_err gk_store_open(const char *folder, bool writer, gk_store **out, gk_why *why);
void gk_store_close(gk_store **self_p);

GK_CHECKED gk_err gk_store_begin(gk_store *self, gk_why *why);
GK_CHECKED gk_err gk_store_commit(gk_store *self, gk_why *why);
void gk_store_rollback(gk_store *self);
GK_CHECKED gk_err gk_store_mark(gk_store *self, gk_why *why);       /* SAVEPOINT */
void gk_store_keep(gk_store *self);                                 /* RELEASE */
void gk_store_undo(gk_store *self);                                 /* ROLLBACK TO, then RELEASE */

/*  A read transaction for a query: everything inside sees one moment.  After `limit_ms` whatever is
 *  read fails, since an open reading keeps the WAL from shrinking. */
GK_CHECKED gk_err gk_store_read_begin(gk_store *self, int64_t limit_ms, gk_why *why);
void gk_store_read_end(gk_store *self);

/*  ---- meta and counters ---------------------------------------------------------- */

char *gk_store_meta(gk_store *self, const char *key);               /* NULL: none; caller frees */
GK_CHECKED gk_err gk_store_set_meta(gk_store *self, const char *key, const char *value, gk_why *why);

/*  The instant of the latest event or seal, "" for none, NULL on failure; caller frees. */
char *gk_store_last_instant(gk_store *self);

/*  Take the next number of a series, from 1. */
GK_CHECKED gk_err gk_store_take(gk_store *self, const char *scope, const char *period, int *out, gk_why *why);

/*  ---- cases ------------------------------------------------------------------------ */

/*  A body that lies beside an event. */
typedef struct gk_seal {
    const char *name;
    unsigned char salt[16];
    const char *body;
    size_t len;
} gk_seal;

/*  What a new case is found by; NULL leaves it as it is. */
typedef struct gk_case_keys {
    const gk_hash *receipt, *applicant, *content;
} gk_case_keys;

/*  Reserve the id of a new case; its row comes with its first event. */
int64_t gk_store_new_case(gk_store *self);

/*  The next case behind `after` whose clock has a due date and was not stopped; 0: none. */
int64_t gk_store_running_case(gk_store *self, int64_t after);

/*  The next case behind `after` that owes a written answer in a proceeding; 0: none. */
int64_t gk_store_answering_case(gk_store *self, int64_t after);

/*  The next open case of the office behind `after` whose due date a notice ever moved; 0: none. */
int64_t gk_store_moved_case(gk_store *self, const char *office, int64_t after);

/*  Load and fold.  GK_ENOTFOUND, GK_EDAMAGED. */
GK_CHECKED gk_err gk_store_case(gk_store *self, int64_t id, gk_case **out, gk_why *why);

int64_t gk_store_by_number(gk_store *self, const char *number);     /* 0: none */
int64_t gk_store_by_receipt(gk_store *self, const gk_hash *receipt);
int64_t gk_store_ledger_of(gk_store *self, const char *office);     /* the office's own stream, 0: none */

/*  A job as it stands in the store. */
typedef struct gk_job_row {
    int64_t id, case_id;
    int cause_seq, attempts;
    gk_lane lane;
    bool dead;
    char service[65], task[48], reason[200];
    gk_date due_on;             /* of its case; GK_NO_DATE */
} gk_job_row;

/*  Store a change whole: event with its hash, bodies, case row, timers, jobs, document uses; take
 *  away the job that caused it (0: none).  `file` is folded forward.  The new jobs' ids
 *  go to `jobs` (GK_CHANGE_JOBS places). */
GK_CHECKED gk_err gk_store_apply(gk_store *self, gk_case *file, gk_change *change, const gk_seal *seals, size_t seal_count,
                                 const gk_case_keys *keys, int64_t done_job, gk_job_row *jobs, gk_why *why);

/*  Set a case's timers alone (a reminder that was early and moves). */
GK_CHECKED gk_err gk_store_set_timers(gk_store *self, int64_t case_id, const gk_change *timers, gk_why *why);

/*  Read the events of a case in order, or from `from_seq` on; `each` may stop by returning false. */
typedef bool gk_event_visit(void *context, const gk_event *event);
GK_CHECKED gk_err gk_store_events(gk_store *self, int64_t id, int from_seq, gk_event_visit *each, void *context, gk_why *why);

/*  All events of an office's cases, case by case, of the types that `wants` asks for; with the case's unit and
 *  the due date that its row has (GK_NO_DATE when no clock runs). */
typedef struct gk_case_row {
    int64_t id;
    const char *unit;
    gk_date due_on;
} gk_case_row;

typedef bool gk_office_visit(void *context, const gk_case_row *row, const gk_event *event);
GK_CHECKED gk_err gk_store_office_events(gk_store *self, const char *office, bool wants(gk_event_type), gk_office_visit *each,
                                         void *context, gk_why *why);

/*  The data of one event, parsed; NULL when there is none.  Caller decrefs. */
json_t *gk_store_event_data(gk_store *self, int64_t id, int seq);

/*  A sealed body, NULL when there is none (or it was erased); caller frees. */
char *gk_store_seal(gk_store *self, int64_t id, int seq, const char *name, size_t *len);

/*  ---- look-ups for facts and queries: arrays of plain objects, caller decrefs -------- */

json_t *gk_store_earlier(gk_store *self, const gk_hash *applicant, const char *office, int64_t but);
                                    /* [{"case", "number", "state", "content"}], newest 50 */
json_t *gk_store_decisions(gk_store *self, const char *office, int64_t but, int most);
                                    /* closed: [{"number", "unit", "outcome", "decided_on", "words"}], newest first */

/*  The newest case before id `before` in which another applicant asked the same office for the same, word by word;
 *  0: none.  Who gave no proof number is nobody else. */
int64_t gk_store_same_item(gk_store *self, int64_t id, int64_t before);

/*  The cases of an office in which something is owed beside the reply and a reminder of it falls before an instant: ids, the
 *  nearest first.  Of a unit ("": of all) its own, and those in which a sub-task is out, which may be anybody's. */
json_t *gk_store_tasks(gk_store *self, const char *office, const char *unit, int64_t before, int limit);
json_t *gk_store_desks(gk_store *self, const char *office, const char *state, const char *unit, const char *today);
json_t *gk_store_list(gk_store *self, const char *office, const char *state, const char *unit, const char *holder,
                      int64_t after, int limit);
int64_t gk_store_most_urgent(gk_store *self, const char *office, const char *state, const char *unit, const char *holder);
json_t *gk_store_held(gk_store *self, const char *holder);          /* open cases of a person */
GK_CHECKED gk_err gk_store_applicant(gk_store *self, int64_t id, gk_hash *out, gk_why *why);
GK_CHECKED gk_err gk_store_receipt(gk_store *self, int64_t id, gk_hash *out, gk_why *why);      /* hash of its receipt code */

/*  Check the chain, the sealed bodies that are still there, and the row of one case (0: all, those
 *  whose row is gone among them, and the seals of the days); adds {"case", "seq", "text"} to
 *  `problems`, counts events and cases. */
GK_CHECKED gk_err gk_store_verify(gk_store *self, int64_t id, json_t *problems, int64_t *events, int64_t *cases,
                                  gk_hash *head, gk_why *why);

/*  Add a problem of a case, found elsewhere. */
void gk_store_problem(gk_store *self, int64_t id, int64_t seq, const char *text, json_t *problems);

/*  ---- seals of the days (seals.c) ------------------------------------------------------- */

/*  A case after one of its events. */
typedef struct gk_head {
    int64_t case_id, seq;
    gk_hash hash;
} gk_head;

/*  The leaves of the tree over them (gk_proof_leaf), in their order; the caller frees. */
gk_hash *gk_head_leaves(const gk_head *heads, size_t count);

/*  The last events of the cases that moved since the last seal, by case, at most `most`.  The caller frees *out. */
GK_CHECKED gk_err gk_store_moved_heads(gk_store *self, size_t most, gk_head **out, size_t *count, gk_why *why);

/*  Keep a seal (GK_DOCUMENT_SEAL) with the heads under it, count >= 1 of those that moved, from the first on. */
GK_CHECKED gk_err gk_store_add_day_seal(gk_store *self, const json_t *seal, const gk_head *heads, size_t count, gk_why *why);

int64_t gk_store_last_seal(gk_store *self);                         /* its number; 0: none */
json_t *gk_store_day_seal(gk_store *self, int64_t number);          /* NULL: none; null when it is damaged; caller decrefs */
/*  Those of a day ("": of all) behind number `after`; caller decrefs. */
json_t *gk_store_day_seals(gk_store *self, const char *day, int64_t after, int limit);

/*  The heads under a seal, by case.  The caller frees *out. */
GK_CHECKED gk_err gk_store_sealed_heads(gk_store *self, int64_t seal, gk_head **out, size_t *count, gk_why *why);
int64_t gk_store_sealed_in(gk_store *self, int64_t case_id);        /* the last seal over this case; 0: none yet */
bool gk_store_holds(gk_store *self, const gk_head *head);           /* is this event of this hash there? */

/*  Statements of the public keys (GK_DOCUMENT_KEY), the first one first; caller decrefs. */
json_t *gk_store_keys(gk_store *self);
GK_CHECKED gk_err gk_store_add_key(gk_store *self, const json_t *key, gk_why *why);

/*  Check a seal, all seals, or at the start the last one and the chains of at most `most` cases that moved since: `left` are those that
 *  nobody looked at.  Problems as gk_store_verify adds them; of a seal "seq" is its number. */
GK_CHECKED gk_err gk_store_verify_seal(gk_store *self, int64_t number, json_t *problems, gk_why *why);
GK_CHECKED gk_err gk_store_verify_seals(gk_store *self, json_t *problems, gk_why *why);
GK_CHECKED gk_err gk_store_verify_recent(gk_store *self, int most, json_t *problems, int64_t *checked, int64_t *left, gk_why *why);

/*  ---- timers ---------------------------------------------------------------------------- */

typedef struct gk_timer_row {
    int64_t case_id, at;
    char name[GK_CODE];
} gk_timer_row;

bool gk_store_next_timer(gk_store *self, gk_timer_row *out);        /* the earliest, whenever */
GK_CHECKED gk_err gk_store_move_timer(gk_store *self, const gk_timer_row *timer, int64_t at, gk_why *why);
GK_CHECKED gk_err gk_store_drop_timer(gk_store *self, const gk_timer_row *timer, gk_why *why);

/*  ---- jobs and requests -------------------------------------------------------------------- */

typedef void gk_job_visit(void *context, const gk_job_row *job);
GK_CHECKED gk_err gk_store_jobs(gk_store *self, gk_job_visit *each, void *context, gk_why *why);    /* all, by id */
GK_CHECKED gk_err gk_store_add_job(gk_store *self, gk_job_row *job, const void *body, size_t len, gk_why *why);
GK_CHECKED gk_err gk_store_job_done(gk_store *self, int64_t id, gk_why *why);
GK_CHECKED gk_err gk_store_job_state(gk_store *self, int64_t id, int attempts, bool dead, const char *reason, gk_why *why);
char *gk_store_job_body(gk_store *self, int64_t id, size_t *len);   /* caller frees */

typedef struct gk_request_row {
    const char *principal, *service, *id;
    gk_hash payload;
    int64_t case_id, job_id;
    int seq;
    char *answer;               /* owned; NULL: none yet, or built from the event */
    size_t answer_len;
} gk_request_row;

/*  Fill `row` (principal, service, id given) when it was seen before. */
bool gk_store_request_find(gk_store *self, gk_request_row *row);
/*  Keep it, with its answer when there is one, for ever. */
GK_CHECKED gk_err gk_store_request_add(gk_store *self, const gk_request_row *row, gk_why *why);

/*  Keep a plain service's answer until `expires_at` (seconds), for the request of that job. */
GK_CHECKED gk_err gk_store_request_answer(gk_store *self, int64_t job_id, const void *answer, size_t len, int64_t expires_at,
                                          gk_why *why);
GK_CHECKED gk_err gk_store_request_expire(gk_store *self, int64_t now, gk_why *why);

/*  ---- documents -------------------------------------------------------------------------------- */

GK_CHECKED gk_err gk_store_document_add(gk_store *self, const char *digest, int64_t size, const char *at, gk_why *why);
int64_t gk_store_document_size(gk_store *self, const char *digest);     /* -1: unknown */

/*  The next case behind `after` that ever named this document; 0: none. */
int64_t gk_store_document_user(gk_store *self, const char *digest, int64_t after);

/*  Forget one document that no case uses and that came before `before` (an instant as text); its
 *  digest goes to `digest`.  GK_ENOTFOUND when there is none. */
GK_CHECKED gk_err gk_store_document_forget(gk_store *self, const char *before, char digest[static GK_HASH_HEX], gk_why *why);

/*  ---- the catalogue of what is public already (catalogue.c) ------------------------------------ */

typedef enum gk_entry_fate { GK_ENTRY_SAME, GK_ENTRY_ADDED, GK_ENTRY_REPLACED } gk_entry_fate;

/*  Put an entry that gk_catalogue_check passed.  It takes the place of the office's entries of the same
 *  address or document number; `*was` is one of those (caller decrefs; NULL: none). */
GK_CHECKED gk_err gk_store_entry_put(gk_store *self, const char *office, const json_t *entry, gk_entry_fate *fate, json_t **was,
                                     gk_why *why);

/*  Take out the office's entry of that address; `*was` is it (caller decrefs).  GK_ENOTFOUND when there is none. */
GK_CHECKED gk_err gk_store_entry_remove(gk_store *self, const char *office, const char *url, json_t **was, gk_why *why);

/*  What anybody looks for: every word typed is found in the title or the number.  Best first: the
 *  number itself, then titles of which the words are the greatest part, then the newest.  At most `most`; of what very
 *  many entries hold only those loaded last are looked at.  GK_ETOOLARGE for more than ten words. */
GK_CHECKED gk_err gk_store_entry_search(gk_store *self, const char *words, int most, json_t **out, bool *more, gk_why *why);

/*  The entries that a request seems to ask for, at most `most`, best first: those whose number stands in it,
 *  those whose title does, then those of whose title it holds the greatest share of pairs.  A pair
 *  that thousands of entries have tells nothing and is passed over.  What is read is bounded, whatever
 *  request and catalogue are. */
GK_CHECKED gk_err gk_store_entry_candidates(gk_store *self, const json_t *request, int most, json_t **out, gk_why *why);

/*  ---- who may log in (people.c) ------------------------------------------------------------------ */

enum { GK_VERIFIER = 128, GK_ATTEMPTS_KEPT = 10000 };

typedef struct gk_account {
    char name[GK_NAME];
    char verifier[GK_VERIFIER];     /* argon2id as libsodium writes it */
    bool must_change, disabled;
} gk_account;

bool gk_store_account(gk_store *self, const char *name, gk_account *out);       /* false: none */
bool gk_store_has_accounts(gk_store *self);
GK_CHECKED gk_err gk_store_account_put(gk_store *self, const gk_account *account, gk_why *why);

/*  Wrong passwords in a row under a name, by its keyed hash; zeros when there were none.  Of names that nobody has
 *  (`known` false) the newest GK_ATTEMPTS_KEPT are kept, so that a flood of them fills nothing and pushes out nobody. */
gk_attempts gk_store_attempts(gk_store *self, const gk_hash *who);
GK_CHECKED gk_err gk_store_attempts_put(gk_store *self, const gk_hash *who, bool known, const gk_attempts *attempts, gk_why *why);
GK_CHECKED gk_err gk_store_attempts_clear(gk_store *self, const gk_hash *who, gk_why *why);

typedef struct gk_session {
    gk_hash hash;               /* of its token */
    char name[GK_NAME];
    int64_t began, used;        /* seconds */
    bool must_change, disabled; /* as the person's account says now */
} gk_session;

bool gk_store_session(gk_store *self, const gk_hash *hash, gk_session *out);    /* false: none */
GK_CHECKED gk_err gk_store_session_add(gk_store *self, const gk_session *session, gk_why *why);     /* hash, name, began */
GK_CHECKED gk_err gk_store_session_use(gk_store *self, const gk_hash *hash, int64_t now, gk_why *why);
GK_CHECKED gk_err gk_store_session_end(gk_store *self, const gk_hash *hash, gk_why *why);

/*  End a person's sessions but the `keep` newest. */
GK_CHECKED gk_err gk_store_sessions_trim(gk_store *self, const char *name, int keep, gk_why *why);

/*  Forget sessions that are over, and failures that are a day old. */
GK_CHECKED gk_err gk_store_people_expire(gk_store *self, const gk_session_terms *terms, int64_t now, gk_why *why);

#endif
