/*  gk_address - may a webhook go to this network address?
 *
 *  A webhook's URL comes from a person's settings and its host from the DNS, so without this
 *  guard anybody who may set one could make this program speak to the inside of the
 *  network (server-side request forgery).  The decision is about the resolved address, at the moment of connecting.
 */
#ifndef GK_ADDRESS_H
#define GK_ADDRESS_H

#include "base/err.h"

#include <sys/socket.h>

bool gk_address_is_loopback(const struct sockaddr *address);

/*  True for addresses of the public internet: not private, loopback, link-local, shared,
 *  multicast, documentation, nor an IPv4 one in an IPv6 disguise that is not public itself. */
bool gk_address_is_public(const struct sockaddr *address);

/*  True when `list` ("10.1.2.0/24,192.168.7.9,fd00:1::/32"; NULL or "": nothing) names it. */
bool gk_address_is_listed(const struct sockaddr *address, const char *list);

/*  GK_EBADVALUE, naming the entry that is no address or net. */
GK_CHECKED gk_err gk_address_check_list(const char *list, gk_why *why);

#endif
