/* links: gk_store */
/*  test_catalogue - what is public is kept once, found by words of one character and more, and found for the request
 *  that asks for it. */
#include "core/similar.h"
#include "store/store.h"
#include "base/mem.h"
#include "base/text.h"
#include "unit/law.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[200];
static gk_store *store;
static gk_why why;

static int setup(void **state)
{
    (void) state;
    snprintf(folder, sizeof folder, "catalogue-%d", (int) getpid());
    gk_free_auto char *clear = gk_format("rm -rf '%s' && mkdir '%s'", folder, folder);
    assert_int_equal(system(clear), 0);
    if (gk_store_open(folder, true, &store, &why))
        fail_msg("%s", why.text);
    return 0;
}

static int teardown(void **state)
{
    (void) state;
    gk_store_close(&store);
    gk_free_auto char *clear = gk_format("rm -rf '%s'", folder);
    return system(clear);
}

/*  ---- putting ------------------------------------------------------------------ */

static json_t *entry(const char *title, const char *number, const char *url, const char *day)
{
    return json_pack("{s:s, s:s, s:s, s:s}", "title", title, "document_number", number, "url", url, "published_on", day);
}

static gk_entry_fate put(const char *office, const char *title, const char *number, const char *url, const char *day)
{
    gk_json_auto *one = entry(title, number, url, day), *was = NULL;
    gk_entry_fate fate;
    if (gk_store_entry_put(store, office, one, &fate, &was, &why))
        fail_msg("%s: %s", title, why.text);
    assert_int_equal(was != NULL, fate != GK_ENTRY_ADDED);
    return fate;
}

static json_t *found(const char *words)
{
    json_t *list = NULL;
    bool more;
    if (gk_store_entry_search(store, words, 50, &list, &more, &why))
        fail_msg("%s: %s", words, why.text);
    return list;
}

static size_t count(const char *words)
{
    gk_json_auto *list = found(words);
    return json_array_size(list);
}

static const char *title_at(const json_t *list, size_t index)
{
    return gk_json_text(json_array_get(list, index), "title");
}

static void an_entry_is_kept_once(void **state)
{
    (void) state;
    assert_int_equal(put("GZ", "部门预算", "示关〔2021〕1号", "https://a.example/1", "2021-04-20"), GK_ENTRY_ADDED);
    assert_int_equal(put("GZ", "部门预算", "示关〔2021〕1号", "https://a.example/1", "2021-04-20"), GK_ENTRY_SAME);
    assert_int_equal(put("GZ", "部门预算", "示关〔2021〕1号", "https://a.example/1", "2021-04-21"), GK_ENTRY_REPLACED);
    assert_int_equal(put("GZ", "单位决算", "示关〔2021〕1号", "https://a.example/1", ""), GK_ENTRY_REPLACED);
    assert_int_equal(count("预算"), 0);             /* nothing is left of what was */
    assert_int_equal(count("决算"), 1);
    /*  The same number, written otherwise, at another address: moved. */
    assert_int_equal(put("GZ", "单位决算", "示关[2021] 1号", "https://a.example/2", ""), GK_ENTRY_REPLACED);
    assert_int_equal(count("决算"), 1);
    /*  One of that address and one of that number make way for one. */
    assert_int_equal(put("GZ", "采购", "", "https://a.example/1", ""), GK_ENTRY_ADDED);
    assert_int_equal(put("GZ", "机构", "示关〔2021〕1号", "https://a.example/1", ""), GK_ENTRY_REPLACED);
    assert_int_equal(count("采购") + count("决算"), 0);
    assert_int_equal(count("机构"), 1);
    /*  Another office has entries of its own; no number is not the same number. */
    assert_int_equal(put("GZ-A", "机构", "示关〔2021〕1号", "https://a.example/1", ""), GK_ENTRY_ADDED);
    assert_int_equal(put("GZ", "人事", "", "https://a.example/3", ""), GK_ENTRY_ADDED);
    assert_int_equal(put("GZ", "人员", "", "https://a.example/4", ""), GK_ENTRY_ADDED);
    assert_int_equal(count("机构"), 2);
    assert_int_equal(count("人"), 2);
}

/*  ---- searching ------------------------------------------------------------------ */

static void words_of_one_character_and_more(void **state)
{
    (void) state;
    put("GZ", "示例海关2021年部门预算", "", "https://a.example/1", "2021-04-20");
    put("GZ", "示例海关2020年部门预算", "", "https://a.example/2", "2020-04-20");
    put("GZ", "部门预算编制办法（试行）", "示关财〔2019〕12号", "https://a.example/3", "2019-01-01");
    put("GZ", "关于船舶吨税、退税的公告", "", "https://a.example/4", "2018-01-01");
    put("GZ", "Annual Report ＡＢＣ/T 9704 of 海關𠮷", "", "https://a.example/5", "2017-01-01");
    static const struct {
        const char *words;
        size_t count;
        const char *first;
    } rows[] = {
        { "预算", 3, "部门预算编制办法（试行）" },
        { "部门预算", 3, NULL },
        { "2021 预算", 1, "示例海关2021年部门预算" },
        { "海关 部门", 2, "示例海关2021年部门预算" },      /* equally good: the newer */
        { "示例海关2020年部门预算", 1, "示例海关2020年部门预算" },
        { "税", 1, NULL }, { "船", 1, NULL }, { "告", 1, NULL }, { "示 税", 0, NULL },
        { "吨税退税", 0, NULL },                            /* the mark stands between */
        { "法试", 0, NULL },
        { "示关财[2019]12号", 1, "部门预算编制办法（试行）" },
        { "12号", 1, NULL },
        { "abc", 1, NULL }, { "report annual", 1, NULL }, { "9704", 1, NULL }, { "𠮷", 1, NULL }, { "關𠮷", 1, NULL },
        { "穿山甲", 0, NULL }, { "", 0, NULL }, { "。", 0, NULL }, { "\" OR title_words : *", 0, NULL }, { "(NEAR)", 0, NULL },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *list = found(rows[i].words);
        if (json_array_size(list) != rows[i].count || (rows[i].first && strcmp(title_at(list, 0), rows[i].first) != 0))
            fail_msg("%s: %zu, first %s", rows[i].words, json_array_size(list), title_at(list, 0));
    }
}

static void ten_words_at_once(void **state)
{
    (void) state;
    put("GZ", "一二三四五六七八九十", "", "https://a.example/1", "");
    json_t *list = NULL;
    bool more;
    assert_int_equal(count("一 二 三 四 五 六 七 八 九 十"), 1);
    assert_int_equal(gk_store_entry_search(store, "一 二 三 四 五 六 七 八 九 十 一", 50, &list, &more, &why), GK_ETOOLARGE);
    assert_null(list);
}

/*  Whatever stands in a title finds it: every part of one to six characters, against a plain look. */
static void every_part_of_a_title_finds_it(void **state)
{
    (void) state;
    static const char *const titles[] = {
        "中华人民共和国海关行政处罚实施条例", "海关总署公告2021年第58号（关于税则税目的公告）", "一〇一①ⅣⅫ㎡々ㄅ가ñé", "A1b2，3c。税",
        "ABCABCABC", "人人人人税税",
    };
    char url[64];
    for (size_t i = 0; i < ROWS(titles); i++) {
        snprintf(url, sizeof url, "https://a.example/%zu", i);
        put("GZ", titles[i], "", url, "");
    }
    for (size_t i = 0; i < ROWS(titles); i++)
        for (size_t from = 0, len = strlen(titles[i]), next; from < len; from = next) {
            next = from;
            gk_utf8_next(titles[i], len, &next);
            size_t to = from;
            for (int chars = 0; chars < 6 && to < len; chars++) {
                gk_utf8_next(titles[i], len, &to);
                gk_free_auto char *part = gk_strndup(titles[i] + from, to - from), *query = gk_similar_query(part);
                gk_json_auto *list = found(part);
                bool there = !*query;           /* punctuation alone */
                for (size_t k = 0; k < json_array_size(list); k++)
                    there |= strcmp(title_at(list, k), titles[i]) == 0;
                if (!there)
                    fail_msg("%s does not find %s", part, titles[i]);
            }
        }
}

static void at_most_so_many(void **state)
{
    (void) state;
    char url[64];
    assert_int_equal(gk_store_begin(store, &why), GK_OK);
    for (int i = 0; i < 60; i++) {
        snprintf(url, sizeof url, "https://a.example/%d", i);
        put("GZ", "公告", "", url, "");
    }
    assert_int_equal(gk_store_commit(store, &why), GK_OK);
    gk_json_auto *list = NULL, *few = NULL;
    bool more = false;
    assert_int_equal(gk_store_entry_search(store, "公告", 50, &list, &more, &why), GK_OK);
    assert_int_equal(json_array_size(list), 50);
    assert_true(more);
    assert_int_equal(gk_store_entry_search(store, "公告", 60, &few, &more, &why), GK_OK);
    assert_int_equal(json_array_size(few), 60);
    assert_false(more);
}

/*  ---- candidates ------------------------------------------------------------------ */

static json_t *asked(const char *title, const char *number, const char *description)
{
    gk_json_auto *request = json_pack("{s:s, s:s, s:s}", "title", title, "document_number", number, "description", description);
    json_t *list = NULL;
    if (gk_store_entry_candidates(store, request, 10, &list, &why))
        fail_msg("%s", why.text);
    return list;
}

static void what_a_request_asks_for(void **state)
{
    (void) state;
    put("GZ", "示例海关2021年部门预算", "", "https://a.example/1", "");
    put("GZ", "示例海关2020年部门决算", "", "https://a.example/2", "");
    put("GZ", "政府信息公开信息处理费管理办法", "国办函〔2020〕109号", "https://a.example/3", "");
    put("GZ", "信息分类与编码", "GB/T 7027-2002", "https://a.example/4", "");
    put("GZ", "预算", "", "https://a.example/5", "");                   /* two characters would be found everywhere */
    static const struct {
        const char *title, *number, *description, *first;
        size_t least, most;
    } rows[] = {
        { "示例海关2021年部门预算", "", "", "示例海关2021年部门预算", 1, 2 },
        { "", "", "您好，请公开示例海关 2020 年部门决算，谢谢", "示例海关2020年部门决算", 1, 2 },
        { "怎样收费", "国办函[2020] 109号", "", "政府信息公开信息处理费管理办法", 1, 1 },
        { "", "", "请提供国办函〔2020〕109号全文", "政府信息公开信息处理费管理办法", 1, 1 },
        { "", "", "标准gb/t 7027-2002有何依据", "信息分类与编码", 1, 1 },
        { "", "GB/T 7027-2002", "", "信息分类与编码", 1, 1 },
        { "穿山甲的种类、来源", "", "", "", 0, 0 },
        { "109号", "109", "109号", "", 0, 0 },
        { "预算", "", "", "", 0, 0 },
        { "", "", "", "", 0, 0 },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *list = asked(rows[i].title, rows[i].number, rows[i].description);
        if (json_array_size(list) < rows[i].least || json_array_size(list) > rows[i].most || strcmp(title_at(list, 0), rows[i].first) != 0)
            fail_msg("row %zu: %zu, first %s", i, json_array_size(list), title_at(list, 0));
    }
}

/*  Made titles: what gk_similar_within finds above the review worker's bound is among the candidates. */
static void no_title_is_missed(void **state)
{
    (void) state;
    enum { TITLES = 400, LEAST = 60 };
    static const char *const parts[] = { "示例海关", "2021年", "2020年", "部门预算", "决算", "关于", "公告", "管理办法", "进出口", "食品",
                                         "检验检疫", "行政处罚", "决定书", "企业", "认证", "名单", "税则", "归类", "加工贸易", "保税" };
    char *titles[TITLES], url[64];
    unsigned seed = 5;
    assert_int_equal(gk_store_begin(store, &why), GK_OK);
    for (int i = 0; i < TITLES; i++) {
        gk_text title = { 0 };
        for (unsigned k = 0, n = 2 + (seed >> 16) % 4; k < n; k++) {
            seed = seed * 1103515245u + 12345u;
            gk_text_puts(&title, parts[(seed >> 16) % ROWS(parts)]);
        }
        titles[i] = title.data;
        snprintf(url, sizeof url, "https://a.example/%d", i);
        put("GZ", titles[i], "", url, "");
    }
    assert_int_equal(gk_store_commit(store, &why), GK_OK);
    for (int i = 0; i < TITLES; i += 7) {
        gk_free_auto char *text = gk_format("请公开%s，谢谢", titles[i]);
        gk_auto(gk_similar) request = gk_similar_new(text);
        gk_json_auto *one = json_pack("{s:s}", "description", text), *list = NULL;
        assert_int_equal(gk_store_entry_candidates(store, one, TITLES, &list, &why), GK_OK);
        for (int k = 0; k < TITLES; k++) {
            gk_auto(gk_similar) title = gk_similar_new(titles[k]);
            if (gk_similar_within(title, request) < LEAST || gk_similar_pairs(title) < 5)
                continue;
            bool there = false;
            for (size_t m = 0; m < json_array_size(list); m++)
                there |= strcmp(title_at(list, m), titles[k]) == 0;
            if (!there)
                fail_msg("%s: %s was missed", text, titles[k]);
        }
    }
    for (int i = 0; i < TITLES; i++)
        free(titles[i]);
}

/*  Where thousands of titles have the same words, the one that is asked for is still found. */
static void a_title_of_common_words(void **state)
{
    (void) state;
    enum { ALIKE = 2200 };
    char title[200], url[64];
    assert_int_equal(gk_store_begin(store, &why), GK_OK);
    put("GZ", "示例海关2021年部门预算", "", "https://a.example/exact", "");
    for (int i = 0; i < ALIKE; i++) {
        snprintf(title, sizeof title, "示例海关2021年部门预算说明之%d", i);
        snprintf(url, sizeof url, "https://a.example/%d", i);
        put("GZ", title, "", url, "");
    }
    assert_int_equal(gk_store_commit(store, &why), GK_OK);
    gk_json_auto *list = asked("", "", "你好，请公开示例海关2021年部门预算和三公经费");
    assert_string_equal(title_at(list, 0), "示例海关2021年部门预算");
    gk_json_auto *one = asked("", "", "关于《示例海关 2021年部门预算说明之 1234》");
    assert_string_equal(title_at(one, 0), "示例海关2021年部门预算说明之1234");
    gk_json_auto *many = found("预算");
    assert_int_equal(json_array_size(many), 50);
}

/*  A ledger of the first schema gets the catalogue when the next program opens it; and a reader sees it. */
static void an_older_ledger_is_brought_up(void **state)
{
    (void) state;
    gk_store_close(&store);
    gk_free_auto char *path = gk_format("%s/ledger.db", folder);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "DROP TRIGGER event_moves; DROP TRIGGER event_only_grows; DROP TABLE day_seal; DROP TABLE sealed_head; "
                                  "DROP TABLE signing_key; DROP TABLE moved; DROP TABLE session; DROP TABLE attempt; DROP TABLE account; DROP INDEX cases_content; DROP TABLE catalogue_words; DROP TABLE catalogue; PRAGMA user_version = 1", NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);
    gk_store *reader = NULL;
    assert_int_equal(gk_store_open(folder, false, &reader, &why), GK_EDAMAGED);     /* only the writer may */
    assert_int_equal(gk_store_open(folder, true, &store, &why), GK_OK);
    put("GZ", "公告", "", "https://a.example/1", "");
    assert_int_equal(gk_store_open(folder, false, &reader, &why), GK_OK);
    gk_json_auto *list = NULL;
    bool more;
    assert_int_equal(gk_store_entry_search(reader, "告", 50, &list, &more, &why), GK_OK);
    assert_int_equal(json_array_size(list), 1);
    gk_store_close(&reader);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(an_entry_is_kept_once),
        TEST(words_of_one_character_and_more),
        TEST(ten_words_at_once),
        TEST(every_part_of_a_title_finds_it),
        TEST(at_most_so_many),
        TEST(what_a_request_asks_for),
        TEST(no_title_is_missed),
        TEST(a_title_of_common_words),
        TEST(an_older_ledger_is_brought_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
