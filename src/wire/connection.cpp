#include "wire/connection.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <tuple>
#include <utility>

namespace orderd::wire {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t kReadSize = 4 * 1024;
constexpr std::size_t kBodySize = 16 * 1024;    ///< of a body, per read
constexpr std::size_t kWriteSize = 16 * 1024;   ///< buffered before it is sent
constexpr std::size_t kMaxSkipped = 64 * 1024;  ///< of an unread body, to keep the connection
constexpr Milliseconds kSkipTime{500};
constexpr Milliseconds kLingerTime{500};  ///< for a client to read the last answer
constexpr std::size_t kMaxLingered = 4 * 1024 * 1024;
constexpr std::size_t kMebibyte = 1024 * 1024;

/// Waits until the socket is ready or the deadline has passed. @returns whether it is ready
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

Holder::Holder(const std::string& text) : address(text), site(text) {
    if (const auto parsed = IpAddress::parse(text)) {
        address = parsed->counted_as();
        site = parsed->site();
    }
}

Connection::Connection(int socket, std::string address, const Deadlines& deadlines, Connections& all, Door door,
                       std::unique_ptr<TlsStream> tls)
    : socket_(socket),
      address_(std::move(address)),
      holder_(address_),
      deadlines_(deadlines),
      all_(all),
      door_(door),
      tls_(std::move(tls)),
      deadline_(steady_clock::now() + deadlines.head) {
    ::fcntl(socket_, F_SETFL, ::fcntl(socket_, F_GETFL) | O_NONBLOCK);
    ::fcntl(socket_, F_SETFD, FD_CLOEXEC);
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    all_.add(socket_, holder_);
}

Connection::~Connection() {
    tls_.reset();                   // says goodbye
    all_.remove(socket_, holder_);  // before the descriptor's number can be reused
    ::close(socket_);
}

std::ptrdiff_t Connection::receive(char* to, std::size_t most, Instant deadline) {
    for (;;) {
        const auto got = tls_ ? tls_->read(to, most) : ::recv(socket_, to, most, 0);
        if (got > 0) return got;
        if (got == 0) return -1;
        if (errno == EINTR) continue;
        if (errno != EAGAIN && errno != EWOULDBLOCK) return -1;
        if (tls_ && steady_clock::now() >= deadline) return 0;  // the incoming bytes may be TLS's own records
        if (!wait_for(socket_, tls_ ? tls_->awaited() : short{POLLIN}, deadline)) return 0;
    }
}

Connection::Arrival Connection::shake_hands(Instant until) {
    while (!tls_->established()) {
        if (!wait_for(socket_, tls_->awaited(), until)) return Arrival::not_yet;
        char first = 0;
        const auto got = ::recv(socket_, &first, 1, MSG_PEEK);
        if (got == 0) return Arrival::gone;
        if (got == 1 && !std::exchange(first_seen_, true) && first >= 'A' && first <= 'Z') {  // a method, not a record
            tls_.reset();
            throw Refusal(kHttpsRequired, "this port speaks TLS: the address starts with https://");
        }
        if (!tls_->shake_hands()) return Arrival::gone;
        if (!tls_->established() && steady_clock::now() >= until) return Arrival::not_yet;
    }
    return Arrival::request;
}

bool Connection::request_is_here() {
    if (!head_) {
        const auto length = in_.empty() ? 0 : head_length(in_, scanned_);
        if (length == 0) {
            return false;
        }
        head_.emplace(in_.substr(0, length));
        in_.erase(0, length);
        body_left_ = framing().content_length;
        chunks_ = {};
        const bool is_short =
            !framing().chunked && !framing().awaits_continue && framing().content_length <= budget::kShortBody;
        wanted_ = is_short ? static_cast<std::size_t>(framing().content_length) : 0;
        if (in_.size() < wanted_) {
            deadline_ = steady_clock::now() + deadlines_.body;
        }
    }
    return in_.size() >= wanted_;
}

Connection::Arrival Connection::await_request(Milliseconds patience) {
    const auto until = std::min(steady_clock::now() + patience, deadline_);
    if (tls_ && !tls_->established()) {
        if (const auto shaken = shake_hands(until); shaken != Arrival::request) return shaken;
    }
    while (!request_is_here()) {
        const auto before = in_.size();
        if (before == 0 && !(tls_ && tls_->holds_more()) && !wait_for(socket_, POLLIN, until)) {
            std::string().swap(out_);  // an idle connection holds no buffers
            return Arrival::not_yet;
        }
        in_.resize(before + kReadSize);
        const auto got = receive(in_.data() + before, kReadSize, until);
        in_.resize(before + static_cast<std::size_t>(std::max<std::ptrdiff_t>(got, 0)));
        if (got < 0) {
            return head_ ? Arrival::request : Arrival::gone;  // it may still read that its body was incomplete
        }
        if (got == 0) return Arrival::not_yet;
        if (before == 0 && !head_) {
            deadline_ = steady_clock::now() + deadlines_.head;
        }
    }
    return Arrival::request;
}

Instant Connection::body_due() const {
    const auto earned = Milliseconds(body_got_ * 1000 / std::max<std::size_t>(1, deadlines_.body_rate));
    return std::min(body_deadline_, body_begun_ + deadlines_.body_begins + earned);
}

bool Connection::receive_body(std::size_t most) {
    const auto before = in_.size();
    in_.resize(before + most);
    const auto got = receive(in_.data() + before, most, body_due());
    in_.resize(before + static_cast<std::size_t>(std::max<std::ptrdiff_t>(got, 0)));
    body_got_ += in_.size() - before;
    return got > 0;
}

std::string Connection::take_body() {
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(in_.size(), body_left_));
    auto taken = in_.substr(0, size);
    in_.erase(0, size);
    body_left_ -= size;
    return taken;
}

Connection::Body Connection::read_body(std::string& body, std::size_t most) {
    if (framing().content_length > most) {
        return Body::too_long;
    }
    if (framing().awaits_continue && !(write("HTTP/1.1 100 Continue\r\n\r\n") && flush())) {
        return Body::broken;
    }
    const auto length = framing().chunked ? most : static_cast<std::size_t>(framing().content_length);
    body_begun_ = steady_clock::now();
    body_got_ = 0;
    body_deadline_ = body_begun_ + deadlines_.body * static_cast<long>(1 + length / kMebibyte);
    if (framing().chunked) {
        return read_chunks(body, most);
    }
    body.reserve(length);  // avoids copies when it grows; the system provides only the pages that are used
    for (;;) {
        body += take_body();
        if (body_left_ == 0) {
            return Body::whole;
        }
        if (!receive_body(static_cast<std::size_t>(std::min<std::uint64_t>(body_left_, kBodySize)))) {
            return Body::broken;
        }
    }
}

Connection::Body Connection::read_chunks(std::string& body, std::size_t most) {
    for (;;) {
        in_.erase(0, chunks_.take(in_, body));
        if (body.size() > most) {
            return Body::too_long;
        }
        if (chunks_.state() != Chunks::State::more) {
            return chunks_.state() == Chunks::State::whole ? Body::whole : Body::broken;
        }
        if (!receive_body(kBodySize)) {
            return Body::broken;
        }
    }
}

bool Connection::skip_body() {
    if (framing().chunked) {
        // What was not read is not looked for: a proxy may disagree where a body ends that is not strictly chunked.
        return chunks_.state() == Chunks::State::whole;
    }
    if (body_left_ > kMaxSkipped || (body_left_ > 0 && framing().awaits_continue)) {
        return false;
    }
    body_begun_ = steady_clock::now();
    body_got_ = 0;
    body_deadline_ = body_begun_ + kSkipTime;
    for (take_body(); body_left_ > 0; take_body()) {
        if (!receive_body(static_cast<std::size_t>(body_left_))) return false;
    }
    return true;
}

bool Connection::write(std::string_view bytes) {
    if (broken_) {
        return false;
    }
    if (out_.size() + bytes.size() <= kWriteSize) {
        out_.append(bytes);
        return true;
    }
    broken_ = !send(out_, bytes);
    out_.clear();
    return !broken_;
}

bool Connection::flush() {
    if (!out_.empty() && !broken_) {
        broken_ = !send(out_, {});
        out_.clear();
    }
    return !broken_;
}

bool Connection::send(std::string_view first, std::string_view second) {
    std::array<iovec, 2> pieces{{{const_cast<char*>(first.data()), first.size()},  // sendmsg(2) only reads them
                                 {const_cast<char*>(second.data()), second.size()}}};
    const auto deadline = steady_clock::now() + deadlines_.write * static_cast<long>(1 + second.size() / kMebibyte);
    for (std::size_t at = 0; at < pieces.size();) {
        if (pieces[at].iov_len == 0) {
            ++at;
            continue;
        }
        ssize_t sent = 0;
        if (tls_) {
            sent = tls_->write(static_cast<const char*>(pieces[at].iov_base), pieces[at].iov_len);
        } else {
            msghdr message{};
            message.msg_iov = &pieces[at];
            message.msg_iovlen = static_cast<decltype(message.msg_iovlen)>(pieces.size() - at);
            sent = ::sendmsg(socket_, &message, 0);
        }
        if (sent <= 0) {
            const bool full = errno == EAGAIN || errno == EWOULDBLOCK;
            const short awaited = tls_ ? tls_->awaited() : short{POLLOUT};
            if (sent == 0 || (errno != EINTR && !(full && wait_for(socket_, awaited, deadline)))) {
                return false;
            }
            continue;
        }
        auto left = static_cast<std::size_t>(sent);
        for (auto next = at; left > 0; ++next) {
            const auto part = std::min(left, pieces[next].iov_len);
            pieces[next].iov_base = static_cast<char*>(pieces[next].iov_base) + part;
            pieces[next].iov_len -= part;
            left -= part;
        }
    }
    return true;
}

void Connection::finish_request() {
    if (in_.empty() && in_.capacity() > 2 * kReadSize) {
        in_.shrink_to_fit();
    }
    head_.reset();
    scanned_ = 0;
    deadline_ = steady_clock::now() + (in_.empty() ? deadlines_.idle : deadlines_.head);
}

void Connection::hold(Instant until, bool goes_on) {
    held_until_ = until;
    goes_on_ = goes_on;
}

bool Connection::release() {
    held_until_.reset();
    deadline_ = steady_clock::now() + (in_.empty() ? deadlines_.idle : deadlines_.head);
    return flush() && goes_on_;
}

void Connection::close_gently() {
    tls_.reset();  // says goodbye; later bytes are not decrypted
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
    if (tls_) {
        if (tls_->established()) {
            tls_->read(dropped.data(), dropped.size());
            tls_->write(answer.data(), answer.size());
        }
        return;
    }
    [[maybe_unused]] auto done =
        ::recv(socket_, dropped.data(), dropped.size(), 0);  // otherwise closing would discard the answer
    done = ::send(socket_, answer.data(), answer.size(), 0);
    ::shutdown(socket_, SHUT_WR);
}

bool Connection::alive() const {
    if (tls_) {
        return tls_->alive();
    }
    char byte = 0;
    const auto got = ::recv(socket_, &byte, 1, MSG_PEEK);
    return got > 0 || (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR));
}

bool Connection::has_left(int socket) {
    ::pollfd asked{.fd = socket, .events = POLLRDHUP, .revents = 0};
    return ::poll(&asked, 1, 0) > 0;
}

std::size_t Connections::count() const {
    const MutexLock lock(mutex_);
    return sockets_.size();
}

Connections::Held Connections::held(const Holder& holder) const {
    const MutexLock lock(mutex_);
    return held_by(holder);
}

Connections::Held Connections::held_by(const Holder& holder) const {
    const auto in = [](const auto& counts, const std::string& key) {
        const auto found = counts.find(key);
        return found == counts.end() ? std::size_t{0} : found->second;
    };
    return {.by_address = in(by_address_, holder.address), .by_site = in(by_site_, holder.site)};
}

std::size_t Connections::one_to_end(const std::vector<std::unique_ptr<Connection>>& parked,
                                    const Holder& newcomer) const {
    const MutexLock lock(mutex_);
    const auto of_newcomer = held_by(newcomer);
    auto chosen = parked.size();
    Held most;
    for (std::size_t i = 0; i < parked.size(); ++i) {
        const auto& connection = *parked[i];
        const auto held = held_by(connection.holder());
        const auto rank = [](const Held& by, const Connection& one) {
            return std::tuple(by.by_site, by.by_address, !one.request_begun());
        };
        if (chosen < parked.size()) {
            const auto& so_far = *parked[chosen];
            const auto better = rank(held, connection) <=> rank(most, so_far);
            if (better < 0 || (better == 0 && connection.parked_since() >= so_far.parked_since())) {
                continue;
            }
        }
        chosen = i;
        most = held;
    }
    // The newcomer is already counted. An idle connection of the same holder makes room for it as well.
    const bool holds_less =
        std::tuple(most.by_site, most.by_address) >= std::tuple(of_newcomer.by_site, of_newcomer.by_address);
    return holds_less ? chosen : parked.size();
}

void Connections::shut_down_all() {
    const MutexLock lock(mutex_);
    for (const int socket : sockets_) {
        ::shutdown(socket, SHUT_RDWR);
    }
}

void Connections::add(int socket, const Holder& holder) {
    const MutexLock lock(mutex_);
    sockets_.insert(socket);
    ++by_address_[holder.address];
    ++by_site_[holder.site];
}

void Connections::remove(int socket, const Holder& holder) {
    const MutexLock lock(mutex_);
    sockets_.erase(socket);
    const auto take_off = [](auto& counts, const std::string& key) {
        const auto found = counts.find(key);
        if (found != counts.end() && --found->second == 0) {
            counts.erase(found);
        }
    };
    take_off(by_address_, holder.address);
    take_off(by_site_, holder.site);
}

}  // namespace orderd::wire
