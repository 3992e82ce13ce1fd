#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/errors.h"

namespace orderd::fulfillment {

enum class Status {
    label_pending,
    label_ready,
    ready,  ///< to be fetched, or brought by the shop itself: without a parcel
    in_transit,
    out_for_delivery,
    delivered,
    exception,
    returned,
    voided,
    failed,
};

std::string_view to_text(Status status);
std::optional<Status> parse_status(std::string_view text);

/// The statuses that a shipment can change to from a status: the whole state machine.
const std::vector<Status>& next(Status from);

/// Whether the parcel has not left the shop, so that its units are still reserved.
bool is_in_house(Status status);

/// Whether the parcel has left, and is not in a final status.
bool is_under_way(Status status);

bool may_step(Status from, Status to);

/// Whether the parcel can leave the shop now. One that has left can be in transit again, after an exception, and has not
/// left a second time: its units are taken off the stock once.
bool may_leave(Status from);

/// @throws Refusal 409 `illegal_transition`, with members "status" and "allowed", if the machine has no such step
void require_step(Status from, Status to);

/// @throws Refusal as require_step(), unless may_leave()
void require_leave(Status from);

}  // namespace orderd::fulfillment
