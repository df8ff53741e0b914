/*  gongkai-reminder - facts become mails and webhooks.
 *
 *  As a worker it takes its jobs from the broker; with --job it works one from a file, which is
 *  how an administrator tries the mail settings.
 */
#include "workers/reminder/deliver.h"
#include "workers/worker.h"
#include "base/log.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_JOB = 1 << 20, USAGE = 2 };

/*  What the command line said; NULL where it said nothing. */
typedef struct options {
    const char *smtp, *user, *password_file, *from, *ca, *starttls;
    const char *secrets, *allow, *webhook_ca;
    const char *job;
    const char *data, *config;      /* the runtime's, which --job needs too */
} options;

typedef struct reminder {
    gk_deliver_config config;
    gk_messages *messages;
} reminder;

static void report(const char *message_id, const char *role, const gk_delivery *delivery)
{
    static const char *const fate[] = {
        [GK_FATE_SENT] = "sent", [GK_FATE_LATER] = "later", [GK_FATE_NEVER] = "never",
    };
    gk_log(delivery->fate == GK_FATE_SENT ? GK_INFO : GK_WARN, "message=%s role=%s result=%s code=%d%s%s", message_id,
           role, fate[delivery->fate], delivery->code, *delivery->why.text ? " why=" : "", delivery->why.text);
}

static void tick(void *context)
{
    gk_worker_tick(context);
}

static gk_err work(gk_worker *self, void *context, const json_t *job, const json_t *facts, json_t **out, gk_why *why)
{
    const reminder *with = context;
    return gk_deliver(&with->config, with->messages, job, facts, (gk_tick) { tick, self }, report, out, why);
}

/*  ---- one job from a file ------------------------------------------------ */

static int print_finding(gk_err err, json_t *ok, const gk_why *why)
{
    gk_json_auto *finding = err ? json_pack("{s:{s:s, s:s, s:b}}", "error", "code", gk_err_code(err), "text", why->text,
                                            "retry", gk_err_retry(err))
                                : json_pack("{s:O}", "ok", ok);
    gk_free_auto char *text = gk_json_print(finding);
    puts(text);
    return gk_err_exit(err);
}

static int work_file(const reminder *with, const char *path)
{
    gk_json_auto *job = NULL, *ok = NULL;
    gk_why why = { "" };
    gk_err err = gk_json_load(path, MAX_JOB, &job, &why);
    if (!err)
        err = gk_deliver(&with->config, with->messages, job, json_object_get(job, "facts"), (gk_tick) { 0 }, report, &ok,
                         &why);
    return print_finding(err, ok, &why);
}

/*  ---- settings ----------------------------------------------------------- */

static bool parse_starttls(const char *text, gk_starttls *out)
{
    static const struct { const char *name; gk_starttls value; } rows[] = {
        { "", GK_STARTTLS_AUTO }, { "required", GK_STARTTLS_REQUIRED }, { "try", GK_STARTTLS_TRY },
        { "no", GK_STARTTLS_NO },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(text, rows[i].name) == 0) {
            *out = rows[i].value;
            return true;
        }
    return false;
}

static gk_err settle(const options *given, gk_deliver_config *out, gk_why *why)
{
    *out = (gk_deliver_config) {
        .smtp = { .url = given->smtp, .user = given->user, .password_file = given->password_file,
                  .from = given->from, .ca = given->ca },
        .webhook = { .secrets = given->secrets, .allow = given->allow, .ca = given->webhook_ca },
    };
    if (!parse_starttls(given->starttls ? given->starttls : "", &out->smtp.starttls))
        return gk_refuse(why, GK_EBADVALUE, "--starttls is required, try or no");
    return gk_deliver_check(out, why);
}

/*  Take what is ours off the command line; the rest is the runtime's to judge, which
 *  reads the same table. */
static void scan(const gk_worker_option *known, int argc, char **argv)
{
    for (int i = 1; i + 1 < argc; i++)
        for (const gk_worker_option *option = known; option->name; option++)
            if (strcmp(argv[i], option->name) == 0)
                *option->value = argv[i + 1];
}

int main(int argc, char **argv)
{
    options given = { 0 };
    const gk_worker_option table[] = {
        { "--smtp", &given.smtp, "URL of the mail server: smtp://HOST:PORT or smtps://HOST" },
        { "--smtp-user", &given.user, "name to sign in with" },
        { "--smtp-password-file", &given.password_file, "file with the password, readable by its owner only" },
        { "--from", &given.from, "sender's address" },
        { "--ca", &given.ca, "PEM file of the authorities that vouch for the mail server (the system's)" },
        { "--starttls", &given.starttls, "required (default), try or no; a local sink in training needs none" },
        { "--webhook-secrets", &given.secrets, "folder of webhook secrets, a file each" },
        { "--webhook-allow", &given.allow, "inner addresses that webhooks may reach: 10.1.2.0/24,192.168.7.9" },
        { "--webhook-ca", &given.webhook_ca, "PEM file of the authorities that vouch for webhooks (the system's)" },
        { "--job", &given.job, "FILE: send one job and print the finding" },
        { 0 },
    };
    gk_log_setup("gongkai-reminder", GK_INFO);
    scan(table, argc, argv);

    reminder self = { 0 };
    gk_why why = { "" };
    gk_err err = settle(&given, &self.config, &why);
    if (!err)
        err = gk_messages_load(&self.messages, &why);
    if (err) {
        fprintf(stderr, "gongkai-reminder: %s\n", why.text);
        return USAGE;
    }
    curl_global_init(CURL_GLOBAL_DEFAULT);
    int status = given.job ? work_file(&self, given.job)
                           : gk_worker_main("reminder", work, &self, table, argc, argv);
    gk_messages_destroy(&self.messages);
    curl_global_cleanup();
    return status;
}
