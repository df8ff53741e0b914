/*  gk_cli - one run of the command line: what was asked, and the ways to ask and answer.
 *
 *  A verb (verbs.h) is a function over this.  It returns the exit status: 0 done,
 *  1 refused or not found, 2 used wrongly, 3 broker not reachable.  Answers go to
 *  stdout, everything else to stderr, so that a script may trust what it reads.
 */
#ifndef GK_CLI_H
#define GK_CLI_H

#include "clients/gongkai/args.h"
#include "wire/dial.h"

#include <stdio.h>

typedef struct gk_verb gk_verb;

typedef struct gk_cli {
    const gk_verb *verb;
    const gk_args *args;
    const char *const *word;    /* the words behind the verb */
    int words;
    bool zh;                    /* Chinese, else English */
    bool json;
    int wait_ms;                /* for the FINAL once a PARTIAL came; -1: not given */
    int timeout_ms;             /* for the first sign of the broker */
    gk_dial *dial;              /* made when first needed */
} gk_cli;

enum { GK_EXIT_OK, GK_EXIT_REFUSED, GK_EXIT_USAGE, GK_EXIT_UNREACHABLE };

enum { GK_CLI_FORM_MAX = 1 << 20, GK_CLI_TEXT_MAX = 256 * 1024 };

/*  The text in the user's language; both stay visible where they are used, and the
 *  compiler checks both as formats. */
#define GK_TR(self, chinese, english) ((self)->zh ? (chinese) : (english))

/*  Run one command line; what main does. */
int gk_cli_main(int argc, char **argv);

/*  The value of an option, NULL when it was not given. */
const char *gk_cli_value(const gk_cli *self, gk_opt opt);

/*  ---- saying no; each prints and returns the exit status ------------------ */

int gk_cli_usage(const gk_cli *self, const char *format, ...) __attribute__((format(printf, 2, 3)));
int gk_cli_fail(const gk_cli *self, gk_err err, const gk_why *why);

/*  A remark beside the answer, on stderr. */
void gk_cli_note(const gk_cli *self, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*  ---- asking --------------------------------------------------------------- */

/*  A fresh payload with "as" set when somebody acts. */
json_t *gk_cli_body(const gk_cli *self);

/*  A fresh payload that names what may be read: an applicant's receipt code, which is the right
 *  itself, or a case and who asks. */
json_t *gk_cli_right(const gk_cli *self, const char *word);

/*  Ask `service`; takes `body` over.  0 with *out (caller decrefs), else the exit status
 *  after the refusal was printed.  A command accepted but not finished within --wait
 *  seconds is 0 too, with the PARTIAL in *out and a remark on stderr. */
int gk_cli_ask(gk_cli *self, const char *service, json_t *body, json_t **out);

/*  The same, with the request id (NULL: a fresh one), the wait where --wait gives none,
 *  and a function for each PARTIAL. */
int gk_cli_ask_with(gk_cli *self, const char *service, const char *request_id, json_t *body, int wait_ms,
                    gk_dial_partial *partial, void *context, json_t **out);

/*  Ask and show the answer: as JSON when --json is given, else by `view`.  Takes `body`. */
typedef void gk_cli_view(const gk_cli *self, const json_t *ok);
int gk_cli_answer(gk_cli *self, const char *service, json_t *body, gk_cli_view *view);

/*  The connection; 0, or the exit status after printing. */
int gk_cli_connect(gk_cli *self);

/*  Upload what --attach names and set "documents" in `body`; 0 or the exit status. */
int gk_cli_attach(gk_cli *self, json_t *body);

/*  Read a text: "@FILE" from the file, "@@..." for a literal '@', "-" from stdin, else
 *  the word itself.  Caller frees *out. */
int gk_cli_text(const gk_cli *self, const char *word, char **out);

/*  Read a whole file ("-": stdin) of at most `max` bytes; caller frees *out. */
int gk_cli_read(const gk_cli *self, const char *path, size_t max, char **out, size_t *len);

/*  Read a file ("-": stdin) of JSON, at most GK_CLI_FORM_MAX bytes; caller decrefs *out. */
int gk_cli_read_json(const gk_cli *self, const char *path, json_t **out);

/*  Read a date as typed. */
int gk_cli_date(const gk_cli *self, const char *text, gk_date *out);

/*  The folder of the fonts: --fonts, else $GK_FONTS, else where deploy/fonts puts them. */
const char *gk_cli_fonts(const gk_cli *self);

/*  Write a file ("-": stdout), whole or not at all. */
int gk_cli_write(const gk_cli *self, const char *path, const void *bytes, size_t len);

/*  ---- answering ------------------------------------------------------------ */

/*  One line of JSON on stdout, members in the order they came. */
void gk_cli_json(const json_t *value);

/*  A member in the user's language: "state_zh" or "state_en", else what the code in
 *  "state" is called (codes.h), else "state" itself. */
const char *gk_cli_word(const gk_cli *self, const json_t *object, const char *key);

/*  True for a receipt code (26 characters, hyphens and blanks apart), false for a case. */
bool gk_cli_is_receipt(const char *text);

#endif
