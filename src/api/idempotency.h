#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "api/answer.h"
#include "base/caller.h"
#include "base/mutex.h"
#include "base/time.h"
#include "storage/pruning.h"
#include "storage/store.h"

namespace orderd::api {

/// How long an answer is kept for its key.
constexpr Duration kKeyLifetime = hours(24);

/// The identity of a request with an Idempotency-Key. Computed on the request's thread, so that the writer
/// only looks it up and stores it.
struct IdempotencyKey {
    std::string key_hash;      ///< of route, caller and key: each caller has separate keys
    std::string request_hash;  ///< of method, target and body

    /// A caller without credentials is identified by the key alone only if nobody can guess it (see
    /// is_unguessable()), since a stored answer holds an order's access token. For other keys, network
    /// address and User-Agent count as well, so that a stranger who sends the same key and body gets a new
    /// order instead. A client that may retry from another network must therefore use random keys.
    ///
    /// @throws Refusal 422 for a key that is not 1 to 255 visible ASCII characters
    static IdempotencyKey of(const storage::Vault& vault, std::string_view key, const Caller& caller,
                             std::string_view route, std::string_view target, std::string_view body,
                             std::string_view user_agent = {});
};

/// Whether a key was evidently drawn at random from at least 2^64 values: a UUID of version 4 or 7, or at
/// least 22 characters of base64url or hexadecimal digits that look random. Counters, times, names and
/// handwritten UUIDs do not count.
bool is_unguessable(std::string_view key);

/// The answer that was stored under the key in the last 24 hours, to be sent again.
///
/// @throws Refusal 422 `idempotency_key_reused` if it belongs to another request
std::optional<Answer> earlier_answer(const storage::View& view, const IdempotencyKey& key, Time now);

/// Stores an answer under its key, sealed, since it may show a customer's data. A member that is shown once
/// is not stored. The body is printed once, for both the table and the client. `about`: the orders and
/// customers that it concerns, from Transaction::concerned().
void remember_answer(storage::Transaction& tx, const IdempotencyKey& key, Answer& answer, std::string_view about,
                     Time now);

/// Replaces stored answers about one of these ("order 1001", "customer 7") by a 404, since they show data of
/// an erased customer. The keys stay, so that a retried request is not carried out again.
void forget_answers(storage::Transaction& tx, const std::vector<std::string>& about);

/// For `orderd key rotate`: seals a stored answer under the newest key, if it is under an older one.
/// @returns whether it was
bool renew_answer(storage::Transaction& tx, std::int64_t row);

/// Checks up to `most` rows after `after`. @returns those that are not under the newest key; and the last row
/// that was checked, or nullopt if there are no more
std::pair<std::vector<std::int64_t>, std::optional<std::int64_t>> find_old_answers(const storage::View& view,
                                                                                   std::int64_t after,
                                                                                   std::int64_t most);

/// Removes a slice of the keys, which are valid for kKeyLifetime.
storage::Pruned remove_old_keys(storage::Transaction& tx, const storage::Slice& slice);

/// The keys of running requests. Thread-safe.
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
    Mutex mutex_;
    std::unordered_set<std::string> claimed_ GUARDED_BY(mutex_);
};

}  // namespace orderd::api
