#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/json.h"
#include "base/mutex.h"
#include "base/time.h"
#include "storage/store.h"

namespace orderd::notify {

/// An event as it stands in the log; holds while it is looked at.
struct LoggedEvent {
    std::int64_t sequence = 0;
    std::string_view kind;
    std::int64_t subject_id = 0;
    std::string_view body;  ///< JSON
};

/// One that reads the event log, up to its own mark.
struct LogReader {
    std::string name;  ///< of the mark
    /// Whether anyone wants to know. If not, nothing is read or written for it, and its mark stays.
    std::function<bool(const storage::View&)> listens;
    /// Called once a batch, in the transaction that moves the mark: @returns a function that writes down what to send
    /// for an event.
    std::function<std::function<void(const LoggedEvent&)>(storage::Transaction&, Time now)> begin;
};

/// Moves a reader's mark to the end of the log: what happened before goes out to nobody.
void read_on_from_now(storage::Transaction& tx, std::string_view reader);

/// Reads the event log after each commit, and its readers write down what to send: deliveries and mails, and the jobs
/// that send them. All of that is in the transaction that moves the mark up to which the log
/// was read, so that after a crash no event is forgotten, and none goes out twice for having been read twice. Where
/// nobody listens, nothing is read or written: in a shop without webhooks and mail, an order needs no second commit.
/// Thread-safe.
class Follower {
public:
    Follower(storage::Store& store, const Clock& clock, std::vector<LogReader> readers)
        : store_(store), clock_(clock), readers_(std::move(readers)) {}
    ~Follower() { stop(); }

    void start();      ///< reads on its own thread, until stop()
    void committed();  ///< quick: called on the writer's thread
    void stop();       ///< safe to call twice

    /// Handles the next events, at most one batch for each reader. One thread at a time. @returns how many there were
    std::int64_t follow();

private:
    std::int64_t follow(const LogReader& reader);
    void run() EXCLUDES(mutex_);
    bool stopping() EXCLUDES(mutex_);

    storage::Store& store_;
    const Clock& clock_;
    const std::vector<LogReader> readers_;

    Mutex mutex_;
    ConditionVariable woken_;
    std::uint64_t commits_ GUARDED_BY(mutex_) = 0;
    bool stopping_ GUARDED_BY(mutex_) = false;
    std::thread thread_;
};

}  // namespace orderd::notify
