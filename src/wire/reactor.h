#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/mutex.h"
#include "wire/connection.h"

namespace orderd::wire {

/// The only thread that accepts connections. It also holds ("parks") connections that wait for their client,
/// so that an idle or slow client occupies no worker.
class Reactor {
public:
    struct Hooks {
        std::function<void(int socket, std::string address, Door door)> accepted;
        std::function<void(std::unique_ptr<Connection>)>
            readable;  ///< a parked one can be read, or was held long enough
        std::function<void(std::unique_ptr<Connection>)> overdue;  ///< a parked connection's deadline has passed
    };

    explicit Reactor(Hooks hooks);
    ~Reactor();

    /// Binds and listens, once for each door. Connections wait in the backlog until start(). Port 0 takes a free port.
    ///
    /// @returns the port
    /// @throws std::system_error if the address is not available, or the port is in use
    int bind(const std::string& address, int port, Door door = Door::shop);

    void start();

    /// Stops accepting, and closes all parked connections.
    void stop();

    void park(std::unique_ptr<Connection> connection);

    /// Closes the parked connection whose index `choose` returns, to make room for another. Only from
    /// Hooks::accepted, which runs on the reactor's thread. @returns whether one was closed
    using Choose = std::function<std::size_t(const std::vector<std::unique_ptr<Connection>>& parked)>;
    bool let_go(const Choose& choose);

    std::size_t parked() const { return parked_count_.load(std::memory_order_relaxed); }

private:
    void run();
    void take_parked() EXCLUDES(mutex_);
    int time_to_next_deadline() const;
    void accept_all(int listener, Door door);
    void wake();

    // constant after start()
    const Hooks hooks_;
    std::vector<std::pair<int, Door>> listeners_;
    int wake_read_ = -1;
    int wake_write_ = -1;

    std::atomic<bool> stopping_ = false;
    std::atomic<std::size_t> parked_count_ = 0;

    Mutex mutex_;
    std::vector<std::unique_ptr<Connection>> arriving_ GUARDED_BY(mutex_);

    std::vector<std::unique_ptr<Connection>> parked_;  // used only by the thread
    Instant accept_again_{};                           // used only by the thread
    std::thread thread_;
};

}  // namespace orderd::wire
