#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounts/prepared_customer.h"
#include "base/actor.h"
#include "catalog/stock.h"
#include "orders/order.h"
#include "orders/quoting.h"
#include "orders/rates.h"

namespace orderd::orders {

/// A requested order. Everything that needs no transaction has been done already: folding and hashing for the
/// customer's indexes, drawing the access token.
struct NewOrder {
    accounts::PreparedCustomer customer;  ///< the recipient; without an address if it is picked up
    std::optional<CustomerId> account;    ///< the signed-in customer; nullopt: a guest
    std::string note;
    const Language* language = nullptr;  ///< that the customer asks for; nullptr: none, so the shop's
    std::vector<catalog::Wanted> lines;
    std::optional<std::string> discount_code = {};
    std::optional<Billing> billing = {};
    std::optional<DeliveryMethodId> delivery = {};  ///< nullopt: the cheapest that fits
    std::optional<Money> expected_total = {};       ///< that the customer saw
    std::vector<LegalVersion> accepted_terms = {};
    std::string access_token_hash = {};            ///< of the capability that its holder gets
    std::optional<std::int64_t> placed_from = {};  ///< keyed hash of a stranger's network; nullopt: not counted
};

/// Places an order: reserves the stock of every line, or of none; copies names, prices and rates into it;
/// takes a use of its discount code; assigns one manager; schedules its expiry. Records "order.placed".
///
/// @throws Refusal  what quote(), catalog::reserve, take_use() and require_room() refuse; 409 `total_changed` if it would
///         not cost what the customer saw, 409 `terms_changed` if it accepts a text that holds no more
Order place(storage::Transaction& tx, const NewOrder& wanted, const Rates& rates, const Actor& actor, Time now);

}  // namespace orderd::orders
