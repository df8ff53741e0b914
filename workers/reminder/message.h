/*  gk_messages - what a mail says: facts in, subject and body out.
 *
 *  The texts are data (schemas/locale/mail.zh-CN.json and mail.en.json); this module fills
 *  them in.  A mail holds numbers, dates and where to look, never content: a field of an event
 *  enters only as a whole number or a date, a reason only as a key that the texts know, and the
 *  addressee's name not at all.  So nothing that an applicant wrote can leave by mail, whatever
 *  a caller puts into the facts.
 *
 *  A text is a list of lines with {placeholders}.  A line of which one has nothing to say is
 *  left out, so a text needs no conditions:
 *
 *      {number} {state} {unit} {due} {left} {term}     of the first case; term = due and left
 *      {limit}                                         what that date is: the law's, or a service standard, or another
 *      {count} {cases}                                 of all of them
 *      {fields.NAME}                                   a whole number or a date of the event
 *      {reason} {hint} {link} {training}
 *      {office} {phone}
 *
 *  For role R the message "key.R" is taken before "key" (consultation.third_party).
 */
#ifndef GK_MESSAGE_H
#define GK_MESSAGE_H

#include "base/json.h"

typedef struct gk_messages gk_messages;

/*  Check the texts of both languages: every message has a subject and a body, in both, and
 *  uses only the placeholders above.  GK_EBADVALUE names the message.  Keeps references. */
GK_CHECKED gk_err gk_messages_new(json_t *zh, json_t *en, gk_messages **out, gk_why *why);
void gk_messages_destroy(gk_messages **self_p);

/*  The same from the folder of schemas. */
GK_CHECKED gk_err gk_messages_load(gk_messages **out, gk_why *why);

typedef struct gk_letter {
    char *subject;          /* one line */
    char *body;             /* lines that end in \n */
    const char *lang;       /* "zh-CN" or "zh-CN, en"; static */
} gk_letter;
void gk_letter_clear(gk_letter *self);

/*  The key of the job's message: facts.message, else what its task always says (remind: due,
 *  digest: digest, alarm: alarm); "" when there is none. */
const char *gk_message_key(const json_t *job, const json_t *facts);

/*  Write the mail of `job` for one of facts.to (Chinese; English below it where to.lang is
 *  "en").  GK_EBADVALUE for a message that the texts do not have.  The caller clears *out. */
GK_CHECKED gk_err gk_messages_write(const gk_messages *self, const json_t *job, const json_t *facts,
                                    const json_t *to, gk_letter *out, gk_why *why);

/*  The due dates of facts.cases as a calendar file (RFC 5545), for people who plan by
 *  calendar; "" when no case has one.  A later mail of the same case moves its entry. */
char *gk_message_calendar(const gk_messages *self, const json_t *job, const json_t *facts);

#endif
