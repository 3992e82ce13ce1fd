// Operations of customers: placing, paying, coming back, cancelling. And of the gateway, which goes on without the shop.

#include <fmt/format.h>

#include <algorithm>

#include "simulate/simulation.h"
#include "simulate/tables.h"
#include "support/stripe_like.h"

namespace orderd::tests {

namespace {

using Reply = Simulation::Reply;

Json customer(Simulation& sim) {
    const auto number = sim.dice().chance(700) ? sim.next_customer++ : sim.dice().between(0, sim.next_customer);
    return {{"name", fmt::format("Customer {}", number)},
            {"email", fmt::format("customer-{}@example.com", number)},
            {"phone", "+49 30 1234567"},
            {"shipping_address",
             {{"line1", "Analytische Allee 12"}, {"city", "Berlin"}, {"postal_code", "10115"}, {"country", "DE"}}}};
}

/// A product may be in several lines.
struct Wanted {
    Json items = Json::array();
    std::map<std::int64_t, std::int64_t> units;
};

Wanted wanted(Simulation& sim) {
    Wanted all;
    for (auto lines = sim.dice().between(1, 3); lines > 0; --lines) {
        const auto* product = sim.some_product([](const Model::Product& it) { return !it.archived; });
        if (product == nullptr) {
            break;
        }
        const auto quantity = sim.dice().chance(30) ? 5000 : sim.dice().between(1, 4);
        all.units[product->id] += quantity;
        all.items.push_back(sim.dice().chance(500) ? Json{{"product_id", product->id}, {"quantity", quantity}}
                                                   : Json{{"sku", product->sku}, {"quantity", quantity}});
    }
    return all;
}

/// Its delivery costs what the method did at some time, and nothing while there are no methods.
void take_delivery(Simulation& sim, Model::Order& order, const Json& body) {
    order.shipping = body.at("shipping").get<std::int64_t>();
    const auto& delivery = body.at("delivery");
    if (delivery.is_null()) {
        if (order.shipping != 0) {
            sim.fail(fmt::format("order {} is delivered by no method, for {}", order.number, order.shipping));
        }
        return;
    }
    if (!sim.model().delivery_prices["DE"].contains(order.shipping)) {
        sim.fail(fmt::format("order {} is delivered for {}: {}", order.number, order.shipping, delivery.dump()));
    }
    order.fetched = delivery.at("kind") == "pickup";
    sim.count(order.fetched ? "order placed that is fetched" : "order placed that is shipped");
}

void take_order(Simulation& sim, const Json& body) {
    Model::Order order{.number = body.at("id").get<std::int64_t>(),
                       .token = body.value("access_token", sim.staff()),  // staff took it
                       .total = body.at("total").get<std::int64_t>(),
                       .items = {}};
    for (const auto& item : body.at("items")) {
        order.items.push_back({.id = item.at("id").get<std::int64_t>(),
                               .product = item.at("product_id").get<std::int64_t>(),
                               .quantity = item.at("quantity").get<std::int64_t>(),
                               .price = item.at("unit_price").get<std::int64_t>()});
        if (item.at("awaited").get<std::int64_t>() > 0) {
            sim.count("order placed beyond the stock");
        }
        order.base += order.items.back().quantity * item.at("unit_price").get<std::int64_t>() -
                      item.at("discount").get<std::int64_t>();
    }
    take_delivery(sim, order, body);
    if (const auto must = order.total_in("DE", order.shipping); order.total != must) {
        sim.fail(fmt::format("order {} is over {}, and must be over {}", order.number, order.total, must));
    }
    for (const auto& [id, code] : sim.model().codes) {
        order.code = code.code == body.at("discount_reason") ? id : order.code;
    }
    if (order.code != 0) {
        sim.count("order placed with a code");
    }
    sim.note_number(order.number);
    sim.model().orders.emplace(order.number, std::move(order));
}

/// A code, of those that there are or may not be any more after a restore; or null.
const Model::Code* some_code(Simulation& sim) {
    const auto& codes = sim.model().codes;
    if (codes.empty() || !sim.dice().chance(300)) {
        return nullptr;
    }
    return &std::next(codes.begin(), static_cast<std::ptrdiff_t>(sim.dice().below(codes.size())))->second;
}

std::optional<std::int64_t> some_method(Simulation& sim) {
    const auto& methods = sim.model().methods;
    if (methods.empty() || !sim.dice().chance(400)) {
        return std::nullopt;
    }
    return std::next(methods.begin(), static_cast<std::ptrdiff_t>(sim.dice().below(methods.size())))->first;
}

bool place(Simulation& sim) {
    auto all = wanted(sim);
    if (all.items.empty()) {
        return false;
    }
    bool fits = true;
    auto held = sim.model().reserved();
    for (const auto& [product, units] : all.units) {
        const auto& its = sim.model().products.at(product);
        fits = fits && (its.policy == "uncounted" || units <= its.on_hand + its.beyond - held[product]);
    }
    Json body{{"customer", customer(sim)}, {"items", all.items}};
    if (const auto* code = some_code(sim)) {
        body["discount_code"] = code->code;
    }
    if (const auto method = some_method(sim)) {
        body["delivery_method_id"] = *method;
    }
    const bool alone = sim.is_alone();
    sim.ask(sim.post("/orders", body, ""), [&sim, fits, alone](const Reply& reply) {
        if (reply.status == 201) {
            sim.count("order placed");
            take_order(sim, reply.body);
        } else if (reply.status == 409 && reply.body.at("code") == "code_used_up") {
            sim.count("order refused for its code");
        } else if (reply.status == 409) {
            sim.count("order refused for stock");
            if (fits && alone && sim.is_alone() && !sim.is_troubled()) {
                sim.fail("an order was refused for stock that there is: " + reply.text);
            }
        }
    });
    return true;
}

/// By telephone, of products alone: what staff write themselves is of no stock.
bool take_by_telephone(Simulation& sim) {
    auto body = Json{{"customer", customer(sim)}, {"items", Json::array()}};
    if (sim.dice().chance(500)) {
        body["customer"].erase("email");
    }
    for (const auto& [product, units] : wanted(sim).units) {
        body["items"].push_back({{"product_id", product}, {"quantity", std::min<std::int64_t>(units, 20)}});
    }
    if (body["items"].empty()) {
        return false;
    }
    if (sim.dice().chance(300)) {
        body["hold_until"] = nullptr;
    }
    sim.ask(sim.post("/admin/orders", body, sim.staff()), [&sim](const Reply& reply) {
        if (reply.status == 201) {
            sim.count("order taken by telephone");
            take_order(sim, reply.body);
        }
    });
    return true;
}

bool ask_again(Simulation& sim) {
    if (sim.kept().empty()) {
        return false;
    }
    const auto kept = sim.dice().one_of(sim.kept());
    sim.ask_again(kept);
    return true;
}

bool is_unpaid(const Model::Order& order) { return order.status == "pending"; }

void pay(Simulation& sim, const Model::Order& order, const Json& method) {
    const auto number = order.number;
    sim.ask(sim.post("/payments", {{"order_id", number}, {"method", method}}, order.token),
            [&sim, number](const Reply& reply) {
                if (reply.status < 300) {
                    sim.model().orders.at(number).payment = reply.body.at("id").get<std::int64_t>();
                    sim.count("payment answered " + std::to_string(reply.status));
                } else if (reply.status == 402) {
                    sim.count("card declined");
                }
            });
}

bool pay_by_card(Simulation& sim) {
    static const std::vector<std::string> cards{"pm_card_visa",
                                                "pm_card_visa",
                                                "pm_card_visa",
                                                "pm_card_authenticationRequired",
                                                "pm_card_authenticationRequired",
                                                "pm_card_visa_chargeDeclined",
                                                "pm_card_chargeDeclinedExpiredCard",
                                                "pm_nobody_made_this"};
    const auto* order = sim.some_order(is_unpaid);
    if (order == nullptr) {
        return false;
    }
    pay(sim, *order, {{"type", "card"}, {"token", sim.dice().one_of(cards)}});
    return true;
}

bool pay_by_hand(Simulation& sim) {
    const auto* order = sim.some_order(is_unpaid);
    if (order == nullptr) {
        return false;
    }
    pay(sim, *order, {{"type", sim.dice().chance(600) ? "bank_transfer" : "cash_on_delivery"}});
    return true;
}

bool come_back(Simulation& sim) {
    const auto* order = sim.some_order([](const Model::Order& it) { return it.payment != 0; });
    if (order == nullptr) {
        return false;
    }
    sim.ask(sim.say(fmt::format("/payments/{}/confirm", order->payment), Json::object(), order->token),
            [](const Reply&) {});
    return true;
}

bool cancel(Simulation& sim) {
    auto* order = sim.some_order([](const Model::Order& it) { return it.holds_stock(); });
    if (order == nullptr) {
        return false;
    }
    order->cancel_asked = true;
    const auto number = order->number;
    const bool by_customer = sim.dice().chance(500);
    sim.ask(sim.post(fmt::format("/orders/{}/cancel", number), {{"reason", "changed my mind"}},
                     by_customer ? order->token : sim.staff()),
            [&sim, number](const Reply& reply) {
                if (reply.status == 200) {
                    sim.model().orders.at(number).cancelled = true;
                    sim.count("order cancelled");
                }
            });
    return true;
}

bool look_at_order(Simulation& sim) {
    const auto* order = sim.some_order([](const Model::Order&) { return true; });
    if (order == nullptr) {
        return false;
    }
    const auto number = order->number;
    const auto total = order->total;
    const bool alone = sim.is_alone();
    sim.ask({.path = fmt::format("/orders/{}", number), .token = order->token},
            [&sim, number, total, alone](const Reply& reply) {
                const bool may_have_moved = !alone || !sim.is_alone();
                if (reply.status != 200 || (reply.body.at("total") != total && !may_have_moved)) {
                    sim.fail(fmt::format("order {} over {} reads as {} {}", number, total, reply.status, reply.text));
                }
            });
    return true;
}

/// A charge at the gateway of one of the last orders; empty: there is none.
std::string some_charge(Simulation& sim, std::string_view status) {
    std::vector<std::string> found;
    sim.some_order([&](const Model::Order& order) {
        for (const auto& id : sim.outside().intents_of(order.number)) {
            if (sim.outside().stripe().intent(id)["status"] == status) {
                found.push_back(id);
            }
        }
        return false;
    });
    return found.empty() ? "" : sim.dice().one_of(found);
}

bool customer_confirms(Simulation& sim) {
    const auto charge = some_charge(sim, "requires_action");
    if (charge.empty()) {
        return false;
    }
    sim.outside().stripe().decide(charge, sim.dice().chance(700));
    sim.outside().news().push_back(charge);
    return true;
}

bool gateway_refunds(Simulation& sim) {
    const auto charge = some_charge(sim, "succeeded");
    if (charge.empty()) {
        return false;
    }
    const auto sums = sim.outside().stripe().sums_of(charge);
    if (sums.received - sums.went_back < 2) {
        return false;
    }
    try {
        sim.outside().news().push_back(
            sim.outside().stripe().refund_there(charge, sim.dice().between(1, sums.received - sums.went_back)));
    } catch (const std::exception&) {
        return false;  // it is disputed
    }
    return true;
}

bool customer_disputes(Simulation& sim) {
    const auto charge = some_charge(sim, "succeeded");
    if (charge.empty()) {
        return false;
    }
    const auto sums = sim.outside().stripe().sums_of(charge);
    if (sums.went_back > 0 || sim.outside().stripe().is_disputed(charge)) {
        return false;
    }
    sim.outside().news().push_back(sim.outside().stripe().dispute(charge, sums.received));
    return true;
}

bool bank_decides(Simulation& sim) {
    const auto open = sim.outside().stripe().open_disputes();
    if (open.empty()) {
        return false;
    }
    const auto dispute = sim.dice().one_of(open);
    sim.outside().stripe().decide_dispute(dispute, sim.dice().chance(500) ? "won" : "lost");
    sim.outside().news().push_back(dispute);
    return true;
}

bool refunds_take_days(Simulation& sim) {
    sim.outside().stripe().refunds_are_pending(sim.dice().chance(300));
    for (const auto& refund : sim.outside().stripe().refunds()) {
        if (refund["status"] == "pending" && sim.dice().chance(500)) {
            const auto id = refund["id"].get<std::string>();
            sim.outside().stripe().decide_refund(id, sim.dice().chance(850) ? "succeeded" : "failed");
            sim.outside().news().push_back(id);
        }
    }
    return true;
}

/// Out of order, more than once, or not yet.
bool gateway_tells(Simulation& sim) {
    auto& news = sim.outside().news();
    if (news.empty()) {
        return false;
    }
    const auto place = sim.dice().below(news.size());
    const auto id = news[place];
    if (sim.dice().chance(800)) {
        news.erase(news.begin() + static_cast<std::ptrdiff_t>(place));
    }
    sim.tell_news(id);
    return true;
}

}  // namespace

std::vector<Operation> selling() {
    return {
        {"place an order", 220, place},
        {"take an order by telephone", 40, take_by_telephone},
        {"ask again under the same key", 40, ask_again},
        {"pay by card", 160, pay_by_card},
        {"pay by hand", 50, pay_by_hand},
        {"come back from a confirmation", 30, come_back},
        {"cancel an order", 35, cancel},
        {"look at an order", 40, look_at_order},
        {"the customer confirms at the bank", 50, customer_confirms},
        {"the gateway refunds without the shop", 8, gateway_refunds},
        {"a customer disputes", 6, customer_disputes},
        {"a bank decides a dispute", 6, bank_decides},
        {"refunds take days", 15, refunds_take_days},
        {"the gateway tells its news", 90, gateway_tells},
    };
}

}  // namespace orderd::tests
