/*  What the measuring programs share. */
#ifndef GK_BENCH_H
#define GK_BENCH_H

#include "base/mem.h"
#include "base/text.h"

#include <time.h>
#include <unistd.h>

/*  Processor time: a busy machine says nothing about us. */
static inline double bench_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

/*  Take away a folder that holds a ledger and nothing else. */
static inline void bench_remove(const char *folder)
{
    static const char *const names[] = { "ledger.db", "ledger.db-wal", "ledger.db-shm" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        gk_free_auto char *path = gk_format("%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

#endif
