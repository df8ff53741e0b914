/*  gk_json - strict JSON for bytes that we did not write. */
#include "base/json.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/*  jansson recurses once a level and allows 2048 of them; we never need 16, and
 *  a stack is not the place to find out. */
static bool too_deep(const char *text, size_t len)
{
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < len; i++) {
        if (quoted) {
            if (text[i] == '\\')
                i++;
            else if (text[i] == '"')
                quoted = false;
        } else if (text[i] == '"') {
            quoted = true;
        } else if (text[i] == '{' || text[i] == '[') {
            if (++depth > GK_JSON_DEPTH)
                return true;
        } else if (text[i] == '}' || text[i] == ']') {
            depth--;
        }
    }
    return false;
}

gk_err gk_json_parse(const char *text, size_t len, json_t **out, gk_why *why)
{
    /*  Some editors put a mark first; RFC 8259, 8.1 lets us pass over it. */
    static const char mark[] = "\xef\xbb\xbf";
    size_t skip = len >= strlen(mark) && memcmp(text, mark, strlen(mark)) == 0 ? strlen(mark) : 0;
    text += skip;
    len -= skip;
    if (too_deep(text, len))
        return gk_refuse(why, GK_EBADMSG, "JSON is nested deeper than %d levels", GK_JSON_DEPTH);
    json_error_t error;
    json_t *value = json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);
    if (!value && json_error_code(&error) == json_error_null_character)
        return gk_refuse(why, GK_EBADMSG, "line %d: the character NUL (\\u0000) may not stand in a text", error.line);
    if (!value) {
        /*  jansson goes on with "near '...'": what stands there may be a person's name. */
        char *near = strstr(error.text, " near ");
        if (near)
            *near = 0;
        return gk_refuse(why, GK_EBADMSG, "not JSON, line %d column %d: %s", error.line, error.column, error.text);
    }
    *out = value;
    return GK_OK;
}

gk_err gk_json_load(const char *path, size_t max, json_t **out, gk_why *why)
{
    size_t len;
    gk_free_auto char *text = gk_file_read(path, max, &len);
    if (!text)
        return gk_file_refuse(path, max, why);
    gk_why inner = { "" };
    gk_err err = gk_json_parse(text, len, out, &inner);
    return err ? gk_refuse(why, err, "%.120s: %.180s", path, inner.text) : GK_OK;
}

gk_err gk_json_load_schema(const char *name, size_t max, json_t **out, gk_why *why)
{
    gk_free_auto char *path = gk_paths_schema(name);
    return gk_json_load(path, max, out, why);
}

char *gk_json_print(const json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
    return text ? text : gk_strdup("null");
}

void gk_json_unref(json_t **p)
{
    json_decref(*p);
}

const char *gk_json_text(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

const char *gk_json_path(const json_t *object, const char *path)
{
    char key[64];
    for (const char *dot; (dot = strchr(path, '.')); path = dot + 1) {
        size_t len = (size_t) (dot - path);
        if (len >= sizeof key)
            return "";
        memcpy(key, path, len);
        key[len] = 0;
        object = json_object_get(object, key);
    }
    return gk_json_text(object, path);
}

gk_date gk_json_date(const json_t *object, const char *key)
{
    const char *text = gk_json_text(object, key);
    gk_date date = GK_NO_DATE;
    if (gk_date_parse(text, strlen(text), &date))
        return GK_NO_DATE;
    return date;
}

json_t *gk_json_from_date(gk_date date)
{
    char text[GK_DATE_TEXT];
    return gk_date_is_none(date) ? json_null() : json_string(gk_date_format(date, text));
}

void gk_json_set_date(json_t *object, const char *key, gk_date date)
{
    json_object_set_new(object, key, gk_json_from_date(date));
}

json_t *gk_json_error(gk_err err, const gk_why *why)
{
    return json_pack("{s:{s:s, s:s, s:b}}", "error", "code", gk_err_code(err), "text",
                     why && *why->text ? why->text : gk_err_text(err, "en"), "retry", gk_err_retry(err));
}

json_t *gk_json_choices(const char *choices)
{
    json_t *list = json_array();
    for (const char *at = choices; *at; at += strcspn(at, "|"), at += *at == '|')
        json_array_append_new(list, json_stringn(at, strcspn(at, "|")));
    return list;
}
