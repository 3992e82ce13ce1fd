#include "catalog/routes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/address.h"
#include "base/errors.h"
#include "base/fair_queue.h"
#include "base/text.h"
#include "catalog/alerts.h"
#include "catalog/answers.h"
#include "catalog/bodies.h"
#include "catalog/collections.h"
#include "catalog/handle.h"
#include "catalog/list_routes.h"
#include "catalog/picture.h"
#include "catalog/price_step.h"
#include "catalog/search.h"
#include "catalog/shapes.h"
#include "catalog/stock.h"

namespace orderd::catalog {

namespace {

using api::Answer;
using api::QueryParameter;
using api::Request;
using api::Shape;
using api::Who;

Answer list_products(Request& in, Desk& desk);
Answer show_product(Request& in, Desk& desk);
Answer list_inventory(Request& in, Desk& desk);
Answer explain_product(Request& in, Desk& desk);
Answer list_movements(Request& in, Desk& desk);
Answer list_alerts(Request& in, Desk& desk);
Answer dismiss_alert(Request& in, Desk& desk);
Answer add_product(Request& in, Desk& desk, WantedProduct wanted);
Answer update_product(Request& in, Desk& desk, ProductUpdate wanted);
Answer remove_product(Request& in, Desk& desk);

std::vector<QueryParameter> filters() {
    return {
        {"q", Shape::text(1, 200),
         "words that all occur in SKU, name or description; of one or two letters, at the start of a word of SKU or "
         "name; more than six are not looked for"},
        {"min_price", Shape::money(), "this price or more"},
        {"max_price", Shape::money(), "this price or less"},
        {"in_stock", Shape::boolean(), "whether something is in stock that is not sold, or stock is not counted"},
        {"group", Shape::id(), "variants of this group"},
        {"collection", Shape::text(1, 100), "that it is in, by id or handle"},
        {"sort",
         Shape::one_of(
             {"newest", "oldest", "name", "-name", "price", "-price", "available", "-available", "sku", "updated"}),
         "newest if absent"},
    };
}

std::vector<QueryParameter> inventory_filters() {
    auto all = filters();
    all.push_back({"status", Shape::one_of(kProductStatuses.list()), "all if absent"});
    all.push_back({"low_stock", Shape::boolean(), "whether no more is available than the threshold says"});
    return all;
}

}  // namespace

void add_routes(api::RouteTable& routes, Desk& desk) {
    const auto on_sale = api::rows_of(routes, "Products", desk);
    const auto in_stock = api::rows_of(routes, "Inventory", desk);
    on_sale({.method = "GET",
             .path = "/products",
             .name = "products.list",
             .who = Who::anyone,
             .summary = "List what is on sale",
             .query = filters(),
             .paged = true,
             .answers = {{200, Shape::page(product_shape())}}},
            list_products);
    on_sale({.method = "GET",
             .path = "/products/{id}",
             .name = "products.get",
             .who = Who::anyone,
             .summary = "Read a product",
             .answers = {{200, product_shape()}}},
            show_product);
    in_stock({.method = "GET",
              .path = "/admin/inventory",
              .name = "inventory.list",
              .who = Who::viewer,
              .summary = "List products and their stock",
              .query = inventory_filters(),
              .paged = true,
              .answers = {{200, Shape::page(admin_product_shape())}}},
             list_inventory);
    in_stock({.method = "GET",
              .path = "/admin/inventory/{id}",
              .name = "inventory.explain",
              .who = Who::viewer,
              .summary = "Read a product, and what explains its stock",
              .answers = {{200, explained_product_shape()}}},
             explain_product);
    in_stock({.method = "GET",
              .path = "/admin/inventory/{id}/movements",
              .name = "inventory.movements",
              .who = Who::viewer,
              .summary = "List a product's movements, newest first",
              .paged = true,
              .answers = {{200, Shape::page(movement_shape())}}},
             list_movements);
    in_stock({.method = "GET",
              .path = "/admin/alerts",
              .name = "alerts.list",
              .who = Who::viewer,
              .summary = "List low-stock alerts, newest first",
              .query = {{"status", Shape::one_of({"open", "quiet", "resolved"}), "all if absent"}},
              .paged = true,
              .answers = {{200, Shape::page(alert_shape())}}},
             list_alerts);
    in_stock({.method = "POST",
              .path = "/admin/alerts/{id}/dismiss",
              .name = "alerts.dismiss",
              .who = Who::staff,
              .summary = "Dismiss a low-stock alert: the next one opens when stock falls to the threshold again",
              .answers = {{200, alert_shape()}},
              .refuses = {kAlertResolved},
              .idempotent = true},
             dismiss_alert);
    for (const auto& [add, path] : {std::pair{&on_sale, "/products"}, std::pair{&in_stock, "/admin/inventory"}}) {
        const auto one = std::string(path) + "/{id}";
        const std::string group = add == &on_sale ? "products." : "inventory.";
        (*add)({.method = "POST",
                .path = path,
                .name = group + "add",
                .who = Who::staff,
                .summary = "Add a product",
                .answers = {{201, admin_product_shape()}},
                .refuses = {kSkuTaken, kHandleTaken, kPriceOffStep},
                .idempotent = true},
               add_product);
        (*add)({.method = "PUT",
                .path = one,
                .name = group + "update",
                .who = Who::staff,
                .summary = "Set a product's stock or other fields",
                .answers = {{200, admin_product_shape()}},
                .refuses = {kSkuTaken, kHandleTaken, kPriceOffStep, kBelowReserved},
                .if_match = true},
               update_product);
        (*add)({.method = "DELETE",
                .path = one,
                .name = group + "remove",
                .who = Who::staff,
                .summary = "Remove a product: 200 if it was ordered and is archived, 204 if it is gone",
                .answers = {{200, admin_product_shape()}, {204, std::nullopt}},
                .if_match = true},
               remove_product);
    }
    add_group_routes(routes, desk);
    add_import_routes(routes, desk);
    add_bulk_routes(routes, desk);
    add_receiving_routes(routes, desk);
    add_collection_routes(routes, desk);
    add_picture_routes(routes, desk);
    add_logo_routes(routes, desk);
}

namespace {

ProductId product_id(const Request& in) { return ProductId{in.id()}; }

Answer inventory_page(const Request& in, const storage::View& view, const Search& wanted, Desk& desk) {
    const auto found = search(view, wanted, in.page());
    return api::page(products_json(view, found.rows, desk.currency.code(), For::staff), found.after);
}

Answer list_products(Request& in, Desk& desk) {
    if (in.caller().is(Role::viewer)) {
        const auto view = in.read();
        return inventory_page(in, view, search_of(view, in), desk);
    }
    std::optional<FairQueue::Turn> turn;
    if (narrows(in)) {
        turn.emplace(desk.searches, stranger_at(in.caller().address));
    }
    return printed_answer(*desk.printed.get(question(in, "products"), [&](const storage::View& view) {
        const auto found = search(view, search_of(view, in), in.page());
        return printed_page(in, products_json(view, found.rows, desk.currency.code(), For::customers), found.after);
    }));
}

Answer show_product(Request& in, Desk& desk) {
    const auto id = product_id(in);
    if (in.caller().is(Role::viewer)) {
        const auto view = in.read();
        const auto product = get(view, id);
        return api::ok(product_json(view, product, desk.currency.code(), For::staff), product.version);
    }
    return printed_answer(*desk.printed.get(fmt::format("one {}", number(id)), [&](const storage::View& view) {
        const auto product = get(view, id);
        if (product.archived()) {
            throw not_found("product");
        }
        auto printed = print(product_json(view, product, desk.currency.code(), For::customers));
        printed.etag = api::etag_of(product.version);
        return printed;
    }));
}

Answer list_inventory(Request& in, Desk& desk) {
    const auto view = in.read();
    auto wanted = search_of(view, in);
    const auto status = in.query("status");
    wanted.status = status ? kProductStatuses.parse(*status) : std::nullopt;
    wanted.low_stock = in.query_flag("low_stock");
    return inventory_page(in, view, wanted, desk);
}

Json to_json(const Hold& hold) {
    return {{"order_id", number(hold.order)},
            {"status", hold.status},
            {"quantity", hold.quantity},
            {"awaited", hold.awaited},
            {"placed_at", rfc3339(hold.placed_at)},
            {"expires_at", hold.expires_at ? Json(rfc3339(*hold.expires_at)) : Json(nullptr)}};
}

Json to_json(const Movement& movement) {
    return {{"id", movement.id},
            {"delta", movement.delta},
            {"reason", movement.reason},
            {"order_id", movement.order ? Json(number(*movement.order)) : Json(nullptr)},
            {"import_id", movement.import ? Json(number(*movement.import)) : Json(nullptr)},
            {"actor", movement.actor},
            {"note", movement.note},
            {"at", rfc3339(movement.at)}};
}

Answer explain_product(Request& in, Desk& desk) {
    constexpr std::int64_t kHolds = 100;
    constexpr std::int64_t kMovements = 20;
    const auto view = in.read();
    const auto product = get(view, product_id(in));
    auto body = product_json(view, product, desk.currency.code(), For::staff);
    body["holds"] = listed(desk.holds_of(view, product, kHolds), [](const Hold& hold) { return to_json(hold); });
    body["movements"] = listed(movements(view, product.id, {.limit = kMovements, .after = {}}).rows,
                               [](const Movement& movement) { return to_json(movement); });
    body["collections"] =
        listed(collections_of(view, product.id), [](const Collection& collection) { return short_json(collection); });
    const auto alert = open_alert(view, product.id);
    body["alert"] = alert ? to_json(*alert) : Json(nullptr);
    return api::composed(std::move(body), product.version);
}

Answer list_movements(Request& in, Desk&) {
    const auto view = in.read();
    const auto product = get(view, product_id(in));
    const auto found = movements(view, product.id, in.page());
    return api::page(listed(found.rows, [](const Movement& movement) { return to_json(movement); }), found.after);
}

Answer list_alerts(Request& in, Desk&) {
    const auto status = in.query("status");
    const auto filter = !status              ? AlertFilter::all
                        : *status == "open"  ? AlertFilter::open
                        : *status == "quiet" ? AlertFilter::quiet
                                             : AlertFilter::resolved;
    const auto found = alerts(in.read(), filter, in.page());
    return api::page(listed(found.rows, [](const Alert& alert) { return to_json(alert); }), found.after);
}

Answer dismiss_alert(Request& in, Desk&) {
    return in.mutate([&](storage::Transaction& tx) {
        return api::ok(to_json(dismiss(tx, AlertId{in.id()}, in.actor(), in.now())));
    });
}

Answer add_product(Request& in, Desk& desk, WantedProduct wanted) {
    check_currency(wanted.currency, desk.currency.code(), "");
    return in.mutate([&](storage::Transaction& tx) {
        const auto product = create(tx, wanted, in.actor(), in.now());
        const auto path = fmt::format("{}/{}", in.route().path, number(product.id));
        return api::created(path, product_json(tx, product, desk.currency.code(), For::staff), product.version);
    });
}

Answer update_product(Request& in, Desk& desk, ProductUpdate wanted) {
    check_update(wanted, desk.currency.code(), "");
    const auto stock = stock_change_of(wanted);
    return in.mutate([&](storage::Transaction& tx) {
        const auto id = product_id(in);
        in.check_version(get(tx, id).version);
        const auto product = change(tx, id, wanted, stock, in.actor(), in.now());
        return api::ok(product_json(tx, product, desk.currency.code(), For::staff), product.version);
    });
}

Answer remove_product(Request& in, Desk& desk) {
    return in.mutate([&](storage::Transaction& tx) {
        const auto id = product_id(in);
        in.check_version(get(tx, id).version);
        if (remove(tx, id, in.actor(), in.now()) == Removal::deleted) {
            return api::no_content();
        }
        const auto product = get(tx, id);
        return api::ok(product_json(tx, product, desk.currency.code(), For::staff), product.version);
    });
}

}  // namespace

}  // namespace orderd::catalog
