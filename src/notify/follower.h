#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/json.h"
#include "base/mutex.h"
#include "base/time.h"
#include "storage/store.h"

namespace orderd::notify {

/// An event in the log. Its views are valid only while it is being handled.
struct LoggedEvent {
    std::int64_t sequence = 0;
    std::string_view kind;
    std::int64_t subject_id = 0;
    std::string_view body;  ///< JSON
};

/// A reader of the event log, with its own mark: the position up to which it has read.
struct LogReader {
    std::string name;  ///< the mark's name
    /// Whether anyone needs the events. If not, nothing is read or written for this reader, and its mark
    /// stays.
    std::function<bool(const storage::View&)> listens;
    /// Called once per batch, in the transaction that moves the mark: @returns a function that stores what to
    /// send for an event.
    std::function<std::function<void(const LoggedEvent&)>(storage::Transaction&, Time now)> begin;
    std::int64_t batch = 500;  ///< events in one transaction
    std::chrono::milliseconds rest =
        {};  ///< from one batch to the next: less for it, more for who waits for the writer
};

/// How many events a reader has not read yet.
std::int64_t unread(const storage::View& view, std::string_view reader);

/// The last event that is not needed any more: every reader that listens has read it, and no mail or delivery refers to
/// it or to one before it.
std::int64_t acted_upon(const storage::View& view, const std::vector<LogReader>& readers);

/// Moves a reader's mark to the end of the log, so that earlier events are sent to nobody.
void read_on_from_now(storage::Transaction& tx, std::string_view reader);

/// Reads the event log after each commit. Its readers store what to send (deliveries and mails) and the jobs
/// that send them, in the same transaction that moves their mark. So after a crash no event is forgotten, and
/// none is handled twice. If nobody listens, nothing is read or written: in a shop without webhooks and mail,
/// an order needs no second commit. Thread-safe.
class Follower {
public:
    Follower(storage::Store& store, const Clock& clock, std::vector<LogReader> readers)
        : store_(store), clock_(clock), readers_(std::move(readers)) {}
    ~Follower() { stop(); }

    void start();      ///< reads on its own thread, until stop()
    void committed();  ///< quick: called on the writer's thread
    void stop();       ///< safe to call twice

    /// Handles the next events, at most one batch per reader, without rests. Call it from one thread at a time. @returns
    /// how many there were
    std::int64_t follow();

private:
    using Moment = std::chrono::steady_clock::time_point;

    std::int64_t follow(const LogReader& reader);
    std::optional<Moment> follow_rested();
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
    std::map<std::string, Moment> rests_until_;  ///< of the thread alone
};

}  // namespace orderd::notify
