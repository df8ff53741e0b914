/* links: gk_core */
/*  test_flow - what must hold of the procedure's table whatever rows it has. */
#include "law.h"
#include "core/casefile.h"
#include "core/letters.h"

#include <stdlib.h>

static const gk_step *table;
static size_t count;

static int load(void **state)
{
    (void) state;
    table = gk_flow_table(&count);
    return 0;
}

static bool is_case(int state)
{
    return state != GK_LEDGER;
}

static void a_state_and_an_event_have_one_step(void **state)
{
    (void) state;
    for (size_t i = 0; i < count; i++)
        for (int s = 0; s < GK_STATES; s++)
            if (gk_step_from(&table[i], (gk_state) s) && gk_flow_find((gk_state) s, table[i].event) != &table[i])
                fail_msg("%s from %s stands twice", gk_flow_event(table[i].event)->name, gk_flow_state((gk_state) s)->name);
}

/*  Mark everything that one pass can reach, until nothing is new.  `without` is left out of the table. */
static void spread(bool seen[GK_STATES], bool backwards, gk_event_type without, gk_event_type nor)
{
    for (bool more = true; more; ) {
        more = false;
        for (size_t i = 0; i < count; i++)
            for (int s = 0; s < GK_STATES; s++) {
                if (!gk_step_from(&table[i], (gk_state) s) || table[i].event == without || table[i].event == nor)
                    continue;
                int to = table[i].to == GK_SAME ? s : (int) table[i].to;
                int near = backwards ? to : s, far = backwards ? s : to;
                if (seen[near] && !seen[far])
                    seen[far] = more = true;
            }
    }
}

static void every_state_is_reached_and_can_end(void **state)
{
    (void) state;
    bool reached[GK_STATES] = { [GK_INTAKE] = true }, ends[GK_STATES] = { false };
    for (int s = 0; s < GK_STATES; s++)
        ends[s] = gk_flow_state((gk_state) s)->final;
    spread(reached, false, GK_EVENT_TYPES, GK_EVENT_TYPES);
    spread(ends, true, GK_EVENT_TYPES, GK_EVENT_TYPES);
    for (int s = 0; s < GK_STATES; s++)
        if (is_case(s) && (!reached[s] || !ends[s]))
            fail_msg("%s is not reached or cannot end", gk_flow_state((gk_state) s)->name);
}

/*  条例 Art. 17: content leaves by the secrecy reviewer's signature, or not at all; and by an approval.  The
 *  notice of a lapse has none and goes its own way. */
static void nothing_leaves_unreviewed(void **state)
{
    (void) state;
    static const gk_event_type doors[] = { GK_SECRECY_CLEARED, GK_APPROVED, GK_SCANNED, GK_SEALED };
    static const gk_state behind[] = { GK_PRINTING, GK_PRINTING, GK_SECRECY, GK_DISPATCH };
    for (size_t i = 0; i < ROWS(doors); i++) {
        bool reached[GK_STATES] = { [GK_INTAKE] = true };
        spread(reached, false, doors[i], GK_LAPSE_CONFIRMED);
        assert_false(reached[behind[i]]);
        assert_false(reached[GK_DELIVERY] || reached[GK_CLOSED]);
    }
}

/*  A refusal passes the second reader: without legal_cleared it goes nowhere but back. */
static void a_refusal_has_a_second_reader(void **state)
{
    (void) state;
    const gk_step *refusal = gk_flow_find(GK_HANDLING, GK_REFUSAL_PROPOSED);
    assert_int_equal(refusal->to, GK_LEGAL);
    for (size_t i = 0; i < count; i++)
        if (gk_step_from(&table[i], GK_LEGAL) && table[i].to == GK_SCANNING)
            assert_int_equal(table[i].who, GK_LEGAL_REVIEWER);
}

static void a_final_state_ends_but_for_a_reopened_lapse_or_a_ruling(void **state)
{
    (void) state;
    for (size_t i = 0; i < count; i++)
        for (int s = 0; s < GK_STATES; s++)
            if (gk_flow_state((gk_state) s)->final && gk_step_from(&table[i], (gk_state) s) && table[i].to != GK_SAME)
                assert_true((s == GK_CLOSED && table[i].clock == GK_OP_REOPEN)
                            || (table[i].event == GK_REDO_ORDERED && table[i].clock == GK_OP_ORDER));
}

/*  A clock that stands still on the way into a state has to run, or stop for good, on every way out
 *  of it, or the state that follows must. */
static void no_pause_is_forgotten(void **state)
{
    (void) state;
    bool paused[GK_STATES] = { false };
    for (size_t i = 0; i < count; i++)
        if (table[i].clock == GK_OP_PAUSE)
            paused[table[i].to] = true;
    for (size_t i = 0; i < count; i++)          /* a lapse that is only proposed keeps it so */
        for (int s = 0; s < GK_STATES; s++)
            if (paused[s] && gk_step_from(&table[i], (gk_state) s) && table[i].to != GK_SAME && table[i].clock == GK_OP_KEEP)
                paused[table[i].to] = true;
    for (size_t i = 0; i < count; i++)
        for (int s = 0; s < GK_STATES; s++) {
            if (!paused[s] || !gk_step_from(&table[i], (gk_state) s) || table[i].to == GK_SAME || paused[table[i].to])
                continue;
            assert_true(table[i].clock == GK_OP_RESTART || table[i].clock == GK_OP_STOP || table[i].clock == GK_OP_ORDER);
        }
    for (size_t i = 0; i < count; i++)
        if (table[i].clock == GK_OP_STOP)
            assert_true(gk_flow_state(table[i].to)->final || table[i].to == GK_DELIVERY || table[i].event == GK_LAPSE_CONFIRMED);
}

static void a_transfer_never_stops_the_clock(void **state)
{
    (void) state;
    static const gk_event_type inside[] = { GK_TRANSFERRED, GK_CLAIMED, GK_RELEASED, GK_NOTED, GK_PROPOSED, GK_REFUSAL_PROPOSED,
                                            GK_LEGAL_RETURNED, GK_SECRECY_RETURNED, GK_APPROVAL_RETURNED,
                                            GK_LETTER_VOIDED };
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < ROWS(inside); k++)
            if (table[i].event == inside[k])
                assert_int_equal(table[i].clock, GK_OP_KEEP);
}

static void every_row_is_complete(void **state)
{
    (void) state;
    for (size_t i = 0; i < count; i++) {
        assert_true(table[i].from && table[i].who && table[i].article && *table[i].article);
        assert_in_range(strlen(table[i].article), 1, sizeof ((gk_event *) 0)->article - 1);       /* an event keeps the whole of it */
        for (int n = 0; n < GK_STEP_NEEDS && table[i].needs[n]; n++)
            assert_true(*gk_need_text(table[i].needs[n]) && *gk_need_name(table[i].needs[n]));
    }
    for (int type = 0; type < GK_EVENT_TYPES; type++) {
        const gk_event_info *info = gk_flow_event((gk_event_type) type);
        bool used = false, by_worker = false, by_person = false;
        for (size_t i = 0; i < count; i++)
            if (table[i].event == (gk_event_type) type) {
                used = true;
                by_worker |= (table[i].who & GK_WORKER) != 0;
                by_person |= (table[i].who & ~(unsigned) (GK_WORKER | GK_CLOCK | GK_APPLICANT)) != 0;
            }
        if (!used || !*info->zh || !*info->en || !info->fields)
            fail_msg("%s is no whole row", info->name);
        assert_int_equal(by_worker, info->worker != NULL);
        if (info->action)
            assert_true(by_person);
        gk_event_type back = GK_EVENT_TYPES;
        assert_true(gk_flow_event_parse(info->name, &back) && back == (gk_event_type) type);
        for (const gk_field *field = info->fields; field->name; field++) {
            assert_true(*field->zh && *field->en);
            assert_int_equal(field->type == GK_FIELD_CHOICE, field->choices != NULL);
        }
    }
}

static void every_state_is_complete(void **state)
{
    (void) state;
    for (int s = 0; s < GK_STATES; s++) {
        const gk_state_info *info = gk_flow_state((gk_state) s);
        gk_state back = GK_LEDGER;
        assert_true(gk_flow_state_parse(info->name, &back) && back == (gk_state) s);
        assert_true(*info->zh && *info->en);
        assert_true(!is_case(s) || (*info->next_zh && *info->next_en));
        if (!info->service)
            continue;
        /*  A state that waits for a worker is left by that worker's finding. */
        bool left = false;
        for (size_t i = 0; i < count; i++)
            left |= gk_step_from(&table[i], (gk_state) s) && table[i].to != GK_SAME && table[i].who & GK_WORKER
                && strcmp(gk_flow_event(table[i].event)->worker, info->service) == 0;
        assert_true(left);
    }
    gk_state none;
    gk_event_type nothing;
    assert_false(gk_flow_state_parse("limbo", &none));
    assert_false(gk_flow_event_parse("", &nothing));
}

static void needs_and_roles_are_named(void **state)
{
    (void) state;
    for (int n = 1; n < GK_NEEDS; n++) {
        gk_free_auto char *refusal = gk_format("%s: %s", gk_need_name((gk_need) n), gk_need_text((gk_need) n));
        assert_non_null(gk_need_zh(refusal));
    }
    assert_null(gk_need_zh("NO_SUCH_NEED: x"));
    assert_null(gk_need_zh(""));
    for (int bit = 0; bit < GK_ROLE_BITS; bit++)
        assert_int_equal(gk_role_parse(gk_role_name((gk_role) (1u << bit))), 1u << bit);
    assert_int_equal(gk_role_parse("king"), 0);
}

/*  docs/flow.md is the table for jurists; GK_REGENERATE=1 writes it anew. */
static void print_roles(gk_text *out, unsigned who)
{
    const char *comma = "";
    for (int bit = 0; bit < GK_ROLE_BITS; bit++)
        if (who >> bit & 1u) {
            gk_text_printf(out, "%s%s", comma, gk_role_zh((gk_role) (1u << bit)));
            comma = "、";
        }
}

static void print_row(gk_text *out, const gk_step *step)
{
    static const char *const ops[] = { "不变", "起算", "不计入", "恢复计入", "停止等待", "重新起算", "延长", "终止", "恢复", "重新推算",
                                       "按裁决起算" };
    const gk_event_info *info = gk_flow_event(step->event);
    const char *comma = "";
    gk_text_puts(out, "| ");
    unsigned open = ~(1u << GK_LEDGER) & ((1u << GK_STATES) - 1);
    if (step->from == open || step->from == ((1u << GK_STATES) - 1))
        gk_text_puts(out, "任何环节");
    else
        for (int s = 0; s < GK_STATES; s++)
            if (gk_step_from(step, (gk_state) s)) {
                gk_text_printf(out, "%s%s", comma, gk_flow_state((gk_state) s)->zh);
                comma = "、";
            }
    gk_text_printf(out, " | %s `%s`%s%s%s | %s | %s | ", info->zh, info->name, info->action ? "（`" : "", info->action ? info->action : "",
                   info->action ? "`）" : "", step->to == GK_SAME ? "原环节" : gk_flow_state(step->to)->zh, ops[step->clock]);
    print_roles(out, step->who);
    gk_text_puts(out, " | ");
    comma = "";
    for (int n = 0; n < GK_STEP_NEEDS && step->needs[n]; n++) {
        gk_text_printf(out, "%s%s", comma, gk_need_name(step->needs[n]));
        comma = ", ";
    }
    gk_text_printf(out, " | %s |\n", step->article);
}

static void the_page_for_jurists_is_the_table(void **state)
{
    (void) state;
    if (getenv("GK_WITHOUT_PAGE"))      /* tests/long/mutation asks what else notices */
        skip();
    gk_text_auto page = { 0 };
    gk_text_puts(&page, "# 办理流程 (the procedure)\n\nPrinted from the table in `common/core/flow.c` by `tests/unit/test_flow.c`; a test keeps the two "
                 "equal. The conditions\nare explained in `common/core/flow.h`.\n\n"
                 "| 环节 | 事项 (action) | 进入环节 | 期限 | 何人 | 条件 | 依据 |\n|--|--|--|--|--|--|--|\n");
    for (size_t i = 0; i < count; i++)
        print_row(&page, &table[i]);
    if (getenv("GK_REGENERATE")) {
        FILE *file = fopen(GK_SOURCE "/docs/flow.md", "w");
        assert_non_null(file);
        assert_int_equal(fwrite(page.data, 1, page.len, file), page.len);
        assert_int_equal(fclose(file), 0);
    }
    size_t len = 0;
    gk_free_auto char *kept = gk_file_read(GK_SOURCE "/docs/flow.md", 1 << 20, &len);
    if (!kept || strcmp(kept, page.data) != 0)
        fail_msg("docs/flow.md is not the table: run GK_REGENERATE=1 tests/test_flow");
}

/*  What an event asks for is a kind of letter, and every kind is asked for by some event; the reply by its desk. */
static void letters_follow_from_events(void **state)
{
    (void) state;
    const gk_letter_info *kind;
    for (size_t i = 0; (kind = gk_letter_at(i)); i++) {
        bool asked = strcmp(kind->name, "reply") == 0;
        for (int type = 0; type < GK_EVENT_TYPES; type++)
            for (int k = 0; k < 3 && gk_flow_event((gk_event_type) type)->letters[k]; k++) {
                const char *name = gk_flow_event((gk_event_type) type)->letters[k];
                asked |= strcmp(name, kind->name) == 0;
                if (!gk_letter_find(name))
                    fail_msg("%s asks for %s, which is no letter", gk_flow_event((gk_event_type) type)->name, name);
            }
        if (!asked)
            fail_msg("nothing asks for %s", kind->name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_state_and_an_event_have_one_step),
        cmocka_unit_test(every_state_is_reached_and_can_end),
        cmocka_unit_test(nothing_leaves_unreviewed),
        cmocka_unit_test(a_refusal_has_a_second_reader),
        cmocka_unit_test(a_final_state_ends_but_for_a_reopened_lapse_or_a_ruling),
        cmocka_unit_test(no_pause_is_forgotten),
        cmocka_unit_test(a_transfer_never_stops_the_clock),
        cmocka_unit_test(every_row_is_complete),
        cmocka_unit_test(every_state_is_complete),
        cmocka_unit_test(needs_and_roles_are_named),
        cmocka_unit_test(the_page_for_jurists_is_the_table),
        cmocka_unit_test(letters_follow_from_events),
    };
    return cmocka_run_group_tests(tests, load, NULL);
}
