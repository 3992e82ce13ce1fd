// Importing and exporting Shopify's product CSV, over HTTP and from the command line.

#include "catalog/import.h"

#include <chrono>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "base/budgets.h"
#include "catalog/commands.h"
#include "catalog/importing.h"
#include "support/shop.h"
#include "wire/desk.h"

using namespace orderd;
using tests::Reply;
using tests::Shop;
using namespace tests::importing;

namespace {

const std::string kFile =
    "Handle,Title,Body (HTML),Vendor,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,"
    "Variant Inventory Qty,Variant Price,Image Src,Variant Weight Unit\n"
    "shirt,Shirt,<p>Cotton.</p>,us,true,Size,S,,200,1,50,https://example.com/1.jpg,kg\n"
    "shirt,,,,,,M,,200,2,50,,kg\n"
    "shirt,,,,,,,,,,,https://example.com/2.jpg,\n"
    "cap,Cap,Plain.,us,true,Title,Default Title,CAP,90,5,19.99,,kg\n"
    "bad,Bad,,us,true,,,,,,a lot,,\n";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

std::string path_of(const Json& product_body) { return "/admin/inventory/" + product_body["id"].dump(); }

std::int64_t products(Shop& shop) {
    return shop.store().read().value<std::int64_t>("SELECT count(*) FROM product").value();
}

}  // namespace

TEST_CASE("an import adds each variant, and reports each line") {
    Shop shop;
    const auto report = import(shop, kFile);
    REQUIRE(report.status == 201);
    check_counts(report, 3, 0, 2);
    const auto& rows = report.body["rows"];
    REQUIRE(rows.size() == 5);
    CHECK(rows[0]["line"] == 2);
    CHECK(rows[0]["outcome"] == "added");
    CHECK(rows[0]["sku"] == "shirt-s");
    CHECK(rows[0]["changes"]["price"] == Json{{"from", nullptr}, {"to", 5000}});
    CHECK(rows[0]["changes"]["on_hand"] == Json{{"from", nullptr}, {"to", 1}});
    CHECK(rows[0]["changes"]["status"] == Json{{"from", nullptr}, {"to", "active"}});
    CHECK(rows[2]["outcome"] == "skipped");
    CHECK(rows[2]["reason"] == "it is only an image");
    CHECK(rows[2]["faulty"] == false);
    CHECK(rows[4]["faulty"] == true);
    CHECK(report.body["faulty"] == 1);
    CHECK(rows[4]["line"] == 6);
    CHECK(rows[4]["reason"].get<std::string>().find("a lot") != std::string::npos);

    const auto shirt = product(shop, "shirt-m");
    CHECK(shirt["name"] == "Shirt – M");
    CHECK(shirt["description"] == "Cotton.");
    CHECK(shirt["price"] == 5000);
    CHECK(shirt["on_hand"] == 2);
    CHECK(shirt["weight_g"] == 200);
    const auto movements = shop.get(path_of(shirt) + "/movements", shop.viewer()).body["data"];
    REQUIRE(movements.size() == 1);
    CHECK(movements[0]["reason"] == "received");
    CHECK(movements[0]["import_id"] == report.body["id"]);
    CHECK(shop.get("/products").body["data"].size() == 3);
    CHECK(shop.events().back() == "import.applied");
    shop.check_invariants();
}

TEST_CASE("the same file again changes nothing, whatever was sold or counted since") {
    Shop shop;
    const auto first = import(shop, kFile);
    const auto id = product(shop, "CAP")["id"].get<std::int64_t>();
    REQUIRE(shop.order({{id, 2}}).status == 201);
    REQUIRE(shop.put("/products/" + std::to_string(id), {{"quantity", 3}}, shop.staff()).status == 200);
    REQUIRE(shop.put("/products/" + std::to_string(id), {{"status", "archived"}}, shop.staff()).status == 200);
    const auto before = shop.events();
    const auto again = import(shop, kFile);
    CHECK(again.status == 200);
    check_counts(again, 0, 0, 5);
    CHECK(again.body["id"].is_null());
    CHECK(again.body["same_file_as"] == first.body["id"]);
    CHECK(again.body["rows"][3]["reason"] == "it would change nothing");
    CHECK(again.body["rows"][3]["faulty"] == false);
    CHECK(product(shop, "CAP")["on_hand"] == 3);
    CHECK(product(shop, "CAP")["status"] == "archived");
    CHECK(shop.events() == before);
    CHECK(shop.get("/admin/inventory/imports", shop.viewer()).body["data"].size() == 1);
    shop.check_invariants();
}

TEST_CASE("a file that says something else changes just that") {
    Shop shop;
    import(shop, kFile);
    const auto cap = product(shop, "CAP");
    REQUIRE(shop.put(path_of(cap), {{"adjust", -1}, {"reason", "damaged"}}, shop.staff()).status == 200);
    const auto report = import(shop, replaced(replaced(kFile, "19.99", "21.50"), "CAP,90,5", "CAP,95,12"));
    REQUIRE(report.status == 201);
    check_counts(report, 0, 1, 4);
    const auto& changes = report.body["rows"][3]["changes"];
    CHECK(changes["price"] == Json{{"from", 1999}, {"to", 2150}});
    CHECK(changes["weight_g"] == Json{{"from", 90}, {"to", 95}});
    CHECK(changes["on_hand"] == Json{{"from", 4}, {"to", 12}});
    CHECK(changes.size() == 3);
    CHECK(product(shop, "CAP")["on_hand"] == 12);
    const auto movements = shop.get(path_of(cap) + "/movements", shop.viewer()).body["data"];
    CHECK(movements[0]["reason"] == "corrected");
    CHECK(movements[0]["delta"] == 8);
    CHECK(movements[0]["import_id"] == report.body["id"]);
    shop.check_invariants();
}

TEST_CASE("a row that would take stock from open orders is skipped, and the others are not") {
    Shop shop;
    import(shop, kFile);
    REQUIRE(shop.order({{product(shop, "CAP")["id"].get<std::int64_t>(), 3}}).status == 201);
    const auto report =
        import(shop, replaced(replaced(kFile, "CAP,90,5,19.99", "CAP,90,2,25"), "S,,200,1", "S,,200,9"));
    check_counts(report, 0, 1, 4);
    CHECK(report.body["rows"][3]["reason"] == "its stock 2 is below the 3 that open orders hold");
    CHECK(report.body["rows"][3]["faulty"] == true);
    CHECK(product(shop, "CAP")["price"] == 1999);
    CHECK(product(shop, "shirt-s")["on_hand"] == 9);
    shop.check_invariants();
}

TEST_CASE("a dry run tells what an import would do, and does nothing") {
    Shop shop;
    const auto before = shop.events();
    const auto preview = import(shop, kFile, "?dry_run=true");
    REQUIRE(preview.status == 200);
    check_counts(preview, 3, 0, 2);
    CHECK(preview.body["id"].is_null());
    CHECK(products(shop) == 0);
    CHECK(shop.events() == before);
    auto applied = import(shop, kFile).body;
    CHECK(applied["rows"] == preview.body["rows"]);
}

TEST_CASE("a slice of an import that fails leaves no row of it") {
    Shop shop;
    shop.product({.sku = "CAP", .price = 1500, .on_hand = 8});
    const auto before = shop.events();
    const auto sheet = catalog::read_sheet(kFile, "EUR");
    catalog::ImportRun run(sheet, Actor::command_line(), shop.clock().now());
    CHECK_THROWS(shop.store().writer().run([&](storage::Transaction& tx) {
        run.next(tx);
        throw std::runtime_error("the power went");
    }));
    CHECK(products(shop) == 1);
    CHECK(product(shop, "CAP")["price"] == 1500);
    CHECK(shop.events() == before);
    CHECK(shop.get("/admin/inventory/imports", shop.viewer()).body["data"].empty());
    shop.check_invariants();
    check_counts(import(shop, kFile), 2, 1, 2);
}

TEST_CASE("an import is undone whole: what it added goes, what it changed is as before") {
    Shop shop;
    shop.product({.sku = "CAP", .name = "Old cap", .price = 1500, .on_hand = 8, .threshold = 2});
    const auto before = product(shop, "CAP");
    const auto report = import(shop, kFile);
    check_counts(report, 2, 1, 2);
    CHECK(product(shop, "CAP")["on_hand"] == 5);

    const auto undone = undo(shop, report.body["id"]);
    REQUIRE(undone.status == 200);
    CHECK(undone.body["undone_at"].is_string());
    CHECK(products(shop) == 1);
    const auto after = product(shop, "CAP");
    for (const auto* name : {"name", "description", "price", "on_hand", "weight_g", "status", "low_stock_threshold"}) {
        INFO(name);
        CHECK(after[name] == before[name]);
    }
    CHECK(undo(shop, report.body["id"]).code() == "already_undone");
    CHECK(undo(shop, 99).status == 404);
    shop.check_invariants();

    check_counts(import(shop, kFile), 2, 1, 2);  // and it can be had again
    shop.check_invariants();
}

TEST_CASE("an import is not undone once anything of it was ordered, changed or removed") {
    Shop shop;
    const auto report = import(shop, kFile);
    const auto shirt = product(shop, "shirt-s");
    const auto how = GENERATE(0, 1, 2, 3);
    std::string reason;
    if (how == 0) {
        const auto order = shop.order({{shirt["id"].get<std::int64_t>(), 1}});
        REQUIRE(order.status == 201);
        REQUIRE(shop.post("/orders/" + order.body["id"].dump() + "/cancel", Json::object(), shop.staff()).status ==
                200);
        reason = "it was ordered since";
    } else if (how == 1) {
        REQUIRE(shop.put(path_of(shirt), {{"price", 1}}, shop.staff()).status == 200);
        reason = "it was changed since";
    } else if (how == 2) {
        REQUIRE(shop.put(path_of(shirt), {{"quantity", 7}}, shop.staff()).status == 200);
        reason = "it was changed since";
    } else {
        REQUIRE(shop.remove(path_of(shirt), shop.staff()).status == 204);
        reason = "it was removed since";
    }
    const auto before = products(shop);
    const auto refused = undo(shop, report.body["id"]);
    CHECK(refused.status == 409);
    CHECK(refused.code() == "import_in_use");
    REQUIRE(refused.body["products"].size() == 1);
    CHECK(refused.body["products"][0]["sku"] == "shirt-s");
    CHECK(refused.body["products"][0]["reason"] == reason);
    CHECK(products(shop) == before);
    shop.check_invariants();
}

TEST_CASE("imports are undone one after the other, the last first") {
    Shop shop;
    const auto first = import(shop, kFile).body["id"];
    const auto second = import(shop, replaced(kFile, "19.99", "25")).body["id"];
    CHECK(undo(shop, first).code() == "import_in_use");
    CHECK(undo(shop, second).status == 200);
    CHECK(product(shop, "CAP")["price"] == 1999);
    CHECK(undo(shop, first).status == 200);
    CHECK(products(shop) == 0);
    const auto list = shop.get("/admin/inventory/imports", shop.viewer()).body["data"];
    REQUIRE(list.size() == 2);
    CHECK(list[0]["id"] == second);
    CHECK(list[1]["added"] == 3);
    shop.check_invariants();
}

TEST_CASE("what is not a product CSV is refused over HTTP, and importing is for staff") {
    Shop shop;
    const auto refused = import(shop, "name,amount\nx,1\n");
    CHECK(refused.status == 422);
    CHECK(refused.code() == "not_a_product_file");
    CHECK(shop.send("POST", "/admin/inventory/import", kFile, "application/json", shop.staff()).status == 415);
    CHECK(shop.send("POST", "/admin/inventory/import", kFile, "text/csv").status == 401);
    CHECK(shop.send("POST", "/admin/inventory/import", kFile, "text/csv", shop.viewer()).status == 403);
    CHECK(shop.post("/admin/inventory/imports/1/undo", nullptr, shop.viewer()).status == 403);
    CHECK(products(shop) == 0);
}

TEST_CASE("an export goes back in without a change, whatever the texts in it") {
    Shop shop;
    const std::vector<std::pair<std::string, std::string>> texts{
        {"=SUM(A1)", "=1+1"},        {"+49", "-5 degrees"},        {"@home", "two\nlines\n\n\nand more"},
        {"'quoted'", "two  spaces"}, {"with,comma", "\"quotes\""}, {"ümläut 日本", "<b>not bold</b> & more"},
        {"A B", "- a\n- list"},      {"A-B", "tab\there"},         {"a_b", "&amp;"},
    };
    for (const auto& [sku, description] : texts) {
        const auto added = shop.post("/products",
                                     {{"sku", sku},
                                      {"name", sku + " name"},
                                      {"description", description},
                                      {"price", 1999},
                                      {"quantity", 3},
                                      {"weight_g", 12},
                                      {"low_stock_threshold", 1}},
                                     shop.staff());
        INFO(added.text);
        REQUIRE(added.status == 201);
    }
    shop.put("/products/1", {{"status", "archived"}}, shop.staff());
    shop.put("/products/2", {{"low_stock_threshold", nullptr}}, shop.staff());
    const auto exported = shop.get("/admin/inventory/export", shop.viewer());
    REQUIRE(exported.status == 200);
    CHECK(exported.header("Content-Type").starts_with("text/csv"));
    CHECK(exported.header("Content-Disposition").find("products.csv") != std::string::npos);
    CHECK(exported.text.find("\n=") == std::string::npos);
    CHECK(exported.text.find(",=") == std::string::npos);

    const auto again = import(shop, exported.text, "?dry_run=true");
    check_counts(again, 0, 0, static_cast<int>(texts.size()));
    for (const auto& row : again.body["rows"]) {
        INFO(row.dump());
        CHECK(row["reason"] == "it would change nothing");
    }

    Shop other;
    check_counts(import(other, exported.text), static_cast<int>(texts.size()), 0, 0);
    CHECK(other.get("/admin/inventory/export", other.viewer()).text == exported.text);
    other.check_invariants();
}

TEST_CASE("an export with semicolons and decimal commas goes back in without a change, with its mark and without") {
    const auto example = GENERATE(table<std::string, std::int64_t, std::string>({{"EUR", 1999, "19,99"},
                                                                                 {"EUR", 5, "0,05"},
                                                                                 {"EUR", 123'456'789, "1234567,89"},
                                                                                 {"JPY", 1999, "1999"},
                                                                                 {"KWD", 1230, "1,2300"},
                                                                                 {"KWD", 50, "0,0500"},
                                                                                 {"KWD", 12'345'670, "12345,6700"}}));
    const auto& currency = std::get<0>(example);
    const auto price = std::get<1>(example);
    const auto& shown = std::get<2>(example);
    CAPTURE(currency, price);
    Shop shop([&](app::Config& config) { config.currency = currency; });
    for (const auto* sku : {"A;B", "A,B", "ümläut"}) {
        REQUIRE(shop.post("/products",
                          {{"sku", sku}, {"name", "one; two, \"three\""}, {"price", price}, {"weight_g", 1234}},
                          shop.staff())
                    .status == 201);
    }
    const auto plain = shop.get("/admin/inventory/export", shop.viewer()).text;
    const auto bom = GENERATE(false, true);
    const auto exported =
        shop.get(std::string("/admin/inventory/export?separator=%3B") + (bom ? "&bom=true" : ""), shop.viewer());
    REQUIRE(exported.status == 200);
    CHECK(exported.text.starts_with(bom ? "\xef\xbb\xbfHandle;Title;" : "Handle;Title;"));
    CHECK(exported.text.find(';' + shown + ';') != std::string::npos);
    CHECK(exported.text.find("\"A;B\"") != std::string::npos);
    CHECK(exported.text.find(";A,B;") != std::string::npos);
    check_counts(import(shop, exported.text, "?dry_run=true"), 0, 0, 3);
    Shop other([&](app::Config& config) { config.currency = currency; });
    check_counts(import(other, exported.text), 3, 0, 0);
    CHECK(other.get("/admin/inventory/export", other.viewer()).text == plain);
    CHECK(shop.get("/admin/inventory/export?separator=%7C", shop.viewer()).status == 422);
}

TEST_CASE("a mark alone changes nothing else of an export, and is read back") {
    Shop shop;
    shop.product({});
    const auto plain = shop.get("/admin/inventory/export", shop.viewer()).text;
    const auto marked = shop.get("/admin/inventory/export?bom=true", shop.viewer()).text;
    CHECK(marked == "\xef\xbb\xbf" + plain);
    check_counts(import(shop, marked, "?dry_run=true"), 0, 0, 1);
}

TEST_CASE("the command line imports, shows first where asked, undoes and exports") {
    Shop shop;
    tests::TemporaryFolder folder;
    const auto file = folder.path() / "products.csv";
    std::ofstream(file, std::ios::binary) << kFile;
    std::ostringstream out;
    std::ostringstream errors;
    const auto run = [&](const catalog::ImportOptions& options) {
        out.str("");
        errors.str("");
        return catalog::import_command(shop.store(), shop.clock(), options, out, errors);
    };

    REQUIRE(run({.file = file, .dry_run = true}) == 0);
    CHECK(out.str().find("line 2: added shirt-s (Shirt – S)") != std::string::npos);
    CHECK(out.str().find("line 4: skipped: it is only an image") != std::string::npos);
    CHECK(out.str().find("Nothing was changed. It would be: 3 added, 0 updated, 2 skipped, 1 of them faulty.") !=
          std::string::npos);
    CHECK(errors.str().empty());
    CHECK(products(shop) == 0);

    REQUIRE(run({.file = file, .bar = true}) == 0);
    CHECK(out.str().find("3 added, 0 updated, 2 skipped, 1 of them faulty.") != std::string::npos);
    CHECK(out.str().find("orderd import --undo 1") != std::string::npos);
    CHECK(errors.str().find("100%") != std::string::npos);
    CHECK(products(shop) == 3);

    std::ofstream(file, std::ios::binary | std::ios::trunc) << replaced(kFile, "19.99", "21.50");
    REQUIRE(run({.file = file}) == 0);
    CHECK(out.str().find("updated CAP: price 19.99 → 21.50 EUR") != std::string::npos);

    const auto target = folder.path() / "exported.csv";
    std::ostringstream csv;
    CHECK(catalog::export_products_command(shop.store(), {.file = target}, out, errors) == 0);
    CHECK(catalog::export_products_command(shop.store(), {}, csv, errors) == 0);
    std::ostringstream written;
    written << std::ifstream(target, std::ios::binary).rdbuf();
    CHECK(written.str() == csv.str());
    CHECK(csv.str().find("21.50") != std::string::npos);
    CHECK(catalog::export_products_command(shop.store(), {.file = folder.path() / "no" / "x.csv"}, out, errors) == 1);

    CHECK(run({.undo = ImportId{1}}) == 1);
    CHECK(errors.str().find("CAP: it was changed since") != std::string::npos);
    CHECK(run({.undo = ImportId{2}}) == 0);
    CHECK(run({.undo = ImportId{1}}) == 0);
    CHECK(products(shop) == 0);
    CHECK(run({.file = folder.path() / "none.csv"}) == 1);
    CHECK(errors.str().find("none.csv cannot be read") != std::string::npos);
    shop.check_invariants();
}

namespace {

const std::string kColumnsOfFew = "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price\n";

std::string rows_of(std::size_t count, const std::string& price) {
    std::string file = kColumnsOfFew;
    for (std::size_t i = 0; i < count; ++i) {
        file += "h" + std::to_string(i) + ",T,S" + std::to_string(i) + ",1," + price + "\n";
    }
    return file;
}

}  // namespace

TEST_CASE("X8: a file has so many rows and so many faults, and nothing is imported beyond", "[large]") {
    Shop shop;
    const auto refused = [&](const std::string& file, const std::string& code) {
        const auto reply = import(shop, file);
        INFO(reply.text.substr(0, 1000));
        CHECK(reply.status == 422);
        CHECK(reply.code() == code);
        CHECK(products(shop) == 0);
    };
    refused(std::string(31 << 20, ','), "not_a_product_file");
    refused(kColumnsOfFew + std::string(budget::kCsvColumns, ',') +
                rows_of(budget::kCsvFaults + 1, "a lot").substr(kColumnsOfFew.size()),
            "too_many_faults");
    refused(rows_of(700'000, "a lot"), "too_many_faults");
    refused(rows_of(budget::kCsvRows + 1, "1"), "file_too_large");
    std::string variants =
        "Handle,Title,Body (HTML),Variant SKU,Variant Price\nh,T," + std::string(10'000, 'x') + ",S0,1\n";
    for (int i = 1; i < 15'000; ++i) {
        variants += "h,,,S" + std::to_string(i) + ",1\n";
    }
    refused(variants, "file_too_large");

    const auto all_faulty = import(shop, rows_of(budget::kCsvFaults, "a lot"));
    CHECK(all_faulty.status == 200);
    CHECK(all_faulty.body["faulty"] == budget::kCsvFaults);
    CHECK(all_faulty.body["rows"].size() == budget::kCsvFaults);
    CHECK(all_faulty.body["rows_left_out"] == 0);
}

TEST_CASE("X8: a report shows the first rows, and counts all") {
    Shop shop;
    const auto many = budget::kCsvRowsShown + 10;
    const auto report = import(shop, rows_of(many, "1") + "bad,Bad,B,1,a lot\n", "?dry_run=true");
    CHECK(report.status == 200);
    check_counts(report, static_cast<int>(many), 0, 1);
    CHECK(report.body["rows"].size() == budget::kCsvRowsShown + 1);
    CHECK(report.body["rows"].back()["sku"] == "B");
    CHECK(report.body["rows_left_out"] == 10);
}

TEST_CASE("X8: a report shows the first rows with notes, and the first of the others") {
    Shop shop;
    std::string file = "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price,Status\n";
    const auto add = [&](std::size_t count, const std::string& prefix, const std::string& status) {
        for (std::size_t i = 0; i < count; ++i) {
            file += prefix + std::to_string(i) + ",T," + prefix + std::to_string(i) + ",1,1," + status + "\n";
        }
    };
    add(budget::kCsvRowsShown + 10, "plain", "active");
    add(budget::kCsvRowsShown + 5, "noted", "unlisted");
    const auto report = import(shop, file, "?dry_run=true").body;
    CHECK(report["noted"] == budget::kCsvRowsShown + 5);
    CHECK(report["rows"].size() == 2 * budget::kCsvRowsShown);
    CHECK(report["rows_left_out"] == 15);
    CHECK(report["added"] == 2 * budget::kCsvRowsShown + 15);
}

TEST_CASE("X8: one file is imported at a time, from before it is sent", "[concurrency]") {
    Shop shop;
    const auto head =
        "POST /admin/inventory/import HTTP/1.1\r\nHost: shop\r\nContent-Type: text/csv\r\nAuthorization: Bearer " +
        shop.staff() + "\r\nContent-Length: " + std::to_string(kFile.size() + 100'000) + "\r\n\r\n";
    {
        tests::SlowClients slow(shop.port());
        const auto status = slow.begin_until(409, head + kFile, [&] {
            const auto reply = import(shop, kFile, "?dry_run=true");
            CHECK((reply.status == 409 ? reply.code() == "import_under_way" : reply.status == 200));
            return reply.status;
        });
        CHECK(status == 409);
    }
    int status = 409;
    for (const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
         status == 409 && std::chrono::steady_clock::now() < until;) {
        status = import(shop, kFile).status;
    }
    CHECK(status == 201);
}

TEST_CASE("X8: an import ends when its client has gone, at the end of a slice", "[concurrency]") {
    Shop shop;
    const auto file = rows_of(100'000, "1");
    {
        tests::Wire wire(shop.port());
        wire.send(
            "POST /admin/inventory/import HTTP/1.1\r\nHost: shop\r\nContent-Type: text/csv\r\nAuthorization: Bearer " +
            shop.staff() + "\r\nContent-Length: " + std::to_string(file.size()) + "\r\n\r\n");
        wire.send(file);
    }
    int status = 409;
    for (const auto until = std::chrono::steady_clock::now() + std::chrono::minutes(4);
         status == 409 && std::chrono::steady_clock::now() < until;) {
        status = import(shop, kFile, "?dry_run=true").status;
    }
    CHECK(status == 200);
    CHECK(products(shop) % static_cast<int>(budget::kImportSlice) == 0);
    const auto listed = shop.get("/admin/inventory/imports", shop.viewer());
    for (const auto& each : listed.body["data"]) {
        CHECK(each["complete"] == false);
    }
}

TEST_CASE("S5: a file of which no row can be imported is a failure of the command") {
    Shop shop;
    const tests::TemporaryFolder folder;
    const auto run = [&](const std::string& text, bool dry_run = false) {
        const auto path = folder.path() / "file.csv";
        std::ofstream(path) << text;
        std::ostringstream out;
        std::ostringstream errors;
        return catalog::import_command(shop.store(), shop.clock(), {.file = path, .dry_run = dry_run}, out, errors);
    };
    const auto comma = rows_of(3, "\"12,50\"");
    CHECK(run(comma) == 1);
    CHECK(run(comma, true) == 1);
    CHECK(run(rows_of(3, "12.50")) == 0);
    CHECK(run(rows_of(3, "12.50")) == 0);  // there is nothing to do for it
    CHECK(run(rows_of(3, "12.50") + "bad,Bad,B,1,a lot\n") == 0);
}

namespace {

const std::string kUntracked =
    "Handle,Title,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,"
    "Status\n"
    "a,Gift card,GC1,,0,deny,12.50,active\n"
    "b,Made to order,MTO,shopify,0,continue,12.50,active\n"
    "c,Nothing said,NT,,,deny,12.50,active\n"
    "d,Hidden,HID,shopify,3,deny,12.50,unlisted\n"
    "e,Usual,USU,shopify,3,deny,12.50,active\n";

constexpr auto kNoLimit = "Shopify sells it beyond its stock without a limit: its limit here is 1000000000";

/// The notes of each row that has some, by SKU.
std::map<std::string, std::vector<std::string>> notes_in(const Json& report) {
    std::map<std::string, std::vector<std::string>> notes;
    for (const auto& row : report["rows"]) {
        if (row.contains("notes")) {
            notes[row["sku"].get<std::string>()] = row["notes"].get<std::vector<std::string>>();
        }
    }
    return notes;
}

}  // namespace

TEST_CASE("S2, S3: what a shop cannot keep of a row is said in the preview, the API and the command line") {
    Shop shop;
    const std::map<std::string, std::vector<std::string>> wanted{
        {"MTO", {kNoLimit}},
        {"HID", {"Status unlisted is not active, hidden, draft or archived: taken as archived"}},
    };
    const auto preview = import(shop, kUntracked, "?dry_run=true");
    CHECK(preview.body["noted"] == 2);
    CHECK(notes_in(preview.body) == wanted);
    CHECK(products(shop) == 0);
    std::ostringstream out;
    std::ostringstream errors;
    const tests::TemporaryFolder folder;
    const auto file = folder.path() / "untracked.csv";
    std::ofstream(file, std::ios::binary) << kUntracked;
    REQUIRE(catalog::import_command(shop.store(), shop.clock(), {.file = file, .dry_run = true}, out, errors) == 0);
    CHECK(out.str().find(std::string("line 3: added MTO (Made to order)\n  note: ") + kNoLimit) != std::string::npos);
    CHECK(out.str().find("2 of the rows have notes") != std::string::npos);

    const auto imported = import(shop, kUntracked);
    check_counts(imported, 5, 0, 0);
    CHECK(imported.body["noted"] == 2);
    CHECK(notes_in(imported.body) == wanted);
    CHECK(product(shop, "HID")["status"] == "archived");

    CHECK(product(shop, "GC1")["stock_policy"] == "uncounted");
    CHECK(product(shop, "NT")["stock_policy"] == "uncounted");
    CHECK(product(shop, "MTO")["stock_policy"] == "beyond");
    shop.check_invariants();
}

TEST_CASE("S2: a file that says nothing of stock does not add products with 0 on hand in silence") {
    Shop shop;
    const auto report = import(shop, "Handle,Title,Variant SKU,Variant Price\na,A,A1,1\n");
    check_counts(report, 1, 0, 0);
    CHECK(notes_in(report.body)["A1"] ==
          std::vector<std::string>{"the file does not say its stock: it begins with 0 on hand"});
}

TEST_CASE("S4: how a file was read is said in the API and the command line") {
    Shop shop;
    const std::string file = "Handle;Title;Variant SKU;Variant Inventory Qty;Variant Price\na;M\xfctze;L1;2;12,50\n";
    const auto report = import(shop, file);
    check_counts(report, 1, 0, 0);
    CHECK(report.body["separator"] == "semicolon");
    CHECK(report.body["encoding"] == "Windows-1252");
    CHECK(product(shop, "L1")["name"] == "Mütze");
    CHECK(product(shop, "L1")["price"] == 1250);
    const tests::TemporaryFolder folder;
    const auto path = folder.path() / "semicolon.csv";
    std::ofstream(path, std::ios::binary) << file;
    std::ostringstream out;
    std::ostringstream errors;
    CHECK(catalog::import_command(shop.store(), shop.clock(), {.file = path, .dry_run = true}, out, errors) == 0);
    CHECK(out.str().find("The file was read as Windows-1252, with a semicolon between its fields.") !=
          std::string::npos);
}

TEST_CASE("S6: a file's SKUs are those of the shop, in whatever form they are written") {
    Shop shop;
    shop.product({.sku = "É1", .name = "A", .price = 100, .on_hand = 1});
    const auto file = std::string("Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price\n");
    const auto report = import(shop, file + "a,B,e\u0301１,1,2.00\n");
    check_counts(report, 0, 1, 0);
    CHECK(product(shop, "É1")["price"] == 200);
    const auto twice = import(shop, file + "a,A,É1,1,2.00\nb,B,é\u200B1,1,2.00\n", "?dry_run=true");
    CHECK(twice.body["faulty"] == 1);
    CHECK(twice.text.find("is that of line 2 too") != std::string::npos);
}

TEST_CASE("S6: an export, imported into an empty shop, is exported as the same file") {
    constexpr unsigned kSeed = 20261129;
    std::mt19937 random(kSeed);
    const std::vector<std::string> letters{"A", "a",  "É", "é", "E\u0301", "ß", "SS",     "Ａ", "\u0410", "\u200B",
                                           "1", "-",  "_", " ", ".",       "=", "'",      "\"", ",",      ";",
                                           "ﬁ", "茶", "ﾁ", "İ", "ı",       "Ω", "\u00AD", "+",  "@",      "\t"};
    const auto word = [&](std::size_t most) {
        std::string text;
        for (auto left = 1 + random() % most; left > 0; --left) {
            text += letters[random() % letters.size()];
        }
        return text;
    };
    Shop shop;
    int added = 0;
    for (int i = 0; i < 120; ++i) {
        const auto reply = shop.post("/products",
                                     {{"sku", word(3)},
                                      {"name", "N" + word(4) + "."},
                                      {"description", word(5)},
                                      {"price", random() % 100'000},
                                      {"quantity", random() % 50}},
                                     shop.staff());
        INFO(reply.text);
        CHECK((reply.status == 201 || reply.status == 409 || reply.status == 422));
        added += reply.status == 201 ? 1 : 0;
        if (reply.status == 201 && random() % 8 == 0) {  // its id is never given again
            REQUIRE(shop.remove("/products/" + reply.body["id"].dump(), shop.staff()).status == 204);
            --added;
        }
    }
    REQUIRE(added > 30);
    const auto exported = shop.get("/admin/inventory/export", shop.viewer()).text;
    Shop other;
    const auto imported = import(other, exported);
    check_counts(imported, added, 0, 0);
    CHECK(imported.body["noted"] == 0);
    CHECK(other.get("/admin/inventory/export", other.viewer()).text == exported);
    check_counts(import(shop, exported, "?dry_run=true"), 0, 0, added);
    other.check_invariants();
}
