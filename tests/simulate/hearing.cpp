// What the model learns from the event log, and whether that could happen.

#include <fmt/format.h>

#include <algorithm>

#include "simulate/model.h"

namespace orderd::tests {

namespace {

constexpr auto kNews = R"sql(
    SELECT sequence, kind, subject_id, body, at FROM event WHERE sequence > ?1 ORDER BY sequence
)sql";

/// The steps that an order may take, as its documentation has them.
const std::map<std::string, std::set<std::string>>& steps() {
    static const std::map<std::string, std::set<std::string>> all{
        {"pending", {"paid", "processing", "cancelled", "expired"}},
        {"paid", {"pending", "processing", "cancelled"}},
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

}  // namespace

void Model::fault(std::string text) {
    if (fault_.empty()) {
        fault_ = std::move(text);
    }
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
            if (kind.starts_with("product.") || kind == "stock.adjusted") {
                hear_of_product(subject, kind, body);
            } else if (kind.starts_with("order.")) {
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
                    unknown_charges[body.at("reference").get<std::string>()] = body.at("captured").get<std::int64_t>();
                }
            }
        },
        last_event);
}

void Model::hear_of_product(std::int64_t id, const std::string& kind, const Json& body) {
    const auto known = products.find(id);
    if (known == products.end()) {
        return;
    }
    auto& product = known->second;
    if (body.contains("after")) {
        const auto& after = body.at("after");
        product.price = after.value("price", product.price);
        product.policy = after.value("stock_policy", product.policy);
        product.beyond = after.value("beyond_limit", product.beyond);
    } else if (kind == "stock.adjusted" && body.at("reason") == "corrected") {
        product.on_hand += body.at("delta").get<std::int64_t>();  // not counted any more, or a carrier had it
    } else if (kind == "stock.adjusted" && body.at("reason") == "damaged") {
        const auto units = -body.at("delta").get<std::int64_t>();
        product.on_hand -= units;
        product.may_be_missing -= units;
        if (units < 0 || product.may_be_missing < 0) {
            fault(fmt::format("{} units of product {} were written off, and nobody asked for it", units, id));
        }
        happened.emplace_back("units written off");
    }
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
    if (step == "cancelled" || step == "expired") {
        for (auto& item : order.items) {
            item.cancelled += item.open();
        }
    }
    if (step == "rest_cancelled") {
        hear_of_cancelled_units(order, body);
    }
    if (step == "tags_changed") {
        for (const auto& tag : body.at("removed")) {
            order.tags.erase(tag.get<std::int64_t>());
        }
        for (const auto& tag : body.at("added")) {
            order.tags.insert(tag.get<std::int64_t>());
        }
    }
    if (step == "commented") {
        order.comments.insert(body.at("comment_id").get<std::int64_t>());
    }
    if (step == "comment_removed") {
        order.comments.erase(body.at("comment_id").get<std::int64_t>());
    }
    if (step == "placed") {
        for (const auto& units : body.at("items")) {
            auto* item = order.item(units.at("item_id").get<std::int64_t>());
            if (item != nullptr && !units.value("counted", true)) {
                item->counted = false;
                happened.emplace_back("order placed of what is not counted");
            }
        }
    }
    if (step == "awaited_changed") {
        const bool came = body.at("awaited") < body.at("awaited_before");
        happened.emplace_back(came ? "units came for an order" : "units went from an order");
    }
    if (step == "pending" && !order.edit_asked) {
        fault(fmt::format("order {} owes something again, and nobody edited it", number));
    }
    if (step == "edited") {
        hear_of_edit(order, body);
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
            if (auto* item = order.item(units.at("item_id").get<std::int64_t>())) {
                item->returned += quantity;
                const bool is_back = body.at("restocked").get<bool>() && units.value("counted", true);
                products[item->product].on_hand += is_back ? quantity : 0;
            }
        }
    }
}

void Model::hear_of_cancelled_units(Order& order, const Json& body) {
    if (!order.rest_cancel_asked) {
        fault(fmt::format("units of order {} were cancelled, and nobody asked for it", order.number));
    }
    for (const auto& units : body.at("items")) {
        if (auto* item = order.item(units.at("item_id").get<std::int64_t>())) {
            item->cancelled += units.at("quantity").get<std::int64_t>();
            if (item->open() < 0) {
                fault(fmt::format("more units of order {}'s line {} were cancelled than were left", order.number,
                                  item->id));
            }
        }
    }
}

void Model::hear_of_edit(Order& order, const Json& body) {
    if (!order.edit_asked) {
        fault(fmt::format("order {} was edited, and nobody asked for it", order.number));
    }
    for (const auto& units : body.at("changed")) {
        if (auto* item = order.item(units.at("item_id").get<std::int64_t>())) {
            item->quantity = units.at("quantity").get<std::int64_t>();
            if (item->open() < 0) {
                fault(fmt::format("order {} has fewer of line {} than were shipped", order.number, item->id));
            }
        }
    }
    std::erase_if(order.items, [](const Item& item) { return item.quantity == 0; });
    for (const auto& units : body.at("added")) {
        order.items.push_back({.id = units.at("item_id").get<std::int64_t>(),
                               .product = units.at("product_id").get<std::int64_t>(),
                               .quantity = units.at("quantity").get<std::int64_t>(),
                               .price = units.at("unit_price").get<std::int64_t>(),
                               .counted = units.value("counted", true)});
    }
    std::int64_t subtotal = 0;
    for (const auto& item : order.items) {
        subtotal += item.price * item.quantity;
    }
    if (subtotal != body.at("subtotal")) {
        fault(fmt::format("order {} was edited to {}, and its lines cost {}", order.number,
                          body.at("subtotal").get<std::int64_t>(), subtotal));
    }
    order.staff_discount = body.at("staff_discount").get<std::int64_t>();
    order.base = subtotal - body.at("discount").get<std::int64_t>() + order.staff_discount;
    happened.emplace_back("order edited in the log");
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
        if (auto* item = found->second.item(units.at("item_id").get<std::int64_t>())) {
            item->shipped += quantity;
            products[item->product].on_hand -= item->counted ? quantity : 0;
            if (item->open() < 0) {
                fault(fmt::format("order {} shipped more of line {} than it has", number, item->id));
            }
        }
    }
}

}  // namespace orderd::tests
