#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/idempotency.h"
#include "api/metrics.h"
#include "api/route.h"
#include "api/router.h"
#include "base/address.h"
#include "base/budgets.h"
#include "base/fair_queue.h"
#include "base/rate_limit.h"
#include "base/repeated_log.h"
#include "base/time.h"
#include "storage/store.h"
#include "wire/connection.h"
#include "wire/places.h"
#include "wire/reactor.h"
#include "wire/tls.h"
#include "wire/workers.h"

namespace orderd::api {

struct Exchange;

struct Config {
    std::string address = "127.0.0.1";
    int port = 8080;                    ///< 0: a free one
    std::vector<Network> proxies = {};  ///< whose X-Forwarded-For and -Proto count
    RateLimiter::Limits rate = {};      ///< of an address, on routes that are `limited`
    Who metrics = Who::viewer;          ///< who may read /metrics
    std::size_t connections = budget::kConnections;
    std::size_t connections_per_address = budget::kConnectionsOfAddress;  ///< but for loopback and proxies
    budget::Places live_streams = budget::kLiveStreams;
    budget::Places exports = budget::kExports;
    budget::Places bodies_of_staff = budget::kBodiesOfStaff;
    budget::Places bodies_of_strangers = budget::kBodiesOfStrangers;
    budget::Places bodies_of_webhooks = budget::kBodiesOfWebhooks;
    wire::Workers::Limits workers = {};
    wire::Deadlines deadlines = {};
    bool access_log = true;
    std::optional<wire::Tls::Files> tls = {};  ///< HTTPS in place of HTTP

    /// Beside TLS: also answers plain HTTP, by sending every request for a host of the certificate's on to https://.
    struct Redirect {
        std::string address;
        int port = 80;         ///< 0: a free one
        int https_port = 443;  ///< where it sends them to; 0: where this server listens
    };
    std::optional<Redirect> redirect = {};
};

/// The credentials of a request.
struct Credentials {
    std::string_view token;
    bool by_cookie = false;
    Time now;
};

/// Finds out whose a token is. What it returns says nothing of address and by_cookie: the server adds both.
///
/// @throws Refusal 401 for a token that is unknown, or no longer good
using Authenticate = std::function<Caller(const Credentials&)>;

/// The HTTP face of the shop: takes requests, holds them against the route table, runs the handlers, and answers.
///
/// Connections are our own, and cpp-httplib is the client alone. With its server an idle client holds a thread that is
/// woken a hundred times a second, a slow one holds it for as long as it sends a byte now and then, and one that goes
/// away before it was accepted ends the accepting. It reads heads and chunks leniently, too.
class Server {
public:
    /// Everything handed in outlives the server. Its own routes (health, metrics, documentation) are added to `routes`.
    ///
    /// @throws std::runtime_error for an invalid certificate or key
    Server(RouteTable routes, storage::Store& store, const Clock& clock, Authenticate authenticate, Config config);
    ~Server();  ///< drains

    /// @returns the port
    /// @throws std::system_error when the address is not there, or the port is in use
    int bind();
    int redirect_port() const { return redirect_port_; }  ///< 0 without Config::redirect

    /// The certificate, or null if HTTP is spoken.
    wire::Tls* tls() { return tls_.get(); }

    void start();  ///< answers, on its own threads, until drain()

    /// Answers one request, on this thread: `request` is its bytes as they come over a connection, and what is returned
    /// those that go back. For a shop without threads; neither is so long that a socket's buffers cannot hold it.
    ///
    /// @throws Refusal for bytes that are not a request
    std::string answer(std::string_view request, const std::string& address = "127.0.0.1");

    /// Accepts nothing more, answers the requests under way, ends the streams. Connections that are not done in time
    /// are cut. Safe to call twice.
    void drain(wire::Milliseconds at_most = wire::Milliseconds{5000});

    bool draining() const { return draining_.load(std::memory_order_relaxed); }

    /// Further figures for /metrics. Before start().
    Metrics& metrics() { return metrics_; }

    /// What /readyz asks besides whether the database can be read; an empty text says that all is well. Before start().
    void ready_when(std::function<std::string()> trouble) { trouble_ = std::move(trouble); }

    /// What browsers are shown in place of problem documents. Before start(); without it they get those, as programs
    /// do.
    using ProblemPage = std::function<Answer(const Answer& problem, std::string_view path)>;
    void show_problems_as(ProblemPage page) { problem_page_ = std::move(page); }
    /// Told, once, that a peer on this machine sends X-Forwarded-For and is not configured as a proxy. Before start().
    void on_unconfigured_proxy(std::function<void()> tell) { tell_of_proxy_ = std::move(tell); }

    const RouteTable& routes() const { return routes_; }

private:
    RouteTable with_own_routes(RouteTable routes);
    void add_figures();

    // connections
    void accepted(int socket, std::string address, wire::Door door);
    void readable(std::unique_ptr<wire::Connection> connection);
    void overdue(std::unique_ptr<wire::Connection> connection);
    void serve(std::unique_ptr<wire::Connection> connection, std::optional<wire::Workers::Place> place);
    bool has_room_for(const wire::Connection& newcomer);
    bool is_of_many(const std::string& address) const;

    // one request, step by step: see answering.cpp and transfer.cpp
    bool answer_next(wire::Connection& connection);
    void take_body(Exchange& exchange);
    bool give(Exchange& exchange);
    bool give_stream(Exchange& exchange);
    void admit(Exchange& exchange);
    void handle(Exchange& exchange, std::string body);
    void read_json(Exchange& exchange);
    void refuse(Exchange& exchange, const std::exception_ptr& why);
    void settle(Exchange& exchange);
    void show_as_page(Exchange& exchange) const;
    Answer sent_on(const wire::Head& head) const;
    void admit_to_row(Exchange& exchange, Router::Match& match);
    Caller caller_of(const wire::Head& head, const Origin& origin, Who who, Time now) const;
    bool may_still_call(const Exchange& exchange) const;
    void limit_rate(const Exchange& exchange);
    void notice_proxy(const Exchange& exchange);
    void find_place(Exchange& exchange);
    wire::Party party_of(const Exchange& exchange) const;
    wire::Places& body_places(const Exchange& exchange);
    bool take_stream_place(Exchange& exchange);
    std::string_view cache_control(const Exchange& exchange) const;
    void account_for(const Exchange& exchange);

    // constant after construction
    const Config config_;
    storage::Store& store_;
    const Clock& clock_;
    const Authenticate authenticate_;
    const RouteTable routes_;
    const Router router_;
    std::function<std::string()> trouble_;
    ProblemPage problem_page_;
    std::function<void()> tell_of_proxy_;
    const std::unique_ptr<wire::Tls> tls_;
    const std::size_t most_connections_;
    int port_ = 0;
    int redirect_port_ = 0;

    Metrics metrics_;
    RateLimiter rate_;
    RateLimiter site_rate_;
    KeysUnderWay keys_under_way_;
    wire::Connections connections_;
    std::atomic<bool> draining_ = false;
    std::atomic<bool> proxy_noticed_ = false;
    wire::Places live_streams_;
    wire::Places exports_;
    wire::Places bodies_of_staff_;
    wire::Places bodies_of_strangers_;
    wire::Places bodies_of_webhooks_;
    FairQueue long_json_{{.at_once = budget::kLongJsonAtOnce,
                          .waiting = budget::kLongJsonWaiting,
                          .waiting_of_address = budget::kLongJsonWaitingOfAddress,
                          .waiting_known = budget::kLongJsonWaitingKnown}};
    log::RepeatedLine outside_failures_;

    wire::Workers workers_;
    wire::Reactor reactor_;
};

}  // namespace orderd::api
