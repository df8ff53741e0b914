/*  What an applicant may do, and the clerk who enters for one what came on paper. */
#include "clients/gongkai/verbs.h"
#include "clients/gongkai/view.h"
#include "base/hash.h"
#include "base/mem.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { SUBMIT_WAIT_MS = 10 * 1000 };

/*  ---- submit and register --------------------------------------------------- */

/*  One id a file as it lies there: the same path, time, content and attachments make the
 *  same id, and the broker does nothing twice under one id.  So a command that was cut
 *  off may simply be given again, and a file that was touched is a new application.
 *  What comes from stdin has no such identity and gets a fresh id. */
static int id_of_file(const gk_cli *self, const char *path, const json_t *body, char id[static 33])
{
    if (strcmp(path, "-") == 0) {
        gk_dial_fresh_id(id);
        return GK_EXIT_OK;
    }
    struct stat info;
    gk_free_auto char *whole = realpath(path, NULL);
    if (!whole || stat(whole, &info)) {
        gk_why why;
        return gk_cli_fail(self, gk_refuse(&why, GK_EIO, "%s: %s", path, strerror(errno)), &why);
    }
    gk_free_auto char *content = gk_json_print(body);
    int64_t when[] = { info.st_mtim.tv_sec, info.st_mtim.tv_nsec };
    gk_hasher *hasher = gk_hasher_new();
    gk_hasher_add(hasher, whole, strlen(whole));
    gk_hasher_add(hasher, when, sizeof when);
    gk_hasher_add(hasher, content, strlen(content));
    gk_hash hash = gk_hasher_end(&hasher);
    char hex[GK_HASH_HEX];
    memcpy(id, gk_hash_hex(&hash, hex), 32);
    id[32] = 0;
    return GK_EXIT_OK;
}

typedef struct handing {
    const gk_cli *cli;
    bool shown;
} handing;

/*  At once, for whoever may cut the line before the FINAL: the receipt is the only key
 *  to the case. */
static void show_receipt(void *context, const json_t *ok)
{
    handing *self = context;
    const gk_cli *cli = self->cli;
    if (cli->json || self->shown || !*gk_json_text(ok, "receipt"))
        return;
    gk_auto(gk_sheet) sheet = gk_sheet_new(2);
    gk_view_field(sheet, GK_TR(cli, "回执码  ", "Receipt "), gk_json_text(ok, "receipt"));
    gk_view_print(sheet);
    fflush(stdout);
    self->shown = true;
    gk_cli_note(cli, GK_TR(cli, "请妥善保存回执码：查询、补正、撤回均凭此码，不能补发",
                           "keep the receipt code: every later step needs it, and it is not issued again"));
}

/*  Read FILE.json: the application form, or an object around it with "form" (and, for a
 *  clerk, "receipt": how and when it came). */
static int read_application(const gk_cli *self, const char *path, json_t *body, bool clerk)
{
    gk_json_auto *file = NULL;
    int status = gk_cli_read_json(self, path, &file);
    if (status)
        return status;
    gk_why why = { "" }, inner = { "" };
    gk_err err = GK_OK;
    json_t *form = json_object_get(file, "form"), *receipt = json_object_get(file, "receipt");
    if (!json_is_object(form ? form : file))
        err = gk_refuse(&inner, GK_EBADVALUE, "a form is an object, see `gongkai help form`");
    if (!err && clerk && (!form || !receipt))
        err = gk_refuse(&inner, GK_EMISSING, "{\"form\": ..., \"receipt\": ...} is wanted, see `gongkai help form`");
    if (!err && !clerk && receipt)
        err = gk_refuse(&inner, GK_EDENIED, "an applicant does not state how it was received; a clerk uses register");
    if (err)
        return gk_cli_fail(self, gk_refuse(&why, err, "%.100s: %s", path, inner.text), &why);
    json_object_set(body, "form", form ? form : file);
    if (clerk)
        json_object_set(body, "receipt", receipt);
    return GK_EXIT_OK;
}

static int hand_in(gk_cli *self, const char *service, json_t *body)
{
    const char *path = self->word[0], *named = gk_cli_value(self, GK_OPT_REQUEST_ID);
    char id[33];
    int status = read_application(self, path, body, strcmp(service, "application.register") == 0);
    if (!status)
        status = gk_cli_attach(self, body);
    if (!status && !named)
        status = id_of_file(self, path, body, id);
    if (status)
        return status;
    handing shown = { .cli = self };
    gk_json_auto *ok = NULL;
    status = gk_cli_ask_with(self, service, named ? named : id, json_incref(body), SUBMIT_WAIT_MS, show_receipt,
                             &shown, &ok);
    if (status)
        return status;
    show_receipt(&shown, ok);       /* a FINAL at once, or the answer to a repeated request */
    if (self->json)
        gk_cli_json(ok);
    else
        gk_view_accepted(self, ok);
    return GK_EXIT_OK;
}

int gk_run_submit(gk_cli *self)
{
    gk_json_auto *body = json_object();
    return hand_in(self, "application.submit", body);
}

int gk_run_register(gk_cli *self)
{
    gk_json_auto *body = gk_cli_body(self);
    return hand_in(self, "application.register", body);
}

/*  ---- with a receipt -------------------------------------------------------- */

int gk_run_status(gk_cli *self)
{
    return gk_cli_answer(self, "application.status", json_pack("{s:s}", "receipt", self->word[0]), gk_view_status);
}

/*  The three acts differ in the name of their text and in what may be left out. */
static int act_of_applicant(gk_cli *self, const char *service, const char *member, bool needs_content)
{
    if (needs_content && self->words < 2 && !self->args->attached)
        return gk_cli_usage(self, GK_TR(self, "请写明内容，或用 --attach 附上文件",
                                        "say what it is, or attach it with --attach"));
    gk_free_auto char *text = NULL;
    int status = self->words > 1 ? gk_cli_text(self, self->word[1], &text) : GK_EXIT_OK;
    if (status)
        return status;
    gk_json_auto *body = json_pack("{s:s}", "receipt", self->word[0]);
    if (text)
        json_object_set_new(body, member, json_string(text));
    if (needs_content)
        status = gk_cli_attach(self, body);
    return status ? status : gk_cli_answer(self, service, json_incref(body), gk_view_moved);
}

int gk_run_correct(gk_cli *self)
{
    return act_of_applicant(self, "application.correct", "text", true);
}

int gk_run_withdraw(gk_cli *self)
{
    return act_of_applicant(self, "application.withdraw", "reason", false);
}

int gk_run_suggest(gk_cli *self)
{
    return act_of_applicant(self, "application.suggest", "text", false);
}

int gk_run_pay(gk_cli *self)
{
    return act_of_applicant(self, "application.pay", "text", true);
}
