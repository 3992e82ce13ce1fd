#pragma once

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "fulfillment/print/font.h"

namespace orderd::fulfillment::print {

/// A text has letters that no font here has, so it cannot be printed. The error's text names them, by script
/// or code point.
class Unprintable : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A line of text, laid out at size 1.
struct Line {
    struct Piece {
        std::size_t font = 0;
        std::uint32_t glyph = 0;
        double x = 0;              ///< from the line's left end
        double y = 0;              ///< above its baseline
        std::string letters = {};  ///< the text that it shows, if it is the first of its cluster
    };

    std::vector<Piece> pieces;
    double width = 0;
    bool right_to_left = false;  ///< begins at the right, like Arabic and Hebrew
};

/// A text measured at size 1, to be wrapped at any size.
struct Paragraph {
    struct Word {
        std::string text;
        double width = 0;
        std::string spaces = {};  ///< before it, unless it begins a line
        double spaces_width = 0;
    };

    std::vector<Word> words;
    double widest = 0;  ///< its widest word
};

/// The fonts for printed text: the built-in font, and the shop's fonts for letters that it does not have.
/// Lays out lines of several scripts and both directions (Unicode's bidirectional algorithm, UAX #9, without
/// explicit marks, which addresses do not have). Immutable except for loading the fonts on first use;
/// thread-safe.
class Typeface {
public:
    /// `more`: files of TrueType fonts. @throws std::runtime_error for an invalid one, naming it
    explicit Typeface(const std::vector<std::filesystem::path>& more = {});
    ~Typeface();

    /// @throws Unprintable
    Line set(std::string_view text) const;

    /// @throws Unprintable
    Paragraph measure(std::string_view text) const;

    /// The lines of a paragraph, at most `width` wide at size 1: broken between words, and inside a word only
    /// if it is wider than a line.
    std::vector<std::string> wrap(const Paragraph& paragraph, double width) const;

    const Font& font(std::size_t index) const { return *fonts_[index]; }
    std::size_t fonts() const { return fonts_.size(); }

    static constexpr double kLeading = 1.2;  ///< from one baseline to the next, at size 1
    static constexpr double kAscent = 0.93;  ///< above the baseline of a line's first letters

private:
    std::size_t font_for(std::uint32_t letter, std::size_t before) const;

    std::vector<std::unique_ptr<Font>> fonts_;
};

}  // namespace orderd::fulfillment::print
