/* links: gongkai_confidentiality_parts */
/*  test_scan - what the confidentiality scan finds, what it must not, and what it shows. */
#include "workers/confidentiality/scan.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

/*  ---- a list of hits ---------------------------------------------------- */

enum { MOST_HITS = 64 };

typedef struct hits {
    gk_hit list[MOST_HITS];
    size_t count;
} hits;

static void take(void *context, const gk_hit *hit)
{
    hits *self = context;
    if (self->count < MOST_HITS)
        self->list[self->count++] = *hit;
}

static hits scan_len(const char *text, size_t len, gk_scan_where where)
{
    hits found = { .count = 0 };
    gk_scan(text, len, where, NULL, take, &found);
    return found;
}

static hits scan(const char *text, gk_scan_where where)
{
    return scan_len(text, strlen(text), where);
}

static const gk_hit *of_kind(const hits *found, const char *kind)
{
    for (size_t i = 0; i < found->count; i++)
        if (strcmp(found->list[i].kind, kind) == 0)
            return &found->list[i];
    return NULL;
}

static const gk_hit *of_class(const hits *found, char class)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->list[i].class == class)
            return &found->list[i];
    return NULL;
}

/*  ---- the published vectors --------------------------------------------- */

/*  What a vector's words about the term mean here. */
static const struct { const char *vector, *term; } terms[] = {
    { "default 10年", "10年" }, { "10年 (spaces)", "10年" }, { "5年 (hollow star)", "5年" },
    { "10年 (Chinese numerals)", "10年" }, { "paragraph mark", "10年" },
};

/*  Permits need a word of the context, which their vectors leave out. */
static const struct { const char *kind, *context; } contexts[] = {
    { "passport", "护照号码:" }, { "hk_macao_permit", "往来港澳通行证 " }, { "taiwan_permit", "往来台湾通行证号 " },
};

static void check_vector(const json_t *vector)
{
    const char *kind = gk_json_text(vector, "kind");
    const json_t *expect = json_object_get(vector, "expect");
    bool ignored = strcmp(gk_json_text(expect, "action"), "ignore") == 0;
    gk_text_auto text = { 0 };
    for (size_t i = 0; i < sizeof contexts / sizeof *contexts; i++)
        if (strcmp(contexts[i].kind, kind) == 0)
            gk_text_puts(&text, contexts[i].context);
    gk_text_puts(&text, gk_json_text(vector, "text"));

    static const gk_known known = { .email = "gwgk@example.gov.cn" };
    hits found = { .count = 0 };
    gk_scan(text.data, text.len, GK_SCAN_FIRST_PAGE, &known, take, &found);
    const gk_hit *hit = of_kind(&found, kind);
    if (!json_is_true(json_object_get(expect, "hit")) || ignored) {
        if (hit || of_class(&found, 'A'))
            fail_msg("%s: %s was taken for a hit", kind, text.data);
        return;
    }
    if (!hit)
        fail_msg("%s: %s was not found", kind, text.data);
    if (hit->class != 'A')
        return;
    const char *term = gk_json_text(expect, "term");
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
        if (strcmp(terms[i].vector, term) == 0)
            term = terms[i].term;
    assert_string_equal(hit->level, gk_json_text(expect, "level"));
    assert_string_equal(hit->term, term);
}

static void every_published_vector(void **state)
{
    (void) state;
    gk_json_auto *vectors = NULL;
    gk_why why = { "" };
    if (gk_json_load(GK_SOURCE "/tests/data/sensitive.json", 1 << 20, &vectors, &why))
        fail_msg("%s", why.text);
    assert_true(json_array_size(vectors) >= 70);
    size_t i;
    json_t *vector;
    json_array_foreach(vectors, i, vector)
        check_vector(vector);
}

/*  ---- class A ----------------------------------------------------------- */

static void marks_in_every_form(void **state)
{
    (void) state;
    static const struct {
        const char *text;
        gk_scan_where where;
        const char *level, *term, *excerpt;
    } rows[] = {
        { "绝密★30年", GK_SCAN_PAGE, "绝密", "30年", "绝密★30年" },
        { "机密★", GK_SCAN_PAGE, "机密", "20年", "机密★" },                   /* no term: the longest */
        { "秘密★6个月", GK_SCAN_PAGE, "秘密", "6个月", "秘密★6个月" },
        { "绝密★长期", GK_SCAN_PAGE, "绝密", "长期", "绝密★长期" },
        { "机密★2027年12月31日", GK_SCAN_PAGE, "机密", "2027年12月31日", "机密★2027年12月31日" },
        { "绝密★启用前", GK_SCAN_PAGE, "绝密", "解密条件", "绝密★……前" },       /* the condition's words stay out */
        { "機密＊二十年", GK_SCAN_PAGE, "机密", "20年", "机密★20年" },
        { "絕密★30年", GK_SCAN_PAGE, "绝密", "30年", "绝密★30年" },
        { "机密*20年", GK_SCAN_PAGE, "机密", "20年", "机密★20年" },
        { "前文\n机\n密★2\n0年\n后文", GK_SCAN_PAGE, "机密", "20年", "机密★20年" },  /* broken over line ends */
        { "机\xe2\x80\x8b密\xef\xb8\x8f★20年", GK_SCAN_PAGE, "机密", "20年", "机密★20年" },  /* invisible characters */
        { "机密\xee\x80\x80""20年", GK_SCAN_PAGE, "机密", "20年", "机密★20年" },    /* the star from a private font */
        { "机密 20年", GK_SCAN_FIRST_PAGE, "机密", "20年", "机密20年" },
        { "000012\n秘  密\n特急\n", GK_SCAN_FIRST_PAGE, "秘密", "10年", "秘密" },
        { "000012    机密10年    特急\n", GK_SCAN_FIRST_PAGE, "机密", "10年", "机密10年" },
        { "机密·20年\n", GK_SCAN_FIRST_PAGE, "机密", "20年", "机密20年" },
        { "一\n二\n三\n四\n（机密）本段所列", GK_SCAN_PAGE, "机密", "20年", "(机密)" },
        { "某区域图（秘密★5年）", GK_SCAN_PAGE, "秘密", "5年", "秘密★5年" },
        { "某区域图〔秘密〕", GK_SCAN_FIRST_PAGE, "秘密", "10年", "(秘密)" },
        { "密级：机密  文号", GK_SCAN_PAGE, "机密", "20年", "机密" },
        { "机密-方案.pdf", GK_SCAN_LABEL, "机密", "20年", "机密" },
        { "关于方案[绝密].pdf", GK_SCAN_LABEL, "绝密", "30年", "(绝密)" },
        { "国家秘密★10年", GK_SCAN_PAGE, "秘密", "10年", "秘密★10年" },
        { "某工作\n秘密★10年", GK_SCAN_PAGE, "秘密", "10年", "秘密★10年" },       /* two lines, not one word */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        hits found = scan(rows[i].text, rows[i].where);
        const gk_hit *hit = of_class(&found, 'A');
        if (!hit)
            fail_msg("not found: %s", rows[i].text);
        assert_string_equal(hit->level, rows[i].level);
        assert_string_equal(hit->term, rows[i].term);
        assert_string_equal(hit->excerpt, rows[i].excerpt);
    }
}

static void running_text_is_no_mark(void **state)
{
    (void) state;
    static const char *const rows[] = {
        "保守国家秘密法", "涉及商业秘密", "工作秘密管理", "个人秘密", "公开的秘密", "机密仪器厂", "秘密投票",
        "依法确定为国家秘密的政府信息", "国家秘密分为绝密、机密、秘密三级", "标题\n机密仪器厂简介\n", "信息标注“解密”",
        "**机密**仪器厂", "工作秘密★5年", "一\n二\n三\n机密\n", "密级:无", "本机密码为八位", "机密仪器厂成立前",
        "关于 机密 事项", "某方案 机密",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        hits found = scan(rows[i], GK_SCAN_FIRST_PAGE);
        if (of_class(&found, 'A'))
            fail_msg("taken for a mark: %s", rows[i]);
    }
    hits label = scan("机密仪器厂简介.pdf", GK_SCAN_LABEL), later = scan("机密\n", GK_SCAN_PAGE);
    assert_null(of_class(&label, 'A'));
    assert_null(of_class(&later, 'A'));
}

static void a_star_on_a_work_secret_is_reported(void **state)
{
    (void) state;
    static const char *const rows[] = { "工作秘密★5年", "内部★", "商密☆3年" };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        hits found = scan(rows[i], GK_SCAN_PAGE);
        assert_non_null(of_kind(&found, "misused_star"));
        assert_null(of_class(&found, 'A'));
    }
}

static void an_offset_counts_characters_of_the_original(void **state)
{
    (void) state;
    hits found = scan("关于方案\n机\n密 ★ 20 年，请", GK_SCAN_PAGE);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.list[0].offset, 5);
    assert_int_equal(found.list[0].length, 10);     /* from 机 to 年, blanks and line end within */
}

/*  ---- classes B to E ---------------------------------------------------- */

static void what_is_found(void **state)
{
    (void) state;
    static const struct { const char *text, *kind, *excerpt; } rows[] = {
        { "证号110101209912310015。", "id_card_18", "110101********0015" },
        { "44010320990101018x", "id_card_18", "440103********018X" },
        { "440103 20990101 018 X", "id_card_18", "440103********018X" },
        { "990000199001011239", "id_card_18", "990000********1239" },
        { "1101012099\n12310015", "id_card_18", "110101********0015" },
        { "1 1 0 1 0 1 2 0 9 9 1 2 3 1 0 0 1 5", "id_card_18", "110101********0015" },
        { "𝟏𝟏𝟎𝟏𝟎𝟏𝟐𝟎𝟗𝟗𝟏𝟐𝟑𝟏𝟎𝟎𝟏𝟓", "id_card_18", "110101********0015" },
        { "序号 1 110101209912310015 2", "id_card_18", "110101********0015" },      /* a table row */
        { "990000900101123", "id_card_15", "990000******123" },
        { "电话13800138000转", "mobile", "138****8000" },
        { "+86 138-0013-8000", "mobile", "861******8000" },
        { "8613800138000", "mobile", "861******8000" },
        { "1 3 8 0 0 1 3 8 0 0 0", "mobile", "138****8000" },
        { "1. 13800138000", "mobile", "138****8000" },
        { "13800\n138000", "mobile", "138****8000" },
        { "卡号 6200 0000 0000 0000 000", "bank_card", "6200***********0000" },
        { "6299999999999999996", "bank_card", "6299***********9996" },
        { "4111-1111-1111-1111", "bank_card", "4111********1111" },
        { "010-00000000", "landline", "010******00" },
        { "(020)00000000转123", "landline", "020******00" },
        { "（0755）0000 0000", "landline", "075*******00" },
        { "邮箱 Sample.Person@example.com，请", "email", "S************@EXAMPLE.COM" },
        { "邮箱 abc@exam\nple.com", "email", "A**@EXAMPLE.COM" },
        { "a@b.cn", "email", "*@B.CN" },
        { "粤Z·0000港", "licence_plate", "粤Z****0港" },
        { "京AD00000", "licence_plate", "京A****00" },
        { "京A00000F", "licence_plate", "京A****0F" },
        { "WJ京0000X", "licence_plate", "WJ****0X" },
        { "护照号码 E00000000", "passport", "E0*****00" },
        { "回乡证：H00000000", "hk_macao_permit", "H0*****00" },
        { "统一社会信用代码91990000MA0000007X", "uscc", "9199**********007X" },
        { "91990000MA00000270", "uscc", "9199**********0270" },                     /* the sum is 0 */
        { "住址:某省某市某区甲路1号2幢3单元404室", "home_address", "住址****" },
        { "⼯作秘密", "work_secret_or_internal_mark", "工作秘密" },                 /* a radical for 工 */
        { "內部資料", "work_secret_or_internal_mark", "内部资料" },
        { "内部\n资料", "work_secret_or_internal_mark", "内部资料" },
        { "公开属性：依申请公开\n", "work_secret_or_internal_mark", "依申请公开" },
        { "标题\n（不予公开）\n", "work_secret_or_internal_mark", "不予公开" },
        { "此件不公开", "work_secret_or_internal_mark", "此件不公开" },
        { "供應商名單", "business_secret_hint", "供应商名单" },
        { "会议\n纪要", "law_enforcement_or_process", "会议纪要" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        hits found = scan(rows[i].text, GK_SCAN_PAGE);
        const gk_hit *hit = of_kind(&found, rows[i].kind);
        if (!hit)
            fail_msg("%s not found: %s", rows[i].kind, rows[i].text);
        assert_string_equal(hit->excerpt, rows[i].excerpt);
    }
}

static void what_is_not_found(void **state)
{
    (void) state;
    static const char *const rows[] = {
        "110101209912310010",           /* wrong check digit */
        "110101********0015",           /* masked already */
        "990000901301123",              /* month 13 */
        "12800138000", "12345", "12360", "138001380001", "2138001380009",
        "6200000000000000001",          /* Luhn wrong */
        "999920990000000001",           /* a customs declaration */
        "2019 2020 2021 2022", "15 2020 01001",     /* cells of a table */
        "E00000000",                    /* a contract as well as a passport */
        "11990000000000000D",           /* an organ's own code */
        "示关公复〔2026〕12号", "2026年3月1日", "a@b", "@@@@", "保证人", "办公地址:某市某路1号",
        "京AB", "京A股票",
        "99000021990101123X",           /* born in 2199 */
        "户籍在某省某市某区",           /* no door */
        "您的依申请公开事项", "本机关决定不予公开。",       /* what every letter is about */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        hits found = scan(rows[i], GK_SCAN_PAGE);
        if (found.count)
            fail_msg("%s taken for %s", rows[i], found.list[0].kind);
    }
}

static void the_agency_may_name_itself(void **state)
{
    (void) state;
    static const char text[] = "电话：020-12345678，邮箱：gwgk@example.gov.cn";
    static const gk_known known = { "(020) 12345678", "GWGK@example.gov.cn" };
    hits found = { .count = 0 };
    assert_int_equal(gk_scan(text, strlen(text), GK_SCAN_PAGE, &known, take, &found), 0);
    assert_int_equal(gk_scan(text, strlen(text), GK_SCAN_PAGE, NULL, take, &found), 2);
    static const gk_known others = { "020-1234567", "gk@example.gov.cn" };
    assert_int_equal(gk_scan(text, strlen(text), GK_SCAN_PAGE, &others, take, &found), 2);
}

/*  ---- properties -------------------------------------------------------- */

static void id_with_check(char id[static 32], int serial)
{
    static const int weight[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
    snprintf(id, 32, "990000%04d%02d%02d%03d", 1900 + serial % 200, 1 + serial % 12, 1 + serial % 28, serial % 1000);
    int sum = 0;
    for (int i = 0; i < 17; i++)
        sum += weight[i] * (id[i] - '0');
    id[17] = "10X98765432"[sum % 11];
    id[18] = 0;
}

/*  Every ID is found, wherever a blank or a line end falls, and no excerpt gives it away. */
static void masking_leaves_no_number(void **state)
{
    (void) state;
    static const char *const breaks[] = { "", " ", "\n", "-" };
    for (int serial = 1; serial < 2000; serial += 7) {
        char id[32], text[64];
        id_with_check(id, serial);
        int cut = serial % 17 + 1;
        snprintf(text, sizeof text, "证:%.*s%s%s。", cut, id, breaks[serial % 4], id + cut);
        hits found = scan(text, GK_SCAN_PAGE);
        const gk_hit *hit = of_kind(&found, "id_card_18");
        if (!hit)
            fail_msg("not found: %s", text);
        for (size_t i = 0; i < found.count; i++) {
            assert_null(strstr(found.list[i].excerpt, id));
            assert_null(strstr(found.list[i].excerpt, (char[9]) { id[6], id[7], id[8], id[9], id[10], id[11], id[12],
                                                                  id[13], 0 }));
        }
    }
}

/*  The scan reads hostile text in a time that grows with its length only. */
static void hostile_text_takes_linear_time(void **state)
{
    (void) state;
    static const char *const atoms[] = { "1", "1 ", "@", "a.", "机密", "密级", "★", "护照E0000000", "62000 ", "住址" };
    enum { BYTES = 1 << 18 };
    for (size_t i = 0; i < sizeof atoms / sizeof *atoms; i++) {
        gk_text_auto text = { 0 };
        while (text.len < BYTES)
            gk_text_puts(&text, atoms[i]);
        hits found = { .count = 0 };
        clock_t start = clock();
        gk_scan(text.data, text.len, GK_SCAN_FIRST_PAGE, NULL, take, &found);
        double seconds = (double) (clock() - start) / CLOCKS_PER_SEC;
        if (seconds > 10)               /* quadratic would be hours; sanitizers are slow */
            fail_msg("%s took %.1f s", atoms[i], seconds);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_published_vector),
        cmocka_unit_test(marks_in_every_form),
        cmocka_unit_test(running_text_is_no_mark),
        cmocka_unit_test(a_star_on_a_work_secret_is_reported),
        cmocka_unit_test(an_offset_counts_characters_of_the_original),
        cmocka_unit_test(what_is_found),
        cmocka_unit_test(what_is_not_found),
        cmocka_unit_test(the_agency_may_name_itself),
        cmocka_unit_test(masking_leaves_no_number),
        cmocka_unit_test(hostile_text_takes_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
