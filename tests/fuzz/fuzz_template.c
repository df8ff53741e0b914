/* links: gongkai_reply_parts */
/*  fuzz_template - any template over any facts: refused with a reason, or whole blocks of UTF-8.
 *
 *  The bytes up to the first NUL are a template, what follows is the JSON of its values. */
#include "workers/reply/template.h"
#include "base/mem.h"
#include "base/text.h"
#include "fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

static void check_blocks(const gk_blocks *blocks)
{
    for (size_t i = 0; i < blocks->count; i++) {
        const char *text = blocks->list[i].text;
        if (!*text || strchr(text, '\n') || !gk_utf8_ok(text, strlen(text))
            || (unsigned) blocks->list[i].kind >= GK_BLOCK_KINDS)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    const char *text = (const char *) data, *nul = len ? memchr(data, 0, len) : NULL;
    size_t text_len = nul ? (size_t) (nul - text) : len;
    gk_auto(gk_templates) set = gk_templates_new();
    gk_why why = { "" };
    gk_json_auto *values = NULL;
    if (gk_templates_add(set, "t", text, text_len, &why)) {
        if (!*why.text || gk_templates_has(set, "t"))
            abort();
        return 0;
    }
    if (!nul || gk_json_parse(nul + 1, len - text_len - 1, &values, NULL))
        values = json_pack("{ss, s{ss}, s[ss], si, ss}", "x", "甲\n乙", "a", "b", "丙", "l", "丁", "戊", "n", 4700,
                           "d", "2026-03-02");
    gk_blocks_auto blocks = { 0 };
    if (gk_templates_fill(set, "t", values, &blocks, &why)) {
        if (!*why.text || blocks.count)
            abort();
        return 0;
    }
    check_blocks(&blocks);
    return 0;
}
