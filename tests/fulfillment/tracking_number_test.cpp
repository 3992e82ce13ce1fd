#include "fulfillment/tracking_number.h"

#include <catch2/catch_test_macros.hpp>

using namespace orderd::fulfillment;

namespace {

std::string carrier(std::string_view typed) {
    const auto by = recognise(tidy_number(typed));
    return by ? by->carrier : "";
}

}  // namespace

TEST_CASE("carriers' numbers are recognised by format and check digit") {
    CHECK(carrier("1Z5R89390357567127") == "ups");
    CHECK(carrier("1z 879e 9303 4683 4440") == "ups");
    CHECK(carrier("9400 1112 0255 5842 3326 69") == "usps");
    CHECK(carrier("9405511899223197428490") == "usps");
    CHECK(carrier("420221539400111202555842332669") == "usps");
    CHECK(carrier("70160910000108310009") == "usps");
    CHECK(carrier("9865 7878 8855") == "fedex");
    CHECK(carrier("041441760228964") == "fedex");
    CHECK(carrier("9611020987654312345672") == "fedex");
    CHECK(carrier("3318810025") == "dhl");
    CHECK(carrier("00340434292135100148") == "dhl");
    CHECK(carrier("RB123456785GB") == "post-gb");
    CHECK(carrier("RB123456785US") == "usps");
    CHECK(carrier("LZ848929975TW") == "post-tw");
}

TEST_CASE("a digit that was mistyped is not taken for a carrier's number") {
    CHECK(carrier("1Z5R89390357567128").empty());
    CHECK(carrier("9400111202555842332668").empty());
    CHECK(carrier("986578788854").empty());
    CHECK(carrier("041441760228965").empty());
    CHECK(carrier("3318810024").empty());
    CHECK(carrier("00340434292135100149").empty());
    CHECK(carrier("RB123456784GB").empty());
    CHECK(carrier("").empty());
    CHECK(carrier("HELLO").empty());
    CHECK(mistyped("1Z5R89390357567128") == "UPS");
    CHECK(mistyped("RB123456784GB") == "UPU S10");
    CHECK_FALSE(mistyped("1Z5R89390357567127"));
    CHECK_FALSE(mistyped("OWN-NUMBER"));
}

TEST_CASE("each shipment has a number of its own, with a check digit") {
    CHECK(own_number(1) == "OD00000000017");
    CHECK(own_number(2) != own_number(1));
    CHECK(own_number(9'999'999'999).size() == 13);
}
