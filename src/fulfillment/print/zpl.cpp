#include "fulfillment/print/zpl.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace orderd::fulfillment::print {

namespace {

/// Black and white dots, eight per byte, the leftmost in the highest bit.
struct Bitmap {
    int width = 0;
    int height = 0;
    std::size_t stride = 0;
    std::vector<unsigned char> dots;

    Bitmap(int w, int h)
        : width(w),
          height(h),
          stride(static_cast<std::size_t>((w + 7) / 8)),
          dots(stride * static_cast<std::size_t>(h)) {}

    void fill(int y, int from, int to) {
        for (int x = std::max(from, 0); x < std::min(to, width); ++x) {
            dots[static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x / 8)] |=
                static_cast<unsigned char>(0x80U >> static_cast<unsigned>(x % 8));
        }
    }
};

/// Where an outline crosses the middle of a row of dots, and in which direction.
struct Crossing {
    double x = 0;
    int direction = 0;
};

/// Fills what the contours wind around. They are in dots, with y pointing down.
void fill(Bitmap& bitmap, const std::vector<Contour>& contours) {
    std::vector<Crossing> crossings;
    for (int row = 0; row < bitmap.height; ++row) {
        const double y = row + 0.5;
        crossings.clear();
        for (const auto& contour : contours) {
            for (std::size_t i = 0; i < contour.size(); ++i) {
                const auto& a = contour[i];
                const auto& b = contour[(i + 1) % contour.size()];
                if ((a.y <= y) != (b.y <= y)) {
                    crossings.push_back({a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x), a.y < b.y ? 1 : -1});
                }
            }
        }
        std::sort(crossings.begin(), crossings.end(), [](const Crossing& a, const Crossing& b) { return a.x < b.x; });
        int winding = 0;
        for (std::size_t i = 0; i + 1 < crossings.size(); ++i) {
            winding += crossings[i].direction;
            if (winding != 0) {
                const auto from = static_cast<int>(std::lround(crossings[i].x));
                const auto to = static_cast<int>(std::lround(crossings[i + 1].x));
                bitmap.fill(row, from, std::max(to, from + 1));  // a stroke thinner than a dot becomes one dot wide
            }
        }
    }
}

void append_count(std::string& out, std::size_t count) {
    for (; count >= 400; count -= 400) {
        out += 'z';
    }
    if (count >= 20) {
        out += static_cast<char>('f' + count / 20);
        count %= 20;
    }
    if (count > 0) {
        out += static_cast<char>('F' + count);
    }
}

/// ZPL's own compression of hexadecimal dots (ZPL II Programming Guide, "Alternative Data Compression Scheme"): counts
/// before repeated digits, a comma for zeros to the end of the row, a colon for a row like the one before.
std::string compressed(const Bitmap& bitmap) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    std::string before;
    for (int y = 0; y < bitmap.height; ++y) {
        std::string row;
        for (std::size_t i = 0; i < bitmap.stride; ++i) {
            const auto byte = bitmap.dots[static_cast<std::size_t>(y) * bitmap.stride + i];
            row += kDigits[byte >> 4U];
            row += kDigits[byte & 0xFU];
        }
        if (row == before) {
            out += ':';
            continue;
        }
        before = row;
        const auto last = row.find_last_not_of('0');
        row.resize(last == std::string::npos ? 0 : last + 1);
        for (std::size_t i = 0; i < row.size();) {
            const auto next = std::min(row.find_first_not_of(row[i], i), row.size());
            if (next - i > 1) {
                append_count(out, next - i);
            }
            out += row[i];
            i = next;
        }
        if (row.size() < bitmap.stride * 2) {
            out += ',';
        }
    }
    return out;
}

int dots_of(double points, double scale) { return static_cast<int>(std::lround(points * scale)); }

void draw(std::string& out, const Typeface& typeface, const Text& text, double scale) {
    const double em = text.size * scale;
    const double left = text.x * scale;
    const double baseline = text.baseline * scale;
    std::vector<std::vector<Contour>> glyphs;
    double min_x = 1e9;
    double max_x = -1e9;
    double min_y = 1e9;
    double max_y = -1e9;
    for (const auto& piece : text.line.pieces) {
        auto contours = typeface.font(piece.font).outline(piece.glyph);
        for (auto& contour : contours) {
            for (auto& point : contour) {
                point = {left + (piece.x + point.x) * em, baseline - (piece.y + point.y) * em};
                min_x = std::min(min_x, point.x);
                max_x = std::max(max_x, point.x);
                min_y = std::min(min_y, point.y);
                max_y = std::max(max_y, point.y);
            }
        }
        glyphs.push_back(std::move(contours));
    }
    if (max_x < min_x) {
        return;  // spaces
    }
    const int x = std::max(static_cast<int>(std::floor(min_x)), 0);
    const int y = std::max(static_cast<int>(std::floor(min_y)), 0);
    Bitmap bitmap(static_cast<int>(std::ceil(max_x)) - x + 1, static_cast<int>(std::ceil(max_y)) - y + 1);
    for (auto& contours : glyphs) {
        for (auto& contour : contours) {
            for (auto& point : contour) {
                point = {point.x - x, point.y - y};
            }
        }
        fill(bitmap, contours);
    }
    fmt::format_to(std::back_inserter(out), "^FO{},{}^GFA,{},{},{},{}^FS\n", x, y, bitmap.dots.size(),
                   bitmap.dots.size(), bitmap.stride, compressed(bitmap));
}

}  // namespace

std::string zpl(const Typeface& typeface, const Page& page, int dots_per_inch) {
    const double scale = dots_per_inch / kInch;
    std::string out =
        fmt::format("^XA\n^CI28\n^PW{}\n^LL{}\n^LH0,0\n", dots_of(page.width, scale), dots_of(page.height, scale));
    for (const auto& box : page.boxes) {
        const auto width = std::max(dots_of(box.width, scale), 1);
        const auto height = std::max(dots_of(box.height, scale), 1);
        fmt::format_to(std::back_inserter(out), "^FO{},{}^GB{},{},{},B,0^FS\n", dots_of(box.x, scale),
                       dots_of(box.y, scale), width, height, std::min(width, height));
    }
    for (const auto& code : page.barcodes) {
        fmt::format_to(std::back_inserter(out), "^FO{},{}^BY{}^BCN,{},N,N,N,A^FD{}^FS\n", dots_of(code.x, scale),
                       dots_of(code.y, scale), static_cast<int>(code.module * scale + 0.01),
                       dots_of(code.height, scale), code.text);
    }
    for (const auto& text : page.texts) {
        draw(out, typeface, text, scale);
    }
    return out + "^XZ\n";
}

}  // namespace orderd::fulfillment::print
