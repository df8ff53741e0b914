/*  gk_log - one line an event on stderr, `key=value`, for grep and for people.
 *
 *  Never an applicant's name, number or text: cases are named by number or id.
 *  Only programs log (main, the loop, a worker's runtime); base, core and wire do not.
 */
#ifndef GK_LOG_H
#define GK_LOG_H

typedef enum gk_level { GK_DEBUG, GK_INFO, GK_WARN, GK_ERROR } gk_level;

/*  Name the program, shown at the start of each line, and the least level shown. */
void gk_log_setup(const char *program, gk_level least);

/*  gk_log(GK_INFO, "case=%s seq=%d event=%s", ...).  Control characters in the
 *  result are shown as '?', so a peer's bytes cannot forge a line. */
void gk_log(gk_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
