#include "orders/rates.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/text.h"
#include "catalog/price_step.h"
#include "orders/regions.h"
#include "storage/settings.h"

namespace orderd::orders {

namespace {

using api::Shape;

constexpr std::int64_t kMostRate = 1'000'000;
/// Rates up to this are refused by check_tax(), together with what else is wrong; larger ones by the shape.
constexpr std::int64_t kMostWritten = 1'000'000'000;

Refusal region_not_taxed(const Rates& rates, const accounts::Address& to, bool is_known) {
    auto regions = Json::array();
    for (const auto& rate : rates.tax) {
        if (rate.country == to.country && !rate.region.empty()) {
            regions.push_back(rate.region);
        }
    }
    const auto detail =
        to.region.empty() ? fmt::format("taxes in {} differ by region, and the address has none", to.country)
        : is_known
            ? fmt::format("this shop has no tax rate for {} in {}, so it takes no orders there", to.region, to.country)
            : fmt::format("\"{}\" is no region of {} that has a tax rate here; write its code or its name", to.region,
                          to.country);
    return Refusal(kRegionNotTaxed, detail)
        .with("country", to.country)
        .with("region", to.region)
        .with("regions", std::move(regions));
}

/// Where taxes differ by region, an address without a known region is refused: it would be taxed by chance.
Rate rate_for(const Rates& rates, const accounts::Address& to) {
    const auto first_with = [&](const std::string& region) {
        const auto found = std::find_if(rates.tax.begin(), rates.tax.end(), [&](const TaxRate& rate) {
            return rate.country == to.country && rate.region == region;
        });
        return found == rates.tax.end() ? nullptr : &*found;
    };
    const auto* whole_country = first_with("");
    const bool by_region = std::any_of(rates.tax.begin(), rates.tax.end(), [&](const TaxRate& rate) {
        return rate.country == to.country && !rate.region.empty();
    });
    if (by_region) {
        const auto key = region_key(to.country, to.region);
        const auto* of_region = key.empty() ? nullptr : first_with(key);
        if (of_region != nullptr) {
            return of_region->rate;
        }
        const bool is_known = find_region(to.country, to.region).has_value();
        if (whole_country == nullptr || (knows_regions(to.country) && !is_known)) {
            throw region_not_taxed(rates, to, is_known);
        }
    }
    return whole_country == nullptr ? Rate{} : whole_country->rate;
}

Money shipping_for(const Rates& rates, const accounts::Address& to, Money goods) {
    if (rates.shipping.empty()) {
        return {};
    }
    const ShippingRate* best = nullptr;
    for (const auto& rate : rates.shipping) {
        if (rate.country == to.country) {
            best = &rate;
            break;
        }
        if (rate.country == "*") {
            best = &rate;
        }
    }
    if (best == nullptr) {
        throw Refusal(kNotShippedThere, fmt::format("this shop does not ship to {}", to.country))
            .with("country", to.country);
    }
    return best->free_above && goods >= *best->free_above ? Money{} : best->amount;
}

/// The key of the region that a rate in the settings is for; empty: the whole country.
std::string key_of_rate(const Json& rate) {
    return region_key(rate.at("country").get_ref<const std::string&>(), rate.value("region", ""));
}

Refusal out_of_range() {
    return {kTotalOutOfRange, fmt::format("the order's total is more than {} minor units", kMaxTotal.minor)};
}

}  // namespace

Rates read_rates(const storage::View& view) {
    Rates rates;
    if (const auto tax = settings::read(view, "tax")) {
        rates.prices_include_tax = tax->at("prices_include_tax").get<bool>();
        rates.tax_shipping = tax->at("shipping_taxed").get<bool>();
        for (const auto& rate : tax->at("rates")) {
            rates.tax.push_back({.country = rate.at("country"),
                                 .region = key_of_rate(rate),
                                 .rate = Rate{rate.at("rate_ppm").get<std::int64_t>()}});
        }
    }
    if (const auto shipping = settings::read(view, "shipping")) {
        for (const auto& rate : shipping->at("rates")) {
            const auto free_above = rate.find("free_above");
            const bool has_bound = free_above != rate.end() && !free_above->is_null();
            rates.shipping.push_back(
                {.country = rate.at("country"),
                 .amount = Money{rate.at("amount").get<std::int64_t>()},
                 .free_above = has_bound ? std::optional(Money{free_above->get<std::int64_t>()}) : std::nullopt});
        }
    }
    if (const auto reservation = settings::read(view, "reservation_minutes")) {
        rates.reservation = minutes(reservation->get<std::int64_t>());
    }
    rates.guest_limits = read_guest_limits(view);
    rates.step = catalog::price_step(view);
    rates.currency = settings::currency(view);
    return rates;
}

void check_tax(const Json& settings, std::vector<Fault>& faults) {
    const auto& rates = settings.at("rates");
    std::map<std::pair<std::string, std::string>, std::size_t> seen;
    for (std::size_t i = 0; i < rates.size(); ++i) {
        const auto country = rates.at(i).at("country").get<std::string>();
        const auto region = rates.at(i).value("region", "");
        if (const auto ppm = rates.at(i).at("rate_ppm").get<std::int64_t>(); ppm > kMostRate) {
            faults.push_back({fmt::format("/tax/rates/{}/rate_ppm", i),
                              fmt::format("{} is more than 100 %; it is 0 to {}", ppm, kMostRate)});
        }
        if (!trimmed(region).empty() && knows_regions(country) && !find_region(country, region)) {
            faults.push_back(
                {fmt::format("/tax/rates/{}/region", i),
                 fmt::format("\"{}\" is not a region of {}; it is an ISO 3166-2 code or a name", region, country)});
            continue;
        }
        const auto [first, is_new] = seen.try_emplace({country, key_of_rate(rates.at(i))}, i);
        if (!is_new) {
            const auto place = region.empty() ? country : fmt::format("{} in {}", region, country);
            faults.push_back({fmt::format("/tax/rates/{}", i),
                              fmt::format("is for {}, as rate {} is: a place has one rate", place, first->second + 1)});
        }
    }
}

void require_shipping_on_step(const storage::View& view) {
    const auto rates = read_rates(view);
    for (const auto& rate : rates.shipping) {
        catalog::require_on_step(rate.amount, rates.step, rates.currency, fmt::format("shipping to {}", rate.country),
                                 "/shipping");
    }
}

Json tax_json(const Rates& rates) {
    auto list = Json::array();
    for (const auto& rate : rates.tax) {
        list.push_back({{"country", rate.country}, {"region", rate.region}, {"rate_ppm", rate.rate.ppm}});
    }
    return {{"prices_include_tax", rates.prices_include_tax}, {"shipping_taxed", rates.tax_shipping}, {"rates", list}};
}

Json shipping_json(const Rates& rates) {
    auto list = Json::array();
    for (const auto& rate : rates.shipping) {
        list.push_back({{"country", rate.country},
                        {"amount", rate.amount.minor},
                        {"free_above", rate.free_above ? Json(rate.free_above->minor) : Json(nullptr)}});
    }
    return {{"rates", list}};
}

Shape tax_shape() {
    return Shape::object(
               {
                   {"prices_include_tax", Shape::boolean().described("whether product prices contain the tax")},
                   {"shipping_taxed", Shape::boolean().described("whether shipping is taxed as the goods are")},
                   {"rates",
                    Shape::list(
                        Shape::object(
                            {
                                {"country", Shape::country()},
                                api::optional(
                                    "region",
                                    Shape::text(0, 80).described(
                                        "a region in the country, by ISO 3166-2 code or name; goes before the "
                                        "country. Where one has a rate, addresses need a known region")),
                                {"rate_ppm",
                                 Shape::integer(0, kMostWritten)
                                     .described("in millionths: 190000 is 19 %; 1000000, which is 100 %, at most")
                                     .example(190'000)},
                            })
                            .named("TaxRate"),
                        0, 500)},
               })
        .named("TaxSettings");
}

Shape shipping_shape() {
    return Shape::object(
               {
                   {"rates",
                    Shape::list(
                        Shape::object({
                                          {"country", Shape::text(1, 2)
                                                          .described("ISO 3166-1 alpha-2, or * for everywhere else")
                                                          .example("DE")},
                                          {"amount", Shape::money()},
                                          api::optional("free_above", Shape::money().nullable().described(
                                                                          "free from this sum of goods on")),
                                      })
                            .named("ShippingRate"),
                        0, 300)
                        .described("no rates at all: shipping is free, everywhere")},
               })
        .named("ShippingSettings");
}

Totals totals(const Rates& rates, const std::vector<catalog::Line>& lines, const accounts::Address& to,
              std::vector<Money>& line_tax) {
    try {
        Totals sums;
        sums.tax_rate = rate_for(rates, to);
        const auto tax_of = [&](Money amount) {  // rounded once: the amount is a number of whole steps
            const Money steps{amount.minor / rates.step.minor};
            return (rates.prices_include_tax ? tax_within(steps, sums.tax_rate) : tax_on(steps, sums.tax_rate)) *
                   rates.step.minor;
        };
        Money tax;
        line_tax.clear();
        for (const auto& line : lines) {
            if (!is_multiple(line.unit_price, rates.step)) {
                catalog::require_on_step(line.unit_price, rates.step, rates.currency,
                                         fmt::format("the price of {}", line.sku));
            }
            const auto amount = line.unit_price * line.quantity;
            sums.subtotal += amount;
            line_tax.push_back(tax_of(amount));
            tax += line_tax.back();
        }
        sums.shipping = shipping_for(rates, to, sums.subtotal);
        catalog::require_on_step(sums.shipping, rates.step, rates.currency, "shipping");
        if (rates.tax_shipping) {
            tax += tax_of(sums.shipping);
        }
        (rates.prices_include_tax ? sums.tax_included : sums.tax) = tax;
        sums.total = sums.subtotal - sums.discount + sums.shipping + sums.tax;
        if (sums.total > kMaxTotal) {
            throw out_of_range();
        }
        return sums;
    } catch (const Overflow&) {
        throw out_of_range();
    }
}

std::shared_ptr<const Rates> RatesCache::get() {
    const auto generation = store_.generation(storage::Topic::settings);
    {
        const MutexLock lock(mutex_);
        if (rates_ && generation_ == generation) {
            return rates_;
        }
    }
    auto fresh = std::make_shared<const Rates>(read_rates(store_.read()));
    const MutexLock lock(mutex_);
    rates_ = fresh;
    generation_ = generation;
    return fresh;
}

}  // namespace orderd::orders
