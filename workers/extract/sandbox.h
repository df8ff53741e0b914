/*  gk_sandbox - what a stranger's file could do to us if a parser gave way: as little as possible.
 *
 *  Limits: 20 s of CPU, 1 GiB of memory, no core dump, no file written.  Landlock (Linux 5.13)
 *  leaves only poppler's character tables to be read; seccomp leaves only what reading memory and writing
 *  to open descriptors takes: no network, no program, no file but those tables, no signal
 *  to others, no executable memory.  Without Landlock no file at all is opened: a PDF that needs a
 *  table then has pages without text, which nobody takes for clean.
 */
#ifndef GK_SANDBOX_H
#define GK_SANDBOX_H

#include <stdbool.h>

/*  Set the limits; first, before the document is read. */
bool gk_sandbox_limit(void);

/*  Seal for good.  False (and the program must not go on) when the kernel refuses. */
bool gk_sandbox_seal(void);

#endif
