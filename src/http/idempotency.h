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

    /// @throws Refusal 422 for a key that is not 1 to 255 visible ASCII characters
    static IdempotencyKey of(const storage::Vault& vault, std::string_view key, const Caller& caller,
                             std::string_view route, std::string_view target, std::string_view body);
};

/// The answer that was stored under the key in the last 24 hours, to be given again.
///
/// @throws Refusal 422 `idempotency_key_reused` when it was another request's
std::optional<Answer> earlier_answer(const storage::View& view, const IdempotencyKey& key, Time now);

/// Stores an answer under its key, sealed: it may show a customer. Prints its body, once for the table and the client.
void remember_answer(storage::Transaction& tx, const IdempotencyKey& key, Answer& answer, Time now);

/// Removes some of what is older than kKeyLifetime: a slice, so that other mutations go in between. @returns how many;
/// 0: no more
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
