#include "catalog/price_step.h"

#include <fmt/format.h>

#include "base/errors.h"
#include "storage/settings.h"

namespace orderd::catalog {

namespace {

constexpr auto kOffStep = "SELECT sku, price FROM product WHERE status = 'active' AND price % ?1 <> 0 LIMIT 1";

bool offers_cards(const storage::View& view) {
    const auto methods = settings::read(view, "payment_methods");
    return !methods || methods->value("card", true);
}

}  // namespace

Money price_step(const storage::View& view) {
    const auto step = card_step(settings::currency(view));
    return step.minor == 1 || offers_cards(view) ? step : Money{1};
}

void require_on_step(Money price, Money step, std::string_view currency, std::string_view what,
                     std::string_view pointer) {
    if (is_multiple(price, step)) {
        return;
    }
    const auto fault =
        fmt::format("is {}; cards are charged in steps of {}", price.minor, format_money(step, currency));
    auto refusal = Refusal(kPriceOffStep, fmt::format("{} {}", what, fault)).with("price_step", step.minor);
    if (pointer.empty()) {
        throw std::move(refusal);
    }
    throw std::move(refusal).at({{std::string(pointer), fault}});
}

void require_products_on_step(const storage::View& view) {
    const auto step = price_step(view);
    if (step.minor == 1) {
        return;
    }
    const auto found = view.first(
        kOffStep, [](const storage::Row& row) { return std::pair(row.get<std::string>(0), row.get<Money>(1)); }, step);
    if (found) {
        require_on_step(found->second, step, settings::currency(view), fmt::format("the price of {}", found->first));
    }
}

}  // namespace orderd::catalog
