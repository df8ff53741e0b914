/*  gk_keys - the secrets of a data directory. */
#include "broker/keys.h"
#include "base/mem.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
    const char *name;
    bool bound;                 /* the ledger cannot do without this very key */
} key[GK_KEY_NAMES] = {
    [GK_KEY_RECEIPT] = { "receipt", true },
    [GK_KEY_LOOKUP] = { "lookup", true },
    [GK_KEY_MASTER] = { "master", true },
    [GK_KEY_QUARANTINE] = { "quarantine", false },
    [GK_KEY_SIGNING] = { "signing", true },
    [GK_KEY_SERVER] = { "server", false },
};

struct gk_keys {
    unsigned char (*bytes)[GK_KEY_BYTES];   /* GK_KEY_NAMES of them, in locked memory */
};

const unsigned char *gk_keys_get(const gk_keys *self, gk_key_name name)
{
    return self->bytes[name];
}

static char *id_of(const unsigned char *bytes, gk_key_name name, char out[static GK_KEY_ID])
{
    gk_free_auto char *text = gk_format("gongkai key id: %s", key[name].name);
    gk_hash hash = gk_hash_keyed(bytes, text, strlen(text));
    return gk_hex(hash.bytes, (GK_KEY_ID - 1) / 2, out);
}

char *gk_keys_id(const gk_keys *self, gk_key_name name, char out[static GK_KEY_ID])
{
    return id_of(self->bytes[name], name, out);
}

void gk_keys_destroy(gk_keys **self_p)
{
    if (*self_p) {
        sodium_free((*self_p)->bytes);      /* wipes */
        free(*self_p);
        *self_p = NULL;
    }
}

/*  Written aside, synced and renamed, and the folder synced: half a key, or another one tomorrow, would lose what the first one closed. */
static gk_err make(const char *folder, const char *path, const unsigned char *bytes, gk_why *why)
{
    gk_free_auto char *fresh = gk_format("%s.new", path);
    int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool written = fd >= 0 && write(fd, bytes, GK_KEY_BYTES) == GK_KEY_BYTES && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    if (!written || rename(fresh, path) || gk_file_sync_folder(folder))
        return gk_refuse(why, GK_EIO, "%s: %s", path, strerror(errno));
    return GK_OK;
}

/*  GK_ENOTFOUND when there is no such file. */
static gk_err load(const char *path, unsigned char *bytes, gk_why *why)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return gk_refuse(why, errno == ENOENT ? GK_ENOTFOUND : GK_EIO, "%s: %s", path, strerror(errno));
    struct stat st;
    gk_err err = GK_OK;
    if (fstat(fd, &st) || !S_ISREG(st.st_mode) || st.st_size != GK_KEY_BYTES || read(fd, bytes, GK_KEY_BYTES) != GK_KEY_BYTES)
        err = gk_refuse(why, GK_EDAMAGED, "%s is not a key of %d bytes; restore it from the backup of keys", path, GK_KEY_BYTES);
    else if (st.st_mode & 077)
        err = gk_refuse(why, GK_EDENIED, "%s may be read by others (mode %03o); it is a secret of the broker's alone: chmod 600",
                        path, (unsigned) st.st_mode & 0777);
    close(fd);
    return err;
}

static char *path_of(const char *data, gk_key_name name, const char *suffix)
{
    return gk_format("%s/keys/%s%s", data, key[name].name, suffix);
}

gk_err gk_keys_next(const char *data, gk_store *store, gk_key_name name, unsigned char next[static GK_KEY_BYTES], gk_why *why)
{
    gk_free_auto char *folder = gk_format("%s/keys", data), *path = path_of(data, name, ".next.key"), *meta = gk_format("key/%s", key[name].name);
    char id[GK_KEY_ID];
    gk_random(next, GK_KEY_BYTES);
    gk_err err = make(folder, path, next, why);
    return err ? err : gk_store_set_meta(store, meta, id_of(next, name, id), why);
}

gk_err gk_keys_follow(const char *data, gk_key_name name, gk_why *why)
{
    gk_free_auto char *folder = gk_format("%s/keys", data), *next = path_of(data, name, ".next.key"), *path = path_of(data, name, ".key");
    return rename(next, path) || gk_file_sync_folder(folder) ? gk_refuse(why, GK_EIO, "%s: %s", path, strerror(errno)) : GK_OK;
}

/*  Was the change to the key with this id cut off behind its commit?  Then it is finished here. */
static bool follows(const char *data, gk_key_name name, const char *known, unsigned char *bytes)
{
    gk_free_auto char *next = path_of(data, name, ".next.key");
    unsigned char fresh[GK_KEY_BYTES];
    char id[GK_KEY_ID];
    bool right = load(next, fresh, NULL) == GK_OK && strcmp(id_of(fresh, name, id), known) == 0 && gk_keys_follow(data, name, NULL) == GK_OK;
    if (right)
        memcpy(bytes, fresh, sizeof fresh);
    sodium_memzero(fresh, sizeof fresh);
    return right;
}

static gk_err open_one(gk_keys *self, gk_key_name name, const char *data, gk_store *store, gk_why *why)
{
    gk_free_auto char *folder = gk_format("%s/keys", data);
    gk_free_auto char *path = path_of(data, name, ".key");
    gk_free_auto char *meta = gk_format("key/%s", key[name].name);
    gk_free_auto char *known = key[name].bound ? gk_store_meta(store, meta) : NULL;
    gk_err err = load(path, self->bytes[name], why);
    if (err == GK_ENOTFOUND && known)
        return gk_refuse(why, GK_EDAMAGED, "%s is missing; this ledger needs the %s key with the id %s: restore it from the backup of keys",
                         path, key[name].name, known);
    if (err == GK_ENOTFOUND) {
        gk_random(self->bytes[name], GK_KEY_BYTES);
        err = make(folder, path, self->bytes[name], why);
    }
    if (err)
        return err;
    char id[GK_KEY_ID];
    gk_keys_id(self, name, id);
    if (known && strcmp(known, id) != 0 && !follows(data, name, known, self->bytes[name]))
        return gk_refuse(why, GK_EDAMAGED, "%s is another key (id %s); this ledger needs the one with the id %s: restore it from the "
                         "backup of keys", path, id, known);
    return key[name].bound && !known ? gk_store_set_meta(store, meta, id, why) : GK_OK;
}

gk_err gk_keys_open(const char *data, gk_store *store, gk_keys **out, gk_why *why)
{
    gk_auto(gk_keys) self = gk_new(gk_keys);
    self->bytes = sodium_allocarray(GK_KEY_NAMES, GK_KEY_BYTES);
    if (!self->bytes)
        return gk_refuse(why, GK_EIO, "no memory for keys: %s", strerror(errno));
    for (gk_key_name name = 0; name < GK_KEY_NAMES; name++) {
        gk_err err = open_one(self, name, data, store, why);
        if (err)
            return err;
    }
    sodium_mprotect_readonly(self->bytes);
    *out = self;
    self = NULL;
    return GK_OK;
}
