/*  gk_letters - the kinds of letter and paper. */
#include "core/letters.h"

#include <string.h>

static const gk_letter_info letters[] = {
    { "registration", "登记回执", "receipt", .records = "registration_records", .part = GK_PART_LETTER },
    { "correction_notice", "补正告知书", "correction notice", .part = GK_PART_LETTER },
    { "late_correction_notice", "补充说明函", "request for an explanation", .part = GK_PART_LETTER },
    { "evidence_notice", "补充材料告知书", "request for evidence", .records_only = true, .part = GK_PART_LETTER },
    { "reasons_notice", "说明理由告知书", "request for reasons", .part = GK_PART_LETTER },
    { "delay_notice", "延迟答复告知书", "notice of a delayed reply", .part = GK_PART_LETTER },
    { "split_notice", "分别办理告知书", "notice of a split", .part = GK_PART_LETTER },
    { "passing_notice", "改由有关机关登记告知书", "notice that another office registers it", .part = GK_PART_LETTER },
    { "extension_notice", "延期答复告知书", "extension notice", .part = GK_PART_LETTER },
    { "fee_notice", "收费通知书", "fee notice", .part = GK_PART_LETTER },
    { "withdrawal_notice", "撤回告知书", "confirmation of withdrawal", .part = GK_PART_LETTER },
    { "reply", "答复书", "reply", .self = "本答复", .by_outcome = true, .numbered = true, .part = GK_PART_LETTER },
    { "consultation_notice", "征求意见告知书", "notice of consultation", .records = "consultation_notice_records",
      .part = GK_PART_CONSULTATION },
    { "consultation_letter", "征求意见书", "letter to who is consulted", .reader = GK_READER_OUTSIDE, .anonymous = true,
      .records = "consultation_letter_records", .part = GK_PART_CONSULTATION },
    { "override_notice", "告知书（第三方）", "notice to the third party", .reader = GK_READER_OUTSIDE, .anonymous = true,
      .self = "本告知书", .part = GK_PART_CONSULTATION },
    /*  It passes the application itself on, so it names who applied (Art. 41). */
    { "forwarding_letter", "转送函", "forwarding letter", .reader = GK_READER_OUTSIDE, .records_only = true, .part = GK_PART_LETTER },
    { "assist_letter", "协办函", "letter to a unit that assists", .reader = GK_READER_OFFICE, .anonymous = true,
      .part = GK_PART_SEARCH },
    { "registration_form", "登记表", "registration form", .reader = GK_READER_OFFICE, .form = true, .part = GK_PART_APPLICATION },
    { "review_form", "审查呈批单", "review and approval form", .reader = GK_READER_OFFICE, .whole_file = true, .form = true,
      .part = GK_PART_REVIEW },
    { "delivery_receipt", "送达回证", "delivery receipt", .reader = GK_READER_OFFICE, .on_paper = true, .form = true, .numbered = true,
      .part = GK_PART_DELIVERY },
};

const gk_letter_info *gk_letter_find(const char *name)
{
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (strcmp(letters[i].name, name) == 0)
            return &letters[i];
    return NULL;
}

const gk_letter_info *gk_letter_at(size_t index)
{
    return index < sizeof letters / sizeof *letters ? &letters[index] : NULL;
}
