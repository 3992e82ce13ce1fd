#include <catch2/catch_test_macros.hpp>

#include "fulfillment/support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::string path_of(Shop& shop, const PaidOrder& order) {
    const auto url = shop.get(order.path("/tracking"), order.token).body["page_url"].get<std::string>();
    return url.substr(url.find("/track/"));
}

}  // namespace

TEST_CASE("a customer follows parcels on a page of the shop, by its link alone") {
    Shop shop;
    REQUIRE(shop.put("/admin/settings", {{"shop_name", "Mugs & <Pots>"}}, shop.owner()).status == 200);
    const auto mug = shop.product({.name = "Mug <b>blue</b>"});
    const auto order = paid(shop, {{mug, 2}});
    const auto path = path_of(shop, order);
    const auto before = shop.get(path);
    REQUIRE(before.status == 200);
    CHECK(before.header("Content-Type").starts_with("text/html"));
    CHECK(before.text.find("The order is being prepared.") != std::string::npos);

    const auto shipment = labelled(shop, order, {{"tracking_number", "1Z5R89390357567127"}});
    shop.put(order.path("/fulfillment"), {{"status", "shipped"}}, shop.staff());
    shop.post("/shipments/" + std::to_string(shipment) + "/events",
              {{"status", "out_for_delivery"}, {"description", "On the van"}, {"location", "Ulm"}}, shop.staff());
    const auto page = shop.get(path);
    CHECK(page.text.find("Mugs &amp; &lt;Pots&gt;") != std::string::npos);
    CHECK(page.text.find("Mug &lt;b&gt;blue&lt;") != std::string::npos);
    CHECK(page.text.find("1Z5R89390357567127") != std::string::npos);
    CHECK(page.text.find("https://www.ups.com/") != std::string::npos);
    CHECK(page.text.find("On the van") != std::string::npos);
    CHECK(page.text.find("width=device-width") != std::string::npos);
    const auto policy = page.header("Content-Security-Policy");
    CHECK(policy.find("default-src 'none'") != std::string::npos);
    CHECK(policy.find("style-src 'self'") != std::string::npos);
    CHECK(policy.find("unsafe") == std::string::npos);
    CHECK(page.text.find("<script") == std::string::npos);
    CHECK(page.text.find("style=") == std::string::npos);
    CHECK(page.header("Cache-Control").find("no-store") != std::string::npos);
    CHECK(page.text.find("rel=\"noreferrer noopener\"") != std::string::npos);
}

TEST_CASE("the page shows nobody's data, and an invalid link shows nothing") {
    Shop shop;
    const auto mug = shop.product({});
    const auto order = paid(shop, {{mug, 1}});
    const auto other = paid(shop, {{mug, 1}});
    const auto path = path_of(shop, order);
    const auto page = shop.get(path).text;
    const auto customer = shop.get(order.path(""), order.token).body["customer"];
    CHECK(page.find(customer["name"].get<std::string>()) == std::string::npos);
    CHECK(page.find(customer["email"].get<std::string>()) == std::string::npos);
    CHECK(page.find(customer["shipping_address"]["line1"].get<std::string>()) == std::string::npos);
    CHECK(page.find(std::to_string(other.id)) == std::string::npos);

    const auto key = path.substr(path.find('-'));
    CHECK(shop.get("/track/" + std::to_string(other.id) + key).status == 404);
    CHECK(shop.get("/track/9999" + key).status == 404);
    CHECK(shop.get(path + "x").status == 404);
    CHECK(shop.get(path.substr(0, path.size() - 1)).status == 404);
    CHECK(shop.get("/track/" + std::to_string(order.id)).status == 404);
    CHECK(shop.get("/track/" + std::to_string(order.id) + "-").status == 404);
    CHECK(path != path_of(shop, other));
}
