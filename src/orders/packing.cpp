#include "orders/packing.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/errors.h"
#include "storage/settings.h"

namespace orderd::orders {

namespace {

constexpr auto kIsPackable = "SELECT {} FROM orders o WHERE o.id = ?1";
constexpr auto kCountOfPacking = "SELECT packing, count(*) FROM orders WHERE packing IS NOT NULL GROUP BY packing";
constexpr auto kCountPending = "SELECT count(*) FROM orders WHERE status = 'pending'";

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

std::vector<std::string> packing_values(const storage::View& view) {
    std::vector<std::string> values{"paid", "free"};
    const auto setting = read_ship_before_payment(view);
    if (setting.bank_transfer) {
        values.emplace_back("bank_transfer");
    }
    if (setting.cash_on_delivery) {
        values.emplace_back("cash_on_delivery");
    }
    return values;
}

std::string packable(const storage::View& view) {
    return fmt::format("coalesce(o.packing IN ('{}'), 0)", fmt::join(packing_values(view), "', '"));
}

bool is_packable(const storage::View& view, OrderId id) {
    return view.value<bool>(fmt::format(kIsPackable, packable(view)), id).value_or(false);
}

Waiting count_waiting(const storage::View& view) {
    const auto allowed = packing_values(view);
    Waiting waiting{.for_payment = view.value<std::int64_t>(kCountPending).value_or(0)};
    view.each(kCountOfPacking, [&](const storage::Row& row) {
        const auto why = row.get<std::string>(0);
        if (std::find(allowed.begin(), allowed.end(), why) != allowed.end()) {
            waiting.to_pack += row.get<std::int64_t>(1);
            waiting.for_payment -= why == "paid" ? 0 : row.get<std::int64_t>(1);
        }
    });
    return waiting;
}

void require_paid(const storage::View& view, const Order& order) {
    const auto& payment = order.payment_status;
    const bool gone = payment == "voided" || payment == "refunded" || payment == "disputed";
    const bool goes = !gone && order.money_goes_back;  // to be sent by hand
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
