#include <fmt/format.h>

#include <algorithm>

#include "api/fields.h"
#include "base/budgets.h"
#include "catalog/collections.h"
#include "catalog/routes.h"
#include "catalog/shapes.h"

namespace orderd::catalog {

struct CollectionMoves {
    std::vector<ProductId> add;
    std::vector<ProductId> remove;
};

}  // namespace orderd::catalog

namespace orderd {

template <>
struct api::Fields<catalog::NewCollection> {
    static Declared<catalog::NewCollection> value();
};
template <>
struct api::Fields<catalog::CollectionChanges> {
    static Declared<catalog::CollectionChanges> value();
};
template <>
struct api::Fields<catalog::CollectionMoves> {
    static Declared<catalog::CollectionMoves> value();
};

}  // namespace orderd

namespace orderd::catalog {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

Answer list_public(Request& in, Desk& desk);
Answer list_for_staff(Request& in, Desk& desk);
Answer show_collection(Request& in, Desk& desk);
Answer add_a_collection(Request& in, Desk& desk, NewCollection wanted);
Answer change_a_collection(Request& in, Desk& desk, CollectionChanges wanted);
Answer remove_a_collection(Request& in, Desk& desk);
Answer move_products(Request& in, Desk& desk, CollectionMoves wanted);

Shape collection_name_shape() { return Shape::text(1, kMaxCollectionName).example("Gifts"); }
Shape collection_handle_shape() {
    return Shape::text(1, kMaxCollectionName)
        .described("in the address of its page: small letters, digits, dashes")
        .example("gifts");
}

Shape public_collection_shape() {
    return Shape::object({{"id", Shape::id()},
                          {"handle", collection_handle_shape()},
                          {"name", collection_name_shape()},
                          {"position", Shape::id().described("among them, lowest first")}})
        .named("PublicCollection");
}

Shape collection_shape() {
    return public_collection_shape()
        .with({{"products", Shape::integer(0, kMaxQuantity).described("how many are in it, archived ones too")},
               {"created_at", Shape::time()},
               {"updated_at", Shape::time()},
               {"version", Shape::integer(1, INT64_MAX)}})
        .named("Collection");
}

}  // namespace

}  // namespace orderd::catalog

namespace orderd::api {

Declared<catalog::NewCollection> Fields<catalog::NewCollection>::value() {
    using catalog::NewCollection;
    return object<NewCollection>("NewCollection",
                                 {field("name", &NewCollection::name, catalog::collection_name_shape()),
                                  optional("handle", &NewCollection::handle, catalog::collection_handle_shape())});
}

Declared<catalog::CollectionChanges> Fields<catalog::CollectionChanges>::value() {
    using catalog::CollectionChanges;
    return object<CollectionChanges>(
        "CollectionChanges",
        {optional("name", &CollectionChanges::name, catalog::collection_name_shape()),
         optional("handle", &CollectionChanges::handle, catalog::collection_handle_shape()),
         optional("position", &CollectionChanges::position,
                  Shape::integer(1, budget::kCollections).described("its place among them; the others move"))});
}

Declared<catalog::CollectionMoves> Fields<catalog::CollectionMoves>::value() {
    using catalog::CollectionMoves;
    const auto products = Shape::list(Shape::id(), 0, budget::kCollectionMoves);
    return object<CollectionMoves>("CollectionMoves", {optional("add", &CollectionMoves::add, products),
                                                       optional("remove", &CollectionMoves::remove, products)});
}

}  // namespace orderd::api

namespace orderd::catalog {

void add_collection_routes(api::RouteTable& routes, Desk& desk) {
    api::rows_of(routes, "Products", desk)({.method = "GET",
                                            .path = "/collections",
                                            .name = "collections.listPublic",
                                            .who = Who::anyone,
                                            .summary = "List the shop's collections, by their position",
                                            .paged = true,
                                            .answers = {{200, Shape::page(public_collection_shape())}}},
                                           list_public);
    const auto add = api::rows_of(routes, "Inventory", desk);
    add({.method = "GET",
         .path = "/admin/collections",
         .name = "collections.list",
         .who = Who::viewer,
         .summary = "List collections with how many products they have, by their position",
         .paged = true,
         .answers = {{200, Shape::page(collection_shape())}}},
        list_for_staff);
    add({.method = "POST",
         .path = "/admin/collections",
         .name = "collections.add",
         .who = Who::staff,
         .summary = "Add a collection, at the end of the list",
         .answers = {{201, collection_shape()}},
         .refuses = {kCollectionTaken, kTooManyCollections},
         .idempotent = true},
        add_a_collection);
    add({.method = "GET",
         .path = "/admin/collections/{id}",
         .name = "collections.get",
         .who = Who::viewer,
         .summary = "Read a collection",
         .answers = {{200, collection_shape()}}},
        show_collection);
    add({.method = "PUT",
         .path = "/admin/collections/{id}",
         .name = "collections.update",
         .who = Who::staff,
         .summary = "Change a collection, or its place in the list",
         .answers = {{200, collection_shape()}},
         .refuses = {kCollectionTaken},
         .if_match = true},
        change_a_collection);
    add({.method = "DELETE",
         .path = "/admin/collections/{id}",
         .name = "collections.remove",
         .who = Who::staff,
         .summary = "Delete a collection; its products stay",
         .answers = {{204, std::nullopt}},
         .if_match = true},
        remove_a_collection);
    add({.method = "POST",
         .path = "/admin/collections/{id}/products",
         .name = "collections.moveProducts",
         .who = Who::staff,
         .summary = "Put products in a collection, and take others out of it",
         .answers = {{200, collection_shape()}},
         .idempotent = true},
        move_products);
}

namespace {

template <class ToJson>
Answer page_of(std::vector<Collection> all, const storage::Page& page, ToJson to_json) {
    const auto after = storage::after_id(page).value_or(0);
    std::erase_if(all, [&](const Collection& collection) { return collection.position <= after; });
    all.resize(std::min(all.size(), static_cast<std::size_t>(storage::rows_to_read(page))));
    const bool more = storage::cut(all, page);
    auto rows = Json::array();
    for (const auto& collection : all) {
        rows.push_back(to_json(collection));
    }
    const Json last = more ? rows.back().at("position") : Json(nullptr);
    return api::page(std::move(rows), last);
}

Answer list_public(Request& in, Desk&) {
    return page_of(collections(in.read()), in.page(), [](const Collection& one) { return public_json(one); });
}

Answer list_for_staff(Request& in, Desk&) {
    return page_of(counted_collections(in.read()), in.page(),
                   [](const Collection& collection) { return admin_json(collection); });
}

Answer answer_with(const Collection& collection) { return api::ok(admin_json(collection), collection.version); }

Answer show_collection(Request& in, Desk&) { return answer_with(get_collection(in.read(), CollectionId{in.id()})); }

Answer add_a_collection(Request& in, Desk&, NewCollection wanted) {
    return in.mutate([&](storage::Transaction& tx) {
        const auto added = add_collection(tx, wanted, in.actor(), in.now());
        return api::created(fmt::format("/admin/collections/{}", number(added.id)), admin_json(added), added.version);
    });
}

Answer change_a_collection(Request& in, Desk&, CollectionChanges wanted) {
    return in.mutate([&](storage::Transaction& tx) {
        const auto before = get_collection(tx, CollectionId{in.id()});
        in.check_version(before.version);
        return answer_with(change_collection(tx, before, wanted, in.actor(), in.now()));
    });
}

Answer remove_a_collection(Request& in, Desk&) {
    return in.mutate([&](storage::Transaction& tx) {
        const auto collection = get_collection(tx, CollectionId{in.id()});
        in.check_version(collection.version);
        remove_collection(tx, collection, in.actor(), in.now());
        return api::no_content();
    });
}

Answer move_products(Request& in, Desk&, CollectionMoves wanted) {
    return in.mutate([&](storage::Transaction& tx) {
        const CollectionId id{in.id()};
        take_products(tx, id, wanted.remove, in.actor(), in.now());
        add_products(tx, id, wanted.add, in.actor(), in.now());
        return answer_with(get_collection(tx, id));
    });
}

}  // namespace

}  // namespace orderd::catalog
