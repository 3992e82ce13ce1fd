// What a product file may be long, just below each bound, at it, just above it and far above it.

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include <catch2/catch_test_macros.hpp>

#include "base/budgets.h"
#include "base/errors.h"
#include "catalog/commands.h"
#include "catalog/html_text.h"
#include "catalog/import.h"
#include "support/shop.h"
#include "support/temporary_folder.h"
#include "wire/desk.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

constexpr std::string_view kHead = "Handle,Title,Body (HTML),Variant SKU,Variant Inventory Qty,Variant Price\n";

/// @returns the code that the file is refused with; empty if it is read
std::string refused_with(const std::string& file) {
    try {
        catalog::read_sheet(file, "EUR");
        return "";
    } catch (const Refusal& refusal) {
        return std::string(refusal.code());
    }
}

std::string rows(std::size_t count, std::size_t faulty) {
    std::string file(kHead);
    for (std::size_t i = 0; i < count; ++i) {
        const auto number = std::to_string(i);
        file.append("h").append(number).append(",T,,S").append(number).append(",1,").append(i < faulty ? "x\n" : "1\n");
    }
    return file;
}

/// So many variants of one product, each with its text of 10,000 bytes and a name of one.
std::string variants(std::size_t count) {
    std::string file = std::string(kHead) + "h,T," + std::string(10'000, 'x') + ",S0,1,1\n";
    for (std::size_t i = 1; i < count; ++i) {
        file += "h,,,S" + std::to_string(i) + ",1,1\n";
    }
    return file;
}

/// One product, and lines with nothing in them.
std::string file_of(std::size_t bytes) {
    auto file = rows(1, 0);
    file.resize(bytes, '\n');
    return file;
}

}  // namespace

TEST_CASE("a product file has so many rows, so many faults and so much text, and not one more", "[large]") {
    CHECK(refused_with(rows(budget::kCsvRows, 0)).empty());
    CHECK(refused_with(rows(budget::kCsvRows + 1, 0)) == "file_too_large");
    const auto few_more = budget::kCsvFaults + 10;
    CHECK(refused_with(rows(few_more, budget::kCsvFaults - 1)).empty());
    CHECK(refused_with(rows(few_more, budget::kCsvFaults)).empty());
    CHECK(refused_with(rows(few_more, budget::kCsvFaults + 1)) == "too_many_faults");
    const auto fit = budget::kCsvText / 10'001;
    CHECK(refused_with(variants(fit)).empty());
    CHECK(refused_with(variants(fit + 1)) == "file_too_large");
}

TEST_CASE("a product file has 32 MiB over HTTP, and not a byte more", "[large]") {
    Shop shop;
    const auto import = [&](std::size_t bytes) {
        return shop.send("POST", "/admin/inventory/import?dry_run=true", file_of(bytes), "text/csv", shop.staff());
    };
    CHECK(import(budget::kImport - 1).body["added"] == 1);
    CHECK(import(budget::kImport).body["added"] == 1);
    for (const auto bytes : {budget::kImport + 1, 100 * budget::kImport}) {
        Wire wire(shop.port());
        wire.send(
            fmt::format("POST /admin/inventory/import HTTP/1.1\r\nHost: shop\r\nContent-Type: text/csv\r\n"
                        "Authorization: Bearer {}\r\nContent-Length: {}\r\n\r\n",
                        shop.staff(), bytes));
        const auto refused = wire.reply();  // before a byte of it is sent
        CHECK(refused.status == 413);
        CHECK(refused.code() == "body_too_large");
    }
}

TEST_CASE("a product file on the command line is not read if it is larger than it may be") {
    Shop shop;
    const TemporaryFolder folder;
    const auto file = folder.path() / "products.csv";
    std::ofstream(file) << rows(1, 0);
    for (const auto bytes : {budget::kImportOfFile + 1, std::size_t{1} << 40U}) {
        std::filesystem::resize_file(file, bytes);  // takes no room: nothing is written
        std::ostringstream out;
        std::ostringstream errors;
        CHECK(catalog::import_command(shop.store(), shop.clock(), {.file = file}, out, errors) == 1);
        CHECK(errors.str().find("is larger than 512 MiB") != std::string::npos);
    }
    std::filesystem::resize_file(file, rows(1, 0).size());
    std::ostringstream out;
    std::ostringstream errors;
    CHECK(catalog::import_command(shop.store(), shop.clock(), {.file = file}, out, errors) == 0);
}

TEST_CASE("HTML has 512 KiB and nests 500 deep, and not one more") {
    constexpr std::size_t kMost = std::size_t{512} * 1024;
    for (const auto bytes : {kMost - 1, kMost}) {
        CHECK(catalog::html_to_text(std::string(bytes, 'x')).value_or("").size() == bytes);
    }
    for (const auto bytes : {kMost + 1, 20 * kMost}) {
        CHECK_FALSE(catalog::html_to_text(std::string(bytes, 'x')));
    }
    const auto nested = [](std::size_t levels) {
        std::string html;
        for (std::size_t i = 0; i < levels; ++i) {
            html += "<div>";
        }
        return catalog::html_to_text(html + "x");
    };
    CHECK(nested(499) == "x");
    CHECK(nested(500) == "x");
    CHECK_FALSE(nested(501));
    CHECK_FALSE(nested(50'000));
}
