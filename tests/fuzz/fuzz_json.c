/* links: gk_core */
/*  fuzz_json - any bytes: refused with a sentence that quotes none of them, or a value that prints
 *  to itself and is as shallow as promised. */
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

static int depth_of(const json_t *value)
{
    int deepest = 0;
    size_t index;
    const char *key;
    json_t *member;
    json_array_foreach(value, index, member) {
        int depth = depth_of(member);
        deepest = depth > deepest ? depth : deepest;
    }
    json_object_foreach((json_t *) value, key, member) {
        require(gk_utf8_ok(key, strlen(key)));
        int depth = depth_of(member);
        deepest = depth > deepest ? depth : deepest;
    }
    return deepest + (json_is_array(value) || json_is_object(value));
}

static void check(const json_t *value)
{
    require(json_is_array(value) || json_is_object(value));
    require(depth_of(value) <= GK_JSON_DEPTH);
    gk_free_auto char *text = gk_json_print(value);
    gk_json_auto *again = NULL;
    gk_why why;
    require(gk_utf8_ok(text, strlen(text)));
    require(gk_json_parse(text, strlen(text), &again, &why) == GK_OK);
    gk_free_auto char *same = gk_json_print(again);
    require(strcmp(text, same) == 0);
    gk_date date = gk_json_date(value, "on");
    char shown[GK_DATE_TEXT];
    require(gk_date_is_none(date) || strcmp(gk_date_format(date, shown), gk_json_text(value, "on")) == 0);
    require(gk_json_path(value, "a.b.c") && gk_json_path(value, ".") && gk_json_path(value, ""));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    gk_json_auto *value = NULL;
    gk_why why = { "" };
    if (gk_json_parse((const char *) data, len, &value, &why)) {
        require(!value && *why.text && gk_utf8_ok(why.text, strlen(why.text)) && !strstr(why.text, " near "));
        return 0;
    }
    check(value);
    return 0;
}
