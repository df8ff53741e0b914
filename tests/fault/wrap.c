/*  wrap - what the broker's own code asks of the system, recorded (record.h); the wall clock; the planted faults.
 *
 *  The linker puts `__wrap_X` in the place of X for everything that is linked into this program (tests/CMakeLists.txt lists the names), so
 *  the broker is the one that is shipped, line by line, and knows nothing of this. */
#include "fault/record.h"
#include "broker/front.h"
#include "broker/query.h"
#include "base/mem.h"
#include "base/text.h"
#include "wire/mdp.h"
#include "wire/socket.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define WRAP(result, name, ...) result __real_##name(__VA_ARGS__); result __wrap_##name(__VA_ARGS__)

WRAP(int, open, const char *path, int flags, ...);
WRAP(ssize_t, write, int fd, const void *bytes, size_t len);
WRAP(ssize_t, pwrite, int fd, const void *bytes, size_t len, off_t offset);
WRAP(int, ftruncate, int fd, off_t size);
WRAP(int, fsync, int fd);
WRAP(int, rename, const char *from, const char *to);
WRAP(int, unlink, const char *path);
WRAP(int, unlinkat, int folder, const char *name, int flags);
WRAP(int, mkdir, const char *path, mode_t mode);
WRAP(time_t, time, time_t *out);
WRAP(bool, gk_socket_send, zsock_t *socket, zmsg_t **msg_p);
WRAP(int, gk_file_sync_folder, const char *path);
WRAP(gk_err, gk_front_run, gk_broker *self, const volatile sig_atomic_t *stop, gk_why *why);
WRAP(gk_err, gk_store_commit, gk_store *store, gk_why *why);
WRAP(int, sqlite3_exec, sqlite3 *db, const char *sql, int (*each)(void *, int, char **, char **), void *context, char **error);

static ino_t inode_of(int fd)
{
    struct stat st;
    return fstat(fd, &st) == 0 ? st.st_ino : 0;
}

/*  ---- files ---------------------------------------------------------------------------- */

int __wrap_open(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    const char *inside = fault_relative(path);
    struct stat st;
    bool fresh = flags & O_CREAT && stat(path, &st) != 0;
    if (!inside || !(fresh || flags & O_TRUNC))
        return __real_open(path, flags, mode);
    fault_op op = fresh ? FAULT_CREATE : FAULT_TRUNCATE;
    if (fault_begin(op))
        return -1;
    int fd = __real_open(path, flags, mode);
    if (fd >= 0)
        fault_note(op, inode_of(fd), 0, NULL, 0, inside, "");
    fault_end(op);
    return fd;
}

/*  `offset` as of the file, when the caller leaves it to that. */
static ssize_t record_write(int fd, const void *bytes, size_t len, off_t offset, bool positioned)
{
    char path[PATH_MAX];
    if (!fault_inside(fd, path, sizeof path))
        return positioned ? __real_pwrite(fd, bytes, len, offset) : __real_write(fd, bytes, len);
    bool half = false;
    if (fault_begin(FAULT_WRITE)) {
        if (errno || len < 2)
            return -1;
        half = true;
        len /= 2;
    }
    off_t at = positioned ? offset : lseek(fd, 0, SEEK_CUR);
    fault_note(FAULT_WRITE, inode_of(fd), at, bytes, len, "", "");
    ssize_t wrote = positioned ? __real_pwrite(fd, bytes, len, offset) : __real_write(fd, bytes, len);
    if (!half)
        fault_end(FAULT_WRITE);
    return wrote;
}

ssize_t __wrap_write(int fd, const void *bytes, size_t len)
{
    return record_write(fd, bytes, len, 0, false);
}

ssize_t __wrap_pwrite(int fd, const void *bytes, size_t len, off_t offset)
{
    return record_write(fd, bytes, len, offset, true);
}

int __wrap_ftruncate(int fd, off_t size)
{
    char path[PATH_MAX];
    if (!fault_inside(fd, path, sizeof path))
        return __real_ftruncate(fd, size);
    if (fault_begin(FAULT_TRUNCATE))
        return -1;
    fault_note(FAULT_TRUNCATE, inode_of(fd), size, NULL, 0, "", "");
    int result = __real_ftruncate(fd, size);
    fault_end(FAULT_TRUNCATE);
    return result;
}

int __wrap_fsync(int fd)
{
    char path[PATH_MAX];
    if (!fault_inside(fd, path, sizeof path))
        return __real_fsync(fd);
    struct stat st;
    fault_op op = fstat(fd, &st) == 0 && S_ISDIR(st.st_mode) ? FAULT_SYNC_FOLDER : FAULT_SYNC;
    if (fault_begin(op))
        return -1;
    fault_note(op, st.st_ino, 0, NULL, 0, op == FAULT_SYNC_FOLDER ? path : "", "");
    fault_end(op);
    return 0;
}

int __wrap_rename(const char *from, const char *to)
{
    const char *inside = fault_relative(from), *target = fault_relative(to);
    if (!inside || !target)
        return __real_rename(from, to);
    if (fault_begin(FAULT_RENAME))
        return -1;
    int result = __real_rename(from, to);
    if (result == 0)
        fault_note(FAULT_RENAME, 0, 0, NULL, 0, inside, target);
    fault_end(FAULT_RENAME);
    return result;
}

static int record_unlink(const char *path)
{
    if (fault_begin(FAULT_UNLINK))
        return -1;
    int result = __real_unlink(path);
    if (result == 0)
        fault_note(FAULT_UNLINK, 0, 0, NULL, 0, fault_relative(path), "");
    fault_end(FAULT_UNLINK);
    return result;
}

int __wrap_unlink(const char *path)
{
    return fault_relative(path) ? record_unlink(path) : __real_unlink(path);
}

int __wrap_unlinkat(int folder, const char *name, int flags)
{
    char path[PATH_MAX], link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t len = readlink(link, path, sizeof path);
    if (len < 0 || (size_t) snprintf(path + len, sizeof path - (size_t) len, "/%s", name) >= sizeof path - (size_t) len
        || !fault_relative(path))
        return __real_unlinkat(folder, name, flags);
    return record_unlink(path);
}

int __wrap_mkdir(const char *path, mode_t mode)
{
    const char *inside = fault_relative(path);
    struct stat st;
    if (!inside || stat(path, &st) == 0)
        return __real_mkdir(path, mode);
    if (fault_begin(FAULT_FOLDER))
        return -1;
    int result = __real_mkdir(path, mode);
    if (result == 0)
        fault_note(FAULT_FOLDER, 0, 0, NULL, 0, inside, "");
    fault_end(FAULT_FOLDER);
    return result;
}

/*  ---- sends, time -------------------------------------------------------------------------- */

/*  Whoever counts points wants the same ones each time.  Heartbeats come by the clock, and looking changes nothing. */
static bool counts(zmsg_t *msg)
{
    enum { CLIENT_SERVICE = 3 };        /* identity, header, command, service */
    if (zmsg_size(msg) <= CLIENT_SERVICE + 1)
        return false;
    zframe_t *service = zmsg_first(msg);
    for (int i = 0; i < CLIENT_SERVICE; i++)
        service = zmsg_next(msg);
    gk_free_auto char *name = gk_strndup((const char *) zframe_data(service), zframe_size(service));
    return !gk_query_serves(name) && strcmp(name, "admin.workers") != 0;
}

bool __wrap_gk_socket_send(zsock_t *socket, zmsg_t **msg_p)
{
    if (!counts(*msg_p))
        return __real_gk_socket_send(socket, msg_p);
    if (fault_begin(FAULT_SEND))
        return false;
    bool sent = __real_gk_socket_send(socket, msg_p);
    fault_note(FAULT_SEND, 0, 0, NULL, 0, "", "");
    fault_end(FAULT_SEND);
    return sent;
}

time_t __wrap_time(time_t *out)
{
    time_t now = __real_time(NULL) + (time_t) fault_control()->clock;
    if (out)
        *out = now;
    return now;
}

/*  ---- planted faults: what the suite must find ------------------------------------------------ */

static gk_broker *broker;

gk_err __wrap_gk_front_run(gk_broker *self, const volatile sig_atomic_t *stop, gk_why *why)
{
    broker = self;
    return __real_gk_front_run(self, stop, why);
}

/*  Answers leave before what they tell of is on disk. */
gk_err __wrap_gk_store_commit(gk_store *store, gk_why *why)
{
    for (size_t i = 0; broker && fault_control()->plant == PLANT_SEND_FIRST && i < broker->effect_count; i++) {
        gk_effect *effect = &broker->effects[i];
        if (effect->kind == GK_DO_SEND && effect->message && !gk_socket_send(broker->router, &effect->message))
            zmsg_destroy(&effect->message);
    }
    return __real_gk_store_commit(store, why);
}

int __wrap_gk_file_sync_folder(const char *path)
{
    return fault_control()->plant == PLANT_NO_FOLDER_SYNC ? 0 : __real_gk_file_sync_folder(path);
}

/*  `text` with `from` replaced by `to`, which is no longer; the caller frees.  The words must be there: a fault that is not
 *  planted would seem to be found by nobody. */
static char *replaced(const char *text, const char *from, const char *to)
{
    char *copy = strdup(text), *at = copy ? strstr(copy, from) : NULL;
    if (!at || strlen(to) > strlen(from))
        abort();
    memset(at, ' ', strlen(from));
    memcpy(at, to, strlen(to));
    return copy;
}

/*  The WAL goes back into the database every few pages, so that the tests see that too. */
int __wrap_sqlite3_exec(sqlite3 *db, const char *sql, int (*each)(void *, int, char **, char **), void *context, char **error)
{
    if (!strstr(sql, "PRAGMA journal_mode = WAL"))
        return __real_sqlite3_exec(db, sql, each, context, error);
    char *often = replaced(sql, "wal_autocheckpoint = 4000", "wal_autocheckpoint = 16"), *planted = NULL;
    if (fault_control()->plant == PLANT_SYNCHRONOUS_OFF)
        planted = replaced(often, "synchronous = FULL", "synchronous = OFF");
    int code = __real_sqlite3_exec(db, planted ? planted : often, each, context, error);
    free(planted);
    free(often);
    return code;
}
