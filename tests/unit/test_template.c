/* links: gongkai_reply_parts */
/*  test_template - the language of the letters' wording: what it fills, and what it refuses. */
#include "unit/letters.h"

/*  Fill one template text with one JSON; the blocks as "kind|text" lines, caller frees. */
static gk_err fill(const char *text, const char *json, char **out, gk_why *why)
{
    gk_auto(gk_templates) set = gk_templates_new();
    gk_json_auto *values = NULL;
    gk_free_auto char *doubled = gk_strdup(json);
    for (char *at = doubled; *at; at++)
        if (*at == '\'')
            *at = '"';
    assert_int_equal(gk_json_parse(doubled, strlen(doubled), &values, why), GK_OK);
    gk_err err = gk_templates_add(set, "t", text, strlen(text), why);
    gk_blocks_auto blocks = { 0 };
    if (!err)
        err = gk_templates_fill(set, "t", values, &blocks, why);
    gk_text all = { 0 };
    for (size_t i = 0; i < blocks.count; i++)
        gk_text_printf(&all, "%d|%s\n", blocks.list[i].kind, blocks.list[i].text);
    *out = all.data;
    return err;
}

static void fills(void **state)
{
    (void) state;
    static const struct { const char *text, *json, *expect, *what; } rows[] = {
        { "# no\n\n  \nA{{x}}B", "{'x': '中'}", "0|A中B\n", "a value between words; comments and blank lines go" },
        { "@title T\n@to {{to.name}}：", "{'to': {'name': '张'}}", "1|T\n2|张：\n", "kinds, a dotted path" },
        { "{{n}}", "{'n': 0}", "0|0\n", "zero is a value" },
        { "{{d:date}}", "{'d': '2026-03-02'}", "0|2026年3月2日\n", "a date, without leading zeros" },
        { "{{?x}}yes\n{{!x}}no", "{'x': ''}", "0|no\n", "empty text is absent" },
        { "{{?x}}yes\n{{!x}}no", "{'x': false}", "0|no\n", "false is absent" },
        { "{{?x}}yes\n{{!x}}no", "{'x': true}", "0|yes\n", "true is there" },
        { "{{?a}}{{!b}}@head H", "{'a': 1}", "3|H\n", "several tests and a kind" },
        { "{{*l}}@item {{#}}. {{.}}", "{'l': ['a', 'b']}", "5|1. a\n5|2. b\n", "an array repeats" },
        { "{{*l}}{{#}}. {{.}}", "{'l': 'a\\n\\n  b \\n'}", "0|1. a\n0|2. b\n", "so do the lines of a text" },
        { "{{?l}}{{*l}}{{.}}\nend", "{}", "0|end\n", "an optional list" },
        { "x{{t}}", "{'t': 'a\\nb'}", "0|xa\n0|b\n", "a value's lines part paragraphs" },
        { "{{t}}", "{'t': '{{x}}@title y'}", "0|{{x}}@title y\n", "a value is never template text" },
        { "{{t}}", "{'t': 'a\\u202eb\\u200b\\u0007c\\u2028d'}", "0|abcd\n", "what reorders or hides text is dropped" },
        { "{{t:cite}}", "{'t': 'a\\nb\\tc'}", "0|a b c\n", "a quotation is one line" },
        { "{{t:sentence}}", "{'t': '属实'}", "0|属实。\n", "a full stop that was left out" },
        { "{{t:sentence}}", "{'t': '属实。 \\n'}", "0|属实。\n", "but never two" },
        { "{{t:sentence}}", "{'t': '一\\n二'}", "0|一\n0|二。\n", "at the very end only" },
        { "a } b {c} {", "{}", "0|a } b {c} {\n", "single braces are text" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_why why = { "" };
        gk_free_auto char *got = NULL;
        if (fill(rows[i].text, rows[i].json, &got, &why))
            fail_msg("%s: %s", rows[i].what, why.text);
        if (!got || strcmp(got, rows[i].expect) != 0)
            fail_msg("%s: got %s", rows[i].what, got ? got : "nothing");
    }
}

static void refuses_syntax(void **state)
{
    (void) state;
    static const char *const rows[] = {
        "{{", "}}", "a {{x", "{{}}", "{{ x }}", "{{x.}}", "{{.x}}", "{{a..b}}", "{{x:nope}}", "{{x:}}", "{{.}}",
        "{{#}}", "{{?x}}", "{{*a}}{{*b}}{{.}}", "@nope x", "@title", "@title ", "@include", "@include a b",
        "@include ../x", "{{x{{y}}}}", "{{x}} }}", "{{?a-b}}x",
        "{{?a}}{{?a}}{{?a}}{{?a}}{{?a}}{{?a}}{{?a}}{{?a}}{{?a}}x",
        "{{aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}}",
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_auto(gk_templates) set = gk_templates_new();
        gk_why why = { "" };
        gk_free_auto char *text = gk_format("fine\n%s", rows[i]);
        if (gk_templates_add(set, "t", text, strlen(text), &why) != GK_EBADVALUE)
            fail_msg("accepted: %s", rows[i]);
        assert_non_null(strstr(why.text, "t, line 2"));
        assert_false(gk_templates_has(set, "t"));
    }
}

static void refuses_names_and_bytes(void **state)
{
    (void) state;
    gk_auto(gk_templates) set = gk_templates_new();
    gk_free_auto char *large = gk_zalloc(70000);
    memset(large, 'a', 70000 - 1);
    assert_int_equal(gk_templates_add(set, "../x", "a", 1, NULL), GK_EBADVALUE);
    assert_int_equal(gk_templates_add(set, "", "a", 1, NULL), GK_EBADVALUE);
    assert_int_equal(gk_templates_add(set, "t", "\xff\xfe", 2, NULL), GK_EBADVALUE);
    assert_int_equal(gk_templates_add(set, "t", "a\0b", 3, NULL), GK_EBADVALUE);
    assert_int_equal(gk_templates_add(set, "t", large, 70000 - 1, NULL), GK_ETOOLARGE);
    assert_int_equal(gk_templates_add(set, "t", "a", 1, NULL), GK_OK);
    assert_int_equal(gk_templates_add(set, "t", "b", 1, NULL), GK_EBADVALUE);       /* twice */
}

/*  A missing value is named, and says where it comes from. */
static void refuses_holes(void **state)
{
    (void) state;
    static const struct { const char *text, *json, *named; gk_err err; } rows[] = {
        { "{{office.court}}", "{'office': {}}", "office.court", GK_EMISSING },
        { "{{office.court}}", "{'office': {'court': null}}", "gongkai org load", GK_EMISSING },
        { "{{fields.reason}}", "{'fields': {'reason': ''}}", "fields.reason", GK_EMISSING },
        { "{{x}}", "{'x': '\\u200b'}", "needs x", GK_EMISSING },
        { "{{x.y}}", "{'x': 'text'}", "x.y", GK_EMISSING },
        { "{{*l}}{{.}}", "{}", "needs l", GK_EMISSING },
        { "{{*l}}{{.}}", "{'l': ' \\n '}", "needs l", GK_EMISSING },
        { "{{*l}}{{.}}", "{'l': ['']}", "needs l", GK_EMISSING },
        { "{{x:sentence}}", "{'x': ' '}", "needs x", GK_EMISSING },
        { "{{x:sentence}}", "{'x': true}", "cannot print x", GK_EBADVALUE },
        { "{{x}}", "{'x': true}", "cannot print x", GK_EBADVALUE },
        { "{{x}}", "{'x': {'a': 1}}", "cannot print x", GK_EBADVALUE },
        { "{{*l}}{{.}}", "{'l': [{'a': 1}]}", "cannot print l", GK_EBADVALUE },
        { "{{x:date}}", "{'x': '2026-02-30'}", "cannot print x", GK_EBADVALUE },
        { "{{x:date}}", "{'x': 5}", "cannot print x", GK_EBADVALUE },
        { "{{x:capital}}", "{'x': -1}", "cannot print x", GK_EBADVALUE },
        { "{{x:capital}}", "{'x': 1000000000000}", "cannot print x", GK_EBADVALUE },
        { "{{x:capital}}", "{'x': '5'}", "cannot print x", GK_EBADVALUE },
        { "@include none", "{}", "no template none", GK_ENOTFOUND },
        { "@include t", "{}", "deep", GK_EBADVALUE },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_why why = { "" };
        gk_free_auto char *got = NULL;
        gk_err err = fill(rows[i].text, rows[i].json, &got, &why);
        if (err != rows[i].err || !strstr(why.text, rows[i].named) || got)
            fail_msg("%s with %s: %d, %s", rows[i].text, rows[i].json, err, why.text);
    }
}

/*  300 characters, never half of one, and …… only when something was cut. */
static void shortens_quotations(void **state)
{
    (void) state;
    for (int count = 299; count <= 302; count++) {
        gk_text_auto text = { 0 };
        for (int i = 0; i < count; i++)
            gk_text_puts(&text, i % 2 ? "𠮷" : "海");
        gk_free_auto char *json = gk_format("{'t': '%s'}", text.data);
        gk_free_auto char *got = NULL;
        assert_int_equal(fill("{{t:cite}}", json, &got, NULL), GK_OK);
        assert_true(gk_utf8_ok(got, strlen(got)));
        size_t chars = gk_utf8_count(got, strlen(got)) - 3;     /* "0|" and the line end */
        assert_int_equal(chars, count <= 300 ? count : 302);
        assert_int_equal(strstr(got, "……") != NULL, count > 300);
    }
}

static void writes_money_in_words(void **state)
{
    (void) state;
    static const struct { long long yuan; const char *words; } rows[] = {
        { 0, "零元整" }, { 5, "伍元整" }, { 10, "壹拾元整" }, { 100, "壹佰元整" }, { 101, "壹佰零壹元整" },
        { 110, "壹佰壹拾元整" }, { 1001, "壹仟零壹元整" }, { 1010, "壹仟零壹拾元整" }, { 2740, "贰仟柒佰肆拾元整" },
        { 4700, "肆仟柒佰元整" }, { 10000, "壹万元整" }, { 10001, "壹万零壹元整" }, { 11000, "壹万壹仟元整" },
        { 54700, "伍万肆仟柒佰元整" }, { 100000, "壹拾万元整" }, { 100010, "壹拾万零壹拾元整" },
        { 1000001, "壹佰万零壹元整" }, { 100000000, "壹亿元整" }, { 100000001, "壹亿零壹元整" },
        { 100010000, "壹亿零壹万元整" }, { 999999999999, "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元整" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_free_auto char *json = gk_format("{'n': %lld}", rows[i].yuan);
        gk_free_auto char *expect = gk_format("0|%s\n", rows[i].words);
        gk_free_auto char *got = NULL;
        assert_int_equal(fill("{{n:capital}}", json, &got, NULL), GK_OK);
        assert_string_equal(got, expect);
    }
}

/*  Bounded work whatever the templates are: includes that multiply, lists and texts that swell. */
static void bounds_work(void **state)
{
    (void) state;
    gk_auto(gk_templates) set = gk_templates_new();
    gk_text_auto many = { 0 }, swell = { 0 };
    for (int i = 0; i < 3000; i++)
        gk_text_puts(&many, "@include b\n");
    for (int i = 0; i < 1000; i++)
        gk_text_puts(&swell, "{{x}}");
    assert_int_equal(gk_templates_add(set, "a", many.data, many.len, NULL), GK_OK);
    for (char *at = many.data; (at = strstr(at, "include b")); at++)
        at[8] = 'c';
    assert_int_equal(gk_templates_add(set, "b", many.data, many.len, NULL), GK_OK);
    assert_int_equal(gk_templates_add(set, "c", "{{?no}}x", 8, NULL), GK_OK);
    assert_int_equal(gk_templates_add(set, "s", swell.data, swell.len, NULL), GK_OK);
    assert_int_equal(gk_templates_add(set, "l", "{{*l}}{{.}}", 11, NULL), GK_OK);

    gk_free_auto char *text = gk_zalloc(10001);
    memset(text, 'x', 10000);
    gk_json_auto *list = json_array();
    for (int i = 0; i < 5000; i++)
        json_array_append_new(list, json_string("x"));
    gk_json_auto *values = json_pack("{ss, sO}", "x", text, "l", list);
    gk_blocks_auto blocks = { 0 };
    static const char *const names[] = { "a", "s", "l" };
    for (size_t i = 0; i < ROWS(names); i++)
        assert_int_equal(gk_templates_fill(set, names[i], values, &blocks, NULL), GK_ETOOLARGE);
    assert_int_equal(blocks.count, 0);
}

/*  Before @include the items are objects: their members hide the letter's, and only for their turn. */
static void repeats_an_include(void **state)
{
    (void) state;
    static const struct { const char *json, *expect; gk_err err; } rows[] = {
        { "{'x': 'o', 'l': [{'x': 'a', 'y': '1'}, {'y': '2'}]}", "3|a1\n3|o2\n0|o-\n", GK_OK },
        { "{'x': 'o', 'y': '9', 'l': [{'y': ''}, {}]}", "3|o9\n0|o9\n", GK_OK },      /* an empty member hides too */
        { "{'x': 'o', 'l': [{'y': '1'}, 'text']}", "must be an object", GK_EBADVALUE },
        { "{'x': 'o', 'l': 'text'}", "needs l", GK_EMISSING },
        { "{'x': 'o', 'l': []}", "needs l", GK_EMISSING },
        { "{'l': [{'y': '1'}]}", "needs x", GK_EMISSING },
    };
    gk_auto(gk_templates) set = gk_templates_new();
    static const char inner[] = "{{?y}}@head {{x}}{{y}}";
    static const char whole[] = "{{*l}}@include inner\n{{!y}}{{x}}-\n{{?y}}{{x}}{{y}}\n";
    assert_int_equal(gk_templates_add(set, "t", whole, strlen(whole), NULL), GK_OK);
    assert_int_equal(gk_templates_add(set, "inner", inner, strlen(inner), NULL), GK_OK);
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_free_auto char *doubled = gk_strdup(rows[i].json);
        for (char *at = doubled; *at; at++)
            *at = *at == '\'' ? '"' : *at;
        gk_json_auto *values = NULL;
        gk_why why = { "" };
        assert_int_equal(gk_json_parse(doubled, strlen(doubled), &values, &why), GK_OK);
        gk_blocks_auto blocks = { 0 };
        gk_err err = gk_templates_fill(set, "t", values, &blocks, &why);
        gk_text_auto got = { 0 };
        for (size_t k = 0; k < blocks.count; k++)
            gk_text_printf(&got, "%d|%s\n", blocks.list[k].kind, blocks.list[k].text);
        if (err != rows[i].err || !strstr(err ? why.text : got.data, rows[i].expect))
            fail_msg("%s: %d, %s", rows[i].json, err, err ? why.text : got.data);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills),           cmocka_unit_test(refuses_syntax),
        cmocka_unit_test(refuses_holes),   cmocka_unit_test(refuses_names_and_bytes),
        cmocka_unit_test(shortens_quotations), cmocka_unit_test(writes_money_in_words),
        cmocka_unit_test(bounds_work),     cmocka_unit_test(repeats_an_include),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
