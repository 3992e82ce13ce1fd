#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/request_parts.h"
#include "base/address.h"
#include "wire/connection.h"
#include "wire/head.h"
#include "wire/places.h"
#include "wire/workers.h"

namespace orderd::api {

/// One request and its answer, processed by one thread.
struct Exchange {
    wire::Connection& connection;
    std::size_t row;  ///< index in the route table, or Metrics::no_route()
    const wire::Head& head = connection.head();
    wire::Instant begun = std::chrono::steady_clock::now();
    std::string request_id = {};
    Origin origin = {};
    std::string rate_policy = {};  ///< as the fields RateLimit-Policy and RateLimit; empty: no limit counts it
    std::string rate_left = {};
    bool is_over_rate = false;                       ///< its answer is held
    std::optional<wire::Workers::Place> place = {};  ///< of a stranger, see wire::Workers

    // Set once the request is admitted. They live until the answer is sent, since a stream may use its request.
    std::vector<Fault> faults = {};  ///< of the query; reported together with those of the body
    std::optional<Request::Parts> parts = {};
    std::optional<Request> request = {};
    std::optional<std::uint64_t> stored_before = {};  ///< by this thread, when the handler began (storage::Writer)

    bool answered = false;  ///< whether `answer` is set
    Answer answer = {};
    std::string printed = {};  ///< the answer's JSON
    std::string_view content = {};
    bool keep_alive = false;
    std::optional<wire::Places::Place> stream_place = {};

    /// Whether its answer is a stream of what happens, not a long export.
    bool is_live() const { return answer.content_type.starts_with("text/event-stream"); }
};

}  // namespace orderd::api
