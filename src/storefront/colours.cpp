#include "storefront/colours.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace orderd::storefront {

namespace {

constexpr Colour kBlack{0, 0, 0};
constexpr Colour kWhite{255, 255, 255};

std::optional<std::uint8_t> hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return static_cast<std::uint8_t>(c - '0');
    }
    if (c >= 'a' && c <= 'f') {
        return static_cast<std::uint8_t>(c - 'a' + 10);
    }
    if (c >= 'A' && c <= 'F') {
        return static_cast<std::uint8_t>(c - 'A' + 10);
    }
    return std::nullopt;
}

/// WCAG 2.2, "relative luminance".
double luminance(Colour colour) {
    const auto linear = [](std::uint8_t part) {
        const auto value = part / 255.0;
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

/// `share` of the other colour, 0 to 1, in it.
Colour mixed(Colour one, Colour other, double share) {
    const auto part = [&](std::uint8_t a, std::uint8_t b) {
        return static_cast<std::uint8_t>(std::lround(a + (b - a) * share));
    };
    return {part(one.red, other.red), part(one.green, other.green), part(one.blue, other.blue)};
}

}  // namespace

std::optional<Colour> parse_colour(std::string_view text) {
    if (text.size() != 7 || text[0] != '#') {
        return std::nullopt;
    }
    std::array<std::uint8_t, 3> parts{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto high = hex_digit(text[1 + 2 * i]);
        const auto low = hex_digit(text[2 + 2 * i]);
        if (!high || !low) {
            return std::nullopt;
        }
        parts[i] = static_cast<std::uint8_t>(*high * 16 + *low);
    }
    return Colour{parts[0], parts[1], parts[2]};
}

std::string to_text(Colour colour) { return fmt::format("#{:02x}{:02x}{:02x}", colour.red, colour.green, colour.blue); }

double contrast(Colour one, Colour other) {
    const auto [dark, light] = std::minmax({luminance(one), luminance(other)});
    return (light + 0.05) / (dark + 0.05);
}

Colour readable_on(Colour wanted, Colour ground) {
    constexpr int kSteps = 50;
    const auto towards = text_on(ground);
    for (int step = 0; step < kSteps; ++step) {
        const auto colour = mixed(wanted, towards, static_cast<double>(step) / kSteps);
        if (contrast(colour, ground) >= kReadable) {
            return colour;
        }
    }
    return towards;
}

Colour text_on(Colour ground) { return contrast(kWhite, ground) >= contrast(kBlack, ground) ? kWhite : kBlack; }

}  // namespace orderd::storefront
