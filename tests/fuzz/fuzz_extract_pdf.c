/* links: gongkai_extract_parts */
/*  fuzz_extract_pdf - our use of poppler on any bytes; what poppler itself does wrong the sandbox holds. */
#include "workers/extract/pdf.h"
#include "fuzz/fuzz.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    char *text = NULL;
    size_t size = 0;
    json_t *metadata = NULL;
    bool attachments = false;
    gk_stream out = { .out = open_memstream(&text, &size) };
    gk_extract what = gk_pdf_read((const char *) data, len, &out, &metadata, &attachments);
    if (what == GK_EXTRACT_OK)
        gk_stream_end(&out, metadata, attachments);
    fclose(out.out);
    assert(what != GK_EXTRACT_OK || size > 0);
    free(text);
    return 0;
}
