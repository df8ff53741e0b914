/*  gk_disguise - a petition, complaint or consultation in the form of an application.
 *
 *  Every kind is scored by its words; the highest score that reaches the threshold
 *  names the kind.  Words for records (决定书, 统计, 规程 ...) weigh against all, because
 *  "the statistics of complaints" is an ordinary thing to ask for.
 */
#include "workers/intake/disguise.h"
#include "core/similar.h"
#include "core/words.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(table) (sizeof table / sizeof *table)

/*  In this order when scores are equal: an answer to a petition taken for a question
 *  would mislead more than the reverse. */
static const char *const kinds[] = { "petition", "complaint", "consultation" };

struct gk_disguise {
    gk_words *words;
    int threshold;
};

void gk_disguise_destroy(gk_disguise **self_p)
{
    if (*self_p) {
        gk_words_destroy(&(*self_p)->words);
        free(*self_p);
        *self_p = NULL;
    }
}

static bool kind_known(const char *kind)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (strcmp(kinds[i], kind) == 0)
            return true;
    return strcmp(kind, "any") == 0;
}

gk_err gk_disguise_read(const json_t *file, gk_disguise **out, gk_why *why)
{
    gk_auto(gk_disguise) self = gk_new(gk_disguise);
    json_int_t threshold = json_integer_value(json_object_get(file, "threshold"));
    if (threshold < 1 || threshold > 1000)
        return gk_refuse(why, GK_EBADVALUE, "disguise: threshold must be a whole number from 1 to 1000");
    self->threshold = (int) threshold;
    gk_err err = gk_words_read(json_object_get(file, "rules"), "kind", &self->words, why);
    if (err)
        return err;
    const char *kind;
    for (size_t i = 0; (kind = gk_words_group(self->words, i)); i++)
        if (!kind_known(kind))
            return gk_refuse(why, GK_EBADVALUE, "disguise: kind %.40s is not petition, complaint, consultation or any",
                             kind);
    *out = self;
    self = NULL;
    return GK_OK;
}

json_t *gk_disguise_find(const gk_disguise *self, const json_t *request)
{
    gk_free_auto char *text = gk_format("%s\n%s", gk_json_text(request, "title"), gk_json_text(request, "description"));
    gk_free_auto char *folded = gk_similar_fold(text);
    json_t *best = json_null();
    int most = self->threshold - 1;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        gk_json_auto *found = json_array();
        int score = gk_words_score(self->words, kinds[i], folded, found).score;
        if (score <= most)
            continue;
        most = score;
        json_decref(best);
        best = json_pack("{s:s, s:O}", "kind", kinds[i], "words", found);
    }
    return best;
}
