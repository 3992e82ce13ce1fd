#include "catalog/sheet_pictures.h"

#include <algorithm>

#include "base/text.h"

namespace orderd::catalog {

namespace {

constexpr std::size_t kLongestUrl = 2'000;  ///< bytes; more is no address of a picture
constexpr std::size_t kLongestText = 500;   ///< code points, as of a picture's own

/// A text that is too long is cut: it describes a picture, and nothing depends on it.
std::string shortened(std::string text) {
    std::size_t end = 0;
    for (std::size_t count = 0; end < text.size(); ++end) {
        const bool begins_letter = (static_cast<unsigned char>(text[end]) & 0xc0U) != 0x80U;
        if (begins_letter && ++count > kLongestText) {
            break;
        }
    }
    text.resize(end);
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    return text;
}

}  // namespace

void SheetPictures::take(const csv::Record& record, const std::string& sku) {
    const auto is_text = [](const std::string& field) { return valid_utf8(field) && !has_control(field, true); };
    if (!std::all_of(record.fields.begin(), record.fields.end(), is_text)) {
        return;  // the row is reported as faulty
    }
    auto handle = header_.field(record, Column::handle);
    if (!sku.empty()) {
        skus_.try_emplace(handle, sku);
    }
    const auto add = [&](Column column, bool of_variant) {
        auto url = header_.field(record, column);
        if (handle.empty() || url.empty() || url.size() > kLongestUrl || (of_variant && sku.empty())) {
            return;
        }
        const auto position = of_variant ? std::nullopt : parse_integer(header_.field(record, Column::image_position));
        taken_.push_back({.handle = handle,
                          .sku = of_variant ? sku : "",
                          .url = std::move(url),
                          .position = position.value_or(static_cast<std::int64_t>(taken_.size()) + 1),
                          .alt = of_variant ? "" : shortened(header_.field(record, Column::image_text)),
                          .of_variant = of_variant});
    };
    add(Column::image, false);
    add(Column::variant_image, true);
}

std::vector<SheetPicture> SheetPictures::finish() && {
    for (auto& picture : taken_) {
        if (const auto found = skus_.find(picture.handle); picture.sku.empty() && found != skus_.end()) {
            picture.sku = found->second;
        }
    }
    std::erase_if(taken_, [](const SheetPicture& picture) { return picture.sku.empty(); });
    return std::move(taken_);
}

}  // namespace orderd::catalog
