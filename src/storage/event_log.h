#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"
#include "storage/writer.h"

namespace orderd::events {

// A log has a name, and a restore begins another: the numbers after the backup's end are given again, for other events.
// What was recorded before keeps the name of its own log, so that an event has one id for ever.

struct Log {
    std::string name;
    std::int64_t last = 0;  ///< the sequence of its newest event
};

/// The log that is written now.
Log current_log(const storage::View& view);

/// Begins a log of another name, from the next event on.
void begin_log(storage::Transaction& tx, Time now);

/// What an event is called outside: "evt_<log>_<sequence>"; "evt_<sequence>" for those of before logs had names.
std::string id_of(const storage::View& view, std::int64_t sequence);

/// Whether a reader of a log up to a sequence can continue from there without missing anything. An empty name is who
/// knows no name: such a reader can go on within the first log alone.
bool can_go_on(const storage::View& view, std::string_view log, std::int64_t sequence);

/// What tells this shop from others where they share an account outside: the same for the shop's life.
std::string shop_name_outside(const storage::View& view);

}  // namespace orderd::events
