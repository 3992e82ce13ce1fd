#pragma once

#include "api/metrics.h"
#include "app/backups.h"
#include "base/waiting_places.h"
#include "jobs/jobs.h"
#include "storage/store.h"
#include "wire/tls.h"

namespace orderd::app {

/// What the shop's own figures at /metrics are read from. It must outlive the metrics.
struct Figures {
    storage::Store& store;
    const Backups& backups;
    const wire::Tls* tls;  ///< null for a server that speaks HTTP
    WaitingPlaces& waiting;
    jobs::Pauses& pauses;
};

/// Adds figures about backups, the certificate, jobs, outside services and alerts.
void add_figures(api::Metrics& metrics, const Figures& of);

}  // namespace orderd::app
