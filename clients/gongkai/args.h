/*  gk_args - the words and options of one command line, read by one table.
 *
 *  Options may stand anywhere, as `--name VALUE` or `--name=VALUE`; `--` ends them.
 *  Which options a verb takes is the verb's business (verbs.h): reading needs only to
 *  know which of them bring a value, so the verb may come before or behind them.
 */
#ifndef GK_ARGS_H
#define GK_ARGS_H

#include <stdbool.h>
#include <stdint.h>

typedef enum gk_opt {
    GK_OPT_HELP, GK_OPT_VERSION, GK_OPT_JSON, GK_OPT_LANG, GK_OPT_AS, GK_OPT_DATA, GK_OPT_RUN,
    GK_OPT_ENDPOINT, GK_OPT_WAIT, GK_OPT_TIMEOUT,
    GK_OPT_OWN,                 /* from here on: only with the verbs that name it */
    GK_OPT_ATTACH = GK_OPT_OWN, GK_OPT_REQUEST_ID, GK_OPT_ON, GK_OPT_SEQ, GK_OPT_DESK, GK_OPT_UNIT,
    GK_OPT_STATE, GK_OPT_AFTER, GK_OPT_CASE, GK_OPT_OUTPUT, GK_OPT_BEFORE, GK_OPT_COUNT,
    GK_OPT_DRY_RUN, GK_OPT_DAYS,
    GK_OPT_YEAR, GK_OPT_OFFICE, GK_OPT_ROLLUP, GK_OPT_FORMAT, GK_OPT_CELL, GK_OPT_FONTS, GK_OPT_FACTS, GK_OPT_MONTH,
    GK_OPT_SAVE, GK_OPT_PROOF, GK_OPT_RECEIPT, GK_OPT_KEY, GK_OPT_HEAD,
    GK_OPTS
} gk_opt;

#define GK_OPT_BIT(opt) (UINT64_C(1) << (opt))

typedef struct gk_option {
    const char *name;           /* without the dashes */
    char letter;                /* short form, 0 when none */
    const char *value;          /* "DIR"; NULL for a switch */
    const char *zh, *en;        /* one line of help */
} gk_option;

enum { GK_ARGS_WORDS = 128, GK_ARGS_ATTACH = 20 };

/*  All texts are borrowed from argv. */
typedef struct gk_args {
    const char *word[GK_ARGS_WORDS];    /* what is no option, in order */
    int words;
    const char *value[GK_OPTS];         /* NULL: not given; the last one counts */
    const char *attach[GK_ARGS_ATTACH]; /* the one option that may be repeated */
    int attached;
} gk_args;

/*  Why a line was not understood: "FAULT: WORD". */
typedef struct gk_args_fault {
    const char *zh, *en, *word;
} gk_args_fault;

const gk_option *gk_args_option(gk_opt opt);

/*  Read argv[1..].  False, with *fault, when an option is unknown, lacks its value or
 *  brings one too many, or when there are too many words or attachments. */
bool gk_args_read(int argc, char *const argv[], gk_args *out, gk_args_fault *fault);

/*  A number of digits only within least..most; false for anything else. */
bool gk_args_number(const char *text, int64_t least, int64_t most, int64_t *out);

#endif
