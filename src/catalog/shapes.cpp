#include "catalog/shapes.h"

#include "base/budgets.h"
#include "catalog/bodies.h"
#include "catalog/product.h"
#include "catalog/stock.h"

namespace orderd::catalog {

using api::optional;
using api::Shape;

namespace {

Shape sku_shape() {
    return Shape::text(1, kMaxSku)
        .described("unique: case, wide letters and zero-width characters make no difference")
        .example("MUG");
}
Shape name() { return Shape::text(1, kMaxName).example("Mug"); }
Shape description() { return Shape::lines(0, kMaxDescription); }
Shape unit_price() { return Shape::integer(0, kMaxPrice.minor).described("of one, in minor units").example(1250); }
Shape units() { return Shape::integer(0, kMaxQuantity); }
Shape threshold_shape() {
    return units().nullable().described("an alert opens when no more than this is available; null: never");
}
Shape status_shape() { return Shape::one_of({"active", "archived"}); }
Shape weight_shape() { return Shape::integer(0, kMaxWeight).nullable().described("grams; null: unknown, and so is 0"); }

Shape hold() {
    return Shape::object(
               {
                   {"order_id", Shape::id()},
                   {"status", Shape::text(1, 40).described("of the order")},
                   {"quantity", Shape::integer(1, kMaxQuantity)},
                   {"placed_at", Shape::time()},
                   {"expires_at", Shape::time().nullable().described("null: until it is shipped or cancelled")},
               })
        .named("Hold")
        .described("units of a product that an open order holds");
}

}  // namespace

Shape public_product_shape() {
    return Shape::object({
                             {"id", Shape::id()},
                             {"sku", sku_shape()},
                             {"name", name()},
                             {"description", description()},
                             {"price", unit_price()},
                             {"currency", Shape::currency()},
                             {"available", units()},
                             {"status", status_shape()},
                             {"weight_g", weight_shape()},
                             {"tax_class", tax_class_shape()},
                             {"created_at", Shape::time()},
                             {"updated_at", Shape::time()},
                             {"version", Shape::integer(1, INT64_MAX)},
                         })
        .named("PublicProduct");
}

Shape admin_product_shape() {
    return public_product_shape()
        .with({
            {"on_hand", units().described("units in the house")},
            {"reserved", units().described("of them promised to open orders")},
            {"low_stock_threshold", threshold_shape()},
        })
        .named("Product");
}

Shape product_shape() {
    return public_product_shape()
        .with({
            optional("on_hand", units().described("for admins")),
            optional("reserved", units().described("for admins")),
            optional("low_stock_threshold", threshold_shape()),
        })
        .named("ProductForAnyone");
}

Shape explained_product_shape() {
    return admin_product_shape()
        .with({
            {"holds", Shape::list(hold()).described("the newest 100")},
            {"movements", Shape::list(movement_shape()).described("the newest 20")},
            {"alert", alert_shape().nullable()},
        })
        .named("ExplainedProduct");
}

Shape movement_shape() {
    return Shape::object(
               {
                   {"id", Shape::id()},
                   {"delta", Shape::integer(-kMaxQuantity, kMaxQuantity)},
                   {"reason", Shape::one_of({"received", "adjusted", "sold", "returned", "damaged", "corrected"})},
                   {"order_id", Shape::id().nullable()},
                   {"import_id", Shape::id().nullable()},
                   {"actor", Shape::text(1, 300)},
                   {"note", Shape::lines(0, kMaxNote)},
                   {"at", Shape::time()},
               })
        .named("Movement");
}

Shape alert_shape() {
    return Shape::object({
                             {"id", Shape::id()},
                             {"product_id", Shape::id()},
                             {"sku", sku_shape()},
                             {"name", name()},
                             {"status", Shape::one_of({"open", "quiet", "resolved"})
                                            .described("quiet: enough is available since units were given back, and it "
                                                       "opens again without a notice")},
                             {"level", units().described("what was available when it opened")},
                             {"available", units().described("what is available now")},
                             {"low_stock_threshold", threshold_shape()},
                             {"opened_at", Shape::time()},
                             {"resolved_at", Shape::time().nullable()},
                         })
        .named("Alert");
}

Shape import_shape() {
    return Shape::object({
                             {"id", Shape::id()},
                             {"added", units()},
                             {"updated", units()},
                             {"actor", Shape::text(1, 300)},
                             {"at", Shape::time()},
                             {"undone_at", Shape::time().nullable()},
                         })
        .named("ProductImport");
}

Shape import_report_shape() {
    constexpr std::size_t kMostNotes = 3;
    const auto row =
        Shape::object(
            {
                {"line", Shape::integer(1, INT64_MAX)},
                {"outcome", Shape::one_of({"added", "updated", "skipped"})},
                {"sku", Shape::anything()},
                {"name", Shape::anything()},
                optional("reason", Shape::anything()),
                optional("faulty", Shape::boolean().described("skipped: it has a fault; false: there is "
                                                              "nothing to do for it")),
                optional("notes", Shape::list(Shape::lines(1, 500), 1, kMostNotes)
                                      .described("what the row says and is not taken as that")),
                optional("changes", Shape::map(Shape::object({{"from", Shape::anything()}, {"to", Shape::anything()}})
                                                   .named("ImportedChange"))
                                        .described("added: its initial values, from null")),
            })
            .named("ImportedRow");
    return Shape::object({
                             {"id", Shape::id().nullable().described("for undoing it; null: it changed nothing")},
                             {"same_file_as", Shape::id().nullable().described("the import that this file was before")},
                             {"added", units()},
                             {"updated", units()},
                             {"skipped", units()},
                             {"faulty", units().described("of the skipped rows")},
                             {"noted", units().described("how many of the others have notes")},
                             {"separator", Shape::anything().described("between the file's fields: comma, semicolon, "
                                                                       "tab, or the character itself")},
                             {"encoding", Shape::one_of({"UTF-8", "Windows-1252"}).described("of the file")},
                             {"rows", Shape::list(row, 0, 2 * budget::kCsvRowsShown + budget::kCsvFaults)
                                          .described("all that are faulty, and the first of those with notes and of "
                                                     "the others")},
                             {"rows_left_out", units().described("how many are not among rows")},
                         })
        .named("ImportReport");
}

}  // namespace orderd::catalog

namespace orderd::api {

using catalog::ProductUpdate;
using catalog::WantedProduct;

namespace {

Shape own_currency() { return Shape::currency().described("the shop's: it has only one"); }

std::optional<catalog::TaxClass> parse_tax_class(std::string_view name) { return catalog::kTaxClasses.parse(name); }

std::optional<bool> parse_archived(std::string_view status) { return status == "archived"; }

}  // namespace

Declared<WantedProduct> Fields<WantedProduct>::value() {
    return object<WantedProduct>(
        "NewProduct",
        {field("sku", &WantedProduct::sku, catalog::sku_shape()), field("name", &WantedProduct::name, catalog::name()),
         optional("description", &WantedProduct::description, catalog::description()),
         field("price", &WantedProduct::price, catalog::unit_price()),
         optional("currency", &WantedProduct::currency, own_currency()),
         optional("quantity", &WantedProduct::quantity, catalog::units().described("the initial stock; 0 if absent")),
         optional("low_stock_threshold", &WantedProduct::low_stock_threshold, catalog::threshold_shape()),
         optional("weight_g", &WantedProduct::weight_g, catalog::weight_shape()),
         optional("tax_class", &WantedProduct::tax_class, catalog::tax_class_shape(), parse_tax_class)});
}

Declared<ProductUpdate> Fields<ProductUpdate>::value() {
    return object<ProductUpdate>(
        "ProductUpdate",
        {optional("sku", &ProductUpdate::sku, catalog::sku_shape()),
         optional("name", &ProductUpdate::name, catalog::name()),
         optional("description", &ProductUpdate::description, catalog::description()),
         optional("price", &ProductUpdate::price, catalog::unit_price()),
         optional("currency", &ProductUpdate::currency, own_currency()),
         optional("low_stock_threshold", &ProductUpdate::low_stock_threshold, catalog::threshold_shape()),
         optional("weight_g", &ProductUpdate::weight_g, catalog::weight_shape()),
         optional("tax_class", &ProductUpdate::tax_class, catalog::tax_class_shape(), parse_tax_class),
         optional("status", &ProductUpdate::archived, catalog::status_shape(), parse_archived),
         optional("quantity", &ProductUpdate::quantity, catalog::units().described("sets what is on hand"))
             .not_in_example(),
         optional("adjust", &ProductUpdate::adjust,
                  Shape::integer(-kMaxQuantity, kMaxQuantity)
                      .described("adds to what is on hand, or takes off; needs a reason")),
         optional("reason", &ProductUpdate::reason, Shape::one_of({"received", "adjusted", "damaged", "corrected"}),
                  catalog::parse_movement_reason),
         optional("note", &ProductUpdate::note,
                  Shape::lines(0, catalog::kMaxNote).described("goes with the movement of stock"))});
}

}  // namespace orderd::api
