#pragma once

#include "base/time.h"
#include "jobs/jobs.h"
#include "outgoing/client.h"
#include "storage/store.h"

namespace orderd::catalog {

/// What fetching pictures needs. It outlives the workers.
struct PictureFetching {
    storage::Store& store;
    const Clock& clock;
    outgoing::Client& outgoing;
    bool private_addresses = false;  ///< they, and plain HTTP, are allowed: the switch that webhooks have
};

/// Adds the job that fetches a picture that an import wants. Addresses go through the one rule of
/// outgoing/public_address.h, and each redirect does so again; there are five at most. A server that does not answer, or
/// has a fault of its own, is asked again; after the last try, and for what another try cannot help, the reason is kept
/// (picture_wanted.h). Safe to run twice: a file that is fetched again gives the same content.
void add_picture_jobs(jobs::Workers& workers, const PictureFetching& fetching);

/// Where a redirect leads, from the URL that answered with it (RFC 9110, section 10.2.2): absolute, or relative to it.
std::string redirected(const std::string& from, const std::string& location);

}  // namespace orderd::catalog
