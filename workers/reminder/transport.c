/*  gk_transport - a curl handle set up the safe way, and secrets in files. */
#include "workers/reminder/transport.h"
#include "base/mem.h"
#include "base/text.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <fcntl.h>

static int on_progress(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    const gk_tick *tick = context;
    (void) a, (void) b, (void) c, (void) d;
    if (tick->call)
        tick->call(tick->context);
    return 0;
}

gk_transport *gk_transport_new(const char *protocols, const char *ca, long connect_ms, long total_ms,
                               gk_tick tick)
{
    gk_transport *self = gk_new(gk_transport);
    CURL *curl = self->curl = curl_easy_init();
    if (!curl)
        abort();                    /* out of memory, see mem.h */
    self->tick = tick;
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, self->error);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, protocols);
    /*  A proxy from the environment would see the mail, and would hide the real address
     *  from the webhook's guard. */
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NETRC, (long) CURL_NETRC_IGNORED);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, connect_ms);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, total_ms);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &self->tick);
    if (ca) {
        curl_easy_setopt(curl, CURLOPT_CAINFO, ca);
        curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
    }
    return self;
}

void gk_transport_destroy(gk_transport **self_p)
{
    if (*self_p) {
        curl_easy_cleanup((*self_p)->curl);
        free(*self_p);
        *self_p = NULL;
    }
}

CURLcode gk_transport_run(gk_transport *self, gk_why *why)
{
    self->error[0] = 0;
    CURLcode code = curl_easy_perform(self->curl);
    if (code == CURLE_OK)
        return code;
    bool usable = self->error[0] && gk_utf8_ok(self->error, strlen(self->error));
    (void) gk_refuse(why, GK_EIO, "%s", usable ? self->error : curl_easy_strerror(code));
    for (char *p = why->text; *p; p++)
        if ((unsigned char) *p < ' ')
            *p = ' ';
    return code;
}

/*  ---- secrets ------------------------------------------------------------ */

static gk_err read_secret(int fd, const char *path, gk_secret *secret, gk_why *why)
{
    struct stat info;
    if (fstat(fd, &info))
        return gk_refuse(why, GK_EIO, "secret %s: %s", path, strerror(errno));
    if (!S_ISREG(info.st_mode))
        return gk_refuse(why, GK_EBADVALUE, "secret %s is not a file", path);
    if (info.st_mode & (S_IRWXG | S_IRWXO))
        return gk_refuse(why, GK_EDENIED, "secret %s may be read by others: chmod 600", path);
    ssize_t got = read(fd, secret->bytes, sizeof secret->bytes);
    if (got < 0)
        return gk_refuse(why, GK_EIO, "secret %s: %s", path, strerror(errno));
    if (got == sizeof secret->bytes)
        return gk_refuse(why, GK_EBADVALUE, "secret %s has more than %zu bytes", path,
                         sizeof secret->bytes - 1);
    secret->len = (size_t) got;
    while (secret->len && strchr("\r\n", secret->bytes[secret->len - 1]))
        secret->len--;
    secret->bytes[secret->len] = 0;
    if (secret->len == 0 || strlen(secret->bytes) != secret->len)
        return gk_refuse(why, GK_EBADVALUE, "secret %s is empty or has a NUL byte", path);
    return GK_OK;
}

gk_err gk_secret_new(const char *path, gk_secret **out, gk_why *why)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return gk_refuse(why, errno == ENOENT ? GK_ENOTFOUND : GK_EIO, "secret %s: %s", path,
                         strerror(errno));
    gk_auto(gk_secret) secret = gk_new(gk_secret);
    gk_err err = read_secret(fd, path, secret, why);
    close(fd);
    if (!err)
        *out = secret, secret = NULL;
    return err;
}

void gk_secret_destroy(gk_secret **self_p)
{
    if (*self_p) {
        sodium_memzero(*self_p, sizeof **self_p);
        free(*self_p);
        *self_p = NULL;
    }
}
