#include "base/gzip.h"

#include <zlib.h>

#include <memory>
#include <new>
#include <stdexcept>

namespace orderd {

std::string gzip(std::string_view text) {
    constexpr int kGzip = 16;  // added to the size of the window: a header and a trailer as of gzip
    z_stream stream{};
    if (::deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, MAX_WBITS + kGzip, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
        throw std::bad_alloc();
    }
    const std::unique_ptr<z_stream, int (*)(z_streamp)> end(&stream, ::deflateEnd);
    std::string out(::deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));  // zlib only reads it
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    ::deflate(&stream, Z_FINISH);  // it fits: deflateBound() says so
    out.resize(stream.total_out);
    return out;
}

std::string inflated(const embedded::Deflated& file) {
    std::string out(file.size, '\0');
    auto size = static_cast<uLongf>(out.size());
    if (::uncompress(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(file.bytes.data()),
                     static_cast<uLong>(file.bytes.size())) != Z_OK) {
        throw std::logic_error("a built-in file cannot be read");
    }
    return out;
}

}  // namespace orderd
