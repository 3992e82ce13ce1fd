#include "outgoing/public_address.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <memory>
#include <system_error>
#include <utility>

#include "outgoing/client.h"

namespace orderd::outgoing {

namespace {

constexpr int kHttps = 443;
constexpr int kFirstUnprivileged = 1024;

template <std::size_t n>
bool is_in(const std::array<Network, n>& networks, const IpAddress& address) {
    return std::any_of(networks.begin(), networks.end(),
                       [&](const Network& network) { return network.contains(address); });
}

using Addresses = std::unique_ptr<addrinfo, void (*)(addrinfo*)>;

/// Resolves a host. @returns null if it has no address
Addresses addresses_of(const std::string& host, int flags) {
    addrinfo wanted{};
    wanted.ai_family = AF_UNSPEC;
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = flags;
    addrinfo* found = nullptr;
    const int status = ::getaddrinfo(host.c_str(), nullptr, &wanted, &found);
    return {status == 0 ? found : nullptr, [](addrinfo* list) {
                if (list != nullptr) {
                    ::freeaddrinfo(list);
                }
            }};
}

std::string text_of(const addrinfo& found) {
    char text[INET6_ADDRSTRLEN] = "";
    if (found.ai_family == AF_INET) {
        ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(found.ai_addr)->sin_addr, text, sizeof text);
    } else if (found.ai_family == AF_INET6) {
        ::inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6*>(found.ai_addr)->sin6_addr, text, sizeof text);
    }
    return text;
}

bool all_public(const addrinfo& first) {
    for (const auto* at = &first; at != nullptr; at = at->ai_next) {
        const auto address = IpAddress::parse(text_of(*at));
        if (!address || !(at->ai_family == AF_INET ? is_public_v4(*address) : is_public_v6(*address))) {
            return false;
        }
    }
    return true;
}

}  // namespace

bool is_public_v4(const IpAddress& address) {
    static const std::array kSpecial{
        Network("0.0.0.0/8"),        // this network
        Network("10.0.0.0/8"),       // private
        Network("100.64.0.0/10"),    // carrier-grade NAT
        Network("127.0.0.0/8"),      // this machine
        Network("169.254.0.0/16"),   // link-local; clouds' metadata
        Network("172.16.0.0/12"),    // private
        Network("192.0.0.0/24"),     // IETF protocols
        Network("192.0.2.0/24"),     // documentation
        Network("192.88.99.0/24"),   // 6to4 relays, deprecated
        Network("192.168.0.0/16"),   // private
        Network("198.18.0.0/15"),    // benchmarks
        Network("198.51.100.0/24"),  // documentation
        Network("203.0.113.0/24"),   // documentation
        Network("224.0.0.0/4"),      // multicast
        Network("240.0.0.0/4"),      // reserved, broadcast
    };
    return address.version_4() && !is_in(kSpecial, address);
}

bool is_public_v6(const IpAddress& address) {
    static const Network kGlobalUnicast("2000::/3");
    static const std::array kSpecial{
        Network("2001::/23"),      // IETF protocols, including Teredo and ORCHID
        Network("2001:db8::/32"),  // documentation
        Network("2002::/16"),      // 6to4: embeds IPv4
        Network("3fff::/20"),      // documentation
    };
    return kGlobalUnicast.contains(address) && !is_in(kSpecial, address);
}

std::string fault_of_fetched_url(const std::string& url, bool private_allowed) {
    const int port = port_of_url(url);
    const auto host = host_of_url(url);
    if (!host.empty() && (port < 1 || port > 65'535)) {
        return fmt::format("has the port {}; a port is 1 to 65535", port);
    }
    if (!is_outgoing_url(url, private_allowed)) {
        return "is not an absolute https URL";
    }
    if (private_allowed) {
        return "";
    }
    const auto numeric = addresses_of(host, AI_NUMERICHOST);
    if (is_this_machine(host) || (numeric && !all_public(*numeric))) {
        return fmt::format("{} is not a public address, and such are asked only if orderd runs with --private-webhooks",
                           host);
    }
    if (port != kHttps && port < kFirstUnprivileged) {
        return fmt::format("has the port {}; it is {}, or above {}", port, kHttps, kFirstUnprivileged - 1);
    }
    return "";
}

std::optional<std::string> public_address(const std::string& host, std::string& problem) {
    const auto addresses = addresses_of(host, 0);
    if (!addresses) {
        problem = "its name cannot be resolved";
        return std::nullopt;
    }
    if (!all_public(*addresses)) {
        problem = "its address is not a public one (--private-webhooks lets webhooks go there)";
        return std::nullopt;
    }
    return text_of(*addresses);
}

std::optional<std::string> public_address_of(Client& client, const std::string& host, std::string& problem) {
    try {
        auto found = client.apart().run([host] {
            std::string why;
            auto address = public_address(host, why);
            return std::pair(std::move(address), std::move(why));
        });
        problem = found ? std::move(found->second) : "the name server was not asked: orderd is stopping";
        return found ? std::move(found->first) : std::nullopt;
    } catch (const std::system_error& error) {
        problem = error.what();
        return std::nullopt;
    }
}

}  // namespace orderd::outgoing
