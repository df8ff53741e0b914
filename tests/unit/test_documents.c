/* links: gongkai_extract_parts gongkai_confidentiality_parts */
/*  test_documents - gongkai-extract on documents made here, through the worker's own eyes. */
#include "base/mem.h"
#include "base/text.h"
#include "workers/confidentiality/helper.h"
#include "workers/confidentiality/review.h"
#include "workers/extract/pdf.h"
#include "workers/extract/plain.h"
#include "workers/extract/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

_Static_assert(GK_REVIEW_BYTES == (int) GK_EXTRACT_BYTES && GK_REVIEW_STREAM == (int) GK_EXTRACT_STREAM,
               "the worker and the extractor have the same limits");

/*  ---- a PDF of our own --------------------------------------------------- */

/*  Lines are text; everything else goes into the objects as it stands. */
typedef struct pdf_sheet {
    const char *lines[4];
    const char *page, *catalog, *trailer, *extra;       /* entries of those dictionaries; objects */
    const char *kids;
    int count;                                          /* the claimed number of pages, 0: 1 */
} pdf_sheet;

/*  One byte a character: the font's ToUnicode map says which. */
static void add_line(gk_text *stream, gk_text *map, const char *line, int y, int *code)
{
    gk_text_printf(stream, "BT /F 16 Tf 50 %d Td <", y);
    for (size_t at = 0; line[at]; ) {
        uint32_t letter = gk_utf8_next(line, strlen(line), &at);
        gk_text_printf(stream, "%02x", (unsigned) *code);
        gk_text_printf(map, "<%02x> <%04x>\n", (unsigned) (*code)++, (unsigned) letter);
    }
    gk_text_puts(stream, "> Tj ET\n");
}

static void make_pdf(gk_text *pdf, const pdf_sheet *sheet)
{
    gk_text_auto stream = { 0 }, map = { 0 }, to_unicode = { 0 };
    int code = 0x21;
    gk_text_add(&stream, "", 0), gk_text_add(&map, "", 0);
    for (int i = 0; i < 4 && sheet->lines[i]; i++)
        add_line(&stream, &map, sheet->lines[i], 780 - 30 * i, &code);
    gk_text_printf(&to_unicode, "/CMapName /X def 1 begincodespacerange <00> <ff> endcodespacerange\n"
                                "%d beginbfchar\n%sendbfchar\nendcmap\n", code - 0x21, map.data);
    gk_text_printf(pdf, "%%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R%s>> endobj\n",
                   sheet->catalog ? sheet->catalog : "");
    gk_text_printf(pdf, "2 0 obj <</Type/Pages/Kids[%s]/Count %d>> endobj\n", sheet->kids ? sheet->kids : "3 0 R",
                   sheet->count ? sheet->count : 1);
    gk_text_printf(pdf, "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
                        "/Resources<</Font<</F 5 0 R>>/XObject<</I 9 0 R>>>>%s>> endobj\n", sheet->page ? sheet->page : "");
    gk_text_printf(pdf, "4 0 obj <</Length %zu>> stream\n%s\nendstream endobj\n", stream.len, stream.data);
    gk_text_puts(pdf, "5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>> endobj\n");
    gk_text_printf(pdf, "6 0 obj <</Length %zu>> stream\n%s\nendstream endobj\n", to_unicode.len, to_unicode.data);
    gk_text_printf(pdf, "%s\ntrailer <</Size 20/Root 1 0 R%s>>\n%%%%EOF\n", sheet->extra ? sheet->extra : "",
                   sheet->trailer ? sheet->trailer : "");
}

/*  ---- through the program ------------------------------------------------ */

static const gk_helper helper = { .path = GK_BIN "/gongkai-extract", .timeout_ms = 30000, .most = GK_EXTRACT_STREAM };

static json_t *judge(const char *bytes, size_t len, const char *name)
{
    gk_text_auto stream = { 0 };
    gk_why why = { "" };
    if (gk_helper_run(&helper, bytes, len, &stream, &why))
        fail_msg("%s", why.text);
    gk_auto(gk_review) review = gk_review_new(NULL);
    gk_review_document(review, "d", name, stream.data ? stream.data : "", stream.len);
    return gk_review_finding(review);
}

static const char *said(const json_t *finding, const char *key)
{
    return gk_json_text(json_array_get(json_object_get(finding, "documents"), 0), key);
}

static void check(const char *bytes, size_t len, const char *verdict, const char *reason)
{
    gk_json_auto *finding = judge(bytes, len, "a.pdf");
    assert_string_equal(said(finding, "verdict"), verdict);
    assert_string_equal(said(finding, "reason"), reason);
}

static void a_pdf_is_read_where_it_hides_things(void **state)
{
    (void) state;
    static const char note[] = "7 0 obj <</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents<FEFF673A5BC6260500320030>>> endobj\n";
    static const char image[] = "9 0 obj <</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
                                "/BitsPerComponent 8/Length 1>> stream\nA\nendstream endobj\n"
                                "8 0 obj <</Length 28>> stream\nq 500 0 0 700 0 0 cm /I Do Q\nendstream endobj\n";
    static const char file[] = "7 0 obj <</Type/Filespec/F(x)/EF<</F 8 0 R>>>> endobj\n"
                               "8 0 obj <</Type/EmbeddedFile/Length 1>> stream\nA\nendstream endobj\n";
    static const struct { pdf_sheet sheet; const char *verdict, *reason; } rows[] = {
        { { .lines = { "关于年度预算的报告", "请予公开" } }, "clean", "" },
        { { .lines = { "000012", "机密★20年" } }, "class_a", "" },
        { { .lines = { "关于某方案 机", "密★20年" } }, "class_a", "" },            /* broken over two lines */
        { { .lines = { "关于某方案", "秘 密 ★ 10 年" } }, "class_a", "" },
        { { .lines = { "联系电话13800138", "000" } }, "flagged", "" },
        { { .lines = { "请予公开" }, .trailer = "/Info<</Title<FEFF673A5BC6260500320030>>>" }, "class_a", "" },
        { { .lines = { "请予公开" }, .page = "/Annots[7 0 R]", .extra = note }, "class_a", "" },
        { { .lines = { NULL } }, "unreadable", "no_text" },
        { { .lines = { "请予公开" }, .page = "/Contents[4 0 R 8 0 R]", .extra = image }, "unreadable", "picture" },
        { { .lines = { "请予公开" }, .catalog = "/Names<</EmbeddedFiles<</Names[(x)7 0 R]>>>>", .extra = file },
          "unreadable", "attachment" },
        { { .lines = { "请予公开" }, .trailer = "/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4"
            "/O<0000000000000000000000000000000000000000000000000000000000000000>"
            "/U<0000000000000000000000000000000000000000000000000000000000000000>>>" }, "unreadable", "encrypted" },
        { { .lines = { "请予公开" }, .count = 2000000000 }, "unreadable", NULL },
        { { .lines = { "请予公开" }, .count = 3 }, "unreadable", "no_text" },      /* pages it does not have */
        { { .lines = { "请予公开" }, .kids = "2 0 R", .count = 9 }, "unreadable", NULL },   /* a tree in itself */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gk_text_auto pdf = { 0 };
        make_pdf(&pdf, &rows[i].sheet);
        gk_json_auto *finding = judge(pdf.data, pdf.len, "a.pdf");
        if (strcmp(said(finding, "verdict"), rows[i].verdict) != 0
            || (rows[i].reason && strcmp(said(finding, "reason"), rows[i].reason) != 0))
            fail_msg("row %zu: %s %s", i, said(finding, "verdict"), said(finding, "reason"));
    }
}

/*  A file cut anywhere is read as far as it goes, and never called clean for it. */
static void a_cut_pdf_is_never_clean(void **state)
{
    (void) state;
    gk_text_auto pdf = { 0 };
    make_pdf(&pdf, &(pdf_sheet) { .lines = { "关于某方案", "机密★20年" } });
    for (size_t len = 0; len + 40 < pdf.len; len += 97) {
        gk_json_auto *finding = judge(pdf.data, len, "a.pdf");
        if (strcmp(said(finding, "verdict"), "unreadable") != 0 && strcmp(said(finding, "verdict"), "class_a") != 0)
            fail_msg("cut at %zu: %s", len, said(finding, "verdict"));
    }
}

static void files_that_are_no_text(void **state)
{
    (void) state;
    static const struct { const char *bytes; size_t len; const char *reason; } rows[] = {
        { "", 0, "empty" },
        { "\xff\xd8\xff\xe0\0\x10JFIF", 10, "unsupported" },
        { "PK\3\4\x14\0", 6, "unsupported" },
        { "\x81", 1, "unsupported" },
        { "{\\rtf1 \\u26426?}", 16, "unsupported" },
        { "<p>&#26426;&#23494;&#9733;</p>", 30, "unsupported" },
        { "a\0b", 3, "unsupported" },
        { "%PDF-1.4\n", 9, "broken" },
        { "%PDF-", 5, "broken" },
        { "\xff\xfe\x00", 3, "unsupported" },
        { " \r\n", 3, "no_text" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check(rows[i].bytes, rows[i].len, "unreadable", rows[i].reason);
    enum { BIG = GK_EXTRACT_BYTES };
    char *big = malloc(BIG + 1);
    assert_non_null(big);
    memset(big, 'a', BIG + 1);
    check(big, BIG + 1, "unreadable", "too_large");
    for (uint32_t i = 0, seed = 1; i < BIG; i++)
        big[i] = (char) ((seed = seed * 1664525u + 1013904223u) >> 24);
    check(big, BIG, "unreadable", "unsupported");
    memcpy(big, "%PDF-1.4\n", 9);
    check(big, BIG, "unreadable", "broken");
    free(big);
}

static void a_text_is_read_in_every_encoding(void **state)
{
    (void) state;
    static const struct { const char *encoding, *mark; size_t mark_len; } rows[] = {
        { "UTF-8", "", 0 }, { "UTF-8", "\xef\xbb\xbf", 3 }, { "GB18030", "", 0 },
        { "UTF-16LE", "\xff\xfe", 2 }, { "UTF-16BE", "\xfe\xff", 2 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[] = "关于\r\n机密★20年\f堃喆𠮷", bytes[128];
        char *in = text, *out = bytes + rows[i].mark_len;
        size_t left = strlen(text), room = sizeof bytes - rows[i].mark_len;
        memcpy(bytes, rows[i].mark, rows[i].mark_len);
        iconv_t converter = iconv_open(rows[i].encoding, "UTF-8");
        assert_int_equal(iconv(converter, &in, &left, &out, &room), 0);
        iconv_close(converter);
        gk_json_auto *finding = judge(bytes, (size_t) (out - bytes), "a.txt");
        const json_t *first = json_array_get(json_object_get(finding, "findings"), 0);
        assert_string_equal(said(finding, "verdict"), "class_a");
        assert_int_equal(json_integer_value(json_object_get(first, "offset")), 4);
        assert_int_equal(json_integer_value(json_object_get(first, "length")), 6);
    }
}

/*  ---- the program's limits ----------------------------------------------- */

static void count_tick(void *context)
{
    ++*(int *) context;
}

static void a_helper_is_bounded(void **state)
{
    (void) state;
    static const struct { gk_helper helper; gk_err err; } rows[] = {
        { { .path = "/nowhere/gongkai-extract", .timeout_ms = 1000, .most = 100 }, GK_EIO },
        { { .path = "/usr/bin/yes", .timeout_ms = 30000, .most = 1000 }, GK_ETOOLARGE },
        { { .path = "/usr/bin/yes", .timeout_ms = 50, .most = SIZE_MAX / 2 }, GK_EBUSY },
        { { .path = "/bin/cat", .timeout_ms = 30000, .most = 100 }, GK_OK },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gk_text_auto out = { 0 };
        gk_why why = { "" };
        assert_int_equal(gk_helper_run(&rows[i].helper, "abc", 3, &out, &why), rows[i].err);
        assert_int_equal(why.text[0] != 0, rows[i].err != GK_OK);
        if (rows[i].err == GK_OK)
            assert_string_equal(out.data, "abc");
    }
}

/*  A program that says nothing and does not end is ticked while it is waited for, then killed. */
static void a_silent_helper_is_killed(void **state)
{
    (void) state;
    char path[] = "/tmp/gk_silent_XXXXXX";
    static const char script[] = "#!/bin/sh\nwhile :; do :; done\n";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, script, sizeof script - 1), sizeof script - 1);
    assert_int_equal(fchmod(fd, 0700), 0);
    close(fd);
    int ticks = 0;
    gk_text_auto out = { 0 };
    gk_helper silent = { path, 200, 1000, 10, count_tick, &ticks };
    assert_int_equal(gk_helper_run(&silent, "", 0, &out, NULL), GK_EBUSY);
    assert_int_equal(out.len, 0);
    assert_true(ticks >= 2);
    unlink(path);
}

/*  What code that broke out of a parser would try, in a process of its own. */
static int try_everything(void)
{
    char *const argv[] = { (char[]) { "true" }, NULL };
    pid_t parent = getppid();
    if (!gk_sandbox_seal())
        return 1;
    if (socket(AF_UNIX, SOCK_STREAM, 0) >= 0 || socket(AF_INET, SOCK_STREAM, 0) >= 0)
        return 2;
    if (open("/etc/passwd", O_RDONLY) >= 0 || open(GK_SOURCE "/LICENSE", O_RDONLY) >= 0)
        return 3;
    if (open("/tmp/gongkai-escape", O_WRONLY | O_CREAT, 0600) >= 0)
        return 4;
    if (execv("/bin/true", argv) == 0 || fork() >= 0)
        return 5;
    if (kill(parent, 0) == 0)
        return 6;
    if (mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED)
        return 7;
    if (write(STDOUT_FILENO, "", 0) != 0)
        return 8;
    return 0;
}

static void the_sandbox_holds(void **state)
{
    (void) state;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        _exit(try_everything());
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pdf_is_read_where_it_hides_things),
        cmocka_unit_test(a_cut_pdf_is_never_clean),
        cmocka_unit_test(files_that_are_no_text),
        cmocka_unit_test(a_text_is_read_in_every_encoding),
        cmocka_unit_test(a_helper_is_bounded),
        cmocka_unit_test(a_silent_helper_is_killed),
        cmocka_unit_test(the_sandbox_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
