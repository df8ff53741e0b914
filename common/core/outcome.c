/*  gk_outcome - the kinds of decision (处理决定) on an application.
 *
 *  The rows borrow their texts from a copy of the parsed file, which the table
 *  keeps; so reading is checking and pointing.
 */
#include "core/outcome.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/marks.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 64 };

struct gk_outcomes {
    json_t *file;
    size_t count;
    gk_outcome rows[MOST];
};

/*  What a proposal may be asked for; a slip in the data is caught here. */
static const char *const known_fields[] = {
    "reason", "public_url", "public_where", "search_log", "correction", "reasons", "frequency", "ground", "law", "refused_part", "mark_level",
    "mark_term", "own_assessment", "third_party_answer", "procedure_finished", "severability", "agency_name", "agency_contact", "agency_unknown",
    "previous_case", "other_channel", "corrected_to", "corrected_on", "forwarded_on",
};

/*  Requests to correct a record (条例 Art. 41) are no applications for disclosure: they stand beside part 3. */
static const char beside_report[] = "41";

static const char *const remedies[] = { "none", "free", "first" };     /* in the order of gk_remedy */

#define COUNT(list) ((int) (sizeof (list) / sizeof *(list)))

static int index_of(const char *text, const char *const *list, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(text, list[i]) == 0)
            return i;
    return -1;
}

static gk_err read_texts(const json_t *row, size_t nr, gk_outcome *out, gk_why *why)
{
    const struct {
        const char *key;
        const char **to;
    } texts[] = {
        { "code", &out->code }, { "zh", &out->zh }, { "en", &out->en }, { "article", &out->article },
        { "report_row", &out->report_row }, { "template", &out->template },
    };
    for (int i = 0; i < COUNT(texts); i++) {
        *texts[i].to = gk_json_text(row, texts[i].key);
        if (!**texts[i].to)
            return gk_refuse(why, GK_EMISSING, "outcome %zu has no \"%s\"", nr, texts[i].key);
    }
    out->records = strcmp(out->report_row, beside_report) == 0;
    if (out->report_row[strspn(out->report_row, "0123456789.")])     /* which rows there are says schemas/report */
        return gk_refuse(why, GK_EBADVALUE, "outcome %zu: report_row must be a row's code such as 3.3.1", nr);
    if (!gk_mark_ok(gk_json_text(row, "mark")))
        return gk_refuse(why, GK_EBADVALUE, "outcome %zu: the mark must be seen, interp or memory", nr);
    return GK_OK;
}

static gk_err read_flags(const json_t *row, size_t nr, gk_outcome *out, gk_why *why)
{
    const struct {
        const char *key;
        bool *to;
    } flags[] = {
        { "discloses", &out->discloses }, { "refuses", &out->refuses }, { "machine", &out->machine },
    };
    for (int i = 0; i < COUNT(flags); i++) {
        const json_t *flag = json_object_get(row, flags[i].key);
        if (!json_is_boolean(flag))
            return gk_refuse(why, GK_EMISSING, "outcome %zu: \"%s\" must be true or false", nr, flags[i].key);
        *flags[i].to = json_is_true(flag);
    }
    int remedy = index_of(gk_json_text(row, "remedy"), remedies, COUNT(remedies));
    if (remedy < 0)
        return gk_refuse(why, GK_EBADVALUE, "outcome %zu: the remedy must be none, free or first", nr);
    out->remedy = (gk_remedy) remedy;
    return GK_OK;
}

/*  One field, or several of which one will do: "agency_name|agency_unknown". */
static bool is_known(const char *names)
{
    if (!names)
        return false;
    do {
        char one[32] = "";
        size_t len = strcspn(names, "|");
        memcpy(one, names, len < sizeof one ? len : 0);
        if (index_of(one, known_fields, COUNT(known_fields)) < 0)
            return false;
        names += len;
    } while (*names++ == '|');
    return true;
}

static gk_err read_fields(const json_t *row, size_t nr, gk_outcome *out, gk_why *why)
{
    const json_t *fields = json_object_get(row, "fields");
    size_t count = json_array_size(fields);
    if (!json_is_array(fields) || count >= sizeof out->fields / sizeof *out->fields)
        return gk_refuse(why, GK_EBADVALUE, "outcome %zu: \"fields\" must be a list of at most 11", nr);
    for (size_t i = 0; i < count; i++) {
        const char *name = json_string_value(json_array_get(fields, i));
        if (!is_known(name) || index_of(name, out->fields, (int) i) >= 0)
            return gk_refuse(why, GK_EBADVALUE, "outcome %zu: field %zu is unknown or named twice", nr, i + 1);
        out->fields[i] = name;
    }
    return GK_OK;
}

static gk_err read_row(const json_t *row, size_t nr, gk_outcomes *self, gk_why *why)
{
    gk_outcome outcome = { 0 };
    if (!json_is_object(row) || json_object_size(row) != 12)
        return gk_refuse(why, GK_EBADVALUE, "outcome %zu must be an object with the 12 keys of the others", nr);
    gk_err err = read_texts(row, nr, &outcome, why);
    if (!err)
        err = read_flags(row, nr, &outcome, why);
    if (!err)
        err = read_fields(row, nr, &outcome, why);
    if (err)
        return err;
    if (gk_outcomes_find(self, outcome.code))
        return gk_refuse(why, GK_EBADVALUE, "outcome %zu: its code is taken", nr);
    self->rows[self->count++] = outcome;
    return GK_OK;
}

gk_err gk_outcomes_read(const json_t *file, gk_outcomes **out, gk_why *why)
{
    gk_auto(gk_outcomes) self = gk_new(gk_outcomes);
    self->file = json_deep_copy(file);
    const json_t *rows = json_object_get(self->file, "outcomes");
    size_t count = json_array_size(rows);
    if (count < 1 || count > MOST)
        return gk_refuse(why, GK_EMISSING, "\"outcomes\" must be a list of 1 to %d kinds", (int) MOST);
    for (size_t i = 0; i < count; i++) {
        gk_err err = read_row(json_array_get(rows, i), i + 1, self, why);
        if (err)
            return err;
    }
    *out = self;
    self = NULL;
    return GK_OK;
}

void gk_outcomes_destroy(gk_outcomes **self_p)
{
    assert(self_p);
    if (*self_p) {
        json_decref((*self_p)->file);
        free(*self_p);
        *self_p = NULL;
    }
}

const gk_outcome *gk_outcomes_find(const gk_outcomes *self, const char *code)
{
    for (size_t i = 0; i < self->count; i++)
        if (strcmp(self->rows[i].code, code) == 0)
            return &self->rows[i];
    return NULL;
}

const gk_outcome *gk_outcomes_at(const gk_outcomes *self, size_t index)
{
    return index < self->count ? &self->rows[index] : NULL;
}

/*  不予公开 are the rows (三) of the report: the grounds of Art. 14-16 and 36(7). */
static bool is_ground(const gk_outcome *outcome)
{
    return outcome && strncmp(outcome->report_row, "3.3.", 4) == 0;
}

static const char *skip_separators(const char *at)
{
    static const char *const separators[] = { " ", ",", "、", "，" };
    for (int i = 0; i < COUNT(separators); i++)
        if (strncmp(at, separators[i], strlen(separators[i])) == 0) {
            at += strlen(separators[i]);
            i = -1;
        }
    return at;
}

int gk_outcomes_grounds(const gk_outcomes *self, const char *text, const gk_outcome *out[GK_OUTCOME_GROUNDS])
{
    int count = 0;
    for (const char *at = skip_separators(text); *at; at = skip_separators(at)) {
        char code[8] = "";
        size_t len = strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
        if (len >= sizeof code)
            return 0;
        memcpy(code, at, len);
        const gk_outcome *ground = gk_outcomes_find(self, code);
        if (!is_ground(ground) || count == GK_OUTCOME_GROUNDS)
            return 0;
        out[count++] = ground;
        at += len;
    }
    return count;
}

gk_remedy gk_outcomes_remedy(const gk_outcomes *self, const gk_outcome *kind, const char *grounds)
{
    const gk_outcome *named[GK_OUTCOME_GROUNDS];
    int count = gk_outcome_needs(kind, "ground") ? gk_outcomes_grounds(self, grounds, named) : 0;
    gk_remedy strictest = count ? GK_REMEDY_NONE : kind->remedy;
    for (int i = 0; i < count; i++)
        strictest = named[i]->remedy > strictest ? named[i]->remedy : strictest;
    return strictest;
}

bool gk_outcome_needs(const gk_outcome *self, const char *field)
{
    for (int i = 0; self->fields[i]; i++)
        if (gk_text_is_choice(self->fields[i], field))
            return true;
    return false;
}
