#pragma once

#include <string>
#include <string_view>

#include "api/answer.h"
#include "base/errors.h"

namespace orderd::api {

/// The values of an answer's head that are not in the Answer.
struct Envelope {
    std::string_view request_id;
    bool http_1_0 = false;
    bool keep_alive = true;
    bool secure = false;             ///< the client uses TLS: tell it to keep to that
    std::string_view cache_control;  ///< if the answer sets none
    std::string_view length;         ///< of the content; empty if it is chunked, or if there is none
    bool chunked = false;
};

/// "HTTP/1.1 404 Not found", with the line break.
std::string status_line(int status);

/// Appends an answer's headers and the empty line to `out`. Every answer has the security headers: a browser
/// cannot execute data, and a page can load only resources of this server. An answer's own
/// Content-Security-Policy replaces the default.
void print_headers(std::string& out, const Answer& answer, const Envelope& envelope);

/// A complete answer that closes the connection, for a client whose request could not be read.
std::string closing_problem(const Refusal& why, std::string_view request_id);

/// The entity tag of a text, made from its hash.
std::string etag_of(std::string_view text);

std::string new_request_id();

/// Whether a client's own X-Request-Id can be used: 1 to 64 letters, digits and "-_.".
bool well_formed_request_id(std::string_view id);

}  // namespace orderd::api
