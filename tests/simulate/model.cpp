#include "simulate/model.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

#include "simulate/outside.h"
#include "support/stripe_like.h"

namespace orderd::tests {

namespace {

constexpr auto kLastSequence = "SELECT coalesce(max(sequence), 0) FROM event";
constexpr auto kStock = "SELECT id, on_hand, reserved, price, sku FROM product ORDER BY id";
constexpr auto kAwaiting = "SELECT id, awaited FROM order_item INDEXED BY order_item_awaited WHERE awaited > 0";
constexpr auto kOwnerOfPicture = "SELECT product_id FROM picture WHERE id = ?1";
constexpr auto kUses = "SELECT id, uses FROM discount_code";
constexpr auto kOrder = "SELECT status, total, coalesce(expires_at, 0), version FROM orders WHERE id = ?1";
constexpr auto kItems =
    "SELECT id, quantity, shipped, cancelled, returned FROM order_item WHERE order_id = ?1 "
    "AND quantity > 0";
constexpr auto kTags = "SELECT tag_id FROM order_tag WHERE order_id = ?1";
constexpr auto kComments = "SELECT id FROM order_comment WHERE order_id = ?1";
constexpr auto kPayment = "SELECT id, gateway, captured, refunded, status FROM payment WHERE order_id = ?1";
// Of what its gateways took, what the shop has yet. What was paid by hand is in no charge.
constexpr auto kKeptMoney = R"sql(
    SELECT (SELECT coalesce(sum(captured), 0) FROM payment_attempt WHERE payment_id = ?1) -
           (SELECT coalesce(sum(amount), 0) FROM refund WHERE payment_id = ?1 AND attempt_id IS NOT NULL AND status <> 'failed')
)sql";
constexpr auto kByCard = "SELECT coalesce(sum(captured), 0) FROM payment_attempt WHERE payment_id = ?1";
constexpr auto kRefund = "SELECT amount, status FROM refund WHERE id = ?1 AND payment_id = ?2";
constexpr auto kRefundsDone = R"sql(
    SELECT idempotency_key, gateway_reference FROM refund
     WHERE payment_id = ?1 AND status = 'succeeded' AND sent_at IS NULL
)sql";
constexpr auto kCount = "SELECT count(*) FROM orders";

std::set<std::int64_t> ids(const storage::View& view, std::string_view sql, std::int64_t order) {
    std::set<std::int64_t> all;
    view.each(
        sql, [&](const storage::Row& row) { all.insert(row.get<std::int64_t>(0)); }, order);
    return all;
}

/// Takes what an order has of its tags or comments in place of what it must have, where its customer may be erased: that
/// removes all, and no event tells of it.
std::optional<std::string> compare(std::string_view what, const Model::Order& order, std::set<std::int64_t>& must,
                                   std::set<std::int64_t> is) {
    const bool fits = order.erase_asked ? std::includes(must.begin(), must.end(), is.begin(), is.end()) : must == is;
    if (!fits) {
        return fmt::format("order {} has the {} {}; it must have {}", order.number, what, fmt::join(is, ", "),
                           fmt::join(must, ", "));
    }
    must = std::move(is);
    return std::nullopt;
}

}  // namespace

const std::map<std::string, std::int64_t>& Model::taxes() {
    static const std::map<std::string, std::int64_t> all{{"DE", 190'000}, {"AT", 200'000}};
    return all;
}

std::int64_t Model::Order::total_in(const std::string& country, std::int64_t delivery) const {
    const auto net = base - staff_discount + delivery;
    return net + (net * taxes().at(country) + 500'000) / 1'000'000;
}

bool Model::can_cost(const Order& order, std::int64_t total) const {
    return std::any_of(taxes().begin(), taxes().end(), [&](const auto& tax) {
        const auto& country = tax.first;
        const auto costs = [&](std::int64_t delivery) { return order.total_in(country, delivery) == total; };
        const auto prices = delivery_prices.find(country);
        return costs(0) || costs(order.shipping) ||
               (prices != delivery_prices.end() && std::any_of(prices->second.begin(), prices->second.end(), costs));
    });
}

std::int64_t Model::uses(std::int64_t code) const {
    return std::count_if(orders.begin(), orders.end(),
                         [&](const auto& entry) { return entry.second.code == code && entry.second.uses_code(); });
}

Model::Item* Model::Order::item(std::int64_t id) {
    const auto found = std::find_if(items.begin(), items.end(), [&](const Item& one) { return one.id == id; });
    return found == items.end() ? nullptr : &*found;
}

bool Model::Order::left() const {
    return std::any_of(items.begin(), items.end(), [](const Item& item) { return item.shipped > 0; });
}

std::map<std::int64_t, std::int64_t> Model::reserved() const {
    std::map<std::int64_t, std::int64_t> units;
    for (const auto& [number, order] : orders) {
        for (const auto& item : order.items) {
            units[item.product] += order.holds_stock() && item.counted ? item.open() : 0;
        }
    }
    return units;
}

std::map<std::int64_t, std::int64_t> Model::awaited() const {
    std::map<std::int64_t, std::int64_t> left;  // on hand, and not given to an order yet
    for (const auto& [id, product] : products) {
        left[id] = product.on_hand;
    }
    std::map<std::int64_t, std::int64_t> waiting;
    for (const auto& [number, order] : orders) {  // the oldest first
        for (const auto& item : order.items) {
            if (!order.holds_stock() || !item.counted) {
                continue;
            }
            const auto given = std::min(item.open(), left[item.product]);
            left[item.product] -= given;
            if (item.open() > given) {
                waiting[item.id] = item.open() - given;
            }
        }
    }
    return waiting;
}

std::optional<std::string> Model::difference(const storage::View& view, Outside& outside, bool all) {
    if (!fault_.empty()) {
        return fault_;
    }
    if (!unclaimed.empty()) {
        for (const auto number : std::exchange(unclaimed, {})) {
            if (!orders.contains(number)) {
                return fmt::format("order {} is in the log, and no answer told of it", number);
            }
        }
    }
    if (const auto last = view.value<std::int64_t>(kLastSequence).value_or(0); last < last_event) {
        return fmt::format("the event log ended at {} before, and ends at {} now", last_event, last);
    }
    std::optional<std::string> different;
    std::set<std::int64_t> there;
    auto held = reserved();
    view.each(kStock, [&](const storage::Row& row) {
        const auto id = row.get<std::int64_t>(0);
        there.insert(id);
        const auto known = products.find(id);
        if (different) {
            return;
        }
        if (known == products.end()) {
            different = fmt::format("product {} is there, and no answer told of it", id);
            return;
        }
        const std::array is{row.get<std::int64_t>(1), row.get<std::int64_t>(2), row.get<std::int64_t>(3)};
        const std::array must{known->second.on_hand, held[id], known->second.price};
        if (is != must) {
            different = fmt::format("product {}: {} on hand, {} reserved, price {}; it must be {}, {}, {}", id, is[0],
                                    is[1], is[2], must[0], must[1], must[2]);
        }
    });
    for (const auto& [id, product] : products) {
        if (!there.contains(id) && !different) {
            different = fmt::format("product {} is gone", id);
        }
        for (const auto picture : all ? product.pictures : std::set<std::int64_t>()) {
            if (!different && view.value<std::int64_t>(kOwnerOfPicture, picture) != id) {
                different = fmt::format("picture {} of product {} is gone", picture, id);
            }
        }
    }
    std::map<std::int64_t, std::int64_t> waiting;
    view.each(kAwaiting,
              [&](const storage::Row& row) { waiting[row.get<std::int64_t>(0)] = row.get<std::int64_t>(1); });
    if (const auto must = awaited(); !different && waiting != must) {
        different = fmt::format("{} lines wait for stock: {}; it must be {}: {}", waiting.size(),
                                fmt::join(waiting, ", "), must.size(), fmt::join(must, ", "));
    }
    if (all && !different && view.value<std::int64_t>(kCount).value_or(0) != static_cast<std::int64_t>(orders.size())) {
        different = fmt::format("there are {} orders, and {} were answered",
                                view.value<std::int64_t>(kCount).value_or(0), orders.size());
    }
    view.each(kUses, [&](const storage::Row& row) {
        const auto id = row.get<std::int64_t>(0);
        if (all && !different && (!codes.contains(id) || row.get<std::int64_t>(1) != uses(id))) {
            different = fmt::format("discount code {} was used {} times; it must be {}", id, row.get<std::int64_t>(1),
                                    uses(id));
        }
    });
    for (auto& [number, order] : orders) {
        if (!different && (all || touched.contains(number))) {
            different = differs(view, outside, order);
        }
    }
    touched.clear();
    for (const auto& [id, refund] : refunds) {
        if (!all || different) {
            break;
        }
        const auto row = view.first(
            kRefund, [](const storage::Row& it) { return std::pair(it.get<std::int64_t>(0), it.get<std::string>(1)); },
            id, refund.payment);
        if (!row || row->first != refund.amount) {
            different = fmt::format("refund {} over {} was answered, and is not there", id, refund.amount);
        } else if (refund.sent && row->second != "succeeded") {
            different = fmt::format("refund {} was noted as sent, and is {}", id, row->second);
        }
    }
    return different;
}

std::optional<std::string> Model::differs(const storage::View& view, Outside& outside, Order& order) const {
    bool found = false;
    std::string status;
    std::int64_t total = 0;
    view.each(
        kOrder,
        [&](const storage::Row& row) {
            found = true;
            status = row.get<std::string>(0);
            total = row.get<std::int64_t>(1);
            order.expires_at = row.get<std::int64_t>(2);
            order.hold_moved = false;
            order.version = row.get<std::int64_t>(3);
        },
        order.number);
    if (!found) {
        return fmt::format("order {} was answered, and is not there", order.number);
    }
    if (status != order.status || total != order.total) {
        return fmt::format("order {} is {}, over {}; it must be {}, over {}", order.number, status, total, order.status,
                           order.total);
    }
    if (order.cancelled && status != "cancelled") {
        return fmt::format("order {} was answered as cancelled, and is {}", order.number, status);
    }
    std::optional<std::string> different;
    view.each(
        kItems,
        [&](const storage::Row& row) {
            const auto* item = order.item(row.get<std::int64_t>(0));
            const std::array is{row.get<std::int64_t>(1), row.get<std::int64_t>(2), row.get<std::int64_t>(3),
                                row.get<std::int64_t>(4)};
            if (item == nullptr || is != std::array{item->quantity, item->shipped, item->cancelled, item->returned}) {
                different = fmt::format("line {} of order {}: {} units, {} shipped, {} cancelled, {} returned",
                                        row.get<std::int64_t>(0), order.number, is[0], is[1], is[2], is[3]);
            }
        },
        order.number);
    if (different) {
        return different;
    }
    different = compare("tags", order, order.tags, ids(view, kTags, order.number));
    if (different) {
        return different;
    }
    different = compare("comments", order, order.comments, ids(view, kComments, order.number));
    if (different) {
        return different;
    }
    const auto taken = outside.taken_for(order.number);
    std::int64_t payment = 0;
    view.each(
        kPayment,
        [&](const storage::Row& row) {
            payment = row.get<std::int64_t>(0);
            const bool by_hand = row.get<std::string>(1) == "manual";
            const auto captured = row.get<std::int64_t>(2);
            if (by_hand && captured > 0 && !order.receive_asked) {
                different = fmt::format("payment {} is received, and nobody said so", payment);
            } else if (const auto by_card = view.value<std::int64_t>(kByCard, payment).value_or(0);
                       by_card > taken.received || (by_card < captured && !order.receive_asked)) {
                different = fmt::format("payment {} captured {}, {} of it by card, and its gateway {}", payment,
                                        captured, by_card, taken.received);
            } else if (order.received && captured < order.total && !order.edit_asked) {
                different = fmt::format("payment {} was noted as received, and captured {}", payment, captured);
            }
        },
        order.number);
    if (order.payment != 0 && payment != order.payment && !different) {
        different = fmt::format("payment {} of order {} was answered, and is not there", order.payment, order.number);
    }
    view.each(
        kRefundsDone,
        [&](const storage::Row& row) {
            const auto reference = row.get<std::optional<std::string>>(1).value_or("");
            if (!outside.went_back(row.get<std::string>(0), reference) && !different) {
                different = fmt::format("a refund of payment {} is done, and its gateway knows of none", payment);
            }
        },
        payment);
    return different;
}

std::optional<std::string> Model::difference_at_rest(const storage::View& view, Outside& outside) const {
    for (const auto& [number, order] : orders) {
        std::int64_t kept = 0;
        std::string status = "none";
        view.each(
            kPayment,
            [&](const storage::Row& row) {
                kept = view.value<std::int64_t>(kKeptMoney, row.get<std::int64_t>(0)).value_or(0);
                status = row.get<std::string>(4);
            },
            number);
        const auto taken =
            outside.taken_for(number, [&](const auto& charge) { return !unknown_charges.contains(charge); });
        if (taken.received - taken.went_back != kept) {
            return fmt::format("order {} ({}, payment {}): its gateway took {} and gave {} back; the shop has {} of it",
                               number, order.status, status, taken.received, taken.went_back, kept);
        }
        if (taken.held > 0 && status != "authorized" && status != "requires_action") {
            return fmt::format("order {} ({}): its gateway holds {}, and the payment is {}", number, order.status,
                               taken.held, status);
        }
    }
    return untold_at_rest(outside);
}

/// Money at the gateway for orders that the shop lacks, or that it has with another total: its people were told.
std::optional<std::string> Model::untold_at_rest(Outside& outside) const {
    for (const auto& [charge, order] : outside.charges()) {
        const auto sums = outside.stripe().sums_of(charge);
        const auto told = unknown_charges.find(charge);
        if (told != unknown_charges.end() && sums.received != told->second) {
            return fmt::format("charge {} for order {} took {}, and the shop's people were told of {}", charge, order,
                               sums.received, told->second);
        }
        // What an edit added may be in a charge of its own, that the backup lacks. Nothing is charged after the restore.
        const auto known = outside.taken_for(
            order, [&](const auto& it) { return !unknown_charges.contains(it) && !old_charges.contains(it); });
        if (told != unknown_charges.end() && sums.received - sums.went_back + sums.held > 0 &&
            known.received - known.went_back > 0) {
            return fmt::format("order {} is charged twice: {} has {}, and another charge {}", order, charge,
                               sums.received - sums.went_back + sums.held, known.received - known.went_back);
        }
        if (told == unknown_charges.end() && !orders.contains(order) &&
            sums.received - sums.went_back + sums.held > 0) {
            return fmt::format("charge {} for order {}, which the shop lacks, took {} and holds {}: nobody was told",
                               charge, order, sums.received, sums.held);
        }
    }
    return std::nullopt;
}

}  // namespace orderd::tests
