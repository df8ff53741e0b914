/*  gk_account - passwords, waiting, sessions: a table and a few comparisons. */
#include "core/account.h"
#include "base/text.h"

#include <string.h>
#include <strings.h>

enum { DAY = 24 * 3600, CLOCK_SLACK = 60 };

/*  ---- passwords ------------------------------------------------------------------------ */

/*  "chen.jing", "chen.jing1", "CHEN.JING2026": the name with a few characters behind it. */
static bool is_nearly(const char *password, const char *name)
{
    enum { MORE = 4 };
    size_t len = strlen(name);
    return len && strncasecmp(password, name, len) == 0 && strlen(password) <= len + MORE;
}

static bool is_one_character(const char *password, size_t len)
{
    size_t at = 0;
    uint32_t first = gk_utf8_next(password, len, &at);
    while (at < len)
        if (gk_utf8_next(password, len, &at) != first)
            return false;
    return true;
}

gk_err gk_password_check(const char *password, const char *name, int least, gk_why *why)
{
    size_t len = strlen(password), count = gk_utf8_count(password, len);
    if (count < (size_t) least)
        return gk_refuse(why, GK_EBADVALUE, "the password has %zu characters: take at least %d, for instance some words", count, least);
    if (count > GK_PASSWORD_MOST)
        return gk_refuse(why, GK_EBADVALUE, "the password has %zu characters: at most %d are taken", count, GK_PASSWORD_MOST);
    if (is_nearly(password, name))
        return gk_refuse(why, GK_EBADVALUE, "the password is the name: take another");
    return is_one_character(password, len) ? gk_refuse(why, GK_EBADVALUE, "the password is one character over and over: take another")
        : GK_OK;
}

/*  ---- waiting ---------------------------------------------------------------------------- */

/*  By the number of failures in a row. */
static const int delays[] = { 0, 0, 0, 5, 15, 60, 180, 600, 900 };

int64_t gk_attempts_delay(int failures)
{
    enum { DELAYS = sizeof delays / sizeof *delays };
    return delays[failures < 0 ? 0 : failures < DELAYS ? failures : DELAYS - 1];
}

int64_t gk_attempts_wait(const gk_attempts *self, int64_t now)
{
    int64_t delay = gk_attempts_delay(self->failures), passed = now - self->failed_at;
    return passed >= 0 && passed < delay ? delay - passed : 0;
}

gk_attempts gk_attempts_add(const gk_attempts *self, int64_t now)
{
    bool anew = now - self->failed_at >= DAY;
    return (gk_attempts) { anew || self->failures < 0 ? 1 : self->failures < DAY ? self->failures + 1 : DAY, now };
}

/*  ---- sessions ----------------------------------------------------------------------------- */

bool gk_session_is_over(int64_t began, int64_t used, const gk_session_terms *terms, int64_t now)
{
    if (began > now + CLOCK_SLACK || used > now + CLOCK_SLACK)
        return true;
    return now - began >= terms->life || now - used >= terms->idle;
}
