/* links: gk_core */
/*  fuzz_calendar - whatever a notice says, it is refused with its line or it leaves a calendar that counts. */
#include "base/mem.h"
#include "core/calendar.h"
#include "fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    gk_auto(gk_calendar) cal = gk_calendar_new();
    gk_why why = { "" };
    gk_err err = gk_calendar_load(cal, (const char *) data, len, &why);
    if (err ? !*why.text || strcmp(gk_calendar_version(cal), "none") : *why.text != 0)
        abort();
    if (gk_date_is_none(gk_calendar_first(cal)) != gk_date_is_none(gk_calendar_last(cal)))
        abort();
    gk_date start = { 18628 };                  /* 2021-01-01 */
    for (int n = 0; n <= 40; n += 20) {
        gk_due due = gk_calendar_due(cal, start, n);
        if (gk_calendar_between(cal, start, due.date) != n)
            abort();
        gk_day day = gk_calendar_day(cal, due.date);
        if (strlen(day.name) > 63 || strlen(day.notice) > 63)
            abort();
    }
    /*  What was taken is not taken twice, but may be read back; and each notice of it is kept. */
    gk_notice notice;
    size_t count = 0;
    for (; gk_calendar_notice_at(cal, count, &notice); count++)
        if (!*notice.number || strlen(notice.number) > 63 || notice.off < 0 || notice.work < 0)
            abort();
    if (err ? count != 0 : count == 0)
        abort();
    gk_auto(gk_calendar) again = gk_calendar_copy(cal);
    if (!err && count < 1000 && (!gk_calendar_load(again, (const char *) data, len, NULL)
                 || gk_calendar_load_kept(again, (const char *) data, len, NULL)))
        abort();
    gk_auto(gk_calendar) copy = gk_calendar_copy(cal);
    return strcmp(gk_calendar_version(copy), gk_calendar_version(cal)) ? abort(), 0 : 0;
}
