/*  gk_shown - what an applicant is shown of the case: what was told to him, and what he did.
 *
 *  The file holds more: who is asked and was not named to him, what units answer each other, drafts,
 *  reviews and their findings, names of staff.  One table says of each event whether it is his to see;
 *  a new event is hidden until somebody says otherwise there.
 */
#ifndef GK_SHOWN_H
#define GK_SHOWN_H

#include "core/casefile.h"

typedef enum gk_audience {
    GK_SHOWN_NEVER,             /* the office's own */
    GK_SHOWN_ALWAYS,
    GK_SHOWN_IF_TOLD,           /* of a consultation: only one that he was told of (Art. 33(3)) */
    GK_SHOWN_IF_HIS,            /* of a suggestion to publish: only his own (Art. 44) */
} gk_audience;

gk_audience gk_shown_to(gk_event_type event);

/*  Does the applicant see this event of his case?  Its type, days, state and article; never its fields. */
bool gk_shown_event(const gk_case *file, const gk_event *event);

/*  Is the letter his to read now?  Not one to a third party, nor one that was taken back; the reply once it is dispatched. */
bool gk_shown_letter(const gk_case *file, const gk_case_letter *letter);

/*  Is the file his to fetch: did a dispatched decision give it? */
bool gk_shown_document(const gk_case_document *document);

/*  The state that he is told.  That a draft lies with legal review says that it refuses, before anybody decided. */
gk_state gk_shown_state(gk_state state);

/*  The clock of what he was told: every date is that of gk_case_clock(), for what he was not told excludes no day.
 *  NULL while there is no day of receipt.  Caller destroys. */
gk_clock *gk_shown_clock(const gk_case *file, const gk_law *law);

#endif
