// Invoices, credit notes and corrections: when they are issued, what they say, and that their sums are the orders'.

#include <algorithm>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "documents/support.h"
#include "payments/support.h"

using namespace orderd;
using namespace orderd::tests;

TEST_CASE("an order's invoice is issued when it is paid: each rate's base and tax, and all that the law wants") {
    Shop shop;
    const Basket basket(shop);
    make_seller(shop);
    const auto order = ordered(shop, basket.one_each());
    CHECK(documents_of_order(shop, order).empty());
    receive_money(shop, order);
    const auto documents = documents_of_order(shop, order);
    REQUIRE(documents.size() == 1);
    const auto& invoice = documents[0];
    CHECK(invoice["kind"] == "invoice");
    CHECK(invoice["number"] == rfc3339(shop.clock().now()).substr(0, 4) + "-00001");
    CHECK(invoice["issued_on"] == rfc3339(shop.clock().now()).substr(0, 10));
    CHECK(invoice["net"] == 2000);
    CHECK(invoice["tax"] == 260);
    CHECK(invoice["total"] == 2260);
    CHECK(rates_of(invoice) == Json::array({Json::array({190'000, 1000, 190}), Json::array({70'000, 1000, 70})}));
    CHECK(invoice["tax_country"] == "DE");
    CHECK(invoice["tax_treatment"] == "taxed");
    CHECK(invoice["refers_to"].is_null());

    const auto all = whole(shop, invoice);
    CHECK(all["seller"]["name"] == "Tide & Clay GmbH");
    CHECK(all["seller"]["vat_id"] == "DE123456789");
    CHECK(all["seller"]["address"]["line1"] == "Werkstattweg 1");
    CHECK(all["buyer"]["name"] == "Ada Lovelace");
    CHECK(all["buyer"]["address"]["line1"] == "Lindenhof 4");
    CHECK(all["paid_on"] == invoice["issued_on"]);
    CHECK(all["paid_by"] == "bank_transfer");
    CHECK(all["payment_terms"] == "");  // it is paid
    CHECK(all["supplied_on"].is_null());
    REQUIRE(all["lines"].size() == 2);
    CHECK(all["lines"][1] == Json{{"kind", "item"},
                                  {"sku", "TEA"},
                                  {"name", "A TEA"},
                                  {"quantity", 1},
                                  {"unit_price", 1070},
                                  {"net_unit_price", "10.00"},
                                  {"discount", 0},
                                  {"rate_ppm", 70'000},
                                  {"net", 1000},
                                  {"tax", 70},
                                  {"total", 1070}});
    const auto history = shop.get(order.path(), shop.viewer()).body["history"];
    CHECK(std::count_if(history.begin(), history.end(), [&](const Json& entry) {
              return entry["kind"] == "document.issued" && entry["body"]["number"] == invoice["number"];
          }) == 1);
    shop.check_invariants();
}

TEST_CASE("a refund by sum is shared over the rates by what is left of each, and all of it leaves nothing") {
    Shop shop;
    const Basket basket(shop);
    make_seller(shop);
    const auto order = transferred_for(shop, basket.one_each());
    const auto refund = send_refund(shop, order, 226);
    auto documents = documents_of_order(shop, order);
    REQUIRE(documents.size() == 2);
    CHECK(documents[1]["kind"] == "credit_note");
    CHECK(documents[1]["refers_to"] == documents[0]["id"]);
    CHECK(documents[1]["refund_id"] == refund);
    // 226 of 2260: a tenth of each.
    CHECK(rates_of(documents[1]) == Json::array({Json::array({190'000, -100, -19}), Json::array({70'000, -100, -7})}));
    CHECK(whole(shop, documents[1])["refers_to_number"] == documents[0]["number"]);
    CHECK(whole(shop, documents[1])["lines"][0]["total"] == 119);

    // 1071 and 963 are left: 1000 are 526.5 and 473.5, and the larger remainder gets the cent. Of the tax, 171 × 527/1071
    // = 84.1 and 63 × 473/963 = 30.9.
    send_refund(shop, order, 1000);
    documents = documents_of_order(shop, order);
    CHECK(rates_of(documents[2]) == Json::array({Json::array({190'000, -443, -84}), Json::array({70'000, -442, -31})}));
    send_refund(shop, order, 0);
    documents = documents_of_order(shop, order);
    CHECK(rates_of(documents[3]) == Json::array({Json::array({190'000, -457, -87}), Json::array({70'000, -458, -32})}));
    CHECK(sum_of(documents) == 0);
    CHECK(sum_of(documents, "tax") == 0);
    CHECK(issue(shop, order).code() == "nothing_to_invoice");
    shop.check_invariants();
}

TEST_CASE("units that come back are credited at their own rate") {
    Shop shop;
    const Basket basket(shop);
    make_seller(shop);
    const auto order = transferred_for(shop, {{basket.mug, 2}, {basket.tea, 3}});
    ship_all(shop, order);
    const auto give_back = [&](const Json& body) {
        const auto back = shop.post("/orders/" + std::to_string(order.id) + "/returns", body, shop.staff());
        INFO(back.text);
        REQUIRE(back.status == 201);
        const auto refunds = shop.get("/admin" + order.payment, shop.viewer()).body["refunds"];
        REQUIRE(
            shop.post(order.payment + "/refunds/" + refunds.back()["id"].dump() + "/sent", Json::object(), shop.staff())
                .status == 200);
        return documents_of_order(shop, order).back();
    };
    const auto tea = Json::array({{{"item_id", order.items[1]}, {"quantity", 2}}});
    auto note = give_back({{"items", tea}});
    CHECK(rates_of(note) == Json::array({Json::array({70'000, -2000, -140})}));
    CHECK(whole(shop, note)["lines"][0]["sku"] == "TEA");
    CHECK(whole(shop, note)["lines"][0]["quantity"] == 2);
    // More than the mug's price goes back: 10.00 more, shared over 11.90 and 10.70 that are left then.
    note = give_back({{"items", Json::array({{{"item_id", order.items[0]}, {"quantity", 1}}})}, {"refund", 2190}});
    CHECK(note["total"] == -2190);
    CHECK(rates_of(note)[0][1].get<std::int64_t>() + rates_of(note)[0][2].get<std::int64_t>() == -1190 - 527);
    CHECK(whole(shop, note)["lines"].size() == 3);
    shop.check_invariants();
}

TEST_CASE("a refund is credited once staff sent it, and never if they did not") {
    Shop shop;
    const Basket basket(shop);
    make_seller(shop);
    const auto order = transferred_for(shop, basket.one_each());
    const auto asked = shop.post(order.payment + "/refunds", {{"amount", 500}, {"reason", "a chip"}}, shop.staff());
    REQUIRE(asked.status == 201);
    CHECK(documents_of_order(shop, order).size() == 1);
    const auto decide = [&](const std::string& how) {
        return shop.post(order.payment + "/refunds/" + asked.body["id"].dump() + "/" + how, Json::object(),
                         shop.staff());
    };
    SECTION("sent") {
        REQUIRE(decide("sent").status == 200);
        CHECK(decide("sent").status == 409);
        const auto documents = documents_of_order(shop, order);
        REQUIRE(documents.size() == 2);
        CHECK(documents[1]["total"] == -500);
        CHECK(whole(shop, documents[1])["reason"] == "");  // it is staff's own
    }
    SECTION("not sent") {
        REQUIRE(decide("cancel").status == 200);
        CHECK(documents_of_order(shop, order).size() == 1);
    }
    shop.check_invariants();
}

TEST_CASE("a refund that fails after it was accepted is undone by a new invoice") {
    StripeShop it;
    const auto mug = taxed_product(it.shop, "MUG", 1190, "standard");
    make_seller(it.shop);
    auto body = Shop::order_body({{mug, 1}});
    body["customer"]["shipping_address"] = address_in("Berlin", "DE");
    const auto reply = it.shop.post("/orders", body);
    const Placed order{reply.body["id"].get<std::int64_t>(), reply.body["access_token"].get<std::string>()};
    const Bought bought{.id = order.id, .token = order.token, .items = {}, .payment = {}};
    const auto payment = it.paid(order);
    REQUIRE(payment.body["status"] == "succeeded");
    it.shop.post(path_of(payment) + "/refunds", {{"amount", 500}}, it.shop.staff());
    it.shop.drain();
    auto documents = documents_of_order(it.shop, bought);
    REQUIRE(kinds_in(documents) == std::vector<std::string>{"invoice", "credit_note"});

    const auto refund = it.stripe.refunds().at(0)["id"].get<std::string>();
    it.stripe.decide_refund(refund, "failed");
    it.hear("refund.failed", refund);
    it.hear("refund.failed", refund);
    documents = documents_of_order(it.shop, bought);
    REQUIRE(kinds_in(documents) == std::vector<std::string>{"invoice", "credit_note", "correction"});
    CHECK(documents[2]["total"] == 500);
    CHECK(documents[2]["refers_to"] == documents[1]["id"]);
    CHECK(rates_of(documents[2]) == Json::array({Json::array({190'000, 420, 80})}));
    CHECK(sum_of(documents) == 1190);
    it.shop.post(path_of(payment) + "/refunds", Json::object(), it.shop.staff());
    it.shop.drain();
    CHECK(sum_of(documents_of_order(it.shop, bought)) == 0);
    it.shop.check_invariants();
}

TEST_CASE("an unpaid order that ends is credited; a paid one once its money has gone back") {
    Shop shop;
    const Basket basket(shop);
    make_seller(shop);
    const auto unpaid = ordered(shop, basket.one_each());
    REQUIRE(issue(shop, unpaid).status == 201);
    const auto cancel = [&](const Bought& order) {
        return shop.post("/orders/" + std::to_string(order.id) + "/cancel", Json::object(), shop.staff()).status;
    };
    REQUIRE(cancel(unpaid) == 200);
    CHECK(kinds_in(documents_of_order(shop, unpaid)) == std::vector<std::string>{"invoice", "credit_note"});
    CHECK(sum_of(documents_of_order(shop, unpaid)) == 0);
    CHECK(issue(shop, unpaid).code() == "nothing_to_invoice");

    const auto paid = transferred_for(shop, basket.one_each());
    REQUIRE(cancel(paid) == 200);
    shop.drain();
    CHECK(sum_of(documents_of_order(shop, paid)) == 2260);
    const auto refunds = shop.get("/admin" + paid.payment, shop.viewer()).body["refunds"];
    REQUIRE(refunds.size() == 1);
    REQUIRE(shop.post(paid.payment + "/refunds/" + refunds[0]["id"].dump() + "/sent", Json::object(), shop.staff())
                .status == 200);
    CHECK(sum_of(documents_of_order(shop, paid)) == 0);
    shop.check_invariants();
}

TEST_CASE("an order that is changed after its invoice gets a credit note for the whole, and a new invoice") {
    Shop shop;
    const Basket basket(shop);
    make_seller(shop);
    const auto order = ordered(shop, basket.one_each());
    REQUIRE(issue(shop, order).status == 201);
    const auto change = [&](const Json& customer) {
        const auto changed = shop.put(order.path(), {{"customer", customer}}, shop.staff());
        INFO(changed.text);
        REQUIRE(changed.status == 200);
    };
    auto customer = shop.get(order.path(), shop.viewer()).body["customer"];
    customer["phone"] = "+49 30 999";
    change(customer);
    CHECK(documents_of_order(shop, order).size() == 1);       // an invoice does not say it
    customer["shipping_address"] = address_in("Wien", "AT");  // which has no rate: the net is charged
    change(customer);
    const auto documents = documents_of_order(shop, order);
    REQUIRE(kinds_in(documents) == std::vector<std::string>{"invoice", "credit_note", "invoice"});
    CHECK(documents[1]["total"] == -2260);
    CHECK(documents[2]["total"] == shop.get(order.path(), shop.viewer()).body["total"]);
    CHECK(documents[2]["tax"] == 0);
    CHECK(documents[2]["tax_treatment"] == "untaxed");
    CHECK(whole(shop, documents[2])["buyer"]["address"]["city"] == "Wien");
    CHECK(whole(shop, documents[1])["buyer"]["address"]["city"] == "Berlin");
    shop.check_invariants();
}

TEST_CASE("staff credit an unpaid order's invoice by hand, never more than stands") {
    Shop shop;
    const Basket basket(shop);
    make_seller(shop);
    const auto order = ordered(shop, basket.one_each());
    const auto credit = [&](Json body) {
        body["kind"] = "credit_note";
        return issue(shop, order, body);
    };
    CHECK(credit(Json::object()).code() == "credit_exceeds_invoice");
    REQUIRE(issue(shop, order).status == 201);
    CHECK(credit({{"amount", 0}}).code() == "credit_exceeds_invoice");
    const auto over = credit({{"amount", 2261}});
    CHECK(over.code() == "credit_exceeds_invoice");
    CHECK(over.body["creditable"] == 2260);
    CHECK(credit({{"amount", 2260 - 1}, {"reason", "never arrived"}}).status == 201);
    CHECK(credit(Json::object()).body["total"] == -1);
    CHECK(sum_of(documents_of_order(shop, order)) == 0);
    CHECK(issue(shop, order).status == 201);  // it was credited by mistake
    shop.check_invariants();
    receive_money(shop, order);
    CHECK(credit(Json::object()).code() == "refund_instead");
    shop.check_invariants();
}
