/*  law - what the tests of the law's arithmetic share: dates, the shipped calendar and rules. */
#ifndef LAW_H
#define LAW_H

#include "base/mem.h"
#include "base/text.h"
#include "core/calendar.h"
#include "core/rules.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define ROWS(table) (sizeof (table) / sizeof *(table))

static inline gk_date law_date(const char *text)
{
    gk_date date = GK_NO_DATE;
    assert_int_equal(gk_date_parse(text, strlen(text), &date), GK_OK);
    return date;
}

static inline void law_load_year(gk_calendar *cal, int year)
{
    gk_free_auto char *path = gk_format("%s/schemas/calendar/%d.txt", GK_SOURCE, year);
    size_t len = 0;
    gk_free_auto char *text = gk_file_read(path, 1 << 20, &len);
    assert_non_null(text);
    gk_why why = { "" };
    if (gk_calendar_load(cal, text, len, &why))
        fail_msg("%s: %s", path, why.text);
}

/*  2019 to 2026, as shipped. */
static inline gk_calendar *law_calendar(void)
{
    gk_calendar *cal = gk_calendar_new();
    for (int year = 2019; year <= 2026; year++)
        law_load_year(cal, year);
    return cal;
}

static inline json_t *law_load(const char *path)
{
    json_t *file = NULL;
    gk_why why = { "" };
    if (gk_json_load(path, 1 << 20, &file, &why))
        fail_msg("%s", why.text);
    return file;
}

static inline json_t *law_json(const char *name)
{
    gk_free_auto char *path = gk_format("%s/schemas/%s", GK_SOURCE, name);
    return law_load(path);
}

static inline gk_rules *law_rules(void)
{
    gk_json_auto *file = law_json("rules/rules.json");
    gk_rules *rules = NULL;
    gk_why why = { "" };
    if (gk_rules_read(file, &rules, &why))
        fail_msg("%s", why.text);
    return rules;
}

/*  A repeatable sequence, so that a failing round can be run again. */
static inline unsigned law_random(uint64_t *seed, unsigned below)
{
    *seed ^= *seed << 13, *seed ^= *seed >> 7, *seed ^= *seed << 17;
    return (unsigned) (*seed >> 33) % below;
}

#endif
