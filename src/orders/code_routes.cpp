#include "orders/code_routes.h"

#include <fmt/format.h>

#include "catalog/price_step.h"
#include "orders/codes.h"

namespace orderd::orders {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

Answer list_all(Request& in, Desk&) {
    const auto page = list_codes(in.read(), in.query("q").value_or(""), in.page());
    auto rows = Json::array();
    for (const auto& code : page.rows) {
        rows.push_back(to_json(code));
    }
    return api::page(std::move(rows), page.after);
}

Answer add(Request& in, Desk&, CodeRules wanted) {
    return in.mutate([&](storage::Transaction& tx) {
        const auto code = add_code(tx, wanted, in.actor(), in.now());
        return api::created(fmt::format("/admin/discount-codes/{}", number(code.id)), to_json(code), code.version);
    });
}

Answer show(Request& in, Desk&) {
    const auto code = get_code(in.read(), DiscountCodeId{in.id()});
    return api::ok(to_json(code), code.version);
}

Answer replace(Request& in, Desk&, CodeRules wanted) {
    return in.mutate([&](storage::Transaction& tx) {
        const auto before = get_code(tx, DiscountCodeId{in.id()});
        in.check_version(before.version);
        const auto code = change_code(tx, before, wanted, in.actor(), in.now());
        return api::ok(to_json(code), code.version);
    });
}

}  // namespace

void add_code_routes(api::RouteTable& routes, Desk& desk) {
    const auto add_row = api::rows_of(routes, "Orders", desk);
    add_row({.method = "GET",
             .path = "/admin/discount-codes",
             .name = "discountCodes.list",
             .who = Who::viewer,
             .summary = "List discount codes, newest first",
             .query = {{"q", Shape::text(1, 60), "what the code begins with"}},
             .paged = true,
             .answers = {{200, Shape::page(code_shape())}}},
            list_all);
    add_row({.method = "POST",
             .path = "/admin/discount-codes",
             .name = "discountCodes.add",
             .who = Who::staff,
             .summary = "Add a discount code",
             .answers = {{201, code_shape()}},
             .refuses = {kCodeTaken, catalog::kPriceOffStep},
             .idempotent = true},
            add);
    add_row({.method = "GET",
             .path = "/admin/discount-codes/{id}",
             .name = "discountCodes.get",
             .who = Who::viewer,
             .summary = "Read a discount code, with how often it was used",
             .answers = {{200, code_shape()}}},
            show);
    add_row({.method = "PUT",
             .path = "/admin/discount-codes/{id}",
             .name = "discountCodes.replace",
             .who = Who::staff,
             .summary = "Replace the rules of a discount code; active: false ends it",
             .answers = {{200, code_shape()}},
             .refuses = {kCodeTaken, catalog::kPriceOffStep},
             .if_match = true},
            replace);
}

}  // namespace orderd::orders
