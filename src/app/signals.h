#pragma once

#include <chrono>
#include <csignal>

namespace orderd::app {

/// Blocks the signals that end the program, in this thread and all threads that it starts, so that one place
/// waits for them. Only one object may exist at a time.
class Signals {
public:
    enum class Kind { end, reload };

    /// `reloads`: SIGHUP requests a reload of configuration, and does not end the program.
    explicit Signals(bool reloads = false);
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;
    ~Signals();

    Kind wait() const;

    /// @returns whether a signal came within that time, or had come before
    bool wait_for(std::chrono::milliseconds time) const;

    /// From now on, the next signal ends the process at once: whoever sends a second one does not want to
    /// wait.
    void end_at_next() const;

private:
    sigset_t set_{};
    sigset_t before_{};
};

}  // namespace orderd::app
