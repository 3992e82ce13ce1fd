#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "accounts/contact.h"
#include "base/money.h"
#include "base/refused.h"
#include "base/time.h"
#include "base/time_zone.h"
#include "orders/delivery.h"
#include "orders/holding.h"
#include "orders/order.h"
#include "orders/sums.h"
#include "storage/from_settings.h"

namespace orderd::orders {

inline constexpr Refused kTotalOutOfRange{
    422, "total_out_of_range",
    "The order's total is larger than the shop takes in one order. Split it into several orders."};

/// The shop's delivery methods, and its settings for placing orders: "tax", "reservation_minutes" and "guest_limits".
struct Rates {
    PriceRules price;
    DeliveryMethods delivery;            ///< empty: delivery is free everywhere
    Duration reservation = minutes(30);  ///< how long an order that is to be paid at once holds its stock
    GuestLimits guest_limits;
    std::shared_ptr<const TimeZone> zone;  ///< of the shop: a tax rate begins with its day
};

/// Reads the rates from the database; the defaults are above.
Rates read_rates(const storage::View& view);

/// How an order is to get to its customer.
struct DeliveryWish {
    accounts::Address to;                         ///< whose tax holds, unless the order is picked up
    std::optional<DeliveryMethodId> method = {};  ///< nullopt: the cheapest that fits
};

/// The sums of an order at these rates, on the shop's day. `basket.to` is replaced by the place whose tax holds.
///
/// @throws Refusal what DeliveryMethods::choose() and compute() refuse
Sums sums_of(const Rates& rates, Basket basket, const DeliveryWish& wish, Time now);

/// The rates in use.
class RatesCache : public storage::FromSettings<Rates> {
public:
    explicit RatesCache(storage::Store& store) : FromSettings(store, read_rates) {}
};

}  // namespace orderd::orders
