/*  tokens - short codes with letters: e-mail, plates, permits, credit codes; and addresses. */
#include "workers/confidentiality/match.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_word(char c)
{
    return is_digit(c) || is_letter(c);
}

/*  True when no letter or digit joins `at` from the left. */
static bool starts_word(const gk_folded *in, size_t at)
{
    return at == 0 || in->gap[at] != GK_JOINED || !is_word(in->text[at - 1]);
}

static bool ends_word(const gk_folded *in, size_t at)
{
    return in->gap[at] != GK_JOINED || !is_word(in->text[at]);
}

/*  Behind the digits from `at` on, at most `most` of them. */
static size_t skip_digits(const gk_folded *in, size_t at, size_t most)
{
    size_t end = at;
    while (end - at < most && is_digit(in->text[end]))
        end++;
    return end;
}

/*  ---- e-mail ------------------------------------------------------------ */

enum { MOST_LOCAL = 64, MOST_DOMAIN = 253 };

/*  Behind the domain at `at`, which may run over gaps up to `gap`; `at` when it is none. */
static size_t read_domain(const gk_folded *in, size_t at, gk_gap gap)
{
    size_t end = at, behind_dot = 0;
    for (; end - at < MOST_DOMAIN && (end == at || in->gap[end] == GK_JOINED || in->gap[end] == gap); end++) {
        char c = in->text[end];
        if (c == '.')
            behind_dot = end + 1;
        else if (!is_word(c) && c != '-')
            break;
    }
    while (end > at && !is_word(in->text[end - 1]))
        end--;
    return behind_dot > at + 1 && end >= behind_dot + 2 ? end : at;
}

static bool same_mail(const gk_known *known, const char *text, size_t len)
{
    return known->email && strlen(known->email) == len && strncasecmp(known->email, text, len) == 0;
}

static void match_mail(gk_match *self, size_t at)
{
    const gk_folded *in = self->in;
    size_t start = at;
    while (start > 0 && at - start < MOST_LOCAL && in->gap[start] == GK_JOINED
           && (is_word(in->text[start - 1]) || (in->text[start - 1] && strchr("._%+-", in->text[start - 1]))))
        start--;
    size_t end = read_domain(in, at + 1, GK_JOINED);
    if (end == at + 1)
        end = read_domain(in, at + 1, GK_LINE);
    if (start == at || end == at + 1 || same_mail(self->known, in->text + start, end - start))
        return;
    gk_hit hit = { .class = 'C', .kind = "email" };
    gk_match_mask(hit.excerpt, in->text + start, end - start, at - start > 1, end - at);
    gk_match_report(self, start, end, &hit);
}

/*  ---- licence plates ---------------------------------------------------- */

/*  The tail of a plate: five characters, six of a new-energy car, or four and a word. */
static size_t plate_tail(const gk_match *self, size_t at)
{
    static const char *const words[] = { "港", "澳", "学", "警", "领", "挂", "试", "超" };
    const char *text = self->in->text;
    size_t end = at, digits = 0;
    while (end - at < 7 && is_word(text[end]))
        digits += is_digit(text[end++]);
    size_t len = end - at;
    if (len == 4 && digits >= 3)
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (gk_match_is(self, end, words[i]))
                return end + strlen(words[i]);
    bool energy = len == 6 && digits >= 4 && (is_letter(text[at]) || is_letter(text[end - 1]));
    return energy || (len == 5 && digits >= 2) ? end : at;
}

static void match_plate(gk_match *self, size_t at)
{
    static const char provinces[] = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
    const gk_folded *in = self->in;
    size_t tail = at;
    if (gk_match_is(self, at, "WJ") && starts_word(in, at)) {
        tail += 2;                  /* 武警: a province may follow */
    } else {
        size_t width = gk_match_width(self, at);
        if (width != 3 || !is_letter(in->text[at + width])
            || !memmem(provinces, sizeof provinces, in->text + at, 3))
            return;
        tail += width + 1;
    }
    for (const char *p = provinces; tail == at + 2 && *p; p += 3)
        if (strncmp(in->text + tail, p, 3) == 0)
            tail += 3;
    if (gk_match_is(self, tail, "·"))
        tail += strlen("·");
    else if (in->text[tail] == '-' || in->text[tail] == '.')
        tail++;
    size_t end = plate_tail(self, tail);
    if (end == tail)
        return;
    gk_hit hit = { .class = 'C', .kind = "licence_plate" };
    gk_match_mask(hit.excerpt, in->text + at, end - at, 2, 2);
    gk_match_report(self, at, end, &hit);
}

/*  ---- passports and permits --------------------------------------------- */

static const char *const passport_words[] = { "护照", "PASSPORT", NULL };
static const char *const hk_macao_words[] = { "港澳", "通行证", "回乡证", NULL };
static const char *const taiwan_words[] = { "台湾", "大陆通行证", "台胞证", "通行证", NULL };

/*  The shapes are those of many contract numbers, so a word of the context must be near. */
static const struct permit {
    const char *kind, *letters;
    size_t most;                /* characters behind the letter */
    const char *const *words;
} permits[] = {
    { "passport", "EGDSPHM", 8, passport_words },
    { "hk_macao_permit", "CHMW", 10, hk_macao_words },
    { "taiwan_permit", "TL", 10, taiwan_words },
};

static void match_permit(gk_match *self, size_t at)
{
    enum { LEAST = 8 };
    const gk_folded *in = self->in;
    if (!is_letter(in->text[at]) || !starts_word(in, at))
        return;
    for (size_t i = 0; i < sizeof permits / sizeof *permits; i++) {
        const struct permit *permit = &permits[i];
        if (!strchr(permit->letters, in->text[at]))
            continue;
        size_t letters = is_letter(in->text[at + 1]) ? 2 : 1;     /* the first of the digits may be one */
        size_t end = skip_digits(in, at + letters, permit->most), len = end - at - 1;
        if (len < LEAST || len > permit->most || !ends_word(in, end)
            || !gk_match_near(self, at, end, permit->words))
            continue;
        gk_hit hit = { .class = 'C', .kind = permit->kind };
        gk_match_mask(hit.excerpt, in->text + at, end - at, 2, 2);
        gk_match_report(self, at, end, &hit);
        return;
    }
}

/*  ---- unified social credit code ---------------------------------------- */

/*  GB 32100-2015: 18 characters, the last one checks the others (mod 31). */
static bool is_credit_code(const char *text)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    static const int weight[] = { 1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28 };
    int sum = 0;
    for (int i = 0; i < 18; i++) {
        const char *p = text[i] ? strchr(alphabet, text[i]) : NULL;
        if (!p)
            return false;
        if (i < 17)
            sum += weight[i] * (int) (p - alphabet);
        else
            return (31 - sum % 31) % 31 == p - alphabet;
    }
    return false;
}

static void match_credit_code(gk_match *self, size_t at)
{
    enum { LEN = 18 };
    const gk_folded *in = self->in;
    if (!is_word(in->text[at]) || !starts_word(in, at) || !is_credit_code(in->text + at)
        || !ends_word(in, at + LEN))
        return;
    if (gk_match_is(self, at, "11"))        /* a government organ's own is public */
        return;
    gk_hit hit = { .class = 'D', .kind = "uscc" };
    gk_match_mask(hit.excerpt, in->text + at, LEN, 4, 4);
    gk_match_report(self, at, at + LEN, &hit);
}

/*  ---- home address ------------------------------------------------------ */

/*  What follows one of these words is an address when it names a place and a door. */
static const char *const address_words[] = { "住址", "家住", "户籍", "现住", "居住地", "户口所在地" };
static const struct { const char *text; bool door; } places[] = {
    { "省", false }, { "市", false }, { "区", false }, { "县", false }, { "镇", false }, { "乡", false },
    { "村", true },  { "路", false }, { "街", false }, { "巷", false }, { "号", true },  { "栋", true },
    { "幢", true },  { "单元", true }, { "室", true }, { "组", true },
};

/*  Behind the last part of the address that starts at `at`; `at` when there is none. */
static size_t read_address(const gk_match *self, size_t at)
{
    enum { MOST = 40 };
    size_t end = at, last = at;
    int found = 0, doors = 0;
    for (int step = 0; step < MOST && end < self->in->len; step++) {
        if (gk_match_is(self, end, "。") || gk_match_is(self, end, ";"))
            break;
        for (size_t i = 0; i < sizeof places / sizeof *places; i++)
            if (gk_match_is(self, end, places[i].text)) {
                found++, doors += places[i].door;
                last = end + strlen(places[i].text);
            }
        end += gk_match_width(self, end);
    }
    return found >= 2 && doors >= 1 ? last : at;
}

static void match_address(gk_match *self, size_t at)
{
    for (size_t i = 0; i < sizeof address_words / sizeof *address_words; i++) {
        if (!gk_match_is(self, at, address_words[i]))
            continue;
        size_t lead = at + strlen(address_words[i]), end = read_address(self, lead);
        gk_hit hit = { .class = 'C', .kind = "home_address" };
        snprintf(hit.excerpt, sizeof hit.excerpt, "%s****", address_words[i]);
        if (end > lead)
            gk_match_report(self, at, end, &hit);
        return;
    }
}

void gk_match_token(gk_match *self, size_t at)
{
    char c = self->in->text[at];
    if (c == '@')
        match_mail(self, at);
    match_plate(self, at);
    if (at >= self->past) {
        match_permit(self, at);
        match_credit_code(self, at);
    }
    if ((unsigned char) c >= 0x80)
        match_address(self, at);
}
