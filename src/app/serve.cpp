#include "app/serve.h"

#include <fmt/format.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <ostream>

namespace orderd::app {

namespace {

/// Blocks the signals that end the server, in this thread and all that it starts, so that one place waits for them.
class Signals {
public:
    Signals() {
        ::sigemptyset(&set_);
        ::sigaddset(&set_, SIGINT);
        ::sigaddset(&set_, SIGTERM);
        ::pthread_sigmask(SIG_BLOCK, &set_, &before_);
        ::signal(SIGPIPE, SIG_IGN);  // a client that goes away is an error of its write, not the end of the shop
    }
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;
    ~Signals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

    void wait() const {
        int signal = 0;
        ::sigwait(&set_, &signal);
    }

    /// From here on the next one ends the process at once: whoever asks twice does not want to wait.
    void end_at_next() const {
        ::signal(SIGINT, [](int) { ::_exit(1); });
        ::signal(SIGTERM, [](int) { ::_exit(1); });
        ::pthread_sigmask(SIG_UNBLOCK, &set_, nullptr);
    }

private:
    sigset_t set_{};
    sigset_t before_{};
};

}  // namespace

void serve(const Config& config, const Clock& clock, std::ostream& out, const std::function<void(App&)>& ready) {
    const Signals signals;
    App app(config, clock);
    app.bind();
    app.start();
    out << fmt::format("orderd answers at {}\n", app.url()) << std::flush;
    if (const auto link = app.setup_link(); !link.empty()) {
        out << fmt::format("Set up the shop, once, at {}\n", link) << std::flush;
    }
    if (ready) {
        ready(app);
    }
    signals.wait();
    signals.end_at_next();
    app.drain();
}

}  // namespace orderd::app
