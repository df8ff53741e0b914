/*  gk_socket - endpoints, and the limits that every socket of ours is given. */
#include "wire/socket.h"
#include "wire/mdp.h"

#include <stdlib.h>
#include <string.h>
#include <sys/un.h>

enum {
    QUEUE = 1000,               /* messages a peer may let pile up, each way */
    LINGER_MS = 500,
    HANDSHAKE_MS = 10000,
    RECONNECT_MS = 100, RECONNECT_MOST_MS = 2000,
    KEEPALIVE_S = 60,
    MOST_HOST = 255,
};

/*  ---- endpoints ---------------------------------------------------------------- */

static gk_err check_ipc(const char *path, gk_why *why)
{
    size_t most = sizeof ((struct sockaddr_un *) NULL)->sun_path - 1, len = strlen(path);
    if (path[0] != '/')
        return gk_refuse(why, GK_EBADVALUE, "an ipc endpoint names an absolute path, as in "
                         "ipc:///run/gongkai/broker");
    if (len > most)
        return gk_refuse(why, GK_EBADVALUE, "the socket path has %zu bytes, the system allows %zu: "
                         "name a shorter folder with --run DIR", len, most);
    return GK_OK;
}

static bool port_ok(const char *text)
{
    size_t len = strspn(text, "0123456789");
    return len >= 1 && len <= 5 && text[len] == 0 && atoi(text) >= 1 && atoi(text) <= 65535;
}

static bool host_ok(const char *host, size_t len, bool bind)
{
    if (len == 1 && host[0] == '*')
        return bind;
    if (len > 2 && host[0] == '[' && host[len - 1] == ']')
        return strspn(host + 1, "0123456789abcdefABCDEF:.") == len - 2;
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
    return len >= 1 && len <= MOST_HOST && strspn(host, letters) == len;
}

gk_err gk_socket_check(const char *endpoint, bool bind, gk_why *why)
{
    if (strncmp(endpoint, "ipc://", 6) == 0)
        return check_ipc(endpoint + 6, why);
    if (strncmp(endpoint, "tcp://", 6) != 0)
        return gk_refuse(why, GK_EBADVALUE, "an endpoint starts with ipc:// or tcp://");
    const char *host = endpoint + 6, *colon = strrchr(host, ':');
    if (!colon || !port_ok(colon + 1) || !host_ok(host, (size_t) (colon - host), bind))
        return gk_refuse(why, GK_EBADVALUE, "a tcp endpoint is tcp://HOST:PORT, an IPv6 host in brackets, "
                         "port 1 to 65535%s", bind ? "" : ", and names a host that can be reached");
    return GK_OK;
}

/*  ---- sockets ------------------------------------------------------------------ */

void gk_socket_no_signals(void)
{
    zsys_handler_set(NULL);
}

int64_t gk_socket_now(void)
{
    return zclock_mono();
}

void gk_socket_limits(zsock_t *socket)
{
    zsock_set_sndhwm(socket, QUEUE);
    zsock_set_rcvhwm(socket, QUEUE);
    zsock_set_maxmsgsize(socket, GK_MDP_MAX_MESSAGE);
    zsock_set_sndtimeo(socket, 0);
    zsock_set_linger(socket, LINGER_MS);
    zsock_set_handshake_ivl(socket, HANDSHAKE_MS);
    zsock_set_ipv6(socket, 1);
    zsock_set_tcp_keepalive(socket, 1);
    zsock_set_tcp_keepalive_idle(socket, KEEPALIVE_S);
}

gk_err gk_socket_dealer(const char *endpoint, const void *id, size_t len, zsock_t **out, gk_why *why)
{
    gk_err err = gk_socket_check(endpoint, false, why);
    if (err)
        return err;
    gk_socket_no_signals();
    zsock_t *socket = zsock_new(ZMQ_DEALER);
    if (!socket)
        return gk_refuse(why, GK_EIO, "no socket could be made: %s", strerror(errno));
    gk_socket_limits(socket);
    zsock_set_immediate(socket, 1);
    zsock_set_reconnect_ivl(socket, RECONNECT_MS);
    zsock_set_reconnect_ivl_max(socket, RECONNECT_MOST_MS);
    /*  Not zsock_set_identity: that takes text, and a routing id is bytes. */
    if (id && zmq_setsockopt(zsock_resolve(socket), ZMQ_ROUTING_ID, id, len) != 0)
        err = gk_refuse(why, GK_EIO, "the routing id was not taken: %s", strerror(errno));
    else if (zsock_connect(socket, "%s", endpoint) != 0)
        err = gk_refuse(why, GK_EBADVALUE, "cannot connect to this endpoint: %s", strerror(errno));
    if (err)
        zsock_destroy(&socket);
    else
        *out = socket;
    return err;
}

bool gk_socket_send(zsock_t *socket, zmsg_t **msg_p)
{
    size_t frames = zmsg_size(*msg_p);
    if (zmsg_send(msg_p, socket) == 0)
        return true;
    if (zmsg_size(*msg_p) != frames)
        zmsg_destroy(msg_p);
    return false;
}
