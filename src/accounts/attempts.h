#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/json.h"
#include "base/mutex.h"
#include "base/refused.h"
#include "base/time.h"
#include "storage/view.h"

namespace orderd::accounts {

inline constexpr Refused kTooManyAttempts{
    429, "too_many_attempts",
    "Too many wrong passwords or codes came for this account from where you are. Wait for the seconds in Retry-After, "
    "or sign in on a device that did so before."};

/// How many wrong passwords an account takes from one address (setting "login_limit").
struct LoginLimit {
    int failures = 10;              ///< before that address is slowed down
    Duration window = minutes(15);  ///< after which failures are forgotten
};

LoginLimit login_limit(const storage::View& view);
Json to_json(const LoginLimit& limit);  ///< {"failures", "window_minutes"}

/// Somebody who tries a password or a code.
struct Attempt {
    std::string account;  ///< "admin:3", or of nobody "nobody:" and the name
    std::string address;  ///< the client's
    /// What tells the client from strangers, such as a device that signed in before: its failures are counted by
    /// themselves, and nobody else's keep it out. Empty: nothing does.
    std::string known_as = {};
};

/// Counts the failed attempts to sign in, so that passwords cannot be guessed and nobody can lock an owner out: what an
/// attacker does from elsewhere never refuses the owner.
///
/// * An account and an address together: after `failures` within the window, no attempt on that account is taken from
///   that address for a minute, then for twice as long after each further failure, up to the window. The right password
///   is refused as well, or the answer would tell it. Addresses of version 6 count by /64, and five times as many
///   failures by /48.
/// * An account that many addresses attack (ten times as many failures): each address has three failures in place of
///   `failures`, the ones that never failed too.
/// * An address, whatever the account: ten times as many failures within the window, then as they run off. Not on
///   loopback, where a proxy that is not configured stands for everyone.
/// * A known device, and what else Attempt::known_as may be, is held to its own failures alone.
///
/// Kept in memory, bounded: a restart forgets, and so does a flood of tens of thousands of other addresses or names,
/// those that wait for nothing first. Thread-safe.
class Attempts {
public:
    /// Begins an attempt. It counts as failed until it is said to be otherwise, so that many at once gain nothing.
    ///
    /// @throws Refusal 429 `too_many_attempts` with Retry-After
    void begin(const Attempt& attempt, const LoginLimit& limit, Time now);

    void succeeded(const Attempt& attempt);  ///< forgets the failures of this account from there
    void withdraw(const Attempt& attempt);   ///< the attempt came to no verdict: it does not count

private:
    struct Failures {
        double count = 0;
        Time last;
    };
    struct Counter {
        std::string key;
        double most = 0;         ///< failures that it bears
        bool runs_off = false;   ///< its failures fade one by one; else they pause it for longer and longer
        bool refuses = true;     ///< whether it may refuse an attempt
        bool forgotten = false;  ///< by a success
    };

    static std::vector<Counter> counters_of(const Attempt& attempt, const LoginLimit& limit);
    double current(const Counter& counter, const LoginLimit& limit, Time now) REQUIRES(mutex_);
    Duration wait_of(const Counter& counter, const LoginLimit& limit, Time now) REQUIRES(mutex_);
    void take_back(const Attempt& attempt, bool success) EXCLUDES(mutex_);
    void make_room(Time now) REQUIRES(mutex_);

    Mutex mutex_;
    std::unordered_map<std::string, Failures> failures_ GUARDED_BY(mutex_);
};

}  // namespace orderd::accounts
