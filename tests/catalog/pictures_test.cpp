// Pictures of products, over HTTP.

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "app/check.h"
#include "app/pruning.h"
#include "base/budgets.h"
#include "catalog/picture_content.h"
#include "storage/backup.h"
#include "support/picture_files.h"
#include "support/shop.h"
#include "wire/desk.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

constexpr catalog::Extent kLarge{.width = 2000, .height = 1000};
constexpr catalog::Extent kSmallPicture{.width = 64, .height = 48};

std::string small_picture() { return jpeg_of(kSmallPicture, quarters(kSmallPicture)); }

/// A picture that no other call gives.
std::string another_picture() {
    static std::uint8_t count = 0;
    ++count;
    return png_of(kSmallPicture, [](std::size_t, std::size_t) {
        return Colour{static_cast<std::uint8_t>(37 * count), static_cast<std::uint8_t>(91 * count), 200, 255};
    });
}

std::string pictures_path(std::int64_t product) { return fmt::format("/admin/inventory/{}/pictures", product); }

Reply upload(Shop& shop, std::int64_t product, const std::string& file, const std::string& query = "",
             const std::string& type = "image/jpeg") {
    return shop.send("POST", pictures_path(product) + query, file, type, shop.staff());
}

std::int64_t count_of(Shop& shop, std::string_view sql) { return shop.store().read().value<std::int64_t>(sql).value(); }

/// Every byte that the shop keeps of pictures.
std::string stored_bytes(Shop& shop) {
    std::string all;
    shop.store().read().each("SELECT bytes FROM picture_size",
                             [&](const storage::Row& row) { all += row.get<std::string_view>(0); });
    return all;
}

std::vector<std::int64_t> ids_of(const Json& pictures) {
    std::vector<std::int64_t> ids;
    for (const auto& picture : pictures) {
        ids.push_back(picture.at("id").get<std::int64_t>());
    }
    return ids;
}

void tidy(Shop& shop) { app::prune(shop.store(), shop.clock(), {}); }

std::vector<std::string> picture_faults(Shop& shop) {
    for (const auto& finding : app::check(shop.store().read())) {
        if (finding.name == "pictures") {
            return finding.faults;
        }
    }
    return {"pictures are not checked"};
}

}  // namespace

TEST_CASE("a picture is written anew in three sizes, at addresses whose content never changes") {
    Shop shop;
    const auto mug = shop.product({});
    const auto added = upload(shop, mug, jpeg_of(kLarge, quarters(kLarge)), "?alt=A%20mug");
    INFO(added.text);
    REQUIRE(added.status == 201);
    CHECK(added.body["width"] == 1600);
    CHECK(added.body["height"] == 800);
    CHECK(added.body["alt"] == "A mug");
    CHECK(added.header("Location") == added.body["url"]);
    REQUIRE(added.body["sizes"].size() == 3);
    CHECK(added.body["sizes"][2]["url"] == added.body["url"]);
    for (const auto& size : added.body["sizes"]) {
        const auto url = size["url"].get<std::string>();
        const auto got = shop.get(url);
        REQUIRE(got.status == 200);
        CHECK(got.header("Content-Type") == "image/webp");
        CHECK(got.header("Cache-Control") == "public, max-age=31536000, immutable");
        CHECK(got.header("X-Content-Type-Options") == "nosniff");
        CHECK(shop.get(url, "", {{"If-None-Match", got.header("ETag")}}).status == 304);
        const auto picture = pixels_of(got.text);
        CHECK(picture.extent == catalog::Extent{size["width"].get<std::size_t>(), size["height"].get<std::size_t>()});
        CHECK(is_near(picture, 0.1, 0.1, {255, 0, 0, 255}));
        CHECK(is_near(picture, 0.9, 0.9, {255, 255, 255, 255}));
    }
    const auto url = added.body["url"].get<std::string>();
    for (const auto& wrong : {url + "x", std::string("/pictures/x"), "/pictures/" + std::string(40, '0') + "-320.webp",
                              url.substr(0, url.find('-')) + "-321.webp"}) {
        CHECK(shop.get(wrong).status == 404);
    }
    shop.check_invariants();
}

TEST_CASE("a product is told with its pictures, and changes with them") {
    Shop shop;
    const auto mug = shop.product({});
    const auto path = fmt::format("/products/{}", mug);
    const auto before = shop.get(path);
    CHECK(before.body["pictures"] == Json::array());
    const auto first = upload(shop, mug, small_picture()).body;
    const auto second = upload(shop, mug, another_picture(), "", "image/png").body;
    const auto wanted = Json::array({first, second});
    const auto now = shop.get(path);
    CHECK(now.body["pictures"] == wanted);
    CHECK(now.body["version"] == 3);
    CHECK(now.header("ETag") != before.header("ETag"));
    CHECK(shop.get("/products").body["data"][0]["pictures"] == wanted);
    CHECK(shop.get("/admin/inventory", shop.viewer()).body["data"][0]["pictures"] == wanted);
    CHECK(shop.get(fmt::format("/admin/inventory/{}", mug), shop.viewer()).body["pictures"] == wanted);
    CHECK(shop.get(pictures_path(mug), shop.viewer()).body["data"] == wanted);
    CHECK(shop.put(path, {{"price", 99}}, shop.staff()).body["pictures"] == wanted);
    const auto events = shop.events();
    CHECK(std::count(events.begin(), events.end(), "product.pictures_changed") == 2);
    CHECK(shop.get(pictures_path(999), shop.viewer()).status == 404);
    CHECK(upload(shop, 999, small_picture()).status == 404);
    CHECK(shop.send("POST", pictures_path(mug), small_picture(), "image/jpeg", shop.viewer()).status == 403);
    CHECK(shop.send("POST", pictures_path(mug), small_picture(), "image/jpeg").status == 401);
    shop.check_invariants();
}

TEST_CASE("pictures are put in order, described and removed, and nobody's change is lost") {
    Shop shop;
    const auto mug = shop.product({});
    for (int i = 0; i < 3; ++i) {
        REQUIRE(upload(shop, mug, another_picture(), "", "image/png").status == 201);
    }
    const auto path = pictures_path(mug);
    const auto list = shop.get(path, shop.viewer());
    const auto ids = ids_of(list.body["data"]);
    const Json wanted{
        {"pictures", Json::array({{{"id", ids[2]}, {"alt", "From above"}}, {{"id", ids[0]}}, {{"id", ids[1]}}})}};
    CHECK(shop.put(path, wanted, shop.staff(), {{"If-Match", "\"1\""}}).status == 412);
    const auto arranged = shop.put(path, wanted, shop.staff(), {{"If-Match", list.header("ETag")}});
    INFO(arranged.text);
    REQUIRE(arranged.status == 200);
    CHECK(ids_of(arranged.body["data"]) == std::vector{ids[2], ids[0], ids[1]});
    CHECK(arranged.body["data"][0]["alt"] == "From above");
    CHECK(shop.put(path, wanted, shop.staff()).header("ETag") == arranged.header("ETag"));  // nothing changed

    for (const auto& other : {Json::array(), Json::array({{{"id", ids[0]}}, {{"id", ids[1]}}}),
                              Json::array({{{"id", ids[0]}}, {{"id", ids[0]}}, {{"id", ids[1]}}}),
                              Json::array({{{"id", ids[0]}}, {{"id", ids[1]}}, {{"id", 999}}})}) {
        const auto refused = shop.put(path, {{"pictures", other}}, shop.staff());
        CHECK(refused.status == 409);
        CHECK(refused.code() == "other_pictures");
    }

    const auto one = fmt::format("{}/{}", path, ids[2]);
    CHECK(shop.remove(one, shop.staff(), {{"If-Match", "\"1\""}}).status == 412);
    CHECK(shop.remove(one, shop.staff()).status == 204);
    CHECK(shop.remove(one, shop.staff()).status == 404);
    CHECK(ids_of(shop.get(path, shop.viewer()).body["data"]) == std::vector{ids[0], ids[1]});
    const auto cup = shop.product({.sku = "CUP", .name = "Cup"});
    CHECK(shop.remove(fmt::format("{}/{}", pictures_path(cup), ids[0]), shop.staff()).status == 404);
    shop.check_invariants();
}

TEST_CASE("nothing but pixels is kept: no place, time, name, profile, or what was hidden behind the picture") {
    Shop shop;
    const auto mug = shop.product({});
    const std::string secret = "SECRET-52.52N-13.40E";
    const auto with_trailer = [&](std::string file) { return file + "PK\x03\x04" + secret + "<script>" + secret; };
    const auto paint = quarters(kSmallPicture);
    const auto segments = exif_segment(1, secret) + jpeg_segment(0xe1, "http://ns.adobe.com/xap/1.0/" + secret) +
                          jpeg_segment(0xfe, secret) +
                          jpeg_segment(0xe2, std::string("ICC_PROFILE\0\1\1", 14) + secret) +
                          jpeg_segment(0xed, "Photoshop 3.0" + secret);
    const auto chunks =
        png_chunk("tEXt", "Comment" + std::string(1, '\0') + secret) + png_chunk("eXIf", exif(1, secret)) +
        png_chunk("iTXt", "XML:com.adobe.xmp" + std::string(5, '\0') + secret) + png_chunk("prVt", secret);
    const auto riff = riff_chunk("EXIF", exif(1, secret)) + riff_chunk("XMP ", secret) + riff_chunk("ABCD", secret);
    for (const auto& file :
         {jpeg_of(kSmallPicture, paint, {.segments = segments}), png_of(kSmallPicture, paint, {.chunks = chunks}),
          webp_of(kSmallPicture, paint, {.chunks = riff})}) {
        REQUIRE(file.find(secret) != std::string::npos);
        const auto added = upload(shop, mug, with_trailer(file));
        INFO(added.text);
        REQUIRE(added.status == 201);
    }
    const auto bytes = stored_bytes(shop);
    CHECK(bytes.size() > 300);
    for (const auto* trace : {"SECRET", "script", "PK\x03\x04", "Exif", "EXIF", "XMP", "ICC", "VP8X"}) {
        INFO(trace);
        CHECK(bytes.find(trace) == std::string::npos);
    }
    std::string audit;
    shop.store().read().each("SELECT before || after FROM audit_entry",
                             [&](const storage::Row& row) { audit += row.get<std::string>(0); });
    CHECK(audit.find("SECRET") == std::string::npos);
}

TEST_CASE("what cannot be kept is refused at once, by the kind of fault, and nothing changes") {
    Shop shop;
    const auto mug = shop.product({});
    const auto check = [&](const std::string& file, int status, std::string_view code) {
        const auto refused = upload(shop, mug, file);
        INFO(refused.text);
        CHECK(refused.status == status);
        CHECK(refused.code() == code);
    };
    check("GIF89a", 415, "unsupported_picture");
    check("<svg xmlns='http://www.w3.org/2000/svg'/>", 415, "unsupported_picture");
    check(small_picture().substr(0, 300), 422, "broken_picture");
    check(png_header_of(60'000, 60'000), 422, "picture_too_large");
    CHECK(upload(shop, mug, small_picture(), "", "image/svg+xml").code() == "unsupported_media_type");
    CHECK(upload(shop, mug, small_picture(), "?alt=" + std::string(501, 'a')).status == 422);
    CHECK(upload(shop, mug, small_picture(), "", "image/webp").status == 201);  // what counts is what it is
    CHECK(count_of(shop, "SELECT count(*) FROM picture") == 1);
}

TEST_CASE("the file of a picture has 20 MiB, and not a byte more") {
    Shop shop;
    const auto mug = shop.product({});
    auto file = small_picture();
    const auto padded = [&](std::size_t size) { return file + std::string(size - file.size(), ' '); };
    CHECK(upload(shop, mug, padded(budget::kPictureFile - 1)).status == 201);
    CHECK(upload(shop, mug, padded(budget::kPictureFile)).status == 201);
    for (const auto bytes : {budget::kPictureFile + 1, 100 * budget::kPictureFile}) {
        Wire wire(shop.port());
        wire.send(
            fmt::format("POST {} HTTP/1.1\r\nHost: shop\r\nContent-Type: image/jpeg\r\n"
                        "Authorization: Bearer {}\r\nContent-Length: {}\r\n\r\n",
                        pictures_path(mug), shop.staff(), bytes));
        const auto refused = wire.reply();  // before a byte of it is sent
        CHECK(refused.status == 413);
        CHECK(refused.code() == "body_too_large");
    }
}

TEST_CASE("a product has twenty pictures, and not one more") {
    Shop shop;
    const auto mug = shop.product({});
    for (std::size_t i = 0; i < budget::kPicturesOfProduct; ++i) {
        REQUIRE(upload(shop, mug, small_picture()).status == 201);
    }
    const auto refused = upload(shop, mug, small_picture());
    CHECK(refused.status == 409);
    CHECK(refused.code() == "too_many_pictures");
    const auto first = shop.get(pictures_path(mug), shop.viewer()).body["data"][0]["id"];
    REQUIRE(shop.remove(pictures_path(mug) + "/" + first.dump(), shop.staff()).status == 204);
    CHECK(upload(shop, mug, small_picture()).status == 201);
    CHECK(count_of(shop, "SELECT count(*) FROM picture_content") == 1);
}

TEST_CASE("a picture that is sent again with its key is added once") {
    Shop shop;
    const auto mug = shop.product({});
    const Headers key{{"Idempotency-Key", "one"}, {"Content-Disposition", "attachment; filename=\"mug.jpg\""}};
    const auto first = shop.send("POST", pictures_path(mug), small_picture(), "image/jpeg", shop.staff(), key);
    const auto second = shop.send("POST", pictures_path(mug), small_picture(), "image/jpeg", shop.staff(), key);
    REQUIRE(first.status == 201);
    CHECK(second.body == first.body);
    CHECK(count_of(shop, "SELECT count(*) FROM picture") == 1);
    const auto audit = shop.get("/admin/audit", shop.owner()).body["data"][0];
    CHECK(audit["action"] == "product.picture_add");
    CHECK(audit["after"]["file"] == "mug.jpg");
}

TEST_CASE("equal pictures are kept once, and removed a day after the last of them") {
    Shop shop;
    const auto mug = shop.product({});
    const auto cup = shop.product({.sku = "CUP", .name = "Cup"});
    const auto of_mug = upload(shop, mug, small_picture()).body;
    const auto of_cup = upload(shop, cup, small_picture()).body;
    REQUIRE(of_mug["url"] == of_cup["url"]);
    CHECK(of_mug["id"] != of_cup["id"]);
    shop.advance(days(2));
    shop.sign_in_again();
    REQUIRE(shop.remove(fmt::format("/admin/inventory/{}", mug), shop.staff()).status == 204);  // with its pictures
    CHECK(count_of(shop, "SELECT count(*) FROM picture") == 1);
    tidy(shop);
    CHECK(shop.get(of_cup["url"].get<std::string>()).status == 200);
    shop.check_invariants();

    REQUIRE(shop.remove(pictures_path(cup) + "/" + of_cup["id"].dump(), shop.staff()).status == 204);
    CHECK(count_of(shop, "SELECT count(*) FROM picture_content WHERE unused") == 1);
    const auto young = upload(shop, cup, another_picture()).body;
    REQUIRE(shop.remove(pictures_path(cup) + "/" + young["id"].dump(), shop.staff()).status == 204);
    tidy(shop);
    CHECK(count_of(shop, "SELECT count(*) FROM picture_content") == 1);  // the young one
    CHECK(count_of(shop, "SELECT count(*) FROM picture_size") == 1);
    REQUIRE(upload(shop, cup, small_picture()).status == 201);  // again
    shop.advance(days(2));
    tidy(shop);
    CHECK(count_of(shop, "SELECT count(*) FROM picture_content") == 1);
    shop.check_invariants();
}

TEST_CASE("many pictures that nothing shows are removed in slices") {
    Shop shop;
    const auto mug = shop.product({});
    for (const int many : {3, 4, 5, 9}) {
        for (int i = 0; i < many; ++i) {
            const auto added = upload(shop, mug, another_picture(), "", "image/png").body;
            REQUIRE(shop.remove(pictures_path(mug) + "/" + added["id"].dump(), shop.staff()).status == 204);
        }
        CHECK(count_of(shop, "SELECT count(*) FROM picture_content") == many);
        shop.advance(days(2));
        shop.sign_in_again();
        tidy(shop);
        CHECK(count_of(shop, "SELECT count(*) FROM picture_content") == 0);
    }
}

TEST_CASE("`orderd check` finds pictures that are not what they were") {
    Shop shop;
    const auto mug = shop.product({});
    REQUIRE(upload(shop, mug, jpeg_of(kLarge, quarters(kLarge))).status == 201);
    CHECK(picture_faults(shop).empty());
    const auto broken_by = [&](const std::string& change, const std::string& back) {
        const auto run = [&](const std::string& sql) {
            shop.store().writer().outside_transaction(
                [&](storage::Connection& connection) { connection.execute(sql); });
        };
        run(change);
        const auto faults = picture_faults(shop);
        run(back);
        CHECK(picture_faults(shop).empty());
        return faults;
    };
    const auto copied = std::string("CREATE TABLE kept AS SELECT rowid AS row, * FROM picture_size; ");
    const auto put_back = std::string(
        "DELETE FROM picture_size; INSERT INTO picture_size (rowid, content_id, side, bytes) "
        "SELECT row, content_id, side, bytes FROM kept; DROP TABLE kept");
    CHECK(broken_by(copied + "UPDATE picture_size SET bytes = CAST(bytes || x'00' AS BLOB) WHERE side = 320", put_back)
              .size() == 1);
    CHECK(broken_by(copied + "DELETE FROM picture_size WHERE side = 800", put_back).size() == 1);
    CHECK(broken_by("UPDATE picture_content SET unused = 1", "UPDATE picture_content SET unused = 0").size() == 1);
}

TEST_CASE("a backup has the pictures, and a restored shop shows them") {
    Shop shop;
    const auto mug = shop.product({});
    const auto added = upload(shop, mug, small_picture()).body;
    const auto url = added["url"].get<std::string>();
    const auto bytes = shop.get(url).text;
    const TemporaryFolder elsewhere;
    const auto backup = elsewhere.path() / "backup.db";
    storage::backup(shop.store().files().database, backup);
    REQUIRE(shop.remove(pictures_path(mug) + "/" + added["id"].dump(), shop.staff()).status == 204);
    shop.advance(days(2));
    tidy(shop);
    CHECK(count_of(shop, "SELECT count(*) FROM picture_content") == 0);
    shop.restore(backup);
    CHECK(shop.get(url).text == bytes);
    CHECK(shop.get(fmt::format("/products/{}", mug)).body["pictures"][0]["url"] == url);
    shop.check_invariants();
}

TEST_CASE("pictures that were asked for lately are in memory, up to their bound", "[large]") {
    Shop shop;
    const auto mug = shop.product({});
    catalog::PictureCache cache;
    std::vector<std::shared_ptr<const std::string>> given;
    std::vector<catalog::PictureName> names;
    std::size_t bytes = 0;
    while (bytes <= budget::kPicturesCached) {
        // Noise, since it takes most bytes.
        const auto paint = [dice = noise(false), n = names.size()](std::size_t x, std::size_t y) mutable {
            auto colour = dice(x, y);
            colour[0] = static_cast<std::uint8_t>(n);
            return colour;
        };
        const auto added = upload(shop, mug, png_of({900, 900}, paint));
        INFO(added.text);
        REQUIRE(added.status == 201);
        const auto url = added.body["url"].get<std::string>();
        names.push_back(catalog::parse_picture_name(url.substr(url.rfind('/') + 1)).value());
        given.push_back(cache.get(shop.store(), names.back()));
        REQUIRE(given.back());
        bytes += given.back()->size();
    }
    CHECK(cache.get(shop.store(), names.back()) == given.back());    // the same bytes
    CHECK(cache.get(shop.store(), names.front()) != given.front());  // the oldest went, and is read again
    CHECK(*cache.get(shop.store(), names.front()) == *given.front());
}
