#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "base/time.h"
#include "storage/store.h"

namespace orderd::notify {

/// Moves the mark to the end of the log: what happened before goes out to nobody.
void read_on_from_now(storage::Transaction& tx);

/// Reads the event log after each commit, and writes down what has to go out for it: deliveries, and the jobs that make
/// them. Both stand in the transaction that moves the mark up to which the log was read, so that after a crash no event
/// is forgotten, and none goes out twice for having been read twice. Where nobody listens, nothing is read or written:
/// an order costs a shop without webhooks no second commit. Thread-safe.
class Follower {
public:
    Follower(storage::Store& store, const Clock& clock) : store_(store), clock_(clock) {}
    ~Follower() { stop(); }

    void start();      ///< reads on a thread of its own, until stop()
    void committed();  ///< quick: called on the writer's thread
    void stop();       ///< safe to call twice

    /// Acts on the next events, a batch at most. One thread at a time. @returns how many there were
    std::int64_t follow();

private:
    void run(const std::stop_token& stop);

    storage::Store& store_;
    const Clock& clock_;

    std::mutex mutex_;
    std::condition_variable_any woken_;
    std::uint64_t commits_ = 0;  // guarded by mutex_
    std::jthread thread_;
};

}  // namespace orderd::notify
