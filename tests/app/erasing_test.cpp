// What is left of a customer who was erased, in the API and in the bytes of the shop's files.

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "payments/support.h"
#include "storage/store.h"
#include "support/files.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

struct ErasingShop : Shop {
    ErasingShop() : Shop([](app::Config& config) { config.sandbox_payments = true; }) {
        mug = product({.on_hand = 1000});
    }

    /// An order that is cancelled, with all that staff can write about it. @returns its number
    std::int64_t noted_order(const std::string& email, const std::string& name, const Headers& headers = {}) {
        auto body = order_body({{mug, 1}}, email);
        body["customer"]["name"] = name;
        body["note"] = "Ring twice, says " + name;
        const auto placed = post("/orders", body, {}, headers);
        INFO(placed.text);
        REQUIRE(placed.status == 201);
        const auto id = placed.body["id"].get<std::int64_t>();
        const auto path = "/admin/orders/" + std::to_string(id);
        REQUIRE(put(path, {{"staff_note", "a note about " + name}}, staff()).status == 200);
        const auto cancelled = post("/orders/" + std::to_string(id) + "/cancel", {{"reason", "called by " + name}},
                                    staff(), {{"Idempotency-Key", "cancel-" + std::to_string(id)}});
        INFO(cancelled.text);
        REQUIRE(cancelled.status == 200);
        return id;
    }

    std::string customer_of(std::int64_t order) {
        return get("/admin/orders/" + std::to_string(order), viewer()).body["customer_id"].dump();
    }

    void erase(const std::string& customer) {
        const auto erased = post("/admin/customers/" + customer + "/erase", Json::object(), owner());
        INFO(erased.text);
        REQUIRE(erased.status == 200);
    }

    /// All that is sealed of a customer now.
    std::vector<std::string> sealed_of(const std::string& customer) {
        std::vector<std::string> found;
        store().read().each(
            "SELECT contact_sealed FROM customer WHERE id = ?1 UNION ALL SELECT address_sealed FROM customer WHERE id "
            "= ?1 UNION ALL SELECT contact_sealed FROM orders WHERE customer_id = ?1 UNION ALL SELECT address_sealed "
            "FROM orders WHERE customer_id = ?1 UNION ALL SELECT staff_note_sealed FROM orders WHERE customer_id = ?1 "
            "UNION ALL SELECT delivery_note_sealed FROM orders WHERE customer_id = ?1 "
            "UNION ALL SELECT answer_sealed FROM idempotency_key WHERE EXISTS (SELECT 1 FROM json_each(about) WHERE "
            "value IN (SELECT 'order ' || id FROM orders WHERE customer_id = ?1))",
            [&](const storage::Row& row) {
                if (!row.is_null(0)) {
                    found.push_back(row.get<std::string>(0));
                }
            },
            std::stoll(customer));
        return found;
    }

    std::int64_t mug = 0;
};

}  // namespace

TEST_CASE("X13: a customer who is erased is in no stored answer, and no request is carried out twice for that") {
    ErasingShop shop;
    auto body = Shop::order_body({{shop.mug, 1}}, "zoe@example.com");
    body["customer"]["name"] = "Zoë Erasmus";
    const Headers key{{"Idempotency-Key", "zoe-1"}};
    const auto placed = shop.post("/orders", body, {}, key);
    REQUIRE(placed.status == 201);
    const auto others =
        shop.post("/orders", Shop::order_body({{shop.mug, 1}}, "eve@example.com"), {}, {{"Idempotency-Key", "eve-1"}});
    REQUIRE(others.status == 201);
    const Json account{{"name", "Zoë Erasmus"}, {"email", "zoe@example.com"}, {"password", "some words that are long"}};
    REQUIRE(shop.post("/customers", account, {}, {{"Idempotency-Key", "zoe-2"}}).status == 201);

    const auto id = placed.body["id"].get<std::int64_t>();
    REQUIRE(shop.post("/orders/" + std::to_string(id) + "/cancel", Json::object(), shop.staff()).status == 200);
    shop.erase(shop.customer_of(id));
    const auto again = shop.post("/orders", body, {}, key);
    CHECK(again.status == 404);
    CHECK(again.code() == "erased");
    CHECK(again.text.find("Erasmus") == std::string::npos);
    CHECK(again.text.find("zoe@") == std::string::npos);
    CHECK(shop.get("/admin/orders", shop.viewer()).body["data"].size() == 2);
    const auto replayed =
        shop.post("/orders", Shop::order_body({{shop.mug, 1}}, "eve@example.com"), {}, {{"Idempotency-Key", "eve-1"}});
    CHECK(replayed.status == 201);
    CHECK(replayed.body == others.body);

    // The account is another customer's row, and has its own answer.
    CHECK(shop.post("/customers", account, {}, {{"Idempotency-Key", "zoe-2"}}).status == 201);
    const auto found = shop.get("/admin/customers?q=zoe@example.com", shop.viewer()).body["data"];
    REQUIRE(found.size() == 1);
    shop.erase(found[0]["id"].dump());
    CHECK(shop.post("/customers", account, {}, {{"Idempotency-Key", "zoe-2"}}).status == 404);
    shop.check_invariants();
}

TEST_CASE("X13: what staff wrote about a customer goes with them, and nothing of it is in a later backup") {
    ErasingShop shop;
    std::vector<std::int64_t> orders;
    for (int i = 0; i < 60; ++i) {
        orders.push_back(shop.noted_order("customer" + std::to_string(i) + "@example.com",
                                          "Nonesuch" + std::to_string(1000 + i),
                                          {{"Idempotency-Key", "order-" + std::to_string(i)}}));
    }
    // One who paid, got the goods, sent them back, and got the money back: each with words about them.
    auto body = Shop::order_body({{shop.mug, 2}}, "paid@example.com");
    body["customer"]["name"] = "Nonesuch2000";
    const auto placed = shop.post("/orders", body);
    REQUIRE(placed.status == 201);
    const auto paid = placed.body["id"].dump();
    const auto token = placed.body["access_token"].get<std::string>();
    const auto payment =
        shop.post("/payments", {{"order_id", placed.body["id"]}, {"method", {{"type", "bank_transfer"}}}}, token);
    REQUIRE(payment.status < 300);
    const auto payment_path = "/payments/" + payment.body["id"].dump();
    REQUIRE(shop.post(payment_path + "/capture", {{"reference", "transfer of Nonesuch2000"}}, shop.staff()).status <
            300);
    REQUIRE(shop.put("/orders/" + paid + "/fulfillment", Json::object(), shop.staff()).status == 202);
    shop.drain();
    REQUIRE(shop.put("/orders/" + paid + "/fulfillment", {{"status", "shipped"}}, shop.staff()).status == 200);
    REQUIRE(shop.put("/orders/" + paid + "/fulfillment", {{"status", "delivered"}}, shop.staff()).status < 300);
    const auto item = placed.body["items"][0]["id"];
    const auto returned = shop.post(
        "/orders/" + paid + "/returns",
        {{"items", {{{"item_id", item}, {"quantity", 1}}}}, {"reason", "too small for Nonesuch2000"}}, shop.staff());
    INFO(returned.text);
    REQUIRE(returned.status == 201);
    REQUIRE(shop.post(payment_path + "/refunds", {{"amount", 100}, {"reason", "sorry, Nonesuch2000"}}, shop.staff())
                .status < 300);
    orders.push_back(placed.body["id"].get<std::int64_t>());

    std::vector<std::string> gone;
    for (std::size_t i = 0; i < orders.size(); i += 4) {
        const auto customer = shop.customer_of(orders[i]);
        for (auto& sealed : shop.sealed_of(customer)) {
            gone.push_back(std::move(sealed));
        }
        shop.erase(customer);
    }
    REQUIRE(gone.size() > 100);
    shop.drain();
    const auto copy = shop.folder() / "later.db";
    storage::backup(shop.folder() / "shop.db", copy);
    const auto shown = shop.get("/admin/orders/" + paid, shop.viewer()).text;
    CHECK(shown.find("Nonesuch") == std::string::npos);
    for (const auto& file : {shop.folder() / "shop.db", shop.folder() / "shop.db-wal", copy}) {
        CAPTURE(file);
        const auto bytes = bytes_of(file);
        std::size_t left = 0;
        for (const auto& sealed : gone) {
            left += bytes.find(sealed.substr(24, 24)) != std::string::npos ? 1U : 0U;
        }
        CHECK(left == 0);
        CHECK(bytes.find("Nonesuch1000") == std::string::npos);
        CHECK(bytes.find("Nonesuch1004") == std::string::npos);
        CHECK(bytes.find("Nonesuch2000") == std::string::npos);
    }
    CHECK(bytes_of(copy).find("Nonesuch1001") != std::string::npos);  // whoever was not erased
    shop.check_invariants();
}

TEST_CASE("P3: who is erased takes no order of somebody else along whose address only looks alike when folded") {
    ErasingShop shop;
    const auto sharp = shop.noted_order("a@straße.example", "Zoë Erasmus");
    const auto plain = shop.noted_order("a@strasse.example", "Eve Untouched");
    CHECK(shop.customer_of(sharp) != shop.customer_of(plain));
    shop.erase(shop.customer_of(sharp));
    const auto order = shop.get("/admin/orders/" + std::to_string(plain), shop.viewer());
    CHECK(order.text.find("Eve Untouched") != std::string::npos);
    CHECK(shop.get("/admin/orders/" + std::to_string(sharp), shop.viewer()).text.find("Erasmus") == std::string::npos);
    shop.check_invariants();
}
