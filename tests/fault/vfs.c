/*  vfs - the broker's SQLite, on files that are recorded (record.h).
 *
 *  It stands in front of the system's own VFS: that one does the work, we see what it is asked.  The index of the WAL (-shm) is
 *  memory that the next opener builds anew, and is not recorded. */
#include "fault/record.h"

#include <errno.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct fault_file {
    sqlite3_file base;
    const char *path;           /* relative; NULL: not below the data directory */
    ino_t inode;
    bool owes_folder;           /* the first sync of a new WAL or journal also syncs the folder, as the system's VFS does */
    sqlite3_file *real;         /* behind this struct */
} fault_file;

static sqlite3_vfs *system_vfs;

static int refusal(int otherwise)
{
    return errno == ENOSPC || errno == 0 ? SQLITE_FULL : otherwise;     /* as the system's VFS says it of a short write too */
}

static int write_half(fault_file *self, const void *bytes, int len, sqlite3_int64 offset)
{
    fault_note(FAULT_WRITE, self->inode, offset, bytes, (size_t) len / 2, "", "");
    return self->real->pMethods->xWrite(self->real, bytes, len / 2, offset);
}

static int do_write(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 offset)
{
    fault_file *self = (fault_file *) file;
    if (!self->path)
        return self->real->pMethods->xWrite(self->real, bytes, len, offset);
    if (fault_begin(FAULT_WRITE)) {
        int said = refusal(SQLITE_IOERR_WRITE), half = errno ? SQLITE_OK : write_half(self, bytes, len, offset);
        return half != SQLITE_OK ? half : said;
    }
    fault_note(FAULT_WRITE, self->inode, offset, bytes, (size_t) len, "", "");
    int code = self->real->pMethods->xWrite(self->real, bytes, len, offset);
    fault_end(FAULT_WRITE);
    return code;
}

static int do_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    fault_file *self = (fault_file *) file;
    if (!self->path)
        return self->real->pMethods->xTruncate(self->real, size);
    if (fault_begin(FAULT_TRUNCATE))
        return SQLITE_IOERR_TRUNCATE;
    fault_note(FAULT_TRUNCATE, self->inode, size, NULL, 0, "", "");
    int code = self->real->pMethods->xTruncate(self->real, size);
    fault_end(FAULT_TRUNCATE);
    return code;
}

/*  The ledger lies in the data directory itself. */
static int do_sync(sqlite3_file *file, int flags)
{
    fault_file *self = (fault_file *) file;
    if (!self->path)
        return self->real->pMethods->xSync(self->real, flags);
    if (fault_begin(FAULT_SYNC))
        return SQLITE_IOERR_FSYNC;
    fault_note(FAULT_SYNC, self->inode, 0, NULL, 0, "", "");
    fault_end(FAULT_SYNC);
    if (self->owes_folder) {
        if (fault_begin(FAULT_SYNC_FOLDER))
            return SQLITE_IOERR_DIR_FSYNC;
        fault_note(FAULT_SYNC_FOLDER, 0, 0, NULL, 0, "", "");
        fault_end(FAULT_SYNC_FOLDER);
        self->owes_folder = false;
    }
    return SQLITE_OK;
}

static int do_close(sqlite3_file *file)
{
    fault_file *self = (fault_file *) file;
    return self->real->pMethods->xClose(self->real);
}

/*  The rest goes to the real file, which lies behind ours. */
#define REAL(file) (((fault_file *) (file))->real)
#define CALL(name) REAL(file)->pMethods->name
static int do_read(sqlite3_file *file, void *to, int len, sqlite3_int64 at) { return CALL(xRead)(REAL(file), to, len, at); }
static int do_size(sqlite3_file *file, sqlite3_int64 *size) { return CALL(xFileSize)(REAL(file), size); }
static int do_lock(sqlite3_file *file, int how) { return CALL(xLock)(REAL(file), how); }
static int do_unlock(sqlite3_file *file, int how) { return CALL(xUnlock)(REAL(file), how); }
static int do_reserved(sqlite3_file *file, int *out) { return CALL(xCheckReservedLock)(REAL(file), out); }
static int do_control(sqlite3_file *file, int what, void *with) { return CALL(xFileControl)(REAL(file), what, with); }
static int do_sector(sqlite3_file *file) { return CALL(xSectorSize)(REAL(file)); }
static int do_device(sqlite3_file *file) { return CALL(xDeviceCharacteristics)(REAL(file)); }
static int do_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
    return CALL(xShmMap)(REAL(file), page, size, extend, out);
}
static int do_shm_lock(sqlite3_file *file, int from, int count, int how) { return CALL(xShmLock)(REAL(file), from, count, how); }
static void do_shm_barrier(sqlite3_file *file) { CALL(xShmBarrier)(REAL(file)); }
static int do_shm_unmap(sqlite3_file *file, int remove) { return CALL(xShmUnmap)(REAL(file), remove); }
#undef CALL
#undef REAL

static const sqlite3_io_methods methods = {
    .iVersion = 2,              /* with shared memory, without mapped pages, which would pass us by */
    .xClose = do_close, .xRead = do_read, .xWrite = do_write, .xTruncate = do_truncate, .xSync = do_sync, .xFileSize = do_size,
    .xLock = do_lock, .xUnlock = do_unlock, .xCheckReservedLock = do_reserved, .xFileControl = do_control,
    .xSectorSize = do_sector, .xDeviceCharacteristics = do_device,
    .xShmMap = do_shm_map, .xShmLock = do_shm_lock, .xShmBarrier = do_shm_barrier, .xShmUnmap = do_shm_unmap,
};

static int open_real(fault_file *self, const char *path, int flags, int *given)
{
    int code = system_vfs->xOpen(system_vfs, path, self->real, flags, given);
    if (self->real->pMethods)
        self->base.pMethods = &methods;
    return code;
}

static int do_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *given)
{
    (void) vfs;
    fault_file *self = (fault_file *) file;
    *self = (fault_file) { .path = path ? fault_relative(path) : NULL, .real = (sqlite3_file *) (self + 1) };
    self->real->pMethods = NULL;
    if (!self->path)
        return open_real(self, path, flags, given);
    struct stat st;
    bool fresh = stat(path, &st) != 0;
    if (fresh && !(flags & SQLITE_OPEN_CREATE))
        return open_real(self, path, flags, given);
    if (fresh && fault_begin(FAULT_CREATE))
        return errno == ENOSPC ? SQLITE_FULL : SQLITE_CANTOPEN;
    int code = open_real(self, path, flags, given);
    if (code == SQLITE_OK && stat(path, &st) == 0)
        self->inode = st.st_ino;
    if (fresh) {
        if (code == SQLITE_OK)
            fault_note(FAULT_CREATE, self->inode, 0, NULL, 0, self->path, "");
        self->owes_folder = flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL);
        fault_end(FAULT_CREATE);
    }
    return code;
}

static int do_delete(sqlite3_vfs *vfs, const char *path, int sync_folder)
{
    (void) vfs;
    const char *inside = fault_relative(path);
    if (!inside)
        return system_vfs->xDelete(system_vfs, path, sync_folder);
    if (fault_begin(FAULT_UNLINK))
        return SQLITE_IOERR_DELETE;
    int code = system_vfs->xDelete(system_vfs, path, 0);
    if (code == SQLITE_OK)
        fault_note(FAULT_UNLINK, 0, 0, NULL, 0, inside, "");
    fault_end(FAULT_UNLINK);
    if (code == SQLITE_OK && sync_folder) {
        if (fault_begin(FAULT_SYNC_FOLDER))
            return SQLITE_IOERR_DIR_FSYNC;
        fault_note(FAULT_SYNC_FOLDER, 0, 0, NULL, 0, "", "");
        fault_end(FAULT_SYNC_FOLDER);
    }
    return code;
}

__attribute__((constructor)) static void take_the_default(void)
{
    static sqlite3_vfs ours;
    system_vfs = sqlite3_vfs_find(NULL);
    ours = *system_vfs;
    ours.zName = "fault";
    ours.szOsFile = (int) sizeof(fault_file) + system_vfs->szOsFile;
    ours.xOpen = do_open;
    ours.xDelete = do_delete;
    if (sqlite3_vfs_register(&ours, 1) != SQLITE_OK)
        abort();
}
