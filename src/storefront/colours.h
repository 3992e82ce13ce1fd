#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace orderd::storefront {

struct Colour {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;

    bool operator==(const Colour&) const = default;
};

/// "#1f4e46". Nullopt for other text.
std::optional<Colour> parse_colour(std::string_view text);
std::string to_text(Colour colour);

/// The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
double contrast(Colour one, Colour other);

/// What text needs on its ground (WCAG 2.2, criterion 1.4.3), with a margin for rounding.
inline constexpr double kReadable = 4.6;

/// The colour nearest to `wanted`, made darker or lighter, that can be read on a ground.
Colour readable_on(Colour wanted, Colour ground);

/// Black or white, whichever can be read better on a ground.
Colour text_on(Colour ground);

}  // namespace orderd::storefront
