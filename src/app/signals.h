#pragma once

#include <chrono>
#include <csignal>

namespace orderd::app {

/// Blocks the signals that end the program, in this thread and all that it starts, so that one place waits for them.
/// One at a time.
class Signals {
public:
    enum class Kind { end, reload };

    /// `reloads`: SIGHUP asks for configuration to be read again, and does not end the program.
    explicit Signals(bool reloads = false);
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;
    ~Signals();

    Kind wait() const;

    /// @returns whether one came, or had come, within that time
    bool wait_for(std::chrono::milliseconds time) const;

    /// From here on the next one ends the process at once: whoever asks twice does not want to wait.
    void end_at_next() const;

private:
    sigset_t set_{};
    sigset_t before_{};
};

}  // namespace orderd::app
