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

/// Sends a piece of a stream. An empty piece sends nothing. @returns whether to continue: false once the
/// client has gone or the server drains
using Send = std::function<bool(std::string_view piece)>;

/// A handler's answer. Build it with the functions below.
struct Answer {
    int status = 200;
    Json body = nullptr;                           ///< null: see `text`
    std::shared_ptr<const std::string> text = {};  ///< an answer that is not JSON, or JSON that is already printed
    std::string_view constant = {};                ///< likewise, if the bytes live as long as the program
    std::string content_type = "application/json";
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string etag = {};  ///< with its quotes; empty: none, or on a GET the content's hash
    /// The member of `body` that is shown only once: a repeated answer for an Idempotency-Key does not have it.
    std::string shown_once = {};
    /// If a list has more rows after this page: the sort key of the page's last row. The server makes the Link header
    /// and the cursor from it, and puts the cursor into `body`. A printed `text` gets it from Request::cursor_after().
    std::optional<Json> page_after = {};
    /// A stream (server-sent events, a long export). It is called with a function that sends a piece; the answer ends
    /// when it returns. It runs on the connection's thread, and the Request is still valid. It must not hold a reader
    /// while it sends (std::logic_error): it reads a slice, releases the reader, and sends the slice. While it has
    /// nothing to send, it must send an empty piece at least once a second, so that a drain ends it.
    std::function<void(const Send& send)> stream = {};

    Answer&& header(std::string name, std::string value) &&;
    Answer&& shows_once(std::string member) &&;
};

std::string etag_of(std::int64_t version);  ///< version 3 becomes "3", with quotes

Answer ok(Json body);
Answer ok(Json body, std::int64_t version);  ///< with its ETag
Answer ok(const JsonObject& body, std::int64_t version);
/// For an answer with more than the versioned row, such as its history. The ETag is the version, a hyphen,
/// and a hash of the body, so that a change of any part prevents a 304. If-Match compares only the version.
Answer composed(Json body, std::int64_t version);
Answer composed(const JsonObject& body, std::int64_t version);
Answer created(std::string location, Json body, std::int64_t version);  ///< 201 with Location and ETag
Answer created(std::string location, const JsonObject& body, std::int64_t version);
Answer accepted(std::string location, Json body, std::int64_t version);  ///< 202
Answer no_content();                                                     ///< 204
Answer see_other(std::string location);                                  ///< 303
/// Text that is already printed and shared between requests. It is not copied.
Answer printed(std::shared_ptr<const std::string> text, std::string content_type, std::string etag);
/// {"data": rows, "next_cursor": …}; the server adds the Link header. `after`: the sort key of the last row
/// if more rows follow, null on the last page.
Answer page(Json rows, const Json& after);

}  // namespace orderd::api
