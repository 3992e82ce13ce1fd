#include "base/money.h"

#include <limits>

#include <catch2/catch_test_macros.hpp>

using namespace orderd;

TEST_CASE("tax on a net amount rounds half a minor unit away from zero") {
    CHECK(tax_on({1000}, {190'000}) == Money{190});
    CHECK(tax_on({50}, {190'000}) == Money{10});    // 9.5
    CHECK(tax_on({49}, {190'000}) == Money{9});     // 9.31
    CHECK(tax_on({-50}, {190'000}) == Money{-10});  // -9.5
    CHECK(tax_on({1999}, {88'750}) == Money{177});  // 177.41125
    CHECK(tax_on({0}, {190'000}) == Money{0});
    CHECK(tax_on({1999}, {0}) == Money{0});
}

TEST_CASE("tax within a gross amount is gross x rate / (1 + rate), rounded half away from zero") {
    CHECK(tax_within({1190}, {190'000}) == Money{190});
    CHECK(tax_within({1000}, {190'000}) == Money{160});  // 159.66
    CHECK(tax_within({3}, {200'000}) == Money{1});       // 0.5
    CHECK(tax_within({-3}, {200'000}) == Money{-1});
    CHECK(tax_within({2}, {200'000}) == Money{0});                              // 0.33
    CHECK(tax_within(kMaxTotal, {1'000'000}) == Money{4'503'599'627'370'496});  // half of it, .5 up
}

TEST_CASE("money that leaves its range throws, and never wraps around") {
    constexpr Money largest{std::numeric_limits<std::int64_t>::max()};
    CHECK_THROWS_AS(largest + Money{1}, Overflow);
    CHECK_THROWS_AS(Money{} - Money{std::numeric_limits<std::int64_t>::min()}, Overflow);
    CHECK_THROWS_AS(largest * 2, Overflow);
    CHECK_THROWS_AS(tax_on(largest, {2'000'000}), Overflow);
    CHECK(tax_on(largest, {1'000'000}) == largest);
}

TEST_CASE("a currency has the decimals that ISO 4217 gives it") {
    CHECK(currency_exponent("EUR") == 2);
    CHECK(currency_exponent("USD") == 2);
    CHECK(currency_exponent("JPY") == 0);
    CHECK(currency_exponent("ISK") == 0);
    CHECK(currency_exponent("KWD") == 3);
    CHECK(currency_exponent("CLF") == 4);
    CHECK_FALSE(currency_exponent("EURO"));
    CHECK_FALSE(currency_exponent("eur"));
    CHECK_FALSE(currency_exponent("ZZZ"));
    CHECK_FALSE(currency_exponent("XAU"));  // gold has no minor unit: nothing can be priced in it
    CHECK_FALSE(currency_exponent(""));
}

TEST_CASE("money is written with its currency's decimals") {
    CHECK(format_money({1999}, "EUR") == "19.99 EUR");
    CHECK(format_money({500}, "JPY") == "500 JPY");
    CHECK(format_money({1234}, "BHD") == "1.234 BHD");
    CHECK(format_money({5}, "EUR") == "0.05 EUR");
    CHECK(format_money({-5}, "EUR") == "-0.05 EUR");
    CHECK(decimal_money({1999}, "EUR") == "19.99");
    CHECK(decimal_money({std::numeric_limits<std::int64_t>::min()}, "EUR") == "-92233720368547758.08");
}

TEST_CASE("a decimal is read exactly into minor units, or not at all") {
    CHECK(parse_money("19.99", "EUR") == Money{1999});
    CHECK(parse_money("19.9", "EUR") == Money{1990});
    CHECK(parse_money("19", "EUR") == Money{1900});
    CHECK(parse_money("0019.990", "EUR") == Money{1999});
    CHECK(parse_money("0", "EUR") == Money{0});
    CHECK(parse_money("500.00", "JPY") == Money{500});
    CHECK(parse_money("1.234", "BHD") == Money{1234});
    CHECK(parse_money("1000000000.00", "EUR") == kMaxPrice);
    for (const auto* wrong : {"", ".", "5.", ".5", "-1", "+1", "1,99", "1.999", "1.2.3", " 1", "1e3", "0x1", "NaN",
                              "1000000000.01", "99999999999999999999999999"}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_money(wrong, "EUR"));
    }
    CHECK_FALSE(parse_money("500.5", "JPY"));
}
