/*  gk_words - weighted words by which a text is sorted into groups.
 *
 *  Rules are data that an office edits, one row each:
 *
 *      { "id": "classification", "unit": "ZHC", "words": ["归类", "税则"], "weight": 40 }
 *
 *  Here "unit" is the name of the group's member.  A group's score is the sum of the
 *  weights of the different words found, over its own rules and over those of the group
 *  "any", which may also weigh against (a negative weight).  So a score can be read off
 *  with a pencil; there is no model to trust.  What is scored is a proposal to a person.
 */
#ifndef GK_WORDS_H
#define GK_WORDS_H

#include "base/json.h"

enum { GK_WORDS_RULES = 500, GK_WORDS_LENGTH = 20, GK_WORDS_WEIGHT = 100 };

typedef struct gk_words gk_words;

typedef struct gk_words_hit {
    int score;
    const char *rule;       /* id of the group's own rule that gave most, NULL when none of its
                               words was found; borrowed from the gk_words */
} gk_words_hit;

/*  Read the rules; `group` names the member that holds the group.  GK_EBADVALUE or
 *  GK_EMISSING, naming the rule: at most GK_WORDS_RULES rows with unlike ids, words of
 *  1 to GK_WORDS_LENGTH characters, weights from -GK_WORDS_WEIGHT to GK_WORDS_WEIGHT
 *  without 0, nothing unknown. */
GK_CHECKED gk_err gk_words_read(const json_t *rules, const char *group, gk_words **out, gk_why *why);
void gk_words_destroy(gk_words **self_p);

/*  The group of rule number `index`, NULL past the last: for checking that all exist. */
const char *gk_words_group(const gk_words *self, size_t index);

/*  Score one group over a text folded by gk_similar_fold.  The words of its own rules that
 *  were found are added to the array `found`, which may be NULL.  Without one of them
 *  the hit is empty, whatever "any" says. */
gk_words_hit gk_words_score(const gk_words *self, const char *group, const char *folded, json_t *found);

#endif
