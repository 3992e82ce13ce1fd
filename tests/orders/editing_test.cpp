// Orders that staff change after they were placed.

#include <string>
#include <utility>

#include <catch2/catch_test_macros.hpp>

#include "documents/support.h"
#include "payments/support.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::string admin_path(std::int64_t order) { return "/admin/orders/" + std::to_string(order); }

Json shown(Shop& shop, std::int64_t order) { return shop.get(admin_path(order), shop.viewer()).body; }

Reply edit(Shop& shop, std::int64_t order, const Json& body, const Headers& headers = {}) {
    return shop.post(admin_path(order) + "/edits", body, shop.staff(), headers);
}

/// The first line with another quantity.
Json to_quantity(const Json& order, Quantity quantity, std::size_t line = 0) {
    return {{"change", Json::array({{{"item_id", order["items"][line]["id"]}, {"quantity", quantity}}})}};
}

Json adding(std::int64_t product, Quantity quantity) {
    return {{"add", Json::array({{{"product_id", product}, {"quantity", quantity}}})}};
}

std::int64_t reserved(Shop& shop, std::int64_t product) {
    return shop.get(inventory(product), shop.viewer()).body.at("reserved");
}

const Json kGoodCard{
    {"type", "card"}, {"number", "4242424242424242"}, {"exp_month", 12}, {"exp_year", 2040}, {"cvc", "123"}};

/// A shop that takes simulated cards.
struct CardShop : Shop {
    explicit CardShop(bool authorize_only = false)
        : Shop([&](app::Config& config) {
              config.sandbox_payments = true;
              config.authorize_only = authorize_only;
          }) {}
};

/// An order of one of a product that is paid by card.
Placed paid_order(Shop& shop, std::int64_t product) {
    const auto order = place(shop, product);
    const auto paid = pay(shop, order, kGoodCard);
    shop.drain();
    INFO(paid.text);
    REQUIRE(status_of(shop, order) == "paid");
    return order;
}

}  // namespace

TEST_CASE("an order that is not paid is edited: old lines keep their price, new ones have today's, stock moves") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .price = 1'000, .on_hand = 10});
    const auto pot = shop.product({.sku = "POT", .price = 3'000, .on_hand = 4});
    const auto order = shop.order({{mug, 3}, {pot, 1}}).body;
    REQUIRE(shop.put(inventory(mug), {{"price", 1'500}}, shop.staff()).status == 200);
    auto body = to_quantity(order, 2);
    body["add"] =
        Json::array({{{"sku", "MUG"}, {"quantity", 1}}, {{"text", "Engraving"}, {"unit_price", 200}, {"quantity", 2}}});
    body["dry_run"] = true;

    const auto before = shop.events();
    const auto tried = edit(shop, order["id"], body);
    INFO(tried.text);
    REQUIRE(tried.status == 200);
    CHECK(shop.events() == before);
    CHECK(reserved(shop, mug) == 3);

    body.erase("dry_run");
    const auto edited = edit(shop, order["id"], body);
    INFO(edited.text);
    REQUIRE(edited.status == 200);
    CHECK(edited.body["order"]["total"] == tried.body["order"]["total"]);
    CHECK(edited.body["order"]["total"] == 2 * 1'000 + 3'000 + 1'500 + 400);
    CHECK(edited.body["balance"] == 6'900);
    CHECK(edited.body["stock"] == Json::array());  // one less, and one more
    CHECK(reserved(shop, mug) == 3);

    const auto out = edit(shop, order["id"], to_quantity(order, 0, 1));
    REQUIRE(out.status == 200);
    CHECK(out.body["order"]["items"].size() == 3);
    CHECK(out.body["stock"] == Json::array({{{"product_id", pot}, {"reserved_delta", -1}}}));
    CHECK(reserved(shop, pot) == 0);
    shop.check_invariants();
}

TEST_CASE("an edit that stock does not allow changes nothing") {
    Shop shop;
    const auto mug = shop.product({.price = 1'000, .on_hand = 3});
    const auto order = shop.order({{mug, 2}}).body;
    const auto refused = edit(shop, order["id"], to_quantity(order, 4));
    CHECK(refused.code() == "insufficient_stock");
    CHECK(shown(shop, order["id"])["total"] == 2'000);
    CHECK(reserved(shop, mug) == 2);
    CHECK(edit(shop, order["id"], to_quantity(order, 0)).code() == "nothing_left");
    shop.check_invariants();
}

TEST_CASE("of two who edit at once, the second one gets 412 with the order as it is now") {
    Shop shop;
    const auto mug = shop.product({.price = 1'000, .on_hand = 9});
    const auto order = shop.order({{mug, 2}}).body;
    const Headers as_read{{"If-Match", "\"1\""}};
    const auto first = edit(shop, order["id"], to_quantity(order, 3), as_read);
    REQUIRE(first.status == 200);
    const auto second = edit(shop, order["id"], to_quantity(order, 1), as_read);
    CHECK(second.status == 412);
    CHECK(second.body["order"]["items"][0]["quantity"] == 3);
    CHECK(second.body["order"]["total"] == 3'000);
    CHECK(second.body["order"]["version"] == first.body["order"]["version"]);
}

TEST_CASE("a paid order that gets cheaper has the difference refunded") {
    CardShop shop;
    const auto mug = shop.product({.price = 1'000, .on_hand = 9});
    const auto order = paid_order(shop, mug);
    REQUIRE(edit(shop, order.id, {{"discount", {{"amount", 300}, {"reason", "A scratch"}}}}).status == 200);
    shop.drain();
    const auto now = shown(shop, order.id);
    CHECK(now["total"] == 700);
    CHECK(now["balance"] == 0);
    CHECK(now["status"] == "paid");
    CHECK(now["payment"]["captured"] == 1'000);
    CHECK(now["payment"]["refunded"] == 300);
    shop.check_invariants();
}

TEST_CASE("a paid order that gets dearer owes the difference, ships only once it is paid, and one payment stays") {
    CardShop shop;
    const auto mug = shop.product({.sku = "MUG", .price = 1'000, .on_hand = 9, .weight_g = 300});
    const auto pot = shop.product({.sku = "POT", .price = 3'000, .on_hand = 9, .weight_g = 300});
    const auto order = paid_order(shop, mug);
    const auto edited = edit(shop, order.id, adding(pot, 1));
    INFO(edited.text);
    REQUIRE(edited.status == 200);
    CHECK(edited.body["balance"] == 3'000);
    CHECK(edited.body["order"]["status"] == "pending");
    const auto parcels = "/orders/" + std::to_string(order.id) + "/fulfillment";
    CHECK(shop.put(parcels, Json::object(), shop.staff()).code() == "balance_owed");
    shop.advance(days(10));
    shop.drain();
    shop.sign_in_again();
    CHECK(status_of(shop, order) == "pending");  // staff agreed to wait
    shop.check_invariants();

    const Json wrong{{"order_id", order.id}, {"method", kGoodCard}, {"amount", 4'000}};
    CHECK(shop.post("/payments", wrong, order.token).code() == "amount_mismatch");
    const auto payment = shown(shop, order.id)["payment"]["id"];
    const auto rest = pay(shop, order, kGoodCard);
    shop.drain();
    INFO(rest.text);
    const auto now = shown(shop, order.id);
    CHECK(now["status"] == "paid");
    CHECK(now["balance"] == 0);
    CHECK(now["payment"]["id"] == payment);
    CHECK(now["payment"]["captured"] == 4'000);
    CHECK(pay(shop, order, kGoodCard).code() == "already_paid");
    shop.check_invariants();

    // 3500 go back: on the newest charge first.
    const auto back = shop.post("/payments/" + std::to_string(payment.get<int>()) + "/refunds",
                                {{"amount", 3'500}, {"reason", "goodwill"}}, shop.staff());
    INFO(back.text);
    shop.drain();
    const auto refunds = shop.get("/payments/" + std::to_string(payment.get<int>()), shop.staff()).body["refunds"];
    REQUIRE(refunds.size() == 2);
    CHECK(refunds[0]["amount"] == 3'000);
    CHECK(refunds[1]["amount"] == 500);
    CHECK(shown(shop, order.id)["payment"]["refunded"] == 3'500);
    shop.check_invariants();
}

TEST_CASE("what is owed ships all the same if staff say so, and is paid by hand later") {
    CardShop shop;
    const auto mug = shop.product({.sku = "MUG", .price = 1'000, .on_hand = 9});
    const auto order = paid_order(shop, mug);
    REQUIRE(edit(shop, order.id, to_quantity(shown(shop, order.id), 2)).status == 200);
    const auto parcels = "/orders/" + std::to_string(order.id) + "/fulfillment";
    const auto started = shop.put(parcels, {{"though_owed", true}}, shop.staff());
    INFO(started.text);
    REQUIRE(started.status == 202);
    shop.drain();
    REQUIRE(shop.put(parcels, {{"status", "shipped"}}, shop.staff()).status == 200);
    CHECK(shown(shop, order.id)["balance"] == 1'000);
    shop.check_invariants();
    const auto payment = std::to_string(shown(shop, order.id)["payment"]["id"].get<int>());
    const auto received = shop.post("/payments/" + payment + "/capture", {{"reference", "at the door"}}, shop.staff());
    INFO(received.text);
    CHECK(received.status == 200);
    CHECK(shown(shop, order.id)["balance"] == 0);
    CHECK(shown(shop, order.id)["payment"]["captured"] == 2'000);
    shop.check_invariants();
}

TEST_CASE("an edit up and down again pays back what was charged for it, once") {
    CardShop shop;
    const auto mug = shop.product({.price = 1'000, .on_hand = 9});
    const auto order = paid_order(shop, mug);
    for (const Quantity quantity : {3, 2, 1}) {
        REQUIRE(edit(shop, order.id, to_quantity(shown(shop, order.id), quantity)).status == 200);
        shop.drain();
        shop.check_invariants();
    }
    auto now = shown(shop, order.id);
    CHECK(now["status"] == "paid");
    CHECK(now["payment"]["refunded"] == 0);
    REQUIRE(edit(shop, order.id, to_quantity(now, 2)).status == 200);
    pay(shop, order, kGoodCard);
    shop.drain();
    REQUIRE(edit(shop, order.id, to_quantity(shown(shop, order.id), 1)).status == 200);
    shop.drain();
    now = shown(shop, order.id);
    CHECK(now["payment"]["captured"] == 2'000);
    CHECK(now["payment"]["refunded"] == 1'000);
    CHECK(now["balance"] == 0);
    REQUIRE(edit(shop, order.id, to_quantity(now, 2)).status == 200);
    CHECK(shown(shop, order.id)["balance"] == 1'000);  // what went back is not paid
    shop.check_invariants();
}

TEST_CASE("an authorization is captured in part, or replaced if it is too small") {
    CardShop shop(true);
    const auto mug = shop.product({.price = 1'000, .on_hand = 20});
    const auto authorized = [&] {
        const auto body = Shop::order_body({{mug, 2}});
        const auto placed = shop.post("/orders", body);
        const Placed order{placed.body.at("id"), placed.body.at("access_token")};
        pay(shop, order, kGoodCard);
        shop.drain();
        return order;
    };
    const auto less = authorized();
    REQUIRE(edit(shop, less.id, to_quantity(shown(shop, less.id), 1)).status == 200);
    const auto payment = std::to_string(shown(shop, less.id)["payment"]["id"].get<int>());
    shop.post("/payments/" + payment + "/capture", Json::object(), shop.staff());
    shop.drain();
    CHECK(shown(shop, less.id)["payment"]["captured"] == 1'000);
    CHECK(shown(shop, less.id)["status"] == "paid");
    shop.check_invariants();

    const auto more = authorized();
    const auto edited = edit(shop, more.id, to_quantity(shown(shop, more.id), 3));
    INFO(edited.text);
    REQUIRE(edited.status == 200);
    shop.drain();
    CHECK(shown(shop, more.id)["payment"]["status"] == "voided");
    CHECK(shown(shop, more.id)["balance"] == 3'000);
    pay(shop, more, kGoodCard);
    shop.drain();
    CHECK(shown(shop, more.id)["payment"]["status"] == "authorized");
    CHECK(shown(shop, more.id)["payment"]["amount"] == 3'000);
    shop.check_invariants();
}

TEST_CASE("units in a parcel are not taken out, and the others are") {
    CardShop shop;
    const auto mug = shop.product({.price = 1'000, .on_hand = 9, .weight_g = 300});
    const auto body = Shop::order_body({{mug, 3}});
    const auto placed = shop.post("/orders", body);
    const Placed order{placed.body.at("id"), placed.body.at("access_token")};
    pay(shop, order, kGoodCard);
    shop.drain();
    const auto item = shown(shop, order.id)["items"][0]["id"];
    const auto parcels = "/orders/" + std::to_string(order.id) + "/fulfillment";
    REQUIRE(shop.put(parcels, {{"items", Json::array({{{"item_id", item}, {"quantity", 2}}})}}, shop.staff()).status ==
            202);
    shop.drain();
    const auto refused = edit(shop, order.id, to_quantity(shown(shop, order.id), 1));
    CHECK(refused.code() == "units_packed");
    CHECK(refused.body["items"][0]["least"] == 2);
    REQUIRE(edit(shop, order.id, to_quantity(shown(shop, order.id), 2)).status == 200);
    shop.drain();
    CHECK(shown(shop, order.id)["payment"]["refunded"] == 1'000);
    REQUIRE(shop.put(parcels, {{"status", "shipped"}}, shop.staff()).status == 200);
    CHECK(shown(shop, order.id)["status"] == "shipped");
    CHECK(edit(shop, order.id, to_quantity(shown(shop, order.id), 3)).code() == "order_closed");
    shop.check_invariants();
}

TEST_CASE("an edited order's invoice is credited whole and issued anew, and its documents stand at the total") {
    Shop shop;
    make_seller(shop);
    set_documents(shop, "paid");
    const Basket basket(shop);
    const auto order = transferred_for(shop, basket.one_each());
    REQUIRE(sum_of(documents_of_order(shop, order)) == 2'260);
    REQUIRE(edit(shop, order.id, to_quantity(shown(shop, order.id), 0, 1)).status == 200);
    auto documents = documents_of_order(shop, order);
    REQUIRE(documents.size() == 3);
    CHECK(documents[1]["kind"] == "credit_note");
    CHECK(documents[1]["total"] == -2'260);
    CHECK(documents[2]["kind"] == "invoice");
    CHECK(documents[2]["total"] == 1'190);
    const auto payment = shop.get(order.payment, shop.staff()).body;
    CHECK(payment["to_be_sent"] == 1'070);
    const auto refund = std::to_string(payment["refunds"][0]["id"].get<int>());
    REQUIRE(shop.post(order.payment + "/refunds/" + refund + "/sent", Json::object(), shop.staff()).status == 200);
    CHECK(documents_of_order(shop, order).size() == 3);  // the credit note is there already
    shop.check_invariants();

    REQUIRE(edit(shop, order.id, adding(basket.tea, 2)).status == 200);
    CHECK(sum_of(documents_of_order(shop, order)) == 3'330);
    CHECK(shown(shop, order.id)["balance"] == 2'140);
    shop.check_invariants();
}

TEST_CASE("a new address and another delivery are part of an edit") {
    Shop shop;
    shop.deliver({{"DE", 490}, {"FR", 990}});
    const auto mug = shop.product({.price = 1'000});
    const auto order = shop.order({{mug, 1}}).body;
    const Json paris{{"line1", "Rue 1"}, {"city", "Paris"}, {"postal_code", "75001"}, {"country", "FR"}};
    auto body = Json{{"customer", {{"shipping_address", paris}}}};
    const auto moved = edit(shop, order["id"], body);
    INFO(moved.text);
    REQUIRE(moved.status == 200);
    CHECK(moved.body["order"]["shipping"] == 490);  // as it was agreed
    CHECK(moved.body["order"]["customer"]["shipping_address"]["city"] == "Paris");
    body = {{"delivery_method_id", shown(shop, order["id"])["delivery"]["method_id"]}};
    const auto anew = edit(shop, order["id"], body);
    INFO(anew.text);
    CHECK(anew.body["order"]["shipping"] == 990);
    shop.check_invariants();
}

TEST_CASE("an older order that is edited takes what newer ones would have had") {
    Shop shop;
    const auto mug = shop.product({.price = 1'000, .on_hand = 3});
    REQUIRE(shop.put(inventory(mug), {{"stock_policy", "beyond"}, {"beyond_limit", 10}}, shop.staff()).status == 200);
    const auto older = shop.order({{mug, 1}}).body;
    const auto newer = shop.order({{mug, 2}}).body;
    REQUIRE(edit(shop, older["id"], to_quantity(older, 3)).status == 200);
    CHECK(shown(shop, older["id"])["items"][0]["awaited"] == 0);
    CHECK(shown(shop, newer["id"])["items"][0]["awaited"] == 2);
    shop.check_invariants();
    REQUIRE(edit(shop, older["id"], to_quantity(older, 1)).status == 200);
    CHECK(shown(shop, newer["id"])["items"][0]["awaited"] == 0);
    shop.check_invariants();
}
