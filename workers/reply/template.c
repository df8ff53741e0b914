/*  template - the wording of a letter as data.
 *
 *  Adding a template cuts its lines into pieces, literal text and values, so that
 *  every mistake of syntax shows when the program starts and filling only walks.
 */
#include "workers/reply/template.h"
#include "base/mem.h"
#include "base/text.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_TEMPLATE = 64 << 10,    /* bytes of one file */
    MAX_TEMPLATES = 128,
    MAX_TESTS = 8,              /* conditions of one line */
    MAX_DEPTH = 4,              /* includes within includes */
    MAX_STEPS = 20000,          /* lines walked for one letter: includes of includes multiply */
    MAX_BLOCKS = 4000,
    MAX_BYTES = 1 << 20,        /* of one filled letter: several hundred pages */
    MAX_PATH = 64,              /* bytes of a path or a name */
    CITED = 300,                /* characters of a quotation */
};

typedef enum shape { PLAIN, DATE, CITE, CAPITAL, SENTENCE } shape;

/*  Literal text, or a value: `path` "." is the repeated item, "#" its number. */
typedef struct piece {
    char *literal, *path;
    shape shape;
} piece;

typedef struct test {
    char *path;
    bool wanted;            /* {{?path}}, not {{!path}} */
} test;

typedef struct line {
    int number;             /* in its file, from 1 */
    test tests[MAX_TESTS];
    size_t test_count;
    char *repeat;           /* {{*path}}, or NULL */
    char *include;          /* @include, then no pieces; or NULL */
    gk_block_kind kind;
    piece *pieces;
    size_t piece_count;
} line;

typedef struct template {
    char *name;
    line *lines;
    size_t count;
} template;

struct gk_templates {
    template *list;
    size_t count;
};

static void template_clear(template *self)
{
    for (size_t i = 0; i < self->count; i++) {
        line *at = &self->lines[i];
        for (size_t k = 0; k < at->test_count; k++)
            free(at->tests[k].path);
        for (size_t k = 0; k < at->piece_count; k++) {
            free(at->pieces[k].literal);
            free(at->pieces[k].path);
        }
        free(at->pieces);
        free(at->repeat);
        free(at->include);
    }
    free(self->lines);
    free(self->name);
    *self = (template) { 0 };
}

gk_templates *gk_templates_new(void)
{
    return gk_new(gk_templates);
}

void gk_templates_destroy(gk_templates **self_p)
{
    if (!*self_p)
        return;
    for (size_t i = 0; i < (*self_p)->count; i++)
        template_clear(&(*self_p)->list[i]);
    free((*self_p)->list);
    free(*self_p);
    *self_p = NULL;
}

void gk_blocks_clear(gk_blocks *self)
{
    for (size_t i = 0; i < self->count; i++)
        free(self->list[i].text);
    free(self->list);
    *self = (gk_blocks) { 0 };
}

static const template *find(const gk_templates *self, const char *name)
{
    for (size_t i = 0; i < self->count; i++)
        if (strcmp(self->list[i].name, name) == 0)
            return &self->list[i];
    return NULL;
}

bool gk_templates_has(const gk_templates *self, const char *name)
{
    return find(self, name) != NULL;
}

/*  ---- reading a template ------------------------------------------------ */

/*  What is left of a line while it is being read. */
typedef struct cursor {
    const char *text;
    size_t len;
} cursor;

static bool take(cursor *at, const char *word)
{
    size_t len = strlen(word);
    if (at->len < len || memcmp(at->text, word, len) != 0)
        return false;
    at->text += len, at->len -= len;
    return true;
}

static void take_blanks(cursor *at)
{
    while (at->len && (*at->text == ' ' || *at->text == '\t'))
        at->text++, at->len--;
}

/*  True for 1 to MAX_PATH of [A-Za-z0-9_], and dots between when they are allowed. */
static bool is_name(const char *text, size_t len, bool dots)
{
    if (len == 0 || len > MAX_PATH || text[0] == '.' || text[len - 1] == '.')
        return false;
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        if (!word && !(dots && c == '.' && text[i - 1] != '.'))
            return false;
    }
    return true;
}

/*  Take up to and with "}}"; NULL when the line has none. */
static const char *take_inside(cursor *at, size_t *len)
{
    const char *end = memmem(at->text, at->len, "}}", 2);
    if (!end)
        return NULL;
    const char *inside = at->text;
    *len = (size_t) (end - inside);
    at->len -= *len + 2, at->text = end + 2;
    return inside;
}

/*  Take the tests and the repeat at the start of a line; false when one is malformed. */
static bool take_conditions(cursor *at, line *out)
{
    for (;;) {
        char mark = at->len > 2 ? at->text[2] : 0;
        if (at->len < 3 || memcmp(at->text, "{{", 2) != 0 || !strchr("?!*", mark))
            return true;
        size_t len;
        at->text += 3, at->len -= 3;
        const char *path = take_inside(at, &len);
        if (!path || !is_name(path, len, true))
            return false;
        if (mark == '*') {
            if (out->repeat)
                return false;
            out->repeat = gk_strndup(path, len);
        } else {
            if (out->test_count == MAX_TESTS)
                return false;
            out->tests[out->test_count++] = (test) { gk_strndup(path, len), mark == '?' };
        }
    }
}

/*  Take the "@kind " of a line, if it has one; false when there is no such kind. */
static bool take_kind(cursor *at, line *out)
{
    static const struct { const char *word; gk_block_kind kind; } kinds[] = {
        { "@title ", GK_BLOCK_TITLE }, { "@to ", GK_BLOCK_TO },     { "@head ", GK_BLOCK_HEAD },
        { "@sub ", GK_BLOCK_SUB },     { "@item ", GK_BLOCK_ITEM }, { "@annex ", GK_BLOCK_ANNEX },
        { "@sign ", GK_BLOCK_SIGN },   { "@date ", GK_BLOCK_DATE }, { "@label ", GK_BLOCK_LABEL },
        { "@cell ", GK_BLOCK_CELL },
    };
    if (at->len == 0 || *at->text != '@')
        return true;
    if (take(at, "@include ")) {
        take_blanks(at);
        if (!is_name(at->text, at->len, false))
            return false;
        out->include = gk_strndup(at->text, at->len);
        at->len = 0;
        return true;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (take(at, kinds[i].word)) {
            out->kind = kinds[i].kind;
            take_blanks(at);
            return at->len > 0;
        }
    return false;
}

static piece *add_piece(line *out)
{
    out->pieces = gk_regrow(out->pieces, out->piece_count + 1, sizeof *out->pieces);
    out->pieces[out->piece_count] = (piece) { 0 };
    return &out->pieces[out->piece_count++];
}

/*  Read what stands between {{ and }}. */
static bool read_value(const char *text, size_t len, bool repeats, piece *out)
{
    static const struct { const char *name; shape shape; } shapes[] = {
        { ":date", DATE }, { ":cite", CITE }, { ":capital", CAPITAL }, { ":sentence", SENTENCE },
    };
    const char *colon = memchr(text, ':', len);
    size_t path_len = colon ? (size_t) (colon - text) : len;
    if (colon) {
        size_t rest = len - path_len;
        for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
            if (rest == strlen(shapes[i].name) && memcmp(colon, shapes[i].name, rest) == 0)
                out->shape = shapes[i].shape;
        if (out->shape == PLAIN)
            return false;
    }
    bool item = path_len == 1 && (*text == '.' || *text == '#');
    if (item ? !repeats : !is_name(text, path_len, true))
        return false;
    out->path = gk_strndup(text, path_len);
    return true;
}

static bool read_pieces(cursor *at, line *out)
{
    while (at->len) {
        const char *open = memmem(at->text, at->len, "{{", 2);
        size_t len = open ? (size_t) (open - at->text) : at->len;
        if (memmem(at->text, len, "}}", 2))
            return false;
        if (len)
            add_piece(out)->literal = gk_strndup(at->text, len);
        at->text += len, at->len -= len;
        if (!open)
            return true;
        at->text += 2, at->len -= 2;
        const char *inside = take_inside(at, &len);
        if (!inside || !read_value(inside, len, out->repeat != NULL, add_piece(out)))
            return false;
    }
    return true;
}

/*  Read one line that is neither blank nor a comment. */
static bool read_line(cursor at, line *out)
{
    return take_conditions(&at, out) && take_kind(&at, out) && read_pieces(&at, out)
           && (out->piece_count || out->include);
}

static cursor trim(cursor at)
{
    take_blanks(&at);
    while (at.len && strchr(" \t\r", at.text[at.len - 1]))
        at.len--;
    return at;
}

/*  The next line of a value, trimmed; *at moves behind it. */
static cursor take_line(const char **at)
{
    size_t len = strcspn(*at, "\n");
    cursor taken = trim((cursor) { *at, len });
    *at += len + ((*at)[len] == '\n');
    return taken;
}

static gk_err read_template(template *self, const char *text, size_t len, gk_why *why)
{
    for (int number = 1; len; number++) {
        const char *end = memchr(text, '\n', len);
        cursor at = trim((cursor) { text, end ? (size_t) (end - text) : len });
        size_t used = end ? (size_t) (end - text) + 1 : len;
        text += used, len -= used;
        if (at.len == 0 || *at.text == '#')
            continue;
        self->lines = gk_regrow(self->lines, self->count + 1, sizeof *self->lines);
        line *row = &self->lines[self->count++];
        *row = (line) { .number = number };
        if (!read_line(at, row))
            return gk_refuse(why, GK_EBADVALUE, "template %s, line %d is not in the language of template.h",
                             self->name, number);
    }
    return GK_OK;
}

gk_err gk_templates_add(gk_templates *self, const char *name, const char *text, size_t len, gk_why *why)
{
    if (!is_name(name, strlen(name), false) || find(self, name))
        return gk_refuse(why, GK_EBADVALUE, "a template needs a name of its own, of letters, digits and _");
    if (len > MAX_TEMPLATE || self->count == MAX_TEMPLATES)
        return gk_refuse(why, GK_ETOOLARGE, "template %s: %d templates of %d bytes are allowed", name,
                         (int) MAX_TEMPLATES, (int) MAX_TEMPLATE);
    if (!gk_utf8_ok(text, len))
        return gk_refuse(why, GK_EBADVALUE, "template %s is not UTF-8", name);

    template draft = { .name = gk_strdup(name) };
    gk_err err = read_template(&draft, text, len, why);
    if (err) {
        template_clear(&draft);
        return err;
    }
    self->list = gk_regrow(self->list, self->count + 1, sizeof *self->list);
    self->list[self->count++] = draft;
    return GK_OK;
}

static gk_err load_file(gk_templates *self, const char *folder, const char *file, gk_why *why)
{
    gk_free_auto char *path = gk_format("%s/%s", folder, file);
    gk_free_auto char *name = gk_strndup(file, strlen(file) - strlen(".txt"));
    size_t len;
    gk_free_auto char *text = gk_file_read(path, MAX_TEMPLATE, &len);
    if (!text)
        return gk_file_refuse(path, MAX_TEMPLATE, why);
    return gk_templates_add(self, name, text, len, why);
}

gk_err gk_templates_load(gk_templates *self, const char *folder, gk_why *why)
{
    DIR *dir = opendir(folder);
    gk_err err = GK_OK;
    for (struct dirent *entry; dir && !err && (entry = readdir(dir));) {
        size_t len = strlen(entry->d_name);
        if (len > 4 && entry->d_name[0] != '.' && strcmp(entry->d_name + len - 4, ".txt") == 0)
            err = load_file(self, folder, entry->d_name, why);
    }
    if (dir)
        closedir(dir);
    if (!err && self->count == 0)
        err = gk_refuse(why, GK_ENOTFOUND, "there are no templates in %s", folder);
    return err;
}

/*  ---- values ------------------------------------------------------------ */

/*  A value counts as absent when it is null, false, or empty text, array or object. */
static bool is_there(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_NULL:
    case JSON_FALSE:
        return false;
    case JSON_STRING:
        return json_string_length(value) > 0;
    case JSON_ARRAY:
        return json_array_size(value) > 0;
    case JSON_OBJECT:
        return json_object_size(value) > 0;
    default:
        return true;
    }
}

/*  The value behind a dotted path, NULL when it is absent.  Paths were checked on reading. */
static const json_t *look_up(const json_t *values, const char *path)
{
    const json_t *at = values;
    while (at && *path) {
        char key[MAX_PATH + 1];
        size_t len = strcspn(path, ".");
        memcpy(key, path, len);
        key[len] = 0;
        at = json_object_get(at, key);
        path += len + (path[len] == '.');
    }
    return at && is_there(at) ? at : NULL;
}

/*  Characters without a shape of their own: controls, and the marks that reorder or hide
 *  text, with which a request could make the office's words read otherwise. */
static bool is_unseen(uint32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0xad || code == 0x61c || code == 0xfeff
           || (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e)
           || (code >= 0x2060 && code <= 0x206f) || (code >= 0xfff9 && code <= 0xfffb)
           || (code >= 0xe0000 && code <= 0xe0fff);
}

/*  Add a value's characters.  A line end is kept as '\n' (it will part paragraphs) unless `flat`. */
static void add_seen(gk_text *out, const char *text, size_t len, bool flat)
{
    for (size_t at = 0; at < len;) {
        uint32_t code = gk_utf8_next(text, len, &at);
        if (code == '\n' && !flat)
            gk_text_add_char(out, code);
        else if (code == '\n' || code == '\t')
            gk_text_add_char(out, ' ');
        else if (!is_unseen(code))
            gk_text_add_char(out, code);
    }
}

static void add_cited(gk_text *out, const char *text, size_t len)
{
    gk_text_auto flat = { 0 };
    add_seen(&flat, text, len, true);
    size_t at = 0;
    for (int count = 0; at < flat.len && count < CITED; count++)
        gk_utf8_next(flat.data, flat.len, &at);
    if (flat.len)
        gk_text_add(out, flat.data, at);
    if (at < flat.len)
        gk_text_puts(out, "……");
}

/*  A text that people typed, with the full stop that they left out. */
static void add_sentence(gk_text *out, const char *text, size_t len)
{
    static const char *const ends[] = { "。", "！", "？", "；", "…", ".", "!", "?", ";" };
    size_t before = out->len;
    add_seen(out, text, len, false);
    while (out->len > before && strchr(" \n", out->data[out->len - 1]))
        out->data[--out->len] = 0;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t wide = strlen(ends[i]);
        if (out->len - before >= wide && memcmp(out->data + out->len - wide, ends[i], wide) == 0)
            return;
    }
    if (out->len > before)
        gk_text_puts(out, "。");
}

static bool add_date(gk_text *out, const char *text, size_t len)
{
    gk_date date;
    int year, month, day;
    if (gk_date_parse(text, len, &date))
        return false;
    gk_date_split(date, &year, &month, &day);
    gk_text_printf(out, "%d年%d月%d日", year, month, day);
    return true;
}

/*  Four digits in words: 1020 is 壹仟零贰拾. */
static void add_four(gk_text *out, int n, bool *zero)
{
    static const char *const digits[] = { "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖" };
    static const char *const units[] = { "仟", "佰", "拾", "" };
    for (int unit = 0, scale = 1000; unit < 4; unit++, scale /= 10) {
        int digit = n / scale % 10;
        if (digit && *zero && out->len)
            gk_text_puts(out, digits[0]);
        if (digit)
            gk_text_printf(out, "%s%s", digits[digit], units[unit]);
        *zero = digit == 0;
    }
}

/*  Whole yuan in words, 0 to 10^12 - 1, as a receipt has it. */
static bool add_capital(gk_text *out, int64_t yuan)
{
    if (yuan < 0 || yuan >= 1000000000000)
        return false;
    gk_text_auto words = { 0 };
    bool zero = false;
    static const struct { int64_t scale; const char *unit; } groups[] = {
        { 100000000, "亿" }, { 10000, "万" }, { 1, "" },
    };
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        int group = (int) (yuan / groups[i].scale % 10000);
        add_four(&words, group, &zero);
        if (group)
            gk_text_puts(&words, groups[i].unit);
    }
    gk_text_printf(out, "%s元整", words.len ? words.data : "零");
    return true;
}

static bool add_value(gk_text *out, const json_t *value, shape as)
{
    if (json_is_integer(value)) {
        int64_t n = json_integer_value(value);
        if (as == CAPITAL)
            return add_capital(out, n);
        gk_text_printf(out, "%lld", (long long) n);
        return as == PLAIN;
    }
    if (!json_is_string(value) || as == CAPITAL)
        return false;
    const char *text = json_string_value(value);
    size_t len = json_string_length(value);
    if (as == DATE)
        return add_date(out, text, len);
    if (as == CITE)
        add_cited(out, text, len);
    else if (as == SENTENCE)
        add_sentence(out, text, len);
    else
        add_seen(out, text, len, false);
    return true;
}

/*  ---- filling ----------------------------------------------------------- */

/*  One filling under way. */
typedef struct filling {
    const gk_templates *set;
    const json_t *values;
    gk_blocks *out;
    gk_why *why;
    int steps;
} filling;

static gk_err add_block(filling *self, gk_block_kind kind, const char *text, size_t len)
{
    gk_blocks *out = self->out;
    out->bytes += len;
    if (out->count == MAX_BLOCKS || out->bytes > MAX_BYTES)
        return gk_refuse(self->why, GK_ETOOLARGE, "the letter is over %d paragraphs or %d bytes; put the "
                         "long text into an annex", (int) MAX_BLOCKS, (int) MAX_BYTES);
    out->list = gk_regrow(out->list, out->count + 1, sizeof *out->list);
    out->list[out->count++] = (gk_block) { kind, gk_strndup(text, len) };
    return GK_OK;
}

/*  Where a missing value comes from, told by the first name of its path. */
static gk_err missing(filling *self, const template *from, const char *path)
{
    static const struct { const char *prefix, *advice; } sources[] = {
        { "office.", "complete the office's data (gongkai org load)" },
        { "fields.", "give it in the action that asked for the letter" },
        { "", "the job did not bring it" },
    };
    size_t i = 0;
    while (strncmp(path, sources[i].prefix, strlen(sources[i].prefix)) != 0)
        i++;
    return gk_refuse(self->why, GK_EMISSING, "letter %s needs %s, which is not there: %s", from->name, path,
                     sources[i].advice);
}

/*  Fill one line for one item (NULL when the line does not repeat). */
static gk_err fill_once(filling *self, const template *from, const line *row, const json_t *item,
                        size_t ordinal)
{
    gk_text_auto text = { 0 };
    for (size_t i = 0; i < row->piece_count; i++) {
        const piece *at = &row->pieces[i];
        if (at->literal) {
            gk_text_puts(&text, at->literal);
        } else if (*at->path == '#') {
            gk_text_printf(&text, "%zu", ordinal);
        } else {
            const json_t *value = *at->path == '.' ? item : look_up(self->values, at->path);
            size_t before = text.len;
            if (!value)
                return missing(self, from, at->path);
            if (!add_value(&text, value, at->shape))
                return gk_refuse(self->why, GK_EBADVALUE, "letter %s, line %d cannot print %s in that form",
                                 from->name, row->number, *at->path == '.' ? row->repeat : at->path);
            if (text.len == before)     /* nothing but unseen characters */
                return missing(self, from, *at->path == '.' ? row->repeat : at->path);
        }
        if (text.len > MAX_BYTES)
            return gk_refuse(self->why, GK_ETOOLARGE, "letter %s, line %d is too long", from->name,
                             row->number);
    }
    /*  A value of several lines makes several paragraphs. */
    for (const char *at = text.data; at && *at;) {
        cursor part = take_line(&at);
        gk_err err = part.len ? add_block(self, row->kind, part.text, part.len) : GK_OK;
        if (err)
            return err;
    }
    return GK_OK;
}

/*  An array as it is; a text as the array of its lines that are not blank.  New reference. */
static json_t *items_of(const json_t *value)
{
    if (json_is_array(value))
        return json_incref((json_t *) value);
    json_t *items = json_array();
    for (const char *at = json_string_value(value); at && *at;) {
        cursor part = take_line(&at);
        if (part.len)
            json_array_append_new(items, json_stringn(part.text, part.len));
    }
    return items;
}

static gk_err fill_each(filling *self, const template *from, const line *row)
{
    const json_t *value = look_up(self->values, row->repeat);
    if (!value)
        return missing(self, from, row->repeat);
    gk_json_auto *items = items_of(value);
    if (json_array_size(items) == 0)
        return missing(self, from, row->repeat);
    for (size_t i = 0; i < json_array_size(items); i++) {
        gk_err err = fill_once(self, from, row, json_array_get(items, i), i + 1);
        if (err)
            return err;
    }
    return GK_OK;
}

static gk_err fill(filling *self, const char *name, int depth);

/*  All lines of the included template, once for each object of the list. */
static gk_err include_each(filling *self, const template *from, const line *row, int depth)
{
    const json_t *outer = self->values, *items = look_up(outer, row->repeat), *item;
    size_t index;
    if (!json_is_array(items))
        return missing(self, from, row->repeat);
    gk_err err = GK_OK;
    json_array_foreach((json_t *) items, index, item) {
        gk_json_auto *values = json_copy((json_t *) outer);
        if (json_object_update(values, (json_t *) item))
            return gk_refuse(self->why, GK_EBADVALUE, "letter %s, line %d: each of %s must be an object", from->name,
                             row->number, row->repeat);
        self->values = values;
        err = fill(self, row->include, depth + 1);
        self->values = outer;
        if (err)
            break;
    }
    return err;
}

static gk_err fill_line(filling *self, const template *from, const line *row, int depth)
{
    for (size_t i = 0; i < row->test_count; i++)
        if ((look_up(self->values, row->tests[i].path) != NULL) != row->tests[i].wanted)
            return GK_OK;
    if (row->include)
        return row->repeat ? include_each(self, from, row, depth) : fill(self, row->include, depth + 1);
    return row->repeat ? fill_each(self, from, row) : fill_once(self, from, row, NULL, 0);
}

static gk_err fill(filling *self, const char *name, int depth)
{
    const template *from = find(self->set, name);
    if (!from)
        return gk_refuse(self->why, GK_ENOTFOUND, "there is no template %s", name);
    if (depth > MAX_DEPTH)
        return gk_refuse(self->why, GK_EBADVALUE, "template %s is included more than %d deep", name,
                         (int) MAX_DEPTH);
    for (size_t i = 0; i < from->count; i++) {
        if (++self->steps > MAX_STEPS)
            return gk_refuse(self->why, GK_ETOOLARGE, "template %s: its includes are over %d lines", name,
                             (int) MAX_STEPS);
        gk_err err = fill_line(self, from, &from->lines[i], depth);
        if (err)
            return err;
    }
    return GK_OK;
}

gk_err gk_templates_fill(const gk_templates *self, const char *name, const json_t *values, gk_blocks *out,
                         gk_why *why)
{
    gk_blocks_auto draft = { 0 };
    gk_err err = fill(&(filling) { self, values, &draft, why, 0 }, name, 0);
    if (err)
        return err;
    gk_blocks_clear(out);
    *out = draft;
    draft = (gk_blocks) { 0 };
    return GK_OK;
}
