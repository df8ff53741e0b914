/*  gk_paths - where things lie: the shipped data, and a data directory's parts.
 *
 *  DIR/ledger.db  DIR/documents/  DIR/quarantine/  DIR/keys/  DIR/run/broker  DIR/letters/  DIR/mail/
 */
#ifndef GK_PATHS_H
#define GK_PATHS_H

#include "base/err.h"

/*  The folder of rules, calendars, templates and locales: $GK_SCHEMAS, else where
 *  this build came from or was installed to.  Borrowed. */
const char *gk_paths_schemas(void);

/*  "SCHEMAS/name"; caller frees. */
char *gk_paths_schema(const char *name);

/*  The broker's endpoint: "ipc://RUN/broker", RUN being `run` or DATA/run made
 *  absolute.  GK_EBADVALUE when the path is longer than a socket may have (107
 *  bytes), naming the limit and --run DIR.  Caller frees *out. */
GK_CHECKED gk_err gk_paths_endpoint(const char *data, const char *run, char **out, gk_why *why);

/*  Where deploy/fonts puts the letters' fonts when nobody says otherwise. */
#define GK_PATHS_FONTS "/usr/local/share/fonts/gongkai"

#endif
