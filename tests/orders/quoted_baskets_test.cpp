// A quote is what an order costs, whatever is in it and however it is delivered.

#include <random>

#include <catch2/catch_test_macros.hpp>

#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

/// A shop with rates of classes and places, codes, and every kind of delivery; and random orders, the same in each run.
class QuotedShop {
public:
    explicit QuotedShop(bool gross) {
        const auto rate = [](const char* country, const char* tax_class, int ppm) {
            return Json{{"country", country}, {"tax_class", tax_class}, {"rate_ppm", ppm}};
        };
        const Json tax{{"prices_include_tax", gross},
                       {"shipping_taxed", true},
                       {"rates", Json::array({rate("DE", "standard", 190'000), rate("DE", "reduced", 70'000),
                                              rate("AT", "standard", 200'000)})}};
        const Json home{{"line1", "Werkstattweg 1"}, {"city", "Berlin"}, {"postal_code", "10997"}, {"country", "DE"}};
        REQUIRE(shop.put("/admin/settings", {{"tax", tax}, {"shop_address", home}}, shop.owner()).status == 200);
        for (const auto* tax_class : {"standard", "reduced", "zero"}) {
            const Json product{{"sku", tax_class},    {"name", tax_class}, {"price", between(1, 9'999)},
                               {"quantity", 100'000}, {"weight_g", 300},   {"tax_class", tax_class}};
            REQUIRE(shop.post("/products", product, shop.staff()).status == 201);
        }
        methods_.push_back(
            shop.delivery_method(Shop::parcel_method({{"DE", 490, 5'000}, {"AT", 1'290}, {"*", 2'490}})));
        methods_.push_back(
            shop.delivery_method({{"name", "Pickup"},
                                  {"kind", "pickup"},
                                  {"pickup", {{"name", ""}, {"address", home}, {"opening_hours", ""}}}}));
        code({{"code", "TENTH"}, {"kind", "percent"}, {"rate_ppm", 101'010}});
        code({{"code", "FIVER"}, {"kind", "amount"}, {"amount", 500}});
        code({{"code", "SENT"}, {"kind", "free_delivery"}});
    }

    void quote_and_order() {
        auto items = Json::array();
        for (const auto* sku : {"standard", "reduced", "zero"}) {
            if (const auto quantity = between(0, 3); quantity > 0) {
                items.push_back({{"sku", sku}, {"quantity", quantity}});
            }
        }
        if (items.empty()) {
            return;
        }
        auto body = Shop::order_body({});
        body["items"] = items;
        body["customer"]["shipping_address"]["country"] = pick({"DE", "AT", "CH"});
        if (const auto code = pick({"", "TENTH", "FIVER", "SENT"}); !code.empty()) {
            body["discount_code"] = code;
        }
        if (const auto at = between(0, 2); at < 2) {
            body["delivery_method_id"] = methods_[static_cast<std::size_t>(at)];
        }
        auto asked = body;
        asked["customer"] = {
            {"shipping_address",
             {{"country", body["customer"]["shipping_address"]["country"]}, {"postal_code", "10115"}}}};
        asked.erase("note");
        INFO(asked.dump());
        const auto quote = shop.post("/orders/quote", asked);
        INFO(quote.text);
        REQUIRE(quote.status == 200);
        body["expected_total"] = quote.body["total"];
        const auto order = shop.post("/orders", body);
        INFO(order.text);
        REQUIRE(order.status == 201);
        for (const auto* member :
             {"subtotal", "discount", "shipping", "tax", "tax_included", "total", "taxes", "tax_treatment"}) {
            CHECK(order.body[member] == quote.body[member]);
        }
        for (std::size_t i = 0; i < items.size(); ++i) {
            for (const auto* member : {"unit_price", "discount", "tax_rate_ppm", "tax", "total"}) {
                CHECK(order.body["items"][i][member] == quote.body["items"][i][member]);
            }
        }
        CHECK(order.body["delivery"]["method_id"] == quote.body["delivery_method_id"]);
    }

    Shop shop;

private:
    std::int64_t between(std::int64_t least, std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
    }
    std::string pick(const std::vector<std::string>& all) {
        return all[static_cast<std::size_t>(between(0, std::ssize(all) - 1))];
    }
    void code(const Json& rules) { REQUIRE(shop.post("/admin/discount-codes", rules, shop.staff()).status == 201); }

    std::mt19937 random_{20'261'129};  // NOLINT: the same in each run
    std::vector<std::int64_t> methods_;
};

}  // namespace

TEST_CASE("whatever is in a basket, the order costs what its quote said") {
    for (const bool gross : {true, false}) {
        QuotedShop it(gross);
        for (int i = 0; i < 60; ++i) {
            CAPTURE(gross, i);
            it.quote_and_order();
        }
        it.shop.check_invariants();
    }
}
