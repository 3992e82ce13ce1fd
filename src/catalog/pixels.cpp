#include "catalog/pixels.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace orderd::catalog {

namespace {

constexpr float kOpaque = 255;

std::vector<Landing> landings(std::size_t from, std::size_t to) {
    std::vector<Landing> all(from);
    const double scale = static_cast<double>(to) / static_cast<double>(from);
    for (std::size_t i = 0; i < from; ++i) {
        const double begin = static_cast<double>(i) * scale;
        const double end = static_cast<double>(i + 1) * scale;
        const auto first = std::min(static_cast<std::size_t>(begin), to - 1);
        const auto border = static_cast<double>(first + 1);
        const bool within = end <= border || first + 1 == to;
        all[i] = {.first = static_cast<std::uint32_t>(first),
                  .part = within ? 1.0F : static_cast<float>((border - begin) / (end - begin))};
    }
    return all;
}

float area_of(Extent from, Extent to) {
    return static_cast<float>(static_cast<double>(from.pixels()) / static_cast<double>(to.pixels()));
}

/// Sums hold colours multiplied by alpha, and alpha.
void add_pixel(float* sums, const std::uint8_t* pixel, float weight) noexcept {
    const float alpha = static_cast<float>(pixel[3]) * weight;
    sums[0] += static_cast<float>(pixel[0]) * alpha;
    sums[1] += static_cast<float>(pixel[1]) * alpha;
    sums[2] += static_cast<float>(pixel[2]) * alpha;
    sums[3] += alpha;
}

std::uint8_t rounded(float value) noexcept {
    return static_cast<std::uint8_t>(std::clamp(value + 0.5F, 0.0F, kOpaque));
}

/// Turns the sums of a row into its pixels. @returns whether all of them are opaque
bool average(const float* sums, std::uint8_t* row, std::size_t width, float area) noexcept {
    bool opaque = true;
    for (std::size_t i = 0; i < width * kChannels; i += kChannels) {
        const float alpha = sums[i + 3];
        const bool visible = alpha > 0;
        row[i] = visible ? rounded(sums[i] / alpha) : std::uint8_t{0};
        row[i + 1] = visible ? rounded(sums[i + 1] / alpha) : std::uint8_t{0};
        row[i + 2] = visible ? rounded(sums[i + 2] / alpha) : std::uint8_t{0};
        row[i + 3] = rounded(alpha / area);
        opaque = opaque && row[i + 3] == 255;
    }
    return opaque;
}

Pixels empty_picture(Extent extent) {
    return {.extent = extent, .rgba = std::vector<std::uint8_t>(extent.pixels() * kChannels)};
}

}  // namespace

Extent fitted(Extent picture, std::size_t side) {
    const auto longest = picture.longest();
    if (longest <= side) {
        return picture;
    }
    const auto shorter = [&](std::size_t length) {
        return std::max<std::size_t>(1, (length * side + longest / 2) / longest);
    };
    return {.width = shorter(picture.width), .height = shorter(picture.height)};
}

Pixels upright(Pixels picture, int orientation) {
    if (orientation < 2 || orientation > 8) {
        return picture;
    }
    const auto [width, height] = picture.extent;
    const bool on_its_side = orientation >= 5;
    auto turned = empty_picture({.width = on_its_side ? height : width, .height = on_its_side ? width : height});
    turned.opaque = picture.opaque;
    const bool from_right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    const bool from_below = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    auto* into = turned.rgba.data();
    for (std::size_t y = 0; y < turned.extent.height; ++y) {
        for (std::size_t x = 0; x < turned.extent.width; ++x) {
            const auto across = on_its_side ? y : x;
            const auto down = on_its_side ? x : y;
            std::memcpy(into,
                        picture.at(from_right ? width - 1 - across : across, from_below ? height - 1 - down : down),
                        kChannels);
            into += kChannels;
        }
    }
    return turned;
}

Pixels shrunk(const Pixels& picture, Extent to) {
    RowShrinker shrinker(picture.extent, to);
    for (std::size_t y = 0; y < picture.extent.height; ++y) {
        shrinker.take(picture.at(0, y));
    }
    return std::move(shrinker).finish();
}

RowShrinker::RowShrinker(Extent from, Extent to)
    : area_(area_of(from, to)),
      across_(landings(from.width, to.width)),
      down_(landings(from.height, to.height)),
      line_(to.width * kChannels),
      sums_(to.width * kChannels),
      made_(empty_picture(to)) {}

void RowShrinker::take(const std::uint8_t* row) noexcept {
    if (is_complete()) {
        return;
    }
    shrink_across(row);
    const auto [at, part] = down_[next_];
    add_line(part);
    const bool is_last_of_row = next_ + 1 == down_.size() || down_[next_ + 1].first > at;
    if (is_last_of_row || part < 1) {
        end_row();
    }
    if (part < 1) {
        add_line(1 - part);
    }
    ++next_;
}

void RowShrinker::shrink_across(const std::uint8_t* row) noexcept {
    std::fill(line_.begin(), line_.end(), 0.0F);
    for (const auto& [first, part] : across_) {
        auto* sums = &line_[first * kChannels];
        add_pixel(sums, row, part);
        if (part < 1) {
            add_pixel(sums + kChannels, row, 1 - part);
        }
        row += kChannels;
    }
}

void RowShrinker::add_line(float weight) noexcept {
    for (std::size_t i = 0; i < line_.size(); ++i) {
        sums_[i] += line_[i] * weight;
    }
}

void RowShrinker::end_row() noexcept {
    auto* row = &made_.rgba[down_[next_].first * line_.size()];
    made_.opaque = average(sums_.data(), row, made_.extent.width, area_) && made_.opaque;
    std::fill(sums_.begin(), sums_.end(), 0.0F);
}

Pixels RowShrinker::finish() && {
    if (!is_complete()) {
        throw std::logic_error("a picture is finished before its last row");
    }
    return std::move(made_);
}

GridShrinker::GridShrinker(Extent from, Extent to)
    : to_(to),
      area_(area_of(from, to)),
      across_(landings(from.width, to.width)),
      down_(landings(from.height, to.height)),
      sums_(to.pixels() * kChannels) {}

void GridShrinker::take(std::size_t x, std::size_t y, const std::uint8_t* pixel) noexcept {
    const auto [column, right] = across_[x];
    const auto [row, below] = down_[y];
    auto* sums = &sums_[(row * to_.width + column) * kChannels];
    add_pixel(sums, pixel, right * below);
    if (right < 1) {
        add_pixel(sums + kChannels, pixel, (1 - right) * below);
    }
    if (below < 1) {
        sums += to_.width * kChannels;
        add_pixel(sums, pixel, right * (1 - below));
        if (right < 1) {
            add_pixel(sums + kChannels, pixel, (1 - right) * (1 - below));
        }
    }
}

Pixels GridShrinker::finish() && {
    auto made = empty_picture(to_);
    made.opaque = average(sums_.data(), made.rgba.data(), to_.pixels(), area_);
    return made;
}

}  // namespace orderd::catalog
