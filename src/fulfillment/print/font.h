#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace orderd::fulfillment::print {

/// A glyph in its place on a line, in units of the font's size: 1 is the height of its em square.
struct Glyph {
    std::uint32_t id = 0;
    double advance = 0;
    double x = 0;             ///< offset from where the pen stands
    double y = 0;             ///< likewise, upwards
    std::size_t cluster = 0;  ///< where its letters begin, in bytes of the text
};

struct Point {
    double x = 0;
    double y = 0;  ///< upwards, from the baseline
};

/// Closed, of straight lines; inside is what the contours of a glyph wind around.
using Contour = std::vector<Point>;

/// A TrueType font: finds and places glyphs (HarfBuzz), and cuts out of the font what a document uses. Immutable,
/// thread-safe.
class Font {
public:
    /// @throws std::runtime_error for what is not a TrueType font with outlines in it (glyf)
    explicit Font(std::string file);
    ~Font();
    Font(const Font&) = delete;
    Font& operator=(const Font&) = delete;

    bool has(std::uint32_t letter) const;

    /// The glyphs of a part of a text, all of one script and direction, from left to right as they are seen. Letters
    /// outside the part give it its shape, as Arabic needs it.
    std::vector<Glyph> shape(std::string_view text, std::size_t begin, std::size_t length, bool right_to_left) const;

    std::vector<Contour> outline(std::uint32_t glyph) const;
    double advance(std::uint32_t glyph) const;

    /// The font with these glyphs alone (and those that they are made of), under the ids that they had.
    std::string subset(const std::set<std::uint32_t>& glyphs) const;

    // Of the font's size.
    double ascent() const { return ascent_; }
    double descent() const { return descent_; }  ///< below the baseline: negative
    double units() const { return units_; }      ///< of its em square

private:
    struct Handles;

    std::string_view table(const char* tag) const;

    const std::string file_;
    std::unique_ptr<Handles> handles_;
    double units_ = 1000;
    double ascent_ = 1;
    double descent_ = 0;
};

}  // namespace orderd::fulfillment::print
