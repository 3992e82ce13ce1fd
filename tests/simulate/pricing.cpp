// Operations of staff that say what orders cost.

#include <fmt/format.h>

#include <map>
#include <set>
#include <string>

#include "simulate/simulation.h"
#include "simulate/tables.h"

namespace orderd::tests {

namespace {

using Reply = Simulation::Reply;

bool make_code(Simulation& sim) {
    if (sim.model().codes.size() > 6) {
        return false;
    }
    const auto code = fmt::format("CODE {}", sim.random_key());
    const auto most = sim.dice().between(1, 8);
    Json body{{"code", code}, {"most_uses", most}};
    if (sim.dice().chance(500)) {
        body["kind"] = "percent";
        body["rate_ppm"] = sim.dice().between(1, 500'000);
    } else {
        body["kind"] = "amount";
        body["amount"] = sim.dice().between(1, 5'000);
    }
    sim.ask(sim.by_staff("/admin/discount-codes", body), [&sim, code, most](const Reply& reply) {
        if (reply.status == 201) {
            sim.model().codes[reply.body.at("id").get<std::int64_t>()] = {.code = code, .most_uses = most};
            sim.count("discount code made");
        }
    });
    return true;
}

Json zone_of(const std::string& country, std::int64_t price) {
    return {{"places", Json::array({Json{{"country", country}}})},
            {"bands", Json::array({Json{{"from", 0}, {"to", nullptr}, {"price", price}}})}};
}

/// A new one, or other prices of the newest.
bool change_delivery(Simulation& sim) {
    const auto& methods = sim.model().methods;
    if (methods.empty() && !sim.dice().chance(300)) {
        return false;  // a shop without any delivers free, for a while
    }
    const bool is_new = methods.size() < 3;
    const bool fetched = is_new ? methods.size() == 1 : std::prev(methods.end())->second;
    const std::map<std::string, std::int64_t> prices{{"DE", fetched ? 0 : sim.dice().between(0, 900)},
                                                     {"AT", sim.dice().between(500, 2'500)}};
    Json body{{"name", "Delivery"}, {"kind", fetched ? "pickup" : "shipping"}, {"zones", Json::array()}};
    if (fetched) {
        body["pickup"] = {
            {"name", ""},
            {"address", {{"line1", "Werkstattweg 1"}, {"city", "Berlin"}, {"postal_code", "10997"}, {"country", "DE"}}},
            {"opening_hours", "Mondays"}};
    } else {
        body["zones"] = Json::array({zone_of("DE", prices.at("DE")), zone_of("AT", prices.at("AT"))});
    }
    const auto note = [&sim, prices] {
        for (const auto& [country, price] : prices) {
            sim.model().delivery_prices[country].insert(price);
        }
    };
    note();  // before it is answered: an order may meet it
    const auto request =
        is_new ? sim.by_staff("/admin/delivery-methods", body)
               : sim.put(fmt::format("/admin/delivery-methods/{}", std::prev(methods.end())->first), body, sim.staff());
    sim.ask(request, [&sim, note, fetched, is_new](const Reply& reply) {
        if (reply.status < 300) {
            note();
            sim.model().methods[reply.body.at("id").get<std::int64_t>()] = fetched;
            sim.count(is_new ? "delivery method made" : "delivery method changed");
        }
    });
    return true;
}

/// What its total is then, the log says; see Model::hear().
bool move_order(Simulation& sim) {
    const auto* order = sim.some_order([](const Model::Order& it) { return it.holds_stock() && !it.erase_asked; });
    if (order == nullptr) {
        return false;
    }
    const Json address{{"line1", "Ring 1"},
                       {"city", "Wien"},
                       {"postal_code", "1010"},
                       {"country", sim.dice().chance(500) ? "AT" : "DE"}};
    sim.ask(sim.put(fmt::format("/admin/orders/{}", order->number), {{"customer", {{"shipping_address", address}}}},
                    sim.staff()),
            [&sim](const Reply& reply) {
                if (reply.status == 200) {
                    sim.count("order moved");
                } else if (reply.status == 409 && reply.body.at("code") == "total_would_change") {
                    sim.count("order not moved, as it is paid");
                }
            });
    return true;
}

bool give_discount(Simulation& sim) {
    const auto* order = sim.some_order([](const Model::Order& it) { return it.holds_stock() && it.base > 0; });
    if (order == nullptr) {
        return false;
    }
    const auto path = fmt::format("/admin/orders/{}/discount", order->number);
    Json body{{"reason", "The box is scratched"}};
    if (sim.dice().chance(500)) {
        body["rate_ppm"] = sim.dice().between(1, 1'000'000);
    } else {
        body["amount"] = sim.dice().between(1, order->base);
    }
    const auto request = sim.dice().chance(250) ? sim.remove(path, sim.staff()) : sim.put(path, body, sim.staff());
    sim.ask(request, sim.counting(200, "discount of staff"));
    return true;
}

/// Changes the lines of an order: paid or not, packed in part or not.
bool edit_order(Simulation& sim) {
    auto* order = sim.some_order([](const Model::Order& it) { return it.holds_stock() && !it.items.empty(); });
    if (order == nullptr) {
        return false;
    }
    Json body = Json::object();
    if (sim.dice().chance(700)) {
        const auto& item = sim.dice().one_of(order->items);
        const auto quantity = sim.dice().between(item.shipped + item.cancelled, item.quantity + 2);
        body["change"] = Json::array({{{"item_id", item.id}, {"quantity", quantity}}});
    }
    const auto* product = sim.some_product([](const Model::Product& it) { return !it.archived; });
    if (product != nullptr && (body.empty() || sim.dice().chance(300))) {
        body["add"] = Json::array({{{"product_id", product->id}, {"quantity", sim.dice().between(1, 3)}}});
    }
    const bool is_tried = sim.dice().chance(200);
    body["dry_run"] = is_tried;
    order->edit_asked = order->edit_asked || !is_tried;
    auto request = sim.post(fmt::format("/admin/orders/{}/edits", order->number), body, sim.staff());
    if (is_tried) {
        request.key.clear();  // what is only tried is not kept
    }
    sim.ask(request, [&sim](const Reply& reply) {
        if (reply.status == 200) {
            sim.count("order edited");
        } else if (reply.status == 409 && reply.body.at("code") == "money_cannot_follow") {
            sim.count("order not edited, as its money cannot follow");
        }
    });
    return true;
}

/// Numbers of a series have no gap, whatever was killed between them.
bool read_documents(Simulation& sim) {
    sim.ask(sim.get("/admin/documents?limit=200"), [&sim](const Reply& reply) {
        if (reply.status != 200) {
            return;
        }
        std::map<std::string, std::set<std::int64_t>> all;  // of each series
        for (const auto& document : reply.body.at("data")) {
            const auto number = document.at("number").get<std::string>();
            const auto dash = number.find('-') + 1;
            const auto end = number.find_first_not_of("0123456789", dash);
            const auto series = number.substr(0, dash) + (end == std::string::npos ? "" : number.substr(end));
            const auto digits = std::stoll(number.substr(dash, end - dash));
            all[series].insert(digits);
            sim.count(fmt::format("{} read", document.at("kind").get<std::string>()));
        }
        for (const auto& [series, numbers] : all) {
            if (*numbers.rbegin() - *numbers.begin() + 1 != std::ssize(numbers)) {
                sim.fail(fmt::format("the documents {} have a gap: {} of {} to {}", series, numbers.size(),
                                     *numbers.begin(), *numbers.rbegin()));
            }
        }
    });
    return true;
}

bool issue_invoice(Simulation& sim) {
    const auto* order = sim.some_order([](const Model::Order&) { return true; });
    if (order == nullptr) {
        return false;
    }
    sim.ask(sim.by_staff(fmt::format("/admin/orders/{}/documents", order->number), {{"kind", "invoice"}}),
            sim.counting(201, "invoice issued by hand"));
    return true;
}

}  // namespace

std::vector<Operation> pricing() {
    return {
        {"make a discount code", 12, make_code},
        {"edit an order", 60, edit_order},
        {"make or change a delivery method", 10, change_delivery},
        {"give or take back a discount", 25, give_discount},
        {"issue an invoice", 12, issue_invoice},
        {"read documents", 10, read_documents},
        {"move an order", 30, move_order},
    };
}

}  // namespace orderd::tests
