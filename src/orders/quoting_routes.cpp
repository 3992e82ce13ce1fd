#include "orders/quoting_routes.h"

#include "accounts/customer.h"
#include "catalog/price_step.h"
#include "orders/quoting.h"

namespace orderd::orders {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

accounts::Address destination(const Request& in, const storage::View& view, const QuoteRequest& asked) {
    if (asked.customer) {
        const auto& to = asked.customer->shipping_address;
        return {.line1 = {},
                .line2 = {},
                .city = to.city,
                .region = to.region,
                .postal_code = to.postal_code,
                .country = to.country};
    }
    if (in.caller().kind == Caller::Kind::customer) {
        if (auto address = accounts::get_customer(view, CustomerId{in.caller().id}).address) {
            return std::move(*address);
        }
        throw invalid("/customer", "your account has no shipping address; give one here");
    }
    throw invalid("/customer", "is required");
}

Answer show_quote(Request& in, Desk& desk, QuoteRequest asked) {
    const auto rates = desk.rates.get();
    const auto currency = desk.currency.code();
    const auto view = in.read();
    const Asked wanted{.lines = wanted_lines(asked.items),
                       .to = destination(in, view, asked),
                       .discount_code = std::move(asked.discount_code)};
    return api::ok(to_json(quote(view, *rates, wanted, in.now()), currency));
}

Answer show_default_rates(Request&, Desk&) { return api::ok({{"data", to_json(default_rates())}}); }

}  // namespace

void add_quoting_routes(api::RouteTable& routes, Desk& desk) {
    const auto add_order_row = api::rows_of(routes, "Orders", desk);
    add_order_row({.method = "POST",
                   .path = "/orders/quote",
                   .name = "orders.quote",
                   .who = Who::anyone,
                   .summary = "Compute what an order would cost; nothing is placed or held",
                   .answers = {{200, quote_shape()}},
                   .refuses = {catalog::kUnknownProduct, kNotShippedThere, kRegionNotTaxed, kTotalOutOfRange,
                               catalog::kPriceOffStep, kCodeNotValid, kCodeUsedUp},
                   .limited = true},
                  show_quote);
    const auto add_settings_row = api::rows_of(routes, "Settings", desk);
    add_settings_row(
        {.method = "GET",
         .path = "/admin/tax-rates/defaults",
         .name = "taxRates.defaults",
         .who = Who::viewer,
         .summary = "Read the usual tax rates of the European Union and the United Kingdom, to begin with",
         .answers = {{200, Shape::object({{"data", Shape::list(tax_rate_shape())}}).named("DefaultRates")}}},
        show_default_rates);
}

}  // namespace orderd::orders
