#include "app/export_routes.h"

#include <algorithm>

#include "accounts/routes.h"
#include "api/refusals.h"
#include "app/exports.h"
#include "catalog/csv_routes.h"
#include "orders/routes.h"

namespace orderd::app {

namespace {

using api::Answer;
using api::Request;

Answer send_orders(Request& in) {
    const auto filters = orders::list_filters();
    const bool filtered =
        std::any_of(filters.begin(), filters.end(), [&](const auto& filter) { return in.query(filter.name); });
    auto answer = csv::file_answer("orders.csv");
    answer.stream = [&store = in.store(),
                     shown = filtered ? std::optional(orders::filter_of(in, in.read())) : std::nullopt,
                     style = csv::style_of(in), actor = in.actor(), now = in.now()](const auto& send) {
        note_export(store, "order", shown.has_value(), actor, now);
        export_orders(store, shown, send, style);
    };
    return answer;
}

Answer send_customers(Request& in) {
    auto answer = csv::file_answer("customers.csv");
    answer.stream = [&store = in.store(), text = in.query("q"), style = csv::style_of(in), actor = in.actor(),
                     now = in.now()](const auto& send) {
        note_export(store, "customer", text.has_value(), actor, now);
        export_customers(store, text, send, style);
    };
    return answer;
}

}  // namespace

void add_export_routes(api::RouteTable& routes) {
    routes.add({.method = "GET",
                .path = "/admin/orders/export",
                .name = "orders.export",
                .who = api::Who::viewer,
                .summary = "Export orders as CSV, in Shopify's columns: all, or those that the filters leave",
                .tag = "Orders",
                .query = csv::with_style(orders::list_filters()),
                .answers = {{200, std::nullopt, "text/csv"}},
                .refuses = {api::kTooManyStreams}},
               send_orders);
    routes.add({.method = "GET",
                .path = "/admin/customers/export",
                .name = "customers.exportList",
                .who = api::Who::viewer,
                .summary = "Export customers as CSV, in Shopify's columns: all, or those that the search finds",
                .tag = "Customers",
                .query = csv::with_style(accounts::list_filters()),
                .answers = {{200, std::nullopt, "text/csv"}},
                .refuses = {api::kTooManyStreams}},
               send_customers);
}

}  // namespace orderd::app
