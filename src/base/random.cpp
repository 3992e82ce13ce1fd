#include "base/random.h"

#include <sodium.h>

#include <stdexcept>

#include "base/text.h"

namespace orderd {

namespace {

constexpr std::size_t kTokenBytes = 32;

/// libsodium must be initialized once before any other use. Any thread may do it.
void start_sodium() {
    static const bool started = sodium_init() >= 0;
    if (!started) {
        throw std::runtime_error("libsodium cannot be started: the system gives no random numbers");
    }
}

}  // namespace

std::string random_bytes(std::size_t count) {
    start_sodium();
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

std::string random_token(std::string_view prefix) {
    return std::string(prefix) + to_base64url(random_bytes(kTokenBytes));
}

std::string random_id(std::string_view prefix) {
    constexpr std::size_t kIdBytes = 16;
    return std::string(prefix) + to_base64url(random_bytes(kIdBytes));
}

std::uint32_t random_below(std::uint32_t bound) {
    start_sodium();
    return randombytes_uniform(bound);
}

}  // namespace orderd
