#include "accounts/sessions.h"

#include <algorithm>
#include <exception>
#include <limits>
#include <utility>

#include "accounts/admin.h"
#include "accounts/api_keys.h"
#include "base/errors.h"
#include "base/random.h"
#include "base/text.h"

namespace orderd::accounts {

namespace {

constexpr std::size_t kTokenLength = 3 + 43;  ///< prefix, and 256 bits in base64url
constexpr std::size_t kMostKnown = 4096;
constexpr auto kNoteEvery = minutes(1);
constexpr std::size_t kMostUserAgent = 200;  ///< bytes

constexpr auto kInsertSession = R"sql(
    INSERT INTO session (token_hash, admin_id, customer_id, address, user_agent, created_at, expires_at, last_used_at)
    VALUES (?1, ?2, ?3, ?6, ?7, ?4, ?5, ?4)
)sql";
constexpr auto kListAdmins = R"sql(
    SELECT id, address, user_agent, created_at, expires_at, last_used_at FROM session
     WHERE admin_id = ?1 AND expires_at > ?2 AND id < ?3 ORDER BY id DESC LIMIT ?4
)sql";
constexpr auto kListSessionsOfCustomer = R"sql(
    SELECT id, address, user_agent, created_at, expires_at, last_used_at FROM session
     WHERE customer_id = ?1 AND expires_at > ?2 AND id < ?3 ORDER BY id DESC LIMIT ?4
)sql";
constexpr auto kEndAdmins = "DELETE FROM session WHERE admin_id = ?1 AND id IS NOT ?2";
constexpr auto kEndCustomers = "DELETE FROM session WHERE customer_id = ?1 AND id IS NOT ?2";
constexpr auto kEndAdminsOne = "DELETE FROM session WHERE admin_id = ?1 AND id = ?2";
constexpr auto kEndCustomersOne = "DELETE FROM session WHERE customer_id = ?1 AND id = ?2";
constexpr auto kEnd = "DELETE FROM session WHERE id = ?1";
constexpr auto kRemoveOldSessions = R"sql(
    DELETE FROM session WHERE id IN (SELECT id FROM session WHERE expires_at < ?1 LIMIT ?2)
)sql";
constexpr auto kAdminNow = "SELECT username, role, password_hash FROM admin_user WHERE id = ?1 AND active = 1";
constexpr auto kCustomerNow = "SELECT password_hash FROM customer WHERE id = ?1";
constexpr auto kSession = R"sql(
    SELECT session.id, admin_id, customer_id, session.created_at, expires_at, last_used_at, username, role
      FROM session LEFT JOIN admin_user ON admin_user.id = admin_id
     WHERE token_hash = ?1 AND (admin_id IS NULL OR active = 1)
)sql";
constexpr auto kApiKey = R"sql(
    SELECT api_key.id, label, api_key.role, api_key.created_at, expires_at, last_used_at, scopes, admin_user.role
      FROM api_key JOIN admin_user ON admin_user.id = held_by
     WHERE token_hash = ?1 AND revoked_at IS NULL AND active = 1
)sql";
constexpr auto kNoteSessionUse = "UPDATE session SET last_used_at = ?2, expires_at = ?3 WHERE id = ?1";
constexpr auto kNoteKeyUse = "UPDATE api_key SET last_used_at = ?2 WHERE id = ?1";

std::string csrf_token(const storage::Vault& vault, std::string_view token) {
    return to_base64url(vault.keyed_hash("csrf", token));
}

Refusal invalid_token() { return {kInvalidToken, "the access token is not valid, or no longer: sign in again"}; }

Time end_of_admin_session(Time created_at, Time last_used) {
    return std::min(last_used + kAdminIdle, created_at + kAdminLongest);
}

/// A User-Agent as printable text, for lists.
std::string shortened(std::string_view user_agent) {
    std::string text;
    for (const char c : user_agent.substr(0, kMostUserAgent)) {
        text += c >= ' ' && c <= '~' ? c : '?';
    }
    return text;
}

bool is_admin(const User& user) { return std::holds_alternative<AdminId>(user); }

NewSession made_session(const storage::Vault& vault, const User& user, Time now) {
    NewSession session;
    session.token = random_token(kSessionPrefix);
    session.expires_at =
        std::holds_alternative<AdminId>(user) ? end_of_admin_session(now, now) : now + kCustomerLongest;
    session.csrf_token = csrf_token(vault, session.token);
    return session;
}

}  // namespace

NewSession begin_session(storage::Transaction& tx, const User& user, Time now, const Client& client) {
    auto session = made_session(tx.vault(), user, now);
    session.id = add_session(tx, storage::hash_of_token(session.token), user, client, now, session.expires_at);
    return session;
}

SessionId add_session(storage::Transaction& tx, const std::string& token_hash, const User& user, const Client& client,
                      Time created_at, Time expires_at) {
    const auto* admin = std::get_if<AdminId>(&user);
    const auto* customer = std::get_if<CustomerId>(&user);
    return SessionId{tx.insert(kInsertSession, storage::Blob{token_hash},
                               admin != nullptr ? std::optional(*admin) : std::nullopt,
                               customer != nullptr ? std::optional(*customer) : std::nullopt, created_at, expires_at,
                               admin != nullptr ? client.address : std::string(), shortened(client.user_agent))};
}

std::optional<NewSession> begin_unsaved_session(UnsavedSessions& unsaved, const storage::Vault& vault,
                                                UnsavedSessions::Session session, Time now) {
    auto made = made_session(vault, session.user, now);
    session.created_at = now;
    session.expires_at = made.expires_at;
    const auto id = unsaved.add(storage::hash_of_token(made.token), session);
    if (!id) {
        return std::nullopt;
    }
    made.id = *id;
    return made;
}

void end_session(storage::Transaction& tx, SessionId id) {
    tx.run(kEnd, id);
    tx.touched(storage::Topic::sessions);
}

std::vector<Session> list_sessions(const storage::View& view, const User& user, Time now, std::int64_t most,
                                   std::optional<SessionId> before) {
    std::vector<Session> sessions;
    view.each(
        is_admin(user) ? kListAdmins : kListSessionsOfCustomer,
        [&](const storage::Row& row) {
            sessions.push_back({.id = row.get<SessionId>(0),
                                .client = {.address = row.get<std::string>(1), .user_agent = row.get<std::string>(2)},
                                .created_at = row.get<Time>(3),
                                .expires_at = row.get<Time>(4),
                                .last_used_at = row.get<Time>(5)});
        },
        number_of(user), now, before ? number(*before) : std::numeric_limits<std::int64_t>::max(), most);
    return sessions;
}

bool end_session_of(storage::Transaction& tx, const User& user, SessionId id) {
    if (tx.run(is_admin(user) ? kEndAdminsOne : kEndCustomersOne, number_of(user), id) == 0) {
        return false;
    }
    tx.touched(storage::Topic::sessions);
    return true;
}

std::int64_t end_sessions_of(storage::Transaction& tx, const User& user, std::optional<SessionId> keep) {
    const auto ended = tx.run(is_admin(user) ? kEndAdmins : kEndCustomers, number_of(user), keep);
    tx.touched(storage::Topic::sessions);
    return ended;
}

Json to_json(const Session& session, SessionId current) {
    return {{"id", number(session.id)},
            {"current", session.id == current},
            {"address", session.client.address},
            {"user_agent", session.client.user_agent},
            {"created_at", rfc3339(session.created_at)},
            {"last_used_at", rfc3339(session.last_used_at)},
            {"expires_at", rfc3339(session.expires_at)}};
}

storage::Pruned remove_ended_sessions(storage::Transaction& tx, const storage::Slice& slice) {
    return storage::Pruned::again_if(tx.run(kRemoveOldSessions, slice.before, slice.most));
}

Caller Authenticator::authenticate(std::string_view token, Time now) {
    if (token.size() != kTokenLength) {
        throw invalid_token();
    }
    const auto hash = storage::hash_of_token(token);
    if (token.starts_with(kCapabilityPrefix)) {
        return {.kind = Caller::Kind::capability, .capability_hash = hash};
    }
    const auto generation = store_.generation(storage::Topic::sessions);  // before the row is read
    auto known = recall(hash, generation);
    if (!known) {
        known = look_up(token, hash);
        if (number(known->caller.session) >= 0) {  // no commit would invalidate an unsaved session
            remember(hash, *known, generation);
        }
    }
    if (known->expires_at && now >= *known->expires_at) {
        throw invalid_token();
    }
    auto caller = known->caller;
    if (now - known->last_used >= kNoteEvery) {
        note_use(hash, std::move(*known), now);
    }
    return caller;
}

std::optional<Authenticator::Known> Authenticator::recall(const std::string& hash, std::uint64_t generation) {
    const MutexLock lock(mutex_);
    if (generation != generation_) {
        known_.clear();
        generation_ = generation;
    }
    const auto found = known_.find(hash);
    return found == known_.end() ? std::nullopt : std::optional(found->second);
}

void Authenticator::remember(const std::string& hash, const Known& known, std::uint64_t generation) {
    const MutexLock lock(mutex_);
    if (generation != generation_) {
        return;  // a commit came in between: the row that was read may be outdated
    }
    if (known_.size() >= kMostKnown) {
        known_.clear();
    }
    known_.insert_or_assign(hash, known);
}

Authenticator::Known Authenticator::look_up(std::string_view token, const std::string& hash) {
    const auto view = store_.read();
    std::optional<Known> known;
    if (token.starts_with(kSessionPrefix)) {
        known = view.first(
            kSession,
            [&](const storage::Row& row) {
                Known session{.caller = {.kind = Caller::Kind::customer,
                                         .session = row.get<SessionId>(0),
                                         .csrf_token = csrf_token(view.vault(), token)},
                              .expires_at = row.get<Time>(4),
                              .created_at = row.get<Time>(3),
                              .last_used = row.get<Time>(5)};
                if (const auto admin = row.get<std::optional<std::int64_t>>(1)) {
                    session.caller.kind = Caller::Kind::admin;
                    session.caller.id = *admin;
                    session.caller.name = row.get<std::string>(6);
                    session.caller.role = *parse_role(row.get<std::string_view>(7));
                } else {
                    session.caller.id = row.get<std::int64_t>(2);
                }
                return session;
            },
            storage::Blob{hash});
        known = known ? std::move(known) : look_up_unsaved(view, token, hash);
    } else if (token.starts_with(kApiKeyPrefix)) {
        known = view.first(
            kApiKey,
            [](const storage::Row& row) {
                return Known{.caller = {.kind = Caller::Kind::api_key,
                                        .id = row.get<std::int64_t>(0),
                                        // In any case, a key may not do more than its responsible admin.
                                        .role = std::min(*parse_role(row.get<std::string_view>(2)),
                                                         *parse_role(row.get<std::string_view>(7))),
                                        .name = row.get<std::string>(1),
                                        .scopes = scopes_from(row.get<std::string_view>(6))},
                             .expires_at = row.get<std::optional<Time>>(4),
                             .created_at = row.get<Time>(3),
                             .last_used = row.get<std::optional<Time>>(5).value_or(Time{})};
            },
            storage::Blob{hash});
    }
    if (!known) {
        throw invalid_token();
    }
    return std::move(*known);
}

/// As with stored sessions, a user who was deactivated or whose password was changed is signed out.
std::optional<Authenticator::Known> Authenticator::look_up_unsaved(const storage::View& view, std::string_view token,
                                                                   const std::string& hash) {
    const auto found = unsaved_ == nullptr ? std::nullopt : unsaved_->find(hash);
    if (!found) {
        return std::nullopt;
    }
    const auto& [id, session] = *found;
    Known known{
        .caller = {.kind = Caller::Kind::customer, .session = id, .csrf_token = csrf_token(view.vault(), token)},
        .expires_at = session.expires_at,
        .created_at = session.created_at,
        .last_used = session.created_at};
    std::optional<std::string> password_hash;
    if (const auto* admin = std::get_if<AdminId>(&session.user)) {
        password_hash = view.first(
            kAdminNow,
            [&](const storage::Row& row) {
                known.caller.kind = Caller::Kind::admin;
                known.caller.id = number(*admin);
                known.caller.name = row.get<std::string>(0);
                known.caller.role = *parse_role(row.get<std::string_view>(1));
                return row.get<std::optional<std::string>>(2).value_or("");
            },
            *admin);
    } else {
        known.caller.id = number(std::get<CustomerId>(session.user));
        password_hash = view.value<std::optional<std::string>>(kCustomerNow, known.caller.id).value_or(std::nullopt);
    }
    return password_hash == session.password_hash ? std::optional(std::move(known)) : std::nullopt;
}

void Authenticator::note_use(const std::string& hash, Known known, Time now) {
    {
        const MutexLock lock(mutex_);
        const auto found = known_.find(hash);
        if (found != known_.end()) {
            if (now - found->second.last_used < kNoteEvery) {
                return;  // another request of the same caller has done it
            }
            found->second.last_used = now;
        }
    }
    known.last_used = now;
    if (number(known.caller.session) < 0) {
        return;  // an unsaved session has no row yet
    }
    if (known.caller.kind == Caller::Kind::admin) {
        known.expires_at = end_of_admin_session(known.created_at, now);
    }
    try {
        store_.writer().run([&](storage::Transaction& tx) {
            if (known.caller.kind == Caller::Kind::api_key) {
                tx.run(kNoteKeyUse, known.caller.id, now);
            } else {
                tx.run(kNoteSessionUse, known.caller.session, now, known.expires_at);
            }
        });
    } catch (const std::exception& error) {
        // A full disk or a full queue must not keep people from reading; the session ends a little sooner.
        not_noted_.warning("the use of a session was not noted", {{"error", error.what()}});
        return;
    }
    const MutexLock lock(mutex_);
    if (const auto found = known_.find(hash); found != known_.end()) {
        found->second.expires_at = known.expires_at;
    }
}

}  // namespace orderd::accounts
