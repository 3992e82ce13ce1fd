// A shop's catalogue is moved in: Shopify's file, with its groups and its pictures.

#include <fmt/format.h>

#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "catalog/importing.h"
#include "paths.h"
#include "support/picture_files.h"
#include "support/picture_server.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;
using namespace orderd::tests::importing;

namespace {

/// A few rows as Shopify writes them. Its shirt has a picture of its own for a variant, a picture in a row without a
/// variant, and pictures that are not in their order.
constexpr const char* kFewClothes =
    "Handle,Title,Body (HTML),Vendor,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory "
    "Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Image Src,Image Position,Image Alt "
    "Text,Variant Image\n"
    "scarf,Scarf,<p>Wool.</p>,demo,true,Title,Default Title,SCARF,200,shopify,3,deny,30,https://cdn.example/scarf-2.jpg,2,"
    "\"Worn, from behind\",\n"
    "scarf,,,,,,,,,,,,,https://cdn.example/scarf-1.jpg,1,Folded,\n"
    "shirt,Shirt,<p>Cotton.</p>,demo,true,Size,S,SHIRT-S,300,shopify,4,deny,50,https://cdn.example/shirt-1.jpg,1,The shirt,\n"
    "shirt,,,,,,M,SHIRT-M,300,shopify,5,deny,50,https://cdn.example/shirt-2.jpg,2,Its back,https://cdn.example/shirt-m.jpg\n"
    "shirt,,,,,,,,,,,,,https://cdn.example/shirt-3.jpg,3,Its label,\n";

/// Pictures at addresses, each of another colour.
class Painted {
public:
    /// Puts a picture at the path of each `https://HOST/PATH` in a file. @returns the file, with addresses of this server
    std::string moved(std::string file, const std::string& host) {
        const std::regex address("https://" + host + "(/[^,\"\\n]+)");
        for (std::sregex_iterator at(file.begin(), file.end(), address), end; at != end; ++at) {
            put((*at)[1]);
        }
        return std::regex_replace(file, std::regex("https://" + host), server.url(""));
    }

    Colour colour_of(const std::string& path) const { return colours_.at(path); }

    PictureServer server;

private:
    void put(const std::string& path) {
        const auto n = colours_.size();
        if (colours_.contains(path)) {
            return;
        }
        const auto shade = [](std::size_t step) { return static_cast<std::uint8_t>(30 + 65 * step); };
        const Colour colour{shade(n % 4), shade(n / 4 % 4), shade(n / 16 % 4), 255};
        colours_[path] = colour;
        server.put(path, jpeg_of({40, 30}, [colour](std::size_t, std::size_t) { return colour; }));
    }

    std::map<std::string, Colour> colours_;
};

struct Moving : Shop {
    explicit Moving(bool private_addresses)
        : Shop([=](app::Config& config) { config.private_webhooks = private_addresses; }) {}

    /// What became of an import's pictures.
    Json fetched(const Reply& imported) {
        return get(fmt::format("/admin/inventory/imports/{}/pictures", imported.body["id"].dump()), viewer()).body;
    }
    /// What customers find at a handle: {"kind", "pictures", …}.
    Json window(const std::string& handle) {
        const auto list = get("/product-groups?limit=200");
        for (const auto& entry : list.body["data"]) {
            if (entry["handle"] == handle) {
                return entry;
            }
        }
        return nullptr;
    }
    void check_pictures(const Json& pictures, const std::vector<Colour>& colours) {
        REQUIRE(pictures.size() == colours.size());
        for (std::size_t i = 0; i < colours.size(); ++i) {
            const auto url = pictures[i]["url"].get<std::string>();
            INFO(url);
            CHECK(is_near(pixels_of(get(url).text), 0.5, 0.5, colours[i]));
        }
    }
    void run_jobs_of_a_day() {
        for (int hour = 0; hour < 24; ++hour) {
            drain();
            advance(hours(1));
        }
        sign_in_again();
    }
};

}  // namespace

TEST_CASE("a catalogue moves in whole: groups, standing products, and the pictures of each in their order") {
    Painted painted;
    const auto file = painted.moved(kFewClothes, "cdn.example");
    Moving shop(true);
    const auto imported = import(shop, file);
    check_counts(imported, 3, 0, 2);
    CHECK(imported.body["faulty"] == 0);
    CHECK(imported.body["pictures"] == 6);
    shop.drain();
    CHECK(shop.fetched(imported)["stored"] == 6);

    const auto scarf = shop.window("scarf");
    REQUIRE(scarf["kind"] == "product");
    CHECK(scarf["pictures"][0]["alt"] == "Folded");
    CHECK(scarf["pictures"][1]["alt"] == "Worn, from behind");
    shop.check_pictures(scarf["pictures"], {painted.colour_of("/scarf-1.jpg"), painted.colour_of("/scarf-2.jpg")});

    const auto shirt = shop.window("shirt");
    REQUIRE(shirt["kind"] == "group");
    CHECK(shirt["pictures"][0]["alt"] == "The shirt");
    CHECK(shirt["pictures"][1]["alt"] == "Its back");
    CHECK(shirt["pictures"][2]["alt"] == "Its label");
    shop.check_pictures(shirt["pictures"], {painted.colour_of("/shirt-1.jpg"), painted.colour_of("/shirt-2.jpg"),
                                            painted.colour_of("/shirt-3.jpg")});
    shop.check_pictures(product(shop, "SHIRT-M")["pictures"], {painted.colour_of("/shirt-m.jpg")});
    CHECK(product(shop, "SHIRT-S")["pictures"].empty());
    shop.check_invariants();

    const auto listed = shop.get("/admin/inventory/imports", shop.viewer()).body["data"];
    CHECK(listed[0]["has_pictures"] == true);
    check_counts(import(shop, file), 0, 0, 5);
    shop.drain();
    CHECK(painted.server.asked() == 6);
}

TEST_CASE("without the switch a catalogue moves in without its pictures, and its import says why") {
    Painted painted;
    const auto file = painted.moved(kFewClothes, "cdn.example");
    Moving shop(false);
    const auto imported = import(shop, file);
    check_counts(imported, 3, 0, 2);
    shop.run_jobs_of_a_day();
    const auto fetched = shop.fetched(imported);
    CHECK(fetched["failed"] == 6);
    CHECK(fetched["waiting"] == 0);
    REQUIRE(fetched["faults"].size() == 6);
    for (const auto& fault : fetched["faults"]) {
        CHECK(fault["fault"].get<std::string>().find("--private-webhooks") != std::string::npos);
        CHECK(fault["product_id"].is_null() != fault["group_id"].is_null());
    }
    CHECK(painted.server.asked() == 0);
    CHECK(shop.window("scarf")["pictures"].empty());
    CHECK(shop.window("shirt")["pictures"].empty());
    shop.check_invariants();
}

TEST_CASE("Shopify's file of clothes brings each product and group its own picture") {
    std::ostringstream text;
    text << std::ifstream(kSourceFolder + std::string("/../shared/data/shopify-apparel.csv"), std::ios::binary).rdbuf();
    if (text.str().empty()) {
        SKIP("the file is not here");
    }
    Painted painted;
    const auto file = painted.moved(text.str(), "burst.shopifycdn.com");
    Moving shop(true);
    const auto imported = import(shop, file);
    REQUIRE(imported.status == 201);
    CHECK(imported.body["pictures"] == 20);
    shop.drain();
    CHECK(shop.fetched(imported)["stored"] == 20);

    // The rows with a picture, by their handles.
    const std::regex row("(^|\\n)([a-z0-9-]+),[^\\n]*http://127\\.0\\.0\\.1:\\d+(/[^,]+)");
    std::size_t found = 0;
    for (std::sregex_iterator at(file.begin(), file.end(), row), end; at != end; ++at) {
        const auto handle = (*at)[2].str();
        INFO(handle);
        const auto entry = shop.window(handle);
        REQUIRE_FALSE(entry.is_null());
        CHECK(entry["kind"] == (handle == "classic-varsity-top" ? "group" : "product"));
        shop.check_pictures(entry["pictures"], {painted.colour_of((*at)[3])});
        ++found;
    }
    CHECK(found == 20);
    shop.check_invariants();
}
