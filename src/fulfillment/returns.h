#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fulfillment/fulfilling.h"

namespace orderd::fulfillment {

/// How money is returned to a customer. Payments do it; the functions are set when the parts are put
/// together.
struct Refunds {
    /// How much of an order's money can still be refunded.
    std::function<Money(const storage::View& view, OrderId order)> left = {};

    /// Refunds an amount by the method that it was paid with, for these units. @throws Refusal 409 if less is left
    std::function<void(storage::Transaction& tx, OrderId order, Money amount, const std::vector<Units>& units,
                       const std::string& reason, const Actor& actor, Time now)>
        give = {};

    /// Takes units out of an order that nothing was captured for, and what they cost out of its total. @returns by how much
    /// that falls
    std::function<Money(storage::Transaction& tx, const orders::Order& order, const std::vector<Units>& units,
                        const std::string& reason, const Actor& actor, Time now)>
        take_out = {};

    /// The refusals of `give`, for the routes that call it.
    std::vector<Refused> refuses = {};
    /// Those of `take_out`.
    std::vector<Refused> taking_out_refuses = {};
};

/// Units that came back.
struct NewReturn {
    std::vector<Units> items;
    std::string reason;
    bool restock = true;          ///< true: back into stock; false: written off
    std::optional<Money> refund;  ///< nullopt: their price, as far as it was not refunded before
};

/// A stored return.
struct Return {
    std::int64_t id = 0;
    OrderId order{};
    std::vector<Units> items;
    std::string reason;
    bool restocked = false;
    Money refund;
    Time at;
};

/// Takes shipped units back: the lines count them as returned, the stock grows if they are restocked, the
/// money is refunded, and the order is returned once all shipped units are. What the customer asked for
/// (return_request.h) is settled with it.
///
/// @throws Refusal 409 `not_shipped` if fewer are with the customer; 409 `illegal_transition` before the first
///         parcel left; 422 for a line that is not the order's; 409 as Refunds::give
Return take_back(storage::Transaction& tx, const orders::Order& order, const NewReturn& wanted, const Refunds& refunds,
                 const Actor& actor, Time now);

/// The same without the refund: the caller refunds `made.refund` itself. Every return is stored by this
/// function (take_back() calls it), which records "order.items_returned" once.
///
/// @param note for the stock movements
/// @returns the return with its id
/// @throws Refusal as take_back(), except for refunds
Return receive(storage::Transaction& tx, const orders::Order& order, Return made, std::string_view note,
               const Actor& actor, Time now);

/// Oldest first.
std::vector<Return> returns_of(const storage::View& view, OrderId order);

/// What becomes of the money for units that do not come.
struct GivenUp {
    Money refund;     ///< what goes back
    Money off_total;  ///< by how much the order's total falls
};

/// Gives up units that were not shipped, and are in no parcel: their stock is on sale again. Of an order that was paid for
/// they are cancelled, and what they cost is refunded; of another they leave its total.
///
/// @param refund  nullopt: the price of the units, as far as it was not refunded before
/// @throws Refusal as orders::cancel_units(), orders::take_out(), Refunds::give
GivenUp give_up(storage::Transaction& tx, const orders::Order& order, const std::vector<Units>& units,
                std::optional<Money> refund, const std::string& reason, const Refunds& refunds, const Actor& actor,
                Time now);

/// Refunds what units cost. @param wanted  nullopt: their price, as far as it was not refunded before. @returns the sum
/// @throws Refusal 409 as Refunds::give
Money give_back(storage::Transaction& tx, const orders::Order& order, std::optional<Money> wanted, Money price,
                const std::vector<Units>& units, const std::string& reason, const Refunds& refunds, const Actor& actor,
                Time now);

/// Cancels the unshipped units of a partly shipped order: parcels still in the shop are voided, the units are
/// on sale again, and their price is given up as give_up() says.
///
/// @param refund nullopt: the price of the units, as far as it was not refunded before
/// @returns the refunded amount
/// @throws Refusal 409 `illegal_transition` if the order is not partly shipped; 409 as Refunds::give
Money cancel_rest(storage::Transaction& tx, const orders::Order& order, const std::string& reason,
                  std::optional<Money> refund, const Refunds& refunds, const Actor& actor, Time now);

}  // namespace orderd::fulfillment
