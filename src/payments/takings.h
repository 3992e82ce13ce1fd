#pragma once

#include "api/shape.h"
#include "base/json.h"
#include "base/time.h"
#include "storage/view.h"

namespace orderd::payments {

/// What was captured, refunded and declined on each of the last `days` days, today last, and what is open
/// now. Days are those of the shop's time zone. Money counts on the day on which it was
/// captured or refunded; simulated payments count like others.
Json describe_takings(const storage::View& view, std::int64_t days, Time now);
const api::Shape& takings_shape();

}  // namespace orderd::payments
