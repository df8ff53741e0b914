/*  gk_words - weighted words by which a text is sorted into groups.
 *
 *  Words are folded once when they are read, so finding one is a strstr.
 */
#include "core/words.h"
#include "core/similar.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

typedef struct rule {
    char *id, *group;
    char **words;           /* folded */
    size_t count;
    int weight;
} rule;

struct gk_words {
    rule *rules;
    size_t count;
    json_t *all;            /* words as written, for showing */
};

static const char any[] = "any";

void gk_words_destroy(gk_words **self_p)
{
    gk_words *self = *self_p;
    if (!self)
        return;
    for (size_t i = 0; i < self->count; i++) {
        for (size_t k = 0; k < self->rules[i].count; k++)
            free(self->rules[i].words[k]);
        free(self->rules[i].words);
        free(self->rules[i].id);
        free(self->rules[i].group);
    }
    free(self->rules);
    json_decref(self->all);
    free(self);
    *self_p = NULL;
}

/*  ---- reading ----------------------------------------------------------- */

static bool id_taken(const gk_words *self, const char *id)
{
    for (size_t i = 0; i < self->count; i++)
        if (strcmp(self->rules[i].id, id) == 0)
            return true;
    return false;
}

static gk_err read_word(rule *into, const json_t *value, gk_why *why)
{
    const char *word = json_string_value(value);
    size_t count = word ? gk_utf8_count(word, strlen(word)) : 0;
    gk_free_auto char *folded = gk_similar_fold(word ? word : "");
    if (!*folded || count > GK_WORDS_LENGTH)
        return gk_refuse(why, GK_EBADVALUE, "rule %.40s: words are texts of 1 to %d characters", into->id,
                         GK_WORDS_LENGTH);
    into->words = gk_regrow(into->words, into->count + 1, sizeof *into->words);
    into->words[into->count++] = gk_strdup(folded);
    return GK_OK;
}

static gk_err read_words(rule *into, const json_t *words, gk_why *why)
{
    for (size_t i = 0; i < json_array_size(words); i++) {
        gk_err err = read_word(into, json_array_get(words, i), why);
        if (err)
            return err;
    }
    if (into->count == 0)
        return gk_refuse(why, GK_EMISSING, "rule %.40s has no words: give an array of them", into->id);
    return GK_OK;
}

static gk_err read_rule(gk_words *self, const json_t *row, const char *group, gk_why *why)
{
    const char *id = gk_json_text(row, "id"), *named = gk_json_text(row, group);
    json_int_t weight = json_integer_value(json_object_get(row, "weight"));
    if (!*id || !*named)
        return gk_refuse(why, GK_EMISSING, "rule number %zu needs id and %s", self->count + 1, group);
    if (id_taken(self, id))
        return gk_refuse(why, GK_EBADVALUE, "rule id %.40s stands twice", id);
    if (weight == 0 || weight < -GK_WORDS_WEIGHT || weight > GK_WORDS_WEIGHT)
        return gk_refuse(why, GK_EBADVALUE, "rule %.40s: weight is a whole number from -%d to %d, not 0", id,
                         GK_WORDS_WEIGHT, GK_WORDS_WEIGHT);
    if (json_object_size(row) != 4)
        return gk_refuse(why, GK_EBADVALUE, "rule %.40s may have id, %s, words and weight only", id, group);
    self->rules = gk_regrow(self->rules, self->count + 1, sizeof *self->rules);
    rule *into = &self->rules[self->count++];
    *into = (rule) { .id = gk_strdup(id), .group = gk_strdup(named), .weight = (int) weight };
    return read_words(into, json_object_get(row, "words"), why);
}

gk_err gk_words_read(const json_t *rules, const char *group, gk_words **out, gk_why *why)
{
    if (json_array_size(rules) == 0 || json_array_size(rules) > GK_WORDS_RULES)
        return gk_refuse(why, GK_EBADVALUE, "rules must be an array of 1 to %d rules", GK_WORDS_RULES);
    gk_auto(gk_words) self = gk_new(gk_words);
    self->all = json_deep_copy(rules);
    for (size_t i = 0; i < json_array_size(rules); i++) {
        gk_err err = read_rule(self, json_array_get(rules, i), group, why);
        if (err)
            return err;
    }
    *out = self;
    self = NULL;
    return GK_OK;
}

/*  ---- scoring ----------------------------------------------------------- */

const char *gk_words_group(const gk_words *self, size_t index)
{
    return index < self->count ? self->rules[index].group : NULL;
}

/*  Weight of the words of one rule found in the text; adds them as written to `found`. */
static int weigh(const gk_words *self, size_t index, const char *folded, json_t *found)
{
    const rule *by = &self->rules[index];
    json_t *written = json_object_get(json_array_get(self->all, index), "words");
    int sum = 0;
    for (size_t i = 0; i < by->count; i++) {
        if (!strstr(folded, by->words[i]))
            continue;
        sum += by->weight;
        if (found)
            json_array_append(found, json_array_get(written, i));
    }
    return sum;
}

gk_words_hit gk_words_score(const gk_words *self, const char *group, const char *folded, json_t *found)
{
    gk_words_hit hit = { 0 };
    int most = 0, against = 0;
    for (size_t i = 0; i < self->count; i++) {
        bool own = strcmp(self->rules[i].group, group) == 0;
        if (!own && strcmp(self->rules[i].group, any) != 0)
            continue;
        int weight = weigh(self, i, folded, own ? found : NULL);
        *(own ? &hit.score : &against) += weight;
        if (own && weight > most) {
            most = weight;
            hit.rule = self->rules[i].id;
        }
    }
    if (hit.rule)
        hit.score += against;
    return hit.rule ? hit : (gk_words_hit) { 0 };
}
