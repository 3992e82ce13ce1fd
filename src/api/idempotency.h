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
#include "storage/store.h"

namespace orderd::api {

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
/// `about`: whom it is about, as Transaction::concerned() has it.
void remember_answer(storage::Transaction& tx, const IdempotencyKey& key, Answer& answer, std::string_view about,
                     Time now);

/// Puts a 404 in place of the stored answers that are about one of these ("order 1001", "customer 7"): they show a
/// customer who is erased. The keys stay, so that a request that is sent again is not carried out again.
void forget_answers(storage::Transaction& tx, const std::vector<std::string>& about);

/// For `orderd key rotate`: seals a stored answer under the newest key, where it is under an older one.
/// @returns whether it was
bool renew_answer(storage::Transaction& tx, std::int64_t row);

/// The rows after `after` that are not under the newest key, of at most `most` that are looked at; and the last of
/// those, or nullopt if there are no more.
std::pair<std::vector<std::int64_t>, std::optional<std::int64_t>> find_old_answers(const storage::View& view,
                                                                                   std::int64_t after,
                                                                                   std::int64_t most);

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
    Mutex mutex_;
    std::unordered_set<std::string> claimed_ GUARDED_BY(mutex_);
};

}  // namespace orderd::api
