#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace orderd::fulfillment::print {

/// A positioned glyph on a line, in units of the font's size: 1 is the height of its em square.
struct Glyph {
    std::uint32_t id = 0;
    double advance = 0;
    double x = 0;             ///< offset from the pen's position
    double y = 0;             ///< likewise, upwards
    std::size_t cluster = 0;  ///< start of its letters in the text, in bytes
};

struct Point {
    double x = 0;
    double y = 0;  ///< upwards, from the baseline
};

/// A closed outline of straight lines. A point is inside a glyph if its contours wind around it.
using Contour = std::vector<Point>;

/// A TrueType font: selects and places glyphs (HarfBuzz), and makes a subset with only what a document uses.
/// Immutable, thread-safe.
class Font {
public:
    /// @throws std::runtime_error if it is not a TrueType font with outlines (glyf)
    explicit Font(std::string file);
    ~Font();
    Font(const Font&) = delete;
    Font& operator=(const Font&) = delete;

    bool has(std::uint32_t letter) const;

    /// The glyphs of a part of a text in one script and direction, from left to right as displayed. Letters
    /// around the part affect its shapes, as Arabic needs.
    std::vector<Glyph> shape(std::string_view text, std::size_t begin, std::size_t length, bool right_to_left) const;

    std::vector<Contour> outline(std::uint32_t glyph) const;
    double advance(std::uint32_t glyph) const;

    /// The font with only these glyphs (and those that they are composed of), which keep their ids.
    std::string subset(const std::set<std::uint32_t>& glyphs) const;

    // In units of the font's size.
    double ascent() const { return ascent_; }
    double descent() const { return descent_; }  ///< below the baseline: negative
    double units() const { return units_; }      ///< units per em square

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
