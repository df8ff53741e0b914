/*  gk_mem - allocation that cannot fail. */
#include "base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *or_die(void *p, size_t size)
{
    if (!p && size) {
        fprintf(stderr, "gongkai: out of memory allocating %zu bytes\n", size);
        abort();
    }
    return p;
}

void *gk_zalloc(size_t size)
{
    return or_die(calloc(1, size), size);
}

void *gk_regrow(void *old, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return or_die(NULL, SIZE_MAX);
    return or_die(realloc(old, count * size), count * size);
}

char *gk_strndup(const char *text, size_t len)
{
    char *copy = gk_zalloc(len + 1);
    if (len)
        memcpy(copy, text, len);
    return copy;
}

char *gk_strdup(const char *text)
{
    return text ? gk_strndup(text, strlen(text)) : NULL;
}

char *gk_format(const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int width = vsnprintf(NULL, 0, format, args);
    va_end(args);
    size_t size = width < 0 ? 1 : (size_t) width + 1;
    char *text = gk_zalloc(size);
    vsnprintf(text, size, format, again);
    va_end(again);
    return text;
}

void gk_free_p(void *p)
{
    free(*(void **) p);
}
