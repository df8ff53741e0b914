/*  gk_flow - the procedure (办理流程) as tables: states, events with their fields, steps.
 *
 *  This is the single place where procedure is decided.  The broker asks it before
 *  it stores anything; workers and clients only see what it allows.  A state is the
 *  desk on which a case lies.  An event is past tense; the action that a person
 *  takes to bring it about is imperative.  A step says from which states an event
 *  leads where, what the statutory clock does, who may, which conditions must hold,
 *  and the article.
 *
 *  "Nothing leaves without the review of 条例 Art. 17" is not a check that somebody
 *  may forget: the only way to `printing` leads through `secrecy` and `approval`.
 */
#ifndef GK_FLOW_H
#define GK_FLOW_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

typedef enum gk_state {
    GK_INTAKE,              /* 收件: the intake worker looks at it */
    GK_CONFIRMATION,        /* 待确认: receipt is not confirmed by both sides yet (Art. 31) */
    GK_TRIAGE,              /* 分办: the review worker names a unit */
    GK_HANDLING,            /* 承办: with the unit */
    GK_CORRECTION,          /* 待补正: waiting for the applicant (Art. 30) */
    GK_CORRECTION_LAPSE,    /* 逾期未补正: lapse proposed, a clerk decides */
    GK_PAYMENT,             /* 待缴费: waiting for the fee */
    GK_PAYMENT_LAPSE,       /* 逾期未缴费: lapse proposed */
    GK_LEGAL,               /* 法制审核: the second reader of a refusal */
    GK_SCANNING,            /* 保密机检: the confidentiality worker scans */
    GK_SECRECY,             /* 保密审查: the secrecy reviewer signs (Art. 17) */
    GK_APPROVAL,            /* 审签 */
    GK_PRINTING,            /* 制文: the reply worker makes the letter */
    GK_SEALING,             /* 用印 */
    GK_DISPATCH,            /* 待发出 */
    GK_DELIVERY,            /* 待送达: dispatched, proof of service outstanding */
    GK_CLOSED,              /* 已办结 */
    GK_WITHDRAWN,           /* 已撤回 */
    GK_LEDGER,              /* 台账: not a case, the stream of an office's own events */
    GK_STATES,
    GK_SAME = GK_STATES     /* as `to`: the case stays where it is */
} gk_state;

typedef enum gk_event_type {
    GK_RECEIVED, GK_REGISTERED, GK_CONFIRMATION_AWAITED, GK_RECEIPT_CONFIRMED, GK_TRIAGED,
    GK_CLAIMED, GK_RELEASED, GK_TRANSFERRED, GK_NOTED,
    GK_SEARCH_RECORDED, GK_DOCUMENTS_ATTACHED, GK_DOCUMENTS_ADMITTED, GK_DOCUMENT_CLEARED, GK_DOCUMENT_DESTROYED,
    GK_ITEMISED, GK_ITEM_DECIDED, GK_RELEASE_HELD_BACK,
    GK_SUBTASK_SENT, GK_SUBTASK_ANSWERED, GK_SUBTASK_SIGNED, GK_SUBTASK_RETURNED, GK_SUBTASK_RECALLED, GK_SUBTASK_DUE,
    GK_CORRECTION_REQUESTED, GK_CORRECTION_RECEIVED, GK_REASON_ACCEPTED, GK_CORRECTION_ASKED_LATE, GK_SUPPLEMENT_RECEIVED,
    GK_NOTICE_DISPATCHED, GK_NOTICE_SERVED, GK_EVIDENCE_REQUESTED, GK_FORWARDED,
    GK_REASONS_REQUESTED, GK_REASONS_RECEIVED, GK_DELAYED,
    GK_CONSULTATION_STARTED, GK_CONSULTATION_SERVED, GK_CONSULTATION_ENDED, GK_CONSULTATION_EXPIRED, GK_CONSULTATION_PROLONGED,
    GK_OVERRIDE_SENT, GK_OVERRIDE_SERVED,
    GK_EXTENDED,
    GK_FEE_PROPOSED, GK_FEE_NOTICE_SENT, GK_FEE_APPROVED, GK_PAYMENT_PROOF_RECEIVED, GK_PAYMENT_RECORDED, GK_FEE_PAID,
    GK_LATENESS_EXCUSED, GK_FEE_REFUNDED,
    GK_LAPSE_PROPOSED, GK_LAPSE_CONFIRMED,
    GK_PROPOSED, GK_REFUSAL_PROPOSED, GK_LEGAL_CLEARED, GK_LEGAL_RETURNED,
    GK_SCANNED, GK_VERDICT_GIVEN, GK_SECRECY_REFERRED, GK_SECRECY_CLEARED, GK_SECRECY_RETURNED,
    GK_APPROVED, GK_APPROVAL_RETURNED,
    GK_LETTER_RENDERED, GK_LETTER_VOIDED, GK_SEALED, GK_DISPATCHED, GK_HANDED_OVER, GK_MAIL_RETURNED, GK_POSTING_FAILED, GK_REDISPATCHED, GK_SERVED,
    GK_WITHDREW,
    GK_PROCEEDING_OPENED, GK_ANSWER_EXTENDED, GK_ANSWER_RECOMPUTED, GK_PROCEEDING_ANSWERED, GK_PROCEEDING_REMINDED,
    GK_PROCEEDING_CONCLUDED, GK_REDO_ORDERED,
    GK_ARCHIVED, GK_ARCHIVE_REMINDED, GK_ARCHIVE_HANDED_OVER,
    GK_PUBLICATION_SUGGESTED, GK_PUBLICATION_DECIDED, GK_PUBLICATION_CLEARED, GK_PUBLICATION_WITHHELD, GK_PUBLISHED,
    GK_PUBLICATION_REMINDED,
    GK_NOTICE_RENDERED, GK_NOTIFIED, GK_REMINDER_DUE, GK_INCIDENT_RAISED, GK_FINDING_SUPERSEDED, GK_JOB_DIED,
    GK_DUE_RECOMPUTED, GK_DUE_CONFIRMED,
    GK_ORG_LOADED, GK_CALENDAR_LOADED, GK_TIME_CONFIRMED, GK_TRAINING_ADVANCED, GK_DIGEST_DUE,
    GK_CATALOGUE_LOADED, GK_CATALOGUE_REMOVED,
    GK_FIGURES_ENTERED, GK_YEAR_CLOSED, GK_YEAR_REOPENED,
    GK_SPLIT, GK_SPLIT_OFF, GK_SPLIT_TOLD, GK_PASSED_ON, GK_REPLY_MERGED, GK_HELP_GIVEN, GK_DOCUMENT_VIEWED,
    GK_ACCOUNT_CHANGED,
    GK_EVENT_TYPES
} gk_event_type;

/*  What a step does to the statutory clock (core/clock). */
typedef enum gk_clock_op {
    GK_OP_KEEP,             /* goes on as it was */
    GK_OP_START,            /* day 0 is the day of receipt (Art. 31) */
    GK_OP_EXCLUDE,          /* days from now on may not count (Art. 33(3)) */
    GK_OP_INCLUDE,          /* they count again */
    GK_OP_PAUSE,            /* no due date while the applicant's turn lasts */
    GK_OP_RESTART,          /* a fresh 20 working days */
    GK_OP_EXTEND,           /* up to 20 more, once (Art. 33(2)) */
    GK_OP_STOP,             /* nothing is owed any more */
    GK_OP_REOPEN,           /* a lapse that should not have been is taken back */
    GK_OP_RECOUNT,          /* the same days, counted by a new holiday notice */
    GK_OP_ORDER,            /* a ruling sets a term of its own */
    GK_OPS
} gk_clock_op;

/*  Roles, as bits; a step's `who`. */
typedef enum gk_role {
    GK_MAILROOM = 1 << 0,   GK_CLERK = 1 << 1,      GK_HEAD = 1 << 2,       GK_HANDLER = 1 << 3,
    GK_UNIT_HEAD = 1 << 4,  GK_SECRECY_REVIEWER = 1 << 5, GK_LEGAL_REVIEWER = 1 << 6,
    GK_FINANCE = 1 << 7,    GK_APPROVER = 1 << 8,   GK_ADMIN = 1 << 9,      GK_AUDITOR = 1 << 10,
    GK_APPLICANT = 1 << 11, /* by receipt code */
    GK_WORKER = 1 << 12,    /* the worker that the event's row names */
    GK_CLOCK = 1 << 13,     /* a timer */
    GK_ROLE_BITS = 14
} gk_role;

/*  Conditions over the case file; each is one small function in need.c. */
typedef enum gk_need {
    GK_NEED_NONE,
    GK_NEED_FREE_OR_MINE,           /* nobody else holds the case */
    GK_NEED_NOT_DRAFTER,            /* four eyes: not who proposed the outcome */
    GK_NEED_NOT_REVIEWER,           /* nor who cleared it */
    GK_NEED_CORRECTION_UNUSED,      /* first notice, by the 7th working day (Art. 30) */
    GK_NEED_CORRECTION_USED,        /* no notice may pause any more, so the head asks once more with a reason */
    GK_NEED_SUPPLEMENT_ASKED,       /* such a question is open */
    GK_NEED_REASONS_UNASKED,        /* the reasons were not asked for yet (Art. 35) */
    GK_NEED_REASONS_ASKED,          /* they were */
    GK_NEED_REASONS_GIVEN,          /* they were given */
    GK_NEED_WITHIN_CORRECTION,      /* it was posted, or else came, inside the correction period */
    GK_NEED_CORRECTION_RUNS,        /* there is a correction period, for its notice was proven served */
    GK_NEED_WITHIN_PAYMENT,         /* `on` lies inside the payment period */
    GK_NEED_FULL_AMOUNT,            /* the payment completes the amount charged */
    GK_NEED_CHARGED_BY_ANOTHER,     /* a fee waits for its second approval, by somebody else */
    GK_NEED_LATE_PAYMENT,           /* the whole amount is there, but came late */
    GK_NEED_REFUNDABLE,             /* not more than the payment named brought and was not given back yet */
    GK_NEED_CONSULTATION_OPEN,      /* the consultation named is under way; an opinion may also follow a silent end */
    GK_NEED_CONSULTATIONS_ENDED,    /* none is */
    GK_NEED_PROLONGABLE,            /* it is no third party's, and its days are not over */
    GK_NEED_OBJECTION_WEIGHED,      /* what is disclosed without consent rests on the office's own assessment (Art. 32) */
    GK_NEED_OBJECTED,               /* the third party named objected to what is disclosed */
    GK_NEED_OVERRIDE_SENT,          /* and was told that it is disclosed all the same */
    GK_NEED_OVERRIDES_WAITED,       /* and some days ago, with proof */
    GK_NEED_UNCHALLENGED,           /* nobody challenges that it is disclosed; or the head says why it goes out all the same */
    GK_NEED_DOCUMENTS_ADMITTED,     /* no document waits in quarantine or was refused */
    GK_NEED_DOCUMENT_REFUSED,       /* the document named carries a class-A mark */
    GK_NEED_OUTCOME_KNOWN,          /* a kind of decision that people may propose, with its fields */
    GK_NEED_SEARCHED,               /* a search log stands behind the outcome, where it needs one */
    GK_NEED_RELEASE_ATTACHED,       /* what is granted is attached, or shown on the spot */
    GK_NEED_REVIEWED_UNCHANGED,     /* the hash that was reviewed is the hash of what goes out */
    GK_NEED_LETTER_MATCHES,         /* pages and check code are those of the letter made */
    GK_NEED_NOTICE_KNOWN,           /* the notice named was not posted yet, or is on the way */
    GK_NEED_LAWFUL_CARRIER,         /* post: the postal enterprise (国办公开办函〔2016〕235号) */
    GK_NEED_SIGNED_FOR,             /* handed over: who took it signed for it */
    GK_NEED_ELECTRONIC_CHOSEN,      /* electronic service only if the applicant chose it */
    GK_NEED_MAIL_TAKEN,             /* served electronically: his mail server took the notice (DECISIONS) */
    GK_NEED_LAPSE_CHECKED,          /* mailroom or Finance looked */
    GK_NEED_OWN_UNIT,               /* for another unit only the openness office acts */
    GK_NEED_YEAR_OPEN,              /* the year has begun and its report was not closed */
    GK_NEED_YEAR_OVER,              /* it is past, and the next to be closed */
    GK_NEED_YEAR_CLOSED_LAST,       /* its report was closed, and no later one */
    GK_NEED_REPORT_WHOLE,           /* no identity violated, no unit's figures missing; or a reason is given */
    GK_NEED_CHALLENGEABLE,          /* there is a decision, a third party was told of one, or a reply is overdue */
    GK_NEED_PROCEEDING_OPEN,        /* the proceeding named is under way */
    GK_NEED_PROCEEDING_UNANSWERED,  /* and the written answer is still owed */
    GK_NEED_REDO_DIFFERS,           /* a decision made again is not the same on the same facts and grounds (行政复议法 Art. 64) */
    GK_NEED_SERVICE_PROVEN,         /* proof of service is there, or nothing was to be served */
    GK_NEED_NO_HOLD,                /* no proceeding is open (legal hold) */
    GK_NEED_PACKAGE_NEW,            /* not archived yet, or papers came since */
    GK_NEED_PACKAGE_CURRENT,        /* archived, and nothing came since */
    GK_NEED_ITEM_GIVEN,             /* a file was given to the applicant (Art. 44) */
    GK_NEED_PUBLICATION_FREE,       /* no publication task is open, and it is not published yet */
    GK_NEED_PUBLICATION_UNANSWERED, /* it waits for yes or no */
    GK_NEED_PUBLICATION_UNREVIEWED, /* it was said yes to, and waits for its own secrecy review */
    GK_NEED_PUBLICATION_REVIEWED,   /* exactly what would be published was cleared */
    GK_NEED_NOT_DECIDER,            /* four eyes: not who said yes */
    GK_NEED_ITEM_KNOWN,             /* the item named, if one is, stands in the case's list */
    GK_NEED_ITEMS_DECIDED,          /* every item of the list has its outcome */
    GK_NEED_PART_KNOWN,             /* the document or item named is part of what would be released or said */
    GK_NEED_REFERRAL_ANSWERED,      /* what was referred (报请确定) is not decided before the answer, nor against it */
    GK_NEED_VERDICTS_FIT,           /* every file that would be released has a verdict that lets it go (Art. 17) */
    GK_NEED_SUBTASK_OPEN,           /* the sub-task named is under way */
    GK_NEED_SUBTASK_OURS,           /* ... and the actor is of its unit: unit roles are measured by it, not by the case's */
    GK_NEED_SUBTASK_FRESH,          /* it may still be returned */
    GK_NEED_SUBTASK_ANSWERED,       /* there is an answer to sign */
    GK_NEED_SUBTASKS_ENDED,         /* none is under way */
    GK_NEED_DUE_MOVED,              /* a holiday notice moved the due date and nobody confirmed it yet */
    GK_NEED_SPLITTABLE,             /* whole, undecided and uncharged */
    GK_NEED_PASSABLE,               /* as it came, and within the working day in which the other office can register it */
    GK_NEED_SPLIT_TOLD,             /* the applicant of a split application was told of it before any fee */
    GK_NEED_REPLY_OWED,             /* a day is counted by which a reply is owed */
    GK_NEED_SPLIT_UNTOLD,           /* it was split, and nothing says yet that he was told */
    GK_NEED_DISCLOSURE,             /* the case is an application for information */
    GK_NEED_SIGNED,                 /* the letter is that of a decision that was approved, not of a lapse */
    GK_NEED_RECORDS,                /* the case is a request to correct a record (Art. 41) */
    GK_NEED_OUTCOME_FITS,           /* R1-R4 answer such a request, the others an application for information */
    GK_NEEDS
} gk_need;

typedef enum gk_field_type {
    GK_FIELD_TEXT,          /* free text, up to GK_FIELD_MOST_TEXT characters; sealed */
    GK_FIELD_LINE,          /* up to GK_FIELD_MOST_LINE characters without personal data; stands in the event */
    GK_FIELD_DATE,          /* the day of the act itself */
    GK_FIELD_UNTIL,         /* any other day */
    GK_FIELD_INT, GK_FIELD_BOOL,
    GK_FIELD_CHOICE,        /* one of `choices`, separated by '|' */
    GK_FIELD_PERSON,        /* an object of name, address, contact ...; sealed */
    GK_FIELD_DOCUMENTS,     /* the documents of the act */
    GK_FIELD_FACTS,         /* what a worker or the broker itself found: checked where it is made */
} gk_field_type;

enum { GK_FIELD_MOST_TEXT = 5000, GK_FIELD_MOST_LINE = 200, GK_FIELD_MOST_INT = 1000000000 };

typedef struct gk_field {
    const char *name;
    gk_field_type type;
    bool required;
    const char *zh, *en;
    const char *choices;
} gk_field;

enum { GK_FIELDS = 34, GK_STEP_NEEDS = 10 };

typedef struct gk_event_info {
    const char *name;           /* "correction_requested" */
    const char *action;         /* "request_correction"; NULL: no person's act */
    const char *worker;         /* service whose finding it is, or NULL */
    const char *zh, *en;
    const char *letters[3];     /* kinds of letter that follow (workers/reply) */
    const char *message;        /* notice to the applicant that follows (workers/reminder) */
    const gk_field *fields;     /* ends with a NULL name */
} gk_event_info;

typedef struct gk_state_info {
    const char *name, *zh, *en;
    const char *service, *task; /* the job that a case entering this state causes, or NULL */
    bool final;
    const char *next_zh, *next_en;      /* what happens next, for the applicant */
} gk_state_info;

typedef struct gk_step {
    unsigned from;              /* bits 1 << state */
    gk_event_type event;
    gk_state to;
    gk_clock_op clock;
    unsigned who;
    gk_need needs[GK_STEP_NEEDS];       /* up to the first GK_NEED_NONE */
    const char *article;
} gk_step;

/*  The step that `event` takes from `state`, or NULL. */
const gk_step *gk_flow_find(gk_state state, gk_event_type event);

/*  The whole table; tests, the diagram and `case.actions` walk it. */
const gk_step *gk_flow_table(size_t *count);

const gk_state_info *gk_flow_state(gk_state state);
const gk_event_info *gk_flow_event(gk_event_type event);

/*  The letters that tell the applicant what moves the term, or is asked, as choices; whether and when each left is kept
 *  (docs/decisions/0027).  And the one of an event, or NULL. */
extern const char gk_flow_notices[];
const char *gk_flow_notice(gk_event_type event);
bool gk_flow_state_parse(const char *name, gk_state *out);
bool gk_flow_event_parse(const char *name, gk_event_type *out);

/*  True when the step may start in `state`. */
static inline bool gk_step_from(const gk_step *step, gk_state state)
{
    return step->from >> state & 1u;
}

const char *gk_role_name(gk_role role);             /* "clerk" */
const char *gk_role_zh(gk_role role);               /* "经办人" */
unsigned gk_role_parse(const char *name);           /* a bit, 0 when unknown */
const char *gk_need_name(gk_need need);             /* "NOT_DRAFTER" */
const char *gk_need_text(gk_need need);             /* what to do when it fails */

/*  The same in Chinese for a refusal that begins with a need's name and a colon; NULL for others. */
const char *gk_need_zh(const char *refusal);

#endif
