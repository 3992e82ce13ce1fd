#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace orderd::catalog {

/// Width and height, in pixels.
struct Extent {
    std::size_t width = 0;
    std::size_t height = 0;

    std::size_t pixels() const { return width * height; }
    std::size_t longest() const { return width > height ? width : height; }
    bool operator==(const Extent&) const = default;
};

/// The extent of a picture that is shrunk until its longest side is no longer than `side`. It is never enlarged, and no
/// side becomes 0.
Extent fitted(Extent picture, std::size_t side);

inline constexpr std::size_t kChannels = 4;  ///< bytes of a pixel: red, green, blue, alpha; alpha is not multiplied in

/// A picture's pixels, row by row from the top.
struct Pixels {
    Extent extent;
    std::vector<std::uint8_t> rgba;
    bool opaque = true;

    const std::uint8_t* at(std::size_t x, std::size_t y) const { return &rgba[(y * extent.width + x) * kChannels]; }
};

/// A picture turned upright, by the orientation of its EXIF data (1 to 8; others are taken as 1, which is upright).
Pixels upright(Pixels picture, int orientation);

/// A picture shrunk to `to`, which is no larger in any direction.
Pixels shrunk(const Pixels& picture, Extent to);

/// Where a row or column of a picture lands in the shrunk one: `part` of it in `first`, and the rest in the next.
struct Landing {
    std::uint32_t first;
    float part;
};

// A shrunk pixel is the average of the area that it stands for, weighted by alpha. Averages are of the sRGB values, as
// browsers do it.

/// Shrinks a picture whose rows come from top to bottom. It holds the shrunk picture and a few rows, not the picture.
class RowShrinker {
public:
    /// `to` is no larger than `from` in any direction.
    RowShrinker(Extent from, Extent to);

    /// Takes the next row: from.width pixels. It neither allocates nor throws, so that a C library may call it.
    void take(const std::uint8_t* row) noexcept;

    bool is_complete() const { return next_ == down_.size(); }
    Pixels finish() &&;

private:
    void shrink_across(const std::uint8_t* row) noexcept;
    void add_line(float weight) noexcept;
    void end_row() noexcept;

    const float area_;  ///< of the picture, in pixels, that a shrunk pixel stands for
    const std::vector<Landing> across_;
    const std::vector<Landing> down_;
    std::vector<float> line_;  ///< the row, shrunk across
    std::vector<float> sums_;  ///< of the shrunk row that is being made
    Pixels made_;
    std::size_t next_ = 0;
};

/// Shrinks a picture whose pixels come in any order, each once, as those of an interlaced PNG. It holds sums for the
/// shrunk picture: 16 bytes for each of its pixels.
class GridShrinker {
public:
    GridShrinker(Extent from, Extent to);

    /// Takes a pixel. It neither allocates nor throws.
    void take(std::size_t x, std::size_t y, const std::uint8_t* pixel) noexcept;

    Pixels finish() &&;

private:
    const Extent to_;
    const float area_;
    const std::vector<Landing> across_;
    const std::vector<Landing> down_;
    std::vector<float> sums_;
};

}  // namespace orderd::catalog
