#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace orderd::tests {

/// What became of a child process.
struct Ending {
    std::string said;     ///< what its life returned
    std::string trouble;  ///< how it ended before that, or what it threw; empty: it did not
};

/// Runs `life` in a process of its own, so that a crash or a hang is an answer too. The process that calls it has one
/// thread alone: locks that others hold would stay held in the child for ever.
///
/// @param at_most  then the child is ended
Ending in_child(const std::function<std::string()>& life, std::chrono::seconds at_most = std::chrono::seconds(120));

}  // namespace orderd::tests
