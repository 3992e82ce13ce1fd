#include "wire/desk.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <stdexcept>

#include "base/errors.h"
#include "base/log.h"
#include "base/random.h"
#include "base/text.h"
#include "support/problems.h"
#include "wire/head.h"

namespace orderd::tests {

std::string WireReply::header(std::string_view name) const {
    for (const auto& [known, value] : headers) {
        if (equal_ignoring_case(known, name)) return value;
    }
    return {};
}

std::size_t WireReply::count(std::string_view name) const {
    std::size_t number = 0;
    for (const auto& [known, value] : headers) {
        number += equal_ignoring_case(known, name) ? 1 : 0;
    }
    return number;
}

Wire::Wire(int port, std::uint32_t to, std::uint32_t from) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(to);
    const timeval patience{60, 0};  // a stalled machine is not what a test looks for
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (from != 0) {
        sockaddr_in own{};
        own.sin_family = AF_INET;
        own.sin_addr.s_addr = htonl(from);
        ::bind(socket_, reinterpret_cast<const sockaddr*>(&own), sizeof own);
    }
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket_);
        throw std::runtime_error("cannot connect");
    }
}

Wire::~Wire() { ::close(socket_); }

void Wire::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void Wire::finish_sending() { ::shutdown(socket_, SHUT_WR); }

std::string Wire::read_some() {
    if (!in_.empty()) return std::exchange(in_, {});
    std::array<char, 16384> buffer{};
    const auto got = ::recv(socket_, buffer.data(), buffer.size(), 0);
    return got > 0 ? std::string(buffer.data(), static_cast<std::size_t>(got)) : std::string();
}

bool Wire::at_end() {
    std::array<char, 16384> buffer{};
    for (;;) {
        const auto got = ::recv(socket_, buffer.data(), buffer.size(), 0);
        if (got == 0 || (got < 0 && errno == ECONNRESET)) return true;
        if (got < 0) return false;
    }
}

WireReply Wire::reply(bool to_head) {
    WireReply reply;
    std::size_t end = std::string::npos;
    const auto more = [&] {
        const auto before = std::exchange(in_, {});
        const auto piece = read_some();
        in_ = before + piece;
        return !piece.empty();
    };
    while ((end = in_.find("\r\n\r\n")) == std::string::npos) {
        if (!more()) return reply;
    }
    const auto head = in_.substr(0, end + 2);
    in_.erase(0, end + 4);
    reply.status = std::stoi(head.substr(9, 3));
    std::size_t at = head.find("\r\n") + 2;
    while (at < head.size()) {
        const auto line_end = head.find("\r\n", at);
        const auto line = head.substr(at, line_end - at);
        const auto colon = line.find(':');
        reply.headers.emplace_back(line.substr(0, colon), std::string(trimmed(line.substr(colon + 1))));
        at = line_end + 2;
    }
    if (to_head || reply.status == 304 || reply.status == 204 || reply.status == 100) return reply;
    if (reply.header("Transfer-Encoding") == "chunked") {
        for (;;) {
            std::size_t line_end = std::string::npos;
            while ((line_end = in_.find("\r\n")) == std::string::npos) {
                if (!more()) return reply;
            }
            const auto size = std::stoul(in_.substr(0, line_end), nullptr, 16);
            while (in_.size() < line_end + 4 + size) {
                if (!more()) return reply;
            }
            reply.content += in_.substr(line_end + 2, size);
            in_.erase(0, line_end + 4 + size);
            if (size == 0) return reply;
        }
    }
    if (reply.header("Content-Length").empty()) {
        while (more()) {
        }
        reply.content = std::exchange(in_, {});
        return reply;
    }
    const auto length = static_cast<std::size_t>(std::stoul(reply.header("Content-Length")));
    while (in_.size() < length && more()) {
    }
    reply.content = in_.substr(0, length);
    in_.erase(0, length);
    return reply;
}

void SlowClients::begin(std::string_view bytes) {
    clients_.push_back(std::make_unique<Wire>(port_));
    clients_.back()->send(bytes);
}

int SlowClients::begin_until(int refused, std::string_view bytes, const std::function<int()>& another) {
    int status = 0;
    for (int tries = 0; tries < 200 && status != refused; ++tries) {
        begin(bytes);
        status = another();
    }
    return status;
}

Caller caller_of_token(const api::Credentials& credentials) {
    using Kind = Caller::Kind;
    Caller caller;
    caller.csrf_token = "csrf-" + std::string(credentials.token);
    caller.name = credentials.token;
    const auto admin = [&](std::int64_t id, Role role) {
        caller.kind = Kind::admin;
        caller.id = id;
        caller.role = role;
    };
    if (credentials.token == "owner") {
        admin(1, Role::owner);
    } else if (credentials.token == "staff") {
        admin(2, Role::staff);
    } else if (credentials.token == "viewer") {
        admin(3, Role::viewer);
    } else if (credentials.token == "customer") {
        caller.kind = Kind::customer;
        caller.id = 4;
    } else if (credentials.token == "capability") {
        caller.kind = Kind::capability;
        caller.capability_hash = "hash";
    } else if (credentials.token == "key") {
        caller.kind = Kind::api_key;
        caller.id = 5;
        caller.role = Role::staff;
    } else {
        throw Refusal(kUnauthenticated, "the token is not known");
    }
    return caller;
}

namespace {

/// Gives a client five minutes wherever a test does not say how long it has: a stalled machine is not what it looks for.
void give_time(wire::Deadlines& deadlines) {
    constexpr wire::Milliseconds kLong{300'000};
    const wire::Deadlines usual;
    for (const auto which : {&wire::Deadlines::idle, &wire::Deadlines::head, &wire::Deadlines::body,
                             &wire::Deadlines::body_begins, &wire::Deadlines::write}) {
        if (deadlines.*which == usual.*which) {
            deadlines.*which = kLong;
        }
    }
}

}  // namespace

Desk::Desk(const AddRoutes& add_routes, api::Config config, bool access_log)
    : folder_(std::filesystem::temp_directory_path() / ("orderd-desk-" + to_hex(random_bytes(8)))) {
    std::filesystem::create_directories(folder_);
    storage::Store::Options options;
    options.make_new = [](storage::Transaction&) {};
    store = std::make_unique<storage::Store>(folder_, std::move(options));
    api::RouteTable routes;
    if (add_routes) {
        add_routes(routes);
    }
    config.port = 0;
    config.access_log = access_log;
    give_time(config.deadlines);
    log::set_level(log::Level::info);  // another test of this process may have set another
    server = std::make_unique<api::Server>(std::move(routes), *store, clock, caller_of_token, std::move(config));
    port_ = server->bind();
    server->start();
}

Desk::~Desk() {
    server.reset();
    store.reset();
    std::filesystem::remove_all(folder_);
}

WireReply Desk::ask(std::string_view method, std::string_view target, std::string_view headers, std::string_view body) {
    Wire wire(port_);
    wire.send(fmt::format("{} {} HTTP/1.1\r\nHost: desk\r\nConnection: close\r\n{}{}\r\n{}", method, target, headers,
                          body.empty() ? "" : fmt::format("Content-Length: {}\r\n", body.size()), body));
    auto reply = wire.reply(method == "HEAD");
    if (reply.header("Content-Type") == "application/problem+json" && !reply.content.empty()) {
        tests::check_problem(server->routes(), method, target, reply.json());
    }
    return reply;
}

WireReply Desk::get(std::string_view target, std::string_view headers) { return ask("GET", target, headers); }

WireReply Desk::post(std::string_view target, std::string_view json, std::string_view headers) {
    return ask("POST", target, fmt::format("Content-Type: application/json\r\n{}", headers), json);
}

}  // namespace orderd::tests
