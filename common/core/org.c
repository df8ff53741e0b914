/*  gk_org - the offices, their units and their people.
 *
 *  The parsed file is kept and people point into it; a district has some hundred,
 *  so walking them beats an index. */
#include "core/org.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct gk_org {
    json_t *file;
    gk_person *people;
    size_t count, units;
    struct deputy *deputies;
    size_t deputy_count;
    const char *district;
};

struct deputy {
    const char *whom, *by;      /* by: "" when nobody stands in */
    gk_date from, to;
};

enum {
    MOST_OFFICES = 200, MOST_PEOPLE = 20000, MOST_DEPUTIES = 2000,
    MOST_CODE = 15,         /* a case keeps no more of its office and unit */
    MOST_MARK = 36,         /* nor of a letter's number: mark, year, serial */
};

static const json_t *offices(const gk_org *self)
{
    return json_object_get(self->file, "offices");
}

static gk_err need_text(const json_t *object, const char *key, const char *where, gk_why *why)
{
    return *gk_json_text(object, key) ? GK_OK
        : gk_refuse(why, GK_EMISSING, "%.80s.%s is missing: it is never guessed", where, key);
}

/*  Applicants and machines sign the ledger under these; nobody else may. */
static bool is_reserved(const char *name)
{
    return strcmp(name, "applicant") == 0 || strcmp(name, "clock") == 0 || strchr(name, ':');
}

static gk_err add_person(gk_org *self, const json_t *entry, const char *office, gk_why *why)
{
    gk_person person = {
        .name = gk_json_text(entry, "name"), .display = gk_json_text(entry, "display"),
        .email = gk_json_text(entry, "email"), .office = office, .unit = gk_json_text(entry, "unit"),
    };
    if (!*person.name || strlen(person.name) > 60)
        return gk_refuse(why, GK_EBADVALUE, "office %s: a person's name is missing or longer than 60 bytes", office);
    if (is_reserved(person.name))
        return gk_refuse(why, GK_EBADVALUE, "the name %s is reserved: a person may not be called applicant or clock, nor "
                         "have a colon in the name", person.name);
    if (gk_org_find(self, person.name))
        return gk_refuse(why, GK_EBADVALUE, "person %s stands twice", person.name);
    if (*person.unit && !gk_org_has_unit(self, office, person.unit))
        return gk_refuse(why, GK_EBADVALUE, "person %s: office %s has no unit %s", person.name, office, person.unit);
    size_t index;
    json_t *role;
    json_array_foreach(json_object_get(entry, "roles"), index, role) {
        unsigned bit = gk_role_parse(json_string_value(role) ? json_string_value(role) : "");
        if (!bit || bit >= GK_APPLICANT)
            return gk_refuse(why, GK_EBADVALUE, "person %s: role %.40s is not known", person.name,
                             json_string_value(role) ? json_string_value(role) : "?");
        person.roles |= bit;
    }
    if (self->count >= MOST_PEOPLE)
        return gk_refuse(why, GK_ETOOLARGE, "more than %d people", MOST_PEOPLE);
    self->people = gk_regrow(self->people, self->count + 1, sizeof *self->people);
    self->people[self->count++] = person;
    return GK_OK;
}

/*  The first unit of the office with this code. */
static const json_t *find_unit(const gk_org *self, const char *office, const char *code)
{
    size_t index;
    json_t *entry;
    json_array_foreach(gk_org_units(self, office), index, entry)
        if (strcmp(gk_json_text(entry, "code"), code) == 0)
            return entry;
    return NULL;
}

static gk_err check_units(const gk_org *self, const char *office, gk_why *why)
{
    size_t index;
    json_t *entry;
    json_array_foreach(gk_org_units(self, office), index, entry) {
        const char *code = gk_json_text(entry, "code");
        if (!*code)
            return gk_refuse(why, GK_EMISSING, "office %s: unit %zu has no code", office, index + 1);
        if (strlen(code) > MOST_CODE)
            return gk_refuse(why, GK_EBADVALUE, "office %s: unit code %.40s is longer than %d bytes", office, code, MOST_CODE);
        if (find_unit(self, office, code) != entry)
            return gk_refuse(why, GK_EBADVALUE, "office %s: unit %s stands twice", office, code);
    }
    return GK_OK;
}

static bool covers(const struct deputy *deputy, gk_date day)
{
    return deputy->from.day <= day.day && day.day <= deputy->to.day;
}

/*  Of this office, and nobody stands in for more than an act can name. */
static gk_err add_deputy(gk_org *self, const json_t *entry, const char *office, gk_why *why)
{
    struct deputy added = { gk_json_text(entry, "for"), gk_json_text(entry, "by"), gk_json_date(entry, "from"), gk_json_date(entry, "to") };
    const gk_person *whom = gk_org_find(self, added.whom), *by = *added.by ? gk_org_find(self, added.by) : whom;
    if (!whom || !by || strcmp(whom->office, office) != 0 || strcmp(by->office, office) != 0)
        return gk_refuse(why, GK_EBADVALUE, "office %s: a deputy names somebody who is not of this office", office);
    if (strcmp(added.whom, added.by) == 0)
        return gk_refuse(why, GK_EBADVALUE, "office %s: %s stands in for nobody but himself", office, added.by);
    if (gk_date_is_none(added.from) || gk_date_is_none(added.to) || added.from.day > added.to.day)
        return gk_refuse(why, GK_EBADVALUE, "office %s: deputy of %s: from and to must be dates, from not after to", office, added.whom);
    int together = 1;
    for (size_t i = 0; i < self->deputy_count; i++) {
        const struct deputy *other = &self->deputies[i];
        together += *added.by && strcmp(other->by, added.by) == 0 && other->from.day <= added.to.day && added.from.day <= other->to.day;
    }
    if (together > GK_DEPUTISED)
        return gk_refuse(why, GK_EBADVALUE, "office %s: %s stands in for more than %d people at a time", office, added.by, GK_DEPUTISED);
    if (self->deputy_count >= MOST_DEPUTIES)
        return gk_refuse(why, GK_ETOOLARGE, "more than %d deputies", MOST_DEPUTIES);
    self->deputies = gk_regrow(self->deputies, self->deputy_count + 1, sizeof *self->deputies);
    self->deputies[self->deputy_count++] = added;
    return GK_OK;
}

static gk_err add_office(gk_org *self, const json_t *office, gk_why *why)
{
    static const char *const required[] = { "code", "name", "letter_mark", "reconsideration_body", "court" };
    const char *code = gk_json_text(office, "code");
    for (size_t i = 0; i < sizeof required / sizeof *required; i++) {
        gk_err err = need_text(office, required[i], *code ? code : "office", why);
        if (err)
            return err;
    }
    if (strlen(code) > MOST_CODE)
        return gk_refuse(why, GK_EBADVALUE, "office code %.40s is longer than %d bytes", code, MOST_CODE);
    if (strlen(gk_json_text(office, "letter_mark")) > MOST_MARK)
        return gk_refuse(why, GK_EBADVALUE, "office %s: letter_mark is longer than %d bytes (12 characters)", code, MOST_MARK);
    if (gk_org_office(self, code) != office)
        return gk_refuse(why, GK_EBADVALUE, "office %s stands twice", code);
    const char *parent = gk_json_text(office, "parent");
    if (*parent && !gk_org_office(self, parent))
        return gk_refuse(why, GK_EBADVALUE, "office %s: parent %.15s is not known", code, parent);
    if (!*parent && self->district)
        return gk_refuse(why, GK_EBADVALUE, "offices %s and %s both have no parent: one district only", self->district, code);
    if (!*parent)
        self->district = code;
    gk_err wrong = check_units(self, code, why);
    if (wrong)
        return wrong;
    self->units += json_array_size(json_object_get(office, "units"));
    size_t index;
    json_t *entry;
    json_array_foreach(json_object_get(office, "people"), index, entry) {
        gk_err err = add_person(self, entry, code, why);
        if (err)
            return err;
    }
    json_array_foreach(json_object_get(office, "deputies"), index, entry) {
        gk_err err = add_deputy(self, entry, code, why);
        if (err)
            return err;
    }
    return GK_OK;
}

gk_err gk_org_read(const json_t *file, gk_org **out, gk_why *why)
{
    gk_auto(gk_org) self = gk_new(gk_org);
    self->file = json_deep_copy(file);
    const json_t *list = offices(self);
    if (!json_is_array(list) || json_array_size(list) == 0 || json_array_size(list) > MOST_OFFICES)
        return gk_refuse(why, GK_EMISSING, "\"offices\" must be an array of 1 to %d", MOST_OFFICES);
    for (size_t i = 0; i < json_array_size(list); i++) {
        gk_err err = add_office(self, json_array_get(list, i), why);
        if (err)
            return err;
    }
    if (!self->district)
        return gk_refuse(why, GK_EMISSING, "one office must have no parent: the district");
    *out = self;
    self = NULL;
    return GK_OK;
}

void gk_org_destroy(gk_org **self_p)
{
    if (*self_p) {
        json_decref((*self_p)->file);
        free((*self_p)->people);
        free((*self_p)->deputies);
        free(*self_p);
        *self_p = NULL;
    }
}

const char *gk_org_district(const gk_org *self)
{
    return self->district;
}

const json_t *gk_org_office(const gk_org *self, const char *code)
{
    size_t index;
    json_t *office;
    json_array_foreach(offices(self), index, office)
        if (strcmp(gk_json_text(office, "code"), code) == 0)
            return office;
    return NULL;
}

const json_t *gk_org_units(const gk_org *self, const char *office)
{
    return json_object_get(gk_org_office(self, office), "units");
}

bool gk_org_has_unit(const gk_org *self, const char *office, const char *unit)
{
    return find_unit(self, office, unit) != NULL;
}

const gk_person *gk_org_find(const gk_org *self, const char *name)
{
    for (size_t i = 0; i < self->count; i++)
        if (strcmp(self->people[i].name, name) == 0)
            return &self->people[i];
    return NULL;
}

const gk_person *gk_org_with(const gk_org *self, const char *office, const char *unit, unsigned roles, size_t index)
{
    for (size_t i = 0; i < self->count; i++) {
        const gk_person *p = &self->people[i];
        if (p->roles & roles && strcmp(p->office, office) == 0 && (!unit || strcmp(p->unit, unit) == 0) && index-- == 0)
            return p;
    }
    return NULL;
}

const gk_person *gk_org_deputised(const gk_org *self, const char *by, gk_date day, size_t index)
{
    for (size_t i = 0; i < self->deputy_count; i++)
        if (covers(&self->deputies[i], day) && strcmp(self->deputies[i].by, by) == 0 && index-- == 0)
            return gk_org_find(self, self->deputies[i].whom);
    return NULL;
}

const gk_person *gk_org_deputy(const gk_org *self, const char *person, gk_date day, size_t index)
{
    for (size_t i = 0; i < self->deputy_count; i++) {
        const struct deputy *deputy = &self->deputies[i];
        if (*deputy->by && covers(deputy, day) && strcmp(deputy->whom, person) == 0 && index-- == 0)
            return gk_org_find(self, deputy->by);
    }
    return NULL;
}

static bool is_away(const gk_org *self, const char *person, gk_date day)
{
    for (size_t i = 0; i < self->deputy_count; i++)
        if (covers(&self->deputies[i], day) && strcmp(self->deputies[i].whom, person) == 0)
            return true;
    return false;
}

bool gk_org_able(const gk_org *self, const char *office, const char *unit, unsigned roles, gk_date day)
{
    const gk_person *person, *deputy;
    for (size_t i = 0; (person = gk_org_with(self, office, unit, roles, i)); i++) {
        if (!is_away(self, person->name, day))
            return true;
        for (size_t k = 0; (deputy = gk_org_deputy(self, person->name, day, k)); k++)
            if (!is_away(self, deputy->name, day))
                return true;
    }
    return false;
}

size_t gk_org_count(const gk_org *self, size_t *units, size_t *people)
{
    if (units)
        *units = self->units;
    if (people)
        *people = self->count;
    return json_array_size(offices(self));
}

const char *gk_org_office_at(const gk_org *self, size_t index)
{
    const json_t *office = json_array_get(offices(self), index);
    return office ? gk_json_text(office, "code") : NULL;
}
