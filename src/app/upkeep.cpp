#include "app/upkeep.h"

#include "app/pruning.h"
#include "base/log.h"
#include "storage/size.h"
#include "storage/soundness.h"

namespace orderd::app {

namespace {

constexpr jobs::Kind kBackupJob{"backup", jobs::Lane::upkeep};
constexpr jobs::Kind kTidyJob{"tidy", jobs::Lane::upkeep};
constexpr jobs::Kind kCheckJob{"check", jobs::Lane::upkeep};

/// Bytes from which SQLite gets statistics. Without them it assumes that every table is large, which is right as soon as
/// it matters. Statistics of a few rows would be wrong after the next import.
constexpr std::int64_t kLarge = std::int64_t{64} << 20U;

}  // namespace

void add_upkeep_jobs(jobs::Workers& workers, const Upkeep& of) {
    workers.handle(kClearLogJob, [of](const jobs::Job&) {
        if (!of.store.clear_log()) {
            throw std::runtime_error("a reader still needs SQLite's log");
        }
    });
    if (of.backups.are_made()) {
        // Runs more often than a backup is due, so that a failed one is soon tried again.
        workers.every(kBackupJob, hours(1), [of](const jobs::Job&) {
            try {
                // On a separate thread: copying and checking a large shop takes minutes, and the server must
                // stop in seconds.
                const auto made =
                    of.outgoing.apart().run([backups = of.backups, files = of.store.files(), now = of.clock.now()] {
                        backups.make_due(files, now);
                        return true;
                    });
                if (!made) {
                    throw jobs::Interrupted();
                }
            } catch (const jobs::Interrupted&) {
                throw;
            } catch (const std::exception& error) {
                log::error("the backup failed", {{"error", error.what()}});
                throw;
            }
        });
    }
    workers.every(kTidyJob, hours(1), [of](const jobs::Job& job) {
        prune(of.store, of.clock, job);
        if (storage::size_of(of.store.read()).used() > kLarge) {
            of.store.optimize();
        }
    });
    workers.every(kCheckJob, hours(24), [of](const jobs::Job& job) {
        const auto fault =
            storage::first_fault(of.store.files().database, storage::Depth::quick, [&job] { return job.stopping(); });
        job.end_if_stopping();
        of.store.health().checked(fault);
    });
}

}  // namespace orderd::app
