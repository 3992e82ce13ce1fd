// Operations of staff with many products at once: bulk edits and collections.

#include <fmt/format.h>

#include <algorithm>

#include "simulate/simulation.h"
#include "simulate/tables.h"

namespace orderd::tests {

namespace {

using Reply = Simulation::Reply;

constexpr auto kPriceOf = "SELECT price FROM product WHERE id = ?1";
constexpr auto kSomeCollection = "SELECT id FROM collection ORDER BY id DESC LIMIT 1 OFFSET ?1";

Json some_products(Simulation& sim) {
    auto ids = Json::array();
    for (auto left = sim.dice().between(1, 4); left > 0; --left) {
        if (const auto* product = sim.some_product()) {
            ids.push_back(product->id);
        }
    }
    return ids;
}

/// Takes over what a bulk edit changed, or changed back.
void take_rows(Simulation& sim, const Json& rows, const char* side) {
    for (const auto& row : rows) {
        const auto found = sim.model().products.find(row.at("product_id").get<std::int64_t>());
        if (found == sim.model().products.end()) {
            continue;
        }
        const auto& changes = row.at("changes");
        if (changes.contains("price")) {
            take_price(sim, found->second, changes.at("price").at(side).get<std::int64_t>());
        }
        if (changes.contains("status")) {
            found->second.archived = changes.at("status").at(side) == "archived";
        }
    }
}

bool edit_many(Simulation& sim) {
    Json body = Json::object();
    if (sim.dice().chance(850)) {
        body["ids"] = some_products(sim);
        if (body["ids"].empty()) {
            return false;
        }
    } else {
        body["filter"] = {{"in_stock", sim.dice().chance(500)}, {"max_price", sim.dice().between(50, 9000)}};
    }
    const auto die = sim.dice().below(10);
    const auto collection = sim.app().store().read().value<std::int64_t>(kSomeCollection, sim.dice().between(0, 2));
    if (die < 4) {
        body["price_change_ppm"] = sim.dice().between(-200'000, 200'000);
    } else if (die < 6) {
        body["price"] = sim.dice().between(50, 9000);
    } else if (die < 7) {
        body["status"] = sim.dice().chance(800) ? "active" : "archived";
    } else if (die < 9 && collection) {
        body[sim.dice().chance(600) ? "add_to_collection" : "remove_from_collection"] = *collection;
    } else {
        body["low_stock_threshold"] = sim.dice().between(0, 20);
    }
    sim.ask(sim.by_staff("/admin/inventory/bulk", body), [&sim](const Reply& reply) {
        if (reply.status == 201) {
            take_rows(sim, reply.body.at("rows"), "to");
            sim.count("many products edited");
        }
    });
    return true;
}

/// What it changed is again as it was before.
bool undo_edit(Simulation& sim) {
    const auto& kept = sim.kept();
    const auto last = std::find_if(kept.rbegin(), kept.rend(), [](const auto& it) {
        return it.request.path == "/admin/inventory/bulk" && it.reply.status == 201;
    });
    if (last == kept.rend()) {
        return false;
    }
    const auto rows = last->reply.body.at("rows");
    const auto path = fmt::format("/admin/inventory/bulk/{}/undo", last->reply.body.at("id").get<std::int64_t>());
    sim.ask(sim.by_staff(path, nullptr), [&sim, rows](const Reply& reply) {
        if (reply.status == 200) {
            take_rows(sim, rows, "from");
            sim.count("edit of many products undone");
        }
    });
    return true;
}

bool keep_collections(Simulation& sim) {
    const auto ids = some_products(sim);
    const auto name = fmt::format("Collection {}", sim.random_key());
    sim.ask(sim.by_staff("/admin/collections", {{"name", name}}), [&sim, ids](const Reply& reply) {
        if (reply.status != 201) {
            return;
        }
        sim.count("collection made");
        const auto path = fmt::format("/admin/collections/{}", reply.body.at("id").get<std::int64_t>());
        sim.ask(sim.by_staff(path + "/products", {{"add", ids}}), [&sim](const Reply& filled) {
            if (filled.status == 200) {
                sim.count("collection filled");
            }
        });
        if (sim.dice().chance(400)) {
            sim.ask(sim.remove(path, sim.staff()), [](const Reply&) {});
        }
    });
    return true;
}

}  // namespace

storage::Reader read_for_model(Simulation& sim) {
    sim.disk().mend();
    return sim.app().store().read();
}

void take_price(Simulation& sim, Model::Product& product, std::int64_t answered) {
    if (sim.is_alone() && !sim.is_troubled()) {
        product.price = answered;
    } else if (product.price == 0) {
        product.price = read_for_model(sim).value<std::int64_t>(kPriceOf, product.id).value_or(answered);
    }
}

std::vector<Operation> cataloguing() {
    return {
        {"edit many products", 16, edit_many, false},
        {"undo an edit of many products", 6, undo_edit, false},
        {"keep collections", 8, keep_collections, false},
    };
}

}  // namespace orderd::tests
