/*  letters - what the tests of the reply worker share: shipped wording, fonts, sample jobs. */
#ifndef LETTERS_H
#define LETTERS_H

#include "base/mem.h"
#include "base/text.h"
#include "core/letters.h"
#include "workers/reply/facts.h"
#include "workers/reply/letter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define ROWS(table) (sizeof (table) / sizeof *(table))

/*  The shipped wording, read once; nobody destroys it. */
static inline const gk_templates *letters_templates(void)
{
    static gk_templates *self;
    gk_why why = { "" };
    if (self)
        return self;
    self = gk_templates_new();
    if (gk_templates_load(self, GK_SOURCE "/schemas/templates", &why))
        fail_msg("%s", why.text);
    return self;
}

static inline gk_outcomes *letters_outcomes(void)
{
    gk_why why = { "" };
    gk_outcomes *self = NULL;
    gk_json_auto *file = NULL;
    if (gk_json_load(GK_SOURCE "/schemas/outcomes/outcomes.json", 1 << 20, &file, &why)
        || gk_outcomes_read(file, &self, &why))
        fail_msg("%s", why.text);
    return self;
}

static inline gk_rules *letters_rules(void)
{
    gk_why why = { "" };
    gk_rules *self = NULL;
    gk_json_auto *file = NULL;
    if (gk_json_load(GK_SOURCE "/schemas/rules/rules.json", 1 << 20, &file, &why) || gk_rules_read(file, &self, &why))
        fail_msg("%s", why.text);
    return self;
}

/*  $GK_FONTS, or where deploy/run and deploy/fonts put them. */
static inline const char *letters_fonts_dir(void)
{
    static const char *const places[] = {
        GK_SOURCE "/build/fonts", GK_SOURCE "/build-asan/fonts", "/usr/local/share/fonts/gongkai",
    };
    const char *named = getenv("GK_FONTS");
    if (named)
        return named;
    for (size_t i = 0; i < ROWS(places); i++) {
        gk_free_auto char *face = gk_format("%s/FandolFang-Regular.otf", places[i]);
        if (access(face, R_OK) == 0)
            return places[i];
    }
    fail_msg("the letters' fonts are nowhere; run deploy/fonts build/fonts, or set GK_FONTS");
    return NULL;
}

/*  A job as the broker sends it, every field that any letter wants filled, to whom that kind goes; of a request to
 *  correct a record when `records`. */
static inline json_t *letters_job_of(const char *letter, const char *outcome, bool records)
{
    json_t *job = NULL;
    gk_why why = { "" };
    if (gk_json_load_schema(records ? "templates/sample_records.json" : "templates/sample.json", 1 << 20, &job, &why))
        fail_msg("%s", why.text);
    json_object_set_new(job, "training", json_false());
    json_t *facts = json_object_get(job, "facts"), *fields = json_object_get(facts, "fields");
    const gk_letter_info *kind = gk_letter_find(letter);
    json_object_set_new(facts, "letter", json_string(letter));
    json_object_set_new(facts, "outcome", outcome ? json_string(outcome) : json_null());
    if (kind && kind->reader == GK_READER_OUTSIDE)
        json_object_set(facts, "to", json_object_get(fields, "third_party"));
    else if (kind && kind->anonymous)
        json_object_set_new(facts, "to", json_pack("{s:s}", "name", gk_json_text(fields, "unit")));
    return job;
}

static inline json_t *letters_job(const char *letter, const char *outcome)
{
    const gk_letter_info *kind = gk_letter_find(letter);
    return letters_job_of(letter, outcome, (kind && kind->records_only) || (outcome && *outcome == 'R'));
}

/*  Set facts.PATH, PATH being one name or "fields.name" or "office.name" (of the job). */
static inline void letters_set(json_t *job, const char *path, json_t *value)
{
    json_t *at = strncmp(path, "office.", 7) == 0 ? job : json_object_get(job, "facts");
    const char *dot = strchr(path, '.');
    if (dot) {
        gk_free_auto char *first = gk_strndup(path, (size_t) (dot - path));
        at = json_object_get(at, first);
        path = dot + 1;
    }
    assert_int_equal(json_object_set_new(at, path, value), 0);
}

/*  Wording only: the blocks of a job, one a line, for strstr.  Caller frees; NULL when refused. */
static inline char *letters_words_by(const gk_rules *rules, const json_t *job, gk_err *err, gk_why *why)
{
    const gk_templates *templates = letters_templates();
    gk_auto(gk_outcomes) outcomes = letters_outcomes();
    gk_facts facts = { 0 };
    gk_blocks_auto blocks = { 0 };
    *err = gk_facts_read(job, rules, outcomes, &facts, why);
    if (!*err)
        *err = gk_templates_fill(templates, facts.template, facts.values, &blocks, why);
    gk_facts_clear(&facts);
    gk_text text = { 0 };
    for (size_t i = 0; i < blocks.count; i++)
        gk_text_printf(&text, "%d|%s\n", blocks.list[i].kind, blocks.list[i].text);
    return text.data;
}

static inline char *letters_words(const json_t *job, gk_err *err, gk_why *why)
{
    gk_auto(gk_rules) rules = letters_rules();
    return letters_words_by(rules, job, err, why);
}

#endif
