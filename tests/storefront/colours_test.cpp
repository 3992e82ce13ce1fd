#include "storefront/colours.h"

#include <catch2/catch_test_macros.hpp>

using namespace orderd::storefront;

TEST_CASE("the contrast of colours is that of WCAG") {
    CHECK(contrast({0, 0, 0}, {255, 255, 255}) > 20.99);
    CHECK(contrast({255, 255, 255}, {0, 0, 0}) < 21.01);
    CHECK(contrast({18, 52, 86}, {18, 52, 86}) == 1.0);
    // #767676 is the lightest grey that WCAG lets stand on white.
    CHECK(contrast({0x76, 0x76, 0x76}, {255, 255, 255}) > 4.5);
    CHECK(contrast({0x77, 0x77, 0x77}, {255, 255, 255}) < 4.5);
}

TEST_CASE("every colour is made readable on light and on dark, and one that is stays as it is") {
    for (const Colour ground : {Colour{255, 255, 255}, Colour{20, 20, 19}}) {
        for (int red = 0; red < 256; red += 51) {
            for (int green = 0; green < 256; green += 51) {
                for (int blue = 0; blue < 256; blue += 51) {
                    const Colour wanted{static_cast<std::uint8_t>(red), static_cast<std::uint8_t>(green),
                                        static_cast<std::uint8_t>(blue)};
                    CHECK(contrast(readable_on(wanted, ground), ground) >= 4.5);
                    CHECK(contrast(text_on(wanted), wanted) >= 4.5);
                }
            }
        }
    }
    CHECK(readable_on({0x1f, 0x4e, 0x46}, {255, 255, 255}) == Colour{0x1f, 0x4e, 0x46});
}

TEST_CASE("a colour is # and six digits") {
    CHECK(parse_colour("#1f4E46") == Colour{0x1f, 0x4e, 0x46});
    CHECK(to_text(Colour{0x1f, 0x4e, 0x06}) == "#1f4e06");
    for (const auto* wrong : {"", "#fff", "1f4e466", "#1f4e4g", "#1f4e46 ", "red", "#1f4e4\xc3"}) {
        CHECK_FALSE(parse_colour(wrong));
    }
}
