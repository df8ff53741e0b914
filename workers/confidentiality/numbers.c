/*  numbers - what is made of digits: citizen ID, mobile, bank card, landline.
 *
 *  Digits come in groups, parted by a blank, a hyphen or a line end (138-0013-8000).  From
 *  the start of every group we join up to 19 digits, and at the end of every group ask
 *  what they could be.  So a number broken anywhere is found, two neighbours in a table
 *  row are not glued into a third, and the work a group is bounded.
 */
#include "workers/confidentiality/match.h"
#include "base/date.h"

#include <stdio.h>
#include <string.h>

enum { MOST_DIGITS = 19, MOST_GROUPS = MOST_DIGITS };

typedef struct digit_run {
    char digits[MOST_DIGITS + 2];           /* NUL-terminated; an ID's X included */
    size_t len;
    unsigned char sizes[MOST_GROUPS + 1];   /* of the groups; a line end does not part any */
    size_t groups;
    size_t end;                             /* behind the last digit in the folded text */
} digit_run;

/*  How a number is written: sizes of its groups.  Ends with a row of zero. */
typedef unsigned char form[5];

/*  ---- groups ------------------------------------------------------------ */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/*  Where the next group starts when at most one sign parts it from `at`; NO_GROUP when none does. */
#define NO_GROUP SIZE_MAX
static size_t next_group(const gk_folded *in, size_t at)
{
    if (is_digit(in->text[at]))
        return at;
    bool sign = in->text[at] == '-' || in->text[at] == ')' || in->text[at] == '.';
    return sign && is_digit(in->text[at + 1]) ? at + 1 : NO_GROUP;
}

/*  Join the group at `at` to the run; false when it does not fit. */
static bool join(const gk_folded *in, size_t at, digit_run *run)
{
    size_t end = at;
    while (is_digit(in->text[end]) && (end == at || in->gap[end] == GK_JOINED)) {
        if (run->len == MOST_DIGITS)
            return false;
        run->digits[run->len++] = in->text[end++];
    }
    run->digits[run->len] = 0;
    unsigned char size = (unsigned char) (end - at);
    if (run->groups > 0 && at == run->end && in->gap[at] == GK_LINE)
        run->sizes[run->groups - 1] = (unsigned char) (run->sizes[run->groups - 1] + size);
    else
        run->sizes[run->groups++] = size;
    run->end = end;
    return true;
}

/*  True when the run, from group `skip` on, is written in one of the forms or digit by digit. */
static bool is_written(const digit_run *run, size_t skip, const form *forms)
{
    const unsigned char *sizes = run->sizes + skip;
    size_t groups = run->groups - skip;
    if (run->groups == run->len)
        return true;
    for (; (*forms)[0]; forms++)
        if (groups <= sizeof *forms && memcmp(sizes, *forms, groups) == 0
            && (groups == sizeof *forms || (*forms)[groups] == 0))
            return true;
    return false;
}

/*  ---- what they could be ------------------------------------------------ */

static bool is_day(const char *yyyymmdd, int first_year, int last_year)
{
    char text[GK_DATE_TEXT];
    int year;
    gk_date date;
    snprintf(text, sizeof text, "%.4s-%.2s-%.2s", yyyymmdd, yyyymmdd + 4, yyyymmdd + 6);
    if (gk_date_parse(text, GK_DATE_TEXT - 1, &date))
        return false;
    gk_date_split(date, &year, NULL, NULL);
    return year >= first_year && year <= last_year;
}

/*  GB 11643: region, birth date, serial number, check character. */
static bool is_id_18(const digit_run *run)
{
    static const unsigned char weight[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
    if (run->len != 18 || run->digits[0] == '0' || !is_day(run->digits + 6, 1900, 2099))
        return false;
    int sum = 0;
    for (size_t i = 0; i < sizeof weight; i++)
        sum += weight[i] * (run->digits[i] - '0');
    return "10X98765432"[sum % 11] == run->digits[17];
}

static bool is_id_15(const digit_run *run)
{
    static const form forms[] = { { 15 }, { 6, 6, 3 }, { 0 } };
    char day[9];
    if (run->len != 15 || run->digits[0] == '0' || !is_written(run, 0, forms))
        return false;
    snprintf(day, sizeof day, "19%.6s", run->digits + 6);
    return is_day(day, 1900, 1999);
}

static bool is_mobile(const digit_run *run)
{
    static const form forms[] = { { 11 }, { 3, 4, 4 }, { 3, 8 }, { 7, 4 }, { 4, 3, 4 }, { 3, 3, 5 }, { 0 } };
    static const form after_86[] = { { 13 }, { 5, 4, 4 }, { 5, 8 }, { 0 } };
    static const form after_0086[] = { { 15 }, { 7, 4, 4 }, { 7, 8 }, { 0 } };
    static const struct { const char *prefix; const form *joined; } prefixes[] = {
        { "", forms }, { "86", after_86 }, { "0086", after_0086 },
    };
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        size_t skip = strlen(prefixes[i].prefix);
        if (run->len != 11 + skip || strncmp(run->digits, prefixes[i].prefix, skip) != 0)
            continue;
        const char *own = run->digits + skip;
        if (own[0] != '1' || own[1] < '3')
            return false;
        return is_written(run, 0, prefixes[i].joined) || (run->sizes[0] == skip && is_written(run, 1, forms));
    }
    return false;
}

/*  ISO/IEC 7812: the issuer's prefix, and Luhn's check digit. */
static bool is_card(const digit_run *run)
{
    static const struct { const char *prefix; size_t least, most; } issuers[] = {
        { "62", 16, 19 }, { "60", 16, 19 }, { "4", 16, 16 }, { "5", 16, 16 }, { "35", 16, 16 },
        { "955", 16, 19 }, { "9", 19, 19 }, { "4", 19, 19 }, { "81", 16, 19 },
    };
    static const form forms[] = { { 16 }, { 17 }, { 18 }, { 19 }, { 4, 4, 4, 4 }, { 4, 4, 4, 4, 1 },
                                  { 4, 4, 4, 4, 2 }, { 4, 4, 4, 4, 3 }, { 6, 10 }, { 6, 13 }, { 8, 8 }, { 4, 4, 4, 7 }, { 0 } };
    bool issued = false;
    for (size_t i = 0; i < sizeof issuers / sizeof *issuers && !issued; i++)
        issued = run->len >= issuers[i].least && run->len <= issuers[i].most
                 && strncmp(run->digits, issuers[i].prefix, strlen(issuers[i].prefix)) == 0;
    if (!issued || !is_written(run, 0, forms))
        return false;
    int sum = 0;
    for (size_t i = 0; i < run->len; i++) {
        int digit = run->digits[run->len - 1 - i] - '0';
        sum += i % 2 == 0 ? digit : digit < 5 ? 2 * digit : 2 * digit - 9;
    }
    return sum % 10 == 0;
}

/*  An area code is 010, 02x or four digits; without a gap behind it this is any number. */
static bool is_landline(const digit_run *run)
{
    static const form forms[] = { { 3, 8 }, { 3, 7 }, { 4, 7 }, { 4, 8 }, { 3, 4, 4 }, { 4, 4, 4 }, { 4, 4, 3 },
                                  { 4, 3, 4 }, { 3, 3, 4 }, { 0 } };
    bool short_area = run->digits[1] == '1' || run->digits[1] == '2';
    return run->digits[0] == '0' && run->digits[1] > '0' && run->sizes[0] == (short_area ? 3 : 4)
           && run->groups != run->len && is_written(run, 0, forms);
}

/*  In order of how sure the answer is; `head` and `tail` digits stay in the excerpt. */
static const struct kind {
    const char *name;
    bool (*is)(const digit_run *run);
    size_t head, tail;
} kinds[] = {
    { "id_card_18", is_id_18, 6, 4 },
    { "mobile", is_mobile, 3, 4 },
    { "bank_card", is_card, 4, 4 },
    { "id_card_15", is_id_15, 6, 3 },
    { "landline", is_landline, 3, 2 },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

/*  ---- one place --------------------------------------------------------- */

/*  The agency's own published number, in whatever way it is written. */
static bool is_known(const gk_match *self, const digit_run *run)
{
    const char *phone = self->known->phone;
    size_t len = 0;
    if (!phone)
        return false;
    for (; *phone; phone++)
        if (is_digit(*phone) && (len >= run->len || run->digits[len++] != *phone))
            return false;
    return len > 0 && len == run->len;
}

/*  An ID may end in X, which is no digit and joins only here. */
static bool take_x(const gk_folded *in, digit_run *run)
{
    size_t at = run->end + (in->text[run->end] == '-');
    if (run->len != 17 || in->text[at] != 'X')
        return false;
    char next = in->text[at + 1];
    if (in->gap[at + 1] == GK_JOINED && ((next >= 'A' && next <= 'Z') || is_digit(next)))
        return false;
    run->digits[run->len++] = 'X';
    run->digits[run->len] = 0;
    run->end = at + 1;
    return true;
}

/*  Ask of the run so far; a surer kind, or the same one longer, replaces what was found. */
static void ask(const gk_folded *in, const digit_run *run, size_t *best, digit_run *found)
{
    digit_run with_x = *run;
    if (take_x(in, &with_x))
        run = &with_x;
    for (size_t i = 0; i <= *best && i < KINDS; i++)
        if (kinds[i].is(run)) {
            *best = i;
            *found = *run;
            return;
        }
}

void gk_match_number(gk_match *self, size_t at)
{
    const gk_folded *in = self->in;
    bool within = at > 0 && is_digit(in->text[at - 1]) && in->gap[at] == GK_JOINED;
    if (!is_digit(in->text[at]) || within || at < self->past)
        return;
    digit_run run = { 0 }, found;
    size_t best = KINDS;
    for (size_t group = at; group != NO_GROUP && join(in, group, &run); group = next_group(in, run.end))
        ask(in, &run, &best, &found);
    if (best == KINDS)
        return;
    self->past = found.end;
    if (is_known(self, &found))
        return;
    gk_hit hit = { .class = 'C', .kind = kinds[best].name };
    gk_match_mask(hit.excerpt, found.digits, found.len, kinds[best].head, kinds[best].tail);
    gk_match_report(self, at, found.end, &hit);
}
