/* links: gongkai_parts */
/*  test_cli_sheet - columns of a terminal, and what strangers may not do to it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "clients/gongkai/sheet.h"

#include <stdlib.h>
#include <string.h>

static void assert_prints(const gk_sheet *sheet, int indent, int width, const char *expected)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    gk_sheet_print(sheet, indent, width, out);
    fclose(out);
    assert_string_equal(text, expected);
    free(text);
}

static void widths(void **state)
{
    (void) state;
    static const struct { const char *text; int width; } rows[] = {
        { "", 0 }, { "abc", 3 }, { "案号", 4 }, { "GZ-2026", 7 }, { "〔2026〕", 8 }, { "（暂定）", 8 },
        { "é", 1 }, { "e\xcc\x81", 1 }, { "𠮷", 2 }, { "—", 1 }, { "Ａ", 2 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(gk_sheet_width(rows[i].text), rows[i].width);
}

static void columns_align_by_width(void **state)
{
    (void) state;
    gk_auto(gk_sheet) sheet = gk_sheet_new(3);
    static const char *const cells[] = { "案号", "ab", "x", "a", "", "二", "", "三四", "" };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        gk_sheet_cell(sheet, cells[i]);
    assert_int_equal(gk_sheet_rows(sheet), 3);
    assert_prints(sheet, 1, 0, " 案号  ab    x\n a           二\n       三四\n");
}

static void an_empty_column_takes_no_room(void **state)
{
    (void) state;
    gk_auto(gk_sheet) sheet = gk_sheet_new(3);
    static const char *const cells[] = { "a", "", "b", "cc", NULL, "d" };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        gk_sheet_cell(sheet, cells[i]);
    assert_prints(sheet, 0, 0, "a   b\ncc  d\n");
}

static void the_last_column_goes_on_under_itself(void **state)
{
    (void) state;
    gk_auto(gk_sheet) sheet = gk_sheet_new(2);
    gk_sheet_cell(sheet, "k");
    gk_sheet_cell(sheet, "一二三四五六七八九十一二三四五");
    gk_sheet_cell(sheet, "");
    gk_sheet_cell(sheet, "words are cut at blanks");
    assert_prints(sheet, 0, 23, "k  一二三四五六七八九十\n   一二三四五\n   words are cut at \n   blanks\n");
}

/*  A title with an escape sequence, a bell, a new line or a direction mark in it. */
static void nobody_repaints_the_screen(void **state)
{
    (void) state;
    gk_auto(gk_sheet) sheet = gk_sheet_new(1);
    gk_sheet_cell(sheet, "a\x1b[2Jb\a\nc\xe2\x80\xae" "d\xc2\x9b" "e\xff" "f");
    assert_prints(sheet, 0, 0, "a?[2Jb? c?d?e\xef\xbf\xbd" "f\n");
}

static void long_printf_is_cut_at_a_character(void **state)
{
    (void) state;
    char big[3000];
    memset(big, 0, sizeof big);
    for (int i = 0; i < 700; i++)
        strcat(big, "案");
    gk_auto(gk_sheet) sheet = gk_sheet_new(1);
    gk_sheet_cellf(sheet, "%s", big);
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    gk_sheet_print(sheet, 0, 0, out);
    fclose(out);
    assert_int_equal(len, 341 * 3 + 1);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths),
        cmocka_unit_test(columns_align_by_width),
        cmocka_unit_test(an_empty_column_takes_no_room),
        cmocka_unit_test(the_last_column_goes_on_under_itself),
        cmocka_unit_test(nobody_repaints_the_screen),
        cmocka_unit_test(long_printf_is_cut_at_a_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
