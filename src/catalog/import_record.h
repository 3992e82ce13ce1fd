#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/actor.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/names.h"
#include "base/refused.h"
#include "base/time.h"
#include "catalog/group.h"
#include "catalog/product.h"
#include "storage/paging.h"
#include "storage/writer.h"

namespace orderd::catalog {

// What changes many products at once, an imported file or a bulk edit, keeps what it changed and can be undone.

inline constexpr Refused kAlreadyUndone{409, "already_undone",
                                        "The import was undone before. There is nothing left to undo."};
inline constexpr Refused kImportInUse{
    409, "import_in_use",
    "The import cannot be undone, because some of its products were ordered, changed or removed since. products names "
    "each one and why. Correct those products by hand."};

enum class ImportKind { file, bulk_edit, delivery, count };

inline constexpr Names<ImportKind, 4> kImportKinds{{{{ImportKind::file, "file"},
                                                     {ImportKind::bulk_edit, "bulk_edit"},
                                                     {ImportKind::delivery, "delivery"},
                                                     {ImportKind::count, "count"}}}};

struct Import {
    ImportId id{};
    ImportKind kind = ImportKind::file;
    std::int64_t added = 0;
    std::int64_t updated = 0;
    bool complete = true;       ///< false: it is under way, or ended before its last row
    bool has_pictures = false;  ///< it wanted some: see pictures_of_import()
    std::string reference;      ///< what the supplier calls a delivery; of a count, its note
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

/// Adds an import with its figures, and begins nothing else: what moves stock alone is found by its movements.
ImportId insert_import(storage::Transaction& tx, std::string_view file_hash, const Json& figures, const Actor& actor,
                       Time now);

/// Writes down an import while it is carried out, in one transaction or several. It begins with the first thing that is
/// kept: what changes nothing is no import. Until end(), it counts as not complete.
class ImportRecord {
public:
    ImportRecord(ImportKind kind, std::string file_hash, Actor actor, Time now)
        : kind_(kind), file_hash_(std::move(file_hash)), actor_(std::move(actor)), now_(now) {}

    ImportId id(storage::Transaction& tx);

    /// What happened to one product:
    ///
    ///     {"sku", "before", "after",                 state_json() or those members of it that were changed; before is
    ///                                                 null for a product that was added, both if it stayed as it is
    ///      "said": {"quantity", "status", "policy"},  what a file said of stock and sale; absent: nothing
    ///      "collections": {"before", "after"},        ids; absent: they stayed
    ///      "variant": {"before", "after"},            to_json(); absent: it stayed
    ///      "last_order"}                              of the product, at that time: keep() adds it
    void keep(storage::Transaction& tx, ProductId product, Json kept);

    /// A group that was made, or whose name and description were others.
    void keep_made(storage::Transaction& tx, GroupId group);
    void keep_changed(storage::Transaction& tx, const Group& before, const Group& after);
    void keep_made(storage::Transaction& tx, CollectionId collection);

    /// How many products were added and changed so far. Does nothing before the record has begun.
    ///
    /// @throws Refusal 409 `already_undone` if the import was undone meanwhile
    void count(storage::Transaction& tx, std::int64_t added, std::int64_t updated);

    /// Ends the record, with its event `import.applied` and an audit entry.
    ///
    /// @returns its id; nullopt if nothing was kept
    std::optional<ImportId> end(storage::Transaction& tx, std::int64_t added, std::int64_t updated,
                                std::int64_t skipped);

private:
    void set_figures(storage::Transaction& tx, std::int64_t added, std::int64_t updated, bool complete);
    void insert(storage::Transaction& tx, const char* subject, std::int64_t subject_id, const Json& kept);

    ImportKind kind_;
    std::string file_hash_;
    Actor actor_;
    Time now_;
    std::optional<ImportId> id_;
};

std::optional<Variant> variant_from(const Json& json);  ///< what to_json() of a variant wrote

/// Undoes an import, also one that is not complete: removes the products, groups and collections that it added, and restores the fields, the stock, the
/// group and the collections of those that it changed. A group or collection stays if it has other products by now.
/// Undoes all of it, or nothing.
///
/// A product that was ordered since prevents it, if the import added it or set its stock; an order does not stand in the
/// way of a price. Of a delivery or a count the units are taken off or given back, whatever else happened, unless they have
/// left or are promised (receiving.h).
///
/// @throws Refusal 404 `not_found`; 409 `already_undone`; 409 `import_in_use`, whose member "products" names
///         each product that was ordered, changed or removed since: {"product_id", "sku", "reason"}
Import undo_import(storage::Transaction& tx, ImportId id, const Actor& actor, Time now);

Json to_json(const Import& import);

}  // namespace orderd::catalog
