/* links: gk_core */
/*  test_pitfalls - how agencies lose in court, and the refusal or the warning that stands in the way: one
 *  test for each mistake, in the order of how often it is made. */
#include "casework.h"

#define DECIDED(day, data) { day, "guo.qiang", "proposed", data, 0, "scanning", NULL }, \
      { day, "worker:confidentiality", "scanned", "{'verdicts':[]}", 0, "secrecy", NULL }, \
      { day, "he.ping", "secrecy_cleared", "{'verdict':'public','opinion':'x'}", 0, "approval", NULL }, \
      { day, "zhou.wei", "approved", NULL, 0, "printing", NULL }, \
      { day, "worker:reply", "letter_rendered", "{'letter':'reply','digest':'ab','pages':2,'check_code':'0badcafe'}", 0, "sealing", NULL }, \
      { day, "chen.jing", "sealed", "{'pages':2,'check_code':'0badcafe','seal':'x'}", 0, "dispatch", NULL }

/*  Tell a story; the last line's refusal has to say this. */
static void tell(const char *name, const line *lines, size_t count, const char *said, work *kept)
{
    work w;
    work_setup(&w);
    for (size_t i = 0; i < count; i++)
        work_line(&w, name, i, &lines[i]);
    if (said && !strstr(w.why.text, said))
        fail_msg("%s: \"%s\" does not say \"%s\"", name, w.why.text, said);
    if (kept)
        *kept = w;
    else
        work_clear(&w);
}

#define TELL(said, ...) do { \
        static const line lines_[] = { BEGUN, __VA_ARGS__ }; \
        tell(__func__, lines_, ROWS(lines_), said, NULL); \
    } while (0)

/*  For a look at the file afterwards; the caller clears it. */
#define TOLD(w, ...) do { \
        static const line lines_[] = { BEGUN, __VA_ARGS__ }; \
        tell(__func__, lines_, ROWS(lines_), NULL, w); \
    } while (0)

static bool has_job(const gk_change *change, const char *task)
{
    for (int i = 0; i < change->job_count; i++)
        if (strcmp(change->jobs[i].task, task) == 0)
            return true;
    return false;
}

static bool has_timer(const gk_change *change, const char *name)
{
    for (int i = 0; i < change->timer_count; i++)
        if (strcmp(change->timers[i].name, name) == 0)
            return true;
    return false;
}

static void pitfall_01_no_reply_or_after_the_term(void **state)
{
    (void) state;
    TELL("not possible", { "2026-03-03", "chen.jing", "served", "{'served_on':'2026-03-03','proof':'x'}", GK_ESTATE, "handling", NULL });
    work w;
    TOLD(&w, DECIDED("2026-03-30", "{'outcome':'U2','reason':'x'}"),
         { "2026-03-31", "chen.jing", "dispatched", "{'method':'post','carrier':'EMS','tracking':'1'}", 0, "delivery", NULL },
         { "2026-04-02", "chen.jing", "served", "{'served_on':'2026-04-02','proof':'x'}", 0, "closed", NULL });
    assert_true(w.file->flags & GK_FLAG_LATE_REPLY);            /* for ever */
    assert_int_equal(gk_case_remind(w.rules, 5), 1);
    assert_int_equal(gk_case_remind(w.rules, 0), 7);            /* escalated before it expires */
    work_clear(&w);
}

static void pitfall_02_signed_for_and_never_routed(void **state)
{
    (void) state;
    static const line lines[] = {
        { "2026-03-05", "liu.yang", "received", "{'office':'GZ','form':{'name':'x'},'receipt':{'name':'x'},'channel':'post_signed',"
          "'arrived_on':'2026-03-02','signed_on':'2026-03-02'}", 0, "intake", "2026-03-30" },
        { "2026-03-05", "worker:intake", "registered", "{'complete':true,'received_on':'2026-03-05'}", GK_EBADVALUE, "intake", NULL },    /* Art. 31 */
        { "2026-03-05", "worker:intake", "registered", "{'complete':true,'received_on':'2026-03-02'}", 0, "triage", "2026-03-30" },
    };
    work w;
    tell("signed for", lines, ROWS(lines), NULL, &w);
    assert_true(w.file->flags & GK_FLAG_LATE_REGISTRATION);
    assert_true(has_job(&w.change, "alarm registered_late"));
    work_clear(&w);
    static const line came[] = { RECEIVED };
    tell("on the portal", came, ROWS(came), NULL, &w);          /* received by that: nobody looks whether it was confirmed */
    assert_true(gk_date_is_none(w.file->check_on));
    work_clear(&w);
    TOLD(&w, { "2026-03-03", "guo.qiang", "noted", "{'text':'x'}", 0, "handling", NULL });      /* on the day: nobody is alarmed */
    assert_false(w.file->flags & GK_FLAG_LATE_REGISTRATION);
    work_clear(&w);
}

static void pitfall_03_stuck_between_systems(void **state)
{
    (void) state;
    work w;
    TOLD(&w, { "2026-03-03", "clock", "job_died", "{'lane':'case'}", 0, "handling", "2026-03-30" });   /* the days count from submission */
    assert_true(has_job(&w.change, "alarm dead_letter"));
    work_clear(&w);
}

static void pitfall_04_time_taken_without_telling(void **state)
{
    (void) state;
    TELL("within the term", { "2026-03-31", "zhao.min", "extended", "{'days':5,'reason':'x'}", GK_ENEED, "handling", "2026-03-30" });
    TELL("once is allowed", { "2026-03-30", "zhao.min", "extended", "{'days':5,'reason':'x'}", 0, "handling", "2026-04-07" },
         { "2026-03-31", "zhao.min", "extended", "{'days':5,'reason':'x'}", GK_ENEED, "handling", "2026-04-07" });
    TELL("takes one of head", { "2026-03-30", "chen.jing", "extended", "{'days':5,'reason':'x'}", GK_EDENIED, "handling", "2026-03-30" });
    gk_why why;
    gk_json_auto *unexplained = json_pack("{s:i}", "days", 5);
    assert_int_equal(gk_act_check_fields(GK_EXTENDED, unexplained, &why), GK_EMISSING);
    assert_non_null(strstr(why.text, "reason"));
    work w;
    TOLD(&w, { "2026-03-30", "zhao.min", "extended", "{'days':5,'reason':'x'}", 0, "handling", "2026-04-07" });
    assert_true(has_job(&w.change, "letter extension_notice") && has_job(&w.change, "notify extension"));     /* he is told by the same act */
    work_clear(&w);
    TELL(NULL, { "2026-03-04", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'},'information':'x',"
                 "'applicant_told':false}", 0, "handling", NULL },
         { "2026-03-11", "guo.qiang", "consultation_ended", "{'consultation':'c4','answer':'agree','opinion':'x'}", 0, "handling", "2026-03-30" });
    /*  Clicked, and posted when the term was over. */
    TOLD(&w, { "2026-03-30", "zhao.min", "extended", "{'days':5,'reason':'x'}", 0, "handling", "2026-04-07" },
         { "2026-03-31", "liu.yang", "notice_dispatched", "{'letter':'extension_notice','method':'post','carrier':'EMS','tracking':'1','posted_on':'2026-03-31'}", 0, "handling", "2026-03-30" });
    assert_true(w.file->flags & GK_FLAG_TOLD_LATE);
    work_clear(&w);
}

#define ASKED_PARTY(answered) { "2026-03-03", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'}," \
      "'information':'x','applicant_told':true}", 0, "handling", NULL }, \
      { "2026-03-04", "guo.qiang", "consultation_ended", "{'consultation':'c4','answer':'" answered "','opinion':'x'}", 0, "handling", NULL }

static void pitfall_05_the_objection_alone(void **state)
{
    (void) state;
    TELL("own_assessment", ASKED_PARTY("disagree"),
         { "2026-03-04", "guo.qiang", "refusal_proposed", "{'outcome':'D4','reason':'x','third_party_answer':'x','severability':'x'}", GK_ENEED, "handling", NULL });
    TELL("own_assessment", { "2026-03-03", "guo.qiang", "consultation_started", "{'kind':'third_party','third_party':{'name':'x'},"
         "'information':'x','applicant_told':true}", 0, "handling", NULL },
         { "2026-03-24", "clock", "consultation_expired", "{'consultation':'c4'}", 0, "handling", NULL },      /* silence is no ground */
         { "2026-03-24", "guo.qiang", "refusal_proposed", "{'outcome':'D4','reason':'x','third_party_answer':'x','severability':'x'}", GK_ENEED, "handling", NULL });
    TELL("consultation of the third party", { "2026-03-04", "guo.qiang", "refusal_proposed",
         "{'outcome':'D4','reason':'x','own_assessment':'x','third_party_answer':'x','severability':'x'}", GK_ENEED, "handling", NULL });
}

static void pitfall_06_withheld_whole(void **state)
{
    (void) state;
    TELL("severability", { "2026-03-03", "guo.qiang", "refusal_proposed", "{'outcome':'D7','reason':'x'}", GK_ENEED, "handling", NULL });
    TELL("refused_part", { "2026-03-03", "guo.qiang", "documents_attached", "{'kind':'release','documents':[{'digest':'aa'}]}", 0, "handling", NULL },
         { "2026-03-03", "guo.qiang", "refusal_proposed", "{'outcome':'P','reason':'x','ground':'D7','severability':'x'}", GK_ENEED, "handling", NULL });
    TELL("RELEASE_ATTACHED", { "2026-03-03", "guo.qiang", "refusal_proposed",
         "{'outcome':'P','reason':'x','ground':'D7','refused_part':'x','severability':'x'}", GK_ENEED, "handling", NULL });
}

static void pitfall_07_the_wrong_article(void **state)
{
    (void) state;
    static const struct { const char *code, *article; } rows[] = {
        { "G1", "第三十六条第（一）项" }, { "G2", "第三十六条第（二）项" }, { "P", "第三十七条" }, { "D1", "第十四条" }, { "D2", "第十四条" },
        { "D3", "第十四条" }, { "D4", "第十五条" }, { "D5", "第十六条第一款" }, { "D6", "第十六条第二款" }, { "D7", "第十六条第二款" },
        { "D8", "第三十六条第（七）项" }, { "U1a", "第三十六条第（四）项" }, { "U1b", "第三十六条第（五）项" }, { "U2", "第三十八条" },
        { "U3", "第三十条" }, { "N1", "第三十九条第一款" }, { "N2", "第三十六条第（六）项" }, { "N3", "第三十九条第二款" }, { "N4", "第三十五条" },
        { "N5", "第三十六条" }, { "O1", "第三十条" }, { "O2", "信息处理费管理办法》第六条" }, { "R1", "第四十一条" }, { "R4", "第四十一条" },
    };
    work w;
    work_setup(&w);
    for (size_t i = 0; i < ROWS(rows); i++)
        assert_non_null(strstr(gk_outcomes_find(w.outcomes, rows[i].code)->article, rows[i].article));
    work_clear(&w);
    TELL("ground=D4", { "2026-03-03", "guo.qiang", "documents_attached", "{'kind':'release','documents':[{'digest':'aa'}]}", 0, "handling", NULL },
         { "2026-03-03", "guo.qiang", "refusal_proposed", "{'outcome':'P','reason':'x','ground':'第十四条','refused_part':'x','severability':'x'}", GK_ENEED, "handling", NULL });
}

static void pitfall_08_does_not_exist_unsearched(void **state)
{
    (void) state;
    TELL("SEARCHED", { "2026-03-03", "guo.qiang", "refusal_proposed", "{'outcome':'U1a','reason':'x'}", GK_ENEED, "handling", NULL });
    TELL("SEARCHED", { "2026-03-03", "guo.qiang", "search_recorded", "{'systems':'x','keywords':'x','units':'x','persons':'x','period':'x','result':'partly'}",
                       0, "handling", NULL },
         { "2026-03-03", "guo.qiang", "refusal_proposed", "{'outcome':'U1a','reason':'x'}", GK_ENEED, "handling", NULL });
    static const char *const told[] = { "systems", "keywords", "units", "persons", "period", "result" };
    for (size_t left_out = 0; left_out < ROWS(told); left_out++) {
        gk_why why;
        gk_json_auto *log = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "systems", "x", "keywords", "x", "units", "x", "persons", "x", "period", "x",
                                      "result", "none");
        json_object_del(log, told[left_out]);
        assert_int_equal(gk_act_check_fields(GK_SEARCH_RECORDED, log, &why), GK_EMISSING);
        assert_non_null(strstr(why.text, told[left_out]));
    }
}

static void pitfall_09_unclear_and_answered_straight_away(void **state)
{
    (void) state;
    TELL("request_correction", { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'U3','reason':'x'}", GK_ENEED, "handling", NULL });
}

static void pitfall_10_corrections_refused_or_repeated(void **state)
{
    (void) state;
    TELL("CORRECTION_UNUSED", { "2026-03-12", "guo.qiang", "correction_requested", "{'items':'x'}", GK_ENEED, "handling", NULL });
    TELL("takes one of head", { "2026-03-12", "guo.qiang", "correction_asked_late", "{'items':'x','reason':'x'}", GK_EDENIED, "handling", NULL });
    work w;
    TOLD(&w, { "2026-03-05", "guo.qiang", "correction_requested", "{'items':'x'}", 0, "correction", "" });
    assert_false(has_timer(&w.change, "lapse"));                /* nothing lapses before it is proven served */
    work_clear(&w);
    TELL("LAPSE_CHECKED", { "2026-03-05", "guo.qiang", "correction_requested", "{'items':'x'}", 0, "correction", "" },
         { "2026-03-06", "chen.jing", "notice_served", "{'served_on':'2026-03-06','proof':'x'}", 0, "correction", "" },
         { "2026-04-13", "clock", "lapse_proposed", "{}", 0, "correction_lapse", "" },
         { "2026-04-13", "chen.jing", "lapse_confirmed", "{'reason_offered':'none','checked':false}", GK_ENEED, "correction_lapse", "" });
}

static void pitfall_11_an_item_without_an_answer(void **state)
{
    (void) state;
    TELL("has no outcome yet", { "2026-03-03", "guo.qiang", "itemised", "{'items':'x','count':2}", 0, "handling", NULL },
         { "2026-03-03", "guo.qiang", "item_decided", "{'item':1,'outcome':'G1','public_where':'x'}", 0, "handling", NULL },
         { "2026-03-03", "guo.qiang", "proposed", "{}", GK_ENEED, "handling", NULL });
}

static void pitfall_12_internal_or_process(void **state)
{
    (void) state;
    TELL("procedure_finished", { "2026-03-03", "guo.qiang", "refusal_proposed", "{'outcome':'D6','reason':'x','severability':'x'}", GK_ENEED, "handling", NULL });
}

static void pitfall_13_the_wrong_desk_or_body(void **state)
{
    (void) state;
    TELL(NULL, { "2026-03-04", "chen.jing", "transferred", "{'unit':'FGC','reason':'x'}", 0, "handling", "2026-03-30" });      /* no day more */
    TELL("of office GZ", { "2026-03-04", "bai.lu", "transferred", "{'unit':'FGC','reason':'x'}", GK_EDENIED, "handling", NULL });
    TELL("agency_name", { "2026-03-04", "guo.qiang", "proposed", "{'outcome':'U1b','reason':'x'}", GK_ENEED, "handling", NULL });
}

static void pitfall_14_faults_of_service(void **state)
{
    (void) state;
    TELL("LAWFUL_CARRIER", DECIDED("2026-03-05", "{'outcome':'U2','reason':'x'}"),
         { "2026-03-05", "chen.jing", "dispatched", "{'method':'post','carrier':'顺丰','tracking':'1'}", GK_ENEED, "dispatch", NULL });
    static const char *const postal[] = { "中国邮政", "邮政", "EMS", "中国邮政EMS" };
    for (size_t i = 0; i < ROWS(postal); i++) {
        work posted;
        TOLD(&posted, DECIDED("2026-03-05", "{'outcome':'U2','reason':'x'}"));
        gk_free_auto char *data = gk_format("{'method':'post','carrier':'%s','tracking':'1'}", postal[i]);
        line sent = { "2026-03-05", "chen.jing", "dispatched", data, 0, "delivery", NULL };
        work_line(&posted, postal[i], 0, &sent);
        work_clear(&posted);
    }
    work another;               /* whose names count is a setting */
    TOLD(&another, DECIDED("2026-03-05", "{'outcome':'U2','reason':'x'}"));
    another.rules->postal_carrier_count = 1;
    snprintf(another.rules->postal_carriers[0], GK_RULES_CARRIER, "POST");
    line old = { "2026-03-05", "chen.jing", "dispatched", "{'method':'post','carrier':'EMS','tracking':'1'}", GK_ENEED, "dispatch", NULL };
    line new = { "2026-03-05", "chen.jing", "dispatched", "{'method':'post','carrier':'POST','tracking':'1'}", 0, "delivery", NULL };
    work_line(&another, "another name", 0, &old);
    work_line(&another, "another name", 1, &new);
    work_clear(&another);
    TELL("LETTER_MATCHES", { "2026-03-03", "guo.qiang", "proposed", "{'outcome':'U2','reason':'x'}", 0, "scanning", NULL },
         { "2026-03-03", "worker:confidentiality", "scanned", "{'verdicts':[]}", 0, "secrecy", NULL },
         { "2026-03-03", "he.ping", "secrecy_cleared", "{'verdict':'public','opinion':'x'}", 0, "approval", NULL },
         { "2026-03-03", "zhou.wei", "approved", NULL, 0, "printing", NULL },
         { "2026-03-03", "worker:reply", "letter_rendered", "{'letter':'reply','digest':'ab','pages':2,'check_code':'0badcafe'}", 0, "sealing", NULL },
         { "2026-03-03", "chen.jing", "sealed", "{'pages':2,'check_code':'0badcaff','seal':'x'}", GK_ENEED, "sealing", NULL });
    work w;
    TOLD(&w, DECIDED("2026-03-27", "{'outcome':'U2','reason':'x'}"),
         { "2026-03-27", "chen.jing", "dispatched", "{'method':'post','carrier':'EMS','tracking':'1'}", 0, "delivery", NULL },
         { "2026-04-02", "liu.yang", "posting_failed", "{'returned_on':'2026-04-02','fault':'office','reason':'x'}", 0, "dispatch", "2026-03-30" });
    assert_true(has_job(&w.change, "alarm returned"));          /* open again, with the due date that it had */
    work_clear(&w);
}

static void pitfall_15_an_informal_reply(void **state)
{
    (void) state;
    work w;
    TOLD(&w, DECIDED("2026-03-05", "{'outcome':'U2','reason':'x'}"));
    assert_true(strstr(w.file->letter_number, "〔2026〕") && *w.file->check_code);
    const gk_outcome *outcome;
    for (size_t i = 0; (outcome = gk_outcomes_at(w.outcomes, i)); i++)
        if (strcmp(outcome->code, "O3") != 0 && strcmp(outcome->code, "R5") != 0 && outcome->remedy == GK_REMEDY_NONE)     /* withdrawn */
            fail_msg("%s has no remedies", outcome->code);
    work_clear(&w);
}

static void pitfall_16_a_request_within_a_complaint(void **state)
{
    (void) state;
    static const line lines[] = { RECEIVED,
        { "2026-03-02", "worker:intake", "registered", "{'complete':true,'disguise':{},'received_on':'2026-03-02'}", 0, "triage", "2026-03-30" }, TRIAGED };
    work w;
    tell("a complaint", lines, ROWS(lines), NULL, &w);
    assert_true(w.file->flags & GK_FLAG_DISGUISE);              /* seen by a person, decided by nobody else */
    work_clear(&w);
    TELL("other_channel", { "2026-03-04", "guo.qiang", "proposed", "{'outcome':'N1','reason':'x'}", GK_ENEED, "handling", NULL });
}

static void pitfall_17_a_large_fee(void **state)
{
    (void) state;
    TELL("second approval", { "2026-03-05", "zhao.min", "fee_notice_sent", "{'standard':'pages','count':1500,'reason':'x'}", GK_ENEED, "handling", NULL });
    TELL("CHARGED_BY_ANOTHER", { "2026-03-05", "zhou.wei", "fee_approved", NULL, GK_ENEED, "handling", NULL });
}

static void pitfall_18_made_from_a_classified_document(void **state)
{
    (void) state;
    TELL("class-A mark", { "2026-03-03", "guo.qiang", "documents_attached", "{'kind':'evidence','documents':[{'digest':'aa'}]}", 0, "handling", NULL },
         { "2026-03-03", "worker:confidentiality", "documents_admitted", "{'verdicts':[{'digest':'aa','verdict':'class_a'}]}", 0, "handling", NULL },
         { "2026-03-03", "guo.qiang", "documents_attached", "{'kind':'release','derived_from':'bb','documents':[{'digest':'cc'}]}", GK_EBADVALUE, "handling", NULL },
         { "2026-03-03", "guo.qiang", "documents_attached", "{'kind':'evidence','derived_from':'aa','documents':[{'digest':'cc'}]}", 0, "handling", NULL },
         { "2026-03-03", "guo.qiang", "documents_attached", "{'kind':'release','derived_from':'aa','documents':[{'digest':'dd'}]}", GK_ENEED, "handling", NULL });
}

static void pitfall_19_a_repeat_is_answered_too(void **state)
{
    (void) state;
    TELL("previous_case", { "2026-03-04", "guo.qiang", "proposed", "{'outcome':'N2'}", GK_ENEED, "handling", "2026-03-30" });   /* its days run */
    static const line another[] = { CORRECTION_BEGUN,
        { "2026-03-04", "guo.qiang", "proposed", "{'outcome':'N2','previous_case':'GZ-2026-000001'}", GK_ENEED, "handling", "2026-03-30" } };
    tell("a records correction is no repeat", another, ROWS(another), "OUTCOME_FITS", NULL);
}

static void pitfall_20_another_rule_for_this_one(void **state)
{
    (void) state;
    work w;
    work_setup(&w);
    const gk_outcome *outcome;
    for (size_t i = 0; (outcome = gk_outcomes_at(w.outcomes, i)); i++)
        if (!outcome->machine && !strstr(outcome->article, "《中华人民共和国政府信息公开条例》"))
            fail_msg("%s rests on another rule: %s", outcome->code, outcome->article);
    work_clear(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pitfall_01_no_reply_or_after_the_term),
        cmocka_unit_test(pitfall_02_signed_for_and_never_routed),
        cmocka_unit_test(pitfall_03_stuck_between_systems),
        cmocka_unit_test(pitfall_04_time_taken_without_telling),
        cmocka_unit_test(pitfall_05_the_objection_alone),
        cmocka_unit_test(pitfall_06_withheld_whole),
        cmocka_unit_test(pitfall_07_the_wrong_article),
        cmocka_unit_test(pitfall_08_does_not_exist_unsearched),
        cmocka_unit_test(pitfall_09_unclear_and_answered_straight_away),
        cmocka_unit_test(pitfall_10_corrections_refused_or_repeated),
        cmocka_unit_test(pitfall_11_an_item_without_an_answer),
        cmocka_unit_test(pitfall_12_internal_or_process),
        cmocka_unit_test(pitfall_13_the_wrong_desk_or_body),
        cmocka_unit_test(pitfall_14_faults_of_service),
        cmocka_unit_test(pitfall_15_an_informal_reply),
        cmocka_unit_test(pitfall_16_a_request_within_a_complaint),
        cmocka_unit_test(pitfall_17_a_large_fee),
        cmocka_unit_test(pitfall_18_made_from_a_classified_document),
        cmocka_unit_test(pitfall_19_a_repeat_is_answered_too),
        cmocka_unit_test(pitfall_20_another_rule_for_this_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
