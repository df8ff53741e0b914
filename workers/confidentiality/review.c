/*  gk_review - what the scan says of a job: findings, and a verdict on each document. */
#include "workers/confidentiality/review.h"
#include "base/mem.h"
#include "base/text.h"
#include "workers/confidentiality/fold.h"

#include <stdlib.h>
#include <string.h>

/*  From harmless to worst. */
typedef enum verdict { CLEAN, FLAGGED, UNREADABLE, CLASS_A } verdict;
static const char *const verdict_words[] = { "clean", "flagged", "unreadable", "class_a" };

struct gk_review {
    const gk_known *known;
    json_t *documents, *findings;
    verdict worst;
};

/*  One document while it is judged. */
typedef struct paper {
    gk_review *review;
    const char *digest, *name;
    const char *reason;             /* why it is unreadable; "" while it is not */
    verdict found;
    int page;                       /* being scanned */
    int pages;
    size_t chars;
    int marks, others, omitted;     /* findings kept, and not */
    bool ended;
} paper;

gk_review *gk_review_new(const gk_known *known)
{
    gk_review *self = gk_new(gk_review);
    self->known = known;
    self->documents = json_array();
    self->findings = json_array();
    return self;
}

void gk_review_destroy(gk_review **self_p)
{
    if (*self_p) {
        json_decref((*self_p)->documents);
        json_decref((*self_p)->findings);
        free(*self_p);
        *self_p = NULL;
    }
}

/*  ---- findings ----------------------------------------------------------- */

/*  A thousand phone numbers must not crowd out the mark behind them. */
static bool is_kept(paper *self, const gk_hit *hit)
{
    bool mark = hit->class == 'A';
    int *count = mark ? &self->marks : &self->others;
    size_t all = json_array_size(self->review->findings);
    if (*count >= (mark ? GK_REVIEW_MARKS : GK_REVIEW_OTHERS) || (!mark && all >= GK_REVIEW_ALL)) {
        self->omitted++;
        return false;
    }
    ++*count;
    return true;
}

static void add_finding(void *context, const gk_hit *hit)
{
    paper *self = context;
    verdict now = hit->class == 'A' ? CLASS_A : FLAGGED;
    if (now > self->found)
        self->found = now;
    if (!is_kept(self, hit))
        return;
    json_t *finding = json_pack("{s:s, s:s#, s:s, s:s}", "kind", hit->kind, "class", &hit->class, 1,
                                "document", self->digest, "name", self->name);
    json_object_set_new(finding, "page", json_integer(self->page));
    json_object_set_new(finding, "offset", json_integer((json_int_t) hit->offset));
    json_object_set_new(finding, "length", json_integer((json_int_t) hit->length));
    json_object_set_new(finding, "excerpt", json_string(hit->excerpt));
    if (hit->class == 'A') {
        json_object_set_new(finding, "level", json_string(hit->level));
        json_object_set_new(finding, "term", json_string(hit->term));
    }
    json_array_append_new(self->review->findings, finding);
}

static void scan(paper *self, int page, const char *text, size_t len, gk_scan_where where)
{
    self->page = page;
    gk_scan(text, len, where, self->review->known, add_finding, self);
}

/*  ---- what was read ------------------------------------------------------ */

static void unread(paper *self, const char *reason)
{
    if (!self->reason[0])
        self->reason = reason;
}

/*  Characters that official papers are written with.  A font without a map gives others, and such
 *  text looks clean because it says nothing. */
static bool is_usual(uint32_t code)
{
    static const struct { uint32_t first, last; } usual[] = {
        { 0x0000, 0x024f }, { 0x0370, 0x052f }, { 0x2000, 0x2bff }, { 0x2e80, 0x30ff }, { 0x3100, 0x33ff },
        { 0x3400, 0x9fff }, { 0xf900, 0xfaff }, { 0xfe10, 0xfe6f }, { 0xff00, 0xffef }, { 0x1d400, 0x1d7ff },
        { 0x1f000, 0x1faff }, { 0x20000, 0x323af },
    };
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (code >= usual[i].first && code <= usual[i].last)
            return true;
    return false;
}

/*  Count what can be read of a page, and complain when it is nothing, or strange. */
static void weigh(paper *self, const char *text, size_t len)
{
    enum { STRANGE_ONE_IN = 20 };
    size_t seen = 0, strange = 0;
    for (size_t at = 0; at < len; ) {
        uint32_t code = gk_utf8_next(text, len, &at);
        self->chars++;
        seen += gk_fold_char(code) != 0;
        strange += !is_usual(code);
    }
    if (seen == 0)
        unread(self, "no_text");
    if (strange * STRANGE_ONE_IN > seen)
        unread(self, "garbled");
}

/*  ---- the extractor's lines ---------------------------------------------- */

static void read_page(paper *self, const json_t *line)
{
    const json_t *value = json_object_get(line, "text");
    json_int_t page = json_integer_value(json_object_get(line, "page"));
    const char *text = json_string_value(value);
    size_t len = json_string_length(value);
    if (!text || page < 0 || page > self->pages + 1 || len > GK_FOLD_MOST) {
        unread(self, "broken");
        return;
    }
    if (page > self->pages)
        self->pages = (int) page;
    if (page > 0)
        weigh(self, text, len);
    if (json_integer_value(json_object_get(line, "pictures")) > 0)
        unread(self, "picture");
    scan(self, (int) page, text, len, page == 1 ? GK_SCAN_FIRST_PAGE : GK_SCAN_PAGE);
}

static void read_end(paper *self, const json_t *line)
{
    self->ended = true;
    if (self->pages == 0)
        unread(self, "no_text");
    if (json_is_true(json_object_get(line, "attachments")))
        unread(self, "attachment");
    const char *key;
    json_t *value;
    json_object_foreach(json_object_get(line, "metadata"), key, value) {
        (void) key;
        if (json_is_string(value) && json_string_length(value) <= GK_FOLD_MOST)
            scan(self, 0, json_string_value(value), json_string_length(value), GK_SCAN_LABEL);
    }
}

/*  Words of the extractor that go into the answer; any other is "broken". */
static const char *known_reason(const char *word)
{
    static const char *const words[] = { "empty", "unsupported", "encrypted", "too_large" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], word) == 0)
            return words[i];
    return "broken";
}

static void read_line(paper *self, const char *text, size_t len)
{
    gk_json_auto *line = NULL;
    if (gk_json_parse(text, len, &line, NULL)) {
        unread(self, "broken");
        return;
    }
    if (json_object_get(line, "page"))
        read_page(self, line);
    else if (json_object_get(line, "end"))
        read_end(self, line);
    else
        unread(self, known_reason(gk_json_text(line, "error")));
}

/*  ---- a document --------------------------------------------------------- */

static void begin(paper *self, gk_review *review, const char *digest, const char *name)
{
    *self = (paper) { .review = review, .digest = digest, .name = name, .reason = "" };
    scan(self, 0, name, strlen(name), GK_SCAN_LABEL);
}

static void conclude(paper *self)
{
    verdict last = self->found;
    if (last < UNREADABLE && self->reason[0])
        last = UNREADABLE;
    if (last > self->review->worst)
        self->review->worst = last;
    json_t *document = json_pack("{s:s, s:s, s:i, s:I}", "digest", self->digest, "verdict", verdict_words[last],
                                 "pages", self->pages, "chars", (json_int_t) self->chars);
    if (self->reason[0])
        json_object_set_new(document, "reason", json_string(self->reason));
    if (self->omitted)
        json_object_set_new(document, "omitted", json_integer(self->omitted));
    json_array_append_new(self->review->documents, document);
}

void gk_review_document(gk_review *self, const char *digest, const char *name, const char *stream, size_t len)
{
    paper it;
    begin(&it, self, digest, name);
    for (const char *end = stream + len; stream < end && !it.ended; ) {
        const char *newline = memchr(stream, '\n', (size_t) (end - stream));
        read_line(&it, stream, (size_t) ((newline ? newline : end) - stream));
        stream = newline ? newline + 1 : end;
    }
    if (!it.ended)
        unread(&it, "broken");
    conclude(&it);
}

void gk_review_unread(gk_review *self, const char *digest, const char *name, const char *reason)
{
    paper it;
    begin(&it, self, digest, name);
    unread(&it, reason);
    conclude(&it);
}

void gk_review_draft(gk_review *self, const char *text)
{
    paper draft = { .review = self, .digest = "draft", .name = "", .reason = "" };
    scan(&draft, 1, text, strlen(text), GK_SCAN_FIRST_PAGE);
    if (draft.found > self->worst)
        self->worst = draft.found;
}

json_t *gk_review_finding(const gk_review *self)
{
    return json_pack("{s:s, s:O, s:O}", "verdict", verdict_words[self->worst], "documents", self->documents,
                     "findings", self->findings);
}
