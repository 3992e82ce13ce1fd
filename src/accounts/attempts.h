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

/// How many wrong passwords an account accepts from one address (setting "login_limit").
struct LoginLimit {
    int failures = 10;              ///< before the address is slowed down
    Duration window = minutes(15);  ///< after which failures are forgotten
};

LoginLimit login_limit(const storage::View& view);
Json to_json(const LoginLimit& limit);  ///< {"failures", "window_minutes"}

/// An attempt to sign in with a password or a code.
struct Attempt {
    std::string account;  ///< "admin:3"; "nobody:" and the name if there is no such user
    std::string address;  ///< the client's
    /// What distinguishes the client from strangers, such as a device that signed in before. Its failures are
    /// counted separately, so that nobody else's lock it out. Empty: a stranger.
    std::string known_as = {};
};

/// Counts failed attempts to sign in, so that passwords cannot be guessed, and so that an attacker elsewhere
/// cannot lock an owner out. There are limits for:
///
/// * An account and an address together: after `failures` within the window, attempts on the account from the
///   address are refused for a minute, and for twice as long after each further failure, up to the window.
///   Even the right password is refused, since the answer would reveal it. IPv6 addresses count by /64; a /48
///   has five times the limit.
/// * An account that many addresses attack (ten times the failures): each address then has only three
///   failures instead of `failures`, even one that never failed.
/// * An address on all accounts together: ten times the failures within the window, which then expire one by
///   one. Not for loopback, where an unconfigured proxy stands for all clients.
/// * A known client (Attempt::known_as) has only its own failures counted.
///
/// Kept in bounded memory. A restart forgets all counts; a flood of tens of thousands of other addresses or
/// names displaces counts, first those that refuse nobody. Thread-safe.
class Attempts {
public:
    /// Begins an attempt. It counts as failed until succeeded() or withdraw(), so that parallel attempts gain nothing.
    ///
    /// @throws Refusal 429 `too_many_attempts` with Retry-After
    void begin(const Attempt& attempt, const LoginLimit& limit, Time now);

    void succeeded(const Attempt& attempt);  ///< forgets the account's failures from this address
    void withdraw(const Attempt& attempt);   ///< the attempt had no result, and does not count

private:
    struct Failures {
        double count = 0;
        Time last;
    };
    struct Counter {
        std::string key;
        double most = 0;         ///< the limit of failures
        bool runs_off = false;   ///< failures expire one by one; otherwise each one lengthens the pause
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
