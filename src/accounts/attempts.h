#pragma once

#include <mutex>
#include <string>
#include <unordered_map>

#include "base/json.h"
#include "base/time.h"
#include "storage/view.h"

namespace orderd::accounts {

/// How many wrong passwords an account bears (setting "login_limit").
struct LoginLimit {
    int failures = 10;              ///< before the account is slowed down
    Duration window = minutes(15);  ///< after which failures are forgotten
};

LoginLimit login_limit(const storage::View& view);
Json to_json(const LoginLimit& limit);  ///< {"failures", "window_minutes"}

/// Counts the failed attempts to sign in, by account. After `failures` of them within the window the account takes no
/// attempt for a minute, then for twice as long after each further failure, up to the window; the right password is
/// refused as well, or the answer would tell it. Sessions that are open go on.
///
/// Kept in memory, bounded: a restart forgets, as does a flood of ten thousand other accounts. Thread-safe.
class Attempts {
public:
    /// Begins an attempt. It counts as failed until it is said to be otherwise, so that many at once gain nothing.
    ///
    /// @throws Refusal 429 `too_many_attempts` with Retry-After
    void begin(const std::string& account, const LoginLimit& limit, Time now);

    void succeeded(const std::string& account);  ///< forgets the account's failures
    void withdraw(const std::string& account);   ///< the attempt came to no verdict: it does not count

private:
    struct Failures {
        int count = 0;
        Time last;
    };

    void make_room(const LoginLimit& limit, Time now);

    std::mutex mutex_;
    std::unordered_map<std::string, Failures> accounts_;  // guarded by mutex_
};

}  // namespace orderd::accounts
