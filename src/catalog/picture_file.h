#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/errors.h"
#include "base/refused.h"
#include "catalog/pixels.h"

namespace orderd::catalog {

inline constexpr Refused kPictureKind{
    415, "unsupported_picture",
    "The file is not a still picture in JPEG, PNG or WebP; detail says what it seems to be. SVG, GIF, HEIC, AVIF and "
    "animations are not taken. Save it as JPEG, PNG or WebP."};
inline constexpr Refused kBrokenPicture{
    422, "broken_picture",
    "The file begins as a picture and cannot be read to its end: it is cut off or damaged. Save or send it again."};
inline constexpr Refused kPictureTooLarge{
    422, "picture_too_large",
    "The picture has more pixels than are taken, or reading one of its kind takes too much memory; detail names the "
    "limit. Make it smaller, or save it as baseline JPEG."};

enum class PictureKind { jpeg, png, webp };

/// What kind of picture a file begins as, whatever its name or media type says.
///
/// @throws Refusal 415 `unsupported_picture`, naming what it seems to be
PictureKind kind_of_picture(std::string_view file);

/// @throws Refusal 422 `picture_too_large`
void require_extent(Extent picture);

/// @throws Refusal 422 `picture_too_large` if reading takes more memory than budget::kPictureMemory leaves beside the file
void require_memory(std::size_t bytes, std::size_t file_size);

Refusal broken_picture(std::string_view why);

/// The orientation (1 to 8) in EXIF data, which begins with a TIFF header (EXIF 2.32, section 4.6.4). Anything odd is 1,
/// upright.
int exif_orientation(std::string_view tiff);

/// What a picture's file says besides its pixels. All other metadata is ignored.
struct PictureFacts {
    Extent extent;        ///< as it is stored, before it is turned; {} if the decoder has to say
    int orientation = 1;  ///< EXIF
};

// The structure of the files. Each reads headers only, allocates nothing, and checks that the file goes on to its end as
// far as that can be seen without decoding it.

PictureFacts jpeg_facts(std::string_view file);  ///< extent: {}
PictureFacts png_facts(std::string_view file);
PictureFacts webp_facts(std::string_view file);  ///< extent: {}

/// The next chunk of a PNG (PNG, section 5.3).
struct PngChunk {
    std::string_view type;
    std::string_view data;
    std::string_view whole;  ///< with length and checksum
};
inline constexpr std::size_t kPngSignature = 8;  ///< bytes

/// Takes a chunk off the beginning of `rest`. @returns nullopt if it is cut off
std::optional<PngChunk> take_png_chunk(std::string_view& rest);

// The decoders. Each gives the picture shrunk so that no side is longer than `side`, and not yet turned.
//
// They refuse what is larger than it may be before they allocate anything for it. Bytes after a picture's end are not
// read.

Pixels read_jpeg(std::string_view file, std::size_t side);
Pixels read_png(std::string_view file, const PictureFacts& facts, std::size_t side);
Pixels read_webp(std::string_view file, std::size_t side);

/// Reads a file: upright, and shrunk so that no side is longer than `side`. With the file, it takes no more than
/// budget::kPictureMemory.
///
/// @throws Refusal 415 `unsupported_picture`; 422 `broken_picture`, `picture_too_large`
Pixels read_picture(std::string_view file, std::size_t side);

/// Writes a picture as lossy WebP, alpha included, in the best quality that takes no more than budget::kPictureStored
/// bytes. Nothing of the original file is in it but its pixels. They are released before the work begins, which takes up to 70 MiB.
std::string write_webp(Pixels picture);

}  // namespace orderd::catalog
