#include "app/upkeep.h"

#include "accounts/customer.h"
#include "accounts/devices.h"
#include "accounts/sessions.h"
#include "api/idempotency.h"
#include "base/log.h"
#include "notify/mail.h"
#include "notify/webhook.h"
#include "payments/stripe_webhook_routes.h"
#include "storage/soundness.h"

namespace orderd::app {

namespace {

constexpr jobs::Kind kBackupJob{"backup", jobs::Lane::upkeep};
constexpr jobs::Kind kTidyJob{"tidy", jobs::Lane::upkeep};
constexpr jobs::Kind kCheckJob{"check", jobs::Lane::upkeep};

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
        for (const auto remove_some :
             {api::remove_old_keys, accounts::remove_old_sessions, accounts::remove_old_devices,
              accounts::remove_old_former_contacts, payments::remove_old_gateway_events, notify::remove_old_deliveries,
              notify::remove_old_mails}) {
            // One batch per mutation, so that others can run in between.
            while (of.store.writer().run([&](storage::Transaction& tx) { return remove_some(tx, of.clock.now()); }) >
                   0) {
                job.end_if_stopping();
            }
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
