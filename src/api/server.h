#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/cross_origin.h"
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
    std::vector<Network> proxies = {};  ///< whose X-Forwarded-For and -Proto are trusted
    RateLimiter::Limits rate = {};      ///< per address, on `limited` routes
    Who metrics = Who::viewer;          ///< who may read /metrics
    std::size_t connections = budget::kConnections;
    std::size_t connections_per_address = budget::kConnectionsOfAddress;  ///< except loopback and proxies
    budget::Places live_streams = budget::kLiveStreams;
    budget::Places exports = budget::kExports;
    budget::Places bodies_of_staff = budget::kBodiesOfStaff;
    budget::Places bodies_of_strangers = budget::kBodiesOfStrangers;
    budget::Places bodies_of_webhooks = budget::kBodiesOfWebhooks;
    wire::Workers::Limits workers = {};
    wire::Deadlines deadlines = {};
    bool access_log = true;
    std::optional<wire::Tls::Files> tls = {};  ///< HTTPS instead of HTTP

    /// Beside TLS: also answers plain HTTP, by redirecting every request for a host of the certificate to https://.
    struct Redirect {
        std::string address;
        int port = 80;         ///< 0: a free one
        int https_port = 443;  ///< the target; 0: this server's own port
    };
    std::optional<Redirect> redirect = {};
};

/// The credentials of a request.
struct Credentials {
    std::string_view token;
    bool by_cookie = false;
    Time now;
};

/// Finds the caller that a token belongs to. The server adds address and by_cookie to the result.
///
/// @throws Refusal 401 for a token that is unknown or no longer valid
using Authenticate = std::function<Caller(const Credentials&)>;

/// The shop's HTTP server: receives requests, checks them against the route table, runs the handlers, and answers.
///
/// It has its own connections; cpp-httplib is used only as the client. In cpp-httplib's server an idle client occupies
/// a thread that wakes a hundred times a second, a slow client keeps it by sending single bytes, and a client that
/// disconnects before it is accepted ends the accept loop. It also parses heads and chunks leniently.
class Server {
public:
    /// All references outlive the server. It adds its own routes (health, metrics) to `routes`.
    ///
    /// @throws std::runtime_error for an invalid certificate or key
    Server(RouteTable routes, storage::Store& store, const Clock& clock, Authenticate authenticate, Config config);
    ~Server();  ///< drains

    /// @returns the port
    /// @throws std::system_error if the address is not available, or the port is in use
    int bind();
    int redirect_port() const { return redirect_port_; }  ///< 0 without Config::redirect

    /// The server's TLS; null if it speaks plain HTTP.
    wire::Tls* tls() { return tls_.get(); }

    void start();  ///< answers, on its own threads, until drain()

    /// Answers one request on this thread: `request` is its bytes as they come over a connection, and the result those
    /// that go back. For a shop without threads. Both must fit into a socket's buffers.
    ///
    /// @throws Refusal for bytes that are not a request
    std::string answer(std::string_view request, const std::string& address = "127.0.0.1");

    /// Stops accepting, answers the running requests, and ends the streams. Connections that are not done in
    /// time are cut. Safe to call twice.
    void drain(wire::Milliseconds at_most = wire::Milliseconds{5000});

    bool draining() const { return draining_.load(std::memory_order_relaxed); }

    /// Further figures for /metrics. Before start().
    Metrics& metrics() { return metrics_; }

    /// A further check of /readyz, besides reading the database. An empty text means ready. Before start().
    void ready_when(std::function<std::string()> trouble) { trouble_ = std::move(trouble); }

    /// The page that browsers get instead of problem documents. Before start(). Without it they get the documents.
    using ProblemPage = std::function<Answer(const Answer& problem, const wire::Head& head)>;
    void show_problems_as(ProblemPage page) { problem_page_ = std::move(page); }
    /// What is made at the beginning of each request lives until its handler has returned. Before start().
    void hold_meanwhile(std::function<std::shared_ptr<void>()> make) { held_meanwhile_ = std::move(make); }

    /// Called once if a peer on this machine sends X-Forwarded-For but is not configured as a proxy. Before start().
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

    // one request, step by step: see admitting.cpp, answering.cpp and transfer.cpp
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
    void answer_preflight(Exchange& exchange);
    void admit_to_row(Exchange& exchange, Router::Match& match);
    Caller caller_of(const wire::Head& head, const Origin& origin, Who who, Time now) const;
    bool may_still_call(const Exchange& exchange) const;
    void limit_rate(Exchange& exchange);
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
    std::function<std::shared_ptr<void>()> held_meanwhile_;
    std::function<void()> tell_of_proxy_;
    const std::unique_ptr<wire::Tls> tls_;
    const std::size_t most_connections_;
    int port_ = 0;
    int redirect_port_ = 0;

    Metrics metrics_;
    RateLimiter rate_;
    RateLimiter site_rate_;
    KeysUnderWay keys_under_way_;
    CrossOrigin cross_origin_{store_};
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
