#include <fmt/format.h>

#include <algorithm>

#include "base/address.h"
#include "base/errors.h"
#include "base/fair_queue.h"
#include "catalog/answers.h"
#include "catalog/bodies.h"
#include "catalog/handle.h"
#include "catalog/list_routes.h"
#include "catalog/matrix.h"
#include "catalog/price_step.h"
#include "catalog/routes.h"
#include "catalog/shapes.h"

namespace orderd::catalog {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

Answer list_window(Request& in, Desk& desk);
Answer show_entry(Request& in, Desk& desk);
Answer list_groups(Request& in, Desk& desk);
Answer show_group(Request& in, Desk& desk);
Answer add_group(Request& in, Desk& desk, WantedGroup wanted);
Answer change_group(Request& in, Desk& desk, GroupChanges wanted);
Answer delete_group(Request& in, Desk& desk);
Answer change_matrix(Request& in, Desk& desk, VariantsUpdate wanted);
Answer add_one_variant(Request& in, Desk& desk, WantedVariant wanted);
Answer place_variant(Request& in, Desk& desk, VariantPlace wanted);
Answer let_variant_go(Request& in, Desk& desk);

void add_window_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Products", desk);
    add({.method = "GET",
         .path = "/product-groups",
         .name = "window.list",
         .who = Who::anyone,
         .summary = "List what a shop's window shows: groups of variants, and products that stand alone",
         .query = {{"q", Shape::text(1, 200),
                    "words that all occur in a group's name, values or description, or a product's SKU, name or "
                    "description; or the SKU of a variant"},
                   {"min_price", Shape::money(), "something of it has this price or more"},
                   {"max_price", Shape::money(), "something of it has this price or less"},
                   {"in_stock", Shape::boolean(), "whether something of it can be ordered"},
                   {"collection", Shape::text(1, kMaxHandle), "the id or the handle of one that something of it is in"},
                   {"sort", Shape::one_of({"newest", "oldest", "name", "-name", "price", "-price"}),
                    "newest if absent; the price of a group is its least"}},
         .paged = true,
         .answers = {{200, Shape::page(entry_shape())}}},
        list_window);
    add({.method = "GET",
         .path = "/product-groups/{handle}",
         .name = "window.get",
         .who = Who::anyone,
         .summary = "Read what a handle names, with the variants that are for sale",
         .answers = {{200, whole_entry_shape()}}},
        show_entry);
}

}  // namespace

void add_group_routes(api::RouteTable& routes, Desk& desk) {
    add_window_routes(routes, desk);
    const auto add = api::rows_of(routes, "Inventory", desk);
    add({.method = "GET",
         .path = "/admin/product-groups",
         .name = "groups.list",
         .who = Who::viewer,
         .summary = "List groups of products",
         .query = {{"q", Shape::text(1, 200), "words of its name, values or description, or the SKU of a variant"},
                   {"sort", Shape::one_of({"newest", "name"}), "newest if absent"}},
         .paged = true,
         .answers = {{200, Shape::page(group_shape())}}},
        list_groups);
    add({.method = "GET",
         .path = "/admin/product-groups/{id}",
         .name = "groups.get",
         .who = Who::viewer,
         .summary = "Read a group with its variants",
         .answers = {{200, whole_group_shape()}}},
        show_group);
    add({.method = "POST",
         .path = "/admin/product-groups",
         .name = "groups.add",
         .who = Who::staff,
         .summary = "Add a group, with variants",
         .answers = {{201, whole_group_shape()}},
         .refuses = {kHandleTaken, kSkuTaken, kVariantTaken, kTooManyVariants, kPriceOffStep},
         .idempotent = true},
        add_group);
    add({.method = "PUT",
         .path = "/admin/product-groups/{id}",
         .name = "groups.update",
         .who = Who::staff,
         .summary = "Change a group's texts and options, and its variants with it",
         .answers = {{200, whole_group_shape()}},
         .refuses = {kHandleTaken, kOptionInUse},
         .if_match = true},
        change_group);
    add({.method = "DELETE",
         .path = "/admin/product-groups/{id}",
         .name = "groups.remove",
         .who = Who::staff,
         .summary = "Remove a group: its variants stay, as products that stand alone",
         .answers = {{204, std::nullopt}},
         .if_match = true},
        delete_group);
    add({.method = "PUT",
         .path = "/admin/product-groups/{id}/variants",
         .name = "groups.updateVariants",
         .who = Who::staff,
         .summary = "Change all variants of a group, or several, at once; or their order",
         .answers = {{200, whole_group_shape()}},
         .refuses = {kPriceOffStep, kBelowReserved},
         .if_match = true},
        change_matrix);
    add({.method = "POST",
         .path = "/admin/product-groups/{id}/variants",
         .name = "groups.addVariant",
         .who = Who::staff,
         .summary = "Add a variant: a new product",
         .answers = {{201, admin_product_shape()}},
         .refuses = {kSkuTaken, kVariantTaken, kTooManyVariants, kPriceOffStep},
         .idempotent = true},
        add_one_variant);
    add({.method = "PUT",
         .path = "/admin/product-groups/{id}/variants/{product_id}",
         .name = "groups.placeVariant",
         .who = Who::staff,
         .summary = "Make a product a variant with these values, or give a variant other values",
         .answers = {{200, admin_product_shape()}},
         .refuses = {kVariantTaken, kTooManyVariants},
         .if_match = true},
        place_variant);
    add({.method = "DELETE",
         .path = "/admin/product-groups/{id}/variants/{product_id}",
         .name = "groups.letVariantGo",
         .who = Who::staff,
         .summary = "Take a variant out of its group: it stays, as a product that stands alone",
         .answers = {{200, admin_product_shape()}},
         .if_match = true},
        let_variant_go);
}

namespace {

GroupId group_id(const Request& in) { return GroupId{in.id()}; }

/// The values in a body, with as many as a group can have.
Values values_of(const std::vector<std::string>& given) {
    Values values;
    std::copy(given.begin(), given.end(), values.begin());
    return values;
}

Answer list_window(Request& in, Desk& desk) {
    std::optional<FairQueue::Turn> turn;
    if (narrows(in)) {
        turn.emplace(desk.searches, stranger_at(in.caller().address));
    }
    return printed_answer(*desk.printed.get(question(in, "window"), [&](const storage::View& view) {
        const auto found = window(view, search_of(view, in), in.page());
        const auto currency = desk.currency.code();
        auto rows = entries_json(view, found.rows, currency);
        return printed_page(in, std::move(rows), found.after);
    }));
}

Answer show_entry(Request& in, Desk& desk) {
    const auto handle = in.path_text("handle");
    return printed_answer(*desk.printed.get("entry " + handle, [&](const storage::View& view) {
        const auto entry = window_entry(view, handle);
        if (!entry) {
            throw not_found("group or product");
        }
        return print(whole_entry_json(view, *entry, desk.currency.code()));
    }));
}

Answer list_groups(Request& in, Desk& desk) {
    const auto view = in.read();
    const auto found = groups(view, in.query("q").value_or(""), in.query("sort") == "name", in.page());
    const auto currency = desk.currency.code();
    return api::page(listed(found.rows, [&](const Group& group) { return group_json(view, group, currency); }),
                     found.after);
}

Answer whole(const storage::View& view, GroupId id, Desk& desk) {
    const auto group = get_group(view, id);
    return api::composed(whole_group_json(view, group, desk.currency.code()), group.version);
}

Answer show_group(Request& in, Desk& desk) { return whole(in.read(), group_id(in), desk); }

/// Runs `add` for a member of a body, which its faults then name.
template <class Add>
void below(const std::string& pointer, Add&& add) {
    try {
        add();
    } catch (Refusal& why) {
        auto faults = why.faults();
        for (auto& fault : faults) {
            fault.pointer.insert(0, pointer);
        }
        throw std::move(why).at(std::move(faults));
    }
}

/// A body's variants: those that it names, or one of each combination.
std::vector<WantedVariant> variants_of(const WantedGroup& wanted, const Group& group) {
    if (!wanted.generate) {
        return wanted.variants;
    }
    std::vector<WantedVariant> all;
    for (const auto& values : combinations(group)) {
        auto& variant = all.emplace_back();
        static_cast<VariantDefaults&>(variant) = *wanted.generate;
        const auto count = static_cast<std::ptrdiff_t>(group.options.size());
        variant.values.assign(values.begin(), values.begin() + count);
    }
    return all;
}

Answer add_group(Request& in, Desk& desk, WantedGroup wanted) {
    const auto own = desk.currency.code();
    if (wanted.generate && !wanted.variants.empty()) {
        throw invalid("/generate", "goes without variants, which it makes");
    }
    if (wanted.generate) {
        check_currency(wanted.generate->currency, own, "/generate");
    }
    for (std::size_t i = 0; i < wanted.variants.size(); ++i) {
        check_currency(wanted.variants[i].currency, own, fmt::format("/variants/{}", i));
    }
    return in.mutate([&](storage::Transaction& tx) {
        const auto group = create_group(tx, wanted, in.actor(), in.now());
        const auto added = variants_of(wanted, group);
        for (std::size_t i = 0; i < added.size(); ++i) {
            below(wanted.generate ? "/generate" : fmt::format("/variants/{}", i),
                  [&] { add_variant(tx, group.id, added[i], values_of(added[i].values), in.actor(), in.now()); });
        }
        const auto now = get_group(tx, group.id);  // its variants may have brought values
        return api::created(fmt::format("/admin/product-groups/{}", number(now.id)), whole_group_json(tx, now, own),
                            now.version);
    });
}

Answer change_group(Request& in, Desk& desk, GroupChanges wanted) {
    return in.mutate([&](storage::Transaction& tx) {
        const auto id = group_id(in);
        in.check_version(get_group(tx, id).version);
        update_group(tx, id, wanted, in.actor(), in.now());
        return whole(tx, id, desk);
    });
}

Answer delete_group(Request& in, Desk&) {
    return in.mutate([&](storage::Transaction& tx) {
        const auto id = group_id(in);
        in.check_version(get_group(tx, id).version);
        remove_group(tx, id, in.actor(), in.now());
        return api::no_content();
    });
}

/// What each variant has for itself cannot be set for several.
void check_for_all(const ProductUpdate& set) {
    std::vector<Fault> faults;
    const auto check = [&](const auto& member, std::string_view name) {
        if (member) {
            faults.push_back({fmt::format("/set/{}", name), "is not the same for several variants"});
        }
    };
    check(set.sku, "sku");
    check(set.handle, "handle");
    check(set.name, "name");
    check(set.barcode, "barcode");
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
}

Answer change_matrix(Request& in, Desk& desk, VariantsUpdate wanted) {
    if (!wanted.set && wanted.order.empty()) {
        throw invalid("", "it names nothing to change");
    }
    if (wanted.set) {
        check_for_all(*wanted.set);
        check_update(*wanted.set, desk.currency.code(), "/set");
    }
    return in.mutate([&](storage::Transaction& tx) {
        const auto id = group_id(in);
        in.check_version(get_group(tx, id).version);
        if (wanted.set) {
            change_variants(tx, id, wanted.products, *wanted.set, stock_change_of(*wanted.set), in.actor(), in.now());
        }
        if (!wanted.order.empty()) {
            order_variants(tx, id, wanted.order, in.actor(), in.now());
        }
        return whole(tx, id, desk);
    });
}

Answer add_one_variant(Request& in, Desk& desk, WantedVariant wanted) {
    check_currency(wanted.currency, desk.currency.code(), "");
    return in.mutate([&](storage::Transaction& tx) {
        const auto values = values_of(wanted.values);
        const auto product = add_variant(tx, group_id(in), wanted, values, in.actor(), in.now());
        return api::created(fmt::format("/admin/inventory/{}", number(product.id)),
                            product_json(tx, product, desk.currency.code(), For::staff), product.version);
    });
}

Answer place_variant(Request& in, Desk& desk, VariantPlace wanted) {
    return in.mutate([&](storage::Transaction& tx) {
        const ProductId id{in.id("product_id")};
        in.check_version(get(tx, id).version);
        const auto place = Variant{.group = group_id(in), .values = values_of(wanted.values)};
        const auto product = set_variant(tx, id, place, in.actor(), in.now());
        return api::ok(product_json(tx, product, desk.currency.code(), For::staff), product.version);
    });
}

Answer let_variant_go(Request& in, Desk& desk) {
    return in.mutate([&](storage::Transaction& tx) {
        const ProductId id{in.id("product_id")};
        const auto before = get(tx, id);
        if (!before.variant || before.variant->group != group_id(in)) {
            throw not_found("variant of this group");
        }
        in.check_version(before.version);
        const auto product = set_variant(tx, id, std::nullopt, in.actor(), in.now());
        return api::ok(product_json(tx, product, desk.currency.code(), For::staff), product.version);
    });
}

}  // namespace

}  // namespace orderd::catalog
