#include "documents/support.h"

#include <algorithm>

#include <catch2/catch_test_macros.hpp>

namespace orderd::tests {

Json seller_settings() {
    return {{"legal_name", "Tide & Clay GmbH"},
            {"vat_id", "DE123456789"},
            {"tax_number", ""},
            {"register_entry", "Amtsgericht Charlottenburg, HRB 12345"},
            {"email", "books@example.com"},
            {"address", nullptr},
            {"payment_terms", "Payable within 14 days."},
            {"foot", "Thank you."}};
}

Json document_settings(const std::string& issue) {
    return {{"issue", issue},
            {"invoices", {{"format", "{year}-{number}"}, {"digits", 5}}},
            {"credit_notes", {{"format", "{year}-{number}"}, {"digits", 5}}},
            {"retention_years", 10}};
}

void make_seller(Shop& shop, const Json& more) {
    Json wanted{{"shop_address",
                 {{"line1", "Werkstattweg 1"},
                  {"line2", ""},
                  {"city", "Berlin"},
                  {"region", ""},
                  {"postal_code", "10997"},
                  {"country", "DE"}}},
                {"tax",
                 {{"prices_include_tax", true},
                  {"shipping_taxed", true},
                  {"rates", Json::array({Json{{"country", "DE"}, {"rate_ppm", 190'000}},
                                         Json{{"country", "DE"}, {"tax_class", "reduced"}, {"rate_ppm", 70'000}}})}}},
                {"bank_details", "IBAN DE02 1203 0000 0000 2020 51"},
                {"seller", seller_settings()},
                {"documents", document_settings("at_payment")}};
    wanted.update(more);
    const auto set = shop.put("/admin/settings", wanted, shop.owner());
    INFO(set.text);
    REQUIRE(set.status == 200);
}

std::int64_t taxed_product(Shop& shop, const std::string& sku, std::int64_t price, const std::string& tax_class) {
    const auto made =
        shop.post("/products",
                  {{"sku", sku}, {"name", "A " + sku}, {"price", price}, {"quantity", 1000}, {"tax_class", tax_class}},
                  shop.owner());
    INFO(made.text);
    REQUIRE(made.status == 201);
    return made.body["id"].get<std::int64_t>();
}

Bought only_placed(Shop& shop, const std::vector<Shop::Line>& lines, const Json& address,
                   const std::string& discount_code) {
    auto body = Shop::order_body(lines);
    body["customer"]["shipping_address"] = address;
    if (!discount_code.empty()) {
        body["discount_code"] = discount_code;
    }
    return only_placed(shop, body);
}

Bought only_placed(Shop& shop, const Json& body) {
    const auto placed = shop.post("/orders", body);
    INFO(placed.text);
    REQUIRE(placed.status == 201);
    Bought order{.id = placed.body["id"].get<std::int64_t>(),
                 .token = placed.body["access_token"].get<std::string>(),
                 .items = {},
                 .payment = {}};
    for (const auto& item : placed.body["items"]) {
        order.items.push_back(item["id"].get<std::int64_t>());
    }
    return order;
}

Bought ordered(Shop& shop, const std::vector<Shop::Line>& lines, const std::string& discount_code) {
    auto address = address_in("Berlin", "DE");
    address["line1"] = "Lindenhof 4";
    address["postal_code"] = "10115";
    auto order = only_placed(shop, lines, address, discount_code);
    pay_by_transfer(shop, order);
    return order;
}

void pay_by_transfer(Shop& shop, Bought& order) {
    const auto payment =
        shop.post("/payments", {{"order_id", order.id}, {"method", {{"type", "bank_transfer"}}}}, order.token);
    INFO(payment.text);
    REQUIRE(payment.status == 201);
    order.payment = "/payments/" + payment.body["id"].dump();
}

void receive_money(Shop& shop, const Bought& order) {
    const auto received = shop.post(order.payment + "/capture", Json::object(), shop.staff());
    INFO(received.text);
    REQUIRE(received.status == 200);
}

Bought transferred_for(Shop& shop, const std::vector<Shop::Line>& lines) {
    auto order = ordered(shop, lines);
    receive_money(shop, order);
    return order;
}

std::int64_t send_refund(Shop& shop, const Bought& order, std::int64_t amount) {
    const auto asked =
        shop.post(order.payment + "/refunds", amount > 0 ? Json{{"amount", amount}} : Json::object(), shop.staff());
    INFO(asked.text);
    REQUIRE(asked.status == 201);
    const auto id = asked.body["id"].get<std::int64_t>();
    const auto sent =
        shop.post(order.payment + "/refunds/" + std::to_string(id) + "/sent", Json::object(), shop.staff());
    INFO(sent.text);
    REQUIRE(sent.status == 200);
    return id;
}

std::vector<Json> documents_of_order(Shop& shop, const Bought& order) {
    const auto list = shop.get("/admin/documents?order_id=" + std::to_string(order.id), shop.viewer());
    INFO(list.text);
    REQUIRE(list.status == 200);
    std::vector<Json> documents(list.body["data"].begin(), list.body["data"].end());
    std::reverse(documents.begin(), documents.end());
    return documents;
}

std::int64_t sum_of(const std::vector<Json>& documents, const std::string& figure) {
    std::int64_t sum = 0;
    for (const auto& document : documents) {
        sum += document[figure].get<std::int64_t>();
    }
    return sum;
}

std::vector<std::string> numbers_in(const std::vector<Json>& documents) {
    std::vector<std::string> numbers;
    for (const auto& document : documents) {
        numbers.push_back(document["number"]);
    }
    return numbers;
}

std::vector<std::string> kinds_in(const std::vector<Json>& documents) {
    std::vector<std::string> kinds;
    for (const auto& document : documents) {
        kinds.push_back(document["kind"]);
    }
    return kinds;
}

Json whole(Shop& shop, const Json& document) {
    const auto reply = shop.get("/admin/documents/" + document["id"].dump(), shop.viewer());
    INFO(reply.text);
    REQUIRE(reply.status == 200);
    return reply.body;
}

void ship_all(Shop& shop, const Bought& order) {
    const auto path = "/orders/" + std::to_string(order.id) + "/fulfillment";
    REQUIRE(shop.put(path, Json::object(), shop.staff()).status == 202);
    shop.drain();
    REQUIRE(shop.put(path, {{"status", "shipped"}}, shop.staff()).status == 200);
}

Reply set_documents(Shop& shop, const std::string& issue) {
    return shop.put("/admin/settings", {{"documents", document_settings(issue)}}, shop.owner());
}

Json address_in(const std::string& city, const std::string& country) {
    return {{"line1", "1 Road"},      {"line2", ""},       {"city", city}, {"region", ""},
            {"postal_code", "10999"}, {"country", country}};
}

Reply issue(Shop& shop, const Bought& order, const Json& body) {
    return shop.post(order.path("/documents"), body, shop.staff());
}

Json rates_of(const Json& document) {
    auto rates = Json::array();
    for (const auto& sum : document["taxes"]) {
        rates.push_back(Json::array({sum["rate_ppm"], sum["base"], sum["tax"]}));
    }
    return rates;
}

}  // namespace orderd::tests
