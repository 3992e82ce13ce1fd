// Unpaid stock: it has an end, it is bounded for strangers, and what is out of the ordinary is shown.

#include <catch2/catch_test_macros.hpp>

#include "base/address.h"
#include "payments/support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::string order_path(std::int64_t id) { return "/orders/" + std::to_string(id); }

Json expiry_of(Shop& shop, std::int64_t id) { return shop.get(order_path(id), shop.viewer()).body["expires_at"]; }

Reply change(Shop& shop, std::int64_t id, const Json& body) {
    return shop.put("/admin" + order_path(id), body, shop.staff());
}

Json available(Shop& shop, std::int64_t product) {
    return shop.get("/products/" + std::to_string(product)).body["available"];
}

/// A shop behind a proxy on this machine, so that its strangers have addresses.
struct StreetShop {
    Shop shop{[](app::Config& config) { config.trusted_proxies = {"127.0.0.0/8"}; }};
    std::int64_t mug = shop.product({.on_hand = 1000});

    Reply order(const std::string& address, Quantity units = 1, const std::string& email = "") {
        static int guest = 0;
        const auto mail = email.empty() ? "guest" + std::to_string(++guest) + "@example.com" : email;
        return shop.post("/orders", Shop::order_body({{mug, units}}, mail), {}, {{"X-Forwarded-For", address}});
    }
};

const Json kTransfer{{"type", "bank_transfer"}};
const Json kOnDelivery{{"type", "cash_on_delivery"}};

}  // namespace

TEST_CASE(
    "X3: a guest who orders all units and pays by bank transfer holds them for seven days, reminded after three") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 5});
    const auto reply = shop.order({{mug, 5}});
    const Placed order{reply.body["id"].get<std::int64_t>(), reply.body["access_token"].get<std::string>()};
    shop.advance(minutes(20));
    REQUIRE(pay(shop, order, kTransfer).status == 201);
    CHECK(expiry_of(shop, order.id) == "2026-01-08T00:20:00.000Z");  // from now on, not from when it was placed

    shop.advance(days(3));
    shop.drain();
    auto kinds = shop.events();
    CHECK(std::count(kinds.begin(), kinds.end(), "payment.reminded") == 1);
    CHECK(available(shop, mug) == 0);
    shop.advance(days(4));
    shop.drain();
    shop.sign_in_again();
    CHECK(status_of(shop, order) == "expired");
    CHECK(available(shop, mug) == 5);
    kinds = shop.events();
    CHECK(std::count(kinds.begin(), kinds.end(), "payment.reminded") == 1);
    CHECK(shop.get("/admin/payments", shop.viewer()).body["data"][0]["status"] == "voided");
    shop.check_invariants();
}

TEST_CASE("X3: a transfer that came is not asked for again") {
    Shop shop;
    const auto order = place(shop, shop.product({}));
    const auto payment = pay(shop, order, kTransfer);
    REQUIRE(shop.post(path_of(payment) + "/capture", Json::object(), shop.staff()).status == 200);
    shop.advance(days(8));
    shop.drain();
    const auto kinds = shop.events();
    CHECK(std::count(kinds.begin(), kinds.end(), "payment.reminded") == 0);
    CHECK(status_of(shop, order) == "paid");
}

TEST_CASE("X3: cash on delivery holds stock for three days, and for good once staff confirm it") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 3});
    const auto forgotten = place(shop, mug);
    const auto confirmed = place(shop, mug);
    const auto packed = place(shop, mug);
    for (const auto& order : {forgotten, confirmed, packed}) {
        REQUIRE(pay(shop, order, kOnDelivery).status == 201);
    }
    CHECK(expiry_of(shop, forgotten.id) == "2026-01-04T00:00:00.000Z");
    const auto held = change(shop, confirmed.id, {{"hold_until", nullptr}});
    INFO(held.text);
    REQUIRE(held.status == 200);
    CHECK(held.body["expires_at"].is_null());
    CHECK(held.body["history"].back()["kind"] == "order.held");
    CHECK(held.body["history"].back()["actor"].get<std::string>().find("sam") != std::string::npos);
    REQUIRE(change(shop, packed.id, {{"status", "processing"}}).status == 200);
    shop.advance(days(3));
    shop.drain();
    shop.sign_in_again();
    CHECK(status_of(shop, forgotten) == "expired");
    CHECK(status_of(shop, confirmed) == "pending");
    CHECK(status_of(shop, packed) == "processing");
    CHECK(change(shop, packed.id, {{"hold_until", nullptr}}).code() == "not_pending");
    CHECK(change(shop, confirmed.id, {{"hold_until", "2026-01-01T00:00:00Z"}}).status == 422);
    CHECK(change(shop, confirmed.id, {{"hold_until", "2026-02-01T00:00:00Z"}}).body["expires_at"] ==
          "2026-02-01T00:00:00.000Z");
    CHECK(shop.put("/admin" + order_path(confirmed.id), {{"hold_until", nullptr}}, shop.viewer()).status == 403);
    shop.check_invariants();
}

TEST_CASE("X3: nobody holds stock for ever by changing how they pay") {
    Shop shop([](app::Config& config) { config.sandbox_payments = true; });
    const auto order = place(shop, shop.product({}));
    const Json declined{
        {"type", "card"}, {"number", "4000000000000002"}, {"exp_month", 12}, {"exp_year", 2030}, {"cvc", "123"}};
    REQUIRE(pay(shop, order, kTransfer).status == 201);
    const auto end = expiry_of(shop, order.id);
    int turns = 0;
    for (; turns < 20 && status_of(shop, order) == "pending"; ++turns) {
        shop.advance(hours(12));
        shop.sign_in_again();
        if (pay(shop, order, declined).status == 202) {
            shop.drain();
            CHECK(expiry_of(shop, order.id) == rfc3339(shop.clock().now() + minutes(30)));
            REQUIRE(pay(shop, order, kTransfer).status == 201);
            CHECK(expiry_of(shop, order.id) == end);
        }
        shop.drain();
    }
    CHECK(turns == 14);
    CHECK(status_of(shop, order) == "expired");
    shop.check_invariants();
}

TEST_CASE("X3: the waits and the bounds are settings") {
    Shop shop;
    auto settings = shop.get("/admin/settings", shop.viewer()).body;
    CHECK(settings["unpaid_holds"] ==
          Json{{"bank_transfer_days", 7}, {"reminder_days", 3}, {"cash_on_delivery_days", 3}, {"gateway_days", 14}});
    CHECK(settings["guest_limits"] ==
          Json{{"orders_per_email", 5}, {"orders_per_network", 10}, {"units_per_network", 100}});
    settings["unpaid_holds"]["bank_transfer_days"] = 2;
    REQUIRE(shop.put("/admin/settings", {{"unpaid_holds", settings["unpaid_holds"]}}, shop.owner()).status == 200);
    const auto order = place(shop, shop.product({}));
    REQUIRE(pay(shop, order, kTransfer).status == 201);
    CHECK(expiry_of(shop, order.id) == "2026-01-03T00:00:00.000Z");
    shop.drain();
    const auto kinds = shop.events();
    CHECK(std::count(kinds.begin(), kinds.end(), "payment.reminded") == 0);
    const Json wrong_values{{"bank_transfer_days", 0}, {"reminder_days", -1}, {"gateway_days", 91}};
    for (const auto& [name, value] : wrong_values.items()) {
        auto wrong = settings["unpaid_holds"];
        wrong[name] = value;
        CHECK(shop.put("/admin/settings", {{"unpaid_holds", wrong}}, shop.owner()).status == 422);
    }
}

TEST_CASE("X3: a network address has ten unpaid orders at most, and an IPv6 one its whole /64") {
    StreetShop it;
    for (int i = 0; i < 10; ++i) {
        REQUIRE(it.order("203.0.113.7").status == 201);
    }
    const auto refused = it.order("203.0.113.7");
    CHECK(refused.status == 409);
    CHECK(refused.code() == "too_many_unpaid");
    CHECK(refused.body["scope"] == "network_orders");
    CHECK(refused.body["limit"] == 10);
    CHECK(it.order("203.0.113.8").status == 201);  // another's share is another's
    CHECK(it.order("").status == 201);             // straight from this machine
    for (int i = 0; i < 10; ++i) {
        REQUIRE(it.order("2001:db8:0:1::" + std::to_string(i + 1)).status == 201);
    }
    CHECK(it.order("2001:db8:0:1:ffff::1").code() == "too_many_unpaid");
    CHECK(it.order("2001:db8:0:2::1").status == 201);

    // What is paid, cancelled or over is not counted any more.
    REQUIRE(it.shop.post("/orders/1001/cancel", Json::object(), it.shop.staff()).status == 200);
    CHECK(it.order("203.0.113.7").status == 201);
    CHECK(it.order("203.0.113.7").status == 409);
    REQUIRE(change(it.shop, 1002, {{"hold_until", nullptr}}).status == 200);  // staff agreed to this one
    CHECK(it.order("203.0.113.7").status == 201);
    it.shop.advance(minutes(31));
    it.shop.sign_in_again();
    CHECK(it.order("203.0.113.7").status == 201);
    it.shop.drain();
    it.shop.check_invariants();
}

TEST_CASE("X3: an e-mail address has five unpaid orders at most, however it is written") {
    StreetShop it;
    for (int i = 0; i < 5; ++i) {
        REQUIRE(
            it.order("198.51.100." + std::to_string(i), 1, i % 2 == 0 ? "ada@example.com" : "ADA@Example.COM").status ==
            201);
    }
    const auto refused = it.order("198.51.100.9", 1, "Ada@example.com");
    CHECK(refused.code() == "too_many_unpaid");
    CHECK(refused.body["scope"] == "email");
    CHECK(it.order("198.51.100.9", 1, "bob@example.com").status == 201);
    // Staff take orders by telephone, whatever waits.
    CHECK(it.shop
              .post("/orders", Shop::order_body({{it.mug, 1}}, "ada@example.com"), it.shop.staff(),
                    {{"X-Forwarded-For", "198.51.100.9"}})
              .status == 201);
}

TEST_CASE("X3: a network address holds a hundred units unpaid, and the last unit stays buyable") {
    StreetShop it;
    CHECK(it.order("203.0.113.7", 101).code() == "too_many_unpaid");
    REQUIRE(it.order("203.0.113.7", 60).status == 201);
    CHECK(it.order("203.0.113.7", 41).body["scope"] == "network_units");
    CHECK(it.order("203.0.113.7", 40).status == 201);
    CHECK(it.order("203.0.113.7", 1).status == 409);
    const auto last = it.shop.product({.sku = "LAST", .on_hand = 1});
    CHECK(it.shop.post("/orders", Shop::order_body({{last, 1}}), {}, {{"X-Forwarded-For", "203.0.113.8"}}).status ==
          201);

    auto limits = Json{{"orders_per_email", nullptr}, {"orders_per_network", nullptr}, {"units_per_network", nullptr}};
    REQUIRE(it.shop.put("/admin/settings", {{"guest_limits", limits}}, it.shop.owner()).status == 200);
    CHECK(it.order("203.0.113.7", 200).status == 201);
    it.shop.check_invariants();
}

TEST_CASE("X3: of orders at the same moment no more are placed than may be", "[concurrency]") {
    StreetShop it;
    const auto answers = it.shop.at_once(16, [&](int i) {
        return it.shop.post("/orders", Shop::order_body({{it.mug, 1}}, "g" + std::to_string(i) + "@example.com"), {},
                            {{"X-Forwarded-For", "203.0.113.7"}});
    });
    CHECK(count(answers, 201) == 10);
    CHECK(count(answers, 409) == 6);
}

TEST_CASE("X3: no address is stored of who placed an order") {
    StreetShop it;
    REQUIRE(it.order("203.0.113.7").status == 201);
    const auto view = it.shop.store().read();
    const auto kept = view.value<std::int64_t>("SELECT placed_from FROM orders").value();
    CHECK(kept == it.shop.store().vault().index("network", IpAddress::parse("203.0.113.7")->counted_as()));  // keyed
}

TEST_CASE("X3: an unpaid order that holds over half of a product is shown, and can be released") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 10});
    const auto pot = shop.product({.sku = "POT", .name = "Pot", .on_hand = 3});
    const auto held = [&] { return shop.get("/admin/orders/large-holds", shop.viewer()).body["data"]; };
    REQUIRE(shop.order({{mug, 5}}).status == 201);
    CHECK(held().empty());  // half is not over half
    REQUIRE(shop.order({{pot, 2}}).status == 201);
    REQUIRE(shop.order({{pot, 1}}).status == 201);
    auto rows = held();
    REQUIRE(rows.size() == 1);
    CHECK(rows[0]["order_id"] == 1002);
    CHECK(rows[0]["sku"] == "POT");
    CHECK(rows[0]["quantity"] == 2);
    CHECK(rows[0]["on_hand"] == 3);
    CHECK(shop.get("/admin/stats", shop.viewer()).body["large_holds"] == 1);

    // Staff agree to one, and it is no longer out of the ordinary.
    REQUIRE(change(shop, 1002, {{"hold_until", nullptr}}).status == 200);
    CHECK(held().empty());
    REQUIRE(change(shop, 1002, {{"hold_until", "2026-02-01T00:00:00Z"}}).status == 200);
    REQUIRE(held().size() == 1);
    REQUIRE(shop.post("/orders/1002/cancel", {{"reason", "released"}}, shop.staff()).status == 200);
    CHECK(held().empty());
    CHECK(available(shop, pot) == 2);
    // Others of the product's orders were paid long ago: the walk over its lines goes past them.
    CHECK(shop.get("/admin/stats", shop.viewer()).body["large_holds"] == 0);
    shop.check_invariants();
}
