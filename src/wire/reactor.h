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

/// The one thread that accepts connections, and that holds those which have nothing to say, so that an idle or slow
/// client holds no worker.
class Reactor {
public:
    struct Hooks {
        std::function<void(int socket, std::string address, Door door)> accepted;
        std::function<void(std::unique_ptr<Connection>)> readable;  ///< a parked one has something to say
        std::function<void(std::unique_ptr<Connection>)> overdue;   ///< a parked one's time is over
    };

    explicit Reactor(Hooks hooks);
    ~Reactor();

    /// Binds and listens, once for each door; connections wait in the backlog until start(). Port 0 takes a free one.
    ///
    /// @returns the port
    /// @throws std::system_error when the address is not there, or the port is in use
    int bind(const std::string& address, int port, Door door = Door::shop);

    void start();

    /// Accepts nothing more, and lets go of everything that is parked.
    void stop();

    void park(std::unique_ptr<Connection> connection);

    /// Lets go of the parked connection that `choose` names by its place in the list, to make room for another. On the
    /// reactor's own thread alone: from Hooks::accepted. @returns whether there was one
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

    std::vector<std::unique_ptr<Connection>> parked_;  // used by the thread alone
    Instant accept_again_{};                           // used by the thread alone
    std::thread thread_;
};

}  // namespace orderd::wire
