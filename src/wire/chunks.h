#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace orderd::wire {

/// Decodes a body that comes in chunks (RFC 9112, section 7.1), strictly: a size is hexadecimal digits alone, each line
/// ends in CR and LF, and extensions and trailers, which nothing here reads, are short. Fed piece by piece, cut
/// anywhere.
class Chunks {
public:
    enum class State {
        more,    ///< the body goes on
        whole,   ///< its last chunk and its trailers were read
        broken,  ///< these bytes are not a chunked body: where the request ends is not known
    };

    /// Takes bytes in, and appends their data to `body`.
    ///
    /// @returns how many bytes belong to the body: less than there are if it is whole, and none once it is broken
    std::size_t take(std::string_view bytes, std::string& body);

    State state() const { return state_; }

private:
    enum class Part { size, extension, size_end, data, data_end, data_line_end, trailer, trailer_end, end };

    void step(char c);

    State state_ = State::more;
    Part part_ = Part::size;
    std::uint64_t left_ = 0;  ///< of the chunk
    int digits_ = 0;          ///< of its size
    std::size_t aside_ = 0;   ///< bytes of extensions and trailers so far
    bool line_empty_ = true;  ///< of the trailers
};

}  // namespace orderd::wire
