#include "accounts/admin.h"

#include <algorithm>
#include <stdexcept>

#include "accounts/devices.h"
#include "accounts/sessions.h"
#include "base/errors.h"
#include "storage/events.h"
#include "storage/numbering.h"
#include "storage/settings.h"

namespace orderd::accounts {

namespace {

constexpr auto kAddFirstOwner = R"sql(
    INSERT INTO admin_user (username, password_hash, role, created_at, updated_at) VALUES ('owner', NULL, 'owner', ?1, ?1)
)sql";
constexpr auto kNthManager = R"sql(
    SELECT id FROM admin_user
     WHERE active = 1 AND role IN ('owner', 'staff') AND password_hash IS NOT NULL
     ORDER BY id LIMIT 1
    OFFSET ?1 % max(1, (SELECT count(*) FROM admin_user
                         WHERE active = 1 AND role IN ('owner', 'staff') AND password_hash IS NOT NULL))
)sql";
constexpr auto kUnclaimedOwner = R"sql(
    SELECT id FROM admin_user WHERE active = 1 AND role = 'owner' AND password_hash IS NULL ORDER BY id LIMIT 1
)sql";
constexpr auto kById = R"sql(
    SELECT id, username, role, active, password_hash IS NOT NULL, totp_sealed IS NOT NULL, created_at, updated_at, version
      FROM admin_user WHERE id = ?1
)sql";
constexpr auto kByName = R"sql(
    SELECT id, username, role, active, password_hash IS NOT NULL, totp_sealed IS NOT NULL, created_at, updated_at, version
      FROM admin_user WHERE username = ?1
)sql";
constexpr auto kAll = R"sql(
    SELECT id, username, role, active, password_hash IS NOT NULL, totp_sealed IS NOT NULL, created_at, updated_at, version
      FROM admin_user ORDER BY id
)sql";
constexpr auto kOwnersBeside = R"sql(
    SELECT count(*) FROM admin_user
     WHERE active = 1 AND role = 'owner' AND password_hash IS NOT NULL AND id <> ?1
)sql";
constexpr auto kInsertAdmin =
    "INSERT INTO admin_user (id, username, password_hash, role, created_at, updated_at) "
    "VALUES (" ORDERD_NEXT_ID("admin_user") ", ?1, ?2, ?3, ?4, ?4)";
constexpr auto kClaim = R"sql(
    UPDATE admin_user SET username = ?2, password_hash = ?3, updated_at = ?4, version = version + 1 WHERE id = ?1
)sql";
constexpr auto kUpdateAdmin = R"sql(
    UPDATE admin_user SET username = ?2, role = ?3, active = ?4, updated_at = ?5, version = version + 1 WHERE id = ?1
)sql";
constexpr auto kSetAdminPassword = R"sql(
    UPDATE admin_user SET password_hash = ?2, updated_at = ?3, version = version + 1 WHERE id = ?1
)sql";

Admin admin_from(const storage::Row& row) {
    return {.id = row.get<AdminId>(0),
            .username = row.get<std::string>(1),
            .role = *parse_role(row.get<std::string_view>(2)),
            .active = row.get<bool>(3),
            .claimed = row.get<bool>(4),
            .totp = row.get<bool>(5),
            .created_at = row.get<Time>(6),
            .updated_at = row.get<Time>(7),
            .version = row.get<std::int64_t>(8)};
}

events::Subject subject(AdminId id) { return {"admin", number(id)}; }

void touched(storage::Transaction& tx) {
    tx.touched(storage::Topic::admins);
    tx.touched(storage::Topic::sessions);  // cached callers hold the name and role
}

void check_username(const storage::View& view, std::string_view username, std::optional<AdminId> own) {
    require_username(username);
    const auto other = find_admin(view, username);
    if (other && other->id != own) {
        throw Refusal(kUsernameTaken, "a user with this name exists: choose another");
    }
}

/// An admin's values for the audit log.
Json described(const Admin& admin) {
    return {{"username", admin.username}, {"role", to_text(admin.role)}, {"active", admin.active}};
}

}  // namespace

std::string_view to_text(Role role) {
    switch (role) {
        case Role::owner: return "owner";
        case Role::staff: return "staff";
        case Role::viewer: return "viewer";
        case Role::none: break;
    }
    return "none";
}

std::optional<Role> parse_role(std::string_view text) {
    for (const auto role : {Role::owner, Role::staff, Role::viewer}) {
        if (text == to_text(role)) {
            return role;
        }
    }
    return std::nullopt;
}

void add_first_owner(storage::Transaction& tx, Time now) { tx.run(kAddFirstOwner, now); }

AdminId manager_for(const storage::View& view, OrderId order) {
    if (const auto manager = view.value<AdminId>(kNthManager, order)) {
        return *manager;
    }
    const auto waiting = view.value<AdminId>(kUnclaimedOwner);
    if (!waiting) {
        throw std::logic_error("the shop has no active owner");
    }
    return *waiting;
}

std::optional<Admin> find_admin(const storage::View& view, AdminId id) { return view.first(kById, admin_from, id); }

std::optional<Admin> find_admin(const storage::View& view, std::string_view username) {
    return view.first(kByName, admin_from, username);
}

Admin get_admin(const storage::View& view, AdminId id) {
    auto admin = find_admin(view, id);
    if (!admin) {
        throw not_found("user");
    }
    return std::move(*admin);
}

std::vector<Admin> list_admins(const storage::View& view) {
    std::vector<Admin> admins;
    view.each(kAll, [&](const storage::Row& row) { admins.push_back(admin_from(row)); });
    return admins;
}

void require_username(std::string_view text) {
    const auto letter_or_digit = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    const bool valid = !text.empty() && text.size() <= 64 && letter_or_digit(text.front()) &&
                       std::all_of(text.begin(), text.end(),
                                   [&](char c) { return letter_or_digit(c) || c == '.' || c == '-' || c == '_'; });
    if (!valid) {
        throw Refusal({Fault{"/username",
                             "must be 1 to 64 ASCII letters, digits, dots, hyphens and underscores, and begin "
                             "with a letter or digit"}});
    }
}

std::optional<AdminId> unclaimed_owner(const storage::View& view) { return view.value<AdminId>(kUnclaimedOwner); }

Admin add_admin(storage::Transaction& tx, std::string_view username, Role role, const std::string& password_hash,
                const Actor& actor, Time now) {
    const auto waiting = role == Role::owner ? unclaimed_owner(tx) : std::nullopt;
    check_username(tx, username, waiting);
    const auto id = waiting ? *waiting : AdminId{tx.insert(kInsertAdmin, username, password_hash, to_text(role), now)};
    if (waiting) {
        tx.run(kClaim, id, username, password_hash, now);
        settings::remove(tx, "setup_token_hash");
    }
    touched(tx);
    const auto admin = get_admin(tx, id);
    events::record(tx, "admin.added", subject(id), described(admin), actor, now);
    audit::record(tx, "admin.add", subject(id), nullptr, described(admin), actor, now);
    return admin;
}

Admin update_admin(storage::Transaction& tx, AdminId id, const AdminChanges& changes, const Actor& actor, Time now) {
    const auto before = get_admin(tx, id);
    const auto username = changes.username.value_or(before.username);
    const auto role = changes.role.value_or(before.role);
    const auto active = changes.active.value_or(before.active);
    if (username == before.username && role == before.role && active == before.active) {
        return before;
    }
    if (username != before.username) {
        check_username(tx, username, id);
    }
    const bool was_owner = before.active && before.role == Role::owner;
    const bool stays_owner = active && role == Role::owner;
    if (was_owner && !stays_owner && *tx.value<std::int64_t>(kOwnersBeside, id) == 0) {
        throw Refusal(kLastOwner, "this is the shop's last active owner: make another user an owner first");
    }
    tx.run(kUpdateAdmin, id, username, to_text(role), active, now);
    if (!active || role < before.role) {
        end_sessions_of(tx, id);
        forget_devices(tx, id);
    }
    touched(tx);
    const auto after = get_admin(tx, id);
    events::record(tx, "admin.updated", subject(id), described(after), actor, now);
    audit::record(tx, "admin.update", subject(id), described(before), described(after), actor, now);
    return after;
}

void set_admin_password(storage::Transaction& tx, AdminId id, const std::string& password_hash,
                        std::optional<SessionId> keep, const Actor& actor, Time now, std::string_view device) {
    if (tx.run(kSetAdminPassword, id, password_hash, now) == 0) {
        throw not_found("user");
    }
    end_sessions_of(tx, id, keep);
    forget_devices(tx, id, device);
    touched(tx);
    audit::record(tx, "admin.password", subject(id), nullptr, {{"password", "changed"}}, actor, now);
}

Json to_json(const Admin& admin) {
    return {{"id", number(admin.id)},
            {"username", admin.username},
            {"role", to_text(admin.role)},
            {"active", admin.active},
            {"claimed", admin.claimed},
            {"totp", admin.totp},
            {"created_at", rfc3339(admin.created_at)},
            {"updated_at", rfc3339(admin.updated_at)},
            {"version", admin.version}};
}

}  // namespace orderd::accounts
