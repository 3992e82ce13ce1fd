// Delivery methods: what staff may set up, and what an order gets of it.

#include "orders/delivery.h"

#include <limits>
#include <random>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include "orders/delivery_methods.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

const std::string kMethods = "/admin/delivery-methods";

std::string path_of_method(std::int64_t id) { return kMethods + "/" + std::to_string(id); }

Json price_band(std::int64_t from, const Json& to, std::int64_t price) {
    return {{"from", from}, {"to", to}, {"price", price}};
}

Json place_in(const std::string& country, const std::string& region = "", const std::vector<std::string>& codes = {}) {
    return {{"country", country}, {"region", region}, {"postal_codes", codes}};
}

Json priced_zone(const Json& places, const Json& bands, const std::string& by = "value") {
    return {{"places", places}, {"bands", bands}, {"by", by}};
}

Json one_price(std::int64_t price) { return Json::array({price_band(0, nullptr, price)}); }

Json shipping_by(const Json& zones, const std::string& name = "Parcel") {
    return {{"name", name}, {"kind", "shipping"}, {"zones", zones}};
}

/// Parcels to Germany by weight: up to 2 kg 4.90, up to 10 kg 7.90.
Json by_weight() {
    return shipping_by(
        Json::array({priced_zone(Json::array({place_in("DE")}),
                                 Json::array({price_band(0, 2'000, 490), price_band(2'001, 10'000, 790)}), "weight")}));
}

Json pickup_at_workshop() {
    return {{"name", "Pickup"},
            {"kind", "pickup"},
            {"pickup",
             {{"name", "Workshop"},
              {"address", {{"line1", "Rue 1"}, {"city", "Paris"}, {"postal_code", "75001"}, {"country", "FR"}}},
              {"opening_hours", "Mondays, 10 to 12"}}}};
}

/// The pointers of a refusal's faults.
std::vector<std::string> blamed_places(const Reply& reply) {
    std::vector<std::string> pointers;
    for (const auto& error : reply.body.at("errors")) {
        pointers.push_back(error.at("pointer"));
    }
    return pointers;
}

Json body_going_to(std::int64_t product, Quantity quantity, const std::string& country, const std::string& code = "",
                   const std::string& region = "") {
    auto body = Shop::order_body({{product, quantity}});
    auto& address = body["customer"]["shipping_address"];
    address["country"] = country;
    address["postal_code"] = code;
    address["region"] = region;
    return body;
}

Json with_method(Json body, std::int64_t method) {
    body["delivery_method_id"] = method;
    return body;
}

Json first_unavailable(const Reply& reply) { return reply.body.at("unavailable").at(0); }

}  // namespace

TEST_CASE("a delivery method is added, read, changed, moved and deleted, and orders keep it as it was") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 10});
    const auto added = shop.post(kMethods,
                                 {{"name", " Parcel "},
                                  {"names", Json{{"de", "Paket"}}},
                                  {"kind", "shipping"},
                                  {"days", "2–3"},
                                  {"tax_class", "reduced"},
                                  {"zones", Json::array({priced_zone(Json::array({place_in("DE")}), one_price(490))})},
                                  {"note", "With a signature"}},
                                 shop.staff());
    INFO(added.text);
    REQUIRE(added.status == 201);
    CHECK(added.body["name"] == "Parcel");
    CHECK(added.body["position"] == 1);
    CHECK(added.body["active"] == true);
    const auto id = added.body["id"].get<std::int64_t>();
    CHECK(added.header("Location") == path_of_method(id));
    CHECK(shop.get(path_of_method(id), shop.viewer()).body == added.body);

    const auto order = shop.order({{mug, 1}}).body;
    CHECK(order["shipping"] == 490);
    CHECK(order["delivery"]["method_id"] == id);
    CHECK(order["delivery"]["name"] == "Parcel");
    CHECK(order["delivery"]["kind"] == "shipping");
    CHECK(order["delivery"]["days"] == "2–3");
    CHECK(order["delivery"]["note"] == "With a signature");
    CHECK(order["delivery"]["pickup"] == nullptr);

    const auto changed =
        shop.put(path_of_method(id), {{"days", ""}, {"tax_class", nullptr}, {"name", "Post"}}, shop.staff());
    REQUIRE(changed.status == 200);
    CHECK(changed.body["tax_class"] == nullptr);
    CHECK(changed.body["names"] == Json{{"de", "Paket"}});
    CHECK(changed.body["zones"] == added.body["zones"]);
    CHECK(changed.body["version"] == 2);
    CHECK(shop.put(path_of_method(id), {{"name", "Post"}}, shop.staff()).body["version"] == 2);  // as it is

    const auto second = shop.delivery_method(by_weight());
    const auto moved = shop.put(path_of_method(second), {{"position", 1}}, shop.staff());
    CHECK(moved.body["position"] == 1);
    const auto list = shop.get(kMethods, shop.viewer()).body["data"];
    REQUIRE(list.size() == 2);
    CHECK(list[0]["id"] == second);
    CHECK(list[1]["id"] == id);
    CHECK(list[1]["version"] == 3);  // its position is another one, so a cached answer would be wrong
    const auto page = shop.get(kMethods + "?limit=1", shop.viewer()).body;
    CHECK(page["data"][0]["id"] == second);
    const auto rest = shop.get(kMethods + "?limit=1&cursor=" + page["next_cursor"].get<std::string>(), shop.viewer());
    CHECK(rest.body["data"][0]["id"] == id);
    CHECK(rest.body["next_cursor"] == nullptr);

    CHECK(shop.remove(path_of_method(id), shop.viewer()).status == 403);
    CHECK(shop.remove(path_of_method(id), shop.staff()).status == 204);
    CHECK(shop.get(path_of_method(id), shop.viewer()).status == 404);
    const auto kept = shop.get("/orders/" + std::to_string(order["id"].get<std::int64_t>()), shop.viewer()).body;
    CHECK(kept["delivery"] == order["delivery"]);
    const auto events = shop.events();
    CHECK(std::count(events.begin(), events.end(), "delivery_method.created") == 2);
    CHECK(std::count(events.begin(), events.end(), "delivery_method.updated") == 2);
    CHECK(std::count(events.begin(), events.end(), "delivery_method.deleted") == 1);
    shop.check_invariants();
}

TEST_CASE("viewers and strangers change no delivery method, and two people who edit one at once do not overwrite") {
    Shop shop;
    const auto id = shop.delivery_method(by_weight());
    CHECK(shop.get(kMethods).status == 401);
    CHECK(shop.post(kMethods, by_weight(), shop.viewer()).status == 403);
    CHECK(shop.put(path_of_method(id), {{"name", "Mine"}}, shop.viewer()).status == 403);

    const auto replies = shop.at_once(2, [&](int which) {
        return shop.put(path_of_method(id), {{"name", which == 0 ? "Sam's" : "Olga's"}},
                        which == 0 ? shop.staff() : shop.owner(), {{"If-Match", "\"1\""}});
    });
    CHECK(count(replies, 200) == 1);
    CHECK(count(replies, 412) == 1);
    CHECK(shop.remove(path_of_method(id), shop.staff(), {{"If-Match", "\"1\""}}).status == 412);
    CHECK(shop.get(path_of_method(id), shop.viewer()).body["version"] == 2);
}

TEST_CASE("all that is wrong with a delivery method is said at once, and nothing is stored") {
    Shop shop;
    const auto faulty = shop.post(
        kMethods,
        shipping_by(Json::array(
            {priced_zone(Json::array({place_in("DE"), place_in("XQ"), place_in("DE", "", {"10"}),
                                      place_in("US", "CA", {"9"}), place_in("US", "Atlantis"), place_in("*", "CA")}),
                         Json::array({price_band(1, 500, 100), price_band(502, 600, 100), price_band(600, 700, 100),
                                      price_band(701, 650, 100), price_band(651, nullptr, 100),
                                      price_band(900, 1'000, kMaxPrice.minor + 1)})),
             priced_zone(Json::array({place_in("DE"), place_in("DE", "", {"D-10", "--"}), place_in("US", "California"),
                                      place_in("US", "ca")}),
                         Json::array()),
             priced_zone(Json::array(), one_price(1))})),
        shop.staff());
    CHECK(faulty.status == 422);
    CHECK(faulty.code() == "validation_failed");
    const std::vector<std::string> wanted{
        "/zones/2/places",                   // goes nowhere
        "/zones/0/places/1/country",         // there is no XQ
        "/zones/0/places/3",                 // a region and postcodes
        "/zones/0/places/4/region",          // there is no Atlantis
        "/zones/0/places/5",                 // everywhere else has no region
        "/zones/0/bands/0/from",             // the first begins at 0
        "/zones/0/bands/1/from",             // 501 has no price
        "/zones/0/bands/2/from",             // 600 has two
        "/zones/0/bands/3/to",               // ends before it begins
        "/zones/0/bands/5",                  // comes after one without an end
        "/zones/0/bands/5/price",            // too much
        "/zones/1/places/0",                 // Germany has its price
        "/zones/1/places/1/postal_codes/0",  // 10 has its price
        "/zones/1/places/1/postal_codes/1",  // is no beginning
        "/zones/1/places/3/region",          // California has its price
    };
    CHECK(blamed_places(faulty) == wanted);
    CHECK(shop.get(kMethods, shop.viewer()).body["data"].empty());

    auto nowhere = by_weight();
    nowhere["zones"] = Json::array();
    nowhere["name"] = "  ";
    nowhere["names"] = {{"german", "Paket"}};
    nowhere["pickup"] = pickup_at_workshop()["pickup"];
    CHECK(blamed_places(shop.post(kMethods, nowhere, shop.staff())) ==
          std::vector<std::string>{"/name", "/names/german", "/pickup", "/zones"});
    auto fetched = pickup_at_workshop();
    fetched["pickup"] = nullptr;
    fetched["zones"] = Json::array(
        {priced_zone(Json::array({place_in("DE")}), Json::array()), priced_zone(Json::array(), one_price(1))});
    CHECK(blamed_places(shop.post(kMethods, fetched, shop.staff())) ==
          std::vector<std::string>{"/pickup", "/zones", "/zones/0/places", "/zones/0/bands"});
    // A change is checked together with what stays.
    const auto id = shop.delivery_method(by_weight());
    CHECK(blamed_places(shop.put(path_of_method(id), {{"kind", "pickup"}}, shop.staff())) ==
          std::vector<std::string>{"/pickup", "/zones/0/places"});
    CHECK(shop.get(path_of_method(id), shop.viewer()).body["version"] == 1);
}

TEST_CASE("each size of a delivery method has its bound") {
    Shop shop;
    const auto status_of = [&](const Json& zones) {
        return shop.post(kMethods, shipping_by(zones), shop.staff()).status;
    };
    const auto bands = [](std::size_t count) {
        auto list = Json::array();
        for (std::size_t i = 0; i < count; ++i) {
            const auto from = static_cast<std::int64_t>(i) * 10;
            list.push_back(price_band(from, from + 9, 100));
        }
        return list;
    };
    const auto codes = [](std::size_t count) {
        std::vector<std::string> list;
        for (std::size_t i = 0; i < count; ++i) {
            list.push_back(std::to_string(10'000 + i));
        }
        return list;
    };
    const auto zones = [](std::size_t count) {
        auto list = Json::array();
        for (std::size_t i = 0; i < count; ++i) {
            list.push_back(priced_zone(Json::array({place_in("DE", "", {std::to_string(10 + i)})}), one_price(1)));
        }
        return list;
    };
    const auto one_zone = [](const Json& places, const Json& of) { return Json::array({priced_zone(places, of)}); };
    const auto germany = Json::array({place_in("DE")});
    CHECK(status_of(one_zone(germany, bands(orders::kMostBands - 1))) == 201);
    CHECK(status_of(one_zone(germany, bands(orders::kMostBands))) == 201);
    CHECK(status_of(one_zone(germany, bands(orders::kMostBands + 1))) == 422);
    CHECK(status_of(zones(orders::kMostZones)) == 201);
    CHECK(status_of(zones(orders::kMostZones + 1)) == 422);
    CHECK(status_of(one_zone(Json::array({place_in("DE", "", codes(orders::kMostPostalCodes))}), one_price(1))) == 201);
    CHECK(status_of(one_zone(Json::array({place_in("DE", "", codes(orders::kMostPostalCodes + 1))}), one_price(1))) ==
          422);
    CHECK(status_of(one_zone(germany, one_price(kMaxPrice.minor))) == 201);
    CHECK(status_of(one_zone(germany, one_price(kMaxPrice.minor + 1))) == 422);

    for (auto count = shop.get(kMethods + "?limit=200", shop.viewer()).body["data"].size();
         count < static_cast<std::size_t>(orders::kMostMethods); ++count) {
        REQUIRE(status_of(zones(1)) == 201);
    }
    const auto full = shop.post(kMethods, by_weight(), shop.staff());
    CHECK(full.code() == "too_many_methods");
    CHECK(full.body["most"] == orders::kMostMethods);
}

TEST_CASE("the most exact place decides: postcode, region, country, everywhere else") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 1'000});
    const auto in = [](const Json& place, std::int64_t price) {
        return priced_zone(Json::array({place}), one_price(price));
    };
    shop.delivery_method(shipping_by(Json::array({
        in(place_in("*"), 9'000), in(place_in("DE"), 500), in(place_in("DE", "", {"25"}), 700),
        in(place_in("DE", "", {"2599"}), 1'100), in(place_in("US"), 3'000), in(place_in("US", "Hawaii"), 4'000),
        in(place_in("US", "", {"967"}), 4'500), in(place_in("GB", "", {"BT"}), 2'000),
        priced_zone(Json::array({place_in("DE", "", {"27498"}), place_in("CH")}), Json::array()),  // not delivered to
    })));
    const auto price = [&](const std::string& country, const std::string& code = "", const std::string& region = "") {
        const auto reply = shop.post("/orders", body_going_to(mug, 1, country, code, region));
        INFO(reply.text);
        return reply.status == 201 ? reply.body["shipping"] : Json(reply.code());
    };
    CHECK(price("FR") == 9'000);
    CHECK(price("DE", "10115") == 500);
    CHECK(price("DE") == 500);  // no postcode, or a short one
    CHECK(price("DE", "2") == 500);
    CHECK(price("DE", "25") == 700);
    CHECK(price("DE", "D-25980") == 700);
    CHECK(price("DE", "de 25 992") == 1'100);
    CHECK(price("US", "80201", "Colorado") == 3'000);
    CHECK(price("US", "80201", "HI") == 4'000);
    CHECK(price("US", "96701", "Hawaii") == 4'500);
    CHECK(price("GB", "bt1 1aa") == 2'000);
    CHECK(price("GB", "SW1A 1AA") == 9'000);
    CHECK(price("DE", "27498") == "not_shipped_there");
    CHECK(price("CH", "8001") == "not_shipped_there");
    shop.check_invariants();
}

TEST_CASE("bands: each bound below, at and above") {
    Shop shop;
    const auto bead = shop.product({.sku = "BEAD", .price = 1, .on_hand = 1'000'000, .weight_g = 1});
    const auto price = [&](Quantity units) {
        auto body = Shop::order_body({});
        for (; units > 0; units -= kMaxOrderQuantity) {
            body["items"].push_back({{"product_id", bead}, {"quantity", std::min(units, kMaxOrderQuantity)}});
        }
        const auto reply = shop.post("/orders", body);
        return reply.status == 201 ? reply.body["shipping"] : first_unavailable(reply).at("reason");
    };
    const auto weighed = shop.delivery_method(by_weight());
    CHECK(price(1) == 490);
    CHECK(price(1'999) == 490);
    CHECK(price(2'000) == 490);
    CHECK(price(2'001) == 790);
    CHECK(price(9'999) == 790);
    CHECK(price(10'000) == 790);
    shop.product({.sku = "STONE", .price = 0, .on_hand = 5, .weight_g = 10'001});
    auto heavy = Shop::order_body({});
    heavy["items"].push_back({{"sku", "STONE"}, {"quantity", 1}});
    const auto refused = shop.post("/orders", heavy);
    CHECK(refused.code() == "not_shipped_there");
    CHECK(first_unavailable(refused) == Json{{"id", weighed},
                                             {"reason", "too_heavy"},
                                             {"detail", "the order weighs 10001 g, and Parcel takes up to 10000 g"}});

    auto valued = priced_zone(Json::array({place_in("DE")}),
                              Json::array({price_band(0, 999, 300), price_band(1'000, 5'000, 200)}));
    valued["free_from"] = 4'000;
    REQUIRE(shop.put(path_of_method(weighed), {{"zones", Json::array({valued})}}, shop.staff()).status == 200);
    CHECK(price(999) == 300);
    CHECK(price(1'000) == 200);
    CHECK(price(3'999) == 200);
    CHECK(price(4'000) == 0);
    CHECK(price(4'001) == 0);
    CHECK(price(5'000) == 0);
    CHECK(price(5'001) == "value_out_of_range");
    shop.check_invariants();
}

TEST_CASE("an unknown weight is not 0: what asks for it does not fit, and says so") {
    Shop shop;
    shop.product({.sku = "MUG", .on_hand = 10});
    shop.product({.sku = "POT", .on_hand = 10, .weight_g = 900});
    const auto parcel = shop.delivery_method(by_weight());
    Json both = Shop::order_body({});
    both["items"] = Json::array({{{"sku", "POT"}, {"quantity", 1}}, {{"sku", "MUG"}, {"quantity", 1}}});
    const auto refused = shop.post("/orders", both);
    CHECK(refused.code() == "not_shipped_there");
    CHECK(first_unavailable(refused)["reason"] == "weight_unknown");
    CHECK(first_unavailable(refused)["detail"] == "the weight of MUG is not known");
    const auto named = shop.post("/orders", with_method(both, parcel));
    CHECK(named.code() == "delivery_not_possible");
    CHECK(named.body["reason"] == "weight_unknown");

    // Another method does not ask.
    const auto courier =
        shop.delivery_method(shipping_by(Json::array({priced_zone(Json::array({place_in("DE")}), one_price(2'000))})));
    const auto taken = shop.post("/orders", both);
    REQUIRE(taken.status == 201);
    CHECK(taken.body["delivery"]["method_id"] == courier);
    CHECK(taken.body["shipping"] == 2'000);
    shop.check_invariants();
}

TEST_CASE("without a wish the cheapest that fits is taken, then the first in the list; a wish is kept or refused") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 100});
    const auto to_germany = [&](std::int64_t price, const std::string& name) {
        return shop.delivery_method(
            shipping_by(Json::array({priced_zone(Json::array({place_in("DE")}), one_price(price))}), name));
    };
    const auto slow = to_germany(500, "Slow");
    const auto fast = to_germany(900, "Fast");
    const auto same = to_germany(500, "As slow");
    const auto french = shop.delivery_method(
        shipping_by(Json::array({priced_zone(Json::array({place_in("FR")}), one_price(100))}), "French"));
    const auto chosen = [&](const Json& body) { return shop.post("/orders", body).body["delivery"]["method_id"]; };
    CHECK(chosen(body_going_to(mug, 1, "DE")) == slow);
    REQUIRE(shop.put(path_of_method(same), {{"position", 1}}, shop.staff()).status == 200);
    CHECK(chosen(body_going_to(mug, 1, "DE")) == same);
    CHECK(chosen(with_method(body_going_to(mug, 1, "DE"), fast)) == fast);

    const auto elsewhere = shop.post("/orders", with_method(body_going_to(mug, 1, "DE"), french));
    CHECK(elsewhere.status == 422);
    CHECK(elsewhere.code() == "delivery_not_possible");
    CHECK(elsewhere.body["reason"] == "not_to_that_address");
    REQUIRE(elsewhere.body["fitting"].size() == 3);
    CHECK(elsewhere.body["fitting"][0]["id"] == same);
    CHECK(elsewhere.body["fitting"][2]["price"] == 900);
    CHECK(elsewhere.body["errors"][0]["pointer"] == "/delivery_method_id");

    REQUIRE(shop.put(path_of_method(fast), {{"active", false}}, shop.staff()).status == 200);
    CHECK(shop.post("/orders", with_method(body_going_to(mug, 1, "DE"), fast)).body["reason"] == "not_offered");
    CHECK(shop.post("/orders", with_method(body_going_to(mug, 1, "DE"), 999)).body["reason"] == "not_offered");
    // With all of them off, the shop delivers nothing; without any, free.
    for (const auto id : {slow, same, french}) {
        REQUIRE(shop.put(path_of_method(id), {{"active", false}}, shop.staff()).status == 200);
    }
    CHECK(shop.post("/orders", body_going_to(mug, 1, "DE")).code() == "not_shipped_there");
    shop.deliver({});
    const auto free = shop.post("/orders", body_going_to(mug, 1, "DE"));
    CHECK(free.body["shipping"] == 0);
    CHECK(free.body["delivery"] == nullptr);
    shop.check_invariants();
}

TEST_CASE("a preview says what a parcel could take, and what not") {
    Shop shop;
    const auto parcel = shop.delivery_method(by_weight());
    const auto pickup = shop.delivery_method(pickup_at_workshop());
    const auto offers = [&](const std::string& query) {
        return shop.get(kMethods + "/offers?" + query, shop.viewer()).body;
    };
    const auto here = offers("country=DE&postal_code=10115&value=4000&weight_g=900");
    REQUIRE(here["delivery_methods"].size() == 2);
    CHECK(here["delivery_methods"][0]["id"] == pickup);
    CHECK(here["delivery_methods"][0]["price"] == 0);
    CHECK(here["delivery_methods"][0]["pickup"]["opening_hours"] == "Mondays, 10 to 12");
    CHECK(here["delivery_methods"][1]["id"] == parcel);
    CHECK(here["delivery_methods"][1]["price"] == 490);
    CHECK(here["unavailable"].empty());
    CHECK(offers("country=DE&value=4000")["unavailable"][0]["reason"] == "weight_unknown");
    CHECK(offers("country=FR&weight_g=900")["unavailable"][0]["reason"] == "not_to_that_address");
    CHECK(offers("")["delivery_methods"].size() == 1);
    CHECK(shop.get(kMethods + "/offers").status == 401);
}

TEST_CASE("bands that are accepted price every amount once up to their end, and what has a gap is refused") {
    std::mt19937 random(20'261'129);
    const auto pick = [&](std::int64_t least, std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(least, most)(random);
    };
    int accepted = 0;
    int refused = 0;
    for (int round = 0; round < 2'000; ++round) {
        orders::DeliveryZone zone{.places = {{.country = "DE", .region = {}, .postal_codes = {}}},
                                  .by = pick(0, 1) == 0 ? orders::BandsBy::value : orders::BandsBy::weight,
                                  .bands = {},
                                  .free_from = {}};
        std::int64_t next = pick(0, 9) == 0 ? 1 : 0;
        const auto count = pick(1, 5);
        for (std::int64_t i = 0; i < count; ++i) {
            const auto to = next + pick(-1, 20);
            const bool is_open = i + 1 == count ? pick(0, 1) == 0 : pick(0, 30) == 0;
            zone.bands.push_back(
                {.from = next, .to = is_open ? std::nullopt : std::optional(to), .price = Money{pick(0, 9'999)}});
            next = to + 1 + (pick(0, 14) == 0 ? pick(-3, 3) : 0);
        }
        std::vector<Fault> faults;
        orders::check_zones({zone}, faults);
        // What the bands say, worked out one amount at a time.
        const auto& last = zone.bands.back();
        const auto end = last.to ? *last.to : next + 50;
        bool is_covered = zone.bands.front().from == 0;
        for (std::int64_t amount = 0; amount <= end && is_covered; ++amount) {
            const auto hits = std::count_if(zone.bands.begin(), zone.bands.end(), [&](const orders::PriceBand& band) {
                return amount >= band.from && (!band.to || amount <= *band.to);
            });
            is_covered = hits == 1;
        }
        CAPTURE(round);
        if (faults.empty()) {
            ++accepted;
            REQUIRE(is_covered);
            orders::DeliveryMethod method{.default_name = "Parcel", .zones = {zone}};
            const orders::DeliveryMethods methods({method}, "EUR");
            for (std::int64_t amount = 0; amount <= end + 3; ++amount) {
                orders::Consignment consignment{
                    .to = {}, .value = Money{amount}, .weight_g = amount, .unweighed_sku = {}};
                consignment.to.country = "DE";
                const auto offers = methods.offers(consignment);
                const bool is_inside = !last.to || amount <= *last.to;
                REQUIRE(offers.fitting.size() == (is_inside ? 1U : 0U));
                REQUIRE(offers.unavailable.size() == (is_inside ? 0U : 1U));
            }
        } else {
            ++refused;
        }
    }
    CHECK(accepted > 200);
    CHECK(refused > 200);
}

TEST_CASE("a weight that no number holds is too heavy, and no crash") {
    const orders::DeliveryZone zone{.places = {{.country = "DE", .region = {}, .postal_codes = {}}},
                                    .by = orders::BandsBy::weight,
                                    .bands = {{.from = 0, .to = 30'000, .price = Money{490}}},
                                    .free_from = {}};
    const orders::DeliveryMethods methods({{.default_name = "Parcel", .zones = {zone}}}, "EUR");
    std::vector<catalog::Line> lines(3);
    for (auto& line : lines) {
        line.product = ProductId{1};
        line.weight_g = std::numeric_limits<std::int64_t>::max() / 2;
        line.quantity = kMaxOrderQuantity;
    }
    accounts::Address to;
    to.country = "DE";
    const auto offers = methods.offers(orders::consignment_of(lines, to, Money{1}));
    REQUIRE(offers.unavailable.size() == 1);
    CHECK(offers.unavailable.front().reason == "too_heavy");
}
