#include "orders/rates.h"

#include <fmt/format.h>

#include "catalog/price_step.h"
#include "storage/settings.h"
#include "storage/shop_zone.h"

namespace orderd::orders {

namespace {

using api::Shape;

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

}  // namespace

Rates read_rates(const storage::View& view) {
    Rates rates;
    rates.price.tax = read_tax_settings(view);
    if (const auto address = settings::read(view, "shop_address"); address && !address->is_null()) {
        rates.price.home = accounts::address_from(*address);
    }
    rates.price.step = catalog::price_step(view);
    rates.price.currency = settings::currency(view);
    rates.zone = settings::time_zone(view);
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
    return rates;
}

void require_shipping_on_step(const storage::View& view) {
    const auto rates = read_rates(view);
    for (const auto& rate : rates.shipping) {
        catalog::require_on_step(rate.amount, rates.price.step, rates.price.currency,
                                 fmt::format("shipping to {}", rate.country), "/shipping");
    }
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

Sums sums_of(const Rates& rates, const Basket& basket, Time now) {
    return compute(rates.price, basket, rates.zone->day_of(now),
                   [&](Money value) { return shipping_for(rates, basket.to, value); });
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
