#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "jobs/lanes.h"
#include "jobs/pauses.h"
#include "storage/view.h"

namespace orderd::jobs {

/// A job whose turn it is.
struct Turn {
    JobId id{};
    Time run_at = {};
    std::string party = {};
    int place = 0;  ///< among its party's jobs
};

/// The parties with queued jobs in a lane, including the empty one. The query skips from one party to the
/// next, so that a party with very many jobs costs as little as one with few.
std::vector<std::string> parties_of(const storage::View& view, Lane lane);

/// How many jobs may start now.
struct Room {
    int free = 0;                                         ///< in the lane
    std::function<int(std::string_view party)> free_for;  ///< of those for one party, given its running jobs
    std::function<bool(std::string_view party)> runs;     ///< whether the party has a running job
    std::function<std::optional<Pause>(std::string_view)> pause = {};  ///< the party's pause
};

/// Chooses the next jobs of a lane: parties take turns, each with its oldest job first. The jobs of a paused
/// party are not read. After a pause, the party is tried with one job at a time until it answers.
std::vector<Turn> next_turns(const storage::View& view, Lane lane, const Room& room, Time now);

}  // namespace orderd::jobs
