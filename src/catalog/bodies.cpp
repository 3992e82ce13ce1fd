#include "catalog/bodies.h"

#include <fmt/format.h>

#include "base/errors.h"

namespace orderd::catalog {

void check_currency(const std::optional<std::string>& named, std::string_view own, std::string_view pointer) {
    if (named && *named != own) {
        throw invalid(fmt::format("{}/currency", pointer),
                      fmt::format("{} is not the shop's currency, which is {}", *named, own));
    }
}

void check_update(const ProductUpdate& wanted, std::string_view currency, std::string_view pointer) {
    std::vector<Fault> faults;
    const auto fault = [&](std::string_view member, std::string detail) {
        faults.push_back({fmt::format("{}{}", pointer, member), std::move(detail)});
    };
    if (wanted.currency && *wanted.currency != currency) {
        fault("/currency", fmt::format("{} is not the shop's currency, which is {}", *wanted.currency, currency));
    }
    if (wanted == ProductUpdate{}) {
        fault("", "it names nothing to change");
    }
    if (wanted.quantity && wanted.adjust) {
        fault("/adjust", "quantity sets the stock and adjust changes it: one of them at a time");
    }
    if (wanted.adjust && !wanted.reason) {
        fault("/reason", "is required with adjust: received, adjusted, damaged or corrected");
    }
    if (!wanted.quantity && !wanted.adjust) {
        if (wanted.reason) {
            fault("/reason", "goes with quantity or adjust");
        }
        if (wanted.note) {
            fault("/note", "goes with quantity or adjust");
        }
    }
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
}

std::optional<StockChange> stock_change_of(const ProductUpdate& wanted) {
    if (!wanted.quantity && !wanted.adjust) {
        return std::nullopt;
    }
    return StockChange{.on_hand = wanted.quantity,
                       .delta = wanted.adjust,
                       .reason = wanted.reason.value_or(MovementReason::corrected),
                       .note = wanted.note.value_or("")};
}

}  // namespace orderd::catalog
