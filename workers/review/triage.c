/*  gk_triage - whose request is it, was it asked before, is it public already?
 *
 *  A request is made ready once (folded text and character pairs) and then held
 *  against every unit, earlier case and catalogue row.
 */
#include "workers/review/triage.h"
#include "core/fee.h"
#include "core/form.h"
#include "core/similar.h"
#include "core/words.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_CANDIDATES = 50,
    MOST_WORDS = 20,
    LEAST_PAIRS = 4,        /* a title of two words would be found everywhere */
    LEAST_NUMBER = 6,       /* bytes of a folded document number: 711 alone would be found everywhere */
};

struct gk_triage {
    const gk_rules *rules;
    gk_words *words;
    char *unit;             /* the default one */
    int repeat_least, public_least, candidates;
};

/*  A request, ready to be compared. */
typedef struct asked {
    char *folded;           /* title, number and description */
    char *number;           /* folded, "" when none */
    gk_similar *pairs;
} asked;

static void forget(asked *self)
{
    free(self->folded);
    free(self->number);
    gk_similar_destroy(&self->pairs);
}

static asked prepare(const json_t *request)
{
    gk_free_auto char *text = gk_format("%s\n%s\n%s", gk_json_text(request, "title"),
                                        gk_json_text(request, "document_number"),
                                        gk_json_text(request, "description"));
    return (asked) {
        .folded = gk_similar_fold(text),
        .number = gk_similar_fold(gk_json_text(request, "document_number")),
        .pairs = gk_similar_new(text),
    };
}

/*  ---- settings ----------------------------------------------------------- */

void gk_triage_destroy(gk_triage **self_p)
{
    if (*self_p) {
        gk_words_destroy(&(*self_p)->words);
        free((*self_p)->unit);
        free(*self_p);
        *self_p = NULL;
    }
}

static gk_err read_number(const json_t *file, const char *name, int most, int *out, gk_why *why)
{
    json_int_t value = json_integer_value(json_object_get(file, name));
    if (value < 1 || value > most)
        return gk_refuse(why, GK_EBADVALUE, "triage: %s must be a whole number from 1 to %d", name, most);
    *out = (int) value;
    return GK_OK;
}

gk_err gk_triage_read(const json_t *file, const gk_rules *rules, gk_triage **out, gk_why *why)
{
    gk_auto(gk_triage) self = gk_new(gk_triage);
    self->rules = rules;
    self->unit = gk_strdup(gk_json_text(file, "default"));
    if (!*self->unit)
        return gk_refuse(why, GK_EMISSING, "triage: default must name the unit for what no rule knows");
    const struct {
        const char *name;
        int most, *out;
    } settings[] = {
        { "repeat_least", 100, &self->repeat_least },
        { "public_least", 100, &self->public_least },
        { "candidates", MOST_CANDIDATES, &self->candidates },
    };
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        gk_err err = read_number(file, settings[i].name, settings[i].most, settings[i].out, why);
        if (err)
            return err;
    }
    gk_err err = gk_words_read(json_object_get(file, "rules"), "unit", &self->words, why);
    if (err)
        return err;
    *out = self;
    self = NULL;
    return GK_OK;
}

/*  ---- the unit ----------------------------------------------------------- */

typedef struct choice {
    const char *unit, *rule;        /* borrowed */
} choice;

/*  The default unit when the office has it, else its first. */
static choice fallback(const gk_triage *self, const json_t *units)
{
    const char *first = gk_json_text(json_array_get(units, 0), "code");
    for (size_t i = 0; i < json_array_size(units); i++)
        if (strcmp(gk_json_text(json_array_get(units, i), "code"), self->unit) == 0)
            first = self->unit;
    return (choice) { first, "default" };
}

/*  `found` gets the words of the rules that stand in the request: its subject, in words of ours. */
static choice choose_unit(const gk_triage *self, const json_t *units, const char *folded, json_t *found)
{
    choice best = fallback(self, units);
    int most = 0;
    for (size_t i = 0; i < json_array_size(units); i++) {
        const char *code = gk_json_text(json_array_get(units, i), "code");
        gk_words_hit hit = gk_words_score(self->words, code, folded, found);
        if (hit.score > most) {
            most = hit.score;
            best = (choice) { code, hit.rule };
        }
    }
    return best;
}

/*  ---- candidates ---------------------------------------------------------- */

/*  Insert by falling score, behind equals, and keep the first `most`.  Takes `row`. */
static void rank(json_t *list, json_t *row, int score, int most)
{
    size_t at = 0;
    while (at < json_array_size(list)
           && json_integer_value(json_object_get(json_array_get(list, at), "score")) >= score)
        at++;
    json_object_set_new(row, "score", json_integer(score));
    json_array_insert_new(list, at, row);
    if (json_array_size(list) > (size_t) most)
        json_array_remove(list, json_array_size(list) - 1);
}

static int repeat_score(const asked *now, const json_t *request)
{
    asked before = prepare(request);
    bool same = strlen(now->number) >= LEAST_NUMBER && strcmp(now->number, before.number) == 0;
    int score = same ? 100 : gk_similar_score(now->pairs, before.pairs);
    forget(&before);
    return score;
}

static json_t *find_repeats(const gk_triage *self, const asked *now, const json_t *cases)
{
    json_t *list = json_array();
    for (size_t i = 0; i < json_array_size(cases); i++) {
        const json_t *one = json_array_get(cases, i);
        const char *number = gk_json_text(one, "number");
        int score = repeat_score(now, json_object_get(one, "request"));
        if (*number && score >= self->repeat_least)
            rank(list, json_pack("{s:s}", "number", number), score, self->candidates);
    }
    return list;
}

/*  The number of a public document is looked for in the whole request: people write
 *  it wherever they like. */
static int public_score(const asked *now, const json_t *row)
{
    gk_free_auto char *number = gk_similar_fold(gk_json_text(row, "document_number"));
    if (strlen(number) >= LEAST_NUMBER && strstr(now->folded, number))
        return 100;
    gk_auto(gk_similar) title = gk_similar_new(gk_json_text(row, "title"));
    return gk_similar_pairs(title) >= LEAST_PAIRS ? gk_similar_within(title, now->pairs) : 0;
}

static json_t *find_public(const gk_triage *self, const asked *now, const json_t *catalogue)
{
    json_t *list = json_array();
    for (size_t i = 0; i < json_array_size(catalogue); i++) {
        const json_t *row = json_array_get(catalogue, i);
        int score = public_score(now, row);
        if (score < self->public_least)
            continue;
        rank(list, json_pack("{s:s, s:s, s:s}", "title", gk_json_text(row, "title"), "document_number",
                             gk_json_text(row, "document_number"), "url", gk_json_text(row, "url")),
             score, self->candidates);
    }
    return list;
}

/*  ---- the fee, 国办函〔2020〕109号 Art. 4 --------------------------------------- */

static json_t *assess_fee(const gk_triage *self, int64_t ordinal)
{
    gk_json_auto *lines = gk_fee_items_lines(self->rules, ordinal - 1, 1);
    json_t *arithmetic = json_array();
    for (size_t i = 0; i < json_array_size(lines); i++)
        json_array_append(arithmetic, json_object_get(json_array_get(lines, i), "zh"));
    return json_pack("{s:I, s:I, s:o}", "ordinal", (json_int_t) ordinal, "item_yuan",
                     (json_int_t) gk_fee_items(self->rules, ordinal - 1, 1), "arithmetic", arithmetic);
}

/*  ---- the job -------------------------------------------------------------- */

static gk_err check_facts(const json_t *job, const json_t *facts, int64_t *ordinal, gk_why *why)
{
    if (strcmp(gk_json_text(job, "task"), "triage") != 0)
        return gk_refuse(why, GK_EUNSUPPORTED, "review knows the task triage only");
    if (!json_is_object(json_object_get(facts, "request")))
        return gk_refuse(why, GK_EMISSING, "the job needs facts.request");
    if (!*gk_json_text(json_array_get(json_object_get(facts, "units"), 0), "code"))
        return gk_refuse(why, GK_EMISSING, "the office has no units: load them with gongkai org load");
    if (gk_form_kind(facts) == GK_KIND_RECORDS)
        return GK_OK;           /* it takes no place in the month and costs nothing (Art. 41) */
    *ordinal = json_integer_value(json_object_get(facts, "ordinal"));
    if (*ordinal < 1 || *ordinal > GK_FEE_MOST)
        return gk_refuse(why, GK_EBADVALUE, "facts.ordinal must be a whole number from 1 to %d", GK_FEE_MOST);
    return GK_OK;
}

gk_err gk_triage_work(const gk_triage *self, const json_t *job, const json_t *facts, json_t **out, gk_why *why)
{
    int64_t ordinal = 0;
    gk_err err = check_facts(job, facts, &ordinal, why);
    if (err)
        return err;
    asked now = prepare(json_object_get(facts, "request"));
    json_t *words = json_array();
    choice unit = choose_unit(self, json_object_get(facts, "units"), now.folded, words);
    while (json_array_size(words) > MOST_WORDS)
        json_array_remove(words, MOST_WORDS);
    *out = json_pack("{s:s, s:s, s:o, s:o, s:o, s:o}", "unit", unit.unit, "rule", unit.rule, "words", words,
                     "repeat", find_repeats(self, &now, json_object_get(facts, "repeat")),
                     "public", find_public(self, &now, json_object_get(facts, "catalogue")),
                     "fee", ordinal ? assess_fee(self, ordinal) : json_null());
    forget(&now);
    return GK_OK;
}
