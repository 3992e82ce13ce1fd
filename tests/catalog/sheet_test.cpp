// Reading Shopify's product CSV, row by row.

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "base/errors.h"
#include "catalog/import.h"

using namespace orderd;
using catalog::ProductStatus;
using catalog::read_sheet;
using catalog::SheetRow;

namespace {

constexpr std::string_view kHeader =
    "Handle,Title,Body (HTML),Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,"
    "Variant Grams,Variant Inventory Qty,Variant Price,Image Src,Variant Weight Unit,Status\n";

std::vector<SheetRow> rows(const std::string& lines, std::string_view currency = "EUR") {
    return read_sheet(std::string(kHeader) + lines, currency).rows;
}

SheetRow row(const std::string& line, std::string_view currency = "EUR") {
    const auto read = rows(line + "\n", currency);
    REQUIRE(read.size() == 1);
    return read.front();
}

std::string code_of(const std::string& file) {
    try {
        read_sheet(file, "EUR");
    } catch (const Refusal& refusal) {
        return std::string(refusal.code());
    }
    return "";
}

}  // namespace

TEST_CASE("each variant is a product of its own, named and numbered after its options") {
    const auto read = rows(
        "varsity-top,Varsity Top,<p>Warm.</p><ul><li>Wool</li></ul>,true,Size,Small,Colour,Red,,180,3,60,,kg,\n"
        "varsity-top,,,,,Medium,,Red,,180,4,60.50,,kg,\n"
        "varsity-top,,,,,,,,,,,,https://example.com/a.jpg,,\n"
        "varsity-top,,,,,Large,,Red,TOP-L,180,,61,,kg,\n"
        "plain,Plain,,true,Title,Default Title,,,,0,1,5,,kg,\n");
    REQUIRE(read.size() == 5);
    CHECK(read[0].fault.empty());
    CHECK(read[0].line == 2);
    CHECK(read[0].sku == "varsity-top-small-red");
    CHECK(read[0].says.name == "Varsity Top – Small / Red");
    CHECK(*read[0].description == "Warm.\n\n- Wool");
    CHECK(read[0].says.price == Money{6000});
    CHECK(read[0].says.weight_g == 180);
    CHECK(read[0].stock.quantity == 3);
    CHECK(read[1].sku == "varsity-top-medium-red");
    CHECK(*read[1].description == *read[0].description);
    CHECK(read[1].says.price == Money{6050});
    CHECK(read[2].fault == "it is only an image");
    CHECK(read[3].sku == "TOP-L");
    CHECK(read[3].says.name == "Varsity Top – Large / Red");
    CHECK_FALSE(read[3].stock.quantity);
    CHECK(read[4].sku == "plain");
    CHECK(read[4].says.name == "Plain");
}

TEST_CASE("a derived SKU is the same in every run, and fits whatever the handle") {
    CHECK(row("Grün & Blau,T,,,Size,XL / 2,,,,,,1,,,").sku == "grün-blau-xl-2");
    CHECK(row("-- a --,T,,,,,,,,,,1,,,").sku == "a");
    const auto handle = std::string(300, 'x');
    const auto sku = row(handle + ",T,,,,,,,,,,1,,,").sku;
    CHECK(sku.size() == 100);
    CHECK(sku == row(handle + ",T,,,,,,,,,,1,,,").sku);
    CHECK(sku != row(handle + "x,T,,,,,,,,,,1,,,").sku);
    std::string umlauts;
    for (int i = 0; i < 200; ++i) {
        umlauts += "ü";
    }
    CHECK(row(umlauts + ",T,,,,,,,,,,1,,,").fault.empty());
}

TEST_CASE("prices become minor units exactly, by the currency's exponent") {
    const auto price = [](const std::string& text, std::string_view currency) {
        return row("h,T,,,,,,,,,,\"" + text + "\",,,", currency);
    };
    CHECK(price("19.99", "EUR").says.price == Money{1999});
    CHECK(price("0.1", "EUR").says.price == Money{10});
    CHECK(price("50", "EUR").says.price == Money{5000});
    CHECK(price("1.10", "EUR").says.price == Money{110});
    CHECK(price("4.35", "EUR").says.price == Money{435});  // 4.35 × 100 is 434.99… in floating point
    CHECK(price("500", "JPY").says.price == Money{500});
    CHECK(price("500.00", "JPY").says.price == Money{500});
    CHECK(price("1.234", "BHD").says.price == Money{1234});
    for (const std::string bad :
         {"12,50", "1,234.50", "free", "-1", "1.999", "1e3", "99999999999999999999", "€5", "0x10"}) {
        INFO(bad);
        CHECK_FALSE(price(bad, "EUR").fault.empty());
    }
    CHECK_FALSE(price("500.50", "JPY").fault.empty());
}

TEST_CASE("grams are grams, whatever unit the file shows them in") {
    CHECK(row("h,T,,,,,,,,350,,1,,kg,").says.weight_g == 350);
    CHECK(row("h,T,,,,,,,,453.59237,,1,,lb,").says.weight_g == 454);
    CHECK(row("h,T,,,,,,,,,,1,,kg,").says.weight_g == std::nullopt);
    CHECK_FALSE(row("h,T,,,,,,,,heavy,,1,,kg,").fault.empty());
    CHECK_FALSE(row("h,T,,,,,,,,-5,,1,,kg,").fault.empty());
    CHECK_FALSE(row("h,T,,,,,,,,1e9,,1,,g,").fault.empty());
    CHECK_FALSE(row("h,T,,,,,,,,99999999999,,1,,g,").fault.empty());
    const auto weight = [](const std::string& value, const std::string& unit) {
        return read_sheet(
                   "Handle,Title,Variant Price,Variant Weight,Variant Weight Unit\nh,T,1," + value + "," + unit + "\n",
                   "EUR")
            .rows.front();
    };
    CHECK(weight("1.5", "kg").says.weight_g == 1500);
    CHECK(weight("1.5", "").says.weight_g == 1500);
    CHECK(weight("2", "lb").says.weight_g == 907);
    CHECK(weight("10", "oz").says.weight_g == 283);
    CHECK(weight("10", "G").says.weight_g == 10);
    CHECK_FALSE(weight("1", "stone").fault.empty());
}

TEST_CASE("what is not published is not on sale") {
    const auto status_of = [](const std::string& published, const std::string& status) {
        return row("h,T,," + published + ",,,,,,,,1,,," + status).says.status;
    };
    CHECK(status_of("true", "") == ProductStatus::active);
    CHECK(status_of("TRUE", "active") == ProductStatus::active);
    CHECK(status_of("false", "") == ProductStatus::archived);
    CHECK(status_of("true", "draft") == ProductStatus::archived);
    CHECK(status_of("", "archived") == ProductStatus::archived);
    CHECK(status_of("", "") == std::nullopt);
    CHECK(status_of("yes", "") == ProductStatus::archived);  // what is not known to be for sale is not
    CHECK(status_of("", "gone") == ProductStatus::archived);
}

TEST_CASE("a bad row says what is wrong with it, and stops no other") {
    struct Case {
        std::string line;
        std::string fault;
    };
    const auto bad = GENERATE(values<Case>({
        {",T,,,,,,,,,,1,,,", "it has no Handle"},
        {"h,,,,,,,,,,,1,,,", "it has no Title, and neither has the first row of its Handle"},
        {"h,T,,,,,,,,,,,,,", "it has no Variant Price"},
        {"h,T,,,,,,,,,,,https://example.com/a.jpg,,", "it has no Variant Price"},
        {"h,T,,,Size,S,,,,,,,,,", "it has no Variant Price"},
        {"h,T,,,,,,,,,many,1,,,", "Variant Inventory Qty many is not a whole number"},
        {"h,T,,,,,,,,,1.5,1,,,", "Variant Inventory Qty 1.5 is not a whole number"},
        {"h,T,,,,,,,,,1000000001,1,,,", "Variant Inventory Qty 1000000001 is above 1000000000"},
        {"good,T,,,Title,Default Title,,,,,,1,,,", "its SKU good is that of line 2 too"},
        {"h,T,,,,,,,GOOD,,,1,,,", "its SKU GOOD is that of line 2 too"},
        {"h,T,,,,,,,,,,1,,,,,extra", "it has 17 fields, where the first line has 15"},
        {"h,ü\xff\xfe,,,,,,,,,,1,,,", "it is not well-formed UTF-8"},
        {"h,a\x01 b,,,,,,,,,,1,,,", "it has a control character in it"},
        {"h,\"T,,,,,,,,,,1,,,", "a quote is opened and never closed"},
        {"h,\"T\"T,,,,,,,,,,1,,,", "a closing quote is followed by more text"},
        {"h,\"two\nlines\",,,,,,,,,,1,,,", "its name has a line break or tab in it"},
        {"h," + std::string(201, 'x') + ",,,,,,,,,,1,,,", "its name has 201 characters; 1 to 200 are allowed"},
    }));
    const auto read = rows("good,Good,,true,,,,,,,,1,,,\n" + bad.line + "\nlast,Last,,true,,,,,,,,1,,,\n");
    REQUIRE(read.size() >= 3);
    CHECK(read.front().fault.empty());
    CHECK(read[1].fault == bad.fault);
    CHECK(read[1].line == 3);
    CHECK(read.back().fault.empty());
    CHECK(read.back().sku == "last");
}

TEST_CASE("less than nothing in stock is nothing in stock") { CHECK(row("h,T,,,,,,,,,-3,1,,,").stock.quantity == 0); }

TEST_CASE("a handle's rows need not stand together") {
    const auto read = rows("a,A,,true,Size,S,,,,,,1,,,\nb,B,,true,,,,,,,,1,,,\na,,,,,M,,,,,,1,,,\n");
    CHECK(read[2].says.name == "A – M");
}

TEST_CASE("the columns may come in any order and case, and as Shopify names them now") {
    const auto read =
        read_sheet(
            "\xef\xbb\xbfPRICE,url handle,Title,Description,SKU,Inventory quantity,Option1 value,Something else\r\n"
            "9.90,cup,Cup,<b>A</b> cup,CUP-1,7,Blue,x\r\n",
            "EUR")
            .rows;
    REQUIRE(read.size() == 1);
    CHECK(read[0].fault.empty());
    CHECK(read[0].sku == "CUP-1");
    CHECK(read[0].says.name == "Cup – Blue");
    CHECK(*read[0].description == "A cup");
    CHECK(read[0].says.price == Money{990});
    CHECK(read[0].stock.quantity == 7);
}

TEST_CASE("what is not a product CSV is refused whole") {
    CHECK(code_of("") == "not_a_product_file");
    CHECK(code_of("\xef\xbb\xbf\r\n") == "not_a_product_file");
    CHECK(code_of("name,amount\nx,1\n") == "not_a_product_file");
    CHECK(code_of("Handle,Title\nx,y\n") == "not_a_product_file");
    CHECK(code_of("\xff\xfeH\0a\0") == "not_a_product_file");
    CHECK(code_of("\xff\xff,Title,Variant Price\n") == "not_a_product_file");
    CHECK(code_of(std::string(100'000, 'x')) == "not_a_product_file");
}
