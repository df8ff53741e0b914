/*  gk_store, the catalogue - entries in a table, their words in an FTS5 index beside it.
 *
 *  FTS5 only says which entries hold which pairs; what is best is decided here, where a person can
 *  follow it.  Its own ranking reads every entry that a common word stands in. */
#include "store/inner.h"
#include "core/similar.h"

#include <stdlib.h>

enum {
    ID_PAIRS = 256,         /* an id is a running number times this, plus the pairs of the title */
    MOST_WORDS = 10,        /* of a search: single characters are dear */
    MOST_RANKED = 1000,     /* entries of one */
    MOST_PAIRS = 600,       /* different ones of a request that are looked up */
    COMMON = 2000,          /* entries that share a pair, from which on it tells nothing */
    MOST_POSTINGS = 200000, /* read for one request */
    LEAST_PAIRS = 4,        /* a title of two words would be found everywhere */
    LEAST_NUMBER = 6,       /* bytes of a folded document number */
    MOST_NUMBER = 40,       /* characters of one that is looked for within a text */
    MOST_TITLE = 200,       /* characters of a title */
    MOST_LOOKUPS = 3000,    /* of numbers, and of titles, within one request */
};

static const char *const columns[] = { "title", "document_number", "date", "unit", "url", "published_on" };

enum { COLUMNS = sizeof columns / sizeof *columns };

/*  A row of ENTRY_LIKE or ENTRY_GET; what is empty is left out. */
static json_t *entry_at(sqlite3_stmt *stmt)
{
    json_t *entry = json_object();
    for (int i = 0; i < COLUMNS; i++)
        if (*text_at(stmt, i + 1))
            json_object_set_new(entry, columns[i], json_string(text_at(stmt, i + 1)));
    return entry;
}

static gk_err add_entry_of(gk_store *self, int64_t id, json_t *list, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, ENTRY_GET);
    if (!stmt)
        return failed(self, why);
    sqlite3_bind_int64(stmt, 1, id);
    if (row(stmt)) {
        json_array_append_new(list, entry_at(stmt));
        done(stmt);
    }
    return GK_OK;
}

/*  ---- the pairs of a text, each once ------------------------------------------------- */

static bool is_pair(const char *word, size_t len)
{
    size_t at = 0;
    gk_utf8_next(word, len, &at);
    return at < len;
}

/*  The keys of an object, in the order of the text: at most MOST_PAIRS. */
static json_t *pairs_of(const char *text)
{
    json_t *set = json_object();
    gk_free_auto char *words = gk_similar_words(text);
    char *rest = words, *word;
    while ((word = strsep(&rest, " ")) && json_object_size(set) < MOST_PAIRS)
        if (is_pair(word, strlen(word)))
            json_object_set_new(set, word, json_true());
    return set;
}

/*  ---- putting ------------------------------------------------------------------------ */

static gk_err add_entry(gk_store *self, const char *office, const json_t *entry, const char *key, gk_why *why)
{
    const char *title = gk_json_text(entry, "title"), *number = gk_json_text(entry, "document_number");
    gk_free_auto char *title_words = gk_similar_words(title), *number_words = gk_similar_words(number);
    gk_free_auto char *title_key = gk_similar_fold(title);
    gk_json_auto *pairs = pairs_of(title);
    size_t count = json_object_size(pairs);
    int64_t id = one_id(use(self, ENTRY_ID)) * ID_PAIRS + (int64_t) (count < ID_PAIRS ? count : ID_PAIRS - 1);
    sqlite3_stmt *stmt = use(self, ENTRY_ADD);
    if (!stmt || id < ID_PAIRS)
        return failed(self, why);
    sqlite3_bind_int64(stmt, 1, id);
    bind_text(stmt, 2, office);
    for (int i = 0; i < COLUMNS; i++)
        bind_text(stmt, i + 3, gk_json_text(entry, columns[i]));
    bind_text(stmt, 9, title_key);
    bind_text(stmt, 10, key);
    bind_text(stmt, 11, title_words);
    bind_text(stmt, 12, number_words);
    gk_err err = run(self, stmt, why);
    stmt = use(self, WORDS_ADD);
    if (err || !stmt)
        return err ? err : failed(self, why);
    sqlite3_bind_int64(stmt, 1, id);
    bind_text(stmt, 2, title_words);
    bind_text(stmt, 3, number_words);
    return run(self, stmt, why);
}

/*  The index first: it must be told what it held. */
static gk_err drop_entry(gk_store *self, int64_t id, gk_why *why)
{
    static const sql_id steps[] = { WORDS_DEL, ENTRY_DEL };
    gk_err err = GK_OK;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && !err; i++) {
        sqlite3_stmt *stmt = use(self, steps[i]);
        if (!stmt)
            return failed(self, why);
        sqlite3_bind_int64(stmt, 1, id);
        err = run(self, stmt, why);
    }
    return err;
}

static bool same_entry(const json_t *a, const json_t *b)
{
    for (int i = 0; i < COLUMNS; i++)
        if (strcmp(gk_json_text(a, columns[i]), gk_json_text(b, columns[i])) != 0)
            return false;
    return true;
}

gk_err gk_store_entry_put(gk_store *self, const char *office, const json_t *entry, gk_entry_fate *fate, json_t **was, gk_why *why)
{
    gk_free_auto char *key = gk_similar_fold(gk_json_text(entry, "document_number"));
    sqlite3_stmt *stmt = use(self, ENTRY_LIKE);
    if (!stmt)
        return failed(self, why);
    bind_text(stmt, 1, office);
    bind_text(stmt, 2, gk_json_text(entry, "url"));
    bind_text(stmt, 3, key);
    int64_t stands[2] = { 0 };          /* one of that address, one of that number */
    int count = 0;
    gk_json_auto *old = NULL;
    for (; count < 2 && sqlite3_step(stmt) == SQLITE_ROW; count++) {
        stands[count] = sqlite3_column_int64(stmt, 0);
        old = old ? old : entry_at(stmt);
    }
    done(stmt);
    *fate = count == 1 && same_entry(old, entry) ? GK_ENTRY_SAME : count ? GK_ENTRY_REPLACED : GK_ENTRY_ADDED;
    gk_err err = GK_OK;
    for (int i = 0; i < count && *fate == GK_ENTRY_REPLACED && !err; i++)
        err = drop_entry(self, stands[i], why);
    if (!err && *fate != GK_ENTRY_SAME)
        err = add_entry(self, office, entry, key, why);
    if (!err)
        *was = json_incref(old);
    return err;
}

gk_err gk_store_entry_remove(gk_store *self, const char *office, const char *url, json_t **was, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, ENTRY_LIKE);
    if (!stmt)
        return failed(self, why);
    bind_text(stmt, 1, office);
    bind_text(stmt, 2, url);
    bind_text(stmt, 3, "");             /* of that address alone, whatever its number */
    if (!row(stmt))
        return gk_refuse(why, GK_ENOTFOUND, "your office's catalogue has no entry of that address; gongkai catalogue search shows them");
    int64_t id = sqlite3_column_int64(stmt, 0);
    gk_json_auto *old = entry_at(stmt);
    done(stmt);
    gk_err err = drop_entry(self, id, why);
    if (!err)
        *was = json_incref(old);
    return err;
}

/*  ---- searching ------------------------------------------------------------------------ */

typedef struct hit {
    int64_t id;
    int score;
    char published_on[GK_DATE_TEXT];
} hit;

static int better_first(const void *left, const void *right)
{
    const hit *a = left, *b = right;
    if (a->score != b->score)
        return b->score - a->score;
    int newer = strcmp(b->published_on, a->published_on);
    return newer ? newer : (b->id > a->id) - (b->id < a->id);
}

static gk_err add_hits(gk_store *self, const hit *hits, size_t count, json_t *list, gk_why *why)
{
    gk_err err = GK_OK;
    for (size_t i = 0; i < count && !err; i++)
        err = add_entry_of(self, hits[i].id, list, why);
    return err;
}

/*  Phrases in a query, each between two quotes. */
static int phrases_of(const char *query)
{
    int quotes = 0;
    for (; *query; query++)
        quotes += *query == '"';
    return quotes / 2;
}

gk_err gk_store_entry_search(gk_store *self, const char *words, int most, json_t **out, bool *more, gk_why *why)
{
    enum { THE_NUMBER = 200 };
    gk_free_auto char *query = gk_similar_query(words), *number = gk_similar_fold(words);
    if (phrases_of(query) > MOST_WORDS)
        return gk_refuse(why, GK_ETOOLARGE, "at most %d words are looked for at once", MOST_WORDS);
    gk_auto(gk_similar) wanted = gk_similar_new(words);
    hit *hits = gk_regrow(NULL, MOST_RANKED, sizeof *hits);
    size_t count = 0;
    int code = SQLITE_DONE;
    sqlite3_stmt *stmt = use(self, ENTRY_FIND);
    if (stmt && *query) {
        bind_text(stmt, 1, query);
        sqlite3_bind_int(stmt, 2, MOST_RANKED);
        while (count < MOST_RANKED && (code = sqlite3_step(stmt)) == SQLITE_ROW) {
            hit *h = &hits[count++];
            gk_auto(gk_similar) title = gk_similar_new(text_at(stmt, 1));
            h->id = sqlite3_column_int64(stmt, 0);
            h->score = strcmp(number, text_at(stmt, 3)) == 0 ? THE_NUMBER : gk_similar_score(wanted, title);
            copy_at(stmt, 2, h->published_on, sizeof h->published_on);
        }
    }
    gk_err err = !stmt || (code != SQLITE_DONE && code != SQLITE_ROW) ? failed(self, why) : GK_OK;
    done(stmt);
    qsort(hits, count, sizeof *hits, better_first);
    *more = count > (size_t) most;
    gk_json_auto *list = json_array();
    if (!err)
        err = add_hits(self, hits, *more ? (size_t) most : count, list, why);
    free(hits);
    if (!err)
        *out = json_incref(list);
    return err;
}

/*  ---- what a request seems to ask for ------------------------------------------------------ */

/*  How many of the request's pairs stand in a title. */
typedef struct tally {
    int64_t id;             /* says how many the whole title has */
    int count;
} tally;

typedef struct counting {
    gk_store *store;
    uint32_t *places;       /* by running number: the place in `tallies`, plus one */
    int64_t serials;        /* running numbers given out */
    tally *tallies;
    size_t count, cap, postings;
} counting;

static void counting_clear(counting *self)
{
    free(self->places);
    free(self->tallies);
}

static void count_hit(counting *self, int64_t id)
{
    if (id / ID_PAIRS >= self->serials)
        return;
    uint32_t *place = &self->places[id / ID_PAIRS];
    if (!*place) {
        if (self->count == self->cap) {
            self->cap = self->cap ? self->cap * 2 : 256;
            self->tallies = gk_regrow(self->tallies, self->cap, sizeof *self->tallies);
        }
        self->tallies[self->count++] = (tally) { .id = id };
        *place = (uint32_t) self->count;
    }
    self->tallies[*place - 1].count++;
}

static gk_err count_pair(counting *self, const char *pair, int64_t *ids, gk_why *why)
{
    gk_free_auto char *query = gk_format("title_words : \"%s\"", pair);
    sqlite3_stmt *stmt = use(self->store, ENTRY_PAIR);
    if (!stmt)
        return failed(self->store, why);
    bind_text(stmt, 1, query);
    sqlite3_bind_int(stmt, 2, COMMON);
    size_t count = 0;
    int code;
    while ((code = sqlite3_step(stmt)) == SQLITE_ROW)
        ids[count++] = sqlite3_column_int64(stmt, 0);
    gk_err err = code == SQLITE_DONE ? GK_OK : failed(self->store, why);
    done(stmt);
    self->postings += count;
    for (size_t i = 0; i < count && count < COMMON; i++)
        count_hit(self, ids[i]);
    return err;
}

static gk_err count_pairs(counting *self, const char *text, gk_why *why)
{
    gk_json_auto *pairs = pairs_of(text);
    gk_free_auto int64_t *ids = gk_regrow(NULL, COMMON, sizeof *ids);
    const char *pair;
    json_t *unused;
    gk_err err = GK_OK;
    json_object_foreach(pairs, pair, unused)
        if (!err && self->postings < MOST_POSTINGS)
            err = count_pair(self, pair, ids, why);
    return err;
}

typedef struct best {
    hit *list;
    size_t count, most;
} best;

/*  Keep it if it is among the best: by score, then the one loaded later.  An entry stands there once. */
static void rank(best *self, int64_t id, int score)
{
    for (size_t i = 0; i < self->count; i++)
        if (self->list[i].id == id)
            return;
    size_t at = self->count;
    while (at > 0 && (self->list[at - 1].score < score || (self->list[at - 1].score == score && self->list[at - 1].id < id)))
        at--;
    if (at == self->most)
        return;
    self->count += self->count < self->most;
    memmove(&self->list[at + 1], &self->list[at], (self->count - 1 - at) * sizeof *self->list);
    self->list[at] = (hit) { .id = id, .score = score };
}

static gk_err rank_titles(gk_store *self, const char *text, best *to, gk_why *why)
{
    enum { LEAST_SHARE = 40 };      /* per cent; what is shown at last is the review worker's to say */
    __attribute__((cleanup(counting_clear))) counting c = { .store = self, .serials = one_id(use(self, ENTRY_ID)) };
    c.places = gk_regrow(NULL, (size_t) c.serials + 1, sizeof *c.places);
    memset(c.places, 0, ((size_t) c.serials + 1) * sizeof *c.places);
    gk_err err = count_pairs(&c, text, why);
    for (size_t i = 0; i < c.count && !err; i++) {
        int pairs = (int) (c.tallies[i].id % ID_PAIRS), share = pairs ? 100 * c.tallies[i].count / pairs : 0;
        if (pairs >= LEAST_PAIRS && share >= LEAST_SHARE)
            rank(to, c.tallies[i].id, share);
    }
    return err;
}

/*  ---- whole numbers and titles within a text ------------------------------------------------ */

enum { WHOLE_TITLE = 100, WHOLE_NUMBER = 101 };

static gk_err rank_key(gk_store *self, sql_id id, const char *key, int score, best *to, gk_why *why)
{
    sqlite3_stmt *stmt = use(self, id);
    if (!stmt)
        return failed(self, why);
    bind_text(stmt, 1, key);
    sqlite3_bind_int(stmt, 2, (int) to->most);
    int code;
    while ((code = sqlite3_step(stmt)) == SQLITE_ROW)
        rank(to, sqlite3_column_int64(stmt, 0), score);
    done(stmt);
    return code == SQLITE_DONE ? GK_OK : failed(self, why);
}

/*  A number ends in 号 or in a digit: there each stretch that could be one is looked up. */
static bool ends_number(const char *folded, size_t from, size_t to)
{
    bool digit = folded[from] >= '0' && folded[from] <= '9' && !(folded[to] >= '0' && folded[to] <= '9');
    return digit || strncmp(folded + from, "号", to - from) == 0;
}

static gk_err rank_numbers(gk_store *self, const char *folded, best *to, gk_why *why)
{
    size_t starts[MOST_NUMBER] = { 0 }, count = 0, len = strlen(folded);
    int asked = 0;
    gk_err err = GK_OK;
    for (size_t at = 0; at < len && !err; ) {
        size_t from = at;
        gk_utf8_next(folded, len, &at);
        starts[count++ % MOST_NUMBER] = from;
        if (!ends_number(folded, from, at))
            continue;
        for (size_t i = 0; i < MOST_NUMBER && i < count && !err && asked < MOST_LOOKUPS; i++) {
            if (at - starts[i] < LEAST_NUMBER)
                continue;
            gk_free_auto char *number = gk_strndup(folded + starts[i], at - starts[i]);
            asked++;
            err = rank_key(self, ENTRY_NUMBER, number, WHOLE_NUMBER, to, why);
        }
    }
    return err;
}

/*  Does any title begin so? */
static gk_err begins_title(gk_store *self, const char *text, size_t len, bool *out, gk_why *why)
{
    gk_free_auto char *begin = gk_strndup(text, len);
    sqlite3_stmt *stmt = use(self, ENTRY_FROM);
    if (!stmt)
        return failed(self, why);
    bind_text(stmt, 1, begin);
    bool there = row(stmt);
    *out = there && strncmp(text_at(stmt, 0), begin, len) == 0;
    if (there)
        done(stmt);
    return GK_OK;
}

/*  Titles that stand wholly in the text, however common their words are: where one could begin, each stretch is
 *  looked up. */
static gk_err rank_titles_within(gk_store *self, const char *folded, best *to, gk_why *why)
{
    size_t len = strlen(folded);
    int asked = 0;
    gk_err err = GK_OK;
    for (size_t from = 0; from < len && !err && asked < MOST_LOOKUPS; ) {
        size_t next = from, end = from, chars = 0;
        gk_utf8_next(folded, len, &next);
        while (end < len && chars++ <= LEAST_PAIRS)
            gk_utf8_next(folded, len, &end);
        bool begins = false;
        asked++;
        if (chars > LEAST_PAIRS)
            err = begins_title(self, folded + from, end - from, &begins, why);
        while (begins && !err && chars++ <= MOST_TITLE && asked++ < MOST_LOOKUPS) {
            gk_free_auto char *title = gk_strndup(folded + from, end - from);
            err = rank_key(self, ENTRY_TITLE, title, WHOLE_TITLE, to, why);
            begins = end < len;
            if (begins)
                gk_utf8_next(folded, len, &end);
        }
        from = next;
    }
    return err;
}

static gk_err find_candidates(gk_store *self, const json_t *request, best *to, gk_why *why)
{
    gk_free_auto char *text = gk_format("%s\n%s\n%s", gk_json_text(request, "title"), gk_json_text(request, "document_number"),
                                        gk_json_text(request, "description"));
    gk_free_auto char *number = gk_similar_fold(gk_json_text(request, "document_number")), *folded = gk_similar_fold(text);
    gk_err err = strlen(number) >= LEAST_NUMBER ? rank_key(self, ENTRY_NUMBER, number, WHOLE_NUMBER, to, why) : GK_OK;
    if (!err)       /* an entry keeps the first place that it was found for */
        err = rank_numbers(self, folded, to, why);
    if (!err)
        err = rank_titles_within(self, folded, to, why);
    return err ? err : rank_titles(self, text, to, why);
}

gk_err gk_store_entry_candidates(gk_store *self, const json_t *request, int most, json_t **out, gk_why *why)
{
    gk_free_auto hit *hits = gk_regrow(NULL, (size_t) most, sizeof *hits);
    best found = { .list = hits, .most = (size_t) most };
    bool alone = sqlite3_get_autocommit(self->db) != 0;     /* one reading, instead of a lock a look-up */
    gk_err err = alone ? run_id(self, READ_BEGIN, why) : GK_OK;
    if (!err)
        err = find_candidates(self, request, &found, why);
    gk_json_auto *list = json_array();
    if (!err)
        err = add_hits(self, found.list, found.count, list, why);
    if (alone)
        gk_store_rollback(self);
    if (!err)
        *out = json_incref(list);
    return err;
}
