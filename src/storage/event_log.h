#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"
#include "storage/pruning.h"

namespace orderd::events {

// Each log has a name, and a restore begins a new log, since the sequence numbers after the backup's end are used again
// for other events. Earlier events keep the name of their log, so that an event's id never changes.

struct Log {
    std::string name;
    std::int64_t last = 0;  ///< the sequence of its newest event
};

/// The log that events are appended to now.
Log current_log(const storage::View& view);

/// Begins a new log with another name, from the next event on.
void begin_log(storage::Transaction& tx, Time now);

/// An event's public id: "evt_<log>_<sequence>"; "evt_<sequence>" for events from before logs had names.
std::string id_of(const storage::View& view, std::int64_t sequence);

/// Whether a reader of `log` up to `sequence` can continue from there without missing an event. With an empty
/// name, a reader can continue only within the first log.
bool can_go_on(const storage::View& view, std::string_view log, std::int64_t sequence);

/// The sequence of the newest event that was removed; 0: none was. The log has no gap after it. A reader that starts
/// before it misses events.
std::int64_t removed_until(const storage::View& view);

/// Removes a slice of the oldest events, but never the newest one, and none after `acted_upon`: those are still needed.
///
/// @returns how many; 0: none are left
std::int64_t remove_oldest(storage::Transaction& tx, const storage::Slice& slice, std::int64_t acted_upon);

/// An identifier that distinguishes this shop from others that share an account at an outside service. It
/// never changes.
std::string shop_name_outside(const storage::View& view);

}  // namespace orderd::events
