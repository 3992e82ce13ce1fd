// Operations of staff with the shop: its products, people, settings, webhooks and lists.

#include <fmt/format.h>

#include <algorithm>

#include "simulate/simulation.h"
#include "simulate/tables.h"
#include "storage/store.h"

namespace orderd::tests {

namespace {

using Reply = Simulation::Reply;

constexpr auto kIdOfSku = "SELECT id FROM product WHERE sku = ?1";
constexpr auto kSomeCustomer = "SELECT id FROM customer ORDER BY id DESC LIMIT 1 OFFSET ?1";
constexpr auto kErasedOrders = "SELECT id FROM orders WHERE customer_id = ?1";
constexpr auto kNewest = "SELECT coalesce(max(id), 0) FROM ";

void take_any(const Reply&) {}

void take_product(Simulation& sim, const Json& body) {
    auto& product = sim.model().products[body.at("id").get<std::int64_t>()];
    product.id = body.at("id").get<std::int64_t>();
    product.sku = body.at("sku").get<std::string>();
    take_price(sim, product, body.at("price").get<std::int64_t>());
    product.archived = body.at("status") == "archived";
}

bool add_product(Simulation& sim) {
    if (sim.model().products.size() > 30) {
        return false;
    }
    const auto quantity = sim.dice().between(0, 120);
    Json body{{"sku", fmt::format("SKU-{}", sim.next_product)},
              {"name", fmt::format("Thing {}", sim.next_product)},
              {"price", sim.dice().between(50, 9000)},
              {"quantity", quantity}};
    ++sim.next_product;
    if (sim.dice().chance(500)) {
        body["low_stock_threshold"] = sim.dice().between(0, 20);
    }
    sim.ask(sim.by_staff("/products", body), [&sim, quantity](const Reply& reply) {
        if (reply.status == 201) {
            take_product(sim, reply.body);
            sim.model().products[reply.body.at("id").get<std::int64_t>()].on_hand = quantity;
        }
    });
    return true;
}

bool edit_product(Simulation& sim) {
    const auto* product = sim.some_product();
    if (product == nullptr) {
        return false;
    }
    Json body = Json::object();
    switch (sim.dice().below(4)) {
        case 0: body["name"] = fmt::format("Thing, edited at step {}", sim.step()); break;
        case 1: body["price"] = sim.dice().between(50, 9000); break;
        case 2: body["status"] = product->archived || sim.dice().chance(700) ? "active" : "archived"; break;
        default: body["low_stock_threshold"] = sim.dice().between(0, 20); break;  // refused where stock is not counted
    }
    sim.ask(sim.put(fmt::format("/products/{}", product->id), body, sim.staff()), [&sim](const Reply& reply) {
        if (reply.status == 200) {
            take_product(sim, reply.body);
        }
    });
    return true;
}

/// Each change carries a note of its own: whether one that had no answer was made is read from the movements. A change
/// of a version is made once, however often it is asked for.
void adjust(Simulation& sim, std::int64_t id, std::int64_t version) {
    const auto delta = sim.dice().chance(600) ? sim.dice().between(1, 60) : -sim.dice().between(1, 30);
    const auto note = fmt::format("count {}", sim.random_key());
    auto request =
        sim.put(fmt::format("/admin/inventory/{}", id),
                {{"adjust", delta}, {"reason", delta > 0 ? "received" : "adjusted"}, {"note", note}}, sim.staff());
    request.headers["If-Match"] = fmt::format("\"{}\"", version);
    sim.ask(request, [&sim, id, delta, note](const Reply& reply) {
        if (reply.status == 200) {
            sim.model().products.at(id).on_hand += delta;
            sim.count("stock adjusted");
        } else if (reply.status == 412) {  // another version: perhaps this one's own, whose answer was lost
            sim.ask(sim.get(fmt::format("/admin/inventory/{}/movements?limit=50", id)), [&](const Reply& moved) {
                if (moved.status != 200) {
                    sim.fail("movements cannot be read: " + moved.text);
                    return;
                }
                for (const auto& movement : moved.body.at("data")) {
                    if (movement.at("note") == note) {
                        sim.model().products.at(id).on_hand += delta;
                        sim.count("stock adjusted, and told later");
                    }
                }
            });
        }
    });
}

bool adjust_stock(Simulation& sim) {
    const auto* product = sim.some_product();
    if (product == nullptr) {
        return false;
    }
    const auto id = product->id;
    sim.ask(sim.get(fmt::format("/admin/inventory/{}", id)), [&sim, id](const Reply& reply) {
        if (reply.status == 200) {
            adjust(sim, id, reply.body.at("version").get<std::int64_t>());
        }
    });
    return true;
}

/// What it leads to for stock and orders, the model reads from the log.
bool set_stock_policy(Simulation& sim) {
    const auto* product = sim.some_product([](const Model::Product& it) { return !it.archived; });
    if (product == nullptr) {
        return false;
    }
    Json body{{"stock_policy", "counted"}};
    if (const auto die = sim.dice().below(10); die < 6) {
        body = {{"stock_policy", "beyond"}, {"beyond_limit", sim.dice().between(1, 40)}, {"expected_on", "2026-03-01"}};
    } else if (die < 8) {
        body = {{"stock_policy", "uncounted"}};
    }
    const auto policy = body.at("stock_policy").get<std::string>();
    sim.ask(sim.put(fmt::format("/products/{}", product->id), body, sim.staff()), [&sim, policy](const Reply& reply) {
        if (reply.status == 200) {
            sim.count("stock policy set to " + policy);
        } else if (reply.status == 409) {
            sim.count("stock policy refused for open orders");
        }
    });
    return true;
}

bool remove_product(Simulation& sim) {
    const auto* product = sim.some_product([](const Model::Product& it) { return it.on_hand == 0 || it.archived; });
    if (product == nullptr || sim.model().products.size() < 8) {
        return false;
    }
    const auto id = product->id;
    sim.ask(sim.remove(fmt::format("/products/{}", id), sim.staff()), [&sim, id](const Reply& reply) {
        if (reply.status == 204 || reply.status == 404) {
            sim.model().products.erase(id);
            sim.count("product removed");
        } else if (reply.status == 200) {
            take_product(sim, reply.body);
        }
    });
    return true;
}

/// The products of a file, which the answer does not name by their ids.
void take_imported(Simulation& sim, const std::string& sku, std::int64_t price, std::int64_t quantity) {
    const auto id = read_for_model(sim).value<std::int64_t>(kIdOfSku, sku);
    if (!id) {
        sim.fail("an imported product is not there: " + sku);
        return;
    }
    auto& product = sim.model().products[*id];
    product = {.id = *id, .sku = sku, .on_hand = quantity};
    take_price(sim, product, price);
}

struct Row {
    std::string sku;
    std::int64_t price;
    std::int64_t quantity;
};

void import_rows(Simulation& sim, std::int64_t count, const std::function<void(std::int64_t import)>& then) {
    std::string file = "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price\n";
    std::vector<Row> rows;
    for (; count > 0; --count) {
        const auto number = sim.next_product++;
        rows.push_back({fmt::format("CSV-{}", number), sim.dice().between(1, 90) * 100, sim.dice().between(0, 80)});
        file += fmt::format("csv-{},From a file {},{},{},{}.00\n", number, number, rows.back().sku,
                            rows.back().quantity, rows.back().price / 100);
    }
    auto request = sim.by_staff("/admin/inventory/import", nullptr);
    request.text = file;
    request.type = "text/csv";
    sim.ask(request, [&sim, rows, then](const Reply& reply) {
        if (reply.status == 201) {
            for (const auto& row : rows) {
                take_imported(sim, row.sku, row.price, row.quantity);
            }
            then(reply.body.at("id").get<std::int64_t>());
        }
    });
}

bool import(Simulation& sim) {
    if (sim.model().products.size() > 30) {
        return false;
    }
    import_rows(sim, sim.dice().between(1, 3), [&sim](std::int64_t) { sim.count("file imported"); });
    return true;
}

void undo(Simulation& sim, std::int64_t import) {
    sim.ask(sim.by_staff(fmt::format("/admin/inventory/imports/{}/undo", import), nullptr), [&sim](const Reply& reply) {
        if (reply.status != 200) {
            return;
        }
        sim.count("import undone");
        const auto view = read_for_model(sim);
        std::erase_if(sim.model().products, [&](const auto& entry) {
            return !view.template value<std::int64_t>(kIdOfSku, entry.second.sku);
        });
    });
}

/// One mutation that changes more pages than SQLite's cache holds, and another one.
bool import_much(Simulation& sim) {
    if (sim.model().products.size() > 100) {
        return false;  // what was imported before could not be undone
    }
    import_rows(sim, sim.dice().between(1000, 1500), [&sim](std::int64_t import) {
        sim.count("large file imported");
        undo(sim, import);
    });
    return true;
}

bool undo_import(Simulation& sim) {
    const auto newest = sim.app().store().read().value<std::int64_t>(std::string(kNewest) + "import").value_or(0);
    if (newest == 0) {
        return false;
    }
    undo(sim, newest);
    return true;
}

bool dismiss_alert(Simulation& sim) {
    const auto newest = sim.app().store().read().value<std::int64_t>(std::string(kNewest) + "alert").value_or(0);
    if (newest == 0) {
        return false;
    }
    sim.ask(sim.by_staff(fmt::format("/admin/alerts/{}/dismiss",
                                     sim.dice().between(std::max<std::int64_t>(1, newest - 3), newest)),
                         nullptr),
            take_any);
    return true;
}

bool register_customer(Simulation& sim) {
    if (!sim.dice().chance(150)) {  // a hash is slow by design
        return false;
    }
    sim.ask(
        sim.post(
            "/customers",
            {{"name", "An account"},
             {"email", fmt::format("account-{}@example.com", sim.next_customer++)},
             {"password", "correct horse battery"},
             {"shipping_address",
              {{"line1", "Analytische Allee 12"}, {"city", "Berlin"}, {"postal_code", "10115"}, {"country", "DE"}}}},
            ""),
        take_any);
    return true;
}

bool erase_customer(Simulation& sim) {
    const auto view = [&] { return sim.app().store().read(); };
    const auto id = view().value<std::int64_t>(kSomeCustomer, sim.dice().between(0, 60));
    if (!id) {
        return false;
    }
    view().each(
        kErasedOrders,
        [&](const storage::Row& row) {
            if (const auto found = sim.model().orders.find(row.get<std::int64_t>(0));
                found != sim.model().orders.end()) {
                found->second.erase_asked = true;
            }
        },
        *id);
    sim.ask(sim.by_owner(fmt::format("/admin/customers/{}/erase", *id), nullptr), sim.counting(200, "customer erased"));
    return true;
}

bool change_settings(Simulation& sim) {
    Json body = Json::object();
    switch (sim.dice().below(4)) {
        case 0: body["reservation_minutes"] = sim.dice().between(5, 120); break;
        case 1: body["shop_name"] = fmt::format("The shop of step {}", sim.step()); break;
        case 2:
            body["unpaid_holds"] = {{"bank_transfer_days", sim.dice().between(1, 9)},
                                    {"reminder_days", sim.dice().between(0, 3)},
                                    {"cash_on_delivery_days", sim.dice().between(1, 5)},
                                    {"gateway_days", 7}};
            break;
        default:
            body["ship_before_payment"] = {{"bank_transfer", sim.dice().chance(300)}, {"cash_on_delivery", true}};
            break;
    }
    sim.ask(sim.put("/admin/settings", body, sim.owner()), [&sim](const Reply& reply) {
        if (reply.status == 200) {
            sim.count("settings changed");
        } else {
            sim.fail("settings were refused: " + reply.text);
        }
    });
    return true;
}

bool keep_webhooks(Simulation& sim) {
    const auto there = sim.app().store().read().value<std::int64_t>(std::string(kNewest) + "webhook_endpoint");
    const auto newest = std::max<std::int64_t>(1, there.value_or(0));  // 0 after a restore of the first minutes
    const auto path =
        fmt::format("/admin/webhooks/{}", sim.dice().between(std::max<std::int64_t>(1, newest - 2), newest));
    switch (sim.dice().below(6)) {
        case 0:
            sim.ask(sim.by_owner("/admin/webhooks", {{"url", fmt::format("{}{}", Outside::kHooks, sim.step())},
                                                     {"events", {"order.*", "payment.*"}}}),
                    take_any);
            break;
        case 1: sim.ask(sim.put(path, {{"enabled", sim.dice().chance(800)}}, sim.owner()), take_any); break;
        case 2: sim.ask(sim.say(path + "/rotate-secret", nullptr, sim.owner()), take_any); break;
        case 3: sim.ask(sim.say(path + "/test", nullptr, sim.owner()), take_any); break;
        case 4:
            if (newest > 1) {
                sim.ask(sim.remove(path, sim.owner()), take_any);
            }
            break;
        default: {
            const auto delivery =
                sim.app().store().read().value<std::int64_t>(std::string(kNewest) + "webhook_delivery").value_or(0);
            sim.ask(
                sim.by_staff(fmt::format("/admin/webhook-deliveries/{}/replay", std::max<std::int64_t>(1, delivery)),
                             nullptr),
                take_any);
        }
    }
    return true;
}

bool keep_api_keys(Simulation& sim) {
    if (sim.dice().chance(600)) {
        sim.ask(sim.by_owner("/admin/api-keys", {{"label", fmt::format("key {}", sim.step())}, {"role", "viewer"}}),
                take_any);
        return true;
    }
    const auto newest = sim.app().store().read().value<std::int64_t>(std::string(kNewest) + "api_key").value_or(0);
    if (newest < 2) {
        return false;  // the first is the one that staff use here
    }
    const auto path = fmt::format("/admin/api-keys/{}", sim.dice().between(2, newest));
    sim.ask(sim.remove(path, sim.owner()), take_any);
    return true;
}

bool retry_job(Simulation& sim) {
    const auto dead = sim.app().store().read().value<std::int64_t>("SELECT id FROM job WHERE status = 'dead' LIMIT 1");
    if (!dead) {
        return false;
    }
    sim.ask(sim.by_staff(fmt::format("/admin/jobs/{}/retry", *dead), nullptr), take_any);
    return true;
}

bool read_lists(Simulation& sim) {
    static const std::vector<std::string> lists{"/products?limit=20",
                                                "/products?q=thing",
                                                "/product-groups?sort=name&limit=20",
                                                "/product-groups?q=kind",
                                                "/admin/orders?limit=20",
                                                "/admin/orders?q=customer",
                                                "/admin/orders?status=paid,processing",
                                                "/admin/inventory?low_stock=true",
                                                "/admin/payments?limit=20",
                                                "/admin/customers?limit=20",
                                                "/admin/events?after=0",
                                                "/admin/audit?limit=20",
                                                "/admin/jobs",
                                                "/admin/mails?limit=20",
                                                "/admin/webhooks",
                                                "/admin/webhook-deliveries?limit=20",
                                                "/admin/alerts",
                                                "/admin/stats",
                                                "/payment-methods",
                                                "/healthz"};
    const auto path = sim.dice().one_of(lists);
    sim.ask(sim.get(path), [&sim, path](const Reply& reply) {
        if (reply.status != 200 && reply.status != 403) {
            sim.fail(fmt::format("{} was answered with {}: {}", path, reply.status, reply.text));
        }
    });
    return true;
}

}  // namespace

std::vector<Operation> keeping() {
    return {
        {"add a product", 30, add_product},
        {"edit a product", 30, edit_product},
        {"adjust stock", 70, adjust_stock, false},
        {"set a stock policy", 40, set_stock_policy},
        {"remove a product", 8, remove_product, false},
        {"import a file", 12, import, false},
        {"undo an import", 6, undo_import, false},
        {"import a large file, and undo it", 1, import_much, false},
        {"dismiss an alert", 10, dismiss_alert},
        {"register a customer", 10, register_customer},
        {"erase a customer", 12, erase_customer},
        {"change settings", 12, change_settings, false},
        {"keep webhooks", 20, keep_webhooks, false},
        {"keep API keys", 8, keep_api_keys, false},
        {"retry a dead job", 10, retry_job},
        {"read a list", 60, read_lists},
    };
}

}  // namespace orderd::tests
