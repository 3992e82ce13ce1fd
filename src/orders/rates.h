#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "accounts/customer.h"
#include "api/shape.h"
#include "base/json.h"
#include "base/money.h"
#include "base/refused.h"
#include "base/time.h"
#include "base/time_zone.h"
#include "orders/holding.h"
#include "orders/order.h"
#include "orders/sums.h"
#include "storage/store.h"

namespace orderd::orders {

inline constexpr Refused kNotShippedThere{422, "not_shipped_there",
                                          "The shop does not ship to the country of the address; country repeats it. "
                                          "Offer the countries in the shop's shipping rates."};
inline constexpr Refused kTotalOutOfRange{
    422, "total_out_of_range",
    "The order's total is larger than the shop takes in one order. Split it into several orders."};

/// What shipping costs to a country.
struct ShippingRate {
    std::string country;  ///< ISO 3166-1 alpha-2, or "*": every country without its own rate
    Money amount;
    std::optional<Money> free_above;  ///< free if the goods, after discount, cost this or more
};

/// The shop's settings for placing orders: "tax", "shipping", "reservation_minutes" and "guest_limits".
struct Rates {
    PriceRules price;
    std::vector<ShippingRate> shipping;  ///< empty: shipping is free everywhere
    Duration reservation = minutes(30);  ///< how long an order that is to be paid at once holds its stock
    GuestLimits guest_limits;
    std::shared_ptr<const TimeZone> zone;  ///< of the shop: a tax rate begins with its day
};

/// Reads the rates from the database; the defaults are above.
Rates read_rates(const storage::View& view);

/// Checks what shipping costs, when the settings change.
///
/// @throws Refusal 422 `price_off_step`
void require_shipping_on_step(const storage::View& view);

Json shipping_json(const Rates& rates);
api::Shape shipping_shape();

/// The sums of an order at these rates, on the shop's day.
///
/// @throws Refusal 422 `not_shipped_there` if no shipping rate covers the country; what compute() refuses
Sums sums_of(const Rates& rates, const Basket& basket, Time now);

/// The rates in use, read again when a commit touched the settings. Thread-safe.
class RatesCache {
public:
    explicit RatesCache(storage::Store& store) : store_(store) {}
    std::shared_ptr<const Rates> get();

private:
    storage::Store& store_;
    Mutex mutex_;
    std::shared_ptr<const Rates> rates_ GUARDED_BY(mutex_);
    std::uint64_t generation_ GUARDED_BY(mutex_) = 0;
};

}  // namespace orderd::orders
