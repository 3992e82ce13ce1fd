#include "api/response.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <ctime>

#include "api/problem.h"
#include "base/text.h"
#include "wire/head.h"

namespace orderd::api {
namespace {

constexpr std::string_view kDataPolicy = "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n";
constexpr std::string_view kPagePolicy =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'\r\nCross-Origin-Opener-Policy: same-origin\r\n";
constexpr std::string_view kAlways =
    "X-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\nReferrer-Policy: same-origin\r\n";
constexpr std::string_view kStayWithTls = "Strict-Transport-Security: max-age=31536000\r\n";

/// The line of the Date header, made once a second for each thread.
std::string_view date_line() {
    thread_local std::time_t made_at = 0;
    thread_local std::string line;
    const auto now = std::time(nullptr);
    if (now != made_at) {
        made_at = now;
        line = fmt::format("Date: {:%a, %d %b %Y %H:%M:%S} GMT\r\n", fmt::gmtime(now));
    }
    return line;
}

/// A header's value may come from a client, and a line break in it would start another header, so it becomes a space.
void append_header(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ");
    for (const char c : value) {
        out += c == '\r' || c == '\n' || c == '\0' ? ' ' : c;
    }
    out.append("\r\n");
}

std::string_view as_bytes(const unsigned char* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

}  // namespace

std::string status_line(int status) { return fmt::format("HTTP/1.1 {} {}\r\n", status, title_of(status)); }

void print_headers(std::string& out, const Answer& answer, const Envelope& envelope) {
    out.append(date_line());
    if (envelope.chunked || (!envelope.length.empty() && envelope.length != "0")) {
        append_header(out, "Content-Type", answer.content_type);
    }
    if (envelope.chunked) {
        out.append("Transfer-Encoding: chunked\r\n");
    } else if (!envelope.length.empty()) {
        append_header(out, "Content-Length", envelope.length);
    }
    if (!answer.etag.empty()) {
        append_header(out, "ETag", answer.etag);
    }
    append_header(out, "X-Request-Id", envelope.request_id);
    bool own_policy = false;
    bool own_caching = false;
    for (const auto& [name, value] : answer.headers) {
        append_header(out, name, value);
        own_policy = own_policy || equal_ignoring_case(name, "Content-Security-Policy");
        own_caching = own_caching || equal_ignoring_case(name, "Cache-Control");
    }
    if (!own_caching) {
        append_header(out, "Cache-Control", envelope.cache_control);
    }
    if (!own_policy) {
        out.append(answer.content_type.starts_with("text/html") ? kPagePolicy : kDataPolicy);
    }
    out.append(kAlways);
    if (envelope.secure) {
        out.append(kStayWithTls);
    }
    if (!envelope.keep_alive) {
        out.append("Connection: close\r\n");
    } else if (envelope.http_1_0) {
        out.append("Connection: keep-alive\r\n");
    }
    out.append("\r\n");
}

std::string closing_problem(const Refusal& why, std::string_view request_id) {
    const auto answer = problem(why, request_id);
    const auto body = json_text(answer.body);
    auto out = status_line(answer.status);
    print_headers(out, answer,
                  {.request_id = request_id,
                   .keep_alive = false,
                   .cache_control = "no-store",
                   .length = std::to_string(body.size())});
    return out + body;
}

std::string etag_of(std::string_view text) {
    std::array<unsigned char, 16> hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                       nullptr, 0);
    return '"' + to_base64url(as_bytes(hash.data(), hash.size())) + '"';
}

std::string new_request_id() {
    std::array<unsigned char, 8> random{};
    randombytes_buf(random.data(), random.size());
    return "req_" + to_hex(as_bytes(random.data(), random.size()));
}

bool well_formed_request_id(std::string_view id) {
    return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
               c == '.';
    });
}

}  // namespace orderd::api
