#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/language.h"
#include "orders/quoting.h"
#include "storefront/basket.h"

namespace orderd::storefront {

// What a basket costs, as far as it is known yet. Every price is of orders::quote(), which prices orders too.

/// A line of which less can be had than is wanted.
struct ShortLine {
    std::string sku;
    std::string name;
    Quantity wanted = 0;
    Quantity available = 0;
};

struct Priced {
    Basket basket;                     ///< of what is on sale, with the SKUs as the shop writes them
    std::vector<std::string> gone;     ///< SKUs that are not on sale any more, and are in the basket no longer
    std::vector<std::string> reduced;  ///< names of products of which one order may have less
    std::vector<ShortLine> short_lines;
    std::vector<catalog::Line> lines;    ///< in the basket's order
    std::optional<orders::Quote> quote;  ///< nullopt: the basket is empty, or cannot be delivered as it stands
    orders::Offers offers;
    Json fitting = Json::array();  ///< what can be chosen, as offers_json() has it
    std::string delivery_fault;    ///< codes of refusals; empty: none
    std::string code_fault;
    std::string region_fault;
};

/// What a visitor wants to know the price of.
struct Wish {
    orders::DeliveryWish delivery;
    std::string discount_code;  ///< empty: none
};

/// The basket without what is not on sale any more.
Priced checked_basket(const storage::View& view, const Basket& basket);

/// @throws Refusal  for what a visitor cannot change: a total that is out of range
Priced priced_basket(const storage::View& view, const orders::Rates& rates, const Basket& basket, const Wish& wish,
                     std::string_view locale, Time now);

/// What templates need of it: "items", the sums of shop_sums.html, "gone", "reduced", "short".
Json priced_values(const Priced& priced, const Language& words, const std::string& currency);

}  // namespace orderd::storefront
