/*  gk_messages - what a mail says.
 *
 *  One small template filler with one table of placeholders; each placeholder is a function
 *  that appends, or answers false when it has nothing to say.
 */
#include "workers/reminder/message.h"
#include "base/mem.h"
#include "base/text.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_FILE = 256 * 1024,          /* of a locale */
    MAX_LISTED = 100,               /* cases listed in a digest */
    MAX_WORD = 200,                 /* bytes of a state, unit or office name */
    MAX_LINK = 500,
    MAX_NAME = 40,                  /* of a placeholder */
};

struct gk_messages {
    json_t *zh, *en;
};

/*  What a text is filled from. */
typedef struct scene {
    const json_t *texts;            /* one language */
    const json_t *job, *facts;
    const json_t *item;             /* the case that {number}, {term} ... speak of, or NULL */
} scene;

/*  ---- filling ------------------------------------------------------------ */

/*  Append the value of the placeholder `name` of `len` bytes; false: nothing to say. */
typedef bool lookup(const void *context, const char *name, size_t len, gk_text *out);

/*  Append `text` with its placeholders filled; false when one had nothing to say. */
static bool fill(const char *text, lookup *look, const void *context, gk_text *out)
{
    bool whole = true;
    for (const char *open; (open = strchr(text, '{')); ) {
        const char *close = strchr(open, '}');
        if (!close)
            break;
        gk_text_add(out, text, (size_t) (open - text));
        whole &= look(context, open + 1, (size_t) (close - open - 1), out);
        text = close + 1;
    }
    gk_text_puts(out, text);
    return whole;
}

static bool is_name(const char *name, size_t len, const char *other)
{
    return strlen(other) == len && memcmp(name, other, len) == 0;
}

/*  Names come from our tables, yet a broken ledger must not break a mail. */
static bool put_word(gk_text *out, const char *word)
{
    size_t len = strlen(word);
    if (len == 0 || len > MAX_WORD)
        return false;
    for (const char *p = word; *p; p++)
        if ((unsigned char) *p < ' ' || *p == 0x7f)
            return false;
    gk_text_add(out, word, len);
    return true;
}

/*  ---- dates and days ----------------------------------------------------- */

typedef struct day_scene {
    const json_t *texts;
    gk_date date;
} day_scene;

static bool look_date(const void *context, const char *name, size_t len, gk_text *out)
{
    const day_scene *self = context;
    int year, month, day;
    gk_date_split(self->date, &year, &month, &day);
    const json_t *weekdays = json_object_get(self->texts, "weekdays");
    char iso[GK_DATE_TEXT];
    if (is_name(name, len, "iso"))
        gk_text_puts(out, gk_date_format(self->date, iso));
    else if (is_name(name, len, "year"))
        gk_text_printf(out, "%d", year);
    else if (is_name(name, len, "month"))
        gk_text_printf(out, "%d", month);
    else if (is_name(name, len, "day"))
        gk_text_printf(out, "%d", day);
    else if (is_name(name, len, "weekday"))
        gk_text_puts(out, json_string_value(json_array_get(weekdays, (size_t) gk_date_weekday(self->date))));
    else
        return false;
    return true;
}

static bool put_date(const json_t *texts, gk_date date, gk_text *out)
{
    day_scene context = { texts, date };
    return !gk_date_is_none(date) && fill(gk_json_text(texts, "date"), look_date, &context, out);
}

static bool look_number(const void *context, const char *name, size_t len, gk_text *out)
{
    (void) name, (void) len;        /* these texts have one placeholder */
    gk_text_printf(out, "%d", *(const int *) context);
    return true;
}

static bool put_days(const json_t *texts, json_int_t left, gk_text *out)
{
    static const struct { int first, last; const char *key; } spans[] = {
        { -INT_MAX, -2, "over" }, { -1, -1, "over_one" }, { 0, 0, "today" },
        { 1, 1, "one" }, { 2, INT_MAX, "many" },
    };
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++)
        if (left >= spans[i].first && left <= spans[i].last) {
            int days = abs((int) left);
            return fill(gk_json_text(json_object_get(texts, "left"), spans[i].key), look_number, &days, out);
        }
    return false;
}

/*  Which dates a line may be about: the reply's, or another that is owed. */
static const char *const limits[] = { "reply", "standard", "proceeding", "archive", "publication" };

/*  ---- placeholders ------------------------------------------------------- */

/*  A case that has no number yet goes by the ledger's own id, "@7". */
static bool put_number(const scene *self, gk_text *out)
{
    return put_word(out, gk_json_text(self->item, "number"))
           || put_word(out, gk_json_text(self->job, "number"))
           || put_word(out, gk_json_text(self->job, "case"));
}

static bool put_state(const scene *self, gk_text *out)
{
    return put_word(out, gk_json_text(self->item, "state_zh"));
}

static bool put_unit(const scene *self, gk_text *out)
{
    return put_word(out, gk_json_text(self->item, "unit"));
}

/*  What the case's date is, in words: the statutory time limit unless the broker says otherwise. */
static bool put_limit(const scene *self, gk_text *out)
{
    const char *key = gk_json_text(self->item, "limit");
    return put_word(out, gk_json_text(json_object_get(self->texts, "limits"), *key ? key : limits[0]));
}

static bool put_due(const scene *self, gk_text *out)
{
    return put_date(self->texts, gk_json_date(self->item, "due_on"), out);
}

static bool put_left(const scene *self, gk_text *out)
{
    const json_t *left = json_object_get(self->item, "left");
    return json_is_integer(left) && !gk_date_is_none(gk_json_date(self->item, "due_on"))
           && put_days(self->texts, json_integer_value(left), out);
}

/*  A case without a due date stands still, unless nobody told us of a case at all. */
static bool put_term(const scene *self, gk_text *out)
{
    if (!self->item)
        return false;
    if (!put_due(self, out))
        return put_word(out, gk_json_text(self->texts, "paused"));
    gk_text_auto left = { 0 };
    if (put_left(self, &left))
        gk_text_printf(out, "%s%s", gk_json_text(self->texts, "case_joint"), left.data);
    return true;
}

static bool put_count(const scene *self, gk_text *out)
{
    gk_text_printf(out, "%zu", json_array_size(json_object_get(self->facts, "cases")));
    return true;
}

static bool look_scene(const void *context, const char *name, size_t len, gk_text *out);

/*  "GZ-2026-000012, Monday 2026-3-30, 3 working days left": the parts that have something to say. */
static void put_case(const scene *self, gk_text *out)
{
    size_t index, said = 0;
    const json_t *part;
    json_array_foreach(json_object_get(self->texts, "case"), index, part) {
        gk_text_auto text = { 0 };
        if (fill(json_string_value(part), look_scene, self, &text))
            gk_text_printf(out, "%s%s", said++ ? gk_json_text(self->texts, "case_joint") : "", text.data);
    }
}

static bool put_cases(const scene *self, gk_text *out)
{
    const json_t *cases = json_object_get(self->facts, "cases");
    size_t count = json_array_size(cases), listed = count < MAX_LISTED ? count : MAX_LISTED;
    for (size_t i = 0; i < listed; i++) {
        scene one = *self;
        one.item = json_array_get(cases, i);
        gk_text_printf(out, "%s%zu. ", i ? "\n" : "", i + 1);
        put_case(&one, out);
    }
    int more = (int) (count - listed);
    if (more) {
        gk_text_puts(out, "\n");
        fill(gk_json_text(self->texts, "more"), look_number, &more, out);
    }
    return count > 0;
}

static bool put_reason(const scene *self, gk_text *out)
{
    const char *key = gk_json_text(self->facts, "reason");
    return put_word(out, gk_json_text(json_object_get(self->texts, "reasons"), key));
}

static bool put_hint(const scene *self, gk_text *out)
{
    return json_is_true(json_object_get(self->facts, "receipt_hint"))
           && put_word(out, gk_json_text(self->texts, "hint"));
}

static bool put_link(const scene *self, gk_text *out)
{
    const char *link = gk_json_text(self->facts, "link");
    if (strncmp(link, "https://", 8) && strncmp(link, "http://", 7))
        return false;
    for (const char *p = link; *p; p++)
        if (*p <= ' ' || *p > '~')
            return false;
    if (strlen(link) <= MAX_LINK)
        gk_text_puts(out, link);
    return strlen(link) <= MAX_LINK;
}

static bool put_training(const scene *self, gk_text *out)
{
    return json_is_true(json_object_get(self->job, "training"))
           && put_word(out, gk_json_text(self->texts, "training"));
}

static bool put_office(const scene *self, gk_text *out)
{
    return put_word(out, gk_json_path(self->job, "office.name"));
}

static bool put_phone(const scene *self, gk_text *out)
{
    return put_word(out, gk_json_path(self->job, "office.phone"));
}

static const struct { const char *name; bool (*put)(const scene *self, gk_text *out); } placeholders[] = {
    { "number", put_number }, { "state", put_state }, { "unit", put_unit },   { "due", put_due },
    { "left", put_left },     { "term", put_term },   { "count", put_count }, { "cases", put_cases },
    { "reason", put_reason }, { "hint", put_hint },   { "link", put_link },   { "training", put_training },
    { "office", put_office }, { "phone", put_phone }, { "limit", put_limit },
};
enum { PLACEHOLDERS = sizeof placeholders / sizeof *placeholders };

/*  An event's fields may hold what an applicant wrote, so only two shapes pass. */
static bool put_field(const scene *self, const char *name, gk_text *out)
{
    const json_t *fields = json_object_get(self->facts, "fields"), *value = json_object_get(fields, name);
    if (!json_is_integer(value))
        return put_date(self->texts, gk_json_date(fields, name), out);
    gk_text_printf(out, "%lld", (long long) json_integer_value(value));
    return true;
}

static bool is_field(const char *name, size_t len)
{
    return len > strlen("fields.") && len < MAX_NAME && memcmp(name, "fields.", strlen("fields.")) == 0;
}

static bool look_scene(const void *context, const char *name, size_t len, gk_text *out)
{
    for (size_t i = 0; i < PLACEHOLDERS; i++)
        if (is_name(name, len, placeholders[i].name))
            return placeholders[i].put(context, out);
    char field[MAX_NAME];
    if (!is_field(name, len))
        return false;
    snprintf(field, sizeof field, "%.*s", (int) (len - strlen("fields.")), name + strlen("fields."));
    return put_field(context, field, out);
}

/*  ---- the texts are checked when loaded ---------------------------------- */

static bool is_known(const char *name, size_t len)
{
    for (size_t i = 0; i < PLACEHOLDERS; i++)
        if (is_name(name, len, placeholders[i].name))
            return true;
    return is_field(name, len);
}

static gk_err check_text(const char *key, const json_t *text, gk_why *why)
{
    if (!json_is_string(text))
        return gk_refuse(why, GK_EBADVALUE, "mail text %.60s: a line is no text", key);
    for (const char *open = json_string_value(text); (open = strchr(open, '{')); open++) {
        const char *close = strchr(open, '}');
        size_t len = close ? (size_t) (close - open - 1) : 0;
        if (!is_known(open + 1, len))
            return gk_refuse(why, GK_EBADVALUE, "mail text %.60s: unknown placeholder {%.*s}", key,
                             len < MAX_NAME ? (int) len : MAX_NAME, open + 1);
    }
    return GK_OK;
}

static gk_err check_lines(const char *key, const json_t *lines, gk_why *why)
{
    if (json_array_size(lines) == 0)
        return gk_refuse(why, GK_EBADVALUE, "mail text %.60s: it needs a list of lines", key);
    size_t index;
    const json_t *line;
    json_array_foreach(lines, index, line) {
        gk_err err = check_text(key, line, why);
        if (err)
            return err;
    }
    return GK_OK;
}

static gk_err check_message(const char *key, const json_t *message, gk_why *why)
{
    gk_err err = check_text(key, json_object_get(message, "subject"), why);
    return err ? err : check_lines(key, json_object_get(message, "body"), why);
}

static gk_err check_texts(const json_t *texts, gk_why *why)
{
    static const char *const words[] = {
        "date", "paused", "hint", "case_joint", "more", "training", "training_subject",
    };
    static const char *const spans[] = { "over", "over_one", "today", "one", "many" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!*gk_json_text(texts, words[i]))
            return gk_refuse(why, GK_EBADVALUE, "mail text %s is missing", words[i]);
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++)
        if (!*gk_json_text(json_object_get(texts, "left"), spans[i]))
            return gk_refuse(why, GK_EBADVALUE, "mail text left.%s is missing", spans[i]);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        if (!*gk_json_text(json_object_get(texts, "limits"), limits[i]))
            return gk_refuse(why, GK_EBADVALUE, "mail text limits.%s is missing", limits[i]);
    gk_err err = check_lines("weekdays", json_object_get(texts, "weekdays"), why);
    if (!err && json_array_size(json_object_get(texts, "weekdays")) != 7)
        err = gk_refuse(why, GK_EBADVALUE, "mail text weekdays: a week has seven");
    gk_text_auto date = { 0 };
    if (!err && !put_date(texts, (gk_date) { 0 }, &date))
        err = gk_refuse(why, GK_EBADVALUE, "mail text date: it knows {iso} {year} {month} {day} {weekday}");
    if (!err)
        err = check_lines("case", json_object_get(texts, "case"), why);
    if (!err)
        err = check_lines("footer", json_object_get(texts, "footer"), why);
    const char *key;
    json_t *message;
    json_object_foreach(json_object_get(texts, "messages"), key, message)
        if (!err)
            err = check_message(key, message, why);
    return err;
}

/*  Whoever reads English must not get half a mail. */
static gk_err check_pairs(const json_t *zh, const json_t *en, gk_why *why)
{
    const char *key;
    json_t *message;
    json_object_foreach(json_object_get(zh, "messages"), key, message)
        if (!json_object_get(json_object_get(en, "messages"), key))
            return gk_refuse(why, GK_EBADVALUE, "mail text %.60s is missing in English", key);
    return GK_OK;
}

gk_err gk_messages_new(json_t *zh, json_t *en, gk_messages **out, gk_why *why)
{
    gk_err err = check_texts(zh, why);
    if (!err)
        err = check_texts(en, why);
    if (!err)
        err = check_pairs(zh, en, why);
    if (err)
        return err;
    *out = gk_new(gk_messages);
    (*out)->zh = json_incref(zh), (*out)->en = json_incref(en);
    return GK_OK;
}

void gk_messages_destroy(gk_messages **self_p)
{
    if (*self_p) {
        json_decref((*self_p)->zh);
        json_decref((*self_p)->en);
        free(*self_p);
        *self_p = NULL;
    }
}

gk_err gk_messages_load(gk_messages **out, gk_why *why)
{
    gk_json_auto *zh = NULL, *en = NULL;
    gk_err err = gk_json_load_schema("locale/mail.zh-CN.json", MAX_FILE, &zh, why);
    if (!err)
        err = gk_json_load_schema("locale/mail.en.json", MAX_FILE, &en, why);
    return err ? err : gk_messages_new(zh, en, out, why);
}

/*  ---- writing ------------------------------------------------------------ */

void gk_letter_clear(gk_letter *self)
{
    free(self->subject);
    free(self->body);
    *self = (gk_letter) { 0 };
}

const char *gk_message_key(const json_t *job, const json_t *facts)
{
    static const struct { const char *task, *key; } always[] = {
        { "remind", "due" }, { "digest", "digest" }, { "alarm", "alarm" },
    };
    const char *key = gk_json_text(facts, "message");
    for (size_t i = 0; !*key && i < sizeof always / sizeof *always; i++)
        if (strcmp(gk_json_text(job, "task"), always[i].task) == 0)
            key = always[i].key;
    return key;
}

static const json_t *find_message(const json_t *texts, const char *key, const char *role)
{
    const json_t *messages = json_object_get(texts, "messages");
    gk_free_auto char *special = gk_format("%s.%s", key, role);
    const json_t *found = json_object_get(messages, special);
    return found ? found : json_object_get(messages, key);
}

/*  Lines that have something to say; where one fell out, no second blank line stays. */
static void put_lines(const scene *self, const json_t *lines, gk_text *out)
{
    size_t index;
    const json_t *line;
    json_array_foreach(lines, index, line) {
        gk_text_auto text = { 0 };
        if (!fill(json_string_value(line), look_scene, self, &text))
            continue;
        bool after_blank =
            out->len == 0 || (out->len >= 2 && memcmp(out->data + out->len - 2, "\n\n", 2) == 0);
        if (text.len || !after_blank)
            gk_text_printf(out, "%s\n", text.data);
    }
}

static void put_subject(const scene *self, const json_t *message, gk_text *out)
{
    if (json_is_true(json_object_get(self->job, "training")))
        gk_text_puts(out, gk_json_text(self->texts, "training_subject"));
    fill(gk_json_text(message, "subject"), look_scene, self, out);
}

gk_err gk_messages_write(const gk_messages *self, const json_t *job, const json_t *facts, const json_t *to,
                         gk_letter *out, gk_why *why)
{
    const char *key = gk_message_key(job, facts), *role = gk_json_text(to, "role");
    bool english = strcmp(gk_json_text(to, "lang"), "en") == 0;
    const json_t *const langs[] = { self->zh, english ? self->en : NULL };
    if (!find_message(self->zh, key, ""))
        return gk_refuse(why, GK_EBADVALUE,
                         "no text for the message \"%.40s\"; schemas/locale/mail.zh-CN.json has them", key);
    gk_text subject = { 0 }, body = { 0 };
    for (size_t i = 0; i < 2 && langs[i]; i++) {
        const json_t *message = find_message(langs[i], key, role);
        scene with = { langs[i], job, facts, json_array_get(json_object_get(facts, "cases"), 0) };
        if (i) {
            gk_text_puts(&subject, " / ");
            gk_text_puts(&body, "\n----------------------------------------\n\n");
        }
        put_subject(&with, message, &subject);
        put_lines(&with, json_object_get(message, "body"), &body);
        put_lines(&with, json_object_get(langs[i], "footer"), &body);
    }
    *out = (gk_letter) { subject.data, body.data, english ? "zh-CN, en" : "zh-CN" };
    return GK_OK;
}

/*  ---- calendar entries --------------------------------------------------- */

/*  RFC 5545 3.3.11; the words here have no line ends. */
static void put_escaped(gk_text *out, const char *text)
{
    for (; *text; text++)
        gk_text_printf(out, strchr(",;\\", *text) ? "\\%c" : "%c", *text);
}

/*  An answer to a court and the reply of the same case are two entries. */
static bool put_event(const scene *self, const char *stamp, gk_text *out)
{
    gk_date due = gk_json_date(self->item, "due_on");
    gk_text_auto number = { 0 }, limit = { 0 };
    if (gk_date_is_none(due) || !put_word(&number, gk_json_text(self->item, "number")) || !put_limit(self, &limit))
        return false;
    const char *key = gk_json_text(self->item, "limit");
    bool reply = !*key || strcmp(key, "reply") == 0 || strcmp(key, "standard") == 0;
    int year, month, day;
    gk_date_split(due, &year, &month, &day);
    gk_text_puts(out, "BEGIN:VEVENT\r\nUID:");
    put_escaped(out, number.data);
    gk_text_printf(out, "%s%s@gongkai\r\nDTSTAMP:%s\r\nDTSTART;VALUE=DATE:%04d%02d%02d\r\nSUMMARY:", reply ? "" : "-", reply ? "" : key,
                   stamp, year, month, day);
    put_escaped(out, number.data);
    gk_text_puts(out, " ");
    put_escaped(out, limit.data);
    gk_text_puts(out, "\r\nEND:VEVENT\r\n");
    return true;
}

char *gk_message_calendar(const gk_messages *self, const json_t *job, const json_t *facts)
{
    /*  "2026-03-02T01:02:03Z" is written 20260302T010203Z here. */
    const char *at = gk_json_text(job, "at");
    char stamp[GK_TIME_TEXT];
    size_t len = 0, index, events = 0;
    for (; *at && len + 1 < sizeof stamp; at++)
        if (*at != '-' && *at != ':')
            stamp[len++] = *at;
    stamp[len] = 0;

    gk_text out = { 0 };
    json_t *item;
    gk_text_puts(&out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Gongkai//Reminder//ZH\r\nMETHOD:PUBLISH\r\n");
    json_array_foreach(json_object_get(facts, "cases"), index, item) {
        scene one = { self->zh, job, facts, item };
        events += put_event(&one, stamp, &out);
    }
    gk_text_puts(&out, "END:VCALENDAR\r\n");
    if (events)
        return out.data;
    gk_text_clear(&out);
    return gk_strdup("");
}
