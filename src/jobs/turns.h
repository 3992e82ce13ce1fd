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
    int place = 0;  ///< among its party's
};

/// The parties that have jobs waiting in a lane, the empty one too: read by skipping from one to the next, so that a
/// party with very many jobs costs as little as one with few.
std::vector<std::string> parties_of(const storage::View& view, Lane lane);

/// How many jobs may begin now.
struct Room {
    int free = 0;                                         ///< in the lane
    std::function<int(std::string_view party)> free_for;  ///< of them for a party, by what it has under way
    std::function<bool(std::string_view party)> runs;     ///< whether the party has a job under way
    std::function<std::optional<Pause>(std::string_view)> pause = {};  ///< of a party
};

/// Whose turn it is in a lane: parties take turns, each with its oldest job first. The jobs of a party that rests are
/// not read. After a pause the party is tried with one job, until it answers.
std::vector<Turn> next_turns(const storage::View& view, Lane lane, const Room& room, Time now);

}  // namespace orderd::jobs
