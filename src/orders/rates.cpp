#include "orders/rates.h"

#include "catalog/price_step.h"
#include "orders/delivery_methods.h"
#include "storage/settings.h"
#include "storage/shop_zone.h"

namespace orderd::orders {

Rates read_rates(const storage::View& view) {
    Rates rates;
    rates.price.tax = read_tax_settings(view);
    if (const auto address = settings::read(view, "shop_address"); address && !address->is_null()) {
        rates.price.home = accounts::address_from(*address);
    }
    rates.price.step = catalog::price_step(view);
    rates.price.currency = settings::currency(view);
    rates.zone = settings::time_zone(view);
    rates.delivery = read_delivery_methods(view);
    if (const auto reservation = settings::read(view, "reservation_minutes")) {
        rates.reservation = minutes(reservation->get<std::int64_t>());
    }
    rates.guest_limits = read_guest_limits(view);
    return rates;
}

Sums sums_of(const Rates& rates, Basket basket, const DeliveryWish& wish, Time now) {
    basket.to = tax_place(wish.method ? rates.delivery.find(*wish.method) : nullptr, wish.to);
    return compute(rates.price, basket, rates.zone->day_of(now), [&](Money value) {
        return rates.delivery.choose(consignment_of(basket.lines, wish.to, value), wish.method);
    });
}

}  // namespace orderd::orders
