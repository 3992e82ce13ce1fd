#pragma once

#include <optional>
#include <string>

#include "base/actor.h"
#include "base/refused.h"
#include "documents/document.h"
#include "orders/order.h"
#include "storage/writer.h"

namespace orderd::documents {

inline constexpr Refused kAlreadyInvoiced{
    409, "already_invoiced",
    "The order has an invoice, and it stands. number says which. Credit it first, if it is wrong."};
inline constexpr Refused kNothingToInvoice{
    409, "nothing_to_invoice",
    "The order has ended without a sale, or all of its money went back: there is nothing to invoice."};
inline constexpr Refused kBuyerErased{409, "buyer_erased",
                                      "The customer's data was erased on request, so an invoice could name no buyer."};
inline constexpr Refused kRefundInstead{
    409, "refund_instead",
    "Money was taken for the order: refund it, and the credit note follows once the money has gone back."};
inline constexpr Refused kCreditExceedsInvoice{
    409, "credit_exceeds_invoice",
    "The credit note is over more than what stands of the order's invoices; creditable says how much stands. Credit at "
    "most that."};

/// What stands of an order when all is as it should be: what was sold, less what of its money went back. Of a cancelled
/// or expired order: what the shop kept. What went back since the order's total fell is not a part of the sale.
Money should_stand(const storage::View& view, const orders::Order& order);

/// Issues the invoice of an order, over all that was ordered. What of its money went back before is credited at once.
///
/// @throws Refusal 409 `already_invoiced`, `nothing_to_invoice`, `seller_incomplete`, `buyer_erased`
Document issue_invoice(storage::Transaction& tx, const orders::Order& order, const Actor& actor, Time now);

/// Issues a credit note that no refund is behind: for an order that was invoiced and is not paid.
///
/// @param amount  nullopt: all that stands
/// @throws Refusal 409 `refund_instead`, `credit_exceeds_invoice`
Document issue_credit_note(storage::Transaction& tx, const orders::Order& order, std::optional<Money> amount,
                           const std::string& reason, const Actor& actor, Time now);

/// What just happened to an order, as far as it matters here.
struct News {
    bool paid = false;
    bool left = false;              ///< a parcel did
    bool may_have_changed = false;  ///< its lines, sums or recipient
};

/// Brings an order's documents to how the order and its money stand now: issues its invoice if the settings want it now;
/// replaces an invoice that says something else than the order does; credits refunds that succeeded, and what is not
/// owed of an order that has ended; undoes credit notes of refunds that failed. What is done already is not done again.
///
/// An order without documents gets none automatically but when it is paid, or when its parcels leave: staff issue those of
/// before the settings were made.
void bring_up_to_date(storage::Transaction& tx, OrderId order, const News& news, const Actor& actor, Time now);

}  // namespace orderd::documents
