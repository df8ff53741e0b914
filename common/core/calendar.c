/*  gk_calendar - which days are working days, and what day a period ends.
 *
 *  A year differs from plain weekdays on some forty days, so the class keeps
 *  just those, sorted by day, and walks.  Names and document numbers lie one
 *  behind the other in a pool and are known by where they begin, so that a copy
 *  is three blocks of bytes.
 */
#include "core/calendar.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/text.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_TEXT = 64 * 1024,   /* one load; a year's notice is under 1 KiB */
    MAX_POOL = 1024 * 1024,
    MAX_DAYS = 16384,       /* exceptions in all: four centuries of them */
    MAX_WORD = 63,          /* bytes of a name or document number */
    MAX_WORDS = 4,
    MAX_NOTICES = 4096,
    MAX_REPLACED = 4,       /* notices that one notice may change */
    MAX_COVERS = 3660,      /* days one line may cover: a wrong century is refused */
    MAX_OFF = 31,           /* days one line may name */
    REACH = 7,              /* days a notice may reach over its edge: 2023's begins in 2022 */
};

typedef struct exception {
    int32_t day;
    bool workday;
    uint32_t name, notice;  /* where they begin in the pool; 0 is "" */
} exception;

/*  A notice as it was loaded, in that order. */
typedef struct notice {
    uint32_t number;        /* where it begins in the pool */
    uint32_t replaced[MAX_REPLACED];
    int replaced_count;
    gk_date published, first, last;     /* covered days; none when it covers nothing */
    bool agency;
    int off, work;          /* days that it names */
} notice;

struct gk_calendar {
    exception *list;        /* sorted by day, one entry a day */
    size_t count;
    notice *notices;
    size_t notice_count;
    gk_date first, last;    /* covered days; none while nothing is loaded */
    gk_text pool;
    gk_hash chain;          /* over every line loaded so far */
    char version[32];
};

gk_calendar *gk_calendar_new(void)
{
    gk_calendar *self = gk_new(gk_calendar);
    self->first = self->last = GK_NO_DATE;
    gk_text_add(&self->pool, "", 1);
    snprintf(self->version, sizeof self->version, "none");
    return self;
}

void gk_calendar_destroy(gk_calendar **self_p)
{
    assert(self_p);
    if (*self_p) {
        gk_text_clear(&(*self_p)->pool);
        free((*self_p)->list);
        free((*self_p)->notices);
        free(*self_p);
        *self_p = NULL;
    }
}

gk_calendar *gk_calendar_copy(const gk_calendar *self)
{
    gk_calendar *copy = gk_new(gk_calendar);
    *copy = *self;
    copy->pool = (gk_text) { 0 };
    gk_text_add(&copy->pool, self->pool.data, self->pool.len);
    copy->list = NULL;
    if (self->count) {
        copy->list = gk_regrow(NULL, self->count, sizeof *copy->list);
        memcpy(copy->list, self->list, self->count * sizeof *copy->list);
    }
    copy->notices = NULL;
    if (self->notice_count) {
        copy->notices = gk_regrow(NULL, self->notice_count, sizeof *copy->notices);
        memcpy(copy->notices, self->notices, self->notice_count * sizeof *copy->notices);
    }
    return copy;
}

/*  Where `day` is in the list, or where it belongs. */
static size_t seek(const gk_calendar *self, int32_t day)
{
    size_t low = 0, high = self->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (self->list[mid].day < day)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static const exception *find(const gk_calendar *self, gk_date date)
{
    size_t at = seek(self, date.day);
    return at < self->count && self->list[at].day == date.day ? &self->list[at] : NULL;
}

static void set(gk_calendar *self, exception entry)
{
    size_t at = seek(self, entry.day);
    if (at == self->count || self->list[at].day != entry.day) {
        self->list = gk_regrow(self->list, self->count + 1, sizeof *self->list);
        memmove(self->list + at + 1, self->list + at, (self->count - at) * sizeof *self->list);
        self->count++;
    }
    self->list[at] = entry;
}

/*  ---- reading notices ---------------------------------------------------- */

typedef struct word {
    const char *text;
    size_t len;
} word;

typedef struct reader {
    gk_calendar *draft;
    uint32_t notice;        /* number of the notice being read; 0 before the first */
    bool kept;              /* it was accepted before: no contradiction is looked for */
    int line;
} reader;

/*  The notice being read; only behind its own line. */
static notice *current(const reader *self)
{
    return &self->draft->notices[self->draft->notice_count - 1];
}

static const char *text_at(const gk_calendar *self, uint32_t at)
{
    return self->pool.data + at;
}

/*  May the notice being read speak of what `number` settled?  Of its own, and of one that it replaces. */
static bool may_settle(const reader *self, uint32_t number)
{
    const notice *now = current(self);
    bool may = self->kept || strcmp(text_at(self->draft, number), text_at(self->draft, now->number)) == 0;
    for (int i = 0; i < now->replaced_count && !may; i++)
        may = strcmp(text_at(self->draft, number), text_at(self->draft, now->replaced[i])) == 0;
    return may;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/*  Split a line at blanks, up to a '#'.  Returns the count, MAX_WORDS + 1 for more. */
static int split(const char *text, size_t len, word words[static MAX_WORDS])
{
    int count = 0;
    for (size_t at = 0; at < len && text[at] != '#'; ) {
        size_t from = at;
        while (at < len && !is_blank(text[at]) && text[at] != '#')
            at++;
        if (at == from) {
            at++;
            continue;
        }
        if (count == MAX_WORDS)
            return MAX_WORDS + 1;
        words[count++] = (word) { text + from, at - from };
    }
    return count;
}

static bool word_is(word w, const char *name)
{
    return w.len == strlen(name) && memcmp(w.text, name, w.len) == 0;
}

static gk_err keep(reader *self, word w, uint32_t *out, gk_why *why)
{
    if (w.len > MAX_WORD)
        return gk_refuse(why, GK_EBADVALUE, "line %d: a name or number has at most %d bytes",
                         self->line, MAX_WORD);
    gk_text *pool = &self->draft->pool;
    if (pool->len > MAX_POOL)
        return gk_refuse(why, GK_EBADVALUE, "line %d: the calendar is full", self->line);
    *out = (uint32_t) pool->len;
    gk_text_add(pool, w.text, w.len);
    gk_text_add(pool, "", 1);
    return GK_OK;
}

static gk_err read_date(const reader *self, word w, gk_date *out, gk_why *why)
{
    if (gk_date_parse(w.text, w.len, out))
        return gk_refuse(why, GK_EBADVALUE, "line %d: a date that exists is needed, as YYYY-MM-DD",
                         self->line);
    return GK_OK;
}

/*  A first and a last day, at most `most` days long. */
static gk_err read_span(const reader *self, word from, word to, int most, gk_date *first, gk_date *last,
                        gk_why *why)
{
    gk_err err = read_date(self, from, first, why);
    if (!err)
        err = read_date(self, to, last, why);
    if (err)
        return err;
    if (last->day < first->day || last->day - first->day >= most)
        return gk_refuse(why, GK_EBADVALUE, "line %d: the span must run forward, %d days at most",
                         self->line, most);
    return GK_OK;
}

static const notice *find_notice(const gk_calendar *self, word number)
{
    for (size_t i = 0; i < self->notice_count; i++)
        if (word_is(number, text_at(self, self->notices[i].number)))
            return &self->notices[i];
    return NULL;
}

static gk_err begin_notice(reader *self, const word *args, int count, bool agency, gk_why *why)
{
    notice row = { .published = GK_NO_DATE, .first = GK_NO_DATE, .last = GK_NO_DATE, .agency = agency };
    gk_calendar *cal = self->draft;
    gk_err err = count == 2 ? read_date(self, args[1], &row.published, why) : GK_OK;
    if (!err && !self->kept && find_notice(cal, args[0]))
        err = gk_refuse(why, GK_EBADVALUE, "line %d: %.*s is loaded already; what changes it has a number of its own",
                        self->line, (int) args[0].len, args[0].text);
    if (!err && cal->notice_count == MAX_NOTICES)
        err = gk_refuse(why, GK_EBADVALUE, "line %d: the calendar is full", self->line);
    if (!err)
        err = keep(self, args[0], &row.number, why);
    if (err)
        return err;
    cal->notices = gk_regrow(cal->notices, cal->notice_count + 1, sizeof *cal->notices);
    cal->notices[cal->notice_count++] = row;
    self->notice = row.number;
    return GK_OK;
}

static gk_err take_notice(reader *self, const word *args, int count, gk_why *why)
{
    return begin_notice(self, args, count, false, why);
}

static gk_err take_agency(reader *self, const word *args, int count, gk_why *why)
{
    return begin_notice(self, args, count, true, why);
}

static gk_err take_replaces(reader *self, const word *args, int count, gk_why *why)
{
    (void) count;
    notice *now = current(self);
    const notice *other = find_notice(self->draft, args[0]);
    if ((!other || other == now) && self->kept)
        return GK_OK;
    if (!other || other == now)
        return gk_refuse(why, GK_EBADVALUE, "line %d: no notice %.*s was loaded before this one", self->line,
                         (int) args[0].len, args[0].text);
    if (now->replaced_count == MAX_REPLACED)
        return gk_refuse(why, GK_EBADVALUE, "line %d: a notice replaces at most %d", self->line, MAX_REPLACED);
    now->replaced[now->replaced_count++] = other->number;
    return GK_OK;
}

/*  Two notices must not settle the same days unless one says that it replaces the other. */
static gk_err check_covers(const reader *self, gk_date first, gk_date last, gk_why *why)
{
    const gk_calendar *cal = self->draft;
    for (size_t i = 0; i + 1 < cal->notice_count; i++) {
        const notice *other = &cal->notices[i];
        bool apart = gk_date_is_none(other->first) || last.day < other->first.day || first.day > other->last.day;
        if (!apart && !may_settle(self, other->number))
            return gk_refuse(why, GK_EBADVALUE, "line %d: %s covers these days already; say `replaces %s` if this notice changes it",
                             self->line, text_at(cal, other->number), text_at(cal, other->number));
    }
    return GK_OK;
}

/*  A hole between two covered spans would silently count as weekdays, so they
 *  must join up; they may overlap. */
static gk_err take_covers(reader *self, const word *args, int count, gk_why *why)
{
    (void) count;
    gk_date first, last;
    gk_err err = read_span(self, args[0], args[1], MAX_COVERS, &first, &last, why);
    if (err)
        return err;
    if (current(self)->agency)
        return gk_refuse(why, GK_EBADVALUE, "line %d: an agency's own notice settles no year: leave `covers` out", self->line);
    err = check_covers(self, first, last, why);
    if (err)
        return err;
    gk_calendar *cal = self->draft;
    bool empty = gk_date_is_none(cal->first);
    if (!empty && (first.day > cal->last.day + 1 || last.day < cal->first.day - 1))
        return gk_refuse(why, GK_EBADVALUE, "line %d: days are missing between this span and the "
                         "covered ones; load the notice between them first", self->line);
    if (empty || first.day < cal->first.day)
        cal->first = first;
    if (empty || last.day > cal->last.day)
        cal->last = last;
    current(self)->first = first;
    current(self)->last = last;
    return GK_OK;
}

/*  A day has one meaning: it is not both a holiday and worked, and no second notice settles it unless it
 *  replaces the first. */
static gk_err check_day(const reader *self, gk_date day, bool workday, gk_why *why)
{
    const exception *is = find(self->draft, day);
    char date[GK_DATE_TEXT];
    if (!is || self->kept)
        return GK_OK;
    gk_date_format(day, date);
    if (!may_settle(self, is->notice))
        return gk_refuse(why, GK_EBADVALUE, "line %d: %s is settled by %s; say `replaces %s` if this notice changes it", self->line,
                         date, text_at(self->draft, is->notice), text_at(self->draft, is->notice));
    if (is->notice == self->notice && is->workday != workday)
        return gk_refuse(why, GK_EBADVALUE, "line %d: this notice says of %s that it is a holiday and that it is worked",
                         self->line, date);
    return GK_OK;
}

static gk_err set_days(reader *self, gk_date first, gk_date last, exception entry, gk_why *why)
{
    gk_calendar *cal = self->draft;
    if (gk_date_is_none(cal->first) || first.day < cal->first.day - REACH
        || last.day > cal->last.day + REACH)
        return gk_refuse(why, GK_EBADVALUE, "line %d: the day is not covered; put `covers` before it",
                         self->line);
    if (cal->count + MAX_OFF > MAX_DAYS)
        return gk_refuse(why, GK_EBADVALUE, "line %d: the calendar is full", self->line);
    entry.notice = self->notice;
    for (entry.day = first.day; entry.day <= last.day; entry.day++) {
        gk_err err = check_day(self, (gk_date) { entry.day }, entry.workday, why);
        if (err)
            return err;
        set(cal, entry);
    }
    *(entry.workday ? &current(self)->work : &current(self)->off) += last.day - first.day + 1;
    return GK_OK;
}

/*  FIRST [LAST] [NAME] of an `off` or `work` line.  What begins with a digit is a date. */
static gk_err take_days(reader *self, const word *args, int count, bool workday, gk_why *why)
{
    bool two = count > 1 && args[1].text[0] >= '0' && args[1].text[0] <= '9';
    int dates = two ? 2 : 1;
    gk_date first, last;
    gk_err err = read_span(self, args[0], args[dates - 1], MAX_OFF, &first, &last, why);
    if (err)
        return err;
    if (count > dates + 1)
        return gk_refuse(why, GK_EBADVALUE, "line %d: one word names the holiday", self->line);
    exception entry = { .workday = workday };
    if (count > dates)
        err = keep(self, args[dates], &entry.name, why);
    return err ? err : set_days(self, first, last, entry, why);
}

static gk_err take_off(reader *self, const word *args, int count, gk_why *why)
{
    return take_days(self, args, count, false, why);
}

static gk_err take_work(reader *self, const word *args, int count, gk_why *why)
{
    return take_days(self, args, count, true, why);
}

static const struct verb {
    const char *name;
    int least, most;        /* words behind it */
    gk_err (*take)(reader *self, const word *args, int count, gk_why *why);
} verbs[] = {
    { "notice",   1, 2, take_notice },
    { "agency",   1, 2, take_agency },
    { "replaces", 1, 1, take_replaces },
    { "covers",   2, 2, take_covers },
    { "off",      1, 3, take_off },
    { "work",     1, 3, take_work },
};

/*  The version covers what was said, not how it was spaced or commented. */
static void chain(gk_calendar *self, const word *words, int count)
{
    gk_hasher *hasher = gk_hasher_new();
    gk_hasher_raw(hasher, self->chain.bytes, sizeof self->chain.bytes);
    for (int i = 0; i < count; i++)
        gk_hasher_add(hasher, words[i].text, words[i].len);
    self->chain = gk_hasher_end(&hasher);
}

static gk_err read_line(reader *self, const char *text, size_t len, gk_why *why)
{
    word words[MAX_WORDS];
    int count = split(text, len, words);
    if (count == 0)
        return GK_OK;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        const struct verb *verb = &verbs[i];
        if (!word_is(words[0], verb->name))
            continue;
        if (count - 1 < verb->least || count - 1 > verb->most)
            return gk_refuse(why, GK_EBADVALUE, "line %d: `%s` takes %d to %d words", self->line,
                             verb->name, verb->least, verb->most);
        if (!self->notice && verb->take != take_notice && verb->take != take_agency)
            return gk_refuse(why, GK_EBADVALUE, "line %d: a `notice` line with the document number "
                             "comes first", self->line);
        gk_err err = verb->take(self, words + 1, count - 1, why);
        if (!err)
            chain(self->draft, words, count);
        return err;
    }
    return gk_refuse(why, GK_EBADVALUE, "line %d: begin with notice, agency, replaces, covers, off or work", self->line);
}

static gk_err read_lines(reader *self, const char *text, size_t len, gk_why *why)
{
    for (const char *end = text + len; text < end; ) {
        const char *newline = memchr(text, '\n', (size_t) (end - text));
        size_t width = (size_t) ((newline ? newline : end) - text);
        self->line++;
        gk_err err = read_line(self, text, width, why);
        if (err)
            return err;
        text += width + (newline != NULL);
    }
    if (!self->notice)
        return gk_refuse(why, GK_EBADVALUE, "there is no notice in this text: its first line is `notice` with the document number");
    return GK_OK;
}

static void name_version(gk_calendar *self)
{
    char last[GK_DATE_TEXT], hex[GK_HASH_HEX];
    gk_date_format(self->last, last);
    snprintf(self->version, sizeof self->version, "%s/%.8s", *last ? last : "none",
             gk_hash_hex(&self->chain, hex));
}

static gk_err load(gk_calendar *self, const char *text, size_t len, bool kept, gk_why *why)
{
    if (len > MAX_TEXT)
        return gk_refuse(why, GK_EBADVALUE, "a notice has at most %d bytes", MAX_TEXT);
    if (!gk_utf8_ok(text, len))
        return gk_refuse(why, GK_EBADVALUE, "the notice is not UTF-8 text");
    gk_auto(gk_calendar) draft = gk_calendar_copy(self);
    reader in = { .draft = draft, .kept = kept };
    gk_err err = read_lines(&in, text, len, why);
    if (err)
        return err;
    name_version(draft);

    gk_calendar old = *self;            /* the draft's destructor frees it */
    *self = *draft;
    *draft = old;
    return GK_OK;
}

gk_err gk_calendar_load(gk_calendar *self, const char *text, size_t len, gk_why *why)
{
    return load(self, text, len, false, why);
}

gk_err gk_calendar_load_kept(gk_calendar *self, const char *text, size_t len, gk_why *why)
{
    return load(self, text, len, true, why);
}

/*  ---- asking ------------------------------------------------------------- */

gk_date gk_calendar_first(const gk_calendar *self)
{
    return self->first;
}

gk_date gk_calendar_last(const gk_calendar *self)
{
    return self->last;
}

const char *gk_calendar_version(const gk_calendar *self)
{
    return self->version;
}

bool gk_calendar_notice_at(const gk_calendar *self, size_t index, gk_notice *out)
{
    if (index >= self->notice_count)
        return false;
    const notice *row = &self->notices[index];
    *out = (gk_notice) {
        .number = text_at(self, row->number), .replaces = row->replaced_count ? text_at(self, row->replaced[0]) : "",
        .published = row->published, .first = row->first, .last = row->last, .agency = row->agency, .off = row->off, .work = row->work,
    };
    return true;
}

static bool is_agency(const gk_calendar *self, uint32_t number)
{
    for (size_t i = self->notice_count; i-- > 0; )
        if (strcmp(text_at(self, self->notices[i].number), text_at(self, number)) == 0)
            return self->notices[i].agency;
    return false;
}

/*  True when every day in [from, to] is covered; an empty span is. */
static bool is_covered(const gk_calendar *self, gk_date from, gk_date to)
{
    if (from.day > to.day)
        return true;
    return !gk_date_is_none(self->first) && from.day >= self->first.day && to.day <= self->last.day;
}

gk_day gk_calendar_day(const gk_calendar *self, gk_date date)
{
    bool weekday = gk_date_weekday(date) < 5;
    gk_day day = { .kind = weekday ? GK_DAY_WORKDAY : GK_DAY_WEEKEND,
                   .covered = is_covered(self, date, date), .name = "", .notice = "" };
    const exception *entry = find(self, date);
    if (!entry)
        return day;
    day.kind = !entry->workday ? GK_DAY_HOLIDAY : weekday ? GK_DAY_WORKDAY : GK_DAY_MAKEUP;
    day.name = self->pool.data + entry->name;
    day.notice = self->pool.data + entry->notice;
    day.agency = is_agency(self, entry->notice);
    return day;
}

bool gk_calendar_is_workday(const gk_calendar *self, gk_date date)
{
    const exception *entry = find(self, date);
    return entry ? entry->workday : gk_date_weekday(date) < 5;
}

gk_due gk_calendar_due(const gk_calendar *self, gk_date start, int n)
{
    assert(n >= 0 && !gk_date_is_none(start));
    gk_date date = start;
    while (n > 0) {
        date = gk_date_plus(date, 1);
        n -= gk_calendar_is_workday(self, date);
    }
    return (gk_due) { date, !is_covered(self, gk_date_plus(start, 1), date) };
}

gk_due gk_calendar_rolled(const gk_calendar *self, gk_date last)
{
    assert(!gk_date_is_none(last));
    gk_date date = last;
    while (!gk_calendar_is_workday(self, date))
        date = gk_date_plus(date, 1);
    return (gk_due) { date, !is_covered(self, last, date) };
}

int gk_calendar_between(const gk_calendar *self, gk_date from, gk_date to)
{
    assert(!gk_date_is_none(from) && !gk_date_is_none(to));
    if (to.day < from.day)
        return -gk_calendar_between(self, to, from);
    int days = 0;
    for (gk_date date = from; date.day < to.day; ) {
        date = gk_date_plus(date, 1);
        days += gk_calendar_is_workday(self, date);
    }
    return days;
}
