/* links: gongkai_reminder_parts */
/*  fuzz_mime - whatever the fields hold, a mail that is written has exactly our headers.
 *
 *  Input: subject, sender's name, recipient, text and file name, a NUL between them.
 */
#include "workers/reminder/mime.h"
#include "base/mem.h"
#include "fuzz/fuzz.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 5, LINE = 998 };

/*  Lines are short, 7-bit and end in CRLF; of the first block each is ours or a fold. */
static void check(const char *mail)
{
    static const char *const names[] = {
        "Date: ", "From: ", "To: ", "Message-ID: ", "Subject: ", "X-Gongkai-Role: ", "Content-Language: ",
        "Auto-Submitted: ", "MIME-Version: ", "Content-Type: ",
        "Content-Transfer-Encoding: ",          /* of a mail without attachments */
    };
    size_t next = 0;
    bool head = true;
    for (const char *line = mail, *end; *line; line = end + 2) {
        end = strstr(line, "\r\n");
        require(end && end - line <= LINE);
        for (const char *p = line; p < end; p++)
            require(*p >= ' ' && *p <= '~');
        head = head && end > line;
        if (head && *line != ' ') {
            require(next < sizeof names / sizeof *names && strncmp(line, names[next], strlen(names[next])) == 0);
            next++;
        }
    }
    require(!head && next >= sizeof names / sizeof *names - 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    gk_free_auto char *bytes = gk_zalloc(len + 1);
    memcpy(bytes, data, len);
    const char *field[FIELDS];
    size_t at = 0;
    for (int i = 0; i < FIELDS; i++) {
        field[i] = at < len ? bytes + at : "";
        at += strlen(field[i]) + 1;
    }
    gk_mime_part part = { field[4], "text/calendar; charset=UTF-8", bytes, len };
    gk_mime mail = {
        .from = "gk@example.cn", .from_name = field[1], .to = field[2], .subject = field[0],
        .message_id = "7-3.clerk@example.cn", .role = "clerk", .lang = "zh-CN", .at = 1774400523, .text = field[3],
        .parts = &part, .part_count = *field[4] ? 1 : 0,
    };
    gk_text_auto out = { 0 };
    gk_why why = { "" };
    if (gk_mime_write(&mail, &out, &why) == GK_OK)
        check(out.data);
    else
        require(out.len == 0 && *why.text);
    return 0;
}
