// The event log alone says what moved: replayed, it gives every product's stock, and what came in and went back.

#include <fmt/format.h>

#include <array>
#include <random>

#include <catch2/catch_test_macros.hpp>

#include "fulfillment/support.h"
#include "payments/support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

struct Stock {
    std::int64_t on_hand = 0;
    std::int64_t reserved = 0;

    bool operator==(const Stock&) const = default;
};

/// What is owed for an order, came in and went back.
struct OrderMoney {
    std::int64_t total = 0;
    std::int64_t captured = 0;
    std::int64_t refunded = 0;  ///< or on its way back, or to be sent

    bool operator==(const OrderMoney&) const = default;
};

/// What a program holds that reads the log from its beginning.
struct Replayed {
    std::map<std::int64_t, Stock> stocks = {};
    std::map<std::int64_t, OrderMoney> orders = {};
    std::map<std::int64_t, std::int64_t> refunds = {};  ///< amounts of those that did not fail

    void read(const Json& event);

private:
    void move(const Json& body, std::int64_t on_hand, std::int64_t reserved);
    void move_money(const std::string& kind, const Json& body);
    void edit(const Json& body);
    void reserve(const Json& item, std::int64_t units);
};

void Replayed::move(const Json& body, std::int64_t on_hand, std::int64_t reserved) {
    for (const auto& item : body.at("items")) {
        const auto quantity = item.at("quantity").get<std::int64_t>();
        CHECK(item.at("item_id").is_number_integer());
        if (item.value("counted", true)) {
            auto& stock = stocks[item.at("product_id").get<std::int64_t>()];
            stock.on_hand += on_hand * quantity;
            stock.reserved += reserved * quantity;
        }
    }
}

void Replayed::move_money(const std::string& kind, const Json& body) {
    if (!kind.starts_with("payment.") || !body.contains("order_id")) {
        return;
    }
    auto& money = orders[body.at("order_id").get<std::int64_t>()];
    if (kind == "payment.succeeded") {
        money.captured += body.at("amount").get<std::int64_t>();
    } else if (kind == "payment.refunding" || kind == "payment.refunded") {
        const auto amount = body.at("amount").get<std::int64_t>();
        money.refunded += refunds.emplace(body.at("refund_id").get<std::int64_t>(), amount).second ? amount : 0;
    } else if (kind == "payment.refund_failed") {
        money.refunded -= body.at("amount").get<std::int64_t>();
        refunds.erase(body.at("refund_id").get<std::int64_t>());
    }
}

void Replayed::edit(const Json& body) {
    for (const auto& item : body.at("added")) {
        reserve(item, item.at("quantity").get<std::int64_t>());
    }
    for (const auto& item : body.at("changed")) {
        reserve(item, item.at("quantity").get<std::int64_t>() - item.at("quantity_before").get<std::int64_t>());
    }
}

void Replayed::reserve(const Json& item, std::int64_t units) {
    if (item.value("counted", true)) {
        stocks[item.at("product_id").get<std::int64_t>()].reserved += units;
    }
}

void Replayed::read(const Json& event) {
    const auto kind = event.at("kind").get<std::string>();
    const auto& body = event.at("body");
    const auto subject = event.at("subject_id").get<std::int64_t>();
    if (kind == "product.created") {
        stocks[subject].on_hand = body.at("on_hand").get<std::int64_t>();
    } else if (kind == "product.deleted") {
        stocks.erase(subject);
    } else if (kind == "stock.adjusted") {
        stocks[subject].on_hand += body.at("delta").get<std::int64_t>();
        CHECK(stocks[subject].on_hand == body.at("on_hand").get<std::int64_t>());
    } else if (kind == "order.placed") {
        move(body, 0, 1);
        orders[subject].total = body.at("total").get<std::int64_t>();
    } else if (kind == "order.edited") {
        edit(body);
    } else if (kind == "order.total_changed") {
        orders[subject].total = body.at("total").get<std::int64_t>();
    } else if (kind == "order.cancelled" || kind == "order.expired" || kind == "order.rest_cancelled") {
        move(body, 0, -1);
    } else if ((kind == "shipment.in_transit" || kind == "shipment.delivered") && body.contains("items")) {
        move(body, -1, -1);
    } else if (kind == "order.items_returned" && body.at("restocked").get<bool>()) {
        move(body, 1, 0);
    }
    move_money(kind, body);
}

/// By GET /admin/events alone.
Replayed replayed(Shop& shop) {
    Replayed replayed;
    shop.sign_in_again();
    for (std::int64_t after = 0;;) {
        const auto page = shop.get(fmt::format("/admin/events?limit=200&after={}", after), shop.viewer()).body;
        if (page.at("data").empty()) {
            return replayed;
        }
        for (const auto& event : page.at("data")) {
            CHECK(event.at("sequence").get<std::int64_t>() == after + 1);
            after = event.at("sequence").get<std::int64_t>();
            replayed.read(event);
        }
    }
}

std::map<std::int64_t, Stock> stored(Shop& shop) {
    std::map<std::int64_t, Stock> stocks;
    shop.store().read().each("SELECT id, on_hand, reserved FROM product", [&](const storage::Row& row) {
        stocks[row.get<std::int64_t>(0)] = {row.get<std::int64_t>(1), row.get<std::int64_t>(2)};
    });
    return stocks;
}

std::map<std::int64_t, OrderMoney> stored_money(Shop& shop) {
    constexpr auto kMoney = R"sql(
        SELECT o.id, o.total, coalesce(p.captured, 0), coalesce(p.refunded, 0)
          FROM orders o LEFT JOIN payment p ON p.order_id = o.id
    )sql";
    std::map<std::int64_t, OrderMoney> orders;
    shop.store().read().each(kMoney, [&](const storage::Row& row) {
        orders[row.get<std::int64_t>(0)] = {row.get<std::int64_t>(1), row.get<std::int64_t>(2),
                                            row.get<std::int64_t>(3)};
    });
    return orders;
}

/// A shop's life, step by step; a step that its state refuses changes nothing, and that is part of it.
class Life {
public:
    Life(Shop& shop, unsigned seed) : shop_(shop), random_(seed) {
        for (int i = 0; i < 4; ++i) {
            products_.push_back(
                shop.product({.sku = "P" + std::to_string(i), .on_hand = i == 0 ? 2 : 30, .threshold = 5}));
        }
        // Of one there is little, and more of it is sold.
        shop.put("/admin/inventory/" + std::to_string(products_.front()),
                 {{"stock_policy", "beyond"}, {"beyond_limit", 40}}, shop.staff());
    }

    void step() {
        switch (pick(15)) {
            case 0:
            case 1:
            case 2: return places();
            case 3: return pays();
            case 4:
            case 5: return ships();
            case 6: return cancels_rest();
            case 7: return returns();
            case 8: return refunds_with_restock();
            case 9: return cancels();
            case 10: return adjusts();
            case 11: return sets_policy();
            case 12:
            case 13: return edits();
            default: shop_.advance(minutes(20)); shop_.drain();
        }
    }

private:
    int pick(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }
    std::int64_t product() { return products_[static_cast<std::size_t>(pick(static_cast<int>(products_.size())))]; }
    PaidOrder* order() {
        return orders_.empty() ? nullptr : &orders_[static_cast<std::size_t>(pick(static_cast<int>(orders_.size())))];
    }
    Json one_of(const PaidOrder& it) {
        return Json::array({{{"item_id", it.items[static_cast<std::size_t>(pick(static_cast<int>(it.items.size())))]},
                             {"quantity", 1 + pick(2)}}});
    }
    std::string payment_of(const PaidOrder& it) {
        const auto payment = shop_.get("/admin" + it.path(""), shop_.viewer()).body["payment"];
        return payment.is_null() ? "" : "/payments/" + std::to_string(payment["id"].get<std::int64_t>());
    }

    void places() {
        const auto reply = shop_.order({{product(), 1 + pick(4)}, {product(), 1 + pick(3)}});
        if (reply.status == 201) {
            PaidOrder it{.id = reply.body["id"].get<std::int64_t>(),
                         .token = reply.body["access_token"].get<std::string>(),
                         .items = {}};
            for (const auto& item : reply.body["items"]) {
                it.items.push_back(item["id"].get<std::int64_t>());
            }
            orders_.push_back(std::move(it));
        }
    }
    void pays() {
        if (const auto* it = order()) {
            const auto payment = pay(shop_, {it->id, it->token}, {{"type", "bank_transfer"}});
            if (payment.status == 201) {
                shop_.post(path_of(payment) + "/capture", Json::object(), shop_.staff());
            }
        }
    }
    void ships() {
        if (const auto* it = order()) {
            Json body = Json::object();
            if (pick(2) == 0) {
                body["items"] = one_of(*it);
            }
            shop_.put(it->path("/fulfillment"), body, shop_.staff());
            shop_.drain();
            if (pick(4) > 0) {
                shop_.put(it->path("/fulfillment"), {{"status", "shipped"}}, shop_.staff());
            }
        }
    }
    /// Of an order of which one parcel left.
    void cancels_rest() {
        const auto before = orders_.size();
        places();
        if (orders_.size() == before) {
            return;
        }
        const auto it = orders_.back();
        const auto payment = pay(shop_, {it.id, it.token}, {{"type", "bank_transfer"}});
        shop_.post(path_of(payment) + "/capture", Json::object(), shop_.staff());
        shop_.put(it.path("/fulfillment"), {{"items", one_of(it)}}, shop_.staff());
        shop_.drain();
        shop_.put(it.path("/fulfillment"), {{"status", "shipped"}}, shop_.staff());
        shop_.post(it.path("/cancel-unshipped"), Json::object(), shop_.staff());
    }
    void returns() {
        if (const auto* it = order()) {
            shop_.post(it->path("/returns"), {{"items", one_of(*it)}, {"restock", pick(2) == 0}}, shop_.staff());
        }
    }
    void refunds_with_restock() {
        if (const auto* it = order()) {
            if (const auto payment = payment_of(*it); !payment.empty()) {
                shop_.post(payment + "/refunds", {{"amount", 1}, {"restock", one_of(*it)}}, shop_.staff());
            }
        }
    }
    void cancels() {
        if (const auto* it = order()) {
            shop_.post(it->path("/cancel"), Json::object(), shop_.staff());
            shop_.drain();
        }
    }
    void adjusts() {
        const bool more = pick(3) > 0;
        shop_.put("/admin/inventory/" + std::to_string(product()),
                  {{"adjust", more ? 1 + pick(9) : -1 - pick(3)}, {"reason", more ? "received" : "damaged"}},
                  shop_.staff());
    }

    void edits() {
        if (const auto* it = order()) {
            const auto item = it->items[static_cast<std::size_t>(pick(static_cast<int>(it->items.size())))];
            Json body{{"change", Json::array({{{"item_id", item}, {"quantity", pick(6)}}})}};
            if (pick(2) == 0) {
                body["add"] = Json::array({{{"product_id", product()}, {"quantity", 1 + pick(2)}}});
            }
            shop_.post("/admin/orders/" + std::to_string(it->id) + "/edits", body, shop_.staff());
            if (const auto payment = payment_of(*it); !payment.empty() && pick(2) == 0) {
                shop_.post(payment + "/capture", Json::object(), shop_.staff());  // what is owed now comes by hand
            }
        }
    }
    void sets_policy() {
        const Json counted{{"stock_policy", "counted"}};
        const Json uncounted{{"stock_policy", "uncounted"}};
        const Json beyond{{"stock_policy", "beyond"}, {"beyond_limit", 20}};
        const std::array policies{counted, uncounted, beyond, beyond};
        shop_.put("/admin/inventory/" + std::to_string(product()), policies[static_cast<std::size_t>(pick(4))],
                  shop_.staff());
    }

    Shop& shop_;
    std::mt19937 random_;
    std::vector<std::int64_t> products_;
    std::vector<PaidOrder> orders_;
};

}  // namespace

TEST_CASE("A6: every product's stock and every order's money are rebuilt from the event log alone") {
    std::set<std::string> happened;
    for (const unsigned seed : {1U, 2U, 3U}) {
        CAPTURE(seed);
        Shop shop;
        Life life(shop, seed);
        for (int i = 0; i < 200; ++i) {
            life.step();
        }
        for (const auto& kind : shop.events()) {
            happened.insert(kind);
        }
        const auto from_log = replayed(shop);
        CHECK(from_log.stocks == stored(shop));
        CHECK(from_log.orders == stored_money(shop));
        shop.check_invariants();
    }
    for (const auto* kind : {"order.placed", "order.expired", "order.cancelled", "order.rest_cancelled",
                             "order.items_returned", "order.awaited_changed", "shipment.in_transit", "stock.adjusted",
                             "payment.succeeded", "payment.refunding", "order.edited"}) {
        INFO(kind);
        CHECK(happened.contains(kind));
    }
}

TEST_CASE("A6: an import and its undoing are told as what they moved") {
    Shop shop;
    shop.product({.sku = "MUG", .on_hand = 5});
    const std::string csv =
        "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price\nmug,Mug,MUG,9,12.50\npot,Pot,POT,3,8.00\n";
    const auto imported = shop.send("POST", "/admin/inventory/import", csv, "text/csv", shop.staff());
    INFO(imported.text);
    REQUIRE(imported.status < 300);
    CHECK(stored(shop).size() == 2);
    CHECK(replayed(shop).stocks == stored(shop));
    const auto imports = shop.get("/admin/inventory/imports", shop.staff()).body["data"];
    REQUIRE(imports.size() == 1);
    const auto undone =
        shop.post("/admin/inventory/imports/" + imports[0]["id"].dump() + "/undo", Json::object(), shop.staff());
    INFO(undone.text);
    REQUIRE(undone.status < 300);
    CHECK(replayed(shop).stocks == stored(shop));
}
