#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounts/prepared_customer.h"
#include "base/actor.h"
#include "base/refused.h"
#include "orders/order.h"
#include "orders/rates.h"
#include "orders/staff_discount.h"
#include "orders/staff_lines.h"

namespace orderd::orders {

// Orders that staff take: by telephone, or at the counter.

inline constexpr Refused kNotADraft{409, "not_a_draft",
                                    "The order was placed, or has ended: it is no draft that can be placed or deleted. "
                                    "Read it again; a placed order is edited or cancelled."};

/// What staff entered, with everything done that needs no transaction.
struct NewStaffOrder {
    bool is_draft = false;
    accounts::PreparedCustomer customer;    ///< the recipient; without an address if it is picked up
    std::optional<CustomerId> customer_id;  ///< whose order it is; nullopt: found by e-mail address, or new
    std::vector<StaffLine> lines;
    std::optional<StaffDiscount> discount = {};
    Rate most = kAnyShare;  ///< that its discounts may take off
    std::optional<DeliveryMethodId> delivery = {};
    std::string note = {};
    const Language* language = nullptr;  ///< nullptr: the shop's
    std::optional<std::optional<Time>> hold_until =
        {};  ///< nullopt: as long as for a transfer; inner: until it is paid
    std::string access_token_hash = {};
};

/// Writes an order that staff took. A draft holds nothing; another reserves the stock of each line, or of none, as
/// place() does. Records "order.drafted" or "order.placed".
///
/// @throws Refusal what lines_of(), discount_parts(), sums_of() and catalog::reserve() refuse
Order take_order(storage::Transaction& tx, const NewStaffOrder& wanted, const Rates& rates, const Actor& actor,
                 Time now);

/// Places a draft, at the prices that it has: it holds its stock from now on.
///
/// @throws Refusal 409 `not_a_draft`, `insufficient_stock`; 422 for a time in the past
void place_draft(storage::Transaction& tx, const Order& order, std::optional<std::optional<Time>> hold_until,
                 const Actor& actor, Time now);

/// Deletes a draft, with its lines. Its number is not given again. Records "order.draft_deleted".
///
/// @throws Refusal 409 `not_a_draft`
void delete_draft(storage::Transaction& tx, const Order& order, const Actor& actor, Time now);

}  // namespace orderd::orders
