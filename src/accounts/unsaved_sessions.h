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

/// Sessions that began while the disk took no write: people must be able to sign in to a shop whose disk is full, to
/// make room. Kept in memory, and moved into the database as soon as that can be written; a restart before ends them.
/// Thread-safe.
class UnsavedSessions {
public:
    struct Session {
        User user;
        std::string password_hash;  ///< by which it began: another one ends it
        Client client;
        std::string name;
        Time created_at;
        Time expires_at;
        std::optional<std::int64_t> totp_step;  ///< of the code that was used
    };

    /// Keeps it under its token. @returns the session's id, negative; nullopt if there are too many, or if the
    /// code was used before
    std::optional<SessionId> add(const std::string& token_hash, const Session& session);

    std::optional<std::pair<SessionId, Session>> find(const std::string& token_hash) const;

    /// @returns whether it was one of these
    bool end(SessionId id);

    /// The id of a session's row: what save() moved has another one since.
    SessionId row_of(SessionId id) const;

    /// Moves them into the database, each with its audit entry. Called every so often; quick if there are none.
    /// @throws as Writer::run(): they are here still
    void save(storage::Store& store);

private:
    struct Kept {
        std::string token_hash;
        Session session;
    };

    mutable Mutex mutex_;
    std::map<SessionId, Kept> sessions_ GUARDED_BY(mutex_);
    std::map<SessionId, SessionId> rows_ GUARDED_BY(mutex_);         ///< of those that were moved
    std::map<AdminId, std::int64_t> totp_steps_ GUARDED_BY(mutex_);  ///< the last that was used
    std::int64_t last_ GUARDED_BY(mutex_) = 0;
};

}  // namespace orderd::accounts
