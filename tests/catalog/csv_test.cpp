#include "catalog/csv.h"

#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "base/budgets.h"

using namespace orderd;
using csv::Record;

namespace {

using Fields = std::vector<std::string>;

std::vector<Record> all(std::string_view text) {
    csv::Reader reader(text);
    std::vector<Record> records;
    Record record;
    while (reader.next(record)) {
        records.push_back(record);
    }
    return records;
}

std::vector<Fields> fields(std::string_view text) {
    std::vector<Fields> found;
    for (const auto& record : all(text)) {
        CHECK(record.fault.empty());
        found.push_back(record.fields);
    }
    return found;
}

std::string written(const std::vector<Fields>& records) {
    std::string text;
    csv::Writer writer([&](std::string_view piece) {
        text += piece;
        return true;
    });
    for (const auto& record : records) {
        for (const auto& field : record) {
            writer.text(field);
        }
        writer.end_record();
    }
    writer.finish();
    return text;
}

}  // namespace

TEST_CASE("CSV lines end in CRLF, LF or CR, and the last may not end at all") {
    const std::vector<Fields> expected{{"a", "b"}, {"c", "d"}};
    CHECK(fields("a,b\r\nc,d\r\n") == expected);
    CHECK(fields("a,b\nc,d") == expected);
    CHECK(fields("a,b\rc,d\r") == expected);
    CHECK(fields("\xef\xbb\xbf"
                 "a,b\n\n\r\nc,d\n") == expected);
    CHECK(fields("").empty());
    CHECK(fields("\xef\xbb\xbf").empty());
    CHECK(fields("\n\r\n").empty());
}

TEST_CASE("quoted CSV fields hold commas, quotes and line breaks as they are") {
    CHECK(fields("\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\"\n") ==
          std::vector<Fields>{{"a,b", "say \"hi\"", "two\r\nlines"}});
    CHECK(fields("\"\",\"\"\"\"\n") == std::vector<Fields>{{"", "\""}});
    CHECK(fields("a,\n,b\n,\n") == std::vector<Fields>{{"a", ""}, {"", "b"}, {"", ""}});
    CHECK(fields("12\" ruler,x\n") == std::vector<Fields>{{"12\" ruler", "x"}});
}

TEST_CASE("a CSV record knows the line it starts at, line breaks in fields counted") {
    const auto records = all("h\n\"a\nb\nc\"\n\nd\r\n\"e\r\nf\"\rg\n");
    REQUIRE(records.size() == 5);
    CHECK(records[0].line == 1);
    CHECK(records[1].line == 2);
    CHECK(records[2].line == 6);
    CHECK(records[3].line == 7);
    CHECK(records[4].line == 9);
}

TEST_CASE("a forgotten quote spoils its own record and no other") {
    const auto unclosed = all("a,b\nc,\"d\ne,f\ng,h\n");
    REQUIRE(unclosed.size() == 4);
    CHECK(unclosed[1].line == 2);
    CHECK(unclosed[1].fault == "a quote is opened and never closed");
    CHECK(unclosed[2].fields == Fields{"e", "f"});
    CHECK(unclosed[2].line == 3);
    CHECK(unclosed[3].fault.empty());

    const auto trailing = all("\"a\"b,c\nd,e\n");
    REQUIRE(trailing.size() == 2);
    CHECK(trailing[0].fault == "a closing quote is followed by more text");
    CHECK(trailing[1].fields == Fields{"d", "e"});
}

TEST_CASE("a CSV file of nothing but broken quotes is read in bounded time") {
    std::string text;
    for (int i = 0; i < 200'000; ++i) {
        text += "\"\"\"\n";
    }
    CHECK(all(text).size() <= 200'000);
}

TEST_CASE("what the CSV writer writes, the reader reads back") {
    const std::vector<Fields> records{
        {"plain", "", "with,comma", "with \"quotes\"", "two\nlines", "cr\rlf\r\n"},
        {"=1+1", "+49", "-5", "@home", "\tx", "'", "''=x", "'quoted'", "'=x"},
        {" spaced ", "ümläut", "日本語", "\"", "\"\"", ","},
    };
    std::vector<Fields> read;
    for (const auto& record : all(written(records))) {
        CHECK(record.fault.empty());
        Fields back;
        for (const auto& field : record.fields) {
            back.push_back(csv::unguarded(field));
        }
        read.push_back(back);
    }
    CHECK(read == records);
}

TEST_CASE("no text field of an export starts like a formula") {
    for (const std::string field : {"=cmd()", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"}) {
        CHECK(csv::guarded(field) == "'" + field);
        CHECK(csv::unguarded(csv::guarded(field)) == field);
    }
    CHECK(csv::guarded("a=1") == "a=1");
    CHECK(csv::guarded("'hello'") == "'hello'");
    CHECK(csv::guarded("'=1") == "''=1");
    CHECK(csv::guarded("").empty());
}

TEST_CASE("a CSV writer stops when its receiver has gone") {
    int pieces = 0;
    csv::Writer writer([&](std::string_view) { return ++pieces < 2; });
    const std::string field(100'000, 'x');
    CHECK(writer.raw(field).end_record());
    CHECK_FALSE(writer.raw(field).end_record());
    CHECK_FALSE(writer.raw(field).end_record());
    CHECK_FALSE(writer.finish());
    CHECK(pieces == 2);
}

TEST_CASE("X8: a record has so many fields, and a field so many bytes") {
    const auto first = [](const std::string& text) { return all(text).at(0); };
    const auto commas_of = [](std::size_t count) { return std::string(count - 1, ',') + "\n"; };
    CHECK(first(commas_of(budget::kCsvColumns)).fault.empty());
    CHECK(first(commas_of(budget::kCsvColumns)).fields.size() == budget::kCsvColumns);
    const auto wide = all(commas_of(budget::kCsvColumns + 1) + "a,b\n");
    REQUIRE(wide.size() == 2);
    CHECK(wide[0].fault == "it has more than 250 fields");
    CHECK(wide[1].fields == std::vector<std::string>{"a", "b"});
    const auto commas = all(std::string(31 << 20, ','));
    REQUIRE(commas.size() == 1);
    CHECK(commas[0].fields.size() <= budget::kCsvColumns + 1);

    for (const auto* quote : {"", "\""}) {
        const auto of = [&](std::size_t size) { return quote + std::string(size, 'x') + quote; };
        CHECK(first(of(budget::kCsvField)).fault.empty());
        CHECK(first(of(budget::kCsvField)).fields[0].size() == budget::kCsvField);
        const auto long_one = all(of(budget::kCsvField + 1) + ",b\nc,d\n");
        REQUIRE(long_one.size() == 2);
        CHECK(long_one[0].fault == "it has a field of more than 256 KiB");
        CHECK(long_one[1].fields == std::vector<std::string>{"c", "d"});
    }
    for (const auto& line : all("\"" + std::string(20 << 20, '\n'))) {
        CHECK(line.fields[0].size() <= budget::kCsvField);
    }
}
