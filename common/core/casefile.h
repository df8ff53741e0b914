/*  gk_case - the file of one case (案卷): the fold of its events, and the one door for a new one.
 *
 *  gk_case_apply() is pure: it looks the step up in the flow table, asks the rights
 *  and needs, runs the clock, and returns the change - the event with its
 *  consequence, the jobs that follow and the timers that now stand.  The broker stores
 *  all of it in one transaction.  gk_case_fold() is how an event, new or
 *  stored, enters the file; it never decides anything.
 *
 *  Personal data never stands in an event.  Fields of the types TEXT and PERSON arrive
 *  here as {"sealed": salted hash}; their bodies lie beside the event (gk_seal).
 */
#ifndef GK_CASEFILE_H
#define GK_CASEFILE_H

#include "base/hash.h"
#include "core/clock.h"
#include "core/flow.h"
#include "core/form.h"
#include "core/org.h"
#include "core/outcome.h"

enum {
    GK_CASE_NUMBER = 32,        /* "GZ-2026-000012" */
    GK_NAME = 64,
    GK_CODE = 16,
    GK_CASE_DOCUMENTS = 64, GK_CASE_CONSULTATIONS = 16, GK_CASE_LETTERS = 64, GK_CASE_PROCEEDINGS = 16, GK_CASE_ITEMS = 20,
    GK_CASE_SUBTASKS = 16, GK_CASE_NOTICES = 32,
    GK_CASE_PARTS = 20,         /* of a split, with the one that stays */
    GK_CASE_PAYMENTS = 16,      /* of its fee; and as many refunds */
};

/*  Somebody the actor stands in for today (代理), in the same office. */
typedef struct gk_deputised {
    char name[GK_NAME];
    unsigned roles;
    char unit[GK_CODE];
} gk_deputised;

/*  Whoever acts. */
typedef struct gk_actor {
    char name[GK_NAME];         /* "chen.jing", "applicant", "worker:intake", "clock" */
    unsigned roles;
    char office[GK_CODE], unit[GK_CODE];    /* "" for applicants and machines */
    gk_deputised deputised[GK_DEPUTISED];
    int deputised_count;
} gk_actor;

/*  One row of the ledger, as PROTOCOL "The event row" fixes it. */
typedef struct gk_event {
    int64_t case_id;
    int seq;
    char at[GK_TIME_TEXT];      /* broker time, UTC */
    gk_date on;                 /* legal date, Asia/Shanghai */
    gk_event_type type;
    char actor[GK_NAME];
    char request_id[65];
    json_t *data;               /* owned */
    char *data_text;            /* the stored bytes of it; owned */
    gk_state state;             /* entered */
    gk_clock_state clock;
    gk_date due_on;             /* or GK_NO_DATE */
    bool provisional;
    char article[160];
    char rules[24], calendar[40];
    gk_hash hash;
} gk_event;

void gk_event_clear(gk_event *self);

/*  SHA-256(0x01, previous hash, each column's stored bytes, length-prefixed). */
gk_hash gk_event_hash(const gk_event *self, const gk_hash *previous);

typedef enum gk_document_status { GK_QUARANTINED, GK_ADMITTED, GK_REFUSED, GK_DESTROYED } gk_document_status;

/*  What the secrecy reviewer said of one part (条例 Art. 17; 逐项审查); REFERRED waits for others to decide. */
typedef enum gk_verdict {
    GK_VERDICT_NONE, GK_VERDICT_PUBLIC, GK_VERDICT_PARTIAL, GK_VERDICT_WITHHELD, GK_VERDICT_REFERRED, GK_VERDICTS,
} gk_verdict;

const char *gk_verdict_name(gk_verdict verdict);        /* "public"; "" for none */

typedef struct gk_case_document {
    char digest[GK_HASH_HEX];
    char kind[GK_CODE];         /* attachment, release, evidence, letter */
    int seq, index;             /* of the event that brought it, and where in it */
    int item;                   /* that it belongs to, from 1; 0: to the whole case */
    gk_document_status status;
    bool scanned, unread;       /* by the machine; it could not read all of it, so a person must */
    int given_seq;              /* the dispatch of a decision that gave it; 0: none did */
    gk_verdict verdict;         /* on the proposal under review */
    char referral[GK_CODE];     /* the consultation that it was referred by, or "" */
    char reviewer[GK_NAME];     /* whose verdict it is */
    bool released;              /* the secrecy reviewer signed that it leaves */
} gk_case_document;

typedef struct gk_consultation {
    char id[GK_CODE];           /* "c7": the seq of its event */
    char kind[20];
    gk_date started_on, served_on;
    gk_date check_on;           /* somebody must look while service is not proven */
    gk_date override_on, override_served;       /* told, and proven told, that it is disclosed all the same */
    char answer[GK_CODE];       /* agree, disagree, partly, undeliverable; "" while open or silent */
    int item;                   /* that it is about; 0: the whole case */
    int days;                   /* working days to answer; 0: rules.consultation_days */
    bool told, open;
} gk_consultation;

/*  Working days in which the one who is consulted answers: its own, else those of the rules (Art. 32, 34). */
int gk_consultation_days(const gk_consultation *self, const gk_rules *rules);

/*  A notice by which the applicant is told what moves his term, or is asked for something. */
typedef struct gk_telling {
    char letter[32];            /* "extension_notice" */
    int seq;                    /* the event that it tells of; its name is "n" and this number */
    gk_date made_on, tell_by;   /* that event's day; the last day on which telling is in time, GK_NO_DATE: any is */
    gk_date mailed_on, posted_on, served_on;    /* the mail server took it, it was posted or handed over, it is proven served */
    gk_date check_on, missed_on;                /* somebody must look again; the last time that nothing of these was on file */
} gk_telling;

/*  An event that leaves a paper in the file (core/archive says which part). */
typedef struct gk_paper {
    gk_event_type event;
    char letter[32];            /* the kind of what was made; "" */
    int seq;
    gk_date on;
    gk_hash hash;
} gk_paper;

/*  The task of Art. 44: may what was given to one be public to all? */
typedef enum gk_publication_stage {
    GK_PUBLICATION_NONE, GK_PUBLICATION_ASKED, GK_PUBLICATION_AGREED, GK_PUBLICATION_REVIEWED, GK_PUBLICATION_DONE,
    GK_PUBLICATION_DECLINED
} gk_publication_stage;

typedef struct gk_publication {
    gk_publication_stage stage;
    char cause[GK_CODE];        /* suggestion, same_item */
    char decider[GK_NAME];
    gk_date asked_on, due_on, cleared_on, published_on, reminded_on;   /* due: of the answer, then of publishing */
    gk_hash reviewed;           /* of the files that were cleared */
    int seq;                    /* of the last event of the task */
} gk_publication;

/*  行政复议 or 行政诉讼 over this case; part 4 of the annual report counts them. */
typedef struct gk_proceeding {
    char id[GK_CODE];           /* "p12": the seq of its event */
    char kind[24];              /* reconsideration, lawsuit, lawsuit_after */
    char result[GK_CODE];       /* upheld, corrected, other; "" while it is open */
    char consultation[GK_CODE]; /* of the third party that seeks it against the disclosure; "" for the others */
    int seq;
    gk_date received_on, answer_due, answered_on, concluded_on, reminded_on;
    bool simple, redo;          /* by the simple procedure; it ordered a redo */
    bool provisional;           /* answer_due leans on days that no notice covers */
    bool extended;              /* a court fixed it */
} gk_proceeding;

typedef enum gk_subtask_status {
    GK_SUBTASK_ASKED, GK_SUBTASK_REPLIED, GK_SUBTASK_CLOSED, GK_SUBTASK_REJECTED, GK_SUBTASK_DROPPED,
} gk_subtask_status;            /* under way up to REPLIED: answered, but not signed */

/*  What the office asked a unit (协办). */
typedef struct gk_subtask {
    char id[GK_CODE];           /* "t7": the seq of its event */
    char unit[GK_CODE];
    gk_date sent_on, due_on, reminded_on;
    gk_subtask_status status;
    int answer_seq, signed_seq; /* of the last answer, of its signature; 0: none */
    bool found;                 /* it found something, or a part */
    int item;                   /* that it is about, from 1; 0: the whole case */
} gk_subtask;

/*  One of the things that were asked for (core/items); its text lies with the event items_seq. */
typedef struct gk_case_item {
    char outcome[GK_CODE];      /* "": not decided yet */
    char drafter[GK_NAME];      /* who decided it: no more than the proposer may they review it */
    int seq;                    /* of its decision */
    gk_hash decision;           /* hash of the decision's data, which the proposal repeats */
    int search_seq;             /* of a search for it alone; 0: the case's search stands for it */
    bool search_found;
    unsigned spares;            /* the consultations for whose sake it withholds: bits by their place in the file */
    bool shown;                 /* disclosed by inspection (Art. 40), not by a file */
    bool weighed;               /* its decision gives the office's own assessment */
    gk_verdict verdict;
    char referral[GK_CODE], reviewer[GK_NAME];
} gk_case_item;

typedef struct gk_case_letter {
    char kind[32];              /* reply, correction_notice ... */
    char number[64];            /* "示关公复〔2026〕12号" or "" */
    char digest[GK_HASH_HEX];
    char check_code[GK_CODE];   /* printed at its foot: the start of the ledger's head */
    int seq, pages;
    gk_date on;
    bool voided;                /* its number is void: it never left and never will */
} gk_case_letter;

/*  A payment of the fee, and what of it was given back: a refund names the fiscal receipt that it undoes. */
typedef struct gk_case_payment {
    gk_hash receipt;            /* of the fiscal receipt's number */
    int64_t yuan, refunded_yuan;
} gk_case_payment;

enum gk_flag {                  /* permanent, shown for ever */
    GK_FLAG_INCOMPLETE = 1, GK_FLAG_DISGUISE = 2, GK_FLAG_DUPLICATE = 4, GK_FLAG_LATE_REGISTRATION = 8,
    GK_FLAG_LATE_REPLY = 16, GK_FLAG_EXTENDED = 32, GK_FLAG_CLASSIFIED = 64, GK_FLAG_REPEAT = 128,
    GK_FLAG_MAIL_RETURNED = 256, GK_FLAG_REOPENED = 512, GK_FLAG_LATE_CORRECTION = 1024, GK_FLAG_DELAYED = 2048,
    GK_FLAG_REDONE = 4096, GK_FLAG_LATE_CONFIRMATION = 8192, GK_FLAG_TOLD_LATE = 16384,
};

typedef struct gk_case {
    int64_t id;                 /* 0: new */
    gk_kind kind;               /* of its application */
    char number[GK_CASE_NUMBER], office[GK_CODE], unit[GK_CODE], holder[GK_NAME];
    gk_state state;
    int seq, state_seq;         /* last event; the event that entered the state */
    gk_hash head;               /* hash of the last event; zero before the first */
    gk_date submitted_on, arrived_on, received_on;
    char channel[GK_CODE], delivery[GK_CODE], medium[GK_CODE], applicant_kind[24];
    int ordinal;                /* in the applicant's month, from 1; 0: takes none (Art. 41) */
    unsigned flags;
    gk_date helped_on;          /* help was given to who has difficulty reading, seeing or hearing (Art. 43) */
    bool reachable;             /* an e-mail address is on file */
    gk_date due_on, dispatched_on;
    bool provisional;
    gk_clock_state clock;
    gk_date counted_on;         /* day of the last event, as of which due_on was computed */
    gk_date moved_from;         /* a new notice moved the due date from this one, and nobody confirmed it yet */
    gk_clock_event *clock_events;
    int clock_count;
    char outcome[GK_CODE], letter_number[64], drafter[GK_NAME], secrecy_reviewer[GK_NAME], legal_reviewer[GK_NAME];
    char ground[64];            /* of the proposal: codes of the part refused */
    unsigned spares;            /* of the proposal, as an item's */
    bool shown;                 /* likewise */
    bool search_found;          /* the last search found something */
    int proposal_seq, search_seq, corrected_seq, reasons_seq, letter_pages, registered_seq, triaged_seq;
    gk_date letter_on;          /* the reply's letter was made */
    gk_hash proposal_hash, reviewed;
    char check_code[GK_CODE];
    gk_date notice_on, served_on;   /* the correction or fee notice: sent, proven served */
    gk_date correction_due, payment_due, reminded_on, reasons_asked_on, reasons_on;
    gk_date forwarded_on;       /* a records correction was sent on to the agency that may make it */
    int supplements;            /* late or second correction notices without an answer */
    gk_date check_on;           /* somebody must look: receipt unconfirmed, notice without proof of service */
    char fee_standard[GK_CODE];
    char charger[GK_NAME];      /* who proposed a fee that waits for its second approval */
    int64_t fee_count, fee_yuan, paid_yuan, late_yuan, refunded_yuan;     /* late: with a value date after the period */
    gk_case_payment payments[GK_CASE_PAYMENTS];
    int payment_count, refund_count;
    gk_date late_on;            /* value date of the last late payment */
    int fee_seq;                /* the event that gives the reason for the fee */
    gk_case_document documents[GK_CASE_DOCUMENTS];
    int document_count;
    gk_consultation consultations[GK_CASE_CONSULTATIONS];
    int consultation_count;
    gk_case_letter letters[GK_CASE_LETTERS];
    int letter_count;
    int closed_year, first_closed;      /* of an office's own stream: the last annual report that is closed, and the first; 0: none */
    int dispatched_seq;         /* the last dispatch: what is older is the applicant's to read */
    bool electronic, mail_taken;        /* how it went out last; the applicant's mail server took the notice of that */
    int dispatched_before;      /* the one before it, should that come back by our fault */
    gk_proceeding proceedings[GK_CASE_PROCEEDINGS];
    int proceeding_count;
    /*  As things stood before the first redo; the report counts a redone case by them. */
    char first_outcome[GK_CODE];
    char undone_outcome[GK_CODE], undone_ground[64];    /* the decision that the last ruling took back; "" for none */
    gk_date first_due_on, first_dispatched_on;
    gk_paper *papers;
    int paper_count;
    gk_date ended_on;           /* entered a final state; GK_NO_DATE while it is open */
    int archived_seq;           /* 0: not archived since it ended */
    gk_hash manifest;           /* of the package then */
    gk_date handed_on, keep_until, archive_reminded_on;
    gk_publication publication; /* the last task */
    gk_case_item items[GK_CASE_ITEMS];
    int item_count, items_seq;
    gk_subtask subtasks[GK_CASE_SUBTASKS];
    int subtask_count;
    gk_telling notices[GK_CASE_NOTICES];     /* the last ones */
    int notice_count;
    int split_seq;              /* the event by which it was split, or split off; 0: whole */
    char split_from[GK_CASE_NUMBER];                    /* a part: the number of the case that was split */
    char parts[GK_CASE_PARTS - 1][GK_CASE_NUMBER];      /* a case that was split: the numbers of the others */
    int part_count;
    char merged[GK_CASE_PARTS - 1][GK_CASE_NUMBER];     /* the other cases that are answered together with this one */
    int merged_count;
    gk_date merged_due;         /* the earliest of their due dates and its own, as they stood when that was recorded */
    char moved_to[GK_CODE];     /* withdrawn here by consent: the case at the other office, "@9" */
    gk_date split_on;
    bool split_mailed, split_lettered, split_told;      /* the notice: mailed and not refused, made; or told otherwise, as somebody recorded */
} gk_case;

/*  A new file in the first state: GK_INTAKE, or GK_LEDGER for an office's own stream. */
gk_case *gk_case_new(gk_state state);
gk_case *gk_case_copy(const gk_case *self);
void gk_case_destroy(gk_case **self_p);

/*  Enter a stored event.  GK_EDAMAGED when it does not fit behind the last one. */
GK_CHECKED gk_err gk_case_fold(gk_case *self, const gk_event *event, gk_why *why);

/*  Everything that the law says, as loaded. */
typedef struct gk_law {
    const gk_calendar *calendar;
    const gk_rules *rules;
    const gk_outcomes *outcomes;
    const gk_org *org;
} gk_law;

/*  Numbers that only a transaction can give (counter rows), taken beforehand. */
typedef struct gk_numbers {
    int case_serial;            /* of office, kind and year of receipt */
    int ordinal;                /* of applicant, office and month of receipt */
    int letter_serial;          /* of office and year */
} gk_numbers;

typedef struct gk_act {
    gk_event_type event;
    const gk_actor *actor;
    int64_t at;                 /* broker time, seconds */
    gk_date on;                 /* GK_NO_DATE: the date of `at` */
    const char *request_id;     /* "" for machines */
    const json_t *data;         /* the fields, texts and persons sealed */
    gk_numbers numbers;
} gk_act;

enum {
    GK_CHANGE_JOBS = 6,
    GK_CHANGE_TIMERS = GK_CASE_CONSULTATIONS + GK_CASE_PROCEEDINGS + GK_CASE_SUBTASKS + GK_CASE_NOTICES + 5,
};

typedef enum gk_lane { GK_LANE_CASE, GK_LANE_NOTICE, GK_LANE_DOCUMENT, GK_LANES } gk_lane;

typedef struct gk_new_job {
    const char *service;
    char task[48];              /* "check", "letter reply", "notify correction" ... */
    gk_lane lane;
} gk_new_job;

typedef struct gk_new_timer {
    char name[GK_CODE];         /* "due", "lapse", "check", "archive", "publication", "c7", "p12", "t8", "n9" */
    int64_t at;                 /* instant */
} gk_new_timer;

typedef struct gk_change {
    gk_event event;             /* everything but the hash */
    gk_new_job jobs[GK_CHANGE_JOBS];
    int job_count;
    gk_new_timer timers[GK_CHANGE_TIMERS];      /* all that stand now; the others are gone */
    int timer_count;
} gk_change;

void gk_change_clear(gk_change *self);

/*  Put the timers that stand for this case at the instant `now` into the change. */
void gk_case_timers(const gk_case *self, const gk_law *law, int64_t now, gk_change *out);

/*  Which counters the step would take, so that the caller can take them: bits. */
enum { GK_TAKES_CASE = 1, GK_TAKES_LETTER = 2 };
unsigned gk_case_takes(gk_event_type event);

/*  The day that an act is dated: its own date field, else `on`, else the day of `at`. */
gk_date gk_act_date(gk_event_type event, gk_date on, int64_t at, const json_t *data);

/*  The event that `action` means for this case now ("propose" is two events, by what is
 *  proposed).  GK_ESTATE names the state and what may be done instead. */
GK_CHECKED gk_err gk_case_event_of(const gk_case *self, const char *action, const json_t *data, const gk_law *law,
                                   gk_event_type *out, gk_why *why);

/*  Check the fields of an act against its table: required ones there, types and lengths
 *  right, nothing unknown.  GK_EMISSING, GK_EBADVALUE, GK_ETOOLARGE name the field. */
GK_CHECKED gk_err gk_act_check_fields(gk_event_type event, const json_t *fields, gk_why *why);

/*  The one door.  GK_OK and *out, or: GK_ESTATE (no such step), GK_EDENIED (not this
 *  actor), GK_ENEED (a condition fails), GK_EBADVALUE (dates, amounts, a finding that
 *  differs from what the law gives).  The case is never changed here: fold the event. */
GK_CHECKED gk_err gk_case_apply(const gk_case *self, const gk_act *act, const gk_law *law, gk_change *out, gk_why *why);

/*  The seq of the event that the name of a consultation, sub-task, proceeding or notice stands for: "c7" is 7. */
int gk_case_named_seq(const char *id);

/*  A consultation of the file, open or ended, or NULL. */
const gk_consultation *gk_case_consultation(const gk_case *self, const char *id);

/*  The consultations that a list names ("c7、c9"), as bits by their place in the file.  False: the file has not every one. */
bool gk_case_spares(const gk_case *self, const char *list, unsigned *out);

/*  Does silence end it?  Not a referral (Art. 17): whoever decides has to, and nothing goes out before. */
bool gk_consultation_expires(const gk_consultation *self);

/*  The notice of that name, "n9", or NULL. */
const gk_telling *gk_case_notice_named(const gk_case *self, const char *name);

/*  The notice that an act of posting (GK_NOTICE_DISPATCHED) or service (GK_NOTICE_SERVED) is about: the first of that letter
 *  still without, or with all served the last.  `letter` "": the one that the state waits for, else the only kind on the
 *  way.  NULL: none, or not clear which. */
const gk_telling *gk_case_notice(const gk_case *self, gk_event_type event, const char *letter);

/*  The first day on which the applicant was told by it, in whatever way; GK_NO_DATE: not yet. */
gk_date gk_telling_day(const gk_telling *self);

/*  Told after its last day, or not at all and looked for in vain after it. */
bool gk_telling_is_late(const gk_telling *self);

/*  Was it attached to be given out?  Whether it may be is another question. */
bool gk_case_is_release(const gk_case_document *document);

/*  Did the applicant choose electronic service? */
bool gk_case_is_electronic(const gk_case *self);

/*  Has it ended without a decision on its merits: deemed abandoned (O1, O2)? */
bool gk_case_lapsed(const gk_case *self);

/*  The person with that name as an actor of that day, with whom he or she stands in for: their roles but those of administrator
 *  and auditor, which are not of cases.  False: nobody has that name. */
bool gk_actor_find(const gk_org *org, const char *name, gk_date day, gk_actor *out);

/*  What somebody may be asked for that is not a step of a case: the roles of the actor's own, and of whom one stands in for. */
unsigned gk_actor_roles(const gk_actor *self);

/*  May this actor take this step at all, with rights of the actor's own or as a deputy?  Office and unit count; the case's needs do not. */
bool gk_case_allows(const gk_case *self, const gk_step *step, const gk_actor *actor);

/*  May this person see who applied by number and copy: the proofs of identity, and what the applicant attached?  Whoever holds
 *  the case, and who reviews or audits it; the step `document_viewed` says it. */
bool gk_case_sees_identity(const gk_case *self, const gk_actor *actor);

/*  Is the step one for this kind of application?  Some are for information alone, some for Art. 41. */
bool gk_case_suits(const gk_case *self, const gk_step *step);

/*  The clock as of a day; NULL while there is no day of receipt.  Caller destroys.  What the applicant was told too late does
 *  not move it; the reading's defence_on is the later date by which it does. */
gk_clock *gk_case_clock(const gk_case *self, const gk_law *law);
gk_clock_reading gk_case_read(const gk_case *self, const gk_law *law, gk_date as_of);

/*  Was the applicant of a split application told of it: by letter and mail, or otherwise on record? */
bool gk_case_split_told(const gk_case *self);

/*  Whom a reminder concerns `left` working days before the due date: bits 1 holder,
 *  2 unit head, 4 office; 0 when none is due that day (rules.remind_before). */
unsigned gk_case_remind(const gk_rules *rules, int left);

/*  The day that the desk works to: the due date, or an earlier one of a case that is answered together with this one;
 *  GK_NO_DATE while there is none.  Whether a reply was in time is asked of the clock alone. */
gk_date gk_case_work_by(const gk_case *self);
bool gk_case_owes_reply(const gk_case *self);   /* a day is counted by which it is owed */

/*  The payment of that fiscal receipt, or NULL.  Owned by the file. */
const gk_case_payment *gk_case_payment_find(const gk_case *self, const char *receipt_number);

/*  The last day for the written answer to a proceeding of that kind, of which the copy came on that day: working days before a
 *  reconsideration body, fewer in its simple procedure (行政复议法 Art. 48, 54, 88); days before a court, of which the last rolls
 *  on over days of rest (行政诉讼法 Art. 67, 101; 民事诉讼法 Art. 85). */
gk_due gk_case_answer_due(const gk_law *law, const char *kind, bool simple, gk_date received);

const gk_proceeding *gk_case_proceeding(const gk_case *self, const char *id);      /* NULL: none of that name */

/*  Legal hold (封存): a proceeding is under way, so nothing of the case may leave its place. */
bool gk_case_is_held(const gk_case *self);

const gk_case_document *gk_case_document_find(const gk_case *self, const char *digest);

/*  Was any file given to the applicant?  And the hash over all that were. */
bool gk_case_has_given(const gk_case *self);
gk_hash gk_case_given_hash(const gk_case *self);

/*  "asked", "agreed", "reviewed", "published", "declined"; "" for none. */
const char *gk_publication_stage_name(gk_publication_stage stage);

/*  Is the task waiting for somebody, and so has a date? */
bool gk_publication_is_open(const gk_publication *self);

/*  The sub-task of that name, if it is under way; NULL. */
const gk_subtask *gk_case_subtask(const gk_case *self, const char *id);

/*  A file that leaves with the reply: admitted, to be released, and named by the signed review (Art. 17). */
bool gk_case_releases(const gk_case_document *document);

/*  Hash over what the secrecy reviewer signs: the proposal and the files to release. */
gk_hash gk_case_content_hash(const gk_case *self);

#endif
