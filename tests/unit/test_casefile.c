/* links: gk_core */
/*  test_casefile - the lives that a case may lead, told day by day with the shipped law, and what is
 *  refused on the way.  Every step of the flow table has to be in one of these stories. */
#include "casework.h"

#define SCANNED(day) { day, "worker:confidentiality", "scanned", "{'verdicts':[],'refused':false}", 0, "secrecy", NULL }
#define CLEARED(day) { day, "he.ping", "secrecy_cleared", "{'verdict':'public','opinion':'x'}", 0, "approval", NULL }
#define APPROVED(day) { day, "zhou.wei", "approved", NULL, 0, "printing", NULL }
#define RENDERED(day) { day, "worker:reply", "letter_rendered", \
      "{'letter':'reply','digest':'abcd','pages':2,'check_code':'0badcafe'}", 0, "sealing", NULL }
#define SEALED(day) { day, "chen.jing", "sealed", "{'pages':2,'check_code':'0badcafe','seal':'x'}", 0, "dispatch", NULL }
#define POSTED(day) { day, "chen.jing", "dispatched", "{'method':'post','carrier':'EMS','tracking':'E1'}", 0, "delivery", NULL }
#define SERVED(day, on) { day, "chen.jing", "served", "{'served_on':'" on "','proof':'x'}", 0, "closed", NULL }
#define LAPSE "{'reason_offered':'none','checked':true}"
#define NOTICED(day) { day, "chen.jing", "notice_served", "{'served_on':'" day "','proof':'x'}", 0, NULL, "" }

#define HELD { "2026-03-03", "guo.qiang", "claimed", NULL, 0, "handling", NULL }
#define ASKED { "2026-03-05", "guo.qiang", "correction_requested", "{'items':'x'}", 0, "correction", "" }
#define EVIDENCE { "2026-03-03", "guo.qiang", "documents_attached", "{'kind':'evidence','documents':[{'digest':'aa'}]}", 0, "handling", NULL }
#define SENT(day) SENT_AS(day, "'outcome':'U2','reason':'x'")
#define SENT_AGAIN(day) SENT_AS(day, "'outcome':'U2','reason':'x','redo_ground':'x'")
#define SENT_AS(day, fields) { day, "guo.qiang", "proposed", "{" fields "}", 0, "scanning", NULL }, SCANNED(day), CLEARED(day), \
      APPROVED(day), RENDERED(day), SEALED(day), POSTED(day)

#define ANSWERED BEGUN, SENT("2026-03-20"), SERVED("2026-03-24", "2026-03-23")
#define SUED(day, kind) { day, "xu.lan", "proceeding_opened", "{'kind':'" kind "','body':'x','number':'y','received_on':'" day "'}", 0, NULL, NULL }
#define REDO(day, id, base, days) { day, "xu.lan", "redo_ordered", "{'proceeding':'" id "','concluded_on':'" day "','result':'corrected'," \
      "'ruling':'x','base_on':'" base "','days':" days "}", 0, "handling", NULL }

#define GIVEN BEGUN, { "2026-03-03", "guo.qiang", "documents_attached", "{'kind':'release','documents':[{'digest':'aa'}]}", 0, NULL, NULL }, \
      { "2026-03-03", "worker:confidentiality", "documents_admitted", "{'verdicts':[{'digest':'aa','verdict':'clean'}]}", 0, NULL, NULL }, \
      { "2026-03-04", "guo.qiang", "proposed", "{'outcome':'G2'}", 0, NULL, NULL }, SCANNED("2026-03-04"), \
      { "2026-03-04", "he.ping", "verdict_given", VERDICT("aa", "public"), 0, NULL, NULL }, CLEARED("2026-03-04"), \
      APPROVED("2026-03-04"), RENDERED("2026-03-04"), SEALED("2026-03-04"), POSTED("2026-03-05"), SERVED("2026-03-09", "2026-03-08")

#define ANSWER(id) "{'subtask':'" id "','systems':'x','keywords':'x','persons':'x','period':'x','result':'found','opinion':'x'}"

#define CLEARED_NOT(day) { day, "he.ping", "secrecy_cleared", "{'verdict':'public','opinion':'x'}", GK_ENEED, "secrecy", NULL }
#define MERGED(day) "{'other_case':'GZ-2026-000900','reason':'x','cases':['GZ-2026-000900','GZ-2026-000002'],'earliest_due':'" day "'}"
#define VERDICT(digest, verdict) "{'digest':'" digest "','verdict':'" verdict "','basis':'x','opinion':'x'}"
#define REFERRAL "{'digest':'aa','basis':'x','third_party':{'name':'x'},'information':'x','applicant_told':true}"
#define PARTLY "{'outcome':'P','reason':'x','refused_part':'x','severability':'x','ground':'D5'}"
#define FILE_ADMITTED { "2026-03-03", "guo.qiang", "documents_attached", "{'kind':'release','documents':[{'digest':'aa'}]}", 0, "handling", NULL }, \
    { "2026-03-03", "worker:confidentiality", "documents_admitted", "{'verdicts':[{'digest':'aa','verdict':'clean'}]}", 0, "handling", NULL }
#define FILE_AGAIN(day) { day, "guo.qiang", "documents_attached", "{'kind':'release','documents':[{'digest':'aa'}]}", 0, "handling", NULL }, \
    { day, "worker:confidentiality", "documents_admitted", "{'verdicts':[{'digest':'aa','verdict':'clean'}]}", 0, "handling", NULL }
#define CHALLENGE(id) "{'kind':'reconsideration','body':'x','number':'y','received_on':'2026-03-09','consultation':'" id "'}"
#define OVERRIDDEN FILE_ADMITTED, \
    { "2026-03-03", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "handling", NULL }, \
    { "2026-03-05", "guo.qiang", "consultation_ended", "{'consultation':'c6','answer':'disagree','opinion':'x'}", 0, "handling", NULL }, \
    { "2026-03-05", "guo.qiang", "proposed", "{'outcome':'G2','own_assessment':'x'}", 0, "scanning", NULL }, \
    SCANNED("2026-03-05"), { "2026-03-05", "he.ping", "verdict_given", VERDICT("aa", "public"), 0, "secrecy", NULL }, \
    CLEARED("2026-03-05"), APPROVED("2026-03-05"), RENDERED("2026-03-05"), SEALED("2026-03-05"), \
    { "2026-03-06", "chen.jing", "override_sent", "{'consultation':'c6','content':'x','reason':'x'}", 0, "dispatch", NULL }, \
    { "2026-03-06", "chen.jing", "override_served", "{'consultation':'c6','served_on':'2026-03-06','proof':'x'}", 0, "dispatch", NULL }
#define NOT_FOUND "{'systems':'x','keywords':'x','units':'x','persons':'x','period':'x','result':'none'}"
#define SPLIT_PART "{'split_from':'GZ-2026-000001','office':'GZ','form':{'name':'x'},'receipt':{'name':'x'},'received_on':'2026-03-02'," \
      "'submitted_on':'2026-03-02','channel':'portal','medium':'paper','delivery':'post','reachable':true}"

typedef struct story {
    const char *name;
    line lines[40];
} story;

static const story stories[] = {
    { "a unit signed that it found something: a later search explains the difference", { BEGUN,
        { "2026-03-03", "chen.jing", "subtask_sent", "{'unit':'ZHC','question':'x'}", 0, "handling", NULL },        /* t4 */
        { "2026-03-03", "chen.jing", "subtask_sent", "{'unit':'TJC','question':'x'}", 0, "handling", NULL },        /* t5 */
        { "2026-03-04", "huang.tao", "subtask_answered", ANSWER("t4"), 0, "handling", NULL },
        { "2026-03-04", "guo.qiang", "search_recorded", NOT_FOUND, 0, "handling", NULL },
        { "2026-03-04", "lin.fang", "subtask_signed", "{'subtask':'t4'}", 0, "handling", NULL },
        { "2026-03-04", "deng.hao", "subtask_answered", "{'subtask':'t5','systems':'x','keywords':'x','persons':'x','period':'x','result':'none','opinion':'x'}", 0, "handling", NULL },
        { "2026-03-04", "cao.lin", "subtask_signed", "{'subtask':'t5'}", 0, "handling", NULL },
        { "2026-03-05", "guo.qiang", "refusal_proposed", "{'outcome':'U1a','reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-05", "guo.qiang", "search_recorded", NOT_FOUND, 0, "handling", NULL },
        { "2026-03-05", "guo.qiang", "refusal_proposed", "{'outcome':'U1a','reason':'x'}", 0, "legal", NULL },
    } },
    { "what a unit found is about its item", { BEGUN,
        { "2026-03-03", "guo.qiang", "itemised", "{'items':'x','count':2}", 0, "handling", NULL },
        { "2026-03-03", "chen.jing", "subtask_sent", "{'unit':'ZHC','question':'x'}", 0, "handling", NULL },        /* t5 */
        { "2026-03-04", "guo.qiang", "search_recorded", NOT_FOUND, 0, "handling", NULL },
        { "2026-03-04", "huang.tao", "subtask_answered", "{'subtask':'t5','systems':'x','keywords':'x','persons':'x','period':'x','result':'partly','opinion':'x','item':2}", 0, "handling", NULL },
        { "2026-03-04", "guo.qiang", "item_decided", "{'item':2,'outcome':'U1a','reason':'x'}", 0, "handling", NULL },    /* not signed yet */
        { "2026-03-04", "lin.fang", "subtask_signed", "{'subtask':'t5'}", 0, "handling", NULL },
        { "2026-03-04", "guo.qiang", "item_decided", "{'item':2,'outcome':'U1a','reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-04", "guo.qiang", "item_decided", "{'item':1,'outcome':'U1a','reason':'x'}", 0, "handling", NULL },
        { "2026-03-04", "guo.qiang", "refusal_proposed", NULL, GK_ENEED, "handling", NULL },
    } },
    { "granted by inspection: a place and a time instead of a file (Art. 36(2), 40)", { BEGUN,
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'G2'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'G2','inspect_where':'x'}", GK_ENEED, "handling", NULL },      /* when? */
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'G2','inspect_when':'x'}", GK_ENEED, "handling", NULL },       /* where? */
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'G1','public_where':'x','inspect_where':'x','inspect_when':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "refusal_proposed", "{'outcome':'P','reason':'x','refused_part':'x','severability':'x','ground':'D5','inspect_where':'x','inspect_when':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'G2','inspect_where':'x','inspect_when':'x'}", 0, "scanning", NULL },
        SCANNED("2026-03-03"),
        { "2026-03-03", "he.ping", "secrecy_cleared", "{'verdict':'withheld','opinion':'x'}", GK_ENEED, "secrecy", NULL },
        CLEARED("2026-03-03"), APPROVED("2026-03-03"), RENDERED("2026-03-03"), SEALED("2026-03-03"), POSTED("2026-03-04"),
    } },
    { "one item is shown, the other given", { BEGUN,
        { "2026-03-03", "guo.qiang", "itemised", "{'items':'x','count':2}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':1,'outcome':'G2','inspect_where':'x','inspect_when':'x'}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':2,'outcome':'G2'}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "proposed", NULL, GK_ENEED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "documents_attached", "{'kind':'release','item':2,'documents':[{'digest':'aa'}]}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "proposed", NULL, 0, "scanning", NULL },
        SCANNED("2026-03-03"),
        { "2026-03-03", "worker:confidentiality", "documents_admitted", "{'verdicts':[{'digest':'aa','verdict':'class_a'}],'refused':true}", 0, "secrecy", NULL },
        { "2026-03-03", "he.ping", "document_destroyed", "{'digest':'aa','reason':'x'}", 0, "secrecy", NULL },
        CLEARED_NOT("2026-03-03"),                                                                  /* nothing is left to give */
        { "2026-03-03", "he.ping", "secrecy_returned", "{'reason':'x'}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':2,'outcome':'G2','inspect_where':'x','inspect_when':'x'}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "proposed", NULL, 0, "scanning", NULL },
        SCANNED("2026-03-03"),
        { "2026-03-03", "he.ping", "verdict_given", "{'item':1,'verdict':'public','basis':'x','opinion':'x'}", 0, "secrecy", NULL },
        { "2026-03-03", "he.ping", "verdict_given", "{'item':2,'verdict':'public','basis':'x','opinion':'x'}", 0, "secrecy", NULL },
        CLEARED("2026-03-03"), APPROVED("2026-03-03"),
    } },
    { "not ours: whose it is, or that nobody can tell (Art. 36(5))", { BEGUN,
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'U1b','reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'U1b','reason':'x','agency_name':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'U1b','reason':'x','agency_unknown':false}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'U1b','reason':'x','agency_unknown':true}", 0, "scanning", NULL },
    } },
    { "already public: the straight way, with every wrong hand on it", { BEGUN,
        { "2026-03-03", "guo.qiang", "claimed", NULL, 0, "handling", NULL },
        { "2026-03-03", "tang.yue", "noted", "{'text':'x'}", 0, "handling", "2026-03-30" },
        { "2026-03-03", "huang.tao", "proposed", "{'outcome':'G1','public_where':'x'}", GK_EDENIED, "handling", NULL },   /* another unit's */
        { "2026-03-03", "chen.jing", "proposed", "{'outcome':'G1','public_where':'x'}", GK_ENEED, "handling", NULL },     /* held by guo.qiang */
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'G1'}", GK_ENEED, "handling", NULL },                        /* says not where */
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'O1'}", GK_ENEED, "handling", NULL },                        /* a lapse is no proposal */
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'G1','public_where':'x'}", 0, "scanning", "2026-03-30" },
        { "2026-03-03", "zhou.wei", "approved", NULL, GK_ESTATE, "scanning", NULL },                                      /* not before secrecy */
        SCANNED("2026-03-03"),
        { "2026-03-03", "zhou.wei", "approved", NULL, GK_ESTATE, "secrecy", NULL },
        { "2026-03-03", "zhou.wei", "secrecy_cleared", "{'verdict':'public','opinion':'x'}", GK_EDENIED, "secrecy", NULL },
        CLEARED("2026-03-04"), APPROVED("2026-03-04"), RENDERED("2026-03-04"),
        { "2026-03-04", "chen.jing", "sealed", "{'pages':3,'check_code':'0badcafe','seal':'x'}", GK_ENEED, "sealing", NULL },
        { "2026-03-04", "chen.jing", "sealed", "{'pages':2,'check_code':'0badcaff','seal':'x'}", GK_ENEED, "sealing", NULL },
        SEALED("2026-03-04"), POSTED("2026-03-05"), SERVED("2026-03-09", "2026-03-08"),
    } },
    { "how it may not be sent, and mail that comes back", { BEGUN,
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'U2','reason':'x'}", 0, "scanning", NULL },
        SCANNED("2026-03-03"), CLEARED("2026-03-04"), APPROVED("2026-03-04"), RENDERED("2026-03-04"), SEALED("2026-03-04"),
        { "2026-03-05", "chen.jing", "dispatched", "{'method':'post','carrier':'SF','tracking':'1'}", GK_ENEED, "dispatch", NULL },
        { "2026-03-05", "chen.jing", "dispatched", "{'method':'post','carrier':'EMS'}", GK_ENEED, "dispatch", NULL },
        { "2026-03-05", "chen.jing", "dispatched", "{'method':'electronic'}", GK_ENEED, "dispatch", NULL },               /* he chose post */
        { "2026-03-05", "chen.jing", "dispatched", "{'method':'in_person','on':'2026-03-03'}", GK_EBADVALUE, "dispatch", NULL },  /* no letter yet */
        POSTED("2026-03-05"),
        { "2026-03-12", "clock", "incident_raised", "{'kind':'notice'}", 0, "delivery", "2026-03-30" },                   /* no proof yet */
        { "2026-03-12", "liu.yang", "mail_returned", "{'returned_on':'2026-03-04','fault':'applicant','reason':'x'}", GK_EBADVALUE, "delivery", NULL },
        { "2026-03-12", "liu.yang", "mail_returned", "{'returned_on':'2026-03-12','fault':'applicant','reason':'x'}", 0, "delivery", "2026-03-30" },
        { "2026-03-12", "liu.yang", "redispatched", "{'method':'post','carrier':'SF','tracking':'1'}", GK_ENEED, "delivery", NULL },
        { "2026-03-12", "liu.yang", "redispatched", "{'method':'post','carrier':'EMS','tracking':'E2'}", 0, "delivery", "2026-03-30" },
        { "2026-03-13", "chen.jing", "served", "{'served_on':'2026-03-04','proof':'x'}", GK_EBADVALUE, "delivery", NULL },
        { "2026-03-13", "chen.jing", "served", "{'served_on':'2026-03-14','proof':'x'}", GK_EBADVALUE, "delivery", NULL }, /* tomorrow */
        SERVED("2026-03-16", "2026-03-14"),
    } },
    { "back by our fault: only the new posting counts", { BEGUN, SENT("2026-03-30"),
        { "2026-04-02", "liu.yang", "posting_failed", "{'returned_on':'2026-04-02','fault':'office','reason':'x'}", 0, "dispatch", "2026-03-30" },
        { "2026-04-02", "clock", "reminder_due", "{'left':-3}", 0, "dispatch", "2026-03-30" },
        POSTED("2026-04-02"), SERVED("2026-04-07", "2026-04-03"),
    } },
    { "granted: nothing is granted without the file, and the drafter decides nothing", { BEGUN,
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'G2'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "documents_attached", "{'kind':'release','documents':[{'digest':'aa'}]}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'G2'}", 0, "scanning", NULL },
        SCANNED("2026-03-03"),
        { "2026-03-03", "he.ping", "secrecy_cleared", "{'verdict':'public','opinion':'x'}", GK_ENEED, "secrecy", NULL },  /* still in quarantine */
        { "2026-03-03", "worker:confidentiality", "documents_admitted", "{'verdicts':[{'digest':'aa','verdict':'class_a'}],'refused':true}", 0, "secrecy", NULL },
        { "2026-03-03", "he.ping", "secrecy_cleared", "{'verdict':'public','opinion':'x'}", GK_ENEED, "secrecy", NULL },  /* a class-A mark */
        { "2026-03-03", "he.ping", "verdict_given", VERDICT("aa", "public"), GK_ENEED, "secrecy", NULL },                 /* nobody can have read it */
        { "2026-03-03", "chen.jing", "document_cleared", "{'digest':'aa','reason':'x'}", GK_EDENIED, "secrecy", NULL },
        { "2026-03-03", "he.ping", "document_cleared", "{'digest':'bb','reason':'x'}", GK_ENEED, "secrecy", NULL },
        { "2026-03-03", "he.ping", "document_cleared", "{'digest':'aa','reason':'x'}", 0, "secrecy", NULL },
        { "2026-03-03", "he.ping", "document_destroyed", "{'digest':'aa','reason':'x'}", GK_ENEED, "secrecy", NULL },     /* cleared is cleared */
        CLEARED_NOT("2026-03-04"),                                                                                      /* no verdict on the file */
        { "2026-03-04", "he.ping", "verdict_given", VERDICT("aa", "partial"), 0, "secrecy", NULL },
        CLEARED_NOT("2026-03-04"),                                                                                      /* granted is granted whole */
        { "2026-03-04", "guo.qiang", "verdict_given", VERDICT("aa", "public"), GK_EDENIED, "secrecy", NULL },
        { "2026-03-04", "he.ping", "verdict_given", VERDICT("aa", "public"), 0, "secrecy", "2026-03-30" },
        { "2026-03-04", "he.ping", "secrecy_cleared", "{'verdict':'withheld','opinion':'x'}", GK_ENEED, "secrecy", NULL },   /* then it does not go out */
        { "2026-03-04", "he.ping", "secrecy_cleared", "{'verdict':'partial','opinion':'x'}", GK_ENEED, "secrecy", NULL },
        CLEARED("2026-03-04"),
        { "2026-03-04", "zhou.wei", "approval_returned", "{'reason':'x'}", 0, "handling", NULL },
        { "2026-03-04", "guo.qiang", "proposed", "{'outcome':'G2'}", 0, "scanning", NULL },
        SCANNED("2026-03-04"),
        { "2026-03-04", "he.ping", "secrecy_returned", "{'reason':'x'}", 0, "handling", NULL },
        { "2026-03-04", "applicant", "withdrew", NULL, 0, "withdrawn", "" },
        { "2026-03-04", "chen.jing", "correction_received", "{'text':'x'}", GK_ESTATE, "withdrawn", "" },                /* his own will ends it */
    } },
    { "refused: a second reader, a search before it does not exist", { BEGUN,
        { "2026-03-03", "guo.qiang", "refusal_proposed", "{'outcome':'U1a','reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'D1','reason':'x','mark_level':'x','mark_term':'x','severability':'x'}", GK_ENEED, "handling", NULL },  /* not past the second reader */
        { "2026-03-03", "guo.qiang", "refusal_proposed", "{'outcome':'G1','public_where':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "search_recorded", "{'systems':'x','keywords':'x','units':'x','persons':'x','period':'x','result':'found'}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "refusal_proposed", "{'outcome':'U1a','reason':'x'}", GK_ENEED, "handling", NULL },  /* it was found */
        { "2026-03-03", "guo.qiang", "refusal_proposed", "{'outcome':'D4','reason':'x','own_assessment':'x','third_party_answer':'x','severability':'x'}", GK_ENEED, "handling", NULL },  /* nobody was asked */
        { "2026-03-03", "guo.qiang", "search_recorded", "{'systems':'x','keywords':'x','units':'x','persons':'x','period':'x','result':'none'}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "refusal_proposed", "{'outcome':'U1a','reason':'x'}", 0, "legal", NULL },
        { "2026-03-03", "xu.lan", "legal_returned", "{'reason':'x'}", 0, "handling", NULL },
        { "2026-03-04", "guo.qiang", "refusal_proposed", "{'outcome':'U1a','reason':'x'}", 0, "legal", NULL },
        { "2026-03-04", "guo.qiang", "legal_cleared", "{'opinion':'x'}", GK_EDENIED, "legal", NULL },
        { "2026-03-04", "xu.lan", "legal_cleared", "{'opinion':'x'}", 0, "scanning", NULL },
        SCANNED("2026-03-04"), CLEARED("2026-03-05"), APPROVED("2026-03-05"), RENDERED("2026-03-05"), SEALED("2026-03-05"),
        { "2026-03-06", "liu.yang", "dispatched", "{'method':'in_person','proof':'x'}", GK_ENEED, "dispatch", NULL },
        { "2026-03-06", "liu.yang", "handed_over", "{'method':'in_person'}", GK_ENEED, "dispatch", NULL },                /* who took it? */
        { "2026-03-06", "liu.yang", "handed_over", "{'method':'in_person','proof':'x'}", 0, "closed", "2026-03-30" },
    } },
    { "a part is refused on grounds that are kinds of refusal, and needs what they need", { BEGUN,
        { "2026-03-03", "guo.qiang", "documents_attached", "{'kind':'release','documents':[{'digest':'aa'}]}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "refusal_proposed", "{'outcome':'P','reason':'x','ground':'商业秘密','refused_part':'x','severability':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "refusal_proposed", "{'outcome':'P','reason':'x','ground':'U1a','refused_part':'x','severability':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "refusal_proposed", "{'outcome':'P','reason':'x','ground':'D7,D4','refused_part':'x','severability':'x'}", GK_ENEED, "handling", NULL },   /* its own assessment */
        { "2026-03-03", "guo.qiang", "refusal_proposed", "{'outcome':'P','reason':'x','ground':'D7,D4','refused_part':'x','severability':'x','own_assessment':'x','third_party_answer':'x'}", GK_ENEED, "handling", NULL },   /* nobody was asked */
        { "2026-03-03", "guo.qiang", "refusal_proposed", "{'outcome':'P','reason':'x','ground':'D2','refused_part':'x','severability':'x'}", GK_ENEED, "handling", NULL },   /* which law */
        { "2026-03-03", "guo.qiang", "refusal_proposed", "{'outcome':'D2','reason':'x','severability':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "refusal_proposed", "{'outcome':'P','reason':'x','ground':'D7、D2','law':'x','refused_part':'x','severability':'x'}", 0, "legal", NULL },
        { "2026-03-03", "xu.lan", "legal_cleared", "{'opinion':'x'}", 0, "scanning", NULL },
        SCANNED("2026-03-04"),
        { "2026-03-04", "worker:confidentiality", "documents_admitted", "{'verdicts':[{'digest':'aa','verdict':'class_a'}],'refused':true}", 0, "secrecy", NULL },
        { "2026-03-04", "he.ping", "document_destroyed", "{'digest':'aa','reason':'x'}", 0, "secrecy", NULL },
        { "2026-03-04", "he.ping", "secrecy_cleared", "{'verdict':'partial','opinion':'x'}", GK_ENEED, "secrecy", NULL },   /* nothing is left to release */
    } },
    { "still unclear is said after a correction; a search counts for what is asked", { BEGUN,
        { "2026-03-03", "guo.qiang", "search_recorded", "{'systems':'x','keywords':'x','units':'x','persons':'x','period':'x','result':'none'}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'U3','reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-04", "guo.qiang", "correction_requested", "{'items':'x'}", 0, "correction", "" },
        { "2026-03-09", "applicant", "correction_received", "{'text':'x'}", 0, "handling", NULL },
        { "2026-03-09", "guo.qiang", "refusal_proposed", "{'outcome':'U1a','reason':'x'}", GK_ENEED, "handling", NULL },    /* searched for before he said what */
        { "2026-03-09", "guo.qiang", "proposed", "{'outcome':'U3','reason':'x'}", 0, "scanning", NULL },
    } },
    { "corrected in time, once (Art. 30)", { BEGUN,
        { "2026-03-11", "guo.qiang", "correction_requested", "{'items':'x'}", 0, "correction", "" },        /* the 7th working day */
        { "2026-03-20", "chen.jing", "correction_received", "{'text':'x','on':'2026-03-10'}", GK_ENEED, "correction", NULL },     /* before it was asked for */
        { "2026-03-20", "chen.jing", "withdrew", "{'on':'2026-03-10'}", GK_ENEED, "correction", NULL },
        { "2026-03-20", "applicant", "correction_received", "{'text':'x'}", 0, "handling", "2026-04-20" },  /* a fresh twenty, Qingming between */
        { "2026-03-23", "guo.qiang", "correction_requested", "{'items':'x'}", GK_ENEED, "handling", "2026-04-20" },
        { "2026-03-23", "chen.jing", "transferred", "{'unit':'FGC','reason':'x'}", 0, "handling", "2026-04-20" },
        { "2026-03-23", "chen.jing", "transferred", "{'unit':'XXX','reason':'x'}", GK_EBADVALUE, "handling", NULL },
        { "2026-03-23", "shi.qi", "claimed", NULL, 0, "handling", NULL },
        { "2026-03-23", "shi.qi", "released", "{'reason':'x'}", 0, "handling", "2026-04-20" },
        { "2026-04-20", "zhao.min", "extended", "{'days':20,'reason':'x'}", 0, "handling", "2026-05-20" },  /* on its last day; 1 to 5 May off, 9 May worked */
        { "2026-04-21", "zhao.min", "extended", "{'days':5,'reason':'x'}", GK_ENEED, "handling", "2026-05-20" },
        { "2026-04-21", "liu.yang", "notice_dispatched", "{'letter':'extension_notice','method':'post','carrier':'EMS','tracking':'1','posted_on':'2026-04-20'}", 0, "handling", "2026-05-20" },
    } },
    { "asked to correct on the 8th working day: too late", { BEGUN,
        { "2026-03-12", "guo.qiang", "correction_requested", "{'items':'x'}", GK_ENEED, "handling", "2026-03-30" },
        { "2026-03-12", "guo.qiang", "correction_asked_late", "{'items':'x','reason':'x'}", GK_EDENIED, "handling", NULL },   /* so does the head, who says why */
        { "2026-03-12", "zhao.min", "correction_asked_late", "{'items':'x','reason':'x'}", 0, "handling", "2026-03-30" },     /* nothing moves */
        { "2026-03-13", "applicant", "supplement_received", "{'text':'x'}", 0, "handling", "2026-03-30" },
        { "2026-03-13", "applicant", "supplement_received", "{'text':'x'}", GK_ENEED, "handling", "2026-03-30" },
        { "2026-03-12", "guo.qiang", "extended", "{'days':5,'reason':'x'}", GK_EDENIED, "handling", NULL },               /* only the head */
        { "2026-03-31", "zhao.min", "extended", "{'days':5,'reason':'x'}", GK_ENEED, "handling", "2026-03-30" },          /* a day after the term */
        { "2026-03-12", "zhao.min", "extended", "{'days':21,'reason':'x'}", GK_ENEED, "handling", "2026-03-30" },
    } },
    { "asked late where a notice in time is possible", { BEGUN,
        { "2026-03-11", "zhao.min", "correction_asked_late", "{'items':'x','reason':'x'}", GK_ENEED, "handling", "2026-03-30" },
    } },
    { "too many: reasons asked, weighed, and a delayed date (Art. 35)", { BEGUN,
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'N4','reason':'x','frequency':'x'}", GK_ENEED, "handling", NULL },   /* nobody was asked */
        { "2026-03-03", "applicant", "reasons_received", "{'text':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "zhao.min", "delayed", "{'until':'2026-06-30','reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "reasons_requested", "{'frequency':'x'}", GK_EDENIED, "handling", NULL },
        { "2026-03-03", "chen.jing", "reasons_requested", "{'frequency':'x'}", 0, "handling", "2026-03-30" },                /* the clock runs on */
        { "2026-03-03", "chen.jing", "reasons_requested", "{'frequency':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-26", "guo.qiang", "proposed", "{'outcome':'N4','reason':'x','frequency':'x'}", GK_ENEED, "handling", NULL },   /* who knows whether he was asked */
        { "2026-03-25", "liu.yang", "notice_served", "{'served_on':'2026-03-04','proof':'x','letter':'reasons_notice'}", 0, "handling", "2026-03-30" },
        { "2026-03-25", "guo.qiang", "proposed", "{'outcome':'N4','reason':'x','frequency':'x'}", GK_ENEED, "handling", NULL },   /* the last day of his fifteen */
        { "2026-03-26", "guo.qiang", "proposed", "{'outcome':'N4','reason':'x','frequency':'x'}", 0, "scanning", NULL },     /* silent */
        SCANNED("2026-03-26"),
        { "2026-03-26", "he.ping", "secrecy_returned", "{'reason':'x'}", 0, "handling", NULL },
        { "2026-03-26", "applicant", "reasons_received", "{'text':'x'}", 0, "handling", "2026-03-30" },
        { "2026-03-30", "zhao.min", "delayed", "{'until':'2026-03-30','reason':'x'}", GK_ENEED, "handling", NULL },          /* no later than the term */
        { "2026-03-30", "chen.jing", "delayed", "{'until':'2026-06-30','reason':'x'}", GK_EDENIED, "handling", NULL },
        { "2026-03-31", "zhao.min", "delayed", "{'until':'2026-06-30','reason':'x'}", GK_ENEED, "handling", NULL },          /* after it */
        { "2026-03-30", "zhao.min", "delayed", "{'until':'2026-06-30','reason':'x'}", 0, "handling", "2026-06-30" },
        { "2026-03-31", "zhao.min", "extended", "{'days':5,'reason':'x'}", GK_ENEED, "handling", "2026-06-30" },
    } },
    { "never corrected: proposed by the clock, confirmed by a clerk, reopened by what came in time", { BEGUN,
        { "2026-03-05", "guo.qiang", "correction_requested", "{'items':'x'}", 0, "correction", "" },
        { "2026-03-12", "clock", "incident_raised", "{'kind':'notice'}", 0, "correction", "" },              /* nobody proved its service */
        { "2026-03-12", "chen.jing", "notice_served", "{'served_on':'2026-03-04','proof':'x'}", GK_EBADVALUE, "correction", "" },   /* before it was sent */
        { "2026-03-12", "chen.jing", "notice_served", "{'served_on':'2026-03-05','proof':'x'}", 0, "correction", "" },      /* to 26 March */
        { "2026-04-03", "chen.jing", "lapse_proposed", NULL, GK_EDENIED, "correction", NULL },
        { "2026-04-03", "clock", "lapse_proposed", NULL, 0, "correction_lapse", "" },
        { "2026-04-03", "chen.jing", "lapse_confirmed", "{'reason_offered':'none','checked':false}", GK_ENEED, "correction_lapse", NULL },
        { "2026-04-03", "chen.jing", "lapse_confirmed", LAPSE, 0, "printing", "" },
        RENDERED("2026-04-03"), SEALED("2026-04-03"), POSTED("2026-04-03"),         /* a decision: numbered, sealed, posted */
        SERVED("2026-04-07", "2026-04-06"),
        { "2026-04-08", "ma.li", "fee_paid", "{'receipt_number':'x','amount_yuan':10,'value_date':'2026-03-25'}", GK_ENEED, "closed", "" },   /* no fee was asked */
        { "2026-04-08", "chen.jing", "correction_received", "{'text':'x','on':'2026-03-27'}", GK_ENEED, "closed", "" },   /* posted a day late */
        { "2026-04-08", "chen.jing", "correction_received", "{'text':'x','on':'2026-03-26'}", 0, "handling", "2026-04-24" },
    } },
    { "posted in the period and come after the lapse: the postmark defeats it, receipt begins the term", { BEGUN,
        { "2026-03-05", "guo.qiang", "correction_requested", "{'items':'x'}", 0, "correction", "" }, NOTICED("2026-03-05"),    /* to 26 March */
        { "2026-04-03", "clock", "lapse_proposed", NULL, 0, "correction_lapse", "" },
        { "2026-04-03", "chen.jing", "lapse_confirmed", LAPSE, 0, "printing", "" },
        { "2026-04-08", "chen.jing", "correction_received", "{'text':'x','posted_on':'2026-03-27'}", GK_ENEED, "printing", "" },          /* a day late */
        { "2026-04-08", "chen.jing", "correction_received", "{'text':'x','posted_on':'2026-03-04'}", GK_EBADVALUE, "printing", "" },      /* before it was asked for */
        { "2026-04-08", "chen.jing", "correction_received", "{'text':'x','on':'2026-03-25','posted_on':'2026-03-26'}", GK_EBADVALUE, "printing", "" },   /* posted after it came */
        { "2026-04-08", "chen.jing", "correction_received", "{'text':'x','on':'2026-04-07','posted_on':'2026-03-26'}", 0, "handling", "2026-05-08" },   /* twenty from 7 April, 1 to 5 May off, 9 worked */
    } },
    { "a parcel that we refused came that day", { BEGUN,
        { "2026-03-05", "guo.qiang", "correction_requested", "{'items':'x'}", 0, "correction", "" }, NOTICED("2026-03-05"),
        { "2026-04-03", "clock", "lapse_proposed", NULL, 0, "correction_lapse", "" },
        { "2026-04-03", "chen.jing", "lapse_confirmed", LAPSE, 0, "printing", "" },
        { "2026-04-08", "liu.yang", "correction_received", "{'refused_by_us':true,'posted_on':'2026-03-25'}", GK_EMISSING, "printing", "" },  /* on which day? */
        { "2026-04-08", "liu.yang", "correction_received", "{'refused_by_us':true,'on':'2026-03-26'}", 0, "handling", "2026-04-24" },
    } },
    { "a good reason defers the lapse", { BEGUN,
        { "2026-03-05", "guo.qiang", "correction_requested", "{'items':'x'}", 0, "correction", "" },
        { "2026-03-06", "zhao.min", "reason_accepted", "{'until':'2026-05-15','reason':'x'}", GK_ENEED, "correction", "" },   /* no period runs yet */
        NOTICED("2026-03-05"),
        { "2026-03-20", "chen.jing", "reason_accepted", "{'until':'2026-05-15','reason':'x'}", GK_EDENIED, "correction", "" },
        { "2026-03-20", "zhao.min", "reason_accepted", "{'until':'2026-03-26','reason':'x'}", GK_EBADVALUE, "correction", "" },   /* that is its end already */
        { "2026-03-20", "zhao.min", "reason_accepted", "{'until':'2026-03-30','reason':'x'}", 0, "correction", "" },
        { "2026-04-08", "clock", "lapse_proposed", NULL, 0, "correction_lapse", "" },
        { "2026-04-09", "zhao.min", "reason_accepted", "{'until':'2026-04-09','reason':'x'}", GK_EBADVALUE, "correction_lapse", "" },   /* today is over */
        { "2026-04-09", "zhao.min", "reason_accepted", "{'until':'2026-04-20','reason':'x'}", 0, "correction", "" },
        { "2026-04-20", "applicant", "correction_received", "{'text':'x'}", 0, "handling", "2026-05-20" },
    } },
    { "a late correction that a clerk accepts before anything lapsed", { BEGUN,
        { "2026-03-05", "guo.qiang", "correction_requested", "{'items':'x'}", 0, "correction", "" },
        { "2026-04-07", "clock", "lapse_proposed", NULL, 0, "correction_lapse", "" },
        { "2026-04-07", "chen.jing", "correction_received", "{'text':'x'}", 0, "handling", "2026-05-08" },
    } },
    { "a third party is asked, and is silent (Art. 32, 33)", { BEGUN,
        { "2026-03-04", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "handling", "2026-03-30" },
        { "2026-03-05", "guo.qiang", "refusal_proposed", "{'outcome':'D2','reason':'x','law':'x','severability':'x'}", GK_ENEED, "handling", NULL }, /* it is open */
        { "2026-03-06", "guo.qiang", "consultation_served", "{'consultation':'c9','served_on':'2026-03-06','proof':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-06", "guo.qiang", "consultation_served", "{'consultation':'c4','served_on':'2026-03-06','proof':'x'}", 0, "handling", "2026-04-01" },
        { "2026-03-30", "clock", "consultation_expired", "{'consultation':'c4'}", 0, "handling", "2026-04-23" },    /* 5 to 27 March left out: 17 */
        { "2026-03-30", "guo.qiang", "consultation_started", "{'kind':'other_agency','third_party':{'name':'x'},'information':'x','applicant_told':false}", 0, "handling", "2026-04-23" },
        { "2026-04-01", "guo.qiang", "consultation_ended", "{'consultation':'c7','answer':'agree','opinion':'x'}", 0, "handling", "2026-04-23" },     /* untold: nothing left out */
    } },
    { "disclosed against an objection: weighed, told, and some days later (Art. 32)", { BEGUN,
        { "2026-03-03", "guo.qiang", "documents_attached", "{'kind':'release','documents':[{'digest':'aa'}]}", 0, "handling", NULL },
        { "2026-03-03", "worker:confidentiality", "documents_admitted", "{'verdicts':[{'digest':'aa','verdict':'clean'}]}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "handling", NULL },
        { "2026-03-05", "guo.qiang", "consultation_ended", "{'consultation':'c6','answer':'disagree','opinion':'x'}", 0, "handling", NULL },
        { "2026-03-05", "guo.qiang", "proposed", "{'outcome':'G2'}", GK_ENEED, "handling", NULL },
        { "2026-03-05", "guo.qiang", "refusal_proposed", "{'outcome':'P','reason':'x','ground':'D7','refused_part':'x','severability':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-05", "guo.qiang", "proposed", "{'outcome':'G2','own_assessment':'x'}", 0, "scanning", NULL },
        SCANNED("2026-03-05"),
        { "2026-03-05", "he.ping", "verdict_given", VERDICT("aa", "public"), 0, "secrecy", NULL },
        CLEARED("2026-03-05"),
        { "2026-03-05", "chen.jing", "override_sent", "{'consultation':'c6','content':'x','reason':'x'}", GK_ESTATE, "approval", NULL },   /* nothing is decided */
        APPROVED("2026-03-05"), RENDERED("2026-03-05"), SEALED("2026-03-05"),
        { "2026-03-06", "chen.jing", "override_sent", "{'consultation':'c5','content':'x','reason':'x'}", GK_ENEED, "dispatch", NULL },
        { "2026-03-06", "chen.jing", "override_served", "{'consultation':'c6','served_on':'2026-03-06','proof':'x'}", GK_ENEED, "dispatch", NULL },
        { "2026-03-06", "chen.jing", "override_sent", "{'consultation':'c6','content':'x','reason':'x'}", 0, "dispatch", NULL },
        { "2026-03-06", "chen.jing", "dispatched", "{'method':'post','carrier':'EMS','tracking':'E1'}", GK_ENEED, "dispatch", NULL },
        { "2026-03-09", "chen.jing", "override_served", "{'consultation':'c6','served_on':'2026-03-05','proof':'x'}", GK_ENEED, "dispatch", NULL },   /* before it was sent */
        { "2026-03-09", "chen.jing", "override_served", "{'consultation':'c6','served_on':'2026-03-09','proof':'x'}", 0, "dispatch", NULL },
        { "2026-03-13", "chen.jing", "dispatched", "{'method':'post','carrier':'EMS','tracking':'E1'}", GK_ENEED, "dispatch", NULL },
        POSTED("2026-03-16"),                                               /* the 5th working day */
    } },
    { "who was told of the disclosure may challenge it before it goes out, and then it waits", { BEGUN, OVERRIDDEN,
        { "2026-03-09", "xu.lan", "proceeding_opened", "{'kind':'reconsideration','body':'x','number':'y','received_on':'2026-03-09'}", GK_ENEED, "dispatch", NULL },   /* whose? */
        { "2026-03-09", "xu.lan", "proceeding_opened", CHALLENGE("c5"), GK_ENEED, "dispatch", NULL },
        { "2026-03-09", "xu.lan", "proceeding_opened", CHALLENGE("c6"), 0, "dispatch", NULL },          /* p17 */
        { "2026-03-16", "chen.jing", "dispatched", "{'method':'post','carrier':'EMS','tracking':'E1'}", GK_ENEED, "dispatch", NULL },
        { "2026-03-16", "chen.jing", "handed_over", "{'method':'in_person','proof':'x','reason':'x'}", GK_ENEED, "dispatch", NULL },   /* the head's to say */
        { "2026-03-16", "zhao.min", "dispatched", "{'method':'post','carrier':'EMS','tracking':'E1'}", GK_ENEED, "dispatch", NULL },
        { "2026-03-18", "xu.lan", "proceeding_concluded", "{'proceeding':'p17','concluded_on':'2026-03-18','result':'corrected'}", 0, "dispatch", NULL },
        { "2026-03-18", "chen.jing", "dispatched", "{'method':'post','carrier':'EMS','tracking':'E1'}", GK_ENEED, "dispatch", NULL },  /* as the ruling has it */
        { "2026-03-18", "zhao.min", "dispatched", "{'method':'post','carrier':'EMS','tracking':'E1','reason':'x'}", 0, "delivery", NULL },
    } },
    { "the challenge fails: it goes out", { BEGUN, OVERRIDDEN,
        { "2026-03-09", "xu.lan", "proceeding_opened", CHALLENGE("c6"), 0, "dispatch", NULL },
        { "2026-03-18", "xu.lan", "proceeding_concluded", "{'proceeding':'p17','concluded_on':'2026-03-18','result':'upheld'}", 0, "dispatch", NULL },
        POSTED("2026-03-18"),
    } },
    { "a ruling on the challenge orders a redo: told anew, and waited for anew", { BEGUN, OVERRIDDEN,
        { "2026-03-09", "xu.lan", "proceeding_opened", CHALLENGE("c6"), 0, "dispatch", NULL },
        REDO("2026-03-18", "p17", "2026-03-18", "10"),
        { "2026-03-18", "guo.qiang", "proposed", "{'outcome':'G2','own_assessment':'x'}", 0, "scanning", NULL },
        SCANNED("2026-03-18"),
        { "2026-03-18", "he.ping", "verdict_given", VERDICT("aa", "public"), 0, "secrecy", NULL },
        CLEARED("2026-03-18"), APPROVED("2026-03-18"), RENDERED("2026-03-18"), SEALED("2026-03-18"),
        { "2026-03-19", "chen.jing", "dispatched", "{'method':'post','carrier':'EMS','tracking':'E1'}", GK_ENEED, "dispatch", NULL },
        { "2026-03-19", "xu.lan", "proceeding_opened", CHALLENGE("c6"), GK_ENEED, "dispatch", NULL },
        { "2026-03-19", "chen.jing", "override_sent", "{'consultation':'c6','content':'x','reason':'x'}", 0, "dispatch", NULL },
        { "2026-03-19", "chen.jing", "override_served", "{'consultation':'c6','served_on':'2026-03-19','proof':'x'}", 0, "dispatch", NULL },
        POSTED("2026-03-26"),
    } },
    { "the approval is taken back: told anew, and waited for anew", { BEGUN, OVERRIDDEN,
        { "2026-03-13", "zhou.wei", "letter_voided", "{'reason':'x'}", 0, "handling", NULL },
        { "2026-03-13", "guo.qiang", "proposed", "{'outcome':'G2','own_assessment':'x'}", 0, "scanning", NULL },
        SCANNED("2026-03-13"),
        { "2026-03-13", "he.ping", "verdict_given", VERDICT("aa", "public"), 0, "secrecy", NULL },
        CLEARED("2026-03-13"), APPROVED("2026-03-13"), RENDERED("2026-03-13"), SEALED("2026-03-13"),
        { "2026-03-13", "chen.jing", "dispatched", "{'method':'post','carrier':'EMS','tracking':'E1'}", GK_ENEED, "dispatch", NULL },
        { "2026-03-13", "chen.jing", "override_sent", "{'consultation':'c6','content':'x','reason':'x'}", 0, "dispatch", NULL },
    } },
    { "two object, and one is spared: the other is told, and waited for (Art. 32)", { BEGUN, FILE_ADMITTED,
        { "2026-03-03", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'y'},'information':'x','applicant_told':true}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'z'},'information':'x','applicant_told':true}", 0, "handling", NULL },
        { "2026-03-05", "guo.qiang", "consultation_ended", "{'consultation':'c6','answer':'disagree','opinion':'x'}", 0, "handling", NULL },
        { "2026-03-05", "guo.qiang", "consultation_ended", "{'consultation':'c7','answer':'partly','opinion':'x'}", 0, "handling", NULL },
        { "2026-03-05", "guo.qiang", "consultation_ended", "{'consultation':'c8','answer':'agree','opinion':'x'}", 0, "handling", NULL },
        { "2026-03-05", "guo.qiang", "refusal_proposed", "{'outcome':'P','reason':'x','ground':'D4','refused_part':'x','severability':'x','own_assessment':'x','third_party_answer':'x','spares':'c8'}", GK_ENEED, "handling", NULL },   /* it agrees */
        { "2026-03-05", "guo.qiang", "refusal_proposed", "{'outcome':'P','reason':'x','ground':'D4','refused_part':'x','severability':'x','own_assessment':'x','third_party_answer':'x','spares':'c7'}", 0, "legal", NULL },
        { "2026-03-05", "xu.lan", "legal_cleared", "{'opinion':'x'}", 0, "scanning", NULL },
        SCANNED("2026-03-05"),
        { "2026-03-05", "he.ping", "verdict_given", VERDICT("aa", "public"), 0, "secrecy", NULL },
        CLEARED("2026-03-05"), APPROVED("2026-03-05"), RENDERED("2026-03-05"), SEALED("2026-03-05"),
        { "2026-03-05", "chen.jing", "dispatched", "{'method':'post','carrier':'EMS','tracking':'E1'}", GK_ENEED, "dispatch", NULL },
        { "2026-03-05", "chen.jing", "override_sent", "{'consultation':'c7','content':'x','reason':'x'}", GK_ENEED, "dispatch", NULL },
        { "2026-03-05", "chen.jing", "override_sent", "{'consultation':'c6','content':'x','reason':'x'}", 0, "dispatch", NULL },
        { "2026-03-06", "chen.jing", "override_served", "{'consultation':'c6','served_on':'2026-03-06','proof':'x'}", 0, "dispatch", NULL },
        POSTED("2026-03-13"),
    } },
    { "one item is withheld for the sake of who was asked about all: the other goes", { BEGUN, FILE_ADMITTED,
        { "2026-03-03", "guo.qiang", "itemised", "{'items':'x','count':2}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "handling", NULL },
        { "2026-03-05", "guo.qiang", "consultation_ended", "{'consultation':'c7','answer':'disagree','opinion':'x'}", 0, "handling", NULL },
        { "2026-03-05", "guo.qiang", "item_decided", "{'item':1,'outcome':'G2'}", 0, "handling", NULL },
        { "2026-03-05", "guo.qiang", "item_decided", "{'item':1,'outcome':'G2','spares':'c7'}", GK_ENEED, "handling", NULL },
        { "2026-03-05", "guo.qiang", "item_decided", "{'item':2,'outcome':'D4','reason':'x','own_assessment':'x','third_party_answer':'x','severability':'x'}", 0, "handling", NULL },
        { "2026-03-05", "guo.qiang", "refusal_proposed", NULL, GK_ENEED, "handling", NULL },                                    /* for whose sake? */
        { "2026-03-05", "guo.qiang", "item_decided", "{'item':2,'outcome':'D4','reason':'x','own_assessment':'x','third_party_answer':'x','severability':'x','spares':'c7'}", 0, "handling", NULL },
        { "2026-03-05", "guo.qiang", "refusal_proposed", NULL, 0, "legal", NULL },
    } },
    { "who agrees is harmed by nothing: no D4 for its sake (Art. 15)", { BEGUN, FILE_ADMITTED,
        { "2026-03-03", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "handling", NULL },
        { "2026-03-05", "guo.qiang", "consultation_ended", "{'consultation':'c6','answer':'agree','opinion':'x'}", 0, "handling", NULL },
        { "2026-03-05", "guo.qiang", "refusal_proposed", "{'outcome':'D4','reason':'x','own_assessment':'x','third_party_answer':'x','severability':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-05", "guo.qiang", "refusal_proposed", "{'outcome':'P','reason':'x','ground':'D5、D4','refused_part':'x','severability':'x','own_assessment':'x','third_party_answer':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-05", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'y'},'information':'x','applicant_told':true}", 0, "handling", NULL },
        { "2026-03-09", "guo.qiang", "consultation_ended", "{'consultation':'c8','answer':'undeliverable','opinion':'x'}", 0, "handling", NULL },
        { "2026-03-09", "guo.qiang", "refusal_proposed", "{'outcome':'D4','reason':'x','own_assessment':'x','third_party_answer':'x','severability':'x'}", 0, "legal", NULL },
    } },
    { "an opinion that comes after the term is an objection all the same, until the reply is sent (Art. 32)", { BEGUN, FILE_ADMITTED,
        { "2026-03-04", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "handling", NULL },
        { "2026-03-06", "guo.qiang", "consultation_served", "{'consultation':'c6','served_on':'2026-03-06','proof':'x'}", 0, "handling", NULL },
        { "2026-03-30", "clock", "consultation_expired", "{'consultation':'c6'}", 0, "handling", "2026-04-23" },
        { "2026-03-30", "clock", "consultation_expired", "{'consultation':'c6'}", GK_ENEED, "handling", NULL },
        { "2026-03-30", "guo.qiang", "proposed", "{'outcome':'G2'}", GK_ENEED, "handling", NULL },                         /* silence is no consent */
        { "2026-03-30", "guo.qiang", "proposed", "{'outcome':'G2','own_assessment':'x'}", 0, "scanning", NULL },
        SCANNED("2026-03-30"),
        { "2026-03-30", "he.ping", "verdict_given", VERDICT("aa", "public"), 0, "secrecy", NULL },
        CLEARED("2026-03-30"), APPROVED("2026-03-30"), RENDERED("2026-03-30"), SEALED("2026-03-30"),
        { "2026-04-01", "chen.jing", "consultation_ended", "{'consultation':'c6','answer':'disagree','opinion':'x','on':'2026-03-27'}", 0, "dispatch", "2026-04-23" },
        { "2026-04-01", "chen.jing", "consultation_ended", "{'consultation':'c6','answer':'agree','opinion':'x'}", GK_ENEED, "dispatch", NULL },   /* once */
        { "2026-04-01", "chen.jing", "dispatched", "{'method':'post','carrier':'EMS','tracking':'E1'}", GK_ENEED, "dispatch", NULL },
        { "2026-04-01", "chen.jing", "override_sent", "{'consultation':'c6','content':'x','reason':'x'}", 0, "dispatch", NULL },
    } },
    { "who was not reached did not agree, and nothing is heard any more behind the reply", { BEGUN, FILE_ADMITTED,
        { "2026-03-04", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "handling", NULL },
        { "2026-03-04", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "handling", NULL },
        { "2026-03-05", "guo.qiang", "consultation_ended", "{'consultation':'c6','answer':'undeliverable','opinion':'x'}", 0, "handling", NULL },
        { "2026-03-06", "guo.qiang", "consultation_served", "{'consultation':'c7','served_on':'2026-03-06','proof':'x'}", 0, "handling", NULL },
        { "2026-03-30", "clock", "consultation_expired", "{'consultation':'c7'}", 0, "handling", NULL },
        { "2026-03-30", "guo.qiang", "consultation_ended", "{'consultation':'c6','answer':'agree','opinion':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-30", "guo.qiang", "proposed", "{'outcome':'G2'}", GK_ENEED, "handling", NULL },
        { "2026-03-30", "guo.qiang", "consultation_ended", "{'consultation':'c7','answer':'agree','opinion':'x'}", 0, "handling", NULL },
        { "2026-03-30", "guo.qiang", "proposed", "{'outcome':'G2'}", GK_ENEED, "handling", NULL },
        { "2026-03-30", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "handling", NULL },
        { "2026-03-31", "guo.qiang", "consultation_served", "{'consultation':'c12','served_on':'2026-03-31','proof':'x'}", 0, "handling", NULL },
        { "2026-04-24", "clock", "consultation_expired", "{'consultation':'c12'}", 0, "handling", NULL },
        { "2026-04-24", "guo.qiang", "proposed", "{'outcome':'G2','own_assessment':'x'}", 0, "scanning", NULL },
        SCANNED("2026-04-24"),
        { "2026-04-24", "he.ping", "verdict_given", VERDICT("aa", "public"), 0, "secrecy", NULL },
        CLEARED("2026-04-24"), APPROVED("2026-04-24"), RENDERED("2026-04-24"), SEALED("2026-04-24"), POSTED("2026-04-24"),
        { "2026-04-27", "chen.jing", "consultation_ended", "{'consultation':'c12','answer':'disagree','opinion':'x'}", GK_ENEED, "delivery", NULL },
    } },
    { "what a third party objects to is withheld: nobody has to be told", { BEGUN,
        { "2026-03-03", "guo.qiang", "documents_attached", "{'kind':'release','documents':[{'digest':'aa'}]}", 0, "handling", NULL },
        { "2026-03-03", "worker:confidentiality", "documents_admitted", "{'verdicts':[{'digest':'aa','verdict':'clean'}]}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "handling", NULL },
        { "2026-03-05", "guo.qiang", "consultation_ended", "{'consultation':'c6','answer':'partly','opinion':'x'}", 0, "handling", NULL },
        { "2026-03-05", "guo.qiang", "refusal_proposed", "{'outcome':'P','reason':'x','ground':'D4','refused_part':'x','severability':'x','own_assessment':'x','third_party_answer':'x'}", GK_ENEED, "handling", NULL },   /* for whose sake? */
        { "2026-03-05", "guo.qiang", "refusal_proposed", "{'outcome':'P','reason':'x','ground':'D5','refused_part':'x','severability':'x','own_assessment':'x','spares':'c6'}", GK_ENEED, "handling", NULL },   /* for its own */
        { "2026-03-05", "guo.qiang", "refusal_proposed", "{'outcome':'P','reason':'x','ground':'D4','refused_part':'x','severability':'x','own_assessment':'x','third_party_answer':'x','spares':'c6,c7'}", GK_ENEED, "handling", NULL },
        { "2026-03-05", "guo.qiang", "refusal_proposed", "{'outcome':'P','reason':'x','ground':'D4','refused_part':'x','severability':'x','own_assessment':'x','third_party_answer':'x','spares':'c6'}", 0, "legal", NULL },
        { "2026-03-05", "xu.lan", "legal_cleared", "{'opinion':'x'}", 0, "scanning", NULL },
        SCANNED("2026-03-05"),
        { "2026-03-05", "he.ping", "verdict_given", VERDICT("aa", "public"), 0, "secrecy", NULL },
        CLEARED("2026-03-05"), APPROVED("2026-03-05"), RENDERED("2026-03-05"), SEALED("2026-03-05"),
        { "2026-03-05", "chen.jing", "override_sent", "{'consultation':'c6','content':'x','reason':'x'}", GK_ENEED, "dispatch", NULL },
        POSTED("2026-03-05"),
    } },
    { "a fee: only the head charges, only Finance says it was paid, and wholly", { BEGUN,
        { "2026-03-05", "guo.qiang", "fee_notice_sent", "{'standard':'pages','count':1500,'reason':'x'}", GK_EDENIED, "handling", NULL },
        { "2026-03-05", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':30,'reason':'x'}", GK_EBADVALUE, "handling", NULL },   /* free */
        { "2026-03-05", "zhao.min", "fee_notice_sent", "{'standard':'items','count':12,'reason':'x'}", GK_EBADVALUE, "handling", NULL },   /* a split is another decision */
        { "2026-03-05", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':1500,'reason':'x'}", GK_ENEED, "handling", NULL },     /* it takes two */
        { "2026-03-05", "zhou.wei", "fee_approved", NULL, GK_ENEED, "handling", NULL },                               /* nothing to approve */
        { "2026-03-05", "zhao.min", "fee_proposed", "{'standard':'pages','count':1500,'reason':'x'}", 0, "handling", "2026-03-30" },
        { "2026-03-05", "zhou.wei", "fee_approved", NULL, 0, "payment", "" },
        { "2026-03-18", "applicant", "payment_proof_received", "{'text':'x'}", 0, "payment", "" },
        { "2026-03-19", "chen.jing", "fee_paid", "{'receipt_number':'x','amount_yuan':54700,'value_date':'2026-03-18'}", GK_EDENIED, "payment", NULL },
        { "2026-03-19", "ma.li", "fee_paid", "{'receipt_number':'x','amount_yuan':54699,'value_date':'2026-03-18'}", GK_ENEED, "payment", NULL },
        { "2026-03-19", "ma.li", "payment_recorded", "{'receipt_number':'x','amount_yuan':0,'value_date':'2026-03-18'}", GK_EBADVALUE, "payment", NULL },
        { "2026-03-19", "ma.li", "payment_recorded", "{'receipt_number':'x','amount_yuan':10,'value_date':'2026-03-04'}", GK_EBADVALUE, "payment", NULL },
        { "2026-03-19", "ma.li", "payment_recorded", "{'receipt_number':'x','amount_yuan':54000,'value_date':'2026-03-17'}", 0, "payment", "" },   /* a part */
        { "2026-03-19", "ma.li", "fee_paid", "{'receipt_number':'y','amount_yuan':699,'value_date':'2026-03-18'}", GK_ENEED, "payment", NULL },
        { "2026-03-19", "ma.li", "fee_paid", "{'receipt_number':'x','amount_yuan':700,'value_date':'2026-03-18'}", GK_EBADVALUE, "payment", NULL },    /* one receipt, one payment */
        { "2026-03-19", "ma.li", "fee_paid", "{'receipt_number':'y','amount_yuan':54700,'value_date':'2026-03-04'}", GK_ENEED, "payment", NULL },  /* before the notice */
        { "2026-03-19", "ma.li", "fee_paid", "{'receipt_number':'y','amount_yuan':800,'value_date':'2026-03-18'}", 0, "handling", "2026-04-16" },        /* completes it, 100 too much */
        { "2026-03-20", "chen.jing", "fee_refunded", "{'receipt_number':'y','amount_yuan':100,'refund_number':'x','refunded_on':'2026-03-20','reason':'x'}", GK_EDENIED, "handling", NULL },
        { "2026-03-20", "ma.li", "fee_refunded", "{'receipt_number':'y','amount_yuan':801,'refund_number':'x','refunded_on':'2026-03-20','reason':'x'}", GK_ENEED, "handling", NULL },     /* more than that receipt brought */
        { "2026-03-20", "ma.li", "fee_refunded", "{'receipt_number':'z','amount_yuan':100,'refund_number':'x','refunded_on':'2026-03-20','reason':'x'}", GK_ENEED, "handling", NULL },     /* no receipt of this case */
        { "2026-03-20", "ma.li", "fee_refunded", "{'receipt_number':'y','amount_yuan':100,'refund_number':'x','refunded_on':'2026-03-20','reason':'x'}", 0, "handling", "2026-04-16" },
        { "2026-03-20", "guo.qiang", "proposed", "{'outcome':'G1','public_where':'x'}", GK_ENEED, "handling", NULL },        /* pages of what is public cost nothing */
        { "2026-03-20", "ma.li", "fee_refunded", "{'receipt_number':'y','amount_yuan':701,'refund_number':'x','refunded_on':'2026-03-20','reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-20", "ma.li", "fee_refunded", "{'receipt_number':'y','amount_yuan':0,'refund_number':'x','refunded_on':'2026-03-20','reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-20", "ma.li", "fee_refunded", "{'receipt_number':'y','amount_yuan':700,'refund_number':'x','refunded_on':'2026-03-20','reason':'x'}", 0, "handling", "2026-04-16" },
        { "2026-03-20", "ma.li", "fee_refunded", "{'receipt_number':'x','amount_yuan':54000,'refund_number':'x','refunded_on':'2026-03-20','reason':'x'}", 0, "handling", "2026-04-16" },
        { "2026-03-20", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':1501,'reason':'x'}", GK_ENEED, "handling", "2026-04-16" },     /* one notice each */
    } },
    { "what was given back was not paid", { BEGUN,
        { "2026-03-05", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':100,'reason':'x'}", 0, "payment", "" },
        { "2026-03-06", "ma.li", "payment_recorded", "{'receipt_number':'x','amount_yuan':600,'value_date':'2026-03-06'}", 0, "payment", "" },
        { "2026-03-09", "ma.li", "fee_refunded", "{'receipt_number':'x','amount_yuan':600,'refund_number':'x','refunded_on':'2026-03-09','reason':'x'}", 0, "payment", "" },
        { "2026-03-10", "ma.li", "fee_paid", "{'receipt_number':'y','amount_yuan':100,'value_date':'2026-03-10'}", GK_ENEED, "payment", "" },
        { "2026-03-10", "ma.li", "payment_recorded", "{'receipt_number':'y','amount_yuan':100,'value_date':'2026-03-10'}", 0, "payment", "" },
        { "2026-03-11", "ma.li", "fee_paid", "{'receipt_number':'z','amount_yuan':600,'value_date':'2026-03-11'}", 0, "handling", NULL },
    } },
    { "who looks at it on the spot pays for no pages", {
        { "2026-03-02", "applicant", "received", "{'office':'GZ','form':{'name':'x'},'receipt':{'name':'x'},'channel':'portal','submitted_on':'2026-03-02','medium':'inspect'}", 0, NULL, NULL },
        REGISTERED, TRIAGED,
        { "2026-03-05", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':250,'reason':'x'}", GK_ENEED, "handling", NULL },
    } },
    { "a fee that is not paid, and one that was", { BEGUN,
        { "2026-03-05", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':31,'reason':'x'}", 0, "payment", "" },
        NOTICED("2026-03-05"),
        { "2026-04-14", "clock", "lapse_proposed", NULL, 0, "payment_lapse", "" },
        { "2026-04-14", "zhao.min", "lapse_confirmed", LAPSE, 0, "printing", "" },
        { "2026-04-15", "ma.li", "fee_paid", "{'receipt_number':'x','amount_yuan':10,'value_date':'2026-04-03'}", GK_ENEED, "printing", "" },
        { "2026-04-15", "ma.li", "payment_recorded", "{'receipt_number':'late','amount_yuan':5,'value_date':'2026-04-03'}", 0, "printing", "" },    /* on file, to be given back */
        { "2026-04-15", "ma.li", "fee_paid", "{'receipt_number':'x','amount_yuan':10,'value_date':'2026-04-02'}", 0, "handling", "2026-05-06" },
    } },
    { "a fee paid late, for a good reason", { BEGUN,
        { "2026-03-05", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':31,'reason':'x'}", 0, "payment", "" },
        NOTICED("2026-03-05"),
        { "2026-04-08", "zhao.min", "lateness_excused", "{'reason':'x'}", GK_ENEED, "payment", "" },
        { "2026-04-09", "ma.li", "payment_recorded", "{'receipt_number':'x','amount_yuan':10,'value_date':'2026-04-03'}", 0, "payment", "" },
        { "2026-04-09", "chen.jing", "lateness_excused", "{'reason':'x'}", GK_EDENIED, "payment", "" },
        { "2026-04-09", "zhao.min", "lateness_excused", "{'reason':'x'}", 0, "handling", "2026-05-07" },      /* twenty from the day it was paid */
    } },
    { "fax: no day runs before both sides have confirmed (Art. 31)", {
        { "2026-03-02", "liu.yang", "received", "{'office':'GZ','form':{'name':'x'},'receipt':{'name':'x'},'channel':'fax','arrived_on':'2026-03-02'}", 0, "intake", "" },
        { "2026-03-02", "worker:intake", "registered", "{'complete':false,'received_on':'2026-03-02'}", GK_EBADVALUE, "intake", "" },
        { "2026-03-02", "worker:intake", "confirmation_awaited", "{'complete':false}", 0, "confirmation", "" },
        { "2026-03-03", "clock", "incident_raised", NULL, 0, "confirmation", "" },
        { "2026-03-05", "chen.jing", "receipt_confirmed", "{'confirmed_on':'2026-03-06'}", GK_EBADVALUE, "confirmation", "" },
        { "2026-03-05", "chen.jing", "receipt_confirmed", "{'confirmed_on':'2026-03-01'}", GK_EBADVALUE, "confirmation", "" },    /* it came on the 2nd */
        { "2026-03-05", "chen.jing", "receipt_confirmed", "{'confirmed_on':'2026-03-04'}", 0, "triage", "2026-04-01" },
        { "2026-03-05", "chen.jing", "noted", "{'text':'x','on':'2026-03-04'}", GK_EBADVALUE, "triage", NULL },           /* a note has no past */
    } },
    { "an opinion that came before the extension and was typed after it", { BEGUN,
        { "2026-03-04", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "handling", "2026-03-30" },
        { "2026-03-10", "zhao.min", "extended", "{'days':5,'reason':'x'}", 0, "handling", NULL },
        { "2026-03-12", "guo.qiang", "consultation_ended", "{'consultation':'c4','answer':'agree','opinion':'x','on':'2026-03-09'}", 0, "handling", "2026-04-10" },  /* 20 + 3 + 5 */
    } },
    { "what was destroyed is not granted", { BEGUN,
        { "2026-03-03", "guo.qiang", "documents_attached", "{'kind':'release','documents':[{'digest':'aa'}]}", 0, "handling", NULL },
        { "2026-03-03", "worker:confidentiality", "documents_admitted", "{'verdicts':[{'digest':'aa','verdict':'class_a'}],'refused':true}", 0, "handling", NULL },
        { "2026-03-03", "he.ping", "document_destroyed", "{'digest':'aa','reason':'x'}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'G2'}", GK_ENEED, "handling", NULL },
    } },
    { "another agency is given longer by the head, with a reason", { BEGUN,
        { "2026-03-03", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "consultation_started", "{'kind':'other_agency','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "handling", NULL },
        { "2026-03-04", "guo.qiang", "consultation_ended", "{'consultation':'c4','answer':'agree','opinion':'x'}", 0, "handling", NULL },
        { "2026-03-05", "guo.qiang", "consultation_prolonged", "{'consultation':'c5','days':20,'reason':'x'}", GK_EDENIED, "handling", NULL },
        { "2026-03-05", "zhao.min", "consultation_prolonged", "{'consultation':'c4','days':20,'reason':'x'}", GK_ENEED, "handling", NULL },     /* it is over */
        { "2026-03-05", "zhao.min", "consultation_prolonged", "{'consultation':'c5','days':15,'reason':'x'}", GK_ENEED, "handling", NULL },     /* no longer */
        { "2026-03-05", "zhao.min", "consultation_prolonged", "{'consultation':'c5','days':20,'reason':'x'}", 0, "handling", NULL },
        { "2026-03-31", "guo.qiang", "consultation_ended", "{'consultation':'c5','answer':'agree','opinion':'x'}", 0, "handling", "2026-04-28" },       /* all twenty are left out */
    } },
    { "a third party is not, and nobody whose days are over", { BEGUN,
        { "2026-03-03", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "consultation_started", "{'kind':'other_agency','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "handling", NULL },
        { "2026-03-04", "zhao.min", "consultation_prolonged", "{'consultation':'c4','days':20,'reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-25", "zhao.min", "consultation_prolonged", "{'consultation':'c5','days':20,'reason':'x'}", GK_ENEED, "handling", NULL },
    } },
    { "help is given to whoever needs it, at any time", { BEGUN,
        { "2026-03-03", "applicant", "help_given", "{'help':'x'}", GK_EDENIED, "handling", NULL },
        { "2026-03-03", "chen.jing", "help_given", "{'need':'x','help':'x'}", 0, "handling", "2026-03-30" },
    } },
    { "who may read what the applicant attached", { BEGUN,
        { "2026-03-03", "liu.yang", "document_viewed", "{'digest':'a'}", GK_EDENIED, "handling", NULL },      /* mailroom, Finance, another unit, himself */
        { "2026-03-03", "ma.li", "document_viewed", "{'digest':'a'}", GK_EDENIED, "handling", NULL },
        { "2026-03-03", "huang.tao", "document_viewed", "{'digest':'a'}", GK_EDENIED, "handling", NULL },
        { "2026-03-03", "applicant", "document_viewed", "{'digest':'a'}", GK_EDENIED, "handling", NULL },
        { "2026-03-03", "wu.gang", "document_viewed", "{'digest':'a'}", 0, "handling", "2026-03-30" },
    } },
    { "answered together with another: only while a reply is owed, and no clock moves", { BEGUN,
        { "2026-03-03", "guo.qiang", "reply_merged", MERGED("2026-03-20"), GK_EDENIED, "handling", NULL },
        { "2026-03-03", "chen.jing", "reply_merged", "{'other_case':'GZ-2026-000002','reason':'x','cases':['GZ-2026-000900','GZ-2026-000002'],'earliest_due':'2026-03-20'}", GK_EBADVALUE, "handling", NULL },   /* itself */
        { "2026-03-03", "chen.jing", "reply_merged", "{'other_case':'GZ-2026-000900','reason':'x','cases':['GZ-2026-000002'],'earliest_due':'2026-03-20'}", GK_EBADVALUE, "handling", NULL },
        { "2026-03-03", "chen.jing", "reply_merged", "{'other_case':'GZ-2026-000900','reason':'x','cases':['GZ-2026-000900','GZ-2026-000002']}", GK_EBADVALUE, "handling", NULL },
        { "2026-03-03", "chen.jing", "reply_merged", MERGED("2026-03-20"), 0, "handling", "2026-03-30" },
        { "2026-03-03", "guo.qiang", "correction_requested", "{'items':'x'}", 0, "correction", "" },
        { "2026-03-04", "chen.jing", "correction_received", "{'text':'x'}", 0, "handling", "2026-04-01" },
    } },
    { "a letter without a check code is not sealed", { BEGUN,
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'U2','reason':'x'}", 0, "scanning", NULL },
        SCANNED("2026-03-03"), CLEARED("2026-03-03"), APPROVED("2026-03-03"),
        { "2026-03-03", "worker:reply", "letter_rendered", "{'letter':'reply','digest':'abcd','pages':2}", 0, "sealing", NULL },
        { "2026-03-03", "chen.jing", "sealed", "{'pages':2,'check_code':'','seal':'x'}", GK_ENEED, "sealing", NULL },
    } },
    { "a letter that cannot be made, or should not leave, is taken back until it has left; then its number is void", { BEGUN,
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'U2','reason':'x'}", 0, "scanning", NULL },
        SCANNED("2026-03-03"), CLEARED("2026-03-03"),
        { "2026-03-03", "zhou.wei", "letter_voided", "{'reason':'x'}", GK_ESTATE, "approval", NULL },
        APPROVED("2026-03-03"),
        { "2026-03-03", "chen.jing", "letter_voided", "{'reason':'x'}", GK_EDENIED, "printing", NULL },
        { "2026-03-03", "zhou.wei", "letter_voided", "{'reason':'x'}", 0, "handling", "2026-03-30" },
        SENT("2026-03-04"),
        { "2026-03-05", "zhou.wei", "letter_voided", "{'reason':'x'}", GK_ESTATE, "delivery", NULL },
    } },
    { "what nobody approved nobody takes back", { BEGUN,
        { "2026-03-05", "guo.qiang", "correction_requested", "{'items':'x'}", 0, "correction", "" },
        { "2026-04-07", "clock", "lapse_proposed", NULL, 0, "correction_lapse", "" },
        { "2026-04-07", "chen.jing", "lapse_confirmed", LAPSE, 0, "printing", "" },
        { "2026-04-07", "zhou.wei", "letter_voided", "{'reason':'x'}", GK_ENEED, "printing", "" },
    } },
    { "a reconsideration is answered and upholds; a lawsuit after it does too", { ANSWERED,
        { "2026-04-01", "xu.lan", "proceeding_opened", "{'kind':'lawsuit','body':'x','number':'y','received_on':'2026-04-02'}", GK_EBADVALUE, "closed", NULL },   /* tomorrow */
        { "2026-04-01", "guo.qiang", "proceeding_opened", "{'kind':'lawsuit','body':'x','number':'y','received_on':'2026-04-01'}", GK_EDENIED, "closed", NULL },
        { "2026-04-01", "xu.lan", "proceeding_opened", "{'kind':'lawsuit','body':'x','number':'y','received_on':'2026-04-01','simple':true}", GK_EBADVALUE, "closed", NULL },
        { "2026-04-02", "chen.jing", "proceeding_opened", "{'kind':'reconsideration','body':'x','number':'y','received_on':'2026-04-01'}", 0, "closed", "2026-03-30" },
        { "2026-04-03", "clock", "proceeding_reminded", "{'proceeding':'p12','left':7}", 0, "closed", NULL },
        { "2026-04-03", "chen.jing", "proceeding_answered", "{'proceeding':'p12','answered_on':'2026-04-03','proof':'x'}", GK_EDENIED, "closed", NULL },
        { "2026-04-03", "xu.lan", "proceeding_answered", "{'proceeding':'p11','answered_on':'2026-04-03','proof':'x'}", GK_ENEED, "closed", NULL },
        { "2026-04-03", "xu.lan", "proceeding_answered", "{'proceeding':'p12','answered_on':'2026-03-31','proof':'x'}", GK_EBADVALUE, "closed", NULL },   /* before it came */
        { "2026-04-03", "xu.lan", "proceeding_answered", "{'proceeding':'p12','answered_on':'2026-04-03','proof':'x'}", 0, "closed", NULL },
        { "2026-04-07", "xu.lan", "proceeding_answered", "{'proceeding':'p12','answered_on':'2026-04-07','proof':'x'}", GK_ENEED, "closed", NULL },   /* once */
        { "2026-04-07", "clock", "proceeding_reminded", "{'proceeding':'p12','left':5}", GK_ENEED, "closed", NULL },
        { "2026-05-20", "xu.lan", "proceeding_concluded", "{'proceeding':'p12','concluded_on':'2026-03-31','result':'upheld'}", GK_EBADVALUE, "closed", NULL },
        { "2026-05-20", "xu.lan", "proceeding_concluded", "{'proceeding':'p12','concluded_on':'2026-05-19','result':'upheld'}", 0, "closed", "2026-03-30" },
        { "2026-05-20", "xu.lan", "proceeding_concluded", "{'proceeding':'p12','concluded_on':'2026-05-19','result':'other'}", GK_ENEED, "closed", NULL },
        SUED("2026-06-05", "lawsuit_after"),
        { "2026-11-05", "zhao.min", "proceeding_concluded", "{'proceeding':'p16','concluded_on':'2026-11-04','result':'upheld'}", 0, "closed", "2026-03-30" },
    } },
    { "a ruling orders a redo: a term of its own, everything anew, and the first dates stay", { ANSWERED, SUED("2026-04-07", "reconsideration"),
        { "2026-05-20", "chen.jing", "redo_ordered", "{'proceeding':'p12','concluded_on':'2026-05-20','result':'corrected','ruling':'x','base_on':'2026-05-20','days':15}", GK_EDENIED, "closed", NULL },
        { "2026-05-20", "xu.lan", "redo_ordered", "{'proceeding':'p12','concluded_on':'2026-05-20','result':'corrected','ruling':'x','base_on':'2026-05-20','days':0}", GK_ENEED, "closed", NULL },
        { "2026-05-20", "xu.lan", "redo_ordered", "{'proceeding':'p12','concluded_on':'2026-05-20','result':'corrected','ruling':'x','base_on':'2026-03-01','days':15}", GK_ENEED, "closed", NULL },
        { "2026-05-20", "xu.lan", "redo_ordered", "{'proceeding':'p12','concluded_on':'2026-05-20','result':'corrected','ruling':'x','base_on':'2026-05-20','days':15}", 0, "handling", "2026-06-10" },
        { "2026-05-21", "guo.qiang", "correction_requested", "{'items':'x'}", GK_ENEED, "handling", NULL },           /* the ordered term stops for nothing */
        { "2026-05-21", "zhao.min", "extended", "{'days':5,'reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-05-21", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':100,'reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-05-21", "guo.qiang", "consultation_started", "{'kind':'other_agency','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "handling", "2026-06-10" },
        { "2026-05-25", "guo.qiang", "consultation_ended", "{'consultation':'c14','answer':'agree','opinion':'x'}", 0, "handling", "2026-06-10" },
        { "2026-05-25", "guo.qiang", "refusal_proposed", "{'outcome':'U1a','reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-05-25", "guo.qiang", "proposed", "{'outcome':'G1','public_where':'x'}", 0, "scanning", NULL },
        SCANNED("2026-05-25"), CLEARED("2026-05-25"), APPROVED("2026-05-25"), RENDERED("2026-05-25"), SEALED("2026-05-25"),
        { "2026-06-10", "chen.jing", "dispatched", "{'method':'post','carrier':'EMS','tracking':'E2'}", 0, "delivery", "2026-06-10" },
        SERVED("2026-06-15", "2026-06-12"),
    } },
    { "what a ruling took back is not decided the same on the same grounds (行政复议法 Art. 64)", { ANSWERED, SUED("2026-04-07", "reconsideration"),
        SUED("2026-04-08", "lawsuit"), REDO("2026-05-20", "p12", "2026-05-20", "15"),
        { "2026-05-21", "guo.qiang", "proposed", "{'outcome':'U2','reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-05-21", "guo.qiang", "proposed", "{'outcome':'U2','reason':'x','redo_ground':'x'}", 0, "scanning", NULL },
        { "2026-05-21", "worker:confidentiality", "scanned", "{'verdicts':[],'refused':false}", 0, "secrecy", NULL },
        { "2026-05-21", "he.ping", "secrecy_returned", "{'reason':'x'}", 0, "handling", NULL },
        REDO("2026-05-22", "p13", "2026-05-22", "15"),                                                             /* a draft was no decision: it is still U2 */
        { "2026-05-23", "guo.qiang", "proposed", "{'outcome':'U2','reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-05-23", "guo.qiang", "proposed", "{'outcome':'N5','reason':'x'}", 0, "scanning", NULL },
    } },
    { "... nor the items of a case, taken together", { BEGUN,
        { "2026-03-03", "guo.qiang", "itemised", "{'items':'x','count':1}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':1,'outcome':'U2','reason':'x'}", 0, "handling", NULL },
        { "2026-03-20", "guo.qiang", "proposed", NULL, 0, "scanning", NULL },
        SCANNED("2026-03-20"), CLEARED("2026-03-20"), APPROVED("2026-03-20"), RENDERED("2026-03-20"), SEALED("2026-03-20"), POSTED("2026-03-20"),
        SERVED("2026-03-24", "2026-03-23"), SUED("2026-04-07", "reconsideration"), REDO("2026-05-20", "p14", "2026-05-20", "15"),
        { "2026-05-21", "guo.qiang", "item_decided", "{'item':1,'outcome':'U2','reason':'x'}", 0, "handling", NULL },
        { "2026-05-21", "guo.qiang", "proposed", NULL, GK_ENEED, "handling", NULL },
        { "2026-05-21", "guo.qiang", "proposed", "{'reason':'x','redo_ground':'x'}", GK_ENEED, "handling", NULL },
        { "2026-05-21", "guo.qiang", "proposed", "{'redo_ground':'x'}", 0, "scanning", NULL },
    } },
    { "a court may extend the term of the answer, a reconsideration body not", { ANSWERED, SUED("2026-04-07", "lawsuit"),
        { "2026-04-10", "chen.jing", "answer_extended", "{'proceeding':'p12','permitted_on':'2026-04-10','until':'2026-05-08','permit':'x','reason':'x'}", GK_EDENIED, "closed", NULL },
        { "2026-04-10", "xu.lan", "answer_extended", "{'proceeding':'p12','permitted_on':'2026-04-10','until':'2026-04-22','permit':'x','reason':'x'}", GK_EBADVALUE, "closed", NULL },  /* due then anyway */
        { "2026-04-10", "xu.lan", "answer_extended", "{'proceeding':'p12','permitted_on':'2026-04-10','until':'2027-04-12','permit':'x','reason':'x'}", GK_EBADVALUE, "closed", NULL },
        { "2026-04-10", "xu.lan", "answer_extended", "{'proceeding':'p12','permitted_on':'2026-04-03','until':'2026-05-08','permit':'x','reason':'x'}", GK_EBADVALUE, "closed", NULL },
        { "2026-04-10", "xu.lan", "answer_extended", "{'proceeding':'p9','permitted_on':'2026-04-10','until':'2026-05-08','permit':'x','reason':'x'}", GK_ENEED, "closed", NULL },
        { "2026-04-10", "xu.lan", "answer_extended", "{'proceeding':'p12','permitted_on':'2026-04-10','until':'2026-05-08','permit':'x','reason':'x'}", 0, "closed", "2026-03-30" },
        { "2026-05-08", "xu.lan", "proceeding_answered", "{'proceeding':'p12','answered_on':'2026-05-08','proof':'x'}", 0, "closed", NULL },
        { "2026-05-08", "xu.lan", "answer_extended", "{'proceeding':'p12','permitted_on':'2026-05-08','until':'2026-05-18','permit':'x','reason':'x'}", GK_ENEED, "closed", NULL },
        SUED("2026-05-11", "reconsideration"),
        { "2026-05-12", "xu.lan", "answer_extended", "{'proceeding':'p15','permitted_on':'2026-05-12','until':'2026-06-30','permit':'x','reason':'x'}", GK_EBADVALUE, "closed", NULL },
        { "2026-05-12", "xu.lan", "answer_recomputed", "{'proceeding':'p15','was':'2026-05-25','becomes':'2026-05-26'}", GK_EDENIED, "closed", NULL },
        { "2026-05-12", "clock", "answer_recomputed", "{'proceeding':'p15','was':'2026-05-25','becomes':'2026-05-26'}", 0, "closed", "2026-03-30" },
        { "2026-05-26", "xu.lan", "proceeding_answered", "{'proceeding':'p15','answered_on':'2026-05-26','proof':'x'}", 0, "closed", NULL },
        { "2026-05-26", "clock", "answer_recomputed", "{'proceeding':'p15','was':'2026-05-26','becomes':'2026-05-25'}", GK_ENEED, "closed", NULL },
    } },
    { "silence that is overdue can be challenged while the case is open, and not a day before", { BEGUN,
        { "2026-03-30", "xu.lan", "proceeding_opened", "{'kind':'lawsuit','body':'x','number':'y','received_on':'2026-03-30'}", GK_ENEED, "handling", "2026-03-30" },
        SUED("2026-03-31", "lawsuit"),
        { "2026-04-20", "guo.qiang", "proposed", "{'outcome':'U2','reason':'x'}", 0, "scanning", NULL },
        REDO("2026-04-20", "p4", "2026-04-20", "10"),
        { "2026-04-21", "guo.qiang", "proposed", "{'outcome':'U2','reason':'x'}", 0, "scanning", "2026-05-07" },
    } },
    { "a ruling that was typed late has the last word all the same", { BEGUN, SUED("2026-04-07", "lawsuit"),
        { "2026-05-15", "applicant", "withdrew", NULL, 0, "withdrawn", "" },
        { "2026-05-20", "xu.lan", "redo_ordered", "{'proceeding':'p4','concluded_on':'2026-05-12','result':'corrected','ruling':'x','base_on':'2026-05-12','days':10}", 0, "handling", "2026-05-26" },
    } },
    { "a lapse that a ruling quashed follows its lapse, and does not undo it", { BEGUN, ASKED, NOTICED("2026-03-05"),
        { "2026-04-03", "clock", "lapse_proposed", NULL, 0, "correction_lapse", "" },
        { "2026-04-03", "chen.jing", "lapse_confirmed", LAPSE, 0, "printing", "" },
        RENDERED("2026-04-03"), SEALED("2026-04-03"), POSTED("2026-04-03"), SERVED("2026-04-08", "2026-04-07"),
        SUED("2026-05-06", "reconsideration"), REDO("2026-06-01", "p12", "2026-06-08", "10"),
        { "2026-06-01", "applicant", "correction_received", "{'text':'x','on':'2026-03-26'}", GK_ESTATE, "handling", "2026-06-23" },
    } },
    { "to the archive: not before service is proven, not while a proceeding is open, not with papers missing", { BEGUN, SENT("2026-03-20"),
        { "2026-03-24", "chen.jing", "archived", NULL, GK_ENEED, "delivery", NULL },                                       /* proof of service */
        SERVED("2026-03-24", "2026-03-23"),
        { "2026-03-24", "chen.jing", "archive_handed_over", "{'handed_on':'2026-03-24','receipt':'x'}", GK_ENEED, "closed", NULL },  /* not archived */
        { "2026-03-24", "guo.qiang", "archived", NULL, GK_EDENIED, "closed", NULL },
        SUED("2026-04-07", "reconsideration"),
        { "2026-04-08", "chen.jing", "archived", NULL, GK_ENEED, "closed", NULL },                                         /* the hold */
        { "2026-05-20", "xu.lan", "proceeding_concluded", "{'proceeding':'p12','concluded_on':'2026-05-19','result':'upheld'}", 0, "closed", NULL },
        { "2026-05-21", "chen.jing", "archived", NULL, 0, "closed", "2026-03-30" },
        { "2026-05-21", "chen.jing", "archived", NULL, GK_ENEED, "closed", NULL },                                         /* once is enough */
        { "2026-05-22", "guo.qiang", "noted", "{'text':'x'}", 0, "closed", NULL },
        { "2026-05-22", "chen.jing", "archive_handed_over", "{'handed_on':'2026-05-22','receipt':'x'}", GK_ENEED, "closed", NULL },  /* a note came since */
        { "2026-05-22", "chen.jing", "archived", NULL, 0, "closed", NULL },
        SUED("2026-05-25", "lawsuit_after"),
        { "2026-05-26", "chen.jing", "archive_handed_over", "{'handed_on':'2026-05-26','receipt':'x'}", GK_ENEED, "closed", NULL },  /* the hold */
        { "2026-11-02", "xu.lan", "proceeding_concluded", "{'proceeding':'p17','concluded_on':'2026-11-02','result':'upheld'}", 0, "closed", NULL },
        { "2026-11-02", "chen.jing", "archived", NULL, 0, "closed", NULL },
        { "2027-06-02", "clock", "archive_reminded", "{'left':20}", 0, "closed", NULL },
        { "2027-06-03", "chen.jing", "archive_handed_over", "{'handed_on':'2026-03-22','receipt':'x'}", GK_EBADVALUE, "closed", NULL },  /* before it ended */
        { "2027-06-03", "chen.jing", "archive_handed_over", "{'handed_on':'2027-06-02','receipt':'x'}", 0, "closed", "2026-03-30" },
    } },
    { "what was given to two becomes public: decided, reviewed for itself, by three people (Art. 44)", { GIVEN,
        { "2026-04-01", "chen.jing", "publication_suggested", "{'cause':'same_item','suggested_on':'2026-04-01'}", GK_EMISSING, "closed", NULL },
        { "2026-04-01", "chen.jing", "publication_suggested", "{'cause':'suggestion','suggested_on':'2026-04-01','other_case':'GZ-2026-000007'}", GK_EBADVALUE, "closed", NULL },
        { "2026-04-01", "guo.qiang", "publication_suggested", "{'cause':'suggestion','suggested_on':'2026-04-01'}", GK_EDENIED, "closed", NULL },
        { "2026-04-01", "chen.jing", "publication_suggested", "{'cause':'suggestion','suggested_on':'2026-03-04'}", GK_EBADVALUE, "closed", NULL },  /* nothing was given yet */
        { "2026-04-01", "tang.yue", "publication_decided", "{'publish':'yes','reason':'x'}", GK_ENEED, "closed", NULL },
        { "2026-04-01", "chen.jing", "publication_suggested", "{'cause':'same_item','suggested_on':'2026-04-01','other_case':'GZ-2026-000007'}", 0, "closed", "2026-03-30" },
        { "2026-04-02", "chen.jing", "publication_suggested", "{'cause':'suggestion','suggested_on':'2026-04-02'}", GK_ENEED, "closed", NULL },      /* one at a time */
        { "2026-04-22", "clock", "publication_reminded", "{'left':5}", 0, "closed", NULL },
        { "2026-04-22", "he.ping", "publication_cleared", "{'no_applicant_data':true,'opinion':'x'}", GK_ENEED, "closed", NULL },   /* nobody said yes */
        { "2026-04-22", "chen.jing", "publication_decided", "{'publish':'yes','reason':'x'}", GK_EDENIED, "closed", NULL },
        { "2026-04-22", "tang.yue", "publication_decided", "{'publish':'yes','reason':'x'}", 0, "closed", NULL },
        { "2026-04-23", "chen.jing", "published", "{'published_on':'2026-04-23','url':'x'}", GK_ENEED, "closed", NULL },            /* not reviewed */
        { "2026-04-23", "tang.yue", "publication_cleared", "{'no_applicant_data':true,'opinion':'x'}", GK_EDENIED, "closed", NULL },
        { "2026-04-23", "he.ping", "publication_cleared", "{'no_applicant_data':false,'opinion':'x'}", GK_ENEED, "closed", NULL },
        { "2026-04-23", "he.ping", "publication_cleared", "{'no_applicant_data':true,'opinion':'x'}", 0, "closed", NULL },
        { "2026-04-24", "chen.jing", "published", "{'published_on':'2026-04-22','url':'x'}", GK_EBADVALUE, "closed", NULL },        /* before its review */
        { "2026-04-24", "chen.jing", "published", "{'published_on':'2026-04-24','url':'x'}", 0, "closed", "2026-03-30" },
        { "2026-04-27", "chen.jing", "publication_suggested", "{'cause':'suggestion','suggested_on':'2026-04-27'}", GK_ENEED, "closed", NULL },      /* it is public */
    } },
    { "the secrecy reviewer may withhold it, and a no may be asked again", { GIVEN,
        { "2026-04-01", "chen.jing", "publication_suggested", "{'cause':'suggestion','suggested_on':'2026-03-31'}", 0, "closed", NULL },
        { "2026-04-02", "zhao.min", "publication_decided", "{'publish':'yes','reason':'x'}", 0, "closed", NULL },
        { "2026-04-03", "he.ping", "publication_withheld", "{'reason':'x'}", 0, "closed", NULL },
        { "2026-04-03", "chen.jing", "published", "{'published_on':'2026-04-03','url':'x'}", GK_ENEED, "closed", NULL },
        { "2026-05-06", "chen.jing", "publication_suggested", "{'cause':'suggestion','suggested_on':'2026-05-06'}", 0, "closed", NULL },
        { "2026-05-07", "zhao.min", "publication_decided", "{'publish':'no','reason':'x'}", 0, "closed", NULL },
        { "2026-05-07", "he.ping", "publication_cleared", "{'no_applicant_data':true,'opinion':'x'}", GK_ENEED, "closed", NULL },
    } },
    { "the broker notices it", { GIVEN,
        { "2026-04-01", "clock", "publication_suggested", "{'cause':'same_item','suggested_on':'2026-04-01','other_case':'GZ-2026-000007'}", 0, "closed", NULL },
    } },
    { "the applicant suggests it", { GIVEN,
        { "2026-04-01", "applicant", "publication_suggested", "{'cause':'suggestion','suggested_on':'2026-04-01','text':'x'}", 0, "closed", NULL },
        { "2026-04-01", "applicant", "publication_decided", "{'publish':'yes','reason':'x'}", GK_EDENIED, "closed", NULL },
    } },
    { "what was not given is not published", { ANSWERED,
        { "2026-04-01", "chen.jing", "publication_suggested", "{'cause':'suggestion','suggested_on':'2026-04-01'}", GK_ENEED, "closed", NULL },
    } },
    { "one matter, one application: split before any fee, and the applicant is told first", { BEGUN,
        { "2026-03-03", "guo.qiang", "split", "{'parts':'x','reason':'x','cases':['GZ-2026-000002']}", GK_EDENIED, "handling", NULL },
        { "2026-03-03", "bai.lu", "split", "{'parts':'x','reason':'x','cases':['GZ-2026-000002']}", GK_EDENIED, "handling", NULL },
        { "2026-03-03", "chen.jing", "split_off", "{'split_from':'GZ-2026-000001','received_on':'2026-03-02'}", GK_ESTATE, "handling", NULL },
        { "2026-03-03", "chen.jing", "split", "{'parts':'x','reason':'x','cases':['GZ-2026-000002']}", 0, "handling", "2026-03-30" },
        { "2026-03-03", "zhao.min", "split", "{'parts':'x','reason':'x','cases':['GZ-2026-000003']}", GK_ENEED, "handling", NULL },  /* once */
        { "2026-03-03", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':31,'reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "worker:reply", "notice_rendered", "{'letter':'registration','digest':'cb','pages':1}", 0, "handling", NULL },
        { "2026-03-03", "worker:reminder", "notified", "{'sent':[],'task':'notify split'}", 0, "handling", NULL },
        { "2026-03-03", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':31,'reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "worker:reply", "notice_rendered", "{'letter':'split_notice','digest':'cc','pages':1}", 0, "handling", NULL },
        { "2026-03-03", "chen.jing", "split_told", "{'told_on':'2026-03-03','method':'post','proof':'E1'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':31,'reason':'x'}", 0, "payment", NULL },
    } },
    { "a split of which no mail tells the applicant is told otherwise, on record, before any fee", { BEGUN,
        { "2026-03-03", "chen.jing", "split_told", "{'told_on':'2026-03-03','method':'telephone','proof':'x'}", GK_ENEED, "handling", NULL },   /* of what? */
        { "2026-03-04", "chen.jing", "split", "{'parts':'x','reason':'x','cases':['GZ-2026-000002']}", 0, "handling", NULL },
        { "2026-03-05", "chen.jing", "split_told", "{'told_on':'2026-03-05','method':'post','proof':'E1'}", GK_ENEED, "handling", NULL },     /* what was posted? */
        { "2026-03-05", "worker:reply", "notice_rendered", "{'letter':'split_notice','digest':'cc','pages':1}", 0, "handling", NULL },
        { "2026-03-05", "clock", "job_died", "{'task':'notify split','lane':'notice'}", 0, "handling", NULL },
        { "2026-03-05", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':31,'reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-05", "worker:reminder", "notified", "{'sent':[],'failed':[{'role':'applicant'}],'task':'notify split'}", 0, "handling", NULL },
        { "2026-03-05", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':31,'reason':'x'}", GK_ENEED, "handling", NULL },     /* refused is not told */
        { "2026-03-06", "guo.qiang", "split_told", "{'told_on':'2026-03-05','method':'post','proof':'E1'}", GK_EDENIED, "handling", NULL },
        { "2026-03-06", "liu.yang", "split_told", "{'told_on':'2026-03-03','method':'post','proof':'E1'}", GK_EBADVALUE, "handling", NULL },   /* before the split */
        { "2026-03-06", "liu.yang", "split_told", "{'told_on':'2026-03-05','method':'post','proof':'E1'}", 0, "handling", "2026-03-30" },
        { "2026-03-06", "chen.jing", "split_told", "{'told_on':'2026-03-06','method':'telephone','proof':'x'}", GK_ENEED, "handling", NULL },   /* once */
        { "2026-03-06", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':31,'reason':'x'}", 0, "payment", NULL },
    } },
    { "where the notice was never made, the telephone tells of a split", { BEGUN,
        { "2026-03-04", "chen.jing", "split", "{'parts':'x','reason':'x','cases':['GZ-2026-000002']}", 0, "handling", NULL },
        { "2026-03-05", "chen.jing", "split_told", "{'told_on':'2026-03-05','method':'telephone','proof':'x'}", 0, "handling", NULL },
        { "2026-03-05", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':31,'reason':'x'}", 0, "payment", NULL },
    } },
    { "whom no mail reaches is told of a split by post, not by a letter that lies here", {
        { "2026-03-02", "applicant", "received", "{'office':'GZ','form':{'name':'x'},'receipt':{'name':'x'},"
          "'channel':'portal','submitted_on':'2026-03-02','medium':'paper','delivery':'post','reachable':false}", 0, "intake", NULL }, REGISTERED, TRIAGED,
        { "2026-03-03", "chen.jing", "split", "{'parts':'x','reason':'x','cases':['GZ-2026-000002']}", 0, "handling", NULL },
        { "2026-03-03", "worker:reply", "notice_rendered", "{'letter':'split_notice','digest':'cc','pages':1}", 0, "handling", NULL },
        { "2026-03-03", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':31,'reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "chen.jing", "split_told", "{'told_on':'2026-03-03','method':'post','proof':'E1'}", 0, "handling", NULL },
        { "2026-03-03", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':31,'reason':'x'}", 0, "payment", NULL },
    } },
    { "a part is registered by the split, received when the whole was, and not split again", {
        { "2026-03-05", "applicant", "split_off", SPLIT_PART, GK_EDENIED, "intake", NULL },
        { "2026-03-05", "chen.jing", "split_off", "{'split_from':'GZ-2026-000001','office':'GZ'}", GK_ENEED, "intake", NULL },
        { "2026-03-05", "bai.lu", "split_off", SPLIT_PART, GK_EDENIED, "intake", NULL },          /* another office's clerk */
        { "2026-03-05", "chen.jing", "split_off", SPLIT_PART, 0, "triage", "2026-03-30" },
        { "2026-03-05", "applicant", "received", "{'office':'GZ','channel':'portal','submitted_on':'2026-03-02'}", GK_ESTATE, "triage", NULL },
        TRIAGED,
        { "2026-03-05", "chen.jing", "split", "{'parts':'x','reason':'x','cases':['GZ-2026-000009']}", GK_ENEED, "handling", NULL },
        { "2026-03-05", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':31,'reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-05", "guo.qiang", "correction_requested", "{'items':'x'}", 0, "correction", "" },
    } },
    { "a correction of the whole was one of the part, and its term runs from there", {
        { "2026-03-12", "chen.jing", "split_off", "{'split_from':'GZ-2026-000001','office':'GZ','received_on':'2026-03-02','submitted_on':'2026-03-02',"
          "'corrections':[{'event':'correction_requested','on':'2026-03-03','paused':true},{'event':'correction_received','on':'2026-03-10'},"
          "{'event':'extended','on':'2026-03-10'},{'event':'correction_requested','on':'x'}]}", 0, "triage", "2026-04-08" },
        { "2026-03-12", "worker:review", "triaged", "{'unit':'QGC'}", 0, "handling", "2026-04-08" },
        { "2026-03-12", "guo.qiang", "correction_requested", "{'items':'x'}", GK_ENEED, "handling", NULL },
    } },
    { "what was decided, charged, consulted on or extended is not split", { BEGUN,
        { "2026-03-03", "zhao.min", "extended", "{'days':5,'reason':'x'}", 0, "handling", NULL },
        { "2026-03-03", "chen.jing", "split", "{'parts':'x','reason':'x','cases':['GZ-2026-000002']}", GK_ENEED, "handling", NULL },
    } },
    { "nor what was proposed on and came back", { BEGUN,
        { "2026-03-03", "guo.qiang", "refusal_proposed", "{'outcome':'D7','reason':'x','severability':'x'}", 0, "legal", NULL },
        { "2026-03-03", "xu.lan", "legal_returned", "{'reason':'x'}", 0, "handling", NULL },
        { "2026-03-03", "chen.jing", "split", "{'parts':'x','reason':'x','cases':['GZ-2026-000002']}", GK_ENEED, "handling", NULL },
    } },
    { "another office's matter moves there by consent within a working day, or is answered", { BEGUN,
        { "2026-03-03", "guo.qiang", "passed_on", "{'to_office':'NG','consent':'x'}", GK_EDENIED, "handling", NULL },
        { "2026-03-03", "chen.jing", "passed_on", "{'to_office':'GZ','consent':'x'}", GK_EBADVALUE, "handling", NULL },
        { "2026-03-03", "chen.jing", "passed_on", "{'to_office':'XX','consent':'x'}", GK_EBADVALUE, "handling", NULL },
        { "2026-03-04", "chen.jing", "passed_on", "{'to_office':'NG','consent':'x'}", GK_ENEED, "handling", NULL },        /* two */
        { "2026-03-03", "chen.jing", "passed_on", "{'to_office':'NG','consent':'x','moved_to':'@9'}", 0, "withdrawn", "" },
    } },
    { "nor after anything was asked", { BEGUN,
        { "2026-03-02", "guo.qiang", "correction_requested", "{'items':'x'}", 0, "correction", NULL },
        { "2026-03-03", "liu.yang", "correction_received", "{'text':'x'}", 0, "handling", NULL },
        { "2026-03-03", "chen.jing", "passed_on", "{'to_office':'NG','consent':'x'}", GK_ENEED, "handling", NULL },
    } },
    { "a record is corrected: no fee, no extension, no notice of Art. 30", { CORRECTION_BEGUN,
        { "2026-03-03", "guo.qiang", "correction_requested", "{'items':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "zhao.min", "correction_asked_late", "{'items':'x','reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "zhao.min", "fee_notice_sent", "{'standard':'items','count':1,'reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "zhao.min", "fee_proposed", "{'standard':'pages','count':500,'reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "zhao.min", "extended", "{'days':5,'reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "chen.jing", "reasons_requested", "{'frequency':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "applicant", "supplement_received", "{'text':'x'}", GK_ENEED, "handling", NULL },                 /* nothing was asked */
        { "2026-03-03", "guo.qiang", "evidence_requested", "{'items':'x'}", 0, "handling", "2026-03-30" },                /* nothing pauses */
        { "2026-03-06", "applicant", "supplement_received", "{'text':'x','documents':[{'digest':'aa'}]}", 0, "handling", "2026-03-30" },
        { "2026-03-09", "guo.qiang", "proposed", "{'outcome':'G2'}", GK_ENEED, "handling", NULL },                        /* discloses nothing */
        { "2026-03-09", "guo.qiang", "proposed", "{'outcome':'R5'}", GK_ENEED, "handling", NULL },
        { "2026-03-09", "guo.qiang", "proposed", "{'outcome':'R1','corrected_to':'x'}", GK_ENEED, "handling", NULL },     /* when? */
        { "2026-03-09", "guo.qiang", "proposed", "{'outcome':'R1','corrected_to':'x','corrected_on':'2026-03-10'}", GK_ENEED, "handling", NULL },
        { "2026-03-09", "guo.qiang", "proposed", "{'outcome':'R1','corrected_to':'x','corrected_on':'2026-03-09'}", 0, "scanning", NULL },
        SCANNED("2026-03-09"), CLEARED("2026-03-10"), APPROVED("2026-03-10"), RENDERED("2026-03-10"), SEALED("2026-03-10"),
        POSTED("2026-03-11"), SERVED("2026-03-13", "2026-03-13"),
    } },
    { "a record is not corrected: silence gives nothing up, and a second reader reads it", { CORRECTION_BEGUN,
        { "2026-03-03", "guo.qiang", "evidence_requested", "{'items':'x'}", 0, "handling", "2026-03-30" },
        { "2026-04-20", "guo.qiang", "proposed", "{'outcome':'R2','reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-04-20", "guo.qiang", "refusal_proposed", "{'outcome':'D7','reason':'x','severability':'x'}", GK_ENEED, "handling", NULL },
        { "2026-04-20", "guo.qiang", "refusal_proposed", "{'outcome':'R2','reason':'x'}", 0, "legal", "2026-03-30" },
        { "2026-04-20", "xu.lan", "legal_cleared", "{'opinion':'x'}", 0, "scanning", NULL },
        SCANNED("2026-04-20"), CLEARED("2026-04-20"), APPROVED("2026-04-20"),
    } },
    { "another agency may correct it, which is asked first", { CORRECTION_BEGUN,
        { "2026-03-03", "guo.qiang", "consultation_started", "{'kind':'other_agency','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "handling", NULL },
        { "2026-03-05", "chen.jing", "consultation_ended", "{'consultation':'c4','answer':'agree','opinion':'x'}", 0, "handling", "2026-04-01" },
        { "2026-03-06", "guo.qiang", "proposed", "{'outcome':'R4','reason':'x','agency_name':'x'}", GK_ENEED, "handling", NULL },       /* how to reach it */
        { "2026-03-06", "guo.qiang", "proposed", "{'outcome':'R3','reason':'x','agency_name':'x','agency_contact':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-06", "guo.qiang", "proposed", "{'outcome':'R3','reason':'x','agency_name':'x','agency_contact':'x','forwarded_on':'2026-03-01'}", GK_ENEED, "handling", NULL },
        { "2026-03-06", "guo.qiang", "proposed", "{'outcome':'R3','reason':'x','agency_name':'x','agency_contact':'x','forwarded_on':'2026-03-06'}", GK_ENEED, "handling", NULL },      /* not sent yet */
        { "2026-03-06", "guo.qiang", "forwarded", "{'third_party':{'name':'x'},'reason':'x'}", GK_EDENIED, "handling", NULL },      /* the office's letter */
        { "2026-03-06", "chen.jing", "forwarded", "{'third_party':{'name':'x'},'reason':'x'}", 0, "handling", "2026-04-01" },
        { "2026-03-09", "guo.qiang", "proposed", "{'outcome':'R3','reason':'x','agency_name':'x','agency_contact':'x','forwarded_on':'2026-03-05'}", GK_ENEED, "handling", NULL },      /* before it was */
        { "2026-03-09", "guo.qiang", "proposed", "{'outcome':'R3','reason':'x','agency_name':'x','agency_contact':'x','forwarded_on':'2026-03-06'}", 0, "scanning", NULL },
    } },
    { "a request to correct a record is withdrawn, and an application for information gets no R", { CORRECTION_BEGUN,
        { "2026-03-03", "applicant", "withdrew", NULL, 0, "withdrawn", "" },
    } },
    { "an application for information is not answered as a correction", { BEGUN,
        { "2026-03-03", "guo.qiang", "evidence_requested", "{'items':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "chen.jing", "forwarded", "{'third_party':{'name':'x'},'reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'R4','reason':'x','agency_name':'x','agency_contact':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "refusal_proposed", "{'outcome':'R2','reason':'x'}", GK_ENEED, "handling", NULL },
    } },
    { "it begins once, and with the receipt", {
        { "2026-03-02", "worker:intake", "registered", "{'complete':true,'received_on':'2026-03-02'}", GK_ESTATE, "intake", "" },
        { "2026-03-02", "applicant", "withdrew", NULL, GK_ESTATE, "intake", "" },
        RECEIVED,
        { "2026-03-02", "applicant", "received", "{'office':'GZ','channel':'portal','submitted_on':'2026-03-02'}", GK_ESTATE, "intake", "2026-03-30" },
    } },
    { "what the law fixes is not for a worker to say", {
        RECEIVED,
        { "2026-03-02", "worker:intake", "registered", "{'complete':true,'received_on':'2026-03-01'}", GK_EBADVALUE, "intake", NULL },
        { "2026-03-02", "worker:review", "registered", "{'complete':true,'received_on':'2026-03-02'}", GK_EDENIED, "intake", NULL },
        REGISTERED,
        { "2026-03-02", "worker:review", "triaged", "{'unit':'QGC','fee':{'ordinal':1,'item_yuan':100}}", GK_EBADVALUE, "triage", NULL },
        { "2026-03-02", "worker:review", "triaged", "{'unit':'ZZZ'}", GK_EBADVALUE, "triage", NULL },
        { "2026-03-02", "bai.lu", "transferred", "{'unit':'BGS','reason':'x'}", GK_EDENIED, "triage", NULL },             /* another office's clerk */
        TRIAGED,
        { "2026-03-03", "worker:reply", "notice_rendered", "{'letter':'registration','digest':'cc','pages':1}", 0, "handling", "2026-03-30" },
        { "2026-03-03", "worker:reminder", "notified", "{'sent':[]}", 0, "handling", "2026-03-30" },
        { "2026-03-23", "clock", "reminder_due", "{'left':5}", 0, "handling", "2026-03-30" },
        { "2026-03-23", "clock", "finding_superseded", "{'service':'x'}", 0, "handling", "2026-03-30" },
        { "2026-03-23", "clock", "job_died", "{'lane':'notice'}", 0, "handling", "2026-03-30" },
        { "2026-03-23", "clock", "due_recomputed", "{'was':'2026-03-27','becomes':'2026-03-30'}", 0, "handling", "2026-03-30" },
        { "2026-03-23", "zhao.min", "due_confirmed", NULL, 0, "handling", "2026-03-30" },
        { "2026-03-24", "guo.qiang", "documents_attached", "{'kind':'evidence','documents':[{'digest':'dd'}]}", 0, "handling", NULL },
        { "2026-03-24", "worker:confidentiality", "documents_admitted", "{'verdicts':[{'digest':'dd','verdict':'class_a'}],'refused':true}", 0, "handling", NULL },
        { "2026-03-24", "he.ping", "document_destroyed", "{'digest':'dd','reason':'x'}", 0, "handling", NULL },
    } },
    { "three items, each with an outcome of its own, and the whole is derived", { BEGUN,
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':1,'outcome':'G1','public_where':'x'}", GK_ENEED, "handling", NULL },    /* no list yet */
        { "2026-03-03", "huang.tao", "itemised", "{'items':'x','count':3}", GK_EDENIED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "itemised", "{'items':'x','count':0}", GK_EMISSING, "handling", NULL },
        { "2026-03-03", "guo.qiang", "itemised", "{'items':'x','count':21}", GK_ETOOLARGE, "handling", NULL },
        { "2026-03-03", "guo.qiang", "itemised", "{'items':'x','count':3}", 0, "handling", "2026-03-30" },
        { "2026-03-03", "guo.qiang", "proposed", NULL, GK_ENEED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':4,'outcome':'G1','public_where':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':1,'outcome':'G1'}", GK_ENEED, "handling", NULL },              /* its fields are asked as a proposal's are */
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':1,'outcome':'O3'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':1,'outcome':'G1','public_where':'x'}", 0, "handling", "2026-03-30" },
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':2,'outcome':'P','reason':'x','refused_part':'x','severability':'x','ground':'D2'}", GK_ENEED, "handling", NULL },  /* which law? */
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':2,'outcome':'G2'}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "proposed", NULL, GK_ENEED, "handling", NULL },                                         /* item 3 */
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':3,'outcome':'N1','reason':'x','other_channel':'x'}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "refusal_proposed", NULL, GK_ENEED, "handling", NULL },                                 /* item 2 grants what is not attached */
        { "2026-03-03", "guo.qiang", "documents_attached", "{'kind':'release','item':3,'documents':[{'digest':'aa'}]}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "refusal_proposed", NULL, GK_ENEED, "handling", NULL },                                 /* that was another item's */
        { "2026-03-03", "guo.qiang", "documents_attached", "{'kind':'release','item':4,'documents':[{'digest':'bb'}]}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "documents_attached", "{'kind':'release','item':2,'documents':[{'digest':'bb'}]}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "refusal_proposed", "{'outcome':'G1'}", GK_ENEED, "handling", NULL },                   /* derived, not typed */
        { "2026-03-03", "guo.qiang", "proposed", NULL, GK_ENEED, "handling", NULL },                                         /* partly granted: a second reader */
        { "2026-03-03", "guo.qiang", "refusal_proposed", NULL, 0, "legal", "2026-03-30" },
    } },
    { "an item that does not exist was searched for, one of a third party asked about", { BEGUN,
        { "2026-03-03", "guo.qiang", "search_recorded", "{'systems':'x','keywords':'x','units':'x','persons':'x','period':'x','result':'partly'}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "itemised", "{'items':'x','count':2}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':1,'outcome':'U1a','reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "search_recorded", "{'item':2,'systems':'x','keywords':'x','units':'x','persons':'x','period':'x','result':'none'}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':1,'outcome':'U1a','reason':'x'}", GK_ENEED, "handling", NULL },  /* that was item 2 */
        { "2026-03-03", "guo.qiang", "search_recorded", "{'item':1,'systems':'x','keywords':'x','units':'x','persons':'x','period':'x','result':'none'}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':1,'outcome':'U1a','reason':'x'}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':2,'outcome':'D4','reason':'x','own_assessment':'x','third_party_answer':'x','severability':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':2,'outcome':'D4','reason':'x','own_assessment':'x','third_party_answer':'x','severability':'x'}", GK_ENEED, "handling", NULL },  /* not answered yet */
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':1,'outcome':'U1a','reason':'x'}", 0, "handling", NULL },          /* the other item need not wait */
        { "2026-03-04", "guo.qiang", "consultation_ended", "{'consultation':'c11','answer':'disagree','opinion':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-04", "guo.qiang", "consultation_started", "{'kind':'third_party','item':3,'third_party':{'name':'x'},'information':'x','applicant_told':true}", GK_ENEED, "handling", NULL },
        { "2026-03-04", "guo.qiang", "consultation_ended", "{'consultation':'c9','answer':'disagree','opinion':'x'}", 0, "handling", NULL },
        { "2026-03-04", "guo.qiang", "item_decided", "{'item':2,'outcome':'D4','reason':'x','own_assessment':'x','third_party_answer':'x','severability':'x'}", 0, "handling", NULL },
        { "2026-03-04", "guo.qiang", "search_recorded", "{'item':1,'systems':'x','keywords':'x','units':'x','persons':'x','period':'x','result':'found'}", 0, "handling", NULL },
        { "2026-03-04", "guo.qiang", "refusal_proposed", NULL, GK_ENEED, "handling", NULL },                                    /* found after all */
        { "2026-03-04", "guo.qiang", "search_recorded", "{'item':1,'systems':'x','keywords':'x','units':'x','persons':'x','period':'x','result':'none'}", 0, "handling", NULL },
        { "2026-03-04", "guo.qiang", "refusal_proposed", NULL, 0, "legal", NULL },
        { "2026-03-04", "xu.lan", "legal_returned", "{'reason':'x'}", 0, "handling", NULL },
        { "2026-03-04", "guo.qiang", "itemised", "{'items':'x','count':1}", 0, "handling", NULL },                              /* a new list is decided anew */
        { "2026-03-04", "guo.qiang", "proposed", NULL, GK_ENEED, "handling", NULL },
    } },
    { "a third party is asked about one item: the other need not wait for it", { BEGUN,
        { "2026-03-03", "guo.qiang", "itemised", "{'items':'x','count':2}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "consultation_started", "{'kind':'third_party','item':1,'third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':2,'outcome':'D4','reason':'x','own_assessment':'x','third_party_answer':'x','severability':'x'}", GK_ENEED, "handling", NULL },   /* nobody was asked about it */
        { "2026-03-04", "guo.qiang", "consultation_started", "{'kind':'third_party','item':2,'third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "handling", NULL },
        { "2026-03-05", "guo.qiang", "consultation_ended", "{'consultation':'c6','answer':'disagree','opinion':'x'}", 0, "handling", NULL },
        { "2026-03-05", "guo.qiang", "item_decided", "{'item':1,'outcome':'D4','reason':'x','own_assessment':'x','third_party_answer':'x','severability':'x'}", GK_ENEED, "handling", NULL },   /* not answered */
        { "2026-03-05", "guo.qiang", "item_decided", "{'item':2,'outcome':'D4','reason':'x','own_assessment':'x','third_party_answer':'x','severability':'x'}", 0, "handling", NULL },
    } },
    { "items all public already: nothing is attached, and no second reader asked", { BEGUN,
        { "2026-03-03", "guo.qiang", "itemised", "{'items':'x','count':2}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':1,'outcome':'G1','public_where':'x'}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':2,'outcome':'G1','public_where':'x'}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "proposed", NULL, 0, "scanning", NULL },
        SCANNED("2026-03-03"), CLEARED("2026-03-03"), APPROVED("2026-03-03"), RENDERED("2026-03-03"), SEALED("2026-03-04"),
        POSTED("2026-03-04"),
    } },
    { "partly granted by telling where: what is attached to nothing does not hold it up", { BEGUN,
        { "2026-03-03", "guo.qiang", "itemised", "{'items':'x','count':2}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':1,'outcome':'G1','public_where':'x'}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':2,'outcome':'D2','law':'x','reason':'x','severability':'x'}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "refusal_proposed", NULL, 0, "legal", NULL },
        { "2026-03-03", "xu.lan", "legal_cleared", "{'opinion':'x'}", 0, "scanning", NULL },
        SCANNED("2026-03-03"),
        { "2026-03-03", "he.ping", "secrecy_cleared", "{'verdict':'withheld','opinion':'x'}", 0, "approval", NULL },
    } },
    { "corrected: every item is decided and searched for anew", { BEGUN,
        { "2026-03-03", "guo.qiang", "itemised", "{'items':'x','count':1}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "search_recorded", "{'item':1,'systems':'x','keywords':'x','units':'x','persons':'x','period':'x','result':'none'}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':1,'outcome':'U1a','reason':'x'}", 0, "handling", NULL },
        { "2026-03-05", "guo.qiang", "correction_requested", "{'items':'x'}", 0, "correction", "" },
        { "2026-03-20", "applicant", "correction_received", "{'text':'x'}", 0, "handling", "2026-04-20" },
        { "2026-03-20", "guo.qiang", "refusal_proposed", NULL, GK_ENEED, "handling", NULL },
        { "2026-03-20", "guo.qiang", "item_decided", "{'item':1,'outcome':'U1a','reason':'x'}", GK_ENEED, "handling", NULL },
    } },
    { "a correction from the middle of its period defeats the lapse", { BEGUN,
        { "2026-03-05", "guo.qiang", "correction_requested", "{'items':'x'}", 0, "correction", "" },
        { "2026-03-12", "chen.jing", "notice_served", "{'served_on':'2026-03-05','proof':'x'}", 0, "correction", "" },
        { "2026-04-03", "clock", "lapse_proposed", NULL, 0, "correction_lapse", "" },
        { "2026-04-03", "chen.jing", "lapse_confirmed", LAPSE, 0, "printing", "" },
        { "2026-04-08", "chen.jing", "correction_received", "{'text':'x','on':'2026-03-20'}", 0, "handling", "2026-04-20" },
    } },
    { "one file waits in quarantine: the draft waits with it, though another was admitted", { BEGUN, FILE_ADMITTED,
        { "2026-03-03", "guo.qiang", "documents_attached", "{'kind':'release','documents':[{'digest':'bb'}]}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'G2'}", 0, "scanning", NULL },
        SCANNED("2026-03-03"),
        { "2026-03-03", "he.ping", "verdict_given", VERDICT("aa", "public"), 0, "secrecy", NULL },
        CLEARED_NOT("2026-03-03"),
        { "2026-03-03", "worker:confidentiality", "documents_admitted", "{'verdicts':[{'digest':'bb','verdict':'class_a'}],'refused':true}", 0, "secrecy", NULL },
        CLEARED_NOT("2026-03-03"),
        { "2026-03-03", "he.ping", "document_destroyed", "{'digest':'bb','reason':'x'}", 0, "secrecy", NULL },
        CLEARED("2026-03-03"),
    } },
    { "an objection to the whole weighs on each item that discloses, in whatever order", { BEGUN,
        { "2026-03-03", "guo.qiang", "itemised", "{'items':'x','count':2}", 0, "handling", NULL },
        FILE_ADMITTED,
        { "2026-03-03", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "handling", NULL },
        { "2026-03-04", "guo.qiang", "consultation_ended", "{'consultation':'c7','answer':'disagree','opinion':'x'}", 0, "handling", NULL },
        { "2026-03-04", "guo.qiang", "item_decided", "{'item':1,'outcome':'G2'}", 0, "handling", NULL },
        { "2026-03-04", "guo.qiang", "item_decided", "{'item':2,'outcome':'U2','reason':'x'}", 0, "handling", NULL },
        { "2026-03-04", "guo.qiang", "refusal_proposed", NULL, GK_ENEED, "handling", NULL },
        { "2026-03-04", "guo.qiang", "item_decided", "{'item':1,'outcome':'G2','own_assessment':'x'}", 0, "handling", NULL },
        { "2026-03-04", "guo.qiang", "refusal_proposed", NULL, 0, "legal", NULL },      /* the file of the whole case is item 1's too */
    } },
    { "what it objects to is withheld in one item: the other goes", { BEGUN,
        { "2026-03-03", "guo.qiang", "itemised", "{'items':'x','count':2}", 0, "handling", NULL },
        FILE_ADMITTED,
        { "2026-03-03", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "handling", NULL },
        { "2026-03-04", "guo.qiang", "consultation_ended", "{'consultation':'c7','answer':'disagree','opinion':'x'}", 0, "handling", NULL },
        { "2026-03-04", "guo.qiang", "item_decided", "{'item':1,'outcome':'D4','reason':'x','own_assessment':'x','third_party_answer':'x','severability':'x','spares':'c7'}", 0, "handling", NULL },
        { "2026-03-04", "guo.qiang", "item_decided", "{'item':2,'outcome':'G2'}", 0, "handling", NULL },
        { "2026-03-04", "guo.qiang", "refusal_proposed", NULL, 0, "legal", NULL },
    } },
    { "a record forwarded on the day on which the request came", { CORRECTION_BEGUN,
        { "2026-03-02", "chen.jing", "forwarded", "{'third_party':{'name':'x'},'reason':'x'}", 0, NULL, NULL },
        { "2026-03-06", "guo.qiang", "proposed", "{'outcome':'R3','reason':'x','agency_name':'x','agency_contact':'x','forwarded_on':'2026-03-02'}", 0, "scanning", NULL },
    } },
    { "a correction of the whole stands in the way of no split", { BEGUN,
        { "2026-03-05", "guo.qiang", "correction_requested", "{'items':'x'}", 0, "correction", "" },
        { "2026-03-10", "applicant", "correction_received", "{'text':'x'}", 0, "handling", "2026-04-08" },
        { "2026-03-10", "chen.jing", "split", "{'parts':'x','reason':'x','cases':['GZ-2026-000002']}", 0, "handling", "2026-04-08" },
    } },
    { "what was consulted on is not split", { BEGUN,
        { "2026-03-03", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "handling", NULL },
        { "2026-03-03", "chen.jing", "split", "{'parts':'x','reason':'x','cases':['GZ-2026-000002']}", GK_ENEED, "handling", NULL },
    } },
    { "moved on the day it came", { BEGUN,
        { "2026-03-02", "chen.jing", "passed_on", "{'to_office':'NG','consent':'x','moved_to':'@9'}", 0, "withdrawn", "" },
    } },
    { "whom no mail reaches was told of a split by letter", {
        { "2026-03-02", "chen.jing", "received", "{'office':'GZ','form':{'name':'x'},'receipt':{'name':'x'},'channel':'in_person','arrived_on':'2026-03-02',"
          "'medium':'paper','delivery':'post','reachable':false}", 0, "intake", "2026-03-30" },
        REGISTERED, TRIAGED,
        { "2026-03-03", "chen.jing", "split", "{'parts':'x','reason':'x','cases':['GZ-2026-000002']}", 0, "handling", NULL },
        { "2026-03-03", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':31,'reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "worker:reply", "notice_rendered", "{'letter':'split_notice','digest':'cc','pages':1}", 0, "handling", NULL },
        { "2026-03-03", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':31,'reason':'x'}", GK_ENEED, "handling", NULL },       /* it lies in the office */
        { "2026-03-03", "chen.jing", "split_told", "{'told_on':'2026-03-03','method':'post','proof':'x'}", 0, "handling", NULL },
        { "2026-03-03", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':31,'reason':'x'}", 0, "payment", NULL },
    } },
    { "two units are asked at once; the clock does not notice, the proposal waits", { BEGUN,
        { "2026-03-03", "guo.qiang", "subtask_sent", "{'unit':'ZHC','question':'x'}", GK_EDENIED, "handling", NULL },        /* the office asks */
        { "2026-03-03", "chen.jing", "subtask_sent", "{'unit':'XXX','question':'x'}", GK_EBADVALUE, "handling", NULL },
        { "2026-03-03", "chen.jing", "subtask_sent", "{'unit':'QGC','question':'x'}", GK_EBADVALUE, "handling", NULL },      /* it has the case */
        { "2026-03-03", "chen.jing", "subtask_sent", "{'unit':'ZHC','question':'x'}", 0, "handling", "2026-03-30" },         /* t4 */
        { "2026-03-03", "zhao.min", "subtask_sent", "{'unit':'TJC','question':'x','days':3}", 0, "handling", "2026-03-30" },  /* t5 */
        { "2026-03-04", "guo.qiang", "proposed", "{'outcome':'G1','public_where':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-04", "guo.qiang", "subtask_answered", ANSWER("t4"), GK_EDENIED, "handling", NULL },                       /* the case is his, the question is not */
        { "2026-03-04", "chen.jing", "subtask_answered", ANSWER("t4"), GK_EDENIED, "handling", NULL },
        { "2026-03-04", "deng.hao", "subtask_answered", ANSWER("t4"), GK_ENEED, "handling", NULL },                          /* another unit's question */
        { "2026-03-04", "huang.tao", "documents_attached", "{'kind':'release','documents':[{'digest':'aa'}]}", GK_EDENIED, "handling", NULL },    /* its sub-task only */
        { "2026-03-04", "huang.tao", "subtask_signed", "{'subtask':'t4'}", GK_EDENIED, "handling", NULL },
        { "2026-03-04", "lin.fang", "subtask_signed", "{'subtask':'t4'}", GK_ENEED, "handling", NULL },                      /* nothing to sign yet */
        { "2026-03-04", "huang.tao", "subtask_answered", ANSWER("t4"), 0, "handling", "2026-03-30" },
        { "2026-03-04", "tang.yue", "subtask_signed", "{'subtask':'t4'}", GK_EDENIED, "handling", NULL },
        { "2026-03-04", "cao.lin", "subtask_signed", "{'subtask':'t4'}", GK_ENEED, "handling", NULL },
        { "2026-03-05", "lin.fang", "subtask_signed", "{'subtask':'t4'}", 0, "handling", "2026-03-30" },
        { "2026-03-05", "lin.fang", "subtask_signed", "{'subtask':'t4'}", GK_EDENIED, "handling", NULL },                    /* signed is signed */
        { "2026-03-05", "deng.hao", "subtask_returned", "{'subtask':'t5','reason':'x'}", GK_ENEED, "handling", NULL },       /* a day too late */
        { "2026-03-06", "clock", "subtask_due", "{'subtask':'t5'}", 0, "handling", "2026-03-30" },
        { "2026-03-06", "clock", "subtask_due", "{'subtask':'t4'}", GK_ENEED, "handling", NULL },
        { "2026-03-06", "guo.qiang", "subtask_recalled", "{'subtask':'t5','reason':'x'}", GK_EDENIED, "handling", NULL },
        { "2026-03-06", "chen.jing", "subtask_recalled", "{'subtask':'t6','reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-06", "chen.jing", "subtask_recalled", "{'subtask':'t5','reason':'x'}", 0, "handling", "2026-03-30" },
        { "2026-03-06", "guo.qiang", "proposed", "{'outcome':'G1','public_where':'x'}", 0, "scanning", "2026-03-30" },
    } },
    { "referred: it waits for whoever decides, and its days do not count (Art. 17, 33)", { BEGUN, FILE_ADMITTED,
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'G2'}", 0, "scanning", NULL },
        SCANNED("2026-03-03"),
        { "2026-03-05", "he.ping", "verdict_given", VERDICT("zz", "public"), GK_ENEED, "secrecy", NULL },
        { "2026-03-05", "he.ping", "verdict_given", "{'verdict':'public','basis':'x','opinion':'x'}", GK_ENEED, "secrecy", NULL },
        { "2026-03-05", "he.ping", "verdict_given", "{'digest':'aa','item':1,'verdict':'public','basis':'x','opinion':'x'}", GK_ENEED, "secrecy", NULL },
        { "2026-03-05", "he.ping", "verdict_given", "{'item':1,'verdict':'public','basis':'x','opinion':'x'}", GK_ENEED, "secrecy", NULL },
        { "2026-03-05", "zhou.wei", "secrecy_referred", REFERRAL, GK_EDENIED, "secrecy", NULL },
        { "2026-03-05", "he.ping", "secrecy_referred", REFERRAL, 0, "secrecy", "2026-03-30" },      /* c8 */
        { "2026-03-05", "he.ping", "secrecy_referred", REFERRAL, GK_ENEED, "secrecy", NULL },
        { "2026-03-06", "he.ping", "verdict_given", VERDICT("aa", "public"), GK_ENEED, "secrecy", NULL },                 /* not before the answer */
        CLEARED_NOT("2026-03-06"),
        { "2026-03-10", "chen.jing", "consultation_ended", "{'consultation':'c8','answer':'agree','opinion':'x'}", 0, "secrecy", "2026-04-02" },
        CLEARED_NOT("2026-03-10"),                                                                                      /* the answer is no signature */
        { "2026-03-10", "he.ping", "verdict_given", VERDICT("aa", "public"), 0, "secrecy", "2026-04-02" },
        CLEARED("2026-03-10"), APPROVED("2026-03-10"),
    } },
    { "referred: silence lets nothing go, nor does an answer against it (Art. 17)", { BEGUN, FILE_ADMITTED,
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'G2'}", 0, "scanning", NULL },
        SCANNED("2026-03-03"),
        { "2026-03-05", "he.ping", "secrecy_referred", REFERRAL, 0, "secrecy", NULL },      /* c8 */
        { "2026-03-06", "chen.jing", "consultation_served", "{'consultation':'c8','served_on':'2026-03-06','proof':'x'}", 0, "secrecy", NULL },
        { "2026-03-30", "clock", "consultation_expired", "{'consultation':'c8'}", GK_ENEED, "secrecy", NULL },
        { "2026-03-30", "clock", "incident_raised", "{'kind':'referral','consultation':'c8'}", 0, "secrecy", NULL },
        { "2026-03-30", "he.ping", "verdict_given", VERDICT("aa", "withheld"), GK_ENEED, "secrecy", NULL },
        { "2026-03-31", "chen.jing", "consultation_ended", "{'consultation':'c8','answer':'disagree','opinion':'x'}", 0, "secrecy", NULL },
        { "2026-03-31", "he.ping", "verdict_given", VERDICT("aa", "public"), GK_ENEED, "secrecy", NULL },
        { "2026-03-31", "he.ping", "verdict_given", VERDICT("aa", "partial"), GK_ENEED, "secrecy", NULL },
        { "2026-03-31", "he.ping", "verdict_given", VERDICT("aa", "withheld"), 0, "secrecy", NULL },
        { "2026-03-31", "he.ping", "verdict_given", VERDICT("aa", "public"), GK_ENEED, "secrecy", NULL },                 /* said once, it stands */
        { "2026-03-31", "he.ping", "secrecy_returned", "{'reason':'x'}", 0, "handling", NULL },
        { "2026-03-31", "guo.qiang", "release_held_back", "{'digest':'aa','reason':'x'}", 0, "handling", NULL },
        FILE_AGAIN("2026-03-31"),                                                                                         /* it is the same file */
        { "2026-03-31", "guo.qiang", "proposed", "{'outcome':'G2'}", 0, "scanning", NULL },
        SCANNED("2026-03-31"),
        { "2026-03-31", "he.ping", "verdict_given", VERDICT("aa", "public"), GK_ENEED, "secrecy", NULL },
        CLEARED_NOT("2026-03-31"),
        { "2026-04-01", "he.ping", "secrecy_referred", REFERRAL, 0, "secrecy", NULL },      /* another decides: c19 */
        { "2026-04-02", "chen.jing", "consultation_ended", "{'consultation':'c19','answer':'agree','opinion':'x'}", 0, "secrecy", NULL },
        { "2026-04-02", "he.ping", "verdict_given", VERDICT("aa", "public"), 0, "secrecy", NULL },
        CLEARED("2026-04-02"),
    } },
    { "an item that was referred waits for its verdict, in the next proposal too", { BEGUN, FILE_ADMITTED,
        { "2026-03-03", "guo.qiang", "itemised", "{'items':'x','count':1}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':1,'outcome':'G2'}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "proposed", NULL, 0, "scanning", NULL },
        SCANNED("2026-03-03"),
        { "2026-03-04", "he.ping", "secrecy_referred", "{'item':1,'basis':'x','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "secrecy", NULL },
        { "2026-03-05", "chen.jing", "consultation_ended", "{'consultation':'c10','answer':'disagree','opinion':'x'}", 0, "secrecy", NULL },
        { "2026-03-05", "he.ping", "secrecy_returned", "{'reason':'x'}", 0, "handling", NULL },
        { "2026-03-05", "guo.qiang", "proposed", NULL, 0, "scanning", NULL },
        SCANNED("2026-03-05"),
        { "2026-03-05", "he.ping", "verdict_given", VERDICT("aa", "public"), 0, "secrecy", NULL },
        CLEARED_NOT("2026-03-05"),
        { "2026-03-05", "he.ping", "verdict_given", "{'item':1,'verdict':'public','basis':'x','opinion':'x'}", GK_ENEED, "secrecy", NULL },
    } },
    { "a verdict is on one proposal, and a file may be held back", { BEGUN, FILE_ADMITTED,
        { "2026-03-03", "guo.qiang", "refusal_proposed", PARTLY, 0, "legal", NULL },
        { "2026-03-03", "xu.lan", "legal_cleared", "{'opinion':'x'}", 0, "scanning", NULL },
        SCANNED("2026-03-03"),
        { "2026-03-03", "he.ping", "verdict_given", VERDICT("aa", "withheld"), 0, "secrecy", NULL },
        CLEARED_NOT("2026-03-03"),
        { "2026-03-03", "he.ping", "verdict_given", VERDICT("aa", "partial"), 0, "secrecy", NULL },
        { "2026-03-03", "he.ping", "secrecy_cleared", "{'verdict':'partial','opinion':'x'}", 0, "approval", NULL },
        { "2026-03-03", "zhou.wei", "approval_returned", "{'reason':'x'}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "refusal_proposed", PARTLY, 0, "legal", NULL },
        { "2026-03-03", "xu.lan", "legal_cleared", "{'opinion':'x'}", 0, "scanning", NULL },
        SCANNED("2026-03-03"),
        CLEARED_NOT("2026-03-03"),                                                                                      /* reviewed anew */
        { "2026-03-03", "he.ping", "secrecy_returned", "{'reason':'x'}", 0, "handling", NULL },
        { "2026-03-03", "huang.tao", "release_held_back", "{'digest':'aa','reason':'x'}", GK_EDENIED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "release_held_back", "{'digest':'bb','reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "release_held_back", "{'digest':'aa','reason':'x'}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "release_held_back", "{'digest':'aa','reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-03-03", "guo.qiang", "refusal_proposed", PARTLY, GK_ENEED, "handling", NULL },                           /* nothing to release is left */
    } },
    { "returned the next working day, and answered while the applicant corrects", { BEGUN,
        { "2026-03-06", "chen.jing", "subtask_sent", "{'unit':'ZHC','question':'x'}", 0, "handling", "2026-03-30" },         /* a Friday */
        { "2026-03-06", "chen.jing", "subtask_sent", "{'unit':'TJC','question':'x'}", 0, "handling", "2026-03-30" },
        { "2026-03-09", "lin.fang", "subtask_returned", "{'subtask':'t4','reason':'x'}", 0, "handling", "2026-03-30" },
        { "2026-03-09", "huang.tao", "subtask_answered", ANSWER("t4"), GK_EDENIED, "handling", NULL },
        { "2026-03-10", "guo.qiang", "correction_requested", "{'items':'x'}", 0, "correction", "" },
        { "2026-03-10", "chen.jing", "subtask_sent", "{'unit':'ZHC','question':'x'}", GK_ESTATE, "correction", "" },
        { "2026-03-11", "deng.hao", "subtask_answered", ANSWER("t5"), 0, "correction", "" },
        { "2026-03-11", "deng.hao", "subtask_answered", ANSWER("t5"), 0, "correction", "" },                                 /* amended until it is signed */
        { "2026-03-11", "cao.lin", "subtask_signed", "{'subtask':'t5'}", 0, "correction", "" },
    } },
};

static bool told[256];

static void tell(const story *s)
{
    work w;
    work_setup(&w);
    size_t count;
    const gk_step *table = gk_flow_table(&count);
    for (size_t i = 0; i < ROWS(s->lines) && s->lines[i].event; i++) {
        gk_state from = w.file->state;
        int seq = w.file->seq;
        work_line(&w, s->name, i, &s->lines[i]);
        if (w.file->seq != seq)
            told[gk_flow_find(from, w.change.event.type) - table] = true;
    }
    work_clear(&w);
}

static void stories_are_told(void **state)
{
    (void) state;
    for (size_t i = 0; i < ROWS(stories); i++)
        tell(&stories[i]);
}

/*  A step that nobody can tell a story about should not be there.  Those of the office's own ledger
 *  are told by the integration tests. */
static void every_step_has_a_story(void **state)
{
    (void) state;
    size_t count;
    const gk_step *table = gk_flow_table(&count);
    assert_true(count <= ROWS(told));
    for (size_t i = 0; i < count; i++)
        if (!told[i] && table[i].from != 1u << GK_LEDGER)
            fail_msg("no story has the step %s to %s", gk_flow_event(table[i].event)->name,
                     table[i].to == GK_SAME ? "the same" : gk_flow_state(table[i].to)->name);
}

/*  ---- four eyes, whoever holds which roles ------------------------------------------------ */

static void who_drafted_decides_nothing(void **state)
{
    (void) state;
    static const line begin[] = { BEGUN };
    static const struct { const char *event, *data; gk_state at; unsigned role; } desks[] = {
        { "legal_cleared", "{'opinion':'x'}", GK_LEGAL, GK_LEGAL_REVIEWER },
        { "legal_returned", "{'reason':'x'}", GK_LEGAL, GK_LEGAL_REVIEWER },
        { "secrecy_cleared", "{'verdict':'public','opinion':'x'}", GK_SECRECY, GK_SECRECY_REVIEWER },
        { "secrecy_returned", "{'reason':'x'}", GK_SECRECY, GK_SECRECY_REVIEWER },
        { "verdict_given", "{'item':1,'verdict':'public','basis':'x','opinion':'x'}", GK_SECRECY, GK_SECRECY_REVIEWER },
        { "secrecy_referred", "{'item':1,'basis':'x','third_party':{'name':'x'},'information':'x','applicant_told':true}", GK_SECRECY, GK_SECRECY_REVIEWER },
        { "approved", NULL, GK_APPROVAL, GK_APPROVER },
        { "approval_returned", "{'reason':'x'}", GK_APPROVAL, GK_APPROVER },
    };
    for (size_t n = 0; n < 2 * ROWS(desks); n++) {
        size_t i = n / 2;
        bool by_item = n % 2;
        work w;
        work_setup(&w);
        for (size_t k = 0; k < ROWS(begin); k++)
            work_line(&w, "begin", k, &begin[k]);
        /*  ... the whole, or one item of it. */
        w.file->item_count = 2;
        snprintf(by_item ? w.file->items[1].drafter : w.file->drafter, GK_NAME, "all.roles");
        w.file->state = desks[i].at;
        gk_event_type type = GK_EVENT_TYPES;
        assert_true(gk_flow_event_parse(desks[i].event, &type));
        gk_json_auto *data = work_data(desks[i].data, type);
        gk_actor drafter = { .name = "all.roles", .roles = desks[i].role, .office = "GZ", .unit = "QGC" };
        gk_act act = { .event = type, .actor = &drafter, .at = gk_date_at(law_date("2026-03-03"), 10), .on = GK_NO_DATE, .data = data };
        gk_change change;
        assert_int_equal(gk_case_apply(w.file, &act, &w.law, &change, &w.why), GK_ENEED);
        assert_non_null(strstr(w.why.text, "NOT_DRAFTER"));
        work_clear(&w);
    }
}

/*  Who cleared a decision in review does not sign it. */
static void who_reviewed_does_not_approve(void **state)
{
    (void) state;
    for (int i = 0; i < 3; i++) {
        work w;
        work_setup(&w);
        w.file->state = GK_APPROVAL;
        snprintf(w.file->secrecy_reviewer, GK_NAME, "%s", i == 0 ? "all.roles" : "he.ping");
        snprintf(w.file->legal_reviewer, GK_NAME, "%s", i == 1 ? "all.roles" : "xu.lan");
        w.file->reviewed = gk_case_content_hash(w.file);
        gk_json_auto *data = json_object();
        gk_actor both = { .name = "all.roles", .roles = GK_APPROVER, .office = "GZ" };
        gk_act act = { .event = GK_APPROVED, .actor = &both, .at = gk_date_at(law_date("2026-03-03"), 10), .on = GK_NO_DATE, .data = data };
        gk_change change = { .job_count = 0 };
        gk_err err = gk_case_apply(w.file, &act, &w.law, &change, &w.why);
        assert_int_equal(err, i < 2 ? GK_ENEED : GK_OK);
        assert_true(i == 2 || strstr(w.why.text, "NOT_REVIEWER"));
        gk_change_clear(&change);
        work_clear(&w);
    }
}

/*  ---- deputies ------------------------------------------------------------------------------ */

/*  Who stands in for whom at GZ, as the org file says it. */
static void with_deputies(work *w, const char *list)
{
    gk_json_auto *file = law_json("samples/org.json"), *deputies = work_data(list, GK_NOTED);
    json_object_set(json_array_get(json_object_get(file, "offices"), 0), "deputies", json_object_get(deputies, "d"));
    gk_org_destroy(&w->org);
    if (gk_org_read(file, &w->org, &w->why))
        fail_msg("%s", w->why.text);
    w->law.org = w->org;
}

static const char *deputy_named(const work *w)
{
    return gk_json_text(w->change.event.data, "deputy_for");
}

/*  On the days named the one does what the other may, signs with the own name, and the event says in whose place. */
static void a_deputy_acts_in_the_other_s_place(void **state)
{
    (void) state;
    static const struct { line l; const char *whom; } rows[] = {
        { { "2026-03-03", "chen.jing", "extended", "{'days':5,'reason':'x'}", GK_EDENIED, "handling", NULL }, NULL },
        { { "2026-03-04", "han.xue", "search_recorded", "{'result':'none','systems':'x','keywords':'x','units':'x','persons':'x','period':'x'}", 0,
            "handling", NULL }, "guo.qiang" },                  /* a handler of another unit, in this one's place */
        { { "2026-03-04", "chen.jing", "extended", "{'days':5,'reason':'x'}", 0, "handling", NULL }, "zhao.min" },
        { { "2026-03-05", "guo.qiang", "claimed", NULL, 0, "handling", NULL }, "" },
        { { "2026-03-05", "shi.qi", "search_recorded", "{'result':'none','systems':'x','keywords':'x','units':'x','persons':'x','period':'x'}", GK_EDENIED,
            "handling", NULL }, NULL },
        { { "2026-03-05", "han.xue", "released", "{'reason':'x'}", 0, "handling", NULL }, "guo.qiang" },       /* the holder's place */
        { { "2026-03-05", "chen.jing", "noted", "{'text':'x'}", 0, "handling", NULL }, "" },       /* that is the clerk's own right */
        { { "2026-03-06", "han.xue", "search_recorded", "{'result':'none','systems':'x','keywords':'x','units':'x','persons':'x','period':'x'}", GK_EDENIED,
            "handling", NULL }, NULL },                         /* the days are over */
    };
    static const line begin[] = { BEGUN };
    work w;
    work_setup(&w);
    with_deputies(&w, "{'d':[{'for':'zhao.min','by':'chen.jing','from':'2026-03-04','to':'2026-03-10'},"
                  "{'for':'guo.qiang','by':'han.xue','from':'2026-03-04','to':'2026-03-05'},"
                  "{'for':'sun.lei','by':'chen.jing','from':'2026-03-01','to':'2026-03-31'}]}");
    for (size_t i = 0; i < ROWS(begin); i++)
        work_line(&w, "begin", i, &begin[i]);
    for (size_t i = 0; i < ROWS(rows); i++) {
        work_line(&w, "deputies", i, &rows[i].l);
        if (rows[i].whom) {
            assert_string_equal(deputy_named(&w), rows[i].whom);
            assert_string_equal(w.change.event.actor, rows[i].l.actor);
        }
    }
    gk_actor chen;
    assert_true(gk_actor_find(w.org, "chen.jing", law_date("2026-03-05"), &chen));
    assert_int_equal(chen.deputised_count, 2);
    assert_int_equal(chen.deputised[1].roles, 0);       /* nobody administers by deputy */
    assert_false(gk_actor_find(w.org, "nobody", law_date("2026-03-05"), &chen));
    work_clear(&w);
}

/*  Neither who acted before, by whatever right, nor who acts now in the place of who acted before. */
static void four_eyes_are_of_real_people(void **state)
{
    (void) state;
    static const struct { const char *drafter, *reviewer, *actor; gk_err err; } rows[] = {
        { "guo.qiang", "he.ping", "chen.jing", GK_OK },         /* in the approver's place */
        { "chen.jing", "he.ping", "chen.jing", GK_ENEED },      /* drafted it, perhaps in another's place */
        { "zhou.wei", "he.ping", "chen.jing", GK_ENEED },       /* the approver drafted it; in his place is not another's */
        { "guo.qiang", "zhou.wei", "chen.jing", GK_ENEED },     /* nor of a reviewer */
        { "guo.qiang", "chen.jing", "chen.jing", GK_ENEED },
        { "chen.jing", "he.ping", "zhou.wei", GK_OK },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        work w;
        work_setup(&w);
        with_deputies(&w, "{'d':[{'for':'zhou.wei','by':'chen.jing','from':'2026-03-03','to':'2026-03-03'}]}");
        snprintf(w.file->office, sizeof w.file->office, "GZ");
        w.file->state = GK_APPROVAL;
        snprintf(w.file->drafter, GK_NAME, "%s", rows[i].drafter);
        snprintf(w.file->secrecy_reviewer, GK_NAME, "%s", rows[i].reviewer);
        w.file->reviewed = gk_case_content_hash(w.file);
        gk_json_auto *data = json_object();
        gk_actor actor = work_actor(&w, rows[i].actor, law_date("2026-03-03"));
        gk_act act = { .event = GK_APPROVED, .actor = &actor, .at = gk_date_at(law_date("2026-03-03"), 10), .on = GK_NO_DATE, .data = data };
        gk_change change = { .job_count = 0 };
        assert_int_equal(gk_case_apply(w.file, &act, &w.law, &change, &w.why), rows[i].err);
        gk_change_clear(&change);
        work_clear(&w);
    }
}

/*  What was reviewed is what goes out: one changed byte, one file more, and it must be reviewed again. */
static void a_change_after_the_review_stops_the_approval(void **state)
{
    (void) state;
    static const line lines[] = { BEGUN,
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'U2','reason':'x'}", 0, "scanning", NULL },
        SCANNED("2026-03-03"), CLEARED("2026-03-03"),
    };
    static const line approve = { "2026-03-03", "zhou.wei", "approved", NULL, GK_ENEED, "approval", NULL };
    for (int change = 0; change < 2; change++) {
        work w;
        work_setup(&w);
        for (size_t i = 0; i < ROWS(lines); i++)
            work_line(&w, "reviewed", i, &lines[i]);
        if (change == 0)
            w.file->proposal_hash.bytes[5] ^= 1;
        else
            w.file->documents[w.file->document_count++] = (gk_case_document) { .digest = "ee", .kind = "release", .status = GK_ADMITTED };
        work_line(&w, "changed", 0, &approve);
        assert_non_null(strstr(w.why.text, "REVIEWED_UNCHANGED"));
        work_clear(&w);
    }
}

/*  A case that a ruling sent back runs again, though a reply once left: it can be late, and a notice can move it. */
static void a_case_done_again_has_a_due_date_of_its_own(void **state)
{
    (void) state;
    static const line lines[] = { BEGUN, SENT("2026-03-03"), SERVED("2026-03-05", "2026-03-05"),
        { "2026-04-01", "xu.lan", "proceeding_opened", "{'kind':'reconsideration','body':'x','number':'x','received_on':'2026-04-01','simple':false}", 0, "closed", NULL } };
    work w;
    work_setup(&w);
    for (size_t i = 0; i < ROWS(lines); i++)
        work_line(&w, "sent back", i, &lines[i]);
    gk_free_auto char *data = gk_format("{'proceeding':'p%d','concluded_on':'2026-05-20','result':'corrected','ruling':'x',"
                                        "'base_on':'2026-05-20','days':15}", w.file->seq);
    work_line(&w, "sent back", 99, &(line) { "2026-05-20", "xu.lan", "redo_ordered", data, 0, "handling", "2026-06-10" });
    gk_clock_reading due = gk_case_read(w.file, &w.law, law_date("2026-06-10")), late = gk_case_read(w.file, &w.law, law_date("2026-06-11"));
    assert_false(due.overdue);
    assert_true(late.overdue && late.left == -1 && late.timely == -1);
    w.file->due_on = law_date("2026-03-30");        /* what is stored does not decide what still runs */
    assert_int_equal(gk_case_read(w.file, &w.law, law_date("2026-06-10")).due_on.day, law_date("2026-06-10").day);
    work_clear(&w);
}

/*  ---- what follows an event ------------------------------------------------------------------ */

static bool has_job(const gk_change *change, const char *service, const char *task, gk_lane lane)
{
    for (int i = 0; i < change->job_count; i++)
        if (strcmp(change->jobs[i].service, service) == 0 && strcmp(change->jobs[i].task, task) == 0 && change->jobs[i].lane == lane)
            return true;
    return false;
}

static void jobs_follow(void **state)
{
    (void) state;
    static const struct { line l; const char *service, *task; gk_lane lane; } rows[] = {
        { RECEIVED, "intake", "check", GK_LANE_CASE },
        { REGISTERED, "review", "triage", GK_LANE_CASE },
        { TRIAGED, NULL, NULL, 0 },
        { { "2026-03-03", "guo.qiang", "documents_attached", "{'kind':'release','documents':[{'digest':'aa'}]}", 0, NULL, NULL }, "confidentiality", "admit", GK_LANE_DOCUMENT },
        { { "2026-03-03", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, NULL, NULL }, "reply", "letter consultation_letter", GK_LANE_NOTICE },
        { { "2026-03-03", "guo.qiang", "consultation_started", "{'kind':'other_agency','third_party':{'name':'x'},'information':'x','applicant_told':false}", 0, NULL, NULL }, "reply", "letter consultation_letter", GK_LANE_NOTICE },
        { { "2026-03-04", "clock", "job_died", "{'service':'reminder','lane':'notice'}", 0, NULL, NULL }, NULL, NULL, 0 },        /* no alarm about an alarm */
        { { "2026-03-04", "clock", "job_died", "{'service':'reply','lane':'notice'}", 0, NULL, NULL }, "reminder", "alarm dead_letter", GK_LANE_NOTICE },   /* a notice that was said to go out */
        { { "2026-03-04", "worker:reminder", "notified", "{'task':'notify registered','sent':[],'failed':[{'role':'applicant'}]}", 0, NULL, NULL }, "reminder", "alarm bounced", GK_LANE_NOTICE },
        { { "2026-03-04", "worker:reminder", "notified", "{'task':'alarm bounced','sent':[],'failed':[{'role':'office'}]}", 0, NULL, NULL }, NULL, NULL, 0 },
        { { "2026-03-04", "worker:reminder", "notified", "{'task':'notify registered','sent':[{'role':'applicant'}],'failed':[]}", 0, NULL, NULL }, NULL, NULL, 0 },
        { { "2026-03-04", "clock", "job_died", "{'service':'review','lane':'case'}", 0, NULL, NULL }, "reminder", "alarm dead_letter", GK_LANE_NOTICE },
        { { "2026-03-05", "guo.qiang", "consultation_ended", "{'consultation':'c5','answer':'agree','opinion':'x'}", 0, NULL, NULL }, NULL, NULL, 0 },
        { { "2026-03-06", "zhao.min", "extended", "{'days':5,'reason':'x'}", 0, NULL, NULL }, "reminder", "notify extension", GK_LANE_NOTICE },
        { { "2026-03-06", "guo.qiang", "consultation_ended", "{'consultation':'c6','answer':'agree','opinion':'x'}", 0, NULL, NULL }, NULL, NULL, 0 },
        { { "2026-03-06", "guo.qiang", "proposed", "{'outcome':'G2'}", 0, NULL, NULL }, "confidentiality", "review", GK_LANE_CASE },
    };
    work w;
    work_setup(&w);
    for (size_t i = 0; i < ROWS(rows); i++) {
        work_line(&w, "jobs", i, &rows[i].l);
        if (rows[i].service ? !has_job(&w.change, rows[i].service, rows[i].task, rows[i].lane) : w.change.job_count != 0)
            fail_msg("row %zu, %s: not the job expected (%d jobs)", i, rows[i].l.event, w.change.job_count);
        bool untold = rows[i].l.data && strstr(rows[i].l.data, "'applicant_told':false");
        assert_false(untold && (w.change.job_count != 1 || has_job(&w.change, "reply", "letter consultation_notice", GK_LANE_NOTICE)));
    }
    work_clear(&w);
}

static int64_t timer_of(const gk_change *change, const char *name)
{
    for (int i = 0; i < change->timer_count; i++)
        if (strcmp(change->timers[i].name, name) == 0)
            return change->timers[i].at;
    return 0;
}

/*  The days on which somebody is reminded of a case that nobody touches, from receipt to ten days
 *  after it was due: T-5, T-3, T-1, T and every working day after, once each, at nine. */
static void reminders_come_on_the_days_of_the_ladder(void **state)
{
    (void) state;
    static const line begin[] = { BEGUN };
    work w;
    work_setup(&w);
    for (size_t i = 0; i < ROWS(begin); i++)
        work_line(&w, "begin", i, &begin[i]);
    static const char *const days[] = {
        "2026-03-23", "2026-03-25", "2026-03-27", "2026-03-30", "2026-03-31", "2026-04-01", "2026-04-02", "2026-04-03",
        "2026-04-07" /* after Qingming */, "2026-04-08",
    };
    for (size_t i = 0; i < ROWS(days); i++) {
        int64_t at = timer_of(&w.change, "due");
        assert_int_equal(at, gk_date_at(law_date(days[i]), 9));
        gk_json_auto *data = json_object();
        gk_act act = { .event = GK_REMINDER_DUE, .actor = &(gk_actor) { .name = "clock", .roles = GK_CLOCK }, .at = at,
                       .on = GK_NO_DATE, .data = data };
        gk_change_clear(&w.change);
        assert_int_equal(gk_case_apply(w.file, &act, &w.law, &w.change, &w.why), GK_OK);
        w.change.event.case_id = 1;
        assert_int_equal(gk_case_fold(w.file, &w.change.event, &w.why), GK_OK);
    }
    assert_int_equal(gk_case_remind(w.rules, 5), 1);            /* the holder */
    assert_int_equal(gk_case_remind(w.rules, 3), 3);            /* and the unit's head */
    assert_int_equal(gk_case_remind(w.rules, 1), 7);            /* and the office */
    assert_int_equal(gk_case_remind(w.rules, 4), 0);
    assert_int_equal(gk_case_remind(w.rules, -6), 7);
    work_clear(&w);
}

/*  Reminders count to the earliest day of those that are answered together; the clock reads as before, and what waits for the
 *  applicant has none. */
static void merged_replies_are_worked_to_the_earliest_day(void **state)
{
    (void) state;
    static const struct { const char *day, *by, *reminder; bool in_time; } rows[] = {
        { "2026-03-20", "2026-03-20", "2026-03-13", false }, { "2026-04-20", "2026-03-30", "2026-03-23", true },
    };
    static const line begin[] = { BEGUN }, asked[] = { { "2026-03-04", "guo.qiang", "correction_requested", "{'items':'x'}", 0, "correction", "" } };
    for (size_t i = 0; i < ROWS(rows); i++) {
        work w;
        work_setup(&w);
        for (size_t k = 0; k < ROWS(begin); k++)
            work_line(&w, "begin", k, &begin[k]);
        assert_false(gk_date_is_none(gk_case_work_by(w.file)));
        gk_free_auto char *data = gk_format("{'other_case':'x','reason':'x','cases':['x','y'],'earliest_due':'%s'}", rows[i].day);
        const line merged = { "2026-03-03", "chen.jing", "reply_merged", data, 0, "handling", "2026-03-30" };
        work_line(&w, rows[i].day, 0, &merged);
        assert_int_equal(gk_case_work_by(w.file).day, law_date(rows[i].by).day);
        assert_int_equal(timer_of(&w.change, "due"), gk_date_at(law_date(rows[i].reminder), 9));
        assert_int_equal(gk_case_read(w.file, &w.law, law_date("2026-03-04")).due_on.day, law_date("2026-03-30").day);
        const line sent = { "2026-03-04", "chen.jing", "subtask_sent", "{'unit':'ZHC','question':'x','days':13}",
                            rows[i].in_time ? GK_OK : GK_EBADVALUE, "handling", NULL };
        work_line(&w, "a unit's term ends before it", 0, &sent);
        work_line(&w, "asked", 0, &asked[0]);
        assert_true(gk_date_is_none(gk_case_work_by(w.file)));
        assert_int_equal(w.file->merged_count, 0);
        work_clear(&w);
    }
}

/*  Fifteen days are the law's for a third party and a co-producer; for another agency they are a setting, and the silent
 *  one's timer follows what the head gave. */
static void another_agency_has_days_of_a_setting(void **state)
{
    (void) state;
    static const struct { const char *kind, *timer; int longer; } rows[] = {
        { "third_party", "2026-03-25", 0 }, { "co_producer", "2026-03-25", 0 }, { "other_agency", "2026-03-11", 0 }, { "other_agency", "2026-03-18", 10 },
    };
    static const line begin[] = { BEGUN };
    for (size_t i = 0; i < ROWS(rows); i++) {
        work w;
        work_setup(&w);
        w.rules->referral_days = 5;
        for (size_t k = 0; k < ROWS(begin); k++)
            work_line(&w, "begin", k, &begin[k]);
        gk_free_auto char *data = gk_format("{'kind':'%s','third_party':{'name':'x'},'information':'x','applicant_told':true}", rows[i].kind);
        const line asked = { "2026-03-03", "guo.qiang", "consultation_started", data, 0, "handling", NULL };
        const line served = { "2026-03-03", "guo.qiang", "consultation_served", "{'consultation':'c4','served_on':'2026-03-03','proof':'x'}", 0, "handling", NULL };
        const line longer = { "2026-03-04", "zhao.min", "consultation_prolonged", "{'consultation':'c4','days':10,'reason':'x'}", 0, "handling", NULL };
        work_line(&w, rows[i].kind, 0, &asked);
        work_line(&w, rows[i].kind, 1, &served);
        if (rows[i].longer)
            work_line(&w, rows[i].kind, 2, &longer);
        assert_int_equal(timer_of(&w.change, "c4"), gk_date_at(law_date(rows[i].timer), 9));
        gk_auto(gk_clock) clock = gk_case_clock(w.file, &w.law);
        gk_json_auto *lines = gk_clock_explain(clock, law_date("2026-03-04"));
        gk_free_auto char *said = gk_json_print(lines);
        assert_int_equal(strstr(said, "longer, with a reason, until 2026-03-17 at the latest") != NULL, rows[i].longer > 0);
        work_clear(&w);
    }
}

static void lapses_wait_for_the_post(void **state)
{
    (void) state;
    static const line lines[] = { BEGUN, ASKED, NOTICED("2026-03-05") };
    work w;
    work_setup(&w);
    for (size_t i = 0; i < ROWS(lines); i++)
        work_line(&w, "lapse", i, &lines[i]);
    char text[GK_DATE_TEXT];
    assert_string_equal(gk_date_format(w.file->correction_due, text), "2026-03-26");
    /*  26 March + 5 working days for the post = 2 April; the day after, at nine. */
    assert_int_equal(timer_of(&w.change, "lapse"), gk_date_at(law_date("2026-04-03"), 9));
    assert_int_equal(timer_of(&w.change, "due"), 0);            /* no reply is owed meanwhile */
    work_clear(&w);
}

/*  Whom no e-mail reaches gets none; the rest goes on as ever. */
static void who_is_not_reachable_is_not_written_to(void **state)
{
    (void) state;
    static const line received = RECEIVED, registered = REGISTERED;
    for (int reachable = 0; reachable < 2; reachable++) {
        work w;
        work_setup(&w);
        work_line(&w, "reachable", 0, &received);
        w.file->reachable = reachable;
        work_line(&w, "reachable", 1, &registered);
        assert_int_equal(has_job(&w.change, "reminder", "notify registered", GK_LANE_NOTICE), reachable);
        assert_true(has_job(&w.change, "reply", "letter registration", GK_LANE_NOTICE));
        work_clear(&w);
    }
}

static void a_timer_goes_with_its_reason(void **state)
{
    (void) state;
    static const struct { const char *timer; line lines[8]; } rows[] = {
        { "c4", { BEGUN,
            { "2026-03-04", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, NULL, NULL },
            { "2026-03-05", "guo.qiang", "consultation_ended", "{'consultation':'c4','answer':'agree','opinion':'x'}", 0, NULL, NULL } } },
        { "check", {
            { "2026-03-02", "liu.yang", "received", "{'office':'GZ','form':{'name':'x'},'receipt':{'name':'x'},'channel':'fax','arrived_on':'2026-03-02'}", 0, NULL, NULL },
            { "2026-03-02", "worker:intake", "confirmation_awaited", NULL, 0, NULL, NULL },
            { "2026-03-03", "clock", "incident_raised", "{'kind':'confirmation'}", 0, NULL, NULL },
            { "2026-03-04", "chen.jing", "receipt_confirmed", "{'confirmed_on':'2026-03-04'}", 0, NULL, NULL } } },
        { "check", { BEGUN, ASKED, NOTICED("2026-03-06") } },
        { "lapse", { BEGUN, ASKED, NOTICED("2026-03-05"), { "2026-03-20", "applicant", "correction_received", "{'text':'x'}", 0, NULL, NULL } } },
        { "due", { BEGUN, ASKED } },
        { "due", { BEGUN, { "2026-03-04", "applicant", "withdrew", NULL, 0, NULL, NULL } } },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        work w;
        work_setup(&w);
        int64_t before = 0;
        for (size_t k = 0; k < ROWS(rows[i].lines) && rows[i].lines[k].event; k++) {
            before = timer_of(&w.change, rows[i].timer);
            work_line(&w, rows[i].timer, k, &rows[i].lines[k]);
        }
        if (!before || timer_of(&w.change, rows[i].timer))
            fail_msg("row %zu: timer %s %s", i, rows[i].timer, before ? "still stands" : "never stood");
        work_clear(&w);
    }
}

/*  The written answer: ten working days, five in the simple procedure, before a court fifteen days
 *  by the calendar; reminders climb the same ladder as the reply's, whatever the case's own desk. */
static void a_written_answer_has_a_term_of_its_own(void **state)
{
    (void) state;
    static const line answered[] = { ANSWERED };
    static const struct { const char *day, *data, *due, *first; } rows[] = {
        { "2026-03-25", "{'kind':'reconsideration','body':'x','number':'y','received_on':'2026-03-25'}", "2026-04-09" /* over Qingming */, "2026-04-01" },
        { "2026-03-25", "{'kind':'reconsideration','body':'x','number':'y','received_on':'2026-03-25','simple':false}", "2026-04-09", "2026-04-01" },
        { "2026-03-25", "{'kind':'reconsideration','body':'x','number':'y','received_on':'2026-03-25','simple':true}", "2026-04-01", "2026-03-25" },
        { "2026-03-25", "{'kind':'lawsuit','body':'x','number':'y','received_on':'2026-03-25'}", "2026-04-09", "2026-04-01" },
        { "2026-03-25", "{'kind':'lawsuit_after','body':'x','number':'y','received_on':'2026-03-25'}", "2026-04-09", "2026-04-01" },
        { "2026-04-24", "{'kind':'lawsuit','body':'x','number':'y','received_on':'2026-04-24'}", "2026-05-09" /* a Saturday that is worked */, "2026-04-29" },
        { "2026-09-18", "{'kind':'lawsuit','body':'x','number':'y','received_on':'2026-09-18'}", "2026-10-08" /* 3 October rolls on */, "2026-09-23" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        work w;
        work_setup(&w);
        for (size_t k = 0; k < ROWS(answered); k++)
            work_line(&w, "answered", k, &answered[k]);
        line opened = { rows[i].day, "xu.lan", "proceeding_opened", rows[i].data, 0, "closed", "2026-03-30" };
        work_line(&w, rows[i].data, i, &opened);
        char text[GK_DATE_TEXT];
        if (strcmp(gk_date_format(w.file->proceedings[0].answer_due, text), rows[i].due) != 0)
            fail_msg("row %zu: answer due on %s, not %s", i, text, rows[i].due);
        int64_t first = timer_of(&w.change, "p12");
        gk_date_format(gk_date_of(first), text);
        if (strcmp(text, rows[i].first) != 0)
            fail_msg("row %zu: first reminded on %s, not %s", i, text, rows[i].first);
        assert_true(has_job(&w.change, "reminder", "remind proceeding", GK_LANE_NOTICE));
        assert_true(gk_case_is_held(w.file));
        work_clear(&w);
    }
}

static void an_answer_ends_its_reminders_and_not_the_hold(void **state)
{
    (void) state;
    static const line lines[] = { ANSWERED, SUED("2026-04-01", "reconsideration"),
        { "2026-04-16", "clock", "proceeding_reminded", "{'proceeding':'p12','left':0}", 0, "closed", NULL },
        { "2026-04-20", "xu.lan", "proceeding_answered", "{'proceeding':'p12','answered_on':'2026-04-17','proof':'x'}", 0, "closed", NULL },
        { "2026-05-20", "xu.lan", "proceeding_concluded", "{'proceeding':'p12','concluded_on':'2026-05-19','result':'other'}", 0, "closed", NULL },
    };
    work w;
    work_setup(&w);
    for (size_t i = 0; i < ROWS(lines); i++) {
        work_line(&w, "answer", i, &lines[i]);
        if (i == ROWS(lines) - 3)               /* overdue: every working day, the next one first */
            assert_int_equal(timer_of(&w.change, "p12"), gk_date_at(law_date("2026-04-17"), 9));
        if (i == ROWS(lines) - 2) {
            assert_true(json_is_false(json_object_get(w.change.event.data, "timely")));
            assert_int_equal(timer_of(&w.change, "p12"), 0);
            assert_true(gk_case_is_held(w.file));
        }
    }
    assert_false(gk_case_is_held(w.file));
    assert_string_equal(w.file->proceedings[0].result, "other");
    assert_false(w.file->proceedings[0].redo);
    work_clear(&w);
}

/*  It does not exist, the office said, and the ruling says: look again.  The first search serves nothing a second time. */
static void a_redo_searches_anew(void **state)
{
    (void) state;
    static const line lines[] = { BEGUN,
        { "2026-03-03", "guo.qiang", "search_recorded", "{'systems':'x','keywords':'x','units':'x','persons':'x','period':'x','result':'none'}", 0, NULL, NULL },
        SENT("2026-03-20"), SERVED("2026-03-24", "2026-03-23"), SUED("2026-04-07", "reconsideration"),
        REDO("2026-05-20", "p13", "2026-05-20", "15"),
        { "2026-05-21", "guo.qiang", "refusal_proposed", "{'outcome':'U1a','reason':'x'}", GK_ENEED, "handling", NULL },
        { "2026-05-21", "guo.qiang", "search_recorded", "{'systems':'x','keywords':'x','units':'x','persons':'x','period':'x','result':'none'}", 0, NULL, NULL },
        { "2026-05-21", "guo.qiang", "refusal_proposed", "{'outcome':'U1a','reason':'x'}", 0, "legal", NULL },
    };
    work w;
    work_setup(&w);
    for (size_t i = 0; i < ROWS(lines); i++)
        work_line(&w, "search", i, &lines[i]);
    work_clear(&w);
}

/*  A part refused on other grounds is another decision; what was granted may be granted again, with more. */
static void what_differs_may_be_decided_again(void **state)
{
    (void) state;
    static const struct { const char *undone, *ground, *proposal, *event; gk_err err; } rows[] = {
        { "U2", "", "{'outcome':'U2','reason':'x'}", "proposed", GK_ENEED }, { "U2", "", "{'outcome':'N5','reason':'x'}", "proposed", GK_OK },
        { "", "", "{'outcome':'U2','reason':'x'}", "proposed", GK_OK }, { "G2", "", "{'outcome':'G2'}", "proposed", GK_OK },
        { "P", "D2", "{'outcome':'P','ground':'D2','law':'x','refused_part':'x','severability':'x','reason':'x'}", "refusal_proposed", GK_ENEED },
        { "P", "D8", "{'outcome':'P','ground':'D2','law':'x','refused_part':'x','severability':'x','reason':'x'}", "refusal_proposed", GK_OK },
    };
    static const line begun[] = { BEGUN, { "2026-03-03", "guo.qiang", "documents_attached", "{'kind':'release','documents':[{'digest':'aa'}]}", 0, NULL, NULL } };
    for (size_t i = 0; i < ROWS(rows); i++) {
        work w;
        work_setup(&w);
        for (size_t k = 0; k < ROWS(begun); k++)
            work_line(&w, "again", k, &begun[k]);
        snprintf(w.file->undone_outcome, sizeof w.file->undone_outcome, "%s", rows[i].undone);
        snprintf(w.file->undone_ground, sizeof w.file->undone_ground, "%s", rows[i].ground);
        line again = { "2026-03-04", "guo.qiang", rows[i].event, rows[i].proposal, rows[i].err, NULL, NULL };
        work_line(&w, "again", i, &again);
        if (rows[i].err)
            assert_non_null(strstr(w.why.text, "REDO_DIFFERS"));
        work_clear(&w);
    }
}

/*  The report finds it by the first decision, however often it is done again. */
static void the_first_decision_stays_the_first(void **state)
{
    (void) state;
    static const line lines[] = { ANSWERED, SUED("2026-04-07", "reconsideration"), REDO("2026-05-20", "p12", "2026-05-20", "15"),
        { "2026-05-25", "guo.qiang", "proposed", "{'outcome':'N5','reason':'x'}", 0, NULL, NULL }, SCANNED("2026-05-25"), CLEARED("2026-05-25"),
        APPROVED("2026-05-25"), RENDERED("2026-05-25"), SEALED("2026-05-25"), POSTED("2026-05-25"), SERVED("2026-05-27", "2026-05-26"),
        SUED("2026-06-05", "lawsuit_after"), REDO("2026-11-05", "p22", "2026-11-05", "20"), };
    work w;
    work_setup(&w);
    for (size_t i = 0; i < ROWS(lines); i++)
        work_line(&w, "twice", i, &lines[i]);
    char text[GK_DATE_TEXT];
    assert_string_equal(w.file->first_outcome, "U2");
    assert_string_equal(gk_date_format(w.file->first_due_on, text), "2026-03-30");
    assert_string_equal(gk_date_format(w.file->due_on, text), "2026-12-03");
    assert_string_equal(gk_json_text(w.change.event.data, "previous_outcome"), "N5");
    assert_string_equal(gk_json_text(w.change.event.data, "previous_due_on"), "2026-06-10");
    work_clear(&w);
}

/*  A second letter that came back by our fault takes back what it gave, and nothing of the first. */
static void a_failed_posting_gives_nothing(void **state)
{
    (void) state;
    static const line lines[] = { GIVEN, SUED("2026-04-07", "reconsideration"), REDO("2026-05-20", "p15", "2026-05-20", "15"),
        { "2026-05-21", "guo.qiang", "documents_attached", "{'kind':'release','documents':[{'digest':'bb'}]}", 0, NULL, NULL },
        { "2026-05-21", "worker:confidentiality", "documents_admitted", "{'verdicts':[{'digest':'bb','verdict':'clean'}]}", 0, NULL, NULL },
        { "2026-05-22", "guo.qiang", "proposed", "{'outcome':'G2'}", 0, NULL, NULL }, SCANNED("2026-05-22"),
        { "2026-05-22", "he.ping", "verdict_given", VERDICT("aa", "public"), 0, NULL, NULL }, { "2026-05-22", "he.ping", "verdict_given", VERDICT("bb", "public"), 0, NULL, NULL }, CLEARED("2026-05-22"),
        APPROVED("2026-05-22"), RENDERED("2026-05-22"), SEALED("2026-05-22"), POSTED("2026-05-22"), };
    static const line failed = { "2026-05-27", "liu.yang", "posting_failed", "{'returned_on':'2026-05-27','reason':'x','fault':'office'}", 0, "dispatch", NULL };
    work w;
    work_setup(&w);
    for (size_t i = 0; i < ROWS(lines); i++)
        work_line(&w, "given", i, &lines[i]);
    int first = w.file->documents[0].given_seq, second = w.file->documents[1].given_seq;
    assert_true(first && second > first && w.file->dispatched_seq == second);
    work_line(&w, "failed", 0, &failed);
    assert_int_equal(w.file->documents[0].given_seq, first);
    assert_int_equal(w.file->documents[1].given_seq, 0);
    assert_int_equal(w.file->dispatched_seq, first);
    work_clear(&w);
}

/*  What was sent is still theirs to read, what is being written is not; and the report finds the case where it was. */
static void a_redo_keeps_what_was(void **state)
{
    (void) state;
    static const line lines[] = { ANSWERED, SUED("2026-04-07", "reconsideration"), REDO("2026-05-20", "p12", "2026-05-20", "15"),
        { "2026-05-25", "guo.qiang", "proposed", "{'outcome':'N5','reason':'x'}", 0, "scanning", "2026-06-10" },
        SCANNED("2026-05-25"), CLEARED("2026-05-25"), APPROVED("2026-05-25"), RENDERED("2026-05-25"), };
    work w;
    work_setup(&w);
    for (size_t i = 0; i < ROWS(lines); i++)
        work_line(&w, "redo", i, &lines[i]);
    char text[GK_DATE_TEXT];
    assert_string_equal(w.file->first_outcome, "U2");
    assert_string_equal(gk_date_format(w.file->first_due_on, text), "2026-03-30");
    assert_string_equal(gk_date_format(w.file->first_dispatched_on, text), "2026-03-20");
    assert_int_equal(w.file->letter_count, 2);
    assert_true(w.file->letters[0].seq < w.file->dispatched_seq && w.file->letters[1].seq > w.file->dispatched_seq);
    assert_true(w.file->proceedings[0].redo);
    assert_string_equal(w.file->proceedings[0].result, "corrected");
    work_clear(&w);
}

/*  What came on the 2nd is looked after on the 3rd, whenever it is typed in; and receipt put off by the office shows. */
static void a_late_confirmation_shows(void **state)
{
    (void) state;
    static const line lines[] = {
        { "2026-03-20", "liu.yang", "received", "{'office':'GZ','form':{'name':'x'},'receipt':{'name':'x'},'channel':'post_ordinary','arrived_on':'2026-03-02'}", 0, "intake", "" },
        { "2026-03-20", "worker:intake", "confirmation_awaited", "{'complete':false}", 0, "confirmation", "" } };
    static const struct { const char *day; bool late; } rows[] = { { "{'confirmed_on':'2026-03-03'}", false }, { "{'confirmed_on':'2026-03-04'}", true } };
    for (size_t r = 0; r < ROWS(rows); r++) {
        work w;
        work_setup(&w);
        for (size_t i = 0; i < ROWS(lines); i++)
            work_line(&w, "late", i, &lines[i]);
        assert_int_equal(w.file->check_on.day, law_date("2026-03-03").day);
        work_line(&w, "late", 2, &(line) { "2026-03-20", "chen.jing", "receipt_confirmed", rows[r].day, 0, "triage", NULL });
        assert_int_equal((w.file->flags & GK_FLAG_LATE_CONFIRMATION) != 0, rows[r].late);
        work_clear(&w);
    }
}

/*  One that came back by our fault and is written anew too: of three letters he reads the last. */
static void a_void_letter_is_nobodys(void **state)
{
    (void) state;
    static const line lines[] = { BEGUN, SENT("2026-03-04"),
        { "2026-03-06", "chen.jing", "posting_failed", "{'returned_on':'2026-03-06','fault':'office','reason':'x'}", 0, "dispatch", NULL },
        { "2026-03-06", "zhou.wei", "letter_voided", "{'reason':'x'}", 0, "handling", "2026-03-30" },
        { "2026-03-09", "guo.qiang", "proposed", "{'outcome':'N5','reason':'x'}", 0, "scanning", NULL },
        SCANNED("2026-03-09"), CLEARED("2026-03-09"), APPROVED("2026-03-09"), RENDERED("2026-03-09"), SEALED("2026-03-09"),
        { "2026-03-09", "zhou.wei", "letter_voided", "{'reason':'x'}", 0, "handling", "2026-03-30" }, };
    static const line again[] = { SENT("2026-03-10") };
    static const line gone[] = { BEGUN, { "2026-03-04", "guo.qiang", "proposed", "{'outcome':'U2','reason':'x'}", 0, "scanning", NULL },
        SCANNED("2026-03-04"), CLEARED("2026-03-04"), APPROVED("2026-03-04"), RENDERED("2026-03-04"),
        { "2026-03-04", "chen.jing", "sealed", "{'pages':2,'check_code':'0badcafe','seal':'x','documents':[{'digest':'cc'}]}", 0, "dispatch", NULL },
        { "2026-03-05", "applicant", "withdrew", NULL, 0, "withdrawn", "" } };
    work w;
    work_setup(&w);
    for (size_t i = 0; i < ROWS(gone); i++)
        work_line(&w, "withdrawn", i, &gone[i]);
    assert_true(w.file->letters[0].voided && strcmp(w.file->outcome, "O3") == 0);
    assert_true(*gk_json_text(w.change.event.data, "letter_number"));
    assert_string_equal(w.file->documents[0].kind, "sealed");
    work_clear(&w);
    work_setup(&w);
    for (size_t i = 0; i < ROWS(lines); i++)
        work_line(&w, "void", i, &lines[i]);
    assert_string_equal(w.file->letter_number, "");
    assert_string_equal(w.file->check_code, "");
    assert_true(gk_date_is_none(w.file->letter_on));
    for (size_t i = 0; i < ROWS(again); i++)
        work_line(&w, "again", i, &again[i]);
    assert_int_equal(w.file->letter_count, 3);
    assert_true(w.file->letters[0].voided && w.file->letters[1].voided && !w.file->letters[2].voided);
    work_clear(&w);
}

/*  The clerk is reminded a month before 30 June of the next year, on the day, and every month after, until it is
 *  handed over; then it is kept for thirty years. */
static void a_closed_case_waits_for_the_archive(void **state)
{
    (void) state;
    static const line answered[] = { ANSWERED };
    static const char *const days[] = { "2027-06-02", "2027-06-30", "2027-07-28" };
    work w;
    work_setup(&w);
    for (size_t k = 0; k < ROWS(answered); k++)
        work_line(&w, "answered", k, &answered[k]);
    for (size_t i = 0; i < ROWS(days); i++) {
        assert_int_equal(timer_of(&w.change, "archive"), gk_date_at(law_date(days[i]), 9));
        line reminded = { days[i], "clock", "archive_reminded", "{'left':20}", 0, "closed", NULL };
        work_line(&w, "reminded", i, &reminded);
        assert_true(has_job(&w.change, "reminder", "remind archive", GK_LANE_NOTICE));
    }
    static const line away[] = { { "2027-08-02", "chen.jing", "archived", NULL, 0, "closed", NULL },
        { "2027-08-02", "chen.jing", "archive_handed_over", "{'handed_on':'2027-08-02','receipt':'x'}", 0, "closed", NULL } };
    char text[GK_DATE_TEXT];
    work_line(&w, "archived", 0, &away[0]);
    assert_string_equal(gk_json_text(w.change.event.data, "handover_due"), "2027-06-30");
    assert_int_not_equal(timer_of(&w.change, "archive"), 0);
    work_line(&w, "handed over", 0, &away[1]);
    assert_int_equal(timer_of(&w.change, "archive"), 0);
    assert_true(json_is_false(json_object_get(w.change.event.data, "timely")));
    assert_string_equal(gk_date_format(w.file->keep_until, text), "2056-12-31");
    work_clear(&w);
}

/*  Taken back before it was answered: nothing is owed. */
static void a_proceeding_that_is_over_is_answered_no_more(void **state)
{
    (void) state;
    static const line lines[] = { ANSWERED, SUED("2026-04-07", "reconsideration"),
        { "2026-04-09", "xu.lan", "proceeding_concluded", "{'proceeding':'p12','concluded_on':'2026-04-09','result':'other'}", 0, "closed", NULL } };
    work w;
    work_setup(&w);
    for (size_t i = 0; i < ROWS(lines); i++)
        work_line(&w, "over", i, &lines[i]);
    assert_int_equal(timer_of(&w.change, "p12"), 0);
    assert_int_equal(w.change.timer_count, 1);          /* the archive's */
    work_clear(&w);
}

/*  What is done again goes to the archive again. */
static void a_redo_takes_the_case_back_from_the_archive(void **state)
{
    (void) state;
    static const line lines[] = { ANSWERED, { "2026-03-24", "chen.jing", "archived", NULL, 0, "closed", NULL },
        { "2026-03-25", "chen.jing", "archive_handed_over", "{'handed_on':'2026-03-25','receipt':'x'}", 0, "closed", NULL },
        SUED("2026-04-07", "reconsideration"), REDO("2026-05-20", "p14", "2026-05-20", "15"), SENT_AGAIN("2026-05-25"),
        SERVED("2026-05-27", "2026-05-26"), };
    work w;
    work_setup(&w);
    for (size_t i = 0; i < ROWS(lines); i++)
        work_line(&w, "again", i, &lines[i]);
    assert_int_equal(w.file->archived_seq, 0);
    assert_true(gk_date_is_none(w.file->handed_on) && gk_date_is_none(w.file->keep_until));
    assert_int_equal(w.file->ended_on.day, law_date("2026-05-26").day);
    assert_int_not_equal(timer_of(&w.change, "archive"), 0);
    work_clear(&w);
}

/*  Twenty working days for yes or no, twenty more to publish; each with its reminders, none when nothing is open. */
static void a_publication_has_two_terms(void **state)
{
    (void) state;
    static const line given[] = { GIVEN };
    static const struct { line l; const char *due, *first; } rows[] = {
        { { "2026-04-01", "chen.jing", "publication_suggested", "{'cause':'suggestion','suggested_on':'2026-04-01'}", 0, NULL, NULL }, "2026-04-30", "2026-04-23" },
        { { "2026-04-29", "tang.yue", "publication_decided", "{'publish':'yes','reason':'x'}", 0, NULL, NULL }, "2026-05-29", "2026-05-22" },
        { { "2026-05-06", "he.ping", "publication_cleared", "{'no_applicant_data':true,'opinion':'x'}", 0, NULL, NULL }, "2026-05-29", "2026-05-22" },
        { { "2026-05-08", "chen.jing", "published", "{'published_on':'2026-05-08','url':'x'}", 0, NULL, NULL }, "2026-05-29", NULL },
    };
    work w;
    work_setup(&w);
    for (size_t k = 0; k < ROWS(given); k++)
        work_line(&w, "given", k, &given[k]);
    for (size_t i = 0; i < ROWS(rows); i++) {
        char text[GK_DATE_TEXT];
        work_line(&w, "publication", i, &rows[i].l);
        if (strcmp(gk_date_format(w.file->publication.due_on, text), rows[i].due) != 0)
            fail_msg("row %zu: due on %s, not %s", i, text, rows[i].due);
        int64_t first = timer_of(&w.change, "publication");
        if (rows[i].first ? first != gk_date_at(law_date(rows[i].first), 9) : first != 0)
            fail_msg("row %zu: first reminded on %s", i, gk_date_format(gk_date_of(first), text));
    }
    assert_int_equal(w.file->publication.stage, GK_PUBLICATION_DONE);
    assert_string_equal(gk_publication_stage_name(w.file->publication.stage), "published");
    work_clear(&w);
}

/*  Who said yes does not clear it; and a file more, given by a redo, must be reviewed too. */
static void a_publication_is_reviewed_by_another_and_unchanged(void **state)
{
    (void) state;
    static const line lines[] = { GIVEN,
        { "2026-04-01", "chen.jing", "publication_suggested", "{'cause':'suggestion','suggested_on':'2026-04-01'}", 0, NULL, NULL },
        { "2026-04-02", "zhao.min", "publication_decided", "{'publish':'yes','reason':'x'}", 0, NULL, NULL },
    };
    static const line clear = { "2026-04-03", "he.ping", "publication_cleared", "{'no_applicant_data':true,'opinion':'x'}", 0, NULL, NULL },
                      publish = { "2026-04-07", "chen.jing", "published", "{'published_on':'2026-04-07','url':'x'}", GK_ENEED, NULL, NULL };
    work w;
    work_setup(&w);
    for (size_t k = 0; k < ROWS(lines); k++)
        work_line(&w, "agreed", k, &lines[k]);
    line same = clear;
    same.err = GK_ENEED;
    snprintf(w.file->publication.decider, sizeof w.file->publication.decider, "he.ping");
    work_line(&w, "the decider", 0, &same);
    assert_non_null(strstr(w.why.text, "NOT_DECIDER"));
    snprintf(w.file->publication.decider, sizeof w.file->publication.decider, "zhao.min");
    work_line(&w, "cleared", 0, &clear);
    w.file->documents[w.file->document_count++] = (gk_case_document) { .digest = "ee", .kind = "release", .status = GK_ADMITTED, .given_seq = 1 };
    work_line(&w, "changed", 0, &publish);
    assert_non_null(strstr(w.why.text, "PUBLICATION_REVIEWED"));
    work_clear(&w);
}

static void proceedings_are_counted(void **state)
{
    (void) state;
    static const line answered[] = { ANSWERED }, sued = SUED("2026-04-07", "lawsuit");
    work w;
    work_setup(&w);
    for (size_t i = 0; i < ROWS(answered); i++)
        work_line(&w, "answered", i, &answered[i]);
    for (int i = 0; i < GK_CASE_PROCEEDINGS; i++) {
        work_line(&w, "sued", (size_t) i, &sued);
        assert_int_equal(w.change.timer_count, i + 2);         /* and the archive's */
    }
    line more = sued;
    more.err = GK_ETOOLARGE;
    work_line(&w, "one more", 0, &more);
    work_clear(&w);
}

/*  From the new last day on the clock waits as before it proposes anything, and the notice of the lapse names that day. */
static void a_lapse_that_was_deferred_comes_later(void **state)
{
    (void) state;
    static const line lines[] = { BEGUN,
        { "2026-03-05", "guo.qiang", "correction_requested", "{'items':'x'}", 0, "correction", "" }, NOTICED("2026-03-05"),
        { "2026-04-03", "clock", "lapse_proposed", NULL, 0, "correction_lapse", "" },
        { "2026-04-03", "zhao.min", "reason_accepted", "{'until':'2026-04-10','reason':'x'}", 0, "correction", "" } };
    static const line over[] = { { "2026-04-20", "clock", "lapse_proposed", NULL, 0, "correction_lapse", "" },
        { "2026-04-20", "chen.jing", "lapse_confirmed", LAPSE, 0, "printing", "" } };
    work w;
    work_setup(&w);
    for (size_t i = 0; i < ROWS(lines); i++)
        work_line(&w, "deferred", i, &lines[i]);
    assert_int_equal(timer_of(&w.change, "lapse"), gk_date_at(law_date("2026-04-18"), 9));      /* 10 April, five working days, the next day */
    for (size_t i = 0; i < ROWS(over); i++)
        work_line(&w, "over", i, &over[i]);
    assert_string_equal(gk_json_text(w.change.event.data, "period_end"), "2026-04-10");
    work_clear(&w);
}

/*  However many are asked, each silence has its timer, and so has the reply. */
static void no_timer_is_lost(void **state)
{
    (void) state;
    static const line begin[] = { BEGUN }, asked = { "2026-03-04", "guo.qiang", "consultation_started",
        "{'kind':'third_party','third_party':{'name':'x'},'information':'x','applicant_told':true}", 0, "handling", "2026-03-30" };
    work w;
    work_setup(&w);
    for (size_t i = 0; i < ROWS(begin); i++)
        work_line(&w, "begin", i, &begin[i]);
    for (int i = 0; i < GK_CASE_CONSULTATIONS; i++) {
        char id[GK_CODE];
        work_line(&w, "asked", (size_t) i, &asked);
        assert_int_equal(w.change.timer_count, 2 * i + 3);      /* and whether the applicant was told of it */
        snprintf(id, sizeof id, "c%d", w.file->seq);
        /*  4 March + 5 working days without proof of service, at the end of the day. */
        assert_int_equal(timer_of(&w.change, id), gk_date_at(law_date("2026-03-11"), 17));
        assert_int_equal(timer_of(&w.change, "due"), gk_date_at(law_date("2026-03-23"), 9));
    }
    line more = asked;
    more.err = GK_ETOOLARGE;
    work_line(&w, "one more", 0, &more);
    work_clear(&w);
}

/*  A referral that nobody answers is looked after again and again, and never over. */
static void a_referral_is_looked_after(void **state)
{
    (void) state;
    static const struct { line l; const char *day; int hour; } rows[] = {
        { { "2026-03-05", "he.ping", "secrecy_referred", REFERRAL, 0, "secrecy", NULL }, "2026-03-12", 17 },       /* is it served? */
        { { "2026-03-06", "chen.jing", "consultation_served", "{'consultation':'c8','served_on':'2026-03-06','proof':'x'}", 0, NULL, NULL },
          "2026-03-28", 9 },                                                                                       /* is it answered? */
        { { "2026-03-30", "clock", "incident_raised", "{'kind':'referral','consultation':'c8'}", 0, NULL, NULL }, "2026-04-07", 17 },
        { { "2026-04-07", "clock", "incident_raised", "{'kind':'referral','consultation':'c8'}", 0, NULL, NULL }, "2026-04-14", 17 },
        { { "2026-04-08", "chen.jing", "consultation_ended", "{'consultation':'c8','answer':'agree','opinion':'x'}", 0, NULL, NULL }, NULL, 0 },
    };
    static const line begin[] = { BEGUN, FILE_ADMITTED, { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'G2'}", 0, "scanning", NULL },
        SCANNED("2026-03-03") };
    work w;
    work_setup(&w);
    for (size_t i = 0; i < ROWS(begin); i++)
        work_line(&w, "begin", i, &begin[i]);
    for (size_t i = 0; i < ROWS(rows); i++) {
        work_line(&w, "referred", i, &rows[i].l);
        assert_int_equal(timer_of(&w.change, "c8"), rows[i].day ? gk_date_at(law_date(rows[i].day), rows[i].hour) : 0);
    }
    work_clear(&w);
}

/*  The internal due date, DECISIONS "Handling": seven working days, five before the reply is due, never today. */
static void a_sub_task_has_a_due_date_of_its_own(void **state)
{
    (void) state;
    static const struct { const char *day, *data, *due; gk_err err; const char *why; } rows[] = {
        { "2026-03-03", "{'unit':'ZHC','question':'x'}", "2026-03-12", GK_OK, "seven working days" },
        { "2026-03-03", "{'unit':'ZHC','question':'x','days':1}", "2026-03-04", GK_OK, "fewer, if the office says so" },
        { "2026-03-03", "{'unit':'ZHC','question':'x','days':14}", "2026-03-23", GK_OK, "up to five before 30 March" },
        { "2026-03-03", "{'unit':'ZHC','question':'x','days':15}", NULL, GK_EBADVALUE, "and no more" },
        { "2026-03-03", "{'unit':'ZHC','question':'x','days':0}", NULL, GK_EBADVALUE, "today is no term" },
        { "2026-03-12", "{'unit':'ZHC','question':'x'}", "2026-03-23", GK_OK, "seven are the same day" },
        { "2026-03-13", "{'unit':'ZHC','question':'x'}", "2026-03-23", GK_OK, "late in the term: six" },
        { "2026-03-23", "{'unit':'ZHC','question':'x'}", "2026-03-24", GK_OK, "later still: the next working day" },
        { "2026-03-27", "{'unit':'ZHC','question':'x'}", "2026-03-30", GK_OK, "over a weekend" },
        { "2026-03-27", "{'unit':'ZHC','question':'x','days':2}", NULL, GK_EBADVALUE, "and no more" },
        { "2026-04-01", "{'unit':'ZHC','question':'x'}", "2026-04-02", GK_OK, "overdue cases too" },
    };
    static const line begin[] = { BEGUN };
    for (size_t i = 0; i < ROWS(rows); i++) {
        work w;
        work_setup(&w);
        for (size_t k = 0; k < ROWS(begin); k++)
            work_line(&w, "begin", k, &begin[k]);
        line sent = { rows[i].day, "chen.jing", "subtask_sent", rows[i].data, rows[i].err, "handling", "2026-03-30" };
        work_line(&w, rows[i].why, i, &sent);
        if (rows[i].due) {
            char text[GK_DATE_TEXT];
            assert_string_equal(gk_date_format(w.file->subtasks[0].due_on, text), rows[i].due);
            assert_int_equal(timer_of(&w.change, "t4"), gk_date_at(law_date(rows[i].due), 9));
        }
        work_clear(&w);
    }
}

/*  On the due date and every working day after, to the unit and the office; to whom else each step matters. */
static void a_sub_task_is_reminded_of(void **state)
{
    (void) state;
    static const line begin[] = { BEGUN };
    static const struct { line l; const char *job, *timer; } rows[] = {
        { { "2026-03-03", "chen.jing", "subtask_sent", "{'unit':'ZHC','question':'x','days':3}", 0, NULL, NULL }, "alarm subtask_sent", "2026-03-06" },
        { { "2026-03-06", "clock", "subtask_due", "{'subtask':'t4'}", 0, NULL, NULL }, "alarm subtask_due", "2026-03-09" },
        { { "2026-03-09", "clock", "subtask_due", "{'subtask':'t4'}", 0, NULL, NULL }, "alarm subtask_due", "2026-03-10" },
        { { "2026-03-09", "huang.tao", "subtask_answered", ANSWER("t4"), 0, NULL, NULL }, "alarm subtask_answered", "2026-03-10" },   /* not signed yet */
        { { "2026-03-10", "lin.fang", "subtask_signed", "{'subtask':'t4'}", 0, NULL, NULL }, "alarm subtask_signed", NULL },
        { { "2026-03-10", "chen.jing", "subtask_sent", "{'unit':'ZHC','question':'x'}", 0, NULL, NULL }, "alarm subtask_sent", NULL },
        { { "2026-03-10", "huang.tao", "subtask_returned", "{'subtask':'t9','reason':'x'}", 0, NULL, NULL }, "alarm subtask_returned", NULL },
        { { "2026-03-10", "chen.jing", "subtask_sent", "{'unit':'TJC','question':'x'}", 0, NULL, NULL }, "alarm subtask_sent", NULL },
        { { "2026-03-10", "chen.jing", "subtask_recalled", "{'subtask':'t11','reason':'x'}", 0, NULL, NULL }, "alarm subtask_recalled", NULL },
    };
    work w;
    work_setup(&w);
    for (size_t i = 0; i < ROWS(begin); i++)
        work_line(&w, "begin", i, &begin[i]);
    for (size_t i = 0; i < ROWS(rows); i++) {
        work_line(&w, "reminders", i, &rows[i].l);
        assert_true(has_job(&w.change, "reminder", rows[i].job, GK_LANE_NOTICE));
        assert_int_equal(timer_of(&w.change, "t4"), rows[i].timer ? gk_date_at(law_date(rows[i].timer), 9) : 0);
    }
    assert_int_equal(timer_of(&w.change, "t9"), 0);
    assert_int_equal(timer_of(&w.change, "t11"), 0);
    assert_int_equal(timer_of(&w.change, "due"), gk_date_at(law_date("2026-03-23"), 9));
    work_clear(&w);
}

/*  What a unit sends along is evidence, or what it says; and so many sub-tasks a case has, each with its timer. */
static void sub_tasks_are_bounded_and_bring_documents(void **state)
{
    (void) state;
    static const line begin[] = { BEGUN }, sent = { "2026-03-03", "chen.jing", "subtask_sent", "{'unit':'ZHC','question':'x'}", 0, "handling", "2026-03-30" };
    static const struct { const char *kind, *kept; } rows[] = { { "", "evidence" }, { ",'kind':'evidence'", "evidence" }, { ",'kind':'release'", "release" } };
    work w;
    work_setup(&w);
    for (size_t i = 0; i < ROWS(begin); i++)
        work_line(&w, "begin", i, &begin[i]);
    for (int i = 0; i < GK_CASE_SUBTASKS; i++) {
        work_line(&w, "sent", (size_t) i, &sent);
        assert_int_equal(w.change.timer_count, i + 2);
    }
    line more = sent;
    more.err = GK_ETOOLARGE;
    work_line(&w, "one more", 0, &more);
    static const line derived = { "2026-03-03", "huang.tao", "subtask_answered",
        "{'subtask':'t4','systems':'x','keywords':'x','persons':'x','period':'x','result':'found','opinion':'x','derived_from':'zz'}",
        GK_EBADVALUE, "handling", NULL };
    work_line(&w, "made from what the case does not have", 0, &derived);
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_free_auto char *data = gk_format("{'subtask':'t4','systems':'x','keywords':'x','persons':'x','period':'x','result':'found','opinion':'x',"
                                            "'documents':[{'digest':'a%zu'}]%s}", i, rows[i].kind);
        line answered = { "2026-03-03", "huang.tao", "subtask_answered", data, 0, "handling", NULL };
        work_line(&w, "answered", i, &answered);
        assert_string_equal(w.file->documents[i].kind, rows[i].kept);
        assert_true(has_job(&w.change, "confidentiality", "admit", GK_LANE_DOCUMENT));
    }
    work_clear(&w);
}

/*  Which actions a person of a unit is offered: those of its sub-task only, and only while it is under way. */
static void a_unit_is_offered_its_sub_task_only(void **state)
{
    (void) state;
    static const line lines[] = { BEGUN, { "2026-03-03", "chen.jing", "subtask_sent", "{'unit':'ZHC','question':'x'}", 0, "handling", NULL },
        { "2026-03-03", "chen.jing", "subtask_recalled", "{'subtask':'t4','reason':'x'}", 0, "handling", NULL } };
    work w;
    work_setup(&w);
    gk_date day = law_date("2026-03-03");
    gk_actor handler = work_actor(&w, "huang.tao", day), own = work_actor(&w, "guo.qiang", day);
    size_t count;
    const gk_step *table = gk_flow_table(&count);
    for (size_t i = 0; i < ROWS(lines); i++) {
        work_line(&w, "offered", i, &lines[i]);
        for (size_t k = 0; w.file->state == GK_HANDLING && k < count; k++) {
            bool his = table[k].event == GK_SUBTASK_ANSWERED || table[k].event == GK_SUBTASK_RETURNED;
            if (!gk_step_from(&table[k], GK_HANDLING))
                continue;
            assert_int_equal(gk_case_allows(w.file, &table[k], &handler), his && i == 3);
            assert_false(his && gk_case_allows(w.file, &table[k], &own));
        }
    }
    work_clear(&w);
}

/*  Which verdicts let a reply go, 条例 Art. 17: by file, by item, by what was decided on it. */
static void verdicts_let_a_reply_go_or_not(void **state)
{
    (void) state;
#define NONE GK_VERDICT_NONE
#define PUBLIC GK_VERDICT_PUBLIC
#define PART GK_VERDICT_PARTIAL
#define WITHHELD GK_VERDICT_WITHHELD
#define REFERRED GK_VERDICT_REFERRED
    static const struct { const char *whole, *items[2]; int of; gk_verdict file, on[2]; bool goes; const char *why; } rows[] = {
        { "G2", { 0 }, 0, PUBLIC, { 0 }, true, "granted, and public" },
        { "G2", { 0 }, 0, NONE, { 0 }, false, "without a verdict" },
        { "G2", { 0 }, 0, PART, { 0 }, false, "granted whole" },
        { "G2", { 0 }, 0, WITHHELD, { 0 }, false, "withheld" },
        { "G2", { 0 }, 0, REFERRED, { 0 }, false, "waiting" },
        { "P", { 0 }, 0, PART, { 0 }, true, "granted in part" },
        { "P", { 0 }, 0, PUBLIC, { 0 }, true, "the part that goes is public" },
        { "P", { 0 }, 0, WITHHELD, { 0 }, false, "withheld" },
        { "D5", { 0 }, 0, NONE, { 0 }, true, "refused: the file does not leave" },
        { "D5", { 0 }, 0, WITHHELD, { 0 }, true, "and is found so" },
        { "D5", { 0 }, 0, PUBLIC, { 0 }, true, "nor if it is found public" },
        { "D5", { 0 }, 0, REFERRED, { 0 }, false, "but not while others still decide" },
        { "P", { "G2", "P" }, 1, PUBLIC, { PUBLIC, PART }, true, "the first item's" },
        { "P", { "G2", "P" }, 1, PART, { PUBLIC, PART }, false, "which is granted whole" },
        { "P", { "G2", "P" }, 2, PART, { PUBLIC, PUBLIC }, true, "the second's is not" },
        { "P", { "G2", "P" }, 0, PART, { PUBLIC, PART }, true, "for both" },
        { "P", { "P", "G2" }, 0, PART, { PART, PUBLIC }, true, "in whatever order" },
        { "P", { "G2", "D5" }, 0, PART, { PUBLIC, NONE }, false, "for both, and nothing is granted in part" },
        { "P", { "G2", "D5" }, 2, NONE, { PUBLIC, NONE }, true, "a refused item's file does not leave" },
        { "P", { "G2", "D5" }, 2, PUBLIC, { PUBLIC, WITHHELD }, true, "nor if it is found public" },
        { "P", { "G2", "D5" }, 1, PUBLIC, { NONE, NONE }, false, "item 1 of 2 (G2) has no verdict" },
        { "P", { "G2", "P" }, 1, PUBLIC, { PUBLIC, NONE }, false, "item 2 of 2 (P) has no verdict" },
        { "P", { "D5", "G2" }, 2, PUBLIC, { WITHHELD, NONE }, false, "item 2 of 2 (G2) has no verdict" },
        { "P", { "G2", "D5" }, 1, PUBLIC, { WITHHELD, NONE }, false, "on item 1 of 2 (G2) is withheld" },
        { "P", { "G2", "D5" }, 1, PUBLIC, { PART, NONE }, false, "on item 1 of 2 (G2) is partial" },
        { "P", { "P", "D5" }, 1, PUBLIC, { PART, NONE }, true, "which here is withheld anyway" },
        { "P", { "G2", "D5" }, 1, PUBLIC, { REFERRED, NONE }, false, "on item 1 of 2 (G2) is referred" },
        { "D5", { "D5", "D5" }, 1, NONE, { WITHHELD, NONE }, true, "as it was refused" },
        { "D5", { "D5", "D5" }, 1, NONE, { NONE, NONE }, true, "what discloses nothing needs none" },
        { "D5", { "D5", "D5" }, 1, NONE, { NONE, REFERRED }, false, "on item 2 of 2 (D5) is referred" },
    };
#undef NONE
#undef PUBLIC
#undef PART
#undef WITHHELD
#undef REFERRED
    for (size_t i = 0; i < ROWS(rows); i++) {
        static const line begin[] = { BEGUN };
        work w;
        work_setup(&w);
        for (size_t k = 0; k < ROWS(begin); k++)
            work_line(&w, "begin", k, &begin[k]);
        w.file->state = GK_SECRECY;
        snprintf(w.file->outcome, sizeof w.file->outcome, "%s", rows[i].whole);
        w.file->documents[0] = (gk_case_document) { .digest = "aa", .kind = "release", .status = GK_ADMITTED, .verdict = rows[i].file, .item = rows[i].of };
        w.file->document_count = 1;
        for (int k = 0; k < 2 && rows[i].items[k]; k++)
            snprintf(w.file->items[w.file->item_count++].outcome, GK_CODE, "%s", rows[i].items[k]);
        for (int k = 0; k < 2; k++)
            w.file->items[k].verdict = rows[i].on[k];
        line clear = CLEARED("2026-03-04");
        clear.err = rows[i].goes ? GK_OK : GK_ENEED;
        clear.state = NULL;
        work_line(&w, rows[i].why, i, &clear);
        if (!rows[i].goes)
            assert_non_null(strstr(w.why.text, "VERDICTS_FIT"));
        if (!rows[i].goes && strstr(rows[i].why, " of 2 "))          /* by name */
            assert_non_null(strstr(w.why.text, rows[i].why));
        /*  The file leaves with what is granted on it, however public it was found. */
        const char *by = rows[i].of ? rows[i].items[rows[i].of - 1] : rows[i].whole;
        if (rows[i].goes)
            assert_int_equal(gk_case_releases(&w.file->documents[0]), strcmp(by, "G2") == 0 || strcmp(by, "P") == 0);
        work_clear(&w);
    }
}

/*  Nothing is annexed, or may be fetched, that the signed review does not name. */
static void only_what_was_signed_for_is_released(void **state)
{
    (void) state;
    for (int status = GK_QUARANTINED; status <= GK_DESTROYED; status++)
        for (int released = 0; released < 2; released++)
            for (int kind = 0; kind < 2; kind++) {
                gk_case_document document = { .status = (gk_document_status) status, .verdict = GK_VERDICT_PUBLIC, .released = released };
                snprintf(document.kind, sizeof document.kind, "%s", kind ? "release" : "evidence");
                assert_int_equal(gk_case_releases(&document), kind && status == GK_ADMITTED && released);
            }
}

/*  Whoever was asked and did not agree: what is disclosed all the same rests on the office's own assessment. */
static void who_did_not_agree_is_weighed(void **state)
{
    (void) state;
    static const struct { const char *kind, *answer; bool weighed; } rows[] = {
        { "third_party", "agree", false }, { "third_party", "disagree", true }, { "third_party", "partly", true },
        { "third_party", "undeliverable", true }, { "third_party", "", true },
        { "other_agency", "agree", false }, { "other_agency", "disagree", true }, { "other_agency", "partly", true },
        { "other_agency", "undeliverable", true }, { "other_agency", "", true },
        { "co_producer", "agree", false }, { "co_producer", "disagree", true }, { "co_producer", "partly", true },
        { "co_producer", "undeliverable", true }, { "co_producer", "", false },         /* its silence agrees, Art. 34 */
        { "referral", "disagree", false },                                              /* binds the reviewer, not the proposer */
    };
    for (size_t i = 0; i < ROWS(rows); i++)
        for (int own = 0; own < 2; own++) {
            static const line begin[] = { BEGUN, FILE_ADMITTED };
            work w;
            work_setup(&w);
            for (size_t k = 0; k < ROWS(begin); k++)
                work_line(&w, "begin", k, &begin[k]);
            w.file->consultations[0] = (gk_consultation) { .id = "c9", .started_on = law_date("2026-03-03"), .served_on = GK_NO_DATE,
                .check_on = GK_NO_DATE, .override_on = GK_NO_DATE, .override_served = GK_NO_DATE };
            snprintf(w.file->consultations[0].kind, sizeof w.file->consultations[0].kind, "%s", rows[i].kind);
            snprintf(w.file->consultations[0].answer, sizeof w.file->consultations[0].answer, "%s", rows[i].answer);
            w.file->consultation_count = 1;
            line propose = { "2026-03-04", "guo.qiang", "proposed", own ? "{'outcome':'G2','own_assessment':'x'}" : "{'outcome':'G2'}",
                             !own && rows[i].weighed ? GK_ENEED : GK_OK, NULL, NULL };
            work_line(&w, rows[i].kind, i, &propose);
            /*  Only a third party's objection holds what was decided. */
            w.file->state = GK_DISPATCH;
            bool waits = strcmp(rows[i].kind, "third_party") == 0 && (strcmp(rows[i].answer, "disagree") == 0 || strcmp(rows[i].answer, "partly") == 0);
            line post = POSTED("2026-03-04");
            post.err = w.file->outcome[0] && waits ? GK_ENEED : GK_OK;
            post.state = NULL;
            work_line(&w, rows[i].kind, i, &post);
            work_clear(&w);
        }
}

/*  A third party that was asked about one item objects to that one; asked about all, it objects to what is disclosed
 *  unless something is withheld for its sake. */
static void objections_go_by_the_items(void **state)
{
    (void) state;
    static const struct { const char *items[2]; unsigned spares[2]; int about; bool weighed[2], proposes, waits; const char *why; } rows[] = {
        { { "G2", "G2" }, { 0, 0 }, 1, { true, false }, true, true, "weighed where it objects" },
        { { "G2", "G2" }, { 0, 0 }, 1, { false, true }, false, true, "and not elsewhere" },
        { { "G2", "D5" }, { 0, 0 }, 2, { false, false }, true, false, "what it objects to is not disclosed" },
        { { "G2", "D4" }, { 0, 1 }, 0, { false, false }, true, false, "withheld for its sake" },
        { { "G2", "D4" }, { 0, 0 }, 0, { true, false }, true, true, "withheld for somebody else's" },
        { { "G2", "P" }, { 0, 1 }, 0, { false, false }, true, false, "in part" },
        { { "G2", "P" }, { 0, 0 }, 0, { true, false }, false, true, "in part, but not for its sake" },
        { { "G2", "P" }, { 0, 0 }, 0, { true, true }, true, true, "each weighed" },
        { { "P", "D4" }, { 0, 1 }, 1, { false, false }, false, true, "another item withheld for its sake" },
        { { "G1", "G1" }, { 0, 0 }, 0, { false, false }, true, false, "nothing leaves" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        static const line begin[] = { BEGUN, FILE_ADMITTED };
        work w;
        work_setup(&w);
        for (size_t k = 0; k < ROWS(begin); k++)
            work_line(&w, "begin", k, &begin[k]);
        w.file->item_count = 2;
        for (int k = 0; k < 2; k++) {
            gk_case_item *item = &w.file->items[k];
            snprintf(item->outcome, sizeof item->outcome, "%s", rows[i].items[k]);
            item->spares = rows[i].spares[k];
            item->weighed = rows[i].weighed[k];
        }
        w.file->consultations[0] = (gk_consultation) { .id = "c9", .kind = "third_party", .answer = "disagree", .item = rows[i].about,
            .started_on = law_date("2026-03-03"), .served_on = GK_NO_DATE, .check_on = GK_NO_DATE, .override_on = GK_NO_DATE, .override_served = GK_NO_DATE };
        w.file->consultation_count = 1;
        bool refuses = strcmp(rows[i].items[1], "G2") != 0 && strcmp(rows[i].items[1], "G1") != 0;
        line propose = { "2026-03-04", "guo.qiang", refuses ? "refusal_proposed" : "proposed", NULL, rows[i].proposes ? GK_OK : GK_ENEED, NULL, NULL };
        work_line(&w, rows[i].why, i, &propose);
        assert_true(rows[i].proposes || strstr(w.why.text, "OBJECTION_WEIGHED"));
        w.file->state = GK_DISPATCH;
        line post = POSTED("2026-03-04"), notice = { "2026-03-04", "chen.jing", "override_sent", "{'consultation':'c9','content':'x','reason':'x'}", 0, NULL, NULL };
        notice.err = rows[i].waits ? GK_OK : GK_ENEED;
        work_line(&w, rows[i].why, i, &notice);
        post.err = rows[i].waits ? GK_ENEED : GK_OK;
        post.state = NULL;
        work_line(&w, rows[i].why, i, &post);
        work_clear(&w);
    }
}

/*  Who gave one verdict does not sign the whole, whoever cleared it. */
static void who_reviewed_a_part_does_not_approve(void **state)
{
    (void) state;
    for (int item = 0; item < 2; item++) {
        static const line begin[] = { BEGUN, FILE_ADMITTED };
        work w;
        work_setup(&w);
        for (size_t k = 0; k < ROWS(begin); k++)
            work_line(&w, "begin", k, &begin[k]);
        w.file->state = GK_APPROVAL;
        w.file->item_count = 1;
        snprintf(item ? w.file->items[0].reviewer : w.file->documents[0].reviewer, GK_NAME, "zhou.wei");
        static const line approve = { "2026-03-04", "zhou.wei", "approved", NULL, GK_ENEED, "approval", NULL };
        work_line(&w, "approves", 0, &approve);
        assert_non_null(strstr(w.why.text, "NOT_REVIEWER"));
        work_clear(&w);
    }
}

/*  Returned after the signature and refused: what was to leave does not. */
static void a_signature_is_on_one_proposal(void **state)
{
    (void) state;
    static const struct { line l; bool leaves; } rows[] = {
        { { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'G2'}", 0, "scanning", NULL }, false },
        { SCANNED("2026-03-03"), false },
        { { "2026-03-03", "he.ping", "verdict_given", VERDICT("aa", "public"), 0, "secrecy", NULL }, false },   /* not signed yet */
        { CLEARED("2026-03-03"), true },
        { { "2026-03-03", "zhou.wei", "approval_returned", "{'reason':'x'}", 0, "handling", NULL }, true },
        { { "2026-03-03", "guo.qiang", "refusal_proposed", "{'outcome':'D5','reason':'x','severability':'x'}", 0, "legal", NULL }, false },
        { { "2026-03-03", "xu.lan", "legal_cleared", "{'opinion':'x'}", 0, "scanning", NULL }, false },
        { SCANNED("2026-03-03"), false },
        { { "2026-03-03", "he.ping", "verdict_given", VERDICT("aa", "public"), 0, "secrecy", NULL }, false },
        { { "2026-03-03", "he.ping", "secrecy_cleared", "{'verdict':'withheld','opinion':'x'}", 0, "approval", NULL }, false },
    };
    static const line begin[] = { BEGUN, FILE_ADMITTED };
    work w;
    work_setup(&w);
    for (size_t i = 0; i < ROWS(begin); i++)
        work_line(&w, "begin", i, &begin[i]);
    for (size_t i = 0; i < ROWS(rows); i++) {
        work_line(&w, "signed", i, &rows[i].l);
        assert_int_equal(gk_case_releases(&w.file->documents[0]), rows[i].leaves);
    }
    work_clear(&w);
}

/*  What exactly was reviewed stands in the event: the file's digest, or the hash of the item's decision. */
static void a_verdict_names_what_was_reviewed(void **state)
{
    (void) state;
    static const line lines[] = { BEGUN, FILE_ADMITTED,
        { "2026-03-03", "guo.qiang", "itemised", "{'items':'x','count':1}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':1,'outcome':'G2'}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "proposed", NULL, 0, "scanning", NULL },
        SCANNED("2026-03-03"),
    };
    static const struct { const char *event, *data; } rows[] = {
        { "verdict_given", VERDICT("aa", "public") },
        { "verdict_given", "{'item':1,'verdict':'public','basis':'x','opinion':'x'}" },
        { "secrecy_referred", "{'item':1,'basis':'x','third_party':{'name':'x'},'information':'x','applicant_told':false}" },
    };
    work w;
    work_setup(&w);
    for (size_t i = 0; i < ROWS(lines); i++)
        work_line(&w, "reviewed", i, &lines[i]);
    char hex[GK_HASH_HEX];
    gk_hash_hex(&w.file->items[0].decision, hex);
    for (size_t i = 0; i < ROWS(rows); i++) {
        line verdict = { "2026-03-04", "he.ping", rows[i].event, rows[i].data, 0, "secrecy", "2026-03-30" };
        work_line(&w, "reviewed", i, &verdict);
        assert_string_equal(gk_json_text(w.change.event.data, "reviewed"), i ? hex : "aa");
        assert_int_equal(json_integer_value(json_object_get(w.change.event.data, "proposal")), w.file->proposal_seq);
    }
    /*  A referral is a consultation with letters of its own. */
    assert_int_equal(w.file->documents[0].verdict, GK_VERDICT_PUBLIC);
    assert_int_equal(w.file->items[0].verdict, GK_VERDICT_REFERRED);
    assert_string_equal(w.file->items[0].referral, "c12");
    assert_string_equal(w.file->items[0].reviewer, "he.ping");
    assert_string_equal(w.file->documents[0].reviewer, "he.ping");
    assert_string_equal(w.file->items[0].drafter, "guo.qiang");
    assert_string_equal(w.file->consultations[0].kind, "referral");
    assert_true(has_job(&w.change, "reply", "letter consultation_letter", GK_LANE_NOTICE));
    assert_false(has_job(&w.change, "reply", "letter consultation_notice", GK_LANE_NOTICE));     /* the applicant is not told */
    assert_int_not_equal(timer_of(&w.change, "c12"), 0);
    work_clear(&w);
}

/*  ---- what the file remembers --------------------------------------------------------------------- */

typedef struct memory {
    const char *what;
    line lines[24];
    unsigned flags;
    const char *holder, *outcome;       /* NULL: not looked at */
} memory;

static const memory memories[] = {
    { "a usual beginning", { BEGUN }, 0, "", "" },
    { "registered the next working day", { RECEIVED,
        { "2026-03-03", "worker:intake", "registered", "{'complete':true,'received_on':'2026-03-02'}", 0, "triage", "2026-03-30" } }, 0, NULL, NULL },
    { "registered a day later", { RECEIVED,
        { "2026-03-04", "worker:intake", "registered", "{'complete':true,'received_on':'2026-03-02'}", 0, "triage", "2026-03-30" } },
      GK_FLAG_LATE_REGISTRATION, NULL, NULL },
    { "what intake saw", { RECEIVED,
        { "2026-03-02", "worker:intake", "registered", "{'complete':false,'disguise':{},'duplicate_of':['x'],'received_on':'2026-03-02'}", 0, "triage", NULL } },
      GK_FLAG_INCOMPLETE | GK_FLAG_DISGUISE | GK_FLAG_DUPLICATE, NULL, NULL },
    { "what review saw", { RECEIVED, REGISTERED,
        { "2026-03-02", "worker:review", "triaged", "{'unit':'QGC','repeat':['x']}", 0, "handling", NULL } }, GK_FLAG_REPEAT, NULL, NULL },
    { "held", { BEGUN, HELD }, 0, "guo.qiang", NULL },
    { "released", { BEGUN, HELD, { "2026-03-03", "guo.qiang", "released", "{'reason':'x'}", 0, "handling", NULL } }, 0, "", NULL },
    { "taken over by the unit's head", { BEGUN, HELD, { "2026-03-03", "tang.yue", "claimed", NULL, 0, "handling", NULL } }, 0, "tang.yue", NULL },
    { "another unit is another person", { BEGUN, HELD,
        { "2026-03-03", "chen.jing", "transferred", "{'unit':'FGC','reason':'x'}", 0, "handling", NULL } }, 0, "", NULL },
    { "another desk is another person", { BEGUN, HELD,
        { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'U2','reason':'x'}", 0, "scanning", NULL } }, 0, "", "U2" },
    { "extended", { BEGUN, { "2026-03-06", "zhao.min", "extended", "{'days':5,'reason':'x'}", 0, "handling", "2026-04-07" } },
      GK_FLAG_EXTENDED, NULL, NULL },
    { "a class-A mark", { BEGUN, EVIDENCE,
        { "2026-03-03", "worker:confidentiality", "documents_admitted", "{'verdicts':[{'digest':'aa','verdict':'class_a'}]}", 0, "handling", NULL } },
      GK_FLAG_CLASSIFIED, NULL, NULL },
    { "a clean file", { BEGUN, EVIDENCE,
        { "2026-03-03", "worker:confidentiality", "documents_admitted", "{'verdicts':[{'digest':'aa','verdict':'clean'}]}", 0, "handling", NULL } }, 0, NULL, NULL },
    { "posted on the last day", { BEGUN, SENT("2026-03-30") }, 0, "", "U2" },
    { "posted a day late", { BEGUN, SENT("2026-03-31") }, GK_FLAG_LATE_REPLY, "", "U2" },
    { "it came back by our fault and went out late", { BEGUN, SENT("2026-03-30"),
        { "2026-04-02", "liu.yang", "posting_failed", "{'returned_on':'2026-04-01','fault':'office','reason':'x'}", 0, "dispatch", NULL },
        POSTED("2026-04-02") }, GK_FLAG_MAIL_RETURNED | GK_FLAG_LATE_REPLY, NULL, NULL },
    { "it came back", { BEGUN, SENT("2026-03-30"),
        { "2026-04-02", "liu.yang", "mail_returned", "{'returned_on':'2026-04-01','fault':'applicant','reason':'x'}", 0, "delivery", NULL } },
      GK_FLAG_MAIL_RETURNED, NULL, NULL },
    { "lapsed", { BEGUN, ASKED, NOTICED("2026-03-05"), { "2026-04-03", "clock", "lapse_proposed", NULL, 0, "correction_lapse", "" },
        { "2026-04-03", "chen.jing", "lapse_confirmed", LAPSE, 0, "printing", "" } }, 0, NULL, "O1" },
    { "reopened", { BEGUN, ASKED, NOTICED("2026-03-05"), { "2026-04-03", "clock", "lapse_proposed", NULL, 0, "correction_lapse", "" },
        { "2026-04-03", "chen.jing", "lapse_confirmed", LAPSE, 0, "printing", "" },
        { "2026-04-08", "chen.jing", "correction_received", "{'text':'x','on':'2026-03-26'}", 0, "handling", NULL } }, GK_FLAG_REOPENED, NULL, "" },
    { "not paid", { BEGUN, { "2026-03-05", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':31,'reason':'x'}", 0, "payment", "" }, NOTICED("2026-03-05"),
        { "2026-04-14", "clock", "lapse_proposed", NULL, 0, "payment_lapse", "" },
        { "2026-04-14", "zhao.min", "lapse_confirmed", LAPSE, 0, "printing", "" } }, 0, NULL, "O2" },
    { "paid after all", { BEGUN, { "2026-03-05", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':31,'reason':'x'}", 0, "payment", "" }, NOTICED("2026-03-05"),
        { "2026-04-14", "clock", "lapse_proposed", NULL, 0, "payment_lapse", "" },
        { "2026-04-14", "zhao.min", "lapse_confirmed", LAPSE, 0, "printing", "" },
        { "2026-04-15", "ma.li", "fee_paid", "{'receipt_number':'x','amount_yuan':10,'value_date':'2026-04-02'}", 0, "handling", NULL } },
      GK_FLAG_REOPENED, NULL, "" },
    { "withdrawn", { BEGUN, { "2026-03-04", "applicant", "withdrew", NULL, 0, "withdrawn", "" } }, 0, NULL, "O3" },
    { "done again", { ANSWERED, SUED("2026-04-07", "reconsideration"), REDO("2026-05-20", "p12", "2026-05-20", "15") }, GK_FLAG_REDONE, "", "" },
    { "challenged before its service was proven", { BEGUN, SENT("2026-03-20"), SUED("2026-03-25", "reconsideration") }, 0, "", "U2" },
    { "done again after a late reply, and late again", { BEGUN, SENT("2026-03-31"), SUED("2026-04-07", "reconsideration"),
        REDO("2026-05-20", "p11", "2026-05-20", "15"), SENT_AGAIN("2026-06-11") }, GK_FLAG_LATE_REPLY | GK_FLAG_REDONE, "", "U2" },
};

static void the_file_remembers(void **state)
{
    (void) state;
    for (size_t i = 0; i < ROWS(memories); i++) {
        const memory *m = &memories[i];
        work w;
        work_setup(&w);
        for (size_t k = 0; k < ROWS(m->lines) && m->lines[k].event; k++)
            work_line(&w, m->what, k, &m->lines[k]);
        if (w.file->flags != m->flags)
            fail_msg("%s: flags %x, not %x", m->what, w.file->flags, m->flags);
        if (m->holder && strcmp(w.file->holder, m->holder) != 0)
            fail_msg("%s: held by \"%s\"", m->what, w.file->holder);
        if (m->outcome && strcmp(w.file->outcome, m->outcome) != 0)
            fail_msg("%s: outcome \"%s\"", m->what, w.file->outcome);
        work_clear(&w);
    }
}

/*  A colleague of the same unit does not reach into a case that somebody holds. */
static void a_held_case_is_for_its_holder(void **state)
{
    (void) state;
    static const line begin[] = { BEGUN, HELD };
    static const struct { unsigned roles; gk_err err; } rows[] = {
        { GK_HANDLER, GK_ENEED }, { GK_CLERK, GK_ENEED }, { GK_UNIT_HEAD, GK_OK }, { GK_HEAD, GK_OK }, { GK_HANDLER | GK_UNIT_HEAD, GK_OK },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        work w;
        work_setup(&w);
        for (size_t k = 0; k < ROWS(begin); k++)
            work_line(&w, "held", k, &begin[k]);
        gk_json_auto *data = json_object();
        gk_actor colleague = { .name = "colleague", .roles = rows[i].roles, .office = "GZ", .unit = "QGC" };
        gk_act act = { .event = GK_CLAIMED, .actor = &colleague, .at = gk_date_at(law_date("2026-03-04"), 10), .on = GK_NO_DATE, .data = data };
        gk_change change = { .job_count = 0 };
        assert_int_equal(gk_case_apply(w.file, &act, &w.law, &change, &w.why), rows[i].err);
        gk_change_clear(&change);
        work_clear(&w);
    }
}

/*  He gets by the way he chose what the office may send only so. */
static void electronic_service_is_a_choice(void **state)
{
    (void) state;
    static const struct { const char *delivery; gk_err err; } rows[] = {
        { "email", GK_OK }, { "portal", GK_OK }, { "post", GK_ENEED }, { "pick_up", GK_ENEED }, { "", GK_ENEED },
    };
    static const line begin[] = { BEGUN, { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'U2','reason':'x'}", 0, "scanning", NULL },
        SCANNED("2026-03-03"), CLEARED("2026-03-03"), APPROVED("2026-03-03"), RENDERED("2026-03-03"), SEALED("2026-03-03") };
    for (size_t i = 0; i < ROWS(rows); i++) {
        work w;
        work_setup(&w);
        for (size_t k = 0; k < ROWS(begin); k++)
            work_line(&w, rows[i].delivery, k, &begin[k]);
        snprintf(w.file->delivery, sizeof w.file->delivery, "%s", rows[i].delivery);
        line sent = { "2026-03-03", "chen.jing", "dispatched", "{'method':'electronic'}", rows[i].err, NULL, NULL };
        work_line(&w, rows[i].delivery, 0, &sent);
        work_clear(&w);
    }
}

/*  Past the last notice a date is a guess and says so, in the event as in the file. */
static void a_date_past_the_last_notice_is_provisional(void **state)
{
    (void) state;
    static const line late = { "2026-12-15", "applicant", "received", "{'office':'GZ','form':{'name':'x'},'receipt':{'name':'x'},"
        "'channel':'portal','submitted_on':'2026-12-15'}", 0, "intake", NULL }, early = RECEIVED;
    for (int i = 0; i < 2; i++) {
        work w;
        work_setup(&w);
        work_line(&w, "notice", 0, i ? &late : &early);
        assert_int_equal(w.change.event.provisional, i);
        assert_int_equal(w.file->provisional, i);
        work_clear(&w);
    }
}

/*  What was attached to be released and then refused stays in the office. */
static void only_what_is_granted_is_given(void **state)
{
    (void) state;
    static const struct { const char *proposal; bool refusal, given; } rows[] = {
        { "{'outcome':'G2'}", false, true }, { "{'outcome':'G1','public_where':'x'}", false, false },
        { "{'outcome':'D2','law':'x','reason':'x','severability':'x'}", true, false },
    };
    static const line begin[] = { BEGUN,
        { "2026-03-03", "guo.qiang", "documents_attached", "{'kind':'release','documents':[{'digest':'aa'},{'digest':'bb'}]}", 0, NULL, NULL },
        { "2026-03-03", "guo.qiang", "documents_attached", "{'kind':'evidence','documents':[{'digest':'cc'}]}", 0, NULL, NULL },
        { "2026-03-03", "worker:confidentiality", "documents_admitted", "{'verdicts':[{'digest':'aa','verdict':'clean'},{'digest':'bb','verdict':'class_a'},{'digest':'cc','verdict':'clean'}]}", 0, NULL, NULL },
        { "2026-03-03", "he.ping", "document_destroyed", "{'digest':'bb','reason':'x'}", 0, NULL, NULL },
    }, read = { "2026-03-03", "xu.lan", "legal_cleared", "{'opinion':'x'}", 0, "scanning", NULL };
    static const line out[] = { SCANNED("2026-03-04"), { "2026-03-04", "he.ping", "verdict_given", VERDICT("aa", "public"), 0, NULL, NULL }, CLEARED("2026-03-04"), APPROVED("2026-03-04"), RENDERED("2026-03-04"),
        SEALED("2026-03-04"), POSTED("2026-03-04"), };
    for (size_t i = 0; i < ROWS(rows); i++) {
        work w;
        work_setup(&w);
        for (size_t k = 0; k < ROWS(begin); k++)
            work_line(&w, "begin", k, &begin[k]);
        line proposed = { "2026-03-03", "guo.qiang", rows[i].refusal ? "refusal_proposed" : "proposed", rows[i].proposal, 0, NULL, NULL };
        work_line(&w, "proposed", i, &proposed);
        if (rows[i].refusal)
            work_line(&w, "read", i, &read);
        assert_false(w.file->documents[0].given_seq);
        for (size_t k = 0; k < ROWS(out); k++)
            work_line(&w, "out", k, &out[k]);
        assert_int_equal(w.file->documents[0].given_seq != 0, rows[i].given);
        assert_false(w.file->documents[1].given_seq || w.file->documents[2].given_seq);
        line failed = { "2026-03-12", "liu.yang", "posting_failed", "{'returned_on':'2026-03-12','reason':'x','fault':'office'}", 0, "dispatch", NULL };
        work_line(&w, "back by our fault", i, &failed);
        assert_false(w.file->documents[0].given_seq || w.file->dispatched_seq);
        line again = POSTED("2026-03-13");
        work_line(&w, "posted again", i, &again);
        assert_int_equal(w.file->documents[0].given_seq != 0, rows[i].given);
        work_clear(&w);
    }
}

/*  条例 Art. 41: a number of its own, no place in the fee month, its own articles and mails, and what a withdrawal is. */
static void a_records_correction_stands_beside_the_rest(void **state)
{
    (void) state;
    static const line asked[] = { CORRECTION_BEGUN };
    work w;
    work_setup(&w);
    for (size_t i = 0; i < ROWS(asked); i++)
        work_line(&w, "records", i, &asked[i]);
    assert_int_equal(w.file->kind, GK_KIND_RECORDS);
    assert_string_equal(w.file->number, "GZ-G-2026-000002");
    assert_int_equal(w.file->ordinal, 0);
    assert_string_equal(w.change.event.article, "条例第四十一条（参照第四条）");
    assert_false(gk_case_read(w.file, &w.law, law_date("2026-03-02")).statutory);
    line fee = { "2026-03-03", "worker:review", "triaged", "{'unit':'QGC','fee':{'item_yuan':0}}", GK_ESTATE, NULL, NULL };
    work_line(&w, "records", 3, &fee);
    size_t count, hidden = 0;
    const gk_step *table = gk_flow_table(&count);
    for (size_t i = 0; i < count; i++)
        hidden += gk_step_from(&table[i], GK_HANDLING) && !gk_case_suits(w.file, &table[i]);
    assert_int_equal(hidden, 12);       /* two notices of Art. 30, three steps of Art. 35, extension, items, a split, a merging, three of the fee */
    line evidence = { "2026-03-03", "guo.qiang", "evidence_requested", "{'items':'x'}", 0, "handling", NULL };
    work_line(&w, "records", 4, &evidence);
    assert_string_equal(w.change.event.article, "条例第四十一条");
    assert_int_equal(json_integer_value(json_object_get(w.change.event.data, "period_days")), 15);
    assert_string_equal(w.change.jobs[0].task, "letter evidence_notice");
    assert_string_equal(w.change.jobs[1].task, "notify records_evidence");
    line withdrew = { "2026-03-04", "applicant", "withdrew", NULL, 0, "withdrawn", NULL };
    work_line(&w, "records", 5, &withdrew);
    assert_string_equal(w.file->outcome, "R5");
    work_clear(&w);
}

/*  The reviewer signs what leaves: a file that waits in quarantine is not among it yet. */
static void only_admitted_files_are_signed_for(void **state)
{
    (void) state;
    gk_auto(gk_case) file = gk_case_new(GK_SECRECY);
    gk_hash bare = gk_case_content_hash(file);
    static const struct { const char *kind; gk_document_status status; bool counts; } rows[] = {
        { "release", GK_ADMITTED, true }, { "release", GK_QUARANTINED, false }, { "release", GK_REFUSED, false },
        { "release", GK_DESTROYED, false }, { "evidence", GK_ADMITTED, false }, { "attachment", GK_ADMITTED, false },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        file->documents[0] = (gk_case_document) { .digest = "aa", .status = rows[i].status };
        snprintf(file->documents[0].kind, sizeof file->documents[0].kind, "%s", rows[i].kind);
        file->document_count = 1;
        gk_hash now = gk_case_content_hash(file);
        assert_int_equal(memcmp(now.bytes, bare.bytes, GK_HASH_BYTES) != 0, rows[i].counts);
    }
}

/*  ---- what people type -------------------------------------------------------------------------- */

static void fields_are_checked_against_their_table(void **state)
{
    (void) state;
    static const struct { gk_event_type event; const char *fields; gk_err err; const char *said; } rows[] = {
        { GK_CLAIMED, "{}", GK_OK, "" },
        { GK_CLAIMED, "{'x':1}", GK_EBADVALUE, "x is not a field" },
        { GK_EXTENDED, "{'days':5,'reason':'x'}", GK_OK, "" },
        { GK_EXTENDED, "{'reason':'x'}", GK_EMISSING, "days" },
        { GK_EXTENDED, "{'days':5,'reason':''}", GK_EMISSING, "reason" },
        { GK_EXTENDED, "{'days':'5','reason':'x'}", GK_EBADVALUE, "whole number" },
        { GK_EXTENDED, "{'days':5.5,'reason':'x'}", GK_EBADVALUE, "whole number" },
        { GK_EXTENDED, "{'days':-1,'reason':'x'}", GK_EBADVALUE, "whole number" },
        { GK_EXTENDED, "{'days':1000000001,'reason':'x'}", GK_EBADVALUE, "whole number" },
        { GK_EXTENDED, "{'days':5,'reason':null}", GK_EBADVALUE, "reason must be text" },
        { GK_SERVED, "{'served_on':'2026-02-30','proof':'x'}", GK_EBADVALUE, "YYYY-MM-DD" },
        { GK_SERVED, "{'served_on':'2026-3-1','proof':'x'}", GK_EBADVALUE, "YYYY-MM-DD" },
        { GK_SERVED, "{'served_on':'2026-03-01','proof':'x\\ny'}", GK_EBADVALUE, "one line" },
        { GK_DISPATCHED, "{'method':'post'}", GK_OK, "" },
        { GK_DISPATCHED, "{'method':'pos'}", GK_EBADVALUE, "post|in_person|electronic" },
        { GK_DISPATCHED, "{'method':'post|in_person'}", GK_EBADVALUE, "one of" },
        { GK_DISPATCHED, "{'method':''}", GK_EBADVALUE, "one of" },
        { GK_LAPSE_CONFIRMED, "{'reason_offered':'none','checked':'true'}", GK_EBADVALUE, "true or false" },
        { GK_CONSULTATION_STARTED, "{'kind':'third_party','third_party':'x','information':'x','applicant_told':true}", GK_EBADVALUE, "object" },
        { GK_CONSULTATION_STARTED, "{'kind':'third_party','third_party':{},'information':'x','applicant_told':true}", GK_EBADVALUE, "name" },
        { GK_DOCUMENTS_ATTACHED, "{'kind':'release'}", GK_OK, "" },             /* files come beside the fields */
        { GK_DOCUMENTS_ATTACHED, "{'kind':'release','documents':[]}", GK_EBADVALUE, "documents" },
        { GK_REGISTERED, "{'facts':{}}", GK_EBADVALUE, "facts" },               /* a worker's word is never typed */
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_free_auto char *text = gk_strdup(rows[i].fields);
        for (char *p = text; *p; p++)
            *p = *p == '\'' ? '"' : *p;
        gk_json_auto *fields = NULL;
        gk_why why = { "" };
        assert_int_equal(gk_json_parse(text, strlen(text), &fields, &why), GK_OK);
        gk_err err = gk_act_check_fields(rows[i].event, fields, &why);
        if (err != rows[i].err || !strstr(why.text, rows[i].said))
            fail_msg("%s: %s, \"%s\"", rows[i].fields, gk_err_code(err), why.text);
    }
}

/*  Limits count characters: Chinese has as many of them as English. */
static void texts_have_a_length(void **state)
{
    (void) state;
    static const struct { const char *name; int most; } rows[] = { { "opinion", 5000 }, { "proof", 200 } };
    for (size_t i = 0; i < ROWS(rows); i++)
        for (int extra = 0; extra < 2; extra++) {
            gk_text_auto text = { 0 };
            for (int k = 0; k < rows[i].most + extra; k++)
                gk_text_puts(&text, "公");
            gk_json_auto *fields = i == 0 ? json_pack("{s:s}", "opinion", text.data)
                : json_pack("{s:s, s:s}", "served_on", "2026-03-01", "proof", text.data);
            gk_why why;
            assert_int_equal(gk_act_check_fields(i == 0 ? GK_LEGAL_CLEARED : GK_SERVED, fields, &why), extra ? GK_ETOOLARGE : GK_OK);
        }
}

static void an_action_means_one_event(void **state)
{
    (void) state;
    static const struct { gk_state at; const char *action, *outcome; gk_err err; gk_event_type event; } rows[] = {
        { GK_HANDLING, "propose", "G1", GK_OK, GK_PROPOSED },
        { GK_HANDLING, "propose", "D2", GK_OK, GK_REFUSAL_PROPOSED },           /* a refusal, so legal review */
        { GK_HANDLING, "propose", "U1a", GK_OK, GK_REFUSAL_PROPOSED },
        { GK_HANDLING, "propose", "P", GK_OK, GK_REFUSAL_PROPOSED },
        { GK_HANDLING, "propose", "no such", GK_OK, GK_PROPOSED },              /* which then says what there is */
        { GK_LEGAL, "propose", "G1", GK_ESTATE, GK_EVENT_TYPES },
        { GK_CLOSED, "claim", "", GK_ESTATE, GK_EVENT_TYPES },
        { GK_CLOSED, "note", "", GK_OK, GK_NOTED },
        { GK_PAYMENT, "record_payment", "", GK_OK, GK_PAYMENT_RECORDED },       /* nothing completes nothing */
        { GK_CLOSED, "order_redo", "", GK_OK, GK_REDO_ORDERED },
        { GK_HANDLING, "received", "", GK_EBADVALUE, GK_EVENT_TYPES },          /* an event's name is no action */
        { GK_HANDLING, "公开公开公开公开公开公开公开公开公开公开公开", "", GK_EBADVALUE, GK_EVENT_TYPES },
        { GK_HANDLING, "", "", GK_EBADVALUE, GK_EVENT_TYPES },
    };
    work w;
    work_setup(&w);
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *data = json_pack("{s:s}", "outcome", rows[i].outcome);
        gk_event_type event = GK_EVENT_TYPES;
        w.file->state = rows[i].at;
        gk_err err = gk_case_event_of(w.file, rows[i].action, data, &w.law, &event, &w.why);
        if (err != rows[i].err || event != rows[i].event)
            fail_msg("row %zu, %s: %s", i, rows[i].action, gk_err_code(err));
        assert_true(!err || gk_utf8_ok(w.why.text, strlen(w.why.text)));
    }
    work_clear(&w);
}

/*  What is paid and when decides which event it is; so does what a fee amounts to. */
static void money_decides_the_event(void **state)
{
    (void) state;
    static const struct { gk_state at; const char *action, *data; gk_event_type event; } rows[] = {
        { GK_PAYMENT, "record_payment", "{'amount_yuan':100,'value_date':'2026-04-02'}", GK_FEE_PAID },
        { GK_PAYMENT, "record_payment", "{'amount_yuan':99,'value_date':'2026-04-02'}", GK_PAYMENT_RECORDED },
        { GK_PAYMENT, "record_payment", "{'amount_yuan':100,'value_date':'2026-04-03'}", GK_PAYMENT_RECORDED },     /* a day late */
        { GK_HANDLING, "charge", "{'standard':'pages','count':115}", GK_FEE_NOTICE_SENT },          /* 1000 yuan */
        { GK_HANDLING, "charge", "{'standard':'pages','count':116}", GK_FEE_PROPOSED },             /* 1020 */
        { GK_HANDLING, "charge", "{'standard':'items','count':1}", GK_FEE_NOTICE_SENT },
        { GK_HANDLING, "charge", "{'standard':'pages','count':-1}", GK_FEE_NOTICE_SENT },           /* which refuses it */
    };
    work w;
    work_setup(&w);
    w.file->fee_yuan = 100;
    w.file->ordinal = 1;
    w.file->payment_due = law_date("2026-04-02");
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *data = work_data(rows[i].data, rows[i].event);
        gk_event_type event = GK_EVENT_TYPES;
        w.file->state = rows[i].at;
        assert_int_equal(gk_case_event_of(w.file, rows[i].action, data, &w.law, &event, &w.why), GK_OK);
        if (event != rows[i].event)
            fail_msg("row %zu: %s", i, gk_flow_event(event)->name);
    }
    work_clear(&w);
}

/*  What the reviewers sign names the decision on each item; which event it is follows from them. */
static void a_proposal_of_items_names_their_decisions(void **state)
{
    (void) state;
    static const line lines[] = { BEGUN,
        { "2026-03-03", "guo.qiang", "itemised", "{'items':'x','count':2}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':2,'outcome':'N1','reason':'x','other_channel':'x'}", 0, "handling", NULL },
        { "2026-03-03", "guo.qiang", "item_decided", "{'item':1,'outcome':'D2','law':'x','reason':'x','severability':'x'}", 0, "handling", NULL },
    };
    static const line propose = { "2026-03-03", "guo.qiang", "refusal_proposed", NULL, 0, "legal", NULL };
    work w;
    work_setup(&w);
    gk_json_auto *none = json_object();
    gk_event_type event = GK_EVENT_TYPES;
    for (size_t i = 0; i < ROWS(lines); i++) {
        work_line(&w, "items", i, &lines[i]);
        if (w.file->item_count && i + 1 < ROWS(lines)) {
            static const line early = { "2026-03-03", "guo.qiang", "proposed", NULL, GK_ENEED, "handling", NULL };
            work_line(&w, "too early", i, &early);
            assert_non_null(strstr(w.why.text, "item 1 of 2 has no outcome yet"));
        }
        if (w.file->state == GK_HANDLING) {
            assert_int_equal(gk_case_event_of(w.file, "propose", none, &w.law, &event, &w.why), GK_OK);
            assert_int_equal(event, i + 1 == ROWS(lines) ? GK_REFUSAL_PROPOSED : GK_PROPOSED);
        }
    }
    gk_hash hash = gk_hash_of(w.change.event.data_text, strlen(w.change.event.data_text));
    char hex[GK_HASH_HEX];
    work_line(&w, "items", 0, &propose);
    const json_t *data = w.change.event.data, *item = json_array_get(json_object_get(data, "items"), 0);
    assert_string_equal(gk_json_text(data, "outcome"), "D2");
    assert_string_equal(w.file->outcome, "D2");
    assert_int_equal(json_array_size(json_object_get(data, "items")), 2);
    assert_string_equal(gk_json_text(item, "outcome"), "D2");
    assert_int_equal(json_integer_value(json_object_get(item, "seq")), 6);
    assert_string_equal(gk_json_text(item, "decision"), gk_hash_hex(&hash, hex));
    /*  A new list is decided anew. */
    static const line again[] = { { "2026-03-03", "xu.lan", "legal_returned", "{'reason':'x'}", 0, "handling", NULL },
                                  { "2026-03-03", "guo.qiang", "itemised", "{'items':'x','count':1}", 0, "handling", NULL } };
    for (size_t i = 0; i < ROWS(again); i++)
        work_line(&w, "again", i, &again[i]);
    assert_int_equal(w.file->item_count, 1);
    assert_string_equal(w.file->items[0].outcome, "");
    work_clear(&w);
}

/*  A list from disk is as long as the file holds, and an item beyond it is no item. */
static void items_from_disk_are_bounded(void **state)
{
    (void) state;
    static const struct { int count, item, kept; bool taken; } rows[] = {
        { 3, 3, 3, true }, { 3, 4, 3, false }, { 3, 0, 3, false }, { 3, -1, 3, false }, { 1000, 20, 20, true }, { 1000, 21, 20, false }, { -1, 1, 0, false },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_auto(gk_case) file = gk_case_new(GK_HANDLING);
        gk_json_auto *list = json_pack("{s:i}", "count", rows[i].count), *decision = json_pack("{s:i, s:s}", "item", rows[i].item, "outcome", "G1");
        gk_event events[2] = {
            { .case_id = 1, .seq = 1, .type = GK_ITEMISED, .data = list, .state = GK_HANDLING },
            { .case_id = 1, .seq = 2, .type = GK_ITEM_DECIDED, .data = decision, .data_text = (char []) { "{}" }, .state = GK_HANDLING },
        };
        for (int k = 0; k < 2; k++)
            assert_int_equal(gk_case_fold(file, &events[k], NULL), GK_OK);
        int taken = 0;
        for (int k = 0; k < GK_CASE_ITEMS; k++)
            taken += *file->items[k].outcome != 0;
        assert_int_equal(file->item_count, rows[i].kept);
        assert_int_equal(taken, rows[i].taken);
    }
}

/*  ---- a damaged ledger ------------------------------------------------------------------------ */

/*  Numbers that stand in the ledger come from disk: out of bounds they are no numbers, and the
 *  case that has them goes no further. */
static void numbers_from_disk_are_bounded(void **state)
{
    (void) state;
    static const char *const wrong[] = { "{}", "{'ordinal':0}", "{'ordinal':-5}", "{'ordinal':'1'}", "{'ordinal':1000002}",
                                         "{'ordinal':9223372036854775807}" };
    for (size_t i = 0; i < ROWS(wrong); i++) {
        work w;
        work_setup(&w);
        static const line begin[] = { RECEIVED, REGISTERED };
        for (size_t k = 0; k < ROWS(begin); k++)
            work_line(&w, "begin", k, &begin[k]);
        gk_json_auto *data = work_data(wrong[i], GK_REGISTERED);
        gk_event event = { .case_id = 1, .seq = 3, .on = law_date("2026-03-02"), .type = GK_REGISTERED, .data = data,
                           .data_text = (char []) { "{}" }, .state = GK_TRIAGE, .due_on = GK_NO_DATE };
        assert_int_equal(gk_case_fold(w.file, &event, &w.why), GK_OK);
        line triaged = TRIAGED;
        triaged.err = GK_EDAMAGED, triaged.state = "triage", triaged.due = NULL;
        work_line(&w, wrong[i], i, &triaged);
        work_clear(&w);
    }
    work w;
    work_setup(&w);
    gk_json_auto *data = json_pack("{s:I, s:I}", "amount_yuan", (json_int_t) INT64_MAX, "fee_yuan", (json_int_t) INT64_MAX);
    for (int seq = 1; seq <= 4; seq++) {
        gk_event event = { .case_id = 1, .seq = seq, .type = seq % 2 ? GK_FEE_NOTICE_SENT : GK_FEE_PAID, .data = data,
                           .on = GK_NO_DATE, .due_on = GK_NO_DATE, .state = GK_PAYMENT };
        assert_int_equal(gk_case_fold(w.file, &event, &w.why), GK_OK);
    }
    assert_int_equal(w.file->fee_yuan, 0);
    assert_int_equal(w.file->paid_yuan, 0);
    gk_event late = { .case_id = 1, .seq = 6, .data = data }, other = { .case_id = 2, .seq = 5, .data = data };
    assert_int_equal(gk_case_fold(w.file, &late, &w.why), GK_EDAMAGED);         /* the fifth is missing */
    assert_int_equal(gk_case_fold(w.file, &other, &w.why), GK_EDAMAGED);
    assert_int_equal(w.file->seq, 4);
    work_clear(&w);
}

/*  ---- any walk ----------------------------------------------------------------------------------- */

/*  Events that may move the due date; no other ever does on the day it happens. */
static bool may_move(gk_event_type type)
{
    switch (type) {
    case GK_RECEIVED: case GK_REGISTERED: case GK_RECEIPT_CONFIRMED: case GK_CORRECTION_REQUESTED: case GK_CORRECTION_RECEIVED:
    case GK_CONSULTATION_STARTED: case GK_CONSULTATION_SERVED: case GK_CONSULTATION_ENDED: case GK_CONSULTATION_EXPIRED: case GK_SECRECY_REFERRED:
    case GK_EXTENDED: case GK_DELAYED: case GK_FEE_NOTICE_SENT: case GK_FEE_APPROVED: case GK_LATENESS_EXCUSED: case GK_FEE_PAID: case GK_LAPSE_CONFIRMED: case GK_WITHDREW: case GK_DISPATCHED: case GK_HANDED_OVER: case GK_POSTING_FAILED: case GK_SPLIT_OFF: case GK_PASSED_ON:
    case GK_DUE_RECOMPUTED:
    case GK_REDO_ORDERED:
        return true;
    default:
        return false;
    }
}

static const char *const any_actor[] = {
    "applicant", "clock", "worker:intake", "worker:review", "worker:confidentiality", "worker:reply", "worker:reminder",
    "chen.jing", "zhao.min", "guo.qiang", "han.xue", "xu.lan", "he.ping", "zhou.wei", "ma.li", "liu.yang",
};

/*  Fields that are good enough for every event. */
static const char any_data[] =
    "{'office':'GZ','channel':'portal','submitted_on':'2026-03-02','received_on':'2026-03-02','complete':true,'unit':'QGC','outcome':'G1',"
    "'public_where':'x','standard':'pages','count':100,'amount_yuan':700,'days':3,'consultation':'c5','applicant_told':true,"
    "'kind':'third_party','verdicts':[],'pages':2,'letter':'reply','digest':'abcd','check_code':'0badcafe','method':'in_person','proof':'x','fault':'applicant',"
    "'checked':true,'verdict':'public','body':'x','number':'x','ruling':'x','result':'corrected','cause':'suggestion',"
    "'publish':'yes','no_applicant_data':true,'url':'x','receipt':'x'}";

/*  What is good enough for most events is not for those about items. */
static void suit_items(const gk_case *file, gk_event_type event, uint64_t *seed, json_t *data)
{
    if (event == GK_ITEMISED)
        json_object_set_new(data, "count", json_integer(1 + (json_int_t) law_random(seed, 2)));
    if (event == GK_ITEM_DECIDED)
        json_object_set_new(data, "item", json_integer(1 + (json_int_t) law_random(seed, 2)));
    if (file->item_count && event == GK_PROPOSED)
        json_object_clear(data);
}

static void walk(work *w, uint64_t *seed, gk_event *stored, int *count)
{
    gk_date day = law_date("2026-03-02");
    for (int i = 0; i < 200 && *count < 120; i++) {
        size_t steps;
        const gk_step *step = &gk_flow_table(&steps)[0];
        step += law_random(seed, (unsigned) steps);
        if (law_random(seed, 4) == 0)
            day = gk_date_plus(day, (int32_t) law_random(seed, 4));
        if (!gk_step_from(step, w->file->state))
            continue;
        gk_json_auto *data = work_data(any_data, step->event);
        suit_items(w->file, step->event, seed, data);
        char text[GK_DATE_TEXT];
        gk_date_format(day, text);
        static const char *const dates[] = { "confirmed_on", "value_date", "served_on", "returned_on", "answered_on", "concluded_on",
                                             "base_on", "handed_on", "suggested_on",
                                             "published_on" };
        for (size_t k = 0; k < ROWS(dates); k++)
            json_object_set_new(data, dates[k], json_string(text));
        if (step->event == GK_PROCEEDING_OPENED) {
            json_object_set_new(data, "kind", json_string("lawsuit"));
            json_object_set_new(data, "received_on", json_string(text));
            json_object_del(data, "consultation");      /* the applicant's own */
        } else if (w->file->proceeding_count) {
            json_object_set_new(data, "proceeding", json_string(w->file->proceedings[w->file->proceeding_count - 1].id));
        }
        gk_actor actor = work_actor(w, any_actor[law_random(seed, ROWS(any_actor))], day);
        gk_act act = { .event = step->event, .actor = &actor, .at = gk_date_at(day, 10), .on = GK_NO_DATE, .data = data,
                       .numbers = { 1, 1, 1 } };
        gk_date before = gk_case_read(w->file, &w->law, day).due_on;
        gk_change change;
        if (gk_case_apply(w->file, &act, &w->law, &change, &w->why))
            continue;
        if (!may_move(step->event) && change.event.due_on.day != before.day)
            fail_msg("%s moved the due date", gk_flow_event(step->event)->name);
        change.event.case_id = 1;
        change.event.hash = gk_event_hash(&change.event, &w->file->head);
        assert_int_equal(gk_case_fold(w->file, &change.event, &w->why), GK_OK);
        stored[(*count)++] = change.event;      /* owns its data now */
    }
}

/*  Folding the ledger from its beginning gives the file that folding forward gave, and any changed
 *  byte breaks the chain. */
static void a_fold_from_the_start_is_the_same(void **state)
{
    (void) state;
    uint64_t seed = 0x243f6a8885a308d3u;
    int events = 0, proceedings = 0, itemised = 0;
    for (int round = 0; round < 200; round++) {
        work w;
        work_setup(&w);
        gk_event stored[160];
        int count = 0;
        static const line begin[] = { BEGUN, { "2026-03-02", "guo.qiang", "itemised", "{'items':'x','count':1}", 0, NULL, NULL },
            { "2026-03-02", "guo.qiang", "item_decided", "{'item':1,'outcome':'G1','public_where':'x'}", 0, NULL, NULL } };
        for (size_t i = 0; i < ROWS(begin) - 2 * (size_t) (round % 2); i++) {   /* every other one with an item */
            work_line(&w, "begin", i, &begin[i]);
            stored[count++] = w.change.event;
            w.change.event.data = NULL, w.change.event.data_text = NULL;
        }
        walk(&w, &seed, stored, &count);
        gk_auto(gk_case) again = gk_case_new(GK_INTAKE);
        gk_hash head = { { 0 } };
        for (int i = 0; i < count; i++) {
            gk_hash hash = gk_event_hash(&stored[i], &head);
            assert_memory_equal(hash.bytes, stored[i].hash.bytes, GK_HASH_BYTES);
            head = hash;
            assert_int_equal(gk_case_fold(again, &stored[i], &w.why), GK_OK);
        }
        assert_int_equal(again->seq, w.file->seq);
        assert_int_equal(again->state, w.file->state);
        assert_int_equal(again->due_on.day, w.file->due_on.day);
        assert_int_equal(again->clock_count, w.file->clock_count);
        assert_int_equal(again->flags, w.file->flags);
        assert_int_equal(again->proceeding_count, w.file->proceeding_count);
        for (int i = 0; i < again->proceeding_count; i++) {
            const gk_proceeding *one = &again->proceedings[i], *two = &w.file->proceedings[i];
            assert_string_equal(one->id, two->id);
            assert_string_equal(one->result, two->result);
            assert_int_equal(one->answer_due.day, two->answer_due.day);
            assert_int_equal(one->concluded_on.day, two->concluded_on.day);
        }
        assert_string_equal(again->first_outcome, w.file->first_outcome);
        proceedings += again->proceeding_count;
        assert_int_equal(again->paper_count, w.file->paper_count);
        assert_int_equal(again->ended_on.day, w.file->ended_on.day);
        assert_int_equal(again->archived_seq, w.file->archived_seq);
        assert_int_equal(again->publication.stage, w.file->publication.stage);
        assert_int_equal(again->publication.due_on.day, w.file->publication.due_on.day);
        assert_memory_equal(again->manifest.bytes, w.file->manifest.bytes, GK_HASH_BYTES);
        assert_int_equal(again->item_count, w.file->item_count);
        assert_memory_equal(again->items, w.file->items, sizeof again->items);
        assert_memory_equal(again->documents, w.file->documents, sizeof again->documents);
        assert_int_equal(again->subtask_count, w.file->subtask_count);
        assert_memory_equal(again->subtasks, w.file->subtasks, sizeof again->subtasks);
        itemised += w.file->item_count && *w.file->items[0].outcome;
        assert_memory_equal(again->head.bytes, w.file->head.bytes, GK_HASH_BYTES);
        stored[count - 1].data_text[0] ^= 1;
        gk_hash broken = gk_event_hash(&stored[count - 1], count > 1 ? &stored[count - 2].hash : &(gk_hash) { { 0 } });
        assert_memory_not_equal(broken.bytes, stored[count - 1].hash.bytes, GK_HASH_BYTES);
        for (int i = 0; i < count; i++)
            gk_event_clear(&stored[i]);
        events += count;
        work_clear(&w);
    }
    if (events <= 1000 || itemised <= 5 || proceedings <= 10)
        fail_msg("%d events, %d cases with a decided item, %d proceedings", events, itemised, proceedings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stories_are_told),
        cmocka_unit_test(every_step_has_a_story),
        cmocka_unit_test(who_drafted_decides_nothing),
        cmocka_unit_test(who_reviewed_does_not_approve),
        cmocka_unit_test(a_deputy_acts_in_the_other_s_place),
        cmocka_unit_test(four_eyes_are_of_real_people),
        cmocka_unit_test(a_change_after_the_review_stops_the_approval),
        cmocka_unit_test(a_case_done_again_has_a_due_date_of_its_own),
        cmocka_unit_test(jobs_follow),
        cmocka_unit_test(reminders_come_on_the_days_of_the_ladder),
        cmocka_unit_test(merged_replies_are_worked_to_the_earliest_day),
        cmocka_unit_test(another_agency_has_days_of_a_setting),
        cmocka_unit_test(lapses_wait_for_the_post),
        cmocka_unit_test(who_is_not_reachable_is_not_written_to),
        cmocka_unit_test(a_timer_goes_with_its_reason),
        cmocka_unit_test(a_written_answer_has_a_term_of_its_own),
        cmocka_unit_test(an_answer_ends_its_reminders_and_not_the_hold),
        cmocka_unit_test(a_redo_keeps_what_was),
        cmocka_unit_test(a_void_letter_is_nobodys),
        cmocka_unit_test(a_late_confirmation_shows),
        cmocka_unit_test(a_redo_searches_anew),
        cmocka_unit_test(what_differs_may_be_decided_again),
        cmocka_unit_test(the_first_decision_stays_the_first),
        cmocka_unit_test(a_failed_posting_gives_nothing),
        cmocka_unit_test(a_proceeding_that_is_over_is_answered_no_more),
        cmocka_unit_test(proceedings_are_counted),
        cmocka_unit_test(a_publication_has_two_terms),
        cmocka_unit_test(a_publication_is_reviewed_by_another_and_unchanged),
        cmocka_unit_test(a_closed_case_waits_for_the_archive),
        cmocka_unit_test(a_redo_takes_the_case_back_from_the_archive),
        cmocka_unit_test(a_lapse_that_was_deferred_comes_later),
        cmocka_unit_test(no_timer_is_lost),
        cmocka_unit_test(a_referral_is_looked_after),
        cmocka_unit_test(the_file_remembers),
        cmocka_unit_test(a_held_case_is_for_its_holder),
        cmocka_unit_test(electronic_service_is_a_choice),
        cmocka_unit_test(a_date_past_the_last_notice_is_provisional),
        cmocka_unit_test(a_records_correction_stands_beside_the_rest),
        cmocka_unit_test(only_admitted_files_are_signed_for),
        cmocka_unit_test(only_what_is_granted_is_given),
        cmocka_unit_test(fields_are_checked_against_their_table),
        cmocka_unit_test(texts_have_a_length),
        cmocka_unit_test(an_action_means_one_event),
        cmocka_unit_test(money_decides_the_event),
        cmocka_unit_test(a_proposal_of_items_names_their_decisions),
        cmocka_unit_test(items_from_disk_are_bounded),
        cmocka_unit_test(a_sub_task_has_a_due_date_of_its_own),
        cmocka_unit_test(a_sub_task_is_reminded_of),
        cmocka_unit_test(sub_tasks_are_bounded_and_bring_documents),
        cmocka_unit_test(a_unit_is_offered_its_sub_task_only),
        cmocka_unit_test(verdicts_let_a_reply_go_or_not),
        cmocka_unit_test(only_what_was_signed_for_is_released),
        cmocka_unit_test(a_verdict_names_what_was_reviewed),
        cmocka_unit_test(a_signature_is_on_one_proposal),
        cmocka_unit_test(who_did_not_agree_is_weighed),
        cmocka_unit_test(objections_go_by_the_items),
        cmocka_unit_test(who_reviewed_a_part_does_not_approve),
        cmocka_unit_test(numbers_from_disk_are_bounded),
        cmocka_unit_test(a_fold_from_the_start_is_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
