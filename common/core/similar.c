/*  gk_similar - how much two texts ask for the same.
 *
 *  The pairs of a text are kept as sorted numbers, so what two texts have in
 *  common is counted by walking both lists once.
 */
#include "core/similar.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct gk_similar {
    uint64_t *pairs;        /* sorted; first character << 32 | second, or 0 when alone */
    size_t count;
};

/*  ---- folding ----------------------------------------------------------- */

typedef struct range {
    uint32_t first, last;
} range;

/*  Blanks, controls and marks that have no width. */
static const range blanks[] = {
    { 0x00, 0x20 },     { 0x7f, 0xa0 },     { 0xad, 0xad },     { 0x2000, 0x200f },
    { 0x2028, 0x202f }, { 0x205f, 0x206f }, { 0x3000, 0x3000 }, { 0xfe00, 0xfe0f },
    { 0xfeff, 0xfeff }, { 0xfffd, 0xfffd },
};

/*  Punctuation: it ends a run of characters that make pairs. */
static const range marks[] = {
    { 0x21, 0x2f },     { 0x3a, 0x40 },     { 0x5b, 0x60 },     { 0x7b, 0x7e },
    { 0xa1, 0xbf },     { 0x2010, 0x205e }, { 0x3001, 0x3004 }, { 0x3008, 0x3020 },
    { 0x3030, 0x3030 }, { 0xfe10, 0xfe1f }, { 0xfe30, 0xfe6f }, { 0xff5f, 0xff65 },
};

static const struct {
    const char *kinds;
    uint32_t as;
} brackets[] = {
    { "[〔【〖「『《〈{", '(' },
    { "]〕】〗」』》〉}", ')' },
};

enum { LAST_BRACKET = 0x3017 };     /* 〗: nothing behind it is looked for */

#define COUNT(table) (sizeof table / sizeof *table)

static bool within(uint32_t code, const range *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (code >= list[i].first && code <= list[i].last)
            return true;
    return false;
}

static bool among(uint32_t code, const char *kinds)
{
    for (size_t at = 0, len = strlen(kinds); at < len; )
        if (gk_utf8_next(kinds, len, &at) == code)
            return true;
    return false;
}

static uint32_t fold_char(uint32_t code)
{
    if (code >= 0xff01 && code <= 0xff5e)       /* full width forms of ! to ~ */
        code -= 0xff01 - '!';
    if (code >= 'A' && code <= 'Z')
        code += 'a' - 'A';
    for (size_t i = 0; code <= LAST_BRACKET && i < COUNT(brackets); i++)
        if (among(code, brackets[i].kinds))
            return brackets[i].as;
    return code;
}

char *gk_similar_fold(const char *text)
{
    gk_text out = { 0 };
    gk_text_add(&out, "", 0);
    for (size_t at = 0, len = strlen(text); at < len; ) {
        uint32_t code = fold_char(gk_utf8_next(text, len, &at));
        if (!within(code, blanks, COUNT(blanks)))
            gk_text_add_char(&out, code);
    }
    return out.data;
}

/*  ---- pairs ------------------------------------------------------------- */

static int by_number(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *) a, right = *(const uint64_t *) b;
    return (left > right) - (left < right);
}

/*  Add the pairs of one run.  A run of one character is a pair with nothing. */
static size_t end_run(gk_similar *self, uint32_t last, size_t run)
{
    if (run == 1)
        self->pairs[self->count++] = (uint64_t) last << 32;
    return 0;
}

gk_similar *gk_similar_new(const char *text)
{
    gk_free_auto char *folded = gk_similar_fold(text);
    size_t len = strlen(folded), run = 0;
    gk_similar *self = gk_new(gk_similar);
    self->pairs = gk_regrow(NULL, len + 1, sizeof *self->pairs);    /* never more than bytes */
    uint32_t last = 0;
    for (size_t at = 0; at < len; ) {
        uint32_t code = gk_utf8_next(folded, len, &at);
        if (within(code, marks, COUNT(marks))) {
            run = end_run(self, last, run);
            continue;
        }
        if (run++ > 0)
            self->pairs[self->count++] = (uint64_t) last << 32 | code;
        last = code;
    }
    end_run(self, last, run);
    qsort(self->pairs, self->count, sizeof *self->pairs, by_number);
    return self;
}

void gk_similar_destroy(gk_similar **self_p)
{
    if (*self_p) {
        free((*self_p)->pairs);
        free(*self_p);
        *self_p = NULL;
    }
}

size_t gk_similar_pairs(const gk_similar *self)
{
    return self->count;
}

static size_t in_common(const gk_similar *a, const gk_similar *b)
{
    size_t common = 0;
    for (size_t i = 0, k = 0; i < a->count && k < b->count; ) {
        int order = by_number(&a->pairs[i], &b->pairs[k]);
        common += order == 0;
        i += order <= 0;
        k += order >= 0;
    }
    return common;
}

int gk_similar_score(const gk_similar *self, const gk_similar *other)
{
    size_t all = self->count + other->count;
    return all ? (int) (200 * in_common(self, other) / all) : 0;
}

int gk_similar_within(const gk_similar *self, const gk_similar *whole)
{
    return self->count ? (int) (100 * in_common(self, whole) / self->count) : 0;
}

int gk_similar_of(const char *a, const char *b)
{
    gk_auto(gk_similar) left = gk_similar_new(a);
    gk_auto(gk_similar) right = gk_similar_new(b);
    return gk_similar_score(left, right);
}

/*  ---- words of an index -------------------------------------------------------- */

/*  Behind a run: what is owed for its last character. */
static void close_run(gk_text *out, uint32_t last, size_t run, bool query)
{
    if (run == 0)
        return;
    if (!query) {
        gk_text_add_char(out, last);
        gk_text_puts(out, " ");
    } else if (run == 1) {
        gk_text_puts(out, "\"");
        gk_text_add_char(out, last);
        gk_text_puts(out, "\" * ");
    } else {
        gk_text_puts(out, "\" ");
    }
}

static void add_pair(gk_text *out, uint32_t left, uint32_t right, bool first, bool query)
{
    if (query)
        gk_text_puts(out, first ? "\"" : " ");
    gk_text_add_char(out, left);
    gk_text_add_char(out, right);
    if (!query)
        gk_text_puts(out, " ");
}

static void add_runs(gk_text *out, const char *text, bool query)
{
    gk_free_auto char *folded = gk_similar_fold(text);
    size_t len = strlen(folded), run = 0;
    uint32_t last = 0;
    for (size_t at = 0; at < len; ) {
        uint32_t code = gk_utf8_next(folded, len, &at);
        if (within(code, marks, COUNT(marks))) {
            close_run(out, last, run, query);
            run = 0;
            continue;
        }
        if (run++ > 0)
            add_pair(out, last, code, run == 2, query);
        last = code;
    }
    close_run(out, last, run, query);
}

char *gk_similar_words(const char *text)
{
    gk_text out = { 0 };
    gk_text_puts(&out, "");
    add_runs(&out, text, false);
    return out.data;
}

/*  Folding would drop the blanks between words, so they become a mark before. */
char *gk_similar_query(const char *words)
{
    gk_text_auto apart = { 0 };
    gk_text out = { 0 };
    gk_text_puts(&apart, "");
    gk_text_puts(&out, "");
    for (size_t at = 0, len = strlen(words); at < len; ) {
        uint32_t code = gk_utf8_next(words, len, &at);
        gk_text_add_char(&apart, within(code, blanks, COUNT(blanks)) ? ',' : code);
    }
    add_runs(&out, apart.data, true);
    return out.data;
}
