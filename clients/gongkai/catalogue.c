/*  The catalogue of public documents: loaded from a table, searched by anybody. */
#include "clients/gongkai/verbs.h"
#include "clients/gongkai/csvfile.h"
#include "clients/gongkai/view.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/catalogue.h"

#include <stdlib.h>
#include <string.h>

enum { PART_BYTES = 256 * 1024, LOAD_WAIT_MS = 60 * 1000, SHOWN = 50 };

/*  ---- import ------------------------------------------------------------------ */

/*  A large table goes in parts, each a load of its own. */
typedef struct loading {
    gk_cli *cli;
    const char *request_id;     /* NULL: a fresh one each */
    int part;
    long long rows, added, replaced, unchanged;
    json_t *changes;            /* of a dry run */
} loading;

static int load_part(loading *self, json_t *rows)
{
    json_t *body = gk_cli_body(self->cli);
    json_object_set_new(body, "rows", rows);
    if (self->changes)
        json_object_set_new(body, "dry_run", json_true());
    gk_free_auto char *id = self->request_id ? gk_format("%.56s-%d", self->request_id, ++self->part) : NULL;
    gk_json_auto *ok = NULL;
    int status = gk_cli_ask_with(self->cli, "admin.catalogue_load", id, body, LOAD_WAIT_MS, NULL, NULL, &ok);
    self->rows += json_integer_value(json_object_get(ok, "rows"));
    self->added += json_integer_value(json_object_get(ok, "added"));
    self->replaced += json_integer_value(json_object_get(ok, "replaced"));
    self->unchanged += json_integer_value(json_object_get(ok, "unchanged"));
    if (self->changes)
        json_array_extend(self->changes, json_object_get(ok, "changes"));
    return status;
}

static int load_parts(loading *self, const json_t *rows)
{
    size_t count = json_array_size(rows), at = 0;
    int status = GK_EXIT_OK;
    while (at < count && !status) {
        json_t *part = json_array();
        for (size_t bytes = 0; at < count && bytes < PART_BYTES && json_array_size(part) < GK_CATALOGUE_ROWS; at++) {
            json_t *row = json_array_get(rows, at);
            gk_free_auto char *text = gk_json_print(row);
            bytes += strlen(text);
            json_array_append(part, row);
        }
        status = load_part(self, part);
    }
    return status;
}

static void print_changes(const gk_cli *self, const json_t *changes)
{
    gk_auto(gk_sheet) sheet = gk_sheet_new(3);
    size_t index;
    json_t *change;
    json_array_foreach((json_t *) changes, index, change) {
        if (index == SHOWN)
            break;
        bool new = json_is_true(json_object_get(change, "new"));
        gk_sheet_cell(sheet, new ? GK_TR(self, "新增", "new") : GK_TR(self, "替换", "replaced"));
        gk_sheet_cell(sheet, gk_json_text(change, "title"));
        gk_sheet_cell(sheet, gk_json_text(change, "url"));
    }
    gk_view_print(sheet);
    if (json_array_size(changes) > SHOWN)
        gk_cli_note(self, GK_TR(self, "其余 %zu 项未列出，全部见 --json", "%zu more; --json lists all"),
                    json_array_size(changes) - SHOWN);
}

static void print_loaded(const gk_cli *self, const loading *l)
{
    if (self->json) {
        gk_json_auto *answer = json_pack("{s:I, s:I, s:I, s:I, s:O*}", "rows", (json_int_t) l->rows, "added", (json_int_t) l->added,
                                         "replaced", (json_int_t) l->replaced, "unchanged", (json_int_t) l->unchanged, "changes",
                                         l->changes);
        gk_cli_json(answer);
        return;
    }
    if (l->changes)
        print_changes(self, l->changes);
    printf(l->changes ? GK_TR(self, "试载入（未作更改）：%lld 条，将新增 %lld，替换 %lld，不变 %lld\n",
                              "dry run, nothing changed: %lld row(s), %lld to be added, %lld replaced, %lld as they are\n")
                      : GK_TR(self, "已载入 %lld 条：新增 %lld，替换 %lld，不变 %lld\n",
                              "loaded %lld row(s): %lld added, %lld replaced, %lld as they were\n"),
           l->rows, l->added, l->replaced, l->unchanged);
}

int gk_run_catalogue_import(gk_cli *self)
{
    size_t len;
    gk_free_auto char *text = NULL;
    int status = gk_cli_read(self, self->word[0], GK_CSVFILE_MOST, &text, &len);
    if (status)
        return status;
    gk_json_auto *rows = NULL, *changes = gk_cli_value(self, GK_OPT_DRY_RUN) ? json_array() : NULL;
    gk_why why = { "" }, inner = { "" };
    gk_err err = gk_csvfile_read(text, len, &rows, &inner);
    if (err)
        return gk_cli_fail(self, gk_refuse(&why, err, "%.100s: %s", self->word[0], inner.text), &why);
    loading l = { .cli = self, .request_id = gk_cli_value(self, GK_OPT_REQUEST_ID), .changes = changes };
    status = load_parts(&l, rows);
    if (!status)
        print_loaded(self, &l);
    else if (l.rows && !l.changes)
        gk_cli_note(self, GK_TR(self, "此前 %lld 条已载入；再执行一次同一命令即可", "%lld row(s) before it are loaded; give the same "
                                "command again"), l.rows);
    return status;
}

/*  ---- remove ------------------------------------------------------------------ */

static void view_removed(const gk_cli *self, const json_t *ok)
{
    const json_t *entry = json_object_get(ok, "removed");
    printf(GK_TR(self, "已移除：%s  %s\n", "removed: %s  %s\n"), gk_json_text(entry, "title"), gk_json_text(entry, "url"));
}

int gk_run_catalogue_remove(gk_cli *self)
{
    gk_free_auto char *reason = NULL;
    int status = gk_cli_text(self, self->word[1], &reason);
    if (status)
        return status;
    json_t *body = gk_cli_body(self);
    json_object_set_new(body, "url", json_string(self->word[0]));
    json_object_set_new(body, "reason", json_string(reason));
    gk_json_auto *ok = NULL;
    status = gk_cli_ask_with(self, "admin.catalogue_remove", gk_cli_value(self, GK_OPT_REQUEST_ID), body, LOAD_WAIT_MS, NULL, NULL, &ok);
    if (!status && self->json)
        gk_cli_json(ok);
    else if (!status)
        view_removed(self, ok);
    return status;
}

/*  ---- search ------------------------------------------------------------------ */

static void view_found(const gk_cli *self, const json_t *ok)
{
    static const gk_view_column columns[] = {
        { "title", "标题", "Title" }, { "document_number", "文号", "Number" }, { "published_on", "公开日期", "Published" },
        { "url", "网址", "Address" },
    };
    gk_view_table(self, json_object_get(ok, "entries"), columns, 4);
    if (json_is_true(json_object_get(ok, "more")))
        gk_cli_note(self, GK_TR(self, "还有更多，请增加词语", "there are more; give more words"));
}

int gk_run_catalogue_search(gk_cli *self)
{
    gk_text_auto words = { 0 };
    for (int i = 0; i < self->words; i++)
        gk_text_printf(&words, "%s%s", i ? " " : "", self->word[i]);
    json_t *body = json_pack("{s:s}", "words", words.data);
    if (!body)
        return gk_cli_usage(self, GK_TR(self, "词语不是 UTF-8 文字", "the words are not UTF-8"));
    return gk_cli_answer(self, "catalogue.search", body, view_found);
}
