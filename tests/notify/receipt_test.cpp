#include <catch2/catch_test_macros.hpp>

#include "notify/mail_support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::string path_of(const std::string& url) { return url.substr(url.find("/receipt/")); }

std::string receipt_of(Shop& shop, const Placed& order) {
    return path_of(shop.get("/orders/" + std::to_string(order.id), order.token).body["receipt_url"].get<std::string>());
}

}  // namespace

TEST_CASE("a receipt shows what was bought, paid and given back, to who has its link") {
    MailShop it;
    it.shop.put("/admin/settings",
                {{"tax",
                  {{"prices_include_tax", true},
                   {"shipping_taxed", true},
                   {"rates", {{{"country", "DE"}, {"rate_ppm", 190000}}}}}}},
                it.shop.owner());
    const auto order = it.paid();
    const auto path = receipt_of(it.shop, order);
    const auto payment = it.shop.get("/admin/payments", it.shop.owner()).body["data"].at(0)["id"].dump();
    it.shop.post("/payments/" + payment + "/refunds", {{"amount", 250}, {"reason", "scratched"}}, it.shop.staff());
    it.shop.drain();

    const auto page = it.shop.get(path);
    INFO(page.text);
    REQUIRE(page.status == 200);
    CHECK(page.header("Content-Type") == "text/html; charset=utf-8");
    const auto shows = [&](const std::string& part) { return page.text.find(part) != std::string::npos; };
    CHECK(shows("Receipt " + std::to_string(order.id)));
    CHECK(shows("Zoë&apos;s Töpfe"));
    CHECK(shows("Zoë Brûlé"));
    CHECK(shows("Allee 12"));
    CHECK(shows("Mug &lt;b&gt;blue&lt;/b&gt;"));
    CHECK(shows("€12.50"));
    CHECK(shows("of which tax (19%)"));
    CHECK(shows("Visa card ending in 4242"));
    CHECK(shows("−€2.50"));
    CHECK(shows("Simulated payment."));
    CHECK_FALSE(shows("zoe@example.com"));
}

TEST_CASE("a receipt needs no script and no style of its own, and nobody keeps it") {
    MailShop it;
    const auto page = it.shop.get(receipt_of(it.shop, it.place()));
    REQUIRE(page.status == 200);
    CHECK(page.text.find("<script") == std::string::npos);
    CHECK(page.text.find("style=") == std::string::npos);
    CHECK(page.text.find("<style") == std::string::npos);
    CHECK(page.text.find("href=\"../pages/page.css\"") != std::string::npos);
    CHECK(page.header("Content-Security-Policy").find("unsafe") == std::string::npos);
    CHECK(page.header("Cache-Control") == "no-store");
    CHECK(page.header("X-Robots-Tag").find("noindex") != std::string::npos);
    CHECK(page.text.find("This order is not paid yet.") != std::string::npos);
    CHECK(page.text.find("Simulated payment.") != std::string::npos);
}

TEST_CASE("a receipt's link opens that receipt alone") {
    MailShop it;
    const auto order = it.place();
    const auto other = it.place("Ada");
    const auto path = receipt_of(it.shop, order);
    const auto key = path.substr(path.find('-'));
    CHECK(path != receipt_of(it.shop, other));
    CHECK(it.shop.get("/receipt/" + std::to_string(other.id) + key).status == 404);
    CHECK(it.shop.get("/receipt/9999" + key).status == 404);
    CHECK(it.shop.get(path + "x").status == 404);
    CHECK(it.shop.get(path.substr(0, path.size() - 1)).status == 404);
    CHECK(it.shop.get("/receipt/" + std::to_string(order.id)).status == 404);
    // The links to the other pages of an order are other keys.
    const auto track = it.shop.get("/orders/" + std::to_string(order.id) + "/tracking", order.token)
                           .body["page_url"]
                           .get<std::string>();
    CHECK(it.shop.get("/receipt/" + track.substr(track.rfind('/') + 1)).status == 404);
    CHECK(it.shop.get("/track/" + path.substr(path.rfind('/') + 1)).status == 404);
}
