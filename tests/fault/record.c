/*  record - what the broker of the fault tests asked of its disk, told to whoever drives the test. */
#include "fault/record.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/*  Native byte order: writer and reader are on one machine. */
typedef struct fault_line {
    uint32_t op, path_len, other_len, len;
    uint64_t file;
    int64_t offset;
} fault_line;

static fault_page alone, *page = &alone;
static int journal = -1;
static char root[PATH_MAX];
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static void give_up(const char *what)
{
    perror(what);
    abort();
}

/*  Before main, so that nothing is missed. */
__attribute__((constructor)) static void set_up(void)
{
    const char *page_path = getenv("GK_FAULT_PAGE"), *journal_path = getenv("GK_FAULT_JOURNAL"), *folder = getenv("GK_FAULT_ROOT");
    if (!page_path || !journal_path || !folder)
        return;
    int fd = (int) syscall(SYS_openat, AT_FDCWD, page_path, O_RDWR | O_CLOEXEC, 0);
    void *shared = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (shared == MAP_FAILED)
        give_up(page_path);
    close(fd);
    page = shared;
    journal = (int) syscall(SYS_openat, AT_FDCWD, journal_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (journal < 0 || !realpath(folder, root))
        give_up(journal_path);
}

fault_page *fault_control(void)
{
    return page;
}

const char *fault_relative(const char *path)
{
    size_t len = strlen(root);
    return len && strncmp(path, root, len) == 0 && path[len] == '/' ? path + len + 1 : NULL;
}

bool fault_inside(int fd, char *path, size_t size)
{
    char link[64], whole[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t len = readlink(link, whole, sizeof whole - 1);
    if (len < 0)
        return false;
    whole[len] = 0;
    const char *rest = strcmp(whole, root) == 0 ? "" : fault_relative(whole);
    return rest && (size_t) snprintf(path, size, "%s", rest) < size;
}

/*  What the broker has sent by then leaves the machine: that is what must not have been too early. */
static void point(fault_op op)
{
    if (++page->points != page->kill_at)
        return;
    page->killed_in = op;
    usleep(20000);
    kill(getpid(), SIGKILL);
    for (;;)
        pause();
}

/*  Does this one fail?  Whoever drives counts with us. */
static bool fails(fault_op op)
{
    if (!(page->fail_ops & (INT64_C(1) << op)) || page->fail_count == 0)
        return false;
    if (page->fail_after > 0) {
        page->fail_after--;
        return false;
    }
    if (page->fail_count > 0)
        page->fail_count--;
    page->failed++;
    return true;
}

int fault_begin(fault_op op)
{
    pthread_mutex_lock(&one_at_a_time);
    point(op);
    if (!fails(op))
        return 0;
    errno = (int) page->fail_errno;
    int said = errno;
    pthread_mutex_unlock(&one_at_a_time);
    errno = said;
    return -1;
}

void fault_end(fault_op op)
{
    int said = errno;
    point(op);
    pthread_mutex_unlock(&one_at_a_time);
    errno = said;
}

void fault_note(fault_op op, ino_t file, int64_t offset, const void *data, size_t len, const char *path, const char *other)
{
    int said = errno;
    fault_line line = { .op = (uint32_t) op, .path_len = (uint32_t) strlen(path), .other_len = (uint32_t) strlen(other),
                        .len = (uint32_t) len, .file = file, .offset = offset };
    struct iovec parts[] = { { &line, sizeof line }, { (void *) path, line.path_len }, { (void *) other, line.other_len },
                             { (void *) data, len } };     /* writev only reads them */
    ssize_t whole = (ssize_t) (sizeof line + line.path_len + line.other_len + len);
    if (journal >= 0 && writev(journal, parts, 4) != whole)
        give_up("the journal of the fault tests");
    errno = said;
}
