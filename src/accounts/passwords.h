#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/budgets.h"
#include "base/fair_queue.h"

namespace orderd::accounts {

/// Argon2id, at the least cost that OWASP's Password Storage Cheat Sheet names (19 MiB, 2 passes). At most two hashes
/// are computed at once, so that their memory is bounded whatever comes in; who comes meanwhile waits in a fair queue:
/// a device that signed in to the account before, or somebody who is signed in, is `known`. Thread-safe.
class PasswordHasher {
public:
    struct Cost {
        std::uint64_t passes = 2;
        std::size_t memory = 19 * 1024 * 1024;  ///< bytes
    };

    PasswordHasher() : PasswordHasher(Cost{}) {}
    explicit PasswordHasher(Cost cost) : cost_(cost) {}

    /// A new salt, and all that verify() needs, as text (PHC string format).
    ///
    /// @throws Refusal 503 `busy` when too many wait
    std::string hash(std::string_view password, const Asker& asker = {});

    /// @throws Refusal as hash()
    bool verify(const std::string& hash, std::string_view password, const Asker& asker = {});

    /// Does the work of verify() if there is no such user, so that the time does not tell who has an account.
    /// @returns false
    bool verify_nobody(std::string_view password, const Asker& asker = {});

    /// Whether a hash was made at another cost than this one's, and should be made again while the password is at hand.
    bool outdated(const std::string& hash) const;

    /// How many hashes were computed, for the metrics.
    std::uint64_t computed() const { return computed_.load(std::memory_order_relaxed); }

private:
    const Cost cost_;
    std::atomic<std::uint64_t> computed_ = 0;

    FairQueue queue_{{.at_once = budget::kHashesAtOnce,
                      .waiting = budget::kSignInsWaiting,
                      .waiting_of_address = budget::kSignInsWaitingOfAddress,
                      .waiting_known = budget::kSignInsWaitingKnown}};
};

}  // namespace orderd::accounts
