/* links: gongkai_reply_parts */
/*  test_letter - every letter: what its words must and must never say, and that it becomes a PDF.
 *
 *  With GK_LETTERS=DIR the PDFs are left there, for eyes and for tests/integration/letters.sh. */
#include "unit/letters.h"

#include <fcntl.h>

/*  Letter and outcome, and a text that must stand in it. */
static const struct { const char *letter, *outcome, *must; } letters[] = {
    { "registration", NULL, "答复期限届满之日：2026年3月12日" },
    { "correction_notice", NULL, "请自收到本告知书之日起15个工作日内" },
    { "extension_notice", NULL, "延长答复期限20个工作日，至2026年3月12日" },
    { "fee_notice", NULL, "4700元（大写：人民币肆仟柒佰元整）" },
    { "consultation_letter", NULL, "自收到本征求意见书之日起15个工作日内" },
    { "consultation_notice", NULL, "第三十三条第三款" },
    { "late_correction_notice", NULL, "本函不影响答复期限" },
    { "reasons_notice", NULL, "自收到本告知书之日起15个工作日内书面说明理由" },
    { "passing_notice", NULL, "改由中华人民共和国南关海关（联系电话：020-00000300）登记办理" },
    { "split_notice", NULL, "1. 一月的统计（登记编号：GZ-2026-000012）" },
    { "delay_notice", NULL, "确定延迟答复的期限为2026年6月30日（含当日）" },
    { "override_notice", "G2", "决定公开的政府信息内容" },
    { "withdrawal_notice", "O3", "撤回上述申请" },
    { "reply", "G1", "已经主动公开" },
    { "reply", "G2", "决定予以公开" },
    { "reply", "P", "不予公开的内容：第3页至第5页" },
    { "reply", "D1", "国家秘密" },
    { "reply", "D2", "禁止公开" },
    { "reply", "D3", "社会稳定" },
    { "reply", "D4", "第三十二条" },
    { "reply", "D5", "内部事务信息" },
    { "reply", "D6", "过程性信息" },
    { "reply", "D7", "行政执法案卷信息" },
    { "reply", "D8", "全国海关12360热线" },
    { "reply", "U1a", "检索的系统、载体：公文系统、统计系统" },
    { "reply", "U1b", "示例市市场监督管理局" },
    { "reply", "U2", "加工、分析" },
    { "reply", "U3", "补正后申请内容仍不明确" },
    { "reply", "N1", "信访、投诉、举报" },
    { "reply", "N2", "GZ-2025-000099" },
    { "reply", "N3", "公开出版物" },
    { "reply", "N4", "申请理由不合理" },
    { "reply", "N5", "重新出具" },
    { "reply", "O1", "该告知书于2026年2月11日送达，补正期限至2026年3月11日届满" },
    { "reply", "O2", "逾期未缴纳信息处理费" },
    { "evidence_notice", NULL, "逾期未提交的，本机关根据现有材料审核" },
    { "withdrawal_notice", "R5", "政府信息更正申请撤回告知书" },
    { "reply", "R1", "本机关已于2026年2月20日对上述记录予以更正" },
    { "reply", "R2", "本机关决定对上述记录不予更正" },
    { "reply", "R3", "本机关已于2026年2月24日将您的申请和证据材料转送有权更正的行政机关处理" },
    { "reply", "R4", "请您向有权更正的行政机关提出" },
    { "forwarding_letter", NULL, "收到陈春华提交的政府信息更正申请" },
    { "assist_letter", NULL, "请于2026年3月12日前（含当日）答复" },
    { "registration_form", NULL, "10|2026年3月12日前（含当日）答复\n" },
    { "registration_form", "R1", "10|2026年3月12日前（含当日）办理完毕（服务标准，非法定期限）\n" },
    { "review_form", NULL, "9|法制审核\n10|同意。\n10|依据充分，区分处理得当。\n10|许兰　2026年2月26日\n" },
    { "review_form", "R1", "10|审核属实，已更正（R1）\n" },
    { "delivery_receipt", "D4", "10|政府信息公开申请答复书，示关公复〔2026〕12号\n" },
    { "delivery_receipt", "O1", "10|政府信息公开申请不再处理告知书，示关公复〔2026〕12号\n" },
};

static char *words(const json_t *job)
{
    gk_err err;
    gk_why why = { "" };
    char *text = letters_words(job, &err, &why);
    if (err)
        fail_msg("%s: %s", gk_json_path(job, "facts.letter"), why.text);
    return text;
}

static void has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("%s is missing in\n%s", part, text);
}

static void has_not(const char *text, const char *part)
{
    if (strstr(text, part))
        fail_msg("%s stands in\n%s", part, text);
}

static void kinds_are_all_in_a_test(void **state)
{
    (void) state;
    const gk_letter_info *kind;
    for (size_t i = 0; (kind = gk_letter_at(i)); i++) {
        bool listed = false;
        for (size_t k = 0; k < ROWS(letters); k++)
            listed = listed || strcmp(letters[k].letter, kind->name) == 0;
        if (!listed)
            fail_msg("letter %s is in no test", kind->name);
    }
}

static void outcomes_all_have_a_letter(void **state)
{
    (void) state;
    gk_auto(gk_outcomes) outcomes = letters_outcomes();
    const gk_templates *templates = letters_templates();
    const gk_outcome *at;
    for (size_t i = 0; (at = gk_outcomes_at(outcomes, i)); i++) {
        bool listed = false;
        assert_true(gk_templates_has(templates, at->template));
        for (size_t k = 0; k < ROWS(letters); k++)
            listed = listed || (letters[k].outcome && strcmp(letters[k].outcome, at->code) == 0);
        if (!listed)
            fail_msg("outcome %s is in no test", at->code);
    }
}

static void words_are_whole(void **state)
{
    (void) state;
    for (size_t i = 0; i < ROWS(letters); i++) {
        gk_json_auto *job = letters_job(letters[i].letter, letters[i].outcome);
        gk_free_auto char *text = words(job);
        has(text, letters[i].must);
        const gk_letter_info *kind = gk_letter_find(letters[i].letter);
        if (kind->form) {
            has(text, "1|中华人民共和国示例海关\n1|");
            has(text, "\n9|登记编号\n10|GZ-");
            has_not(text, "7|");
        } else {
            gk_free_auto char *to = gk_format("2|%s：\n", gk_json_path(job, "facts.to.name"));
            has(text, "1|政府信息");                                /* a title */
            has(text, to);
            has(text, "7|中华人民共和国示例海关\n8|2026年3月2日\n");   /* signature and date, together */
        }
        static const char *const never[] = { "{{", "}}", "null", "，，", "。。", "，。", "内部评估勿外传", "秘密级", "10年" };
        for (size_t k = 0; k < ROWS(never); k++)
            has_not(text, never[k]);
        if (!kind->whole_file)
            has_not(text, "查档员某某");        /* who searched stands in the file only */
        if (!kind->form)
            has_not(text, "@");
    }
}

/*  Every letter, with all that the sample knows: who applied and in which words is told to nobody but the applicant, who
 *  was asked to nobody else.  Two exceptions, each with its reason. */
static void nobody_learns_of_another(void **state)
{
    (void) state;
    static const char *const applicant[] = { "陈春华", "13800000000", "chen@example.cn", "东风路", "需要按月", "2025年进出口商品检验抽查结果统计表（文号",
                                             "示关检", "2026年2月5日", "通信地址" };
    static const char *const asked[] = { "某贸易公司", "港区一号", "建设路8号" };
    int whole = 0, naming = 0;
    for (size_t i = 0; i < ROWS(letters); i++) {
        const gk_letter_info *kind = gk_letter_find(letters[i].letter);
        gk_json_auto *job = letters_job(letters[i].letter, letters[i].outcome);
        letters_set(job, "applicant", json_pack("{ss}", "name", "陈春华"));
        letters_set(job, "applicant_kind", json_string("natural_person"));
        letters_set(job, "ruling", json_pack("{ss, ss, ss, ss}", "kind", "lawsuit", "body", "某贸易公司诉案的法院", "number", "x", "received_on", "2026-01-05"));
        if (strcmp(kind->name, "reply") == 0)
            letters_set(job, "ruling", json_null());
        gk_free_auto char *text = words(job);
        for (size_t k = 0; kind->anonymous && k < ROWS(applicant); k++)
            has_not(text, applicant[k]);
        for (size_t k = 0; kind->reader != GK_READER_OUTSIDE && !kind->whole_file && k < ROWS(asked); k++)
            has_not(text, asked[k]);
        /*  The review form is the file itself on paper, and never leaves. */
        if (kind->whole_file) {
            whole++;
            assert_true(kind->reader == GK_READER_OFFICE && kind->form);
            assert_string_equal(kind->name, "review_form");
        }
        /*  A forwarding letter goes with the application: it gives the name, and nothing else of the person. */
        if (kind->reader == GK_READER_OUTSIDE && !kind->anonymous) {
            naming++;
            assert_string_equal(kind->name, "forwarding_letter");
            has_not(text, "13800000000");
            has_not(text, "chen@example.cn");
        }
    }
    assert_true(whole == 2 && naming == 1);
}

/*  The form shows the whole way of the case: request, triage, findings, opinions of others, proposal with ground and
 *  article, second reader, secrecy, signature, each with who and when. */
static void the_review_form_tells_the_whole_way(void **state)
{
    (void) state;
    static const char *const told[] = {
        "9|申请内容\n10|2025年进出口商品检验抽查结果统计表", "9|承办部门\n10|综合业务处\n", "10|与同一申请人此前的申请内容相同：GZ-2025-000099\n",
        "9|分办\n10|综合业务处\n10|可能重复：GZ-2025-000099（相似度87%）\n10|2026年2月5日\n", "10|第三方：某贸易公司\n",
        "10|部门：综合业务处、检验处。\n10|人员：查档员某某。\n10|时间：2026年2月9日至10日。\n10|结果：检索到。\n10|黄涛　2026年2月10日\n",
        "9|收到意见\n10|部分同意公开。\n", "9|拟办意见\n10|部分公开，区分处理（P）\n10|依据：《中华人民共和国政府信息公开条例》第三十七条。\n",
        "10|涉及的情形：《中华人民共和国政府信息公开条例》第十五条", "10|本机关的判断：理由成立，", "10|个人信息：2处\n",
        "10|结论：公开。\n10|依据：《中华人民共和国保守国家秘密法》第三十五条。\n", "9|保密审查\n10|结论：部分公开。\n", "10|何平　2026年2月27日\n",
        "9|签发\n10|同意。\n10|示关公复〔2026〕12号\n10|周伟　2026年3月2日\n", "9|随答复书提供的文件\n10|1. 2025年抽查结果统计表（1—6月）\n",
    };
    gk_json_auto *job = letters_job("review_form", NULL);
    gk_free_auto char *text = words(job);
    for (size_t i = 0; i < ROWS(told); i++)
        has(text, told[i]);
}

/*  Every step of the review leaves a row, whatever it chose, and so does every way back. */
static void every_step_of_a_review_leaves_a_row(void **state)
{
    (void) state;
    static const struct { const char *event, *fields, *row; } rows[] = {
        { "transferred", "{'unit':'检验处','reason':'属其职责'}", "9|转办\n10|检验处。理由：属其职责。\n" },
        { "redo_ordered", "{'ruling':'署复决〔2026〕12号','opinion':'重新检索'}", "9|责令重新办理\n10|署复决〔2026〕12号\n10|重新检索。\n" },
        { "search_recorded", "{'systems':'甲','keywords':'乙','units':'丙','persons':'丁','period':'戊','result':'none','item':2}",
          "9|检索情况\n10|第2项\n10|系统、载体：甲。\n10|检索词：乙。\n" },
        { "documents_attached", "{'names':['底稿.txt'],'kind':'evidence'}", "9|附上文件\n10|底稿.txt\n10|（证据材料）\n" },
        { "subtask_sent", "{'unit':'检验处','question':'有无底稿'}", "9|交办协办\n10|检验处：有无底稿。\n" },
        { "subtask_answered", "{'systems':'甲','keywords':'乙','persons':'丁','period':'戊','result':'partly','opinion':'部分留存'}",
          "10|结果：部分检索到。\n10|部分留存。\n" },
        { "subtask_signed", "{'subtask':'t7'}", "9|协办签署\n10|部门负责人：某人　2026年2月3日\n" },
        { "secrecy_referred", "{'third_party':{'name':'保密局'},'information':'能否公开','digest':'ab','basis':'x'}", "9|报请确定\n10|保密局：能否公开。\n" },
        { "consultation_started", "{'kind':'co_producer','third_party':{'name':'某局'},'information':'会签稿'}", "10|共同制作机关：某局\n10|会签稿。\n" },
        { "consultation_started", "{'kind':'other_agency','third_party':{'name':'某局'},'information':'会签稿'}", "10|其他机关：某局\n" },
        { "consultation_ended", "{'answer':'disagree','opinion':'不同意'}", "9|收到意见\n10|不同意公开。\n10|不同意。\n" },
        { "consultation_ended", "{'answer':'undeliverable','opinion':'退回'}", "10|无法送达。\n" },
        { "consultation_expired", "{'consultation':'c5'}", "10|逾期未提出意见。\n" },
        { "item_decided", "{'item':2,'item_text':'第2件材料','outcome':'D5','reason':'内部','severability':'不能'}", "9|分项意见\n10|第2项：第2件材料\n10|属于内部事务信息" },
        { "proposed", "{'outcome':'U1b','reason':'不属本机关','agency_name':'某局'}", "10|有权机关：某局。\n" },
        { "legal_returned", "{'reason':'依据不足'}", "9|法制审核\n10|退回。\n10|依据不足。\n" },
        { "scanned", "{'counts':{}}", "10|未发现敏感标志和敏感信息。\n" },
        { "verdict_given", "{'item':3,'verdict':'withheld','basis':'甲','opinion':'乙'}", "10|第3项\n10|结论：不予公开。\n10|依据：甲。\n10|乙。\n" },
        { "secrecy_returned", "{'reason':'有标志'}", "9|保密审查\n10|退回。\n10|有标志。\n" },
        { "letter_voided", "{'reason':'文字有误'}", "9|撤回签发\n10|文号作废。\n10|文字有误。\n" },
        { "approval_returned", "{'reason':'再核'}", "9|审签\n10|退回。\n10|再核。\n" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *job = letters_job("review_form", NULL);
        gk_free_auto char *plain = gk_strdup(rows[i].fields);
        for (char *at = plain; (at = strchr(at, '\'')); )
            *at = '"';
        json_t *fields = NULL;
        assert_int_equal(gk_json_parse(plain, strlen(plain), &fields, NULL), GK_OK);
        letters_set(job, "steps", json_pack("[{ss, ss, ss, so}]", "event", rows[i].event, "by", "某人", "on", "2026-02-03", "fields", fields));
        gk_free_auto char *text = words(job);
        has(text, rows[i].row);
    }
    /*  Of what was erased the step itself is left, with who and when. */
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *job = letters_job("review_form", NULL);
        letters_set(job, "steps", json_pack("[{ss, ss, ss, s{}}]", "event", rows[i].event, "by", "某人", "on", "2026-02-03", "fields"));
        gk_free_auto char *text = words(job);
        has(text, "2026年2月3日");
    }
    /*  What no wording names leaves no row, and a step of another ledger is passed over. */
    gk_json_auto *job = letters_job("review_form", NULL);
    letters_set(job, "steps", json_pack("[{ss, ss, ss, s{}}, {ss, ss, ss, s{}}]", "event", "noted", "by", "某人", "on", "2026-02-03", "fields",
                                        "event", "danced", "by", "某人", "on", "2026-02-03", "fields"));
    gk_free_auto char *text = words(job);
    has_not(text, "某人");
}

/*  A case that is done again says by which ruling; one that is not does not. */
static void a_redo_names_its_ruling(void **state)
{
    (void) state;
    static const struct { const char *outcome, *kind, *must; } rows[] = {
        { "G2", "reconsideration", "0|根据海关总署署复决〔2026〕12号行政复议决定（本机关于2026年1月20日收到），本机关重新办理上述申请，现答复如下。\n" },
        { "D4", "lawsuit", "0|根据海关总署署复决〔2026〕12号生效裁判（本机关于2026年1月20日收到），" },
        { "R1", "lawsuit_after", "生效裁判（本机关于2026年1月20日收到），" },
        { "U1a", NULL, NULL },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *job = letters_job("reply", rows[i].outcome);
        if (rows[i].kind)
            letters_set(job, "ruling", json_pack("{ss, ss, ss, ss}", "kind", rows[i].kind, "body", "海关总署", "number", "署复决〔2026〕12号",
                                                 "received_on", "2026-01-20"));
        gk_free_auto char *text = words(job);
        if (rows[i].must)
            has(text, rows[i].must);
        else
            has_not(text, "重新办理");
    }
    gk_json_auto *unnamed = letters_job("reply", "G2");      /* a ruling without its number is not cited by half */
    letters_set(unnamed, "ruling", json_pack("{ss, ss, ss}", "kind", "lawsuit", "body", "某法院", "received_on", "2026-01-20"));
    gk_err err;
    gk_free_auto char *none = letters_words(unnamed, &err, NULL);
    assert_true(!none && err == GK_EMISSING);
}

/*  Who left the name out has a case all the same, and its papers are made. */
static void papers_are_made_of_who_left_the_name_out(void **state)
{
    (void) state;
    static const struct { const char *letter, *must; } rows[] = {
        { "forwarding_letter", "0|本机关于2026年2月5日收到一件政府信息更正申请（登记编号：GZ-G-2026-000003）" },
        { "registration_form", "9|申请人\n10|（未填写）\n" }, { "review_form", "9|申请人\n10|（未填写）\n" },
        { "delivery_receipt", "9|受送达人\n10|申请人\n" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *job = letters_job(rows[i].letter, NULL);
        letters_set(job, "form", json_pack("{s{ss}}", "applicant", "name", ""));
        if (strcmp(rows[i].letter, "delivery_receipt") == 0)
            letters_set(job, "to", json_pack("{ss}", "name", ""));
        gk_free_auto char *text = words(job);
        has(text, rows[i].must);
    }
}

/*  The form of registration says in words what the application chose. */
static void registration_is_said_in_words(void **state)
{
    (void) state;
    static const struct { const char *path, *value, *row; } rows[] = {
        { "channel", "oral", "10|口头申请，由工作人员代为填写\n" }, { "channel", "post_signed", "10|邮寄（签收）\n" },
        { "channel", "in_person", "10|当面提交\n" }, { "channel", "post_ordinary", "10|邮寄（平常信函）\n" },
        { "channel", "fax", "10|传真\n" }, { "channel", "email", "10|电子邮件\n" },
        { "form.applicant.kind", "research", "（科研机构）" }, { "form.applicant.kind", "business", "（商业企业）" },
        { "form.applicant.kind", "public_interest", "（社会公益组织）" }, { "form.applicant.kind", "legal_service", "（法律服务机构）" },
        { "form.applicant.kind", "other_organisation", "（其他）" },
        { "form.applicant.proof.type", "credit_code", "10|统一社会信用代码\n" }, { "form.applicant.proof.type", "passport", "10|护照\n" },
        { "form.applicant.proof.type", "hk_macao_permit", "10|港澳居民来往内地通行证\n" }, { "form.applicant.proof.type", "taiwan_permit", "10|台湾居民来往大陆通行证\n" },
        { "form.applicant.proof.type", "residence_permit", "10|居住证\n" }, { "form.applicant.proof.type", "other", "10|其他证明\n" },
        { "form.delivery.medium", "inspect", "10|查阅\n10|邮寄\n" }, { "form.delivery.medium", "electronic", "10|电子\n" },
        { "form.delivery.medium", "copy", "10|复制件\n" }, { "form.delivery.channel", "pickup", "10|纸质\n10|当面领取\n" },
        { "form.delivery.channel", "portal", "10|门户网站\n" }, { "form.delivery.channel", "fax", "10|传真\n" }, { "form.delivery.channel", "email", "10|电子邮件\n" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *job = letters_job("registration_form", NULL);
        json_t *at = json_object_get(job, "facts");
        const char *path = rows[i].path;
        for (const char *dot; (dot = strchr(path, '.')); path = dot + 1) {
            gk_free_auto char *key = gk_strndup(path, (size_t) (dot - path));
            at = json_object_get(at, key);
        }
        json_object_set_new(at, path, json_string(rows[i].value));
        gk_free_auto char *text = words(job);
        has(text, rows[i].row);
    }
}

/*  An applicant who is a company is no 您. */
static void words_address_fittingly(void **state)
{
    (void) state;
    static const struct { const char *kind, *you; } rows[] = {
        { "natural_person", "收到您提交" }, { "business", "收到贵单位提交" }, { "", "收到您（单位）提交" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *job = letters_job("reply", "G2");
        letters_set(job, "applicant_kind", json_string(rows[i].kind));
        gk_free_auto char *text = words(job);
        has(text, rows[i].you);
    }
}

/*  Each decision cites its article of the table and has exactly its remedies; notices have none. */
static void remedies_are_those_of_the_law(void **state)
{
    (void) state;
    static const char *const first = "应当自收到本答复之日起60日内先向中华人民共和国海关总署申请行政复议；对复议决定不服的，"
                                     "可以自收到复议决定书之日起15日内";
    gk_auto(gk_outcomes) outcomes = letters_outcomes();
    for (size_t i = 0; i < ROWS(letters); i++) {
        gk_json_auto *job = letters_job(letters[i].letter, letters[i].outcome);
        gk_free_auto char *text = words(job);
        bool reply = strcmp(letters[i].letter, "reply") == 0;
        const char *code = letters[i].outcome;
        const gk_outcome *outcome = code ? gk_outcomes_find(outcomes, code) : NULL;
        if (strcmp(letters[i].letter, "override_notice") == 0) {
            has(text, "可以自收到本告知书之日起60日内向中华人民共和国海关总署申请行政复议，或者自收到本告知书之日起6个月内");
        } else if (!reply) {
            has_not(text, "复议");
            has_not(text, "诉讼");
        } else if (*code == 'D' && strcmp(code, "D8") != 0) {
            has(text, first);
            has_not(text, "6个月");
        } else if (strcmp(code, "P") == 0) {
            has(text, first);
        } else {
            gk_free_auto char *free_choice = gk_format("可以自收到%s之日起60日内向中华人民共和国海关总署申请行政复议，或者自收到%s"
                                                       "之日起6个月内向示例市中级人民法院提起行政诉讼。",
                                                       outcome->machine ? "本告知书" : "本答复", outcome->machine ? "本告知书" : "本答复");
            has(text, free_choice);
            has_not(text, "先向");
        }
        if (reply && !outcome->machine)
            has(text, outcome->article);
    }
}

static void remedies_before_2024_were_free(void **state)
{
    (void) state;
    static const struct { const char *date, *has; } rows[] = {
        { "2023-12-31", "6个月" }, { "2024-01-01", "先向" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *job = letters_job("reply", "D5");
        letters_set(job, "date", json_string(rows[i].date));
        gk_free_auto char *text = words(job);
        has(text, rows[i].has);
    }
}

/*  A letter prints the periods that the rules give, none of its own. */
static void periods_come_from_the_rules(void **state)
{
    (void) state;
    static const struct { const char *letter, *outcome, *kind, *has; } rows[] = {
        { "reply", "G2", NULL, "起61日内" }, { "reply", "G2", NULL, "起7个月内" }, { "reply", "U1a", NULL, "起7个月内" },
        { "reply", "D5", NULL, "起7个月内" },              /* first only from the day that the rules give */
        { "registration", NULL, NULL, "起21个工作日内" },
        { "consultation_letter", NULL, "third_party", "起17个工作日内" }, { "consultation_letter", NULL, "co_producer", "起17个工作日内" },
        { "consultation_letter", NULL, "other_agency", "起18个工作日内" }, { "consultation_letter", NULL, "referral", "起18个工作日内" },
    };
    gk_auto(gk_rules) rules = letters_rules();
    rules->reconsideration_days = 61, rules->lawsuit_months = 7, rules->lawsuit_after_days = 16;
    rules->reply_days = 21, rules->consultation_days = 17, rules->referral_days = 18;
    rules->reconsideration_first_since.day += 10000;
    gk_err err;
    gk_why why = { "" };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *job = letters_job(rows[i].letter, rows[i].outcome);
        if (rows[i].kind)
            letters_set(job, "fields.kind", json_string(rows[i].kind));
        gk_free_auto char *text = letters_words_by(rules, job, &err, &why);
        if (err)
            fail_msg("row %zu: %s", i, why.text);
        has(text, rows[i].has);
    }
    rules->reconsideration_first_since.day -= 10000;
    gk_json_auto *job = letters_job("reply", "D5");
    gk_free_auto char *text = letters_words_by(rules, job, &err, &why);
    has(text, "起61日内先向");
    has(text, "起16日内依法");
}

/*  What is missing or wrong is refused and named; nothing is guessed. */
static void refuses(void **state)
{
    (void) state;
    static const struct { const char *letter, *outcome, *path, *value, *named; gk_err err; } rows[] = {
        { "reply", "G2", "office.court", NULL, "office.court", GK_EMISSING },
        { "reply", "D1", "office.court", NULL, "office.court", GK_EMISSING },
        { "reply", "D1", "office.reconsideration_body", "", "office.reconsideration_body", GK_EMISSING },
        { "reply", "O1", "office.court", NULL, "office.court", GK_EMISSING },
        { "registration", NULL, "office.name", NULL, "office.name", GK_EMISSING },
        { "reply", NULL, "date", "2026-03-02", "facts.outcome", GK_EMISSING },
        { "reply", "X9", "date", "2026-03-02", "facts.outcome", GK_EBADVALUE },
        { "reply", "O3", "date", "2026-03-02", "O3", GK_EBADVALUE },
        { "reply", "O1", "fields.served_on", NULL, "fields.served_on", GK_EMISSING },      /* nothing lapses unserved */
        { "reply", "D1", "fields.reason", NULL, "fields.reason", GK_EMISSING },
        { "reply", "U1b", "received_on", NULL, "received_on", GK_EMISSING },
        { "reply", "G2", "number", NULL, "facts.number", GK_EMISSING },
        { "reply", "G2", "number", "示关公复[2026]12号", "facts.number", GK_EBADVALUE },
        { "reply", "G2", "number", "示关公复〔2026〕012号", "facts.number", GK_EBADVALUE },
        { "reply", "G2", "number", "示关公复〔26〕12号", "facts.number", GK_EBADVALUE },
        { "reply", "G2", "number", "〔2026〕12号", "facts.number", GK_EBADVALUE },
        { "reply", "G2", "number", "示关公复〔2026〕12号 ", "facts.number", GK_EBADVALUE },
        { "reply", "G2", "number", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十〔2026〕12号", "facts.number", GK_EBADVALUE },
        { "reply", "G2", "case_number", "GZ-2026-0000000000000000000000000000000012", "facts.case_number", GK_EBADVALUE },
        { "reply", "G2", "date", "2026-02-30", "facts.date", GK_EMISSING },
        { "reply", "G2", "head", "<script>", "facts.head", GK_EBADVALUE },
        { "reply", "G2", "letter", "love_letter", "facts.letter", GK_EUNSUPPORTED },
        { "reply", "G2", "letter", "../../etc/passwd", "facts.letter", GK_EUNSUPPORTED },
        { "fee_notice", NULL, "office.way_to_pay", NULL, "office.way_to_pay", GK_EMISSING },
        { "fee_notice", NULL, "fields.fee_yuan", NULL, "amount", GK_EMISSING },
        { "fee_notice", NULL, "fields.arithmetic", NULL, "arithmetic", GK_EMISSING },
        { "correction_notice", NULL, "fields.items", "\n", "fields.items", GK_EMISSING },
        { "extension_notice", NULL, "fields.days", NULL, "fields.days", GK_EMISSING },
        { "consultation_letter", NULL, "fields.information", NULL, "fields.information", GK_EMISSING },
        { "reply", "R1", "fields.corrected_on", NULL, "fields.corrected_on", GK_EMISSING },
        { "reply", "R2", "fields.reason", NULL, "fields.reason", GK_EMISSING },
        { "reply", "R3", "fields.agency_contact", NULL, "fields.agency_contact", GK_EMISSING },
        { "reply", "R5", "date", "2026-03-02", "R5", GK_EBADVALUE },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *job = letters_job(rows[i].letter, rows[i].outcome);
        letters_set(job, rows[i].path, rows[i].value ? json_string(rows[i].value) : json_null());
        gk_err err;
        gk_why why = { "" };
        gk_free_auto char *text = letters_words(job, &err, &why);
        if (err != rows[i].err || !strstr(why.text, rows[i].named) || text)
            fail_msg("row %zu: %d, %s", i, err, why.text);
        has_not(why.text, "陈春华");
    }
    /*  Notices need no court; a letter may come without a number. */
    gk_json_auto *job = letters_job("fee_notice", NULL);
    letters_set(job, "office.court", json_null());
    letters_set(job, "number", json_null());
    gk_free_auto char *text = words(job);
    assert_non_null(text);
}

/*  Neither side learns of the other, whatever the job brings. */
static void third_parties_learn_nothing(void **state)
{
    (void) state;
    static const char *const kinds[] = { "third_party", "co_producer", "other_agency", "referral" };
    static const char *const never[] = { "陈春华", "13800000000", "需要按月", "2025年进出口", "示关检", "2026年2月5日",
                                         "6|" };
    for (size_t i = 0; i < ROWS(kinds); i++) {
        gk_json_auto *job = letters_job("consultation_letter", NULL);
        letters_set(job, "fields.kind", json_string(kinds[i]));
        letters_set(job, "applicant", json_pack("{ss}", "name", "陈春华"));
        letters_set(job, "applicant_kind", json_string("natural_person"));
        gk_free_auto char *text = words(job);
        has(text, "15个工作日");
        has(text, "抽查结果通知单");
        assert_int_equal(strstr(text, "第十七条第三款") != NULL, i == 3);     /* 报请确定 is not a question of consent */
        assert_int_equal(strstr(text, "视为同意公开") != NULL, i == 1);     /* 条例 Art. 34, not 32 */
        for (size_t k = 0; k < ROWS(never); k++)
            has_not(text, never[k]);
        gk_json_auto *override = letters_job("override_notice", "P");
        gk_free_auto char *overridden = words(override);
        has(overridden, "可以自收到本告知书之日起60日内");      /* its choice is free, whatever the applicant's is */
        for (size_t k = 0; k < ROWS(never); k++)
            has_not(overridden, never[k]);
        gk_json_auto *notice = letters_job("consultation_notice", NULL);
        letters_set(notice, "fields.kind", json_string(kinds[i]));
        gk_free_auto char *told = words(notice);
        has_not(told, "某贸易公司");
        has_not(told, "抽查结果通知单");
        assert_int_equal(strstr(told, "保密行政管理部门确定") != NULL, i == 3);
    }
}

/*  A request to correct a record asks for no disclosure and has no statutory term; a third party asked about it
 *  learns as little. */
static void a_records_correction_has_its_own_words(void **state)
{
    (void) state;
    static const struct { const char *letter, *kind, *must; } rows[] = {
        { "registration", "third_party", "按服务标准办理完毕之日：2026年3月12日（服务标准，非法定期限）" },
        { "consultation_letter", "third_party", "有关政府信息记录涉及贵方" },
        { "consultation_letter", "co_producer", "共同制作" },
        { "consultation_letter", "other_agency", "协商、确认" },
        { "consultation_notice", "third_party", "不计算在办理的服务标准内" },
        { "consultation_notice", "other_agency", "上述记录涉及其他机关" },
        { "withdrawal_notice", "third_party", "提交的政府信息更正申请" },
    };
    static const char *const never[] = { "政府信息公开申请", "申请公开", "20个工作日", "答复期限", "公开后", "复议", "诉讼" };
    static const char *const secret[] = { "陈春华", "13800000000", "通信地址", "东风路", "2026年2月5日" };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *job = letters_job_of(rows[i].letter, NULL, true);
        letters_set(job, "fields.kind", json_string(rows[i].kind));
        bool outside = strcmp(rows[i].letter, "consultation_letter") == 0;
        gk_free_auto char *text = words(job);
        has(text, rows[i].must);
        for (size_t k = 0; k < ROWS(never); k++)
            has_not(text, never[k]);
        for (size_t k = 0; outside && k < ROWS(secret); k++)
            has_not(text, secret[k]);
    }
    static const char *const codes[] = { "R1", "R2", "R3", "R4" };
    for (size_t i = 0; i < ROWS(codes); i++) {
        gk_json_auto *job = letters_job("reply", codes[i]);
        gk_free_auto char *text = words(job);
        has(text, "1|政府信息更正申请答复书");
        has(text, "提交的政府信息更正申请（登记编号：");
        has(text, "您认为不准确的内容：“通信地址：示例市东风路11号”。");
        has_not(text, "公开申请");
    }
}

static void grounds_by_code_become_articles(void **state)
{
    (void) state;
    static const struct { const char *ground, *printed; } rows[] = {
        { "D4", "依据：《中华人民共和国政府信息公开条例》第十五条" },
        { "D4、D6", "第三十六条第（三）项，《中华人民共和国政府信息公开条例》第十六条第二款" },
        { "D4,D6", "第三十六条第（三）项，《中华人民共和国政府信息公开条例》第十六条第二款" },
        { "D4 等", "依据：D4 等。" },
        { "商业秘密", "依据：商业秘密" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *job = letters_job("reply", "P");
        letters_set(job, "fields.ground", json_string(rows[i].ground));
        gk_free_auto char *text = words(job);
        has(text, rows[i].printed);
    }
}

/*  Shown instead of given: where and when, and nothing is annexed. */
static void what_is_shown_says_where_and_when(void **state)
{
    (void) state;
    gk_json_auto *job = letters_job("reply", "G2");
    gk_free_auto char *given = words(job);
    has_not(given, "查阅地点");
    letters_set(job, "attachments", json_array());
    letters_set(job, "fields.inspect_where", json_string("示例市中山路1号公开查阅室"));
    letters_set(job, "fields.inspect_when", json_string("2026年3月9日至13日，每日9时至17时"));
    gk_free_auto char *text = words(job);
    has(text, "第四十条的规定，本机关安排您（单位）现场查阅、抄录该政府信息。");
    has(text, "查阅地点：示例市中山路1号公开查阅室。");
    has(text, "查阅时间：2026年3月9日至13日，每日9时至17时。");
    has_not(text, "见附件");
}

/*  Not ours, and nobody can tell whose (Art. 36(5), 能够确定). */
static void an_agency_that_is_not_known_is_not_named(void **state)
{
    (void) state;
    static const char unknown[] = "本机关不能确定负责公开该政府信息的行政机关。";
    gk_json_auto *job = letters_job("reply", "U1b");
    gk_free_auto char *named = words(job);
    has(named, "负责公开该政府信息的行政机关：示例市市场监督管理局");
    has_not(named, unknown);
    json_t *fields = json_object_get(json_object_get(job, "facts"), "fields");
    json_object_del(fields, "agency_name");
    json_object_del(fields, "agency_contact");
    json_object_set_new(fields, "agency_unknown", json_true());
    gk_free_auto char *text = words(job);
    has(text, unknown);
    has_not(text, "联系方式：");
}

/*  A search that the proposal tells in one text is printed too; none at all leaves no hole. */
static void searches_are_told(void **state)
{
    (void) state;
    gk_json_auto *job = letters_job("reply", "U1a");
    letters_set(job, "fields.search_log", json_string("检索了档案系统。"));
    gk_free_auto char *text = words(job);
    has(text, "检索情况：检索了档案系统。");
    letters_set(job, "fields.search_log", json_null());
    gk_free_auto char *bare = words(job);
    has_not(bare, "检索情况");
    has(bare, "进行了全面检索");
}

/*  Reasons that were given are quoted and weighed; whoever was silent is not told that they were. */
static void reasons_are_quoted_or_missed(void **state)
{
    (void) state;
    gk_json_auto *job = letters_job("reply", "N4");
    letters_set(job, "fields.frequency", json_string("一月：二十件\n\n二月：二十二件"));
    gk_free_auto char *given = words(job);
    has(given, "于2026年2月12日说明的理由如下：");
    has(given, "用于课题研究。");
    has(given, "各件内容不同。");
    has(given, "\n0|一月：二十件\n0|二月：二十二件\n");          /* the table, a line each */
    letters_set(job, "fields.reasons", json_pack("{s:s}", "on", "2026-02-12"));
    gk_free_auto char *attached = words(job);
    has(attached, "以所提交的材料说明了理由");
    has(attached, "申请理由不合理");
    letters_set(job, "fields.reasons", json_null());
    gk_free_auto char *silent = words(job);
    has(silent, "在告知的期限内没有说明理由");
    has_not(silent, "理由不合理");
}

static void requests_are_quoted_short(void **state)
{
    (void) state;
    gk_text_auto long_text = { 0 };
    for (int i = 0; i < 900; i++)
        gk_text_puts(&long_text, i % 50 == 49 ? "\n" : "海");
    gk_json_auto *job = letters_job("reply", "G2");
    letters_set(job, "request", json_pack("{ss}", "description", long_text.data));
    gk_free_auto char *text = words(job);
    has(text, "……”。");
    /*  The same title twice is quoted once. */
    letters_set(job, "request", json_pack("{ssss}", "title", "统计表", "description", "统计表"));
    gk_free_auto char *once = words(job);
    has(once, "“统计表”。");
}

/*  Who left out the name, or what is wanted, is told so by a letter (Art. 30): it must be possible to write one. */
static void who_says_nothing_is_written_to(void **state)
{
    (void) state;
    static const char *const kinds[] = { "registration", "correction_notice", "reply" };
    for (size_t i = 0; i < ROWS(kinds); i++) {
        gk_json_auto *job = letters_job(kinds[i], "U3");
        letters_set(job, "to", json_pack("{s:s}", "name", ""));
        letters_set(job, "request", json_object());
        gk_free_auto char *text = words(job);
        has(text, "申请人：");
        has(text, "“申请表未写明”");
    }
    gk_json_auto *job = letters_job("consultation_letter", NULL);       /* a third party has a name, or nobody can be asked */
    letters_set(job, "to", json_object());
    gk_err err;
    gk_free_auto char *none = letters_words(job, &err, NULL);
    assert_null(none);
    assert_int_equal(err, GK_EMISSING);
}

/*  ---- items ------------------------------------------------------------- */

/*  A reply on a case whose items have these outcomes, "G2 D4"; the second annex belongs to the first item. */
static json_t *items_job(const char *codes, const char *whole)
{
    json_t *job = letters_job("reply", whole), *items = json_array(), *facts = json_object_get(job, "facts");
    for (int item = 1; *codes; item++) {
        size_t len = strcspn(codes, " ");
        gk_free_auto char *text = gk_format("第%d件材料", item);
        json_array_append_new(items, json_pack("{si, ss, ss%, sO, so}", "item", item, "text", text, "outcome", codes, len, "fields",
                                               json_object_get(facts, "fields"), "annexes", item == 1 ? json_pack("[i]", 2) : json_array()));
        codes += len + (codes[len] == ' ');
    }
    json_object_set_new(facts, "items", items);
    json_object_set_new(facts, "fields", json_pack("{ss}", "outcome", whole));      /* of the proposal: nothing else */
    return job;
}

/*  The letter answers every item under its number, in the wording of its outcome, and says once what is
 *  said once. */
static void every_outcome_answers_an_item(void **state)
{
    (void) state;
    gk_auto(gk_outcomes) outcomes = letters_outcomes();
    const gk_outcome *outcome;
    for (size_t i = 0; (outcome = gk_outcomes_at(outcomes, i)); i++) {
        if (outcome->machine || outcome->records)       /* Art. 41 has no items */
            continue;
        gk_free_auto char *codes = gk_format("%s N5", outcome->code);
        gk_json_auto *job = items_job(codes, outcome->code), *single = letters_job("reply", outcome->code);
        gk_free_auto char *text = words(job), *own = words(single);
        has(text, "包含2项内容");
        has(text, "3|一、关于“第1件材料”\n");
        has(text, "3|二、关于“第2件材料”\n");
        has(text, "根据《中华人民共和国政府信息公开条例》第三十六条的规定，本机关不予处理");
        assert_null(strstr(strstr(text, "1|") + 2, "1|"));      /* one title, one signature */
        assert_null(strstr(strstr(text, "7|") + 2, "7|"));
        /*  The first sentence of the outcome's own letter stands in the answer. */
        const char *said = strstr(own, outcome->article);
        assert_non_null(said);
        gk_free_auto char *sentence = gk_strndup(said, strcspn(said, "\n"));
        if (!strstr(sentence, "见附件"))
            has(text, sentence);
    }
}

static void an_item_is_answered_from_its_own_facts(void **state)
{
    (void) state;
    gk_json_auto *job = items_job("G2 G2 D5 P", "P");
    json_t *items = json_object_get(json_object_get(job, "facts"), "items");
    json_object_set_new(json_array_get(items, 2), "fields", json_pack("{ssss}", "reason", "人事内部事务", "severability", "不能区分"));
    json_object_set_new(json_array_get(items, 1), "fields", json_pack("{ss}", "public_where", "到档案馆查阅"));
    gk_free_auto char *text = words(job);
    has(text, "见附件2");
    const char *second = strstr(text, "二、关于"), *third = strstr(text, "三、关于"), *fourth = strstr(text, "四、关于");
    assert_true(second && third && fourth);
    assert_true(strstr(second, "到档案馆查阅") < third);
    assert_true(strstr(second, "见附件") == NULL);              /* it has none: the first one's is not its */
    assert_true(strstr(third, "人事内部事务") < fourth);
    assert_true(strstr(fourth, "4|（一）予以公开的内容") && strstr(fourth, "4|（二）不予公开的内容和理由"));
    has(fourth, "《中华人民共和国商业秘密保护规定》第五条");
    assert_true(strstr(text, "商业秘密保护规定") > fourth);     /* a ground is its item's alone */
    has_not(text, "3|一、予以公开");
}

/*  Reconsideration first for what is refused under 条例 Art. 14 to 16, the choice for the rest. */
static void remedies_go_by_the_items(void **state)
{
    (void) state;
    static const char first[] = "日内先向中华人民共和国海关总署申请行政复议", choice[] = "个月内向示例市中级人民法院提起";
    static const struct { const char *items, *whole, *date, *first, *free; } rows[] = {
        { "G2 D4 U1a D1 N1", "P", "2026-03-02", "如对本答复中第二、四项不服，应当", "如对本答复中第一、三、五项不服，可以" },
        { "D4 D1", "D1", "2026-03-02", "如对本答复不服，应当", NULL },
        { "G1 U1a", "P", "2026-03-02", NULL, "如对本答复不服，可以" },      /* partly granted, and nothing refused under 14 to 16 */
        { "G2 D4", "P", "2023-12-31", NULL, "如对本答复不服，可以" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *job = items_job(rows[i].items, rows[i].whole);
        letters_set(job, "date", json_string(rows[i].date));
        gk_free_auto char *text = words(job);
        assert_int_equal(strstr(text, first) != NULL, rows[i].first != NULL);
        assert_int_equal(strstr(text, choice) != NULL, rows[i].free != NULL);
        if (rows[i].first)
            has(text, rows[i].first);
        if (rows[i].free)
            has(text, rows[i].free);
    }
    gk_json_auto *homeless = items_job("G2 D4", "P");
    letters_set(homeless, "office.court", json_null());
    gk_err err;
    gk_free_auto char *none = letters_words(homeless, &err, NULL);
    assert_true(!none && err == GK_EMISSING);
}

/*  Of a part refused, the strictest of its grounds: a query under rules of its own (D8) leaves the choice. */
static void remedies_go_by_the_grounds(void **state)
{
    (void) state;
    static const struct { const char *ground; bool first; } rows[] = {
        { "D8", false }, { "D4", true }, { "D8、D6", true }, { "D1,D8", true },
    };
    for (size_t i = 0; i < ROWS(rows); i++)
        for (int by_item = 0; by_item < 2; by_item++) {
            gk_json_auto *job = by_item ? items_job("P", "P") : letters_job("reply", "P");
            json_t *fields = by_item ? json_object_get(json_array_get(json_object_get(json_object_get(job, "facts"), "items"), 0), "fields")
                : json_object_get(json_object_get(job, "facts"), "fields");
            json_object_set_new(fields, "ground", json_string(rows[i].ground));
            gk_free_auto char *text = words(job);
            (rows[i].first ? has : has_not)(text, "日内先向中华人民共和国海关总署申请行政复议");
            (rows[i].first ? has_not : has)(text, "个月内向示例市中级人民法院提起");
        }
}

static void twenty_items_are_counted(void **state)
{
    (void) state;
    gk_json_auto *job = items_job("N1 N1 N1 N1 N1 N1 N1 N1 N1 N1 N1 N1 N1 N1 N1 N1 N1 N1 N1 D1", "D1");
    gk_free_auto char *text = words(job);
    static const char *const heads[] = { "3|九、", "3|十、", "3|十一、", "3|十九、", "3|二十、", "如对本答复中第二十项不服" };
    for (size_t i = 0; i < ROWS(heads); i++)
        has(text, heads[i]);
}

static void an_item_without_an_outcome_makes_no_letter(void **state)
{
    (void) state;
    static const char *const wrong[] = { "G2 O1", "G2 X1" };
    for (size_t i = 0; i < ROWS(wrong); i++) {
        gk_json_auto *job = items_job(wrong[i], "G2");
        gk_err err;
        gk_why why = { "" };
        gk_free_auto char *text = letters_words(job, &err, &why);
        assert_true(!text && err == GK_EBADVALUE && strstr(why.text, "facts.items[1]"));
    }
}

/*  ---- PDF --------------------------------------------------------------- */

static void keep(const char *name, const gk_text *pdf)
{
    const char *dir = getenv("GK_LETTERS");
    if (!dir)
        return;
    gk_free_auto char *path = gk_format("%s/%s.pdf", dir, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, pdf->data, pdf->len), pdf->len);
    close(fd);
}

static gk_err render(const gk_fonts *fonts, const json_t *job, gk_text *pdf, int *pages, gk_why *why)
{
    const gk_templates *templates = letters_templates();
    gk_auto(gk_rules) rules = letters_rules();
    gk_auto(gk_outcomes) outcomes = letters_outcomes();
    gk_facts facts = { 0 };
    gk_blocks_auto blocks = { 0 };
    gk_err err = gk_facts_read(job, rules, outcomes, &facts, why);
    if (!err)
        err = gk_templates_fill(templates, facts.template, facts.values, &blocks, why);
    if (!err)
        err = gk_letter_render(fonts, &facts.head, &blocks, pdf, pages, why);
    gk_facts_clear(&facts);
    return err;
}

static int open_fonts(void **state)
{
    gk_fonts *fonts = NULL;
    gk_why why = { "" };
    if (gk_fonts_new(letters_fonts_dir(), &fonts, &why))
        fail_msg("%s", why.text);
    *state = fonts;
    return 0;
}

static int close_fonts(void **state)
{
    gk_fonts *fonts = *state;
    gk_fonts_destroy(&fonts);
    return 0;
}

static void letters_become_pdf(void **state)
{
    for (size_t i = 0; i < ROWS(letters); i++) {
        gk_json_auto *job = letters_job(letters[i].letter, letters[i].outcome);
        if (i % 2)
            json_object_set_new(job, "training", json_true());
        gk_text_auto pdf = { 0 };
        int pages = 0;
        gk_why why = { "" };
        if (render(*state, job, &pdf, &pages, &why))
            fail_msg("%s: %s", letters[i].letter, why.text);
        assert_memory_equal(pdf.data, "%PDF-1.", 7);
        assert_in_range(pages, 1, strcmp(letters[i].letter, "delivery_receipt") == 0 ? 1 : 3);    /* a receipt is one sheet */
        gk_free_auto char *name = gk_format("%s%s%s", letters[i].letter, letters[i].outcome ? "-" : "",
                                            letters[i].outcome ? letters[i].outcome : "");
        keep(name, &pdf);
    }
    gk_json_auto *job = items_job("G2 D4 U1a P G1 N2", "P");
    gk_text_auto pdf = { 0 };
    int pages = 0;
    gk_why why = { "" };
    if (render(*state, job, &pdf, &pages, &why))
        fail_msg("items: %s", why.text);
    assert_in_range(pages, 2, 4);
    keep("reply-items", &pdf);
}

/*  A worker that was killed renders again: same facts, same bytes. */
static void same_facts_same_bytes(void **state)
{
    gk_json_auto *job = letters_job("reply", "P");
    gk_auto(gk_fonts) fresh = NULL;
    assert_int_equal(gk_fonts_new(letters_fonts_dir(), &fresh, NULL), GK_OK);
    gk_text_auto one = { 0 }, two = { 0 };
    int pages;
    assert_int_equal(render(*state, job, &one, &pages, NULL), GK_OK);
    assert_int_equal(render(fresh, job, &two, &pages, NULL), GK_OK);
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.data, two.data, one.len);
}

static void long_letters_have_pages(void **state)
{
    gk_json_auto *job = letters_job("reply", "D6");
    gk_text_auto reason = { 0 };
    for (int i = 1; i <= 46; i++)
        gk_text_printf(&reason, "第%d点，该信息是本机关在履行行政管理职能过程中形成的讨论记录、过程稿、磋商信函和请示报告，所涉事项尚在"
                                "研究之中，公开后会影响公正、坦率的讨论，也会使公众对尚未确定的事项产生误解；待有关决定作出并公布以后，本机关将依法"
                                "重新评估审查，对因情势变化可以公开的部分予以公开。\n", i);
    letters_set(job, "fields.reason", json_string(reason.data));
    json_object_set_new(job, "training", json_true());
    gk_text_auto pdf = { 0 };
    int pages = 0;
    assert_int_equal(render(*state, job, &pdf, &pages, NULL), GK_OK);
    assert_int_equal(pages, 12);
    keep("long", &pdf);

    gk_text_auto more = { 0 };
    for (int i = 0; i < 20; i++)
        gk_text_puts(&more, reason.data);
    letters_set(job, "fields.reason", json_string(more.data));
    size_t before = pdf.len;
    assert_int_equal(render(*state, job, &pdf, &pages, NULL), GK_ETOOLARGE);
    assert_int_equal(pdf.len, before);
}

/*  A form's table goes on over the page, a cell with it, and every paragraph of it is there. */
static void a_form_goes_over_pages(void **state)
{
    gk_text_auto opinion = { 0 };
    for (int i = 1; i <= 40; i++)
        gk_text_printf(&opinion, "第%d点，汇总数据不涉及任何单位的商业秘密，也不涉及个人信息。\n", i);
    gk_json_auto *job = letters_job("review_form", NULL);
    json_t *steps = json_object_get(json_object_get(job, "facts"), "steps");
    json_object_set_new(json_object_get(json_array_get(steps, 7), "fields"), "opinion", json_string(opinion.data));
    gk_text_auto pdf = { 0 };
    int pages = 0;
    assert_int_equal(render(*state, job, &pdf, &pages, NULL), GK_OK);
    assert_int_equal(pages, 7);
    keep("form-long", &pdf);
}

/*  The same letter, its headings pushed down line by line over the end of the page: letters.sh
 *  looks for one that stays behind, and for a signature that stands alone. */
static void headings_move_with_their_text(void **state)
{
    gk_text_auto reason = { 0 };
    for (int i = 1; i <= 14; i++) {
        gk_text_puts(&reason, "申请数量明显超过合理范围。\n");
        gk_json_auto *job = letters_job("fee_notice", NULL);
        letters_set(job, "fields.reason", json_string(reason.data));
        gk_text_auto pdf = { 0 };
        int pages = 0;
        assert_int_equal(render(*state, job, &pdf, &pages, NULL), GK_OK);
        gk_free_auto char *name = gk_format("moved-%d", i);
        keep(name, &pdf);
    }
}

/*  Rare characters of names come from a fallback; for what no font has stands 〓, with a note (letters.sh reads
 *  them back).  On the letterhead it is our own mistake. */
static void every_character_has_a_glyph(void **state)
{
    static const struct { const char *path, *text, *name; gk_err err; } rows[] = {
        { "to.name", "堃喆赟翀旻昇囍", "rare", GK_OK },
        { "to.name", "𠮷野", NULL, GK_OK },
        { "to.name", "Müller-Łukasz Ōta", NULL, GK_OK },
        { "to.name", "海\u0378关", NULL, GK_OK },           /* unassigned */
        { "to.name", "海\ue123关\ue123岸\U000E0FFF", "absent", GK_OK },    /* private use; one unseen, dropped with its kind */
        { "request.description", "\ue000\ue001\ue002\ue003\ue004\ue005\ue006\ue007\ue008\U0010FFFD", "absent-many", GK_OK },
        { "office.name", "海\ue123关", NULL, GK_EBADVALUE },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *job = letters_job("reply", "G2");
        letters_set(job, rows[i].path, json_string(rows[i].text));
        gk_text_auto pdf = { 0 };
        int pages = 0;
        gk_why why = { "" };
        gk_err err = render(*state, job, &pdf, &pages, &why);
        if (err != rows[i].err || (err && (!strstr(why.text, "U+E123") || pdf.len)))
            fail_msg("row %zu: %d, %s", i, err, why.text);
        if (rows[i].name)
            keep(rows[i].name, &pdf);
    }
}

/*  Nothing in the facts makes the layout run off, loop or crash. */
static void odd_facts_still_fit(void **state)
{
    gk_text_auto wide = { 0 };
    for (int i = 0; i < 2000; i++)
        gk_text_puts(&wide, "W");
    static const char *const paths[] = { "to.name", "office.name", "fields.reason", "attachments" };
    for (size_t i = 0; i < ROWS(paths); i++) {
        gk_json_auto *job = letters_job("reply", "D5");
        letters_set(job, paths[i], strcmp(paths[i], "attachments") == 0 ? json_pack("[ss]", wide.data, wide.data)
                                                                        : json_string(wide.data));
        gk_text_auto pdf = { 0 };
        int pages = 0;
        gk_why why = { "" };
        if (render(*state, job, &pdf, &pages, &why))
            fail_msg("%s: %s", paths[i], why.text);
        assert_in_range(pages, 1, 30);
        gk_free_auto char *name = gk_format("odd-%zu", i);
        keep(name, &pdf);
    }
    gk_json_auto *nothing = json_object();
    gk_text_auto pdf = { 0 };
    int pages;
    assert_int_equal(render(*state, nothing, &pdf, &pages, NULL), GK_EUNSUPPORTED);
}

static void missing_fonts_are_named(void **state)
{
    (void) state;
    gk_fonts *fonts = NULL;
    gk_why why = { "" };
    assert_int_equal(gk_fonts_new("/nonexistent/<&>", &fonts, &why), GK_ENOTFOUND);
    assert_null(fonts);
    has(why.text, "FandolFang");
    has(why.text, "run deploy/fonts");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_are_all_in_a_test),
        cmocka_unit_test(outcomes_all_have_a_letter),
        cmocka_unit_test(words_are_whole),
        cmocka_unit_test(nobody_learns_of_another),
        cmocka_unit_test(the_review_form_tells_the_whole_way),
        cmocka_unit_test(every_step_of_a_review_leaves_a_row),
        cmocka_unit_test(a_redo_names_its_ruling),
        cmocka_unit_test(papers_are_made_of_who_left_the_name_out),
        cmocka_unit_test(registration_is_said_in_words),
        cmocka_unit_test(words_address_fittingly),
        cmocka_unit_test(remedies_are_those_of_the_law),
        cmocka_unit_test(remedies_before_2024_were_free),
        cmocka_unit_test(periods_come_from_the_rules),
        cmocka_unit_test(refuses),
        cmocka_unit_test(third_parties_learn_nothing),
        cmocka_unit_test(a_records_correction_has_its_own_words),
        cmocka_unit_test(grounds_by_code_become_articles),
        cmocka_unit_test(searches_are_told),
        cmocka_unit_test(reasons_are_quoted_or_missed),
        cmocka_unit_test(requests_are_quoted_short),
        cmocka_unit_test(who_says_nothing_is_written_to),
        cmocka_unit_test(every_outcome_answers_an_item),
        cmocka_unit_test(an_item_is_answered_from_its_own_facts),
        cmocka_unit_test(remedies_go_by_the_items),
        cmocka_unit_test(remedies_go_by_the_grounds),
        cmocka_unit_test(what_is_shown_says_where_and_when),
        cmocka_unit_test(an_agency_that_is_not_known_is_not_named),
        cmocka_unit_test(twenty_items_are_counted),
        cmocka_unit_test(an_item_without_an_outcome_makes_no_letter),
        cmocka_unit_test(letters_become_pdf),
        cmocka_unit_test(same_facts_same_bytes),
        cmocka_unit_test(long_letters_have_pages),
        cmocka_unit_test(a_form_goes_over_pages),
        cmocka_unit_test(headings_move_with_their_text),
        cmocka_unit_test(every_character_has_a_glyph),
        cmocka_unit_test(odd_facts_still_fit),
        cmocka_unit_test(missing_fonts_are_named),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
