/*  gk_mime - one mail as bytes.
 *
 *  The trick is to have few forms: a header is either short plain ASCII or encoded words,
 *  a body is always base64.  So no line is ever too long, no dot needs stuffing, no server
 *  rewrites a character, and the boundary (it has a '_') cannot occur in a part.
 */
#include "workers/reminder/mime.h"
#include "base/date.h"

#include <assert.h>
#include <ctype.h>
#include <sodium.h>
#include <string.h>

#define BOUNDARY "=_gongkai"

enum {
    WORD_FRAME = 12,                /* =?UTF-8?B? and ?= */
    BASE64_LINE = 57,               /* bytes that make 76 characters */
    MAX_ADDRESS = 254,              /* RFC 5321 4.5.3.1.3, without the brackets */
    MAX_LOCAL = 64,
};

/*  ---- what may stand in a header ----------------------------------------- */

/*  Controls end a header or hide in it; the direction characters make "gpj.exe" look
 *  like "exe.jpg" to a person. */
static bool is_harmless(uint32_t code)
{
    static const struct { uint32_t first, last; } harm[] = {
        { 0x00, 0x1f }, { 0x7f, 0x9f }, { 0x200e, 0x200f }, { 0x2028, 0x202e }, { 0x2066, 0x2069 },
        { 0xfeff, 0xfeff }, { 0xfff9, 0xfffb },
    };
    for (size_t i = 0; i < sizeof harm / sizeof *harm; i++)
        if (code >= harm[i].first && code <= harm[i].last)
            return false;
    return true;
}

static gk_err check_header(const char *what, const char *text, gk_why *why)
{
    size_t len = strlen(text);
    if (len > GK_MIME_MAX_HEADER)
        return gk_refuse(why, GK_ETOOLARGE, "the mail's %s has %zu bytes, %d are allowed", what, len,
                         GK_MIME_MAX_HEADER);
    if (!gk_utf8_ok(text, len))
        return gk_refuse(why, GK_EBADVALUE, "the mail's %s is not UTF-8", what);
    for (size_t at = 0; at < len; )
        if (!is_harmless(gk_utf8_next(text, len, &at)))
            return gk_refuse(why, GK_EBADVALUE, "the mail's %s has a control character before byte %zu", what,
                             at);
    return GK_OK;
}

static gk_err check_body(const char *text, gk_why *why)
{
    size_t len = strlen(text);
    if (len > GK_MIME_MAX_BODY)
        return gk_refuse(why, GK_ETOOLARGE, "the mail's text has %zu bytes, %d are allowed", len,
                         GK_MIME_MAX_BODY);
    if (!gk_utf8_ok(text, len))
        return gk_refuse(why, GK_EBADVALUE, "the mail's text is not UTF-8");
    for (size_t at = 0; at < len; ) {
        uint32_t code = gk_utf8_next(text, len, &at);
        if (code != '\n' && code != '\t' && !is_harmless(code))
            return gk_refuse(why, GK_EBADVALUE, "the mail's text has a control character before byte %zu",
                             at);
    }
    return GK_OK;
}

/*  RFC 5322 3.2.3: runs of these, joined by single dots. */
static bool is_dot_atom(const char *text, size_t len)
{
    bool dot = true;                /* a dot may not come next */
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char) text[i];
        if (c == '.' ? dot : c >= 0x80 || (!isalnum(c) && !strchr("!#$%&'*+-/=?^_`{|}~", c)))
            return false;
        dot = c == '.';
    }
    return !dot;
}

static bool is_domain(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!isalnum((unsigned char) text[i]) && text[i] != '-' && text[i] != '.')
            return false;
    return is_dot_atom(text, len) && text[0] != '-' && text[len - 1] != '-';
}

/*  local@domain; a Message-ID has the same shape with a longer left side. */
static bool is_at_pair(const char *text, size_t max_local)
{
    const char *at = strrchr(text, '@');
    size_t len = strlen(text);
    if (!at || len > MAX_ADDRESS || (size_t) (at - text) > max_local)
        return false;
    return is_dot_atom(text, (size_t) (at - text)) && is_domain(at + 1, len - (size_t) (at + 1 - text));
}

bool gk_mime_address_ok(const char *address)
{
    return is_at_pair(address, MAX_LOCAL);
}

/*  ---- writing headers ---------------------------------------------------- */

/*  Printable ASCII that cannot be taken for an encoded word. */
static bool is_plain(const char *text)
{
    for (const char *p = text; *p; p++)
        if (*p < ' ' || *p > '~')
            return false;
    return !strstr(text, "=?") && text[0] != ' ';
}

static void add_base64(gk_text *out, const char *bytes, size_t len)
{
    char line[sodium_base64_ENCODED_LEN(BASE64_LINE, sodium_base64_VARIANT_ORIGINAL)];
    sodium_bin2base64(line, sizeof line, (const unsigned char *) bytes, len, sodium_base64_VARIANT_ORIGINAL);
    gk_text_puts(out, line);
}

/*  Encoded words (RFC 2047), folded; `column` octets of the first line are taken.  Each word
 *  decodes by itself, so none ends inside a character. */
static void add_words(gk_text *out, size_t column, const char *text)
{
    assert(column <= 40);           /* our own header names are short */
    for (size_t len = strlen(text); len; ) {
        size_t room = (GK_MIME_LINE - WORD_FRAME - column) / 4 * 3;
        size_t take = len <= room ? len : gk_utf8_cut(text, room);
        gk_text_puts(out, "=?UTF-8?B?");
        add_base64(out, text, take);
        gk_text_puts(out, "?=");
        text += take, len -= take;
        if (len)
            gk_text_puts(out, "\r\n ");
        column = 1;
    }
}

void gk_mime_header(gk_text *out, const char *name, const char *value)
{
    size_t column = strlen(name) + 2;
    gk_text_printf(out, "%s: ", name);
    if (is_plain(value) && column + strlen(value) <= GK_MIME_LINE)
        gk_text_puts(out, value);
    else
        add_words(out, column, value);
    gk_text_puts(out, "\r\n");
}

/*  RFC 2231 "attribute-char": what stands unescaped. */
static bool is_attribute(unsigned char c)
{
    return c < 0x80 && (isalnum(c) || c == '.' || c == '-' || c == '_');
}

static bool is_simple_name(const char *value)
{
    for (const char *p = value; *p; p++)
        if (!is_attribute((unsigned char) *p) && *p != ' ')
            return false;
    return strlen(value) <= 50;
}

static void add_escaped(gk_text *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char) text[i];
        if (is_attribute(c))
            gk_text_add(out, text + i, 1);
        else
            gk_text_printf(out, "%%%02X", c);
    }
}

void gk_mime_param(gk_text *out, const char *key, const char *value)
{
    if (is_simple_name(value)) {
        gk_text_printf(out, ";\r\n %s=\"%s\"", key, value);
        return;
    }
    /*  16 bytes escape to 48 characters; that leaves 27 for ` filename*99*=UTF-8''` and `;`. */
    enum { PIECE = 16 };
    size_t len = strlen(value);
    if (len <= PIECE) {
        gk_text_printf(out, ";\r\n %s*=UTF-8''", key);
        add_escaped(out, value, len);
        return;
    }
    for (int piece = 0; len; piece++) {
        size_t take = len <= PIECE ? len : gk_utf8_cut(value, PIECE);
        gk_text_printf(out, ";\r\n %s*%d*=%s", key, piece, piece ? "" : "UTF-8''");
        add_escaped(out, value, take);
        value += take, len -= take;
    }
}

/*  RFC 5322 3.3, in Shanghai's time: "Tue, 24 Nov 2026 16:25:06 +0800". */
static void add_date(gk_text *out, int64_t at)
{
    static const char *const weekday[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    static const char *const name[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    gk_date date = gk_date_of(at);
    int year, month, day, second = (int) (at - gk_date_at(date, 0));
    gk_date_split(date, &year, &month, &day);
    gk_text_printf(out, "Date: %s, %d %s %d %02d:%02d:%02d +0800\r\n", weekday[gk_date_weekday(date)], day,
                   name[month - 1], year, second / 3600, second / 60 % 60, second % 60);
}

static void add_from(gk_text *out, const gk_mime *mail)
{
    gk_text_puts(out, "From: ");
    if (*mail->from_name) {
        add_words(out, strlen("From: "), mail->from_name);
        gk_text_puts(out, "\r\n ");
    }
    gk_text_printf(out, "<%s>\r\n", mail->from);
}

/*  ---- bodies ------------------------------------------------------------- */

static void add_base64_lines(gk_text *out, const char *bytes, size_t len)
{
    for (size_t at = 0; at < len; at += BASE64_LINE) {
        add_base64(out, bytes + at, len - at < BASE64_LINE ? len - at : BASE64_LINE);
        gk_text_puts(out, "\r\n");
    }
}

static void add_text(gk_text *out, const char *text)
{
    gk_text_auto body = { 0 };
    for (const char *end; (end = strchr(text, '\n')); text = end + 1) {
        gk_text_add(&body, text, (size_t) (end - text));
        gk_text_puts(&body, "\r\n");
    }
    gk_text_puts(&body, text);
    gk_text_puts(out, "Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
    add_base64_lines(out, body.data, body.len);
}

/*  `name` as encoded words in quotes is no standard, but what old clients read. */
static void add_part(gk_text *out, const gk_mime_part *part)
{
    gk_text_printf(out, "\r\n--" BOUNDARY "\r\nContent-Type: %s", part->type);
    if (is_simple_name(part->name)) {
        gk_mime_param(out, "name", part->name);
    } else {
        gk_text_puts(out, ";\r\n name=\"");
        add_words(out, strlen(" name=\"") + 1, part->name);
        gk_text_puts(out, "\"");
    }
    gk_text_puts(out, "\r\nContent-Disposition: attachment");
    gk_mime_param(out, "filename", part->name);
    gk_text_puts(out, "\r\nContent-Transfer-Encoding: base64\r\n\r\n");
    add_base64_lines(out, part->bytes, part->len);
}

static gk_err check_part(const gk_mime_part *part, gk_why *why)
{
    gk_err err = check_header("attachment name", part->name, why);
    if (!err)
        err = check_header("attachment type", part->type, why);
    if (!err && !is_plain(part->type))
        err = gk_refuse(why, GK_EBADVALUE, "the mail's attachment type is not plain ASCII");
    if (!err && !*part->name)
        err = gk_refuse(why, GK_EBADVALUE, "an attachment of the mail has no name");
    if (!err && part->len > GK_MIME_MAX_BODY)
        err = gk_refuse(why, GK_ETOOLARGE, "an attachment of the mail has %zu bytes, %d are allowed",
                        part->len, GK_MIME_MAX_BODY);
    return err;
}

static gk_err check(const gk_mime *mail, gk_why *why)
{
    const struct { const char *what, *text; } headers[] = {
        { "sender's name", mail->from_name }, { "subject", mail->subject },
        { "role", mail->role }, { "language", mail->lang },
    };
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        gk_err err = check_header(headers[i].what, headers[i].text, why);
        if (err)
            return err;
    }
    const struct { const char *what, *text; size_t max_local; } pairs[] = {
        { "sender's address", mail->from, MAX_LOCAL }, { "recipient's address", mail->to, MAX_LOCAL },
        { "Message-ID", mail->message_id, MAX_ADDRESS },
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (!is_at_pair(pairs[i].text, pairs[i].max_local))
            return gk_refuse(why, GK_EBADVALUE, "the mail's %s is not of the form name@domain in plain ASCII",
                             pairs[i].what);
    if (mail->part_count > GK_MIME_MAX_PARTS)
        return gk_refuse(why, GK_ETOOLARGE, "the mail has %zu attachments, %d are allowed", mail->part_count,
                         GK_MIME_MAX_PARTS);
    for (size_t i = 0; i < mail->part_count; i++) {
        gk_err err = check_part(&mail->parts[i], why);
        if (err)
            return err;
    }
    return check_body(mail->text, why);
}

gk_err gk_mime_write(const gk_mime *mail, gk_text *out, gk_why *why)
{
    gk_err err = check(mail, why);
    if (err)
        return err;
    add_date(out, mail->at);
    add_from(out, mail);
    gk_text_printf(out, "To: <%s>\r\nMessage-ID: <%s>\r\n", mail->to, mail->message_id);
    gk_mime_header(out, "Subject", mail->subject);
    if (*mail->role)
        gk_mime_header(out, "X-Gongkai-Role", mail->role);
    gk_mime_header(out, "Content-Language", mail->lang);
    /*  RFC 3834: keeps holiday notices and list robots from answering. */
    gk_text_puts(out, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n");
    if (mail->part_count == 0) {
        add_text(out, mail->text);
        return GK_OK;
    }
    gk_text_puts(out, "Content-Type: multipart/mixed; boundary=\"" BOUNDARY "\"\r\n\r\n--" BOUNDARY "\r\n");
    add_text(out, mail->text);
    for (size_t i = 0; i < mail->part_count; i++)
        add_part(out, &mail->parts[i]);
    gk_text_puts(out, "\r\n--" BOUNDARY "--\r\n");
    return GK_OK;
}
