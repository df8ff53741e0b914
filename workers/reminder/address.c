/*  gk_address - may a webhook go to this network address?
 *
 *  Every address becomes 16 bytes (IPv4 as ::ffff:a.b.c.d), so that one comparison of
 *  leading bits serves both families and every disguise.
 */
#include "workers/reminder/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
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

/*  "10.0.0.0/8", "fd00::/8" or one address. */
static bool from_text(const char *text, size_t len, net *out)
{
    char copy[INET6_ADDRSTRLEN + 4];
    unsigned char four[4];
    if (len == 0 || len >= sizeof copy)
        return false;
    memcpy(copy, text, len);
    copy[len] = 0;
    char *slash = strchr(copy, '/'), *end = "";
    if (slash)
        *slash++ = 0;
    bool is_v4 = inet_pton(AF_INET, copy, four) == 1;
    if (is_v4)
        set_v4(out, four);
    else if (inet_pton(AF_INET6, copy, out->bytes) != 1)
        return false;
    long most = is_v4 ? 32 : 128, bits = slash ? strtol(slash, &end, 10) : most;
    if (*end || bits < 0 || bits > most || (slash && (*slash < '0' || *slash > '9')))
        return false;
    out->bits = (int) (is_v4 ? 96 + bits : bits);
    return true;
}

static bool contains(const net *wide, const net *one)
{
    int whole = wide->bits / 8, rest = wide->bits % 8;
    if (memcmp(wide->bytes, one->bytes, (size_t) whole))
        return false;
    unsigned mask = 0xff00u >> rest & 0xff;
    return rest == 0 || (wide->bytes[whole] & mask) == (one->bytes[whole] & mask);
}

static bool in_net(const char *text, const net *one)
{
    net wide;
    return from_text(text, strlen(text), &wide) && contains(&wide, one);
}

static bool is_loopback(const net *one)
{
    return in_net("127.0.0.0/8", one) || in_net("::1", one);
}

bool gk_address_is_loopback(const struct sockaddr *address)
{
    net one;
    return from_socket(address, &one) && is_loopback(&one);
}

/*  IANA's special-purpose registries.  Of IPv6 only 2000::/3 is given out, so the table
 *  names what is special inside it. */
static bool is_public(const net *one)
{
    static const char *const special[] = {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    };
    if (!in_net("2000::/3", one) && !in_net("::ffff:0:0/96", one))
        return false;
    for (size_t i = 0; i < sizeof special / sizeof *special; i++)
        if (in_net(special[i], one))
            return false;
    return true;
}

bool gk_address_is_public(const struct sockaddr *address)
{
    net one;
    return from_socket(address, &one) && is_public(&one);
}

/*  Take the next entry off the list; false at its end. */
static bool next_entry(const char **list, const char **entry, size_t *len)
{
    if (!*list || !**list)
        return false;
    *entry = *list;
    *len = strcspn(*list, ",");
    *list += *len + ((*list)[*len] == ',');
    return true;
}

bool gk_address_is_listed(const struct sockaddr *address, const char *list)
{
    net one, wide;
    const char *entry;
    size_t len;
    if (!from_socket(address, &one))
        return false;
    while (next_entry(&list, &entry, &len))
        if (from_text(entry, len, &wide) && contains(&wide, &one))
            return true;
    return false;
}

gk_err gk_address_check_list(const char *list, gk_why *why)
{
    net ignored;
    const char *entry;
    size_t len;
    while (next_entry(&list, &entry, &len))
        if (!from_text(entry, len, &ignored))
            return gk_refuse(why, GK_EBADVALUE, "--webhook-allow: \"%.*s\" is no address or net such as 10.1.2.0/24",
                             len < 60 ? (int) len : 60, entry);
    return GK_OK;
}
