/* links: gk_wire */
/*  test_wire_message - what the table of messages takes and what it refuses, row by row; the same rows
 *  are put to the printed JSON Schemas by tests/integration/schemas.py. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/casefile.h"
#include "wire/message.h"

#include <string.h>

static gk_event_type event_of(const char *action)
{
    for (int type = 0; type < GK_EVENT_TYPES; type++) {
        const char *name = gk_flow_event((gk_event_type) type)->action;
        if (name && strcmp(name, action) == 0)
            return (gk_event_type) type;
    }
    return GK_EVENT_TYPES;
}

static void rows_are_taken_and_refused(void **state)
{
    (void) state;
    gk_json_auto *rows = NULL;
    gk_why why = { "" };
    assert_int_equal(gk_json_load(GK_SOURCE "/tests/data/messages.json", 1 << 20, &rows, &why), GK_OK);
    size_t index;
    json_t *row;
    json_array_foreach(rows, index, row) {
        const char *service = gk_json_text(row, "service");
        const json_t *body = json_object_get(row, "body");
        why.text[0] = 0;
        gk_err err = strncmp(service, "act.", 4) == 0 ? gk_act_check_fields(event_of(service + 4), body, &why)
            : gk_message_check(gk_message_find(service), body, &why);
        if ((err == GK_OK) != json_is_true(json_object_get(row, "ok")))
            fail_msg("row %zu, %s: %s (%s)", index, service, gk_err_code(err), why.text);
        assert_true(err == GK_OK || *why.text);
    }
}

static void a_refusal_names_the_member(void **state)
{
    (void) state;
    gk_json_auto *body = json_pack("{s:s}", "receit", "x");
    gk_why why;
    assert_int_equal(gk_message_check(gk_message_find("application.status"), body, &why), GK_EBADVALUE);
    assert_non_null(strstr(why.text, "receit"));
    assert_null(gk_message_find("application.steal"));
}

static void every_message_and_every_action_has_a_schema(void **state)
{
    (void) state;
    gk_json_auto *all = gk_message_schemas();
    size_t messages = 0, actions = 0;
    while (gk_message_at(messages))
        messages++;
    const char *name;
    json_t *schema;
    json_object_foreach(all, name, schema) {
        assert_true(json_is_object(json_object_get(schema, "properties")));
        actions += strncmp(name, "act.", 4) == 0;
    }
    assert_int_equal(json_object_size(all), messages + actions);
    assert_true(actions > 25);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_taken_and_refused),
        cmocka_unit_test(a_refusal_names_the_member),
        cmocka_unit_test(every_message_and_every_action_has_a_schema),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
