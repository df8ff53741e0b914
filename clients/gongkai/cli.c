/*  gk_cli - one run of the command line. */
#include "clients/gongkai/cli.h"
#include "clients/gongkai/codes.h"
#include "clients/gongkai/verbs.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"
#include "core/flow.h"
#include "wire/mdp.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WAIT_DEFAULT_MS = 10 * 1000, TIMEOUT_DEFAULT_MS = 5000, SECONDS_MAX = 24 * 3600, RECEIPT_CHARACTERS = 26 };

/*  ---- saying no ------------------------------------------------------------ */

static void __attribute__((format(printf, 1, 0))) say(const char *format, va_list args)
{
    fflush(stdout);
    fputs("gongkai: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
}

void gk_cli_note(const gk_cli *self, const char *format, ...)
{
    (void) self;
    va_list args;
    va_start(args, format);
    say(format, args);
    va_end(args);
}

int gk_cli_usage(const gk_cli *self, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(format, args);
    va_end(args);
    if (self->verb)
        fprintf(stderr, GK_TR(self, "用法：gongkai %s %s\n详见：gongkai %s --help\n",
                              "usage: gongkai %s %s\nmore:  gongkai %s --help\n"),
                self->verb->name, self->verb->usage, self->verb->name);
    else
        fputs(GK_TR(self, "命令一览：gongkai help\n", "all commands: gongkai help\n"), stderr);
    return GK_EXIT_USAGE;
}

/*  What to do about it, where that can be said without knowing the case. */
static const struct hint {
    gk_err err;
    enum { TO_ALL, TO_STAFF, TO_APPLICANTS } whom;
    const char *zh, *en;
} hints[] = {
    { GK_EUNREACHABLE, TO_ALL, "系统是否已启动？可用 ./deploy/run 启动；数据目录不同时加 --data DIR，地址不同时加 --endpoint E",
      "is it running? start it with ./deploy/run; for another data directory give --data DIR, for another "
      "address --endpoint E" },
    { GK_ESTALE, TO_ALL, "请先用 gongkai show CASE 重新读取，再办理", "read it again with gongkai show CASE, then act" },
    { GK_ESTATE, TO_STAFF, "目前可办事项：gongkai act CASE --help", "what is possible now: gongkai act CASE --help" },
    { GK_ESTATE, TO_APPLICANTS, "目前进度：gongkai status RECEIPT", "where it stands: gongkai status RECEIPT" },
    { GK_EREUSED, TO_ALL, "如确需另行提交，请换一个 --request-id", "to submit anew, give another --request-id" },
    { GK_EBUSY, TO_ALL, "稍后再执行同一命令即可", "run the same command again later" },
};

static void print_hint(const gk_cli *self, gk_err err)
{
    bool staff = self->verb && self->verb->group != GK_GROUP_APPLICANT;
    if (err == GK_EDENIED && staff && !gk_cli_value(self, GK_OPT_AS))
        fputs(GK_TR(self, "  请用 --as NAME 说明由谁办理\n", "  say who acts with --as NAME\n"), stderr);
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (hints[i].err == err && hints[i].whom != (staff ? TO_APPLICANTS : TO_STAFF))
            fprintf(stderr, "  %s\n", GK_TR(self, hints[i].zh, hints[i].en));
}

/*  The sentence came over the wire or quotes a file: nothing in it may steer a terminal. */
static void print_safely(const char *text, FILE *out)
{
    for (size_t at = 0, len = strlen(text); at < len; ) {
        size_t from = at;
        uint32_t code = gk_utf8_next(text, len, &at);
        if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0xfffd || (code >= 0x2028 && code <= 0x202e))
            fputc('?', out);
        else
            fwrite(text + from, 1, at - from, out);
    }
}

int gk_cli_fail(const gk_cli *self, gk_err err, const gk_why *why)
{
    fflush(stdout);
    fprintf(stderr, GK_TR(self, "gongkai: %s（%s）", "gongkai: %s (%s)"),
            gk_err_text(err, GK_TR(self, "zh", "en")), gk_err_code(err));
    const char *need = why && err == GK_ENEED ? gk_need_zh(why->text) : NULL;
    if (why && *why->text) {        /* a need's name is for programs, what stands behind it for people */
        fputs(GK_TR(self, "：", ": "), stderr);
        const char *plain = need ? strstr(why->text, ": ") : NULL;
        print_safely(need && self->zh ? need : plain ? plain + 2 : why->text, stderr);
    }
    fputc('\n', stderr);
    print_hint(self, err);
    return gk_err_exit(err);
}

/*  ---- asking --------------------------------------------------------------- */

const char *gk_cli_value(const gk_cli *self, gk_opt opt)
{
    const char *value = self->args->value[opt];
    if (!value && opt == GK_OPT_AS)
        value = getenv("GK_AS");
    if (!value && opt == GK_OPT_DATA)
        value = getenv("GK_DATA");
    return value && (*value || !gk_args_option(opt)->value) ? value : NULL;
}

json_t *gk_cli_body(const gk_cli *self)
{
    json_t *body = json_object();
    const char *as = gk_cli_value(self, GK_OPT_AS);
    if (as)
        json_object_set_new(body, "as", json_string(as));
    return body;
}

json_t *gk_cli_right(const gk_cli *self, const char *word)
{
    bool receipt = gk_cli_is_receipt(word);
    json_t *right = receipt ? json_object() : gk_cli_body(self);
    json_object_set_new(right, receipt ? "receipt" : "case", json_string(word));
    return right;
}

int gk_cli_connect(gk_cli *self)
{
    if (self->dial)
        return GK_EXIT_OK;
    const char *named = gk_cli_value(self, GK_OPT_ENDPOINT), *data = gk_cli_value(self, GK_OPT_DATA);
    gk_free_auto char *endpoint = gk_strdup(named);
    gk_why why = { "" };
    gk_err err = named ? GK_OK
        : gk_paths_endpoint(data ? data : "var", gk_cli_value(self, GK_OPT_RUN), &endpoint, &why);
    if (!err)
        err = gk_dial_new(endpoint, &self->dial, &why);
    if (err)
        return gk_cli_fail(self, err, &why);
    gk_dial_set_timeout(self->dial, self->timeout_ms);
    return GK_EXIT_OK;
}

int gk_cli_ask_with(gk_cli *self, const char *service, const char *request_id, json_t *body, int wait_ms,
                    gk_dial_partial *partial, void *context, json_t **out)
{
    gk_json_auto *owned = body;
    int status = gk_cli_connect(self);
    if (status)
        return status;
    gk_why why = { "" };
    json_t *answer = NULL;
    if (self->wait_ms >= 0)
        wait_ms = self->wait_ms;
    gk_err err = gk_dial_ask(self->dial, service, request_id, owned, wait_ms, partial, context, &answer, &why);
    if (err && !(err == GK_EBUSY && answer)) {
        json_decref(answer);
        return gk_cli_fail(self, err, &why);
    }
    if (err)
        gk_cli_note(self, GK_TR(self, "系统已接收，%d 秒内尚无结果，办理仍在继续",
                                "accepted; no outcome within %d s, the work goes on"), wait_ms / 1000);
    *out = answer;
    return GK_EXIT_OK;
}

int gk_cli_ask(gk_cli *self, const char *service, json_t *body, json_t **out)
{
    return gk_cli_ask_with(self, service, gk_cli_value(self, GK_OPT_REQUEST_ID), body, WAIT_DEFAULT_MS, NULL,
                           NULL, out);
}

/*  ---- files ---------------------------------------------------------------- */

int gk_cli_read(const gk_cli *self, const char *path, size_t max, char **out, size_t *len)
{
    gk_why why = { "" };
    char *text = gk_file_read(strcmp(path, "-") == 0 ? "/dev/stdin" : path, max, len);
    if (!text)
        return gk_cli_fail(self, gk_file_refuse(path, max, &why), &why);
    *out = text;
    return GK_EXIT_OK;
}

int gk_cli_read_json(const gk_cli *self, const char *path, json_t **out)
{
    size_t len;
    gk_free_auto char *text = NULL;
    int status = gk_cli_read(self, path, GK_CLI_FORM_MAX, &text, &len);
    if (status)
        return status;
    gk_why why = { "" }, inner = { "" };
    gk_err err = gk_json_parse(text, len, out, &inner);
    return err ? gk_cli_fail(self, gk_refuse(&why, err, "%.100s: %s", path, inner.text), &why) : GK_EXIT_OK;
}

int gk_cli_date(const gk_cli *self, const char *text, gk_date *out)
{
    if (gk_date_parse(text, strlen(text), out) == GK_OK)
        return GK_EXIT_OK;
    return gk_cli_usage(self, GK_TR(self, "不是日期：%s（应如 2026-03-02）", "not a date: %s (2026-03-02 is one)"), text);
}

int gk_cli_text(const gk_cli *self, const char *word, char **out)
{
    bool file = word[0] == '@' && word[1] != '@';
    if (!file && strcmp(word, "-") != 0) {
        *out = gk_strdup(word + (word[0] == '@'));
        return GK_EXIT_OK;
    }
    size_t len;
    char *text;
    int status = gk_cli_read(self, file ? word + 1 : word, GK_CLI_TEXT_MAX, &text, &len);
    if (status)
        return status;
    if (!gk_utf8_ok(text, len)) {
        free(text);
        gk_why why;
        return gk_cli_fail(self, gk_refuse(&why, GK_EBADVALUE, "%s is not UTF-8 text; convert it or attach it with "
                                           "--attach", word), &why);
    }
    while (len && (text[len - 1] == '\n' || text[len - 1] == '\r'))
        text[--len] = 0;
    *out = text;
    return GK_EXIT_OK;
}

const char *gk_cli_fonts(const gk_cli *self)
{
    const char *fonts = gk_cli_value(self, GK_OPT_FONTS);
    fonts = fonts ? fonts : getenv("GK_FONTS");
    return fonts && *fonts ? fonts : GK_PATHS_FONTS;
}

/*  Written beside the target and renamed, so a cut line or a full disk leaves no half letter. */
static gk_err write_file(const char *path, const void *bytes, size_t len, gk_why *why)
{
    gk_free_auto char *draft = gk_format("%s.part-%ld", path, (long) getpid());
    FILE *file = fopen(draft, "wbx");
    if (!file)
        return gk_refuse(why, GK_EIO, "%s: %s", path, strerror(errno));
    bool written = fwrite(bytes, 1, len, file) == len;
    written = fclose(file) == 0 && written;
    if (written && rename(draft, path) == 0)
        return GK_OK;
    gk_err err = gk_refuse(why, GK_EIO, "%s: %s", path, strerror(errno));
    unlink(draft);
    return err;
}

int gk_cli_write(const gk_cli *self, const char *path, const void *bytes, size_t len)
{
    gk_why why = { "" };
    gk_err err = GK_OK;
    if (strcmp(path, "-") != 0)
        err = write_file(path, bytes, len, &why);
    else if (isatty(STDOUT_FILENO))
        err = gk_refuse(&why, GK_EBADVALUE, "a document is not for a terminal: name a file with -o FILE");
    else if (fwrite(bytes, 1, len, stdout) != len)
        err = gk_refuse(&why, GK_EIO, "standard output: %s", strerror(errno));
    return err ? gk_cli_fail(self, err, &why) : GK_EXIT_OK;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

int gk_cli_attach(gk_cli *self, json_t *body)
{
    json_t *documents = json_array();
    json_object_set_new(body, "documents", documents);
    for (int i = 0; i < self->args->attached; i++) {
        int status = gk_cli_connect(self);
        if (status)
            return status;
        char digest[GK_HASH_HEX];
        gk_why why = { "" };
        const char *path = self->args->attach[i];
        gk_err err = gk_dial_put_file(self->dial, path, digest, &why);
        if (err)
            return gk_cli_fail(self, err, &why);
        json_t *document = json_pack("{s:s, s:s}", "digest", digest, "name", base_name(path));
        if (!document)
            return gk_cli_usage(self, GK_TR(self, "文件名不是 UTF-8：%s", "the file's name is not UTF-8: %s"), path);
        json_array_append_new(documents, document);
    }
    return GK_EXIT_OK;
}

int gk_cli_answer(gk_cli *self, const char *service, json_t *body, gk_cli_view *view)
{
    gk_json_auto *ok = NULL;
    int status = gk_cli_ask(self, service, body, &ok);
    if (status)
        return status;
    if (self->json)
        gk_cli_json(ok);
    else
        view(self, ok);
    return GK_EXIT_OK;
}

/*  ---- answering ------------------------------------------------------------ */

void gk_cli_json(const json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    puts(text ? text : "null");
    free(text);
}

const char *gk_cli_word(const gk_cli *self, const json_t *object, const char *key)
{
    char name[64];
    snprintf(name, sizeof name, "%s_%s", key, GK_TR(self, "zh", "en"));
    const char *text = gk_json_text(object, name);
    return *text ? text : gk_codes_word(self->zh, key, gk_json_text(object, key));
}

bool gk_cli_is_receipt(const char *text)
{
    int count = 0;
    for (; *text; text++)
        if (isalnum((unsigned char) *text))
            count++;
        else if (*text != '-' && *text != ' ')
            return false;
    return count == RECEIPT_CHARACTERS;
}

/*  ---- one run -------------------------------------------------------------- */

/*  Chinese unless --lang or the locale asks for English: the C locale of a bare
 *  machine says nothing about who sits before it. */
static bool wants_chinese(const gk_args *args)
{
    static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
    const char *lang = args->value[GK_OPT_LANG];
    for (size_t i = 0; !lang && i < sizeof names / sizeof *names; i++) {
        lang = getenv(names[i]);
        lang = lang && *lang ? lang : NULL;
    }
    return !lang || strncmp(lang, "en", 2) != 0;
}

static bool seconds_ok(const gk_cli *self, gk_opt opt, int least, int *ms)
{
    int64_t seconds;
    const char *value = self->args->value[opt];
    if (!value)
        return true;
    if (!gk_args_number(value, least, SECONDS_MAX, &seconds))
        return false;
    *ms = (int) seconds * 1000;
    return true;
}

static int check_options(gk_cli *self)
{
    for (int i = GK_OPT_OWN; i < GK_OPTS; i++)
        if (self->args->value[i] && !(self->verb->options & GK_OPT_BIT(i)))
            return gk_cli_usage(self, GK_TR(self, "此命令没有选项 --%s", "this command has no option --%s"),
                                gk_args_option((gk_opt) i)->name);
    if (!seconds_ok(self, GK_OPT_WAIT, 0, &self->wait_ms) || !seconds_ok(self, GK_OPT_TIMEOUT, 1, &self->timeout_ms))
        return gk_cli_usage(self, GK_TR(self, "--wait 与 --timeout 为秒数，整数，至多 %d，--timeout 至少 1",
                                        "--wait and --timeout are whole seconds, %d at most, --timeout 1 at least"),
                            SECONDS_MAX);
    const char *on = self->args->value[GK_OPT_ON], *id = self->args->value[GK_OPT_REQUEST_ID];
    gk_date date;
    if (on && gk_date_parse(on, strlen(on), &date))
        return gk_cli_usage(self, GK_TR(self, "--on 应为日期，如 2026-03-02", "--on is a date such as 2026-03-02"));
    if (id && !gk_mdp_id_ok(id, strlen(id)))
        return gk_cli_usage(self, GK_TR(self, "--request-id 为 1 至 64 个字母、数字、- 或 _",
                                        "--request-id is 1 to 64 letters, digits, - or _"));
    return GK_EXIT_OK;
}

/*  "workday" alone: say which words may follow. */
static int unknown_verb(gk_cli *self, bool help)
{
    gk_text_auto known = { 0 };
    const gk_verb *verb;
    if (help && self->args->words == 1 && gk_help_family(self, self->args->word[0]))
        return GK_EXIT_OK;
    for (size_t i = 0; (verb = gk_verb_at(i)); i++)
        if (gk_verb_is_of(verb, self->args->word[0]))
            gk_text_printf(&known, "%s%s", known.len ? GK_TR(self, "、", ", ") : "", verb->name);
    if (known.len)
        return gk_cli_usage(self, GK_TR(self, "请写全命令：%s", "say which: %s"), known.data);
    return gk_cli_usage(self, GK_TR(self, "没有这个命令：%s", "no such command: %s"), self->args->word[0]);
}

static int run(gk_cli *self)
{
    if (self->args->value[GK_OPT_VERSION]) {
        puts("gongkai " GK_VERSION);
        return GK_EXIT_OK;
    }
    bool help = self->args->value[GK_OPT_HELP] != NULL;
    if (!self->args->words) {
        gk_help_all(self, help ? stdout : stderr);
        return help ? GK_EXIT_OK : GK_EXIT_USAGE;
    }
    self->verb = gk_verb_find(self->args->word, self->args->words);
    if (!self->verb)
        return unknown_verb(self, help);
    int skip = gk_verb_words(self->verb);
    self->word = self->args->word + skip;
    self->words = self->args->words - skip;
    /*  `act CASE --help` asks the broker what that case allows; act sees to it. */
    if (help && !(self->verb->run == gk_run_act && self->words)) {
        gk_help_verb(self, self->verb);
        return GK_EXIT_OK;
    }
    int status = check_options(self);
    if (status)
        return status;
    if (!help && (self->words < self->verb->least || self->words > self->verb->most))
        return gk_cli_usage(self, self->words < self->verb->least ? GK_TR(self, "参数不足", "something is missing")
                                                          : GK_TR(self, "参数过多", "too many words"));
    return self->verb->run(self);
}

int gk_cli_main(int argc, char **argv)
{
    gk_args args;
    gk_args_fault fault;
    gk_cli self = { .args = &args, .wait_ms = -1, .timeout_ms = TIMEOUT_DEFAULT_MS };
    bool understood = gk_args_read(argc, argv, &args, &fault);
    self.zh = wants_chinese(&args);
    self.json = args.value[GK_OPT_JSON] != NULL;
    int status = understood ? run(&self)
        : gk_cli_usage(&self, GK_TR(&self, "%s：%s", "%s: %s"), GK_TR(&self, fault.zh, fault.en), fault.word);
    gk_dial_destroy(&self.dial);
    if (fflush(stdout) || ferror(stdout)) {
        fprintf(stderr, "gongkai: %s: %s\n", GK_TR(&self, "写标准输出失败", "standard output"), strerror(errno));
        return status ? status : GK_EXIT_REFUSED;
    }
    return status;
}
