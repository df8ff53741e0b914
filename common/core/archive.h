/*  gk_archive - the package in which a case goes to the archive (归档, 条例 Art. 45).
 *
 *  It is a list, not a copy: the papers of the case in the order in which the office
 *  files them - letter, application, review form, consultations, search log, delivery,
 *  and the rest - each with the hash of its event, which binds its words, and the
 *  digests of its files.  The manifest is the hash of that list, so that who receives
 *  it can see that nothing was added or taken away.  An evidence bundle has the same order.
 *
 *  Archived is not yet away: until 30 June of the year behind the one in which the case
 *  ended it is handed over (移交).  Neither happens while a proceeding is open.
 */
#ifndef GK_ARCHIVE_H
#define GK_ARCHIVE_H

#include "core/casefile.h"

typedef enum gk_archive_part {
    GK_PART_LETTER,             /* 答复书及告知书 */
    GK_PART_APPLICATION,        /* 申请材料 */
    GK_PART_REVIEW,             /* 审查呈批 */
    GK_PART_CONSULTATION,       /* 征求意见 */
    GK_PART_SEARCH,             /* 检索记录 */
    GK_PART_DELIVERY,           /* 送达 */
    GK_PART_OTHER,              /* 其他 */
    GK_PARTS                    /* no paper */
} gk_archive_part;

const char *gk_archive_part_name(gk_archive_part part);     /* "letter" */
const char *gk_archive_part_zh(gk_archive_part part);

/*  Where an event belongs; GK_PARTS when it leaves no paper (who held the case, what machines did).  A paper that was made
 *  belongs where its kind does (core/letters): `letter`, else "". */
gk_archive_part gk_archive_part_of(gk_event_type event, const char *letter);

/*  The package as it stands: [{"no", "part", "event", "seq", "on", "hash", "digests": [..]}], in order.  Fresh. */
json_t *gk_archive_package(const gk_case *file);

/*  The hash over a package. */
gk_hash gk_archive_manifest(const json_t *package);

/*  Last day for handing over; GK_NO_DATE while the case has not ended. */
gk_date gk_archive_due(const gk_case *file, const gk_rules *rules);

/*  Kept until the end of this year at least; nothing deletes it then either. */
gk_date gk_archive_keep_until(const gk_case *file, const gk_rules *rules);

/*  Is the clerk reminded `left` working days before that?  A month ahead, on the day, and every month after. */
bool gk_archive_remind(const gk_rules *rules, int left);

#endif
