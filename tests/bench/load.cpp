// A lean HTTP load client: one thread, one epoll, keep-alive connections, requests that were printed before the clock
// starts. Asks, waits for the answer, asks again on each connection; prints one line of JSON.
//
//   bench_load --port P --orders N --products M [--first G]   places N orders, each of two of the products 1 to M
//   bench_load --port P --count N --paths FILE [--token T]    asks for the paths of a file, line by line, over and over
//
// --connections C (64 without it), --forever: until SIGTERM.

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/made_up.h"
#include "base/json.h"

namespace orderd::bench {

namespace {

using std::chrono::steady_clock;

volatile sig_atomic_t interrupted = 0;

struct Options {
    int port = 0;
    int connections = 64;
    std::uint64_t orders = 0;
    std::uint64_t products = 0;
    std::uint64_t first_guest = 0;
    std::string paths;
    std::string token;
    std::uint64_t count = 0;
    bool forever = false;
};

std::string order_request(const Options& options, std::uint64_t n) {
    const auto text = app::made_up_order(n, options.first_guest, options.products).dump();
    return fmt::format(
        "POST /orders HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\nIdempotency-Key: "
        "bench-{}-{}\r\n"
        "Content-Length: {}\r\n\r\n{}",
        options.port, options.first_guest, n, text.size(), text);
}

std::vector<std::string> print_requests(const Options& options) {
    std::vector<std::string> requests;
    for (std::uint64_t n = 0; n < options.orders; ++n) {
        requests.push_back(order_request(options, n));
    }
    std::ifstream paths(options.paths);
    const auto credentials = options.token.empty() ? "" : fmt::format("Authorization: Bearer {}\r\n", options.token);
    for (std::string path; std::getline(paths, path);) {
        requests.push_back(
            fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{}\r\n", path, options.port, credentials));
    }
    return requests;
}

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

/// One connection, which always has one request under way.
struct Client {
    int socket = -1;
    std::string head;  ///< of the answer, and what came with it
    std::size_t received = 0;
    std::size_t wanted = 0;  ///< bytes of the whole answer, once its head is there
    int status = 0;
    std::size_t request = 0;
    steady_clock::time_point asked;
};

/// The number behind a header's name in an answer's head, or 0. The names are looked for as servers write them.
std::size_t header_number(std::string_view head, std::string_view name) {
    const auto at = head.find(name);
    std::size_t number = 0;
    if (at != std::string_view::npos) {
        const auto* begin = head.data() + at + name.size();
        std::from_chars(begin, head.data() + head.size(), number);
    }
    return number;
}

class Load {
public:
    explicit Load(const Options& options)
        : options_(options), requests_(print_requests(options)), epoll_(::epoll_create1(0)) {
        if (requests_.empty()) {
            throw std::runtime_error("there is nothing to ask");
        }
        total_ = options.orders > 0 ? options.orders : options.count;
        latencies_.reserve(total_);
        clients_.resize(static_cast<std::size_t>(options.connections));
        for (std::size_t i = 0; i < clients_.size(); ++i) {
            connect(i);
        }
    }
    Load(const Load&) = delete;
    Load& operator=(const Load&) = delete;
    ~Load() {
        for (const auto& client : clients_) {
            ::close(client.socket);
        }
        ::close(epoll_);
    }

    void run() {
        began_ = steady_clock::now();
        for (auto& client : clients_) {
            ask(client);
        }
        std::array<epoll_event, 64> events{};
        while (under_way_ > 0 && interrupted == 0) {
            const int ready = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 10'000);
            if (ready == 0) {
                throw std::runtime_error("no answer came for 10 seconds");
            }
            for (int i = 0; i < ready; ++i) {
                readable(events.at(static_cast<std::size_t>(i)).data.u64);
            }
        }
        took_ = steady_clock::now() - began_;
    }

    Json result() {
        std::sort(latencies_.begin(), latencies_.end());
        const double seconds = took_.count();
        return {{"answers", latencies_.size()},
                {"seconds", seconds},
                {"rate", static_cast<double>(latencies_.size()) / seconds},
                {"p50_ms", percentile(0.50)},
                {"p99_ms", percentile(0.99)},
                {"errors", errors_},
                {"reconnects", reconnects_},
                {"bytes", bytes_}};
    }

private:
    void connect(std::size_t index) {
        auto& client = clients_[index];
        client.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(options_.port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(client.socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
            fail("connect");
        }
        const int on = 1;
        ::setsockopt(client.socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = index;
        if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, client.socket, &event) != 0) {
            fail("epoll_ctl");
        }
    }

    /// Sends the next request, if there is one: it is far smaller than a socket's buffer.
    void ask(Client& client) {
        if (!options_.forever && asked_ == total_) {
            return;
        }
        client.request = asked_++ % requests_.size();
        ++under_way_;
        send(client);
    }

    void send(Client& client) {
        const auto& request = requests_[client.request];
        client.head.clear();
        client.received = 0;
        client.wanted = 0;
        client.asked = steady_clock::now();
        if (::send(client.socket, request.data(), request.size(), MSG_NOSIGNAL) !=
            static_cast<ssize_t>(request.size())) {
            fail("send");
        }
    }

    void readable(std::size_t index) {
        auto& client = clients_[index];
        std::array<char, 64 * 1024> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init)
        const auto got = ::recv(client.socket, buffer.data(), buffer.size(), 0);
        if (got <= 0) {
            reconnect(index);
            return;
        }
        client.received += static_cast<std::size_t>(got);
        if (client.wanted == 0) {
            client.head.append(buffer.data(), static_cast<std::size_t>(got));
            const auto end = client.head.find("\r\n\r\n");
            if (end == std::string::npos) {
                return;
            }
            const auto head = std::string_view(client.head).substr(0, end);
            client.status = static_cast<int>(header_number(head, "HTTP/1.1 "));
            // As cpp-httplib and orderd write the name, or as Node.js does.
            const auto length = header_number(head, "\r\nContent-Length: ");
            client.wanted = end + 4 + (length > 0 ? length : header_number(head, "\r\ncontent-length: "));
        }
        if (client.received < client.wanted) {
            return;
        }
        const std::chrono::duration<double, std::milli> took = steady_clock::now() - client.asked;
        latencies_.push_back(took.count());
        if (client.status < 200 || client.status > 299) {
            ++errors_;
        }
        bytes_ += client.received;
        --under_way_;
        ask(client);
    }

    /// A server may end a connection between two requests: the one under way is asked again on a new one.
    void reconnect(std::size_t index) {
        ++reconnects_;
        ::close(clients_[index].socket);
        connect(index);
        send(clients_[index]);
    }

    double percentile(double part) const {
        return latencies_.empty()
                   ? 0
                   : latencies_[static_cast<std::size_t>(static_cast<double>(latencies_.size() - 1) * part)];
    }

    // constant after construction
    const Options& options_;
    std::vector<std::string> requests_;
    std::uint64_t total_ = 0;

    int epoll_;
    std::vector<Client> clients_;
    std::uint64_t asked_ = 0;
    std::uint64_t under_way_ = 0;
    std::uint64_t errors_ = 0;
    std::uint64_t reconnects_ = 0;
    std::uint64_t bytes_ = 0;
    std::vector<double> latencies_;
    steady_clock::time_point began_;
    std::chrono::duration<double> took_{};
};

}  // namespace

}  // namespace orderd::bench

int main(int argc, char** argv) {
    orderd::bench::Options options;
    CLI::App line("A lean HTTP load client");
    line.add_option("--port", options.port)->required();
    line.add_option("--connections", options.connections)->check(CLI::Range(1, 4096));
    line.add_option("--orders", options.orders);
    line.add_option("--products", options.products);
    line.add_option("--first", options.first_guest);
    line.add_option("--paths", options.paths)->check(CLI::ExistingFile);
    line.add_option("--token", options.token);
    line.add_option("--count", options.count);
    line.add_flag("--forever", options.forever);
    CLI11_PARSE(line, argc, argv);
    struct sigaction end {};
    end.sa_handler = [](int) { orderd::bench::interrupted = 1; };  // and epoll_wait returns
    ::sigaction(SIGTERM, &end, nullptr);
    try {
        orderd::bench::Load load(options);
        load.run();
        std::cout << load.result().dump() << '\n';
    } catch (const std::exception& error) {
        std::cerr << "bench_load: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
