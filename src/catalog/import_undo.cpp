// How an import is undone: undo_import() of import_record.h.

#include <fmt/format.h>

#include <functional>

#include "base/errors.h"
#include "catalog/collections.h"
#include "catalog/import_record.h"
#include "catalog/picture_wanted.h"
#include "catalog/receiving.h"
#include "catalog/stock.h"
#include "storage/events.h"

namespace orderd::catalog {

namespace {

constexpr auto kChanges = R"sql(
    SELECT id, subject_id, kept FROM import_change WHERE import_id = ?1 AND subject = ?2 AND id > ?3
     ORDER BY id LIMIT ?4
)sql";
constexpr auto kOrderedSince = "SELECT ifnull(last_order > ?2, 0) FROM product WHERE id = ?1";
constexpr auto kUndone = "UPDATE import SET undone_at = ?2 WHERE id = ?1";

/// Calls `use` for each thing of one kind that an import changed, in its order. A page of them at a time: `use` may
/// change the database.
void each_change(const storage::View& view, ImportId id, const char* subject,
                 const std::function<void(std::int64_t subject_id, const Json& kept)>& use) {
    constexpr std::int64_t kPage = 500;
    std::int64_t after = 0;
    for (bool more = true; more;) {
        std::vector<std::pair<std::int64_t, std::string>> page;
        view.each(
            kChanges,
            [&](const storage::Row& row) {
                after = row.get<std::int64_t>(0);
                page.emplace_back(row.get<std::int64_t>(1), row.get<std::string>(2));
            },
            id, subject, after, kPage);
        more = std::ssize(page) == kPage;
        for (const auto& [subject_id, kept] : page) {
            use(subject_id, stored_json(kept));
        }
    }
}

/// A member that was kept as {"before", "after"}; null if it stayed.
Json member_of(const Json& kept, const char* name, const char* when) {
    const auto found = kept.find(name);
    return found == kept.end() || found->is_null() ? Json(nullptr) : found->at(when);
}

/// Whether a product was changed at all: others are kept for what a file said of them.
bool was_changed(const Json& kept) {
    return !kept.at("after").is_null() || kept.contains("collections") || kept.contains("variant");
}

/// Whether both are the same variant, wherever it stands among the others.
bool is_same_place(const std::optional<Variant>& one, const std::optional<Variant>& other) {
    return one.has_value() == other.has_value() &&
           (!one || (one->group == other->group && one->values == other->values));
}

/// Whether the product still has what was kept of it.
bool is_as_left(const storage::View& view, const Product& product, const Json& kept) {
    const auto& after = kept.at("after");
    if (!after.is_null()) {
        const auto now = state_json(product);
        for (const auto& [name, value] : after.items()) {
            if (name != "variant" && now.contains(name) && now.at(name) != value) {
                return false;
            }
        }
    }
    if (kept.contains("variant") &&
        !is_same_place(product.variant, variant_from(member_of(kept, "variant", "after")))) {
        return false;
    }
    return !kept.contains("collections") ||
           ids_json(collections_of(view, product.id)) == member_of(kept, "collections", "after");
}

/// Why a product prevents an undo; empty if it does not.
std::string in_use(const storage::View& view, ProductId id, const Json& kept) {
    const auto product = find(view, id);
    if (!product) {
        return "it was removed since";
    }
    const auto last_order = kept.at("last_order").get<std::int64_t>();
    const auto& after = kept.at("after");
    const bool has_stock = !after.is_null() && after.contains("on_hand");
    if (has_stock && view.value<bool>(kOrderedSince, product->id, last_order).value()) {
        return "it was ordered since";
    }
    return is_as_left(view, *product, kept) ? "" : "it was changed since";
}

void require_untouched(const storage::View& view, ImportId id) {
    Json obstacles = Json::array();
    each_change(view, id, "product", [&](std::int64_t product, const Json& kept) {
        if (!was_changed(kept)) {
            return;
        }
        if (const auto reason = in_use(view, ProductId{product}, kept); !reason.empty()) {
            obstacles.push_back({{"product_id", product}, {"sku", kept.at("sku")}, {"reason", reason}});
        }
    });
    if (!obstacles.empty()) {
        auto detail =
            fmt::format("import {} cannot be undone: {} of its products were ordered, changed or removed since",
                        number(id), obstacles.size());
        throw Refusal(kImportInUse, std::move(detail)).with("products", std::move(obstacles));
    }
}

/// Brings a product back to what it was. Its place among variants first: with it, it gets back its handle.
void restore(storage::Transaction& tx, ProductId product, const Json& kept, ImportId id, const Actor& actor, Time now) {
    const auto& before = kept.at("before");
    if (before.is_null() && !kept.at("after").is_null()) {
        remove(tx, product, actor, now);
        return;
    }
    if (kept.contains("variant")) {
        set_variant(tx, product, variant_from(member_of(kept, "variant", "before")), actor, now);
    }
    if (!before.is_null()) {
        std::optional<StockChange> stock;
        if (before.contains("on_hand")) {
            stock = {.on_hand = before.at("on_hand").get<Quantity>(),
                     .note = fmt::format("import {} undone", number(id)),
                     .import = id};
        }
        change(tx, product, changes_from(before), stock, actor, now);
    }
    if (kept.contains("collections")) {
        set_collections(tx, product, ids_from(member_of(kept, "collections", "before")), actor, now);
    }
}

/// Takes back what an import did to a group, unless others have used or changed it since.
void restore_group(storage::Transaction& tx, GroupId id, const Json& kept, const Actor& actor, Time now) {
    const auto group = find_group(tx, id);
    if (!group) {
        return;
    }
    const auto& before = kept.at("before");
    if (before.is_null()) {
        if (variants(tx, group->id).empty()) {
            remove_group(tx, group->id, actor, now);
        }
    } else if (kept.at("after") == Json{{"name", group->name}, {"description", group->description}}) {
        update_group(tx, group->id,
                     {.name = text_member(before, "name"), .description = text_member(before, "description")}, actor,
                     now);
    }
}

}  // namespace

Import undo_import(storage::Transaction& tx, ImportId id, const Actor& actor, Time now) {
    const auto import = get_import(tx, id);
    if (import.undone_at) {
        throw Refusal(kAlreadyUndone, fmt::format("import {} was undone before", number(id)));
    }
    if (import.kind == ImportKind::delivery || import.kind == ImportKind::count) {
        undo_movements(tx, import, actor, now);
    }
    require_untouched(tx, id);
    each_change(tx, id, "product", [&](std::int64_t product, const Json& kept) {
        if (was_changed(kept)) {
            restore(tx, ProductId{product}, kept, id, actor, now);
        }
    });
    each_change(tx, id, "group",
                [&](std::int64_t group, const Json& kept) { restore_group(tx, GroupId{group}, kept, actor, now); });
    each_change(tx, id, "collection", [&](std::int64_t made, const Json&) {
        if (const auto collection = find_collection(tx, CollectionId{made}); collection && collection->products == 0) {
            remove_collection(tx, *collection, actor, now);
        }
    });
    undo_pictures(tx, id, actor, now);
    tx.run(kUndone, id, now);
    const events::Subject subject{"import", number(id)};
    events::record(tx, "import.undone", subject, Json::object(), actor, now);
    audit::record(tx, "product.import_undo", subject, nullptr, nullptr, actor, now);
    return get_import(tx, id);
}

}  // namespace orderd::catalog
