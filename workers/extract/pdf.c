/*  gk_pdf - the text of a PDF by page, with what else it carries (poppler below; GPL). */
#include "workers/extract/pdf.h"
#include "base/mem.h"
#include "base/text.h"

#include <poppler.h>
#include <string.h>

enum { MAGIC_WITHIN = 1024, NOTES_MOST = 1 << 20, METADATA_MOST = 64 << 10 };

/*  A picture smaller than this, in points, cannot hold two legible characters. */
enum { PICTURE_WIDTH = 16, PICTURE_HEIGHT = 8 };

bool gk_pdf_is(const char *bytes, size_t len)
{
    return memmem(bytes, len < MAGIC_WITHIN ? len : MAGIC_WITHIN, "%PDF-", 5);
}

static int count_pictures(PopplerPage *page)
{
    GList *images = poppler_page_get_image_mapping(page);
    int count = 0;
    for (GList *at = images; at; at = at->next) {
        const PopplerImageMapping *image = at->data;
        double width = image->area.x2 - image->area.x1, height = image->area.y2 - image->area.y1;
        /*  Turned pages give negative sizes; what is not known to be small counts. */
        bool small = width > -PICTURE_HEIGHT && width < PICTURE_WIDTH && height > -PICTURE_HEIGHT
                     && height < PICTURE_HEIGHT;
        count += !small;
    }
    poppler_page_free_image_mapping(images);
    return count;
}

static void add_note(gk_text *notes, char *text)
{
    if (text && notes->len + strlen(text) < NOTES_MOST) {
        gk_text_puts(notes, text);
        gk_text_puts(notes, "\n");
    }
    g_free(text);
}

/*  Annotations and fields are seen by readers but are no part of a page's text. */
static void collect_notes(PopplerPage *page, gk_text *notes)
{
    GList *annotations = poppler_page_get_annot_mapping(page);
    for (GList *at = annotations; at; at = at->next)
        add_note(notes, poppler_annot_get_contents(((PopplerAnnotMapping *) at->data)->annot));
    poppler_page_free_annot_mapping(annotations);
    GList *fields = poppler_page_get_form_field_mapping(page);
    for (GList *at = fields; at; at = at->next) {
        PopplerFormField *field = ((PopplerFormFieldMapping *) at->data)->field;
        if (poppler_form_field_get_field_type(field) == POPPLER_FORM_FIELD_TEXT)
            add_note(notes, poppler_form_field_text_get_text(field));
    }
    poppler_page_free_form_field_mapping(fields);
}

/*  A page that cannot be had is an empty one: who reads the stream sees that nothing was read. */
static gk_extract read_page(PopplerDocument *document, int index, gk_stream *out, gk_text *notes)
{
    PopplerPage *page = poppler_document_get_page(document, index);
    if (!page)
        return gk_stream_page(out, index + 1, "", 0, 0);
    char *text = poppler_page_get_text(page);
    gk_extract result = gk_stream_page(out, index + 1, text ? text : "", text ? strlen(text) : 0,
                                       count_pictures(page));
    g_free(text);
    collect_notes(page, notes);
    g_object_unref(page);
    return result;
}

static json_t *read_metadata(PopplerDocument *document)
{
    static const struct { const char *name; char *(*get)(PopplerDocument *document); } fields[] = {
        { "title", poppler_document_get_title },       { "author", poppler_document_get_author },
        { "subject", poppler_document_get_subject },   { "keywords", poppler_document_get_keywords },
        { "creator", poppler_document_get_creator },   { "producer", poppler_document_get_producer },
        { "xmp", poppler_document_get_metadata },
    };
    json_t *metadata = json_object();
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        char *text = fields[i].get(document);
        size_t len = text ? strlen(text) : 0;
        if (len > METADATA_MOST)
            len = METADATA_MOST;
        if (len)
            json_object_set_new(metadata, fields[i].name, gk_stream_clean(text, len));
        g_free(text);
    }
    return metadata;
}

static PopplerDocument *open_document(const char *bytes, size_t len, gk_extract *why)
{
    GBytes *shared = g_bytes_new_static(bytes, len);
    GError *error = NULL;
    PopplerDocument *document = poppler_document_new_from_bytes(shared, NULL, &error);
    g_bytes_unref(shared);
    if (!document)
        *why = g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED) ? GK_EXTRACT_ENCRYPTED
                                                                              : GK_EXTRACT_BROKEN;
    g_clear_error(&error);
    return document;
}

gk_extract gk_pdf_read(const char *bytes, size_t len, gk_stream *out, json_t **metadata, bool *attachments)
{
    gk_extract result = GK_EXTRACT_BROKEN;
    PopplerDocument *document = open_document(bytes, len, &result);
    if (!document)
        return result;
    gk_text_auto notes = { 0 };
    int pages = poppler_document_get_n_pages(document);
    if (pages > 0)      /* the number is the file's claim: it may be absurd */
        result = pages > GK_EXTRACT_PAGES ? GK_EXTRACT_TOO_LARGE : GK_EXTRACT_OK;
    for (int i = 0; i < pages && result == GK_EXTRACT_OK; i++)
        result = read_page(document, i, out, &notes);
    if (result == GK_EXTRACT_OK && notes.len)
        result = gk_stream_page(out, 0, notes.data, notes.len, 0);
    if (result == GK_EXTRACT_OK) {
        *metadata = read_metadata(document);
        *attachments = poppler_document_has_attachments(document);
    }
    g_object_unref(document);
    return result;
}
