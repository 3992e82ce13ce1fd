#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "base/time.h"
#include "http/answer.h"
#include "http/caller.h"
#include "storage/store.h"

namespace orderd::http {

/// How long an answer is kept for its key.
constexpr Duration kKeyLifetime = hours(24);

/// What an Idempotency-Key stands for. Made on the request's thread: the writer only looks it up and stores.
struct IdempotencyKey {
    std::string key_hash;      ///< of route, caller and key: a key of one caller is nothing to another
    std::string request_hash;  ///< of method, target and body

    /// Who has no credentials is told from others by the key alone only where nobody could guess it (see
    /// is_unguessable()): a stored answer holds an order's access token. Under any other key, network address and
    /// program count as well, so that a stranger who sends the same key and body makes an order of their own. A client
    /// that wants to try again from another network therefore uses random keys.
    ///
    /// @throws Refusal 422 for a key that is not 1 to 255 visible ASCII characters
    static IdempotencyKey of(const storage::Vault& vault, std::string_view key, const Caller& caller,
                             std::string_view route, std::string_view target, std::string_view body,
                             std::string_view user_agent = {});
};

/// Whether a key was evidently drawn at random, from at least 2^64: a UUID of version 4 or 7, or 22 characters or more
/// of base64url or hexadecimal digits with the mix that chance gives. Counters, times, names, and UUIDs that were made
/// up by hand are not.
bool is_unguessable(std::string_view key);

/// The answer that was stored under the key in the last 24 hours, to be given again.
///
/// @throws Refusal 422 `idempotency_key_reused` when it was another request's
std::optional<Answer> earlier_answer(const storage::View& view, const IdempotencyKey& key, Time now);

/// Stores an answer under its key, sealed: it may show a customer. What it shows once is not stored. Prints its body,
/// once for the table and the client.
void remember_answer(storage::Transaction& tx, const IdempotencyKey& key, Answer& answer, Time now);

/// Removes what is older than kKeyLifetime. Called every so often. @returns how many
std::int64_t remove_old_keys(storage::Transaction& tx, Time now);

/// The keys whose requests are under way. Thread-safe.
class KeysUnderWay {
public:
    class Claim {
    public:
        /// @throws Refusal 409 `idempotency_key_in_use` while another request holds it
        Claim(KeysUnderWay& keys, const IdempotencyKey& key);
        Claim(const Claim&) = delete;
        Claim& operator=(const Claim&) = delete;
        ~Claim();

    private:
        KeysUnderWay& keys_;
        std::string key_hash_;
    };

private:
    std::mutex mutex_;
    std::unordered_set<std::string> claimed_;  // guarded by mutex_
};

}  // namespace orderd::http
