/* links: gongkai_confidentiality_parts */
/*  fuzz_extract_stream - an extractor that was broken into may say anything to the worker. */
#include "workers/confidentiality/review.h"
#include "base/json.h"
#include "base/mem.h"
#include "fuzz/fuzz.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    gk_auto(gk_review) review = gk_review_new(NULL);
    gk_review_document(review, "d", "n", (const char *) data, len);
    gk_json_auto *finding = gk_review_finding(review);
    assert(json_array_size(json_object_get(finding, "documents")) == 1);
    bool ended = memmem(data, len, "\"end\"", 5) || memmem(data, len, "\\u", 2);
    assert(ended || strcmp(gk_json_text(finding, "verdict"), "clean") != 0);
    return 0;
}
