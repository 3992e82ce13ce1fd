#pragma once

#include <string>
#include <vector>

#include "api/route.h"
#include "storefront/buyers_desk.h"

namespace orderd::storefront {

/// The row of a page of a purchase: GET.
///
/// @param name  its operationId
api::Route page_row(const std::string& path, const std::string& name, const std::string& summary,
                    std::vector<api::QueryParameter> query = {});

/// The row that takes that page's form: POST. It answers the page again, or leads on.
api::Route form_row(const std::string& path, const std::string& name, const std::string& summary);

/// Adds the route of a page's script, "/pages/" and its template's name: "checkout.js".
///
/// @param name  its operationId
void add_script(api::RouteTable& routes, const std::string& script, const std::string& name,
                const std::string& summary);

/// Adds the pages of a purchase: the basket, the checkout, the payment, the order; and the customer's account.
void add_buying_routes(api::RouteTable& routes, BuyersDesk& desk);

// Called by add_buying_routes().
void add_basket_routes(api::RouteTable& routes, BuyersDesk& desk);
void add_checkout_routes(api::RouteTable& routes, BuyersDesk& desk);
void add_pay_routes(api::RouteTable& routes, BuyersDesk& desk);
void add_order_routes(api::RouteTable& routes, BuyersDesk& desk);
void add_withdraw_routes(api::RouteTable& routes, BuyersDesk& desk);
void add_account_routes(api::RouteTable& routes, BuyersDesk& desk);
void add_new_account_routes(api::RouteTable& routes, BuyersDesk& desk);
void add_forgotten_routes(api::RouteTable& routes, BuyersDesk& desk);

}  // namespace orderd::storefront
