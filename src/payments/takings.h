#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "api/shape.h"
#include "base/json.h"
#include "base/money.h"
#include "base/time.h"
#include "base/time_zone.h"
#include "storage/view.h"

namespace orderd::payments {

/// What came in and went back by one method on one day.
struct Moved {
    std::int64_t payments = 0;  ///< captured on that day
    Money captured;
    std::int64_t refunds = 0;  ///< begun on that day, or sent by hand on it, and not failed since
    Money refunded;

    Money net() const { return captured - refunded; }
};
Moved operator+(const Moved& one, const Moved& other);

/// By day and method; those that nothing moved on are not there. All reports of takings are made of it, so that they
/// agree. Money counts on the day on which it was captured or refunded; simulated payments count like others.
///
/// @param last  included
std::map<std::pair<Day, std::string>, Moved> moved_by_method(const storage::View& view, const TimeZone& zone, Day first,
                                                             Day last);
std::map<Day, Moved> moved_by_day(const storage::View& view, const TimeZone& zone, Day first, Day last);

/// What was captured, refunded and declined on each of the last `days` days, today last, and what is open
/// now. Days are those of the shop's time zone.
Json describe_takings(const storage::View& view, std::int64_t days, Time now);
const api::Shape& takings_shape();

}  // namespace orderd::payments
