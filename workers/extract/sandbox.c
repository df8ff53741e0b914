/*  gk_sandbox - what a stranger's file could do to us if a parser gave way. */
#include "workers/extract/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/*  Where poppler finds the character collections of fonts that are not embedded. */
static const char tables[] = "/usr/share/poppler";

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif

static bool limit(int what, rlim_t value)
{
    struct rlimit limit = { value, value };
    return setrlimit((__rlimit_resource_t) what, &limit) == 0;
}

bool gk_sandbox_limit(void)
{
    signal(SIGXFSZ, SIG_IGN);           /* a full error log is an error, not an end */
    bool done = limit(RLIMIT_CPU, 20) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_NOFILE, 32);
#ifndef SANITIZED                       /* a sanitizer's shadow is terabytes of address space */
    done = done && limit(RLIMIT_AS, (rlim_t) 1 << 30);
#endif
    return done;
}

/*  ---- which files -------------------------------------------------------- */

/*  Restrict file access to the tables; false when the kernel has no Landlock. */
static bool restrict_files(void)
{
    struct landlock_ruleset_attr all = {
        /*  The thirteen rights of Landlock's first version: EXECUTE is the first, MAKE_SYM the last. */
        .handled_access_fs = 2 * LANDLOCK_ACCESS_FS_MAKE_SYM - 1,
    };
    int rules = (int) syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    if (rules < 0)
        return false;
    struct landlock_path_beneath_attr beneath = {
        .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
        .parent_fd = open(tables, O_PATH | O_CLOEXEC),
    };
    if (beneath.parent_fd >= 0) {       /* absent: then nothing can be opened at all */
        syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
        close(beneath.parent_fd);
    }
    bool done = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return done;
}

/*  ---- which calls -------------------------------------------------------- */

static bool allow_calls(scmp_filter_ctx filter)
{
    static const int calls[] = {
        SCMP_SYS(read),          SCMP_SYS(pread64),        SCMP_SYS(write),          SCMP_SYS(writev),
        SCMP_SYS(close),         SCMP_SYS(fstat),          SCMP_SYS(newfstatat),     SCMP_SYS(lseek),
        SCMP_SYS(getdents64),    SCMP_SYS(munmap),         SCMP_SYS(mremap),         SCMP_SYS(madvise),
        SCMP_SYS(brk),           SCMP_SYS(futex),          SCMP_SYS(rt_sigaction),   SCMP_SYS(rt_sigprocmask),
        SCMP_SYS(rt_sigreturn),  SCMP_SYS(sigaltstack),    SCMP_SYS(clock_gettime),  SCMP_SYS(gettimeofday),
        SCMP_SYS(getrandom),     SCMP_SYS(sched_yield),    SCMP_SYS(exit),           SCMP_SYS(exit_group),
    };
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0) < 0)
            return false;
    struct scmp_arg_cmp no_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, no_code) == 0
           && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, no_code) == 0;
}

static bool allow_reading_files(scmp_filter_ctx filter)
{
    struct scmp_arg_cmp only_read = SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY);
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, only_read) == 0;
}

bool gk_sandbox_seal(void)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0))
        return false;
    bool restricted = restrict_files();
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!filter)
        return false;
    bool done = allow_calls(filter) && (!restricted || allow_reading_files(filter))
                && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return done;
}
