#include "base/address.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "base/text.h"

namespace orderd {
namespace {

constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

}  // namespace

std::string host_in_url(std::string_view host) {
    return host.find(':') == std::string_view::npos ? std::string(host) : fmt::format("[{}]", host);
}

std::string_view host_without_port(std::string_view text) {
    if (!text.empty() && text.front() == '[') {
        return text.substr(1, text.find(']') - 1);
    }
    return std::count(text.begin(), text.end(), ':') == 1 ? text.substr(0, text.find(':')) : text;
}

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
    if (text.find('\0') != std::string_view::npos) {
        return std::nullopt;  // inet_pton() would not see what follows it
    }
    const std::string terminated(text);
    IpAddress address;
    in_addr four{};
    if (::inet_pton(AF_INET, terminated.c_str(), &four) == 1) {
        std::copy(kMapped.begin(), kMapped.end(), address.bytes.begin());
        const auto* raw = reinterpret_cast<const std::uint8_t*>(&four);
        std::copy(raw, raw + 4, address.bytes.begin() + 12);
        return address;
    }
    if (::inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) == 1) {
        return address;
    }
    return std::nullopt;
}

bool IpAddress::version_4() const { return std::equal(kMapped.begin(), kMapped.end(), bytes.begin()); }

bool IpAddress::loopback() const {
    IpAddress one;
    one.bytes[15] = 1;
    return *this == one || (version_4() && bytes[12] == 127);
}

std::string IpAddress::counted_as() const {
    return {reinterpret_cast<const char*>(bytes.data()), version_4() ? std::size_t{16} : std::size_t{8}};
}

std::string IpAddress::site() const {
    return {reinterpret_cast<const char*>(bytes.data()), version_4() ? std::size_t{16} : std::size_t{6}};
}

std::string counted_as(const std::string& address) {
    const auto parsed = IpAddress::parse(address);
    return parsed ? parsed->counted_as() : address;
}

std::string Origin::counted_as() const { return orderd::counted_as(address); }

std::string Origin::site() const {
    const auto parsed = IpAddress::parse(address);
    return parsed ? parsed->site() : address;
}

Network::Network(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = IpAddress::parse(text.substr(0, slash));
    if (!address) {
        throw std::invalid_argument(fmt::format("{} is not an address or a range of addresses", text));
    }
    base_ = *address;
    if (slash != std::string_view::npos) {
        const auto bits = parse_integer(text.substr(slash + 1));
        const int most = base_.version_4() ? 32 : 128;
        if (!bits || *bits > most) {
            throw std::invalid_argument(fmt::format("{}: the number after the slash must be 0 to {}", text, most));
        }
        bits_ = static_cast<int>(*bits) + (128 - most);
    }
}

bool Network::contains(const IpAddress& address) const {
    const auto whole = static_cast<std::size_t>(bits_ / 8);
    if (!std::equal(base_.bytes.begin(), base_.bytes.begin() + static_cast<std::ptrdiff_t>(whole),
                    address.bytes.begin())) {
        return false;
    }
    const int rest = bits_ % 8;
    return rest == 0 || ((base_.bytes.at(whole) ^ address.bytes.at(whole)) >> (8 - rest)) == 0;
}

Asker stranger_at(const std::string& address, bool known) {
    const auto parsed = IpAddress::parse(address);
    return {
        .address = parsed ? parsed->counted_as() : address, .known = known, .bounded = !parsed || !parsed->loopback()};
}

Origin origin_of(std::string_view peer, std::string_view forwarded_for, std::string_view forwarded_proto,
                 const std::vector<Network>& proxies) {
    Origin origin{.address = std::string(peer)};
    const auto trusted = [&](const std::optional<IpAddress>& address) {
        return address && std::any_of(proxies.begin(), proxies.end(),
                                      [&](const Network& network) { return network.contains(*address); });
    };
    auto address = IpAddress::parse(peer);
    origin.unconfigured_proxy = address && address->loopback() && !trusted(address) && !trimmed(forwarded_for).empty();
    if (!proxies.empty() && trusted(address)) {
        origin.secure = equal_ignoring_case(trimmed(forwarded_proto), "https");
        origin.forwarded = !forwarded_for.empty();
        while (!forwarded_for.empty() && trusted(address)) {
            const auto comma = forwarded_for.rfind(',');
            const auto entry = host_without_port(  // some proxies write a port, or brackets
                trimmed(comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1)));
            forwarded_for = comma == std::string_view::npos ? std::string_view() : forwarded_for.substr(0, comma);
            const auto next = IpAddress::parse(entry);
            if (!next) {
                break;  // not written by a configured proxy: the last proxy is all that is known
            }
            address = next;
            origin.address = std::string(entry);
        }
    }
    origin.loopback = address && address->loopback();
    return origin;
}

}  // namespace orderd
