#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/mutex.h"
#include "base/refused.h"

namespace orderd {

inline constexpr Refused kBusy{
    503, "busy",
    "There is too much to do at the moment, and nothing was changed. Send the same request again after the seconds in "
    "Retry-After."};

/// Who is asking for a turn.
struct Asker {
    std::string address = {};
    bool known = true;     ///< not a stranger: served before strangers, and waits in separate places
    bool bounded = false;  ///< what this stranger's address may have of the queue is limited
};

/// Limits how much of some work runs at once. Other askers wait, and get their turns fairly:
///
/// * Known askers go first.
/// * Strangers' addresses take turns, however many connections of each wait.
/// * The last free turn is not for an address that already holds one, if its asker is bounded: the next newcomer gets it at
///   once.
/// * If the queue is full, the address with the most waiters loses its last one to a newcomer that has fewer.
///
/// Thread-safe.
class FairQueue {
public:
    struct Limits {
        std::size_t at_once;
        std::size_t waiting;             ///< strangers
        std::size_t waiting_of_address;  ///< of those, per address, if the asker is bounded
        std::size_t waiting_known;
    };

    explicit FairQueue(Limits limits) : limits_(limits) {}

    /// One turn, held while the object lives.
    class Turn {
    public:
        /// Waits for the turn. @throws Refusal 503 `busy`, with Retry-After, if too many wait
        Turn(FairQueue& queue, const Asker& asker);
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        ~Turn();

    private:
        FairQueue& queue_;
        const std::string stranger_;  ///< the address that holds it; empty: not a bounded stranger's
    };

private:
    struct Waiter;

    void enter(const Asker& asker) EXCLUDES(mutex_);
    void leave(const std::string& stranger) EXCLUDES(mutex_);
    bool may_run(const Asker& asker) const REQUIRES(mutex_);
    void begin(const Asker& asker) REQUIRES(mutex_);
    void make_room(const Asker& newcomer) REQUIRES(mutex_);
    bool call_next() REQUIRES(mutex_);

    const Limits limits_;

    Mutex mutex_;
    std::size_t running_ GUARDED_BY(mutex_) = 0;
    std::vector<std::string> strangers_ GUARDED_BY(mutex_);  ///< addresses of the bounded ones that run
    std::vector<Waiter*> waiting_ GUARDED_BY(mutex_);        ///< in the order of arrival
    std::uint64_t turns_ GUARDED_BY(mutex_) = 0;
    std::unordered_map<std::string, std::uint64_t> last_turn_
        GUARDED_BY(mutex_);  ///< of addresses that wait or waited lately
};

}  // namespace orderd
