#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/refused.h"
#include "jobs/lanes.h"
#include "orders/order.h"
#include "storage/writer.h"

namespace orderd::orders {

inline constexpr Refused kNotPending{409, "not_pending",
                                     "The order does not wait for its payment any more, so nothing can run out that "
                                     "hold_until could move. Read it again."};
inline constexpr Refused kAlreadyShipped{
    409, "already_shipped",
    "A parcel of the order has left, or the order has ended: its address cannot be changed any more."};

/// Moves an order to another status by the state machine, and records "order.<status>". The caller handles
/// stock and money.
///
/// @throws Refusal 409 `illegal_transition`
void step(storage::Transaction& tx, const Order& order, Status to, const Actor& actor, Time now,
          const Json& body = Json::object());

/// Increases an order's version, so that caches of its answer are invalidated: something that the answer
/// shows has changed outside the order's row (a parcel).
void grow_version(storage::Transaction& tx, OrderId id, Time now);

/// What an order stores about its payment.
struct PaymentState {
    std::string_view status;
    std::string_view method;
    bool goes_back = false;  ///< everything captured was refunded, or is being refunded
    Money balance = {};      ///< owed since the total changed after it was paid; negative: to be refunded
};

/// Stores an order's payment state. Payments call it in the transaction that changes the payment. The order's
/// version grows if the state differs.
void set_payment_state(storage::Transaction& tx, OrderId id, const PaymentState& state, Time now);

/// Stores whether one of an order's parcels is in trouble. Fulfillment calls it in the transaction that
/// changes the parcel, and increases the order's version itself.
void set_parcel_trouble(storage::Transaction& tx, OrderId id, bool in_trouble);

/// Cancels an order before its first parcel left: every unit that it holds is on sale again. Money that was
/// taken is refunded by a job, `payment.settle`, since the gateway is never called inside a transaction.
///
/// @throws Refusal 409 `illegal_transition`
void cancel(storage::Transaction& tx, const Order& order, std::string_view reason, const Actor& actor, Time now);

/// Expires orders whose reservation is over: at most `most`, oldest first. An order expires when its time is
/// over, whatever a charge under way reports later: that charge is refunded. Each order expires in its own
/// savepoint. One that fails (its stock does not add up) does not stop the others, and gets a kExpireOneJob,
/// whose dead letter staff see.
///
/// @returns how many expired
int expire_due(storage::Transaction& tx, Time now, int most = 100);

/// Expires one order if its reservation is over.
///
/// @throws std::logic_error if less stock is reserved than the order says
void expire(storage::Transaction& tx, OrderId id, Time now);

inline constexpr jobs::Kind kExpireJob{"order.expire", jobs::Lane::upkeep};
/// {"order_id"}: an order that could not expire with the others though its reservation is over. The job fails
/// until the data is repaired.
inline constexpr jobs::Kind kExpireOneJob{"order.expire_one", jobs::Lane::upkeep, 3};
/// {"order_id", "actor"}: the order was cancelled or expired. Payments return its money and fulfillment its
/// labels: these departments are above orders, and handle these jobs.
inline constexpr jobs::Kind kSettleJob{"payment.settle", jobs::Lane::money, jobs::kMoneyTries};
inline constexpr jobs::Kind kVoidAllJob{"shipment.void_all", jobs::Lane::parcels};

/// Adds a kSettleJob: it returns what the payment of a cancelled or expired order holds.
void ask_to_settle(storage::Transaction& tx, OrderId order, const Actor& actor, Time now);

/// Adds a job that runs expire_due at the time: one job for all orders that expire in the same second.
void ask_for_expiry(storage::Transaction& tx, Time at, Time now);

/// Sets when an unpaid order gives its stock back; nullopt: never, since staff agreed to that.
void hold_until(storage::Transaction& tx, const Order& order, std::optional<Time> until, Time now);

/// Keeps all unpaid orders from expiring before a time, except those that staff agreed to hold. For use after
/// a restore: customers may have paid what the restored file does not know of.
void hold_all_until(storage::Transaction& tx, Time until, Time now);

/// Records that staff agreed to let an unpaid order hold its stock, until a time or (nullopt) without an end.
/// This is how cash on delivery is confirmed. Records "order.held".
///
/// @throws Refusal 409 `not_pending`; 422 for a time in the past
void agree_to_hold(storage::Transaction& tx, const Order& order, std::optional<Time> until, const Actor& actor,
                   Time now);

/// Records that packing began: paid → processing, or pending → processing if the order is paid later.
void start_processing(storage::Transaction& tx, const Order& order, const Actor& actor, Time now);

/// Changes an order's recipient, before its first parcel left. The totals stay as they are: the agreed price
/// is charged.
///
/// @returns the names of the changed fields, as the event "order.recipient_changed" lists them, without their
///          values; empty: nothing changed, and no event is recorded
/// @throws Refusal 409 `already_shipped`
std::vector<std::string> set_recipient(storage::Transaction& tx, const Order& order, const Recipient& recipient,
                                       const Actor& actor, Time now);

void set_staff_note(storage::Transaction& tx, const Order& order, std::string_view note, const Actor& actor, Time now);

/// Changes the language of what goes to an order's customer from now on. Records "order.language_changed".
void set_language(storage::Transaction& tx, const Order& order, const Language& language, const Actor& actor, Time now);

/// Replaces the link to the page on which the order is paid (links.h): the one before opens nothing any more. Records
/// "order.payment_link_renewed".
void renew_payment_link(storage::Transaction& tx, const Order& order, const Actor& actor, Time now);

/// What the customer reads of when it comes, or can be fetched.
void set_delivery_note(storage::Transaction& tx, const Order& order, std::string_view note, const Actor& actor,
                       Time now);

/// Assigns an order to another admin: there is always exactly one.
///
/// @throws Refusal 422 if no active admin with that id may manage orders
void set_manager(storage::Transaction& tx, const Order& order, AdminId manager, const Actor& actor, Time now);

/// How many orders that are not in a final status an admin manages.
std::int64_t open_orders_of(const storage::View& view, AdminId manager);

/// Assigns each of them to another admin, with "order.reassigned" for each.
void hand_over(storage::Transaction& tx, AdminId from, AdminId to, const Actor& actor, Time now);

/// Whether the customer has an order that is not in a final status: its address is still needed.
bool awaits_something(const storage::View& view, CustomerId customer);

/// The orders of a customer, oldest first.
std::vector<OrderId> numbers_of(const storage::View& view, CustomerId customer);

/// Erases the personal data in all orders of a customer for good, and staff's notes about them.
void erase_recipient(storage::Transaction& tx, CustomerId customer, Time now);

}  // namespace orderd::orders
