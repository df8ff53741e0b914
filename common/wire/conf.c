/*  gk_conf - gongkai.conf: one table of keys, and ZPL read by zconfig.
 *
 *  zconfig keeps no line numbers and reports its errors to its own log.  So the text is
 *  looked over first: every line with something on it is noted with its number, and
 *  whatever zconfig would choke on is refused here.  zconfig's tree, walked in order,
 *  then has one node for each noted line.
 */
#include "wire/conf.h"
#include "base/mem.h"
#include "base/paths.h"
#include "core/account.h"
#include "wire/mdp.h"
#include "wire/socket.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_TEXT = 64 << 10,
    MOST_LINE = 1000,           /* zconfig cuts lines at 1024 */
    MOST_PATH = 200,
    INDENT = 4,
    DEPTH = 4,                  /* one more than the table has, to say so better than "indented too deep" */
    SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR,
};

/*  The asterisk of a path is written @, which no name may contain. */
static const gk_conf_key table[] = {
    { "broker/endpoint", GK_CONF_ENDPOINTS, NULL, 0, 0, NULL,
      "where the broker listens, one a line; without any: ipc://DATA/run/broker" },
    { "broker/trust_names", GK_CONF_BOOL, "false", 0, 0, NULL,
      "true: who may open the socket is believed when naming themselves (--as); see docs/decisions/0008" },
    { "broker/log", GK_CONF_CHOICE, "info", 0, 0, "debug|info|warn|error", "the least that is logged" },
    { "broker/limits/turn_commands", GK_CONF_INT, "256", 1, 4096, NULL, "commands in one transaction" },
    { "broker/limits/turn_time", GK_CONF_DURATION, "20 ms", 1, SECOND, NULL, "and the time to collect them" },
    { "broker/limits/peers", GK_CONF_INT, "4096", 8, 100000, NULL, "clients and workers connected at once" },
    { "broker/limits/document_mb", GK_CONF_INT, "20", 1, 20, NULL, "a document, MiB" },
    { "broker/limits/command_documents", GK_CONF_INT, "20", 1, 200, NULL, "documents of one command" },
    { "broker/limits/case_mb", GK_CONF_INT, "100", 1, 10000, NULL, "all documents of a case, MiB" },
    { "broker/limits/upload_age", GK_CONF_DURATION, "24 h", HOUR, 7 * DAY, NULL,
      "uploads that no command named go after it" },
    { "broker/limits/query_time", GK_CONF_DURATION, "5 s", 100, MINUTE, NULL, "a reading may take" },
    { "people/password_length", GK_CONF_INT, "12", GK_PASSWORD_LEAST, 64, NULL, "characters that a password has at least" },
    { "people/session_idle", GK_CONF_DURATION, "30 min", MINUTE, DAY, NULL, "an unused session ends" },
    { "people/session_life", GK_CONF_DURATION, "12 h", 10 * MINUTE, 7 * DAY, NULL, "any session ends" },
    { "people/hash_memory_mb", GK_CONF_INT, "64", 8, 1024, NULL, "argon2id: memory of one password's check, MiB" },
    { "people/hash_passes", GK_CONF_INT, "3", 1, 20, NULL, "argon2id: passes over it" },
    { "people/hash_threads", GK_CONF_INT, "2", 1, 8, NULL, "passwords that are checked at a time" },
    { "services/@/lease", GK_CONF_DURATION, "60 s", SECOND, HOUR, NULL, "a worker has it until it speaks" },
    { "services/@/max_run", GK_CONF_DURATION, "30 min", SECOND, DAY, NULL, "however often it speaks" },
    { "services/@/max_attempts", GK_CONF_INT, "5", 1, 100, NULL, "then it is a dead letter" },
    { "services/@/backoff", GK_CONF_DURATION, "2 s", 0, HOUR, NULL, "before the second attempt; then doubled" },
    { "services/@/order", GK_CONF_CHOICE, "any", 0, 0, "any|strict", "strict: one job at a time" },
    { "services/@/retention", GK_CONF_DURATION, "10 min", SECOND, 30 * (int64_t) DAY, NULL,
      "answers are kept for repeated questions" },
    { "services/@/waiting", GK_CONF_INT, "10000", 1, 10000000, NULL, "jobs that may wait" },
    { "mail/smtp", GK_CONF_TEXT, NULL, 0, 0, NULL, "smtp://HOST:PORT or smtps://HOST:PORT; none: DATA/mail" },
    { "mail/user", GK_CONF_TEXT, NULL, 0, 0, NULL, "login name at that server" },
    { "mail/password_file", GK_CONF_FILE, NULL, 0, 0, NULL, "file with the password, mode 0600" },
    { "mail/from", GK_CONF_TEXT, NULL, 0, 0, NULL, "sender's address" },
    { "mail/ca", GK_CONF_FILE, NULL, 0, 0, NULL, "certificates to trust instead of the system's" },
    { "mail/starttls", GK_CONF_CHOICE, "required", 0, 0, "required|try|no", "no: only for a server on this host" },
    { "webhook/@/url", GK_CONF_TEXT, NULL, 0, 0, NULL, "https://..." },
    { "webhook/@/secret_file", GK_CONF_FILE, NULL, 0, 0, NULL, "key of the HMAC, mode 0600" },
    { "webhook/@/ca", GK_CONF_FILE, NULL, 0, 0, NULL, "certificates to trust instead of the system's" },
    { "webhook/@/allow_private", GK_CONF_BOOL, "false", 0, 0, NULL, "addresses of private networks too" },
    { "training/start", GK_CONF_DATE, NULL, 0, 0, NULL, "first day of a training directory's clock" },
    { "training/password", GK_CONF_TEXT, "gongkai-demo", 0, 0, NULL, "of everybody in a training directory who has no account of their own" },
};

enum { KEYS = sizeof table / sizeof *table };

typedef struct entry {
    char *path, *value;         /* a section's value is "" */
    bool option;                /* from the command line */
} entry;

struct gk_conf {
    entry *list;                /* in the file's order, options behind */
    size_t count;
};

gk_conf *gk_conf_new(void)
{
    return gk_new(gk_conf);
}

void gk_conf_destroy(gk_conf **self_p)
{
    assert(self_p);
    gk_conf *self = *self_p;
    for (size_t i = 0; self && i < self->count; i++) {
        free(self->list[i].path);
        free(self->list[i].value);
    }
    if (self)
        free(self->list);
    free(self);
    *self_p = NULL;
}

static void add(gk_conf *self, const char *path, const char *value, bool option)
{
    self->list = gk_regrow(self->list, self->count + 1, sizeof *self->list);
    self->list[self->count++] = (entry) { gk_strdup(path), gk_strdup(value), option };
}

/*  ---- the table ------------------------------------------------------------------ */

/*  How much of the pattern does `path` use up?  NULL when they differ; "" when it is
 *  the whole; else it is a section and the rest starts with a slash. */
static const char *match(const char *pattern, const char *path)
{
    for (; *path; path++, pattern++) {
        if (*pattern == '@') {
            path += strcspn(path, "/");
            pattern++;
            if (!*path)
                return pattern;
        }
        if (*path != *pattern)
            return NULL;
    }
    return *pattern == 0 || *pattern == '/' ? pattern : NULL;
}

static const gk_conf_key *find_key(const char *path)
{
    for (size_t i = 0; i < KEYS; i++) {
        const char *rest = match(table[i].path, path);
        if (rest && !*rest)
            return &table[i];
    }
    return NULL;
}

static bool is_section(const char *path)
{
    for (size_t i = 0; i < KEYS; i++) {
        const char *rest = match(table[i].path, path);
        if (rest && *rest)
            return true;
    }
    return false;
}

const gk_conf_key *gk_conf_table(size_t *count)
{
    *count = KEYS;
    return table;
}

/*  ---- values --------------------------------------------------------------------- */

/*  Decimal, at most twelve digits; moves *text behind it. */
static bool read_number(const char **text, int64_t *out)
{
    size_t len = strspn(*text, "0123456789");
    if (len < 1 || len > 12)
        return false;
    *out = strtoll(*text, NULL, 10);
    *text += len;
    return true;
}

static bool read_duration(const char *text, int64_t *out)
{
    static const struct {
        const char *name;
        int64_t ms;
    } units[] = { { "ms", 1 }, { "s", SECOND }, { "min", MINUTE }, { "h", HOUR }, { "d", DAY } };
    int64_t number;
    if (!read_number(&text, &number))
        return false;
    text += *text == ' ';
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(text, units[i].name) == 0) {
            *out = number > INT64_MAX / units[i].ms ? INT64_MAX : number * units[i].ms;
            return true;
        }
    return false;
}

static bool read_bool(const char *text, bool *out)
{
    *out = strcmp(text, "true") == 0 || strcmp(text, "yes") == 0;
    return *out || strcmp(text, "false") == 0 || strcmp(text, "no") == 0;
}

static gk_err check_int(const gk_conf_key *key, const char *text, gk_why *why)
{
    int64_t number;
    if (!read_number(&text, &number) || *text || number < key->least || number > key->most)
        return gk_refuse(why, GK_EBADVALUE, "%s is a whole number from %lld to %lld", key->path,
                         (long long) key->least, (long long) key->most);
    return GK_OK;
}

static gk_err check_duration(const gk_conf_key *key, const char *text, gk_why *why)
{
    int64_t ms;
    if (!read_duration(text, &ms))
        return gk_refuse(why, GK_EBADVALUE, "%s is a time such as 500 ms, 60 s, 30 min, 24 h or 7 d", key->path);
    if (ms < key->least || ms > key->most)
        return gk_refuse(why, GK_EBADVALUE, "%s is a time from %lld ms to %lld s", key->path,
                         (long long) key->least, (long long) (key->most / SECOND));
    return GK_OK;
}

static gk_err check_value(const gk_conf_key *key, const char *text, gk_why *why)
{
    bool yes;
    gk_date date;
    switch (key->kind) {
    case GK_CONF_INT:
        return check_int(key, text, why);
    case GK_CONF_DURATION:
        return check_duration(key, text, why);
    case GK_CONF_ENDPOINTS:
        return gk_socket_check(text, true, why);
    case GK_CONF_BOOL:
        return read_bool(text, &yes) ? GK_OK
               : gk_refuse(why, GK_EBADVALUE, "%s is true or false", key->path);
    case GK_CONF_DATE:
        return gk_date_parse(text, strlen(text), &date) == GK_OK ? GK_OK
               : gk_refuse(why, GK_EBADVALUE, "%s is a date YYYY-MM-DD", key->path);
    case GK_CONF_CHOICE:
        return gk_text_is_choice(key->choices, text) ? GK_OK
               : gk_refuse(why, GK_EBADVALUE, "%s is one of %s", key->path, key->choices);
    case GK_CONF_TEXT: case GK_CONF_FILE: case GK_CONF_KINDS:
        break;
    }
    return *text ? GK_OK : gk_refuse(why, GK_EBADVALUE, "%s has no value; leave the line out", key->path);
}

/*  ---- lines, before zconfig sees them ---------------------------------------------- */

typedef struct lines {
    int *number;                /* of each line with something on it */
    size_t count;
    int level;                  /* of the last of them; -1 at first */
} lines;

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'
           || c == '.';
}

static size_t skip_blanks(const char *text, size_t at, size_t len)
{
    while (at < len && text[at] == ' ')
        at++;
    return at;
}

/*  Behind the name: nothing, a remark, or `= value`. */
static gk_err scan_value(const char *text, size_t at, size_t len, gk_why *why)
{
    at = skip_blanks(text, at, len);
    if (at == len || text[at] == '#')
        return GK_OK;
    if (text[at] != '=')
        return gk_refuse(why, GK_EBADVALUE, "after the name comes nothing or `= value`");
    at = skip_blanks(text, at + 1, len);
    if (at == len || (text[at] != '"' && text[at] != '\''))
        return GK_OK;
    const char *end = memchr(text + at + 1, text[at], len - at - 1);
    if (!end)
        return gk_refuse(why, GK_EBADVALUE, "the quotation mark is not closed");
    at = skip_blanks(text, (size_t) (end - text) + 1, len);
    if (at < len && text[at] != '#')
        return gk_refuse(why, GK_EBADVALUE, "something follows the closing quotation mark");
    return GK_OK;
}

static gk_err scan_line(lines *self, int number, const char *text, size_t len, gk_why *why)
{
    if (len > MOST_LINE)
        return gk_refuse(why, GK_EBADVALUE, "a line has at most %d bytes", MOST_LINE);
    if (len && text[len - 1] == '\r')
        len--;
    if (!gk_utf8_ok(text, len))
        return gk_refuse(why, GK_EBADVALUE, "this is not UTF-8; save the file as UTF-8");
    for (size_t i = 0; i < len; i++)
        if ((unsigned char) text[i] < 0x20 || text[i] == 0x7f)
            return gk_refuse(why, GK_EBADVALUE, "tabs and control characters are not allowed; indent by spaces");
    size_t at = skip_blanks(text, 0, len);
    if (at == len)
        return GK_OK;
    if (at % INDENT || at / INDENT >= DEPTH)
        return gk_refuse(why, GK_EBADVALUE, "indented by %zu spaces; %d a level are due, remarks too", at, INDENT);
    if (text[at] == '#')
        return GK_OK;
    int level = (int) (at / INDENT);
    if (level > self->level + 1)
        return gk_refuse(why, GK_EBADVALUE, "indented deeper than one level below the line before it");
    size_t name = at;
    while (at < len && is_name(text[at]))
        at++;
    if (at == name)
        return gk_refuse(why, GK_EBADVALUE, "a name of letters, digits, _ - . comes first");
    self->level = level;
    self->number = gk_regrow(self->number, self->count + 1, sizeof *self->number);
    self->number[self->count++] = number;
    return scan_value(text, at, len, why);
}

static gk_err at_line(int number, gk_err err, const gk_why *inner, gk_why *why)
{
    return gk_refuse(why, err, "line %d: %.290s", number, inner->text);
}

static gk_err scan(lines *self, const char *text, size_t len, gk_why *why)
{
    int number = 1;
    for (size_t at = 0; at < len; number++) {
        const char *newline = memchr(text + at, '\n', len - at);
        size_t width = newline ? (size_t) (newline - text) - at : len - at;
        gk_why inner = { "" };
        gk_err err = scan_line(self, number, text + at, width, &inner);
        if (err)
            return at_line(number, err, &inner, why);
        at += width + 1;
    }
    return GK_OK;
}

/*  ---- zconfig's tree, against the table ---------------------------------------------- */

/*  Where we are in the tree and in the lines. */
typedef struct walk {
    gk_conf *conf;
    const lines *lines;
    size_t at;
} walk;

static bool has(const gk_conf *self, const char *path)
{
    for (size_t i = 0; i < self->count; i++)
        if (strcmp(self->list[i].path, path) == 0)
            return true;
    return false;
}

static gk_err take_node(gk_conf *conf, zconfig_t *node, const char *path, gk_why *why)
{
    const char *name = zconfig_name(node), *value = zconfig_value(node) ? zconfig_value(node) : "";
    const gk_conf_key *key = find_key(path);
    bool section = is_section(path), repeated = has(conf, path);
    if (!key && !section)
        return gk_refuse(why, GK_EBADVALUE, "the key %.60s is not known here", name);
    if (section && *value)
        return gk_refuse(why, GK_EBADVALUE, "%.60s is a section; it has no value of its own", name);
    if (section && !gk_mdp_service_ok(name, strlen(name)))
        return gk_refuse(why, GK_EBADVALUE, "the name of a section is 1 to 64 of a-z 0-9 . _ -");
    if (key && zconfig_child(node))
        return gk_refuse(why, GK_EBADVALUE, "%.60s is a value; nothing is indented below it", name);
    if (key && key->kind != GK_CONF_ENDPOINTS && repeated)
        return gk_refuse(why, GK_EBADVALUE, "%.60s was given before", name);
    gk_err err = key ? check_value(key, value, why) : GK_OK;
    if (!err && (key || !repeated))
        add(conf, path, value, false);
    return err;
}

static gk_err take_below(walk *self, zconfig_t *parent, const char *above, gk_why *why)
{
    for (zconfig_t *node = zconfig_child(parent); node; node = zconfig_next(node)) {
        assert(self->at < self->lines->count);
        int number = self->lines->number[self->at++];
        gk_free_auto char *path = gk_format("%s%s%s", above, *above ? "/" : "", zconfig_name(node));
        gk_why inner = { "" };
        gk_err err = take_node(self->conf, node, path, &inner);
        if (err)
            return at_line(number, err, &inner, why);
        err = take_below(self, node, path, why);
        if (err)
            return err;
    }
    return GK_OK;
}

gk_err gk_conf_parse(const char *text, size_t len, gk_conf **out, gk_why *why)
{
    if (len > MOST_TEXT)
        return gk_refuse(why, GK_ETOOLARGE, "a configuration has at most %d bytes", MOST_TEXT);
    lines seen = { .level = -1 };
    gk_auto(gk_conf) conf = gk_conf_new();
    gk_err err = scan(&seen, text, len, why);
    if (!err) {
        gk_free_auto char *copy = gk_strndup(text, len);
        zconfig_t *root = zconfig_str_load(copy);
        err = root ? take_below(&(walk) { .conf = conf, .lines = &seen }, root, "", why)
              : gk_refuse(why, GK_EBADVALUE, "the file is not ZPL (ZeroMQ RFC 4)");
        zconfig_destroy(&root);
    }
    free(seen.number);
    if (err)
        return err;
    *out = conf, conf = NULL;
    return GK_OK;
}

gk_err gk_conf_load(const char *path, gk_conf **out, gk_why *why)
{
    size_t len = 0;
    gk_free_auto char *text = gk_file_read(path, MOST_TEXT, &len);
    if (!text)
        return gk_file_refuse(path, MOST_TEXT, why);
    gk_why inner = { "" };
    gk_err err = gk_conf_parse(text, len, out, &inner);
    return err ? gk_refuse(why, err, "%.120s, %.190s", path, inner.text) : GK_OK;
}

gk_err gk_conf_open(const char *file, const char *data, gk_conf **out, gk_why *why)
{
    if (file)
        return gk_conf_load(file, out, why);
    gk_free_auto char *usual = gk_format("%s/gongkai.conf", data);
    gk_err err = gk_conf_load(usual, out, why);
    if (err != GK_ENOTFOUND)
        return err;
    *out = gk_conf_new();
    return GK_OK;
}

gk_err gk_conf_set(gk_conf *self, const char *path, const char *value, gk_why *why)
{
    const gk_conf_key *key = find_key(path);
    if (!key)
        return gk_refuse(why, GK_EBADVALUE, "the key %.60s is not known", path);
    gk_err err = check_value(key, value, why);
    if (!err)
        add(self, path, value, true);
    return err;
}

/*  ---- reading -------------------------------------------------------------------- */

static const gk_conf_key *must(const char *path)
{
    const gk_conf_key *key = find_key(path);
    assert(key);                /* a path that we wrote ourselves */
    return key;
}

/*  The `index`th entry of a path, only among options when there are some; or NULL. */
static const entry *find(const gk_conf *self, const char *path, size_t index)
{
    bool options = false;
    for (size_t i = 0; i < self->count; i++)
        options |= self->list[i].option && strcmp(self->list[i].path, path) == 0;
    for (size_t i = 0; i < self->count; i++)
        if (self->list[i].option == options && strcmp(self->list[i].path, path) == 0 && index-- == 0)
            return &self->list[i];
    return NULL;
}

/*  The value that counts, "" when there is none.  Of options given twice the last. */
static const char *value_of(const gk_conf *self, const char *path)
{
    const entry *found = find(self, path, 0);
    for (size_t i = 1; found && found->option && find(self, path, i); i++)
        found = find(self, path, i);
    const char *standard = must(path)->standard;
    return found ? found->value : standard ? standard : "";
}

const char *gk_conf_text(const gk_conf *self, const char *path)
{
    return value_of(self, path);
}

int64_t gk_conf_int(const gk_conf *self, const char *path)
{
    assert(must(path)->kind == GK_CONF_INT);
    return strtoll(value_of(self, path), NULL, 10);
}

bool gk_conf_bool(const gk_conf *self, const char *path)
{
    assert(must(path)->kind == GK_CONF_BOOL);
    bool yes = false;
    (void) read_bool(value_of(self, path), &yes);       /* checked when it came in */
    return yes;
}

int64_t gk_conf_ms(const gk_conf *self, const char *path)
{
    assert(must(path)->kind == GK_CONF_DURATION);
    int64_t ms = 0;
    (void) read_duration(value_of(self, path), &ms);
    return ms;
}

gk_date gk_conf_date(const gk_conf *self, const char *path)
{
    assert(must(path)->kind == GK_CONF_DATE);
    const char *text = value_of(self, path);
    gk_date date = GK_NO_DATE;
    return gk_date_parse(text, strlen(text), &date) ? GK_NO_DATE : date;
}

const char *gk_conf_at(const gk_conf *self, const char *path, size_t index)
{
    assert(must(path)->kind == GK_CONF_ENDPOINTS);
    const entry *found = find(self, path, index);
    return found ? found->value : NULL;
}

static const char *join(char path[static MOST_PATH], const char *section, const char *name, const char *key)
{
    int len = snprintf(path, MOST_PATH, "%s/%s/%s", section, name, key);
    assert(len > 0 && len < MOST_PATH);
    return path;
}

int64_t gk_conf_ms_of(const gk_conf *self, const char *section, const char *name, const char *key)
{
    char path[MOST_PATH];
    return gk_conf_ms(self, join(path, section, name, key));
}

int64_t gk_conf_int_of(const gk_conf *self, const char *section, const char *name, const char *key)
{
    char path[MOST_PATH];
    return gk_conf_int(self, join(path, section, name, key));
}

bool gk_conf_bool_of(const gk_conf *self, const char *section, const char *name, const char *key)
{
    char path[MOST_PATH];
    return gk_conf_bool(self, join(path, section, name, key));
}

const char *gk_conf_text_of(const gk_conf *self, const char *section, const char *name, const char *key)
{
    char path[MOST_PATH];
    return gk_conf_text(self, join(path, section, name, key));
}

const char *gk_conf_name(const gk_conf *self, const char *section, size_t index)
{
    size_t len = strlen(section);
    for (size_t i = 0; i < self->count; i++) {
        const char *path = self->list[i].path;
        bool below = strncmp(path, section, len) == 0 && path[len] == '/' && !strchr(path + len + 1, '/');
        if (below && index-- == 0)
            return path + len + 1;
    }
    return NULL;
}

gk_err gk_conf_dial(const gk_conf *self, const char *data, const char *run, char **out, gk_why *why)
{
    const char *endpoint = run ? NULL : gk_conf_at(self, "broker/endpoint", 0);
    if (!endpoint)
        return gk_paths_endpoint(data, run, out, why);
    bool anywhere = strncmp(endpoint, "tcp://*:", 8) == 0;
    *out = anywhere ? gk_format("tcp://127.0.0.1:%s", endpoint + 8) : gk_strdup(endpoint);
    return GK_OK;
}

/*  ---- the example ---------------------------------------------------------------- */

/*  The sections of `path` that `before` does not share, each on a line. */
static void print_sections(gk_text *out, const char *path, const char *before)
{
    int level = 0;
    for (const char *slash; (slash = strchr(path, '/')); path = slash + 1, level++) {
        size_t len = (size_t) (slash - path);
        bool same = before && strncmp(path, before, len + 1) == 0;
        before = same ? before + len + 1 : NULL;
        if (!same)
            gk_text_printf(out, "%s%*s%s%.*s\n", level == 0 && out->len ? "\n" : "", level * INDENT, "",
                           *path == '@' ? "# NAME" : "", *path == '@' ? 0 : (int) len, path);
    }
}

void gk_conf_example(gk_text *out)
{
    for (size_t i = 0; i < KEYS; i++) {
        const gk_conf_key *key = &table[i];
        print_sections(out, key->path, i ? table[i - 1].path : NULL);
        int level = 0;
        const char *name = key->path;
        for (const char *slash; (slash = strchr(name, '/')); name = slash + 1)
            level++;
        gk_text_printf(out, "%*s# %s = %s%*s# %s\n", level * INDENT, "", name, key->standard ? key->standard : "",
                       2, "", key->help);
    }
}
