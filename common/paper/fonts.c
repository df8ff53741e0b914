/*  fonts - the faces of official letters, through a fontconfig configuration of our own. */
#include "paper/fonts.h"
#include "base/mem.h"
#include "base/text.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#include <stdlib.h>
#include <string.h>

struct gk_fonts {
    PangoFontMap *map;
    PangoContext *context;
};

/*  Tried from left to right for each character; any other family is refused. */
#define RARE "Noto Serif CJK SC,Noto Sans CJK SC,DejaVu Sans"
static const struct { const char *own, *families; } faces[GK_FACES] = {
    [GK_FACE_FANG] = { "FandolFang", "FandolFang,FandolFang R," RARE },
    [GK_FACE_SONG] = { "FandolSong", "FandolSong," RARE },
    [GK_FACE_HEI] = { "FandolHei", "FandolHei," RARE },
    [GK_FACE_KAI] = { "FandolKai", "FandolKai," RARE },
};
#undef RARE

static const char *const allowed[] = {
    "FandolFang", "FandolFang R", "FandolSong", "FandolHei", "FandolKai",
    "Noto Serif CJK SC", "Noto Sans CJK SC", "DejaVu Sans",
};

static bool is_allowed(const char *family)
{
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        if (strcmp(family, allowed[i]) == 0)
            return true;
    return false;
}

/*  A file name inside XML; these few are all that would be read as markup. */
static char *escaped(const char *text)
{
    char *out = gk_zalloc(strlen(text) * 5 + 1), *to = out;
    for (; *text; text++) {
        if (*text == '&')
            to = stpcpy(to, "&amp;");
        else if (*text == '<')
            to = stpcpy(to, "&lt;");
        else
            *to++ = *text;
    }
    return out;
}

static FcConfig *open_config(const char *dir)
{
    gk_free_auto char *name = escaped(dir);
    gk_free_auto char *xml = gk_format(
        "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig>"
        "<dir>%s</dir><dir>/usr/share/fonts/opentype/noto</dir><dir>/usr/share/fonts/truetype/dejavu</dir>"
        "<cachedir>/var/cache/fontconfig</cachedir><cachedir prefix=\"xdg\">fontconfig</cachedir>"
        "</fontconfig>", name);
    FcConfig *config = FcConfigCreate();
    if (config && FcConfigParseAndLoadFromMemory(config, (const FcChar8 *) xml, FcTrue)
        && FcConfigBuildFonts(config))
        return config;
    if (config)
        FcConfigDestroy(config);
    return NULL;
}

static bool has_family(FcConfig *config, const char *family)
{
    FcPattern *pattern = FcPatternBuild(NULL, FC_FAMILY, FcTypeString, family, NULL);
    FcObjectSet *objects = FcObjectSetBuild(FC_FAMILY, NULL);
    FcFontSet *set = FcFontList(config, pattern, objects);
    bool found = set && set->nfont > 0;
    if (set)
        FcFontSetDestroy(set);
    FcObjectSetDestroy(objects);
    FcPatternDestroy(pattern);
    return found;
}

static PangoContext *open_context(PangoFontMap *map)
{
    PangoContext *context = pango_font_map_create_context(map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("zh-cn"));
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
    return context;
}

gk_err gk_fonts_new(const char *dir, gk_fonts **out, gk_why *why)
{
    FcConfig *config = open_config(dir);
    if (!config)
        return gk_refuse(why, GK_ENOTFOUND, "fonts in %s cannot be opened; run deploy/fonts %s", dir, dir);
    for (size_t i = 0; i < GK_FACES; i++)
        if (!has_family(config, faces[i].own)) {
            FcConfigDestroy(config);
            return gk_refuse(why, GK_ENOTFOUND, "there is no font %s in %s, so no letter can be set in "
                             "Chinese; run deploy/fonts %s", faces[i].own, dir, dir);
        }
    gk_fonts *self = gk_new(gk_fonts);
    self->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(self->map), config);
    FcConfigDestroy(config);            /* the map has a reference of its own */
    self->context = open_context(self->map);
    *out = self;
    return GK_OK;
}

void gk_fonts_destroy(gk_fonts **self_p)
{
    if (!*self_p)
        return;
    g_object_unref((*self_p)->context);
    g_object_unref((*self_p)->map);
    free(*self_p);
    *self_p = NULL;
}

PangoLayout *gk_fonts_layout(const gk_fonts *self, gk_face face, double size, double spacing,
                             const char *text)
{
    PangoLayout *layout = pango_layout_new(self->context);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, faces[face].families);
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    PangoAttrList *attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_letter_spacing_new((int) (spacing * PANGO_SCALE)));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_text(layout, text, -1);
    return layout;
}

static bool is_unknown(PangoGlyph glyph)
{
    return glyph != PANGO_GLYPH_EMPTY && glyph & PANGO_GLYPH_UNKNOWN_FLAG;
}

static void remember(gk_missing *missing, uint32_t c)
{
    size_t most = sizeof missing->list / sizeof *missing->list;
    for (size_t i = 0; i < missing->count && i < most; i++)
        if (missing->list[i] == c)
            return;
    if (missing->count < most)
        missing->list[missing->count] = c;
    missing->count++;
}

/*  The code points that no font has, as keys; the caller destroys the table. */
static GHashTable *unknown_of(PangoLayout *layout)
{
    GHashTable *set = g_hash_table_new(NULL, NULL);
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    do {
        const PangoLayoutRun *run = pango_layout_iter_get_run_readonly(at);
        for (int i = 0; run && i < run->glyphs->num_glyphs; i++) {
            PangoGlyph glyph = run->glyphs->glyphs[i].glyph;
            if (is_unknown(glyph))
                g_hash_table_add(set, GUINT_TO_POINTER(glyph & ~PANGO_GLYPH_UNKNOWN_FLAG));
        }
    } while (pango_layout_iter_next_run(at));
    pango_layout_iter_free(at);
    return set;
}

void gk_fonts_substitute(PangoLayout *layout, gk_missing *missing)
{
    GHashTable *unknown = unknown_of(layout);
    gk_text_auto text = { 0 };
    for (const char *at = pango_layout_get_text(layout); g_hash_table_size(unknown) && *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (g_hash_table_contains(unknown, GUINT_TO_POINTER(c))) {
            remember(missing, c);
            gk_text_puts(&text, "〓");
        } else {
            gk_text_add(&text, at, (size_t) (g_utf8_next_char(at) - at));
        }
    }
    if (text.len)
        pango_layout_set_text(layout, text.data, (int) text.len);
    g_hash_table_destroy(unknown);
}

static gk_err check_glyphs(const PangoGlyphString *glyphs, gk_why *why)
{
    for (int i = 0; i < glyphs->num_glyphs; i++) {
        PangoGlyph glyph = glyphs->glyphs[i].glyph;
        if (is_unknown(glyph))
            return gk_refuse(why, GK_EBADVALUE, "no font of the letters has the character U+%04X; take it "
                             "out of the text or install a font that has it",
                             (unsigned) (glyph & ~PANGO_GLYPH_UNKNOWN_FLAG));
    }
    return GK_OK;
}

static gk_err check_run(const PangoLayoutRun *run, gk_why *why)
{
    gk_err err = check_glyphs(run->glyphs, why);
    if (err)
        return err;
    PangoFontDescription *font = pango_font_describe(run->item->analysis.font);
    const char *family = pango_font_description_get_family(font);
    if (!family || !is_allowed(family))
        err = gk_refuse(why, GK_EBADVALUE, "a character would be printed in %s, which is not a font of the "
                        "letters; install fonts-noto-cjk", family ? family : "an unknown font");
    pango_font_description_free(font);
    return err;
}

gk_err gk_fonts_check(PangoLayout *layout, gk_why *why)
{
    gk_err err = GK_OK;
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    do {
        const PangoLayoutRun *run = pango_layout_iter_get_run_readonly(at);
        if (run)
            err = check_run(run, why);
    } while (!err && pango_layout_iter_next_run(at));
    pango_layout_iter_free(at);
    if (!err && pango_layout_get_unknown_glyphs_count(layout))
        err = gk_refuse(why, GK_EBADVALUE, "a character of the letter has no glyph in any font of the letters");
    return err;
}

/*  Cairo 1.16 loses some bytes with each CFF font that it embeds, fontconfig some with each
 *  configuration; neither is ours to mend, and both would hide what is. */
#if defined __SANITIZE_ADDRESS__
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libcairo.so\nleak:libfontconfig.so\n";
}
#endif
