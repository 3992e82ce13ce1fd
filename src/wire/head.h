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

constexpr std::size_t kMaxLine = 8 * 1024;  ///< of the request line, and of each header
constexpr std::size_t kMaxHead = 32 * 1024;
constexpr std::size_t kMaxHeaders = 100;

/// A request's length, and what follows it, according to its head.
struct Framing {
    bool chunked = false;              ///< the body is chunked
    std::uint64_t content_length = 0;  ///< of a body that is not chunked
    bool keep_alive = true;
    bool awaits_continue = false;  ///< the client sends the body only after 100 (Continue)
    bool has_credentials = false;  ///< valid or not

    bool has_body() const { return chunked || content_length > 0; }
};

/// The length of the head at the front of `bytes`, including its empty line; 0 while it is incomplete.
///
/// @param scanned  how many bytes were searched before, so that a slowly arriving head is not searched again and again
/// @throws Refusal 414 or 431 as soon as the head is known to be too long
std::size_t head_length(std::string_view bytes, std::size_t& scanned);

/// A request's line and headers, parsed strictly (RFC 9112): bytes that a proxy and this server could read in
/// different ways would allow request smuggling. Holds its own copy of the bytes.
class Head {
public:
    /// `bytes`: from the request line to the empty line, both included.
    ///
    /// @throws Refusal 400 `bad_request`; 431 for too many or too long headers; 501 for a method that is not
    ///         one of HTTP's (RFC 9110, section 9.1)
    explicit Head(std::string bytes);
    Head(const Head&) = delete;  // members are views of bytes_
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

    /// The value of the first header with that name, ignoring case; empty if there is none.
    std::string_view header(std::string_view name) const;
    /// All values of a list header, joined by commas.
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

/// Whether text is a token (RFC 9110, section 5.6.2).
bool is_token(std::string_view text);

/// The bytes of a text with percent escapes. Nullopt for a broken escape.
std::optional<std::string> unescaped(std::string_view text, bool plus_is_space);

/// The same of text. Nullopt for a broken escape, an escaped control character, or bytes that are not UTF-8.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space);
std::string percent_encoded(std::string_view text);

/// The parameters of a query string, decoded.
///
/// @throws Refusal 400 for a broken escape, or for more parameters than any route has
std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query);

}  // namespace orderd::wire
