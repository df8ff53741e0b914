/*  gk_archive - the package of a closed case, read off its file. */
#include "core/archive.h"
#include "base/hash.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MONTH = 20 };    /* working days, about */

static const struct { const char *name, *zh; } parts[GK_PARTS] = {
    { "letter", "答复书及告知书" }, { "application", "申请材料" }, { "review", "审查呈批" }, { "consultation", "征求意见" },
    { "search", "检索记录" }, { "delivery", "送达" }, { "other", "其他" },
};

const char *gk_archive_part_name(gk_archive_part part)
{
    return (unsigned) part < GK_PARTS ? parts[part].name : "";
}

const char *gk_archive_part_zh(gk_archive_part part)
{
    return (unsigned) part < GK_PARTS ? parts[part].zh : "";
}

gk_archive_part gk_archive_part_of(gk_event_type event)
{
    switch (event) {
    case GK_LETTER_RENDERED: case GK_NOTICE_RENDERED:
        return GK_PART_LETTER;
    case GK_RECEIVED: case GK_REGISTERED: case GK_RECEIPT_CONFIRMED: case GK_CORRECTION_RECEIVED: case GK_WITHDREW:
        return GK_PART_APPLICATION;
    case GK_PROPOSED: case GK_REFUSAL_PROPOSED: case GK_LEGAL_CLEARED: case GK_LEGAL_RETURNED: case GK_SECRECY_CLEARED:
    case GK_SECRECY_RETURNED: case GK_VERDICT_GIVEN: case GK_SECRECY_REFERRED: case GK_APPROVED: case GK_APPROVAL_RETURNED:
    case GK_LETTER_VOIDED:
        return GK_PART_REVIEW;
    case GK_CONSULTATION_STARTED: case GK_CONSULTATION_SERVED: case GK_CONSULTATION_ENDED: case GK_CONSULTATION_EXPIRED:
    case GK_OVERRIDE_SENT: case GK_OVERRIDE_SERVED:
        return GK_PART_CONSULTATION;
    case GK_SEARCH_RECORDED: case GK_DOCUMENTS_ATTACHED: case GK_SUBTASK_ANSWERED: case GK_SUBTASK_SIGNED:
        return GK_PART_SEARCH;
    case GK_SEALED: case GK_DISPATCHED: case GK_MAIL_RETURNED: case GK_SERVED: case GK_NOTICE_DISPATCHED: case GK_NOTICE_SERVED: case GK_LAPSE_CONFIRMED:
    case GK_HANDED_OVER: case GK_REDISPATCHED: case GK_POSTING_FAILED:
        return GK_PART_DELIVERY;
    case GK_CLAIMED: case GK_RELEASED:
    case GK_ARCHIVED: case GK_ARCHIVE_HANDED_OVER:      /* it does not list itself */
        return GK_PARTS;
    case GK_PAYMENT_PROOF_RECEIVED:
        return GK_PART_OTHER;
    default:        /* whatever else a person did */
        return gk_flow_event(event)->action ? GK_PART_OTHER : GK_PARTS;
    }
}

/*  The files that came with an event, or the one that it made. */
static json_t *digests_of(const gk_case *file, int seq)
{
    json_t *list = json_array();
    for (int i = 0; i < file->letter_count; i++)
        if (file->letters[i].seq == seq)
            json_array_append_new(list, json_string(file->letters[i].digest));
    for (int i = 0; i < file->document_count; i++)
        if (file->documents[i].seq == seq)
            json_array_append_new(list, json_string(file->documents[i].digest));
    return list;
}

json_t *gk_archive_package(const gk_case *file)
{
    json_t *package = json_array();
    for (int part = 0; part < GK_PARTS; part++)
        for (int i = 0; i < file->paper_count; i++) {
            const gk_paper *paper = &file->papers[i];
            char hex[GK_HASH_HEX];
            if ((int) gk_archive_part_of(paper->event) != part)
                continue;
            json_array_append_new(package, json_pack("{s:I, s:s, s:s, s:i, s:o, s:s, s:o}", "no", (json_int_t) json_array_size(package) + 1,
                                                     "part", parts[part].name, "event", gk_flow_event(paper->event)->name, "seq",
                                                     paper->seq, "on", gk_json_from_date(paper->on), "hash",
                                                     gk_hash_hex(&paper->hash, hex), "digests", digests_of(file, paper->seq)));
        }
    return package;
}

gk_hash gk_archive_manifest(const json_t *package)
{
    gk_free_auto char *text = gk_json_print(package);
    return gk_hash_of(text, strlen(text));
}

static gk_date last_of_month(int year, int month)
{
    char text[40];
    gk_date first = GK_NO_DATE;
    int len = snprintf(text, sizeof text, "%04d-%02d-01", month == 12 ? year + 1 : year, month % 12 + 1);
    return gk_date_parse(text, (size_t) len, &first) ? GK_NO_DATE : gk_date_plus(first, -1);
}

gk_date gk_archive_due(const gk_case *file, const gk_rules *rules)
{
    if (gk_date_is_none(file->ended_on))
        return GK_NO_DATE;
    int year;
    gk_date_split(file->ended_on, &year, NULL, NULL);
    return last_of_month(year + 1, rules->handover_month);
}

gk_date gk_archive_keep_until(const gk_case *file, const gk_rules *rules)
{
    if (gk_date_is_none(file->ended_on))
        return GK_NO_DATE;
    int year;
    gk_date_split(file->ended_on, &year, NULL, NULL);
    return last_of_month(year + rules->retention_years, 12);
}

bool gk_archive_remind(const gk_rules *rules, int left)
{
    (void) rules;
    return left <= MONTH && left % MONTH == 0;
}
