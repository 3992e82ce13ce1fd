#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fulfillment/print/png.h"
#include "fulfillment/print/typeface.h"

namespace orderd::fulfillment::print {

// What stands on a page, whatever it is printed with. Measures are points (1/72 inch) from the upper left corner.

constexpr double kInch = 72;

struct Text {
    double x = 0;
    double baseline = 0;
    double size = 0;
    Line line;
};

/// A filled rectangle: a rule, where it is thin.
struct Box {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
};

struct Barcode {
    double x = 0;  ///< of the first bar
    double y = 0;
    double height = 0;
    double module = 0;
    std::string text;
    std::vector<int> widths;  ///< of bars and spaces, in modules
};

/// A picture that somebody else drew: a carrier's label. Only in a PDF.
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

    /// Places a line; of one that is written right to left, the end is at x + width.
    void text(double x, double baseline, double size, Line line, double in_width);
    void text(double x, double baseline, double size, Line line) { text(x, baseline, size, std::move(line), 0); }

    /// Places a Code 128 symbol as wide as it may be, in the middle of what it has, with its quiet zones inside.
    /// Modules are whole dots of a 203 dpi printer, two at the least: what scanners read. @returns whether there is
    /// room for it
    bool barcode(double x, double y, double in_width, double height, std::string_view of);
};

/// Lines of one size below each other.
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
