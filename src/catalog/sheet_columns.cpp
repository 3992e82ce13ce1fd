#include "catalog/sheet_columns.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace orderd::catalog {

namespace {

constexpr auto kCount = static_cast<std::size_t>(Column::count);

struct Name {
    Column column;
    std::string_view name;
};

/// The columns' names. The first of each column is the one that orderd writes: Shopify's, where it has such a column.
constexpr std::array kNames{
    Name{Column::handle, "Handle"},
    Name{Column::handle, "URL handle"},
    Name{Column::title, "Title"},
    Name{Column::body, "Body (HTML)"},
    Name{Column::body, "Description"},
    Name{Column::published, "Published"},
    Name{Column::published, "Published on online store"},
    Name{Column::status, "Status"},
    Name{Column::hidden, "Hidden"},
    Name{Column::option1_name, "Option1 Name"},
    Name{Column::option1, "Option1 Value"},
    Name{Column::option2_name, "Option2 Name"},
    Name{Column::option2, "Option2 Value"},
    Name{Column::option3_name, "Option3 Name"},
    Name{Column::option3, "Option3 Value"},
    Name{Column::sku, "Variant SKU"},
    Name{Column::sku, "SKU"},
    Name{Column::variant_name, "Variant Name"},
    Name{Column::variant_body, "Variant Description (HTML)"},
    Name{Column::grams, "Variant Grams"},
    Name{Column::grams, "Weight value (grams)"},
    Name{Column::weight, "Variant Weight"},
    Name{Column::weight, "Weight"},
    Name{Column::weight_unit, "Variant Weight Unit"},
    Name{Column::weight_unit, "Weight unit for display"},
    Name{Column::tracker, "Variant Inventory Tracker"},
    Name{Column::tracker, "Inventory tracker"},
    Name{Column::quantity, "Variant Inventory Qty"},
    Name{Column::quantity, "Inventory quantity"},
    Name{Column::quantity, "Quantity"},
    Name{Column::quantity, "Qty"},
    Name{Column::quantity, "Stock"},
    Name{Column::quantity, "On hand (new)"},  // Shopify's inventory file
    Name{Column::quantity, "On hand"},
    Name{Column::quantity, "On hand (current)"},
    Name{Column::policy, "Variant Inventory Policy"},
    Name{Column::policy, "Continue selling when out of stock"},
    Name{Column::beyond_limit, "Beyond Limit"},
    Name{Column::expected_on, "Expected On"},
    Name{Column::price, "Variant Price"},
    Name{Column::price, "Price"},
    Name{Column::compare_at_price, "Variant Compare At Price"},
    Name{Column::compare_at_price, "Compare-at price"},
    Name{Column::barcode, "Variant Barcode"},
    Name{Column::barcode, "Barcode"},
    Name{Column::image, "Image Src"},
    Name{Column::image, "Product image URL"},
    Name{Column::image_position, "Image Position"},
    Name{Column::image_text, "Image Alt Text"},
    Name{Column::variant_image, "Variant Image"},
    Name{Column::variant_image, "Variant image URL"},
    Name{Column::customs_code, "Customs Code"},
    Name{Column::customs_code, "HS Code"},
    Name{Column::customs_code, "Variant HS Code"},
    Name{Column::origin_country, "Origin Country"},
    Name{Column::origin_country, "COO"},
    Name{Column::origin_country, "Country of Origin"},
    Name{Column::origin_country, "Variant Country of Origin"},
    Name{Column::measure, "Unit Price Total Measure"},
    Name{Column::measure_unit, "Unit Price Total Measure Unit"},
    Name{Column::content, "Content"},
    Name{Column::shelf, "Shelf"},
    Name{Column::shelf, "Bin name"},
    Name{Column::most_per_order, "Most Per Order"},
    Name{Column::threshold, "Low Stock Threshold"},
    Name{Column::tax_class, "Tax Class"},
    Name{Column::collections, "Collections"},
};

bool same_name(std::string_view a, std::string_view b) { return folded(a) == folded(b); }

}  // namespace

std::span<const std::string_view> column_names() {
    static const auto names = [] {
        std::array<std::string_view, kNames.size()> all{};
        std::transform(kNames.begin(), kNames.end(), all.begin(), [](const Name& name) { return name.name; });
        return all;
    }();
    return names;
}

std::string_view name_of(Column column) {
    return std::find_if(kNames.begin(), kNames.end(), [&](const Name& name) { return name.column == column; })->name;
}

Header::Header(const csv::Record& record) : width_(record.fields.size()) {
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
        const auto name = trimmed(record.fields[i]);
        for (const auto& known : kNames) {
            auto& place = places_[static_cast<std::size_t>(known.column)];
            if (!place && same_name(name, known.name)) {
                place = i;
            }
        }
    }
}

std::string Header::missing() const {
    const auto known =
        std::count_if(places_.begin(), places_.end(), [](const auto& place) { return place.has_value(); });
    if (has(Column::sku) && known > 1) {
        return "";
    }
    std::string names;
    for (const auto column : {Column::handle, Column::title, Column::price}) {
        if (!has(column)) {
            names += fmt::format("{}{}", names.empty() ? "" : ", ", name_of(column));
        }
    }
    return names;
}

std::string Header::field(const csv::Record& record, Column column) const {
    const auto at = place(column);
    return at && *at < record.fields.size() ? csv::unguarded(trimmed(record.fields[*at])) : std::string();
}

}  // namespace orderd::catalog
