/* links: gongkai_broker_parts gk_store gk_wire */
/*  bench_report - how long the annual report of an office takes: bench_report [CASES]
 *
 *  A ledger of 10,000 cases of one year with a dozen events each (every event stored as the broker stores it), then
 *  the fold alone, then the whole answer as the thread of readings makes it, and last the replay: every stored event
 *  folded again, its hash and each column of the case's row compared.  Exit 1 when an identity is violated, when a row is
 *  not what the events give, or when the report of 10,000 cases takes a second of processor time or more in a build
 *  without sanitizers. */
#include "bench.h"
#include "broker/report.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { YEAR = 2026, EVENTS = 12 };

static unsigned next(uint64_t *seed, unsigned below)
{
    *seed ^= *seed << 13, *seed ^= *seed >> 7, *seed ^= *seed << 17;
    return (unsigned) (*seed >> 33) % below;
}

static void stop(const gk_why *why)
{
    fprintf(stderr, "bench_report: %s\n", why->text);
    exit(1);
}

static void store(gk_store *ledger, gk_case *file, int64_t id, gk_event_type type, gk_state state, gk_date on, json_t *data)
{
    gk_change change = { .event = { .case_id = id, .seq = file->seq + 1, .on = on, .type = type, .data = data, .state = state,
                                    .due_on = GK_NO_DATE, .clock = GK_CLOCK_STOPPED } };
    gk_job_row jobs[GK_CHANGE_JOBS];
    gk_why why = { "" };
    change.event.data_text = gk_json_print(data);
    gk_time_format(gk_date_at(on, 10), change.event.at);
    snprintf(change.event.actor, sizeof change.event.actor, "guo.qiang");
    snprintf(change.event.article, sizeof change.event.article, "条例第三十六条");
    snprintf(change.event.rules, sizeof change.event.rules, "2026-11");
    snprintf(change.event.calendar, sizeof change.event.calendar, "2026");
    if (gk_store_apply(ledger, file, &change, NULL, 0, NULL, 0, jobs, &why))
        stop(&why);
    gk_change_clear(&change);
}

static json_t *sealed(const char *name)
{
    return json_pack("{s:{s:s}}", name, "sealed", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
}

/*  Received, registered, triaged, worked on, and for most of them an end. */
static void make_case(gk_store *ledger, const gk_outcomes *outcomes, int64_t id, uint64_t *seed)
{
    static const char *const kinds[] = { "natural_person", "business", "research", "public_interest", "legal_service", "other_organisation" };
    gk_auto(gk_case) file = gk_case_new(GK_INTAKE);
    gk_date day;
    if (gk_date_parse("2025-12-01", 10, &day))
        abort();
    day.day += (int32_t) next(seed, 390);
    char received[GK_DATE_TEXT], number[GK_CASE_NUMBER];
    gk_date_format(day, received);
    snprintf(number, sizeof number, "GZ-%d-%06d", YEAR, (int) id % 1000000);
    gk_json_auto *form = sealed("form");
    json_object_update_new(form, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "office", "GZ", "applicant_kind", kinds[next(seed, 6)], "channel",
                                           "portal", "delivery", "post", "medium", "paper", "received_on", received));
    store(ledger, file, id, GK_RECEIVED, GK_INTAKE, day, json_incref(form));
    store(ledger, file, id, GK_REGISTERED, GK_TRIAGE, day, json_pack("{s:s, s:s, s:i}", "received_on", received, "number", number, "ordinal", 1));
    store(ledger, file, id, GK_TRIAGED, GK_HANDLING, day, json_pack("{s:s}", "unit", "QGC"));
    for (int i = 0; i < EVENTS - 6; i++)
        store(ledger, file, id, i % 2 ? GK_NOTED : GK_NOTIFIED, GK_HANDLING, day, sealed("text"));
    size_t count = 0;
    while (gk_outcomes_at(outcomes, count))
        count++;
    const gk_outcome *outcome = NULL;
    while (!outcome || outcome->code[0] == 'R')         /* those answer Art. 41 and stand beside part 3 */
        outcome = gk_outcomes_at(outcomes, next(seed, (unsigned) count));
    store(ledger, file, id, GK_PROPOSED, GK_SCANNING, day, json_pack("{s:s}", "outcome", outcome->code));
    if (next(seed, 12) == 0)
        return;
    day.day += (int32_t) next(seed, 40);
    store(ledger, file, id, GK_DISPATCHED, GK_DELIVERY, day, json_pack("{s:s, s:b}", "method", "post", "timely", 1));
    store(ledger, file, id, GK_SERVED, GK_CLOSED, day, json_pack("{s:s}", "proof", "EM100000003CN"));
}

static gk_lawbook *open_law(gk_store *ledger)
{
    gk_lawbook *book = NULL;
    gk_json_auto *org = NULL;
    gk_why why = { "" };
    gk_err err = gk_lawbook_open(ledger, &book, &why);
    if (!err)
        err = gk_json_load_schema("samples/org.json", 1 << 20, &org, &why);
    if (!err)
        err = gk_org_read(org, &book->org, &why);
    if (err)
        stop(&why);
    return book;
}

static double fold_alone(const gk_lawbook *book, int count)
{
    uint64_t seed = 7;
    gk_report report = { .year = YEAR };
    static const gk_report_closings none;
    double from = bench_seconds();
    for (int i = 0; i < count; i++) {
        gk_report_case file;
        gk_report_case_start(&file, i + 1);
        if (gk_date_parse("2026-03-02", 10, &file.received_on))
            abort();
        file.received_on.day += (int32_t) next(&seed, 300);
        file.ended_on = gk_date_plus(file.received_on, (int32_t) next(&seed, 60));
        gk_text_copy(file.kind, sizeof file.kind, "legal_service");
        gk_text_copy(file.outcome, sizeof file.outcome, "O3");
        gk_report_add(&report, book->report, book->outcomes, &none, &file);
    }
    return bench_seconds() - from;
}

/*  The number of cases whose row is not what the stored events give. */
static size_t replay(gk_store *ledger)
{
    gk_json_auto *problems = json_array();
    int64_t events, cases;
    gk_hash head;
    gk_why why = { "" };
    double from = bench_seconds();
    if (gk_store_verify(ledger, 0, problems, &events, &cases, &head, &why))
        stop(&why);
    printf("replay: %" PRId64 " events of %" PRId64 " cases in %.3f s, %zu problems\n", events, cases, bench_seconds() - from, json_array_size(problems));
    return json_array_size(problems);
}

int main(int argc, char **argv)
{
    int count = argc > 1 ? atoi(argv[1]) : 10000;
    char folder[] = "/tmp/bench-report-XXXXXX";
    gk_store *ledger = NULL;
    gk_why why = { "" };
    if (count < 1 || !mkdtemp(folder) || gk_store_open(folder, true, &ledger, &why) || gk_store_begin(ledger, &why))
        stop(&why);
    gk_lawbook *book = open_law(ledger);
    uint64_t seed = 20261124;
    double from = bench_seconds();
    for (int i = 0; i < count; i++)
        make_case(ledger, book->outcomes, i + 1, &seed);
    if (gk_store_commit(ledger, &why))
        stop(&why);
    printf("cases=%d events=%d made_s=%.2f seed=20261124\n", count, count * EVENTS, bench_seconds() - from);
    printf("fold alone: %.4f s\n", fold_alone(book, count));

    gk_actor actor = { .name = "wu.gang", .office = "GZ", .roles = GK_AUDITOR };
    gk_json_auto *body = json_pack("{s:i}", "year", YEAR), *ok = NULL;
    from = bench_seconds();
    gk_err err = gk_store_read_begin(ledger, 60000, &why);
    if (!err)
        err = gk_report_annual(ledger, book, &actor, body, gk_date_of(time(NULL)), &ok, &why);
    double took = bench_seconds() - from;
    if (err)
        stop(&why);
    gk_store_read_end(ledger);
    const json_t *report = json_array_get(json_object_get(ok, "reports"), 0);
    json_int_t violated = json_integer_value(json_object_get(report, "violated"));
    printf("report.annual: %.3f s, %" JSON_INTEGER_FORMAT " identities violated\n", took, violated);
    size_t problems = replay(ledger);

    gk_lawbook_destroy(&book);
    gk_store_close(&ledger);
    bench_remove(folder);
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
    return violated != 0 || problems != 0;
#else
    return violated != 0 || problems != 0 || (count == 10000 && took >= 1);
#endif
}
