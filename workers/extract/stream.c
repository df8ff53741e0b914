/*  gk_stream - what gongkai-extract says of a document, one JSON object a line. */
#include "workers/extract/stream.h"
#include "base/mem.h"
#include "base/text.h"

#include <string.h>

/*  The word for it in the stream. */
static const char *word_of(gk_extract what)
{
    static const char *const words[GK_EXTRACTS] = {
        [GK_EXTRACT_OK] = "ok",
        [GK_EXTRACT_EMPTY] = "empty",
        [GK_EXTRACT_UNSUPPORTED] = "unsupported",
        [GK_EXTRACT_ENCRYPTED] = "encrypted",
        [GK_EXTRACT_BROKEN] = "broken",
        [GK_EXTRACT_TOO_LARGE] = "too_large",
    };
    return words[what];
}

json_t *gk_stream_clean(const char *text, size_t len)
{
    gk_text_auto clean = { 0 };
    gk_text_add(&clean, "", 0);
    for (size_t at = 0; at < len; ) {
        uint32_t code = gk_utf8_next(text, len, &at);
        bool control = (code < 0x20 && code != '\n' && code != '\t') || code == 0x7f;
        gk_text_add_char(&clean, code == '\f' || code == '\r' ? '\n' : control ? ' ' : code);
    }
    return json_stringn(clean.data, clean.len);
}

static void put(gk_stream *self, const json_t *line)
{
    gk_free_auto char *text = gk_json_print(line);
    fputs(text, self->out);
    fputc('\n', self->out);
}

gk_extract gk_stream_page(gk_stream *self, int page, const char *text, size_t len, int pictures)
{
    if (len > GK_EXTRACT_TEXT - self->text)
        return GK_EXTRACT_TOO_LARGE;
    gk_json_auto *line = json_pack("{s:i, s:o, s:i}", "page", page, "text", gk_stream_clean(text, len),
                                   "pictures", pictures);
    self->text += json_string_length(json_object_get(line, "text"));
    if (self->text > GK_EXTRACT_TEXT)
        return GK_EXTRACT_TOO_LARGE;
    if (page > self->pages)
        self->pages = page;
    put(self, line);
    return GK_EXTRACT_OK;
}

void gk_stream_end(gk_stream *self, json_t *metadata, bool attachments)
{
    gk_json_auto *line = json_pack("{s:b, s:i, s:o, s:b}", "end", 1, "pages", self->pages, "metadata",
                                   metadata ? metadata : json_object(), "attachments", (int) attachments);
    put(self, line);
}

void gk_stream_error(gk_stream *self, gk_extract what)
{
    fprintf(self->out, "{\"error\":\"%s\"}\n", word_of(what));
}
