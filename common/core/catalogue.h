/*  gk_catalogue - what an entry of the catalogue of public documents is (政府信息公开目录, 条例 Art. 12).
 *
 *  Who asks for what is public already is told where it is found (Art. 36(1)), so an entry has a title
 *  and an address; the rest may be empty.  One table of fields is the header of the CSV file, the
 *  row of the protocol, and what the ledger takes.
 */
#ifndef GK_CATALOGUE_H
#define GK_CATALOGUE_H

#include "base/json.h"

#include <stdbool.h>

enum { GK_CATALOGUE_ROWS = 500 };       /* in one load */

typedef enum gk_entry_type { GK_ENTRY_LINE, GK_ENTRY_URL, GK_ENTRY_DATE } gk_entry_type;

typedef struct gk_entry_field {
    const char *name;
    gk_entry_type type;
    bool required;
    int most;                   /* characters */
    const char *zh;             /* what a Chinese header calls it, "a|b" */
} gk_entry_field;

/*  The field at `index`, NULL past the last; and the one of that name, NULL when none. */
const gk_entry_field *gk_entry_field_at(size_t index);
const gk_entry_field *gk_entry_field_find(const char *name);

/*  One value, which may be "" where it is not required.  GK_EMISSING, GK_EBADVALUE,
 *  GK_ETOOLARGE, with the field's name. */
GK_CHECKED gk_err gk_entry_check(const gk_entry_field *field, const char *value, gk_why *why);

/*  An array of 1 to GK_CATALOGUE_ROWS entries, nothing unknown in them; names the row that is wrong. */
GK_CHECKED gk_err gk_catalogue_check(const json_t *rows, gk_why *why);

#endif
