#include "storefront/buying_routes.h"

#include "api/form.h"
#include "api/response.h"
#include "base/budgets.h"
#include "base/embedded.h"
#include "storefront/form_routes.h"
#include "storefront/page.h"

namespace orderd::storefront {

void add_buying_routes(api::RouteTable& routes, BuyersDesk& desk) {
    add_basket_routes(routes, desk);
    add_checkout_routes(routes, desk);
    add_pay_routes(routes, desk);
    add_order_routes(routes, desk);
    add_withdraw_routes(routes, desk);
    add_account_routes(routes, desk);
    add_new_account_routes(routes, desk);
    add_forgotten_routes(routes, desk);
}

api::Route page_row(const std::string& path, const std::string& name, const std::string& summary,
                    std::vector<api::QueryParameter> query) {
    return {.method = "GET",
            .path = path,
            .name = name,
            .who = api::Who::anyone,
            .summary = summary,
            .query = page_parameters(std::move(query)),
            .answers = {{200, std::nullopt, kPageType}},
            .limited = true,
            .page = true};
}

api::Route form_row(const std::string& path, const std::string& name, const std::string& summary) {
    auto row = page_row(path, name, summary);
    row.method = "POST";
    row.raw_body = std::string(api::kFormType);
    row.max_body = budget::kForm;
    row.answers.push_back({303, std::nullopt});
    for (const int status : {403, 409, 422}) {  // the page again, with what is wrong and what was typed
        row.answers.push_back({status, std::nullopt, kPageType});
    }
    row.refuses = {api::kBadForm, kForeignForm};
    return row;
}

void add_script(api::RouteTable& routes, const std::string& script, const std::string& name,
                const std::string& summary) {
    constexpr auto kScript = "text/javascript; charset=utf-8";
    const auto text = embedded::find_template(script)->text;
    routes.add({.method = "GET",
                .path = "/pages/" + script,
                .name = name,
                .who = api::Who::anyone,
                .summary = summary,
                .tag = "Shop pages",
                .answers = {{200, std::nullopt, kScript}},
                .page = true},
               [text](api::Request&) {
                   return api::Answer{.constant = text, .content_type = kScript, .etag = api::etag_of(text)}.header(
                       "Cache-Control", "no-cache");
               });
}

}  // namespace orderd::storefront
