#include <catch2/catch_test_macros.hpp>

#include "app/check.h"
#include "orders/machine.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;
using orders::Status;

TEST_CASE("an order that is cancelled gives its stock back, once") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 3});
    const auto order = shop.order({{mug, 2}}).body;
    const auto token = order["access_token"].get<std::string>();

    const auto cancelled = shop.post("/orders/1001/cancel", {{"reason", "changed my mind"}}, token);
    REQUIRE(cancelled.status == 200);
    CHECK(cancelled.body["status"] == "cancelled");
    CHECK(cancelled.body["version"] == 2);
    CHECK(cancelled.body["expires_at"].is_null());
    CHECK(shop.get("/products/" + std::to_string(mug)).body["available"] == 3);

    const auto again = shop.post("/orders/1001/cancel", Json::object(), token);
    CHECK(again.status == 409);
    CHECK(again.code() == "illegal_transition");
    CHECK(again.body["allowed"].empty());
    CHECK(shop.get("/products/" + std::to_string(mug)).body["available"] == 3);
    shop.check_invariants();
}

TEST_CASE("an order that is cancelled twice at once is cancelled once", "[concurrency]") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 3});
    shop.order({{mug, 2}});
    const auto answers =
        shop.at_once(8, [&](int) { return shop.post("/orders/1001/cancel", Json::object(), shop.staff()); });
    CHECK(count(answers, 200) == 1);
    CHECK(count(answers, 409) == 7);
    shop.check_invariants();
}

TEST_CASE("a reservation that is over gives its stock back") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 3});
    const auto token = shop.order({{mug, 2}}).body["access_token"].get<std::string>();
    shop.advance(minutes(29));
    shop.order({{mug, 1}});
    shop.drain();
    CHECK(shop.get("/orders/1001", token).body["status"] == "pending");

    shop.advance(seconds(61));
    CHECK(shop.drain() >= 1);
    const auto expired = shop.get("/orders/1001", token).body;
    CHECK(expired["status"] == "expired");
    CHECK(expired["items"][0]["quantity_cancelled"] == 2);
    CHECK(shop.get("/orders/1002", shop.viewer()).body["status"] == "pending");
    CHECK(shop.get("/products/" + std::to_string(mug)).body["available"] == 2);
    shop.check_invariants();
}

TEST_CASE("an order that does not add up holds up no other, and is a dead letter until it is repaired") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 9});
    const auto pot = shop.product({.sku = "POT", .on_hand = 9});
    shop.order({{mug, 1}});
    shop.order({{mug, 1}, {pot, 2}});  // its mug is given back before its pots are found wanting
    shop.order({{mug, 1}});
    shop.store().writer().run(
        [&](storage::Transaction& tx) { tx.run("UPDATE product SET reserved = 0 WHERE id = ?1", pot); });
    shop.advance(minutes(31));
    shop.drain();
    const auto status_of = [&](int id) {
        return shop.get("/orders/" + std::to_string(id), shop.viewer()).body["status"];
    };
    CHECK(status_of(1001) == "expired");
    CHECK(status_of(1002) == "pending");
    CHECK(status_of(1003) == "expired");
    CHECK(shop.get("/products/" + std::to_string(mug)).body["available"] == 8);

    for (int i = 0; i < 50; ++i) {  // and once an hour it is found again
        shop.advance(minutes(10));
        shop.drain();
    }
    const auto dead = shop.get("/admin/jobs?status=dead", shop.viewer()).body["data"];
    REQUIRE(dead.size() == 1);
    CHECK(dead[0]["kind"] == "order.expire_one");
    CHECK(dead[0]["payload"]["order_id"] == 1002);

    shop.store().writer().run([&](storage::Transaction& tx) { app::repair(tx, shop.clock().now()); });
    const auto retry = "/admin/jobs/" + std::to_string(dead[0]["id"].get<int>()) + "/retry";
    CHECK(shop.post(retry, Json::object(), shop.owner()).status == 200);
    shop.drain();
    CHECK(status_of(1002) == "expired");
    shop.check_invariants();
}

TEST_CASE("reservations that ran out while the server was down are given back when it is up again") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 3});
    for (int i = 0; i < 3; ++i) {
        shop.order({{mug, 1}});
    }
    shop.advance(hours(5));
    shop.restart();
    shop.drain();
    CHECK(shop.get("/products/" + std::to_string(mug)).body["available"] == 3);
    shop.check_invariants();
}

TEST_CASE("how long a reservation holds is a setting") {
    Shop shop;
    const auto mug = shop.product({});
    REQUIRE(shop.put("/admin/settings", {{"reservation_minutes", 5}}, shop.owner()).status == 200);
    CHECK(shop.order({{mug, 1}}).body["expires_at"] == "2026-01-01T00:05:00.000Z");
    CHECK(shop.put("/admin/settings", {{"reservation_minutes", 0}}, shop.owner()).status == 422);
    CHECK(shop.put("/admin/settings", {{"reservation_minutes", 5}}, shop.staff()).status == 403);
}

TEST_CASE("staff change an order's notes, recipient and manager, each with its trace") {
    Shop shop;
    const auto mug = shop.product({});
    shop.order({{mug, 1}});
    const auto before = shop.get("/admin/orders/1001", shop.staff());
    const auto users = shop.get("/admin/users", shop.owner()).body["data"];
    std::int64_t sam = 0;
    for (const auto& user : users) {
        sam = user["username"] == "sam" ? user["id"].get<std::int64_t>() : sam;
    }

    const auto changed =
        shop.put("/admin/orders/1001",
                 {{"staff_note", "Call before delivery"},
                  {"managed_by", sam},
                  {"customer",
                   {{"shipping_address",
                     {{"line1", "Neue Gasse 3"}, {"city", "Potsdam"}, {"postal_code", "14467"}, {"country", "DE"}}}}}},
                 shop.staff(), {{"If-Match", before.header("ETag")}});
    REQUIRE(changed.status == 200);
    CHECK(changed.body["staff_note"] == "Call before delivery");
    CHECK(changed.body["managed_by"]["username"] == "sam");
    CHECK(changed.body["customer"]["name"] == "Ada Lovelace");
    CHECK(changed.body["customer"]["shipping_address"]["city"] == "Potsdam");
    CHECK(changed.body["history"].back()["actor"].get<std::string>().find("sam") != std::string::npos);

    const auto& history = changed.body["history"];
    const auto told = std::find_if(history.begin(), history.end(),
                                   [](const Json& entry) { return entry["kind"] == "order.recipient_changed"; });
    REQUIRE(told != history.end());
    CHECK((*told)["body"] == Json{{"fields", {"shipping_address"}}});
    const auto same = shop.put(
        "/admin/orders/1001", {{"customer", {{"name", "Ada Lovelace"}}}, {"note", changed.body["note"]}}, shop.staff());
    REQUIRE(same.status == 200);
    CHECK(same.body["version"] == changed.body["version"]);

    const auto stale = shop.put("/admin/orders/1001", {{"staff_note", "x"}}, shop.staff(), {{"If-Match", "\"1\""}});
    CHECK(stale.status == 412);
    CHECK(stale.body["version"] == changed.body["version"]);
    CHECK(shop.put("/admin/orders/1001", {{"managed_by", 999}}, shop.staff()).status == 422);
    CHECK(shop.put("/admin/orders/1001", {{"staff_note", "x"}}, shop.viewer()).status == 403);

    const auto audit = shop.get("/admin/audit", shop.owner()).text;
    CHECK(audit.find("order.update") != std::string::npos);
    CHECK(audit.find("Neue Gasse") == std::string::npos);  // personal data is named there, not shown
    CHECK(shop.get("/admin/events", shop.owner()).text.find("Potsdam") == std::string::npos);
}

TEST_CASE("a step that the machine does not have is refused, with the legal ones named") {
    Shop shop;
    const auto mug = shop.product({});
    shop.order({{mug, 1}});
    for (const auto* status : {"shipped", "delivered", "returned", "partially_shipped"}) {
        const auto refused = shop.put("/admin/orders/1001", {{"status", status}}, shop.staff());
        CHECK(refused.status == 409);
        CHECK(refused.code() == "illegal_transition");
        CHECK(refused.body["order_status"] == "pending");
        CHECK(refused.body["allowed"] == Json{"paid", "processing", "cancelled", "expired"});
    }
    // Steps that the machine has, and that follow from payments: not by hand.
    CHECK(shop.put("/admin/orders/1001", {{"status", "paid"}}, shop.staff()).code() == "follows_from_elsewhere");
    CHECK(shop.put("/admin/orders/1001", {{"status", "processing"}}, shop.staff()).code() == "not_paid");
    CHECK(shop.put("/admin/orders/1001", {{"status", "cancelled"}}, shop.staff()).status == 200);
    shop.check_invariants();
}

TEST_CASE("the machine lets an order go where the design says, and nowhere else") {
    using enum Status;
    const std::vector<std::pair<Status, Status>> legal{
        {draft, pending},        {paid, pending},  // edited, so that it owes something again
        {pending, paid},         {pending, processing},
        {pending, cancelled},    {pending, expired},
        {paid, processing},      {paid, cancelled},
        {processing, shipped},   {processing, partially_shipped},
        {processing, cancelled}, {partially_shipped, shipped},
        {shipped, delivered},    {shipped, returned},
        {delivered, returned}};
    for (int from = 0; from <= static_cast<int>(expired); ++from) {
        for (int to = 0; to <= static_cast<int>(expired); ++to) {
            const std::pair step{static_cast<Status>(from), static_cast<Status>(to)};
            const bool is_legal = std::find(legal.begin(), legal.end(), step) != legal.end();
            INFO(orders::to_text(step.first) << " to " << orders::to_text(step.second));
            if (is_legal) {
                CHECK_NOTHROW(orders::require_step(step.first, step.second));
            } else {
                CHECK_THROWS_AS(orders::require_step(step.first, step.second), Refusal);
            }
        }
    }
}
