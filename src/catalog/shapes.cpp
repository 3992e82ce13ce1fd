#include "catalog/shapes.h"

#include "base/budgets.h"
#include "catalog/bodies.h"
#include "catalog/handle.h"
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
Shape own_handle_shape() {
    return handle_shape().described("of its page; empty: it is a variant, and on its group's page");
}
Shape name() { return Shape::text(1, kMaxName).example("Mug"); }
Shape description() { return Shape::lines(0, kMaxDescription); }
Shape unit_price() { return Shape::integer(0, kMaxPrice.minor).described("of one, in minor units").example(1250); }
Shape units() { return Shape::integer(0, kMaxQuantity); }
Shape signed_units() { return Shape::integer(-kMaxQuantity, kMaxQuantity); }
Shape threshold_shape() {
    return units().nullable().described("an alert opens when no more than this is available; null: never");
}
Shape status_shape() {
    return Shape::one_of(kProductStatuses.list())
        .described("hidden: on sale to whoever has its address or SKU, but in no list; archived: not on sale");
}
Shape compare_at_shape() {
    return Shape::integer(0, kMaxPrice.minor)
        .nullable()
        .described("above the price: what it is reduced from; null: it is not reduced");
}
Shape barcode_shape() {
    return Shape::text(0, 20).described("a GTIN, with its check digit; empty: none").example("4006381333931");
}
Shape shelf_shape() { return Shape::text(0, kMaxShelf).described("where it lies"); }
Shape customs_code_shape() {
    return Shape::text(0, 20).described("of the Harmonized System; empty: unknown").example("691200");
}
Shape origin_shape() {
    return Shape::text(0, 2).described("where it was made: a country's code, or empty").example("DE");
}
Shape stock_policy_shape() {
    return Shape::one_of(kStockPolicies.list())
        .described(
            "counted: what is in stock can be sold; uncounted: any number, and no stock is kept; beyond: what is in "
            "stock and beyond_limit units more");
}
Shape beyond_limit_shape() { return units().described("units sold beyond the stock; 0 unless the policy is beyond"); }
Shape expected_on_shape() {
    return Shape::day().nullable().described("when more comes, for what is sold beyond the stock");
}
Shape most_per_order_shape() {
    return Shape::integer(1, kMaxOrderQuantity).nullable().described("in one order; null: no bound");
}
Shape weight_shape() { return Shape::integer(0, kMaxWeight).nullable().described("grams; null: unknown, and so is 0"); }

Shape group_of_variant_shape() {
    const auto value = Shape::object({{"name", Shape::text(1, kMaxOptionName).example("Size")},
                                      {"value", Shape::text(1, kMaxOptionValue).example("Small")}})
                           .named("OptionValue");
    return Shape::object({{"id", Shape::id()},
                          {"handle", handle_shape()},
                          {"name", name()},
                          {"options", Shape::list(value, 0, kMaxOptions)}})
        .named("GroupOfVariant")
        .described("whose variant it is, and by which values; null: it stands alone");
}

Shape hold() {
    return Shape::object(
               {
                   {"order_id", Shape::id()},
                   {"status", Shape::text(1, 40).described("of the order")},
                   {"quantity", Shape::integer(1, kMaxQuantity)},
                   {"awaited", units().described("of them: not in stock yet")},
                   {"placed_at", Shape::time()},
                   {"expires_at", Shape::time().nullable().described("null: until it is shipped or cancelled")},
               })
        .named("Hold")
        .described("units of a product that an open order holds");
}

}  // namespace

Shape handle_shape() {
    return Shape::text(0, kMaxHandle)
        .described("of its page: small letters, digits and dashes, unique among products and groups")
        .example("blue-mug");
}

Shape price_per_shape() {
    return Shape::object({{"price", Shape::integer(0, INT64_MAX)}, {"unit", Shape::one_of({"kg", "l", "m"})}})
        .named("PricePer")
        .nullable()
        .described("for comparing: the price of a kilogram, a litre or a metre; null: it has no content");
}
namespace {

/// What everybody reads of a product.
Shape product_with(const Shape& available) {
    return Shape::object({
        {"id", Shape::id()},
        {"sku", sku_shape()},
        {"handle", own_handle_shape()},
        {"name", name()},
        {"description", description()},
        {"group", group_of_variant_shape().nullable()},
        {"price", unit_price()},
        {"compare_at_price", compare_at_shape()},
        {"lowest_price",
         Shape::money().nullable().described("of the 30 days before it was reduced; null: it is not reduced")},
        {"content", api::shape_of<Content>().nullable()},
        {"price_per", price_per_shape()},
        {"currency", Shape::currency()},
        {"available", available},
        {"orderable", units().nullable().described("units that can be ordered now, those included "
                                                   "that are still to come; null: any number")},
        {"expected_on", expected_on_shape()},
        {"most_per_order", most_per_order_shape()},
        {"status", status_shape()},
        {"weight_g", weight_shape()},
        {"tax_class", tax_class_shape()},
        {"barcode", barcode_shape()},
        {"pictures", pictures_shape()},
        {"created_at", Shape::time()},
        {"updated_at", Shape::time()},
        {"version", Shape::integer(1, INT64_MAX)},
    });
}

}  // namespace

Shape public_product_shape() {
    return product_with(units().nullable().described("in stock, and not sold; null: its stock is not counted"))
        .named("PublicProduct");
}

Shape admin_product_shape() {
    return product_with(signed_units().nullable().described(
                            "on_hand − reserved; below 0: sold, and still to come; null: its stock is not counted"))
        .with({
            {"on_hand", units().described("units in the house")},
            {"reserved", units().described("promised to open orders")},
            {"stock_policy", stock_policy_shape()},
            {"beyond_limit", beyond_limit_shape()},
            {"low_stock_threshold", threshold_shape()},
            {"shelf", shelf_shape()},
            {"customs_code", customs_code_shape()},
            {"origin_country", origin_shape()},
        })
        .named("Product");
}

Shape product_shape() {
    return product_with(signed_units().nullable().described(
                            "in stock, and not sold; null: its stock is not counted. For admins below 0 where more is "
                            "sold"))
        .with({
            optional("on_hand", units().described("for admins")),
            optional("reserved", units().described("for admins")),
            optional("stock_policy", stock_policy_shape()),
            optional("beyond_limit", beyond_limit_shape()),
            optional("low_stock_threshold", threshold_shape()),
            optional("shelf", shelf_shape()),
            optional("customs_code", customs_code_shape()),
            optional("origin_country", origin_shape()),
        })
        .named("ProductForAnyone");
}

Shape explained_product_shape() {
    return admin_product_shape()
        .with({
            {"holds", Shape::list(hold()).described("the newest 100")},
            {"movements", Shape::list(movement_shape()).described("the newest 20")},
            {"collections",
             Shape::list(
                 Shape::object({{"id", Shape::id()}, {"handle", Shape::text(1, 100)}, {"name", Shape::text(1, 100)}})
                     .named("CollectionOfProduct"))},
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
                             {"level", signed_units().described("what was available when it opened")},
                             {"available", signed_units().described("what is available now")},
                             {"low_stock_threshold", threshold_shape()},
                             {"opened_at", Shape::time()},
                             {"resolved_at", Shape::time().nullable()},
                         })
        .named("Alert");
}

Shape import_shape() {
    return Shape::object(
               {
                   {"id", Shape::id()},
                   {"kind", Shape::one_of({"file", "bulk_edit", "delivery", "count"})},
                   {"added", units()},
                   {"updated", units()},
                   {"complete", Shape::boolean().described("false: it is under way, or was ended before its last row")},
                   {"has_pictures", Shape::boolean().described("of which imports.pictures says what became")},
                   {"reference", Shape::text(0, 500).described("what the supplier calls a delivery; a count's note")},
                   {"actor", Shape::text(1, 300)},
                   {"at", Shape::time()},
                   {"undone_at", Shape::time().nullable()},
               })
        .named("ProductImport");
}

Shape import_report_shape() {
    constexpr std::size_t kMostNotes = 12;
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
                             {"pictures", units().described("that are new in the file: they are fetched afterwards")},
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
using catalog::VariantDefaults;
using catalog::WantedProduct;

namespace {

Shape own_currency() { return Shape::currency().described("the shop's: it has only one"); }

std::optional<catalog::TaxClass> parse_tax_class(std::string_view name) { return catalog::kTaxClasses.parse(name); }

std::optional<catalog::ProductStatus> parse_status(std::string_view name) {
    return catalog::kProductStatuses.parse(name);
}

std::optional<catalog::StockPolicy> parse_stock_policy(std::string_view name) {
    return catalog::kStockPolicies.parse(name);
}

std::optional<catalog::ContentUnit> parse_unit(std::string_view name) { return catalog::kContentUnits.parse(name); }

/// The members of both bodies that are optional in both, with the same shapes.
template <class Body>
std::vector<Field<Body>> details() {
    return {optional("description", &Body::description, catalog::description()),
            optional("compare_at_price", &Body::compare_at_price, catalog::compare_at_shape()).not_in_example(),
            optional("status", &Body::status, catalog::status_shape(), parse_status),
            optional("weight_g", &Body::weight_g, catalog::weight_shape()),
            optional("tax_class", &Body::tax_class, catalog::tax_class_shape(), parse_tax_class),
            optional("barcode", &Body::barcode, catalog::barcode_shape()),
            optional("content", &Body::content, shape_of<catalog::Content>().nullable()),
            optional("shelf", &Body::shelf, catalog::shelf_shape()),
            optional("customs_code", &Body::customs_code, catalog::customs_code_shape()),
            optional("origin_country", &Body::origin_country, catalog::origin_shape()),
            optional("stock_policy", &Body::stock_policy, catalog::stock_policy_shape(), parse_stock_policy),
            optional("beyond_limit", &Body::beyond_limit, catalog::beyond_limit_shape()).not_in_example(),
            optional("expected_on", &Body::expected_on, catalog::expected_on_shape()).not_in_example(),
            optional("most_per_order", &Body::most_per_order, catalog::most_per_order_shape()),
            optional("low_stock_threshold", &Body::low_stock_threshold, catalog::threshold_shape()),
            optional("currency", &Body::currency, own_currency())};
}

/// The members of a body, with `more` after those that it must begin with.
template <class Body>
std::vector<Field<Body>> joined(std::vector<Field<Body>> members, std::vector<Field<Body>> more) {
    members.insert(members.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    return members;
}

}  // namespace

Declared<catalog::Content> Fields<catalog::Content>::value() {
    using catalog::Content;
    return object<Content>("Content",
                           {field("quantity", &Content::quantity, Shape::integer(1, catalog::kMaxContent).example(500)),
                            field("unit", &Content::unit, Shape::one_of(catalog::kContentUnits.list()), parse_unit)});
}

Declared<WantedProduct> Fields<WantedProduct>::value() {
    return object<WantedProduct>(
        "NewProduct", joined<WantedProduct>({field("sku", &WantedProduct::sku, catalog::sku_shape()),
                                             optional("handle", &WantedProduct::handle, catalog::handle_shape()),
                                             field("name", &WantedProduct::name, catalog::name()),
                                             field("price", &WantedProduct::price, catalog::unit_price()),
                                             optional("quantity", &WantedProduct::quantity,
                                                      catalog::units().described("the initial stock; 0 if absent"))},
                                            details<WantedProduct>()));
}

Declared<ProductUpdate> Fields<ProductUpdate>::value() {
    return object<ProductUpdate>(
        "ProductUpdate",
        joined<ProductUpdate>(
            {optional("sku", &ProductUpdate::sku, catalog::sku_shape()),
             optional("handle", &ProductUpdate::handle, catalog::handle_shape()).not_in_example(),
             optional("name", &ProductUpdate::name, catalog::name()),
             optional("price", &ProductUpdate::price, catalog::unit_price()),
             optional("quantity", &ProductUpdate::quantity, catalog::units().described("sets what is on hand"))
                 .not_in_example(),
             optional("adjust", &ProductUpdate::adjust,
                      Shape::integer(-kMaxQuantity, kMaxQuantity)
                          .described("adds to what is on hand, or takes off; needs a reason")),
             optional("reason", &ProductUpdate::reason, Shape::one_of({"received", "adjusted", "damaged", "corrected"}),
                      catalog::parse_movement_reason),
             optional("note", &ProductUpdate::note,
                      Shape::lines(0, catalog::kMaxNote).described("goes with the movement of stock"))},
            details<ProductUpdate>()));
}

Declared<VariantDefaults> Fields<VariantDefaults>::value() {
    return object<VariantDefaults>(
        "VariantDefaults",
        joined<VariantDefaults>({field("price", &VariantDefaults::price, catalog::unit_price()),
                                 optional("quantity", &VariantDefaults::quantity,
                                          catalog::units().described("the initial stock of each; 0 if absent"))},
                                details<VariantDefaults>()));
}

}  // namespace orderd::api
