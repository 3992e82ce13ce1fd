#pragma once

#include <string>

namespace orderd::test {

/// A certificate that signs itself, for "localhost" and 127.0.0.1, and its key. Both in PEM.
struct Certificate {
    std::string certificate;
    std::string key;
};

/// Draws a new one, good from yesterday for ten years.
Certificate self_signed();

}  // namespace orderd::test
