#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/errors.h"

namespace orderd::orders {

enum class Status {
    draft,
    pending,
    paid,
    processing,
    partially_shipped,
    shipped,
    delivered,
    returned,
    cancelled,
    expired
};

std::string_view to_text(Status status);
std::optional<Status> parse_status(std::string_view text);
std::vector<Status> all_statuses();

/// The statuses that may follow a status: the whole state machine.
const std::vector<Status>& next(Status from);

/// Whether stock is held for an order in this status. A draft holds none.
bool is_open(Status status);

/// @throws Refusal 409 `illegal_transition`, with members "status" and "allowed", if the machine has no such step
void require_step(Status from, Status to);

}  // namespace orderd::orders
