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
#include "base/time_zone.h"
#include "storage/writer.h"

namespace orderd::accounts {

inline constexpr Refused kHasOpenOrders{
    409, "has_open_orders",
    "The user looks after orders under way; open_orders says how many. Name who does from now on with hand_over_to."};
inline constexpr Refused kOrderUnderWay{
    409, "order_under_way",
    "An order of the customer is under way, and its address is still needed. Erase the customer once it is delivered "
    "or cancelled."};

/// The objects that this department's handlers use, and callbacks into the departments above, which this
/// department must not include. They are set when the parts are connected. The desk outlives the route table.
struct Desk {
    PasswordHasher hasher = {};
    Attempts attempts = {};
    UnsavedSessions unsaved = {};

    /// How many open orders an admin looks after.
    std::function<std::int64_t(const storage::View&, AdminId)> open_orders_of = {};

    /// Hands each of them over to another admin, with one event each.
    std::function<void(storage::Transaction&, AdminId from, AdminId to, const Actor&, Time)> hand_over = {};

    /// Whether a customer still waits for goods or money, and so cannot be erased yet.
    std::function<bool(const storage::View&, CustomerId)> awaits_something = {};

    /// The last day on which documents that name a customer are kept: erasing leaves them until then, as the law
    /// demands. nullopt: there are none.
    std::function<std::optional<Day>(const storage::View&, CustomerId)> documents_kept_until = {};

    WhatIsPriced what_is_priced = {};

    /// Each department erases its data about a customer.
    std::vector<std::function<void(storage::Transaction&, CustomerId, const Actor&, Time)>> on_erase = {};
};

/// Who takes over from an admin who leaves or gets a lower role.
struct Successors {
    std::optional<AdminId> orders = {};  ///< takes over the open orders
    std::optional<AdminId> keys = {};    ///< takes over the API keys; nullopt: they end
};

/// Changes an admin, like update_admin() in admin.h. If the admin can no longer look after orders, the open
/// ones go to the named successor; without one, the change is refused. API keys of the admin whose role is
/// now above the admin's go to the keys' successor, or end at once.
///
/// @throws Refusal like update_admin() in admin.h; 409 `has_open_orders`, with member "open_orders", if no
///         successor is named; 422 if a successor cannot look after orders, or has a lower role than a key
Admin update_admin(Desk& desk, storage::Transaction& tx, AdminId id, const AdminChanges& changes,
                   const Successors& successors, const Actor& actor, Time now);

/// Erases a customer in all departments.
///
/// @throws Refusal 404; 409 `order_under_way`
void erase(Desk& desk, storage::Transaction& tx, CustomerId id, const Actor& actor, Time now);

}  // namespace orderd::accounts
