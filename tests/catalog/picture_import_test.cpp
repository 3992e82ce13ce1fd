// Pictures that an imported file names by their address.

#include <fmt/format.h>

#include <string>

#include <catch2/catch_test_macros.hpp>

#include "base/budgets.h"
#include "catalog/picture_fetching.h"
#include "catalog/picture_wanted.h"
#include "support/picture_files.h"
#include "support/picture_server.h"
#include "support/shop.h"
#include "support/silent_server.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::string picture(std::uint8_t red) {
    return jpeg_of({.width = 40, .height = 30}, [red](std::size_t, std::size_t) { return Colour{red, 9, 9, 255}; });
}

struct Importing : Shop {
    explicit Importing(bool private_addresses = true)
        : Shop([=](app::Config& config) { config.private_webhooks = private_addresses; }) {}

    Reply import(const std::string& rows, const std::string& query = "") {
        const std::string header =
            "Handle,Title,Variant SKU,Variant Price,Image Src,Image Position,Image Alt Text,Variant Image\n";
        return send("POST", "/admin/inventory/import" + query, header + rows, "text/csv", staff());
    }
    Json progress(const Reply& imported) {
        return get(fmt::format("/admin/inventory/imports/{}/pictures", imported.body["id"].dump()), viewer()).body;
    }
    Json pictures_of(const std::string& sku) {
        const auto list = get("/admin/inventory?limit=200", viewer());
        for (const auto& product : list.body["data"]) {
            if (product["sku"] == sku) {
                return product["pictures"];
            }
        }
        return nullptr;
    }
    /// Runs jobs until none is left, however long they have to wait.
    void work_off() {
        for (int i = 0; i < 30; ++i) {
            drain();
            advance(hours(1));
        }
        sign_in_again();
    }
    std::int64_t count_of(std::string_view sql) { return store().read().value<std::int64_t>(sql).value(); }

    PictureServer server;
};

}  // namespace

TEST_CASE("an import brings the pictures that its file names, in the file's order, with their texts") {
    Importing shop;
    shop.server.put("/1.jpg", picture(50));
    shop.server.put("/2.jpg", picture(150));
    const auto imported = shop.import(fmt::format("mug,Mug,MUG,12.50,{},2,Behind,\nmug,,,,{},1,\"In front, open\",\n",
                                                  shop.server.url("/1.jpg"), shop.server.url("/2.jpg")));
    INFO(imported.text);
    REQUIRE(imported.status == 201);
    CHECK(imported.body["pictures"] == 2);
    CHECK(shop.progress(imported)["waiting"] == 2);
    shop.drain();
    const auto done = shop.progress(imported);
    INFO(done.dump());
    CHECK(done["wanted"] == 2);
    CHECK(done["stored"] == 2);
    CHECK(done["faults"].empty());
    const auto pictures = shop.pictures_of("MUG");
    REQUIRE(pictures.size() == 2);
    CHECK(pictures[0]["alt"] == "In front, open");
    CHECK(pictures[1]["alt"] == "Behind");
    CHECK(is_near(pixels_of(shop.get(pictures[0]["url"].get<std::string>()).text), 0.5, 0.5, {150, 9, 9, 255}));
    shop.check_invariants();
}

TEST_CASE("the same file again fetches nothing again, and what was removed stays removed") {
    Importing shop;
    shop.server.put("/1.jpg", picture(50));
    const auto rows = fmt::format("mug,Mug,MUG,12.50,{0},,,\ncup,Cup,CUP,9.50,{0},,,\n", shop.server.url("/1.jpg"));
    REQUIRE(shop.import(rows, "?dry_run=true").body["pictures"] == 2);
    const auto first = shop.import(rows);
    shop.drain();
    CHECK(shop.server.asked() == 1);  // for both products
    CHECK(shop.pictures_of("CUP")[0]["url"] == shop.pictures_of("MUG")[0]["url"]);
    CHECK(shop.import(rows, "?dry_run=true").body["pictures"] == 0);
    const auto second = shop.import(rows);
    CHECK(second.status == 200);
    CHECK(second.body["pictures"] == 0);

    const auto mug = shop.get("/products?q=mug").body["data"][0];
    const auto gone = fmt::format("/admin/inventory/{}/pictures/{}", mug["id"].dump(), mug["pictures"][0]["id"].dump());
    REQUIRE(shop.remove(gone, shop.staff()).status == 204);
    shop.import(rows);
    shop.drain();
    CHECK(shop.pictures_of("MUG").empty());
    CHECK(shop.server.asked() == 1);
    shop.check_invariants();
}

TEST_CASE("a variant's own picture is its own, and a faulty row's pictures are its product's") {
    Importing shop;
    for (const auto* path : {"/all.jpg", "/s.jpg", "/m.jpg"}) {
        shop.server.put(path, picture(static_cast<std::uint8_t>(path[1])));
    }
    const auto imported = shop.import(fmt::format(
        "shirt,Shirt,SHIRT-S,20,{},,,{}\nshirt,,SHIRT-M,20,,,,{}\nshirt,,,a lot,{},,,\n", shop.server.url("/all.jpg"),
        shop.server.url("/s.jpg"), shop.server.url("/m.jpg"), shop.server.url("/all.jpg")));
    CHECK(imported.body["pictures"] == 3);
    shop.drain();
    CHECK(shop.progress(imported)["stored"] == 3);
    CHECK(shop.pictures_of("SHIRT-M").size() == 1);
}

TEST_CASE("what cannot be fetched is given up with its reason, and tried again by the next import") {
    Importing shop;
    shop.server.put("/text.jpg", "hello");
    shop.server.put("/half.jpg", picture(1).substr(0, 300));
    shop.server.put("/large.jpg", std::string(budget::kPictureFile + 1, 'x'));
    shop.server.put("/failing.jpg", "", 503);
    shop.server.put("/loop.jpg", "", 302, "/loop.jpg");
    const auto closed = SilentServer().url();  // where nobody listens
    std::string rows;
    const std::vector<std::pair<std::string, std::string>> wanted{
        {shop.server.url("/text.jpg"), "none of them"},
        {shop.server.url("/half.jpg"), "cut off"},
        {shop.server.url("/large.jpg"), "20 MiB"},
        {shop.server.url("/failing.jpg"), "503"},
        {shop.server.url("/gone.jpg"), "404"},
        {shop.server.url("/loop.jpg"), "redirected"},
        {closed + "/1.jpg", "not reached"},
        {"ftp://127.0.0.1/1.jpg", "its address"},
        {"http://127.0.0.1:99999/1.jpg", "its address"},
    };
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        rows += fmt::format("p{0},P{0},P{0},1,{1},,,\n", i, wanted[i].first);
    }
    const auto imported = shop.import(rows);
    shop.work_off();
    const auto done = shop.progress(imported);
    CHECK(done["failed"] == wanted.size());
    CHECK(done["waiting"] == 0);
    for (const auto& [url, reason] : wanted) {
        const auto fault = std::find_if(done["faults"].begin(), done["faults"].end(),
                                        [&, &of = url](const Json& one) { return one.at("url") == of; });
        INFO(url);
        REQUIRE(fault != done["faults"].end());
        CHECK(fault->at("fault").get<std::string>().find(reason) != std::string::npos);
    }
    CHECK(shop.server.asked("/failing.jpg") == catalog::kFetchPictureJob.tries);
    CHECK(shop.server.asked("/gone.jpg") == 1);
    CHECK(shop.count_of("SELECT count(*) FROM job WHERE status = 'dead'") == 0);

    shop.server.put("/failing.jpg", picture(9));
    const auto again = shop.import(rows);
    CHECK(again.body["pictures"] == wanted.size());
    shop.work_off();
    CHECK(shop.progress(again)["stored"] == 1);
    shop.check_invariants();
}

TEST_CASE("without the switch nothing private is asked, not even by a redirect") {
    Importing shop(false);
    shop.server.put("/1.jpg", picture(1));
    const auto imported =
        shop.import(fmt::format("mug,Mug,MUG,1,{},,,\ncup,Cup,CUP,1,https://127.0.0.1/1.jpg,,,\n"
                                "pot,Pot,POT,1,https://[::1]:8443/1.jpg,,,\n"
                                "pan,Pan,PAN,1,https://169.254.169.254/latest,,,\n",
                                shop.server.url("/1.jpg")));
    shop.work_off();
    CHECK(shop.progress(imported)["failed"] == 4);
    CHECK(shop.server.asked() == 0);
}

TEST_CASE("redirects are followed, five of them, and relative ones from where they are") {
    Importing shop;
    shop.server.put("/a/5.jpg", picture(1));
    shop.server.put("/0", "", 301, "1");
    shop.server.put("/1", "", 302, "/2?x=1#y");
    shop.server.put("/2", "", 303, shop.server.url("/3"));
    shop.server.put("/3", "", 307, "/a/4");
    shop.server.put("/a/4", "", 308, "5.jpg");
    shop.server.put("/-1", "", 301, "/0");
    const auto imported = shop.import(
        fmt::format("mug,Mug,MUG,1,{},,,\ncup,Cup,CUP,1,{},,,\n", shop.server.url("/0"), shop.server.url("/-1")));
    shop.work_off();
    const auto done = shop.progress(imported);
    CHECK(done["stored"] == 1);
    CHECK(done["failed"] == 1);
    CHECK(catalog::redirected("https://a.example/b/c?d", "e") == "https://a.example/b/e");
    CHECK(catalog::redirected("https://a.example", "e") == "https://a.example/e");
    CHECK(catalog::redirected("https://a.example/b/c", "//f.example/g") == "https://f.example/g");
    CHECK(catalog::redirected("https://a.example/b/c", "http://f.example/g#h") == "http://f.example/g");
    CHECK(catalog::redirected("https://a.example?b/c", "/d") == "https://a.example/d");
}

TEST_CASE("undoing an import takes its pictures along, those that are under way too") {
    Importing shop;
    const auto pot = shop.product({.sku = "POT", .name = "Pot", .price = 100});
    shop.server.put("/1.jpg", picture(1));
    shop.server.put("/2.jpg", picture(2));
    const auto imported =
        shop.import(fmt::format("mug,Mug,MUG,1,{0},,,\npot,Pot,POT,1,{0},,,\n", shop.server.url("/1.jpg")));
    shop.drain();
    CHECK(shop.pictures_of("POT").size() == 1);
    const auto later = shop.import(fmt::format("pot,Pot,POT,1,{},,,\n", shop.server.url("/2.jpg")));
    REQUIRE(later.status == 201);
    const auto undo = [&](const Reply& one) {
        return shop.post(fmt::format("/admin/inventory/imports/{}/undo", one.body["id"].dump()), nullptr, shop.staff());
    };
    REQUIRE(undo(later).status == 200);
    REQUIRE(undo(imported).status == 200);
    shop.drain();
    CHECK(shop.server.asked("/2.jpg") == 0);
    CHECK(shop.pictures_of("POT").empty());
    CHECK(shop.count_of("SELECT count(*) FROM picture") == 0);
    CHECK(shop.get(fmt::format("/products/{}", pot)).status == 200);
    shop.check_invariants();
}

TEST_CASE("a fetch that runs twice, or after a crash, adds its picture once") {
    Importing shop;
    shop.server.put("/1.jpg", picture(1));
    shop.import(fmt::format("mug,Mug,MUG,1,{},,,\n", shop.server.url("/1.jpg")));
    const auto run_again = [&] {
        shop.store().writer().run([&](storage::Transaction& tx) {
            jobs::add(tx,
                      {.kind = catalog::kFetchPictureJob, .payload = {{"wanted_id", 1}}, .run_at = shop.clock().now()},
                      shop.clock().now());
        });
    };
    run_again();
    shop.drain();
    run_again();
    shop.drain();
    CHECK(shop.pictures_of("MUG").size() == 1);

    // A crash after the picture was stored, before the job was done: the job is there again.
    shop.restart();
    run_again();
    shop.drain();
    CHECK(shop.pictures_of("MUG").size() == 1);
    CHECK(shop.server.asked("/1.jpg") == 1);
    shop.check_invariants();
}

TEST_CASE("pictures beyond what a product may have are given up, and say so") {
    Importing shop;
    std::string rows = "mug,Mug,MUG,1,,,,\n";
    const auto most = budget::kPicturesOfProduct;
    for (std::size_t i = 0; i <= most; ++i) {
        const auto path = fmt::format("/{}.jpg", i);
        shop.server.put(path, picture(static_cast<std::uint8_t>(10 * i)));
        rows += fmt::format("mug,,,,{},{},,\n", shop.server.url(path), i);
    }
    const auto imported = shop.import(rows);
    shop.work_off();
    CHECK(shop.pictures_of("MUG").size() == most);
    const auto done = shop.progress(imported);
    CHECK(done["failed"] == 1);
    CHECK(done["faults"][0]["fault"].get<std::string>().find("20 pictures") != std::string::npos);
}
