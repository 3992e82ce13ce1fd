#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/mutex.h"
#include "base/time.h"
#include "jobs/lanes.h"

namespace orderd::jobs {

/// A party that failed to answer so often in a row that its jobs wait.
struct Pause {
    std::string party = {};
    Lane lane = Lane::upkeep;
    std::string reason = {};  ///< of the last failure
    int failures = 0;         ///< in a row
    Time since = {};          ///< when the first of them happened
    Time until = {};          ///< then it is tried again, with one job at first

    /// Whether its jobs wait now. If the end is further away than the longest pause, it was set while the
    /// clock was wrong, and is ignored.
    bool rests(Time now) const { return now < until && until - now <= limits_of(lane).longest_pause; }
};

/// The parties that do not answer. Kept only in memory: after a restart each of them is tried once more. Thread-safe.
class Pauses {
public:
    /// Reports that a job's party did not answer in time, or was not reached.
    void no_answer(Lane lane, std::string_view party, std::string_view reason, Time now);

    /// Reports that the party answered, whatever the answer was: its jobs continue.
    void answered(std::string_view party);

    /// Ends a pause now. The next job without an answer begins a longer one. @returns the party's pause, or
    /// nullopt if it has none
    std::optional<Pause> end(std::string_view party, Time now);

    void end_all(Time now);

    std::optional<Pause> of(std::string_view party) const;
    std::vector<Pause> all() const;  ///< sorted by party

private:
    mutable Mutex mutex_;
    std::map<std::string, Pause, std::less<>> troubled_ GUARDED_BY(mutex_);  ///< also parties not paused yet
};

}  // namespace orderd::jobs
