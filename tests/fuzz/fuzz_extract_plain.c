/* links: gongkai_extract_parts */
/*  fuzz_extract_plain - any bytes as a text file: a page of clean UTF-8, or a refusal. */
#include "workers/extract/plain.h"
#include "base/mem.h"
#include "base/text.h"
#include "fuzz/fuzz.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    char *text = NULL;
    size_t size = 0;
    gk_plain plain;
    gk_plain_open(&plain);
    gk_stream out = { .out = open_memstream(&text, &size) };
    gk_extract what = gk_plain_read(&plain, (const char *) data, len, &out);
    fclose(out.out);
    gk_plain_close(&plain);
    assert((what == GK_EXTRACT_OK) == (size > 0));
    if (size > 0) {
        gk_json_auto *line = NULL;
        gk_err err = gk_json_parse(text, size, &line, NULL);
        assert(err == GK_OK);
        assert(gk_utf8_ok(gk_json_text(line, "text"), strlen(gk_json_text(line, "text"))));
    }
    free(text);
    return 0;
}
