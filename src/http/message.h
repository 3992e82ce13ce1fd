#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/errors.h"

namespace orderd::http {

// The part of HTTP/1.1 (RFC 9112) that this server speaks, read strictly: what another reader of the same bytes, such as
// a proxy, could understand in another way is refused, since that is how requests are smuggled. cpp-httplib's own reader
// decodes percent signs in header values, skips lines that end in a bare LF and takes signs in chunk sizes.

/// How many bytes a request line and a whole head may have.
constexpr std::size_t kMaxRequestLine = 8 * 1024;
constexpr std::size_t kMaxHead = 32 * 1024;
constexpr std::size_t kMaxHeaders = 100;

/// A request's line and headers. Views into the connection's buffer: good until the next head is read.
struct Head {
    std::string_view method;
    std::string_view target;   ///< as it was sent
    std::string_view path;     ///< of the target, not decoded
    std::string_view query;    ///< after the "?", not decoded
    std::vector<std::pair<std::string_view, std::string_view>> headers;
    bool http_1_0 = false;
    bool keep_alive = true;

    bool chunked = false;                 ///< the body comes in chunks
    std::uint64_t content_length = 0;     ///< of a body that does not

    bool has_body() const { return chunked || content_length > 0; }

    /// The value of the first header of that name (in lower case), or empty.
    std::string_view header(std::string_view lower_case_name) const;
    /// All values of a header that is a list, joined by commas.
    std::string joined_header(std::string_view lower_case_name) const;
};

/// The number of bytes of the head at the front of `bytes`, its empty line included, or 0 while it is not whole.
///
/// @param scanned how many bytes of it were looked at before, so that a head that trickles in is not read again and again
/// @throws Refusal 414 or 431 as soon as it is known to be too long
std::size_t head_length(std::string_view bytes, std::size_t& scanned);

/// Reads a whole head, as head_length() found it.
///
/// @throws Refusal 400 `bad_request` for what RFC 9112 does not allow, or for two ways of saying how long the body is;
///         431 for too many headers
void parse_head(std::string_view bytes, Head& head);

/// Takes a chunked body out of the bytes as they come (RFC 9112, section 7.1).
class ChunkReader {
public:
    /// Takes what it can from the front of `bytes`, and appends the body's part of it to `body`.
    ///
    /// @returns how many bytes were taken
    /// @throws Refusal 400 for bad chunking; 413 when the body would be longer than `most`
    std::size_t take(std::string_view bytes, std::string& body, std::size_t most);

    bool done() const { return state_ == State::done; }

private:
    enum class State { size, data, data_end, trailer, done };

    State state_ = State::size;
    std::uint64_t left_ = 0;       ///< of the chunk under way
    std::size_t overhead_ = 0;     ///< bytes of sizes, extensions and trailers
};

/// Whether text is a token of RFC 9110, section 5.6.2.
bool is_token(std::string_view text);

bool equal_ignoring_case(std::string_view a, std::string_view b);

/// Without the percent signs; nothing for a broken escape, for one of a control character, or for bytes that are no UTF-8.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space);
std::string percent_encoded(std::string_view text);

/// The parameters of a query string, decoded.
///
/// @throws Refusal 400 for a broken escape
std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query);

}  // namespace orderd::http
