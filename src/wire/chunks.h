#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace orderd::wire {

/// Decodes a chunked body (RFC 9112, section 7.1) strictly: a size consists only of hexadecimal digits, each line ends
/// with CR LF, and extensions and trailers, which are ignored, are short. The body may be fed in pieces of any size.
class Chunks {
public:
    enum class State {
        more,    ///< the body continues
        whole,   ///< its last chunk and its trailers were read
        broken,  ///< these bytes are not a chunked body, so the request's end is unknown
    };

    /// Reads bytes, and appends their data to `body`.
    ///
    /// @returns how many of the bytes belong to the body: perhaps not all if it is whole, and none once it is broken
    std::size_t take(std::string_view bytes, std::string& body);

    State state() const { return state_; }

private:
    enum class Part { size, extension, size_end, data, data_end, data_line_end, trailer, trailer_end, end };

    void step(char c);

    State state_ = State::more;
    Part part_ = Part::size;
    std::uint64_t left_ = 0;  ///< bytes of the chunk
    int digits_ = 0;          ///< of its size
    std::size_t aside_ = 0;   ///< bytes of extensions and trailers so far
    bool line_empty_ = true;  ///< whether the trailer line is empty so far
};

}  // namespace orderd::wire
