#include "accounts/desk.h"

#include <fmt/format.h>

#include "accounts/api_keys.h"
#include "accounts/customer.h"
#include "base/errors.h"

namespace orderd::accounts {

namespace {

bool manages_orders(const Admin& admin) { return admin.active && admin.role >= Role::staff; }

void hand_over(Desk& desk, storage::Transaction& tx, const Admin& from, std::optional<AdminId> to, const Actor& actor,
               Time now) {
    const auto open = desk.open_orders_of ? desk.open_orders_of(tx, from.id) : 0;
    if (open == 0) {
        return;
    }
    if (!to) {
        throw Refusal(kHasOpenOrders,
                      fmt::format("{} looks after {} orders under way: say with hand_over_to who does from now on",
                                  from.username, open))
            .with("open_orders", open);
    }
    const auto successor = find_admin(tx, *to);
    if (!successor || successor->id == from.id || !manages_orders(*successor)) {
        throw Refusal({Fault{"/hand_over_to", "is not the id of another active owner or staff user"}});
    }
    desk.hand_over(tx, from.id, *to, actor, now);
}

/// The keys that the admin may no longer be responsible for go to the successor, or end.
void settle_keys(storage::Transaction& tx, const Admin& from, std::optional<AdminId> to, const Actor& actor, Time now) {
    const auto keys = keys_above(tx, from.id, from.active ? from.role : Role::none);
    if (keys.empty()) {
        return;
    }
    const auto successor = to ? find_admin(tx, *to) : std::nullopt;
    for (const auto& key : keys) {
        if (!to) {
            revoke_api_key(tx, key.id, actor, now);
        } else if (!successor || successor->id == from.id || !successor->active || successor->role < key.role) {
            throw Refusal({Fault{"/keys_to", fmt::format("is not the id of another active user who may do all that the "
                                                         "API key \"{}\" may",
                                                         key.label)}});
        } else {
            hand_over_key(tx, key, successor->id, actor, now);
        }
    }
}

}  // namespace

Admin update_admin(Desk& desk, storage::Transaction& tx, AdminId id, const AdminChanges& changes,
                   const Successors& successors, const Actor& actor, Time now) {
    const auto before = get_admin(tx, id);
    const auto after = update_admin(tx, id, changes, actor, now);
    if (manages_orders(before) && !manages_orders(after)) {
        hand_over(desk, tx, after, successors.orders, actor, now);
    }
    settle_keys(tx, after, successors.keys, actor, now);
    return after;
}

void erase(Desk& desk, storage::Transaction& tx, CustomerId id, const Actor& actor, Time now) {
    get_customer(tx, id);
    if (desk.awaits_something && desk.awaits_something(tx, id)) {
        throw Refusal(kOrderUnderWay,
                      "an order of this customer is under way: it must be delivered or cancelled first");
    }
    for (const auto& forget : desk.on_erase) {
        forget(tx, id, actor, now);
    }
    erase_customer(tx, id, actor, now);
}

}  // namespace orderd::accounts
