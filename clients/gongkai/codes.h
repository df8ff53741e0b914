/*  gk_codes - the short codes of the protocol in words: "post_signed" is 签收邮件.
 *
 *  States and events have their names in core/flow; here is what else a person reads.
 */
#ifndef GK_CODES_H
#define GK_CODES_H

#include <stdbool.h>

/*  What the value `code` of a member `key` is called, in Chinese or English; `code` itself
 *  where it has no name. */
const char *gk_codes_word(bool zh, const char *key, const char *code);

#endif
