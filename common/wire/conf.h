/*  gk_conf - gongkai.conf, read alike by the broker, the workers and the command line.
 *
 *  The file is ZPL (ZeroMQ RFC 4): one `name = value` a line, sections indented by four
 *  spaces, `#` for remarks.  A value comes from the built-in default, unless the file has
 *  one, unless the command line has one.  What may stand there is one table in conf.c: a
 *  key that is not in it, or a value that does not fit, is refused with its line, because
 *  a misspelt limit that is silently ignored is worse than none.
 *
 *  The law is not configuration: it is versioned data in schemas/.
 */
#ifndef GK_CONF_H
#define GK_CONF_H

#include "base/date.h"
#include "base/text.h"

typedef struct gk_conf gk_conf;

typedef enum gk_conf_kind {
    GK_CONF_TEXT, GK_CONF_FILE, GK_CONF_INT, GK_CONF_BOOL, GK_CONF_DURATION, GK_CONF_DATE, GK_CONF_CHOICE,
    GK_CONF_ENDPOINTS,              /* repeated, one a line */
    GK_CONF_KINDS
} gk_conf_kind;

typedef struct gk_conf_key {
    const char *path;               /* "services/@/lease", any name standing for the @ */
    gk_conf_kind kind;
    const char *standard;           /* the built-in value, NULL for none */
    int64_t least, most;            /* of an int; of a duration in milliseconds */
    const char *choices;            /* "any|strict" */
    const char *help;               /* for the example file, one line */
} gk_conf_key;

/*  All built-in values. */
gk_conf *gk_conf_new(void);
void gk_conf_destroy(gk_conf **self_p);

/*  Read text or a file over the built-in values.  GK_EBADVALUE with "line N: what is
 *  wrong and what to do"; GK_ENOTFOUND, GK_ETOOLARGE (64 KiB), GK_EIO for a file. */
GK_CHECKED gk_err gk_conf_parse(const char *text, size_t len, gk_conf **out, gk_why *why);
GK_CHECKED gk_err gk_conf_load(const char *path, gk_conf **out, gk_why *why);

/*  What every program does at its start: read `file`, or DATA/gongkai.conf if `file` is
 *  NULL and there is one, or take the built-in values. */
GK_CHECKED gk_err gk_conf_open(const char *file, const char *data, gk_conf **out, gk_why *why);

/*  A value from the command line: over the file's.  Repeated for endpoints it adds. */
GK_CHECKED gk_err gk_conf_set(gk_conf *self, const char *path, const char *value, gk_why *why);

/*  Values by full path, such as "services/echo/lease".  A path that the table does not
 *  have, or of another kind, is our own mistake.  Text is "" when there is none. */
const char *gk_conf_text(const gk_conf *self, const char *path);    /* text, file, choice */
int64_t gk_conf_int(const gk_conf *self, const char *path);
bool gk_conf_bool(const gk_conf *self, const char *path);
int64_t gk_conf_ms(const gk_conf *self, const char *path);
gk_date gk_conf_date(const gk_conf *self, const char *path);        /* or GK_NO_DATE */
const char *gk_conf_at(const gk_conf *self, const char *path, size_t index);  /* endpoints, or NULL */

/*  "services/NAME/key" for a name known at run time: path is "services", key "lease". */
int64_t gk_conf_ms_of(const gk_conf *self, const char *section, const char *name, const char *key);
int64_t gk_conf_int_of(const gk_conf *self, const char *section, const char *name, const char *key);
bool gk_conf_bool_of(const gk_conf *self, const char *section, const char *name, const char *key);
const char *gk_conf_text_of(const gk_conf *self, const char *section, const char *name, const char *key);

/*  The names that stand in "services" or "webhook", in the file's order; NULL behind the last. */
const char *gk_conf_name(const gk_conf *self, const char *section, size_t index);

/*  Where a client or worker on this host finds the broker: the first endpoint listed (on
 *  the loopback when it listens everywhere), unless there is none or a `run` folder was
 *  named; then ipc://RUN/broker (base/paths.h).  Caller frees *out. */
GK_CHECKED gk_err gk_conf_dial(const gk_conf *self, const char *data, const char *run, char **out,
                               gk_why *why);

/*  The table, and an example file made from it: every key with its default as a remark. */
const gk_conf_key *gk_conf_table(size_t *count);
void gk_conf_example(gk_text *out);

#endif
