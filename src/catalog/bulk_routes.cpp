#include <fmt/format.h>

#include "api/fields.h"
#include "base/budgets.h"
#include "base/errors.h"
#include "catalog/bulk.h"
#include "catalog/collections.h"
#include "catalog/price_step.h"
#include "catalog/routes.h"
#include "catalog/shapes.h"

namespace orderd {

template <>
struct api::Fields<catalog::Search> {
    static Declared<catalog::Search> value();
};
template <>
struct api::Fields<catalog::BulkEdit> {
    static Declared<catalog::BulkEdit> value();
};

}  // namespace orderd

namespace orderd::api {

using catalog::BulkEdit;
using catalog::Search;

namespace {

std::optional<catalog::ProductStatus> parse_wanted_status(std::string_view name) {
    return catalog::kProductStatuses.parse(name);
}

std::optional<catalog::TaxClass> parse_wanted_class(std::string_view name) { return catalog::kTaxClasses.parse(name); }

}  // namespace

Declared<Search> Fields<Search>::value() {
    return object<Search>(
        "InventoryFilter",
        {optional("q", &Search::q, Shape::text(1, 200)),
         optional("status", &Search::status, Shape::one_of(catalog::kProductStatuses.list()), parse_wanted_status),
         optional("min_price", &Search::least_price, Shape::money()),
         optional("max_price", &Search::most_price, Shape::money()),
         optional("in_stock", &Search::in_stock, Shape::boolean()),
         optional("low_stock", &Search::low_stock, Shape::boolean()),
         optional("collection_id", &Search::collection, Shape::id())});
}

Declared<BulkEdit> Fields<BulkEdit>::value() {
    constexpr std::int64_t kLeastChange = -990'000;
    constexpr std::int64_t kMostChange = 10'000'000;
    return object<BulkEdit>(
        "BulkEdit",
        {optional("ids", &BulkEdit::ids,
                  Shape::list(Shape::id(), 1, budget::kBulkIds).described("of these products; or filter")),
         optional("filter", &BulkEdit::filter,
                  shape_of<Search>().described("all products that GET /admin/inventory would list so"))
             .not_in_example(),
         optional("price", &BulkEdit::price, Shape::integer(0, kMaxPrice.minor).described("the same for all"))
             .not_in_example(),
         optional("price_change_ppm", &BulkEdit::price_change_ppm,
                  Shape::integer(kLeastChange, kMostChange)
                      .described("millionths of its price that each costs more; -100000: ten percent less. Rounded to "
                                 "the price step of the shop, half up")
                      .example(-100'000)),
         optional("low_stock_threshold", &BulkEdit::low_stock_threshold,
                  Shape::integer(0, kMaxQuantity).nullable().described("null: no alert")),
         optional("tax_class", &BulkEdit::tax_class, Shape::one_of(catalog::kTaxClasses.list()), parse_wanted_class),
         optional("status", &BulkEdit::status, Shape::one_of(catalog::kProductStatuses.list()), parse_wanted_status),
         optional("add_to_collection", &BulkEdit::add_to_collection, Shape::id()).not_in_example(),
         optional("remove_from_collection", &BulkEdit::remove_from_collection, Shape::id()).not_in_example(),
         optional("dry_run", &BulkEdit::dry_run, Shape::boolean().described("true: nothing changes"))});
}

}  // namespace orderd::api

namespace orderd::catalog {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

Answer edit_many(Request& in, Desk& desk, BulkEdit wanted);
Answer undo_edit(Request& in, Desk& desk);

Shape bulk_report_shape() {
    const auto row =
        Shape::object({
                          {"product_id", Shape::id()},
                          {"sku", Shape::text(1, kMaxSku)},
                          {"name", Shape::text(1, kMaxName)},
                          {"outcome", Shape::one_of({"updated", "skipped"})},
                          api::optional("reason", Shape::text(1, 500)),
                          api::optional("faulty", Shape::boolean().described("skipped: it cannot be changed so; false: "
                                                                             "there is nothing to do for it")),
                          {"notes", Shape::list(Shape::text(1, 500)).described("what changes besides")},
                          {"changes", Shape::map(Shape::object({{"from", Shape::anything()}, {"to", Shape::anything()}})
                                                     .named("ImportedChange"))},
                      })
            .named("BulkEditedProduct");
    const auto count = Shape::integer(0, kMaxQuantity);
    return Shape::object({
                             {"id", Shape::id().nullable().described("for undoing it; null: it changed nothing")},
                             {"updated", count},
                             {"skipped", count},
                             {"faulty", count.described("of the skipped ones")},
                             {"rows", Shape::list(row, 0, budget::kBulkRowsShown)},
                             {"rows_left_out", count.described("how many are not among rows")},
                         })
        .named("BulkEditReport");
}

}  // namespace

void add_bulk_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Inventory", desk);
    add({.method = "POST",
         .path = "/admin/inventory/bulk",
         .name = "inventory.editMany",
         .who = Who::staff,
         .summary = "Change many products at once, or show what that would change",
         .answers = {{200, bulk_report_shape()}, {201, bulk_report_shape()}},
         .refuses = {kTooManyProducts, kPriceOffStep},
         .idempotent = true},
        edit_many);
    add({.method = "POST",
         .path = "/admin/inventory/bulk/{id}/undo",
         .name = "inventory.undoEdit",
         .who = Who::staff,
         .summary = "Undo a bulk edit, if none of its products was changed since",
         .answers = {{200, import_shape()}},
         .refuses = {kAlreadyUndone, kImportInUse, kPriceOffStep},
         .idempotent = true},
        undo_edit);
}

namespace {

/// Checks what the shape cannot: which members go together.
void check_edit(const BulkEdit& wanted) {
    std::vector<Fault> faults;
    if (wanted.ids.has_value() == wanted.filter.has_value()) {
        faults.push_back({"/ids", "which products: their ids, or a filter, one of them"});
    }
    if (wanted.price && wanted.price_change_ppm) {
        faults.push_back({"/price_change_ppm", "goes without price"});
    }
    if (!wanted.price && !wanted.price_change_ppm && !wanted.low_stock_threshold && !wanted.tax_class &&
        !wanted.status && !wanted.add_to_collection && !wanted.remove_from_collection) {
        faults.push_back({"", "it names nothing to change"});
    }
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
}

/// 201 if something was changed; 200 if nothing had to be, or for a dry run.
Answer edit_many(Request& in, Desk&, BulkEdit wanted) {
    check_edit(wanted);
    if (wanted.dry_run) {
        return api::ok(to_json(preview(in.read(), wanted)));
    }
    return in.mutate([&](storage::Transaction& tx) {
        const auto report = edit(tx, wanted, in.actor(), in.now());
        Answer answer{.status = report.id ? 201 : 200, .body = to_json(report)};
        if (report.id) {
            return std::move(answer).header("Location", fmt::format("/admin/inventory/imports/{}", number(*report.id)));
        }
        return answer;
    });
}

Answer undo_edit(Request& in, Desk&) {
    return in.mutate([&](storage::Transaction& tx) {
        const ImportId id{in.id()};
        if (get_import(tx, id).kind != ImportKind::bulk_edit) {
            throw not_found("bulk edit");
        }
        return api::ok(to_json(undo_import(tx, id, in.actor(), in.now())));
    });
}

}  // namespace

}  // namespace orderd::catalog
