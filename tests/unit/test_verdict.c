/* links: gongkai_confidentiality_parts */
/*  test_verdict - verdicts on what gongkai-extract wrote; nothing unread is called clean. */
#include "workers/confidentiality/review.h"
#include "base/mem.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define END "{\"end\":true,\"pages\":1,\"metadata\":{},\"attachments\":false}\n"
#define PAGE(text) "{\"page\":1,\"text\":\"" text "\",\"pictures\":0}\n"

static json_t *judge(const char *name, const char *stream)
{
    gk_auto(gk_review) review = gk_review_new(NULL);
    gk_review_document(review, "d1", name, stream, strlen(stream));
    return gk_review_finding(review);
}

static void verdicts(void **state)
{
    (void) state;
    static const struct { const char *name, *stream, *verdict, *reason; } rows[] = {
        { "a.txt", PAGE("请公开年度预算") END, "clean", "" },
        { "a.txt", PAGE("电话13800138000") END, "flagged", "" },
        { "a.txt", PAGE("机密★20年") END, "class_a", "" },
        { "a.txt", PAGE("机\\n密\\n★20年") END, "class_a", "" },
        { "a.txt", PAGE("机密\\n关于方案") END, "class_a", "" },       /* the head of a first page */
        { "机密-方案.pdf", PAGE("请公开") END, "class_a", "" },
        { "a.txt", PAGE("一") "{\"page\":2,\"text\":\"秘密★\",\"pictures\":0}\n" END, "class_a", "" },
        { "a.txt", PAGE("一") "{\"page\":0,\"text\":\"批注:绝密★\",\"pictures\":0}\n" END, "class_a", "" },
        { "a.txt", PAGE("一") "{\"end\":true,\"metadata\":{\"title\":\"机密 20年\"}}\n", "class_a", "" },
        /*  What nobody has read. */
        { "a.pdf", PAGE("") END, "unreadable", "no_text" },
        { "a.pdf", PAGE(" \\n ") END, "unreadable", "no_text" },
        { "a.pdf", PAGE("一") "{\"page\":2,\"text\":\"\",\"pictures\":0}\n" END, "unreadable", "no_text" },
        { "a.pdf", "{\"page\":1,\"text\":\"一\",\"pictures\":1}\n" END, "unreadable", "picture" },
        { "a.pdf", PAGE("一") "{\"end\":true,\"attachments\":true}\n", "unreadable", "attachment" },
        { "a.pdf", PAGE("믺쏜ꇯ㈰쓪") END, "unreadable", "garbled" },
        { "a.pdf", PAGE("\xee\x80\x81\xee\x80\x82") END, "unreadable", "garbled" },
        { "a.pdf", END, "unreadable", "no_text" },
        { "a.pdf", "{\"error\":\"encrypted\"}\n", "unreadable", "encrypted" },
        { "a.jpg", "{\"error\":\"unsupported\"}\n", "unreadable", "unsupported" },
        { "a.pdf", PAGE("机密★") "{\"error\":\"too_large\"}\n", "class_a", "too_large" },     /* what was read counts */
        /*  A stream from a program that broke, or was broken into. */
        { "a.pdf", "", "unreadable", "broken" },
        { "a.pdf", PAGE("一"), "unreadable", "broken" },
        { "a.pdf", PAGE("一") "{\"end\":tr", "unreadable", "broken" },
        { "a.pdf", "\n\n\n" END, "unreadable", "broken" },
        { "a.pdf", "{\"page\":7,\"text\":\"一\"}\n" END, "unreadable", "broken" },
        { "a.pdf", "{\"page\":-1,\"text\":\"一\"}\n" END, "unreadable", "broken" },
        { "a.pdf", "{\"page\":1,\"text\":9}\n" END, "unreadable", "broken" },
        { "a.pdf", "{\"error\":\"13800138000\"}\n", "unreadable", "broken" },                   /* no words of its own */
        { "a.pdf", "[1]\n", "unreadable", "broken" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gk_json_auto *finding = judge(rows[i].name, rows[i].stream);
        const json_t *document = json_array_get(json_object_get(finding, "documents"), 0);
        if (strcmp(gk_json_text(document, "verdict"), rows[i].verdict) != 0
            || strcmp(gk_json_text(document, "reason"), rows[i].reason) != 0)
            fail_msg("row %zu: %s %s, not %s %s", i, gk_json_text(document, "verdict"), gk_json_text(document, "reason"),
                     rows[i].verdict, rows[i].reason);
        assert_string_equal(gk_json_text(finding, "verdict"), rows[i].verdict);
    }
}

static void a_finding_says_where(void **state)
{
    (void) state;
    gk_json_auto *finding = judge("甲.txt", PAGE("无") "{\"page\":2,\"text\":\"见机密★二十年\",\"pictures\":0}\n" END);
    gk_free_auto char *text = gk_json_print(json_object_get(finding, "findings"));
    assert_string_equal(text, "[{\"class\":\"A\",\"document\":\"d1\",\"excerpt\":\"机密★20年\",\"kind\":\"state_secret_mark\","
                              "\"length\":6,\"level\":\"机密\",\"name\":\"甲.txt\",\"offset\":1,\"page\":2,\"term\":\"20年\"}]");
    const json_t *document = json_array_get(json_object_get(finding, "documents"), 0);
    assert_int_equal(json_integer_value(json_object_get(document, "pages")), 2);
    assert_int_equal(json_integer_value(json_object_get(document, "chars")), 8);
}

static void a_draft_is_scanned(void **state)
{
    (void) state;
    gk_auto(gk_review) review = gk_review_new(NULL);
    gk_review_draft(review, "您申请的信息见附件,联系人电话13800138000。");
    gk_json_auto *finding = gk_review_finding(review);
    const json_t *first = json_array_get(json_object_get(finding, "findings"), 0);
    assert_string_equal(gk_json_text(finding, "verdict"), "flagged");
    assert_string_equal(gk_json_text(first, "document"), "draft");
    assert_string_equal(gk_json_text(first, "excerpt"), "138****8000");
}

static void a_flood_does_not_hide_the_mark(void **state)
{
    (void) state;
    gk_text_auto stream = { 0 };
    gk_text_puts(&stream, "{\"page\":1,\"text\":\"");
    for (int i = 0; i < 5000; i++)
        gk_text_puts(&stream, "电话13800138000,");
    gk_text_puts(&stream, "机密★20年\",\"pictures\":0}\n" END);
    gk_auto(gk_review) review = gk_review_new(NULL);
    for (int i = 0; i < 20; i++)        /* as many as a command may carry */
        gk_review_document(review, "d", "a.txt", stream.data, stream.len);
    gk_json_auto *finding = gk_review_finding(review);
    gk_free_auto char *text = gk_json_print(finding);
    assert_true(strlen(text) < 512 << 10);
    assert_true(json_array_size(json_object_get(finding, "findings")) <= GK_REVIEW_ALL + 20);
    size_t marks = 0, i;
    json_t *one;
    json_array_foreach(json_object_get(finding, "findings"), i, one)
        marks += gk_json_text(one, "class")[0] == 'A';
    assert_int_equal(marks, 20);
    const json_t *document = json_array_get(json_object_get(finding, "documents"), 0);
    assert_int_equal(json_integer_value(json_object_get(document, "omitted")), 5000 - GK_REVIEW_OTHERS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts),
        cmocka_unit_test(a_finding_says_where),
        cmocka_unit_test(a_draft_is_scanned),
        cmocka_unit_test(a_flood_does_not_hide_the_mark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
