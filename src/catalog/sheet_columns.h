#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "catalog/csv.h"

namespace orderd::catalog {

/// A column that an import reads.
enum class Column : std::size_t {
    handle,
    title,
    body,
    published,
    status,
    hidden,
    option1_name,
    option1,
    option2_name,
    option2,
    option3_name,
    option3,
    sku,
    variant_name,
    variant_body,
    grams,
    weight,
    weight_unit,
    tracker,
    quantity,
    policy,
    beyond_limit,
    expected_on,
    price,
    compare_at_price,
    barcode,
    image,
    customs_code,
    origin_country,
    measure,
    measure_unit,
    content,
    shelf,
    most_per_order,
    image_position,
    image_text,
    variant_image,
    threshold,
    tax_class,
    collections,
    count,
};

/// The names of all columns: of Shopify's files, old and new, of its inventory files, and our own.
std::span<const std::string_view> column_names();

/// The name of a column in the files that orderd writes.
std::string_view name_of(Column column);

/// Thrown for a row that is skipped.
struct BadRow {
    std::string why;
    bool faulty = true;
};

/// The position of each column, by a file's first record.
class Header {
public:
    explicit Header(const csv::Record& record);

    /// The columns that a file needs and this one lacks: "Title, Variant Price". An SKU and something to say of it are
    /// enough to change products that are there; a file without SKUs says all that a new product needs.
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
