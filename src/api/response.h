#pragma once

#include <string>
#include <string_view>

#include "api/answer.h"
#include "base/errors.h"

namespace orderd::api {

/// What the head of an answer says besides the answer itself.
struct Envelope {
    std::string_view request_id;
    bool http_1_0 = false;
    bool keep_alive = true;
    bool secure = false;             ///< the client speaks TLS: it shall stay with that
    std::string_view cache_control;  ///< where the answer does not say it
    std::string_view length;         ///< of the content; empty: it is sent in chunks, or there is none
    bool chunked = false;
};

/// "HTTP/1.1 404 Not found", with the line's end.
std::string status_line(int status);

/// Prints an answer's headers, the empty line included, into `out`. The security headers are on every answer: what is
/// data can do nothing in a browser, and a page can use only what comes from here. A Content-Security-Policy of the
/// answer's own takes their place.
void print_headers(std::string& out, const Answer& answer, const Envelope& envelope);

/// A whole answer, with its connection's end, for where no request could be read.
std::string closing_problem(const Refusal& why, std::string_view request_id);

/// The entity tag of a text: its hash.
std::string etag_of(std::string_view text);

std::string new_request_id();

/// Whether a client's own X-Request-Id can be taken: 1 to 64 letters, digits and "-_.".
bool well_formed_request_id(std::string_view id);

}  // namespace orderd::api
