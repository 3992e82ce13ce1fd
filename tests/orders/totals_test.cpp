// The sums of an order whose address changes.

#include <algorithm>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include "notify/mail_support.h"
#include "payments/support.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

/// A shop that ships to Germany, France and the United States, and taxes each in its way.
void sell_abroad(Shop& shop) {
    const auto rate = [](const char* country, const char* region, int ppm) {
        return Json{{"country", country}, {"region", region}, {"rate_ppm", ppm}};
    };
    const auto saved = shop.put(
        "/admin/settings",
        {{"tax",
          {{"prices_include_tax", false},
           {"shipping_taxed", true},
           {"rates", Json::array({rate("DE", "", 190'000), rate("FR", "", 200'000), rate("US", "CA", 72'500)})}}}},
        shop.owner());
    INFO(saved.text);
    REQUIRE(saved.status == 200);
    shop.deliver({{"DE", 500}, {"FR", 1'000}, {"US", 2'000}});
}

Json address_in(const std::string& country, const std::string& region = "") {
    return {
        {"line1", "Rue 1"}, {"city", "Somewhere"}, {"postal_code", "75001"}, {"country", country}, {"region", region}};
}

Reply move_to(Shop& shop, std::int64_t order, const Json& address, const Json& more = Json::object(),
              const Headers& headers = {}) {
    Json body{{"customer", {{"shipping_address", address}}}};
    body.update(more);
    return shop.put("/admin/orders/" + std::to_string(order), body, shop.staff(), headers);
}

Json order_now(Shop& shop, std::int64_t order) {
    return shop.get("/admin/orders/" + std::to_string(order), shop.staff()).body;
}

Json amount_now(Shop& shop, const Placed& order) {
    return shop.get("/admin/payments?order_id=" + std::to_string(order.id), shop.staff()).body["data"][0]["amount"];
}

void take_simulated_cards(app::Config& config) { config.sandbox_payments = true; }

}  // namespace

TEST_CASE("M11: an unpaid order that moves to another country has that country's tax and delivery") {
    Shop shop;
    sell_abroad(shop);
    const auto order = place(shop, shop.product({.price = 1'000}));
    CHECK(order_now(shop, order.id)["total"] == 1'785);  // 1000 + 500 + 19 %

    const auto moved = move_to(shop, order.id, address_in("FR"));
    INFO(moved.text);
    REQUIRE(moved.status == 200);
    CHECK(moved.body["shipping"] == 1'000);
    CHECK(moved.body["tax"] == 400);
    CHECK(moved.body["tax_rate_ppm"] == 200'000);
    CHECK(moved.body["total"] == 2'400);
    CHECK(moved.body["items"][0]["tax"] == 200);
    const auto& history = moved.body["history"];
    const auto told = std::find_if(history.begin(), history.end(),
                                   [](const Json& entry) { return entry["kind"] == "order.total_changed"; });
    REQUIRE(told != history.end());
    CHECK((*told)["body"] == Json{{"total_before", 1'785}, {"total", 2'400}});
    CHECK(shop.get("/orders/" + std::to_string(order.id), order.token).body["total"] == 2'400);

    // The order's version is checked, and grows.
    CHECK(move_to(shop, order.id, address_in("DE"), Json::object(), {{"If-Match", "\"1\""}}).status == 412);
    CHECK(move_to(shop, order.id, address_in("US", "Calif."), Json::object(), {{"If-Match", moved.header("ETag")}})
              .body["total"] == 1'000 + 2'000 + 218);

    // Where nothing ships, or no rate fits, nothing changes.
    const auto before = order_now(shop, order.id);
    const auto not_there = move_to(shop, order.id, address_in("CH"));
    CHECK(not_there.status == 422);
    CHECK(not_there.code() == "not_shipped_there");
    CHECK(move_to(shop, order.id, address_in("US", "Nevada")).code() == "region_not_taxed");
    CHECK(order_now(shop, order.id) == before);
    shop.check_invariants();
}

TEST_CASE("M11: a corrected street changes no sum, even when the shop's rates have changed since") {
    Shop shop;
    sell_abroad(shop);
    const auto order = place(shop, shop.product({.price = 1'000}));
    shop.deliver({{"*", 9'000}});
    auto address = order_now(shop, order.id)["customer"]["shipping_address"];
    address["line1"] = "Analytische Allee 13";
    const auto corrected = move_to(shop, order.id, address);
    REQUIRE(corrected.status == 200);
    CHECK(corrected.body["total"] == 1'785);
    CHECK(shop.put("/admin/orders/" + std::to_string(order.id), {{"note", "Ring twice"}}, shop.staff()).body["total"] ==
          1'785);
    shop.check_invariants();
}

TEST_CASE("M11: an open bank transfer and the next card are over the new sum") {
    Shop shop(take_simulated_cards);
    sell_abroad(shop);
    const auto mug = shop.product({.price = 1'000, .on_hand = 10});
    const auto transferred = place(shop, mug);
    const auto transfer = pay(shop, transferred, {{"type", "bank_transfer"}});
    REQUIRE(transfer.status == 201);
    REQUIRE(move_to(shop, transferred.id, address_in("FR")).status == 200);
    CHECK(amount_now(shop, transferred) == 2'400);
    shop.check_invariants();
    REQUIRE(shop.post(path_of(transfer) + "/capture", {{"amount", 2'400}}, shop.staff()).status == 200);

    const auto declined = place(shop, mug);
    REQUIRE(pay(shop, declined, MailShop::card("4000000000000002")).status == 202);
    shop.drain();
    REQUIRE(move_to(shop, declined.id, address_in("FR")).status == 200);
    CHECK(amount_now(shop, declined) == 2'400);
    const auto again = pay(shop, declined, MailShop::good_card());
    REQUIRE(again.status == 202);
    const auto paid = after_jobs(shop, path_of(again), declined.token);
    CHECK(paid.body["status"] == "succeeded");
    CHECK(paid.body["captured"] == 2'400);
    CHECK(order_now(shop, declined.id)["status"] == "paid");
    shop.check_invariants();
}

TEST_CASE("M11: a paid order asks, says what would change, and keeps its sum if told so") {
    Shop shop(take_simulated_cards);
    sell_abroad(shop);
    const auto order = place(shop, shop.product({.price = 1'000}));
    REQUIRE(pay(shop, order, MailShop::good_card()).status == 202);
    shop.drain();
    const auto before = order_now(shop, order.id);
    REQUIRE(before["status"] == "paid");

    const auto asked = move_to(shop, order.id, address_in("FR"));
    INFO(asked.text);
    CHECK(asked.status == 409);
    CHECK(asked.code() == "total_would_change");
    CHECK(asked.body["now"]["total"] == 1'785);
    CHECK(asked.body["then"]["total"] == 2'400);
    CHECK(asked.body["then"]["shipping"] == 1'000);
    CHECK(asked.body["then"]["tax"] == 400);
    CHECK(order_now(shop, order.id) == before);

    const auto kept = move_to(shop, order.id, address_in("FR"), {{"keep_total", true}});
    REQUIRE(kept.status == 200);
    CHECK(kept.body["total"] == 1'785);
    CHECK(kept.body["customer"]["shipping_address"]["country"] == "FR");
    CHECK(amount_now(shop, order) == 1'785);
    // The same country and region, or the same sums: there is nothing to ask.
    auto address = address_in("FR");
    address["line1"] = "Rue 2";
    CHECK(move_to(shop, order.id, address).status == 200);
    shop.check_invariants();
}

TEST_CASE("M11: while a card is charged, waits for its customer or is authorized, the sum is settled") {
    Shop shop([](app::Config& config) {
        take_simulated_cards(config);
        config.authorize_only = true;
    });
    sell_abroad(shop);
    const auto mug = shop.product({.price = 1'000, .on_hand = 10});
    const auto charged = place(shop, mug);
    const auto payment = pay(shop, charged, MailShop::good_card());  // its job has not run yet
    REQUIRE(payment.status == 202);
    CHECK(move_to(shop, charged.id, address_in("FR")).code() == "total_would_change");
    shop.drain();
    REQUIRE(order_now(shop, charged.id)["payment_status"] == "authorized");
    CHECK(move_to(shop, charged.id, address_in("FR")).code() == "total_would_change");
    CHECK(amount_now(shop, charged) == 1'785);

    const auto confirming = place(shop, mug);
    REQUIRE(pay(shop, confirming, MailShop::card("4000002500003155")).status == 202);
    shop.drain();
    REQUIRE(order_now(shop, confirming.id)["payment_status"] == "requires_action");
    CHECK(move_to(shop, confirming.id, address_in("FR")).code() == "total_would_change");
    shop.check_invariants();

    // Once it is let go, the order is unpaid again.
    REQUIRE(shop.post(path_of(payment) + "/void", Json::object(), shop.staff()).status < 300);
    shop.drain();
    REQUIRE(order_now(shop, charged.id)["payment_status"] == "voided");
    CHECK(move_to(shop, charged.id, address_in("FR")).status == 200);
    CHECK(amount_now(shop, charged) == 2'400);
    shop.check_invariants();
}

TEST_CASE("M11: a payment and a change of the address at the same time agree on the sum", "[concurrency]") {
    Shop shop(take_simulated_cards);
    sell_abroad(shop);
    const auto mug = shop.product({.price = 1'000, .on_hand = 100});
    for (int round = 0; round < 5; ++round) {
        const auto order = place(shop, mug);
        const auto replies = shop.at_once(2, [&](int which) {
            auto card = MailShop::good_card();
            return which == 0 ? move_to(shop, order.id, address_in("FR")) : pay(shop, order, card);
        });
        CHECK(replies[1].status == 202);
        shop.drain();
        const auto now = order_now(shop, order.id);
        CHECK(now["status"] == "paid");
        CHECK(now["total"] == (replies[0].status == 200 ? 2'400 : 1'785));
        CHECK(amount_now(shop, order) == now["total"]);
    }
    shop.check_invariants();
}
