/*  gongkai-broker - owns one data directory: its ledger, its documents, its clock. */
#include "broker/depot.h"
#include "broker/evidence.h"
#include "broker/front.h"
#include "broker/hashing.h"
#include "broker/query.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"
#include "wire/message.h"
#include "wire/socket.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t stop;

static void on_signal(int number)
{
    (void) number;
    stop = 1;
}

typedef struct options {
    const char *data, *run, *config, *start;
    bool training, new_key;
} options;

static const char usage[] =
    "usage: gongkai-broker [--data DIR] [--run DIR] [--config FILE] [--training [--start YYYY-MM-DD]]\n"
    "\n"
    "  --data DIR      the data directory (default ./var); made when absent\n"
    "  --run DIR       where the socket goes (default DATA/run)\n"
    "  --config FILE   gongkai.conf (default DATA/gongkai.conf, when there)\n"
    "  --training      make a new data directory a training directory, for ever: plain names are\n"
    "                  believed, its clock stands until it is advanced, letters say 演示\n"
    "  --start DATE    first day of the training clock (default: today)\n"
    "  --new-signing-key     make a new key for seals and receipts, signed by the old one, print it and end\n"
    "  --print-schemas DIR   write the JSON Schemas of all messages into DIR and end\n"
    "  --version, --help\n";

/*  ---- the data directory ------------------------------------------------------------- */

static gk_err make_folder(const char *path, mode_t mode, gk_why *why)
{
    if (mkdir(path, mode) && errno != EEXIST)
        return gk_refuse(why, GK_EIO, "%s: %s", path, strerror(errno));
    return GK_OK;
}

static gk_err make_folders(gk_broker *self, gk_why *why)
{
    static const char *const names[] = { "documents", "quarantine", "keys" };
    gk_err err = make_folder(self->data, 0750, why);
    if (!err)
        err = make_folder(self->run, 0750, why);
    for (size_t i = 0; i < sizeof names / sizeof *names && !err; i++) {
        gk_free_auto char *path = gk_format("%s/%s", self->data, names[i]);
        err = make_folder(path, 0700, why);
    }
    return err;
}

/*  One broker a directory: the lock ends with the process, however it ends. */
static gk_err lock(gk_broker *self, int *fd, gk_why *why)
{
    gk_free_auto char *path = gk_format("%s/broker.lock", self->data);
    *fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (*fd < 0)
        return gk_refuse(why, GK_EIO, "%s: %s", path, strerror(errno));
    char text[32] = "";
    if (flock(*fd, LOCK_EX | LOCK_NB)) {
        if (read(*fd, text, sizeof text - 1) < 0)
            text[0] = 0;
        text[strcspn(text, "\n")] = 0;
        return gk_refuse(why, GK_EBUSY, "%s is served by the broker with pid %s; stop that one first", self->data, text);
    }
    int width = snprintf(text, sizeof text, "%d\n", (int) getpid());
    if (ftruncate(*fd, 0) || write(*fd, text, (size_t) width) != width)
        return gk_refuse(why, GK_EIO, "%s: %s", path, strerror(errno));
    return GK_OK;
}

/*  ---- opening ---------------------------------------------------------------------------- */

/*  A directory is training for ever or never. */
static gk_err decide_training(gk_broker *self, const options *o, gk_why *why)
{
    gk_free_auto char *mode = gk_store_meta(self->store, "mode"), *last = gk_store_last_instant(self->store);
    bool known = mode ? strcmp(mode, "training") == 0 || strcmp(mode, "real") == 0 : last && !*last;
    if (!known)
        return gk_refuse(why, GK_EDAMAGED, "the ledger does not say whether it is for training or in real use");
    if (mode && o->training && strcmp(mode, "training") != 0)
        return gk_refuse(why, GK_EUNSUPPORTED, "%s is in real use and cannot become a training directory; name another --data",
                         self->data);
    self->training = mode ? strcmp(mode, "training") == 0 : o->training;
    self->trusted = self->training || gk_conf_bool(self->conf, "broker/trust_names");
    return mode ? GK_OK : gk_store_set_meta(self->store, "mode", self->training ? "training" : "real", why);
}

static gk_err start_time(gk_broker *self, const options *o, gk_why *why)
{
    gk_free_auto char *kept = gk_store_meta(self->store, "training_now");
    int64_t now = (int64_t) time(NULL), training_now = now, last = 0;
    gk_date start = gk_date_of(now);
    if (o->start && gk_date_parse(o->start, strlen(o->start), &start))
        return gk_refuse(why, GK_EBADVALUE, "--start must be a date, YYYY-MM-DD");
    if (!o->start && !gk_date_is_none(gk_conf_date(self->conf, "training/start")))
        start = gk_conf_date(self->conf, "training/start");
    if (kept ? gk_time_parse(kept, strlen(kept), &training_now) != GK_OK : false)
        return gk_refuse(why, GK_EDAMAGED, "the training clock cannot be read");
    if (!kept)
        training_now = gk_date_at(start, 10);
    /*  The later of the last event and the last minute in which a broker was awake. */
    int64_t awake = 0;
    gk_free_auto char *latest = gk_store_last_instant(self->store), *minute = gk_store_meta(self->store, "last_minute");
    if (latest && *latest && gk_time_parse(latest, strlen(latest), &last))
        last = 0;
    if (minute && gk_time_parse(minute, strlen(minute), &awake) == GK_OK && awake > last)
        last = awake;
    self->time = gk_lawtime_start(self->training, training_now, last, now, gk_socket_now() / 1000);
    if (self->time.doubtful)
        gk_log(GK_ERROR, "event=time-doubtful last=%lld action=\"gongkai time confirm\"", (long long) last);
    char text[GK_TIME_TEXT];
    return self->training ? gk_store_set_meta(self->store, "training_now", gk_time_format(self->time.now, text), why) : GK_OK;
}

static gk_terms terms_of(const gk_conf *conf, const char *name)
{
    return (gk_terms) {
        .lease_ms = gk_conf_ms_of(conf, "services", name, "lease"),
        .max_run_ms = gk_conf_ms_of(conf, "services", name, "max_run"),
        .backoff_ms = gk_conf_ms_of(conf, "services", name, "backoff"),
        .retention_s = gk_conf_ms_of(conf, "services", name, "retention") / 1000,
        .max_attempts = (int) gk_conf_int_of(conf, "services", name, "max_attempts"),
        .most_waiting = (size_t) gk_conf_int_of(conf, "services", name, "waiting"),
        .strict = strcmp(gk_conf_text_of(conf, "services", name, "order"), "strict") == 0,
    };
}

static void add_service(gk_broker *self, const char *name)
{
    gk_terms terms = terms_of(self->conf, name);
    gk_desk_service(self->desk, name, &terms);
}

static void add_job(void *context, const gk_job_row *job)
{
    gk_broker *self = context;
    if (!gk_desk_add(self->desk, job))
        gk_log(GK_WARN, "job=%lld service=%s is not configured; it waits", (long long) job->id, job->service);
}

static gk_err fill_desk(gk_broker *self, gk_why *why)
{
    static const char *const own[] = { "intake", "review", "confidentiality", "reply", "reminder" };
    const char *name;
    self->desk = gk_desk_new();
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        add_service(self, own[i]);
    if (self->training)     /* so that a stranger can try the protocol */
        add_service(self, "echo");
    for (size_t i = 0; (name = gk_conf_name(self->conf, "services", i)); i++)
        add_service(self, name);
    return gk_store_jobs(self->store, add_job, self, why);
}

static gk_err bind_socket(gk_broker *self, gk_why *why)
{
    zsys_init();
    gk_socket_no_signals();
    zsys_set_pipehwm(0);    /* what a thread is owed is counted by the front */
    self->router = zsock_new(ZMQ_ROUTER);
    if (!self->router)
        return gk_refuse(why, GK_EIO, "no socket could be made");
    gk_socket_limits(self->router);
    zsock_set_router_mandatory(self->router, 1);
    zsock_set_router_handover(self->router, 1);     /* a worker keeps its name over a reconnect */
    const char *listed = gk_conf_at(self->conf, "broker/endpoint", 0);
    for (size_t i = 0; listed; listed = gk_conf_at(self->conf, "broker/endpoint", ++i)) {
        gk_err err = gk_socket_check(listed, true, why);
        if (!err && zsock_bind(self->router, "%s", listed) < 0)
            err = gk_refuse(why, GK_EIO, "cannot listen on %s: %s", listed, zmq_strerror(zmq_errno()));
        if (err)
            return err;
    }
    if (zsock_bind(self->router, "%s", self->endpoint) < 0)
        return gk_refuse(why, GK_EIO, "cannot listen on %s: %s", self->endpoint, zmq_strerror(zmq_errno()));
    return chmod(self->endpoint + strlen("ipc://"), 0660) ? gk_refuse(why, GK_EIO, "%s: %s", self->endpoint, strerror(errno)) : GK_OK;
}

/*  A broker that died after a commit may have left files here that the ledger calls destroyed, or admitted, and one that
 *  died before it, files that nobody was told of. */
static void tidy_quarantine(gk_broker *self)
{
    gk_free_auto char *folder = gk_format("%s/quarantine", self->data);
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir)); ) {
        if (!gk_digest_ok(entry->d_name))
            continue;
        bool known = gk_store_document_size(self->store, entry->d_name) >= 0;
        bool used = gk_store_document_user(self->store, entry->d_name, 0) != 0;
        gk_hold hold = used ? gk_ledger_holds(self, entry->d_name) : GK_HELD;
        if (!known || hold == GK_HELD_BY_NONE)
            gk_depot_remove(self->depot, entry->d_name);
        else if (hold == GK_ADMITTED_BY_ONE)
            gk_depot_admit(self->depot, entry->d_name);
    }
    if (dir)
        closedir(dir);
}

static void set_log(const gk_broker *self)
{
    static const char *const names[] = { "debug", "info", "warn", "error" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(gk_conf_text(self->conf, "broker/log"), names[i]) == 0)
            gk_log_setup("broker", (gk_level) i);
}

/*  The directory, the ledger and its keys, the time. */
static gk_err open_ledger(gk_broker *self, const options *o, int *lock_fd, gk_why *why)
{
    self->data = o->data;
    self->run = o->run ? gk_strdup(o->run) : gk_format("%s/run", o->data);
    gk_err err = gk_paths_endpoint(o->data, o->run, &self->endpoint, why);
    if (!err)
        err = make_folders(self, why);
    if (!err)
        err = lock(self, lock_fd, why);
    if (!err)
        err = gk_conf_open(o->config, o->data, &self->conf, why);
    if (!err)
        set_log(self);
    if (!err)
        err = gk_store_open(o->data, true, &self->store, why);
    if (!err)
        err = gk_keys_open(o->data, self->store, &self->keys, why);
    if (!err)
        err = decide_training(self, o, why);
    if (!err)
        err = start_time(self, o, why);
    return err ? err : gk_evidence_open(self, why);
}

static gk_err open_broker(gk_broker *self, const options *o, int *lock_fd, gk_why *why)
{
    gk_err err = open_ledger(self, o, lock_fd, why);
    if (!err)
        err = gk_evidence_check(self, why);
    if (!err)
        err = gk_lawbook_open(self->store, &self->book, why);
    if (!err)
        err = fill_desk(self, why);
    if (!err)
        err = gk_recount_start(self, why);
    if (!err)
        err = bind_socket(self, why);
    if (err)
        return err;
    self->depot = gk_depot_new(self->data);
    self->hashers = gk_hashers_new((int) gk_conf_int(self->conf, "people/hash_threads"));
    if (!self->hashers)
        return gk_refuse(why, GK_EIO, "a thread that checks passwords did not start");
    tidy_quarantine(self);
    self->readers = gk_readers_new(self->data, self->keys, &self->notary, gk_conf_ms(self->conf, "broker/limits/query_time"), why);
    return self->readers ? GK_OK : GK_EIO;
}

static void close_broker(gk_broker *self)
{
    gk_readers_destroy(&self->readers);
    gk_depot_destroy(&self->depot);
    gk_hashers_destroy(&self->hashers);
    if (self->router)
        zsock_destroy(&self->router);
    for (gk_waiter *waiter; (waiter = self->waiters); free(waiter))
        self->waiters = waiter->next;
    gk_desk_destroy(&self->desk);
    gk_lawbook_destroy(&self->book);
    gk_store_close(&self->store);
    gk_keys_destroy(&self->keys);
    gk_conf_destroy(&self->conf);
    gk_wipe(&self->notary, sizeof self->notary);
    free(self->effects);
    free(self->endpoint);
    free(self->run);
}

/*  ---- another key --------------------------------------------------------------------------- */

static gk_err change_key(gk_broker *self, const options *o, int *lock_fd, gk_why *why)
{
    char hex[GK_PUBLIC_HEX];
    gk_free_auto char *ledger = gk_format("%s/ledger.db", o->data);
    if (access(ledger, F_OK))
        return gk_refuse(why, GK_ENOTFOUND, "there is no %s; name the data directory with --data", ledger);
    gk_err err = open_ledger(self, o, lock_fd, why);
    if (!err)
        err = gk_evidence_new_key(self, why);
    if (!err)
        puts(gk_hex(self->notary.signer.key, GK_PUBLIC_BYTES, hex));
    return err;
}

/*  ---- main ----------------------------------------------------------------------------------- */

static int print_schemas(const char *folder)
{
    gk_json_auto *all = gk_message_schemas();
    const char *name;
    json_t *schema;
    json_object_foreach(all, name, schema) {
        gk_free_auto char *path = gk_format("%s/%s", folder, name);
        FILE *file = fopen(path, "w");
        bool bad = !file || json_dumpf(schema, file, JSON_INDENT(2)) || fputc('\n', file) == EOF;
        if (file && fclose(file))
            bad = true;
        if (bad) {
            fprintf(stderr, "gongkai-broker: %s: %s\n", path, strerror(errno));
            return 1;
        }
    }
    return 0;
}

static int parse(int argc, char **argv, options *o)
{
    static const struct option list[] = {
        { "data", required_argument, NULL, 'd' }, { "run", required_argument, NULL, 'r' },
        { "config", required_argument, NULL, 'c' }, { "training", no_argument, NULL, 't' },
        { "start", required_argument, NULL, 's' }, { "print-schemas", required_argument, NULL, 'p' },
        { "new-signing-key", no_argument, NULL, 'k' }, { "version", no_argument, NULL, 'v' },
        { "help", no_argument, NULL, 'h' }, { NULL, 0, NULL, 0 },
    };
    for (int c; (c = getopt_long(argc, argv, "", list, NULL)) != -1; ) {
        switch (c) {
        case 'd': o->data = optarg; break;
        case 'r': o->run = optarg; break;
        case 'c': o->config = optarg; break;
        case 't': o->training = true; break;
        case 's': o->start = optarg; break;
        case 'k': o->new_key = true; break;
        case 'p': return print_schemas(optarg);
        case 'v': puts("gongkai-broker " GK_VERSION); return 0;
        case 'h': fputs(usage, stdout); return 0;
        default: fputs(usage, stderr); return 2;
        }
    }
    if (optind < argc || (o->start && !o->training)) {
        fputs(usage, stderr);
        return 2;
    }
    return -1;
}

int main(int argc, char **argv)
{
    options o = { .data = "var" };
    int status = parse(argc, argv, &o);
    if (status >= 0)
        return status;
    gk_log_setup("broker", GK_INFO);
    if (sodium_init() < 0) {
        gk_log(GK_ERROR, "event=no-random");
        return 1;
    }
    struct sigaction action = { .sa_handler = on_signal };
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);

    gk_broker broker = { 0 };
    gk_why why = { "" };
    int lock_fd = -1;
    gk_err err = o.new_key ? change_key(&broker, &o, &lock_fd, &why) : open_broker(&broker, &o, &lock_fd, &why);
    if (err) {
        gk_log(GK_ERROR, "event=refused reason=\"%s\"", why.text);
    } else if (!o.new_key) {
        gk_log(GK_INFO, "ready endpoint=%s data=%s mode=%s", broker.endpoint, broker.data, broker.training ? "training" : "real");
        err = gk_front_run(&broker, &stop, &why);
        if (err)
            gk_log(GK_ERROR, "event=stopped reason=\"%s\"", why.text);
        else
            gk_log(GK_INFO, "event=stopped");
    }
    close_broker(&broker);
    if (lock_fd >= 0)
        close(lock_fd);
    return err ? 1 : 0;
}
