/*  marks - class A: the state-secret mark (国家秘密标志) in its forms.
 *
 *      机密★20年          the form of the rule: level, star, term
 *      密级:机密           a field of a form
 *      (机密)本段……       before a paragraph; anywhere in the head of a first page
 *      机密 20年           the star lost, alone in its cell: head and labels only
 *
 *  Running text (保守国家秘密法, 机密仪器厂) has none of these forms.
 */
#include "workers/confidentiality/match.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*  Without a term the longest one applies (保守国家秘密法 Art. 20). */
static const struct { const char *level, *longest; } levels[] = {
    { "绝密", "30年" }, { "机密", "20年" }, { "秘密", "10年" },
};

/*  A state-secret mark must not be put on these; who did wants to be told. */
static const char *const not_state[] = { "工作", "商业", "个人", "企业", NULL };
static const char *const misused[] = { "内部", "内部资料", "内部文件", "商密", "商业秘密", "工作秘密", "个人秘密",
                                       "企业秘密", NULL };
static const char star[] = "★";

/*  ---- the term ---------------------------------------------------------- */

/*  The value of one Chinese digit at `at`, -1 when there is none. */
static int read_digit(const gk_match *self, size_t at)
{
    static const struct { const char *text; int value; } digits[] = {
        { "零", 0 }, { "一", 1 }, { "二", 2 }, { "两", 2 }, { "三", 3 }, { "四", 4 }, { "五", 5 }, { "六", 6 },
        { "七", 7 }, { "八", 8 }, { "九", 9 }, { "十", 10 }, { "百", 100 },
    };
    for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
        if (gk_match_is(self, at, digits[i].text))
            return digits[i].value;
    return -1;
}

/*  Read a number in Arabic or Chinese digits up to 9999; return behind it, `at` when none. */
static size_t read_number(const gk_match *self, size_t at, int *value)
{
    const char *text = self->in->text;
    size_t end = at;
    *value = 0;
    for (; text[end] >= '0' && text[end] <= '9' && end - at < 4; end++)
        *value = *value * 10 + (text[end] - '0');
    if (end > at)
        return end;
    int last = 0;
    for (int i = 0, digit; i < 5 && (digit = read_digit(self, end)) >= 0; i++) {
        if (digit >= 10)                    /* 十 alone is ten: 一 may be left out */
            *value += (last ? last : 1) * digit;
        last = digit >= 10 ? 0 : digit;
        end += strlen("十");
    }
    *value += last;
    return end;
}

/*  "20年", "6个月", "2027年12月31日"; return behind it, `at` when it is none. */
static size_t read_period(const gk_match *self, size_t at, char term[static GK_SCAN_TERM])
{
    static const struct { const char *text, *unit; } units[] = {
        { "年", "年" }, { "个月", "个月" }, { "月", "个月" }, { "天", "天" }, { "日", "天" },
    };
    int year, month = 0, day = 0;
    size_t end = read_number(self, at, &year);
    if (end == at)
        return at;
    size_t i = 0;
    while (i < sizeof units / sizeof *units && !gk_match_is(self, end, units[i].text))
        i++;
    if (i == sizeof units / sizeof *units)
        return at;
    end += strlen(units[i].text);
    snprintf(term, GK_SCAN_TERM, "%d%s", year, units[i].unit);
    if (i > 0 || year < 1900)
        return end;
    size_t behind = read_number(self, end, &month);
    if (behind == end || !gk_match_is(self, behind, "月"))
        return end;
    end = behind + strlen("月");
    snprintf(term, GK_SCAN_TERM, "%d年%d月", year, month);
    behind = read_number(self, end, &day);
    if (behind == end || !gk_match_is(self, behind, "日"))
        return end;
    snprintf(term, GK_SCAN_TERM, "%d年%d月%d日", year, month, day);
    return behind + strlen("日");
}

/*  "会议开始前": up to `most` characters without punctuation, then 前. */
static size_t read_condition(const gk_match *self, size_t at, int most)
{
    static const char *const stops[] = { ",", ".", "。", ";", ":", "、", "(", ")", "★", "“", "”" };
    size_t end = at;
    for (int i = 0; i <= most && end < self->in->len; i++) {
        if (i > 0 && gk_match_is(self, end, "前"))
            return end + strlen("前");
        for (size_t k = 0; k < sizeof stops / sizeof *stops; k++)
            if (gk_match_is(self, end, stops[k]))
                return at;
        if (self->in->gap[end] >= GK_COLUMN && end > at)
            return at;
        end += gk_match_width(self, end);
    }
    return at;
}

/*  Read whatever term there is; *term stays "" when there is none. */
static size_t read_term(const gk_match *self, size_t at, int condition_most, char term[static GK_SCAN_TERM])
{
    if (gk_match_is(self, at, "长期")) {
        snprintf(term, GK_SCAN_TERM, "长期");
        return at + strlen("长期");
    }
    size_t end = read_period(self, gk_match_is(self, at, "至") ? at + strlen("至") : at, term);
    if (term[0])
        return end;
    end = at < self->in->len && self->in->gap[at] == GK_LINE ? at : read_condition(self, at, condition_most);
    if (end > at)
        snprintf(term, GK_SCAN_TERM, "解密条件");
    return end;
}

/*  ---- the forms --------------------------------------------------------- */

enum { CONDITION_MOST = 12, WEAK_CONDITION_MOST = 4 };

typedef enum mark_form { STARRED, BRACKETED, PLAIN } mark_form;

/*  The excerpt is the mark and nothing of what is around it, not even a condition's words. */
static void report_mark(gk_match *self, size_t at, size_t end, size_t level, mark_form form,
                        const char *term)
{
    static const struct { const char *before, *between, *behind; } signs[] = {
        [STARRED] = { "", "★", "" }, [BRACKETED] = { "(", "", ")" }, [PLAIN] = { "", "", "" },
    };
    gk_hit hit = { .class = 'A', .kind = "state_secret_mark", .level = levels[level].level };
    bool condition = strcmp(term, "解密条件") == 0;
    snprintf(hit.term, sizeof hit.term, "%s", term[0] ? term : levels[level].longest);
    snprintf(hit.excerpt, sizeof hit.excerpt, "%s%s%s%s%s", signs[form].before, hit.level, signs[form].between,
             condition ? "……前" : term, signs[form].behind);
    gk_match_report(self, at, end, &hit);
}

/*  Stars, or a glyph the font has no name for where a star would stand. */
static size_t read_stars(const gk_match *self, size_t at, bool *sure)
{
    size_t end = at, asterisks = 0;
    *sure = false;
    for (;;) {
        if (gk_match_is(self, end, star))
            end += strlen(star), *sure = true;
        else if (gk_match_is(self, end, "*"))
            end++, asterisks++;
        else
            break;
    }
    if (end > at) {
        *sure |= asterisks == 1;        /* **机密** is emphasis, unless a term follows */
        return end;
    }
    size_t next = at;
    uint32_t code = at < self->in->len ? gk_utf8_next(self->in->text, self->in->len, &next) : 0;
    return code == 0xfffd || (code >= 0xe000 && code <= 0xf8ff) ? next : at;
}

static bool starred(gk_match *self, size_t at, size_t behind, size_t level)
{
    char term[GK_SCAN_TERM] = "";
    bool sure;
    size_t stars = read_stars(self, behind, &sure);
    if (stars == behind)
        return false;
    size_t end = read_term(self, stars, CONDITION_MOST, term);
    if (!sure && (!term[0] || strcmp(term, "解密条件") == 0))
        return false;
    report_mark(self, at, end, level, STARRED, term);
    return true;
}

/*  An edge of a cell: a wide gap, a bracket, or in a label any punctuation. */
static bool is_edge(const gk_match *self, size_t at, bool before)
{
    const gk_folded *in = self->in;
    if (in->gap[at] >= GK_COLUMN || at == in->len)
        return true;
    if (self->where != GK_SCAN_LABEL)
        return false;
    static const char *const punctuation[] = { "-", "_", ".", ",", "(", ")", "、", "。", ":", "+", "~", ";" };
    for (size_t i = 0; i < sizeof punctuation / sizeof *punctuation; i++)
        if (before ? gk_match_behind(self, at, punctuation[i]) : gk_match_is(self, at, punctuation[i]))
            return true;
    return in->gap[at] >= GK_BLANK;
}

static bool in_head(const gk_match *self, size_t at)
{
    return self->where == GK_SCAN_LABEL || (self->where == GK_SCAN_FIRST_PAGE && at < self->in->head);
}

static bool bracketed(gk_match *self, size_t at, size_t behind, size_t level)
{
    if (at == 0 || self->in->text[at - 1] != '(' || (self->in->gap[at - 1] < GK_COLUMN && !in_head(self, at)))
        return false;
    char term[GK_SCAN_TERM] = "";
    size_t end = read_term(self, behind, WEAK_CONDITION_MOST, term);
    if (self->in->text[end] != ')')
        return false;
    report_mark(self, at - 1, end + 1, level, BRACKETED, term);
    return true;
}

static bool in_field(gk_match *self, size_t at, size_t behind, size_t level)
{
    if (!gk_match_behind(self, at, "密级") && !gk_match_behind(self, at, "密级:"))
        return false;
    char term[GK_SCAN_TERM] = "";
    size_t end = read_term(self, behind, WEAK_CONDITION_MOST, term);
    if (!term[0] && self->in->gap[end] == GK_JOINED && !is_edge(self, end, false))
        return false;
    report_mark(self, at, end, level, PLAIN, term);
    return true;
}

static void alone(gk_match *self, size_t at, size_t behind, size_t level)
{
    if (!in_head(self, at) || !is_edge(self, at, true))
        return;
    char term[GK_SCAN_TERM] = "";
    size_t end = read_term(self, behind, WEAK_CONDITION_MOST, term);
    if (!is_edge(self, end, false)) {
        /*  Recognition turns a star into some other sign: 机密·20年. */
        size_t odd = behind + (behind < self->in->len ? gk_match_width(self, behind) : 0);
        term[0] = 0;
        end = read_period(self, odd, term);
        if (!term[0] || !is_edge(self, end, false))
            return;
    }
    report_mark(self, at, end, level, PLAIN, term);
}

static bool is_other_secret(const gk_match *self, size_t at)
{
    if (self->in->gap[at] == GK_LINE || !gk_match_is(self, at, "秘密"))
        return false;
    for (const char *const *word = not_state; *word; word++)
        if (gk_match_behind(self, at, *word))
            return true;
    return false;
}

static void match_misuse(gk_match *self, size_t at)
{
    for (const char *const *word = misused; *word; word++)
        if (gk_match_behind(self, at, *word) && self->in->gap[at] != GK_LINE) {
            gk_hit hit = { .class = 'B', .kind = "misused_star" };
            snprintf(hit.excerpt, sizeof hit.excerpt, "%s★", *word);
            gk_match_report(self, at - strlen(*word), at + 1, &hit);
            return;
        }
}

void gk_match_mark(gk_match *self, size_t at)
{
    if (gk_match_is(self, at, star))
        match_misuse(self, at);
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        if (!gk_match_is(self, at, levels[i].level) || is_other_secret(self, at))
            continue;
        size_t behind = at + strlen(levels[i].level);
        if (!starred(self, at, behind, i) && !bracketed(self, at, behind, i) && !in_field(self, at, behind, i))
            alone(self, at, behind, i);
        return;
    }
}
