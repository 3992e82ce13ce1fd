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

/// Moves an order on by the state machine, and records "order.<status>". Stock and money are the caller's.
///
/// @throws Refusal 409 `illegal_transition`
void step(storage::Transaction& tx, const Order& order, Status to, const Actor& actor, Time now,
          const Json& body = Json::object());

/// Something that an order's answer shows has changed outside its own row (a parcel). Its version grows, so that caches
/// of the answer are invalidated.
void grow_version(storage::Transaction& tx, OrderId id, Time now);

/// What an order knows of its payment.
struct PaymentState {
    std::string_view status;
    std::string_view method;
    bool goes_back = false;  ///< all that was captured went back, or is on its way
};

/// Payments tell an order how its payment stands, in the transaction that changes it. The order's version grows if that
/// is new to it.
void set_payment_state(storage::Transaction& tx, OrderId id, const PaymentState& state, Time now);

/// Fulfillment tells an order whether one of its parcels is in trouble, in the transaction that changes it. Whoever
/// changes a parcel lets the order's version grow.
void set_parcel_trouble(storage::Transaction& tx, OrderId id, bool in_trouble);

/// Cancels an order before its first parcel left: every unit that it holds is on sale again. Money that was taken goes
/// back by a job, `payment.settle`, since the gateway is not asked inside a transaction.
///
/// @throws Refusal 409 `illegal_transition`
void cancel(storage::Transaction& tx, const Order& order, std::string_view reason, const Actor& actor, Time now);

/// Lets the reservations run out that are over: at most `most` orders, oldest first. An order expires once its time is
/// over, whatever a charge under way says later: that one is refunded. Each expires in a savepoint of its own: one that
/// does not add up holds none of the others up, and gets a kExpireOneJob, whose dead letter staff see.
///
/// @returns how many expired
int expire_due(storage::Transaction& tx, Time now, int most = 100);

/// Expires one order if its reservation is over.
///
/// @throws std::logic_error if the stock does not hold what the order says
void expire(storage::Transaction& tx, OrderId id, Time now);

inline constexpr jobs::Kind kExpireJob{"order.expire", jobs::Lane::upkeep};
/// {"order_id"}: an order whose reservation is over could not expire among the others. It fails until it is repaired.
inline constexpr jobs::Kind kExpireOneJob{"order.expire_one", jobs::Lane::upkeep, 3};
/// {"order_id", "actor"}: the order was cancelled or expired; whoever took money for it, or made labels, gives both
/// back. They stand above orders, and handle these jobs.
inline constexpr jobs::Kind kSettleJob{"payment.settle", jobs::Lane::money, jobs::kMoneyTries};
inline constexpr jobs::Kind kVoidAllJob{"shipment.void_all", jobs::Lane::parcels};

/// Asks for kSettleJob: what the payment of a cancelled or expired order holds goes back.
void ask_to_settle(storage::Transaction& tx, OrderId order, const Actor& actor, Time now);

/// Asks for a run of expire_due at the time: one job for all orders whose time is over in the same second.
void ask_for_expiry(storage::Transaction& tx, Time at, Time now);

/// Sets when an unpaid order gives its stock back; nullopt: never, since a person agreed to that.
void hold_until(storage::Transaction& tx, const Order& order, std::optional<Time> until, Time now);

/// Lets no unpaid order run out before a time, but for those that a person agreed to hold: after a restore, their
/// customers may have paid where this file does not know of it.
void hold_all_until(storage::Transaction& tx, Time until, Time now);

/// A person of the shop agrees that an unpaid order holds its stock, until a time or (nothing) without an end: so cash
/// on delivery is confirmed. Records "order.held".
///
/// @throws Refusal 409 `not_pending`; 422 for a time that is over
void agree_to_hold(storage::Transaction& tx, const Order& order, std::optional<Time> until, const Actor& actor,
                   Time now);

/// Packing began: paid → processing, or pending → processing if it is paid later.
void start_processing(storage::Transaction& tx, const Order& order, const Actor& actor, Time now);

/// Changes whom an order goes to, before its first parcel left. The sums stay as they are: what was agreed is charged.
///
/// @returns the names of the fields that changed, as the event "order.recipient_changed" tells them, without what was
/// in
///          them; none: nothing changed, and no event is recorded
/// @throws Refusal 409 `already_shipped`
std::vector<std::string> set_recipient(storage::Transaction& tx, const Order& order, const Recipient& recipient,
                                       const Actor& actor, Time now);

void set_staff_note(storage::Transaction& tx, const Order& order, std::string_view note, const Actor& actor, Time now);

/// Hands an order to another admin: there is always exactly one.
///
/// @throws Refusal 422 if no active admin with that id may manage orders
void set_manager(storage::Transaction& tx, const Order& order, AdminId manager, const Actor& actor, Time now);

/// How many orders that are not at their end an admin looks after.
std::int64_t open_orders_of(const storage::View& view, AdminId manager);

/// Hands each of them to another, with "order.reassigned" each.
void hand_over(storage::Transaction& tx, AdminId from, AdminId to, const Actor& actor, Time now);

/// Whether an order of the customer's is not at its end: until then its address is needed.
bool awaits_something(const storage::View& view, CustomerId customer);

/// The orders of a customer, oldest first.
std::vector<OrderId> numbers_of(const storage::View& view, CustomerId customer);

/// Takes the personal data out of every order of a customer, for good, and what staff wrote about it.
void erase_recipient(storage::Transaction& tx, CustomerId customer, Time now);

}  // namespace orderd::orders
