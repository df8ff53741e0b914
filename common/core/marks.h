/*  gk_marks - how sure we are of the law behind a step of the procedure.
 *
 *  A step cites an article; whether its text was read ([seen]), is our reading where it leaves room
 *  ([interp]) or is believed ([memory]) stands in one file, schemas/rules/marks.json: for every event what was read and
 *  what is ours, and for every source by what a citation begins with.
 */
#ifndef GK_MARKS_H
#define GK_MARKS_H

#include "base/json.h"

typedef struct gk_marks gk_marks;

typedef struct gk_mark {
    const char *mark;       /* "seen", "interp" or "memory" */
    const char *zh;         /* what was read, or what is our reading; "" when nothing is to be said; borrowed */
} gk_mark;

/*  Read the parsed file.  GK_EMISSING or GK_EBADVALUE, named in *why. */
GK_CHECKED gk_err gk_marks_read(const json_t *file, gk_marks **out, gk_why *why);
void gk_marks_destroy(gk_marks **self_p);

/*  The mark of the step that `event` takes by `article`: the event's own, else the least sure of the citations; one
 *  whose source is not listed is a reading of ours. */
gk_mark gk_marks_of(const gk_marks *self, const char *event, const char *article);

/*  True for the three marks. */
bool gk_mark_ok(const char *mark);

/*  "已核" ... for a mark. */
const char *gk_mark_zh(const char *mark);

#endif
