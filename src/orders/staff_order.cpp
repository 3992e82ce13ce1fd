#include "orders/staff_order.h"

#include <fmt/format.h>

#include "accounts/admin.h"
#include "accounts/customer.h"
#include "accounts/found_by.h"
#include "orders/awaited.h"
#include "orders/holding.h"
#include "orders/lifecycle.h"
#include "orders/numbering.h"
#include "orders/recomputing.h"
#include "orders/search.h"
#include "orders/writing.h"
#include "storage/events.h"
#include "storage/shop_language.h"

namespace orderd::orders {

namespace {

constexpr auto kPlaceDraft = R"sql(
    UPDATE orders SET status = 'pending', expires_at = ?2, updated_at = ?3, version = version + 1
     WHERE id = ?1 AND status = 'draft'
)sql";
constexpr auto kSetCounted = "UPDATE order_item SET counted = ?2 WHERE id = ?1";
constexpr auto kProductsOf = R"sql(
    SELECT DISTINCT product_id FROM order_item WHERE order_id = ?1 AND product_id IS NOT NULL
)sql";
constexpr auto kDeleteLines = "DELETE FROM order_item WHERE order_id = ?1";
constexpr auto kDeleteDraft = "DELETE FROM orders WHERE id = ?1 AND status = 'draft'";
constexpr auto kNewestWith = "SELECT max(order_id) FROM order_item WHERE product_id = ?1";

std::optional<Time> held_until(const storage::View& view, const std::optional<std::optional<Time>>& wanted, Time now) {
    if (!wanted) {
        return now + read_hold_times(view).bank_transfer;
    }
    if (*wanted && **wanted <= now) {
        throw invalid("/hold_until", "is in the past; give a later time, or null for no end");
    }
    return *wanted;
}

void require_draft(const Order& order) {
    if (order.status != Status::draft) {
        throw Refusal(kNotADraft, fmt::format("order {} is {}", number(order.id), to_text(order.status)))
            .with("order_status", to_text(order.status));
    }
}

/// An order of these lines, as far as a discount needs it.
Order priced_order(const std::vector<catalog::Line>& lines, const Sums& sums) {
    Order order;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        Item item;
        item.unit_price = sums.lines[i].unit_price;
        item.quantity = lines[i].quantity;
        order.items.push_back(std::move(item));
    }
    return order;
}

Sums sums_with_discount(const NewStaffOrder& wanted, const std::vector<catalog::Line>& lines, const Rates& rates,
                        const DeliveryWish& wish, Time now) {
    Basket basket{.lines = lines, .discount = std::nullopt, .to = {}};
    auto sums = sums_of(rates, basket, wish, now);
    if (!wanted.discount) {
        return sums;
    }
    const auto order = priced_order(lines, sums);
    const auto parts = discount_parts(order, *wanted.discount, rates.price, wanted.most);
    Discount discount;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        discount.kept.push_back({.amount = parts[i], .of = order.items[i].amount(), .by_staff = parts[i]});
    }
    basket.discount = std::move(discount);
    return sums_of(rates, basket, wish, now);
}

/// Takes the stock of an order that is placed, also of one whose number is older than others that wait for the same.
void take_stock(storage::Transaction& tx, const std::vector<catalog::Line>& lines, OrderId order, Time now) {
    catalog::reserve(tx, lines, order, now);
    for (const auto& line : lines) {
        if (line.counted) {
            tx.stock_moved(line.product, now);
        }
    }
    share_out_stock(tx);
}

}  // namespace

Order take_order(storage::Transaction& tx, const NewStaffOrder& wanted, const Rates& rates, const Actor& actor,
                 Time now) {
    const auto& language = wanted.language == nullptr ? settings::language(tx) : *wanted.language;
    auto lines = lines_of(tx, wanted.lines, wanted.most, "/items");
    for (auto& line : lines) {
        line.awaited = 0;  // share_out_stock() knows who waits
    }
    const DeliveryWish wish{.to = wanted.customer.address.value_or(accounts::Address()), .method = wanted.delivery};
    const auto sums = sums_with_discount(wanted, lines, rates, wish, now);
    const auto& to = tax_place(sums.delivery, wish.to);
    const auto delivery = as_it_was(sums.delivery, language.code());
    const auto turn = next_turn(tx, now);
    Order order{
        .id = turn.id,
        .customer = wanted.customer_id ? *wanted.customer_id : accounts::find_or_add_guest(tx, wanted.customer, now),
        .status = wanted.is_draft ? Status::draft : Status::pending,
        .totals = sums.totals,
        .managed_by = accounts::manager_for(tx, turn.id),
        .recipient = Recipient{wanted.customer.contact, to, wanted.note},
        .staff_note = {},
        .access_token_hash = wanted.access_token_hash,
        .placed_at = turn.placed_at,
        .expires_at = wanted.is_draft ? std::nullopt : held_until(tx, wanted.hold_until, now),
        .updated_at = turn.placed_at,
        .version = 1,
        .language = &language,
        .payment_status = {},
        .tax_country = to.country,
        .staff_discount_reason = wanted.discount ? wanted.discount->reason : "",
        .items = {},
        .delivery = delivery_from(delivery)};
    insert(tx, order, delivery, "none", std::nullopt);
    insert_lines(tx, order, lines, sums.lines);
    if (wanted.is_draft) {
        for (const auto& line : lines) {
            if (!line.is_free_text()) {
                catalog::note_ordered(tx, line.product, order.id);
            }
        }
        events::record(tx, "order.drafted", {"order", number(order.id)}, {{"total", order.totals.total.minor}}, actor,
                       now);
    } else {
        events::record(tx, "order.placed", {"order", number(order.id)}, placed_body(order), actor, now);
        take_stock(tx, lines, order.id, now);
        if (order.expires_at) {
            ask_for_expiry(tx, *order.expires_at, now);
        }
    }
    tx.touched(storage::Topic::orders);
    return order;
}

void place_draft(storage::Transaction& tx, const Order& order, std::optional<std::optional<Time>> hold_until,
                 const Actor& actor, Time now) {
    require_draft(order);
    const auto until = held_until(tx, hold_until, now);
    auto lines = as_lines(order);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (order.items[i].product) {
            lines[i].counted = catalog::is_counted(tx, lines[i].product);
            tx.run(kSetCounted, order.items[i].id, lines[i].counted);
        }
    }
    tx.run(kPlaceDraft, order.id, until, now);
    events::record(tx, "order.placed", {"order", number(order.id)}, placed_body(get(tx, order.id)), actor, now);
    take_stock(tx, lines, order.id, now);
    if (until) {
        ask_for_expiry(tx, *until, now);
    }
    tx.touched(storage::Topic::orders);
}

void delete_draft(storage::Transaction& tx, const Order& order, const Actor& actor, Time now) {
    require_draft(order);
    accounts::forget_found_by(tx, accounts::Kind::order, number(order.id), found_by(tx, order.id));
    accounts::index_customer(tx, order.customer);  // a guest is found by the draft's event, which may not be read yet
    std::vector<ProductId> products;
    tx.each(
        kProductsOf, [&](const storage::Row& row) { products.push_back(row.get<ProductId>(0)); }, order.id);
    tx.run(kDeleteLines, order.id);
    for (const auto product : products) {
        catalog::set_last_order(tx, product,
                                tx.value<std::optional<OrderId>>(kNewestWith, product).value_or(std::nullopt));
    }
    tx.run(kDeleteDraft, order.id);
    never_again(tx, order.id, now);
    events::record(tx, "order.draft_deleted", {"order", number(order.id)}, Json::object(), actor, now);
    tx.touched(storage::Topic::orders);
}

}  // namespace orderd::orders
