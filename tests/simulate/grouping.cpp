// Operations of staff with groups of products.

#include <fmt/format.h>

#include "simulate/simulation.h"
#include "simulate/tables.h"
#include "storage/store.h"

namespace orderd::tests {

namespace {

using Reply = Simulation::Reply;

constexpr auto kSomeGroup = "SELECT id FROM product_group ORDER BY id DESC LIMIT 1 OFFSET ?1";
constexpr auto kGroupOf = "SELECT group_id FROM product WHERE id = ?1";
constexpr auto kSomeVariant = "SELECT id FROM product WHERE group_id = ?1 ORDER BY id LIMIT 1";

void take_variants(Simulation& sim, const Json& group) {
    for (const auto& variant : group.at("variants")) {
        const auto id = variant.at("id").get<std::int64_t>();
        auto& product = sim.model().products[id];
        product.id = id;
        product.sku = variant.at("sku").get<std::string>();
        take_price(sim, product, variant.at("price").get<std::int64_t>());
        product.archived = variant.at("status") == "archived";
    }
}

std::optional<std::int64_t> some_group(Simulation& sim) {
    return sim.app().store().read().value<std::int64_t>(kSomeGroup, sim.dice().between(0, 2));
}

bool make_group(Simulation& sim) {
    if (sim.model().products.size() > 26) {
        return false;
    }
    const auto quantity = sim.dice().between(0, 40);
    Json body{{"name", fmt::format("Kind {}", sim.next_product++)},
              {"options", Json::array({{{"name", "Size"}, {"values", Json::array({"Small", "Large"})}}})},
              {"generate", {{"price", sim.dice().between(50, 9000)}, {"quantity", quantity}}}};
    sim.ask(sim.by_staff("/admin/product-groups", body), [&sim, quantity](const Reply& reply) {
        if (reply.status != 201) {
            return;
        }
        take_variants(sim, reply.body);
        for (const auto& variant : reply.body.at("variants")) {
            sim.model().products[variant.at("id").get<std::int64_t>()].on_hand = quantity;
        }
        sim.count("group made");
    });
    return true;
}

bool edit_group(Simulation& sim) {
    const auto group = some_group(sim);
    if (!group) {
        return false;
    }
    const auto at = fmt::format("/admin/product-groups/{}", *group);
    const auto renamed = sim.put(at, {{"name", fmt::format("Kind, edited at step {}", sim.step())}}, sim.staff());
    Json set{{"price", sim.dice().between(50, 9000)}};
    if (sim.dice().chance(300)) {  // what follows for stock and orders, the model reads from the log
        set = {{"stock_policy", "beyond"}, {"beyond_limit", sim.dice().between(1, 40)}};
    }
    const auto all = sim.put(at + "/variants", {{"set", set}}, sim.staff());
    sim.ask(sim.dice().chance(500) ? renamed : all, [&sim](const Reply& reply) {
        if (reply.status == 200) {
            take_variants(sim, reply.body);
            sim.count("group changed");
        }
    });
    return true;
}

/// A new variant, or a product that stood alone.
bool extend_group(Simulation& sim) {
    const auto group = some_group(sim);
    if (!group || sim.model().products.size() > 30) {
        return false;
    }
    const auto at = fmt::format("/admin/product-groups/{}/variants", *group);
    const auto number = sim.next_product++;
    const auto values = Json::array({fmt::format("Size {}", number)});
    if (sim.dice().chance(500)) {
        const auto* product = sim.some_product([](const Model::Product& it) { return !it.archived; });
        if (product == nullptr || sim.app().store().read().value<std::int64_t>(kGroupOf, product->id)) {
            return false;
        }
        sim.ask(sim.put(fmt::format("{}/{}", at, product->id), {{"values", values}}, sim.staff()),
                sim.counting(200, "product made a variant"));
        return true;
    }
    const auto quantity = sim.dice().between(0, 40);
    const Json body{{"values", values}, {"price", sim.dice().between(50, 9000)}, {"quantity", quantity}};
    sim.ask(sim.by_staff(at, body), [&sim, quantity](const Reply& reply) {
        if (reply.status == 201) {
            const auto id = reply.body.at("id").get<std::int64_t>();
            auto& product = sim.model().products[id];
            product = {.id = id, .sku = reply.body.at("sku").get<std::string>(), .on_hand = quantity};
            take_price(sim, product, reply.body.at("price").get<std::int64_t>());
            sim.count("variant added");
        }
    });
    return true;
}

/// A variant leaves its group; or the group ends, and all of them do.
bool break_group(Simulation& sim) {
    const auto group = some_group(sim);
    if (!group) {
        return false;
    }
    auto path = fmt::format("/admin/product-groups/{}", *group);
    const auto variant = sim.app().store().read().value<std::int64_t>(kSomeVariant, *group);
    if (variant && sim.dice().chance(600)) {
        path += fmt::format("/variants/{}", *variant);
    }
    sim.ask(sim.remove(path, sim.staff()), [&sim](const Reply& reply) {
        if (reply.status == 200 || reply.status == 204) {
            sim.count("group broken up");
        }
    });
    return true;
}

}  // namespace

std::vector<Operation> grouping() {
    return {
        {"make a group", 8, make_group},
        {"edit a group", 12, edit_group, false},
        {"extend a group", 10, extend_group, false},
        {"break up a group", 4, break_group, false},
    };
}

}  // namespace orderd::tests
