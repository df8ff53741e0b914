/* links: gongkai_parts */
/*  test_csvfile - a clerk's table becomes entries, or is refused with line and column. */
#include "clients/gongkai/csvfile.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/catalogue.h"
#include "unit/law.h"

#define HEAD "title,url,document_number,published_on\n"

static void what_is_read(void **state)
{
    (void) state;
    static const struct {
        const char *why, *text, *json;          /* JSON with ' for " */
    } rows[] = {
        { "the plain case", HEAD "预算,https://a.example/1,示关〔2021〕1号,2021-04-20\n",
          "[{'document_number':'示关〔2021〕1号','published_on':'2021-04-20','title':'预算','url':'https://a.example/1'}]" },
        { "a BOM, CR LF, no line end at the end", "\xef\xbb\xbftitle,url\r\na,https://a.example/1",
          "[{'title':'a','url':'https://a.example/1'}]" },
        { "CR alone", "title,url\ra,https://a.example/1\r", "[{'title':'a','url':'https://a.example/1'}]" },
        { "quotes, commas and line ends inside", "title,url\n\"a, \"\"b\"\"\r\n c\",\"https://a.example/1\"\n",
          "[{'title':'a, \\'b\\' c','url':'https://a.example/1'}]" },
        { "any order, any case, Chinese names", "URL,标题,Document Number\nhttps://a.example/1,a,x\n",
          "[{'document_number':'x','title':'a','url':'https://a.example/1'}]" },
        { "dates as spreadsheets write them", "title,url,date,published_on\na,https://a.example/1,2021/3/5,2021年12月31日\n",
          "[{'date':'2021-03-05','published_on':'2021-12-31','title':'a','url':'https://a.example/1'}]" },
        { "blanks around values", "title , url\n  a  b , https://a.example/1 \n", "[{'title':'a b','url':'https://a.example/1'}]" },
        { "rows of nothing", "\n\ntitle,url\n\n,\n\na,https://a.example/1\n,\n", "[{'title':'a','url':'https://a.example/1'}]" },
        { "columns beyond the header that are empty", "title,url\na,https://a.example/1,,\n",
          "[{'title':'a','url':'https://a.example/1'}]" },
        { "a header alone", "title,url\n", "[]" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *got = NULL;
        gk_why why = { "" };
        if (gk_csvfile_read(rows[i].text, strlen(rows[i].text), &got, &why))
            fail_msg("%s: %s", rows[i].why, why.text);
        gk_free_auto char *text = gk_json_print(got), *wanted = gk_strdup(rows[i].json);
        for (char *c = wanted; *c; c++)
            *c = *c == '\'' ? '"' : *c;
        assert_string_equal(text, wanted);
    }
}

static void what_is_refused_and_where(void **state)
{
    (void) state;
    static const struct {
        const char *text, *place, *says;
        gk_err err;
    } rows[] = {
        { "", "line 1, column 1", "header", GK_EMISSING },
        { "title,document_number\n", "line 1, column 1", "url", GK_EMISSING },
        { "title,url,作者\n", "line 1, column 11", "作者", GK_EBADVALUE },
        { "标题,url,title\n", "line 1, column 8", "twice", GK_EBADVALUE },
        { HEAD "a,https://a.example/1,\xb9\xab,\n", "line 2, column 23", "UTF-8", GK_EBADVALUE },     /* GB18030 */
        { HEAD "a,https://a.example/1,,\n公开\x1b[2J,https://a.example/2,,\n", "line 3, column 3", "control", GK_EBADVALUE },
        { HEAD "a\xe2\x80\xae" "b,https://a.example/1,,\n", "line 2, column 1", "control", GK_EBADVALUE },
        { HEAD "公开\"目录\",https://a.example/1,,\n", "line 2, column 3", "quote", GK_EBADVALUE },
        { HEAD "\"公开\"目录,https://a.example/1,,\n", "line 2, column 5", "quote", GK_EBADVALUE },
        { HEAD "a,https://a.example/1,,\n公开,\"https://a.example/2,,\n", "line 3, column 4", "never ends", GK_EBADVALUE },
        { HEAD "公开,https://a.example/1\n", "line 2, column 1", "2 columns", GK_EBADVALUE },
        { HEAD "公开,https://a.example/1,,,x\n", "line 2, column 26", "no column 5", GK_EBADVALUE },
        { HEAD "公开,,,\n", "line 2, column 1", "url is empty", GK_EMISSING },
        { HEAD ",https://a.example/1,,\n", "line 2, column 1", "title is empty", GK_EMISSING },
        { HEAD "公开,ftp://a.example/1,,\n", "line 2, column 4", "https://", GK_EBADVALUE },
        { HEAD "公开,javascript:alert(1),,\n", "line 2, column 4", "https://", GK_EBADVALUE },
        { HEAD "公开,https://a.example/1,,2021-02-29\n", "line 2, column 25", "no date", GK_EBADVALUE },
        { HEAD "\"a\nb\",https://a.example/1,,\nc,https://a.example/1,,\n", "line 4, column 3", "line 2", GK_EBADVALUE },
        { HEAD "a,https://a.example/1,示关〔2021〕1号,\nc,https://a.example/2,示关[2021] 1号,\n", "line 3, column 23",
          "line 2 has the same document_number", GK_EBADVALUE },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        json_t *got = NULL;
        gk_why why = { "" };
        gk_err err = gk_csvfile_read(rows[i].text, strlen(rows[i].text), &got, &why);
        if (err != rows[i].err || strncmp(why.text, rows[i].place, strlen(rows[i].place)) != 0 || !strstr(why.text, rows[i].says))
            fail_msg("row %zu: %s (%s), want %s ... %s", i, why.text, gk_err_code(err), rows[i].place, rows[i].says);
        assert_null(got);
    }
}

/*  NUL ends no file. */
static void a_nul_is_found(void **state)
{
    (void) state;
    static const char text[] = "title,url\na\0b,https://a.example/1\n";
    json_t *got = NULL;
    gk_why why = { "" };
    assert_int_equal(gk_csvfile_read(text, sizeof text - 1, &got, &why), GK_EBADVALUE);
    assert_non_null(strstr(why.text, "line 2, column 2"));
}

static void a_title_that_is_too_long(void **state)
{
    (void) state;
    gk_text_auto text = { 0 };
    gk_text_puts(&text, "title,url\n");
    for (int i = 0; i < 201; i++)
        gk_text_puts(&text, "公");
    gk_text_puts(&text, ",https://a.example/1\n");
    json_t *got = NULL;
    gk_why why = { "" };
    assert_int_equal(gk_csvfile_read(text.data, text.len, &got, &why), GK_ETOOLARGE);
}

/*  The table that is delivered is one that we would load. */
static void the_delivered_table(void **state)
{
    (void) state;
    size_t len;
    gk_free_auto char *text = gk_file_read(GK_SOURCE "/schemas/catalogue/district.csv", 1 << 20, &len);
    assert_non_null(text);
    gk_json_auto *rows = NULL;
    gk_why why = { "" };
    if (gk_csvfile_read(text, len, &rows, &why))
        fail_msg("%s", why.text);
    assert_true(json_array_size(rows) >= 30);
    assert_int_equal(gk_catalogue_check(rows, &why), GK_OK);
    for (size_t i = 0; i < json_array_size(rows); i++)
        assert_false(gk_date_is_none(gk_json_date(json_array_get(rows, i), "published_on")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_read),
        cmocka_unit_test(what_is_refused_and_where),
        cmocka_unit_test(a_nul_is_found),
        cmocka_unit_test(a_title_that_is_too_long),
        cmocka_unit_test(the_delivered_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
