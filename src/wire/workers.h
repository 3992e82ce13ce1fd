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

/// The threads that answer requests: started on demand, up to a limit, and ended again when idle. Each takes
/// a readable connection. A quarter of the threads is reserved: strangers' requests need a place, and wait
/// without a thread until one is free.
class Workers {
public:
    struct Limits {
        std::size_t threads = budget::kThreads;
        std::size_t queue = budget::kWaiting;  ///< connections that wait for a thread
        Milliseconds idle{10'000};             ///< after which an idle thread ends
    };

    /// A stranger's right to one thread, held while the object lives.
    class Place {
    public:
        explicit Place(Workers& workers) : workers_(&workers) {}
        Place(Place&& other) noexcept : workers_(std::exchange(other.workers_, nullptr)) {}
        Place& operator=(Place&&) = delete;
        ~Place();

    private:
        Workers* workers_;
    };

    /// Serves a connection. `place`: set if a stranger's request on it waited for one.
    using Serve = std::function<void(std::unique_ptr<Connection>, std::optional<Place> place)>;

    Workers(Limits limits, Serve serve);
    ~Workers();  ///< stop(), however long it takes

    /// Takes a connection over. @returns false, without taking it, if the queue is full or the workers are stopping
    bool enqueue(std::unique_ptr<Connection>& connection);

    /// Takes a place for a stranger's request, if one is free. Does not wait.
    void take_place(std::optional<Place>& place);

    /// Holds a connection with a stranger's request until a place is free, and then serves it.
    ///
    /// @returns false, without taking it, if too many wait
    bool wait_for_place(std::unique_ptr<Connection>& connection);

    /// Whether connections wait while all threads are busy. Do not wait for a client then.
    bool pressed() const;

    /// Refuses new connections, and waits until the accepted ones are done. @returns whether the deadline was kept
    bool stop(Instant deadline);

    struct Figures {
        std::size_t threads = 0;
        std::size_t busy = 0;
        std::size_t waiting = 0;
        std::size_t strangers = 0;          ///< threads with a stranger's request
        std::size_t strangers_waiting = 0;  ///< strangers' requests that wait for a place
    };
    Figures figures() const;

private:
    /// A connection that waits to be served.
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

    // Atomics, so that a request takes and leaves its place without the mutex. A request that finds no place announces
    // that it waits and then tries again; a request that leaves its place then checks for waiting ones.
    std::atomic<std::size_t> strangers_ = 0;
    std::atomic<std::size_t> strangers_waiting_count_ = 0;
};

}  // namespace orderd::wire
