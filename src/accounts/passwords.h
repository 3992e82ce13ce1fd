#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/budgets.h"
#include "base/fair_queue.h"

namespace orderd::accounts {

/// Hashes passwords with Argon2id, at the minimum cost of OWASP's Password Storage Cheat Sheet (19 MiB, 2 passes). At
/// most two hashes are computed at once, which bounds their memory, and one where there is one core; other requests wait in a fair queue. There, a
/// device that signed in to the account before, and a person who is signed in, are `known`. Thread-safe.
class PasswordHasher {
public:
    struct Cost {
        std::uint64_t passes = 2;
        std::size_t memory = 19 * 1024 * 1024;  ///< bytes
    };

    PasswordHasher() : PasswordHasher(Cost{}) {}
    explicit PasswordHasher(Cost cost) : cost_(cost) {}

    /// A hash with a new salt, as text in the PHC string format, for verify().
    ///
    /// @throws Refusal 503 `busy` if too many wait
    std::string hash(std::string_view password, const Asker& asker = {});

    /// @throws Refusal like hash()
    bool verify(const std::string& hash, std::string_view password, const Asker& asker = {});

    /// Does the work of verify() for an unknown user, so that the time does not reveal who has an account.
    /// @returns false
    bool verify_nobody(std::string_view password, const Asker& asker = {});

    /// Whether a hash was made with another cost, and should be replaced while the password is known.
    bool outdated(const std::string& hash) const;

    /// How many hashes were computed, for the metrics.
    std::uint64_t computed() const { return computed_.load(std::memory_order_relaxed); }

private:
    /// Two hashes on one core would both take twice as long.
    static std::size_t at_once();

    const Cost cost_;
    std::atomic<std::uint64_t> computed_ = 0;

    FairQueue queue_{{.at_once = at_once(),
                      .waiting = budget::kSignInsWaiting,
                      .waiting_of_address = budget::kSignInsWaitingOfAddress,
                      .waiting_known = budget::kSignInsWaitingKnown}};
};

}  // namespace orderd::accounts
