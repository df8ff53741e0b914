/*  gk_depot - the thread that writes documents.
 *
 *  Its messages are one struct each, since both ends live in this process.  A chunk is
 *  written where it belongs, so that one that is sent again does nothing new. */
#include "broker/depot.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { REMEMBERED = 256 };

typedef enum order_kind { PUT, ADMIT, REMOVE, SWEEP } order_kind;

typedef struct order {
    order_kind kind;
    gk_address from;
    char upload[GK_MDP_NAME], digest[GK_HASH_HEX];
    int64_t offset;
    bool last;
} order;

/*  Uploads that ended lately: a last chunk that is sent again gets its answer again. */
typedef struct ended {
    char upload[GK_MDP_NAME], digest[GK_HASH_HEX];
    int64_t size;
} ended;

struct gk_depot {
    zactor_t *actor;
};

typedef struct depot_thread {
    const char *data;
    zsock_t *pipe;
    ended ended[REMEMBERED];
    size_t next;
} depot_thread;

char *gk_depot_path(const char *data, const char *digest)
{
    static const char *const folders[] = { "documents", "quarantine" };
    if (!gk_digest_ok(digest))
        return NULL;
    for (size_t i = 0; i < 2; i++) {
        char *path = gk_format("%s/%s/%s", data, folders[i], digest);
        if (access(path, R_OK) == 0)
            return path;
        free(path);
    }
    return NULL;
}

/*  ---- on the thread ------------------------------------------------------------------ */

/*  What the system just refused, from errno. */
static gk_err failed(void)
{
    return errno == ENOSPC || errno == EDQUOT ? GK_EFULL : GK_EIO;
}

static gk_err write_all(int fd, const char *bytes, size_t len, int64_t offset)
{
    while (len) {
        ssize_t wrote = pwrite(fd, bytes, len, offset);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return failed();
        bytes += wrote;
        offset += wrote;
        len -= (size_t) wrote;
    }
    return GK_OK;
}

static gk_err digest_of(int fd, char out[static GK_HASH_HEX], int64_t *size)
{
    char part[65536];
    gk_hasher *hasher = gk_hasher_new();
    ssize_t got;
    *size = 0;
    while ((got = pread(fd, part, sizeof part, *size)) > 0) {
        gk_hasher_raw(hasher, part, (size_t) got);
        *size += got;
    }
    gk_hash hash = gk_hasher_end(&hasher);
    gk_hash_hex(&hash, out);
    return got < 0 ? GK_EIO : GK_OK;
}

/*  Some file systems find room only here.  After a failure the kernel forgets what it did not write, and
 *  a second try would seem to succeed: the upload begins anew. */
static gk_err sync_file(int fd, const char *path)
{
    if (fsync(fd) == 0)
        return GK_OK;
    int error = errno;
    unlink(path);
    errno = error;
    return failed();
}

/*  The file is whole: on disk first, then named by what it is, then the folder on disk too. */
static gk_err finish(depot_thread *self, int fd, const char *temporary, gk_depot_done *done)
{
    gk_err err = sync_file(fd, temporary);
    if (!err)
        err = digest_of(fd, done->digest, &done->size);
    if (err)
        return err;
    gk_free_auto char *folder = gk_format("%s/quarantine", self->data);
    gk_free_auto char *known = gk_depot_path(self->data, done->digest);
    gk_free_auto char *path = gk_format("%s/%s", folder, done->digest);
    if ((known ? unlink(temporary) : rename(temporary, path)) || gk_file_sync_folder(folder))
        return failed();
    ended *e = &self->ended[self->next++ % REMEMBERED];
    *e = (ended) { .size = done->size };
    memcpy(e->upload, done->upload, sizeof e->upload);
    memcpy(e->digest, done->digest, sizeof e->digest);
    return GK_OK;
}

static ended *find_ended(depot_thread *self, const char *upload)
{
    for (size_t i = 0; i < REMEMBERED; i++)
        if (strcmp(self->ended[i].upload, upload) == 0)
            return &self->ended[i];
    return NULL;
}

static bool file_has(const char *path, const char *bytes, size_t len, int64_t offset)
{
    gk_free_auto char *stored = gk_zalloc(len + 1);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool has = fd >= 0 && pread(fd, stored, len, offset) == (ssize_t) len && memcmp(stored, bytes, len) == 0;
    if (fd >= 0)
        close(fd);
    return has;
}

/*  A chunk of an upload that ended: it gets its answer again if it is what was stored.  Another document
 *  under the same name must not be answered with the digest of the first. */
static void put_again(const ended *before, const char *path, const order *o, const char *bytes, size_t len, gk_depot_done *done)
{
    int64_t end = o->offset + (int64_t) len;
    bool fits = o->last ? end == before->size : end <= before->size;
    if (!fits || !file_has(path, bytes, len, o->offset)) {
        done->err = gk_refuse(&done->why, GK_EREUSED, "this upload ended with another document; make a new upload name");
        return;
    }
    done->offset = end;
    if (o->last) {
        done->size = before->size;
        memcpy(done->digest, before->digest, sizeof done->digest);
    }
}

static void put(depot_thread *self, const order *o, const char *bytes, size_t len, gk_depot_done *done)
{
    ended *before = find_ended(self, o->upload);
    if (before) {
        gk_free_auto char *stored = gk_depot_path(self->data, before->digest);
        if (stored) {
            put_again(before, stored, o, bytes, len, done);
            return;
        }
        *before = (ended) { 0 };    /* forgotten or destroyed meanwhile: begin anew */
    }
    gk_free_auto char *path = gk_format("%s/quarantine/.upload-%s", self->data, o->upload);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    struct stat st;
    if (fd < 0 || fstat(fd, &st)) {
        done->err = gk_refuse(&done->why, failed(), "the upload cannot be stored: %s", strerror(errno));
    } else if (o->offset > st.st_size) {
        done->err = gk_refuse(&done->why, GK_EBADVALUE, "offset is %lld, but %lld bytes are here: go on from there",
                              (long long) o->offset, (long long) st.st_size);
    } else {
        done->err = write_all(fd, bytes, len, o->offset);
        done->offset = o->offset + (int64_t) len;
        if (!done->err && o->last && ftruncate(fd, done->offset))   /* an earlier attempt may have been longer */
            done->err = failed();
        if (!done->err && o->last)
            done->err = finish(self, fd, path, done);
        if (done->err) {
            done->digest[0] = 0;
            (void) gk_refuse(&done->why, done->err, "the upload cannot be stored: %s", strerror(errno));
        }
    }
    if (fd >= 0)
        close(fd);
}

static void admit(depot_thread *self, const char *digest)
{
    gk_free_auto char *from = gk_format("%s/quarantine/%s", self->data, digest);
    gk_free_auto char *to = gk_format("%s/documents/%s", self->data, digest);
    gk_free_auto char *folder = gk_format("%s/documents", self->data);
    if (rename(from, to) == 0 && gk_file_sync_folder(folder))
        gk_log(GK_ERROR, "document=%.8s admit failed", digest);
}

static void drop(depot_thread *self, const char *digest)
{
    gk_free_auto char *path = gk_depot_path(self->data, digest);
    if (path && unlink(path))
        gk_log(GK_ERROR, "document=%.8s cannot be removed", digest);
}

static void sweep(depot_thread *self, int64_t before)
{
    gk_free_auto char *folder = gk_format("%s/quarantine", self->data);
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir)); ) {
        struct stat st;
        if (strncmp(entry->d_name, ".upload-", 8) == 0 && fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0
            && st.st_mtime < before)
            unlinkat(dirfd(dir), entry->d_name, 0);
    }
    if (dir)
        closedir(dir);
}

static void serve(depot_thread *self, const order *o, zframe_t *bytes)
{
    if (o->kind == ADMIT) {
        admit(self, o->digest);
        return;
    }
    if (o->kind == REMOVE) {
        drop(self, o->digest);
        return;
    }
    if (o->kind == SWEEP) {
        sweep(self, o->offset);
        return;
    }
    gk_depot_done done = { .to = o->from };
    memcpy(done.upload, o->upload, sizeof done.upload);
    put(self, o, (const char *) zframe_data(bytes), zframe_size(bytes), &done);
    zmsg_t *answer = zmsg_new();
    zmsg_addmem(answer, &done, sizeof done);
    zmsg_send(&answer, self->pipe);
}

static void run(zsock_t *pipe, void *args)
{
    depot_thread self = { .data = args, .pipe = pipe };
    zsock_signal(pipe, 0);
    for (zmsg_t *msg; (msg = zmsg_recv(pipe)); zmsg_destroy(&msg)) {
        zframe_t *head = zmsg_first(msg);
        if (zframe_size(head) != sizeof(order)) {
            zmsg_destroy(&msg);     /* "$TERM" */
            break;
        }
        order o;
        memcpy(&o, zframe_data(head), sizeof o);
        serve(&self, &o, zmsg_next(msg));
    }
}

/*  ---- on the loop ------------------------------------------------------------------------ */

gk_depot *gk_depot_new(const char *data)
{
    gk_depot *self = gk_new(gk_depot);
    self->actor = zactor_new(run, (void *) data);   /* the thread only reads it */
    return self;
}

void gk_depot_destroy(gk_depot **self_p)
{
    if (*self_p) {
        zactor_destroy(&(*self_p)->actor);
        free(*self_p);
        *self_p = NULL;
    }
}

zsock_t *gk_depot_pipe(gk_depot *self)
{
    return zactor_sock(self->actor);
}

static void give_order(gk_depot *self, const order *o, const void *bytes, size_t len)
{
    zmsg_t *msg = zmsg_new();
    zmsg_addmem(msg, o, sizeof *o);
    zmsg_addmem(msg, bytes, len);
    zmsg_send(&msg, zactor_sock(self->actor));
}

void gk_depot_put(gk_depot *self, const gk_address *from, const json_t *body, const void *bytes, size_t len)
{
    order o = { .kind = PUT, .from = *from, .offset = json_integer_value(json_object_get(body, "offset")),
                .last = json_is_true(json_object_get(body, "last")) };
    snprintf(o.upload, sizeof o.upload, "%s", gk_json_text(body, "upload"));
    give_order(self, &o, bytes, len);
}

void gk_depot_admit(gk_depot *self, const char *digest)
{
    order o = { .kind = ADMIT };
    snprintf(o.digest, sizeof o.digest, "%s", digest);
    give_order(self, &o, "", 0);
}

void gk_depot_remove(gk_depot *self, const char *digest)
{
    order o = { .kind = REMOVE };
    snprintf(o.digest, sizeof o.digest, "%s", digest);
    give_order(self, &o, "", 0);
}

void gk_depot_sweep(gk_depot *self, int64_t before)
{
    order o = { .kind = SWEEP, .offset = before };
    give_order(self, &o, "", 0);
}

bool gk_depot_next(gk_depot *self, gk_depot_done *out)
{
    zsock_t *pipe = zactor_sock(self->actor);
    if (!(zsock_events(pipe) & ZMQ_POLLIN))
        return false;
    zmsg_t *msg = zmsg_recv(pipe);
    bool whole = msg && zframe_size(zmsg_first(msg)) == sizeof *out;
    if (whole)
        memcpy(out, zframe_data(zmsg_first(msg)), sizeof *out);
    zmsg_destroy(&msg);
    return whole;
}
