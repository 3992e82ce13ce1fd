#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

#include "http/connection.h"

namespace orderd::http {

/// The threads that answer requests: as many as are needed, up to a cap, and fewer again when there is less to do. Each
/// takes a connection that has something to say.
class Workers {
public:
    struct Limits {
        std::size_t threads = 256;
        std::size_t queue = 1024;   ///< connections that wait for a thread
        Milliseconds idle{10'000};  ///< after which a thread that has nothing to do ends
    };

    using Serve = std::function<void(std::unique_ptr<Connection>)>;

    Workers(Limits limits, Serve serve);
    ~Workers();  ///< stop(), however long it takes

    /// Hands over a connection. @returns false, and leaves it, when the queue is full or the workers stop
    bool enqueue(std::unique_ptr<Connection>& connection);

    /// Whether connections wait although all threads there may be are at work: no time to wait for a client then.
    bool pressed() const;

    /// Refuses what comes, and waits until all that was taken is done. @returns whether that was in time
    bool stop(Instant deadline);

    struct Figures {
        std::size_t threads = 0;
        std::size_t busy = 0;
        std::size_t waiting = 0;
    };
    Figures figures() const;

private:
    void work();
    bool start_thread();

    // constant after construction
    const Limits limits_;
    const Serve serve_;

    mutable std::mutex mutex_;
    // guarded by mutex_
    std::condition_variable arrived_;
    std::condition_variable ended_;
    std::deque<std::unique_ptr<Connection>> queue_;
    std::size_t threads_ = 0;
    std::size_t idle_ = 0;
    bool stopping_ = false;
};

}  // namespace orderd::http
