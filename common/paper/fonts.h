/*  fonts - the faces of official letters, and the proof that every character has one.
 *
 *  GB/T 9704 wants 仿宋 for the body, 小标宋 for titles, 黑体 and 楷体 for headings; `deploy/fonts
 *  DIR` puts the Fandol family there.  The programs see DIR and the system's Noto CJK and
 *  DejaVu (for rare characters), nothing else, whatever the machine has installed: a letter
 *  must look the same wherever it is printed.
 */
#ifndef GK_FONTS_H
#define GK_FONTS_H

#include "base/err.h"

#include <pango/pangocairo.h>

typedef enum gk_face { GK_FACE_FANG, GK_FACE_SONG, GK_FACE_HEI, GK_FACE_KAI, GK_FACES } gk_face;

typedef struct gk_fonts gk_fonts;

/*  Open the fonts in `dir`.  GK_ENOTFOUND, naming what is missing and how to get it. */
GK_CHECKED gk_err gk_fonts_new(const char *dir, gk_fonts **out, gk_why *why);
void gk_fonts_destroy(gk_fonts **self_p);

/*  A layout of `text` in a face of `size` points, `spacing` points added after each
 *  character, with unrounded metrics, so that screen resolution plays no part.  The
 *  caller unrefs it. */
PangoLayout *gk_fonts_layout(const gk_fonts *self, gk_face face, double size, double spacing,
                             const char *text);

/*  Characters that stood for nothing printable, each once; no more than the first few are remembered. */
typedef struct gk_missing {
    uint32_t list[8];
    size_t count;               /* may be greater than the list is long */
} gk_missing;

/*  Set 〓, the printers' mark for a character that the type case lacks, where no font of ours has a glyph, and add what
 *  it stands for to `missing`: people put anything into a form, and their letter must be printed all the same. */
void gk_fonts_substitute(PangoLayout *layout, gk_missing *missing);

/*  GK_EBADVALUE when a character of the layout has no glyph, or has it from a font that
 *  is not ours; the code point is named. */
GK_CHECKED gk_err gk_fonts_check(PangoLayout *layout, gk_why *why);

#endif
