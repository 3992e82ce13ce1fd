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
#include "storage/store.h"

namespace orderd::accounts {

// A bearer token's first letters say what it is:
constexpr std::string_view kSessionPrefix = "os_";  ///< of someone who signed in
constexpr std::string_view kApiKeyPrefix = "ok_";
constexpr std::string_view kCapabilityPrefix = "ot_";  ///< for one order

constexpr auto kAdminIdle = hours(12);   ///< an admin's session ends when it was not used for so long,
constexpr auto kAdminLongest = days(7);  ///< and after so long in any case
constexpr auto kCustomerLongest = days(30);

NewSession begin_session(storage::Transaction& tx, const User& user, Time now, const Client& client = {});

/// Stores a session that has a token already.
SessionId add_session(storage::Transaction& tx, const std::string& token_hash, const User& user, const Client& client,
                      Time created_at, Time expires_at);

/// The same as begin_session() where nothing can be written: only `unsaved` knows it. Its token and times are as
/// begin_session() makes them. @returns nullopt if that has no place, or the TOTP code was used before
std::optional<NewSession> begin_unsaved_session(UnsavedSessions& unsaved, const storage::Vault& vault,
                                                UnsavedSessions::Session session, Time now);

/// Ends it at once: whoever was told so finds the token refused.
void end_session(storage::Transaction& tx, SessionId id);

/// A session that goes on.
struct Session {
    SessionId id{};
    Client client;
    Time created_at;
    Time expires_at;
    Time last_used_at;  ///< to the minute
};

/// Newest first, at most `most`, older than `before` if that is given.
std::vector<Session> list_sessions(const storage::View& view, const User& user, Time now, std::int64_t most,
                                   std::optional<SessionId> before = {});

/// Ends one of this user's sessions. @returns whether there was such a one
bool end_session_of(storage::Transaction& tx, const User& user, SessionId id);

/// Ends all of them but for `keep`. @returns how many
std::int64_t end_sessions_of(storage::Transaction& tx, const User& user, std::optional<SessionId> keep = {});

Json to_json(const Session& session, SessionId current);

/// Removes some of what ran out: a slice, so that other mutations go in between. @returns how many; 0: no more
std::int64_t remove_old_sessions(storage::Transaction& tx, Time now);

/// Tells from a token who is calling. Thread-safe.
///
/// Remembers whom it knows, until a commit touches Topic::sessions: signing out, revoking a key, or a changed role hold
/// from the moment on that they were acknowledged.
class Authenticator {
public:
    /// `unsaved` outlives it; null: there are none.
    explicit Authenticator(storage::Store& store, const UnsavedSessions* unsaved = nullptr)
        : store_(store), unsaved_(unsaved) {}

    /// Not for no credentials: that is Caller{} itself. An order's capability is only recognised here; orders/access.h
    /// holds it against an order.
    ///
    /// @throws Refusal 401 `invalid_token` for what is not a token, unknown, revoked or run out
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
    std::uint64_t generation_ GUARDED_BY(mutex_) = 0;  ///< of what is in known_
};

}  // namespace orderd::accounts
