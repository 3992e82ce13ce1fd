#include "orders/packing.h"

#include <fmt/format.h>

#include "base/errors.h"
#include "storage/settings.h"

namespace orderd::orders {

namespace {

// A pending order is packed where it costs nothing, or is paid later in one of the ways {}. What failed or went back is
// no payment that comes later.
constexpr auto kPackable = R"sql(
    (CASE WHEN o.status = 'pending'
          THEN o.total = 0
               OR EXISTS (SELECT 1 FROM payment p
                           WHERE p.order_id = o.id AND p.method IN ({})
                             AND p.status NOT IN ('failed', 'voided', 'refunded', 'disputed'))
          ELSE o.status IN ('paid', 'processing', 'partially_shipped')
               AND NOT EXISTS (SELECT 1 FROM payment p
                                WHERE p.order_id = o.id
                                  AND (p.status IN ('voided', 'refunded', 'disputed')
                                       OR (p.captured > 0 AND p.refunded = p.captured)))
     END)
)sql";
constexpr auto kAllGoesBack = "SELECT captured > 0 AND refunded = captured FROM payment WHERE order_id = ?1";
constexpr auto kIsPackable = "SELECT {} FROM orders o WHERE o.id = ?1";
// Grouped, so that the rule is held against each order once.
constexpr auto kWaiting = R"sql(
    SELECT {}, o.status = 'pending', count(*)
      FROM orders o WHERE o.status IN ('pending', 'paid', 'processing', 'partially_shipped')
     GROUP BY 1, 2
)sql";

}  // namespace

ShipBeforePayment read_ship_before_payment(const storage::View& view) {
    ShipBeforePayment setting;
    if (const auto json = settings::read(view, "ship_before_payment")) {
        setting.bank_transfer = json->at("bank_transfer").get<bool>();
        setting.cash_on_delivery = json->at("cash_on_delivery").get<bool>();
    }
    return setting;
}

Json to_json(const ShipBeforePayment& setting) {
    return {{"bank_transfer", setting.bank_transfer}, {"cash_on_delivery", setting.cash_on_delivery}};
}

std::string packable(const storage::View& view) {
    const auto setting = to_json(read_ship_before_payment(view));
    std::string methods;
    for (const auto& [method, goes_first] : setting.items()) {
        if (goes_first.get<bool>()) {
            methods += fmt::format("{}'{}'", methods.empty() ? "" : ", ", method);
        }
    }
    return fmt::format(kPackable, methods);
}

bool is_packable(const storage::View& view, OrderId id) {
    return view.value<bool>(fmt::format(kIsPackable, packable(view)), id).value_or(false);
}

Waiting count_waiting(const storage::View& view) {
    Waiting waiting;
    view.each(fmt::format(kWaiting, packable(view)), [&](const storage::Row& row) {
        const auto count = row.get<std::int64_t>(2);
        if (row.get<bool>(0)) {
            waiting.to_pack += count;
        } else if (row.get<bool>(1)) {
            waiting.for_payment = count;
        }
    });
    return waiting;
}

void require_paid(const storage::View& view, const Order& order) {
    const auto& payment = order.payment_status;
    const bool gone = payment == "voided" || payment == "refunded" || payment == "disputed";
    const bool goes = !gone && view.value<bool>(kAllGoesBack, order.id).value_or(false);  // to be sent by hand
    if (gone || goes) {
        throw Refusal(kPaymentNotHeld,
                      goes ? fmt::format("what was paid for order {} goes back: it is not shipped", number(order.id))
                           : fmt::format("the payment of order {} is {}: it is not shipped", number(order.id), payment))
            .with("payment_status", payment);
    }
    if (order.status == Status::pending && !is_packable(view, order.id)) {
        throw Refusal(kNotPaid, fmt::format("order {} is pending: it is shipped once it is paid", number(order.id)))
            .with("order_status", to_text(order.status))
            .with("payment_status", payment.empty() ? Json(nullptr) : Json(payment));
    }
}

}  // namespace orderd::orders
