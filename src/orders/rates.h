#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounts/customer.h"
#include "api/shape.h"
#include "base/json.h"
#include "base/money.h"
#include "base/refused.h"
#include "base/time.h"
#include "catalog/stock.h"
#include "orders/holding.h"
#include "orders/order.h"
#include "storage/store.h"

namespace orderd::orders {

inline constexpr Refused kNotShippedThere{422, "not_shipped_there",
                                          "The shop does not ship to the country of the address; country repeats it. "
                                          "Offer the countries in the shop's shipping rates."};
inline constexpr Refused kRegionNotTaxed{
    422, "region_not_taxed",
    "The shop has tax rates for regions of the country, and none is known to fit the address: its region is missing, is not "
    "a known one, or has no rate. country and region repeat it, and regions lists those with a rate. Ask for the region, "
    "by its ISO 3166-2 code or its name."};
inline constexpr Refused kTotalOutOfRange{
    422, "total_out_of_range",
    "The order's total is larger than the shop takes in one order. Split it into several orders."};

/// The tax rate of a country, or of a region in it. A region's rate takes precedence over its country's.
struct TaxRate {
    std::string country;  ///< ISO 3166-1 alpha-2
    std::string region;   ///< its region_key() ("CA"); empty: the whole country
    Rate rate;
};

/// What shipping costs to a country.
struct ShippingRate {
    std::string country;  ///< ISO 3166-1 alpha-2, or "*": every country without its own rate
    Money amount;
    std::optional<Money> free_above;  ///< free if the goods, after discount, cost this or more
};

/// The shop's settings for placing orders: "tax", "shipping", "reservation_minutes" and "guest_limits".
struct Rates {
    bool prices_include_tax = true;
    bool tax_shipping = true;            ///< shipping is taxed at the rate of the goods
    std::vector<TaxRate> tax;            ///< a country that is not listed has no tax
    std::vector<ShippingRate> shipping;  ///< empty: shipping is free everywhere
    Money step{1};                       ///< prices are multiples of it, and tax is rounded to it
    std::string currency;                ///< for messages
    Duration reservation = minutes(30);  ///< how long an order that is to be paid at once holds its stock
    GuestLimits guest_limits;
};

/// Reads the rates from the database; the defaults are above.
Rates read_rates(const storage::View& view);

/// What the shape of the tax settings cannot detect: regions that do not exist, and rates for the same place.
void check_tax(const Json& settings, std::vector<Fault>& faults);

/// Checks what shipping costs, when the settings change.
///
/// @throws Refusal 422 `price_off_step`
void require_shipping_on_step(const storage::View& view);

Json tax_json(const Rates& rates);
Json shipping_json(const Rates& rates);
api::Shape tax_shape();
api::Shape shipping_shape();

/// The sums of an order, and the tax of each line (in `line_tax`, in the lines' order).
///
/// Tax is rounded once per line, half a minor unit away from zero; shipping is its own line. So the lines'
/// shown amounts add up to what is paid, and a line costs the same in every order. If prices include tax,
/// tax_included shows it and it adds nothing; otherwise it is added (tax).
///
/// While the shop offers cards, amounts are multiples of what cards are charged in (Rates::step): tax is rounded to
/// it, and a price off it is refused.
///
/// @throws Refusal 422 `not_shipped_there` if no shipping rate covers the country; `region_not_taxed` if the country has
///         rates for regions, and none is known to fit; `total_out_of_range` above kMaxTotal; `price_off_step`
Totals totals(const Rates& rates, const std::vector<catalog::Line>& lines, const accounts::Address& to,
              std::vector<Money>& line_tax);

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
