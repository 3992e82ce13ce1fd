#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "notify/desk.h"
#include "outgoing/client.h"

namespace orderd::notify {

/// What came of one POST.
struct Posted {
    std::optional<std::int64_t> status = {};
    std::string error = {};  ///< without the address, which may contain a key
    bool silent = false;     ///< the address was not reached, or did not answer in time

    bool delivered() const { return status && *status >= 200 && *status < 300; }
};

/// Sends one POST to an address that somebody of the shop gave: a webhook, or where a person is told of things. It must be
/// public (outgoing/public_address.h), unless the desk allows private ones. Blocks up to 25 seconds; throws nothing of the
/// network's.
Posted post_to(Desk& desk, const std::string& url, outgoing::Fields headers, const std::string& body,
               const std::string& content_type);

}  // namespace orderd::notify
