/* links: gongkai_reply_parts gk_paper */
/*  test_paper - headings, paragraphs and tables on A4. */
#include "letters.h"
#include "paper/paper.h"

static gk_paper *begin(void)
{
    gk_paper *paper = NULL;
    gk_why why = { "" };
    gk_date date;
    assert_int_equal(gk_date_parse("2027-01-20", 10, &date), GK_OK);
    if (gk_paper_new(letters_fonts_dir(), "年度报告", "示例海关", date, &paper, &why))
        fail_msg("%s", why.text);
    return paper;
}

static int pages_in(const gk_text *pdf)
{
    int count = 0;
    for (const char *at = pdf->data; at < pdf->data + pdf->len; at++)
        count += strncmp(at, "/Type /Page", 11) == 0 && at[11] != 's';
    return count;
}

static void fill(gk_paper *paper)
{
    static const double shares[] = { 2, 1, 1 };
    static const gk_paper_cell cells[] = {
        { 0, 0, 2, 1, "项目", true }, { 0, 1, 1, 2, "数量", false }, { 1, 1, 1, 1, "自然人", false }, { 1, 2, 1, 1, "总计", false },
        { 2, 0, 1, 1, "一、本年新收", true }, { 2, 1, 1, 1, "3", false }, { 2, 2, 1, 1, "3", false },
    };
    gk_paper_mark(paper, "演示文书");
    gk_paper_title(paper, "年度报告");
    gk_paper_heading(paper, "一、总体情况");
    gk_paper_text(paper, "第一段。\n\n第二段。");
    gk_paper_table(paper, shares, 3, cells, sizeof cells / sizeof *cells);
    gk_paper_note(paper, "数据校验值：abcdef");
}

static void the_same_document_has_the_same_bytes(void **state)
{
    (void) state;
    gk_text pdf[2] = { { 0 } };
    gk_why why = { "" };
    for (int i = 0; i < 2; i++) {
        gk_auto(gk_paper) paper = begin();
        fill(paper);
        assert_int_equal(gk_paper_end(paper, &pdf[i], &why), GK_OK);
    }
    assert_true(pdf[0].len > 1000 && strncmp(pdf[0].data, "%PDF-", 5) == 0);
    assert_int_equal(pdf[0].len, pdf[1].len);
    assert_memory_equal(pdf[0].data, pdf[1].data, pdf[0].len);
    gk_text_clear(&pdf[0]);
    gk_text_clear(&pdf[1]);
}

static void a_long_text_goes_on_over_the_page(void **state)
{
    (void) state;
    gk_auto(gk_paper) paper = begin();
    gk_text_auto text = { 0 }, pdf = { 0 };
    gk_why why = { "" };
    for (int i = 0; i < 3000; i++)
        gk_text_puts(&text, "政府信息公开，");
    gk_paper_text(paper, text.data);
    gk_paper_page(paper);
    gk_paper_page(paper);           /* nothing stands on it yet: it is the same page */
    gk_paper_heading(paper, "六、其他");
    assert_int_equal(gk_paper_end(paper, &pdf, &why), GK_OK);
    assert_in_range(pages_in(&pdf), 5, 20);
}

static void what_cannot_be_drawn_is_said_at_the_end(void **state)
{
    (void) state;
    static const double shares[GK_PAPER_COLUMNS + 1] = { 1, 1 };
    static gk_paper_cell tall[GK_PAPER_ROWS];
    gk_text_auto pdf = { 0 };
    for (int i = 0; i < GK_PAPER_ROWS; i++)
        tall[i] = (gk_paper_cell) { i, 0, 1, 1, "行", false };
    static const struct { gk_paper_cell cell; int columns; } rows[] = {
        { { 0, 2, 1, 1, "x", false }, 2 }, { { 0, 1, 1, 2, "x", false }, 2 }, { { GK_PAPER_ROWS, 0, 1, 1, "x", false }, 2 },
        { { -1, 0, 1, 1, "x", false }, 2 }, { { 0, 0, 1, 1, "x", false }, GK_PAPER_COLUMNS + 1 }, { { 0, 0, 1, 1, "x", false }, 0 },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_auto(gk_paper) paper = begin();
        gk_why why = { "" };
        gk_paper_table(paper, shares, rows[i].columns, &rows[i].cell, 1);
        fill(paper);
        assert_int_equal(gk_paper_end(paper, &pdf, &why), GK_ETOOLARGE);
        assert_true(*why.text);
    }
    gk_auto(gk_paper) paper = begin();
    gk_auto(gk_paper) odd = begin();
    gk_why why = { "" };
    gk_paper_table(paper, shares, 1, tall, ROWS(tall));
    assert_int_equal(gk_paper_end(paper, &pdf, &why), GK_ETOOLARGE);
    gk_paper_text(odd, "\xf3\xb0\x80\x80");             /* a private character: no font has it */
    assert_int_equal(gk_paper_end(odd, &pdf, &why), GK_EBADVALUE);
    assert_int_equal(pdf.len, 0);
}

static void without_fonts_there_is_no_document(void **state)
{
    (void) state;
    gk_paper *paper = NULL;
    gk_why why = { "" };
    assert_int_equal(gk_paper_new("/nowhere", "x", "x", (gk_date) { 20000 }, &paper, &why), GK_ENOTFOUND);
    assert_null(paper);
    assert_non_null(strstr(why.text, "deploy/fonts"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_document_has_the_same_bytes),
        cmocka_unit_test(a_long_text_goes_on_over_the_page),
        cmocka_unit_test(what_cannot_be_drawn_is_said_at_the_end),
        cmocka_unit_test(without_fonts_there_is_no_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
