#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "accounts/contact.h"
#include "api/shape.h"
#include "base/json.h"
#include "base/money.h"
#include "base/refused.h"
#include "base/time_zone.h"
#include "catalog/tax_class.h"
#include "storage/view.h"

namespace orderd::orders {

inline constexpr Refused kRegionNotTaxed{
    422, "region_not_taxed",
    "The shop has tax rates for regions of the country, and none is known to fit the address: its region is missing, is not "
    "a known one, or has no rate. country and region repeat it, and regions lists those with a rate. Ask for the region, "
    "by its ISO 3166-2 code or its name."};

/// A tax rate of a country, or of a region in it.
struct TaxRate {
    std::string country;  ///< ISO 3166-1 alpha-2
    std::string region;   ///< its region_key() ("CA"); empty: the whole country
    catalog::TaxClass tax_class = catalog::TaxClass::standard;
    std::optional<Day> from;  ///< the day from which it holds, in place of those before; nullopt: it always did
    Rate rate;
    bool confirmed = true;  ///< an owner looked at it; false: it is from the list of defaults
    std::string source;     ///< of a default
};

/// The setting "tax".
struct TaxSettings {
    bool prices_include_tax = true;
    bool shipping_taxed = true;
    std::optional<catalog::TaxClass> shipping_class;  ///< nullopt: each good's rate, in proportion to what it costs
    bool same_price_untaxed =
        false;                   ///< what includes tax costs the same where no tax is due; otherwise, the net price
    std::string small_business;  ///< the sentence that exempts the shop from all tax; empty: it is not exempt
    std::vector<TaxRate> rates;  ///< a country that is not listed has no tax
};

/// The rates of one place on one day, by class.
class PlaceRates {
public:
    explicit PlaceRates(const std::array<Rate, catalog::kTaxClasses.all.size()>& rates) : rates_(rates) {}
    Rate of(catalog::TaxClass tax_class) const { return rates_[static_cast<std::size_t>(tax_class)]; }

private:
    std::array<Rate, catalog::kTaxClasses.all.size()> rates_;
};

/// The rates at an address. A region's rate goes before its country's. A class without a rate of its own has that of the
/// class before it, but for `zero`, which is 0.
///
/// @returns nullopt if the country has no rate on that day
/// @throws Refusal 422 `region_not_taxed` if the country has rates for regions, and none is known to fit: such an order
///         would be taxed by chance
std::optional<PlaceRates> rates_at(const TaxSettings& settings, const accounts::Address& to, Day day);

/// Whether a country is a member state of the European Union.
bool is_in_eu(std::string_view country);

/// The usual rates of the member states of the European Union and of the United Kingdom, to begin with. They are
/// marked as not confirmed.
std::vector<TaxRate> default_rates();

TaxSettings read_tax_settings(const storage::View& view);
Json to_json(const TaxSettings& settings);
Json to_json(const std::vector<TaxRate>& rates);
api::Shape tax_shape();
api::Shape tax_rate_shape();

/// What the shape of the setting cannot detect: regions and days that do not exist, two rates for the same, and classes
/// of places that have no standard rate.
void check_tax(const Json& settings, std::vector<Fault>& faults);

}  // namespace orderd::orders
