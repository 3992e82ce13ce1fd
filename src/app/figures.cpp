#include "app/figures.h"

#include <filesystem>

#include "storage/size.h"

namespace orderd::app {

void add_figures(api::Metrics& metrics, const Figures& of) {
    using Type = api::Metrics::Type;
    if (of.backups.are_made()) {
        metrics.add(
            "orderd_backup_newest_timestamp_seconds", "When the newest backup was made; 0: there is none", Type::gauge,
            [&backups = of.backups] { return static_cast<double>(backups.newest().value_or(Time{}).ms) / 1000; });
    }
    if (const auto* tls = of.tls; tls != nullptr) {
        metrics.add("orderd_tls_certificate_expires_timestamp_seconds", "When the certificate runs out", Type::gauge,
                    [tls] { return static_cast<double>(tls->expires().ms) / 1000; });
    }
    const auto add = [&](const char* name, const char* help, Type type, double (*figure)(storage::Store&)) {
        metrics.add(name, help, type, [&store = of.store, figure] { return figure(store); });
    };
    add("orderd_database_bytes", "Size of the database's file, its log aside", Type::gauge,
        [](storage::Store& store) { return static_cast<double>(storage::size_of(store.read()).file); });
    add("orderd_database_free_bytes", "Of them, free for new rows", Type::gauge,
        [](storage::Store& store) { return static_cast<double>(storage::size_of(store.read()).free); });
    add("orderd_disk_free_bytes", "Free on the disk that the shop is on", Type::gauge, [](storage::Store& store) {
        std::error_code error;
        const auto space = std::filesystem::space(store.files().folder, error);
        return error ? 0.0 : static_cast<double>(space.available);
    });
    add("orderd_jobs_waiting", "Jobs that wait or run", Type::gauge, [](storage::Store& store) {
        return static_cast<double>(
            store.read()
                .value<std::int64_t>("SELECT (SELECT count(*) FROM job WHERE status = 'ready') + "
                                     "(SELECT count(*) FROM job WHERE status = 'running')")  // an index has each
                .value_or(0));
    });
    add("orderd_jobs_dead", "Jobs that were given up", Type::gauge, [](storage::Store& store) {
        return static_cast<double>(
            store.read().value<std::int64_t>("SELECT count(*) FROM job WHERE status = 'dead'").value_or(0));
    });
    metrics.add("orderd_http_waiting_outside", "Requests that wait for a gateway, a carrier or the mail server",
                Type::gauge, [&waiting = of.waiting] { return static_cast<double>(waiting.taken()); });
    metrics.add("orderd_job_parties_paused", "Gateways, carriers, mail servers and webhooks that do not answer",
                Type::gauge, [&pauses = of.pauses] { return static_cast<double>(pauses.all().size()); });
    add("orderd_alerts_open", "Low-stock alerts that are open", Type::gauge, [](storage::Store& store) {
        return static_cast<double>(
            store.read().value<std::int64_t>("SELECT count(*) FROM alert WHERE resolved_at IS NULL").value_or(0));
    });
}

}  // namespace orderd::app
