#include "storefront/basket.h"

#include <algorithm>

#include "base/budgets.h"
#include "base/json.h"
#include "base/text.h"
#include "storefront/signing.h"

namespace orderd::storefront {

namespace {

constexpr auto kBasketPurpose = "basket";

}  // namespace

Quantity Basket::units() const {
    Quantity all = 0;
    for (const auto& line : lines_) {
        all += line.quantity;
    }
    return all;
}

bool Basket::add(const std::string& sku, Quantity quantity) {
    const auto found = std::find_if(lines_.begin(), lines_.end(), [&](const auto& line) { return line.sku == sku; });
    return set(sku, (found == lines_.end() ? 0 : found->quantity) + quantity);
}

bool Basket::set(const std::string& sku, Quantity quantity) {
    const auto found = std::find_if(lines_.begin(), lines_.end(), [&](const auto& line) { return line.sku == sku; });
    const auto units = std::clamp<Quantity>(quantity, 0, kMaxOrderQuantity);
    if (found != lines_.end()) {
        if (units == 0) {
            lines_.erase(found);
        } else {
            found->quantity = units;
        }
        return true;
    }
    if (units == 0) {
        return true;
    }
    std::size_t bytes = sku.size();
    for (const auto& line : lines_) {
        bytes += line.sku.size();
    }
    if (sku.empty() || lines_.size() == budget::kBasketLines || bytes > budget::kBasketText) {
        return false;
    }
    lines_.push_back({sku, units});
    return true;
}

std::string to_cookie(const storage::Vault& vault, const Basket& basket) {
    auto lines = Json::array();
    for (const auto& line : basket.lines()) {
        lines.push_back(line.sku);
        lines.push_back(line.quantity);
    }
    return basket.empty() ? std::string() : signed_text(vault, kBasketPurpose, json_text(lines));
}

Basket basket_from_cookie(const storage::Vault& vault, std::string_view cookie) {
    Basket basket;
    const auto text = text_of_signed(vault, kBasketPurpose, cookie);
    if (!text) {
        return basket;
    }
    const auto lines = stored_json(*text);  // the shop's own, by its signature
    for (std::size_t i = 0; i + 1 < lines.size(); i += 2) {
        basket.set(lines.at(i).get<std::string>(), lines.at(i + 1).get<Quantity>());
    }
    return basket;
}

std::optional<Quantity> wanted_quantity(std::string_view text) {
    auto digits = trimmed(text);
    while (digits.size() > 1 && digits.front() == '0') {  // people and browsers send "02"
        digits.remove_prefix(1);
    }
    const auto number = parse_integer(digits);
    return number && *number <= kMaxOrderQuantity ? std::optional<Quantity>(*number) : std::nullopt;
}

}  // namespace orderd::storefront
