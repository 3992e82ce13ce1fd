#pragma once

#include <cstdint>
#include <string_view>

#include "base/actor.h"
#include "base/json.h"
#include "base/time.h"
#include "storage/writer.h"

namespace orderd::events {

/// The subject of an event.
struct Subject {
    std::string_view kind;  ///< "order", "product", "customer", "payment", "shipment", "admin", "webhook", …
    std::int64_t id = 0;
};

/// Appends to the event log, in the same transaction as the change: after a crash, both are stored or neither is.
/// `body` must hold no personal data and no secret, since events leave the shop (webhooks, the live dashboard).
///
/// @returns the event's sequence number; the sequence has no gaps after the oldest kept event (event_log.h)
std::int64_t record(storage::Transaction& tx, std::string_view kind, Subject subject, const Json& body,
                    const Actor& actor, Time now);

/// Removes comments that people wrote (the member "reason") from the events about these subjects, when a
/// customer is erased. `ids`: a JSON array.
void forget_comments(storage::Transaction& tx, std::string_view subject, const Json& ids);

}  // namespace orderd::events

namespace orderd::audit {

/// Appends to the audit log (storage/audit.h verifies it) what an admin, an API key or the command line did.
/// `before` and `after` are objects of the changed fields, or null. Personal data and secrets are named, not
/// shown: {"shipping_address": "changed"}.
void record(storage::Transaction& tx, std::string_view action, events::Subject subject, const Json& before,
            const Json& after, const Actor& actor, Time now);

}  // namespace orderd::audit
