#include "catalog/sheet_columns.h"

#include <fmt/format.h>

#include "base/text.h"

namespace orderd::catalog {

namespace {

constexpr auto kCount = static_cast<std::size_t>(Column::count);

/// Each column's name in Shopify's file, and after it the one that its newer exports have.
constexpr std::array<std::string_view, 2 * kCount> kNames{
    "Handle",
    "URL handle",
    "Title",
    "Title",
    "Body (HTML)",
    "Description",
    "Published",
    "Published on online store",
    "Status",
    "Status",
    "Option1 Value",
    "Option1 value",
    "Option2 Value",
    "Option2 value",
    "Option3 Value",
    "Option3 value",
    "Variant SKU",
    "SKU",
    "Variant Grams",
    "Weight value (grams)",
    "Variant Weight",
    "Weight",
    "Variant Weight Unit",
    "Weight unit for display",
    "Variant Inventory Tracker",
    "Inventory tracker",
    "Variant Inventory Qty",
    "Inventory quantity",
    "Variant Inventory Policy",
    "Continue selling when out of stock",
    "Variant Price",
    "Price",
    "Image Src",
    "Product image URL",
    "Low Stock Threshold",
    "Low stock threshold",
    "Tax Class",
    "Tax class",
};

constexpr std::array kNeeded{Column::handle, Column::title, Column::price};

bool same_name(std::string_view a, std::string_view b) { return folded(a) == folded(b); }

}  // namespace

std::span<const std::string_view> column_names() { return kNames; }

Header::Header(const csv::Record& record) : width_(record.fields.size()) {
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
        const auto name = trimmed(record.fields[i]);
        for (std::size_t column = 0; column < kCount; ++column) {
            if (!places_[column] && (same_name(name, kNames[2 * column]) || same_name(name, kNames[2 * column + 1]))) {
                places_[column] = i;
            }
        }
    }
}

std::string Header::missing() const {
    std::string names;
    for (const auto column : kNeeded) {
        if (!has(column)) {
            names += fmt::format("{}{}", names.empty() ? "" : ", ", kNames[2 * static_cast<std::size_t>(column)]);
        }
    }
    return names;
}

std::string Header::field(const csv::Record& record, Column column) const {
    const auto at = place(column);
    return at && *at < record.fields.size() ? csv::unguarded(trimmed(record.fields[*at])) : std::string();
}

}  // namespace orderd::catalog
