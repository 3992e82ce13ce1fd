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

/// A party that did not answer, so often in a row that its jobs wait.
struct Pause {
    std::string party = {};
    Lane lane = Lane::upkeep;
    std::string reason = {};  ///< of the last time that it did not answer
    int failures = 0;         ///< in a row
    Time since = {};          ///< the first of them
    Time until = {};          ///< from then on it is tried again, with one job at first

    /// Whether its jobs wait now. An end that is further away than a pause can be was set while the clock was wrong.
    bool rests(Time now) const { return now < until && until - now <= limits_of(lane).longest_pause; }
};

/// The parties that do not answer. In memory alone: after a restart each of them is tried once more. Thread-safe.
class Pauses {
public:
    /// The party of a job did not answer in time, or was not reached.
    void no_answer(Lane lane, std::string_view party, std::string_view reason, Time now);

    /// It answered, whatever it said: its jobs go on.
    void answered(std::string_view party);

    /// Ends a pause now; the next job that gets no answer begins a longer one. @returns the party's pause, or nullopt
    /// where it has none
    std::optional<Pause> end(std::string_view party, Time now);

    void end_all(Time now);

    std::optional<Pause> of(std::string_view party) const;
    std::vector<Pause> all() const;  ///< by party

private:
    mutable Mutex mutex_;
    std::map<std::string, Pause, std::less<>> troubled_ GUARDED_BY(mutex_);  ///< also those that are not paused yet
};

}  // namespace orderd::jobs
