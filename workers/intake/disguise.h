/*  gk_disguise - a petition, complaint or consultation in the form of an application.
 *
 *  条例 Art. 39(1): who petitions, complains or denounces in the form of an application
 *  is told that it is not handled as one, and where to turn.  Whether it is one, only a
 *  person decides: these words just ask for a second look, and show why.
 */
#ifndef GK_DISGUISE_H
#define GK_DISGUISE_H

#include "base/json.h"

typedef struct gk_disguise gk_disguise;

/*  Read the parsed schemas/rules/disguise.json.  GK_EBADVALUE or GK_EMISSING, named in *why. */
GK_CHECKED gk_err gk_disguise_read(const json_t *file, gk_disguise **out, gk_why *why);
void gk_disguise_destroy(gk_disguise **self_p);

/*  {"kind": "petition" | "complaint" | "consultation", "words": [...]}, or json null when
 *  no kind reaches the threshold.  `request` has title, document_number, description.
 *  The caller owns the answer. */
json_t *gk_disguise_find(const gk_disguise *self, const json_t *request);

#endif
