#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "catalog/product.h"
#include "catalog/sheet_columns.h"
#include "catalog/tax_class.h"

namespace orderd::catalog {

// What a row of a product CSV says, value by value. A value that cannot be read throws BadRow, so that its row is
// skipped; one that a product can be without is left out, with a note.

using Notes = std::vector<std::string>;

/// The numbers of a file. Where its separator is not the comma, they may have a decimal comma.
class NumberReader {
public:
    NumberReader(const csv::Form& form, std::string_view currency)
        : comma_allowed_(form.separator == ';' || form.separator == '\t'), currency_(currency) {}

    Money price(std::string_view text, std::string_view what = "price") const;

    /// Grams, rounded. Shopify writes 0 if no weight was entered, so 0 counts as an empty field.
    std::optional<std::int64_t> weight(const Header& header, const csv::Record& record) const;

    /// "500", "ml": how much one unit holds. Nullopt, with a note, if it cannot be read.
    std::optional<Content> content(std::string_view quantity, std::string_view unit, Notes& notes) const;

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

/// Where a product is to be had, and what to say about words that orderd does not know.
struct Sale {
    std::optional<ProductStatus> status;  ///< nullopt: the file does not say
    std::string note;
};
Sale read_sale(std::string_view status, std::string_view published, std::string_view hidden = {});

/// What a row says about stock.
struct Stock {
    std::optional<Quantity> quantity = {};       ///< nullopt: it does not say how much
    std::optional<StockPolicy> policy = {};      ///< nullopt: it does not say
    std::optional<Quantity> limit = {};          ///< nullopt: it does not say how many are sold beyond the stock
    std::optional<std::optional<Day>> day = {};  ///< when more comes; an inner nullopt: that is not known
};
Stock read_stock(const Header& header, const csv::Record& record, Notes& notes);

/// Adds what the columns of codes, measure, shelf and bounds say.
void read_details(const Header& header, const csv::Record& record, const NumberReader& numbers, Changes& says,
                  Notes& notes);

/// The names in a field of collections: "Pottery, Gifts". A comma in a name has a backslash before it.
std::vector<std::string> read_names(std::string_view text);
std::string written_names(const std::vector<std::string>& names);

}  // namespace orderd::catalog
