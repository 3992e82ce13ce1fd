#pragma once

#include "app/backups.h"
#include "base/time.h"
#include "jobs/jobs.h"
#include "outgoing/client.h"
#include "storage/store.h"

namespace orderd::app {

/// Runs after a customer was erased: SQLite's write-ahead log still contains their data.
inline constexpr jobs::Kind kClearLogJob{"storage.clear_log", jobs::Lane::upkeep, 50};

/// What the upkeep jobs work on. It must outlive the workers.
struct Upkeep {
    storage::Store& store;
    const Clock& clock;
    outgoing::Client& outgoing;
    const Backups& backups;
};

/// Adds the jobs that keep a shop small and safe: backups, removal of old data, the daily check, and clearing
/// the log.
void add_upkeep_jobs(jobs::Workers& workers, const Upkeep& of);

}  // namespace orderd::app
