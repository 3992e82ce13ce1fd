#include "api/server.h"

#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

#include "api/problem.h"
#include "api/refusals.h"
#include "api/response.h"
#include "api/service_routes.h"
#include "base/budgets.h"
#include "base/errors.h"
#include "base/log.h"

namespace orderd::api {
namespace {

using std::chrono::steady_clock;

/// How long a worker waits for a connection's next request before it parks it: a busy client's next request
/// comes sooner, and then costs no hand-over.
constexpr wire::Milliseconds kPatience{50};

std::string overloaded() {
    const auto why = Refusal(kOverloaded, "there are too many connections just now; try again soon").retry_after(2);
    return closing_problem(why, new_request_id());
}

/// As many connections as are wanted, but no more than the system's limit of open files allows. Raises that
/// limit if possible.
std::size_t connections_that_fit(std::size_t wanted) {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur == RLIM_INFINITY) {
        return wanted;
    }
    const auto needed = static_cast<rlim_t>(wanted + budget::kDescriptorsAside);
    if (files.rlim_cur < needed) {
        files.rlim_cur = files.rlim_max == RLIM_INFINITY ? needed : std::min(needed, files.rlim_max);
        if (::setrlimit(RLIMIT_NOFILE, &files) != 0) {
            ::getrlimit(RLIMIT_NOFILE, &files);
        }
    }
    if (files.rlim_cur >= needed) {
        return wanted;
    }
    const auto fit = files.rlim_cur > 2 * budget::kDescriptorsAside ? files.rlim_cur - budget::kDescriptorsAside
                                                                    : files.rlim_cur / 2;
    log::warning("the system lets fewer connections be open than are configured",
                 {{"configured", wanted}, {"open", static_cast<std::size_t>(fit)}});
    return static_cast<std::size_t>(fit);
}

RateLimiter::Limits of_site(RateLimiter::Limits limits) {
    limits.per_minute *= static_cast<double>(budget::kAddressesOfSite);
    limits.at_once *= static_cast<double>(budget::kAddressesOfSite);
    return limits;
}

}  // namespace

Server::Server(RouteTable routes, storage::Store& store, const Clock& clock, Authenticate authenticate, Config config)
    : config_(std::move(config)),
      store_(store),
      clock_(clock),
      authenticate_(std::move(authenticate)),
      routes_(with_own_routes(std::move(routes))),
      router_(routes_),
      tls_(config_.tls ? std::make_unique<wire::Tls>(*config_.tls) : nullptr),
      most_connections_(connections_that_fit(config_.connections)),
      metrics_(routes_.rows().size()),
      rate_(config_.rate),
      site_rate_(of_site(config_.rate)),
      live_streams_(config_.live_streams),
      exports_(config_.exports),
      bodies_of_staff_(config_.bodies_of_staff),
      bodies_of_strangers_(config_.bodies_of_strangers),
      bodies_of_webhooks_(config_.bodies_of_webhooks),
      workers_(config_.workers,
               [this](std::unique_ptr<wire::Connection> connection, std::optional<wire::Workers::Place> place) {
                   serve(std::move(connection), std::move(place));
               }),
      reactor_({.accepted = [this](int socket, std::string address,
                                   wire::Door door) { accepted(socket, std::move(address), door); },
                .readable = [this](std::unique_ptr<wire::Connection> connection) { readable(std::move(connection)); },
                .overdue = [this](std::unique_ptr<wire::Connection> connection) { overdue(std::move(connection)); }}) {
    ::signal(SIGPIPE, SIG_IGN);  // writing to a client that has gone returns an error instead
    add_figures();
}

Server::~Server() { drain(); }

RouteTable Server::with_own_routes(RouteTable routes) {
    const auto trouble = [this]() -> std::string {
        if (draining()) {
            return "it is stopping";
        }
        store_.read().value<std::int64_t>("SELECT 1");
        return trouble_ ? trouble_() : "";
    };
    add_service_routes(routes, {.trouble = trouble,
                                .metrics = [this] { return metrics_.text(routes_); },
                                .may_read_metrics = config_.metrics});
    return routes;
}

void Server::add_figures() {
    const auto gauge = [this](std::string name, std::string help, auto value) {
        metrics_.add(std::move(name), std::move(help), Metrics::Type::gauge,
                     [value] { return static_cast<double>(value()); });
    };
    const auto counter = [this](std::string name, std::string help, auto value) {
        metrics_.add(std::move(name), std::move(help), Metrics::Type::counter,
                     [value] { return static_cast<double>(value()); });
    };
    gauge("orderd_http_connections", "Connections that are open.", [this] { return connections_.count(); });
    gauge("orderd_http_connections_parked", "Connections that are idle, and hold no thread.",
          [this] { return reactor_.parked(); });
    gauge("orderd_http_connections_waiting", "Connections that wait for a thread.",
          [this] { return workers_.figures().waiting; });
    gauge("orderd_http_streams", "Streams that are open.", [this] { return live_streams_.taken() + exports_.taken(); });
    gauge("orderd_http_strangers_waiting", "Requests without credentials that wait for a thread.",
          [this] { return workers_.figures().strangers_waiting; });
    gauge("orderd_http_unconfigured_proxy",
          "1: a peer on this machine sends X-Forwarded-For, and is not in trusted-proxy.",
          [this] { return proxy_noticed_.load() ? 1 : 0; });
    gauge("orderd_http_workers", "Threads that answer requests.", [this] { return workers_.figures().threads; });
    gauge("orderd_http_workers_busy", "Threads that have a connection.", [this] { return workers_.figures().busy; });
    counter("orderd_writer_commits_total", "Transactions that were committed.",
            [this] { return store_.writer().figures().commits; });
    counter("orderd_writer_mutations_total", "Mutations that were committed.",
            [this] { return store_.writer().figures().mutations; });
    gauge("orderd_writer_waiting", "Mutations that wait for the writer.",
          [this] { return store_.writer().figures().waiting; });
}

int Server::bind() {
    port_ = reactor_.bind(config_.address, config_.port);
    if (config_.redirect) {
        redirect_port_ = reactor_.bind(config_.redirect->address, config_.redirect->port, wire::Door::redirect);
    }
    return port_;
}

void Server::start() { reactor_.start(); }

void Server::drain(wire::Milliseconds at_most) {
    draining_ = true;
    reactor_.stop();
    if (!workers_.stop(steady_clock::now() + at_most)) {
        log::warning("connections were cut, since they were not done in time", {{"connections", connections_.count()}});
        connections_.shut_down_all();
        workers_.stop(wire::Instant::max());
    }
}

std::string Server::answer(std::string_view request, const std::string& address) {
    constexpr int kRoom = 1 << 20;  // bytes; the system gives as much of it as it likes
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) != 0) {
        throw std::system_error(errno, std::generic_category(), "no pair of sockets");
    }
    for (const int end : ends) {
        ::setsockopt(end, SOL_SOCKET, SO_SNDBUF, &kRoom, sizeof kRoom);
    }
    const auto close = [](const int* socket) { ::close(*socket); };
    const std::unique_ptr<const int, decltype(close)> client(ends.data(), close);
    auto connection = std::make_unique<wire::Connection>(ends[1], address, config_.deadlines, connections_);
    std::optional<wire::Workers::Place> place;
    if (::send(*client, request.data(), request.size(), MSG_DONTWAIT) == static_cast<ssize_t>(request.size()) &&
        connection->await_request(wire::Milliseconds{0}) == wire::Connection::Arrival::request) {
        if (!connection->framing().has_credentials) {
            workers_.take_place(place);
        }
        answer_next(*connection);
        connection->release();
    }
    connection.reset();
    std::string all;
    std::array<char, 16 * 1024> piece{};
    for (ssize_t got = 0; (got = ::read(*client, piece.data(), piece.size())) > 0;) {
        all.append(piece.data(), static_cast<std::size_t>(got));
    }
    return all;
}

bool Server::is_of_many(const std::string& address) const {
    const auto parsed = IpAddress::parse(address);
    const auto is_proxy = [&](const Network& network) { return network.contains(*parsed); };
    return parsed && (parsed->loopback() || std::any_of(config_.proxies.begin(), config_.proxies.end(), is_proxy));
}

/// Called on the reactor's thread. Makes room if there is none.
bool Server::has_room_for(const wire::Connection& newcomer) {
    if (!is_of_many(newcomer.address())) {
        const auto held = connections_.held(newcomer.holder());
        if (held.by_address > config_.connections_per_address ||
            held.by_site > budget::kAddressesOfSite * config_.connections_per_address) {
            return false;
        }
    }
    return connections_.count() <= most_connections_ ||
           reactor_.let_go([&](const auto& parked) { return connections_.one_to_end(parked, newcomer.holder()); });
}

void Server::accepted(int socket, std::string address, wire::Door door) {
    auto connection =
        std::make_unique<wire::Connection>(socket, std::move(address), config_.deadlines, connections_, door,
                                           tls_ && door == wire::Door::shop ? tls_->accept(socket) : nullptr);
    if (has_room_for(*connection)) {
        readable(std::move(connection));
    } else {
        connection->refuse(overloaded());
    }
}

void Server::readable(std::unique_ptr<wire::Connection> connection) {
    if (!workers_.enqueue(connection)) {
        connection->refuse(overloaded());
    }
}

void Server::overdue(std::unique_ptr<wire::Connection> connection) {
    if (connection->request_begun()) {
        connection->refuse(closing_problem({kRequestTimeout, "the request did not come in time"}, new_request_id()));
    }
}

/// @param place  set if a stranger's request on the connection waited for it
void Server::serve(std::unique_ptr<wire::Connection> connection, std::optional<wire::Workers::Place> place) {
    try {
        bool goes_on = !connection->is_held() || connection->release();
        while (goes_on) {
            const auto patience = draining() || workers_.pressed() ? wire::Milliseconds{0} : kPatience;
            const auto arrival = connection->await_request(patience);
            if (arrival == wire::Connection::Arrival::gone) {
                return;
            }
            if (arrival == wire::Connection::Arrival::not_yet) {
                if (!draining()) {
                    reactor_.park(std::move(connection));
                }
                return;
            }
            if (!place && !connection->framing().has_credentials) {
                workers_.take_place(place);
                if (!place) {
                    if (!workers_.wait_for_place(connection)) {
                        connection->refuse(overloaded());
                    }
                    return;
                }
            }
            goes_on = answer_next(*connection);
            place.reset();
            if (connection->is_held()) {
                if (!draining()) {
                    reactor_.park(std::move(connection));
                    return;
                }
                goes_on = connection->release();
            }
        }
        connection->close_gently();
    } catch (const Refusal& unreadable) {
        const auto answer = closing_problem(unreadable, new_request_id());
        connection->write(answer);
        connection->flush();
        metrics_.count(metrics_.no_route(), unreadable.status(), 0);
        connection->close_gently();
    } catch (const std::exception& defect) {
        log::error("a connection was dropped", {{"error", defect.what()}});
    }
}

}  // namespace orderd::api
