/* links: gongkai_confidentiality_parts */
/*  test_fold - one form for every character, and the way back to the original. */
#include "workers/confidentiality/fold.h"
#include "base/mem.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void texts_fold_to_one_form(void **state)
{
    (void) state;
    static const struct { const char *text, *folded; } rows[] = {
        { "机 密\n★ 20　年", "机密★20年" },
        { "ＡｂＣ１２３，：（）", "ABC123,:()" },
        { "𝟎𝟗𝟘𝟡①⁹", "090919" },
        { "絕密☆秘密＊內部資料", "绝密★秘密*内部资料" },
        { "⼯作⾝份⾞", "工作身份车" },                   /* Kangxi radicals, the last one traditional */
        { "〔2026〕【x】", "(2026)(X)" },
        { "a\xc2\xad" "b\xe2\x80\x8b" "c\xef\xbb\xbf", "ABC" },
        { "138–0013—8000", "138-0013-8000" },
        { "㊙密", "秘密" },
        { "", "" }, { " \n\t　", "" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gk_auto(gk_folded) in = gk_fold(rows[i].text, strlen(rows[i].text));
        assert_string_equal(in->text, rows[i].folded);
    }
}

static void gaps_are_remembered(void **state)
{
    (void) state;
    static const char text[] = "a b  c\td\ne\xe2\x80\x8b" "f";
    static const unsigned char gap[] = { GK_LINE, GK_BLANK, GK_COLUMN, GK_COLUMN, GK_LINE, GK_JOINED, GK_LINE };
    gk_auto(gk_folded) in = gk_fold(text, sizeof text - 1);
    assert_string_equal(in->text, "ABCDEF");
    assert_memory_equal(in->gap, gap, sizeof gap);
}

static void the_head_is_three_lines(void **state)
{
    (void) state;
    static const struct { const char *text; size_t head; } rows[] = {
        { "a\nb\nc\nd", 3 }, { "\n\na\n\n  \nb\r\nc\n\nd", 3 }, { "a\nb\nc", 3 }, { "", 0 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gk_auto(gk_folded) in = gk_fold(rows[i].text, strlen(rows[i].text));
        assert_int_equal(in->head, rows[i].head);
    }
}

/*  Whatever the text, folding a folded character changes nothing, and the map never goes back. */
static void folding_is_settled(void **state)
{
    (void) state;
    gk_text_auto all = { 0 };
    for (uint32_t code = 1; code < 0x20000; code++) {
        if (code >= 0xd800 && code < 0xe000)
            continue;
        gk_text_add_char(&all, code);
        uint32_t once = gk_fold_char(code);
        if (once && gk_fold_char(once) != once)
            fail_msg("U+%04X folds to U+%04X, and that again", (unsigned) code, (unsigned) once);
    }
    gk_auto(gk_folded) in = gk_fold(all.data, all.len);
    assert_true(gk_utf8_ok(in->text, in->len));
    for (size_t i = 1; i <= in->len; i++)
        assert_true(in->origin[i] >= in->origin[i - 1]);
    assert_int_equal(in->origin[in->len], gk_utf8_count(all.data, all.len));
}

static void malformed_bytes_count_as_characters(void **state)
{
    (void) state;
    gk_auto(gk_folded) in = gk_fold("\xff\xfe\xe5x", 4);
    assert_int_equal(in->origin[in->len], 4);
    assert_int_equal(in->origin[in->len - 1], 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_fold_to_one_form),
        cmocka_unit_test(gaps_are_remembered),
        cmocka_unit_test(the_head_is_three_lines),
        cmocka_unit_test(folding_is_settled),
        cmocka_unit_test(malformed_bytes_count_as_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
