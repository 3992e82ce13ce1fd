#pragma once

#include <string>
#include <vector>

#include "catalog/import_record.h"
#include "catalog/stock.h"

namespace orderd::catalog {

// What arrives is booked in line by line, and shelves are counted. Both are kept as imports are: their movements name them,
// and undo_import() takes all of them back.

inline constexpr Refused kStockMoved{
    409, "stock_moved",
    "The stock of some products changed while they were counted, so nothing was booked. products names each with what was "
    "seen and what is on hand now. Count those again."};

constexpr std::size_t kMostReceived = 1'000;  ///< products of a delivery: a screen shows them all
constexpr std::size_t kMostCounted = 1'000;   ///< products that one count books, in one mutation
constexpr std::size_t kMaxReference = 100;    ///< code points, of what the supplier calls a delivery

/// What came of one product in a delivery, or was corrected by a count.
struct MovedLine {
    ProductId product{};
    std::string sku;
    std::string name;
    Quantity units = 0;    ///< of all its movements together
    Quantity on_hand = 0;  ///< now
};

/// Newest first. What was taken back again is left out.
std::vector<MovedLine> lines_of_import(const storage::View& view, ImportId id);

/// The products with this barcode or SKU that are not archived. A GTIN of 12 digits and the same with a 0 before it are one.
std::vector<Product> find_by_code(const storage::View& view, std::string_view code);

/// Begins a delivery. @param reference  the supplier's; may be empty
ImportId begin_delivery(storage::Transaction& tx, std::string_view reference, const Actor& actor, Time now);

/// @throws Refusal 404 if there is no such delivery
Import get_delivery(const storage::View& view, ImportId id);

/// Records "import.changed".
void set_reference(storage::Transaction& tx, ImportId delivery, std::string_view reference, const Actor& actor,
                   Time now);

/// Adds units of a product to a delivery; below 0: takes back what was typed too much. They are on hand at once.
///
/// @throws Refusal 404; 409 `already_undone`; as change(); 422 if less would have come than none, for a product that is not
///         counted, or for too many products
void receive(storage::Transaction& tx, ImportId delivery, ProductId product, Quantity units, const Actor& actor,
             Time now);

/// A product that was counted on its shelf.
struct Counted {
    ProductId product{};
    Quantity counted = 0;
    Quantity seen = 0;  ///< on hand, as it was shown while it was counted
};

struct Count {
    std::vector<Counted> products;
    std::string note = {};
    bool dry_run = false;
};

struct CountRow {
    Product product;
    Quantity counted = 0;
    bool moved = false;  ///< its stock changed since it was shown

    Quantity difference() const { return counted - product.on_hand; }
};

struct CountReport {
    std::optional<ImportId> id = {};  ///< for undoing it; nullopt: nothing differed, or it was not booked
    std::vector<CountRow> rows = {};
};

/// What book_count() would book now.
///
/// @throws Refusal 422 for products that are not there or not counted, or named twice
CountReport preview(const storage::View& view, const Count& count);

/// Sets the stock of all of them to what was counted, as one change.
///
/// @throws Refusal as preview(); 409 `stock_moved`; 409 `below_reserved` if open orders hold more of a product
CountReport book_count(storage::Transaction& tx, const Count& count, const Actor& actor, Time now);

/// Takes back the movements of a delivery or a count: called by undo_import().
///
/// @throws Refusal 409 `import_in_use` where units have left, or are promised
void undo_movements(storage::Transaction& tx, const Import& import, const Actor& actor, Time now);

}  // namespace orderd::catalog
