/*  pages - where the pages of a letter end.  Greedy: fill a page, then give back what is bound. */
#include "workers/reply/pages.h"

/*  Put rows from `from` on one page as far as they go; the index of the first that does not fit. */
static size_t fill_page(gk_row *rows, size_t count, size_t from, int page, int room)
{
    int slot = 0;
    for (size_t i = from; i < count; i++) {
        slot += i == from ? 0 : rows[i].gap;
        if (slot >= room)
            return i;
        rows[i].page = page;
        rows[i].slot = slot++;
    }
    return count;
}

int gk_pages_place(gk_row *rows, size_t count, int first)
{
    int page = 0;
    for (size_t from = 0; from < count; page++) {
        size_t end = fill_page(rows, count, from, page, page ? GK_PAGE_ROWS : first), cut = end;
        while (end < count && cut > from && rows[cut - 1].bound)
            cut--;
        from = cut > from ? cut : end;
    }
    return page ? page : 1;
}
