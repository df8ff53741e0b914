/*  template - the wording of a letter as data: template text and facts in, blocks out.
 *
 *  The words of an official letter belong to jurists, so they stand in
 *  schemas/templates/NAME.txt and this is all the language there is.  A line is a
 *  paragraph; blank lines and lines that begin with '#' are for the reader only.
 *
 *      {{path}}            the value there (text or whole number); it is an error when it is missing
 *      {{path:date}}       2026年3月2日
 *      {{path:cite}}       a quotation: one line, shortened to 300 characters with ……
 *      {{path:sentence}}   with a full stop at the end, if it has none
 *      {{path:capital}}    whole yuan in words (壹佰贰拾元整)
 *
 *  At the start of a line, any number of
 *
 *      {{?path}}  {{!path}}    keep this line only when the value is there, or is not
 *      {{*path}}               one such line for each item of an array, or each line of a text;
 *                              in it {{.}} is the item and {{#}} its number; before @include
 *                              the items are objects, whose members hide values of that name
 *
 *  and then perhaps one of
 *
 *      @title @to @head @sub @item @annex @sign @date @label @cell     what the paragraph is (else body text)
 *      @include NAME                                       all lines of that template, here
 *
 *  A value is never read as template text.  A letter thus has no empty hole: what is
 *  missing is named in the error and no letter is made.
 */
#ifndef GK_TEMPLATE_H
#define GK_TEMPLATE_H

#include "base/json.h"

typedef enum gk_block_kind {
    GK_BLOCK_TEXT,          /* body, first line indented by two characters */
    GK_BLOCK_TITLE,
    GK_BLOCK_TO,            /* recipient (主送) */
    GK_BLOCK_HEAD,          /* heading of the first level (一、) */
    GK_BLOCK_SUB,           /* heading of the second level (（一）) */
    GK_BLOCK_ITEM,          /* a numbered point of a list */
    GK_BLOCK_ANNEX,         /* one name of the list of annexes (附件) */
    GK_BLOCK_SIGN,          /* the office above its seal */
    GK_BLOCK_DATE,          /* the date below it (成文日期) */
    GK_BLOCK_LABEL,         /* of a form: the name of a field (栏目), which opens a row of its table */
    GK_BLOCK_CELL,          /* ... a paragraph of what stands in it */
    GK_BLOCK_KINDS
} gk_block_kind;

typedef struct gk_block {
    gk_block_kind kind;
    char *text;             /* well-formed UTF-8, not empty, one line */
} gk_block;

/*  Zero-initialise to start, gk_blocks_clear to end. */
typedef struct gk_blocks {
    gk_block *list;
    size_t count;
    size_t bytes;           /* of all texts together; bounded */
} gk_blocks;

void gk_blocks_clear(gk_blocks *self);
#define gk_blocks_auto __attribute__((cleanup(gk_blocks_clear))) gk_blocks

/*  A set of templates that may include one another. */
typedef struct gk_templates gk_templates;

gk_templates *gk_templates_new(void);
void gk_templates_destroy(gk_templates **self_p);

/*  Add a template under `name` ([a-z0-9_]).  The text is checked whole and copied; GK_EBADVALUE
 *  (with name and line), GK_ETOOLARGE, and then the set is as it was. */
GK_CHECKED gk_err gk_templates_add(gk_templates *self, const char *name, const char *text, size_t len,
                                   gk_why *why);

/*  Add every *.txt of a folder.  GK_ENOTFOUND when there is none, else as add. */
GK_CHECKED gk_err gk_templates_load(gk_templates *self, const char *folder, gk_why *why);

bool gk_templates_has(const gk_templates *self, const char *name);

/*  Fill a template with `values`, a JSON object.  GK_ENOTFOUND: no such template or include;
 *  GK_EMISSING: a value is not there, named in *why; GK_EBADVALUE: a value cannot be printed
 *  so; GK_ETOOLARGE.  On failure *out is as it was. */
GK_CHECKED gk_err gk_templates_fill(const gk_templates *self, const char *name, const json_t *values,
                                    gk_blocks *out, gk_why *why);

#endif
