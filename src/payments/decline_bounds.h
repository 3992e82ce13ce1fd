#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>

#include "base/ids.h"
#include "base/mutex.h"
#include "base/refused.h"
#include "base/time.h"
#include "storage/view.h"

namespace orderd::payments {

// Whoever has a list of stolen cards looks for a shop that tells which of them are good. So only so many cards are declined
// for an order, and for a network: POST /payments and the page on which an order is paid are under the same bounds.

constexpr auto kDeclineWindow = hours(1);  ///< after which declines are forgotten

inline constexpr Refused kTooManyDeclines{
    429, "too_many_declines",
    "Too many cards were declined for this order, or for this network, within an hour. Wait for the seconds in Retry-After, "
    "or pay in another way."};

/// Counts the declined cards of each network, in bounded memory; a restart forgets them. Thread-safe.
class DeclineCounter {
public:
    /// Begins a charge. It counts as declined until settle(), so that many at once gain nothing.
    ///
    /// @param network  as api::counted_network(); nullopt: not bounded
    /// @throws Refusal 429 `too_many_declines` with Retry-After
    void begin(std::optional<std::int64_t> network, Time now) EXCLUDES(mutex_);

    /// The card was not declined, or not asked about.
    void settle(std::optional<std::int64_t> network) EXCLUDES(mutex_);

private:
    struct Declined {
        std::int64_t count = 0;
        Time since;  ///< the first of them
    };

    Mutex mutex_;
    std::unordered_map<std::int64_t, Declined> declined_ GUARDED_BY(mutex_);
};

/// A charge that counts as declined for its network while it is under way, and then if it was.
class CountedCharge {
public:
    /// @throws Refusal as DeclineCounter::begin()
    CountedCharge(DeclineCounter& counter, std::optional<std::int64_t> network, Time now)
        : counter_(counter), network_(network) {
        counter_.begin(network_, now);
    }
    CountedCharge(const CountedCharge&) = delete;
    CountedCharge& operator=(const CountedCharge&) = delete;
    ~CountedCharge() {
        if (!declined_) {
            counter_.settle(network_);
        }
    }

    void end(bool declined) { declined_ = declined; }

private:
    DeclineCounter& counter_;
    const std::optional<std::int64_t> network_;
    bool declined_ = false;
};

/// @throws Refusal 429 `too_many_declines` if so many cards were declined for the order within the hour
void require_few_declines(const storage::View& view, OrderId order, Time now);

}  // namespace orderd::payments
