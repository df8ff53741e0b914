/*  gk_items - one case, several items: the list and the outcome of the whole. */
#include "core/items.h"
#include "base/mem.h"
#include "base/text.h"

#include <string.h>

static const char granted_row[] = "3.1", partly_row[] = "3.2";

/*  Skip one of `words` at the start of a text; the text itself when there is none. */
static const char *skip_word(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strncmp(text, words[i], strlen(words[i])) == 0)
            return text + strlen(words[i]);
    return text;
}

#define SKIP(text, list) skip_word(text, list, sizeof (list) / sizeof *(list))

/*  Behind "12." or "（三）"; the text itself when it begins with no such number.  What follows the digits
 *  must part them from the words: "2021年" is no number of an item. */
static const char *skip_number(const char *text)
{
    static const char *const opens[] = { "（", "(" }, *const ends[] = { "．", "、", "）", ".", ")" }, *const tens[] = {
        "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9",
    };
    const char *from = SKIP(text, opens), *at = from;
    for (int i = 0; i < 3; i++)
        at = SKIP(at, tens);
    const char *end = at > from ? SKIP(at, ends) : at;
    if (end == at || (*end >= '0' && *end <= '9'))      /* "3.5 km" counts nothing */
        return text;
    return end + strspn(end, " \t");
}

json_t *gk_items_split(const char *text)
{
    json_t *items = json_array();
    while (*text) {
        size_t len = strcspn(text, "\n");
        gk_free_auto char *line = gk_strndup(text, len);
        const char *from = skip_number(line + strspn(line, " \t\r"));
        size_t keep = strlen(from);
        while (keep && strchr(" \t\r", from[keep - 1]))
            keep--;
        if (keep)
            json_array_append_new(items, json_stringn(from, keep));
        text += len + (text[len] == '\n');
    }
    return items;
}

static const gk_outcome *of_item(const gk_case *file, const gk_outcomes *outcomes, int item)
{
    return gk_outcomes_find(outcomes, file->items[item - 1].outcome);
}

/*  Which of two outcomes speaks for both: the rows of the report stand in the order of the decision. */
static const gk_outcome *first_of(const gk_outcome *a, const gk_outcome *b)
{
    int order = a ? strcmp(a->report_row, b->report_row) : 1;
    if (order == 0)
        order = a->refuses != b->refuses ? (a->refuses ? -1 : 1) : b->discloses && !a->discloses ? 1 : -1;
    return order < 0 ? a : b;
}

static const gk_outcome *partly(const gk_outcomes *outcomes)
{
    const gk_outcome *outcome;
    for (size_t i = 0; (outcome = gk_outcomes_at(outcomes, i)); i++)
        if (strcmp(outcome->report_row, partly_row) == 0)
            return outcome;
    return NULL;
}

const gk_outcome *gk_items_whole(const gk_case *file, const gk_outcomes *outcomes)
{
    const gk_outcome *first = NULL;
    bool granted = false, other = false;
    for (int item = 1; item <= file->item_count; item++) {
        const gk_outcome *outcome = of_item(file, outcomes, item);
        if (!outcome)
            return NULL;
        granted |= strcmp(outcome->report_row, granted_row) == 0;
        other |= strcmp(outcome->report_row, granted_row) != 0;
        first = first_of(first, outcome);
    }
    return granted && other ? partly(outcomes) : first;     /* one that is granted in part comes first without more */
}

bool gk_item_discloses(const gk_case *file, const gk_outcomes *outcomes, int item)
{
    const gk_outcome *outcome = item >= 1 && item <= file->item_count ? of_item(file, outcomes, item) : NULL;
    return outcome && outcome->discloses;
}

bool gk_items_disclose(const gk_case *file, const gk_outcomes *outcomes)
{
    const gk_outcome *whole = gk_outcomes_find(outcomes, file->outcome);
    if (!file->item_count)
        return whole && whole->discloses;
    for (int item = 1; item <= file->item_count; item++)
        if (gk_item_discloses(file, outcomes, item))
            return true;
    return false;
}

const gk_outcome *gk_items_releasing(const gk_case *file, const gk_outcomes *outcomes, const gk_case_document *document)
{
    const gk_outcome *found = NULL, *whole = gk_outcomes_find(outcomes, file->outcome);
    if (!file->item_count)
        return whole && whole->discloses ? whole : NULL;
    for (int item = 1; item <= file->item_count; item++) {
        const gk_outcome *outcome = of_item(file, outcomes, item);
        if ((document->item == 0 || document->item == item) && outcome && outcome->discloses && !(found && found->refuses))
            found = outcome;
    }
    return found;
}
