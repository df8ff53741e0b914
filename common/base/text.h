/*  gk_text - a growing byte string, and the few things we do with UTF-8. */
#ifndef GK_TEXT_H
#define GK_TEXT_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*  Always NUL-terminated once something was added; `data` is NULL before.
 *  Zero-initialise to start, gk_text_clear to end. */
typedef struct gk_text {
    char *data;
    size_t len, cap;
} gk_text;

void gk_text_add(gk_text *self, const char *bytes, size_t len);
void gk_text_puts(gk_text *self, const char *text);
void gk_text_printf(gk_text *self, const char *format, ...) __attribute__((format(printf, 2, 3)));
void gk_text_clear(gk_text *self);                  /* frees; self is empty again */
#define gk_text_auto __attribute__((cleanup(gk_text_clear))) gk_text

/*  True when all `len` bytes are well-formed UTF-8 (no surrogates, no overlong
 *  forms, nothing above U+10FFFF) without NUL. */
bool gk_utf8_ok(const char *text, size_t len);

/*  The largest length <= `len` that does not cut a character of well-formed `text`. */
size_t gk_utf8_cut(const char *text, size_t len);

/*  Copy `from` into `to` of `size` bytes, cut between two characters if it is too long. */
void gk_text_copy(char *to, size_t size, const char *from);

/*  Number of characters in well-formed `text`. */
size_t gk_utf8_count(const char *text, size_t len);

/*  True when `text` is one of `choices`, which are written "a|b|c". */
bool gk_text_is_choice(const char *choices, const char *text);

/*  Decode the character at *at (< len), move *at behind it.  A malformed byte
 *  gives U+FFFD and moves by one. */
uint32_t gk_utf8_next(const char *text, size_t len, size_t *at);

/*  Append one character. */
void gk_text_add_char(gk_text *self, uint32_t code);

/*  Lower-case hex of `len` bytes into out[2 * len + 1]; returns out. */
char *gk_hex(const void *bytes, size_t len, char *out);

/*  Read exactly `len` bytes of hex (either case); false when it is not. */
bool gk_unhex(const char *hex, void *out, size_t len);

/*  Read a whole file of at most `max` bytes; NULL on failure, errno says why
 *  (EFBIG: too large).  The result is NUL-terminated, the caller frees it. */
char *gk_file_read(const char *path, size_t max, size_t *len);

/*  Say why the read that was just tried failed, from errno: GK_ENOTFOUND, GK_ETOOLARGE with the limit, GK_EBADVALUE for
 *  a folder, else GK_EIO. */
GK_CHECKED gk_err gk_file_refuse(const char *path, size_t max, gk_why *why);

/*  Put a folder on disk, so that what was made, renamed or removed in it stays so when the power
 *  fails.  0, or -1 and errno says why. */
int gk_file_sync_folder(const char *path);

#endif
