#include "catalog/picture_file.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>

#include "base/budgets.h"
#include "base/text.h"

namespace orderd::catalog {

namespace {

constexpr std::string_view kPngMagic = "\x89PNG\r\n\x1a\n";
constexpr std::string_view kExifBegin("Exif\0\0", 6);

std::size_t big_endian(std::string_view bytes) {
    std::size_t value = 0;
    for (const char byte : bytes) {
        value = value << 8U | static_cast<unsigned char>(byte);
    }
    return value;
}

std::size_t little_endian(std::string_view bytes) {
    std::size_t value = 0;
    for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) {
        value = value << 8U | static_cast<unsigned char>(*byte);
    }
    return value;
}

/// Whether a file has these bytes there.
bool has_at(std::string_view file, std::size_t at, std::string_view bytes) {
    return file.size() >= at && file.substr(at).starts_with(bytes);
}

bool is_webp(std::string_view file) { return file.starts_with("RIFF") && has_at(file, 8, "WEBP"); }

struct OtherKind {
    std::string_view begins;
    std::string_view name;
};

/// What people send most, besides pictures that are taken.
constexpr std::array kOtherKinds{
    OtherKind{"GIF8", "a GIF"},
    OtherKind{"BM", "a BMP"},
    OtherKind{{"II*\0", 4}, "a TIFF"},
    OtherKind{{"MM\0*", 4}, "a TIFF"},
    OtherKind{"%PDF", "a PDF"},
    OtherKind{"PK\x03\x04", "a ZIP or office file"},
    OtherKind{"\xff\x0a", "a JPEG XL"},
    OtherKind{{"\0\0\0\x0cJXL ", 8}, "a JPEG XL"},
    OtherKind{{"\0\0\0\x0cjP  ", 8}, "a JPEG 2000"},
    OtherKind{"8BPS", "a Photoshop file"},
};

/// Text may begin with a byte order mark and blanks.
bool begins_as_markup(std::string_view file) {
    const auto begin = file.substr(0, 512);
    const auto tag = begin.find('<');
    return tag != std::string_view::npos &&
           begin.substr(0, tag).find_first_not_of("\xef\xbb\xbf \t\r\n") == std::string_view::npos;
}

std::string_view other_kind_of(std::string_view file) {
    if (file.empty()) {
        return "empty";
    }
    for (const auto& [begins, name] : kOtherKinds) {
        if (file.starts_with(begins)) {
            return name;
        }
    }
    if (has_at(file, 4, "ftyp")) {  // ISO base media: HEIF, and videos
        const auto brand = file.substr(8, 4);
        return brand.starts_with("avi")                              ? "an AVIF"
               : brand.starts_with("he") || brand.starts_with("mif") ? "a HEIC picture"
                                                                     : "a video";
    }
    if (begins_as_markup(file)) {
        return file.substr(0, 4096).find("<svg") != std::string_view::npos ? "an SVG" : "a text in HTML or XML";
    }
    return "none of them";
}

/// A field of a TIFF, whose numbers are in either order.
std::size_t tiff_number(std::string_view tiff, std::size_t at, std::size_t size, bool little) {
    const auto bytes = tiff.substr(at, size);
    return little ? little_endian(bytes) : big_endian(bytes);
}

Refusal animated(std::string_view kind) {
    return {kPictureKind, fmt::format("the file is an animated {}; only still pictures are taken", kind)};
}

}  // namespace

PictureKind kind_of_picture(std::string_view file) {
    if (file.starts_with("\xff\xd8\xff")) {
        return PictureKind::jpeg;
    }
    if (file.starts_with(kPngMagic)) {
        return PictureKind::png;
    }
    if (is_webp(file)) {
        return PictureKind::webp;
    }
    throw Refusal(kPictureKind, fmt::format("pictures are JPEG, PNG or WebP, and the file is {}", other_kind_of(file)));
}

void require_extent(Extent picture) {
    if (picture.width == 0 || picture.height == 0) {
        throw broken_picture("it has no width or no height");
    }
    if (picture.longest() > budget::kPictureSide) {
        throw Refusal(kPictureTooLarge, fmt::format("the picture has {} × {} pixels; a side has {} at most",
                                                    picture.width, picture.height, budget::kPictureSide));
    }
    if (picture.pixels() > budget::kPicturePixels) {
        throw Refusal(kPictureTooLarge,
                      fmt::format("the picture has {} × {} pixels; {} megapixels are the most that is taken",
                                  picture.width, picture.height, budget::kPicturePixels / 1'000'000));
    }
}

void require_memory(std::size_t bytes, std::size_t file_size) {
    const auto left = budget::kPictureMemory - std::min(file_size, budget::kPictureMemory);
    if (bytes > left) {
        throw Refusal(
            kPictureTooLarge,
            fmt::format("reading this picture takes {} MiB of memory, and {} are the most: save it as baseline "
                        "JPEG, or make it smaller",
                        (bytes >> 20U) + 1, left >> 20U));
    }
}

Refusal broken_picture(std::string_view why) {
    return {kBrokenPicture, fmt::format("the picture cannot be read: {}", why)};
}

int exif_orientation(std::string_view tiff) {
    constexpr std::size_t kHeader = 8;
    constexpr std::size_t kEntry = 12;
    constexpr std::size_t kOrientation = 0x112;
    constexpr std::size_t kShort = 3;
    const bool little = tiff.starts_with("II");
    if (tiff.size() < kHeader || (!little && !tiff.starts_with("MM")) || tiff_number(tiff, 2, 2, little) != 42) {
        return 1;
    }
    const auto directory = tiff_number(tiff, 4, 4, little);
    if (directory > tiff.size() - 2 || directory < kHeader) {
        return 1;
    }
    const auto entries = tiff_number(tiff, directory, 2, little);
    for (std::size_t i = 0; i < entries; ++i) {
        const auto at = directory + 2 + i * kEntry;
        if (at + kEntry > tiff.size()) {
            return 1;
        }
        if (tiff_number(tiff, at, 2, little) == kOrientation && tiff_number(tiff, at + 2, 2, little) == kShort) {
            const auto value = tiff_number(tiff, at + 8, 2, little);
            return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
        }
    }
    return 1;
}

PictureFacts jpeg_facts(std::string_view file) {
    constexpr unsigned char kApp1 = 0xe1;
    constexpr unsigned char kScan = 0xda;
    PictureFacts facts;
    // Segments up to the first scan (ITU-T T.81, section B.1). libjpeg reports what is wrong with them.
    for (auto rest = file.substr(2); rest.size() >= 4 && rest[0] == '\xff';) {
        const auto marker = static_cast<unsigned char>(rest[1]);
        if (marker == 0xff) {  // a fill byte
            rest.remove_prefix(1);
            continue;
        }
        const auto length = big_endian(rest.substr(2, 2));
        if (marker == kScan || length < 2 || length + 2 > rest.size()) {
            break;
        }
        const auto content = rest.substr(4, length - 2);
        if (marker == kApp1 && content.starts_with(kExifBegin)) {
            facts.orientation = exif_orientation(content.substr(kExifBegin.size()));
            break;
        }
        rest.remove_prefix(length + 2);
    }
    return facts;
}

std::optional<PngChunk> take_png_chunk(std::string_view& rest) {
    constexpr std::size_t kAround = 12;  // length, type and checksum
    if (rest.size() < kAround) {
        return std::nullopt;
    }
    const auto length = big_endian(rest.substr(0, 4));
    if (length > rest.size() - kAround) {
        return std::nullopt;
    }
    const PngChunk chunk{
        .type = rest.substr(4, 4), .data = rest.substr(8, length), .whole = rest.substr(0, length + kAround)};
    rest.remove_prefix(chunk.whole.size());
    return chunk;
}

PictureFacts png_facts(std::string_view file) {
    PictureFacts facts;
    auto rest = file.substr(kPngSignature);
    bool is_first = true;
    while (const auto chunk = take_png_chunk(rest)) {
        if (is_first != (chunk->type == "IHDR")) {
            throw broken_picture("its header is not where it belongs");
        }
        if (is_first && chunk->data.size() >= 8) {
            facts.extent = {.width = big_endian(chunk->data.substr(0, 4)),
                            .height = big_endian(chunk->data.substr(4, 4))};
        }
        is_first = false;
        if (chunk->type == "acTL") {
            throw animated("PNG");
        }
        if (chunk->type == "eXIf") {
            facts.orientation = exif_orientation(chunk->data);
        }
        if (chunk->type == "IEND") {
            return facts;
        }
    }
    throw broken_picture("it is cut off");
}

PictureFacts webp_facts(std::string_view file) {
    constexpr std::size_t kRiff = 12;
    constexpr std::size_t kChunk = 8;
    PictureFacts facts;
    if (little_endian(file.substr(4, 4)) > file.size() - kChunk) {
        throw broken_picture("it is cut off");
    }
    for (auto rest = file.substr(kRiff); rest.size() >= kChunk;) {
        const auto type = rest.substr(0, 4);
        const auto length = little_endian(rest.substr(4, 4));
        if (type == "ANIM" || type == "ANMF") {
            throw animated("WebP");
        }
        auto content = rest.substr(kChunk, length);
        if (type == "EXIF") {
            if (content.starts_with(kExifBegin)) {  // some programs write the beginning of JPEG's, too
                content.remove_prefix(kExifBegin.size());
            }
            facts.orientation = exif_orientation(content);
        }
        rest.remove_prefix(std::min(kChunk + length + length % 2, rest.size()));
    }
    return facts;
}

Pixels read_picture(std::string_view file, std::size_t side) {
    switch (kind_of_picture(file)) {
        case PictureKind::jpeg: {
            const auto facts = jpeg_facts(file);
            return upright(read_jpeg(file, side), facts.orientation);
        }
        case PictureKind::png: {
            const auto facts = png_facts(file);
            require_extent(facts.extent);
            return upright(read_png(file, facts, side), facts.orientation);
        }
        case PictureKind::webp: {
            const auto facts = webp_facts(file);
            return upright(read_webp(file, side), facts.orientation);
        }
    }
    throw std::logic_error("there is a fourth kind of picture");
}

}  // namespace orderd::catalog
