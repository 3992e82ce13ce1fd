#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/shape.h"
#include "base/json.h"
#include "base/refused.h"
#include "catalog/stock.h"
#include "orders/bodies.h"
#include "orders/codes.h"
#include "orders/rates.h"

namespace orderd::orders {

inline constexpr Refused kTotalChanged{
    409, "total_changed",
    "The order would not cost what expected_total says: a price, a rate or a discount changed since it was shown. quote "
    "has what it costs now. Show that, and send it again with the new total."};

/// What an order is asked to have, before it is priced.
struct Asked {
    std::vector<catalog::Wanted> lines;
    DeliveryWish delivery;
    std::optional<std::string> discount_code;
};

/// @throws Refusal 422 for a line that names its product twice or not at all
std::vector<catalog::Wanted> wanted_lines(const std::vector<OrderLine>& items);

/// An order's lines and sums. A quote and a placement are made by the same function, so they agree.
struct Quote {
    std::vector<catalog::Line> lines;
    std::optional<DiscountCode> code;
    Sums sums;
};

/// @throws Refusal what catalog::price(), usable_code() and sums_of() refuse
Quote quote(const storage::View& view, const Rates& rates, const Asked& asked, Time now);

/// The quote's sums by rate, as those of an order that is placed by it.
std::vector<RateSum> taxes_of(const Quote& quote);

/// What each active delivery method would cost the order, computed as if it was placed with it. They are in the order in
/// which one is chosen: cheapest first, before any discount.
Offers offers_for(const Rates& rates, const Quote& quote, const DeliveryWish& wish, Time now);

/// `locale`: the customer's, for the methods' names.
Json to_json(const Quote& quote, const Offers& offers, const std::string& currency, std::string_view locale);
const api::Shape& quote_shape();

}  // namespace orderd::orders
