/*  gk_shown - what an applicant is shown, as a table. */
#include "core/shown.h"
#include "core/letters.h"
#include "base/mem.h"

#include <string.h>

static const gk_audience audiences[GK_EVENT_TYPES] = {
    [GK_RECEIVED] = GK_SHOWN_ALWAYS,
    [GK_REGISTERED] = GK_SHOWN_ALWAYS,
    [GK_CONFIRMATION_AWAITED] = GK_SHOWN_ALWAYS,
    [GK_RECEIPT_CONFIRMED] = GK_SHOWN_ALWAYS,
    [GK_TRIAGED] = GK_SHOWN_ALWAYS,
    [GK_TRANSFERRED] = GK_SHOWN_ALWAYS,
    [GK_CORRECTION_REQUESTED] = GK_SHOWN_ALWAYS,
    [GK_CORRECTION_RECEIVED] = GK_SHOWN_ALWAYS,
    [GK_CORRECTION_ASKED_LATE] = GK_SHOWN_ALWAYS,
    [GK_SUPPLEMENT_RECEIVED] = GK_SHOWN_ALWAYS,
    [GK_EVIDENCE_REQUESTED] = GK_SHOWN_ALWAYS,
    [GK_REASONS_REQUESTED] = GK_SHOWN_ALWAYS,
    [GK_REASONS_RECEIVED] = GK_SHOWN_ALWAYS,
    [GK_DELAYED] = GK_SHOWN_ALWAYS,
    [GK_NOTICE_DISPATCHED] = GK_SHOWN_ALWAYS,
    [GK_NOTICE_SERVED] = GK_SHOWN_ALWAYS,
    [GK_REASON_ACCEPTED] = GK_SHOWN_ALWAYS,
    [GK_CONSULTATION_STARTED] = GK_SHOWN_IF_TOLD,
    [GK_CONSULTATION_ENDED] = GK_SHOWN_IF_TOLD,
    [GK_CONSULTATION_EXPIRED] = GK_SHOWN_IF_TOLD,
    [GK_CONSULTATION_PROLONGED] = GK_SHOWN_IF_TOLD,
    [GK_SECRECY_REFERRED] = GK_SHOWN_IF_TOLD,
    [GK_EXTENDED] = GK_SHOWN_ALWAYS,
    [GK_FEE_NOTICE_SENT] = GK_SHOWN_ALWAYS,
    [GK_FEE_APPROVED] = GK_SHOWN_ALWAYS,
    [GK_PAYMENT_PROOF_RECEIVED] = GK_SHOWN_ALWAYS,
    [GK_PAYMENT_RECORDED] = GK_SHOWN_ALWAYS,
    [GK_FEE_PAID] = GK_SHOWN_ALWAYS,
    [GK_LATENESS_EXCUSED] = GK_SHOWN_ALWAYS,
    [GK_FEE_REFUNDED] = GK_SHOWN_ALWAYS,
    [GK_LAPSE_CONFIRMED] = GK_SHOWN_ALWAYS,
    [GK_DISPATCHED] = GK_SHOWN_ALWAYS,
    [GK_HANDED_OVER] = GK_SHOWN_ALWAYS,
    [GK_MAIL_RETURNED] = GK_SHOWN_ALWAYS,
    [GK_POSTING_FAILED] = GK_SHOWN_ALWAYS,
    [GK_REDISPATCHED] = GK_SHOWN_ALWAYS,
    [GK_SERVED] = GK_SHOWN_ALWAYS,
    [GK_WITHDREW] = GK_SHOWN_ALWAYS,
    [GK_REDO_ORDERED] = GK_SHOWN_ALWAYS,
    [GK_PUBLICATION_SUGGESTED] = GK_SHOWN_IF_HIS,
    [GK_PUBLISHED] = GK_SHOWN_ALWAYS,
    [GK_DUE_RECOMPUTED] = GK_SHOWN_ALWAYS,
    [GK_SPLIT] = GK_SHOWN_ALWAYS,
    [GK_SPLIT_TOLD] = GK_SHOWN_ALWAYS,
    [GK_SPLIT_OFF] = GK_SHOWN_ALWAYS,
    [GK_PASSED_ON] = GK_SHOWN_ALWAYS,
    [GK_HELP_GIVEN] = GK_SHOWN_ALWAYS,
};

gk_audience gk_shown_to(gk_event_type event)
{
    return (unsigned) event < GK_EVENT_TYPES ? audiences[event] : GK_SHOWN_NEVER;
}

static bool was_told(const gk_case *file, const char *consultation)
{
    const gk_consultation *one = gk_case_consultation(file, consultation);
    return one && one->told;
}

bool gk_shown_event(const gk_case *file, const gk_event *event)
{
    switch (gk_shown_to(event->type)) {
    case GK_SHOWN_ALWAYS:
        return true;
    case GK_SHOWN_IF_TOLD:
        return was_told(file, gk_json_text(event->data, "consultation"));
    case GK_SHOWN_IF_HIS:
        return strcmp(gk_json_text(event->data, "cause"), "suggestion") == 0;
    case GK_SHOWN_NEVER:
        break;
    }
    return false;
}

bool gk_shown_letter(const gk_case *file, const gk_case_letter *letter)
{
    const gk_letter_info *info = gk_letter_find(letter->kind);
    bool sent = strcmp(letter->kind, "reply") != 0 || letter->seq < file->dispatched_seq;
    return info && info->reader == GK_READER_APPLICANT && !letter->voided && sent;
}

bool gk_shown_document(const gk_case_document *document)
{
    return document->given_seq != 0 && document->status == GK_ADMITTED;
}

gk_state gk_shown_state(gk_state state)
{
    return state == GK_LEGAL ? GK_HANDLING : state;
}

gk_clock *gk_shown_clock(const gk_case *file, const gk_law *law)
{
    gk_auto(gk_case) shown = gk_case_copy(file);
    int kept = 0;
    for (int i = 0; i < shown->clock_count; i++) {
        const gk_clock_event *event = &shown->clock_events[i];
        if (!*event->id || was_told(file, event->id))
            shown->clock_events[kept++] = *event;
    }
    shown->clock_count = kept;
    return gk_case_clock(shown, law);
}
