/*  gk_marks - how sure we are of the law behind a step of the procedure. */
#include "core/marks.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct gk_marks {
    json_t *file;
};

static const struct {
    const char *mark, *zh;
} names[] = { { "seen", "已核" }, { "interp", "解释" }, { "memory", "记忆" } };      /* from the surest to the least sure */

enum { MARKS = sizeof names / sizeof *names };

static int rank(const char *mark)
{
    int i = 0;
    while (i < MARKS && strcmp(names[i].mark, mark) != 0)
        i++;
    return i;
}

bool gk_mark_ok(const char *mark)
{
    return rank(mark) < MARKS;
}

const char *gk_mark_zh(const char *mark)
{
    int i = rank(mark);
    return i < MARKS ? names[i].zh : "?";
}

static gk_err check_list(const json_t *file, const char *list, const char *key, gk_why *why)
{
    const json_t *rows = json_object_get(file, list);
    if (!json_is_array(rows))
        return gk_refuse(why, GK_EMISSING, "marks: \"%s\" must be a list", list);
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        if (json_object_size(row) != 3 || !*gk_json_text(row, key) || !*gk_json_text(row, "zh"))
            return gk_refuse(why, GK_EBADVALUE, "marks: %s %zu must have \"%s\", \"mark\" and \"zh\"", list, i + 1, key);
        if (!gk_mark_ok(gk_json_text(row, "mark")))
            return gk_refuse(why, GK_EBADVALUE, "marks: the mark of %s %zu must be seen, interp or memory", list, i + 1);
    }
    return GK_OK;
}

gk_err gk_marks_read(const json_t *file, gk_marks **out, gk_why *why)
{
    if (!*gk_json_text(file, "version"))
        return gk_refuse(why, GK_EMISSING, "marks: the version is missing");
    gk_err err = check_list(file, "sources", "begins", why);
    if (!err)
        err = check_list(file, "steps", "event", why);
    if (err)
        return err;
    *out = gk_new(gk_marks);
    (*out)->file = json_deep_copy(file);
    return GK_OK;
}

void gk_marks_destroy(gk_marks **self_p)
{
    if (*self_p) {
        json_decref((*self_p)->file);
        free(*self_p);
        *self_p = NULL;
    }
}

static gk_mark mark_in(const json_t *row)
{
    return (gk_mark) { gk_json_text(row, "mark"), gk_json_text(row, "zh") };
}

static gk_mark citation(const gk_marks *self, const char *text)
{
    const json_t *rows = json_object_get(self->file, "sources");
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        const char *begins = gk_json_text(row, "begins");
        if (strncmp(text, begins, strlen(begins)) == 0)
            return mark_in(row);
    }
    return (gk_mark) { "interp", "" };
}

/*  Behind the next "；", NULL when there is none: 、 joins articles of one source. */
static const char *next_citation(const char *text)
{
    const char *semicolon = strstr(text, "；");
    return semicolon ? semicolon + strlen("；") : NULL;
}

gk_mark gk_marks_of(const gk_marks *self, const char *event, const char *article)
{
    const json_t *rows = json_object_get(self->file, "steps");
    for (size_t i = 0; i < json_array_size(rows); i++)
        if (strcmp(gk_json_text(json_array_get(rows, i), "event"), event) == 0)
            return mark_in(json_array_get(rows, i));
    gk_mark out = citation(self, article);
    for (const char *at = article; (at = next_citation(at)); ) {
        gk_mark other = citation(self, at);
        if (rank(other.mark) > rank(out.mark))
            out = other;
    }
    return out;
}
