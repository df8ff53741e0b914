/*  gk_letters - the kinds of letter (文书种类): what each is called, and to whom it goes.
 *
 *  The texts are in schemas/templates; which step makes which letter says core/flow.
 */
#ifndef GK_LETTERS_H
#define GK_LETTERS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct gk_letter_info {
    const char *kind;           /* "correction_notice" */
    const char *zh, *en;
    bool third_party;           /* to who is asked or overridden: never the applicant's to read, nor about him (Art. 32) */
} gk_letter_info;

/*  All of them. */
const gk_letter_info *gk_letters(size_t *count);

/*  NULL: there is no such kind. */
const gk_letter_info *gk_letter_find(const char *kind);

#endif
