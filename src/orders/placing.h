#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounts/customer.h"
#include "base/actor.h"
#include "catalog/stock.h"
#include "orders/order.h"
#include "orders/rates.h"

namespace orderd::orders {

/// An order as it is asked for. Everything in it that needs no transaction was done before it gets one: folding and
/// hashing for the customer's indexes, drawing the access token.
struct NewOrder {
    accounts::PreparedCustomer customer;  ///< whom it goes to
    std::optional<CustomerId> account;    ///< who is signed in; nullopt: a guest
    std::string note;
    std::vector<catalog::Wanted> lines;
    std::string access_token_hash;                 ///< of the capability that its holder gets
    std::optional<std::int64_t> placed_from = {};  ///< keyed hash of a stranger's network; nullopt: not counted
};

/// Places an order: reserves the stock of every line, or of none; snapshots names, prices and rates; gives it one
/// manager; asks for its expiry. Records "order.placed".
///
/// @throws Refusal  what catalog::price, catalog::reserve, totals() and require_room() refuse
Order place(storage::Transaction& tx, const NewOrder& wanted, const Rates& rates, const Actor& actor, Time now);

}  // namespace orderd::orders
