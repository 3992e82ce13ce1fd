#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fair_queue.h"

namespace orderd {

/// An IP address; one of version 4 is held as its mapping into version 6, so that both compare alike.
struct IpAddress {
    std::array<std::uint8_t, 16> bytes{};

    static std::optional<IpAddress> parse(std::string_view text);

    bool loopback() const;
    bool version_4() const;
    /// What limits count by: a customer of a provider has a whole /64 of version 6.
    std::string counted_as() const;
    /// The same for whoever has many of them: a /48 of version 6. Of version 4 the address itself.
    std::string site() const;

    bool operator==(const IpAddress&) const = default;
};

/// Address::counted_as() of an address as text; text that is not an address as it stands.
std::string counted_as(const std::string& address);

/// The host of "host:port", "[2001:db8::1]:port", or of a host alone.
std::string_view host_without_port(std::string_view text);

/// A host as it stands in a URL: an IPv6 address in brackets (RFC 3986, section 3.2.2).
std::string host_in_url(std::string_view host);

/// A range of addresses, as in 10.0.0.0/8, or one address.
class Network {
public:
    /// @throws std::invalid_argument for invalid text
    explicit Network(std::string_view text);

    bool contains(const IpAddress& address) const;

private:
    IpAddress base_;
    int bits_ = 128;
};

/// A stranger of that address, for a queue: bounded by it unless it is this machine's own.
Asker stranger_at(const std::string& address, bool known = false);

/// Where a request comes from.
struct Origin {
    std::string address;     ///< the client's
    bool forwarded = false;  ///< a configured proxy said so
    bool secure = false;     ///< the client speaks TLS: to us, or as a configured proxy says
    bool loopback = false;   ///< of `address`
    /// A peer on this machine says for whom it asks, and is not configured as a proxy: everyone behind it is one
    /// address.
    bool unconfigured_proxy = false;

    /// Whether limits by address count it: all but what comes straight from this machine.
    bool counted() const { return !loopback || forwarded || unconfigured_proxy; }
    /// Under what name.
    std::string counted_as() const;
    std::string site() const;
};

/// Believes X-Forwarded-For and X-Forwarded-Proto as far as configured proxies wrote them: from the right, up to the
/// first address that is no such proxy.
Origin origin_of(std::string_view peer, std::string_view forwarded_for, std::string_view forwarded_proto,
                 const std::vector<Network>& proxies);

}  // namespace orderd
