#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "catalog/csv.h"

namespace orderd::catalog {

/// A column of Shopify's product CSV that an import reads.
enum class Column : std::size_t {
    handle,
    title,
    body,
    published,
    status,
    option1,
    option2,
    option3,
    sku,
    grams,
    weight,
    weight_unit,
    tracker,
    quantity,
    policy,
    price,
    image,
    threshold,
    tax_class,
    count,
};

/// The names of all columns, those of Shopify's newer files too.
std::span<const std::string_view> column_names();

/// Thrown for a row that is skipped.
struct BadRow {
    std::string why;
    bool faulty = true;
};

/// The position of each column, by a file's first record.
class Header {
public:
    explicit Header(const csv::Record& record);

    /// The columns that every file needs and this one lacks: "Title, Variant Price".
    std::string missing() const;

    bool has(Column column) const { return place(column).has_value(); }
    std::size_t width() const { return width_; }

    /// The field, trimmed and without the guard against formulas; "" if the row or the file lacks it.
    std::string field(const csv::Record& record, Column column) const;

private:
    std::optional<std::size_t> place(Column column) const { return places_[static_cast<std::size_t>(column)]; }

    std::array<std::optional<std::size_t>, static_cast<std::size_t>(Column::count)> places_{};
    std::size_t width_;
};

}  // namespace orderd::catalog
