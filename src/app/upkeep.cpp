#include "app/upkeep.h"

#include "app/pruning.h"
#include "base/json.h"
#include "base/log.h"
#include "storage/events.h"
#include "storage/size.h"
#include "storage/soundness.h"

namespace orderd::app {

namespace {

constexpr jobs::Kind kBackupJob{"backup", jobs::Lane::upkeep};
constexpr jobs::Kind kLateJob{"backup.late", jobs::Lane::upkeep};
constexpr jobs::Kind kTidyJob{"tidy", jobs::Lane::upkeep};
constexpr jobs::Kind kCheckJob{"check", jobs::Lane::upkeep};

/// Bytes from which SQLite gets statistics. Without them it assumes that every table is large, which is right as soon as
/// it matters. Statistics of a few rows would be wrong after the next import.
constexpr std::int64_t kLarge = std::int64_t{64} << 20U;

/// How long a server that was just started has for the backup that is due.
constexpr Duration kFirstTries = hours(2);

constexpr auto kToldLast = R"sql(
    SELECT body FROM event WHERE subject = 'backup' AND subject_id = 0 AND kind = 'backup.late'
     ORDER BY sequence DESC LIMIT 1
)sql";

/// Records once that no backup follows the newest. Where there is none, it is late from the server's start on.
void tell_late_backup(const Upkeep& of, Time started) {
    const auto now = of.clock.now();
    const auto newest = of.backups.newest(now);
    if (now < of.backups.late_at(newest.value_or(started)) || now - started < kFirstTries) {
        return;
    }
    const Json body{{"newest", or_null(newest)}};
    const auto is_told = [&](const storage::View& view) {
        const auto told = view.value<std::string>(kToldLast);
        return told && stored_json(*told) == body;
    };
    if (is_told(of.store.read())) {
        return;
    }
    of.store.writer().run([&](storage::Transaction& tx) {
        events::record(tx, "backup.late", {"backup", 0}, body, Actor::system(), now);
    });
}

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
    if (of.backups.are_made()) {
        workers.every(kLateJob, hours(1),
                      [of, started = of.clock.now()](const jobs::Job&) { tell_late_backup(of, started); });
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
