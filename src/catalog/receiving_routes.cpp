#include <fmt/format.h>

#include "api/fields.h"
#include "base/errors.h"
#include "catalog/receiving.h"
#include "catalog/routes.h"
#include "catalog/shapes.h"
#include "storage/events.h"

namespace orderd::catalog {

struct NewDelivery {
    std::string reference;
};

/// A product by id or by what a scanner reads, one of them.
struct ReceivedLine {
    std::optional<ProductId> product_id;
    std::optional<std::string> code;
    Quantity units = 0;
};

constexpr std::size_t kMaxCode = 100;  ///< of what is scanned or typed

}  // namespace orderd::catalog

namespace orderd {

template <>
struct api::Fields<catalog::NewDelivery> {
    static Declared<catalog::NewDelivery> value();
};
template <>
struct api::Fields<catalog::ReceivedLine> {
    static Declared<catalog::ReceivedLine> value();
};
template <>
struct api::Fields<catalog::Counted> {
    static Declared<catalog::Counted> value();
};
template <>
struct api::Fields<catalog::Count> {
    static Declared<catalog::Count> value();
};

}  // namespace orderd

namespace orderd::api {

using catalog::Count;
using catalog::Counted;
using catalog::NewDelivery;
using catalog::ReceivedLine;

Declared<NewDelivery> Fields<NewDelivery>::value() {
    return object<NewDelivery>("NewDelivery", {field("reference", &NewDelivery::reference,
                                                     Shape::text(0, catalog::kMaxReference)
                                                         .described("what the supplier calls it; may be empty")
                                                         .example("LS-4711"))});
}

Declared<ReceivedLine> Fields<ReceivedLine>::value() {
    return object<ReceivedLine>(
        "ReceivedLine",
        {optional("product_id", &ReceivedLine::product_id, Shape::id()),
         optional("code", &ReceivedLine::code,
                  Shape::text(1, catalog::kMaxCode).described("instead of product_id: a barcode or SKU"))
             .not_in_example(),
         field("units", &ReceivedLine::units,
               Shape::integer(-kMaxQuantity, kMaxQuantity)
                   .described("that came; below 0: so many were typed too much")
                   .example(12))});
}

Declared<Counted> Fields<Counted>::value() {
    const auto units = Shape::integer(0, kMaxQuantity);
    return object<Counted>(
        "CountedProduct",
        {field("product_id", &Counted::product, Shape::id()), field("counted", &Counted::counted, units),
         field("seen", &Counted::seen, Shape(units).described("on hand, as it was shown while it was counted"))});
}

Declared<Count> Fields<Count>::value() {
    return object<Count>(
        "StockCount",
        {field("products", &Count::products, Shape::list(shape_of<Counted>(), 1, catalog::kMostCounted)),
         optional("note", &Count::note, Shape::text(0, catalog::kMaxNote)),
         optional("dry_run", &Count::dry_run, Shape::boolean().described("true: says what would be booked"))});
}

}  // namespace orderd::api

namespace orderd::catalog {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

constexpr Refused kUnknownCode{
    404, "unknown_code", "No product has this barcode or SKU. Search for it by its name, and send its product_id."};
constexpr Refused kCodeOfSeveral{
    409, "code_of_several",
    "Several products have this barcode. products names them: send the product_id of the one that is meant."};

Answer find_coded(Request& in, Desk& desk);
Answer add_delivery(Request& in, Desk& desk, NewDelivery wanted);
Answer show_delivery(Request& in, Desk& desk);
Answer change_delivery(Request& in, Desk& desk, NewDelivery wanted);
Answer add_line(Request& in, Desk& desk, ReceivedLine wanted);
Answer count_stock(Request& in, Desk& desk, Count wanted);

Shape product_stock_shape() {
    return Shape::object({
                             {"product_id", Shape::id()},
                             {"sku", Shape::text(1, kMaxSku)},
                             {"name", Shape::text(1, kMaxName)},
                             {"barcode", Shape::text(0, 14)},
                             {"shelf", Shape::text(0, 64)},
                             {"counted", Shape::boolean().described("whether its stock is counted")},
                             {"on_hand", Shape::integer(0, kMaxQuantity)},
                             {"reserved", Shape::integer(0, kMaxQuantity)},
                         })
        .named("ProductStock");
}

Shape delivery_shape() {
    const auto line = Shape::object({
                                        {"product_id", Shape::id()},
                                        {"sku", Shape::text(1, kMaxSku)},
                                        {"name", Shape::text(1, kMaxName)},
                                        {"units", Shape::integer(-kMaxQuantity, kMaxQuantity)},
                                        {"on_hand", Shape::integer(0, kMaxQuantity).described("now")},
                                    })
                          .named("DeliveryLine");
    return Shape::object({
                             {"id", Shape::id().described("of the import that takes it back")},
                             {"reference", Shape::text(0, 500)},
                             {"at", Shape::time()},
                             {"undone_at", Shape::time().nullable()},
                             {"lines", Shape::list(line, 0, 100'000).described("newest first")},
                         })
        .named("Delivery");
}

Shape count_report_shape() {
    const auto row = Shape::object({
                                       {"product_id", Shape::id()},
                                       {"sku", Shape::text(1, kMaxSku)},
                                       {"name", Shape::text(1, kMaxName)},
                                       {"on_hand", Shape::integer(0, kMaxQuantity).described("before it is booked")},
                                       {"counted", Shape::integer(0, kMaxQuantity)},
                                       {"difference", Shape::integer(-kMaxQuantity, kMaxQuantity)},
                                       {"moved", Shape::boolean().described("its stock changed since it was shown")},
                                   })
                         .named("CountedRow");
    return Shape::object({
                             {"id", Shape::id().nullable().described("for undoing it; null: nothing was booked")},
                             {"rows", Shape::list(row, 1, kMostCounted)},
                         })
        .named("StockCountReport");
}

}  // namespace

void add_receiving_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Inventory", desk);
    add({.method = "GET",
         .path = "/admin/inventory/coded",
         .name = "inventory.coded",
         .who = Who::viewer,
         .summary = "Find products by the barcode or SKU that a scanner reads",
         .query = {{"code", Shape::text(1, kMaxCode), "a barcode or SKU, whole"}},
         .answers = {{200,
                      Shape::object({{"data", Shape::list(product_stock_shape(), 0, 100)}}).named("ProductsOfCode")}}},
        find_coded);
    add({.method = "POST",
         .path = "/admin/inventory/deliveries",
         .name = "receiving.begin",
         .who = Who::staff,
         .summary = "Begin to book in a delivery",
         .answers = {{201, delivery_shape()}},
         .idempotent = true},
        add_delivery);
    add({.method = "GET",
         .path = "/admin/inventory/deliveries/{id}",
         .name = "receiving.get",
         .who = Who::viewer,
         .summary = "Read what came in a delivery",
         .answers = {{200, delivery_shape()}}},
        show_delivery);
    add({.method = "PUT",
         .path = "/admin/inventory/deliveries/{id}",
         .name = "receiving.update",
         .who = Who::staff,
         .summary = "Change the reference of a delivery",
         .answers = {{200, delivery_shape()}}},
        change_delivery);
    add({.method = "POST",
         .path = "/admin/inventory/deliveries/{id}/lines",
         .name = "receiving.addLine",
         .who = Who::staff,
         .summary = "Book in units of a product; they are on hand at once",
         .answers = {{201, delivery_shape()}},
         .refuses = {kAlreadyUndone, kBelowReserved, kUnknownCode, kCodeOfSeveral, kNotFound},
         .idempotent = true},
        add_line);
    add({.method = "POST",
         .path = "/admin/inventory/counts",
         .name = "inventory.count",
         .who = Who::staff,
         .summary = "Set the stock of products to what was counted, or show the differences",
         .answers = {{200, count_report_shape()}, {201, count_report_shape()}},
         .refuses = {kStockMoved, kBelowReserved},
         .idempotent = true},
        count_stock);
}

namespace {

Json stock_json(const Product& product) {
    return {{"product_id", number(product.id)}, {"sku", product.sku},          {"name", product.name},
            {"barcode", product.barcode},       {"shelf", product.shelf},      {"counted", product.is_counted()},
            {"on_hand", product.on_hand},       {"reserved", product.reserved}};
}

Json delivery_json(const storage::View& view, ImportId id) {
    const auto delivery = get_delivery(view, id);
    auto lines = Json::array();
    const auto moved = lines_of_import(view, id);
    for (const auto& line : moved) {
        lines.push_back({{"product_id", number(line.product)},
                         {"sku", line.sku},
                         {"name", line.name},
                         {"units", line.units},
                         {"on_hand", line.on_hand}});
    }
    return {{"id", number(id)},
            {"reference", delivery.reference},
            {"at", rfc3339(delivery.at)},
            {"undone_at", or_null(delivery.undone_at)},
            {"lines", std::move(lines)}};
}

Json to_json(const CountReport& report) {
    auto rows = Json::array();
    for (const auto& row : report.rows) {
        rows.push_back({{"product_id", number(row.product.id)},
                        {"sku", row.product.sku},
                        {"name", row.product.name},
                        {"on_hand", row.product.on_hand},
                        {"counted", row.counted},
                        {"difference", row.difference()},
                        {"moved", row.moved}});
    }
    return {{"id", or_null(report.id ? std::optional(number(*report.id)) : std::nullopt)}, {"rows", std::move(rows)}};
}

ProductId meant(const storage::View& view, const ReceivedLine& line) {
    if (line.product_id) {
        return *line.product_id;
    }
    const auto found = find_by_code(view, *line.code);
    if (found.empty()) {
        throw Refusal(kUnknownCode, fmt::format("no product has the barcode or SKU {}", *line.code));
    }
    if (found.size() > 1) {
        auto products = Json::array();
        for (const auto& product : found) {
            products.push_back(stock_json(product));
        }
        throw Refusal(kCodeOfSeveral, fmt::format("{} products have the code {}", found.size(), *line.code))
            .with("products", std::move(products));
    }
    return found.front().id;
}

Answer find_coded(Request& in, Desk&) {
    auto rows = Json::array();
    const auto found = find_by_code(in.read(), in.query("code").value_or(""));
    for (const auto& product : found) {
        rows.push_back(stock_json(product));
    }
    return api::ok({{"data", std::move(rows)}});
}

Answer add_delivery(Request& in, Desk&, NewDelivery wanted) {
    return in.mutate([&](storage::Transaction& tx) {
        const auto id = begin_delivery(tx, wanted.reference, in.actor(), in.now());
        audit::record(tx, "delivery.begin", {"import", number(id)}, nullptr, {{"reference", wanted.reference}},
                      in.actor(), in.now());
        return api::created(fmt::format("/admin/inventory/deliveries/{}", number(id)), delivery_json(tx, id), 1);
    });
}

Answer show_delivery(Request& in, Desk&) { return api::ok(delivery_json(in.read(), ImportId{in.id()})); }

Answer change_delivery(Request& in, Desk&, NewDelivery wanted) {
    return in.mutate([&](storage::Transaction& tx) {
        const ImportId id{in.id()};
        set_reference(tx, id, wanted.reference, in.actor(), in.now());
        return api::ok(delivery_json(tx, id));
    });
}

Answer add_line(Request& in, Desk&, ReceivedLine wanted) {
    if (wanted.product_id.has_value() == wanted.code.has_value()) {
        throw invalid("", "either product_id or code is needed");
    }
    if (wanted.units == 0) {
        throw invalid("/units", "0 changes nothing");
    }
    return in.mutate([&](storage::Transaction& tx) {
        const ImportId id{in.id()};
        receive(tx, id, meant(tx, wanted), wanted.units, in.actor(), in.now());
        Answer answer{.status = 201, .body = delivery_json(tx, id)};
        return answer;
    });
}

/// 201 if something was booked; 200 if nothing differed, or for a dry run.
Answer count_stock(Request& in, Desk&, Count wanted) {
    if (wanted.dry_run) {
        return api::ok(to_json(preview(in.read(), wanted)));
    }
    return in.mutate([&](storage::Transaction& tx) {
        const auto report = book_count(tx, wanted, in.actor(), in.now());
        if (report.id) {
            audit::record(tx, "product.count", {"import", number(*report.id)}, nullptr,
                          {{"products", report.rows.size()}}, in.actor(), in.now());
        }
        Answer answer{.status = report.id ? 201 : 200, .body = to_json(report)};
        return answer;
    });
}

}  // namespace

}  // namespace orderd::catalog
