/*  gk_helper - run gongkai-extract on a document and take what it writes. */
#include "workers/confidentiality/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TICK_MS = 1000 };

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/*  A file in memory needs no second hand to feed it, and no SIGPIPE can come of it. */
static int document_file(const char *bytes, size_t len)
{
    int fd = memfd_create("document", MFD_CLOEXEC);
    for (size_t done = 0; fd >= 0 && done < len; ) {
        ssize_t wrote = write(fd, bytes + done, len - done);
        if (wrote < 0 && errno != EINTR) {
            close(fd);
            return -1;
        }
        done += wrote > 0 ? (size_t) wrote : 0;
    }
    if (fd >= 0)
        lseek(fd, 0, SEEK_SET);
    return fd;
}

/*  A process group of its own: Ctrl-C ends the worker after its job, not the job. */
static int start(const char *path, int in, int out, pid_t *pid)
{
    char *const argv[] = { (char[]) { "gongkai-extract" }, NULL };
    char *const environment[] = { NULL };
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&how);
    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    /*  What a parser complains about may quote the document: it goes nowhere. */
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &all);
    int error = posix_spawn(pid, path, &files, &how, argv, environment);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&how);
    return error;
}

static gk_err collect(const gk_helper *self, int from, gk_text *out, gk_why *why)
{
    int64_t deadline = now_ms() + self->timeout_ms, tick_ms = self->tick_ms ? self->tick_ms : TICK_MS;
    int64_t next_tick = now_ms() + tick_ms;
    for (;;) {
        int64_t now = now_ms();
        if (now >= deadline)
            return gk_refuse(why, GK_EBUSY, "gongkai-extract took more than %d ms", self->timeout_ms);
        if (now >= next_tick) {
            next_tick = now + tick_ms;
            if (self->tick)
                self->tick(self->context);
        }
        struct pollfd ready = { .fd = from, .events = POLLIN };
        int64_t wait = deadline < next_tick ? deadline - now : next_tick - now;
        if (poll(&ready, 1, wait > 0 ? (int) wait : 0) <= 0)
            continue;
        char part[65536];
        ssize_t got = read(from, part, sizeof part);
        if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN))
            return GK_OK;
        if (got > 0)
            gk_text_add(out, part, (size_t) got);
        if (out->len > self->most)
            return gk_refuse(why, GK_ETOOLARGE, "gongkai-extract wrote more than %zu bytes", self->most);
    }
}

/*  It is killed even when it ended its output: a broken one may hang behind it. */
static void end(pid_t pid)
{
    kill(pid, SIGKILL);
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        continue;
}

gk_err gk_helper_run(const gk_helper *self, const char *bytes, size_t len, gk_text *out, gk_why *why)
{
    int ends[2], document = document_file(bytes, len);
    pid_t pid;
    if (document < 0)
        return gk_refuse(why, GK_EIO, "no memory file for a document: %s", strerror(errno));
    if (pipe2(ends, O_CLOEXEC)) {
        close(document);
        return gk_refuse(why, GK_EIO, "no pipe for gongkai-extract: %s", strerror(errno));
    }
    int error = start(self->path, document, ends[1], &pid);
    close(document);
    close(ends[1]);
    if (error) {
        close(ends[0]);
        return gk_refuse(why, GK_EIO, "%s does not start: %s; give its place with --extract", self->path,
                         strerror(error));
    }
    gk_err err = collect(self, ends[0], out, why);
    close(ends[0]);
    end(pid);
    return err;
}
