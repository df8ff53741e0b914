/*  gk_address - may a webhook go to this network address?
 *
 *  Every address becomes 16 bytes (IPv4 as ::ffff:a.b.c.d), so that one comparison of
 *  leading bits serves both families and every disguise.
 */
#include "workers/reminder/address.h"

#include <arpa/inet.h>
#include <assert.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

typedef struct net {
    unsigned char bytes[16];
    int bits;
} net;

static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };

static void set_v4(net *out, const void *four)
{
    memcpy(out->bytes, mapped, sizeof mapped);
    memcpy(out->bytes + 12, four, 4);
}

static bool from_socket(const struct sockaddr *address, net *out)
{
    if (address->sa_family == AF_INET)
        set_v4(out, &((const struct sockaddr_in *) (const void *) address)->sin_addr);
    else if (address->sa_family == AF_INET6)
        memcpy(out->bytes, &((const struct sockaddr_in6 *) (const void *) address)->sin6_addr, 16);
    else
        return false;
    out->bits = 128;
    return true;
}

/*  One of our tables' nets, "10.0.0.0/8" or "fc00::/7". */
static net from_text(const char *text)
{
    net out;
    char copy[INET6_ADDRSTRLEN];
    unsigned char four[4];
    size_t len = strcspn(text, "/");
    assert(len < sizeof copy && text[len] == '/');
    memcpy(copy, text, len);
    copy[len] = 0;
    out.bits = atoi(text + len + 1);
    if (inet_pton(AF_INET, copy, four) == 1) {
        set_v4(&out, four);
        out.bits += 96;
        return out;
    }
    int fine = inet_pton(AF_INET6, copy, out.bytes);
    assert(fine == 1);
    return out;
}

static bool contains(const net *wide, const net *one)
{
    int whole = wide->bits / 8, rest = wide->bits % 8;
    if (memcmp(wide->bytes, one->bytes, (size_t) whole))
        return false;
    unsigned mask = 0xff00u >> rest & 0xff;
    return rest == 0 || (wide->bytes[whole] & mask) == (one->bytes[whole] & mask);
}

static bool in_any(const char *const *nets, const net *one)
{
    for (; *nets; nets++) {
        net wide = from_text(*nets);
        if (contains(&wide, one))
            return true;
    }
    return false;
}

bool gk_address_is_loopback(const struct sockaddr *address)
{
    static const char *const nets[] = { "127.0.0.0/8", "::1/128", NULL };
    net one;
    return from_socket(address, &one) && in_any(nets, &one);
}

bool gk_address_is_private(const struct sockaddr *address)
{
    static const char *const nets[] = { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", NULL };
    net one;
    return from_socket(address, &one) && in_any(nets, &one);
}

/*  IANA's special-purpose registries.  Of IPv6 only 2000::/3 is given out, so `special`
 *  names what is special inside it. */
bool gk_address_is_public(const struct sockaddr *address)
{
    static const char *const given_out[] = { "2000::/3", "::ffff:0:0/96", NULL };
    static const char *const special[] = {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", NULL
    };
    net one;
    return from_socket(address, &one) && in_any(given_out, &one) && !in_any(special, &one);
}
