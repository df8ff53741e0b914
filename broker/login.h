/*  gk_login - sessions begin: log in, change one's password, make an initial one.
 *
 *  Each is asked on the loop, checked by a thread (hashing.h), and done in the turn that the thread's answer falls
 *  into.  What is answered tells nothing of whether a name exists: same work, same waiting, same words.
 */
#ifndef GK_LOGIN_H
#define GK_LOGIN_H

#include "broker/hashing.h"

bool gk_login_serves(const char *service);

/*  Take a request up; what is refused at once is answered. */
void gk_login_ask(gk_broker *self, const gk_address *from, const void *bytes, size_t len);

/*  Do what a finished task came to, inside a transaction, and queue its answer.  GK_EIO, GK_EFULL: nothing was done. */
GK_CHECKED gk_err gk_login_finish(gk_broker *self, const gk_hash_task *task, gk_why *why);

/*  What needs no password and is a command like others: end the own session; close or open an account; who has one. */
gk_handler gk_log_out, gk_person_disable, gk_person_list;

#endif
