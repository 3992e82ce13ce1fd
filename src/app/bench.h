#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>

#include "base/time.h"

namespace orderd::app {

struct BenchOptions {
    std::filesystem::path place;  ///< the folder, and so the disk, for the scratch shop
    std::int64_t orders = 10'000;
    bool bar = false;  ///< show a progress bar on `errors`
};

/// `orderd bench`: measures this machine. Serves a scratch shop on a free loopback port, places orders over
/// HTTP, reads and searches lists; prints the times and the peak memory. The shop is removed afterwards, also
/// after Ctrl-C.
///
/// @returns whether it finished; false: a signal ended it
/// @throws std::exception with a text for a person
bool bench(const BenchOptions& options, const Clock& clock, std::ostream& out, std::ostream& errors);

}  // namespace orderd::app
