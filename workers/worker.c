/*  worker - the runtime: options, signals, and one job after the other.
 *
 *  Everything that has a time limit lives in the link's thread (link.h), so a handler
 *  may think as long as its lease allows.
 */
#include "workers/worker.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "wire/mdp.h"
#include "wire/socket.h"
#include "workers/link.h"

#include <assert.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

struct gk_worker {
    const char *service;
    gk_worker_handler *handler;
    void *context;
    const char *data;           /* the data directory as named */
    char *endpoint;
    gk_dial *dial;              /* NULL until a handler wants it */
    zactor_t *link;
    int stop;                   /* signalfd: readable once we are told to end */
    gk_mdp job;                 /* in hand */
    char lease[2 * GK_MDP_ADDRESS + 1];
    int64_t ticked;
};

/*  ---- for handlers --------------------------------------------------------------- */

const char *gk_worker_lease(const gk_worker *self)
{
    return self->lease;
}

const char *gk_worker_data(const gk_worker *self)
{
    return self->data;
}

gk_dial *gk_worker_dial(gk_worker *self)
{
    if (!self->dial) {
        gk_err err = gk_dial_new(self->endpoint, &self->dial, NULL);
        assert(!err);           /* the endpoint was checked at the start */
    }
    return self->dial;
}

void gk_worker_tick(gk_worker *self)
{
    int64_t now = gk_socket_now();
    if (now < self->ticked + GK_MDP_HEARTBEAT_MS)
        return;
    self->ticked = now;
    gk_link_say(self->link, GK_MDP_WORKER_PARTIAL, self->job.address, GK_LINK_RENEW);
}

/*  ---- one job ---------------------------------------------------------------------- */

static gk_err handle(gk_worker *self, json_t **finding, json_t **job, gk_why *why)
{
    zframe_t *payload = self->job.payload;
    gk_err err = gk_json_parse((const char *) zframe_data(payload), zframe_size(payload), job, why);
    if (err)
        return err;
    const json_t *facts = json_object_get(*job, "facts");
    if (!json_is_object(facts))
        return gk_refuse(why, GK_EBADMSG, "the job has no object \"facts\"");
    err = self->handler(self, self->context, *job, facts, finding, why);
    assert(err || json_is_object(*finding));
    return err;
}

/*  The answer to the job in hand, printed; caller frees. */
static char *answer(gk_worker *self)
{
    gk_json_auto *job = NULL, *finding = NULL, *root = NULL;
    gk_why why = { "" };
    gk_err err = handle(self, &finding, &job, &why);
    char *text = NULL;
    if (!err) {
        root = json_pack("{s:O}", "ok", finding);
        text = gk_json_print(root);
        if (strlen(text) + 1024 > GK_MDP_MAX_MESSAGE) {
            err = gk_refuse(&why, GK_ETOOLARGE, "the finding has %zu bytes, a message at most %d", strlen(text),
                            GK_MDP_MAX_MESSAGE);
            free(text);
            json_decref(root);
        }
    }
    if (err) {
        root = gk_json_error(err, &why);
        text = gk_json_print(root);
    }
    gk_log(err ? GK_WARN : GK_DEBUG, "lease=%s case=%s code=%s text=\"%s\"", self->lease,
           gk_json_text(job, "case"), gk_err_code(err), why.text);
    return text;
}

static void work(gk_worker *self)
{
    gk_hex(self->job.address, GK_MDP_ADDRESS, self->lease);
    self->ticked = gk_socket_now();
    gk_free_auto char *text = answer(self);
    gk_link_say(self->link, GK_MDP_WORKER_FINAL, self->job.address, text);
    gk_mdp_clear(&self->job);
    self->lease[0] = 0;
}

/*  ---- the loop ------------------------------------------------------------------- */

/*  SIGTERM and SIGINT are not caught but read, together with the jobs: there is no
 *  instant between looking and waiting in which one could be missed. */
static int open_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigprocmask(SIG_BLOCK, &set, NULL);
    return signalfd(-1, &set, SFD_CLOEXEC);
}

static void loop(gk_worker *self)
{
    zmq_pollitem_t items[2] = {
        { .fd = self->stop, .events = ZMQ_POLLIN },
        { .socket = zsock_resolve(self->link), .events = ZMQ_POLLIN },
    };
    for (;;) {
        if (zmq_poll(items, 2, -1) < 0)
            continue;           /* interrupted by a signal that is not for us */
        if (items[0].revents)
            return;
        if (items[1].revents && gk_link_hear(self->link, &self->job))
            work(self);
    }
}

static int run(gk_worker *self, int credit)
{
    self->stop = open_signals();
    if (self->stop < 0) {
        gk_log(GK_ERROR, "start=failed reason=\"no signalfd: %s\"", strerror(errno));
        return 1;
    }
    self->link = gk_link_new(&(gk_link_setup) { .endpoint = self->endpoint, .service = self->service,
                                                .credit = credit });
    gk_log(GK_INFO, "start=ok service=%s endpoint=%s", self->service, self->endpoint);
    loop(self);
    gk_log(GK_INFO, "end=signal service=%s", self->service);
    zactor_destroy(&self->link);
    close(self->stop);
    return 0;
}

/*  ---- options -------------------------------------------------------------------- */

typedef struct options {
    const char *endpoint, *data, *run, *config, *credit, *log;
} options;

static void print_help(const char *name, const char *service, const gk_worker_option *own,
                       const gk_worker_option *more)
{
    printf("%s - works the jobs of the service \"%s\"\n\n", name, service);
    for (; own->name; own++)
        printf("  %-16s %s\n", own->name, own->help);
    for (; more && more->name; more++)
        printf("  %-16s %s\n", more->name, more->help);
    printf("  %-16s %s\n  %-16s %s\n", "--version", "print the version", "--help", "print this");
}

/*  `--name VALUE` or `--name=VALUE`; moves *at over a value of its own.  True if it was. */
static bool take(const gk_worker_option *list, int argc, char **argv, int *at)
{
    const char *word = argv[*at];
    for (; list && list->name; list++) {
        size_t len = strlen(list->name);
        if (strncmp(word, list->name, len) != 0)
            continue;
        if (word[len] == '=') {
            *list->value = word + len + 1;
            return true;
        }
        if (word[len] == 0 && *at + 1 < argc) {
            *list->value = argv[++*at];
            return true;
        }
    }
    return false;
}

/*  -1: go on; else the exit status. */
static int parse(const char *name, const char *service, const gk_worker_option *own, const gk_worker_option *more,
                 int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            print_help(name, service, own, more);
            return 0;
        }
        if (strcmp(argv[i], "--version") == 0) {
            printf("%s %s\n", name, GK_VERSION);
            return 0;
        }
        if (!take(own, argc, argv, &i) && !take(more, argc, argv, &i)) {
            fprintf(stderr, "%s: %s is not an option, or has no value; see %s --help\n", name, argv[i], name);
            return 2;
        }
    }
    return -1;
}

static int parse_credit(const char *text)
{
    size_t len = strlen(text);
    int credit = len >= 1 && len <= 5 && strspn(text, "0123456789") == len ? atoi(text) : 0;
    return credit <= GK_MDP_MAX_CREDIT ? credit : 0;
}

static gk_err set_up(gk_worker *self, const options *given, gk_why *why)
{
    self->data = given->data;
    gk_auto(gk_conf) conf = NULL;
    gk_err err = gk_conf_open(given->config, given->data, &conf, why);
    if (err)
        return err;
    if (given->endpoint)
        self->endpoint = gk_strdup(given->endpoint);
    else
        err = gk_conf_dial(conf, given->data, given->run, &self->endpoint, why);
    return err ? err : gk_socket_check(self->endpoint, false, why);
}

static void worker_clear(gk_worker *self)
{
    gk_dial_destroy(&self->dial);
    gk_mdp_clear(&self->job);
    free(self->endpoint);
}

int gk_worker_main(const char *service, gk_worker_handler *handler, void *context, const gk_worker_option *more,
                   int argc, char **argv)
{
    /*  Eight jobs ahead hide the way to the broker.  More would be kept from a second
     *  worker that is idle, and all of them are lost tries if this one dies. */
    options given = { .data = "var", .credit = "8", .log = "info" };
    const gk_worker_option own[] = {
        { "--endpoint", &given.endpoint, "where the broker is: ipc:///PATH or tcp://HOST:PORT" },
        { "--data", &given.data, "the data directory, for the broker's local socket (var)" },
        { "--run", &given.run, "the folder of that socket, if it is not DATA/run" },
        { "--config", &given.config, "gongkai.conf (DATA/gongkai.conf, if there is one)" },
        { "--credit", &given.credit, "jobs to be given ahead, 1 to 10000 (8)" },
        { "--log", &given.log, "least that is told: debug, info or warn (info)" },
        { NULL, NULL, NULL },
    };
    const char *slash = argc > 0 ? strrchr(argv[0], '/') : NULL;
    const char *name = slash ? slash + 1 : argc > 0 ? argv[0] : service;
    int status = parse(name, service, own, more, argc, argv);
    if (status >= 0)
        return status;
    int credit = parse_credit(given.credit);
    if (credit == 0) {
        fprintf(stderr, "%s: --credit is a number from 1 to %d\n", name, GK_MDP_MAX_CREDIT);
        return 2;
    }
    gk_log_setup(name, streq(given.log, "debug") ? GK_DEBUG : streq(given.log, "warn") ? GK_WARN : GK_INFO);
    gk_worker self = { .service = service, .handler = handler, .context = context };
    gk_why why = { "" };
    if (set_up(&self, &given, &why)) {
        fprintf(stderr, "%s: %s\n", name, why.text);
        status = 1;
    } else {
        status = run(&self, credit);
    }
    worker_clear(&self);
    return status;
}
