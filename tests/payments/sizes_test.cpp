// A card's parts, just below each bound, at it and above it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "base/errors.h"
#include "payments/card.h"

using namespace orderd;

namespace {

/// So many digits whose check digit is right.
std::string number_of(std::size_t digits) {
    std::string number(digits, '7');
    for (char last = '0'; last <= '9'; ++last) {
        number.back() = last;
        if (payments::luhn_holds(number)) {
            return number;
        }
    }
    return "";
}

bool is_taken(const std::string& number, int month, int year, const std::string& cvc) {
    payments::TypedCard typed;
    typed.number = number;
    typed.exp_month = month;
    typed.exp_year = year;
    typed.cvc = cvc;
    try {
        payments::read_card(typed, Time{1'795'000'000'000});  // in November 2026
        return true;
    } catch (const Refusal&) {
        return false;
    }
}

}  // namespace

TEST_CASE("a card's number has 12 to 19 digits, its CVC 3 or 4, and it is good for 50 years at most") {
    for (const std::size_t digits : std::vector<std::size_t>{12, 13, 16, 18, 19}) {
        CHECK(is_taken(number_of(digits), 12, 2030, "123"));
    }
    for (const std::size_t digits : std::vector<std::size_t>{1, 2, 10, 11, 20, 21, 10'000}) {
        CHECK_FALSE(is_taken(number_of(digits), 12, 2030, "123"));
    }
    const auto number = number_of(16);
    for (const auto* cvc : {"", "1", "12", "1234", "12345"}) {
        CHECK_FALSE(is_taken(number, 12, 2030, cvc));
    }
    CHECK(is_taken("378282246310005", 12, 2030, "1234"));
    CHECK_FALSE(is_taken("378282246310005", 12, 2030, "123"));
    CHECK_FALSE(is_taken(number, 10, 2026, "123"));
    CHECK(is_taken(number, 11, 2026, "123"));
    CHECK(is_taken(number, 12, 2075, "123"));
    CHECK(is_taken(number, 12, 2076, "123"));
    CHECK_FALSE(is_taken(number, 1, 2077, "123"));
    CHECK_FALSE(is_taken(number, 12, 9999, "123"));
    CHECK_FALSE(is_taken(number, 0, 2030, "123"));
    CHECK_FALSE(is_taken(number, 13, 2030, "123"));
}
