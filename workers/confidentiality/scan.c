/*  gk_scan - what in a text must not leave unseen: marks, personal data, hints. */
#include "workers/confidentiality/scan.h"
#include "base/mem.h"
#include "base/text.h"
#include "workers/confidentiality/match.h"

#include <stdio.h>
#include <string.h>

size_t gk_match_width(const gk_match *self, size_t at)
{
    size_t end = at;
    gk_utf8_next(self->in->text, self->in->len, &end);
    return end - at;
}

bool gk_match_is(const gk_match *self, size_t at, const char *word)
{
    for (const char *text = self->in->text + at; *word; word++, text++)
        if (*text != *word)         /* most differ in the first bytes; the NUL differs too */
            return false;
    return true;
}

bool gk_match_behind(const gk_match *self, size_t at, const char *word)
{
    size_t len = strlen(word);
    return len <= at && memcmp(self->in->text + at - len, word, len) == 0;
}

bool gk_match_near(const gk_match *self, size_t at, size_t end, const char *const *words)
{
    enum { BEFORE = 72, AFTER = 36 };       /* bytes: 24 and 12 Chinese characters */
    size_t from = at > BEFORE ? at - BEFORE : 0;
    size_t to = self->in->len - end > AFTER ? end + AFTER : self->in->len;
    for (; *words; words++)
        if (memmem(self->in->text + from, to - from, *words, strlen(*words)))
            return true;
    return false;
}

void gk_match_mask(char excerpt[static GK_SCAN_EXCERPT], const char *text, size_t len, size_t head,
                   size_t tail)
{
    size_t count = gk_utf8_count(text, len), index = 0;
    gk_text_auto out = { 0 };
    for (size_t at = 0; at < len; index++) {
        size_t start = at;
        gk_utf8_next(text, len, &at);
        if (index < head || index + tail >= count)
            gk_text_add(&out, text + start, at - start);
        else
            gk_text_add(&out, "*", 1);
    }
    gk_text_add(&out, "", 0);
    size_t most = GK_SCAN_EXCERPT - 1;
    snprintf(excerpt, GK_SCAN_EXCERPT, "%.*s", (int) (out.len > most ? gk_utf8_cut(out.data, most) : out.len),
             out.data);
}

void gk_match_report(gk_match *self, size_t at, size_t end, gk_hit *hit)
{
    hit->offset = self->in->origin[at];
    hit->length = self->in->origin[end - 1] + 1 - hit->offset;
    if (!hit->level)
        hit->level = "";
    self->count++;
    self->hit(self->context, hit);
}

size_t gk_scan(const char *text, size_t len, gk_scan_where where, const gk_known *known, gk_scan_hit *hit,
               void *context)
{
    static const gk_known nothing = { 0 };
    gk_auto(gk_folded) in = gk_fold(text, len);
    gk_match self = {
        .in = in, .where = where, .known = known ? known : &nothing, .hit = hit, .context = context,
    };
    gk_match_word_begins(&self);
    for (size_t at = 0; at < in->len; at += gk_match_width(&self, at)) {
        gk_match_mark(&self, at);
        gk_match_word(&self, at);
        gk_match_number(&self, at);
        gk_match_token(&self, at);
    }
    return self.count;
}
