#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fair_queue.h"

namespace orderd {

/// An IP address. An IPv4 address is stored as an IPv4-mapped IPv6 address, so that both compare equal.
struct IpAddress {
    std::array<std::uint8_t, 16> bytes{};

    static std::optional<IpAddress> parse(std::string_view text);

    bool loopback() const;
    bool version_4() const;
    /// The key that limits count by: the IPv4 address, or the /64 of an IPv6 address, since a provider
    /// assigns a customer a whole /64.
    std::string counted_as() const;
    /// The key for limits on a whole site, which may have many such addresses: the /48 of an IPv6 address;
    /// the IPv4 address itself.
    std::string site() const;

    bool operator==(const IpAddress&) const = default;
};

/// IpAddress::counted_as() of a text; returns the text unchanged if it is not an address.
std::string counted_as(const std::string& address);

/// The host in "host:port", "[2001:db8::1]:port", or in a host without a port.
std::string_view host_without_port(std::string_view text);

/// A host as a URL writes it: an IPv6 address gets brackets (RFC 3986, section 3.2.2).
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

/// A stranger with this address, for a queue. The address bounds how many may wait, unless it is a loopback address.
Asker stranger_at(const std::string& address, bool known = false);

/// Where a request comes from.
struct Origin {
    std::string address;     ///< the client's
    bool forwarded = false;  ///< a configured proxy named the address
    bool secure = false;     ///< the client uses TLS: directly, or according to a configured proxy
    bool loopback = false;   ///< `address` is a loopback address
    /// A peer on this machine sends X-Forwarded-For but is not configured as a proxy: all clients behind it
    /// share one address.
    bool unconfigured_proxy = false;

    /// Whether limits by address count it: everything except direct requests from this machine.
    bool counted() const { return !loopback || forwarded || unconfigured_proxy; }
    /// The key that it is counted under.
    std::string counted_as() const;
    std::string site() const;
};

/// Trusts X-Forwarded-For and X-Forwarded-Proto only as far as configured proxies wrote them: reads from the
/// right, up to the first address that is not a configured proxy.
Origin origin_of(std::string_view peer, std::string_view forwarded_for, std::string_view forwarded_proto,
                 const std::vector<Network>& proxies);

}  // namespace orderd
