/*  seal - what the agency signed: seals of days, proofs, receipts, its keys; and how anybody checks them.
 *
 *  With --key a saved document is checked by the public key alone: no broker, no data directory.  Without it the ledger is
 *  asked whether it still holds what was signed. */
#include "clients/gongkai/verbs.h"
#include "clients/gongkai/view.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/proof.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/*  ---- asking ----------------------------------------------------------------------------- */

static void view_seals(const gk_cli *self, const json_t *ok)
{
    static const gk_view_column columns[] = {
        { "seal", "封存号", "Seal" }, { "day", "封存日", "Day" }, { "count", "案件", "Cases" }, { "root", "根", "Root" },
    };
    gk_view_table(self, json_object_get(ok, "seals"), columns, 4);
}

/*  The broker gives so many at a time. */
int gk_run_seal_list(gk_cli *self)
{
    gk_json_auto *all = json_pack("{s:[]}", "seals");
    json_t *list = json_object_get(all, "seals");
    for (bool more = true; more; ) {
        gk_json_auto *ok = NULL;
        json_t *body = gk_cli_body(self), *last = json_array_get(list, json_array_size(list) - 1);
        if (last)
            json_object_set(body, "after", json_object_get(last, "seal"));
        int status = gk_cli_ask(self, "seal.list", body, &ok);
        if (status)
            return status;
        more = json_is_true(json_object_get(ok, "more")) && json_array_extend(list, json_object_get(ok, "seals")) == 0;
        if (!more)
            json_array_extend(list, json_object_get(ok, "seals"));
    }
    if (self->json)
        gk_cli_json(all);
    else
        view_seals(self, all);
    return GK_EXIT_OK;
}

/*  One member a line, as it was signed. */
static void view_document(const gk_cli *self, const json_t *document)
{
    (void) self;
    gk_auto(gk_sheet) sheet = gk_sheet_new(2);
    const char *name;
    json_t *value;
    json_object_foreach((json_t *) document, name, value) {
        gk_free_auto char *text = json_is_string(value) ? gk_strdup(json_string_value(value)) : gk_json_print(value);
        gk_view_field(sheet, name, json_is_null(value) ? "" : text);
    }
    gk_view_print(sheet);
}

static void view_show(const gk_cli *self, const json_t *ok)
{
    size_t index;
    json_t *seal;
    json_array_foreach(json_object_get(ok, "seals"), index, seal) {
        if (index)
            putchar('\n');
        view_document(self, seal);
    }
}

int gk_run_seal_show(gk_cli *self)
{
    gk_date day;
    int status = gk_cli_date(self, self->word[0], &day);
    json_t *body = gk_cli_body(self);
    json_object_set_new(body, "day", json_string(self->word[0]));
    if (status)
        json_decref(body);
    return status ? status : gk_cli_answer(self, "seal.show", body, view_show);
}

/*  As it was signed: canonical JSON and a line's end. */
static int save(gk_cli *self, const json_t *document)
{
    const char *path = gk_cli_value(self, GK_OPT_SAVE);
    gk_free_auto char *canonical = gk_json_print(document), *text = gk_format("%s\n", canonical);
    if (!path) {
        fputs(text, stdout);
        return GK_EXIT_OK;
    }
    int status = gk_cli_write(self, path, text, strlen(text));
    if (!status && strcmp(path, "-") != 0)
        printf(GK_TR(self, "已写入 %s\n", "wrote %s\n"), path);
    return status;
}

int gk_run_seal_proof(gk_cli *self)
{
    gk_json_auto *ok = NULL;
    int status = gk_cli_ask(self, "seal.proof", gk_cli_right(self, self->word[0]), &ok);
    return status ? status : save(self, ok);
}

static void view_keys(const gk_cli *self, const json_t *ok)
{
    static const gk_view_column columns[] = { { "number", "序号", "No." }, { "since", "启用", "Since" }, { "key", "公钥", "Public key" } };
    gk_view_table(self, json_object_get(ok, "keys"), columns, 3);
}

int gk_run_seal_key(gk_cli *self)
{
    return gk_cli_answer(self, "seal.keys", gk_cli_body(self), view_keys);
}

int gk_run_receipt(gk_cli *self)
{
    gk_json_auto *ok = NULL;
    int status = gk_cli_ask(self, "application.status", json_pack("{s:s}", "receipt", self->word[0]), &ok);
    const json_t *receipt = json_object_get(ok, "signed");
    gk_why why = { "" };
    if (!status && !receipt)
        return gk_cli_fail(self, gk_refuse(&why, GK_EUNSUPPORTED, "this broker signs no receipts"), &why);
    return status ? status : save(self, receipt);
}

/*  ---- checking a saved document ------------------------------------------------------------ */

/*  The public key: 64 hex digits, or a file that holds them. */
static int read_key(const gk_cli *self, const char *word, unsigned char key[static GK_PUBLIC_BYTES])
{
    gk_free_auto char *text = strlen(word) == GK_PUBLIC_HEX - 1 ? gk_strdup(word) : NULL;
    size_t len;
    int status = text ? GK_EXIT_OK : gk_cli_read(self, word, GK_CLI_TEXT_MAX, &text, &len);
    if (status)
        return status;
    text[strcspn(text, " \r\n")] = 0;
    return strlen(text) == GK_PUBLIC_HEX - 1 && gk_unhex(text, key, GK_PUBLIC_BYTES) ? GK_EXIT_OK
        : gk_cli_usage(self, GK_TR(self, "公钥为 64 位十六进制数，或者含有它的文件", "a public key is 64 hex digits, or a file that holds them"));
}

static void add_verdict(const gk_cli *self, const json_t *document, const json_t *seal)
{
    gk_auto(gk_sheet) sheet = gk_sheet_new(2);
    gk_free_auto char *seq = gk_json_print(json_object_get(document, "seq")), *number = gk_json_print(json_object_get(seal, "seal"));
    const char *case_number = gk_json_text(document, "number");
    gk_view_field(sheet, *case_number ? GK_TR(self, "登记编号", "Case") : GK_TR(self, "案号", "Case"),
                  *case_number ? case_number : gk_json_text(document, "case"));
    gk_view_field(sheet, GK_TR(self, "事件", "Event"), seq);
    gk_view_field(sheet, GK_TR(self, "收到日期", "Received"), gk_json_text(document, "received_on"));
    gk_view_field(sheet, GK_TR(self, "链首", "Head"), gk_json_text(document, "head"));
    gk_view_field(sheet, GK_TR(self, "封存日", "Sealed on"), gk_json_text(seal, "day"));
    gk_view_field(sheet, GK_TR(self, "封存号", "Seal"), seal ? number : "");
    gk_view_field(sheet, GK_TR(self, "公钥", "Key"), gk_json_text(seal ? seal : document, "key"));
    if (json_is_true(json_object_get(seal ? seal : document, "training")))
        gk_view_field(sheet, GK_TR(self, "注意", "Note"), GK_TR(self, "演示数据，不具效力", "from a training directory, of no effect"));
    gk_view_field(sheet, GK_TR(self, "结果", "Verdict"), GK_TR(self, "签名和内容一致", "signed, and as it was signed"));
    gk_view_print(sheet);
}

static int found_false(const gk_cli *self, gk_err err, const gk_why *inner, const char *path)
{
    gk_why why = { "" };
    return gk_cli_fail(self, gk_refuse(&why, err, "%.100s: %s", path, inner->text), &why);
}

/*  Does the broker's ledger still have this very seal? */
static int ask_seal(gk_cli *self, const json_t *seal, const char *path)
{
    gk_json_auto *ok = NULL;
    gk_why why = { "" };
    json_t *body = gk_cli_body(self);
    json_object_set(body, "day", json_object_get(seal, "day"));
    int status = gk_cli_ask(self, "seal.show", body, &ok);
    if (status)
        return status;
    size_t index;
    json_t *kept;
    json_array_foreach(json_object_get(ok, "seals"), index, kept)
        if (json_equal(kept, seal))
            return GK_EXIT_OK;
    return found_false(self, gk_refuse(&why, GK_EDAMAGED, "the ledger has no such seal: it is behind what was published, or was changed"), &why, path);
}

/*  Without a key of the reader's own: is it signed by a key of this ledger, and does the ledger still hold the head? */
static int check_online(gk_cli *self, gk_document_kind kind, const json_t *document, const char *path)
{
    const json_t *seal = kind == GK_DOCUMENT_SEAL ? json_object_get(document, "seal") : NULL, *signed_part = seal ? seal : document;
    gk_json_auto *ok = NULL;
    gk_why why = { "" };
    unsigned char key[GK_PUBLIC_BYTES];
    gk_err err = gk_document_check(kind, kind == GK_DOCUMENT_SEAL ? seal : document, &why);
    int status = err ? found_false(self, err, &why, path) : gk_cli_ask(self, "seal.keys", gk_cli_body(self), &ok);
    if (status)
        return status;
    if (!gk_keys_have(json_object_get(ok, "keys"), gk_json_text(signed_part, "key")))
        return found_false(self, gk_refuse(&why, GK_EDENIED, "it is signed by a key that is not this ledger's"), &why, path);
    if (seal && gk_unhex(gk_json_text(seal, "key"), key, sizeof key) && (err = gk_proof_check(document, key, &why)))
        return found_false(self, err, &why, path);
    status = seal ? ask_seal(self, seal, path) : GK_EXIT_OK;
    return status ? status : gk_ask_verify(self, gk_json_text(document, "case"), gk_json_text(document, "head"));
}

int gk_check_saved(gk_cli *self, const char *path, bool proof)
{
    const char *word = gk_cli_value(self, GK_OPT_KEY);
    unsigned char key[GK_PUBLIC_BYTES];
    gk_json_auto *document = NULL;
    int status = gk_cli_read_json(self, path, &document);
    if (status)
        return status;
    if (!word)
        return check_online(self, proof ? GK_DOCUMENT_SEAL : GK_DOCUMENT_RECEIPT, document, path);
    status = read_key(self, word, key);
    if (status)
        return status;
    gk_why why = { "" };
    gk_err err = proof ? gk_proof_check(document, key, &why) : gk_receipt_check(document, key, &why);
    if (err)
        return found_false(self, err, &why, path);
    if (self->json)
        gk_cli_json(document);
    else
        add_verdict(self, document, proof ? json_object_get(document, "seal") : NULL);
    return GK_EXIT_OK;
}
