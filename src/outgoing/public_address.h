#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/address.h"

namespace orderd::outgoing {

// The one rule for every address that is fetched because somebody named it (a webhook, a picture): global unicast only.
// Whoever names it must not reach what only the shop's machine can: its own services, its network, a cloud's metadata.

/// Whether an address of version 4 is global unicast, by IANA's registry of special-purpose addresses.
bool is_public_v4(const IpAddress& address);

/// The same of version 6: of 2000::/3 alone, less what the registry takes out, and what carries version 4 inside.
bool is_public_v6(const IpAddress& address);

/// What is wrong with a URL that is to be fetched, as far as it can be seen without asking for its name: it is not
/// absolute, its port is neither 443 nor above 1023, or its host is not a public address in any form that the resolver
/// takes. `private_allowed`: other ports, other addresses and plain HTTP may be used.
///
/// @returns empty if nothing is; else a text for the fault at the URL's field
std::string fault_of_fetched_url(const std::string& url, bool private_allowed);

/// The address to connect to for a URL's host. Every address that the name has must be a public one, and the connection
/// goes to the one that was looked at: a name that changes in between leads nowhere else. Redirects are not followed.
///
/// @returns the address, or nothing, with the reason in `problem`
std::optional<std::string> public_address(const std::string& host, std::string& problem);

}  // namespace orderd::outgoing
