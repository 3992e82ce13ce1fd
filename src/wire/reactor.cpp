#include "wire/reactor.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

#include "base/log.h"

namespace orderd::wire {
namespace {

using std::chrono::steady_clock;

constexpr int kBacklog = 1024;                   ///< connections that the kernel queues until they are accepted
constexpr int kAcceptsAtOnce = 64;               ///< before the parked connections are checked again
constexpr Milliseconds kPauseWhenExhausted{50};  ///< no file descriptor is free: accepting would spin

[[noreturn]] void fail(const std::string& what) { throw std::system_error(errno, std::generic_category(), what); }

void prepare(int descriptor) {
    ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

std::string address_of(const sockaddr_storage& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address.ss_family == AF_INET) {
        ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(address).sin_addr, text.data(), text.size());
    } else if (address.ss_family == AF_INET6) {
        const auto& six = reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
        if (IN6_IS_ADDR_V4MAPPED(&six)) {  // written as IPv4 everywhere else
            ::inet_ntop(AF_INET, &six.s6_addr[12], text.data(), text.size());
        } else {
            ::inet_ntop(AF_INET6, &six, text.data(), text.size());
        }
    }
    return text.data();
}

int port_of(int socket) {
    sockaddr_storage bound{};
    socklen_t size = sizeof bound;
    if (::getsockname(socket, reinterpret_cast<sockaddr*>(&bound), &size) != 0) {
        fail("getsockname");
    }
    return ntohs(bound.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(bound).sin6_port
                                             : reinterpret_cast<sockaddr_in&>(bound).sin_port);
}

}  // namespace

Reactor::Reactor(Hooks hooks) : hooks_(std::move(hooks)) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) {
        fail("pipe");
    }
    wake_read_ = ends[0];
    wake_write_ = ends[1];
    prepare(wake_read_);
    prepare(wake_write_);
}

Reactor::~Reactor() {
    stop();
    ::close(wake_read_);
    ::close(wake_write_);
}

int Reactor::bind(const std::string& address, int port, Door door) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const int unresolved =
        ::getaddrinfo(address.empty() ? nullptr : address.c_str(), std::to_string(port).c_str(), &hints, &found);
    if (unresolved != 0) {
        throw std::system_error(EADDRNOTAVAIL, std::generic_category(),
                                fmt::format("cannot listen on {}: {}", address, ::gai_strerror(unresolved)));
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owned(found, &::freeaddrinfo);
    const int socket = ::socket(found->ai_family, SOCK_STREAM, 0);
    if (socket < 0) {
        fail("socket");
    }
    prepare(socket);
    const int on = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (::bind(socket, found->ai_addr, found->ai_addrlen) != 0 || ::listen(socket, kBacklog) != 0) {
        const int error = errno;
        ::close(socket);
        errno = error;
        fail(fmt::format("cannot listen on {} port {}", address, port));
    }
    listeners_.emplace_back(socket, door);
    return port_of(socket);
}

void Reactor::start() {
    thread_ = std::thread([this] { run(); });
}

void Reactor::stop() {
    stopping_ = true;
    wake();
    if (thread_.joinable()) {
        thread_.join();
    }
    for (const auto& [listener, door] : std::exchange(listeners_, {})) {
        ::close(listener);
    }
    parked_.clear();
    const MutexLock lock(mutex_);
    arriving_.clear();
}

void Reactor::park(std::unique_ptr<Connection> connection) {
    connection->parked_now();
    {
        const MutexLock lock(mutex_);
        if (stopping_) {
            return;
        }
        arriving_.push_back(std::move(connection));
    }
    wake();
}

void Reactor::wake() {
    // A failed write is harmless: a full pipe wakes the thread as well.
    [[maybe_unused]] const auto written = ::write(wake_write_, "w", 1);
}

void Reactor::take_parked() {
    const MutexLock lock(mutex_);
    for (auto& connection : arriving_) {
        parked_.push_back(std::move(connection));
    }
    arriving_.clear();
}

bool Reactor::let_go(const Choose& choose) {
    take_parked();
    const auto chosen = choose(parked_);
    if (chosen >= parked_.size()) {
        return false;
    }
    parked_.erase(parked_.begin() + static_cast<std::ptrdiff_t>(chosen));
    return true;
}

int Reactor::time_to_next_deadline() const {
    auto next = Instant::max();
    for (const auto& connection : parked_) {
        next = std::min(next, connection->deadline());
    }
    const auto now = steady_clock::now();
    if (accept_again_ > now) {
        next = std::min(next, accept_again_);
    }
    if (next == Instant::max()) {
        return -1;
    }
    return static_cast<int>(std::clamp<long long>(std::chrono::ceil<Milliseconds>(next - now).count(), 0, 60'000));
}

void Reactor::run() {
    std::vector<pollfd> watched;
    while (!stopping_) {
        take_parked();
        parked_count_.store(parked_.size(), std::memory_order_relaxed);
        watched.clear();
        watched.push_back({wake_read_, POLLIN, 0});
        const bool accepts = accept_again_ <= steady_clock::now();
        for (const auto& [listener, door] : listeners_) {
            watched.push_back({accepts ? listener : -1, POLLIN, 0});
        }
        const auto first_parked = watched.size();
        for (const auto& connection : parked_) {
            // Of one that is held only its end counts, which is told unasked.
            watched.push_back({connection->socket(), connection->is_held() ? short{0} : short{POLLIN}, 0});
        }
        if (::poll(watched.data(), static_cast<nfds_t>(watched.size()), time_to_next_deadline()) < 0 &&
            errno != EINTR) {
            log::error("polling the connections failed", {{"errno", errno}});
            accept_again_ = steady_clock::now() + kPauseWhenExhausted;
            std::this_thread::sleep_until(accept_again_);
            continue;
        }
        if (watched[0].revents != 0) {
            std::array<char, 256> dropped{};
            while (::read(wake_read_, dropped.data(), dropped.size()) > 0) {
            }
        }
        const auto now = steady_clock::now();
        std::vector<std::unique_ptr<Connection>> still;
        still.reserve(parked_.size());
        for (std::size_t i = 0; i < parked_.size(); ++i) {
            // A TLS client could send data for ever without a request in it.
            const bool late = parked_[i]->deadline() <= now;
            if (parked_[i]->is_held()) {
                if (late) {
                    hooks_.readable(std::move(parked_[i]));
                } else if (watched[first_parked + i].revents == 0) {
                    still.push_back(std::move(parked_[i]));
                }
            } else if (watched[first_parked + i].revents != 0 && !(late && parked_[i]->secure())) {
                hooks_.readable(std::move(parked_[i]));
            } else if (late) {
                hooks_.overdue(std::move(parked_[i]));
            } else {
                still.push_back(std::move(parked_[i]));
            }
        }
        parked_ = std::move(still);
        for (std::size_t i = 0; i < listeners_.size(); ++i) {
            if (watched[1 + i].revents != 0) {
                accept_all(listeners_[i].first, listeners_[i].second);
            }
        }
    }
}

void Reactor::accept_all(int listener, Door door) {
    for (int i = 0; i < kAcceptsAtOnce; ++i) {
        sockaddr_storage address{};
        socklen_t size = sizeof address;
        const int socket = ::accept(listener, reinterpret_cast<sockaddr*>(&address), &size);
        if (socket >= 0) {
            hooks_.accepted(socket, address_of(address), door);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return;
        } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
            accept_again_ = steady_clock::now() + kPauseWhenExhausted;
            return;
        }
        // All other errors concern only the one connection, which went away while it waited (accept(2)).
    }
}

}  // namespace orderd::wire
