#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/address.h"
#include "base/budgets.h"
#include "base/mutex.h"
#include "base/refused.h"
#include "wire/chunks.h"
#include "wire/head.h"
#include "wire/tls.h"

namespace orderd::wire {

using Instant = std::chrono::steady_clock::time_point;
using Milliseconds = std::chrono::milliseconds;

/// How long a client may take. Each deadline is for the whole step, so that sending single bytes does not extend it.
struct Deadlines {
    Milliseconds idle{15'000};                       ///< between two requests of a connection
    Milliseconds head{10'000};                       ///< from a head's first byte to its last; also for a TLS handshake
    Milliseconds body{20'000};                       ///< to send a body, and as much again for each further MiB
    Milliseconds body_begins = budget::kBodyBegins;  ///< after that, a long body must keep the rate below
    std::size_t body_rate = budget::kSlowestBody;    ///< bytes a second
    Milliseconds write{20'000};                      ///< to receive a piece of an answer
};

inline constexpr Refused kHttpsRequired{
    400, "https_required", "Plain HTTP came to a port that speaks TLS. Use an address that begins with https."};

class Connections;

/// Who holds a connection, for limits (see IpAddress).
struct Holder {
    explicit Holder(const std::string& address);

    std::string address;
    std::string site;
};

/// Which of the server's two doors a connection came through.
enum class Door {
    shop,
    redirect,  ///< plain HTTP beside TLS: every request is redirected to https://
};

/// One client's connection: reads requests and writes answers. Bytes that were read ahead are kept for the
/// next request; writes are buffered until flush(). Used by one thread at a time, which owns it.
class Connection {
public:
    /// Takes ownership of a connected socket. `tls`: null for plain HTTP; the first await_request() does the handshake.
    Connection(int socket, std::string address, const Deadlines& deadlines, Connections& all, Door door = Door::shop,
               std::unique_ptr<TlsStream> tls = nullptr);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    enum class Arrival { request, not_yet, gone };

    /// Waits up to `patience` for a complete head, and checks it. It also waits for a short body, so that no thread has
    /// to wait for a client that sends one slowly. A long or chunked body is read by the handler's thread.
    ///
    /// @throws Refusal 400, 414, 431 or 501; the connection can then only be answered and closed. Also 400 if
    ///         a client speaks plain HTTP on a TLS port: that answer is plain HTTP.
    Arrival await_request(Milliseconds patience);

    /// The head of the current request, valid until finish_request().
    const Head& head() const { return *head_; }
    const Framing& framing() const { return head_->framing(); }

    /// When the awaited request is overdue, or what is held is to be sent.
    Instant deadline() const { return held_until_.value_or(deadline_); }
    bool request_begun() const { return !held_until_ && (head_ || !in_.empty()); }
    /// Since when it has been parked, waiting for its client to send something.
    Instant parked_since() const { return parked_since_; }
    void parked_now() { parked_since_ = std::chrono::steady_clock::now(); }

    /// Whether the complete body was received.
    bool holds_body() const { return !framing().chunked && in_.size() >= body_left_; }

    enum class Body {
        whole,
        too_long,
        broken,  ///< it did not come completely, in time, and correctly chunked
    };

    /// Reads the request's body, of at most `most` bytes. If the client waits for 100 (Continue), sends it first.
    Body read_body(std::string& body, std::size_t most);

    /// For a request that is answered without reading its body: skips the body if little of it is left.
    ///
    /// @returns whether the next bytes are known to be the next request
    bool skip_body();

    /// Sends the buffered writes. @returns whether the client has received everything so far in time
    bool flush();

    /// Ends the current request, and prepares for the next.
    void finish_request();

    /// Keeps what was written from its client until a moment, for which no thread waits. `goes_on`: whether another request
    /// may follow it.
    void hold(Instant until, bool goes_on);
    bool is_held() const { return held_until_.has_value(); }
    /// Sends what was held. @returns whether another request may follow
    bool release();

    /// Announces the end, and gives the client time to read the answer: closing a socket with unread bytes in
    /// it would discard data that is still on its way.
    void close_gently();

    /// Sends a last answer without waiting for the client, for a thread that must not block. Nothing is sent
    /// to a client that has not finished its TLS handshake.
    void refuse(std::string_view answer);

    /// Whether the client is still connected, as far as this can be seen without waiting.
    bool alive() const;

    /// Whether the client at this socket has closed its side, as other threads may ask too.
    static bool has_left(int socket);

    const std::string& address() const { return address_; }
    /// Who holds it, for limits: an address and its site.
    const Holder& holder() const { return holder_; }
    bool secure() const { return tls_ != nullptr; }
    Door door() const { return door_; }

    /// @returns whether the client has received everything that was sent so far
    bool write(std::string_view bytes);

    int socket() const { return socket_; }

private:
    /// Continues the TLS handshake until the deadline. @returns `request` when it is done
    Arrival shake_hands(Instant until);
    /// Looks for a complete head in the received bytes. @returns whether the request can be answered
    bool request_is_here();
    /// @returns the number of bytes received; 0 at the deadline; −1 if the client is gone
    std::ptrdiff_t receive(char* to, std::size_t most, Instant deadline);
    /// Receives the next piece of a body, of at most `most` bytes. @returns whether something came
    bool receive_body(std::size_t most);
    Body read_chunks(std::string& body, std::size_t most);
    /// Takes the received part of a body that is not chunked.
    std::string take_body();
    bool send(std::string_view first, std::string_view second);
    /// The deadline for the next bytes of a body.
    Instant body_due() const;

    // constant after construction
    const int socket_;
    const std::string address_;
    const Holder holder_;
    const Deadlines& deadlines_;
    Connections& all_;
    const Door door_;

    std::unique_ptr<TlsStream> tls_;
    bool first_seen_ = false;      ///< whether the very first byte came, which shows if the client speaks TLS
    std::string in_;               ///< received, but not used yet
    std::size_t scanned_ = 0;      ///< bytes of `in_` that were searched for the end of the head
    std::size_t wanted_ = 0;       ///< bytes of `in_` that are needed before the request is answered
    std::optional<Head> head_;     ///< once it is complete
    std::uint64_t body_left_ = 0;  ///< bytes of a body that is not chunked
    Chunks chunks_;                ///< of a chunked body
    Instant deadline_;             ///< for the awaited request
    Instant body_deadline_;
    Instant body_begun_;
    std::size_t body_got_ = 0;  ///< bytes of the body since then
    Instant parked_since_;

    std::optional<Instant> held_until_;
    bool goes_on_ = false;  ///< after what is held
    std::string out_;       ///< written, but not sent
    bool broken_ = false;   ///< the client did not receive what was sent
};

/// All open connections, counted by address and by site. Thread-safe.
class Connections {
public:
    std::size_t count() const;

    struct Held {
        std::size_t by_address = 0;
        std::size_t by_site = 0;
    };
    Held held(const Holder& holder) const;

    /// Chooses the connection to close if there is no room for a newcomer: from the site with the most
    /// connections, and there from the address with the most, the one that has been idle longest. A
    /// connection whose request has begun is spared if another one can go.
    ///
    /// @returns its index in the list, or the list's size if none goes because nobody holds more than the newcomer
    std::size_t one_to_end(const std::vector<std::unique_ptr<Connection>>& parked, const Holder& newcomer) const;

    /// Shuts all sockets down, so that no thread waits for one any more, at the end of a drain.
    void shut_down_all();

private:
    friend class Connection;
    void add(int socket, const Holder& holder) EXCLUDES(mutex_);
    void remove(int socket, const Holder& holder) EXCLUDES(mutex_);
    Held held_by(const Holder& holder) const REQUIRES(mutex_);

    mutable Mutex mutex_;
    std::unordered_set<int> sockets_ GUARDED_BY(mutex_);
    std::unordered_map<std::string, std::size_t> by_address_ GUARDED_BY(mutex_);
    std::unordered_map<std::string, std::size_t> by_site_ GUARDED_BY(mutex_);
};

}  // namespace orderd::wire
