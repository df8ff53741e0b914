/* links: gongkai_broker_parts gk_store gk_wire */
/*  test_depot - what the thread of documents answers when the disk does not take a file. */
#include "base/mem.h"
#include "base/text.h"
#include "broker/depot.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

static atomic_int file_error, folder_error, folders_synced;

/*  In the place of the C library's: the disk is full, or broken, when the test says so. */
int fsync(int fd)
{
    struct stat st;
    bool folder = fstat(fd, &st) == 0 && S_ISDIR(st.st_mode);
    int error = folder ? folder_error : file_error;
    folders_synced += folder;
    if (!error)
        return (int) syscall(SYS_fsync, fd);
    errno = error;
    return -1;
}

static gk_depot_done put(gk_depot *depot, const char *upload, int64_t offset, bool last, const char *bytes)
{
    gk_address from = { .len = 1 };
    gk_json_auto *body = json_pack("{s:s, s:I, s:b}", "upload", upload, "offset", (json_int_t) offset, "last", last);
    gk_depot_put(depot, &from, body, bytes, strlen(bytes));
    gk_depot_done done;
    zmq_pollitem_t item = { zsock_resolve(gk_depot_pipe(depot)), 0, ZMQ_POLLIN, 0 };
    while (!gk_depot_next(depot, &done))
        assert_true(zmq_poll(&item, 1, 20000) > 0);
    return done;
}

static bool here(const char *folder, const char *name)
{
    gk_free_auto char *path = gk_format("%s/quarantine/%s", folder, name);
    return access(path, F_OK) == 0;
}

static void what_the_disk_refuses_is_said_and_begins_anew(void **state)
{
    (void) state;
    static const struct { int error; gk_err answer; } rows[] = {
        { ENOSPC, GK_EFULL },           /* btrfs, NFS and quotas find room when they write back */
        { EDQUOT, GK_EFULL },
        { EIO, GK_EIO },
    };
    char folder[] = "/tmp/gk-depot-XXXXXX";
    assert_non_null(mkdtemp(folder));
    gk_free_auto char *quarantine = gk_format("%s/quarantine", folder);
    assert_int_equal(mkdir(quarantine, 0700), 0);
    gk_depot *depot = gk_depot_new(folder);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(put(depot, "u", 0, false, "first ").err, GK_OK);
        file_error = rows[i].error;
        gk_depot_done done = put(depot, "u", 6, true, "second");
        assert_int_equal(done.err, rows[i].answer);
        assert_non_null(strstr(done.why.text, strerror(rows[i].error)));
        assert_string_equal(done.digest, "");
        file_error = 0;
        assert_false(here(folder, ".upload-u"));        /* what the kernel forgot must not be named */
        assert_int_equal(put(depot, "u", 6, true, "second").err, GK_EBADVALUE);
        assert_int_equal(put(depot, "u", 0, false, "").err, GK_OK);

        folder_error = rows[i].error;
        assert_int_equal(put(depot, "v", 0, true, "whole").err, rows[i].answer);
        assert_int_equal(put(depot, "v", 0, true, "whole").err, rows[i].answer);    /* not yet, and so never answered as done */
        folder_error = 0;
    }
    int before = folders_synced;
    gk_depot_done done = put(depot, "v", 0, true, "whole");
    assert_int_equal(done.err, GK_OK);
    assert_true(here(folder, done.digest));
    assert_int_equal(folders_synced, before + 1);
    assert_string_equal(put(depot, "v", 0, true, "whole").digest, done.digest);
    gk_depot_destroy(&depot);
    gk_free_auto char *remove = gk_format("rm -r %s", folder);
    assert_int_equal(system(remove), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_disk_refuses_is_said_and_begins_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
