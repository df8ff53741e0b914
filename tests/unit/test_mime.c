/* links: gongkai_reminder_parts */
/*  test_mime - every header line is short and decodes to what went in; nothing smuggles a header in.
 *
 *  The decoder here is a few dumb lines of our own; tests/integration/mail.py lets Python's
 *  email package judge the same bytes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "workers/reminder/mime.h"
#include "base/mem.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { SEED = 20260302, ROUNDS = 2000 };

/*  Join the encoded words behind "Name: "; each must be UTF-8 by itself. */
static void decode_words(const char *header, gk_text *out)
{
    const char *p = strstr(header, ": ") + 2;
    if (!strstr(p, "=?UTF-8?B?")) {
        gk_text_add(out, p, strcspn(p, "\r"));
        return;
    }
    while ((p = strstr(p, "=?UTF-8?B?"))) {
        p += strlen("=?UTF-8?B?");
        const char *end = strstr(p, "?=");
        unsigned char bytes[64];
        size_t len;
        assert_non_null(end);
        assert_int_equal(sodium_base642bin(bytes, sizeof bytes, p, (size_t) (end - p), NULL, &len, NULL,
                                           sodium_base64_VARIANT_ORIGINAL), 0);
        assert_true(gk_utf8_ok((const char *) bytes, len));
        gk_text_add(out, (const char *) bytes, len);
        p = end + 2;
        assert_true(strncmp(p, "\r\n", 2) == 0);
    }
}

/*  Every line ends in CRLF, has at most `most` octets, and no bare CR or LF, or 8-bit, is inside. */
static void check_lines(const char *text, size_t most)
{
    for (const char *end; *text; text = end + 2) {
        end = strstr(text, "\r\n");
        assert_non_null(end);
        assert_true((size_t) (end - text) <= most);
        for (const char *p = text; p < end; p++)
            assert_true(*p >= ' ' && *p <= '~');
    }
}

static void round_trip(const char *value)
{
    gk_text_auto header = { 0 }, back = { 0 };
    gk_mime_header(&header, "Subject", value);
    check_lines(header.data, GK_MIME_LINE);
    decode_words(header.data, &back);
    assert_string_equal(back.data, value);
}

static void subjects_round_trip(void **state)
{
    (void) state;
    static const char *const rows[] = {
        "GZ-2026-000012 due today",
        "您的政府信息公开申请已登记：GZ-2026-000012",
        "👩‍👩‍👧‍👦 emoji of many characters, 𠮷野家 beyond the BMP 🚢🛃",
        "=?UTF-8?B?AAAA?= must not be read as an encoded word",
        " a leading blank must survive",
        "an ASCII subject that is longer than the seventy-five octets that a line may have",
        "x",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        round_trip(rows[i]);
}

static void subject_of_200_characters(void **state)
{
    (void) state;
    gk_text_auto subject = { 0 };
    for (int i = 0; i < 200; i++)
        gk_text_puts(&subject, i % 2 ? "公" : "开");
    round_trip(subject.data);
}

/*  Lengths one by one: a fold falls on every byte of a character once. */
static void any_mix_round_trips(void **state)
{
    (void) state;
    static const uint32_t alphabet[] = { 'a', ' ', '?', '=', 0xe9, 0x516c, 0x5f00, 0x1f6a2, 0x20bb7 };
    srand(SEED);
    for (int i = 0; i < ROUNDS; i++) {
        gk_text_auto subject = { 0 };
        gk_text_add_char(&subject, 's');
        for (int left = i % 250; left > 0; left--)
            gk_text_add_char(&subject, alphabet[(size_t) rand() % (sizeof alphabet / sizeof *alphabet)]);
        round_trip(subject.data);
    }
}

/*  Undo RFC 2231: the pieces in order, unescaped. */
static void decode_param(const char *text, gk_text *out)
{
    const char *p = strstr(text, "UTF-8''");
    assert_non_null(p);
    for (p += strlen("UTF-8''"); *p; ) {
        if (*p == ';') {
            p = strstr(p, "*=") + 2;
        } else if (*p == '%') {
            char byte[3] = { p[1], p[2], 0 };
            char c = (char) strtol(byte, NULL, 16);
            gk_text_add(out, &c, 1);
            p += 3;
        } else {
            gk_text_add(out, p++, 1);
        }
    }
}

static void file_names(void **state)
{
    (void) state;
    static const char *const rows[] = {
        "答复期限.ics", "a.ics",
        "关于某某口岸2024年度进口冷链食品查验数量和处置情况的政府信息公开答复书（含附件一至附件九）.pdf",
        "quote\".pdf", "semi;colon.pdf", "it's 100%.pdf", "🚢.pdf",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gk_text_auto param = { 0 }, back = { 0 }, lines = { 0 };
        gk_mime_param(&param, "filename", rows[i]);
        gk_text_printf(&lines, "Content-Disposition: attachment%s\r\n", param.data);
        check_lines(lines.data, GK_MIME_LINE);
        if (strcmp(rows[i], "a.ics") == 0)
            assert_string_equal(param.data, ";\r\n filename=\"a.ics\"");
        else
            decode_param(param.data, &back), assert_string_equal(back.data, rows[i]);
    }
}

static void addresses(void **state)
{
    (void) state;
    static const struct { const char *text; bool ok; } rows[] = {
        { "wang@example.cn", true },
        { "o'neil+gk_1@mail.example.com", true },
        { "a@localhost", true },
        { "", false },
        { "wang", false },
        { "@example.cn", false },
        { "wang@", false },
        { "a..b@example.cn", false },
        { ".a@example.cn", false },
        { "a.@example.cn", false },
        { "a@b@example.cn", false },
        { "a@example..cn", false },
        { "a@-example.cn", false },
        { "a@example.cn>", false },
        { "<a@example.cn", false },
        { "a@example.cn\r\nRCPT TO:<b@example.cn>", false },
        { "a@example.cn ", false },
        { "a b@example.cn", false },
        { "\"a b\"@example.cn", false },
        { "a@[127.0.0.1]", false },
        { "a,b@example.cn", false },
        { "王@example.cn", false },             /* not every server takes it */
        { "a@示例.cn", false },
        { "a123456789012345678901234567890123456789012345678901234567890abcd@example.cn", false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (gk_mime_address_ok(rows[i].text) != rows[i].ok)
            fail_msg("%s", rows[i].text);
}

static const gk_mime good = {
    .from = "gk@example.cn", .from_name = "示例海关", .to = "a@example.cn", .subject = "登记",
    .message_id = "7-3-notify.applicant@example.cn", .role = "applicant", .lang = "zh-CN",
    .at = 1774400523, .text = "您好：\n第二行\n",
};

static void mail_has_what_a_mail_needs(void **state)
{
    (void) state;
    static const char *const rows[] = {
        "Date: Wed, 25 Mar 2026 09:02:03 +0800\r\n",
        "\r\nFrom: =?UTF-8?B?56S65L6L5rW35YWz?=\r\n <gk@example.cn>\r\n",
        "\r\nTo: <a@example.cn>\r\n",
        "\r\nMessage-ID: <7-3-notify.applicant@example.cn>\r\n",
        "\r\nAuto-Submitted: auto-generated\r\n",
        "\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n",
        "\r\n\r\n5oKo5aW977yaDQrnrKzkuozooYwNCg==\r\n",
    };
    gk_text_auto mail = { 0 };
    assert_int_equal(gk_mime_write(&good, &mail, NULL), GK_OK);
    check_lines(mail.data, 998);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strstr(mail.data, rows[i]))
            fail_msg("not there: %s", rows[i]);
}

static void dates(void **state)
{
    (void) state;
    static const struct { int64_t at; const char *text; } rows[] = {
        { 0, "Date: Thu, 1 Jan 1970 08:00:00 +0800\r\n" },
        { 1772294399, "Date: Sat, 28 Feb 2026 23:59:59 +0800\r\n" },      /* still 28 February in Shanghai */
        { 1772294400, "Date: Sun, 1 Mar 2026 00:00:00 +0800\r\n" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gk_text_auto out = { 0 };
        gk_mime mail = good;
        mail.at = rows[i].at;
        assert_int_equal(gk_mime_write(&mail, &out, NULL), GK_OK);
        assert_int_equal(strncmp(out.data, rows[i].text, strlen(rows[i].text)), 0);
    }
}

/*  What must be refused, field by field; the output stays as it was. */
static void nothing_is_smuggled_in(void **state)
{
    (void) state;
    static const char *const harm[] = {
        "a\r\nBcc: b@example.cn", "a\nb", "a\rb", "a\tb", "a\x7f" "b", "a\xc2\x85" "b",  /* NEL ends a line for some */
        "a\xe2\x80\xa8" "b", "a\xe2\x80\xae" "gpj.exe", "a\xff" "b", "a\xc0\x8d\xc0\x8a",
    };
    for (size_t i = 0; i < sizeof harm / sizeof *harm; i++) {
        gk_mime_part part = { harm[i], "text/plain", "", 0 }, type = { "a", harm[i], "", 0 };
        gk_mime rows[8];
        for (size_t k = 0; k < 8; k++)
            rows[k] = good;
        rows[0].subject = rows[1].from_name = rows[2].role = rows[3].lang = rows[4].to = rows[5].message_id = harm[i];
        rows[6].parts = &part, rows[7].parts = &type;
        rows[6].part_count = rows[7].part_count = 1;
        for (size_t k = 0; k < 8; k++) {
            gk_why why = { "" };
            gk_text_auto out = { 0 };
            gk_text_puts(&out, "before");
            assert_int_equal(gk_mime_write(&rows[k], &out, &why), GK_EBADVALUE);
            assert_true(strlen(why.text) > 20);
            assert_string_equal(out.data, "before");
        }
    }
}

static void limits(void **state)
{
    (void) state;
    gk_free_auto char *big = gk_zalloc(GK_MIME_MAX_BODY + 2);
    memset(big, 'a', GK_MIME_MAX_BODY + 1);
    gk_mime_part part = { "a", "text/plain", big, GK_MIME_MAX_BODY + 1 };
    gk_mime rows[] = { good, good, good, good };
    rows[0].text = rows[1].subject = big;
    rows[2].parts = &part, rows[2].part_count = 1;
    rows[3].part_count = GK_MIME_MAX_PARTS + 1;
    for (size_t i = 0; i < 4; i++) {
        gk_text_auto out = { 0 };
        assert_int_equal(gk_mime_write(&rows[i], &out, NULL), GK_ETOOLARGE);
        assert_int_equal(out.len, 0);
    }
    big[GK_MIME_MAX_BODY] = 0;
    gk_text_auto out = { 0 };
    assert_int_equal(gk_mime_write(&rows[0], &out, NULL), GK_OK);
    check_lines(out.data, 998);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(subjects_round_trip),
        cmocka_unit_test(subject_of_200_characters),
        cmocka_unit_test(any_mix_round_trips),
        cmocka_unit_test(file_names),
        cmocka_unit_test(addresses),
        cmocka_unit_test(mail_has_what_a_mail_needs),
        cmocka_unit_test(dates),
        cmocka_unit_test(nothing_is_smuggled_in),
        cmocka_unit_test(limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
