#include "accounts/unsaved_sessions.h"

#include <algorithm>

#include "accounts/sessions.h"
#include "accounts/totp.h"
#include "base/actor.h"
#include "base/budgets.h"
#include "storage/events.h"

namespace orderd::accounts {

namespace {

constexpr auto kHashOfAdmin = "SELECT password_hash FROM admin_user WHERE id = ?1 AND active = 1";
constexpr auto kHashOfCustomer = "SELECT password_hash FROM customer WHERE id = ?1";

/// @returns the row's id; nullopt if the session has ended meanwhile
std::optional<SessionId> insert(storage::Transaction& tx, const std::string& token_hash,
                                const UnsavedSessions::Session& session) {
    const auto* admin = std::get_if<AdminId>(&session.user);
    const auto* customer = std::get_if<CustomerId>(&session.user);
    const auto id = admin != nullptr ? number(*admin) : number(*customer);
    const auto hash = tx.value<std::optional<std::string>>(admin != nullptr ? kHashOfAdmin : kHashOfCustomer, id);
    if (admin != nullptr && session.totp_step) {
        note_totp_step(tx, *admin, *session.totp_step);
    }
    const auto kind = admin != nullptr ? Actor::Kind::admin : Actor::Kind::customer;
    audit::record(tx, "login", {admin != nullptr ? "admin" : "customer", id}, nullptr, nullptr,
                  {.kind = kind, .id = id, .name = session.name, .address = session.client.address},
                  session.created_at);
    if (!hash || *hash != session.password_hash) {
        return std::nullopt;  // deactivated, or the password was changed
    }
    return add_session(tx, token_hash, session.user, session.client, session.created_at, session.expires_at);
}

}  // namespace

/// Customers take no place of those who work here, and nobody takes all places of the others.
bool UnsavedSessions::has_room_for(const User& user) const {
    const auto is_customer = [](const User& one) { return std::holds_alternative<CustomerId>(one); };
    const auto count = [&](const auto& counts) REQUIRES(mutex_) {
        return static_cast<std::size_t>(std::count_if(
            sessions_.begin(), sessions_.end(), [&](const auto& entry) { return counts(entry.second.session.user); }));
    };
    return sessions_.size() < budget::kUnsavedSessions &&
           count([&](const User& one) { return one == user; }) < budget::kUnsavedSessionsOfOne &&
           (!is_customer(user) || count(is_customer) < budget::kUnsavedSessionsOfCustomers);
}

std::optional<SessionId> UnsavedSessions::add(const std::string& token_hash, const Session& session) {
    const MutexLock lock(mutex_);
    if (!has_room_for(session.user)) {
        return std::nullopt;
    }
    if (const auto* admin = std::get_if<AdminId>(&session.user); admin != nullptr && session.totp_step) {
        auto& last = totp_steps_[*admin];
        if (*session.totp_step <= last) {
            return std::nullopt;  // a code works only once
        }
        last = *session.totp_step;
    }
    const SessionId id{--last_};
    sessions_.emplace(id, Kept{.token_hash = token_hash, .session = session});
    return id;
}

std::optional<std::pair<SessionId, UnsavedSessions::Session>> UnsavedSessions::find(
    const std::string& token_hash) const {
    const MutexLock lock(mutex_);
    for (const auto& [id, kept] : sessions_) {
        if (kept.token_hash == token_hash) {
            return std::pair(id, kept.session);
        }
    }
    return std::nullopt;
}

bool UnsavedSessions::end(SessionId id) {
    const MutexLock lock(mutex_);
    return sessions_.erase(id) == 1;
}

SessionId UnsavedSessions::row_of(SessionId id) const {
    const MutexLock lock(mutex_);
    const auto found = rows_.find(id);
    return found == rows_.end() ? id : found->second;
}

void UnsavedSessions::save(storage::Store& store) {
    std::map<SessionId, Kept> moving;
    {
        const MutexLock lock(mutex_);
        moving = sessions_;
    }
    if (moving.empty()) {
        return;
    }
    std::map<SessionId, std::optional<SessionId>> moved;
    store.writer().run([&](storage::Transaction& tx) {
        for (const auto& [id, kept] : moving) {
            moved[id] = insert(tx, kept.token_hash, kept.session);
        }
        tx.touched(storage::Topic::sessions);
    });
    std::vector<SessionId> ended;  // signed out while they were moved
    {
        const MutexLock lock(mutex_);
        for (const auto& [id, row] : moved) {
            if (row) {
                rows_.emplace(id, *row);
            }
            if (sessions_.erase(id) == 0 && row) {
                ended.push_back(*row);
            }
        }
    }
    if (!ended.empty()) {
        store.writer().run([&](storage::Transaction& tx) {
            for (const auto id : ended) {
                end_session(tx, id);
            }
        });
    }
}

}  // namespace orderd::accounts
