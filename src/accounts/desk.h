#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "accounts/admin.h"
#include "accounts/attempts.h"
#include "accounts/passwords.h"
#include "accounts/setup.h"
#include "accounts/unsaved_sessions.h"
#include "base/actor.h"
#include "base/ids.h"
#include "base/refused.h"
#include "base/time.h"
#include "storage/writer.h"

namespace orderd::accounts {

inline constexpr Refused kHasOpenOrders{
    409, "has_open_orders",
    "The user looks after orders under way; open_orders says how many. Name who does from now on with hand_over_to."};
inline constexpr Refused kOrderUnderWay{
    409, "order_under_way",
    "An order of the customer is under way, and its address is still needed. Erase the customer once it is delivered "
    "or cancelled."};

/// What the handlers of this department use, and what they ask of the departments above, which they do not know: handed
/// in when the parts are wired. Outlives the route table.
struct Desk {
    PasswordHasher hasher = {};
    Attempts attempts = {};
    UnsavedSessions unsaved = {};

    /// How many orders that are still under way an admin looks after.
    std::function<std::int64_t(const storage::View&, AdminId)> open_orders_of = {};

    /// Hands each of them to another admin, with an event each.
    std::function<void(storage::Transaction&, AdminId from, AdminId to, const Actor&, Time)> hand_over = {};

    /// Whether a customer still waits for goods or money, and so cannot be erased yet.
    std::function<bool(const storage::View&, CustomerId)> awaits_something = {};

    HasPrices has_prices = {};

    /// Each forgets what it holds of a customer.
    std::vector<std::function<void(storage::Transaction&, CustomerId, const Actor&, Time)>> on_erase = {};
};

/// Who takes over from an admin who leaves, or gets a lower role.
struct Successors {
    std::optional<AdminId> orders = {};  ///< looks after the orders under way
    std::optional<AdminId> keys = {};    ///< answers for the API keys; nothing: they end
};

/// Changes an admin, as admin.h does. An admin who can no longer look after orders hands over those under way: nothing
/// is reassigned unless a successor is named. The API keys that the admin answered for and that may do more than the
/// admin may now are the successor's, or end at once.
///
/// @throws Refusal as update_admin(); 409 `has_open_orders`, with member "open_orders", if no successor was named;
///         422 if a successor cannot look after orders, or may do less than a key
Admin update_admin(Desk& desk, storage::Transaction& tx, AdminId id, const AdminChanges& changes,
                   const Successors& successors, const Actor& actor, Time now);

/// Forgets a customer everywhere.
///
/// @throws Refusal 404; 409 `order_under_way`
void erase(Desk& desk, storage::Transaction& tx, CustomerId id, const Actor& actor, Time now);

}  // namespace orderd::accounts
