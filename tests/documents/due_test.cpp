// When an invoice is issued, and that nothing stops what it is issued for.

#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "documents/support.h"

using namespace orderd;
using namespace orderd::tests;

TEST_CASE("an invoice is issued at payment, with the first parcel, or by hand, as the setting says") {
    Shop shop;
    const Basket basket(shop);
    make_seller(shop, {{"ship_before_payment", {{"bank_transfer", true}, {"cash_on_delivery", true}}}});
    SECTION("at payment, and with the first parcel if that leaves before") {
        const auto order = ordered(shop, basket.one_each());
        ship_all(shop, order);
        const auto documents = documents_of_order(shop, order);
        REQUIRE(documents.size() == 1);
        CHECK(whole(shop, documents[0])["supplied_on"] == documents[0]["issued_on"]);
        CHECK(whole(shop, documents[0])["payment_terms"] == "Payable within 14 days.");
        receive_money(shop, order);
        CHECK(documents_of_order(shop, order).size() == 1);
    }
    SECTION("at shipping") {
        REQUIRE(set_documents(shop, "at_shipping").status == 200);
        const auto order = transferred_for(shop, basket.one_each());
        CHECK(documents_of_order(shop, order).empty());
        ship_all(shop, order);
        CHECK(kinds_in(documents_of_order(shop, order)) == std::vector<std::string>{"invoice"});
    }
    SECTION("by hand, once") {
        REQUIRE(set_documents(shop, "by_hand").status == 200);
        const auto order = transferred_for(shop, basket.one_each());
        ship_all(shop, order);
        CHECK(documents_of_order(shop, order).empty());
        CHECK(shop.post(order.path("/documents"), {{"kind", "invoice"}}, shop.viewer()).status == 403);
        const auto issued = issue(shop, order);
        INFO(issued.text);
        REQUIRE(issued.status == 201);
        CHECK(issued.header("Location") == "/admin/documents/" + issued.body["id"].dump());
        CHECK(issued.body["total"] == 2260);
        const auto again = issue(shop, order);
        CHECK(again.code() == "already_invoiced");
        CHECK(again.body["number"] == issued.body["number"]);
        CHECK(issue(shop, order, {{"kind", "correction"}}).status == 422);
        CHECK(issue(shop, order, {{"kind", "invoice"}, {"amount", 5}}).status == 422);
    }
    SECTION("what was refunded before the invoice is credited with it") {
        REQUIRE(set_documents(shop, "at_shipping").status == 200);
        const auto order = transferred_for(shop, basket.one_each());
        send_refund(shop, order, 226);
        CHECK(documents_of_order(shop, order).empty());
        ship_all(shop, order);
        const auto documents = documents_of_order(shop, order);
        CHECK(kinds_in(documents) == std::vector<std::string>{"invoice", "credit_note"});
        CHECK(sum_of(documents) == 2034);
    }
    shop.check_invariants();
}

TEST_CASE("an order that was paid before invoices were on has none, until staff issue it") {
    Shop shop;
    const Basket basket(shop);
    make_seller(shop, {{"documents", document_settings("by_hand")}});
    const auto paid = transferred_for(shop, basket.one_each());
    const auto unpaid = ordered(shop, basket.one_each());
    REQUIRE(set_documents(shop, "at_payment").status == 200);
    ship_all(shop, paid);
    send_refund(shop, paid, 100);
    CHECK(documents_of_order(shop, paid).empty());
    CHECK(issue(shop, paid).status == 201);
    CHECK(kinds_in(documents_of_order(shop, paid)) == std::vector<std::string>{"invoice", "credit_note"});
    CHECK(sum_of(documents_of_order(shop, paid)) == 2160);
    receive_money(shop, unpaid);
    CHECK(documents_of_order(shop, unpaid).size() == 1);
    shop.check_invariants();
}

TEST_CASE("an order that staff credited is invoiced anew when it is paid after all") {
    Shop shop;
    const Basket basket(shop);
    make_seller(shop);
    const auto order = ordered(shop, basket.one_each());
    REQUIRE(issue(shop, order).status == 201);
    REQUIRE(issue(shop, order, {{"kind", "credit_note"}}).status == 201);
    receive_money(shop, order);
    CHECK(kinds_in(documents_of_order(shop, order)) == std::vector<std::string>{"invoice", "credit_note", "invoice"});
    CHECK(sum_of(documents_of_order(shop, order)) == 2260);
    shop.check_invariants();
}

TEST_CASE("an invoice over nothing is followed by one over what the order costs after a change") {
    Shop shop;
    const auto gift = taxed_product(shop, "GIFT", 0, "standard");
    make_seller(shop);
    shop.deliver({{"DE", 0}, {"AT", 500}});
    const auto order = only_placed(shop, {{gift, 1}}, address_in("Berlin", "DE"));
    REQUIRE(issue(shop, order).status == 201);
    const auto moved =
        shop.put(order.path(), {{"customer", {{"shipping_address", address_in("Wien", "AT")}}}}, shop.staff());
    INFO(moved.text);
    REQUIRE(moved.status == 200);
    const auto documents = documents_of_order(shop, order);
    REQUIRE(kinds_in(documents) == std::vector<std::string>{"invoice", "invoice"});
    CHECK(documents[1]["total"] == 420);  // 5.00 less 19 %, as no tax is due
    CHECK(whole(shop, documents[1])["lines"][1]["kind"] == "delivery");
    shop.check_invariants();
}

TEST_CASE("an invoice that cannot be issued does not stop the payment, and is tried again") {
    Shop shop;
    const Basket basket(shop);
    make_seller(shop);
    const auto seller =
        shop.store().read().value<std::string>("SELECT value FROM setting WHERE name = 'seller'").value();
    shop.store().writer().run([](storage::Transaction& tx) { tx.run("DELETE FROM setting WHERE name = 'seller'"); });
    const auto order = transferred_for(shop, basket.one_each());
    CHECK(shop.get(order.path(), shop.viewer()).body["status"] == "paid");
    CHECK(documents_of_order(shop, order).empty());
    shop.drain();
    CHECK(documents_of_order(shop, order).empty());
    shop.store().writer().run([&](storage::Transaction& tx) {
        tx.run("INSERT INTO setting (name, value, updated_at) VALUES ('seller', ?1, 0)", seller);
    });
    shop.advance(hours(1));
    shop.drain();
    CHECK(documents_of_order(shop, order).size() == 1);
    shop.check_invariants();
}

TEST_CASE("an order with 100 % off what it costs has an invoice over nothing") {
    Shop shop;
    const auto gift = taxed_product(shop, "GIFT", 0, "standard");
    make_seller(shop);
    const auto order = only_placed(shop, {{gift, 1}}, address_in("Berlin", "DE"));
    REQUIRE(
        shop.post("/payments", {{"order_id", order.id}, {"method", {{"type", "bank_transfer"}}}}, order.token).status ==
        201);
    const auto documents = documents_of_order(shop, order);
    REQUIRE(documents.size() == 1);
    CHECK(documents[0]["total"] == 0);
    CHECK(issue(shop, order).code() == "already_invoiced");
    shop.check_invariants();
}

TEST_CASE("many payments at once have numbers without a gap", "[concurrency]") {
    Shop shop;
    const Basket basket(shop);
    make_seller(shop);
    constexpr int kOrders = 24;
    std::vector<Bought> orders;
    for (int i = 0; i < kOrders; ++i) {
        orders.push_back(ordered(shop, basket.one_each()));
    }
    const auto replies = shop.at_once(kOrders, [&](int i) {
        return shop.post(orders[static_cast<std::size_t>(i)].payment + "/capture", Json::object(), shop.staff());
    });
    CHECK(count(replies, 200) == kOrders);
    std::vector<std::string> numbers;
    for (const auto& order : orders) {
        const auto documents = documents_of_order(shop, order);
        REQUIRE(documents.size() == 1);
        numbers.push_back(documents[0]["number"].get<std::string>().substr(5));
    }
    std::sort(numbers.begin(), numbers.end());
    CHECK(numbers.front() == "00001");
    CHECK(numbers.back() == "00024");
    CHECK(std::adjacent_find(numbers.begin(), numbers.end()) == numbers.end());
    // One order that is invoiced by many at once has one invoice.
    REQUIRE(set_documents(shop, "by_hand").status == 200);
    const auto one = transferred_for(shop, basket.one_each());
    const auto issued = shop.at_once(8, [&](int) { return issue(shop, one); });
    CHECK(count(issued, 201) == 1);
    CHECK(count(issued, 409) == 7);
    shop.check_invariants();
}

TEST_CASE("an order that is fetched is invoiced when it is handed over, to a buyer whose address is not known") {
    Shop shop;
    const Basket basket(shop);
    make_seller(shop, {{"documents", document_settings("at_shipping")}});
    const auto pickup = shop.delivery_method(
        {{"name", "Pickup"},
         {"kind", "pickup"},
         {"pickup", {{"name", "Workshop"}, {"address", address_in("Berlin", "DE")}, {"opening_hours", "Mondays"}}}});
    auto body = Shop::order_body(basket.one_each());
    body["customer"].erase("shipping_address");
    body["delivery_method_id"] = pickup;
    auto order = only_placed(shop, body);
    pay_by_transfer(shop, order);
    receive_money(shop, order);
    const auto fulfillment = "/orders/" + std::to_string(order.id) + "/fulfillment";
    REQUIRE(shop.put(fulfillment, {{"status", "ready"}}, shop.staff()).status == 200);
    CHECK(documents_of_order(shop, order).empty());
    REQUIRE(shop.put(fulfillment, {{"status", "delivered"}}, shop.staff()).status == 200);
    const auto documents = documents_of_order(shop, order);
    REQUIRE(documents.size() == 1);
    const auto invoice = whole(shop, documents[0]);
    CHECK(invoice["buyer"]["name"] == "Ada Lovelace");
    CHECK(invoice["buyer"]["address"].is_null());
    CHECK(invoice["delivered_to"]["line1"] == "1 Road");
    CHECK(invoice["supplied_on"] == invoice["issued_on"]);
    CHECK(invoice["total"] == 2260);
    CHECK(shop.get("/admin/documents/" + invoice["id"].dump() + ".pdf", shop.viewer()).status == 200);
    shop.check_invariants();
}
