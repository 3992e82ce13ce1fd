#pragma once

#include "app/backups.h"
#include "base/time.h"
#include "jobs/jobs.h"
#include "outgoing/client.h"
#include "storage/store.h"

namespace orderd::app {

/// After a customer was erased: what was written of them before is in SQLite's log still.
inline constexpr jobs::Kind kClearLogJob{"storage.clear_log", jobs::Lane::upkeep, 50};

/// What the jobs of upkeep work on. All of it lives longer than the workers run.
struct Upkeep {
    storage::Store& store;
    const Clock& clock;
    outgoing::Client& outgoing;
    const Backups& backups;
};

/// Adds the jobs that keep a shop small and safe: backups, removing what is old, the daily check, and clearing the log.
void add_upkeep_jobs(jobs::Workers& workers, const Upkeep& of);

}  // namespace orderd::app
