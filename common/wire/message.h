/*  gk_message - what may stand in the payload of each service of the broker: one table.
 *
 *  The table checks what comes in (unknown members are refused by name) and prints the JSON
 *  Schemas in schemas/messages/, so that what is documented is what is enforced.  What an
 *  object holds further down - a form, how it came in, the fields of an act - is checked by
 *  core/form and core/casefile, from tables of their own.
 */
#ifndef GK_MESSAGE_H
#define GK_MESSAGE_H

#include "base/json.h"

typedef enum gk_member_type {
    GK_MEMBER_LINE,         /* text of 1 to 200 characters */
    GK_MEMBER_TEXT,         /* text of up to 100,000 characters */
    GK_MEMBER_SECRET,       /* a password: text of 1 to 128 characters, quoted nowhere */
    GK_MEMBER_TOKEN,        /* a session's: 43 characters of base64url */
    GK_MEMBER_DATE, GK_MEMBER_INT, GK_MEMBER_BOOL, GK_MEMBER_OBJECT,
    GK_MEMBER_DOCUMENTS,    /* array of {"digest", "name"} */
    GK_MEMBER_ENTRIES,      /* array of entries of the catalogue (core/catalogue) */
} gk_member_type;

typedef struct gk_member {
    const char *name;
    gk_member_type type;
    bool required;
} gk_member;

enum { GK_MEMBERS = 10 };

typedef struct gk_message {
    const char *service;
    const char *title;
    gk_member members[GK_MEMBERS];      /* ends with a NULL name */
} gk_message;

/*  The row of a service; NULL when the broker answers no such service. */
const gk_message *gk_message_find(const char *service);
const gk_message *gk_message_at(size_t index);      /* NULL past the end */

/*  Check a payload against its service's row.  GK_EBADMSG for no object, GK_EBADVALUE,
 *  GK_EMISSING, GK_ETOOLARGE naming the member. */
GK_CHECKED gk_err gk_message_check(const gk_message *self, const json_t *body, gk_why *why);

/*  The JSON Schema (2020-12) of a row, and of the fields of each action (core/flow): one object a
 *  file, {"file name": schema}.  Caller decrefs. */
json_t *gk_message_schemas(void);

#endif
