#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/server.h"
#include "base/json.h"
#include "storage/store.h"

namespace orderd::tests {

class HandClock final : public Clock {
public:
    Time now() const override { return {ms_.load()}; }
    void advance(Duration by) { ms_ += by.ms; }

private:
    std::atomic<std::int64_t> ms_{1'800'000'000'000};
};

/// An answer, as it came over the wire.
struct WireReply {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string content;

    std::string header(std::string_view name) const;  ///< empty without it
    std::size_t count(std::string_view name) const;
    Json json() const { return Json::parse(content); }
    std::string code() const { return json().at("code").get<std::string>(); }
};

/// A socket that sends just the bytes it is told to.
class Wire {
public:
    /// Addresses of version 4, as numbers. `from`: one of loopback's, to be somebody else; 0: what the system takes.
    explicit Wire(int port, std::uint32_t address = 0x7F000001, std::uint32_t from = 0);
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;
    ~Wire();

    void send(std::string_view bytes);
    void finish_sending();
    WireReply reply(bool to_head = false);  ///< reads one answer; status 0 when the connection ends before it
    bool at_end();            ///< waits until the server closed the connection; false after a minute without
    std::string read_some();  ///< what comes next, or empty at the end

private:
    int socket_;
    std::string in_;
};

/// Clients that begin to send a request and go no further, until their end.
class SlowClients {
public:
    explicit SlowClients(int port) : port_(port) {}

    void begin(std::string_view bytes);

    /// Begins one after the other until another request is refused, since all places are theirs. One that comes while
    /// another request is under way may find no place itself.
    ///
    /// @returns the last status of another()
    int begin_until(int refused, std::string_view bytes, const std::function<int()>& another);

    Wire& first() { return *clients_.front(); }

private:
    const int port_;
    std::vector<std::unique_ptr<Wire>> clients_;
};

/// A server with its own few routes over a real store in a temporary folder.
class Desk {
public:
    using AddRoutes = std::function<void(api::RouteTable&)>;

    explicit Desk(const AddRoutes& add_routes = {}, api::Config config = {}, bool access_log = false);
    ~Desk();

    WireReply get(std::string_view target, std::string_view headers = "");
    /// `headers` are lines that each end in "\r\n".
    WireReply ask(std::string_view method, std::string_view target, std::string_view headers = "",
                  std::string_view body = "");
    WireReply post(std::string_view target, std::string_view json, std::string_view headers = "");

    int port() const { return port_; }

    HandClock clock;
    std::unique_ptr<storage::Store> store;
    std::unique_ptr<api::Server> server;
    std::atomic<int> handled = 0;  ///< how often a handler of the desk's own ran

private:
    std::filesystem::path folder_;
    int port_ = 0;
};

/// Tokens that the desk knows: "owner", "staff", "viewer", "customer", "capability", and "key" (an API key with role
/// staff). Each one's csrf_token is "csrf-" and the token.
Caller caller_of_token(const api::Credentials& credentials);

}  // namespace orderd::tests
