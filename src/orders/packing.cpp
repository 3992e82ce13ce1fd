#include "orders/packing.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/errors.h"
#include "storage/events.h"
#include "storage/settings.h"

namespace orderd::orders {

namespace {

constexpr auto kIsPackable = "SELECT {} FROM orders o WHERE o.id = ?1";
constexpr auto kPackingOf = "SELECT packing FROM orders WHERE id = ?1";
constexpr auto kCountOfPacking = "SELECT packing, count(*) FROM orders WHERE packing IS NOT NULL GROUP BY packing";
constexpr auto kAgreeToOwed = "UPDATE orders SET owed_agreed = 1, updated_at = ?2, version = version + 1 WHERE id = ?1";
constexpr auto kCountPending = "SELECT count(*) FROM orders WHERE status = 'pending'";

constexpr std::string_view kAwaitedSuffix = "_awaited";  ///< at the end of a value of orders.packing

/// A value of orders.packing.
struct Packing {
    std::string why;
    bool is_awaited = false;  ///< nothing of the order is in stock yet
};

Packing packing_from(std::string value) {
    const bool is_awaited = value.ends_with(kAwaitedSuffix);
    value.resize(value.size() - (is_awaited ? kAwaitedSuffix.size() : 0));
    return {std::move(value), is_awaited};
}

bool is_among(const std::vector<std::string>& values, const std::string& value) {
    return std::find(values.begin(), values.end(), value) != values.end();
}

/// Whether an order's payment lets it be packed, in stock or not.
bool is_paid_for(const storage::View& view, OrderId id) {
    const auto packing = view.value<std::optional<std::string>>(kPackingOf, id).value_or(std::nullopt);
    return packing && is_among(packing_values(view), packing_from(*packing).why);
}

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

std::string packable_with_stock(const storage::View& view) {
    const auto values = packing_values(view);
    return fmt::format("coalesce(o.packing IN ('{0}', '{1}{2}'), 0)", fmt::join(values, "', '"),
                       fmt::join(values, fmt::format("{}', '", kAwaitedSuffix)), kAwaitedSuffix);
}

bool is_packable(const storage::View& view, OrderId id) {
    return view.value<bool>(fmt::format(kIsPackable, packable(view)), id).value_or(false);
}

Waiting count_waiting(const storage::View& view) {
    const auto allowed = packing_values(view);
    Waiting waiting{.for_payment = view.value<std::int64_t>(kCountPending).value_or(0)};
    view.each(kCountOfPacking, [&](const storage::Row& row) {
        const auto packing = packing_from(row.get<std::string>(0));
        const auto count = row.get<std::int64_t>(1);
        if (is_among(allowed, packing.why)) {
            waiting.to_pack += packing.is_awaited ? 0 : count;
            waiting.for_payment -= packing.why == "paid" ? 0 : count;
        }
    });
    return waiting;
}

void agree_to_owed(storage::Transaction& tx, const Order& order, const Actor& actor, Time now) {
    if (order.balance.minor <= 0 || order.owed_agreed) {
        return;
    }
    tx.run(kAgreeToOwed, order.id, now);
    events::record(tx, "order.ships_owed", {"order", number(order.id)}, {{"balance", order.balance.minor}}, actor, now);
    tx.touched(storage::Topic::orders);
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
    if (order.balance.minor > 0 && !order.owed_agreed) {
        throw Refusal(kBalanceOwed,
                      fmt::format("{} minor units of order {} are owed", order.balance.minor, number(order.id)))
            .with("balance", order.balance.minor);
    }
    if (order.status == Status::pending && !is_paid_for(view, order.id)) {
        throw Refusal(kNotPaid, fmt::format("order {} is pending: it is shipped once it is paid", number(order.id)))
            .with("order_status", to_text(order.status))
            .with("payment_status", payment.empty() ? Json(nullptr) : Json(payment));
    }
}

}  // namespace orderd::orders
