/* links: gongkai_confidentiality_parts */
/*  fuzz_scan - any bytes, in any place: hits lie within the text and give nothing away. */
#include "workers/confidentiality/scan.h"
#include "base/text.h"
#include "fuzz/fuzz.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

typedef struct bounds {
    size_t chars;
} bounds;

static void check(void *context, const gk_hit *hit)
{
    const bounds *self = context;
    assert(hit->length > 0 && hit->offset + hit->length <= self->chars);
    assert(hit->class >= 'A' && hit->class <= 'E');
    assert((hit->class == 'A') == (hit->level[0] != 0) && (hit->class == 'A') == (hit->term[0] != 0));
    assert(hit->excerpt[0] && gk_utf8_ok(hit->excerpt, strlen(hit->excerpt)));
    if (hit->class != 'C' || strcmp(hit->kind, "email") == 0)
        return;
    size_t run = 0;
    for (const char *p = hit->excerpt; *p; p++) {
        run = *p >= '0' && *p <= '9' ? run + 1 : 0;
        assert(run < 7);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    const char *text = (const char *) data;
    bounds bounds_of = { 0 };
    for (size_t at = 0; at < len; bounds_of.chars++)
        gk_utf8_next(text, len, &at);
    for (gk_scan_where where = GK_SCAN_PAGE; where <= GK_SCAN_LABEL; where++)
        gk_scan(text, len, where, &(gk_known) { "020-12345678", "a@b.cn" }, check, &bounds_of);
    return 0;
}
