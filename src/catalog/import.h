#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/refused.h"
#include "catalog/product.h"
#include "storage/paging.h"

namespace orderd::catalog {

// Shopify's product CSV. How it becomes products:
//
// * Every variant is its own product, named "Title – Small / Red" after its options. Its SKU is `Variant SKU`,
//   or else made of handle and options (`classic-varsity-top-small`), so that the next run finds it again: the SKU is
//   who a product is.
// * Title, Body (HTML), Published and Status of a handle's first row hold for its other rows. Descriptions lose their
//   HTML.
// * A row with nothing but an image is skipped. A row with a fault is skipped and says why; the others go on.
// * `Variant Grams` is in grams whatever `Variant Weight Unit` says, as Shopify has it: the unit is for show. Where a
//   file has a `Variant Weight` instead, it is in that unit (g, kg, oz, lb). 0 is not a weight: a new product's is
//   unknown, one that is there keeps its own.
// * Name, description, price, weight and threshold of a product that is there become what the file says. Its stock
//   and whether it is on sale belong to the running shop, so they change only where the file says something else than
//   it said in the import before: the same file again never undoes what was sold or counted since. What a file says of
//   the stock is on_hand.
// * A row that would change nothing is skipped.

inline constexpr Refused kNotAProductFile{
    422, "not_a_product_file",
    "The file is not Shopify's product CSV in UTF-8: it is empty, or its first line lacks a column. detail says which. "
    "Export it again as CSV with all columns."};
inline constexpr Refused kFileTooLarge{
    422, "file_too_large",
    "The file has more rows or more text than one import takes; detail names the limit. Nothing was imported. Import "
    "it in parts."};
inline constexpr Refused kTooManyFaults{
    422, "too_many_faults",
    "So many rows have a fault that nothing was imported. detail names the first one: correct the file, or check that "
    "it is the right one."};
inline constexpr Refused kAlreadyUndone{409, "already_undone",
                                        "The import was undone before. There is nothing left to undo."};
inline constexpr Refused kImportInUse{
    409, "import_in_use",
    "The import cannot be undone, because some of its products were ordered, changed or removed since. products names "
    "each one and why. Correct those products by hand."};

/// A row of a file, read but not yet checked against the shop.
struct SheetRow {
    std::int64_t line = 0;
    std::string fault;    ///< why it is skipped; empty: it is a product
    bool faulty = false;  ///< somebody meant a product by it
    std::string sku;
    std::string name;
    std::shared_ptr<const std::string> description;  ///< shared with its handle's other rows; null if it is faulty
    Money price;
    std::optional<std::int64_t> weight_g;
    std::optional<Quantity> quantity;
    std::optional<std::optional<Quantity>> low_stock_threshold;  ///< of files that have the column
    std::optional<bool> archived;
};

struct Sheet {
    std::string file_hash;  ///< SHA-256
    std::vector<SheetRow> rows;
};

/// Called after each row with how far it is, from 0 to 1. What it throws ends the work.
using Progress = std::function<void(double done)>;

/// Reads a file. Touches no database, so that nothing waits for it.
///
/// @throws Refusal 422 `not_a_product_file` if it has no header with the columns that are needed, or is not text
///         in UTF-8; `file_too_large`, or `too_many_faults` in a thousand rows (base/budgets.h)
Sheet read_sheet(std::string_view csv, std::string_view currency, const Progress& progress = {});

struct ImportReport {
    enum class Outcome { added, updated, skipped };

    struct Row {
        std::int64_t line = 0;
        Outcome outcome = Outcome::skipped;
        std::string sku;
        std::string name;
        std::string reason;             ///< skipped: why
        bool faulty = false;            ///< skipped: it cannot be what it says; not: there is nothing to do
        Json changes = Json::object();  ///< {"price": {"from": 1250, "to": 1300}, …}; added: from nothing (null)
    };

    std::optional<ImportId> id;  ///< its number, for undoing it; nothing: it changed nothing, or was a preview
    std::optional<ImportId> same_file_as;  ///< the import that this very file was before
    std::int64_t added = 0;
    std::int64_t updated = 0;
    std::int64_t skipped = 0;
    std::int64_t faulty = 0;  ///< of the skipped ones
    /// In the order of the file: all that are faulty, and the first of the others. An import of many rows is told in
    /// figures.
    std::vector<Row> rows;
    std::int64_t left_out = 0;  ///< how many are not in `rows`

    std::int64_t all() const { return added + updated + skipped; }
};

std::string_view to_text(ImportReport::Outcome outcome);

/// What apply() would do now.
ImportReport preview(const storage::View& view, const Sheet& sheet, const Progress& progress = {});

/// Imports: all of it in this one transaction, so a crash midway leaves no row of it. Products that are added begin
/// with a movement `received`, stock that changes has one `corrected`; both name the import.
ImportReport apply(storage::Transaction& tx, const Sheet& sheet, const Actor& actor, Time now,
                   const Progress& progress = {});

struct Import {
    ImportId id{};
    std::int64_t added = 0;
    std::int64_t updated = 0;
    std::string actor;
    Time at;
    std::optional<Time> undone_at;
};

struct Imports {
    std::vector<Import> rows;
    Json after = nullptr;
};

/// A page of the imports, newest first.
Imports imports(const storage::View& view, const storage::Page& page);

/// @throws Refusal `not_found`
Import get_import(const storage::View& view, ImportId id);

/// Takes an import back: removes what it added, and gives what it updated the fields and the stock from before. All
/// of it, or nothing.
///
/// @throws Refusal 404 `not_found`; 409 `already_undone`; 409 `import_in_use`, with member "products" naming each one
///         that was ordered, changed or removed since: {"product_id", "sku", "reason"}
Import undo_import(storage::Transaction& tx, ImportId id, const Actor& actor, Time now);

Json to_json(const ImportReport& report);
Json to_json(const Import& import);

}  // namespace orderd::catalog
