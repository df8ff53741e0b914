/*  gk_archive - the package of a closed case, read off its file. */
#include "core/letters.h"
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

/*  Where papers belong; what is not here and a person did is another paper, for nothing is left out by not being thought of. */
static const struct { gk_event_type event; gk_archive_part part; } places[] = {
    { GK_LETTER_RENDERED,       GK_PART_LETTER },
    { GK_NOTICE_RENDERED,       GK_PART_LETTER },           /* of a kind that nobody knows; else its row says (core/letters) */
    { GK_RECEIVED,              GK_PART_APPLICATION },
    { GK_REGISTERED,            GK_PART_APPLICATION },
    { GK_RECEIPT_CONFIRMED,     GK_PART_APPLICATION },
    { GK_SPLIT,                 GK_PART_APPLICATION },
    { GK_SPLIT_OFF,             GK_PART_APPLICATION },      /* a part's form, with what was attached to the whole */
    { GK_CORRECTION_RECEIVED,   GK_PART_APPLICATION },
    { GK_SUPPLEMENT_RECEIVED,   GK_PART_APPLICATION },
    { GK_REASONS_RECEIVED,      GK_PART_APPLICATION },
    { GK_WITHDREW,              GK_PART_APPLICATION },
    { GK_PASSED_ON,             GK_PART_APPLICATION },      /* a withdrawal, by consent */
    { GK_ITEM_DECIDED,          GK_PART_REVIEW },
    { GK_PROPOSED,              GK_PART_REVIEW },
    { GK_REFUSAL_PROPOSED,      GK_PART_REVIEW },
    { GK_LEGAL_CLEARED,         GK_PART_REVIEW },
    { GK_LEGAL_RETURNED,        GK_PART_REVIEW },
    { GK_VERDICT_GIVEN,         GK_PART_REVIEW },
    { GK_SECRECY_REFERRED,      GK_PART_REVIEW },
    { GK_SECRECY_CLEARED,       GK_PART_REVIEW },
    { GK_SECRECY_RETURNED,      GK_PART_REVIEW },
    { GK_APPROVED,              GK_PART_REVIEW },
    { GK_APPROVAL_RETURNED,     GK_PART_REVIEW },
    { GK_LETTER_VOIDED,         GK_PART_REVIEW },
    { GK_CONSULTATION_STARTED,  GK_PART_CONSULTATION },
    { GK_CONSULTATION_SERVED,   GK_PART_CONSULTATION },
    { GK_CONSULTATION_ENDED,    GK_PART_CONSULTATION },
    { GK_CONSULTATION_EXPIRED,  GK_PART_CONSULTATION },
    { GK_CONSULTATION_PROLONGED, GK_PART_CONSULTATION },
    { GK_OVERRIDE_SENT,         GK_PART_CONSULTATION },
    { GK_OVERRIDE_SERVED,       GK_PART_CONSULTATION },
    { GK_SEARCH_RECORDED,       GK_PART_SEARCH },
    { GK_DOCUMENTS_ATTACHED,    GK_PART_SEARCH },
    { GK_SUBTASK_SENT,          GK_PART_SEARCH },
    { GK_SUBTASK_ANSWERED,      GK_PART_SEARCH },
    { GK_SUBTASK_SIGNED,        GK_PART_SEARCH },
    { GK_SEALED,                GK_PART_DELIVERY },
    { GK_DISPATCHED,            GK_PART_DELIVERY },
    { GK_HANDED_OVER,           GK_PART_DELIVERY },
    { GK_MAIL_RETURNED,         GK_PART_DELIVERY },
    { GK_POSTING_FAILED,        GK_PART_DELIVERY },
    { GK_REDISPATCHED,          GK_PART_DELIVERY },
    { GK_SERVED,                GK_PART_DELIVERY },
    { GK_NOTICE_DISPATCHED,     GK_PART_DELIVERY },
    { GK_NOTICE_SERVED,         GK_PART_DELIVERY },
    { GK_LAPSE_CONFIRMED,       GK_PART_DELIVERY },
    { GK_SPLIT_TOLD,            GK_PART_DELIVERY },
    { GK_PAYMENT_PROOF_RECEIVED, GK_PART_OTHER },
    { GK_CLAIMED,               GK_PARTS },
    { GK_RELEASED,              GK_PARTS },
    { GK_ARCHIVED,              GK_PARTS },                 /* it does not list itself */
    { GK_ARCHIVE_HANDED_OVER,   GK_PARTS },
};

gk_archive_part gk_archive_part_of(gk_event_type event, const char *letter)
{
    bool renders = event == GK_LETTER_RENDERED || event == GK_NOTICE_RENDERED;
    const gk_letter_info *made = renders ? gk_letter_find(letter) : NULL;
    if (made)
        return made->part;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (places[i].event == event)
            return places[i].part;
    return gk_flow_event(event)->action ? GK_PART_OTHER : GK_PARTS;
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
            if ((int) gk_archive_part_of(paper->event, paper->letter) != part)
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
