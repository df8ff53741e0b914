/*  gk_smtp - hand one mail to the office's mail server.
 *
 *  libcurl reports a refused recipient as "failed sending data", so its code says nothing: the
 *  server's last answer does (CURLINFO_RESPONSE_CODE), and how far the talk had come.
 */
#include "workers/reminder/smtp.h"
#include "workers/reminder/mime.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    CONNECT_MS = 10 * 1000,
    TOTAL_MS = 45 * 1000,           /* below a job's lease of 60 s */
    MAX_URL = 500,
};

struct gk_smtp {
    const gk_smtp_config *config;
    gk_transport *transport;
    const char *mail;               /* being sent */
    size_t len, at;
    bool named;                     /* RCPT went out: what the server says now is about this mail */
};

/*  ---- configuration ------------------------------------------------------ */

/*  Copy one part of the URL; "" when it has none. */
static void url_part(CURLU *url, CURLUPart part, char *out, size_t size)
{
    char *text = NULL;
    out[0] = 0;
    if (curl_url_get(url, part, &text, 0) == CURLUE_OK)
        snprintf(out, size, "%s", text);
    curl_free(text);
}

static bool split_url(const char *text, char scheme[16], char host[256], bool *has_user)
{
    char user[2];
    CURLU *url = curl_url();
    bool fine = url && strlen(text) <= MAX_URL && curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK;
    if (fine) {
        url_part(url, CURLUPART_SCHEME, scheme, 16);
        url_part(url, CURLUPART_HOST, host, 256);
        url_part(url, CURLUPART_USER, user, sizeof user);
        *has_user = user[0] != 0;
    }
    curl_url_cleanup(url);
    return fine;
}

static bool is_loopback(const char *host)
{
    return strcmp(host, "127.0.0.1") == 0 || strcmp(host, "[::1]") == 0 || strcmp(host, "localhost") == 0;
}

static bool always_encrypted(const gk_smtp_config *config, const char *scheme)
{
    return strcmp(scheme, "smtps") == 0 || config->starttls == GK_STARTTLS_REQUIRED;
}

gk_err gk_smtp_check(const gk_smtp_config *config, gk_why *why)
{
    char scheme[16], host[256];
    bool has_user;
    if (!config->url)
        return GK_OK;
    if (!split_url(config->url, scheme, host, &has_user))
        return gk_refuse(why, GK_EBADVALUE, "the mail server is no URL; write smtp://mail.example.cn:587");
    if (strcmp(scheme, "smtp") && strcmp(scheme, "smtps"))
        return gk_refuse(why, GK_EBADVALUE,
                         "the mail server's URL begins with %s:; smtp: and smtps: are allowed", scheme);
    if (has_user)
        return gk_refuse(why, GK_EBADVALUE,
                         "the mail server's URL holds a user; use mail/user and mail/password_file");
    if (!config->from || !gk_mime_address_ok(config->from))
        return gk_refuse(why, GK_EBADVALUE,
                         "a mail server needs a sender: mail/from or --from, of the form name@domain");
    if (!config->user != !config->password_file)
        return gk_refuse(why, GK_EBADVALUE, "mail/user and mail/password_file go together");
    if (config->user && !always_encrypted(config, scheme) && !is_loopback(host))
        return gk_refuse(why, GK_EBADVALUE, "a password needs STARTTLS or an smtps:// URL");
    return GK_OK;
}

/*  ---- sending ------------------------------------------------------------ */

static size_t on_read(char *to, size_t size, size_t count, void *context)
{
    gk_smtp *self = context;
    size_t room = size * count, rest = self->len - self->at, take = rest < room ? rest : room;
    memcpy(to, self->mail + self->at, take);
    self->at += take;
    return take;
}

/*  Hear our own commands go out; nothing is printed. */
static int on_talk(CURL *curl, curl_infotype type, char *bytes, size_t len, void *context)
{
    gk_smtp *self = context;
    (void) curl;
    if (type == CURLINFO_HEADER_OUT && len >= 5 && memcmp(bytes, "RCPT ", 5) == 0)
        self->named = true;
    return 0;
}

gk_err gk_smtp_new(const gk_smtp_config *config, gk_tick tick, gk_smtp **out, gk_why *why)
{
    static const long use_ssl[] = {
        [GK_STARTTLS_REQUIRED] = CURLUSESSL_ALL, [GK_STARTTLS_TRY] = CURLUSESSL_TRY,
        [GK_STARTTLS_NO] = CURLUSESSL_NONE,
    };
    gk_auto(gk_secret) password = NULL;
    if (config->password_file) {
        gk_err err = gk_secret_new(config->password_file, &password, why);
        if (err)
            return err;
    }
    gk_smtp *self = gk_new(gk_smtp);
    self->config = config;
    self->transport = gk_transport_new("smtp,smtps", config->ca, CONNECT_MS, TOTAL_MS, tick);
    CURL *curl = self->transport->curl;
    curl_easy_setopt(curl, CURLOPT_URL, config->url);
    curl_easy_setopt(curl, CURLOPT_USE_SSL, use_ssl[config->starttls]);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(curl, CURLOPT_READDATA, self);
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, on_talk);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, self);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
    if (password) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, config->user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, password->bytes);
    }
    *out = self;
    return GK_OK;
}

void gk_smtp_destroy(gk_smtp **self_p)
{
    if (*self_p) {
        gk_transport_destroy(&(*self_p)->transport);
        free(*self_p);
        *self_p = NULL;
    }
}

/*  A 5xx to RCPT or DATA is the recipient's or the mail's own.  Before that, at the greeting,
 *  AUTH or MAIL, the same digits speak of us; and so do those that ask for TLS or a login. */
static gk_fate judge(CURLcode result, bool named, int code)
{
    static const int of_us[] = { 530, 534, 535, 538 };
    if (result == CURLE_OK)
        return GK_FATE_SENT;
    for (size_t i = 0; i < sizeof of_us / sizeof *of_us; i++)
        if (code == of_us[i])
            return GK_FATE_LATER;
    return named && code >= 500 && code < 600 ? GK_FATE_NEVER : GK_FATE_LATER;
}

gk_delivery gk_smtp_send(gk_smtp *self, const char *to, const char *mail, size_t len)
{
    gk_delivery out = { 0 };
    gk_free_auto char *sender = gk_format("<%s>", self->config->from), *recipient = gk_format("<%s>", to);
    struct curl_slist *recipients = curl_slist_append(NULL, recipient);
    CURL *curl = self->transport->curl;
    self->mail = mail, self->len = len, self->at = 0, self->named = false;
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, sender);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t) len);
    CURLcode result = gk_transport_run(self->transport, &out.why);
    long code = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
    /*  The handle lives on and must not keep pointers to what ends here. */
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, NULL);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, NULL);
    curl_slist_free_all(recipients);
    out.code = (int) code;
    out.fate = judge(result, self->named, out.code);
    return out;
}
