/*  gk_door - what the parts of gk_case_apply() share; nobody else includes it.
 *
 *      casefile.c      the file and its fold
 *      need.c          the conditions of a step
 *      consequence.c   what the law adds to an event
 *      follow.c        the jobs and timers that follow
 *      apply.c         fields, rights, dates, and the door itself
 */
#ifndef GK_DOOR_H
#define GK_DOOR_H

#include "base/text.h"
#include "core/casefile.h"

enum { GK_CASE_CLOCK_EVENTS = 200, GK_CASE_SEQ = 100000 };      /* at most in one case */

#define SET(field, text) gk_text_copy(field, sizeof field, text)

/*  One act that asks to enter. */
typedef struct gk_asking {
    const gk_case *file;
    const gk_act *act;
    const gk_law *law;
    gk_date on;                 /* legal date of the act */
    gk_why *why;
    const gk_deputised *deputy; /* in whose place the actor acts; NULL: nobody's */
} gk_asking;

/*  Every need of the step, in its order.  GK_ENEED: the first that fails. */
GK_CHECKED gk_err gk_needs_check(const gk_step *step, const gk_asking *a);

/*  Add to `data` what the law says follows from the act.  Any gk_err that refuses. */
GK_CHECKED gk_err gk_consequence_add(const gk_asking *a, json_t *data);

/*  The jobs that the step causes and the timers that stand after it. */
void gk_follow(const gk_step *step, const gk_case *after, const gk_law *law, int64_t now, gk_change *out);

/*  Does a payment of this value date lie inside the period?  One before the notice was proven served does. */
bool gk_case_pays_in_time(const gk_case *self, gk_date value_date);

/*  Does it complete the amount charged? */
bool gk_case_pays_all(const gk_case *self, int64_t yuan);

/*  Yuan paid in time, or late and excused, less what was given back; what came late is given back first. */
int64_t gk_case_kept_yuan(const gk_case *self);

/*  Would this charge ("standard", "count") need a second approval? */
bool gk_case_fee_is_large(const gk_case *self, const json_t *charge, const gk_law *law);

/*  Enter an event in the file, without asking. */
void gk_case_enter(gk_case *self, const gk_event *event);

/*  The clock over the events of the file.  GK_EBADVALUE: one of them does not fit.  `strict`: extensions and
 *  fee notices that are in the file are asked again whether they were in time. */
GK_CHECKED gk_err gk_case_run_clock(const gk_case *self, const gk_law *law, bool strict, gk_clock **out, gk_why *why);

/*  Does a mail's outcome ("task", "sent", "failed") say that the applicant's server refused it for good? */
bool gk_mail_refused(const json_t *data);

/*  What was sent, was sent by the date that stood then: no later notice makes it late, or timely. */
void gk_case_keep_sent(const gk_case *self, const gk_law *law, gk_date as_of, gk_clock_reading *reading);

/*  A member that is there and not an empty text. */
bool gk_act_has(const json_t *data, const char *name);

#endif
