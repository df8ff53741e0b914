/*  gk_flow - the procedure as tables. */
#include "core/flow.h"
#include "base/text.h"

#include <string.h>

#define ART(n) "条例第" n "条"
#define F109 "国办函〔2020〕109号第六条"
#define HOLIDAYS "国务院办公厅节假日安排通知"
#define REVIEWED ART("十七") "；保守国家秘密法实施条例第四十二条"
#define CONSULTED ART("十一") "、第三十二条、第三十四条"
#define ANSWER_ART "行政复议法第四十八条、第五十四条；行政诉讼法第六十七条"

/*  ---- states -------------------------------------------------------------- */

static const gk_state_info states[GK_STATES] = {
    [GK_INTAKE] = { "intake", "收件", "intake", "intake", "check", false,
                    "正在登记", "it is being registered" },
    [GK_CONFIRMATION] = { "confirmation", "待确认", "awaiting confirmation", NULL, NULL, false,
                          "工作人员将与您确认收到申请，自双方确认之日起计算期限",
                          "the office will confirm receipt with you; the days count from then" },
    [GK_TRIAGE] = { "triage", "分办", "triage", "review", "triage", false,
                    "正在分送承办部门", "it is being passed to the unit that handles it" },
    [GK_HANDLING] = { "handling", "承办", "being handled", NULL, NULL, false,
                      "承办部门正在检索、审核有关信息", "the unit searches and examines the information" },
    [GK_CORRECTION] = { "correction", "待补正", "awaiting your correction", NULL, NULL, false,
                        "请您按补正告知书补正申请；无正当理由逾期不补正的，视为放弃申请",
                        "please correct the application as the notice asks; without it and without good reason"
                        " it counts as given up" },
    [GK_CORRECTION_LAPSE] = { "correction_lapse", "逾期未补正", "correction overdue", NULL, NULL, false,
                              "补正期限已过，工作人员正在核实；已经寄出补正材料的，请与本机关联系",
                              "the period has passed; the office is checking; tell it if you posted the correction" },
    [GK_PAYMENT] = { "payment", "待缴费", "awaiting your payment", NULL, NULL, false,
                     "请您按收费通知书缴费；逾期未缴纳的，视为放弃申请",
                     "please pay as the notice says; without payment the application lapses" },
    [GK_PAYMENT_LAPSE] = { "payment_lapse", "逾期未缴费", "payment overdue", NULL, NULL, false,
                           "缴费期限已过，工作人员正在核实；已经缴费的，请提交缴费凭证", "the period has passed; the office is checking" },
    [GK_LEGAL] = { "legal", "法制审核", "legal review", NULL, NULL, false,
                   "正在进行法制审核", "a legal reviewer reads the draft" },
    [GK_SCANNING] = { "scanning", "保密机检", "confidentiality scan", "confidentiality", "review", false,
                      "正在进行保密审查", "the confidentiality review is under way" },
    [GK_SECRECY] = { "secrecy", "保密审查", "confidentiality review", NULL, NULL, false,
                     "正在进行保密审查", "the confidentiality review is under way" },
    [GK_APPROVAL] = { "approval", "审签", "approval", NULL, NULL, false,
                      "正在审签", "the reply is being approved" },
    [GK_PRINTING] = { "printing", "制文", "making the letter", "reply", "letter reply", false,
                      "正在制作答复书", "the letter is being made" },
    [GK_SEALING] = { "sealing", "用印", "sealing", NULL, NULL, false,
                     "正在用印", "the letter is being sealed" },
    [GK_DISPATCH] = { "dispatch", "待发出", "to be dispatched", NULL, NULL, false,
                      "答复书即将发出", "the reply is about to be sent" },
    [GK_DELIVERY] = { "delivery", "已发出待送达", "dispatched", NULL, NULL, false,
                      "答复书已发出", "the reply was sent" },
    [GK_CLOSED] = { "closed", "已办结", "closed", NULL, NULL, true,
                    "已办结；对答复不服的，可按答复书载明的途径和期限申请行政复议或者提起行政诉讼",
                    "closed; the letter says how and until when you may seek review" },
    [GK_WITHDRAWN] = { "withdrawn", "已撤回", "withdrawn", NULL, NULL, true,
                       "申请已撤回", "the application was withdrawn" },
    [GK_LEDGER] = { "ledger", "台账", "office ledger", NULL, NULL, false, "", "" },
};

/*  ---- events and their fields --------------------------------------------- */

#define FIELDS(name, ...) static const gk_field name[GK_FIELDS] = { __VA_ARGS__, { 0 } }
#define REASON(zh) { "reason", GK_FIELD_TEXT, true, zh, "reason", NULL }

static const gk_field no_fields[1];
FIELDS(facts_fields, { "facts", GK_FIELD_FACTS, false, "事实", "facts", NULL });
FIELDS(received_fields,
    { "form", GK_FIELD_PERSON, true, "申请表", "application form", NULL },
    { "receipt", GK_FIELD_PERSON, true, "收件情况", "how it came in", NULL },
    { "documents", GK_FIELD_DOCUMENTS, false, "附件", "attachments", NULL });
FIELDS(confirm_fields,
    { "confirmed_on", GK_FIELD_DATE, true, "双方确认之日", "day both sides confirmed", NULL },
    { "call", GK_FIELD_TEXT, true, "确认记录（何时、与何人）", "record of the call: when, with whom", NULL });
FIELDS(reason_fields, REASON("理由"));
FIELDS(transfer_fields,
    { "unit", GK_FIELD_LINE, true, "接收部门", "receiving unit", NULL }, REASON("理由"));
FIELDS(note_fields, { "text", GK_FIELD_TEXT, true, "记事", "note", NULL });
FIELDS(search_fields,
    { "systems", GK_FIELD_TEXT, true, "检索的系统、载体", "systems searched", NULL },
    { "keywords", GK_FIELD_TEXT, true, "检索词", "keywords", NULL },
    { "units", GK_FIELD_LINE, true, "检索的部门", "units asked", NULL },
    { "persons", GK_FIELD_TEXT, true, "检索人员", "persons who searched", NULL },
    { "period", GK_FIELD_LINE, true, "检索时间", "when", NULL },
    { "result", GK_FIELD_CHOICE, true, "检索结果", "result", "found|partly|none" },
    { "item", GK_FIELD_INT, false, "第几项（不填为全案）", "for which item (left out: the whole case)", NULL });
FIELDS(attach_fields,
    { "documents", GK_FIELD_DOCUMENTS, true, "文件", "documents", NULL },
    { "kind", GK_FIELD_CHOICE, true, "用途", "what for", "release|evidence" },
    { "derived_from", GK_FIELD_LINE, false, "由哪份文件摘编（摘要值）", "made from this document (digest)", NULL },
    { "item", GK_FIELD_INT, false, "第几项（不填为全案）", "for which item (left out: the whole case)", NULL });
FIELDS(document_fields,
    { "digest", GK_FIELD_LINE, true, "文件摘要值", "digest of the document", NULL }, REASON("理由"));
FIELDS(viewed_fields, { "digest", GK_FIELD_LINE, true, "文件摘要值", "digest of the document", NULL });
FIELDS(request_correction_fields,
    { "items", GK_FIELD_TEXT, true, "需要补正的事项，每行一项", "what to correct, one a line", NULL });
FIELDS(correction_fields,
    { "text", GK_FIELD_TEXT, false, "内容（或者以附件代替）", "what is handed in, unless it is attached", NULL },
    { "documents", GK_FIELD_DOCUMENTS, false, "附件", "attachments", NULL });
FIELDS(forward_fields,
    { "third_party", GK_FIELD_PERSON, true, "有权更正的机关（名称、地址）", "agency that may correct it: name and address", NULL },
    REASON("转送理由"));
FIELDS(correction_received_fields,
    { "text", GK_FIELD_TEXT, false, "内容（或者以附件代替）", "what is handed in, unless it is attached", NULL },
    { "documents", GK_FIELD_DOCUMENTS, false, "附件", "attachments", NULL },
    { "posted_on", GK_FIELD_UNTIL, false, "寄出之日（邮戳；收到之日用 --on）", "postmark, when it was posted (--on is the day it came)", NULL },
    { "refused_by_us", GK_FIELD_BOOL, false, "本机关曾拒收（--on 为拒收之日）", "this office refused the parcel (on the day of --on)", NULL });
FIELDS(accept_reason_fields,
    { "until", GK_FIELD_UNTIL, true, "补正期限延至", "day to which the period goes on", NULL }, REASON("申请人的正当理由"));
FIELDS(late_correction_fields,
    { "items", GK_FIELD_TEXT, true, "需要补充说明的事项，每行一项", "what to explain, one a line", NULL }, REASON("负责人说明的理由"));
FIELDS(reasons_fields,
    { "frequency", GK_FIELD_TEXT, true, "申请数量、频次情况", "number and frequency of the applications", NULL });
FIELDS(delay_fields,
    { "until", GK_FIELD_UNTIL, true, "延迟答复的期限", "day to which the reply is delayed", NULL }, REASON("延迟理由"));
FIELDS(consult_fields,
    { "kind", GK_FIELD_CHOICE, true, "征求对象", "who is asked", "third_party|co_producer|other_agency" },
    { "third_party", GK_FIELD_PERSON, true, "被征求意见方（姓名、地址）", "name and address", NULL },
    { "information", GK_FIELD_TEXT, true, "征求意见的信息", "the information in question", NULL },
    { "applicant_told", GK_FIELD_BOOL, true, "已告知申请人", "the applicant is told", NULL },
    { "item", GK_FIELD_INT, false, "涉及第几项（不填为全案）", "item that it is about (left out: the whole case)", NULL });
FIELDS(consultation_served_fields,
    { "consultation", GK_FIELD_LINE, true, "征求意见编号", "consultation", NULL },
    { "served_on", GK_FIELD_DATE, true, "送达日期", "served on", NULL },
    { "proof", GK_FIELD_LINE, true, "送达凭证", "proof", NULL });
FIELDS(consultation_ended_fields,
    { "consultation", GK_FIELD_LINE, true, "征求意见编号", "consultation", NULL },
    { "answer", GK_FIELD_CHOICE, true, "答复", "answer", "agree|disagree|partly|undeliverable" },
    { "opinion", GK_FIELD_TEXT, true, "意见内容", "what was said", NULL });
FIELDS(prolong_fields,
    { "consultation", GK_FIELD_LINE, true, "征求意见编号", "consultation", NULL },
    { "days", GK_FIELD_INT, true, "自送达（未送达的，自发出）之日起共多少个工作日", "working days in all, from service or else dispatch", NULL },
    REASON("延长的理由"));
FIELDS(override_fields,
    { "consultation", GK_FIELD_LINE, true, "征求意见编号", "consultation", NULL },
    { "content", GK_FIELD_TEXT, true, "决定公开的政府信息内容", "what is going to be disclosed", NULL }, REASON("理由"));
FIELDS(extend_fields,
    { "days", GK_FIELD_INT, true, "延长的工作日（1—20）", "working days, 1 to 20", NULL }, REASON("延期理由"));
FIELDS(charge_fields,
    { "standard", GK_FIELD_CHOICE, true, "计费标准", "standard", "items|pages" },
    { "count", GK_FIELD_INT, true, "件数或页数", "items or pages", NULL }, REASON("收费理由"));
FIELDS(payment_fields,
    { "receipt_number", GK_FIELD_LINE, true, "财政票据号", "fiscal receipt number", NULL },
    { "amount_yuan", GK_FIELD_INT, true, "金额（元）", "amount in yuan", NULL },
    { "value_date", GK_FIELD_DATE, true, "缴费日期", "day it was paid", NULL });
FIELDS(refund_fields,
    { "receipt_number", GK_FIELD_LINE, true, "所退款项的财政票据号", "fiscal receipt of the payment that is given back", NULL },
    { "amount_yuan", GK_FIELD_INT, true, "退付金额（元）", "amount given back, yuan", NULL },
    { "refund_number", GK_FIELD_LINE, true, "退付凭证号", "number of the refund", NULL },
    { "refunded_on", GK_FIELD_DATE, true, "退付日期", "day it was given back", NULL }, REASON("退付原因"));
FIELDS(lapse_fields,
    { "reason_offered", GK_FIELD_CHOICE, true, "申请人是否说明理由", "reason offered by the applicant", "none|rejected" },
    { "checked", GK_FIELD_BOOL, true, "已核对收发室或财务", "mailroom or Finance checked", NULL });
/*  What a decision states, on the whole case or on one of its items. */
#define DECISION(typed) \
    { "outcome", GK_FIELD_LINE, typed, "处理决定种类", "kind of decision", NULL }, \
    { "reason", GK_FIELD_TEXT, false, "理由", "reason", NULL }, \
    { "public_url", GK_FIELD_LINE, false, "公开网址", "where it is public (URL)", NULL }, \
    { "public_where", GK_FIELD_TEXT, false, "公开渠道", "where it is public", NULL }, \
    { "inspect_where", GK_FIELD_TEXT, false, "现场查阅的地点（不另附文件时）", "where it may be read and copied, instead of a file", NULL }, \
    { "inspect_when", GK_FIELD_TEXT, false, "现场查阅的时间", "and when", NULL }, \
    { "ground", GK_FIELD_LINE, false, "不予公开部分的依据（D1—D8）", "grounds of the refused part, as codes D1 to D8", NULL }, \
    { "law", GK_FIELD_LINE, false, "禁止公开的法律、行政法规条款", "law or administrative regulation that forbids it", NULL }, \
    { "refused_part", GK_FIELD_TEXT, false, "不予公开的部分", "what is withheld", NULL }, \
    { "mark_level", GK_FIELD_LINE, false, "密级", "classification level", NULL }, \
    { "mark_term", GK_FIELD_LINE, false, "保密期限", "classification term", NULL }, \
    { "own_assessment", GK_FIELD_TEXT, false, "本机关的判断", "the office's own assessment", NULL }, \
    { "third_party_answer", GK_FIELD_TEXT, false, "第三方意见", "the third party's answer", NULL }, \
    { "spares", GK_FIELD_LINE, false, "为哪些第三方的权益不予公开（征求意见编号，如 c7）", "withheld for the sake of these consultations, as c7", NULL }, \
    { "procedure_finished", GK_FIELD_TEXT, false, "程序是否已终结", "is the procedure finished", NULL }, \
    { "severability", GK_FIELD_TEXT, false, "能否区分处理", "can it be severed", NULL }, \
    { "agency_name", GK_FIELD_LINE, false, "负责公开的机关", "agency that holds it", NULL }, \
    { "agency_contact", GK_FIELD_TEXT, false, "该机关的联系方式", "its contact", NULL }, \
    { "agency_unknown", GK_FIELD_BOOL, false, "不能确定负责公开的机关", "it cannot be told which agency holds it", NULL }, \
    { "previous_case", GK_FIELD_LINE, false, "此前的登记编号", "earlier case", NULL }, \
    { "other_channel", GK_FIELD_TEXT, false, "其他办理渠道", "other channel", NULL }, \
    { "help_where", GK_FIELD_TEXT, false, "获取途径", "where to get it", NULL }, \
    { "frequency", GK_FIELD_TEXT, false, "申请数量、频次情况", "number and frequency of the applications", NULL }, \
    { "corrected_to", GK_FIELD_TEXT, false, "更正后的内容", "what the record says now", NULL }, \
    { "corrected_on", GK_FIELD_UNTIL, false, "更正日期", "day it was corrected", NULL }, \
    { "forwarded_on", GK_FIELD_UNTIL, false, "转送日期", "day it was forwarded", NULL }
FIELDS(propose_fields, DECISION(false),
    { "redo_ground", GK_FIELD_TEXT, false, "重新作出的决定与原决定相同的：新的事实、理由，或者原决定仅因违反法定程序被撤销",
      "if a decision made again is the same: the new facts or grounds, or that it was set aside for its procedure alone", NULL });
FIELDS(item_fields,
    { "item", GK_FIELD_INT, true, "第几项", "number of the item", NULL },
    DECISION(true));
#undef DECISION
FIELDS(itemise_fields, { "items", GK_FIELD_TEXT, true, "申请的各项内容，每行一项", "what was asked, one item a line", NULL });
#define SUBTASK { "subtask", GK_FIELD_LINE, true, "协办编号", "sub-task", NULL }
FIELDS(assign_fields,
    { "unit", GK_FIELD_LINE, true, "协办部门", "unit that is asked", NULL },
    { "question", GK_FIELD_TEXT, true, "协办事项", "what it is asked", NULL },
    { "days", GK_FIELD_INT, false, "内部期限（工作日，不填为规定天数）", "internal term in working days (left out: the rule's)", NULL });
FIELDS(answer_fields, SUBTASK,
    { "systems", GK_FIELD_TEXT, true, "检索的系统、载体", "systems searched", NULL },
    { "keywords", GK_FIELD_TEXT, true, "检索词", "keywords", NULL },
    { "persons", GK_FIELD_TEXT, true, "检索人员", "persons who searched", NULL },
    { "period", GK_FIELD_LINE, true, "检索时间", "when", NULL },
    { "result", GK_FIELD_CHOICE, true, "检索结果", "result", "found|partly|none" },
    { "opinion", GK_FIELD_TEXT, true, "协办意见", "the unit's opinion", NULL },
    { "documents", GK_FIELD_DOCUMENTS, false, "文件", "documents", NULL },
    { "kind", GK_FIELD_CHOICE, false, "文件用途（不填为证据材料）", "what the documents are for (left out: evidence)", "release|evidence" },
    { "derived_from", GK_FIELD_LINE, false, "由哪份文件摘编（摘要值）", "made from this document (digest)", NULL },
    { "item", GK_FIELD_INT, false, "文件属于第几项", "item that the documents belong to", NULL });
FIELDS(subtask_fields, SUBTASK);
FIELDS(subtask_reason_fields, SUBTASK, REASON("理由"));
#undef SUBTASK
FIELDS(opinion_fields, { "opinion", GK_FIELD_TEXT, true, "意见", "opinion", NULL });
FIELDS(secrecy_fields,
    { "verdict", GK_FIELD_CHOICE, true, "审查结论", "verdict", "public|partial|withheld" },
    { "opinion", GK_FIELD_TEXT, true, "审查意见", "opinion", NULL });
#define PART \
    { "digest", GK_FIELD_LINE, false, "文件摘要值（与 item 填其一）", "digest of the document (or item)", NULL }, \
    { "item", GK_FIELD_INT, false, "第几项（与 digest 填其一）", "item (or digest)", NULL }, \
    { "basis", GK_FIELD_LINE, true, "审查依据", "legal basis", NULL }
FIELDS(verdict_fields, PART,
    { "verdict", GK_FIELD_CHOICE, true, "审查结论", "verdict", "public|partial|withheld" },
    { "opinion", GK_FIELD_TEXT, true, "审查意见", "opinion", NULL });
FIELDS(refer_fields, PART,
    { "third_party", GK_FIELD_PERSON, true, "主管部门或者保密行政管理部门（名称、地址）", "department or secrecy administration that decides", NULL },
    { "information", GK_FIELD_TEXT, true, "报请确定的信息和问题", "the information and the question", NULL },
    { "applicant_told", GK_FIELD_BOOL, true, "已告知申请人", "the applicant is told", NULL });
#undef PART
FIELDS(seal_fields,
    { "pages", GK_FIELD_INT, true, "页数", "pages", NULL },
    { "check_code", GK_FIELD_LINE, true, "校验码", "check code", NULL },
    { "seal", GK_FIELD_LINE, true, "印章名称", "seal", NULL },
    { "documents", GK_FIELD_DOCUMENTS, false, "用印件扫描", "scan of the sealed letter", NULL });
#define SENDING \
    { "method", GK_FIELD_CHOICE, true, "送达方式", "method", "post|in_person|electronic" }, \
    { "carrier", GK_FIELD_LINE, false, "邮政企业", "postal enterprise", NULL }, \
    { "tracking", GK_FIELD_LINE, false, "邮件号", "tracking number", NULL }, \
    { "proof", GK_FIELD_LINE, false, "送达回证（当面送达）", "signed receipt, when handed over", NULL }
FIELDS(dispatch_fields, SENDING,
    { "reason", GK_FIELD_TEXT, false, "第三方复议、诉讼期间仍予提供的理由（仅限公开办负责人）",
      "why it goes out although a third party challenges it (the head's to give)", NULL });
FIELDS(redispatch_fields, SENDING);
#undef SENDING
FIELDS(returned_fields,
    { "returned_on", GK_FIELD_DATE, true, "退回日期", "returned on", NULL },
    { "fault", GK_FIELD_CHOICE, true, "退回责任", "whose fault: the address he gave, or ours", "applicant|office" }, REASON("退回原因"));
FIELDS(served_fields,
    { "served_on", GK_FIELD_DATE, true, "送达日期", "served on", NULL },
    { "proof", GK_FIELD_LINE, true, "送达凭证", "proof", NULL });
#define NOTICES "correction_notice|late_correction_notice|evidence_notice|reasons_notice|delay_notice|consultation_notice|extension_notice|fee_notice"
FIELDS(notice_dispatched_fields,
    { "letter", GK_FIELD_CHOICE, true, "文书", "which notice", NOTICES },
    { "method", GK_FIELD_CHOICE, true, "送达方式", "method", "post|in_person" },
    { "posted_on", GK_FIELD_DATE, true, "交邮或者当面交付之日", "day it was posted or handed over", NULL },
    { "carrier", GK_FIELD_LINE, false, "邮政企业", "postal enterprise", NULL },
    { "tracking", GK_FIELD_LINE, false, "邮件号", "tracking number", NULL },
    { "proof", GK_FIELD_LINE, false, "送达回证（当面送达）", "signed receipt, when handed over", NULL });
FIELDS(notice_served_fields,
    { "served_on", GK_FIELD_DATE, true, "送达日期", "served on", NULL },
    { "proof", GK_FIELD_LINE, true, "送达凭证", "proof", NULL },
    { "letter", GK_FIELD_CHOICE, false, "文书（途中只有一种的可不填）", "which notice (left out: the only kind on the way)", NOTICES });
FIELDS(figures_fields,
    { "year", GK_FIELD_INT, true, "年度", "year", NULL },
    { "unit", GK_FIELD_LINE, true, "部门", "unit", NULL },
    { "rules_made", GK_FIELD_INT, false, "规章：本年制发件数", "rules made", NULL },
    { "rules_repealed", GK_FIELD_INT, false, "规章：本年废止件数", "rules repealed", NULL },
    { "rules_valid", GK_FIELD_INT, false, "规章：现行有效件数", "rules in force", NULL },
    { "documents_made", GK_FIELD_INT, false, "行政规范性文件：本年制发件数", "normative documents made", NULL },
    { "documents_repealed", GK_FIELD_INT, false, "行政规范性文件：本年废止件数", "normative documents repealed", NULL },
    { "documents_valid", GK_FIELD_INT, false, "行政规范性文件：现行有效件数", "normative documents in force", NULL },
    { "licences", GK_FIELD_INT, false, "行政许可：本年处理决定数量", "licence decisions", NULL },
    { "penalties", GK_FIELD_INT, false, "行政处罚：本年处理决定数量", "penalty decisions", NULL },
    { "coercions", GK_FIELD_INT, false, "行政强制：本年处理决定数量", "coercion decisions", NULL },
    { "fees_yuan", GK_FIELD_INT, false, "行政事业性收费：本年收费金额（元）", "administrative fees in yuan", NULL },
    { "overview", GK_FIELD_TEXT, false, "第一部分：总体情况", "text of part 1", NULL },
    { "problems", GK_FIELD_TEXT, false, "第五部分：存在的主要问题及改进情况", "text of part 5", NULL },
    { "other", GK_FIELD_TEXT, false, "第六部分：其他需要报告的事项", "text of part 6", NULL });
FIELDS(close_fields,
    { "year", GK_FIELD_INT, true, "年度", "year", NULL },
    { "reason", GK_FIELD_TEXT, false, "勾稽关系不符或者有部门未填报而关账的理由", "why it is closed with what is violated or missing", NULL });
FIELDS(reopen_fields,
    { "year", GK_FIELD_INT, true, "年度", "year", NULL },
    { "decision", GK_FIELD_LINE, true, "决定文号", "number of the decision", NULL }, REASON("重新打开的理由"));
FIELDS(split_fields,
    { "parts", GK_FIELD_TEXT, true, "拆分后的各件，每行一件；第一件留在本案", "the parts, one a line; the first stays in this case", NULL },
    REASON("拆分理由"));
FIELDS(split_told_fields,
    { "told_on", GK_FIELD_DATE, true, "告知日期", "told on", NULL },
    { "method", GK_FIELD_CHOICE, true, "告知方式", "how", "post|in_person|telephone" },
    { "proof", GK_FIELD_LINE, true, "邮件号、送达回证或者通话记录编号", "tracking number, signed receipt or record of the call", NULL });
FIELDS(pass_fields,
    { "to_office", GK_FIELD_LINE, true, "改由登记的机关（代码）", "office that registers it (code)", NULL },
    { "consent", GK_FIELD_TEXT, true, "申请人同意的时间、方式", "when and how the applicant agreed", NULL });
FIELDS(help_fields,
    { "need", GK_FIELD_TEXT, false, "申请人的困难和需要（申请表未写的）", "what is needed, if the form does not say it", NULL },
    { "help", GK_FIELD_TEXT, true, "提供的帮助", "help that was given", NULL });
FIELDS(merge_fields,
    { "other_case", GK_FIELD_LINE, true, "合并答复的另一件的登记编号（同一申请人）", "the other case, of the same applicant", NULL }, REASON("合并答复的理由"));
FIELDS(withdraw_fields, { "reason", GK_FIELD_TEXT, false, "理由", "reason", NULL });
#define PROCEEDING { "proceeding", GK_FIELD_LINE, true, "复议、诉讼编号（见 gongkai show）", "proceeding, see gongkai show", NULL }
FIELDS(proceeding_opened_fields,
    { "kind", GK_FIELD_CHOICE, true, "种类：复议、直接起诉、复议后起诉", "reconsideration, or lawsuit without or after one",
      "reconsideration|lawsuit|lawsuit_after" },
    { "body", GK_FIELD_LINE, true, "复议机关或者法院", "reconsideration body or court", NULL },
    { "number", GK_FIELD_LINE, true, "对方案号", "its number", NULL },
    { "received_on", GK_FIELD_DATE, true, "收到副本之日", "day the copy was received", NULL },
    { "simple", GK_FIELD_BOOL, false, "复议适用简易程序", "reconsideration by the simple procedure", NULL },
    { "consultation", GK_FIELD_LINE, false, "第三方对决定公开不服的，其征求意见编号", "a third party's against the disclosure: its consultation", NULL },
    { "documents", GK_FIELD_DOCUMENTS, false, "申请书或者起诉状副本", "the copy of the application or complaint", NULL });
FIELDS(answer_extended_fields, PROCEEDING,
    { "permitted_on", GK_FIELD_DATE, true, "收到人民法院准许之日", "day the court's permission came", NULL },
    { "until", GK_FIELD_UNTIL, true, "准许延期至", "day to which it is extended", NULL },
    { "permit", GK_FIELD_LINE, true, "准许延期的文书号或者凭证", "number or proof of the permission", NULL }, REASON("正当事由"));
FIELDS(proceeding_answered_fields, PROCEEDING,
    { "answered_on", GK_FIELD_DATE, true, "提交书面答复之日", "day the written answer was handed in", NULL },
    { "proof", GK_FIELD_LINE, true, "提交凭证", "proof of it", NULL },
    { "documents", GK_FIELD_DOCUMENTS, false, "书面答复、证据目录", "the answer, the list of evidence", NULL });
FIELDS(proceeding_concluded_fields, PROCEEDING,
    { "concluded_on", GK_FIELD_DATE, true, "收到生效决定、裁判之日", "day the final ruling was received", NULL },
    { "result", GK_FIELD_CHOICE, true, "结果：维持、纠正、其他", "result", "upheld|corrected|other" },
    { "ruling", GK_FIELD_LINE, false, "决定书、裁判文书文号", "number of the ruling", NULL },
    { "opinion", GK_FIELD_TEXT, false, "要点", "what it says", NULL },
    { "documents", GK_FIELD_DOCUMENTS, false, "决定书、裁判文书", "the ruling", NULL });
FIELDS(redo_fields, PROCEEDING,
    { "concluded_on", GK_FIELD_DATE, true, "收到生效决定、裁判之日", "day the final ruling was received", NULL },
    { "result", GK_FIELD_CHOICE, true, "结果：纠正、其他", "result", "corrected|other" },
    { "base_on", GK_FIELD_DATE, true, "责令的期限自何日起算（当日不计）", "day from which the ordered term runs, itself not counted", NULL },
    { "days", GK_FIELD_INT, true, "责令的期限（工作日，1—250）", "working days ordered, 1 to 250", NULL },
    { "ruling", GK_FIELD_LINE, true, "决定书、裁判文书文号", "number of the ruling", NULL },
    { "opinion", GK_FIELD_TEXT, false, "要点", "what it says", NULL },
    { "documents", GK_FIELD_DOCUMENTS, false, "决定书、裁判文书", "the ruling", NULL });
#undef PROCEEDING
FIELDS(archive_handed_over_fields,
    { "handed_on", GK_FIELD_DATE, true, "移交日期", "handed over on", NULL },
    { "receipt", GK_FIELD_LINE, true, "交接凭证、档号", "receipt and number of the archive", NULL });
FIELDS(publication_suggested_fields,
    { "cause", GK_FIELD_CHOICE, true, "缘由：申请人建议、他人亦获同一信息", "the applicant's suggestion, or the same was given to another",
      "suggestion|same_item" },
    { "suggested_on", GK_FIELD_DATE, true, "收到建议或者发现之日", "day the suggestion came, or it was noticed", NULL },
    { "other_case", GK_FIELD_LINE, false, "另一申请人的登记编号（same_item）", "the other applicant's case (same_item)", NULL },
    { "text", GK_FIELD_TEXT, false, "建议内容", "what was suggested", NULL });
FIELDS(publication_decided_fields,
    { "publish", GK_FIELD_CHOICE, true, "是否纳入主动公开", "to be published", "yes|no" }, REASON("理由"));
FIELDS(publication_cleared_fields,
    { "no_applicant_data", GK_FIELD_BOOL, true, "不含申请人信息", "it holds nothing about the applicant", NULL },
    { "opinion", GK_FIELD_TEXT, true, "审查意见", "opinion", NULL });
FIELDS(published_fields,
    { "published_on", GK_FIELD_DATE, true, "公开日期", "published on", NULL },
    { "url", GK_FIELD_LINE, true, "公开网址", "where (URL)", NULL });

static const gk_event_info events[GK_EVENT_TYPES] = {
    [GK_RECEIVED] = { "received", NULL, NULL, "收到申请", "received", { 0 }, NULL, received_fields },
    [GK_REGISTERED] = { "registered", NULL, "intake", "登记", "registered", { "registration", "registration_form" }, "registered", facts_fields },
    [GK_CONFIRMATION_AWAITED] = { "confirmation_awaited", NULL, "intake", "等待双方确认", "confirmation awaited", { 0 }, NULL, facts_fields },
    [GK_RECEIPT_CONFIRMED] = { "receipt_confirmed", "confirm_receipt", NULL, "双方确认收到", "receipt confirmed", { "registration", "registration_form" }, "registered", confirm_fields },
    [GK_TRIAGED] = { "triaged", NULL, "review", "分办", "passed to a unit", { 0 }, NULL, facts_fields },
    [GK_CLAIMED] = { "claimed", "claim", NULL, "领取", "claimed", { 0 }, NULL, no_fields },
    [GK_RELEASED] = { "released", "release", NULL, "退回本岗位", "released", { 0 }, NULL, reason_fields },
    [GK_TRANSFERRED] = { "transferred", "transfer", NULL, "转办", "transferred", { 0 }, NULL, transfer_fields },
    [GK_NOTED] = { "noted", "note", NULL, "记事", "noted", { 0 }, NULL, note_fields },
    [GK_SEARCH_RECORDED] = { "search_recorded", "record_search", NULL, "登记检索情况", "search recorded", { 0 }, NULL, search_fields },
    [GK_DOCUMENTS_ATTACHED] = { "documents_attached", "attach", NULL, "附上文件", "documents attached", { 0 }, NULL, attach_fields },
    [GK_DOCUMENTS_ADMITTED] = { "documents_admitted", NULL, "confidentiality", "文件入库检查", "documents checked", { 0 }, NULL, facts_fields },
    [GK_DOCUMENT_CLEARED] = { "document_cleared", "clear_document", NULL, "标志误报，准予入库", "mark was a false hit", { 0 }, NULL, document_fields },
    [GK_DOCUMENT_DESTROYED] = { "document_destroyed", "destroy_document", NULL, "销毁隔离文件", "quarantined document destroyed", { 0 }, NULL, document_fields },
    [GK_ITEMISED] = { "itemised", "itemise", NULL, "分列申请事项", "itemised", { 0 }, NULL, itemise_fields },
    [GK_ITEM_DECIDED] = { "item_decided", "decide_item", NULL, "拟定分项意见", "outcome of an item proposed", { 0 }, NULL, item_fields },
    [GK_RELEASE_HELD_BACK] = { "release_held_back", "hold_back", NULL, "不作为拟公开文件", "no longer to be released", { 0 }, NULL, document_fields },
    [GK_SUBTASK_SENT] = { "subtask_sent", "assign", NULL, "交办协办事项", "sub-task sent", { "assist_letter" }, NULL, assign_fields },
    [GK_SUBTASK_ANSWERED] = { "subtask_answered", "answer_subtask", NULL, "拟出协办意见", "sub-task answered", { 0 }, NULL, answer_fields },
    [GK_SUBTASK_SIGNED] = { "subtask_signed", "sign_subtask", NULL, "协办意见签署", "answer to a sub-task signed", { 0 }, NULL, subtask_fields },
    [GK_SUBTASK_RETURNED] = { "subtask_returned", "return_subtask", NULL, "协办事项退回", "sub-task returned", { 0 }, NULL, subtask_reason_fields },
    [GK_SUBTASK_RECALLED] = { "subtask_recalled", "recall_subtask", NULL, "撤回协办事项", "sub-task recalled", { 0 }, NULL, subtask_reason_fields },
    [GK_SUBTASK_DUE] = { "subtask_due", NULL, NULL, "协办期限提醒", "sub-task due", { 0 }, NULL, facts_fields },
    [GK_CORRECTION_REQUESTED] = { "correction_requested", "request_correction", NULL, "发出补正告知", "correction requested", { "correction_notice" }, "correction", request_correction_fields },
    [GK_CORRECTION_RECEIVED] = { "correction_received", "record_correction", NULL, "收到补正", "correction received", { 0 }, NULL, correction_received_fields },
    [GK_REASON_ACCEPTED] = { "reason_accepted", "accept_reason", NULL, "逾期补正有正当理由", "good reason for a late correction accepted", { 0 }, NULL, accept_reason_fields },
    [GK_CORRECTION_ASKED_LATE] = { "correction_asked_late", "request_late_correction", NULL, "逾期或者再次告知补正", "correction asked late or again", { "late_correction_notice" }, "supplement", late_correction_fields },
    [GK_SUPPLEMENT_RECEIVED] = { "supplement_received", "record_correction", NULL, "收到补充说明", "explanation received", { 0 }, NULL, correction_received_fields },
    [GK_EVIDENCE_REQUESTED] = { "evidence_requested", "request_evidence", NULL, "告知补充更正证据、材料", "evidence asked for", { "evidence_notice" }, "evidence", request_correction_fields },
    [GK_FORWARDED] = { "forwarded", "forward", NULL, "转送有权更正的机关", "forwarded to the agency that may correct it", { "forwarding_letter" }, NULL, forward_fields },
    [GK_REASONS_REQUESTED] = { "reasons_requested", "request_reasons", NULL, "要求说明理由", "reasons asked for", { "reasons_notice" }, "reasons", reasons_fields },
    [GK_REASONS_RECEIVED] = { "reasons_received", "record_correction", NULL, "收到理由说明", "reasons received", { 0 }, NULL, correction_received_fields },
    [GK_DELAYED] = { "delayed", "delay", NULL, "确定延迟答复的期限", "delayed date fixed", { "delay_notice" }, "delay", delay_fields },
    [GK_NOTICE_DISPATCHED] = { "notice_dispatched", "dispatch_notice", NULL, "告知书、通知书交邮或者当面交付", "notice posted or handed over", { 0 }, NULL, notice_dispatched_fields },
    [GK_NOTICE_SERVED] = { "notice_served", "record_notice_service", NULL, "告知书、通知书送达", "notice served", { 0 }, NULL, notice_served_fields },
    [GK_CONSULTATION_STARTED] = { "consultation_started", "consult", NULL, "征求意见", "consultation started", { "consultation_letter", "consultation_notice" }, "consultation", consult_fields },
    [GK_CONSULTATION_SERVED] = { "consultation_served", "record_consultation_service", NULL, "征求意见书送达", "consultation letter served", { 0 }, NULL, consultation_served_fields },
    [GK_CONSULTATION_ENDED] = { "consultation_ended", "end_consultation", NULL, "收到意见", "opinion received", { 0 }, NULL, consultation_ended_fields },
    [GK_CONSULTATION_EXPIRED] = { "consultation_expired", NULL, NULL, "逾期未提出意见", "no opinion in time", { 0 }, NULL, facts_fields },
    [GK_CONSULTATION_PROLONGED] = { "consultation_prolonged", "prolong_consultation", NULL, "延长协商、报请确定的时间", "longer for another agency or a referral", { 0 }, NULL, prolong_fields },
    [GK_OVERRIDE_SENT] = { "override_sent", "notify_override", NULL, "告知第三方决定公开", "third party told of the disclosure", { "override_notice" }, NULL, override_fields },
    [GK_OVERRIDE_SERVED] = { "override_served", "record_override_service", NULL, "第三方告知书送达", "third party's notice served", { 0 }, NULL, consultation_served_fields },
    [GK_EXTENDED] = { "extended", "extend", NULL, "延期答复", "extended", { "extension_notice" }, "extension", extend_fields },
    [GK_FEE_PROPOSED] = { "fee_proposed", "charge", NULL, "拟收费，须再次审批", "fee proposed, for a second approval", { 0 }, NULL, charge_fields },
    [GK_FEE_NOTICE_SENT] = { "fee_notice_sent", "charge", NULL, "发出收费通知", "fee notice sent", { "fee_notice" }, "fee", charge_fields },
    [GK_FEE_APPROVED] = { "fee_approved", "approve_fee", NULL, "批准收费，发出收费通知", "fee approved, notice sent", { "fee_notice" }, "fee", no_fields },
    [GK_PAYMENT_PROOF_RECEIVED] = { "payment_proof_received", "hand_in_proof", NULL, "收到缴费凭证", "proof of payment handed in", { 0 }, NULL, correction_fields },
    [GK_PAYMENT_RECORDED] = { "payment_recorded", "record_payment", NULL, "部分或者逾期缴费到账", "payment recorded, in part or late", { 0 }, NULL, payment_fields },
    [GK_FEE_PAID] = { "fee_paid", "record_payment", NULL, "缴费到账", "fee paid", { 0 }, NULL, payment_fields },
    [GK_LATENESS_EXCUSED] = { "lateness_excused", "excuse_lateness", NULL, "逾期缴费有正当理由", "late payment excused", { 0 }, NULL, reason_fields },
    [GK_FEE_REFUNDED] = { "fee_refunded", "refund", NULL, "退付信息处理费", "fee given back", { 0 }, NULL, refund_fields },
    [GK_LAPSE_PROPOSED] = { "lapse_proposed", NULL, NULL, "期限届满，拟不再处理", "lapse proposed", { 0 }, NULL, facts_fields },
    [GK_LAPSE_CONFIRMED] = { "lapse_confirmed", "confirm_lapse", NULL, "确认不再处理", "lapse confirmed", { 0 }, NULL, lapse_fields },
    [GK_PROPOSED] = { "proposed", "propose", NULL, "拟定处理意见", "outcome proposed", { 0 }, NULL, propose_fields },
    [GK_REFUSAL_PROPOSED] = { "refusal_proposed", "propose", NULL, "拟定意见，须法制审核", "outcome proposed, for legal review", { 0 }, NULL, propose_fields },
    [GK_LEGAL_CLEARED] = { "legal_cleared", "clear_legal", NULL, "法制审核通过", "cleared by legal review", { 0 }, NULL, opinion_fields },
    [GK_LEGAL_RETURNED] = { "legal_returned", "return_legal", NULL, "法制审核退回", "returned by legal review", { 0 }, NULL, reason_fields },
    [GK_SCANNED] = { "scanned", NULL, "confidentiality", "保密机检完成", "scanned", { 0 }, NULL, facts_fields },
    [GK_VERDICT_GIVEN] = { "verdict_given", "give_verdict", NULL, "逐项保密审查", "secrecy verdict on one part", { 0 }, NULL, verdict_fields },
    [GK_SECRECY_REFERRED] = { "secrecy_referred", "refer", NULL, "报请确定", "referred to the competent department", { "consultation_letter", "consultation_notice" }, "consultation", refer_fields },
    [GK_SECRECY_CLEARED] = { "secrecy_cleared", "clear_secrecy", NULL, "保密审查通过", "cleared by the secrecy reviewer", { 0 }, NULL, secrecy_fields },
    [GK_SECRECY_RETURNED] = { "secrecy_returned", "return_secrecy", NULL, "保密审查退回", "returned by the secrecy reviewer", { 0 }, NULL, reason_fields },
    [GK_APPROVED] = { "approved", "approve", NULL, "签发", "approved", { "review_form" }, NULL, no_fields },
    [GK_APPROVAL_RETURNED] = { "approval_returned", "return_approval", NULL, "审签退回", "returned by the approver", { 0 }, NULL, reason_fields },
    [GK_LETTER_RENDERED] = { "letter_rendered", NULL, "reply", "答复书制成", "letter made", { 0 }, NULL, facts_fields },
    [GK_LETTER_VOIDED] = { "letter_voided", "void_letter", NULL, "撤回签发，文号作废", "approval taken back, number void", { 0 }, NULL, reason_fields },
    [GK_SEALED] = { "sealed", "seal", NULL, "用印", "sealed", { "delivery_receipt" }, NULL, seal_fields },
    [GK_DISPATCHED] = { "dispatched", "dispatch", NULL, "发出答复书或者告知书", "dispatched", { 0 }, "reply", dispatch_fields },
    [GK_HANDED_OVER] = { "handed_over", "dispatch", NULL, "当面送达", "handed over", { 0 }, "reply", dispatch_fields },
    [GK_MAIL_RETURNED] = { "mail_returned", "record_return", NULL, "邮件退回", "mail returned", { 0 }, NULL, returned_fields },
    [GK_POSTING_FAILED] = { "posting_failed", "record_return", NULL, "因本机关原因退回，须重新发出", "mail returned by our fault", { 0 }, NULL, returned_fields },
    [GK_REDISPATCHED] = { "redispatched", "redispatch", NULL, "再次寄送", "posted again", { 0 }, NULL, redispatch_fields },
    [GK_SERVED] = { "served", "record_service", NULL, "送达", "served", { 0 }, NULL, served_fields },
    [GK_WITHDREW] = { "withdrew", "withdraw", NULL, "撤回申请", "withdrawn", { "withdrawal_notice" }, NULL, withdraw_fields },
    [GK_PROCEEDING_OPENED] = { "proceeding_opened", "open_proceeding", NULL, "收到复议或起诉", "reconsideration or lawsuit received", { 0 }, NULL, proceeding_opened_fields },
    [GK_ANSWER_EXTENDED] = { "answer_extended", "extend_answer", NULL, "人民法院准许延期答辩、举证", "court extends the term of the answer", { 0 }, NULL, answer_extended_fields },
    [GK_ANSWER_RECOMPUTED] = { "answer_recomputed", NULL, NULL, "按新的放假通知重新推算书面答复期限", "answer's due date recomputed by a new notice", { 0 }, NULL, facts_fields },
    [GK_PROCEEDING_ANSWERED] = { "proceeding_answered", "answer_proceeding", NULL, "提交书面答复", "written answer handed in", { 0 }, NULL, proceeding_answered_fields },
    [GK_PROCEEDING_REMINDED] = { "proceeding_reminded", NULL, NULL, "书面答复期限提醒", "written answer due", { 0 }, NULL, facts_fields },
    [GK_PROCEEDING_CONCLUDED] = { "proceeding_concluded", "conclude_proceeding", NULL, "复议或诉讼审结", "reconsideration or lawsuit concluded", { 0 }, NULL, proceeding_concluded_fields },
    [GK_REDO_ORDERED] = { "redo_ordered", "order_redo", NULL, "裁决责令重新办理", "redo ordered by a ruling", { 0 }, NULL, redo_fields },
    [GK_ARCHIVED] = { "archived", "archive", NULL, "归档", "archived", { 0 }, NULL, no_fields },
    [GK_ARCHIVE_REMINDED] = { "archive_reminded", NULL, NULL, "归档移交提醒", "hand-over due", { 0 }, NULL, facts_fields },
    [GK_ARCHIVE_HANDED_OVER] = { "archive_handed_over", "hand_over", NULL, "移交档案", "handed over to the archive", { 0 }, NULL, archive_handed_over_fields },
    [GK_PUBLICATION_SUGGESTED] = { "publication_suggested", "suggest_publication", NULL, "建议主动公开", "publication suggested", { 0 }, NULL, publication_suggested_fields },
    [GK_PUBLICATION_DECIDED] = { "publication_decided", "decide_publication", NULL, "决定是否主动公开", "publication decided", { 0 }, NULL, publication_decided_fields },
    [GK_PUBLICATION_CLEARED] = { "publication_cleared", "clear_publication", NULL, "主动公开保密审查通过", "publication cleared by the secrecy reviewer", { 0 }, NULL, publication_cleared_fields },
    [GK_PUBLICATION_WITHHELD] = { "publication_withheld", "withhold_publication", NULL, "主动公开保密审查不通过", "publication withheld by the secrecy reviewer", { 0 }, NULL, reason_fields },
    [GK_PUBLISHED] = { "published", "record_publication", NULL, "已主动公开", "published", { 0 }, NULL, published_fields },
    [GK_PUBLICATION_REMINDED] = { "publication_reminded", NULL, NULL, "主动公开期限提醒", "publication due", { 0 }, NULL, facts_fields },
    [GK_NOTICE_RENDERED] = { "notice_rendered", NULL, "reply", "文书制成", "notice made", { 0 }, NULL, facts_fields },
    [GK_NOTIFIED] = { "notified", NULL, "reminder", "已通知", "notified", { 0 }, NULL, facts_fields },
    [GK_REMINDER_DUE] = { "reminder_due", NULL, NULL, "到期提醒", "reminder due", { 0 }, NULL, facts_fields },
    [GK_INCIDENT_RAISED] = { "incident_raised", NULL, NULL, "异常上报", "incident raised", { 0 }, NULL, facts_fields },
    [GK_FINDING_SUPERSEDED] = { "finding_superseded", NULL, NULL, "机检结果已过时", "finding superseded", { 0 }, NULL, facts_fields },
    [GK_JOB_DIED] = { "job_died", NULL, NULL, "任务失败，待人工处理", "a job failed for good", { 0 }, NULL, facts_fields },
    [GK_DUE_RECOMPUTED] = { "due_recomputed", NULL, NULL, "按新的放假通知重新推算期限", "due date recomputed by a new notice", { 0 }, NULL, facts_fields },
    [GK_DUE_CONFIRMED] = { "due_confirmed", "confirm_due", NULL, "确认变动后的期限", "moved due date confirmed", { 0 }, NULL, no_fields },
    [GK_ORG_LOADED] = { "org_loaded", NULL, NULL, "机构人员更新", "organisation loaded", { 0 }, NULL, facts_fields },
    [GK_CALENDAR_LOADED] = { "calendar_loaded", NULL, NULL, "节假日安排更新", "holiday notice loaded", { 0 }, NULL, facts_fields },
    [GK_TIME_CONFIRMED] = { "time_confirmed", NULL, NULL, "时间确认", "time confirmed", { 0 }, NULL, facts_fields },
    [GK_TRAINING_ADVANCED] = { "training_advanced", NULL, NULL, "演练时钟推进", "training clock advanced", { 0 }, NULL, facts_fields },
    [GK_DIGEST_DUE] = { "digest_due", NULL, NULL, "每日汇总", "daily digest", { 0 }, NULL, facts_fields },
    [GK_CATALOGUE_LOADED] = { "catalogue_loaded", NULL, NULL, "公开目录更新", "catalogue of public documents loaded", { 0 }, NULL, facts_fields },
    [GK_CATALOGUE_REMOVED] = { "catalogue_removed", NULL, NULL, "公开目录条目移除", "entry taken out of the catalogue", { 0 }, NULL, reason_fields },
    [GK_FIGURES_ENTERED] = { "figures_entered", NULL, NULL, "填报年报数据", "report figures entered", { 0 }, NULL, figures_fields },
    [GK_YEAR_CLOSED] = { "year_closed", NULL, NULL, "年报关账", "annual report closed", { 0 }, NULL, close_fields },
    [GK_YEAR_REOPENED] = { "year_reopened", NULL, NULL, "年报关账后重新打开", "closed annual report reopened", { 0 }, NULL, reopen_fields },
    [GK_SPLIT] = { "split", "split", NULL, "一事一申请，拆分办理", "split into several cases", { "split_notice" }, "split", split_fields },
    [GK_PASSED_ON] = { "passed_on", "pass_on", NULL, "经申请人同意撤回，改由有关机关登记", "withdrawn by consent, registered at another office", { "passing_notice" }, "passed_on", pass_fields },
    [GK_SPLIT_TOLD] = { "split_told", "record_split_notice", NULL, "登记告知拆分情况", "applicant told of the split", { 0 }, NULL, split_told_fields },
    [GK_SPLIT_OFF] = { "split_off", NULL, NULL, "由拆分登记", "registered by a split", { "split_notice", "registration_form" }, "split", received_fields },
    [GK_REPLY_MERGED] = { "reply_merged", "merge_reply", NULL, "合并答复", "answered together with other cases", { 0 }, NULL, merge_fields },
    [GK_HELP_GIVEN] = { "help_given", "give_help", NULL, "为申请人提供帮助", "help given to the applicant", { 0 }, NULL, help_fields },
    [GK_ACCOUNT_CHANGED] = { "account_changed", NULL, NULL, "登录账户变动", "account to log in changed", { 0 }, NULL, facts_fields },
    [GK_DOCUMENT_VIEWED] = { "document_viewed", NULL, NULL, "查看申请人提交的附件", "what the applicant attached was read", { 0 }, NULL, viewed_fields },
};

/*  ---- steps ---------------------------------------------------------------- */

#define IN(state) (1u << GK_##state)
#define WORKED (IN(HANDLING) | IN(LEGAL) | IN(SECRECY) | IN(APPROVAL) | IN(SEALING) | IN(DISPATCH) | IN(CONFIRMATION) \
                | IN(CORRECTION_LAPSE) | IN(PAYMENT_LAPSE) | IN(DELIVERY))
#define UNDECIDED (IN(INTAKE) | IN(CONFIRMATION) | IN(TRIAGE) | IN(HANDLING) | IN(CORRECTION) | IN(CORRECTION_LAPSE) \
                   | IN(PAYMENT) | IN(PAYMENT_LAPSE) | IN(LEGAL) | IN(SCANNING) | IN(SECRECY) | IN(APPROVAL))
#define UNSENT (UNDECIDED | IN(PRINTING) | IN(SEALING) | IN(DISPATCH))
#define OPEN (UNSENT | IN(DELIVERY))
#define ENDED (IN(CLOSED) | IN(WITHDRAWN))
#define ANY (OPEN | ENDED)
#define DECIDED (IN(PRINTING) | IN(SEALING) | IN(DISPATCH) | IN(DELIVERY) | IN(CLOSED))
#define STAFF (GK_MAILROOM | GK_CLERK | GK_HEAD | GK_HANDLER | GK_UNIT_HEAD | GK_SECRECY_REVIEWER | GK_LEGAL_REVIEWER \
               | GK_FINANCE | GK_APPROVER)
#define UNIT (GK_HANDLER | GK_UNIT_HEAD)
#define OFFICE (GK_CLERK | GK_HEAD)

#define STEP(from, event, to, clock, who, article, ...) \
    { from, GK_##event, GK_##to, GK_OP_##clock, who, { __VA_ARGS__ }, article }
#define N(need) GK_NEED_##need
#define PROPOSABLE N(FREE_OR_MINE), N(ITEMS_DECIDED), N(OUTCOME_FITS), N(OUTCOME_KNOWN), N(REDO_DIFFERS), N(SEARCHED), N(RELEASE_ATTACHED), \
    N(CONSULTATIONS_ENDED), N(OBJECTION_WEIGHED), N(SUBTASKS_ENDED)

static const gk_step steps[] = {
    /*  Receipt and registration.  A petition or an incomplete form is flagged and goes on: a person decides. */
    STEP(IN(INTAKE), RECEIVED, INTAKE, START, GK_APPLICANT | GK_CLERK | GK_MAILROOM, ART("二十九"), N(NONE)),
    STEP(IN(INTAKE), REGISTERED, TRIAGE, START, GK_WORKER, ART("三十一"), N(NONE)),
    STEP(IN(INTAKE), CONFIRMATION_AWAITED, CONFIRMATION, KEEP, GK_WORKER, ART("三十一"), N(NONE)),
    STEP(IN(CONFIRMATION), RECEIPT_CONFIRMED, TRIAGE, START, OFFICE, ART("三十一"), N(NONE)),
    STEP(IN(TRIAGE), TRIAGED, HANDLING, KEEP, GK_WORKER, ART("四"), N(NONE)),

    /*  Who has it. A transfer between units never stops the clock. */
    STEP(WORKED, CLAIMED, SAME, KEEP, STAFF, ART("四十五"), N(FREE_OR_MINE)),
    STEP(WORKED, RELEASED, SAME, KEEP, STAFF, ART("四十五"), N(FREE_OR_MINE)),
    STEP(IN(HANDLING) | IN(TRIAGE), TRANSFERRED, HANDLING, KEEP, OFFICE | UNIT, ART("四十五"), N(NONE)),
    STEP(ANY, NOTED, SAME, KEEP, STAFF, ART("四十五"), N(NONE)),
    STEP(ANY, HELP_GIVEN, SAME, KEEP, STAFF, ART("四十三"), N(NONE)),

    /*  What is found, and what comes in as a file. */
    STEP(IN(HANDLING), SEARCH_RECORDED, SAME, KEEP, UNIT | OFFICE, ART("三十六") "第四项", N(FREE_OR_MINE), N(ITEM_KNOWN)),
    STEP(IN(HANDLING), DOCUMENTS_ATTACHED, SAME, KEEP, UNIT | OFFICE, ART("三十六"), N(FREE_OR_MINE), N(ITEM_KNOWN)),
    STEP(IN(HANDLING), RELEASE_HELD_BACK, SAME, KEEP, UNIT | OFFICE, ART("三十六"), N(FREE_OR_MINE), N(PART_KNOWN)),
    STEP(ANY, DOCUMENTS_ADMITTED, SAME, KEEP, GK_WORKER, ART("十七"), N(NONE)),
    STEP(ANY, DOCUMENT_CLEARED, SAME, KEEP, GK_SECRECY_REVIEWER, ART("十七"), N(DOCUMENT_REFUSED)),
    STEP(ANY, DOCUMENT_DESTROYED, SAME, KEEP, GK_SECRECY_REVIEWER, ART("十七"), N(DOCUMENT_REFUSED)),

    /*  Whoever reads what the applicant attached, a copy of an identity card say, is on record before the first byte leaves;
     *  who may, sees the number of the proof too (broker/query.c).  Mailroom and Finance do their part without either. */
    STEP(ANY, DOCUMENT_VIEWED, SAME, KEEP, UNIT | OFFICE | GK_LEGAL_REVIEWER | GK_SECRECY_REVIEWER | GK_APPROVER | GK_AUDITOR, ART("四十五"), N(NONE)),

    /*  Correction (补正): the period runs from the corrected application, so what was used up before does
     *  not count against the office. */
    STEP(IN(HANDLING), CORRECTION_REQUESTED, CORRECTION, PAUSE, UNIT | OFFICE, ART("三十"),
         N(DISCLOSURE), N(FREE_OR_MINE), N(CORRECTION_UNUSED)),
    STEP(IN(CORRECTION) | IN(CORRECTION_LAPSE), CORRECTION_RECEIVED, HANDLING, RESTART, GK_APPLICANT | OFFICE | GK_MAILROOM,
         ART("三十"), N(NONE)),
    STEP(IN(CORRECTION) | IN(CORRECTION_LAPSE), REASON_ACCEPTED, CORRECTION, KEEP, GK_HEAD, ART("三十"), N(CORRECTION_RUNS)),
    STEP(IN(CORRECTION), LAPSE_PROPOSED, CORRECTION_LAPSE, KEEP, GK_CLOCK, ART("三十"), N(NONE)),
    STEP(IN(CORRECTION_LAPSE) | IN(PAYMENT_LAPSE), LAPSE_CONFIRMED, PRINTING, STOP, OFFICE, ART("三十") "；" F109, N(LAPSE_CHECKED)),

    /*  Too late or once more: the head says why; nothing pauses, and it is flagged for ever. */
    STEP(IN(HANDLING), CORRECTION_ASKED_LATE, SAME, KEEP, GK_HEAD, ART("三十"), N(DISCLOSURE), N(CORRECTION_USED)),
    STEP(IN(HANDLING) | IN(LEGAL) | IN(SCANNING) | IN(SECRECY) | IN(APPROVAL), SUPPLEMENT_RECEIVED, SAME, KEEP,
         GK_APPLICANT | OFFICE | GK_MAILROOM, ART("三十"), N(SUPPLEMENT_ASKED)),

    /*  Records correction (更正): Art. 30 speaks of applications for information alone, so what is missing is asked
     *  for without a pause, and silence gives nothing up. */
    STEP(IN(HANDLING), EVIDENCE_REQUESTED, SAME, KEEP, UNIT | OFFICE, ART("四十一"), N(RECORDS), N(FREE_OR_MINE)),

    /*  What another agency may correct is sent there by the office; the reply R3 says so afterwards. */
    STEP(IN(HANDLING), FORWARDED, SAME, KEEP, OFFICE, ART("四十一"), N(RECORDS)),

    /*  Number or frequency clearly beyond reason: reasons are asked for, which neither stops nor restarts the clock;
     *  good ones may fix a delayed date. */
    STEP(IN(HANDLING), REASONS_REQUESTED, SAME, KEEP, OFFICE, ART("三十五"), N(DISCLOSURE), N(REASONS_UNASKED)),
    STEP(IN(HANDLING), REASONS_RECEIVED, SAME, KEEP, GK_APPLICANT | OFFICE | GK_MAILROOM, ART("三十五"), N(DISCLOSURE), N(REASONS_ASKED)),
    STEP(IN(HANDLING), DELAYED, SAME, EXTEND, GK_HEAD, ART("三十五"), N(DISCLOSURE), N(REASONS_GIVEN)),

    /*  What has to be told is told when the notice left; the applicant's period, where it gives one, runs from its proven
     *  service and not from its sending. */
    STEP(OPEN, NOTICE_DISPATCHED, SAME, KEEP, OFFICE | GK_MAILROOM, ART("三十") "、第三十三条；国办公开办函〔2016〕235号",
         N(NOTICE_KNOWN), N(LAWFUL_CARRIER)),
    STEP(OPEN, NOTICE_SERVED, SAME, KEEP, OFFICE | UNIT | GK_MAILROOM, ART("三十") "；" F109, N(NOTICE_KNOWN)),

    /*  Consultation (征求意见) lies beneath the case: the desk stays, days are excluded. */
    STEP(IN(HANDLING), CONSULTATION_STARTED, SAME, EXCLUDE, UNIT | OFFICE, CONSULTED "、第三十三条第三款",
         N(FREE_OR_MINE), N(ITEM_KNOWN)),
    STEP(OPEN, CONSULTATION_SERVED, SAME, KEEP, UNIT | OFFICE | GK_MAILROOM, CONSULTED, N(CONSULTATION_OPEN)),
    STEP(OPEN, CONSULTATION_ENDED, SAME, INCLUDE, UNIT | OFFICE | GK_MAILROOM, CONSULTED, N(CONSULTATION_OPEN)),
    STEP(OPEN, CONSULTATION_PROLONGED, SAME, EXCLUDE, GK_HEAD, ART("十一") "、第十七条、第三十三条第三款", N(CONSULTATION_OPEN), N(PROLONGABLE)),
    STEP(OPEN, CONSULTATION_EXPIRED, SAME, INCLUDE, GK_CLOCK, CONSULTED, N(CONSULTATION_OPEN)),

    /*  Disclosed against an objection: the third party is told what and why, and some days pass. */
    STEP(IN(PRINTING) | IN(SEALING) | IN(DISPATCH), OVERRIDE_SENT, SAME, KEEP, OFFICE, ART("三十二"), N(OBJECTED)),
    STEP(IN(PRINTING) | IN(SEALING) | IN(DISPATCH), OVERRIDE_SERVED, SAME, KEEP, OFFICE | GK_MAILROOM, ART("三十二"),
         N(OVERRIDE_SENT)),

    STEP(IN(HANDLING) | IN(LEGAL) | IN(SCANNING) | IN(SECRECY) | IN(APPROVAL), EXTENDED, SAME, EXTEND, GK_HEAD,
         ART("三十三") "第二款", N(DISCLOSURE)),

    /*  Fee (信息处理费): only the head charges, only Finance records that it was paid. */
    STEP(IN(HANDLING), FEE_PROPOSED, SAME, KEEP, GK_HEAD, ART("四十二") "；" F109, N(DISCLOSURE), N(SPLIT_TOLD)),
    STEP(IN(HANDLING), FEE_NOTICE_SENT, PAYMENT, PAUSE, GK_HEAD, ART("四十二") "；" F109, N(DISCLOSURE), N(SPLIT_TOLD)),
    STEP(IN(HANDLING), FEE_APPROVED, PAYMENT, PAUSE, GK_APPROVER, ART("四十二") "；" F109, N(DISCLOSURE), N(CHARGED_BY_ANOTHER)),
    STEP(IN(PAYMENT) | IN(PAYMENT_LAPSE), PAYMENT_PROOF_RECEIVED, SAME, KEEP, GK_APPLICANT | OFFICE | GK_MAILROOM, F109, N(NONE)),
    STEP(IN(PAYMENT) | IN(PAYMENT_LAPSE) | DECIDED, PAYMENT_RECORDED, SAME, KEEP, GK_FINANCE, F109, N(NONE)),
    STEP(IN(PAYMENT) | IN(PAYMENT_LAPSE), LATENESS_EXCUSED, HANDLING, RESTART, GK_HEAD, F109, N(LATE_PAYMENT)),
    STEP(ANY, FEE_REFUNDED, SAME, KEEP, GK_FINANCE, "国办函〔2020〕109号", N(REFUNDABLE)),
    STEP(IN(PAYMENT) | IN(PAYMENT_LAPSE), FEE_PAID, HANDLING, RESTART, GK_FINANCE, F109, N(WITHIN_PAYMENT), N(FULL_AMOUNT)),
    STEP(IN(PAYMENT), LAPSE_PROPOSED, PAYMENT_LAPSE, KEEP, GK_CLOCK, F109, N(NONE)),

    /*  A correction or payment dated inside its term defeats a lapse, also afterwards. */
    STEP(DECIDED, CORRECTION_RECEIVED, HANDLING, REOPEN, GK_APPLICANT | OFFICE | GK_MAILROOM, ART("三十"),
         N(WITHIN_CORRECTION)),
    STEP(DECIDED, FEE_PAID, HANDLING, REOPEN, GK_FINANCE, F109, N(WITHIN_PAYMENT), N(FULL_AMOUNT)),

    /*  Sub-tasks (协办) lie beneath the case and never touch its clock; a unit acts on its own. */
    STEP(IN(HANDLING), SUBTASK_SENT, SAME, KEEP, OFFICE, ART("四十五"), N(NONE)),
    STEP(UNDECIDED, SUBTASK_ANSWERED, SAME, KEEP, UNIT, ART("四十五"), N(SUBTASK_OURS), N(ITEM_KNOWN)),
    STEP(UNDECIDED, SUBTASK_SIGNED, SAME, KEEP, GK_UNIT_HEAD, ART("四十五"), N(SUBTASK_OURS), N(SUBTASK_ANSWERED)),
    STEP(UNDECIDED, SUBTASK_RETURNED, SAME, KEEP, UNIT, ART("四十五"), N(SUBTASK_OURS), N(SUBTASK_FRESH)),
    STEP(UNDECIDED, SUBTASK_RECALLED, SAME, KEEP, OFFICE, ART("四十五"), N(SUBTASK_OPEN)),
    STEP(UNDECIDED, SUBTASK_DUE, SAME, KEEP, GK_CLOCK, ART("四十五"), N(SUBTASK_OPEN)),

    /*  Items (一案多项): each with an outcome of its own; the whole follows from them. */
    STEP(IN(HANDLING), ITEMISED, SAME, KEEP, UNIT | OFFICE, ART("三十六"), N(DISCLOSURE), N(FREE_OR_MINE)),
    STEP(IN(HANDLING), ITEM_DECIDED, SAME, KEEP, UNIT | OFFICE, ART("三十六"),
         N(FREE_OR_MINE), N(ITEM_KNOWN), N(OUTCOME_FITS), N(OUTCOME_KNOWN), N(SEARCHED), N(CONSULTATIONS_ENDED)),

    /*  Proposal, the second reader of a refusal, secrecy, approval by somebody else. */
    STEP(IN(HANDLING), PROPOSED, SCANNING, KEEP, UNIT | OFFICE, ART("三十六"), PROPOSABLE),
    STEP(IN(HANDLING), REFUSAL_PROPOSED, LEGAL, KEEP, UNIT | OFFICE, ART("三十六"), PROPOSABLE),
    STEP(IN(LEGAL), LEGAL_CLEARED, SCANNING, KEEP, GK_LEGAL_REVIEWER, ART("四十五"), N(NOT_DRAFTER)),
    STEP(IN(LEGAL), LEGAL_RETURNED, HANDLING, KEEP, GK_LEGAL_REVIEWER, ART("四十五"), N(NOT_DRAFTER)),
    STEP(IN(SCANNING), SCANNED, SECRECY, KEEP, GK_WORKER, ART("十七"), N(NONE)),
    STEP(IN(SECRECY), VERDICT_GIVEN, SAME, KEEP, GK_SECRECY_REVIEWER, REVIEWED,
         N(NOT_DRAFTER), N(PART_KNOWN), N(REFERRAL_ANSWERED)),
    STEP(IN(SECRECY), SECRECY_REFERRED, SAME, EXCLUDE, GK_SECRECY_REVIEWER, ART("十七") "、第三十三条第三款",
         N(NOT_DRAFTER), N(PART_KNOWN), N(REFERRAL_ANSWERED)),
    STEP(IN(SECRECY), SECRECY_CLEARED, APPROVAL, KEEP, GK_SECRECY_REVIEWER, REVIEWED,
         N(NOT_DRAFTER), N(DOCUMENTS_ADMITTED), N(VERDICTS_FIT)),
    STEP(IN(SECRECY), SECRECY_RETURNED, HANDLING, KEEP, GK_SECRECY_REVIEWER, ART("十七"), N(NOT_DRAFTER)),
    STEP(IN(APPROVAL), APPROVED, PRINTING, KEEP, GK_APPROVER, ART("四十五"),
         N(NOT_DRAFTER), N(NOT_REVIEWER), N(REVIEWED_UNCHANGED)),
    STEP(IN(APPROVAL), APPROVAL_RETURNED, HANDLING, KEEP, GK_APPROVER, ART("四十五"), N(NOT_DRAFTER)),

    /*  Until it has left, a letter can be taken back, one that cannot be printed above all; its number stays void. */
    STEP(IN(PRINTING) | IN(SEALING) | IN(DISPATCH), LETTER_VOIDED, HANDLING, KEEP, GK_APPROVER, ART("四十五"), N(SIGNED)),

    /*  From signature to service.  Timely is decided by the day of posting (国办公开办函〔2016〕235号). */
    STEP(IN(PRINTING), LETTER_RENDERED, SEALING, KEEP, GK_WORKER, ART("三十六"), N(NONE)),
    STEP(IN(SEALING), SEALED, DISPATCH, KEEP, OFFICE, ART("四十五"), N(LETTER_MATCHES)),
    STEP(IN(DISPATCH), DISPATCHED, DELIVERY, STOP, OFFICE | GK_MAILROOM, ART("三十三") "；国办公开办函〔2016〕235号",
         N(LAWFUL_CARRIER), N(ELECTRONIC_CHOSEN), N(OVERRIDES_WAITED), N(UNCHALLENGED)),
    STEP(IN(DISPATCH), HANDED_OVER, CLOSED, STOP, OFFICE | GK_MAILROOM, ART("三十三") "；国办公开办函〔2016〕235号",
         N(SIGNED_FOR), N(OVERRIDES_WAITED), N(UNCHALLENGED)),
    /*  Back from the address he gave, the first posting still decides; back by our fault, only the new one. */
    STEP(IN(DELIVERY), MAIL_RETURNED, SAME, KEEP, OFFICE | GK_MAILROOM, "国办公开办函〔2016〕235号", N(NONE)),
    STEP(IN(DELIVERY), POSTING_FAILED, DISPATCH, REOPEN, OFFICE | GK_MAILROOM, "国办公开办函〔2016〕235号", N(NONE)),
    STEP(IN(DELIVERY), REDISPATCHED, SAME, KEEP, OFFICE | GK_MAILROOM, "国办公开办函〔2016〕235号",
         N(LAWFUL_CARRIER), N(ELECTRONIC_CHOSEN)),
    STEP(IN(DELIVERY), SERVED, CLOSED, KEEP, OFFICE | GK_MAILROOM, "国办公开办函〔2016〕235号", N(MAIL_TAKEN)),

    /*  One matter, one application (一事一申请): the first part goes on here, the others become cases of their own with
     *  the same day of receipt.  A fee, if any, comes after the applicant was told. */
    STEP(IN(HANDLING), SPLIT, SAME, KEEP, OFFICE, "国办函〔2020〕109号第四条", N(FREE_OR_MINE), N(DISCLOSURE), N(SPLITTABLE)),
    STEP(IN(INTAKE), SPLIT_OFF, TRIAGE, START, OFFICE, "国办函〔2020〕109号第四条", N(NONE)),
    STEP(OPEN, SPLIT_TOLD, SAME, KEEP, OFFICE | GK_MAILROOM, "国办函〔2020〕109号第四条", N(SPLIT_UNTOLD)),

    /*  Offices are agencies of their own: between them nothing is transferred.  With the applicant's consent it is
     *  withdrawn here and registered there, as of its first submission; else the answer is 36(5). */
    STEP(IN(HANDLING), PASSED_ON, WITHDRAWN, STOP, GK_CLERK, ART("三十六") "第五项", N(FREE_OR_MINE), N(PASSABLE)),

    /*  Several cases of one applicant answered together: each keeps its own clock and letter, the desk works to the
     *  earliest of their due dates. */
    STEP(IN(HANDLING) | IN(LEGAL) | IN(SCANNING) | IN(SECRECY) | IN(APPROVAL) | IN(PRINTING) | IN(SEALING) | IN(DISPATCH), REPLY_MERGED,
         SAME, KEEP, OFFICE, ART("三十三") "第二款", N(DISCLOSURE), N(REPLY_OWED)),

    STEP(UNSENT, WITHDREW, WITHDRAWN, STOP, GK_APPLICANT | OFFICE, "国办公开办函〔2021〕30号（其他处理）", N(NONE)),

    /*  Proceedings (行政复议、行政诉讼) lie beneath the case too, with a term of their own for the written answer.
     *  A ruling that orders a redo brings the case back from wherever it lies. */
    STEP(ANY, PROCEEDING_OPENED, SAME, KEEP, GK_LEGAL_REVIEWER | OFFICE, ANSWER_ART, N(CHALLENGEABLE)),
    STEP(ANY, PROCEEDING_ANSWERED, SAME, KEEP, GK_LEGAL_REVIEWER | GK_HEAD, ANSWER_ART, N(PROCEEDING_OPEN), N(PROCEEDING_UNANSWERED)),
    STEP(ANY, ANSWER_EXTENDED, SAME, KEEP, GK_LEGAL_REVIEWER | GK_HEAD, "行政诉讼法第三十六条；法释〔2018〕1号第三十四条",
         N(PROCEEDING_OPEN), N(PROCEEDING_UNANSWERED)),
    STEP(ANY, ANSWER_RECOMPUTED, SAME, KEEP, GK_CLOCK, HOLIDAYS, N(PROCEEDING_OPEN), N(PROCEEDING_UNANSWERED)),
    STEP(ANY, PROCEEDING_REMINDED, SAME, KEEP, GK_CLOCK, ANSWER_ART, N(PROCEEDING_OPEN), N(PROCEEDING_UNANSWERED)),
    STEP(ANY, PROCEEDING_CONCLUDED, SAME, KEEP, GK_LEGAL_REVIEWER | GK_HEAD, "行政复议法第六十一条；行政诉讼法第六十九条至第七十八条",
         N(PROCEEDING_OPEN)),
    STEP(ANY, REDO_ORDERED, HANDLING, ORDER, GK_LEGAL_REVIEWER | GK_HEAD, "行政复议法第六十四条、第六十六条；行政诉讼法第七十条、第七十二条",
         N(PROCEEDING_OPEN)),

    /*  Archive: the package is fixed when the case has ended, and handed over by 30 June of the next year. */
    STEP(ENDED | IN(DELIVERY), ARCHIVED, SAME, KEEP, OFFICE, ART("四十五"), N(SERVICE_PROVEN), N(NO_HOLD), N(PACKAGE_NEW)),
    STEP(ENDED, ARCHIVE_REMINDED, SAME, KEEP, GK_CLOCK, ART("四十五"), N(NONE)),
    STEP(ENDED, ARCHIVE_HANDED_OVER, SAME, KEEP, OFFICE, ART("四十五"), N(NO_HOLD), N(PACKAGE_CURRENT)),

    /*  What was given on application may become public (Art. 44): asked, answered, reviewed for itself, published. */
    STEP(ANY, PUBLICATION_SUGGESTED, SAME, KEEP, GK_APPLICANT | OFFICE | GK_CLOCK, ART("四十四"), N(ITEM_GIVEN), N(PUBLICATION_FREE)),
    STEP(ANY, PUBLICATION_DECIDED, SAME, KEEP, GK_UNIT_HEAD | GK_HEAD, ART("四十四"), N(PUBLICATION_UNANSWERED)),
    STEP(ANY, PUBLICATION_CLEARED, SAME, KEEP, GK_SECRECY_REVIEWER, ART("十七") "、第四十四条", N(PUBLICATION_UNREVIEWED), N(NOT_DECIDER)),
    STEP(ANY, PUBLICATION_WITHHELD, SAME, KEEP, GK_SECRECY_REVIEWER, ART("十七") "、第四十四条", N(PUBLICATION_UNREVIEWED), N(NOT_DECIDER)),
    STEP(ANY, PUBLISHED, SAME, KEEP, OFFICE, ART("四十四") "、第二十六条", N(PUBLICATION_REVIEWED)),
    STEP(ANY, PUBLICATION_REMINDED, SAME, KEEP, GK_CLOCK, ART("四十四") "、第二十六条", N(NONE)),

    /*  What machines add to the file without moving it. */
    STEP(ANY, NOTICE_RENDERED, SAME, KEEP, GK_WORKER, ART("四十五"), N(NONE)),
    STEP(ANY | IN(LEDGER), NOTIFIED, SAME, KEEP, GK_WORKER, ART("四十五"), N(NONE)),
    STEP(OPEN, REMINDER_DUE, SAME, KEEP, GK_CLOCK, ART("三十三"), N(NONE)),
    STEP(OPEN | IN(LEDGER), INCIDENT_RAISED, SAME, KEEP, GK_CLOCK, ART("三十一") "、第三十二条、第三十四条、第四十五条",
         N(NONE)),
    STEP(ANY | IN(LEDGER), FINDING_SUPERSEDED, SAME, KEEP, GK_CLOCK, ART("四十五"), N(NONE)),
    STEP(ANY | IN(LEDGER), JOB_DIED, SAME, KEEP, GK_CLOCK, ART("四十五"), N(NONE)),

    /*  A new holiday notice moves what leaned on days that no notice covered; the head looks at each. */
    STEP(UNSENT, DUE_RECOMPUTED, SAME, RECOUNT, GK_CLOCK, HOLIDAYS, N(NONE)),
    STEP(OPEN, DUE_CONFIRMED, SAME, KEEP, GK_HEAD, HOLIDAYS, N(DUE_MOVED)),

    /*  The office's own ledger. */
    STEP(IN(LEDGER), ORG_LOADED, SAME, KEEP, GK_ADMIN, ART("四"), N(NONE)),
    STEP(IN(LEDGER), CALENDAR_LOADED, SAME, KEEP, GK_ADMIN, HOLIDAYS, N(NONE)),
    STEP(IN(LEDGER), ACCOUNT_CHANGED, SAME, KEEP, GK_ADMIN | GK_CLOCK, "系统管理", N(NONE)),
    STEP(IN(LEDGER), TIME_CONFIRMED, SAME, KEEP, GK_ADMIN, "系统管理", N(NONE)),
    STEP(IN(LEDGER), TRAINING_ADVANCED, SAME, KEEP, STAFF | GK_ADMIN, "演练", N(NONE)),
    STEP(IN(LEDGER), DIGEST_DUE, SAME, KEEP, GK_CLOCK, ART("四十五"), N(NONE)),
    STEP(IN(LEDGER), CATALOGUE_LOADED, SAME, KEEP, GK_ADMIN | GK_CLERK, ART("十二"), N(NONE)),
    STEP(IN(LEDGER), CATALOGUE_REMOVED, SAME, KEEP, GK_ADMIN | GK_CLERK, ART("十二"), N(NONE)),
    STEP(IN(LEDGER), FIGURES_ENTERED, SAME, KEEP, UNIT | OFFICE | GK_LEGAL_REVIEWER | GK_FINANCE, ART("五十"), N(OWN_UNIT), N(YEAR_OPEN)),
    STEP(IN(LEDGER), YEAR_CLOSED, SAME, KEEP, GK_HEAD, ART("四十九") "、第五十条", N(YEAR_OVER), N(REPORT_WHOLE)),
    STEP(IN(LEDGER), YEAR_REOPENED, SAME, KEEP, GK_HEAD, ART("四十九") "、第五十条", N(YEAR_CLOSED_LAST)),
};

#undef STEP
#undef N
#undef PROPOSABLE

const gk_step *gk_flow_table(size_t *count)
{
    *count = sizeof steps / sizeof *steps;
    return steps;
}

const gk_step *gk_flow_find(gk_state state, gk_event_type event)
{
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (steps[i].event == event && gk_step_from(&steps[i], state))
            return &steps[i];
    return NULL;
}

const gk_state_info *gk_flow_state(gk_state state)
{
    return &states[(unsigned) state < GK_STATES ? state : GK_LEDGER];
}

const gk_event_info *gk_flow_event(gk_event_type event)
{
    return &events[(unsigned) event < GK_EVENT_TYPES ? event : GK_NOTED];
}

const char gk_flow_notices[] = NOTICES;

const char *gk_flow_notice(gk_event_type event)
{
    const gk_event_info *info = gk_flow_event(event);
    for (int i = 0; i < 3 && info->letters[i]; i++)
        if (gk_text_is_choice(gk_flow_notices, info->letters[i]))
            return info->letters[i];
    return NULL;
}

bool gk_flow_state_parse(const char *name, gk_state *out)
{
    for (int i = 0; i < GK_STATES; i++)
        if (strcmp(states[i].name, name) == 0) {
            *out = (gk_state) i;
            return true;
        }
    return false;
}

bool gk_flow_event_parse(const char *name, gk_event_type *out)
{
    for (int i = 0; i < GK_EVENT_TYPES; i++)
        if (strcmp(events[i].name, name) == 0) {
            *out = (gk_event_type) i;
            return true;
        }
    return false;
}

/*  ---- roles and needs ------------------------------------------------------- */

static const struct { const char *name, *zh; } roles[GK_ROLE_BITS] = {
    { "mailroom", "收发室" }, { "clerk", "公开办经办人" }, { "head", "公开办负责人" }, { "handler", "承办人" },
    { "unit_head", "承办部门负责人" }, { "secrecy", "保密审查员" }, { "legal", "法制审核员" }, { "finance", "财务" },
    { "approver", "签发人" }, { "admin", "系统管理员" }, { "auditor", "审计员" }, { "applicant", "申请人" },
    { "worker", "程序" }, { "clock", "时钟" },
};

static int bit_of(unsigned bits)
{
    return bits ? __builtin_ctz(bits) : GK_ROLE_BITS;
}

const char *gk_role_name(gk_role role)
{
    int bit = bit_of(role);
    return bit < GK_ROLE_BITS ? roles[bit].name : "?";
}

const char *gk_role_zh(gk_role role)
{
    int bit = bit_of(role);
    return bit < GK_ROLE_BITS ? roles[bit].zh : "?";
}

unsigned gk_role_parse(const char *name)
{
    for (int i = 0; i < GK_ROLE_BITS; i++)
        if (strcmp(roles[i].name, name) == 0)
            return 1u << i;
    return 0;
}

static const struct { const char *name, *zh, *text; } needs[GK_NEEDS] = {
    [GK_NEED_NONE] = { "NONE", "", "" },
    [GK_NEED_FREE_OR_MINE] = { "FREE_OR_MINE", "案件由他人承办：请其先退回本岗位",
                               "somebody else holds the case: ask them to release it" },
    [GK_NEED_NOT_DRAFTER] = { "NOT_DRAFTER", "拟稿人不得审核、签发：须由他人办理",
                               "who proposed the outcome may not clear or approve it: another person must" },
    [GK_NEED_NOT_REVIEWER] = { "NOT_REVIEWER", "审核人不得签发：须由他人办理",
                               "who cleared it in legal or secrecy review may not approve it: another person must" },
    [GK_NEED_CORRECTION_UNUSED] = { "CORRECTION_UNUSED", "补正告知只能一次，且须在收到申请后7个工作日内发出（条例第三十条）：请按现有申请作出决定",
                               "one correction notice is allowed, by the 7th working day after "
                                    "receipt (条例 Art. 30): decide on the application as it stands" },
    [GK_NEED_CORRECTION_USED] = { "CORRECTION_USED", "尚可依法告知补正：请用 request_correction",
                               "a correction notice in time is still possible: use request_correction" },
    [GK_NEED_SUPPLEMENT_ASKED] = { "SUPPLEMENT_ASKED", "没有要求申请人补充说明", "nothing was asked that this could answer" },
    [GK_NEED_REASONS_UNASKED] = { "REASONS_UNASKED", "已经要求申请人说明理由", "the reasons were asked for already" },
    [GK_NEED_REASONS_ASKED] = { "REASONS_ASKED", "没有要求申请人说明理由", "no reasons were asked for" },
    [GK_NEED_REASONS_GIVEN] = { "REASONS_GIVEN", "申请人尚未说明理由：先 request_reasons，收到后 record_correction",
                               "the applicant gave no reasons yet: request_reasons first, then record_correction" },
    [GK_NEED_WITHIN_CORRECTION] = { "WITHIN_CORRECTION", "补正日期已过补正期限，不再处理的决定不变",
                               "the correction is dated after its period; the lapse stands" },
    [GK_NEED_CORRECTION_RUNS] = { "CORRECTION_RUNS", "补正期限自补正告知书送达之日起计算：请先登记送达（record_notice_service）",
                               "the period runs from the proven service of the correction notice: record it first (record_notice_service)" },
    [GK_NEED_WITHIN_PAYMENT] = { "WITHIN_PAYMENT", "缴费日期已过缴费期限：应予退付",
                               "the value date is after the payment period: refund it" },
    [GK_NEED_FULL_AMOUNT] = { "FULL_AMOUNT", "缴费金额不足应缴数额",
                               "the payment does not complete the amount charged" },
    [GK_NEED_CHARGED_BY_ANOTHER] = { "CHARGED_BY_ANOTHER", "没有待批准的收费，或者由本人提出：须由他人批准",
                               "no fee waits for approval, or you proposed it: another person must approve" },
    [GK_NEED_LATE_PAYMENT] = { "LATE_PAYMENT", "没有逾期缴纳的足额费用",
                               "no late payment of the whole amount is on file" },
    [GK_NEED_REFUNDABLE] = { "REFUNDABLE", "请写明本案一次缴费的财政票据号（receipt_number），退付金额不得超过该笔已缴未退的金额",
                               "name the fiscal receipt of a payment in this case (receipt_number=), and not more than what is left of it" },
    [GK_NEED_CONSULTATION_OPEN] = { "CONSULTATION_OPEN", "没有这一编号的征求意见正在进行（逾期后收到的意见，可以登记至答复发出为止）：见 gongkai show",
                               "no consultation of that name is open, or silent before the reply was sent: see `gongkai show`" },
    [GK_NEED_CONSULTATIONS_ENDED] = { "CONSULTATIONS_ENDED", "尚有征求意见未结束：请先登记其结果",
                               "a consultation is still open: record its end first" },
    [GK_NEED_PROLONGABLE] = { "PROLONGABLE", "只有与其他机关协商、报请确定的时间可以延长，且须在该时间届满之前",
                               "only another agency or a referral is given longer, and before its days are over" },
    [GK_NEED_OBJECTION_WEIGHED] = { "OBJECTION_WEIGHED", "被征求意见的第三方或者机关不同意、未答复或者无法送达：决定公开的，须写明本机关的判断（own_assessment，条例第十一条、第三十二条）；为第三方权益不予公开的，在该项决定中写明征求意见编号（spares）",
                               "a third party or an agency that was asked objects, is silent or was not reached: to disclose all the same give the office's "
                               "own assessment (own_assessment=..., Art. 11, 32), or name the third party's consultation where something is withheld for its sake (spares=c7)" },
    [GK_NEED_OBJECTED] = { "OBJECTED", "该编号的第三方没有对拟公开的内容提出不同意见",
                               "the third party of that consultation did not object to what is disclosed" },
    [GK_NEED_OVERRIDE_SENT] = { "OVERRIDE_SENT", "尚未告知该第三方决定公开：gongkai act CASE notify_override",
                               "that third party was not told yet: gongkai act CASE notify_override" },
    [GK_NEED_OVERRIDES_WAITED] = { "OVERRIDES_WAITED", "第三方不同意而决定公开的，须告知第三方，自送达之日起等待规定的工作日后方可提供",
                               "what is disclosed against an objection goes out some working days after the third party was served with "
                               "the notice (notify_override, record_override_service; rules: override_wait_days)" },
    [GK_NEED_UNCHALLENGED] = { "UNCHALLENGED", "第三方就决定公开申请复议、提起诉讼尚未审结，或者决定已被纠正：请等待结果、按裁决重新办理，或者由公开办负责人写明仍予提供的理由（reason）",
                               "a third party challenges the disclosure, or a ruling went against it: wait for the ruling, redo as it orders "
                               "(order_redo), or let the head say why it goes out all the same (reason=...)" },
    [GK_NEED_DOCUMENTS_ADMITTED] = { "DOCUMENTS_ADMITTED", "有文件尚在隔离或者未准入库：请等待检查，或者由保密审查员处理",
                               "a document is in quarantine or refused: wait for the scan, "
                                     "or let the secrecy reviewer clear or destroy it" },
    [GK_NEED_DOCUMENT_REFUSED] = { "DOCUMENT_REFUSED", "本案没有该摘要值的隔离文件",
                               "this case has no refused document with that digest" },
    [GK_NEED_OUTCOME_KNOWN] = { "OUTCOME_KNOWN", "请写明可以拟定的处理决定种类及其必填内容",
                               "name a kind of decision that may be proposed, with the fields it needs" },
    [GK_NEED_SEARCHED] = { "SEARCHED", "“信息不存在”须先登记检索情况，且检索结果为未检索到（result=none）：gongkai act CASE record_search；协办部门签署检索到的，其后的检索情况须作说明",
                               "\"does not exist\" needs a recorded search that found nothing, later than a unit's signed answer that found something: gongkai act CASE "
                               "record_search result=none ..." },
    [GK_NEED_RELEASE_ATTACHED] = { "RELEASE_ATTACHED", "请先附上拟公开的文件（gongkai act CASE attach kind=release --attach FILE），或者写明现场查阅的地点和时间（inspect_where、inspect_when）",
                               "attach what is disclosed first (gongkai act CASE attach kind=release --attach FILE), or say where and when it may be "
                               "read (inspect_where=, inspect_when=)" },
    [GK_NEED_REVIEWED_UNCHANGED] = { "REVIEWED_UNCHANGED", "保密审查后内容有变动：须重新审查",
                               "the file changed after the secrecy review: it must be reviewed again" },
    [GK_NEED_LETTER_MATCHES] = { "LETTER_MATCHES", "页数或者校验码与答复书不符：请重新打印",
                               "pages or check code are not those of the letter: print it again" },
    [GK_NEED_NOTICE_KNOWN] = { "NOTICE_KNOWN", "没有这种文书待交邮或者在途；有几种的，请用 letter 写明：见 gongkai show",
                               "no such notice waits to be posted or is on the way; of several kinds say which (letter=): see `gongkai show`" },
    [GK_NEED_LAWFUL_CARRIER] = { "LAWFUL_CARRIER", "纸质答复须通过邮政企业寄送（carrier=邮政企业，可用的名称见 gongkai law table；并填邮件号）",
                               "paper goes by the postal enterprise (carrier=, by a name that gongkai law table lists, with tracking number)" },
    [GK_NEED_SIGNED_FOR] = { "SIGNED_FOR", "当面送达须有送达回证（proof=...）", "what is handed over is signed for (proof=...)" },
    [GK_NEED_ELECTRONIC_CHOSEN] = { "ELECTRONIC_CHOSEN", "申请人未选择电子送达：请邮寄或者当面送达",
                               "the applicant did not choose electronic service: send it by post or hand it over" },
    [GK_NEED_MAIL_TAKEN] = { "MAIL_TAKEN", "申请人的邮件服务器没有接收通知，电子送达不成立：请立即邮寄（redispatch method=post）",
                               "the applicant's mail server took no notice of it, so it is not served electronically: post it at once (redispatch method=post)" },
    [GK_NEED_LAPSE_CHECKED] = { "LAPSE_CHECKED", "不再处理须先核对收发室或者财务（checked=true）",
                               "a lapse needs a look at the mailroom or Finance (checked=true)" },
    [GK_NEED_OWN_UNIT] = { "OWN_UNIT", "只能填报本部门的数据；其他部门的由公开办填报",
                               "you enter your own unit's figures; the openness office those of others" },
    [GK_NEED_YEAR_OPEN] = { "YEAR_OPEN", "该年度尚未开始、早于2021年或者已经关账",
                               "that year has not begun, is before 2021 or is closed" },
    [GK_NEED_YEAR_OVER] = { "YEAR_OVER", "只能在年度终了后关账，并须逐年依次关账",
                               "a year is closed when it is over, each behind the one before it" },
    [GK_NEED_YEAR_CLOSED_LAST] = { "YEAR_CLOSED_LAST", "只有最后一个已经关账的年度可以重新打开",
                               "only the last year that was closed can be opened again" },
    [GK_NEED_REPORT_WHOLE] = { "REPORT_WHOLE", "勾稽关系不符或者有部门未填报：请更正、补报，或者写明理由（reason）",
                               "an identity is violated or a unit's figures are missing (gongkai report annual shows which): "
                                    "put it right, or close it with a reason" },
    [GK_NEED_CHALLENGEABLE] = { "CHALLENGEABLE", "案件尚未作出答复，也未超过答复期限，没有可供复议、起诉的行政行为：请核对登记编号，必要时记事（note）；第三方对决定公开不服的，写明已告知其决定的征求意见编号（consultation）",
                               "nothing was decided yet and no reply is overdue, so there is nothing to challenge: check the case's number, or note it; "
                               "of a third party name the consultation whose override it was told of (consultation=c7)" },
    [GK_NEED_PROCEEDING_OPEN] = { "PROCEEDING_OPEN", "没有这一编号的复议、诉讼正在进行：见 gongkai show",
                               "no proceeding of that name is open: see `gongkai show`" },
    [GK_NEED_PROCEEDING_UNANSWERED] = { "PROCEEDING_UNANSWERED", "该复议、诉讼已经提交书面答复",
                               "the written answer was handed in already" },
    [GK_NEED_REDO_DIFFERS] = { "REDO_DIFFERS", "裁决责令重新作出的，不得以同一事实和理由作出与原决定相同的决定（行政复议法第六十四条第二款、行政诉讼法第七十一条）："
                               "有新的事实、理由，或者原决定仅因违反法定程序被撤销的，请写明（redo_ground）",
                               "what a ruling orders to be done again may not end the same on the same facts and grounds (行政复议法 Art. 64, 行政诉讼法 "
                               "Art. 71): give the new ones, or that it was set aside for its procedure alone (redo_ground=...)" },
    [GK_NEED_SERVICE_PROVEN] = { "SERVICE_PROVEN", "送达凭证未齐，不能归档：请先登记送达（record_service）",
                               "proof of service is outstanding: record it first (record_service)" },
    [GK_NEED_NO_HOLD] = { "NO_HOLD", "复议、诉讼尚未审结，案卷封存，不得归档移交",
                               "a proceeding is open and holds the file: nothing is archived or handed over before it is concluded" },
    [GK_NEED_PACKAGE_NEW] = { "PACKAGE_NEW", "已经归档，此后没有新的材料",
                               "it is archived, and no paper came since" },
    [GK_NEED_PACKAGE_CURRENT] = { "PACKAGE_CURRENT", "尚未归档，或者归档后又有新的材料：请先归档（archive）",
                               "it is not archived, or papers came since: archive it first (archive)" },
    [GK_NEED_ITEM_GIVEN] = { "ITEM_GIVEN", "本案没有向申请人提供过文件，无可主动公开",
                               "no file was given to the applicant of this case, so there is nothing to publish" },
    [GK_NEED_PUBLICATION_FREE] = { "PUBLICATION_FREE", "主动公开事项正在办理，或者已经公开",
                               "a publication task is open already, or it is published" },
    [GK_NEED_PUBLICATION_UNANSWERED] = { "PUBLICATION_UNANSWERED", "没有待决定的主动公开事项",
                               "no publication task waits for a decision" },
    [GK_NEED_PUBLICATION_UNREVIEWED] = { "PUBLICATION_UNREVIEWED", "没有待保密审查的主动公开事项",
                               "no publication waits for its secrecy review" },
    [GK_NEED_PUBLICATION_REVIEWED] = { "PUBLICATION_REVIEWED", "主动公开未经保密审查，或者审查后文件有变动：须先审查（clear_publication）",
                               "the publication was not cleared, or the files changed since: the secrecy review comes first (clear_publication)" },
    [GK_NEED_NOT_DECIDER] = { "NOT_DECIDER", "决定公开的人不得审查：须由他人办理",
                               "who decided to publish may not clear it: another person must" },
    [GK_NEED_ITEM_KNOWN] = { "ITEM_KNOWN", "申请事项中没有这一项：见 gongkai show；尚未分列的，先办 itemise",
                               "the case has no item of that number: see `gongkai show`; itemise it first if it has no list" },
    [GK_NEED_ITEMS_DECIDED] = { "ITEMS_DECIDED", "尚有申请事项未拟定分项意见：gongkai act CASE decide_item item=N outcome=…",
                               "an item lacks its outcome: gongkai act CASE decide_item item=N outcome=..." },
    [GK_NEED_PART_KNOWN] = { "PART_KNOWN", "请写明一份拟公开文件的摘要值（digest）或者申请事项的序号（item）：见 gongkai show",
                               "name one file to release (digest=) or one item (item=): see `gongkai show`" },
    [GK_NEED_REFERRAL_ANSWERED] = { "REFERRAL_ANSWERED", "该文件或者事项已报请确定：答复前不得作出审查结论（end_consultation 登记答复），答复不同意公开的不得认定为公开或者部分公开",
                               "it was referred: no verdict before the answer is recorded (end_consultation), and none that lets it go unless the "
                               "answer is agree or partly" },
    [GK_NEED_VERDICTS_FIT] = { "VERDICTS_FIT", "拟公开的文件和申请事项须逐份、逐项作出“公开”（部分公开决定中可为“部分公开”）的审查结论：gongkai act CASE give_verdict；不能公开的，退回（return_secrecy）",
                               "every file to release, and every item that discloses, needs the verdict public (or, in a part granted, partial): gongkai act CASE give_verdict; "
                               "if it may not go, return the draft (return_secrecy)" },
    [GK_NEED_SUBTASK_OPEN] = { "SUBTASK_OPEN", "没有这一编号的协办事项正在办理：见 gongkai show",
                               "no sub-task of that name is open: see `gongkai show`" },
    [GK_NEED_SUBTASK_OURS] = { "SUBTASK_OURS", "没有这一编号的协办事项由本部门办理：见 gongkai show",
                               "your unit has no open sub-task of that name: see `gongkai show`" },
    [GK_NEED_SUBTASK_FRESH] = { "SUBTASK_FRESH", "协办事项的退回期限（1个工作日）已过：请答复，或者请公开办撤回",
                               "a sub-task is returned within one working day: answer it, or let the office recall it" },
    [GK_NEED_SUBTASK_ANSWERED] = { "SUBTASK_ANSWERED", "本部门承办人尚未拟出协办意见：gongkai act CASE answer_subtask",
                               "nobody of the unit has answered it yet: gongkai act CASE answer_subtask" },
    [GK_NEED_SUBTASKS_ENDED] = { "SUBTASKS_ENDED", "尚有协办事项未办结：待协办部门负责人签署，或者由公开办撤回",
                               "a sub-task is still open: wait for the unit's head to sign it, or recall it" },
    [GK_NEED_SIGNED] = { "SIGNED", "这是不再处理的告知，不经签发：期限内补正、缴费的，登记后即行恢复办理",
                               "a notice that nothing is processed any more was not approved: a correction or payment in time reopens the case" },
    [GK_NEED_DUE_MOVED] = { "DUE_MOVED", "本案没有待确认的期限变动",
                               "no notice moved the due date of this case, or it was confirmed" },
    [GK_NEED_SPLITTABLE] = { "SPLITTABLE", "只有尚未拆分、分列、交办、拟定意见、收费、征求意见和延期的申请可以拆分；否则请逐项作出决定",
                               "only an application that was not split, itemised, given to units, proposed on, charged, consulted on or extended yet can be "
                               "split: decide item by item" },
    [GK_NEED_PASSABLE] = { "PASSABLE", "收到之日起1个工作日内、尚未拆分、补正、征求意见、延期、收费或者拟定意见的申请，方可经申请人同意改由有关机关登记；否则请答复U1b",
                               "by consent it moves within one working day of receipt, and before anything was asked, charged, split or "
                               "proposed: else decide U1b" },
    [GK_NEED_SPLIT_TOLD] = { "SPLIT_TOLD", "告知申请人拆分情况之前不得收费：请等待告知书制成、通知邮件发出；没有邮箱或者邮件未能发出的，另行告知并登记（record_split_notice）",
                               "no fee before the applicant was told of the split: wait until the notice is made and mailed; where no mail reaches "
                               "the applicant, post it or tell it otherwise and record that (record_split_notice)" },
    [GK_NEED_SPLIT_UNTOLD] = { "SPLIT_UNTOLD", "本案未经拆分，或者已经告知申请人",
                               "this case was not split, or the applicant was told already" },
    [GK_NEED_REPLY_OWED] = { "REPLY_OWED", "本案目前不计算答复期限（待补正、待缴费或者已经答复）",
                               "no day is counted in one of the cases: it waits for the applicant, or was answered" },
    [GK_NEED_DISCLOSURE] = { "DISCLOSURE", "更正申请（条例第四十一条）不适用补正、说明理由、延期和收费：缺少证据的请用 request_evidence",
                               "a request to correct a record (Art. 41) is not corrected, reasoned, extended or charged as an application for "
                               "information is: what is missing is asked for with request_evidence" },
    [GK_NEED_RECORDS] = { "RECORDS", "本事项只适用于更正申请（条例第四十一条）",
                               "this is for requests to correct a record (Art. 41) only" },
    [GK_NEED_OUTCOME_FITS] = { "OUTCOME_FITS", "更正申请（条例第四十一条）只能拟定R1至R4，政府信息公开申请只能拟定其他种类",
                               "a request to correct a record (Art. 41) takes R1 to R4, an application for information one of the other kinds" },
};

const char *gk_need_name(gk_need need)
{
    return (unsigned) need < GK_NEEDS ? needs[need].name : "?";
}

const char *gk_need_text(gk_need need)
{
    return (unsigned) need < GK_NEEDS ? needs[need].text : "?";
}

const char *gk_need_zh(const char *refusal)
{
    size_t len = strcspn(refusal, ":");
    for (int i = 1; i < GK_NEEDS; i++)
        if (strlen(needs[i].name) == len && strncmp(needs[i].name, refusal, len) == 0)
            return needs[i].zh;
    return NULL;
}
