/*  gongkai-extract - the text of a stranger's file: document on fd 0, lines on fd 1 (stream.h).
 *
 *  Parsers of hostile bytes fail sooner or later, so they run here, in a process of
 *  their own that has no network, no files, no environment and not much time, and never in one
 *  that is connected to the broker.  Exit 0, or 1 with {"error": ...}; killed when it takes too long.
 *
 *  The program links poppler, which is GPL-2-or-later: as distributed, this one program is
 *  under the GPL.  Its sources here are Apache-2.0 like the rest.
 */
#include "base/text.h"
#include "workers/extract/pdf.h"
#include "workers/extract/plain.h"
#include "workers/extract/sandbox.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int usage(int status)
{
    fputs("usage: gongkai-extract < DOCUMENT\n"
          "Write the text of a PDF or plain text file as JSON lines, a line a page.\n",
          status ? stderr : stdout);
    return status;
}

static int version(void)
{
    puts("gongkai-extract " GK_VERSION "\n"
         "This program links poppler and is distributed under the GNU GPL, version 2 or later.");
    return 0;
}

/*  Read fd 0 to its end; one byte over the limit is enough to know. */
static bool read_all(gk_text *all)
{
    char part[65536];
    ssize_t got = 1;
    while (all->len <= GK_EXTRACT_BYTES && (got = read(STDIN_FILENO, part, sizeof part)) > 0)
        gk_text_add(all, part, (size_t) got);
    return got >= 0;
}

/*  ---- the document ------------------------------------------------------- */

static gk_extract extract(const gk_plain *plain, const gk_text *bytes, gk_stream *out)
{
    if (bytes->len == 0)
        return GK_EXTRACT_EMPTY;
    if (bytes->len > GK_EXTRACT_BYTES)
        return GK_EXTRACT_TOO_LARGE;
    json_t *metadata = NULL;
    bool attachments = false;
    gk_extract result = gk_pdf_is(bytes->data, bytes->len)
                            ? gk_pdf_read(bytes->data, bytes->len, out, &metadata, &attachments)
                            : gk_plain_read(plain, bytes->data, bytes->len, out);
    if (result == GK_EXTRACT_OK)
        gk_stream_end(out, metadata, attachments);
    return result;
}

int main(int argc, char **argv)
{
    if (argc > 1)
        return strcmp(argv[1], "--version") == 0 ? version() : usage(strcmp(argv[1], "--help") == 0 ? 0 : 2);

    clearenv();
    setenv("TZ", "UTC0", 1);            /* else the C library opens /etc/localtime */
    gk_text bytes = { 0 };
    gk_plain plain;
    if (!gk_sandbox_limit() || !read_all(&bytes)) {
        fputs("gongkai-extract: cannot read the document from fd 0\n", stderr);
        return 1;
    }
    gk_plain_open(&plain);
    json_object_seed(0);                /* reads /dev/urandom, which is shut afterwards */
    if (!gk_sandbox_seal()) {
        puts("{\"error\":\"sandbox\"}");
        return 1;
    }
    gk_stream out = { .out = stdout };
    gk_extract result = extract(&plain, &bytes, &out);
    if (result != GK_EXTRACT_OK)
        gk_stream_error(&out, result);
    bool written = fflush(stdout) == 0;
    /*  Nothing is left to tidy that the kernel does not, and nothing may run after the seal. */
    _exit(result == GK_EXTRACT_OK && written ? 0 : 1);
}
