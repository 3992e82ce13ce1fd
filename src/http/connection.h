#pragma once

#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "http/message.h"

namespace orderd::http {

using Instant = std::chrono::steady_clock::time_point;
using Milliseconds = std::chrono::milliseconds;

/// How long a client may take. Each is for the whole of it, so that a byte now and then does not buy more time.
struct Deadlines {
    Milliseconds idle{15'000};   ///< between two requests of a connection
    Milliseconds head{10'000};   ///< from a head's first byte to its last
    Milliseconds body{20'000};   ///< to send a body, and as much again for each further MiB
    Milliseconds write{20'000};  ///< to take an answer, likewise; of a stream: one piece
};

class Connections;

/// One client's connection: its bytes in and out. Used by one thread at a time, which owns it.
class Connection {
public:
    /// Takes over a connected socket.
    Connection(int socket, std::string address, const Deadlines& deadlines, Connections& all);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    enum class Arrival { head, not_yet, gone };

    /// Waits up to `patience` for a whole head.
    ///
    /// @throws Refusal 400, 414 or 431; the connection is then good for an answer only
    Arrival await_head(Milliseconds patience);

    const Head& head() const { return head_; }

    /// When the head that is awaited is overdue.
    Instant head_deadline() const { return head_deadline_; }
    bool head_begun() const { return !in_.empty(); }

    /// The body of the request. Says 100 (Continue) first to a client that waits for it.
    ///
    /// @throws Refusal 413 when it is longer than `most`, 400 for bad chunking, 400 `body_incomplete` when it does not
    ///         come in time
    void read_body(std::string& body, std::size_t most);

    /// Reads on to the request's end after it was answered without its body, where little is left.
    ///
    /// @returns whether the next request can be read: false where what comes next is not known to be one
    bool skip_body();

    /// Sends the parts, one after the other. @returns whether the client took all of it in time
    bool send(std::initializer_list<std::string_view> parts);

    /// Makes room for the next request.
    void finish_request();

    /// Says that nothing more comes, and lets the client read what it was sent: a socket that is closed with unread
    /// bytes in it takes back what is still under way.
    void close_gently();

    /// Says a last thing without waiting for the client to take it, for a thread that must not.
    void refuse(std::string_view answer);

    /// Whether the client is still there, as far as can be told without waiting.
    bool alive() const;

    int socket() const { return socket_; }
    const std::string& address() const { return address_; }

private:
    /// @returns the bytes received, 0 at the deadline, −1 when the client is gone
    std::ptrdiff_t receive(char* to, std::size_t most, Instant deadline);
    void read_sized(std::string& body, std::size_t length);
    void read_chunked(std::string& body, std::size_t most);
    Instant body_deadline(std::size_t length) const;

    // constant after construction
    const int socket_;
    const std::string address_;
    const Deadlines& deadlines_;
    Connections& all_;

    std::string in_;                 ///< received and not used up: starts with the head under way
    std::size_t scanned_ = 0;        ///< of `in_`, for the end of the head
    std::size_t used_ = 0;           ///< of `in_`, by the request under way
    std::string rest_;               ///< received beyond a chunked body: the next request's
    bool body_read_ = true;
    Instant head_deadline_;
    Head head_;
};

/// All connections that are open, counted by address. Thread-safe.
class Connections {
public:
    std::size_t count() const;
    std::size_t count(const std::string& address) const;

    /// Ends what every connection's thread waits for, at the end of a drain.
    void shut_down_all();

private:
    friend class Connection;
    void add(int socket, const std::string& address);
    void remove(int socket, const std::string& address);

    mutable std::mutex mutex_;
    // guarded by mutex_
    std::unordered_set<int> sockets_;
    std::unordered_map<std::string, std::size_t> by_address_;
};

}  // namespace orderd::http
