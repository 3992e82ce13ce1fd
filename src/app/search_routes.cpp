#include "app/search_routes.h"

#include <algorithm>

#include "accounts/customer.h"
#include "catalog/product.h"
#include "catalog/search.h"
#include "documents/document.h"
#include "fulfillment/shipment.h"
#include "orders/list.h"

namespace orderd::app {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

constexpr std::int64_t kShown = 6;  ///< of each group: what is typed on tells more than further rows

Shape group_of(const Shape& row, const char* name) {
    return Shape::object({
                             {"data", Shape::list(row, 0, kShown)},
                             {"more", Shape::boolean().described("there are more, or may be")},
                         })
        .named(name);
}

Shape results_shape() {
    const auto order = Shape::object({
                                         {"id", Shape::id().described("the order's number")},
                                         {"status", Shape::text(1, 40)},
                                         {"customer_name", Shape::text(0, 200)},
                                         {"units", Shape::integer(0, 9'007'199'254'740'991)},
                                         {"total", Shape::money()},
                                         {"placed_at", Shape::time()},
                                     })
                           .named("FoundOrder");
    const auto customer = Shape::object({
                                            {"id", Shape::id()},
                                            {"name", Shape::text(0, 200)},
                                            {"email", Shape::text(0, 254)},
                                            {"has_account", Shape::boolean()},
                                        })
                              .named("FoundCustomer");
    const auto product = Shape::object({
                                           {"id", Shape::id()},
                                           {"sku", Shape::text(1, 200)},
                                           {"name", Shape::text(1, 400)},
                                           {"status", Shape::text(1, 40)},
                                           {"price", Shape::money()},
                                       })
                             .named("FoundProduct");
    const auto parcel = Shape::object({
                                          {"id", Shape::id()},
                                          {"order_id", Shape::id()},
                                          {"tracking_number", Shape::text(1, 80)},
                                          {"status", Shape::text(1, 40)},
                                      })
                            .named("FoundParcel");
    const auto document = Shape::object({
                                            {"id", Shape::id()},
                                            {"order_id", Shape::id()},
                                            {"kind", Shape::text(1, 40)},
                                            {"number", Shape::text(1, 80)},
                                            {"issued_on", Shape::day()},
                                            {"total", Shape::integer(-9'007'199'254'740'991, 9'007'199'254'740'991)},
                                        })
                              .named("FoundDocument");
    return Shape::object({
                             {"currency", Shape::currency()},
                             {"orders", group_of(order, "FoundOrders")},
                             {"customers", group_of(customer, "FoundCustomers")},
                             {"products", group_of(product, "FoundProducts")},
                             {"parcels", group_of(parcel, "FoundParcels")},
                             {"documents", group_of(document, "FoundDocuments")},
                         })
        .named("SearchResults");
}

/// A group's rows, and whether there are more than are shown.
template <class Rows, class Describe>
Json group(const Rows& rows, bool more, Describe describe) {
    auto data = Json::array();
    for (const auto& row : rows) {
        if (std::ssize(data) == kShown) {
            more = true;
            break;
        }
        data.push_back(describe(row));
    }
    return json_object({{"data", std::move(data)}, {"more", more}});
}

Json found_orders(const storage::View& view, const std::string& text, const orders::Beside& beside) {
    orders::Filter filter;
    filter.text = text;
    const auto page =
        orders::list(view, filter, {.limit = kShown, .after = {}}, {.found_by_number = beside.found_by_number});
    return group(page.rows, !page.after.is_null(), [](const orders::Summary& row) {
        return json_object({{"id", number(row.id)},
                            {"status", orders::to_text(row.status)},
                            {"customer_name", row.customer_name},
                            {"units", row.units},
                            {"total", row.total.minor},
                            {"placed_at", rfc3339(row.placed_at)}});
    });
}

Json found_customers(const storage::View& view, const std::string& text) {
    const auto found = accounts::find_customers(view, text, kShown + 1);
    return group(found.ids, found.looked_to.has_value(), [&](std::int64_t id) {
        const auto customer = accounts::get_customer(view, CustomerId{id});
        const auto contact = customer.contact.value_or(accounts::Contact{});
        return json_object(
            {{"id", id}, {"name", contact.name}, {"email", contact.email}, {"has_account", customer.has_account}});
    });
}

/// Who has the text as SKU or barcode comes first.
Json found_products(const storage::View& view, const std::string& text) {
    auto found = catalog::find_by_barcode(view, text, kShown + 1);
    if (auto product = catalog::find_by_sku(view, text)) {
        found.insert(found.begin(), std::move(*product));
    }
    const auto page = catalog::search(view, {.q = text}, {.limit = kShown, .after = {}});
    for (const auto& product : page.rows) {
        const bool is_there =
            std::any_of(found.begin(), found.end(), [&](const auto& other) { return other.id == product.id; });
        if (!is_there) {
            found.push_back(product);
        }
    }
    return group(found, !page.after.is_null(), [](const catalog::Product& product) {
        return json_object({{"id", number(product.id)},
                            {"sku", product.sku},
                            {"name", product.name},
                            {"status", catalog::kProductStatuses[product.status]},
                            {"price", product.price.minor}});
    });
}

Json found_parcels(const storage::View& view, const std::string& text) {
    return group(fulfillment::find_by_number(view, text), false, [](const fulfillment::Shipment& parcel) {
        return json_object({{"id", number(parcel.id)},
                            {"order_id", number(parcel.order)},
                            {"tracking_number", parcel.tracking_number.value_or("")},
                            {"status", fulfillment::to_text(parcel.status)}});
    });
}

Json found_documents(const storage::View& view, const std::string& text) {
    const auto found = documents::find_by_number(view, text);
    const auto rows = found ? std::vector{*found} : std::vector<documents::Document>();
    return group(rows, false, [](const documents::Document& document) {
        return json_object({{"id", number(document.id)},
                            {"order_id", number(document.order)},
                            {"kind", documents::to_text(document.kind)},
                            {"number", document.number},
                            {"issued_on", to_text(document.issued_on)},
                            {"total", document.total.minor}});
    });
}

Answer search_all(Request& in, orders::Desk& desk) {
    const std::string text(trimmed(in.query("q").value_or("")));
    if (text.empty()) {
        throw invalid("?q", "is missing: it is what is looked for");
    }
    const auto view = in.read();
    return api::ok(json_object({{"currency", desk.currency.code()},
                                {"orders", found_orders(view, text, desk.beside)},
                                {"customers", found_customers(view, text)},
                                {"products", found_products(view, text)},
                                {"parcels", found_parcels(view, text)},
                                {"documents", found_documents(view, text)}}));
}

}  // namespace

void add_search_routes(api::RouteTable& routes, orders::Desk& orders) {
    const auto add = api::rows_of(routes, "Search", orders);
    add({.method = "GET",
         .path = "/admin/search",
         .name = "search",
         .who = Who::viewer,
         .summary = "Find orders, customers, products, parcels and documents by what a person would type",
         .query =
             {{"q", Shape::text(1, 254),
               "an order's, a parcel's or a document's number, an e-mail address, the last six digits of a telephone "
               "number, a SKU or barcode, or words: of a name or of its beginnings from three letters on, of a town or a "
               "postcode, of a product"}},
         .answers = {{200, results_shape()}}},
        search_all);
}

}  // namespace orderd::app
