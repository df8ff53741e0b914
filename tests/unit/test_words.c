/* links: gk_core */
/*  test_words - weighted words: what is read, what is refused, how a score adds up. */
#include "core/words.h"
#include "base/mem.h"
#include "unit/law.h"

#include <stdlib.h>

static gk_err read(const char *text, gk_words **out, gk_why *why)
{
    gk_json_auto *rules = json_loads(text, JSON_DECODE_ANY, NULL);
    assert_non_null(rules);
    return gk_words_read(rules, "unit", out, why);
}

static const char three[] =
    "[{\"id\":\"budget\",\"unit\":\"CWC\",\"words\":[\"预算\",\"决 算\"],\"weight\":30},"
    " {\"id\":\"money\",\"unit\":\"CWC\",\"words\":[\"资金\",\"AEO\"],\"weight\":20},"
    " {\"id\":\"law\",\"unit\":\"FGC\",\"words\":[\"复议\"],\"weight\":30},"
    " {\"id\":\"against\",\"unit\":\"any\",\"words\":[\"统计\"],\"weight\":-25}]";

static void scores_add_up(void **state)
{
    (void) state;
    gk_auto(gk_words) words = NULL;
    assert_int_equal(read(three, &words, NULL), GK_OK);
    static const struct {
        const char *group, *text;
        int score;
        const char *rule, *found;
    } rows[] = {
        { "CWC", "预算", 30, "budget", "[\"预算\"]" },
        { "CWC", "预算和预算和预算", 30, "budget", "[\"预算\"]" },             /* each word once */
        { "CWC", "预算、决算", 60, "budget", "[\"预算\",\"决 算\"]" },          /* shown as written */
        { "CWC", "资金决算", 50, "budget", "[\"决 算\",\"资金\"]" },            /* the rule that gave most */
        { "CWC", "aeo", 20, "money", "[\"AEO\"]" },                         /* folded */
        { "CWC", "预算统计", 5, "budget", "[\"预算\"]" },                      /* any weighs against */
        { "CWC", "统计", 0, NULL, "[]" },                                   /* but never alone */
        { "CWC", "复议", 0, NULL, "[]" },                                   /* another's word */
        { "FGC", "复议", 30, "law", "[\"复议\"]" },
        { "KJC", "预算复议", 0, NULL, "[]" },                                /* no rules at all */
        { "CWC", "", 0, NULL, "[]" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *found = json_array();
        gk_words_hit hit = gk_words_score(words, rows[i].group, rows[i].text, found);
        gk_free_auto char *shown = gk_json_print(found);
        assert_int_equal(hit.score, rows[i].score);
        assert_string_equal(hit.rule ? hit.rule : "", rows[i].rule ? rows[i].rule : "");
        assert_string_equal(shown, rows[i].found);
        assert_int_equal(gk_words_score(words, rows[i].group, rows[i].text, NULL).score, rows[i].score);
    }
    assert_string_equal(gk_words_group(words, 2), "FGC");
    assert_null(gk_words_group(words, 4));
}

static void refused_rules(void **state)
{
    (void) state;
#define RULE(members) "[{" members "}]"
    static const struct {
        const char *rules, *says;
    } rows[] = {
        { "[]", "1 to 500" },
        { "{}", "1 to 500" },
        { "7", "1 to 500" },
        { "[7]", "needs id and unit" },
        { RULE("\"unit\":\"A\",\"words\":[\"x\"],\"weight\":1"), "needs id and unit" },
        { RULE("\"id\":\"a\",\"words\":[\"x\"],\"weight\":1"), "needs id and unit" },
        { RULE("\"id\":\"a\",\"unit\":\"A\",\"weight\":1,\"x\":1"), "rule a has no words" },
        { RULE("\"id\":\"a\",\"unit\":\"A\",\"words\":[],\"weight\":1"), "rule a has no words" },
        { RULE("\"id\":\"a\",\"unit\":\"A\",\"words\":[\" \"],\"weight\":1"), "rule a: words are" },
        { RULE("\"id\":\"a\",\"unit\":\"A\",\"words\":[1],\"weight\":1"), "rule a: words are" },
        { RULE("\"id\":\"a\",\"unit\":\"A\",\"words\":[\"一二三四五六七八九十一二三四五六七八九十一\"],\"weight\":1"),
          "1 to 20 characters" },
        { RULE("\"id\":\"a\",\"unit\":\"A\",\"words\":[\"x\"]"), "weight is" },
        { RULE("\"id\":\"a\",\"unit\":\"A\",\"words\":[\"x\"],\"weight\":0"), "weight is" },
        { RULE("\"id\":\"a\",\"unit\":\"A\",\"words\":[\"x\"],\"weight\":101"), "weight is" },
        { RULE("\"id\":\"a\",\"unit\":\"A\",\"words\":[\"x\"],\"weight\":1.5"), "weight is" },
        { RULE("\"id\":\"a\",\"unit\":\"A\",\"words\":[\"x\"],\"weight\":1,\"wieght\":1"), "only" },
        { "[{\"id\":\"a\",\"unit\":\"A\",\"words\":[\"x\"],\"weight\":1},"
          "{\"id\":\"a\",\"unit\":\"B\",\"words\":[\"y\"],\"weight\":1}]", "rule id a stands twice" },
    };
#undef RULE
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_words *words = NULL;
        gk_why why = { "" };
        gk_err err = read(rows[i].rules, &words, &why);
        assert_true(err == GK_EBADVALUE || err == GK_EMISSING);
        assert_null(words);
        if (!strstr(why.text, rows[i].says))
            fail_msg("%s: \"%s\" does not say \"%s\"", rows[i].rules, why.text, rows[i].says);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_add_up),
        cmocka_unit_test(refused_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
