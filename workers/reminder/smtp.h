/*  gk_smtp - hand one mail to the office's mail server (libcurl below).
 *
 *  One recipient a transaction, so that each has a result of his own.  What the server
 *  says decides: 4xx is tried again, 5xx about the mail or its recipient is final.  A fault on our
 *  side of it (wrong password or sender, unknown certificate, no STARTTLS) is tried again too: the
 *  mail is fine and goes out once the administrator has mended it.
 */
#ifndef GK_SMTP_H
#define GK_SMTP_H

#include "workers/reminder/transport.h"

typedef enum gk_starttls {
    GK_STARTTLS_REQUIRED,
    GK_STARTTLS_TRY,                /* an attacker in between can strip it: never with a password */
    GK_STARTTLS_NO,                 /* for a server on this host */
} gk_starttls;

typedef struct gk_smtp_config {
    const char *url;                /* smtp://host[:port][/our-name] or smtps://...; NULL: none */
    const char *user, *password_file;       /* both or neither */
    const char *from;               /* envelope and header sender */
    const char *ca;                 /* PEM file; NULL: the system's */
    gk_starttls starttls;
} gk_smtp_config;

/*  GK_EBADVALUE, naming the option: a URL of another scheme or with a password in it, a sender that is
 *  no address, a user without a password file, a password without TLS to another machine. */
GK_CHECKED gk_err gk_smtp_check(const gk_smtp_config *config, gk_why *why);

typedef struct gk_smtp gk_smtp;

/*  A connection for one job's mails.  `config` (checked) is borrowed until destroyed.
 *  Errors are those of gk_secret_new. */
GK_CHECKED gk_err gk_smtp_new(const gk_smtp_config *config, gk_tick tick, gk_smtp **out, gk_why *why);
void gk_smtp_destroy(gk_smtp **self_p);

/*  Send `len` bytes of a mail (gk_mime_write) to one checked address. */
gk_delivery gk_smtp_send(gk_smtp *self, const char *to, const char *mail, size_t len);

#endif
