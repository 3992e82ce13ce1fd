#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/actor.h"
#include "base/refused.h"
#include "catalog/import_record.h"
#include "catalog/search.h"

namespace orderd::catalog {

// Changes to many products at once. Kept as an import is, and undone as one (import_record.h).

inline constexpr Refused kTooManyProducts{
    422, "too_many_products",
    "The filter finds more products than one edit changes; most says how many that is. Narrow the filter, and edit them in "
    "parts."};

/// What is absent stays.
struct BulkEdit {
    std::optional<std::vector<ProductId>> ids = {};  ///< these products, or
    std::optional<Search> filter = {};               ///< all that a list with this filter has
    std::optional<Money> price = {};
    std::optional<std::int64_t> price_change_ppm = {};  ///< millionths of the price to add; below 0: to take off
    std::optional<std::optional<Quantity>> low_stock_threshold = {};
    std::optional<TaxClass> tax_class = {};
    std::optional<ProductStatus> status = {};
    std::optional<CollectionId> add_to_collection = {};
    std::optional<CollectionId> remove_from_collection = {};
    bool dry_run = false;
};

/// What a bulk edit does to one product.
struct BulkRow {
    ProductId product{};
    std::string sku;
    std::string name;
    std::string reason = {};              ///< why nothing is changed; empty: something is
    bool faulty = false;                  ///< it cannot be changed so; false: there is nothing to do
    std::vector<std::string> notes = {};  ///< what is changed besides
    Json changes = Json::object();        ///< {"price": {"from": 1250, "to": 1300}, …}
};

struct BulkReport {
    std::optional<ImportId> id = {};  ///< for undoing it; nullopt: it changed nothing, or was a preview
    std::int64_t updated = 0;
    std::int64_t skipped = 0;
    std::int64_t faulty = 0;         ///< of those
    std::vector<BulkRow> rows = {};  ///< the first budget::kBulkRowsShown
    std::int64_t left_out = 0;       ///< how many are not among them
};

/// A price with so many millionths more, rounded to the step half up. A price above 0 stays above it.
Money changed_price(Money price, std::int64_t ppm, Money step);

/// What edit() would do now.
///
/// @throws Refusal 422 for products or collections that are not there, `too_many_products`, `price_off_step`
BulkReport preview(const storage::View& view, const BulkEdit& edit);

/// Changes all of them in this one transaction. A product that cannot be changed so is skipped, and says why; a
/// compare-at price that would not be above the price any more goes.
///
/// @throws Refusal as preview()
BulkReport edit(storage::Transaction& tx, const BulkEdit& edit, const Actor& actor, Time now);

Json to_json(const BulkReport& report);

}  // namespace orderd::catalog
