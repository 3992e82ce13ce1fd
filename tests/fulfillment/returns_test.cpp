#include <catch2/catch_test_macros.hpp>

#include "fulfillment/support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

/// Pays an order by bank transfer, through the payments department, so that its money can go back.
void pay_by_transfer(Shop& shop, const PaidOrder& order) {
    const auto payment =
        shop.post("/payments", {{"order_id", order.id}, {"method", {{"type", "bank_transfer"}}}}, order.token);
    REQUIRE(payment.status < 300);
    const auto path = "/payments/" + payment.body["id"].dump() + "/capture";
    REQUIRE(shop.post(path, Json::object(), shop.staff()).status < 300);
}

PaidOrder paid_by_transfer(Shop& shop, const std::vector<Shop::Line>& lines) {
    auto order = placed(shop, lines);
    pay_by_transfer(shop, order);
    return order;
}

Json payment_of(Shop& shop, std::int64_t order) {
    return shop.get("/admin/orders/" + std::to_string(order), shop.owner()).body["payment"];
}

void ship(Shop& shop, const PaidOrder& order, const Json& body = Json::object()) {
    labelled(shop, order, body);
    REQUIRE(shop.put(order.path("/fulfillment"), {{"status", "shipped"}}, shop.staff()).status == 200);
}

Json units(std::int64_t item, int quantity) { return Json::array({{{"item_id", item}, {"quantity", quantity}}}); }

}  // namespace

TEST_CASE("shipped units come back, onto the shelf, and their money goes back") {
    Shop shop;
    const auto mug = shop.product({.price = 1000, .on_hand = 10});
    const auto order = paid_by_transfer(shop, {{mug, 3}});
    ship(shop, order);
    CHECK(stock(shop, mug)["on_hand"] == 7);
    const auto back = [&](int quantity, Json more = Json::object()) {
        more["items"] = units(order.items[0], quantity);
        return shop.post(order.path("/returns"), more, shop.staff());
    };
    const auto first = back(1, {{"reason", "a crack"}});
    INFO(first.text);
    REQUIRE(first.status == 201);
    CHECK(first.body["refund"] == 1000);
    CHECK(first.body["restocked"] == true);
    CHECK(stock(shop, mug)["on_hand"] == 8);
    CHECK(payment_of(shop, order.id)["refunded"] == 1000);
    CHECK(order_status(shop, order.id) == "shipped");
    CHECK(back(3).code() == "not_shipped");
    CHECK(shop.put(order.path("/fulfillment"), {{"status", "delivered"}}, shop.staff()).status == 200);

    const auto second = back(1, {{"restock", false}, {"refund", 0}});
    CHECK(second.body["refund"] == 0);
    CHECK(stock(shop, mug)["on_hand"] == 8);
    const auto third = back(1, {{"refund", 300}});
    CHECK(third.body["refund"] == 300);
    CHECK(payment_of(shop, order.id)["refunded"] == 1300);
    CHECK(order_status(shop, order.id) == "returned");
    CHECK(back(1).code() == "illegal_transition");

    const auto list = shop.get(order.path("/returns"), shop.viewer()).body["returns"];
    REQUIRE(list.size() == 3);
    CHECK(list[0]["reason"] == "a crack");
    CHECK(list[2]["items"] == units(order.items[0], 1));
    shop.check_invariants();
}

TEST_CASE("M14: a refund with restock is a return like any other: written down once, and told of once") {
    Shop shop;
    const auto mug = shop.product({.price = 1000, .on_hand = 10});
    const auto order = paid_by_transfer(shop, {{mug, 3}});
    ship(shop, order);
    const auto payment = payment_of(shop, order.id)["id"].get<std::int64_t>();
    const auto before = shop.events().size();
    const auto refunded =
        shop.post("/payments/" + std::to_string(payment) + "/refunds",
                  {{"amount", 700}, {"reason", "a crack"}, {"restock", units(order.items[0], 2)}}, shop.staff());
    INFO(refunded.text);
    REQUIRE(refunded.status < 300);
    const auto kinds = shop.events();
    CHECK(std::count(kinds.begin() + static_cast<std::ptrdiff_t>(before), kinds.end(), "order.items_returned") == 1);
    const auto told = Json::parse(
        shop.store().read().value<std::string>("SELECT body FROM event WHERE kind = 'order.items_returned'").value());
    CHECK(told["refund"] == 700);
    CHECK(told["restocked"] == true);
    CHECK(told["items"][0]["quantity"] == 2);

    const auto list = shop.get(order.path("/returns"), shop.viewer()).body["returns"];
    REQUIRE(list.size() == 1);
    CHECK(list[0]["id"] == told["return_id"]);
    CHECK(list[0]["reason"] == "a crack");
    CHECK(list[0]["refund"] == 700);
    CHECK(stock(shop, mug)["on_hand"] == 9);
    const auto history = shop.get("/admin/orders/" + std::to_string(order.id), shop.viewer()).body["history"];
    CHECK(std::count_if(history.begin(), history.end(),
                        [](const Json& entry) { return entry["kind"] == "order.items_returned"; }) == 1);
    shop.check_invariants();
}

TEST_CASE("a return is refused by name, and changes nothing") {
    Shop shop;
    const auto mug = shop.product({.price = 1000, .on_hand = 10});
    const auto order = paid_by_transfer(shop, {{mug, 2}});
    const auto back = [&](const Json& body) { return shop.post(order.path("/returns"), body, shop.staff()); };
    const auto one = Json{{"items", units(order.items[0], 1)}};
    CHECK(back(one).code() == "illegal_transition");
    ship(shop, order);
    CHECK(back({{"items", Json::array()}}).status == 422);
    CHECK(back({{"items", units(999, 1)}}).status == 422);
    CHECK(back({{"items", units(order.items[0], 3)}}).code() == "not_shipped");
    auto too_much = one;
    too_much["refund"] = 1'000'000;
    CHECK(back(too_much).code() == "refund_exceeds_captured");
    CHECK(shop.post(order.path("/returns"), one, shop.viewer()).status == 403);
    CHECK(shop.post(order.path("/returns"), one, shop.staff(), {{"If-Match", "\"1\""}}).status == 412);
    CHECK(stock(shop, mug)["on_hand"] == 8);
    CHECK(payment_of(shop, order.id)["refunded"] == 0);
    CHECK(shop.get(order.path("/returns"), shop.viewer()).body["returns"].empty());
    shop.check_invariants();
}

TEST_CASE("the same return, told twice with one key, is one") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 10});
    const auto order = paid_by_transfer(shop, {{mug, 2}});
    ship(shop, order);
    const auto replies = shop.at_once(4, [&](int) {
        return shop.post(order.path("/returns"), {{"items", units(order.items[0], 1)}}, shop.staff(),
                         {{"Idempotency-Key", "r1"}});
    });
    CHECK(count(replies, 201) >= 1);
    CHECK(shop.get(order.path("/returns"), shop.viewer()).body["returns"].size() == 1);
    CHECK(stock(shop, mug)["on_hand"] == 9);
    shop.check_invariants();
}

TEST_CASE("units are never taken back twice by two admins at once", "[concurrency]") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 10});
    const auto order = paid_by_transfer(shop, {{mug, 3}});
    ship(shop, order);
    const auto replies = shop.at_once(6, [&](int) {
        return shop.post(order.path("/returns"), {{"items", units(order.items[0], 2)}}, shop.staff());
    });
    CHECK(count(replies, 201) == 1);
    CHECK(count(replies, 409) == 5);
    CHECK(stock(shop, mug)["on_hand"] == 9);
    shop.check_invariants();
}

TEST_CASE("what has not left of a partly shipped order is cancelled, and its money goes back") {
    Shop shop;
    const auto mug = shop.product({.price = 1000, .on_hand = 10});
    const auto pot = shop.product({.sku = "POT", .price = 3000, .on_hand = 5});
    const auto order = paid_by_transfer(shop, {{mug, 2}, {pot, 1}});
    const auto cancel = [&](const Json& body) {
        return shop.post(order.path("/cancel-unshipped"), body, shop.staff());
    };
    CHECK(cancel(Json::object()).code() == "illegal_transition");
    ship(shop, order, {{"items", units(order.items[0], 1)}});
    CHECK(order_status(shop, order.id) == "partially_shipped");
    const auto waiting = labelled(shop, order, {{"items", units(order.items[1], 1)}});
    const auto done = cancel({{"reason", "sold out"}});
    INFO(done.text);
    REQUIRE(done.status == 200);
    CHECK(done.body["status"] == "shipped");
    CHECK(payment_of(shop, order.id)["refunded"] == 4000);
    CHECK(shipment_status(shop, waiting) == "voided");
    CHECK(stock(shop, mug)["reserved"] == 0);
    CHECK(stock(shop, pot)["reserved"] == 0);
    CHECK(stock(shop, pot)["on_hand"] == 5);
    CHECK(cancel(Json::object()).code() == "illegal_transition");
    CHECK(shop.put(order.path("/fulfillment"), Json::object(), shop.staff()).status == 409);
    shop.check_invariants();
}

TEST_CASE("cancelling the rest of an order whose parcels arrived delivers it; of one that came back, returns it") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 10});
    const auto arrived = paid_by_transfer(shop, {{mug, 2}});
    ship(shop, arrived, {{"items", units(arrived.items[0], 1)}});
    shop.put(arrived.path("/fulfillment"), {{"status", "delivered"}}, shop.staff());
    CHECK(order_status(shop, arrived.id) == "partially_shipped");
    CHECK(shop.post(arrived.path("/cancel-unshipped"), Json::object(), shop.staff()).body["status"] == "delivered");

    const auto back = paid_by_transfer(shop, {{mug, 2}});
    ship(shop, back, {{"items", units(back.items[0], 1)}});
    CHECK(shop.post(back.path("/returns"), {{"items", units(back.items[0], 1)}}, shop.staff()).status == 201);
    CHECK(order_status(shop, back.id) == "partially_shipped");
    CHECK(shop.post(back.path("/cancel-unshipped"), Json::object(), shop.staff()).body["status"] == "returned");
    shop.check_invariants();
}

TEST_CASE("what nobody paid yet comes back without a refund") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 10});
    const auto order = placed(shop, {{mug, 1}});
    shop.post("/payments", {{"order_id", order.id}, {"method", {{"type", "cash_on_delivery"}}}}, order.token);
    ship(shop, order);
    const auto back = shop.post(order.path("/returns"), {{"items", units(order.items[0], 1)}}, shop.staff());
    INFO(back.text);
    CHECK(back.status == 201);
    CHECK(back.body["refund"] == 0);
    CHECK(order_status(shop, order.id) == "returned");
    shop.check_invariants();
}

TEST_CASE("what comes back of a discounted line is what it really cost, and never more than was paid") {
    Shop shop;
    const auto mug = shop.product({.price = 1000, .on_hand = 10});
    REQUIRE(shop.post("/admin/discount-codes", {{"code", "THIRD"}, {"kind", "amount"}, {"amount", 1000}}, shop.staff())
                .status == 201);
    auto body = Shop::order_body({{mug, 3}});
    body["discount_code"] = "THIRD";
    const auto reply = shop.post("/orders", body);
    REQUIRE(reply.status == 201);
    CHECK(reply.body["total"] == 2000);
    PaidOrder order{.id = reply.body["id"].get<std::int64_t>(),
                    .token = reply.body["access_token"].get<std::string>(),
                    .items = {reply.body["items"][0]["id"].get<std::int64_t>()}};
    pay_by_transfer(shop, order);
    ship(shop, order);
    std::int64_t back = 0;
    for (const auto expected : {666, 667, 667}) {
        const auto made = shop.post(order.path("/returns"), {{"items", units(order.items[0], 1)}}, shop.staff());
        INFO(made.text);
        REQUIRE(made.status == 201);
        CHECK(made.body["refund"] == expected);
        back += made.body["refund"].get<std::int64_t>();
    }
    CHECK(back == 2000);
    shop.check_invariants();
}
