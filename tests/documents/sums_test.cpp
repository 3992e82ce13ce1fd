// Whatever is bought, and however it goes back: lines, rates, total and documents agree, and all of it refunded is nothing.

#include <map>
#include <random>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "documents/support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

/// Random orders of a shop, the same in each run.
class RandomSales {
public:
    RandomSales(Shop& shop, std::int64_t step, bool gross) : shop_(shop), step_(step) {
        for (const auto* tax_class : {"standard", "standard", "reduced"}) {
            const auto sku = "SKU-" + std::to_string(products_.size());
            products_.push_back(taxed_product(shop, sku, between(1, 9'999) * step, tax_class));
        }
        shop.deliver({{"DE", 490 * step}});
        const Json tax{
            {"prices_include_tax", gross},
            {"shipping_taxed", true},
            {"rates", Json::array({Json{{"country", "DE"}, {"rate_ppm", 190'000}},
                                   Json{{"country", "DE"}, {"tax_class", "reduced"}, {"rate_ppm", 70'000}}})}};
        make_seller(shop, {{"tax", tax}});
        const auto code = shop.post("/admin/discount-codes",
                                    {{"code", "OFF"}, {"kind", "percent"}, {"rate_ppm", 133'700}}, shop.owner());
        REQUIRE(code.status == 201);
    }

    /// Sells some, refunds parts of it, and then the rest, and checks the documents after each step.
    void sell_and_refund() {
        std::vector<Shop::Line> lines;
        for (const auto product : products_) {
            if (const auto units = between(0, 4); units > 0 || (lines.empty() && product == products_.back())) {
                lines.push_back({product, std::max<Quantity>(units, 1)});
            }
        }
        const auto order = between(0, 1) == 1 ? ordered(shop_, lines) : ordered(shop_, lines, "OFF");
        receive_money(shop_, order);
        const auto total = shop_.get(order.path(), shop_.viewer()).body["total"].get<std::int64_t>();
        check(order, total);
        auto left = total;
        if (between(0, 1) == 1) {
            ship_all(shop_, order);
            for (std::size_t i = 0; i < lines.size(); ++i) {
                left -= take_back(order, order.items[i], between(1, lines[i].quantity));
                check(order, left);
            }
        }
        for (int i = 0; i < 3 && left > step_; ++i) {
            const auto amount = between(1, left / step_ - 1) * step_;
            send_refund(shop_, order, amount);
            left -= amount;
            check(order, left);
        }
        if (left > 0) {
            send_refund(shop_, order, 0);
        }
        check(order, 0);
    }

private:
    /// Units come back, and what they cost goes back. @returns how much that is
    std::int64_t take_back(const Bought& order, std::int64_t item, Quantity quantity) {
        const auto back =
            shop_.post("/orders/" + std::to_string(order.id) + "/returns",
                       {{"items", Json::array({{{"item_id", item}, {"quantity", quantity}}})}}, shop_.staff());
        INFO(back.text);
        REQUIRE(back.status == 201);
        const auto amount = back.body["refund"].get<std::int64_t>();
        if (amount > 0) {
            const auto refunds = shop_.get("/admin" + order.payment, shop_.viewer()).body["refunds"];
            REQUIRE(shop_
                        .post(order.payment + "/refunds/" + refunds.back()["id"].dump() + "/sent", Json::object(),
                              shop_.staff())
                        .status == 200);
        }
        return amount;
    }

    std::int64_t between(std::int64_t least, std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
    }

    void check(const Bought& order, std::int64_t stands) {
        const auto documents = documents_of_order(shop_, order);
        std::map<std::int64_t, std::pair<std::int64_t, std::int64_t>> rates;
        for (const auto& document : documents) {
            const auto lines = whole(shop_, document)["lines"];
            std::int64_t of_lines = 0;
            for (const auto& line : lines) {
                of_lines += line["total"].get<std::int64_t>();
            }
            CHECK(of_lines == std::abs(document["total"].get<std::int64_t>()));
            for (const auto& rate : document["taxes"]) {
                auto& [base, tax] = rates[rate["rate_ppm"].get<std::int64_t>()];
                base += rate["base"].get<std::int64_t>();
                tax += rate["tax"].get<std::int64_t>();
            }
        }
        CHECK(sum_of(documents) == stands);
        for (const auto& [ppm, sums] : rates) {
            CAPTURE(ppm);
            CHECK(sums.first >= 0);
            CHECK(sums.second >= 0);
            CHECK((stands > 0 || (sums.first == 0 && sums.second == 0)));
        }
    }

    Shop& shop_;
    const std::int64_t step_;
    std::mt19937 random_{20'261'124};  // NOLINT: the same in each run
    std::vector<std::int64_t> products_;
};

}  // namespace

TEST_CASE(
    "whatever is sold, returned and refunded, documents have the same sums, and all of it back leaves nothing at any rate",
    "[large]") {
    const auto [currency, step] = GENERATE(table<std::string, std::int64_t>({{"EUR", 1}, {"JPY", 1}, {"KWD", 10}}));
    const bool gross = GENERATE(true, false);
    CAPTURE(currency, gross);
    Shop shop;
    REQUIRE(shop.put("/admin/settings", {{"currency", currency}}, shop.owner()).status == 200);
    RandomSales sales(shop, step, gross);
    for (int i = 0; i < 15; ++i) {
        CAPTURE(i);
        sales.sell_and_refund();
    }
    shop.check_invariants();
}
