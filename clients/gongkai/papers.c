/*  Fetching what was written: a case's letters, and any document that one may read. */
#include "clients/gongkai/verbs.h"
#include "clients/gongkai/view.h"
#include "base/mem.h"
#include "base/text.h"

#include <string.h>

/*  Fetch a document to a file, and say so. */
static int fetch(gk_cli *self, const char *digest, const json_t *right, const char *path)
{
    gk_free_auto char *bytes = NULL;
    size_t len = 0;
    gk_why why = { "" };
    int status = gk_cli_connect(self);
    if (status)
        return status;
    gk_err err = gk_dial_get(self->dial, digest, right, GK_DIAL_FILE, &bytes, &len, &why);
    if (err)
        return gk_cli_fail(self, err, &why);
    status = gk_cli_write(self, path, bytes, len);
    if (status || strcmp(path, "-") == 0)
        return status;
    if (self->json) {
        gk_json_auto *done = json_pack("{s:s, s:s, s:I}", "file", path, "digest", digest, "size", (json_int_t) len);
        gk_cli_json(done);
    } else {
        printf(GK_TR(self, "已写入 %s（%zu 字节）\n", "wrote %s (%zu bytes)\n"), path, len);
    }
    return GK_EXIT_OK;
}

/*  The last letter, of the kind if one is named; NULL when there is none. */
static const json_t *last_letter(const json_t *letters, const char *kind)
{
    const json_t *found = NULL;
    size_t i;
    json_t *letter;
    json_array_foreach((json_t *) letters, i, letter)
        if (*gk_json_text(letter, "digest") && (!kind || strcmp(gk_json_text(letter, "kind"), kind) == 0))
            found = letter;
    return found;
}

static int no_letter(const gk_cli *self, const json_t *letters, const char *kind)
{
    gk_text_auto known = { 0 };
    size_t i;
    json_t *letter;
    json_array_foreach((json_t *) letters, i, letter)
        gk_text_printf(&known, "%s%s", known.len ? ", " : "; there is ", gk_json_text(letter, "kind"));
    gk_why why;
    return gk_cli_fail(self, gk_refuse(&why, GK_ENOTFOUND, "no letter%s%s in this case yet%s", kind ? " of kind " : "",
                                       kind ? kind : "", known.len ? known.data : ""), &why);
}

int gk_run_letter(gk_cli *self)
{
    const char *kind = self->words > 1 ? self->word[1] : NULL, *output = gk_cli_value(self, GK_OPT_OUTPUT);
    bool receipt = gk_cli_is_receipt(self->word[0]);
    gk_json_auto *right = gk_cli_right(self, self->word[0]);
    gk_json_auto *ok = NULL;
    int status = gk_cli_ask(self, receipt ? "application.status" : "case.show", json_incref(right), &ok);
    if (status)
        return status;
    const json_t *letters = json_object_get(ok, "letters"), *letter = last_letter(letters, kind);
    if (!letter)
        return no_letter(self, letters, kind);
    gk_free_auto char *path = output ? gk_strdup(output) : gk_format("%s.pdf", gk_json_text(letter, "kind"));
    if (!output && strchr(path, '/'))
        return gk_cli_usage(self, GK_TR(self, "请用 -o FILE 指明写入的文件", "name the file to write with -o FILE"));
    return fetch(self, gk_json_text(letter, "digest"), right, path);
}

int gk_run_document_get(gk_cli *self)
{
    unsigned char bytes[GK_HASH_BYTES];
    char digest[GK_HASH_HEX];
    const char *owner = gk_cli_value(self, GK_OPT_CASE), *output = gk_cli_value(self, GK_OPT_OUTPUT);
    if (strlen(self->word[0]) != 2 * sizeof bytes || !gk_unhex(self->word[0], bytes, sizeof bytes))
        return gk_cli_usage(self, GK_TR(self, "摘要值为 64 位十六进制数，见 gongkai show CASE",
                                        "a digest is 64 hex digits, see gongkai show CASE"));
    if (!owner || !output)
        return gk_cli_usage(self, GK_TR(self, "请指明 --case CASE 和 -o FILE", "--case CASE and -o FILE are wanted"));
    gk_json_auto *right = gk_cli_right(self, owner);
    return fetch(self, gk_hex(bytes, sizeof bytes, digest), right, output);
}
