#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fulfillment/print/png.h"
#include "fulfillment/print/typeface.h"

namespace orderd::fulfillment::print {

// The contents of a page, independent of the printer. Measures are points (1/72 inch) from the upper left
// corner.

constexpr double kInch = 72;

struct Text {
    double x = 0;
    double baseline = 0;
    double size = 0;
    Line line;
};

/// A filled rectangle; a thin one is a rule.
struct Box {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
};

struct Barcode {
    double x = 0;  ///< left edge of the first bar
    double y = 0;
    double height = 0;
    double module = 0;
    std::string text;
    std::vector<int> widths;  ///< bars and spaces, in modules
};

/// A picture that was drawn elsewhere: a carrier's label. Only for PDF.
struct Picture {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
    std::shared_ptr<const Png> png;
};

struct Page {
    double width = 0;
    double height = 0;
    std::vector<Text> texts = {};
    std::vector<Box> boxes = {};
    std::vector<Barcode> barcodes = {};
    std::vector<Picture> pictures = {};

    /// Places a line. A right-to-left line ends at x + width.
    void text(double x, double baseline, double size, Line line, double in_width);
    void text(double x, double baseline, double size, Line line) { text(x, baseline, size, std::move(line), 0); }

    /// Places a Code 128 symbol, as wide as fits, in the middle of the width, including its quiet zones.
    /// Modules are whole dots of a 203 dpi printer, at least two, so that scanners can read them. @returns
    /// whether there is enough room
    bool barcode(double x, double y, double in_width, double height, std::string_view of);
};

/// Lines of one size, one below the other.
struct Block {
    double size = 0;
    std::vector<Line> lines;

    double height() const { return static_cast<double>(lines.size()) * size * Typeface::kLeading; }
    void place(Page& page, double x, double y, double width) const;
};

/// Wraps paragraphs into a width. @throws Unprintable
Block wrapped(const Typeface& typeface, const std::vector<std::string>& paragraphs, double width, double size);

/// The same at the largest size, from `largest` down to `smallest`, at which they fit the height; nullopt if none
/// does.
std::optional<Block> fitted(const Typeface& typeface, const std::vector<std::string>& paragraphs, double width,
                            double height, double largest, double smallest);

}  // namespace orderd::fulfillment::print
