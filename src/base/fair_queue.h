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

/// Who asks for a turn.
struct Asker {
    std::string address = {};
    bool known = true;     ///< not a stranger: goes before strangers, and waits in its own places
    bool bounded = false;  ///< a stranger's address may have so many waiting, and no more
};

/// Turns at work of which little is done at once. Who comes meanwhile waits, and is let in fairly:
///
/// * Who is known goes first.
/// * Addresses of strangers take turns, however many connections wait behind each.
/// * If no more can wait, the address that has most waiting loses its last to a newcomer that has fewer.
///
/// Thread-safe.
class FairQueue {
public:
    struct Limits {
        std::size_t at_once;
        std::size_t waiting;             ///< strangers
        std::size_t waiting_of_address;  ///< of them, where the asker is bounded
        std::size_t waiting_known;
    };

    explicit FairQueue(Limits limits) : limits_(limits) {}

    /// One turn, for as long as it lives.
    class Turn {
    public:
        /// Waits for it. @throws Refusal 503 `busy`, with Retry-After, when too many wait
        Turn(FairQueue& queue, const Asker& asker);
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        ~Turn();

    private:
        FairQueue& queue_;
    };

private:
    struct Waiter;

    void enter(const Asker& asker) EXCLUDES(mutex_);
    void leave() EXCLUDES(mutex_);
    void make_room(const Asker& newcomer) REQUIRES(mutex_);
    void call_next() REQUIRES(mutex_);

    const Limits limits_;

    Mutex mutex_;
    std::size_t running_ GUARDED_BY(mutex_) = 0;
    std::vector<Waiter*> waiting_ GUARDED_BY(mutex_);  ///< in the order that they came in
    std::uint64_t turns_ GUARDED_BY(mutex_) = 0;
    std::unordered_map<std::string, std::uint64_t> last_turn_
        GUARDED_BY(mutex_);  ///< of addresses that wait, or did lately
};

}  // namespace orderd
