#include "fulfillment/returns.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/price_step.h"
#include "catalog/stock.h"
#include "fulfillment/return_request.h"
#include "orders/cancelling.h"
#include "orders/lifecycle.h"
#include "storage/events.h"
#include "storage/numbering.h"

namespace orderd::fulfillment {

namespace {

constexpr auto kInsertReturn =
    "INSERT INTO order_return (id, order_id, reason, restocked, refund, actor, at) "
    "VALUES (" ORDERD_NEXT_ID("order_return") ", ?1, ?2, ?3, ?4, ?5, ?6)";
constexpr auto kInsertReturnItem = "INSERT INTO order_return_item (return_id, item_id, quantity) VALUES (?1, ?2, ?3)";
constexpr auto kReturnsOfOrder = R"sql(
    SELECT id, reason, restocked, refund, at FROM order_return WHERE order_id = ?1 ORDER BY id
)sql";
constexpr auto kReturnItems = "SELECT item_id, quantity FROM order_return_item WHERE return_id = ?1 ORDER BY item_id";

/// The price of the units: the next shares of their lines.
Money price_of(const storage::View& view, const orders::Order& order, const std::vector<Units>& units) {
    const auto step = catalog::price_step(view);
    Money sum;
    for (const auto& unit : units) {
        const auto& item = orders::line(order, unit.item, "/items");
        sum += orders::price_of(item, item.returned, unit.quantity, order.totals.tax.minor > 0, step);
    }
    return sum;
}

}  // namespace

Money give_back(storage::Transaction& tx, const orders::Order& order, std::optional<Money> wanted, Money price,
                const std::vector<Units>& units, const std::string& reason, const Refunds& refunds, const Actor& actor,
                Time now) {
    const auto amount = wanted.value_or(std::min(price, refunds.left(tx, order.id)));
    if (amount.minor > 0) {
        refunds.give(tx, order.id, amount, units, reason, actor, now);
    }
    return amount;
}

namespace {

/// Stores a return, after its lines and the stock were changed.
Return write_down(storage::Transaction& tx, const orders::Order& order, Return made, const Actor& actor, Time now) {
    made.id = tx.insert(kInsertReturn, order.id, made.reason, made.restocked, made.refund, to_text(actor), now);
    auto units = Json::array();
    for (const auto& unit : made.items) {
        tx.run(kInsertReturnItem, made.id, unit.item, unit.quantity);
        auto item = orders::line(order, unit.item, "/items");
        item.counted = item.counted && catalog::is_counted(tx, item.product.value());  // or its product is not any more
        units.push_back(orders::moved_units(item, unit.quantity));
    }
    events::record(tx, "order.items_returned", {"order", number(order.id)},
                   {{"return_id", made.id},
                    {"restocked", made.restocked},
                    {"refund", made.refund.minor},
                    {"items", std::move(units)}},
                   actor, now);
    settle_requests_of(tx, order.id, actor, now);
    return made;
}

}  // namespace

Return take_back(storage::Transaction& tx, const orders::Order& order, const NewReturn& wanted, const Refunds& refunds,
                 const Actor& actor, Time now) {
    Return made{.order = order.id,
                .items = orders::one_line_each(order, wanted.items, "/items"),
                .reason = wanted.reason,
                .restocked = wanted.restock,
                .refund = {},
                .at = now};
    orders::take_back(tx, order, made.items, wanted.restock, wanted.reason, actor, now);
    made.refund = give_back(tx, order, wanted.refund, price_of(tx, order, made.items), made.items, wanted.reason,
                            refunds, actor, now);
    return write_down(tx, order, std::move(made), actor, now);
}

Return receive(storage::Transaction& tx, const orders::Order& order, Return made, std::string_view note,
               const Actor& actor, Time now) {
    orders::take_back(tx, order, made.items, made.restocked, note, actor, now);
    return write_down(tx, order, std::move(made), actor, now);
}

std::vector<Return> returns_of(const storage::View& view, OrderId order) {
    std::vector<Return> all;
    view.each(
        kReturnsOfOrder,
        [&](const storage::Row& row) {
            all.push_back({.id = row.get<std::int64_t>(0),
                           .order = order,
                           .items = {},
                           .reason = row.get<std::string>(1),
                           .restocked = row.get<bool>(2),
                           .refund = row.get<Money>(3),
                           .at = row.get<Time>(4)});
        },
        order);
    for (auto& it : all) {
        view.each(
            kReturnItems,
            [&](const storage::Row& row) {
                it.items.push_back({row.get<ItemId>(0), row.get<Quantity>(1)});
            },
            it.id);
    }
    return all;
}

GivenUp give_up(storage::Transaction& tx, const orders::Order& order, const std::vector<Units>& units,
                std::optional<Money> refund, const std::string& reason, const Refunds& refunds, const Actor& actor,
                Time now) {
    const bool was_paid = refunds.left(tx, order.id).minor > 0;
    if (!was_paid && refund.value_or(Money{}).minor == 0 && order.totals.total.minor > 0) {
        return {.refund = {}, .off_total = refunds.take_out(tx, order, units, reason, actor, now)};
    }
    const auto price = orders::cancel_units(tx, order, units, reason, actor, now);
    return {.refund = give_back(tx, order, refund, price, units, reason, refunds, actor, now), .off_total = {}};
}

Money cancel_rest(storage::Transaction& tx, const orders::Order& order, const std::string& reason,
                  std::optional<Money> refund, const Refunds& refunds, const Actor& actor, Time now) {
    const auto rest = orders::rest_of(order);
    void_all(tx, order.id, actor, now);
    const auto given = give_up(tx, orders::get(tx, order.id), rest, refund, reason, refunds, actor, now);
    if (!is_under_way(tx, order.id)) {
        orders::arrived(tx, orders::get(tx, order.id), actor, now);
    }
    return given.refund;
}

}  // namespace orderd::fulfillment
