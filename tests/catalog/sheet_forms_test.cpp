// Product files as other programs write them: separators, character sets, decimal commas, and words of Shopify's that
// this shop does not have.

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "base/errors.h"
#include "catalog/csv_form.h"
#include "catalog/import.h"

using namespace orderd;
using catalog::ProductStatus;
using catalog::read_sheet;
using catalog::Sheet;
using catalog::SheetRow;

namespace {

constexpr std::string_view kShopifysNames =
    "Handle,Title,Body (HTML),Vendor,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory "
    "Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Image Src,Status";

/// A file of Shopify's with another character for each comma.
std::string separated_by(char separator, std::string rows) {
    auto file = std::string(kShopifysNames) + "\r\n" + std::move(rows);
    std::replace(file.begin(), file.end(), ',', separator);
    return file;
}

SheetRow only_row(const Sheet& sheet) {
    REQUIRE(sheet.rows.size() == 1);
    return sheet.rows.front();
}

std::string why_refused(const std::string& file) {
    try {
        read_sheet(file, "EUR");
    } catch (const Refusal& refusal) {
        CHECK(refusal.code() == "not_a_product_file");
        return std::string(refusal.detail());
    }
    return "";
}

/// A product at this price, in a file with semicolons.
SheetRow priced(const std::string& price, std::string_view currency = "EUR") {
    return only_row(read_sheet("Handle;Title;Variant Price\nmug;Mug;" + price + "\n", currency));
}

SheetRow stocked(const std::string& tracker, const std::string& quantity, const std::string& policy) {
    return only_row(read_sheet(std::string(kShopifysNames) + "\na,Mug,,V,true,,,S1,100," + tracker + "," + quantity +
                                   "," + policy + ",12.50,,active\n",
                               "EUR"));
}

std::vector<std::string> notes_of(const SheetRow& row) {
    std::vector<std::string> notes;
    for (const auto& note : row.notes) {
        notes.push_back(*note);
    }
    return notes;
}

using Notes = std::vector<std::string>;

}  // namespace

TEST_CASE("S4: a product file may have semicolons or tabs between its fields, or name its separator") {
    const auto separator = GENERATE(',', ';', '\t');
    const auto named = GENERATE(false, true);
    auto file = separated_by(separator, "a,Tasse,,V,true,Title,Default Title,S1,100,shopify,5,deny,12.50,,active\r\n");
    if (named) {
        file = std::string("sep=") + separator + "\r\n" + file;
    }
    const auto byte_order_mark = GENERATE(as<std::string>(), "", "\xef\xbb\xbf");
    const auto sheet = read_sheet(byte_order_mark + file, "EUR");
    INFO(file);
    CHECK(sheet.form.separator == separator);
    const auto row = only_row(sheet);
    CHECK(row.fault.empty());
    CHECK(row.line == (named ? 3 : 2));
    CHECK(row.sku == "S1");
    CHECK(row.says.name == "Tasse");
    CHECK(row.says.price == Money{1250});
    CHECK(row.stock.quantity == 5);
    CHECK(row.notes.empty());
}

TEST_CASE("S4: a separator line may name another character, in any case and in quotes") {
    const auto line = GENERATE(as<std::string>(), "sep=|", "SEP=|", "\"sep=|\"");
    const auto row = only_row(read_sheet(line + "\nHandle|Title|Variant Price\nmug|A, B; C|1.50", "EUR"));
    CHECK(row.says.name == "A, B; C");
    CHECK(row.says.price == Money{150});
    // Letters, digits and quotes separate nothing: that line is then the first of the file.
    for (const auto* other : {"sep=a\n", "sep=1\n", "sep=\"\n", "sep=\n", "sep=;;\n"}) {
        CHECK(why_refused(std::string(other) + "Handle;Title;Variant Price\n") != "");
    }
}

TEST_CASE("S4: fields with the other separators in them do not decide") {
    const auto semicolons =
        only_row(read_sheet("Handle;Title;\"Tags, many, of, them\";Variant Price\nmug;\"Mug; blue\";a,b;2\n", "EUR"));
    CHECK(semicolons.says.name == "Mug; blue");
    const auto commas =
        only_row(read_sheet("Handle,Title,Tags;more;and;more,Variant Price\nmug,Mug;blue,a;b,2\n", "EUR"));
    CHECK(commas.says.name == "Mug;blue");
}

TEST_CASE("S4: a file that is refused says which columns it lacks, and what it was read with") {
    CHECK(
        why_refused("Handle;Title;Preis\na;b;1\n") ==
        "this is not Shopify's product CSV: its first line of names, separated by semicolons, has 3 of them and lacks "
        "Variant Price");
    CHECK(
        why_refused("Title\tVariant Price\na\t1\n") ==
        "this is not Shopify's product CSV: its first line of names, separated by tabs, has 2 of them and lacks Handle");
    CHECK(why_refused("sep=|\nHandle;Title;Variant Price\na;b;1\n") ==
          "this is not Shopify's product CSV: its first line of names, separated by \"|\", has 1 of them and lacks "
          "Handle, Title, Variant Price");
    CHECK(why_refused("name,amount\nx,1\n") ==
          "this is not Shopify's product CSV: its first line of names, separated by commas, has 2 of them and lacks "
          "Handle, Title, Variant Price");
    CHECK(why_refused("sep=;\r\n") == "the file is empty");
    CHECK(why_refused(std::string("\xff\xfeH\0a\0", 6)) == "the file is in UTF-16; save it as CSV in UTF-8");
}

TEST_CASE("S4: amounts have a decimal comma where fields are not separated by commas") {
    CHECK(priced("12,50").says.price == Money{1250});
    CHECK(priced("12,5").says.price == Money{1250});
    CHECK(priced("12").says.price == Money{1200});
    CHECK(priced("12.50").says.price == Money{1250});
    CHECK(priced("0,99").says.price == Money{99});
    CHECK(priced("1.234,50").says.price == Money{123450});
    CHECK(priced("1.234.567,00").says.price == Money{123456700});
    CHECK(priced("12,5000").says.price == Money{1250});
    CHECK(priced("0,125", "KWD").says.price == Money{125});
    CHECK(priced("500,00", "JPY").says.price == Money{500});
    const auto grams = [](const std::string& text) {
        return only_row(read_sheet("Handle;Title;Variant Price;Variant Grams\nmug;Mug;1;" + text + "\n", "EUR"));
    };
    CHECK(grams("180,4").says.weight_g == 180);
    CHECK(grams("1.234,5").says.weight_g == 1235);
    // With commas between the fields it stays as it was: Shopify writes a point.
    CHECK_FALSE(only_row(read_sheet("Handle,Title,Variant Price\nmug,Mug,\"12,50\"\n", "EUR")).fault.empty());
    CHECK_FALSE(only_row(read_sheet("sep=|\nHandle|Title|Variant Price\nmug|Mug|12,50\n", "EUR")).fault.empty());
}

TEST_CASE("S4: an amount with two meanings is refused with both of them") {
    CHECK(priced("1.234").fault == "its price 1.234 can mean 1.2340 or 1234: write one of these");
    CHECK(priced("1,234").fault == "its price 1,234 can mean 1.2340 or 1234: write one of these");
    CHECK(priced("12,500", "KWD").fault == "its price 12,500 can mean 12.5000 or 12500: write one of these");
    CHECK(priced("1.2340", "KWD").says.price == Money{1234});
    const auto grams = read_sheet("Handle;Title;Variant Price;Variant Grams\nmug;Mug;1;1.234\n", "EUR");
    CHECK(only_row(grams).fault == "its weight 1.234 can mean 1.2340 or 1234: write one of these");
    for (const auto* bad :
         {"1,234.50", "1,2,3", ",50", "12,", "1.23,45", "1.2345,00", "-1,50", "1e3", "M€,12", ".", ","}) {
        INFO(bad);
        const auto row = priced(bad);
        CHECK(row.faulty);
        CHECK(row.fault.find("is not an amount like 12.50") != std::string::npos);
    }
}

TEST_CASE("S4: a file in Windows-1252 is read as that") {
    const auto file =
        "Handle,Title,Variant Price\na,M\xfctze \x80 \x93gut\x94,1\nb,Gr\xf6\xdf"
        "e,1\n";
    const auto sheet = read_sheet(file, "EUR");
    CHECK(sheet.form.encoding == csv::Encoding::windows_1252);
    REQUIRE(sheet.rows.size() == 2);
    CHECK(sheet.rows[0].says.name == "Mütze € “gut”");
    CHECK(sheet.rows[1].says.name == "Größe");
    // Five bytes are no character there.
    const auto row = only_row(read_sheet("Handle,Title,Variant Price\na,M\x81,1\n", "EUR"));
    CHECK(row.fault == "it has a byte in it that is no character, neither in UTF-8 nor in Windows-1252");
    CHECK(why_refused("Handle,Title,Pr\x81is\n").find("the first line: it has a byte in it") == 0);
}

TEST_CASE("S4: a file in UTF-8 with a damaged row stays one in UTF-8") {
    const auto sheet = read_sheet("Handle,Title,Variant Price\na,Mütze,1\nb,M\xfctze,1\n", "EUR");
    CHECK(sheet.form.encoding == csv::Encoding::utf8);
    REQUIRE(sheet.rows.size() == 2);
    CHECK(sheet.rows[0].says.name == "Mütze");
    CHECK(sheet.rows[1].fault == "it is not well-formed UTF-8");
    const auto marked = read_sheet("\xef\xbb\xbfHandle,Title,Variant Price\na,M\xfctze,1\n", "EUR");
    CHECK(only_row(marked).fault == "it is not well-formed UTF-8");
}

TEST_CASE("S4: each byte of Windows-1252 is its character") {
    CHECK(csv::from_windows_1252("\x80\x82\x9e\x9f\xa0\xff") == "€‚žŸ\u00A0ÿ");
    CHECK(csv::from_windows_1252(std::string_view("a\0b", 3)) == std::string("a\0b", 3));
    int missing = 0;
    for (int byte = 0; byte < 256; ++byte) {
        const auto text = csv::from_windows_1252(std::string(1, static_cast<char>(byte)));
        missing += text ? 0 : 1;
    }
    CHECK(missing == 5);
}

TEST_CASE("S2: stock that Shopify does not count is no stock of 0") {
    for (const auto* quantity : {"", "0", "-3"}) {
        const auto row = stocked("", quantity, "deny");
        CHECK(row.fault.empty());
        CHECK(row.stock.quantity == std::nullopt);
        CHECK(row.stock.policy == catalog::StockPolicy::uncounted);
    }
    const auto some = stocked("", "7", "deny");
    CHECK(some.stock.quantity == std::nullopt);
    CHECK(notes_of(some) == Notes{"Shopify does not count its stock: its 7 are not taken"});
    // A file without the column, or with another program's name in it, has counted stock.
    CHECK(stocked("shopify", "0", "deny").stock.quantity == 0);
    CHECK(stocked("shipwire", "4", "deny").stock.quantity == 4);
    CHECK(notes_of(stocked("shopify", "0", "deny")).empty());
}

TEST_CASE("S2: what Shopify sells beyond its stock is sold so here") {
    const auto row = stocked("shopify", "0", "continue");
    CHECK(row.stock.quantity == 0);
    CHECK(row.stock.policy == catalog::StockPolicy::beyond);
    CHECK(notes_of(row).empty());  // its limit is said by who knows the product: see Planner
    CHECK(stocked("shopify", "0", "Continue").stock.policy == catalog::StockPolicy::beyond);
    CHECK(stocked("shopify", "0", "").stock.policy == catalog::StockPolicy::counted);
    CHECK(notes_of(stocked("shopify", "5", "later")) ==
          Notes{"Variant Inventory Policy later is not deny or continue: taken as deny"});
    CHECK(notes_of(stocked("shopify", "-3", "continue")) == Notes{"its stock of -3 is taken as 0 on hand"});
}

TEST_CASE("S3: a product with a status that this shop does not know is archived, and that is said") {
    const auto status = GENERATE(as<std::string>(), "unlisted", "Unlisted", "SUSPENDED", "未公開");
    const auto row =
        only_row(read_sheet("Handle,Title,Variant Price,Published,Status\ng,Gift,12.50,true," + status + "\n", "EUR"));
    CHECK(row.fault.empty());
    CHECK(row.says.status == catalog::ProductStatus::archived);
    CHECK(notes_of(row) == Notes{"Status " + status + " is not active, hidden, draft or archived: taken as archived"});
    for (const auto* known : {"active", "draft", "Archived", ""}) {
        CHECK(notes_of(only_row(read_sheet(
                           std::string("Handle,Title,Variant Price,Status\ng,Gift,12.50,") + known + "\n", "EUR")))
                  .empty());
    }
    const auto published = only_row(read_sheet("Handle,Title,Variant Price,Published\ng,Gift,12.50,maybe\n", "EUR"));
    CHECK(published.says.status == catalog::ProductStatus::archived);
    CHECK(notes_of(published) == Notes{"Published maybe is not true or false: taken as archived"});
}
