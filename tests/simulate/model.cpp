#include "simulate/model.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "simulate/outside.h"

namespace orderd::tests {

namespace {

constexpr auto kNews = R"sql(
    SELECT sequence, kind, subject_id, body, at FROM event WHERE sequence > ?1 ORDER BY sequence
)sql";
constexpr auto kLastSequence = "SELECT coalesce(max(sequence), 0) FROM event";
constexpr auto kStock = "SELECT id, on_hand, reserved, price, sku FROM product ORDER BY id";
constexpr auto kUses = "SELECT id, uses FROM discount_code";
constexpr auto kOrder = "SELECT status, total, coalesce(expires_at, 0), version FROM orders WHERE id = ?1";
constexpr auto kItems = "SELECT id, quantity, shipped, cancelled, returned FROM order_item WHERE order_id = ?1";
constexpr auto kPayment = "SELECT id, gateway, captured, refunded, status FROM payment WHERE order_id = ?1";
constexpr auto kRefund = "SELECT amount, status FROM refund WHERE id = ?1 AND payment_id = ?2";
constexpr auto kRefundsDone = R"sql(
    SELECT idempotency_key, gateway_reference FROM refund
     WHERE payment_id = ?1 AND status = 'succeeded' AND sent_at IS NULL
)sql";
constexpr auto kCount = "SELECT count(*) FROM orders";

/// The steps that an order may take, as its documentation has them.
const std::map<std::string, std::set<std::string>>& steps() {
    static const std::map<std::string, std::set<std::string>> all{
        {"pending", {"paid", "processing", "cancelled", "expired"}},
        {"paid", {"processing", "cancelled"}},
        {"processing", {"partially_shipped", "shipped", "cancelled"}},
        {"partially_shipped", {"shipped"}},
        {"shipped", {"delivered", "returned"}},
        {"delivered", {"returned"}},
        {"returned", {}},
        {"cancelled", {}},
        {"expired", {}},
    };
    return all;
}

Model::Item* item_in(Model::Order& order, std::int64_t id) {
    const auto found =
        std::find_if(order.items.begin(), order.items.end(), [&](const Model::Item& item) { return item.id == id; });
    return found == order.items.end() ? nullptr : &*found;
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

bool Model::Order::left() const {
    return std::any_of(items.begin(), items.end(), [](const Item& item) { return item.shipped > 0; });
}

void Model::fault(std::string text) {
    if (fault_.empty()) {
        fault_ = std::move(text);
    }
}

std::map<std::int64_t, std::int64_t> Model::reserved() const {
    std::map<std::int64_t, std::int64_t> units;
    for (const auto& [number, order] : orders) {
        for (const auto& item : order.items) {
            units[item.product] += order.holds_stock() ? item.open() : 0;
        }
    }
    return units;
}

void Model::hear(const storage::View& view) {
    view.each(
        kNews,
        [&](const storage::Row& row) {
            last_event = row.get<std::int64_t>(0);
            const auto kind = row.get<std::string>(1);
            const auto subject = row.get<std::int64_t>(2);
            const auto body = Json::parse(row.get<std::string>(3));
            const auto dot = kind.find('.');
            const auto what = kind.substr(dot + 1);
            if (kind.starts_with("order.")) {
                hear_of_order(subject, what, body, row.get<std::int64_t>(4));
            } else if (kind.starts_with("shipment.")) {
                parcels[subject] = body.value("order_id", std::int64_t{0});
                hear_of_parcel(body);
            } else if (kind.starts_with("payment.")) {
                const auto number = body.value("order_id", std::int64_t{0});
                touched.insert(number);
                if (const auto order = orders.find(number); order != orders.end()) {
                    order->second.hold_moved = true;
                }
                if (what == "unknown_charge") {
                    ++unknown_charges;
                    charged_unknown[subject] += body.at("captured").get<std::int64_t>();
                }
            }
        },
        last_event);
}

void Model::hear_of_order(std::int64_t number, const std::string& step, const Json& body, std::int64_t at) {
    touched.insert(number);
    const auto found = orders.find(number);
    if (found == orders.end()) {
        unclaimed.insert(number);
        return;
    }
    auto& order = found->second;
    if (steps().contains(step)) {
        if (!steps().at(order.status).contains(step)) {
            fault(fmt::format("order {} went from {} to {}", number, order.status, step));
        }
        if (step == "cancelled" && !order.cancel_asked) {
            fault(fmt::format("order {} was cancelled, and nobody asked for it", number));
        }
        if (step == "expired" && !order.hold_moved && (order.expires_at == 0 || at < order.expires_at)) {
            fault(fmt::format("order {} expired at {}, and held its stock until {}", number, at, order.expires_at));
        }
        order.status = step;
    }
    if (step == "cancelled" || step == "expired" || step == "rest_cancelled") {
        if (step == "rest_cancelled" && !order.rest_cancel_asked) {
            fault(fmt::format("the rest of order {} was cancelled, and nobody asked for it", number));
        }
        for (auto& item : order.items) {
            item.cancelled += item.open();
        }
    }
    if (step == "discounted") {
        order.staff_discount = body.at("staff_discount").get<std::int64_t>();
    }
    if (step == "total_changed") {
        order.total = body.at("total").get<std::int64_t>();
        if (!can_cost(order, order.total)) {
            fault(
                fmt::format("order {} is over {} now, which no country makes of {}", number, order.total, order.base));
        }
    }
    if (step == "items_returned") {
        for (const auto& units : body.at("items")) {
            const auto quantity = units.at("quantity").get<std::int64_t>();
            if (auto* item = item_in(order, units.at("item_id").get<std::int64_t>())) {
                item->returned += quantity;
                products[item->product].on_hand += body.at("restocked").get<bool>() ? quantity : 0;
            }
        }
    }
}

void Model::hear_of_parcel(const Json& body) {
    const auto number = body.value("order_id", std::int64_t{0});
    const auto found = orders.find(number);
    touched.insert(number);
    if (found == orders.end() || !body.contains("items")) {
        return;
    }
    for (const auto& units : body.at("items")) {
        const auto quantity = units.at("quantity").get<std::int64_t>();
        if (auto* item = item_in(found->second, units.at("item_id").get<std::int64_t>())) {
            item->shipped += quantity;
            products[item->product].on_hand -= quantity;
            if (item->open() < 0) {
                fault(fmt::format("order {} shipped more of line {} than it has", number, item->id));
            }
        }
    }
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
            const auto* item = item_in(order, row.get<std::int64_t>(0));
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
            } else if (!by_hand && captured > taken.received) {
                different =
                    fmt::format("payment {} captured {}, and its gateway {}", payment, captured, taken.received);
            } else if (order.received && captured != order.total) {
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
        bool by_hand = true;
        std::string status = "none";
        view.each(
            kPayment,
            [&](const storage::Row& row) {
                by_hand = row.get<std::string>(1) == "manual";
                kept = row.get<std::int64_t>(2) - row.get<std::int64_t>(3);
                status = row.get<std::string>(4);
            },
            number);
        const auto taken = outside.taken_for(number);
        const auto unknown = charged_unknown.find(number);
        const auto there = taken.received - taken.went_back - (unknown == charged_unknown.end() ? 0 : unknown->second);
        if (there != (by_hand ? 0 : kept)) {
            return fmt::format("order {} ({}, payment {}): its gateway took {} and gave {} back; the shop has {} of it",
                               number, order.status, status, taken.received, taken.went_back, by_hand ? 0 : kept);
        }
        if (taken.held > 0 && status != "authorized" && status != "requires_action") {
            return fmt::format("order {} ({}): its gateway holds {}, and the payment is {}", number, order.status,
                               taken.held, status);
        }
    }
    return std::nullopt;
}

}  // namespace orderd::tests
