#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "accounts/new_session.h"
#include "base/ids.h"
#include "base/mutex.h"
#include "base/time.h"
#include "storage/store.h"

namespace orderd::accounts {

/// Sessions that began while the disk could not be written to: someone must be able to sign in to make room
/// on a full disk. They are kept in memory, and moved into the database as soon as it can be written to. A
/// restart before that ends them. Thread-safe.
class UnsavedSessions {
public:
    struct Session {
        User user;
        std::string password_hash;  ///< at its beginning: a changed password ends it
        Client client;
        std::string name;
        Time created_at;
        Time expires_at;
        std::optional<std::int64_t> totp_step;  ///< of the used code
    };

    /// Keeps a session by its token's hash. @returns the session's id, which is negative; nullopt if there are too
    /// many sessions (of this person, of customers, or of all: base/budgets.h), or if the code was used before
    std::optional<SessionId> add(const std::string& token_hash, const Session& session);

    std::optional<std::pair<SessionId, Session>> find(const std::string& token_hash) const;

    /// @returns whether it was an unsaved session
    bool end(SessionId id);

    /// The id of a session's row. A session that save() has moved has a new one.
    SessionId row_of(SessionId id) const;

    /// Moves the sessions into the database, each with its audit entry. Called regularly; quick if there are none.
    /// @throws like Writer::run(); the sessions then stay here
    void save(storage::Store& store);

private:
    struct Kept {
        std::string token_hash;
        Session session;
    };

    bool has_room_for(const User& user) const REQUIRES(mutex_);

    mutable Mutex mutex_;
    std::map<SessionId, Kept> sessions_ GUARDED_BY(mutex_);
    std::map<SessionId, SessionId> rows_ GUARDED_BY(mutex_);         ///< of moved sessions
    std::map<AdminId, std::int64_t> totp_steps_ GUARDED_BY(mutex_);  ///< the last used step
    std::int64_t last_ GUARDED_BY(mutex_) = 0;
};

}  // namespace orderd::accounts
