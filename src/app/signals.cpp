#include "app/signals.h"

#include <pthread.h>
#include <unistd.h>

#include <thread>

namespace orderd::app {

Signals::Signals(bool reloads) {
    ::sigemptyset(&set_);
    ::sigaddset(&set_, SIGINT);
    ::sigaddset(&set_, SIGTERM);
    if (reloads) {
        ::sigaddset(&set_, SIGHUP);
    }
    ::pthread_sigmask(SIG_BLOCK, &set_, &before_);
    ::signal(SIGPIPE, SIG_IGN);  // a client that disconnects causes a write error, and must not end the process
    ::signal(SIGXFSZ, SIG_IGN);  // so does a file at its size limit
}

Signals::~Signals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

Signals::Kind Signals::wait() const {
    int signal = 0;
    ::sigwait(&set_, &signal);
    return signal == SIGHUP ? Kind::reload : Kind::end;
}

bool Signals::wait_for(std::chrono::milliseconds time) const {
    // Polls, since macOS has no sigtimedwait.
    constexpr std::chrono::milliseconds kStep{10};
    for (const auto end = std::chrono::steady_clock::now() + time;;) {
        sigset_t pending;
        ::sigpending(&pending);
        if (::sigismember(&pending, SIGINT) == 1 || ::sigismember(&pending, SIGTERM) == 1) {
            wait();
            return true;
        }
        if (std::chrono::steady_clock::now() >= end) {
            return false;
        }
        std::this_thread::sleep_for(kStep);
    }
}

void Signals::end_at_next() const {
    ::signal(SIGINT, [](int) { ::_exit(1); });
    ::signal(SIGTERM, [](int) { ::_exit(1); });
    ::signal(SIGHUP, SIG_IGN);
    ::pthread_sigmask(SIG_UNBLOCK, &set_, nullptr);
}

}  // namespace orderd::app
