/*  gk_verb - what `gongkai` can do, one row a verb. */
#include "clients/gongkai/verbs.h"

#include <string.h>

#define APPLICANT  GK_GROUP_APPLICANT
#define DESK       GK_GROUP_DESK
#define CALCULATOR GK_GROUP_CALCULATOR
#define ADMIN      GK_GROUP_ADMIN
#define OPT(name)  GK_OPT_BIT(GK_OPT_##name)

enum { MANY = GK_ARGS_WORDS };

static const gk_verb table[] = {
    { APPLICANT, "submit", "FILE.json|- [--attach FILE]...", 1, 1, OPT(ATTACH) | OPT(REQUEST_ID), gk_run_submit,
      "提交申请，得到回执码", "submit an application, get a receipt code",
      "FILE.json 为申请表，写法见 gongkai help form。系统一接收即显示回执码，随后显示登记编号与答复期限\n"
      "（最多等待 --wait 秒，默认 10）。应答丢失时再执行一次同一命令即可，同一文件不会重复提交；\n"
      "确需另行提交的，改动文件或另给 --request-id。",
      "FILE.json is the application form, see `gongkai help form`.  The receipt code is printed as soon as the\n"
      "application is safely stored, then number and due date (waiting --wait seconds at most, 10 by default).\n"
      "If the answer was lost, give the same command again: one file is never submitted twice.  To submit it\n"
      "anew, change the file or give another --request-id." },
    { APPLICANT, "status", "RECEIPT", 1, 1, 0, gk_run_status,
      "查询进度、期限和经过", "where it stands, due date, timeline",
      "RECEIPT 为回执码，连字符、空格和大小写不计。", "RECEIPT is the receipt code; hyphens, blanks and case do not count." },
    { APPLICANT, "correct", "RECEIPT [TEXT|@FILE|-] [--attach FILE]...", 1, 2, OPT(ATTACH) | OPT(REQUEST_ID),
      gk_run_correct, "提交补正", "hand in the correction that was asked for",
      "TEXT 为补正内容；@FILE 从文件读取，- 从标准输入读取。", "TEXT is the correction; @FILE reads it from a file, - from standard input." },
    { APPLICANT, "withdraw", "RECEIPT [REASON]", 1, 2, OPT(REQUEST_ID), gk_run_withdraw,
      "撤回申请", "withdraw the application", NULL, NULL },
    { APPLICANT, "pay", "RECEIPT [TEXT|@FILE] [--attach FILE]...", 1, 2, OPT(ATTACH) | OPT(REQUEST_ID), gk_run_pay,
      "提交缴费凭证（由财务核收）", "hand in proof of payment; Finance records the payment", NULL, NULL },
    { APPLICANT, "suggest", "RECEIPT TEXT|@FILE", 2, 2, OPT(REQUEST_ID), gk_run_suggest,
      "建议将所获信息主动公开（条例第四十四条）", "suggest that what was given become public (条例 Art. 44)", NULL, NULL },
    { APPLICANT, "letter", "RECEIPT|CASE [KIND] [-o FILE.pdf]", 1, 2, OPT(OUTPUT), gk_run_letter,
      "下载函件（答复书、补正告知书等）", "fetch a letter (the reply, a correction notice ...)",
      "不写 KIND 时取最近一份；不写 -o 时写入 KIND.pdf。", "Without KIND the last one; without -o it is written to KIND.pdf." },
    { APPLICANT, "receipt", "RECEIPT [--save FILE]", 1, 1, OPT(SAVE), gk_run_receipt,
      "取得机关签名的回执，日后凭公钥即可核验", "the receipt as signed by the agency, to be checked by its public key",
      "回执证明：机关何时收到、案件记录的链首是什么、发出了哪些函件（附文件摘要值）。不含个人信息。\n"
      "核验：gongkai verify --receipt FILE --key PUB，不需要连接系统。公钥见机关的政府信息公开指南，或 gongkai seal key。",
      "It proves when the agency received the application, the head of the case's records, and the letters with their digests; it holds no\n"
      "personal data.  Check it with `gongkai verify --receipt FILE --key PUB`, without any connection.  The key stands in the\n"
      "agency's guide; `gongkai seal key` prints it." },
    { APPLICANT, "catalogue search", "WORDS...", 1, MANY, 0, gk_run_catalogue_search,
      "在主动公开目录中查找", "look among what is public already",
      "列出标题或文号含全部词语的条目，最多 50 条；一个字也可以查。",
      "Lists the entries whose title or number holds all the words, 50 at most; one character is a word too." },

    { DESK, "register", "FILE.json|- [--attach FILE]...", 1, 1, OPT(ATTACH) | OPT(REQUEST_ID), gk_run_register,
      "登记信函、当面、传真、邮件、口头申请", "enter what came by post, counter, fax, e-mail or word of mouth",
      "FILE.json 为 {\"form\": 申请表, \"receipt\": 收件情况}，写法见 gongkai help form。",
      "FILE.json is {\"form\": the form, \"receipt\": how it came}, see `gongkai help form`." },
    { DESK, "queue", "[--desk D] [--unit U]", 0, 0, OPT(DESK) | OPT(UNIT), gk_run_queue,
      "各环节待办件数和最近期限", "counts and nearest due dates by desk", NULL, NULL },
    { DESK, "tasks", "[--unit U]", 0, 0, OPT(UNIT), gk_run_tasks,
      "答复以外的期限：协办事项、复议诉讼书面答复、主动公开、移交档案、年度报告",
      "what is owed beside replies: sub-tasks, written answers, publications, hand-overs, the report",
      "期限最近的在前。--unit 只列该部门的：交该部门协办的事项按内部期限，其余按案件或者填报所属部门。",
      "The nearest first.  --unit lists that unit's: the sub-tasks it was asked, by their internal due dates, what its own cases owe, and its figures." },
    { DESK, "pull", "--desk D [--unit U]", 0, 0, OPT(DESK) | OPT(UNIT) | OPT(REQUEST_ID), gk_run_pull,
      "领取该环节最紧急的案件", "claim the most urgent case of a desk and show it", NULL, NULL },
    { DESK, "list", "[--state S] [--unit U] [--after CASE]", 0, 0, OPT(STATE) | OPT(UNIT) | OPT(AFTER), gk_run_list,
      "列出案件", "list cases", NULL, NULL },
    { DESK, "show", "CASE", 1, 1, 0, gk_run_show,
      "案件全貌", "everything about a case",
      "CASE 为登记编号（如 GZ-2026-000012）或案号（如 @7）。", "CASE is a number such as GZ-2026-000012, or @7." },
    { DESK, "explain", "CASE|RECEIPT [--days]", 1, 1, OPT(DAYS), gk_run_explain,
      "答复期限如何算出，逐行附条文", "how the due date came about, line by line with the article", NULL, NULL },
    { DESK, "cases similar", "CASE", 1, 1, 0, gk_run_similar,
      "同类已办结案件：怎样答复、依据哪一条", "closed cases of the same matter: how they were decided, by which article",
      "按分办时识别的主题词比较，只列登记编号、决定类型、依据、日期和主题词，不含申请人信息和申请内容。",
      "Compared by the subject words that triage knows; shows number, kind of decision, article, day and\n"
      "subject words, nothing of who applied or how it was put." },
    { DESK, "act", "CASE ACTION [key=value]... [--attach FILE]...", 2, MANY,
      OPT(ATTACH) | OPT(ON) | OPT(SEQ) | OPT(REQUEST_ID), gk_run_act,
      "办理：受理、补正、征求意见、拟办、审批……", "act on a case: request correction, consult, propose, approve ...",
      "gongkai act CASE --help 列出该案目前可办的事项；gongkai act CASE ACTION --help 列出该事项的字段。\n"
      "字段写法：key=文字，key=@文件（读取文本，@@ 表示 @ 本身），key.member=值，key:=JSON。\n"
      "附件写法：--attach FILE；附件的用途是字段 kind（如 kind=release）。",
      "gongkai act CASE --help lists what the case allows now; gongkai act CASE ACTION --help its fields.\n"
      "A field is key=text, key=@FILE (the text of a file; @@ stands for @), key.member=value or key:=JSON.\n"
      "An attachment is --attach FILE; what it is for is the field kind (kind=release)." },
    { DESK, "calendar list", "", 0, 0, 0, gk_run_calendar_list,
      "已载入的放假通知", "the holiday notices as loaded", NULL, NULL },
    { DESK, "calendar moved", "", 0, 0, 0, gk_run_calendar_moved,
      "因新的放假通知而变动、待负责人确认的期限", "due dates that a new holiday notice moved and the head has not confirmed",
      "提前的排在最前。确认：gongkai calendar confirm CASE，或者 all。", "Those that came forward stand first.  Confirm with `gongkai calendar confirm CASE`, or all." },
    { DESK, "calendar confirm", "CASE|all", 1, 1, 0, gk_run_calendar_confirm,
      "负责人确认变动后的期限", "the head confirms a moved due date, or all of them", NULL, NULL },
    { DESK, "evidence", "CASE -o DIR", 1, 1, OPT(OUTPUT), gk_run_evidence,
      "导出证据材料：全部文书、记录、期限说明和目录", "the whole file as evidence: papers, records, the clock explained, an index",
      "DIR 为新建的文件夹。index.txt 为目录，各文件附校验值；timeline.txt 为带哈希的全部经过；clock.txt 为答复期限的逐行说明。\n"
      "限法制审核员、公开办经办人和负责人。", "DIR is a new folder.  index.txt lists all with digests, timeline.txt has every event with its hash, clock.txt explains\n"
      "the due date line by line.  For the legal reviewer, a clerk or the head." },
    { DESK, "document get", "DIGEST --case CASE -o FILE", 1, 1, OPT(CASE) | OPT(OUTPUT), gk_run_document_get,
      "取出案件文件", "fetch a document of a case", NULL, NULL },

    { DESK, "report annual", "--year Y [--office O] [--rollup] [--format F] [--cell ROW,COLUMN] [-o FILE]", 0, 0,
      OPT(YEAR) | OPT(OFFICE) | OPT(ROLLUP) | OPT(FORMAT) | OPT(CELL) | OPT(OUTPUT) | OPT(FONTS), gk_run_report_annual,
      "政府信息公开工作年度报告，附勾稽关系", "the annual report, with its identities",
      "格式依国办公开办函〔2021〕30号。勾稽关系不符的列出，退出码为 1。--rollup 逐一列出下属机关并汇总为关区。\n"
      "--cell 列出某一格所计的案件：行 1、2、3.1……3.7、4，列 natural_person、business、research、public_interest、\n"
      "legal_service、other_organisation、total（或 1—7）；第四部分的行为 reconsideration、lawsuit、lawsuit_after，\n"
      "列为 upheld、corrected、other、pending、total。关账后所列为关账时的数字和案件。",
      "The form is that of 国办公开办函〔2021〕30号.  A violated identity is named, and the exit status is 1.  --rollup gives the\n"
      "offices below one by one, and the district's sum.  --cell lists the cases that a cell counts: rows 1, 2, 3.1 ... 3.7, 4\n"
      "with columns natural_person, business, research, public_interest, legal_service, other_organisation, total (or 1 to 7);\n"
      "rows of part 4 are reconsideration, lawsuit, lawsuit_after with upheld, corrected, other, pending, total.\n"
      "Once closed, a year shows the figures and cases of that day." },
    { DESK, "report timeliness", "--year Y [--office O] [--format F] [-o FILE]", 0, 0,
      OPT(YEAR) | OPT(OFFICE) | OPT(FORMAT) | OPT(OUTPUT), gk_run_report_timeliness,
      "办理时效：按部门、月份、处理决定种类", "timeliness by unit, month and kind of decision", NULL, NULL },
    { DESK, "report fees", "--month YYYY-MM [--office O] [--format F] [-o FILE]", 0, 0,
      OPT(MONTH) | OPT(OFFICE) | OPT(FORMAT) | OPT(OUTPUT), gk_run_report_fees,
      "信息处理费月度对账清单，附勾稽关系", "the month's reconciliation list of the fee, with its identities",
      "收费通知按发出之日，缴费按缴费日期（附财政票据号），退付按退付日期（附所退票据号）。期末列出尚欠和应退的案件。\n"
      "以后补登的款项仍列入其缴费日期所在的月份，并注明登记日期。勾稽关系不符的列出，退出码为 1。",
      "Notices by the day they were sent, payments by value date with their fiscal receipts, refunds by their day with the receipt\n"
      "that they undo; at the end the cases that still owe, and those that are owed.  Money recorded afterwards stands in the month of\n"
      "its value date, with the day of recording.  A violated identity is named, and the exit status is 1." },
    { DESK, "report enter", "--year Y [--unit U] key=value...", 1, MANY, OPT(YEAR) | OPT(UNIT) | OPT(REQUEST_ID),
      gk_run_report_enter, "填报年报第二部分数据和文字部分", "enter the figures of part 2, and the texts",
      "数字：rules_made、rules_repealed、rules_valid（规章制发、废止、现行有效件数）；documents_made、documents_repealed、\n"
      "documents_valid（行政规范性文件）；licences、penalties、coercions（许可、处罚、强制决定数）；fees_yuan（收费，元）。\n"
      "没有的填 0；各部门均须填报，次年1月10日截止。再次填报同一项的，以后一次为准；各部门数字相加。\n"
      "文字：overview、problems、other（第一、五、六部分），可写 @FILE。",
      "Figures: rules_made, rules_repealed, rules_valid; documents_made, documents_repealed, documents_valid; licences,\n"
      "penalties, coercions; fees_yuan.  Enter 0 for none: every unit answers, by 10 January of the next year.  What is entered\n"
      "again replaces what was entered; the units' figures are added up.  Texts: overview, problems, other (parts 1, 5, 6), or @FILE." },
    { DESK, "report close", "--year Y [REASON]", 0, 1, OPT(YEAR) | OPT(REQUEST_ID), gk_run_report_close,
      "年报关账：数字和案件清单不再变动", "close the year: figures and case lists are frozen",
      "年度终了后由公开办负责人逐年关账。勾稽关系不符或者有部门未填报的，须写明理由。此后补记的事项计入下一年度。",
      "By the head of the disclosure office, once the year is over, year by year.  A reason is wanted when an identity is violated\n"
      "or a unit has not entered.  What is recorded later counts in the next year." },
    { DESK, "report reopen", "--year Y DECISION REASON", 2, 2, OPT(YEAR) | OPT(REQUEST_ID), gk_run_report_reopen,
      "凭有文号的决定重新打开已关账的年报", "open a closed year again, by a numbered decision",
      "由公开办负责人办理，只限最后一个已关账的年度。原关账的数字和案件清单保留，report annual 与现数字一并列出；更正后重新关账。",
      "By the head of the disclosure office; only the last year that was closed.  The figures and case lists of then are kept,\n"
      "and report annual shows them beside those of now.  Close it again when it is put right." },

    { CALCULATOR, "workday add", "DATE N", 2, 2, 0, gk_run_workday_add,
      "DATE 之后第 N 个工作日", "the N-th working day after DATE",
      "起始日不计入（民法典第二百零一条）；N 为 0 至 1000。", "The starting day is not counted (民法典 Art. 201); N is 0 to 1000." },
    { CALCULATOR, "workday between", "FROM TO", 2, 2, 0, gk_run_workday_between,
      "两日之间的工作日数", "working days between two dates",
      "计 FROM 之后至 TO（含）的工作日；TO 早于 FROM 时为负数。", "Counts those in (FROM, TO]; negative when TO is before FROM." },
    { CALCULATOR, "fee items", "--before M --count N", 0, 0, OPT(BEFORE) | OPT(COUNT), gk_run_fee_items,
      "按件计收的信息处理费（元）", "fee by items, in yuan",
      "本月此前已计 M 件时，其后 N 件的收费（国办函〔2020〕109号）。",
      "The price of the next N items when M are already counted this month (国办函〔2020〕109号)." },
    { CALCULATOR, "fee pages", "N", 1, 1, 0, gk_run_fee_pages,
      "按量计收的信息处理费（元）", "fee by pages of one application, in yuan", NULL, NULL },
    { CALCULATOR, "letter preview", "KIND [OUTCOME] [--facts FILE] [-o FILE.pdf]", 1, 2, OPT(FACTS) | OPT(FONTS) | OPT(OUTPUT),
      gk_run_letter_preview, "预览文书模板（不涉及案件）", "what a letter's template looks like, without a case",
      "KIND 为文书种类（如 correction_notice、reply），reply 须写明处理决定代码，如 reply D4。\n写明 R1 至 R5 的，按更正申请（条例第四十一条）的样例预览，如 registration R1。\n模板见 schemas/templates，修改后即可预览。",
      "KIND is the letter (correction_notice, reply ...); a reply takes its kind of decision: reply D4.\n"
      "With one of R1 to R5 the sample is a records correction (Art. 41): registration R1.\n"
      "The wording stands in schemas/templates: change it and look again." },
    { CALCULATOR, "clock", "FILE.json|- [--days]", 1, 1, OPT(DAYS), gk_run_clock,
      "由事项推算答复期限并逐行说明", "due date and explanation of a list of events",
      "FILE.json：\n"
      "  {\"received_on\": \"2021-01-20\", \"as_of\": \"2021-02-20\", \"events\": [\n"
      "    {\"type\": \"correction_requested\", \"on\": \"2021-01-25\"},\n"
      "    {\"type\": \"correction_received\", \"on\": \"2021-02-03\"}]}\n\n"
      "事项类型：correction_requested 补正告知，correction_received 收到补正，consultation_started 开始征求意见，\n"
      "consultation_ended 意见反馈，extended 延期（days 1—20），fee_notice_sent 收费通知，fee_paid 缴费，\n"
      "dispatched 发出答复，withdrawn 撤回，ordered 责令限期重新办理（base 起算日，days 工作日）。征求意见可带 id、told（是否告知申请人，默认 true）、served_on（送达日）。\n"
      "事项按时间先后排列，可同日；均不得早于 received_on、晚于 as_of。",
      "FILE.json:\n"
      "  {\"received_on\": \"2021-01-20\", \"as_of\": \"2021-02-20\", \"events\": [\n"
      "    {\"type\": \"correction_requested\", \"on\": \"2021-01-25\"},\n"
      "    {\"type\": \"correction_received\", \"on\": \"2021-02-03\"}]}\n\n"
      "Types: correction_requested, correction_received, consultation_started, consultation_ended, extended\n"
      "(days 1-20), fee_notice_sent, fee_paid, dispatched, withdrawn, ordered (a ruling: base, days).  A consultation\n"
      "may carry id, told (was the applicant told; true by default) and served_on.  Events stand in order of time, none before received_on\n"
      "or after as_of." },

    { CALCULATOR, "law table", "", 0, 0, 0, gk_run_law_table,
      "办理流程、处理决定、期限和收费的全部规定", "every step, kind of decision, setting and holiday notice, with article and mark",
      "标记：已核＝条文已读；解释＝条文有余地，本系统采用的读法；记忆＝未读到原文。",
      "Marks: seen = the text was read; interp = our reading where the text leaves room; memory = the text was not read." },

    { ADMIN, "verify", "[CASE [--head HEX]] | --proof FILE | --receipt FILE [--key PUB]", 0, 1, OPT(HEAD) | OPT(PROOF) | OPT(RECEIPT) | OPT(KEY), gk_run_verify,
      "核验账本：哈希链，每案状态与末一事件相符，逐日封存", "check the ledger: hash chain, each case against its last event, the seals of the days",
      "--head：该案是否仍有已公布的链首（函件页脚的记录校验码即其前 8 位）。\n"
      "--proof、--receipt 附 --key PUB：只凭公钥核验已保存的证明、回执，不连接系统；不附 --key：询问账本是否仍有其内容。\n"
      "有任何不一致时退出码为 1。",
      "--head asks whether the case still has a head that was published (the check code of a letter is its first 8 digits).\n"
      "--proof and --receipt with --key PUB check what was saved by the public key alone, without a broker; without --key the\n"
      "ledger is asked whether it still holds it.  Exit status 1 on any difference." },
    { ADMIN, "seal list", "", 0, 0, 0, gk_run_seal_list,
      "逐日封存：当日以前变动案件的链首之根，机关签名", "the seals of the days: a signed root over the heads of the cases that moved", NULL, NULL },
    { ADMIN, "seal show", "DAY", 1, 1, 0, gk_run_seal_show,
      "某日的封存", "the seal of a day", NULL, NULL },
    { ADMIN, "seal proof", "CASE|RECEIPT [--save FILE]", 1, 1, OPT(SAVE), gk_run_seal_proof,
      "证明该案链首已封存，凭公钥即可核验", "a proof that the head of the case is under a seal, to be checked by the public key", NULL, NULL },
    { ADMIN, "seal key", "", 0, 0, 0, gk_run_seal_key,
      "封存和回执的公钥，应载入政府信息公开指南", "the public keys of seals and receipts, for the agency's guide",
      "末一行为现用公钥；更换：gongkai-broker --new-signing-key（先停止系统），新公钥由旧公钥签名。",
      "The last one is in use.  `gongkai-broker --new-signing-key`, with the broker stopped, makes a new one, signed by the old." },
    { ADMIN, "worker list", "", 0, 0, 0, gk_run_workers,
      "工作进程和任务队列", "workers and their queues", NULL, NULL },
    { ADMIN, "dead-letter list", "", 0, 0, 0, gk_run_dead_list,
      "多次失败的任务", "jobs that were given up", NULL, NULL },
    { ADMIN, "dead-letter retry", "JOB", 1, 1, OPT(REQUEST_ID), gk_run_dead_retry,
      "重新排队", "queue one again", NULL, NULL },
    { ADMIN, "org load", "FILE.json|-", 1, 1, OPT(REQUEST_ID), gk_run_org_load,
      "载入机关、部门、人员", "load offices, units and people", NULL, NULL },
    { ADMIN, "calendar load", "FILE|-", 1, 1, OPT(REQUEST_ID), gk_run_calendar_load,
      "载入放假通知", "load a holiday notice", NULL, NULL },
    { ADMIN, "catalogue import", "FILE.csv|- [--dry-run]", 1, 1, OPT(REQUEST_ID) | OPT(DRY_RUN), gk_run_catalogue_import,
      "载入主动公开目录", "load the catalogue of public documents",
      "UTF-8 的 CSV 文件，首行为列名：title 标题、url 网址（必填），document_number 文号、date 成文日期、\n"
      "unit 部门、published_on 公开日期。网址或文号相同的原条目被替换；全文无误才开始载入，重复载入无妨。",
      "A CSV file in UTF-8 with a header: title and url (required), document_number, date, unit, published_on.\n"
      "An entry of the same address or document number is replaced.  Nothing is loaded unless the whole file is\n"
      "right; loading it again does no harm." },
    { ADMIN, "catalogue remove", "URL REASON", 2, 2, OPT(REQUEST_ID), gk_run_catalogue_remove,
      "从主动公开目录移除一条", "take an entry out of the catalogue",
      "移除后不再检索到，也不再提示申请人；移除的条目、理由和经办人留在台账中。REASON 可写 @文件。",
      "It is found no more and triage no longer points to it; what was removed, why and by whom stays in the ledger.\nREASON may be @FILE." },
    { ADMIN, "training advance", "DATE", 1, 1, OPT(REQUEST_ID), gk_run_training_advance,
      "演练环境：把时钟拨到 DATE", "training: move the clock to DATE", NULL, NULL },
    { ADMIN, "time confirm", "", 0, 0, OPT(REQUEST_ID), gk_run_time_confirm,
      "时钟异常后确认系统时间", "confirm the time after a jump of the clock", NULL, NULL },

    { GK_GROUP_HELP, "help", "[TOPIC|CMD]", 0, 2, 0, gk_run_help,
      "说明；专题：form、options、errors、exit", "help; topics: form, options, errors, exit", NULL, NULL },
};

#undef APPLICANT
#undef DESK
#undef CALCULATOR
#undef ADMIN
#undef OPT

enum { VERBS = sizeof table / sizeof *table };

const gk_verb *gk_verb_at(size_t index)
{
    return index < VERBS ? &table[index] : NULL;
}

int gk_verb_words(const gk_verb *self)
{
    return strchr(self->name, ' ') ? 2 : 1;
}

bool gk_verb_is_of(const gk_verb *self, const char *word)
{
    const char *blank = strchr(self->name, ' ');
    size_t len = blank ? (size_t) (blank - self->name) : 0;
    return blank && strlen(word) == len && strncmp(self->name, word, len) == 0;
}

static bool is_named(const gk_verb *verb, const char *const *word, int words)
{
    if (gk_verb_words(verb) == 1)
        return strcmp(verb->name, word[0]) == 0;
    return words > 1 && gk_verb_is_of(verb, word[0]) && strcmp(strchr(verb->name, ' ') + 1, word[1]) == 0;
}

const gk_verb *gk_verb_find(const char *const *word, int words)
{
    const gk_verb *found = NULL;                /* "letter preview" before "letter" */
    for (size_t i = 0; words && i < VERBS; i++)
        if (is_named(&table[i], word, words) && (!found || gk_verb_words(&table[i]) > gk_verb_words(found)))
            found = &table[i];
    return found;
}
