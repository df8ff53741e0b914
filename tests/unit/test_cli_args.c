/* links: gongkai_parts */
/*  test_cli_args - words, options and verbs of the command line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "clients/gongkai/verbs.h"

#include <string.h>

enum { MOST = 160 };

/*  Read "a b c" as a command line; words hold no blanks. */
static bool read_line(const char *line, gk_args *args, gk_args_fault *fault)
{
    static char buffer[4096];
    static char *argv[MOST];
    int argc = 0;
    argv[argc++] = (char *) "gongkai";
    strcpy(buffer, line);
    for (char *word = strtok(buffer, " "); word && argc < MOST; word = strtok(NULL, " "))
        argv[argc++] = word;
    return gk_args_read(argc, argv, args, fault);
}

static void options_stand_anywhere(void **state)
{
    (void) state;
    static const char *const lines[] = {
        "--as wei show X --json", "show --as=wei --json X", "show X --json --as wei", "--json --as other show X --as wei",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        gk_args args;
        gk_args_fault fault;
        assert_true(read_line(lines[i], &args, &fault));
        assert_int_equal(args.words, 2);
        assert_string_equal(args.word[0], "show");
        assert_string_equal(args.word[1], "X");
        assert_string_equal(args.value[GK_OPT_AS], "wei");
        assert_non_null(args.value[GK_OPT_JSON]);
        assert_null(args.value[GK_OPT_DATA]);
    }
}

static void two_dashes_end_the_options(void **state)
{
    (void) state;
    gk_args args;
    gk_args_fault fault;
    assert_true(read_line("correct R -- --json -x -", &args, &fault));
    assert_int_equal(args.words, 5);
    assert_string_equal(args.word[2], "--json");
    assert_null(args.value[GK_OPT_JSON]);
    assert_true(read_line("submit - -o f --as=--odd", &args, &fault));
    assert_string_equal(args.word[1], "-");
    assert_string_equal(args.value[GK_OPT_OUTPUT], "f");
    assert_string_equal(args.value[GK_OPT_AS], "--odd");
}

static void what_is_refused(void **state)
{
    (void) state;
    static const struct { const char *line, *word; } rows[] = {
        { "show --bogus X", "--bogus" },
        { "show -x", "-x" },
        { "show -oFILE", "-oFILE" },            /* a short option stands alone */
        { "show --jso", "--jso" },              /* no abbreviations: they change meaning over the years */
        { "show --as", "--as" },
        { "show --as --json", "--as" },         /* the name was forgotten */
        { "show --json=1", "--json=1" },
        { "show \xff", "?" },                   /* bytes that are no text are not repeated */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gk_args args;
        gk_args_fault fault;
        assert_false(read_line(rows[i].line, &args, &fault));
        assert_string_equal(fault.word, rows[i].word);
    }
}

static void counts_are_bounded(void **state)
{
    (void) state;
    char line[4096] = "";
    gk_args args;
    gk_args_fault fault;
    for (int i = 0; i < GK_ARGS_ATTACH; i++)
        strcat(line, "--attach f ");
    assert_true(read_line(line, &args, &fault));
    assert_int_equal(args.attached, GK_ARGS_ATTACH);
    strcat(line, "--attach f");
    assert_false(read_line(line, &args, &fault));
    strcpy(line, "");
    for (int i = 0; i < GK_ARGS_WORDS; i++)
        strcat(line, "w ");
    assert_true(read_line(line, &args, &fault));
    strcat(line, "w");
    assert_false(read_line(line, &args, &fault));
}

static void numbers_are_digits(void **state)
{
    (void) state;
    static const char *const bad[] = { "", "-1", "+1", " 1", "1 ", "1.0", "0x1", "1e3", "1001", "999999999999999999999" };
    int64_t number = 42;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(gk_args_number(bad[i], 0, 1000, &number));
    assert_int_equal(number, 42);
    assert_true(gk_args_number("1000", 0, 1000, &number));
    assert_int_equal(number, 1000);
    assert_true(gk_args_number("0", 0, 1000, &number));
    assert_int_equal(number, 0);
}

static void every_verb_is_found_by_its_name(void **state)
{
    (void) state;
    const gk_verb *verb;
    for (size_t i = 0; (verb = gk_verb_at(i)); i++) {
        char name[64];
        strcpy(name, verb->name);
        char *blank = strchr(name, ' ');
        if (blank)
            *blank = 0;
        const char *words[] = { name, blank ? blank + 1 : "CASE" };
        assert_ptr_equal(gk_verb_find(words, 2), verb);
        assert_int_equal(gk_verb_words(verb), blank ? 2 : 1);
        if (blank)          /* half a name is no verb, or another one: "letter" and "letter preview" */
            assert_true(gk_verb_find(words, 1) != verb);
    }
}

/*  Whatever the rows are: complete, in both languages, and no option that all take. */
static void every_row_is_whole(void **state)
{
    (void) state;
    const gk_verb *verb;
    for (size_t i = 0; (verb = gk_verb_at(i)); i++) {
        assert_non_null(verb->run);
        assert_true(*verb->zh && *verb->en);
        assert_int_equal(verb->more_zh == NULL, verb->more_en == NULL);
        assert_true(verb->least >= 0 && verb->least <= verb->most && verb->most <= GK_ARGS_WORDS);
        assert_int_equal(verb->options & (GK_OPT_BIT(GK_OPT_OWN) - 1), 0);
    }
    for (int o = 0; o < GK_OPTS; o++) {
        const gk_option *option = gk_args_option((gk_opt) o);
        assert_true(option->name && *option->zh && *option->en);
        bool used = o < GK_OPT_OWN;
        for (size_t i = 0; (verb = gk_verb_at(i)); i++)
            used = used || (verb->options & GK_OPT_BIT(o));
        assert_true(used);
    }
}

static void receipts_and_cases(void **state)
{
    (void) state;
    assert_true(gk_cli_is_receipt("ABCDE-FGHJK-MNPQR-STVWX-YZ012-3"));
    assert_true(gk_cli_is_receipt("abcdefghjkmnpqrstvwxyz0123"));
    assert_false(gk_cli_is_receipt("GZ-2026-000012"));
    assert_false(gk_cli_is_receipt("@7"));
    assert_false(gk_cli_is_receipt(""));
    assert_false(gk_cli_is_receipt("ABCDE/FGHJK/MNPQR/STVWX/YZ012/3"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_stand_anywhere),
        cmocka_unit_test(two_dashes_end_the_options),
        cmocka_unit_test(what_is_refused),
        cmocka_unit_test(counts_are_bounded),
        cmocka_unit_test(numbers_are_digits),
        cmocka_unit_test(every_verb_is_found_by_its_name),
        cmocka_unit_test(every_row_is_whole),
        cmocka_unit_test(receipts_and_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
