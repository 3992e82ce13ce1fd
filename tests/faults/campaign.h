#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "faults/actions.h"

namespace orderd::tests {

/// Faults of one kind, of which the n-th call meets one.
class AimedFaults : public Faults {
public:
    /// @param at         the call that fails, from 1; 0: none
    /// @param and_after  all later ones fail as well
    virtual void aim(std::int64_t at, bool and_after) = 0;
    virtual std::int64_t seen() const = 0;    ///< calls that could have failed
    virtual std::int64_t struck() const = 0;  ///< of these, that did
};

struct FaultKind {
    std::string name;
    std::function<std::unique_ptr<AimedFaults>()> make;
};

/// Tries an action with every fault at every call, once and from there on. Without ORDERD_FAULTS=every, and where an
/// action makes more calls than 2,000, a sample by a seed that is printed. ORDERD_FAULTS_SEED repeats one, and
/// ORDERD_FAULT="io_error 17 once" (or "after") tries that one alone.
///
/// @param tries  of a sample, for each kind; see sample_of()
void try_every_fault(const Action& action, const std::vector<FaultKind>& kinds, std::size_t tries);

/// What a test draws from: ORDERD_FAULTS_SEED; without it always the same, so that the usual tests are the same each time.
/// tests/faults.sh draws another one for each run.
std::uint64_t campaign_seed();
bool is_long_campaign();  ///< ORDERD_FAULTS=every

/// How many tries stand for so many usual ones: ten times as many with ORDERD_FAULTS=10, a quarter with 0.25, but one at
/// least.
std::size_t sample_of(std::size_t usual);

}  // namespace orderd::tests
