#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/errors.h"

namespace orderd::wire {

inline constexpr Refused kBadRequest{
    400, "bad_request",
    "The request is not HTTP/1.1 as RFC 9112 defines it: detail says what is wrong with its first line, its headers or "
    "its target. Use an HTTP library, and percent-encode what goes into the URL."};
inline constexpr Refused kMethodUnknown{
    501, "method_unknown", "No route of this server has a method of this name. Check how it is spelled, in capitals."};
inline constexpr Refused kUriTooLong{
    414, "uri_too_long", "The request line is longer than 8 KiB. Ask for less at once: shorter filters, or fewer ids."};
inline constexpr Refused kHeadersTooLarge{
    431, "headers_too_large",
    "The request has more than 100 headers, one of more than 8 KiB, or more than 32 KiB of them together. Cookies of "
    "other sites on the same host are the usual reason."};

constexpr std::size_t kMaxLine = 8 * 1024;  ///< of the request line, and of one header
constexpr std::size_t kMaxHead = 32 * 1024;
constexpr std::size_t kMaxHeaders = 100;

/// How long a request is, and what follows it, as its head says.
struct Framing {
    bool chunked = false;              ///< the body comes in chunks
    std::uint64_t content_length = 0;  ///< of a body that does not
    bool keep_alive = true;
    bool awaits_continue = false;  ///< the body is sent after 100 (Continue) only
    bool has_credentials = false;  ///< some that say who calls, good or bad

    bool has_body() const { return chunked || content_length > 0; }
};

/// The number of bytes of the head at the front of `bytes`, its empty line included, or 0 while it is not whole.
///
/// @param scanned how many bytes of it were looked at before, so that a head that trickles in is not read again and
/// again
/// @throws Refusal 414 or 431 as soon as it is known to be too long
std::size_t head_length(std::string_view bytes, std::size_t& scanned);

/// A request's line and headers, read strictly (RFC 9112): what two readers of the same bytes, such as a proxy and this
/// server, could understand in two ways is how requests are smuggled. Holds its own copy of the bytes.
class Head {
public:
    /// `bytes`: from the request line to the empty line, both included.
    ///
    /// @throws Refusal 400 `bad_request`; 431 for too many headers, or too long ones; 501 for a method that is not one
    /// of HTTP's (RFC 9110, section 9.1)
    explicit Head(std::string bytes);
    Head(const Head&) = delete;  // its parts are views of it
    Head& operator=(const Head&) = delete;

    const Framing& framing() const { return framing_; }
    std::string_view method() const { return method_; }
    std::string_view target() const { return target_; }
    std::string_view path() const { return path_; }    ///< not decoded
    std::string_view query() const { return query_; }  ///< not decoded, without its "?"
    bool http_1_0() const { return http_1_0_; }
    bool is_get() const { return method() == "GET" || is_head(); }
    bool is_head() const { return method() == "HEAD"; }
    bool has_body() const { return framing_.has_body(); }

    /// The value of the first header with that name, in any case, or empty.
    std::string_view header(std::string_view name) const;
    /// All values of a header that is a list, joined by commas.
    std::string list_header(std::string_view name) const;

private:
    void read_request_line(std::string_view line);
    void read_header(std::string_view line);

    const std::string bytes_;
    Framing framing_;
    std::string_view method_;
    std::string_view target_;
    std::string_view path_;
    std::string_view query_;
    bool http_1_0_ = false;
    std::vector<std::pair<std::string_view, std::string_view>> headers_;
};

/// Whether text is a token of RFC 9110, section 5.6.2.
bool is_token(std::string_view text);

/// Without the percent signs; nothing for a broken escape, for one of a control character, or for bytes that are no
/// UTF-8.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space);
std::string percent_encoded(std::string_view text);

/// The parameters of a query string, decoded.
///
/// @throws Refusal 400 for a broken escape, and for more parameters than any route has
std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query);

}  // namespace orderd::wire
