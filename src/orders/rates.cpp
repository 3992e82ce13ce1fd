#include "orders/rates.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "catalog/price_step.h"
#include "storage/settings.h"

namespace orderd::orders {

namespace {

using api::Shape;

Rate rate_for(const Rates& rates, const accounts::Address& to) {
    const auto region = folded(to.region);
    const TaxRate* best = nullptr;
    for (const auto& rate : rates.tax) {
        if (rate.country != to.country) {
            continue;
        }
        if (rate.region.empty()) {
            best = best == nullptr ? &rate : best;
        } else if (folded(rate.region) == region) {
            return rate.rate;
        }
    }
    return best == nullptr ? Rate{} : best->rate;
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
                                 .region = rate.value("region", ""),
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
                                api::optional("region",
                                              Shape::text(0, 80).described("a region in the country; goes before it")),
                                {"rate_ppm", Shape::integer(0, 1'000'000).described("in millionths: 190000 is 19 %")},
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
