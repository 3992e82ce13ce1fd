#pragma once

#include <array>
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
#include "catalog/group.h"
#include "catalog/import_record.h"
#include "catalog/product.h"
#include "catalog/sheet_pictures.h"
#include "catalog/sheet_values.h"

namespace orderd::catalog {

// Shopify's product CSV, and how it becomes products:
//
// * Every variant is its own product, named "Title – Small / Red" after its options. Its SKU is `Variant
//   SKU`; without one, it is made from handle and options (`classic-varsity-top-small`), so that the next
//   import finds it again: the SKU identifies a product.
// * A handle whose rows have options is a group (group.h), and its rows are the variants. A group is found again by its
//   handle; it keeps the names of its options, and variants that the file does not name. `Title – Small / Red` is what
//   a variant is called, unless our own column `Variant Name` says otherwise.
// * Title, Body (HTML), Published and Status of a handle's first row hold for its other rows that do not say them.
//   Descriptions are converted from HTML to text.
// * `Image Src` is fetched afterwards (picture_wanted.h), and so is `Variant Image`. A row with only an image is
//   skipped. A row with a fault is skipped and says why; the other rows are
//   imported.
// * `Variant Grams` is in grams whatever `Variant Weight Unit` says, as Shopify defines it: the unit is for
//   display. If a file has `Variant Weight` instead, it is in that unit (g, kg, oz, lb). 0 is not a weight: a
//   new product's weight is then unknown, an existing product keeps its own.
// * Of an existing product only those fields change whose columns are there: a file of SKUs and quantities sets stock. A
//   new one needs a title and a price. An empty field removes the value, but name, price, weight and tax class stay.
// * Stock, how it is sold, and whether a product is on sale belong to the running shop: they change only if the file
//   differs from what the previous import said. So the same file again never undoes what was sold or counted since. The
//   stock in a file is on_hand. What was sold since it was counted is a note, where that is known.
// * What Shopify does not count (no `Variant Inventory Tracker`) is not counted, if it is new; one that is there stays as
//   it is. Policy `continue` is sold beyond the stock, up to our own column `Beyond Limit`; without it, as far as any can.
// * A row that would change nothing is skipped.
// * What a file says and a shop cannot keep is a note of its row, in the preview too: a barcode whose check digit is
//   wrong, a compare-at price that is not above the price, words for Status that orderd does not know (archived).
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

/// A handle whose rows are variants of one group.
struct SheetGroup {
    std::string handle;
    std::string title;                               ///< empty: not said
    std::shared_ptr<const std::string> description;  ///< null: not said
    std::vector<Option> options;
};

struct SheetVariant {
    std::size_t group = 0;                             ///< among Sheet::groups
    std::array<std::string, kMaxOptions> values = {};  ///< of its options, written as they are there
};

/// A row of a file, read but not yet checked against the shop.
struct SheetRow {
    std::int64_t line = 0;
    std::string fault;    ///< why it is skipped; empty: it is not
    bool faulty = false;  ///< skipped because of an error, not because it holds no product
    std::string sku;
    std::string handle;  ///< empty: the file has no such column
    Changes says;        ///< of the fields that the file has columns for; not sku, description, and what `stock` has
    std::shared_ptr<const std::string> description;  ///< shared with its handle's other rows; null: not said
    Stock stock;
    std::shared_ptr<const SheetVariant> variant;                  ///< null: it stands alone
    std::shared_ptr<const std::vector<std::string>> collections;  ///< names or handles of all; null: not said
    std::vector<std::shared_ptr<const std::string>> notes;        ///< what of it is not taken as the file says
};

struct Sheet {
    std::string file_hash;  ///< SHA-256
    csv::Form form;
    std::vector<SheetGroup> groups;
    std::vector<SheetRow> rows;
    std::vector<SheetPicture> pictures;
    std::optional<Time> counted_at;  ///< when its stock was counted, as its sender says
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
    std::int64_t faulty = 0;    ///< how many of the skipped rows
    std::int64_t noted = 0;     ///< how many rows without a fault have notes
    std::int64_t pictures = 0;  ///< how many are new in the file: jobs fetch them afterwards (picture_wanted.h)
    csv::Form form;             ///< how the file is written
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

/// Imports a sheet a slice of its rows at a time, each in a transaction of its own: the orders and payments of others
/// come in between, however long the file is. Each row is decided by what the shop has when its turn comes.
///
/// What a slice did stays. If the import ends before its last row, by a crash or since nobody waits for it, the shop lists
/// it as not complete; it can be undone, and the same file again goes on where it ended, since a row that would change
/// nothing is skipped. A new product starts with a movement `received`, changed stock gets a movement `corrected`;
/// both name the import.
class ImportRun {
public:
    /// @param sheet  outlives the run
    ImportRun(const Sheet& sheet, Actor actor, Time now);

    /// Carries out the next slice. @returns whether there are more. After an exception the run is over.
    ///
    /// @throws Refusal 409 `already_undone` if the import was undone meanwhile
    bool next(storage::Transaction& tx);

    double done() const;                                    ///< from 0 to 1
    const ImportReport& report() const { return report_; }  ///< complete after the last slice

private:
    const Sheet& sheet_;
    const Actor actor_;
    const Time now_;
    ImportRecord record_;
    ImportReport report_;
    std::size_t rows_ = 0;      ///< that were carried out
    std::size_t pictures_ = 0;  ///< that were asked for
};

Json to_json(const ImportReport& report);

}  // namespace orderd::catalog
