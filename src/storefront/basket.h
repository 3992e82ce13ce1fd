#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "storage/vault.h"

namespace orderd::storefront {

// What a visitor wants to buy. It lives in a signed cookie alone: nothing of it is stored, held or priced before the order.

struct BasketLine {
    std::string sku;
    Quantity quantity = 0;

    bool operator==(const BasketLine&) const = default;
};

/// At most budget::kBasketLines lines, each with 1 to kMaxOrderQuantity units, in the order in which they were added.
class Basket {
public:
    const std::vector<BasketLine>& lines() const { return lines_; }
    bool empty() const { return lines_.empty(); }
    Quantity units() const;

    /// Adds units of a product. @returns false if there is no room for another line
    bool add(const std::string& sku, Quantity quantity);
    /// Sets how many units there are of a product; 0 removes it. @returns false if there is no room for another line
    bool set(const std::string& sku, Quantity quantity);

    bool operator==(const Basket&) const = default;

private:
    std::vector<BasketLine> lines_;
};

/// The cookie's value.
std::string to_cookie(const storage::Vault& vault, const Basket& basket);
/// An empty basket for a cookie that the shop did not make.
Basket basket_from_cookie(const storage::Vault& vault, std::string_view cookie);

/// How many units a visitor asks for; nullopt for what is no number, below 0, or more than one order may have.
std::optional<Quantity> wanted_quantity(std::string_view text);

}  // namespace orderd::storefront
