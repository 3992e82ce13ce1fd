#include "catalog/collections.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/budgets.h"
#include "base/errors.h"
#include "base/folding.h"
#include "base/text.h"
#include "storage/events.h"

namespace orderd::catalog {

namespace {

#define ORDERD_COLLECTION_COLUMNS "c.id, c.handle, c.name, c.position, c.created_at, c.updated_at, c.version"
constexpr auto kCollections = "SELECT " ORDERD_COLLECTION_COLUMNS ", 0 FROM collection c ORDER BY c.position, c.id";
constexpr auto kCountedCollections = R"sql(
    SELECT )sql" ORDERD_COLLECTION_COLUMNS R"sql(,
           (SELECT count(*) FROM collection_product p WHERE p.collection_id = c.id)
      FROM collection c ORDER BY c.position, c.id
)sql";
constexpr auto kCollection = R"sql(
    SELECT )sql" ORDERD_COLLECTION_COLUMNS R"sql(,
           (SELECT count(*) FROM collection_product p WHERE p.collection_id = c.id)
      FROM collection c WHERE c.id = ?1
)sql";
constexpr auto kCollectionsOf = R"sql(
    SELECT )sql" ORDERD_COLLECTION_COLUMNS R"sql(, 0
      FROM collection_product p JOIN collection c ON c.id = p.collection_id
     WHERE p.product_id = ?1 ORDER BY c.position, c.id
)sql";
constexpr auto kCollectionByHandle = "SELECT id FROM collection WHERE handle = ?1";
constexpr auto kHasCollection = "SELECT id FROM collection WHERE id = ?1";
constexpr auto kInsertCollection = R"sql(
    INSERT INTO collection (handle, name, position, created_at, updated_at)
    VALUES (?1, ?2, (SELECT ifnull(max(position), 0) + 1 FROM collection), ?3, ?3)
)sql";
constexpr auto kSaveCollection = R"sql(
    UPDATE collection SET handle = ?2, name = ?3, updated_at = ?4, version = version + 1 WHERE id = ?1
)sql";
constexpr auto kMoveCollection = R"sql(
    UPDATE collection SET position = ?2, updated_at = ?3, version = version + 1 WHERE id = ?1 AND position <> ?2
)sql";
constexpr auto kRemoveCollection = "DELETE FROM collection WHERE id = ?1";
constexpr auto kHasProduct = "SELECT 1 FROM product WHERE id = ?1";
constexpr auto kAddProduct = "INSERT OR IGNORE INTO collection_product (collection_id, product_id) VALUES (?1, ?2)";
constexpr auto kTakeProduct = "DELETE FROM collection_product WHERE collection_id = ?1 AND product_id = ?2";

Collection read_collection(const storage::Row& row) {
    return {.id = row.get<CollectionId>(0),
            .handle = row.get<std::string>(1),
            .name = row.get<std::string>(2),
            .position = row.get<std::int64_t>(3),
            .products = row.get<std::int64_t>(7),
            .created_at = row.get<Time>(4),
            .updated_at = row.get<Time>(5),
            .version = row.get<std::int64_t>(6)};
}

events::Subject subject(CollectionId id) { return {"collection", number(id)}; }

/// What events and the audit log say of a collection.
Json state_of(const Collection& collection) {
    return {{"handle", collection.handle}, {"name", collection.name}, {"position", collection.position}};
}

void check(const storage::View& view, const Collection& wanted) {
    std::vector<Fault> faults;
    if (identifier_key(wanted.name).empty() || code_points(wanted.name) > kMaxCollectionName) {
        faults.push_back({"/name", fmt::format("is to be a text of 1 to {} characters", kMaxCollectionName)});
    }
    if (wanted.handle.empty() || handle_form(wanted.handle) != wanted.handle) {
        faults.push_back({"/handle", "is to be small letters, digits and single dashes, as in an address"});
    }
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
    for (const auto& other : collections(view)) {
        const bool same_name = identifier_key(other.name) == identifier_key(wanted.name);
        if (other.id != wanted.id && (same_name || other.handle == wanted.handle)) {
            throw Refusal(kCollectionTaken,
                          fmt::format("{} is the {} of collection {}, {}", same_name ? wanted.name : wanted.handle,
                                      same_name ? "name" : "handle", number(other.id), other.name))
                .with("collection_id", number(other.id))
                .at({{same_name ? "/name" : "/handle", "is that of another collection"}});
        }
    }
}

/// Moves a collection to a place in the list, from 1, and numbers all of them anew.
void move_to(storage::Transaction& tx, CollectionId id, std::int64_t place, Time now) {
    std::vector<CollectionId> order;
    for (const auto& collection : collections(tx)) {
        if (collection.id != id) {
            order.push_back(collection.id);
        }
    }
    order.insert(order.begin() + std::min(place - 1, std::ssize(order)), id);
    for (std::size_t i = 0; i < order.size(); ++i) {
        tx.run(kMoveCollection, order[i], static_cast<std::int64_t>(i) + 1, now);
    }
}

void record_move(storage::Transaction& tx, CollectionId id, const char* member, const std::vector<ProductId>& moved,
                 const Actor& actor, Time now) {
    if (moved.empty()) {
        return;
    }
    auto ids = numbers_json(moved);
    tx.touched(storage::Topic::catalog);
    events::record(tx, "collection.products_changed", subject(id), {{member, ids}}, actor, now);
    audit::record(tx, "collection.change_products", subject(id), nullptr, {{member, std::move(ids)}}, actor, now);
}

void require_products(const storage::View& view, const std::vector<ProductId>& products) {
    std::vector<Fault> faults;
    for (std::size_t i = 0; i < products.size(); ++i) {
        if (!view.value<bool>(kHasProduct, products[i])) {
            faults.push_back({fmt::format("/add/{}", i), fmt::format("there is no product {}", number(products[i]))});
        }
    }
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
}

}  // namespace

std::vector<Collection> collections(const storage::View& view) {
    std::vector<Collection> all;
    view.each(kCollections, [&](const storage::Row& row) { all.push_back(read_collection(row)); });
    return all;
}

std::vector<Collection> counted_collections(const storage::View& view) {
    std::vector<Collection> all;
    view.each(kCountedCollections, [&](const storage::Row& row) { all.push_back(read_collection(row)); });
    return all;
}

std::optional<Collection> find_collection(const storage::View& view, CollectionId id) {
    return view.first(kCollection, read_collection, id);
}

std::optional<CollectionId> find_collection(const storage::View& view, std::string_view id_or_handle) {
    if (const auto id = parse_integer(id_or_handle)) {
        if (const auto found = view.value<CollectionId>(kHasCollection, *id)) {
            return found;
        }
    }
    return view.value<CollectionId>(kCollectionByHandle, id_or_handle);
}

Collection get_collection(const storage::View& view, CollectionId id) {
    auto collection = find_collection(view, id);
    if (!collection) {
        throw not_found("collection");
    }
    return std::move(*collection);
}

std::string free_collection_handle(const storage::View& view, std::string_view name) {
    auto base = handle_form(name, kMaxCollectionName - 4);  // with room for a number
    if (base.empty()) {
        base = "collection";  // a name of signs alone
    }
    auto handle = base;
    for (int number = 2; view.value<CollectionId>(kCollectionByHandle, handle); ++number) {
        handle = fmt::format("{}-{}", base, number);
    }
    return handle;
}

Collection add_collection(storage::Transaction& tx, const NewCollection& wanted, const Actor& actor, Time now) {
    Collection collection;
    collection.name = trimmed(wanted.name);
    collection.handle = trimmed(wanted.handle);
    if (collection.handle.empty()) {
        collection.handle = free_collection_handle(tx, collection.name);
    }
    check(tx, collection);
    if (std::ssize(collections(tx)) >= budget::kCollections) {
        throw Refusal(kTooManyCollections, fmt::format("the shop has {} collections already", budget::kCollections))
            .with("most", budget::kCollections);
    }
    const CollectionId id{tx.insert(kInsertCollection, collection.handle, collection.name, now)};
    auto added = get_collection(tx, id);
    tx.touched(storage::Topic::catalog);
    events::record(tx, "collection.created", subject(id), state_of(added), actor, now);
    audit::record(tx, "collection.create", subject(id), nullptr, state_of(added), actor, now);
    return added;
}

Collection change_collection(storage::Transaction& tx, const Collection& before, const CollectionChanges& changes,
                             const Actor& actor, Time now) {
    auto wanted = before;
    wanted.name = changes.name ? std::string(trimmed(*changes.name)) : before.name;
    wanted.handle = changes.handle ? std::string(trimmed(*changes.handle)) : before.handle;
    check(tx, wanted);
    if (wanted.name != before.name || wanted.handle != before.handle) {
        tx.run(kSaveCollection, before.id, wanted.handle, wanted.name, now);
    }
    if (changes.position) {
        move_to(tx, before.id, *changes.position, now);
    }
    auto after = get_collection(tx, before.id);
    if (after.version == before.version) {
        return after;
    }
    tx.touched(storage::Topic::catalog);
    events::record(tx, "collection.updated", subject(after.id),
                   {{"before", state_of(before)}, {"after", state_of(after)}}, actor, now);
    audit::record(tx, "collection.update", subject(after.id), state_of(before), state_of(after), actor, now);
    return after;
}

void remove_collection(storage::Transaction& tx, const Collection& collection, const Actor& actor, Time now) {
    tx.run(kRemoveCollection, collection.id);
    tx.touched(storage::Topic::catalog);
    events::record(tx, "collection.deleted", subject(collection.id), {{"handle", collection.handle}}, actor, now);
    audit::record(tx, "collection.delete", subject(collection.id), state_of(collection), nullptr, actor, now);
}

std::vector<ProductId> add_products(storage::Transaction& tx, CollectionId collection,
                                    const std::vector<ProductId>& products, const Actor& actor, Time now) {
    get_collection(tx, collection);
    require_products(tx, products);
    std::vector<ProductId> moved;
    std::copy_if(products.begin(), products.end(), std::back_inserter(moved),
                 [&](ProductId product) { return tx.run(kAddProduct, collection, product) == 1; });
    record_move(tx, collection, "added", moved, actor, now);
    return moved;
}

std::vector<ProductId> take_products(storage::Transaction& tx, CollectionId collection,
                                     const std::vector<ProductId>& products, const Actor& actor, Time now) {
    get_collection(tx, collection);
    std::vector<ProductId> moved;
    std::copy_if(products.begin(), products.end(), std::back_inserter(moved),
                 [&](ProductId product) { return tx.run(kTakeProduct, collection, product) == 1; });
    record_move(tx, collection, "removed", moved, actor, now);
    return moved;
}

std::vector<Collection> collections_of(const storage::View& view, ProductId product) {
    std::vector<Collection> found;
    view.each(
        kCollectionsOf, [&](const storage::Row& row) { found.push_back(read_collection(row)); }, product);
    return found;
}

void set_collections(storage::Transaction& tx, ProductId product, const std::vector<CollectionId>& wanted,
                     const Actor& actor, Time now) {
    std::set<CollectionId> missing(wanted.begin(), wanted.end());
    for (const auto& collection : collections_of(tx, product)) {
        if (missing.erase(collection.id) == 0) {
            take_products(tx, collection.id, {product}, actor, now);
        }
    }
    for (const auto id : missing) {
        if (find_collection(tx, id)) {
            add_products(tx, id, {product}, actor, now);
        }
    }
}

Json ids_json(const std::vector<Collection>& collections) {
    std::set<std::int64_t> ids;
    for (const auto& collection : collections) {
        ids.insert(number(collection.id));
    }
    return ids;
}

std::vector<CollectionId> ids_from(const Json& json) {
    std::vector<CollectionId> ids;
    for (const auto& id : json) {
        ids.push_back(CollectionId{id.get<std::int64_t>()});
    }
    return ids;
}

Json short_json(const Collection& collection) {
    return {{"id", number(collection.id)}, {"handle", collection.handle}, {"name", collection.name}};
}

Json public_json(const Collection& collection) {
    auto json = short_json(collection);
    json["position"] = collection.position;
    return json;
}

Json admin_json(const Collection& collection) {
    auto json = public_json(collection);
    json.update({{"products", collection.products},
                 {"created_at", rfc3339(collection.created_at)},
                 {"updated_at", rfc3339(collection.updated_at)},
                 {"version", collection.version}});
    return json;
}

}  // namespace orderd::catalog
