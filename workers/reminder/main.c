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

enum { MAX_JOB = 1 << 20, MAX_WEBHOOKS = 32, USAGE = 2 };

/*  What the command line said; NULL where it said nothing. */
typedef struct options {
    const char *smtp, *user, *password_file, *from, *ca, *starttls;
    const char *job;
    const char *data, *config;      /* the runtime's, which --job needs too */
} options;

typedef struct reminder {
    gk_conf *conf;                  /* whose texts `config` borrows */
    gk_deliver_config config;
    gk_webhook_target webhooks[MAX_WEBHOOKS];
    gk_messages *messages;
} reminder;

static void report(const char *message_id, const char *role, const gk_delivery *delivery)
{
    static const char *const fate[] = {
        [GK_FATE_SENT] = "sent", [GK_FATE_LATER] = "later", [GK_FATE_NEVER] = "never",
    };
    gk_log(delivery->fate == GK_FATE_SENT ? GK_INFO : GK_WARN, "message=%s role=%s result=%s code=%d%s%s",
           message_id, role, fate[delivery->fate], delivery->code, *delivery->why.text ? " why=" : "",
           delivery->why.text);
}

static void tick(void *context)
{
    gk_worker_tick(context);
}

static gk_err work(gk_worker *self, void *context, const json_t *job, const json_t *facts, json_t **out,
                   gk_why *why)
{
    const reminder *with = context;
    return gk_deliver(&with->config, with->messages, job, facts, (gk_tick) { tick, self }, report, out, why);
}

/*  ---- one job from a file ------------------------------------------------ */

static int print_finding(gk_err err, json_t *ok, const gk_why *why)
{
    gk_json_auto *finding = err ? gk_json_error(err, why) : json_pack("{s:O}", "ok", ok);
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
        err = gk_deliver(&with->config, with->messages, job, json_object_get(job, "facts"), (gk_tick) { 0 },
                         report, &ok, &why);
    return print_finding(err, ok, &why);
}

/*  ---- settings ----------------------------------------------------------- */

/*  The option, else the file's value, else NULL. */
static const char *choose(const char *option, const gk_conf *conf, const char *path)
{
    const char *text = option ? option : gk_conf_text(conf, path);
    return *text ? text : NULL;
}

static gk_err settle_webhooks(reminder *self, gk_why *why)
{
    const char *name;
    size_t count = 0;
    for (; (name = gk_conf_name(self->conf, "webhook", count)); count++) {
        if (count == MAX_WEBHOOKS)
            return gk_refuse(why, GK_ETOOLARGE, "gongkai.conf has more than %d webhooks", MAX_WEBHOOKS);
        const char *ca = gk_conf_text_of(self->conf, "webhook", name, "ca");
        self->webhooks[count] = (gk_webhook_target) {
            .name = name,
            .url = gk_conf_text_of(self->conf, "webhook", name, "url"),
            .secret_file = gk_conf_text_of(self->conf, "webhook", name, "secret_file"),
            .ca = *ca ? ca : NULL,
            .allow_private = gk_conf_bool_of(self->conf, "webhook", name, "allow_private"),
        };
    }
    self->config.webhooks = self->webhooks, self->config.webhook_count = count;
    return GK_OK;
}

static bool parse_starttls(const char *text, gk_starttls *out)
{
    static const struct { const char *name; gk_starttls value; } rows[] = {
        { "required", GK_STARTTLS_REQUIRED }, { "try", GK_STARTTLS_TRY }, { "no", GK_STARTTLS_NO },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(text, rows[i].name) == 0) {
            *out = rows[i].value;
            return true;
        }
    return false;
}

static gk_err settle(reminder *self, const options *given, gk_why *why)
{
    gk_err err = gk_conf_open(given->config, given->data ? given->data : "var", &self->conf, why);
    if (err)
        return err;
    self->config.smtp = (gk_smtp_config) {
        .url = choose(given->smtp, self->conf, "mail/smtp"),
        .user = choose(given->user, self->conf, "mail/user"),
        .password_file = choose(given->password_file, self->conf, "mail/password_file"),
        .from = choose(given->from, self->conf, "mail/from"),
        .ca = choose(given->ca, self->conf, "mail/ca"),
    };
    const char *starttls = given->starttls ? given->starttls : gk_conf_text(self->conf, "mail/starttls");
    if (!parse_starttls(starttls, &self->config.smtp.starttls))
        return gk_refuse(why, GK_EBADVALUE, "--starttls is required, try or no");
    err = gk_smtp_check(&self->config.smtp, why);
    if (!err)
        err = settle_webhooks(self, why);
    return err ? err : gk_messages_load(&self->messages, why);
}

/*  Take the options of `known` off the command line; false when there were others. */
static bool scan(const gk_worker_option *known, int argc, char **argv)
{
    bool all = true;
    for (int i = 1; i < argc; i++) {
        const gk_worker_option *option = known;
        while (option->name && strcmp(argv[i], option->name))
            option++;
        if (option->name && i + 1 < argc)
            *option->value = argv[++i];
        else
            all = false;
    }
    return all;
}

static int run(reminder *self, const options *given, const gk_worker_option *table, int argc, char **argv)
{
    gk_why why = { "" };
    if (settle(self, given, &why)) {
        fprintf(stderr, "gongkai-reminder: %s\n", why.text);
        return USAGE;
    }
    return given->job ? work_file(self, given->job)
                      : gk_worker_main("reminder", work, self, table, argc, argv);
}

int main(int argc, char **argv)
{
    options given = { 0 };
    /*  The first two are the runtime's own; it reads the others from the same table. */
    const gk_worker_option table[] = {
        { "--data", &given.data, "" },
        { "--config", &given.config, "" },
        { "--smtp", &given.smtp, "URL of the mail server: smtp://HOST:PORT or smtps://HOST" },
        { "--smtp-user", &given.user, "name to sign in with" },
        { "--smtp-password-file", &given.password_file,
          "file with the password, readable by its owner only" },
        { "--from", &given.from, "sender's address" },
        { "--ca", &given.ca, "PEM file of the authorities that vouch for the mail server (the system's)" },
        { "--starttls", &given.starttls, "required (default), try or no; no is for a server on this host" },
        { "--job", &given.job, "FILE: send one job and print the finding" },
        { 0 },
    };
    gk_log_setup("gongkai-reminder", GK_INFO);
    bool all_known = scan(table, argc, argv);
    if (given.job && !all_known) {
        fprintf(stderr,
                "gongkai-reminder: with --job FILE only the mail options, --config and --data are of use; "
                "see --help\n");
        return USAGE;
    }
    reminder self = { 0 };
    curl_global_init(CURL_GLOBAL_DEFAULT);
    int status = run(&self, &given, table + 2, argc, argv);
    gk_messages_destroy(&self.messages);
    gk_conf_destroy(&self.conf);
    curl_global_cleanup();
    return status;
}
