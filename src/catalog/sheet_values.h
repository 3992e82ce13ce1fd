#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/money.h"
#include "catalog/product.h"
#include "catalog/sheet_columns.h"
#include "catalog/tax_class.h"

namespace orderd::catalog {

// What a row of a product CSV says, value by value. A value that cannot be read throws BadRow.

/// The numbers of a file. Where its separator is not the comma, they may have a decimal comma.
class NumberReader {
public:
    NumberReader(const csv::Form& form, std::string_view currency)
        : comma_allowed_(form.separator == ';' || form.separator == '\t'), currency_(currency) {}

    Money price(std::string_view text) const;

    /// Grams, rounded. Shopify writes 0 if no weight was entered, so 0 counts as an empty field.
    std::optional<std::int64_t> weight(const Header& header, const csv::Record& record) const;

private:
    std::string with_point(std::string_view text, std::string_view what) const;
    double parse_weight(std::string_view text) const;

    bool comma_allowed_;
    std::string currency_;
};

/// A whole number, negative ones included.
std::int64_t read_whole(std::string_view text, std::string_view what);

/// Nullopt if the field is empty: no alert.
std::optional<Quantity> read_threshold(std::string_view text);

/// Nullopt if the field is empty: the file does not say.
std::optional<TaxClass> read_tax_class(std::string_view text);

/// Whether a product is off sale, and what to say about words that orderd does not know.
struct Sale {
    std::optional<bool> archived;  ///< nullopt: the file does not say
    std::string note;
};
Sale read_sale(std::string_view status, std::string_view published);

/// What a row says about stock.
struct Stock {
    std::optional<Quantity> quantity;  ///< nullopt: it does not say how much
    bool not_counted = false;          ///< Shopify does not count this product's stock, so there is no quantity
    std::string note;                  ///< what of it a shop cannot keep; may be empty
};
Stock read_stock(const Header& header, const csv::Record& record);

}  // namespace orderd::catalog
