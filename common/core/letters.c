/*  gk_letters - the kinds of letter, as a table. */
#include "core/letters.h"

#include <string.h>

static const gk_letter_info letters[] = {
    { "registration",           "登记回执",       "receipt", false },
    { "correction_notice",      "补正告知书",     "correction notice", false },
    { "late_correction_notice", "补充说明函",     "request for an explanation", false },
    { "evidence_notice",        "补充材料告知书", "request for evidence", false },
    { "reasons_notice",         "说明理由告知书", "request for reasons", false },
    { "delay_notice",           "延迟答复告知书", "notice of a delayed reply", false },
    { "split_notice",           "分别办理告知书", "notice of a split", false },
    { "passing_notice",         "改由有关机关登记告知书", "notice that another office registers it", false },
    { "extension_notice",       "延期答复告知书", "extension notice", false },
    { "fee_notice",             "收费通知书",     "fee notice", false },
    { "consultation_letter",    "征求意见书",     "letter to who is asked", true },
    { "consultation_notice",    "征求意见告知书", "notice of consultation", false },
    { "override_notice",        "告知书（第三方）", "notice to the third party", true },
    { "withdrawal_notice",      "撤回告知书",     "confirmation of withdrawal", false },
    { "reply",                  "答复书",         "reply", false },
};

const gk_letter_info *gk_letters(size_t *count)
{
    *count = sizeof letters / sizeof *letters;
    return letters;
}

const gk_letter_info *gk_letter_find(const char *kind)
{
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (strcmp(letters[i].kind, kind) == 0)
            return &letters[i];
    return NULL;
}
