// What an order costs: taxes by class and day, rounding, discounts, and quotes.

#include "orders/sums.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "base/card_step.h"
#include "base/shares.h"
#include "storage/shop_zone.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;
using catalog::TaxClass;

namespace {

Json rate(const std::string& country, const std::string& tax_class, std::int64_t ppm, const Json& from = nullptr,
          const std::string& region = "") {
    return {{"country", country}, {"region", region}, {"tax_class", tax_class}, {"from", from}, {"rate_ppm", ppm}};
}

Json tax(bool included, const Json& rates, const Json& more = Json::object()) {
    Json settings{{"prices_include_tax", included}, {"shipping_taxed", true}, {"rates", rates}};
    settings.update(more);
    return settings;
}

void set_tax(Shop& shop, const Json& settings, const Json& more = Json::object()) {
    Json body{{"tax", settings}};
    body.update(more);
    const auto saved = shop.put("/admin/settings", body, shop.owner());
    INFO(saved.text);
    REQUIRE(saved.status == 200);
}

/// A tea shop in Germany: tea at 7 %, pots at 19 %, delivery for 4.90.
struct TeaShop {
    Shop shop;
    std::int64_t tea = shop.product({.sku = "TEA", .name = "Tea", .price = 599, .on_hand = 1000});
    std::int64_t pot = shop.product({.sku = "POT", .name = "Pot", .price = 2499, .on_hand = 1000});

    explicit TeaShop(bool included = true) {
        const auto changed = shop.put("/products/" + std::to_string(tea), {{"tax_class", "reduced"}}, shop.owner());
        INFO(changed.text);
        REQUIRE(changed.status == 200);
        set_tax(shop,
                tax(included, Json::array({rate("DE", "standard", 190'000), rate("DE", "reduced", 70'000),
                                           rate("FR", "standard", 200'000), rate("FR", "reduced", 55'000)})),
                {{"shop_address",
                  {{"line1", "Werkstattweg 1"},
                   {"line2", ""},
                   {"city", "Berlin"},
                   {"region", ""},
                   {"postal_code", "10997"},
                   {"country", "DE"}}}});
        shop.deliver({{"*", 490}});
    }

    Json body(const std::map<std::int64_t, int>& items, const std::string& country = "DE") const {
        Json lines = Json::array();
        for (const auto& [product, quantity] : items) {
            lines.push_back({{"product_id", product}, {"quantity", quantity}});
        }
        auto order = Shop::order_body({{tea, 1}});
        order["items"] = lines;
        order["customer"]["shipping_address"]["country"] = country;
        return order;
    }

    static Json quote_body(const Json& order) {
        const auto& to = order.at("customer").at("shipping_address");
        Json quote{{"items", order.at("items")},
                   {"customer",
                    {{"shipping_address", {{"country", to.at("country")}, {"postal_code", to.at("postal_code")}}}}}};
        if (order.contains("discount_code")) {
            quote["discount_code"] = order.at("discount_code");
        }
        return quote;
    }

    Json admin(const Json& order) {
        return shop.get("/admin/orders/" + std::to_string(order.at("id").get<std::int64_t>()), shop.staff()).body;
    }
};

/// What must hold of any order or quote: lines = rates = total.
void check_sums(const Json& order) {
    std::int64_t lines = 0;
    std::int64_t discounts = 0;
    std::map<std::int64_t, std::int64_t> of_lines;
    for (const auto& item : order.at("items")) {
        lines += item.at("total").get<std::int64_t>();
        discounts += item.at("discount").get<std::int64_t>();
        of_lines[item.at("tax_rate_ppm")] += item.at("tax").get<std::int64_t>();
        CHECK(item.at("total") == item.at("unit_price").get<std::int64_t>() * item.at("quantity").get<std::int64_t>());
    }
    std::int64_t by_rate = 0;
    std::int64_t taxes = 0;
    for (const auto& sum : order.at("taxes")) {
        const auto of_rate = sum.at("tax").get<std::int64_t>();
        by_rate += sum.at("base").get<std::int64_t>() + of_rate;
        taxes += of_rate;
        CHECK(of_lines[sum.at("rate_ppm")] <= of_rate);
    }
    CHECK(lines == order.at("subtotal"));
    CHECK(discounts == order.at("discount"));
    CHECK(by_rate == order.at("total"));
    CHECK(taxes == order.at("tax").get<std::int64_t>() + order.at("tax_included").get<std::int64_t>());
    CHECK(order.at("total") ==
          lines - discounts + order.at("shipping").get<std::int64_t>() + order.at("tax").get<std::int64_t>());
}

}  // namespace

TEST_CASE("an amount is shared by the largest remainder, and the shares add up to it") {
    CHECK(shares(Money{100}, {Money{1}, Money{1}, Money{1}}) == std::vector{Money{34}, Money{33}, Money{33}});
    CHECK(shares(Money{100}, {Money{10}, Money{0}, Money{20}}) == std::vector{Money{33}, Money{0}, Money{67}});
    CHECK(shares(Money{50}, {Money{1}, Money{1}, Money{1}}, Money{10}) == std::vector{Money{20}, Money{20}, Money{10}});
    CHECK(shares(Money{7}, {Money{0}, Money{0}}) == std::vector{Money{7}, Money{0}});
    CHECK(shares(Money{0}, {Money{3}, Money{4}}) == std::vector{Money{0}, Money{0}});
    CHECK(shares(Money{7}, {}).empty());
    CHECK(shares(kMaxTotal, {kMaxTotal, Money{0}}) == std::vector{kMaxTotal, Money{0}});
    CHECK_THROWS_AS(shares(Money{7}, {Money{INT64_MAX}, Money{1}}), Overflow);
    CHECK(share_of(Money{100}, 1, 3, Money{1}) == Money{33});
    CHECK(share_of(Money{100}, 3, 3, Money{1}) == Money{100});
    CHECK(share_of(kMaxTotal, 10'000, 10'000, Money{1}) == kMaxTotal);
}

TEST_CASE("each product is taxed at its class's rate, and delivery at those of its goods") {
    TeaShop it;
    const auto order = it.shop.post("/orders", it.body({{it.tea, 2}, {it.pot, 1}}));
    INFO(order.text);
    REQUIRE(order.status == 201);
    // Tea 11.98, pot 24.99, delivery 4.90: 1.59 of it with the tea, 3.31 with the pot.
    // 7 % within 13.57 is 0.89; 19 % within 28.30 is 4.52.
    CHECK(order.body["subtotal"] == 3697);
    CHECK(order.body["shipping"] == 490);
    CHECK(order.body["total"] == 4187);
    CHECK(order.body["tax_included"] == 541);
    CHECK(order.body["tax_rate_ppm"] == 190'000);  // that of most of the goods
    CHECK(order.body["tax_treatment"] == "taxed");
    CHECK(order.body["taxes"] == Json::array({{{"rate_ppm", 190'000}, {"base", 2378}, {"tax", 452}},
                                              {{"rate_ppm", 70'000}, {"base", 1268}, {"tax", 89}}}));
    CHECK(order.body["items"][0]["tax_rate_ppm"] == 70'000);
    CHECK(order.body["items"][0]["tax"] == 79);  // of 0.89: 11.98 of 13.57
    CHECK(order.body["items"][1]["tax"] == 399);
    check_sums(order.body);
    it.shop.check_invariants();

    SECTION("where prices do not include it, it is added") {
        TeaShop net(false);
        const auto added = net.shop.post("/orders", net.body({{net.tea, 2}, {net.pot, 1}}));
        CHECK(added.body["taxes"] == Json::array({{{"rate_ppm", 190'000}, {"base", 2830}, {"tax", 538}},
                                                  {{"rate_ppm", 70'000}, {"base", 1357}, {"tax", 95}}}));
        CHECK(added.body["total"] == 4187 + 538 + 95);
        check_sums(added.body);
        net.shop.check_invariants();
    }
    SECTION("delivery may have a class of its own, or no tax") {
        set_tax(it.shop, tax(true, Json::array({rate("DE", "standard", 190'000), rate("DE", "reduced", 70'000)}),
                             {{"shipping_class", "reduced"}}));
        const auto own = it.shop.post("/orders", it.body({{it.tea, 2}, {it.pot, 1}})).body;
        CHECK(own["taxes"] == Json::array({{{"rate_ppm", 190'000}, {"base", 2100}, {"tax", 399}},
                                           {{"rate_ppm", 70'000}, {"base", 1578}, {"tax", 110}}}));
        set_tax(it.shop, tax(true, Json::array({rate("DE", "standard", 190'000)}), {{"shipping_taxed", false}}));
        const auto untaxed = it.shop.post("/orders", it.body({{it.pot, 1}})).body;
        CHECK(untaxed["taxes"] == Json::array({{{"rate_ppm", 190'000}, {"base", 2100}, {"tax", 399}},
                                               {{"rate_ppm", 0}, {"base", 490}, {"tax", 0}}}));
        check_sums(own);
        check_sums(untaxed);
        it.shop.check_invariants();
    }
}

TEST_CASE("a class that a place has no rate for has that of the class before it, and zero is none") {
    Shop shop;
    set_tax(shop, tax(true, Json::array({rate("DE", "standard", 190'000), rate("DE", "reduced", 70'000),
                                         rate("IE", "standard", 230'000), rate("IE", "zero", 0),
                                         rate("IE", "super_reduced", 48'000), rate("XK", "standard", 180'000),
                                         rate("XK", "zero", 80'000)})));
    const auto ppm = [&](const std::string& tax_class, const std::string& country) {
        const auto product = shop.product({.sku = tax_class + country, .price = 1000, .on_hand = 10});
        REQUIRE(shop.put("/products/" + std::to_string(product), {{"tax_class", tax_class}}, shop.owner()).status ==
                200);
        auto body = Shop::order_body({{product, 1}});
        body["customer"]["shipping_address"]["country"] = country;
        return shop.post("/orders", body).body["tax_rate_ppm"].get<std::int64_t>();
    };
    CHECK(ppm("standard", "DE") == 190'000);
    CHECK(ppm("reduced", "DE") == 70'000);
    CHECK(ppm("second_reduced", "DE") == 70'000);
    CHECK(ppm("super_reduced", "DE") == 70'000);
    CHECK(ppm("zero", "DE") == 0);
    CHECK(ppm("reduced", "IE") == 230'000);
    CHECK(ppm("super_reduced", "IE") == 48'000);
    CHECK(ppm("zero", "XK") == 80'000);
    shop.check_invariants();
}

TEST_CASE("a tax rate holds from its day on, which begins with the shop's midnight") {
    Shop shop;
    const auto mug = shop.product({.price = 1190, .on_hand = 100});
    const auto today = rfc3339(shop.clock().now()).substr(0, 10);
    const auto day = parse_day(today).value();
    set_tax(shop,
            tax(true, Json::array({rate("DE", "standard", 190'000), rate("DE", "standard", 160'000, to_text(day + 1)),
                                   rate("DE", "standard", 200'000, to_text(day + 2))})),
            {{"time_zone", "Europe/Berlin"}});
    const auto ppm_at = [&](Time at) {
        shop.advance(at - shop.clock().now());
        return shop.order({{mug, 1}}).body["tax_rate_ppm"].get<std::int64_t>();
    };
    const auto zone = settings::time_zone(shop.store().read());
    CHECK(ppm_at(shop.clock().now()) == 190'000);
    CHECK(ppm_at(zone->start_of(day + 1) - Duration{1}) == 190'000);
    CHECK(ppm_at(zone->start_of(day + 1)) == 160'000);
    CHECK(ppm_at(zone->start_of(day + 2) - Duration{1}) == 160'000);
    CHECK(ppm_at(zone->start_of(day + 2)) == 200'000);
    shop.check_invariants();
}

TEST_CASE("bad tax rates of classes and days are refused by name, all at once") {
    Shop shop;
    const auto refused = shop.put(
        "/admin/settings",
        {{"tax", tax(true, Json::array({rate("DE", "standard", 190'000), rate("DE", "standard", 160'000),
                                        rate("DE", "standard", 160'000, "2026-07-01"),
                                        rate("DE", "standard", 170'000, "2026-07-01"),
                                        rate("DE", "reduced", 70'000, "2026-02-30"), rate("FR", "reduced", 55'000)}))}},
        shop.owner());
    INFO(refused.text);
    CHECK(refused.status == 422);
    std::vector<std::string> pointers;
    for (const auto& fault : refused.body["errors"]) {
        pointers.push_back(fault["pointer"]);
    }
    std::sort(pointers.begin(), pointers.end());
    CHECK(pointers == std::vector<std::string>{"/tax/rates/1", "/tax/rates/3", "/tax/rates/4/from", "/tax/rates/5"});
}

TEST_CASE("where no tax is due, prices that include it are charged without it, or as they are") {
    TeaShop it;
    // To Switzerland: 24.99 without 19 % is 21.00, 5.99 without 7 % is 5.60, and 4.90 of delivery is 4.21:
    // 0.95 with the tea without 0.06, and 3.95 with the pot without 0.63.
    const auto abroad = it.shop.post("/orders", it.body({{it.tea, 1}, {it.pot, 1}}, "CH"));
    INFO(abroad.text);
    REQUIRE(abroad.status == 201);
    CHECK(abroad.body["items"][0]["unit_price"] == 560);
    CHECK(abroad.body["items"][1]["unit_price"] == 2100);
    CHECK(abroad.body["shipping"] == 421);
    CHECK(abroad.body["total"] == 3081);
    CHECK(abroad.body["tax_treatment"] == "export");
    CHECK(abroad.body["taxes"] == Json::array({{{"rate_ppm", 0}, {"base", 3081}, {"tax", 0}}}));
    check_sums(abroad.body);

    // Moved back to Germany, it has the products' own prices again.
    auto address = it.admin(abroad.body)["customer"]["shipping_address"];
    address["country"] = "DE";
    const auto back = it.shop.put("/admin/orders/" + std::to_string(abroad.body["id"].get<std::int64_t>()),
                                  {{"customer", {{"shipping_address", address}}}}, it.shop.staff());
    INFO(back.text);
    REQUIRE(back.status == 200);
    CHECK(back.body["items"][0]["unit_price"] == 599);
    CHECK(back.body["total"] == 599 + 2499 + 490);
    CHECK(back.body["tax_treatment"] == "taxed");
    check_sums(back.body);

    // Within the European Union a country without a rate is no export.
    CHECK(it.shop.post("/orders", it.body({{it.pot, 1}}, "NL")).body["tax_treatment"] == "untaxed");
    set_tax(it.shop, tax(true, Json::array({rate("DE", "standard", 190'000)}), {{"untaxed_prices", "same"}}));
    CHECK(it.shop.post("/orders", it.body({{it.pot, 1}}, "CH")).body["total"] == 2499 + 490);
    it.shop.check_invariants();
}

TEST_CASE("a small business taxes nothing, whatever the rates, and says why") {
    TeaShop it;
    set_tax(it.shop, tax(true, Json::array({rate("DE", "standard", 190'000)}),
                         {{"small_business", "Not subject to VAT under section 19 of the German VAT Act."}}));
    const auto order = it.shop.post("/orders", it.body({{it.pot, 1}})).body;
    CHECK(order["total"] == 2499 + 490);
    CHECK(order["tax_included"] == 0);
    CHECK(order["tax_treatment"] == "small_business");
    // Not even where a country's regions would have to be known.
    set_tax(it.shop,
            tax(true, Json::array({rate("US", "standard", 72'500, nullptr, "CA")}), {{"small_business", "Exempt."}}));
    CHECK(it.shop.post("/orders", it.body({{it.pot, 1}}, "US")).status == 201);
    check_sums(order);
    it.shop.check_invariants();
}

TEST_CASE("a business in another member state owes the tax once staff verified its VAT ID") {
    TeaShop it;
    auto body = it.body({{it.pot, 1}}, "FR");
    body["billing"] = {{"company", "Thé SARL"}, {"vat_id", "fr 12.345678901"}};
    const auto order = it.shop.post("/orders", body);
    INFO(order.text);
    REQUIRE(order.status == 201);
    CHECK(order.body["billing"]["vat_id"] == "FR12345678901");
    CHECK(order.body["billing"]["vat_id_verified"] == false);
    CHECK(order.body["total"] == 2499 + 490);  // until then it is taxed
    CHECK(order.body["tax_rate_ppm"] == 200'000);

    const auto path = "/admin/orders/" + std::to_string(order.body["id"].get<std::int64_t>());
    const auto verified = it.shop.put(path, {{"vat_id_verified", true}}, it.shop.staff());
    INFO(verified.text);
    REQUIRE(verified.status == 200);
    CHECK(verified.body["tax_treatment"] == "reverse_charge");
    CHECK(verified.body["items"][0]["unit_price"] == 2100);  // without the German tax in it
    CHECK(verified.body["total"] == 2100 + 412);
    check_sums(verified.body);

    // Another VAT ID is not the one that was verified.
    const auto other =
        it.shop.put(path, {{"billing", {{"company", "Thé SARL"}, {"vat_id", "FR99999999999"}}}}, it.shop.staff());
    CHECK(other.body["billing"]["vat_id_verified"] == false);
    CHECK(other.body["total"] == 2499 + 490);
    const auto none = it.shop.put(path, {{"billing", nullptr}}, it.shop.staff());
    CHECK(none.body["billing"] == nullptr);
    CHECK(it.shop.put(path, {{"vat_id_verified", true}}, it.shop.staff()).status == 422);

    // At home it is taxed, however it is verified.
    auto at_home = it.body({{it.pot, 1}}, "DE");
    at_home["billing"] = {{"company", "Tee GmbH"}, {"vat_id", "DE123456789"}};
    const auto home = it.shop.post("/orders", at_home).body;
    CHECK(it.shop
              .put("/admin/orders/" + std::to_string(home["id"].get<std::int64_t>()), {{"vat_id_verified", true}},
                   it.shop.staff())
              .body["tax_treatment"] == "taxed");
    for (const auto* wrong : {"DE12345678", "FR1234567890", "12345", "D", "ATU1234567", "DE12345678X"}) {
        at_home["billing"]["vat_id"] = wrong;
        const auto refused = it.shop.post("/orders", at_home);
        CHECK(refused.status == 422);
        CHECK(refused.body["errors"][0]["pointer"] == "/billing/vat_id");
    }
    it.shop.check_invariants();
}

TEST_CASE("a quote is what the order costs then, and writes nothing") {
    TeaShop it;
    const auto before = it.shop.events();
    const auto body = it.body({{it.tea, 3}, {it.pot, 2}}, "FR");
    const auto quote = it.shop.post("/orders/quote", TeaShop::quote_body(body));
    INFO(quote.text);
    REQUIRE(quote.status == 200);
    check_sums(quote.body);
    CHECK(it.shop.events() == before);
    CHECK(it.shop.get("/admin/inventory/" + std::to_string(it.tea), it.shop.staff()).body["reserved"] == 0);

    auto wanted = body;
    wanted["expected_total"] = quote.body["total"];
    const auto order = it.shop.post("/orders", wanted);
    REQUIRE(order.status == 201);
    for (const auto* member :
         {"subtotal", "discount", "shipping", "tax", "tax_included", "total", "taxes", "currency"}) {
        CHECK(order.body[member] == quote.body[member]);
    }
    for (const auto* member : {"unit_price", "discount", "tax_rate_ppm", "tax", "total"}) {
        CHECK(order.body["items"][0][member] == quote.body["items"][0][member]);
    }

    // What changed since is told, with the new quote, and nothing is placed.
    REQUIRE(it.shop.put("/products/" + std::to_string(it.pot), {{"price", 2599}}, it.shop.owner()).status == 200);
    const auto at = it.shop.events();
    const auto changed = it.shop.post("/orders", wanted);
    CHECK(changed.status == 409);
    CHECK(changed.code() == "total_changed");
    CHECK(changed.body["quote"]["total"] == quote.body["total"].get<std::int64_t>() + 200);
    CHECK(changed.body["quote"] == it.shop.post("/orders/quote", TeaShop::quote_body(body)).body);
    CHECK(it.shop.events() == at);

    CHECK(it.shop
              .post("/orders/quote", {{"items", Json::array({{{"sku", "NONE"}, {"quantity", 1}}})},
                                      {"customer", {{"shipping_address", {{"country", "DE"}}}}}})
              .code() == "unknown_product");
    CHECK(it.shop.post("/orders/quote", {{"items", body["items"]}}).status == 422);
    it.shop.check_invariants();
}

TEST_CASE("random baskets: lines, rates and total agree, and nothing is rounded twice") {
    std::mt19937_64 random(20261129);
    const auto any = [&](std::int64_t least, std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(least, most)(random);
    };
    const std::vector<std::int64_t> rates{0, 20'000, 55'000, 70'000, 88'750, 190'000, 255'000, 1'000'000};
    for (int round = 0; round < 3000; ++round) {
        const Money step{any(0, 3) == 0 ? 10 : 1};
        orders::PriceRules rules{.tax = {}, .home = {}, .step = step, .currency = step.minor == 10 ? "KWD" : "EUR"};
        rules.home.country = "DE";
        rules.tax.prices_include_tax = any(0, 1) == 0;
        for (const auto& [tax_class, name] : catalog::kTaxClasses.all) {
            const Rate of_class{rates[static_cast<std::size_t>(any(0, 7))]};
            rules.tax.rates.push_back(
                {.country = "DE", .region = {}, .tax_class = tax_class, .from = {}, .rate = of_class, .source = {}});
        }
        orders::Basket basket{.lines = {}, .discount = std::nullopt, .to = {}};
        basket.to.country = any(0, 4) == 0 ? "CH" : "DE";
        const auto count = any(1, 6);
        for (int i = 0; i < count; ++i) {
            basket.lines.push_back({.product = ProductId{i + 1},
                                    .sku = "P",
                                    .name = "P",
                                    .unit_price = Money{any(0, 3000) * step.minor},
                                    .weight_g = {},
                                    .tax_class = catalog::kTaxClasses.all[static_cast<std::size_t>(any(0, 4))].first,
                                    .quantity = any(1, 9)});
        }
        if (any(0, 1) == 0) {
            basket.discount = any(0, 1) == 0 ? orders::Discount{.rate = Rate{any(1, 1'000'000)}}
                                             : orders::Discount{.amount = Money{any(1, 20'000)}};
            if (any(0, 2) == 0) {
                basket.discount->products = {ProductId{1}};
            }
        }
        const Money delivery{any(0, 900) * step.minor};
        const auto sums = orders::compute(rules, basket, Day{20'000},
                                          [&](Money) { return orders::Offer{.method = nullptr, .price = delivery}; });

        const auto& totals = sums.totals;
        std::map<Rate, std::pair<Money, Money>> by_rate;  // amount and tax
        Money subtotal;
        Money discount;
        for (std::size_t i = 0; i < sums.lines.size(); ++i) {
            const auto& line = sums.lines[i];
            const auto amount = line.unit_price * basket.lines[i].quantity;
            REQUIRE(line.discount >= Money{});
            REQUIRE(line.discount <= amount);
            REQUIRE(line.tax >= Money{});
            REQUIRE(is_multiple(line.tax, step));
            REQUIRE(is_multiple(line.discount, step));
            subtotal += amount;
            discount += line.discount;
            by_rate[line.tax_rate].first += amount - line.discount;
            by_rate[line.tax_rate].second += line.tax;
        }
        Money shipping;
        for (const auto& part : totals.shipping_taxes) {
            shipping += part.amount;
            by_rate[part.rate].first += part.amount;
            by_rate[part.rate].second += part.tax;
        }
        Money taxes;
        for (const auto& [rate, sum] : by_rate) {
            const Money steps{sum.first.minor / step.minor};
            const auto exact = rules.tax.prices_include_tax ? tax_within(steps, rate) : tax_on(steps, rate);
            REQUIRE(sum.second == exact * step.minor);  // once for each rate, over the whole order
            taxes += sum.second;
        }
        REQUIRE(subtotal == totals.subtotal);
        REQUIRE(discount == totals.discount);
        REQUIRE(shipping == totals.shipping);
        REQUIRE(taxes == totals.tax + totals.tax_included);
        REQUIRE(totals.total == subtotal - discount + shipping + totals.tax);
    }
}
