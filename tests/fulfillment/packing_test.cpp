#include <catch2/catch_test_macros.hpp>

#include "fulfillment/support.h"
#include "support/paper.h"

using namespace orderd;
using namespace orderd::tests;

TEST_CASE("what is to be packed is listed oldest first, page by page, with what staff need there") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .on_hand = 50});
    REQUIRE(shop.put(inventory(mug), {{"barcode", "4006381333931"}, {"shelf", "B2"}}, shop.staff()).status == 200);
    auto body = Shop::order_body({{mug, 2}});
    body["note"] = "Please ring twice";
    const auto first = paid_order(shop, body);
    const auto unpaid = placed(shop, {{mug, 1}});
    const auto second = paid(shop, {{mug, 1}});
    const auto third = paid(shop, {{mug, 3}});
    labelled(shop, second);
    labelled(shop, third, {{"items", {{{"item_id", third.items[0]}, {"quantity", 1}}}}});

    const auto list = shop.get("/admin/packing?limit=2", shop.viewer());
    INFO(list.text);
    REQUIRE(list.status == 200);
    REQUIRE(list.body["data"].size() == 2);
    const auto& oldest = list.body["data"][0];
    CHECK(oldest["id"] == first.id);
    CHECK(oldest["note"] == "Please ring twice");
    CHECK(oldest["country"] == "DE");
    CHECK(oldest["label"].is_null());
    CHECK(oldest["items"][0]["barcode"] == "4006381333931");
    CHECK(oldest["items"][0]["shelf"] == "B2");
    CHECK(oldest["items"][0]["units"] == 2);
    CHECK(oldest["can"] == Json{"start_packing", "fulfil"});
    CHECK(list.body["data"][1]["label"] == "ready");
    const auto rest =
        shop.get("/admin/packing?limit=2&cursor=" + list.body["next_cursor"].get<std::string>(), shop.viewer());
    REQUIRE(rest.body["data"].size() == 1);
    CHECK(rest.body["data"][0]["id"] == third.id);
    CHECK(rest.body["data"][0]["items"][0]["units"] == 3);  // in the parcel, and in none yet
    CHECK(rest.body["next_cursor"].is_null());

    const auto one = shop.get("/admin/packing/" + std::to_string(second.id), shop.viewer());
    CHECK(one.body["parcels"][0]["status"] == "label_ready");
    CHECK(shop.get("/admin/packing/" + std::to_string(unpaid.id), shop.viewer()).body["can"].empty());
    CHECK(shop.get("/admin/packing/4711", shop.viewer()).status == 404);
}

TEST_CASE("pick list, slips and labels of several orders are one PDF") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .on_hand = 50});
    const auto pot = shop.product({.sku = "POT", .name = "Teapot", .on_hand = 50});
    REQUIRE(shop.put(inventory(pot), {{"shelf", "A1"}}, shop.staff()).status == 200);
    const auto first = paid(shop, {{mug, 2}, {pot, 1}});
    const auto second = paid(shop, {{mug, 3}});
    const auto parcel = labelled(shop, second);
    const auto unpaid = placed(shop, {{mug, 1}});
    const auto sheets = [&](const Json& ids) {
        return shop.post("/admin/packing/sheets", {{"order_ids", ids}}, shop.staff(), {{"Accept", "application/pdf"}});
    };
    const Paper paper(sheets({first.id, second.id}));
    const auto text = paper.text();
    CHECK(text.find("Pick list") < text.find("Packing slip"));
    CHECK(text.find("POT") < text.find("MUG"));  // by shelf
    const auto number =
        shop.get("/shipments/" + std::to_string(parcel), shop.viewer()).body["tracking_number"].get<std::string>();
    CHECK(paper.barcodes() == std::multiset<std::string>{std::to_string(first.id), std::to_string(second.id), number});

    CHECK(sheets({first.id, unpaid.id}).code() == "not_paid");
    CHECK(sheets({first.id, 4711}).status == 404);
    REQUIRE(shop.put(second.path("/fulfillment"), {{"status", "shipped"}}, shop.staff()).status == 200);
    CHECK(sheets({second.id}).code() == "nothing_to_ship");
    CHECK(shop.post("/admin/packing/sheets", {{"order_ids", {first.id}}}, shop.viewer()).status == 403);
}
