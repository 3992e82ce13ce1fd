// Operations of staff that say what orders cost.

#include <fmt/format.h>

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

}  // namespace

std::vector<Operation> pricing() {
    return {
        {"make a discount code", 12, make_code},
        {"move an order", 30, move_order},
    };
}

}  // namespace orderd::tests
