#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "api/route.h"
#include "base/mutex.h"

namespace orderd::api {

/// The figures of /metrics, in Prometheus' text format. Counting takes no lock. Thread-safe.
class Metrics {
public:
    explicit Metrics(std::size_t routes);

    /// The index that counts requests without a route.
    std::size_t no_route() const { return counts_.size() - 1; }

    void count(std::size_t route, int status, double seconds);

    enum class Type { gauge, counter };

    /// Adds a figure of another part. Each scrape calls `value`, which must be quick and must not throw.
    /// `name`: like "orderd_jobs_waiting".
    void add(std::string name, std::string help, Type type, std::function<double()> value);

    std::string text(const RouteTable& table) const;

private:
    static constexpr std::array<double, 13> kBounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                    0.25,  0.5,    1,     2.5,  5,     10};
    static constexpr std::size_t kStatuses = 600;

    struct Route {
        std::array<std::atomic<std::uint64_t>, kBounds.size() + 1> durations{};
        std::atomic<std::uint64_t> microseconds = 0;
        std::array<std::atomic<std::uint32_t>, kStatuses - 200> by_status{};
    };

    struct Figure {
        std::string name;
        std::string help;
        Type type;
        std::function<double()> value;
    };

    std::vector<Route> counts_;  // its size is constant after construction

    mutable Mutex mutex_;
    std::vector<Figure> figures_ GUARDED_BY(mutex_);
};

}  // namespace orderd::api
