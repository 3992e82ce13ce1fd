#include "payments/gateway.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/errors.h"

namespace orderd::payments {

Gateway& Gateways::for_cards() const {
    if (all_.empty()) {
        throw Refusal(
            Reason::conflict, "gateway_not_configured",
            "this shop takes no cards: no payment gateway is set up; bank_transfer and cash_on_delivery work");
    }
    return *all_.front();
}

Gateway& Gateways::by_name(std::string_view name) const {
    const auto found = std::find_if(all_.begin(), all_.end(), [&](const auto& one) { return one->name() == name; });
    if (found == all_.end()) {
        throw GatewayTrouble(fmt::format("the payment gateway {} is not switched on", name));
    }
    return **found;
}

bool Gateways::has(std::string_view name) const {
    return std::any_of(all_.begin(), all_.end(), [&](const auto& one) { return one->name() == name; });
}

std::vector<std::string> Gateways::names() const {
    std::vector<std::string> names;
    for (const auto& gateway : all_) {
        names.emplace_back(gateway->name());
    }
    return names;
}

}  // namespace orderd::payments
