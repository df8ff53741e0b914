/*  gk_fee - the information processing fee (信息处理费).
 *
 *  Excess-progressive: a unit costs what its own band says.  So a price is a walk
 *  over bands, and the arithmetic for the letter is the same walk, written down.
 */
#include "core/fee.h"
#include "base/mem.h"

#include <assert.h>

/*  The band that holds item `unit`.  Beyond the table each further band of
 *  item_band items is item_band_step dearer than the one before (Art. 4). */
static gk_tier item_band_of(const gk_rules *rules, int64_t unit)
{
    for (int i = 0; i < rules->item_tier_count; i++)
        if (unit <= rules->item_tiers[i].upto)
            return rules->item_tiers[i];
    gk_tier top = rules->item_tiers[rules->item_tier_count - 1];
    int64_t nth = (unit - top.upto - 1) / rules->item_band + 1;
    return (gk_tier) { top.upto + nth * rules->item_band, top.yuan + nth * rules->item_band_step };
}

static gk_tier page_band_of(const gk_rules *rules, int64_t unit)
{
    int i = 0;
    while (unit > rules->page_tiers[i].upto)        /* the last one is open */
        i++;
    return rules->page_tiers[i];
}

/*  The two standards differ in their bands and in how a unit is called. */
typedef struct standard {
    gk_tier (*of)(const gk_rules *rules, int64_t unit);
    const char *zh, *en;
} standard;

static const standard items = { item_band_of, "件", "items" };
static const standard pages = { page_band_of, "页", "pages" };

static void add_line(json_t *lines, const standard *by, int64_t first, int64_t last, int64_t yuan)
{
    long long from = first, to = last, units = last - first + 1, each = yuan;
    gk_free_auto char *zh = gk_format("第%lld—%lld%s：%lld%s×%lld元＝%lld元", from, to, by->zh,
                                      units, by->zh, each, units * each);
    gk_free_auto char *en = gk_format("%s %lld to %lld: %lld x %lld yuan = %lld yuan", by->en, from, to,
                                      units, each, units * each);
    json_array_append_new(lines, json_pack("{s:s, s:s, s:I, s:I, s:I}", "zh", zh, "en", en,
                                           "units", (json_int_t) units, "yuan", (json_int_t) each,
                                           "sum", (json_int_t) (units * each)));
}

/*  Walk units before + 1 .. before + count; `lines` may be NULL. */
static int64_t walk(const gk_rules *rules, const standard *by, int64_t before, int64_t count,
                    json_t *lines)
{
    assert(before >= 0 && before <= GK_FEE_MOST && count >= 0 && count <= GK_FEE_MOST);
    int64_t sum = 0, end = before + count;
    for (int64_t first = before + 1; first <= end; ) {
        gk_tier step = by->of(rules, first);
        int64_t last = step.upto < end ? step.upto : end;
        sum += (last - first + 1) * step.yuan;
        if (lines)
            add_line(lines, by, first, last, step.yuan);
        first = last + 1;
    }
    return sum;
}

int64_t gk_fee_items(const gk_rules *rules, int64_t before, int64_t count)
{
    return walk(rules, &items, before, count, NULL);
}

int64_t gk_fee_pages(const gk_rules *rules, int64_t count)
{
    return walk(rules, &pages, 0, count, NULL);
}

json_t *gk_fee_items_lines(const gk_rules *rules, int64_t before, int64_t count)
{
    json_t *lines = json_array();
    walk(rules, &items, before, count, lines);
    return lines;
}

json_t *gk_fee_pages_lines(const gk_rules *rules, int64_t count)
{
    json_t *lines = json_array();
    walk(rules, &pages, 0, count, lines);
    return lines;
}
