/* links: gk_store */
/*  bench_catalogue [ENTRIES] - how long loading, searching and the candidates of a request take over a made catalogue
 *  (100,000 entries unless said), of titles as a customs district publishes them: most words are in very many. */
#include "store/store.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 20, PART = 500 };

#define COUNT(table) (sizeof table / sizeof *table)

static unsigned seed = 7;

static unsigned dice(unsigned sides)
{
    seed = seed * 1103515245u + 12345u;
    return (seed >> 16) % sides;
}

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static void stop_if(gk_err err, const gk_why *why)
{
    if (err) {
        fprintf(stderr, "%s: %s\n", gk_err_code(err), why->text);
        exit(1);
    }
}

/*  Half are decisions of one wording with a number, as such catalogues are. */
static json_t *made_entry(int n)
{
    static const char *const who[] = { "示例海关", "示例海关所属甲海关", "海关总署", "示例海关缉私局", "示例海关关税处" };
    static const char *const what[] = { "部门预算", "部门决算", "政府采购项目中标公告", "进出口食品检验检疫监管办法", "高级认证企业名单",
                                        "行政许可事项服务指南", "税则归类决定", "加工贸易保税监管通知", "口岸卫生检疫公告", "政府信息公开年度报告" };
    static const char *const kinds[] = { "（试行）", "的通知", "的公告", "解读", "" };
    int year = 2008 + (int) dice(18);
    gk_text_auto title = { 0 };
    gk_text_auto number = { 0 };
    if (dice(2)) {
        gk_text_printf(&title, "行政处罚决定书（%s关缉违字〔%d〕%d号）", dice(2) ? "甲" : "乙", year, n);
        gk_text_printf(&number, "关缉违字〔%d〕%d号", year, n);
    } else {
        gk_text_printf(&title, "%s%d年%s", who[dice(COUNT(who))], year, what[dice(COUNT(what))]);
        for (int i = 0; i < 3; i++)         /* what the one in hand is about */
            gk_text_add_char(&title, 0x4e00 + dice(6000));
        gk_text_puts(&title, kinds[dice(COUNT(kinds))]);
    }
    gk_free_auto char *url = gk_format("https://customs.example/gkml/%d/%d.html", year, n);
    gk_free_auto char *day = gk_format("%04d-%02u-%02u", year, 1 + dice(12), 1 + dice(28));
    return json_pack("{s:s, s:s, s:s, s:s, s:s}", "title", title.data, "document_number", number.data ? number.data : "", "url", url,
                     "published_on", day, "unit", "BGS");
}

static void fill(gk_store *store, int entries)
{
    gk_why why = { "" };
    double begin = now_ms(), slowest = 0;
    for (int n = 0; n < entries; ) {
        double part = now_ms();
        stop_if(gk_store_begin(store, &why), &why);
        for (int i = 0; i < PART && n < entries; i++, n++) {
            gk_json_auto *entry = made_entry(n), *was = NULL;
            gk_entry_fate fate;
            stop_if(gk_store_entry_put(store, "GZ", entry, &fate, &was, &why), &why);
        }
        stop_if(gk_store_commit(store, &why), &why);
        slowest = now_ms() - part > slowest ? now_ms() - part : slowest;
    }
    printf("load %d entries in parts of %d: %.1f s, slowest part %.0f ms\n", entries, PART, (now_ms() - begin) / 1e3, slowest);
}

static void search(gk_store *store, const char *words)
{
    gk_why why = { "" };
    double best = 1e9, worst = 0;
    size_t count = 0;
    bool more = false;
    for (int i = 0; i < ROUNDS; i++) {
        double begin = now_ms();
        gk_json_auto *list = NULL;
        stop_if(gk_store_entry_search(store, words, 50, &list, &more, &why), &why);
        double spent = now_ms() - begin;
        best = spent < best ? spent : best;
        worst = spent > worst ? spent : worst;
        count = json_array_size(list);
    }
    printf("search %-40s %2zu%s  best %6.2f ms  worst %6.2f ms\n", words, count, more ? "+" : " ", best, worst);
}

static void candidates(gk_store *store, const char *name, const char *description)
{
    gk_why why = { "" };
    double best = 1e9, worst = 0;
    size_t count = 0, bytes = 0;
    gk_json_auto *request = json_pack("{s:s}", "description", description);
    for (int i = 0; i < ROUNDS; i++) {
        double begin = now_ms();
        gk_json_auto *list = NULL;
        stop_if(gk_store_entry_candidates(store, request, 50, &list, &why), &why);
        double spent = now_ms() - begin;
        best = spent < best ? spent : best;
        worst = spent > worst ? spent : worst;
        count = json_array_size(list);
        gk_free_auto char *text = gk_json_print(list);
        bytes = strlen(text);
    }
    printf("candidates, %-34s %2zu   best %6.2f ms  worst %6.2f ms  %zu bytes\n", name, count, best, worst, bytes);
}

int main(int argc, char **argv)
{
    int entries = argc > 1 ? atoi(argv[1]) : 100000;
    gk_free_auto char *folder = gk_format("bench-catalogue-%d", (int) getpid());
    gk_free_auto char *path = gk_format("%s/ledger.db", folder), *clear = gk_format("rm -rf '%s'", folder);
    if (entries < 1 || mkdir(folder, 0700))
        return 2;
    gk_store *store = NULL;
    gk_why why = { "" };
    stop_if(gk_store_open(folder, true, &store, &why), &why);
    fill(store, entries);
    gk_json_auto *exact = json_pack("{s:s, s:s}", "title", "示例海关2021年部门预算", "url", "https://customs.example/exact"), *was = NULL;
    gk_entry_fate fate;
    stop_if(gk_store_entry_put(store, "GZ", exact, &fate, &was, &why), &why);
    static const char *const words[] = { "海关", "关", "号", "部门预算", "2021 部门预算", "行政处罚决定书", "关缉违字〔2019〕777号",
                                         "示例海关2021年部门预算", "高级认证 2020", "穿山甲", "龘", "关 海 号 年 部 行 0 1 2 0",
                                         "9 8 7 6 5 4 3 2 1 0" };
    for (size_t i = 0; i < COUNT(words); i++)
        search(store, words[i]);
    candidates(store, "a line", "请公开示例海关2021年部门预算和关缉违字〔2019〕777号决定书，谢谢");
    gk_text_auto common = { 0 };
    gk_text_auto wild = { 0 };
    for (int i = 0; i < 300; i++) {
        gk_json_auto *entry = made_entry(i);
        gk_text_puts(&common, gk_json_text(entry, "title"));
    }
    for (int i = 0; i < 5000; i++)
        gk_text_add_char(&wild, 0x4e00 + dice(6000));
    common.data[gk_utf8_cut(common.data, common.len < 15000 ? common.len : 15000)] = 0;
    candidates(store, "5,000 characters of titles", common.data);
    candidates(store, "5,000 characters of anything", wild.data);
    struct stat st;
    if (stat(path, &st) == 0)
        printf("ledger %lld MB\n", (long long) st.st_size >> 20);
    gk_store_close(&store);
    return system(clear) ? 1 : 0;
}
