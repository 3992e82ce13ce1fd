// Which files of pictures are read, and what becomes of their pixels.

#include "support/picture_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include "base/budgets.h"
#include "catalog/picture_content.h"
#include "catalog/picture_file.h"

using namespace orderd;
using namespace orderd::tests;
using catalog::Extent;
using catalog::Pixels;

namespace {

constexpr Extent kSmall{.width = 64, .height = 48};
constexpr std::size_t kSide = 1600;

/// The code of the refusal; "" if the file is read.
std::string refusal_of(const std::string& file) {
    try {
        catalog::read_picture(file, kSide);
        return "";
    } catch (const Refusal& refusal) {
        return std::string(refusal.code());
    }
}

void check_quarters(const Pixels& picture, int off_by = 24) {
    CHECK(is_near(picture, 0.1, 0.1, {255, 0, 0, 255}, off_by));
    CHECK(is_near(picture, 0.9, 0.1, {0, 255, 0, 255}, off_by));
    CHECK(is_near(picture, 0.1, 0.9, {0, 0, 255, 255}, off_by));
    CHECK(is_near(picture, 0.9, 0.9, {255, 255, 255, 255}, off_by));
}

std::string repeated(std::string_view piece, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) {
        text += piece;
    }
    return text;
}

}  // namespace

TEST_CASE("each form of JPEG, PNG and WebP is read with its colours") {
    using Png = PngWish::Kind;
    using Jpeg = JpegWish::Colours;
    const auto paint = quarters(kSmall);
    const std::vector<std::pair<std::string, std::string>> files{
        {"jpeg", jpeg_of(kSmall, paint)},
        {"jpeg, progressive", jpeg_of(kSmall, paint, {.progressive = true})},
        {"jpeg, 4:4:4", jpeg_of(kSmall, paint, {.full_colour = true})},
        {"jpeg, CMYK", jpeg_of(kSmall, paint, {.colours = Jpeg::cmyk})},
        {"jpeg, YCCK", jpeg_of(kSmall, paint, {.colours = Jpeg::ycck})},
        {"jpeg, YCCK, progressive", jpeg_of(kSmall, paint, {.colours = Jpeg::ycck, .progressive = true})},
        {"png", png_of(kSmall, paint)},
        {"png, alpha", png_of(kSmall, paint, {.kind = Png::rgba})},
        {"png, 16 bits", png_of(kSmall, paint, {.bits = 16})},
        {"png, 16 bits, alpha, interlaced", png_of(kSmall, paint, {.kind = Png::rgba, .bits = 16, .interlaced = true})},
        {"png, interlaced", png_of(kSmall, paint, {.interlaced = true})},
        {"webp", webp_of(kSmall, paint)},
        {"webp, lossless", webp_of(kSmall, paint, {.lossless = true})},
    };
    for (const auto& [name, file] : files) {
        INFO(name);
        const auto picture = catalog::read_picture(file, kSide);
        CHECK(picture.extent == kSmall);
        CHECK(picture.opaque);
        check_quarters(picture, 40);
        const auto smaller = catalog::read_picture(file, 16);
        CHECK(smaller.extent == Extent{16, 12});
        check_quarters(smaller, 60);
    }
}

TEST_CASE("grey pictures are grey, of 8 bits or 1") {
    const Paint halves = [](std::size_t x, std::size_t) {
        return x < 32 ? Colour{0, 0, 0, 255} : Colour{255, 255, 255, 255};
    };
    for (const auto& file : {jpeg_of(kSmall, halves, {.colours = JpegWish::Colours::grey}),
                             png_of(kSmall, halves, {.kind = PngWish::Kind::grey}),
                             png_of(kSmall, halves, {.kind = PngWish::Kind::grey, .bits = 16}),
                             png_of(kSmall, halves, {.kind = PngWish::Kind::grey, .bits = 1}),
                             png_of(kSmall, halves, {.kind = PngWish::Kind::grey, .bits = 1, .interlaced = true})}) {
        const auto picture = catalog::read_picture(file, kSide);
        CHECK(is_near(picture, 0.1, 0.5, {0, 0, 0, 255}));
        CHECK(is_near(picture, 0.9, 0.5, {255, 255, 255, 255}));
    }
}

TEST_CASE("alpha is kept, and hidden colours do not shine through at edges") {
    // Left: red, visible. Right: green, and invisible.
    const Paint paint = [](std::size_t x, std::size_t) {
        return x < 33 ? Colour{255, 0, 0, 255} : Colour{0, 255, 0, 0};
    };
    for (const auto& file : {png_of(kSmall, paint, {.kind = PngWish::Kind::rgba}),
                             png_of(kSmall, paint, {.kind = PngWish::Kind::rgba, .interlaced = true}),
                             webp_of(kSmall, paint, {.lossless = true})}) {
        const auto picture = catalog::read_picture(file, 8);
        CHECK_FALSE(picture.opaque);
        CHECK(is_near(picture, 0, 0.5, {255, 0, 0, 255}, 4));
        CHECK(picture.at(7, 2)[3] == 0);
        const auto* edge = picture.at(4, 2);  // an eighth of it is red
        CHECK(edge[0] > 250);
        CHECK(edge[1] < 5);
        CHECK(std::abs(edge[3] - 32) <= 2);
        const auto kept = pixels_of(catalog::write_webp(picture));
        CHECK(is_near(kept, 0, 0.5, {255, 0, 0, 255}, 16));
        CHECK(kept.at(7, 2)[3] < 8);
    }
    const Paint letters = [](std::size_t x, std::size_t) {
        return x < 32 ? Colour{0, 0, 0, 255} : Colour{255, 255, 255, 255};
    };
    const auto palette =
        catalog::read_picture(png_of(kSmall, letters, {.kind = PngWish::Kind::palette, .bits = 1}), kSide);
    CHECK(is_near(palette, 0.1, 0.5, {200, 0, 0, 255}, 1));
    CHECK(palette.at(60, 2)[3] == 0);
}

TEST_CASE("a picture is upright, as each orientation of EXIF says, in each kind of file") {
    struct Corners {
        int orientation;
        std::array<int, 4>
            from;  ///< 0 to 3: the stored corner that is seen top left, top right, bottom left, bottom right
    };
    const auto [orientation, from] =
        GENERATE(Corners{1, {0, 1, 2, 3}}, Corners{2, {1, 0, 3, 2}}, Corners{3, {3, 2, 1, 0}}, Corners{4, {2, 3, 0, 1}},
                 Corners{5, {0, 2, 1, 3}}, Corners{6, {2, 0, 3, 1}}, Corners{7, {3, 1, 2, 0}}, Corners{8, {1, 3, 0, 2}},
                 Corners{9, {0, 1, 2, 3}});
    CAPTURE(orientation);
    const std::array<Colour, 4> stored{Colour{255, 0, 0, 255}, Colour{0, 255, 0, 255}, Colour{0, 0, 255, 255},
                                       Colour{255, 255, 255, 255}};
    const auto paint = quarters(kSmall);
    const auto tiff = exif(orientation);
    for (const auto& file :
         {jpeg_of(kSmall, paint, {.segments = exif_segment(orientation)}),
          png_of(kSmall, paint, {.chunks = png_chunk("eXIf", tiff)}),
          webp_of(kSmall, paint, {.chunks = riff_chunk("EXIF", tiff)}),
          webp_of(kSmall, paint, {.chunks = riff_chunk("EXIF", std::string("Exif\0\0", 6) + tiff)})}) {
        const auto picture = catalog::read_picture(file, kSide);
        const bool on_its_side = orientation >= 5 && orientation <= 8;
        CHECK(picture.extent == (on_its_side ? Extent{48, 64} : kSmall));
        CHECK(is_near(picture, 0.1, 0.1, stored.at(static_cast<std::size_t>(from[0])), 40));
        CHECK(is_near(picture, 0.9, 0.1, stored.at(static_cast<std::size_t>(from[1])), 40));
        CHECK(is_near(picture, 0.1, 0.9, stored.at(static_cast<std::size_t>(from[2])), 40));
        CHECK(is_near(picture, 0.9, 0.9, stored.at(static_cast<std::size_t>(from[3])), 40));
    }
}

TEST_CASE("EXIF data that is cut, loops or is nonsense is taken as upright") {
    CHECK(catalog::exif_orientation(exif(6)) == 6);
    const std::string big_endian("MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0\0\0\0\0", 26);
    CHECK(catalog::exif_orientation(big_endian) == 8);
    const auto whole = exif(6);
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const auto orientation = catalog::exif_orientation(whole.substr(0, length));
        CHECK((orientation == 1 || orientation == 6));
    }
    auto far = whole;
    far.replace(4, 4, "\xff\xff\xff\xff");
    CHECK(catalog::exif_orientation(far) == 1);
    auto itself = whole;
    itself.replace(4, 4, std::string(4, '\0'));
    CHECK(catalog::exif_orientation(itself) == 1);
}

TEST_CASE("what is shrunk is the average of its area, however sides divide") {
    const auto [from, to] = GENERATE(std::pair{Extent{7, 5}, Extent{3, 2}}, std::pair{Extent{16, 16}, Extent{4, 4}},
                                     std::pair{Extent{1, 9}, Extent{1, 2}}, std::pair{Extent{5, 5}, Extent{5, 5}},
                                     std::pair{Extent{1000, 3}, Extent{333, 1}});
    CAPTURE(from.width, from.height, to.width, to.height);
    Pixels picture{.extent = from, .rgba = {}};
    double sum = 0;
    auto paint = noise(false);
    for (std::size_t i = 0; i < from.pixels(); ++i) {
        const auto colour = paint(0, 0);
        picture.rgba.insert(picture.rgba.end(), colour.begin(), colour.end());
        sum += colour[0];
    }
    const auto by_rows = catalog::shrunk(picture, to);
    catalog::GridShrinker grid(from, to);
    for (std::size_t i = from.pixels(); i-- > 0;) {  // in any order
        grid.take(i % from.width, i / from.width, picture.at(i % from.width, i / from.width));
    }
    const auto by_grid = std::move(grid).finish();
    double small_sum = 0;
    for (std::size_t i = 0; i < to.pixels(); ++i) {
        small_sum += by_rows.rgba[i * 4];
        CHECK(std::abs(by_rows.rgba[i * 4] - by_grid.rgba[i * 4]) <= 1);
        CHECK(by_rows.rgba[i * 4 + 3] == 255);
    }
    CHECK(std::abs(sum / static_cast<double>(from.pixels()) - small_sum / static_cast<double>(to.pixels())) < 1);
    CHECK(by_rows.opaque);
    if (from == to) {
        CHECK(by_rows.rgba == picture.rgba);
    }
}

TEST_CASE("what is no still picture in JPEG, PNG or WebP is refused by what it is") {
    const auto paint = quarters(kSmall);
    const auto animation = png_chunk("acTL", std::string("\0\0\0\2\0\0\0\0", 8));
    const std::vector<std::pair<std::string, std::string>> files{
        {"", "empty"},
        {"GIF89a\x01\0\x01\0", "a GIF"},
        {"<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>", "an SVG"},
        {"\xef\xbb\xbf <?xml version=\"1.0\"?>\n<!-- x --><svg/>", "an SVG"},
        {"<!doctype html><p>hello", "a text in HTML or XML"},
        {std::string("\0\0\0\x20", 4) + "ftypheic", "a HEIC picture"},
        {std::string("\0\0\0\x20", 4) + "ftypmif1", "a HEIC picture"},
        {std::string("\0\0\0\x20", 4) + "ftypavif", "an AVIF"},
        {std::string("\0\0\0\x20", 4) + "ftypisom", "a video"},
        {std::string("\0\0\0\x08", 4) + "ftyp", "a video"},
        {"ftyp", "none of them"},
        {"RIFFWEBP", "none of them"},
        {std::string("II*\0", 4), "a TIFF"},
        {"BM6", "a BMP"},
        {"%PDF-1.7", "a PDF"},
        {"PK\x03\x04", "a ZIP"},
        {"hello", "none of them"},
        {png_of(kSmall, paint, {.chunks = animation}), "an animated PNG"},
        {webp_of(kSmall, paint, {.chunks = riff_chunk("ANIM", "123456")}), "an animated WebP"},
        {webp_of(kSmall, paint, {.chunks = riff_chunk("ANMF", "123456")}), "an animated WebP"},
    };
    for (const auto& [file, name] : files) {
        INFO(name);
        for (std::size_t size = 0; size < std::min<std::size_t>(file.size(), 64); ++size) {
            CHECK_THROWS_AS(catalog::read_picture(file.substr(0, size), kSide), Refusal);
        }
        try {
            catalog::read_picture(file, kSide);
            FAIL_CHECK("it was read");
        } catch (const Refusal& refusal) {
            CHECK(refusal.status() == 415);
            CHECK(refusal.code() == "unsupported_picture");
            CHECK(refusal.detail().find(name) != std::string::npos);
        }
    }
}

TEST_CASE("a picture that is cut off anywhere is refused, and half of one is not kept") {
    const auto paint = noise(false);
    for (const auto& file : {jpeg_of(kSmall, paint), jpeg_of(kSmall, paint, {.progressive = true}),
                             png_of(kSmall, paint), png_of(kSmall, paint, {.interlaced = true}), webp_of(kSmall, paint),
                             webp_of(kSmall, noise(true)), webp_of(kSmall, paint, {.lossless = true})}) {
        REQUIRE(refusal_of(file).empty());
        for (std::size_t length = 16; length < file.size(); length += 1 + file.size() / 97) {
            CAPTURE(length, file.size());
            CHECK(refusal_of(file.substr(0, length)) == "broken_picture");
        }
    }
}

TEST_CASE("bytes that were changed anywhere are read or refused, and nothing else") {
    const auto paint = quarters(kSmall);
    auto dice = noise(true);
    for (const auto& whole : {jpeg_of(kSmall, paint, {.segments = exif_segment(6)}), png_of(kSmall, paint),
                              webp_of(kSmall, paint), webp_of(kSmall, paint, {.lossless = true})}) {
        for (int i = 0; i < 400; ++i) {
            auto file = whole;
            const auto [high, low, value, unused] = dice(0, 0);
            file[(std::size_t{high} << 8U | low) % file.size()] = static_cast<char>(value);
            CHECK_NOTHROW(refusal_of(file));
        }
    }
}

TEST_CASE("a picture has so many pixels, and so long sides, and not one more") {
    using catalog::require_extent;
    constexpr auto kMost = budget::kPicturePixels;
    CHECK_NOTHROW(require_extent({1, 1}));
    CHECK_NOTHROW(require_extent({10'000, kMost / 10'000 - 1}));
    CHECK_NOTHROW(require_extent({10'000, kMost / 10'000}));
    CHECK_THROWS_AS(require_extent({10'000, kMost / 10'000 + 1}), Refusal);
    CHECK_THROWS_AS(require_extent({20'000, 20'000}), Refusal);
    CHECK_NOTHROW(require_extent({budget::kPictureSide - 1, 1}));
    CHECK_NOTHROW(require_extent({budget::kPictureSide, 1}));
    CHECK_THROWS_AS(require_extent({budget::kPictureSide + 1, 1}), Refusal);
    CHECK_THROWS_AS(require_extent({4'000'000'000, 1}), Refusal);
    CHECK_THROWS_AS(require_extent({4'000'000'000, 4'000'000'000}), Refusal);
    CHECK_THROWS_AS(require_extent({0, 1}), Refusal);

    // Bombs: a few bytes that say that they unpack to gigabytes.
    for (const std::uint32_t side : {30'001U, 65'535U, 0x7fffffffU, 0xffffffffU}) {
        CHECK(refusal_of(png_header_of(side, side)) == "picture_too_large");
    }
    CHECK(refusal_of(png_header_of(0, 5)) == "broken_picture");
    auto jpeg = jpeg_of(kSmall, quarters(kSmall));
    const auto frame = jpeg.find("\xff\xc0");
    REQUIRE(frame != std::string::npos);
    CHECK(refusal_of(jpeg.replace(frame + 5, 4, "\xfe\xff\xfe\xff")) == "picture_too_large");
}

TEST_CASE("a picture whose decoder has to hold all of it is refused where that takes too much memory", "[large]") {
    using catalog::require_memory;
    constexpr auto kMost = budget::kPictureMemory;
    CHECK_NOTHROW(require_memory(kMost - 1001, 1000));
    CHECK_NOTHROW(require_memory(kMost - 1000, 1000));
    CHECK_THROWS_AS(require_memory(kMost - 999, 1000), Refusal);
    CHECK_THROWS_AS(require_memory(10 * kMost, 1000), Refusal);
    CHECK_THROWS_AS(require_memory(1, 2 * kMost), Refusal);

    const Paint plain = [](std::size_t, std::size_t) { return Colour{9, 99, 199, 255}; };
    // 6 bytes a pixel of a progressive JPEG in 4:4:4, 3 in 4:2:0; a baseline JPEG needs none.
    constexpr Extent kLarge{.width = 4096, .height = 4096};
    CHECK(refusal_of(jpeg_of(kLarge, plain, {.progressive = true, .full_colour = true})) == "picture_too_large");
    CHECK(refusal_of(jpeg_of(kLarge, plain, {.progressive = true})).empty());
    CHECK(refusal_of(jpeg_of(kLarge, plain, {.full_colour = true})).empty());
}

TEST_CASE("a JPEG of a thousand scans is not worked through") {
    const auto file = jpeg_of(kSmall, quarters(kSmall), {.progressive = true});
    const auto end = file.rfind("\xff\xda");
    REQUIRE(end != std::string::npos);
    const auto scan = file.substr(end, file.size() - 2 - end);
    CHECK(refusal_of(file.substr(0, end) + repeated(scan, 1000) + "\xff\xd9") == "broken_picture");
}

TEST_CASE("each size of a picture has a MiB, and not a byte more: quality gives way") {
    const auto plain = [&](bool alpha) {
        constexpr Extent kLargest{.width = 1600, .height = 1600};
        Pixels picture{.extent = kLargest, .rgba = {}, .opaque = !alpha};
        auto paint = noise(alpha);
        for (std::size_t i = 0; i < kLargest.pixels(); ++i) {
            const auto colour = paint(0, 0);
            picture.rgba.insert(picture.rgba.end(), colour.begin(), colour.end());
        }
        return picture;
    };
    for (const bool alpha : {false, true}) {
        const auto bytes = catalog::write_webp(plain(alpha));
        CHECK(bytes.size() <= budget::kPictureStored);
        CHECK(bytes.size() > budget::kPictureStored / 16);
        CHECK(pixels_of(bytes).extent == Extent{1600, 1600});
    }
}

TEST_CASE("a picture is kept in the sizes that make it smaller, and in its own") {
    const auto sides = [](Extent extent) {
        std::vector<std::size_t> found;
        for (const auto& size : catalog::sizes_of(extent)) {
            found.push_back(size.side);
            CHECK(size.extent.longest() <= size.side);
        }
        return found;
    };
    using Sides = std::vector<std::size_t>;
    CHECK(sides({1, 1}) == Sides{320});
    CHECK(sides({320, 200}) == Sides{320});
    CHECK(sides({321, 200}) == Sides{320, 800});
    CHECK(sides({800, 800}) == Sides{320, 800});
    CHECK(sides({801, 800}) == Sides{320, 800, 1600});
    CHECK(sides({100, 1600}) == Sides{320, 800, 1600});
    CHECK(catalog::fitted({1600, 1}, 320) == Extent{320, 1});
    CHECK(catalog::fitted({4000, 3000}, 1600) == Extent{1600, 1200});
}
