/*  gk_date - a civil date (Asia/Shanghai), without a time of day.
 *
 *  The statutory periods run in whole days, so the core never sees an hour.
 *  The day is wrapped in a struct because "20 days" and "the 20th" must not be
 *  swapped without a murmur from the compiler.
 */
#ifndef GK_DATE_H
#define GK_DATE_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct gk_date {
    int32_t day;        /* days since 1970-01-01, negative before it */
} gk_date;

enum {
    GK_DATE_TEXT = 11,  /* "2026-02-28" and its NUL */
    GK_TIME_TEXT = 21,  /* "2026-02-28T01:02:03Z" and its NUL */
    GK_TZ_SECONDS = 8 * 3600,           /* Asia/Shanghai; no summer time since 1992 */
};

/*  "No date", such as the due date of a paused case. */
#define GK_NO_DATE ((gk_date) { INT32_MIN })
static inline bool gk_date_is_none(gk_date date)
{
    return date.day == INT32_MIN;
}

/*  Parse exactly ten characters "YYYY-MM-DD", years 1900-2999.
 *  GK_EBADVALUE when they are not a date that exists. */
GK_CHECKED gk_err gk_date_parse(const char *text, size_t len, gk_date *out);

/*  Write "YYYY-MM-DD" into `text` and return it; "" for GK_NO_DATE. */
char *gk_date_format(gk_date date, char text[static GK_DATE_TEXT]);

/*  Year, month 1-12 and day 1-31; any pointer may be NULL. */
void gk_date_split(gk_date date, int *year, int *month, int *day);

/*  0 Monday ... 6 Sunday. */
int gk_date_weekday(gk_date date);

static inline gk_date gk_date_plus(gk_date date, int32_t days)
{
    return (gk_date) { date.day + days };
}

/*  ---- instants: seconds since 1970-01-01T00:00:00Z ----------------------- */

/*  The civil date in Shanghai at that instant. */
gk_date gk_date_of(int64_t seconds);

/*  The instant at which `hour`:00 of that date begins in Shanghai. */
int64_t gk_date_at(gk_date date, int hour);

/*  Write "YYYY-MM-DDTHH:MM:SSZ" and return it. */
char *gk_time_format(int64_t seconds, char text[static GK_TIME_TEXT]);

/*  Parse exactly that form. */
GK_CHECKED gk_err gk_time_parse(const char *text, size_t len, int64_t *out);

#endif
