#include "app/export_routes.h"

#include <fmt/format.h>

#include <algorithm>

#include "accounts/routes.h"
#include "api/refusals.h"
#include "app/exports.h"
#include "orders/routes.h"

namespace orderd::app {

namespace {

using api::Answer;
using api::Request;

Answer csv_file(std::string_view name) {
    Answer answer;
    answer.content_type = "text/csv; charset=utf-8";
    answer.headers = {{"Content-Disposition", fmt::format("attachment; filename=\"{}\"", name)}};
    return answer;
}

Answer send_orders(Request& in) {
    const auto filters = orders::list_filters();
    const bool filtered =
        std::any_of(filters.begin(), filters.end(), [&](const auto& filter) { return in.query(filter.name); });
    auto answer = csv_file("orders.csv");
    answer.stream = [&store = in.store(),
                     shown = filtered ? std::optional(orders::filter_of(in, in.read())) : std::nullopt,
                     actor = in.actor(), now = in.now()](const auto& send) {
        note_export(store, "order", shown.has_value(), actor, now);
        export_orders(store, shown, send);
    };
    return answer;
}

Answer send_customers(Request& in) {
    auto answer = csv_file("customers.csv");
    answer.stream = [&store = in.store(), text = in.query("q"), actor = in.actor(), now = in.now()](const auto& send) {
        note_export(store, "customer", text.has_value(), actor, now);
        export_customers(store, text, send);
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
                .query = orders::list_filters(),
                .answers = {{200, std::nullopt, "text/csv"}},
                .refuses = {api::kTooManyStreams}},
               send_orders);
    routes.add({.method = "GET",
                .path = "/admin/customers/export",
                .name = "customers.exportList",
                .who = api::Who::viewer,
                .summary = "Export customers as CSV, in Shopify's columns: all, or those that the search finds",
                .tag = "Customers",
                .query = accounts::list_filters(),
                .answers = {{200, std::nullopt, "text/csv"}},
                .refuses = {api::kTooManyStreams}},
               send_customers);
}

}  // namespace orderd::app
