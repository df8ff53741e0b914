/*  gk_items - one case, several items (一案多项).
 *
 *  An application may ask for several things.  An item is not a split: it stays one case with one
 *  letter, but every item has an outcome of its own, with what that outcome needs, and the letter
 *  answers item by item (条例 Art. 36).  The outcome of the whole is never typed: it follows from
 *  those of the items, and it is what the annual report counts, once.
 */
#ifndef GK_ITEMS_H
#define GK_ITEMS_H

#include "core/casefile.h"

/*  The items of a typed list, one a line: array of texts, without blank lines and without the numbers
 *  that people put in front ("1.", "（二）", "3、").  New reference. */
json_t *gk_items_split(const char *text);

/*  The decision on the whole case (DECISIONS "Items and splits"): some granted and some not, P; all in
 *  one row of the report, that row's; else the first in the order D1-D8, U, N, O.  Within a row the one that
 *  refuses, or discloses, speaks for the others.  NULL while the case has no items or one lacks its outcome. */
const gk_outcome *gk_items_whole(const gk_case *file, const gk_outcomes *outcomes);

/*  Does information leave with the answer to this item, from 1? */
bool gk_item_discloses(const gk_case *file, const gk_outcomes *outcomes, int item);

/*  ... with the decision on the case: with any of its items, or with its one outcome?  A case that is partly
 *  granted may only say where something is public. */
bool gk_items_disclose(const gk_case *file, const gk_outcomes *outcomes);

/*  The decision that a file leaves by: that of its item, or of the whole.  A file for all items leaves by the one
 *  that is granted in part, if one is.  NULL: nothing that was decided lets it leave. */
const gk_outcome *gk_items_releasing(const gk_case *file, const gk_outcomes *outcomes, const gk_case_document *document);

#endif
