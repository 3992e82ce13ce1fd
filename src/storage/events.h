#pragma once

#include <cstdint>
#include <string_view>

#include "base/actor.h"
#include "base/json.h"
#include "base/time.h"
#include "storage/writer.h"

namespace orderd::events {

/// What an event is about.
struct Subject {
    std::string_view kind;  ///< "order", "product", "customer", "payment", "shipment", "admin", "webhook", …
    std::int64_t id = 0;
};

/// Appends to the event log, in the transaction of the change it tells of: both are there after a crash, or neither.
/// `body` holds no personal data and no secret, since the log leaves the shop (webhooks, the live dashboard).
///
/// @returns the event's sequence number; the sequence has no gap
std::int64_t record(storage::Transaction& tx, std::string_view kind, Subject subject, const Json& body,
                    const Actor& actor, Time now);

/// Takes out what people wrote (the member "reason") of the events about these subjects, since a customer is erased.
/// `ids`: a JSON array.
void forget_comments(storage::Transaction& tx, std::string_view subject, const Json& ids);

}  // namespace orderd::events

namespace orderd::audit {

/// Appends who did what to the audit log (storage/audit.h keeps it whole). For what admins, API keys and the command
/// line do. `before` and `after` are objects of the fields that changed, or null; personal data is named, not
/// shown ({"shipping_address": "changed"}), and secrets likewise.
void record(storage::Transaction& tx, std::string_view action, events::Subject subject, const Json& before,
            const Json& after, const Actor& actor, Time now);

}  // namespace orderd::audit
