#pragma once

#include "base/time.h"
#include "http/outgoing.h"
#include "storage/store.h"

namespace orderd::notify {

/// What the routes and jobs of this department use; outlives both.
struct Desk {
    storage::Store& store;
    const Clock& clock;
    http::Outgoing& outgoing;
    bool private_webhooks = false;  ///< webhooks may go to private addresses, and over plain HTTP
};

}  // namespace orderd::notify
