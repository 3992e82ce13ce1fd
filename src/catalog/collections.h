#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/refused.h"
#include "base/time.h"
#include "catalog/product.h"
#include "storage/writer.h"

namespace orderd::catalog {

// Products that customers find together: "Gifts". A product is in any number of collections.

inline constexpr Refused kCollectionTaken{
    409, "collection_taken",
    "Another collection has this name or handle; collection_id names it. Choose another, or change that collection."};
inline constexpr Refused kTooManyCollections{
    409, "too_many_collections",
    "The shop has as many collections as it can have; most says how many. Change one, or delete one first."};

constexpr std::size_t kMaxCollectionName = 100;  ///< code points

struct Collection {
    CollectionId id{};
    std::string handle;
    std::string name;
    std::int64_t position = 0;  ///< among them, from 1
    std::int64_t products = 0;  ///< how many are in it, hidden and archived ones too
    Time created_at;
    Time updated_at;
    std::int64_t version = 1;
};

struct NewCollection {
    std::string name;
    std::string handle = {};  ///< empty: made of the name
};

/// What is absent stays.
struct CollectionChanges {
    std::optional<std::string> name = {};
    std::optional<std::string> handle = {};
    std::optional<std::int64_t> position = {};  ///< from 1; the others move

    bool operator==(const CollectionChanges&) const = default;
};

/// All of them, by position. There are budget::kCollections at most. How many products they have is left out, unless
/// they are counted.
std::vector<Collection> collections(const storage::View& view);
std::vector<Collection> counted_collections(const storage::View& view);

std::optional<Collection> find_collection(const storage::View& view, CollectionId id);

/// The collection with that id or that handle, as a client writes it.
std::optional<CollectionId> find_collection(const storage::View& view, std::string_view id_or_handle);

/// @throws Refusal `not_found`
Collection get_collection(const storage::View& view, CollectionId id);

/// Adds a collection, after all others, with its event `collection.created` and an audit entry.
///
/// @throws Refusal 422 if the name is blank or too long, or if the handle has other characters than small
///         letters, digits and single dashes; 409 `collection_taken`, `too_many_collections`
Collection add_collection(storage::Transaction& tx, const NewCollection& wanted, const Actor& actor, Time now);

/// A handle for a new collection: of its name, with a number if that is taken.
std::string free_collection_handle(const storage::View& view, std::string_view name);

/// With its event `collection.updated`; if nothing differs, nothing is done. @throws Refusal as add_collection()
Collection change_collection(storage::Transaction& tx, const Collection& before, const CollectionChanges& changes,
                             const Actor& actor, Time now);

/// Its products stay as they are. Event `collection.deleted`.
void remove_collection(storage::Transaction& tx, const Collection& collection, const Actor& actor, Time now);

/// Puts products in a collection, or takes them out of it; those that are there (or not) already stay so. The event
/// `collection.products_changed` names those that moved.
///
/// @returns those that moved
/// @throws Refusal 404 `not_found` for the collection; 422 for products to add that are not there
std::vector<ProductId> add_products(storage::Transaction& tx, CollectionId collection,
                                    const std::vector<ProductId>& products, const Actor& actor, Time now);
std::vector<ProductId> take_products(storage::Transaction& tx, CollectionId collection,
                                     const std::vector<ProductId>& products, const Actor& actor, Time now);

/// The collections that a product is in, by position, with no count of their products.
std::vector<Collection> collections_of(const storage::View& view, ProductId product);

/// Puts a product in these collections alone. Ids of collections that are gone are passed over.
void set_collections(storage::Transaction& tx, ProductId product, const std::vector<CollectionId>& wanted,
                     const Actor& actor, Time now);

Json ids_json(const std::vector<Collection>& collections);  ///< [1, 3], ascending
std::vector<CollectionId> ids_from(const Json& json);

Json admin_json(const Collection& collection);
Json public_json(const Collection& collection);  ///< without what customers need not know
Json short_json(const Collection& collection);   ///< {"id", "handle", "name"}

}  // namespace orderd::catalog
