/*  gk_date - a civil date (Asia/Shanghai), without a time of day.
 *
 *  Conversions count from 0000-03-01, so that the leap day is the last day of
 *  its year and a month's first day is a linear function of its number.
 */
#include "base/date.h"

#include <stdio.h>

enum {
    DAYS_PER_ERA = 146097,              /* 400 years */
    EPOCH = 719468,                     /* 1970-01-01 counted from 0000-03-01 */
    DAY_SECONDS = 86400,
};

static gk_date join(int year, int month, int day)
{
    int y = month > 2 ? year : year - 1;
    int era = y / 400, yoe = y % 400;
    int doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return (gk_date) { era * DAYS_PER_ERA + doe - EPOCH };
}

void gk_date_split(gk_date date, int *year, int *month, int *day)
{
    int days = date.day + EPOCH;
    int era = days / DAYS_PER_ERA, doe = days % DAYS_PER_ERA;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    int m = mp < 10 ? mp + 3 : mp - 9;
    if (day)
        *day = doy - (153 * mp + 2) / 5 + 1;
    if (month)
        *month = m;
    if (year)
        *year = yoe + era * 400 + (m <= 2);
}

/*  The number that `count` digits spell, -1 when one of them is no digit. */
static int digits(const char *text, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

gk_err gk_date_parse(const char *text, size_t len, gk_date *out)
{
    if (len != GK_DATE_TEXT - 1 || text[4] != '-' || text[7] != '-')
        return GK_EBADVALUE;
    int year = digits(text, 4), month = digits(text + 5, 2), day = digits(text + 8, 2);
    if (year < 1900 || year > 2999 || month < 1 || month > 12 || day < 1 || day > 31)
        return GK_EBADVALUE;

    /*  31 April passes the test above; it comes back as 1 May. */
    gk_date date = join(year, month, day);
    int y, m, d;
    gk_date_split(date, &y, &m, &d);
    if (y != year || m != month || d != day)
        return GK_EBADVALUE;
    *out = date;
    return GK_OK;
}

char *gk_date_format(gk_date date, char text[static GK_DATE_TEXT])
{
    text[0] = 0;
    if (gk_date_is_none(date))
        return text;
    int year, month, day;
    gk_date_split(date, &year, &month, &day);
    snprintf(text, GK_DATE_TEXT, "%04u-%02u-%02u", (unsigned) year % 10000,
             (unsigned) month % 100, (unsigned) day % 100);
    return text;
}

int gk_date_weekday(gk_date date)
{
    return ((date.day + 3) % 7 + 7) % 7;    /* 1970-01-01 was a Thursday */
}

/*  ---- instants ----------------------------------------------------------- */

static int32_t floor_day(int64_t seconds)
{
    int64_t day = seconds / DAY_SECONDS;
    return (int32_t) (seconds % DAY_SECONDS < 0 ? day - 1 : day);
}

gk_date gk_date_of(int64_t seconds)
{
    return (gk_date) { floor_day(seconds + GK_TZ_SECONDS) };
}

int64_t gk_date_at(gk_date date, int hour)
{
    return (int64_t) date.day * DAY_SECONDS + (int64_t) hour * 3600 - GK_TZ_SECONDS;
}

char *gk_time_format(int64_t seconds, char text[static GK_TIME_TEXT])
{
    gk_date utc = { floor_day(seconds) };
    int rest = (int) (seconds - (int64_t) utc.day * DAY_SECONDS);
    char date[GK_DATE_TEXT];
    snprintf(text, GK_TIME_TEXT, "%sT%02u:%02u:%02uZ", gk_date_format(utc, date),
             (unsigned) rest / 3600 % 24, (unsigned) rest / 60 % 60, (unsigned) rest % 60);
    return text;
}

gk_err gk_time_parse(const char *text, size_t len, int64_t *out)
{
    gk_date date;
    if (len != GK_TIME_TEXT - 1 || gk_date_parse(text, GK_DATE_TEXT - 1, &date)
        || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')
        return GK_EBADVALUE;
    int hour = digits(text + 11, 2), minute = digits(text + 14, 2), second = digits(text + 17, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
        return GK_EBADVALUE;
    *out = (int64_t) date.day * DAY_SECONDS + hour * 3600 + minute * 60 + second;
    return GK_OK;
}
