/*  record - what the broker of the fault tests asked of its disk, told to whoever drives the test.
 *
 *  Every write, truncation, sync, rename, removal and send of the broker passes here.  It is done to the real file, so that the
 *  broker goes on as ever, and is appended to a journal outside the data directory.  From that journal lib/disk.py
 *  works out what a disk that keeps nothing before it is told to could hold after the power went; no fsync is asked of the real disk.
 *
 *  The driver steers by a page of memory that it shares: kill at the nth point, let the next writes fail, move the wall clock.
 */
#ifndef GK_FAULT_RECORD_H
#define GK_FAULT_RECORD_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*  The numbers stand in the journal and in lib/fault.py. */
typedef enum fault_op {
    FAULT_CREATE = 1, FAULT_WRITE, FAULT_TRUNCATE, FAULT_SYNC, FAULT_SYNC_FOLDER, FAULT_RENAME, FAULT_UNLINK, FAULT_FOLDER, FAULT_SEND,
} fault_op;

typedef enum fault_plant { PLANT_NONE, PLANT_SYNCHRONOUS_OFF, PLANT_SEND_FIRST, PLANT_NO_FOLDER_SYNC } fault_plant;

/*  The shared page, GK_FAULT_PAGE names its file; the same order in lib/fault.py. */
typedef struct fault_page {
    _Atomic int64_t points;     /* passed since the driver last set it to 0 */
    _Atomic int64_t kill_at;    /* the process dies there; 0: nowhere */
    _Atomic int64_t killed_in;  /* the operation that this point belongs to */
    _Atomic int64_t fail_ops;   /* bits 1 << fault_op: these fail ... */
    _Atomic int64_t fail_after; /* ... behind so many that do not ... */
    _Atomic int64_t fail_count; /* ... so many times; -1: until the driver says otherwise */
    _Atomic int64_t fail_errno; /* 0: half of the bytes are written and that is said */
    _Atomic int64_t failed;     /* times that it did */
    _Atomic int64_t clock;      /* seconds that the wall clock is off */
    _Atomic int64_t plant;      /* fault_plant */
} fault_page;

/*  The page; all zero when no driver shares one. */
fault_page *fault_control(void);

/*  The path of an open file below the data directory, relative to it, in `path`; false for any other. */
bool fault_inside(int fd, char *path, size_t size);

/*  The part of an absolute path behind the data directory; NULL: it is elsewhere. */
const char *fault_relative(const char *path);

/*  One operation, between the two: the point before it, the journal, the real thing by the caller, the point behind it.
 *  No other thread's operation comes in between.  Begin returns -1 when it shall fail, errno says how; then there is no end. */
int fault_begin(fault_op op);
void fault_end(fault_op op);

/*  Append to the journal, between begin and end.  `path` and `other` are relative; "" for none. */
void fault_note(fault_op op, ino_t file, int64_t offset, const void *data, size_t len, const char *path, const char *other);

#endif
