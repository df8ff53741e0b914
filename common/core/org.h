/*  gk_org - the offices, their units and their people (机构、部门、人员).
 *
 *  Loaded whole by a command and recorded as an event of the ledger, so the file of
 *  any past day can be shown.  An office is an agency of its own: number series,
 *  letter mark, court, fee ordinals (DECISIONS "Offices").
 *
 *  Deputies (代理) are dated: {"for": "zhao.min", "by": "chen.jing", "from": "2026-03-01", "to": "2026-03-10"}, in the
 *  office of both.  On those days the one may act with the other's roles; without "by" the other is
 *  away and nobody stands in.
 */
#ifndef GK_ORG_H
#define GK_ORG_H

#include "base/date.h"
#include "base/json.h"
#include "core/flow.h"

typedef struct gk_org gk_org;

/*  A person who acts; `roles` are bits of gk_role. */
typedef struct gk_person {
    const char *name;           /* "chen.jing", unique over all offices */
    const char *display, *email;
    const char *office, *unit;
    unsigned roles;
} gk_person;

enum { GK_DEPUTISED = 4 };       /* people that one stands in for on a day, at most */

/*  Read and check the file: codes of offices and of an office's units unique and at most 15
 *  bytes, parents known, roles known, units of people known, nobody called as applicants and
 *  machines are; court and reconsideration body present; deputies of one office, from not after to.  GK_EBADVALUE, GK_EMISSING, GK_ETOOLARGE. */
GK_CHECKED gk_err gk_org_read(const json_t *file, gk_org **out, gk_why *why);
void gk_org_destroy(gk_org **self_p);

/*  The office that receives what names none: the one without a parent. */
const char *gk_org_district(const gk_org *self);

/*  Borrowed object of an office (code, name, letter_mark, court ...) or NULL. */
const json_t *gk_org_office(const gk_org *self, const char *code);
const json_t *gk_org_units(const gk_org *self, const char *office);
bool gk_org_has_unit(const gk_org *self, const char *office, const char *unit);

const gk_person *gk_org_find(const gk_org *self, const char *name);     /* NULL: nobody */

/*  The `index`-th person of the office with any of `roles` (and of `unit`, unless
 *  NULL); NULL past the last. */
const gk_person *gk_org_with(const gk_org *self, const char *office, const char *unit, unsigned roles, size_t index);

/*  The `index`-th person that `by` stands in for on that day; NULL past the last. */
const gk_person *gk_org_deputised(const gk_org *self, const char *by, gk_date day, size_t index);

/*  The `index`-th that stands in for this person on that day; NULL past the last. */
const gk_person *gk_org_deputy(const gk_org *self, const char *person, gk_date day, size_t index);

/*  Is somebody there that day with any of `roles` in the office (and the unit, unless NULL): in person, or by a
 *  deputy who is not away? */
bool gk_org_able(const gk_org *self, const char *office, const char *unit, unsigned roles, gk_date day);

size_t gk_org_count(const gk_org *self, size_t *units, size_t *people);    /* offices */
const char *gk_org_office_at(const gk_org *self, size_t index);            /* code, NULL past the end */

#endif
