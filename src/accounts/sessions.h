#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "accounts/new_session.h"
#include "accounts/unsaved_sessions.h"
#include "base/caller.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/mutex.h"
#include "base/repeated_log.h"
#include "base/time.h"
#include "storage/pruning.h"
#include "storage/store.h"

namespace orderd::accounts {

// A bearer token's prefix shows its kind:
constexpr std::string_view kSessionPrefix = "os_";  ///< of a user who signed in
constexpr std::string_view kApiKeyPrefix = "ok_";
constexpr std::string_view kCapabilityPrefix = "ot_";  ///< for one order

constexpr auto kAdminIdle = hours(12);   ///< an admin's session ends when it is unused for so long,
constexpr auto kAdminLongest = days(7);  ///< and after so long in any case
constexpr auto kCustomerLongest = days(30);

NewSession begin_session(storage::Transaction& tx, const User& user, Time now, const Client& client = {});

/// Stores a session that already has a token.
SessionId add_session(storage::Transaction& tx, const std::string& token_hash, const User& user, const Client& client,
                      Time created_at, Time expires_at);

/// Like begin_session(), for when the disk cannot be written to: the session is only in `unsaved`. Its token and times
/// are the same as from begin_session(). @returns nullopt if `unsaved` is full, or the TOTP code was used before
std::optional<NewSession> begin_unsaved_session(UnsavedSessions& unsaved, const storage::Vault& vault,
                                                UnsavedSessions::Session session, Time now);

/// Ends a session. Once this is acknowledged, the token is refused.
void end_session(storage::Transaction& tx, SessionId id);

/// An active session.
struct Session {
    SessionId id{};
    Client client;
    Time created_at;
    Time expires_at;
    Time last_used_at;  ///< to the minute
};

/// Newest first, at most `most`, older than `before` if it is given.
std::vector<Session> list_sessions(const storage::View& view, const User& user, Time now, std::int64_t most,
                                   std::optional<SessionId> before = {});

/// Ends one of this user's sessions. @returns whether it existed
bool end_session_of(storage::Transaction& tx, const User& user, SessionId id);

/// Ends all of the user's sessions except `keep`. @returns how many
std::int64_t end_sessions_of(storage::Transaction& tx, const User& user, std::optional<SessionId> keep = {});

Json to_json(const Session& session, SessionId current);

/// Removes a slice of the expired sessions.
storage::Pruned remove_ended_sessions(storage::Transaction& tx, const storage::Slice& slice);

/// Finds the caller that a token belongs to. Thread-safe.
///
/// It caches callers until a commit touches Topic::sessions. So signing out, revoking a key or changing a
/// role takes effect as soon as it is acknowledged.
class Authenticator {
public:
    /// `unsaved` outlives it; null: there are no unsaved sessions.
    explicit Authenticator(storage::Store& store, const UnsavedSessions* unsaved = nullptr)
        : store_(store), unsaved_(unsaved) {}

    /// Do not call it without credentials: use Caller{} then. An order's capability is only recognized here;
    /// orders/access.h checks it against the order.
    ///
    /// @throws Refusal 401 `invalid_token` if it is not a token, or is unknown, revoked or expired
    Caller authenticate(std::string_view token, Time now);

private:
    struct Known {
        Caller caller;
        std::optional<Time> expires_at;
        Time created_at;
        Time last_used;
    };

    std::optional<Known> recall(const std::string& hash, std::uint64_t generation);
    void remember(const std::string& hash, const Known& known, std::uint64_t generation);
    Known look_up(std::string_view token, const std::string& hash);
    std::optional<Known> look_up_unsaved(const storage::View& view, std::string_view token, const std::string& hash);
    void note_use(const std::string& hash, Known known, Time now);

    storage::Store& store_;
    const UnsavedSessions* const unsaved_;
    log::RepeatedLine not_noted_;

    Mutex mutex_;
    std::unordered_map<std::string, Known> known_ GUARDED_BY(mutex_);
    std::uint64_t generation_ GUARDED_BY(mutex_) = 0;  ///< of the entries in known_
};

}  // namespace orderd::accounts
