#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/caller.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/refused.h"
#include "base/time.h"
#include "storage/writer.h"

namespace orderd::accounts {

inline constexpr Refused kUsernameTaken{
    409, "username_taken", "Another user has this name; names are unique whatever their case. Choose another one."};
inline constexpr Refused kLastOwner{
    409, "last_owner",
    "This is the shop's last active owner, and a shop always has one. Make another user an owner first."};

/// A user of the dashboard, who works in the shop.
struct Admin {
    AdminId id{};
    std::string username;  ///< unique, ignoring the case of ASCII letters
    Role role = Role::viewer;
    bool active = true;   ///< may sign in
    bool claimed = true;  ///< false for the first owner until the set-up link was used
    bool totp = false;    ///< must also give a code to sign in
    Time created_at;
    Time updated_at;
    std::int64_t version = 1;
};

std::string_view to_text(Role role);
std::optional<Role> parse_role(std::string_view text);  ///< "owner", "staff", "viewer"

/// Adds the owner that every new shop has. Its name is "owner", and it has no password until someone claims
/// it with the set-up link or `orderd admin add`. So an order always has exactly one manager.
void add_first_owner(storage::Transaction& tx, Time now);

/// The first owner's row while it is unclaimed; nullopt once it was claimed.
std::optional<AdminId> unclaimed_owner(const storage::View& view);

/// Who looks after an order: active owners and staff take turns, by the order's number. On the hot path of orders.
AdminId manager_for(const storage::View& view, OrderId order);

std::optional<Admin> find_admin(const storage::View& view, AdminId id);
std::optional<Admin> find_admin(const storage::View& view, std::string_view username);

/// @throws Refusal `not_found`
Admin get_admin(const storage::View& view, AdminId id);

/// All admins, by id. A shop has few.
std::vector<Admin> list_admins(const storage::View& view);

/// A username is 1 to 64 letters, digits, dots, hyphens and underscores (ASCII), beginning with a letter or digit.
///
/// @throws Refusal 422 for anything else
void require_username(std::string_view text);

/// Adds an admin. The first added owner claims the unclaimed owner's row, which ends the set-up link.
///
/// @param password_hash  from passwords.h
/// @throws Refusal 422 for the username; 409 `username_taken`
Admin add_admin(storage::Transaction& tx, std::string_view username, Role role, const std::string& password_hash,
                const Actor& actor, Time now);

/// Changes to an admin. Absent members stay as they are.
struct AdminChanges {
    std::optional<std::string> username = {};
    std::optional<Role> role = {};
    std::optional<bool> active = {};
};

/// Changes an admin. An admin who is deactivated or gets a lower role is signed out, and all devices are forgotten.
/// Orders and API keys are not reassigned here, see desk.h.
///
/// @throws Refusal 404; 409 `username_taken`; 409 `last_owner` if no active owner would be left
Admin update_admin(storage::Transaction& tx, AdminId id, const AdminChanges& changes, const Actor& actor, Time now);

/// Sets a password, ends the admin's sessions except `keep`, and forgets the devices except the one with the
/// token `device`.
void set_admin_password(storage::Transaction& tx, AdminId id, const std::string& password_hash,
                        std::optional<SessionId> keep, const Actor& actor, Time now, std::string_view device = {});

Json to_json(const Admin& admin);

}  // namespace orderd::accounts
