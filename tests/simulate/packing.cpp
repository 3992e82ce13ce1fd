// Operations of staff with an order: its money, its parcels, what comes back.

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/hmac.h"
#include "base/text.h"
#include "fulfillment/easypost_server.h"
#include "simulate/simulation.h"
#include "simulate/tables.h"

namespace orderd::tests {

namespace {

using Reply = Simulation::Reply;

void ignore(const Reply&) {}

std::string path_of(const Model::Order& order, std::string_view rest) {
    return fmt::format("/orders/{}{}", order.number, rest);
}

bool has_payment(const Model::Order& order) { return order.payment != 0; }

/// Some units of each line of which there are some.
Json some_units(Simulation& sim, const Model::Order& order,
                const std::function<std::int64_t(const Model::Item&)>& most) {
    auto units = Json::array();
    for (const auto& item : order.items) {
        if (const auto there = most(item); there > 0 && sim.dice().chance(700)) {
            units.push_back({{"item_id", item.id}, {"quantity", sim.dice().between(1, there)}});
        }
    }
    return units;
}

bool receive_or_capture(Simulation& sim) {
    auto* order = sim.some_order([](const Model::Order& it) { return has_payment(it) && it.status == "pending"; });
    if (order == nullptr) {
        return false;
    }
    order->receive_asked = true;
    const auto number = order->number;
    Json body = Json::object();
    if (sim.dice().chance(200) && order->total > 1) {
        body["amount"] = sim.dice().between(1, order->total);
    }
    sim.ask(sim.by_staff(fmt::format("/payments/{}/capture", order->payment), body),
            [&sim, number](const Reply& reply) {
                if (reply.status == 200 && reply.body.value("gateway", "") == "manual") {
                    sim.model().orders.at(number).received = true;
                    sim.count("money received by hand");
                } else if (reply.status < 300) {
                    sim.count("card captured");
                }
            });
    return true;
}

bool void_payment(Simulation& sim) {
    const auto* order =
        sim.some_order([](const Model::Order& it) { return has_payment(it) && it.status == "pending"; });
    if (order == nullptr) {
        return false;
    }
    sim.ask(sim.by_staff(fmt::format("/payments/{}/void", order->payment), Json::object()), [&sim](const Reply& reply) {
        if (reply.status < 300) {
            sim.count("payment voided");
        }
    });
    return true;
}

bool refund(Simulation& sim) {
    const auto* order =
        sim.some_order([](const Model::Order& it) { return has_payment(it) && it.status != "pending"; });
    if (order == nullptr) {
        return false;
    }
    Json body{{"reason", "goodwill"}};
    if (sim.dice().chance(700)) {
        body["amount"] = sim.dice().between(1, std::max<std::int64_t>(1, order->total));
    }
    if (sim.dice().chance(200)) {
        if (auto units = some_units(sim, *order, [](const Model::Item& it) { return it.shipped - it.returned; });
            !units.empty()) {
            body["restock"] = std::move(units);
        }
    }
    const auto payment = order->payment;
    sim.ask(sim.by_staff(fmt::format("/payments/{}/refunds", payment), body), [&sim, payment](const Reply& reply) {
        if (reply.status < 300) {
            const auto by_hand = reply.body.at("status") == "to_be_sent";
            sim.model().refunds[reply.body.at("id").get<std::int64_t>()] = {
                .payment = payment, .amount = reply.body.at("amount").get<std::int64_t>(), .by_hand = by_hand};
            sim.count(by_hand ? "refund to be sent by hand" : "refund by card");
        }
    });
    return true;
}

bool send_refund(Simulation& sim) {
    std::vector<std::int64_t> to_be_sent;
    for (const auto& [id, known] : sim.model().refunds) {
        if (known.by_hand && !known.sent) {
            to_be_sent.push_back(id);
        }
    }
    if (to_be_sent.empty()) {
        return false;
    }
    const auto id = sim.dice().one_of(to_be_sent);
    const bool sent = sim.dice().chance(700);
    auto request = sim.by_staff(
        fmt::format("/payments/{}/refunds/{}/{}", sim.model().refunds.at(id).payment, id, sent ? "sent" : "cancel"),
        nullptr);
    sim.ask(request, [&sim, id, sent](const Reply& reply) {
        auto& refund = sim.model().refunds.at(id);
        refund.by_hand = false;
        if (reply.status == 200) {
            refund.sent = sent;
            sim.count(sent ? "refund sent by hand" : "refund given up");
        }
    });
    return true;
}

bool change_order(Simulation& sim) {
    auto* order = sim.some_order([](const Model::Order&) { return true; });
    if (order == nullptr) {
        return false;
    }
    Json body = Json::object();
    switch (sim.dice().below(5)) {
        case 0: body["staff_note"] = fmt::format("note {}", sim.step()); break;
        case 1: body["note"] = fmt::format("ring twice, {}", sim.step()); break;
        case 2: body["status"] = "processing"; break;
        case 3: body["hold_until"] = rfc3339(sim.clock().now() + hours(sim.dice().between(1, 200))); break;
        default:
            order->cancel_asked = true;
            body["status"] = "cancelled";
            break;
    }
    sim.ask(sim.put(fmt::format("/admin/orders/{}", order->number), body, sim.staff()), ignore);
    return true;
}

bool can_be_packed(const Model::Order& order) {
    return order.status == "paid" || order.status == "processing" || order.status == "partially_shipped" ||
           (order.status == "pending" && order.payment != 0);
}

Json parcel(Simulation& sim) {
    Json body{{"parcel", {{"weight_g", sim.dice().between(50, 5000)}}}};
    if (sim.dice().chance(250)) {
        body["carrier"] = "easypost";
        body["service"] = "Priority";
        body["parcel"]["length_mm"] = 200;
        body["parcel"]["width_mm"] = 100;
        body["parcel"]["height_mm"] = 80;
    }
    return body;
}

bool start_parcel(Simulation& sim) {
    const auto* order = sim.some_order(can_be_packed);
    if (order == nullptr) {
        return false;
    }
    auto body = parcel(sim);
    if (sim.dice().chance(500)) {
        if (auto units = some_units(sim, *order, [](const Model::Item& it) { return it.open(); }); !units.empty()) {
            body["items"] = std::move(units);
        }
    }
    sim.ask(sim.put(path_of(*order, "/fulfillment"), body, sim.staff()), [&sim](const Reply& reply) {
        if (reply.status == 202) {
            sim.count("parcel started");
        } else if (reply.body.value("code", "") == "units_awaited") {
            sim.count("parcel refused as its units are awaited");
        }
    });
    return true;
}

bool start_many(Simulation& sim) {
    auto numbers = Json::array();
    for (int i = 0; i < 3; ++i) {
        if (const auto* order = sim.some_order(can_be_packed);
            order != nullptr && std::find(numbers.begin(), numbers.end(), Json(order->number)) == numbers.end()) {
            numbers.push_back(order->number);
        }
    }
    if (numbers.empty()) {
        return false;
    }
    auto body = parcel(sim);
    body["order_ids"] = numbers;
    sim.ask(sim.by_staff("/orders/bulk/fulfillment", body), ignore);
    return true;
}

bool move_parcels(Simulation& sim, const char* to) {
    const auto* order = sim.some_order([](const Model::Order& it) {
        return it.status == "processing" || it.status == "partially_shipped" || it.status == "shipped";
    });
    if (order == nullptr) {
        return false;
    }
    sim.ask(sim.put(path_of(*order, "/fulfillment"), {{"status", to}}, sim.staff()), [&sim, to](const Reply& reply) {
        if (reply.status == 200) {
            sim.count(fmt::format("parcels said to be {}", to));
        }
    });
    return true;
}

bool set_ready(Simulation& sim) {
    const auto* order = sim.some_order([](const Model::Order& it) { return it.fetched && can_be_packed(it); });
    if (order == nullptr) {
        return false;
    }
    sim.ask(sim.put(path_of(*order, "/fulfillment"), {{"status", "ready"}}, sim.staff()), [&sim](const Reply& reply) {
        if (reply.status == 202 || reply.status == 200) {
            sim.count("order ready to be fetched");
        }
    });
    return true;
}

bool ship(Simulation& sim) { return move_parcels(sim, "shipped"); }
bool deliver(Simulation& sim) { return move_parcels(sim, "delivered"); }

/// One of the parcels of the last orders; 0: there is none.
std::int64_t some_parcel(Simulation& sim) {
    const auto& all = sim.model().parcels;
    if (all.empty()) {
        return 0;
    }
    const auto back = static_cast<std::ptrdiff_t>(sim.dice().below(std::min<std::size_t>(all.size(), 40)));
    return std::prev(all.end(), back + 1)->first;
}

bool change_parcel(Simulation& sim) {
    const auto parcel = some_parcel(sim);
    if (parcel == 0) {
        return false;
    }
    const bool again = sim.dice().chance(500);
    sim.ask(sim.by_staff(fmt::format("/shipments/{}/{}", parcel, again ? "retry" : "void"), nullptr),
            [&sim, again](const Reply& reply) {
                if (reply.status < 300) {
                    sim.count(again ? "label asked for again" : "parcel given up");
                }
            });
    return true;
}

const std::vector<std::string>& tracked() {
    static const std::vector<std::string> all{"in_transit", "out_for_delivery", "delivered", "exception", "returned"};
    return all;
}

bool say_of_parcel(Simulation& sim) {
    const auto parcel = some_parcel(sim);
    if (parcel == 0) {
        return false;
    }
    sim.ask(sim.by_staff(fmt::format("/shipments/{}/events", parcel),
                         {{"status", sim.dice().one_of(tracked())},
                          {"description", fmt::format("seen at step {}", sim.step())}}),
            ignore);
    return true;
}

/// A webhook of EasyPost's; what it tells, its tracker says from then on.
bool carrier_tells(Simulation& sim) {
    const auto made = sim.outside().easypost().made();
    if (made == 0) {
        return false;
    }
    const auto id = fmt::format("shp_{}", sim.dice().between(std::max(1, made - 20), made));
    static const std::vector<std::string> words{"in_transit", "out_for_delivery", "delivered", "failure",
                                                "return_to_sender"};
    const Json detail{{"object", "TrackingDetail"},
                      {"status", sim.dice().one_of(words)},
                      {"message", fmt::format("scanned at step {}", sim.step())},
                      {"datetime", rfc3339(sim.clock().now() - minutes(sim.dice().between(-20, 90)))},
                      {"tracking_location", {{"city", "Oakland"}, {"state", "CA"}, {"country", "US"}}}};
    sim.outside().easypost().set_tracker(id, Json::array({detail}));
    const Json event{{"description", "tracker.updated"},
                     {"result",
                      {{"object", "Tracker"},
                       {"shipment_id", id},
                       {"tracking_code", "9400111202555842332669"},
                       {"tracking_details", Json::array({detail})}}}};
    Simulation::Request request{.method = "POST", .path = "/webhooks/easypost", .text = event.dump()};
    request.headers["X-Hmac-Signature"] =
        "hmac-sha256-hex=" + to_hex(hmac_sha256("what EasyPost signs with", request.text));
    sim.ask(request, ignore);
    return true;
}

bool print_labels(Simulation& sim) {
    const auto parcel = some_parcel(sim);
    if (parcel == 0) {
        return false;
    }
    sim.ask(sim.get(fmt::format("/shipments/{}/label.zpl", parcel)), ignore);
    return true;
}

bool take_back(Simulation& sim) {
    const auto* order = sim.some_order([](const Model::Order& it) { return it.left(); });
    if (order == nullptr) {
        return false;
    }
    auto units = some_units(sim, *order, [](const Model::Item& it) { return it.shipped - it.returned; });
    if (units.empty()) {
        return false;
    }
    Json body{{"items", std::move(units)}, {"reason", "too small"}, {"restock", sim.dice().chance(600)}};
    if (sim.dice().chance(400)) {
        body["refund"] = sim.dice().between(0, order->total);
    }
    sim.ask(sim.by_staff(path_of(*order, "/returns"), body), sim.counting(201, "units came back"));
    return true;
}

/// Somebody asks to cancel units: those that were paid, or else they leave the lines and the total.
void let_units_go(Model::Order& order) {
    order.rest_cancel_asked = true;
    order.edit_asked = true;
}

/// Some units are not on their shelf: what is there is packed, and what is missing waits or is given up.
bool pick_short(Simulation& sim) {
    auto* order = sim.some_order(can_be_packed);
    if (order == nullptr) {
        return false;
    }
    const auto missing = some_units(sim, *order, [](const Model::Item& it) { return it.open(); });
    if (missing.empty()) {
        return false;
    }
    const bool is_tried = sim.dice().chance(200);
    const bool gives_up = sim.dice().chance(600);
    std::map<std::int64_t, std::int64_t> written_off;  // by product
    if (sim.dice().chance(400)) {
        for (const auto& units : missing) {
            const auto item = std::find_if(order->items.begin(), order->items.end(),
                                           [&](const Model::Item& it) { return units.at("item_id") == it.id; });
            written_off[item->product] += units.at("quantity").get<std::int64_t>();
        }
    }
    const Json body{{"missing", missing},
                    {"rest", gives_up ? "refund" : "hold"},
                    {"missing_units", written_off.empty() ? "put_back" : "write_off"},
                    {"reason", "not on its shelf"},
                    {"pack", sim.dice().chance(700)},
                    {"dry_run", is_tried}};
    auto request = sim.by_staff(path_of(*order, "/short-pick"), body);
    if (is_tried) {
        request.key.clear();  // what is only tried is not kept
        sim.ask(request, ignore);
        return true;
    }
    if (gives_up) {
        let_units_go(*order);
    }
    for (const auto& [product, units] : written_off) {
        sim.model().products.at(product).may_be_missing += units;
    }
    sim.ask(request, [&sim, written_off](const Reply& reply) {
        if (reply.status == 200) {
            sim.count("order picked short");
            return;
        }
        for (const auto& [product, units] : written_off) {
            sim.model().products.at(product).may_be_missing -= units;
        }
    });
    return true;
}

bool cancel_rest(Simulation& sim) {
    auto* order = sim.some_order([](const Model::Order& it) { return it.status == "partially_shipped"; });
    if (order == nullptr) {
        return false;
    }
    let_units_go(*order);
    sim.ask(sim.by_staff(path_of(*order, "/cancel-unshipped"), {{"reason", "sold out"}}),
            sim.counting(200, "rest cancelled"));
    return true;
}

}  // namespace

std::vector<Operation> packing() {
    return {
        {"receive or capture money", 60, receive_or_capture},
        {"void a payment", 12, void_payment},
        {"refund", 45, refund},
        {"send or give up a refund by hand", 20, send_refund},
        {"change an order", 40, change_order},
        {"start a parcel", 110, start_parcel},
        {"start many parcels", 15, start_many},
        {"say that an order can be fetched", 25, set_ready},
        {"ship", 60, ship},
        {"deliver", 30, deliver},
        {"void or retry a parcel", 20, change_parcel},
        {"say what happened to a parcel", 40, say_of_parcel},
        {"the carrier tells its news", 40, carrier_tells},
        {"print a label", 10, print_labels},
        {"take units back", 40, take_back},
        {"cancel the rest", 15, cancel_rest},
        {"pick short", 40, pick_short},
    };
}

}  // namespace orderd::tests
