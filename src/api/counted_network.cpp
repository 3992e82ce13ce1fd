#include "api/counted_network.h"

#include "base/address.h"

namespace orderd::api {

std::optional<std::int64_t> counted_network(const Request& in) {
    const auto& caller = in.caller();
    const auto address = IpAddress::parse(caller.address);
    const bool straight_from_here = address && address->loopback() && in.header("x-forwarded-for").empty();
    if (straight_from_here || caller.is(Role::viewer)) {
        return std::nullopt;
    }
    return in.store().vault().index("network", address ? address->counted_as() : caller.address);
}

}  // namespace orderd::api
