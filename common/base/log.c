/*  gk_log - one line an event on stderr. */
#include "base/log.h"
#include "base/date.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char *program = "gongkai";
static gk_level shown = GK_INFO;

void gk_log_setup(const char *name, gk_level least)
{
    program = name;
    shown = least;
}

void gk_log(gk_level level, const char *format, ...)
{
    if (level < shown)
        return;
    static const char *const names[] = { "debug", "info", "warn", "error" };
    char line[1024], stamp[GK_TIME_TEXT];
    int head = snprintf(line, sizeof line, "%s %s %s ", gk_time_format((int64_t) time(NULL), stamp), program, names[level]);
    va_list args;
    va_start(args, format);
    vsnprintf(line + head, sizeof line - (size_t) head - 1, format, args);
    va_end(args);
    size_t len = strlen(line);
    for (size_t i = 0; i < len; i++)
        if ((unsigned char) line[i] < 0x20 || line[i] == 0x7f)
            line[i] = '?';
    line[len++] = '\n';
    if (write(STDERR_FILENO, line, len) < 0)
        return;         /* nowhere left to say it */
}
