/*  gk_view - the broker's answers as a person reads them.
 *
 *  Members that are absent are not shown, so an older or newer broker does no harm.
 */
#ifndef GK_VIEW_H
#define GK_VIEW_H

#include "clients/gongkai/cli.h"
#include "clients/gongkai/sheet.h"
#include "base/text.h"

enum { GK_VIEW_DATE = 32 };

/*  "2026-03-30 周一" or "2026-03-30 Mon"; "" for GK_NO_DATE.  Returns out. */
char *gk_view_date(const gk_cli *self, gk_date date, char out[static GK_VIEW_DATE]);

/*  A labelled line; nothing when the value is empty.  `sheet` has two columns. */
void gk_view_field(gk_sheet *sheet, const char *label, const char *value);

/*  Print a sheet to stdout, wrapped to the terminal; its lines begin `indent` columns in. */
void gk_view_print(const gk_sheet *sheet);
void gk_view_print_at(const gk_sheet *sheet, int indent);

/*  Append the strings of a list, `between` them. */
void gk_view_join(gk_text *out, const json_t *list, const char *between);

/*  A list of objects as a table with a head row; "(none)" when it is empty.  Dates bring
 *  their weekday, and a member "x" is shown as "x_zh" or "x_en" where there is one. */
typedef struct gk_view_column {
    const char *key, *zh, *en;
} gk_view_column;

void gk_view_table(const gk_cli *self, const json_t *list, const gk_view_column *columns, int count);

/*  The answer of `application.submit` and `application.register`, once it is final. */
void gk_view_accepted(const gk_cli *self, const json_t *ok);

/*  The answer of `application.status`, of `case.show` and `queue.pull`, of `case.act`. */
void gk_view_status(const gk_cli *self, const json_t *ok);
void gk_view_case(const gk_cli *self, const json_t *ok);
void gk_view_moved(const gk_cli *self, const json_t *ok);

/*  A reading of the clock and its explanation, line by line. */
void gk_view_explain(const gk_cli *self, const json_t *ok);

/*  What may be done (ACTION objects), one line each. */
void gk_view_actions(const gk_cli *self, const json_t *actions, int indent);

#endif
