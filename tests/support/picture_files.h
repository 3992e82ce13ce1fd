#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "catalog/pixels.h"

namespace orderd::tests {

/// Red, green, blue and alpha.
using Colour = std::array<std::uint8_t, 4>;

/// Gives each pixel its colour.
using Paint = std::function<Colour(std::size_t x, std::size_t y)>;

/// A quarter of the picture each: red, green, blue and white, from the top left.
Paint quarters(catalog::Extent extent);
/// Noise, the same at each run; `alpha` is noise too if it is wanted.
Paint noise(bool alpha);

struct JpegWish {
    enum class Colours { rgb, grey, cmyk, ycck };

    Colours colours = Colours::rgb;
    bool progressive = false;
    bool full_colour = false;  ///< colours in the resolution of the brightness (4:4:4)
    int quality = 90;
    std::string segments = {};  ///< inserted after the beginning: see app_segment()
};
std::string jpeg_of(catalog::Extent extent, const Paint& paint, const JpegWish& wish = {});

struct PngWish {
    enum class Kind { rgb, rgba, grey, palette };

    Kind kind = Kind::rgb;
    int bits = 8;  ///< a channel; 1 for grey and palette: black and white, with white transparent in a palette
    bool interlaced = false;
    std::string chunks = {};  ///< inserted after the header: see png_chunk()
};
std::string png_of(catalog::Extent extent, const Paint& paint, const PngWish& wish = {});

struct WebpWish {
    bool lossless = false;
    std::string chunks = {};  ///< of an extended file (VP8X), after the picture: see riff_chunk()
};
std::string webp_of(catalog::Extent extent, const Paint& paint, const WebpWish& wish = {});

/// EXIF data: a TIFF with an orientation, and a text as its description.
std::string exif(int orientation, std::string_view text = "");

// Pieces of files, with lengths and checksums.
std::string jpeg_segment(unsigned char marker, std::string_view content);
std::string exif_segment(int orientation, std::string_view text = "");
std::string png_chunk(std::string_view type, std::string_view data);
std::string riff_chunk(std::string_view type, std::string_view data);

/// A PNG without pixels that says that it has this extent.
std::string png_header_of(std::uint32_t width, std::uint32_t height);

/// Reads a WebP, which orderd wrote.
catalog::Pixels pixels_of(std::string_view webp);

/// Whether a pixel of a picture has about this colour. `x` and `y`: parts of its width and height.
bool is_near(const catalog::Pixels& picture, double x, double y, Colour colour, int off_by = 24);

}  // namespace orderd::tests
