/*  gk_json - strict JSON for bytes that we did not write (jansson below).
 *
 *  Refused: invalid UTF-8, NUL, duplicate keys, trailing bytes, numbers beyond
 *  int64, nesting deeper than GK_JSON_DEPTH.  Size is the caller's limit.
 */
#ifndef GK_JSON_H
#define GK_JSON_H

#include "base/date.h"
#include "base/err.h"

#include <jansson.h>

enum { GK_JSON_DEPTH = 16 };

/*  Parse an object or array.  GK_EBADMSG, with line and column in *why but none of the
 *  bytes.  The caller owns *out (json_decref). */
GK_CHECKED gk_err gk_json_parse(const char *text, size_t len, json_t **out, gk_why *why);

/*  Parse a file of at most `max` bytes; GK_ENOTFOUND, GK_ETOOLARGE, GK_EIO, GK_EBADMSG. */
GK_CHECKED gk_err gk_json_load(const char *path, size_t max, json_t **out, gk_why *why);

/*  The same of a shipped file, by its name below SCHEMAS (gk_paths_schemas). */
GK_CHECKED gk_err gk_json_load_schema(const char *name, size_t max, json_t **out, gk_why *why);

/*  Compact, keys sorted: equal values give equal bytes.  The caller frees it. */
char *gk_json_print(const json_t *value);

/*  Scope-bound reference. */
void gk_json_unref(json_t **p);
#define gk_json_auto __attribute__((cleanup(gk_json_unref))) json_t

/*  Borrowed text, or "" when the key is absent or no string. */
const char *gk_json_text(const json_t *object, const char *key);

/*  Borrowed text behind a dotted path such as "applicant.proof.number", or "". */
const char *gk_json_path(const json_t *object, const char *path);

/*  A date member, GK_NO_DATE when it is absent or not a date. */
gk_date gk_json_date(const json_t *object, const char *key);

/*  json_string of a date, json_null for GK_NO_DATE. */
json_t *gk_json_from_date(gk_date date);
void gk_json_set_date(json_t *object, const char *key, gk_date date);

/*  {"error": {"code", "text", "retry"}}: a refusal as peers are told it.  Without a reason in `why`
 *  (which may be NULL) the text is that of the error. */
json_t *gk_json_error(gk_err err, const gk_why *why);

/*  The array of strings written "a|b|c". */
json_t *gk_json_choices(const char *choices);

#endif
