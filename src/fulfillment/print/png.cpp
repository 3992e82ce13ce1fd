#include "fulfillment/print/png.h"

#include <cstdint>
#include <stdexcept>

namespace orderd::fulfillment::print {

namespace {

constexpr std::string_view kSignature = "\x89PNG\r\n\x1a\n";
constexpr std::size_t kChunkFrame = 12;  // length, kind, checksum
constexpr std::size_t kHeaderLength = 13;
constexpr std::uint32_t kMostDots = 20'000;

std::uint32_t big_endian(std::string_view bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        value = value << 8 | static_cast<unsigned char>(bytes.at(at + i));
    }
    return value;
}

void read_header(Png& png, std::string_view chunk) {
    const auto width = big_endian(chunk, 0);
    const auto height = big_endian(chunk, 4);
    const auto bits = chunk.at(8);
    const auto colour = chunk.at(9);
    const bool known =
        (colour == 0 || colour == 2 || colour == 3) && (bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16);
    if (width == 0 || height == 0 || width > kMostDots || height > kMostDots || !known || chunk.at(12) != 0) {
        throw std::runtime_error("the picture is transparent, interlaced, too large or no PNG");
    }
    png.width = static_cast<int>(width);
    png.height = static_cast<int>(height);
    png.bits = bits;
    png.samples = colour == 2 ? 3 : 1;
}

}  // namespace

Png parse_png(std::string_view file) {
    if (!file.starts_with(kSignature)) {
        throw std::runtime_error("the picture is not a PNG");
    }
    Png png;
    for (std::size_t at = kSignature.size(); at + kChunkFrame <= file.size();) {
        const std::size_t length = big_endian(file, at);
        if (length > file.size() - at - kChunkFrame) {
            break;
        }
        const auto kind = file.substr(at + 4, 4);
        const auto chunk = file.substr(at + 8, length);
        if (kind == "IHDR" && length == kHeaderLength) {
            read_header(png, chunk);
        } else if (kind == "PLTE") {
            png.palette = chunk;
        } else if (kind == "IDAT") {
            png.rows += chunk;
        }
        at += kChunkFrame + length;
    }
    if (png.width == 0 || png.rows.empty()) {
        throw std::runtime_error("the picture is cut off");
    }
    return png;
}

}  // namespace orderd::fulfillment::print
