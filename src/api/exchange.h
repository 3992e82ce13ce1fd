#pragma once

#include <cstddef>
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

/// One request and its answer, under way on one thread.
struct Exchange {
    wire::Connection& connection;
    std::size_t row;  ///< in the table, or Metrics::no_route()
    const wire::Head& head = connection.head();
    wire::Instant begun = std::chrono::steady_clock::now();
    std::string request_id = {};
    Origin origin = {};
    std::optional<wire::Workers::Place> place = {};  ///< a stranger's, see Workers

    // Once it is admitted. They stay for as long as the answer is sent, since a stream may use its request.
    std::vector<Fault> faults = {};  ///< of the query: told with those of the body
    std::optional<Request::Parts> parts = {};
    std::optional<Request> request = {};

    bool answered = false;  ///< `answer` is there
    Answer answer = {};
    std::string printed = {};  ///< the answer's JSON
    std::string_view content = {};
    bool keep_alive = false;
    std::optional<wire::Places::Place> stream_place = {};
};

}  // namespace orderd::api
