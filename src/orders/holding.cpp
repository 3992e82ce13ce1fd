#include "orders/holding.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/errors.h"
#include "base/ids.h"
#include "catalog/stock.h"
#include "storage/settings.h"

namespace orderd::orders {

namespace {

using api::Shape;

// Unpaid orders of a customer, and unpaid orders and units from a network. Orders that staff agreed to hold
// do not count (no expires_at).
constexpr auto kHeld = R"sql(
    SELECT (SELECT count(*)
              FROM (SELECT 1 FROM orders INDEXED BY orders_by_customer
                     WHERE customer_id = ?1 AND status = 'pending' AND placed_from IS NOT NULL AND expires_at > ?3
                     LIMIT ?4)),
           count(*), coalesce(sum((SELECT sum(quantity) FROM order_item WHERE order_id = held.id)), 0)
      FROM (SELECT id FROM orders INDEXED BY orders_unpaid_from
             WHERE placed_from = ?2 AND status = 'pending' AND expires_at > ?3 LIMIT ?5) AS held
)sql";

constexpr auto kLines = R"sql(
    SELECT i.order_id, o.status IN ('pending', 'paid', 'processing', 'partially_shipped'),
           i.counted * (i.quantity - i.shipped - i.cancelled), o.status = 'pending' AND o.expires_at IS NOT NULL, o.placed_at,
           coalesce(o.expires_at, 0), o.version, nullif(o.payment_method, '')
      FROM order_item i JOIN orders o ON o.id = i.order_id
     WHERE i.product_id = ?1 AND i.order_id < ?2 ORDER BY i.order_id DESC LIMIT 200
)sql";
/// How many of a product's newest lines are searched. Unpaid orders are among the newest, since they expire.
constexpr int kMostLines = 2000;
/// How many products are checked for large holds.
constexpr std::int64_t kMostProducts = 500;

constexpr std::int64_t kDay = days(1).ms;
constexpr std::int64_t kAnyUnits = 1'000'000;

struct Held {
    std::int64_t of_email = 0;
    std::int64_t of_network = 0;
    Quantity units_of_network = 0;
};

Refusal too_many(std::string_view scope, std::int64_t limit, std::int64_t held, std::string detail) {
    return Refusal(kTooManyUnpaid, std::move(detail)).with("scope", scope).with("limit", limit).with("held", held);
}

/// At most one order holds over half of a product.
std::optional<LargeHold> large_hold_of(const storage::View& view, const catalog::Product& product) {
    std::optional<LargeHold> found;
    auto below = OrderId{std::numeric_limits<std::int64_t>::max()};
    const auto to_sell = product.on_hand + product.beyond_limit;
    auto unseen = product.reserved;
    int lines = 0;
    int step = 200;
    while (!found && step == 200 && lines < kMostLines && 2 * unseen > to_sell) {
        step = 0;
        view.each(
            kLines,
            [&](const storage::Row& row) {
                ++step;
                below = row.get<OrderId>(0);
                const auto quantity = row.get<Quantity>(2);
                if (!row.get<bool>(1)) {
                    return;
                }
                unseen -= quantity;
                if (row.get<bool>(3) && 2 * quantity > to_sell) {
                    found = {.order = below,
                             .product = product.id,
                             .sku = product.sku,
                             .name = product.name,
                             .quantity = quantity,
                             .on_hand = product.on_hand,
                             .beyond_limit = product.beyond_limit,
                             .payment_method = row.get<std::optional<std::string>>(7),
                             .placed_at = row.get<Time>(4),
                             .expires_at = row.get<Time>(5),
                             .version = row.get<std::int64_t>(6)};
                }
            },
            product.id, below);
        lines += step;
    }
    return found;
}

}  // namespace

HoldTimes read_hold_times(const storage::View& view) {
    HoldTimes times;
    if (const auto json = settings::read(view, "unpaid_holds")) {
        times.bank_transfer = days(json->at("bank_transfer_days").get<std::int64_t>());
        times.reminder = days(json->at("reminder_days").get<std::int64_t>());
        times.cash_on_delivery = days(json->at("cash_on_delivery_days").get<std::int64_t>());
        times.gateway = days(json->at("gateway_days").get<std::int64_t>());
    }
    return times;
}

Json to_json(const HoldTimes& times) {
    return {{"bank_transfer_days", times.bank_transfer.ms / kDay},
            {"reminder_days", times.reminder.ms / kDay},
            {"cash_on_delivery_days", times.cash_on_delivery.ms / kDay},
            {"gateway_days", times.gateway.ms / kDay}};
}

Shape hold_times_shape() {
    return Shape::object(
               {
                   {"bank_transfer_days", Shape::integer(1, 90)},
                   {"reminder_days", Shape::integer(0, 90).described("after so many days of them the customer is "
                                                                     "reminded once; 0: never")},
                   {"cash_on_delivery_days", Shape::integer(1, 90).described("until staff confirm the order")},
                   {"gateway_days", Shape::integer(1, 90).described("at most, while a gateway decides for days")},
               })
        .named("UnpaidHolds")
        .described("how long an unpaid order holds its stock where its money takes days");
}

GuestLimits read_guest_limits(const storage::View& view) {
    GuestLimits limits;
    if (const auto json = settings::read(view, "guest_limits")) {
        const auto limit = [&](const char* name) {
            const auto& value = json->at(name);
            return value.is_null() ? std::nullopt : std::optional(value.get<std::int64_t>());
        };
        limits = {.orders_per_email = limit("orders_per_email"),
                  .orders_per_network = limit("orders_per_network"),
                  .units_per_network = limit("units_per_network")};
    }
    return limits;
}

Json to_json(const GuestLimits& limits) {
    return {{"orders_per_email", or_null(limits.orders_per_email)},
            {"orders_per_network", or_null(limits.orders_per_network)},
            {"units_per_network", or_null(limits.units_per_network)}};
}

Shape guest_limits_shape() {
    const auto limit = Shape::integer(1, kAnyUnits).nullable();
    return Shape::object({{"orders_per_email", limit}, {"orders_per_network", limit}, {"units_per_network", limit}})
        .named("GuestLimits")
        .described(
            "how much of customers may wait for its payment at a time, by e-mail address and by network address "
            "(IPv6: /64); null: as much as they like. Staff, API keys and this machine are not counted");
}

void require_room(const storage::View& view, const GuestLimits& limits, CustomerId customer, std::int64_t network,
                  Quantity units, Time now) {
    const auto held = view.first(
        kHeld,
        [](const storage::Row& row) {
            return Held{row.get<std::int64_t>(0), row.get<std::int64_t>(1), row.get<Quantity>(2)};
        },
        customer, network, now, limits.orders_per_email.value_or(0),
        // Each order has at least one unit, so more orders than that need not be read.
        std::min(limits.orders_per_network.value_or(kAnyUnits), limits.units_per_network.value_or(kAnyUnits)));
    if (!held) {
        return;
    }
    if (limits.orders_per_email && held->of_email >= *limits.orders_per_email) {
        throw too_many("email", *limits.orders_per_email, held->of_email,
                       fmt::format("{} orders of this e-mail address wait for their payment: pay or cancel one of them "
                                   "first",
                                   held->of_email));
    }
    if (limits.orders_per_network && held->of_network >= *limits.orders_per_network) {
        throw too_many(
            "network_orders", *limits.orders_per_network, held->of_network,
            fmt::format("{} orders from your network wait for their payment: pay or cancel one of them first",
                        held->of_network));
    }
    if (limits.units_per_network && held->units_of_network + units > *limits.units_per_network) {
        throw too_many(
            "network_units", *limits.units_per_network, held->units_of_network,
            fmt::format("at most {} units may wait for their payment from one network, and {} do: order fewer "
                        "than {} more, pay the earlier orders first, or ask the shop",
                        *limits.units_per_network, held->units_of_network,
                        *limits.units_per_network - held->units_of_network + 1));
    }
}

std::vector<LargeHold> large_holds(const storage::View& view, std::size_t most) {
    std::vector<LargeHold> found;
    for (const auto& product : catalog::mostly_reserved(view, kMostProducts)) {
        if (found.size() == most) {
            break;
        }
        if (auto hold = large_hold_of(view, product)) {
            found.push_back(std::move(*hold));
        }
    }
    return found;
}

Json to_json(const LargeHold& hold) {
    return {{"order_id", number(hold.order)},
            {"product_id", number(hold.product)},
            {"sku", hold.sku},
            {"name", hold.name},
            {"quantity", hold.quantity},
            {"on_hand", hold.on_hand},
            {"beyond_limit", hold.beyond_limit},
            {"payment_method", or_null(hold.payment_method)},
            {"created_at", rfc3339(hold.placed_at)},
            {"expires_at", rfc3339(hold.expires_at)},
            {"version", hold.version}};
}

const Shape& large_holds_shape() {
    static const auto hold =
        Shape::object({
                          {"order_id", Shape::id()},
                          {"product_id", Shape::id()},
                          {"sku", Shape::text(1, 100)},
                          {"name", Shape::text(1, 200)},
                          {"quantity", Shape::integer(1, kMaxOrderQuantity)},
                          {"on_hand", Shape::integer(0, kMaxQuantity)},
                          {"beyond_limit", Shape::integer(0, kMaxQuantity).described("that can be sold beyond it")},
                          {"payment_method", Shape::text(1, 40).nullable()},
                          {"created_at", Shape::time()},
                          {"expires_at", Shape::time()},
                          {"version", Shape::id().described("of the order")},
                      })
            .named("LargeHold");
    static const auto shape = Shape::object({{"data", Shape::list(hold, 0, 100)}}).named("LargeHolds");
    return shape;
}

}  // namespace orderd::orders
