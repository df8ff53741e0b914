/* links: gk_store */
/*  bench_seals - what evidence costs: bench_seals [CASES]
 *
 *  A ledger of so many cases of five events each, all sealed, 20,000 heads a seal; then some cases move again, and a start looks at
 *  what it looks at: the last instant, the last seal with its heads, the chains that moved.  Then receipts are signed.  Exit 1 when that
 *  start takes two seconds of processor time or more in a build without sanitizers, or finds a problem. */
#include "bench.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/proof.h"
#include "store/store.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 5, HEADS_A_SEAL = 20000, CASES_AT_START = 3000, RECEIPTS = 1000 };

static gk_why why;
static gk_store *ledger;
static gk_signer signer;

static void need(gk_err err)
{
    if (err) {
        fprintf(stderr, "bench_seals: %s\n", why.text);
        exit(1);
    }
}

static void put(gk_case *file, int64_t id, gk_event_type type, gk_state state, json_t *data)
{
    gk_date on = { 20514 };             /* 2 March 2026 */
    gk_change change = { .event = { .case_id = id, .seq = file->seq + 1, .on = on, .type = type, .data = data, .state = state, .due_on = GK_NO_DATE,
                                    .clock = GK_CLOCK_STOPPED } };
    gk_job_row jobs[GK_CHANGE_JOBS];
    change.event.data_text = gk_json_print(data);
    gk_time_format(gk_date_at(on, 10), change.event.at);
    snprintf(change.event.actor, sizeof change.event.actor, "guo.qiang");
    need(gk_store_apply(ledger, file, &change, NULL, 0, NULL, 0, jobs, &why));
    gk_change_clear(&change);
}

static void make_case(int64_t id)
{
    gk_auto(gk_case) file = gk_case_new(GK_INTAKE);
    char number[GK_CASE_NUMBER];
    snprintf(number, sizeof number, "GZ-2026-%07" PRId64, id);
    put(file, id, GK_RECEIVED, GK_INTAKE, json_pack("{s:s, s:s, s:s, s:s}", "office", "GZ", "channel", "portal", "delivery", "post", "medium", "paper"));
    put(file, id, GK_REGISTERED, GK_TRIAGE, json_pack("{s:s, s:s, s:i}", "received_on", "2026-03-02", "number", number, "ordinal", 1));
    put(file, id, GK_TRIAGED, GK_HANDLING, json_pack("{s:s}", "unit", "QGC"));
    for (int i = 3; i < EVENTS; i++)
        put(file, id, GK_NOTED, GK_HANDLING, json_object());
}

static void move(int64_t id)
{
    gk_auto(gk_case) file = NULL;
    need(gk_store_case(ledger, id, &file, &why));
    put(file, id, GK_NOTED, GK_HANDLING, json_object());
}

/*  Seal as many as one seal holds; how many that were. */
static size_t seal(void)
{
    gk_head *heads = NULL;
    size_t count = 0;
    char hex[GK_HASH_HEX];
    need(gk_store_begin(ledger, &why));
    need(gk_store_moved_heads(ledger, HEADS_A_SEAL, &heads, &count, &why));
    if (count) {
        int64_t last = gk_store_last_seal(ledger);
        gk_hash *leaves = gk_head_leaves(heads, count);
        gk_hash root = gk_proof_root(leaves, count);
        free(leaves);
        gk_json_auto *document = json_pack("{s:I, s:s, s:s, s:s, s:I, s:n, s:b}", "seal", (json_int_t) last + 1, "day", "2026-03-03", "at",
                                           "2026-03-02T16:00:00Z", "root", gk_hash_hex(&root, hex), "count", (json_int_t) count, "previous", "training", 1);
        gk_json_auto *before = gk_store_day_seal(ledger, last);
        gk_hash hash = gk_document_hash(GK_DOCUMENT_SEAL, before);
        if (before)
            json_object_set_new(document, "previous", json_string(gk_hash_hex(&hash, hex)));
        gk_document_sign(GK_DOCUMENT_SEAL, document, &signer);
        need(gk_store_add_day_seal(ledger, document, heads, count, &why));
    }
    need(gk_store_commit(ledger, &why));
    free(heads);
    return count;
}

static void add_key(void)
{
    static const unsigned char seed[GK_KEY_BYTES] = { 7 };
    signer = gk_signer_of(seed);
    gk_json_auto *key = json_pack("{s:i, s:s, s:n, s:b}", "number", 1, "since", "2026-03-02T02:00:00Z", "previous", "training", 1);
    gk_document_sign(GK_DOCUMENT_KEY, key, &signer);
    json_object_set_new(key, "endorsed", json_null());
    need(gk_store_add_key(ledger, key, &why));
}

/*  What a start reads; the problems it finds. */
static size_t start(double *took)
{
    gk_json_auto *problems = json_array();
    int64_t checked, left;
    double from = bench_seconds();
    gk_free_auto char *instant = gk_store_last_instant(ledger);
    double known = bench_seconds();
    need(gk_store_verify_recent(ledger, CASES_AT_START, problems, &checked, &left, &why));
    *took = bench_seconds() - from;
    printf("start: last instant %s in %.4f s; last seal and %" PRId64 " chains in %.3f s, %" PRId64 " left, %zu problems\n", instant, known - from, checked,
           *took - (known - from), left, json_array_size(problems));
    return json_array_size(problems);
}

int main(int argc, char **argv)
{
    int count = argc > 1 ? atoi(argv[1]) : 100000;
    char folder[] = "/tmp/bench-seals-XXXXXX";
    if (count < 1 || !mkdtemp(folder))
        return 2;
    need(gk_store_open(folder, true, &ledger, &why));
    need(gk_store_begin(ledger, &why));
    add_key();
    double from = bench_seconds(), took;
    for (int i = 0; i < count; i++)
        make_case(i + 1);
    need(gk_store_commit(ledger, &why));
    printf("cases=%d events=%d made_s=%.2f\n", count, count * EVENTS, bench_seconds() - from);

    double longest = 0;
    size_t heads = 1, seals = 0;
    for (; (from = bench_seconds(), heads = seal()); seals++)
        longest = bench_seconds() - from > longest ? bench_seconds() - from : longest;
    printf("seals: %zu, the longest took %.3f s\n", seals, longest);

    need(gk_store_begin(ledger, &why));
    for (int i = 0; i < count && i < CASES_AT_START + 1000; i++)
        move(i + 1);
    need(gk_store_commit(ledger, &why));
    size_t problems = start(&took);

    gk_json_auto *receipt = json_pack("{s:s, s:i}", "case", "@7", "seq", 2);
    from = bench_seconds();
    for (int i = 0; i < RECEIPTS; i++)
        gk_document_sign(GK_DOCUMENT_RECEIPT, receipt, &signer);
    printf("signing: %.1f us a receipt\n", (bench_seconds() - from) / RECEIPTS * 1e6);

    gk_store_close(&ledger);
    bench_remove(folder);
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
    return problems != 0;
#else
    return problems != 0 || took >= 2;
#endif
}
