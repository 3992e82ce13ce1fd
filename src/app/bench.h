#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>

#include "base/time.h"

namespace orderd::app {

struct BenchOptions {
    std::filesystem::path place;  ///< a folder; the scratch shop is made in it, on the disk that it lies on
    std::int64_t orders = 10'000;
    bool bar = false;  ///< show a progress bar on `errors`
};

/// `orderd bench`: what this machine carries. Serves a scratch shop on a free port of loopback, places orders in it
/// over HTTP, and reads lists and searches them; prints how long each took, and the most memory that it needed. The
/// shop is gone afterwards, also after Ctrl-C.
///
/// @returns whether it came to its end; false: a signal ended it
/// @throws std::exception with a text for a person
bool bench(const BenchOptions& options, const Clock& clock, std::ostream& out, std::ostream& errors);

}  // namespace orderd::app
