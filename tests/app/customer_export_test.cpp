#include <string>

#include <catch2/catch_test_macros.hpp>

#include "payments/support.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

TEST_CASE("all that is held about one person can be downloaded, and the audit log says who did") {
    Shop shop([](app::Config& config) { config.sandbox_payments = true; });
    const auto mug = shop.product({});
    const auto order = shop.order({{mug, 2}});
    REQUIRE(order.status == 201);
    REQUIRE(shop.order({{mug, 1}}, {}).status == 201);
    auto other = Shop::order_body({{mug, 1}}, "eve@example.com");
    other["customer"]["name"] = "Eve Elsewhere";
    REQUIRE(shop.post("/orders", other).status == 201);
    const auto id = order.body["id"].dump();
    REQUIRE(shop.put("/admin/orders/" + id, {{"staff_note", "likes blue"}}, shop.staff()).status == 200);
    const auto token = order.body["access_token"].get<std::string>();
    const auto payment =
        shop.post("/payments", {{"order_id", order.body["id"]}, {"method", {{"type", "bank_transfer"}}}}, token);
    REQUIRE(payment.status < 300);
    REQUIRE(
        shop.post("/payments/" + payment.body["id"].dump() + "/capture", {{"reference", "her transfer"}}, shop.staff())
            .status < 300);
    REQUIRE(shop.put("/orders/" + id + "/fulfillment", Json::object(), shop.staff()).status == 202);
    shop.drain();
    REQUIRE(shop.put("/orders/" + id + "/fulfillment", {{"status", "shipped"}}, shop.staff()).status == 200);
    shop.drain();

    const auto customer = shop.get("/admin/orders/" + id, shop.viewer()).body["customer_id"].dump();
    const auto path = "/admin/customers/" + customer + "/export";
    CHECK(shop.get(path).status == 401);
    CHECK(shop.get(path, token).status >= 401);
    CHECK(shop.get(path, shop.viewer()).status == 403);
    CHECK(shop.get("/admin/customers/999/export", shop.staff()).status == 404);
    const auto exported = shop.get(path, shop.staff());
    INFO(exported.text);
    REQUIRE(exported.status == 200);
    CHECK(exported.header("Content-Disposition").find("customer-" + customer + ".json") != std::string::npos);
    const auto& body = exported.body;
    CHECK(body["customer"]["email"] == "ada@example.com");
    REQUIRE(body["orders"].size() == 2);
    const auto& first = body["orders"][0];
    CHECK(first["items"][0]["quantity"] == 2);
    CHECK(first["customer"]["shipping_address"]["city"].is_string());
    CHECK(first["staff_note"] == "likes blue");
    CHECK(first["payment"]["reference"] == "her transfer");
    CHECK(first["shipments"].size() == 1);
    CHECK(first["history"].size() >= 3);
    CHECK(first["history"][0]["kind"] == "order.placed");
    // Nothing of others: no other customer, and no name of staff.
    CHECK(exported.text.find("Elsewhere") == std::string::npos);
    CHECK(exported.text.find("eve@example.com") == std::string::npos);
    for (const auto& entry : first["history"]) {
        CHECK(entry["by"].get<std::string>().find(':') == std::string::npos);
    }
    CHECK(first.contains("managed_by") == false);

    const auto audit = shop.get("/admin/audit", shop.owner()).body["data"];
    CHECK(audit[0]["action"] == "customer.export");
    CHECK(audit[0]["subject_id"].dump() == customer);
    int entries = 0;
    for (const auto& entry : audit) {
        entries += entry["action"] == "customer.export" ? 1 : 0;
    }
    CHECK(entries == 1);  // refused ones read nothing
}

TEST_CASE("of an erased customer an export holds the orders, and nobody's name") {
    Shop shop;
    const auto mug = shop.product({});
    const auto order = shop.order({{mug, 1}});
    const auto id = order.body["id"].dump();
    const auto customer = shop.get("/admin/orders/" + id, shop.viewer()).body["customer_id"].dump();
    REQUIRE(shop.post("/orders/" + id + "/cancel", Json::object(), shop.staff()).status == 200);
    REQUIRE(shop.post("/admin/customers/" + customer + "/erase", Json::object(), shop.owner()).status == 200);
    const auto exported = shop.get("/admin/customers/" + customer + "/export", shop.owner());
    REQUIRE(exported.status == 200);
    CHECK(exported.body["customer"]["erased"] == true);
    CHECK(exported.body["orders"][0]["customer"].is_null());
    CHECK(exported.text.find("ada@example.com") == std::string::npos);
}
