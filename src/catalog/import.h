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
#include "catalog/csv_form.h"
#include "catalog/product.h"
#include "storage/paging.h"

namespace orderd::catalog {

// Shopify's product CSV, and how it becomes products:
//
// * Every variant is its own product, named "Title – Small / Red" after its options. Its SKU is `Variant
//   SKU`; without one, it is made from handle and options (`classic-varsity-top-small`), so that the next
//   import finds it again: the SKU identifies a product.
// * Title, Body (HTML), Published and Status of a handle's first row hold for its other rows. Descriptions
//   are converted from HTML to text.
// * A row with only an image is skipped. A row with a fault is skipped and says why; the other rows are
//   imported.
// * `Variant Grams` is in grams whatever `Variant Weight Unit` says, as Shopify defines it: the unit is for
//   display. If a file has `Variant Weight` instead, it is in that unit (g, kg, oz, lb). 0 is not a weight: a
//   new product's weight is then unknown, an existing product keeps its own.
// * An existing product gets its name, description, price, weight, threshold and tax class from the file. Its stock and
//   whether it is on sale belong to the running shop: they change only if the file differs from what the
//   previous import said. So the same file again never undoes what was sold or counted since. The stock in a
//   file is on_hand.
// * A row that would change nothing is skipped.
// * What a file says and a shop cannot keep is a note of its row, in the preview too: stock that Shopify does
//   not count or sells beyond, stock below zero, and words for Status that orderd does not know (archived).
//
// Commas, semicolons or tabs may separate the fields, also by a first line `sep=;`. Where it is not commas,
// amounts may have a decimal comma; "1.234" and "1,234" are refused there, since they have two meanings. Text
// is in UTF-8, or in Windows-1252 (csv_form.h).

inline constexpr Refused kNotAProductFile{
    422, "not_a_product_file",
    "The file is not Shopify's product CSV: it is empty or in UTF-16, or its first line lacks a column. detail says "
    "which, and what was seen between the columns. Export it again as CSV with all columns."};
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
    std::string fault;    ///< why it is skipped; empty: it is not
    bool faulty = false;  ///< skipped because of an error, not because it holds no product
    std::string sku;
    std::string name;
    std::shared_ptr<const std::string> description;  ///< shared with its handle's other rows; null if it is faulty
    Money price;
    std::optional<std::int64_t> weight_g;
    std::optional<Quantity> quantity;
    bool not_counted = false;  ///< Shopify does not count its stock; it has no quantity
    std::optional<std::optional<Quantity>> low_stock_threshold;  ///< nullopt: the file has no such column
    std::optional<TaxClass> tax_class;                           ///< nullopt: the file does not say
    std::optional<bool> archived;
    std::vector<std::shared_ptr<const std::string>> notes;  ///< what of it is not taken as the file says
};

struct Sheet {
    std::string file_hash;  ///< SHA-256
    csv::Form form;
    std::vector<SheetRow> rows;
};

/// Called after each row with the progress, from 0 to 1. An exception that it throws ends the work.
using Progress = std::function<void(double done)>;

/// Reads a file. It does not use the database, so nothing waits for it.
///
/// @throws Refusal 422 `not_a_product_file` if its header lacks a required column, or it is in UTF-16;
///         `file_too_large`; `too_many_faults` if a thousand rows have one (base/budgets.h)
Sheet read_sheet(std::string_view csv, std::string_view currency, const Progress& progress = {});

struct ImportReport {
    enum class Outcome { added, updated, skipped };

    struct Row {
        std::int64_t line = 0;
        Outcome outcome = Outcome::skipped;
        std::string sku;
        std::string name;
        std::string reason;                ///< skipped: why
        std::vector<std::string> notes{};  ///< what the row says and is not taken as that
        bool faulty = false;               ///< skipped because of an error; false: there was nothing to do
        Json changes = Json::object();     ///< {"price": {"from": 1250, "to": 1300}, …}; added: from nothing (null)
    };

    std::optional<ImportId> id;            ///< for undoing it; nullopt: it changed nothing, or was a preview
    std::optional<ImportId> same_file_as;  ///< an earlier import of the identical file
    std::int64_t added = 0;
    std::int64_t updated = 0;
    std::int64_t skipped = 0;
    std::int64_t faulty = 0;  ///< how many of the skipped rows
    std::int64_t noted = 0;   ///< how many rows without a fault have notes
    csv::Form form;           ///< how the file is written
    /// In the order of the file: all faulty rows, and the first of those with notes and of the others. The
    /// counts above cover all rows.
    std::vector<Row> rows;
    std::int64_t left_out = 0;  ///< how many are not in `rows`

    std::int64_t all() const { return added + updated + skipped; }

    void add(Row row);  ///< counts it, and keeps it if it is one of those to show
};

std::string_view to_text(ImportReport::Outcome outcome);

/// Reports what apply() would do now.
ImportReport preview(const storage::View& view, const Sheet& sheet, const Progress& progress = {});

/// Imports the whole sheet in this one transaction, so a crash midway leaves no row of it. A new product
/// starts with a movement `received`, changed stock gets a movement `corrected`; both name the import.
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

/// Undoes an import: removes the products that it added, and restores the fields and the stock of those that
/// it updated. Undoes all of it, or nothing.
///
/// @throws Refusal 404 `not_found`; 409 `already_undone`; 409 `import_in_use`, whose member "products" names
///         each product that was ordered, changed or removed since: {"product_id", "sku", "reason"}
Import undo_import(storage::Transaction& tx, ImportId id, const Actor& actor, Time now);

Json to_json(const ImportReport& report);
Json to_json(const Import& import);

}  // namespace orderd::catalog
