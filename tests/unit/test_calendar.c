/* links: gk_core */
/*  test_calendar - the shipped notices against an independent list of days, and periods against counting. */
#include "law.h"

/*  The list has one line a day that is not what its weekday says. */
typedef struct listed {
    gk_date date;
    bool workday;
    char name[64], notice[64];
} listed;

static int read_list(listed *list, int most)
{
    FILE *file = fopen(GK_SOURCE "/tests/data/workdays.csv", "r");
    assert_non_null(file);
    char line[256], kind[32], date[16];
    int count = 0;
    assert_non_null(fgets(line, sizeof line, file));        /* the heading */
    while (fgets(line, sizeof line, file)) {
        assert_true(count < most);
        listed *one = &list[count++];
        assert_int_equal(sscanf(line, "%15[^,],%31[^,],%63[^,],%63[^\r\n]", date, kind, one->name, one->notice), 4);
        one->date = law_date(date);
        one->workday = strcmp(kind, "workday_makeup") == 0;
    }
    fclose(file);
    return count;
}

static void every_day_is_as_listed(void **state)
{
    (void) state;
    static listed list[400];
    int count = read_list(list, 400), at = 0;
    assert_int_equal(count, 282);
    gk_auto(gk_calendar) cal = law_calendar();
    for (gk_date date = law_date("2019-01-01"), end = law_date("2026-12-31"); date.day <= end.day;
         date = gk_date_plus(date, 1)) {
        gk_day day = gk_calendar_day(cal, date);
        bool weekday = gk_date_weekday(date) < 5;
        bool named = at < count && list[at].date.day == date.day;
        gk_day_kind want = !named ? weekday ? GK_DAY_WORKDAY : GK_DAY_WEEKEND
                         : list[at].workday ? GK_DAY_MAKEUP : GK_DAY_HOLIDAY;
        if (day.kind != want || !day.covered || strcmp(day.name, named ? list[at].name : "")
            || strcmp(day.notice, named ? list[at].notice : "")
            || gk_calendar_is_workday(cal, date) != (want == GK_DAY_WORKDAY || want == GK_DAY_MAKEUP)) {
            char text[GK_DATE_TEXT];
            fail_msg("%s: kind %d, not %d; %s %s", gk_date_format(date, text), (int) day.kind, (int) want,
                     day.name, day.notice);
        }
        at += named;
    }
    assert_int_equal(at, count);
}

/*  And as two public packages have it, day by day; tests/data/workdays_npm.js says how the file was made. */
static void every_day_is_as_others_have_it(void **state)
{
    (void) state;
    FILE *file = fopen(GK_SOURCE "/tests/data/workdays_npm.txt", "r");
    assert_non_null(file);
    gk_auto(gk_calendar) cal = law_calendar();
    char line[128], month[16], days[64];
    int count = 0, between = 0;
    gk_date before = law_date("2018-12-31");
    assert_non_null(fgets(line, sizeof line, file));        /* the comment */
    while (fgets(line, sizeof line, file)) {
        assert_int_equal(sscanf(line, "%7s %31[Wr]", month, days), 2);
        char text[GK_DATE_TEXT];
        snprintf(text, sizeof text, "%.7s-01", month);
        gk_date first = law_date(text);
        for (int i = 0; days[i]; i++, count++) {
            gk_date date = gk_date_plus(first, i);
            if (gk_calendar_is_workday(cal, date) != (days[i] == 'W'))
                fail_msg("%s is not %c", gk_date_format(date, text), days[i]);
            between += days[i] == 'W';
            assert_int_equal(date.day, before.day + 1 + count);
            assert_int_equal(gk_calendar_between(cal, before, date), between);
        }
    }
    fclose(file);
    assert_int_equal(count, 2922);
}

static void periods_end_on_the_right_day(void **state)
{
    (void) state;
    static const struct {
        const char *start;
        int n;
        const char *due;
    } rows[] = {
        { "2021-03-01", 20, "2021-03-29" },     /* no holiday on the way */
        { "2021-02-01", 20, "2021-03-04" },     /* Spring Festival, two worked weekends */
        { "2021-02-05",  1, "2021-02-07" },     /* a worked Sunday counts */
        { "2021-09-24",  7, "2021-10-09" },     /* worked 26 September and 9 October */
        { "2021-05-01",  1, "2021-05-06" },     /* starts on a holiday */
        { "2021-09-17", 20, "2021-10-21" },     /* a fee notice: the last day to pay */
        { "2021-10-20", 20, "2021-11-17" },     /* paid: the new term */
        { "2020-01-20", 10, "2020-02-11" },     /* the lengthened Spring Festival */
        { "2022-12-30",  1, "2023-01-03" },     /* 31 December belongs to the notice of 2023 */
        { "2019-04-26",  3, "2019-04-30" },     /* worked Sunday, by the second notice */
        { "2026-03-01",  0, "2026-03-01" },
    };
    gk_auto(gk_calendar) cal = law_calendar();
    for (size_t i = 0; i < ROWS(rows); i++) {
        char text[GK_DATE_TEXT];
        gk_due due = gk_calendar_due(cal, law_date(rows[i].start), rows[i].n);
        assert_string_equal(gk_date_format(due.date, text), rows[i].due);
        assert_false(due.provisional);
    }
}

/*  From every day of eight years, against plain counting with is_workday. */
/*  民事诉讼法 Art. 85: a period of calendar days that ends on a day of rest ends on the first behind it. */
static void a_last_day_of_rest_rolls_on(void **state)
{
    (void) state;
    static const struct { const char *last, *rolled; } rows[] = {
        { "2026-03-19", "2026-03-19" },     /* a Thursday */
        { "2026-03-21", "2026-03-23" },     /* Saturday: Monday */
        { "2026-04-04", "2026-04-07" },     /* Qingming, 4 to 6 April */
        { "2026-02-28", "2026-02-28" },     /* a Saturday that is worked */
        { "2026-10-01", "2026-10-08" },
    };
    gk_auto(gk_calendar) cal = law_calendar();
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_due due = gk_calendar_rolled(cal, law_date(rows[i].last));
        char text[GK_DATE_TEXT];
        assert_string_equal(gk_date_format(due.date, text), rows[i].rolled);
        assert_false(due.provisional);
    }
    gk_due late = gk_calendar_rolled(cal, law_date("2027-01-02"));
    assert_true(late.provisional);
    assert_int_equal(late.date.day, law_date("2027-01-04").day);
}

static void due_equals_counting(void **state)
{
    (void) state;
    static const int periods[] = { 1, 2, 7, 15, 20, 40 };
    gk_auto(gk_calendar) cal = law_calendar();
    for (gk_date start = law_date("2019-01-01"), end = law_date("2026-10-01"); start.day <= end.day;
         start = gk_date_plus(start, 1))
        for (size_t i = 0; i < ROWS(periods); i++) {
            gk_date last = gk_calendar_due(cal, start, periods[i]).date;
            int counted = 0;
            for (gk_date d = gk_date_plus(start, 1); d.day <= last.day; d = gk_date_plus(d, 1))
                counted += gk_calendar_is_workday(cal, d);
            if (counted != periods[i] || !gk_calendar_is_workday(cal, last)
                || gk_calendar_between(cal, start, last) != counted
                || gk_calendar_between(cal, last, start) != -counted)
                fail_msg("day %d, %d days: counted %d", (int) start.day, periods[i], counted);
        }
}

static void days_between(void **state)
{
    (void) state;
    static const struct {
        const char *from, *to;
        int days;
    } rows[] = {
        { "2021-03-29", "2021-03-29", 0 },
        { "2021-03-30", "2021-03-29", -1 },
        { "2021-02-10", "2021-02-18", 1 },      /* over Spring Festival */
        { "2021-03-26", "2021-03-28", 0 },      /* a weekend */
        { "2021-03-28", "2021-03-26", 0 },
    };
    gk_auto(gk_calendar) cal = law_calendar();
    for (size_t i = 0; i < ROWS(rows); i++)
        assert_int_equal(gk_calendar_between(cal, law_date(rows[i].from), law_date(rows[i].to)), rows[i].days);
}

static void uncovered_days_are_provisional(void **state)
{
    (void) state;
    static const struct {
        const char *start;
        int n;
        bool provisional;
    } rows[] = {
        { "2026-12-30", 1, false },     /* 31 December */
        { "2026-12-30", 2, true },
        { "2026-12-31", 0, false },     /* leans on no day at all */
        { "2018-12-31", 5, false },     /* the start itself does not count */
        { "2018-12-30", 5, true },
        { "2030-01-01", 0, false },
    };
    gk_auto(gk_calendar) cal = law_calendar();
    for (size_t i = 0; i < ROWS(rows); i++)
        assert_int_equal(gk_calendar_due(cal, law_date(rows[i].start), rows[i].n).provisional, rows[i].provisional);
    assert_false(gk_calendar_day(cal, law_date("2027-01-01")).covered);
    assert_int_equal(gk_calendar_first(cal).day, law_date("2019-01-01").day);
    assert_int_equal(gk_calendar_last(cal).day, law_date("2026-12-31").day);
}

static void a_new_calendar_knows_weekdays(void **state)
{
    (void) state;
    gk_auto(gk_calendar) cal = gk_calendar_new();
    assert_true(gk_date_is_none(gk_calendar_first(cal)));
    assert_true(gk_date_is_none(gk_calendar_last(cal)));
    assert_true(gk_calendar_due(cal, law_date("2021-03-01"), 1).provisional);
    assert_true(gk_calendar_is_workday(cal, law_date("2021-10-01")));
    assert_string_equal(gk_calendar_day(cal, law_date("2021-10-01")).name, "");
    gk_calendar *none = NULL;
    gk_calendar_destroy(&none);
}

#define HEAD "notice 测试〔2027〕1号\ncovers 2027-01-01 2027-12-31\n"

/*  Each is refused with its line, and the calendar is as before. */
static void bad_notices_change_nothing(void **state)
{
    (void) state;
    static const struct {
        const char *text, *why;
    } rows[] = {
        { HEAD "off 2027-02-30\n", "line 3" },
        { HEAD "# fine\n\nrest 2027-02-11\n", "line 5" },
        { HEAD "off\n", "line 3" },
        { HEAD "off 2027-02-17 2027-02-11\n", "line 3" },
        { HEAD "off 2027-02-11 2027-02-17 春节 元宵\n", "line 3" },
        { HEAD "off 2027-02-11 春节 元宵\n", "line 3" },
        { HEAD "off 2027-02-11 2027-04-17 春节\n", "line 3" },      /* no holiday lasts two months */
        { HEAD "off 2028-02-11\n", "line 3" },                      /* not covered */
        { HEAD "work 2017-02-11\n", "line 3" },
        { HEAD "off 2027-02-111\n", "line 3" },
        { HEAD "notice\n", "line 3" },
        { HEAD "notice 测试〔2027〕2号 昨天\n", "line 3" },
        { HEAD "off 2027-02-11 0123456789012345678901234567890123456789012345678901234567890123\n", "line 3" },
        { HEAD "off 2027-02-11 a0123456789012345678901234567890123456789012345678901234567890123\n", "line 3" },
        { "off 2026-02-11\n", "line 1" },                           /* no notice stands above */
        { "notice 测试\ncovers 2028-01-01 2028-12-31\n", "line 2" },  /* leaves 2027 out */
        { "notice 测试\ncovers 2017-01-01 2018-12-30\n", "line 2" },  /* leaves 31 December out */
        { "notice 测试\ncovers 2027-01-01\n", "line 2" },
        { "notice 测试\ncovers 2027-01-01 2127-01-01\n", "line 2" },
        { "", "no notice" },
        { "# nothing\n\n", "no notice" },
        { HEAD "off 2027-01-01 \xff\n", "UTF-8" },
    };
    gk_auto(gk_calendar) cal = law_calendar();
    gk_free_auto char *version = gk_strdup(gk_calendar_version(cal));
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_why why = { "" };
        assert_int_equal(gk_calendar_load(cal, rows[i].text, strlen(rows[i].text), &why), GK_EBADVALUE);
        if (!strstr(why.text, rows[i].why))
            fail_msg("row %zu says: %s", i, why.text);
        assert_int_equal(gk_calendar_load(cal, rows[i].text, strlen(rows[i].text), NULL), GK_EBADVALUE);
        assert_string_equal(gk_calendar_version(cal), version);
        assert_int_equal(gk_calendar_last(cal).day, law_date("2026-12-31").day);
        assert_true(gk_calendar_is_workday(cal, law_date("2026-02-11")));
    }
    assert_int_equal(gk_calendar_load(cal, HEAD "off 2027-01-01\0x", sizeof HEAD + 16, NULL), GK_EBADVALUE);
    gk_free_auto char *long_text = gk_zalloc(100000);
    memset(long_text, '\n', 99999);
    assert_int_equal(gk_calendar_load(cal, long_text, 99999, NULL), GK_EBADVALUE);
}

/*  A calendar that is loaded for ever does not grow for ever. */
static void a_calendar_is_bounded(void **state)
{
    (void) state;
    gk_auto(gk_calendar) cal = gk_calendar_new();
    gk_text_auto text = { 0 };
    gk_err err = GK_OK;
    int rounds = 0;
    for (; !err && rounds < 100; rounds++) {
        gk_text_clear(&text);
        for (int i = 0; i < 500; i++)
            gk_text_printf(&text, "notice 0123456789012345678901234567890123456789012345678%03d-%03d\n", rounds, i);
        err = gk_calendar_load(cal, text.data, text.len, NULL);
    }
    assert_int_equal(err, GK_EBADVALUE);
    assert_in_range(rounds, 2, 40);
}

static void load(gk_calendar *cal, const char *text)
{
    gk_why why = { "" };
    if (gk_calendar_load(cal, text, strlen(text), &why))
        fail_msg("%s", why.text);
}

/*  ---- notices that change or contradict one another ------------------------------------------- */

#define NEXT "notice 国办〔2026〕9号 2026-11-10\ncovers 2027-01-01 2027-12-31\noff 2027-01-01 2027-01-03 元旦\n"

/*  Each contradicts itself or another notice, and is refused with what it contradicts. */
static void contradictions_are_refused(void **state)
{
    (void) state;
    static const struct {
        const char *text, *why;
    } rows[] = {
        { NEXT "work 2027-01-02\n", "holiday and that it is worked" },
        { NEXT "work 2027-02-06 春节\noff 2027-02-05 2027-02-11 春节\n", "2027-02-06" },
        { NEXT "notice 国办〔2026〕9号\n", "loaded already" },
        { "notice 国办发明电〔2025〕7号\n", "loaded already" },
        { "notice 新〔2026〕1号\noff 2026-10-10\n", "settled by 国办发明电〔2025〕7号" },         /* a make-up day turned holiday */
        { "notice 新〔2026〕1号\noff 2026-10-01\n", "settled by" },                              /* even if both agree */
        { "notice 新〔2026〕1号\ncovers 2026-06-01 2027-12-31\n", "covers these days already" },
        { "notice 新〔2026〕1号\nreplaces 国办发明电〔2019〕16号\noff 2026-10-10\n", "settled by" },   /* another one */
        { "notice 新〔2026〕1号\nreplaces 国办发明电〔2025〕8号\n", "no notice" },
        { "notice 新〔2026〕1号\nreplaces 新〔2026〕1号\n", "no notice" },
        { "replaces 国办发明电〔2025〕7号\n", "line 1" },
        { "agency 本关〔2026〕1号\ncovers 2027-01-01 2027-12-31\n", "settles no year" },
        { "agency 本关〔2026〕1号\nwork 2026-10-01\n", "settled by" },
        { "notice 新〔2026〕1号\nreplaces 国办发明电〔2025〕7号\nreplaces 国办发明电〔2024〕12号\nreplaces 国办发明电〔2023〕7号\n"
          "replaces 国办发明电〔2022〕16号\nreplaces 国办发明电〔2021〕11号\n", "at most 4" },
    };
    gk_auto(gk_calendar) cal = law_calendar();
    gk_free_auto char *version = gk_strdup(gk_calendar_version(cal));
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_why why = { "" };
        gk_err err = gk_calendar_load(cal, rows[i].text, strlen(rows[i].text), &why);
        if (err != GK_EBADVALUE || !strstr(why.text, rows[i].why))
            fail_msg("row %zu says: %s", i, why.text);
        assert_string_equal(gk_calendar_version(cal), version);
    }
}

/*  What the ledger accepted once is not asked again; the later notice wins there. */
static void what_was_accepted_stays_accepted(void **state)
{
    (void) state;
    gk_auto(gk_calendar) cal = law_calendar();
    static const char same[] = "notice 国办发明电〔2025〕7号\nreplaces 没有〔2000〕1号\nreplaces 国办发明电〔2025〕7号\n"
                               "covers 2026-01-01 2026-12-31\noff 2026-10-10 停\noff 2026-10-11\nwork 2026-10-11\n";
    assert_int_equal(gk_calendar_load(cal, same, strlen(same), NULL), GK_EBADVALUE);
    assert_int_equal(gk_calendar_load_kept(cal, same, strlen(same), NULL), GK_OK);
    assert_int_equal(gk_calendar_day(cal, law_date("2026-10-10")).kind, GK_DAY_HOLIDAY);
    assert_int_equal(gk_calendar_day(cal, law_date("2026-10-11")).kind, GK_DAY_MAKEUP);
    assert_int_equal(gk_calendar_load_kept(cal, "off 2026-10-10\n", 15, NULL), GK_EBADVALUE);
}

/*  An agency's own notice adds a rest day or a worked one and is named as such. */
static void an_agency_adds_days(void **state)
{
    (void) state;
    gk_auto(gk_calendar) cal = law_calendar();
    load(cal, "agency 本关〔2026〕5号 2026-06-10\noff 2026-06-15 台风\nwork 2026-06-27 补班\n");
    gk_day rest = gk_calendar_day(cal, law_date("2026-06-15")), work = gk_calendar_day(cal, law_date("2026-06-27"));
    assert_true(rest.kind == GK_DAY_HOLIDAY && rest.agency && work.kind == GK_DAY_MAKEUP && work.agency);
    assert_string_equal(rest.notice, "本关〔2026〕5号");
    assert_false(gk_calendar_day(cal, law_date("2026-10-01")).agency);
    assert_false(gk_calendar_day(cal, law_date("2026-06-16")).agency);
    load(cal, "agency 本关〔2026〕6号\nreplaces 本关〔2026〕5号\nwork 2026-06-15 台风未至\n");
    assert_true(gk_calendar_is_workday(cal, law_date("2026-06-15")));
}

static void notices_are_kept_in_order(void **state)
{
    (void) state;
    gk_auto(gk_calendar) cal = law_calendar();
    gk_notice one;
    size_t count = 0;
    while (gk_calendar_notice_at(cal, count, &one))
        count++;
    assert_int_equal(count, 10);        /* eight years, two of them with a second notice */
    assert_true(gk_calendar_notice_at(cal, 3, &one));
    assert_string_equal(one.number, "国办发明电〔2020〕1号");
    assert_string_equal(one.replaces, "国办发明电〔2019〕16号");
    assert_true(one.published.day == law_date("2020-01-26").day && gk_date_is_none(one.first) && gk_date_is_none(one.last));
    assert_true(one.off == 3 && one.work == 0 && !one.agency);
    assert_true(gk_calendar_notice_at(cal, 9, &one));
    assert_string_equal(one.number, "国办发明电〔2025〕7号");
    assert_string_equal(one.replaces, "");
    assert_true(one.first.day == law_date("2026-01-01").day && one.last.day == law_date("2026-12-31").day);
    assert_true(one.off == 33 && one.work == 6);
    gk_auto(gk_calendar) copy = gk_calendar_copy(cal);
    load(copy, NEXT);
    assert_false(gk_calendar_notice_at(cal, 10, &one));
    assert_true(gk_calendar_notice_at(copy, 10, &one));
}

static void the_later_notice_wins(void **state)
{
    (void) state;
    gk_auto(gk_calendar) cal = law_calendar();
    gk_date may = law_date("2026-05-01"), sunday = law_date("2026-05-10");
    load(cal, "notice 更正〔2026〕1号 2026-03-01   # no `covers`: days covered before\n"
              "replaces 国办发明电〔2025〕7号\n"
              "work 2026-05-01\r\n\toff  2026-05-10  2026-05-11 暂停\n");
    gk_day day = gk_calendar_day(cal, may);
    assert_int_equal(day.kind, GK_DAY_WORKDAY);
    assert_string_equal(day.notice, "更正〔2026〕1号");
    day = gk_calendar_day(cal, sunday);
    assert_int_equal(day.kind, GK_DAY_HOLIDAY);
    assert_string_equal(day.name, "暂停");
    assert_string_equal(gk_calendar_day(cal, law_date("2026-05-02")).notice, "国办发明电〔2025〕7号");
}

static void years_join_up(void **state)
{
    (void) state;
    gk_auto(gk_calendar) cal = gk_calendar_new();
    law_load_year(cal, 2023);
    assert_false(gk_calendar_day(cal, law_date("2022-12-31")).covered);
    assert_int_equal(gk_calendar_day(cal, law_date("2022-12-31")).kind, GK_DAY_HOLIDAY);
    law_load_year(cal, 2022);           /* backwards is fine, and takes nothing back */
    assert_true(gk_calendar_day(cal, law_date("2022-12-31")).covered);
    assert_string_equal(gk_calendar_day(cal, law_date("2022-12-31")).notice, "国办发明电〔2022〕16号");
    assert_false(gk_calendar_due(cal, law_date("2022-12-30"), 40).provisional);
    load(cal, "notice 短\nreplaces 国办发明电〔2021〕11号\ncovers 2022-06-01 2022-06-30\n");
    assert_int_equal(gk_calendar_first(cal).day, law_date("2022-01-01").day);
    assert_int_equal(gk_calendar_last(cal).day, law_date("2023-12-31").day);
}

static void the_version_follows_what_is_said(void **state)
{
    (void) state;
    gk_auto(gk_calendar) one = law_calendar();
    gk_auto(gk_calendar) two = law_calendar();
    assert_string_equal(gk_calendar_version(one), gk_calendar_version(two));
    assert_true(strncmp(gk_calendar_version(one), "2026-12-31/", 11) == 0);
    load(one, "notice 甲 # a comment\noff 2026-06-01");
    assert_string_not_equal(gk_calendar_version(one), gk_calendar_version(two));
    load(two, "\nnotice   甲\n\n off 2026-06-01   # another\n");
    assert_string_equal(gk_calendar_version(one), gk_calendar_version(two));
    load(one, "notice 乙");
    assert_string_not_equal(gk_calendar_version(one), gk_calendar_version(two));
}

static void a_copy_stands_alone(void **state)
{
    (void) state;
    gk_calendar *cal = law_calendar();
    gk_auto(gk_calendar) copy = gk_calendar_copy(cal);
    load(cal, "notice 甲\noff 2026-06-01 停\n");
    assert_true(gk_calendar_is_workday(copy, law_date("2026-06-01")));
    gk_calendar_destroy(&cal);
    assert_null(cal);
    assert_string_equal(gk_calendar_day(copy, law_date("2021-10-01")).name, "国庆节");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_is_as_listed),
        cmocka_unit_test(every_day_is_as_others_have_it),
        cmocka_unit_test(periods_end_on_the_right_day),
        cmocka_unit_test(a_last_day_of_rest_rolls_on),
        cmocka_unit_test(due_equals_counting),
        cmocka_unit_test(days_between),
        cmocka_unit_test(uncovered_days_are_provisional),
        cmocka_unit_test(a_new_calendar_knows_weekdays),
        cmocka_unit_test(bad_notices_change_nothing),
        cmocka_unit_test(a_calendar_is_bounded),
        cmocka_unit_test(contradictions_are_refused),
        cmocka_unit_test(what_was_accepted_stays_accepted),
        cmocka_unit_test(an_agency_adds_days),
        cmocka_unit_test(notices_are_kept_in_order),
        cmocka_unit_test(the_later_notice_wins),
        cmocka_unit_test(years_join_up),
        cmocka_unit_test(the_version_follows_what_is_said),
        cmocka_unit_test(a_copy_stands_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
