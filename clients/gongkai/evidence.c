/*  evidence - a case as a folder, for a reconsideration body, a court or the archive.
 *
 *  The broker says which papers there are and in which order; each becomes a text, with the
 *  files that came with it beside it under the same number.  What a file's name says comes from
 *  strangers, so only its harmless characters are kept.
 */
#include "clients/gongkai/codes.h"
#include "clients/gongkai/verbs.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/flow.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { MOST_NAME = 80 };        /* bytes kept of a file's name */

typedef struct bundle {
    gk_cli *cli;
    const char *folder;
    const json_t *list;         /* the answer to case.evidence */
    const json_t *right;        /* to read its documents */
    gk_text index;
    int files;
} bundle;

/*  Write one file and its line of the index. */
static int put(bundle *b, const char *name, const void *bytes, size_t len, const char *what)
{
    char hex[GK_HASH_HEX];
    gk_hash hash = gk_hash_of(bytes, len);
    gk_free_auto char *path = gk_format("%s/%s", b->folder, name);
    gk_text_printf(&b->index, "%s  %s  %s\n", gk_hash_hex(&hash, hex), name, what);
    b->files++;
    return gk_cli_write(b->cli, path, bytes, len);
}

/*  ---- a paper as text -------------------------------------------------------------- */

static const char *label_of(const gk_cli *cli, const char *event, const char *name)
{
    gk_event_type type;
    if (gk_flow_event_parse(event, &type))
        for (const gk_field *field = gk_flow_event(type)->fields; field->name; field++)
            if (strcmp(field->name, name) == 0)
                return GK_TR(cli, field->zh, field->en);
    return name;
}

static void add_value(const gk_cli *cli, const char *name, const json_t *value, gk_text *out)
{
    gk_free_auto char *text = json_is_string(value) ? gk_strdup(gk_codes_word(cli->zh, name, json_string_value(value)))
        : json_dumps(value, JSON_ENCODE_ANY | JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    gk_text_puts(out, text ? text : "");
}

static void add_paper(const gk_cli *cli, const json_t *paper, gk_text *out)
{
    const char *event = gk_json_text(paper, "event"), *name;
    gk_text_printf(out, "%s\n%s  %s  %s\n%s\n", gk_json_text(paper, GK_TR(cli, "event_zh", "event_en")), gk_json_text(paper, "on"),
                   gk_json_text(paper, "actor"), gk_json_text(paper, "article"), gk_json_text(paper, "hash"));
    json_t *value;
    json_object_foreach(json_object_get(paper, "data"), name, value) {
        gk_text_printf(out, "\n%s%s", label_of(cli, event, name), GK_TR(cli, "：", ": "));
        add_value(cli, name, value, out);
    }
    size_t i;
    json_array_foreach(json_object_get(paper, "erased"), i, value)
        gk_text_printf(out, "\n%s%s", label_of(cli, event, json_string_value(value)), GK_TR(cli, "：（已依法删除）", ": (erased)"));
    gk_text_puts(out, "\n");
}

/*  ---- its files --------------------------------------------------------------------- */

static const json_t *find_digest(const json_t *list, const char *digest)
{
    size_t i;
    json_t *entry;
    json_array_foreach((json_t *) list, i, entry)
        if (strcmp(gk_json_text(entry, "digest"), digest) == 0)
            return entry;
    return NULL;
}

/*  The name under which a file is kept: its own without what a shell or a path could read into it. */
static char *safe_name(int no, size_t part, const char *name)
{
    gk_text out = { 0 };
    gk_text_printf(&out, "%03d-%zu-", no, part);
    size_t len = strlen(name);
    if (len > MOST_NAME)
        len = gk_utf8_cut(name, MOST_NAME);
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char) name[i];
        char kept = (char) (c < 0x80 && (c <= ' ' || c == 0x7f || strchr("/\\:*?\"<>|$`';&", c)) ? '_' : c);
        gk_text_add(&out, &kept, 1);
    }
    return out.data;
}

static int put_file(bundle *b, int no, size_t part, const char *digest)
{
    const json_t *letter = find_digest(json_object_get(b->list, "letters"), digest);
    const json_t *document = find_digest(json_object_get(b->list, "documents"), digest);
    gk_free_auto char *letter_name = gk_format("%s.pdf", gk_json_text(letter, "kind"));
    gk_free_auto char *name = safe_name(no, part, letter ? letter_name : gk_json_text(document, "name"));
    if (!letter && strcmp(gk_json_text(document, "status"), "admitted") != 0) {
        gk_text_printf(&b->index, "%s  -  %s%s\n", digest, name, GK_TR(b->cli, "（未准入库或者已销毁，不在其中）", " (not admitted or destroyed: not among these)"));
        return GK_EXIT_OK;
    }
    gk_free_auto char *bytes = NULL;
    size_t len = 0;
    gk_why why = { "" };
    gk_err err = gk_dial_get(b->cli->dial, digest, b->right, GK_DIAL_FILE, &bytes, &len, &why);
    return err ? gk_cli_fail(b->cli, err, &why)
        : put(b, name, bytes, len, GK_TR(b->cli, "附件", "file"));
}

static int put_paper(bundle *b, const json_t *entry)
{
    json_t *body = json_deep_copy(b->right);
    int no = (int) json_integer_value(json_object_get(entry, "no")), status;
    json_object_set(body, "seq", json_object_get(entry, "seq"));
    gk_json_auto *paper = NULL;
    status = gk_cli_ask(b->cli, "case.evidence", body, &paper);
    if (status)
        return status;
    gk_text_auto text = { 0 };
    add_paper(b->cli, paper, &text);
    gk_free_auto char *name = gk_format("%03d-%s.txt", no, gk_json_text(entry, "event"));
    status = put(b, name, text.data, text.len, gk_json_text(paper, GK_TR(b->cli, "event_zh", "event_en")));
    size_t i;
    json_t *digest;
    json_array_foreach(json_object_get(entry, "digests"), i, digest)
        if (!status)
            status = put_file(b, no, i + 1, json_string_value(digest));
    return status;
}

/*  ---- the timeline and the clock ------------------------------------------------------ */

static int put_timeline(bundle *b)
{
    gk_json_auto *ok = NULL;
    int status = gk_cli_ask(b->cli, "report.timeline", json_deep_copy(b->right), &ok);
    if (status)
        return status;
    gk_text_auto text = { 0 };
    size_t i;
    json_t *event;
    json_array_foreach(json_object_get(ok, "timeline"), i, event)
        gk_text_printf(&text, "%" JSON_INTEGER_FORMAT "  %s  %s  %s  %s  %s  %s\n    %s\n", json_integer_value(json_object_get(event, "seq")),
                       gk_json_text(event, "on"), gk_json_text(event, "at"), gk_json_text(event, GK_TR(b->cli, "event_zh", "event_en")),
                       gk_json_text(event, "actor"), gk_json_text(event, "due_on"), gk_json_text(event, "article"), gk_json_text(event, "hash"));
    return put(b, "timeline.txt", text.data, text.len, GK_TR(b->cli, "经过，每一事项附哈希值", "every event with its hash"));
}

static int put_clock(bundle *b)
{
    if (!*gk_json_text(b->list, "received_on"))
        return GK_EXIT_OK;      /* receipt was never confirmed: no day was counted */
    gk_json_auto *ok = NULL;
    int status = gk_cli_ask(b->cli, "case.explain", json_deep_copy(b->right), &ok);
    if (status)
        return status;
    gk_text_auto text = { 0 };
    size_t i;
    json_t *line;
    json_array_foreach(json_object_get(ok, "explain"), i, line)
        gk_text_printf(&text, "%s%s%s%s  %s  %s\n", gk_json_text(line, "on"), gk_json_text(line, "from"),
                       *gk_json_text(line, "to") ? " → " : "", gk_json_text(line, "to"), gk_json_text(line, GK_TR(b->cli, "zh", "en")),
                       gk_json_text(line, "article"));
    return put(b, "clock.txt", text.data, text.len, GK_TR(b->cli, "答复期限的计算", "how the due date came about"));
}

/*  ---- the verb ----------------------------------------------------------------------------- */

static int make_folder(const gk_cli *self, const char *folder)
{
    gk_why why = { "" };
    return mkdir(folder, 0700) == 0 ? GK_EXIT_OK
        : gk_cli_fail(self, gk_refuse(&why, GK_EIO, "%s: %s; name a folder that is not there yet", folder, strerror(errno)), &why);
}

static int put_index(bundle *b)
{
    gk_text_auto text = { 0 };
    gk_free_auto char *path = gk_format("%s/index.txt", b->folder);
    gk_text_printf(&text, GK_TR(b->cli, "案件 %s 证据材料目录\n答复书文号：%s\n账本哈希：%s\n清单校验值：%s\n\n", "Evidence of case %s\nletter: %s\n"
                   "head of the ledger: %s\nmanifest: %s\n\n"), gk_json_text(b->list, "number"), gk_json_text(b->list, "letter_number"),
                   gk_json_text(b->list, "head"), gk_json_text(b->list, "manifest"));
    gk_text_add(&text, b->index.data, b->index.len);
    return gk_cli_write(b->cli, path, text.data, text.len);
}

static int put_all(bundle *b)
{
    int status = make_folder(b->cli, b->folder);
    size_t i;
    json_t *entry;
    json_array_foreach(json_object_get(b->list, "package"), i, entry)
        if (!status)
            status = put_paper(b, entry);
    if (!status)
        status = put_timeline(b);
    if (!status)
        status = put_clock(b);
    return status ? status : put_index(b);
}

int gk_run_evidence(gk_cli *self)
{
    const char *folder = gk_cli_value(self, GK_OPT_OUTPUT);
    if (!folder || strcmp(folder, "-") == 0)
        return gk_cli_usage(self, GK_TR(self, "请用 -o DIR 指明新建的文件夹", "name the folder to make with -o DIR"));
    gk_json_auto *right = gk_cli_right(self, self->word[0]);
    gk_json_auto *list = NULL;
    int status = gk_cli_ask(self, "case.evidence", json_deep_copy(right), &list);
    if (status)
        return status;
    bundle b = { .cli = self, .folder = folder, .list = list, .right = right };
    status = put_all(&b);
    gk_text_clear(&b.index);
    if (status)
        return status;
    size_t papers = json_array_size(json_object_get(list, "package"));
    if (self->json) {
        gk_json_auto *done = json_pack("{s:s, s:I, s:i, s:s}", "folder", folder, "papers", (json_int_t) papers, "files", b.files, "manifest",
                                       gk_json_text(list, "manifest"));
        gk_cli_json(done);
    } else {
        printf(GK_TR(self, "已写入 %s：%zu 件，%d 个文件\n", "wrote %s: %zu papers, %d files\n"), folder, papers, b.files);
    }
    return GK_EXIT_OK;
}
