/*  gk_codes - the short codes of the protocol in words. */
#include "clients/gongkai/codes.h"
#include "core/flow.h"
#include "core/letters.h"

#include <stddef.h>
#include <string.h>

static const struct row {
    const char *key, *code, *zh, *en;
} table[] = {
    { "channel", "portal",        "门户网站",   "portal" },
    { "channel", "in_person",     "当面提交",   "in person" },
    { "channel", "post_signed",   "签收邮件",   "post, signed for" },
    { "channel", "post_ordinary", "平常信函",   "ordinary post" },
    { "channel", "fax",           "传真",       "fax" },
    { "channel", "email",         "电子邮件",   "e-mail" },
    { "channel", "oral",          "口头申请",   "word of mouth" },
    { "channel", "post",          "邮寄",       "post" },
    { "channel", "pickup",        "当面领取",   "picked up" },

    { "medium", "paper",          "纸质",       "paper" },
    { "medium", "electronic",     "电子",       "electronic" },
    { "medium", "copy",           "复制件",     "copy" },
    { "medium", "inspect",        "查阅",       "inspection" },

    { "status", "quarantine",     "待检查",     "in quarantine" },
    { "status", "admitted",       "已通过",     "admitted" },
    { "status", "refused",        "未通过",     "refused" },
    { "status", "destroyed",      "已销毁",     "destroyed" },

    { "scan", "read",             "已读",       "read" },
    { "scan", "unread",           "未能读取，须人工查看", "not readable: read it yourself" },

    { "verdict", "public",        "公开",       "public" },
    { "verdict", "partial",       "部分公开",   "partial" },
    { "verdict", "withheld",      "不予公开",   "withheld" },
    { "verdict", "referred",      "报请确定",   "referred" },

    { "status", "asked",          "待协办",     "asked" },
    { "status", "answered",       "待签署",     "answered, to be signed" },
    { "status", "signed",         "已签署",     "signed" },
    { "status", "returned",       "已退回",     "returned" },
    { "status", "recalled",       "已撤回",     "recalled" },

    { "disguise", "petition",        "信访",       "a petition" },
    { "disguise", "complaint",       "投诉举报",   "a complaint" },
    { "disguise", "consultation",    "咨询",       "a consultation" },
    { "kind", "attachment",       "附件",       "attachment" },
    { "kind", "release",          "拟公开",     "to be released" },
    { "kind", "evidence",         "证据材料",   "evidence" },
    { "kind", "sealed",           "用印件扫描", "scan of the sealed letter" },
    { "kind", "letter",           "函件",       "letter" },

    { "kind", "state_secret_mark",            "国家秘密标志",         "state secret mark" },
    { "kind", "misused_star",                 "★使用不当",            "star without a level" },
    { "kind", "work_secret_or_internal_mark", "工作秘密或内部标志",   "work secret or internal mark" },
    { "kind", "id_card_18",                   "居民身份证号",         "citizen ID" },
    { "kind", "id_card_15",                   "旧居民身份证号",       "citizen ID, 15 digits" },
    { "kind", "mobile",                       "手机号",               "mobile number" },
    { "kind", "landline",                     "固定电话",             "landline number" },
    { "kind", "bank_card",                    "银行卡号",             "bank card" },
    { "kind", "email",                        "电子邮箱",             "e-mail address" },
    { "kind", "licence_plate",                "车牌号",               "licence plate" },
    { "kind", "passport",                     "护照号",               "passport" },
    { "kind", "hk_macao_permit",              "港澳通行证号",         "HK/Macao permit" },
    { "kind", "taiwan_permit",                "台胞证号",             "Taiwan permit" },
    { "kind", "uscc",                         "统一社会信用代码",     "unified social credit code" },
    { "kind", "home_address",                 "住址",                 "home address" },
    { "kind", "medical",                      "医疗信息",             "medical" },
    { "kind", "sensitive_personal_context",   "敏感个人信息",         "sensitive personal context" },
    { "kind", "business_secret_hint",         "可能涉及商业秘密",     "perhaps a business secret" },
    { "kind", "law_enforcement_or_process",   "执法或过程性信息",     "law enforcement or process" },

    { "capacity", "authorised",       "委托代理人", "authorised agent" },
    { "capacity", "guardian",         "监护人",     "guardian" },
    { "identity", "proof_odd",        "居民身份证号码校验不符", "the identity number does not check" },
    { "identity", "kind_odd",         "申请人类别与身份证明的种类不一致", "kind of applicant and kind of proof do not go together" },
    { "identity", "without_guardian", "申请人未满十八周岁，没有监护人", "not eighteen yet, and no guardian acts" },

    { "flags", "incomplete",        "申请要素不全", "incomplete" },
    { "flags", "disguise",          "疑似信访、投诉或咨询", "perhaps a petition, complaint or consultation" },
    { "flags", "duplicate",         "完全相同的申请", "exact duplicate" },
    { "flags", "repeat",            "疑似重复申请", "perhaps repeated" },
    { "flags", "late_registration", "登记迟延",     "registered late" },
    { "flags", "late_reply",        "逾期答复",     "answered late" },
    { "flags", "extended",          "已延期",       "extended" },
    { "flags", "classified",        "附件涉密",     "classified attachment" },
    { "flags", "mail_returned",     "邮件退回",     "mail returned" },
    { "flags", "reopened",          "恢复办理",     "reopened" },
    { "flags", "late_correction",   "逾期或者再次告知补正", "corrected late or twice" },
    { "flags", "late_confirmation", "确认收到迟延",  "receipt confirmed late" },
    { "flags", "delayed",           "延迟答复",     "reply delayed (Art. 35)" },
    { "flags", "told_late",         "逾期告知申请人", "applicant told too late" },
    { "flags", "redone",            "经裁决重新办理", "done again after a ruling" },

    { "kind", "proceeding",         "复议诉讼材料", "papers of a proceeding" },
    { "kind", "reconsideration",    "行政复议",     "reconsideration" },
    { "kind", "lawsuit",            "直接起诉",     "lawsuit" },
    { "kind", "lawsuit_after",      "复议后起诉",   "lawsuit after reconsideration" },
    { "result", "found",            "检索到",       "found" },
    { "result", "partly",           "部分检索到",   "partly found" },
    { "result", "none",             "未检索到",     "nothing found" },
    { "method", "post",             "邮寄",         "post" },
    { "method", "in_person",        "当面送达",     "handed over" },
    { "method", "telephone",        "电话告知",     "by telephone" },
    { "method", "electronic",       "电子送达",     "electronic" },
    { "answer", "agree",            "同意公开",     "agrees" },
    { "answer", "disagree",         "不同意公开",   "disagrees" },
    { "answer", "partly",           "部分同意",     "agrees in part" },
    { "publish", "yes",             "公开",         "yes" },
    { "publish", "no",              "不公开",       "no" },
    { "cause", "suggestion",        "申请人建议",   "the applicant's suggestion" },
    { "cause", "same_item",         "他人亦获同一信息", "given to another as well" },

    { "task", "subtask",            "协办事项",     "sub-task" },
    { "task", "proceeding",         "书面答复复议、诉讼", "written answer in a proceeding" },
    { "task", "publication",        "主动公开",     "publication" },
    { "task", "archive",            "归档移交",     "hand-over to the archive" },
    { "task", "figures",            "填报年报数据", "figures of the report" },
    { "task", "report",             "编制年度报告", "the annual report" },

    { "stage", "asked",             "待决定",       "to be decided" },
    { "stage", "agreed",            "待保密审查",   "to be reviewed" },
    { "stage", "reviewed",          "待公开",       "to be published" },
    { "stage", "published",         "已公开",       "published" },
    { "stage", "declined",          "不公开",       "not published" },
    { "result", "upheld",           "维持",         "upheld" },
    { "result", "corrected",        "纠正",         "corrected" },
    { "result", "other",            "其他",         "other" },
};

const char *gk_codes_word(bool zh, const char *key, const char *code)
{
    gk_state state;
    gk_event_type event;
    if ((strcmp(key, "state") == 0 || strcmp(key, "desk") == 0) && gk_flow_state_parse(code, &state))
        return zh ? gk_flow_state(state)->zh : gk_flow_state(state)->en;
    if (strcmp(key, "event") == 0 && gk_flow_event_parse(code, &event))
        return zh ? gk_flow_event(event)->zh : gk_flow_event(event)->en;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].key, key) == 0 && strcmp(table[i].code, code) == 0)
            return zh ? table[i].zh : table[i].en;
    const gk_letter_info *letter = strcmp(key, "kind") == 0 || strcmp(key, "letter") == 0 ? gk_letter_find(code) : NULL;
    return !letter ? code : zh ? letter->zh : letter->en;
}
