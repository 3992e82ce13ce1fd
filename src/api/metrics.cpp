#include "api/metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace orderd::api {

Metrics::Metrics(std::size_t routes) : counts_(routes + 1) {}

void Metrics::count(std::size_t route, int status, double seconds) {
    auto& counts = counts_[route];
    const auto bucket = std::lower_bound(kBounds.begin(), kBounds.end(), seconds) - kBounds.begin();
    counts.durations[static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
    counts.microseconds.fetch_add(static_cast<std::uint64_t>(seconds * 1e6), std::memory_order_relaxed);
    counts.by_status[static_cast<std::size_t>(std::clamp(status, 200, 599) - 200)].fetch_add(1,
                                                                                             std::memory_order_relaxed);
}

void Metrics::add(std::string name, std::string help, Type type, std::function<double()> value) {
    const MutexLock lock(mutex_);
    figures_.push_back({std::move(name), std::move(help), type, std::move(value)});
}

std::string Metrics::text(const RouteTable& table) const {
    std::string out;
    const auto to = std::back_inserter(out);
    const auto labels = [&](std::size_t route) {
        return route == no_route() ? std::string(R"(method="other",route="none")")
                                   : fmt::format(R"(method="{}",route="{}")", table.rows()[route].route.method,
                                                 table.rows()[route].route.path);
    };
    out +=
        "# HELP orderd_http_requests_total Requests that were answered.\n# TYPE orderd_http_requests_total counter\n";
    for (std::size_t route = 0; route < counts_.size(); ++route) {
        for (std::size_t status = 0; status < counts_[route].by_status.size(); ++status) {
            if (const auto number = counts_[route].by_status[status].load(std::memory_order_relaxed); number > 0) {
                fmt::format_to(to, "orderd_http_requests_total{{{},status=\"{}\"}} {}\n", labels(route), status + 200,
                               number);
            }
        }
    }
    out +=
        "# HELP orderd_http_request_seconds Time from a request's head to the end of its answer.\n"
        "# TYPE orderd_http_request_seconds histogram\n";
    for (std::size_t route = 0; route < counts_.size(); ++route) {
        const auto& counts = counts_[route];
        std::array<std::uint64_t, kBounds.size() + 1> numbers{};
        std::uint64_t all = 0;
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            numbers[i] = counts.durations[i].load(std::memory_order_relaxed);
            all += numbers[i];
        }
        if (all == 0) {
            continue;
        }
        std::uint64_t below = 0;
        for (std::size_t i = 0; i < kBounds.size(); ++i) {
            below += numbers[i];
            fmt::format_to(to, "orderd_http_request_seconds_bucket{{{},le=\"{}\"}} {}\n", labels(route), kBounds[i],
                           below);
        }
        fmt::format_to(to, "orderd_http_request_seconds_bucket{{{},le=\"+Inf\"}} {}\n", labels(route), all);
        fmt::format_to(to, "orderd_http_request_seconds_sum{{{}}} {}\n", labels(route),
                       static_cast<double>(counts.microseconds.load(std::memory_order_relaxed)) / 1e6);
        fmt::format_to(to, "orderd_http_request_seconds_count{{{}}} {}\n", labels(route), all);
    }
    const MutexLock lock(mutex_);
    for (const auto& figure : figures_) {
        fmt::format_to(to, "# HELP {0} {1}\n# TYPE {0} {2}\n{0} {3}\n", figure.name, figure.help,
                       figure.type == Type::gauge ? "gauge" : "counter", figure.value());
    }
    return out;
}

}  // namespace orderd::api
