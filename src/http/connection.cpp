#include "http/connection.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace orderd::http {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t kReadSize = 4 * 1024;
constexpr std::size_t kMaxSkipped = 64 * 1024;         ///< of a body that nobody wants, to keep the connection
constexpr Milliseconds kSkipTime{500};
constexpr Milliseconds kLingerTime{500};               ///< for a client to read the last answer
constexpr std::size_t kMaxLingered = 4 * 1024 * 1024;
constexpr std::size_t kMebibyte = 1024 * 1024;

/// Waits until the socket is ready, or the deadline is over. @returns whether it is ready
bool wait_for(int socket, short events, Instant deadline) {
    for (;;) {
        const auto left = std::chrono::ceil<Milliseconds>(deadline - steady_clock::now()).count();
        pollfd wanted{socket, events, 0};
        const int ready = ::poll(&wanted, 1, static_cast<int>(std::clamp<long long>(left, 0, 60'000)));
        if (ready > 0) return true;
        if (ready == 0 && left <= 0) return false;
        if (ready < 0 && errno != EINTR) return false;
    }
}

}  // namespace

Connection::Connection(int socket, std::string address, const Deadlines& deadlines, Connections& all)
    : socket_(socket),
      address_(std::move(address)),
      deadlines_(deadlines),
      all_(all),
      head_deadline_(steady_clock::now() + deadlines.head) {
    ::fcntl(socket_, F_SETFL, ::fcntl(socket_, F_GETFL) | O_NONBLOCK);
    ::fcntl(socket_, F_SETFD, FD_CLOEXEC);
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    all_.add(socket_, address_);
}

Connection::~Connection() {
    all_.remove(socket_, address_);  // before its number can be another's
    ::close(socket_);
}

std::ptrdiff_t Connection::receive(char* to, std::size_t most, Instant deadline) {
    for (;;) {
        const auto got = ::recv(socket_, to, most, 0);
        if (got > 0) return got;
        if (got == 0) return -1;
        if (errno == EINTR) continue;
        if (errno != EAGAIN && errno != EWOULDBLOCK) return -1;
        if (!wait_for(socket_, POLLIN, deadline)) return 0;
    }
}

Connection::Arrival Connection::await_head(Milliseconds patience) {
    const auto until = std::min(steady_clock::now() + patience, head_deadline_);
    for (;;) {
        if (const auto length = in_.empty() ? 0 : head_length(in_, scanned_)) {
            used_ = length;
            parse_head(std::string_view(in_).substr(0, length), head_);
            body_read_ = !head_.has_body();
            return Arrival::head;
        }
        const auto before = in_.size();
        if (before == 0) {
            if (!wait_for(socket_, POLLIN, until)) return Arrival::not_yet;  // holds no buffer while idle
        }
        in_.resize(before + kReadSize);
        const auto got = receive(in_.data() + before, kReadSize, until);
        in_.resize(before + static_cast<std::size_t>(std::max<std::ptrdiff_t>(got, 0)));
        if (got < 0) return Arrival::gone;
        if (got == 0) return Arrival::not_yet;
        if (before == 0) {
            head_deadline_ = steady_clock::now() + deadlines_.head;
        }
    }
}

Instant Connection::body_deadline(std::size_t length) const {
    return steady_clock::now() + deadlines_.body * static_cast<long>(1 + length / kMebibyte);
}

void Connection::read_body(std::string& body, std::size_t most) {
    body.clear();
    if (body_read_) {
        return;
    }
    if (!head_.chunked && head_.content_length > most) {
        throw Refusal(Reason::too_large, "body_too_large",
                      fmt::format("the body has {} bytes; at most {} are allowed here", head_.content_length, most));
    }
    if (!head_.http_1_0 && in_.size() == used_ && equal_ignoring_case(head_.header("expect"), "100-continue")) {
        send({"HTTP/1.1 100 Continue\r\n\r\n"});
    }
    if (head_.chunked) {
        read_chunked(body, most);
    } else {
        read_sized(body, static_cast<std::size_t>(head_.content_length));
    }
    body_read_ = true;
}

void Connection::read_sized(std::string& body, std::size_t length) {
    const auto there = std::min(in_.size() - used_, length);
    body.reserve(std::min(length, kMebibyte));  // what is promised may never come
    body.assign(in_, used_, there);
    used_ += there;
    if (body.size() == length) {
        return;
    }
    const auto deadline = body_deadline(length);
    while (body.size() < length) {
        const auto before = body.size();
        const auto step = std::min<std::size_t>(length - before, 64 * 1024);
        body.resize(before + step);
        const auto got = receive(body.data() + before, step, deadline);
        body.resize(before + static_cast<std::size_t>(std::max<std::ptrdiff_t>(got, 0)));
        if (got <= 0) {
            throw Refusal(Reason::malformed, "body_incomplete",
                          fmt::format("{} of the body's {} bytes came", body.size(), length));
        }
    }
}

void Connection::read_chunked(std::string& body, std::size_t most) {
    ChunkReader chunks;
    std::string raw = in_.substr(used_);  // the head's views hold `in_` in its place
    const auto deadline = body_deadline(most);
    for (;;) {
        raw.erase(0, chunks.take(raw, body, most));
        if (chunks.done()) {
            break;
        }
        const auto before = raw.size();
        raw.resize(before + kReadSize);
        const auto got = receive(raw.data() + before, kReadSize, deadline);
        raw.resize(before + static_cast<std::size_t>(std::max<std::ptrdiff_t>(got, 0)));
        if (got <= 0) {
            throw Refusal(Reason::malformed, "body_incomplete", "the chunked body did not come to its end");
        }
    }
    // What was read beyond the body is the next request's. It fits behind the head: no more was ever added than came.
    in_.resize(used_);
    rest_ = std::move(raw);
}

bool Connection::skip_body() {
    if (body_read_) {
        return true;
    }
    if (head_.chunked || !head_.header("expect").empty()) {
        return false;
    }
    auto left = static_cast<std::size_t>(head_.content_length);
    if (head_.content_length > kMaxSkipped) {
        return false;
    }
    const auto there = std::min(in_.size() - used_, left);
    used_ += there;
    left -= there;
    const auto deadline = steady_clock::now() + kSkipTime;
    std::array<char, kReadSize> dropped;  // NOLINT(cppcoreguidelines-pro-type-member-init)
    while (left > 0) {
        const auto got = receive(dropped.data(), std::min(left, dropped.size()), deadline);
        if (got <= 0) return false;
        left -= static_cast<std::size_t>(got);
    }
    body_read_ = true;
    return true;
}

bool Connection::send(std::initializer_list<std::string_view> parts) {
    std::array<iovec, 4> pieces{};
    std::size_t count = 0;
    std::size_t total = 0;
    for (const auto part : parts) {
        if (!part.empty()) {
            pieces.at(count++) = {const_cast<char*>(part.data()), part.size()};
            total += part.size();
        }
    }
    const auto deadline = steady_clock::now() + deadlines_.write * static_cast<long>(1 + total / kMebibyte);
    auto* next = pieces.data();
    while (total > 0) {
        msghdr message{};
        message.msg_iov = next;
        message.msg_iovlen = static_cast<decltype(message.msg_iovlen)>(count);
        auto sent = ::sendmsg(socket_, &message, 0);
        if (sent < 0) {
            if (errno == EINTR) continue;
            if (errno != EAGAIN && errno != EWOULDBLOCK) return false;
            if (!wait_for(socket_, POLLOUT, deadline)) return false;
            continue;
        }
        total -= static_cast<std::size_t>(sent);
        while (count > 0 && static_cast<std::size_t>(sent) >= next->iov_len) {
            sent -= static_cast<std::ptrdiff_t>(next->iov_len);
            ++next;
            --count;
        }
        if (count > 0 && sent > 0) {
            next->iov_base = static_cast<char*>(next->iov_base) + sent;
            next->iov_len -= static_cast<std::size_t>(sent);
        }
    }
    return true;
}

void Connection::finish_request() {
    if (rest_.empty() && used_ >= in_.size()) {
        in_.clear();
        if (in_.capacity() > 2 * kReadSize) in_.shrink_to_fit();
    } else {
        in_.erase(0, used_);
        in_ += std::exchange(rest_, {});
    }
    used_ = 0;
    scanned_ = 0;
    head_deadline_ = steady_clock::now() + (in_.empty() ? deadlines_.idle : deadlines_.head);
}

void Connection::close_gently() {
    ::shutdown(socket_, SHUT_WR);
    const auto deadline = steady_clock::now() + kLingerTime;
    std::array<char, kReadSize> dropped;  // NOLINT(cppcoreguidelines-pro-type-member-init)
    for (std::size_t left = kMaxLingered; left > dropped.size();) {
        const auto got = receive(dropped.data(), dropped.size(), deadline);
        if (got <= 0) return;
        left -= static_cast<std::size_t>(got);
    }
}

void Connection::refuse(std::string_view answer) {
    std::array<char, 4 * kReadSize> dropped;  // NOLINT(cppcoreguidelines-pro-type-member-init)
    [[maybe_unused]] auto done = ::recv(socket_, dropped.data(), dropped.size(), 0);  // else closing would take the answer back
    done = ::send(socket_, answer.data(), answer.size(), 0);
    ::shutdown(socket_, SHUT_WR);
}

bool Connection::alive() const {
    char byte = 0;
    const auto got = ::recv(socket_, &byte, 1, MSG_PEEK);
    return got > 0 || (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR));
}

std::size_t Connections::count() const {
    const std::lock_guard lock(mutex_);
    return sockets_.size();
}

std::size_t Connections::count(const std::string& address) const {
    const std::lock_guard lock(mutex_);
    const auto found = by_address_.find(address);
    return found == by_address_.end() ? 0 : found->second;
}

void Connections::shut_down_all() {
    const std::lock_guard lock(mutex_);
    for (const int socket : sockets_) {
        ::shutdown(socket, SHUT_RDWR);
    }
}

void Connections::add(int socket, const std::string& address) {
    const std::lock_guard lock(mutex_);
    sockets_.insert(socket);
    ++by_address_[address];
}

void Connections::remove(int socket, const std::string& address) {
    const std::lock_guard lock(mutex_);
    sockets_.erase(socket);
    const auto found = by_address_.find(address);
    if (found != by_address_.end() && --found->second == 0) {
        by_address_.erase(found);
    }
}

}  // namespace orderd::http
