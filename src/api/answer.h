#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"

namespace orderd::api {

/// Sends a piece of a stream. An empty piece only asks. @returns whether to go on: false once the client has gone or
/// the server drains.
using Send = std::function<bool(std::string_view piece)>;

/// What a handler answers. Build it with the functions below.
struct Answer {
    int status = 200;
    Json body = nullptr;                           ///< null: see `text`
    std::shared_ptr<const std::string> text = {};  ///< an answer that is not JSON, or JSON that was printed before
    std::string_view constant = {};                ///< likewise, of bytes that live as long as the program
    std::string content_type = "application/json";
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string etag = {};  ///< with its quotes; empty: none, or of the content's hash on a GET
    /// The member of `body` that is shown this once: an answer that is given again for its Idempotency-Key is without
    /// it.
    std::string shown_once = {};
    /// Of a page of a list that more rows follow: the sort key of its last row. The server makes the cursor and the
    /// Link header of it, and puts the cursor into `body`; a printed `text` has it from Request::cursor_after().
    std::optional<Json> page_after = {};
    /// A stream (server-sent events, a long export): called with a function that sends a piece; ends the answer by
    /// returning. Runs on the connection's thread, while the Request is still there. It holds no reader
    /// while it sends (std::logic_error): it reads a slice, gives the reader back, and sends it. One that waits for
    /// something to send asks with an empty piece at least once a second, so that a drain ends it.
    std::function<void(const Send& send)> stream = {};

    Answer&& header(std::string name, std::string value) &&;
    Answer&& shows_once(std::string member) &&;
};

std::string etag_of(std::int64_t version);  ///< version 3 is "3", quotes included

Answer ok(Json body);
Answer ok(Json body, std::int64_t version);  ///< with its ETag
Answer ok(const JsonObject& body, std::int64_t version);
/// Of more than the row that the version counts, such as its history: the ETag is the version, a hyphen, and a hash of
/// the body, so that nobody is told 304 while anything in it changed. If-Match looks at the version alone.
Answer composed(Json body, std::int64_t version);
Answer composed(const JsonObject& body, std::int64_t version);
Answer created(std::string location, Json body, std::int64_t version);  ///< 201 with Location and ETag
Answer created(std::string location, const JsonObject& body, std::int64_t version);
Answer accepted(std::string location, Json body, std::int64_t version);  ///< 202
Answer no_content();                                                     ///< 204
Answer see_other(std::string location);                                  ///< 303
/// Text that was printed before, and is shared by all who ask for it: nothing of it is copied.
Answer printed(std::shared_ptr<const std::string> text, std::string content_type, std::string etag);
/// {"data": rows, "next_cursor": …}; the Link header is added by the server. `after`: the sort key of the last row when
/// more follow, null on the last page.
Answer page(Json rows, const Json& after);

}  // namespace orderd::api
