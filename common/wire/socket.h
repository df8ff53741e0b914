/*  gk_socket - endpoints, and the limits that every socket of ours is given.
 *
 *  libzmq's own heartbeats stay off: with a slow reader they abort the process in
 *  4.3.4 (libzmq issues 3937, 4767).  Ours are messages (mdp.h).
 */
#ifndef GK_SOCKET_H
#define GK_SOCKET_H

#include "base/err.h"

#include <czmq.h>

/*  Is it "ipc:///absolute/path" (at most 107 bytes of path) or "tcp://HOST:PORT", HOST
 *  being a name, an IPv4 address, an IPv6 address in brackets or, to bind, `*`; PORT
 *  1-65535?  GK_EBADVALUE with a sentence.  libzmq itself accepts a good deal more
 *  and then waits for ever. */
GK_CHECKED gk_err gk_socket_check(const char *endpoint, bool bind, gk_why *why);

/*  Bound what peers can make us hold, never block in a send, never linger for long,
 *  drop half-done handshakes and notice dead hosts. */
void gk_socket_limits(zsock_t *socket);

/*  A DEALER that connects to `endpoint`.  Only whole connections take messages: a
 *  send before that fails instead of queueing.  `id` of `len` bytes is its routing
 *  id, or NULL.  GK_EBADVALUE for the endpoint, GK_EIO when there are no sockets left. */
GK_CHECKED gk_err gk_socket_dealer(const char *endpoint, const void *id, size_t len, zsock_t **out,
                                   gk_why *why);

/*  Send at once or not at all.  True when sent; then *msg_p is gone.  Else it stays whole,
 *  or, when the connection broke between two frames, *msg_p is NULL and nothing arrived. */
bool gk_socket_send(zsock_t *socket, zmsg_t **msg_p);

/*  Leave SIGINT and SIGTERM alone; czmq would take them with the first socket. */
void gk_socket_no_signals(void);

/*  Milliseconds of a clock that only moves forward. */
int64_t gk_socket_now(void);

#endif
