/* links: gk_core */
/*  test_table - the procedure said a second time, by event: who may, under which conditions, what the clock does, what
 *  must be told.  An event that has no row here fails: nobody adds one without saying what it may do. */
#include "law.h"
#include "core/casefile.h"

static const gk_step *table;
static size_t count;

static int load(void **state)
{
    (void) state;
    table = gk_flow_table(&count);
    return 0;
}

static const char *name_of(gk_event_type event)
{
    return gk_flow_event(event)->name;
}

/*  Every event has its row in a list of them. */
#define ALL_SAID(rows) do { \
        bool said_[GK_EVENT_TYPES] = { false }; \
        for (size_t k_ = 0; k_ < ROWS(rows); k_++) \
            said_[(rows)[k_].event] = true; \
        for (int e_ = 0; e_ < GK_EVENT_TYPES; e_++) \
            if (!said_[e_]) \
                fail_msg("nobody says it of %s", name_of((gk_event_type) e_)); \
    } while (0)

#define STAFF (GK_MAILROOM | GK_CLERK | GK_HEAD | GK_HANDLER | GK_UNIT_HEAD | GK_SECRECY_REVIEWER | GK_LEGAL_REVIEWER \
               | GK_FINANCE | GK_APPROVER)
#define DESK (GK_CLERK | GK_HEAD | GK_HANDLER | GK_UNIT_HEAD)

/*  Exactly these may.  What only one may do is the law's; the wider rights are the office's order. */
static void who_may(void **state)
{
    (void) state;
    static const struct {
        gk_event_type event;
        unsigned who;
    } rows[] = {
        { GK_RECEIVED, GK_APPLICANT | GK_CLERK | GK_MAILROOM }, { GK_RECEIPT_CONFIRMED, GK_CLERK | GK_HEAD },
        { GK_CLAIMED, STAFF }, { GK_RELEASED, STAFF }, { GK_NOTED, STAFF }, { GK_TRANSFERRED, DESK },
        { GK_SEARCH_RECORDED, DESK }, { GK_DOCUMENTS_ATTACHED, DESK },
        { GK_DOCUMENT_CLEARED, GK_SECRECY_REVIEWER }, { GK_DOCUMENT_DESTROYED, GK_SECRECY_REVIEWER },
        { GK_REASON_ACCEPTED, GK_HEAD }, { GK_CORRECTION_REQUESTED, DESK }, { GK_CORRECTION_RECEIVED, GK_APPLICANT | GK_CLERK | GK_HEAD | GK_MAILROOM },
        { GK_CONSULTATION_STARTED, DESK }, { GK_CONSULTATION_SERVED, DESK | GK_MAILROOM }, { GK_CONSULTATION_ENDED, DESK | GK_MAILROOM },
        { GK_EXTENDED, GK_HEAD },                   /* 条例 33(2): the head of the disclosure office agrees */
        { GK_FEE_NOTICE_SENT, GK_HEAD }, { GK_PAYMENT_PROOF_RECEIVED, GK_APPLICANT | GK_CLERK | GK_HEAD | GK_MAILROOM }, { GK_FEE_PAID, GK_FINANCE },
        { GK_REASONS_REQUESTED, GK_CLERK | GK_HEAD }, { GK_REASONS_RECEIVED, GK_APPLICANT | GK_CLERK | GK_HEAD | GK_MAILROOM }, { GK_DELAYED, GK_HEAD },
        { GK_LAPSE_CONFIRMED, GK_CLERK | GK_HEAD }, { GK_NOTICE_SERVED, DESK | GK_MAILROOM },
        { GK_NOTICE_DISPATCHED, GK_CLERK | GK_HEAD | GK_MAILROOM },
        { GK_OVERRIDE_SENT, GK_CLERK | GK_HEAD }, { GK_OVERRIDE_SERVED, GK_CLERK | GK_HEAD | GK_MAILROOM },
        { GK_FEE_PROPOSED, GK_HEAD }, { GK_FEE_APPROVED, GK_APPROVER }, { GK_PAYMENT_RECORDED, GK_FINANCE },
        { GK_LATENESS_EXCUSED, GK_HEAD }, { GK_FEE_REFUNDED, GK_FINANCE },
        { GK_PROPOSED, DESK }, { GK_REFUSAL_PROPOSED, DESK },
        { GK_LEGAL_CLEARED, GK_LEGAL_REVIEWER }, { GK_LEGAL_RETURNED, GK_LEGAL_REVIEWER },
        { GK_SECRECY_CLEARED, GK_SECRECY_REVIEWER }, { GK_SECRECY_RETURNED, GK_SECRECY_REVIEWER },
        { GK_APPROVED, GK_APPROVER }, { GK_APPROVAL_RETURNED, GK_APPROVER }, { GK_LETTER_VOIDED, GK_APPROVER },
        { GK_SEALED, GK_CLERK | GK_HEAD }, { GK_DISPATCHED, GK_CLERK | GK_HEAD | GK_MAILROOM },
        { GK_HANDED_OVER, GK_CLERK | GK_HEAD | GK_MAILROOM }, { GK_POSTING_FAILED, GK_CLERK | GK_HEAD | GK_MAILROOM },
        { GK_REDISPATCHED, GK_CLERK | GK_HEAD | GK_MAILROOM },
        { GK_MAIL_RETURNED, GK_CLERK | GK_HEAD | GK_MAILROOM }, { GK_SERVED, GK_CLERK | GK_HEAD | GK_MAILROOM },
        { GK_WITHDREW, GK_APPLICANT | GK_CLERK | GK_HEAD }, { GK_DUE_CONFIRMED, GK_HEAD },
        { GK_SPLIT, GK_CLERK | GK_HEAD }, { GK_SPLIT_OFF, GK_CLERK | GK_HEAD }, { GK_PASSED_ON, GK_CLERK },
        { GK_ORG_LOADED, GK_ADMIN }, { GK_CALENDAR_LOADED, GK_ADMIN }, { GK_TIME_CONFIRMED, GK_ADMIN },
        { GK_ACCOUNT_CHANGED, GK_ADMIN | GK_CLOCK },
        { GK_TRAINING_ADVANCED, STAFF | GK_ADMIN }, { GK_CATALOGUE_LOADED, GK_ADMIN | GK_CLERK }, { GK_CATALOGUE_REMOVED, GK_ADMIN | GK_CLERK },
        { GK_ITEMISED, DESK }, { GK_ITEM_DECIDED, DESK }, { GK_RELEASE_HELD_BACK, DESK },
        { GK_CORRECTION_ASKED_LATE, GK_HEAD }, { GK_SUPPLEMENT_RECEIVED, GK_APPLICANT | GK_CLERK | GK_HEAD | GK_MAILROOM },
        { GK_EVIDENCE_REQUESTED, DESK },            /* Art. 41 */
        { GK_VERDICT_GIVEN, GK_SECRECY_REVIEWER }, { GK_SECRECY_REFERRED, GK_SECRECY_REVIEWER },
        /*  The office asks a unit, the unit answers and its head signs (DECISIONS "Handling"). */
        { GK_SUBTASK_SENT, GK_CLERK | GK_HEAD }, { GK_SUBTASK_RECALLED, GK_CLERK | GK_HEAD },
        { GK_SUBTASK_ANSWERED, GK_HANDLER | GK_UNIT_HEAD }, { GK_SUBTASK_RETURNED, GK_HANDLER | GK_UNIT_HEAD },
        { GK_SUBTASK_SIGNED, GK_UNIT_HEAD },
        { GK_PROCEEDING_OPENED, GK_LEGAL_REVIEWER | GK_CLERK | GK_HEAD }, { GK_PROCEEDING_ANSWERED, GK_LEGAL_REVIEWER | GK_HEAD },
        { GK_PROCEEDING_CONCLUDED, GK_LEGAL_REVIEWER | GK_HEAD }, { GK_REDO_ORDERED, GK_LEGAL_REVIEWER | GK_HEAD },
        { GK_ARCHIVED, GK_CLERK | GK_HEAD }, { GK_ARCHIVE_HANDED_OVER, GK_CLERK | GK_HEAD },
        { GK_PUBLICATION_SUGGESTED, GK_APPLICANT | GK_CLERK | GK_HEAD | GK_CLOCK },     /* 条例 44(2): the applicant may */
        { GK_PUBLICATION_DECIDED, GK_UNIT_HEAD | GK_HEAD }, { GK_PUBLICATION_CLEARED, GK_SECRECY_REVIEWER },
        { GK_PUBLICATION_WITHHELD, GK_SECRECY_REVIEWER }, { GK_PUBLISHED, GK_CLERK | GK_HEAD },
        { GK_FIGURES_ENTERED, DESK | GK_LEGAL_REVIEWER | GK_FINANCE }, { GK_YEAR_CLOSED, GK_HEAD },
        { GK_YEAR_REOPENED, GK_HEAD }, { GK_REASON_ACCEPTED, GK_HEAD }, { GK_CONSULTATION_PROLONGED, GK_HEAD },
        { GK_FORWARDED, GK_CLERK | GK_HEAD }, { GK_REPLY_MERGED, GK_CLERK | GK_HEAD }, { GK_HELP_GIVEN, STAFF },
        { GK_DOCUMENT_VIEWED, DESK | GK_LEGAL_REVIEWER | GK_SECRECY_REVIEWER | GK_APPROVER | GK_AUDITOR },      /* not the mailroom, not Finance */
        { GK_NOTICE_DISPATCHED, GK_CLERK | GK_HEAD | GK_MAILROOM }, { GK_SPLIT_TOLD, GK_CLERK | GK_HEAD | GK_MAILROOM },
        { GK_ANSWER_EXTENDED, GK_LEGAL_REVIEWER | GK_HEAD },
        /*  What only the clock may say. */
        { GK_ANSWER_RECOMPUTED, GK_CLOCK }, { GK_CONSULTATION_EXPIRED, GK_CLOCK }, { GK_LAPSE_PROPOSED, GK_CLOCK }, { GK_REMINDER_DUE, GK_CLOCK },
        { GK_INCIDENT_RAISED, GK_CLOCK }, { GK_FINDING_SUPERSEDED, GK_CLOCK }, { GK_JOB_DIED, GK_CLOCK }, { GK_DIGEST_DUE, GK_CLOCK },
        { GK_DUE_RECOMPUTED, GK_CLOCK }, { GK_SUBTASK_DUE, GK_CLOCK }, { GK_PROCEEDING_REMINDED, GK_CLOCK },
        { GK_ARCHIVE_REMINDED, GK_CLOCK }, { GK_PUBLICATION_REMINDED, GK_CLOCK },
        /*  And a worker. */
        { GK_REGISTERED, GK_WORKER }, { GK_CONFIRMATION_AWAITED, GK_WORKER }, { GK_TRIAGED, GK_WORKER },
        { GK_DOCUMENTS_ADMITTED, GK_WORKER }, { GK_SCANNED, GK_WORKER }, { GK_LETTER_RENDERED, GK_WORKER },
        { GK_NOTICE_RENDERED, GK_WORKER }, { GK_NOTIFIED, GK_WORKER },
    };
    ALL_SAID(rows);
    for (size_t i = 0; i < count; i++) {
        assert_true(!(table[i].who & GK_AUDITOR) || table[i].event == GK_DOCUMENT_VIEWED);    /* who audits changes nothing; that it was read is on record */
        for (size_t k = 0; k < ROWS(rows); k++)
            if (rows[k].event == table[i].event && rows[k].who != table[i].who)
                fail_msg("%s: 0x%x may, not 0x%x", name_of(table[i].event), table[i].who, rows[k].who);
    }
}

/*  What an event does to the clock, whatever desk it comes from; a case that came back from a lapse starts anew. */
static void what_the_clock_does(void **state)
{
    (void) state;
    static const struct {
        gk_event_type event;
        gk_clock_op op;
    } rows[] = {
        { GK_RECEIVED, GK_OP_START }, { GK_REGISTERED, GK_OP_START }, { GK_RECEIPT_CONFIRMED, GK_OP_START },
        { GK_CORRECTION_REQUESTED, GK_OP_PAUSE }, { GK_CORRECTION_RECEIVED, GK_OP_RESTART },
        { GK_CONSULTATION_STARTED, GK_OP_EXCLUDE }, { GK_CONSULTATION_ENDED, GK_OP_INCLUDE }, { GK_CONSULTATION_EXPIRED, GK_OP_INCLUDE },
        { GK_EXTENDED, GK_OP_EXTEND }, { GK_FEE_NOTICE_SENT, GK_OP_PAUSE }, { GK_FEE_PAID, GK_OP_RESTART },
        { GK_REASONS_REQUESTED, GK_OP_KEEP }, { GK_REASONS_RECEIVED, GK_OP_KEEP }, { GK_DELAYED, GK_OP_EXTEND },   /* Art. 35 */
        { GK_CORRECTION_ASKED_LATE, GK_OP_KEEP }, { GK_FEE_APPROVED, GK_OP_PAUSE }, { GK_LATENESS_EXCUSED, GK_OP_RESTART }, { GK_HANDED_OVER, GK_OP_STOP },
        { GK_POSTING_FAILED, GK_OP_REOPEN }, { GK_NOTICE_SERVED, GK_OP_KEEP }, { GK_OVERRIDE_SENT, GK_OP_KEEP },
        { GK_OVERRIDE_SERVED, GK_OP_KEEP }, { GK_FEE_PROPOSED, GK_OP_KEEP }, { GK_PAYMENT_RECORDED, GK_OP_KEEP },
        { GK_FEE_REFUNDED, GK_OP_KEEP }, { GK_REDISPATCHED, GK_OP_KEEP },
        { GK_LAPSE_CONFIRMED, GK_OP_STOP }, { GK_DISPATCHED, GK_OP_STOP }, { GK_WITHDREW, GK_OP_STOP },
        { GK_DUE_RECOMPUTED, GK_OP_RECOUNT },
        { GK_TRIAGED, GK_OP_KEEP }, { GK_CONFIRMATION_AWAITED, GK_OP_KEEP }, { GK_SEARCH_RECORDED, GK_OP_KEEP },
        { GK_DOCUMENTS_ATTACHED, GK_OP_KEEP }, { GK_DOCUMENTS_ADMITTED, GK_OP_KEEP }, { GK_DOCUMENT_CLEARED, GK_OP_KEEP },
        { GK_DOCUMENT_DESTROYED, GK_OP_KEEP }, { GK_CONSULTATION_SERVED, GK_OP_KEEP }, { GK_PAYMENT_PROOF_RECEIVED, GK_OP_KEEP },
        { GK_LAPSE_PROPOSED, GK_OP_KEEP }, { GK_LEGAL_CLEARED, GK_OP_KEEP }, { GK_SCANNED, GK_OP_KEEP }, { GK_SECRECY_CLEARED, GK_OP_KEEP },
        { GK_APPROVED, GK_OP_KEEP }, { GK_LETTER_RENDERED, GK_OP_KEEP }, { GK_LETTER_VOIDED, GK_OP_KEEP }, { GK_SEALED, GK_OP_KEEP }, { GK_MAIL_RETURNED, GK_OP_KEEP },
        { GK_SERVED, GK_OP_KEEP }, { GK_NOTICE_RENDERED, GK_OP_KEEP }, { GK_NOTIFIED, GK_OP_KEEP }, { GK_REMINDER_DUE, GK_OP_KEEP },
        { GK_INCIDENT_RAISED, GK_OP_KEEP }, { GK_FINDING_SUPERSEDED, GK_OP_KEEP }, { GK_JOB_DIED, GK_OP_KEEP },
        { GK_DUE_CONFIRMED, GK_OP_KEEP }, { GK_ORG_LOADED, GK_OP_KEEP }, { GK_CALENDAR_LOADED, GK_OP_KEEP },
        { GK_TIME_CONFIRMED, GK_OP_KEEP }, { GK_TRAINING_ADVANCED, GK_OP_KEEP }, { GK_DIGEST_DUE, GK_OP_KEEP },
        { GK_CATALOGUE_LOADED, GK_OP_KEEP }, { GK_FIGURES_ENTERED, GK_OP_KEEP }, { GK_YEAR_CLOSED, GK_OP_KEEP },
        { GK_CATALOGUE_REMOVED, GK_OP_KEEP }, { GK_ACCOUNT_CHANGED, GK_OP_KEEP }, { GK_YEAR_REOPENED, GK_OP_KEEP }, { GK_REASON_ACCEPTED, GK_OP_KEEP },
        { GK_CONSULTATION_PROLONGED, GK_OP_EXCLUDE }, { GK_FORWARDED, GK_OP_KEEP }, { GK_REPLY_MERGED, GK_OP_KEEP },
        { GK_HELP_GIVEN, GK_OP_KEEP }, { GK_DOCUMENT_VIEWED, GK_OP_KEEP }, { GK_NOTICE_DISPATCHED, GK_OP_KEEP }, { GK_SPLIT_TOLD, GK_OP_KEEP },
        { GK_ANSWER_EXTENDED, GK_OP_KEEP }, { GK_ANSWER_RECOMPUTED, GK_OP_KEEP },
        /*  No desk and no draft changes a day (test_pitfalls, 13). */
        { GK_CLAIMED, GK_OP_KEEP }, { GK_RELEASED, GK_OP_KEEP }, { GK_TRANSFERRED, GK_OP_KEEP }, { GK_NOTED, GK_OP_KEEP },
        { GK_PROPOSED, GK_OP_KEEP }, { GK_REFUSAL_PROPOSED, GK_OP_KEEP }, { GK_LEGAL_RETURNED, GK_OP_KEEP },
        { GK_SECRECY_RETURNED, GK_OP_KEEP }, { GK_APPROVAL_RETURNED, GK_OP_KEEP }, { GK_VERDICT_GIVEN, GK_OP_KEEP },
        { GK_ITEMISED, GK_OP_KEEP }, { GK_ITEM_DECIDED, GK_OP_KEEP }, { GK_RELEASE_HELD_BACK, GK_OP_KEEP },
        { GK_SUBTASK_SENT, GK_OP_KEEP }, { GK_SUBTASK_ANSWERED, GK_OP_KEEP }, { GK_SUBTASK_SIGNED, GK_OP_KEEP },
        { GK_SUBTASK_RETURNED, GK_OP_KEEP }, { GK_SUBTASK_RECALLED, GK_OP_KEEP }, { GK_SUBTASK_DUE, GK_OP_KEEP },
        { GK_SUPPLEMENT_RECEIVED, GK_OP_KEEP }, { GK_EVIDENCE_REQUESTED, GK_OP_KEEP },      /* Art. 30 is not theirs */
        { GK_SECRECY_REFERRED, GK_OP_EXCLUDE },     /* 条例 17(3), 33(3): another organ is asked */
        { GK_SPLIT, GK_OP_KEEP }, { GK_SPLIT_OFF, GK_OP_START }, { GK_PASSED_ON, GK_OP_STOP },
        /*  What has terms of its own leaves the reply's alone, but for a ruling that sets one. */
        { GK_PROCEEDING_OPENED, GK_OP_KEEP }, { GK_PROCEEDING_ANSWERED, GK_OP_KEEP }, { GK_PROCEEDING_REMINDED, GK_OP_KEEP },
        { GK_PROCEEDING_CONCLUDED, GK_OP_KEEP }, { GK_REDO_ORDERED, GK_OP_ORDER },
        { GK_ARCHIVED, GK_OP_KEEP }, { GK_ARCHIVE_REMINDED, GK_OP_KEEP }, { GK_ARCHIVE_HANDED_OVER, GK_OP_KEEP },
        { GK_PUBLICATION_SUGGESTED, GK_OP_KEEP }, { GK_PUBLICATION_DECIDED, GK_OP_KEEP }, { GK_PUBLICATION_CLEARED, GK_OP_KEEP },
        { GK_PUBLICATION_WITHHELD, GK_OP_KEEP }, { GK_PUBLISHED, GK_OP_KEEP }, { GK_PUBLICATION_REMINDED, GK_OP_KEEP },
    };
    ALL_SAID(rows);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < ROWS(rows); k++) {
            gk_clock_op want = rows[k].op;
            if (want == GK_OP_RESTART && gk_step_from(&table[i], GK_CLOSED))
                want = GK_OP_REOPEN;
            if (rows[k].event == table[i].event && want != table[i].clock)
                fail_msg("%s: clock %d, not %d", name_of(table[i].event), (int) table[i].clock, (int) want);
        }
}

static bool asks(const gk_step *step, gk_need need)
{
    for (int i = 0; i < GK_STEP_NEEDS && step->needs[i]; i++)
        if (step->needs[i] == need)
            return true;
    return false;
}

/*  These conditions are asked, and no others. */
static void what_is_asked_first(void **state)
{
    (void) state;
    static const struct {
        gk_state from;
        gk_event_type event;
        gk_need needs[GK_STEP_NEEDS];
    } rows[] = {
        { GK_HANDLING, GK_CLAIMED, { GK_NEED_FREE_OR_MINE } }, { GK_HANDLING, GK_RELEASED, { GK_NEED_FREE_OR_MINE } },
        { GK_HANDLING, GK_SEARCH_RECORDED, { GK_NEED_FREE_OR_MINE } }, { GK_HANDLING, GK_DOCUMENTS_ATTACHED, { GK_NEED_FREE_OR_MINE } },
        { GK_SECRECY, GK_DOCUMENT_CLEARED, { GK_NEED_DOCUMENT_REFUSED } }, { GK_CLOSED, GK_DOCUMENT_DESTROYED, { GK_NEED_DOCUMENT_REFUSED } },
        { GK_HANDLING, GK_CORRECTION_REQUESTED, { GK_NEED_FREE_OR_MINE, GK_NEED_CORRECTION_UNUSED } },
        { GK_CORRECTION_LAPSE, GK_LAPSE_CONFIRMED, { GK_NEED_LAPSE_CHECKED } }, { GK_PAYMENT_LAPSE, GK_LAPSE_CONFIRMED, { GK_NEED_LAPSE_CHECKED } },
        { GK_HANDLING, GK_CONSULTATION_STARTED, { GK_NEED_FREE_OR_MINE } },
        { GK_APPROVAL, GK_CONSULTATION_SERVED, { GK_NEED_CONSULTATION_OPEN } }, { GK_HANDLING, GK_CONSULTATION_ENDED, { GK_NEED_CONSULTATION_OPEN } },
        { GK_HANDLING, GK_CONSULTATION_EXPIRED, { GK_NEED_CONSULTATION_OPEN } },
        { GK_PAYMENT, GK_FEE_PAID, { GK_NEED_WITHIN_PAYMENT, GK_NEED_FULL_AMOUNT } },
        { GK_PAYMENT_LAPSE, GK_FEE_PAID, { GK_NEED_WITHIN_PAYMENT, GK_NEED_FULL_AMOUNT } },
        { GK_CLOSED, GK_FEE_PAID, { GK_NEED_WITHIN_PAYMENT, GK_NEED_FULL_AMOUNT } },
        { GK_DELIVERY, GK_CORRECTION_RECEIVED, { GK_NEED_WITHIN_CORRECTION } },
        { GK_HANDLING, GK_PROPOSED, { GK_NEED_FREE_OR_MINE, GK_NEED_OUTCOME_KNOWN, GK_NEED_SEARCHED, GK_NEED_RELEASE_ATTACHED,
                                      GK_NEED_CONSULTATIONS_ENDED } },
        { GK_HANDLING, GK_REFUSAL_PROPOSED, { GK_NEED_FREE_OR_MINE, GK_NEED_OUTCOME_KNOWN, GK_NEED_SEARCHED, GK_NEED_RELEASE_ATTACHED,
                                              GK_NEED_CONSULTATIONS_ENDED } },
        { GK_LEGAL, GK_LEGAL_CLEARED, { GK_NEED_NOT_DRAFTER } }, { GK_LEGAL, GK_LEGAL_RETURNED, { GK_NEED_NOT_DRAFTER } },
        { GK_SECRECY, GK_SECRECY_CLEARED, { GK_NEED_NOT_DRAFTER, GK_NEED_DOCUMENTS_ADMITTED } },
        { GK_SECRECY, GK_SECRECY_RETURNED, { GK_NEED_NOT_DRAFTER } },
        { GK_APPROVAL, GK_APPROVED, { GK_NEED_NOT_DRAFTER, GK_NEED_REVIEWED_UNCHANGED } },
        { GK_APPROVAL, GK_APPROVAL_RETURNED, { GK_NEED_NOT_DRAFTER } },
        { GK_SEALING, GK_SEALED, { GK_NEED_LETTER_MATCHES } }, { GK_PRINTING, GK_LETTER_VOIDED, { GK_NEED_SIGNED } },
        { GK_DISPATCH, GK_DISPATCHED, { GK_NEED_LAWFUL_CARRIER, GK_NEED_ELECTRONIC_CHOSEN } },
        { GK_DISPATCH, GK_HANDED_OVER, { GK_NEED_SIGNED_FOR, GK_NEED_OVERRIDES_WAITED } },
        { GK_DISPATCH, GK_DISPATCHED, { GK_NEED_OVERRIDES_WAITED } }, { GK_DELIVERY, GK_REDISPATCHED, { GK_NEED_LAWFUL_CARRIER, GK_NEED_ELECTRONIC_CHOSEN } },
        { GK_DISPATCH, GK_DISPATCHED, { GK_NEED_UNCHALLENGED } }, { GK_DISPATCH, GK_HANDED_OVER, { GK_NEED_UNCHALLENGED } },
        { GK_APPROVAL, GK_APPROVED, { GK_NEED_NOT_REVIEWER } }, { GK_SEALING, GK_OVERRIDE_SENT, { GK_NEED_OBJECTED } },
        { GK_DISPATCH, GK_OVERRIDE_SERVED, { GK_NEED_OVERRIDE_SENT } }, { GK_HANDLING, GK_FEE_APPROVED, { GK_NEED_CHARGED_BY_ANOTHER } },
        { GK_PAYMENT_LAPSE, GK_LATENESS_EXCUSED, { GK_NEED_LATE_PAYMENT } }, { GK_CLOSED, GK_FEE_REFUNDED, { GK_NEED_REFUNDABLE } },
        { GK_HANDLING, GK_PROPOSED, { GK_NEED_OBJECTION_WEIGHED } }, { GK_HANDLING, GK_REFUSAL_PROPOSED, { GK_NEED_OBJECTION_WEIGHED } },
        { GK_HANDLING, GK_REASONS_REQUESTED, { GK_NEED_REASONS_UNASKED } }, { GK_HANDLING, GK_REASONS_RECEIVED, { GK_NEED_REASONS_ASKED } },
        { GK_HANDLING, GK_SUPPLEMENT_RECEIVED, { GK_NEED_SUPPLEMENT_ASKED } },
        { GK_HANDLING, GK_DELAYED, { GK_NEED_REASONS_GIVEN } },
        { GK_HANDLING, GK_DUE_CONFIRMED, { GK_NEED_DUE_MOVED } }, { GK_DELIVERY, GK_SERVED, { GK_NEED_MAIL_TAKEN } },
        { GK_CORRECTION_LAPSE, GK_REASON_ACCEPTED, { GK_NEED_CORRECTION_RUNS } },
        { GK_APPROVAL, GK_NOTICE_DISPATCHED, { GK_NEED_NOTICE_KNOWN, GK_NEED_LAWFUL_CARRIER } }, { GK_HANDLING, GK_NOTICE_SERVED, { GK_NEED_NOTICE_KNOWN } },
        /*  Items: no answer to one that is not there, none to the whole while one lacks its own (test_pitfalls, 11). */
        { GK_HANDLING, GK_ITEMISED, { GK_NEED_DISCLOSURE, GK_NEED_FREE_OR_MINE } },
        { GK_HANDLING, GK_ITEM_DECIDED, { GK_NEED_FREE_OR_MINE, GK_NEED_ITEM_KNOWN, GK_NEED_OUTCOME_FITS, GK_NEED_OUTCOME_KNOWN, GK_NEED_SEARCHED,
                                          GK_NEED_CONSULTATIONS_ENDED } },
        { GK_HANDLING, GK_PROPOSED, { GK_NEED_ITEMS_DECIDED, GK_NEED_OUTCOME_FITS, GK_NEED_SUBTASKS_ENDED } },
        { GK_HANDLING, GK_REFUSAL_PROPOSED, { GK_NEED_ITEMS_DECIDED, GK_NEED_OUTCOME_FITS, GK_NEED_SUBTASKS_ENDED } },
        { GK_HANDLING, GK_SEARCH_RECORDED, { GK_NEED_ITEM_KNOWN } }, { GK_HANDLING, GK_DOCUMENTS_ATTACHED, { GK_NEED_ITEM_KNOWN } },
        { GK_HANDLING, GK_RELEASE_HELD_BACK, { GK_NEED_FREE_OR_MINE, GK_NEED_PART_KNOWN } },
        { GK_HANDLING, GK_CONSULTATION_STARTED, { GK_NEED_ITEM_KNOWN } },
        /*  Secrecy, part by part (条例 17). */
        { GK_SECRECY, GK_VERDICT_GIVEN, { GK_NEED_NOT_DRAFTER, GK_NEED_PART_KNOWN, GK_NEED_REFERRAL_ANSWERED } },
        { GK_SECRECY, GK_SECRECY_REFERRED, { GK_NEED_NOT_DRAFTER, GK_NEED_PART_KNOWN, GK_NEED_REFERRAL_ANSWERED } },
        { GK_SECRECY, GK_SECRECY_CLEARED, { GK_NEED_VERDICTS_FIT } },
        { GK_HANDLING, GK_SUBTASK_ANSWERED, { GK_NEED_SUBTASK_OURS, GK_NEED_ITEM_KNOWN } },
        { GK_LEGAL, GK_SUBTASK_SIGNED, { GK_NEED_SUBTASK_OURS, GK_NEED_SUBTASK_ANSWERED } },
        { GK_HANDLING, GK_SUBTASK_RETURNED, { GK_NEED_SUBTASK_OURS, GK_NEED_SUBTASK_FRESH } },
        { GK_HANDLING, GK_SUBTASK_RECALLED, { GK_NEED_SUBTASK_OPEN } }, { GK_HANDLING, GK_SUBTASK_DUE, { GK_NEED_SUBTASK_OPEN } },
        /*  A request to correct a record is not corrected, reasoned, extended, charged or split (条例 41). */
        { GK_HANDLING, GK_EVIDENCE_REQUESTED, { GK_NEED_RECORDS, GK_NEED_FREE_OR_MINE } },
        { GK_HANDLING, GK_CORRECTION_REQUESTED, { GK_NEED_DISCLOSURE } },
        { GK_HANDLING, GK_CORRECTION_ASKED_LATE, { GK_NEED_DISCLOSURE, GK_NEED_CORRECTION_USED } },
        { GK_HANDLING, GK_REASONS_REQUESTED, { GK_NEED_DISCLOSURE } }, { GK_HANDLING, GK_REASONS_RECEIVED, { GK_NEED_DISCLOSURE } },
        { GK_HANDLING, GK_DELAYED, { GK_NEED_DISCLOSURE } }, { GK_HANDLING, GK_EXTENDED, { GK_NEED_DISCLOSURE } },
        { GK_HANDLING, GK_FEE_PROPOSED, { GK_NEED_DISCLOSURE, GK_NEED_SPLIT_TOLD } },
        { GK_HANDLING, GK_FEE_NOTICE_SENT, { GK_NEED_DISCLOSURE, GK_NEED_SPLIT_TOLD } },
        { GK_HANDLING, GK_FEE_APPROVED, { GK_NEED_DISCLOSURE } },
        { GK_HANDLING, GK_SPLIT, { GK_NEED_FREE_OR_MINE, GK_NEED_DISCLOSURE, GK_NEED_SPLITTABLE } },
        { GK_HANDLING, GK_PASSED_ON, { GK_NEED_FREE_OR_MINE, GK_NEED_PASSABLE } },
        { GK_HANDLING, GK_PROCEEDING_OPENED, { GK_NEED_CHALLENGEABLE } },
        { GK_CLOSED, GK_PROCEEDING_ANSWERED, { GK_NEED_PROCEEDING_OPEN, GK_NEED_PROCEEDING_UNANSWERED } },
        { GK_CLOSED, GK_PROCEEDING_REMINDED, { GK_NEED_PROCEEDING_OPEN, GK_NEED_PROCEEDING_UNANSWERED } },
        { GK_CLOSED, GK_PROCEEDING_CONCLUDED, { GK_NEED_PROCEEDING_OPEN } }, { GK_CLOSED, GK_REDO_ORDERED, { GK_NEED_PROCEEDING_OPEN } },
        { GK_CLOSED, GK_ARCHIVED, { GK_NEED_SERVICE_PROVEN, GK_NEED_NO_HOLD, GK_NEED_PACKAGE_NEW } },
        { GK_WITHDRAWN, GK_ARCHIVE_HANDED_OVER, { GK_NEED_NO_HOLD, GK_NEED_PACKAGE_CURRENT } },
        { GK_CLOSED, GK_PUBLICATION_SUGGESTED, { GK_NEED_ITEM_GIVEN, GK_NEED_PUBLICATION_FREE } },
        { GK_CLOSED, GK_PUBLICATION_DECIDED, { GK_NEED_PUBLICATION_UNANSWERED } },
        { GK_CLOSED, GK_PUBLICATION_CLEARED, { GK_NEED_PUBLICATION_UNREVIEWED, GK_NEED_NOT_DECIDER } },
        { GK_CLOSED, GK_PUBLICATION_WITHHELD, { GK_NEED_PUBLICATION_UNREVIEWED, GK_NEED_NOT_DECIDER } },
        { GK_CLOSED, GK_PUBLISHED, { GK_NEED_PUBLICATION_REVIEWED } },
        { GK_LEDGER, GK_FIGURES_ENTERED, { GK_NEED_OWN_UNIT, GK_NEED_YEAR_OPEN } },
        { GK_LEDGER, GK_YEAR_CLOSED, { GK_NEED_YEAR_OVER, GK_NEED_REPORT_WHOLE } },
        { GK_LEDGER, GK_YEAR_REOPENED, { GK_NEED_YEAR_CLOSED_LAST } }, { GK_HANDLING, GK_FORWARDED, { GK_NEED_RECORDS } },
        { GK_HANDLING, GK_CONSULTATION_PROLONGED, { GK_NEED_CONSULTATION_OPEN, GK_NEED_PROLONGABLE } },
        { GK_HANDLING, GK_REPLY_MERGED, { GK_NEED_DISCLOSURE, GK_NEED_REPLY_OWED } }, { GK_HANDLING, GK_SPLIT_TOLD, { GK_NEED_SPLIT_UNTOLD } },
        { GK_CLOSED, GK_ANSWER_EXTENDED, { GK_NEED_PROCEEDING_OPEN, GK_NEED_PROCEEDING_UNANSWERED } },
        { GK_CLOSED, GK_ANSWER_RECOMPUTED, { GK_NEED_PROCEEDING_OPEN, GK_NEED_PROCEEDING_UNANSWERED } },
        { GK_HANDLING, GK_PROPOSED, { GK_NEED_REDO_DIFFERS } }, { GK_HANDLING, GK_REFUSAL_PROPOSED, { GK_NEED_REDO_DIFFERS } },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        const gk_step *step = gk_flow_find(rows[i].from, rows[i].event);
        assert_non_null(step);
        for (int n = 0; n < GK_STEP_NEEDS && rows[i].needs[n]; n++)
            if (!asks(step, rows[i].needs[n]))
                fail_msg("%s does not ask %s", name_of(rows[i].event), gk_need_name(rows[i].needs[n]));
    }
    for (size_t i = 0; i < count; i++)
        for (int n = 0; n < GK_STEP_NEEDS && table[i].needs[n]; n++) {
            bool said = false;
            for (size_t k = 0; k < ROWS(rows); k++)
                for (int m = 0; m < GK_STEP_NEEDS && rows[k].event == table[i].event; m++)
                    said |= rows[k].needs[m] == table[i].needs[n];
            if (!said)
                fail_msg("nobody says that %s asks %s", name_of(table[i].event), gk_need_name(table[i].needs[n]));
        }
}

/*  Ways that no story of test_casefile walks, or that a mask could lose. */
static void where_it_leads(void **state)
{
    (void) state;
    static const struct {
        gk_state from;
        gk_event_type event;
        gk_state to;
    } rows[] = {
        { GK_TRIAGE, GK_TRANSFERRED, GK_HANDLING }, { GK_HANDLING, GK_TRANSFERRED, GK_HANDLING },
        { GK_INTAKE, GK_RECEIVED, GK_INTAKE }, { GK_PAYMENT_LAPSE, GK_FEE_PAID, GK_HANDLING },
        { GK_PAYMENT_LAPSE, GK_PAYMENT_PROOF_RECEIVED, GK_SAME }, { GK_CORRECTION_LAPSE, GK_CORRECTION_RECEIVED, GK_HANDLING },
        { GK_PAYMENT_LAPSE, GK_LATENESS_EXCUSED, GK_HANDLING }, { GK_PAYMENT, GK_PAYMENT_RECORDED, GK_SAME },
        { GK_PAYMENT_LAPSE, GK_PAYMENT_RECORDED, GK_SAME }, { GK_CLOSED, GK_PAYMENT_RECORDED, GK_SAME },
        { GK_DELIVERY, GK_POSTING_FAILED, GK_DISPATCH }, { GK_DELIVERY, GK_REDISPATCHED, GK_SAME }, { GK_DISPATCH, GK_HANDED_OVER, GK_CLOSED },
        { GK_PRINTING, GK_LETTER_VOIDED, GK_HANDLING }, { GK_SEALING, GK_LETTER_VOIDED, GK_HANDLING }, { GK_DISPATCH, GK_LETTER_VOIDED, GK_HANDLING },
        { GK_PRINTING, GK_OVERRIDE_SENT, GK_SAME }, { GK_SEALING, GK_OVERRIDE_SENT, GK_SAME }, { GK_DISPATCH, GK_OVERRIDE_SENT, GK_SAME },
        { GK_PRINTING, GK_OVERRIDE_SERVED, GK_SAME }, { GK_SEALING, GK_OVERRIDE_SERVED, GK_SAME }, { GK_DISPATCH, GK_OVERRIDE_SERVED, GK_SAME },
        { GK_CORRECTION, GK_NOTICE_SERVED, GK_SAME }, { GK_PAYMENT, GK_NOTICE_SERVED, GK_SAME }, { GK_DELIVERY, GK_NOTICE_DISPATCHED, GK_SAME }, { GK_CORRECTION_LAPSE, GK_REASON_ACCEPTED, GK_CORRECTION },
        { GK_CORRECTION, GK_REASON_ACCEPTED, GK_CORRECTION }, { GK_HANDLING, GK_FEE_PROPOSED, GK_SAME },
        { GK_LEDGER, GK_CATALOGUE_LOADED, GK_SAME }, { GK_LEDGER, GK_CATALOGUE_REMOVED, GK_SAME }, { GK_LEDGER, GK_ORG_LOADED, GK_SAME }, { GK_LEDGER, GK_ACCOUNT_CHANGED, GK_SAME }, { GK_LEDGER, GK_CALENDAR_LOADED, GK_SAME }, { GK_LEDGER, GK_TIME_CONFIRMED, GK_SAME },
        { GK_LEDGER, GK_TRAINING_ADVANCED, GK_SAME }, { GK_LEDGER, GK_DIGEST_DUE, GK_SAME }, { GK_LEDGER, GK_NOTIFIED, GK_SAME },
        { GK_LEDGER, GK_FINDING_SUPERSEDED, GK_SAME }, { GK_LEDGER, GK_JOB_DIED, GK_SAME },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        const gk_step *step = gk_flow_find(rows[i].from, rows[i].event);
        if (!step || step->to != rows[i].to)
            fail_msg("%s from %s leads elsewhere", name_of(rows[i].event), gk_flow_state(rows[i].from)->name);
    }
    /*  Of the desks: those where people work can be claimed, every one before dispatch can be withdrawn from and takes
     *  a note, an opinion and a reminder. */
    static const gk_state worked[] = { GK_CONFIRMATION, GK_HANDLING, GK_CORRECTION_LAPSE, GK_PAYMENT_LAPSE, GK_LEGAL, GK_SECRECY, GK_APPROVAL,
                                       GK_SEALING, GK_DISPATCH, GK_DELIVERY };
    for (size_t i = 0; i < ROWS(worked); i++)
        assert_true(gk_flow_find(worked[i], GK_CLAIMED) && gk_flow_find(worked[i], GK_RELEASED));
    for (int s = 0; s < GK_LEDGER; s++) {
        gk_state at = (gk_state) s;
        bool sent = gk_flow_state(at)->final || at == GK_DELIVERY;
        assert_int_equal(gk_flow_find(at, GK_WITHDREW) != NULL, !sent);
        assert_true(gk_flow_find(at, GK_NOTED) && gk_flow_find(at, GK_NOTIFIED) && gk_flow_find(at, GK_DOCUMENTS_ADMITTED));
        assert_int_equal(gk_flow_find(at, GK_CONSULTATION_ENDED) != NULL, !gk_flow_state(at)->final);
        assert_int_equal(gk_flow_find(at, GK_REMINDER_DUE) != NULL, !gk_flow_state(at)->final);
        assert_int_equal(gk_flow_find(at, GK_DUE_RECOMPUTED) != NULL, !sent);
    }
    assert_false(gk_flow_state(GK_LEDGER)->final);
    static const gk_state extendable[] = { GK_HANDLING, GK_LEGAL, GK_SCANNING, GK_SECRECY, GK_APPROVAL };
    for (size_t i = 0; i < ROWS(extendable); i++)
        assert_non_null(gk_flow_find(extendable[i], GK_EXTENDED));
}

/*  From exactly these states, and there: what lies beneath a case goes with it to the end and moves it nowhere. */
static void from_where(void **state)
{
    (void) state;
    enum { CASE = (1u << GK_LEDGER) - 1, OVER = 1u << GK_CLOSED | 1u << GK_WITHDRAWN, AT_WORK = 1u << GK_HANDLING,
           CHECKED = AT_WORK | 1u << GK_LEGAL | 1u << GK_SCANNING | 1u << GK_SECRECY | 1u << GK_APPROVAL,
           UNSIGNED = CHECKED | 1u << GK_INTAKE | 1u << GK_CONFIRMATION | 1u << GK_TRIAGE | 1u << GK_CORRECTION | 1u << GK_CORRECTION_LAPSE
               | 1u << GK_PAYMENT | 1u << GK_PAYMENT_LAPSE };
    static const struct {
        gk_event_type event;
        unsigned from;
        gk_state to;
    } rows[] = {
        { GK_ITEMISED, AT_WORK, GK_SAME }, { GK_ITEM_DECIDED, AT_WORK, GK_SAME }, { GK_RELEASE_HELD_BACK, AT_WORK, GK_SAME },
        { GK_SUBTASK_SENT, AT_WORK, GK_SAME }, { GK_SUBTASK_ANSWERED, UNSIGNED, GK_SAME }, { GK_SUBTASK_SIGNED, UNSIGNED, GK_SAME },
        { GK_SUBTASK_RETURNED, UNSIGNED, GK_SAME }, { GK_SUBTASK_RECALLED, UNSIGNED, GK_SAME }, { GK_SUBTASK_DUE, UNSIGNED, GK_SAME },
        { GK_SUPPLEMENT_RECEIVED, CHECKED, GK_SAME }, { GK_CORRECTION_ASKED_LATE, AT_WORK, GK_SAME }, { GK_EVIDENCE_REQUESTED, AT_WORK, GK_SAME },
        { GK_VERDICT_GIVEN, 1u << GK_SECRECY, GK_SAME }, { GK_SECRECY_REFERRED, 1u << GK_SECRECY, GK_SAME },
        { GK_SPLIT, AT_WORK, GK_SAME }, { GK_SPLIT_OFF, 1u << GK_INTAKE, GK_TRIAGE }, { GK_PASSED_ON, AT_WORK, GK_WITHDRAWN },
        { GK_PROCEEDING_OPENED, CASE, GK_SAME }, { GK_PROCEEDING_ANSWERED, CASE, GK_SAME }, { GK_PROCEEDING_REMINDED, CASE, GK_SAME },
        { GK_PROCEEDING_CONCLUDED, CASE, GK_SAME }, { GK_REDO_ORDERED, CASE, GK_HANDLING },
        { GK_ARCHIVED, OVER | 1u << GK_DELIVERY, GK_SAME }, { GK_ARCHIVE_REMINDED, OVER, GK_SAME }, { GK_ARCHIVE_HANDED_OVER, OVER, GK_SAME },
        { GK_PUBLICATION_SUGGESTED, CASE, GK_SAME }, { GK_PUBLICATION_DECIDED, CASE, GK_SAME }, { GK_PUBLICATION_CLEARED, CASE, GK_SAME },
        { GK_PUBLICATION_WITHHELD, CASE, GK_SAME }, { GK_PUBLISHED, CASE, GK_SAME }, { GK_PUBLICATION_REMINDED, CASE, GK_SAME },
        { GK_FIGURES_ENTERED, 1u << GK_LEDGER, GK_SAME }, { GK_YEAR_CLOSED, 1u << GK_LEDGER, GK_SAME },
    };
    for (size_t k = 0; k < ROWS(rows); k++) {
        unsigned from = 0;
        for (size_t i = 0; i < count; i++)
            if (table[i].event == rows[k].event) {
                from |= table[i].from;
                assert_int_equal(table[i].to, rows[k].to);
            }
        if (from != rows[k].from)
            fail_msg("%s from 0x%x, not 0x%x", name_of(rows[k].event), from, rows[k].from);
    }
}

/*  What an act must tell; the others may be left out. */
static void what_must_be_told(void **state)
{
    (void) state;
    static const struct {
        gk_event_type event;
        const char *required;
    } rows[] = {
        { GK_RECEIVED, "form receipt" }, { GK_RECEIPT_CONFIRMED, "confirmed_on call" }, { GK_CLAIMED, "" }, { GK_RELEASED, "reason" },
        { GK_TRANSFERRED, "unit reason" }, { GK_NOTED, "text" }, { GK_SEARCH_RECORDED, "systems keywords units persons period result" },
        { GK_DOCUMENTS_ATTACHED, "documents kind" }, { GK_DOCUMENT_CLEARED, "digest reason" }, { GK_DOCUMENT_DESTROYED, "digest reason" },
        { GK_CORRECTION_REQUESTED, "items" }, { GK_CORRECTION_RECEIVED, "" }, { GK_REASON_ACCEPTED, "until reason" }, { GK_PAYMENT_PROOF_RECEIVED, "" },
        { GK_CONSULTATION_STARTED, "kind third_party information applicant_told" },
        { GK_CONSULTATION_SERVED, "consultation served_on proof" }, { GK_CONSULTATION_ENDED, "consultation answer opinion" },
        { GK_EXTENDED, "days reason" }, { GK_FEE_NOTICE_SENT, "standard count reason" },
        { GK_FEE_PAID, "receipt_number amount_yuan value_date" }, { GK_LAPSE_CONFIRMED, "reason_offered checked" },
        { GK_PROPOSED, "" }, { GK_REFUSAL_PROPOSED, "" },   /* the kind of decision says, or the items */
        { GK_LEGAL_CLEARED, "opinion" }, { GK_LEGAL_RETURNED, "reason" }, { GK_SECRECY_CLEARED, "verdict opinion" },
        { GK_SECRECY_RETURNED, "reason" }, { GK_APPROVED, "" }, { GK_APPROVAL_RETURNED, "reason" }, { GK_LETTER_VOIDED, "reason" }, { GK_SEALED, "pages check_code seal" },
        { GK_DISPATCHED, "method" }, { GK_MAIL_RETURNED, "returned_on fault reason" }, { GK_SERVED, "served_on proof" }, { GK_WITHDREW, "" },
        { GK_REGISTERED, "" }, { GK_DUE_CONFIRMED, "" }, { GK_NOTICE_DISPATCHED, "letter method posted_on" }, { GK_NOTICE_SERVED, "served_on proof" }, { GK_FEE_APPROVED, "" },
        { GK_OVERRIDE_SENT, "consultation content reason" }, { GK_OVERRIDE_SERVED, "consultation served_on proof" },
        { GK_FEE_PROPOSED, "standard count reason" }, { GK_PAYMENT_RECORDED, "receipt_number amount_yuan value_date" },
        { GK_LATENESS_EXCUSED, "reason" }, { GK_FEE_REFUNDED, "receipt_number amount_yuan refund_number refunded_on reason" },
        { GK_CORRECTION_ASKED_LATE, "items reason" }, { GK_REASONS_REQUESTED, "frequency" }, { GK_DELAYED, "until reason" },
        { GK_HANDED_OVER, "method" }, { GK_REDISPATCHED, "method" }, { GK_POSTING_FAILED, "returned_on fault reason" },
        { GK_REASONS_RECEIVED, "" }, { GK_SUPPLEMENT_RECEIVED, "" }, { GK_EVIDENCE_REQUESTED, "items" },
        { GK_ITEMISED, "items" }, { GK_ITEM_DECIDED, "item outcome" }, { GK_RELEASE_HELD_BACK, "digest reason" },
        { GK_SUBTASK_SENT, "unit question" }, { GK_SUBTASK_ANSWERED, "subtask systems keywords persons period result opinion" },
        { GK_SUBTASK_SIGNED, "subtask" }, { GK_SUBTASK_RETURNED, "subtask reason" }, { GK_SUBTASK_RECALLED, "subtask reason" },
        { GK_VERDICT_GIVEN, "basis verdict opinion" }, { GK_SECRECY_REFERRED, "basis third_party information applicant_told" },
        { GK_SPLIT, "parts reason" }, { GK_SPLIT_OFF, "form receipt" }, { GK_PASSED_ON, "to_office consent" },
        { GK_PROCEEDING_OPENED, "kind body number received_on" }, { GK_PROCEEDING_ANSWERED, "proceeding answered_on proof" },
        { GK_PROCEEDING_CONCLUDED, "proceeding concluded_on result" },
        { GK_REDO_ORDERED, "proceeding concluded_on result base_on days ruling" },
        { GK_ARCHIVED, "" }, { GK_ARCHIVE_HANDED_OVER, "handed_on receipt" },
        { GK_PUBLICATION_SUGGESTED, "cause suggested_on" }, { GK_PUBLICATION_DECIDED, "publish reason" },
        { GK_PUBLICATION_CLEARED, "no_applicant_data opinion" }, { GK_PUBLICATION_WITHHELD, "reason" }, { GK_PUBLISHED, "published_on url" },
        { GK_FIGURES_ENTERED, "year unit" }, { GK_YEAR_CLOSED, "year" },
        { GK_YEAR_REOPENED, "year decision reason" }, { GK_CATALOGUE_REMOVED, "reason" }, { GK_FORWARDED, "third_party reason" },
        { GK_CONSULTATION_PROLONGED, "consultation days reason" }, { GK_REPLY_MERGED, "other_case reason" }, { GK_HELP_GIVEN, "help" }, { GK_DOCUMENT_VIEWED, "digest" },
        { GK_SPLIT_TOLD, "told_on method proof" }, { GK_ANSWER_EXTENDED, "proceeding permitted_on until permit reason" },
        /*  A worker's or the clock's finding is checked where it is made. */
        { GK_ANSWER_RECOMPUTED, "" },
        { GK_CONFIRMATION_AWAITED, "" }, { GK_TRIAGED, "" }, { GK_DOCUMENTS_ADMITTED, "" }, { GK_SUBTASK_DUE, "" }, { GK_CONSULTATION_EXPIRED, "" },
        { GK_LAPSE_PROPOSED, "" }, { GK_SCANNED, "" }, { GK_LETTER_RENDERED, "" }, { GK_PROCEEDING_REMINDED, "" }, { GK_ARCHIVE_REMINDED, "" },
        { GK_PUBLICATION_REMINDED, "" }, { GK_NOTICE_RENDERED, "" }, { GK_NOTIFIED, "" }, { GK_REMINDER_DUE, "" }, { GK_INCIDENT_RAISED, "" },
        { GK_FINDING_SUPERSEDED, "" }, { GK_JOB_DIED, "" }, { GK_DUE_RECOMPUTED, "" }, { GK_ORG_LOADED, "" }, { GK_CALENDAR_LOADED, "" },
        { GK_TIME_CONFIRMED, "" }, { GK_ACCOUNT_CHANGED, "" }, { GK_TRAINING_ADVANCED, "" }, { GK_DIGEST_DUE, "" }, { GK_CATALOGUE_LOADED, "" },
    };
    ALL_SAID(rows);
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_text_auto told = { 0 };
        gk_text_puts(&told, "");
        for (const gk_field *field = gk_flow_event(rows[i].event)->fields; field->name; field++)
            if (field->required)
                gk_text_printf(&told, "%s%s", told.len ? " " : "", field->name);
        if (strcmp(told.data, rows[i].required) != 0)
            fail_msg("%s must tell \"%s\", not \"%s\"", name_of(rows[i].event), rows[i].required, told.data);
    }
}

/*  These letters and messages follow, and no others. */
static void which_letters_follow(void **state)
{
    (void) state;
    static const struct {
        gk_event_type event;
        const char *letter, *second, *message;
    } rows[] = {
        { GK_REGISTERED, "registration", "registration_form", "registered" },
        { GK_RECEIPT_CONFIRMED, "registration", "registration_form", "registered" },
        { GK_APPROVED, "review_form", "", "" }, { GK_SEALED, "delivery_receipt", "", "" }, { GK_SUBTASK_SENT, "assist_letter", "", "" },
        { GK_FORWARDED, "forwarding_letter", "", "" },
        { GK_CORRECTION_REQUESTED, "correction_notice", "", "correction" }, { GK_CORRECTION_ASKED_LATE, "late_correction_notice", "", "supplement" },
        { GK_EVIDENCE_REQUESTED, "evidence_notice", "", "evidence" }, { GK_REASONS_REQUESTED, "reasons_notice", "", "reasons" },
        { GK_DELAYED, "delay_notice", "", "delay" }, { GK_EXTENDED, "extension_notice", "", "extension" },
        /*  To whom is asked, and to the applicant: two letters, neither of which names the other. */
        { GK_CONSULTATION_STARTED, "consultation_letter", "consultation_notice", "consultation" },
        { GK_SECRECY_REFERRED, "consultation_letter", "consultation_notice", "consultation" },
        { GK_FEE_NOTICE_SENT, "fee_notice", "", "fee" }, { GK_FEE_APPROVED, "fee_notice", "", "fee" },
        { GK_OVERRIDE_SENT, "override_notice", "", "" }, { GK_WITHDREW, "withdrawal_notice", "", "" },
        { GK_DISPATCHED, "", "", "reply" }, { GK_HANDED_OVER, "", "", "reply" },
        { GK_SPLIT, "split_notice", "", "split" }, { GK_SPLIT_OFF, "split_notice", "registration_form", "split" },
        { GK_PASSED_ON, "passing_notice", "", "passed_on" },
    };
    for (int type = 0; type < GK_EVENT_TYPES; type++) {
        const gk_event_info *info = gk_flow_event((gk_event_type) type);
        const char *letter = "", *second = "", *message = "";
        for (size_t i = 0; i < ROWS(rows); i++)
            if (rows[i].event == (gk_event_type) type)
                letter = rows[i].letter, second = rows[i].second, message = rows[i].message;
        assert_string_equal(info->letters[0] ? info->letters[0] : "", letter);
        assert_string_equal(info->letters[1] ? info->letters[1] : "", second);
        assert_null(info->letters[2]);
        assert_string_equal(info->message ? info->message : "", message);
    }
}

/*  Every name has its bounds: none is read past the end of its table. */
static void names_have_bounds(void **state)
{
    (void) state;
    assert_ptr_equal(gk_flow_state(GK_STATES), gk_flow_state(GK_LEDGER));
    assert_ptr_equal(gk_flow_event(GK_EVENT_TYPES), gk_flow_event(GK_NOTED));
    assert_string_equal(gk_role_name((gk_role) 0), "?");
    assert_string_equal(gk_role_zh((gk_role) 0), "?");
    assert_string_equal(gk_role_zh((gk_role) (1u << GK_ROLE_BITS)), "?");
    assert_string_equal(gk_role_zh(GK_CLOCK), "时钟");
    assert_string_equal(gk_role_zh(GK_MAILROOM), "收发室");
    assert_string_equal(gk_need_name(GK_NEEDS), "?");
    assert_string_equal(gk_need_text(GK_NEEDS), "?");
    assert_string_equal(gk_need_text(GK_NEED_NONE), "");
    for (int n = 1; n < GK_NEEDS; n++)
        assert_true(strlen(gk_need_text((gk_need) n)) > 1);
    assert_null(gk_need_zh("NONE: x"));
    assert_null(gk_need_zh(":"));
    gk_state at;
    assert_true(gk_flow_state_parse("intake", &at) && at == GK_INTAKE);
    gk_event_type event;
    assert_true(gk_flow_event_parse("received", &event) && event == GK_RECEIVED);
    assert_false(gk_flow_event_parse("unheard_of", &event));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_may),
        cmocka_unit_test(what_the_clock_does),
        cmocka_unit_test(what_is_asked_first),
        cmocka_unit_test(where_it_leads),
        cmocka_unit_test(from_where),
        cmocka_unit_test(what_must_be_told),
        cmocka_unit_test(which_letters_follow),
        cmocka_unit_test(names_have_bounds),
    };
    return cmocka_run_group_tests(tests, load, NULL);
}
