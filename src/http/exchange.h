#pragma once

#include <atomic>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "http/address.h"
#include "http/connection.h"
#include "http/head.h"
#include "http/request_parts.h"

namespace orderd::http {

/// A place among so many that may be taken at once: by streams, by bodies.
class Slot {
public:
    Slot(std::atomic<std::size_t>& taken, std::size_t most) : taken_(taken), free_(taken.fetch_add(1) < most) {}
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;
    ~Slot() { taken_.fetch_sub(1); }

    bool free() const { return free_; }

private:
    std::atomic<std::size_t>& taken_;
    const bool free_;
};

/// One request and its answer, under way on one thread.
struct Exchange {
    Connection& connection;
    std::size_t row;  ///< in the table, or Metrics::no_route()
    Instant begun = std::chrono::steady_clock::now();
    std::string request_id = {};
    Origin origin = {};
    std::optional<Head> head = {};  ///< once the library has read it
    std::string accept_encoding = {};

    // Once it is admitted. They stay for as long as the answer is sent, since a stream may use its request.
    bool admitted = false;           ///< what its head says was held against its route
    std::vector<Fault> faults = {};  ///< of the query: told with those of the body
    std::optional<Request::Parts> parts = {};
    std::optional<Request> request = {};

    bool answered = false;  ///< `answer` is there
    Answer answer = {};
    std::string printed = {};  ///< the answer's JSON
    std::string_view content = {};
    bool keep_alive = false;
    std::optional<Slot> stream_slot = {};
};

}  // namespace orderd::http
