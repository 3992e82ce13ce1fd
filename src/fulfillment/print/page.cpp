#include "fulfillment/print/page.h"

#include <algorithm>
#include <numeric>

#include "fulfillment/print/code128.h"

namespace orderd::fulfillment::print {

namespace {

constexpr double kDot = kInch / 203;
constexpr int kWidestModule = 5;  // dots
constexpr int kNarrowestModule = 2;

std::vector<Paragraph> measured(const Typeface& typeface, const std::vector<std::string>& paragraphs) {
    std::vector<Paragraph> all;
    all.reserve(paragraphs.size());
    for (const auto& paragraph : paragraphs) {
        all.push_back(typeface.measure(paragraph));
    }
    return all;
}

std::vector<std::string> lines_of(const Typeface& typeface, const std::vector<Paragraph>& paragraphs, double width) {
    std::vector<std::string> lines;
    for (const auto& paragraph : paragraphs) {
        for (auto& line : typeface.wrap(paragraph, width)) {
            lines.push_back(std::move(line));
        }
    }
    return lines;
}

Block block_of(const Typeface& typeface, const std::vector<std::string>& lines, double size) {
    Block block{.size = size, .lines = {}};
    for (const auto& line : lines) {
        block.lines.push_back(typeface.set(line));
    }
    return block;
}

}  // namespace

void Page::text(double x, double baseline, double size, Line line, double in_width) {
    if (line.right_to_left && in_width > 0) {
        x += in_width - line.width * size;
    }
    texts.push_back({x, baseline, size, std::move(line)});
}

bool Page::barcode(double x, double y, double in_width, double height_of_bars, std::string_view of) {
    auto widths = code128(of);
    const auto bars = std::accumulate(widths.begin(), widths.end(), 0);
    for (int dots = kWidestModule; dots >= kNarrowestModule; --dots) {
        const auto module = dots * kDot;
        if ((bars + 2 * kQuietModules) * module <= in_width) {
            barcodes.push_back({.x = x + (in_width - bars * module) / 2,
                                .y = y,
                                .height = height_of_bars,
                                .module = module,
                                .text = std::string(of),
                                .widths = std::move(widths)});
            return true;
        }
    }
    return false;
}

void Block::place(Page& page, double x, double y, double width) const {
    auto baseline = y + size * Typeface::kAscent;
    for (const auto& line : lines) {
        page.text(x, baseline, size, line, width);
        baseline += size * Typeface::kLeading;
    }
}

Block wrapped(const Typeface& typeface, const std::vector<std::string>& paragraphs, double width, double size) {
    return block_of(typeface, lines_of(typeface, measured(typeface, paragraphs), width / size), size);
}

std::optional<Block> fitted(const Typeface& typeface, const std::vector<std::string>& paragraphs, double width,
                            double height, double largest, double smallest) {
    const auto all = measured(typeface, paragraphs);
    double widest = 0;
    for (const auto& paragraph : all) {
        widest = std::max(widest, paragraph.widest);
    }
    // Words are kept whole if any size allows it: a street name broken in two is hard to read.
    for (const bool may_break : {false, true}) {
        for (auto size = largest; size >= smallest; size -= 0.5) {
            if (!may_break && widest * size > width) {
                continue;
            }
            const auto lines = lines_of(typeface, all, width / size);
            if (static_cast<double>(lines.size()) * size * Typeface::kLeading <= height) {
                return block_of(typeface, lines, size);
            }
        }
    }
    return std::nullopt;
}

}  // namespace orderd::fulfillment::print
