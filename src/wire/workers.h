#pragma once

#include <atomic>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "base/budgets.h"
#include "base/mutex.h"
#include "wire/connection.h"

namespace orderd::wire {

/// The threads that answer requests: as many as are needed, up to a cap, and fewer again when there is less to do. Each
/// takes a connection that has something to say. A quarter of them is kept from strangers: their requests take places,
/// and wait without a thread while there is none.
class Workers {
public:
    struct Limits {
        std::size_t threads = budget::kThreads;
        std::size_t queue = budget::kWaiting;  ///< connections that wait for a thread
        Milliseconds idle{10'000};             ///< after which a thread that has nothing to do ends
    };

    /// One of the threads that strangers may have at once, for as long as it lives.
    class Place {
    public:
        explicit Place(Workers& workers) : workers_(&workers) {}
        Place(Place&& other) noexcept : workers_(std::exchange(other.workers_, nullptr)) {}
        Place& operator=(Place&&) = delete;
        ~Place();

    private:
        Workers* workers_;
    };

    /// Serves a connection. `place`: what a stranger's request on it waited for.
    using Serve = std::function<void(std::unique_ptr<Connection>, std::optional<Place> place)>;

    Workers(Limits limits, Serve serve);
    ~Workers();  ///< stop(), however long it takes

    /// Hands over a connection. @returns false, and leaves it, when the queue is full or the workers stop
    bool enqueue(std::unique_ptr<Connection>& connection);

    /// A place for a stranger's request, if there is one just now.
    void take_place(std::optional<Place>& place);

    /// Keeps a connection that has a stranger's request until there is a place for it; then it is served.
    ///
    /// @returns false, and leaves it, when too many wait
    bool wait_for_place(std::unique_ptr<Connection>& connection);

    /// Whether connections wait although all threads there may be are at work: no time to wait for a client then.
    bool pressed() const;

    /// Refuses what comes, and waits until all that was taken is done. @returns whether that was in time
    bool stop(Instant deadline);

    struct Figures {
        std::size_t threads = 0;
        std::size_t busy = 0;
        std::size_t waiting = 0;
        std::size_t strangers = 0;          ///< threads that have a stranger's request
        std::size_t strangers_waiting = 0;  ///< requests of theirs that wait for one
    };
    Figures figures() const;

private:
    /// A connection that is to be served.
    struct Waiting {
        std::unique_ptr<Connection> connection;
        std::optional<Place> place;
    };

    void work() EXCLUDES(mutex_);
    std::optional<Waiting> next() EXCLUDES(mutex_);
    bool start_thread() REQUIRES(mutex_);
    bool find_thread() REQUIRES(mutex_);
    void leave() EXCLUDES(mutex_);
    void call_strangers() REQUIRES(mutex_);

    // constant after construction
    const Limits limits_;
    const std::size_t most_strangers_;
    const Serve serve_;

    mutable Mutex mutex_;
    ConditionVariable arrived_;
    ConditionVariable ended_;
    std::deque<Waiting> queue_ GUARDED_BY(mutex_);
    std::deque<std::unique_ptr<Connection>> strangers_waiting_ GUARDED_BY(mutex_);
    std::size_t threads_ GUARDED_BY(mutex_) = 0;
    std::size_t idle_ GUARDED_BY(mutex_) = 0;
    bool stopping_ GUARDED_BY(mutex_) = false;

    // So that a request takes and leaves its place without the mutex. Whoever fails to take one says that it waits
    // before it tries again, and whoever leaves one looks for those who wait after it left.
    std::atomic<std::size_t> strangers_ = 0;
    std::atomic<std::size_t> strangers_waiting_count_ = 0;
};

}  // namespace orderd::wire
