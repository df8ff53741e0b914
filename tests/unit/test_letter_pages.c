/* links: gongkai_reply_parts */
/*  test_letter_pages - where pages end: a few letters by hand, then what must hold of any column. */
#include "workers/reply/pages.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ROWS(table) (sizeof (table) / sizeof *(table))
enum { FIRST = 18, MOST = 400 };

/*  A column as text: '-' a row, 'b' a bound one, '1' to '9' that many blank rows before the next. */
static size_t column(const char *text, gk_row *rows)
{
    size_t count = 0;
    for (int gap = 0; *text; text++) {
        if (*text >= '1' && *text <= '9') {
            gap = *text - '0';
            continue;
        }
        rows[count++] = (gk_row) { .gap = gap, .bound = *text == 'b' };
        gap = 0;
    }
    return count;
}

#define TEN "----------"

static void letters_by_hand(void **state)
{
    (void) state;
    static const struct { const char *column; int pages, last_page, last_slot; const char *what; } rows[] = {
        { "-", 1, 0, 0, "one row" },
        { TEN "--------", 1, 0, 17, "just full" },
        { TEN "---------", 2, 1, 0, "one over" },
        { TEN "------b-", 1, 0, 17, "bound and fitting" },
        { TEN "-------b-", 2, 1, 1, "a heading does not stay behind" },
        { TEN "------1--", 2, 1, 0, "a gap takes its place" },
        { TEN "--------3-", 2, 1, 0, "no gap at the top of a page" },
        { TEN "---bb2bb-", 2, 1, 6, "a signature takes two lines along, its gap too" },
        { TEN TEN TEN TEN, 2, 1, 21, "the second page is longer" },
        { TEN TEN TEN TEN "-", 3, 2, 0, "and then full" },
        { "bbbbbbbbbbbbbbbbbbbbbbbbb", 2, 1, 6, "a run longer than a page is cut" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_row list[MOST];
        size_t count = column(rows[i].column, list);
        int pages = gk_pages_place(list, count, FIRST);
        const gk_row *last = &list[count - 1];
        if (pages != rows[i].pages || last->page != rows[i].last_page || last->slot != rows[i].last_slot)
            fail_msg("%s: %d pages, last row on %d at %d", rows[i].what, pages, last->page, last->slot);
    }
    assert_int_equal(gk_pages_place(NULL, 0, FIRST), 1);
}

/*  Any column: rows in order, no two in one place, none outside, gaps kept inside a page, and a
 *  bound row parted from its next only where the run has the page from its top. */
static void any_column(void **state)
{
    (void) state;
    uint64_t seed = 20260302;
    for (int round = 0; round < 3000; round++) {
        gk_row list[MOST];
        size_t count = (size_t) round % MOST;
        int first = 1 + round % GK_PAGE_ROWS, bound_share = round % 11;
        for (size_t i = 0; i < count; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            int dice = (int) (seed >> 40);
            list[i] = (gk_row) { .gap = dice % 7 == 0 ? dice / 7 % 4 : 0, .bound = dice / 64 % 11 < bound_share };
        }
        int pages = gk_pages_place(list, count, first);
        assert_true(pages >= 1 && (count == 0 || list[count - 1].page == pages - 1));
        for (size_t i = 0; i < count; i++) {
            int room = list[i].page ? GK_PAGE_ROWS : first;
            assert_in_range(list[i].slot, 0, room - 1);
            bool top = i == 0 || list[i].page != list[i - 1].page;
            if (top)
                assert_true(list[i].slot == 0 && list[i].page == (i ? list[i - 1].page + 1 : 0));
            else
                assert_int_equal(list[i].slot, list[i - 1].slot + 1 + list[i].gap);
            if (i && top && list[i - 1].bound)
                for (size_t k = i - 1; list[k].slot > 0; k--)
                    assert_true(list[k - 1].bound);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_by_hand),
        cmocka_unit_test(any_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
