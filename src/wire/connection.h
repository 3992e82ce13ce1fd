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

/// How long a client may take. Each is for the whole of it, so that a byte now and then does not buy more time.
struct Deadlines {
    Milliseconds idle{15'000};  ///< between two requests of a connection
    Milliseconds head{10'000};  ///< from a head's first byte to its last; and before, for a TLS handshake
    Milliseconds body{20'000};  ///< to send a body, and as much again for each further MiB
    Milliseconds body_begins = budget::kBodyBegins;  ///< then a long body comes at the rate below, or is given up
    std::size_t body_rate = budget::kSlowestBody;    ///< bytes a second
    Milliseconds write{20'000};                      ///< to take a piece of an answer
};

inline constexpr Refused kHttpsRequired{
    400, "https_required", "Plain HTTP came to a port that speaks TLS. Use an address that begins with https."};

class Connections;

/// Who holds a connection, as limits count it (see Address).
struct Holder {
    explicit Holder(const std::string& address);

    std::string address;
    std::string site;
};

/// Which of the server's two doors a connection came in by.
enum class Door {
    shop,
    redirect,  ///< plain HTTP beside TLS: every request is sent on to https://
};

/// One client's connection: requests are read from it, and answers are written to it. What was read ahead stays for the
/// next request; what is written goes out with flush(). Used by one thread at a time, which owns it.
class Connection {
public:
    /// Takes over a connected socket. `tls`: over it, or none; the handshake comes with the first await_request().
    Connection(int socket, std::string address, const Deadlines& deadlines, Connections& all, Door door = Door::shop,
               std::unique_ptr<TlsStream> tls = nullptr);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    enum class Arrival { request, not_yet, gone };

    /// Waits up to `patience` for a whole head, and checks it, and for the body with it where that is short: a client
    /// that sends it slowly is waited for by no thread. A longer one, or one in chunks, is read by who answers it.
    ///
    /// @throws Refusal 400, 414, 431 or 501; the connection is then good for an answer only. Also 400 to a client that
    ///         speaks plain HTTP where TLS is spoken: the answer is plain then.
    Arrival await_request(Milliseconds patience);

    /// The head of the request that is here: until finish_request().
    const Head& head() const { return *head_; }
    const Framing& framing() const { return head_->framing(); }

    /// When the request that is awaited is overdue.
    Instant deadline() const { return deadline_; }
    bool request_begun() const { return head_ || !in_.empty(); }
    /// Since when it has waited, parked, for its client to say something.
    Instant parked_since() const { return parked_since_; }
    void parked_now() { parked_since_ = std::chrono::steady_clock::now(); }

    /// Whether all of the body was received.
    bool holds_body() const { return !framing().chunked && in_.size() >= body_left_; }

    enum class Body {
        whole,
        too_long,
        broken,  ///< it did not come whole, in time, and well cut into chunks
    };

    /// Reads the request's body, of at most that many bytes. If the client waits for it, says 100 (Continue) first.
    Body read_body(std::string& body, std::size_t most);

    /// Reads on to the request's end where it is answered without its body and little is left of that.
    ///
    /// @returns whether what comes next is known to be the next request
    bool skip_body();

    /// Sends what was written. @returns whether the client took all that was ever written in time
    bool flush();

    /// Makes room for the next request.
    void finish_request();

    /// Says that nothing more comes, and lets the client read what it was sent: a socket that is closed with unread
    /// bytes in it takes back what is still under way.
    void close_gently();

    /// Says a last thing without waiting for the client to take it, for a thread that must not. A client that has not
    /// finished its TLS handshake cannot be told anything.
    void refuse(std::string_view answer);

    /// Whether the client is still there, as far as can be told without waiting.
    bool alive() const;

    const std::string& address() const { return address_; }
    /// Whose it is, for limits: an address, and the site around it.
    const Holder& holder() const { return holder_; }
    bool secure() const { return tls_ != nullptr; }
    Door door() const { return door_; }

    /// @returns whether the client took all that was sent so far
    bool write(std::string_view bytes);

    int socket() const { return socket_; }

private:
    /// Goes on with the TLS handshake until then. @returns `request` when it is done
    Arrival shake_hands(Instant until);
    /// Looks for the head in what was received. @returns whether the request can be answered
    bool request_is_here();
    /// @returns the bytes received, 0 at the deadline, −1 when the client is gone
    std::ptrdiff_t receive(char* to, std::size_t most, Instant deadline);
    /// Receives what is wanted of a body at once. @returns whether there was more of it
    bool receive_body(std::size_t most);
    Body read_chunks(std::string& body, std::size_t most);
    /// Uses up what is here of a body that is not chunked.
    std::string take_body();
    bool send(std::string_view first, std::string_view second);
    /// Until when the next bytes of a body are waited for.
    Instant body_due() const;

    // constant after construction
    const int socket_;
    const std::string address_;
    const Holder holder_;
    const Deadlines& deadlines_;
    Connections& all_;
    const Door door_;

    std::unique_ptr<TlsStream> tls_;
    bool first_seen_ = false;      ///< the first byte of all, which tells whether TLS is spoken
    std::string in_;               ///< received, and not used yet
    std::size_t scanned_ = 0;      ///< of `in_`, for the end of the head
    std::size_t wanted_ = 0;       ///< of `in_`, before the request is answered
    std::optional<Head> head_;     ///< once it is whole
    std::uint64_t body_left_ = 0;  ///< of a body that is not chunked
    Chunks chunks_;                ///< of one that is
    Instant deadline_;             ///< of the request that is awaited
    Instant body_deadline_;
    Instant body_begun_;
    std::size_t body_got_ = 0;  ///< bytes of it, since then
    Instant parked_since_;

    std::string out_;      ///< written, and not sent
    bool broken_ = false;  ///< the client did not take what was sent
};

/// All connections that are open, counted by address and by site. Thread-safe.
class Connections {
public:
    std::size_t count() const;

    struct Held {
        std::size_t by_address = 0;
        std::size_t by_site = 0;
    };
    Held held(const Holder& holder) const;

    /// Which of these connections goes when there is no room for a newcomer: of the site that holds most, of the
    /// address there that does, the one that has been idle longest. A request that has begun to come stays before one
    /// that has not.
    ///
    /// @returns its place in the list, or its size if none goes: nobody holds more than the newcomer does
    std::size_t one_to_end(const std::vector<std::unique_ptr<Connection>>& parked, const Holder& newcomer) const;

    /// Ends what every connection's thread waits for, at the end of a drain.
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
