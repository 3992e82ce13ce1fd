#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fulfillment/fulfilling.h"

namespace orderd::fulfillment {

/// How money goes back to a customer: what payments do, wired where the parts are put together.
struct Refunds {
    /// How much of an order's money can still be refunded.
    std::function<Money(const storage::View& view, OrderId order)> left = {};

    /// Refunds an amount the way it was paid. @throws Refusal 409 if there is less left
    std::function<void(storage::Transaction& tx, OrderId order, Money amount, const std::string& reason,
                       const Actor& actor, Time now)>
        give = {};

    /// What `give` refuses, for the routes that call it.
    std::vector<Refused> refuses = {};
};

/// Units that came back.
struct NewReturn {
    std::vector<Units> items;
    std::string reason;
    bool restock = true;          ///< on the shelf again; else they are written off
    std::optional<Money> refund;  ///< nothing: what they cost, as far as it is not back already
};

/// A return as it was written down.
struct Return {
    std::int64_t id = 0;
    OrderId order{};
    std::vector<Units> items;
    std::string reason;
    bool restocked = false;
    Money refund;
    Time at;
};

/// Takes shipped units back: the lines say returned, the stock grows where they are restocked, the money goes back, and
/// the order is returned once all that was shipped is.
///
/// @throws Refusal 409 `not_shipped` if fewer are with the customer; 409 `illegal_transition` before the first
///         parcel left; 422 for a line that is not the order's; 409 as Refunds::give
Return take_back(storage::Transaction& tx, const orders::Order& order, const NewReturn& wanted, const Refunds& refunds,
                 const Actor& actor, Time now);

/// The same where the money is the caller's: it gives `made.refund` back itself. Whatever began a return, this or
/// take_back() writes it down, and tells of it once: "order.items_returned".
///
/// @param note  of the stock's movements
/// @returns with its id
/// @throws Refusal as take_back(), but for the money
Return receive(storage::Transaction& tx, const orders::Order& order, Return made, std::string_view note,
               const Actor& actor, Time now);

/// Oldest first.
std::vector<Return> returns_of(const storage::View& view, OrderId order);

/// Cancels what has not left of a partly shipped order: its parcels in the house are given up, their units are on sale
/// again, and their money goes back.
///
/// @param refund  nothing: what the units cost, as far as it is not back already
/// @returns what goes back
/// @throws Refusal 409 `illegal_transition` if the order is not partly shipped; 409 as Refunds::give
Money cancel_rest(storage::Transaction& tx, const orders::Order& order, const std::string& reason,
                  std::optional<Money> refund, const Refunds& refunds, const Actor& actor, Time now);

}  // namespace orderd::fulfillment
