/* links: gongkai_reminder_parts */
/*  test_message - the shipped texts, filled; and that nothing which an applicant wrote gets into a mail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "workers/reminder/message.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/flow.h"

#include <stdlib.h>
#include <string.h>

static gk_messages *texts(void)
{
    gk_messages *out = NULL;
    gk_why why = { "" };
    if (gk_messages_load(&out, &why))
        fail_msg("%s", why.text);
    return out;
}

static json_t *parse(const char *text)
{
    json_t *out = NULL;
    gk_why why = { "" };
    if (gk_json_parse(text, strlen(text), &out, &why))
        fail_msg("%s", why.text);
    return out;
}

static const char job_text[] =
    "{\"task\": \"notify\", \"case\": \"@7\", \"number\": \"GZ-2026-000012\", \"at\": \"2026-03-25T01:02:03Z\","
    " \"training\": false, \"office\": {\"code\": \"GZ\", \"name\": \"示例海关\", \"phone\": \"020-12345678\"}}";

/*  Write a mail; `facts` is JSON, `role` and `lang` the addressee's. */
static gk_letter write_mail(const char *facts_text, const char *role, const char *lang)
{
    gk_auto(gk_messages) all = texts();
    gk_json_auto *job = parse(job_text), *facts = parse(facts_text);
    gk_json_auto *to = json_pack("{s:s, s:s, s:s, s:s}", "name", "王小明", "role", role, "email", "w@example.cn", "lang", lang);
    gk_letter out = { 0 };
    gk_why why = { "" };
    if (gk_messages_write(all, job, facts, to, &out, &why))
        fail_msg("%s", why.text);
    return out;
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("\"%s\" is not in:\n%s", part, text);
}

static void assert_lacks(const char *text, const char *part)
{
    if (strstr(text, part))
        fail_msg("\"%s\" is in:\n%s", part, text);
}

static void due_date_with_weekday_and_days_left(void **state)
{
    (void) state;
    static const struct { const char *due; const char *left, *zh, *en; } rows[] = {
        { "\"2026-03-30\"", "3", "2026年3月30日（星期一），还有3个工作日", "2026-03-30 (Monday), 3 working days left" },
        { "\"2026-03-29\"", "1", "2026年3月29日（星期日），还有1个工作日", "2026-03-29 (Sunday), 1 working day left" },
        { "\"2026-12-31\"", "0", "2026年12月31日（星期四），今天到期", "2026-12-31 (Thursday), due today" },
        { "\"2026-03-24\"", "-1", "已逾期1个工作日", "1 working day overdue" },
        { "\"2026-03-01\"", "-17", "已逾期17个工作日", "17 working days overdue" },
        { "null", "null", "答复期限：暂停计算", "Reply due: standing still" },
        { "\"2026-03-30\"", "-9223372036854775808", "2026年3月30日（星期一）", "2026-03-30 (Monday)" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gk_free_auto char *facts = gk_format("{\"message\": \"due\", \"cases\": [{\"number\": \"GZ-2026-000012\", \"state_zh\": \"承办\","
                                             "\"due_on\": %s, \"left\": %s, \"unit\": \"综合处\"}]}", rows[i].due, rows[i].left);
        gk_letter letter = write_mail(facts, "handler", "en");
        assert_has(letter.body, rows[i].zh);
        assert_has(letter.body, rows[i].en);
        assert_string_equal(letter.lang, "zh-CN, en");
        gk_letter_clear(&letter);
    }
}

/*  What staff are told of a request under Art. 41 never calls its standard a time limit of the law. */
static void a_standard_is_called_one(void **state)
{
    (void) state;
    static const struct { const char *message, *limit, *has_zh, *has_en, *lacks; } rows[] = {
        { "due", "standard", "办理的服务标准（非法定期限）：2026年3月30日", "Service standard (not statutory): 2026-03-30", "答复期限" },
        { "subtask", "standard", "办理的服务标准（非法定期限）：2026年3月30日", "Service standard (not statutory): 2026-03-30", "答复期限" },
        { "digest", "standard", "办理的服务标准（非法定期限）：2026年3月30日", "Service standard (not statutory): 2026-03-30", "答复期限" },
        { "due", "reply", "答复期限：2026年3月30日", "Reply due: 2026-03-30", "非法定" },
        { "subtask", "reply", "答复期限：2026年3月30日", "Reply due: 2026-03-30", "非法定" },
        { "digest", "reply", "答复期限：2026年3月30日", "Reply due: 2026-03-30", "非法定" },
        { "proceeding", "proceeding", "书面答复期限：2026年3月30日", "Written answer due: 2026-03-30", "非法定" },
        { "archive", "archive", "移交期限：2026年3月30日", "Hand over by: 2026-03-30", "答复期限" },
        { "publication", "publication", "主动公开期限：2026年3月30日", "Publication task due: 2026-03-30", "答复期限" },
        { "due", "no_such", "接下来", "What happens next", "答复期限" },       /* better no line than a wrong one */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int reason = 0; reason < 3; reason++) {
            static const char *const reasons[] = { "due_soon", "due_today", "overdue" };
            gk_free_auto char *facts = gk_format("{\"message\": \"%s\", \"reason\": \"%s\", \"fields\": {\"until\": \"2026-03-20\"},"
                                                 "\"cases\": [{\"number\": \"GZ-G-2026-000012\", \"state_zh\": \"承办\", \"due_on\": \"2026-03-30\","
                                                 "\"left\": 3, \"unit\": \"综合处\", \"limit\": \"%s\"}]}", rows[i].message, reasons[reason], rows[i].limit);
            gk_letter letter = write_mail(facts, "handler", "en");
            assert_has(letter.body, rows[i].has_zh);
            assert_has(letter.body, rows[i].has_en);
            assert_lacks(letter.body, rows[i].lacks);
            gk_letter_clear(&letter);
        }
}

/*  Whatever lies in the facts, only numbers, dates and known keys come out. */
static void content_never_leaves(void **state)
{
    (void) state;
    static const char *const keys[] = {
        "registered", "correction", "supplement", "reasons", "delay", "split", "passed_on", "fee", "extension", "consultation", "reply", "lapse", "due", "digest",
        "quarantine", "confirmation", "alarm",
    };
    static const char *const roles[] = { "applicant", "third_party", "handler" };
    for (size_t i = 0; i < sizeof keys / sizeof *keys * 3; i++) {
        gk_free_auto char *facts = gk_format(
            "{\"message\": \"%s\", \"reason\": \"SECRET reason\", \"request\": {\"title\": \"SECRET\"}, \"applicant\": \"SECRET\","
            " \"link\": \"javascript:SECRET\", \"receipt_hint\": true,"
            " \"fields\": {\"until\": \"SECRET\", \"amount_yuan\": \"SECRET\", \"days\": \"SECRET\", \"received_on\": \"SECRET\","
            "  \"dispatched_on\": {\"a\": \"SECRET\"}, \"text\": \"SECRET\"},"
            " \"cases\": [{\"number\": \"GZ-2026-000012\", \"due_on\": \"SECRET\", \"left\": \"SECRET\", \"title\": \"SECRET\"}]}",
            keys[i / 3]);
        gk_letter letter = write_mail(facts, roles[i % 3], "en");
        assert_lacks(letter.subject, "SECRET");
        assert_lacks(letter.body, "SECRET");
        assert_lacks(letter.body, "王小明");
        assert_lacks(letter.body, "{");
        assert_lacks(letter.body, "\n\n\n");
        assert_null(strchr(letter.subject, '\n'));
        if (strcmp(keys[i / 3], "digest"))
            assert_has(letter.subject, "GZ-2026-000012");
        gk_letter_clear(&letter);
    }
}

static void applicants_messages(void **state)
{
    (void) state;
    static const struct { const char *key, *fields, *has; } rows[] = {
        { "registered", "{\"received_on\": \"2026-03-02\"}", "收到日期：2026年3月2日（星期一）\n" },
        { "correction", "{\"period_days\": 15}", "补正期限：自收到补正告知书之日起15个工作日\n" },
        { "fee", "{\"amount_yuan\": 300, \"period_days\": 20}", "应缴金额：300元\n缴费期限：自收到收费通知书次日起20个工作日" },
        { "extension", "{\"days\": 20}", "延长：20个工作日\n新的答复期限：2026年3月30日（星期一）" },
        { "supplement", "{}", "答复期限不受影响" },
        { "reasons", "{\"period_days\": 15}", "自收到说明理由告知书之日起15个工作日\n" },
        { "delay", "{\"until\": \"2026-06-30\"}", "新的答复期限：2026年6月30日（星期二）\n" },
        { "split", "{}", "收到日期不变" },
        { "passed_on", "{}", "首次提交申请的时间不变" },
        { "reply", "{\"dispatched_on\": \"2026-03-20\"}", "答复日期：2026年3月20日（星期五）\n" },
        { "consultation", "{}", "您不需要做什么。\n" },
        { "lapse", "{}", "依照规定视为您放弃申请" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gk_free_auto char *facts = gk_format(
            "{\"message\": \"%s\", \"fields\": %s, \"receipt_hint\": true, \"link\": \"https://gk.example.cn/s\","
            " \"cases\": [{\"number\": \"GZ-2026-000012\", \"due_on\": \"2026-03-30\", \"left\": 3}]}", rows[i].key, rows[i].fields);
        gk_letter letter = write_mail(facts, "applicant", "zh");
        assert_has(letter.body, rows[i].has);
        assert_has(letter.body, "接下来：");
        assert_has(letter.body, "请凭回执码查询办理情况");
        assert_has(letter.body, "链接：https://gk.example.cn/s\n");
        assert_has(letter.body, "示例海关\n电话：020-12345678\n");
        assert_lacks(letter.body, "演示");
        assert_string_equal(letter.lang, "zh-CN");
        gk_letter_clear(&letter);
    }
}

static void a_line_without_its_value_is_left_out(void **state)
{
    (void) state;
    gk_letter letter = write_mail("{\"message\": \"fee\", \"link\": \"http://a b\", \"cases\": []}", "applicant", "zh");
    static const char *const gone[] = { "应缴金额", "此日前", "答复期限：", "链接", "回执码" };
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
        assert_lacks(letter.body, gone[i]);
    assert_has(letter.body, "登记编号：GZ-2026-000012\n");          /* the job's own number */
    gk_letter_clear(&letter);
}

static void roles_have_their_own_text(void **state)
{
    (void) state;
    gk_letter letter = write_mail("{\"message\": \"consultation\"}", "third_party", "zh");
    assert_has(letter.subject, "请就政府信息公开事项提出意见");
    assert_lacks(letter.body, "申请人");                            /* nor who asked */
    gk_letter_clear(&letter);
    letter = write_mail("{\"message\": \"confirmation\"}", "applicant", "zh");
    assert_has(letter.subject, "请与本机关确认收到您的申请");
    gk_letter_clear(&letter);
}

static void digest_lists_and_ends(void **state)
{
    (void) state;
    gk_json_auto *facts = json_pack("{s:s, s:[]}", "message", "digest", "cases");
    for (int i = 1; i <= 130; i++)
        json_array_append_new(json_object_get(facts, "cases"),
                              json_pack("{s:o, s:s, s:s, s:i}", "number", json_sprintf("GZ-2026-%06d", i), "state_zh", "承办",
                                        "due_on", "2026-03-30", "left", 3));
    gk_free_auto char *text = gk_json_print(facts);
    gk_letter letter = write_mail(text, "handler", "zh");
    assert_has(letter.subject, "待办提醒：130件");
    assert_has(letter.body, "1. GZ-2026-000001，承办，答复期限：2026年3月30日（星期一），还有3个工作日\n2. GZ-2026-000002，");
    assert_has(letter.body, "100. GZ-2026-000100，");
    assert_lacks(letter.body, "GZ-2026-000101");
    assert_has(letter.body, "另有30件");
    gk_letter_clear(&letter);
}

static void training_is_said(void **state)
{
    (void) state;
    gk_auto(gk_messages) all = texts();
    gk_json_auto *job = parse(job_text), *facts = parse("{\"message\": \"due\"}"), *to = parse("{\"role\": \"head\", \"lang\": \"en\"}");
    json_object_set_new(job, "training", json_true());
    gk_letter letter = { 0 };
    assert_int_equal(gk_messages_write(all, job, facts, to, &letter, NULL), GK_OK);
    assert_int_equal(strncmp(letter.subject, "【演示】", strlen("【演示】")), 0);
    assert_has(letter.body, "不具有法律效力");
    assert_has(letter.body, "no legal effect");
    gk_letter_clear(&letter);
}

static void unknown_messages_are_refused(void **state)
{
    (void) state;
    gk_auto(gk_messages) all = texts();
    gk_json_auto *job = parse(job_text), *to = parse("{\"role\": \"head\", \"lang\": \"zh\"}");
    static const char *const rows[] = { "{}", "{\"message\": \"\"}", "{\"message\": \"no_such\"}", "{\"message\": 7}" };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gk_json_auto *facts = parse(rows[i]);
        gk_letter letter = { 0 };
        gk_why why = { "" };
        assert_int_equal(gk_messages_write(all, job, facts, to, &letter, &why), GK_EBADVALUE);
        assert_null(letter.subject);
        assert_has(why.text, "no text for the message");
    }
}

/*  Of the office's own an applicant's mail says nothing: no desk, no unit, no reason of a reminder, no other case. */
static void applicants_mails_say_nothing_of_the_office(void **state)
{
    (void) state;
    static const char *const own[] = { "{state}", "{unit}", "{reason}", "{cases}", "{count}" };
    static const char *const locales[] = { "locale/mail.zh-CN.json", "locale/mail.en.json" };
    gk_why why;
    int seen = 0;
    for (size_t l = 0; l < 2; l++) {
        gk_json_auto *texts = NULL;
        assert_int_equal(gk_json_load_schema(locales[l], 256 * 1024, &texts, &why), GK_OK);
        for (int type = 0; type <= GK_EVENT_TYPES; type++)
            for (int records = 0; records < 2; records++) {
                const char *key = type == GK_EVENT_TYPES ? "lapse" : gk_flow_event((gk_event_type) type)->message;
                gk_free_auto char *name = gk_format("%s%s", records ? "records_" : "", key ? key : "");
                const json_t *message = json_object_get(json_object_get(texts, "messages"), name);
                if (!message)
                    continue;
                gk_free_auto char *text = json_dumps(message, 0);
                for (size_t i = 0; i < sizeof own / sizeof *own; i++)
                    assert_lacks(text, own[i]);
                seen++;
            }
    }
    assert_true(seen >= 30);
}

static void tasks_have_their_message(void **state)
{
    (void) state;
    static const struct { const char *task, *message, *key; } rows[] = {
        { "remind", "", "due" }, { "digest", "", "digest" }, { "alarm", "", "alarm" }, { "notify", "", "" },
        { "alarm", "quarantine", "quarantine" }, { "notify", "fee", "fee" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gk_json_auto *job = json_pack("{s:s}", "task", rows[i].task), *facts = json_pack("{s:s}", "message", rows[i].message);
        assert_string_equal(gk_message_key(job, facts), rows[i].key);
    }
}

static void bad_texts_are_refused(void **state)
{
    (void) state;
    static const struct { const char *set, *value, *says; } rows[] = {
        { "date", "7", "date" },
        { "weekdays", "[\"a\"]", "weekdays" },
        { "left", "{}", "left.over" },
        { "footer", "[]", "footer" },
        { "limits", "{\"reply\": \"x\"}", "limits.standard" },
        { "messages", "{\"due\": {\"subject\": \"{numbr}\", \"body\": [\"x\"]}}", "{numbr}" },
        { "messages", "{\"due\": {\"subject\": \"{number\", \"body\": [\"x\"]}}", "unknown placeholder" },
        { "messages", "{\"due\": {\"subject\": \"x\", \"body\": [7]}}", "due" },
        { "messages", "{\"due\": {\"subject\": \"x\"}}", "due" },
        { "messages", "{\"only_zh\": {\"subject\": \"x\", \"body\": [\"x\"]}}", "only_zh is missing in English" },
    };
    gk_json_auto *zh = NULL, *en = NULL;
    assert_int_equal(gk_json_load(GK_SOURCE "/schemas/locale/mail.zh-CN.json", 1 << 20, &zh, NULL), GK_OK);
    assert_int_equal(gk_json_load(GK_SOURCE "/schemas/locale/mail.en.json", 1 << 20, &en, NULL), GK_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gk_json_auto *bad = json_deep_copy(zh);
        json_object_set_new(bad, rows[i].set, json_loads(rows[i].value, JSON_DECODE_ANY, NULL));
        gk_messages *out = NULL;
        gk_why why = { "" };
        assert_int_equal(gk_messages_new(bad, en, &out, &why), GK_EBADVALUE);
        assert_null(out);
        assert_has(why.text, rows[i].says);
    }
}

static void calendar_of_due_dates(void **state)
{
    (void) state;
    gk_auto(gk_messages) all = texts();
    gk_json_auto *job = parse(job_text);
    gk_json_auto *facts = parse("{\"cases\": [{\"number\": \"GZ-2026-000012\", \"due_on\": \"2026-03-30\"},"
                                " {\"number\": \"GZ-2026-000013\", \"due_on\": null}, {\"number\": \"a\\r\\nb\", \"due_on\": \"2026-03-30\"},"
                                " {\"number\": \"GZ,14\", \"due_on\": \"2026-04-01\"},"
                                " {\"number\": \"GZ-G-2026-000001\", \"due_on\": \"2026-04-02\", \"limit\": \"standard\"},"
                                " {\"number\": \"GZ-2026-000012\", \"due_on\": \"2026-04-03\", \"limit\": \"proceeding\"}]}");
    gk_free_auto char *text = gk_message_calendar(all, job, facts);
    assert_string_equal(text, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Gongkai//Reminder//ZH\r\nMETHOD:PUBLISH\r\n"
                              "BEGIN:VEVENT\r\nUID:GZ-2026-000012@gongkai\r\nDTSTAMP:20260325T010203Z\r\n"
                              "DTSTART;VALUE=DATE:20260330\r\nSUMMARY:GZ-2026-000012 答复期限\r\nEND:VEVENT\r\n"
                              "BEGIN:VEVENT\r\nUID:GZ\\,14@gongkai\r\nDTSTAMP:20260325T010203Z\r\n"
                              "DTSTART;VALUE=DATE:20260401\r\nSUMMARY:GZ\\,14 答复期限\r\nEND:VEVENT\r\n"
                              "BEGIN:VEVENT\r\nUID:GZ-G-2026-000001@gongkai\r\nDTSTAMP:20260325T010203Z\r\n"
                              "DTSTART;VALUE=DATE:20260402\r\nSUMMARY:GZ-G-2026-000001 办理的服务标准（非法定期限）\r\nEND:VEVENT\r\n"
                              "BEGIN:VEVENT\r\nUID:GZ-2026-000012-proceeding@gongkai\r\nDTSTAMP:20260325T010203Z\r\n"
                              "DTSTART;VALUE=DATE:20260403\r\nSUMMARY:GZ-2026-000012 书面答复期限\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
    gk_json_auto *none = parse("{\"cases\": [{\"number\": \"GZ-2026-000013\", \"due_on\": null}]}");
    gk_free_auto char *empty = gk_message_calendar(all, job, none);
    assert_string_equal(empty, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(due_date_with_weekday_and_days_left),
        cmocka_unit_test(a_standard_is_called_one),
        cmocka_unit_test(content_never_leaves),
        cmocka_unit_test(applicants_messages),
        cmocka_unit_test(a_line_without_its_value_is_left_out),
        cmocka_unit_test(roles_have_their_own_text),
        cmocka_unit_test(digest_lists_and_ends),
        cmocka_unit_test(training_is_said),
        cmocka_unit_test(unknown_messages_are_refused),
        cmocka_unit_test(applicants_mails_say_nothing_of_the_office),
        cmocka_unit_test(tasks_have_their_message),
        cmocka_unit_test(bad_texts_are_refused),
        cmocka_unit_test(calendar_of_due_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
