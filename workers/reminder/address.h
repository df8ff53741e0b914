/*  gk_address - may a webhook go to this network address?
 *
 *  A webhook's URL comes from a setting and its host from the DNS, so without this guard
 *  whoever may set one could make this program speak to the inside of the network
 *  (server-side request forgery).  The question is put about the resolved address, at the
 *  moment of connecting.
 */
#ifndef GK_ADDRESS_H
#define GK_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

bool gk_address_is_loopback(const struct sockaddr *address);

/*  10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and fc00::/7: an agency's own networks. */
bool gk_address_is_private(const struct sockaddr *address);

/*  True for addresses of the public internet: not private, loopback, link-local, shared,
 *  multicast, documentation, nor an IPv4 one in an IPv6 disguise that is not public itself. */
bool gk_address_is_public(const struct sockaddr *address);

#endif
