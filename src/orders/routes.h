#pragma once

#include <functional>
#include <string>
#include <vector>

#include "api/route.h"
#include "orders/beside.h"
#include "orders/bodies.h"
#include "orders/list.h"
#include "orders/rates.h"
#include "storage/settings.h"

namespace orderd::orders {

/// What the handlers use. It must outlive the route table.
struct Desk {
    RatesCache& rates;
    settings::Currency& currency;
    std::function<std::string()> url = {};  ///< the shop's public address
    Beside beside = {};
};

void add_routes(api::RouteTable& routes, Desk& desk);

/// Makes the answer for a placed order, in its transaction. `token`: its capability, which is stored nowhere.
using AnswerPlaced = std::function<api::Answer(storage::Transaction& tx, const Order& order, const std::string& token)>;

/// Places an order for who calls, as POST /orders does: with its limits, its language and its Idempotency-Key.
///
/// @throws Refusal  what the row of POST /orders names
api::Answer place_for(api::Request& in, Desk& desk, const OrderRequest& asked, const AnswerPlaced& answer);

/// The address of an order's receipt.
std::string receipt_url(const Desk& desk, const storage::View& view, OrderId id);

/// An order as admins see it, with the address of its page for paying.
JsonObject describe_whole(const Desk& desk, const storage::View& view, const Order& order);

/// The same as an answer, after they changed it.
api::Answer answer_for_admin(const Desk& desk, const storage::View& view, OrderId id);
/// Records what a person of the shop changed in an order; what its customer does is no entry.
void audit_change(storage::Transaction& tx, api::Request& in, std::string_view action, OrderId id, const Json& before,
                  const Json& after);

void add_staff_order_routes(api::RouteTable& routes, Desk& desk);     ///< called by add_routes()
void add_staff_discount_routes(api::RouteTable& routes, Desk& desk);  ///< called by add_routes()
void add_link_routes(api::RouteTable& routes, Desk& desk);            ///< called by add_routes()
void add_delivery_routes(api::RouteTable& routes, Desk& desk);  ///< the shop's delivery methods; called by add_routes()

void add_legal_routes(api::RouteTable& routes, Desk& desk);  ///< the shop's legal texts; called by add_routes()

void add_together_routes(api::RouteTable& routes, Desk& desk);  ///< tags and comments; called by add_routes()

/// The filters of the list of orders, which its export has too.
std::vector<api::QueryParameter> list_filters();
Filter filter_of(const api::Request& in, const storage::View& view);

}  // namespace orderd::orders
