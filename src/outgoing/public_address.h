#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/address.h"

namespace orderd::outgoing {

// The one rule for every URL that somebody else gave us to fetch (a webhook, a picture): global unicast addresses only.
// Otherwise they could reach what only the shop's machine can: its own services, its network, a cloud's metadata.

/// Whether an IPv4 address is global unicast, by IANA's registry of special-purpose addresses.
bool is_public_v4(const IpAddress& address);

/// Whether an IPv6 address is global unicast: in 2000::/3, except the registry's special ranges and those
/// that embed an IPv4 address.
bool is_public_v6(const IpAddress& address);

/// Checks a URL that is to be fetched, without resolving its name. Faults: it is not absolute, its port is
/// neither 443 nor above 1023, or its host is a non-public address in any form that the resolver accepts.
/// `private_allowed`: other ports, other addresses and plain HTTP are allowed.
///
/// @returns empty if it is valid; otherwise a text for the fault at the URL's field
std::string fault_of_fetched_url(const std::string& url, bool private_allowed);

/// Resolves a URL's host to the address to connect to. All addresses of the name must be public, and the
/// caller connects to the returned one, so that a name that changes in between cannot lead elsewhere.
/// Redirects are not followed.
///
/// @returns the address; or nullopt, with the reason in `problem`
std::optional<std::string> public_address(const std::string& host, std::string& problem);

class Client;

/// The same on a thread of its own: a name server that does not answer must not delay the program's end, which
/// Client::stop() begins.
std::optional<std::string> public_address_of(Client& client, const std::string& host, std::string& problem);

}  // namespace orderd::outgoing
