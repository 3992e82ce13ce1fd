#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"

namespace orderd::http {

/// What a handler answers. Build it with the functions below.
struct Answer {
    int status = 200;
    Json body = nullptr;                              ///< null: see `text`
    std::shared_ptr<const std::string> text = {};     ///< an answer that is not JSON, or JSON that was printed before
    std::string content_type = "application/json";
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string etag = {};                            ///< with its quotes; empty: none, or of the body's hash on a GET
    /// A stream (server-sent events, a long export): called with a function that sends a piece and says whether the
    /// client is still there; ends the answer by returning. Runs on the connection's thread.
    std::function<void(const std::function<bool(std::string_view)>& send)> stream = {};

    Answer&& header(std::string name, std::string value) &&;
};

std::string etag_of(std::int64_t version);  ///< version 3 is "3", quotes included

Answer ok(Json body);
Answer ok(Json body, std::int64_t version);                                   ///< with its ETag
Answer created(std::string location, Json body, std::int64_t version);       ///< 201 with Location and ETag
Answer accepted(std::string location, Json body, std::int64_t version);      ///< 202
Answer no_content();                                                          ///< 204
/// {"data": rows, "next_cursor": …}; the Link header is added by the server. `after`: the sort key of the last row when
/// more follow, null on the last page.
Answer page(Json rows, const Json& after);

}  // namespace orderd::http
