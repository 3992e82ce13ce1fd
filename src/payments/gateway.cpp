#include "payments/gateway.h"

#include <fmt/format.h>

#include <algorithm>

namespace orderd::payments {

Gateway& Gateways::by_name(std::string_view name) const {
    auto* gateway = find(name);
    if (gateway == nullptr) {
        throw GatewayTrouble(fmt::format("the payment gateway {} is not switched on", name));
    }
    return *gateway;
}

Gateway* Gateways::find(std::string_view name) const {
    const auto found = std::find_if(all_.begin(), all_.end(), [&](const auto& one) { return one->name() == name; });
    return found == all_.end() ? nullptr : found->get();
}

}  // namespace orderd::payments
