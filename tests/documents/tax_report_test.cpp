// The books' tax report: by the day of documents, by country, treatment and rate, less what was credited.

#include <catch2/catch_test_macros.hpp>

#include "documents/support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

Json row_of_tax(const char* country, const char* treatment, int ppm, int documents, int net, int tax) {
    return {{"country", country}, {"treatment", treatment}, {"rate_ppm", ppm}, {"documents", documents}, {"net", net},
            {"tax", tax},         {"total", net + tax}};
}

Json tax_report(Shop& shop, const std::string& month) {
    const auto reply = shop.get("/admin/reports/tax?month=" + month, shop.viewer());
    INFO(reply.text);
    REQUIRE(reply.status == 200);
    return reply.body;
}

}  // namespace

TEST_CASE("the tax of a month is that of its documents by country and rate, and the CSV says the same") {
    Shop shop;
    const Basket basket(shop);
    make_seller(shop, {{"time_zone", "Europe/Berlin"}});
    shop.advance(parse_time("2026-11-30T22:59:59Z").value() - shop.clock().now());
    shop.sign_in_again();
    const auto november = transferred_for(shop, {{basket.mug, 2}, {basket.tea, 1}});
    auto abroad = only_placed(shop, {{basket.mug, 1}}, address_in("Wien", "AT"));
    REQUIRE(issue(shop, abroad).status == 201);

    shop.advance(seconds(1));          // it is December in Berlin
    send_refund(shop, november, 345);  // a tenth of 23.80 + 10.70
    transferred_for(shop, {{basket.tea, 3}});
    CHECK(tax_report(shop, "2026-10")["rows"].empty());
    const auto report = tax_report(shop, "2026-11");
    CHECK(report["time_zone"] == "Europe/Berlin");
    CHECK(report["rows"] ==
          Json::array({row_of_tax("AT", "untaxed", 0, 1, 1000, 0), row_of_tax("DE", "taxed", 190'000, 1, 2000, 380),
                       row_of_tax("DE", "taxed", 70'000, 1, 1000, 70)}));
    CHECK(report["sums"] == Json::array({Json{{"country", nullptr},
                                              {"treatment", nullptr},
                                              {"rate_ppm", nullptr},
                                              {"documents", nullptr},
                                              {"net", 4000},
                                              {"tax", 450},
                                              {"total", 4450}}}));
    // In December, more of the mugs' rate was credited than was sold.
    CHECK(tax_report(shop, "2026-12")["rows"] == Json::array({row_of_tax("DE", "taxed", 190'000, 1, -200, -38),
                                                              row_of_tax("DE", "taxed", 70'000, 2, 2900, 203)}));
    const auto csv = shop.get("/admin/reports/tax.csv?month=2026-12", shop.viewer());
    CHECK(csv.header("Content-Disposition") == "attachment; filename=\"tax-2026-12.csv\"");
    CHECK(csv.text ==
          "Country,Treatment,Rate,Documents,Net,Tax,Total\r\n"
          "DE,Taxed,19%,1,-2.00,-0.38,-2.38\r\n"
          "DE,Taxed,7%,2,29.00,2.03,31.03\r\n"
          "Total,,,,27.00,1.65,28.65\r\n");
}
