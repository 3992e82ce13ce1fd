#include "accounts/devices.h"

#include <fmt/format.h>

#include "accounts/signing_in.h"
#include "base/random.h"
#include "wire/session_cookie.h"

namespace orderd::accounts {

namespace {

constexpr std::string_view kDevicePrefix = "od_";
constexpr std::int64_t kMostDevices = 20;

constexpr auto kFind = R"sql(
    SELECT 1 FROM known_device
     WHERE token_hash = ?1 AND admin_id IS ?2 AND customer_id IS ?3 AND last_used_at > ?4
)sql";
constexpr auto kUse = "UPDATE known_device SET last_used_at = ?2 WHERE token_hash = ?1";
constexpr auto kAdd = R"sql(
    INSERT INTO known_device (token_hash, admin_id, customer_id, created_at, last_used_at) VALUES (?1, ?2, ?3, ?4, ?4)
)sql";
constexpr auto kKeepAdmins = R"sql(
    DELETE FROM known_device
     WHERE id IN (SELECT id FROM known_device WHERE admin_id = ?1
                   ORDER BY last_used_at DESC, id DESC LIMIT -1 OFFSET ?2)
)sql";
constexpr auto kKeepCustomers = R"sql(
    DELETE FROM known_device
     WHERE id IN (SELECT id FROM known_device WHERE customer_id = ?1
                   ORDER BY last_used_at DESC, id DESC LIMIT -1 OFFSET ?2)
)sql";
constexpr auto kForgetAdmins = "DELETE FROM known_device WHERE admin_id = ?1 AND token_hash <> ?2";
constexpr auto kForgetCustomers = "DELETE FROM known_device WHERE customer_id = ?1 AND token_hash <> ?2";
constexpr auto kRemoveOldDevices = R"sql(
    DELETE FROM known_device WHERE id IN (SELECT id FROM known_device WHERE last_used_at < ?1 LIMIT ?2)
)sql";

std::optional<AdminId> admin_of(const User& user) {
    const auto* admin = std::get_if<AdminId>(&user);
    return admin == nullptr ? std::nullopt : std::optional(*admin);
}

std::optional<CustomerId> customer_of(const User& user) {
    const auto* customer = std::get_if<CustomerId>(&user);
    return customer == nullptr ? std::nullopt : std::optional(*customer);
}

}  // namespace

std::string device_cookie(const User& user) {
    return fmt::format("orderd_device_{}_{}", admin_of(user) ? "admin" : "customer", number_of(user));
}

std::optional<std::string> known_device(const storage::View& view, const User& user, std::string_view token, Time now) {
    if (!token.starts_with(kDevicePrefix)) {
        return std::nullopt;
    }
    auto hash = storage::hash_of_token(token);
    const auto found =
        view.value<std::int64_t>(kFind, storage::Blob{hash}, admin_of(user), customer_of(user), now - kDeviceLifetime);
    return found ? std::optional(std::move(hash)) : std::nullopt;
}

bool is_known_device(const storage::View& view, std::string_view username, std::string_view cookies, bool secure,
                     Time now) {
    if (cookies.find(kDevicePrefix) == std::string_view::npos) {
        return false;
    }
    const auto user = user_named(view, username);
    return user && known_device(view, *user, wire::host_cookie_of(cookies, device_cookie(*user), secure), now);
}

std::string remember_device(storage::Transaction& tx, const User& user, std::string_view token, Time now) {
    if (const auto known = known_device(tx, user, token, now)) {
        tx.run(kUse, storage::Blob{*known}, now);
        return std::string(token);
    }
    auto made = random_token(kDevicePrefix);
    const auto hash = storage::hash_of_token(made);
    tx.run(kAdd, storage::Blob{hash}, admin_of(user), customer_of(user), now);
    tx.run(admin_of(user) ? kKeepAdmins : kKeepCustomers, number_of(user), kMostDevices);
    return made;
}

void forget_devices(storage::Transaction& tx, const User& user, std::string_view but) {
    const auto hash = storage::hash_of_token(but);
    tx.run(admin_of(user) ? kForgetAdmins : kForgetCustomers, number_of(user), storage::Blob{hash});
}

storage::Pruned remove_old_devices(storage::Transaction& tx, const storage::Slice& slice) {
    return storage::Pruned::again_if(tx.run(kRemoveOldDevices, slice.before, slice.most));
}

}  // namespace orderd::accounts
