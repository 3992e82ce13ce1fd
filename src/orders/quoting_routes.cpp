#include "orders/quoting_routes.h"

#include "accounts/customer.h"
#include "api/conditional.h"
#include "catalog/price_step.h"
#include "orders/quoting.h"

namespace orderd::orders {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

accounts::Address quoted_destination(const Request& in, const storage::View& view, const QuoteRequest& asked,
                                     const Rates& rates) {
    if (asked.customer) {
        const auto& to = asked.customer->shipping_address;
        return {.line1 = {},
                .line2 = {},
                .city = to.city,
                .region = to.region,
                .postal_code = to.postal_code,
                .country = to.country};
    }
    const auto* method = asked.delivery_method ? rates.delivery.find(*asked.delivery_method) : nullptr;
    if (method != nullptr && method->kind == DeliveryKind::pickup) {
        return {};
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
                       .delivery = {.to = quoted_destination(in, view, asked, *rates), .method = asked.delivery_method},
                       .discount_code = std::move(asked.discount_code)};
    const auto made = quote(view, *rates, wanted, in.now());
    const auto* language = api::asked_language(in.header("accept-language"));
    return api::ok(to_json(made, offers_for(*rates, made, wanted.delivery, in.now()), currency,
                           language == nullptr ? "" : language->code()));
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
                   .refuses = {catalog::kUnknownProduct, kDeliveryNotPossible, kNotShippedThere, kRegionNotTaxed,
                               kTotalOutOfRange, catalog::kPriceOffStep, kCodeNotValid, kCodeUsedUp},
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
