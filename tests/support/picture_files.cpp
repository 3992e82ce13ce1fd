#include "support/picture_files.h"

#include <jpeglib.h>
#include <png.h>
#include <webp/decode.h>
#include <webp/encode.h>
#include <zlib.h>

#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <vector>

namespace orderd::tests {

namespace {

std::string big_endian_32(std::size_t value) {
    return {static_cast<char>(value >> 24U & 255U), static_cast<char>(value >> 16U & 255U),
            static_cast<char>(value >> 8U & 255U), static_cast<char>(value & 255U)};
}

std::string little_endian_32(std::size_t value) {
    auto bytes = big_endian_32(value);
    return {bytes.rbegin(), bytes.rend()};
}

std::string little_endian_16(std::size_t value) { return little_endian_32(value).substr(0, 2); }

/// A row as libjpeg wants it: three or four bytes a pixel, or one.
void fill_row(std::vector<std::uint8_t>& row, std::size_t y, std::size_t width, const Paint& paint,
              JpegWish::Colours colours) {
    row.clear();
    for (std::size_t x = 0; x < width; ++x) {
        const auto colour = paint(x, y);
        if (colours == JpegWish::Colours::grey) {
            row.push_back(colour[1]);
            continue;
        }
        // Of inks, Adobe's files say how much is not there: without black, that is the light itself.
        row.insert(row.end(), colour.begin(), colour.begin() + 3);
        if (colours != JpegWish::Colours::rgb) {
            row.push_back(255);
        }
    }
}

void append_png(png_structp png, png_bytep data, png_size_t size) {
    static_cast<std::string*>(png_get_io_ptr(png))->append(reinterpret_cast<const char*>(data), size);
}

void fill_png_row(std::vector<std::uint8_t>& row, std::size_t y, std::size_t width, const Paint& paint,
                  const PngWish& wish) {
    row.clear();
    for (std::size_t x = 0; x < width; ++x) {
        const auto colour = paint(x, y);
        if (wish.bits == 1) {
            if (x % 8 == 0) {
                row.push_back(0);
            }
            row.back() = static_cast<std::uint8_t>(row.back() | (colour[1] >= 128 ? 0x80U >> x % 8 : 0U));
            continue;
        }
        const std::size_t channels = wish.kind == PngWish::Kind::rgba ? 4 : wish.kind == PngWish::Kind::rgb ? 3 : 1;
        for (std::size_t c = 0; c < channels; ++c) {
            const auto value = channels == 1 ? colour[1] : colour[c];
            row.push_back(value);
            if (wish.bits == 16) {
                row.push_back(value);
            }
        }
    }
}

}  // namespace

Paint quarters(catalog::Extent extent) {
    return [extent](std::size_t x, std::size_t y) {
        const bool right = 2 * x >= extent.width;
        const bool below = 2 * y >= extent.height;
        return below ? (right ? Colour{255, 255, 255, 255} : Colour{0, 0, 255, 255})
                     : (right ? Colour{0, 255, 0, 255} : Colour{255, 0, 0, 255});
    };
}

Paint noise(bool alpha) {
    return [alpha, state = std::uint32_t{1}](std::size_t, std::size_t) mutable {
        state ^= state << 13U;
        state ^= state >> 17U;
        state ^= state << 5U;
        return Colour{static_cast<std::uint8_t>(state), static_cast<std::uint8_t>(state >> 8U),
                      static_cast<std::uint8_t>(state >> 16U),
                      alpha ? static_cast<std::uint8_t>(state >> 24U) : std::uint8_t{255}};
    };
}

std::string jpeg_of(catalog::Extent extent, const Paint& paint, const JpegWish& wish) {
    using Colours = JpegWish::Colours;
    jpeg_compress_struct info{};
    jpeg_error_mgr errors{};
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&info, &bytes, &size);
    info.image_width = static_cast<JDIMENSION>(extent.width);
    info.image_height = static_cast<JDIMENSION>(extent.height);
    const bool inks = wish.colours == Colours::cmyk || wish.colours == Colours::ycck;
    info.input_components = wish.colours == Colours::grey ? 1 : inks ? 4 : 3;
    info.in_color_space = wish.colours == Colours::grey ? JCS_GRAYSCALE : inks ? JCS_CMYK : JCS_RGB;
    jpeg_set_defaults(&info);
    if (wish.colours == Colours::ycck) {
        jpeg_set_colorspace(&info, JCS_YCCK);
    }
    info.write_Adobe_marker = inks ? TRUE : FALSE;
    if (wish.full_colour) {
        info.comp_info[0].h_samp_factor = 1;
        info.comp_info[0].v_samp_factor = 1;
    }
    jpeg_set_quality(&info, wish.quality, TRUE);
    if (wish.progressive) {
        jpeg_simple_progression(&info);
    }
    jpeg_start_compress(&info, TRUE);
    std::vector<std::uint8_t> row;
    while (info.next_scanline < info.image_height) {
        fill_row(row, info.next_scanline, extent.width, paint, wish.colours);
        JSAMPROW at = row.data();
        jpeg_write_scanlines(&info, &at, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    std::string file(reinterpret_cast<const char*>(bytes), size);
    std::free(bytes);
    return file.insert(2, wish.segments);
}

std::string png_of(catalog::Extent extent, const Paint& paint, const PngWish& wish) {
    std::string file;
    auto* png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    auto* info = png_create_info_struct(png);
    png_set_write_fn(png, &file, append_png, nullptr);
    const int type = wish.kind == PngWish::Kind::rgba      ? PNG_COLOR_TYPE_RGBA
                     : wish.kind == PngWish::Kind::grey    ? PNG_COLOR_TYPE_GRAY
                     : wish.kind == PngWish::Kind::palette ? PNG_COLOR_TYPE_PALETTE
                                                           : PNG_COLOR_TYPE_RGB;
    png_set_IHDR(png, info, static_cast<png_uint_32>(extent.width), static_cast<png_uint_32>(extent.height), wish.bits,
                 type, wish.interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE,
                 PNG_FILTER_TYPE_BASE);
    if (wish.kind == PngWish::Kind::palette) {
        const std::array<png_color, 2> palette{png_color{200, 0, 0}, png_color{255, 255, 255}};
        const std::array<png_byte, 2> transparent{255, 0};
        png_set_PLTE(png, info, palette.data(), 2);
        png_set_tRNS(png, info, transparent.data(), 2, nullptr);
    }
    png_write_info(png, info);
    const int passes = wish.interlaced ? png_set_interlace_handling(png) : 1;
    std::vector<std::uint8_t> row;
    for (int pass = 0; pass < passes; ++pass) {
        for (std::size_t y = 0; y < extent.height; ++y) {
            fill_png_row(row, y, extent.width, paint, wish);
            png_write_row(png, row.data());
        }
    }
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    constexpr std::size_t kAfterHeader = 8 + 25;
    return file.insert(kAfterHeader, wish.chunks);
}

std::string webp_of(catalog::Extent extent, const Paint& paint, const WebpWish& wish) {
    std::vector<std::uint8_t> rgba;
    bool opaque = true;
    for (std::size_t y = 0; y < extent.height; ++y) {
        for (std::size_t x = 0; x < extent.width; ++x) {
            const auto colour = paint(x, y);
            rgba.insert(rgba.end(), colour.begin(), colour.end());
            opaque = opaque && colour[3] == 255;
        }
    }
    const auto width = static_cast<int>(extent.width);
    const auto height = static_cast<int>(extent.height);
    std::uint8_t* bytes = nullptr;
    const auto size = wish.lossless ? WebPEncodeLosslessRGBA(rgba.data(), width, height, 4 * width, &bytes)
                                    : WebPEncodeRGBA(rgba.data(), width, height, 4 * width, 90, &bytes);
    std::string file(reinterpret_cast<const char*>(bytes), size);
    WebPFree(bytes);
    if (wish.chunks.empty()) {
        return file;
    }
    // An extended file (WebP container specification): flags, and the extent less one in three bytes each. A file
    // that has one already (for alpha) gets the further chunks alone.
    auto content = file.substr(12);
    if (!content.starts_with("VP8X")) {
        const std::string flags{static_cast<char>(0x0c | (opaque ? 0 : 0x10)), 0, 0, 0};
        content = riff_chunk("VP8X", flags + little_endian_32(extent.width - 1).substr(0, 3) +
                                         little_endian_32(extent.height - 1).substr(0, 3)) +
                  content;
    }
    content += wish.chunks;
    return "RIFF" + little_endian_32(content.size() + 4) + "WEBP" + content;
}

std::string exif(int orientation, std::string_view text) {
    constexpr std::size_t kBehind = 8 + 2 + 2 * 12 + 4;
    return "II*" + std::string(1, '\0') + little_endian_32(8) + little_endian_16(2) + little_endian_16(0x10e) +
           little_endian_16(2) + little_endian_32(text.size() + 1) + little_endian_32(kBehind) +
           little_endian_16(0x112) + little_endian_16(3) + little_endian_32(1) +
           little_endian_32(static_cast<std::size_t>(orientation)) + little_endian_32(0) + std::string(text) +
           std::string(1, '\0');
}

std::string jpeg_segment(unsigned char marker, std::string_view content) {
    const auto length = content.size() + 2;
    return std::string{'\xff', static_cast<char>(marker), static_cast<char>(length >> 8U),
                       static_cast<char>(length & 255U)} +
           std::string(content);
}

std::string exif_segment(int orientation, std::string_view text) {
    return jpeg_segment(0xe1, std::string("Exif\0\0", 6) + exif(orientation, text));
}

std::string png_chunk(std::string_view type, std::string_view data) {
    const auto checked = std::string(type) + std::string(data);
    const auto sum = crc32(0, reinterpret_cast<const Bytef*>(checked.data()), static_cast<uInt>(checked.size()));
    return big_endian_32(data.size()) + checked + big_endian_32(sum);
}

std::string riff_chunk(std::string_view type, std::string_view data) {
    return std::string(type) + little_endian_32(data.size()) + std::string(data) + std::string(data.size() % 2, '\0');
}

std::string png_header_of(std::uint32_t width, std::uint32_t height) {
    const std::string kind{8, 2, 0, 0, 0};
    return "\x89PNG\r\n\x1a\n" + png_chunk("IHDR", big_endian_32(width) + big_endian_32(height) + kind) +
           png_chunk("IDAT", "x") + png_chunk("IEND", "");
}

catalog::Pixels pixels_of(std::string_view webp) {
    int width = 0;
    int height = 0;
    auto* bytes = WebPDecodeRGBA(reinterpret_cast<const std::uint8_t*>(webp.data()), webp.size(), &width, &height);
    if (bytes == nullptr) {
        throw std::runtime_error("this is not a WebP");
    }
    catalog::Pixels picture{.extent = {static_cast<std::size_t>(width), static_cast<std::size_t>(height)}, .rgba = {}};
    picture.rgba.assign(bytes, bytes + picture.extent.pixels() * 4);
    WebPFree(bytes);
    return picture;
}

bool is_near(const catalog::Pixels& picture, double x, double y, Colour colour, int off_by) {
    const auto at = [](double part, std::size_t length) {
        return static_cast<std::size_t>(part * static_cast<double>(length - 1) + 0.5);
    };
    const auto* pixel = picture.at(at(x, picture.extent.width), at(y, picture.extent.height));
    for (std::size_t c = 0; c < 4; ++c) {
        if (std::abs(static_cast<int>(pixel[c]) - static_cast<int>(colour[c])) > off_by) {
            return false;
        }
    }
    return true;
}

}  // namespace orderd::tests
