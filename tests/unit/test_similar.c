/* links: gk_core */
/*  test_similar - pairs of Chinese characters, and what folding forgets. */
#include "core/similar.h"
#include "base/mem.h"
#include "base/text.h"
#include "unit/law.h"

#include <stdlib.h>
#include <time.h>

static void scores_of_known_pairs(void **state)
{
    (void) state;
    static const struct {
        const char *a, *b;
        int least, most;
        const char *why;
    } rows[] = {
        { "广州海关2021年部门预算", "广州海关2021年部门预算", 100, 100, "equal" },
        { "预算", "预算", 100, 100, "the shortest word there is" },
        { "税", "税", 100, 100, "one character" },
        { "税", "关", 0, 0, "two different ones" },
        { "预算", "决算", 0, 0, "one character in common is no word in common" },
        { "广州海关部门预算", "请公开预算信息", 10, 30, "a two-character word in both is seen" },
        { "〔2021〕1号 公告", "[2021]1号公告", 100, 100, "brackets and blanks do not count" },
        { "ＡＢＣ公司ａ", "abc公司A", 100, 100, "width and case do not count" },
        { "进口冷链食品。检验", "进口冷链食品,检验", 100, 100, "which mark stands between does not count" },
        { "检验。进口", "检验进口", 67, 99, "but pairs do not reach across one" },
        { "2020年预算", "2021年预算", 50, 99, "another year is alike, not equal" },
        { "归类决定", "穿山甲的处理去向", 0, 0, "nothing in common" },
        { "", "", 0, 0, "nothing is not like nothing" },
        { "，。！", "，。！", 0, 0, "marks alone are nothing" },
        { "公开", "", 0, 0, "half of it is nothing" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        int score = gk_similar_of(rows[i].a, rows[i].b);
        if (score < rows[i].least || score > rows[i].most)
            fail_msg("%s: \"%s\" and \"%s\" score %d, want %d to %d", rows[i].why, rows[i].a, rows[i].b, score,
                     rows[i].least, rows[i].most);
    }
}

/*  A made text of `count` characters out of an alphabet of `wide` Chinese ones. */
static char *made(unsigned seed, size_t count, unsigned wide)
{
    gk_text text = { 0 };
    gk_text_add(&text, "", 0);
    for (size_t i = 0; i < count; i++) {
        seed = seed * 1103515245u + 12345u;
        gk_text_add_char(&text, 0x4e00 + (seed >> 16) % wide);
    }
    return text.data;
}

/*  Count pairs in common by crossing them off, the slow and plain way. */
static int dumb_score(const char *a, const char *b)
{
    size_t left = strlen(a) / 3 - 1, right = strlen(b) / 3 - 1, common = 0;
    bool used[64] = { false };
    for (size_t i = 0; i < left; i++) {
        for (size_t k = 0; k < right; k++) {
            if (!used[k] && memcmp(a + 3 * i, b + 3 * k, 6) == 0) {
                used[k] = true;
                common++;
                break;
            }
        }
    }
    return (int) (200 * common / (left + right));
}

static void scores_equal_crossing_off(void **state)
{
    (void) state;
    for (unsigned seed = 1; seed <= 400; seed++) {
        gk_free_auto char *a = made(seed, 2 + seed % 40, 5 + seed % 7);
        gk_free_auto char *b = made(seed * 31, 2 + seed % 23, 5 + seed % 7);
        assert_int_equal(gk_similar_of(a, b), dumb_score(a, b));
        assert_int_equal(gk_similar_of(a, b), gk_similar_of(b, a));
        assert_int_equal(gk_similar_of(a, a), 100);
    }
}

static void disjoint_texts_score_nothing(void **state)
{
    (void) state;
    for (unsigned seed = 1; seed <= 50; seed++) {
        gk_free_auto char *a = made(seed, 30, 100);
        gk_free_auto char *b = made(seed, 30, 100);
        for (char *p = b; *p; p += 3)
            p[0] = (char) 0xe6;             /* U+4Exx to U+6Exx: none of a's characters */
        assert_int_equal(gk_similar_of(a, b), 0);
    }
}

static void a_title_is_found_within_a_request(void **state)
{
    (void) state;
    gk_auto(gk_similar) title = gk_similar_new("示例海关2021年部门预算");
    gk_auto(gk_similar) asks = gk_similar_new("您好，我想了解贵关的收支情况，请公开示例海关2021年部门预算，谢谢。");
    gk_auto(gk_similar) other = gk_similar_new("2578只穿山甲的种类、来源、查获时的存活情况");
    assert_int_equal(gk_similar_within(title, asks), 100);
    assert_true(gk_similar_within(asks, title) < 50);
    assert_int_equal(gk_similar_within(title, other), 0);
    assert_true(gk_similar_score(title, asks) < 75);        /* which is why within is there */
}

static void folding(void **state)
{
    (void) state;
    static const struct {
        const char *text, *folded;
    } rows[] = {
        { "", "" },
        { " 署税发 〔2021〕 1号\n", "署税发(2021)1号" },
        { "［１２３］【ａＢ】《海关法》", "(123)(ab)(海关法)" },
        { "\xc2\xa0\xe3\x80\x80\xe2\x80\x8b预\xef\xbb\xbf算", "预算" },     /* blanks without a width too */
        { "bad \xff byte \xe4\xb8", "badbyte" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_free_auto char *folded = gk_similar_fold(rows[i].text);
        assert_string_equal(folded, rows[i].folded);
        gk_free_auto char *twice = gk_similar_fold(folded);
        assert_string_equal(twice, folded);
    }
}

/*  ---- words of an index ------------------------------------------------------- */

static void words_and_queries(void **state)
{
    (void) state;
    static const struct {
        const char *text, *words, *query;
    } rows[] = {
        { "部门预算", "部门 门预 预算 算 ", "\"部门 门预 预算\" " },
        { "税", "税 ", "\"税\" * " },
        { "部门 预算", "部门 门预 预算 算 ", "\"部门\" \"预算\" " },       /* what is typed apart is looked for apart */
        { "部门　税", "部门 门税 税 ", "\"部门\" \"税\" * " },
        { "示关办〔2021〕5号", "示关 关办 办 20 02 21 1 5号 号 ", "\"示关 关办\" \"20 02 21\" \"5号\" " },
        { "ＡＢc", "ab bc c ", "\"ab bc\" " },
        { "a\"b) OR (c*", "a b or r c ", "\"a\" * \"b\" * \"or\" \"c\" * " },    /* nothing of it is syntax */
        { "", "", "" },
        { " ，。\"", "", "" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_free_auto char *words = gk_similar_words(rows[i].text), *query = gk_similar_query(rows[i].text);
        assert_string_equal(words, rows[i].words);
        assert_string_equal(query, rows[i].query);
    }
}

static double seconds_for(size_t count)
{
    gk_free_auto char *text = made(7, count, 3000);
    double best = 1e9;
    for (int round = 0; round < 3; round++) {
        clock_t start = clock();
        assert_int_equal(gk_similar_of(text, text), 100);
        double spent = (double) (clock() - start) / CLOCKS_PER_SEC;
        best = spent < best ? spent : best;
    }
    return best;
}

/*  Ten times the text takes about ten times the time; a hundred would be a square. */
static void time_grows_with_length(void **state)
{
    (void) state;
    assert_true(seconds_for(60000) < 40 * (seconds_for(6000) + 1e-4));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_of_known_pairs),
        cmocka_unit_test(scores_equal_crossing_off),
        cmocka_unit_test(disjoint_texts_score_nothing),
        cmocka_unit_test(a_title_is_found_within_a_request),
        cmocka_unit_test(folding),
        cmocka_unit_test(words_and_queries),
        cmocka_unit_test(time_grows_with_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
