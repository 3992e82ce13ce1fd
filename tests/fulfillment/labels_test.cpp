// Labels and packing slips, as a printer and a scanner see them: through Debian's own readers.

#include <set>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "fulfillment/print/code128.h"
#include "fulfillment/print/typeface.h"
#include "fulfillment/support.h"
#include "support/paper.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

constexpr auto kChinese = "/usr/share/fonts-droid-fallback/truetype/DroidSansFallback.ttf";

Json body_to(std::int64_t product, const std::string& name, const Json& address) {
    auto body = Shop::order_body({{product, 1}});
    body["customer"]["name"] = name;
    body["customer"]["shipping_address"] = address;
    return body;
}

void set_shop(Shop& shop) {
    const auto reply = shop.put("/admin/settings",
                                {{"shop_name", "Töpferei Zum Krug"},
                                 {"shop_address",
                                  {{"line1", "Hinter der Kirche 12"},
                                   {"city", "Höhr-Grenzhausen"},
                                   {"postal_code", "56203"},
                                   {"country", "DE"}}}},
                                shop.owner());
    INFO(reply.text);
    REQUIRE(reply.status == 200);
}

std::string without_spaces(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f'; });
    return text;
}

}  // namespace

TEST_CASE("a label is 4 by 6 inches of valid PDF, and a scanner reads its tracking number") {
    Shop shop;
    set_shop(shop);
    const auto mug = shop.product({});
    const auto order = paid(shop, {{mug, 2}});
    const auto number = GENERATE(std::string(), std::string("1Z5R89390357567127"), std::string("RB123456785GB"),
                                 std::string("9400111202555842332669"), std::string("A1B2C3D4E5F6G7H8I9J0K1L2"));
    const auto shipment = labelled(shop, order, number.empty() ? Json::object() : Json{{"tracking_number", number}});
    const auto path = "/shipments/" + std::to_string(shipment);
    const auto its_number = shop.get(path, shop.viewer()).body["tracking_number"].get<std::string>();
    CHECK((number.empty() || its_number == number));

    const Paper label(shop.get(path + "/label", shop.staff()));
    CHECK(label.barcodes() == std::multiset<std::string>{its_number});
    CHECK(label.info().find("288 x 432 pts") != std::string::npos);
    CHECK(label.info().find("Pages:           1") != std::string::npos);
    CHECK(without_spaces(label.text()).find(its_number) != std::string::npos);
    CHECK(label.text().find("Töpferei Zum Krug") != std::string::npos);
    CHECK(label.text().find("Höhr-Grenzhausen") != std::string::npos);
    CHECK(label.text().find(std::to_string(order.id)) != std::string::npos);
    CHECK(shop.get(path + "/label.pdf", shop.staff()).text == shop.get(path + "/label", shop.staff()).text);
}

TEST_CASE("a label has the parcel's weight where someone said it or all items have one, and else none") {
    Shop shop;
    set_shop(shop);
    const auto pot = shop.product({.sku = "POT"});
    const auto mug = shop.product({.sku = "MUG"});
    REQUIRE(shop.put("/products/" + std::to_string(pot), {{"weight_g", 300}}, shop.staff()).status == 200);
    const auto text_of = [&](const std::vector<Shop::Line>& lines, const Json& body) {
        const auto shipment = labelled(shop, paid(shop, lines), body);
        return Paper(shop.get("/shipments/" + std::to_string(shipment) + "/label", shop.staff())).text();
    };
    CHECK(text_of({{pot, 2}}, Json::object()).find("600 g") != std::string::npos);
    for (const auto& lines : {std::vector<Shop::Line>{{mug, 1}}, std::vector<Shop::Line>{{pot, 1}, {mug, 1}}}) {
        CHECK(text_of(lines, Json::object()).find("WEIGHT") == std::string::npos);
        CHECK(text_of(lines, {{"parcel", {{"weight_g", 850}}}}).find("850 g") != std::string::npos);
    }
}

TEST_CASE("a label is printed as ZPL where that is asked for") {
    Shop shop;
    const auto mug = shop.product({});
    const auto order = paid(shop, {{mug, 1}});
    const auto path = "/shipments/" + std::to_string(labelled(shop, order));
    const auto number = shop.get(path, shop.viewer()).body["tracking_number"].get<std::string>();
    const auto zpl = shop.get(path + "/label", shop.staff(), {{"Accept", "application/zpl"}});
    CHECK(zpl.status == 200);
    CHECK(zpl.header("Content-Type") == "application/zpl");
    CHECK(zpl.text.starts_with("^XA\n"));
    CHECK(zpl.text.ends_with("^XZ\n"));
    CHECK(zpl.text.find("^PW812\n^LL1218\n") != std::string::npos);
    CHECK(zpl.text.find("^BCN,") != std::string::npos);
    CHECK(zpl.text.find("^FD" + number + "^FS") != std::string::npos);
    CHECK(zpl.text.find("^GFA,") != std::string::npos);
    CHECK(shop.get(path + "/label.zpl", shop.staff()).text == zpl.text);
    CHECK(shop.get(path + "/label.zpl?dpi=300", shop.staff()).text.find("^PW1200\n^LL1800\n") != std::string::npos);
    CHECK(shop.get(path + "/label.zpl?dpi=72", shop.staff()).status == 422);
    CHECK(shop.get(path + "/label", shop.staff(), {{"Accept", "image/png"}}).status == 406);
}

TEST_CASE("long names, three lines and other letters are laid out whole") {
    Shop shop([](app::Config& config) { config.label_fonts = {kChinese}; });
    set_shop(shop);
    const auto mug = shop.product({});
    struct To {
        std::string name;
        Json address;
        std::vector<std::string> seen;
    };
    const auto to = GENERATE(
        To{"Dr. Wolfgang-Amadeus Freiherr von Hohenstaufen-Löwenstein-Wertheim-Freudenberg zu Guttenberg",
           {{"line1", "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrikstraße 123456"},
            {"line2", "Hinterhaus, dritter Aufgang links, bei Familie Schmidt-Rottluff klingeln"},
            {"city", "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"},
            {"region", "Isle of Anglesey"},
            {"postal_code", "LL61 5UJ"},
            {"country", "GB"}},
           {"Hohenstaufen", "kapitänsmützenfabrikstraße", "dritter", "UNITEDKINGDOM", "gogogoch", "GERMANY"}},
        To{"Анна Каренина",
           {{"line1", "улица Льва Толстого, дом 21"}, {"city", "Москва"}, {"postal_code", "119021"}, {"country", "RU"}},
           {"АннаКаренина", "Толстого", "Москва", "RUSSIA"}},
        To{"Ελένη Παπαδοπούλου",
           {{"line1", "Οδός Ερμού 45"}, {"city", "Αθήνα"}, {"postal_code", "105 63"}, {"country", "GR"}},
           {"Παπαδοπούλου", "Αθήνα", "GREECE"}},
        To{"王小明",
           {{"line1", "北京市朝阳区建国路88号"}, {"city", "北京"}, {"postal_code", "100022"}, {"country", "CN"}},
           {"王小明", "建国路88号", "CHINA"}},
        To{"Nguyễn Thị Hằng",
           {{"line1", "Số 5 Phố Huế"}, {"city", "Hà Nội"}, {"country", "VN"}},
           {"NguyễnThị", "VIETNAM"}});
    const auto order = paid_order(shop, body_to(mug, to.name, to.address));
    const auto path = "/shipments/" + std::to_string(labelled(shop, order));
    const Paper label(shop.get(path + "/label", shop.staff()));
    const Paper slip(shop.get(path + "/packing-slip", shop.staff()));
    for (const auto& text : {without_spaces(label.text()), without_spaces(slip.text())}) {
        for (const auto& part : to.seen) {
            CAPTURE(text, part);
            CHECK(text.find(part) != std::string::npos);
        }
    }
    CHECK(label.barcodes().size() == 1);
    CHECK(shop.get(path + "/label.zpl", shop.staff()).status == 200);
}

TEST_CASE("what cannot be printed is refused by name, and never left out") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 100});
    const auto home = Json{{"line1", "Markt 1"}, {"city", "Ulm"}, {"country", "DE"}};
    const auto failure_of = [&](const Json& body) {
        const auto order = paid_order(shop, body);
        const auto shipment = labelled(shop, order);
        CHECK(shipment_status(shop, shipment) == "failed");
        CHECK(shop.get("/shipments/" + std::to_string(shipment) + "/label", shop.staff()).code() == "labels_refused");
        return shop.get("/shipments/" + std::to_string(shipment), shop.viewer()).body["failure"].get<std::string>();
    };
    CHECK(failure_of(body_to(mug, "王小明", home)).find("--label-font") != std::string::npos);

    const auto order = paid(shop, {{mug, 1}});
    const auto long_number = std::string(40, 'Q');
    const auto shipment = labelled(shop, order, {{"tracking_number", long_number}});
    CHECK(shipment_status(shop, shipment) == "failed");
}

TEST_CASE("right-to-left lines begin at the right, and keep numbers and Latin words readable") {
    const fulfillment::print::Typeface typeface;
    const auto hebrew = typeface.set("רחוב הרצל 12, תל אביב");
    CHECK(hebrew.right_to_left);
    std::string seen;
    for (const auto& piece : hebrew.pieces) {
        seen += piece.letters;
    }
    CHECK(seen == "ביבא לת ,12 לצרה בוחר");
    CHECK_FALSE(typeface.set("12 Herzl St").right_to_left);
    const auto arabic = typeface.set("محمد");
    CHECK(arabic.right_to_left);
    CHECK(arabic.pieces.size() == 4);
    // A letter inside a word is drawn otherwise than alone.
    CHECK(arabic.pieces.back().glyph != typeface.set("م").pieces.front().glyph);
}

TEST_CASE("labels of many orders come in one PDF, and 1,000 of them too", "[large]") {
    Shop shop;
    set_shop(shop);
    const auto mug = shop.product({.on_hand = 10});
    const auto first = paid(shop, {{mug, 1}});
    const auto second = paid(shop, {{mug, 1}});
    const auto third = paid(shop, {{mug, 1}});
    const auto bare = paid(shop, {{mug, 1}});
    labelled(shop, first);
    labelled(shop, second);
    const auto voided = labelled(shop, third);
    shop.post("/shipments/" + std::to_string(voided) + "/void", Json::object(), shop.staff());
    const auto print = [&](const Json& body) { return shop.post("/shipments/labels", body, shop.staff()); };

    const Paper two(print({{"order_ids", {first.id, second.id, third.id}}}));
    CHECK(two.barcodes().size() == 2);
    CHECK(print({{"order_ids", {third.id, bare.id}}}).code() == "no_shipment");
    const auto refused = print({{"shipment_ids", {1, 2, voided}}});
    CHECK(refused.code() == "labels_refused");
    CHECK(refused.body["printable"] == Json::array({1, 2}));
    CHECK(refused.body["shipments"][0]["shipment_id"] == voided);
    CHECK(print(Json::object()).status == 422);
    CHECK(print({{"order_ids", {first.id}}, {"shipment_ids", {1}}}).status == 422);
    CHECK(print({{"shipment_ids", {999}}}).status == 404);

    Json thousand = Json::array();
    for (int i = 0; i < 500; ++i) {
        thousand.push_back(1);
        thousand.push_back(2);
    }
    const Paper all(print({{"shipment_ids", thousand}}));
    CHECK(all.info().find("Pages:           1000") != std::string::npos);
}

TEST_CASE("a packing slip says what is in a parcel, on as many pages as that takes") {
    Shop shop;
    std::vector<Shop::Line> lines;
    for (int i = 0; i < 60; ++i) {
        const auto number = std::to_string(i);
        lines.push_back({shop.product({.sku = "SKU-" + number, .name = "Article number " + number}), 1});
    }
    auto body = Shop::order_body(lines);
    body["note"] = "Please ring twice.\nThe dog is friendly.";
    const auto order = paid_order(shop, body);
    const auto path = "/shipments/" + std::to_string(labelled(shop, order));
    const Paper slip(shop.get(path + "/packing-slip", shop.staff()));
    const auto text = slip.text();
    for (int i = 0; i < 60; ++i) {
        CHECK(text.find("Article number " + std::to_string(i)) != std::string::npos);
    }
    CHECK(text.find("The dog is friendly.") != std::string::npos);
    CHECK(text.find("Page 2 of") != std::string::npos);
    CHECK(slip.info().find("(A4)") != std::string::npos);
}

TEST_CASE("labels are for staff, and are gone with the customer's data") {
    Shop shop;
    const auto mug = shop.product({});
    const auto order = paid(shop, {{mug, 1}});
    const auto shipment = labelled(shop, order);
    const auto path = "/shipments/" + std::to_string(shipment) + "/label";
    CHECK(shop.get(path, shop.viewer()).status == 403);
    CHECK(shop.get(path, order.token).status == 401);
    CHECK(shop.get(path, shop.staff()).header("Cache-Control") == "private, no-store");
    shop.put(order.path("/fulfillment"), {{"status", "shipped"}}, shop.staff());
    shop.put(order.path("/fulfillment"), {{"status", "delivered"}}, shop.staff());
    const auto customer = shop.get("/admin/orders/" + std::to_string(order.id), shop.owner()).body["customer_id"];
    const auto erased = shop.post("/admin/customers/" + customer.dump() + "/erase", Json::object(), shop.owner());
    INFO(erased.text);
    CHECK(erased.status < 300);
    CHECK(shop.get(path, shop.staff()).code() == "labels_refused");
}

TEST_CASE("Code 128 packs digits, and carries its check character") {
    using fulfillment::print::code128;
    // Eleven modules a character, thirteen for the stop pattern: start, data, check.
    const auto modules = [](std::string_view text) {
        int sum = 0;
        for (const auto width : code128(text)) {
            sum += width;
        }
        return sum;
    };
    CHECK(modules("123456") == (1 + 3 + 1) * 11 + 13);
    CHECK(modules("ABC") == (1 + 3 + 1) * 11 + 13);
    CHECK(modules("AB123456") == (1 + 2 + 1 + 3 + 1) * 11 + 13);
    CHECK_THROWS(code128("é"));
    CHECK_THROWS(code128(""));
}
