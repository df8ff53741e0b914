/*  `gongkai act CASE ACTION key=value...`: what a person does to a case.
 *
 *  The broker says which actions the case's state allows and which fields each has
 *  (case.actions); help is printed from that, and a value is sent as the type that its
 *  field has.  What the broker does not offer is sent all the same: its refusal says why. */
#include "clients/gongkai/verbs.h"
#include "clients/gongkai/view.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { NUMBER_MAX = 1000000000 };

/*  ---- a value as its type ---------------------------------------------------- */

static json_t *make_text(const char *text)
{
    return json_string(text);
}

static json_t *make_int(const char *text)
{
    int64_t number;
    bool minus = *text == '-';
    return gk_args_number(text + minus, 0, NUMBER_MAX, &number) ? json_integer(minus ? -number : number) : NULL;
}

static json_t *make_bool(const char *text)
{
    static const struct { const char *word; bool value; } words[] = {
        { "true", true }, { "yes", true }, { "1", true }, { "是", true },
        { "false", false }, { "no", false }, { "0", false }, { "否", false },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].word, text) == 0)
            return json_boolean(words[i].value);
    return NULL;
}

static json_t *make_date(const char *text)
{
    gk_date date;
    return gk_date_parse(text, strlen(text), &date) ? NULL : json_string(text);
}

/*  A name alone is a person too. */
static json_t *make_person(const char *text)
{
    return json_pack("{s:s}", "name", text);
}

static json_t *make_nothing(const char *text)
{
    (void) text;
    return NULL;
}

static const struct type {
    const char *name;
    json_t *(*make)(const char *text);
    const char *zh, *en;        /* what is wanted */
} types[] = {
    { "text",      make_text,    "文字，或 @文件", "text, or @FILE" },
    { "line",      make_text,    "一行文字", "a line of text" },
    { "choice",    make_text,    "选项之一", "one of the choices" },
    { "date",      make_date,    "日期，如 2026-03-02", "a date such as 2026-03-02" },
    { "int",       make_int,     "整数", "a whole number" },
    { "bool",      make_bool,    "true 或 false", "true or false" },
    { "person",    make_person,  "姓名；其他信息写作 FIELD.address=… 等", "a name; more as FIELD.address=..." },
    { "documents", make_nothing, "用 --attach FILE 附上", "give it with --attach FILE" },
};

static const struct type *type_of(const json_t *field)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i].name, gk_json_text(field, "type")) == 0)
            return &types[i];
    return &types[0];           /* no such field: text, and the broker judges */
}

/*  The member of a list of objects whose `key` is `name`, NULL when none. */
static const json_t *find_named(const json_t *list, const char *key, const char *name)
{
    size_t i;
    json_t *item;
    json_array_foreach((json_t *) list, i, item)
        if (strcmp(gk_json_text(item, key), name) == 0)
            return item;
    return NULL;
}

/*  Put "a" or "a.b" into the object. */
static void put(json_t *fields, const char *key, json_t *value)
{
    const char *dot = strchr(key, '.');
    if (!dot) {
        json_object_set_new(fields, key, value);
        return;
    }
    gk_free_auto char *first = gk_strndup(key, (size_t) (dot - key));
    json_t *inner = json_object_get(fields, first);
    if (!json_is_object(inner)) {
        inner = json_object();
        json_object_set_new(fields, first, inner);
    }
    json_object_set_new(inner, dot + 1, value);
}

static int read_json(const gk_cli *self, const char *key, const char *text, json_t **out)
{
    gk_free_auto char *wrapped = gk_format("[%s]", text);      /* a bare number or text is JSON too */
    gk_json_auto *list = NULL;
    gk_why why = { "" };
    if (gk_json_parse(wrapped, strlen(wrapped), &list, &why) || json_array_size(list) != 1)
        return gk_cli_usage(self, GK_TR(self, "%s:= 之后应为 JSON", "JSON is wanted behind %s:="), key);
    *out = json_incref(json_array_get(list, 0));
    return GK_EXIT_OK;
}

/*  One "key=value", "key=@FILE", "key.member=value" or "key:=JSON". */
static int add_field(const gk_cli *self, const json_t *action, const char *word, json_t *fields)
{
    const char *equals = strchr(word, '=');
    bool raw = equals && equals > word && equals[-1] == ':';
    if (!equals || equals - raw == word)
        return gk_cli_usage(self, GK_TR(self, "应为 key=value：%s", "key=value is wanted: %s"), word);
    gk_free_auto char *key = gk_strndup(word, (size_t) (equals - raw - word));
    json_t *value = NULL;
    int status = GK_EXIT_OK;
    if (raw) {
        status = read_json(self, key, equals + 1, &value);
    } else {
        const struct type *type = type_of(find_named(json_object_get(action, "fields"), "name", key));
        gk_free_auto char *text = NULL;
        status = gk_cli_text(self, equals + 1, &text);
        value = status ? NULL : type->make(text);
        if (!status && !value)
            return gk_cli_usage(self, GK_TR(self, "%s：%s", "%s: %s"), key, GK_TR(self, type->zh, type->en));
    }
    if (!status)
        put(fields, key, value);
    return status;
}

/*  ---- help ------------------------------------------------------------------- */

/*  "choices" as "a|b", however the broker lists them. */
static void add_choices(gk_text *out, const json_t *choices)
{
    size_t i;
    json_t *choice;
    gk_text_puts(out, json_is_string(choices) ? json_string_value(choices) : "");
    json_array_foreach((json_t *) choices, i, choice)
        if (json_is_string(choice))
            gk_text_printf(out, "%s%s", i ? "|" : "", json_string_value(choice));
}

static void add_field_help(const gk_cli *self, gk_sheet *sheet, const json_t *field)
{
    const struct type *type = type_of(field);
    gk_text_auto choices = { 0 };
    add_choices(&choices, json_object_get(field, "choices"));
    if (type->make == make_nothing)
        gk_sheet_cell(sheet, "--attach FILE");
    else
        gk_sheet_cellf(sheet, "%s=", gk_json_text(field, "name"));
    gk_sheet_cell(sheet, json_is_true(json_object_get(field, "required")) ? GK_TR(self, "必填", "required")
                                                                          : GK_TR(self, "可选", "optional"));
    gk_sheet_cell(sheet, gk_json_text(field, GK_TR(self, "zh", "en")));
    const char *wanted = type->make == make_nothing ? "" : GK_TR(self, type->zh, type->en);
    gk_sheet_cell(sheet, choices.len ? choices.data : wanted);
}

static void help_action(const gk_cli *self, const json_t *action)
{
    printf("gongkai act %s %s\n\n", self->word[0], self->word[1]);
    gk_auto(gk_sheet) title = gk_sheet_new(2);
    gk_sheet_cell(title, gk_json_text(action, GK_TR(self, "zh", "en")));
    gk_sheet_cell(title, gk_json_text(action, "article"));
    gk_view_print(title);
    gk_auto(gk_sheet) sheet = gk_sheet_new(4);
    size_t i;
    json_t *field;
    json_array_foreach(json_object_get(action, "fields"), i, field)
        add_field_help(self, sheet, field);
    if (gk_sheet_rows(sheet))
        putchar('\n');
    gk_view_print_at(sheet, 2);
}

static void help(const gk_cli *self, const char *kind, const json_t *actions, const json_t *action)
{
    if (self->json) {
        gk_cli_json(action ? action : actions);
    } else if (action) {
        help_action(self, action);
    } else {
        printf(GK_TR(self, "%s（%s）目前可办的事项：\n", "What %s (%s) allows now:\n"), self->word[0], kind);
        gk_view_actions(self, actions, 2);
        if (!json_array_size(actions))
            puts(GK_TR(self, "  （无：换一位经办人，或等待系统处理）",
                       "  (nothing for you; somebody else may, or a worker is at it)"));
        else
            printf(GK_TR(self, "\n各事项的字段：gongkai act %s ACTION --help\n",
                         "\nthe fields of each: gongkai act %s ACTION --help\n"), self->word[0]);
    }
}

/*  ---- the verb ----------------------------------------------------------------- */

static int add_options(gk_cli *self, json_t *body)
{
    const char *on = gk_cli_value(self, GK_OPT_ON), *seq = gk_cli_value(self, GK_OPT_SEQ);
    int64_t number;
    if (seq && !gk_args_number(seq, 0, NUMBER_MAX, &number))
        return gk_cli_usage(self, GK_TR(self, "--seq 应为整数", "--seq is a whole number"));
    if (seq)
        json_object_set_new(body, "seq", json_integer(number));
    if (on)
        json_object_set_new(body, "on", json_string(on));
    return gk_cli_attach(self, body);
}

static int act(gk_cli *self, const json_t *action)
{
    gk_json_auto *body = gk_cli_body(self);
    json_t *fields = json_object();
    json_object_set_new(body, "case", json_string(self->word[0]));
    json_object_set_new(body, "action", json_string(self->word[1]));
    json_object_set_new(body, "fields", fields);
    int status = GK_EXIT_OK;
    for (int i = 2; i < self->words && !status; i++)
        status = add_field(self, action, self->word[i], fields);
    if (!status)
        status = add_options(self, body);
    return status ? status : gk_cli_answer(self, "case.act", json_incref(body), gk_view_moved);
}

int gk_run_act(gk_cli *self)
{
    bool helping = gk_cli_value(self, GK_OPT_HELP) != NULL;
    json_t *body = gk_cli_body(self);
    json_object_set_new(body, "case", json_string(self->word[0]));
    gk_json_auto *ok = NULL;
    int status = gk_cli_ask_with(self, "case.actions", NULL, body, 0, NULL, NULL, &ok);
    if (status)
        return status;
    const json_t *actions = json_object_get(ok, "actions");
    const json_t *action = self->words > 1 ? find_named(actions, "action", self->word[1]) : NULL;
    if (!helping)
        return act(self, action);
    bool absent = self->words > 1 && !action;
    if (absent)
        gk_cli_note(self, GK_TR(self, "案件目前没有这一事项：%s", "the case does not allow this now: %s"), self->word[1]);
    help(self, gk_cli_word(self, ok, "kind"), actions, action);
    return absent ? GK_EXIT_REFUSED : GK_EXIT_OK;
}
