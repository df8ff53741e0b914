/*  gk_fee - the information processing fee (信息处理费), 国办函〔2020〕109号.
 *
 *  Per item, by the ordinal in the applicant's calendar month (Art. 4), or per page
 *  of one application (Art. 5); both excess-progressive, never both on one case
 *  (Art. 3).  Whether to charge is a recorded human decision; this only computes.
 */
#ifndef GK_FEE_H
#define GK_FEE_H

#include "core/rules.h"

enum { GK_FEE_MOST = 1000000 };         /* items or pages; more is refused by callers */

/*  Price in whole yuan of the next `count` items when `before` are already counted
 *  this month; 0 <= before, count <= GK_FEE_MOST. */
int64_t gk_fee_items(const gk_rules *rules, int64_t before, int64_t count);

/*  Price in whole yuan of `pages` pages of one application. */
int64_t gk_fee_pages(const gk_rules *rules, int64_t pages);

/*  The arithmetic, one line a band: [{"zh": "第31—100页：70页×10元", "en": ..., "units", "yuan", "sum"}]. */
json_t *gk_fee_items_lines(const gk_rules *rules, int64_t before, int64_t count);
json_t *gk_fee_pages_lines(const gk_rules *rules, int64_t pages);

#endif
